//! What is to be computed of a case: the set-up of its tissue, the moments at which it is looked at, and the small runs
//! beside it that say how far numbers may be off and what a column would have gained.

use needlework::case::Case;
use needlework::cohort::{Question, middle_field, middle_sessions};
use needlework::course::{FieldRequest, SPARSEST_PER_MM2};
use needlework::evidence::BookError;
use needlework::healing::field::{Field, FieldError, Means, Reached, Setup, Space, differences};
use needlework::healing::{Fidelity, RemodellingHypothesis};
use needlework::numerics::Continue;
use needlework::questions::StepsOff;
use needlework::rules::{Facts, screen};
use needlework::units::{Length, Time};
use needlework::verdict::Library;
use needlework_files::{Moments, MomentsError};

/// Size of cells, mm, and rings of the small run in which the error of steps is estimated.
const TRIED: (f64, usize) = (0.05, 16);

/// How a case is to be simulated; what is `None` is the usual.
#[derive(Debug, Clone)]
pub struct Wish<'a> {
    /// How much of space.
    pub fidelity: Fidelity,
    /// What becomes of a gain.
    pub law: RemodellingHypothesis,
    /// Whether cells are four times as large: for trying out, not for numbers.
    pub coarse: bool,
    /// The end.
    pub until: Option<Time>,
    /// The times of whole fields, with commas between them.
    pub frames: Option<&'a str>,
    /// Size of cells.
    pub cell: Option<Length>,
    /// Side of a patch.
    pub side: Option<Length>,
    /// Length of the steps over the usual one.
    pub step_scale: f64,
    /// How long the first session's holes are infected.
    pub infection: Option<Time>,
    /// Stretch of the skin around.
    pub stretch: f64,
    /// Seed of where needles fall.
    pub seed: u64,
}

/// What is to be computed.
#[derive(Debug, Clone)]
pub struct Planned {
    /// The run.
    pub setup: Setup,
    /// When it is looked at.
    pub moments: Moments,
    /// A small run of the same course, in which the error of steps is estimated.
    tried: Setup,
    /// The same course in a column.
    column: Setup,
}

/// Why a case cannot be simulated as it is wished.
#[derive(Debug)]
pub enum NotPlanned {
    /// What is wrong with the wish.
    Wish(MomentsError),
    /// The evidence lacks something.
    Evidence(BookError),
}

impl From<BookError> for NotPlanned {
    fn from(error: BookError) -> Self {
        Self::Evidence(error)
    }
}

impl From<MomentsError> for NotPlanned {
    fn from(error: MomentsError) -> Self {
        Self::Wish(error)
    }
}

fn wish(what: impl Into<String>, help: &str) -> NotPlanned {
    NotPlanned::Wish(MomentsError {
        what: what.into(),
        help: help.to_owned(),
    })
}

/// What the rules that stop a plan say.
#[must_use]
pub fn stopped_by(case: &Case, library: &Library) -> Vec<String> {
    screen(&library.rules, &Facts::resolved(case, &library.catalog))
        .stopping()
        .lines()
}

impl Planned {
    /// The set-up of a case, and the moments to look at.
    ///
    /// # Errors
    /// [`NotPlanned`] where the case cannot be simulated so.
    pub fn of(case: &Case, library: &Library, wished: &Wish<'_>) -> Result<Self, NotPlanned> {
        let question = Question::new(case, &library.catalog, &library.book);
        let sessions = middle_sessions(&question)?;
        let moments = Moments::of(&sessions, wished.until, wished.frames)?;
        let mut request = FieldRequest::usual(wished.fidelity, moments.times());
        if wished.coarse {
            request.cell = Length::from_mm(4.0 * request.cell.mm());
            request.rings = (request.rings / 2).max(4);
        }
        request.cell = wished.cell.unwrap_or(request.cell);
        request.side = wished.side.unwrap_or(request.side);
        request.seed = wished.seed;
        request.step_scale = wished.step_scale;
        request.stretch = wished.stretch;
        request.infection = wished.infection.filter(|time| time.days() > 0.0);
        if let Some(time) = request.infection {
            let end = moments.days.last().copied().unwrap_or_default();
            if time.days() > end || sessions.is_empty() {
                return Err(wish(
                    format!(
                        "`--infection {time}` lasts longer than the run, which ends at {}, or no session opens the \
                         skin",
                        Time::from_days(end)
                    ),
                    "make it shorter, or --until later",
                ));
            }
        }
        let setup = middle_field(&question, wished.law, &request)?;
        let in_a_column = FieldRequest {
            fidelity: Fidelity::Column,
            ..request.clone()
        };
        let column = middle_field(&question, wished.law, &in_a_column)?;
        if request.fidelity == Fidelity::Patch {
            request.fidelity = Fidelity::Cell;
        }
        request.cell = Length::from_mm(request.cell.mm().max(TRIED.0));
        request.rings = request.rings.min(TRIED.1);
        let planned = Self {
            tried: middle_field(&question, wished.law, &request)?,
            column,
            setup,
            moments,
        };
        planned.refuse_lone_holes()?;
        Ok(planned)
    }

    /// Holes that lie too far apart for a cell, or of which none falls into a patch, would be computed as something
    /// else than they are.
    fn refuse_lone_holes(&self) -> Result<(), NotPlanned> {
        let Space::Column { density_per_mm2, .. } = &self.column.space else {
            return Ok(());
        };
        if self.setup.sessions_days.is_empty() || *density_per_mm2 <= 0.0 {
            return Ok(());
        }
        match &self.setup.space {
            Space::Cell { .. } if *density_per_mm2 < SPARSEST_PER_MM2 => Err(wish(
                "the holes lie too far apart for a cell",
                "--fidelity column takes them as a mean of the treated area",
            )),
            Space::Patch { holes, .. } if holes.is_empty() => Err(wish(
                "not one hole falls into the patch",
                "a larger --side, or --fidelity column, which takes the mean of the treated area",
            )),
            _ => Ok(()),
        }
    }

    /// Collagen at the end of the same course in a column.
    ///
    /// # Errors
    /// [`FieldError`] when the tissue cannot be set up.
    pub fn in_a_column(&self) -> Result<f64, FieldError> {
        Ok(means(self.column.clone())?
            .last()
            .map(Means::collagen)
            .unwrap_or_default())
    }

    /// What steps a quarter as long change in a small run.
    ///
    /// # Errors
    /// [`FieldError`] when the tissue cannot be set up.
    pub fn steps_off(&self) -> Result<StepsOff, FieldError> {
        let of = |part: f64| {
            means(Setup {
                step_scale: part * self.tried.step_scale,
                ..self.tried.clone()
            })
        };
        Ok(StepsOff {
            tried: self.tried.space.fidelity(),
            means: differences(&of(1.0)?, &of(0.25)?, self.tried.resting),
        })
    }
}

/// The means of a small run at its moments.
fn means(setup: Setup) -> Result<Vec<Means>, FieldError> {
    let mut field = Field::new(setup, 1)?;
    let mut means = Vec::new();
    // Ends: with the moments.
    while let Reached::Moment(_) = field.advance(&mut |_| Continue::Yes)? {
        means.push(field.means());
    }
    Ok(means)
}
