//! The frozen predictions: of what is held out and nothing else, whole distributions with unit and scale.

use std::path::PathBuf;

use needlework::cohort::Settings;
use needlework::numerics::unwatched;
use needlework_validation::blind::{BLIND_FORMAT, Blind, freeze, held_out};

// numerical: as few as a test needs
const FEW: Settings = Settings {
    seed: 1,
    worlds: 2,
    people_per_world: 5,
    threads: 0,
};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("blind")
}

fn frozen() -> Vec<(String, Blind)> {
    let mut found: Vec<(String, Blind)> = std::fs::read_dir(folder())
        .expect("the folder of predictions is there")
        .map(|entry| entry.expect("an entry reads").path())
        .map(|path| {
            let name = path
                .file_stem()
                .expect("a file has a name")
                .to_string_lossy()
                .into_owned();
            let text = std::fs::read_to_string(&path).expect("a prediction is text");
            let blind = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            (name, blind)
        })
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

#[test]
fn each_study_that_is_held_out_and_has_a_case_is_frozen_once_and_no_other() {
    let mut expected: Vec<(String, String, String)> = held_out()
        .unwrap()
        .iter()
        .map(|target| {
            let case = target.word("case").unwrap().to_owned();
            (target.id.to_lowercase(), target.id.clone(), case)
        })
        .collect();
    expected.sort();
    let found: Vec<(String, String, String)> = frozen()
        .into_iter()
        .map(|(name, blind)| (name, blind.target, blind.case))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn a_prediction_is_a_distribution_with_unit_scale_and_moment() {
    for (name, blind) in frozen() {
        assert_eq!(blind.format, BLIND_FORMAT, "{name}");
        assert!(blind.people >= 10 && blind.worlds >= 400, "{name}");
        assert!(blind.posterior.starts_with("1/") && blind.commit.len() >= 7, "{name}");
        for wanted in [
            "share rated 50 to 75 %",
            "mean rated improvement",
            "treated minus untreated, same people",
            "mean change, untreated",
            "mean pain",
            "mean days of redness",
        ] {
            assert!(blind.outputs.iter().any(|one| one.name == wanted), "{name}: {wanted}");
        }
        for one in &blind.outputs {
            let words = format!("{name}: {one:?}");
            assert!(
                !one.unit.is_empty() && !one.scale.is_empty() && !one.at.is_empty(),
                "{words}"
            );
            assert_eq!(one.quantiles.len(), blind.probabilities.len(), "{words}");
            assert!(
                one.quantiles.is_sorted() && one.quantiles.iter().all(|x| x.is_finite()),
                "{words}"
            );
            let within = one.unit != "1" || one.quantiles.iter().all(|x| (0.0..=1.0).contains(x));
            assert!(within && one.mean.is_finite(), "{words}");
        }
    }
}

/// What a study counted is in a prior already, so that predicting it would be reading it back.
#[test]
fn what_a_prior_holds_is_not_predicted() {
    for (name, blind) in frozen() {
        let counts = blind.outputs.iter().any(|one| one.name == "share with dark marks");
        assert_eq!(counts, blind.target != "Saki2022", "{name}");
    }
}

#[test]
fn the_command_predicts_again_what_is_named_the_same() {
    let library = needlework::bundle().unwrap();
    let again = freeze(&library, "none", &FEW, &mut unwatched).unwrap();
    let frozen = frozen();
    assert_eq!(again.len(), frozen.len());
    for study in &again {
        let (_, then) = frozen.iter().find(|(_, then)| then.target == study.target).unwrap();
        let names = |blind: &Blind| {
            let each = blind.outputs.iter().map(|one| format!("{}, {}", one.name, one.at));
            each.filter(|name| !name.contains("red less")).collect::<Vec<_>>()
        };
        assert_eq!(names(study), names(then));
    }
}
