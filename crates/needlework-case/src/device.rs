//! The needling device: a library name or one's own geometry, and the state of its needles.

use needlework_units::{Angle, Area, Length, Rate, Ratio};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Answer;

/// The device. Own geometry fills what nobody has published of the named device; where it contradicts the library, the
/// reader says so.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Device {
    /// Which device is it? (a name that `needlework devices` lists)
    pub name: Answer<String>,
    /// What kind of device is it?
    pub kind: Answer<DeviceKind>,
    /// How long are the needles?
    pub needle_length: Answer<Length>,
    /// How deep is the device set? (pens and needles that heat)
    pub depth_setting: Answer<Length>,
    /// At how much of its greatest energy do the needles heat? (only for needles that heat, such as 40 %)
    pub heat_setting: Answer<Ratio>,
    /// How many needles does it have?
    pub needles: Answer<u32>,
    /// How thick is a needle at its base?
    pub needle_diameter: Answer<Length>,
    /// How many needles stand side by side across the drum? (rollers)
    pub needle_rows: Answer<u32>,
    /// What is the radius of a new tip?
    pub tip_radius: Answer<Length>,
    /// What angle does the point of a needle open to?
    pub cone_angle: Answer<Angle>,
    /// By how much may a needle be longer or shorter than it should be, or a set depth be off?
    pub length_tolerance: Answer<Length>,
    /// How many strokes does it make? (pens, such as 100 1/s)
    pub strokes: Answer<Rate>,
    /// How many sessions do the needles have behind them?
    pub uses: Answer<u32>,
    /// What is the radius of the drum that carries the needles? (rollers)
    pub drum_radius: Answer<Length>,
    /// How wide is the drum? (rollers)
    pub drum_width: Answer<Length>,
    /// How large is the plate that carries the needles? (stamps and patches)
    pub plate_area: Answer<Area>,
    /// Are the needles new, or have they been used before?
    pub needles_used: Answer<NeedleUse>,
    /// Has anybody else ever used it?
    pub shared: Answer<bool>,
    /// Did it come in a sealed sterile pack that you open for this session?
    pub sterile_pack: Answer<bool>,
    /// Do you know who made and sold it?
    pub origin_known: Answer<bool>,
    /// Is it past its expiry date?
    pub expired: Answer<bool>,
    /// Are the needles straight and sharp, or is one bent, hooked, blunt, or was it dropped?
    pub condition: Answer<NeedleCondition>,
}

/// The kind of device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeviceKind {
    /// A drum of needles that is rolled.
    Roller,
    /// A stack of toothed discs that is rolled.
    DiscRoller,
    /// A plate of needles that is pressed.
    Stamp,
    /// A motor that drives a cartridge up and down.
    Pen,
    /// A plate of short needles that stays on the skin.
    Patch,
    /// Needles that also heat by radiofrequency.
    RadiofrequencyNeedles,
    /// One needle at a time: for injection, blood or acupuncture.
    SingleNeedle,
}

/// Whether needles have been used before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NeedleUse {
    /// New for this session.
    New,
    /// Used before on the same person.
    Reused,
}

/// The state of the needles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NeedleCondition {
    /// Straight and sharp.
    Good,
    /// Bent, hooked, blunt or dropped.
    Damaged,
}
