//! The circuit of macrophages and myofibroblasts of Adler and others 2020: why some injuries heal and others become
//! fibrosis.
//!
//! Myofibroblasts x and macrophages m over the capacity for myofibroblasts, CSF c and PDGF p over their binding
//! constant:
//!
//! ẋ = x[λ₁ p/(1 + p)·(1 − x) − μ], ṁ = m[λ₂ c/(1 + c) − μ] + i(t),
//! ċ = β₁x − α₁ m c/(1 + c) − γ c, ṗ = β₂m + β₃x − α₂ x p/(1 + p) − γ p.
//!
//! Ends: healed (no cells), hot fibrosis (both cells), and cold fibrosis (myofibroblasts that keep themselves, as long
//! as there is no macrophage at all). An injury is an inflow i of macrophages for some time. A short one heals, one
//! above a critical length ends in hot fibrosis. Repeated short ones can end there too: the harmful gaps are a band.
//! Very short gaps don't let myofibroblasts grow, gaps of one to five weeks are worst, longer ones heal again; so a
//! search between two gaps misses it and the whole range has to be scanned.
//!
//! Assumptions: the authors' parameters, a generic tissue. Limits: never fitted to skin or to needles; what a session
//! is in units of i is not known. For research only: a switch to think with, never advice on intervals. Source: Adler
//! 2020, iScience, equations and parameters as in the authors' public code. Stiff (α₂x/(1 + p) reaches hundreds a day),
//! hence an implicit integrator.

use needlework_evidence::parameters;
use needlework_numerics::{StiffError, Tolerance, integrate_stiff};
use needlework_units::{Rate, Time};

parameters! {
    /// The circuit's parameters, as published.
    pub struct CircuitParameters {
        /// λ₁.
        pub myofibroblast_growth: Rate = "healing.adler_2020.myofibroblast_growth",
        /// λ₂.
        pub macrophage_growth: Rate = "healing.adler_2020.macrophage_growth",
        /// μ.
        pub death: Rate = "healing.adler_2020.death",
        /// γ.
        pub factor_decay: Rate = "healing.adler_2020.factor_decay",
        /// β₁.
        pub csf_by_myofibroblasts: Rate = "healing.adler_2020.csf_by_myofibroblasts",
        /// β₂.
        pub pdgf_by_macrophages: Rate = "healing.adler_2020.pdgf_by_macrophages",
        /// β₃.
        pub pdgf_by_myofibroblasts: Rate = "healing.adler_2020.pdgf_by_myofibroblasts",
        /// α₁.
        pub csf_uptake: Rate = "healing.adler_2020.csf_uptake",
        /// α₂.
        pub pdgf_uptake: Rate = "healing.adler_2020.pdgf_uptake",
        /// i during an injury, where nothing else is asked for.
        pub inflow: Rate = "healing.adler_2020.inflow",
        /// Cells of either kind before an injury.
        pub first_cells: f64 = "healing.adler_2020.first_cells",
    }
}

/// Where the circuit ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// No cells are left.
    Healed,
    /// Myofibroblasts keep themselves.
    ColdFibrosis,
    /// Myofibroblasts and macrophages keep each other.
    HotFibrosis,
}

/// Injuries that repeat.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pulses {
    /// Inflow of macrophages during each, over the capacity.
    pub inflow: Rate,
    /// How long each lasts.
    pub length: Time,
    /// How many there are.
    pub count: u32,
    /// From the end of one to the start of the next.
    pub gap: Time,
}

/// Myofibroblasts, macrophages, CSF, PDGF.
type Circuit = [f64; 4];

// numerical: a step's error; a tenth of it moves the critical pulse by less than a thousandth of a day
const TOLERANCE: Tolerance = Tolerance {
    relative: 1e-6,
    absolute: 1e-14,
};

/// The rates as plain numbers per day, since they are read in every step.
struct DailyRates {
    myofibroblast_growth: f64,
    macrophage_growth: f64,
    death: f64,
    factor_decay: f64,
    csf_by_myofibroblasts: f64,
    pdgf_by_macrophages: f64,
    pdgf_by_myofibroblasts: f64,
    csf_uptake: f64,
    pdgf_uptake: f64,
}

