//! Creams and lasers: not judged here, with what others published of them.
//!
//! Rules and models are about needles. A plan without any is told so, and a few published arms of its kind stand beside
//! it, of the study that the case names where it names one. They are printed as published, ordered by study, and never
//! set against a computed number.

use needlework_case::{Arm, Case, Pregnant};
use needlework_evidence::PublishedArm;
use needlework_units::PERCENT;

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
    let pregnant = matches!(case.health.pregnant.get(), Some(Pregnant::Yes | Pregnant::Possible));
    if pregnant && case.regimen.arm.get() == Some(Arm::Cream) {
        lines.push(
            "Use no retinoid (tretinoin, retinol) while you are or may be pregnant; ask a midwife or pharmacist about \
                anything with an active ingredient."
                .to_owned(),
        );
        // What must not be used is not held out as published.
        fitting.retain(|arm| !RETINOIDS.iter().any(|word| arm.arm.to_lowercase().contains(word)));
    }
    lines.extend(fitting.into_iter().take(MOST).map(published));
    lines
}

/// Words in the name of an arm by which it is a retinoid.
const RETINOIDS: [&str; 3] = ["tretinoin", "retinol", "retinoid"];

/// What was published of an arm; shares in percent, and the number of people where the report gives it.
fn published(arm: &PublishedArm) -> String {
    let share = arm
        .value
        .strip_suffix(" fraction")
        .and_then(|number| number.trim().parse::<f64>().ok());
    let value = share.map_or_else(|| arm.value.clone(), |share| format!("{:.0} %", PERCENT * share));
    let of = if arm.n > 0 {
        format!(" of {} people", arm.n)
    } else {
        String::new()
    };
    format!(
        "Published by {}, not simulated: {}, {}{of}: {value}.",
        arm.study, arm.arm, arm.outcome
    )
}
