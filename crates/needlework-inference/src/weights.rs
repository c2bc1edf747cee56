//! Draws of a prior, weighed by data: importance weights, how far they can be trusted, and a sample by them.
//!
//! wᵢ = Lᵢ/ΣL over draws of the prior; the mean of L is the evidence. The effective number of draws is 1/Σw². How heavy
//! the tail of the weights is tells whether a larger bank would say something else: k̂ is the shape of the generalised
//! Pareto distribution fitted to the largest weights (Vehtari and others, Pareto smoothed importance sampling; the fit
//! after Zhang and Stephens 2009, drawn to one half by ten observations as there). Below 0.5 the central limit theorem
//! holds, above 0.7 no bank of a bearable size helps.
//!
//! A sample is drawn systematically: one random number, equal steps through the summed weights, so that a draw of
//! weight w comes n·w times, rounded up or down. Then it is shuffled, so that its first part is a sample too.

use needlework_numerics::{order, uniforms};

use crate::draws::Draws;
use crate::ln_sum::ln_sum_exp;

/// Weights of draws, and what they say of themselves.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// One a draw, in their order; they add up to one.
    pub normalised: Vec<f64>,
    /// The logarithm of the mean likelihood, in nats.
    pub ln_evidence: f64,
    /// The effective number of draws, between 1 and as many as there are.
    pub effective: f64,
    /// The largest weight.
    pub largest: f64,
    /// The shape k̂ of the tail; `None` of too few draws or weights that are all the same, which have no tail.
    pub tail_shape: Option<f64>,
}

/// What weights must keep to be trusted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gate {
    /// The least effective number of draws.
    pub effective: f64,
    /// The shape of the tail stays below.
    pub tail_shape: f64,
    /// The largest weight stays below.
    pub largest: f64,
}

impl Default for Gate {
    fn default() -> Self {
        // numerical: quantiles of 5 and 95 % are known to a tenth of a standard deviation by a thousand draws; 0.7
        // after Vehtari and others; no draw speaks for more than one person in fifty
        const USUAL: Gate = Gate {
            effective: 1000.0,
            tail_shape: 0.7,
            largest: 0.02,
        };
        USUAL
    }
}

impl Weights {
    /// The weights of draws of the prior with these logarithms of the likelihood. `None` of no draws, where one is no
    /// number, or where all are impossible.
    #[must_use]
    pub fn of(ln_likelihoods: &[f64]) -> Option<Self> {
        let total = ln_sum_exp(ln_likelihoods.iter().copied());
        total.is_finite().then(|| {
            let normalised: Vec<f64> = ln_likelihoods.iter().map(|ln| (ln - total).exp()).collect();
            Self {
                ln_evidence: total - (ln_likelihoods.len() as f64).ln(),
                effective: 1.0 / normalised.iter().map(|weight| weight * weight).sum::<f64>(),
                largest: normalised.iter().copied().fold(0.0, f64::max),
                tail_shape: tail_shape(&normalised),
                normalised,
            }
        })
    }

    /// Whether the weights keep what they must.
    #[must_use]
    pub fn pass(&self, gate: &Gate) -> bool {
        self.effective >= gate.effective
            && self.largest < gate.largest
            && self.tail_shape.is_none_or(|shape| shape < gate.tail_shape)
    }

    /// A quantity that each draw has a value of, as it is after the data. `None` where values and draws differ in
    /// number or a value is not finite.
    #[must_use]
    pub fn posterior(&self, values: &[f64]) -> Option<Draws> {
        Draws::weighted(values, &self.normalised)
    }

    /// The logarithm of the probability of other data, forecast from those that the weights hold: the log score of a
    /// study that was left out, by its own logarithms of the likelihood. `None` where their number is not that of the
    /// draws.
    #[must_use]
    pub fn ln_forecast(&self, ln_likelihoods: &[f64]) -> Option<f64> {
        let pairs = self.normalised.iter().zip(ln_likelihoods);
        (ln_likelihoods.len() == self.normalised.len()).then(|| {
            ln_sum_exp(
                pairs
                    .filter(|(weight, _)| **weight > 0.0)
                    .map(|(weight, ln)| weight.ln() + ln),
            )
        })
    }

    /// The indices of `count` draws, taken by their weights, in a random order that the seed and the name fix.
    #[must_use]
    pub fn resample(&self, count: usize, seed: u64, name: &str) -> Vec<usize> {
        let offset = uniforms(seed, &format!("{name}.offset"), 1);
        let taken = systematic(&self.normalised, count, offset.first().copied().unwrap_or(0.5));
        let keys = uniforms(seed, &format!("{name}.order"), count);
        order(&keys).into_iter().map(|at| taken[at]).collect()
    }
}

