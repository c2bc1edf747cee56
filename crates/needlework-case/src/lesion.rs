//! The mark: what it is, where it is, how old, how large.

use needlework_units::{self as units, Length, Time};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Answer;

/// The mark to be treated.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Lesion {
    /// What kind of mark is it?
    pub kind: Answer<LesionKind>,
    /// Where on the body is it? (a name that `needlework sites` lists)
    pub site: Answer<String>,
    /// Where else would the same plan be done? (names of sites with commas between them, such as "hip, thigh_outer")
    pub other_sites: Answer<String>,
    /// Are the stretch marks still red or purple (rubra), pale (alba), or both (mixed)?
    pub stage: Answer<Stage>,
    /// Which colour are they mostly?
    pub colour: Answer<MarkColour>,
    /// How long have you had them?
    pub age: Answer<Time>,
    /// How wide is the widest one?
    pub width: Answer<Length>,
    /// How long is the longest one?
    pub length: Answer<Length>,
    /// How many are there?
    pub count: Answer<u32>,
    /// How large is the area to be treated in one session?
    pub treated_area: Answer<units::Area>,
    /// How thick is the dermis of the mark, if ultrasound has measured it?
    pub dermis_thickness: Answer<Length>,
    /// From 0 to 10, how much does it matter to you that the marks are dented or feel uneven? (usual: 7)
    pub texture_matters: Answer<u32>,
    /// From 0 to 10, how much does their colour matter to you? (usual: 7)
    pub colour_matters: Answer<u32>,
    /// From 0 to 10, how much does their width matter to you? (usual: 4)
    pub width_matters: Answer<u32>,
    /// Are the marks new, wide and purple together with weight gain, weakness, easy bruising or long steroid use?
    pub warning_signs: Answer<bool>,
}

impl Lesion {
    /// The names of the other sites, as they stand between the commas.
    pub fn others(&self) -> impl Iterator<Item = &str> {
        let names = self.other_sites.known().map_or("", String::as_str);
        names.split(',').map(str::trim).filter(|name| !name.is_empty())
    }
}

/// The kind of mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LesionKind {
    /// Stretch marks.
    Striae,
    /// Sunken acne scars.
    AcneScar,
    /// No mark.
    None,
}

/// The stage of a stretch mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Red or purple, early.
    Rubra,
    /// Pale, late.
    Alba,
    /// Red or purple ones and pale ones together; the models draw which of the two a mark is.
    Mixed,
}

/// The colour of a mark as a person would name it; the models take redness and paleness from the stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MarkColour {
    /// Red or pink.
    Red,
    /// Purple or blue.
    Purple,
    /// Paler than the skin around.
    Pale,
    /// Darker or browner than the skin around.
    Dark,
    /// Like the skin around.
    Skin,
}
