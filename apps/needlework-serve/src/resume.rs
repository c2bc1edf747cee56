//! Answers that somebody kept as a file: they are read like any case, and the interview goes on with what they leave
//! open.

use std::sync::Arc;

use axum::response::Response;
use maud::html;
use needlework::rules::interview::Answers;
use needlework_desk::problem::Problem;

use crate::carried::Carried;
use crate::door::Door;
use crate::fault::Fault;
use crate::form::Form;
use crate::house::House;
use crate::interview;
use crate::replies::page;
use crate::shell::Page;

/// The page that takes such a file.
pub(crate) fn asking(house: &House, text: &str, wrong: Option<&Problem>) -> String {
    let words = house.words;
    house.page(&Page {
        title: words.resume_title,
        brand: words.interview_brand,
        main: html! {
            @if let Some(wrong) = wrong {
                div.card.referred role="alert" {
                    h2 { (words.case_wrong) }
                    (house.explained(wrong))
                }
            }
            p.lead { (words.resume_lead) }
            form.ask method="post" action="/resume" {
                label for="case" { (words.case_field) }
                textarea #case name="case" spellcheck="false" autocapitalize="none" data-open=(words.open_file) {
                    "\n" (text)
                }
                div.steps { button.main type="submit" { (words.resume_go) } }
            }
        },
    })
}

/// What comes next after the answers of a file.
///
/// # Errors
/// [`Fault`] where the answer cannot be computed.
pub(crate) async fn resumed(house: &Arc<House>, form: &Form) -> Result<Response, Fault> {
    let text = form.get("case");
    match house.case(text) {
        Ok(_) => {}
        Err(Fault::Problem(problem)) => {
            let again = asking(house, text, Some(&problem));
            return Ok(page(Fault::Problem(problem).status(), again));
        }
        Err(fault) => return Err(fault),
    }
    // A form ends its lines in its own way, and the lines of the head are compared whole.
    let answers = Answers::of_document(&text.replace("\r\n", "\n"));
    let door = if answers.is_done_already() {
        Door::Done
    } else {
        Door::Thinking
    };
    interview::next(house, &Carried { answers, door }).await
}
