//! A small open wound that closes by itself: the situation that the cascade was fitted to, and a clock to hold it
//! against.
//!
//! All fibroblasts but a few and all collagen are gone; the cascade runs from there ([`crate::cascade`]), and
//!
//! Ċ₃ = k_c(F + ηY)(1 + a_T h)·(1 − C₃ − C₁)₊ − k_x C₃ − q C₃, Ċ₁ = k_x C₃ − m q C₁,
//!
//! with q the degradation by all proteases, those at rest included, and m what mature collagen suffers of it. Strength
//! is C₁ + s C₃ of intact skin. The maturation k_x is the caller's: that of the fit is strength of animals within three
//! months; cross-links and collagen III of human scars take several times longer (Robins 2003), and the forecast uses
//! that human clock.
//!
//! Collagen types: immature collagen has the share of type III of a wound in which all is new, mature collagen that of
//! adult skin.
//!
//! Assumptions: an empty wound fills to normal, which is right for a wound and wrong for a mark (a mark has its own
//! resting collagen). Limits: no contraction, no surface. Numerics: fourth-order Runge–Kutta, eighths of a day of the
//! fit.

use needlework_evidence::parameters;
use needlework_numerics::rk4_step;
use needlework_units::{Rate, Time};

use crate::cascade::{
    Cells, INFLAMMATORY_MACROPHAGES, Kinetics, MYOFIBROBLASTS, REPAIR_MACROPHAGES, STATES, Surroundings,
};

parameters! {
    /// What an open wound needs beside the cascade.
    pub struct OpenWoundParameters {
        /// k_x of the fit.
        pub maturation: Rate = "healing.cascade.maturation",
        /// m.
        pub mature_degradation: f64 = "healing.cascade.mature_degradation",
        /// s.
        pub immature_strength: f64 = "healing.cascade.immature_strength",
        /// Share of type III in immature collagen.
        pub immature_collagen_3: f64 = "healing.collagen_3.immature",
        /// Share of type III in mature collagen.
        pub mature_collagen_3: f64 = "healing.collagen_3.mature",
    }
}

/// An open wound at one moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OpenWound {
    /// Cells and signals.
    pub cells: Cells,
    /// C₃, over normal collagen.
    pub immature: f64,
    /// C₁, over normal collagen.
    pub mature: f64,
}

impl OpenWound {
    /// Both kinds of macrophages.
    #[must_use]
    pub fn macrophages(&self) -> f64 {
        self.cells[INFLAMMATORY_MACROPHAGES] + self.cells[REPAIR_MACROPHAGES]
    }

    /// Myofibroblasts.
    #[must_use]
    pub fn myofibroblasts(&self) -> f64 {
        self.cells[MYOFIBROBLASTS]
    }

    /// All collagen, over normal.
    #[must_use]
    pub fn collagen(&self) -> f64 {
        self.immature + self.mature
    }

    /// Strength over that of intact skin.
    #[must_use]
    pub fn strength(&self, parameters: &OpenWoundParameters) -> f64 {
        self.mature + parameters.immature_strength * self.immature
    }

    /// Share of mature in all collagen; zero where there is none.
    #[must_use]
    pub fn mature_share(&self) -> f64 {
        if self.collagen() > 0.0 {
            self.mature / self.collagen()
        } else {
            0.0
        }
    }

    /// Collagen III over I, divided by that of intact skin.
    #[must_use]
    pub fn collagen_3_to_1(&self, parameters: &OpenWoundParameters) -> f64 {
        let (young, old) = (parameters.immature_collagen_3, parameters.mature_collagen_3);
        let share = young + (old - young) * self.mature_share();
        share / (1.0 - share) * (1.0 - old) / old
    }
}

/// The wound at the given times after wounding, ascending, when new collagen matures at `maturation`.
#[must_use]
pub fn open_wound(
    kinetics: &Kinetics,
    parameters: &OpenWoundParameters,
    maturation: Rate,
    times: &[Time],
) -> Vec<OpenWound> {
    // numerical: steps in the cascade's own days
    const STEP: f64 = 0.125;
    let ripening = maturation.per_day();
    let mut state = [0.0; STATES + 2];
    state[..STATES].copy_from_slice(&kinetics.open_wound());
    let rates = |state: &[f64; STATES + 2]| {
        let mut rates = [0.0; STATES + 2];
        let (cells, immature, mature) = split(state);
        let around = Surroundings::default();
        rates[..STATES].copy_from_slice(&kinetics.rates_per_day(&cells, &around));
        let gap = (1.0 - immature - mature).max(0.0);
        let ripened = ripening * immature;
        let degraded = kinetics.whole_degradation_per_day(&cells);
        rates[STATES] = kinetics.whole_synthesis_per_day(&cells) * gap - ripened - degraded * immature;
        rates[STATES + 1] = ripened - parameters.mature_degradation * degraded * mature;
        rates
    };
    let mut day = 0.0;
    times
        .iter()
        .map(|time| {
            let span = (time.days() - day).max(0.0);
            let steps = (span * kinetics.pace() / STEP).ceil().max(1.0);
            for _ in 0..steps as u64 {
                state = rk4_step(state, span / steps, |_, state| rates(state));
            }
            day = day.max(time.days());
            let (cells, immature, mature) = split(&state);
            OpenWound {
                cells,
                immature,
                mature,
            }
        })
        .collect()
}

fn split(state: &[f64; STATES + 2]) -> (Cells, f64, f64) {
    (std::array::from_fn(|i| state[i]), state[STATES], state[STATES + 1])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::cascade::tests::{book, kinetics};

    fn wound(maturation: f64, days: &[f64]) -> (OpenWoundParameters, Vec<OpenWound>) {
        let book = book();
        let parameters = OpenWoundParameters::fill(&mut |key| book.value(key).unwrap());
        let times: Vec<Time> = days.iter().map(|&day| Time::from_days(day)).collect();
        let course = open_wound(&kinetics(), &parameters, Rate::from_per_day(maturation), &times);
        (parameters, course)
    }

    #[test]
    fn a_wound_begins_empty_and_fills_without_ever_passing_normal() {
        let days: Vec<f64> = (0..200).map(|i| f64::from(i) * 2.0).collect();
        let (parameters, course) = wound(0.0665, &days);
        assert_eq!(course[0].collagen(), 0.0);
        assert!(
            course
                .iter()
                .all(|at| (0.0..1.0).contains(&at.collagen()) && at.immature >= 0.0)
        );
        assert!(
            course
                .windows(2)
                .all(|pair| pair[1].strength(&parameters) >= pair[0].strength(&parameters))
        );
    }

    #[test]
    fn collagen_3_starts_at_its_share_in_new_collagen_and_falls_towards_that_of_skin() {
        let (parameters, course) = wound(1.0 / 180.0, &[2.0, 42.0, 180.0, 3650.0]);
        let ratios: Vec<f64> = course.iter().map(|at| at.collagen_3_to_1(&parameters)).collect();
        assert!(ratios.windows(2).all(|pair| pair[1] < pair[0]), "{ratios:?}");
        let new = 0.338 / 0.662 * 0.85 / 0.15;
        assert!(
            (ratios[0] / new - 1.0).abs() < 0.02 && (ratios[3] - 1.0).abs() < 0.05,
            "{ratios:?}"
        );
    }

    #[test]
    fn half_the_steps_would_do() {
        let (_, course) = wound(0.0665, &[28.0]);
        let (_, finer) = wound(0.0665, &(1..=448).map(|i| f64::from(i) / 16.0).collect::<Vec<_>>());
        assert!((course[0].collagen() - finer[447].collagen()).abs() < 1e-6);
    }
}
