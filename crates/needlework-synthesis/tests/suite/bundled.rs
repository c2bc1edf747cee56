//! The committed studies: all that are open stand in their outcome, and what rests on the pooled numbers agrees.

use std::fs;
use std::path::PathBuf;

use needlework_evidence::Book;
use needlework_synthesis::{OutcomeName, Pooled, Synthesis, parse_synthesis};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../evidence")
}

/// The evidence as it is committed.
pub fn book() -> Book {
    let texts: Vec<(String, String)> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "toml"))
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).unwrap())
        })
        .filter(|(_, text)| {
            let table: toml::Table = text.parse().unwrap();
            table
                .keys()
                .all(|key| ["value", "source", "conflict"].contains(&key.as_str()))
        })
        .collect();
    let files: Vec<(&str, &str)> = texts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    Book::parse(&files).unwrap()
}

/// The outcomes as they are committed.
pub fn synthesis() -> Synthesis {
    parse_synthesis(&fs::read_to_string(folder().join("synthesis.toml")).unwrap(), &book()).unwrap()
}

fn pooled(of: &Synthesis, name: OutcomeName) -> Pooled {
    of.outcome(name).unwrap().pooled().unwrap()
}

/// Whoever adds an open count or an arm without treatment pools it.
#[test]
fn every_open_study_of_an_outcome_is_pooled() {
    let (book, synthesis) = (book(), synthesis());
    for (prefix, outcome, parts) in [
        // One part of a key: a study. More parts name another treatment or another way to count.
        ("reactions.dark_marks.", OutcomeName::DarkMarks, 1),
        ("infection.clinic.share.", OutcomeName::Infection, 1),
        ("controls.", OutcomeName::NothingDone, 2),
    ] {
        let pooled = &synthesis.outcome(outcome).unwrap().studies;
        for passport in book.passports() {
            let Some(study) = passport.key.strip_prefix(prefix) else {
                continue;
            };
            if study.split('.').count() == parts {
                assert!(
                    pooled.iter().any(|known| known.key == passport.key),
                    "{} is not pooled",
                    passport.key
                );
            }
        }
    }
}

/// A share is a count: what was published must be one within its printed digits.
#[test]
fn every_share_is_a_count_of_its_people() {
    for outcome in synthesis().outcomes {
        for study in outcome.studies.iter().filter(|study| study.standard_error.is_none()) {
            let off = study.value * f64::from(study.n) - study.events() as f64;
            assert!(off.abs() < 0.1, "{}: {off} people from a count", study.key);
        }
    }
}

/// Worked out beforehand, outside of this code: what two rated studies leave of the next one.
#[test]
fn two_rated_studies_leave_the_known_forecast() {
    let synthesis = synthesis();
    let mean = pooled(&synthesis, OutcomeName::GradedMean);
    for (found, known) in [
        (mean.typical.mean, 51.6),
        (mean.typical.low, 41.0),
        (mean.typical.high, 60.8),
        (mean.next.low, 33.7),
        (mean.next.high, 68.0),
    ] {
        assert!((found - known).abs() < 0.5, "{found} {known}");
    }
    let above = pooled(&synthesis, OutcomeName::GradedAboveHalf).next;
    assert!(
        (above.low - 0.19).abs() < 0.02 && (above.high - 0.87).abs() < 0.02,
        "{above:?}"
    );
}

/// The belief in how much raters over-read was made from arms in which nothing was done: what those say of a next arm
/// is its part that blind raters show.
#[test]
fn raters_over_read_at_least_what_blind_ones_see_where_nothing_is_done() {
    let (book, synthesis) = (book(), synthesis());
    let blind = pooled(&synthesis, OutcomeName::NothingDone);
    let optimism = book.prior("appearance.grading.optimism").unwrap().distribution;
    let beyond = optimism.quantile(0.5) - blind.next.mean;
    assert!((4.0..=8.0).contains(&beyond), "{beyond}: {blind:?}");
    let spread = |low: f64, high: f64| high - low;
    assert!(
        spread(optimism.quantile(0.05), optimism.quantile(0.95)) >= spread(blind.next.low, blind.next.high),
        "{blind:?}"
    );
}

/// What is over-read alike in all studies is taken off their mean and leaves it less known, however many they are.
#[test]
fn what_all_over_read_widens_what_is_left() {
    let mean = pooled(&synthesis(), OutcomeName::GradedMean);
    let left = mean.without_over_reading.unwrap();
    assert!((mean.typical.mean - left.mean - 17.0).abs() < 0.5, "{mean:?}");
    assert!(left.high - left.low > mean.typical.high - mean.typical.low, "{mean:?}");
    let [half, twice] = mean.if_studies_differ;
    assert!(
        half.high - half.low < mean.next.high - mean.next.low && mean.next.high < twice.high,
        "{mean:?}"
    );
}
