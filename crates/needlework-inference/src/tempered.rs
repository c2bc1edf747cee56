//! A sample of what is known after data, where weights alone are too few: tempered sequential Monte Carlo.
//!
//! Every parameter is a standard normal number z before the data; what it means is for the likelihood to know. The
//! likelihood is let in step by step, L^β with β from 0 to 1. A step is as long as keeps the effective number of
//! particles at a share of all (found by bisection), then particles are taken by their weights (systematically) and
//! moved by z′ = √(1 − ρ²)·z + ρ·ξ, taken with probability min(1, (L′/L)^β): the preconditioned Crank–Nicolson move
//! (Cotter and others 2013), which leaves the prior as it is, in any number of dimensions. ρ follows the acceptance.
//! The product of the mean weights of the steps is the evidence (Del Moral and others 2006).
//!
//! Random numbers belong to the step and the place of a particle, so any number of threads gives the same bytes.
//! Limits: modes that are far apart are kept only by many particles; how far moves have mixed is shown by their
//! acceptance, and best by a second seed.

use std::fmt;

use needlework_numerics::{Continue, Interrupted, Progress, map_in_order, normals, uniforms};

use crate::ln_sum::ln_sum_exp;
use crate::weights::systematic;

/// How the sampling is done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TemperedSettings {
    /// How many particles.
    pub particles: usize,
    /// How many moves each particle tries a step.
    pub moves: usize,
    /// The share of particles that stays effective in a step, between zero and one.
    pub effective_share: f64,
    /// The seed of all streams.
    pub seed: u64,
    /// How many threads; 0: as many as the machine has.
    pub threads: usize,
}

impl Default for TemperedSettings {
    fn default() -> Self {
        Self {
            particles: 2000,
            moves: 8,
            effective_share: 0.5,
            seed: 1,
            threads: 0,
        }
    }
}

/// One step of the exponent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TemperedStep {
    /// β after the step.
    pub exponent: f64,
    /// The effective number of particles before they were taken anew.
    pub effective: f64,
    /// The share of moves that were taken.
    pub acceptance: f64,
    /// ρ of the last move.
    pub stride: f64,
}

/// A sample of what is known after the data.
#[derive(Debug, Clone, PartialEq)]
pub struct TemperedSample {
    /// Particles that all count the same, each as many standard normal coordinates as there are parameters.
    pub particles: Vec<Vec<f64>>,
    /// The logarithm of the likelihood of each.
    pub ln_likelihoods: Vec<f64>,
    /// The particle of the prior that each comes from: what is not moved stays as it was there.
    pub origins: Vec<usize>,
    /// The logarithm of the evidence, in nats.
    pub ln_evidence: f64,
    /// The steps, in order.
    pub steps: Vec<TemperedStep>,
}

/// Why there is no sample.
#[derive(Debug, Clone, PartialEq)]
pub enum TemperedError {
    /// Settings that make no sample: no particles, or a share that is not between zero and one.
    Settings,
    /// No particle of the prior is possible; ask for more of them, or look at the data.
    NothingFits,
    /// The steps became too short to arrive; the likelihood has a wall, or is far too sharp for so few particles.
    TooManySteps,
    /// Stopped from outside.
    Interrupted(Interrupted),
}

impl fmt::Display for TemperedError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Settings => out.write_str("at least one particle, and an effective share between zero and one"),
            Self::NothingFits => out.write_str("no particle of the prior is possible; ask for more of them"),
            Self::TooManySteps => out.write_str("the steps became too short; ask for more particles"),
            Self::Interrupted(why) => why.fmt(out),
        }
    }
}

impl std::error::Error for TemperedError {}

impl From<Interrupted> for TemperedError {
    fn from(why: Interrupted) -> Self {
        Self::Interrupted(why)
    }
}

// numerical: the share of moves that should be taken, the middle of 0.25 to 0.35
const ACCEPTANCE: f64 = 0.3;
// numerical: how strongly ρ follows the acceptance
const FOLLOW: f64 = 1.5;
// numerical: bounds of ρ; at 1 a move is a fresh draw of the prior
const STRIDES: [f64; 2] = [1e-3, 1.0];
// numerical: ρ of the first move
const FIRST_STRIDE: f64 = 0.5;
// numerical: with half of the particles effective each step, evidence of e to the −100 takes about 60
const MOST_STEPS: usize = 400;

