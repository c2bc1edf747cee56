//! The skin of people at a body site, without any plan.

use needlework::cohort::skins;
use needlework::questions;
use needlework_desk::named;
use needlework_desk::wanted::Wanted;
use needlework_pages as pages;
use serde_json::json;

use super::room::Made;
use super::sent::{asked, said, to_text};
use crate::fault::Fault;
use crate::form::Form;
use crate::house::House;
use crate::works::Watch;

/// Samples skin.
pub(super) fn work(house: &House, form: &Form, watch: &Watch) -> Result<Made, Fault> {
    let how = asked(house, form, House::whole())?;
    let library = &house.library;
    let site = named::site(library, said(form, "site").unwrap_or("abdomen"))?;
    let wanted = Wanted {
        age: said(form, "age"),
        sex: said(form, "sex"),
        bmi: said(form, "bmi"),
        skin_type: said(form, "skin_type"),
    };
    let case = wanted.case(site, &library.catalog)?;
    let settings = house.inquiry(how).settings;
    let people = skins(&case, site, &library.book, &settings, &mut |at| watch.at(at))
        .map_err(|error| Fault::failed("skin could not be sampled", error))?;
    let words = wanted.words();
    let report = questions::skin(
        &people,
        settings.people_per_world,
        (&site.name, &words),
        (&house.engine, settings.seed),
    );
    pages::numbers_are_finite(&report).map_err(|error| Fault::failed("skin.json could not be made", error))?;
    let sample = pages::SkinSample {
        report: &report,
        people: &people,
        label: &site.label,
    };
    Ok(Made {
        page: pages::skin_html(&sample),
        json: to_text(&json!(report)),
    })
}
