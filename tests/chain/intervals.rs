//! Every interval and every number of every answer: finite, ordered, the mean inside, no width only where nothing is
//! drawn, as its schema says.

use needlework::case::{Case, read};
use needlework::cohort::{Cohort, Moment, PotentialOutcome, Settings};
use needlework::numerics::{uniforms, unwatched};
use needlework::puncture::Hand;
use needlework::questions::{Insertion, InsertionReport, insertion};
use needlework::questions::{SideBySide, infection};
use needlework::units::{Length, Time};
use needlework::verdict::{Engine, Reading, Report};
use serde_json::Value;

use crate::compare::compared;
use crate::schema::breaches;
use crate::setup::{answer, case, case_names, cases_folder, edited, inquiry, judged, library, people_with, settings};

/// Objects that are intervals, by their fields.
const BOUNDS: [&str; 2] = ["low", "high"];
const PERCENTILES: [&str; 5] = ["p5", "p25", "p50", "p75", "p95"];

/// Where an interval may have no width though it lies inside, and why.
const KNOWN: [(&str, &str); 3] = [
    (
        "/burden/cost/euros",
        "all prices and the number of sessions stand in the case",
    ),
    ("/burden/prices/", "likewise"),
    (
        "/puncture/holes_per_cm2",
        "a single needle makes as many punctures as the case says",
    ),
];

/// Calls `visit` with every object and its place.
fn walk(value: &Value, at: &str, visit: &mut dyn FnMut(&str, &Value)) {
    visit(at, value);
    match value {
        Value::Object(fields) => fields
            .iter()
            .for_each(|(name, inside)| walk(inside, &format!("{at}/{name}"), visit)),
        Value::Array(items) => {
            for (place, inside) in items.iter().enumerate() {
                walk(inside, &format!("{at}/{place}"), visit);
            }
        }
        _ => {}
    }
}

/// All that is wrong with the numbers of an answer, and how many intervals were looked at.
fn faults(answer: &Value) -> (Vec<String>, usize) {
    let mut found = Vec::new();
    let mut looked_at = 0;
    walk(answer, "", &mut |at, value| {
        if let Some(number) = value.as_f64() {
            let noise = number != 0.0 && number.abs() < 1e-12 && !at.starts_with("/case");
            if noise || (number == 0.0 && number.is_sign_negative()) {
                found.push(format!("{at}: {number:e} is noise around zero"));
            }
        }
        let number = |name: &str| value.get(name).and_then(Value::as_f64);
        if let [Some(low), Some(high)] = BOUNDS.map(number) {
            looked_at += 1;
            let mean = number("mean").or_else(|| number("median"));
            if low > high || mean.is_some_and(|mean| mean < low || mean > high) {
                found.push(format!("{at}: {value} is not in order"));
            }
            let inside = 0.0 < low && low < 1.0;
            if low == high && inside && !KNOWN.iter().any(|(place, _)| at.starts_with(place)) {
                found.push(format!("{at}: {value} has no width"));
            }
        }
        if let [Some(a), Some(b), Some(c), Some(d), Some(e)] = PERCENTILES.map(number) {
            looked_at += 1;
            if !(a <= b && b <= c && c <= d && d <= e) {
                found.push(format!("{at}: {value} is not in order"));
            }
        }
    });
    (found, looked_at)
}

fn report_schema() -> Value {
    schemars::schema_for!(Report).to_value()
}

/// An answer as a program reads it: written and read again, so that what serialisation does to a number is seen.
fn written(report: &Report) -> Value {
    serde_json::from_str(&serde_json::to_string(report).unwrap()).unwrap()
}

