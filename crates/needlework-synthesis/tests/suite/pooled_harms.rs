//! Rates of dark marks and of infections in clinics, pooled over every open arm that counted them, those with none
//! included.
//!
//! The log-odds of a study are those of the typical one and a normal draw with a spread of its own; what is known
//! before any count is wide (a median of 5 %, or of 2 % for infections, a factor of some 12 in the odds up or down, a
//! spread, half-normal, of scale 1). An arm's odds of dark marks are those of the model: moved by skin type and haste,
//! and by (N/N₀)^a for N sessions. The arms of a device that nobody names are a mixture of rollers and pens, as often
//! as the largest review counts them; a pen injures `PEN` times a usual session, and its odds are multiplied by the
//! power b of injury, which is looked at from 0 to 1. Rate and spread are drawn one without the other, which the counts
//! tie a little (correlation −0.3): what follows for a next study is compared as well.

use needlework_evidence::{Book, Passport};
use needlework_inference::counts::Count;
use needlework_inference::draws::Draws;
use needlework_inference::likelihood::count_of_harm;
use needlework_numerics::{expit, logit, midpoints, normal_nodes};
use needlework_units::Measure;

use needlework_synthesis::{Belief, Outcome, OutcomeName, Shares};

use crate::bundled::{book, synthesis};

/// Answer of the skin to a session with a pen over that to a usual one: nearly all that it can be, with a saturation at
/// one usual session.
const PEN: f64 = 1.8;
/// Procedures with rollers and with pens in the review of Chu 2021.
const ROLLERS: f64 = 1758.0;
const PENS: f64 = 425.0;

/// What is known of an arm beside its count: the last part of the key of its passport, its sessions, whether these
/// follow closely, whether skin is dark, whether the device is named a roller.
struct Arm {
    key: &'static str,
    sessions: f64,
    close: bool,
    dark: bool,
    roller: bool,
}

const ARMS: [Arm; 6] = [
    Arm {
        key: "archderm2023",
        sessions: 2.0,
        close: true,
        dark: false,
        roller: false,
    },
    Arm {
        key: "dogra2014",
        sessions: 5.0,
        close: false,
        dark: true,
        roller: true,
    },
    Arm {
        key: "fabbrocini2014",
        sessions: 3.0,
        close: false,
        dark: false,
        roller: true,
    },
    Arm {
        key: "cachafeiro2016",
        sessions: 3.0,
        close: false,
        dark: false,
        roller: true,
    },
    Arm {
        key: "park2012",
        sessions: 3.0,
        close: false,
        dark: false,
        roller: true,
    },
    Arm {
        key: "saki2022",
        sessions: 4.0,
        close: false,
        dark: false,
        roller: false,
    },
];

fn passport<'a>(book: &'a Book, key: &str) -> &'a Passport {
    book.passport(key).unwrap_or_else(|| panic!("{key}"))
}

fn number(book: &Book, key: &str) -> f64 {
    Measure::parse(&passport(book, key).value).unwrap().canonical()
}

/// The count of one arm, under each of the conditions that it may have had, with how probable they are.
type Counted = Vec<(f64, Count)>;

/// What is believed before any count, as the file of pooled studies has it.
fn belief(outcome: &Outcome) -> Shares {
    match outcome.belief {
        Belief::Shares(shares) => shares,
        Belief::Means(_) => panic!("{} is counted", outcome.title),
    }
}

/// What the counts leave.
struct Pooled {
    /// The rate of the typical study.
    rates: Draws,
    /// The spread of the log-odds between studies.
    spreads: Draws,
    /// The rate that a next study may have.
    next: Draws,
}

/// Random effects: every rate and spread on a grid, every study's own draw integrated.
fn pool(before: &Shares, arms: &[Counted]) -> Pooled {
    let (rates, spreads) = (81, 41);
    let mut found = Vec::new();
    for i in 0..rates {
        let z = -5.0 + 10.0 * f64::from(i) / f64::from(rates - 1);
        let typical = logit(before.typical) + before.log_odds_sd * z;
        for j in 0..spreads {
            let spread = (f64::from(j) + 0.5) / f64::from(spreads) * 4.0 * before.between;
            let prior = (-0.5 * z * z - 0.5 * (spread / before.between).powi(2)).exp();
            let of_arm = |arm: &Counted| -> f64 {
                arm.iter()
                    .map(|(part, count)| part * count_of_harm(count, typical, spread).unwrap().exp())
                    .sum()
            };
            found.push((typical, spread, prior * arms.iter().map(of_arm).product::<f64>()));
        }
    }
    let weights: Vec<f64> = found.iter().map(|one| one.2).collect();
    let over = |value: &dyn Fn(f64, f64) -> f64| {
        let values: Vec<f64> = found.iter().map(|one| value(one.0, one.1)).collect();
        Draws::weighted(&values, &weights).unwrap()
    };
    Pooled {
        rates: over(&|typical, _| expit(typical)),
        spreads: over(&|_, spread| spread),
        next: next_study(found.iter().copied()),
    }
}

/// The rate that a next study may have, of typical log-odds and spreads with their weights.
fn next_study(of: impl Iterator<Item = (f64, f64, f64)>) -> Draws {
    const NODES: usize = 41;
    let nodes = normal_nodes(NODES);
    let (mut values, mut weights) = (Vec::new(), Vec::new());
    for (typical, spread, weight) in of {
        for node in &nodes {
            values.push(expit(typical + spread * node.at));
            weights.push(weight * node.weight);
        }
    }
    Draws::weighted(&values, &weights).unwrap()
}

