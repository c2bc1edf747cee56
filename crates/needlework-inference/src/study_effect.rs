//! A likelihood averaged over an effect that all people of a study share and nobody knows.
//!
//! ln ∫ L(u) N(u; 0, σ²) du by the nodes of Gauss and Hermite, laid about the summit of the integrand and as wide as it
//! is there (Liu and Pierce 1994). Without that the nodes would miss a likelihood that is narrow against σ, as that of
//! many people is. The logarithm of L must be concave, as those of normal, binomial and graded data are: then there is
//! one summit, and Newton's steps find it.

use std::sync::LazyLock;

use needlework_numerics::{Node, normal_nodes};

use crate::ln_sum::ln_sum_exp;

// numerical: with so many nodes the error of a rate of none in sixty, the worst met, is below a thousandth
static NODES: LazyLock<Vec<Node>> = LazyLock::new(|| normal_nodes(31));

/// The logarithm of the likelihood, averaged over a normal effect with mean zero and standard deviation `sd`, in its
/// unit. `ln_likelihood` takes the effect. Without spread it is the likelihood without effect.
pub(crate) fn ln_average_over_effect(sd: f64, ln_likelihood: impl Fn(f64) -> f64) -> f64 {
    if sd <= 0.0 {
        return ln_likelihood(0.0);
    }
    // In units of the standard deviation.
    let height = |z: f64| ln_likelihood(sd * z) - 0.5 * z * z;
    let (summit, width) = summit(&height);
    width.ln()
        + ln_sum_exp(
            NODES
                .iter()
                .map(|node| node.weight.ln() + height(summit + width * node.at) + 0.5 * node.at * node.at),
        )
}

/// Where a concave function is highest, and the standard deviation of the normal with its curvature there. Both need
/// not be exact: they say where the nodes lie, not what the integral is.
fn summit(height: &impl Fn(f64) -> f64) -> (f64, f64) {
    // numerical: the distance of the differences that stand for slope and curvature, in widths of the summit
    const APART: f64 = 1e-2;
    // numerical: near enough, in widths of the summit
    const NEAR: f64 = 1e-2;
    const STEPS: usize = 40;
    const HALVINGS: usize = 30;
    let mut at = 0.0;
    let mut width = 1.0;
    for _ in 0..STEPS {
        let apart = APART * width;
        let (before, here, after) = (height(at - apart), height(at), height(at + apart));
        let slope = (after - before) / (2.0 * apart);
        // The effect's own part is −1; what comes of the likelihood is never positive but for rounding.
        let curvature = ((after - 2.0 * here + before) / (apart * apart)).min(-1.0);
        if !slope.is_finite() || !curvature.is_finite() {
            break;
        }
        width = 1.0 / (-curvature).sqrt();
        let mut step = -slope / curvature;
        let better = |step: f64| height(at + step) >= here;
        for _ in 0..HALVINGS {
            if better(step) {
                break;
            }
            step *= 0.5;
        }
        at += step;
        if step.abs() < NEAR * width {
            break;
        }
    }
    (at, width)
}

#[cfg(test)]
mod tests {
    use super::*;
    use needlework_numerics::normal_ln_density;

    #[test]
    fn normal_and_normal_is_normal() {
        for (observed, error, sd) in [(0.0, 1.0, 1.0), (30.0, 0.1, 6.5), (-4.0, 50.0, 0.3), (900.0, 1.0, 2.0)] {
            let found = ln_average_over_effect(sd, |u| normal_ln_density(observed, u, error));
            let exact = normal_ln_density(observed, 0.0, f64::hypot(error, sd));
            assert!(
                (found / exact - 1.0).abs() < 1e-9,
                "{observed} {error} {sd}: {found} {exact}"
            );
        }
    }

    #[test]
    fn no_spread_is_no_effect_and_nothing_possible_is_no_number_of_chance() {
        assert_eq!(ln_average_over_effect(0.0, |u| u - 3.0), -3.0);
        assert_eq!(ln_average_over_effect(1.0, |_| f64::NEG_INFINITY), f64::NEG_INFINITY);
        assert!(ln_average_over_effect(1.0, |_| f64::NAN).is_nan());
    }
}
