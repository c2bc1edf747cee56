//! Creams on needled skin: what they do through open channels, until when they have to wait, and what that does to the
//! forecast.
//!
//! What a product does stands in `evidence/creams.toml`. Until when it has to wait follows from the safety rules: the
//! case is screened with the product put on ever later, and the wait ends where no rule fires any more that does not
//! fire without the product. How much of its molecule passes is computed for the case's people. More in the skin is not
//! more benefit: the effect on the forecast is unknown unless a trial compared needling with and without.

use std::fmt;

use needlework_case::{Answer, Case, Lapse, Product, Topical};
use needlework_cohort::{CohortError, Moment, Passage, Question, molecules, pass, passages, simulate_cohort};
use needlework_evidence::BookError;
use needlework_numerics::{Continue, Interrupted, Progress, median_and_ends};
use needlework_rules::{Facts, RuleSeverity, Screening, screen};
use needlework_units::{Length, Time};
use needlework_verdict::{Inquiry, Library, Reading};
use schemars::JsonSchema;
use serde::Serialize;

/// The format of the table.
pub const CREAMS_FORMAT: &str = "needlework-creams/1";

/// A median with its 5–95 % over people and what is not known.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Spread")]
pub struct MedianRange {
    /// The median.
    pub median: f64,
    /// Of a hundred, five lie below.
    pub low: f64,
    /// Of a hundred, five lie above.
    pub high: f64,
}

impl MedianRange {
    fn of(values: &[f64]) -> Self {
        let [low, median, high] = median_and_ends(values);
        Self { median, low, high }
    }
}

/// How long a product has to wait.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Wait {
    /// No rule stops it at any time.
    None,
    /// A rule stops it before that many hours after the session.
    Hours {
        /// Hours after the session.
        hours: f64,
    },
    /// It is never put on needled skin.
    Never,
    /// Nobody puts it on.
    NotAProduct,
}

/// What passes of the molecule that stands for a product. Doses are µg/cm² from one layer of a product of one per cent.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Amounts {
    /// The molecule.
    pub molecule: String,
    /// Hours after the session when it is put on.
    pub after_hours: f64,
    /// Permeability with open channels over that of intact skin.
    pub enhancement: MedianRange,
    /// Hours that channels stay open from then on.
    pub window_hours: MedianRange,
    /// Held by the stratum corneum at the end of that window.
    pub horny_layer: MedianRange,
    /// Held by the living epidermis.
    pub epidermis: MedianRange,
    /// Held by the dermis.
    pub dermis: MedianRange,
    /// Carried off by vessels, or passed out below.
    pub carried_off: MedianRange,
    /// Taken up in all, over what intact skin takes up meanwhile.
    pub uptake_ratio: MedianRange,
}

/// One line of the table.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CreamLine {
    /// The case's word.
    pub product: String,
    /// Its name for people.
    pub label: String,
    /// Whether the case puts it on.
    pub in_case: bool,
    /// What passes; none where no one molecule stands for the product.
    pub amounts: Option<Amounts>,
    /// What it does through open channels.
    pub harm: String,
    /// Until when it has to wait.
    pub wait: Wait,
    /// The rules that stop it right after the session, with how much they weigh for this setting.
    pub rules: Vec<String>,
    /// Whether such a rule stops the whole plan.
    pub refuses: bool,
    /// Rules, passports and sources behind the harm.
    pub because: Vec<String>,
    /// What it does to the forecast.
    pub forecast: String,
    /// Why that is so.
    pub forecast_note: String,
}

/// The table for a case.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Creams {
    /// [`CREAMS_FORMAT`].
    pub format: String,
    /// The case.
    pub title: String,
    /// Whether the skin is covered in the first day.
    pub covered: bool,
    /// People simulated.
    pub people: usize,
    /// Seed.
    pub seed: u64,
    /// What stops the plan; then a layperson is shown no line.
    pub stopped: Vec<String>,
    /// The lines.
    pub lines: Vec<CreamLine>,
}

