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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use needlework_case::Case;

    use super::*;

    fn plan(sessions: u32, length_mm: f64) -> Candidate {
        Candidate {
            case: Case::default(),
            length_mm: Some(length_mm),
            passes: Some(10),
            sessions,
            interval_weeks: Some(4.0),
            own: false,
            own_but_sessions: false,
        }
    }

    fn met(gain: f64, dark_marks: f64) -> Met {
        Met {
            gain,
            enough: 0.0,
            dark_marks,
            infections: 0.0,
            scars: 0.0,
            pain: 0.0,
            cost: 0.0,
        }
    }

    #[test]
    fn what_a_gentler_plan_beats_everywhere_is_dropped_and_what_it_beats_seldom_is_kept() {
        let plans = [plan(0, 0.0), plan(2, 1.0), plan(3, 1.5), plan(3, 2.0)];
        let worlds: Vec<Vec<Met>> = (0..50)
            // The third gains less than the second in every world, the fourth more in one of ten.
            .map(|world| {
                let fourth = if world % 10 == 0 { 15.0 } else { 9.0 };
                vec![met(0.0, 0.0), met(10.0, 50.0), met(9.0, 60.0), met(fourth, 70.0)]
            })
            .collect();
        assert_eq!(kept(&plans, &worlds), [0, 1, 3]);
        let mut own = plans.to_vec();
        own[2].own_but_sessions = true;
        assert_eq!(
            kept(&own, &worlds),
            [0, 1, 2, 3],
            "the plan of the case is always looked at"
        );
    }

    #[test]
    fn a_long_front_is_thinned_and_keeps_its_ends() {
        let plans: Vec<Candidate> = (0..=100).map(|n| plan(n, f64::from(n))).collect();
        let worlds = vec![(0..=100).map(|n| met(f64::from(n), f64::from(n))).collect::<Vec<Met>>(); 10];
        let found = kept(&plans, &worlds);
        assert_eq!(found.len(), MOST_KEPT + 1);
        assert!(found.first() == Some(&0) && found.last() == Some(&100));
        assert!(found.windows(2).all(|pair| pair[1] - pair[0] <= 5));
    }
}
