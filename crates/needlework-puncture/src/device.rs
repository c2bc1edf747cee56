//! A needling device by its geometry, and the hand that moves it.

use std::f64::consts::PI;

use needlework_units::{Area, ArealDensity, Length};

use crate::holes::Parameters;

/// How a device moves its needles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A drum or a stack of discs that is rolled.
    Roller,
    /// A plate that is pressed.
    Stamp,
    /// A motor that drives a cartridge up and down.
    Pen,
    /// One needle at a time, pushed in to a chosen depth.
    Single,
}

/// A device. What is not known of its geometry is `None` and filled from priors.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Device {
    /// How it moves.
    pub kind: Kind,
    /// Needle length.
    pub length: Length,
    /// Number of needles; of punctures for a single needle.
    pub needles: Option<u32>,
    /// Radius of the drum.
    pub drum_radius: Option<Length>,
    /// Width of the drum.
    pub drum_width: Option<Length>,
    /// Area of the plate; over which its punctures are spread for a single needle.
    pub plate: Option<Area>,
    /// Radius of a needle's shaft.
    pub shaft: Option<Length>,
}

/// What the hand does in one session.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hand {
    /// Passes over the same skin.
    pub passes: f64,
}

/// Holes that one pass of the device leaves.
///
/// A drum of N needles, width W and rolling radius ρ leaves N/(2πρW); a plate its needles per area; a pen a typical density that is
/// assumed. The rolling radius is the drum's radius times a ratio near one, since nobody has measured it.
#[must_use]
pub fn density_per_pass(device: &Device, parameters: &Parameters) -> ArealDensity {
    match device.kind {
        Kind::Roller => match (device.needles, device.drum_radius, device.drum_width) {
            (Some(needles), Some(radius), Some(width)) => {
                let rolled = 2.0 * PI * radius.mm() * parameters.rolling_ratio * width.mm();
                ArealDensity::from_per_mm2(f64::from(needles) / rolled)
            }
            _ => parameters.roller_density,
        },
        Kind::Stamp | Kind::Single => match (device.needles, device.plate) {
            (Some(needles), Some(plate)) => ArealDensity::from_per_mm2(f64::from(needles) / plate.mm2()),
            _ => parameters.roller_density,
        },
        Kind::Pen => parameters.pen_density,
    }
}

/// Needles that touch the skin at the same time: those of a drum within the contact arc, or all of a plate or a cartridge.
#[must_use]
pub fn needles_in_contact(device: &Device, parameters: &Parameters) -> f64 {
    let needles = device.needles.map_or(parameters.typical_needles, f64::from);
    match device.kind {
        Kind::Roller => {
            let radius = device
                .drum_radius
                .map_or(parameters.typical_drum_radius.mm(), Length::mm);
            let half_angle = (radius / (radius + device.length.mm())).acos();
            (needles * half_angle / PI).max(1.0)
        }
        Kind::Single => 1.0,
        Kind::Stamp | Kind::Pen => device.needles.map_or(parameters.typical_cartridge, f64::from).max(1.0),
    }
}
