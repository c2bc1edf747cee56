//! The banner over a forecast: whether published results have weighed the worlds that it is made of, and what they
//! changed.
//!
//! Assumption: a forecast has changed little where fewer than ten of a hundred people are told something else.

use needlework_case::Case;
use needlework_cohort::{Changed, Posterior};
use needlework_units::PERCENT;

use crate::report::NOT_CALIBRATED;

/// The banner of a cohort, by the posterior that was at hand and the name of the one that its worlds came from.
#[must_use]
pub fn banner(at_hand: Option<&Posterior>, taken: Option<&str>) -> String {
    match (at_hand, taken) {
        (Some(posterior), Some(_)) => held_against(posterior),
        _ => NOT_CALIBRATED.to_owned(),
    }
}

/// The same for one case; of a study that weighed it is said why its worlds come from the priors.
pub(crate) fn of_case(at_hand: Option<&Posterior>, taken: Option<&str>, case: &Case) -> String {
    let own = at_hand.is_some_and(|posterior| posterior.weighed_by(case));
    let rest = if own {
        " Other plans are held against this very study; it is not, since what was fitted is no test."
    } else {
        ""
    };
    format!("{}{rest}", banner(at_hand, taken))
}

fn held_against(posterior: &Posterior) -> String {
    let studies: Vec<String> = posterior.studies.iter().map(|study| spoken(study)).collect();
    let moved = posterior.changed.iter().map(moved).fold(0.0, f64::max);
    // numerical: people of a hundred of whom one would speak
    const LITTLE: f64 = 0.1;
    let how = if moved < LITTLE {
        "changed the forecast little"
    } else {
        "moved the forecast"
    };
    // Of each forecast the first moment is said, and all count for how much moved.
    let mut said: Vec<&Changed> = posterior.changed.iter().collect();
    said.dedup_by_key(|changed| &changed.name);
    let each: Vec<String> = said
        .iter()
        .map(|changed| {
            let [before, after] = changed.little.map(|share| PERCENT * share);
            format!(
                "{before:.0} to {after:.0} ({}, {:.0} months)",
                changed.name, changed.months
            )
        })
        .collect();
    format!(
        "Held against {} small studies in which nobody was left untreated ({}). They {how}: of 100 people those with \
            little or no change went from {}. How hopeful raters were is assumed and sways it more. Dark marks, \
            infections, scars over bone, redness and the thickening of the epidermis rest on what studies of needling \
            counted.",
        posterior.studies.len(),
        studies.join(", "),
        each.join(", "),
    )
}

/// By how much the share of people with little or no change moved.
fn moved(changed: &Changed) -> f64 {
    let [before, after] = changed.little;
    (after - before).abs()
}

/// The key of a study as one says it: name and year.
fn spoken(study: &str) -> String {
    match study.find(|c: char| c.is_ascii_digit()) {
        Some(at) => format!("{} {}", &study[..at], &study[at..]),
        None => study.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use needlework_cohort::Moved;

    fn posterior(little: [f64; 2]) -> Posterior {
        Posterior {
            fingerprint: "0".to_owned(),
            priors: "0".to_owned(),
            seed: 1,
            studies: vec!["Park2012".to_owned(), "Lotfi2013".to_owned()],
            changed: vec![Changed {
                name: "pale marks".to_owned(),
                months: 6.0,
                gain: [13.0, 17.0],
                little,
            }],
            draws: Vec::new(),
            moved: Moved::default(),
        }
    }

    #[test]
    fn what_changed_little_is_said_to_have() {
        let said = held_against(&posterior([0.83, 0.78]));
        assert!(
            said.contains("Park 2012, Lotfi 2013") && said.contains("83 to 78 (pale marks, 6 months)"),
            "{said}"
        );
        assert!(said.contains("changed the forecast little"), "{said}");
        assert!(held_against(&posterior([0.8, 0.6])).contains("moved the forecast"));
    }

    #[test]
    fn what_was_fitted_to_is_no_test_and_the_priors_have_the_old_banner() {
        let posterior = posterior([0.83, 0.78]);
        let mut case = Case::default();
        assert_eq!(of_case(None, None, &case), NOT_CALIBRATED);
        assert_eq!(of_case(Some(&posterior), None, &case), NOT_CALIBRATED, "stale");
        assert!(banner(Some(&posterior), Some("1/0")).starts_with("Held against 2 small studies"));
        case.about.study = needlework_case::Answer::Known("Park2012".to_owned());
        assert!(posterior.weighed_by(&case) && of_case(Some(&posterior), None, &case).contains("this very study"));
    }
}
