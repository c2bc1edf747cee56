//! Shares and quantiles of the beta and the gamma distribution for any positive shapes, in a bounded number of steps.
//!
//! A quantile is the root of the cumulative function on the logarithm of the argument, found between two bounds by
//! [`crate::root`], which never takes more than 200 steps; a quantile beyond the middle of a beta is one minus that of
//! its mirror image, so that both ends are found equally well. Where a quantile is smaller than any float of use it is
//! zero, and one for the mirror image: with shapes far below one a beta is two points.
//!
//! Above `LARGE` the functions of the library lose digits or take longer and longer, and limits stand in their place: a
//! beta whose smaller shape a stays below `LARGE_ENOUGH` is that of Wise 1950, −(b + (a − 1)/2)·ln(1 − x) is gamma of
//! shape a; else, and for the gamma, the expansion of Cornish and Fisher 1938 about the normal by skewness and
//! kurtosis. The first is off by about (a/b)²/24 of the value, the second by less than a hundredth of a standard
//! deviation. Limits: none of these is meant for tails beyond one in a billion.

use statrs::function::beta::checked_beta_reg;
use statrs::function::gamma::checked_gamma_lr;

use crate::normal::{normal_cdf, standard_normal_quantile};
use crate::root;

// numerical: from this sum of shapes on limits take the place of continued fractions, which stop after 140 terms
const LARGE: f64 = 1e4;
// numerical: a shape from which the expansion about the normal holds to a hundredth of a standard deviation
const LARGE_ENOUGH: f64 = 100.0;
// numerical: relative accuracy of a quantile
const FINE: f64 = 1e-13;
// numerical: logarithm of the smallest quantile that is told apart from zero
const LEAST_LN: f64 = -690.0;

/// The share of a beta at or below `x`. Not a number where a shape is not a positive number.
pub(crate) fn beta_share(alpha: f64, beta: f64, x: f64) -> f64 {
    if !positive(alpha) || !positive(beta) || x.is_nan() {
        return f64::NAN;
    }
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    if alpha + beta <= LARGE {
        return checked_beta_reg(alpha, beta, x).map_or(f64::NAN, |share| share.clamp(0.0, 1.0));
    }
    if alpha < LARGE_ENOUGH {
        return gamma_share(alpha, -wise(alpha, beta) * (-x).ln_1p());
    }
    if beta < LARGE_ENOUGH {
        return 1.0 - gamma_share(beta, -wise(beta, alpha) * x.ln());
    }
    let expansion = Expansion::of_beta(alpha, beta);
    let t = (x - expansion.mean) / expansion.deviation;
    normal_cdf(t - (t * t - 1.0) * expansion.skewness / 6.0)
}

/// The value below which a share `u` of a beta lies. Not a number where a shape is not a positive number or `u` is no
/// share.
pub(crate) fn beta_quantile(alpha: f64, beta: f64, u: f64) -> f64 {
    if !positive(alpha) || !positive(beta) || !(0.0..=1.0).contains(&u) {
        return f64::NAN;
    }
    if u <= 0.0 || u >= 1.0 {
        return u;
    }
    if alpha + beta > LARGE {
        return if alpha < LARGE_ENOUGH {
            -(-gamma_quantile(alpha, u) / wise(alpha, beta)).exp_m1()
        } else if beta < LARGE_ENOUGH {
            (-gamma_quantile(beta, 1.0 - u) / wise(beta, alpha)).exp()
        } else {
            Expansion::of_beta(alpha, beta).quantile(u).clamp(0.0, 1.0)
        };
    }
    if u <= beta_share(alpha, beta, 0.5) {
        lower_root(0.5_f64.ln(), |x| beta_share(alpha, beta, x) - u)
    } else {
        1.0 - lower_root(0.5_f64.ln(), |x| beta_share(beta, alpha, x) - (1.0 - u))
    }
}

/// The share of a gamma with unit scale at or below `x`. Not a number where the shape is not a positive number.
pub(crate) fn gamma_share(shape: f64, x: f64) -> f64 {
    if !positive(shape) || x.is_nan() {
        return f64::NAN;
    }
    if x <= 0.0 {
        return 0.0;
    }
    if shape > LARGE {
        // Wilson and Hilferty 1931: the cube root is nearly normal.
        let ninth = 1.0 / (9.0 * shape);
        return normal_cdf(((x / shape).cbrt() - 1.0 + ninth) / ninth.sqrt());
    }
    if x >= most_of_gamma(shape) {
        return 1.0;
    }
    checked_gamma_lr(shape, x).map_or(f64::NAN, |share| share.clamp(0.0, 1.0))
}

