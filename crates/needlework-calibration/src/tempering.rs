//! What data leave of worlds where the weights of a bank are too few to tell: moved worlds, sampled.
//!
//! A particle is a world of the bank of which some parameters are moved, those that the bank says the data speak of
//! most; the rest stays as the world's number says. Tempered sequential Monte Carlo
//! ([`needlework_inference::tempered`]) takes and moves them, each time by the whole chain. A moved world keeps the
//! people of its number.
//!
//! Which parameters are moved is chosen by the bank: by how far ranks of the likelihood go with ranks of the
//! parameter's place, or with its distance from the middle. Limits: what is not moved is only taken, so that a datum
//! which hangs on many of the others is told by few worlds; how many are left is said ([`Tempered::origins`]).

use needlework_case::Catalog;
use needlework_cohort::{Draw, Moved, PLACES, Settings, World, declared, glance_world, worlds_numbered};
use needlework_evidence::{Book, BookError, Distribution, Scope};
use needlework_inference::tempered::{TemperedError, TemperedSettings, TemperedStep, sample};
use needlework_numerics::{
    Continue, Progress, map_in_order, mean, normal_cdf, normals, order, standard_deviation, uniforms,
};

use crate::bank::{Cases, Looking};
use crate::datum::Likelihood;
use crate::failed::Failed;
use crate::posterior::hypothesis_at;
use crate::weigh::{Weighed, Weighing};

/// Parameters that are moved.
// numerical: a third of what varies; beyond the first dozen the data say next to nothing of any
const MOVED: usize = 40;

/// A sample of moved worlds.
#[derive(Debug, Clone, PartialEq)]
pub struct Tempered {
    /// The draws, in an order in which every beginning is a sample.
    pub draws: Vec<Draw>,
    /// What they have moved.
    pub moved: Moved,
    /// Their rows, one behind the other, as those of a bank.
    pub rows: Vec<f64>,
    /// The logarithm of the evidence, nats.
    pub ln_evidence: f64,
    /// Steps of the exponent.
    pub steps: Vec<TemperedStep>,
    /// Worlds of the bank that are left among the draws.
    pub origins: usize,
}

/// Samples moved worlds after some of the data, of which a bank was weighed as `weighed` and too few worlds count.
/// `progress` is asked after each batch of worlds; its total is that of one move.
///
/// # Errors
/// [`Failed`] when the evidence lacks something, nothing fits the data, or `progress` says stop.
pub fn temper(
    likelihood: &Likelihood,
    cases: &Cases,
    (book, catalog): (&Book, &Catalog),
    settings: &Settings,
    (weighed, without): (&Weighed, Option<&str>),
    particles: usize,
    progress: &mut dyn FnMut(Progress) -> Continue,
) -> Result<Tempered, Failed> {
    let keys = spoken_of(book, settings.seed, weighed)?;
    // While particles move, nobody asks for forecasts.
    let data_alone = Likelihood {
        forecasts: Vec::new(),
        ..likelihood.clone()
    };
    let looking = Looking::of(&data_alone, cases, (book, catalog))?;
    let world_of = |origin: usize, places: &[f64]| {
        let moved = |key: &str| keys.iter().position(|known| known == key).map(|at| vec![places[at]]);
        let drawn = worlds_numbered(book, settings.seed, &[origin], &moved).ok()?;
        drawn.worlds.into_iter().next()
    };
    let row_of = |looking: &Looking<'_>, origin: usize, world: &World| {
        let seen = glance_world(&looking.cases, book, settings, origin, world).ok()?;
        Some(looking.row(world, &seen))
    };
    let tempered = TemperedSettings {
        particles,
        seed: settings.seed,
        threads: settings.threads,
        ..TemperedSettings::default()
    };
    let sampled = sample(keys.len(), &tempered, progress, |origin, z| {
        let places: Vec<f64> = z.iter().map(|&z| place(z)).collect();
        let ln = world_of(origin, &places).and_then(|world| {
            let row = row_of(&looking, origin, &world)?;
            let weighing = Weighing::of(&data_alone, &row, book).ok()?;
            let found = weighing.by(&weighing.weighing(without))?;
            found.ln_likelihoods.first().copied()
        });
        ln.unwrap_or(f64::NEG_INFINITY)
    })
    .map_err(|error| match error {
        TemperedError::Interrupted(_) => Failed::Stopped,
        TemperedError::NothingFits | TemperedError::Settings | TemperedError::TooManySteps => Failed::Impossible,
    })?;
    // The particles stand in the order of their origins, so that a beginning of them would be no sample.
    let order_keys = uniforms(settings.seed, "calibrate.tempered.order", particles);
    let order = order(&order_keys);
    let steps: Vec<Vec<u16>> = order
        .iter()
        .map(|&at| sampled.particles[at].iter().map(|&z| step(place(z))).collect())
        .collect();
    let moved = Moved { keys, steps };
    let numbers: Vec<usize> = order.iter().map(|&at| sampled.origins[at]).collect();
    let all: Vec<usize> = (0..particles).collect();
    let worlds = worlds_numbered(book, settings.seed, &numbers, &|key| moved.places(key, &all))?.worlds;
    let looking = Looking::of(likelihood, cases, (book, catalog))?;
    let rows = map_in_order(settings.threads, particles, progress, |at| {
        row_of(&looking, numbers[at], &worlds[at])
    })
    .map_err(|_| Failed::Stopped)?;
    let rows: Vec<f64> = rows
        .into_iter()
        .collect::<Option<Vec<_>>>()
        .ok_or(Failed::Impossible)?
        .concat();
    let weighing = Weighing::of(likelihood, &rows, book)?;
    let even = weighing.even(&weighing.weighing(without)).ok_or(Failed::Impossible)?;
    let dice = uniforms(settings.seed, "calibrate.tempered.hypothesis", particles);
    let draws = numbers
        .iter()
        .zip(&even.joint)
        .zip(dice)
        .map(|((&world, joint), dice)| {
            let hypothesis = hypothesis_at(joint, dice);
            Draw {
                world,
                law: hypothesis.law,
                shows: hypothesis.shows,
            }
        })
        .collect();
    let mut origins = numbers.clone();
    origins.sort_unstable();
    origins.dedup();
    Ok(Tempered {
        draws,
        moved,
        rows,
        ln_evidence: sampled.ln_evidence,
        steps: sampled.steps,
        origins: origins.len(),
    })
}

