//! From a person and a plan in one world to the set-up of the healing engine in space.
//!
//! Layers, mark and needles are those of the course ([`crate::pierce`]); the engine is [`needlework_healing::field`]. A
//! column and a cell take the density of holes and the depths of the needles as they are; a patch takes holes one by
//! one, either given or where the device and the hand lay them ([`needlework_puncture::lay`]), pass by pass and session
//! by session.
//!
//! Limits: every session presses as the first does; a plan without sessions leaves no holes.

use needlework_healing as healing;
use needlework_healing::field::{Infection, Needle, Setup, Space};
use needlework_healing::{Fidelity, RemodellingHypothesis, Responder};
use needlework_puncture::{Contact, DepthModel, Hole, Holes, Plot, left_by, press};
use needlework_units::{Length, Time};

use crate::layers::layers;
use crate::parameters::Parameters;
use crate::person::Person;
use crate::plan::Schedule;
use crate::walk::{Accuracy, Circumstances, form, needle};

/// What to resolve, and how finely.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldRequest {
    /// How much of space.
    pub fidelity: Fidelity,
    /// Size of cells in depth, and sideways in a patch.
    pub cell: Length,
    /// Rings of a cell.
    pub rings: usize,
    /// Side of a patch.
    pub side: Length,
    /// Holes of a patch; `None` lays them as the device and the hand do, by `seed`.
    pub holes: Option<Vec<Hole>>,
    /// Seed of where passes begin and needles fall.
    pub seed: u64,
    /// When to look, ascending; the last is the end.
    pub moments: Vec<Time>,
    /// Length of the steps over the usual one.
    pub step_scale: f64,
    /// How long the holes of the first session are infected; `None` for not.
    pub infection: Option<Time>,
    /// Stretch of the tissue along x beyond its resting stretch, as a share.
    pub stretch: f64,
}

impl FieldRequest {
    /// The usual resolution of a fidelity: half of it changes the means over the dermis by less than one per cent.
    #[must_use]
    pub fn usual(fidelity: Fidelity, moments: Vec<Time>) -> Self {
        // numerical: size of cells; see the tests of the engine for what half of it changes
        const CELL_MM: f64 = 0.025;
        // numerical: rings about a channel
        const RINGS: usize = 40;
        // numerical: a side that holds some dozen holes at usual densities
        const SIDE_MM: f64 = 2.5;
        Self {
            fidelity,
            cell: Length::from_mm(CELL_MM),
            rings: RINGS,
            side: Length::from_mm(SIDE_MM),
            holes: None,
            seed: 1,
            moments,
            step_scale: 1.0,
            infection: None,
            stretch: 0.0,
        }
    }
}

/// The fewest holes for each square millimetre for which a cell is as wide as its share; without holes it is as wide as
/// with so many.
// numerical: a wider cell would hold skin that nothing reaches
pub const SPARSEST_PER_MM2: f64 = 0.1;

/// The set-up of a person and plan.
#[must_use]
pub fn field_setup(
    person: &Person,
    circumstances: Circumstances<'_>,
    hypothesis: RemodellingHypothesis,
    request: &FieldRequest,
) -> Setup {
    let Circumstances {
        schedule,
        world,
        kinetics,
        ..
    } = circumstances;
    let accuracy = Accuracy::default();
    let (skin, mark) = form(person, world, &accuracy);
    let (device, hand) = (&schedule.device, &schedule.hand);
    let pressed = || {
        let (parameters, draws) = (&world.puncture, &person.draws.puncture);
        press(device, hand, &skin, &mark, parameters, draws, &accuracy.needles)
    };
    // What a device leaves on the mean and where it leaves it come of one contact. A depth that is drawn as a share of
    // the length comes of none: then only a patch presses, for the gap.
    let (holes, contact) = match DepthModel::of(&world.puncture) {
        DepthModel::Contact => {
            let contact = pressed();
            let holes = left_by(&contact, device, hand, &skin, &mark, &world.puncture);
            (holes, Some(contact))
        }
        DepthModel::InsertionRatio => (needle(person, schedule, world, &accuracy, &skin, &mark), None),
    };
    let layers = layers(&skin, mark.thickness, world);
    let modifiers = healing::modifiers(&person.condition, &world.condition);
    let laid = || {
        let drawn = || Contact {
            depths_mm: holes.depths_mm.clone(),
            ..pressed()
        };
        lay(schedule, &contact.clone().unwrap_or_else(drawn), world, request)
    };
    Setup {
        depth_edges_mm: layers.edges(request.cell.mm()),
        space: space(&holes, request, &laid),
        layers,
        shape: needlework_puncture::shape(&schedule.device, &world.puncture),
        halo_mm: world.puncture.halo.mm(),
        resting: mark.resting,
        ceiling: mark.ceiling,
        visible_depth_mm: world.appearance.visible_depth.mm(),
        sessions_days: schedule.sessions.iter().map(|session| session.days()).collect(),
        moments_days: request.moments.iter().map(|moment| moment.days()).collect(),
        hypothesis,
        kinetics: kinetics.clone(),
        healing: world.healing.clone(),
        field: world.field.clone(),
        responder: Responder::of(mark.stage, &modifiers, &world.healing, &person.draws.healing),
        surroundings: healing::cascade::Surroundings {
            infection: 0.0,
            stretch: request.stretch,
        },
        infection: request
            .infection
            .filter(|_| !schedule.sessions.is_empty())
            .map(|time| Infection {
                session: 0,
                days: time.days(),
            }),
        step_scale: request.step_scale,
    }
}

fn space(holes: &Holes, request: &FieldRequest, laid: &dyn Fn() -> Vec<Hole>) -> Space {
    let needles: Vec<Needle> = holes
        .depths_mm
        .iter()
        .zip(&holes.surface_radii_mm)
        .map(|(&depth_mm, &radius_mm)| Needle { depth_mm, radius_mm })
        .collect();
    let density_per_mm2 = holes.density.per_mm2();
    match request.fidelity {
        Fidelity::Column => Space::Column {
            density_per_mm2,
            needles,
        },
        Fidelity::Cell => {
            let without = density_per_mm2 < SPARSEST_PER_MM2;
            Space::Cell {
                radius_edges_mm: Space::radius_edges_mm(density_per_mm2.max(SPARSEST_PER_MM2), request.rings),
                needles: if without && density_per_mm2 <= 0.0 {
                    Vec::new()
                } else {
                    needles
                },
            }
        }
        Fidelity::Patch => {
            let side = request.side.mm();
            let cells = (side / request.cell.mm()).round().max(1.0);
            let axis = (cells as usize, side / cells);
            Space::Patch {
                x: axis,
                y: axis,
                holes: request.holes.clone().unwrap_or_else(laid),
            }
        }
    }
}

/// The holes of a square patch, where the device and the hand lay them.
fn lay(schedule: &Schedule, contact: &Contact, world: &Parameters, request: &FieldRequest) -> Vec<Hole> {
    let plot = Plot {
        width: request.side,
        height: request.side,
    };
    let sessions = u32::try_from(schedule.sessions.len()).unwrap_or(u32::MAX);
    let (device, hand) = (&schedule.device, &schedule.hand);
    needlework_puncture::lay(device, hand, contact, plot, sessions, &world.puncture, request.seed).holes
}
