//! The evidence: every number with its passport as a table, JSON, CSV or a page; one of them whole; what studies say
//! together; and what changes if a number were another.

use std::path::Path;
use std::process::ExitCode;

use needlework::evidence::Passport;
use needlework::ledger::{dependents, room_of};
use needlework::questions::{WhatIf, pooled_outcomes, what_if};
use needlework::verdict::{Library, Reading};
use needlework::{case, rules};
use needlework_pages::{passport_json, what_if_text, word};
use serde_json::json;

use crate::arguments::{Evidence, Shared};
use crate::file::{EVIDENCE_PAGE, NewFile};
use crate::input::{bytes, claims, engine, inquiry, library};
use crate::layout;
use crate::listing::{print_json, print_table};
use crate::named::unknown_name;
use crate::problem::Problem;
use crate::screen::{Bar, print};

type Done = Result<ExitCode, Problem>;

/// The case that `--set` is tried on where none is named.
const REFERENCE: (&str, &str) = (
    "clinic-abdomen-alba.toml",
    include_str!("../../../cases/clinic-abdomen-alba.toml"),
);

/// Lists the evidence, shows one number, or tries another in its place.
///
/// # Errors
/// [`Problem`] when there is no such number, or something cannot be computed, printed or written.
pub fn run(asked: &Evidence, shared: &Shared) -> Done {
    let library = library()?;
    if let Some(text) = &asked.set {
        return tried(asked, text, &library, shared);
    }
    if let Some(file) = &asked.html {
        let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        if !["html", "htm"].iter().any(|known| ending.eq_ignore_ascii_case(known)) {
            return Err(Problem::input(
                format!("{} is not named .html", file.display()),
                "a page is written, and its name should say so",
            ));
        }
        let page = needlework_pages::evidence_html(&library, &claims(&library)?, &engine());
        return written(file, page.as_bytes());
    }
    if asked.pooled {
        return pooled(&library, shared);
    }
    let wanted = asked.key.as_deref().unwrap_or("");
    if let Some(passport) = library.book.passport(wanted) {
        return if asked.csv {
            print_csv(&[passport])
        } else {
            show(passport, &library, shared)
        };
    }
    let found = filtered(asked, wanted, &library)?;
    if shared.json {
        return print_json(&json!(found));
    }
    if asked.csv {
        return print_csv(&found);
    }
    let rows = found.into_iter().map(|passport| {
        vec![
            passport.key.clone(),
            passport.value.clone(),
            room_of(&passport.key).to_owned(),
            word(&json!(passport.seen)),
            word(&json!(passport.used)),
            passport.source.clone(),
        ]
    });
    print_table(&["key", "value", "room", "seen", "use", "source"], rows.collect())
}

/// What studies say together, outcome by outcome.
fn pooled(library: &Library, shared: &Shared) -> Done {
    let outcomes = pooled_outcomes(library);
    if shared.json {
        return print_json(&json!(outcomes));
    }
    let parts: Vec<String> = needlework_pages::pooled_terminal(&outcomes)
        .into_iter()
        .map(|(table, said)| format!("{}\n{}", layout::titled(table), layout::wrapped(&said, layout::WIDTH)))
        .collect();
    print(&parts.join("\n\n"))?;
    Ok(ExitCode::SUCCESS)
}

