//! Summaries of draws: quantiles, and means and shares over worlds with the sampling noise inside a world removed. The
//! one place where values are sorted for it, and where the ends of an interval stand.
//!
//! An interval is 5–95 % ([`LOW`], [`HIGH`]). It always holds its own mean, it has no width only where every value is
//! the same or nothing is drawn, and the interval of a share or a mean is never narrower than so many worlds can tell.

use crate::normal::standard_normal_quantile;
use crate::{Distribution, normal_cdf};

/// The share that lies below every interval.
pub const LOW: f64 = 0.05;
/// The share that lies below the high end of every interval.
pub const HIGH: f64 = 1.0 - LOW;
// numerical: the ends of the middle half
const QUARTER: f64 = 0.25;
// numerical: the middle
const MIDDLE: f64 = 0.5;

/// A mean with its 5–95 % interval, which holds it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The mean.
    pub mean: f64,
    /// The 5 % bound, or the mean where that is lower.
    pub low: f64,
    /// The 95 % bound, or the mean where that is higher.
    pub high: f64,
}

impl Interval {
    /// A value that is known.
    #[must_use]
    pub fn exact(value: f64) -> Self {
        Self::holding(value, value, value)
    }

    /// A mean with bounds; a bound that would leave the mean outside is the mean.
    ///
    /// The mean of skewed draws can lie beyond a quantile: where 96 of 100 worlds say 1 and the rest 0.7, the mean is
    /// 0.988 and both quantiles are 1. The wider interval still has at least 90 % of the worlds inside.
    #[must_use]
    pub fn holding(mean: f64, low: f64, high: f64) -> Self {
        // Zero has one sign.
        Self {
            mean: mean + 0.0,
            low: low.min(mean) + 0.0,
            high: high.max(mean) + 0.0,
        }
    }

    /// The mean of values, such as those of worlds, with their 5–95 % interval; zero of nothing.
    #[must_use]
    pub fn over(values: &[f64]) -> Self {
        let sorted = ascending(values.to_vec());
        let (Some(first), Some(last)) = (sorted.first(), sorted.last()) else {
            return Self::exact(0.0);
        };
        // The mean of equal values can be off by the last digit.
        let centre = mean(values).max(*first).min(*last);
        Self::holding(centre, quantile(&sorted, LOW), quantile(&sorted, HIGH))
    }
}

/// A share of people, uncertain between worlds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// The mean over worlds and its 5–95 % interval.
    pub interval: Interval,
    /// The shapes of the beta distribution of the share over worlds, whose mean is that of the interval; none where
    /// nothing can be known of how worlds differ, as all people or none count, or a world has one.
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
    let part = at - below as f64;
    // Nothing is taken from a neighbour that doesn't count, which may be infinite.
    if part <= 0.0 || sorted[above] == sorted[below] {
        return sorted[below];
    }
    sorted[below] + part * (sorted[above] - sorted[below])
}

/// The values in ascending order.
#[must_use]
pub fn ascending(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_by(f64::total_cmp);
    values
}

/// The places of the values in ascending order; ties keep theirs. By random values it is a shuffle.
#[must_use]
pub fn order(values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    order
}

/// The median of values in any order; NaN of nothing.
#[must_use]
pub fn median(values: &[f64]) -> f64 {
    quantile(&ascending(values.to_vec()), MIDDLE)
}

/// The low end, the median and the high end of values in any order; NaN of nothing.
#[must_use]
pub fn median_and_ends(values: &[f64]) -> [f64; 3] {
    let sorted = ascending(values.to_vec());
    [LOW, MIDDLE, HIGH].map(|share| quantile(&sorted, share))
}

/// What a band of 90 % and one of 50 % need of values in any order: the low end, the quarter, the median, three
/// quarters and the high end; NaN of nothing.
#[must_use]
pub fn percentiles(values: &[f64]) -> [f64; 5] {
    let sorted = ascending(values.to_vec());
    [LOW, QUARTER, MIDDLE, 1.0 - QUARTER, HIGH].map(|share| quantile(&sorted, share))
}

/// Which of `count` things in order has a share of them below it; `None` of nothing.
#[must_use]
pub fn place_of(share: f64, count: usize) -> Option<usize> {
    Some((share * count.checked_sub(1)? as f64).round() as usize)
}

