//! Collagen over time, under three laws of what becomes of a gain.
//!
//! With the excess synthesis u and the degradation q that the cascade drives ([`crate::respond()`]), C = C₁ + C₃ and d
//! = C − C_s:
//!
//! Ċ₃ = u·(C_m − C)₊ − C₃/τ_m − q·C₃ − r·R(C), Ċ₁ = C₃/τ_m − (1 − r)·R(C),
//!
//! where a loss is divided between immature and mature collagen in proportion to what each holds of the gain,
//! r = C₃/(C₃ + (C₁ − C_s)₊), and collagen that a law adds is mature,
//!
//! relapse R = d/τ_R; persistence R = d·ln 2/T½; two states R = d·(C − C_u)(C − C_m)/[τ_b(C_u − C_s)(C_m − C_s)] with
//! the separatrix C_u = C_s + θ(C_m − C_s). C_s is a fixed point of all three, exactly also in floating-point numbers.
//!
//! Elastin follows what sessions make of the gap, m = u·(C_m − C)₊/(C_m − C_s) averaged over depth: L̇ = κ·m·(1 − L)
//! where κ > 0, κ·m·L where κ < 0. Published needling says both: more (Aust 2008, in words), and less in all with more
//! of its precursor (El-Domyati 2015).
//!
//! Numerics: fourth-order Runge–Kutta with steps that begin at a day after each session and grow with the time since;
//! nothing here is stiff (τ ≥ days). A session begins a new step, since the drive jumps there. Verified against steps a
//! quarter as long. Proteases leave mature, cross-linked collagen alone; in the fit they would take one and a half per
//! cent of it per injured share.

use needlework_numerics::rk4_step;
use needlework_stria::Tissue;
use needlework_units::Time;

use crate::epidermis;
use crate::hypothesis::RemodellingHypothesis;
use crate::parameters::Parameters;
use crate::response::TissueResponse;

// numerical: steps begin at a day and grow by a tenth of the time since the last session, up to ten days
const FIRST_STEP: f64 = 1.0;
// numerical: see FIRST_STEP
const GROWTH: f64 = 0.1;
// numerical: see FIRST_STEP
const LONGEST_STEP: f64 = 10.0;

/// The tissue at `to`, from the tissue at `from`, both counted from the first session. Sessions later than a moment do
/// not act on it. Without sessions the tissue comes back as it was, only older.
#[must_use]
pub fn heal(
    tissue: &Tissue,
    response: &TissueResponse,
    hypothesis: RemodellingHypothesis,
    from: Time,
    to: Time,
    parameters: &Parameters,
) -> Tissue {
    let mut healed = [(hypothesis, tissue.clone())];
    heal_together(&mut healed, response, [from, to], parameters, 1.0);
    let [(_, tissue)] = healed;
    tissue
}

/// As [`heal`], for one mark under several hypotheses that the same sessions act on: what drives them is worked out
/// once. The marks have the same cells; steps are so many times as long as usual.
pub fn heal_together(
    marks: &mut [(RemodellingHypothesis, Tissue)],
    response: &TissueResponse,
    [from, to]: [Time; 2],
    parameters: &Parameters,
    step_scale: f64,
) {
    let [from, to] = [from.days(), to.days()];
    for (_, tissue) in marks.iter_mut() {
        tissue.age = Time::from_days(tissue.age.days() + (to - from).max(0.0));
    }
    // Every rate is exactly zero there (a test), so steps would only take time.
    if response.days().is_empty() && marks.iter().all(|(_, tissue)| at_rest(tissue)) {
        return;
    }
    let mut healing: Vec<Healing<'_>> = marks
        .iter_mut()
        .map(|(hypothesis, tissue)| Healing {
            remodelling: Remodelling::new(*hypothesis, tissue.resting, tissue.ceiling, parameters),
            filled: 0.0,
            tissue,
        })
        .collect();
    let cells = healing.first().map_or(0, |one| one.tissue.mature.len());
    // numerical: a step that ends within a microday of its goal has arrived, and no step is shorter, so that there is
    // an end whatever the scale
    const ARRIVED: f64 = 1e-6;
    let mut day = from;
    // Ends: no step is shorter than what counts as arrived.
    while to - day > ARRIVED {
        let begun = response.sessions_by(day + ARRIVED);
        let since = begun.checked_sub(1).map_or(day, |last| day - response.days()[last]);
        // A step never crosses a session: synthesis jumps there, and a Runge–Kutta step across a jump would lose its
        // order.
        let next_session = response.days().get(begun).map_or(to, |at| at.min(to));
        let wanted = (FIRST_STEP + GROWTH * since).min(LONGEST_STEP) * step_scale;
        let wanted = wanted.max(ARRIVED);
        let steps_left = ((next_session - day) / wanted).ceil().max(1.0);
        let step = (next_session - day) / steps_left;
        // All depths take the same step, so the curves of the cascade are read once per Runge–Kutta stage and not once
        // per depth. Depths do not exchange collagen.
        let stages = [day, day + step * 0.5, day + step];
        let drives = stages.map(|at| response.drive(begun, at));
        for cell in 0..cells {
            let driven = drives.each_ref().map(|drive| response.of_cell(cell, drive));
            for one in &mut healing {
                one.step_cell(cell, step, driven, cells);
            }
        }
        let drives = stages.map(|at| epidermis::drive_per_day(response, begun, at));
        for Healing { tissue, .. } in &mut healing {
            [tissue.epidermal_gain] = rk4_step([tissue.epidermal_gain], step, |stage, [gain]| {
                [epidermis::rate_per_day(*gain, drives[stage], parameters)]
            });
        }
        day = if steps_left <= 1.0 { next_session } else { day + step };
    }
    for Healing { tissue, filled, .. } in healing {
        tissue.elastin = elastin_after(tissue.elastin, parameters.elastin * filled);
    }
}

