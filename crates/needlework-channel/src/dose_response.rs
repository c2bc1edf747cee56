//! Dose–response of bacteria at one site: how a person deals with them, and in which regimes.
//!
//! Germs divide from the start; neutrophils come with the clock of the acute wound and stay while germs do. Until they
//! reach the critical concentration germs gain, by chance in small numbers; from then on they fall, unless there are
//! already more than neutrophils can hold.
//!
//! Three regimes, between which the literature does not decide for needle channels:
//! * **perfused**: neutrophils come at once, as to germs that were injected into normal skin (4 to 8 million needed);
//! * **sealed**: under a cover they reach the germs hours later (inoculated forearms: a thousand, and in some people
//!   tens); in air a part of that, for crust and clothes seal a little, and how much nobody knows;
//! * **foreign body**: they come and work badly, as beside a suture, a splinter or fibres (ten thousand times fewer).
//!
//! People differ in all of it. That, not chance, is why risk rises so slowly with dose; and why sessions of one person
//! are not independent of each other.
//!
//! Limits: one kind of germ; neutrophils stand for all defence; their clock is that of large wounds, for the cascade of
//! healing was fitted to those.

use needlework_evidence::parameters;
use needlework_units::{Rate, Time};

use crate::growth::Lineages;

parameters! {
    /// What is not known of germs against a host; a world's draw.
    pub struct HostParameters {
        /// Time in which germs double.
        pub doubling: Time = "channel.germs.doubling",
        /// Its spread between people, in its logarithm.
        pub doubling_person_sd: f64 = "channel.germs.doubling_person_sd",
        /// Neutrophils at their peak over the number at which germs stop growing.
        pub peak: f64 = "channel.host.neutrophils.peak_over_critical",
        /// Its spread between people, in its logarithm.
        pub peak_person_sd: f64 = "channel.host.neutrophils.peak_person_sd",
        /// Germs at one site at which clearance is half saturated.
        pub saturation: f64 = "channel.host.saturation",
        /// Its spread between people, in its logarithm.
        pub saturation_person_sd: f64 = "channel.host.saturation_person_sd",
        /// How much later neutrophils reach germs under a seal.
        pub sealed_delay: Time = "channel.host.sealed_delay",
        /// Its spread between people, in its logarithm.
        pub sealed_delay_person_sd: f64 = "channel.host.sealed_delay_person_sd",
        /// Share of that delay where nothing covers the channels, for crust and clothes seal them in part.
        pub open_delay: f64 = "channel.host.open_delay",
        /// What a foreign body leaves of the neutrophils' work.
        pub foreign_body: f64 = "channel.host.foreign_body",
    }
}

/// How a person differs; standard normal draws.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct HostPersonDraws {
    /// Growth of germs.
    pub growth: f64,
    /// Neutrophils at their peak.
    pub neutrophils: f64,
    /// Where clearance saturates.
    pub saturation: f64,
    /// Delay under a seal.
    pub delay: f64,
}

/// How well neutrophils reach a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Regime {
    /// At once.
    Perfused,
    /// Late, under a cover.
    Sealed,
    /// Later than at once, in air.
    PartlySealed,
    /// At once, and they work badly.
    ForeignBody,
}

/// What becomes of germs at one site of one person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DoseResponse {
    lineages: Lineages,
    /// Natural logarithm of the germs that are too many when neutrophils reach the critical concentration.
    log_too_many: f64,
}

impl DoseResponse {
    /// Probability that a Poisson number of germs with mean `inoculum` at one site becomes an infection.
    #[must_use]
    pub fn risk(&self, inoculum: f64) -> f64 {
        self.lineages.pass(inoculum, self.log_too_many)
    }
}

/// How neutrophils come and go in a wound: debris calls them and is cleared at one rate, and they leave at another. The
/// cascade of healing says so; how many they are scales with the wound and does not matter here.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NeutrophilCourse {
    /// Rate at which the call for neutrophils fades.
    pub call: Rate,
    /// Rate at which neutrophils leave.
    pub leave: Rate,
}