/// Where a standard normal number lies in a prior, inside of what has a step of its own.
fn place(z: f64) -> f64 {
    let edge = 0.5 / PLACES;
    normal_cdf(z).clamp(edge, 1.0 - edge)
}

/// The step of a place.
fn step(place: f64) -> u16 {
    (place * PLACES) as u16
}

/// The parameters of which a bank says that the data speak most, at most [`MOVED`] of them, in the order of the chain.
fn spoken_of(book: &Book, seed: u64, weighed: &Weighed) -> Result<Vec<String>, BookError> {
    let ranked = ranks(&weighed.ln_likelihoods);
    let mut found: Vec<(f64, usize, String)> = Vec::new();
    for (at, want) in declared().iter().enumerate() {
        let prior = book.prior(want.key)?;
        // What either holds or not is a hypothesis, and parts of a whole are drawn together.
        let jumps = matches!(prior.distribution, Distribution::Bernoulli { .. });
        if prior.scope == Scope::Fixed || jumps || prior.group.is_some() {
            continue;
        }
        let z = normals(seed, want.key, ranked.len());
        let aside: Vec<f64> = z.iter().map(|z| z.abs()).collect();
        let together = correlation(&ranked, &ranks(&z)).abs();
        let apart = correlation(&ranked, &ranks(&aside)).abs();
        found.push((together.max(apart), at, want.key.to_owned()));
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    found.truncate(MOVED);
    found.sort_by_key(|(_, at, _)| *at);
    Ok(found.into_iter().map(|(.., key)| key).collect())
}

/// The rank of each value among all, ties in their order.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut ranks = vec![0.0; values.len()];
    for (rank, at) in order(values).into_iter().enumerate() {
        ranks[at] = rank as f64;
    }
    ranks
}

/// Pearson's correlation; zero where one of them does not vary.
fn correlation(one: &[f64], other: &[f64]) -> f64 {
    let (a, b) = (mean(one), mean(other));
    let spread = standard_deviation(one) * standard_deviation(other);
    if spread > 0.0 {
        let products: Vec<f64> = one.iter().zip(other).map(|(x, y)| (x - a) * (y - b)).collect();
        mean(&products) / spread
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_and_their_correlation() {
        assert_eq!(ranks(&[3.0, 1.0, 2.0]), [2.0, 0.0, 1.0]);
        // A few thousandths off by the count of people in the spread.
        let many: Vec<f64> = (0..1000).map(f64::from).collect();
        let back: Vec<f64> = many.iter().rev().copied().collect();
        assert!((correlation(&many, &many) - 1.0).abs() < 2e-3);
        assert!((correlation(&many, &back) + 1.0).abs() < 2e-3);
        assert_eq!(correlation(&many, &vec![1.0; 1000]), 0.0);
    }

    #[test]
    fn a_place_lies_in_the_middle_of_its_step_and_never_at_an_end() {
        for z in [-40.0, -1.0, 0.0, 1.0, 40.0] {
            let back = (f64::from(step(place(z))) + 0.5) / PLACES;
            assert!((back - place(z)).abs() <= 0.5 / PLACES + 1e-15, "{z}");
            assert!(back > 0.0 && back < 1.0);
        }
    }
}
