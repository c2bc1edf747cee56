//! Which of all plans are worth a closer look, after all have met in few worlds.
//!
//! Of plans that pull apart (gain against dark marks, visits and length), those that none beats by their means are the
//! front. A plan is kept where in enough of the worlds it gains more than every plan of the front that is gentler in
//! all the rest: common draws make this a paired comparison. Where too many are left they are thinned evenly along
//! their gain. Doing nothing, the plan of the case and the same with other numbers of sessions are always kept.

use needlework_inference::front::layers;
use needlework_numerics::{mean, place_of};

use super::candidate::Candidate;
use super::meet::Met;

/// Least share of worlds in which a plan that is kept beats the front.
// numerical: one in fifty
const LEAST_SHARE: f64 = 0.02;
/// Most plans that are kept beside those that always are.
const MOST_KEPT: usize = 24;

/// The places of the plans that are kept, ascending.
pub(crate) fn kept(plans: &[Candidate], worlds: &[Vec<Met>]) -> Vec<usize> {
    let over =
        |plan: usize, value: fn(&Met) -> f64| mean(&worlds.iter().map(|world| value(&world[plan])).collect::<Vec<_>>());
    let gains: Vec<f64> = (0..plans.len()).map(|plan| over(plan, |met| met.gain)).collect();
    let burdens: Vec<[f64; 3]> = plans
        .iter()
        .enumerate()
        .map(|(at, plan)| {
            [
                over(at, |met| met.dark_marks),
                f64::from(plan.sessions),
                plan.length_mm.unwrap_or(0.0),
            ]
        })
        .collect();
    let losses: Vec<[f64; 4]> = gains
        .iter()
        .zip(&burdens)
        .map(|(gain, [dark, visits, length])| [-gain, *dark, *visits, *length])
        .collect();
    let front: Vec<usize> = layers(&losses)
        .into_iter()
        .enumerate()
        .filter(|(_, layer)| *layer == 0)
        .map(|(plan, _)| plan)
        .collect();
    let beats = |plan: usize| {
        let gentler: Vec<usize> = front
            .iter()
            .copied()
            .filter(|&other| other != plan && burdens[other].iter().zip(&burdens[plan]).all(|(a, b)| a <= b))
            .collect();
        let wins = worlds
            .iter()
            .filter(|world| gentler.iter().all(|&other| world[plan].gain > world[other].gain));
        wins.count() as f64 / worlds.len().max(1) as f64
    };
    let always = |plan: usize| plans[plan].sessions == 0 || plans[plan].own_but_sessions;
    let mut left: Vec<usize> = (0..plans.len())
        .filter(|&plan| !always(plan) && beats(plan) >= LEAST_SHARE)
        .collect();
    left.sort_by(|&a, &b| gains[a].total_cmp(&gains[b]).then(a.cmp(&b)));
    let few = left.len().min(MOST_KEPT);
    let mut found: Vec<usize> = (0..few)
        .filter_map(|place| {
            let share = if few > 1 { place as f64 / (few - 1) as f64 } else { 1.0 };
            left.get(place_of(share, left.len())?).copied()
        })
        .chain((0..plans.len()).filter(|&plan| always(plan)))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}
