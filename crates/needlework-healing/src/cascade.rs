//! The healing cascade at one place: ordinary differential equations for cells and signals between an injury and new
//! collagen.
//!
//! With D debris and platelet signal, N neutrophils, A inflammatory and B repair macrophages, T active TGF-β, F
//! fibroblasts and Y myofibroblasts over the normal number of fibroblasts, E proteases above those at rest,
//! h = T/(T + K_T) and h₂ = T²/(T² + K_T²):
//!
//! Ḋ = i − k_D D, Ṅ = k_D D − d_N N, Ȧ = s_M(N + b D) − k₁₂A, Ḃ = k₁₂A − d_B B,
//! Ṫ = (1 + g ε)(c k_T2 D + k_T2 B + k_TY Y) − d_T T,
//! Ḟ = s_F(1 − F) + r_F F h(1 − (F + Y)/K_F) − k_FY h₂F, Ẏ = k_FY h₂F − d_Y Y/(1 + a h₂),
//! Ė = k_E(A + p(F − 1 + Y)) − d_E E;
//!
//! collagen is made in excess of rest at k_c[(F + ηY)(1 + a_T h) − 1] per missing collagen. Beside these, vessels
//! V̇ = k_v T − d_v V and active melanocytes Ẇ = k_w(N + A) − d_w W, which nothing here reads. i is the debris of an
//! infection and ε a stretch of the wound.
//!
//! An injured share φ adds φ to D and a little to T, and takes a part of F away; an open wound is φ = 1 with nearly all
//! fibroblasts lost. At rest (F = 1, all else zero) every rate is zero, exactly also in floating-point numbers, for
//! every ε: what a person's skin keeps up by itself is not part of the cascade. All three fidelities take their rates
//! from [`Kinetics::rates_per_day`].
//!
//! Assumptions: one joint fit to consensus time courses of small wounds, of mixed species (`evidence/cascade.toml`);
//! its rates mean nothing one by one. The fit has a second resting state, a fibrosis with twice as many myofibroblasts
//! as fibroblasts, which large or hurried wounds of tissue that keeps its fibroblasts would reach, and which nothing
//! was fitted to. So myofibroblasts never grow beyond the most that an open wound has,
//! [`Kinetics::most_myofibroblasts`]: there Ẏ ≤ 0, and every wound dies away. Whether a wound scars is judged
//! elsewhere. Limits: growth factors other than TGF-β, clotting, oxygen and new nerves are left out. Source: the
//! project's own model on the pattern of Segal 2012 and Adler 2020.

use needlework_channel::NeutrophilCourse;
use needlework_evidence::parameters;
use needlework_numerics::{propagator, rk4_step};
use needlework_units::Rate;

