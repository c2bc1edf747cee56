//! Summaries of draws: quantiles, and shares over worlds with the sampling noise inside a world removed.

use crate::Distribution;

/// A middle with its 5–95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The mean.
    pub mean: f64,
    /// The 5 % bound.
    pub low: f64,
    /// The 95 % bound.
    pub high: f64,
}

/// A share of people, uncertain between worlds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// The mean over worlds and its 5–95 % interval.
    pub interval: Interval,
    /// The shapes of the beta distribution of the share over worlds; none where worlds do not differ.
    pub shapes: Option<(f64, f64)>,
    /// The standard error of the mean that comes from drawing finitely many worlds and people.
    pub sampling_error: f64,
}

/// The arithmetic mean; zero of nothing.
#[must_use]
pub fn mean(values: &[f64]) -> f64 {
    if values.is_empty() {
        0.0
    } else {
        values.iter().sum::<f64>() / values.len() as f64
    }
}

/// The standard deviation with the n − 1 divisor; zero of fewer than two.
#[must_use]
pub fn standard_deviation(values: &[f64]) -> f64 {
    if values.len() < 2 {
        return 0.0;
    }
    let centre = mean(values);
    (values.iter().map(|value| (value - centre).powi(2)).sum::<f64>() / (values.len() - 1) as f64).sqrt()
}

/// The quantile of ascending `sorted` values by linear interpolation (Hyndman and Fan's type 7); NaN of nothing.
#[must_use]
pub fn quantile(sorted: &[f64], probability: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else {
        return f64::NAN;
    };
    let at = probability.clamp(0.0, 1.0) * last as f64;
    let below = at.floor() as usize;
    let above = (below + 1).min(last);
    sorted[below] + (at - below as f64) * (sorted[above] - sorted[below])
}

/// The share of people for whom something holds, given how many of `people` it holds for in each world.
///
/// A world with few people shows its share only up to binomial noise. The probability that two different people of one world
/// both count, averaged over worlds, estimates the mean of the squared share without that noise; the interval is that of the beta
/// distribution with this mean and variance. Where worlds do not differ beyond the noise, the interval closes on the mean.
#[must_use]
pub fn share_over_worlds(counts: &[usize], people: usize) -> Share {
    let worlds = counts.len().max(1) as f64;
    let size = people.max(1) as f64;
    let shares: Vec<f64> = counts.iter().map(|&count| count as f64 / size).collect();
    let centre = mean(&shares);
    let sampling_error = standard_deviation(&shares) / worlds.sqrt();
    let pairs = counts
        .iter()
        .map(|&count| count as f64 * (count as f64 - 1.0))
        .sum::<f64>()
        / worlds;
    let between = if people > 1 {
        pairs / (size * (size - 1.0)) - centre * centre
    } else {
        0.0
    };
    let widest = centre * (1.0 - centre);
    let (interval, shapes) = if between <= 0.0 || widest <= 0.0 {
        (
            Interval {
                mean: centre,
                low: centre,
                high: centre,
            },
            None,
        )
    } else {
        // numerical: a beta whose shapes fall below this is two points, and its quantile function does not converge
        const LEAST_SHAPE: f64 = 0.02;
        let strength = (widest / between - 1.0).max(0.0);
        let alpha = (centre * strength).max(LEAST_SHAPE);
        let beta = ((1.0 - centre) * strength).max(LEAST_SHAPE);
        let law = Distribution::Beta { alpha, beta };
        // numerical: the interval's bounds
        const LOW: f64 = 0.05;
        (
            Interval {
                mean: centre,
                low: law.quantile(LOW),
                high: law.quantile(1.0 - LOW),
            },
            Some((alpha, beta)),
        )
    };
    Share {
        interval,
        shapes,
        sampling_error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{normals, uniforms};

    #[test]
    fn quantiles_interpolate() {
        assert_eq!(quantile(&[1.0, 2.0, 3.0], 0.5), 2.0);
        assert_eq!(quantile(&[1.0, 2.0, 3.0], 0.75), 2.5);
        assert!(quantile(&[], 0.5).is_nan());
    }

    /// Worlds whose share is drawn from a known beta: the interval must be that of the beta, not the wider one of the noisy shares.
    #[test]
    fn binomial_noise_inside_a_world_is_removed() {
        let law = Distribution::Beta { alpha: 2.0, beta: 6.0 };
        let (worlds, people) = (20_000, 5);
        let truth: Vec<f64> = uniforms(1, "truth", worlds)
            .into_iter()
            .map(|u| law.quantile(u))
            .collect();
        let dice = uniforms(1, "dice", worlds * people);
        let counts: Vec<usize> = truth
            .iter()
            .enumerate()
            .map(|(w, p)| dice[w * people..(w + 1) * people].iter().filter(|&&u| u < *p).count())
            .collect();
        let share = share_over_worlds(&counts, people);
        assert!((share.interval.mean - 0.25).abs() < 0.01);
        assert!((share.interval.low - law.quantile(0.05)).abs() < 0.01, "{share:?}");
        assert!((share.interval.high - law.quantile(0.95)).abs() < 0.015, "{share:?}");
    }

    #[test]
    fn worlds_that_agree_have_no_interval() {
        let dice = uniforms(2, "dice", 5000);
        let counts: Vec<usize> = dice.chunks(5).map(|c| c.iter().filter(|&&u| u < 0.3).count()).collect();
        let share = share_over_worlds(&counts, 5);
        assert!(share.interval.high - share.interval.low < 0.12, "{share:?}");
    }

    #[test]
    fn the_stated_sampling_error_covers_the_truth() {
        let estimate = |seed| {
            let worlds = normals(seed, "w", 400);
            let people = normals(seed, "p", 2000);
            let counts: Vec<usize> = (0..400)
                .map(|w| (0..5).filter(|p| worlds[w] + people[w * 5 + p] > 0.5).count())
                .collect();
            share_over_worlds(&counts, 5)
        };
        // The sum of two standard normals exceeds one half with probability 1 − Φ(0.5/√2) = 0.3618.
        let covered = (0..60).filter(|&seed| {
            let share = estimate(seed);
            (share.interval.mean - 0.3618).abs() < 2.0 * share.sampling_error
        });
        let covered = covered.count();
        assert!(
            (52..=60).contains(&covered),
            "{covered} of 60 seeds within two standard errors"
        );
    }
}
