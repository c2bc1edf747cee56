//! What a calibration says: how far its weights can be trusted, what the data change and what they leave, whether each
//! study is forecast by the others, and on which assumption the forecast hangs.

use needlework_cohort::{Class, declared};
use needlework_evidence::{Book, BookError, Distribution, Scope};
use needlework_healing::RemodellingHypothesis;
use needlework_inference::draws::Draws;
use needlework_inference::weights::Gate;
use needlework_numerics::{HIGH, LOW, mean, normals, standard_deviation};
use serde::Serialize;

use crate::bank::{Hypothesis, months};
use crate::datum::{Blinded, Likelihood};
use crate::failed::Failed;
use crate::tempering::Tempered;
use crate::weigh::{Belief, Weighed, Weighing};

/// The format of the report.
pub const CALIBRATION_FORMAT: &str = "needlework-calibration/1";

/// A mean with the 5 and 95 % quantiles over worlds and hypotheses.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct PosteriorRange {
    /// Mean.
    pub mean: f64,
    /// 5 % quantile.
    pub low: f64,
    /// 95 % quantile.
    pub high: f64,
}

/// How far weights can be trusted.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trust {
    /// Effective number of worlds.
    pub effective: f64,
    /// The largest weight.
    pub largest: f64,
    /// Shape of the tail of the weights; none where they have no tail.
    pub tail_shape: Option<f64>,
    /// The logarithm of the evidence, nats.
    pub ln_evidence: f64,
    /// Whether all three keep what they must.
    pub passes: bool,
}

/// A sample of moved worlds that stands in for weights which cannot be trusted.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sampled {
    /// Particles.
    pub particles: usize,
    /// Worlds of the bank that are left among them.
    pub origins: usize,
    /// Parameters that were moved.
    pub moved: Vec<String>,
    /// The logarithm of the evidence, nats.
    pub ln_evidence: f64,
    /// The exponent after each step, and the share of moves that were taken.
    pub steps: Vec<[f64; 2]>,
}

/// One result and its part.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Told {
    /// Its name.
    pub id: String,
    /// Its study.
    pub study: String,
    /// Whether worlds were weighed by it.
    pub weighs: bool,
    /// How the study was made.
    pub design: String,
    /// Whether raters knew what was done: yes, no, or unknown.
    pub blinded: Blinded,
    /// In what the study differs from needles on striae.
    pub indirect: Vec<String>,
    /// What a reader should know.
    pub note: String,
    /// The logarithm of its likelihood before any data, nats.
    pub ln_before: f64,
    /// The effective number of worlds by it alone.
    pub effective: f64,
}

/// What the data say of one hypothesis.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Judged {
    /// Its name.
    pub name: String,
    /// Belief before the data.
    pub before: f64,
    /// Belief after.
    pub after: f64,
    /// The logarithm of its evidence, nats.
    pub ln_evidence: f64,
}

/// A study that is forecast by the others.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LeftOut {
    /// The study.
    pub study: String,
    /// The logarithm of the probability of its results before any data, nats.
    pub ln_before: f64,
    /// The same from the others.
    pub ln_from_others: f64,
    /// The effective number of worlds without it.
    pub effective: f64,
}

/// A number of the priors of which the data say something.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Informed {
    /// Its key.
    pub key: String,
    /// What it is, in words.
    pub label: String,
    /// Spread after the data over that before, on the scale on which the prior is normal.
    pub spread_ratio: f64,
    /// Shift of the mean, in spreads before the data.
    pub shift: f64,
}

/// A forecast at one moment.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Forecasted {
    /// What it is about.
    pub name: String,
    /// Months after the last session.
    pub months: f64,
    /// Mean gain over people without a plan, points: before the data.
    pub gain_before: PosteriorRange,
    /// The same after.
    pub gain_after: PosteriorRange,
    /// Share of people in each class, worse to strong, before the data.
    pub classes_before: Vec<f64>,
    /// The same after.
    pub classes_after: Vec<f64>,
}

/// What another belief in the optimism of raters makes of the same data.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Otherwise {
    /// Mean of the belief, points.
    pub mean: f64,
    /// Its standard deviation.
    pub sd: f64,
    /// What it means.
    pub note: String,
    /// The logarithm of the evidence, nats.
    pub ln_evidence: f64,
    /// The effective number of worlds.
    pub effective: f64,
    /// How much more likely the data are if something shows than if nothing does.
    pub shows_factor: f64,
    /// For each forecast at its first moment: mean gain, and the share with little or no change.
    pub forecasts: Vec<(PosteriorRange, f64)>,
}