parameters! {
    /// Rates of the cascade. Pace and strength are a world's draw; the rest is one joint fit.
    pub struct CascadeParameters {
        /// Pace of the cascade over that of the fit.
        pub pace: f64 = "healing.cascade.pace",
        /// Synthesis over that of the fit.
        pub strength: f64 = "healing.cascade.strength",
        /// k_D.
        pub debris_clearance: Rate = "healing.cascade.debris_clearance",
        /// d_N.
        pub neutrophil_loss: Rate = "healing.cascade.neutrophil_loss",
        /// s_M.
        pub macrophage_recruitment: Rate = "healing.cascade.macrophage_recruitment",
        /// b.
        pub debris_recruitment: f64 = "healing.cascade.debris_recruitment",
        /// k₁₂.
        pub macrophage_switch: Rate = "healing.cascade.macrophage_switch",
        /// d_B.
        pub repair_macrophage_loss: Rate = "healing.cascade.repair_macrophage_loss",
        /// k_T2.
        pub release_by_macrophages: Rate = "healing.cascade.release_by_macrophages",
        /// c.
        pub debris_release: f64 = "healing.cascade.debris_release",
        /// k_TY.
        pub release_by_myofibroblasts: Rate = "healing.cascade.release_by_myofibroblasts",
        /// d_T.
        pub signal_decay: Rate = "healing.cascade.signal_decay",
        /// g.
        pub stretch_gain: f64 = "healing.cascade.stretch_gain",
        /// Debris of a full infection.
        pub infection_debris: Rate = "healing.cascade.infection_debris",
        /// s_F.
        pub fibroblast_renewal: Rate = "healing.cascade.fibroblast_renewal",
        /// r_F.
        pub fibroblast_growth: Rate = "healing.cascade.fibroblast_growth",
        /// K_F.
        pub crowding: f64 = "healing.cascade.crowding",
        /// K_T.
        pub half_response: f64 = "healing.cascade.half_response",
        /// k_FY.
        pub myofibroblast_formation: Rate = "healing.cascade.myofibroblast_formation",
        /// d_Y.
        pub myofibroblast_loss: Rate = "healing.cascade.myofibroblast_loss",
        /// a.
        pub signal_survival: f64 = "healing.cascade.signal_survival",
        /// k_E.
        pub protease_release: Rate = "healing.cascade.protease_release",
        /// p.
        pub fibroblast_protease: f64 = "healing.cascade.fibroblast_protease",
        /// d_E.
        pub protease_decay: Rate = "healing.cascade.protease_decay",
        /// k_c.
        pub synthesis: Rate = "healing.cascade.synthesis",
        /// η.
        pub myofibroblast_synthesis: f64 = "healing.cascade.myofibroblast_synthesis",
        /// a_T.
        pub signal_synthesis: f64 = "healing.cascade.signal_synthesis",
        /// Degradation of immature collagen per protease.
        pub degradation: Rate = "healing.cascade.degradation",
        /// Active signal at the moment of wounding, per injured share.
        pub first_signal: f64 = "healing.cascade.first_signal",
        /// Fibroblasts lost in tissue that a needle injures.
        pub lost_by_needle: f64 = "healing.cascade.lost_by_needle",
        /// Fibroblasts left in an open wound.
        pub open_wound_fibroblasts: f64 = "healing.cascade.open_wound_fibroblasts",
        /// k_v.
        pub vessel_growth: Rate = "healing.vessels.growth",
        /// d_v.
        pub vessel_regression: Rate = "healing.vessels.regression",
        /// k_w.
        pub pigment_activation: Rate = "healing.pigment.activation",
        /// d_w.
        pub pigment_fading: Rate = "healing.pigment.fading",
    }
}

/// Number of states of the cascade.
pub(crate) const STATES: usize = 10;
/// D, over that of an open wound.
pub(crate) const DEBRIS: usize = 0;
/// N.
pub(crate) const NEUTROPHILS: usize = 1;
/// A.
pub(crate) const INFLAMMATORY_MACROPHAGES: usize = 2;
/// B.
pub(crate) const REPAIR_MACROPHAGES: usize = 3;
/// T.
pub(crate) const SIGNAL: usize = 4;
/// F, over normal.
pub(crate) const FIBROBLASTS: usize = 5;
/// Y, over normal fibroblasts.
pub(crate) const MYOFIBROBLASTS: usize = 6;
/// E above rest.
pub(crate) const PROTEASES: usize = 7;
/// V.
pub(crate) const VESSELS: usize = 8;
/// W.
pub(crate) const ACTIVE_MELANOCYTES: usize = 9;

/// Names of the states, in their order.
#[cfg(test)]
const NAMES: [&str; STATES] = [
    "debris",
    "neutrophils",
    "inflammatory_macrophages",
    "repair_macrophages",
    "tgf_beta",
    "fibroblasts",
    "myofibroblasts",
    "proteases",
    "vessels",
    "active_melanocytes",
];

