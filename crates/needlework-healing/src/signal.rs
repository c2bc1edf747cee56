//! The answer of tissue to one session, and the sum over sessions.
//!
//! A session k that injures the share φ(x) raises synthesis by G(x)·b(t − t_k) with
//! G = G_m·[1 − exp(−γ·A·φ/G_m)]·m_stage·exp(s_p·ε − s_p²/2) and the kernel
//! b(t) = (e^{−t/τ₂} − e^{−t/τ₁})/(τ₂ − τ₁), which has unit area and becomes t·e^{−t/τ}/τ² where the times meet.
//! Sessions superpose; saturation comes from the gap that is left.

use needlework_evidence::parameters;
use needlework_puncture::Holes;
use needlework_stria::Stage;
use needlework_units::Time;

parameters! {
    /// What is not known of healing; a world's draw.
    pub struct Parameters {
        /// Gain of synthesis per injured share, from large wounds.
        pub gain: f64 = "healing.gain",
        /// How much more a micro-wound does than its share of a large one.
        pub amplification: f64 = "healing.amplification",
        /// Largest gain of one session.
        pub most_gain: f64 = "healing.most_gain",
        /// Time in which synthesis rises.
        pub rise: Time = "healing.rise",
        /// Time in which synthesis falls.
        pub fall: Time = "healing.fall",
        /// Time in which new collagen matures.
        pub maturation: Time = "healing.maturation",
        /// Response of red marks.
        pub response_rubra: f64 = "healing.response.rubra",
        /// Response of pale marks.
        pub response_alba: f64 = "healing.response.alba",
        /// Spread of the response between people, in its logarithm.
        pub response_person_sd: f64 = "healing.response.person_sd",
        /// Time in which gains are lost if collagen returns to its set point.
        pub relapse: Time = "healing.relapse",
        /// Half-life of mature collagen if gains persist.
        pub turnover: Time = "healing.turnover",
        /// Time scale of the two-state law.
        pub two_state_time: Time = "healing.two_states.time",
        /// Where the watershed between the two states lies, as a share of the way to the upper one.
        pub watershed: f64 = "healing.two_states.watershed",
        /// Gain of the epidermis by one reference session.
        pub epidermal_gain: f64 = "healing.epidermis.gain",
        /// Time in which the epidermis thins again.
        pub epidermal_decay: Time = "healing.epidermis.decay",
        /// Time in which the epidermis thickens after a session.
        pub epidermal_rise: Time = "healing.epidermis.rise",
        /// Injured share of the reference session.
        pub epidermal_reference: f64 = "healing.epidermis.reference_share",
        /// Injured share, over the reference, beyond which the epidermis answers no more.
        pub epidermal_cap: f64 = "healing.epidermis.cap",
        /// Largest gain of the epidermis.
        pub epidermal_most: f64 = "healing.epidermis.most",
    }
}

/// How a person's answer differs; a standard normal draw.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PersonDraws {
    /// Strength of the answer.
    pub response: f64,
}

/// What sessions have set going: gains by depth with the times at which they act.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Signals {
    pub(crate) drives: Vec<Drive>,
}

/// Sessions that gave the same answer, kept together so that a long course costs no more than its times.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Drive {
    /// Gain at each depth cell.
    pub gain: Vec<f64>,
    /// Strength of the epidermal answer.
    pub epidermal: f64,
    /// When the sessions took place, days since the first.
    pub days: Vec<f64>,
}

impl Signals {
    /// Adds the answer to a session at `time`.
    pub fn add(&mut self, time: Time, gain: Vec<f64>, epidermal: f64) {
        match self.drives.last_mut() {
            Some(last) if last.gain == gain && last.epidermal == epidermal => last.days.push(time.days()),
            _ => self.drives.push(Drive {
                gain,
                epidermal,
                days: vec![time.days()],
            }),
        }
    }
}

