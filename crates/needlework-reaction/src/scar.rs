//! Scars: a person scars where enough holes are both too wide and too deep.
//!
//! Human columns wider than about 0.45 mm and scratches deeper than a third of the skin leave scars (Champlain 2022,
//! Dunkin 2007); the thresholds differ between people. A hole counts with the width at which it gapes after recoil. Off
//! bone a needle's hole stays far below; over bone two of thirty people were observed with tram-tracks, and that share
//! is added as it was seen.
//!
//! An observed share p belongs to a course of N₀ sessions whose needles reach the dermis. Each session is a further
//! chance, so a course of N sessions of which a share d of needles reaches the dermis has 1 − (1 − p)^(d·N/N₀):
//! assumed, since nobody compared numbers of sessions.

use needlework_evidence::parameters;
use needlework_puncture::Holes;
use needlework_skin::Skin;
use needlework_units::{ArealDensity, Length};

parameters! {
    /// What is not known of scars; a world's draw.
    pub struct ScarParameters {
        /// Width at which half the people scar.
        pub width: Length = "reaction.scar.width",
        /// Its spread between people, in its logarithm.
        pub width_person_sd: f64 = "reaction.scar.width_person_sd",
        /// Depth at which they scar, over skin thickness.
        pub depth_share: f64 = "reaction.scar.depth_share",
        /// Width at which a hole gapes over the shaft's at the surface.
        pub gape: f64 = "reaction.scar.gape",
        /// Holes past both thresholds that make a scar.
        pub density: ArealDensity = "reaction.scar.density",
        /// Share of courses over bone with tram-tracks.
        pub bony: f64 = "reaction.scar.bony",
        /// Sessions of the courses in which they were counted.
        pub bony_sessions: f64 = "reaction.scar.bony_sessions",
        /// Share of courses with a scar elsewhere: what none in some three hundred people still allows.
        pub elsewhere: f64 = "reaction.scar.elsewhere",
        /// Sessions of the courses in which none was seen.
        pub elsewhere_sessions: f64 = "reaction.scar.elsewhere_sessions",
    }
}

/// How a person's thresholds differ; a standard normal draw.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ScarPersonDraws {
    /// Width.
    pub width: f64,
}

/// Probability that a course of `sessions` scars this person.
#[must_use]
pub fn scars(
    holes: &Holes,
    skin: &Skin,
    bony: bool,
    sessions: u32,
    parameters: &ScarParameters,
    person: &ScarPersonDraws,
) -> f64 {
    if sessions == 0 {
        return 0.0;
    }
    let width_mm = parameters.width.mm() * (parameters.width_person_sd * person.width).exp();
    let depth_mm = parameters.depth_share * skin.thickness().mm();
    let past = holes
        .depths_mm
        .iter()
        .zip(&holes.surface_radii_mm)
        .filter(|&(&depth, &radius)| depth > depth_mm && 2.0 * radius * parameters.gape > width_mm)
        .count();
    let dense = holes.density.per_mm2() * past as f64 / holes.depths_mm.len().max(1) as f64;
    let own = if dense > parameters.density.per_mm2() { 1.0 } else { 0.0 };
    let (share, usual) = if bony {
        (parameters.bony, parameters.bony_sessions)
    } else {
        (parameters.elsewhere, parameters.elsewhere_sessions)
    };
    let chances = holes.reaches_dermis * f64::from(sessions) / usual;
    1.0 - (1.0 - own) * (1.0 - share).powf(chances)
}

#[cfg(test)]
mod tests {
    use super::*;
    use needlework_puncture::example;
    use needlework_skin::example::skin;

    fn parameters() -> ScarParameters {
        ScarParameters {
            width: Length::from_mm(0.45),
            width_person_sd: 0.25,
            depth_share: 0.331,
            gape: 0.65,
            density: ArealDensity::from_per_cm2(1.0),
            bony: 0.08,
            bony_sessions: 5.0,
            elsewhere: 0.002,
            elsewhere_sessions: 3.0,
        }
    }

    fn holes(radius_mm: f64) -> Holes {
        Holes {
            depths_mm: vec![0.3, 0.8, 0.9],
            surface_radii_mm: vec![radius_mm; 3],
            ..example::holes()
        }
    }

    #[test]
    fn a_needle_of_a_quarter_millimetre_does_not_scar_and_a_punch_of_one_does() {
        let of = |radius| {
            scars(
                &holes(radius),
                &skin(),
                false,
                3,
                &parameters(),
                &ScarPersonDraws::default(),
            )
        };
        assert!((of(0.125) - 0.002).abs() < 1e-12);
        assert_eq!(of(0.5), 1.0);
    }

    #[test]
    fn over_bone_the_observed_share_is_added() {
        let p = parameters();
        let of = |sessions| scars(&holes(0.1), &skin(), true, sessions, &p, &ScarPersonDraws::default());
        assert!((of(5) - 0.08).abs() < 1e-12);
        assert_eq!(of(0), 0.0);
        // Ten sessions are two chances of five.
        assert!((of(10) - (1.0 - 0.92 * 0.92)).abs() < 1e-12);
        assert!(of(1) < of(2) && of(1) > 0.0);
    }

    #[test]
    fn needles_that_rarely_reach_the_dermis_rarely_leave_tracks() {
        let of = |reaches_dermis| {
            let holes = Holes {
                reaches_dermis,
                ..holes(0.1)
            };
            scars(&holes, &skin(), true, 5, &parameters(), &ScarPersonDraws::default())
        };
        assert_eq!(of(0.0), 0.0);
        assert!(of(0.06) < 0.01 && of(0.06) > 0.0);
    }
}