/// The value below which a share `u` of a gamma with unit scale lies. Not a number where the shape is not a positive
/// number or `u` is no share.
pub(crate) fn gamma_quantile(shape: f64, u: f64) -> f64 {
    if !positive(shape) || !(0.0..=1.0).contains(&u) {
        return f64::NAN;
    }
    if u <= 0.0 {
        return 0.0;
    }
    if u >= 1.0 {
        return f64::INFINITY;
    }
    if shape > LARGE {
        let expansion = Expansion {
            mean: shape,
            deviation: shape.sqrt(),
            skewness: 2.0 / shape.sqrt(),
            excess: 6.0 / shape,
        };
        return expansion.quantile(u).max(0.0);
    }
    lower_root(most_of_gamma(shape).ln(), |x| gamma_share(shape, x) - u)
}

/// Where `above` changes its sign between nothing and e to the `highest_ln`; zero where it is positive from the start,
/// the upper bound where it never is.
fn lower_root(highest_ln: f64, above: impl Fn(f64) -> f64) -> f64 {
    if above(LEAST_LN.exp()) >= 0.0 {
        return 0.0;
    }
    root(LEAST_LN, highest_ln, FINE, |ln| above(ln.exp())).map_or_else(|| highest_ln.exp(), f64::exp)
}

/// A value beyond which a gamma has less than the last digit of one.
fn most_of_gamma(shape: f64) -> f64 {
    // numerical: e to the −60 for shapes of one, ten standard deviations for large ones
    const TAIL: f64 = 60.0;
    const DEVIATIONS: f64 = 10.0;
    shape + DEVIATIONS * shape.sqrt() + TAIL
}

/// Wise's scale for the smaller shape `a` and the larger `b`.
fn wise(a: f64, b: f64) -> f64 {
    b + 0.5 * (a - 1.0)
}

fn positive(shape: f64) -> bool {
    shape > 0.0 && shape.is_finite()
}

/// Cornish and Fisher's expansion: a normal bent by skewness and excess kurtosis.
struct Expansion {
    mean: f64,
    deviation: f64,
    skewness: f64,
    excess: f64,
}

impl Expansion {
    fn of_beta(a: f64, b: f64) -> Self {
        let n = a + b;
        // The smaller share first, so that nothing overflows.
        let product = (a / n) * (b / n);
        let skewness = 2.0 * ((b - a) / n) * (n / (n + 2.0)) * ((n + 1.0) / n).sqrt() / (product * n).sqrt();
        let apart = (a / n - b / n).powi(2) * (n + 1.0) - product * (n + 2.0);
        Self {
            mean: a / n,
            deviation: (product / (n + 1.0)).sqrt(),
            skewness,
            excess: 6.0 * apart / (product * (n + 2.0) * (n + 3.0)),
        }
    }

    fn quantile(&self, u: f64) -> f64 {
        let z = standard_normal_quantile(u);
        let bent = z + (z * z - 1.0) * self.skewness / 6.0 + (z.powi(3) - 3.0 * z) * self.excess / 24.0
            - (2.0 * z.powi(3) - 5.0 * z) * self.skewness.powi(2) / 36.0;
        self.mean + self.deviation * bent
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHARES: [f64; 9] = [1e-9, 0.001, 0.05, 0.3, 0.5, 0.8, 0.95, 0.999, 1.0 - 1e-9];

    /// Powers of ten from 1e-12 to 1e15.
    fn shapes() -> impl Iterator<Item = f64> + Clone {
        (-12..=15).map(|power| 10.0_f64.powi(power))
    }

    #[test]
    fn every_pair_of_shapes_has_quantiles_that_are_ordered_and_inside() {
        for (a, b) in shapes().flat_map(|a| shapes().map(move |b| (a, b))) {
            let found = SHARES.map(|u| beta_quantile(a, b, u));
            assert!(found.iter().all(|x| (0.0..=1.0).contains(x)), "{a:e} {b:e} {found:?}");
            assert!(found.windows(2).all(|pair| pair[0] <= pair[1]), "{a:e} {b:e} {found:?}");
        }
        for a in shapes() {
            let found = SHARES.map(|u| gamma_quantile(a, u));
            assert!(found.iter().all(|x| x.is_finite() && *x >= 0.0), "{a:e} {found:?}");
            assert!(found.windows(2).all(|pair| pair[0] <= pair[1]), "{a:e} {found:?}");
        }
    }

    #[test]
    fn no_number_comes_of_shapes_that_make_no_distribution() {
        for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(beta_quantile(bad, 1.0, 0.5).is_nan() && beta_quantile(1.0, bad, 0.5).is_nan());
            assert!(gamma_quantile(bad, 0.5).is_nan() && gamma_share(bad, 0.5).is_nan());
        }
        for bad in [-0.1, 1.1, f64::NAN] {
            assert!(beta_quantile(2.0, 2.0, bad).is_nan() && gamma_quantile(2.0, bad).is_nan());
        }
    }

