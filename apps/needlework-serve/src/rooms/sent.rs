//! What was sent to a room, read: people, lines, numbers, a case with some of its fields set.

use needlework::case::Case;
use needlework_desk::memory::{self, PERSON};
use needlework_desk::problem::Problem;
use needlework_desk::vary;

use crate::door::reading;
use crate::fault::Fault;
use crate::form::Form;
use crate::house::{Asked, CASE_NAME, House};

/// How a form wants its case judged: as many people as it says, or so many.
pub(super) fn asked(house: &House, form: &Form, usual: usize) -> Result<Asked, Fault> {
    let people = match form.get("people").trim() {
        "" => usual,
        text => House::people(text)?,
    };
    memory::take(memory::of_people(people, PERSON), "take fewer people")?;
    Ok(Asked {
        people,
        seed: house.seed(form.get("seed"))?,
        reading: reading(form.get("for")),
        prior: !form.get("prior").is_empty(),
    })
}

/// The lines of a field, each by itself, with what stands in several fields of the name one after the other.
pub(super) fn lines(form: &Form, name: &str) -> Vec<String> {
    let lines = form.all(name).flat_map(str::lines).map(str::trim);
    lines.filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// What stands in a field, where something does.
pub(super) fn said<'a>(form: &'a Form, name: &str) -> Option<&'a str> {
    Some(form.get(name).trim()).filter(|text| !text.is_empty())
}

/// A whole number of a field, from and up to a bound; the usual one where nothing is said.
pub(super) fn whole(form: &Form, name: &str, usual: u32, range: std::ops::RangeInclusive<u32>) -> Result<u32, Fault> {
    let Some(text) = said(form, name) else {
        return Ok(usual);
    };
    let (least, most) = (range.start(), range.end());
    let number = needlework_desk::number::whole(text);
    let number = number.map_err(|why| Problem::input(format!("{name}: “{text}” can't be taken"), why))?;
    match u32::try_from(number) {
        Ok(number) if range.contains(&number) => Ok(number),
        _ => Err(Problem::input(
            format!("{name}: {number} is out of range"),
            format!("take a number from {least} to {most}"),
        )
        .into()),
    }
}

/// The case of a form with some of its fields set.
pub(super) fn case_with(house: &House, form: &Form) -> Result<Case, Fault> {
    let text = form.get("case");
    let case = house.case(text)?;
    let set = lines(form, "set");
    if set.is_empty() {
        return Ok(case);
    }
    let several = Problem::input(
        "a field is set to one value",
        "compare puts several values side by side",
    );
    Ok(vary::set(
        "set",
        &set,
        (text, CASE_NAME),
        &house.library.catalog,
        several,
    )?)
}

/// A JSON text that ends its line.
pub(super) fn to_text(value: &serde_json::Value) -> String {
    format!("{value:#}\n")
}
