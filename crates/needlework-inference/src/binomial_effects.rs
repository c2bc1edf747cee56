//! Rates of studies that differ: binomial counts with a random study effect on the log-odds, and the forecast of the
//! next study's rate and count.
//!
//! kⱼ ~ Bin(nⱼ, pⱼ), logit pⱼ = α + oⱼ + wⱼ, wⱼ ~ N(0, τ²), α normal, τ half-normal; oⱼ is what is known of study j.
//! wⱼ is integrated study by study, α and τ lie on a grid of equal cells that is laid over the priors first and then
//! over what the counts leave of them. A study of zeros counts as one, without a half added anywhere.
//!
//! A new study, like a person treated somewhere new, gets a new w: its rate is far less known than the typical one.

use needlework_numerics::{HIGH, Interval, LOW, expit, midpoints, normal_nodes};

use crate::counts::Count;
use crate::ln_sum::ln_sum_exp;
use crate::normal_mixture::{NormalMixture, Part};
use crate::study_effect::ln_average_over_effect;

// numerical: cells of α and of τ of the first grids, which only find where the last lies
const COARSE: [usize; 2] = [60, 24];
// numerical: how often the coarse grid is laid, each time over what is left; two find a rate of ten thousand people
const LOOKS: usize = 2;
// numerical: cells of α and of τ of the last grid
const FINE: [usize; 2] = [80, 48];
// numerical: how many standard deviations, or scales, of the priors the first grid reaches
const REACH: f64 = 6.0;
// numerical: the logarithm of what a place must weigh beside the heaviest, to be kept
const LEAST_LN: f64 = -23.0;

/// What is believed before the counts, on the log-odds scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RatePriors {
    /// The mean of the normal prior of α.
    pub log_odds: f64,
    /// Its standard deviation.
    pub log_odds_sd: f64,
    /// The scale of the half-normal prior of τ; zero where studies are held not to differ.
    pub between_scale: f64,
}

/// What is believed after the counts.
#[derive(Debug, Clone, PartialEq)]
pub struct PooledRates {
    /// The log-odds α of a typical study.
    pub typical: NormalMixture,
    /// How log-odds of studies differ: τ.
    pub between: NormalMixture,
    /// The log-odds of a next study of the same kind.
    pub next: NormalMixture,
    /// The logarithm of the probability of the counts before they were seen.
    pub ln_evidence: f64,
    places: Vec<Place>,
}

/// Pools the counts. `None` where a count has more events than people, or a prior has no spread.
#[must_use]
pub fn pool_rates(counts: &[Count], priors: &RatePriors) -> Option<PooledRates> {
    let proper = priors.log_odds.is_finite()
        && priors.log_odds_sd > 0.0
        && priors.log_odds_sd.is_finite()
        && priors.between_scale >= 0.0
        && priors.between_scale.is_finite();
    if !proper || !counts.iter().all(Count::is_fair) {
        return None;
    }
    let wide = REACH * priors.log_odds_sd;
    let mut near = Ranges {
        alpha: (priors.log_odds - wide, priors.log_odds + wide),
        tau: (0.0, REACH * priors.between_scale),
    };
    for _ in 0..LOOKS {
        near = weigh(&near, COARSE, counts, priors).left(&near)?;
    }
    let fine = weigh(&near, FINE, counts, priors);
    let [alpha_cell, tau_cell] = fine.cells;
    let ln_evidence = ln_sum_exp(fine.places.iter().map(|place| place.ln_weight)) + fine.ln_cell;
    let most = fine.most();
    let mut places = fine.places;
    places.retain(|place| place.ln_weight > most + LEAST_LN);
    let of = |mean: &dyn Fn(&Place) -> f64, sd: &dyn Fn(&Place) -> f64| {
        let parts = places.iter().map(|place| Part {
            weight: (place.ln_weight - most).exp(),
            mean: mean(place),
            sd: sd(place),
        });
        NormalMixture::new(parts.collect())
    };
    // A cell is as wide as the normal that stands for it.
    let width = |cell: f64| cell / (3.0 * 4.0_f64).sqrt();
    Some(PooledRates {
        typical: of(&|place| place.alpha, &|_| width(alpha_cell))?,
        between: of(&|place| place.tau, &|_| width(tau_cell))?,
        next: of(&|place| place.alpha, &|place| place.tau.hypot(width(alpha_cell)))?,
        ln_evidence,
        places,
    })
}

