//! The answer as data: everything that a report, a table or a program shows, in one documented, versioned value.
//!
//! Months count from the first session. Improvement is in percent of one's own severity at the start: classes are worse
//! (below −10), none (−10 to 25), some (25 to 50), clear (50 to 75), strong (above 75). Shares and probabilities are
//! fractions of one. Every interval is 5–95 %.

use schemars::JsonSchema;
use serde::Serialize;

use crate::first_screen::FirstScreen;
use crate::information::Information;
use crate::own_weights::OwnWeights;
use needlework_rules::Essential;

/// The version of the report format that this build writes.
pub const REPORT_FORMAT: &str = "needlework-report/1";

/// The sentence that every export carries.
pub const INTENDED_USE: &str = "Needlework is research and education software, not a medical device. It does not say \
    that needling is safe for you; it says which rules stop a plan, or that none does, and what the evidence allows to \
    be expected.";

/// The banner of an engine that has not been calibrated.
pub const NOT_CALIBRATED: &str = "Not yet calibrated: a prior forecast. Its gain was fitted to no outcome of needling; \
    dark marks, infections, scars over bone, redness and the thickening of the epidermis rest on what studies of \
    needling counted.";

/// The name of the priors, where a posterior would stand.
pub const PRIOR: &str = "prior";

/// Who reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// A careful layperson: a stopped plan shows no forecast.
    Lay,
    /// A researcher: everything that can be computed, flagged.
    Research,
}

/// The whole answer to one case.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Report {
    /// [`REPORT_FORMAT`].
    pub format: String,
    /// [`INTENDED_USE`].
    pub intended_use: String,
    /// A warning that applies to all numbers ([`crate::banner()`]).
    pub banner: Option<String>,
    /// What computed this.
    pub engine: Engine,
    /// Who reads.
    pub reading: Reading,
    /// A title for people.
    pub title: String,
    /// The case as read, without missing answers.
    pub case: serde_json::Value,
    /// Seed of all random numbers.
    pub seed: u64,
    /// Virtual people asked for.
    pub people: usize,
    /// Worlds (draws of what is not known); `people` are spread evenly over them. Zero where nothing was simulated.
    pub worlds: usize,
    /// Safety and benefit.
    pub verdict: Verdict,
    /// Whether the plan lies within the evidence.
    pub reach: Reach,
    /// How sure the forecast is: `low`, `very low` or `none`.
    pub certainty: Certainty,
    /// What happens to people like this; null for a stopped or out-of-reach plan in the lay reading.
    pub forecast: Option<Forecast>,
    /// Share who gain at least 25 points more than their own untreated twin.
    pub gain25: Option<Gain>,
    /// Harms as natural frequencies. Empty where nothing was simulated.
    pub risks: Vec<Risk>,
    /// Pain, redness, downtime, cost.
    pub burden: Option<Burden>,
    /// Where the needles go.
    pub puncture: Option<Puncture>,
    /// Colours of skin and mark, simulated.
    pub swatches: Vec<Swatch>,
    /// How a reduced colour model stands to the full one, for the cohort's colour numbers.
    pub colour: Option<ColourSummary>,
    /// Which inputs explain the spread of the answer.
    pub sensitivity: Option<Vec<Driver>>,
    /// Why it is not known which inputs explain it; null where `sensitivity` stands or nothing was asked.
    pub sensitivity_note: Option<String>,
    /// For researchers: what of the doubt would go once something is known or a study is made. Null for laypeople, and
    /// of few worlds.
    pub information: Option<Information>,
    /// What to do before, during and after, for a plan that no rule stops.
    pub checklist: Vec<ChecklistItem>,
    /// Published results of the same plan beside what is computed, for a case that is a published study.
    pub against_published: Vec<Comparison>,
    /// For researchers: what a published circuit of scarring says of the plan's rhythm. Null for laypeople, and for
    /// less than two sessions.
    pub rhythm: Option<Rhythm>,
    /// The data of every figure that is not above.
    pub figures: Figures,
    /// Where rules and numbers come from.
    pub sources: Vec<SourceLine>,
    /// Every number that the chain and the verdict took, with its passport in brief. Empty where nothing was simulated.
    pub numbers: Vec<NumberLine>,
}

