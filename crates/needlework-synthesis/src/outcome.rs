//! Outcomes that several studies reported: their studies by passport, and what was believed before them.
//!
//! A study is a passport: value, people, source and what was treated are the passport's, so that nothing stands twice.
//! A share of people is read as the count that it must be.

use needlework_evidence::{Book, Passport, Spread};
use needlework_numerics::{HIGH, Interval, LOW, standard_normal_quantile};
use needlework_units::Measure;
use serde::{Deserialize, Serialize};

/// All outcomes.
#[derive(Debug, Clone, PartialEq)]
pub struct Synthesis {
    /// In the order of the file.
    pub outcomes: Vec<Outcome>,
}

impl Synthesis {
    /// One outcome; `None` where the file has none of it.
    #[must_use]
    pub fn outcome(&self, name: OutcomeName) -> Option<&Outcome> {
        self.outcomes.iter().find(|outcome| outcome.name == name)
    }
}

/// What was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeName {
    /// Mean improvement as raters graded it.
    GradedMean,
    /// Share of people graded as more than half improved.
    GradedAboveHalf,
    /// Share of people who call themselves satisfied.
    Satisfied,
    /// Share of people with dark marks.
    DarkMarks,
    /// Share of people with an infection.
    Infection,
    /// Mean improvement graded where nothing was done.
    NothingDone,
}

/// What several studies reported of one outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Its name.
    pub name: OutcomeName,
    /// What it is, in words.
    pub title: String,
    /// What was believed before the studies, which also says whether they report means or shares.
    pub belief: Belief,
    /// The studies, in the order of the file.
    pub studies: Vec<Study>,
    /// What all of them over-read alike, mean and standard deviation, in the unit of the outcome.
    pub taken_off: Option<[f64; 2]>,
    /// Whether studies of this outcome foretell each other better than the engine foretells them, so that answers lead
    /// with them; the validation holds it.
    pub leads: bool,
    /// What a reader should know.
    pub note: String,
}

/// What was believed before any study.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Belief {
    /// Studies report means, points of a hundred.
    Means(Means),
    /// Studies report shares of people.
    Shares(Shares),
}

/// A belief in means that differ between studies: points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Means {
    /// Mean of the mean over studies.
    pub mean: f64,
    /// Its standard deviation.
    pub sd: f64,
    /// Scale of the half-normal spread between studies.
    pub between: f64,
    /// How people of a study differ, where it prints no standard error: a standard deviation.
    pub people_sd: f64,
}

/// A belief in shares that differ between studies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shares {
    /// The share of a typical study, the median.
    pub typical: f64,
    /// Standard deviation of its log-odds.
    pub log_odds_sd: f64,
    /// Scale of the half-normal spread of log-odds between studies.
    pub between: f64,
}

/// What one study reported.
#[derive(Debug, Clone, PartialEq)]
pub struct Study {
    /// Key of the passport.
    pub key: String,
    /// Key of the source.
    pub source: String,
    /// What was treated, as the passport says it; empty where it does not.
    pub treated: String,
    /// People; zero where nobody says.
    pub n: u32,
    /// The mean in points, or the share.
    pub value: f64,
    /// Standard error of a mean in points; `None` for a share.
    pub standard_error: Option<f64>,
}

impl Study {
    /// People in whom it happened, where the study reports a share.
    #[must_use]
    pub fn events(&self) -> u64 {
        (self.value * f64::from(self.n)).round() as u64
    }

