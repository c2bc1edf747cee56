//! The usual tissue of the engine's tests: medians of all that is not known, a mark of one millimetre, holes of a
//! clinic session.

use needlework_evidence::Book;
use needlework_healing::cascade::Surroundings;
use needlework_healing::field::{FieldParameters, Layers, Needle, Setup, Space};
use needlework_healing::{CascadeParameters, Field, Kinetics, Parameters, RemodellingHypothesis, Responder};
use needlework_puncture::{Hole, Shape, Tip};
use needlework_units::Length;

pub fn book() -> Book {
    Book::parse(&[
        ("cascade.toml", include_str!("../../../../evidence/cascade.toml")),
        ("field.toml", include_str!("../../../../evidence/field.toml")),
        ("priors.toml", include_str!("../../../../evidence/priors.toml")),
        ("sources.toml", include_str!("../../../../evidence/sources.toml")),
    ])
    .unwrap()
}

pub const NEEDLE: Needle = Needle {
    depth_mm: 0.75,
    radius_mm: 0.07,
};

pub const LAYERS: Layers = Layers {
    epidermis_mm: 0.1,
    dermis_mm: 1.0,
    fat_mm: 0.5,
};

/// A set-up at medians with one session, seen at `moments_days`.
pub fn setup(space: Space, cell_mm: f64, moments_days: &[f64]) -> Setup {
    let book = book();
    let mut value = |key: &'static str| book.value(key).unwrap();
    let healing = Parameters::fill(&mut value);
    Setup {
        space,
        layers: LAYERS,
        depth_edges_mm: LAYERS.edges(cell_mm),
        shape: Shape {
            end: Tip::Cone,
            tip_mm: 0.004,
            bore_mm: 0.0,
            taper_ratio: 0.09,
            shaft_mm: NEEDLE.radius_mm,
        },
        halo_mm: 0.03,
        resting: 0.65,
        ceiling: 0.93,
        visible_depth_mm: 0.4,
        sessions_days: vec![0.0],
        moments_days: moments_days.to_vec(),
        hypothesis: RemodellingHypothesis::Persistence,
        kinetics: Kinetics::of(&CascadeParameters::fill(&mut value)),
        responder: Responder {
            synthesis: 0.6,
            protease: 1.0,
            epidermal_rise_days: healing.epidermal_rise.days(),
        },
        healing,
        field: FieldParameters::fill(&mut value),
        surroundings: Surroundings::default(),
        infection: None,
        step_scale: 1.0,
    }
}

pub fn with_range(mut setup: Setup, range_mm: f64) -> Setup {
    setup.field.signal_range = Length::from_mm(range_mm);
    setup
}

pub fn column(density_per_mm2: f64) -> Space {
    Space::Column {
        density_per_mm2,
        needles: vec![NEEDLE],
    }
}

pub fn cell(density_per_mm2: f64, rings: usize) -> Space {
    Space::Cell {
        radius_edges_mm: Space::radius_edges_mm(density_per_mm2, rings),
        needles: vec![NEEDLE],
    }
}

/// A square patch of `cells` cells a side with holes of [`NEEDLE`] at the given places.
pub fn patch(cells: usize, side_mm: f64, places: &[(f64, f64)]) -> Space {
    let size = side_mm / cells as f64;
    let holes = places.iter().map(|&(x_mm, y_mm)| Hole {
        x_mm,
        y_mm,
        depth_mm: NEEDLE.depth_mm,
        radius_mm: NEEDLE.radius_mm,
        session: 0,
    });
    Space::Patch {
        x: (cells, size),
        y: (cells, size),
        holes: holes.collect(),
    }
}

pub fn run(setup: Setup, threads: usize) -> Field {
    let mut field = Field::new(setup, threads).unwrap();
    field.finish().unwrap();
    field
}

/// The largest difference of two fields over the largest value of the first.
pub fn difference(a: &[f64], b: &[f64]) -> f64 {
    let largest = a.iter().fold(0.0_f64, |most, a| most.max(a.abs()));
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max) / largest
}