/// The passports that every filter lets pass.
fn filtered<'a>(asked: &Evidence, wanted: &str, library: &'a Library) -> Result<Vec<&'a Passport>, Problem> {
    let all: Vec<&Passport> = library.book.passports().collect();
    let known = |what: &str, typed: &Option<String>, of: &dyn Fn(&Passport) -> String| -> Result<(), Problem> {
        let Some(typed) = typed else { return Ok(()) };
        let mut names: Vec<String> = all.iter().map(|passport| of(passport)).collect();
        names.sort();
        names.dedup();
        if names.iter().any(|name| name.eq_ignore_ascii_case(typed)) {
            return Ok(());
        }
        let list = if names.len() > 20 {
            "`needlework evidence` shows them".to_owned()
        } else {
            format!("there are {}", names.join(", "))
        };
        Err(unknown_name(
            &format!("no number has the {what} `{typed}`"),
            typed,
            names.iter().map(String::as_str),
            &list,
        ))
    };
    let room = |passport: &Passport| room_of(&passport.key).to_owned();
    let source = |passport: &Passport| passport.source.clone();
    let used = |passport: &Passport| word(&json!(passport.used));
    let seen = |passport: &Passport| word(&json!(passport.seen));
    known("room", &asked.room, &room)?;
    known("source", &asked.source, &source)?;
    known("use", &asked.used, &used)?;
    known("way of being seen", &asked.seen, &seen)?;
    let is =
        |typed: &Option<String>, name: String| typed.as_ref().is_none_or(|typed| typed.eq_ignore_ascii_case(&name));
    let passing: Vec<&Passport> = all
        .iter()
        .copied()
        .filter(|passport| {
            is(&asked.room, room(passport))
                && is(&asked.source, source(passport))
                && is(&asked.used, used(passport))
                && is(&asked.seen, seen(passport))
        })
        .collect();
    let begins: Vec<&Passport> = passing
        .iter()
        .copied()
        .filter(|passport| passport.key.starts_with(wanted))
        .collect();
    let found = if begins.is_empty() {
        passing
            .iter()
            .copied()
            .filter(|passport| passport.key.contains(wanted))
            .collect()
    } else {
        begins
    };
    if found.is_empty() && !all.iter().any(|passport| passport.key.contains(wanted)) {
        return Err(unknown_name(
            &format!("no number is called `{wanted}`"),
            wanted,
            all.iter().map(|passport| passport.key.as_str()),
            "`needlework evidence` lists all",
        ));
    }
    if found.is_empty() {
        return Err(Problem::input(
            "no number passes all these filters",
            "take one of them away",
        ));
    }
    Ok(found)
}

/// One passport whole, with what contradicts it and what hangs on it.
fn show(passport: &Passport, library: &Library, shared: &Shared) -> Done {
    let claims = claims(library)?;
    if shared.json {
        return print_json(&passport_json(library, &claims, passport));
    }
    let users = dependents(library, &claims, &passport.key);
    let source = library.book.source(&passport.source);
    let mut fields = Vec::new();
    let mut line = |name: &str, value: &str| fields.push([name.to_owned(), value.to_owned()]);
    line("what", passport.label.as_deref().unwrap_or(""));
    line("value", &passport.value);
    line("spread", &spread(passport));
    line("n", &people(passport));
    for (name, value) in &passport.place {
        line("where", &format!("{name}: {value}"));
    }
    line("room", room_of(&passport.key));
    line("seen", &word(&json!(passport.seen)));
    line("use", &word(&json!(passport.used)));
    line("derivation", passport.derivation.as_deref().unwrap_or(""));
    line("note", &passport.note);
    if let Some(source) = source {
        let year = if source.year == 0 {
            String::new()
        } else {
            format!(", {}", source.year)
        };
        line("source", &format!("{}: {}{year}", source.key, source.title));
        line("", source.doi.as_deref().or(source.url.as_deref()).unwrap_or(""));
    }
    for other in passport.conflicts.iter().filter_map(|key| library.book.passport(key)) {
        let place: Vec<String> = other
            .place
            .iter()
            .map(|(name, value)| format!("{name}: {value}"))
            .collect();
        line(
            "conflicts",
            &format!(
                "{} = {}, {}, n {} ({}; {})",
                other.key,
                other.value,
                spread(other),
                people(other),
                other.source,
                place.join(", ")
            ),
        );
        line("", &other.note);
    }
    for choice in library.book.contradictions(&passport.key) {
        let chosen = if choice.chosen.is_empty() {
            "no room takes any".to_owned()
        } else {
            format!("rooms take {}", choice.chosen.join(", "))
        };
        line("choice", &format!("{}: {chosen}. {}", choice.topic, choice.why));
    }
    if users.is_empty() {
        line("used by", "nothing that is computed");
    }
    for user in &users {
        line("used by", user);
    }
    print(&layout::entry(&passport.key, fields))?;
    Ok(ExitCode::SUCCESS)
}

/// A spread in words, or that there is none.
fn spread(passport: &Passport) -> String {
    needlework_pages::spread_words(&passport.spread).unwrap_or_else(|| "no spread stated".to_owned())
}

fn people(passport: &Passport) -> String {
    if passport.n == 0 {
        "not stated".to_owned()
    } else {
        passport.n.to_string()
    }
}