impl DailyRates {
    fn of(parameters: &CircuitParameters) -> Self {
        Self {
            myofibroblast_growth: parameters.myofibroblast_growth.per_day(),
            macrophage_growth: parameters.macrophage_growth.per_day(),
            death: parameters.death.per_day(),
            factor_decay: parameters.factor_decay.per_day(),
            csf_by_myofibroblasts: parameters.csf_by_myofibroblasts.per_day(),
            pdgf_by_macrophages: parameters.pdgf_by_macrophages.per_day(),
            pdgf_by_myofibroblasts: parameters.pdgf_by_myofibroblasts.per_day(),
            csf_uptake: parameters.csf_uptake.per_day(),
            pdgf_uptake: parameters.pdgf_uptake.per_day(),
        }
    }
}

/// Rates of change, per day, at an inflow of macrophages.
#[cfg(test)]
fn rates_per_day(circuit: &Circuit, inflow: Rate, parameters: &CircuitParameters) -> Circuit {
    rates(circuit, inflow.per_day(), &DailyRates::of(parameters))
}

fn rates(&[x, m, c, p]: &Circuit, inflow_per_day: f64, q: &DailyRates) -> Circuit {
    let (csf, pdgf) = (c / (1.0 + c), p / (1.0 + p));
    [
        x * (q.myofibroblast_growth * pdgf * (1.0 - x) - q.death),
        m * (q.macrophage_growth * csf - q.death) + inflow_per_day,
        q.csf_by_myofibroblasts * x - q.csf_uptake * m * csf - q.factor_decay * c,
        q.pdgf_by_macrophages * m + q.pdgf_by_myofibroblasts * x - q.pdgf_uptake * x * pdgf - q.factor_decay * p,
    ]
}

fn jacobian(&[x, m, c, p]: &Circuit, q: &DailyRates) -> [Circuit; 4] {
    let (csf, pdgf) = (c / (1.0 + c), p / (1.0 + p));
    let (csf_slope, pdgf_slope) = (1.0 / ((1.0 + c) * (1.0 + c)), 1.0 / ((1.0 + p) * (1.0 + p)));
    let (growth, death) = (q.myofibroblast_growth, q.death);
    let decay = q.factor_decay;
    [
        [
            growth * pdgf * (1.0 - 2.0 * x) - death,
            0.0,
            0.0,
            growth * x * (1.0 - x) * pdgf_slope,
        ],
        [
            0.0,
            q.macrophage_growth * csf - death,
            q.macrophage_growth * m * csf_slope,
            0.0,
        ],
        [
            q.csf_by_myofibroblasts,
            -q.csf_uptake * csf,
            -q.csf_uptake * m * csf_slope - decay,
            0.0,
        ],
        [
            q.pdgf_by_myofibroblasts - q.pdgf_uptake * pdgf,
            q.pdgf_by_macrophages,
            0.0,
            -q.pdgf_uptake * x * pdgf_slope - decay,
        ],
    ]
}

/// The circuit after some time at a constant inflow.
///
/// # Errors
/// [`StiffError`] when it cannot be integrated, which positive parameters and states never cause.
fn run(circuit: &Circuit, span: Time, inflow: Rate, parameters: &CircuitParameters) -> Result<Circuit, StiffError> {
    let (plain, inflow_per_day) = (DailyRates::of(parameters), inflow.per_day());
    integrate_stiff(
        *circuit,
        span.days(),
        TOLERANCE,
        |state| rates(state, inflow_per_day, &plain),
        |state| jacobian(state, &plain),
    )
}