/// The linear, autonomous subsystem: debris → neutrophils → macrophages → melanocytes. Each state is fed by earlier
/// ones of the list only, so that its matrix is lower triangular.
pub(crate) const CHAIN: [usize; 5] = [
    DEBRIS,
    NEUTROPHILS,
    INFLAMMATORY_MACROPHAGES,
    REPAIR_MACROPHAGES,
    ACTIVE_MELANOCYTES,
];

/// Cells and signals at one place.
pub type Cells = [f64; STATES];

/// Normal tissue.
pub(crate) const REST: Cells = {
    let mut cells = [0.0; STATES];
    cells[FIBROBLASTS] = 1.0;
    cells
};

/// What acts on a place from outside the cascade.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Surroundings {
    /// Infection, 0 to 1.
    pub infection: f64,
    /// Stretch of the tissue beyond its resting stretch.
    pub stretch: f64,
}

/// The kinetics of one world.
#[derive(Debug, Clone, PartialEq)]
pub struct Kinetics {
    p: DailyRates,
    most_myofibroblasts: f64,
    parts: GainShares,
}

/// Shares of the time integral of excess synthesis after a vanishing wound; direct + bred − lost = 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GainShares {
    /// By stimulated synthesis (signal) and by myofibroblasts, at their place.
    pub direct: f64,
    /// By proliferation of fibroblasts under the signal.
    pub bred: f64,
    /// Missing synthesis of the fibroblasts that the needle destroys.
    pub lost: f64,
}

/// [`CascadeParameters`] at the world's pace as plain numbers, rates per day, since they are read in every step.
#[derive(Debug, Clone, PartialEq)]
struct DailyRates {
    pace: f64,
    debris_clearance: f64,
    neutrophil_loss: f64,
    macrophage_recruitment: f64,
    debris_recruitment: f64,
    macrophage_switch: f64,
    repair_macrophage_loss: f64,
    release_by_macrophages: f64,
    debris_release: f64,
    release_by_myofibroblasts: f64,
    signal_decay: f64,
    stretch_gain: f64,
    infection_debris: f64,
    fibroblast_renewal: f64,
    fibroblast_growth: f64,
    crowding: f64,
    half_response: f64,
    myofibroblast_formation: f64,
    myofibroblast_loss: f64,
    signal_survival: f64,
    protease_release: f64,
    fibroblast_protease: f64,
    protease_decay: f64,
    synthesis: f64,
    myofibroblast_synthesis: f64,
    signal_synthesis: f64,
    degradation: f64,
    first_signal: f64,
    lost_by_needle: f64,
    open_wound_fibroblasts: f64,
    vessel_growth: f64,
    vessel_regression: f64,
    pigment_activation: f64,
    pigment_fading: f64,
}

// numerical: an open wound has the most myofibroblasts within a hundred days of the fit
const OPEN_WOUND_DAYS: f64 = 100.0;
// numerical: steps of an open wound, of a quarter of a day of the fit; a fourth of it changes the peak in the sixth
// digit
const OPEN_WOUND_STEPS: u32 = 400;

impl Kinetics {
    /// Rates of the course of neutrophils, for the room of channels: debris and neutrophils are a linear chain of two
    /// compartments.
    #[must_use]
    pub fn neutrophils(&self) -> NeutrophilCourse {
        NeutrophilCourse {
            call: Rate::from_per_day(self.p.debris_clearance),
            leave: Rate::from_per_day(self.p.neutrophil_loss),
        }
    }