/// The course of neutrophils over their peak, held at the peak while germs last.
struct Neutrophils {
    call: f64,
    leave: f64,
    peak_day: f64,
    peak: f64,
}

impl Neutrophils {
    fn of(course: &NeutrophilCourse) -> Self {
        let call = course.call.per_day();
        // numerical: the two rates are kept apart by a relative hair, where the formula would divide zero by zero
        const APART: f64 = 1e-6;
        let leave = course.leave.per_day();
        let leave = if (leave / call - 1.0).abs() < APART {
            call * (1.0 + APART)
        } else {
            leave
        };
        let peak_day = (call / leave).ln() / (call - leave);
        let mut course = Self {
            call,
            leave,
            peak_day,
            peak: 1.0,
        };
        course.peak = course.raw(peak_day);
        course
    }

    fn raw(&self, day: f64) -> f64 {
        ((-self.leave * day).exp() - (-self.call * day).exp()) / (self.call - self.leave)
    }

    /// Share of the peak at a day up to that of the peak.
    fn share(&self, day: f64) -> f64 {
        self.raw(day) / self.peak
    }

    /// The day on which a share of the peak is reached.
    fn reaches(&self, share: f64) -> f64 {
        let (mut low, mut high) = (0.0, self.peak_day);
        // numerical: halvings to the last digits of a day
        const HALVINGS: usize = 50;
        for _ in 0..HALVINGS {
            let middle = 0.5 * (low + high);
            if self.share(middle) < share {
                low = middle;
            } else {
                high = middle;
            }
        }
        high
    }
}

/// What becomes of germs at one site of a person whose neutrophils come and go as in `course`.
#[must_use]
pub fn dose_response(
    regime: Regime,
    parameters: &HostParameters,
    course: &NeutrophilCourse,
    person: &HostPersonDraws,
) -> DoseResponse {
    let works = match regime {
        Regime::ForeignBody => parameters.foreign_body.min(1.0),
        Regime::Perfused | Regime::Sealed | Regime::PartlySealed => 1.0,
    };
    let undelayed = Undelayed::of(works, parameters, &Neutrophils::of(course), person);
    undelayed.after(delay_days(regime, parameters, person))
}

/// The same in each regime: perfused, sealed, partly sealed, and with a foreign body. The first three differ by the
/// delay alone, so that what neutrophils do is worked out once for them.
#[must_use]
pub(crate) fn dose_responses(
    parameters: &HostParameters,
    course: &NeutrophilCourse,
    person: &HostPersonDraws,
) -> [DoseResponse; 4] {
    let course = Neutrophils::of(course);
    let well = Undelayed::of(1.0, parameters, &course, person);
    let badly = Undelayed::of(parameters.foreign_body.min(1.0), parameters, &course, person);
    let after = |undelayed: &Undelayed, regime| undelayed.after(delay_days(regime, parameters, person));
    [
        after(&well, Regime::Perfused),
        after(&well, Regime::Sealed),
        after(&well, Regime::PartlySealed),
        after(&badly, Regime::ForeignBody),
    ]
}

/// How much a person differs in something by a draw.
fn own(sd: f64, draw: f64) -> f64 {
    (sd * draw).exp()
}

/// Days until neutrophils come.
fn delay_days(regime: Regime, parameters: &HostParameters, person: &HostPersonDraws) -> f64 {
    let sealed = parameters.sealed_delay.days() * own(parameters.sealed_delay_person_sd, person.delay);
    match regime {
        Regime::Sealed => sealed,
        Regime::PartlySealed => sealed * parameters.open_delay.min(1.0),
        Regime::Perfused | Regime::ForeignBody => 0.0,
    }
}

/// What becomes of germs to which neutrophils come at once.
struct Undelayed {
    growth: f64,
    /// ∫(β − δ) until the critical day, and the deaths that outlive it.
    gained: f64,
    deaths: f64,
    log_too_many: f64,
}