/// The answer of one session: gain of synthesis at each depth cell, and strength of the epidermal answer.
///
/// `factor` is what the person's condition leaves of synthesis.
#[must_use]
pub fn answer(
    holes: &Holes,
    stage: Stage,
    factor: f64,
    parameters: &Parameters,
    person: &PersonDraws,
) -> (Vec<f64>, f64) {
    let stage_response = match stage {
        Stage::Rubra => parameters.response_rubra,
        Stage::Alba => parameters.response_alba,
    };
    let spread = parameters.response_person_sd;
    let own = (spread * person.response - spread * spread * 0.5).exp() * stage_response * factor;
    let most = parameters.most_gain;
    let per_share = parameters.gain * parameters.amplification;
    let gain = holes
        .injured
        .iter()
        .map(|share| own * most * (1.0 - (-per_share * share / most).exp()))
        .collect();
    let reference = (holes.injured_top / parameters.epidermal_reference).min(parameters.epidermal_cap);
    (gain, parameters.epidermal_gain * reference.sqrt())
}

/// The kernel b(t), per day; zero before its session.
#[must_use]
pub fn kernel_per_day(days: f64, parameters: &Parameters) -> f64 {
    if days < 0.0 {
        return 0.0;
    }
    let (rise, fall) = (parameters.rise.days(), parameters.fall.days());
    let gap = 1.0 / rise - 1.0 / fall;
    // Written with expm1 so that nearly equal times lose no digits; at equal times the quotient is t/τ².
    // numerical: below this relative gap the limit is exact to the last digits
    const MEET: f64 = 1e-9;
    let quotient = if (gap * rise).abs() < MEET {
        days / (rise * fall)
    } else {
        -(-days * gap).exp_m1() / (fall - rise)
    };
    (-days / fall).exp() * quotient
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use needlework_units::ArealDensity;

    pub(crate) fn parameters() -> Parameters {
        Parameters {
            gain: 1.6,
            amplification: 5.0,
            most_gain: 0.6,
            rise: Time::from_days(10.0),
            fall: Time::from_days(26.0),
            maturation: Time::from_days(180.0),
            response_rubra: 1.0,
            response_alba: 0.6,
            response_person_sd: 0.5,
            relapse: Time::from_days(270.0),
            turnover: Time::from_years(15.0),
            two_state_time: Time::from_days(180.0),
            watershed: 0.45,
            epidermal_gain: 0.1,
            epidermal_decay: Time::from_days(240.0),
            epidermal_rise: Time::from_days(14.0),
            epidermal_reference: 0.03,
            epidermal_cap: 4.0,
            epidermal_most: 0.6,
        }
    }

    fn holes(share: f64) -> Holes {
        Holes {
            density: ArealDensity::from_per_mm2(1.2),
            depths_mm: vec![0.7],
            surface_radii_mm: vec![0.05],
            reaches_dermis: 1.0,
            reaches_reticular: 0.5,
            injured_top: share,
            injured: vec![share; 3],
        }
    }

    #[test]
    fn the_kernel_has_unit_area_also_where_its_times_meet() {
        for (rise, fall) in [(10.0, 26.0), (26.0, 10.0), (20.0, 20.0), (20.0, 20.000_001)] {
            let p = Parameters {
                rise: Time::from_days(rise),
                fall: Time::from_days(fall),
                ..parameters()
            };
            let area: f64 = (0..400_000)
                .map(|i| kernel_per_day(f64::from(i) * 0.005 + 0.0025, &p) * 0.005)
                .sum();
            assert!((area - 1.0).abs() < 1e-6, "{rise} {fall}: {area}");
        }
        assert_eq!(kernel_per_day(-1.0, &parameters()), 0.0);
    }

    #[test]
    fn a_small_wound_answers_in_proportion_and_a_large_one_saturates() {
        let p = parameters();
        let gain = |share| answer(&holes(share), Stage::Rubra, 1.0, &p, &PersonDraws::default()).0[0];
        let scale = (-0.5_f64 * 0.5 * 0.5).exp();
        assert!((gain(1e-5) / 1e-5 - 8.0 * scale).abs() < 1e-2);
        assert!(gain(1.0) <= 0.6 * scale + 1e-12);
        assert_eq!(gain(0.0), 0.0);
    }

    #[test]
    fn equal_sessions_share_one_drive() {
        let mut signals = Signals::default();
        for k in 0..3 {
            signals.add(Time::from_weeks(4.0 * f64::from(k)), vec![0.1, 0.2], 0.1);
        }
        assert_eq!(signals.drives.len(), 1);
        assert_eq!(signals.drives[0].days.len(), 3);
    }
}
