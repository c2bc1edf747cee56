//! Forecasters that know nothing of needles and skin, which the engine has to beat, from `targets/baselines.toml`.
//!
//! * flat: every value that is possible is as likely as every other;
//! * hearsay: what somebody says who has heard of the trials, 48 ± 18, for means as the spread of studies, for a share
//!   above a cut as that of people; in part a look at the answers;
//! * the other studies: a random-effects meta-analysis of the same outcome in all the others, normal for means
//!   ([`random_effects`]), binomial on the log-odds for counts ([`binomial_effects`]);
//! * pooled: all the others' counts thrown together, as if studies did not differ; for harms.
//!
//! A study is never forecast from itself. Its standard error is known, since its number of people is.

use std::collections::BTreeMap;

use needlework::evidence::{Book, Observable, Target};
use needlework::inference::binomial_effects::{self, RatePriors};
use needlework::inference::counts::Count;
use needlework::inference::normal_mixture::{NormalMixture, Part};
use needlework::inference::random_effects::{self, EffectPriors, Study};
use needlework::numerics::{logit, normal_cdf};
use serde::Deserialize;

use crate::forecast::{Forecast, binomial};
use crate::target::number;

const TEXT: &str = include_str!("../targets/baselines.toml");

/// Who forecasts against the engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rival {
    /// Every possible value alike.
    Flat,
    /// 48 ± 18.
    Hearsay,
    /// A random-effects meta-analysis of the others.
    OtherStudies,
    /// The pooled rate of the others.
    Pooled,
}

impl Rival {
    /// All of them, the one that knows least first.
    pub const ALL: [Self; 4] = [Self::Flat, Self::Hearsay, Self::OtherStudies, Self::Pooled];

