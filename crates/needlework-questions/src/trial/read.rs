//! Reads a study file: every unknown field at once, then what is of the wrong type, then all that makes no sense, each
//! at its place with what is allowed and what was probably meant.
//!
//! Files are not opened here: who calls gives the text of a case by the name that the study has for it.

use std::ops::Range;

use needlework_case::{Answer, Case, Catalog, Diagnostic, Diagnostics, nearest, read as read_case, read_with, steers};
use needlework_evidence::Book;
use needlework_units::{Measure, Time};
use toml::de::{DeTable, DeValue};
use toml::{Spanned, Value};

use crate::left_alone::left_alone;

use super::study::{
    Analysis, Inclusion, NOTHING_ARM, Outcome, STUDY_FORMAT, StudyDesign, StudyFile, StudySides, Visit,
};

/// Most people of an arm.
pub const MOST_PEOPLE: u32 = 1000;

/// A study that can be run.
#[derive(Debug, Clone, PartialEq)]
pub struct Study {
    /// What the file says.
    pub file: StudyFile,
    /// Its arms with their cases.
    pub arms: Vec<StudyArm>,
    /// What was published of the first arm.
    pub published: Option<PublishedValue>,
}

/// An arm with its case.
#[derive(Debug, Clone, PartialEq)]
pub struct StudyArm {
    /// Its name for people.
    pub name: String,
    /// The case.
    pub case: Case,
    /// Cases that differ in who takes part; empty where the inclusion says nothing.
    pub people_like: Vec<Case>,
}

/// A value that a passport holds.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedValue {
    /// Key of the passport.
    pub key: String,
    /// As it is written there.
    pub written: String,
    /// In the unit of the outcome.
    pub value: f64,
    /// Key of its source.
    pub source: String,
    /// What it may be used for.
    pub used: String,
}

/// How a case is found by the name that a study has for it: its own name for people and its text, or why not.
pub type Load<'a> = &'a dyn Fn(&str) -> Result<(String, String), String>;

/// The fields of each section.
const FIELDS: [(&str, &[&str]); 7] = [
    (
        "",
        &[
            "format",
            "title",
            "design",
            "people",
            "analysis",
            "outcome",
            "visits",
            "arm",
            "alpha",
            "sides",
            "against",
            "target",
            "raters",
            "dropout",
            "inclusion",
            "published",
            "note",
        ],
    ),
    ("outcome", &["kind", "cut", "variation"]),
    ("visits", &["since_first", "after_last"]),
    ("arm", &["name", "case", "set", "sessions"]),
    ("raters", &["count", "agreement", "blinded", "optimism"]),
    ("dropout", &["share", "informative"]),
    ("inclusion", &["ages", "skin_types", "stages"]),
];

/// What is wrong, gathered.
struct Problems<'a, 'b> {
    document: &'a DeTable<'b>,
    found: Vec<Diagnostic>,
}

impl Problems<'_, '_> {
    fn add(&mut self, path: &str, message: impl Into<String>, help: impl Into<String>) {
        self.found.push(diagnostic(
            path,
            place(self.document, path).unwrap_or(0..0),
            message.into(),
            help.into(),
            None,
        ));
    }

    /// Says so where a number lies outside.
    fn within(&mut self, path: &str, number: f64, allowed: std::ops::RangeInclusive<f64>) {
        // numerical: smaller numbers are written with their power of ten
        const SMALL: f64 = 1e-6;
        if !allowed.contains(&number) {
            let number = if number.abs() < SMALL && number != 0.0 {
                format!("{number:e}")
            } else {
                number.to_string()
            };
            self.add(
                path,
                format!("{path} is {number}"),
                format!("it lies from {} to {}", allowed.start(), allowed.end()),
            );
        }
    }
}

fn diagnostic(path: &str, span: Range<usize>, message: String, help: String, nearest: Option<String>) -> Diagnostic {
    Diagnostic {
        message,
        path: path.to_owned(),
        span,
        label: "here".to_owned(),
        help,
        nearest,
    }
}

/// Where the value of a path such as `arm.1.case` stands.
fn place(document: &DeTable<'_>, path: &str) -> Option<Range<usize>> {
    let mut parts = path.split('.');
    let mut now = find(document, parts.next()?)?;
    for part in parts {
        // What is not written has the place of what it would stand in.
        let inner = match now.get_ref() {
            DeValue::Table(table) => find(table, part),
            DeValue::Array(list) => part.parse::<usize>().ok().and_then(|at| list.get(at)),
            _ => None,
        };
        let Some(inner) = inner else { break };
        now = inner;
    }
    Some(now.span())
}

fn find<'a, 'b>(table: &'a DeTable<'b>, name: &str) -> Option<&'a Spanned<DeValue<'b>>> {
    table
        .iter()
        .find(|(key, _)| key.get_ref() == name)
        .map(|(_, value)| value)
}