/// Passports as comma-separated values (RFC 4180), a line each, begun with a byte order mark as spreadsheets want it.
fn print_csv(passports: &[&Passport]) -> Done {
    let failed = |error: csv::Error| Problem::failed(format!("cannot write CSV: {error}"), "please report this");
    let mut table = needlework_files::comma_separated(Vec::new())
        .map_err(|error| Problem::failed(format!("cannot write CSV: {error}"), "please report this"))?;
    table
        .write_record([
            "key",
            "label",
            "value",
            "spread",
            "n",
            "where",
            "room",
            "source",
            "seen",
            "use",
            "conflicts",
            "derivation",
            "note",
        ])
        .map_err(failed)?;
    for passport in passports {
        let place: Vec<String> = passport
            .place
            .iter()
            .map(|(name, value)| format!("{name}: {value}"))
            .collect();
        table
            .write_record([
                &passport.key,
                passport.label.as_deref().unwrap_or(""),
                &passport.value,
                &needlework_pages::spread_words(&passport.spread).unwrap_or_default(),
                &if passport.n == 0 {
                    String::new()
                } else {
                    passport.n.to_string()
                },
                &place.join("; "),
                room_of(&passport.key),
                &passport.source,
                &word(&json!(passport.seen)),
                &word(&json!(passport.used)),
                &passport.conflicts.join(" "),
                passport.derivation.as_deref().unwrap_or(""),
                &passport.note,
            ])
            .map_err(failed)?;
    }
    let text = table
        .into_inner()
        .map_err(|error| Problem::failed(format!("cannot write CSV: {error}"), "please report this"))?;
    print(String::from_utf8_lossy(&text).trim_end())?;
    Ok(ExitCode::SUCCESS)
}

/// Writes a file as a whole or not at all.
fn written(path: &Path, content: &[u8]) -> Done {
    let mut file = NewFile::of(&EVIDENCE_PAGE, path)?;
    file.write(content)?;
    file.appear()?;
    print(&format!("Page: {}", path.display()))?;
    Ok(ExitCode::SUCCESS)
}

/// Judges a case with the number as it is and as it was put, and prints what differs.
fn tried(asked: &Evidence, text: &str, library: &Library, shared: &Shared) -> Done {
    let key = asked.key.as_deref().unwrap_or("");
    if library.book.passport(key).is_none() {
        if rules::lines(&library.rules)
            .iter()
            .any(|line| line.id.eq_ignore_ascii_case(key))
        {
            return Err(Problem::input(
                format!("{key} is a safety rule, and rules can't be set"),
                "--set takes the key of a number, such as puncture.reach.roller",
            ));
        }
        return Err(unknown_name(
            &format!("no number is called `{key}`"),
            key,
            library.book.passports().map(|passport| passport.key.as_str()),
            "`needlework evidence` lists all",
        ));
    }
    let case = match &asked.case {
        Some(path) => {
            let (name, bytes) = bytes(path)?;
            case::read_bytes(&bytes, &name, &library.catalog)
        }
        None => case::read(REFERENCE.1, REFERENCE.0, &library.catalog),
    }
    .map_err(Problem::Case)?;
    // What cannot be put is said before any work is done.
    library.clone().book.set(key, text).map_err(|error| {
        Problem::input(
            format!("--set: {error}"),
            format!("`needlework evidence {key}` shows the number"),
        )
    })?;
    let inquiry = inquiry(library, shared, asked.people, Reading::from(asked.reader), true);
    let mut bar = Bar::new("simulating people twice");
    let made = what_if(&case, [key, text], &inquiry, &mut |progress| bar.update(progress));
    bar.finish();
    let found = made.map_err(|error| {
        Problem::input(
            format!("with {key} = {text} the models give no answer: {error}"),
            format!("take a value nearer to the bundled one; `needlework evidence {key}` shows it"),
        )
    })?;
    if shared.json {
        return print_json(&json!(found));
    }
    print(&told(&found, Reading::from(asked.reader)))?;
    Ok(ExitCode::SUCCESS)
}

/// The comparison as text.
fn told(found: &WhatIf, reading: Reading) -> String {
    let told = what_if_text(found, reading);
    let mut text = format!("{}\n{}\n\n", told.title, told.about);
    if !told.withheld.is_empty() {
        text.push_str("No numbers of this plan are shown:\n");
        for reason in &told.withheld {
            text.push_str(&format!("- {reason}\n"));
        }
        text.push_str("\n`needlework assess` judges the plan. Researchers see the numbers with --for research.\n");
        return text;
    }
    for line in &told.said {
        text.push_str(&format!("{line}\n"));
    }
    if let Some(table) = told.table {
        let head: Vec<&str> = table.head.iter().map(String::as_str).collect();
        text.push_str(&format!("\n{}\n", layout::list(&head, table.rows)));
    } else if !told.notes.is_empty() {
        text.push('\n');
    }
    for note in &told.notes {
        text.push_str(&format!("{note}\n"));
    }
    text
}
