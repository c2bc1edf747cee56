//! A block of skin as data: the layers of one person, the holes of the first session where the device lays them, and
//! what collagen does at each depth over the months.
//!
//! The person is the one in the middle of the world in the middle, as for [`simulation`](crate::simulation()). Holes
//! are those of a patch ([`needlework_puncture::lay`]); their shape is a cylinder from the surface to the shoulder and
//! a cone from there to the tip. Collagen is that of a column, which knows how much is injured at each depth and
//! nothing of the place sideways, so that no month of it can be drawn hole by hole. Beside the law that is shown stand
//! the means of all laws, since today's data cannot tell them apart, and the same course without any session.
//!
//! What a report withholds is withheld here too, since the case is judged first: no needles of a plan that is stopped,
//! and no collagen where no forecast is shown.
//!
//! Limits: one person, no spread; holes of later sessions lie elsewhere and are not listed; nothing is said of how a
//! mark looks.

use needlework_case::Case;
use needlework_cohort::{Question, middle_field, middle_sessions, middle_skin};
use needlework_course::FieldRequest;
use needlework_evidence::BookError;
use needlework_healing::field::{Field, FieldError, Reached, Setup, Space};
use needlework_healing::{Fidelity, RemodellingHypothesis};
use needlework_numerics::{Continue, Progress, median};
use needlework_units::{Length, Time, UM_PER_MM};
use needlework_verdict::{Engine, Extent, INTENDED_USE, Inquiry, Layer, VerdictError, judge_to};
use schemars::JsonSchema;
use serde::Serialize;

use crate::skin::SKIN_LAYERS;

/// The version of the format.
pub const BLOCK_FORMAT: &str = "needlework-block/1";

// numerical: side of the block, mm; it holds some dozen holes of a roller
const SIDE_MM: f64 = 3.0;
// numerical: fat that is shown below whatever lies deepest, mm
const BELOW_MM: f64 = 0.4;
// numerical: months after the last session at which the course ends, as the table for laypeople does
const MONTHS_AFTERWARDS: f64 = 12.0;
// numerical: finer than any shade or sentence shows
const FINE: f64 = 1e5;
// numerical: worlds of the judgement that says what may be shown; no number of it is taken
const WORLDS: usize = 10;

/// The law that is shown; it is the usual one of `needlework simulate`.
const LAW: RemodellingHypothesis = RemodellingHypothesis::Persistence;

/// A hole of the block.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct BlockHole {
    /// Its axis along the block, µm.
    pub x_um: f64,
    /// Its axis across the block, µm.
    pub y_um: f64,
    /// Depth of the tip below the surface, µm.
    pub depth_um: f64,
    /// Depth at which the cone begins, µm.
    pub shoulder_um: f64,
    /// Radius at the surface, µm.
    pub radius_um: f64,
    /// Radius at the tip, µm.
    pub tip_radius_um: f64,
}

/// Layers and holes.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct BlockSkin {
    /// The device in words, where it has a name.
    pub device: Option<String>,
    /// The body site in words, where it is known.
    pub site: Option<String>,
    /// Length of the needles, µm; null where neither case nor device says it, or nothing is needled.
    pub needle_length_um: Option<f64>,
    /// Side of the block, µm.
    pub side_um: f64,
    /// Depth down to which the block is shown, µm; fat goes on below it.
    pub shown_to_um: f64,
    /// Layers of the mark's skin, from the surface down.
    pub layers: Vec<Layer>,
    /// Depth below which a hole is in the dermis, µm.
    pub dermis_from_um: f64,
    /// Depth below which a hole is in the fat, µm.
    pub dermis_to_um: f64,
    /// Distinct holes of the first session in the block.
    pub holes: Vec<BlockHole>,
    /// How many of them reach the dermis.
    pub reach_dermis: usize,
    /// How many of them reach the lower dermis.
    pub reach_lower_dermis: usize,
    /// How many of them reach the fat.
    pub reach_fat: usize,
    /// Median depth of the holes, µm; null where there is none.
    pub median_depth_um: Option<f64>,
}

/// Collagen of one month, over that before the first session.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct BlockMonth {
    /// Months since the first session.
    pub month: f64,
    /// Sessions that were done by then; a session on the day itself is still to come.
    pub sessions: usize,
    /// With the plan, between each two depths.
    pub treated: Vec<f64>,
    /// Without any session, likewise.
    pub untreated: Vec<f64>,
    /// With the plan, mean of the upper dermis.
    pub treated_upper: f64,
    /// With the plan, mean of the lower dermis.
    pub treated_lower: f64,
    /// Without any session, mean of the whole dermis.
    pub untreated_mean: f64,
    /// With the plan, mean of the whole dermis.
    pub treated_mean: f64,
}

