//! How much skin a session injures, beside a usual one.
//!
//! Each needle of depth z and radius r at the surface injures a cylinder of radius r + h, with h the halo around a channel:
//!
//! D = n·E[π·(r + h)²·z], a volume below a unit of surface, hence a length,
//!
//! with n holes per area. What follows a wound is scaled by D over that of a usual session in the same skin and the same world, so that
//! what is not known of holes and halo mostly cancels. A usual session is a roller of the length that the studies used, with the usual
//! passes. Limits: overlapping holes count twice; a cone counts as the cylinder around it. Assumed, never measured.

use std::f64::consts::PI;

use needlework_evidence::parameters;
use needlework_puncture::{Device, Holes, Kind};
use needlework_units::Length;

parameters! {
    /// The session that others are measured by.
    pub struct WoundParameters {
        /// Needle length of a usual session.
        pub length: Length = "reaction.usual.length",
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
    let volumes: f64 = holes
        .depths_mm
        .iter()
        .zip(&holes.surface_radii_mm)
        .filter(|&(&depth, _)| depth > 0.0)
        .map(|(depth, radius)| PI * (radius + halo.mm()).powi(2) * depth)
        .sum();
    Length::from_mm(holes.density.per_mm2() * volumes / holes.depths_mm.len().max(1) as f64)
}

/// Injury of a session over that of a usual one.
#[must_use]
pub fn relative_injury(holes: &Holes, usual: &Holes, halo: Length) -> f64 {
    let usual_mm = injury(usual, halo).mm();
    if usual_mm > 0.0 {
        injury(holes, halo).mm() / usual_mm
    } else {
        0.0
    }
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
            reaches_dermis: 1.0,
            reaches_reticular: 0.5,
            injured_top: 0.02,
            injured: vec![],
        }
    }

    #[test]
    fn injury_is_the_volume_of_the_cylinders() {
        let found = injury(&holes(1.2, 0.5), HALO).mm();
        assert!((found - 1.2 * PI * 0.01 * 0.5).abs() < 1e-12, "{found}");
        assert_eq!(injury(&holes(1.2, 0.0), HALO), Length::ZERO);
        assert_eq!(injury(&holes(0.0, 0.5), HALO), Length::ZERO);
    }

    #[test]
    fn a_usual_session_is_one_and_more_or_deeper_holes_are_more() {
        let usual = holes(1.2, 0.7);
        assert!((relative_injury(&usual, &usual, HALO) - 1.0).abs() < 1e-12);
        assert!((relative_injury(&holes(2.4, 0.7), &usual, HALO) - 2.0).abs() < 1e-12);
        assert!(relative_injury(&holes(1.2, 0.9), &usual, HALO) > 1.0);
        assert_eq!(relative_injury(&usual, &holes(0.0, 0.7), HALO), 0.0);
    }
}