/// The engine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Engine {
    /// Version of the software.
    pub version: String,
    /// Commit it was built from, where known.
    pub commit: String,
    /// Which posterior worlds come from; [`PRIOR`] where no result has weighed them.
    pub posterior: String,
}

impl Default for Engine {
    /// This version, built from a commit that nobody stated.
    fn default() -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            commit: "none".to_owned(),
            posterior: PRIOR.to_owned(),
        }
    }
}

/// Safety and benefit, never mixed into one number.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Verdict {
    /// What everybody reads first; every view shows it, and nothing of it in other words.
    pub first: FirstScreen,
    /// Whether a rule stops the plan.
    pub safety: Safety,
    /// See a doctor today.
    pub urgent: bool,
    /// Distress was named: show help, not a plan.
    pub distress: bool,
    /// The person is under age: the simulator stops kindly.
    pub minor: bool,
    /// The one question to a doctor or pharmacist of a referred plan.
    pub question: Option<String>,
    /// The study's own screening was trusted for what the case leaves out.
    pub screened_by_study: bool,
    /// The rules that fired, most severe first.
    pub rules: Vec<FiredRule>,
    /// What is still open.
    pub questions: Vec<OpenQuestion>,
    /// Whether it helps.
    pub benefit: Benefit,
    /// Why the benefit reads so, in one sentence.
    pub benefit_reason: String,
    /// One sentence that opens every view of the answer.
    pub headline: String,
    /// A few plain sentences: what was found, what may be expected, how sure. The first is not the headline again.
    pub summary: Vec<String>,
    /// What one can do instead, or next.
    pub instead: Vec<String>,
    /// What to watch for if it has already been done. Empty where help comes first.
    pub danger_signs: Vec<Essential>,
    /// What was not checked.
    pub unchecked: Vec<String>,
    /// What to ask the clinic, the most important first, five at most: what a patient can't know. Empty at home.
    pub ask_clinic: Vec<String>,
    /// The plan is a cream or a laser, which nothing here judges.
    pub not_judged: bool,
}

impl Verdict {
    /// The rules that stop the plan at the verdict's own severity; none where nothing stops it.
    #[must_use]
    pub fn stopping(&self) -> Vec<&FiredRule> {
        let due = |rule: &&FiredRule| self.safety.is_due_to(&rule.severity);
        self.rules.iter().filter(due).collect()
    }
}

/// Safety.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Safety {
    /// No rule stops it; do these things.
    Caution,
    /// See a doctor first.
    Refer,
    /// A rule stops this plan.
    Refuse,
}

impl Safety {
    /// Whether a rule of a severity, as it is written in a report, is among what stops a plan with this verdict.
    #[must_use]
    pub fn is_due_to(self, severity: &str) -> bool {
        let safety = match self {
            Self::Caution => needlework_rules::Safety::Caution,
            Self::Refer => needlework_rules::Safety::Refer,
            Self::Refuse => needlework_rules::Safety::Refuse,
        };
        let word = serde_json::Value::String(severity.to_owned());
        serde_json::from_value(word).is_ok_and(|severity| safety.is_due_to(severity))
    }
}

/// Benefit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Benefit {
    /// More likely than not, shown by a controlled, blinded trial.
    Likely,
    /// Not excluded.
    Possible,
    /// Excluded for most.
    Unlikely,
    /// Outside the evidence, or not shown.
    Unknown,
}

/// How sure the forecast is. It is never better than low.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// In clinic, at least 1 mm, up to six months.
    Low,
    /// Beyond.
    VeryLow,
    /// Nobody has tested it.
    None,
}

/// A rule that fired.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FiredRule {
    /// Its id, such as `R25a`.
    pub id: String,
    /// `info`, `caution`, `refer`, `refuse` or `urgent`.
    pub severity: String,
    /// Why, in plain words.
    pub reason: String,
    /// What to do instead, where the rule says.
    pub instead: Option<String>,
    /// Source keys.
    pub source: Vec<String>,
    /// Grade of the evidence.
    pub grade: String,
}

