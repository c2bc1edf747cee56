//! The book of triage: steps, days and the lines for everybody, checked once when it is read.
//!
//! Predicates are typed by the same reader as those of the safety rules, against the same list of fields: a field that
//! no case has, a sign that no step reads, a source that is not listed are errors. Source: `evidence/triage.toml`.

use std::collections::BTreeSet;

use needlework_case::path;
use needlework_evidence::Source;
use needlework_units::{Dimension, Measure};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::book::{RelevanceText, RuleBook, cited};
use crate::error::RuleError;
use crate::essential::Essential;
use crate::field::{FactSchema, Kind};
use crate::predicate::{Predicate, PredicateText};

/// What is to be done, from the mildest to the most urgent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Look at it by day, and do what the day says.
    Watch,
    /// A doctor within a few days.
    DoctorSoon,
    /// A doctor today, by day or night.
    DoctorToday,
    /// Emergency help now.
    EmergencyNow,
}

/// One step of triage.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Its name, such as `T03`.
    pub id: String,
    /// What has to hold.
    pub when: Predicate,
    /// What it asks for.
    pub level: Level,
    /// What it asks for in words of its own, where the level's do not say where to go or how soon.
    pub headline: Option<String>,
    /// Why, in plain words.
    pub reason: String,
    /// What to do now, beside seeing whom the level names.
    pub what: Vec<String>,
    /// What to say to the doctor; empty where the reason says it.
    pub say: Option<String>,
    /// Whether it is about what was done, and not about a sign: it holds only when something was done.
    pub deed: bool,
    /// How well it is founded, in the grades of the safety rules.
    pub grade: String,
    /// Keys of its sources; none where it is the judgement of this project.
    pub sources: Vec<String>,
}

/// What is usual, what to do and when to be seen, in some days after a session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Days {
    /// Its name: "Day 0 and 1".
    pub name: String,
    /// From so many days after the session on.
    pub from_day: u32,
    /// Up to so many days after the session; none where it has no end.
    #[serde(default)]
    pub to_day: Option<u32>,
    /// What is usual then.
    pub usual: Vec<String>,
    /// What to do.
    pub what: Vec<String>,
    /// What is not usual then, and who should see it.
    pub see: Vec<String>,
    /// Rules and sources behind it.
    pub because: Vec<String>,
}

/// A line that stands first when it applies.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct First {
    pub(crate) when: Predicate,
    pub(crate) text: Essential,
}

/// All of triage, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct TriageBook {
    pub(crate) steps: Vec<Step>,
    pub(crate) days: Vec<Days>,
    pub(crate) first: Vec<First>,
    pub(crate) emergency: Vec<Essential>,
    pub(crate) always: Essential,
    pub(crate) sources: Vec<Source>,
    /// The fields, and which of them apply to whom.
    pub(crate) context: RuleBook,
}

