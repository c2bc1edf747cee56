//! What can be asked of light in a stack of layers on the command line.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use needlework::questions::OpticsGeometry;
use needlework::units::Length;

use crate::number::{millimetres, whole};

/// Fewest and most packets of light for each stack.
const PHOTONS: [u64; 2] = [100, 1_000_000_000];
/// Narrowest and widest disc of an instrument, mm.
const DISCS_MM: [f64; 2] = [0.1, 1000.0];

/// How light comes to the skin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum IncidenceKind {
    /// Along the normal
    Collimated,
    /// From everywhere
    Diffuse,
}

/// What an instrument counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum GeometryKind {
    /// All that comes back, as a sphere with the mirrored light in it reads (d/8°, SCI)
    SpecularIncluded,
    /// A sphere without the mirrored light (d/8°, SCE)
    SpecularExcluded,
    /// Light at 45°, seen along the normal (45°/0°)
    #[value(name = "45-0")]
    FortyFiveZero,
}

impl GeometryKind {
    /// The same as the question has it.
    pub fn geometry(self) -> OpticsGeometry {
        match self {
            Self::SpecularIncluded => OpticsGeometry::SpecularIncluded,
            Self::SpecularExcluded => OpticsGeometry::SpecularExcluded,
            Self::FortyFiveZero => OpticsGeometry::FortyFiveZero,
        }
    }
}

/// Follow light through a stack of layers.
#[derive(Debug, Args)]
#[command(
    after_help = "The file has a row for each layer, from the top down, and these columns:\n\
    \x20 case         name of the skin\n\
    \x20 lambda_nm    wavelength, nm\n\
    \x20 layer        name of the layer\n\
    \x20 n            refractive index, 1 to 3\n\
    \x20 mu_a_per_mm  absorption, per mm (1 per cm is 0.1 per mm)\n\
    \x20 mu_s_per_mm  scattering, per mm, not the reduced one\n\
    \x20 g            mean cosine of scattering, between -1 and 1\n\
    \x20 d_mm         thickness, mm; inf for a lowest layer without an end\n\
    Several cases and wavelengths may stand in one file. Colour needs wavelengths from 400 to 700 nm at most\n\
    20 nm apart.\n\n\
    UR1 is the share of light from straight above that comes back, Rd the same without what the top surface\n\
    mirrors, URU that of light from everywhere; UT1 and UTU leave at the bottom. r50 and r90: distance from a\n\
    narrow beam within which half and nine tenths of Rd leave. z: how far packets are from the streams, in\n\
    standard errors.\n\n\
    Exit codes: 0 done, 1 the work failed, 2 the input is wrong.\n\n\
    Example: needlework optics cases/optics/two-skins.csv --photons 20000 --aperture 8 --illuminated 11 --out out"
)]
pub struct Optics {
    /// The file of layers (CSV); cases/optics holds an example; - reads standard input
    #[arg(value_name = "STACK")]
    pub stack: PathBuf,
    /// How many directions light is followed in, an even number from 4 to 128: more are more accurate and slower
    #[arg(long, value_name = "NUMBER", default_value = "32", value_parser = streams, allow_negative_numbers = true)]
    pub streams: usize,
    /// How light comes to the instrument's skin; both are always computed. Leave it collimated for a sphere (d/8°): lit
    /// from everywhere and seen along the normal reads the same as the reverse. Diffuse: lit and seen from everywhere
    /// (d/d)
    #[arg(long, value_enum, default_value_t = IncidenceKind::Collimated)]
    pub incidence: IncidenceKind,
    /// Which of the light that comes back the instrument counts
    #[arg(long, value_enum, default_value_t = GeometryKind::SpecularIncluded)]
    pub geometry: GeometryKind,
    /// Packets of light that are followed through each stack (Monte Carlo), from 100 on: where light comes out. If left
    /// out, none are followed and that stays unknown
    #[arg(long, value_name = "NUMBER", value_parser = photons, allow_negative_numbers = true)]
    pub photons: Option<u64>,
    /// Diameter of the disc that the instrument measures, such as "8 mm"; a bare number counts millimetres. Needs
    /// --photons
    #[arg(long, value_name = "LENGTH", value_parser = disc, allow_hyphen_values = true, requires = "photons")]
    pub aperture: Option<Length>,
    /// Diameter of the disc that the instrument lights; if left out, as wide as --aperture
    #[arg(long, value_name = "LENGTH", value_parser = disc, allow_hyphen_values = true, requires = "aperture")]
    pub illuminated: Option<Length>,
    /// Write optics.html, optics.json, spectra.csv and, with --photons, radial.csv into this folder; an earlier answer
    /// of this command there is replaced
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

fn streams(text: &str) -> Result<usize, String> {
    match whole(text)? {
        count @ 4..=128 if count.is_multiple_of(2) => Ok(usize::try_from(count).unwrap_or(4)),
        _ => Err("an even number from 4 to 128 is needed".to_owned()),
    }
}

fn photons(text: &str) -> Result<u64, String> {
    let count = whole(text)?;
    if (PHOTONS[0]..=PHOTONS[1]).contains(&count) {
        Ok(count)
    } else {
        Err(format!("a number from {} to {} is needed", PHOTONS[0], PHOTONS[1]))
    }
}

fn disc(text: &str) -> Result<Length, String> {
    let diameter = millimetres(text)?;
    if (DISCS_MM[0]..=DISCS_MM[1]).contains(&diameter.mm()) {
        Ok(diameter)
    } else {
        Err(format!(
            "a diameter from {} to {} mm is needed",
            DISCS_MM[0], DISCS_MM[1]
        ))
    }
}
