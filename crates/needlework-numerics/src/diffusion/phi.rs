//! The functions φ₀, φ₁, φ₂ of exponential integrators for arguments that are not positive.
//!
//! φ₀(x) = eˣ, φ₁(x) = (eˣ − 1)/x, φ₂(x) = (eˣ − 1 − x)/x². They are averages of e^{(1−s)x} over s from 0 to 1, with
//! weight 1 for φ₁ and s for φ₂; so they are positive, and so is φ₁ − φ₂. For a sum of two arguments there are addition
//! laws whose terms all have one sign,
//!
//! φ₁(x+y) = [eˣ·y·φ₁(y) + x·φ₁(x)] / (x+y),  φ₂(x+y) = [eˣ·y²·φ₂(y) + x·y·φ₁(x) + x²·φ₂(x)] / (x+y)²,
//!
//! and no digits are lost. A step keeps the values per axis and joins them per cell.

/// φ₀, φ₁ and φ₂ at one argument.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Phi {
    pub argument: f64,
    pub zero: f64,
    pub one: f64,
    pub two: f64,
}

// numerical: an argument of zero is moved by this much so that the addition laws never divide zero by zero; its square
// is a normal number
const LEAST: f64 = 1e-100;

impl Phi {
    /// At `argument`, which must not be positive.
    pub fn at(argument: f64) -> Self {
        let x = argument.min(-LEAST);
        // numerical: below this size the series of φ₂ with this many terms is exact to the last digit; above it the
        // closed form loses two bits at most
        const SERIES_BELOW: f64 = 1.0;
        const TERMS: u32 = 20;
        let (one, two) = if x > -SERIES_BELOW {
            // φ₂ = Σ xⁿ/(n+2)!, by Horner's rule.
            let two = (3..TERMS).rev().fold(1.0, |sum, n| 1.0 + sum * x / f64::from(n)) * 0.5;
            (1.0 + x * two, two)
        } else {
            let one = x.exp_m1() / x;
            (one, (one - 1.0) / x)
        };
        Self {
            argument: x,
            zero: x.exp(),
            one,
            two,
        }
    }

    /// φ₀ of the sum of two arguments.
    #[inline(always)]
    pub fn zero_of_sum(&self, other: &Self) -> f64 {
        self.zero * other.zero
    }

    /// φ₁ of the sum of two arguments.
    #[inline(always)]
    pub fn one_of_sum(&self, other: &Self) -> f64 {
        let (x, y) = (self.argument, other.argument);
        (self.zero * (y * other.one) + x * self.one) / (x + y)
    }

    /// φ₂ of the sum of two arguments.
    #[inline(always)]
    pub fn two_of_sum(&self, other: &Self) -> f64 {
        let (x, y) = (self.argument, other.argument);
        let scale = 1.0 / (x + y);
        let (x, y) = (x * scale, y * scale);
        self.zero * (y * y * other.two) + x * (y * self.one + x * self.two)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// φₖ as the integral it stands for, by the midpoint rule with Richardson's extrapolation.
    fn averaged(x: f64, weight: impl Fn(f64) -> f64) -> f64 {
        let rule = |n: u32| -> f64 {
            let value = |i| {
                let s = (f64::from(i) + 0.5) / f64::from(n);
                ((1.0 - s) * x).exp() * weight(s)
            };
            (0..n).map(value).sum::<f64>() / f64::from(n)
        };
        (4.0 * rule(8000) - rule(4000)) / 3.0
    }

    #[test]
    fn the_functions_are_the_averages_they_stand_for() {
        for x in [0.0, -1e-9, -0.3, -0.999, -1.001, -7.0, -40.0] {
            let phi = Phi::at(x);
            assert!((phi.one - averaged(x, |_| 1.0)).abs() < 1e-10 * phi.one, "{x}");
            assert!((phi.two - averaged(x, |s| s)).abs() < 1e-10 * phi.two, "{x}");
        }
    }

    #[test]
    fn the_addition_laws_lose_no_digits() {
        for x in [0.0, -1e-12, -0.4, -3.0, -800.0] {
            for y in [0.0, -1e-13, -0.7, -29.0, -1e5] {
                let (a, b, sum) = (Phi::at(x), Phi::at(y), Phi::at(x + y));
                assert!((a.zero_of_sum(&b) - sum.zero).abs() <= 1e-14 * sum.zero, "{x} {y}");
                assert!((a.one_of_sum(&b) - sum.one).abs() <= 1e-14 * sum.one, "{x} {y}");
                assert!((a.two_of_sum(&b) - sum.two).abs() <= 1e-14 * sum.two, "{x} {y}");
            }
        }
    }
}
