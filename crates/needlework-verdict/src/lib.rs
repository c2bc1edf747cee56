//! The answer as data: does a rule stop the plan, what may be expected against doing nothing, how sure is that, and
//! why.
//!
//! Nothing is judged before this room: it screens the case, decides whether it lies within the evidence, runs the
//! cohort where that is allowed, and words the result. It draws nothing; `needlework-pages` does.
//!
#![cfg_attr(any(doc, doctest), doc = include_str!("../README.md"))]

mod advice;
mod banner;
mod credibility;
mod error;
mod expect;
mod first_screen;
mod first_words;
mod harms;
mod hinge;
mod hundred;
mod information;
mod inquiry;
mod judge;
mod library;
mod moments;
mod not_judged;
mod numbers;
mod own_weights;
mod people;
mod products;
mod published;
mod reach;
mod report;
mod reported;
mod rhythm;
mod slice;
mod sources;
mod swatches;
mod withheld;
mod wording;
mod worth;

pub use advice::{Advice, Occasion, general_lines, parse_advice, texts, with_waits};
pub use banner::banner;
pub use credibility::{Credibility, Origins, Step, origins, parse_credibility};
pub use error::VerdictError;
pub use expect::{difference, percentiles, range, told};
pub use first_screen::FirstScreen;
pub use first_words::{NOT_SAFE, Told, first_screen};
pub use hundred::hundred;
pub use information::{Information, Knowing};
pub use inquiry::Inquiry;
pub use judge::{Extent, Judgement, judge, judge_to, safety};
pub use library::Library;
pub use needlework_rules::Essential;
pub use own_weights::OwnWeights;
pub use people::{NOTHING, grouped, people_of};
pub use products::{Cream, parse_creams};
pub use published::{StudyForecast, study_forecast};
pub use reach::{ControlledTrial, Horizon, ReachTable};
pub use report::*;
pub use reported::{Reports, reported};
pub use sources::line as source_line;
pub use withheld::{Shown, withhold};
