//! The rule book: every safety rule as data, checked once when it is read.
//!
//! A rule is a predicate, a severity for home and one for a clinic, a reason in plain words, a grade and its sources.
//! The book also holds which questions apply to whom, which facts a caller derives, and what a study's own screening
//! covers. Limit: the rules are a reading of labels, trials, reports and judgement, each tagged with its grade; they
//! are no guideline of any society. Source: `evidence/rules.toml`.

use std::collections::{BTreeMap, BTreeSet};

use needlework_evidence::Source;
use serde::{Deserialize, Serialize};

use crate::error::RuleError;
use crate::field::{FactSchema, Field, Kind};
use crate::predicate::{Predicate, PredicateText};
use crate::wait::{Wait, fill_all};

/// How much a rule weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleSeverity {
    /// The rule says nothing in this setting.
    None,
    /// To be known; never changes the verdict.
    Info,
    /// No obstacle, but something to heed.
    Caution,
    /// A doctor or pharmacist first.
    Refer,
    /// Stops the plan.
    Refuse,
    /// Stops the plan; a doctor today.
    Urgent,
}

/// A rule that the answer has to treat apart from the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Special {
    /// The person is under age: this comes before everything else.
    Minor,
    /// Distress: the answer shows where to find help.
    Distress,
}

/// One safety rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Its name, such as `R13a`.
    pub id: String,
    /// What has to hold for it to fire.
    pub when: Predicate,
    /// Its severity at home.
    pub home: RuleSeverity,
    /// Its severity in a clinic.
    pub clinic: RuleSeverity,
    /// Why, in plain words.
    pub reason: String,
    /// What to do instead, in plain words.
    pub instead: Option<String>,
    /// The question to say aloud to a doctor, in the first person; every rule that can refer has one.
    pub ask: Option<String>,
    /// Whether it guards against serious harm, so that an open answer means "see a doctor first".
    pub serious: bool,
    /// How well it is founded: L label or regulator, C society, T trial or human data, B bench, R case reports,
    /// E expert or trade consensus, J judgement of this project.
    pub grade: String,
    /// Keys of its sources.
    pub sources: Vec<String>,
    /// Claims of the article that it bears on.
    pub claims: Vec<String>,
    /// Whether it is treated apart.
    pub special: Option<Special>,
    /// Whether it also holds when nothing is done to the skin.
    pub without_needles: bool,
    /// How the predicate reads the rule, where that is a choice.
    pub note: Option<String>,
}

impl Rule {
    /// Its severity where needling is done; the worse of the two in a salon, which is neither, and where that is not
    /// known.
    #[must_use]
    pub fn severity(&self, setting: Option<needlework_case::Setting>) -> RuleSeverity {
        match setting {
            Some(needlework_case::Setting::Home) => self.home,
            Some(needlework_case::Setting::Clinic) => self.clinic,
            Some(needlework_case::Setting::Salon) | None => self.home.max(self.clinic),
        }
    }
}

/// Which questions apply only to some people.
#[derive(Debug, Clone, PartialEq)]
pub struct Relevance {
    /// Fields, or groups of fields, of the case.
    pub fields: Vec<String>,
    /// When they apply.
    pub when: Predicate,
    /// Whether, while that is open, the question behind `when` is asked in their place.
    pub ask_first: bool,
}

/// A fact that follows from another when it was not answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Assumption {
    /// The field that is filled.
    pub field: String,
    /// With this word.
    pub word: String,
    /// When this holds.
    pub when: Predicate,
    /// What a reader is told.
    pub note: String,
}

/// What a published study stands for, when a case names it and says that it has screened.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Study {
    /// Groups of fields that entry criteria answer: a gap counts as "no reason".
    screened: Vec<String>,
    /// Groups of fields that the protocol answers: a gap stays a question and refers nobody.
    protocol: Vec<String>,
    /// Keys of the studies that count.
    published: Vec<String>,
}

/// What only a clinic knows, and a patient therefore asks.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Clinic {
    /// The questions, the most important first.
    ask: Vec<ClinicQuestion>,
    /// Facts that say where and with what, and are no reason against a plan by themselves.
    circumstances: Vec<String>,
    /// By rule: facts that are circumstances in this rule alone.
    circumstances_in: BTreeMap<String, Vec<String>>,
    /// By rule: what a patient does instead.
    instead: BTreeMap<String, String>,
}

/// Fields that nobody can be asked for.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Usual {
    fields: Vec<String>,
}

/// One question that a patient asks the clinic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClinicQuestion {
    /// The question as a patient says it.
    pub text: String,
    /// Fields, or groups of fields, of the case that it answers.
    pub fields: Vec<String>,
}