    /// The kinetics of a world. The pace multiplies every rate, so that it stretches time and leaves amounts alone.
    #[must_use]
    pub fn of(parameters: &CascadeParameters) -> Self {
        let pace = parameters.pace;
        let at_pace = |rate: Rate| rate.per_day() * pace;
        let p = DailyRates {
            pace: parameters.pace,
            debris_clearance: at_pace(parameters.debris_clearance),
            neutrophil_loss: at_pace(parameters.neutrophil_loss),
            macrophage_recruitment: at_pace(parameters.macrophage_recruitment),
            debris_recruitment: parameters.debris_recruitment,
            macrophage_switch: at_pace(parameters.macrophage_switch),
            repair_macrophage_loss: at_pace(parameters.repair_macrophage_loss),
            release_by_macrophages: at_pace(parameters.release_by_macrophages),
            debris_release: parameters.debris_release,
            release_by_myofibroblasts: at_pace(parameters.release_by_myofibroblasts),
            signal_decay: at_pace(parameters.signal_decay),
            stretch_gain: parameters.stretch_gain,
            infection_debris: at_pace(parameters.infection_debris),
            fibroblast_renewal: at_pace(parameters.fibroblast_renewal),
            fibroblast_growth: at_pace(parameters.fibroblast_growth),
            crowding: parameters.crowding,
            half_response: parameters.half_response,
            myofibroblast_formation: at_pace(parameters.myofibroblast_formation),
            myofibroblast_loss: at_pace(parameters.myofibroblast_loss),
            signal_survival: parameters.signal_survival,
            protease_release: at_pace(parameters.protease_release),
            fibroblast_protease: parameters.fibroblast_protease,
            protease_decay: at_pace(parameters.protease_decay),
            synthesis: at_pace(parameters.synthesis) * parameters.strength,
            myofibroblast_synthesis: parameters.myofibroblast_synthesis,
            signal_synthesis: parameters.signal_synthesis,
            degradation: at_pace(parameters.degradation),
            first_signal: parameters.first_signal,
            lost_by_needle: parameters.lost_by_needle,
            open_wound_fibroblasts: parameters.open_wound_fibroblasts,
            vessel_growth: at_pace(parameters.vessel_growth),
            vessel_regression: at_pace(parameters.vessel_regression),
            pigment_activation: at_pace(parameters.pigment_activation),
            pigment_fading: at_pace(parameters.pigment_fading),
        };
        let mut kinetics = Self {
            p,
            most_myofibroblasts: f64::INFINITY,
            parts: GainShares {
                direct: 0.0,
                bred: 1.0,
                lost: 0.0,
            },
        };
        // The limit on myofibroblasts is found with the kinetics themselves: an open wound is integrated without a
        // limit, and its peak becomes the limit. Pace cancels, since the step is in the cascade's own days.
        let mut most = 0.0_f64;
        let step = OPEN_WOUND_DAYS / (pace * f64::from(OPEN_WOUND_STEPS));
        let mut cells = kinetics.open_wound();
        for _ in 0..OPEN_WOUND_STEPS {
            cells = rk4_step(cells, step, |_, cells| {
                kinetics.rates_per_day(cells, &Surroundings::default())
            });
            most = most.max(cells[MYOFIBROBLASTS]);
        }
        kinetics.most_myofibroblasts = most;
        kinetics.parts = kinetics.shares_of_a_small_gain();
        kinetics
    }

    /// Shares of a gain, from a wound so small that the response is linear in it.
    fn shares_of_a_small_gain(&self) -> GainShares {
        // numerical: a share so small that what is not in proportion is below a thousandth of a per cent
        const SHARE: f64 = 1e-6;
        // numerical: after so many of the cascade's own days fibroblasts, the slowest, are back to 1e-4 of their excess
        const DAYS: f64 = 240.0;
        // numerical: steps of a quarter of a day, as in an open wound
        const STEPS: u32 = 960;
        let step = DAYS / (self.p.pace * f64::from(STEPS));
        let mut cells = self.injure(&REST, SHARE);
        let (mut all, mut makers) = (0.0, 0.0);
        for _ in 0..STEPS {
            let before = cells;
            cells = rk4_step(cells, step, |_, cells| {
                self.rates_per_day(cells, &Surroundings::default())
            });
            // Trapezoidal rule over the step, for all excess synthesis and for the part that is due to the number of
            // fibroblasts.
            for ends in [before, cells] {
                all += 0.5 * step * self.synthesis_per_day(&ends);
                makers += 0.5 * step * self.p.synthesis * (ends[FIBROBLASTS] - 1.0);
            }
        }
        // A missing fibroblast is replaced at the rate s_F, so the loss integrates to (what is missing)/s_F. The
        // integral of fibroblasts holds gain by proliferation and this loss together; adding the loss leaves
        // proliferation.
        let lost = self.p.synthesis * self.p.lost_by_needle * SHARE / self.p.fibroblast_renewal;
        GainShares {
            direct: (all - makers) / all,
            bred: (makers + lost) / all,
            lost: lost / all,
        }
    }

