//! The evidence: every number with its passport.

use needlework::evidence::Passport;
use needlework_desk::named::unknown_name;
use needlework_pages as pages;
use serde_json::{Value, json};

use super::room::Made;
use super::sent::{said, to_text};
use crate::fault::Fault;
use crate::form::Form;
use crate::house::House;
use crate::works::Watch;

/// All numbers, those whose key begins so, or one with what contradicts it and what hangs on it.
pub(super) fn work(house: &House, form: &Form, _: &Watch) -> Result<Made, Fault> {
    let library = &house.library;
    let claims = needlework::claims(library).map_err(|error| Fault::failed("the build is broken", error))?;
    let all: Vec<&Passport> = library.book.passports().collect();
    let json = match said(form, "key") {
        None => json!(all),
        Some(key) => match library.book.passport(key) {
            Some(passport) => pages::passport_json(library, &claims, passport),
            None => beginning(&all, key)?,
        },
    };
    Ok(Made {
        page: pages::evidence_html(library, &claims, &house.engine),
        json: to_text(&json),
    })
}

/// The numbers whose key begins so, else those that hold it.
fn beginning(all: &[&Passport], key: &str) -> Result<Value, Fault> {
    let begin: Vec<&&Passport> = all.iter().filter(|passport| passport.key.starts_with(key)).collect();
    let hold = || all.iter().filter(|passport| passport.key.contains(key)).collect();
    let found: Vec<&&Passport> = if begin.is_empty() { hold() } else { begin };
    if found.is_empty() {
        let keys = all.iter().map(|passport| passport.key.as_str());
        let list = "the page of the evidence lists all";
        return Err(unknown_name(&format!("no number is called `{key}`"), key, keys, list).into());
    }
    Ok(json!(found))
}
