//! From a case to the set-up of the healing engine in space: the person in the middle of the world in the middle.
//!
//! One piece of tissue is computed, not a cohort: everything that is not known stands at its median, and what the case
//! leaves open about the person too.

use needlework_course::{Accuracy, Circumstances, FieldRequest, Plan, field_setup, pierce};
use needlework_evidence::BookError;
use needlework_healing::field::Setup;
use needlework_healing::{Kinetics, RemodellingHypothesis};
use needlework_skin::Skin;
use needlework_units::{Length, Time};

use crate::people::{Question, middle_person};
use crate::worlds::middle_world;

/// When the sessions of a case take place, with everything that is not known at its median.
///
/// # Errors
/// [`BookError`] when the evidence lacks something.
pub fn middle_sessions(question: &Question<'_>) -> Result<Vec<Time>, BookError> {
    let world = middle_world(question.book)?;
    let plan = Plan::of(question.case, &question.device);
    Ok(plan.settle(&world.parameters).sessions)
}

/// The set-up of a case.
///
/// # Errors
/// [`BookError`] when the evidence lacks something.
pub fn middle_field(
    question: &Question<'_>,
    hypothesis: RemodellingHypothesis,
    request: &FieldRequest,
) -> Result<Setup, BookError> {
    let world = middle_world(question.book)?;
    let person = middle_person(question, &world)?;
    let plan = Plan::of(question.case, &question.device);
    let kinetics = Kinetics::of(&world.parameters.cascade);
    let circumstances = Circumstances {
        plan: &plan,
        schedule: &plan.settle(&world.parameters),
        world: &world.parameters,
        kinetics: &kinetics,
    };
    Ok(field_setup(&person, circumstances, hypothesis, request))
}

/// The skin of the same person, and how thick the dermis of the mark is in it.
///
/// # Errors
/// [`BookError`] when the evidence lacks something.
pub fn middle_skin(question: &Question<'_>) -> Result<(Skin, Length), BookError> {
    let world = middle_world(question.book)?;
    let person = middle_person(question, &world)?;
    let schedule = Plan::of(question.case, &question.device).settle(&world.parameters);
    let (skin, mark, _) = pierce(&person, &schedule, &world.parameters, &Accuracy::default());
    Ok((skin, mark.thickness))
}
