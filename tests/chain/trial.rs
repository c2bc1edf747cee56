//! Trials in many worlds: published studies and two that nobody has done.

use needlework::cohort::{Enrolment, Moment, Question, Settings, Watched, World, enrol};
use needlework::numerics::unwatched;
use needlework::questions::{Study, TrialReport, TrialRow, read_study, trial};
use needlework::units::Time;
use needlework::verdict::{Inquiry, Library, PRIOR};

fn library() -> Library {
    needlework::bundle().unwrap()
}

fn read(text: &str, library: &Library) -> Result<Study, String> {
    let load = |case: &str| {
        let path = format!("cases/trials/{case}");
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
        Ok((path, text))
    };
    read_study(text, "study.toml", (&library.catalog, &library.book), &load).map_err(|wrong| wrong.to_string())
}

fn committed(name: &str) -> String {
    std::fs::read_to_string(format!("cases/trials/{name}.toml")).unwrap()
}

/// From the priors, as the prototype did.
fn run(text: &str, worlds: usize, threads: usize) -> (TrialReport, Vec<TrialRow>) {
    let library = library();
    let inquiry = Inquiry {
        posterior: None,
        ..inquiry(&library, worlds, threads)
    };
    trial(&read(text, &library).unwrap(), &inquiry, &mut unwatched).unwrap()
}

/// What the command line asks.
fn inquiry(library: &Library, worlds: usize, threads: usize) -> Inquiry<'_> {
    Inquiry {
        settings: Settings {
            worlds,
            threads,
            ..Settings::default()
        },
        ..Inquiry::new(library)
    }
}

/// Where the published value falls among what such studies would print: between so many and so many of 100.
const PUBLISHED: [(&str, [f64; 2]); 7] = [
    ("park-2012", [0.5, 0.85]),
    ("archderm-2023", [0.6, 0.9]),
    ("lotfi-2013", [0.7, 0.95]),
    ("kang-1996-vehicle", [0.65, 0.95]),
    ("dogra-2014-dark-marks", [0.6, 0.9]),
    ("fabbrocini-2014-dark-marks", [0.0, 0.3]),
    ("cachafeiro-2016-dark-marks", [0.0, 0.4]),
];

