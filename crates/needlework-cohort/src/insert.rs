//! One needle and whole devices in many worlds, on a typical person at a site: what a designer looks at before anything
//! heals.
//!
//! Worlds are those of [`simulate_cohort`](crate::simulate_cohort()) with the same seed. The person has the reference
//! age, weight and no difference from others; the skin is unmarked, since a device is made for more than one mark.
//! Every device meets the same worlds, so that differences between devices are not noise of the draw.

use needlework_course::Parameters;
use needlework_evidence::Book;
use needlework_numerics::{Continue, Progress, map_in_order, mean, normal_strata};
use needlework_puncture::{
    self as puncture, Contact, Device, Drum, Hand, Kind, PersonDraws, Shape, Track, press, shape,
};
use needlework_reaction::{self as reaction, Session, Taper};
use needlework_skin::{self as skin, Body, Skin};
use needlework_stria::Tissue;
use needlework_units::{Length, MM2_PER_CM2};

use crate::monte_carlo::CohortError;
use crate::people::SiteNumbers;
use crate::worlds::worlds;

// numerical: needles that stand for all of a device; medians and shares move by less than what is not known between 16
// and 64
const NEEDLES: usize = 32;

/// A device in one world.
#[derive(Debug, Clone, PartialEq)]
pub struct Pressed {
    /// The skin.
    pub skin: Skin,
    /// The shape of its needles.
    pub shape: Shape,
    /// How it presses.
    pub contact: Contact,
    /// What a drum's needle leaves, where it is a roller.
    pub track: Option<Track>,
    /// Width of an open hole at the surface over that of the needle there.
    pub gape_ratio: f64,
    /// Distinct holes for each square centimetre of a session; zero for a single needle, which has a place and no
    /// density.
    pub holes_per_cm2: f64,
}

/// A device and the hand that moves it; what is `None` of either is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trial {
    /// The device.
    pub device: Device,
    /// The hand.
    pub hand: Hand,
}

/// What a device does in one world.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Done {
    /// Median depth below the surface, mm.
    pub depth_mm: f64,
    /// Mean depth in the dermis, mm: nothing for needles that stop above it, the whole dermis for those that go
    /// through.
    pub dermal_mm: f64,
    /// Share of needles that go in.
    pub pierced: f64,
    /// Share of needles that reach the dermis.
    pub dermis: f64,
    /// Holes for each square centimetre, after all passes of a session.
    pub holes_per_cm2: f64,
    /// Injured share of the dermis just below the epidermis.
    pub injured: f64,
    /// Pain, 0 to 10, without numbing.
    pub pain: f64,
    /// Mean width of an open hole at the surface, mm.
    pub gape_mm: f64,
    /// Small vessels cut for each square centimetre.
    pub cuts_per_cm2: f64,
}

/// A typical person's skin at a site in a world.
fn typical(site: &SiteNumbers, world: &Parameters) -> Skin {
    skin::layer(&Body::reference(&world.skin), &site.skin, &world.skin)
}

/// A device pressed on a typical person's unmarked skin in one world.
#[must_use]
pub fn press_in(trial: &Trial, site: &SiteNumbers, world: &Parameters, strata: &[f64]) -> Pressed {
    let skin = typical(site, world);
    let tissue = Tissue::unmarked(skin.dermis);
    let parameters = &world.puncture;
    let shape = shape(&trial.device, parameters);
    let contact = press(
        &trial.device,
        &trial.hand,
        &skin,
        &tissue,
        parameters,
        &PersonDraws::default(),
        strata,
    );
    let gape_ratio = world.scar.gape;
    let track = (trial.device.kind == Kind::Roller && contact.typical_mm > 0.0).then(|| {
        let drum = Drum::of(&trial.device, parameters);
        let width = Length::from_mm(2.0 * gape_ratio * shape.radius_mm(contact.typical_mm));
        puncture::rolling(&trial.device, contact.gap, parameters).track(
            width,
            drum.pitch_around(),
            skin.mechanics.fibres.failure_strain_fraction,
        )
    });
    let per_pass = puncture::holes_per_pass(&trial.device, contact.gap, parameters);
    let landed = puncture::distinct_density(&trial.device, &trial.hand, per_pass, parameters).per_cm2();
    let entered = contact.depths_mm.iter().filter(|depth| **depth > 0.0).count() as f64;
    Pressed {
        holes_per_cm2: landed * entered / contact.depths_mm.len().max(1) as f64,
        skin,
        shape,
        contact,
        track,
        gape_ratio,
    }
}

