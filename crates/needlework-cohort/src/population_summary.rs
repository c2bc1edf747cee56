//! Summary statistics of a cohort: shares, means, classes of responders, and what a study of such people would grade.

use needlework_appearance::{GradeDraws, grade, read};
use needlework_course::Observation;
use needlework_healing::RemodellingHypothesis;
use needlework_numerics::{Interval, Share, WorldMeans, ascending, mean_over_worlds, normals, share_over_worlds};

use crate::monte_carlo::{Cohort, VirtualPerson};

/// How much better one's own mark looks than at the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Below −10 %.
    Worse,
    /// −10 to 25 %.
    None,
    /// 25 to 50 %.
    Some,
    /// 50 to 75 %.
    Clear,
    /// Above 75 %.
    Strong,
}

impl Class {
    /// All classes, from worse to strong.
    pub const ALL: [Self; 5] = [Self::Worse, Self::None, Self::Some, Self::Clear, Self::Strong];
}

/// Percent of improvement from which a change is some and no longer little.
// numerical: the first of the usual quartile cuts
pub const SOME_FROM: f64 = 25.0;

/// The class of an improvement in percent.
#[must_use]
pub fn class_of(improvement: f64) -> Class {
    // A harm counts from a smaller step than a gain, but not from one that nobody sees.
    // numerical: the usual quartile cuts of improvement, and a tenth to the worse
    const CUTS: [f64; 4] = [-10.0, SOME_FROM, 50.0, 75.0];
    Class::ALL[CUTS.iter().filter(|&&cut| improvement >= cut).count()]
}

impl Cohort {
    /// What is seen of a person at a moment, with the plan, under the law of their world.
    #[must_use]
    pub fn treated<'a>(&self, person: &'a VirtualPerson, moment: usize) -> &'a Observation {
        &person.treated[self.worlds[person.world].hypothesis as usize][moment]
    }

    /// The share of people for whom something holds, with its interval over worlds.
    pub fn share(&self, holds: impl Fn(&VirtualPerson) -> bool) -> Share {
        let counts: Vec<usize> = self
            .people
            .chunks(self.people_per_world)
            .map(|world| world.iter().filter(|person| holds(person)).count())
            .collect();
        share_over_worlds(&counts, self.people_per_world)
    }

    /// The mean over people of something, with the 5–95 % interval of what it is in a world. What happens to people or
    /// doesn't is a [`Self::share`] instead: means of so few would move in steps.
    pub fn mean_over_worlds(&self, value: impl Fn(&VirtualPerson) -> f64) -> Interval {
        let values: Vec<f64> = self.people.iter().map(value).collect();
        mean_over_worlds(&values, self.people_per_world)
    }

    /// Something of every person, ascending.
    pub fn sorted(&self, value: impl Fn(&VirtualPerson) -> f64) -> Vec<f64> {
        ascending(self.people.iter().map(value).collect())
    }

    /// Shares of people in each class at a moment: under the law of each world, under one law, or without the plan.
    #[must_use]
    pub fn classes(&self, moment: usize, arm: PotentialOutcome) -> [Share; 5] {
        Class::ALL.map(|class| self.share(|person| class_of(self.improvement(person, moment, arm)) == class))
    }

    /// A person's improvement at a moment in percent of their own start.
    #[must_use]
    pub fn improvement(&self, person: &VirtualPerson, moment: usize, arm: PotentialOutcome) -> f64 {
        self.observation(person, moment, arm).appearance.improvement()
    }

    /// What is seen of a person at a moment.
    #[must_use]
    pub fn observation<'a>(&self, person: &'a VirtualPerson, moment: usize, arm: PotentialOutcome) -> &'a Observation {
        match arm {
            PotentialOutcome::Untreated => &person.untreated[moment],
            PotentialOutcome::Treated => self.treated(person, moment),
            PotentialOutcome::Under(hypothesis) => &person.treated[hypothesis as usize][moment],
        }
    }

    /// What a study of such people would grade: each person's graded improvement at a moment, with one study effect for
    /// each world, and for each person what raters agree on and what they do not. How much what is read varies between
    /// the people of a world is taken from all worlds together, since each has few.
    #[must_use]
    pub fn graded(&self, moment: usize, arm: PotentialOutcome, seed: u64) -> Vec<f64> {
        let (worlds, people) = (self.worlds.len(), self.people.len());
        let study = normals(seed, "study.effect", worlds);
        let agreed = normals(seed, "study.person", people);
        let rater = normals(seed, "study.rater", people);
        let grading = |person: &VirtualPerson| &self.worlds[person.world].parameters.grading;
        let reads: Vec<f64> = self
            .people
            .iter()
            .map(|person| {
                let looks = self.observation(person, moment, arm).appearance;
                read(looks.usual_improvement(), grading(person))
            })
            .collect();
        let variance = WorldMeans::of(&reads, self.people_per_world).within;
        let score = |(i, person): (usize, &VirtualPerson)| {
            let draws = GradeDraws {
                study: study[person.world],
                person: agreed[i],
                rater: rater[i],
            };
            grade(reads[i], variance, grading(person), &draws)
        };
        self.people.iter().enumerate().map(score).collect()
    }
}

/// Which of the two courses of a person: what would be with the plan, and without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PotentialOutcome {
    /// Nothing is done.
    Untreated,
    /// The plan, under the law of each person's world.
    Treated,
    /// The plan, under one law for everybody.
    Under(RemodellingHypothesis),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_cover_the_line_without_gap() {
        let classes = [-50.0, -10.0001, -10.0, 0.0, 24.999, 25.0, 50.0, 75.0, 100.0].map(class_of);
        use Class::{Clear, None, Some, Strong, Worse};
        assert_eq!(classes, [Worse, Worse, None, None, None, Some, Clear, Strong, Strong]);
    }
}