/// What may become of a gain under one law: means of the whole dermis, over that before.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct BlockLaw {
    /// Its name.
    pub name: String,
    /// What it says, in plain words.
    pub label: String,
    /// With the plan, one for each month.
    pub treated: Vec<f64>,
}

/// Collagen by depth over the months.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct BlockCollagen {
    /// What is taken to become of a gain.
    pub law: String,
    /// The same in plain words.
    pub law_label: String,
    /// Collagen of normal skin, over that of the mark before.
    pub normal: f64,
    /// Days of the sessions.
    pub sessions_days: Vec<f64>,
    /// Depths between which collagen is given, from the top of the dermis down, µm.
    pub depths_um: Vec<f64>,
    /// The months.
    pub months: Vec<BlockMonth>,
    /// Every law.
    pub by_law: Vec<BlockLaw>,
}

/// A block of skin.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct BlockReport {
    /// [`BLOCK_FORMAT`].
    pub format: String,
    /// What this software is for.
    pub intended_use: String,
    /// What computed this.
    pub engine: Engine,
    /// Seed of where passes begin and needles fall.
    pub seed: u64,
    /// Title of the case.
    pub title: String,
    /// What the rules that stop the plan say.
    pub stopped: Vec<String>,
    /// Layers and holes; null where the reader is shown no number of the plan.
    pub skin: Option<BlockSkin>,
    /// Collagen; null where the reader is shown no forecast.
    pub collagen: Option<BlockCollagen>,
}

/// Why there is no block.
#[derive(Debug, Clone, PartialEq)]
pub enum BlockError {
    /// The case could not be judged.
    Verdict(VerdictError),
    /// The tissue could not be set up.
    Tissue(FieldError),
    /// The work was stopped.
    Stopped,
}

impl std::fmt::Display for BlockError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Verdict(error) => error.fmt(out),
            Self::Tissue(error) => error.fmt(out),
            Self::Stopped => out.write_str("the work was stopped"),
        }
    }
}

impl std::error::Error for BlockError {}

impl From<VerdictError> for BlockError {
    fn from(error: VerdictError) -> Self {
        Self::Verdict(error)
    }
}

impl From<BookError> for BlockError {
    fn from(error: BookError) -> Self {
        Self::Verdict(error.into())
    }
}

impl From<FieldError> for BlockError {
    fn from(error: FieldError) -> Self {
        Self::Tissue(error)
    }
}

/// The block of a case, as far as its reader is shown it.
///
/// # Errors
/// [`BlockError`] when the evidence does not fill the model, or `progress` says stop.
pub fn block(
    case: &Case,
    inquiry: &Inquiry<'_>,
    progress: &mut dyn FnMut(Progress) -> Continue,
) -> Result<BlockReport, BlockError> {
    let mut few = inquiry.clone();
    few.settings.worlds = WORLDS;
    let report = judge_to(Extent::Plain, case, &few, &mut |_| {
        progress(Progress { done: 0, total: 1 })
    })?
    .report;
    let question = Question::new(case, &inquiry.library.catalog, &inquiry.library.book);
    let mut made = BlockReport {
        format: BLOCK_FORMAT.to_owned(),
        intended_use: INTENDED_USE.to_owned(),
        engine: inquiry.engine.clone(),
        seed: inquiry.settings.seed,
        title: report.title.clone(),
        stopped: report
            .verdict
            .stopping()
            .into_iter()
            .map(|rule| rule.reason.clone())
            .collect(),
        skin: None,
        collagen: None,
    };
    if report.puncture.is_none() || report.verdict.holds_back(report.reading) {
        return Ok(made);
    }
    let request = |fidelity, moments| FieldRequest {
        side: Length::from_mm(SIDE_MM),
        seed: inquiry.settings.seed,
        ..FieldRequest::usual(fidelity, moments)
    };
    let patch = middle_field(&question, LAW, &request(Fidelity::Patch, Vec::new()))?;
    let skin = needled(&question, &patch)?;
    if report.forecast.is_some() {
        let moments = months(&middle_sessions(&question)?);
        let setups = RemodellingHypothesis::ALL
            .iter()
            .map(|law| {
                Ok(middle_field(
                    &question,
                    *law,
                    &request(Fidelity::Column, moments.clone()),
                )?)
            })
            .collect::<Result<Vec<Setup>, BlockError>>()?;
        made.collagen = Some(collagen(&skin, &setups, progress)?);
    }
    made.skin = Some(skin);
    Ok(made)
}

