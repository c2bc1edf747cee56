//! What is to be computed: the tissue, the holes, the times, and how finely.
//!
//! Depth counts from the surface down: epidermis, dermis of the mark (papillary part first), fat. A [`Setup`] is
//! checked when an engine is made of it; [`super::bytes_needed`] says beforehand how much memory that takes.

use needlework_numerics::diffusion::{Grid, GridError};
use needlework_puncture::{Hole, Shape};

use super::fidelity::Fidelity;
use super::layers::Layers;
use super::parameters::FieldParameters;
use crate::cascade::{Kinetics, Surroundings};
use crate::hypothesis::RemodellingHypothesis;
use crate::parameters::Parameters;
use crate::responder::Responder;

/// A needle's way into the skin, as one of equally likely ones.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Needle {
    /// Depth below the surface, mm.
    pub depth_mm: f64,
    /// Radius of the channel at the surface, mm.
    pub radius_mm: f64,
}

/// Where holes lie, sideways.
#[derive(Debug, Clone, PartialEq)]
pub enum Space {
    /// Everything at one depth is alike.
    Column {
        /// Distinct holes of a session per mm².
        density_per_mm2: f64,
        /// The needles of a session.
        needles: Vec<Needle>,
    },
    /// A round cell about the axis of one channel; its area is the share of one hole.
    Cell {
        /// Radii of the rings, from zero up to 1/√(πn), mm.
        radius_edges_mm: Vec<f64>,
        /// The needles of a session; the channel has their mean share at each place.
        needles: Vec<Needle>,
    },
    /// A patch with its own holes.
    Patch {
        /// Cells along x and their size, mm.
        x: (usize, f64),
        /// Cells along y and their size, mm.
        y: (usize, f64),
        /// The holes of all sessions.
        holes: Vec<Hole>,
    },
}

impl Space {
    /// Which fidelity this is.
    #[must_use]
    pub fn fidelity(&self) -> Fidelity {
        match self {
            Self::Column { .. } => Fidelity::Column,
            Self::Cell { .. } => Fidelity::Cell,
            Self::Patch { .. } => Fidelity::Patch,
        }
    }

    /// Radii of `rings` rings about one hole at a density: narrow at the channel, wider outside, up to 1/√(πn).
    #[must_use]
    pub fn radius_edges_mm(density_per_mm2: f64, rings: usize) -> Vec<f64> {
        let outer = 1.0 / (std::f64::consts::PI * density_per_mm2).sqrt();
        let place = |i: usize| i as f64 / rings.max(1) as f64;
        // Halfway between even steps and squares of them: the innermost ring is half as wide as an even one, the
        // outermost half as wide again.
        (0..=rings.max(1))
            .map(|i| outer * 0.5 * (place(i) + place(i) * place(i)))
            .collect()
    }
}

/// An infection of the tissue that a session injures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Infection {
    /// The session whose holes it enters, from zero.
    pub session: u32,
    /// How long it lasts, days. Meanwhile debris is made in proportion to the injured share, at
    /// `healing.cascade.infection_debris`.
    pub days: f64,
}

/// Everything a run depends on, but for the number of threads.
#[derive(Debug, Clone, PartialEq)]
pub struct Setup {
    /// Sideways.
    pub space: Space,
    /// The layers.
    pub layers: Layers,
    /// Edges of cells in depth, from 0 at the surface down, mm; see [`Layers::edges`].
    pub depth_edges_mm: Vec<f64>,
    /// The shape of the needles.
    pub shape: Shape,
    /// Injured tissue around a channel, mm.
    pub halo_mm: f64,
    /// Collagen at rest, C_s.
    pub resting: f64,
    /// Collagen that can be reached, C_m.
    pub ceiling: f64,
    /// Depth over which what lies in the dermis is seen, mm.
    pub visible_depth_mm: f64,
    /// When sessions take place, days, ascending.
    pub sessions_days: Vec<f64>,
    /// When the run pauses to be looked at, days, ascending; the last is its end. A moment on a session is seen before
    /// it.
    pub moments_days: Vec<f64>,
    /// What becomes of a gain.
    pub hypothesis: RemodellingHypothesis,
    /// The cascade.
    pub kinetics: Kinetics,
    /// Healing.
    pub healing: Parameters,
    /// Space.
    pub field: FieldParameters,
    /// The person.
    pub responder: Responder,
    /// Infection everywhere, and stretch with its size along x.
    pub surroundings: Surroundings,
    /// Infection of the holes of a session.
    pub infection: Option<Infection>,
    /// Length of the steps over the usual one: 1, or less for a check.
    pub step_scale: f64,
}

/// Why no engine can be made of a set-up or a checkpoint.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldError {
    /// The grid.
    Grid(GridError),
    /// A number that can't be.
    Number {
        /// Which.
        what: &'static str,
        /// What it must be.
        must: &'static str,
        /// What it is.
        is: f64,
    },
    /// A hole of a session that isn't there.
    NoSuchSession(u32),
    /// A checkpoint that can't be gone on from.
    Checkpoint(&'static str),
    /// Threads could not be started.
    Threads(String),
    /// The numbers ran away at a day; please report this with the set-up.
    NotFinite(f64),
}

