//! What this room must give by mathematics: injured shares against discs thrown at random, and the geometry of a drum.
//!
//! Each proof calls the room's public functions and compares one number with what it has to be. They hold for any
//! parameters.

use std::f64::consts::PI;

use needlework_numerics::{Proof, normal_strata, uniforms};
use needlework_skin::example::skin;
use needlework_stria::example::tissue;
use needlework_units::Length;

use crate::device::{Hand, density_per_pass, needles_in_contact};
use crate::example::roller;
use crate::holes::{Holes, puncture};
use crate::parameters::Parameters;
use crate::person::PersonDraws;

/// All proofs of this room.
#[must_use]
pub fn proofs(parameters: &Parameters) -> Vec<Proof> {
    let roller = roller(1.5);
    vec![
        overlap(parameters),
        Proof::new(
            "density of a drum",
            "needles over rolled area",
            192.0 / (2.0 * PI * 10.0 * parameters.rolling_ratio * 20.0),
            density_per_pass(&roller, parameters).per_mm2(),
            1e-12,
        ),
        Proof::new(
            "contact of a drum",
            "needles within the arc where they touch",
            192.0 * (10.0_f64 / 11.5).acos() / PI,
            needles_in_contact(&roller, parameters),
            1e-9,
        ),
    ]
}

/// Halo of the holes that overlap much, mm.
const HALO_MM: f64 = 0.3;

/// Holes of straight, equal needles with a wide halo, so that the discs overlap much.
fn overlapping(parameters: &Parameters) -> Holes {
    let straight = Parameters {
        depth_law: 0.0,
        scatter: 0.0,
        taper: 0.0,
        halo: Length::from_mm(HALO_MM),
        distinct: 1.0,
        ..parameters.clone()
    };
    puncture(
        &roller(1.5),
        &Hand::of(8.0),
        &skin(),
        &tissue(4),
        &straight,
        &PersonDraws::default(),
        &normal_strata(8),
    )
}

/// Discs thrown on a torus of 40 × 40 mm; a point is injured when a centre lies within the radius.
fn overlap(parameters: &Parameters) -> Proof {
    const SIDE_MM: f64 = 40.0;
    const POINTS: usize = 20_000;
    let holes = overlapping(parameters);
    let radius_mm = parameters.tip_radius.mm() + HALO_MM;
    let count = (holes.density.per_mm2() * SIDE_MM * SIDE_MM).round() as usize;
    let (x, y) = (uniforms(1, "proof.x", count), uniforms(1, "proof.y", count));
    let (px, py) = (uniforms(2, "proof.x", POINTS), uniforms(2, "proof.y", POINTS));
    let apart = |a: f64, b: f64| {
        let d = (a - b).abs() * SIDE_MM;
        d.min(SIDE_MM - d)
    };
    let inside = (0..POINTS)
        .filter(|&p| (0..count).any(|i| apart(x[i], px[p]).powi(2) + apart(y[i], py[p]).powi(2) < radius_mm.powi(2)))
        .count();
    // Without holes there is nothing to compare.
    let thrown = if count == 0 {
        f64::NAN
    } else {
        inside as f64 / POINTS as f64
    };
    Proof::new(
        "overlap of holes",
        "injured share by formula, against discs thrown at random",
        thrown,
        holes.injured_top,
        0.015,
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_proof_holds() {
        for proof in super::proofs(&crate::example::parameters()) {
            assert!(proof.holds(), "{proof:?}");
        }
    }
}
