//! What explains the spread of the answer, from the draws that are there anyway.
//!
//! Some two hundred inputs are looked at, so one that explains something by chance alone is expected. An input counts
//! only where chance would explain as much for any of them once in twenty answers (Bonferroni). Below so many worlds
//! nothing but the strongest would show, and its share would be far off: none is given then. All shares together are at
//! most one.

use needlework_numerics::{mean, standard_deviation, variance_shares};

use crate::monte_carlo::{Cohort, VirtualPerson};

// numerical: with fewer worlds an input must explain a fifth of the spread before it can be told from chance
const FEWEST_WORLDS: usize = 100;
// numerical: how often all inputs together may seem to explain something by chance
const CHANCE: f64 = 0.05;

/// One input and its share of the variance between all people.
#[derive(Debug, Clone, PartialEq)]
pub struct Driver {
    /// Passport key, `healing.law` for the law that holds, or `people` for the differences between people of one world.
    pub parameter: String,
    /// Share of variance.
    pub share: f64,
    /// Its standard error.
    pub standard_error: f64,
}

/// Why it can't be said what explains an output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooFew {
    /// People that were simulated.
    pub people: usize,
    /// People that are needed.
    pub needed: usize,
}

/// The inputs that explain `output`, largest first: each world parameter that explains more than chance does, by its
/// share of the variance of world means, scaled to the whole, and the differences between people of one world together.
/// Empty where the output doesn't vary.
///
/// # Errors
/// [`TooFew`] when there are too few worlds to tell.
pub fn drivers(cohort: &Cohort, output: impl Fn(&VirtualPerson) -> f64) -> Result<Vec<Driver>, TooFew> {
    if cohort.worlds.len() < FEWEST_WORLDS {
        return Err(TooFew {
            people: cohort.people.len(),
            needed: FEWEST_WORLDS * cohort.people_per_world,
        });
    }
    let values: Vec<f64> = cohort.people.iter().map(output).collect();
    let mut inputs: Vec<(String, Vec<f64>)> = cohort
        .drawn
        .iter()
        .map(|(key, draws)| (key.clone(), draws.clone()))
        .collect();
    inputs.push((
        "healing.law".to_owned(),
        cohort
            .worlds
            .iter()
            .map(|world| world.hypothesis as usize as f64)
            .collect(),
    ));
    Ok(explain(&values, cohort.people_per_world, &inputs))
}

fn explain(values: &[f64], people_per_world: usize, inputs: &[(String, Vec<f64>)]) -> Vec<Driver> {
    let world_means: Vec<f64> = values.chunks(people_per_world).map(mean).collect();
    let within: Vec<f64> = values
        .chunks(people_per_world)
        .map(|world| standard_deviation(world).powi(2))
        .collect();
    let within = mean(&within);
    // A mean over few people still carries part of their spread; what is left after taking it away lies between worlds.
    let of_means = standard_deviation(&world_means).powi(2);
    let between = (of_means - within / people_per_world as f64).max(0.0);
    let total = between + within;
    if total <= 0.0 || !total.is_finite() {
        return Vec::new();
    }
    let scale = of_means / total;
    let rarest = CHANCE / inputs.len().max(1) as f64;
    let mut drivers: Vec<Driver> = variance_shares(inputs, &world_means)
        .into_iter()
        .filter(|share| share.by_chance < rarest)
        .map(|share| Driver {
            parameter: share.name,
            share: share.share * scale,
            standard_error: share.standard_error * scale,
        })
        .collect();
    // What worlds explain together is no more than what lies between them.
    let told: f64 = drivers.iter().map(|driver| driver.share).sum();
    let most = between / total;
    if told > most {
        for driver in &mut drivers {
            driver.share *= most / told;
            driver.standard_error *= most / told;
        }
    }
    drivers.push(Driver {
        parameter: "people".to_owned(),
        share: within / total,
        standard_error: (2.0 / world_means.len() as f64).sqrt() * within / total * between / total,
    });
    drivers.retain(|driver| driver.share > driver.standard_error);
    drivers.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| a.parameter.cmp(&b.parameter)));
    drivers
}

#[cfg(test)]
mod tests {
    use super::*;
    use needlework_numerics::{normals, uniforms};

    fn inputs(seed: u64, worlds: usize, count: usize) -> Vec<(String, Vec<f64>)> {
        (0..count)
            .map(|i| (format!("input {i}"), uniforms(seed, &format!("input {i}"), worlds)))
            .collect()
    }

    #[test]
    fn inputs_without_effect_are_hardly_ever_named() {
        let named = (0..40).filter(|&seed| {
            let people = normals(seed, "people", 100 * 5);
            explain(&people, 5, &inputs(seed, 100, 150))
                .iter()
                .any(|driver| driver.parameter != "people")
        });
        // One in twenty, and a fourfold leeway.
        assert!(named.count() <= 8);
    }

    #[test]
    fn shares_add_up_to_at_most_one_and_the_strongest_is_first() {
        for (seed, worlds) in (0..20).flat_map(|seed| [100, 300, 1000].map(|worlds| (seed, worlds))) {
            let inputs = inputs(seed, worlds, 150);
            let people = normals(seed, "people", worlds * 5);
            let values: Vec<f64> = people
                .iter()
                .enumerate()
                .map(|(i, own)| 6.0 * inputs[3].1[i / 5] + 3.0 * inputs[7].1[i / 5].powi(2) + 0.5 * own)
                .collect();
            let found = explain(&values, 5, &inputs);
            assert!(
                found.iter().map(|driver| driver.share).sum::<f64>() <= 1.0 + 1e-12,
                "{found:?}"
            );
            assert_eq!(found[0].parameter, "input 3", "{found:?}");
            assert!(
                found
                    .iter()
                    .all(|driver| driver.share > 0.0 && driver.standard_error.is_finite())
            );
        }
    }

    #[test]
    fn what_does_not_vary_has_no_driver() {
        assert!(explain(&[1.0; 500], 5, &inputs(1, 100, 10)).is_empty());
        assert!(explain(&[f64::NAN; 500], 5, &inputs(1, 100, 10)).is_empty());
    }
}
