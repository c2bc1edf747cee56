//! A needling device by its geometry, and the hand that moves it.
//!
//! What nobody has published of a device is `None` and filled from a prior. Needles of a drum stand in rows: where
//! their number across is not known they are taken to stand equally far apart along and across, which gives the
//! standard drum of 192 its eight. Speed at which a needle meets the skin: of a drum and of a plate that of the hand;
//! of a pen π·f·L, the greatest of a sine of frequency f over the length. (A drum's needle comes down somewhat slower
//! than the hand moves; that is far inside what is not known.)

use std::f64::consts::PI;

use needlework_units::{Area, ArealDensity, Force, Length, Rate, Speed};

use crate::parameters::Parameters;
use crate::tip::Tip;

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
    /// Needles side by side across the drum.
    pub rows: Option<u32>,
    /// Radius of the drum.
    pub drum_radius: Option<Length>,
    /// Width of the drum.
    pub drum_width: Option<Length>,
    /// Area of the plate; over which its punctures are spread for a single needle.
    pub plate: Option<Area>,
    /// Radius of a needle's shaft.
    pub shaft: Option<Length>,
    /// How a needle ends.
    pub end: Option<Tip>,
    /// Radius of a new tip.
    pub tip: Option<Length>,
    /// Radius of the bore of a hollow needle; a blunt end of which no bore is known is a solid wire.
    pub bore: Option<Length>,
    /// Tangent of the half-angle of a needle's cone.
    pub taper: Option<f64>,
    /// By how much a needle, or a depth that is set, may be off: two standard deviations. Where nobody says, needles
    /// differ by the scatter of depths alone.
    pub tolerance: Option<Length>,
    /// Strokes of a pen.
    pub frequency: Option<Rate>,
    /// Is a pen put down place by place, as heads with radiofrequency are, and not moved along?
    pub placed: bool,
    /// Speed at which a needle meets the skin, where it is set.
    pub speed: Option<Speed>,
    /// Sessions that the needles have behind them, zero for new ones. Nothing fills a gap here: whoever asks draws it.
    pub uses: f64,
}

impl Device {
    /// A device of which nothing is known but its kind and the length of its needles.
    ///
    /// ```
    /// use needlework_puncture::{Device, Kind};
    /// use needlework_units::Length;
    ///
    /// let roller = Device { needles: Some(192), ..Device::of(Kind::Roller, Length::from_mm(1.5)) };
    /// assert_eq!(roller.tip, None);
    /// ```
    #[must_use]
    pub const fn of(kind: Kind, length: Length) -> Self {
        Self {
            kind,
            length,
            needles: None,
            rows: None,
            drum_radius: None,
            drum_width: None,
            plate: None,
            shaft: None,
            end: None,
            tip: None,
            bore: None,
            taper: None,
            tolerance: None,
            frequency: None,
            placed: false,
            speed: None,
            uses: 0.0,
        }
    }
}

/// What the hand does in one session. What is not known of it is `None` and filled from a prior.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Hand {
    /// Passes over the same skin, where they are known.
    pub passes: Option<f64>,
    /// Force on the device, where it is known.
    pub force: Option<Force>,
    /// Is the skin held stretched by the other hand?
    pub stretched: bool,
}

impl Hand {
    /// A hand that goes over the skin so often and presses as hands do.
    #[must_use]
    pub const fn of(passes: f64) -> Self {
        Self {
            passes: Some(passes),
            force: None,
            stretched: false,
        }
    }

    /// Passes over the same skin: one of a single needle, whose punctures are set one by one.
    #[must_use]
    pub fn passes_made(&self, kind: Kind, parameters: &Parameters) -> f64 {
        match kind {
            Kind::Single => 1.0,
            Kind::Roller | Kind::Stamp | Kind::Pen => self.passes.unwrap_or(parameters.passes),
        }
    }
}

/// The drum of a roller with every gap filled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drum {
    /// Radius.
    pub radius: Length,
    /// Width.
    pub width: Length,
    /// Needles.
    pub needles: f64,
    /// Needles side by side across the drum.
    pub across: f64,
}