/// A device in each of `count` worlds.
///
/// # Errors
/// [`CohortError`] when the evidence does not fill the model.
pub fn press_over_worlds(
    trial: &Trial,
    site: &SiteNumbers,
    book: &Book,
    seed: u64,
    count: usize,
) -> Result<Vec<Pressed>, CohortError> {
    let strata = normal_strata(NEEDLES);
    let drawn = worlds(book, seed, count)?;
    Ok(drawn
        .worlds
        .iter()
        .map(|world| press_in(trial, site, &world.parameters, &strata))
        .collect())
}

/// Many devices in the same `count` worlds: for each device what it does, world by world.
///
/// # Errors
/// [`CohortError`] when the evidence does not fill the model, or `progress` says stop.
pub fn try_devices(
    trials: &[Trial],
    site: &SiteNumbers,
    book: &Book,
    (seed, count, threads): (u64, usize, usize),
    progress: &mut dyn FnMut(Progress) -> Continue,
) -> Result<Vec<Vec<Done>>, CohortError> {
    let strata = normal_strata(NEEDLES);
    let drawn = worlds(book, seed, count)?;
    map_in_order(threads, trials.len(), progress, |i| {
        drawn
            .worlds
            .iter()
            .map(|world| done(&trials[i], site, &world.parameters, &strata))
            .collect()
    })
    .map_err(CohortError::Interrupted)
}

/// What a device does in one world.
fn done(trial: &Trial, site: &SiteNumbers, world: &Parameters, strata: &[f64]) -> Done {
    let skin = typical(site, world);
    let holes = puncture::puncture(
        &trial.device,
        &trial.hand,
        &skin,
        &Tissue::unmarked(skin.dermis),
        &world.puncture,
        &PersonDraws::default(),
        strata,
    );
    let session = Session {
        length: trial.device.length,
        needles_in_contact: puncture::needles_in_contact(&trial.device, &world.puncture),
        area: world.pain.pain_area,
        numbed: false,
    };
    let shape = shape(&trial.device, &world.puncture);
    let taper = Taper {
        tip: Length::from_mm(shape.tip_mm),
        tangent: shape.taper_ratio,
    };
    let epidermis_mm = skin.epidermis.mm();
    let open: Vec<f64> = holes
        .surface_radii_mm
        .iter()
        .copied()
        .filter(|radius| *radius > 0.0)
        .collect();
    let dermal: Vec<f64> = holes
        .depths_mm
        .iter()
        .map(|depth| (depth - epidermis_mm).clamp(0.0, skin.dermis.mm()))
        .collect();
    let pierced = open.len() as f64 / holes.depths_mm.len().max(1) as f64;
    Done {
        depth_mm: holes.median_depth().mm(),
        dermal_mm: mean(&dermal),
        pierced,
        dermis: holes.reaches_dermis,
        holes_per_cm2: holes.density.per_cm2() * pierced,
        injured: holes.injured_top,
        pain: reaction::pain(&session, &world.pain, 0.0),
        gape_mm: if open.is_empty() {
            0.0
        } else {
            2.0 * world.scar.gape * mean(&open)
        },
        cuts_per_cm2: reaction::bleed(&holes, &taper, &world.bleeding).cuts.per_mm2() * MM2_PER_CM2,
    }
}
