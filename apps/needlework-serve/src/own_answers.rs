//! The answers below an answer, where each can be changed.

use maud::{Markup, html};
use needlework::rules::interview::Interviewer;

use crate::carried::Carried;
use crate::house::House;
use crate::question::changeable;

/// The answers below an answer, each with a button that asks it again.
pub(crate) fn own_answers(house: &House, interviewer: &Interviewer<'_>, carried: &Carried) -> Markup {
    let words = house.words;
    html! {
        section.own aria-labelledby="own-answers" {
            h2 #own-answers { (words.your_answers) }
            details {
                summary { (words.change_answer) }
                form method="post" action="/interview" {
                    (carried.fields())
                    (changeable(words, &interviewer.look_back(&carried.answers)))
                }
            }
        }
    }
}
