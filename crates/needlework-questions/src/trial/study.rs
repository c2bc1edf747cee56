//! A study as its file says it: what is done in which arms, to whom, who rates it when, who drops out, how it is
//! tested.
//!
//! ```toml
//! format = "needlework-study/1"
//! title = "One side of the belly needled, the other not"
//! design = "split_body"                    # or single_arm, parallel
//! people = 20                              # in each arm; in a split body, people
//! analysis = "paired_t"
//! visits = [{ after_last = "6 month" }]    # the last one is tested
//! outcome = { kind = "graded_mean" }
//!
//! [[arm]]
//! name = "four sessions"
//! case = "../clinic-abdomen-alba.toml"     # from the folder of the study
//! set = { "regimen.sessions" = 4 }
//!
//! [[arm]]
//! name = "the other side"
//! case = "nothing"
//! ```
//!
//! What is left out has the value that a plain trial has; each says it at its field. Limits: sites do not vary between
//! the people of an arm; what raters see is one number, so no panel of scales.

use needlework_case::{Fitzpatrick, Stage};
use needlework_units::Time;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The format of a study file.
pub const STUDY_FORMAT: &str = "needlework-study/1";

/// The arm in which nothing is done to the people of the first arm.
pub const NOTHING_ARM: &str = "nothing";

/// A study as its file says it.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StudyFile {
    /// [`STUDY_FORMAT`].
    pub format: String,
    /// A title for people.
    pub title: String,
    /// Whether there is one group, two groups, or two sides of each person.
    pub design: StudyDesign,
    /// People of each arm who begin; in a split body people, each of whom is in both arms.
    pub people: u32,
    /// How the outcome is tested.
    pub analysis: Analysis,
    /// What is looked at.
    pub outcome: Outcome,
    /// When people are looked at, in any order; the last in the list is tested. Left out: half a year after the last
    /// session.
    #[serde(default = "half_a_year")]
    pub visits: Vec<Visit>,
    /// The arms; the first against the second.
    pub arm: Vec<ArmFile>,
    /// Size of the test. Left out: 0.05.
    #[serde(default = "usual_alpha")]
    pub alpha: f64,
    /// Which outcomes speak against "nothing differs". Left out: both.
    #[serde(default)]
    pub sides: StudySides,
    /// What one group is tested against, in the unit of the outcome. Left out: 0.
    #[serde(default)]
    pub against: f64,
    /// The effect that would matter, in the unit of the outcome: power is told given it. Left out: 25 points of a mean
    /// grade, 0.25 of a share or a change.
    #[serde(default)]
    pub target: Option<f64>,
    /// Who rates.
    #[serde(default)]
    pub raters: Raters,
    /// Who leaves before the last visit.
    #[serde(default)]
    pub dropout: Dropout,
    /// Who may take part, where it is more than the case of an arm says.
    #[serde(default)]
    pub inclusion: Inclusion,
    /// Key of the passport with what was published of the first arm, in the unit of the outcome.
    #[serde(default)]
    pub published: Option<String>,
    /// What a reader should know.
    #[serde(default)]
    pub note: String,
}

fn half_a_year() -> Vec<Visit> {
    const MONTHS: f64 = 6.0; // numerical: the moment at which the other commands judge a gain
    vec![Visit::AfterLast(Time::from_months(MONTHS))]
}

fn usual_alpha() -> f64 {
    // numerical: the size of a test by custom
    const ALPHA: f64 = 0.05;
    ALPHA
}

/// How people are divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StudyDesign {
    /// One group, before and after.
    SingleArm,
    /// Two groups of different people.
    Parallel,
    /// Two sides of the same people.
    SplitBody,
}

/// A test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Analysis {
    /// t test of each person's value, or of the difference of two sides.
    PairedT,
    /// Wilcoxon's signed ranks of the same.
    Wilcoxon,
    /// Welch's t test of two groups.
    TwoSampleT,
    /// Exact binomial test of a share against a fixed one.
    ExactBinomial,
    /// Fisher's exact test of two groups.
    Fisher,
    /// McNemar's exact test of two sides.
    Mcnemar,
    /// Score test of proportional odds of two groups in ordered classes.
    ProportionalOdds,
}

/// Which outcomes speak against "nothing differs".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StudySides {
    /// More and less.
    #[default]
    Both,
    /// More in the first arm.
    More,
    /// Less in the first arm.
    Less,
}

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Outcome {
    /// Mean of graded improvements, points.
    GradedMean,
    /// People graded above so many points.
    GradedAbove {
        /// The cut, points.
        cut: f64,
    },
    /// People in the four quarters of improvement.
    GradedClasses,
    /// People with dark marks in the course.
    DarkMarks,
    /// Relative change of the collagen of the papillary dermis, in biopsies before and after.
    PapillaryCollagen {
        /// Coefficient of variation of one biopsy.
        variation: f64,
    },
    /// Relative change of the thickness of the epidermis, in biopsies before and after.
    Epidermis {
        /// Coefficient of variation of one biopsy.
        variation: f64,
    },
    /// Relative change of the width of marks.
    Width {
        /// Coefficient of variation of one measurement.
        variation: f64,
    },
}

/// When people are looked at; one of the two.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Visit {
    /// Counted from the first session.
    SinceFirst(Time),
    /// Counted from the last session.
    AfterLast(Time),
}

/// One arm.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ArmFile {
    /// Its name for people.
    pub name: String,
    /// A case file, from the folder of the study; or `nothing`: the people of the first arm, without any session.
    pub case: String,
    /// Fields of the case that are set anew, by their paths.
    #[serde(default)]
    #[schemars(with = "std::collections::BTreeMap<String, serde_json::Value>")]
    pub set: toml::Table,
    /// Numbers of sessions that people have in turn. Left out: that of the case.
    #[serde(default)]
    pub sessions: Vec<u32>,
}

/// Who rates.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Raters {
    /// How many raters, whose mean is the grade.
    pub count: u32,
    /// Share of the variance of such a grade by two raters on which they agree (intraclass correlation). Left out: each
    /// world has its own.
    pub agreement: Option<f64>,
    /// Whether they do not know what was done: then they hope for every arm alike.
    pub blinded: bool,
    /// Whether they over-read, as those of uncontrolled studies do.
    pub optimism: bool,
}

impl Default for Raters {
    fn default() -> Self {
        Self {
            count: 2,
            agreement: None,
            blinded: true,
            optimism: true,
        }
    }
}

/// Who leaves before the last visit.
#[derive(Debug, Clone, Copy, PartialEq, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Dropout {
    /// Share of people who leave.
    pub share: f64,
    /// By how much the log odds of leaving rise for each standard deviation that somebody gains less than the others;
    /// 0 is at random.
    pub informative: f64,
}

/// Who may take part. What is left out is as the case of each arm says.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Inclusion {
    /// The youngest and the oldest; ages between are equally likely.
    pub ages: Option<[Time; 2]>,
    /// Skin types, equally likely.
    pub skin_types: Vec<Fitzpatrick>,
    /// Stages of marks, equally likely.
    pub stages: Vec<Stage>,
}
