//! The table of creams: what rules say is what the table says, and what passes follows the plan.

use serde_json::Value;

use crate::setup::{case_file, case_text, json, needlework, run_to, stderr, stdout, unwrapped};

const FEW: [&str; 2] = ["--people", "100"];

/// As a researcher, who sees the table of a stopped plan too.
const RESEARCH: [&str; 2] = ["--for", "research"];

fn table(case: &str) -> Value {
    json(&run_to(
        0,
        needlework(&["creams"])
            .arg(case_file(case))
            .args(FEW)
            .args(RESEARCH)
            .arg("--json"),
    ))
}

#[test]
fn a_layperson_is_shown_no_dose_and_no_wait_of_a_stopped_plan() {
    let lay = |more: &[&str]| {
        run_to(
            0,
            needlework(&["creams"])
                .arg(case_file("home-roller-1.5mm"))
                .args(FEW)
                .args(more),
        )
    };
    let table = json(&lay(&["--json"]));
    assert!(table["lines"].as_array().unwrap().is_empty());
    assert!(table["stopped"].to_string().contains("R25a") && !table["stopped"].to_string().contains("R53"));
    let told = unwrapped(&stdout(&lay(&[])));
    assert!(
        told.contains("This plan is stopped") && !told.contains("µg/cm2") && !told.contains("horny"),
        "{told}"
    );
}

fn line<'a>(table: &'a Value, product: &str) -> &'a Value {
    let lines = table["lines"].as_array().unwrap();
    lines.iter().find(|line| line["product"] == product).unwrap()
}

fn wait(table: &Value, product: &str) -> f64 {
    line(table, product)["wait"]["hours"].as_f64().unwrap()
}

fn enhancement(table: &Value, product: &str) -> f64 {
    line(table, product)["amounts"]["enhancement"]["median"]
        .as_f64()
        .unwrap()
}

#[test]
fn without_a_case_the_clinic_of_the_readme_is_taken() {
    let bare = json(&run_to(0, needlework(&["creams", "--json"]).args(FEW)));
    assert_eq!(bare, table("clinic-abdomen-alba"));
}

#[test]
fn products_wait_as_long_as_the_rules_say_and_never_longer() {
    let long = table("clinic-abdomen-alba");
    assert_eq!((wait(&long, "vitamin_c"), wait(&long, "cosmetic")), (72.0, 72.0));
    assert_eq!((wait(&long, "moisturiser"), wait(&long, "sunscreen")), (24.0, 24.0));
    assert_eq!((wait(&long, "retinoid"), wait(&long, "acid")), (168.0, 168.0));
    assert_eq!(wait(&table("home-roller-0.2mm"), "retinoid"), 72.0);
    assert_eq!(line(&long, "numbing")["wait"]["kind"], "never");
    assert_eq!(line(&long, "sterile_saline")["wait"]["kind"], "none");
    // The end of the wait is the rule's: an hour earlier it fires in `assess`, then it does not.
    for (product, rule, hours, fires) in [
        ("moisturiser", "R38", 23, true),
        ("moisturiser", "R38", 24, false),
        ("vitamin_c", "R38b", 71, true),
        ("vitamin_c", "R38b", 72, false),
    ] {
        let text = case_text("clinic-abdomen-alba").replace(
            "product = \"moisturiser\", after = \"3 days\"",
            &format!("product = \"{product}\", after = \"{hours} h\""),
        );
        let mut command = needlework(&["assess", "-", "--people", "50", "--json"]);
        let report = json(&run_to(0, command.write_stdin(text)));
        let rules = report["verdict"]["rules"].to_string();
        let found = rules.contains(&format!("\"{rule}\""));
        assert_eq!(found, fires, "{product} after {hours} h: {rules}");
    }
}

#[test]
fn a_longer_needle_a_cover_or_an_earlier_cream_lets_more_in() {
    let (long, short) = (table("home-roller-1.5mm"), table("home-roller-0.2mm"));
    assert!(enhancement(&long, "vitamin_c") > enhancement(&short, "vitamin_c"));
    let of = |from: &str, to: &str| {
        let text = case_text("clinic-abdomen-alba").replace(from, to);
        json(&run_to(
            0,
            // A serum after two hours stops the plan, and a layperson is then shown nothing.
            needlework(&["creams", "-", "--json"])
                .args(FEW)
                .args(RESEARCH)
                .write_stdin(text),
        ))
    };
    let dose = |table: &Value| {
        line(table, "vitamin_c")["amounts"]["carried_off"]["median"]
            .as_f64()
            .unwrap()
    };
    let open = of("nothing", "nothing");
    assert!(dose(&of("occlusion = false", "occlusion = true")) > dose(&open));
    let late = of(
        "product = \"moisturiser\", after = \"3 days\"",
        "product = \"vitamin_c\", after = \"2 h\"",
    );
    assert!(dose(&late) < dose(&open) && enhancement(&late, "vitamin_c") < enhancement(&open, "vitamin_c"));
    assert_eq!(line(&late, "vitamin_c")["in_case"], true);
}

#[test]
fn no_cream_claims_an_effect_on_the_forecast() {
    let found = table("home-vitamin-c");
    for one in found["lines"].as_array().unwrap() {
        assert_eq!(one["forecast"], "unknown", "{one}");
    }
}

#[test]
fn the_text_says_what_it_is_not_and_a_plan_without_needles_is_an_input_error() {
    let told = unwrapped(&stdout(&run_to(0, needlework(&["creams"]).args(FEW))));
    for words in [
        "is not more benefit",
        "lifts no rule",
        "never on needled",
        "assumptions",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    let output = run_to(2, needlework(&["creams"]).arg(case_file("kang-1996-vehicle")).args(FEW));
    assert!(unwrapped(&stderr(&output)).contains("needles"), "{}", stderr(&output));
}
