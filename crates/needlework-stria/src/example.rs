//! A mark and numbers for examples, proofs and tests of this room and of those downstream: round numbers near the
//! evidence's, without provenance. Nothing that answers a question of a person may take them.

use needlework_units::{Length, Time};

use crate::tissue::{Parameters, Stage, Tissue};

/// What is not known of stretch marks.
#[must_use]
pub fn parameters() -> Parameters {
    Parameters {
        collagen: 0.65,
        collagen_person_sd: 0.35,
        stage_shift: 0.15,
        elastin: 0.5,
        closeable: 0.8,
        thickness_ratio: 0.65,
        thickness_person_sd: 0.2,
        thickness_least: 0.2,
        thickness_most: 1.1,
        fading: Time::from_days(300.0),
        fading_person_sd: 0.49,
        lasting_redness: 0.25,
        widening: 0.29,
        widening_person_sd: 0.72,
        widening_time: Time::from_days(90.0),
        fresh_age: Time::from_days(90.0),
        fresh_decay: Time::from_days(180.0),
    }
}

/// A pale mark at rest in `cells` depth cells.
#[must_use]
pub fn tissue(cells: usize) -> Tissue {
    Tissue {
        stage: Stage::Alba,
        age: Time::from_years(3.0),
        thickness: Length::from_mm(1.0),
        resting: 0.65,
        ceiling: 0.93,
        elastin: 0.5,
        immature: vec![0.0; cells],
        mature: vec![0.65; cells],
        epidermal_gain: 0.0,
    }
}
