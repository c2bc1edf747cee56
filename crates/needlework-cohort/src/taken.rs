//! Which worlds a cohort takes: those of a posterior, or those of the priors.
//!
//! Where the evidence is no longer what the worlds of a posterior were drawn from, its numbers name other worlds, so
//! that the cohort takes the priors and says so.

use std::ops::Range;

use needlework_evidence::{Book, BookError};
use needlework_numerics::fingerprint;

use crate::people::{PersonPriors, Question};
use crate::posterior::{Draw, Posterior};
use crate::worlds::{Drawn, World, declared, unmoved, worlds, worlds_numbered};

/// Whether anything shows is a hypothesis that the data judge, so that the draw says it and not the stream.
const VISIBLE: &str = "appearance.visible";

/// A posterior, where it has draws and belongs to the evidence.
///
/// # Errors
/// [`BookError`] when a declared parameter has no passport.
pub fn of_evidence<'a>(posterior: Option<&'a Posterior>, book: &Book) -> Result<Option<&'a Posterior>, BookError> {
    match posterior.filter(|posterior| !posterior.draws.is_empty()) {
        Some(posterior) => Ok((posterior.priors == priors_stamp(book)?).then_some(posterior)),
        None => Ok(None),
    }
}

/// `count` worlds, and the name of the posterior that they were drawn from, if they were.
pub(crate) fn taken(question: &Question<'_>, seed: u64, count: usize) -> Result<(Drawn, Option<String>), BookError> {
    let book = question.book;
    match of_evidence(question.posterior, book)? {
        Some(posterior) => Ok((of_draws(posterior, book, seed, count)?, Some(posterior.name()))),
        None => Ok((worlds(book, seed, count)?, None)),
    }
}

/// The worlds of some slots: those of a posterior, or of the priors those that the slots number.
pub(crate) fn of_slots(
    posterior: Option<&Posterior>,
    book: &Book,
    seed: u64,
    slots: Range<usize>,
) -> Result<Vec<World>, BookError> {
    match of_evidence(posterior, book)? {
        Some(posterior) => Ok(of_draws(posterior, book, seed, slots.end)?
            .worlds
            .split_off(slots.start)),
        None => Ok(worlds_numbered(book, seed, &slots.collect::<Vec<_>>(), &unmoved)?.worlds),
    }
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
