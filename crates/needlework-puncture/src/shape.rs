//! The shape of one needle: its end, its cone and its shaft, as a device has it after so many sessions.
//!
//! Assumptions: a straight cone on a cylinder; what is not known of a device comes from the parameters.

use std::f64::consts::PI;

use crate::device::{Device, Kind};
use crate::parameters::Parameters;
use crate::tip::Tip;

/// The shape of one needle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shape {
    /// How it ends.
    pub end: Tip,
    /// Radius of the tip, mm.
    pub tip_mm: f64,
    /// Radius of the bore of a flat end, mm; zero where it is solid.
    pub bore_mm: f64,
    /// Tangent of the cone's half-angle.
    pub taper_ratio: f64,
    /// Radius of the shaft, mm.
    pub shaft_mm: f64,
}

impl Shape {
    /// Radius of the needle, and of its channel, so far above the tip, mm.
    #[must_use]
    pub fn radius_mm(&self, above_tip_mm: f64) -> f64 {
        (self.tip_mm + above_tip_mm.max(0.0) * self.taper_ratio).min(self.shaft_mm)
    }

    /// Length of the cone from the tip to its shoulder, mm.
    pub(crate) fn cone_mm(&self) -> f64 {
        (self.shaft_mm - self.tip_mm).max(0.0) / self.taper_ratio.max(f64::MIN_POSITIVE)
    }
}

/// The shape of a device's needles as worn as they are.
#[must_use]
pub fn shape(device: &Device, parameters: &Parameters) -> Shape {
    let end = device.end.unwrap_or(match device.kind {
        Kind::Single => Tip::Bevel,
        Kind::Roller | Kind::Stamp | Kind::Pen => Tip::Cone,
    });
    let shaft_mm = device.shaft.unwrap_or(parameters.shaft_radius).mm();
    let new_mm = match (device.tip, end) {
        (Some(tip), _) => tip.mm(),
        (None, Tip::Blunt) => shaft_mm,
        (None, Tip::Bevel) => parameters.bevel_tip.mm(),
        (None, Tip::Cone | Tip::Pyramid) => parameters.tip_radius.mm(),
    };
    let worn_mm = parameters.tip_wear.mm() * device.uses;
    let taper = device.taper.unwrap_or(if end == Tip::Bevel {
        parameters.bevel
    } else {
        parameters.taper
    });
    // A square of half-edge a has the area of a circle of radius 2a/√π, at the tip and along the needle.
    let rounded = if end == Tip::Pyramid { 2.0 / PI.sqrt() } else { 1.0 };
    let tip_mm = ((new_mm + worn_mm) * rounded).min(shaft_mm);
    Shape {
        end,
        tip_mm,
        bore_mm: match (end, device.bore) {
            (Tip::Blunt, Some(bore)) => bore.mm().min(tip_mm),
            _ => 0.0,
        },
        taper_ratio: taper * rounded,
        shaft_mm,
    }
}
