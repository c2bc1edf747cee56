//! Creams, lasers and untreated arms that others published, chosen to stand beside a comparison.
//!
//! They are shown as printed, marked as not simulated, and never set against a simulated number: scales, people and
//! follow-up differ. Arms with needles or radiofrequency are left out, since they are either simulated here or neither
//! cream nor laser.

use needlework_case::{Case, LesionKind, Stage};
use needlework_evidence::PublishedArm;

use crate::side_by_side::{PUBLISHED_MARK, PublishedOutcome};

/// What an arm is, by a word in its name; the first that fits. `None` is not shown.
const KINDS: [(&str, Option<&str>); 11] = [
    ("needl", None),
    ("radiofrequency", None),
    ("microdermabrasion", None),
    ("laser", Some("laser")),
    ("co2", Some("laser")),
    ("tretinoin", Some("cream")),
    ("cream", Some("cream")),
    ("glycolic", Some("cream")),
    ("vehicle", Some("untreated")),
    ("untreated", Some("untreated")),
    ("control", Some("untreated")),
];

/// What an arm is; the outer `None` says that the name is not understood.
pub(crate) fn kind(arm: &str) -> Option<Option<&'static str>> {
    let arm = arm.to_lowercase();
    KINDS.iter().find(|(word, _)| arm.contains(word)).map(|(_, kind)| *kind)
}

/// The published arms that fit the cases: of their stage where they name one, never of another kind of mark.
pub(crate) fn published<'a>(
    arms: &[PublishedArm],
    cases: impl Iterator<Item = &'a Case> + Clone,
) -> Vec<PublishedOutcome> {
    if cases
        .clone()
        .all(|case| case.lesion.kind.get() == Some(LesionKind::AcneScar))
    {
        return Vec::new();
    }
    // Red and pale marks together are as a stage that is not known: arms of either fit.
    let stages: Vec<Option<Stage>> = cases
        .map(|case| case.lesion.stage.get().filter(|stage| *stage != Stage::Mixed))
        .collect();
    let fits = |arm: &PublishedArm| {
        let stage = match arm.stage.as_str() {
            "acne" => return false,
            "rubra" => Some(Stage::Rubra),
            "alba" => Some(Stage::Alba),
            // Marks of both stages, or of a stage that the study did not print.
            other => return other == "mixed" || stages.contains(&None),
        };
        stages.contains(&None) || stages.contains(&stage)
    };
    let mut found: Vec<PublishedOutcome> = arms
        .iter()
        .filter(|arm| fits(arm))
        .filter_map(|arm| {
            Some(PublishedOutcome {
                mark: PUBLISHED_MARK.to_owned(),
                study: arm.study.clone(),
                kind: kind(&arm.arm).flatten()?.to_owned(),
                arm: arm.arm.clone(),
                n: arm.n,
                stage: arm.stage.clone(),
                schedule: arm.schedule.clone(),
                follow_up: arm.follow_up.clone(),
                outcome: arm.outcome.clone(),
                value: arm.value.clone(),
                spread: arm.spread.clone(),
            })
        })
        .collect();
    // By kind, study and arm, never by value; the order within an arm is that of the evidence.
    found.sort_by(|one, other| (&one.kind, &one.study, &one.arm).cmp(&(&other.kind, &other.study, &other.arm)));
    found
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn a_laser_with_needles_is_no_laser_and_an_unknown_arm_is_not_understood() {
        assert_eq!(kind("fractional CO2 laser"), Some(Some("laser")));
        assert_eq!(kind("radiofrequency needles and fractional CO2 laser"), Some(None));
        assert_eq!(kind("tretinoin and needling"), Some(None));
        assert_eq!(kind("10 % glycolic acid and 0.05 % tretinoin"), Some(Some("cream")));
        assert_eq!(kind("vehicle (untreated)"), Some(Some("untreated")));
        assert_eq!(kind("something new"), None);
    }
}
