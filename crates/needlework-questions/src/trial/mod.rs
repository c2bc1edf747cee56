//! A trial in many worlds: what it may find, and how often it finds what is not there.
//!
//! In each world so many people come, are treated, rated, lost and tested, once. So the share of worlds in which the
//! test rejects in favour of the first arm is the assurance, power averaged over all that is not known; in worlds that
//! reach a target it is the power given that. Errors of sign and size (type S and M) are those of trials that reject.
//! A trial of n people begins with the people of a smaller one, so that curves over n are of the same people.
//!
//! Limits: one replicate a world, so that a probability of few worlds is known to its standard error only; worlds are
//! drawn from the priors, as in every other command.

mod analyse;
mod read;
mod report;
mod run;
mod scores;
mod study;

pub use read::{Load, PublishedValue, Study, StudyArm, read_study};
pub use report::{
    Chance, PublishedPlace, SizePoint, TRIAL_FORMAT, TrialArm, TrialReport, TrialRow, TrueGain, VisitMeans,
};
pub use run::trial;
pub use study::{
    Analysis, ArmFile, Dropout, Inclusion, Outcome, Raters, STUDY_FORMAT, StudyDesign, StudyFile, StudySides, Visit,
};
