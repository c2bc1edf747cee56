//! What can be wrong with a rule file, in words that say where.

use std::fmt;

/// Why a text is not a rule book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleError {
    /// The text is not TOML of the expected shape; the message of the parser names the line.
    Toml(String),
    /// Two rules, two derived facts or two sources bear the same name.
    Duplicate {
        /// The name.
        id: String,
    },
    /// A predicate reads a fact that neither the case nor the list of derived facts has.
    UnknownField {
        /// The rule, or the table, that holds the predicate.
        rule: String,
        /// The field as written.
        field: String,
    },
    /// A predicate compares a fact with something that it cannot be.
    WrongComparison {
        /// The rule, or the table, that holds the predicate.
        rule: String,
        /// The field.
        field: String,
        /// What is wrong.
        problem: String,
    },
    /// A predicate is empty, or mixes two forms.
    WrongPredicate {
        /// The rule, or the table, that holds the predicate.
        rule: String,
        /// What is wrong.
        problem: String,
    },
    /// A rule cites a source that is not listed.
    UnknownSource {
        /// The rule.
        rule: String,
        /// The key as written.
        key: String,
    },
    /// A field of the case that something has to read is read by nothing.
    UnreadField {
        /// The field.
        field: String,
    },
    /// A script of questions cannot be asked as it stands.
    Script {
        /// The question.
        id: String,
        /// What is wrong.
        problem: String,
    },
    /// A text or a predicate names a waiting time that is not in the table.
    UnknownWait {
        /// The name as written.
        name: String,
    },
    /// Whether a question is relevant depends, in the end, on itself.
    CircularRelevance {
        /// The field.
        field: String,
    },
}

impl fmt::Display for RuleError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Toml(message) => write!(out, "not a rule file: {message}"),
            Self::Duplicate { id } => write!(out, "`{id}` stands twice"),
            Self::UnknownField { rule, field } => {
                write!(out, "{rule}: `{field}` is neither a field of a case nor a derived fact")
            }
            Self::WrongComparison { rule, field, problem } => write!(out, "{rule}: `{field}`: {problem}"),
            Self::WrongPredicate { rule, problem } => write!(out, "{rule}: {problem}"),
            Self::UnknownSource { rule, key } => write!(out, "{rule}: source `{key}` is not listed"),
            Self::UnreadField { field } => write!(out, "nothing reads `{field}`"),
            Self::Script { id, problem } => write!(out, "question `{id}`: {problem}"),
            Self::UnknownWait { name } => write!(out, "`{{{name}}}` is no waiting time of the table"),
            Self::CircularRelevance { field } => write!(out, "the relevance of `{field}` depends on itself"),
        }
    }
}

impl std::error::Error for RuleError {}
