//! The choice among plans: the gentlest that is nearly as good as the best, or none.
//!
//! Of the plans whose harms keep the limits, the best is the one with the greatest mean gain. The advice is the
//! gentlest plan whose paired loss to it is below [`NEAR_POINTS`] in four of five worlds at least. Where under the best
//! of them too few people gain enough, no plan is worth it. The same is asked of worlds that are drawn anew from these,
//! with repetition (bootstrap), limits of harms included: where fewer than [`AGREE`] of the redraws come to the same,
//! it is undecided.

use needlework_numerics::{Interval, mean, uniforms};

use super::meet::Met;
use super::report::{Choice, HarmLimits};

/// A loss to the best plan that is none.
// numerical: a difference in points that one would hardly speak of; our choice, as in comparisons
pub(crate) const NEAR_POINTS: f64 = 5.0;
/// Share of worlds in which the advised plan is so near.
// numerical: four of five; our choice
const SURE: f64 = 0.8;
/// Share of people who gain enough under a plan that is worth it.
// numerical: one in four; our choice
pub(crate) const WORTH: f64 = 0.25;
/// Share of redraws that agree where it is decided.
// numerical: four of five; our choice
const AGREE: f64 = 0.8;

/// What comes of the worlds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Chosen {
    pub choice: Choice,
    /// Place of the advised plan.
    pub plan: Option<usize>,
    /// Places of plans that redraws come to, where they disagree.
    pub between: Vec<usize>,
    /// Share of redraws that come to the same.
    pub agreement: f64,
}

/// Chooses among plans, which stand from the gentlest.
pub(crate) fn choose(worlds: &[Vec<Met>], limits: &HarmLimits, seed: u64) -> Chosen {
    // numerical: redraws; a share of them is known to some hundredths
    const REDRAWS: usize = 200;
    // numerical: a plan that fewer of the redraws come to is not named
    const NAMED: f64 = 0.1;
    let count = worlds.len();
    let all: Vec<usize> = (0..count).collect();
    let own = once(worlds, &all, limits);
    let redraws: Vec<Option<usize>> = (0..REDRAWS)
        .map(|redraw| {
            let picked: Vec<usize> = uniforms(seed, &format!("plan.redraw.{redraw}"), count)
                .into_iter()
                .map(|u| ((u * count as f64) as usize).min(count.saturating_sub(1)))
                .collect();
            once(worlds, &picked, limits)
        })
        .collect();
    let share = |plan: Option<usize>| redraws.iter().filter(|&&found| found == plan).count() as f64 / REDRAWS as f64;
    let agreement = share(own);
    if agreement < AGREE {
        let between = (0..plans_of(worlds))
            .filter(|&plan| share(Some(plan)) >= NAMED)
            .collect();
        return Chosen {
            choice: Choice::Undecided,
            plan: None,
            between,
            agreement,
        };
    }
    Chosen {
        choice: if own.is_some() {
            Choice::Gentlest
        } else {
            Choice::NoPlanIsWorthIt
        },
        plan: own,
        between: Vec::new(),
        agreement,
    }
}

/// The advised plan by some of the worlds; none where no plan is worth it.
fn once(worlds: &[Vec<Met>], picked: &[usize], limits: &HarmLimits) -> Option<usize> {
    let over = |plan: usize, value: fn(&Met) -> f64| {
        mean(
            &picked
                .iter()
                .map(|&world| value(&worlds[world][plan]))
                .collect::<Vec<_>>(),
        )
    };
    let allowed: Vec<usize> = (0..plans_of(worlds))
        .filter(|&plan| keeps(worlds, picked, plan, limits))
        .collect();
    let worth = allowed.iter().any(|&plan| over(plan, |met| met.enough) >= WORTH);
    if !worth {
        return None;
    }
    let gain = |plan: usize| over(plan, |met| met.gain);
    let best = allowed.iter().copied().max_by(|&a, &b| gain(a).total_cmp(&gain(b)))?;
    allowed
        .into_iter()
        .find(|&plan| near(worlds, picked, plan, best) >= SURE)
        .filter(|&plan| over(plan, |met| met.gain) > 0.0)
}