impl PooledRates {
    /// The rate of a typical study: mean with 5–95 %.
    #[must_use]
    pub fn typical_rate(&self) -> Interval {
        rate(&self.typical)
    }

    /// The true rate of a next study: mean with 5–95 %.
    #[must_use]
    pub fn next_rate(&self) -> Interval {
        rate(&self.next)
    }

    /// The logarithm of the probability that a next study counts this.
    #[must_use]
    pub fn ln_forecast(&self, count: &Count) -> f64 {
        if !count.is_fair() {
            return f64::NAN;
        }
        let total = ln_sum_exp(self.places.iter().map(|place| place.ln_weight));
        ln_sum_exp(
            self.places
                .iter()
                .map(|place| place.ln_weight + place.ln_probability(count)),
        ) - total
    }

    /// The probabilities of 0, 1, …, `of` events among `of` people of a next study.
    #[must_use]
    pub fn next_count(&self, of: u64) -> Vec<f64> {
        (0..=of)
            .map(|events| self.ln_forecast(&Count::new(events, of)).exp())
            .collect()
    }
}

/// The log score of each study's count when it is forecast from all the others, in nats. `None` as for [`pool_rates`].
#[must_use]
pub fn leave_one_out_rates(counts: &[Count], priors: &RatePriors) -> Option<Vec<f64>> {
    (0..counts.len())
        .map(|at| {
            let others: Vec<Count> = counts[..at].iter().chain(&counts[at + 1..]).copied().collect();
            Some(pool_rates(&others, priors)?.ln_forecast(&counts[at]))
        })
        .collect()
}

/// The mean and interval of the rate of log-odds.
fn rate(log_odds: &NormalMixture) -> Interval {
    const NODES: usize = 64;
    const BOUNDS: [f64; 2] = [LOW, HIGH];
    let nodes = normal_nodes(NODES);
    let average = |part: &Part| -> f64 {
        nodes
            .iter()
            .map(|node| node.weight * expit(part.mean + part.sd * node.at))
            .sum()
    };
    let mean = log_odds.parts().iter().map(|part| part.weight * average(part)).sum();
    let [low, high] = BOUNDS.map(|bound| expit(log_odds.quantile(bound)));
    Interval::holding(mean, low, high)
}

/// One place of the grid.
#[derive(Debug, Clone, PartialEq)]
struct Place {
    alpha: f64,
    tau: f64,
    /// The density of the priors times the probability of the counts.
    ln_weight: f64,
}

impl Place {
    fn ln_probability(&self, count: &Count) -> f64 {
        ln_average_over_effect(self.tau, |w| count.ln_probability(self.alpha + w))
    }
}

/// Where the grid lies.
#[derive(Debug)]
struct Ranges {
    alpha: (f64, f64),
    tau: (f64, f64),
}

/// A grid with its weights.
struct Weighed {
    places: Vec<Place>,
    cells: [f64; 2],
    /// The logarithm of the area of a cell, with what the densities of the priors lack.
    ln_cell: f64,
}

impl Weighed {
    fn most(&self) -> f64 {
        self.places
            .iter()
            .map(|place| place.ln_weight)
            .fold(f64::NEG_INFINITY, f64::max)
    }

    /// The part of the ranges that is left, with a cell more on each side. `None` where nothing fits.
    fn left(&self, all: &Ranges) -> Option<Ranges> {
        let most = self.most();
        if !most.is_finite() {
            return None;
        }
        let kept = |of: &dyn Fn(&Place) -> f64, cell: f64, bounds: (f64, f64)| {
            let values = self
                .places
                .iter()
                .filter(|place| place.ln_weight > most + LEAST_LN)
                .map(of);
            let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| {
                (low.min(x), high.max(x))
            });
            // From the middle of a cell to the far edge of its neighbour.
            let margin = (1.0 + 0.5) * cell;
            ((low - margin).max(bounds.0), (high + margin).min(bounds.1))
        };
        Some(Ranges {
            alpha: kept(&|place| place.alpha, self.cells[0], all.alpha),
            tau: kept(&|place| place.tau, self.cells[1], all.tau),
        })
    }
}

