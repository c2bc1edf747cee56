//! A posterior: worlds by what published results leave of them, for cohorts to be made of.
//!
//! A draw is the number of a world and what holds in it, nothing else, since the number says all of a world. World slot
//! s of a cohort takes one draw, in an order that the seed of the cohort shuffles, so that two seeds meet other worlds
//! first and every beginning is a sample of its own. People belong to the slot and the seed, as before the data. Beyond
//! the last draw the list begins anew, with other people: an interval over worlds then rests on as many worlds as there
//! are draws.
//!
//! Where weights were too few, draws come from a sample of moved worlds: of some parameters each draw then has a place
//! of its own in the prior, and the rest is that of its number ([`Moved`]).
//!
//! A draw means nothing but under the priors that its world was drawn from. So a posterior holds their fingerprint, and
//! where the evidence is another the cohort takes its worlds from the priors and says so.
//!
//! Limits: two seeds share worlds once they take more than a small part of the list.

use needlework_case::Case;
use needlework_healing::RemodellingHypothesis;
use needlework_numerics::{order, uniforms};

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

/// Parameters that draws have moved away from the place of their world's number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Moved {
    /// Keys of the parameters; empty where draws are numbers alone.
    pub keys: Vec<String>,
    /// For each draw the place of each parameter in its prior, in [`PLACES`] equal steps.
    pub steps: Vec<Vec<u16>>,
}

/// Steps from the lowest to the highest place in a prior; a place lies in the middle of its step.
// numerical: places are known to a hundredth of a thousandth of the prior, far below what a sample tells
pub const PLACES: f64 = 65_536.0;

impl Moved {
    /// The place of a parameter in each of these draws, between 0 and 1; `None` of a parameter that was not moved.
    #[must_use]
    pub fn places(&self, key: &str, draws: &[usize]) -> Option<Vec<f64>> {
        let column = self.keys.iter().position(|known| known == key)?;
        let place = |&draw: &usize| Some((f64::from(*self.steps.get(draw)?.get(column)?) + 0.5) / PLACES);
        draws.iter().map(place).collect()
    }
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
    /// What draws have moved.
    pub moved: Moved,
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

    /// The places in the list of the draws of so many world slots, in the order that a seed gives it.
    #[must_use]
    pub fn slots(&self, seed: u64, count: usize) -> Vec<usize> {
        let keys = uniforms(seed, "posterior.order", self.draws.len());
        order(&keys).into_iter().cycle().take(count).collect()
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
            moved: Moved::default(),
        }
    }

    #[test]
    fn a_moved_parameter_has_a_place_for_each_draw_and_others_have_none() {
        let moved = Moved {
            keys: vec!["a".to_owned(), "b".to_owned()],
            steps: vec![vec![0, 1], vec![2, u16::MAX]],
        };
        assert_eq!(moved.places("b", &[1, 0]), Some(vec![65_535.5 / PLACES, 1.5 / PLACES]));
        assert_eq!(moved.places("c", &[0]), None);
        assert_eq!(moved.places("a", &[2]), None, "there are two draws");
    }

    #[test]
    fn a_longer_list_of_slots_begins_with_the_shorter_and_each_draw_comes_once_a_round() {
        let posterior = posterior(50);
        let (few, many) = (posterior.slots(7, 20), posterior.slots(7, 110));
        assert_eq!(few, many[..20]);
        assert_eq!(many[..50], many[50..100]);
        let mut once = many[..50].to_vec();
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
