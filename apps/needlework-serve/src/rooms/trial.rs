//! A study, run once in each of many worlds. Its arms take cases that are there to begin with, by the names of their
//! files, or the own one.

use needlework::questions::{read_study, trial};
use needlework::verdict::Inquiry;
use needlework_desk::memory;
use needlework_pages as pages;

use super::room::Made;
use super::sent::{asked, whole};
use crate::examples::EXAMPLES;
use crate::fault::Fault;
use crate::form::Form;
use crate::house::House;
use crate::works::Watch;

/// What a study file is called where it came by a form.
const NAME: &str = "the study";

/// What an arm calls the case of the form.
const OWN: &str = "own";

/// Memory of a world of a trial, as the command line takes it.
const WORLD: u64 = 100_000;

/// Runs the study of a form.
pub(super) fn work(house: &House, form: &Form, watch: &Watch) -> Result<Made, Fault> {
    let library = &house.library;
    let load = |case: &str| match case {
        OWN if !form.get(OWN).trim().is_empty() => Ok((OWN.to_owned(), form.get(OWN).to_owned())),
        case => {
            let file = case.rsplit('/').next().unwrap_or(case);
            let name = file.strip_suffix(".toml").unwrap_or(file);
            let found = EXAMPLES.iter().find(|(known, _)| *known == name);
            let known = || EXAMPLES.map(|(known, _)| known).join(", ");
            found
                .map(|(known, text)| ((*known).to_owned(), (*text).to_owned()))
                .ok_or_else(|| {
                    format!(
                        "there is no case {case} here: there are {}, or own for your own",
                        known()
                    )
                })
        }
    };
    let study = read_study(form.get("study"), NAME, (&library.catalog, &library.book), &load)?;
    let worlds = whole(form, "worlds", 100, 8..=1000)?;
    memory::take(u64::from(worlds) * WORLD, "take fewer worlds")?;
    let inquiry = house.inquiry_in(asked(house, form, House::whole())?, worlds as usize);
    let inquiry = Inquiry {
        posterior: inquiry.posterior.filter(|_| !form.get("posterior").is_empty()),
        ..inquiry
    };
    let made = trial(&study, &inquiry, &mut |at| watch.at(at));
    let (report, _) = made.map_err(|error| Fault::failed("the trial could not be run", error))?;
    let json = pages::json_text(&report).map_err(|error| Fault::failed("trial.json could not be made", error))?;
    Ok(Made {
        page: pages::trial_html(&report),
        json,
    })
}
