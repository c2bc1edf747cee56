//! Declarations: every case of the tables once, for one use; hold-outs without values; each computed number hangs on
//! its main input.

use std::collections::{BTreeMap, BTreeSet};

use needlework::cohort::Settings;
use needlework::evidence::Used;
use needlework::units::Measure;
use needlework::verdict::Library;
use needlework_validation::compute::{BY_NAME, FIRST_CHAIN, compute};
use needlework_validation::target::{Output, RoomTarget, read};
use needlework_validation::{Context, FILES, Use, chain};

const DEVICE: &[&str] = &[
    "V1.1", "V1.2", "V1.3", "V1.4", "V2.1", "V2.2", "V2.3", "V2.4", "V2.5", "V2.6", "V2.7", "V3.1", "V3.2", "V3.3",
    "V4.1", "V4.2", "V4.3", "V4.4", "V4.5", "V5.1", "V5.2", "V5.3", "V5.4", "V6.1", "V6.2", "V6.3", "V6.4", "V6.6",
    "V6.7", "V6.8", "V6.9", "V6.10", "V6.11",
];
const SAFETY: &[&str] = &[
    "V1", "V2", "V3", "V4", "V5", "V6", "V7", "V8", "V9", "V10", "V11", "V12", "V13", "V14", "H4", "P1",
];
const HELD_OUT: &[&str] = &[
    "H1",
    "H2",
    "H3",
    "H4",
    "H5",
    "H6",
    "Saki2022",
    "AbdelMotaleb2022",
    "NCT07154030",
];
/// Further parts of a case of the table that need inputs of their own.
const PARTS: &[&str] = &["V5b", "V10b", "V10c"];
/// Molecules through rolled skin.
const CREAMS: &[&str] = &[
    "AscorbicRoller",
    "AmantadineRoller",
    "PramipexoleRoller",
    "RollerOrder",
    "RollersDextran",
];
/// Studies of the split for calibration and for open validation.
const STUDIES: &[&str] = &[
    "SRT2020",
    "Lee1994",
    "Wang2015",
    "Wang2018",
    "Kang1996-vehicle",
    "Robins2003",
    "Knight1993",
    "Gay1978",
    "Carlson2011",
    "Kenkel2021",
    "Ablon2018",
    "Lotfi2013",
    "Aust2008",
    "Park2012",
    "ArchDerm2023",
    "Dogra2014",
    "Fabbrocini2014",
    "Varani2006",
    "Jorgensen2002",
    "Knuutinen2002",
    "Autio1994",
    "DiabetesRatSkin",
    "Holt1992",
    "Oikarinen1992",
    "Betamethasone1996",
    "Hydrocortisone2003",
    "Haydock1986",
    "Nassar2016",
    "CaHA2017",
    "Cachafeiro2016",
    "Cachafeiro2016-laser",
    "Ryu2013",
    "ThaiMRF",
    "Seong2020",
    "Pongsri",
    "Stotland2008",
    "Nafl1540",
    "FatemiNaeiniFcl",
    "Kang1996-tretinoin",
    "Rangel2001",
    "Asawaworarit2017",
    "Zeitter2014",
    "Sun2024",
];

fn targets() -> BTreeMap<&'static str, Vec<RoomTarget>> {
    FILES
        .into_iter()
        .map(|(page, text)| (page, read(page, text).expect("the file reads")))
        .collect()
}

#[test]
fn every_case_of_the_tables_is_declared_exactly_once() {
    let all = targets();
    for (page, wanted) in [
        ("device", DEVICE.to_vec()),
        ("safety", [SAFETY, PARTS].concat()),
        ("outcomes", [STUDIES, HELD_OUT].concat()),
        ("creams", CREAMS.to_vec()),
    ] {
        let mut declared: Vec<&str> = all[page].iter().map(|target| target.id.as_str()).collect();
        let mut wanted = wanted;
        declared.sort_unstable();
        wanted.sort_unstable();
        assert_eq!(declared, wanted, "{page}");
    }
}

#[test]
fn what_is_held_out_names_inputs_and_no_value() {
    for target in &targets()["outcomes"] {
        assert_eq!(
            HELD_OUT.contains(&target.id.as_str()),
            target.used == Use::HoldOut,
            "{}",
            target.id
        );
        if target.used == Use::HoldOut {
            assert!(!target.inputs.is_empty(), "{}", target.id);
            for output in &target.output {
                assert!(
                    output.published.is_none() && output.by.is_none() && output.mark.is_none(),
                    "{}",
                    target.id
                );
            }
        }
    }
}

