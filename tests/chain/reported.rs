//! What is said of published studies is what the evidence holds.

use needlework::evidence::Used;
use needlework::synthesis::OutcomeName;

use crate::setup::library;

/// The sentence on the first screen says that nobody was compared with doing nothing, and that raters judged.
#[test]
fn the_studies_that_are_reported_had_no_comparison() {
    let library = library();
    let likelihood = needlework::likelihood(&library.book).unwrap();
    let graded = library.synthesis.outcome(OutcomeName::GradedAboveHalf).unwrap();
    for study in &graded.studies {
        let rows: Vec<_> = likelihood
            .data
            .iter()
            .filter(|datum| datum.row.study == study.source)
            .collect();
        assert!(!rows.is_empty(), "{}", study.key);
        assert!(
            rows.iter().all(|datum| datum.row.design == "uncontrolled"),
            "{}",
            study.key
        );
    }
    let said = needlework::verdict::reported(&library.synthesis).unwrap().text;
    assert!(
        said.contains("raters of 2 small studies judged 29 of 48 people"),
        "{said}"
    );
}

/// The file of what raters may have over-read is for calibration; pooling never takes what is kept back.
#[test]
fn nothing_that_is_kept_back_is_pooled() {
    let library = library();
    for outcome in &library.synthesis.outcomes {
        for study in &outcome.studies {
            let passport = library.book.passport(&study.key).unwrap();
            assert_ne!(passport.used, Used::Context, "{}", study.key);
        }
    }
}