/// A question whose answer could change the verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OpenQuestion {
    /// The field of the case that answers it.
    pub field: String,
    /// The question.
    pub text: String,
    /// Whether a wrong guess could do serious harm.
    pub serious: bool,
    /// The rules that it decides.
    pub rules: Vec<String>,
}

/// Whether the plan lies within the evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Reach {
    /// How far in or out.
    pub level: ReachLevel,
    /// Why, in plain words.
    pub reasons: Vec<String>,
}

/// How far a plan lies within the evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReachLevel {
    /// People like this have been studied.
    Inside,
    /// Neighbours have been studied; numbers are extrapolated.
    Edge,
    /// Nobody like this has been studied.
    Outside,
}

/// A mean with its 5–95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, JsonSchema)]
pub struct Range {
    /// Mean.
    pub mean: f64,
    /// 5 % bound.
    pub low: f64,
    /// 95 % bound.
    pub high: f64,
}

/// Five percentiles over people and worlds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Percentiles {
    /// 5 %.
    pub p5: f64,
    /// 25 %.
    pub p25: f64,
    /// Median.
    pub p50: f64,
    /// 75 %.
    pub p75: f64,
    /// 95 %.
    pub p95: f64,
}

/// What happens to people like this.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Forecast {
    /// Months since the first session of each entry below.
    pub months: Vec<f64>,
    /// With the plan.
    pub treated: Vec<Outcome>,
    /// The same people doing nothing.
    pub untreated: Vec<Outcome>,
    /// The plan under each law of lasting benefit.
    pub by_hypothesis: Vec<Hypothesis>,
    /// Which of the months an answer leads with: the one nearest to when the gain is judged.
    pub lead: usize,
    /// How much people gain over doing nothing at that month.
    pub gains: Gains,
    /// What the forecast hangs on most; null for worlds from the priors, and where it hangs on it little.
    #[serde(default)]
    pub hinge: Option<Hinge>,
    /// Share with the plan who look worse than at the start at each month and would not without a dark mark.
    #[serde(default)]
    pub worse_for_dark_marks: Vec<Range>,
    /// Share with the plan who look worse than at the start at each month and would not without redness after the last
    /// session.
    #[serde(default)]
    pub worse_for_redness: Vec<Range>,
    /// Whether the untreated marks stand still by assumption: nobody has measured that pale marks change by themselves.
    #[serde(default)]
    pub untreated_by_assumption: bool,
    /// What counts how much in improvement where the case says it; null where the usual weights count.
    #[serde(default)]
    pub own_weights: Option<OwnWeights>,
    /// Some of it lies outside the evidence.
    pub extrapolated: bool,
    /// Standard error of the shares from drawing finitely many people.
    pub sampling_error: f64,
}

/// Shares of people by improvement, and the distribution of severity (1 = as at the start).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Outcome {
    /// Improvement below −10 %.
    pub worse: Range,
    /// −10 to 25 %.
    pub none: Range,
    /// 25 to 50 %.
    pub some: Range,
    /// 50 to 75 %.
    pub clear: Range,
    /// Above 75 %.
    pub strong: Range,
    /// Severity relative to the start.
    pub severity: Percentiles,
}

/// The plan under one law of lasting benefit.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Hypothesis {
    /// `relapse`, `persistence` or `two_states`.
    pub name: String,
    /// What it says, in plain words.
    pub label: String,
    /// Its mean weight.
    pub weight: f64,
    /// Outcomes at the forecast's months.
    pub treated: Vec<Outcome>,
}

/// How many points people gain over their own untreated twin: no change is 0 points, marks that are gone are 100.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, JsonSchema)]
pub struct Gains {
    /// The mean of people; its range is what the mean may be as far as anybody knows.
    pub mean: Range,
    /// Half of the people gain more.
    pub half: f64,
    /// One person of ten gains more.
    pub tenth: f64,
    /// Gains of one person, from the least to the most, each as likely as any other.
    #[serde(default)]
    pub alike: [f64; 20],
}

