//! Creams through needle channels.

use needlework::questions::{CreamsError, creams};
use needlework_desk::problem::Problem;
use needlework_pages as pages;
use serde_json::json;

use super::room::Made;
use super::sent::{asked, said, to_text};
use crate::examples::EXAMPLES;
use crate::fault::Fault;
use crate::form::Form;
use crate::house::{Asked, House};
use crate::works::Watch;

/// People where nothing is said, as on the command line.
const PEOPLE: usize = 1000;

/// Works out what passes.
pub(super) fn work(house: &House, form: &Form, watch: &Watch) -> Result<Made, Fault> {
    // As on the command line, creams are of the priors.
    let how = Asked {
        prior: true,
        ..asked(house, form, PEOPLE)?
    };
    let [(_, clinic), ..] = EXAMPLES;
    let case = house.case(said(form, "case").map_or(clinic, |_| form.get("case")))?;
    let made = creams(&case, &house.inquiry(how), &mut |at| watch.at(at));
    let found = made.map_err(|error| match error {
        CreamsError::NoNeedles => Problem::input(error.to_string(), "take a case whose arm is needling").into(),
        error => Fault::failed("the creams could not be computed", error),
    })?;
    pages::numbers_are_finite(&found).map_err(|error| Fault::failed("creams could not be written", error))?;
    Ok(Made {
        page: pages::creams_html(&found, &house.engine.version),
        json: to_text(&json!(found)),
    })
}