    /// What the study says by itself: the value with its 5–95 % interval, of a share after Jeffreys.
    #[must_use]
    pub fn alone(&self) -> Interval {
        match self.standard_error {
            Some(error) => {
                let [low, high] = [LOW, HIGH].map(|at| self.value + error * standard_normal_quantile(at));
                Interval::holding(self.value, low, high)
            }
            None => {
                // numerical: half an event each way is the prior of Jeffreys
                const HALF: f64 = 0.5;
                let (events, people) = (self.events() as f64, f64::from(self.n));
                let rate = needlework_evidence::Distribution::Beta {
                    alpha: events + HALF,
                    beta: people - events + HALF,
                };
                Interval::holding(self.value, rate.quantile(LOW), rate.quantile(HIGH))
            }
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    outcome: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: OutcomeName,
    title: String,
    studies: Vec<String>,
    belief: BeliefRow,
    #[serde(default)]
    taken_off: Option<String>,
    #[serde(default)]
    leads: bool,
    #[serde(default)]
    note: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum BeliefRow {
    Means {
        mean: String,
        sd: String,
        between: String,
        people_sd: String,
    },
    Shares {
        typical: String,
        log_odds_sd: f64,
        between: f64,
    },
}

/// Reads outcomes whose studies stand in `book`.
///
/// # Errors
/// What the TOML parser says, or which outcome names a passport that is not there or does not fit.
pub fn parse_synthesis(text: &str, book: &Book) -> Result<Synthesis, String> {
    let rows = toml::from_str::<File>(text).map_err(|error| error.to_string())?.outcome;
    let outcomes = rows.into_iter().map(|row| {
        let title = row.title.clone();
        outcome(row, book).map_err(|why| format!("{title}: {why}"))
    });
    Ok(Synthesis {
        outcomes: outcomes.collect::<Result<_, _>>()?,
    })
}

fn number(text: &str) -> Result<f64, String> {
    Ok(Measure::parse(text).map_err(|error| error.to_string())?.canonical())
}

fn outcome(row: Row, book: &Book) -> Result<Outcome, String> {
    let belief = match row.belief {
        BeliefRow::Means {
            mean,
            sd,
            between,
            people_sd,
        } => Belief::Means(Means {
            mean: number(&mean)?,
            sd: number(&sd)?,
            between: number(&between)?,
            people_sd: number(&people_sd)?,
        }),
        BeliefRow::Shares {
            typical,
            log_odds_sd,
            between,
        } => Belief::Shares(Shares {
            typical: number(&typical)?,
            log_odds_sd,
            between,
        }),
    };
    let studies = row.studies.iter().map(|key| {
        let passport = book.passport(key).ok_or_else(|| format!("there is no {key}"))?;
        study(passport, &belief).map_err(|why| format!("{key}: {why}"))
    });
    let studies = studies.collect::<Result<Vec<_>, _>>()?;
    let taken_off = row.taken_off.map(|key| {
        // numerical: one standard deviation of a normal distribution
        const SD: f64 = 0.841_344_746_068_543;
        let prior = book.prior(&key).map_err(|error| error.to_string())?.distribution;
        let mean = prior.quantile(0.5);
        Ok::<_, String>([mean, prior.quantile(SD) - mean])
    });
    Ok(Outcome {
        name: row.name,
        title: row.title,
        belief,
        studies,
        taken_off: taken_off.transpose()?,
        leads: row.leads,
        note: row.note,
    })
}

fn study(passport: &Passport, belief: &Belief) -> Result<Study, String> {
    let value = passport.canonical().map_err(|error| error.to_string())?;
    let standard_error = match (belief, &passport.spread) {
        (Belief::Shares(_), _) if passport.n == 0 => return Err("a share needs the number of people, `n`".to_owned()),
        (Belief::Shares(_), _) if !(0.0..=1.0).contains(&value) => {
            return Err(format!(
                "a share lies between 0 and 100 %, and this is {}",
                passport.value
            ));
        }
        (Belief::Shares(_), _) => None,
        (Belief::Means(_), Spread::Se { value }) => Some(number(value)?),
        (Belief::Means(_), _) if passport.n == 0 => {
            return Err("a mean needs its standard error, or the number of people, `n`".to_owned());
        }
        (Belief::Means(means), _) => Some(means.people_sd / f64::from(passport.n).sqrt()),
    };
    Ok(Study {
        key: passport.key.clone(),
        source: passport.source.clone(),
        treated: passport.place.get("lesion").cloned().unwrap_or_default(),
        n: passport.n,
        value,
        standard_error,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(value: &str) -> Book {
        let text = format!(
            "[[source]]\nkey = \"S\"\ntitle = \"t\"\n[[value]]\nkey = \"k\"\nsource = \"S\"\nseen = \"abstract\"\n\
                used = \"calibration\"\n{value}\n"
        );
        Book::parse(&[("one.toml", &text)]).unwrap()
    }

    const SHARES: &str = "[[outcome]]\nname = \"infection\"\ntitle = \"t\"\nstudies = [\"k\"]\n\
        belief = { shares = { typical = \"2 %\", log_odds_sd = 1.5, between = 1.0 } }";

    #[test]
    fn what_does_not_fit_is_named() {
        for (value, why) in [
            ("value = \"3 %\"", "t: k: a share needs the number of people"),
            (
                "value = \"130 %\"\nn = 5",
                "a share lies between 0 and 100 %, and this is 130 %",
            ),
        ] {
            let error = parse_synthesis(SHARES, &book(value)).unwrap_err();
            assert!(error.contains(why), "{error}");
        }
        let other = SHARES.replace("\"k\"", "\"other\"");
        assert!(
            parse_synthesis(&other, &book("value = \"3 %\"\nn = 5"))
                .unwrap_err()
                .contains("there is no other")
        );
    }

    #[test]
    fn a_share_is_the_count_that_it_was() {
        let synthesis = parse_synthesis(SHARES, &book("value = \"3.1 %\"\nn = 32")).unwrap();
        let study = &synthesis.outcomes[0].studies[0];
        assert_eq!(study.events(), 1);
        // Jeffreys for 1 of 32: 0.6 to 11.6 %.
        let alone = study.alone();
        assert!(
            (alone.low - 0.006).abs() < 0.001 && (alone.high - 0.116).abs() < 0.002,
            "{alone:?}"
        );
    }
}
