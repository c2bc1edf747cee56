//! The plan: where, what, how often, how hard.

use needlework_units::{Force, Money, Time};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Answer, Lapse};

/// The plan of treatment.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Regimen {
    /// Where is it done: at home, in a beauty salon, or in a clinic by a trained professional?
    pub setting: Answer<Setting>,
    /// What is done?
    pub arm: Answer<Arm>,
    /// What is put on or into the skin with it?
    pub adjunct: Answer<Adjunct>,
    /// What is on the skin while the needles go in?
    pub product_during: Answer<ProductDuring>,
    /// Is the clinic licensed for blood products? (only for PRP)
    pub licensed_clinic: Answer<bool>,
    /// How many sessions are planned?
    pub sessions: Answer<u32>,
    /// How much time lies between two sessions?
    pub interval: Answer<Time>,
    /// How often does the device pass over the same skin in one session?
    pub passes: Answer<u32>,
    /// How many punctures does one session make? (single needles)
    pub punctures: Answer<u32>,
    /// In how many directions?
    pub directions: Answer<u32>,
    /// How hard is the device pressed?
    pub force: Answer<Force>,
    /// Is the skin held stretched while the device goes over it?
    pub skin_stretched: Answer<bool>,
    /// On which day is the first session? (for the calendar, such as 2027-01-15)
    pub start_date: Answer<String>,
    /// When was the last session? ("never", or how long ago)
    pub last_session: Answer<Lapse>,
    /// Has it been done already, with these needles?
    pub already_done: Answer<bool>,
    /// How many sessions have there been so far?
    pub sessions_so_far: Answer<u32>,
    /// Has anything changed visibly after the sessions so far?
    pub visible_change: Answer<bool>,
    /// What does one session cost?
    pub price_per_session: Answer<Money>,
    /// What does the device cost?
    pub device_price: Answer<Money>,
    /// What would one session with a laser cost? (only to set the costs side by side)
    pub laser_session_price: Answer<Money>,
    /// What would a pack of cream cost? (only to set the costs side by side)
    pub cream_price: Answer<Money>,
}

/// Where needling is done, and by whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Setting {
    /// At home, by oneself or somebody untrained.
    Home,
    /// In a beauty salon or spa, by somebody who is no health professional.
    Salon,
    /// In a clinic, by a trained professional with sterile single-use needles.
    Clinic,
}

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Arm {
    /// Needling; simulated.
    Needling,
    /// A cream alone; published arms only, not simulated.
    Cream,
    /// A laser; published arms only, not simulated.
    Laser,
    /// Nothing.
    Nothing,
}

/// What is on the skin while the needles go in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProductDuring {
    /// Nothing, or sterile saline.
    Nothing,
    /// A sterile gel that is made for needling, from its own sealed pack.
    SterileGel,
    /// Anything else: a serum, vitamin C, a cream, an oil.
    Other,
}

/// What is used together with needling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Adjunct {
    /// Nothing.
    None,
    /// Platelet-rich plasma or another product of one's own blood.
    Prp,
    /// Trichloroacetic acid.
    Tca,
    /// A filler that is injected.
    Filler,
    /// Something else.
    Other,
}
