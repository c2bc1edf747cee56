//! The person who is treated, as far as skin and healing differ by it.

use needlework_units::{Angle, BodyMassIndex, Time};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Answer;

/// The person. A date of birth is never asked for.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Person {
    /// How old are you?
    pub age: Answer<Time>,
    /// Which sex was noted at birth? (skin differs in thickness and healing)
    pub sex: Answer<Sex>,
    /// How does your skin burn and tan? (Fitzpatrick type, I always burns … VI deeply pigmented)
    pub fitzpatrick: Answer<Fitzpatrick>,
    /// What is the measured individual typology angle of the skin, if a device has measured it?
    pub ita: Answer<Angle>,
    /// What is your body mass index?
    pub bmi: Answer<BodyMassIndex>,
    /// Do you smoke?
    pub smoking: Answer<Smoking>,
    /// Do you eat enough, and varied?
    pub diet: Answer<Diet>,
    /// Is your weight still changing, or are you still growing or gaining muscle fast?
    pub weight_changing: Answer<bool>,
}

/// Sex as noted at birth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
}

/// Fitzpatrick's skin type: how skin burns and tans. It is a questionnaire, not a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub enum Fitzpatrick {
    /// Always burns, never tans.
    I,
    /// Burns easily, tans little.
    II,
    /// Burns at times, tans.
    III,
    /// Burns little, tans well.
    IV,
    /// Rarely burns, brown.
    V,
    /// Never burns, deeply pigmented.
    VI,
}

/// Smoking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Smoking {
    /// Never smoked.
    Never,
    /// Stopped.
    Former,
    /// Smokes now.
    Current,
}

/// Diet, as far as evidence on healing tells it apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Diet {
    /// Enough and varied.
    Adequate,
    /// Eats much more healthily than most; no effect on this outcome has been shown.
    Healthy,
    /// Too little energy or protein.
    Undernourished,
}
