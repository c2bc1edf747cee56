//! The figures of the prototype of this chain (`first-chain`, 1,500 worlds of 40 people) come back within sampling
//! error.
//!
//! The prototype drew a share of the needle's length as its depth, so the law of reach speaks here; and it knew no loss
//! by spreading, no difference between young and ripe collagen, no answer of elastin and no dark marks that are seen,
//! so these are switched off.
//!
//! Red marks are not compared: their colour was redness alone there, and is the contrast to the skin around here, of
//! marks that turn pale.
//!
//! Setup of the prototype: three sessions four weeks apart, a 1.5 mm roller, passes unknown, no modifiers of the
//! person. Ours draws age, sex, smoking and body mass too where a case is silent; the last tests here switch these off
//! and show what each difference is worth.

use needlework::cohort::{Cohort, Moment, PotentialOutcome, Settings, VirtualPerson};
use needlework::healing::RemodellingHypothesis;
use needlework::numerics::{mean, quantile, standard_deviation};
use needlework::units::Time;

use crate::setup::{FORMER, book_with, edited, people_with, reach_book, settings};

/// The plan of the prototype, on Park's people.
const PLAN: [(&str, &str); 3] = [
    ("device.name", "\"unknown\""),
    ("device.kind", "\"roller\""),
    ("device.needle_length", "\"1.5 mm\""),
];
/// A person to whom no modifier applies: the reference age of healing, female, never smoked, reference body mass.
const PLAIN: [(&str, &str); 4] = [
    ("person.age", "\"23.5 years\""),
    ("person.sex", "\"female\""),
    ("person.smoking", "\"never\""),
    ("person.bmi", "\"24 kg/m2\""),
];
/// Worlds of the prototype.
const PROTOTYPE_WORLDS: f64 = 1500.0;

fn days<const N: usize>(at: [f64; N]) -> [Moment; N] {
    at.map(|day| Moment::SinceFirst(Time::from_days(day)))
}

/// Means over the people of each world, ascending.
fn world_means(cohort: &Cohort, value: impl Fn(&VirtualPerson) -> f64) -> Vec<f64> {
    let each: Vec<f64> = cohort.people.iter().map(value).collect();
    let mut means: Vec<f64> = each.chunks(cohort.people_per_world).map(mean).collect();
    means.sort_by(f64::total_cmp);
    means
}

/// Three standard errors of the difference between a mean over `n` and one over `m` draws of a spread.
fn slack(spread: f64, n: usize, m: f64) -> f64 {
    3.0 * spread * (1.0 / n as f64 + 1.0 / m).sqrt()
}

/// The shares of Park-like studies of 16 people who are graded above 50 %.
fn park(cohort: &Cohort, arm: PotentialOutcome) -> Vec<f64> {
    let graded = cohort.graded(0, arm, 1);
    graded
        .chunks(16)
        .map(|study| study.iter().filter(|&&y| y > 50.0).count() as f64 / 16.0)
        .collect()
}

#[test]
fn park_is_graded_above_half_as_often_as_in_the_prototype_and_the_laws_cannot_be_told_apart() {
    let settings = Settings {
        seed: 1,
        worlds: 400,
        people_per_world: 16,
        threads: 2,
    };
    let cohort = people_with(&edited("park-2012", &PLAN), reach_book(), &days([84.0]), &settings);
    let mut shares = park(&cohort, PotentialOutcome::Treated);
    let spread = standard_deviation(&shares);
    let within = |found: f64, prototype: f64, spread: f64, worlds: f64, what: &str| {
        let slack = slack(spread, 400, worlds);
        assert!(
            (found - prototype).abs() < slack,
            "{what}: {found:.3}, prototype {prototype} ± {slack:.3}"
        );
    };
    within(mean(&shares), 0.24, spread, PROTOTYPE_WORLDS, "mean share");
    let seven: Vec<f64> = shares
        .iter()
        .map(|&share| f64::from(u8::from(share >= 7.0 / 16.0)))
        .collect();
    within(
        mean(&seven),
        0.25,
        standard_deviation(&seven),
        PROTOTYPE_WORLDS,
        "at least 7 of 16",
    );
    // By law: a split of the prototype's worlds by the law that holds leaves its weight of them, so its own figures
    // carry the error of some 525, 750 and 225 worlds; that is why two states read .22 there and lie between the others
    // here, at common draws.
    let laws = [
        (RemodellingHypothesis::Relapse, 0.23, 0.35),
        (RemodellingHypothesis::Persistence, 0.26, 0.5),
        (RemodellingHypothesis::TwoStates, 0.22, 0.15),
    ];
    let means = laws.map(|(hypothesis, prototype, weight)| {
        let found = mean(&park(&cohort, PotentialOutcome::Under(hypothesis)));
        within(found, prototype, spread, weight * PROTOTYPE_WORLDS, hypothesis.name());
        found
    });
    assert!(means[1] - means[0] < 0.05 && means[1] > means[0], "{means:?}");
    shares.sort_by(f64::total_cmp);
    assert!(
        quantile(&shares, 0.05) < 0.01 && (quantile(&shares, 0.95) - 0.88).abs() < 0.1,
        "0–.88 over worlds"
    );
}

