//! Predictions of results that are held out, to be frozen before anybody looks.
//!
//! A study is imagined in each world: as many people as it has, of its case, one draw of what nobody knows. What it
//! would report is taken over worlds, so that a prediction is a whole distribution and no number. Worlds come from the
//! committed posterior, which has seen none of these studies. Ratings are those of raters who know what was done.
//!
//! Only the inputs of `targets/outcomes.toml` are read. Counts that a prior was made of are not predicted. Limits: what
//! a study leaves open is drawn; when it looked is often not known, so that several moments are predicted; lasers,
//! plasma and scores of the quality of life are not simulated.

use needlework::case::{Answer, Case};
use needlework::cohort::{Cohort, Moment, PotentialOutcome, Question, Settings, VirtualPerson, simulate_cohort};
use needlework::numerics::{Continue, Progress, ascending, mean, quantile, uniforms};
use needlework::stria::Stage;
use needlework::units::{PERCENT, Time};
use needlework::verdict::Library;
use serde::{Deserialize, Serialize};

use crate::context::BLIND_CASES;
use crate::target::{self, FILES, RoomTarget, Use};

/// The format of a frozen prediction.
pub const BLIND_FORMAT: &str = "needlework-blind/1";

// numerical: the quantiles of a distribution that are kept
const QUANTILES: [f64; 7] = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95];

/// What is predicted of one study.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Blind {
    /// [`BLIND_FORMAT`].
    pub format: String,
    /// The target that is held out.
    pub target: String,
    /// What it is.
    pub what: String,
    /// The case that holds what is known of it.
    pub case: String,
    /// People of the arm.
    pub people: usize,
    /// Version of the engine.
    pub version: String,
    /// The commit that the engine was built from.
    pub commit: String,
    /// Where worlds come from.
    pub posterior: String,
    /// Seed.
    pub seed: u64,
    /// Worlds, with one study each.
    pub worlds: usize,
    /// The probabilities of the quantiles.
    pub probabilities: Vec<f64>,
    /// What the study would report.
    pub outputs: Vec<Predicted>,
}

/// The distribution of one number that a study would report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Predicted {
    /// What the number is.
    pub name: String,
    /// When, in words.
    pub at: String,
    /// Its unit.
    pub unit: String,
    /// What the ends of its scale mean, and who says it.
    pub scale: String,
    /// The mean over worlds.
    pub mean: f64,
    /// Its quantiles over worlds.
    pub quantiles: Vec<f64>,
}

/// Predicts every study that is held out and has a case.
///
/// # Errors
/// What cannot be read or computed, in words.
pub fn freeze(
    library: &Library,
    commit: &str,
    settings: &Settings,
    progress: &mut dyn FnMut(Progress) -> Continue,
) -> Result<Vec<Blind>, String> {
    let likelihood = needlework::likelihood(&library.book).map_err(|error| error.to_string())?;
    let targets = held_out()?;
    let mut frozen = Vec::new();
    for (done, target) in targets.iter().enumerate() {
        let name = target.word("case")?;
        let text = BLIND_CASES.iter().find(|(file, _)| *file == name);
        let (_, text) = text.ok_or_else(|| format!("there is no bundled case {name}"))?;
        let case = needlework::case::read(text, name, &library.catalog).map_err(|error| error.to_string())?;
        let people = people(target)?;
        let study = case.about.study.known();
        let counted = likelihood
            .data
            .iter()
            .any(|datum| !datum.weighs() && Some(&datum.row.study) == study);
        let own = Settings {
            people_per_world: people,
            ..*settings
        };
        let mut look = |case: &Case, moments: &[Moment]| {
            let question = Question {
                posterior: library.posterior.as_ref(),
                ..Question::new(case, &library.catalog, &library.book)
            };
            let mut onward = |part: Progress| {
                progress(Progress {
                    done: done * part.total + part.done,
                    total: targets.len() * part.total,
                })
            };
            simulate_cohort(&question, &own, moments, &mut onward).map_err(|error| error.to_string())
        };
        let cohort = look(&case, &MOMENTS.map(|(_, moment)| moment()))?;
        let mut outputs = of_course(&cohort, counted, settings.seed);
        for (numbed, words) in [(true, "with numbing cream"), (false, "without numbing cream")] {
            let mut case = case.clone();
            case.hygiene.numbing = Answer::Known(numbed);
            let cohort = look(&case, &[])?;
            let pain = of_studies(&cohort, |person| person.harms.pain);
            outputs.push(predicted("mean pain", words, ["points", PAIN], pain));
        }
        for (at, (words, _)) in MOMENTS.iter().enumerate() {
            outputs.extend(at_moment(&cohort, at, words, settings.seed));
        }
        frozen.push(Blind {
            format: BLIND_FORMAT.to_owned(),
            target: target.id.clone(),
            what: target.what.clone(),
            case: name.to_owned(),
            people,
            version: needlework::engine(commit).version,
            commit: commit.to_owned(),
            posterior: cohort.posterior.clone().unwrap_or_else(|| "prior".to_owned()),
            seed: settings.seed,
            worlds: settings.worlds,
            probabilities: QUANTILES.to_vec(),
            outputs,
        });
    }
    Ok(frozen)
}