/// Reads a study file.
///
/// # Errors
/// [`Diagnostics`] of the study, or of a case that one of its arms names.
pub fn read_study(
    text: &str,
    file_name: &str,
    (catalog, book): (&Catalog, &Book),
    load: Load<'_>,
) -> Result<Study, Diagnostics> {
    let broken = |found: Vec<Diagnostic>| Diagnostics::new(file_name, text, found, false);
    let syntax = |error: &toml::de::Error| {
        let message = error.message().to_owned();
        let allowed: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
        let meant = allowed
            .split_first()
            .and_then(|(typed, allowed)| nearest(typed, allowed.iter().copied()))
            .map(|word| format!("\"{word}\""));
        diagnostic(
            "",
            error.span().unwrap_or(0..0),
            message.lines().next().unwrap_or_default().to_owned(),
            "`needlework schema --study` describes the file".to_owned(),
            meant,
        )
    };
    let parsed = DeTable::parse(text).map_err(|error| broken(vec![syntax(&error)]))?;
    let document = parsed.get_ref();
    let unknown = unknown_fields(document);
    if !unknown.is_empty() {
        return Err(broken(unknown));
    }
    let file: StudyFile = toml::from_str(text).map_err(|error| broken(vec![syntax(&error)]))?;
    let mut problems = Problems {
        document,
        found: Vec::new(),
    };
    check(&file, &mut problems);
    let published = file
        .published
        .as_ref()
        .and_then(|key| published(key, file.outcome, book, &mut problems));
    if !problems.found.is_empty() {
        return Err(broken(problems.found));
    }
    let mut cases: Vec<(String, Case)> = Vec::new();
    for (at, arm) in file.arm.iter().enumerate() {
        let case = if arm.case == NOTHING_ARM {
            // Nothing is done to people like those of the arm before; the check holds that there is one.
            cases.first().map(|(_, case)| left_alone(case)).unwrap_or_default()
        } else {
            let (name, own) = match load(&arm.case) {
                Ok(found) => found,
                Err(why) => {
                    problems.add(
                        &format!("arm.{at}.case"),
                        why,
                        "name a case file, from the folder of the study",
                    );
                    return Err(broken(problems.found));
                }
            };
            let base = read_case(&own, &name, catalog)?;
            let settings: Vec<(&str, Value)> = arm.set.iter().map(|(path, value)| (&**path, value.clone())).collect();
            if settings.is_empty() {
                base
            } else {
                match read_with(&own, &name, &settings, catalog) {
                    Ok(case) => case,
                    Err(wrong) => {
                        for problem in wrong.problems {
                            problems.add(&format!("arm.{at}.set"), problem.message, problem.help);
                        }
                        return Err(broken(problems.found));
                    }
                }
            }
        };
        cases.push((arm.name.clone(), case));
    }
    let arms = cases
        .into_iter()
        .map(|(name, case)| StudyArm {
            name,
            people_like: people_like(&case, &file),
            case,
        })
        .collect();
    Ok(Study { file, arms, published })
}

