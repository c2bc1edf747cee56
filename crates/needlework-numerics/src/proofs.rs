//! What the methods of this crate must give by mathematics: observed orders, exact sums, published indices.
//!
//! Each proof calls the crate's public functions and compares one number with what it has to be.

use std::f64::consts::PI;

use crate::diffusion;
use crate::distribution::Distribution;
use crate::proof::{Proof, largest};
use crate::quadrature::{midpoints, normal_strata};
use crate::runge_kutta::rk4_step;
use crate::sample::uniforms;
use crate::sensitivity::variance_shares;
use crate::statistics::share_over_worlds;

/// All proofs of this crate, those of [`crate::diffusion`] among them.
#[must_use]
pub fn proofs() -> Vec<Proof> {
    let circle = |steps: usize| {
        let h = 2.0 / steps as f64;
        let end = (0..steps).fold([1.0, 0.0], |s, _| rk4_step(s, h, |_, [x, y]| [*y, -x]));
        ((end[0] - 2.0_f64.cos()).powi(2) + (end[1] + 2.0_f64.sin()).powi(2)).sqrt()
    };
    let mean_of_exp = |n: usize| {
        let sum: f64 = midpoints(1.0, n).iter().map(|x| x.exp()).sum::<f64>() / n as f64;
        (sum - (1.0_f64.exp() - 1.0)).abs()
    };
    let straight: f64 = midpoints(1.0, 7).iter().map(|x| 3.0 * x - 1.0).sum::<f64>() / 7.0;
    let strata = normal_strata(64).iter().map(|e| (0.25 * e).exp()).sum::<f64>() / 64.0;
    let laws = [
        Distribution::Normal { mean: 2.0, sd: 3.0 },
        Distribution::LogNormal {
            median: 2.0,
            sigma: 0.5,
        },
        Distribution::LogitNormal {
            median: 0.3,
            sigma: 1.0,
        },
        Distribution::Uniform { low: -1.0, high: 4.0 },
        Distribution::Beta {
            alpha: 1.5,
            beta: 100.0,
        },
        Distribution::HalfNormal { sd: 2.0 },
        Distribution::Gamma { shape: 3.5 },
    ];
    let shares = [0.001, 0.01, 0.3, 0.9, 0.999];
    let trips = largest(
        laws.iter()
            .flat_map(|law| shares.map(|u| law.cumulative(law.quantile(u)) - u)),
    );

    let n = 20_000;
    let angle = |name: &str| -> Vec<f64> { uniforms(5, name, n).into_iter().map(|u| PI * (2.0 * u - 1.0)).collect() };
    let (a, b, c) = (angle("a"), angle("b"), angle("c"));
    let ishigami: Vec<f64> = (0..n)
        .map(|i| a[i].sin() + 7.0 * b[i].sin().powi(2) + 0.1 * c[i].powi(4) * a[i].sin())
        .collect();
    let found = variance_shares(&[("a".to_owned(), a.clone()), ("c".to_owned(), c)], &ishigami);
    let share = |name: &str| found.iter().find(|s| s.name == name).map_or(f64::NAN, |s| s.share);
    let linear: Vec<f64> = a.iter().zip(&b).map(|(a, b)| 3.0 * a + b).collect();
    let split = variance_shares(&[("a".to_owned(), a), ("b".to_owned(), b)], &linear);

    let law = Distribution::Beta { alpha: 2.0, beta: 6.0 };
    let truth = uniforms(1, "truth", n);
    let dice = uniforms(1, "dice", n * 5);
    let counts: Vec<usize> = truth
        .iter()
        .enumerate()
        .map(|(w, &u)| {
            let p = law.quantile(u);
            dice[w * 5..(w + 1) * 5].iter().filter(|&&u| u < p).count()
        })
        .collect();
    let high = share_over_worlds(&counts, 5).interval.high;

    let mut proofs = vec![
        Proof::new(
            "integrator",
            "observed order of Runge–Kutta on a circle",
            4.0,
            (circle(20) / circle(40)).log2(),
            0.1,
        ),
        Proof::new(
            "midpoint rule",
            "observed order on the exponential",
            2.0,
            (mean_of_exp(16) / mean_of_exp(32)).log2(),
            0.05,
        ),
        Proof::new(
            "midpoint rule, straight",
            "exact for a straight line",
            0.5,
            straight,
            1e-14,
        ),
        Proof::new(
            "normal strata",
            "mean of a log-normal over 64 strata",
            (0.25_f64 * 0.25 / 2.0).exp(),
            strata,
            1e-3,
        ),
        Proof::new(
            "quantiles",
            "largest error of share → quantile → share, six laws",
            0.0,
            trips,
            1e-6,
        ),
        Proof::new(
            "variance share, first",
            "Ishigami's function, first input",
            0.3139,
            share("a"),
            0.02,
        ),
        Proof::new(
            "variance share, third",
            "Ishigami's function, third input acts by interaction only",
            0.0,
            share("c"),
            0.005,
        ),
        Proof::new(
            "variance share, linear",
            "9 of 10 parts of a linear function",
            0.9,
            split.first().map_or(f64::NAN, |s| s.share),
            0.02,
        ),
        Proof::new(
            "share over worlds",
            "95 % bound of a beta through counts of five people",
            law.quantile(0.95),
            high,
            0.015,
        ),
    ];
    proofs.extend(diffusion::proofs());
    proofs
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_proof_holds() {
        for proof in super::proofs() {
            assert!(proof.holds(), "{proof:?}");
        }
    }
}
