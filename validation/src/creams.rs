//! Targets of the passage of molecules through rolled skin in diffusion cells, computed by the rooms puncture and
//! channel.
//!
//! Skin of a diffusion cell has no vessels at work and does not close. What a study's abstract leaves open (needle
//! length, passes, how thick the skin was, how much more the animal's skin lets through) is drawn from its prior in
//! each world, so the interval is over what is not known.

use needlework::channel::{
    Layer, Molecule, PermeationParameters, enhancement, intact_cm_per_s, pores, stratum_corneum,
};
use needlework::cohort;
use needlework::course::Parameters;
use needlework::numerics::{median_and_ends, normal_strata};
use needlework::puncture::{self, Device, Hand, Holes, Kind, PersonDraws};
use needlework::skin::{self, Body, Site, Skin};
use needlework::stria::Tissue;
use needlework::units::Length;

use crate::context::Context;
use crate::result::Found;
use crate::target::RoomTarget;

type Computed = Result<Found, String>;

/// Strata of needles of a session.
const NEEDLES: usize = 24;

/// The skin of a world with any tissue, for holes of which only depth and width matter.
pub(crate) fn any_skin(world: &Parameters) -> (Skin, Tissue) {
    let skin = skin::layer(&Body::reference(&world.skin), &Site::REFERENCE, &world.skin);
    let tissue = Tissue::unmarked(world.skin.dermis);
    (skin, tissue)
}

/// The holes that a roller leaves in a world.
fn rolled(world: &Parameters, length: Length, passes: f64) -> Holes {
    let (skin, tissue) = any_skin(world);
    let device = Device::of(Kind::Roller, length);
    puncture::puncture(
        &device,
        &Hand::of(passes),
        &skin,
        &tissue,
        &world.puncture,
        &PersonDraws::default(),
        &normal_strata(NEEDLES),
    )
}

/// What each world draws for a diffusion cell.
struct Cells {
    molecules: Vec<Molecule>,
    passages: Vec<PermeationParameters>,
    /// Intact skin of the animal over human skin.
    animal: Vec<f64>,
    /// Thickness of living skin, mm.
    tissue: Vec<f64>,
}

fn cells(target: &RoomTarget, context: &Context<'_>, molecule: &str) -> Result<Cells, String> {
    let (book, seed, count) = (&context.library.book, context.settings.seed, context.worlds.len());
    let said = |error: needlework::evidence::BookError| error.to_string();
    let animal = match target.inputs.get("animal") {
        Some(key) => cohort::drawn(book, seed, key, count).map_err(said)?,
        None => vec![1.0; count],
    };
    Ok(Cells {
        molecules: cohort::molecules(book, seed, molecule, count).map_err(said)?,
        passages: cohort::passages(book, seed, count).map_err(said)?,
        animal,
        tissue: cohort::drawn(book, seed, "channel.creams.study.tissue", count).map_err(said)?,
    })
}

impl Cells {
    /// Passage through the cell of a world: (with holes over intact, intact in cm/s).
    fn pass(&self, world: usize, holes: &Holes) -> (f64, f64) {
        let (molecule, passage) = (&self.molecules[world], &self.passages[world]);
        let human = stratum_corneum(molecule, passage);
        let stratum_corneum = Layer {
            diffusivity_cm2_per_s: human.diffusivity_cm2_per_s * self.animal[world],
            ..human
        };
        let tissue = Length::from_mm(self.tissue[world]).cm() / molecule.tissue_cm2_per_s;
        let open = pores(holes, molecule, molecule.tissue_cm2_per_s, passage);
        let gain = enhancement(&stratum_corneum, tissue, &open, holes.depths_mm.len());
        let intact = 1.0 / (1.0 / (intact_cm_per_s(molecule, passage) * self.animal[world]) + tissue);
        (gain, intact)
    }
}

/// The passes of the target, or what a world draws.
fn passes(target: &RoomTarget, context: &Context<'_>, world: &Parameters) -> Result<f64, String> {
    if target.inputs.contains_key("passes") {
        target.input("passes", &context.library.book)
    } else {
        Ok(world.puncture.passes)
    }
}

/// Gains of a molecule in each world.
fn gains(target: &RoomTarget, context: &Context<'_>, molecule: &str) -> Result<Vec<f64>, String> {
    let cells = cells(target, context, molecule)?;
    context
        .worlds
        .iter()
        .enumerate()
        .map(|(w, world)| {
            let passes = passes(target, context, &world.parameters)?;
            let holes = rolled(&world.parameters, world.parameters.puncture.home_length, passes);
            Ok(cells.pass(w, &holes).0)
        })
        .collect()
}

/// The median with the interval: what spreads over decades has the mean of its few largest.
pub(crate) fn median(draws: &[f64]) -> Found {
    let [low, middle, high] = median_and_ends(draws);
    Found { middle, low, high }
}

/// Passage with holes over that of intact skin.
pub fn passage_gain(target: &RoomTarget, context: &Context<'_>) -> Computed {
    Ok(median(&gains(target, context, target.word("molecule")?)?))
}

/// Decades by which the computed passage lies above the measured one.
pub fn passage_misfit(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let measured = target.input("measured", &context.library.book)?;
    let gains = gains(target, context, target.word("molecule")?)?;
    let misfits: Vec<f64> = gains.into_iter().map(|gain| (gain / measured).log10()).collect();
    Ok(median(&misfits))
}

/// Decades by which a molecule gains more than another in the same skin.
pub fn gain_over_other(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let one = gains(target, context, target.word("molecule")?)?;
    let other = gains(target, context, target.word("other")?)?;
    let apart: Vec<f64> = one.iter().zip(&other).map(|(a, b)| (a / b).log10()).collect();
    Ok(median(&apart))
}

/// Passage with the longer needles over that with the shorter ones.
pub fn passage_by_length(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let book = &context.library.book;
    let cells = cells(target, context, target.word("molecule")?)?;
    let length = |name: &str| target.input(name, book).map(Length::from_mm);
    let (short, long) = (length("short")?, length("long")?);
    let ratios = context.worlds.iter().enumerate().map(|(w, world)| {
        let through = |length: Length| {
            let holes = rolled(&world.parameters, length, world.parameters.puncture.passes);
            let (gain, intact) = cells.pass(w, &holes);
            gain * intact
        };
        through(long) / through(short)
    });
    Ok(median(&ratios.collect::<Vec<_>>()))
}
