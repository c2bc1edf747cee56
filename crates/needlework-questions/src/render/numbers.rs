//! The numbers behind pictures, as data, and why there may be no pictures.
//!
//! What a picture measures on its own pixels (`seen`) stands beside what its tissue says (`tissue`) and what the score
//! counts, so that whoever reads them can tell whether a picture shows more than there is. Limits: those of
//! [`render`](super::render()).

use needlework_appearance::adding_doubling::OpticsError;
use needlework_appearance::patch::PictureError;
use needlework_cohort::CohortError;
use needlework_evidence::BookError;
use needlework_verdict::{Benefit, Engine, Reading, Safety, VerdictError};
use schemars::JsonSchema;
use serde::Serialize;

/// The version of the format.
pub const RENDER_FORMAT: &str = "needlework-render/1";

/// The numbers behind a picture.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PictureNumbers {
    /// Its file.
    pub file: String,
    /// `before`, `just_after`, `crusts`, `treated` or `untreated`.
    pub arm: String,
    /// Months since the first session.
    pub month: f64,
    /// Percentile of gain of the person; null for one who was drawn at random.
    pub percentile: Option<f64>,
    /// Their number in the cohort.
    pub person: usize,
    /// `even`, `raking` or `cross-polarised`.
    pub light: String,
    /// Mean colour of the skin's pixels, CIE L*a*b*, D65, 2°.
    pub skin_lab: [f64; 3],
    /// Mean colour of the pixels in the middle of the marks; null where no mark is wide enough to have any.
    pub mark_lab: Option<[f64; 3]>,
    /// Difference of both, ΔE*76, as the picture shows it.
    pub delta_e_seen: Option<f64>,
    /// Difference that the tissues would show if the mark were wide, ΔE*76, by the full optics.
    pub delta_e_tissue: f64,
    /// Difference as the score counts it, ΔE.
    pub delta_e_score: f64,
    /// How deep the middle of the marks lies below the skin in the picture, µm.
    pub relief_um: Option<f64>,
    /// How deep that may be for these tissues, µm: in marks narrower and wider than tension keeps straight.
    pub relief_tissue_um: [f64; 2],
    /// Texture of the marks, over that at the start.
    pub texture: f64,
    /// Their width, over that at the start.
    pub width: f64,
    /// Improvement of the person's marks in percent of their own start.
    pub improvement: f64,
    /// Share of the patch that is mark.
    pub coverage: f64,
    /// Standard deviation of the luminance over its mean.
    pub unevenness: f64,
    /// Holes of the session on the patch; null where no session has just been.
    pub holes: Option<usize>,
    /// How many of them bleed.
    pub bleeding: Option<usize>,
    /// Drops that these make, since neighbours run together.
    pub drops: Option<usize>,
}

/// What collagen alone could do to the colour of the typical person's marks.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct CollagenAlone {
    /// Difference in colour before, ΔE*76.
    pub before: f64,
    /// The same if the mark's dermis scattered light as the skin's does and nothing else changed.
    pub rebuilt: f64,
}

/// A channel in a cross-section.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct SectionChannel {
    /// Its place along the section, µm.
    pub x_um: f64,
    /// Its depth, µm.
    pub depth_um: f64,
}

/// An upright section through a mark in skin.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SectionNumbers {
    /// `before`, `just_after` or `treated`.
    pub arm: String,
    /// Months since the first session.
    pub month: f64,
    /// Width of the section, µm.
    pub width_um: f64,
    /// Width of the mark in its middle, µm.
    pub mark_width_um: f64,
    /// Thickness of the skin's epidermis, µm.
    pub skin_epidermis_um: f64,
    /// Thickness of the mark's epidermis, µm.
    pub mark_epidermis_um: f64,
    /// Thickness of the skin's dermis, µm.
    pub skin_dermis_um: f64,
    /// Thickness of the mark's dermis, µm.
    pub mark_dermis_um: f64,
    /// How deep the mark is dented, µm.
    pub dent_um: f64,
    /// Collagen of the mark's upper dermis over that of normal skin.
    pub collagen: f64,
    /// Elastin of the mark over that of normal skin.
    pub elastin: f64,
    /// Scatter of the fibres' directions in the skin, 0 for parallel ones, ⅓ for none preferred.
    pub skin_dispersion: f64,
    /// The channels of a session, where one has just been.
    pub channels: Vec<SectionChannel>,
}