    /// I_x(a, 1) = x^a, and the mirror image, for shapes from tiny to large.
    #[test]
    fn closed_forms_are_found() {
        for a in [1e-3, 0.02, 0.5, 1.0, 7.0, 900.0] {
            for u in [0.001_f64, 0.05, 0.5, 0.95] {
                let exact = (u.ln() / a).exp();
                let found = beta_quantile(a, 1.0, u);
                // Nothing below e to the −690 is told apart from zero.
                assert!(
                    (found - exact).abs() <= 1e-10 * exact + 1e-299,
                    "{a} {u}: {found} {exact}"
                );
                let mirrored = beta_quantile(1.0, a, 1.0 - u);
                assert!((mirrored - (1.0 - exact)).abs() < 1e-10, "{a} {u}: {mirrored}");
            }
        }
        for u in [0.001_f64, 0.05, 0.5, 0.95] {
            assert!((gamma_quantile(1.0, u) / -(1.0 - u).ln() - 1.0).abs() < 1e-10);
        }
    }

    #[test]
    fn share_and_quantile_undo_each_other_wherever_floats_can_tell() {
        let fair = [0.05, 0.3, 1.0, 4.0, 60.0, 700.0, 9_000.0, 2e5, 1e9];
        for (a, b) in fair.into_iter().flat_map(|a| fair.map(|b| (a, b))) {
            for u in [0.05, 0.3, 0.7, 0.95] {
                let x = beta_quantile(a, b, u);
                // Where many draws round to zero or one, no share can be given back.
                if x <= 1e-290 || 1.0 - x < 1e-9 {
                    continue;
                }
                let back = beta_share(a, b, x);
                let slack = if a + b > LARGE { 5e-3 } else { 1e-9 };
                assert!((back - u).abs() < slack, "{a} {b} {u}: {x} {back}");
            }
        }
        for (shape, u) in fair.into_iter().flat_map(|a| [0.05, 0.5, 0.95].map(|u| (a, u))) {
            let back = gamma_share(shape, gamma_quantile(shape, u));
            assert!((back - u).abs() < 1e-4, "{shape} {u}: {back}");
        }
    }

    /// Just below and just above the seam the two ways agree to a few hundredths of a standard deviation.
    #[test]
    fn the_limits_join_what_they_replace() {
        for share in [0.00005, 0.002, 0.0099, 0.011, 0.2, 0.5, 0.93, 0.9995] {
            let at = |sum: f64, u: f64| beta_quantile(share * sum, (1.0 - share) * sum, u);
            let width = at(LARGE, 0.84) - at(LARGE, 0.16);
            for u in [0.01, 0.05, 0.5, 0.95, 0.99] {
                let (below, above) = (at(LARGE * 0.999_999, u), at(LARGE * 1.000_001, u));
                assert!((below - above).abs() < 0.01 * width, "{share} {u}: {below} {above}");
            }
        }
        for u in [0.01, 0.05, 0.5, 0.95, 0.99] {
            let (below, above) = (gamma_quantile(LARGE, u), gamma_quantile(LARGE * (1.0 + 1e-9), u));
            assert!((below - above).abs() < 0.05, "{u}: {below} {above}");
        }
    }
}
