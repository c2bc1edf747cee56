//! Worlds drawn by their weights: what a forecast after the data is made of.
//!
//! A draw is the number of a world and a hypothesis, nothing else, since the number says all of a world. The first n
//! draws are a sample of their own. The fingerprint is a hash of the priors, of the data and of how many people a world
//! had: where one of them is another, draws mean nothing.

use needlework_cohort::declared;
use needlework_evidence::{Book, BookError};
use needlework_numerics::{fingerprint, uniforms};

use crate::bank::Hypothesis;
use crate::datum::Likelihood;
use crate::weigh::Weighed;

/// One world and what holds in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draw {
    /// Number of the world.
    pub world: usize,
    /// What holds in it.
    pub hypothesis: Hypothesis,
}

/// `count` draws by the weights, in an order in which every beginning is a sample.
#[must_use]
pub fn draw(weighed: &Weighed, count: usize, seed: u64) -> Vec<Draw> {
    let worlds = weighed.worlds.resample(count, seed, "calibrate.draws");
    let dice = uniforms(seed, "calibrate.hypothesis", count);
    worlds
        .into_iter()
        .zip(dice)
        .map(|(world, dice)| {
            let joint = &weighed.joint[world];
            let total: f64 = joint.iter().sum();
            let mut reached = 0.0;
            let found = joint.iter().position(|weight| {
                reached += weight / total;
                dice < reached
            });
            Draw {
                world,
                // By rounding the last step may lie beyond the sum.
                hypothesis: Hypothesis::ALL[found.unwrap_or(Hypothesis::ALL.len() - 1)],
            }
        })
        .collect()
}

/// The draws as a table of commas: world, law, whether anything shows.
#[must_use]
pub fn table(draws: &[Draw]) -> String {
    let mut text = String::from("world,law,shows\n");
    for draw in draws {
        text.push_str(&format!(
            "{},{},{}\n",
            draw.world,
            draw.hypothesis.law.name(),
            u8::from(draw.hypothesis.shows)
        ));
    }
    text
}

/// What priors, data and people were, as a hash in sixteen digits.
///
/// # Errors
/// [`BookError`] when a declared parameter has no passport.
pub fn stamp(book: &Book, likelihood: &Likelihood, people_per_world: usize) -> Result<String, BookError> {
    let mut text = format!("{people_per_world}\n{}\n", likelihood.text);
    for want in declared() {
        text.push_str(&format!("{:?}\n", book.prior(want.key)?));
    }
    for datum in &likelihood.data {
        text.push_str(&format!("{} {:?} {}\n", datum.row.id, datum.observed, datum.people));
    }
    Ok(format!("{:016x}", fingerprint(text.as_bytes())))
}
