//! The committed posterior: whether it is still what the engine would make, what draws from it, and what does not.

use needlework::calibration::check;
use needlework::case::Case;
use needlework::cohort::{Cohort, Moved, Question, Settings, simulate_cohort, worlds};
use needlework::evidence::Used;
use needlework::numerics::unwatched;
use needlework::questions::{Asked, compare, what_if};
use needlework::verdict::{Benefit, Extent, Inquiry, NOT_CALIBRATED, PRIOR, Reading, Report, judge, judge_to};

use crate::setup::{case, case_names, inquiry, judged, library, settings, with_value};

const BELLY: &str = "clinic-abdomen-alba";

/// A cohort by the posterior.
fn cohort(case: &Case, settings: &Settings) -> Cohort {
    let library = library();
    let question = Question {
        posterior: library.posterior.as_ref(),
        ..Question::new(case, &library.catalog, &library.book)
    };
    simulate_cohort(&question, settings, &[], &mut unwatched).unwrap()
}

fn few() -> Settings {
    settings(20)
}

fn answer(case: &Case, library: &needlework::verdict::Library) -> Report {
    judged(case, library, Reading::Research, &few()).report
}

#[test]
fn the_committed_posterior_is_what_the_engine_would_make() {
    let library = library();
    let committed = needlework::committed().unwrap();
    let likelihood = needlework::likelihood(&library.book).unwrap();
    let cases = needlework::calibration_cases(&library.catalog).unwrap();
    let found = check(
        &committed,
        &likelihood,
        &cases,
        (&library.book, &library.catalog),
        2,
        &mut unwatched,
    )
    .unwrap();
    assert!(
        found.holds(),
        "{found:?}: run `needlework calibrate --check`, which says what to do"
    );
    assert_eq!(found.worlds, 100);
    assert_eq!(library.posterior.as_ref(), Some(&committed.posterior));
}

#[test]
fn a_world_slot_takes_its_draw_and_the_draw_says_law_and_whether_anything_shows() {
    let posterior = library().posterior.as_ref().unwrap();
    let found = cohort(&case(BELLY), &few());
    let draws: Vec<_> = posterior
        .slots(1, 20)
        .into_iter()
        .map(|at| posterior.draws[at])
        .collect();
    let numbers: Vec<usize> = draws.iter().map(|draw| draw.world).collect();
    let own = needlework::cohort::worlds_numbered(&library().book, posterior.seed, &numbers, &|_| None).unwrap();
    for (w, (world, draw)) in found.worlds.iter().zip(&draws).enumerate() {
        assert_eq!(world.hypothesis, draw.law);
        assert_eq!(world.parameters.appearance.visible, f64::from(u8::from(draw.shows)));
        assert_eq!(world.parameters.grading, own.worlds[w].parameters.grading);
        assert_eq!(world.parameters.host, own.worlds[w].parameters.host);
    }
    let committed = needlework::committed().unwrap();
    assert!(posterior.draws.iter().all(|draw| draw.world < committed.worlds));
    assert!(posterior.draws.len() >= 2000);
}

#[test]
fn a_shorter_run_is_the_beginning_of_a_longer_one_on_any_number_of_threads() {
    let belly = case(BELLY);
    let long = cohort(&belly, &Settings { threads: 1, ..few() });
    let short = cohort(
        &belly,
        &Settings {
            threads: 2,
            ..settings(8)
        },
    );
    assert_eq!(short.people[..], long.people[..short.people.len()]);
    assert_eq!(short.worlds[..], long.worlds[..8]);
}

#[test]
fn two_plans_share_their_worlds_and_two_seeds_do_not() {
    let [one, two] = [BELLY, "clinic-thigh-rubra"].map(|name| cohort(&case(name), &few()).worlds);
    assert_eq!(one, two);
    let other = cohort(&case(BELLY), &Settings { seed: 2, ..few() }).worlds;
    let shared = other.iter().filter(|world| one.contains(world)).count();
    assert!(shared <= 3, "{shared}");
}

#[test]
fn beyond_the_last_draw_the_worlds_come_again() {
    let posterior = library().posterior.as_ref().unwrap();
    let draws = posterior.draws.len();
    let slots = posterior.slots(1, draws + 10);
    assert_eq!(slots[draws..], slots[..10]);
}