impl TriageBook {
    /// Reads and checks the text of `triage.toml`; what it cites must be among `sources` and say how it was seen.
    ///
    /// # Errors
    /// [`RuleError`], the first found.
    pub fn parse<'a>(text: &str, sources: impl IntoIterator<Item = &'a Source>) -> Result<Self, RuleError> {
        let book: BookText = toml::from_str(text).map_err(|error| RuleError::Toml(error.to_string()))?;
        let mut schema = FactSchema::of_case();
        for derived in book.derived {
            let path = derived.path.clone();
            if !schema.add(derived.field(&schema)?) {
                return Err(RuleError::Duplicate { id: path });
            }
        }
        let steps = book
            .step
            .into_iter()
            .map(|step| step.read(&schema))
            .collect::<Result<Vec<_>, _>>()?;
        let first = book
            .first
            .into_iter()
            .map(|line| {
                Ok(First {
                    when: Predicate::read(&line.when, &schema, &line.text, None)?,
                    text: Essential::new(&line.text),
                })
            })
            .collect::<Result<Vec<_>, RuleError>>()?;
        let context = RuleBook::context(schema, book.relevant)?;
        let mut book = Self {
            steps,
            days: book.days,
            first,
            emergency: book.emergency.iter().map(Essential::new).collect(),
            always: Essential::new(&book.always),
            sources: Vec::new(),
            context,
        };
        book.check()?;
        book.cite(sources)?;
        Ok(book)
    }

    /// The steps, in the order of the file.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// What is usual and what to do, by day.
    #[must_use]
    pub fn days(&self) -> &[Days] {
        &self.days
    }

    /// The sources that steps cite.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// Takes the sources that steps and days cite; what a day names may be a rule instead.
    fn cite<'a>(&mut self, sources: impl IntoIterator<Item = &'a Source>) -> Result<(), RuleError> {
        let sources: Vec<&Source> = sources.into_iter().collect();
        let is_source = |key: &&String| sources.iter().any(|source| &&source.key == key);
        let of_steps = self
            .steps
            .iter()
            .flat_map(|step| step.sources.iter().map(|key| (step.id.as_str(), key.as_str())));
        let of_days = self.days.iter().flat_map(|days| days.because.iter().filter(is_source));
        self.sources = cited(
            of_steps.chain(of_days.map(|key| ("days", key.as_str()))),
            sources.iter().copied(),
        )?;
        Ok(())
    }

    fn check(&self) -> Result<(), RuleError> {
        let mut seen = BTreeSet::new();
        if let Some(step) = self.steps.iter().find(|step| !seen.insert(step.id.as_str())) {
            return Err(RuleError::Duplicate { id: step.id.clone() });
        }
        // A sign that nobody reads would be a question without an answer.
        let read: BTreeSet<&str> = self.steps.iter().flat_map(|step| step.when.paths()).collect();
        let unread = self
            .context
            .fact_schema()
            .iter()
            .find(|field| field.path.starts_with("signs.") && !read.contains(field.path.as_str()));
        match unread {
            Some(field) => Err(RuleError::UnreadField {
                field: field.path.clone(),
            }),
            None => Ok(()),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BookText {
    #[serde(default)]
    derived: Vec<crate::book::DerivedText>,
    #[serde(default)]
    relevant: Vec<RelevanceText>,
    emergency: Vec<String>,
    always: String,
    #[serde(default)]
    first: Vec<FirstText>,
    step: Vec<StepText>,
    days: Vec<Days>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FirstText {
    when: PredicateText,
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StepText {
    id: String,
    when: PredicateText,
    /// Holds only up to so long after the session; an unknown time counts as within.
    #[serde(default)]
    within: Option<String>,
    level: Level,
    headline: Option<String>,
    reason: String,
    #[serde(default)]
    what: Vec<String>,
    say: Option<String>,
    #[serde(default)]
    deed: bool,
    grade: String,
    sources: Vec<String>,
}

impl StepText {
    fn read(self, schema: &FactSchema) -> Result<Step, RuleError> {
        let mut when = Predicate::read(&self.when, schema, &self.id, None)?;
        if let Some(within) = &self.within {
            let time = Measure::parse(within)
                .ok()
                .filter(|measure| measure.dimension() == Dimension::Time);
            let Some(time) = time.filter(|_| schema.get(SINCE).is_some_and(|field| field.kind == Kind::Lapse)) else {
                return Err(RuleError::WrongPredicate {
                    rule: self.id,
                    problem: format!("`{within}` is not a time"),
                });
            };
            when = Predicate::All(vec![when, Predicate::within(SINCE, time.canonical())]);
        }
        Ok(Step {
            id: self.id,
            when,
            level: self.level,
            headline: self.headline,
            reason: self.reason,
            what: self.what,
            say: self.say,
            deed: self.deed,
            grade: self.grade,
            sources: self.sources,
        })
    }
}

/// The field that says how long ago the session was.
pub(crate) const SINCE: &str = path!(regimen.last_session);
