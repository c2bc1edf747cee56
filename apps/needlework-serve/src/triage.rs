//! What to do now where something was done already: the page of `needlework triage`, and the same to be kept.

use axum::response::Response;
use maud::html;
use needlework::rules::triage::Triage;
use needlework::verdict::{Occasion, texts};
use needlework_pages as pages;

use crate::carried::Carried;
use crate::fault::Fault;
use crate::form::Form;
use crate::house::House;
use crate::own_answers::own_answers;
use crate::replies::{download, page};

/// What triage says of the answers.
fn found(house: &House, carried: &Carried) -> Result<Triage, Fault> {
    let help = texts(&house.library.advice, Occasion::Crisis);
    Ok(house.interviewer().triaged(&carried.answers, &help)?)
}

/// What triage says, with what can be kept of it and the answers below.
///
/// # Errors
/// [`Fault`] where an answer is none.
pub(crate) fn shown(house: &House, carried: &Carried) -> Result<Response, Fault> {
    let words = house.words;
    let document = pages::triage_html(&found(house, carried)?, &house.engine.version);
    let after = html! {
        section.own aria-labelledby="take" {
            h2 #take { (words.take) }
            form method="post" action="/download" {
                (carried.fields())
                ul.take {
                    li { button.plain type="submit" name="what" value="triage.html" { (words.take_report) } }
                    li { button.plain type="submit" formaction="/case.toml" { (words.take_case) } }
                    li { button.plain type="submit" name="what" value="triage.json" { (words.take_triage) } }
                }
            }
        }
        (own_answers(house, &house.interviewer(), carried))
    };
    Ok(page(200, house.around(&document, html! {}, after)))
}

/// What is kept of it, with the same bytes as on the command line; none where the form asks for another file.
///
/// # Errors
/// [`Fault`] where the form is not of our making.
pub(crate) fn file(house: &House, form: &Form) -> Result<Option<Response>, Fault> {
    let name = form.get("what");
    if !["triage.html", "triage.json"].contains(&name) {
        return Ok(None);
    }
    let found = found(house, &Carried::by(form)?)?;
    Ok(Some(if name == "triage.html" {
        let text = pages::triage_html(&found, &house.engine.version);
        download(name, "text/html; charset=utf-8", text.into_bytes())
    } else {
        let text = serde_json::to_string_pretty(&found)
            .map_err(|error| Fault::failed("triage.json could not be made", error))?;
        download(name, "application/json", format!("{text}\n").into_bytes())
    }))
}
