//! The evidence command: filters, tables, the page, and what changes if a number changes.

use std::process::Output;

use needlework_page_reader::laws;

use crate::setup::{json, needlework, page, run_to, stderr, stdout, unwrapped};

/// How many people the trials of `--set` take here.
const FEW: [&str; 2] = ["--people", "100"];

/// What a command says, on one line, wherever it says it; an error breaks its lines with bars.
fn said(output: &Output) -> String {
    unwrapped(&format!("{}{}", stdout(output), stderr(output))).replace("| ", "")
}

#[test]
fn filters_narrow_the_list_and_combine() {
    let all = json(&run_to(0, &mut needlework(&["evidence", "--json"])));
    let rooms = json(&run_to(
        0,
        &mut needlework(&["evidence", "--room", "channel", "--json"]),
    ));
    let both = json(&run_to(
        0,
        &mut needlework(&["evidence", "--room", "channel", "--used", "validation", "--json"]),
    ));
    let (all, rooms, both) = (
        all.as_array().unwrap(),
        rooms.as_array().unwrap(),
        both.as_array().unwrap(),
    );
    assert!(all.len() > 1000 && rooms.len() < all.len() && both.len() < rooms.len() && !both.is_empty());
    assert!(both.iter().all(|one| one["used"] == "validation"));
    let source = json(&run_to(
        0,
        &mut needlework(&["evidence", "--source", "Park2012", "--json"]),
    ));
    assert!(source.as_array().unwrap().iter().all(|one| one["source"] == "Park2012"));
    let seen = json(&run_to(
        0,
        &mut needlework(&["evidence", "--seen", "assumed", "--json"]),
    ));
    assert!(seen.as_array().unwrap().iter().all(|one| one["seen"] == "assumed"));
}

#[test]
fn a_filter_that_nothing_bears_names_what_there_is() {
    let told = said(&run_to(2, &mut needlework(&["evidence", "--room", "kitchen"])));
    assert!(told.contains("kitchen") && told.contains("puncture"), "{told}");
}

#[test]
fn comma_separated_values_have_a_line_for_each_number() {
    let listed = json(&run_to(0, &mut needlework(&["evidence", "--room", "stria", "--json"])));
    let output = run_to(0, &mut needlework(&["evidence", "--room", "stria", "--csv"]));
    let mut table = csv::Reader::from_reader(output.stdout.as_slice());
    let keys: Vec<String> = table.records().map(|row| row.unwrap()[0].to_owned()).collect();
    let wanted: Vec<&str> = listed
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["key"].as_str().unwrap())
        .collect();
    assert_eq!(keys, wanted);
}

#[test]
fn a_contradiction_is_shown_with_the_choice() {
    let told = said(&run_to(
        0,
        &mut needlework(&["evidence", "device.depth_ratio.kalluri2011"]),
    ));
    assert!(
        told.contains("device.depth_ratio.sasaki2019") && told.contains("rooms take puncture.reach.roller"),
        "{told}"
    );
}

#[test]
fn the_page_of_all_numbers_is_one_file_that_loads_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("evidence.html");
    run_to(0, needlework(&["evidence", "--html"]).arg(&file));
    let page = page(&file);
    assert!(page.by_id("puncture.reach.roller").is_some());
    assert_eq!(laws::alone(&page), Vec::<String>::new());
}

#[test]
fn a_number_that_matters_moves_the_answer_and_one_that_nobody_takes_does_not() {
    let set = |key: &str, value: &str| {
        let mut command = needlework(&["evidence", key, "--set", value, "--json"]);
        json(&run_to(0, command.args(FEW)))
    };
    let moved = set("puncture.flank_pressure", "0.01");
    let depth = moved["changes"]
        .as_array()
        .unwrap()
        .iter()
        .find(|change| change["what"].as_str().unwrap().contains("depth"))
        .unwrap();
    assert!(depth["difference"]["low"].as_f64().unwrap() > 0.0, "{depth}");
    let shape = set("channel.germs.clinic.rate", "0.2");
    assert!(
        shape["fields"].as_array().unwrap().iter().any(|field| field == "risks"),
        "{shape}"
    );
    let idle = set("outcomes.park2012.share_at_least_50", "99 %");
    assert_eq!(idle["fields"].as_array().unwrap().len(), 0);
    assert_eq!(idle["taken_by"].as_array().unwrap().len(), 0);
    let told = said(&run_to(
        0,
        needlework(&["evidence", "outcomes.park2012.share_at_least_50", "--set", "99 %"]).args(FEW),
    ));
    assert!(told.contains("No room takes this number"), "{told}");
}

#[test]
fn one_law_made_certain_leaves_nothing_to_the_others() {
    let mut command = needlework(&["evidence", "healing.law.relapse", "--set", "1", "--json"]);
    let certain = json(&run_to(0, command.args(FEW)));
    assert!(
        certain["fields"]
            .as_array()
            .unwrap()
            .iter()
            .any(|field| field == "forecast"),
        "{certain}"
    );
}

#[test]
fn another_number_opens_no_door_to_the_forecast_of_a_stopped_plan() {
    let tried = |reader: &str| {
        let mut command = needlework(&["evidence", "healing.amplification", "--set", "10", "--for", reader]);
        command.arg(crate::setup::case_file("home-roller-1.5mm")).args(FEW);
        said(&run_to(0, &mut command))
    };
    let lay = tried("lay");
    assert!(lay.contains("R25a") && lay.contains("No numbers of this plan"), "{lay}");
    for number in ["improvement", "gain over", "pain of", "infection by"] {
        assert!(!lay.contains(number), "{number}: {lay}");
    }
    assert!(tried("research").contains("improvement"));
}

#[test]
fn what_cannot_be_set_says_why() {
    for (key, value, wants) in [
        ("R25a", "3", "safety rule"),
        ("puncture.reach.roller", "2 kg", "puncture.reach.roller"),
        ("puncture.reach.rolle", "0.5", "puncture.reach.roller"),
        ("puncture.reach.roller", "1.7", "between 0 and 1"),
        ("healing.amplification", "1e9", "hundred times"),
        ("appearance.skin.light.melanin_fraction", "-0.5", "between 0 and 1"),
    ] {
        let told = said(&run_to(2, &mut needlework(&["evidence", key, "--set", value])));
        assert!(told.contains(wants), "{key} {value}: {told}");
    }
}

#[test]
fn what_studies_say_together_is_a_table_and_json() {
    let text = stdout(&run_to(0, &mut needlework(&["evidence", "--pooled"])));
    for wanted in [
        "Park2012",
        "a next study",
        "without what raters over-read",
        "Kikuchi2020",
    ] {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
    let all = json(&run_to(0, &mut needlework(&["evidence", "--pooled", "--json"])));
    for outcome in all.as_array().unwrap() {
        let at = |part: &str, end: &str| outcome[part][end].as_f64().unwrap();
        assert!(at("typical", "low") <= at("typical", "mean") && at("typical", "mean") <= at("typical", "high"));
        let width = |part: &str| at(part, "high") - at(part, "low");
        assert!(width("typical") < width("next"), "{outcome}");
        assert!(
            width("next_if_half") < width("next") && width("next") < width("next_if_twice"),
            "{outcome}"
        );
    }
}
