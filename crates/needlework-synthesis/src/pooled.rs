//! Studies of one outcome together, by random effects.

use needlework_inference::binomial_effects::{PooledRates, RatePriors, pool_rates};
use needlework_inference::counts::Count;
use needlework_inference::normal_mixture::NormalMixture;
use needlework_inference::random_effects::{self, EffectPriors};
use needlework_numerics::{HIGH, Interval, LOW, logit};

use crate::outcome::{Belief, Means, Outcome, Shares, Study};

/// What the studies of an outcome say together, in its unit; intervals are 5–95 %.
#[derive(Debug, Clone, PartialEq)]
pub struct Pooled {
    /// The mean over studies, or the rate of the typical one.
    pub typical: Interval,
    /// What holds for a next study of the same kind, without the chance of its own few people.
    pub next: Interval,
    /// The same, if the belief in how studies differ were half and twice as large.
    pub if_studies_differ: [Interval; 2],
    /// What is left of the mean over studies when what all of them over-read is taken off.
    pub without_over_reading: Option<Interval>,
}

/// The studies of an outcome but one, as a forecaster of that one.
#[derive(Debug)]
pub enum Without {
    /// The true mean of a next study, points.
    Mean(NormalMixture),
    /// The rates that a next study may have.
    Rates(PooledRates),
}

impl Outcome {
    /// What its studies say together; `None` where they cannot be pooled.
    #[must_use]
    pub fn pooled(&self) -> Option<Pooled> {
        // numerical: half and twice are the steps of a look at a belief
        const STEPS: [f64; 2] = [0.5, 2.0];
        let studies: Vec<&Study> = self.studies.iter().collect();
        let (typical, next, over_reading) = match &self.belief {
            Belief::Means(means) => {
                let pooled = random_effects::pool(&of_means(&studies), &effects(means, 1.0))?;
                let left = match self.taken_off {
                    Some([mean, sd]) => Some(interval(&pooled.mean.plus(-mean, sd * sd)?)),
                    None => None,
                };
                (interval(&pooled.mean), interval(&pooled.next), left)
            }
            Belief::Shares(shares) => {
                let pooled = pool_rates(&counts(&studies), &rates(shares, 1.0))?;
                (pooled.typical_rate(), pooled.next_rate(), None)
            }
        };
        Some(Pooled {
            typical,
            next,
            if_studies_differ: [self.next_if(STEPS[0])?, self.next_if(STEPS[1])?],
            without_over_reading: over_reading,
        })
    }

    /// What holds for a next study, without the rest of [`Self::pooled`]; `None` where they cannot be pooled.
    #[must_use]
    pub fn next(&self) -> Option<Interval> {
        self.next_if(1.0)
    }

    /// The same, if the belief in how studies differ were so many times as large.
    fn next_if(&self, step: f64) -> Option<Interval> {
        let studies: Vec<&Study> = self.studies.iter().collect();
        Some(match &self.belief {
            Belief::Means(means) => interval(&random_effects::pool(&of_means(&studies), &effects(means, step))?.next),
            Belief::Shares(shares) => pool_rates(&counts(&studies), &rates(shares, step))?.next_rate(),
        })
    }

    /// What the studies of everybody but `source` say of a next one; where they do not `differ`, as if all were of one
    /// rate or mean. `None` where they cannot be pooled.
    #[must_use]
    pub fn without(&self, source: &str, differ: bool) -> Option<Without> {
        let others: Vec<&Study> = self.studies.iter().filter(|study| study.source != source).collect();
        let scale = f64::from(u8::from(differ));
        Some(match &self.belief {
            Belief::Means(means) => {
                Without::Mean(random_effects::pool(&of_means(&others), &effects(means, scale))?.next)
            }
            Belief::Shares(shares) => Without::Rates(pool_rates(&counts(&others), &rates(shares, scale))?),
        })
    }
}

fn of_means(studies: &[&Study]) -> Vec<random_effects::Study> {
    studies
        .iter()
        .filter_map(|study| Some(random_effects::Study::unbiased(study.value, study.standard_error?)))
        .collect()
}

fn counts(studies: &[&Study]) -> Vec<Count> {
    studies
        .iter()
        .map(|study| Count::new(study.events(), study.n.into()))
        .collect()
}

fn effects(means: &Means, step: f64) -> EffectPriors {
    EffectPriors {
        mean: means.mean,
        sd: means.sd,
        between_scale: step * means.between,
    }
}

fn rates(shares: &Shares, step: f64) -> RatePriors {
    RatePriors {
        log_odds: logit(shares.typical),
        log_odds_sd: shares.log_odds_sd,
        between_scale: step * shares.between,
    }
}

fn interval(of: &NormalMixture) -> Interval {
    Interval::holding(of.mean(), of.quantile(LOW), of.quantile(HIGH))
}