impl Drum {
    /// The drum of a device.
    #[must_use]
    pub fn of(device: &Device, parameters: &Parameters) -> Self {
        let radius = device.drum_radius.unwrap_or(parameters.typical_drum_radius);
        let width = device.drum_width.unwrap_or(parameters.typical_drum_width);
        let needles = device.needles.map_or(parameters.typical_needles, f64::from).max(1.0);
        let evenly = (needles * width.mm() / (2.0 * PI * radius.mm())).sqrt();
        Self {
            radius,
            width,
            needles,
            across: device.rows.map_or(evenly, f64::from).clamp(1.0, needles),
        }
    }

    /// Angle between one needle and the next around the drum, radians.
    #[must_use]
    pub fn angular_pitch(&self) -> f64 {
        2.0 * PI * self.across / self.needles
    }

    /// Distance from one needle to the next around the drum, at its surface.
    #[must_use]
    pub fn pitch_around(&self) -> Length {
        Length::from_mm(self.radius.mm() * self.angular_pitch())
    }
}

/// Speed at which a device's needles meet the skin, mm/s.
#[must_use]
pub fn speed_mm_s(device: &Device, parameters: &Parameters) -> f64 {
    if let Some(speed) = device.speed {
        return speed.canonical();
    }
    match device.kind {
        Kind::Roller => parameters.rolling_speed.canonical(),
        Kind::Pen => PI * strokes_per_s(device, parameters) * device.length.mm(),
        Kind::Stamp | Kind::Single => parameters.pressing_speed.canonical(),
    }
}

/// Strokes of a pen, each second.
fn strokes_per_s(device: &Device, parameters: &Parameters) -> f64 {
    device.frequency.unwrap_or(parameters.pen_frequency).per_second()
}

/// Needles of a pen's cartridge or of a plate.
fn cartridge(device: &Device, parameters: &Parameters) -> f64 {
    device.needles.map_or(parameters.typical_cartridge, f64::from).max(1.0)
}

/// Punctures that a pen makes in a time: needles times strokes.
#[must_use]
pub fn punctures_per_time(device: &Device, parameters: &Parameters) -> Rate {
    let strokes = device.frequency.unwrap_or(parameters.pen_frequency);
    Rate::from_per_day(cartridge(device, parameters) * strokes.per_day())
}

/// Punctures that one pass of the device leaves, with a drum that rolls on the level of its own surface.
///
/// A drum of N needles, width W and rolling radius ρ leaves N/(2πρW); a plate its needles per area, and so does a pen
/// that is put down place by place; a pen that is moved along at a speed v leaves N·f/(v·w) on the strip of its
/// cartridge's width w. A single needle leaves its punctures on the area over which they are spread, and has no density
/// where there is none. The rolling radius is the drum's radius times a ratio near one, since nobody has measured it.
#[must_use]
pub fn density_per_pass(device: &Device, parameters: &Parameters) -> ArealDensity {
    let plate_mm2 = device.plate.unwrap_or(parameters.typical_plate).mm2();
    match device.kind {
        Kind::Roller => match (device.needles, device.drum_radius, device.drum_width) {
            (Some(needles), Some(radius), Some(width)) => {
                let rolled = 2.0 * PI * radius.mm() * parameters.rolling_ratio * width.mm();
                ArealDensity::from_per_mm2(f64::from(needles) / rolled)
            }
            _ => parameters.roller_density,
        },
        Kind::Stamp => ArealDensity::from_per_mm2(cartridge(device, parameters) / plate_mm2),
        Kind::Pen if device.placed => ArealDensity::from_per_mm2(cartridge(device, parameters) / plate_mm2),
        Kind::Pen => {
            let swept_mm2_per_s = parameters.pen_glide.canonical() * parameters.pen_width.mm();
            let per_s = cartridge(device, parameters) * strokes_per_s(device, parameters);
            ArealDensity::from_per_mm2(per_s / swept_mm2_per_s)
        }
        Kind::Single => ArealDensity::from_per_mm2(match (device.needles, device.plate) {
            (Some(punctures), Some(area)) => f64::from(punctures) / area.mm2(),
            _ => 0.0,
        }),
    }
}

/// Needles that touch the skin at the same time: those of a drum within the contact arc, or all of a plate or a
/// cartridge.
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
        Kind::Stamp | Kind::Pen => cartridge(device, parameters),
    }
}
