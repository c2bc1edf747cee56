//! The same case and seed give the same bytes on any number of threads; another seed or more people move the answer
//! within the error that it states.

use needlework::cohort::Settings;
use needlework::verdict::{Forecast, Outcome, Reading};

use crate::setup::{case, judged, library};

fn forecast(seed: u64, worlds: usize, people_per_world: usize) -> Forecast {
    let settings = Settings {
        seed,
        worlds,
        people_per_world,
        threads: 2,
    };
    judged(&case("clinic-thigh-rubra"), library(), Reading::Lay, &settings)
        .report
        .forecast
        .expect("inside the reach")
}

fn shares(outcome: &Outcome) -> [f64; 5] {
    [
        outcome.worse.mean,
        outcome.none.mean,
        outcome.some.mean,
        outcome.clear.mean,
        outcome.strong.mean,
    ]
}

fn all_shares(forecast: &Forecast) -> Vec<f64> {
    forecast
        .treated
        .iter()
        .chain(&forecast.untreated)
        .flat_map(shares)
        .collect()
}

#[test]
fn one_two_and_five_threads_write_the_same_bytes() {
    for (name, reading) in [
        ("clinic-abdomen-alba", Reading::Lay),
        ("home-roller-1.5mm", Reading::Research),
        ("park-2012", Reading::Research),
    ] {
        let written = |threads: usize| {
            let settings = Settings {
                seed: 7,
                worlds: 23,
                people_per_world: 3,
                threads,
            };
            let judgement = judged(&case(name), library(), reading, &settings);
            (serde_json::to_vec(&judgement.report).unwrap(), judgement.cohort)
        };
        let one = written(1);
        for threads in [2, 5] {
            assert!(
                written(threads) == one,
                "{name}: {threads} threads write other bytes than one"
            );
        }
    }
}

#[test]
fn the_shares_of_a_moment_sum_to_one() {
    let forecast = forecast(3, 50, 5);
    for outcome in forecast.treated.iter().chain(&forecast.untreated) {
        assert!((shares(outcome).iter().sum::<f64>() - 1.0).abs() < 1e-9);
    }
}

#[test]
fn another_seed_moves_nearly_all_shares_within_four_sampling_errors() {
    let forecasts: Vec<Forecast> = (1..=6).map(|seed| forecast(seed, 100, 5)).collect();
    let (mut within, mut beyond, mut farthest) = (0, 0, 0.0_f64);
    for (i, one) in forecasts.iter().enumerate() {
        for other in &forecasts[i + 1..] {
            for (a, b) in all_shares(one).iter().zip(all_shares(other)) {
                let errors = (a - b).abs() / one.sampling_error;
                if errors <= 4.0 {
                    within += 1
                } else {
                    beyond += 1
                }
                farthest = farthest.max(errors);
            }
        }
    }
    assert!(
        beyond * 50 <= within,
        "{beyond} of {} shares move farther than 4 sampling errors",
        beyond + within
    );
    assert!(
        farthest > 0.5,
        "the stated error is no empty promise: the farthest share moved {farthest} errors"
    );
}

#[test]
fn more_worlds_tend_to_the_same_shares_with_a_smaller_stated_error() {
    let (few, many) = (forecast(1, 60, 5), forecast(2, 600, 5));
    for (a, b) in all_shares(&few).iter().zip(all_shares(&many)) {
        assert!(
            (a - b).abs() <= 4.0 * few.sampling_error,
            "{a} {b} ± {}",
            few.sampling_error
        );
    }
    let shrunk = many.sampling_error / few.sampling_error;
    assert!(
        (0.2..0.5).contains(&shrunk),
        "ten times the worlds leave about a third of the error: {shrunk}"
    );
}

#[test]
fn more_people_in_each_world_tend_to_the_same_shares() {
    let (few, many) = (forecast(1, 80, 5), forecast(1, 80, 20));
    for (a, b) in all_shares(&few).iter().zip(all_shares(&many)) {
        assert!(
            (a - b).abs() <= 4.0 * few.sampling_error,
            "{a} {b} ± {}",
            few.sampling_error
        );
    }
}
