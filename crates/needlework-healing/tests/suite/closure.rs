//! The cohort's column with its closure against the round cell, which resolves a channel and time: where it is good
//! enough, and where it isn't.

use std::f64::consts::PI;

use crate::usual::*;
use needlework_healing::field::{Setup, Space};
use needlework_healing::{CascadeRun, Injury, Modifiers, PersonDraws, RemodellingHypothesis, heal, respond};
use needlework_puncture::Holes;
use needlework_stria::{Stage, Tissue};
use needlework_units::{ArealDensity, Length, Time};

const CELLS: usize = 24;
const DAY: f64 = 182.0;

/// The share that holes of [`NEEDLE`] injure in each cell of the dermis, as the puncture room has it.
fn holes(setup: &Setup, density: f64) -> Holes {
    let share = |x_mm: f64| {
        let depth_mm = LAYERS.epidermis_mm + x_mm;
        let radius = setup.shape.radius_mm(NEEDLE.depth_mm - depth_mm);
        let reaches = depth_mm < NEEDLE.depth_mm;
        let radius = if reaches { radius + setup.halo_mm } else { 0.0 };
        -(-density * PI * radius * radius).exp_m1()
    };
    let injured = |cell: usize| {
        let points = (0..20).map(|q| (cell as f64 + (f64::from(q) + 0.5) / 20.0) / CELLS as f64 * LAYERS.dermis_mm);
        points.map(share).sum::<f64>() / 20.0
    };
    let injured: Vec<f64> = (0..CELLS).map(injured).collect();
    Holes {
        density: ArealDensity::from_per_mm2(density),
        depths_mm: vec![NEEDLE.depth_mm],
        surface_radii_mm: vec![NEEDLE.radius_mm],
        injured_top: injured[0],
        injured,
        ..needlework_puncture::example::holes()
    }
}

/// Three monthly sessions seen half a year after the first.
fn asked(space: Space, range_mm: f64, amplification: f64) -> Setup {
    let mut asked = with_range(setup(space, 0.05, &[DAY]), range_mm);
    asked.healing.amplification = amplification;
    asked.healing.response_person_sd = 0.0;
    asked.responder.synthesis = asked.healing.response_alba;
    asked.sessions_days = vec![0.0, 28.0, 56.0];
    asked
}

/// What the cohort's column gains, near the surface weighted more.
fn of_cohort(setup: &Setup, injury: &Injury) -> f64 {
    let sessions: Vec<Time> = setup.sessions_days.iter().map(|day| Time::from_days(*day)).collect();
    let response = respond(
        injury,
        Stage::Alba,
        &Modifiers::NONE,
        &CascadeRun::up_to(injury.most(), &sessions, &setup.kinetics),
        &setup.healing,
        &PersonDraws::default(),
    );
    let tissue = Tissue {
        thickness: Length::from_mm(LAYERS.dermis_mm),
        resting: setup.resting,
        ceiling: setup.ceiling,
        mature: vec![setup.resting; CELLS],
        ..needlework_stria::example::tissue(CELLS)
    };
    let after = heal(
        &tissue,
        &response,
        RemodellingHypothesis::Persistence,
        Time::ZERO,
        Time::from_days(DAY),
        &setup.healing,
    );
    after.fill(Length::from_mm(setup.visible_depth_mm), 1.0) * (1.0 - setup.resting)
}

/// The cohort's gain over the round cell's, and what it would be without the closure.
fn over_cell(density: f64, range_mm: f64, amplification: f64) -> (f64, f64) {
    let cell = run(asked(cell(density, 20), range_mm, amplification), 1);
    let exact = cell.means().collagen() - cell.setup().resting;
    let setup = asked(column(density), range_mm, amplification);
    let holes = holes(&setup, density);
    let mut setup = setup;
    setup.field.spatial_loss_fraction = 1.0;
    let spread = Injury::spread(&holes, &setup.layers, &setup.field, &setup.kinetics);
    let of = |injury| of_cohort(&setup, injury) / exact;
    (of(&spread), of(&Injury::in_place(&holes)))
}

#[test]
fn the_cohorts_column_gains_what_the_cell_gains_within_a_few_per_cent_and_nothing_was_fitted() {
    for density in [0.3, 1.2, 5.0] {
        for range_mm in [0.07, 0.47, 3.2] {
            for (amplification, within) in [(1.0, 0.035), (5.0, 0.035)] {
                let (closed, open) = over_cell(density, range_mm, amplification);
                assert!(
                    (closed - 1.0).abs() < within,
                    "density {density}, range {range_mm}, amplification {amplification}: {closed}"
                );
                // Without it the column would gain half as much again, or more than twice as much where the signal
                // ranges far.
                assert!(open > 1.1, "density {density}, range {range_mm}: {open}");
            }
        }
    }
}

/// Where it isn't good enough: at the upper end of what is assumed of amplification single channels are full before
/// their surroundings are, and a column, which knows their mean only, gains too much.
#[test]
fn strong_answers_of_holes_far_apart_are_overstated_by_up_to_a_tenth() {
    let (far_apart, _) = over_cell(0.3, 0.07, 25.0);
    assert!((1.05..1.12).contains(&far_apart), "{far_apart}");
    let (usual, _) = over_cell(1.2, 0.47, 25.0);
    assert!((1.0..1.06).contains(&usual), "{usual}");
}