#[test]
fn without_optimism_amplification_or_over_reading_park_is_reached_far_less_often() {
    let seven = |changes: &[(&str, &str, &str)]| {
        let settings = Settings {
            seed: 1,
            worlds: 200,
            people_per_world: 16,
            threads: 2,
        };
        let cohort = people_with(
            &edited("park-2012", &PLAN),
            &book_with(&[&FORMER[..], changes].concat()),
            &days([84.0]),
            &settings,
        );
        let shares = park(&cohort, PotentialOutcome::Treated);
        shares.iter().filter(|&&share| share >= 7.0 / 16.0).count() as f64 / shares.len() as f64
    };
    // Fixed at a value, as the prototype did: P = .15 without optimism, about .10 with A = 1, about .03 with b = 1.
    let fixed = |key: &'static str, value: &'static str| seven(&[(key, "value", value), (key, "scope", "\"fixed\"")]);
    let slack = |p: f64| slack((p * (1.0 - p)).sqrt(), 200, PROTOTYPE_WORLDS);
    for (key, value, prototype) in [
        ("appearance.grading.optimism", "\"0 points\"", 0.15),
        ("healing.amplification", "\"1 ratio\"", 0.10),
        ("appearance.grading.gain", "\"1 ratio\"", 0.03),
    ] {
        let found = fixed(key, value);
        assert!(
            (found - prototype).abs() < slack(prototype),
            "{key}: {found:.3}, prototype {prototype} ± {:.3}",
            slack(prototype)
        );
    }
}

/// Shares below 25, 25–50, 50–75 and above 75 %.
fn quarters(cohort: &Cohort, moment: usize) -> [f64; 4] {
    let [worse, none, some, clear, strong] = cohort
        .classes(moment, PotentialOutcome::Treated)
        .map(|share| share.interval.mean);
    [worse + none, some, clear, strong]
}

fn as_in_the_prototype(stage: &str, months: &[(f64, [f64; 4])], gain: f64, high: f64) {
    const WORLDS: usize = 400;
    let answers = [&PLAN[..], &[("lesion.stage", stage)]].concat();
    let moments: Vec<Moment> = months
        .iter()
        .map(|&(day, _)| Moment::SinceFirst(Time::from_days(day)))
        .collect();
    let cohort = people_with(
        &edited("park-2012", &answers),
        reach_book(),
        &moments,
        &settings(WORLDS),
    );
    for (moment, (day, prototype)) in months.iter().enumerate() {
        let classes = quarters(&cohort, moment);
        // The spread between worlds of a share of .2 is some .35; the prototype's figures are rounded to a hundredth.
        let spread = |p: f64| 0.8 * (p * (1.0 - p)).sqrt();
        for (found, wanted) in classes.iter().zip(prototype) {
            let slack = slack(spread(wanted.clamp(0.005, 0.995)), WORLDS, PROTOTYPE_WORLDS) + 0.005;
            assert!(
                (found - wanted).abs() < slack,
                "{stage} day {day}: {classes:.3?}, prototype {prototype:?} ± {slack:.3}"
            );
        }
    }
    let share = cohort.share(|person| {
        cohort.improvement(person, 0, PotentialOutcome::Treated)
            - cohort.improvement(person, 0, PotentialOutcome::Untreated)
            >= 25.0
    });
    let slack = 3.0 * share.sampling_error * (1.0 + WORLDS as f64 / PROTOTYPE_WORLDS).sqrt() + 0.005;
    assert!(
        (share.interval.mean - gain).abs() < slack,
        "{stage}: gain {:.3}, prototype {gain} ± {slack:.3}",
        share.interval.mean
    );
    // The upper bound of a share that few worlds have is the loosest figure of all. Drawn from the beta law with this
    // mean and bound, it scatters by .07 in 400 worlds of five people and by .03 in 1,500 of forty: three standard
    // errors of the difference are .24. It is .09 off.
    const UPPER_BOUND: f64 = 0.24;
    assert!(
        share.interval.low < 0.01 && (share.interval.high - high).abs() < UPPER_BOUND,
        "{stage}: {:?}, 0–{high}",
        share.interval
    );
}

#[test]
fn pale_marks_improve_as_in_the_prototype() {
    as_in_the_prototype(
        "\"alba\"",
        &[(180.0, [0.90, 0.09, 0.0, 0.0]), (730.0, [0.94, 0.06, 0.0, 0.0])],
        0.10,
        0.68,
    );
}

