//! What passes the skin of simulated people: molecules and their passage drawn for each world, and doses through the
//! holes of each person.
//!
//! Gains compare the same skin with and without holes. They are in steady state with holes as they are when the product
//! goes on; doses follow the closing holes over time, from one layer of product that does not dry, until the window in
//! which germs can enter is over.
//!
//! Limits: holes close with one half-life in a world, and the mark's dermis is taken for the dermis; see
//! `needlework_channel` for the physics.

use needlework_channel::{
    Dose, Layer, Molecule, Openings, PermeationParameters, Resolution, absorb, enhancement, free_in_product,
    open_share_and_conductance, pores, stratum_corneum,
};
use needlework_course::Harms;
use needlework_evidence::{Book, BookError, Declared};
use needlework_numerics::{Interrupted, map_in_order, normals, uniforms};
use needlework_units::{SECONDS_PER_DAY, Time};

use crate::monte_carlo::Cohort;

/// Every parameter of the passage of molecules that is declared by a room.
#[must_use]
pub fn passage_declared() -> Vec<Declared> {
    PermeationParameters::DECLARED.to_vec()
}

/// A number of the evidence for each of `count` worlds, from its own stream.
///
/// # Errors
/// [`BookError`] when there is no such number.
pub fn drawn(book: &Book, seed: u64, key: &str, count: usize) -> Result<Vec<f64>, BookError> {
    let prior = book.prior(key)?;
    Ok(uniforms(seed, key, count)
        .into_iter()
        .map(|u| prior.distribution.quantile(u))
        .collect())
}

/// What is not known of the passage of molecules, for each world.
///
/// # Errors
/// [`BookError`] when the evidence lacks a number.
pub fn passages(book: &Book, seed: u64, count: usize) -> Result<Vec<PermeationParameters>, BookError> {
    let mut columns = std::collections::BTreeMap::new();
    for want in PermeationParameters::DECLARED {
        columns.insert(want.key, drawn(book, seed, want.key, count)?);
    }
    Ok((0..count)
        .map(|w| PermeationParameters::fill(&mut |key| columns.get(key).map_or(f64::NAN, |column| column[w])))
        .collect())
}

/// A molecule of the evidence by its name, for each world.
///
/// # Errors
/// [`BookError`] when the evidence lacks one of its numbers.
pub fn molecules(book: &Book, seed: u64, name: &str, count: usize) -> Result<Vec<Molecule>, BookError> {
    let of = |what: &str| drawn(book, seed, &format!("channel.molecules.{name}.{what}"), count);
    let (mass, log_kow) = (of("mass")?, of("log_kow")?);
    let (water, tissue, loss) = (of("water")?, of("tissue")?, of("loss")?);
    let off_line = normals(seed, &format!("channel.molecules.{name}.off_line"), count);
    Ok((0..count)
        .map(|w| Molecule {
            mass_da: mass[w],
            log_kow: log_kow[w],
            water_cm2_per_s: water[w],
            // Nothing moves faster in tissue than in the water of it.
            tissue_cm2_per_s: tissue[w].min(water[w]),
            loss_per_s: loss[w] / SECONDS_PER_DAY,
            off_line: off_line[w],
        })
        .collect())
}

/// What passes the skin of one person.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// Permeability with holes over that of intact skin, as the product goes on.
    pub enhancement: f64,
    /// How long channels stay open after the product went on.
    pub window: Time,
    /// What the stratum corneum, the living epidermis and the dermis took up in that window.
    pub dose: Dose,
    /// What intact skin would have taken up meanwhile.
    pub intact: Dose,
}

/// The passage of a molecule through the skin of each person of a cohort, put on `after` the session, with channels
/// that close under cover or in air as the case says, or as each person does where it does not say. `molecules` and
/// `passages` are those of the cohort's worlds.
///
/// # Errors
/// [`Interrupted`] when threads cannot be started.
pub fn pass(
    cohort: &Cohort,
    molecules: &[Molecule],
    passages: &[PermeationParameters],
    after: Time,
    threads: usize,
) -> Result<Vec<Passage>, Interrupted> {
    map_in_order(
        threads,
        cohort.people.len(),
        &mut |_| needlework_numerics::Continue::Yes,
        |index| {
            let person = &cohort.people[index];
            let closure = &cohort.worlds[person.world].parameters.closure;
            let half_life = if person.harms.habits.covered {
                closure.half_life_covered
            } else {
                closure.half_life_open
            };
            person_passes(
                &person.harms,
                &molecules[person.world],
                &passages[person.world],
                after,
                half_life,
            )
        },
    )
}

/// Living skin below the stratum corneum: the rest of the epidermis, and the dermis of the mark with its vessels.
fn living(harms: &Harms, molecule: &Molecule, stratum_corneum: &Layer) -> [Layer; 2] {
    // numerical: an epidermis that is all stratum corneum has no room for the cells of the method
    const LEAST_SHARE: f64 = 0.1;
    let epidermis = harms.skin.epidermis.cm();
    let tissue = |thickness_cm: f64, loss_per_s: f64| Layer {
        thickness_cm,
        diffusivity_cm2_per_s: molecule.tissue_cm2_per_s,
        partition: 1.0,
        loss_per_s,
    };
    [
        tissue(
            (epidermis - stratum_corneum.thickness_cm).max(LEAST_SHARE * epidermis),
            0.0,
        ),
        tissue(harms.mark_dermis.cm(), molecule.loss_per_s),
    ]
}

fn person_passes(
    harms: &Harms,
    molecule: &Molecule,
    passage: &PermeationParameters,
    after: Time,
    half_life: Time,
) -> Passage {
    let stratum_corneum = stratum_corneum(molecule, passage);
    let [epidermis, dermis] = living(harms, molecule, &stratum_corneum);
    let mut open = pores(&harms.holes, molecule, molecule.tissue_cm2_per_s, passage);
    let needles = harms.holes.depths_mm.len();
    // What is left of the holes when the product goes on: they close one by one.
    let left = (-after.hours() / half_life.hours()).exp2();
    for pore in &mut open {
        pore.per_cm2 *= left;
    }
    let (_, conductance) = open_share_and_conductance(&open, needles);
    let closing = Openings {
        permeability_cm_per_s: conductance,
        half_life: Some(half_life),
    };
    let window = Time::from_hours((harms.closure.open_window.hours() - after.hours()).max(0.0));
    let layers = [stratum_corneum, epidermis, dermis];
    let resolution = Resolution::default();
    let free = free_in_product(molecule, passage);
    // What oil keeps back is still there to follow.
    let supply = Some(passage.product_layer.cm() / free);
    let tissue = epidermis.resistance_s_per_cm() + dermis.resistance_s_per_cm();
    Passage {
        enhancement: enhancement(&stratum_corneum, tissue, &open, needles),
        window,
        dose: absorb(&layers, &closing, supply, window, &resolution).scaled(free),
        intact: absorb(&layers, &Openings::NONE, supply, window, &resolution).scaled(free),
    }
}
