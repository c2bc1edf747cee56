//! Products on needled skin as data: what each does through open channels, and what it does to the forecast, as
//! `evidence/creams.toml` says.
//!
//! How much of it passes, and until when it has to wait, is worked out from a case, in `needlework-questions`.

use serde::Deserialize;

/// What a product does on needled skin, as the evidence says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cream {
    /// The case's word for it; `numbing`, `sunscreen` or `tracer` for what is no topical of a case.
    pub product: String,
    /// Its name for people.
    pub label: String,
    /// The molecule that stands for it; none where a product is many.
    #[serde(default)]
    pub molecule: Option<String>,
    /// What it does through open channels.
    pub harm: String,
    /// Rules, passports and sources behind that.
    pub because: Vec<String>,
    /// What it does to the forecast.
    pub forecast: String,
    /// Why that is so.
    #[serde(default)]
    pub forecast_note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    cream: Vec<Cream>,
}

/// Reads `creams.toml`.
///
/// # Errors
/// What the TOML parser says.
pub fn parse_creams(text: &str) -> Result<Vec<Cream>, String> {
    toml::from_str::<File>(text)
        .map(|file| file.cream)
        .map_err(|error| error.to_string())
}
