//! What stops a plan: the one answer that every view takes.
//!
//! A plan is stopped by the rules that fired at the verdict's own severity: those that refuse where it is refused,
//! those that refer where it is referred. Where a plan is referred, open questions that could stop it stand beside
//! them; they may be all there is. Information and cautions stop nothing, and a plan that no rule stops has an empty
//! answer.

use crate::book::RuleSeverity;
use crate::screen::{Fired, Question, Safety, Screening};

impl Safety {
    /// Whether a rule of this severity is among what stops a plan with this verdict.
    #[must_use]
    pub fn is_due_to(self, severity: RuleSeverity) -> bool {
        match self {
            Self::Refuse => severity >= RuleSeverity::Refuse,
            Self::Refer => severity == RuleSeverity::Refer,
            Self::Caution => false,
        }
    }
}

impl Screening {
    /// What stops the plan; nothing where the verdict is `caution`. Every view of an answer takes it from here.
    #[must_use]
    pub fn stopping(&self) -> Stopping<'_> {
        Stopping::of(self)
    }
}

/// What stops a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Stopping<'a> {
    /// The rules, under age first, then the most severe.
    pub rules: Vec<&'a Fired>,
    /// Open questions whose answer could stop it; none where it is refused.
    pub open: Vec<&'a Question>,
}

/// What stands above the lines of [`Stopping`]: true of rules and of open questions.
pub const WHAT_STOPS: &str = "What stops this plan";

/// Open questions that a line of text names.
const NAMED: usize = 3;

impl<'a> Stopping<'a> {
    pub(crate) fn of(screening: &'a Screening) -> Self {
        let safety = screening.safety;
        let due = |rule: &&Fired| safety.is_due_to(rule.severity);
        let decides = |question: &&Question| safety == Safety::Refer && question.serious;
        Self {
            rules: screening.fired.iter().filter(due).collect(),
            open: screening.questions.iter().filter(decides).collect(),
        }
    }

    /// Whether nothing stops the plan.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty() && self.open.is_empty()
    }

    /// It as lines of text: each rule with its reason, and the first open questions.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> = self
            .rules
            .iter()
            .map(|rule| format!("{} {}", rule.id, rule.reason))
            .collect();
        let named = self.open.iter().take(NAMED);
        lines.extend(named.map(|question| format!("Not known yet: {}", question.text)));
        match self.open.len().saturating_sub(NAMED) {
            0 => {}
            1 => lines.push("One more question is open that could stop it.".to_owned()),
            more => lines.push(format!("{more} more questions are open that could stop it.")),
        }
        lines
    }

    /// The names of the rules, separated by commas.
    #[must_use]
    pub fn rule_names(&self) -> String {
        let ids: Vec<&str> = self.rules.iter().map(|rule| rule.id.as_str()).collect();
        ids.join(", ")
    }
}
