//! The answer to a case, with the bytes of the command line; and the case alone, read and checked.

use needlework_pages as pages;
use serde_json::json;

use super::room::Made;
use super::sent::{asked, to_text};
use crate::fault::Fault;
use crate::form::Form;
use crate::house::House;
use crate::works::Watch;

/// Judges a case.
pub(super) fn work(house: &House, form: &Form, watch: &Watch) -> Result<Made, Fault> {
    let how = asked(house, form, House::whole())?;
    let case = house.case(form.get("case"))?;
    let report = house.judged(&case, how, watch)?.report;
    let json = pages::json(&report).map_err(|error| Fault::failed("report.json could not be made", error))?;
    Ok(Made {
        page: pages::html(&report),
        json,
    })
}

/// Reads a case and says what was understood.
pub(super) fn check(house: &House, form: &Form, _: &Watch) -> Result<Made, Fault> {
    let case = house.case(form.get("case"))?;
    Ok(Made {
        page: String::new(),
        json: to_text(&json!({ "reads": true, "case": case })),
    })
}