/// Every field that no section has.
fn unknown_fields(document: &DeTable<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut look = |section: &str, table: &DeTable<'_>| {
        let Some((_, known)) = FIELDS.iter().find(|(name, _)| *name == section) else {
            return;
        };
        for (key, _) in table {
            let written = key.get_ref().as_ref();
            if !known.contains(&written) {
                let path = if section.is_empty() {
                    written.to_owned()
                } else {
                    format!("{section}.{written}")
                };
                found.push(diagnostic(
                    &path,
                    key.span(),
                    format!("there is no field {path}"),
                    format!("allowed: {}", known.join(", ")),
                    nearest(written, known.iter().copied()).map(str::to_owned),
                ));
            }
        }
    };
    look("", document);
    for (key, value) in document {
        match value.get_ref() {
            DeValue::Table(table) => look(key.get_ref(), table),
            DeValue::Array(list) => {
                for item in list {
                    if let DeValue::Table(table) = item.get_ref() {
                        look(key.get_ref(), table);
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// The tests that a design allows of an outcome.
fn allowed(design: StudyDesign, outcome: Outcome) -> &'static [Analysis] {
    let counted = matches!(outcome, Outcome::GradedAbove { .. } | Outcome::DarkMarks);
    match (design, outcome, counted) {
        (StudyDesign::Parallel, Outcome::GradedClasses, _) => &[Analysis::ProportionalOdds],
        (_, Outcome::GradedClasses, _) => &[],
        (StudyDesign::SingleArm, _, true) => &[Analysis::ExactBinomial],
        (StudyDesign::Parallel, _, true) => &[Analysis::Fisher],
        (StudyDesign::SplitBody, _, true) => &[Analysis::Mcnemar],
        (StudyDesign::Parallel, _, false) => &[Analysis::TwoSampleT],
        (_, _, false) => &[Analysis::PairedT, Analysis::Wilcoxon],
    }
}

/// The word of a choice as files have it.
fn word(choice: &impl serde::Serialize) -> String {
    serde_json::to_value(choice)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}

fn check(file: &StudyFile, problems: &mut Problems<'_, '_>) {
    // numerical: ends of what is a share, a size of a test, a grade in points, a coefficient of variation
    const SHARE: std::ops::RangeInclusive<f64> = 0.0..=0.9;
    const SIZE: std::ops::RangeInclusive<f64> = 0.000_1..=0.5; // numerical: smaller ones are no test of few people
    const GRADE: std::ops::RangeInclusive<f64> = -100.0..=100.0; // numerical: points of one's own start
    const VARIATION: std::ops::RangeInclusive<f64> = 0.0..=2.0;
    const RATERS: f64 = 20.0; // numerical: more never rate one study
    const LOG_ODDS: f64 = 10.0; // numerical: beyond it everybody leaves who gains less
    if file.format != STUDY_FORMAT {
        problems.add(
            "format",
            "the format is not known",
            format!("write format = \"{STUDY_FORMAT}\""),
        );
    }
    problems.within("people", f64::from(file.people), 2.0..=f64::from(MOST_PEOPLE));
    problems.within("alpha", file.alpha, SIZE);
    let (low, high) = match file.design {
        StudyDesign::SingleArm => (1, "one arm"),
        StudyDesign::Parallel | StudyDesign::SplitBody => (2, "two arms"),
    };
    if file.arm.len() != low {
        problems.add(
            "arm",
            format!("there are {} arms", file.arm.len()),
            format!("this design has {high}"),
        );
    }
    if file.arm.first().is_some_and(|arm| arm.case == NOTHING_ARM) {
        problems.add(
            "arm.0.case",
            "the first arm is nothing done to nobody",
            "name a case first; a case with regimen.arm = \"nothing\" is an arm too",
        );
    }
    for (at, arm) in file.arm.iter().enumerate() {
        let name = arm.name.trim();
        if name.is_empty() || name.starts_with(['=', '+', '-', '@']) || name.chars().any(steers) {
            problems.add(
                &format!("arm.{at}.name"),
                "this is no name",
                "write what people call the arm, beginning with a letter",
            );
        }
        if file.arm[..at].iter().any(|other| other.name.trim() == name) {
            problems.add(
                &format!("arm.{at}.name"),
                format!("two arms are called {name}"),
                "give each a name of its own",
            );
        }
        if arm.sessions.iter().any(|count| !(1..=20).contains(count)) {
            problems.add(
                &format!("arm.{at}.sessions"),
                "a number of sessions lies outside",
                "1 to 20 each",
            );
        }
        if arm.case == NOTHING_ARM && !(arm.set.is_empty() && arm.sessions.is_empty()) {
            problems.add(
                &format!("arm.{at}"),
                "nothing is done in this arm",
                "leave set and sessions out",
            );
        }
    }
    let tests = allowed(file.design, file.outcome);
    if !tests.contains(&file.analysis) {
        let names: Vec<String> = tests.iter().map(word).collect();
        let help = if names.is_empty() {
            "ordered classes are tested between two groups only; take the mean grade, or design = \"parallel\""
                .to_owned()
        } else {
            format!("allowed: {}", names.join(", "))
        };
        problems.add("analysis", "this test does not fit the design and the outcome", help);
    }
    match file.outcome {
        Outcome::GradedAbove { cut } => problems.within("outcome.cut", cut, GRADE),
        Outcome::PapillaryCollagen { variation } | Outcome::Epidermis { variation } | Outcome::Width { variation } => {
            problems.within("outcome.variation", variation, VARIATION);
        }
        Outcome::GradedMean | Outcome::GradedClasses | Outcome::DarkMarks => {}
    }
    if file.visits.is_empty() {
        problems.add(
            "visits",
            "nobody looks at anybody",
            "write at least one, such as { after_last = \"6 month\" }",
        );
    }
    problems.within("raters.count", f64::from(file.raters.count), 1.0..=RATERS);
    if let Some(agreement) = file.raters.agreement {
        problems.within("raters.agreement", agreement, 0.0..=1.0);
    }
    problems.within("dropout.share", file.dropout.share, SHARE);
    problems.within("dropout.informative", file.dropout.informative, 0.0..=LOG_ODDS);
    if file.target.is_some_and(|target| !target.is_finite() || target == 0.0) {
        problems.add(
            "target",
            "an effect of nothing is no target",
            "write the effect that would matter",
        );
    }
    if file.sides == StudySides::Less && file.target.is_some_and(|target| target > 0.0)
        || file.sides == StudySides::More && file.target.is_some_and(|target| target < 0.0)
    {
        problems.add(
            "target",
            "the target lies on the side that is not tested",
            "change its sign, or the sides",
        );
    }
    if matches!(file.outcome, Outcome::GradedAbove { .. } | Outcome::DarkMarks) {
        problems.within("target", file.target.unwrap_or(0.0), -1.0..=1.0);
        problems.within("against", file.against, 0.0..=1.0);
    }
    for (at, visit) in file.visits.iter().enumerate() {
        // numerical: the longest that anybody has looked, and more
        const MONTHS: f64 = 120.0;
        let (Visit::SinceFirst(time) | Visit::AfterLast(time)) = visit;
        problems.within(&format!("visits.{at}"), time.months(), 0.0..=MONTHS);
    }
    if !file.against.is_finite() {
        problems.add(
            "against",
            "this is no number",
            "write a number in the unit of the outcome",
        );
    }
    if file.design != StudyDesign::SingleArm && file.against != 0.0 {
        problems.add("against", "two arms are tested against each other", "leave it out");
    }
    if let Some([youngest, oldest]) = file.inclusion.ages
        && youngest.days() > oldest.days()
    {
        problems.add("inclusion.ages", "the range runs backwards", "the youngest comes first");
    }
}

/// The units in which what was published of an outcome is written; none where nothing that is printed is of its kind.
fn units_of(outcome: Outcome) -> &'static [&'static str] {
    match outcome {
        Outcome::GradedMean => &["points"],
        Outcome::GradedClasses => &[],
        Outcome::GradedAbove { .. }
        | Outcome::DarkMarks
        | Outcome::PapillaryCollagen { .. }
        | Outcome::Epidermis { .. }
        | Outcome::Width { .. } => &["%", "1"],
    }
}

/// The value of a passport, in the unit of the outcome.
fn published(key: &str, outcome: Outcome, book: &Book, problems: &mut Problems<'_, '_>) -> Option<PublishedValue> {
    let Some(passport) = book.passport(key) else {
        let known = book.passports().map(|passport| passport.key.as_str());
        let meant = nearest(key, known).map(|key| format!("\"{key}\""));
        let span = place(problems.document, "published").unwrap_or(0..0);
        let help = "`needlework evidence` lists them".to_owned();
        problems.found.push(diagnostic(
            "published",
            span,
            format!("no passport is called {key}"),
            help,
            meant,
        ));
        return None;
    };
    let units = units_of(outcome);
    let unit = Measure::parse(&passport.value).map(|measure| measure.unit);
    if !unit.is_ok_and(|unit| units.contains(&unit.as_str())) {
        let help = match units {
            [] => "nothing that is printed has the unit of ordered classes; leave it out".to_owned(),
            units => format!("this outcome is printed in {}", units.join(" or ")),
        };
        let message = format!("{key} is {}, which is not in the unit of the outcome", passport.value);
        problems.add("published", message, help);
        return None;
    }
    Some(PublishedValue {
        key: key.to_owned(),
        written: passport.value.clone(),
        value: book.value(key).ok()?,
        source: passport.source.clone(),
        used: word(&passport.used),
    })
}

/// The cases of people who may take part: every combination of what the inclusion says.
fn people_like(case: &Case, file: &StudyFile) -> Vec<Case> {
    // numerical: ages between the ends, in equal steps
    const AGES: usize = 10;
    let who = &file.inclusion;
    if *who == Inclusion::default() {
        return Vec::new();
    }
    let ages: Vec<Answer<Time>> = match who.ages {
        None => vec![case.person.age],
        Some([youngest, oldest]) => (0..AGES)
            .map(|step| {
                let part = (step as f64 + 0.5) / AGES as f64;
                Answer::Known(Time::from_days(
                    youngest.days() + part * (oldest.days() - youngest.days()),
                ))
            })
            .collect(),
    };
    let or_own = |list: Vec<Answer<_>>, own| if list.is_empty() { vec![own] } else { list };
    let types = or_own(
        who.skin_types.iter().copied().map(Answer::Known).collect(),
        case.person.fitzpatrick,
    );
    let stages: Vec<_> = if who.stages.is_empty() {
        vec![case.lesion.stage]
    } else {
        who.stages.iter().copied().map(Answer::Known).collect()
    };
    let mut like = Vec::new();
    for age in &ages {
        for skin_type in &types {
            for stage in &stages {
                let mut one = case.clone();
                one.person.age = *age;
                one.person.fitzpatrick = *skin_type;
                one.lesion.stage = *stage;
                like.push(one);
            }
        }
    }
    like
}