/// The counts of dark marks, moved by what the model says of skin, haste, sessions and, by a power, of pens.
fn dark_marks(book: &Book, outcome: &Outcome, power: f64) -> Vec<Counted> {
    let usual = number(book, "reaction.dark_marks.usual_sessions");
    let of_sessions = number(book, "reaction.dark_marks.session_power");
    let factor = |key: &str, holds: bool| if holds { number(book, key) } else { 1.0 };
    let counted = |study: &needlework_synthesis::Study| {
        let arm = ARMS.iter().find(|arm| study.key.ends_with(arm.key)).unwrap();
        let odds = factor("reaction.dark_marks.odds.haste", arm.close)
            * factor("reaction.dark_marks.odds.dark_skin", arm.dark)
            * (arm.sessions / usual).powf(of_sessions);
        let pens = if arm.roller { 0.0 } else { PENS / (PENS + ROLLERS) };
        let count = |odds: f64| Count {
            offset: odds.ln(),
            ..Count::new(study.events(), study.n.into())
        };
        vec![(1.0 - pens, count(odds)), (pens, count(odds * PEN.powf(power)))]
    };
    outcome.studies.iter().map(counted).collect()
}

/// The counts of infections in clinics.
fn infections(outcome: &Outcome) -> Vec<Counted> {
    let counted = |study: &needlework_synthesis::Study| vec![(1.0, Count::new(study.events(), study.n.into()))];
    outcome.studies.iter().map(counted).collect()
}

/// Holds the passports of a rate and its spread to what the counts leave of what was known before them, and what they
/// give for a next study together to the same.
fn held(book: &Book, pooled: &Pooled, rate: &str, study_sd: &str) {
    let prior = |key: &str| book.prior(key).unwrap().distribution;
    let (of_rate, of_spread) = (prior(rate), prior(study_sd));
    for at in [0.05, 0.5, 0.95] {
        let (found, want) = (logit(of_rate.quantile(at)), logit(pooled.rates.quantile(at)));
        assert!(
            (found - want).abs() < 0.25,
            "{rate} at {at}: log-odds {found} against {want}"
        );
        let (found, want) = (of_spread.quantile(at), pooled.spreads.quantile(at));
        assert!(
            (found - want).abs() < 0.12,
            "{study_sd} at {at}: {found} against {want}"
        );
    }
    let places = midpoints(1.0, 40);
    let next = next_study(places.iter().flat_map(|typical| {
        let typical = logit(of_rate.quantile(*typical));
        places
            .iter()
            .map(move |spread| (typical, of_spread.quantile(*spread), 1.0))
    }));
    for at in [0.25, 0.5, 0.75, 0.95] {
        let (found, want) = (next.quantile(at), pooled.next.quantile(at));
        assert!(
            (logit(found) - logit(want)).abs() < 0.35,
            "{rate}, the next study at {at}: {found} against {want}"
        );
    }
}

#[test]
fn rates_and_their_spread_between_studies_are_what_the_counts_leave() {
    let (book, synthesis) = (book(), synthesis());
    let power = number(&book, "reaction.dark_marks.injury_power");
    let marks = synthesis.outcome(OutcomeName::DarkMarks).unwrap();
    held(
        &book,
        &pool(&belief(marks), &dark_marks(&book, marks, power)),
        "reaction.dark_marks.rate",
        "reaction.dark_marks.study_sd",
    );
    let infected = synthesis.outcome(OutcomeName::Infection).unwrap();
    held(
        &book,
        &pool(&belief(infected), &infections(infected)),
        "channel.germs.clinic.rate",
        "channel.germs.clinic.study_sd",
    );
}

/// Counts of one kind of device say nothing of a power of injury; were they to, the prior would have to follow.
#[test]
fn the_counts_leave_the_power_of_injury_open() {
    let (book, synthesis) = (book(), synthesis());
    let marks = synthesis.outcome(OutcomeName::DarkMarks).unwrap();
    let of = |power| {
        pool(&belief(marks), &dark_marks(&book, marks, power))
            .rates
            .quantile(0.5)
    };
    let medians = [0.0, 1.0].map(of);
    assert!((logit(medians[0]) - logit(medians[1])).abs() < 0.3, "{medians:?}");
}

/// Whoever compares a study with what the rates give must be able to see that it stands in them.
#[test]
fn rates_and_spreads_name_every_study_that_they_were_made_from() {
    let (book, synthesis) = (book(), synthesis());
    for (outcome, priors) in [
        (
            OutcomeName::DarkMarks,
            ["reaction.dark_marks.rate", "reaction.dark_marks.study_sd"],
        ),
        (
            OutcomeName::Infection,
            ["channel.germs.clinic.rate", "channel.germs.clinic.study_sd"],
        ),
    ] {
        for study in &synthesis.outcome(outcome).unwrap().studies {
            for prior in priors {
                let told = passport(&book, prior).derivation.as_deref().unwrap_or_default();
                assert!(
                    told.contains(study.source.as_str()),
                    "{prior} does not name {}",
                    study.source
                );
            }
        }
    }
}
