//! Creams and lasers: not judged here, with what others published of them.
//!
//! Rules and models are about needles. A plan without any is told so, and a few published arms of its kind stand beside it, of the study that the
//! case names where it names one. They are printed as published, ordered by study, and never set against a computed number.

use needlework_case::{Arm, Case};
use needlework_evidence::PublishedArm;

/// Words in the name of an arm by which it is a cream or a laser, and words by which it is neither.
const CREAM: [&str; 3] = ["cream", "tretinoin", "glycolic"];
const LASER: [&str; 2] = ["laser", "co2"];
const NEEDLES: [&str; 3] = ["needl", "radiofrequency", "microdermabrasion"];

/// Arms that are named at most.
const MOST: usize = 3;

/// The sentences about a plan with a cream or laser; none about any other.
pub(crate) fn sentences(case: &Case, arms: &[PublishedArm]) -> Vec<String> {
    let (what, words): (&str, &[&str]) = match case.regimen.arm.get() {
        Some(Arm::Cream) => ("a cream", &CREAM),
        Some(Arm::Laser) => ("a laser", &LASER),
        Some(Arm::Needling | Arm::Nothing) | None => return Vec::new(),
    };
    let has = |name: &str, words: &[&str]| words.iter().any(|word| name.contains(word));
    let own = case.about.study.known();
    let mut fitting: Vec<&PublishedArm> = arms
        .iter()
        .filter(|arm| {
            let name = arm.arm.to_lowercase();
            has(&name, words) && !has(&name, &NEEDLES)
        })
        .collect();
    fitting.sort_by_key(|arm| (own != Some(&arm.study), &arm.study));
    let mut lines = vec![format!(
        "This plan is {what}. Needlework knows needles; it neither simulates nor judges anything else."
    )];
    lines.extend(fitting.into_iter().take(MOST).map(|arm| {
        format!(
            "Published by {}, not simulated: {}, {} of {} people: {}.",
            arm.study, arm.arm, arm.outcome, arm.n, arm.value
        )
    }));
    lines
}
