//! How much memory a run takes, before anything is allocated.

use needlework_numerics::diffusion::Workspace;
use needlework_puncture::Hole;

use super::fidelity::Fidelity;
use super::setup::{FieldError, Needle, Setup, Space};
use super::{orientation, schedule, state};

/// Memory that an engine of this set-up takes on so many threads, bytes, before anything is allocated.
///
/// # Errors
/// [`FieldError`] when no engine can be made of the set-up.
pub fn bytes_needed(setup: &Setup, threads: usize) -> Result<usize, FieldError> {
    setup.check()?;
    let grid = setup.grid()?;
    let fields = state::count(setup.space.fidelity());
    let [first, second, _] = grid.shape();
    let lateral = first * second * state::LATERAL;
    let infected = usize::from(setup.infection.is_some());
    let values = grid.cells() * (fields + infected + state::SCRATCH_PER_SPECIES * state::diffusing(setup)) + lateral;
    let events = schedule::steps(setup) * size_of::<schedule::Event>();
    let holes = match &setup.space {
        Space::Patch { holes, .. } => holes.len() * size_of::<Hole>(),
        Space::Column { needles, .. } | Space::Cell { needles, .. } => needles.len() * size_of::<Needle>(),
    };
    Ok(values * size_of::<f64>() + Workspace::bytes(&grid, threads) + events + holes)
}

/// How many fields a fidelity keeps per voxel.
#[must_use]
pub fn fields_kept(fidelity: Fidelity) -> usize {
    state::FIXED + orientation::components(fidelity)
}