/// Every month from the first session until some time after the last.
fn months(sessions: &[Time]) -> Vec<Time> {
    let last = sessions.last().map_or(0.0, |session| session.months());
    let count = (last + MONTHS_AFTERWARDS).ceil() as u32;
    (0..=count).map(|month| Time::from_months(f64::from(month))).collect()
}

/// Layers and holes of a patch.
fn needled(question: &Question<'_>, patch: &Setup) -> Result<BlockSkin, BlockError> {
    let (skin, dermis) = middle_skin(question)?;
    let um = |mm: f64| (mm * UM_PER_MM).round();
    let top = patch.layers.epidermis_mm;
    let bottom = top + dermis.mm();
    let upper = skin.reticular_depth().mm().min(bottom);
    let ends = [skin.stratum_corneum.mm(), top, upper, bottom, bottom + skin.fat.mm()];
    let begins = [0.0, ends[0], ends[1], ends[2], ends[3]];
    let layers = SKIN_LAYERS.iter().zip(begins.into_iter().zip(ends));
    let shape = patch.shape;
    let holes: Vec<BlockHole> = match &patch.space {
        Space::Patch { holes, .. } if !patch.sessions_days.is_empty() => holes
            .iter()
            .filter(|hole| hole.session == 0)
            .map(|hole| {
                let tip = shape.tip_mm.min(hole.radius_mm);
                let cone = if shape.taper_ratio > 0.0 {
                    (hole.radius_mm - tip) / shape.taper_ratio
                } else {
                    0.0
                };
                BlockHole {
                    x_um: um(hole.x_mm),
                    y_um: um(hole.y_mm),
                    depth_um: um(hole.depth_mm),
                    shoulder_um: um((hole.depth_mm - cone).max(0.0)),
                    radius_um: um(hole.radius_mm),
                    tip_radius_um: um(tip),
                }
            })
            .collect(),
        _ => Vec::new(),
    };
    let deeper = |than_mm: f64| holes.iter().filter(|hole| hole.depth_um > um(than_mm)).count();
    let mut depths: Vec<f64> = holes.iter().map(|hole| hole.depth_um).collect();
    depths.sort_by(f64::total_cmp);
    let deepest = depths.last().copied().unwrap_or(0.0);
    let length = question.device.geometry.needle_length;
    Ok(BlockSkin {
        device: question.device.label.clone(),
        site: question.site.map(|site| site.label.clone()),
        needle_length_um: length.filter(|_| !holes.is_empty()).map(|length| um(length.mm())),
        side_um: um(SIDE_MM),
        shown_to_um: deepest.max(um(bottom)) + um(BELOW_MM),
        layers: layers
            .map(|(name, (from, to))| Layer {
                name: (*name).to_owned(),
                from_um: um(from),
                to_um: um(to),
            })
            .collect(),
        dermis_from_um: um(top),
        dermis_to_um: um(bottom),
        reach_dermis: deeper(top),
        reach_lower_dermis: deeper(upper),
        reach_fat: deeper(bottom),
        median_depth_um: (!depths.is_empty()).then(|| median(&depths)),
        holes,
    })
}

/// A column's course: collagen of each cell of the dermis over that before, at every moment.
struct ColumnCourse {
    by_depth: Vec<Vec<f64>>,
}