/// Why there is no table.
#[derive(Debug, Clone, PartialEq)]
pub enum CreamsError {
    /// The plan leaves no holes.
    NoNeedles,
    /// The evidence lacks something.
    Evidence(BookError),
    /// People could not be simulated.
    Cohort(CohortError),
    /// The work was stopped.
    Interrupted(Interrupted),
}

impl fmt::Display for CreamsError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoNeedles => out.write_str("this plan has no needles, so there are no channels"),
            Self::Evidence(error) => error.fmt(out),
            Self::Cohort(error) => error.fmt(out),
            Self::Interrupted(error) => error.fmt(out),
        }
    }
}

impl std::error::Error for CreamsError {}

/// The table of creams for people like the one in the case, with its device, site and aftercare.
///
/// # Errors
/// [`CreamsError`] when the plan has no needles, the evidence lacks a number, or `progress` says stop.
pub fn creams(
    case: &Case,
    inquiry: &Inquiry<'_>,
    progress: &mut dyn FnMut(Progress) -> Continue,
) -> Result<Creams, CreamsError> {
    let (library, settings) = (inquiry.library, &inquiry.settings);
    let book = &library.book;
    let question = Question::new(case, &library.catalog, book);
    let plan = needlework_course::Plan::of(case, &question.device);
    if !plan.needling {
        return Err(CreamsError::NoNeedles);
    }
    let empty = Creams {
        format: CREAMS_FORMAT.to_owned(),
        title: case.about.title.known().cloned().unwrap_or_default(),
        covered: plan.covered == Some(true),
        people: 0,
        seed: settings.seed,
        stopped: findings(case, library).stopping().lines(),
        lines: Vec::new(),
    };
    if inquiry.reading == Reading::Lay && !empty.stopped.is_empty() {
        return Ok(empty);
    }
    let moment = [Moment::SinceFirst(Time::ZERO)];
    let cohort = simulate_cohort(&question, settings, &moment, progress).map_err(CreamsError::Cohort)?;
    let passages = passages(book, settings.seed, settings.worlds).map_err(CreamsError::Evidence)?;
    let bare = findings(&without_creams(case), library);
    let lines = library.creams.iter().map(|cream| {
        let after = put_on(case, &cream.product);
        let amounts = match &cream.molecule {
            None => None,
            Some(name) => {
                let drawn = molecules(book, settings.seed, name, settings.worlds).map_err(CreamsError::Evidence)?;
                // What the case does not put on is shown as put on at once, when most passes.
                let time = after.unwrap_or(Time::ZERO);
                let passed =
                    pass(&cohort, &drawn, &passages, time, settings.threads).map_err(CreamsError::Interrupted)?;
                Some(amounts(name, time, &passed))
            }
        };
        let at_once = stopped(case, library, &bare, &cream.product, Time::ZERO);
        Ok(CreamLine {
            product: cream.product.clone(),
            label: cream.label.clone(),
            in_case: after.is_some(),
            amounts,
            harm: cream.harm.clone(),
            wait: wait(case, library, &bare, &cream.product),
            refuses: at_once.iter().any(|(_, severity)| *severity == RuleSeverity::Refuse),
            rules: at_once.into_iter().map(|(id, _)| id).collect(),
            because: cream.because.clone(),
            forecast: cream.forecast.clone(),
            forecast_note: cream.forecast_note.clone(),
        })
    });
    Ok(Creams {
        people: cohort.people.len(),
        lines: lines.collect::<Result<_, CreamsError>>()?,
        ..empty
    })
}

/// When the case puts a product on.
fn put_on(case: &Case, product: &str) -> Option<Time> {
    if product == "sunscreen" {
        return case.aftercare.sunscreen.get().and_then(Lapse::time);
    }
    if product == "numbing" {
        return (case.hygiene.numbing_after.get() == Some(true)).then_some(Time::ZERO);
    }
    let wanted = topical(product)?;
    let listed = case.aftercare.topicals.known()?.iter();
    listed
        .filter(|topical| topical.product == wanted)
        .map(|topical| topical.after)
        .reduce(|a, b| if b < a { b } else { a })
}

