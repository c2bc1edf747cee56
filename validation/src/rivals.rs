//! Forecasters that know nothing of needles and skin, which the engine has to beat.
//!
//! * flat: every value that is possible is as likely as every other;
//! * hearsay: what somebody says who has heard of the trials, 48 ± 18 (`targets/baselines.toml`), for means as the
//!   spread of studies, for a share above a cut as that of people; in part a look at the answers;
//! * the other studies: a random-effects meta-analysis of the same outcome in all the others, from
//!   `evidence/synthesis.toml`, as the page of evidence shows it;
//! * pooled: all the others' counts thrown together, as if studies did not differ; for harms.
//!
//! A study is never forecast from itself. Its standard error is known, since its number of people is.

use needlework::evidence::{Observable, Target};
use needlework::inference::normal_mixture::{NormalMixture, Part};
use needlework::numerics::normal_cdf;
use needlework::synthesis::{Belief, OutcomeName, Synthesis, Without};
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

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    hearsay: Hearsay,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Hearsay {
    mean: String,
    sd: String,
}

/// The forecasters.
#[derive(Debug)]
pub struct Rivals<'a> {
    hearsay: Part,
    studies: &'a Synthesis,
}

impl<'a> Rivals<'a> {
    /// Reads what they have heard; `studies` are what the others reported.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub fn read(studies: &'a Synthesis) -> Result<Self, String> {
        let file: File = toml::from_str(TEXT).map_err(|error| format!("validation/targets/baselines.toml: {error}"))?;
        Ok(Self {
            hearsay: Part {
                weight: 1.0,
                mean: number(&file.hearsay.mean)?,
                sd: number(&file.hearsay.sd)?,
            },
            studies,
        })
    }

    /// What each of them says of a target; nobody of what none of them has heard of.
    ///
    /// # Errors
    /// When a forecast cannot be made of what the others reported.
    pub fn forecasts(&self, target: &Target) -> Result<Vec<(Rival, Forecast)>, String> {
        let flat = Forecast::of_counts(vec![1.0; target.n as usize + 1]);
        match target.observable {
            Observable::GradedMean => {
                let hearsay = NormalMixture::new(vec![self.hearsay])
                    .ok_or("validation/targets/baselines.toml: the hearsay has no spread")?;
                // numerical: the ends of the scale of a rated improvement
                const MOST: f64 = 100.0;
                Ok(vec![
                    (Rival::Flat, Forecast::Flat { low: 0.0, high: MOST }),
                    (Rival::Hearsay, Forecast::Normals(hearsay)),
                    (Rival::OtherStudies, self.others(OutcomeName::GradedMean, target, true)?),
                ])
            }
            Observable::GradedShareAbove(points) => {
                let above = 1.0 - normal_cdf((points - self.hearsay.mean) / self.hearsay.sd);
                Ok(vec![
                    (Rival::Flat, flat),
                    (Rival::Hearsay, Forecast::of_counts(binomial(above, target.n))),
                    (
                        Rival::OtherStudies,
                        self.others(OutcomeName::GradedAboveHalf, target, true)?,
                    ),
                ])
            }
            Observable::DarkMarks => self.of_harm(flat, OutcomeName::DarkMarks, target),
            Observable::Infection => self.of_harm(flat, OutcomeName::Infection, target),
            Observable::PapillaryCollagenGain | Observable::EpidermalGain | Observable::UntreatedWidthChange => {
                Ok(Vec::new())
            }
        }
    }

    fn of_harm(&self, flat: Forecast, outcome: OutcomeName, target: &Target) -> Result<Vec<(Rival, Forecast)>, String> {
        Ok(vec![
            (Rival::Flat, flat),
            (Rival::OtherStudies, self.others(outcome, target, true)?),
            (Rival::Pooled, self.others(outcome, target, false)?),
        ])
    }

    /// What the next study may report, with its own chance; studies `differ`, or all are of one rate.
    fn others(&self, outcome: OutcomeName, target: &Target, differ: bool) -> Result<Forecast, String> {
        let none = || format!("the others say nothing of {}", target.name);
        let outcome = self.studies.outcome(outcome).ok_or_else(none)?;
        match (
            outcome.without(&target.study, differ).ok_or_else(none)?,
            &outcome.belief,
        ) {
            (Without::Mean(next), Belief::Means(means)) => {
                let error = means.people_sd / f64::from(target.n).sqrt();
                Ok(Forecast::Normals(next.plus(0.0, error.powi(2)).ok_or_else(none)?))
            }
            (Without::Rates(rates), _) => Ok(Forecast::of_counts(rates.next_count(target.n.into()))),
            (Without::Mean(_), Belief::Shares(_)) => Err(none()),
        }
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
        let said = Rivals::read(&library.synthesis).unwrap().forecasts(target).unwrap();
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
        let own = "archderm-2023-physician";
        let said = |changed: &str| {
            let mut studies = library.synthesis.clone();
            for study in studies.outcomes.iter_mut().flat_map(|outcome| &mut outcome.studies) {
                if study.key == changed {
                    study.value = 90.0;
                }
            }
            Rivals::read(&studies)
                .unwrap()
                .forecasts(target(&library, own))
                .unwrap()
        };
        assert_eq!(said("none of them"), said("outcomes.archderm2023.latent_mean"));
        assert_ne!(said("none of them"), said("outcomes.park2012.latent_mean"));
    }
}
