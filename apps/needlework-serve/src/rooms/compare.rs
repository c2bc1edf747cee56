//! Plans side by side on the same virtual people. A field may name all its values, as on the command line, or only the
//! others, to be put beside the plan's own.

use needlework::questions::{self, Asked, SideBySide};
use needlework_desk::memory::{self, PERSON};
use needlework_desk::problem::Problem;
use needlework_desk::vary::{self, MOST, Variation};
use needlework_pages as pages;

use super::room::Made;
use super::sent::{asked, lines};
use crate::fault::Fault;
use crate::form::Form;
use crate::house::{CASE_NAME, House};
use crate::own_plan::own;
use crate::works::Watch;

/// What stands before a field whose other values are named.
pub(crate) const ALSO: &str = "also:";

/// Compares what a form asks for.
pub(super) fn work(house: &House, form: &Form, watch: &Watch) -> Result<Made, Fault> {
    let found = compared(house, form, watch)?;
    let json = pages::compare_json(&found).map_err(|error| Fault::failed("compare.json could not be made", error))?;
    Ok(Made {
        page: pages::compare_html(&found),
        json,
    })
}

/// The same as a part of another page: what changes with each choice, and no more.
pub(crate) fn beside(house: &House, form: &Form, watch: &Watch) -> Result<String, Fault> {
    Ok(pages::beside_html(&compared(house, form, watch)?))
}

fn compared(house: &House, form: &Form, watch: &Watch) -> Result<SideBySide, Fault> {
    let how = asked(house, form, House::whole())?;
    let text = form.get("case");
    let base = house.case(text)?;
    let mut varied = lines(form, "vary");
    for (name, others) in &form.0 {
        if let Some(path) = name.strip_prefix(ALSO).filter(|_| !others.trim().is_empty()) {
            varied.push(format!(
                "{path}={}",
                own_and(own(&base, &house.library.catalog, path), others)
            ));
        }
    }
    if varied.is_empty() {
        return Err(Problem::input(
            "nothing is varied, so there is nothing to put side by side",
            "name another length, number of sessions, interval or setting",
        )
        .into());
    }
    let variations = vary::variations("vary", &varied, how.reading)?;
    let count = vary::count(&variations);
    if count > MOST {
        return Err(Problem::input(
            format!("this makes {count} alternatives; at most {MOST} are put side by side"),
            "vary fewer fields or values",
        )
        .into());
    }
    let people = how.people.saturating_mul(count + 1);
    memory::take(memory::of_people(people, PERSON), "take fewer people")?;
    let mut alternatives = Vec::with_capacity(count);
    for settings in vary::combinations(&variations) {
        let case = vary::read("vary", text, CASE_NAME, &settings, &variations, &house.library.catalog)?;
        let label = vary::in_words(&settings);
        alternatives.push(Asked { label, settings, case });
    }
    let words: Vec<String> = variations.iter().map(Variation::words).collect();
    let title = base.about.title.known().map_or(house.words.a_plan, String::as_str);
    let title = format!("{title}, {} varied", words.join(" and "));
    let compared = questions::compare(&title, &alternatives, &house.inquiry(how), &mut |at| watch.at(at));
    compared.map_err(|error| Fault::failed("the plans could not be compared", error))
}

/// The plan's own value of a field with the others behind it, each once.
fn own_and(own: Option<String>, others: &str) -> String {
    let mut values: Vec<String> = own.into_iter().collect();
    for other in others.split(',').map(str::trim).filter(|other| !other.is_empty()) {
        if !values.iter().any(|value| value == other) {
            values.push(other.to_owned());
        }
    }
    values.join(",")
}
