//! Worlds: one value for everything that is not known, from the passports' priors.

use std::collections::BTreeMap;

use needlework_course::Parameters;
use needlework_evidence::{Book, BookError, Declared, Scope, parameters};
use needlework_healing::RemodellingHypothesis;
use needlework_numerics::{uniforms, uniforms_at};

parameters! {
    /// What the cohort itself draws for a world.
    pub struct OwnParameters {
        /// Weight of relapse.
        pub relapse: f64 = "healing.law.relapse",
        /// Weight of persistence.
        pub persistence: f64 = "healing.law.persistence",
        /// Weight of two states.
        pub two_states: f64 = "healing.law.two_states",
        /// Share of red marks where a case does not say.
        pub rubra_share: f64 = "stria.rubra_share",
    }
}

/// One world.
#[derive(Debug, Clone, PartialEq)]
pub struct World {
    /// Parameters of the chain.
    pub parameters: Parameters,
    /// Weights of the laws and what else the cohort draws.
    pub own: OwnParameters,
    /// The law that holds in this world.
    pub hypothesis: RemodellingHypothesis,
}

/// Worlds with the draws behind them.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// The worlds.
    pub worlds: Vec<World>,
    /// The draws of each parameter that varies, by key.
    pub columns: BTreeMap<String, Vec<f64>>,
}

/// Every parameter that the chain and the cohort take.
#[must_use]
pub fn declared() -> Vec<Declared> {
    [Parameters::declared(), OwnParameters::DECLARED.to_vec()].concat()
}

/// `count` worlds from the book's priors.
///
/// # Errors
/// [`BookError`] when a declared parameter has no passport or no prior.
pub fn worlds(book: &Book, seed: u64, count: usize) -> Result<Drawn, BookError> {
    worlds_at(book, count, &|name| uniforms(seed, name, count))
}

/// Some of the worlds that a seed has, by their numbers: the number alone says all of a world, but for parameters of
/// which `moved` gives a place between 0 and 1 in the prior for each of them.
///
/// # Errors
/// [`BookError`] as [`worlds`].
pub fn worlds_numbered(
    book: &Book,
    seed: u64,
    numbers: &[usize],
    moved: &dyn Fn(&str) -> Option<Vec<f64>>,
) -> Result<Drawn, BookError> {
    worlds_at(book, numbers.len(), &|name| {
        moved(name).unwrap_or_else(|| {
            numbers
                .iter()
                .flat_map(|&number| uniforms_at(seed, name, number..number + 1))
                .collect()
        })
    })
}

/// Worlds are as their numbers say, in everything.
pub(crate) fn unmoved(_: &str) -> Option<Vec<f64>> {
    None
}

/// The world in the middle: everything that is not known at its median.
///
/// # Errors
/// [`BookError`] as [`worlds`].
pub fn middle_world(book: &Book) -> Result<World, BookError> {
    let drawn = worlds_at(book, 1, &|_| vec![0.5])?;
    drawn.worlds.into_iter().next().ok_or_else(|| BookError::Rule {
        key: "world".to_owned(),
        why: "no world was drawn".to_owned(),
    })
}

/// Worlds at places between 0 and 1 in their priors, by name.
fn worlds_at(book: &Book, count: usize, places: &dyn Fn(&str) -> Vec<f64>) -> Result<Drawn, BookError> {
    let mut columns: BTreeMap<&'static str, Vec<f64>> = BTreeMap::new();
    // Parts of a Dirichlet group that are drawn, and the share that parts known exactly leave to them.
    let mut groups: BTreeMap<String, (Vec<&'static str>, f64)> = BTreeMap::new();
    let mut varying = Vec::new();
    for want in declared() {
        let prior = book.prior(want.key)?;
        let draws = if prior.scope == Scope::Fixed {
            vec![prior.distribution.median(); count]
        } else {
            varying.push(want.key);
            places(want.key)
                .into_iter()
                .map(|u| prior.distribution.quantile(u))
                .collect()
        };
        columns.insert(want.key, draws);
        if let Some(group) = prior.group {
            let (drawn, left) = groups.entry(group).or_insert_with(|| (Vec::new(), 1.0));
            if prior.scope == Scope::Fixed {
                *left -= prior.distribution.median();
            } else {
                drawn.push(want.key);
            }
        }
    }
    for (keys, left) in groups.values() {
        let left = left.max(0.0);
        let sums: Vec<f64> = (0..count)
            .map(|w| keys.iter().map(|key| columns[key][w]).sum())
            .collect();
        for key in keys {
            if let Some(column) = columns.get_mut(key) {
                column.iter_mut().zip(&sums).for_each(|(part, sum)| *part *= left / sum);
            }
        }
    }
    let which = places("world.law");
    let worlds = (0..count)
        .map(|w| {
            let mut value = |key: &'static str| columns.get(key).map_or(f64::NAN, |column| column[w]);
            let own = OwnParameters::fill(&mut value);
            let hypothesis = if which[w] < own.relapse {
                RemodellingHypothesis::Relapse
            } else if which[w] < own.relapse + own.persistence {
                RemodellingHypothesis::Persistence
            } else {
                RemodellingHypothesis::TwoStates
            };
            World {
                parameters: Parameters::fill(&mut value),
                own,
                hypothesis,
            }
        })
        .collect();
    let columns = varying
        .into_iter()
        .filter_map(|key| Some((key.to_owned(), columns.get(key)?.clone())))
        .collect();
    Ok(Drawn { worlds, columns })
}
