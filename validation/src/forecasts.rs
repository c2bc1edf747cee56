//! Every open comparison with a study as a forecast: the predictive distribution, whether its intervals hold the
//! published number, and its scores beside those of forecasters that know nothing of needles.
//!
//! The targets are those of `targets/outcomes.toml` that a study of people answers: those of the first chain, and the
//! further arms that counted dark marks. The forecast is one study for each world; a count is scored by the average of
//! the worlds' binomials. A study that stands in an input is scored too, but it was seen, and the sums keep it apart.
//! Ratings and shares are shown in points of a hundred.

use needlework::cohort::{Moment, Settings};
use needlework::evidence::{self, Observable, Used};
use needlework::inference::draws::Draws;
use needlework::inference::stacking::stack;
use needlework::numerics::{ascending, quantile};
use needlework::units::Time;
use needlework::verdict::{Library, study_forecast};

use crate::compute::FIRST_CHAIN;
use crate::context::Context;
use crate::forecast::{Forecast, Scores};
use crate::rivals::{Rival, Rivals};
use crate::target::{self, FILES, Output, RoomTarget};

// numerical: the probabilities of the central intervals that are shown
pub(crate) const LEVELS: [f64; 3] = [0.5, 0.8, 0.9];

/// A central interval of a forecast.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Central {
    /// The probability that it promises.
    pub promised: f64,
    /// The lower end, in points of a hundred.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// Whether it holds what was published.
    pub holds: bool,
}

/// One target, forecast and scored. Numbers are points of a hundred.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecasted {
    /// The study.
    pub study: String,
    /// What was measured.
    pub outcome: String,
    /// People of the study.
    pub n: u32,
    /// What was published.
    pub published: f64,
    /// The median of what such a study would report.
    pub median: f64,
    /// The central 50, 80 and 90 % intervals.
    pub intervals: [Central; 3],
    /// The input that was made with the study in view, where there is one.
    pub read_back: Option<String>,
    /// The scores of the engine.
    pub engine: Scores,
    /// The scores of those who forecast the same.
    pub rivals: Vec<(Rival, Scores)>,
}

/// Scores summed over the targets that a rival and the engine both forecast.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contest {
    /// Who forecasts against the engine.
    pub rival: Rival,
    /// How many targets both forecast.
    pub targets: usize,
    /// The sum of the engine's scores.
    pub engine: Scores,
    /// The sum of the rival's scores.
    pub rivals: Scores,
}

impl Contest {
    /// By how many nats the rival is ahead by log score; below zero where the engine is.
    #[must_use]
    pub fn ahead(&self) -> f64 {
        self.rivals.log - self.engine.log
    }
}

/// Every open target that a study of people answers, forecast and scored.
///
/// # Errors
/// What cannot be read or computed, in words.
pub fn forecasts(library: &Library, settings: &Settings) -> Result<Vec<Forecasted>, String> {
    let context = Context::new(library, settings)?;
    let rivals = Rivals::read(&library.synthesis)?;
    let mut rows = Vec::new();
    for (page, text) in FILES {
        for declared in target::read(page, text)? {
            for output in &declared.output {
                if let Some(study) = study(&declared, output, library)? {
                    rows.push(forecast(&declared, &study, &context, &rivals)?);
                }
            }
        }
    }
    Ok(rows)
}

/// The study that an output is compared with, if it is compared with one.
fn study(declared: &RoomTarget, output: &Output, library: &Library) -> Result<Option<evidence::Target>, String> {
    let Some(by) = output.by.as_deref() else {
        return Ok(None);
    };
    if let Some(name) = by.strip_prefix(FIRST_CHAIN) {
        let known = library.targets.iter().find(|known| known.name == name);
        return known
            .cloned()
            .map(Some)
            .ok_or_else(|| format!("there is no target {name}"));
    }
    let key = output.published.as_ref().and_then(|published| published.key.clone());
    let Some(key) = key.filter(|_| by == "dark_mark_share") else {
        return Ok(None);
    };
    let book = &library.book;
    let passport = book
        .passport(&key)
        .ok_or_else(|| format!("there is no passport {key}"))?;
    Ok(Some(evidence::Target {
        name: declared.id.clone(),
        study: passport.source.clone(),
        outcome: "share of patients with dark marks".to_owned(),
        value: key,
        observable: Observable::DarkMarks,
        since_first: None,
        after_last: Some(Time::from_days(declared.input("after_last", book)?)),
        n: declared.input("people", book)?.round() as u32,
        used: Used::Check,
        read_back: output.read_back.clone(),
        note: String::new(),
    }))
}

