//! Many designs in the same worlds: what each does, and which of them nothing beats.
//!
//! Four aims pull apart: reach into the dermis should be large; pain, gape and cut vessels small. A design stands on
//! the *front* when no other is at least as good in all four and better in one, by the means over worlds (Pareto). The
//! front is a help to look, not a recommendation: what reach is worth is another room's question, and differences below
//! the ranges shown mean nothing.

use needlework_case::Catalog;
use needlework_cohort::{CohortError, Done, site_numbers, try_devices};
use needlework_evidence::Book;
use needlework_inference::front::layers;
use needlework_numerics::{Continue, Interval, Progress};
use needlework_units::UM_PER_MM;
use needlework_verdict::{Engine, INTENDED_USE, Range, range};
use schemars::JsonSchema;
use serde::Serialize;

use crate::design::Design;

/// The version of the format.
pub const SWEEP_FORMAT: &str = "needlework-sweep/1";

/// One of the four aims.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Aim {
    /// Name of the column.
    pub column: String,
    /// What it is, in words.
    pub what: String,
    /// Its unit.
    pub unit: String,
    /// Whether more of it is wanted, rather than less.
    pub more: bool,
}

/// One design.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Tried {
    /// Its values in the fields that vary, as they were written.
    pub values: Vec<String>,
    /// The same as numbers in the units of the fields.
    pub numbers: Vec<f64>,
    /// Mean depth in the dermis over needles, those that stop above it counted as zero, µm.
    pub dermal_um: Range,
    /// Median depth below the surface, µm.
    pub depth_um: Range,
    /// Pain of a session without numbing, 0 to 10.
    pub pain: Range,
    /// Mean width of an open hole at the surface, µm.
    pub gape_um: Range,
    /// Small vessels cut for each square centimetre.
    pub cuts_per_cm2: Range,
    /// Share of needles that go in.
    pub goes_in: f64,
    /// Share of needles that reach the dermis.
    pub reaches_dermis: f64,
    /// Holes for each square centimetre of a session.
    pub holes_per_cm2: f64,
    /// Injured share of the dermis just below the epidermis.
    pub injured_fraction: f64,
    /// Whether nothing beats it in all four aims.
    pub on_front: bool,
}

/// All designs of a file.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SweepReport {
    /// [`SWEEP_FORMAT`].
    pub format: String,
    /// What this software is for.
    pub intended_use: String,
    /// What computed this.
    pub engine: Engine,
    /// Seed of all random numbers.
    pub seed: u64,
    /// Worlds that every design met.
    pub worlds: usize,
    /// The site.
    pub site: String,
    /// The device of the library that the designs begin with, if one was named.
    pub base: Option<String>,
    /// The fields that vary.
    pub fields: Vec<String>,
    /// The unit of each field's numbers; `1` where it is counted.
    pub units: Vec<String>,
    /// The four aims.
    pub aims: Vec<Aim>,
    /// The designs, in the order of the file.
    pub designs: Vec<Tried>,
}

impl Tried {
    /// Means of the four aims, each so that less is better.
    #[must_use]
    pub fn losses(&self) -> [f64; 4] {
        [
            -self.dermal_um.mean,
            self.pain.mean,
            self.gape_um.mean,
            self.cuts_per_cm2.mean,
        ]
    }
}

