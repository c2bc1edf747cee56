//! The needling device: a library name or one's own geometry, and the state of its needles.
//!
//! Three things describe a device, since they mean three things. [`Device`] is what a person said, with "unknown" and
//! the state of the needles. [`Geometry`] is what is known of how it is made: the part of a case, of the library and of
//! both together that is the same. What a model takes is its own room's, with gaps that a draw fills. A number of the
//! geometry is a field of [`Device`], since it is asked, and a line of the list below; what compares, resolves, names
//! or varies geometries reads that list.

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

/// How the needles of a device end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TipShape {
    /// A solid round cone.
    Cone,
    /// A solid square pyramid.
    Pyramid,
    /// A tube that is cut aslant.
    Bevel,
    /// A flat end, of a wire or of a tube.
    Blunt,
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

// numerical: labels round, 0.77 mm reads 0.8 mm; a share of the library's value
const ROUNDING: f64 = 0.05;

/// Whether a length or another quantity is more than rounding away from what the library says.
pub(crate) fn differs(stated: f64, library: f64) -> bool {
    (stated - library).abs() > ROUNDING * library.abs()
}

/// A range that is wider by rounding at both ends.
pub(crate) fn widened(least: f64, most: f64) -> (f64, f64) {
    (least * (1.0 - ROUNDING), most * (1.0 + ROUNDING))
}

/// A value of the geometry, which a case may state otherwise than the library.
trait Part: Copy + ToString {
    /// Whether it contradicts what the library says: a quantity but for rounding, a count if it is another.
    fn contradicts(self, library: Self) -> bool;
}

impl Part for u32 {
    fn contradicts(self, library: Self) -> bool {
        self != library
    }
}

macro_rules! rounded {
    ($($quantity:ident),+) => {
        $(impl Part for $quantity {
            fn contradicts(self, library: Self) -> bool {
                differs(self.canonical(), library.canonical())
            }
        })+
    };
}

rounded!(Length, Angle, Rate, Area);

macro_rules! geometry {
    (
        asked { $($(#[$asked_doc:meta])* $asked:ident: $asked_type:ident;)+ }
        not_asked { $($(#[$other_doc:meta])* $other:ident: $other_type:ident;)+ }
    ) => {
        /// How a device is made; what nobody has said or published is `None`.
        #[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
        #[serde(default)]
        pub struct Geometry {
            $($(#[$asked_doc])* pub $asked: Option<$asked_type>,)+
            $($(#[$other_doc])* pub $other: Option<$other_type>,)+
        }

        impl Geometry {
            /// The fields that a case is asked, each with its path there.
            pub const ASKED: &[(&str, &str)] =
                &[$((stringify!($asked), concat!("device.", stringify!($asked)))),+];

            /// What a case states.
            pub(crate) fn stated(device: &Device) -> Self {
                Self { $($asked: device.$asked.get(),)+ $($other: None,)+ }
            }

            /// As a case states it; what no case is asked is lost.
            pub(crate) fn as_stated(&self) -> Device {
                Device {
                    $($asked: self.$asked.map_or(Answer::Missing, Answer::Known),)+
                    ..Device::default()
                }
            }

            /// The same, with what is not known here taken from another.
            #[must_use]
            pub fn or(&self, other: &Self) -> Self {
                Self {
                    $($asked: self.$asked.or(other.$asked),)+
                    $($other: self.$other.or(other.$other),)+
                }
            }

            /// Every field, and whether it is known.
            pub(crate) fn known(&self) -> Vec<(&'static str, bool)> {
                vec![
                    $((stringify!($asked), self.$asked.is_some()),)+
                    $((stringify!($other), self.$other.is_some()),)+
                ]
            }

            /// The fields that contradict the library's geometry, and what stands there.
            pub(crate) fn contradictions(&self, library: &Self) -> Vec<(&'static str, String)> {
                let mut found = Vec::new();
                $(if let (Some(stated), Some(library)) = (self.$asked, library.$asked)
                    && stated.contradicts(library)
                {
                    found.push((stringify!($asked), library.to_string()));
                })+
                found
            }
        }
    };
}

geometry! {
    asked {
        /// The length of its needles, where it is fixed.
        needle_length: Length;
        /// How many needles it has.
        needles: u32;
        /// The diameter of a needle at its base.
        needle_diameter: Length;
        /// How many needles stand side by side across the drum.
        needle_rows: u32;
        /// The radius of a new tip.
        tip_radius: Length;
        /// The angle to which the point of a needle opens.
        cone_angle: Angle;
        /// By how much a needle, or a depth that is set, may be off.
        length_tolerance: Length;
        /// Strokes of a pen: of a range the lowest that is printed.
        strokes: Rate;
        /// The radius of the drum.
        drum_radius: Length;
        /// The width of the drum.
        drum_width: Length;
        /// The area of the plate.
        plate_area: Area;
    }
    not_asked {
        /// How a needle ends.
        tip: TipShape;
        /// The width of the bore of a hollow needle.
        bore_diameter: Length;
    }
}
