//! The article's claims, with what is published and what is computed now.

use needlework::ledger;
use needlework_desk::named::unknown_name;
use needlework_pages as pages;

use super::room::Made;
use super::sent::{asked, said};
use crate::fault::Fault;
use crate::form::Form;
use crate::house::House;
use crate::works::Watch;

/// People where nothing is said, as on the command line.
const PEOPLE: usize = 1000;

/// Works out the ledger, or one claim of it.
pub(super) fn work(house: &House, form: &Form, watch: &Watch) -> Result<Made, Fault> {
    let how = asked(house, form, PEOPLE)?;
    let claims = needlework::claims(&house.library).map_err(|error| Fault::failed("the build is broken", error))?;
    let wanted = said(form, "id");
    let is_asked = |id: &str| wanted.is_none_or(|wanted| wanted.eq_ignore_ascii_case(id));
    let ids = || claims.claims().iter().map(|claim| claim.id.as_str());
    if !ids().any(is_asked) {
        let typed = wanted.unwrap_or_default();
        let list = "claims are named C0, C1 and so on";
        return Err(unknown_name(&format!("there is no claim {typed}"), typed, ids(), list).into());
    }
    let settings = house.inquiry(how).settings;
    let mut ledger = ledger::ledger(&claims, &house.library, &house.engine, &settings, &mut |at| {
        watch.at(at)
    })
    .map_err(|error| Fault::failed("the claims could not be computed", error))?;
    ledger.claims.retain(|row| is_asked(&row.id));
    let json = pages::claims_json(&ledger).map_err(|error| Fault::failed("claims.json could not be made", error))?;
    Ok(Made {
        page: pages::claims_html(&ledger),
        json,
    })
}
