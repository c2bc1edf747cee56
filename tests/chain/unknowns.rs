//! What a case leaves open: every field that the chain takes is drawn, or stands in the list of those that are read in
//! one way, with its reason.

use std::collections::BTreeMap;

use needlework::case::{AnswerKind, Case, Geometry, fields};
use needlework::cohort::{Cohort, Moment};
use needlework::course::READ_AS;
use needlework::units::Time;

use crate::setup::{case, edited, people};

/// Cases with most questions answered: red marks in a clinic, and a used roller at home that reaches the dermis.
const BASES: [&str; 3] = ["clinic-thigh-rubra", "home-reused-uncleaned", "clinic-abdomen-alba"];

/// Fields that the chain takes and draws where they are open, with two answers that differ.
const DRAWN: [(&str, &str, &str); 37] = [
    ("person.age", "\"20 years\"", "\"60 years\""),
    ("person.sex", "\"female\"", "\"male\""),
    ("person.bmi", "\"20 kg/m2\"", "\"35 kg/m2\""),
    ("person.smoking", "\"never\"", "\"current\""),
    ("person.fitzpatrick", "\"II\"", "\"VI\""),
    ("lesion.stage", "\"rubra\"", "\"alba\""),
    ("lesion.age", "\"2 months\"", "\"30 months\""),
    ("lesion.treated_area", "\"50 cm2\"", "\"400 cm2\""),
    ("lesion.dermis_thickness", "\"0.4 mm\"", "\"1.4 mm\""),
    ("device.name", "\"roller-192-1.5mm\"", "\"roller-192-0.5mm\""),
    ("device.kind", "\"roller\"", "\"pen\""),
    ("device.needle_length", "\"0.5 mm\"", "\"2 mm\""),
    ("device.needles", "24", "1000"),
    ("device.needle_diameter", "\"0.1 mm\"", "\"0.5 mm\""),
    ("device.needle_rows", "2", "40"),
    ("device.tip_radius", "\"1 um\"", "\"60 um\""),
    ("device.cone_angle", "\"5 deg\"", "\"60 deg\""),
    ("device.strokes", "\"20 1/s\"", "\"200 1/s\""),
    ("device.drum_radius", "\"5 mm\"", "\"30 mm\""),
    ("device.drum_width", "\"5 mm\"", "\"60 mm\""),
    ("device.plate_area", "\"0.2 cm2\"", "\"20 cm2\""),
    ("regimen.sessions", "1", "6"),
    ("regimen.interval", "\"2 week\"", "\"8 week\""),
    ("regimen.passes", "2", "15"),
    ("regimen.force", "\"1 N\"", "\"8 N\""),
    ("regimen.skin_stretched", "true", "false"),
    ("regimen.price_per_session", "\"50 EUR\"", "\"400 EUR\""),
    ("regimen.device_price", "\"10 EUR\"", "\"90 EUR\""),
    ("hygiene.numbing", "true", "false"),
    ("hygiene.through_cloth", "true", "false"),
    ("hygiene.hands_clean", "true", "false"),
    ("hygiene.tap_water", "true", "false"),
    ("hygiene.stored_dry", "true", "false"),
    ("aftercare.occlusion", "true", "false"),
    ("aftercare.water", "\"now\"", "\"never\""),
    (
        "aftercare.topicals",
        "[{ product = \"anti_inflammatory\", after = \"1 h\" }]",
        "[]",
    ),
    ("area.tan_or_planned_sun", "true", "false"),
];

/// A number of a device's geometry that is new has to stand in one of the two lists.
#[test]
fn every_number_of_a_geometry_is_drawn_or_says_why_not() {
    for (_, path) in Geometry::ASKED {
        let drawn = DRAWN.iter().any(|(known, ..)| known == path);
        assert!(drawn != READ_AS.iter().any(|(known, _)| known == path), "{path}");
    }
}

fn cohort(case: &Case, worlds: usize) -> Cohort {
    people(case, &[Moment::SinceFirst(Time::from_months(6.0))], worlds)
}