/// How a forecast hangs on what nobody has measured: by how much raters of uncontrolled studies over-read. A range of
/// beliefs, not of chance.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Hinge {
    /// Points below which it lies in the third of the worlds where raters over-read least.
    pub below: f64,
    /// Points above which it lies in the third where they do most.
    pub above: f64,
    /// Share with the plan who see little or no change in the one third and in the other, at the month of the answer.
    pub little: [f64; 2],
}

/// Share who gain at least 25 points more than their own untreated twin.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Gain {
    /// Months after the last session.
    pub month_after_last: f64,
    /// The same in months after the first session; null where the case leaves open how long the plan is.
    pub month: Option<f64>,
    /// The share.
    pub share: Range,
}

/// One harm.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Risk {
    /// Short name: `infection`, `dark_marks`, `scar`, …
    pub name: String,
    /// A title for people.
    pub title: String,
    /// Courses like this out of 1,000. Where `reported` stands it is the empty bound, 0 to 1,000, and says nothing.
    pub per_1000: Frequency,
    /// Whether anybody has counted it in people like this.
    pub counted: bool,
    /// Where the number comes from, in plain words.
    pub note: String,
    /// What the number was compared with, or that it never was, in plain words.
    pub validated: String,
    /// What is known instead of a number: reported, never counted. Missing where there is a number or a range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reported: Option<Reported>,
}

impl Risk {
    /// Whether there is a number, or at least a range.
    #[must_use]
    pub fn has_number(&self) -> bool {
        self.reported.is_none()
    }
}

/// A harm that was reported and never counted.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Reported {
    /// Patients that were reported.
    pub patients: u32,
    /// Papers that report them.
    pub studies: u32,
    /// With which products most of them came.
    pub products: Vec<String>,
    /// Months that the first of them lasted at least.
    pub months: f64,
    /// Whether this plan puts a product that is not sterile onto fresh channels, as most of them did.
    pub this_plan: bool,
}

/// The denominator of every [`Frequency`]: that many courses.
// numerical: one for all, since people compare frequencies of one denominator only
pub const COURSES: f64 = 1000.0;

/// Of 1,000 courses.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Frequency {
    /// Point estimate; null where nobody has counted.
    pub mean: Option<f64>,
    /// Plausible range, low end.
    pub low: f64,
    /// Plausible range, high end.
    pub high: f64,
}

/// What a course asks of a person.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Burden {
    /// Pain of a session on a scale of 0 (none) to 10 (worst imaginable).
    pub pain: Percentiles,
    /// The pain of the middle person in a word: `none`, `barely felt`, `mild`, `moderate` or `severe`.
    pub pain_word: String,
    /// Days of redness after one session.
    pub redness_days: Percentiles,
    /// How redness looks at times after one session, from the start on.
    pub redness_look: Vec<RednessLook>,
    /// Days after one session before one would go out.
    pub downtime_days: Percentiles,
    /// Cost of the course and what it assumes.
    pub cost: Cost,
    /// The same beside courses of other kinds.
    pub prices: Vec<Price>,
    /// Bleeding in a session, in words, with the shares behind it.
    pub bleeding: Bleeding,
    /// How each was validated, or that it never was.
    pub validated: Tested,
}

/// How what a course asks was validated, in words, or that it never was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Tested {
    /// Pain.
    pub pain: String,
    /// Redness.
    pub redness: String,
    /// Bleeding.
    pub bleeding: String,
}

/// Redness at a time after a session.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RednessLook {
    /// Hours since the session.
    pub hours: f64,
    /// Share of people in whom it is still noticed.
    pub seen_share: Range,
    /// How much redder the needled skin is than before, where skin is light: the difference in a* of the CIE's colour
    /// space, over all people.
    pub delta_a: Percentiles,
    /// Simulated colour of the needled skin in the middle person as `#rrggbb`: the skin of the swatches with as much
    /// more blood in its upper dermis as makes light skin redder by the middle of `delta_a`. Null where no colours are
    /// computed.
    pub srgb: Option<String>,
}

/// Cost of a course.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Cost {
    /// In euros.
    pub euros: Range,
    /// Whether the prices are assumed; otherwise the case states them.
    pub assumed: bool,
    /// Which prices were assumed, in words.
    pub note: String,
}

