//! One reported value with everything that is known of its origin.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// One value as a source reports it. Conflicting reports of the same thing are passports of their own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passport {
    /// Dotted name, room first: `puncture.depth_ratio.roller`.
    pub key: String,
    /// What it is, in plain words, for people who read a report.
    #[serde(default)]
    pub label: Option<String>,
    /// The number with its unit.
    pub value: String,
    /// How far it varies or is uncertain.
    #[serde(default)]
    pub spread: Spread,
    /// Number of subjects or samples; zero where the source does not state it.
    #[serde(default)]
    pub n: u32,
    /// The population, skin, device and conditions the value belongs to.
    #[serde(default, rename = "where")]
    pub place: BTreeMap<String, String>,
    /// Key of the source; `project` for our own judgement.
    pub source: String,
    /// How we saw the number.
    pub seen: Seen,
    /// What the number may be used for.
    pub used: Used,
    /// Whether a model draws it for each world or each person, or never.
    #[serde(default)]
    pub scope: Scope,
    /// Key of the passport that reports the same thing differently.
    #[serde(default)]
    pub conflicts: Vec<String>,
    /// The script or formula that derives a `derived` number.
    #[serde(default)]
    pub derivation: Option<String>,
    /// The reason for an `assumed` number, and whatever else a reader needs.
    #[serde(default)]
    pub note: String,
}

/// How far a value varies. Bounds carry units as the value does.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Spread {
    /// Not reported.
    #[default]
    None,
    /// Standard deviation between subjects or measurements.
    Sd {
        /// One standard deviation.
        value: String,
    },
    /// Standard error of the mean.
    Se {
        /// One standard error.
        value: String,
    },
    /// 95 % confidence interval.
    Ci95 {
        /// Lower end.
        low: String,
        /// Upper end.
        high: String,
    },
    /// Smallest and largest value reported.
    Range {
        /// Smallest.
        low: String,
        /// Largest.
        high: String,
    },
    /// Log-normal prior by its 5 and 95 % quantiles; the value is the median.
    LogNormal {
        /// 5 % quantile.
        low: String,
        /// 95 % quantile.
        high: String,
    },
    /// Logit-normal prior by its 5 and 95 % quantiles; the value is the median.
    LogitNormal {
        /// 5 % quantile.
        low: String,
        /// 95 % quantile.
        high: String,
    },
    /// Normal prior by its 5 and 95 % quantiles.
    Normal {
        /// 5 % quantile.
        low: String,
        /// 95 % quantile.
        high: String,
    },
    /// Uniform prior.
    Uniform {
        /// Lower bound.
        low: String,
        /// Upper bound.
        high: String,
    },
    /// Beta prior.
    Beta {
        /// First shape.
        alpha: f64,
        /// Second shape.
        beta: f64,
    },
    /// Half-normal prior of a spread that may be nothing; the value is the median.
    HalfNormal {
        /// Standard deviation of the normal number whose size it is.
        sd: String,
    },
    /// Whether something holds: one with the probability that is the value, else zero.
    Bernoulli,
    /// One part of a Dirichlet prior; parts share the key up to its last dot.
    Dirichlet {
        /// The concentration of this part.
        alpha: f64,
    },
}

/// How a number was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Seen {
    /// In the full text or an official document.
    FullText,
    /// In the abstract.
    Abstract,
    /// In a trial registry or a regulatory summary.
    Registry,
    /// Quoted by somebody else.
    Secondary,
    /// Computed from other numbers.
    Derived,
    /// Our own judgement.
    Assumed,
}

/// What a number may be used for. A validation number is never fitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Used {
    /// A model parameter or something a calibration may fit.
    Calibration,
    /// What the calibrated room must still reproduce.
    Check,
    /// Compared with predictions, never fitted.
    Validation,
    /// Background.
    Context,
}

/// Where a drawn number varies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Never drawn.
    #[default]
    Fixed,
    /// One draw for a whole world: what we do not know.
    World,
    /// One draw for each person: how people differ.
    Person,
}