/// The share of people for whom something holds, given how many of `people` it holds for in each world.
///
/// A world with few people shows its share only up to binomial noise. The variance of the shares less that noise is an
/// estimate of how worlds differ; what it may be, given its own standard error and that it can't be negative, has the
/// mean v (a normal cut off at zero). The shares of worlds are taken to follow the beta distribution with the mean p of
/// all people and that variance: with ρ = v/(v + noise) its shapes are p(1/ρ − 1) and (1 − p)(1/ρ − 1).
///
/// The interval reaches from the lower of two 5 % bounds to the higher of two 95 % bounds: of that beta, and of p
/// itself given so many worlds, by Jeffreys' prior with each world as one observation, since what is not known is the
/// same for all its people. So worlds that agree, or that nothing happened in, still have the width that so many worlds
/// leave. Limits: a beta has one or two modes; with one person a world nothing is known of how worlds differ, and only
/// the second interval stands.
#[must_use]
pub fn share_over_worlds(counts: &[usize], people: usize) -> Share {
    let worlds = counts.len().max(1) as f64;
    let size = people.max(1);
    let shares: Vec<f64> = counts
        .iter()
        .map(|&count| count.min(size) as f64 / size as f64)
        .collect();
    let all: usize = counts.iter().map(|&count| count.min(size)).sum();
    let (none_counts, all_count) = (all == 0, all == size * counts.len());
    // The bounds are exact where they must be, whatever the order of the sum.
    let centre = if none_counts {
        0.0
    } else if all_count {
        1.0
    } else {
        mean(&shares)
    };
    // Of one world, or none, nothing is known of the others.
    let sampling_error = if counts.len() < 2 {
        (centre * (1.0 - centre)).sqrt()
    } else {
        standard_deviation(&shares) / worlds.sqrt()
    };
    let shapes = shapes(&shares, centre, size as f64);
    let over_worlds = shapes.map(|(alpha, beta)| Distribution::Beta { alpha, beta });
    // Jeffreys' prior for a share.
    let of_mean = Distribution::Beta {
        alpha: centre * worlds + 0.5,
        beta: (1.0 - centre) * worlds + 0.5,
    };
    let bound = |at: f64, outer: fn(f64, f64) -> f64| {
        let own = of_mean.quantile(at);
        over_worlds.map_or(own, |distribution| outer(own, distribution.quantile(at)))
    };
    // What never happened may be impossible, and what always happened certain.
    let low = if none_counts { 0.0 } else { bound(LOW, f64::min) };
    let high = if all_count { 1.0 } else { bound(HIGH, f64::max) };
    // numerical: a bound so near to none or all is that
    const NEAR: f64 = 1e-9;
    let low = if low < NEAR { 0.0 } else { low };
    let high = if high > 1.0 - NEAR { 1.0 } else { high };
    Share {
        interval: Interval::holding(centre, low, high),
        shapes,
        sampling_error,
    }
}

/// What worlds with few people say of how worlds differ.
#[derive(Debug, Clone, PartialEq)]
pub struct WorldMeans {
    /// The mean over the few people of each world.
    pub seen: Vec<f64>,
    /// The same, drawn in towards the mean of all by what is noise of its few people.
    pub drawn_in: Vec<f64>,
    /// The variance between the people of a world, averaged over worlds.
    pub within: f64,
}

impl WorldMeans {
    /// From a value of each person, `people` in each world.
    ///
    /// The mean of a world's few people varies by them as well as by the world. The variance of the means less that
    /// noise is an estimate of how worlds differ, and what it may be, given its own standard error and that it can't be
    /// negative, has the mean v (a normal cut off at zero); the means are drawn in until they have the variance v.
    /// Limits: the distribution over worlds is taken to have the form that the means of few people have; with one
    /// person a world nothing is drawn in.
    #[must_use]
    pub fn of(values: &[f64], people: usize) -> Self {
        let size = people.max(1);
        let means: Vec<f64> = values.chunks(size).map(mean).collect();
        let variances: Vec<f64> = values
            .chunks(size)
            .map(|world| standard_deviation(world).powi(2))
            .collect();
        let within = mean(&variances);
        let variance = standard_deviation(&means).powi(2);
        if size < 2 || means.len() < 2 || variance <= 0.0 || !variance.is_finite() {
            return Self {
                drawn_in: means.clone(),
                seen: means,
                within,
            };
        }
        let centre = mean(&means);
        let fourth = mean(&means.iter().map(|one| (one - centre).powi(4)).collect::<Vec<_>>());
        let error = ((fourth - variance * variance).max(0.0) / means.len() as f64).sqrt();
        let between = cut_off_at_zero(variance - within / size as f64, error);
        let kept = (between / variance).clamp(0.0, 1.0).sqrt();
        Self {
            drawn_in: means.iter().map(|one| centre + kept * (one - centre)).collect(),
            seen: means,
            within,
        }
    }
}

