//! What is attributed to what: a worsening to dark marks or to redness after sessions, and standing still to an
//! assumption alone.

use needlework_numerics::Share;
use needlework_stria::Stage;
use needlework_units::PERCENT;

use crate::monte_carlo::{Cohort, VirtualPerson};
use crate::population_summary::{Class, PotentialOutcome, class_of};

/// Why somebody looks worse than at the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// Without a dark mark they would not.
    DarkMark,
    /// Without redness after the last session they would not.
    Redness,
}

impl Cohort {
    /// Share of people who look worse than at the start at a moment, and would not without a dark mark, or without
    /// redness after a session.
    #[must_use]
    pub fn worse_because(&self, because: Because, moment: usize, arm: PotentialOutcome) -> Share {
        self.share(|person| self.is_worse_because(person, because, moment, arm))
    }

    /// Whether one person looks worse for that reason.
    #[must_use]
    pub fn is_worse_because(
        &self,
        person: &VirtualPerson,
        because: Because,
        moment: usize,
        arm: PotentialOutcome,
    ) -> bool {
        let look = &self.observation(person, moment, arm).appearance;
        let part = match because {
            Because::DarkMark => look.dark_mark,
            Because::Redness => look.redness,
        };
        let improvement = look.improvement();
        class_of(improvement) == Class::Worse && class_of(improvement + PERCENT * part) != Class::Worse
    }

    /// Whether the untreated marks of all these people stand still by assumption: nobody has measured that pale marks
    /// change by themselves, so that none does here is an axiom and no forecast.
    #[must_use]
    pub fn untreated_stands_still(&self) -> bool {
        self.people.iter().all(|person| person.person.mark.stage == Stage::Alba)
    }
}