    /// The name in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Flat => "flat",
            Self::Hearsay => "48 ± 18",
            Self::OtherStudies => "the other studies",
            Self::Pooled => "pooled rate",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Outcome {
    Means,
    ShareAbove,
    DarkMarks,
    Infection,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    hearsay: Hearsay,
    means: Means,
    share_above: Rates,
    dark_marks: Rates,
    infection: Rates,
    study: Vec<Known>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Hearsay {
    mean: String,
    sd: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Means {
    mean: String,
    sd: String,
    between: String,
    people_sd: String,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rates {
    rate: f64,
    sd: f64,
    between: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    outcome: Outcome,
    key: String,
    #[serde(default)]
    count: Option<u64>,
}

/// A published result of one study.
#[derive(Debug)]
struct Told {
    study: String,
    value: f64,
    count: u64,
    n: u32,
}

/// The forecasters.
#[derive(Debug)]
pub struct Rivals {
    hearsay: Part,
    means: EffectPriors,
    people_sd: f64,
    rates: BTreeMap<Outcome, Rates>,
    told: BTreeMap<Outcome, Vec<Told>>,
}

impl Rivals {
    /// Reads what they know.
    ///
    /// # Errors
    /// What is wrong with the file, or which passport is missing.
    pub fn read(book: &Book) -> Result<Self, String> {
        let wrong = |why: String| format!("validation/targets/baselines.toml: {why}");
        let file: File = toml::from_str(TEXT).map_err(|error| wrong(error.to_string()))?;
        let mut told: BTreeMap<Outcome, Vec<Told>> = BTreeMap::new();
        for known in file.study {
            let passport = book
                .passport(&known.key)
                .ok_or_else(|| wrong(format!("there is no {}", known.key)))?;
            told.entry(known.outcome).or_default().push(Told {
                study: passport.source.clone(),
                value: passport.canonical().map_err(|error| error.to_string())?,
                count: known.count.unwrap_or_default(),
                n: passport.n,
            });
        }
        Ok(Self {
            hearsay: Part {
                weight: 1.0,
                mean: number(&file.hearsay.mean)?,
                sd: number(&file.hearsay.sd)?,
            },
            means: EffectPriors {
                mean: number(&file.means.mean)?,
                sd: number(&file.means.sd)?,
                between_scale: number(&file.means.between)?,
            },
            people_sd: number(&file.means.people_sd)?,
            rates: BTreeMap::from([
                (Outcome::ShareAbove, file.share_above),
                (Outcome::DarkMarks, file.dark_marks),
                (Outcome::Infection, file.infection),
            ]),
            told,
        })
    }

    /// What each of them says of a target; nobody of what none of them has heard of.
    ///
    /// # Errors
    /// When a forecast cannot be made of what the file says.
    pub fn forecasts(&self, target: &Target) -> Result<Vec<(Rival, Forecast)>, String> {
        let none = || format!("the others say nothing of {}", target.name);
        let flat = Forecast::of_counts(vec![1.0; target.n as usize + 1]);
        match target.observable {
            Observable::GradedMean => {
                let hearsay = NormalMixture::new(vec![self.hearsay]).ok_or_else(none)?;
                // numerical: the ends of the scale of a rated improvement
                const MOST: f64 = 100.0;
                Ok(vec![
                    (Rival::Flat, Forecast::Flat { low: 0.0, high: MOST }),
                    (Rival::Hearsay, Forecast::Normals(hearsay)),
                    (
                        Rival::OtherStudies,
                        Forecast::Normals(self.mean_of_others(target).ok_or_else(none)?),
                    ),
                ])
            }
            Observable::GradedShareAbove(points) => {
                let above = 1.0 - normal_cdf((points - self.hearsay.mean) / self.hearsay.sd);
                let others = self
                    .count_of_others(Outcome::ShareAbove, target, true)
                    .ok_or_else(none)?;
                Ok(vec![
                    (Rival::Flat, flat),
                    (Rival::Hearsay, Forecast::of_counts(binomial(above, target.n))),
                    (Rival::OtherStudies, others),
                ])
            }
            Observable::DarkMarks | Observable::Infection => {
                let outcome = || match target.observable {
                    Observable::DarkMarks => Outcome::DarkMarks,
                    _ => Outcome::Infection,
                };
                let others = self.count_of_others(outcome(), target, true).ok_or_else(none)?;
                let pooled = self.count_of_others(outcome(), target, false).ok_or_else(none)?;
                Ok(vec![
                    (Rival::Flat, flat),
                    (Rival::OtherStudies, others),
                    (Rival::Pooled, pooled),
                ])
            }
            Observable::PapillaryCollagenGain | Observable::EpidermalGain | Observable::UntreatedWidthChange => {
                Ok(Vec::new())
            }
        }
    }

    fn others<'a>(&'a self, outcome: &Outcome, target: &'a Target) -> impl Iterator<Item = &'a Told> {
        let known = self.told.get(outcome).into_iter().flatten();
        known.filter(|told| told.study != target.study)
    }

    /// What the next study may report, with its own chance.
    fn mean_of_others(&self, target: &Target) -> Option<NormalMixture> {
        let error = |n: u32| self.people_sd / f64::from(n).sqrt();
        let others: Vec<Study> = self
            .others(&Outcome::Means, target)
            .map(|told| Study::unbiased(told.value, error(told.n)))
            .collect();
        let pooled = random_effects::pool(&others, &self.means)?;
        pooled.next.plus(0.0, error(target.n).powi(2))
    }

    /// What the next study may count; studies `differ`, or all are of one rate.
    fn count_of_others(&self, outcome: Outcome, target: &Target, differ: bool) -> Option<Forecast> {
        let others: Vec<Count> = self
            .others(&outcome, target)
            .map(|told| Count::new(told.count, told.n.into()))
            .collect();
        let rates = self.rates.get(&outcome)?;
        let priors = RatePriors {
            log_odds: logit(rates.rate),
            log_odds_sd: rates.sd,
            between_scale: if differ { rates.between } else { 0.0 },
        };
        let pooled = binomial_effects::pool_rates(&others, &priors)?;
        Some(Forecast::of_counts(pooled.next_count(target.n.into())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use needlework::verdict::Library;

    fn target<'a>(library: &'a Library, name: &str) -> &'a Target {
        library.targets.iter().find(|target| target.name == name).unwrap()
    }

    fn log_scores(library: &Library, name: &str) -> Vec<(Rival, f64)> {
        let target = target(library, name);
        let published = library.book.value(&target.value).unwrap();
        let said = Rivals::read(&library.book).unwrap().forecasts(target).unwrap();
        said.iter()
            .map(|(rival, forecast)| (*rival, forecast.scores(published).unwrap().log))
            .collect()
    }

    /// Worked out beforehand, outside of this code.
    #[test]
    fn scores_of_two_rated_studies_are_the_known_ones() {
        let library = needlework::bundle().unwrap();
        for (name, known) in [
            ("park-2012-marked", [-(17.0_f64.ln()), -1.63, -2.89]),
            ("archderm-2023-physician", [-(100.0_f64.ln()), -3.91, -3.84]),
        ] {
            let found = log_scores(&library, name);
            assert_eq!(found.iter().map(|one| one.0).collect::<Vec<_>>(), Rival::ALL[..3]);
            for ((rival, score), known) in found.iter().zip(known) {
                assert!((score - known).abs() < 0.02, "{name} {rival:?}: {score} {known}");
            }
        }
    }

    #[test]
    fn no_study_is_forecast_from_itself() {
        let library = needlework::bundle().unwrap();
        let said = |library: &Library, name: &str| {
            let rivals = Rivals::read(&library.book).unwrap();
            rivals.forecasts(target(library, name)).unwrap()
        };
        let mut other = library.clone();
        other
            .book
            .set("outcomes.archderm2023.latent_mean", "90 points")
            .unwrap();
        let own = "archderm-2023-physician";
        assert_eq!(said(&library, own), said(&other, own));
        let mut other = library.clone();
        other.book.set("outcomes.park2012.latent_mean", "90 points").unwrap();
        assert_ne!(said(&library, own), said(&other, own));
    }

    #[test]
    fn counts_are_those_of_the_published_shares() {
        let library = needlework::bundle().unwrap();
        let rivals = Rivals::read(&library.book).unwrap();
        for (outcome, told) in &rivals.told {
            assert!(told.len() >= 2, "{outcome:?}");
            // A mean is no share; a count derived from one says so where it stands.
            for one in told.iter().filter(|one| one.value <= 1.0) {
                let count = one.value * f64::from(one.n);
                assert!((count - one.count as f64).abs() < 0.5, "{one:?}");
            }
        }
    }
}
