//! What the tests share: the committed rule book, and a fully answered plan that is changed one fact at a time.

use needlework_case::Case;
use needlework_evidence::Book;
use needlework_rules::{Fact, Facts, RuleBook};
use toml::{Table, Value};

/// The committed rule book.
pub fn book() -> RuleBook {
    let sources = Book::parse(&[
        ("rules", include_str!("../../../../evidence/sources_rules.toml")),
        ("others", include_str!("../../../../evidence/sources.toml")),
    ])
    .unwrap_or_else(|error| panic!("{error}"));
    RuleBook::parse(include_str!("../../../../evidence/rules.toml"), sources.sources())
        .unwrap_or_else(|error| panic!("{error}"))
}

/// Facts that the caller derives for the baseline.
const DERIVED: [(&str, &str); 3] = [
    ("site.class", "[\"trunk\"]"),
    ("device.passes_above_limit", "false"),
    ("chain.depth_beyond_dermis", "false"),
];

/// A plan as answers by path, case fields and derived facts alike.
#[derive(Debug, Clone)]
pub struct Plan {
    case: Table,
    derived: Table,
}

impl Plan {
    /// The baseline: fully answered, permitted, in a clinic.
    pub fn baseline() -> Self {
        let case = include_str!("baseline.toml").parse().unwrap();
        let derived = DERIVED
            .iter()
            .map(|(path, value)| ((*path).to_owned(), read(value)))
            .collect();
        Self { case, derived }
    }

    /// A plan in which nothing was answered.
    pub fn empty() -> Self {
        Self {
            case: Table::new(),
            derived: Table::new(),
        }
    }

    /// The plan with one answer given.
    pub fn with(mut self, path: &str, value: impl Into<Value>) -> Self {
        let value = value.into();
        if DERIVED.iter().any(|(known, _)| *known == path) {
            self.derived.insert(path.to_owned(), value);
            return self;
        }
        let (group, field) = path.split_once('.').unwrap();
        let group = self.case.entry(group).or_insert_with(|| Value::Table(Table::new()));
        group.as_table_mut().unwrap().insert(field.to_owned(), value);
        self
    }

    /// The plan with one answer taken back.
    pub fn without(mut self, path: &str) -> Self {
        self.derived.remove(path);
        let (group, field) = path.split_once('.').unwrap();
        if let Some(group) = self.case.get_mut(group).and_then(Value::as_table_mut) {
            group.remove(field);
        }
        // A caller that does not know the site cannot know its class.
        if path == "lesion.site" {
            self.without("site.class")
        } else {
            self
        }
    }

    /// The typed case of this plan.
    pub fn case(&self) -> Case {
        self.case
            .clone()
            .try_into()
            .unwrap_or_else(|error| panic!("{error}\n{:?}", self.case))
    }

    /// The facts of this plan.
    pub fn facts(&self) -> Facts {
        let mut facts = Facts::of(&self.case());
        for (path, value) in &self.derived {
            let fact = match value {
                Value::Boolean(flag) => Fact::Flag(*flag),
                Value::Array(words) => Fact::set(words.iter().map(|word| word.as_str().unwrap())),
                other => panic!("{other}"),
            };
            facts = facts.with(path, fact);
        }
        facts
    }
}

fn read(value: &str) -> Value {
    let table: Table = format!("value = {value}").parse().unwrap();
    table["value"].clone()
}

/// One row of `firing.toml`.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// The rule.
    pub rule: String,
    /// Laid over the baseline for both plans.
    #[serde(default)]
    pub with: Table,
    /// The one fact that tells them apart; none for a rule that always fires.
    pub fact: Option<String>,
    /// Its value in the plan that fires the rule.
    pub fires: Option<Value>,
    /// Its value in the plan that just does not.
    pub misses: Option<Value>,
}

impl Row {
    /// The baseline with what both plans share.
    pub fn common(&self) -> Plan {
        self.with
            .iter()
            .fold(Plan::baseline(), |plan, (path, value)| plan.with(path, value.clone()))
    }

    /// The plan that fires the rule.
    pub fn firing(&self) -> Plan {
        match (&self.fact, &self.fires) {
            (Some(fact), Some(value)) => self.common().with(fact, value.clone()),
            _ => self.common(),
        }
    }

    /// The plan that just does not fire it, if the rule has one.
    pub fn near_miss(&self) -> Option<Plan> {
        Some(self.common().with(self.fact.as_ref()?, self.misses.clone()?))
    }
}

/// All rows of `firing.toml`.
pub fn rows() -> Vec<Row> {
    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Rows {
        row: Vec<Row>,
    }
    toml::from_str::<Rows>(include_str!("firing.toml")).unwrap().row
}
