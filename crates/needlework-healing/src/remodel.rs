//! Collagen over time, under three laws of what becomes of a gain.
//!
//! With u(x,t) = Σ_k G_k(x)·b(t − t_k), C = C₁ + C₃ and d = C − C_s:
//!
//! Ċ₃ = u·(C_m − C)₊ − C₃/τ_m, Ċ₁ = C₃/τ_m − R(C),
//!
//! relapse R = d/τ_R; persistence R = d·ln 2/T½; two states R = d·(C − C_u)(C − C_m)/[τ_b(C_u − C_s)(C_m − C_s)] with the watershed
//! C_u = C_s + θ(C_m − C_s). C_s is a fixed point of all three, exactly also in floating-point numbers.
//!
//! Numerics: fourth-order Runge–Kutta with steps that begin at a day after each session and grow with the time since; nothing here
//! is stiff (τ ≥ days). A session begins a new step, since the kernel has a kink there. Verified against steps a quarter as long.

use needlework_numerics::rk4_step;
use needlework_stria::Tissue;
use needlework_units::Time;

use crate::epidermis;
use crate::signal::{Parameters, Signals, kernel_per_day};

/// What becomes of a gain: hypotheses that today's data cannot tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Law {
    /// Collagen returns to its set point.
    Relapse,
    /// Gains are lost only by the turnover of years.
    Persistence,
    /// Gains past a watershed complete themselves, others are lost.
    TwoStates,
}

impl Law {
    /// All laws, in the order of their names.
    pub const ALL: [Self; 3] = [Self::Relapse, Self::Persistence, Self::TwoStates];

    /// A short name for files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Relapse => "relapse",
            Self::Persistence => "persistence",
            Self::TwoStates => "two_states",
        }
    }

    /// What it says, in plain words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Relapse => "the gain fades back over months",
            Self::Persistence => "the gain stays for years",
            Self::TwoStates => "a large gain completes itself, a small one fades",
        }
    }
}

// numerical: steps begin at a day and grow by a tenth of the time since the last session, up to ten days
const FIRST_STEP: f64 = 1.0;
// numerical: see FIRST_STEP
const GROWTH: f64 = 0.1;
// numerical: see FIRST_STEP
const LONGEST_STEP: f64 = 10.0;

/// The tissue at `to`, from the tissue at `from`, both counted from the first session. Signals of sessions later than a moment do
/// not act on it. Without signals the tissue comes back as it was, only older.
#[must_use]
pub fn heal(tissue: &Tissue, signals: &Signals, law: Law, from: Time, to: Time, parameters: &Parameters) -> Tissue {
    advance(tissue, signals, law, from.days(), to.days(), parameters, 1.0)
}

fn advance(
    tissue: &Tissue,
    signals: &Signals,
    law: Law,
    from: f64,
    to: f64,
    parameters: &Parameters,
    step_scale: f64,
) -> Tissue {
    let mut healed = tissue.clone();
    healed.age = Time::from_days(tissue.age.days() + (to - from).max(0.0));
    let mut sessions: Vec<f64> = signals
        .drives
        .iter()
        .flat_map(|drive| drive.days.iter().copied())
        .collect();
    sessions.sort_by(f64::total_cmp);
    let loss = Loss::new(law, tissue, parameters);
    let ripening = 1.0 / parameters.maturation.days();
    // numerical: a step that ends within a microday of its goal has arrived
    const ARRIVED: f64 = 1e-6;
    let mut day = from;
    while to - day > ARRIVED {
        let since = sessions
            .iter()
            .rfind(|&&at| at <= day + ARRIVED)
            .map_or(day, |at| day - at);
        let next_session = sessions
            .iter()
            .find(|&&at| at > day + ARRIVED)
            .map_or(to, |at| at.min(to));
        let wanted = (FIRST_STEP + GROWTH * since).min(LONGEST_STEP) * step_scale;
        let steps_left = ((next_session - day) / wanted).ceil().max(1.0);
        let step = (next_session - day) / steps_left;
        let stages = [day, day + step * 0.5, day + step];
        let kernels: Vec<[f64; 3]> = signals
            .drives
            .iter()
            .map(|drive| {
                stages.map(|at| {
                    drive
                        .days
                        .iter()
                        .filter(|&&s| s <= day + ARRIVED)
                        .map(|s| kernel_per_day(at - s, parameters))
                        .sum()
                })
            })
            .collect();
        for cell in 0..healed.mature.len() {
            let driven: [f64; 3] = std::array::from_fn(|stage| {
                signals
                    .drives
                    .iter()
                    .zip(&kernels)
                    .map(|(drive, kernel)| drive.gain[cell] * kernel[stage])
                    .sum()
            });
            let state = [healed.immature[cell], healed.mature[cell]];
            let [immature, mature] = rk4_step(state, step, |stage, [immature, mature]| {
                let collagen = immature + mature;
                let made = driven[stage] * (tissue.ceiling - collagen).max(0.0);
                let ripened = immature * ripening;
                [made - ripened, ripened - loss.per_day(collagen)]
            });
            healed.immature[cell] = immature;
            healed.mature[cell] = mature;
        }
        let drives = stages.map(|at| epidermis::drive_per_day(signals, day + ARRIVED, at, parameters));
        [healed.epidermal_gain] = rk4_step([healed.epidermal_gain], step, |stage, [gain]| {
            [epidermis::rate_per_day(*gain, drives[stage], parameters)]
        });
        day = if steps_left <= 1.0 { next_session } else { day + step };
    }
    healed
}

