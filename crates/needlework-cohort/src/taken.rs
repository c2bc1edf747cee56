//! Which worlds a cohort takes: those of a posterior, or those of the priors.
//!
//! Where the evidence is no longer what the worlds of a posterior were drawn from, its numbers name other worlds, so
//! that the cohort takes the priors and says so.

use needlework_evidence::{Book, BookError};
use needlework_numerics::fingerprint;

use crate::people::{PersonPriors, Question};
use crate::posterior::{Draw, Posterior};
use crate::worlds::{Drawn, declared, worlds, worlds_numbered};

/// Whether anything shows is a hypothesis that the data judge, so that the draw says it and not the stream.
const VISIBLE: &str = "appearance.visible";

/// `count` worlds, and the name of the posterior that they were drawn from, if they were.
pub(crate) fn taken(question: &Question<'_>, seed: u64, count: usize) -> Result<(Drawn, Option<String>), BookError> {
    let book = question.book;
    if let Some(posterior) = question.posterior
        && !posterior.draws.is_empty()
        && posterior.priors == priors_stamp(book)?
    {
        return Ok((of_draws(posterior, book, seed, count)?, Some(posterior.name())));
    }
    Ok((worlds(book, seed, count)?, None))
}

fn of_draws(posterior: &Posterior, book: &Book, seed: u64, count: usize) -> Result<Drawn, BookError> {
    let slots = posterior.slots(seed, count);
    let draws: Vec<Draw> = slots.iter().map(|&at| posterior.draws[at]).collect();
    let numbers: Vec<usize> = draws.iter().map(|draw| draw.world).collect();
    let moved = |key: &str| posterior.moved.places(key, &slots);
    let mut drawn = worlds_numbered(book, posterior.seed, &numbers, &moved)?;
    let shows: Vec<f64> = draws.iter().map(|draw| f64::from(u8::from(draw.shows))).collect();
    for ((world, draw), &shows) in drawn.worlds.iter_mut().zip(&draws).zip(&shows) {
        world.hypothesis = draw.law;
        world.parameters.appearance.visible = shows;
    }
    drawn.columns.insert(VISIBLE.to_owned(), shows);
    Ok(drawn)
}

/// A fingerprint of all that worlds and people are drawn from, in sixteen digits.
///
/// # Errors
/// [`BookError`] when a declared parameter has no passport.
pub fn priors_stamp(book: &Book) -> Result<String, BookError> {
    let mut text = format!("{:?}\n", PersonPriors::from_book(book)?);
    for want in declared() {
        text.push_str(&format!("{} {:?}\n", want.key, book.prior(want.key)?));
    }
    Ok(format!("{:016x}", fingerprint([text.as_bytes()])))
}