/// What a calibration says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// Format.
    pub format: String,
    /// What this is for.
    pub intended_use: String,
    /// Worlds of the bank.
    pub worlds: usize,
    /// People in each.
    pub people_per_world: usize,
    /// Seed.
    pub seed: u64,
    /// What priors, data, cases, people and chain were ([`crate::stamp`]).
    pub fingerprint: String,
    /// The study that was left out of all of it, if one was.
    pub without: Option<String>,
    /// How far the weights can be trusted.
    pub trust: Trust,
    /// The sample that the forecasts after the data and the hypotheses rest on where the weights cannot be trusted;
    /// null where they rest on weights.
    pub sampled: Option<Sampled>,
    /// The results.
    pub data: Vec<Told>,
    /// The laws of what becomes of a gain, and whether anything shows.
    pub hypotheses: Vec<Judged>,
    /// Each study forecast by the others.
    pub left_out: Vec<LeftOut>,
    /// What the data say of the numbers of the priors, most first; all others are as they were.
    pub informed: Vec<Informed>,
    /// Forecasts.
    pub forecasts: Vec<Forecasted>,
    /// Other beliefs in the optimism of raters, the one of the priors first.
    pub optimism: Vec<Otherwise>,
}

/// How a bank was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Made {
    /// Seed.
    pub seed: u64,
    /// People in each world.
    pub people_per_world: usize,
    /// What priors, data, cases, people and chain were ([`crate::stamp`]).
    pub fingerprint: String,
    /// What this is for.
    pub intended_use: String,
}

/// Weighs a bank and says what follows, without a study if one is named.
///
/// # Errors
/// [`Failed`] when the evidence lacks something, or no world could have given the data.
pub fn report(
    likelihood: &Likelihood,
    rows: &[f64],
    book: &Book,
    made: &Made,
    without: Option<&str>,
) -> Result<(Report, Weighed), Failed> {
    let weighing = Weighing::of(likelihood, rows, book)?;
    let before = weighing.before().ok_or(Failed::Impossible)?;
    let used = weighing.weighing(without);
    let after = weighing.by(&used).ok_or(Failed::Impossible)?;
    let report = Report {
        format: CALIBRATION_FORMAT.to_owned(),
        intended_use: made.intended_use.clone(),
        worlds: weighing.worlds(),
        people_per_world: made.people_per_world,
        seed: made.seed,
        fingerprint: made.fingerprint.clone(),
        without: without.map(str::to_owned),
        trust: trust(&after),
        sampled: None,
        data: data(&weighing, likelihood),
        hypotheses: hypotheses(&before, &after),
        left_out: left_out(&weighing, likelihood, without),
        informed: informed(book, made.seed, &after)?,
        forecasts: forecasts(&weighing, likelihood, &before, &after).ok_or(Failed::Impossible)?,
        optimism: optimism(&weighing, likelihood, &used).ok_or(Failed::Impossible)?,
    };
    Ok((report, after))
}

impl Report {
    /// The report with forecasts after the data and beliefs in hypotheses taken from a sample of moved worlds. What was
    /// before the data, and the evidence of a hypothesis, are those of the bank, whose worlds are of the prior.
    ///
    /// # Errors
    /// [`Failed`] as [`report`].
    pub fn of_sample(mut self, likelihood: &Likelihood, book: &Book, tempered: &Tempered) -> Result<Self, Failed> {
        let moved = Weighing::of(likelihood, &tempered.rows, book)?;
        let after = moved
            .even(&moved.weighing(self.without.as_deref()))
            .ok_or(Failed::Impossible)?;
        for (own, sampled) in self.hypotheses.iter_mut().zip(hypotheses(&after, &after)) {
            own.after = sampled.after;
        }
        let sampled = forecasts(&moved, likelihood, &after, &after).ok_or(Failed::Impossible)?;
        for (own, sampled) in self.forecasts.iter_mut().zip(sampled) {
            (own.gain_after, own.classes_after) = (sampled.gain_after, sampled.classes_after);
        }
        self.sampled = Some(Sampled {
            particles: tempered.draws.len(),
            origins: tempered.origins,
            moved: tempered.moved.keys.clone(),
            ln_evidence: tempered.ln_evidence,
            steps: tempered
                .steps
                .iter()
                .map(|step| [step.exponent, step.acceptance])
                .collect(),
        });
        Ok(self)
    }
}