/// Samples `dimensions` standard normal parameters after the data. `ln_likelihood` takes the particle of the prior that
/// a particle comes from, by its number, and the parameters; what is no finite number counts as impossible. Whatever
/// else a particle of the prior stands for is kept with it, and so is weighed and never moved. `progress` is asked
/// after each batch of evaluations; its total is that of one move.
///
/// # Errors
/// [`TemperedError`].
pub fn sample(
    dimensions: usize,
    settings: &TemperedSettings,
    progress: &mut dyn FnMut(Progress) -> Continue,
    ln_likelihood: impl Fn(usize, &[f64]) -> f64 + Sync,
) -> Result<TemperedSample, TemperedError> {
    let TemperedSettings {
        particles: count,
        moves,
        effective_share,
        seed,
        threads,
    } = *settings;
    if count == 0 || !(effective_share > 0.0 && effective_share < 1.0) {
        return Err(TemperedError::Settings);
    }
    let weigh = |origin: usize, z: &[f64]| {
        let ln = ln_likelihood(origin, z);
        if ln < f64::INFINITY { ln } else { f64::NEG_INFINITY }
    };
    let mut now: Vec<Particle> = map_in_order(threads, count, progress, |at| {
        let z = normals(seed, &format!("tempered.prior.{at}"), dimensions);
        let ln_likelihood = weigh(at, &z);
        Particle {
            origin: at,
            z,
            ln_likelihood,
        }
    })?;
    let (mut exponent, mut stride, mut ln_evidence) = (0.0, FIRST_STRIDE, 0.0);
    let mut steps = Vec::new();
    for step in 0..MOST_STEPS {
        let lns: Vec<f64> = now.iter().map(|particle| particle.ln_likelihood).collect();
        let next = next_exponent(exponent, &lns, effective_share * count as f64).ok_or(TemperedError::NothingFits)?;
        let lifted: Vec<f64> = lns.iter().map(|ln| (next - exponent) * ln).collect();
        let total = ln_sum_exp(lifted.iter().copied());
        let weights: Vec<f64> = lifted.iter().map(|ln| (ln - total).exp()).collect();
        ln_evidence += total - (count as f64).ln();
        exponent = next;
        let offset = uniforms(seed, &format!("tempered.{step}.offset"), 1);
        let taken = systematic(&weights, count, offset.first().copied().unwrap_or(0.5));
        now = taken.into_iter().map(|at| now[at].clone()).collect();
        let mut accepted = 0;
        let mut last_stride = stride;
        for turn in 0..moves {
            let moved = map_in_order(threads, count, progress, |at| {
                let name = format!("tempered.{step}.{turn}.{at}");
                step_from(&now[at], &name, seed, stride, exponent, &weigh)
            })?;
            let of_turn = moved.iter().filter(|particle| particle.is_some()).count();
            for (particle, new) in now.iter_mut().zip(moved) {
                if let Some(new) = new {
                    *particle = new;
                }
            }
            accepted += of_turn;
            last_stride = stride;
            let share = of_turn as f64 / count as f64;
            stride = (stride * (FOLLOW * (share - ACCEPTANCE)).exp()).clamp(STRIDES[0], STRIDES[1]);
        }
        steps.push(TemperedStep {
            exponent,
            effective: effective(&weights),
            acceptance: accepted as f64 / (count * moves).max(1) as f64,
            stride: last_stride,
        });
        if exponent >= 1.0 {
            return Ok(TemperedSample {
                origins: now.iter().map(|one| one.origin).collect(),
                ln_likelihoods: now.iter().map(|one| one.ln_likelihood).collect(),
                particles: now.into_iter().map(|one| one.z).collect(),
                ln_evidence,
                steps,
            });
        }
    }
    Err(TemperedError::TooManySteps)
}

#[derive(Debug, Clone)]
struct Particle {
    origin: usize,
    z: Vec<f64>,
    ln_likelihood: f64,
}

/// Where a particle goes; `None` where it stays.
fn step_from(
    from: &Particle,
    name: &str,
    seed: u64,
    stride: f64,
    exponent: f64,
    weigh: &impl Fn(usize, &[f64]) -> f64,
) -> Option<Particle> {
    let kept = (1.0 - stride * stride).max(0.0).sqrt();
    let fresh = normals(seed, name, from.z.len());
    let z: Vec<f64> = from
        .z
        .iter()
        .zip(&fresh)
        .map(|(old, new)| kept * old + stride * new)
        .collect();
    let ln_likelihood = weigh(from.origin, &z);
    let die = uniforms(seed, &format!("{name}.die"), 1);
    let taken = die
        .first()
        .is_some_and(|die| die.ln() < exponent * (ln_likelihood - from.ln_likelihood));
    taken.then_some(Particle {
        origin: from.origin,
        z,
        ln_likelihood,
    })
}

