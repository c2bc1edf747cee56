//! A posterior: worlds by what published results leave of them, for cohorts to be made of.
//!
//! A draw is the number of a world and what holds in it, nothing else, since the number says all of a world. World slot
//! s of a cohort takes one draw, in an order that the seed of the cohort shuffles, so that two seeds meet other worlds
//! first and every beginning is a sample of its own. People belong to the slot and the seed, as before the data. Beyond
//! the last draw the list begins anew, with other people: an interval over worlds then rests on as many worlds as there
//! are draws.
//!
//! A draw means nothing but under the priors that its world was drawn from. So a posterior holds their fingerprint, and
//! where the evidence is another the cohort takes its worlds from the priors and says so.
//!
//! Limits: two seeds share worlds once they take more than a small part of the list.

use needlework_case::Case;
use needlework_healing::RemodellingHypothesis;
use needlework_numerics::uniforms;

/// One world and what holds in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draw {
    /// Number of the world.
    pub world: usize,
    /// What becomes of a gain.
    pub law: RemodellingHypothesis,
    /// Whether anything of what needles do shows.
    pub shows: bool,
}

/// What the data changed in one forecast.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed {
    /// What is forecast.
    pub name: String,
    /// Months after the last session.
    pub months: f64,
    /// Mean gain over the same people without a plan, points: before the data and after.
    pub gain: [f64; 2],
    /// Share of people with little or no change: before the data and after.
    pub little: [f64; 2],
}

/// Draws with what they were made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Posterior {
    /// What priors, data, people and chain were when the worlds were weighed, in sixteen digits.
    pub fingerprint: String,
    /// What the priors were, in sixteen digits ([`crate::priors_stamp`]).
    pub priors: String,
    /// The seed whose worlds the draws number.
    pub seed: u64,
    /// The studies that weighed.
    pub studies: Vec<String>,
    /// What they changed.
    pub changed: Vec<Changed>,
    /// The draws, in an order in which every beginning is a sample.
    pub draws: Vec<Draw>,
}

impl Posterior {
    /// The name that a report gives it.
    #[must_use]
    pub fn name(&self) -> String {
        format!("1/{}", self.fingerprint)
    }

    /// Whether a case is one of the studies that weighed: what was fitted is no test, so that such a case is forecast
    /// from the priors.
    #[must_use]
    pub fn weighed_by(&self, case: &Case) -> bool {
        case.about
            .study
            .known()
            .is_some_and(|study| self.studies.contains(study))
    }

    /// The draws of so many world slots, in the order that a seed gives the list.
    #[must_use]
    pub fn slots(&self, seed: u64, count: usize) -> Vec<Draw> {
        let keys = uniforms(seed, "posterior.order", self.draws.len());
        let mut order: Vec<usize> = (0..self.draws.len()).collect();
        order.sort_by(|&a, &b| keys[a].total_cmp(&keys[b]));
        order.iter().cycle().take(count).map(|&at| self.draws[at]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn posterior(draws: usize) -> Posterior {
        let draw = |world| Draw {
            world,
            law: RemodellingHypothesis::Persistence,
            shows: world % 2 == 0,
        };
        Posterior {
            fingerprint: "0".to_owned(),
            priors: "0".to_owned(),
            seed: 1,
            studies: Vec::new(),
            changed: Vec::new(),
            draws: (0..draws).map(draw).collect(),
        }
    }

    #[test]
    fn a_longer_list_of_slots_begins_with_the_shorter_and_each_draw_comes_once_a_round() {
        let posterior = posterior(50);
        let (few, many) = (posterior.slots(7, 20), posterior.slots(7, 110));
        assert_eq!(few, many[..20]);
        assert_eq!(many[..50], many[50..100]);
        let mut once: Vec<usize> = many[..50].iter().map(|draw| draw.world).collect();
        once.sort_unstable();
        assert_eq!(once, (0..50).collect::<Vec<_>>());
        assert!(posterior.slots(7, 0).is_empty());
    }

    #[test]
    fn two_seeds_meet_other_worlds_first() {
        let posterior = posterior(1000);
        let [one, two] = [1, 2].map(|seed| posterior.slots(seed, 100));
        let shared = one.iter().filter(|draw| two.contains(draw)).count();
        // Ten are expected of a hundred in a thousand.
        assert!(shared < 25, "{shared}");
        assert!(posterior.slots(1, 3) != posterior.slots(2, 3));
    }
}
