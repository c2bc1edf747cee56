//! What people are told to do: lines of data, chosen by the verdict and the setting, and the plan's own lines.
//!
//! The plan's lines say how often, in which pattern, over how much skin and when again. They repeat what the case
//! states, and where it states nothing they name what the published protocols did, with its passport. They never say
//! that more would do more.

use needlework_case::{Case, ResolvedDevice, Setting};
use needlework_evidence::{Book, BookError};
use needlework_rules::{RuleError, Wait, fill};
use needlework_units::Time;
use serde::{Deserialize, Serialize};

use crate::report::ChecklistItem;

/// When or to whom a line of advice is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Occasion {
    /// Before the day, and on it.
    Before,
    /// Preparing the skin.
    Skin,
    /// While needling.
    Session,
    /// Tidying up.
    After,
    /// The first day.
    FirstDay,
    /// The first days.
    FirstDays,
    /// Until the next session.
    Later,
    /// Before the next session.
    Next,
    /// Signs to see a doctor with.
    Danger,
    /// When to stop.
    Stop,
    /// In place of a stopped plan at home.
    InsteadHome,
    /// In place of a stopped plan in a clinic or salon.
    InsteadClinic,
    /// To somebody who has done it already.
    Already,
    /// To somebody under age.
    Minor,
    /// To somebody who might harm themselves.
    Crisis,
}

impl Occasion {
    /// Its name in the data, such as `first_day`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::Skin => "skin",
            Self::Session => "session",
            Self::After => "after",
            Self::FirstDay => "first_day",
            Self::FirstDays => "first_days",
            Self::Later => "later",
            Self::Next => "next",
            Self::Danger => "danger",
            Self::Stop => "stop",
            Self::InsteadHome => "instead_home",
            Self::InsteadClinic => "instead_clinic",
            Self::Already => "already",
            Self::Minor => "minor",
            Self::Crisis => "crisis",
        }
    }
}

/// One line of advice.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Advice {
    /// When or to whom it is said.
    pub when: Occasion,
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

/// The texts for one occasion.
#[must_use]
pub fn texts(advice: &[Advice], when: Occasion) -> Vec<String> {
    advice
        .iter()
        .filter(|line| line.when == when)
        .map(|line| line.text.clone())
        .collect()
}

/// The groups of the checklist, in the order in which things are done.
const ORDER: [Occasion; 10] = [
    Occasion::Before,
    Occasion::Skin,
    Occasion::Session,
    Occasion::After,
    Occasion::FirstDay,
    Occasion::FirstDays,
    Occasion::Later,
    Occasion::Next,
    Occasion::Danger,
    Occasion::Stop,
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
        .flat_map(|&when| {
            let is_due = |item: &&ChecklistItem| item.when == when.name();
            let of_plan: Vec<ChecklistItem> = own.iter().filter(is_due).cloned().collect();
            of_plan.into_iter().chain(general(advice, setting, when))
        })
        .collect())
}

/// The lines of one group that hold in a setting (`home` or `clinic`).
fn general(advice: &[Advice], setting: &str, when: Occasion) -> Vec<ChecklistItem> {
    advice
        .iter()
        .filter(|line| line.when == when && line.setting.as_deref().is_none_or(|only| only == setting))
        .map(|line| ChecklistItem {
            when: line.when.name().to_owned(),
            text: line.text.clone(),
            because: line.because.clone(),
        })
        .collect()
}

/// How many lines the checklist has in a setting, beside those of the plan.
#[must_use]
pub fn general_lines(advice: &[Advice], setting: &str) -> usize {
    ORDER.iter().map(|&when| general(advice, setting, when).len()).sum()
}

/// What this plan says of pattern, passes, area, and the next session.
fn of_the_plan(case: &Case, device: &ResolvedDevice, book: &Book) -> Result<Vec<ChecklistItem>, BookError> {
    let regimen = &case.regimen;
    let item = |when: Occasion, text: String, because: &[&str]| ChecklistItem {
        when: when.name().to_owned(),
        text,
        because: because.iter().map(|&one| one.to_owned()).collect(),
    };
    let usual_passes = book.value(PASSES)?;
    let most = device.passes_limit.map_or_else(String::new, |limit| {
        format!(", and never more than {limit} with this device")
    });
    // Somebody else holds the needles in a clinic or salon: what is said there is what to look for, not how it is done.
    let by_oneself = !matches!(regimen.setting.get(), Some(Setting::Clinic | Setting::Salon));
    let counted = if by_oneself {
        "Count them; do not add any"
    } else {
        "Ask that they are counted and none is added"
    };
    let passes = match regimen.passes.get() {
        Some(passes) => item(
            Occasion::Session,
            format!("This plan: {passes} passes over each patch in one session{most}. {counted}."),
            &[THE_CASE, PASSES],
        ),
        None => item(
            Occasion::Session,
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
    let pattern = by_oneself.then(|| {
        item(
            Occasion::Session,
            format!(
                "{directions}. Go in straight lines, side by side, with little pressure; lift the device to turn it."
            ),
            &[PATTERN],
        )
    });
    let area = regimen_area(case).map(|area| {
        let within = if by_oneself { "Stay" } else { "It should stay" };
        item(
            Occasion::Session,
            format!("This plan treats {area}. {within} within the marks and a finger's breadth around them."),
            &[THE_CASE, "R67"],
        )
    });
    let usual = Time::from_days(book.value(INTERVAL)?);
    let next = match (regimen.sessions.get(), regimen.interval.get()) {
        (Some(0 | 1), _) => item(
            Occasion::Next,
            "This plan has one session. Look at the result after three months before thinking of another.".to_owned(),
            &[THE_CASE, "R68"],
        ),
        (_, Some(interval)) => item(
            Occasion::Next,
            format!(
                "The next session is planned {} after this one, and later if the skin is not calm by then.",
                plural(interval)
            ),
            &[THE_CASE, "R28b", "R29"],
        ),
        (_, None) => item(
            Occasion::Next,
            format!("The plan names no interval; most trials waited {}.", plural(usual)),
            &[INTERVAL, "R28b", "R29"],
        ),
    };
    Ok([Some(passes), pattern, area, Some(next)]
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_occasion_is_named_as_in_the_data() {
        for when in ORDER.into_iter().chain([
            Occasion::InsteadHome,
            Occasion::InsteadClinic,
            Occasion::Already,
            Occasion::Minor,
            Occasion::Crisis,
        ]) {
            assert_eq!(serde_json::to_value(when).unwrap(), when.name());
        }
    }

    #[test]
    fn a_line_for_an_occasion_that_nobody_speaks_on_is_refused() {
        let line = |when: &str| format!("[[advice]]\nwhen = \"{when}\"\ntext = \"Rest.\"\nbecause = [\"R1\"]\n");
        assert_eq!(
            texts(&parse_advice(&line("crisis")).unwrap(), Occasion::Crisis),
            ["Rest."]
        );
        assert!(parse_advice(&line("distress")).unwrap_err().contains("distress"));
    }
}