/// The mean over people of something, with the 5–95 % interval of what it is in a world, from `people` in each world
/// ([`WorldMeans`]). The interval is never narrower than the mean of all is known.
#[must_use]
pub fn mean_over_worlds(values: &[f64], people: usize) -> Interval {
    let WorldMeans { seen, drawn_in, .. } = WorldMeans::of(values, people);
    let found = Interval::over(&drawn_in);
    if seen.len() < 2 {
        return found;
    }
    let error = standard_deviation(&seen) / (seen.len() as f64).sqrt();
    let reach = standard_normal_quantile(HIGH) * error;
    // The mean of all can't lie beyond what was seen.
    let (least, most) = seen
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), &one| {
            (least.min(one), most.max(one))
        });
    Interval::holding(
        found.mean,
        found.low.min((found.mean - reach).max(least)),
        found.high.max((found.mean + reach).min(most)),
    )
}

/// The shapes of the beta distribution of the worlds' shares; none where nothing can be known of how worlds differ.
fn shapes(shares: &[f64], centre: f64, size: f64) -> Option<(f64, f64)> {
    // numerical: the correlation of two people of one world stays this far from none and from full
    const LEAST: f64 = 1e-9;
    if shares.len() < 2 || size < 2.0 || centre <= 0.0 || centre >= 1.0 {
        return None;
    }
    // Method of moments for a beta-binomial: the variance of observed shares is that between worlds plus binomial noise
    // p(1 − p)/n. The factor n/(n − 1) makes the noise unbiased when p is estimated by the world's own share.
    let noise = mean(&shares.iter().map(|p| p * (1.0 - p)).collect::<Vec<_>>()) * size / (size - 1.0);
    let variance = standard_deviation(shares).powi(2);
    let fourth = mean(&shares.iter().map(|p| (p - centre).powi(4)).collect::<Vec<_>>());
    let error = ((fourth - variance * variance).max(0.0) / shares.len() as f64).sqrt();
    // The difference can be negative by chance. Its standard error, from the fourth moment, turns it into a truncated
    // normal whose mean is positive: a shrinkage that never says that worlds are all alike.
    let between = cut_off_at_zero(variance - noise / size, error);
    // The intraclass correlation; a beta distribution of this correlation has the sum of shapes 1/ρ − 1.
    let likeness = (between / (between + noise)).clamp(LEAST, 1.0 - LEAST);
    let strength = 1.0 / likeness - 1.0;
    strength
        .is_finite()
        .then_some((centre * strength, (1.0 - centre) * strength))
}

