//! What can be wrong with a stack of layers, with the streams that light is followed in, or with a skin's optics.

/// What can be wrong with a stack.
#[derive(Debug, Clone, PartialEq)]
pub enum OpticsError {
    /// The number of streams must be even and between 4 and 128.
    Streams {
        /// The number asked for.
        found: usize,
    },
    /// A refractive index must lie between 1 and 3.
    RefractiveIndex {
        /// The index given.
        found: f64,
    },
    /// A layer's index is none of those that the streams were built for.
    MismatchedIndex {
        /// Which layer, counted from the top, from 0.
        layer: usize,
        /// Its index.
        found: f64,
    },
    /// A layer's property is negative, not finite, or an anisotropy outside (−1, 1).
    BadLayer {
        /// Which layer, counted from the top, from 0.
        layer: usize,
        /// Which property.
        property: &'static str,
        /// The value given.
        found: f64,
    },
    /// The optical properties are so extreme that the factorisation fails in double precision.
    IllConditioned {
        /// Which layer, counted from the top, from 0; the number of layers for the surface.
        layer: usize,
    },
    /// A table of spectra or a skin state cannot be used.
    BadInput {
        /// What is wrong and what is expected.
        reason: String,
    },
}

impl std::fmt::Display for OpticsError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Streams { found } => write!(f, "{found} streams: choose an even number from 4 to 128"),
            Self::RefractiveIndex { found } => write!(f, "refractive index {found}: it must lie between 1 and 3"),
            Self::MismatchedIndex { layer, found } => {
                write!(
                    f,
                    "layer {layer} has refractive index {found}, for which no streams were chosen; give all indices"
                )
            }
            Self::BadLayer { layer, property, found } => {
                write!(
                    f,
                    "layer {layer}: {property} is {found}; it must be finite and in its physical range"
                )
            }
            Self::IllConditioned { layer } => {
                write!(
                    f,
                    "layer {layer}: the optical properties are too extreme for double precision"
                )
            }
            Self::BadInput { reason } => f.write_str(reason),
        }
    }
}

impl std::error::Error for OpticsError {}