/// Ranges of shares of people that are narrower than the error of drawing so few people, one standard error up and one
/// down together at least once.
fn narrower_than_sampling(report: &Value) -> Vec<String> {
    const CLASSES: [&str; 5] = ["worse", "none", "some", "clear", "strong"];
    let people = report["people"].as_f64().unwrap_or(f64::INFINITY);
    let mut found = Vec::new();
    for arm in ["treated", "untreated"] {
        let outcomes = report["forecast"][arm].as_array();
        for (place, outcome) in outcomes.into_iter().flatten().enumerate() {
            for class in CLASSES {
                let of = |name: &str| outcome[class][name].as_f64().unwrap_or(f64::NAN);
                let (mean, low, high) = (of("mean"), of("low"), of("high"));
                let error = (mean * (1.0 - mean) / people).sqrt();
                if high - low < error {
                    found.push(format!(
                        "forecast/{arm}/{place}/{class}: {low} to {high} about {mean}, error {error}"
                    ));
                }
            }
        }
    }
    found
}

/// Looks an answer through, adds what is wrong, and says how many intervals there were.
fn all_in_order(name: &str, report: &Value, schema: &Value, wrong: &mut Vec<String>) -> usize {
    let mut add = |what: String| wrong.push(format!("{name} {what}"));
    breaches(schema, report).into_iter().for_each(&mut add);
    let (found, looked_at) = faults(report);
    // The first few of an answer show what kind they are.
    found.into_iter().take(6).for_each(&mut add);
    narrower_than_sampling(report).into_iter().take(6).for_each(&mut add);
    let drivers = report["sensitivity"].as_array();
    let told: f64 = drivers
        .into_iter()
        .flatten()
        .filter_map(|driver| driver["share"].as_f64())
        .sum();
    if told > 1.0 + 1e-9 {
        add(format!("shares of variance add up to {told}"));
    }
    if drivers.is_some() && report["people"].as_u64().unwrap() < 500 {
        add("drivers of so few people are noise".to_owned());
    }
    looked_at
}