/// Median, 5 % and 95 % over worlds, within sampling error of the prototype's: `noise` is the spread of the logarithm.
fn like(found: &[f64], prototype: [f64; 3], noise: f64, what: &str) {
    let [median, low, high] = [0.5, 0.05, 0.95].map(|at| quantile(found, at));
    // numerical: the error of a median is 1.25 spreads over √n, that of the 5 % and 95 % bounds 2.1
    let ratio = |factor: f64| (factor * slack(noise, found.len(), PROTOTYPE_WORLDS)).exp();
    // The prototype's figures are whole percents.
    let near = |found: f64, wanted: f64, ratio: f64| found < wanted * ratio + 0.005 && found > wanted / ratio - 0.005;
    let told = format!("{what}: {median:.3} ({low:.3}–{high:.3}), prototype {prototype:?}");
    assert!(near(median, prototype[0], ratio(1.25)), "{told}");
    assert!(
        near(low, prototype[1], ratio(2.1)) && near(high, prototype[2], ratio(2.1)),
        "{told}"
    );
}

/// Five sessions four weeks apart, seen eight weeks after the last: day 168.
fn lotfi(answers: &[(&str, &str)], changes: &[(&str, &str, &str)], worlds: usize) -> Cohort {
    let answers = [
        &[
            ("regimen.interval", "\"4 week\""),
            ("lesion.kind", "\"striae\""),
            // What a case leaves open of device and hand is drawn here; the prototype had a roller on skin as it lies.
            ("device.kind", "\"roller\""),
            ("regimen.skin_stretched", "false"),
        ],
        answers,
    ]
    .concat();
    let book = if changes.is_empty() {
        reach_book().clone()
    } else {
        book_with(&[&FORMER[..], changes].concat())
    };
    let settings = Settings {
        seed: 1,
        worlds,
        people_per_world: 5,
        threads: 2,
    };
    people_with(&edited("lotfi-2013", &answers), &book, &days([168.0]), &settings)
}

/// The prototype's "papillary" layer: everything above 0.3 mm in the dermis.
const UPPER: [(&str, &str, &str); 2] = [
    ("skin.papillary", "value", "\"0.3 mm\""),
    ("skin.papillary", "scope", "\"fixed\""),
];

#[test]
fn collagen_and_epidermis_of_lotfi_grow_as_in_the_prototype() {
    let cohort = lotfi(&PLAIN, &UPPER, 400);
    let collagen = world_means(&cohort, |person| cohort.treated(person, 0).papillary_gain);
    like(&collagen, [0.14, 0.01, 0.52], 1.2, "collagen");
    let epidermis = world_means(&cohort, |person| cohort.treated(person, 0).epidermal_gain);
    like(&epidermis, [0.22, 0.06, 0.46], 0.6, "epidermis");
}

#[test]
fn fresh_red_marks_widen_as_in_the_prototype_and_marks_of_unknown_age_half_as_much() {
    let widening = |age: &str| {
        let cohort = people_with(
            &edited("kang-1996-vehicle", &[("lesion.age", age)]),
            reach_book(),
            &days([168.0]),
            &settings(800),
        );
        world_means(&cohort, |person| person.untreated[0].appearance.width - 1.0)
    };
    let fresh = widening("\"60 days\"");
    like(&fresh, [0.23, 0.07, 0.81], 0.8, "width of a mark younger than 90 days");
    // The case of Kang does not state the age; the prior of red marks reaches to two years, and older ones widen less.
    let drawn = widening("\"unknown\"");
    let ratio = quantile(&drawn, 0.5) / quantile(&fresh, 0.5);
    assert!((0.4..0.7).contains(&ratio), "{ratio}");
}

#[test]
fn what_the_people_drawn_here_and_not_there_are_worth() {
    let graded = |answers: &[(&str, &str)]| {
        let settings = Settings {
            seed: 1,
            worlds: 150,
            people_per_world: 16,
            threads: 2,
        };
        let cohort = people_with(
            &edited("park-2012", &[&PLAN[..], answers].concat()),
            reach_book(),
            &days([84.0]),
            &settings,
        );
        mean(&park(&cohort, PotentialOutcome::Treated))
    };
    // At common draws: a tenth of men, a fifth of smokers and an age of 30 take a few percent of the share away, no
    // more.
    let ratio = graded(&PLAIN) / graded(&[]);
    assert!((1.01..1.2).contains(&ratio), "{ratio}");
    // The same of collagen; and a layer of 0.3 mm holds a little less of it than the drawn papillary layer of 0.2 mm.
    let collagen = |cohort: &Cohort| {
        quantile(
            &world_means(cohort, |person| cohort.treated(person, 0).papillary_gain),
            0.5,
        )
    };
    let [drawn, plain, upper] = [
        lotfi(&[], &[], 150),
        lotfi(&PLAIN, &[], 150),
        lotfi(&PLAIN, &UPPER, 150),
    ];
    let (people, layer) = (collagen(&plain) / collagen(&drawn), collagen(&upper) / collagen(&plain));
    assert!((1.02..1.2).contains(&people), "{people}");
    assert!((0.85..1.0).contains(&layer), "{layer}");
}
