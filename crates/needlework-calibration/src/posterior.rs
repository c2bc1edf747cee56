//! Worlds drawn by their weights: what a forecast after the data is made of.
//!
//! A draw is the number of a world and a hypothesis, nothing else, since the number says all of a world. The first n
//! draws are a sample of their own. The fingerprint is a hash of the priors, of the data, of the cases, of how many
//! people a world had and of [`CHAIN`]: where one of them is another, draws mean nothing.

use needlework_case::{Catalog, write};
use needlework_cohort::{Draw, Question, priors_stamp, site_numbers};
use needlework_evidence::{Book, BookError};
use needlework_numerics::{fingerprint, uniforms};

use crate::bank::{Cases, Hypothesis};
use crate::datum::Likelihood;
use crate::weigh::Weighed;

// numerical: raised with every change of a model that moves what worlds expect; the check of the committed posterior
// finds where it was not
const CHAIN: u32 = 1;

/// `count` draws by the weights, in an order in which every beginning is a sample.
#[must_use]
pub fn draw(weighed: &Weighed, count: usize, seed: u64) -> Vec<Draw> {
    let worlds = weighed.worlds.resample(count, seed, "calibrate.draws");
    let dice = uniforms(seed, "calibrate.hypothesis", count);
    worlds
        .into_iter()
        .zip(dice)
        .map(|(world, dice)| {
            let Hypothesis { law, shows } = hypothesis_at(&weighed.joint[world], dice);
            Draw { world, law, shows }
        })
        .collect()
}

/// The hypothesis that a number between 0 and 1 falls on, by their weights.
pub(crate) fn hypothesis_at(joint: &[f64; Hypothesis::ALL.len()], dice: f64) -> Hypothesis {
    let total: f64 = joint.iter().sum();
    let mut reached = 0.0;
    let found = joint.iter().position(|weight| {
        reached += weight / total;
        dice < reached
    });
    // By rounding the last step may lie beyond the sum.
    Hypothesis::ALL[found.unwrap_or(Hypothesis::ALL.len() - 1)]
}

/// The draws as a table of commas: world, law, whether anything shows.
#[must_use]
pub fn table(draws: &[Draw]) -> String {
    let mut text = String::from("world,law,shows\n");
    for draw in draws {
        text.push_str(&format!(
            "{},{},{}\n",
            draw.world,
            draw.law.name(),
            u8::from(draw.shows)
        ));
    }
    text
}

/// What priors, data, cases, people and chain were, as a hash in sixteen digits.
///
/// # Errors
/// [`BookError`] when a declared parameter has no passport.
pub fn stamp(
    (book, catalog): (&Book, &Catalog),
    likelihood: &Likelihood,
    cases: &Cases,
    people_per_world: usize,
) -> Result<String, BookError> {
    let mut text = format!(
        "{CHAIN} {people_per_world}\n{}\n{}\n",
        likelihood.text,
        priors_stamp(book)?
    );
    for (name, case) in cases {
        let question = Question::new(case, catalog, book);
        let site = site_numbers(question.site, book)?;
        // As it is written: what a case does not say is in no text, so that a new field changes nothing.
        text.push_str(&format!(
            "{name}\n{}{:?} {:?} {site:?}\n",
            write(case),
            question.device,
            question.site
        ));
    }
    for datum in &likelihood.data {
        text.push_str(&format!("{} {:?} {}\n", datum.row.id, datum.observed, datum.people));
    }
    Ok(format!("{:016x}", fingerprint([text.as_bytes()])))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::weigh::Weighing;
    use crate::weigh::tests::{bank, two_studies};
    use needlework_numerics::midpoints;

    #[test]
    fn draws_come_by_their_weights_and_every_beginning_is_a_sample() {
        let (book, likelihood) = two_studies();
        let rows = bank(&likelihood, &midpoints(80.0, 40));
        let weighing = Weighing::of(&likelihood, &rows, &book).unwrap();
        let weighed = weighing.by(&weighing.weighing(None)).unwrap();
        let draws = draw(&weighed, 4000, 1);
        for part in [&draws[..], &draws[..1000]] {
            for world in 0..weighing.worlds() {
                let share = part.iter().filter(|draw| draw.world == world).count() as f64 / part.len() as f64;
                assert!(
                    (share - weighed.worlds.normalised[world]).abs() < 0.05,
                    "{world}: {share}"
                );
            }
            let hidden = part.iter().filter(|draw| !draw.shows).count() as f64 / part.len() as f64;
            let expected: f64 = weighed.joint.iter().flat_map(|joint| &joint[3..]).sum();
            assert!((hidden - expected).abs() < 0.03, "{hidden} {expected}");
        }
        assert_eq!(table(&draws).lines().count(), 4001);
        assert_eq!(draw(&weighed, 10, 1), draw(&weighed, 10, 1));
        assert_ne!(draw(&weighed, 10, 1), draw(&weighed, 10, 2));
    }
}