impl Undelayed {
    /// With neutrophils that do a share of their work.
    fn of(works: f64, parameters: &HostParameters, course: &Neutrophils, person: &HostPersonDraws) -> Self {
        let growth =
            std::f64::consts::LN_2 / parameters.doubling.days() * own(parameters.doubling_person_sd, person.growth);
        let peak = parameters.peak * own(parameters.peak_person_sd, person.neutrophils) * works;
        let log_saturation = parameters.saturation.ln() + parameters.saturation_person_sd * person.saturation;
        // Time is divided at the critical day, on which neutrophils reach the number that balances growth. Before it
        // bacteria grow on the whole and chance decides in small numbers (a birth–death process); after it the outcome
        // is deterministic: more than the separatrix of that day win, fewer are cleared.
        let critical = if peak > 1.0 {
            course.reaches(1.0 / peak)
        } else {
            course.peak_day
        };
        let (gained, deaths) = gain(course, growth, peak, critical);
        if peak <= 1.0 {
            // Neutrophils never suffice: whatever outlives chance wins. From the peak on death stays at its share of
            // growth.
            let after = (-gained).exp() * peak / (1.0 - peak).max(f64::EPSILON);
            return Self {
                growth,
                gained,
                deaths: deaths + after,
                log_too_many: f64::NEG_INFINITY,
            };
        }
        // The separatrix where neutrophils come, carried on to the critical day as if clearance were not saturated: for
        // few germs that is the separatrix of that day, and for many it keeps the separatrix of the start where the
        // rates put it.
        let start = moving_separatrix(course, growth, peak, 0.0);
        Self {
            growth,
            gained,
            deaths,
            // One germ is the least that can be too many.
            log_too_many: (log_saturation + start + gained).max(0.0),
        }
    }

    /// The same where neutrophils come so many days later: until then germs only divide, by e^(growth · delay).
    fn after(&self, delay: f64) -> DoseResponse {
        let ahead = self.growth * delay;
        DoseResponse {
            lineages: Lineages::at(-self.gained - ahead, self.deaths * (-ahead).exp()),
            log_too_many: self.log_too_many,
        }
    }
}

/// The course of neutrophils followed in equal steps of time, forwards or backwards: a step multiplies each exponential
/// by its own factor, so that none is computed anew.
struct Followed {
    /// What is left of the neutrophils that leave, and of the call.
    left: [f64; 2],
    factors: [f64; 2],
    scale: f64,
}

impl Followed {
    fn from(course: &Neutrophils, day: f64, step: f64) -> Self {
        let rates = [course.leave, course.call];
        Self {
            left: rates.map(|rate| (-rate * day).exp()),
            factors: rates.map(|rate| (-rate * step).exp()),
            scale: 1.0 / ((course.call - course.leave) * course.peak),
        }
    }

    /// The share of the peak here.
    fn share(&self) -> f64 {
        (self.left[0] - self.left[1]) * self.scale
    }

    fn step(&mut self) {
        self.left[0] *= self.factors[0];
        self.left[1] *= self.factors[1];
    }
}

/// ∫(β − δ) and ∫ δ e^ρ from the coming of neutrophils until `end`, with births at `growth` and deaths at growth times
/// neutrophils over the critical number.
fn gain(course: &Neutrophils, growth: f64, peak: f64, end: f64) -> (f64, f64) {
    let steps = steps(growth * end);
    let step = end / f64::from(steps);
    let (mut gained, mut deaths) = (0.0, 0.0);
    // The middle of a step: second order, and no step can overshoot.
    let mut followed = Followed::from(course, 0.5 * step, step);
    for _ in 0..steps {
        let here = peak * followed.share();
        let change = growth * (1.0 - here) * step;
        deaths += growth * here * step * (-(gained + 0.5 * change)).exp();
        gained += change;
        followed.step();
    }
    (gained, deaths)
}

/// Natural logarithm, over the saturation, of the germs from which growth and clearance part at the day `from` of the
/// neutrophils: back along the separatrix from the peak, where it is the root of 1 = peak/(1 + x). Backwards the
/// separatrix attracts, so the error dies out.
fn moving_separatrix(course: &Neutrophils, growth: f64, peak: f64, from: f64) -> f64 {
    let span = course.peak_day - from;
    let steps = steps(growth * span);
    let step = span / f64::from(steps);
    let slope = |log_germs: f64, share: f64| growth * (1.0 - peak * share / (1.0 + log_germs.exp()));
    let mut log_germs = (peak - 1.0).ln();
    let mut followed = Followed::from(course, course.peak_day, -0.5 * step);
    for _ in 0..steps {
        // The explicit midpoint rule, backwards in time.
        let half = log_germs - 0.5 * step * slope(log_germs, followed.share());
        followed.step();
        log_germs -= step * slope(half, followed.share());
        followed.step();
    }
    log_germs
}