/// A mark on its way under one hypothesis.
struct Healing<'a> {
    tissue: &'a mut Tissue,
    remodelling: Remodelling,
    /// Share of the gap that sessions have filled in this span, averaged over depth: what elastin follows.
    filled: f64,
}

impl Healing<'_> {
    /// One step of one of so many cells, at the [excess synthesis, degradation] of each stage.
    #[inline]
    fn step_cell(&mut self, cell: usize, step: f64, driven: [[f64; 2]; 3], cells: usize) {
        let Self {
            tissue,
            remodelling,
            filled,
        } = self;
        let state = [tissue.immature[cell], tissue.mature[cell]];
        let [immature, mature] = rk4_step(state, step, |stage, collagen| {
            remodelling.rates_per_day(*collagen, driven[stage])
        });
        // The filled share of the gap is a diagnostic integral for elastin; the trapezoidal rule with the solver's own
        // end states is as good as elastin needs.
        let ends = [(state, driven[0]), ([immature, mature], driven[2])];
        let made: f64 = ends
            .iter()
            .map(|([immature, mature], [synthesis, _])| remodelling.filling_per_day(immature + mature, *synthesis))
            .sum();
        *filled += 0.5 * step * made / cells as f64;
        tissue.immature[cell] = immature;
        tissue.mature[cell] = mature;
    }
}

/// Whether a mark is as it was before any session.
fn at_rest(tissue: &Tissue) -> bool {
    tissue.epidermal_gain == 0.0
        && tissue.immature.iter().all(|&immature| immature == 0.0)
        && tissue.mature.iter().all(|&mature| mature == tissue.resting)
}

/// Elastin after an answer κ·∫ m dt, exactly: it never leaves the range between none and that of normal skin.
fn elastin_after(elastin: f64, response: f64) -> f64 {
    if response > 0.0 {
        elastin + (1.0 - elastin) * -(-response).exp_m1()
    } else {
        elastin * response.exp()
    }
}

/// What collagen does at one place under a law: the rates that all fidelities share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Remodelling {
    hypothesis: RemodellingHypothesis,
    resting: f64,
    ceiling: f64,
    ripening_per_day: f64,
    loss_per_day: f64,
    separatrix: f64,
    scale: f64,
}

impl Remodelling {
    /// Collagen of a mark with a resting fraction C_s and a ceiling C_m, C_s < C_m.
    #[must_use]
    pub fn new(hypothesis: RemodellingHypothesis, resting: f64, ceiling: f64, parameters: &Parameters) -> Self {
        let separatrix = resting + parameters.separatrix * (ceiling - resting);
        Self {
            hypothesis,
            resting,
            ceiling,
            ripening_per_day: 1.0 / parameters.maturation.days(),
            loss_per_day: match hypothesis {
                RemodellingHypothesis::Relapse => 1.0 / parameters.relapse.days(),
                RemodellingHypothesis::Persistence => std::f64::consts::LN_2 / parameters.turnover.days(),
                RemodellingHypothesis::TwoStates => 1.0 / parameters.two_state_time.days(),
            },
            separatrix,
            scale: 1.0 / ((separatrix - resting) * (ceiling - resting)),
        }
    }

