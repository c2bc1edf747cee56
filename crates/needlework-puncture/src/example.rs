//! Device, holes and numbers for examples, proofs and tests of this room and of those downstream: round numbers near
//! the evidence's, without provenance. Nothing that answers a question of a person may take them.

use needlework_numerics::normal_strata;
use needlework_skin::example::skin;
use needlework_stria::example::tissue;
use needlework_units::{Area, ArealDensity, Force, Length, Rate, Speed, Stress};

use crate::device::{Device, Hand, Kind};
use crate::holes::{Holes, puncture};
use crate::parameters::Parameters;
use crate::person::PersonDraws;

/// What is not known of the puncture.
#[must_use]
pub fn parameters() -> Parameters {
    Parameters {
        insertion_ratio_roller: 0.55,
        insertion_ratio_straight: 0.8,
        insertion_ratio_person_sd: 0.3,
        scatter: 0.25,
        give: Length::from_mm(0.08),
        passes: 10.0,
        clinic_length: Length::from_mm(1.5),
        home_length: Length::from_mm(0.5),
        rolling_ratio: 1.0,
        roller_density: ArealDensity::from_per_mm2(0.153),
        pen_glide: Speed::from_canonical(17.0),
        pen_width: Length::from_mm(10.0),
        distinct: 0.8,
        taper: 0.09,
        tip_radius: Length::from_mm(0.004),
        shaft_radius: Length::from_mm(0.1),
        halo: Length::from_mm(0.03),
        typical_needles: 192.0,
        typical_cartridge: 12.0,
        typical_drum_radius: Length::from_mm(10.0),
        typical_drum_width: Length::from_mm(20.0),
        typical_plate: Area::from_cm2(1.0),
        depth_law: 1.0,
        hand_force: Force::from_newtons(3.0),
        fine_tip: Length::from_mm(0.005),
        fine_tip_force: Force::from_newtons(0.02),
        coarse_tip: Length::from_mm(0.037),
        coarse_tip_force: Force::from_newtons(0.167),
        stratum_corneum_strength: Stress::from_mpa(48.0),
        blunt_stress: Stress::from_mpa(155.0),
        piercing_factor: 1.0,
        piercing_scatter: 0.3,
        cutting_share: 0.4,
        stiffening: 5.0,
        membrane: 0.3,
        rate_power: 0.07,
        reference_speed: Speed::from_canonical(1.0),
        pressing_speed: Speed::from_canonical(10.0),
        rolling_speed: Speed::from_canonical(100.0),
        pen_frequency: Rate::from_per_second(100.0),
        flank_pressure: 1.0,
        friction: 0.3,
        tip_wear: Length::from_mm(0.0005),
        reuses: 5.0,
        bevel: 0.2,
        bevel_tip: Length::from_mm(0.015),
        hand_stretch: 0.1,
        capture: Length::from_mm(0.1),
    }
}

/// A roller of 192 needles of this length.
#[must_use]
pub fn roller(length_mm: f64) -> Device {
    Device {
        needles: Some(192),
        drum_radius: Some(Length::from_mm(10.0)),
        drum_width: Some(Length::from_mm(20.0)),
        ..Device::of(Kind::Roller, Length::from_mm(length_mm))
    }
}

/// Holes of three equal needles.
#[must_use]
pub fn holes() -> Holes {
    Holes {
        density: ArealDensity::from_per_mm2(1.2),
        depths_mm: vec![0.7; 3],
        surface_radii_mm: vec![0.05; 3],
        reaches_dermis: 1.0,
        reaches_reticular: 0.5,
        injured_top: 0.02,
        injured: vec![0.02],
    }
}

/// The holes of ten passes over [`skin`] with a mark in 24 depth cells.
#[must_use]
pub fn session(device: &Device, parameters: &Parameters) -> Holes {
    puncture(
        device,
        &Hand::of(10.0),
        &skin(),
        &tissue(24),
        parameters,
        &PersonDraws::default(),
        &normal_strata(64),
    )
}
