//! How stiff the layers are to a needle that presses on them, in life and at small strain.
//!
//! Three numbers for three layers, plus the tensile law of the dermis. **The modulus of the dermis here (tens of
//! kilopascal) and that of tension tests (tens of megapascal) are different quantities**: pressed in vivo at small
//! strain, collagen is still crimped and the soft matrix answers; pulled to half its length ex vivo, the straightened
//! fibres do. Both stand in the evidence, side by side.
//!
//! Assumptions: the stratum corneum is about as stiff as the living epidermis, as one study found. Limits: no time
//! dependence; the water of the stratum corneum, which moves its stiffness tenfold, is part of the spread between
//! people.

use needlework_units::Stress;

use crate::fibres::Fibres;

/// Stiffness of one person's skin at one site.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mechanics {
    /// Young's modulus of the epidermis with its stratum corneum, pressed.
    pub epidermis: Stress,
    /// Young's modulus of the dermis, pressed at small strain.
    pub dermis: Stress,
    /// Young's modulus of the fat.
    pub fat: Stress,
    /// Stretch along the tension line in which skin lives, over its relaxed length, less one; a fraction.
    pub prestretch_fraction: f64,
    /// The dermis under tension.
    pub fibres: Fibres,
}
