//! Germs through the punctures of a case.

use needlework::questions::infection;
use needlework_pages as pages;

use super::room::Made;
use super::sent::{asked, case_with};
use crate::fault::Fault;
use crate::form::Form;
use crate::house::House;
use crate::works::Watch;

/// People where nothing is said, as on the command line.
const PEOPLE: usize = 1000;

/// Works out germs and channels.
pub(super) fn work(house: &House, form: &Form, watch: &Watch) -> Result<Made, Fault> {
    let how = asked(house, form, PEOPLE)?;
    let case = case_with(house, form)?;
    let found = infection(&case, &house.inquiry(how), &mut |at| watch.at(at))
        .map_err(|error| Fault::failed("germs could not be worked out", error))?;
    let json = pages::json_text(&found).map_err(|error| Fault::failed("infect.json could not be made", error))?;
    Ok(Made {
        page: pages::infection_html(&found),
        json,
    })
}