fn trust(weighed: &Weighed) -> Trust {
    Trust {
        effective: weighed.worlds.effective,
        largest: weighed.worlds.largest,
        tail_shape: weighed.worlds.tail_shape,
        ln_evidence: weighed.worlds.ln_evidence,
        passes: weighed.worlds.pass(&Gate::default()),
    }
}

fn data(weighing: &Weighing<'_>, likelihood: &Likelihood) -> Vec<Told> {
    (0..likelihood.data.len())
        .filter_map(|at| {
            let datum = &likelihood.data[at];
            let alone = weighing.by(&[at])?;
            Some(Told {
                id: datum.row.id.clone(),
                study: datum.row.study.clone(),
                weighs: datum.weighs(),
                design: datum.row.design.clone(),
                blinded: datum.row.blinded,
                indirect: datum.row.indirect.clone(),
                note: datum.row.note.clone(),
                ln_before: alone.worlds.ln_evidence,
                effective: alone.worlds.effective,
            })
        })
        .collect()
}

/// The share of belief in some hypotheses.
fn believed(weighed: &Weighed, of: impl Fn(Hypothesis) -> bool) -> f64 {
    let part = |joint: &[f64; Hypothesis::ALL.len()]| -> f64 {
        let pairs = joint.iter().zip(Hypothesis::ALL);
        pairs
            .filter(|(_, hypothesis)| of(*hypothesis))
            .map(|(weight, _)| weight)
            .sum()
    };
    weighed.joint.iter().map(part).sum()
}

fn hypotheses(before: &Weighed, after: &Weighed) -> Vec<Judged> {
    let judged = |name: &str, ln_evidence: f64, of: &dyn Fn(Hypothesis) -> bool| Judged {
        name: name.to_owned(),
        before: believed(before, of),
        after: believed(after, of),
        ln_evidence,
    };
    let mut all: Vec<Judged> = RemodellingHypothesis::ALL
        .into_iter()
        .map(|law| {
            judged(law.label(), after.ln_laws[law as usize], &|hypothesis| {
                hypothesis.law == law
            })
        })
        .collect();
    let shows = [("something of it shows", true), ("nothing of it shows", false)];
    for ((name, shows), ln) in shows.into_iter().zip(after.ln_shows) {
        all.push(judged(name, ln, &|hypothesis| hypothesis.shows == shows));
    }
    all
}

/// Each study that weighs, from the others: what it adds to their evidence.
fn left_out(weighing: &Weighing<'_>, likelihood: &Likelihood, without: Option<&str>) -> Vec<LeftOut> {
    let study_of = |at: usize| likelihood.data[at].row.study.as_str();
    let mut studies: Vec<&str> = Vec::new();
    for study in weighing.weighing(None).into_iter().map(study_of) {
        if !studies.contains(&study) {
            studies.push(study);
        }
    }
    let all = weighing.weighing(without);
    studies
        .into_iter()
        .filter_map(|study| {
            let mut own = weighing.weighing(None);
            own.retain(|&at| study_of(at) == study);
            let others: Vec<usize> = all.iter().copied().filter(|at| !own.contains(at)).collect();
            let from = weighing.by(&others)?;
            let together = weighing.by(&[others, own.clone()].concat())?;
            Some(LeftOut {
                study: study.to_owned(),
                ln_before: weighing.by(&own)?.worlds.ln_evidence,
                ln_from_others: together.worlds.ln_evidence - from.worlds.ln_evidence,
                effective: from.worlds.effective,
            })
        })
        .collect()
}

