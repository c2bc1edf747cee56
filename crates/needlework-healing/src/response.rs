//! The response of a person's tissue to the sessions of a course: excess synthesis and degradation of collagen.
//!
//! At depth x the sessions drive an excess synthesis u(x, t) = s·A·e(φ̃(x), t), with e of the cascade
//! ([`crate::cascade`]), φ̃ the injured share as it has spread ([`Injury`]), A the amplification of a micro-wound over
//! its share of a large one, and s that of the person ([`Responder`]) times saturation. One session alone would make
//! g = ∫ e dt; saturation turns A·g into G_m·[1 − exp(−A·g/G_m)], so that no session answers by more than G_m however
//! much it injures. Proteases degrade immature collagen meanwhile.
//!
//! A later session finds other tissue and leaves other holes ([`TissueResponse::with_next_session`]). With shares φ₁ …
//! φ_k the drive of k sessions is
//!
//! e_k(φ_k, t) + Σ_{j<k} [e₁(φ_j, t − t_j) − e₁(φ_k, t − t_j)],
//!
//! e_k that of k sessions of one share, e₁ that of one alone: exact for equal shares, and where sessions no longer
//! overlap or answer in proportion.
//!
//! Assumptions: A multiplies synthesis, not cells. Limits: A is assumed and dominates; a later session injures at most
//! half as much again as the first.

use std::sync::Arc;

use needlework_stria::Stage;
use needlework_units::Time;

use crate::acute::{Curves, Drive, Each, SHARES, most_of, run, shares_up_to, weights};
use crate::cascade::Kinetics;
use crate::condition::Modifiers;
use crate::parameters::Parameters;
use crate::person::PersonDraws;
use crate::responder::Responder;
use crate::spread::Injury;

/// Interpolation weights by which each depth cell reads the cascade's curves, for the holes of one session.
#[derive(Debug, Clone, PartialEq, Default)]
struct Weights {
    /// Weight of each share's synthesis, by depth cell.
    synthesis: Vec<Each>,
    /// Weight of each share's degradation, by depth cell.
    degradation: Vec<Each>,
    /// Amplitude of epidermal thickening.
    epidermal: f64,
}

/// The drive of all shares at one moment.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Driven {
    /// Sessions so far, and what drives after so many of one kind.
    sessions: usize,
    course: Drive,
    /// What each session before the last drives alone, where sessions differ.
    alone: Vec<Drive>,
}

// numerical: the cascade runs for shares up to half as much again as the first session injures, so that later holes may
// differ
const ROOM: f64 = 0.5;

/// The cascade through the sessions of a course, for every injured share up to a largest one: of one person, or of all
/// people of a world who have the same sessions. Nothing has run without sessions or where nothing is injured.
///
/// A wider range costs accuracy in small shares: up to a largest of 0.2 it stays within 2e-4 of the greatest answer
/// there, up to 0.5 within six per cent (tests of the file `acute`).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CascadeRun {
    /// When the sessions take place, days since the first, ascending.
    days: Arc<[f64]>,
    curves: Arc<Curves>,
    /// Shares for which the cascade has run, and what one session alone would make of each.
    shares: Each,
    made: Each,
}

impl CascadeRun {
    /// The run for sessions at the given times, counted from the first and ascending, of which the first injures no
    /// place by more than `most_injured`.
    #[must_use]
    pub fn up_to(most_injured: f64, sessions: &[Time], kinetics: &Kinetics) -> Self {
        let days: Arc<[f64]> = sessions.iter().map(|session| session.days()).collect();
        if most_injured <= 0.0 || days.is_empty() {
            return Self {
                days,
                ..Self::default()
            };
        }
        // One session finds no other tissue.
        let room = if days.len() > 1 { 1.0 + ROOM } else { 1.0 };
        let shares = shares_up_to((most_injured * room).min(1.0));
        let (curves, made) = run(&shares, &days, kinetics);
        Self {
            days,
            curves: Arc::new(curves),
            shares,
            made,
        }
    }
}

/// The tissue response of one person to the sessions of a course. Empty without sessions.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TissueResponse {
    cascade: CascadeRun,
    /// Strength of the person's answer, and of their proteases.
    own: f64,
    protease: f64,
    /// Weights of each session registered so far; later sessions use those of the last.
    pierced: Vec<Arc<Weights>>,
    /// Time in which the epidermis thickens, days.
    pub(crate) epidermal_rise_days: f64,
}

/// The answer of one person to the sessions of a run.
#[must_use]
pub fn respond(
    injury: &Injury,
    stage: Stage,
    modifiers: &Modifiers,
    cascade: &CascadeRun,
    parameters: &Parameters,
    person: &PersonDraws,
) -> TissueResponse {
    let responder = Responder::of(stage, modifiers, parameters, person);
    let response = TissueResponse {
        cascade: cascade.clone(),
        own: responder.synthesis,
        protease: responder.protease,
        pierced: Vec::new(),
        epidermal_rise_days: responder.epidermal_rise_days,
    };
    response.with_next_session(injury, parameters)
}

