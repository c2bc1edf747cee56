//! Whether a plan lies within the evidence: a table of criteria, each with its basis.

use needlework_rules::{Fact, Facts};
use needlework_units::{Measure, Time};
use serde::Deserialize;

use crate::report::{Reach, ReachLevel};

/// The table of reach.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReachTable {
    #[serde(default)]
    range: Vec<RangeRow>,
    #[serde(default)]
    words: Vec<WordsRow>,
    /// The devices that the engine computes.
    modelled: WordsRow,
    /// How long after the last session the evidence reaches.
    pub horizon: Horizon,
    /// Controlled, blinded trials of needling alone against nothing.
    #[serde(default)]
    pub controlled_blinded: Vec<ControlledTrial>,
}

/// How long after the last session the evidence reaches.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Horizon {
    /// So long inside.
    pub inside: Time,
    /// So long at the edge.
    pub edge: Time,
    /// Sources.
    pub basis: Vec<String>,
}

/// A controlled, blinded trial.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ControlledTrial {
    /// Stage of the marks.
    pub stage: String,
    /// Home or clinic.
    pub setting: String,
    /// Key of the study.
    pub study: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct RangeRow {
    field: String,
    inside: [String; 2],
    edge: [String; 2],
    reason: String,
    basis: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct WordsRow {
    field: String,
    inside: Vec<String>,
    edge: Vec<String>,
    #[serde(default)]
    needs: bool,
    reason: String,
    basis: Vec<String>,
}

impl ReachTable {
    /// Reads `reach.toml`.
    ///
    /// # Errors
    /// What the TOML parser says, or which bound is no quantity.
    pub fn parse(text: &str) -> Result<Self, String> {
        let table: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        for bound in table.range.iter().flat_map(|row| row.inside.iter().chain(&row.edge)) {
            Measure::parse(bound).map_err(|error| error.to_string())?;
        }
        Ok(table)
    }

    /// How far a case lies in or out, and why. Where nothing is done, device and plan can't lie outside of anything.
    #[must_use]
    pub fn place(&self, facts: &Facts, nothing: bool) -> Reach {
        let applies = |field: &str| !(nothing && (field.starts_with("device.") || field.starts_with("regimen.")));
        let mut level = ReachLevel::Inside;
        let mut reasons = Vec::new();
        let ranges = self
            .range
            .iter()
            .filter(|row| applies(&row.field))
            .map(|row| (row.place(facts.get(&row.field)), &row.reason));
        let words = self
            .words
            .iter()
            .chain([&self.modelled])
            .filter(|row| applies(&row.field))
            .map(|row| (row.place(facts.get(&row.field)), &row.reason));
        for (found, reason) in ranges.chain(words) {
            if found != ReachLevel::Inside {
                reasons.push(reason.clone());
            }
            level = level.max(found);
        }
        Reach { level, reasons }
    }

    /// Whether the engine computes what the device does; a device of unknown kind is drawn from those that it does.
    #[must_use]
    pub(crate) fn models(&self, facts: &Facts) -> bool {
        self.modelled.place(facts.get(&self.modelled.field)) == ReachLevel::Inside
    }

    /// Keys of all sources behind the table.
    pub fn basis(&self) -> impl Iterator<Item = &str> {
        let ranges = self.range.iter().flat_map(|row| &row.basis);
        ranges
            .chain(self.words.iter().chain([&self.modelled]).flat_map(|row| &row.basis))
            .chain(&self.horizon.basis)
            .map(String::as_str)
    }
}

impl RangeRow {
    fn place(&self, fact: &Fact) -> ReachLevel {
        let value = match fact {
            Fact::Quantity { canonical, .. } => *canonical,
            Fact::Count(count) => *count as f64,
            // An unknown model input is drawn from a prior that lies inside.
            _ => return ReachLevel::Inside,
        };
        let within = |bounds: &[String; 2]| {
            let bound = |text: &str| Measure::parse(text).map_or(f64::NAN, |measure| measure.canonical());
            (bound(&bounds[0])..=bound(&bounds[1])).contains(&value)
        };
        match (within(&self.inside), within(&self.edge)) {
            (true, _) => ReachLevel::Inside,
            (false, true) => ReachLevel::Edge,
            (false, false) => ReachLevel::Outside,
        }
    }
}

impl WordsRow {
    fn place(&self, fact: &Fact) -> ReachLevel {
        let among = |allowed: &[String], word: &str| allowed.iter().any(|one| one == word);
        let of = |word: &str| match (among(&self.inside, word), among(&self.edge, word)) {
            (true, _) => ReachLevel::Inside,
            (false, true) => ReachLevel::Edge,
            (false, false) => ReachLevel::Outside,
        };
        match fact {
            Fact::Word(word) => of(word),
            // A place of several kinds lies as far in as its innermost kind: an elbow belongs to a limb.
            Fact::Set(words) => words.iter().map(|word| of(word)).min().unwrap_or(ReachLevel::Outside),
            _ if self.needs => ReachLevel::Outside,
            _ => ReachLevel::Inside,
        }
    }
}