    /// Shares of the gain of a small wound by cause.
    #[must_use]
    pub fn gain_shares(&self) -> GainShares {
        self.parts
    }

    /// Pace over that of the fit: the cascade's own days in a day.
    #[must_use]
    pub fn pace(&self) -> f64 {
        self.p.pace
    }

    /// The most myofibroblasts that an open wound of the fit ever has; no place gets more.
    #[must_use]
    pub fn most_myofibroblasts(&self) -> f64 {
        self.most_myofibroblasts
    }

    /// Normal tissue right after an open wound.
    #[must_use]
    pub fn open_wound(&self) -> Cells {
        let mut cells = REST;
        cells[DEBRIS] = 1.0;
        cells[SIGNAL] = self.p.first_signal;
        cells[FIBROBLASTS] = self.p.open_wound_fibroblasts;
        cells
    }

    /// The same place after a needle has injured the given share of it.
    #[must_use]
    pub fn injure(&self, cells: &Cells, share: f64) -> Cells {
        let mut injured = *cells;
        injured[DEBRIS] += share;
        injured[SIGNAL] += self.p.first_signal * share;
        injured[FIBROBLASTS] *= 1.0 - self.p.lost_by_needle * share;
        injured
    }

    /// The propagator of the linear subsystem [`CHAIN`] over so many days, exact; the last column is the response to a
    /// constant supply.
    #[must_use]
    pub(crate) fn chain_step(&self, around: &Surroundings, days: f64) -> [[f64; CHAIN.len() + 1]; CHAIN.len()] {
        // The matrix is read off the rates themselves, column by column at unit states, so that it cannot differ from
        // them. A constant supply enters by the usual augmentation: one more state that is always one.
        let mut matrix = [[0.0; CHAIN.len() + 1]; CHAIN.len() + 1];
        for (column, &from) in CHAIN.iter().enumerate() {
            let mut cells = REST;
            cells[from] = 1.0;
            let rates = self.rates_per_day(&cells, &Surroundings::default());
            for (row, &to) in CHAIN.iter().enumerate() {
                matrix[row][column] = rates[to];
            }
        }
        let supplied = self.rates_per_day(&REST, around);
        for (row, &to) in CHAIN.iter().enumerate() {
            matrix[row][CHAIN.len()] = supplied[to];
        }
        let [chain @ .., _] = propagator(&matrix, days);
        chain
    }