#[test]
fn every_interval_of_every_committed_case_is_honest() {
    let schema = report_schema();
    let mut looked_at = 0;
    let mut wrong = Vec::new();
    for name in case_names() {
        let case = case(&name);
        for (reading, worlds) in [(Reading::Research, 20), (Reading::Lay, 4)] {
            let report = written(&answer(&case, reading, worlds));
            looked_at += all_in_order(&name, &report, &schema, &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(looked_at > 1000, "{looked_at}");
}

/// Fields that change what is computed, with values that are allowed.
const ANSWERS: [(&str, &[&str]); 26] = [
    (
        "person.age",
        &["\"19 year\"", "\"44 year\"", "\"80 year\"", "\"unknown\""],
    ),
    ("person.sex", &["\"female\"", "\"male\"", "\"unknown\""]),
    ("person.bmi", &["\"17 kg/m2\"", "\"29 kg/m2\"", "\"45 kg/m2\""]),
    ("person.fitzpatrick", &["\"I\"", "\"IV\"", "\"VI\"", "\"unknown\""]),
    ("person.smoking", &["\"current\"", "\"never\""]),
    ("person.diet", &["\"undernourished\"", "\"adequate\""]),
    (
        "lesion.site",
        &[
            "\"abdomen\"",
            "\"breast\"",
            "\"face\"",
            "\"axilla\"",
            "\"calf\"",
            "\"unknown\"",
        ],
    ),
    ("lesion.stage", &["\"rubra\"", "\"alba\"", "\"unknown\""]),
    (
        "lesion.age",
        &["\"3 month\"", "\"2 year\"", "\"20 year\"", "\"unknown\""],
    ),
    ("lesion.texture_matters", &["0", "10"]),
    ("lesion.colour_matters", &["0", "3", "10"]),
    (
        "device.needle_length",
        &["\"0.1 mm\"", "\"0.25 mm\"", "\"1.5 mm\"", "\"3 mm\"", "\"unknown\""],
    ),
    (
        "device.kind",
        &["\"roller\"", "\"stamp\"", "\"pen\"", "\"single_needle\""],
    ),
    ("device.needles", &["1", "12", "540"]),
    ("device.uses", &["0", "30"]),
    ("regimen.setting", &["\"home\"", "\"clinic\""]),
    ("regimen.arm", &["\"needling\"", "\"nothing\""]),
    ("regimen.sessions", &["1", "2", "6", "12", "\"unknown\""]),
    ("regimen.interval", &["\"1 week\"", "\"4 week\"", "\"1 year\""]),
    ("regimen.passes", &["1", "10", "50"]),
    ("regimen.force", &["\"0.5 N\"", "\"20 N\""]),
    ("regimen.adjunct", &["\"none\"", "\"prp\"", "\"tca\""]),
    (
        "hygiene.needles",
        &[
            "\"sterile\"",
            "\"cleaned_and_disinfected\"",
            "\"disinfected_only\"",
            "\"none\"",
        ],
    ),
    ("hygiene.hands_clean", &["true", "false"]),
    ("lesion.treated_area", &["\"1 cm2\"", "\"1000 cm2\""]),
    ("regimen.price_per_session", &["\"0 EUR\"", "\"100 EUR\""]),
];

#[test]
fn each_answer_that_is_drawn_is_one_of_the_format() {
    let alone = "format = \"needlework-case/1\"\n[lesion]\nkind = \"striae\"\n";
    let mut wrong = Vec::new();
    for (field, values) in ANSWERS {
        for value in values {
            let text = crate::setup::with_answer(alone, field, value);
            if let Err(problems) = read(&text, "alone", &library().catalog) {
                wrong.push(format!("{field} = {value}: {problems}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A committed case with some answers changed at random; none where what comes of it contradicts itself.
fn random_case(seed: u64) -> Option<(String, Case)> {
    let names = case_names();
    let draws = uniforms(seed, "case", 1 + 2 * ANSWERS.len());
    let name = &names[(draws[0] * names.len() as f64) as usize];
    let mut text = std::fs::read_to_string(cases_folder().join(format!("{name}.toml"))).unwrap();
    let mut told = name.clone();
    // Few, some or many answers change.
    let often = [0.08, 0.25, 0.6][(seed % 3) as usize];
    for ((field, values), draw) in ANSWERS.iter().zip(draws[1..].chunks(2)) {
        if draw[0] < often {
            let value = values[(draw[1] * values.len() as f64) as usize];
            let changed = crate::setup::with_answer(&text, field, value);
            // An answer that the format or the library contradicts is left out again.
            if read(&changed, name, &library().catalog).is_ok() {
                text = changed;
                told = format!("{told} {field}={value}");
            }
        }
    }
    Some((
        format!("seed {seed}: {told}"),
        read(&text, name, &library().catalog).ok()?,
    ))
}

/// How many random cases are answered.
const RANDOM: u64 = 300;

#[test]
fn answers_to_random_cases_are_as_their_schema_says() {
    let schema = report_schema();
    let germs = schemars::schema_for!(needlework::questions::InfectionReport).to_value();
    let mut seen = 0;
    let mut wrong = Vec::new();
    for seed in 0..RANDOM {
        let Some((name, case)) = random_case(seed) else {
            continue;
        };
        let reading = if seed % 2 == 0 { Reading::Research } else { Reading::Lay };
        // As many as drivers need, now and then.
        let worlds = if seed % 64 == 0 { 100 } else { 10 };
        let few = Settings {
            seed,
            ..settings(worlds)
        };
        all_in_order(
            &name,
            &written(&judged(&case, library(), reading, &few).report),
            &schema,
            &mut wrong,
        );
        if seed % 16 == 0 {
            let found = infection(&case, &inquiry(library(), reading, &few), &mut unwatched).unwrap();
            let found: Value = serde_json::from_str(&serde_json::to_string(&found).unwrap()).unwrap();
            all_in_order(&format!("germs of {name}"), &found, &germs, &mut wrong);
        }
        seen += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen > RANDOM * 4 / 5, "{seen} of {RANDOM} cases could be read");
}

/// What hung: a share whose variance between worlds was zero but for rounding.
#[test]
fn the_cases_that_hung_end() {
    let schema = report_schema();
    let few = |seed| Settings { seed, ..settings(10) };
    let male = edited("alster-li-2020", &[("person.sex", "\"male\"")]);
    for (name, case, seed) in [("male", male, 1), ("park-2012", case("park-2012"), 13)] {
        let report = judged(&case, library(), Reading::Lay, &few(seed)).report;
        let mut wrong = Vec::new();
        all_in_order(name, &written(&report), &schema, &mut wrong);
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

/// Every committed case with each choice of person, a seed each, as far as shares go. All tables of counts that could
/// come of it are swept in `needlework-numerics`; two hundred seeds of the chain would take an hour.
#[test]
fn every_person_of_every_case_has_shares() {
    let choices = [
        ("person.sex", "\"female\""),
        ("person.sex", "\"male\""),
        ("person.age", "\"25 year\""),
        ("person.age", "\"70 year\""),
        ("person.fitzpatrick", "\"II\""),
        ("person.fitzpatrick", "\"V\""),
        ("person.smoking", "\"current\""),
    ];
    let months = |months: f64| Moment::SinceFirst(Time::from_months(months));
    let mut shares = 0;
    for name in case_names() {
        for (place, choice) in choices.iter().enumerate() {
            let case = edited(&name, &[*choice]);
            for seed in [(place + name.len()) as u64] {
                let few = Settings { seed, ..settings(4) };
                let cohort: Cohort = people_with(&case, &library().book, &[months(0.0), months(6.0)], &few);
                for (moment, arm) in [
                    (0, PotentialOutcome::Treated),
                    (1, PotentialOutcome::Treated),
                    (1, PotentialOutcome::Untreated),
                ] {
                    for share in cohort.classes(moment, arm) {
                        let found = share.interval;
                        assert!(
                            found.low <= found.mean && found.mean <= found.high && found.low < found.high,
                            "{name} {choice:?} {seed}: {found:?}"
                        );
                        shares += 1;
                    }
                }
                // Nobody has changed when it begins.
                for person in &cohort.people {
                    assert!(
                        cohort.improvement(person, 0, PotentialOutcome::Untreated) == 0.0,
                        "{name}"
                    );
                }
            }
        }
    }
    assert!(shares > 3000, "{shares}");
}

#[test]
fn a_comparison_is_as_its_schema_says() {
    let schema = schemars::schema_for!(SideBySide).to_value();
    for (names, reading) in [
        (["clinic-thigh-rubra", "home-roller-1.5mm"], Reading::Lay),
        (["home-reused-uncleaned", "park-2012"], Reading::Research),
    ] {
        let found = compared(names.iter().map(|name| case(name)).collect(), reading, 10);
        let found: Value = serde_json::from_str(&serde_json::to_string(&found).unwrap()).unwrap();
        let broken = breaches(&schema, &found);
        assert!(broken.is_empty(), "{names:?}:\n{}", broken.join("\n"));
        let (wrong, _) = faults(&found);
        assert!(wrong.is_empty(), "{names:?}:\n{}", wrong.join("\n"));
    }
}

/// What a needle does: holes and injury are over worlds where passes are drawn, and exact where nothing is.
#[test]
fn one_needle_is_as_its_schema_says_and_its_holes_have_a_range() {
    let schema = schemars::schema_for!(InsertionReport).to_value();
    let library = library();
    for name in ["dermaroller-mf8", "hypodermic-21g"] {
        for passes in [None, Some(5.0)] {
            let mut case = Case::default();
            case.device.name = needlework::case::Answer::Known(name.to_owned());
            let device = needlework::case::resolve(&case, &library.catalog);
            let asked = Insertion {
                device: &device,
                site: library.catalog.site("abdomen").unwrap(),
                hand: Hand {
                    passes,
                    ..Hand::default()
                },
                sessions: 1,
                plot: Length::from_cm(1.0),
            };
            let (report, _) = insertion(&asked, &library.book, &Engine::default(), 1, 40).unwrap();
            let holes = report.puncture.holes_per_cm2;
            assert!(
                passes.is_some() || name != "dermaroller-mf8" || holes.high > 1.2 * holes.low,
                "{name} {passes:?}: {holes:?}"
            );
            let report: Value = serde_json::from_str(&serde_json::to_string(&report).unwrap()).unwrap();
            let broken = breaches(&schema, &report);
            assert!(broken.is_empty(), "{name} {passes:?}:\n{}", broken.join("\n"));
            let (wrong, _) = faults(&report);
            assert!(wrong.is_empty(), "{name} {passes:?}:\n{}", wrong.join("\n"));
        }
    }
}
