//! From a passport to a distribution, and from a declaration to filled parameters.

use needlework_numerics::Distribution;
use needlework_units::{Dimension, Measure};

use crate::error::BookError;
use crate::passport::{Passport, Scope, Spread};

/// The distribution of a parameter in its canonical unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Prior {
    /// The key of its passport.
    pub key: String,
    /// Where it varies.
    pub scope: Scope,
    /// The distribution; for a Dirichlet part the gamma that is divided by its group's sum.
    pub distribution: Distribution,
    /// For a Dirichlet part, the key of its group.
    pub group: Option<String>,
}

/// What a room declares of one parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Declared {
    /// The key of the passport that fills it.
    pub key: &'static str,
    /// The name of the field.
    pub field: &'static str,
    /// What it measures.
    pub dimension: Dimension,
}

impl Passport {
    /// The value in its canonical unit.
    ///
    /// # Errors
    /// [`BookError`] when the value is no number with a unit.
    pub fn canonical(&self) -> Result<f64, BookError> {
        self.number(&self.value)
    }

    /// The dimension of the value.
    ///
    /// # Errors
    /// [`BookError`] when the value is no number with a unit.
    pub fn dimension(&self) -> Result<Dimension, BookError> {
        Ok(self.measure(&self.value)?.dimension())
    }

    /// The distribution that a model draws from.
    ///
    /// # Errors
    /// [`BookError`] when value and spread do not make a distribution.
    pub fn prior(&self) -> Result<Prior, BookError> {
        let value = self.canonical()?;
        let wrong = |error: needlework_numerics::DistributionError| BookError::Spread {
            key: self.key.clone(),
            why: error.to_string(),
        };
        let pair = |low: &str, high: &str| Ok::<_, BookError>((self.number(low)?, self.number(high)?));
        let mut group = None;
        let distribution = match &self.spread {
            Spread::LogNormal { low, high } => {
                let (low, high) = pair(low, high)?;
                Distribution::log_normal(value, low, high).map_err(wrong)?
            }
            Spread::LogitNormal { low, high } => {
                let (low, high) = pair(low, high)?;
                Distribution::logit_normal(value, low, high).map_err(wrong)?
            }
            Spread::Normal { low, high } => {
                let (low, high) = pair(low, high)?;
                Distribution::normal(value, low, high).map_err(wrong)?
            }
            Spread::Uniform { low, high } => {
                let (low, high) = pair(low, high)?;
                Distribution::Uniform { low, high }
            }
            Spread::Beta { alpha, beta } => Distribution::Beta {
                alpha: *alpha,
                beta: *beta,
            },
            Spread::HalfNormal { sd } => Distribution::HalfNormal { sd: self.number(sd)? },
            Spread::Bernoulli => Distribution::Bernoulli { probability: value },
            Spread::Dirichlet { alpha } => {
                group = self.key.rsplit_once('.').map(|(head, _)| head.to_owned());
                Distribution::Gamma { shape: *alpha }
            }
            _ => Distribution::Fixed(value),
        };
        let distribution = if self.scope == Scope::Fixed {
            Distribution::Fixed(value)
        } else {
            distribution
        };
        Ok(Prior {
            key: self.key.clone(),
            scope: self.scope,
            distribution,
            group,
        })
    }

    fn measure(&self, text: &str) -> Result<Measure, BookError> {
        Measure::parse(text).map_err(|error| BookError::Value {
            key: self.key.clone(),
            why: error.to_string(),
        })
    }

    fn number(&self, text: &str) -> Result<f64, BookError> {
        Ok(self.measure(text)?.canonical())
    }
}

/// Declares the parameters of a room: a struct whose fields are filled from passports by key.
///
/// ```
/// needlework_evidence::parameters! {
///     /// What the device does.
///     pub struct Parameters {
///         /// How much of its length a needle reaches.
///         pub depth_ratio: f64 = "puncture.depth_ratio",
///     }
/// }
/// let parameters = Parameters::fill(&mut |key: &str| if key == "puncture.depth_ratio" { 0.5 } else { 0.0 });
/// assert_eq!(parameters.depth_ratio, 0.5);
/// ```
#[macro_export]
macro_rules! parameters {
    ($(#[$doc:meta])* pub struct $name:ident {
        $( $(#[$field_doc:meta])* pub $field:ident : $kind:ty = $key:literal ),+ $(,)?
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name {
            $( $(#[$field_doc])* pub $field: $kind, )+
        }

        impl $name {
            /// What fills each field.
            pub const DECLARED: &'static [$crate::Declared] = &[
                $( $crate::Declared {
                    key: $key,
                    field: stringify!($field),
                    dimension: <$kind as $crate::Canonical>::DIMENSION,
                }, )+
            ];

            /// Fills every field with the canonical value that `source` gives for its key.
            pub fn fill(source: &mut dyn FnMut(&'static str) -> f64) -> Self {
                Self { $( $field: <$kind as $crate::Canonical>::of_canonical(source($key)), )+ }
            }
        }
    };
}