    /// Rates of change of all states, per day.
    #[inline]
    #[must_use]
    pub fn rates_per_day(&self, cells: &Cells, around: &Surroundings) -> Cells {
        let p = &self.p;
        let [
            debris,
            neutrophils,
            inflammatory,
            repair,
            signal,
            fibroblasts,
            myofibroblasts,
            proteases,
            vessels,
            pigment,
        ] = *cells;
        let half = p.half_response;
        // Saturable (Michaelis–Menten) response to the signal, and the same with a Hill coefficient of two.
        let response = signal / (signal + half);
        let steep = signal * signal / (signal * signal + half * half);
        let released = p.release_by_macrophages * (p.debris_release * debris + repair)
            + p.release_by_myofibroblasts * myofibroblasts;
        let cleared = p.debris_clearance * debris;
        let switched = p.macrophage_switch * inflammatory;
        let lost = p.myofibroblast_loss * myofibroblasts / (1.0 + p.signal_survival * steep);
        let forming = p.myofibroblast_formation * steep * fibroblasts;
        // At the limit, formation is capped by loss: Ẏ ≤ 0 there, so the limit is an upper bound of the flow and the
        // fibrotic steady state above it cannot be reached.
        let formed = if myofibroblasts < self.most_myofibroblasts {
            forming
        } else {
            forming.min(lost)
        };
        let crowded = (fibroblasts + myofibroblasts) / p.crowding;
        let secreting = inflammatory + p.fibroblast_protease * (fibroblasts - 1.0 + myofibroblasts);
        [
            p.infection_debris * around.infection - cleared,
            cleared - p.neutrophil_loss * neutrophils,
            p.macrophage_recruitment * (neutrophils + p.debris_recruitment * debris) - switched,
            switched - p.repair_macrophage_loss * repair,
            (1.0 + p.stretch_gain * around.stretch) * released - p.signal_decay * signal,
            p.fibroblast_renewal * (1.0 - fibroblasts) + p.fibroblast_growth * fibroblasts * response * (1.0 - crowded)
                - formed,
            formed - lost,
            p.protease_release * secreting - p.protease_decay * proteases,
            p.vessel_growth * signal - p.vessel_regression * vessels,
            p.pigment_activation * (neutrophils + inflammatory) - p.pigment_fading * pigment,
        ]
    }

    /// Collagen made in excess of rest, per day and missing collagen.
    #[inline]
    #[must_use]
    pub fn synthesis_per_day(&self, cells: &Cells) -> f64 {
        let signal = cells[SIGNAL];
        let response = signal / (signal + self.p.half_response);
        let makers = cells[FIBROBLASTS] + self.p.myofibroblast_synthesis * cells[MYOFIBROBLASTS];
        self.p.synthesis * (makers * (1.0 + self.p.signal_synthesis * response) - 1.0)
    }

    /// All synthesis of an open wound, rest included, per day and missing collagen.
    pub(crate) fn whole_synthesis_per_day(&self, cells: &Cells) -> f64 {
        self.synthesis_per_day(cells) + self.p.synthesis
    }

    /// Degradation of immature collagen by all proteases, those at rest included, per day and collagen.
    pub(crate) fn whole_degradation_per_day(&self, cells: &Cells) -> f64 {
        let at_rest = self.p.protease_release * self.p.fibroblast_protease / self.p.protease_decay;
        self.p.degradation * (cells[PROTEASES] + at_rest)
    }

    /// How fast [`Self::synthesis_per_day`] changes when the cells change at `rates`, per day squared.
    #[must_use]
    pub(crate) fn synthesis_slope(&self, cells: &Cells, rates: &Cells) -> f64 {
        let (signal, half) = (cells[SIGNAL], self.p.half_response);
        let response = signal / (signal + half);
        let response_slope = half / ((signal + half) * (signal + half)) * rates[SIGNAL];
        let makers = cells[FIBROBLASTS] + self.p.myofibroblast_synthesis * cells[MYOFIBROBLASTS];
        let makers_slope = rates[FIBROBLASTS] + self.p.myofibroblast_synthesis * rates[MYOFIBROBLASTS];
        let gain = self.p.signal_synthesis;
        self.p.synthesis * (makers_slope * (1.0 + gain * response) + makers * gain * response_slope)
    }

    /// Immature collagen degraded, per day and collagen.
    #[inline]
    #[must_use]
    pub fn degradation_per_day(&self, cells: &Cells) -> f64 {
        self.p.degradation * cells[PROTEASES]
    }
}

