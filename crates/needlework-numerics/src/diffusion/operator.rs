//! The operator L = ∇·(D∇) − δ on a box, diagonalised along its axes.
//!
//! Diffusivity D and decay δ depend on depth alone. Across the face between two depths stands the series of both
//! halves, 1/(w₁/2D₁ + w₂/2D₂), so that the flux has no jump; through the top goes either nothing or u₀/(1/k + w₀/2D₀),
//! with k the speed of exchange with an outside that holds nothing. Nothing goes through the bottom or the sides. L is
//! symmetric under the weights of volume, loses what decay and the top take and nothing else, and has no negative entry
//! off its diagonal: the exponential of L keeps what isn't negative so.

use std::fmt;
use std::sync::Arc;

use super::basis::Basis;
use super::grid::Grid;
use super::layered::Layers;

/// What happens at the top of depth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Top {
    /// Nothing goes through.
    Sealed,
    /// Flux out = this speed times the value at the surface.
    Exchange(f64),
}

/// What fills a box; lengths and times in any units, but the same everywhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Medium {
    /// Diffusivity of each cell along depth, length²/time.
    pub diffusivity: Vec<f64>,
    /// Decay of each cell along depth, 1/time.
    pub decay: Vec<f64>,
    /// The top.
    pub top: Top,
}

impl Medium {
    /// The same diffusivity and decay at all depths, sealed.
    #[must_use]
    pub fn even(grid: &Grid, diffusivity: f64, decay: f64) -> Self {
        Self {
            diffusivity: vec![diffusivity; grid.depth().count()],
            decay: vec![decay; grid.depth().count()],
            top: Top::Sealed,
        }
    }
}

/// Why an operator or a step can't be built.
#[derive(Debug, Clone, PartialEq)]
pub enum DiffusionError {
    /// As many values as cells along depth are needed.
    Length {
        /// Of what.
        what: &'static str,
        /// Cells along depth.
        expected: usize,
        /// Values given.
        found: usize,
    },
    /// A diffusivity, decay or speed below zero, or no number.
    Negative {
        /// Of what.
        what: &'static str,
        /// The value.
        value: f64,
    },
    /// A step that isn't positive and finite.
    Step(f64),
}

impl fmt::Display for DiffusionError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length { what, expected, found } => {
                write!(
                    out,
                    "{what}: {expected} values are needed, one for each cell along depth, not {found}"
                )
            }
            Self::Negative { what, value } => write!(out, "{what} must be finite and not negative, not {value}"),
            Self::Step(step) => write!(out, "a step must be positive and finite, not {step}"),
        }
    }
}

impl std::error::Error for DiffusionError {}

#[derive(Debug)]
pub(super) struct Operator {
    pub shape: [usize; 3],
    pub first: Basis,
    pub second: Basis,
    pub depth: Depth,
}

#[derive(Debug)]
pub(super) enum Depth {
    /// One basis for all lateral modes; `diffusivity` is that of lateral exchange.
    Shared { basis: Basis, diffusivity: f64 },
    /// Another operator for every mode.
    Layered(Layers),
}

/// The operator, ready to make steps; cheap to clone.
#[derive(Debug, Clone)]
pub struct Diffusion {
    pub(super) operator: Arc<Operator>,
}

impl Diffusion {
    /// Takes the operator of `medium` on `grid` apart.
    ///
    /// # Errors
    /// [`DiffusionError`] when values are missing, negative, or no numbers.
    pub fn new(grid: &Grid, medium: &Medium) -> Result<Self, DiffusionError> {
        check(grid, medium)?;
        let shape = grid.shape();
        let widths = grid.depth().widths();
        // Resistance of half a cell; two halves in series give the conductance of the face between, the harmonic mean.
        let half = |k: usize| widths[k] / (2.0 * medium.diffusivity[k]);
        let conductance: Vec<f64> = (1..widths.len()).map(|k| 1.0 / (half(k - 1) + half(k))).collect();
        let mut leaks: Vec<f64> = widths
            .iter()
            .zip(&medium.decay)
            .map(|(width, decay)| width * decay)
            .collect();
        if let Top::Exchange(speed) = medium.top {
            leaks[0] += 1.0 / (1.0 / speed + half(0));
        }
        // Three cases, from the cheapest. With one diffusivity at all depths L is a sum of one operator per axis, and
        // all lateral modes share the eigenbasis of depth (fast cosine transforms where it is known in closed form).
        // With one mode, as in a column, one basis serves any profile of D. Else the operator in depth differs from
        // mode to mode, and partial fractions take the place of a basis.
        let one_mode = shape[0] * shape[1] == 1;
        let same = |values: &[f64]| values.iter().all(|value| *value == values[0]);
        let even = same(&medium.diffusivity);
        let depth = if one_mode || even {
            let closed_form = even && same(&medium.decay) && medium.top == Top::Sealed;
            Depth::Shared {
                basis: if closed_form {
                    Basis::of_axis(grid.depth()).faster(medium.diffusivity[0], medium.decay[0])
                } else {
                    Basis::of_exchange(widths, &leaks, &conductance)
                },
                diffusivity: medium.diffusivity[0],
            }
        } else {
            let least = |values: &[f64]| values.iter().copied().fold(f64::INFINITY, f64::min);
            Depth::Layered(Layers {
                leaks,
                conductance,
                lateral: widths
                    .iter()
                    .zip(&medium.diffusivity)
                    .map(|(width, diffusivity)| width * diffusivity)
                    .collect(),
                widths: widths.to_vec(),
                least_decay: least(&medium.decay),
                least_diffusivity: least(&medium.diffusivity),
            })
        };
        Ok(Self {
            operator: Arc::new(Operator {
                shape,
                first: Basis::of_axis(grid.first()),
                second: Basis::of_axis(grid.second()),
                depth,
            }),
        })
    }
}

fn check(grid: &Grid, medium: &Medium) -> Result<(), DiffusionError> {
    let expected = grid.depth().count();
    for (what, values) in [("diffusivity", &medium.diffusivity), ("decay", &medium.decay)] {
        if values.len() != expected {
            return Err(DiffusionError::Length {
                what,
                expected,
                found: values.len(),
            });
        }
        not_negative(what, values)?;
    }
    match medium.top {
        Top::Sealed => Ok(()),
        Top::Exchange(speed) => not_negative("exchange at the top", &[speed]),
    }
}

fn not_negative(what: &'static str, values: &[f64]) -> Result<(), DiffusionError> {
    match values.iter().find(|value| !(**value >= 0.0 && value.is_finite())) {
        Some(&value) => Err(DiffusionError::Negative { what, value }),
        None => Ok(()),
    }
}