/// The indices of `count` draws by equal steps through the sum of their weights; `offset` is the place in the first
/// step, between zero and one.
pub(crate) fn systematic(weights: &[f64], count: usize, offset: f64) -> Vec<usize> {
    let total: f64 = weights.iter().sum();
    let mut taken = Vec::with_capacity(count);
    let mut reached = 0.0;
    for (at, weight) in weights.iter().enumerate() {
        reached += weight / total;
        // Ends: each turn takes one draw, and there are `count`.
        while taken.len() < count && taken.len() as f64 + offset < reached * count as f64 {
            taken.push(at);
        }
    }
    // By rounding the last step may lie beyond the sum.
    if let Some(last) = weights.iter().rposition(|weight| *weight > 0.0) {
        taken.resize(count, last);
    }
    taken
}

/// The shape of the generalised Pareto distribution of the largest weights.
fn tail_shape(weights: &[f64]) -> Option<f64> {
    // numerical: the tail is the smaller of a fifth of the draws and three times the root of their number, at least
    // five
    const FIFTH: usize = 5;
    const LEAST: usize = 5;
    let count = weights.len();
    let length = (count / FIFTH).min((3.0 * (count as f64).sqrt()).ceil() as usize);
    if length < LEAST {
        return None;
    }
    let mut sorted = weights.to_vec();
    sorted.sort_by(f64::total_cmp);
    let cut = sorted[count - length - 1];
    let beyond: Vec<f64> = sorted[count - length..].iter().map(|weight| weight - cut).collect();
    pareto_shape(&beyond)
}

/// The shape of the generalised Pareto distribution that fits ascending values above nothing. `None` where the largest
/// or the one at the first quarter is nothing.
fn pareto_shape(ascending: &[f64]) -> Option<f64> {
    // numerical: the scale of the prior of Zhang and Stephens, and how many of its points there are but for √n
    const PRIOR_SCALE: f64 = 3.0;
    const POINTS: usize = 30;
    // numerical: so many observations pull k̂ to one half
    const PULL: f64 = 10.0;
    let count = ascending.len() as f64;
    let quarter = *ascending.get(((count / 4.0 + 0.5) as usize).checked_sub(1)?)?;
    let largest = *ascending.last()?;
    if quarter <= 0.0 || !largest.is_finite() {
        return None;
    }
    let points = POINTS + count.sqrt() as usize;
    let shape = |theta: f64| ascending.iter().map(|x| (-theta * x).ln_1p()).sum::<f64>() / count;
    let thetas: Vec<f64> = (0..points)
        .map(|at| {
            let step = 1.0 - (points as f64 / (at as f64 + 0.5)).sqrt();
            1.0 / largest + step / (PRIOR_SCALE * quarter)
        })
        .collect();
    let ln_profiles: Vec<f64> = thetas
        .iter()
        .map(|&theta| {
            let k = shape(theta);
            count * ((-theta / k).ln() - k - 1.0)
        })
        .collect();
    let total = ln_sum_exp(ln_profiles.iter().copied());
    let theta: f64 = thetas
        .iter()
        .zip(&ln_profiles)
        .map(|(theta, ln)| theta * (ln - total).exp())
        .sum();
    let k = (count * shape(theta) + PULL * 0.5) / (count + PULL);
    k.is_finite().then_some(k)
}

#[cfg(test)]
mod tests {
    use super::*;
    use needlework_numerics::{midpoints, normal_ln_density, normals};

    use crate::counts::Count;
    use needlework_numerics::logit;

    /// 7 of 16 and a uniform prior: the posterior is Beta(8, 10).
    #[test]
    fn beta_and_binomial() {
        let shares = uniforms(1, "share", 40_000);
        let lns: Vec<f64> = shares
            .iter()
            .map(|p| Count::new(7, 16).ln_probability(logit(*p)))
            .collect();
        let weights = Weights::of(&lns).unwrap();
        let after = weights.posterior(&shares).unwrap();
        let error = 1.0 / weights.effective.sqrt();
        assert!((after.mean() - 0.4444).abs() < 3.0 * 0.114 * error, "{}", after.mean());
        assert!((after.sd() - 0.1140).abs() < 3.0 * 0.114 * error);
        assert!((after.quantile(0.05) - 0.2601).abs() < 0.005 && (after.quantile(0.95) - 0.6360).abs() < 0.005);
        let spread = (1.0 / weights.effective - 1.0 / 40_000.0).sqrt();
        assert!(
            (weights.ln_evidence + 17.0_f64.ln()).abs() < 3.0 * spread,
            "{}",
            weights.ln_evidence
        );
        assert!(weights.pass(&Gate::default()), "{:?}", weights.tail_shape);
    }