/// G_m·[1 − exp(−x/G_m)]/x, one where nothing is gained.
fn saturation(gain: f64, parameters: &Parameters) -> f64 {
    let full = gain / parameters.most_gain;
    if full > 0.0 { -(-full).exp_m1() / full } else { 1.0 }
}

impl TissueResponse {
    /// The response with the injury of one more session registered; later sessions repeat it until the next call.
    ///
    /// The curves of the cascade and what the earlier sessions took are shared with `self`, not copied.
    #[must_use]
    pub fn with_next_session(&self, injury: &Injury, parameters: &Parameters) -> Self {
        let reference = (injury.top / parameters.epidermal_reference).min(parameters.epidermal_cap);
        let mut taken = Weights {
            synthesis: vec![[0.0; SHARES]; injury.shares.len()],
            degradation: vec![[0.0; SHARES]; injury.shares.len()],
            epidermal: parameters.epidermal_gain * reference.sqrt(),
        };
        let most = most_of(&self.cascade.shares);
        if most > 0.0 {
            for (cell, &share) in injury.shares.iter().enumerate() {
                let weights = weights(share.min(most), &self.cascade.shares);
                // Saturation is a property of one whole session: it is set by the integral of this session alone, and
                // then scales the curve at all times.
                let alone: f64 = weights
                    .iter()
                    .zip(&self.cascade.made)
                    .map(|(weight, made)| weight * made)
                    .sum();
                let full = saturation(parameters.amplification * alone, parameters);
                taken.synthesis[cell] = weights.map(|weight| weight * self.own * parameters.amplification * full);
                taken.degradation[cell] = weights.map(|weight| weight * self.protease);
            }
        }
        let mut next = self.clone();
        next.pierced.push(Arc::new(taken));
        next
    }

    /// The weights of a session, counted from 0.
    fn taken(&self, session: usize) -> Option<&Weights> {
        self.pierced.get(session).or(self.pierced.last()).map(Arc::as_ref)
    }

    /// Strength of the epidermal answer to a session, counted from 0.
    pub(crate) fn epidermal(&self, session: usize) -> f64 {
        self.taken(session).map_or(0.0, |taken| taken.epidermal)
    }

    /// When the sessions take place, days since the first, ascending.
    pub(crate) fn days(&self) -> &[f64] {
        &self.cascade.days
    }

    /// How many sessions have taken place by `day`.
    pub(crate) fn sessions_by(&self, day: f64) -> usize {
        self.days().partition_point(|&session| session <= day)
    }

    /// Rates of all integrated shares at `day`, in response to the first `sessions` sessions.
    pub(crate) fn drive(&self, sessions: usize, day: f64) -> Driven {
        let differ = self.pierced.len() > 1;
        let before = if differ { sessions.saturating_sub(1) } else { 0 };
        Driven {
            sessions,
            course: self.cascade.curves.at(sessions, day),
            alone: self.days()[..before]
                .iter()
                .map(|at| self.cascade.curves.alone(day - at))
                .collect(),
        }
    }

