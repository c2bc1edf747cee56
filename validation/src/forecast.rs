//! A forecast of one published number, and how good it was once the number came.
//!
//! Two scores that reward honesty: the logarithm of what the forecast held for the number, in nats, higher is better;
//! and the continuous ranked probability score, in the unit of the number, lower is better. A count of people is scored
//! by the probability of just that count; a mean by a density, so that its log score hangs on the unit and only
//! differences between forecasts of the same number mean anything. The density of draws is that of normal kernels
//! ([`Draws::ln_density`]).

use needlework::inference::draws::Draws;
use needlework::inference::normal_mixture::NormalMixture;
use needlework::inference::scores::{log_score, ranked_probability_score};

/// What somebody says of a number before it comes.
#[derive(Debug, Clone, PartialEq)]
pub enum Forecast {
    /// The probabilities of 0, 1, 2, … of a study's people; the number is their share.
    Count(Vec<f64>),
    /// As likely everywhere between two ends.
    Flat {
        /// The lower end.
        low: f64,
        /// The upper end.
        high: f64,
    },
    /// Normal distributions.
    Normals(NormalMixture),
    /// Draws.
    Draws(Draws),
}

/// How good a forecast was.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Scores {
    /// The logarithm of the probability or density of what came, in nats; higher is better.
    pub log: f64,
    /// The continuous ranked probability score, in the unit of the number; lower is better.
    pub crps: f64,
}

impl Forecast {
    /// A count among `n` people, each with one of these probabilities, which one nobody knows: the average of the
    /// binomials.
    #[must_use]
    pub fn of_probabilities(probabilities: &[f64], n: u32) -> Self {
        let mut counts = vec![0.0; n as usize + 1];
        for &p in probabilities {
            for (count, whole) in binomial(p, n).into_iter().zip(&mut counts) {
                *whole += count / probabilities.len() as f64;
            }
        }
        Self::of_counts(counts)
    }

    /// A count with these probabilities, which need not add up to one.
    #[must_use]
    pub fn of_counts(mut counts: Vec<f64>) -> Self {
        let total: f64 = counts.iter().sum();
        counts.iter_mut().for_each(|p| *p /= total);
        Self::Count(counts)
    }

    /// The scores of what came. `None` where the forecast is none.
    #[must_use]
    pub fn scores(&self, published: f64) -> Option<Scores> {
        Some(match self {
            Self::Count(counts) => {
                let people = counts.len().checked_sub(1)? as f64;
                let came = (published * people).round() as usize;
                Scores {
                    log: log_score(counts, came)?,
                    crps: ranked_probability_score(counts, came)? / people,
                }
            }
            Self::Flat { low, high } => {
                let (width, within) = (high - low, published.clamp(*low, *high));
                let ends = (within - low).powi(3) + (high - within).powi(3);
                Scores {
                    log: if within == published {
                        -width.ln()
                    } else {
                        f64::NEG_INFINITY
                    },
                    crps: ends / (3.0 * width * width) + (published - within).abs(),
                }
            }
            Self::Normals(mixture) => Scores {
                log: mixture.ln_density(published),
                crps: mixture.crps(published),
            },
            Self::Draws(draws) => Scores {
                log: draws.ln_density(published),
                crps: draws.crps(published),
            },
        })
    }
}

/// The probabilities of 0 to `n` of `n` people.
pub(crate) fn binomial(p: f64, n: u32) -> Vec<f64> {
    let mut ways = 1.0;
    (0..=n)
        .map(|k| {
            let probability = ways * p.powi(k as i32) * (1.0 - p).powi((n - k) as i32);
            ways *= f64::from(n - k) / f64::from(k + 1);
            probability
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use needlework::inference::normal_mixture::Part;
    use needlework::numerics::normal_strata;

    fn scored(forecast: &Forecast, published: f64) -> Scores {
        forecast.scores(published).unwrap()
    }

    #[test]
    fn a_count_is_scored_by_its_probability() {
        let two = Forecast::of_probabilities(&[0.5, 0.0], 2);
        let Forecast::Count(counts) = &two else { unreachable!() };
        for (found, known) in counts.iter().zip([0.625, 0.25, 0.125]) {
            assert!((found - known).abs() < 1e-15, "{counts:?}");
        }
        assert!((scored(&two, 0.5).log - 0.25_f64.ln()).abs() < 1e-12);
        // The cumulative probabilities 0.625 and 0.875 against 0 and 1, over two people.
        let known = (0.625_f64.powi(2) + 0.125_f64.powi(2)) / 2.0;
        assert!((scored(&two, 0.5).crps - known).abs() < 1e-12);
        // All or none of 60 stay probabilities.
        assert!((binomial(1.0, 60)[60] - 1.0).abs() < 1e-12 && binomial(0.0, 60)[0] == 1.0);
        assert!((binomial(0.3, 60).iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_flat_forecast_is_what_even_draws_are() {
        let flat = Forecast::Flat { low: 0.0, high: 100.0 };
        let even = Forecast::Draws(Draws::equal(&needlework::numerics::midpoints(100.0, 2000)).unwrap());
        for published in [3.0, 56.0] {
            assert!((scored(&flat, published).crps - scored(&even, published).crps).abs() < 1e-3);
            assert!((scored(&flat, published).log + 100.0_f64.ln()).abs() < 1e-12);
        }
        assert!(scored(&flat, 120.0).log.is_infinite());
    }

    /// Kernels about four hundred draws, as many as there are worlds, have the density that the draws come from, but
    /// for a tenth of a nat that they are too wide in the tails.
    #[test]
    fn the_density_of_draws_is_nearly_that_of_their_distribution() {
        let draws: Vec<f64> = normal_strata(400).iter().map(|z| 40.0 + 20.0 * z).collect();
        let part = Part {
            weight: 1.0,
            mean: 40.0,
            sd: 20.0,
        };
        let exact = Forecast::Normals(NormalMixture::new(vec![part]).unwrap());
        let kernels = Forecast::Draws(Draws::equal(&draws).unwrap());
        for published in [10.0, 40.0, 56.0, 75.0] {
            let (found, known) = (scored(&kernels, published), scored(&exact, published));
            assert!((found.log - known.log).abs() < 0.1, "{published}: {found:?} {known:?}");
            assert!(
                (found.crps - known.crps).abs() < 0.05,
                "{published}: {found:?} {known:?}"
            );
        }
    }
}
