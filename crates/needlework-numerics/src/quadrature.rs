//! Nodes for averages: cell midpoints of an interval, equal-probability strata of the normal distribution, and the
//! nodes of Gauss and Hermite for it.

use nalgebra::DMatrix;

use crate::Distribution;

/// The midpoints of `count` equal cells of `[0, length]`. The midpoint rule is second order in the cell size.
#[must_use]
pub fn midpoints(length: f64, count: usize) -> Vec<f64> {
    let cell = length / count.max(1) as f64;
    (0..count).map(|i| (i as f64 + 0.5) * cell).collect()
}

/// The medians of `count` equally likely strata of the standard normal distribution, ascending. Averages over them
/// stand for averages over many needles without the noise of a random draw.
#[must_use]
pub fn normal_strata(count: usize) -> Vec<f64> {
    let standard = Distribution::Normal { mean: 0.0, sd: 1.0 };
    (0..count)
        .map(|i| standard.quantile((i as f64 + 0.5) / count as f64))
        .collect()
}

/// `count` equally weighted points of the standard normal distribution in `D` dimensions, spread evenly: the additive
/// lattice of the generalised golden ratio (the root of x^(D+1) = x + 1), each coordinate through the normal quantile.
/// Averages over them stand for averages over many people without the noise of a random draw.
#[must_use]
pub fn normal_lattice<const D: usize>(count: usize) -> Vec<[f64; D]> {
    let standard = Distribution::Normal { mean: 0.0, sd: 1.0 };
    let power = D as f64 + 1.0;
    let mut ratio = 1.5_f64;
    for _ in 0..64 {
        ratio = (1.0 + ratio).powf(1.0 / power);
    }
    (0..count)
        .map(|i| {
            std::array::from_fn(|d| {
                let step = ratio.powi(-(d as i32 + 1));
                let place = (0.5 + (i as f64 + 1.0) * step).fract();
                // Between the ends, whose quantiles are infinite.
                standard.quantile(place.clamp(1e-9, 1.0 - 1e-9))
            })
        })
        .collect()
}

/// A place where a function is evaluated, and what its value there counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Node {
    /// The place.
    pub at: f64,
    /// The share of the value there in the average; the shares of a rule add up to one.
    pub weight: f64,
}

/// The `count` nodes of Gauss and Hermite, ascending: the average of a function over the standard normal distribution,
/// exact for polynomials of a degree below twice `count`.
///
/// The nodes are the eigenvalues of the matrix of the recurrence of the polynomials (Golub and Welsch 1969), the
/// weights one over the sum of the squared orthonormal polynomials there, which keeps the digits of small ones. Limits:
/// a function that is narrow against the distance of the nodes, about π/√`count`, is missed.
#[must_use]
pub fn normal_nodes(count: usize) -> Vec<Node> {
    // The library panics on an empty matrix.
    if count == 0 {
        return Vec::new();
    }
    let recurrence = DMatrix::from_fn(count, count, |i, j| {
        if i.abs_diff(j) == 1 {
            (i.max(j) as f64).sqrt()
        } else {
            0.0
        }
    });
    let mut places: Vec<f64> = recurrence.symmetric_eigenvalues().iter().copied().collect();
    places.sort_by(f64::total_cmp);
    // Exact symmetry, which the eigenvalues have but for the last digits.
    let mirrored: Vec<f64> = places.iter().rev().map(|place| -place).collect();
    let places = places.iter().zip(&mirrored).map(|(a, b)| 0.5 * (a + b));
    places
        .map(|at| {
            let (mut before, mut now, mut sum) = (0.0, 1.0, 0.0);
            for degree in 0..count {
                sum += now * now;
                let next = (at * now - (degree as f64).sqrt() * before) / (degree as f64 + 1.0).sqrt();
                (before, now) = (now, next);
            }
            Node { at, weight: 1.0 / sum }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lattice_reproduces_moments_and_a_tail_in_four_dimensions() {
        let points = normal_lattice::<4>(1024);
        for d in 0..4 {
            let mean = points.iter().map(|x| x[d]).sum::<f64>() / 1024.0;
            let square = points.iter().map(|x| x[d] * x[d]).sum::<f64>() / 1024.0;
            assert!(mean.abs() < 0.02 && (square - 1.0).abs() < 0.03, "{d}: {mean} {square}");
        }
        // The sum of four is normal with variance four: 15.9 % lie beyond one of its standard deviations.
        let error = |count: usize| {
            let points = normal_lattice::<4>(count);
            let beyond = points.iter().filter(|x| x.iter().sum::<f64>() > 2.0).count();
            (beyond as f64 / count as f64 - 0.158_655).abs()
        };
        let (coarse, fine) = (error(1024), error(16_384));
        // Chance would leave a standard error of 0.0114, and of 0.0029 with sixteen times the points.
        assert!(coarse < 0.02 && fine < 0.0015, "{coarse} {fine}");
    }

    #[test]
    fn gauss_and_hermite_give_the_moments_of_the_normal() {
        for count in [1, 2, 5, 15, 40, 64] {
            let nodes = normal_nodes(count);
            let moment = |power: i32| nodes.iter().map(|node| node.weight * node.at.powi(power)).sum::<f64>();
            let mut exact = 1.0;
            for half in 0..count.min(12) as i32 {
                assert!((moment(2 * half) / exact - 1.0).abs() < 1e-12, "{count} {half}");
                assert!(moment(2 * half + 1).abs() < 1e-12 * exact.max(1.0), "{count} {half}");
                exact *= f64::from(2 * half + 1);
            }
        }
        // The outermost node of five, from published tables times √2, and its weight over √π.
        let last = normal_nodes(5)[4];
        assert!((last.at - 2.020_182_870_456_086 * 2.0_f64.sqrt()).abs() < 1e-13);
        assert!((last.weight - 0.019_953_242_059_045_913 / std::f64::consts::PI.sqrt()).abs() < 1e-15);
        assert!(normal_nodes(0).is_empty());
    }

    /// The mean of e^(s·z) is e^(s²/2): the error falls faster than any power of the number of nodes.
    #[test]
    fn gauss_and_hermite_converge_faster_than_any_power() {
        let error = |count: usize| {
            let mean: f64 = normal_nodes(count)
                .iter()
                .map(|node| node.weight * (2.0 * node.at).exp())
                .sum();
            (mean / 2.0_f64.exp() - 1.0).abs()
        };
        let [four, eight, sixteen] = [4, 8, 16].map(error);
        assert!(
            eight < four * 1e-2 && sixteen < eight * 1e-6,
            "{four} {eight} {sixteen}"
        );
    }
}
