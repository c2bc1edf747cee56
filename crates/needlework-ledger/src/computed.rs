//! One number or finding that the engine computed for a claim, with its range, its reach and the command that computes
//! it again.

use schemars::JsonSchema;
use serde::Serialize;

use needlework_verdict::ReachLevel;

/// One number or finding that was computed in this run.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Computed {
    /// What it is.
    pub what: String,
    /// The unit of the numbers; empty where the finding is words.
    pub unit: String,
    /// Mean or median; null where the finding is words, and where nobody has counted.
    pub value: Option<f64>,
    /// Low end, 5 %.
    pub low: Option<f64>,
    /// High end, 95 %.
    pub high: Option<f64>,
    /// What the number is and what its range spans, such as `mean, range over worlds`, or why it has none; empty for
    /// words.
    pub kind: String,
    /// The finding in words, where it is not a number.
    pub said: Option<String>,
    /// Whether case and month lie within what the evidence reaches.
    pub reach: ReachLevel,
    /// The command that computes it.
    pub command: String,
}