/// Where healthy tissue ends after repeated injuries.
///
/// # Errors
/// [`StiffError`] when the circuit cannot be integrated, which positive parameters and states never cause.
fn end_of(pulses: &Pulses, parameters: &CircuitParameters) -> Result<End, StiffError> {
    // numerical: cells in a thousand over the capacity, far below any fibrosis (.28 and more) and far above a healed
    // end after 400 days
    const SEEN: f64 = 1e-3;
    // numerical: days after which even a course that grazed the border has taken its side
    const LATER: f64 = 400.0;
    let first = parameters.first_cells;
    let mut circuit = [first, first, 0.0, 0.0];
    for pulse in 0..pulses.count {
        if pulse > 0 {
            circuit = run(&circuit, pulses.gap, Rate::ZERO, parameters)?;
        }
        circuit = run(&circuit, pulses.length, pulses.inflow, parameters)?;
    }
    let [myofibroblasts, macrophages, ..] = run(&circuit, Time::from_days(LATER), Rate::ZERO, parameters)?;
    Ok(if myofibroblasts < SEEN {
        End::Healed
    } else if macrophages < SEEN {
        End::ColdFibrosis
    } else {
        End::HotFibrosis
    })
}

/// The longest single injury that still heals at an inflow, by bisection.
///
/// # Errors
/// [`StiffError`] when the circuit cannot be integrated, which positive parameters and states never cause.
pub fn critical_pulse(inflow: Rate, parameters: &CircuitParameters) -> Result<Time, StiffError> {
    // numerical: halvings of a hundred days leave a thousandth of one
    const HALVINGS: u32 = 17;
    // numerical: longest injury that is tried, days
    const LONGEST: f64 = 100.0;
    let (mut heals, mut scars) = (0.0, LONGEST);
    for _ in 0..HALVINGS {
        let middle = 0.5 * (heals + scars);
        let pulse = Pulses {
            inflow,
            length: Time::from_days(middle),
            count: 1,
            gap: Time::ZERO,
        };
        if end_of(&pulse, parameters)? == End::Healed {
            heals = middle;
        } else {
            scars = middle;
        }
    }
    Ok(Time::from_days(0.5 * (heals + scars)))
}

/// The longest injury in each of `count` sessions that still heals when they begin `interval` apart; never longer than
/// the interval. Sessions that touch are one.
///
/// Lengths are scanned upwards first, since a longer injury need not be the more harmful one in a course.
///
/// # Errors
/// [`StiffError`] when the circuit cannot be integrated, which positive parameters and states never cause.
pub fn critical_pulse_of_course(
    inflow: Rate,
    count: u32,
    interval: Time,
    parameters: &CircuitParameters,
) -> Result<Time, StiffError> {
    // numerical: lengths that are tried up to that of a single injury, then halvings between two of them: a
    // five-hundredth of it
    const TRIED: u32 = 16;
    // numerical: see TRIED
    const HALVINGS: u32 = 5;
    let most = critical_pulse(inflow, parameters)?.days().min(interval.days());
    let heals = |days: f64| -> Result<bool, StiffError> {
        let course = Pulses {
            inflow,
            length: Time::from_days(days),
            count,
            gap: Time::from_days(interval.days() - days),
        };
        Ok(end_of(&course, parameters)? == End::Healed)
    };
    let (mut low, mut high) = (0.0, most);
    for tried in 1..=TRIED {
        let days = most * f64::from(tried) / f64::from(TRIED);
        if heals(days)? {
            low = days;
        } else {
            high = days;
            break;
        }
    }
    if low >= most {
        return Ok(Time::from_days(most));
    }
    for _ in 0..HALVINGS {
        let middle = 0.5 * (low + high);
        if heals(middle)? {
            low = middle;
        } else {
            high = middle;
        }
    }
    Ok(Time::from_days(0.5 * (low + high)))
}

