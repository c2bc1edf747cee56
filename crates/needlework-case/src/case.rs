//! One case: a person, the mark, the device and the plan.
//!
//! Every field is an [`Answer`](crate::Answer), since a case may be incomplete; the rules say which gaps matter. The
//! comment on each field is the question as a person would be asked it: the interview, the schema and the documentation
//! show it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::about::About;
use crate::aftercare::Aftercare;
use crate::area::Area;
use crate::device::Device;
use crate::health::Health;
use crate::hygiene::Hygiene;
use crate::lesion::Lesion;
use crate::person::Person;
use crate::regimen::Regimen;
use crate::signs::Signs;
use crate::symptoms::Symptoms;

/// The version of the case format that this build reads and writes.
pub const FORMAT: &str = "needlework-case/1";

/// One case, as a file describes it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Case {
    /// The version of this format.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<Format>,
    /// Where the case comes from.
    #[serde(skip_serializing_if = "is_empty")]
    pub about: About,
    /// Who is treated.
    #[serde(skip_serializing_if = "is_empty")]
    pub person: Person,
    /// Health of the whole person.
    #[serde(skip_serializing_if = "is_empty")]
    pub health: Health,
    /// The skin in the treated area.
    #[serde(skip_serializing_if = "is_empty")]
    pub area: Area,
    /// The mark.
    #[serde(skip_serializing_if = "is_empty")]
    pub lesion: Lesion,
    /// The device.
    #[serde(skip_serializing_if = "is_empty")]
    pub device: Device,
    /// The plan.
    #[serde(skip_serializing_if = "is_empty")]
    pub regimen: Regimen,
    /// Hygiene.
    #[serde(skip_serializing_if = "is_empty")]
    pub hygiene: Hygiene,
    /// After the session.
    #[serde(skip_serializing_if = "is_empty")]
    pub aftercare: Aftercare,
    /// Since the last session.
    #[serde(skip_serializing_if = "is_empty")]
    pub symptoms: Symptoms,
    /// Signs now.
    #[serde(skip_serializing_if = "is_empty")]
    pub signs: Signs,
}

/// Whether nothing in a section has been answered; such a section is not written.
fn is_empty<T: Default + PartialEq>(section: &T) -> bool {
    *section == T::default()
}

/// The version of a case file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Format {
    /// The first version.
    #[serde(rename = "needlework-case/1")]
    V1,
}