impl ClinicQuestion {
    /// Whether it answers this field.
    pub(crate) fn covers(&self, path: &str) -> bool {
        self.fields.iter().any(|group| covers(group, path))
    }
}

/// All rules, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleBook {
    rules: Vec<Rule>,
    sources: Vec<Source>,
    relevance: Vec<Relevance>,
    assumptions: Vec<Assumption>,
    study: Study,
    clinic: Clinic,
    usual: Vec<String>,
    schema: FactSchema,
    waits: Vec<Wait>,
}

impl RuleBook {
    /// Reads and checks a rule book: names are unique, every fact that a predicate reads exists and is compared with
    /// what it can be, every source that is cited is among `sources` and says how it was seen, and no question's
    /// relevance depends on itself.
    ///
    /// # Errors
    /// [`RuleError`], the first found.
    pub fn parse<'a>(text: &str, sources: impl IntoIterator<Item = &'a Source>) -> Result<Self, RuleError> {
        let unread = |error: toml::de::Error| RuleError::Toml(error.to_string());
        let mut table: toml::Table = toml::from_str(text).map_err(unread)?;
        let waits: Vec<Wait> = match table.remove("wait") {
            Some(waits) => waits.try_into().map_err(unread)?,
            None => Vec::new(),
        };
        check_waits(&waits)?;
        let mut table = toml::Value::Table(table);
        fill_all(&mut table, &waits)?;
        let book: BookText = table.try_into().map_err(unread)?;
        let mut schema = FactSchema::of_case();
        for derived in book.derived {
            let path = derived.path.clone();
            if !schema.add(derived.field(&schema)?) {
                return Err(RuleError::Duplicate { id: path });
            }
        }
        let rules = book
            .rule
            .into_iter()
            .map(|rule| rule.read(&schema))
            .collect::<Result<Vec<_>, _>>()?;
        let relevance = book
            .relevant
            .into_iter()
            .map(|one| one.read(&schema))
            .collect::<Result<Vec<_>, _>>()?;
        let assumptions = book
            .assume
            .into_iter()
            .map(|one| one.read(&schema))
            .collect::<Result<Vec<_>, _>>()?;
        for path in book
            .study
            .screened
            .iter()
            .chain(&book.study.protocol)
            .chain(&book.usual.fields)
        {
            known(&schema, "study or usual", path)?;
        }
        let clinic = book.clinic;
        for path in clinic
            .ask
            .iter()
            .flat_map(|ask| &ask.fields)
            .chain(&clinic.circumstances)
            .chain(clinic.circumstances_in.values().flatten())
        {
            known(&schema, "clinic", path)?;
        }
        if let Some(rule) = clinic
            .instead
            .keys()
            .chain(clinic.circumstances_in.keys())
            .find(|id| rules.iter().all(|rule| rule.id != **id))
        {
            return Err(RuleError::UnknownField {
                rule: "clinic".to_owned(),
                field: rule.clone(),
            });
        }
        let mut book = Self {
            rules,
            sources: Vec::new(),
            relevance,
            assumptions,
            study: book.study,
            clinic,
            usual: book.usual.fields,
            schema,
            waits,
        };
        book.check_names()?;
        book.cite(sources)?;
        book.check_relevance()?;
        Ok(book)
    }

    /// A book without rules: the facts that another kind of step may read, and which questions apply to whom.
    pub(crate) fn context(schema: FactSchema, relevant: Vec<RelevanceText>) -> Result<Self, RuleError> {
        let relevance = relevant
            .into_iter()
            .map(|one| one.read(&schema))
            .collect::<Result<Vec<_>, _>>()?;
        let book = Self {
            rules: Vec::new(),
            sources: Vec::new(),
            relevance,
            assumptions: Vec::new(),
            study: Study::default(),
            clinic: Clinic::default(),
            usual: Vec::new(),
            schema,
            waits: Vec::new(),
        };
        book.check_relevance()?;
        Ok(book)
    }

    /// The rules, in the order of the file.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rule of this name.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// The sources that rules cite.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// The waiting times, each once.
    #[must_use]
    pub fn waits(&self) -> &[Wait] {
        &self.waits
    }

    /// Every fact that a rule may read.
    #[must_use]
    pub fn fact_schema(&self) -> &FactSchema {
        &self.schema
    }

    /// The same book with its rules in another order; the verdict does not depend on it.
    #[must_use]
    pub fn reordered(mut self, order: impl Fn(&Rule, &Rule) -> std::cmp::Ordering) -> Self {
        self.rules.sort_by(order);
        self
    }

    pub(crate) fn assumptions(&self) -> &[Assumption] {
        &self.assumptions
    }

    /// Published studies whose own screening may stand for missing answers, by their keys.
    #[must_use]
    pub fn studies(&self) -> &[String] {
        &self.study.published
    }

    /// What a patient asks of a clinic, the most important first.
    #[must_use]
    pub fn asked_of_a_clinic(&self) -> &[ClinicQuestion] {
        &self.clinic.ask
    }

    /// Whether the entry criteria of a published study answer this question.
    pub(crate) fn is_screened(&self, path: &str) -> bool {
        self.study.screened.iter().any(|group| covers(group, path))
    }

    /// Whether the published protocol of a study stands for this question, and what it leaves out is the study's
    /// affair.
    pub(crate) fn is_protocol(&self, path: &str) -> bool {
        self.study.protocol.iter().any(|group| covers(group, path))
    }

    /// Fields whose gap is read as the usual answer, since nobody can be asked for them.
    #[must_use]
    pub fn usual(&self) -> &[String] {
        &self.usual
    }

    /// Whether only the clinic can answer this question of its patient.
    #[must_use]
    pub fn is_the_clinics(&self, path: &str) -> bool {
        self.clinic.ask.iter().any(|ask| ask.covers(path))
    }

    /// Whether a fact is a circumstance of a plan and no reason against it by itself.
    pub(crate) fn is_circumstance(&self, path: &str) -> bool {
        self.clinic.circumstances.iter().any(|group| covers(group, path))
    }

    /// Whether a fact is a circumstance in this rule.
    pub(crate) fn is_circumstance_in(&self, rule: &str, path: &str) -> bool {
        let groups = self.clinic.circumstances_in.get(rule);
        groups.is_some_and(|groups| groups.iter().any(|group| covers(group, path)))
    }

    /// What a clinic's patient does instead, where that differs from what a rule says to people at home.
    pub(crate) fn instead_in_a_clinic(&self, rule: &str) -> Option<&str> {
        self.clinic.instead.get(rule).map(String::as_str)
    }

    /// What decides whether the question of a field applies.
    pub fn relevance_of(&self, path: &str) -> impl Iterator<Item = &Relevance> {
        self.relevance
            .iter()
            .filter(move |one| one.fields.iter().any(|field| covers(field, path)))
    }

    fn check_names(&self) -> Result<(), RuleError> {
        let mut seen = BTreeSet::new();
        match self.rules.iter().find(|rule| !seen.insert(rule.id.as_str())) {
            Some(rule) => Err(RuleError::Duplicate { id: rule.id.clone() }),
            None => Ok(()),
        }
    }

    /// Takes the sources that rules and waits cite.
    fn cite<'a>(&mut self, sources: impl IntoIterator<Item = &'a Source>) -> Result<(), RuleError> {
        let of_waits = self.waits.iter().map(|wait| (wait.key.as_str(), wait.source.as_str()));
        let of_rules = self
            .rules
            .iter()
            .flat_map(|rule| rule.sources.iter().map(|key| (rule.id.as_str(), key.as_str())));
        self.sources = cited(of_waits.chain(of_rules), sources)?;
        Ok(())
    }

    fn check_relevance(&self) -> Result<(), RuleError> {
        for start in &self.relevance {
            for field in &start.fields {
                if self.leads_to(&start.when, field, self.relevance.len()) {
                    return Err(RuleError::CircularRelevance { field: field.clone() });
                }
            }
        }
        Ok(())
    }

    /// Whether deciding `when` can need `target`; `depth` bounds the walk, since a longer chain must repeat itself.
    fn leads_to(&self, when: &Predicate, target: &str, depth: usize) -> bool {
        when.paths().into_iter().any(|path| {
            covers(target, path)
                || depth == 0
                || self
                    .relevance_of(path)
                    .any(|next| self.leads_to(&next.when, target, depth - 1))
        })
    }
}

