//! What a forecast hangs on most: how much raters of uncontrolled studies over-read, which nobody has measured.
//!
//! Worlds that published results have weighed tie it to what needles do: the less raters over-read, the more of what
//! they saw was there. So the third of the worlds in which they over-read least is set beside the third in which they
//! do most. It is a range of beliefs and not of chance. Limits: thirds are coarse, and worlds from the priors, where
//! nothing ties the two, have no hinge.

use needlework_cohort::{Class, Cohort, PotentialOutcome, class_of};
use needlework_numerics::{mean, order};

use crate::report::Hinge;

const OPTIMISM: &str = "appearance.grading.optimism";

/// The hinge at a moment of the cohort; `None` for worlds from the priors, and where fewer people than one would speak
/// of are told something else.
pub(crate) fn hinge(cohort: &Cohort, moment: usize) -> Option<Hinge> {
    // numerical: people of a hundred of whom one would speak
    const SPOKEN_OF: f64 = 0.05;
    cohort.posterior.as_ref()?;
    let optimism = cohort.drawn.get(OPTIMISM)?;
    let third = optimism.len() / 3;
    if third == 0 {
        return None;
    }
    let order = order(optimism);
    let (least, most) = (&order[..third], &order[order.len() - third..]);
    let little = |worlds: &[usize]| {
        let people = worlds.iter().flat_map(|&world| {
            let first = world * cohort.people_per_world;
            &cohort.people[first..first + cohort.people_per_world]
        });
        let seen: Vec<f64> = people
            .map(|person| {
                let class = class_of(cohort.improvement(person, moment, PotentialOutcome::Treated));
                f64::from(u8::from(class == Class::None))
            })
            .collect();
        mean(&seen)
    };
    let found = Hinge {
        below: optimism[least[third - 1]],
        above: optimism[most[0]],
        little: [little(least), little(most)],
    };
    ((found.little[1] - found.little[0]).abs() >= SPOKEN_OF).then_some(found)
}
