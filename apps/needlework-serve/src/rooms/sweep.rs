//! Many designs of a device side by side, and those that none beats: as a whole design file, or as fields in which any
//! number may be a list or a range, of which a file is made.

use needlework::questions::{read, sweep};
use needlework_desk::memory;
use needlework_pages as pages;

use super::room::Made;
use super::sent::{said, whole};
use crate::fault::Fault;
use crate::form::Form;
use crate::house::House;
use crate::works::Watch;

/// What a design file is called where it came by a form.
const NAME: &str = "the design";

/// The fields of a form that a design file has under the device's geometry.
const GEOMETRY: [&str; 5] = [
    "needle_length",
    "needles",
    "needle_diameter",
    "tip_radius",
    "drum_radius",
];

/// And those of the hand.
const HAND: [&str; 2] = ["passes", "force"];

/// Tries the designs of a file, or of the fields.
pub(super) fn work(house: &House, form: &Form, watch: &Watch) -> Result<Made, Fault> {
    let library = &house.library;
    let own = said(form, "design").map_or_else(|| design_file(form), str::to_owned);
    let design = read(&own, NAME, &library.catalog)?;
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

/// The design file that the fields of a form say.
fn design_file(form: &Form) -> String {
    let line = |name: &str| said(form, name).map(|text| format!("{name} = {}\n", value(text)));
    let section = |names: &[&str]| names.iter().filter_map(|name| line(name)).collect::<String>();
    format!(
        "format = \"needlework-design/1\"\n{}\n[geometry]\n{}\n[hand]\n{}",
        section(&["site", "device"]),
        section(&GEOMETRY),
        section(&HAND)
    )
}

/// A value, a list of values with commas between them, or a range such as `0.5 mm to 2.5 mm in 9`, as a design file
/// has it.
fn value(text: &str) -> String {
    if let Some((from, to, steps)) = range(text) {
        return format!("{{ from = {}, to = {}, steps = {steps} }}", one(from), one(to));
    }
    let values: Vec<String> = text
        .split(',')
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .map(one)
        .collect();
    match values.as_slice() {
        [single] => single.clone(),
        values => format!("[{}]", values.join(", ")),
    }
}

fn range(text: &str) -> Option<(&str, &str, u32)> {
    let (from, rest) = text.split_once(" to ")?;
    let (to, steps) = rest.rsplit_once(" in ")?;
    Some((from.trim(), to.trim(), steps.trim().parse().ok()?))
}

/// A count as it is, and anything else as a text.
fn one(text: &str) -> String {
    match text.parse::<u32>() {
        Ok(count) => count.to_string(),
        Err(_) => toml::Value::from(text).to_string(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn fields_make_the_file_that_says_the_same() {
        let form = Form(
            [
                ("site", "abdomen"),
                ("device", "dermaroller-mf8"),
                ("needle_length", "0.5 mm to 2.5 mm in 9"),
                ("needles", "96, 192,360 , 540"),
                ("needle_diameter", "0.15 mm, 0.25 mm"),
                ("tip_radius", "2 um, 4 um, 10 um"),
                ("drum_radius", "8 mm, 10 mm, 14 mm"),
                ("passes", "4, 10"),
                ("force", "1 N, 3 N"),
            ]
            .map(|(name, text)| (name.to_owned(), text.to_owned()))
            .to_vec(),
        );
        let library = needlework::bundle().unwrap();
        let of = |text: &str| read(text, NAME, &library.catalog).unwrap();
        let committed = include_str!("../../../../cases/designs/roller.toml");
        assert_eq!(of(&design_file(&form)), of(committed));
    }

    #[test]
    fn what_is_typed_stays_a_text() {
        assert_eq!(value("1 mm"), "\"1 mm\"");
        assert_eq!(value("4"), "4");
        assert_eq!(value("1 N, 3 N"), "[\"1 N\", \"3 N\"]");
        assert_eq!(value("1 mm to 2 mm in many"), "\"1 mm to 2 mm in many\"");
        assert_eq!(value(""), "[]");
        let steering = "x\"\n[hand]\npasses = 1";
        let table: toml::Table = format!("a = {}", value(steering)).parse().unwrap();
        assert_eq!(
            table.get("a").and_then(toml::Value::as_str),
            Some(steering),
            "nothing else is set by it"
        );
    }
}
