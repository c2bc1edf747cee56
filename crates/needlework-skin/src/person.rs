//! How people of the same body and site differ, and which differences go together.
//!
//! Nine standard normal draws a person. Six are used as they are; three pairs are correlated:
//!
//! living epidermis with horny layer (ρ_h), dermis with stiffness (ρ_s), dermis with fat (ρ_f):
//! horny' = ρ_h·epidermis + √(1 − ρ_h²)·horny, and likewise stiffness' and fat' from the dermis.
//!
//! The dermis is the hub, so stiffness and fat correlate by ρ_s·ρ_f and the matrix is positive definite for any |ρ| < 1, whatever a world
//! draws. Assumptions: no study that we found reports a correlation inside one group of sex, age and weight; the signs come from what
//! maps say in words (thinner skin is denser) and the ranges are wide. Limits: linear correlation of normal scores only.

use crate::layers::Parameters;

/// How a person's skin differs from that of others with the same body; standard normal draws.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PersonDraws {
    /// Thickness of the epidermis.
    pub epidermis: f64,
    /// Thickness of the horny layer.
    pub horny: f64,
    /// Thickness of the dermis.
    pub dermis: f64,
    /// Thickness of the fat.
    pub fat: f64,
    /// Stiffness of the dermis, pressed and pulled.
    pub stiffness: f64,
    /// Stiffness of the epidermis, mostly its water.
    pub dryness: f64,
    /// Stiffness of the fat.
    pub fat_stiffness: f64,
    /// Stretch in which the skin lives.
    pub prestretch: f64,
    /// Direction of the tension lines.
    pub line: f64,
}

impl PersonDraws {
    /// The draws with the correlations of a world.
    #[must_use]
    pub(crate) fn correlated(&self, parameters: &Parameters) -> Self {
        let mix = |hub: f64, own: f64, correlation: f64| {
            correlation * hub + (1.0 - correlation * correlation).max(0.0).sqrt() * own
        };
        Self {
            horny: mix(self.epidermis, self.horny, parameters.epidermis_horny),
            stiffness: mix(self.dermis, self.stiffness, parameters.dermis_stiffness),
            fat: mix(self.dermis, self.fat, parameters.dermis_fat),
            ..*self
        }
    }
}
