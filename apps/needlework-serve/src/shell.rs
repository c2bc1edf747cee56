//! What every page has around it: its head, the bar, and what stands below.

use maud::{Markup, html};
use needlework::case::Diagnostics;
use needlework_desk::problem::Problem;
use needlework_figures::style::{Dress, Shell, document, dressed};
use needlework_figures::words::{full_stop, sentence_case};

use crate::fault::Fault;
use crate::house::House;
use crate::words::{Words, fill};

/// The style sheet that the local page adds to that of all pages.
pub(crate) const STYLE: &str = include_str!("serve.css");

/// What it leaves of an answer for one sheet.
pub(crate) const SHEET: &str = include_str!("sheet.css");

/// The scripts, built ahead from `web/`.
pub(crate) const SCRIPT: &str = include_str!("../web/built/page.js");

/// The script of the block of skin, which is asked for only where one is shown.
pub(crate) const BLOCK_SCRIPT: &str = include_str!("../web/built/block.js");

/// Its address.
pub(crate) const BLOCK: &str = "/block.js";

/// A page of our own.
pub(crate) struct Page<'a> {
    /// Its title, which is its heading too.
    pub(crate) title: &'a str,
    /// What kind of page it is.
    pub(crate) brand: &'a str,
    /// What it says.
    pub(crate) main: Markup,
}

impl House {
    /// A page of our own, whole.
    pub(crate) fn page(&self, page: &Page<'_>) -> String {
        let nothing = html! {};
        self.around(&self.plain(page), nothing.clone(), nothing)
    }

    /// A page of our own, with nothing around it.
    pub(crate) fn plain(&self, page: &Page<'_>) -> String {
        let words = self.words;
        let shell = Shell {
            title: page.title,
            version: &self.engine.version,
            own_style: "",
            skip: words.skip,
            brand: page.brand,
        };
        let heading = html! {
            h1 { (page.title) }
        };
        let footer = html! {
            p { (words.private) }
            p { (words.not_a_device) }
        };
        document(&shell, &heading, &page.main, &footer)
    }

    /// A page of the other crates, with the bar and with parts before and after what it says.
    pub(crate) fn around(&self, page: &str, before: Markup, after: Markup) -> String {
        let dress = Dress {
            head: html! {
                link rel="stylesheet" href="/serve.css";
                link rel="icon" href="data:,";
                script src="/page.js" defer {}
            },
            bar: self.bar(),
            before,
            after,
        };
        dressed(page, &dress)
    }

    /// Why there is no answer, as a page.
    pub(crate) fn fault(&self, fault: &Fault) -> String {
        let words = self.words;
        let (title, main) = match fault {
            Fault::NotFound => (words.not_found, said(words.not_found_more)),
            Fault::Busy => (words.busy, said(words.busy_more)),
            Fault::Stale => (words.stale, said(words.stale_more)),
            Fault::TooLarge => (words.too_large, said(words.too_large_more)),
            Fault::Problem(problem) => {
                let title = match problem {
                    Problem::Case(_) => words.case_wrong,
                    Problem::Input { .. } => words.wrong_input,
                    Problem::Failed { .. } => words.failed,
                };
                (title, self.explained(problem))
            }
        };
        self.page(&Page {
            title,
            brand: words.fault_brand,
            main: html! {
                (main)
                p {
                    a href="/" { (words.start_over) }
                }
            },
        })
    }

    /// What is wrong, where, and what to do.
    pub(crate) fn explained(&self, problem: &Problem) -> Markup {
        match problem {
            Problem::Case(wrong) => diagnostics(self.words, wrong),
            Problem::Input { what, help } | Problem::Failed { what, help } => html! {
                p { (full_stop(&sentence_case(what))) }
                p { (full_stop(&sentence_case(help))) }
            },
        }
    }

    fn bar(&self) -> Markup {
        let words = self.words;
        html! {
            nav.bar aria-label=(words.bar) {
                ul {
                    li {
                        a href="/" { (words.start_over) }
                    }
                    li {
                        a href="/rooms" { (words.rooms) }
                    }
                    li {
                        a href="/forget" { (words.forget) }
                    }
                }
            }
        }
    }
}

/// A field of a form that nobody sees.
pub(crate) fn hidden(name: &str, value: &str) -> Markup {
    html! {
        input type="hidden" name=(name) value=(value);
    }
}

/// A button of a form that says what it does.
pub(crate) fn button(class: &str, does: &str, text: &str) -> Markup {
    html! {
        button class=(class) type="submit" name="do" value=(does) { (text) }
    }
}

fn said(text: &str) -> Markup {
    html! {
        p { (text) }
    }
}

/// Everything that is wrong in a case, each at its place.
fn diagnostics(words: &Words, wrong: &Diagnostics) -> Markup {
    html! {
        ol.wrong {
            @for problem in &wrong.problems {
                @let (line, column) = wrong.position(problem.span.start);
                li {
                    p {
                        strong { (full_stop(&sentence_case(&problem.message))) }
                        " "
                        (full_stop(&sentence_case(&problem.help)))
                    }
                    @if let Some(nearest) = &problem.nearest {
                        p { (full_stop(&fill(words.meant, &[("nearest", nearest)]))) }
                    }
                    @if !wrong.text.is_empty() {
                        p.quiet {
                            (fill(words.place, &[("line", &line.to_string()), ("column", &column.to_string())]))
                            ": "
                            code { (begun(wrong.text.lines().nth(line - 1).unwrap_or_default())) }
                        }
                    }
                }
            }
        }
        @if wrong.more { p { (words.more_problems) } }
    }
}

/// The beginning of a text, as far as a reader wants to see it.
pub(crate) fn begun(text: &str) -> String {
    const MOST: usize = 200;
    let mut begun: String = text.chars().take(MOST).collect();
    if begun.len() < text.len() {
        begun.push('…');
    }
    begun
}
