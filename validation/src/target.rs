//! What a declared target is: inputs, published value, pass mark, use, and what computes it or what is missing.
//!
//! One file of `targets/` per table of the evidence. Each identifier of that table stands once; it may have several
//! outputs. An output names either what computes it or what it needs before it can be computed. A target held out names
//! inputs only: its published value is stored nowhere in the project, so that nobody tunes to it.

use std::collections::BTreeMap;

use needlework::evidence::{Book, Spread};
use needlework::units::Measure;
use serde::Deserialize;

/// The files of declared targets, with the page that each is compared on.
pub const FILES: [(&str, &str); 4] = [
    ("device", include_str!("../targets/device.toml")),
    ("safety", include_str!("../targets/safety.toml")),
    ("outcomes", include_str!("../targets/outcomes.toml")),
    ("creams", include_str!("../targets/creams.toml")),
];

/// What a target may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Use {
    /// A calibration may fit it.
    Calibration,
    /// What the calibrated room must still reproduce.
    Check,
    /// Compared, never fitted.
    Validation,
    /// Predicted before anybody looks; no published value is stored.
    HoldOut,
    /// A formula of the source that the code must give back.
    Verify,
}

impl Use {
    /// The name as the files write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Calibration => "calibration",
            Self::Check => "check",
            Self::Validation => "validation",
            Self::HoldOut => "hold-out",
            Self::Verify => "verify",
        }
    }
}

/// A declared target.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoomTarget {
    /// The identifier in the evidence's table.
    pub id: String,
    /// What is looked at.
    pub what: String,
    /// What it may be used for.
    pub used: Use,
    /// Inputs by name: a number with its unit, the key of a passport, or a word.
    #[serde(default)]
    pub inputs: BTreeMap<String, String>,
    /// What a reader should know.
    #[serde(default)]
    pub note: String,
    /// What is compared.
    pub output: Vec<Output>,
}

/// One number of a target.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Output {
    /// What the number is.
    pub what: String,
    /// The published value; none where it is held out or was never published.
    #[serde(default)]
    pub published: Option<Published>,
    /// When the computed value passes.
    #[serde(default)]
    pub mark: Option<Mark>,
    /// The unit that both are shown in.
    #[serde(default)]
    pub unit: String,
    /// What computes it, by the name of [`crate::compute`].
    #[serde(default)]
    pub by: Option<String>,
    /// What is missing before it can be computed.
    #[serde(default)]
    pub needs: Option<String>,
    /// The input, or the key of the passport, that must move the computed value when it moves by a fifth.
    #[serde(default)]
    pub moves: Option<String>,
    /// The key of the passport that the computed value hangs on and that was made with the study in view: what agrees
    /// then is an input read back, and no hit.
    #[serde(default)]
    pub read_back: Option<String>,
}

/// A published value: a passport, or a value with its source where the evidence has no passport for it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// Key of the passport.
    #[serde(default)]
    pub key: Option<String>,
    /// The value with its unit, or the lower end of a range.
    #[serde(default)]
    pub value: Option<String>,
    /// The upper end, where a range was published.
    #[serde(default)]
    pub to: Option<String>,
    /// One standard deviation.
    #[serde(default)]
    pub sd: Option<String>,
    /// Key of the source.
    #[serde(default)]
    pub source: Option<String>,
}

/// When a computed value passes. Ends are numbers with units.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Mark {
    /// The middle lies between two ends.
    Within([String; 2]),
    /// The middle is not above.
    AtMost(String),
    /// The middle is not below.
    AtLeast(String),
    /// The middle lies within this share of the published value.
    Relative(f64),
    /// The middle lies within the published standard deviation.
    WithinSpread(bool),
    /// The interval covers the published value.
    Covers(bool),
}

/// A published value in its canonical unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PublishedNumber {
    /// The value, or the lower end of the range.
    pub value: f64,
    /// The upper end of the range.
    pub to: Option<f64>,
    /// One standard deviation.
    pub sd: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    target: Vec<RoomTarget>,
}

/// Reads a file of targets.
///
/// # Errors
/// What is wrong with it, in words with the file's name.
pub fn read(name: &str, text: &str) -> Result<Vec<RoomTarget>, String> {
    toml::from_str::<File>(text)
        .map(|file| file.target)
        .map_err(|error| format!("validation/targets/{name}.toml: {error}"))
}

/// A number with its unit, in the canonical unit.
///
/// # Errors
/// What does not read.
pub fn number(text: &str) -> Result<f64, String> {
    Measure::parse(text)
        .map(|measure| measure.canonical())
        .map_err(|error| error.to_string())
}

impl RoomTarget {
    /// An input as a number: a passport's value where the input names one, else the number that stands there.
    ///
    /// # Errors
    /// When there is no such input or it does not read.
    pub fn input(&self, name: &str, book: &Book) -> Result<f64, String> {
        let text = self.word(name)?;
        match book.value(text) {
            Ok(value) => Ok(value),
            Err(_) => number(text).map_err(|why| format!("{}, input {name}: {why}", self.id)),
        }
    }

    /// An input as it is written.
    ///
    /// # Errors
    /// When there is no such input.
    pub fn word(&self, name: &str) -> Result<&str, String> {
        self.inputs
            .get(name)
            .map(String::as_str)
            .ok_or_else(|| format!("{} has no input {name}", self.id))
    }
}

impl Published {
    /// The number that was published.
    ///
    /// # Errors
    /// When the passport is missing, or neither a key nor a value with its source is given.
    pub fn number(&self, book: &Book) -> Result<PublishedNumber, String> {
        let optional = |text: &Option<String>| text.as_deref().map(number).transpose();
        match (&self.key, &self.value, &self.source) {
            (Some(key), None, None) => {
                let sd = match book.passport(key).map(|passport| &passport.spread) {
                    Some(Spread::Sd { value }) => Some(number(value)?),
                    _ => None,
                };
                Ok(PublishedNumber {
                    value: book.value(key).map_err(|error| error.to_string())?,
                    to: None,
                    sd,
                })
            }
            (None, Some(value), Some(source)) => {
                if book.source(source).is_none() {
                    return Err(format!("there is no source {source}"));
                }
                Ok(PublishedNumber {
                    value: number(value)?,
                    to: optional(&self.to)?,
                    sd: optional(&self.sd)?,
                })
            }
            _ => Err("a published value is a key, or a value with its source".to_owned()),
        }
    }
}
