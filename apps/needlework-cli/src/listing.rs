//! What Needlework knows, as lists: sites, devices, conditions, rules, schemas.

use std::process::ExitCode;

use needlework::{case, questions, rules, verdict};
use needlework_pages::word;
use serde_json::json;

use crate::arguments;
use crate::arguments::Shared;
use crate::input::library;
use crate::layout;
use crate::named::unknown_name;
use crate::problem::Problem;
use crate::screen::print;

type Done = Result<ExitCode, Problem>;

/// Prints a schema.
///
/// # Errors
/// [`Problem`] when it cannot be printed.
pub fn schema(asked: &arguments::Schema) -> Done {
    let formats = [
        (asked.report, verdict::REPORT_FORMAT),
        (asked.comparison, questions::COMPARE_FORMAT),
        (asked.triage, rules::triage::TRIAGE_FORMAT),
        (asked.germs, questions::INFECTION_FORMAT),
        (asked.skin, questions::SKIN_FORMAT),
        (asked.needle, questions::INSERTION_FORMAT),
        (asked.optics, questions::OPTICS_FORMAT),
        (asked.designs, questions::SWEEP_FORMAT),
        (asked.study, questions::STUDY_FORMAT),
        (asked.trial, questions::TRIAL_FORMAT),
        (asked.plans, questions::PLAN_FORMAT),
        (asked.tissue, questions::SIMULATION_FORMAT),
        (asked.claims, needlework::ledger::CLAIMS_FORMAT),
        (asked.creams, questions::CREAMS_FORMAT),
        (asked.block, questions::BLOCK_FORMAT),
        (asked.pictures, questions::RENDER_FORMAT),
    ];
    let of_answer = formats.into_iter().find(|(asked, _)| *asked);
    let schema = of_answer.and_then(|(_, format)| needlework_pages::schema(format));
    print_json(&schema.unwrap_or_else(case::schema))
}

/// Prints the model card and the credibility file.
///
/// # Errors
/// [`Problem`] when it cannot be printed.
pub fn card(shared: &Shared) -> Done {
    let library = library()?;
    if shared.json {
        return print_json(&json!({
            "intended_use": needlework::verdict::INTENDED_USE,
            "numbers": needlework::verdict::origins(&library.book),
            "outputs": library.credibility,
        }));
    }
    print(&needlework_pages::card(&library))?;
    Ok(ExitCode::SUCCESS)
}

/// Lists the body sites.
///
/// # Errors
/// [`Problem`] when it cannot be printed.
pub fn sites(shared: &Shared) -> Done {
    let library = library()?;
    let sites = library.catalog.sites();
    if shared.json {
        return print_json(&json!(sites));
    }
    let classes = |site: &case::Site| {
        let names: Vec<String> = site
            .classes
            .iter()
            .map(|class| word(&json!(class)).replace('_', " "))
            .collect();
        names.join(", ")
    };
    let rows = sites
        .iter()
        .map(|site| vec![site.name.clone(), site.label.clone(), classes(site)]);
    print_table(&["name", "place", "kind"], rows.collect())
}

/// Lists the devices.
///
/// # Errors
/// [`Problem`] when it cannot be printed.
pub fn devices(shared: &Shared) -> Done {
    let library = library()?;
    let devices = library.catalog.devices();
    if shared.json {
        return print_json(&json!(devices));
    }
    let length = |device: &case::DeviceEntry| match (device.geometry.needle_length, device.shortest, device.longest) {
        (Some(length), _, _) => length.to_string(),
        (None, Some(shortest), Some(longest)) => format!("{shortest} to {longest}"),
        _ => "unknown".to_owned(),
    };
    let rows = devices.iter().map(|device| {
        let needles = device
            .geometry
            .needles
            .map_or_else(|| "unknown".to_owned(), |needles| needles.to_string());
        let kind = word(&json!(device.kind)).replace('_', " ");
        vec![
            device.name.clone(),
            kind,
            length(device),
            needles,
            device.source.clone(),
        ]
    });
    print_table(&["name", "kind", "needle length", "needles", "source"], rows.collect())
}

