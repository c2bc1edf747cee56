//! What knowing more would change, as data: of single unknowns, and of studies that one could make.

use schemars::JsonSchema;
use serde::Serialize;

/// What knowing more would change, by a regression over worlds.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Information {
    /// People of each study.
    pub people: u32,
    /// Average gain over doing nothing from which somebody would have the plan, points.
    pub taken_from: f64,
    /// Standard deviation over worlds of the average gain, points.
    pub sd: f64,
    /// What knowing all would be worth, points of gain.
    pub worth_of_all: f64,
    /// Single unknowns, the one that leaves least doubt first.
    pub unknowns: Vec<Knowing>,
    /// Studies: `single_arm`, `split_body` and `measured`, the one that leaves least doubt first.
    pub studies: Vec<Knowing>,
}

/// What is left of the doubt once one thing is known.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Knowing {
    /// Passport key, `healing.law`, or name of the study.
    pub name: String,
    /// What it is, for people.
    pub label: String,
    /// Standard deviation of the average gain that is left, points.
    pub sd_left: f64,
    /// What it is worth, points of gain: at least, and at most.
    pub worth: [f64; 2],
}