/// The numbers behind all pictures of a case.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RenderReport {
    /// [`RENDER_FORMAT`].
    pub format: String,
    /// What this software is for.
    pub intended_use: String,
    /// What computed this.
    pub engine: Engine,
    /// Who reads.
    pub reading: Reading,
    /// Title of the case.
    pub title: String,
    /// Seed of all random numbers, those of the scene too.
    pub seed: u64,
    /// Virtual people among whom the percentiles are taken.
    pub people: usize,
    /// Whether a rule stops the plan.
    pub safety: Safety,
    /// Whether it helps.
    pub benefit: Benefit,
    /// Lines for somebody in a crisis or under age; they are read before anything else.
    pub help: Vec<String>,
    /// The verdict in its fixed words, with what cannot wait.
    pub verdict: String,
    /// What the rules that stop the plan say.
    pub stopped: Vec<String>,
    /// Why pictures are withheld; null where none is.
    pub withheld: Option<String>,
    /// The measured group of skin that stands for the skin type.
    pub skin_group: String,
    /// The body site in words, where it is known.
    pub site: Option<String>,
    /// Side of the patch, mm.
    pub side_mm: f64,
    /// Pixels along its side.
    pub pixels: usize,
    /// Width of the widest and length of the longest mark, mm.
    pub marks_mm: [f64; 2],
    /// The month that is shown, since the first session.
    pub month: f64,
    /// Light of a white that diffuses all of it, over what a screen's white is: one for all pictures.
    pub exposure: f64,
    /// Colour of the grey card, which is the same in all pictures.
    pub grey_card_lab: [f64; 3],
    /// What collagen alone could do to the colour; null where the reader is shown no forecast.
    pub collagen_alone: Option<CollagenAlone>,
    /// The pictures.
    pub pictures: Vec<PictureNumbers>,
    /// The strip of people drawn at random, two for each person: before, and at the month with the plan.
    pub strip: Vec<PictureNumbers>,
    /// The frames of the time-lapse.
    pub frames: Vec<PictureNumbers>,
    /// The sections of a mark of the person who is shown.
    pub sections: Vec<SectionNumbers>,
}

/// Why there are no pictures.
#[derive(Debug, Clone, PartialEq)]
pub enum RenderError {
    /// The case could not be judged.
    Verdict(VerdictError),
    /// The people could not be simulated.
    Cohort(CohortError),
    /// The tissue could not be drawn.
    Picture(PictureError),
    /// The evidence has no such skin.
    NoSkin,
    /// The month lies beyond what a layperson is shown, which is the month that stands here.
    TooLate(f64),
}

impl std::fmt::Display for RenderError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Verdict(error) => error.fmt(out),
            Self::Cohort(error) => error.fmt(out),
            Self::Picture(error) => error.fmt(out),
            Self::NoSkin => out.write_str("the evidence lacks a number of this skin"),
            Self::TooLate(month) => write!(out, "no study looked that late; pictures go to month {month:.0}"),
        }
    }
}

impl std::error::Error for RenderError {}

impl From<VerdictError> for RenderError {
    fn from(error: VerdictError) -> Self {
        Self::Verdict(error)
    }
}

impl From<BookError> for RenderError {
    fn from(error: BookError) -> Self {
        Self::Verdict(error.into())
    }
}

impl From<CohortError> for RenderError {
    fn from(error: CohortError) -> Self {
        Self::Cohort(error)
    }
}

impl From<PictureError> for RenderError {
    fn from(error: PictureError) -> Self {
        Self::Picture(error)
    }
}

impl From<OpticsError> for RenderError {
    fn from(error: OpticsError) -> Self {
        Self::Picture(error.into())
    }
}