/// Lists the questions that a case can answer.
///
/// # Errors
/// [`Problem`] when it cannot be printed.
pub fn conditions(shared: &Shared) -> Done {
    let library = library()?;
    let found = rules::conditions(&library.rules);
    if shared.json {
        return print_json(&json!(found));
    }
    let rows = found.into_iter().map(|condition| {
        let serious = if condition.serious { " !" } else { "" };
        vec![
            condition.field,
            condition.question,
            format!("{}{serious}", condition.rules.join(" ")),
        ]
    });
    print_table(&["field", "question", "rules (! serious)"], rows.collect())
}

/// Lists the rules, or shows one.
///
/// # Errors
/// [`Problem`] when there is no such rule, or it cannot be printed.
pub fn rules(asked: &arguments::Rules, shared: &Shared) -> Done {
    let library = library()?;
    let lines = rules::lines(&library.rules);
    let wanted = asked.id.as_deref().unwrap_or("");
    let found = rules::named(&lines, wanted);
    let line = match found.as_slice() {
        [] => {
            return Err(unknown_name(
                &format!("there is no rule `{wanted}`"),
                wanted,
                lines.iter().map(|line| line.id.as_str()),
                "`needlework rules` lists them",
            ));
        }
        [line] if line.id.eq_ignore_ascii_case(wanted) => *line,
        _ if shared.json => return print_json(&json!(found)),
        _ => {
            let rows = found.into_iter().map(|line| {
                vec![
                    line.id.clone(),
                    word(&json!(line.home)),
                    word(&json!(line.clinic)),
                    line.grade.clone(),
                    line.reason.clone(),
                ]
            });
            return print_table(&["rule", "home", "clinic", "grade", "reason"], rows.collect());
        }
    };
    if shared.json {
        return print_json(&json!(line));
    }
    let sources: Vec<String> = line
        .sources
        .iter()
        .map(|key| {
            let cited = library.rules.sources().iter().find(|source| &source.key == key);
            cited.map_or_else(
                || key.clone(),
                |source| {
                    let seen = source.seen.as_deref().unwrap_or("not seen");
                    format!("{key}: {} (seen: {seen})", source.citation())
                },
            )
        })
        .collect();
    let origin = if sources.is_empty() {
        "our judgement".to_owned()
    } else {
        sources.join("\n")
    };
    let fields = [
        ("at home", word(&json!(line.home))),
        ("in clinic", word(&json!(line.clinic))),
        ("reason", line.reason.clone()),
        ("instead", line.instead.clone().unwrap_or_else(|| "–".to_owned())),
        ("to ask", line.ask.clone().unwrap_or_else(|| "–".to_owned())),
        ("grade", line.grade.clone()),
        ("sources", origin),
    ];
    print(&layout::entry(
        &line.id,
        fields.into_iter().map(|(name, text)| [name.to_owned(), text]).collect(),
    ))?;
    Ok(ExitCode::SUCCESS)
}

/// Looks at every number of an answer before any of it is written.
///
/// # Errors
/// [`Problem`] where one is not finite.
pub fn finite<T: serde::Serialize>(value: &T) -> Result<(), Problem> {
    needlework_pages::numbers_are_finite(value)
        .map_err(|error| Problem::failed(format!("the answer cannot be written: {error}"), "please report this"))
}

/// Prints a value as JSON.
///
/// # Errors
/// [`Problem`] when it cannot be printed.
pub fn print_json(value: &serde_json::Value) -> Done {
    let text = serde_json::to_string_pretty(value)
        .map_err(|error| Problem::failed(format!("cannot print JSON: {error}"), "please report this"))?;
    print(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// Prints rows below a head.
///
/// # Errors
/// [`Problem`] when it cannot be printed.
pub fn print_table(head: &[&str], rows: Vec<Vec<String>>) -> Done {
    print(&layout::list(head, rows))?;
    Ok(ExitCode::SUCCESS)
}