    /// Prior N(50, 20²), 56 ± 2.1213.
    #[test]
    fn normal_and_normal() {
        let means: Vec<f64> = normals(1, "mean", 40_000).iter().map(|z| 50.0 + 20.0 * z).collect();
        let lns: Vec<f64> = means
            .iter()
            .map(|m| normal_ln_density(56.0, *m, 4.5_f64.sqrt()))
            .collect();
        let weights = Weights::of(&lns).unwrap();
        let after = weights.posterior(&means).unwrap();
        let error = 2.1095 / weights.effective.sqrt();
        assert!((after.mean() - 55.9333).abs() < 3.0 * error && (after.sd() - 2.1095).abs() < 3.0 * error);
        let spread = (1.0 / weights.effective - 1.0 / 40_000.0).sqrt();
        assert!(
            (weights.ln_evidence + 3.964_76).abs() < 3.0 * spread,
            "{}",
            weights.ln_evidence
        );
        // A value that no datum touches keeps its spread.
        let other = weights.posterior(&normals(1, "other", 40_000)).unwrap();
        assert!((0.97..1.03).contains(&other.sd()), "{}", other.sd());
    }

    /// The evidence of all is that of some times the forecast of the others from them.
    #[test]
    fn evidence_is_a_chain_of_forecasts() {
        let z = normals(1, "mean", 5000);
        let of = |observed: f64| -> Vec<f64> { z.iter().map(|m| normal_ln_density(observed, *m, 0.7)).collect() };
        let (first, second) = (of(0.4), of(1.1));
        let both: Vec<f64> = first.iter().zip(&second).map(|(a, b)| a + b).collect();
        let some = Weights::of(&first).unwrap();
        let all = Weights::of(&both).unwrap();
        let forecast = some.ln_forecast(&second).unwrap();
        assert!((some.ln_evidence + forecast - all.ln_evidence).abs() < 1e-10);
        assert!(some.ln_forecast(&second[1..]).is_none());
    }

    #[test]
    fn the_shape_of_a_known_tail_is_found() {
        for k in [-0.3_f64, 0.0, 0.5, 1.2] {
            // Quantiles of the generalised Pareto distribution.
            let values: Vec<f64> = midpoints(1.0, 2000)
                .iter()
                .map(|u| {
                    if k == 0.0 {
                        -(1.0 - u).ln()
                    } else {
                        ((1.0 - u).powf(-k) - 1.0) / k
                    }
                })
                .collect();
            let found = pareto_shape(&values).unwrap();
            assert!((found - k).abs() < 0.04, "{k}: {found}");
        }
    }

    #[test]
    fn heavy_weights_do_not_pass() {
        // A forecast that is narrower than the truth: weights of infinite variance.
        let lns: Vec<f64> = normals(2, "z", 20_000).iter().map(|z| 0.45 * z * z).collect();
        let weights = Weights::of(&lns).unwrap();
        assert!(
            weights.tail_shape.unwrap() > 0.7 && !weights.pass(&Gate::default()),
            "{:?}",
            weights.tail_shape
        );
        let alike = Weights::of(&[-3.0; 2000]).unwrap();
        assert_eq!((alike.ln_evidence, alike.tail_shape), (-3.0, None));
        assert!((alike.effective - 2000.0).abs() < 1e-6 && alike.pass(&Gate::default()));
        assert!(!Weights::of(&[-3.0; 20]).unwrap().pass(&Gate::default()));
    }

    #[test]
    fn what_can_not_be_weighed_is_none() {
        assert!(Weights::of(&[]).is_none() && Weights::of(&[f64::NEG_INFINITY; 3]).is_none());
        assert!(Weights::of(&[0.0, f64::NAN]).is_none());
        let one = Weights::of(&[f64::NEG_INFINITY, -900.0]).unwrap();
        assert_eq!((one.normalised.as_slice(), one.largest), ([0.0, 1.0].as_slice(), 1.0));
    }

    #[test]
    fn a_sample_has_each_draw_as_often_as_it_weighs_and_begins_with_a_sample() {
        let lns: Vec<f64> = normals(3, "ln", 500).iter().map(|z| 1.5 * z).collect();
        let weights = Weights::of(&lns).unwrap();
        let taken = weights.resample(2000, 1, "posterior");
        assert_eq!(taken, weights.resample(2000, 1, "posterior"));
        for (at, weight) in weights.normalised.iter().enumerate() {
            let often = taken.iter().filter(|&&i| i == at).count() as f64;
            assert!((often - 2000.0 * weight).abs() <= 1.0, "{at}: {often} {weight}");
        }
        // The first tenth is spread over all draws and not the first of them.
        let mean = |part: &[usize]| part.iter().map(|&i| i as f64).sum::<f64>() / part.len() as f64;
        assert!((mean(&taken[..200]) - mean(&taken)).abs() < 30.0);
        assert_eq!(systematic(&[0.0, 1.0, 0.0], 4, 0.999_999), [1; 4]);
    }
}
