//! One needle and its device in skin.

use needlework::puncture::Hand;
use needlework::questions::{Insertion, force_counts, insertion};
use needlework_desk::problem::Problem;
use needlework_desk::{memory, named, needle, number};
use needlework_pages as pages;

use super::room::Made;
use super::sent::{lines, said, whole};
use crate::fault::Fault;
use crate::form::Form;
use crate::house::House;
use crate::works::Watch;

/// Follows a needle.
pub(super) fn work(house: &House, form: &Form, _: &Watch) -> Result<Made, Fault> {
    let library = &house.library;
    let device = needle::device(
        library,
        said(form, "device").unwrap_or("dermaroller-mf8"),
        &lines(form, "set"),
    )?;
    let site = named::site(library, said(form, "site").unwrap_or("abdomen"))?;
    let force = said(form, "force").map(needle::force).transpose()?;
    if force.is_some() && !force_counts(device.kind) {
        return Err(Problem::input(
            "a force means nothing for this device: a motor drives its needles",
            "leave it out; a set device.needle_length says how deep it goes",
        )
        .into());
    }
    let side = said(form, "side").unwrap_or("5 cm");
    let side = number::centimetres(side)
        .ok()
        .filter(|side| side.mm() > 0.0 && side.mm() <= 100.0);
    let wrong = || {
        Problem::input(
            "side: no such square can be laid",
            "write it with its unit, such as 5 cm; 10 cm at most",
        )
    };
    let passes = match whole(form, "passes", 0, 1..=50)? {
        0 => None,
        passes => Some(f64::from(passes)),
    };
    let worlds = whole(form, "worlds", 400, 20..=4000)?;
    let question = Insertion {
        device: &device,
        site,
        hand: Hand {
            passes,
            force,
            stretched: !form.get("stretched").is_empty(),
        },
        sessions: whole(form, "sessions", 1, 1..=60)?,
        plot: side.ok_or_else(wrong)?,
    };
    let landings = needle::landings(&question, library)?;
    memory::take(
        memory::of_needles(u64::from(worlds), landings),
        "take a smaller side, fewer sessions or passes, or fewer worlds",
    )?;
    let seed = house.seed(form.get("seed"))?;
    let (report, _) = insertion(&question, &library.book, &house.engine, seed, worlds as usize)
        .map_err(|error| Fault::failed("the needle could not be followed", error))?;
    let json = pages::json_text(&report).map_err(|error| Fault::failed("insert.json could not be made", error))?;
    Ok(Made {
        page: pages::insertion_html(&report),
        json,
    })
}
