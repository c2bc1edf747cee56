//! Growth of germs against neutrophils in closed form, as a rate and as a chance; the race in one channel, day by day,
//! is in `host`.
//!
//! In numbers large enough for rates, Ḃ = gB(1 − B/K) − kN·B/(κ + B): logistic growth with saturable phagocytic
//! clearance. A small inoculum is cleared whenever kN > gκ, that is above a critical concentration of neutrophils that
//! does not depend on the number of bacteria (Li 2004: some 4 million per millilitre). A large inoculum survives even
//! then; the separatrix between both is the smaller root of the bracket.
//!
//! In small numbers each germ divides or dies by chance. With birth rate β(t) and death rate δ(t), ρ(t) = ∫(δ − β) and
//! A(t) = ∫ δ e^ρ, the lineage of one germ is extinct at t with probability A/(1 + A), and a lineage that is not has a
//! geometric size of mean e^{−ρ}(1 + A) (Kendall 1948). So the founders that a Poisson inoculum leaves are Poisson, and
//! their lineages add up; the chance that the sum passes a threshold is that of one Poisson number being larger than
//! another.

/// Where germs begin to outgrow clearance: the unstable fixed point, for growth `growth` per time, capacity `capacity`
/// and half-saturation `saturation` in germs, and clearance at most `clearance` in germs per time. Zero where clearance
/// never wins, none where it always does.
#[must_use]
pub fn separatrix(growth: f64, capacity: f64, saturation: f64, clearance: f64) -> Option<f64> {
    if clearance <= growth * saturation {
        return Some(0.0);
    }
    // (g/K)·B² − g(1 − κ/K)·B + (kN − gκ) = 0
    let square = growth / capacity;
    let middle = growth * (1.0 - saturation / capacity);
    let rest = clearance - growth * saturation;
    let root = middle * middle - 4.0 * square * rest;
    // The form without cancellation: the smaller root is the rest over the larger one's half-sum.
    (root >= 0.0 && middle > 0.0).then(|| 2.0 * rest / (middle + root.sqrt()))
}

/// Change of the number of germs per time.
#[must_use]
pub fn rate(germs: f64, growth: f64, capacity: f64, saturation: f64, clearance: f64) -> f64 {
    growth * germs * (1.0 - germs / capacity) - clearance * germs / (saturation + germs)
}

/// What chance leaves of lineages by a moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lineages {
    /// Probability that the lineage of one germ is still there.
    pub surviving: f64,
    /// Natural logarithm of the mean size of one that is.
    pub log_size: f64,
}

impl Lineages {
    /// From ρ and A at that moment.
    #[must_use]
    pub fn at(rho: f64, deaths: f64) -> Self {
        Self {
            surviving: 1.0 / (1.0 + deaths),
            log_size: -rho + deaths.ln_1p(),
        }
    }

    /// Probability that a Poisson number of germs with mean `inoculum` grows past `threshold` germs, given as its
    /// natural logarithm.
    #[must_use]
    pub fn pass(&self, inoculum: f64, log_threshold: f64) -> f64 {
        poisson_exceeds(inoculum * self.surviving, (log_threshold - self.log_size).exp())
    }
}

