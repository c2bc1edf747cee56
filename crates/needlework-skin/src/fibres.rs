//! What the dermis is made of, as far as it carries tension: a soft matrix and two families of collagen fibres.
//!
//! The constants of the law of Gasser, Ogden and Holzapfel. Of the matrix a share is elastin. The fibres lie at ± an
//! angle to the tension line and scatter about it. Limits: constants of excised skin of the back; the angle is not
//! sourced.

use needlework_units::{Angle, Stress};

/// The tensile constants of a dermis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fibres {
    /// Shear modulus of the matrix, elastin included.
    pub matrix: Stress,
    /// Stiffness of the fibres, k₁.
    pub stiffness: Stress,
    /// How fast they stiffen, k₂; a pure number.
    pub stiffening_ratio: f64,
    /// Scatter of their directions, κ: 0 for parallel fibres, ⅓ for none preferred; a pure number.
    pub dispersion_ratio: f64,
    /// Angle of each family to the tension line.
    pub angle: Angle,
    /// Share of the matrix's stiffness that elastin carries.
    pub elastin_fraction: f64,
    /// Strain at which such skin tears, on average over all directions of the pull; a fraction.
    pub failure_strain_fraction: f64,
}
