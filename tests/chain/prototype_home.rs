//! Which share of needles reaches the dermis, by length, as in the prototype: all at 1.5 mm, and hardly any at 0.2 mm.
//!
//! Medians and 5–95 % over worlds. The depth ratio of rollers is the widest guess of the chain, so the range at 0.25
//! and 0.5 mm runs from none to all, and that is the honest answer.

use needlework::cohort::Settings;
use needlework::numerics::{mean, quantile};

use crate::setup::{edited, people_with, reach_book};

/// Median, 5 % and 95 % over worlds of the share of needles that reach the dermis.
fn reach(length: &str) -> [f64; 3] {
    let case = edited(
        "home-roller-0.5mm",
        &[("device.needle_length", &format!("\"{length}\""))],
    );
    let settings = Settings {
        seed: 1,
        worlds: 1000,
        people_per_world: 20,
        threads: 2,
    };
    let cohort = people_with(&case, reach_book(), &[], &settings);
    let shares: Vec<f64> = cohort
        .people
        .iter()
        .map(|person| person.harms.holes.reaches_dermis)
        .collect();
    let mut worlds: Vec<f64> = shares.chunks(20).map(mean).collect();
    worlds.sort_by(f64::total_cmp);
    [0.5, 0.05, 0.95].map(|at| quantile(&worlds, at))
}

#[test]
fn all_needles_of_1_5_mm_reach_the_dermis() {
    let [median, low, _] = reach("1.5 mm");
    assert!(median > 0.999 && low > 0.97, "{median} {low}");
}

#[test]
fn most_needles_of_0_5_mm_reach_the_dermis_but_perhaps_none() {
    let [median, low, high] = reach("0.5 mm");
    // Prototype .98 (.03–1).
    assert!((median - 0.98).abs() < 0.03, "{median}");
    assert!(low < 0.1 && high > 0.99, "{low} {high}");
}

#[test]
fn few_needles_of_0_25_mm_reach_the_dermis() {
    let [median, low, high] = reach("0.25 mm");
    // Prototype .06 (0–.98). Between no needle and one in seven the median of worlds is steep.
    assert!(median < 0.15, "{median}");
    assert!(low < 0.001 && high > 0.85, "{low} {high}");
}

#[test]
fn hardly_any_needle_of_0_2_mm_reaches_the_dermis() {
    let [median, low, high] = reach("0.2 mm");
    // Prototype 0 (0–.78).
    assert!(median < 0.01 && low < 0.001, "{median} {low}");
    assert!((0.5..0.95).contains(&high), "{high}");
}
