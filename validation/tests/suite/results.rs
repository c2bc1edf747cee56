//! The committed pages are what is computed now; the same text, with numbers equal up to rounding.

use needlework::synthesis::OutcomeName;
use needlework::verdict::Comparison;
use needlework_validation::forecasts::{Forecasted, contests};
use needlework_validation::rivals::Rival;
use needlework_validation::{COMMITTED, Row, Status, compare, forecasts, pages, proofs, prove, validate};

/// A word as a number, if it is one.
fn number(word: &str) -> Option<f64> {
    word.trim_matches(|c: char| "()%,".contains(c)).parse().ok()
}

/// Fails where a page differs by more than the last digit of its numbers.
fn same(name: &str, committed: &str, now: &str) {
    let (old, new): (Vec<&str>, Vec<&str>) = (committed.lines().collect(), now.lines().collect());
    assert_eq!(
        old.len(),
        new.len(),
        "{name}: rows were added or removed; write it anew"
    );
    for (old, new) in old.iter().zip(new) {
        let (a, b): (Vec<&str>, Vec<&str>) = (old.split_whitespace().collect(), new.split_whitespace().collect());
        assert_eq!(a.len(), b.len(), "{name}: {old}\n-> {new}");
        for (a, b) in a.iter().zip(b) {
            let close = match (number(a), number(b)) {
                (Some(a), Some(b)) => (a - b).abs() <= 2e-3 * a.abs().max(b.abs()) + 1e-9,
                _ => *a == b,
            };
            assert!(close, "{name}: {old}\n-> {new}");
        }
    }
}

/// A report says in words how pain and redness were tested (`tested` of the room verdict). These rows are what it says
/// it of.
fn the_words_of_reports_agree(rows: &[Row]) {
    let row = |id: &str, what: &str| {
        rows.iter()
            .find(|row| row.page == "device" && row.id == id && row.what.starts_with(what))
            .expect("the row is declared")
    };
    assert_eq!(row("V5.1", "pain").status, Status::ReadBack);
    assert_eq!(row("V5.2", "pain").status, Status::ReadBack);
    let redness = row("V5.4", "redness");
    let (found, published) = (redness.found.expect("computed"), redness.published.expect("published"));
    assert!(redness.status == Status::Missed && found.middle > published.value);
}

/// An answer leads with what was reported where the other studies foretell ratings better than the engine, and only
/// there. Both sums are over the same targets, none of which the engine has seen.
fn answers_lead_with_the_better_forecaster(library: &needlework::verdict::Library, rows: &[Forecasted]) {
    let contest = contests(rows, false)
        .into_iter()
        .find(|contest| contest.rival == Rival::OtherStudies)
        .expect("studies are forecast from each other");
    let outcome = library
        .synthesis
        .outcome(OutcomeName::GradedAboveHalf)
        .expect("graded shares are pooled");
    assert!(contest.targets >= 2);
    assert_eq!(outcome.leads, contest.ahead() > 0.0, "{contest:?}");
    let reports = needlework::verdict::reported(&library.synthesis).expect("studies report");
    assert_eq!(reports.lead, outcome.leads);
}

#[test]
fn the_committed_pages_of_targets_are_what_is_computed() {
    let library = needlework::bundle().expect("the bundled evidence");
    let chain = compare(&library, &COMMITTED).expect("every study can be computed");
    for target in &library.targets {
        let compared = chain
            .iter()
            .any(|row| row.study == target.study && row.outcome == target.outcome);
        assert!(compared, "{} is not compared", target.name);
    }
    let rows = validate(&library, &COMMITTED, &chain).expect("every target can be computed");
    the_words_of_reports_agree(&rows);
    let forecasts = forecasts(&library, &COMMITTED).expect("every study can be forecast");
    for (row, compared) in forecasts.iter().filter_map(|row| {
        let same = |one: &&Comparison| one.study == row.study && one.outcome == row.outcome;
        Some((row, chain.iter().find(same)?))
    }) {
        // Two tables that show the same interval must not tell two stories, but for the steps in time that moments
        // asked beside this one add.
        let [.., widest] = row.intervals;
        let unit = row.published / compared.published;
        let near = |shown: f64, told: f64| (shown - unit * told).abs() < 1e-2 * (widest.high - widest.low);
        let (low, high) = (compared.predicted.low, compared.predicted.high);
        assert!(
            near(widest.low, low) && near(widest.high, high),
            "{row:?}\n{compared:?}"
        );
        assert_eq!(&row.read_back, &compared.read_back);
    }
    answers_lead_with_the_better_forecaster(&library, &forecasts);
    let committed = [
        include_str!("../../results/first_chain.md"),
        include_str!("../../results/forecasts.md"),
        include_str!("../../results/device.md"),
        include_str!("../../results/safety.md"),
        include_str!("../../results/outcomes.md"),
        include_str!("../../results/creams.md"),
    ];
    let now = pages(&rows, &chain, &forecasts);
    assert_eq!(now.len(), committed.len());
    for ((name, now), committed) in now.iter().zip(committed) {
        same(name, committed, now);
    }
}

#[test]
fn every_numerical_proof_holds_and_the_committed_page_says_so() {
    let library = needlework::bundle().expect("the bundled evidence");
    let proved = prove(&library).expect("every proof can be computed");
    for proof in &proved {
        assert!(proof.holds(), "{proof:?}");
    }
    let committed = include_str!("../../results/verification.md");
    let now = proofs::markdown(&proved);
    let rows = |text: &str| -> Vec<Vec<String>> {
        text.lines()
            .filter(|line| line.starts_with("| "))
            .skip(1)
            .map(|line| line.split('|').map(|cell| cell.trim().to_owned()).collect())
            .collect()
    };
    let (old, new) = (rows(committed), rows(&now));
    assert_eq!(
        old.len(),
        new.len(),
        "a proof was added or removed; write the page anew"
    );
    for (old, new) in old.iter().zip(&new) {
        // What was computed is rounding where it has to be zero, so it may differ by a share of the tolerance.
        assert_eq!(
            (&old[1], &old[2], &old[5], &old[6]),
            (&new[1], &new[2], &new[5], &new[6])
        );
        let value = |text: &str| number(text).expect("a number");
        let room = 0.1 * value(&old[5]) + 2e-3 * value(&old[4]).abs();
        assert!((value(&old[4]) - value(&new[4])).abs() <= room, "{old:?}\n-> {new:?}");
    }
}
