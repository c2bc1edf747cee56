//! The rules over whole plans: each fires and keeps still where it should, and no answer makes a verdict milder.
//!
//! * `each_rule`: each rule has a plan that fires it and one that just does not
//! * `every_answer`: every field and choice of a case is read, and a worse habit reads worse
//! * `never_milder`: no gap, further reason or worse habit makes a verdict milder
//! * `screening`: open answers, studies, several reasons at once, places of the body
//! * `texts`: the words of reasons, questions and waiting times
//! * `plans`: what they share: the rule book and a plan that is changed one fact at a time
//!
//! One program for all of it, so that the crate is linked once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::disallowed_methods, reason = "a test looks into the sources that it names")]

mod each_rule;
mod every_answer;
mod never_milder;
mod plans;
mod screening;
mod texts;
