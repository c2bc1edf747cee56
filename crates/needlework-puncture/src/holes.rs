//! The holes of one session in one person: how deep, how wide, how dense, and which share of the dermis they injure.
//!
//! With needle j at depth z_j below the surface and epidermis h_e, the channel's radius at depth x in the dermis is
//! r_j(x) = min(r_tip + (z_j − h_e − x)₊·tan α, r_s). One session of N_p passes with n₀ holes per area and pass, of which a share κ is
//! distinct, injures
//!
//! φ(x) = 1 − exp{−N_p·n₀·κ·π·E_j[(r_j(x) + h)²·1(z_j > h_e + x)]}
//!
//! with h the halo of injured tissue around a channel. Solid needles displace tissue; they do not remove it.

use std::f64::consts::PI;

use needlework_evidence::parameters;
use needlework_skin::Skin;
use needlework_stria::Tissue;
use needlework_units::{ArealDensity, Length};

use crate::device::{Device, Hand, Kind, density_per_pass};

parameters! {
    /// What is not known of insertion; a world's draw.
    pub struct Parameters {
        /// Share of a roller needle's length that the hand brings in.
        pub reach_roller: f64 = "puncture.reach.roller",
        /// The same for pens, stamps and patches.
        pub reach_straight: f64 = "puncture.reach.straight",
        /// Spread of that share between people, in log-odds.
        pub reach_person_sd: f64 = "puncture.reach.person_sd",
        /// Scatter of depth between the needles of a session, in its logarithm.
        pub scatter: f64 = "puncture.scatter",
        /// Give of the skin before a needle pierces it.
        pub give: Length = "puncture.give",
        /// Passes of a session, where a case does not say.
        pub passes: f64 = "puncture.passes",
        /// Length of a clinic's needles, where a case does not say.
        pub clinic_length: Length = "puncture.length.clinic",
        /// Length of a home device's needles, where a case does not say.
        pub home_length: Length = "puncture.length.home",
        /// Rolling radius over the radius of the drum.
        pub rolling_ratio: f64 = "puncture.rolling_ratio",
        /// Holes of one roller pass, where the drum is not known.
        pub roller_density: ArealDensity = "puncture.density.roller",
        /// Holes of one pen pass.
        pub pen_density: ArealDensity = "puncture.density.pen",
        /// Share of holes that are distinct: needles slide into holes that are there.
        pub distinct: f64 = "puncture.distinct",
        /// Half-angle of the needle's cone, as its tangent.
        pub taper: f64 = "puncture.taper",
        /// Radius of the tip.
        pub tip_radius: Length = "puncture.tip_radius",
        /// Radius of the shaft, where a case does not say.
        pub shaft_radius: Length = "puncture.shaft_radius",
        /// Injured tissue around a channel.
        pub halo: Length = "puncture.halo",
        /// Needles of a roller, where a case does not say.
        pub typical_needles: f64 = "puncture.needles.roller",
        /// Needles of a cartridge or plate, where a case does not say.
        pub typical_cartridge: f64 = "puncture.needles.cartridge",
        /// Radius of a drum, where a case does not say.
        pub typical_drum_radius: Length = "puncture.drum_radius",
    }
}

/// How a person's hand and skin differ from the world's typical ones; standard normal draws.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PersonDraws {
    /// Share of length brought in.
    pub reach: f64,
}

/// The holes of one session.
#[derive(Debug, Clone, PartialEq)]
pub struct Holes {
    /// Distinct holes per area.
    pub density: ArealDensity,
    /// Depth below the surface of equally likely needles, mm, ascending.
    pub depths_mm: Vec<f64>,
    /// Radius of the channel at the surface for each of them, mm.
    pub surface_radii_mm: Vec<f64>,
    /// Share of needles that reach the dermis.
    pub reaches_dermis: f64,
    /// Share of needles that reach the reticular dermis.
    pub reaches_reticular: f64,
    /// Injured share of the dermis just below the epidermis.
    pub injured_top: f64,
    /// Injured share at the middle of each depth cell of the tissue.
    pub injured: Vec<f64>,
}

impl Holes {
    /// Median depth below the surface.
    #[must_use]
    pub fn median_depth(&self) -> Length {
        Length::from_mm(needlework_numerics::quantile(&self.depths_mm, 0.5))
    }

    /// Share of needles that go deeper than `depth` below the surface.
    #[must_use]
    pub fn share_deeper_than(&self, depth: Length) -> f64 {
        let deeper = self.depths_mm.iter().filter(|&&z| z > depth.mm()).count();
        deeper as f64 / self.depths_mm.len().max(1) as f64
    }

    /// Share of the skin's surface that is open.
    #[must_use]
    pub fn open_area_fraction(&self) -> f64 {
        let mean_square = needlework_numerics::mean(&self.surface_radii_mm.iter().map(|r| r * r).collect::<Vec<_>>());
        1.0 - (-self.density.per_mm2() * PI * mean_square).exp()
    }
}

