//! What people are told to do: lines of data, chosen by the verdict and the setting, and the plan's own lines.
//!
//! The plan's lines say how often, in which pattern, over how much skin and when again. They repeat what the case states, and where it states
//! nothing they name what the published protocols did, with its passport. They never say that more would do more.

use needlework_case::{Case, ResolvedDevice, Setting};
use needlework_evidence::{Book, BookError};
use needlework_rules::{RuleError, Wait, fill};
use needlework_units::Time;
use serde::Deserialize;

use crate::report::ChecklistItem;

/// One line of advice.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Advice {
    /// Which group it belongs to: `before`, `skin`, `session`, `after`, `first_day`, `first_days`, `later`, `stop`, `danger`,
    /// `instead_home`, `instead_clinic`, `already`, `minor` or `distress`.
    pub when: String,
    /// What to do.
    pub text: String,
    /// `home` or `clinic`, where it holds only there.
    #[serde(default)]
    pub setting: Option<String>,
    /// Rules and sources behind it.
    pub because: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    advice: Vec<Advice>,
}

/// Reads `advice.toml`.
///
/// # Errors
/// What the TOML parser says.
pub fn parse_advice(text: &str) -> Result<Vec<Advice>, String> {
    toml::from_str::<File>(text)
        .map(|file| file.advice)
        .map_err(|error| error.to_string())
}

/// Lines of advice with their waiting times filled in from the rules.
///
/// # Errors
/// [`RuleError`] when a line names a time that the rules don't have.
pub fn with_waits(advice: Vec<Advice>, waits: &[Wait]) -> Result<Vec<Advice>, RuleError> {
    advice
        .into_iter()
        .map(|line| {
            let text = fill(&line.text, waits)?;
            Ok(Advice { text, ..line })
        })
        .collect()
}

/// The texts of one group.
pub(crate) fn texts(advice: &[Advice], when: &str) -> Vec<String> {
    advice
        .iter()
        .filter(|line| line.when == when)
        .map(|line| line.text.clone())
        .collect()
}

/// The groups of the checklist, in the order in which things are done.
const ORDER: [&str; 10] = [
    "before",
    "skin",
    "session",
    "after",
    "first_day",
    "first_days",
    "later",
    "next",
    "danger",
    "stop",
];

/// The checklist of a permitted plan, in the order in which things are done; the plan's own lines open their group.
///
/// # Errors
/// [`BookError`] when the passport of passes or of the interval is missing.
pub(crate) fn checklist(
    advice: &[Advice],
    case: &Case,
    device: &ResolvedDevice,
    book: &Book,
) -> Result<Vec<ChecklistItem>, BookError> {
    let setting = match case.regimen.setting.get() {
        // In a salon, as in a clinic, somebody else holds the needles, and can be asked.
        Some(Setting::Clinic | Setting::Salon) => "clinic",
        Some(Setting::Home) | None => "home",
    };
    let own = of_the_plan(case, device, book)?;
    Ok(ORDER
        .iter()
        .flat_map(|when| {
            let of_plan: Vec<ChecklistItem> = own.iter().filter(|item| item.when == *when).cloned().collect();
            of_plan.into_iter().chain(general(advice, setting, when))
        })
        .collect())
}

/// The lines of one group that hold in a setting (`home` or `clinic`).
fn general(advice: &[Advice], setting: &str, when: &str) -> Vec<ChecklistItem> {
    advice
        .iter()
        .filter(|line| line.when == when && line.setting.as_deref().is_none_or(|only| only == setting))
        .map(|line| ChecklistItem {
            when: line.when.clone(),
            text: line.text.clone(),
            because: line.because.clone(),
        })
        .collect()
}

/// How many lines the checklist has in a setting, beside those of the plan.
pub(crate) fn general_lines(advice: &[Advice], setting: &str) -> usize {
    ORDER.iter().map(|when| general(advice, setting, when).len()).sum()
}

/// What this plan says of pattern, passes, area, and the next session.
fn of_the_plan(case: &Case, device: &ResolvedDevice, book: &Book) -> Result<Vec<ChecklistItem>, BookError> {
    let regimen = &case.regimen;
    let item = |when: &str, text: String, because: &[&str]| ChecklistItem {
        when: when.to_owned(),
        text,
        because: because.iter().map(|&one| one.to_owned()).collect(),
    };
    let usual_passes = book.value(PASSES)?;
    let most = device.passes_limit.map_or_else(String::new, |limit| {
        format!(", and never more than {limit} with this device")
    });
    let passes = match regimen.passes.get() {
        Some(passes) => item(
            "session",
            format!("This plan: {passes} passes over each patch in one session{most}. Count them; do not add any."),
            &[THE_CASE, PASSES],
        ),
        None => item(
            "session",
            format!(
                "The plan names no number of passes; protocols report about {usual_passes:.0} over each patch{most}."
            ),
            &[PASSES],
        ),
    };
    let directions = match regimen.directions.get() {
        Some(1) => "Keep to one direction, as the plan says".to_owned(),
        Some(directions) => {
            format!("Spread the passes evenly over {directions} directions, such as along, across and between")
        }
        None => "Spread the passes evenly: along the mark, across it, and on both diagonals".to_owned(),
    };
    let pattern = item(
        "session",
        format!("{directions}. Go in straight lines, side by side, with little pressure; lift the device to turn it."),
        &[PATTERN],
    );
    let area = regimen_area(case).map(|area| {
        item(
            "session",
            format!("This plan treats {area}. Stay within the marks and a finger's breadth around them."),
            &[THE_CASE, "R67"],
        )
    });
    let usual = Time::from_days(book.value(INTERVAL)?);
    let next = match (regimen.sessions.get(), regimen.interval.get()) {
        (Some(0 | 1), _) => item(
            "next",
            "This plan has one session. Look at the result after three months before thinking of another.".to_owned(),
            &[THE_CASE, "R68"],
        ),
        (_, Some(interval)) => item(
            "next",
            format!(
                "The next session is planned {} after this one, and later if the skin is not calm by then.",
                plural(interval)
            ),
            &[THE_CASE, "R28b", "R29"],
        ),
        (_, None) => item(
            "next",
            format!("The plan names no interval; most trials waited {}.", plural(usual)),
            &[INTERVAL, "R28b", "R29"],
        ),
    };
    Ok([Some(passes), Some(pattern), area, Some(next)]
        .into_iter()
        .flatten()
        .collect())
}

/// Mark of a line that repeats what the case says.
const THE_CASE: &str = "the plan itself";

/// The passport behind the usual number of passes.
const PASSES: &str = "puncture.passes";

/// The passport behind the usual time between sessions.
const INTERVAL: &str = "course.interval";

/// Where the pattern of straight lines in several directions is described.
const PATTERN: &str = "Juhasz2020";

fn regimen_area(case: &Case) -> Option<String> {
    let area = case.lesion.treated_area.get()?;
    Some(area.to_string().replace("cm2", "cm²").replace("mm2", "mm²"))
}

/// A time in words: `4 weeks`.
fn plural(time: Time) -> String {
    let text = time.to_string();
    if text.starts_with("1 ") {
        text
    } else {
        format!("{text}s")
    }
}