fn plans_of(worlds: &[Vec<Met>]) -> usize {
    worlds.first().map_or(0, Vec::len)
}

/// Whether the upper ends of a plan's harms over some of the worlds keep the limits.
pub(crate) fn keeps(worlds: &[Vec<Met>], picked: &[usize], plan: usize, limits: &HarmLimits) -> bool {
    let high = |harm: fn(&Met) -> f64| {
        let values: Vec<f64> = picked.iter().map(|&world| harm(&worlds[world][plan])).collect();
        Interval::over(&values).high
    };
    high(|met| met.dark_marks) <= limits.dark_marks
        && high(|met| met.infections) <= limits.infections
        && high(|met| met.scars) <= limits.scars
}

/// Share of worlds in which a plan gains less than so many points less than another.
pub(crate) fn near(worlds: &[Vec<Met>], picked: &[usize], plan: usize, best: usize) -> f64 {
    let near = picked
        .iter()
        .filter(|&&world| worlds[world][best].gain - worlds[world][plan].gain < NEAR_POINTS);
    near.count() as f64 / picked.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: HarmLimits = HarmLimits {
        dark_marks: 100.0,
        infections: 100.0,
        scars: 100.0,
    };

    /// Worlds in which each plan gains so many points, with as many people in a hundred who gain enough.
    fn worlds(count: usize, gains: impl Fn(usize) -> Vec<f64>) -> Vec<Vec<Met>> {
        let met = |gain: f64| Met {
            gain,
            enough: gain / 100.0,
            dark_marks: 0.0,
            infections: 0.0,
            scars: 0.0,
            pain: 0.0,
            cost: 0.0,
        };
        (0..count)
            .map(|world| gains(world).into_iter().map(met).collect())
            .collect()
    }

    /// The same worlds in which plans from one on leave more dark marks than the limit.
    fn breaking(mut worlds: Vec<Vec<Met>>, first: usize) -> Vec<Vec<Met>> {
        for world in &mut worlds {
            world[first..].iter_mut().for_each(|met| met.dark_marks = 200.0);
        }
        worlds
    }

    #[test]
    fn the_gentlest_plan_that_is_nearly_as_good_is_chosen() {
        // Nothing, then three plans of which the second loses 3 points, the first 12.
        let found = choose(&worlds(100, |_| vec![0.0, 20.0, 29.0, 32.0]), &LIMITS, 1);
        assert_eq!((found.choice, found.plan), (Choice::Gentlest, Some(2)));
        // What breaks a limit is neither chosen nor the best.
        let found = choose(&breaking(worlds(100, |_| vec![0.0, 20.0, 29.0, 32.0]), 2), &LIMITS, 1);
        assert_eq!(
            found.choice,
            Choice::NoPlanIsWorthIt,
            "20 of 100 gain enough under what is left"
        );
        let found = choose(&breaking(worlds(100, |_| vec![0.0, 26.0, 29.0, 92.0]), 3), &LIMITS, 1);
        assert_eq!(found.plan, Some(1));
    }

    #[test]
    fn no_plan_is_worth_it_where_few_gain_enough_or_nothing_is_as_good() {
        let few = choose(&worlds(100, |_| vec![0.0, 12.0, 24.0]), &LIMITS, 1);
        assert_eq!((few.choice, few.plan), (Choice::NoPlanIsWorthIt, None));
        // In one of ten worlds it gains all, in the others nothing: nothing loses less than five points in nine of ten.
        let rare = choose(
            &worlds(100, |world| vec![0.0, if world % 10 == 0 { 400.0 } else { 0.0 }]),
            &LIMITS,
            1,
        );
        assert_eq!(rare.choice, Choice::NoPlanIsWorthIt);
    }

    #[test]
    fn where_few_worlds_decide_it_is_undecided() {
        // Near to the best in 80 of 100 worlds, just as many as it takes.
        let found = choose(
            &worlds(100, |world| vec![0.0, if world % 5 == 0 { 30.0 } else { 38.0 }, 40.0]),
            &LIMITS,
            1,
        );
        assert_eq!(
            (found.choice, found.between.as_slice()),
            (Choice::Undecided, &[1, 2][..])
        );
        assert!(found.agreement < AGREE);
    }
}
