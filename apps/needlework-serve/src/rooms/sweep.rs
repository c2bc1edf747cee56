//! Many designs of a device side by side, and those that none beats.

use needlework::questions::{read, sweep};
use needlework_desk::memory;
use needlework_pages as pages;

use super::room::Made;
use super::sent::whole;
use crate::fault::Fault;
use crate::form::Form;
use crate::house::House;
use crate::works::Watch;

/// What a design file is called where it came by a form.
const NAME: &str = "the design";

/// Tries the designs of a file.
pub(super) fn work(house: &House, form: &Form, watch: &Watch) -> Result<Made, Fault> {
    let library = &house.library;
    let design = read(form.get("design"), NAME, &library.catalog)?;
    let worlds = whole(form, "worlds", 32, 8..=1000)?;
    memory::take(
        memory::of_designs(design.designs.len() as u64, u64::from(worlds)),
        "take fewer worlds, or shorten a list or a range of the file",
    )?;
    let settings = (house.seed(form.get("seed"))?, worlds as usize, house.threads);
    let evidence = (&library.book, &library.catalog);
    let made = sweep(&design, evidence, &house.engine, settings, &mut |at| watch.at(at));
    let report = made.map_err(|error| Fault::failed("the designs could not be tried", error))?;
    let json = pages::json_text(&report).map_err(|error| Fault::failed("sweep.json could not be made", error))?;
    Ok(Made {
        page: pages::sweep_html(&report),
        json,
    })
}
