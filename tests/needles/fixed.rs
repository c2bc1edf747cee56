//! No number is fixed that states a plausible range: what is not known is drawn, in every room.
//!
//! A fixed number may carry neither a prior nor a range in words, unless its note says why it is not drawn
//! (`not drawn, because …`). Looked at is every parameter that a room declares. A passport that no room takes is a
//! record of a study, and its spread is the study's.

use needlework::cohort::{declared, passage_declared, patch_declared};
use needlework::evidence::{Book, Passport, Scope, Spread};

fn book() -> Book {
    needlework::bundle().unwrap().book
}

/// Words by which a note says that a number may well be another.
const WORDS: [&str; 5] = [
    "plausible",
    "anything between",
    "could be",
    "may be anything",
    "not known within",
];

/// Words by which a note says why such a number still stands fixed.
const REASON: &str = "not drawn, because";

/// Does a fixed number say that it could be another, and not why it stays?
fn fault(passport: &Passport) -> bool {
    let states_range = match passport.spread {
        // A prior is what a room draws from; on a number that is never drawn it is idle.
        Spread::LogNormal { .. }
        | Spread::LogitNormal { .. }
        | Spread::Normal { .. }
        | Spread::Uniform { .. }
        | Spread::Beta { .. }
        | Spread::HalfNormal { .. }
        | Spread::Bernoulli => true,
        // A fixed part of a group, and spreads as studies print them.
        Spread::None
        | Spread::Sd { .. }
        | Spread::Se { .. }
        | Spread::Ci95 { .. }
        | Spread::Range { .. }
        | Spread::Dirichlet { .. } => WORDS.iter().any(|word| passport.note.contains(word)),
    };
    passport.scope == Scope::Fixed && states_range && !passport.note.contains(REASON)
}

#[test]
fn no_number_is_fixed_that_states_a_plausible_range() {
    let book = book();
    let taken = [declared(), passage_declared(), patch_declared()].concat();
    assert!(taken.len() > 200, "{}", taken.len());
    let found: Vec<&str> = taken
        .iter()
        .filter(|want| fault(book.passport(want.key).expect("a declared parameter has a passport")))
        .map(|want| want.key)
        .collect();
    assert!(
        found.is_empty(),
        "{} are neither drawn nor say why not: {found:#?}",
        found.len()
    );
}

#[test]
fn the_check_finds_an_idle_prior_and_a_range_in_words_and_lets_a_reason_pass() {
    let book = book();
    let drawn = book.passport("puncture.halo").expect("a drawn number");
    assert!(!fault(drawn));
    let fixed = Passport {
        scope: Scope::Fixed,
        ..drawn.clone()
    };
    assert!(fault(&fixed), "an idle prior");
    let in_words = Passport {
        spread: Spread::None,
        note: "0.2 to 2 is plausible".to_owned(),
        ..fixed.clone()
    };
    assert!(fault(&in_words));
    let with_reason = Passport {
        note: "0.2 to 2 is plausible; not drawn, because no answer hangs on it".to_owned(),
        ..in_words.clone()
    };
    assert!(!fault(&with_reason));
    assert!(!fault(&Passport {
        note: "counted".to_owned(),
        ..in_words
    }));
}