/// Which of the given gaps end in fibrosis; the whole list is scanned, since the harmful ones are a band.
///
/// # Errors
/// [`StiffError`] when the circuit cannot be integrated, which positive parameters and states never cause.
pub fn harmful_gaps(pulses: &Pulses, gaps: &[Time], parameters: &CircuitParameters) -> Result<Vec<Time>, StiffError> {
    let mut harmful = Vec::new();
    for &gap in gaps {
        if end_of(&Pulses { gap, ..*pulses }, parameters)? != End::Healed {
            harmful.push(gap);
        }
    }
    Ok(harmful)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use needlework_evidence::Book;

    fn book() -> Book {
        let files = [
            ("cascade.toml", include_str!("../../../evidence/cascade.toml")),
            ("histology.toml", include_str!("../../../evidence/histology.toml")),
            ("priors.toml", include_str!("../../../evidence/priors.toml")),
            ("sources.toml", include_str!("../../../evidence/sources.toml")),
        ];
        Book::parse(&files).unwrap()
    }

    fn parameters() -> CircuitParameters {
        let book = book();
        CircuitParameters::fill(&mut |key| book.value(key).unwrap())
    }

    fn size(rates: &Circuit) -> f64 {
        rates.iter().map(|rate| rate.abs()).fold(0.0, f64::max)
    }

    /// The state with the given cells at which both factors stand still.
    fn factors_at_rest(x: f64, m: f64, p: &CircuitParameters) -> Circuit {
        let root = |made: f64, taken: f64| {
            // made − taken·f/(1 + f) − γf = 0
            let gamma = p.factor_decay.per_day();
            let half = (gamma + taken - made) / (2.0 * gamma);
            (half * half + made / gamma).sqrt() - half
        };
        [
            x,
            m,
            root(p.csf_by_myofibroblasts.per_day() * x, p.csf_uptake.per_day() * m),
            root(
                p.pdgf_by_macrophages.per_day() * m + p.pdgf_by_myofibroblasts.per_day() * x,
                p.pdgf_uptake.per_day() * x,
            ),
        ]
    }

    #[test]
    fn the_fixed_points_are_those_published() {
        let p = parameters();
        // Cells and factors from independent computations with the published parameters, to five digits.
        for (x, m) in [(0.481_39, 0.639_49), (0.278_80, 0.0), (0.010_339, 0.0), (0.0, 0.0)] {
            let state = factors_at_rest(x, m, &p);
            let rates = rates_per_day(&state, Rate::ZERO, &p);
            assert!(size(&rates) < 2e-5, "{state:?}: {rates:?}");
        }
        let hot = factors_at_rest(0.481_39, 0.639_49, &p);
        assert!((hot[2] - 0.6).abs() < 1e-3 && (hot[3] - 1.7991).abs() < 1e-3, "{hot:?}");
    }

    #[test]
    fn fibrosis_is_stable_and_cold_fibrosis_has_a_threshold() {
        let p = parameters();
        let later =
            |x: f64, m: f64, days: f64| run(&factors_at_rest(x, m, &p), Time::from_days(days), Rate::ZERO, &p).unwrap();
        let hot = later(0.45, 0.6, 600.0);
        assert!(
            (hot[0] - 0.481_39).abs() < 1e-4 && (hot[1] - 0.639_49).abs() < 1e-4,
            "{hot:?}"
        );
        // Cold fibrosis has no macrophages at all, which rounding keeps up for a month or two only; a few would make it
        // hot.
        assert!((later(0.26, 0.0, 40.0)[0] - 0.278_80).abs() < 4e-3);
        assert!(later(0.011, 0.0, 40.0)[0] > 0.02 && later(0.0098, 0.0, 40.0)[0] < 0.008);
        assert!((later(0.27, 1e-6, 600.0)[1] - 0.639_49).abs() < 1e-4);
    }

    #[test]
    fn the_derivatives_are_those_of_the_rates() {
        let p = parameters();
        let state = [0.2, 0.3, 0.7, 1.4];
        for j in 0..4 {
            let near = |by: f64| {
                let mut moved = state;
                moved[j] += by;
                rates_per_day(&moved, Rate::ZERO, &p)
            };
            let (up, down) = (near(1e-6), near(-1e-6));
            for i in 0..4 {
                let slope = (up[i] - down[i]) / 2e-6;
                assert!(
                    (jacobian(&state, &DailyRates::of(&p))[i][j] - slope).abs() < 1e-5,
                    "{i} {j}"
                );
            }
        }
    }

    #[test]
    fn the_critical_pulse_is_two_days_and_a_sixth_and_longer_for_weaker_injuries() {
        let p = parameters();
        let published = book().value("healing.adler_2020.critical_pulse").unwrap();
        for (inflow, days, slack) in [
            (1.0, published, 0.01),
            (0.3, 4.97, 0.02),
            (0.1, 9.0, 0.05),
            (0.03, 16.4, 0.1),
        ] {
            let found = critical_pulse(Rate::from_per_day(inflow), &p).unwrap().days();
            assert!((found - days).abs() < slack, "inflow {inflow}: {found}, {days}");
        }
        let single = |days: f64| {
            let pulse = Pulses {
                inflow: p.inflow,
                length: Time::from_days(days),
                count: 1,
                gap: Time::ZERO,
            };
            end_of(&pulse, &p).unwrap()
        };
        assert_eq!([single(2.0), single(4.0)], [End::Healed, End::HotFibrosis]);
    }

    /// Length of a pulse in days, number, and the gaps in days: harmful ones and those that heal.
    #[test]
    fn sessions_weeks_apart_bear_less_each_than_one_alone_and_months_apart_as_much() {
        let p = parameters();
        let of = |count, weeks| {
            critical_pulse_of_course(p.inflow, count, Time::from_weeks(weeks), &p)
                .unwrap()
                .days()
        };
        let single = critical_pulse(p.inflow, &p).unwrap().days();
        assert!((of(1, 4.0) / single - 1.0).abs() < 0.01);
        let by_interval = [2.0, 4.0, 8.0, 26.0].map(|weeks| of(4, weeks));
        assert!(by_interval.windows(2).all(|pair| pair[0] < pair[1]), "{by_interval:?}");
        // Independent scans: of four pulses, those of a quarter of a day scar at gaps of 2 to 21 days, of half a day up
        // to 28, of one day up to 35, of two days up to 60.
        let within = [(0.0, 0.25), (0.25, 0.5), (1.0, 2.0)];
        for (found, (low, high)) in by_interval.iter().zip(within) {
            assert!((low..high).contains(found), "{by_interval:?}");
        }
        assert!(of(4, 4.0) <= of(2, 4.0) && by_interval[3] > 0.9 * single);
    }

    #[test]
    fn the_harmful_gaps_are_a_band() {
        let p = parameters();
        let table: [(f64, u32, &[f64], &[f64]); 7] = [
            (1.0, 2, &[1.0, 7.0, 21.0, 35.0], &[0.25, 0.5, 42.0, 60.0]),
            (1.0, 4, &[7.0, 35.0], &[60.0]),
            (1.0, 6, &[7.0, 42.0], &[60.0]),
            (0.5, 2, &[7.0, 14.0, 21.0], &[1.0, 3.0, 5.0, 28.0, 35.0]),
            (0.25, 2, &[], &[0.25, 1.0, 7.0, 14.0, 28.0]),
            (0.25, 4, &[2.0, 7.0, 21.0], &[0.5, 1.0, 28.0]),
            (2.0, 2, &[7.0, 60.0], &[75.0, 90.0]),
        ];
        for (length, count, harmful, healing) in table {
            let pulses = Pulses {
                inflow: p.inflow,
                length: Time::from_days(length),
                count,
                gap: Time::ZERO,
            };
            let gaps: Vec<Time> = harmful
                .iter()
                .chain(healing)
                .map(|&days| Time::from_days(days))
                .collect();
            let found: Vec<f64> = harmful_gaps(&pulses, &gaps, &p)
                .unwrap()
                .iter()
                .map(|gap| gap.days())
                .collect();
            assert_eq!(found, harmful, "{count} pulses of {length} days");
        }
    }

    #[test]
    fn cells_and_factors_stay_positive_through_a_course() {
        let p = parameters();
        let mut circuit = [p.first_cells, p.first_cells, 0.0, 0.0];
        for hour in 0..400 {
            let inflow = if hour % 100 < 20 { p.inflow } else { Rate::ZERO };
            circuit = run(&circuit, Time::from_days(0.25), inflow, &p).unwrap();
            assert!(circuit.iter().all(|&one| one >= -1e-12), "{hour}: {circuit:?}");
        }
    }
}