impl std::fmt::Display for FieldError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Grid(error) => error.fmt(out),
            Self::Number { what, must, is } => write!(out, "{what} must be {must}, not {is}"),
            Self::NoSuchSession(session) => {
                write!(
                    out,
                    "a hole or an infection belongs to session {session}, which the plan does not have"
                )
            }
            Self::Checkpoint(why) => write!(out, "the checkpoint cannot be used: {why}"),
            Self::Threads(why) => write!(out, "the worker threads could not be started: {why}"),
            Self::NotFinite(day) => write!(
                out,
                "the fields ran away at day {day}; please report this with the case"
            ),
        }
    }
}

impl std::error::Error for FieldError {}

impl From<GridError> for FieldError {
    fn from(error: GridError) -> Self {
        Self::Grid(error)
    }
}

impl Setup {
    /// The grid that the set-up asks for.
    ///
    /// # Errors
    /// [`GridError`] when edges or sizes make no cells.
    pub fn grid(&self) -> Result<Grid, GridError> {
        match &self.space {
            Space::Column { .. } => Grid::column(&self.depth_edges_mm),
            Space::Cell { radius_edges_mm, .. } => Grid::cell(radius_edges_mm, &self.depth_edges_mm),
            Space::Patch { x, y, .. } => Grid::patch(*x, *y, &self.depth_edges_mm),
        }
    }

    /// Checks what the types don't hold.
    pub(super) fn check(&self) -> Result<(), FieldError> {
        let number = |what, must, is: f64, holds: bool| {
            if holds && is.is_finite() {
                Ok(())
            } else {
                Err(FieldError::Number { what, must, is })
            }
        };
        let positive = |what, is: f64| number(what, "positive", is, is > 0.0);
        let not_negative = |what, is: f64| number(what, "at least 0", is, is >= 0.0);
        positive("the thickness of the dermis", self.layers.dermis_mm)?;
        not_negative("the thickness of the epidermis", self.layers.epidermis_mm)?;
        not_negative("the thickness of fat", self.layers.fat_mm)?;
        positive("the depth that is seen", self.visible_depth_mm)?;
        positive("the range of the signal", self.field.signal_range.mm())?;
        not_negative("the range of fibroblasts", self.field.fibroblast_range.mm())?;
        not_negative("the range of the epidermis", self.field.epidermal_range.mm())?;
        number(
            "the length of steps",
            "in (0, 1]",
            self.step_scale,
            self.step_scale > 0.0 && self.step_scale <= 1.0,
        )?;
        number(
            "collagen at rest",
            "in (0, 1)",
            self.resting,
            self.resting > 0.0 && self.resting < 1.0,
        )?;
        number(
            "the ceiling of collagen",
            "above that at rest, up to 1",
            self.ceiling,
            self.ceiling > self.resting && self.ceiling <= 1.0,
        )?;
        not_negative("the radius of the tip", self.shape.tip_mm)?;
        not_negative("the taper", self.shape.taper_ratio)?;
        not_negative("the halo", self.halo_mm)?;
        for (what, days) in [
            ("a session's day", &self.sessions_days),
            ("a moment's day", &self.moments_days),
        ] {
            let mut last = 0.0;
            for &day in days {
                number(what, "ascending from 0", day, day >= last)?;
                last = day;
            }
        }
        if let Some(infection) = self.infection {
            positive("how long an infection lasts", infection.days)?;
            if infection.session as usize >= self.sessions_days.len() {
                return Err(FieldError::NoSuchSession(infection.session));
            }
        }
        match &self.space {
            Space::Column {
                density_per_mm2,
                needles,
            } => {
                not_negative("the density of holes", *density_per_mm2)?;
                check_needles(needles)
            }
            Space::Cell { needles, .. } => check_needles(needles),
            Space::Patch { holes, .. } => {
                for hole in holes {
                    for (what, is) in [("the place of a hole", hole.x_mm), ("the place of a hole", hole.y_mm)] {
                        number(what, "a number", is, true)?;
                    }
                    not_negative("the depth of a hole", hole.depth_mm)?;
                    not_negative("the radius of a hole", hole.radius_mm)?;
                    if hole.session as usize >= self.sessions_days.len() {
                        return Err(FieldError::NoSuchSession(hole.session));
                    }
                }
                Ok(())
            }
        }
    }
}

fn check_needles(needles: &[Needle]) -> Result<(), FieldError> {
    for needle in needles {
        for (what, is) in [
            ("the depth of a needle", needle.depth_mm),
            ("the radius of a needle", needle.radius_mm),
        ] {
            if !(is >= 0.0 && is.is_finite()) {
                return Err(FieldError::Number {
                    what,
                    must: "at least 0",
                    is,
                });
            }
        }
    }
    Ok(())
}