/// The exponent at which the effective number falls to `wanted`, or one. `None` where nothing is possible.
fn next_exponent(now: f64, lns: &[f64], wanted: f64) -> Option<f64> {
    // numerical: halvings of the rest of the way, down to the spacing of floats
    const HALVINGS: usize = 60;
    let effective_at = |exponent: f64| {
        let lifted: Vec<f64> = lns.iter().map(|ln| (exponent - now) * ln).collect();
        let total = ln_sum_exp(lifted.iter().copied());
        let weights: Vec<f64> = lifted.iter().map(|ln| (ln - total).exp()).collect();
        if total.is_finite() { effective(&weights) } else { 0.0 }
    };
    if !lns.iter().any(|ln| ln.is_finite()) {
        return None;
    }
    if effective_at(1.0) >= wanted {
        return Some(1.0);
    }
    let (mut low, mut high) = (now, 1.0);
    for _ in 0..HALVINGS {
        let middle = 0.5 * (low + high);
        if effective_at(middle) >= wanted {
            low = middle;
        } else {
            high = middle;
        }
    }
    // Where even the shortest step leaves fewer, as many are impossible, it is taken nevertheless: they are gone then.
    Some(if low > now { low } else { high })
}

fn effective(weights: &[f64]) -> f64 {
    let square: f64 = weights.iter().map(|weight| weight * weight).sum();
    1.0 / square
}

#[cfg(test)]
mod tests {
    use super::*;
    use needlework_numerics::{logit, mean, normal_cdf, normal_ln_density, quantile, standard_deviation, unwatched};

    use crate::counts::Count;

    fn settings(seed: u64) -> TemperedSettings {
        TemperedSettings {
            particles: 1500,
            seed,
            threads: 2,
            ..TemperedSettings::default()
        }
    }

    /// The mean over seeds of what is measured lies within three errors of the truth.
    fn agrees(found: &[f64], truth: f64) -> bool {
        let error = standard_deviation(found) / (found.len() as f64).sqrt();
        (mean(found) - truth).abs() < 3.0 * error
    }

    /// 7 of 16 and a uniform prior: the posterior is Beta(8, 10).
    #[test]
    fn beta_and_binomial() {
        let runs: Vec<(f64, f64, f64, f64)> = (0..12)
            .map(|seed| {
                let sampled = sample(1, &settings(seed), &mut unwatched, |_, z| {
                    Count::new(7, 16).ln_probability(logit(normal_cdf(z[0])))
                });
                let sampled = sampled.unwrap();
                let mut shares: Vec<f64> = sampled.particles.iter().map(|z| normal_cdf(z[0])).collect();
                shares.sort_by(f64::total_cmp);
                assert!((quantile(&shares, 0.05) - 0.2601).abs() < 0.025);
                (
                    mean(&shares),
                    standard_deviation(&shares),
                    sampled.ln_evidence,
                    quantile(&shares, 0.95),
                )
            })
            .collect();
        let of = |pick: fn(&(f64, f64, f64, f64)) -> f64| runs.iter().map(pick).collect::<Vec<f64>>();
        assert!(agrees(&of(|run| run.0), 4.0 / 9.0));
        assert!(agrees(&of(|run| run.1), (80.0_f64 / (324.0 * 19.0)).sqrt()));
        assert!(agrees(&of(|run| run.2), -17.0_f64.ln()));
        assert!(agrees(&of(|run| run.3), 0.6360));
    }

    /// Prior N(50, 20²), 56 ± 2.1213, beside nine parameters that no datum touches.
    #[test]
    fn normal_and_normal_among_others() {
        let runs: Vec<(f64, f64, f64, f64)> = (0..12)
            .map(|seed| {
                let sampled = sample(10, &settings(seed), &mut unwatched, |_, z| {
                    normal_ln_density(56.0, 50.0 + 20.0 * z[0], 4.5_f64.sqrt())
                });
                let sampled = sampled.unwrap();
                let means: Vec<f64> = sampled.particles.iter().map(|z| 50.0 + 20.0 * z[0]).collect();
                let other: Vec<f64> = sampled.particles.iter().map(|z| z[4]).collect();
                assert!(
                    (0.9..1.1).contains(&standard_deviation(&other)),
                    "{}",
                    standard_deviation(&other)
                );
                let last = sampled.steps.last().unwrap();
                assert!((0.2..0.5).contains(&last.acceptance), "{:?}", sampled.steps);
                (
                    mean(&means),
                    standard_deviation(&means),
                    sampled.ln_evidence,
                    standard_deviation(&other),
                )
            })
            .collect();
        let of = |pick: fn(&(f64, f64, f64, f64)) -> f64| runs.iter().map(pick).collect::<Vec<f64>>();
        assert!(agrees(&of(|run| run.0), 55.9333));
        assert!(agrees(&of(|run| run.1), 2.1095));
        assert!(agrees(&of(|run| run.2), -3.964_76));
        assert!(agrees(&of(|run| run.3), 1.0));
    }