/// Collagen under each law, and without sessions.
fn collagen(
    skin: &BlockSkin,
    setups: &[Setup],
    progress: &mut dyn FnMut(Progress) -> Continue,
) -> Result<BlockCollagen, BlockError> {
    let mut runs: Vec<Setup> = setups.to_vec();
    let shown = setups.iter().position(|setup| setup.hypothesis == LAW).unwrap_or(0);
    let own = &setups[shown];
    runs.push(Setup {
        sessions_days: Vec::new(),
        ..own.clone()
    });
    let all = runs.len();
    let mut courses = Vec::with_capacity(all);
    for (place, setup) in runs.iter().enumerate() {
        let mut watched = |at: Progress| {
            progress(Progress {
                done: place * at.total + at.done,
                total: all * at.total,
            })
        };
        courses.push(course(setup, &mut watched)?);
    }
    let without = courses.pop().unwrap_or(ColumnCourse { by_depth: Vec::new() });
    let cells = cells(own);
    let edges: Vec<f64> = cells
        .iter()
        .map(|cell| cell.0)
        .chain(cells.last().map(|cell| cell.1))
        .collect();
    let um = |mm: f64| mm * UM_PER_MM;
    let upper_mm = skin.layers.get(2).map_or(0.0, |layer| layer.to_um / UM_PER_MM);
    let whole = (0.0, f64::INFINITY);
    let mean = |values: &[f64], (from, to): (f64, f64)| mean_within(&cells, values, from, to);
    let months = own
        .moments_days
        .iter()
        .zip(courses[shown].by_depth.iter().zip(&without.by_depth))
        .map(|(&day, (treated, untreated))| BlockMonth {
            month: Time::from_days(day).months().round(),
            sessions: own.sessions_days.iter().filter(|session| **session < day).count(),
            treated: treated.iter().copied().map(fine).collect(),
            untreated: untreated.iter().copied().map(fine).collect(),
            treated_upper: fine(mean(treated, (0.0, upper_mm))),
            treated_lower: fine(mean(treated, (upper_mm, f64::INFINITY))),
            untreated_mean: fine(mean(untreated, whole)),
            treated_mean: fine(mean(treated, whole)),
        })
        .collect();
    Ok(BlockCollagen {
        law: LAW.name().to_owned(),
        law_label: LAW.label().to_owned(),
        normal: fine(own.resting.recip()),
        sessions_days: own.sessions_days.clone(),
        depths_um: edges.into_iter().map(|edge| um(edge).round()).collect(),
        months,
        by_law: setups
            .iter()
            .zip(&courses)
            .map(|(setup, course)| BlockLaw {
                name: setup.hypothesis.name().to_owned(),
                label: setup.hypothesis.label().to_owned(),
                treated: course.by_depth.iter().map(|values| fine(mean(values, whole))).collect(),
            })
            .collect(),
    })
}

/// Upper and lower edge of each cell of the dermis, mm.
fn cells(setup: &Setup) -> Vec<(f64, f64)> {
    let (top, bottom) = (
        setup.layers.epidermis_mm,
        setup.layers.epidermis_mm + setup.layers.dermis_mm,
    );
    let pairs = setup.depth_edges_mm.windows(2).map(|pair| (pair[0], pair[1]));
    pairs
        .filter(|(from, to)| (top..bottom).contains(&(0.5 * (from + to))))
        .collect()
}

/// Mean of cells whose middle lies within two depths, by their thickness; that of all where none does.
fn mean_within(cells: &[(f64, f64)], values: &[f64], from: f64, to: f64) -> f64 {
    let (mut sum, mut thickness) = (0.0, 0.0);
    for (cell, value) in cells.iter().zip(values) {
        if (from..to).contains(&(0.5 * (cell.0 + cell.1))) {
            sum += value * (cell.1 - cell.0);
            thickness += cell.1 - cell.0;
        }
    }
    if thickness > 0.0 { sum / thickness } else { 1.0 }
}

fn fine(value: f64) -> f64 {
    (value * FINE).round() / FINE
}

/// Runs a column to its end.
fn course(setup: &Setup, progress: &mut dyn FnMut(Progress) -> Continue) -> Result<ColumnCourse, BlockError> {
    let first = setup
        .depth_edges_mm
        .windows(2)
        .take_while(|pair| 0.5 * (pair[0] + pair[1]) < setup.layers.epidermis_mm)
        .count();
    let count = cells(setup).len();
    let mut field = Field::new(setup.clone(), 1)?;
    let mut by_depth = Vec::with_capacity(setup.moments_days.len());
    // Ends: with the moments.
    loop {
        match field.advance(progress)? {
            Reached::Moment(_) => {
                let values = field.values("collagen").unwrap_or_default();
                let dermis = values.into_iter().skip(first).take(count);
                by_depth.push(dermis.map(|value| value / setup.resting).collect());
            }
            Reached::Stopped => return Err(BlockError::Stopped),
            Reached::End => return Ok(ColumnCourse { by_depth }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_weighs_cells_by_their_thickness_and_takes_those_within() {
        let cells = [(0.0, 1.0), (1.0, 4.0), (4.0, 5.0)];
        assert_eq!(mean_within(&cells, &[1.0, 2.0, 9.0], 0.0, 4.0), 1.75);
        assert_eq!(mean_within(&cells, &[1.0, 2.0, 9.0], 4.0, f64::INFINITY), 9.0);
        assert_eq!(mean_within(&cells, &[1.0, 2.0, 9.0], 7.0, 8.0), 1.0);
    }

    #[test]
    fn months_begin_with_the_first_session_and_end_a_year_after_the_last() {
        let asked = months(&[Time::ZERO, Time::from_months(2.5)]);
        assert_eq!((asked[0], asked.len()), (Time::ZERO, 16));
        assert_eq!(months(&[]).len(), 13);
    }
}
