//! The share of people with dark marks after needling, fitted to every open arm that counted them, those with none
//! included.
//!
//! In each study the base probability p is a draw of a beta law (α, β); the arm's odds are those of the model, p/(1 −
//! p)·f with f the product of the factors for skin type and haste and of (N/N₀)^a for N sessions; its count is
//! binomial. Fitted are α and β, by the likelihood of all counts. The arms of a device that nobody names are a mixture
//! of rollers and pens, as often as the largest review counts them; a pen injures `PEN` times a usual session, and its
//! odds are multiplied by the power b of injury, which is looked at from 0 to 1.

use std::path::PathBuf;

use needlework_evidence::{Book, Passport, Spread};
use needlework_units::Measure;

/// Answer of the skin to a session with a pen over that to a usual one: nearly all that it can be, with a saturation at
/// one usual session.
const PEN: f64 = 1.8;
/// Procedures with rollers and with pens in the review of Chu 2021.
const ROLLERS: f64 = 1758.0;
const PENS: f64 = 425.0;

/// An arm: key of its passport, marks, sessions, whether these follow closely, whether skin is dark, whether the device
/// is named a roller.
struct Arm {
    key: &'static str,
    marks: i32,
    sessions: f64,
    close: bool,
    dark: bool,
    roller: bool,
}

const ARMS: [Arm; 6] = [
    Arm {
        key: "archderm2023",
        marks: 7,
        sessions: 2.0,
        close: true,
        dark: false,
        roller: false,
    },
    Arm {
        key: "dogra2014",
        marks: 5,
        sessions: 5.0,
        close: false,
        dark: true,
        roller: true,
    },
    Arm {
        key: "fabbrocini2014",
        marks: 0,
        sessions: 3.0,
        close: false,
        dark: false,
        roller: true,
    },
    Arm {
        key: "cachafeiro2016",
        marks: 0,
        sessions: 3.0,
        close: false,
        dark: false,
        roller: true,
    },
    Arm {
        key: "park2012",
        marks: 0,
        sessions: 3.0,
        close: false,
        dark: false,
        roller: true,
    },
    Arm {
        key: "saki2022",
        marks: 0,
        sessions: 4.0,
        close: false,
        dark: false,
        roller: false,
    },
];

fn book() -> Book {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../evidence");
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.ends_with(".toml") && name != "rules.toml" {
            let text = std::fs::read_to_string(&path).unwrap();
            if text.contains("[[value]]") || name.starts_with("sources") {
                texts.push((name, text));
            }
        }
    }
    let files: Vec<(&str, &str)> = texts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    Book::parse(&files).unwrap()
}

fn passport<'a>(book: &'a Book, key: &str) -> &'a Passport {
    book.passport(key).unwrap_or_else(|| panic!("{key}"))
}

fn number(book: &Book, key: &str) -> f64 {
    Measure::parse(&passport(book, key).value).unwrap().canonical()
}

/// Logarithm of the beta function by Stirling's series, shifted up where it is poor.
fn ln_gamma(x: f64) -> f64 {
    let (mut x, mut less) = (x, 0.0);
    while x < 12.0 {
        less += x.ln();
        x += 1.0;
    }
    (x - 0.5) * x.ln() - x + 0.5 * (2.0 * std::f64::consts::PI).ln() + 1.0 / (12.0 * x)
        - 1.0 / (360.0 * x.powi(3))
        - less
}