/// Names of waiting times are unique, and each is a time.
fn check_waits(waits: &[Wait]) -> Result<(), RuleError> {
    let mut seen = BTreeSet::new();
    for wait in waits {
        if !seen.insert(wait.key.as_str()) {
            return Err(RuleError::Duplicate { id: wait.key.clone() });
        }
        if wait.length().is_none() {
            return Err(RuleError::WrongPredicate {
                rule: wait.key.clone(),
                problem: format!("`{}` is not a time", wait.time),
            });
        }
    }
    Ok(())
}

/// Whether a field or a group of fields holds this path.
fn covers(group: &str, path: &str) -> bool {
    path.strip_prefix(group)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The sources that are cited, in the order in which they are cited first. Citations are pairs of who cites and the
/// key; each must be among the sources and say how it was seen.
pub(crate) fn cited<'a, 'b>(
    citations: impl Iterator<Item = (&'b str, &'b str)>,
    sources: impl IntoIterator<Item = &'a Source>,
) -> Result<Vec<Source>, RuleError> {
    let mut open: BTreeMap<&str, &Source> = sources
        .into_iter()
        .filter(|source| source.seen.is_some())
        .map(|source| (source.key.as_str(), source))
        .collect();
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    let mut found = Vec::new();
    for (who, key) in citations {
        if let Some(source) = open.remove(key) {
            found.push(source.clone());
        } else if !taken.contains(key) {
            return Err(RuleError::UnknownSource {
                rule: who.to_owned(),
                key: key.to_owned(),
            });
        }
        taken.insert(key);
    }
    Ok(found)
}

fn known(schema: &FactSchema, place: &str, path: &str) -> Result<(), RuleError> {
    match schema.get(path) {
        Some(_) => Ok(()),
        None => Err(RuleError::UnknownField {
            rule: place.to_owned(),
            field: path.to_owned(),
        }),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BookText {
    #[serde(default)]
    derived: Vec<DerivedText>,
    #[serde(default)]
    relevant: Vec<RelevanceText>,
    #[serde(default)]
    assume: Vec<AssumptionText>,
    #[serde(default)]
    study: Study,
    #[serde(default)]
    clinic: Clinic,
    #[serde(default)]
    usual: Usual,
    rule: Vec<RuleText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DerivedText {
    pub(crate) path: String,
    /// The words that it can hold; yes or no where there are none.
    #[serde(default)]
    words: Vec<String>,
    asks: Option<String>,
}

impl DerivedText {
    pub(crate) fn field(self, schema: &FactSchema) -> Result<Field, RuleError> {
        let place = match &self.asks {
            Some(asks) => {
                known(schema, &self.path, asks)?;
                schema.get(asks).map_or(usize::MAX, |field| field.place)
            }
            None => usize::MAX,
        };
        Ok(Field {
            path: self.path,
            kind: if self.words.is_empty() {
                Kind::Flag
            } else {
                Kind::Set(self.words)
            },
            asks: self.asks,
            question: String::new(),
            allowed: String::new(),
            place,
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RelevanceText {
    fields: Vec<String>,
    when: PredicateText,
    #[serde(default)]
    ask_first: bool,
}

impl RelevanceText {
    fn read(self, schema: &FactSchema) -> Result<Relevance, RuleError> {
        let place = format!("relevance of {}", self.fields.join(", "));
        for path in &self.fields {
            known(schema, &place, path)?;
        }
        let when = Predicate::read(&self.when, schema, &place, None)?;
        Ok(Relevance {
            fields: self.fields,
            when,
            ask_first: self.ask_first,
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AssumptionText {
    field: String,
    word: String,
    when: PredicateText,
    note: String,
}

impl AssumptionText {
    fn read(self, schema: &FactSchema) -> Result<Assumption, RuleError> {
        let place = format!("assumption on {}", self.field);
        known(schema, &place, &self.field)?;
        let is_a_word = schema.get(&self.field).is_some_and(|field| match &field.kind {
            Kind::Word(allowed) => allowed.is_empty() || allowed.contains(&self.word),
            _ => false,
        });
        if !is_a_word {
            let problem = format!("`{}` is not a word that it can be", self.word);
            return Err(RuleError::WrongComparison {
                rule: place,
                field: self.field,
                problem,
            });
        }
        let when = Predicate::read(&self.when, schema, &place, None)?;
        Ok(Assumption {
            field: self.field,
            word: self.word,
            when,
            note: self.note,
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleText {
    id: String,
    when: PredicateText,
    home: RuleSeverity,
    clinic: RuleSeverity,
    reason: String,
    instead: Option<String>,
    ask: Option<String>,
    serious: bool,
    grade: String,
    sources: Vec<String>,
    #[serde(default)]
    claims: Vec<String>,
    special: Option<Special>,
    #[serde(default)]
    without_needles: bool,
    note: Option<String>,
}

impl RuleText {
    fn read(self, schema: &FactSchema) -> Result<Rule, RuleError> {
        let when = Predicate::read(&self.when, schema, &self.id, None)?;
        Ok(Rule {
            id: self.id,
            when,
            home: self.home,
            clinic: self.clinic,
            reason: self.reason,
            instead: self.instead,
            ask: self.ask,
            serious: self.serious,
            grade: self.grade,
            sources: self.sources,
            claims: self.claims,
            special: self.special,
            without_needles: self.without_needles,
            note: self.note,
        })
    }
}