/// Cost of a course of one kind, for a comparison of costs alone.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Price {
    /// `needling`, `laser` or `cream`.
    pub name: String,
    /// A name for people.
    pub label: String,
    /// In euros.
    pub euros: Range,
    /// Where the price comes from, in words.
    pub note: String,
}

/// Bleeding.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Bleeding {
    /// Share of holes that cut at least one small vessel and bleed, at least as pinpoints.
    pub pinpoint_share: Range,
    /// Share of holes that cut a vessel of the plexus below and bleed more than a pinpoint.
    pub more_share: Range,
    /// Small vessels that are cut in a square centimetre.
    pub cuts_per_cm2: Range,
}

/// Where the needles go.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Puncture {
    /// Holes per square centimetre in one session.
    pub holes_per_cm2: Range,
    /// Depth below the surface, µm, over needles, people and worlds.
    pub depth_um: Percentiles,
    /// Share of needles that reach the dermis.
    pub reaches_dermis: Range,
    /// Share of needles that reach the reticular dermis.
    pub reaches_reticular: Range,
    /// Share of the dermis just below the epidermis that one session injures (with its halo).
    pub injured_fraction: Range,
    /// Hours until the channels are closed to germs.
    pub open_window_hours: Percentiles,
    /// Histogram of depth.
    pub histogram: Histogram,
    /// Layers, from the surface down, at median thickness.
    pub layers: Vec<Layer>,
    /// A slice of skin to scale.
    pub slice: Slice,
    /// The holes of one square centimetre.
    pub hole_map: HoleMap,
}

/// A slice of skin after one session, seen from the side: the skin around at the left, the mark at the right.
/// Simulated.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Slice {
    /// Width, µm.
    pub width_um: f64,
    /// Thickness along the line of sight, µm; all channels within it are drawn.
    pub thickness_um: f64,
    /// Where the mark begins, µm from the left.
    pub mark_from_um: f64,
    /// Lower end of the mark's dermis below the surface at its median, µm.
    pub mark_bottom_um: f64,
    /// The channels.
    pub channels: Vec<Channel>,
}

/// The channel of one needle: a cylinder from the surface to the shoulder, a cone from there to the tip.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Channel {
    /// Its axis, µm from the left.
    pub x_um: f64,
    /// Depth of the tip below the surface, µm.
    pub depth_um: f64,
    /// Depth at which the cone begins, µm.
    pub shoulder_um: f64,
    /// Radius at the surface, µm.
    pub radius_um: f64,
    /// Radius at the tip, µm.
    pub tip_radius_um: f64,
}

/// The holes of a square of skin after one session, seen from above, placed at random. Simulated.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct HoleMap {
    /// Side of the square, µm.
    pub side_um: f64,
    /// Median radius of a hole at the surface, µm.
    pub radius_um: f64,
    /// Places, mm from the left and from the top.
    pub holes_mm: Vec<[f64; 2]>,
    /// Holes that were left out because they could not be told apart.
    pub not_drawn: usize,
}

/// A histogram.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Histogram {
    /// Edges of the bins, µm; one more than shares.
    pub edges_um: Vec<f64>,
    /// Share of needles in each bin.
    pub share: Vec<f64>,
}

/// A layer of the skin.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Layer {
    /// Name for people.
    pub name: String,
    /// Upper boundary below the surface, µm.
    pub from_um: f64,
    /// Lower boundary, µm.
    pub to_um: f64,
}

impl Layer {
    /// The layers that a needle goes through, from the lower boundary of each below the surface, µm.
    #[must_use]
    pub fn of_skin(epidermis_um: f64, reticular_um: f64, bottom_um: f64) -> Vec<Self> {
        let layer = |name: &str, from_um, to_um| Self {
            name: name.to_owned(),
            from_um,
            to_um,
        };
        vec![
            layer("epidermis", 0.0, epidermis_um),
            layer("upper dermis", epidermis_um, reticular_um),
            layer("lower dermis", reticular_um, bottom_um),
        ]
    }
}

