//! The first page: what brings somebody here.

use maud::{Markup, html};

use crate::door::Door;
use crate::house::House;
use crate::shell::{Page, hidden};

impl House {
    /// The first page.
    pub(crate) fn front(&self) -> String {
        let words = self.words;
        let door = |door: Door, title: &str, more: &str| -> Markup {
            html! {
                li {
                    a.door href={ "/" (door.name()) } {
                        strong { (title) }
                        span { (more) }
                    }
                }
            }
        };
        let main = html! {
            p.lead { (words.front_lead) }
            section aria-labelledby="doors" {
                h2 #doors { (words.front_doors) }
                ul.doors {
                    (door(Door::Thinking, words.thinking, words.thinking_more))
                    (door(Door::Done, words.done, words.done_more))
                    (door(Door::Clinic, words.clinic, words.clinic_more))
                    (door(Door::Research, words.research, words.research_more))
                }
                p {
                    a href={ "/" (Door::Between.name()) } { (words.between) }
                }
                p {
                    a href="/resume" { (words.resume) }
                }
                form method="post" action="/interview" hidden data-draft {
                    (hidden("so_far", ""))
                    (hidden("door", ""))
                    div.steps {
                        button.plain type="submit" { (words.draft_resume) }
                        button.plain type="button" { (words.draft_forget) }
                    }
                }
            }
        };
        self.page(&Page {
            title: words.front_title,
            brand: words.front_brand,
            main,
        })
    }

    /// What is shown when everything is to be forgotten.
    pub(crate) fn forgotten(&self) -> String {
        let words = self.words;
        self.page(&Page {
            title: words.forget_title,
            brand: words.front_brand,
            main: html! {
                p.lead { (words.forget_lead) }
                p {
                    a href="/" { (words.start_over) }
                }
            },
        })
    }
}
