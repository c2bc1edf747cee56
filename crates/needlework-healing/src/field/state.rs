//! What is kept at each place: ten states of the cascade, collagen, elastin, what the last session has made so far, and
//! orientation.
//!
//! Fibroblasts are stored as their difference from normal, which makes normal tissue exactly zero for diffusion.

use super::fidelity::Fidelity;
use super::orientation;
use super::setup::Setup;
use crate::cascade::{Cells, FIBROBLASTS, Kinetics, REST, SIGNAL, STATES};

/// Immature collagen.
pub(super) const IMMATURE: usize = STATES;
/// Mature collagen.
pub(super) const MATURE: usize = STATES + 1;
/// Elastin over that at rest.
pub(super) const ELASTIN: usize = STATES + 2;
/// Integral of the synthesis of the last session so far, before saturation.
pub(super) const SESSION_SYNTHESIS: usize = STATES + 3;
/// States beside orientation, which follows them.
pub(super) const FIXED: usize = STATES + 4;

/// States of each place of the surface: how much the epidermis is still driven, and its gain.
pub(super) const LATERAL: usize = 2;
/// Scratch fields of each diffusing species: its old values, and its source at the beginning and end of a step.
pub(super) const SCRATCH_PER_SPECIES: usize = 3;

/// Fields per voxel.
pub(super) fn count(fidelity: Fidelity) -> usize {
    FIXED + orientation::components(fidelity)
}

/// The states that may diffuse, each with its range, mm. The signal comes first; its range is positive.
pub(super) fn spreading(setup: &Setup) -> [(usize, f64); 2] {
    [
        (SIGNAL, setup.field.signal_range.mm()),
        (FIBROBLASTS, setup.field.fibroblast_range.mm()),
    ]
}

/// How many states diffuse.
pub(super) fn diffusing(setup: &Setup) -> usize {
    spreading(setup).iter().filter(|(_, range)| *range > 0.0).count()
}

/// The rate at which a small excess of one state decays in tissue at rest, per day.
pub(super) fn decay_per_day(kinetics: &Kinetics, state: usize) -> f64 {
    let mut cells = REST;
    cells[state] += 1.0;
    -kinetics.rates_per_day(&cells, &Default::default())[state]
}

/// The cells of one place from slabs of the fields.
#[inline]
pub(super) fn load(slabs: &[&mut [f64]], i: usize) -> Cells {
    std::array::from_fn(|state| {
        let kept = slabs[state][i];
        if state == FIBROBLASTS { 1.0 + kept } else { kept }
    })
}

/// A state's value as it is kept.
#[inline]
pub(super) fn kept(state: usize, value: f64) -> f64 {
    if state == FIBROBLASTS { value - 1.0 } else { value }
}
