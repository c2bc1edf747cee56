//! What is asked of layers and what is answered, as data.
//!
//! Shares are of the incident light; what cannot be computed from what is given is none, with the reason beside it.
//! Limits: those of [`optics`](super::optics()).

use needlework_appearance::adding_doubling::OpticsError;
use needlework_appearance::monte_carlo::PhotonError;
use needlework_verdict::Engine;
use schemars::JsonSchema;
use serde::Serialize;

/// The version of the format.
pub const OPTICS_FORMAT: &str = "needlework-optics/1";

/// Which of the light that comes back an instrument counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OpticsGeometry {
    /// All that comes back: of collimated light as a sphere reads it (d/8°, SCI), of diffuse light d/d.
    SpecularIncluded,
    /// The same without what the top surface mirrors (d/8°, SCE).
    SpecularExcluded,
    /// Light at 45°, seen along the normal (45°/0°).
    #[serde(rename = "45-0")]
    FortyFiveZero,
}

/// What is asked of the stacks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OpticsQuestion {
    /// Streams per hemisphere: an even number from 4 to 128.
    pub streams: usize,
    /// Whether light comes along the normal, or from everywhere.
    pub diffuse: bool,
    /// What the instrument counts.
    pub geometry: OpticsGeometry,
    /// Diameters of the measured and of the lit disc, mm; needs packets.
    pub discs_mm: Option<[f64; 2]>,
    /// Packets of light for each stack; 0 follows none.
    pub photons: u64,
    /// Seed of the packets.
    pub seed: u64,
    /// Threads; 0 takes as many as the machine has. The result is the same.
    pub threads: usize,
}

/// Why an answer could not be computed.
#[derive(Debug, Clone, PartialEq)]
pub enum OpticsFailure {
    /// A stack cannot be solved: case, wavelength in nm, why.
    Stack(String, f64, OpticsError),
    /// Packets could not be followed, or the work was stopped.
    Photons(PhotonError),
    /// The tables of colour cannot be used.
    Colour(OpticsError),
}

impl std::fmt::Display for OpticsFailure {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Stack(case, nm, error) => write!(out, "`{case}` at {nm} nm: {error}"),
            Self::Photons(error) => error.fmt(out),
            Self::Colour(error) => error.fmt(out),
        }
    }
}

impl std::error::Error for OpticsFailure {}

/// A number of a Monte Carlo.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct OpticsEstimate {
    /// Its mean.
    pub mean: f64,
    /// The standard error of the mean.
    pub standard_error: f64,
}

/// What packets of light say of a stack; shares of the incident light.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct OpticsPhotons {
    /// Mirrored by the surface.
    pub specular: OpticsEstimate,
    /// Diffusely reflected, R_d.
    pub rd: OpticsEstimate,
    /// Transmitted, unscattered light included.
    pub transmitted: OpticsEstimate,
    /// Absorbed.
    pub absorbed: OpticsEstimate,
    /// Absorbed in each layer.
    pub absorbed_by_layer: Vec<f64>,
    /// Still under way when it was given up.
    pub unfinished: f64,
    /// Distance of R_d from adding–doubling, in standard errors.
    pub z: Option<f64>,
    /// Radius within which half of R_d leaves, mm.
    pub r50_mm: Option<f64>,
    /// Radius within which nine tenths of it leave, mm.
    pub r90_mm: Option<f64>,
    /// Share of R_d that the discs of the instrument lose; none where no discs were given, or nothing came back.
    pub edge_loss: Option<OpticsEstimate>,
    /// R_d in each ring about the beam, per mm².
    pub rd_per_mm2: Vec<f64>,
    /// Its standard errors, per mm².
    pub rd_per_mm2_standard_error: Vec<f64>,
    /// R_d beyond the last ring, as a share of the incident light.
    pub rd_beyond: f64,
}