/// Steps for a span in which germs grow by so many factors of e.
fn steps(factors: f64) -> u32 {
    // numerical: a slow span is still a curve
    const LEAST: f64 = 24.0;
    // numerical: a quick one is followed where it bends
    const PER_FACTOR: f64 = 6.0;
    // numerical: beyond this germs win or lose at once
    const MOST: f64 = 4000.0;
    (LEAST + PER_FACTOR * factors).min(MOST) as u32
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use needlework_numerics::normals;

    pub(crate) fn parameters() -> HostParameters {
        HostParameters {
            doubling: Time::from_hours(1.0),
            doubling_person_sd: 0.6,
            peak: 5.0,
            peak_person_sd: 0.4,
            saturation: 1e7,
            saturation_person_sd: 1.5,
            sealed_delay: Time::from_hours(10.5),
            sealed_delay_person_sd: 0.6,
            open_delay: 0.3,
            foreign_body: 0.15,
        }
    }

    /// That of the joint fit of wounds.
    pub(crate) fn course() -> NeutrophilCourse {
        NeutrophilCourse {
            call: Rate::from_per_day(0.823),
            leave: Rate::from_per_day(0.764),
        }
    }

    fn of(regime: Regime) -> DoseResponse {
        dose_response(regime, &parameters(), &course(), &HostPersonDraws::default())
    }

    /// Risk over people.
    fn risk(regime: Regime, dose: f64) -> f64 {
        const PEOPLE: usize = 4000;
        let draws: Vec<Vec<f64>> = ["a", "b", "c", "d"]
            .iter()
            .map(|name| normals(3, name, PEOPLE))
            .collect();
        let one = |i: usize| {
            let person = HostPersonDraws {
                growth: draws[0][i],
                neutrophils: draws[1][i],
                saturation: draws[2][i],
                delay: draws[3][i],
            };
            dose_response(regime, &parameters(), &course(), &person).risk(dose)
        };
        (0..PEOPLE).map(one).sum::<f64>() / PEOPLE as f64
    }

    /// The fate of a large inoculum by rates alone: integrated in full until long after the peak, with a capacity.
    fn wins(regime: Regime, start: f64) -> bool {
        let p = parameters();
        let course = Neutrophils::of(&course());
        let growth = std::f64::consts::LN_2 / p.doubling.days();
        let delay = if regime == Regime::Sealed {
            p.sealed_delay.days()
        } else {
            0.0
        };
        let (mut germs, step) = (start, 1e-4);
        for i in 0..80_000 {
            let day = f64::from(i) * step;
            let came = (day - delay).clamp(0.0, course.peak_day);
            let clearance = growth * p.saturation * p.peak * course.share(came);
            germs += step * crate::growth::rate(germs, growth, 1e10, p.saturation, clearance);
        }
        germs > 10.0
    }

    #[test]
    fn large_inocula_part_where_the_rates_say() {
        for regime in [Regime::Perfused, Regime::Sealed] {
            let (mut low, mut high) = (0.0_f64, 20.0_f64);
            for _ in 0..40 {
                let middle = (low + high) / 2.0;
                if wins(regime, middle.exp()) {
                    high = middle;
                } else {
                    low = middle;
                }
            }
            let half = {
                let (mut low, mut high) = (0.0_f64, 20.0_f64);
                for _ in 0..40 {
                    let middle = (low + high) / 2.0;
                    if of(regime).risk(middle.exp()) > 0.5 {
                        high = middle;
                    } else {
                        low = middle;
                    }
                }
                high
            };
            // By rates alone and by chance: the same dose within a tenth, where hundreds of germs decide, and a factor
            // of 1.5 where few do.
            let allowed = if half > 6.0 { 0.1_f64 } else { 0.4_f64 };
            assert!(
                (half - high).abs() < allowed,
                "{regime:?}: {} {}",
                half.exp(),
                high.exp()
            );
        }
    }

    #[test]
    fn risk_rises_with_dose_and_with_the_regime() {
        let doses = [0.01, 1.0, 100.0, 1e4, 1e6, 1e8];
        for regime in [Regime::Perfused, Regime::Sealed, Regime::ForeignBody] {
            let risks: Vec<f64> = doses.iter().map(|&dose| of(regime).risk(dose)).collect();
            assert!(risks.windows(2).all(|pair| pair[0] <= pair[1]), "{risks:?}");
        }
        for dose in doses {
            assert!(of(Regime::PartlySealed).risk(dose) >= of(Regime::Perfused).risk(dose));
            assert!(of(Regime::Sealed).risk(dose) >= of(Regime::PartlySealed).risk(dose));
            assert!(of(Regime::ForeignBody).risk(dose) >= of(Regime::Perfused).risk(dose));
        }
    }

    /// Singh 1971: 4, 8, 13, 14, 19, 20 of 20 sealed forearms; a deviance of at most 9.5.
    #[test]
    fn sealed_forearms_are_infected_as_counted() {
        let doses = [40.0, 220.0, 2000.0, 1.05e5, 1.6e6, 1e7];
        let counted = [4.0, 8.0, 13.0, 14.0, 19.0, 20.0];
        let deviance: f64 = doses
            .iter()
            .zip(counted)
            .map(|(&dose, seen)| {
                let share = risk(Regime::Sealed, dose).clamp(1e-9, 1.0 - 1e-9);
                let part = |seen: f64, expected: f64| if seen > 0.0 { seen * (seen / expected).ln() } else { 0.0 };
                2.0 * (part(seen, 20.0 * share) + part(20.0 - seen, 20.0 * (1.0 - share)))
            })
            .sum();
        assert!(deviance <= 9.5, "{deviance}");
    }

    /// 4 to 8 million are needed in normal skin.
    #[test]
    fn normal_skin_takes_millions() {
        let (few, many) = (risk(Regime::Perfused, 1.3e6), risk(Regime::Perfused, 2.5e7));
        assert!(few < 0.5 && many > 0.5, "{few} {many}");
    }

    /// Each regime by itself is what all together say.
    #[test]
    fn regimes_together_are_each_by_itself() {
        let person = HostPersonDraws {
            growth: 0.4,
            neutrophils: -0.7,
            saturation: 1.1,
            delay: 0.2,
        };
        let regimes = [
            Regime::Perfused,
            Regime::Sealed,
            Regime::PartlySealed,
            Regime::ForeignBody,
        ];
        let each = regimes.map(|regime| dose_response(regime, &parameters(), &course(), &person));
        assert_eq!(dose_responses(&parameters(), &course(), &person), each);
    }

    #[test]
    fn following_the_course_is_its_formula() {
        let course = Neutrophils::of(&course());
        let mut followed = Followed::from(&course, course.peak_day, -course.peak_day / 4000.0);
        for i in 0..4000 {
            let day = course.peak_day * (1.0 - f64::from(i) / 4000.0);
            assert!((followed.share() - course.share(day)).abs() < 1e-11, "{day}");
            followed.step();
        }
    }

    #[test]
    fn finer_steps_change_nothing_that_counts() {
        let course = Neutrophils::of(&course());
        for growth in [5.0, 16.6, 80.0] {
            let critical = course.reaches(0.2);
            let coarse = moving_separatrix(&course, growth, 5.0, critical);
            let fine = {
                let steps = 100_000;
                let step = (course.peak_day - critical) / f64::from(steps);
                let mut y = 4.0_f64.ln();
                for i in 0..steps {
                    let day = course.peak_day - f64::from(i) * step;
                    y -= step * growth * (1.0 - 5.0 * course.share(day) / (1.0 + y.exp()));
                }
                y
            };
            assert!((coarse - fine).abs() < 2e-2, "{growth}: {coarse} {fine}");
        }
    }
}