/// What a draw has moved lies where the draw says, and the rest where its number does.
#[test]
fn moved_parameters_lie_where_their_draw_says() {
    const KEY: &str = "appearance.grading.optimism";
    let mut posterior = library().posterior.clone().unwrap();
    posterior.draws.truncate(3);
    posterior.moved = Moved {
        keys: vec![KEY.to_owned()],
        steps: vec![vec![0], vec![32_768], vec![u16::MAX]],
    };
    let belly = case(BELLY);
    let question = Question {
        posterior: Some(&posterior),
        ..Question::new(&belly, &library().catalog, &library().book)
    };
    let found = simulate_cohort(&question, &settings(3), &[], &mut unwatched).unwrap();
    let slots = posterior.slots(settings(3).seed, 3);
    let numbers: Vec<usize> = slots.iter().map(|&at| posterior.draws[at].world).collect();
    let own = needlework::cohort::worlds_numbered(&library().book, posterior.seed, &numbers, &|_| None).unwrap();
    let prior = library().book.prior(KEY).unwrap().distribution;
    for (w, &at) in slots.iter().enumerate() {
        let place = (f64::from(posterior.moved.steps[at][0]) + 0.5) / 65_536.0;
        let (grading, unmoved) = (&found.worlds[w].parameters.grading, &own.worlds[w].parameters.grading);
        assert_eq!(grading.optimism, prior.quantile(place));
        assert!(grading.optimism != unmoved.optimism);
        assert_eq!(grading.people_sd, unmoved.people_sd);
    }
}

#[test]
fn other_priors_have_worlds_of_their_own_and_the_old_banner() {
    let belly = case(BELLY);
    let usual = answer(&belly, library());
    let name = library().posterior.as_ref().unwrap().name();
    assert_eq!(usual.engine.posterior, name);
    assert!(
        usual
            .banner
            .as_ref()
            .unwrap()
            .starts_with("Held against 3 small studies")
    );
    let changed = answer(&belly, &with_value("appearance.visible", "0.7 probability"));
    assert_eq!(changed.engine.posterior, PRIOR);
    assert_eq!(changed.banner.as_deref(), Some(NOT_CALIBRATED));
}

#[test]
fn without_the_posterior_worlds_are_those_of_the_priors() {
    let belly = case(BELLY);
    let library = library();
    let prior = Inquiry {
        posterior: None,
        ..inquiry(library, Reading::Research, &few())
    };
    let found = judge(&belly, &prior, &mut unwatched).unwrap();
    assert_eq!(found.report.engine.posterior, PRIOR);
    assert_eq!(found.report.banner.as_deref(), Some(NOT_CALIBRATED));
    let drawn = worlds(&library.book, 1, 20).unwrap();
    assert_eq!(found.cohort.unwrap().worlds, drawn.worlds);
}

/// What was fitted is no test: a study that weighed is forecast, and compared with what it found, from the priors.
#[test]
fn a_study_that_weighed_is_forecast_from_the_priors_and_so_is_what_stands_beside_it() {
    let park = case("park-2012");
    let report = answer(&park, library());
    assert_eq!(report.engine.posterior, PRIOR);
    assert!(report.banner.unwrap().contains("this very study"));
    let asked = [BELLY, "park-2012"].map(|name| Asked::new(name, case(name)));
    let inquiry = inquiry(library(), Reading::Research, &few());
    let found = compare("two", &asked, &inquiry, &mut unwatched).unwrap();
    assert_eq!(found.engine.posterior, PRIOR);
    assert_eq!(found.banner.as_deref(), Some(NOT_CALIBRATED));
    let alone = compare("one", &asked[..1], &inquiry, &mut unwatched).unwrap();
    assert_eq!(alone.engine.posterior, library().posterior.as_ref().unwrap().name());
    // What is kept for validation or blind prediction has weighed nothing.
    let weighed = &library().posterior.as_ref().unwrap().studies;
    let likelihood = needlework::likelihood(&library().book).unwrap();
    for study in weighed {
        let mut own = likelihood.data.iter().filter(|datum| datum.row.study == *study);
        assert!(own.all(|datum| library().book.passport(&datum.row.value).unwrap().used == Used::Calibration));
    }
}

#[test]
fn another_number_in_the_place_of_one_is_tried_in_the_worlds_of_the_priors() {
    let belly = case(BELLY);
    let inquiry = inquiry(library(), Reading::Research, &few());
    let found = what_if(
        &belly,
        ["reaction.dark_marks.odds.haste", "1 ratio"],
        &inquiry,
        &mut unwatched,
    )
    .unwrap();
    let prior = Inquiry {
        posterior: None,
        ..inquiry
    };
    let same = what_if(
        &belly,
        ["reaction.dark_marks.odds.haste", "1 ratio"],
        &prior,
        &mut unwatched,
    )
    .unwrap();
    assert_eq!(found, same);
}

/// No controlled, blinded trial is in the evidence, so that no data that weigh can make a benefit likely.
#[test]
fn nothing_is_likely_after_the_data_either() {
    for name in case_names() {
        let inquiry = inquiry(library(), Reading::Research, &settings(4));
        let found = judge_to(Extent::Plain, &case(&name), &inquiry, &mut unwatched).unwrap();
        assert_ne!(found.report.verdict.benefit, Benefit::Likely, "{name}");
    }
}
