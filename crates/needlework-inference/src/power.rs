//! How probable it is that a trial finds what is there: power, and its average over what may be there (assurance).
//!
//! The t of a trial with a true effect is (z + δ)/s with z standard normal and νs² χ² of ν degrees of freedom (the
//! noncentral t distribution): the power is the average of Φ(δ − t₀s) + Φ(−δ − t₀s) over s, by equal steps of ln s,
//! which converge faster than any power as all falls off at both ends. δ is the effect over its standard error. For two
//! groups of one size the variances are taken to be the same. A binomial power is a sum. Assurance (O'Hagan and others
//! 2005) is the power averaged over a normal prior of the effect; where the effect may be nothing, it stays below one
//! however many people take part.

use needlework_numerics::{midpoints, normal_cdf, normal_ln_density, root};
use statrs::distribution::{Binomial, ChiSquared, Continuous, ContinuousCDF, StudentsT};

use crate::count_tests::at_least;
use crate::trial_tests::Sides;

/// The power of a paired t test of `people` people. `effect` is the mean difference over the standard deviation of
/// differences, `alpha` the size of the test. `None` of fewer than two people, or where `alpha` is not between zero and
/// one.
#[must_use]
pub fn paired_t_power(effect: f64, people: u64, alpha: f64, sides: Sides) -> Option<f64> {
    let n = people as f64;
    t_power(effect * n.sqrt(), n - 1.0, alpha, sides)
}

/// The power of a t test of two groups of `people` each. `effect` is the difference of means over the standard
/// deviation within a group. `None` as for [`paired_t_power`].
#[must_use]
pub fn two_sample_t_power(effect: f64, people: u64, alpha: f64, sides: Sides) -> Option<f64> {
    let n = people as f64;
    t_power(effect * (0.5 * n).sqrt(), 2.0 * n - 2.0, alpha, sides)
}

/// The fewest events of `of` people by which an exact one-sided binomial test of size `alpha` rejects `null`. `None`
/// where no count does, or a probability is none.
#[must_use]
pub fn rejecting_count(of: u64, null: f64, alpha: f64) -> Option<u64> {
    let distribution = Binomial::new(null, of).ok()?;
    (0..=of).find(|events| at_least(&distribution, *events) <= alpha)
}

/// The probability of at least `events` of `of` people, each with the same probability: the size of an exact test at
/// the null hypothesis, its power elsewhere. `None` where the probability is none.
#[must_use]
pub fn binomial_power(events: u64, of: u64, probability: f64) -> Option<f64> {
    let distribution = Binomial::new(probability, of).ok()?;
    Some(at_least(&distribution, events))
}

/// The power averaged over a normal prior of the effect; `power` takes the effect in the unit of the prior. `None`
/// where
/// `sd` is negative or a power is no number.
#[must_use]
pub fn assurance(mean: f64, sd: f64, power: impl Fn(f64) -> f64) -> Option<f64> {
    // numerical: equal steps over so many standard deviations on each side; nodes of Gauss and Hermite would miss how
    // steep the power of many people is
    const REACH: f64 = 8.0;
    const STEPS: usize = 800;
    let weighed = midpoints(2.0 * REACH, STEPS).into_iter().map(|z| z - REACH);
    let (total, sum) = weighed.fold((0.0, 0.0), |(total, sum), z| {
        let weight = normal_ln_density(z, 0.0, 1.0).exp();
        (total + weight, sum + weight * power(mean + sd * z))
    });
    let average: f64 = sum / total;
    (sd >= 0.0 && average.is_finite()).then_some(average)
}