/// A simulated colour.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Swatch {
    /// `skin` or `mark`.
    pub part: String,
    /// `before`, `treated` or `untreated`.
    pub arm: String,
    /// Months since the first session.
    pub month: f64,
    /// Percentile of improvement that it shows, 5, 50 or 95; null for the skin.
    pub percentile: Option<f64>,
    /// CIE L*a*b*, D65, 2°.
    pub lab: [f64; 3],
    /// sRGB as `#rrggbb`.
    pub srgb: String,
    /// Colour difference to the skin around, ΔE*76.
    pub delta_e: f64,
    /// Redness difference to the skin around, Δa*.
    pub delta_a: f64,
}

/// Colour contrast of the cohort.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct ColourSummary {
    /// Contrast of mark to skin before, ΔE*76.
    pub before: Percentiles,
    /// Contrast at the last forecast month, treated.
    pub treated: Percentiles,
    /// Contrast at the last forecast month, untreated.
    pub untreated: Percentiles,
    /// Root mean square error of the reduced model against the full one, ΔE*76.
    pub model_rms_error: f64,
    /// Largest error seen, ΔE*76.
    pub model_max_error: f64,
}

/// An input and how much of the answer's variance it explains.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Driver {
    /// Passport key, or `people` for the differences between people of one world.
    pub parameter: String,
    /// A name for people.
    pub label: String,
    /// Share of variance.
    pub share: f64,
    /// Its standard error.
    pub standard_error: f64,
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ChecklistItem {
    /// `before`, `skin`, `session`, `after`, `first_day`, `first_days`, `later` or `stop`.
    pub when: String,
    /// What to do.
    pub text: String,
    /// Rules and sources behind it.
    pub because: Vec<String>,
}

/// A published result beside what is computed.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Comparison {
    /// The study.
    pub study: String,
    /// What was measured.
    pub outcome: String,
    /// What the study reports.
    pub published: f64,
    /// What the engine predicts for such a study, with the 5–95 % predictive interval.
    pub predicted: Range,
    /// Whether the interval covers the published value; a hit only where no input was made with the study in view.
    pub covers: bool,
    /// Which use the published value has.
    pub used: String,
    /// The key of an input that was made with the study in view, so that it is no success when the interval covers the
    /// published value; none where there is no such input.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_back: Option<String>,
}

/// How long inflammation may last in each session of a plan before a published circuit of macrophages and
/// myofibroblasts ends in fibrosis. Generic tissue, not fitted to skin or needles: to think with, never advice.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Rhythm {
    /// Sessions of the plan.
    pub sessions: u32,
    /// Days from one to the next.
    pub interval_days: f64,
    /// Days that the circuit's inflammation may last in each of them.
    pub longest_days: f64,
    /// Days that it may last in a single one.
    pub single_days: f64,
    /// Its source.
    pub source: String,
}

/// Data of figures.
#[derive(Debug, Clone, PartialEq, Default, Serialize, JsonSchema)]
pub struct Figures {
    /// Months of the curves.
    pub months: Vec<f64>,
    /// Months of the sessions.
    pub sessions: Vec<f64>,
    /// Improvement, percent of one's own start, treated, at each month.
    pub improvement_treated: Vec<Percentiles>,
    /// The same people untreated.
    pub improvement_untreated: Vec<Percentiles>,
    /// Median improvement, treated, under each law, in the order of `forecast.by_hypothesis`.
    pub improvement_by_hypothesis: Vec<Vec<f64>>,
}

/// A source that the answer leans on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SourceLine {
    /// Its key.
    pub key: String,
    /// Title.
    pub title: String,
    /// Year; zero where unknown.
    pub year: u16,
    /// DOI or address.
    pub link: Option<String>,
}

/// A number with its passport in brief; `needlework evidence KEY` shows all of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct NumberLine {
    /// Its key.
    pub key: String,
    /// What it is, for people; may be empty.
    pub label: String,
    /// Its value with the unit.
    pub value: String,
    /// How far it varies or is uncertain, in words; may be empty.
    pub spread: String,
    /// How it was seen: full text, abstract, registry, quoted, derived or assumed.
    pub seen: String,
    /// Where it comes from.
    pub source: SourceLine,
}