/// A stack at one wavelength; all but the wavelength are shares of the incident light.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct OpticsPoint {
    /// The wavelength, nm.
    pub wavelength_nm: f64,
    /// Fresnel reflectance of the surface for collimated light.
    pub specular: f64,
    /// UR1: total reflectance for collimated light, mirrored light included.
    pub ur1: f64,
    /// R_d: the same without what the top surface mirrors; what inner and lower surfaces mirror is in it.
    pub rd: f64,
    /// UT1: transmittance for collimated light.
    pub ut1: f64,
    /// Absorbed of collimated light.
    pub absorbed: f64,
    /// Fresnel reflectance of the surface for diffuse light.
    pub specular_diffuse: f64,
    /// URU: total reflectance for diffuse light.
    pub uru: f64,
    /// UTU: transmittance for diffuse light.
    pub utu: f64,
    /// Absorbed of diffuse light.
    pub absorbed_diffuse: f64,
    /// Reflectance factor 45°/0°.
    pub factor_45_0: f64,
    /// How much UR1 changes from half of the streams to all; none below eight streams.
    pub ur1_change: Option<f64>,
    /// What the instrument reads; none where too few packets came back to tell what its discs lose.
    pub measured: Option<f64>,
    /// Its standard error; none where no edge loss was estimated.
    pub measured_standard_error: Option<f64>,
    /// What packets of light say; none where none were followed.
    pub monte_carlo: Option<OpticsPhotons>,
}

/// A colour, or why it is unknown.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct OpticsColour {
    /// Of which light: `specular included`, `specular excluded`, or `measured`.
    pub light: String,
    /// X, Y, Z; the white has Y = 100.
    pub xyz: Option<[f64; 3]>,
    /// L*, a*, b*.
    pub lab: Option<[f64; 3]>,
    /// Red, green, blue, 0 to 1, gamma-encoded.
    pub srgb: Option<[f64; 3]>,
    /// Whether the true colour lies outside of what sRGB can show.
    pub srgb_clipped: Option<bool>,
    /// Standard errors of L*, a*, b* for the sake of the packets; none where no packet stands behind them.
    pub lab_standard_error: Option<[f64; 3]>,
    /// Individual typology angle, degrees.
    pub ita_deg: Option<f64>,
    /// Erythema index 100 (log₁₀ R₆₅₅ − log₁₀ R₅₆₈).
    pub erythema_index: Option<f64>,
    /// Melanin index −100 log₁₀ R₆₅₅.
    pub melanin_index: Option<f64>,
    /// Difference from the first case of the file, ΔE*76.
    pub delta_e_76_to_first: Option<f64>,
    /// The same by CIEDE2000.
    pub delta_e_2000_to_first: Option<f64>,
    /// Why something is unknown.
    pub unknown: Vec<String>,
}

/// One case.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct OpticsCase {
    /// Its name in the file.
    pub case: String,
    /// Its layers, from the top.
    pub layers: Vec<String>,
    /// Whether the refractive index changes from layer to layer.
    pub changes_index: bool,
    /// By ascending wavelength.
    pub spectrum: Vec<OpticsPoint>,
    /// Its colours.
    pub colours: Vec<OpticsColour>,
}

/// What was asked, as the answer repeats it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct OpticsAsked {
    /// Streams per hemisphere.
    pub streams: usize,
    /// `collimated` or `diffuse`.
    pub incidence: String,
    /// What the instrument counts.
    pub geometry: OpticsGeometry,
    /// Diameter of the measured disc, mm.
    pub aperture_mm: Option<f64>,
    /// Diameter of the lit disc, mm.
    pub illuminated_mm: Option<f64>,
    /// Packets of light for each stack.
    pub photons: u64,
    /// Their seed.
    pub seed: u64,
    /// Width of the rings, mm.
    pub ring_mm: f64,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct OpticsReport {
    /// [`OPTICS_FORMAT`].
    pub format: String,
    /// What computed this.
    pub engine: Engine,
    /// What it is for, and what not.
    pub intended_use: String,
    /// What was asked.
    pub asked: OpticsAsked,
    /// Under which light and for whose eye colours are.
    pub colour_conditions: String,
    /// The cases of the file.
    pub cases: Vec<OpticsCase>,
    /// How to read it.
    pub notes: Vec<String>,
}