fn forecast(
    declared: &RoomTarget,
    study: &evidence::Target,
    context: &Context<'_>,
    rivals: &Rivals<'_>,
) -> Result<Forecasted, String> {
    let wrong = || format!("{} cannot be scored", study.name);
    let case = declared.word("case")?;
    let moment = match (study.since_first, study.after_last) {
        (Some(time), _) => Moment::SinceFirst(time),
        (None, time) => Moment::AfterLast(time.unwrap_or_default()),
    };
    let cohort = context.cohort(case, context.case_text(case)?, moment)?;
    let said = study_forecast(&cohort, study, 0, context.settings.seed);
    let draws = Draws::equal(&said.reports).ok_or_else(wrong)?;
    let sorted = ascending(said.reports.clone());
    let value = context
        .library
        .book
        .value(&study.value)
        .map_err(|error| error.to_string())?;
    // A share of so many people is a count, of which papers print few digits.
    let published = match said.probabilities {
        Some(_) => (value * f64::from(study.n)).round() / f64::from(study.n),
        None => value,
    };
    let engine = match &said.probabilities {
        Some(probabilities) => Forecast::of_probabilities(probabilities, study.n),
        None => Forecast::Draws(draws.clone()),
    };
    // numerical: a whole in points of a hundred; ratings are such points already
    let unit = if study.observable == Observable::GradedMean {
        1.0
    } else {
        100.0
    };
    let scores = |forecast: &Forecast| {
        let scores = forecast.scores(published).ok_or_else(wrong)?;
        Ok::<_, String>(Scores {
            crps: unit * scores.crps,
            ..scores
        })
    };
    Ok(Forecasted {
        study: study.study.clone(),
        outcome: study.outcome.clone(),
        n: study.n,
        published: unit * published,
        median: unit * quantile(&sorted, 0.5),
        intervals: LEVELS.map(|promised| {
            let [low, high] = [0.5 - 0.5 * promised, 0.5 + 0.5 * promised].map(|share| quantile(&sorted, share));
            Central {
                promised,
                low: unit * low,
                high: unit * high,
                holds: (low..=high).contains(&published),
            }
        }),
        read_back: study.read_back.clone(),
        engine: scores(&engine)?,
        rivals: rivals
            .forecasts(study)?
            .iter()
            .map(|(rival, forecast)| Ok((*rival, scores(forecast)?)))
            .collect::<Result<_, String>>()?,
    })
}

/// The sums of scores against each rival, over targets whose study stands in an input or over those whose does not.
#[must_use]
pub fn contests(rows: &[Forecasted], read_back: bool) -> Vec<Contest> {
    let sum = |sum: &mut Scores, scores: &Scores| {
        sum.log += scores.log;
        sum.crps += scores.crps;
    };
    let each = Rival::ALL.iter().map(|&rival| {
        let mut contest = Contest {
            rival,
            targets: 0,
            engine: Scores::default(),
            rivals: Scores::default(),
        };
        for row in rows.iter().filter(|row| row.read_back.is_some() == read_back) {
            if let Some((_, scores)) = row.rivals.iter().find(|(who, _)| *who == rival) {
                contest.targets += 1;
                sum(&mut contest.engine, &row.engine);
                sum(&mut contest.rivals, scores);
            }
        }
        contest
    });
    each.filter(|contest| contest.targets > 0).collect()
}

/// The forecasters who forecast every target that is not read back, the engine first, with the weights under which
/// their mix would have forecast best. Hearsay is left out, since it is in part a look at the answers. `None` where
/// there are none.
#[must_use]
pub fn stacked(rows: &[Forecasted]) -> Option<Vec<(&'static str, f64)>> {
    let unseen: Vec<&Forecasted> = rows
        .iter()
        .filter(|row| row.read_back.is_none() && !row.rivals.is_empty())
        .collect();
    let of = |row: &Forecasted, rival: Rival| row.rivals.iter().find(|(who, _)| *who == rival).map(|(_, own)| own.log);
    let rivals: Vec<Rival> = Rival::ALL
        .into_iter()
        .filter(|&rival| rival != Rival::Hearsay && unseen.iter().all(|row| of(row, rival).is_some()))
        .collect();
    let scores: Vec<Vec<f64>> = unseen
        .iter()
        .map(|row| {
            let others = rivals.iter().filter_map(|&rival| of(row, rival));
            std::iter::once(row.engine.log).chain(others).collect()
        })
        .collect();
    let names = std::iter::once("engine").chain(rivals.iter().map(|rival| rival.name()));
    Some(names.zip(stack(&scores)?).collect())
}