    /// Excess synthesis per missing collagen and degradation per immature collagen of a cell, per day.
    #[inline]
    pub(crate) fn of_cell(&self, cell: usize, driven: &Driven) -> [f64; 2] {
        let Some(last) = driven.sessions.checked_sub(1).and_then(|last| self.taken(last)) else {
            return [0.0; 2];
        };
        let sum = |weights: &[Each], values: &Each| -> f64 {
            weights
                .get(cell)
                .map_or(0.0, |weights| weights.iter().zip(values).map(|(w, v)| w * v).sum())
        };
        let mut rates = [
            sum(&last.synthesis, &driven.course.synthesis),
            sum(&last.degradation, &driven.course.degradation),
        ];
        // Superposition of what differs: the newest weights act on the whole course, and each earlier session replaces
        // its own contribution under these by that under its own weights. Exact where the cascade is linear in the
        // share, and where responses no longer overlap.
        for (drive, then) in driven.alone.iter().zip(&self.pierced) {
            rates[0] += sum(&then.synthesis, &drive.synthesis) - sum(&last.synthesis, &drive.synthesis);
            rates[1] += sum(&then.degradation, &drive.degradation) - sum(&last.degradation, &drive.degradation);
        }
        rates.map(|rate| rate.max(0.0))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::cascade::tests::kinetics;

    impl TissueResponse {
        pub(crate) fn leave_proteases_out(&mut self) {
            for taken in &mut self.pierced {
                Arc::make_mut(taken).degradation.fill([0.0; SHARES]);
            }
        }
    }

    pub(crate) fn parameters() -> Parameters {
        Parameters {
            amplification: 5.0,
            most_gain: 0.6,
            maturation: Time::from_days(180.0),
            response_rubra: 1.0,
            response_alba: 0.6,
            response_person_sd: 0.5,
            relapse: Time::from_days(270.0),
            turnover: Time::from_years(15.0),
            two_state_time: Time::from_days(180.0),
            separatrix: 0.45,
            elastin: 0.0,
            epidermal_gain: 0.1,
            epidermal_decay: Time::from_days(240.0),
            epidermal_rise: Time::from_days(14.0),
            epidermal_reference: 0.03,
            epidermal_cap: 4.0,
            epidermal_most: 0.6,
        }
    }

    pub(crate) fn weekly(count: u32, weeks: f64) -> Vec<Time> {
        (0..count).map(|k| Time::from_weeks(weeks * f64::from(k))).collect()
    }

    /// The answer of a red mark at the given injured shares.
    pub(crate) fn response_at(injured: &[f64], sessions: &[Time], parameters: &Parameters) -> TissueResponse {
        let injury = Injury {
            shares: injured.to_vec(),
            top: injured[0],
        };
        respond(
            &injury,
            Stage::Rubra,
            &Modifiers::NONE,
            &CascadeRun::up_to(injury.most(), sessions, &kinetics()),
            parameters,
            &PersonDraws::default(),
        )
    }

    /// ∫ u dt of a single session at each share.
    pub(crate) fn made(injured: &[f64], parameters: &Parameters) -> Vec<f64> {
        let response = response_at(injured, &[Time::ZERO], parameters);
        (0..injured.len())
            .map(|cell| {
                (0..8000)
                    .map(|i| response.of_cell(cell, &response.drive(1, (f64::from(i) + 0.5) * 0.05))[0] * 0.05)
                    .sum()
            })
            .collect()
    }

    #[test]
    fn a_small_wound_answers_in_proportion_and_a_large_one_saturates() {
        let p = parameters();
        let own = (-0.5_f64 * 0.5 * 0.5).exp();
        let gains = made(&[1e-5, 2e-5, 0.3, 0.4, 0.0], &p);
        assert!((gains[1] / gains[0] - 2.0).abs() < 1e-3, "{gains:?}");
        assert!(
            gains[2] > 0.9 * 0.6 * own && gains[3] <= 0.6 * own * 1.001 && gains[3] > gains[2],
            "{gains:?}"
        );
        assert_eq!(gains[4], 0.0);
    }

    #[test]
    fn a_session_acts_from_its_own_moment_on_whatever_follows_it() {
        let p = parameters();
        let few = response_at(&[0.05, 0.02], &weekly(2, 4.0), &p);
        let many = response_at(&[0.05, 0.02], &weekly(6, 4.0), &p);
        for day in [0.0, 3.0, 20.0, 27.999, 40.0, 55.9] {
            let begun = few.sessions_by(day);
            let [few, many] = [&few, &many].map(|response| response.of_cell(0, &response.drive(begun, day)));
            // A later session moves the nodes before it by a part of a step, no more.
            assert!((few[0] - many[0]).abs() < 1e-7, "{day}: {few:?} {many:?}");
        }
        assert_eq!(few.drive(0, 1.0), Driven::default());
    }

    #[test]
    fn a_later_session_with_other_holes_adds_its_own_and_takes_nothing_from_the_one_before() {
        let p = parameters();
        let injured = |share: f64| Injury {
            shares: vec![share],
            top: share,
        };
        let once = response_at(&[0.05], &[Time::ZERO], &p);
        let twice = response_at(&[0.05], &weekly(2, 4.0), &p);
        let rate = |response: &TissueResponse, day: f64| {
            response.of_cell(0, &response.drive(response.sessions_by(day), day))[0]
        };
        let [none, same, less] = [0.0, 0.05, 0.02].map(|share| twice.with_next_session(&injured(share), &p));
        for day in [28.5, 35.0, 60.0, 90.0] {
            // The first session alone runs with nodes for shares half as large again; four of them interpolate within
            // three per mille.
            assert!((rate(&none, day) / rate(&once, day) - 1.0).abs() < 3e-3, "{day}");
            assert!((rate(&same, day) / rate(&twice, day) - 1.0).abs() < 1e-12, "{day}");
            assert!(
                rate(&less, day) > rate(&none, day) && rate(&less, day) < rate(&twice, day),
                "{day}"
            );
        }
    }

    #[test]
    fn far_apart_sessions_superpose_and_near_ones_answer_by_more_but_never_explode() {
        let plain = Parameters {
            most_gain: 1e9,
            ..parameters()
        };
        let total = |count: u32, weeks: f64, share: f64| {
            let response = response_at(&[share], &weekly(count, weeks), &plain);
            (0..40_000)
                .map(|i| {
                    let day = (f64::from(i) + 0.5) * 0.05;
                    response.of_cell(0, &response.drive(response.sessions_by(day), day))[0] * 0.05
                })
                .sum::<f64>()
        };
        let alone = total(1, 4.0, 0.05);
        assert!(
            (total(4, 40.0, 0.05) / (4.0 * alone) - 1.0).abs() < 1e-3,
            "months apart"
        );
        let monthly = total(4, 4.0, 0.05) / (4.0 * alone);
        assert!((1.02..1.15).contains(&monthly), "{monthly}");
        // Hurried and dense sessions push myofibroblasts to their limit; the answer stays within what a few open wounds
        // would make.
        let hurried = total(10, 0.5, 0.4) / total(1, 4.0, 0.4);
        assert!((1.0..10.0).contains(&hurried), "{hurried}");
    }
}