/// Logarithm of the likelihood of all counts.
fn likelihood(book: &Book, alpha: f64, mean: f64, power: f64) -> f64 {
    // The base's log-odds from −40 to 6, in even steps.
    const STEPS: usize = 400;
    let beta = alpha * (1.0 - mean) / mean;
    let step = 46.0 / STEPS as f64;
    let norm = ln_gamma(alpha + beta) - ln_gamma(alpha) - ln_gamma(beta);
    let usual = number(book, "reaction.dark_marks.usual_sessions");
    let of_sessions = number(book, "reaction.dark_marks.session_power");
    let factor = |key: &str, holds: bool| if holds { number(book, key) } else { 1.0 };
    ARMS.iter()
        .map(|arm| {
            let people = passport(book, &format!("reactions.dark_marks.{}", arm.key)).n as i32;
            let odds = factor("reaction.dark_marks.odds.haste", arm.close)
                * factor("reaction.dark_marks.odds.dark_skin", arm.dark)
                * (arm.sessions / usual).powf(of_sessions);
            let pens = if arm.roller { 0.0 } else { PENS / (PENS + ROLLERS) };
            let with = |odds: f64| -> f64 {
                (0..STEPS)
                    .map(|i| -40.0 + step * (i as f64 + 0.5))
                    .map(|logit| {
                        let prior = norm - alpha * (-logit).exp().ln_1p() - beta * logit.exp().ln_1p();
                        let shifted = logit + odds.ln();
                        let share = 1.0 / (1.0 + (-shifted).exp());
                        prior.exp() * step * share.powi(arm.marks) * (1.0 - share).powi(people - arm.marks)
                    })
                    .sum()
            };
            ((1.0 - pens) * with(odds) + pens * with(odds * PEN.powf(power))).ln()
        })
        .sum()
}

/// The likeliest beta law for a power of injury: first shape, mean, and the logarithm of its likelihood.
fn fit(book: &Book, power: f64) -> (f64, f64, f64) {
    let (mut at, mut step) = ([(0.3_f64).ln(), (0.05_f64).ln()], 0.4);
    let of = |at: [f64; 2]| likelihood(book, at[0].exp(), at[1].exp(), power);
    let mut best = of(at);
    while step > 1e-3 {
        let moves = [[step, 0.0], [-step, 0.0], [0.0, step], [0.0, -step]];
        let better = moves
            .map(|[a, b]| [at[0] + a, at[1] + b])
            .into_iter()
            .max_by(|a, b| of(*a).total_cmp(&of(*b)))
            .unwrap();
        if of(better) > best {
            (at, best) = (better, of(better));
        } else {
            step /= 2.0;
        }
    }
    (at[0].exp(), at[1].exp(), best)
}

#[test]
fn the_base_of_dark_marks_is_fitted_again_to_every_open_arm() {
    let book = book();
    let (alpha, mean, _) = fit(&book, number(&book, "reaction.dark_marks.injury_power"));
    let found = passport(&book, "reaction.dark_marks.base");
    let Spread::Beta { alpha: a, beta: b } = found.spread else {
        panic!("the base is a beta law");
    };
    let beta = alpha * (1.0 - mean) / mean;
    assert!((a / alpha - 1.0).abs() < 0.02, "{a} against {alpha}");
    assert!((b / beta - 1.0).abs() < 0.02, "{b} against {beta}");
    let value = Measure::parse(&found.value).unwrap().canonical();
    assert!((value / mean - 1.0).abs() < 0.05, "{value} against {mean}");
}

/// Counts of one kind of device say nothing of a power of injury; were they to, the prior would have to follow.
#[test]
fn the_counts_leave_the_power_of_injury_open() {
    let book = book();
    let likelihoods = [0.0, 0.5, 1.0].map(|power| fit(&book, power).2);
    let least = likelihoods.iter().copied().fold(f64::INFINITY, f64::min);
    let most = likelihoods.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    assert!(most - least < 0.5, "{likelihoods:?}");
}

/// The arms are all that the evidence holds: whoever adds a count of needling without heat adds it to the fit.
#[test]
fn every_open_count_of_dark_marks_after_needles_alone_is_in_the_fit() {
    let book = book();
    for passport in book.passports() {
        let Some(arm) = passport.key.strip_prefix("reactions.dark_marks.") else {
            continue;
        };
        // One part of a key: a study. More parts name another treatment or another way to count.
        if !arm.contains('.') {
            assert!(
                ARMS.iter().any(|known| known.key == arm),
                "{} is not in the fit",
                passport.key
            );
        }
    }
}
