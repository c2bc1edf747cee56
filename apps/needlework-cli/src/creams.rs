//! Creams through needle channels: how much more passes, how much lies where when channels have closed, what harms and
//! until when.

use std::process::ExitCode;

use needlework::case;
use needlework::questions::{Amounts, CreamLine, Creams, CreamsError, MedianRange, Wait, creams};
use needlework::units::HOURS_PER_DAY;
use needlework::verdict::Reading;
use serde_json::json;

use crate::arguments::{self, Shared};
use crate::input::{bytes, inquiry, library};
use crate::layout;
use crate::listing::{finite, print_json};
use crate::problem::Problem;
use crate::screen::{Bar, print};

/// The case that is taken where none is named: the clinic of the README.
const CLINIC: (&str, &str) = (
    "clinic-abdomen-alba.toml",
    include_str!("../../../cases/clinic-abdomen-alba.toml"),
);

/// Prints the table of creams for a case.
///
/// # Errors
/// [`Problem`] when the case is wrong or has no needles, or something cannot be read, computed or printed.
pub fn run(asked: &arguments::Creams, shared: &Shared) -> Result<ExitCode, Problem> {
    let library = library()?;
    let case = match &asked.case {
        Some(path) => {
            let (name, bytes) = bytes(path)?;
            case::read_bytes(&bytes, &name, &library.catalog)
        }
        None => case::read(CLINIC.1, CLINIC.0, &library.catalog),
    }
    .map_err(Problem::Case)?;
    let inquiry = inquiry(&library, shared, asked.people, Reading::from(asked.reader), true);
    let mut bar = Bar::new("simulating people");
    let made = creams(&case, &inquiry, &mut |progress| bar.update(progress));
    bar.finish();
    let found = made.map_err(|error| match error {
        CreamsError::NoNeedles => Problem::input(error.to_string(), "name a case whose arm is needling"),
        error => Problem::failed(
            format!("the creams could not be computed: {error}"),
            "please report this",
        ),
    })?;
    finite(&found)?;
    if shared.json {
        return print_json(&json!(found));
    }
    if found.lines.is_empty() {
        print(&layout::wrapped(&stopped(&found), COLUMNS))?;
        return Ok(ExitCode::SUCCESS);
    }
    print(&told(&found))?;
    Ok(ExitCode::SUCCESS)
}

/// What is said of a plan that is stopped.
fn stopped(found: &Creams) -> String {
    format!(
        "This plan is stopped, so nothing is said of creams on its needled skin:\n- {}\n\n`needlework assess` says \
            what to do instead. Researchers see the table with --for research.",
        found.stopped.join("\n- ")
    )
}

/// The table as text.
fn told(found: &Creams) -> String {
    let air = if found.covered { "under cover" } else { "in air" };
    let mut text = format!(
        "Creams on needled skin: {}\n{} people, seed {}, channels closing {air}\n\n",
        found.title, found.people, found.seed
    );
    let rows = found.lines.iter().map(|line| {
        vec![
            name(line),
            wait(line),
            line.harm.clone(),
            if line.forecast_note.is_empty() {
                line.forecast.clone()
            } else {
                format!("{}: {}", line.forecast, line.forecast_note)
            },
        ]
    });
    text.push_str(&layout::list(
        &[
            "product",
            "wait after the session",
            "what it does",
            "effect on forecast",
        ],
        rows.collect(),
    ));
    text.push_str("\nWhat passes, from one layer of a product of 1 %\n");
    for line in &found.lines {
        if let Some(amounts) = &line.amounts {
            text.push_str(&layout::entry(&name(line), passed(amounts)));
        }
    }
    text.push_str(&layout::wrapped(
        "Median (5 to 95 of 100). Doses are an upper end: the layer is taken not to dry. More of a product in the skin \
            is not more benefit. \"Passes more easily\" compares the same skin with and without channels in a steady \
            flow; \"taken up\" counts while the channels close. Molecules and skin are textbook values and \
            assumptions; against the few rolled skins that were measured, `needlework validate` shows hits and misses. \
            This lifts no rule: `needlework assess` judges the plan.",
        COLUMNS,
    ));
    text.push('\n');
    text
}

/// Columns of a paragraph.
const COLUMNS: usize = 80;

fn name(line: &CreamLine) -> String {
    if line.in_case {
        format!("{} (in this case)", line.label)
    } else {
        line.label.clone()
    }
}

fn wait(line: &CreamLine) -> String {
    let rules = line.rules.join(" ");
    match line.wait {
        Wait::None => "no rule stops it".to_owned(),
        Wait::Never => format!("never on needled skin ({rules})"),
        Wait::NotAProduct => "–".to_owned(),
        Wait::Hours { hours } if hours >= 72.0 => format!("{} days ({rules})", short(hours / HOURS_PER_DAY)),
        Wait::Hours { hours } => format!("{} h ({rules})", short(hours)),
    }
}

/// What passes, a line for each place.
fn passed(amounts: &Amounts) -> Vec<[String; 2]> {
    let when = if amounts.after_hours > 0.0 {
        format!("{} h after the session", short(amounts.after_hours))
    } else {
        "right after the session".to_owned()
    };
    let dose = |spread: &MedianRange| format!("{} µg/cm2", range(spread));
    [
        ("put on", when),
        ("channels open", format!("{} h more", range(&amounts.window_hours))),
        ("passes more easily", format!("{} times", range(&amounts.enhancement))),
        (
            "taken up meanwhile",
            format!("{} times what intact skin takes", range(&amounts.uptake_ratio)),
        ),
        ("horny layer", dose(&amounts.horny_layer)),
        ("living epidermis", dose(&amounts.epidermis)),
        ("dermis", dose(&amounts.dermis)),
        ("carried off", dose(&amounts.carried_off)),
    ]
    .into_iter()
    .map(|(field, text)| [field.to_owned(), text])
    .collect()
}

fn range(spread: &MedianRange) -> String {
    format!(
        "{} ({} to {})",
        short(spread.median),
        short(spread.low),
        short(spread.high)
    )
}

/// Two significant places; nothing smaller than a thousandth matters here.
fn short(value: f64) -> String {
    let digits = match value.abs() {
        10.0.. => 0,
        1.0.. => 1,
        0.1.. => 2,
        0.001.. => 3,
        _ => {
            return if value == 0.0 {
                "0".to_owned()
            } else {
                "<0.001".to_owned()
            };
        }
    };
    let text = format!("{value:.digits$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}
