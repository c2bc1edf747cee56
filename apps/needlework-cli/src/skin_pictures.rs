//! What can be asked of pictures of skin.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use needlework::appearance::patch::Lighting;
use needlework::questions::TYPICAL_PERCENTILE;
use needlework::units::Length;

use crate::number::{self, people};
use crate::reader::Reader;

/// Draw a case.
#[derive(Debug, Args)]
#[command(
    after_help = "Pictures before, just after a session, and at the month with the plan and without it; of\n\
    twelve people drawn at random; in depth; over the months. Nobody's own marks: where they lie is\n\
    drawn by the seed. Of a plan that a rule stops, or that nobody has tested, a layperson is shown\n\
    the skin as it is and nothing after.\n\n\
    Exit codes: 0 done, 1 the work failed, 2 the input is wrong.\n\n\
    Example: needlework render cases/clinic-abdomen-alba.toml --out pictures"
)]
pub struct Render {
    /// The case file (TOML); - reads standard input
    #[arg(value_name = "CASE")]
    pub case: PathBuf,
    /// Months since the first session; when the plan is judged where not given
    #[arg(long, value_name = "MONTHS", value_parser = number::month_of_picture, allow_negative_numbers = true)]
    pub month: Option<f64>,
    /// Side of the patch, from 2 to 10 cm, such as "5 cm"; a bare number counts centimetres
    #[arg(
        long,
        value_name = "LENGTH",
        default_value = "5 cm",
        value_parser = number::side_of_picture,
        allow_hyphen_values = true,
    )]
    pub side: Length,
    /// Pixels along its side, from 64 to 1024
    #[arg(
        long,
        value_name = "NUMBER",
        default_value_t = 512,
        value_parser = clap::value_parser!(u16).range(64..=1024),
        allow_negative_numbers = true,
    )]
    pub pixels: u16,
    /// Whose skin: of 100 people so many gain less
    #[arg(long, value_enum, default_value_t = WhoseSkin::Typical)]
    pub person: WhoseSkin,
    /// The light
    #[arg(long, value_enum, default_value_t = Light::Even)]
    pub light: Light,
    /// Who reads: a layperson is shown no picture after a plan that a rule stops or that nobody has tested
    #[arg(long = "for", value_enum, default_value_t = Reader::Lay)]
    pub reader: Reader,
    /// Virtual people, a multiple of 5 (five in each world), from 50 to 100000
    #[arg(long, value_name = "NUMBER", default_value = "500", value_parser = people, allow_negative_numbers = true)]
    pub people: usize,
    /// Draw worlds from the priors alone, not from what published results leave of them
    #[arg(long)]
    pub prior: bool,
    /// Write the pictures, render.json and render.html into this folder; earlier pictures of this command there are
    /// replaced
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// Whose skin is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum WhoseSkin {
    /// Of 100 people 5 gain less.
    #[value(name = "5")]
    Low,
    /// Of 100 people 50 gain less.
    #[value(name = "typical", alias = "50")]
    Typical,
    /// Of 100 people 95 gain less.
    #[value(name = "95")]
    High,
}

impl WhoseSkin {
    /// The percentile of gain.
    #[must_use]
    pub fn percentile(self) -> f64 {
        match self {
            Self::Low => 5.0,
            Self::Typical => TYPICAL_PERCENTILE,
            Self::High => 95.0,
        }
    }
}

/// How a patch is lit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Light {
    /// From all sides, with a lamp near the eye.
    Even,
    /// Low over the skin, which shows dents.
    Raking,
    /// Through crossed polarisers, which take the sheen away.
    CrossPolarised,
}

impl From<Light> for Lighting {
    fn from(light: Light) -> Self {
        match light {
            Light::Even => Self::Even,
            Light::Raking => Self::Raking,
            Light::CrossPolarised => Self::CrossPolarised,
        }
    }
}