/// Tries all designs of a file in `worlds` worlds.
///
/// # Errors
/// [`CohortError`] when the evidence does not fill the model, there is no world, or `progress` says stop.
pub fn sweep(
    design: &Design,
    (book, catalog): (&Book, &Catalog),
    engine: &Engine,
    (seed, worlds, threads): (u64, usize, usize),
    progress: &mut dyn FnMut(Progress) -> Continue,
) -> Result<SweepReport, CohortError> {
    if worlds == 0 {
        return Err(CohortError::Empty);
    }
    let place = catalog.site(&design.site);
    let site = site_numbers(place, book)?;
    let trials: Vec<_> = design.designs.iter().map(|(_, trial)| *trial).collect();
    let done = try_devices(&trials, &site, book, (seed, worlds, threads), progress)?;
    let mut designs: Vec<Tried> = design
        .designs
        .iter()
        .zip(done)
        .map(|((places, _), done)| {
            let values = || places.iter().zip(&design.varied);
            tried(
                values().map(|(&at, varied)| varied.shown[at].clone()).collect(),
                values().map(|(&at, varied)| varied.numbers[at]).collect(),
                &done,
            )
        })
        .collect();
    mark_front(&mut designs);
    let aim = |column: &str, what: &str, unit: &str, more| Aim {
        column: column.to_owned(),
        what: what.to_owned(),
        unit: unit.to_owned(),
        more,
    };
    Ok(SweepReport {
        format: SWEEP_FORMAT.to_owned(),
        intended_use: INTENDED_USE.to_owned(),
        engine: engine.clone(),
        seed,
        worlds,
        site: place.map_or_else(|| design.site.clone(), |place| place.label.clone()),
        base: design.base.label.clone(),
        fields: design.varied.iter().map(|varied| varied.name.clone()).collect(),
        units: design.varied.iter().map(|varied| varied.unit.to_owned()).collect(),
        aims: vec![
            aim("dermal_um", "reach into the dermis, mean over needles", "µm", true),
            aim("pain", "pain without numbing, 0 to 10", "1", false),
            aim("gape_um", "width of an open hole", "µm", false),
            aim("cuts_per_cm2", "small vessels cut", "1/cm²", false),
        ],
        designs,
    })
}

fn tried(values: Vec<String>, numbers: Vec<f64>, done: &[Done]) -> Tried {
    let over = |value: &dyn Fn(&Done) -> f64| range(Interval::over(&done.iter().map(value).collect::<Vec<_>>()));
    Tried {
        values,
        numbers,
        dermal_um: over(&|done| done.dermal_mm * UM_PER_MM),
        depth_um: over(&|done| done.depth_mm * UM_PER_MM),
        pain: over(&|done| done.pain),
        gape_um: over(&|done| done.gape_mm * UM_PER_MM),
        cuts_per_cm2: over(&|done| done.cuts_per_cm2),
        goes_in: over(&|done| done.pierced).mean,
        reaches_dermis: over(&|done| done.dermis).mean,
        holes_per_cm2: over(&|done| done.holes_per_cm2).mean,
        injured_fraction: over(&|done| done.injured).mean,
        on_front: false,
    }
}

/// Marks the designs that no other beats.
fn mark_front(designs: &mut [Tried]) {
    let losses: Vec<[f64; 4]> = designs.iter().map(Tried::losses).collect();
    for (tried, layer) in designs.iter_mut().zip(layers(&losses)) {
        tried.on_front = layer == 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn design(means: [f64; 4]) -> Tried {
        let range = |mean| Range {
            mean,
            low: mean,
            high: mean,
        };
        Tried {
            values: Vec::new(),
            numbers: Vec::new(),
            dermal_um: range(means[0]),
            depth_um: range(0.0),
            pain: range(means[1]),
            gape_um: range(means[2]),
            cuts_per_cm2: range(means[3]),
            goes_in: 1.0,
            reaches_dermis: 1.0,
            holes_per_cm2: 1.0,
            injured_fraction: 0.0,
            on_front: false,
        }
    }

    #[test]
    fn the_front_is_what_a_comparison_of_all_pairs_finds() {
        let draws = needlework_numerics::uniforms(3, "front", 400);
        let mut designs: Vec<Tried> = draws
            .chunks(4)
            // Rounded, so that there are ties.
            .map(|draw| design([draw[0], draw[1], draw[2], draw[3]].map(|u| (u * 5.0).round())))
            .collect();
        mark_front(&mut designs);
        let losses: Vec<[f64; 4]> = designs.iter().map(Tried::losses).collect();
        for (i, tried) in designs.iter().enumerate() {
            let beaten = losses
                .iter()
                .any(|other| other != &losses[i] && other.iter().zip(&losses[i]).all(|(a, b)| a <= b));
            assert_eq!(tried.on_front, !beaten, "{i}");
        }
        let front = designs.iter().filter(|tried| tried.on_front).count();
        assert!(front > 3 && front < 90, "{front}");
    }
}