/// The fewest people, up to `most`, with whom `chance` (a power or an assurance that doesn't fall with people) reaches
/// `wanted`. `None` where it is out of reach.
#[must_use]
pub fn fewest_people(wanted: f64, most: u64, chance: impl Fn(u64) -> Option<f64>) -> Option<u64> {
    let reached = |people: u64| chance(people).is_some_and(|chance| chance >= wanted);
    if !reached(most) {
        return None;
    }
    let (mut low, mut high) = (0, most);
    // Ends: the range is halved each turn.
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if reached(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    Some(high)
}

/// What t exceeds with a probability of `tail`. The library's quantile panics for small ones.
fn upper_bound(student: &StudentsT, tail: f64) -> Option<f64> {
    // numerical: logarithms of bounds that hold any quantile of use
    const RANGE_LN: [f64; 2] = [-300.0, 300.0];
    // numerical: relative accuracy
    const FINE: f64 = 1e-13;
    if tail > 0.5 {
        return upper_bound(student, 1.0 - tail).map(|bound| -bound);
    }
    if tail == 0.5 {
        return Some(0.0);
    }
    root(RANGE_LN[0], RANGE_LN[1], FINE, |ln| student.cdf(-ln.exp()) - tail).map(f64::exp)
}

/// The power of a t test whose statistic has the noncentrality `delta`.
fn t_power(delta: f64, freedom: f64, alpha: f64, sides: Sides) -> Option<f64> {
    const STEPS: usize = 400;
    // numerical: the logarithm of what is left beyond the ends of the steps
    const ENDS: f64 = 40.0;
    if !(alpha > 0.0 && alpha < 1.0 && freedom >= 1.0 && delta.is_finite()) {
        return None;
    }
    let student = StudentsT::new(0.0, 1.0, freedom).ok()?;
    let chi = ChiSquared::new(freedom).ok()?;
    let tail = if sides == Sides::Both { 0.5 * alpha } else { alpha };
    let bound = upper_bound(&student, tail)?;
    let found = |s: f64| match sides {
        Sides::Both => normal_cdf(delta - bound * s) + normal_cdf(-delta - bound * s),
        Sides::More => normal_cdf(delta - bound * s),
        Sides::Less => normal_cdf(-delta - bound * s),
    };
    // Below the summit the density falls like s^ν, near it like a normal with the variance 1/2ν, above it faster.
    let low = -(ENDS / freedom + 2.0 * (ENDS / freedom).sqrt());
    let high = 0.5 * (1.0 + 2.0 * (ENDS / freedom + (ENDS / freedom).sqrt())).ln();
    let step = (high - low) / STEPS as f64;
    let (mut power, mut total) = (0.0, 0.0);
    for at in 0..=STEPS {
        let s = (low + step * at as f64).exp();
        let square = freedom * s * s;
        // The density of ln s is that of νs², times its slope.
        let weight = (chi.ln_pdf(square) + (2.0 * square).ln()).exp();
        power += weight * found(s);
        total += weight;
    }
    Some(power / total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use needlework_numerics::{normals, standard_normal_quantile};

    use crate::trial_tests::paired_t;

    #[test]
    fn t_powers_are_as_published() {
        let paired = paired_t_power(0.5, 34, 0.05, Sides::Both).unwrap();
        assert!((paired - 0.8078).abs() < 5e-5, "{paired}");
        let groups = two_sample_t_power(0.5, 64, 0.05, Sides::Both).unwrap();
        assert!((groups - 0.8015).abs() < 5e-5, "{groups}");
        // The noncentral t distribution of SciPy.
        let few = paired_t_power(0.8, 8, 0.05, Sides::Both).unwrap();
        assert!((few - 0.496_382_046_243_834).abs() < 1e-9, "{few}");
        for freedom in [2, 5, 50, 5000, 100_000] {
            for sides in [Sides::Both, Sides::More, Sides::Less] {
                let size = paired_t_power(0.0, freedom, 0.05, sides).unwrap();
                assert!((size - 0.05).abs() < 1e-5, "{freedom} {sides:?}: {size}");
            }
        }
        assert!(paired_t_power(0.5, 1, 0.05, Sides::Both).is_none());
        assert!(paired_t_power(0.5, 9, 1.0, Sides::Both).is_none());
    }

    #[test]
    fn power_is_how_often_drawn_trials_find_it() {
        let z = normals(8, "z", 8 * 10_000);
        for (sides, effect) in [(Sides::Both, 0.8), (Sides::Less, -0.8), (Sides::More, 0.8)] {
            let found = z.chunks(8).filter(|trial| {
                let differences: Vec<f64> = trial.iter().map(|z| z + effect).collect();
                paired_t(&differences, sides).is_some_and(|tested| tested.probability <= 0.05)
            });
            let power = paired_t_power(effect, 8, 0.05, sides).unwrap();
            assert!(
                (found.count() as f64 / 10_000.0 - power).abs() < 0.015,
                "{sides:?} {power}"
            );
        }
    }

    #[test]
    fn binomial_powers_are_as_published() {
        for (of, events, size, power) in [
            (16, 8, 0.0271, 0.5982),
            (25, 11, 0.0297, 0.7878),
            (40, 16, 0.0262, 0.9231),
        ] {
            assert_eq!(rejecting_count(of, 0.25, 0.05), Some(events));
            assert!((binomial_power(events, of, 0.25).unwrap() - size).abs() < 5e-5);
            assert!((binomial_power(events, of, 0.5).unwrap() - power).abs() < 5e-5);
        }
        assert!(rejecting_count(2, 0.5, 0.05).is_none() && binomial_power(1, 2, -0.1).is_none());
    }

    /// One-sided z test of 34 people, prior N(0.5, 0.3²).
    #[test]
    fn assurance_is_below_the_power_at_the_mean() {
        let z = standard_normal_quantile(0.975);
        let power = |effect: f64| normal_cdf(effect * 34.0_f64.sqrt() - z);
        assert!((power(0.5) - 0.8303).abs() < 5e-5);
        let found = assurance(0.5, 0.3, power).unwrap();
        assert!((found - 0.6823).abs() < 5e-5, "{found}");
        // Φ((√n·m − z)/√(1 + n·s²)).
        let exact = normal_cdf((34.0_f64.sqrt() * 0.5 - z) / (1.0 + 34.0 * 0.09_f64).sqrt());
        assert!((found - exact).abs() < 1e-6);
        assert_eq!(
            assurance(0.5, 0.0, |_| 0.7).map(|a| (a - 0.7).abs() < 1e-12),
            Some(true)
        );
        assert!(assurance(0.5, 0.3, |_| f64::NAN).is_none());
    }

    #[test]
    fn sample_sizes_are_found_or_out_of_reach() {
        let power = |people| paired_t_power(0.5, people, 0.05, Sides::Both);
        assert_eq!(fewest_people(0.8, 1000, power), Some(34));
        let sure = |people: u64| {
            assurance(0.5, 0.5, |effect| {
                paired_t_power(effect, people, 0.05, Sides::More).unwrap_or(0.0)
            })
        };
        // The effect is above nothing with a probability of 0.841 only.
        assert!(fewest_people(0.8, 2000, sure).is_some());
        assert!(fewest_people(0.85, 2000, sure).is_none());
    }

    /// With as many people, both sides of each tell more than one half of them against the other.
    #[test]
    fn both_sides_of_a_person_beat_two_groups_of_people() {
        for correlation in [0.05_f64, 0.3, 0.7] {
            for people in [10, 20, 80] {
                let of_differences = 0.6 / (2.0 * (1.0 - correlation)).sqrt();
                let split = paired_t_power(of_differences, people, 0.05, Sides::Both).unwrap();
                let parallel = two_sample_t_power(0.6, people / 2, 0.05, Sides::Both).unwrap();
                assert!(split > parallel, "{correlation} {people}: {split} {parallel}");
            }
        }
    }
}