    /// The loss R(C), per day.
    #[inline]
    #[must_use]
    pub fn loss_per_day(&self, collagen: f64) -> f64 {
        let gained = (collagen - self.resting) * self.loss_per_day;
        match self.hypothesis {
            RemodellingHypothesis::Relapse | RemodellingHypothesis::Persistence => gained,
            RemodellingHypothesis::TwoStates => {
                gained * (collagen - self.separatrix) * (collagen - self.ceiling) * self.scale
            }
        }
    }

    /// Rates of [immature, mature] collagen at [excess synthesis, degradation], per day.
    #[inline]
    #[must_use]
    pub fn rates_per_day(&self, [immature, mature]: [f64; 2], [synthesis, degradation]: [f64; 2]) -> [f64; 2] {
        let collagen = immature + mature;
        let made = synthesis * (self.ceiling - collagen).max(0.0);
        let ripened = immature * self.ripening_per_day;
        let lost = self.loss_per_day(collagen);
        let gained = immature + (mature - self.resting).max(0.0);
        // A loss takes from both pools in proportion; a gain of the two-state law (lost < 0) goes into mature collagen
        // only. So mature collagen at rest is never degraded below C_s.
        let of_immature = if lost > 0.0 && gained > 0.0 {
            immature / gained
        } else {
            0.0
        };
        [
            made - ripened - degradation * immature - of_immature * lost,
            ripened - (1.0 - of_immature) * lost,
        ]
    }

