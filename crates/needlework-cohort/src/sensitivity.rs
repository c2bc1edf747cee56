//! What explains the spread of the answer, from the draws that are there anyway.

use needlework_numerics::{mean, standard_deviation, variance_shares};

use crate::simulate::{Cohort, VirtualPerson};

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

/// The inputs that explain `output`, largest first: each world parameter by its share of the variance of world means, scaled to the
/// whole, and the differences between people of one world together.
pub fn drivers(cohort: &Cohort, output: impl Fn(&VirtualPerson) -> f64) -> Vec<Driver> {
    let values: Vec<f64> = cohort.people.iter().map(output).collect();
    let world_means: Vec<f64> = values.chunks(cohort.people_per_world).map(mean).collect();
    let within: Vec<f64> = values
        .chunks(cohort.people_per_world)
        .map(|world| standard_deviation(world).powi(2))
        .collect();
    let within = mean(&within);
    // A mean over few people still carries part of their spread; what is left after taking it away lies between worlds.
    let of_means = standard_deviation(&world_means).powi(2);
    let between = (of_means - within / cohort.people_per_world as f64).max(0.0);
    let total = between + within;
    if total <= 0.0 {
        return Vec::new();
    }
    let mut inputs: Vec<(String, Vec<f64>)> = cohort
        .drawn
        .iter()
        .map(|(key, draws)| (key.clone(), draws.clone()))
        .collect();
    inputs.push((
        "healing.law".to_owned(),
        cohort.worlds.iter().map(|world| world.law as usize as f64).collect(),
    ));
    let scale = of_means / total;
    let mut drivers: Vec<Driver> = variance_shares(&inputs, &world_means)
        .into_iter()
        .map(|share| Driver {
            parameter: share.name,
            share: share.share * scale,
            standard_error: share.standard_error * scale,
        })
        .collect();
    let worlds = cohort.worlds.len() as f64;
    drivers.push(Driver {
        parameter: "people".to_owned(),
        share: within / total,
        standard_error: (2.0 / worlds).sqrt() * within / total * between / total,
    });
    drivers.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| a.parameter.cmp(&b.parameter)));
    drivers
}