/// What of the people can differ.
fn told(case: &Case, worlds: usize) -> String {
    let cohort = cohort(case, worlds);
    let of = |person: &needlework::cohort::VirtualPerson| {
        let harms = &person.harms;
        format!(
            "{:?} {:?} {:?} {:?} {:?} {} {} {:?} {} {:?}",
            person.untreated[0].appearance,
            person.treated[0][0].appearance,
            harms.closure,
            harms.infection,
            harms.dark_marks,
            harms.pain,
            harms.scar,
            harms.granuloma,
            harms.holes.injured_top,
            harms.redness
        )
    };
    let costs: Vec<f64> = cohort.schedules.iter().map(|schedule| schedule.cost.euros()).collect();
    format!("{:?} {costs:?}", cohort.people.iter().map(of).collect::<Vec<_>>())
}

#[test]
fn an_open_field_that_the_chain_draws_reads_as_neither_of_two_answers() {
    let mut wrong = Vec::new();
    for (path, one, other) in DRAWN {
        let differs = BASES.iter().any(|name| {
            // Of a device that the library knows, the kind and the length are known.
            let without: &[(&str, &str)] = match path {
                "device.kind" | "device.needle_length" => &[("device.name", "\"unknown\"")],
                "device.strokes" => &[("device.name", "\"unknown\""), ("device.kind", "\"pen\"")],
                "device.plate_area" => &[("device.name", "\"unknown\""), ("device.kind", "\"stamp\"")],
                _ if path.starts_with("device.") && path != "device.name" => &[
                    ("device.name", "\"unknown\""),
                    ("device.kind", "\"roller\""),
                    ("device.needles", "192"),
                    ("device.drum_radius", "\"10 mm\""),
                    ("device.drum_width", "\"20 mm\""),
                ],
                "hygiene.tap_water" => &[("hygiene.stored_dry", "true")],
                "hygiene.stored_dry" => &[("hygiene.tap_water", "false")],
                // A gel slows the plug, which closes a channel under cover only.
                "aftercare.topicals" => &[("aftercare.occlusion", "true")],
                _ => &[],
            };
            let with = |value: &str| told(&edited(name, &[without, &[(path, value)]].concat()), 24);
            let (open, one, other) = (with("\"unknown\""), with(one), with(other));
            open != one && open != other && one != other
        });
        if !differs {
            wrong.push(path);
        }
    }
    assert!(wrong.is_empty(), "read as one of their answers: {wrong:?}");
}

#[test]
fn every_field_that_the_chain_takes_is_drawn_or_says_why_not() {
    let known: BTreeMap<&str, &str> = READ_AS.into_iter().collect();
    assert_eq!(known.len(), READ_AS.len(), "a field stands twice");
    let drawn: Vec<&str> = DRAWN.iter().map(|(path, ..)| *path).collect();
    let mut silent = Vec::new();
    for name in BASES {
        let start = told(&case(name), 3);
        for field in fields() {
            if field.kind == AnswerKind::Section || field.path.contains("[]") || !field.path.contains('.') {
                continue;
            }
            let path = field.path.as_str();
            if drawn.contains(&path) || known.contains_key(path) || path.starts_with("about.") {
                continue;
            }
            if told(&edited(name, &[(path, "\"unknown\"")]), 3) != start {
                silent.push(format!("{name}: {path}"));
            }
        }
    }
    assert!(silent.is_empty(), "taken, and neither drawn nor explained: {silent:?}");
    for (path, reason) in READ_AS {
        assert!(
            fields().iter().any(|field| field.path == path),
            "there is no field {path}"
        );
        assert!(reason.len() > 30, "{path}: {reason}");
    }
}

/// Clinics numb almost always: the middle pain of a clinic that doesn't say so is nearer to that of one that numbs.
#[test]
fn pain_of_a_clinic_that_says_nothing_of_numbing_is_near_that_with_it() {
    let pain = |answer: &str| {
        let cohort = cohort(&edited("clinic-abdomen-alba", &[("hygiene.numbing", answer)]), 24);
        cohort.mean_over_worlds(|person| person.harms.pain).mean
    };
    let (with, without, open) = (pain("true"), pain("false"), pain("\"unknown\""));
    assert!(with < open && open < without, "{with} {open} {without}");
    assert!(open - with < without - open, "{with} {open} {without}");
}
