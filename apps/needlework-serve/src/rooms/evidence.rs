//! The evidence: every number with its passport, those that hold some words, and what changes if one were another.

use needlework::evidence::Passport;
use needlework::questions::what_if;
use needlework_desk::memory::{self, PERSON};
use needlework_desk::named::unknown_name;
use needlework_desk::problem::Problem;
use needlework_pages as pages;
use serde_json::json;

use super::room::Made;
use super::sent::{asked, said, to_text};
use crate::fault::Fault;
use crate::form::Form;
use crate::house::House;
use crate::works::Watch;

/// People of both sides, unless somebody says otherwise.
const PEOPLE: usize = 1000;

/// All numbers; those that are looked for; or what changes in an answer where one of them is put to something else.
pub(super) fn work(house: &House, form: &Form, watch: &Watch) -> Result<Made, Fault> {
    if let Some(text) = said(form, "set") {
        return tried(house, form, text, watch);
    }
    let library = &house.library;
    let claims = needlework::claims(library).map_err(|error| Fault::failed("the build is broken", error))?;
    let Some(wanted) = said(form, "key") else {
        let all: Vec<&Passport> = library.book.passports().collect();
        return Ok(Made {
            page: pages::evidence_html(library, &claims, &house.engine),
            json: to_text(&json!(all)),
        });
    };
    let found = found(house, wanted)?;
    let json = match library.book.passport(wanted) {
        Some(passport) => pages::passport_json(library, &claims, passport),
        None => json!(found),
    };
    Ok(Made {
        page: pages::found_html((library, &claims), &house.engine, wanted, &found),
        json: to_text(&json),
    })
}

/// The number of a key; else those whose key begins so; else those of which key, name, value, note or source hold every
/// word.
fn found<'a>(house: &'a House, wanted: &str) -> Result<Vec<&'a Passport>, Fault> {
    let book = &house.library.book;
    if let Some(passport) = book.passport(wanted) {
        return Ok(vec![passport]);
    }
    let begin: Vec<&Passport> = book.passports().filter(|one| one.key.starts_with(wanted)).collect();
    if !begin.is_empty() {
        return Ok(begin);
    }
    let wanted_words: Vec<String> = wanted.split_whitespace().map(str::to_lowercase).collect();
    let holds = |passport: &&Passport| {
        let source = book.source(&passport.source).map_or("", |source| source.title.as_str());
        let label = passport.label.as_deref().unwrap_or_default();
        let text = [
            &passport.key,
            label,
            &passport.value,
            &passport.note,
            &passport.source,
            source,
        ];
        let text = text.join(" ").to_lowercase();
        wanted_words.iter().all(|word| text.contains(word))
    };
    let found: Vec<&Passport> = book.passports().filter(holds).collect();
    if found.is_empty() {
        return Err(unknown(house, wanted));
    }
    Ok(found)
}

/// No number is called so.
fn unknown(house: &House, key: &str) -> Fault {
    let keys = house.library.book.passports().map(|passport| passport.key.as_str());
    let list = "the page of the evidence lists all; look for a word of its name, its source or its key";
    unknown_name(&format!("no number is called `{key}`"), key, keys, list).into()
}

/// A case judged with a number as it is, and put to something else.
fn tried(house: &House, form: &Form, text: &str, watch: &Watch) -> Result<Made, Fault> {
    let key = form.get("key").trim();
    if house.library.book.passport(key).is_none() {
        return Err(unknown(house, key));
    }
    let how = asked(house, form, PEOPLE)?;
    memory::take(memory::of_people(2 * how.people, PERSON), "take fewer people")?;
    let case = house.case(form.get("case"))?;
    let mut wrong = house.library.book.clone();
    wrong
        .set(key, text)
        .map_err(|error| Problem::input(error.to_string(), house.words.put_help))?;
    let made = what_if(&case, [key, text], &house.inquiry(how), &mut |at| watch.at(at));
    let found = made.map_err(|error| Fault::failed("the case could not be judged", error))?;
    Ok(Made {
        page: pages::what_if_html(&found, how.reading, &house.engine),
        json: to_text(&json!(found)),
    })
}