/// The case's topical of that word.
fn topical(product: &str) -> Option<Product> {
    serde_json::from_value(serde_json::Value::String(product.to_owned())).ok()
}

fn amounts(name: &str, after: Time, passed: &[Passage]) -> Amounts {
    // One µm of product of one per cent carries 1 µg/cm².
    let micro = |cm: f64| Length::from_cm(cm).um();
    let of = |value: &dyn Fn(&Passage) -> f64| MedianRange::of(&passed.iter().map(value).collect::<Vec<_>>());
    let layer = |index: usize| of(&|one: &Passage| micro(one.dose.held_cm.get(index).copied().unwrap_or(0.0)));
    Amounts {
        molecule: name.to_owned(),
        after_hours: after.hours(),
        enhancement: of(&|one| one.enhancement),
        window_hours: of(&|one| one.window.hours()),
        horny_layer: layer(0),
        epidermis: layer(1),
        dermis: layer(2),
        carried_off: of(&|one| micro(one.dose.cleared_cm.iter().sum::<f64>() + one.dose.through_cm)),
        uptake_ratio: of(&|one| {
            if one.intact.entered_cm > 0.0 {
                one.dose.entered_cm / one.intact.entered_cm
            } else {
                1.0
            }
        }),
    }
}

/// The case with nothing on the skin.
fn without_creams(case: &Case) -> Case {
    let mut bare = case.clone();
    bare.aftercare.topicals = Answer::Known(Vec::new());
    bare.aftercare.sunscreen = Answer::Known(Lapse::Never);
    bare.hygiene.numbing_after = Answer::Known(false);
    bare.hygiene.numbing_under_film = Answer::Known(false);
    bare
}

fn findings(case: &Case, library: &Library) -> Screening {
    screen(&library.rules, &Facts::resolved(case, &library.catalog))
}

/// The rules that a product put on at a time adds to those of the bare case.
fn stopped(
    case: &Case,
    library: &Library,
    bare: &Screening,
    product: &str,
    after: Time,
) -> Vec<(String, RuleSeverity)> {
    let mut with = without_creams(case);
    match (product, topical(product)) {
        ("numbing", _) => with.hygiene.numbing_after = Answer::Known(true),
        ("sunscreen", _) => with.aftercare.sunscreen = Answer::Known(Lapse::After(after)),
        (_, Some(product)) => with.aftercare.topicals = Answer::Known(vec![Topical { product, after }]),
        (_, None) => return Vec::new(),
    }
    findings(&with, library)
        .fired
        .into_iter()
        .filter(|fired| bare.fired.iter().all(|other| other.id != fired.id))
        .map(|fired| (fired.id, fired.severity))
        .collect()
}

/// Until when rules stop a product, to the hour; found by halving, since a later start never fires more (a test holds
/// that).
fn wait(case: &Case, library: &Library, bare: &Screening, product: &str) -> Wait {
    // numerical: hours in four weeks, longer than any rule makes a product wait
    const LONGEST: u32 = 672;
    let stops = |hours: u32| {
        let after = Time::from_hours(f64::from(hours));
        !stopped(case, library, bare, product, after).is_empty()
    };
    if product != "numbing" && product != "sunscreen" && topical(product).is_none() {
        return Wait::NotAProduct;
    }
    if !stops(0) {
        return Wait::None;
    }
    if stops(LONGEST) {
        return Wait::Never;
    }
    let (mut stopped, mut free) = (0, LONGEST);
    // Ends: the span is halved.
    while free - stopped > 1 {
        let middle = u32::midpoint(stopped, free);
        if stops(middle) {
            stopped = middle;
        } else {
            free = middle;
        }
    }
    Wait::Hours { hours: f64::from(free) }
}