#[test]
fn no_published_value_serves_calibration_and_validation() {
    let library = needlework::bundle().expect("the bundled evidence");
    let mut uses: BTreeMap<String, BTreeSet<Use>> = BTreeMap::new();
    for target in targets().values().flatten() {
        for key in target
            .output
            .iter()
            .filter_map(|output| output.published.as_ref()?.key.clone())
        {
            let passport = library
                .book
                .passport(&key)
                .unwrap_or_else(|| panic!("{key} has no passport"));
            let allowed = match target.used {
                Use::Calibration => passport.used != Used::Validation,
                Use::Validation => passport.used != Used::Calibration,
                Use::Check | Use::Verify | Use::HoldOut => true,
            };
            assert!(allowed, "{}: {key} is declared {:?}", target.id, passport.used);
            uses.entry(key).or_default().insert(target.used);
        }
    }
    for target in &library.targets {
        let used = match target.used {
            Used::Calibration => Use::Calibration,
            Used::Validation => Use::Validation,
            Used::Check | Used::Context => Use::Check,
        };
        uses.entry(target.value.clone()).or_default().insert(used);
    }
    for (key, uses) in uses {
        assert!(
            !(uses.contains(&Use::Calibration) && uses.contains(&Use::Validation)),
            "{key}"
        );
    }
}

#[test]
fn an_output_is_computed_with_a_mark_and_a_main_input_or_says_what_it_needs() {
    let library = needlework::bundle().expect("the bundled evidence");
    let mut called = BTreeSet::new();
    for (page, targets) in targets() {
        for target in &targets {
            for output in &target.output {
                let name = format!("{page} {}: {}", target.id, output.what);
                assert_ne!(output.by.is_some(), output.needs.is_some(), "{name}");
                assert_eq!(output.by.is_some(), output.mark.is_some(), "{name}");
                assert_eq!(output.by.is_some(), output.moves.is_some(), "{name}");
                called.extend(output.by.clone());
                if let Some(published) = &output.published {
                    published
                        .number(&library.book)
                        .unwrap_or_else(|why| panic!("{name}: {why}"));
                }
            }
        }
    }
    for (name, _) in BY_NAME {
        assert!(called.contains(*name), "nothing calls {name}");
    }
}

/// Moves the main input of an output by a fifth: an input of the target, or a passport of the book.
fn moved(target: &RoomTarget, output: &Output, library: &Library) -> (RoomTarget, Library) {
    let (mut target, mut library) = (target.clone(), library.clone());
    let key = output.moves.clone().expect("a computed output names its main input");
    let scaled = |text: &str| {
        let measure = Measure::parse(text).expect("a number with its unit");
        format!("{:e} {}", measure.value * 1.2, measure.unit)
    };
    match target.inputs.get(&key).cloned() {
        Some(text) if text == "true" => {
            target.inputs.insert(key, "false".to_owned());
        }
        Some(text) => {
            let text = library
                .book
                .passport(&text)
                .map_or(text, |passport| passport.value.clone());
            target.inputs.insert(key, scaled(&text));
        }
        // A beta prior is given by its shapes and has no value to move, so the size of the study is moved instead.
        None if key == "study.people" => {
            for target in &mut library.targets {
                target.n += target.n.div_ceil(5);
            }
        }
        None => {
            let value = library
                .book
                .passport(&key)
                .unwrap_or_else(|| panic!("{key} is no passport"))
                .value
                .clone();
            library
                .book
                .set(&key, &scaled(&value))
                .expect("a fifth more is allowed");
        }
    }
    (target, library)
}

#[test]
fn every_computed_number_moves_when_its_main_input_moves() {
    let library = needlework::bundle().expect("the bundled evidence");
    let settings = Settings {
        seed: 1,
        worlds: 40,
        people_per_world: 5,
        threads: 0,
    };
    let context = Context::new(&library, &settings).expect("worlds");
    let chain = chain::compare(&library, &settings).expect("studies");
    for target in targets().values().flatten() {
        for output in target.output.iter().filter(|output| output.by.is_some()) {
            let by = output.by.as_deref().expect("filtered");
            let (target_moved, library_moved) = moved(target, output, &library);
            let context_moved = Context::new(&library_moved, &settings).expect("worlds");
            let chain_moved = if by.starts_with(FIRST_CHAIN) {
                chain::compare(&library_moved, &settings).expect("studies")
            } else {
                Vec::new()
            };
            let before = compute(by, target, &context, &chain).expect("computed");
            let after = compute(by, &target_moved, &context_moved, &chain_moved).expect("computed");
            assert_ne!(
                before, after,
                "{} {}: {:?} moves nothing",
                target.id, output.what, output.moves
            );
        }
    }
}