/// The mean of a normal distribution of which only what isn't negative counts.
fn cut_off_at_zero(mean: f64, deviation: f64) -> f64 {
    // numerical: so far below zero the density and the share lose their digits, and hardly anything is left
    const FAR: f64 = -6.0;
    if deviation <= 0.0 || mean / deviation <= FAR {
        return mean.max(0.0);
    }
    let z = mean / deviation;
    let density = (-0.5 * z * z).exp() / std::f64::consts::TAU.sqrt();
    mean + deviation * density / normal_cdf(z)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{normals, uniforms};

    /// Worlds that differ by less than their few people make them differ are drawn in to the mean of all; what is left
    /// is how well that mean is known.
    #[test]
    fn worlds_that_are_alike_leave_the_error_of_the_mean() {
        let worlds = 40;
        let values: Vec<f64> = (0..worlds)
            .flat_map(|world| {
                let own = if world % 2 == 0 { 0.01 } else { -0.01 };
                [own - 5.0, own + 5.0]
            })
            .collect();
        let seen: Vec<f64> = values.chunks(2).map(mean).collect();
        let error = standard_deviation(&seen) / f64::from(worlds).sqrt();
        let found = mean_over_worlds(&values, 2);
        for reach in [found.mean - found.low, found.high - found.mean] {
            assert!((reach - 1.644_853_6 * error).abs() < 1e-8, "{reach} {error}");
        }
    }

    #[test]
    fn what_is_cut_off_at_zero_has_its_known_mean() {
        // Half of a normal around zero; far above zero nothing is cut off; without spread what is below is zero.
        let half = (2.0 / std::f64::consts::PI).sqrt();
        assert!((cut_off_at_zero(0.0, 1.0) - half).abs() < 1e-12);
        assert!((cut_off_at_zero(0.0, 3.0) - 3.0 * half).abs() < 1e-12);
        assert!((cut_off_at_zero(20.0, 2.0) - 20.0).abs() < 1e-12);
        // φ(−1)/Φ(−1) = 1.525135276…
        assert!((cut_off_at_zero(-2.0, 2.0) - (-2.0 + 2.0 * 1.525_135_276_160_98)).abs() < 1e-9);
        assert_eq!((cut_off_at_zero(-1.0, 0.0), cut_off_at_zero(1.0, 0.0)), (0.0, 1.0));
        assert_eq!(cut_off_at_zero(-61.0, 10.0), 0.0);
    }

    /// Where worlds are alike the interval is that within which the mean of all is known, and no further than what was
    /// seen.
    #[test]
    fn an_interval_over_worlds_is_as_wide_as_the_mean_is_unknown() {
        let (high, low) = (8.0, 2.0);
        let values: Vec<f64> = (0..400).map(|i| if i % 2 == 0 { low } else { high }).collect();
        // Each world is one pair, so that all means are alike: nothing is left to doubt.
        let alike = mean_over_worlds(&values, 2);
        assert_eq!((alike.low, alike.mean, alike.high), (5.0, 5.0, 5.0));
        // One person a world: the 5 to 95 % of what was seen.
        let each = mean_over_worlds(&values, 1);
        assert_eq!((each.low, each.mean, each.high), (low, 5.0, high));
        // Worlds that differ by chance alone: what is left is the error of the mean of all, 1.645·σ/10.
        let noise = normals(11, "noise", 2000);
        let chance = mean_over_worlds(&noise, 20);
        let means: Vec<f64> = noise.chunks(20).map(mean).collect();
        let reach = 1.644_853_6 * standard_deviation(&means) / 10.0;
        assert!(
            chance.mean - chance.low >= reach - 1e-6 && chance.high - chance.mean >= reach - 1e-6,
            "{chance:?}"
        );
    }

    /// Shares of which beta shapes can be told, and those of which nothing can.
    #[test]
    fn shapes_need_two_worlds_two_people_and_a_share_inside() {
        assert!(shapes(&[0.2, 0.6], 0.4, 5.0).is_some());
        assert_eq!(shapes(&[0.4], 0.4, 5.0), None);
        assert_eq!(shapes(&[0.2, 0.6], 0.4, 1.0), None);
        assert!(shapes(&[0.0, 0.5], 0.25, 2.0).is_some());
        assert_eq!(shapes(&[0.0, 0.0], 0.0, 5.0), None);
        assert_eq!(shapes(&[1.0, 1.0], 1.0, 5.0), None);
        let (a, b) = shapes(&[0.1, 0.9, 0.2, 0.8, 0.5, 0.5], 0.5, 50.0).unwrap();
        assert!((a - b).abs() < 1e-9 && a > 0.0, "{a} {b}");
    }

    /// Means of five people each: the interval is that of the worlds, not of the few people in them, and where worlds
    /// are alike it is no narrower than the mean is known.
    #[test]
    fn an_interval_of_means_does_not_hang_on_the_people_of_a_world() {
        // numerical: worlds, enough for a few percent of a standard deviation
        const WORLDS: usize = 4000;
        for (between, within) in [(4.0, 10.0), (4.0, 1.0), (0.0, 10.0)] {
            let ends = [5, 40].map(|people| {
                let (worlds, each) = (normals(3, "world", WORLDS), normals(3, "person", WORLDS * people));
                let values: Vec<f64> = (0..WORLDS * people)
                    .map(|i| 20.0 + between * worlds[i / people] + within * each[i])
                    .collect();
                let found = mean_over_worlds(&values, people);
                (found.low - found.mean, found.high - found.mean)
            });
            for (low, high) in ends {
                let wanted = 1.645 * between;
                // What is not known of the variance between worlds is added where these are alike.
                let room = 0.06 * wanted + 0.25 * within;
                assert!(
                    low >= -wanted - room && low <= -0.94 * wanted,
                    "{between} {within}: {low}"
                );
                assert!(
                    high <= wanted + room && high >= 0.94 * wanted,
                    "{between} {within}: {high}"
                );
                assert!(high - low > 0.0);
            }
        }
        let alike = mean_over_worlds(&[3.0; 50], 5);
        assert_eq!((alike.low, alike.mean, alike.high), (3.0, 3.0, 3.0));
        assert_eq!(mean_over_worlds(&[], 5), Interval::exact(0.0));
    }

    #[test]
    fn quantiles_interpolate() {
        assert_eq!(quantile(&[1.0, 2.0, 3.0], 0.5), 2.0);
        assert_eq!(quantile(&[1.0, 2.0, 3.0], 0.75), 2.5);
        assert!(quantile(&[], 0.5).is_nan());
        assert_eq!(quantile(&[1.0, f64::INFINITY, f64::INFINITY], 0.75), f64::INFINITY);
        assert_eq!(quantile(&[1.0, 2.0, f64::INFINITY], 0.5), 2.0);
    }

    #[test]
    fn summaries_take_values_in_any_order_and_end_where_intervals_end() {
        let values = [4.0, 0.0, 3.0, 1.0, 2.0];
        assert_eq!(percentiles(&values), [0.2, 1.0, 2.0, 3.0, 3.8]);
        assert_eq!(median_and_ends(&values), [0.2, 2.0, 3.8]);
        assert_eq!(median(&values), 2.0);
        let interval = Interval::over(&values);
        assert_eq!([interval.low, interval.mean, interval.high], [0.2, 2.0, 3.8]);
        assert!(median(&[]).is_nan() && percentiles(&[]).iter().all(|one| one.is_nan()));
    }

    #[test]
    fn a_place_lies_among_the_things_and_nothing_has_none() {
        assert_eq!(
            [LOW, 0.5, HIGH].map(|share| place_of(share, 101)),
            [5, 50, 95].map(Some)
        );
        assert_eq!(
            (place_of(1.0, 3), place_of(0.5, 1), place_of(0.5, 0)),
            (Some(2), Some(0), None)
        );
    }

    /// Worlds whose share is drawn from a known beta: the interval must be that of the beta, not the wider one of the
    /// noisy shares.
    #[test]
    fn binomial_noise_inside_a_world_is_removed() {
        let distribution = Distribution::Beta { alpha: 2.0, beta: 6.0 };
        let (worlds, people) = (20_000, 5);
        let truth: Vec<f64> = uniforms(1, "truth", worlds)
            .into_iter()
            .map(|u| distribution.quantile(u))
            .collect();
        let dice = uniforms(1, "dice", worlds * people);
        let counts: Vec<usize> = truth
            .iter()
            .enumerate()
            .map(|(w, p)| dice[w * people..(w + 1) * people].iter().filter(|&&u| u < *p).count())
            .collect();
        let share = share_over_worlds(&counts, people);
        assert!((share.interval.mean - 0.25).abs() < 0.01);
        assert!(
            (share.interval.low - distribution.quantile(0.05)).abs() < 0.01,
            "{share:?}"
        );
        assert!(
            (share.interval.high - distribution.quantile(0.95)).abs() < 0.015,
            "{share:?}"
        );
    }

    #[test]
    fn worlds_that_agree_have_the_width_of_so_many_worlds() {
        let dice = uniforms(2, "dice", 5000);
        let counts: Vec<usize> = dice.chunks(5).map(|c| c.iter().filter(|&&u| u < 0.3).count()).collect();
        let share = share_over_worlds(&counts, 5);
        let width = share.interval.high - share.interval.low;
        // Twice 1.645 standard errors of a share of 0.3 among a thousand.
        assert!((0.047..0.14).contains(&width), "{share:?}");
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
