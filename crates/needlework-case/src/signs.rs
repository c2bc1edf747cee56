//! Signs that are seen or felt now, after something was done: what `needlework triage` asks.
//!
//! Each sign is a question of its own, since they lead to different help: an ambulance, a doctor today, a doctor soon.
//! The comment on a sign is the question as a person is asked it. `symptoms.any_sign = false` answers all of them at
//! once.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Answer;

/// Signs now. Only asked when something was done.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Signs {
    /// Is it hard to breathe, swallow or speak, do you wheeze, or is the throat tight?
    pub breathing: Answer<bool>,
    /// Do the face, lips, tongue or eyelids swell?
    pub face_swelling: Answer<bool>,
    /// Have you fainted, are you faint, confused or hard to wake, or is the skin cold and clammy?
    pub collapse: Answer<bool>,
    /// Was there a fit, or is the heartbeat racing, fluttering or missing beats?
    pub fits: Answer<bool>,
    /// After numbing cream: is the mouth numb, do the ears ring, is there a metal taste, twitching or unusual
    /// sleepiness?
    pub numbing_signs: Answer<bool>,
    /// Are skin, lips or tongue blue, grey or blotchy, or is there a rash that does not fade under a glass pressed on
    /// it?
    pub poor_colour: Answer<bool>,
    /// Does it hurt much more than it looks, or has feeling gone there while it is swollen?
    pub severe_pain: Answer<bool>,
    /// Are there black, purple, grey or white patches, or blisters filled with blood, where the needles went in?
    pub dark_patches: Answer<bool>,
    /// Does it still bleed after ten minutes of firm pressure?
    pub bleeding: Answer<bool>,
    /// Has sight changed, or does an eye hurt?
    pub sight: Answer<bool>,
    /// Is the jaw stiff, or are there cramps or spasms of muscles?
    pub stiff_jaw: Answer<bool>,
    /// Does redness or darkening spread?
    pub spreading_redness: Answer<bool>,
    /// Is the skin hot or swollen, more than on the first day?
    pub heat_or_swelling: Answer<bool>,
    /// Is there pus, yellow crust, or a bad smell?
    pub pus: Answer<bool>,
    /// Do red or dark streaks run away from the place?
    pub streaks: Answer<bool>,
    /// Is there a fever (38 °C or more), shivering, or do you feel ill?
    pub fever: Answer<bool>,
    /// Does the pain rise after the second day?
    pub rising_pain: Answer<bool>,
    /// Are there blisters, cold sores or small punched-out sores?
    pub blisters: Answer<bool>,
    /// Is there an itchy rash of weals, also away from the place?
    pub hives: Answer<bool>,
    /// Is a piece of needle, or anything else, still in the skin?
    pub broken_needle: Answer<bool>,
    /// Are glands in the groin, armpit or neck swollen or sore?
    pub swollen_glands: Answer<bool>,
    /// Are skin or eyes yellow, or the urine dark?
    pub jaundice: Answer<bool>,
    /// Is a spot still open or weeping after the first week, or does it open again?
    pub open_sore: Answer<bool>,
    /// Does a scar rise, harden or itch?
    pub raised_scar: Answer<bool>,
    /// Have dark or pale marks stayed where the needles went in?
    pub colour_marks: Answer<bool>,
    /// Is the place numb, weak or tingling?
    pub numbness: Answer<bool>,
    /// Is there a red, scaly or itchy rash where a product was put on?
    pub itchy_rash: Answer<bool>,
}
