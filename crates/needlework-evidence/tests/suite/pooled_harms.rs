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

use std::path::PathBuf;

use needlework_evidence::{Book, Passport};
use needlework_units::Measure;

/// Infections among the people of each study that says of all events what they were.
const INFECTIONS: [(&str, i32); 3] = [("archderm2023", 1), ("park2012", 0), ("saki2022", 0)];

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

/// The count of one arm in a study whose log-odds lie where the typical study's do: marks or infections, people, and
/// how the arm's own conditions move the log-odds, as a mixture of weights.
struct Counted {
    hits: i32,
    people: i32,
    moves: Vec<(f64, f64)>,
}

/// What is known before any count: the median rates of dark marks and of infections, which reviews of thousands hardly
/// name, the standard deviation of their log-odds, and the standard deviation of the half-normal spread between
/// studies.
const MARKS_RATE: f64 = 0.05;
const INFECTION_RATE: f64 = 0.02;
const RATE_SD: f64 = 1.5;
const STUDY_SD: f64 = 1.0;

/// Log-odds of the typical study, spread between studies, and how probable both are together.
struct Pooled(Vec<(f64, f64, f64)>);

fn logit(p: f64) -> f64 {
    (p / (1.0 - p)).ln()
}

fn expit(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// Places and weights of a standard normal draw, in even steps.
fn draws() -> Vec<(f64, f64)> {
    const STEPS: i32 = 30;
    let places: Vec<f64> = (-STEPS..=STEPS)
        .map(|i| f64::from(i) * 6.0 / f64::from(STEPS))
        .collect();
    let whole: f64 = places.iter().map(|z| (-0.5 * z * z).exp()).sum();
    places.into_iter().map(|z| (z, (-0.5 * z * z).exp() / whole)).collect()
}

/// Random effects by quadrature: every rate and spread on a grid, every study's own draw integrated.
fn pool(rate: f64, arms: &[Counted]) -> Pooled {
    let (rates, spreads) = (81, 41);
    let draws = draws();
    let mut found = Vec::new();
    for i in 0..rates {
        let z = -5.0 + 10.0 * f64::from(i) / f64::from(rates - 1);
        let typical = logit(rate) + RATE_SD * z;
        for j in 0..spreads {
            let spread = (f64::from(j) + 0.5) / f64::from(spreads) * 4.0 * STUDY_SD;
            let prior = (-0.5 * z * z - 0.5 * (spread / STUDY_SD).powi(2)).exp();
            let likelihood: f64 = arms
                .iter()
                .map(|arm| {
                    let at = |draw: f64, moved: f64| {
                        let share = expit(typical + spread * draw + moved);
                        share.powi(arm.hits) * (1.0 - share).powi(arm.people - arm.hits)
                    };
                    draws
                        .iter()
                        .flat_map(|(draw, weight)| {
                            arm.moves.iter().map(move |(part, moved)| (draw, weight, part, moved))
                        })
                        .map(|(draw, weight, part, moved)| weight * part * at(*draw, *moved))
                        .sum::<f64>()
                })
                .product();
            found.push((typical, spread, prior * likelihood));
        }
    }
    let whole: f64 = found.iter().map(|one| one.2).sum();
    found.iter_mut().for_each(|one| one.2 /= whole);
    Pooled(found)
}

/// The weighted quantile of values.
fn quantile(mut values: Vec<(f64, f64)>, at: f64) -> f64 {
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut below = 0.0;
    for (value, weight) in values {
        below += weight;
        if below >= at {
            return value;
        }
    }
    f64::NAN
}

impl Pooled {
    fn rates(&self) -> Vec<(f64, f64)> {
        self.0.iter().map(|one| (expit(one.0), one.2)).collect()
    }

    fn spreads(&self) -> Vec<(f64, f64)> {
        self.0.iter().map(|one| (one.1, one.2)).collect()
    }

    /// Rates that a next study may have.
    fn next_study(&self) -> Vec<(f64, f64)> {
        let draws = draws();
        self.0
            .iter()
            .filter(|one| one.2 > 1e-9)
            .flat_map(|&(typical, spread, weight)| {
                draws
                    .iter()
                    .map(move |(draw, part)| (expit(typical + spread * draw), weight * part))
            })
            .collect()
    }
}

/// The counts of dark marks, moved by what the model says of skin, haste, sessions and, by a power, of pens.
fn dark_marks(book: &Book, power: f64) -> Vec<Counted> {
    let usual = number(book, "reaction.dark_marks.usual_sessions");
    let of_sessions = number(book, "reaction.dark_marks.session_power");
    let factor = |key: &str, holds: bool| if holds { number(book, key) } else { 1.0 };
    ARMS.iter()
        .map(|arm| {
            let odds = factor("reaction.dark_marks.odds.haste", arm.close)
                * factor("reaction.dark_marks.odds.dark_skin", arm.dark)
                * (arm.sessions / usual).powf(of_sessions);
            let pens = if arm.roller { 0.0 } else { PENS / (PENS + ROLLERS) };
            Counted {
                hits: arm.marks,
                people: passport(book, &format!("reactions.dark_marks.{}", arm.key)).n as i32,
                moves: vec![(1.0 - pens, odds.ln()), (pens, (odds * PEN.powf(power)).ln())],
            }
        })
        .collect()
}

/// The counts of infections in clinics.
fn infections(book: &Book) -> Vec<Counted> {
    INFECTIONS
        .iter()
        .map(|(study, hits)| Counted {
            hits: *hits,
            people: passport(book, &format!("infection.clinic.share.{study}")).n as i32,
            moves: vec![(1.0, 0.0)],
        })
        .collect()
}

/// Holds the passports of a rate and its spread to what the counts leave of what was known before them, and what they
/// give for a next study together to the same.
fn held(book: &Book, pooled: &Pooled, rate: &str, study_sd: &str) {
    let prior = |key: &str| book.prior(key).unwrap().distribution;
    let (of_rate, of_spread) = (prior(rate), prior(study_sd));
    for at in [0.05, 0.5, 0.95] {
        let (found, want) = (logit(of_rate.quantile(at)), logit(quantile(pooled.rates(), at)));
        assert!(
            (found - want).abs() < 0.25,
            "{rate} at {at}: log-odds {found} against {want}"
        );
        let (found, want) = (of_spread.quantile(at), quantile(pooled.spreads(), at));
        assert!(
            (found - want).abs() < 0.12,
            "{study_sd} at {at}: {found} against {want}"
        );
    }
    let places: Vec<f64> = (0..40).map(|i| (f64::from(i) + 0.5) / 40.0).collect();
    let mut next = Vec::new();
    for typical in &places {
        for spread in &places {
            for (draw, weight) in draws() {
                let odds = logit(of_rate.quantile(*typical)) + of_spread.quantile(*spread) * draw;
                next.push((expit(odds), weight / 1600.0));
            }
        }
    }
    for at in [0.25, 0.5, 0.75, 0.95] {
        let (found, want) = (quantile(next.clone(), at), quantile(pooled.next_study(), at));
        assert!(
            (logit(found) - logit(want)).abs() < 0.35,
            "{rate}, the next study at {at}: {found} against {want}"
        );
    }
}

#[test]
fn rates_and_their_spread_between_studies_are_what_the_counts_leave() {
    let book = book();
    let power = number(&book, "reaction.dark_marks.injury_power");
    held(
        &book,
        &pool(MARKS_RATE, &dark_marks(&book, power)),
        "reaction.dark_marks.rate",
        "reaction.dark_marks.study_sd",
    );
    held(
        &book,
        &pool(INFECTION_RATE, &infections(&book)),
        "channel.germs.clinic.rate",
        "channel.germs.clinic.study_sd",
    );
}

/// Counts of one kind of device say nothing of a power of injury; were they to, the prior would have to follow.
#[test]
fn the_counts_leave_the_power_of_injury_open() {
    let book = book();
    let medians = [0.0, 1.0].map(|power| quantile(pool(MARKS_RATE, &dark_marks(&book, power)).rates(), 0.5));
    assert!((logit(medians[0]) - logit(medians[1])).abs() < 0.3, "{medians:?}");
}

/// The arms are all that the evidence holds: whoever adds a count of needling without heat pools it.
#[test]
fn every_open_count_of_dark_marks_after_needles_alone_is_pooled() {
    let book = book();
    for passport in book.passports() {
        let Some(arm) = passport.key.strip_prefix("reactions.dark_marks.") else {
            continue;
        };
        // One part of a key: a study. More parts name another treatment or another way to count.
        if !arm.contains('.') {
            assert!(
                ARMS.iter().any(|known| known.key == arm),
                "{} is not pooled",
                passport.key
            );
        }
    }
}

/// The same for infections in clinics.
#[test]
fn every_open_share_of_infections_in_clinics_is_pooled() {
    let book = book();
    for passport in book.passports() {
        if let Some(study) = passport.key.strip_prefix("infection.clinic.share.") {
            assert!(
                INFECTIONS.iter().any(|(known, _)| *known == study),
                "{} is not pooled",
                passport.key
            );
        }
    }
}

/// Whoever compares a study with what the rates give must be able to see that it stands in them.
#[test]
fn rates_and_spreads_name_every_study_that_they_were_made_from() {
    let book = book();
    let named = |prior: &str, of: &str, study: &str| {
        let source = &passport(&book, &format!("{of}.{study}")).source;
        let told = passport(&book, prior).derivation.as_deref().unwrap_or_default();
        assert!(told.contains(source.as_str()), "{prior} does not name {source}");
    };
    for arm in &ARMS {
        for prior in ["reaction.dark_marks.rate", "reaction.dark_marks.study_sd"] {
            named(prior, "reactions.dark_marks", arm.key);
        }
    }
    for (study, _) in INFECTIONS {
        for prior in ["channel.germs.clinic.rate", "channel.germs.clinic.study_sd"] {
            named(prior, "infection.clinic.share", study);
        }
    }
}