/// The loss R(C) of a law for one tissue.
struct Loss {
    law: Law,
    resting: f64,
    rate_per_day: f64,
    watershed: f64,
    ceiling: f64,
    scale: f64,
}

impl Loss {
    fn new(law: Law, tissue: &Tissue, parameters: &Parameters) -> Self {
        let (resting, ceiling) = (tissue.resting, tissue.ceiling);
        let watershed = resting + parameters.watershed * (ceiling - resting);
        let rate_per_day = match law {
            Law::Relapse => 1.0 / parameters.relapse.days(),
            Law::Persistence => std::f64::consts::LN_2 / parameters.turnover.days(),
            Law::TwoStates => 1.0 / parameters.two_state_time.days(),
        };
        let scale = 1.0 / ((watershed - resting) * (ceiling - resting));
        Self {
            law,
            resting,
            rate_per_day,
            watershed,
            ceiling,
            scale,
        }
    }

    #[inline]
    fn per_day(&self, collagen: f64) -> f64 {
        let gained = (collagen - self.resting) * self.rate_per_day;
        match self.law {
            Law::Relapse | Law::Persistence => gained,
            Law::TwoStates => gained * (collagen - self.watershed) * (collagen - self.ceiling) * self.scale,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::tests::parameters;
    use needlework_stria::Stage;
    use needlework_units::Length;

    fn mark() -> Tissue {
        Tissue {
            stage: Stage::Alba,
            age: Time::from_years(3.0),
            thickness: Length::from_mm(1.0),
            resting: 0.65,
            ceiling: 0.93,
            elastin: 0.5,
            immature: vec![0.0; 4],
            mature: vec![0.65; 4],
            epidermal_gain: 0.0,
        }
    }

    fn sessions(count: u32, weeks: f64, gain: f64) -> Signals {
        let mut signals = Signals::default();
        for k in 0..count {
            signals.add(
                Time::from_weeks(weeks * f64::from(k)),
                vec![gain, gain, gain * 0.5, 0.0],
                0.1,
            );
        }
        signals
    }

    fn after(law: Law, months: f64, signals: &Signals) -> Tissue {
        heal(
            &mark(),
            signals,
            law,
            Time::ZERO,
            Time::from_months(months),
            &parameters(),
        )
    }

    #[test]
    fn collagen_at_rest_stays_under_all_three_laws_to_the_last_bit() {
        for law in Law::ALL {
            let later = after(law, 240.0, &Signals::default());
            assert_eq!(later.mature, mark().mature, "{law:?}");
            assert_eq!(later.immature, mark().immature);
            assert_eq!(later.epidermal_gain, 0.0);
        }
    }

    #[test]
    fn steps_a_quarter_as_long_change_nothing_that_matters() {
        let signals = sessions(6, 4.0, 0.5);
        for law in Law::ALL {
            let p = Parameters {
                rise: Time::from_days(5.0),
                fall: Time::from_days(14.0),
                ..parameters()
            };
            let coarse = advance(&mark(), &signals, law, 0.0, 730.0, &p, 1.0);
            let fine = advance(&mark(), &signals, law, 0.0, 730.0, &p, 0.25);
            for cell in 0..4 {
                let error =
                    (coarse.mature[cell] + coarse.immature[cell] - fine.mature[cell] - fine.immature[cell]).abs();
                assert!(error < 1e-6, "{law:?} cell {cell}: {error:e}");
            }
            assert!((coarse.epidermal_gain - fine.epidermal_gain).abs() < 1e-6);
        }
    }

    #[test]
    fn the_observed_order_in_time_is_four() {
        let signals = sessions(1, 4.0, 0.5);
        let at = |scale| advance(&mark(), &signals, Law::Relapse, 0.0, 90.0, &parameters(), scale).immature[0];
        let exact = at(1.0 / 64.0);
        let order = ((at(0.5) - exact).abs() / (at(0.25) - exact).abs()).log2();
        assert!((3.5..4.8).contains(&order), "{order}");
    }

    /// Without loss, what a small impulse makes is its gain times the gap: ∫ u dt = G, so C − C_s → (C_m − C_s)(1 − e^{−G}).
    #[test]
    fn without_loss_an_impulse_fills_one_minus_e_to_the_minus_gain_of_the_gap() {
        let p = Parameters {
            turnover: Time::from_years(1e9),
            ..parameters()
        };
        let later = heal(
            &mark(),
            &sessions(1, 4.0, 0.3),
            Law::Persistence,
            Time::ZERO,
            Time::from_years(4.0),
            &p,
        );
        let gained = later.mature[0] + later.immature[0] - 0.65;
        let expected = 0.28 * (1.0 - (-0.3_f64).exp());
        assert!((gained - expected).abs() < 1e-6, "{gained} {expected}");
    }

    #[test]
    fn a_course_in_pieces_is_the_course_in_one() {
        let signals = sessions(3, 4.0, 0.4);
        let whole = after(Law::Relapse, 12.0, &signals);
        let mut piecewise = mark();
        let mut from = Time::ZERO;
        for month in 1..=12 {
            let to = Time::from_months(f64::from(month));
            piecewise = heal(&piecewise, &signals, Law::Relapse, from, to, &parameters());
            from = to;
        }
        for cell in 0..4 {
            assert!((piecewise.mature[cell] - whole.mature[cell]).abs() < 1e-6);
        }
        assert!((piecewise.age.days() - whole.age.days()).abs() < 1e-9);
    }

    #[test]
    fn the_three_laws_part_by_two_years() {
        let signals = sessions(6, 4.0, 0.6);
        let fills = Law::ALL.map(|law| after(law, 24.0, &signals).fill(Length::from_mm(0.4)));
        assert!(fills[1] > fills[0] + 0.05, "{fills:?}");
        assert!((fills[2] - fills[0]).abs() > 0.02, "{fills:?}");
    }

    #[test]
    fn two_states_complete_a_large_gain_and_lose_a_small_one() {
        let large = after(Law::TwoStates, 120.0, &sessions(12, 4.0, 0.6)).mature[0];
        let small = after(Law::TwoStates, 120.0, &sessions(1, 4.0, 0.1)).mature[0];
        assert!((large - 0.93).abs() < 0.01, "{large}");
        assert!((small - 0.65).abs() < 0.01, "{small}");
    }

    #[test]
    fn collagen_never_leaves_the_range_between_rest_and_ceiling() {
        let flood = sessions(40, 1.0, 5.0);
        for law in Law::ALL {
            for month in [0.5, 1.0, 6.0, 24.0] {
                let tissue = after(law, month, &flood);
                for cell in 0..4 {
                    let collagen = tissue.mature[cell] + tissue.immature[cell];
                    assert!(
                        (0.65 - 1e-9..=0.93 + 1e-3).contains(&collagen),
                        "{law:?} {month}: {collagen}"
                    );
                }
                assert!((0.0..=0.6).contains(&tissue.epidermal_gain));
            }
        }
    }
}