/// What the data say of each prior, by the places between zero and one that worlds have in it.
fn informed(book: &Book, seed: u64, after: &Weighed) -> Result<Vec<Informed>, BookError> {
    // numerical: a spread that changes by less than one part of so many is as it was
    const PARTS_OF_A_SPREAD: f64 = 20.0;
    // numerical: a mean that moves by less than so much of a spread is where it was
    const SHIFT: f64 = 0.25;
    // numerical: of some hundred numbers hardly one changes by so many standard errors by chance
    const ERRORS: f64 = 3.0;
    let weights = &after.worlds.normalised;
    let error = ERRORS / after.worlds.effective.sqrt();
    let ratio = 1.0 - (error / 2.0_f64.sqrt()).max(1.0 / PARTS_OF_A_SPREAD);
    let shift = SHIFT.max(error);
    let mut found = Vec::new();
    for want in declared() {
        let prior = book.prior(want.key)?;
        // What either holds or not is a hypothesis, and told as one.
        if prior.scope == Scope::Fixed || matches!(prior.distribution, Distribution::Bernoulli { .. }) {
            continue;
        }
        let places = normals(seed, want.key, weights.len());
        let before = (mean(&places), standard_deviation(&places));
        let Some(after) = Draws::weighted(&places, weights) else {
            continue;
        };
        let told = Informed {
            key: want.key.to_owned(),
            label: book
                .passport(want.key)
                .and_then(|passport| passport.label.clone())
                .unwrap_or_else(|| want.key.to_owned()),
            spread_ratio: after.sd() / before.1,
            shift: (after.mean() - before.0) / before.1,
        };
        if told.spread_ratio < ratio || told.shift.abs() > shift {
            found.push(told);
        }
    }
    found.sort_by(|a, b| {
        a.spread_ratio
            .total_cmp(&b.spread_ratio)
            .then_with(|| a.key.cmp(&b.key))
    });
    Ok(found)
}

fn range(draws: &Draws) -> PosteriorRange {
    PosteriorRange {
        mean: draws.mean(),
        low: draws.quantile(LOW),
        high: draws.quantile(HIGH),
    }
}

fn gain(weighing: &Weighing<'_>, weighed: &Weighed, at: (usize, usize)) -> Option<PosteriorRange> {
    Some(range(&weighing.forecast(weighed, at, |expected| expected.gain)?))
}

/// Shares of people in each class, over people, worlds and hypotheses.
fn classes(weighing: &Weighing<'_>, weighed: &Weighed, at: (usize, usize)) -> Option<Vec<f64>> {
    (0..Class::ALL.len())
        .map(|class| {
            Some(
                weighing
                    .forecast(weighed, at, |expected| expected.classes[class])?
                    .mean(),
            )
        })
        .collect()
}

fn forecasts(
    weighing: &Weighing<'_>,
    likelihood: &Likelihood,
    before: &Weighed,
    after: &Weighed,
) -> Option<Vec<Forecasted>> {
    let mut all = Vec::new();
    for (which, forecast) in likelihood.forecasts.iter().enumerate() {
        for (moment, months) in months(&forecast.after_last).into_iter().enumerate() {
            let at = (which, moment);
            all.push(Forecasted {
                name: forecast.name.clone(),
                months,
                gain_before: gain(weighing, before, at)?,
                gain_after: gain(weighing, after, at)?,
                classes_before: classes(weighing, before, at)?,
                classes_after: classes(weighing, after, at)?,
            });
        }
    }
    Some(all)
}

fn optimism(weighing: &Weighing<'_>, likelihood: &Likelihood, used: &[usize]) -> Option<Vec<Otherwise>> {
    let own = weighing.optimism();
    let others = likelihood.optimism.iter().map(|other| {
        let belief = Belief {
            mean: other.mean,
            sd: other.sd,
        };
        (belief, other.note.clone())
    });
    std::iter::once((own, "as the priors have it".to_owned()))
        .chain(others)
        .map(|(belief, note)| {
            let weighed = weighing.with_optimism(used, belief)?;
            let [shows, hidden] = weighed.ln_shows;
            let told = |which: usize| {
                let classes = classes(weighing, &weighed, (which, 0))?;
                Some((gain(weighing, &weighed, (which, 0))?, classes.get(1).copied()?))
            };
            Some(Otherwise {
                mean: belief.mean,
                sd: belief.sd,
                note,
                ln_evidence: weighed.worlds.ln_evidence,
                effective: weighed.worlds.effective,
                shows_factor: (shows - hidden).exp(),
                forecasts: (0..likelihood.forecasts.len()).map(told).collect::<Option<_>>()?,
            })
        })
        .collect()
}
