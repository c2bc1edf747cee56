//! The committed table of results is what the engine computes.

#![allow(clippy::expect_used)]

use needlework_validation::{COMMITTED, compare};

/// Numbers of a Markdown row: published, predicted, low, high.
fn numbers(row: &str) -> Vec<f64> {
    let cells: Vec<&str> = row.split('|').map(str::trim).collect();
    [cells[3], cells[4]]
        .into_iter()
        .chain(cells[5].split(" to "))
        .map(|cell| cell.parse().expect("a number in the committed table"))
        .collect()
}

#[test]
fn the_committed_results_are_what_the_engine_computes() {
    let library = needlework::bundle().expect("the bundled evidence");
    let rows = compare(&library, &COMMITTED).expect("every target can be computed");
    let committed = include_str!("../results/first_chain.md");
    let lines: Vec<&str> = committed.lines().skip(2).collect();
    assert_eq!(
        lines.len(),
        rows.len(),
        "a target was added or removed: write the table anew with --write"
    );
    for (line, row) in lines.iter().zip(&rows) {
        let now = [row.published, row.predicted.mean, row.predicted.low, row.predicted.high];
        for (old, new) in numbers(line).into_iter().zip(now) {
            assert!(
                (old - new).abs() < 2e-3,
                "{} {}: {old} -> {new}",
                row.study,
                row.outcome
            );
        }
    }
}

#[test]
fn every_declared_target_has_a_row() {
    let library = needlework::bundle().expect("the bundled evidence");
    let rows = compare(&library, &COMMITTED).expect("every target can be computed");
    for target in &library.targets {
        assert!(
            rows.iter().any(|row| row.outcome == target.outcome),
            "{} is not compared",
            target.name
        );
    }
}
