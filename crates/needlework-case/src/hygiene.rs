//! What is clean: skin, needles, hands, and the numbing cream before the session.

use needlework_units::{Area, Ratio, Time};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Answer;

/// Hygiene before and after a session.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Hygiene {
    /// How is the skin prepared?
    pub skin: Answer<SkinPreparation>,
    /// How long does the antiseptic dry before the first needle?
    pub antiseptic_wait: Answer<Time>,
    /// How are the needles cleaned before the session?
    pub needles: Answer<NeedleCleaning>,
    /// Do the needles go through clothing?
    pub through_cloth: Answer<bool>,
    /// Are hands washed, and gloves worn?
    pub hands_clean: Answer<bool>,
    /// Is the device rinsed or stored in tap water without disinfection?
    pub tap_water: Answer<bool>,
    /// Does the device dry in the air, and is it stored dry in a clean closed box?
    pub stored_dry: Answer<bool>,
    /// Is there a sharps box for used needles?
    pub sharps_box: Answer<bool>,
    /// Is a numbing cream used?
    pub numbing: Answer<bool>,
    /// On how large an area is the numbing cream?
    pub numbing_area: Answer<Area>,
    /// How strong is the numbing cream? (lidocaine in percent)
    pub numbing_strength: Answer<Ratio>,
    /// Is numbing cream put on after needling?
    pub numbing_after: Answer<bool>,
    /// Is numbing cream covered with film?
    pub numbing_under_film: Answer<bool>,
}

/// How the skin is prepared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SkinPreparation {
    /// Not at all.
    None,
    /// Washed only.
    Washed,
    /// Washed and wiped with an antiseptic for a few seconds.
    QuickWipe,
    /// Washed and disinfected for two minutes.
    Disinfected,
}

/// How the needles are cleaned before a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NeedleCleaning {
    /// They come sterile from their pack.
    Sterile,
    /// Cleaned, then ten minutes in 70 % alcohol.
    CleanedAndDisinfected,
    /// In alcohol without being cleaned first.
    DisinfectedOnly,
    /// Not at all.
    None,
}
