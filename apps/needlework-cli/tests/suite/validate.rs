//! The tables of targets and proofs, and the model card.

use crate::setup::{json, needlework, run_to, stdout, unwrapped};

#[test]
fn verify_lists_every_proof_and_all_of_them_hold() {
    let told = stdout(&run_to(0, &mut needlework(&["verify"])));
    assert!(told.contains(" 0 failed"), "{told}");
    assert!(
        json(&run_to(0, &mut needlework(&["verify", "--json"])))
            .to_string()
            .contains("quadrature")
    );
}

#[test]
fn validate_counts_hits_misses_and_what_is_not_computed_and_a_miss_is_no_failure() {
    let told = unwrapped(&stdout(&run_to(0, &mut needlework(&["validate", "--use", "check"]))));
    for word in ["declared", "computed", "hit", "read back", "missed", "not computed"] {
        assert!(told.contains(word), "{word}: {told}");
    }
}

#[test]
fn the_card_says_what_it_is_for_and_what_it_stands_on() {
    let told = stdout(&run_to(0, &mut needlework(&["card"])));
    for part in ["## Model card", "## Credibility file", "not a medical device", "### Q2"] {
        assert!(told.contains(part), "{part}");
    }
    let card = json(&run_to(0, &mut needlework(&["card", "--json"])));
    assert!(card["outputs"].as_array().unwrap().len() >= 6);
}