/// The holes that one session leaves in a person. `needles` are standard normal draws or strata of the scatter between needles,
/// ascending, and stand for equally many needles each.
#[must_use]
pub fn puncture(
    device: &Device,
    hand: &Hand,
    skin: &Skin,
    tissue: &Tissue,
    parameters: &Parameters,
    person: &PersonDraws,
    needles: &[f64],
) -> Holes {
    let length_mm = device.length.mm();
    let reached = |typical: f64| {
        let log_odds = (typical / (1.0 - typical)).ln() + parameters.reach_person_sd * person.reach;
        let reach = 1.0 / (1.0 + (-log_odds).exp());
        (reach * length_mm - parameters.give.mm()).max(0.0)
    };
    let median_mm = match device.kind {
        Kind::Roller => reached(parameters.reach_roller),
        Kind::Stamp | Kind::Pen => reached(parameters.reach_straight),
        // A single needle is pushed until it is where it should be.
        Kind::Single => length_mm,
    };
    let depths_mm: Vec<f64> = needles
        .iter()
        .map(|draw| (median_mm * (parameters.scatter * draw).exp()).min(length_mm))
        .collect();

    let shaft_mm = device.shaft.unwrap_or(parameters.shaft_radius).mm();
    let radius =
        |above_tip_mm: f64| (parameters.tip_radius.mm() + above_tip_mm.max(0.0) * parameters.taper).min(shaft_mm);
    // A needle that has not entered leaves no channel.
    let surface_radii_mm = depths_mm
        .iter()
        .map(|&z| if z > 0.0 { radius(z) } else { 0.0 })
        .collect();
    let distinct = if device.kind == Kind::Single {
        1.0
    } else {
        parameters.distinct
    };
    let density = hand.passes * density_per_pass(device, parameters).per_mm2() * distinct;
    let share = |deeper: &dyn Fn(f64) -> bool| {
        depths_mm.iter().filter(|&&z| deeper(z)).count() as f64 / depths_mm.len().max(1) as f64
    };
    let epidermis_mm = skin.epidermis.mm();
    let injured_at = |x_mm: f64| {
        let area: f64 = depths_mm
            .iter()
            .map(|z| z - epidermis_mm - x_mm)
            .filter(|&above_tip| above_tip > 0.0)
            .map(|above_tip| (radius(above_tip) + parameters.halo.mm()).powi(2))
            .sum();
        1.0 - (-density * PI * area / depths_mm.len().max(1) as f64).exp()
    };
    let reticular_mm = skin.reticular_depth().mm();
    Holes {
        reaches_dermis: share(&|z| z > epidermis_mm),
        reaches_reticular: share(&|z| z > reticular_mm),
        injured_top: injured_at(0.0),
        injured: tissue.depths_mm().into_iter().map(injured_at).collect(),
        density: ArealDensity::from_per_mm2(if median_mm > 0.0 { density } else { 0.0 }),
        surface_radii_mm,
        depths_mm,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device::needles_in_contact;
    use needlework_numerics::normal_strata;
    use needlework_skin::{Bed, Fibres, Mechanics};
    use needlework_stria::Stage;
    use needlework_units::{Angle, Area, Stress, Time};

    fn parameters() -> Parameters {
        Parameters {
            reach_roller: 0.55,
            reach_straight: 0.8,
            reach_person_sd: 0.3,
            scatter: 0.25,
            give: Length::from_mm(0.08),
            passes: 10.0,
            clinic_length: Length::from_mm(1.5),
            home_length: Length::from_mm(0.5),
            rolling_ratio: 1.0,
            roller_density: ArealDensity::from_per_mm2(0.153),
            pen_density: ArealDensity::from_per_mm2(0.15),
            distinct: 0.8,
            taper: 0.09,
            tip_radius: Length::from_mm(0.004),
            shaft_radius: Length::from_mm(0.1),
            halo: Length::from_mm(0.03),
            typical_needles: 192.0,
            typical_cartridge: 12.0,
            typical_drum_radius: Length::from_mm(10.0),
        }
    }

    fn roller(length_mm: f64) -> Device {
        Device {
            kind: Kind::Roller,
            length: Length::from_mm(length_mm),
            needles: Some(192),
            drum_radius: Some(Length::from_mm(10.0)),
            drum_width: Some(Length::from_mm(20.0)),
            plate: None,
            shaft: None,
        }
    }

    fn session(length_mm: f64, parameters: &Parameters) -> Holes {
        let skin = Skin {
            horny: Length::from_canonical(0.015),
            epidermis: Length::from_canonical(0.09),
            papillary: Length::from_canonical(0.2),
            dermis: Length::from_canonical(1.5),
            fat: Length::from_canonical(14.0),
            bed: Bed::Soft,
            epidermis_scatter: 0.15,
            tension_line: Angle::ZERO,
            mechanics: Mechanics {
                epidermis: Stress::from_canonical(1.4),
                dermis: Stress::from_canonical(0.035),
                fat: Stress::from_canonical(0.0023),
                prestretch_fraction: 0.1,
                fibres: Fibres {
                    matrix: Stress::from_canonical(0.2014),
                    stiffness: Stress::from_canonical(24.53),
                    stiffening_ratio: 0.1327,
                    dispersion_ratio: 0.1404,
                    angle: Angle::from_canonical(0.716),
                    elastin_fraction: 0.7,
                    failure_strain_fraction: 0.54,
                },
            },
        };
        let tissue = Tissue {
            stage: Stage::Alba,
            age: Time::from_years(3.0),
            thickness: Length::from_mm(1.0),
            resting: 0.65,
            ceiling: 0.93,
            immature: vec![0.0; 24],
            mature: vec![0.65; 24],
            epidermal_gain: 0.0,
        };
        let hand = Hand { passes: 10.0 };
        puncture(
            &roller(length_mm),
            &hand,
            &skin,
            &tissue,
            parameters,
            &PersonDraws::default(),
            &normal_strata(64),
        )
    }

    #[test]
    fn a_drum_of_192_needles_leaves_fifteen_holes_per_square_centimetre_and_pass() {
        let density = density_per_pass(&roller(1.5), &parameters()).per_cm2();
        assert!((density - 15.28).abs() < 0.01, "{density}");
    }

    #[test]
    fn some_thirty_needles_of_a_drum_touch_the_skin_at_once() {
        let contact = needles_in_contact(&roller(1.5), &parameters());
        assert!((contact - 31.6).abs() < 0.2, "{contact}");
        let stamp = Device {
            kind: Kind::Stamp,
            plate: Some(Area::from_cm2(1.0)),
            ..roller(0.5)
        };
        assert_eq!(needles_in_contact(&stamp, &parameters()), 192.0);
        assert!((density_per_pass(&stamp, &parameters()).per_cm2() - 192.0).abs() < 1e-9);
    }

    #[test]
    fn a_longer_needle_never_reaches_less_deep() {
        let p = parameters();
        for pair in [0.2, 0.3, 0.5, 1.0, 1.5, 2.5].windows(2) {
            let (short, long) = (session(pair[0], &p), session(pair[1], &p));
            assert!(short.depths_mm.iter().zip(&long.depths_mm).all(|(a, b)| a <= b));
            assert!(short.injured.iter().zip(&long.injured).all(|(a, b)| a <= b));
        }
    }

    #[test]
    fn no_needle_goes_deeper_than_it_is_long() {
        let p = Parameters {
            scatter: 2.0,
            ..parameters()
        };
        assert!(session(1.5, &p).depths_mm.iter().all(|&z| z <= 1.5));
    }

    #[test]
    fn a_short_roller_stays_in_the_epidermis_and_a_long_one_reaches_the_dermis() {
        let p = parameters();
        assert_eq!(session(0.2, &p).reaches_dermis, 0.0);
        assert_eq!(session(1.5, &p).reaches_dermis, 1.0);
        assert_eq!(session(0.2, &p).reaches_reticular, 0.0);
    }

    /// Closed form: needles without scatter and taper cut a cylinder, so φ is the coverage of discs of radius r_tip + h.
    #[test]
    fn straight_needles_injure_as_poisson_discs_do() {
        let p = Parameters {
            scatter: 0.0,
            taper: 0.0,
            ..parameters()
        };
        let holes = session(1.5, &p);
        let expected = 1.0 - (-(10.0 * 0.152_788_745 * 0.8) * PI * 0.034_f64.powi(2)).exp();
        assert!((holes.injured_top - expected).abs() < 1e-9);
        // z = 0.55·1.5 − 0.08 = 0.745, less the epidermis of 0.09: the channel ends 0.655 mm deep in the dermis.
        let depth_of_cell = |i: usize| (i as f64 + 0.5) / 24.0;
        for (i, &injured) in holes.injured.iter().enumerate() {
            let inside = depth_of_cell(i) < 0.655;
            assert!(
                if inside {
                    (injured - expected).abs() < 1e-9
                } else {
                    injured == 0.0
                },
                "{i}"
            );
        }
    }

    #[test]
    fn more_passes_injure_more_but_never_everything() {
        let p = parameters();
        let doubled = Parameters {
            distinct: 1.6,
            ..parameters()
        };
        assert!(session(1.5, &doubled).injured_top > session(1.5, &p).injured_top);
        let flooded = Parameters {
            distinct: 1e6,
            ..parameters()
        };
        assert!(session(1.5, &flooded).injured_top <= 1.0);
    }
}
