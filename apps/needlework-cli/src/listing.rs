//! What Needlework knows, as lists: sites, devices, conditions, rules, evidence, schemas.

use std::process::ExitCode;

use comfy_table::{ContentArrangement, Table, presets};
use needlework::evidence::Passport;
use needlework::verdict::Library;
use needlework::{case, cohort, rules};
use serde_json::json;

use crate::arguments;
use crate::arguments::Shared;
use crate::assess::library;
use crate::problem::Problem;
use crate::screen::print;

type Done = Result<ExitCode, Problem>;

/// Prints a schema.
///
/// # Errors
/// [`Problem`] when it cannot be printed.
pub fn schema(asked: &arguments::Schema) -> Done {
    let schema = if asked.report {
        needlework_report::report_schema()
    } else {
        case::schema()
    };
    print_json(&schema)
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
    let length = |device: &case::DeviceEntry| match (device.needle_length, device.shortest, device.longest) {
        (Some(length), _, _) => length.to_string(),
        (None, Some(shortest), Some(longest)) => format!("{shortest} to {longest}"),
        _ => "unknown".to_owned(),
    };
    let rows = devices.iter().map(|device| {
        let needles = device
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
        let rows = found.iter().map(|condition| {
            json!({
                "field": condition.field,
                "question": condition.question,
                "allowed": condition.allowed,
                "rules": condition.rules,
                "serious": condition.serious,
            })
        });
        return print_json(&rows.collect());
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
    let Some(id) = &asked.id else {
        if shared.json {
            return print_json(&lines.iter().map(rule_json).collect());
        }
        let rows = lines.into_iter().map(|line| {
            vec![
                line.id,
                word(&json!(line.home)),
                word(&json!(line.clinic)),
                line.grade,
                line.reason,
            ]
        });
        return print_table(&["rule", "home", "clinic", "grade", "reason"], rows.collect());
    };
    let Some(line) = lines.iter().find(|line| line.id.eq_ignore_ascii_case(id)) else {
        return Err(Problem::input(
            format!("there is no rule `{id}`"),
            "`needlework rules` lists them",
        ));
    };
    if shared.json {
        return print_json(&rule_json(line));
    }
    let sources: Vec<String> = line
        .sources
        .iter()
        .map(|key| {
            let cited = library.rules.sources().iter().find(|source| &source.key == key);
            cited.map_or_else(
                || key.clone(),
                |source| format!("{key}: {} (seen: {})", source.title, source.seen),
            )
        })
        .collect();
    let instead = library.rules.rule(&line.id).and_then(|rule| rule.instead.clone());
    let origin = if sources.is_empty() {
        "our judgement".to_owned()
    } else {
        sources.join("\n           ")
    };
    print(&format!(
        "{}\n  at home    {}\n  in clinic  {}\n  reason     {}\n  instead    {}\n  grade      {}\n  sources    {}\n",
        line.id,
        word(&json!(line.home)),
        word(&json!(line.clinic)),
        line.reason,
        instead.unwrap_or_else(|| "–".to_owned()),
        line.grade,
        origin,
    ))?;
    Ok(ExitCode::SUCCESS)
}

/// Lists the evidence, or shows one number with its passport and what depends on it.
///
/// # Errors
/// [`Problem`] when there is no such key, or it cannot be printed.
pub fn evidence(asked: &arguments::Evidence, shared: &Shared) -> Done {
    let library = library()?;
    let wanted = asked.key.as_deref().unwrap_or("");
    if let Some(passport) = library.book.passport(wanted) {
        return show(passport, &library, shared);
    }
    let found: Vec<&Passport> = library
        .book
        .passports()
        .filter(|passport| passport.key.starts_with(wanted))
        .collect();
    if found.is_empty() {
        let parts: Vec<&str> = wanted.split('.').collect();
        let shares = |passport: &&Passport| parts.iter().filter(|part| passport.key.contains(**part)).count();
        let nearest = library
            .book
            .passports()
            .max_by_key(shares)
            .map_or("", |passport| passport.key.as_str());
        return Err(Problem::input(
            format!("no number is called `{wanted}`"),
            format!("did you mean `{nearest}`? `needlework evidence` lists all"),
        ));
    }
    if shared.json {
        return print_json(&json!(found));
    }
    let rows = found.into_iter().map(|passport| {
        let seen = word(&json!(passport.seen));
        vec![
            passport.key.clone(),
            passport.value.clone(),
            seen,
            word(&json!(passport.used)),
            passport.source.clone(),
        ]
    });
    print_table(&["key", "value", "seen", "use", "source"], rows.collect())
}

fn show(passport: &Passport, library: &Library, shared: &Shared) -> Done {
    let users: Vec<String> = cohort::declared()
        .iter()
        .filter(|declared| declared.key == passport.key)
        .map(|declared| format!("the model, as `{}`", declared.field))
        .chain(
            library
                .targets
                .iter()
                .filter(|target| target.value == passport.key)
                .map(|target| format!("the target `{}`", target.name)),
        )
        .collect();
    let conflicts: Vec<&Passport> = passport
        .conflicts
        .iter()
        .filter_map(|key| library.book.passport(key))
        .collect();
    let source = library.book.source(&passport.source);
    if shared.json {
        return print_json(
            &json!({ "passport": passport, "source": source, "conflicts": conflicts, "used_by": users }),
        );
    }
    let mut text = format!("{}\n", passport.key);
    let mut line = |name: &str, value: &str| {
        if !value.is_empty() {
            text.push_str(&format!("  {name:<11}{value}\n"));
        }
    };
    line("what", passport.label.as_deref().unwrap_or(""));
    line("value", &passport.value);
    line("spread", &spread(passport));
    line(
        "n",
        &if passport.n == 0 {
            "not stated".to_owned()
        } else {
            passport.n.to_string()
        },
    );
    for (name, value) in &passport.place {
        line("where", &format!("{name}: {value}"));
    }
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
    for other in conflicts {
        line(
            "conflicts",
            &format!("{} = {} ({})", other.key, other.value, other.source),
        );
    }
    line(
        "used by",
        &if users.is_empty() {
            "nothing that is computed".to_owned()
        } else {
            users.join("; ")
        },
    );
    print(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// A spread in one line: `log-normal, low 0.3 mm, high 1 mm`.
fn spread(passport: &Passport) -> String {
    let value = json!(passport.spread);
    let Some(fields) = value.as_object() else {
        return String::new();
    };
    let parts: Vec<String> = fields
        .iter()
        .map(|(name, value)| {
            if name == "kind" {
                word(value)
            } else {
                format!("{name} {}", word(value))
            }
        })
        .collect();
    parts.join(", ")
}

fn rule_json(line: &rules::RuleLine) -> serde_json::Value {
    json!({
        "id": line.id,
        "home": line.home,
        "clinic": line.clinic,
        "reason": line.reason,
        "grade": line.grade,
        "sources": line.sources,
        "serious": line.serious,
    })
}

/// A JSON text without its quotes; anything else as JSON.
fn word(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn print_json(value: &serde_json::Value) -> Done {
    let text = serde_json::to_string_pretty(value)
        .map_err(|error| Problem::failed(format!("cannot print JSON: {error}"), "please report this"))?;
    print(&text)?;
    Ok(ExitCode::SUCCESS)
}

fn print_table(head: &[&str], rows: Vec<Vec<String>>) -> Done {
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_header(head.to_vec());
    if table.width().is_none() {
        // Not a terminal: a width that a page holds.
        table.set_width(120);
    }
    table.add_rows(rows);
    print(&table.to_string())?;
    Ok(ExitCode::SUCCESS)
}
