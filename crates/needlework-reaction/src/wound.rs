//! How much skin a session injures, beside a usual one.
//!
//! Each needle of depth z and radius r at the surface injures a cylinder of radius r + h, with h the halo around a
//! channel. Holes lie as at random, so where several overlap skin is injured once (Poisson coverage): the injured
//! volume below a unit of surface, hence a length, is
//!
//! D = ∫ [1 − exp(−n·E[π·(r + h)²·1(z > x)])] dx
//!
//! with n holes per area; few holes give n·E[π·(r + h)²·z]. What follows a wound is scaled by x = D over that of a
//! usual session in the same skin and the same world, so that what is not known of holes and halo mostly cancels. A
//! usual session is a roller of the length that the studies used, with the usual passes.
//!
//! **The answer saturates.** A pen leaves some ten times the holes of a roller, and its redness and downtime were not
//! more. The answer of the skin is (1 + s)·x/(s + x): one for a usual session, in proportion for little, never above
//! (1 + s); s is drawn.
//!
//! Limits: a cone counts as the cylinder around it; where s lies is assumed, from two small comparisons.

use std::f64::consts::PI;

use needlework_evidence::parameters;
use needlework_puncture::{Device, Holes, Kind};
use needlework_units::Length;

parameters! {
    /// The session that others are measured by.
    pub struct WoundParameters {
        /// Needle length of a usual session.
        pub length: Length = "reaction.usual.length",
        /// Injury over that of a usual session at which the answer of the skin is half of the most it can be.
        pub saturation: f64 = "reaction.injury.saturation",
    }
}

/// The device of a usual session: a roller whose geometry stays open.
#[must_use]
pub fn usual_device(parameters: &WoundParameters) -> Device {
    Device::of(Kind::Roller, parameters.length)
}

/// Injured skin below a unit of surface after one session. Zero where nothing is pierced.
#[must_use]
pub fn injury(holes: &Holes, halo: Length) -> Length {
    let count = holes.depths_mm.len().max(1) as f64;
    let mut needles: Vec<(f64, f64)> = holes
        .depths_mm
        .iter()
        .zip(&holes.surface_radii_mm)
        .filter(|&(&depth_mm, _)| depth_mm > 0.0)
        .map(|(&depth_mm, radius_mm)| (depth_mm, PI * (radius_mm + halo.mm()).powi(2)))
        .collect();
    needles.sort_by(|a, b| a.0.total_cmp(&b.0));
    // From one tip down to the next, the discs of all deeper needles cover the same share of skin.
    let mut deeper_mm2: f64 = needles.iter().map(|(_, area_mm2)| area_mm2).sum();
    let (mut above_mm, mut injured_mm) = (0.0, 0.0);
    for (depth_mm, area_mm2) in needles {
        let landed = holes.density.per_mm2() * deeper_mm2.max(0.0) / count;
        injured_mm -= (depth_mm - above_mm) * (-landed).exp_m1();
        above_mm = depth_mm;
        deeper_mm2 -= area_mm2;
    }
    Length::from_mm(injured_mm)
}

/// Answer of the skin to a session over that to a usual one.
#[must_use]
pub fn relative_injury(holes: &Holes, usual: &Holes, halo: Length, parameters: &WoundParameters) -> f64 {
    let usual_mm = injury(usual, halo).mm();
    if usual_mm <= 0.0 {
        return 0.0;
    }
    let injured = injury(holes, halo).mm() / usual_mm;
    (1.0 + parameters.saturation) * injured / (parameters.saturation + injured)
}

#[cfg(test)]
mod tests {
    use super::*;
    use needlework_units::ArealDensity;

    const HALO: Length = Length::from_canonical(0.03);

    fn holes(per_mm2: f64, depth_mm: f64) -> Holes {
        Holes {
            density: ArealDensity::from_per_mm2(per_mm2),
            depths_mm: vec![depth_mm; 3],
            surface_radii_mm: vec![0.07; 3],
            ..needlework_puncture::example::holes()
        }
    }

    const PARAMETERS: WoundParameters = WoundParameters {
        length: Length::from_canonical(1.5),
        saturation: 1.0,
    };

    fn relative(of: &Holes, usual: &Holes) -> f64 {
        relative_injury(of, usual, HALO, &PARAMETERS)
    }

    #[test]
    fn few_holes_injure_the_volume_of_their_cylinders_and_many_never_more_than_the_skin() {
        let few = injury(&holes(1e-4, 0.5), HALO).mm();
        assert!((few / (1e-4 * PI * 0.01 * 0.5) - 1.0).abs() < 1e-5, "{few}");
        let some = injury(&holes(20.0, 0.5), HALO).mm();
        assert!(
            (some - 0.5 * (1.0 - (-20.0 * PI * 0.01_f64).exp())).abs() < 1e-12,
            "{some}"
        );
        assert!((injury(&holes(1e6, 0.5), HALO).mm() - 0.5).abs() < 1e-12);
        assert_eq!(injury(&holes(1.2, 0.0), HALO), Length::ZERO);
        assert_eq!(injury(&holes(0.0, 0.5), HALO), Length::ZERO);
    }

    /// Closed form for needles of two depths: both cover the upper part, one the lower.
    #[test]
    fn needles_of_two_depths_cover_each_part_by_those_that_reach_it() {
        let two = Holes {
            depths_mm: vec![0.3, 0.8],
            surface_radii_mm: vec![0.07; 2],
            ..holes(10.0, 0.5)
        };
        let share = |needles: f64| 1.0 - (-10.0 * needles / 2.0 * PI * 0.01_f64).exp();
        let expected = 0.3 * share(2.0) + 0.5 * share(1.0);
        assert!((injury(&two, HALO).mm() - expected).abs() < 1e-12);
    }

    #[test]
    fn a_usual_session_is_one_and_more_or_deeper_holes_are_more_and_never_without_end() {
        let usual = holes(1.2, 0.7);
        assert!((relative(&usual, &usual) - 1.0).abs() < 1e-12);
        assert!(relative(&holes(2.4, 0.7), &usual) > 1.0);
        assert!(relative(&holes(1.2, 0.9), &usual) > 1.0);
        assert!(relative(&holes(1e9, 3.0), &usual) < 2.0, "1 + s");
        assert_eq!(relative(&usual, &holes(0.0, 0.7)), 0.0);
        // Little injury: in proportion.
        let little = relative(&holes(2e-4, 0.7), &usual) / relative(&holes(1e-4, 0.7), &usual);
        assert!((little - 2.0).abs() < 1e-3, "{little}");
    }
}