/// Probability that a Poisson number of mean `more` is larger than one of mean `less`: Σ P(N = n)·P(J ≤ n − 1).
///
/// A sum of n exponential sizes of mean one passes x with P(J ≤ n − 1), J Poisson of mean x, so this is the chance that
/// a Poisson number of them does.
#[must_use]
pub fn poisson_exceeds(more: f64, less: f64) -> f64 {
    // numerical: beyond this the difference of the two is normal to three digits, and the sum would cost too much
    const MANY: f64 = 400.0;
    // numerical: terms beyond ten standard deviations are below the last digit
    const TAIL: f64 = 10.0;
    // numerical: terms that are kept where the mean itself is small
    const MARGIN: f64 = 20.0;
    if more.is_nan() || more <= 0.0 {
        return 0.0;
    }
    if less.is_infinite() {
        return 0.0;
    }
    if more + less > MANY {
        // The smaller a Poisson number, the less normal; at means like these the half step is what counts.
        return needlework_numerics::normal_cdf((more - less - 0.5) / (more + less).sqrt());
    }
    let most = (more + TAIL * more.sqrt() + MARGIN).ceil() as u32;
    let mut here = (-more).exp();
    let mut other = (-less).exp();
    let mut below = other;
    let mut sum = 0.0;
    for n in 1..=most {
        let n = f64::from(n);
        here *= more / n;
        sum += here * below.min(1.0);
        other *= less / n;
        below += other;
    }
    sum.clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use needlework_numerics::rk4_step;

    #[test]
    fn germs_fall_below_the_watershed_and_rise_above_it() {
        for growth in [0.5, 1.0] {
            let root = separatrix(growth, 1e8, 1e5, 2e5).unwrap_or(f64::NAN);
            assert!(rate(0.9 * root, growth, 1e8, 1e5, 2e5) < 0.0);
            assert!(rate(1.1 * root, growth, 1e8, 1e5, 2e5) > 0.0);
        }
        assert_eq!(separatrix(0.5, 1e8, 1e5, 1e9), None);
    }

    #[test]
    fn one_poisson_number_exceeds_another_as_counted() {
        let direct = |more: f64, less: f64| {
            let weight = |mean: f64, k: u32| {
                (-mean + f64::from(k) * mean.ln() - (1..=k).map(|i| f64::from(i).ln()).sum::<f64>()).exp()
            };
            (0..80)
                .flat_map(|n| (0..n).map(move |j| (n, j)))
                .map(|(n, j)| weight(more, n) * weight(less, j))
                .sum::<f64>()
        };
        for (more, less) in [(0.01, 0.5), (1.0, 2.0), (5.0, 0.3), (12.0, 15.0)] {
            let (found, exact) = (poisson_exceeds(more, less), direct(more, less));
            assert!(
                (found - exact).abs() < 1e-10 * exact.max(1e-3),
                "{more} {less}: {found} {exact}"
            );
        }
        // Where the sum gives way to the normal law both agree.
        assert!((poisson_exceeds(199.0, 200.0) - poisson_exceeds(200.5, 201.0)).abs() < 0.02);
        assert_eq!(poisson_exceeds(0.0, 0.0), 0.0);
        assert!(poisson_exceeds(1e9, 1e3) > 0.999 && poisson_exceeds(1e3, 1e9) < 1e-12);
    }

    /// The closed form against the master equation of births and deaths, with a death rate that rises in time.
    /// `needlework verify` holds it against single lineages drawn one by one.
    #[test]
    fn the_master_equation_of_births_and_deaths_gives_the_closed_form() {
        // Sizes past the last are as good as never reached: the mean size is two.
        const SIZES: usize = 160;
        const STEPS: usize = 3000;
        let (birth, rise, end) = (1.0_f64, 0.5_f64, 3.0_f64);
        let step = end / STEPS as f64;
        let mut odds = [0.0; SIZES];
        odds[1] = 1.0;
        let (mut rho, mut deaths) = (0.0_f64, 0.0_f64);
        for i in 0..STEPS {
            // Stage 0 is the start of the step, 1 its middle, 2 its end.
            let death = |stage: usize| rise * step * (i as f64 + stage as f64 / 2.0);
            odds = rk4_step(odds, step, |stage, odds| {
                let mut change = [0.0; SIZES];
                for n in 1..SIZES {
                    let (born, died) = (birth * n as f64 * odds[n], death(stage) * n as f64 * odds[n]);
                    change[n] -= born + died;
                    change[n - 1] += died;
                    if n + 1 < SIZES {
                        change[n + 1] += born;
                    }
                }
                change
            });
            // ρ = ∫(δ − β) and A = ∫ δ e^ρ by midpoints.
            let middle = rho + (death(1) - birth) * step / 2.0;
            deaths += death(1) * middle.exp() * step;
            rho += (death(1) - birth) * step;
        }
        let lineages = Lineages::at(rho, deaths);
        let near = |found: f64, exact: f64| assert!((found - exact).abs() < 1e-6, "{found} {exact}");
        near(1.0 - odds[0], lineages.surviving);
        // One lineage is geometric: P(size ≥ b) = survival·(1 − 1/mean)^(b − 1).
        let mean = lineages.log_size.exp();
        for threshold in [2, 5, 12] {
            let past: f64 = odds[threshold..].iter().sum();
            near(past, lineages.surviving * (1.0 - 1.0 / mean).powi(threshold as i32 - 1));
        }
    }
}