    /// Share of the gap to the ceiling that excess synthesis fills, per day.
    #[inline]
    #[must_use]
    pub fn filling_per_day(&self, collagen: f64, synthesis: f64) -> f64 {
        synthesis * (self.ceiling - collagen).max(0.0) / (self.ceiling - self.resting).max(f64::MIN_POSITIVE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::response::tests::{parameters, response_at, weekly};
    use needlework_units::Length;

    fn advance(
        tissue: &Tissue,
        response: &TissueResponse,
        hypothesis: RemodellingHypothesis,
        days: [f64; 2],
        parameters: &Parameters,
        step_scale: f64,
    ) -> Tissue {
        let mut healed = [(hypothesis, tissue.clone())];
        heal_together(&mut healed, response, days.map(Time::from_days), parameters, step_scale);
        let [(_, tissue)] = healed;
        tissue
    }

    fn mark() -> Tissue {
        needlework_stria::example::tissue(4)
    }

    fn sessions(count: u32, weeks: f64, share: f64) -> TissueResponse {
        response_at(&[share, share, share * 0.5, 0.0], &weekly(count, weeks), &parameters())
    }

    fn after(hypothesis: RemodellingHypothesis, months: f64, response: &TissueResponse) -> Tissue {
        heal(
            &mark(),
            response,
            hypothesis,
            Time::ZERO,
            Time::from_months(months),
            &parameters(),
        )
    }

    /// A session that injures nothing is integrated; without sessions nothing is.
    #[test]
    fn a_mark_at_rest_stays_under_any_law_to_the_last_bit() {
        for hypothesis in RemodellingHypothesis::ALL {
            let injures_nothing = response_at(&[0.0; 4], &[Time::ZERO], &parameters());
            let later = after(hypothesis, 240.0, &injures_nothing);
            assert_eq!(
                later,
                after(hypothesis, 240.0, &TissueResponse::default()),
                "{hypothesis:?}"
            );
            assert_eq!(later.mature, mark().mature, "{hypothesis:?}");
            assert_eq!(later.immature, mark().immature);
            assert_eq!(later.epidermal_gain, 0.0);
        }
    }

    #[test]
    fn steps_a_quarter_as_long_change_nothing_that_matters() {
        let response = sessions(6, 4.0, 0.1);
        for hypothesis in RemodellingHypothesis::ALL {
            let coarse = advance(&mark(), &response, hypothesis, [0.0, 730.0], &parameters(), 1.0);
            let fine = advance(&mark(), &response, hypothesis, [0.0, 730.0], &parameters(), 0.25);
            for cell in 0..4 {
                let error =
                    (coarse.mature[cell] + coarse.immature[cell] - fine.mature[cell] - fine.immature[cell]).abs();
                assert!(error < 5e-6, "{hypothesis:?} cell {cell}: {error:e}");
            }
            assert!((coarse.epidermal_gain - fine.epidermal_gain).abs() < 1e-6);
        }
    }

    #[test]
    fn the_observed_order_in_time_is_better_than_two() {
        let response = sessions(1, 4.0, 0.1);
        let at = |scale| {
            advance(
                &mark(),
                &response,
                RemodellingHypothesis::Relapse,
                [0.0, 90.0],
                &parameters(),
                scale,
            )
            .immature[0]
        };
        let exact = at(1.0 / 64.0);
        let order = ((at(1.0) - exact).abs() / (at(0.25) - exact).abs()).log2() / 2.0;
        assert!(order > 2.5, "{order}");
    }

    /// Without loss, what a small impulse makes is its gain times the gap: ∫ u dt = G, so C − C_s → (C_m − C_s)(1 −
    /// e^{−G}).
    #[test]
    fn without_loss_a_session_fills_one_minus_e_to_the_minus_gain_of_the_gap() {
        let p = Parameters {
            turnover: Time::from_years(1e9),
            ..parameters()
        };
        let response = response_at(&[0.03], &[Time::ZERO], &p);
        let gain: f64 = (0..8000)
            .map(|i| response.of_cell(0, &response.drive(1, (f64::from(i) + 0.5) * 0.05))[0] * 0.05)
            .sum();
        let mut tissue = mark();
        (tissue.immature, tissue.mature) = (vec![0.0], vec![0.65]);
        let later = heal(
            &tissue,
            &response,
            RemodellingHypothesis::Persistence,
            Time::ZERO,
            Time::from_years(4.0),
            &p,
        );
        let gained = later.mature[0] + later.immature[0] - 0.65;
        let expected = 0.28 * (1.0 - (-gain).exp());
        // What is missing is what proteases degraded meanwhile, less than a thousandth.
        assert!(gained < expected && gained > 0.999 * expected, "{gained} {expected}");
    }

    #[test]
    fn a_course_in_pieces_is_the_course_in_one() {
        let response = sessions(3, 4.0, 0.1);
        let whole = after(RemodellingHypothesis::Relapse, 12.0, &response);
        let mut piecewise = mark();
        let mut from = Time::ZERO;
        for month in 1..=12 {
            let to = Time::from_months(f64::from(month));
            piecewise = heal(
                &piecewise,
                &response,
                RemodellingHypothesis::Relapse,
                from,
                to,
                &parameters(),
            );
            from = to;
        }
        for cell in 0..4 {
            assert!((piecewise.mature[cell] - whole.mature[cell]).abs() < 1e-6);
        }
        assert!((piecewise.age.days() - whole.age.days()).abs() < 1e-9);
    }

    #[test]
    fn the_three_laws_part_by_two_years() {
        let response = sessions(6, 4.0, 0.2);
        let fills = RemodellingHypothesis::ALL
            .map(|hypothesis| after(hypothesis, 24.0, &response).fill(Length::from_mm(0.4), 1.0));
        assert!(fills[1] > fills[0] + 0.05, "{fills:?}");
        assert!((fills[2] - fills[0]).abs() > 0.02, "{fills:?}");
    }

    #[test]
    fn two_states_complete_a_large_gain_and_lose_a_small_one() {
        let large = after(RemodellingHypothesis::TwoStates, 120.0, &sessions(12, 4.0, 0.2)).mature[0];
        let small = after(RemodellingHypothesis::TwoStates, 120.0, &sessions(1, 4.0, 0.01)).mature[0];
        assert!((large - 0.93).abs() < 0.01, "{large}");
        assert!((small - 0.65).abs() < 0.01, "{small}");
    }

    /// Why more sessions can leave a little less, under two states: a full mark makes nothing more, and proteases still
    /// degrade. Without them there is no loss, and shorter steps show the same one.
    #[test]
    fn a_session_on_a_full_mark_costs_a_little_immature_collagen_by_its_proteases_alone() {
        let p = Parameters {
            amplification: 25.0,
            two_state_time: Time::from_days(60.0),
            separatrix: 0.2,
            ..parameters()
        };
        let of = |count: u32, proteases: bool, scale: f64| {
            let mut response = response_at(&[0.1; 4], &weekly(count, 4.0), &p);
            if !proteases {
                response.leave_proteases_out();
            }
            let mark = Tissue {
                resting: 0.75,
                mature: vec![0.75; 4],
                ..mark()
            };
            let healed = advance(
                &mark,
                &response,
                RemodellingHypothesis::TwoStates,
                [0.0, 180.0],
                &p,
                scale,
            );
            healed.mature[0] + healed.immature[0]
        };
        let lost = |proteases, scale| of(4, proteases, scale) - of(6, proteases, scale);
        assert!(of(4, true, 1.0) > 0.92, "the mark is full: {}", of(4, true, 1.0));
        let as_used = lost(true, 1.0);
        assert!((1e-5..1e-3).contains(&as_used), "{as_used:e}");
        assert!(
            (lost(true, 0.125) / as_used - 1.0).abs() < 0.02,
            "{:e}",
            lost(true, 0.125)
        );
        assert!(lost(false, 1.0) < 1e-9, "{:e}", lost(false, 1.0));
    }

    #[test]
    fn elastin_goes_up_or_down_by_the_sign_of_its_answer_and_stays_within_its_bounds() {
        let with = |elastin: f64, response: &TissueResponse| {
            let p = Parameters {
                elastin,
                ..parameters()
            };
            heal(
                &mark(),
                response,
                RemodellingHypothesis::Persistence,
                Time::ZERO,
                Time::from_months(6.0),
                &p,
            )
            .elastin
        };
        let needled = sessions(4, 4.0, 0.1);
        assert_eq!(with(0.0, &needled), mark().elastin, "to the last bit");
        assert_eq!(
            with(1.0, &TissueResponse::default()),
            mark().elastin,
            "nothing is answered"
        );
        assert!(with(0.4, &needled) > mark().elastin && with(-0.4, &needled) < mark().elastin);
        assert!(with(0.8, &needled) > with(0.4, &needled));
        assert!((0.0..=1.0).contains(&with(50.0, &needled)) && (0.0..=1.0).contains(&with(-50.0, &needled)));
    }

    #[test]
    fn elastin_follows_the_same_answer_in_steps_a_quarter_as_long() {
        let p = Parameters {
            elastin: 1.0,
            ..parameters()
        };
        let response = sessions(4, 4.0, 0.1);
        let of = |scale| {
            advance(
                &mark(),
                &response,
                RemodellingHypothesis::Persistence,
                [0.0, 180.0],
                &p,
                scale,
            )
            .elastin
        };
        assert!((of(1.0) - of(0.25)).abs() < 2e-3, "{} {}", of(1.0), of(0.25));
    }

    #[test]
    fn a_loss_never_takes_mature_collagen_of_the_mark_at_rest() {
        let p = Parameters {
            relapse: Time::from_days(40.0),
            ..parameters()
        };
        for hypothesis in RemodellingHypothesis::ALL {
            for month in [0.5, 1.0, 2.0, 4.0, 9.0] {
                let response = sessions(3, 4.0, 0.1);
                let tissue = heal(&mark(), &response, hypothesis, Time::ZERO, Time::from_months(month), &p);
                assert!(
                    tissue.mature.iter().all(|mature| *mature >= 0.65 - 1e-9),
                    "{hypothesis:?} {month}"
                );
            }
        }
    }

    /// What a session made ripens for months after the last one: without a loss, mature collagen goes on rising.
    #[test]
    fn mature_collagen_rises_for_months_after_the_last_session() {
        let response = sessions(3, 4.0, 0.1);
        let at = |month| after(RemodellingHypothesis::Persistence, month, &response).mature[0];
        assert!(
            at(3.0) < at(6.0) && at(6.0) < at(12.0),
            "{} {} {}",
            at(3.0),
            at(6.0),
            at(12.0)
        );
    }

    #[test]
    fn collagen_never_leaves_the_range_between_rest_and_ceiling() {
        let flood = sessions(40, 1.0, 0.9);
        for hypothesis in RemodellingHypothesis::ALL {
            for month in [0.5, 1.0, 6.0, 24.0] {
                let tissue = after(hypothesis, month, &flood);
                for cell in 0..4 {
                    let collagen = tissue.mature[cell] + tissue.immature[cell];
                    assert!(
                        (0.65 - 1e-9..=0.93 + 1e-3).contains(&collagen),
                        "{hypothesis:?} {month}: {collagen}"
                    );
                }
                assert!((0.0..=0.6).contains(&tissue.epidermal_gain));
            }
        }
    }
}