    /// What a particle keeps of the prior is weighed as what is moved: a coin beside the parameter, of which the data
    /// are likelier on one side.
    #[test]
    fn what_is_kept_is_weighed_too() {
        let heads: Vec<f64> = (0..12)
            .map(|seed| {
                let sampled = sample(1, &settings(seed), &mut unwatched, |origin, z| {
                    let ln = if origin % 2 == 0 { 3.0_f64.ln() } else { 0.0 };
                    ln + normal_ln_density(2.0, z[0], 0.5)
                });
                let sampled = sampled.unwrap();
                assert_eq!(sampled.origins.len(), sampled.particles.len());
                sampled.origins.iter().filter(|&&origin| origin % 2 == 0).count() as f64 / 1500.0
            })
            .collect();
        assert!(agrees(&heads, 0.75), "{heads:?}");
    }

    /// Two values of a bent surface, six parameters: weights of a large bank and tempered particles agree.
    #[test]
    fn weights_and_tempered_particles_agree() {
        let ln_likelihood = |z: &[f64]| {
            let product = 40.0 * (0.5 * z[0] + 0.3 * z[1] - 0.2 * z[2] * z[2]).exp();
            normal_ln_density(56.0, product + 8.0 * z[3], 4.0) + normal_ln_density(1.53, 1.2 + 0.3 * z[1], 0.1)
        };
        let bank = 200_000;
        let columns: Vec<Vec<f64>> = (0..6).map(|d| normals(1, &format!("bank.{d}"), bank)).collect();
        let row = |at: usize| -> Vec<f64> { columns.iter().map(|column| column[at]).collect() };
        let lns: Vec<f64> = (0..bank).map(|at| ln_likelihood(&row(at))).collect();
        let weights = crate::weights::Weights::of(&lns).unwrap();
        assert!(weights.pass(&crate::weights::Gate::default()));
        let sampled = sample(6, &settings(3), &mut unwatched, |_, z| ln_likelihood(z)).unwrap();
        assert!(
            (sampled.ln_evidence - weights.ln_evidence).abs() < 0.15,
            "{}",
            sampled.ln_evidence
        );
        for (d, column) in columns.iter().enumerate() {
            let after = weights.posterior(column).unwrap();
            let own: Vec<f64> = sampled.particles.iter().map(|z| z[d]).collect();
            assert!(
                (mean(&own) - after.mean()).abs() < 0.1,
                "{d}: {} {}",
                mean(&own),
                after.mean()
            );
            assert!((standard_deviation(&own) / after.sd() - 1.0).abs() < 0.1, "{d}");
        }
    }

    #[test]
    fn any_number_of_threads_gives_the_same_bytes() {
        let run = |threads| {
            let settings = TemperedSettings {
                particles: 300,
                threads,
                ..settings(5)
            };
            sample(3, &settings, &mut unwatched, |_, z| {
                -20.0 * (z[0] * z[1] - z[2]).powi(2)
            })
            .unwrap()
        };
        let one = run(1);
        assert!(one == run(2) && one == run(4));
        assert!(one.steps.windows(2).all(|pair| pair[0].exponent < pair[1].exponent));
    }

    /// Half of the prior is impossible: the evidence is one half, and nothing impossible is left.
    #[test]
    fn a_wall_halves_the_evidence() {
        let wall = |_: usize, z: &[f64]| if z[0] > 0.0 { 0.0 } else { f64::NEG_INFINITY };
        let sampled = sample(2, &settings(1), &mut unwatched, wall).unwrap();
        assert!(
            (sampled.ln_evidence - 0.5_f64.ln()).abs() < 0.1,
            "{}",
            sampled.ln_evidence
        );
        assert!(sampled.particles.iter().all(|z| z[0] > 0.0));
    }

    #[test]
    fn what_makes_no_sample_is_an_error() {
        let run = |settings: &TemperedSettings, ln: f64| sample(1, settings, &mut unwatched, |_, _| ln).map(|_| ());
        assert_eq!(run(&settings(1), f64::NEG_INFINITY), Err(TemperedError::NothingFits));
        assert_eq!(run(&settings(1), f64::NAN), Err(TemperedError::NothingFits));
        let none = TemperedSettings {
            particles: 0,
            ..settings(1)
        };
        assert_eq!(run(&none, 0.0), Err(TemperedError::Settings));
        let stopped = sample(1, &settings(1), &mut |_| Continue::No, |_, _| 0.0).map(|_| ());
        assert_eq!(stopped, Err(TemperedError::Interrupted(Interrupted::Stopped)));
        assert!(run(&settings(1), -7.0).is_ok());
    }
}