fn weigh(ranges: &Ranges, cells: [usize; 2], counts: &[Count], priors: &RatePriors) -> Weighed {
    let middles = |(low, high): (f64, f64), count: usize| -> Vec<f64> {
        midpoints(high - low, count).into_iter().map(|x| low + x).collect()
    };
    let alphas = middles(ranges.alpha, cells[0]);
    let differ = priors.between_scale > 0.0;
    let taus = if differ {
        middles(ranges.tau, cells[1])
    } else {
        vec![0.0]
    };
    let alpha_cell = (ranges.alpha.1 - ranges.alpha.0) / cells[0] as f64;
    let tau_cell = (ranges.tau.1 - ranges.tau.0) / cells[1] as f64;
    let mut places = Vec::with_capacity(alphas.len() * taus.len());
    for &tau in &taus {
        for &alpha in &alphas {
            let far = if differ { tau / priors.between_scale } else { 0.0 };
            let mut place = Place {
                alpha,
                tau,
                ln_weight: -0.5 * (((alpha - priors.log_odds) / priors.log_odds_sd).powi(2) + far * far),
            };
            place.ln_weight += counts.iter().map(|count| place.ln_probability(count)).sum::<f64>();
            places.push(place);
        }
    }
    let root = std::f64::consts::TAU.sqrt();
    let ln_between = if differ {
        (2.0 * tau_cell / (priors.between_scale * root)).ln()
    } else {
        0.0
    };
    Weighed {
        places,
        cells: [alpha_cell, tau_cell],
        ln_cell: (alpha_cell / (priors.log_odds_sd * root)).ln() + ln_between,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use needlework_numerics::{logit, normal_ln_density};

    /// People with dark marks after needling: an arm of 2023 (7 of 32, DOI 10.1007/s00403-023-02601-w), Dogra 2014 (5
    /// of 30), Fabbrocini 2014 (0 of 60), Cachafeiro 2016 (0 of 23).
    const DARK_MARKS: [(u64, u64); 4] = [(7, 32), (5, 30), (0, 60), (0, 23)];

    fn dark_marks() -> Vec<Count> {
        DARK_MARKS.iter().map(|&(events, of)| Count::new(events, of)).collect()
    }

    /// Centred at the pooled count, 12 of 145.
    fn priors() -> RatePriors {
        RatePriors {
            log_odds: logit(12.0 / 145.0),
            log_odds_sd: 1.5,
            between_scale: 1.0,
        }
    }

    #[test]
    fn dark_marks_of_four_studies() {
        let pooled = pool_rates(&dark_marks(), &priors()).unwrap();
        let typical = pooled.typical_rate();
        assert!((typical.mean - 0.066).abs() < 0.002, "{typical:?}");
        assert!(
            (typical.low - 0.014).abs() < 0.002 && (typical.high - 0.158).abs() < 0.004,
            "{typical:?}"
        );
        let next = pooled.next_rate();
        assert!((next.mean - 0.118).abs() < 0.002, "{next:?}");
        assert!(
            (next.low - 0.003).abs() < 5e-4 && (next.high - 0.484).abs() < 0.005,
            "{next:?}"
        );
        let tau = &pooled.between;
        assert!((tau.mean() - 1.5).abs() < 0.1, "{}", tau.mean());
        assert!((tau.quantile(0.05) - 0.7).abs() < 0.1 && (tau.quantile(0.95) - 2.5).abs() < 0.1);
    }

    /// People graded above one half: Park 2012 (7 of 16) and, derived from its mean, an arm of 2023 (about 22 of 32).
    #[test]
    fn shares_of_two_studies() {
        let even = RatePriors {
            log_odds: 0.0,
            ..priors()
        };
        let pooled = pool_rates(&[Count::new(7, 16), Count::new(22, 32)], &even).unwrap();
        let found = [pooled.typical_rate(), pooled.next_rate()].map(|rate| [rate.mean, rate.low, rate.high]);
        for (found, known) in found.iter().flatten().zip([0.57, 0.33, 0.77, 0.56, 0.19, 0.87]) {
            assert!((found - known).abs() < 0.01, "{found} {known}");
        }
    }

    #[test]
    fn each_study_is_forecast_by_the_others_only_if_studies_may_differ() {
        let total = |between_scale| -> f64 {
            let priors = RatePriors {
                log_odds: logit(0.05),
                between_scale,
                ..priors()
            };
            leave_one_out_rates(&dark_marks(), &priors).unwrap().iter().sum()
        };
        assert!(total(1.0) >= -11.5, "{}", total(1.0));
        assert!(total(0.0) < -15.0, "{}", total(0.0));
        // The pooled count predicts as badly.
        assert!((total(0.0) + 18.6).abs() < 0.2, "{}", total(0.0));
        // Each count lies in the 90 % interval of its forecast from the others.
        for at in 0..4 {
            let mut others = dark_marks();
            let count = others.remove(at);
            let forecast = pool_rates(&others, &priors()).unwrap().next_count(count.of);
            let below: f64 = forecast[..count.events as usize].iter().sum();
            let with = below + forecast[count.events as usize];
            assert!(with > 0.05 && below < 0.95, "{count:?}: {below} {with}");
        }
    }

    /// Every integral by plain sums.
    #[test]
    fn plain_sums_find_the_same() {
        let (counts, priors) = (dark_marks(), priors());
        let pooled = pool_rates(&counts, &priors).unwrap();
        let (mut total, mut next, mut five) = (0.0, 0.0, 0.0);
        let zs: Vec<f64> = midpoints(16.0, 320).iter().map(|z| z - 8.0).collect();
        let (da, dt, dz) = (18.0 / 90.0, 6.0 / 60.0, 16.0 / 320.0);
        for tau in midpoints(6.0, 60) {
            for alpha in midpoints(18.0, 90).iter().map(|a| priors.log_odds - 9.0 + a) {
                let before = normal_ln_density(alpha, priors.log_odds, 1.5).exp()
                    * 2.0
                    * normal_ln_density(tau, 0.0, 1.0).exp()
                    * da
                    * dt;
                let over = |f: &dyn Fn(f64) -> f64| -> f64 {
                    zs.iter()
                        .map(|z| normal_ln_density(*z, 0.0, 1.0).exp() * f(alpha + tau * z) * dz)
                        .sum()
                };
                let weight = counts
                    .iter()
                    .map(|c| over(&|x| c.ln_probability(x).exp()))
                    .product::<f64>()
                    * before;
                total += weight;
                next += weight * over(&expit);
                five += weight * over(&|x| Count::new(5, 20).ln_probability(x).exp());
            }
        }
        assert!(
            (pooled.ln_evidence - total.ln()).abs() < 1e-4,
            "{} {}",
            pooled.ln_evidence,
            total.ln()
        );
        assert!((pooled.next_rate().mean - next / total).abs() < 1e-4);
        let forecast = pooled.next_count(20);
        assert!((forecast[5] - five / total).abs() < 1e-5);
        assert!(
            (forecast.iter().sum::<f64>() - 1.0).abs() < 1e-4,
            "{}",
            forecast.iter().sum::<f64>()
        );
    }

    #[test]
    fn many_people_narrow_the_typical_rate_and_the_grid_follows() {
        let alike = RatePriors {
            between_scale: 0.0,
            ..priors()
        };
        let pooled = pool_rates(&[Count::new(3000, 10_000), Count::new(3100, 10_000)], &alike).unwrap();
        let rate = pooled.typical_rate();
        // The normal interval of 6100 of 20,000.
        let half = 1.645 * (0.305_f64 * 0.695 / 20_000.0).sqrt();
        assert!((rate.mean - 0.305).abs() < 2e-4, "{rate:?}");
        assert!((rate.high - rate.low - 2.0 * half).abs() < 0.05 * half, "{rate:?}");
    }

    #[test]
    fn an_offset_is_taken_off() {
        let darker = Count {
            offset: 1.0,
            ..Count::new(7, 32)
        };
        let (with, without) = (
            pool_rates(&[darker], &priors()),
            pool_rates(&[Count::new(7, 32)], &priors()),
        );
        assert!(with.unwrap().typical_rate().mean < without.unwrap().typical_rate().mean);
        assert!(pool_rates(&[Count::new(3, 2)], &priors()).is_none());
        assert!(
            pool_rates(
                &[],
                &RatePriors {
                    log_odds_sd: 0.0,
                    ..priors()
                }
            )
            .is_none()
        );
    }
}