#[cfg(test)]
pub(crate) mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use needlework_evidence::Book;

    pub(crate) fn book() -> Book {
        let files = [
            ("cascade.toml", include_str!("../../../evidence/cascade.toml")),
            ("field.toml", include_str!("../../../evidence/field.toml")),
            ("histology.toml", include_str!("../../../evidence/histology.toml")),
            ("priors.toml", include_str!("../../../evidence/priors.toml")),
            ("sources.toml", include_str!("../../../evidence/sources.toml")),
        ];
        Book::parse(&files).unwrap()
    }

    pub(crate) fn parameters() -> CascadeParameters {
        let book = book();
        CascadeParameters::fill(&mut |key| book.value(key).unwrap())
    }

    pub(crate) fn kinetics() -> Kinetics {
        Kinetics::of(&parameters())
    }

    fn rates(cells: &Cells) -> Cells {
        kinetics().rates_per_day(cells, &Surroundings::default())
    }

    fn run(kinetics: &Kinetics, mut cells: Cells, days: f64, steps: u32, around: Surroundings) -> Cells {
        for _ in 0..steps {
            cells = rk4_step(cells, days / f64::from(steps), |_, cells| {
                kinetics.rates_per_day(cells, &around)
            });
        }
        cells
    }

    #[test]
    fn normal_tissue_stands_still_to_the_last_bit_also_under_stretch() {
        let stretched = Surroundings {
            infection: 0.0,
            stretch: 0.3,
        };
        let after = run(&kinetics(), REST, 3650.0, 3650, stretched);
        assert_eq!(after, REST);
        assert_eq!(kinetics().synthesis_per_day(&REST), 0.0);
        assert_eq!(kinetics().degradation_per_day(&REST), 0.0);
    }

    #[test]
    fn cells_and_signals_never_become_negative() {
        let kinetics = kinetics();
        // At the border of each state its rate points inwards, so no exact course leaves.
        for state in 0..STATES {
            if state == PROTEASES {
                continue;
            }
            for fill in [0.0, 0.1, 1.0, 5.0] {
                let mut cells = [fill; STATES];
                cells[state] = 0.0;
                assert!(rates(&cells)[state] >= 0.0, "{} at {fill}", NAMES[state]);
            }
        }
        let mut cells = kinetics.open_wound();
        for _ in 0..800 {
            cells = run(&kinetics, cells, 0.25, 1, Surroundings::default());
            assert!(
                cells.iter().enumerate().all(|(i, c)| *c >= 0.0 || i == PROTEASES),
                "{cells:?}"
            );
        }
        // Proteases are counted from rest, where an open wound has fewer fibroblasts to make them.
        let at_rest = parameters().protease_release.per_day() * parameters().fibroblast_protease
            / parameters().protease_decay.per_day();
        assert!(cells[PROTEASES] > -at_rest);
    }

    #[test]
    fn the_pace_stretches_time_and_leaves_amounts_alone() {
        let fast = Kinetics::of(&CascadeParameters {
            pace: 2.0,
            ..parameters()
        });
        let slow = run(&kinetics(), kinetics().open_wound(), 20.0, 400, Surroundings::default());
        let quick = run(&fast, fast.open_wound(), 10.0, 400, Surroundings::default());
        for (a, b) in slow.iter().zip(&quick) {
            assert!((a - b).abs() < 1e-12, "{slow:?} {quick:?}");
        }
        assert!((fast.synthesis_per_day(&quick) / kinetics().synthesis_per_day(&slow) - 2.0).abs() < 1e-9);
        assert!((fast.most_myofibroblasts() / kinetics().most_myofibroblasts() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn an_open_wound_has_the_most_myofibroblasts_in_its_second_week() {
        let most = kinetics().most_myofibroblasts();
        assert!((most - 0.3413).abs() < 1e-3, "{most}");
        let on =
            |day: f64| run(&kinetics(), kinetics().open_wound(), day, 400, Surroundings::default())[MYOFIBROBLASTS];
        assert!(on(12.5) > on(9.0) && on(12.5) > on(16.0));
    }

    #[test]
    fn the_chain_hears_of_nothing_else_and_its_exact_step_is_what_small_steps_add_up_to() {
        let kinetics = kinetics();
        let around = Surroundings {
            infection: 0.3,
            stretch: 0.2,
        };
        let mut cells: Cells = [0.4, 0.3, 0.2, 0.5, 0.7, 1.4, 0.3, 0.2, 0.6, 0.1];
        let rates = kinetics.rates_per_day(&cells, &around);
        for other in (0..STATES).filter(|state| !CHAIN.contains(state)) {
            let mut moved = cells;
            moved[other] *= 3.0;
            let now = kinetics.rates_per_day(&moved, &around);
            assert!(
                CHAIN.iter().all(|&state| now[state] == rates[state]),
                "{}",
                NAMES[other]
            );
        }
        let start = CHAIN.map(|state| cells[state]);
        let exact = kinetics.chain_step(&around, 3.0);
        for _ in 0..600 {
            cells = rk4_step(cells, 0.005, |_, cells| kinetics.rates_per_day(cells, &around));
        }
        for (row, state) in exact.iter().zip(CHAIN) {
            let after: f64 = row.iter().zip(start).map(|(a, b)| a * b).sum::<f64>() + row[CHAIN.len()];
            assert!(
                (after - cells[state]).abs() < 1e-10,
                "{}: {after} {}",
                NAMES[state],
                cells[state]
            );
        }
    }

    /// Large or hurried wounds would settle in the second resting state of the fit; the limit makes every one of them
    /// die away.
    #[test]
    fn every_wound_dies_away_however_large_or_hurried() {
        for (share, gap, count) in [(1.0, 7.0, 12), (0.5, 3.0, 30), (0.3, 14.0, 12), (0.1, 1.0, 60)] {
            for pace in [0.5, 1.0, 2.0] {
                let kinetics = Kinetics::of(&CascadeParameters { pace, ..parameters() });
                let mut cells = REST;
                let mut most = 0.0_f64;
                for _ in 0..count {
                    cells = kinetics.injure(&cells, share);
                    for _ in 0..40 {
                        cells = run(&kinetics, cells, gap / 40.0, 1, Surroundings::default());
                        most = most.max(cells[MYOFIBROBLASTS]);
                    }
                }
                assert!(most < 1.1 * kinetics.most_myofibroblasts(), "{share} {gap}: {most}");
                cells = run(&kinetics, cells, 300.0 / pace, 1200, Surroundings::default());
                let still = (0..ACTIVE_MELANOCYTES).all(|i| (cells[i] - REST[i]).abs() < 1e-3);
                assert!(still, "{share} every {gap} days at pace {pace}: {cells:?}");
            }
        }
    }

    #[test]
    fn infection_and_stretch_make_the_signal_stronger_and_last_longer() {
        let kinetics = kinetics();
        let start = kinetics.injure(&REST, 0.05);
        let after =
            |infection: f64, stretch: f64| run(&kinetics, start, 10.0, 200, Surroundings { infection, stretch });
        let plain = after(0.0, 0.0);
        let (infected, stretched) = (after(0.1, 0.0), after(0.0, 0.2));
        assert!(infected[SIGNAL] > 2.0 * plain[SIGNAL] && infected[DEBRIS] > 0.05);
        assert!(stretched[SIGNAL] > 1.5 * plain[SIGNAL] && stretched[DEBRIS] == plain[DEBRIS]);
        assert!(stretched[MYOFIBROBLASTS] > plain[MYOFIBROBLASTS]);
    }

    #[test]
    fn the_slope_of_synthesis_is_its_change_in_time() {
        let kinetics = kinetics();
        let cells = run(
            &kinetics,
            kinetics.injure(&REST, 0.3),
            5.0,
            100,
            Surroundings::default(),
        );
        let near = |days: f64| {
            let rates = rates(&cells);
            let moved: Cells = std::array::from_fn(|i| cells[i] + days * rates[i]);
            kinetics.synthesis_per_day(&moved)
        };
        let slope = (near(1e-5) - near(-1e-5)) / 2e-5;
        assert!((kinetics.synthesis_slope(&cells, &rates(&cells)) - slope).abs() < 1e-9);
    }
}
