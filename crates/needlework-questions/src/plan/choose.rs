//! The choice among plans: the gentlest that is nearly as good as the best, or none.
//!
//! Of the plans whose harms keep the limits, the best is the one with the greatest mean gain. The advice is the
//! gentlest plan whose paired loss to it is below [`NEAR_POINTS`] in four of five worlds at least. Where under the best
//! of them too few people gain enough, no plan is worth it. The same is asked of worlds that are drawn anew from these,
//! with repetition (bootstrap): where fewer than [`AGREE`] of the redraws come to the same, it is undecided.

use needlework_numerics::{mean, uniforms};

use super::meet::Met;
use super::report::Choice;

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

/// Chooses among plans, which stand from the gentlest; `keeps` says which keep the limits.
pub(crate) fn choose(worlds: &[Vec<Met>], keeps: &[bool], seed: u64) -> Chosen {
    // numerical: redraws; a share of them is known to some hundredths
    const REDRAWS: usize = 200;
    // numerical: a plan that fewer of the redraws come to is not named
    const NAMED: f64 = 0.1;
    let count = worlds.len();
    let all: Vec<usize> = (0..count).collect();
    let own = once(worlds, &all, keeps);
    let redraws: Vec<Option<usize>> = (0..REDRAWS)
        .map(|redraw| {
            let picked: Vec<usize> = uniforms(seed, &format!("plan.redraw.{redraw}"), count)
                .into_iter()
                .map(|u| ((u * count as f64) as usize).min(count.saturating_sub(1)))
                .collect();
            once(worlds, &picked, keeps)
        })
        .collect();
    let share = |plan: Option<usize>| redraws.iter().filter(|&&found| found == plan).count() as f64 / REDRAWS as f64;
    let agreement = share(own);
    if agreement < AGREE {
        let between = (0..keeps.len()).filter(|&plan| share(Some(plan)) >= NAMED).collect();
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
fn once(worlds: &[Vec<Met>], picked: &[usize], keeps: &[bool]) -> Option<usize> {
    let over = |plan: usize, value: fn(&Met) -> f64| {
        mean(
            &picked
                .iter()
                .map(|&world| value(&worlds[world][plan]))
                .collect::<Vec<_>>(),
        )
    };
    let allowed: Vec<usize> = (0..keeps.len()).filter(|&plan| keeps[plan]).collect();
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

/// Share of worlds in which a plan gains less than so many points less than another.
pub(crate) fn near(worlds: &[Vec<Met>], picked: &[usize], plan: usize, best: usize) -> f64 {
    let near = picked
        .iter()
        .filter(|&&world| worlds[world][best].gain - worlds[world][plan].gain < NEAR_POINTS);
    near.count() as f64 / picked.len().max(1) as f64
}