/// The targets that are held out and have a case.
///
/// # Errors
/// What cannot be read, in words.
pub fn held_out() -> Result<Vec<RoomTarget>, String> {
    let mut found = Vec::new();
    for (page, text) in FILES {
        let own = target::read(page, text)?.into_iter();
        found.extend(own.filter(|target| target.used == Use::HoldOut && target.inputs.contains_key("case")));
    }
    Ok(found)
}

/// People of the needled arm: the first number of the input.
fn people(target: &RoomTarget) -> Result<usize, String> {
    let words = target.word("people")?;
    let number = words.split_whitespace().next().and_then(|word| word.parse().ok());
    number.ok_or_else(|| format!("{}: `{words}` begins with no number of people", target.id))
}

/// A moment that is predicted, in words and as the cohort takes it.
type At = (&'static str, fn() -> Moment);

/// When a study may have looked.
const MOMENTS: [At; 5] = [
    ("3 months after the first session", || {
        Moment::SinceFirst(Time::from_months(3.0))
    }),
    ("20 weeks after the first session", || {
        Moment::SinceFirst(Time::from_weeks(20.0))
    }),
    ("6 months after the first session", || {
        Moment::SinceFirst(Time::from_months(6.0))
    }),
    ("3 months after the last session", || {
        Moment::AfterLast(Time::from_months(3.0))
    }),
    ("6 months after the last session", || {
        Moment::AfterLast(Time::from_months(6.0))
    }),
];

const PAIN: &str = "0 none, 10 the worst; people say it of a session";
const RATED: &str = "0 as at the start, 100 gone; raters of photographs who know what was done";
const OWN: &str = "0 as at the start, 100 gone; severity of texture, width and colour, as measured without error";
const SHARE: &str = "0 nobody, 1 everybody of the study";

fn of_studies(cohort: &Cohort, value: impl Fn(&VirtualPerson) -> f64) -> Vec<f64> {
    let values: Vec<f64> = cohort.people.iter().map(value).collect();
    values.chunks(cohort.people_per_world).map(mean).collect()
}

fn predicted(name: &str, at: &str, [unit, scale]: [&str; 2], reports: Vec<f64>) -> Predicted {
    // numerical: digits that a reader could ask for
    const DIGITS: f64 = 1e4;
    let rounded = |value: f64| (value * DIGITS).round() / DIGITS;
    let average = mean(&reports);
    let sorted = ascending(reports);
    Predicted {
        name: name.to_owned(),
        at: at.to_owned(),
        unit: unit.to_owned(),
        scale: scale.to_owned(),
        mean: rounded(average),
        quantiles: QUANTILES.map(|p| rounded(quantile(&sorted, p))).to_vec(),
    }
}

/// What is reported of the whole course.
fn of_course(cohort: &Cohort, counted: bool, seed: u64) -> Vec<Predicted> {
    let course = "in the whole course";
    let mut found = vec![
        predicted(
            "mean days of redness",
            "after a session",
            ["days", "as long as it is seen"],
            of_studies(cohort, |person| person.harms.redness.seen.days()),
        ),
        predicted(
            "mean pain",
            "numbing as the study left it open",
            ["points", PAIN],
            of_studies(cohort, |person| person.harms.pain),
        ),
    ];
    if !counted {
        let chance = uniforms(seed, "blind.infection", cohort.people.len());
        let infected: Vec<f64> = cohort
            .people
            .iter()
            .zip(chance)
            .map(|(person, chance)| f64::from(u8::from(chance < person.harms.infection_counted)))
            .collect();
        let infected = infected.chunks(cohort.people_per_world).map(mean).collect();
        let dark = of_studies(cohort, |person| f64::from(u8::from(person.harms.dark)));
        found.push(predicted("share with dark marks", course, ["1", SHARE], dark));
        found.push(predicted("share with an infection", course, ["1", SHARE], infected));
    }
    found
}

/// What is reported at a moment.
fn at_moment(cohort: &Cohort, moment: usize, words: &str, seed: u64) -> Vec<Predicted> {
    // numerical: the usual quartiles of improvement
    const CLASSES: [(&str, f64, f64); 6] = [
        ("share rated below 25 %", f64::NEG_INFINITY, 25.0),
        ("share rated 25 to 50 %", 25.0, 50.0),
        ("share rated 50 to 75 %", 50.0, 75.0),
        ("share rated 75 % and above", 75.0, f64::INFINITY),
        ("share rated 50 % and above", 50.0, f64::INFINITY),
        ("share rated above 75 %", 75.0, f64::INFINITY),
    ];
    let graded = cohort.graded(moment, PotentialOutcome::Treated, seed);
    let studies: Vec<&[f64]> = graded.chunks(cohort.people_per_world).collect();
    let share = |low: f64, high: f64| {
        let of = |scores: &&[f64]| {
            scores.iter().filter(|&&score| (low..high).contains(&score)).count() as f64 / scores.len() as f64
        };
        studies.iter().map(of).collect::<Vec<_>>()
    };
    let mut found: Vec<Predicted> = CLASSES
        .iter()
        .map(|&(name, low, high)| predicted(name, words, ["1", SHARE], share(low, high)))
        .collect();
    let rated = studies.iter().map(|scores| mean(scores)).collect();
    found.push(predicted("mean rated improvement", words, ["points", RATED], rated));
    found.extend(red_against_pale(cohort, &graded, words));
    let own = |arm: PotentialOutcome| of_studies(cohort, |person| cohort.improvement(person, moment, arm));
    let (treated, untreated) = (own(PotentialOutcome::Treated), own(PotentialOutcome::Untreated));
    let apart = treated
        .iter()
        .zip(&untreated)
        .map(|(with, without)| with - without)
        .collect();
    found.push(predicted("mean change, treated", words, ["points", OWN], treated));
    found.push(predicted("mean change, untreated", words, ["points", OWN], untreated));
    found.push(predicted(
        "treated minus untreated, same people",
        words,
        ["points", OWN],
        apart,
    ));
    let tissue = |value: fn(&VirtualPerson, &Cohort, usize) -> f64| {
        of_studies(cohort, |person| PERCENT * value(person, cohort, moment))
    };
    let more = [
        "%",
        "0 as at rest, 100 twice as much; biopsies or instruments without error",
    ];
    found.push(predicted(
        "mean change of collagen of the upper dermis",
        words,
        more,
        tissue(|person, cohort, at| cohort.treated(person, at).papillary_gain),
    ));
    found.push(predicted(
        "mean change of the epidermis",
        words,
        more,
        tissue(|person, cohort, at| cohort.treated(person, at).epidermal_gain),
    ));
    found
}

/// The mean rating of red marks less that of pale ones, over the studies that have both.
fn red_against_pale(cohort: &Cohort, graded: &[f64], words: &str) -> Option<Predicted> {
    let people = cohort.people.chunks(cohort.people_per_world);
    let apart: Vec<f64> = people
        .zip(graded.chunks(cohort.people_per_world))
        .filter_map(|(people, scores)| {
            let of = |stage: Stage| {
                let own = people
                    .iter()
                    .zip(scores)
                    .filter(|(person, _)| person.person.mark.stage == stage);
                let own: Vec<f64> = own.map(|(_, score)| *score).collect();
                (!own.is_empty()).then(|| mean(&own))
            };
            Some(of(Stage::Rubra)? - of(Stage::Alba)?)
        })
        .collect();
    (!apart.is_empty()).then(|| {
        predicted(
            "mean rating of red less that of pale marks",
            words,
            ["points", RATED],
            apart,
        )
    })
}