#[test]
fn every_committed_study_runs_and_the_published_value_falls_where_it_did() {
    let mut found: Vec<String> = std::fs::read_dir("cases/trials")
        .unwrap()
        .map(|entry| {
            entry
                .unwrap()
                .path()
                .file_stem()
                .unwrap()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    found.sort();
    let mut named: Vec<&str> = PUBLISHED.iter().map(|(name, _)| *name).collect();
    named.extend(["split-belly", "parallel-thigh"]);
    named.sort_unstable();
    assert_eq!(found, named);
    for (name, [low, high]) in PUBLISHED {
        let (report, _) = run(&committed(name), 200, 0);
        let place = report.published.expect("a published value");
        assert!(place.within, "{name}: {place:?}");
        assert!((low..=high).contains(&place.share_below), "{name}: {place:?}");
        assert!(
            ["calibration", "check"].contains(&place.used.as_str()),
            "{name}: no hold-out is opened"
        );
    }
}

#[test]
fn a_split_belly_can_not_reach_an_assurance_that_is_higher_than_that_anything_shows() {
    let (report, rows) = run(&committed("split-belly"), 400, 0);
    // The prototype had .91 of those worlds in which needles do something, and there is none in one of five.
    let assurance = report.assurance.probability;
    assert!((assurance - 0.74).abs() < 0.07, "{assurance}");
    assert!(report.power.unwrap().probability > 0.95);
    assert!(report.wrong_sign.unwrap() < 0.06 && report.exaggeration.unwrap() < 1.3);
    assert!(
        report.people_needed.is_none_or(|people| people > 40),
        "{:?}",
        report.people_needed
    );
    assert!(report.ceiling < 0.95);
    let curve: Vec<f64> = report.curve.iter().map(|point| point.assurance.probability).collect();
    assert!(curve.windows(2).all(|pair| pair[1] > pair[0] - 0.03), "{curve:?}");
    // Two visits, two sides.
    assert_eq!(rows.len(), 400 * 2 * 2 * 20);
    let sides = |side: usize| rows.iter().filter(move |row| row.arm == side && row.visit == 1);
    assert!(
        sides(1).all(|row| row.improvement == row.untreated),
        "nothing is done to the other side"
    );
    assert!(
        sides(0)
            .zip(sides(1))
            .all(|(one, other)| one.person == other.person && one.untreated == other.untreated)
    );
}

/// What published results leave of the priors makes a true effect likelier; a study that they are of, or whose
/// published value is looked at, is none of theirs.
#[test]
fn a_new_study_meets_the_worlds_of_the_posterior_and_one_that_weighed_them_those_of_the_priors() {
    let library = library();
    let of = |name: &str| {
        let study = read(&committed(name), &library).unwrap();
        trial(&study, &inquiry(&library, 200, 0), &mut unwatched).unwrap().0
    };
    let (weighed, (prior, _)) = (of("split-belly"), run(&committed("split-belly"), 200, 0));
    let name = library.posterior.as_ref().unwrap().name();
    assert_eq!(
        (weighed.engine.posterior.as_str(), prior.engine.posterior.as_str()),
        (&*name, PRIOR)
    );
    assert!(weighed.banner.starts_with("Held against") && !prior.banner.starts_with("Held against"));
    assert!(
        weighed.true_effect.mean > prior.true_effect.mean + 1.0,
        "{:?} {:?}",
        weighed.true_effect,
        prior.true_effect
    );
    assert!(weighed.assurance.probability > prior.assurance.probability);
    for name in ["park-2012", "lotfi-2013", "fabbrocini-2014-dark-marks"] {
        let (asked, (from_priors, _)) = (of(name), run(&committed(name), 200, 0));
        assert_eq!(asked, from_priors, "{name}");
    }
}

#[test]
fn an_arm_without_a_comparison_finds_what_is_not_there() {
    let (report, _) = run(&committed("archderm-2023"), 400, 0);
    let rejects = report.rejects_where_nothing_shows.unwrap();
    assert!(rejects.probability > 0.5, "{rejects:?}");
    let (blind, _) = run(&committed("split-belly"), 400, 0);
    let rejects = blind.rejects_where_nothing_shows.unwrap();
    assert!(rejects.probability < 0.15, "{rejects:?}");
}

#[test]
fn red_marks_of_two_groups_lose_people_and_stay_below_two_sides() {
    let (report, _) = run(&committed("parallel-thigh"), 200, 0);
    assert!((report.stay - 0.85).abs() < 0.02, "{}", report.stay);
    let sides = committed("parallel-thigh")
        .replace("parallel", "split_body")
        .replace("two_sample_t", "paired_t");
    let (split, _) = run(&sides, 200, 0);
    assert!(
        split.assurance.probability > report.assurance.probability,
        "{:?}",
        split.assurance
    );
}

#[test]
fn the_same_study_gives_the_same_on_any_number_of_threads() {
    let text = committed("split-belly");
    let (one, rows) = run(&text, 24, 1);
    let (four, same) = run(&text, 24, 4);
    assert_eq!(one, four);
    assert_eq!(rows, same);
}

#[test]
fn a_trial_of_more_people_begins_with_those_of_a_smaller_one_and_arms_have_their_own() {
    let library = library();
    let text = std::fs::read_to_string("cases/clinic-abdomen-alba.toml").unwrap();
    let case = needlework::case::read(&text, "belly.toml", &library.catalog).unwrap();
    let arm = |stream: &str| Enrolment {
        watched: Watched {
            question: Question::new(&case, &library.catalog, &library.book),
            sessions: Vec::new(),
            moments: vec![Moment::AfterLast(Time::from_months(6.0))],
            harms: false,
        },
        people_like: Vec::new(),
        stream: stream.to_owned(),
    };
    let arms = [arm("trial.0."), arm("trial.1.")];
    let come = |people: usize| {
        let settings = Settings {
            people_per_world: people,
            ..Settings::default()
        };
        let all = |_: usize, _: &World, seen: &[Vec<_>]| seen.to_vec();
        enrol(&arms, &library.book, &settings, 0..3, all, &mut unwatched).unwrap()
    };
    let (few, many) = (come(2), come(5));
    for (few, many) in few.iter().zip(&many) {
        for arm in 0..2 {
            // The cascade runs once for all people of a world, up to the most injured; so hundredths may differ.
            for (one, other) in few[arm].iter().zip(&many[arm]) {
                let own = |seen: &needlework::cohort::Glanced| seen.sights.treated[0][0].appearance.improvement();
                assert!((own(one) - own(other)).abs() < 0.05, "{} {}", own(one), own(other));
                assert_eq!(one.dark_marks, other.dark_marks);
            }
        }
        assert_ne!(few[0][0].dark_marks, few[1][0].dark_marks);
    }
}

#[test]
fn a_wrong_study_is_told_where_it_is_wrong_and_what_was_meant() {
    let library = library();
    let right = committed("split-belly");
    for (from, to, said) in [
        ("people = 20", "peple = 20", "did you mean: people"),
        ("\"paired_t\"", "\"pared_t\"", "did you mean: \"paired_t\""),
        ("\"paired_t\"", "\"fisher\"", "allowed: paired_t, wilcoxon"),
        ("people = 20", "people = 1", "from 2 to 1000"),
        ("study/1", "study/9", "write format"),
        ("\"split_body\"", "\"single_arm\"", "this design has one arm"),
        ("kind = \"graded_mean\"", "kind = \"infection\"", "unknown variant"),
        ("case = \"nothing\"", "case = \"../no.toml\"", "name a case file"),
        ("count = 2", "count = 0", "it lies from 1 to 20"),
        (
            "[[arm]]",
            "published = \"outcomes.park2012.nobody\"\n[[arm]]",
            "no passport",
        ),
        (
            "[[arm]]",
            "published = \"outcomes.park2012.share_at_least_50\"\n[[arm]]",
            "this outcome is printed in points",
        ),
        ("[[arm]]", "alpha = 1e-300\n[[arm]]", "alpha is 1e-300"),
        (
            "[[arm]]",
            "dropout = { share = 0.95 }\n[[arm]]",
            "it lies from 0 to 0.9",
        ),
        (
            "case = \"../clinic-abdomen-alba.toml\"",
            "case = \"../clinic-abdomen-alba.toml\"\nset = { \"regimen.sessions\" = 99 }",
            "sessions",
        ),
    ] {
        assert!(right.contains(from), "{from}");
        let wrong = read(&right.replacen(from, to, 1), &library).unwrap_err();
        assert!(wrong.contains(said), "{to}: {wrong}");
        assert!(wrong.contains("study.toml:"), "{to}: a place in the file: {wrong}");
    }
    let twice = right.replacen("people = 20", "peple = 20\ntitel = \"x\"", 1);
    let wrong = read(&twice, &library).unwrap_err();
    assert!(
        wrong.contains("peple") && wrong.contains("titel"),
        "all unknown fields at once: {wrong}"
    );
}
