//! Every plan of a case that no rule stops.

use needlework::questions::{HarmLimits, plan};
use needlework_pages as pages;

use super::room::Made;
use super::sent::{asked, whole};
use crate::fault::Fault;
use crate::form::Form;
use crate::house::House;
use crate::works::Watch;

/// Looks at all plans.
pub(super) fn work(house: &House, form: &Form, watch: &Watch) -> Result<Made, Fault> {
    let how = asked(house, form, House::whole())?;
    let case = house.case(form.get("case"))?;
    let sessions = whole(form, "sessions", 6, 1..=8)?;
    let worlds = whole(form, "worlds", 100, 8..=1000)?;
    let inquiry = house.inquiry_in(how, worlds as usize);
    let limits = (HarmLimits::default(), sessions);
    let found = plan(&case, &inquiry, limits, &mut |at| watch.at(at))
        .map_err(|error| Fault::failed("the plans could not be tried", error))?;
    let json = pages::json_text(&found).map_err(|error| Fault::failed("plan.json could not be made", error))?;
    Ok(Made {
        page: pages::plan_html(&found),
        json,
    })
}
