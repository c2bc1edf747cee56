//! One needle, and many designs: what a designer is shown, the files, and what a wrong name or file is told.

use needlework_page_reader::laws;
use serde_json::Value;

use crate::setup::{json, names_in, needlework, page, run_to, stderr, stdout, unwrapped};

const FEW: [&str; 2] = ["--worlds", "40"];

fn insert(more: &[&str]) -> Value {
    json(&run_to(0, needlework(&["insert", "--json"]).args(FEW).args(more)))
}

fn middle(report: &Value, field: &str) -> f64 {
    report[field]["p50"].as_f64().unwrap()
}

const DESIGN: &str = "format = \"needlework-design/1\"\ndevice = \"dermaroller-mf8\"\n[geometry]\n\
                      needle_length = { from = \"0.5 mm\", to = \"1.5 mm\", steps = 3 }\nneedles = [96, 192]\n";

#[test]
fn a_needle_is_told_by_its_force_its_depth_at_the_drop_and_its_gape() {
    let told = unwrapped(&stdout(&run_to(
        0,
        needlework(&["insert", "dermaroller-mf8", "--site", "thigh_outer"]).args(FEW),
    )));
    for part in [
        "Force at the drop, mN",
        "Depth at the drop, µm",
        "gape",
        "Rolling radius, mm",
        "Distinct holes over needles that went in",
        "hairless rat",
    ] {
        assert!(told.contains(part), "{part} is missing in {told}");
    }
}

#[test]
fn any_needle_does_and_a_finer_tip_goes_in_at_less_force() {
    for device in [
        "hypodermic-21g",
        "insulin-31g",
        "exceed",
        "stamp-35-1.5mm",
        "disc-roller-540-1.5mm",
    ] {
        let report = insert(&[device]);
        assert!(middle(&report, "force_at_drop_mn") > 0.0, "{device}");
        let curve = report["curve"].as_array().unwrap();
        let falls = curve
            .windows(2)
            .any(|pair| pair[1]["force_mn"].as_f64() < pair[0]["force_mn"].as_f64());
        assert!(falls, "{device} has a drop");
    }
    let at = |tip: &str| {
        let set = format!("device.tip_radius={tip}");
        middle(&insert(&["dermaroller-mf8", "--set", &set]), "force_at_drop_mn")
    };
    // Twice the diameter nearly doubles the force: linear, not in the area.
    let ratio = at("8 um") / at("4 um");
    assert!(ratio > 1.9 && ratio < 2.3, "{ratio}");
}

#[test]
fn a_harder_hand_and_a_longer_needle_go_deeper_and_worn_ones_do_not() {
    let depth = |more: &[&str]| {
        let report = insert(&[&["disc-roller-540-1.5mm"], more].concat());
        report["puncture"]["depth_um"]["p50"].as_f64().unwrap()
    };
    assert!(depth(&["--force", "8 N"]) > depth(&["--force", "1 N"]));
    let travel = |more: &[&str]| middle(&insert(&[&["dermaroller-mf8"], more].concat()), "travel_at_drop_um");
    assert!(
        travel(&["--stretched"]) < travel(&[]),
        "skin that is held taut dents less"
    );
    assert!(depth(&["--set", "device.uses=100"]) < depth(&["--set", "device.uses=0"]));
    assert!(depth(&["--set", "device.needle_length=2 mm"]) > depth(&[]));
}

#[test]
fn a_single_needle_leaves_one_puncture_and_a_force_bounds_its_depth() {
    let depth = |force: &str| {
        let report = insert(&["hypodermic-21g", "--force", force]);
        assert!(report["map"].is_null(), "a single needle has no map");
        assert_eq!(report["puncture"]["holes_per_cm2"]["mean"].as_f64(), Some(0.0));
        assert_eq!(report["subject"]["tip"].as_str(), Some("bevel"));
        report["depth_ratio"]["p50"].as_f64().unwrap()
    };
    assert_eq!(depth("0 N"), 0.0);
    assert!(depth("0.01 N") < 0.01 && depth("1 N") <= depth("4 N") && depth("0.01 N") < depth("4 N"));
    let told = unwrapped(&stdout(&run_to(0, needlework(&["insert", "insulin-31g"]).args(FEW))));
    assert!(
        told.contains("one puncture") && !told.contains("Distinct holes"),
        "{told}"
    );
}

#[test]
fn a_hand_without_force_brings_no_needle_in_and_shows_no_drum() {
    let report = insert(&["disc-roller-540-0.2mm", "--force", "0 N"]);
    assert_eq!(report["drum"], Value::Null);
    assert_eq!(middle(&report, "depth_ratio"), 0.0);
}

#[test]
fn of_a_pen_no_force_is_asked() {
    for device in ["dermapen", "rf-needles"] {
        let said = unwrapped(&stderr(&run_to(
            2,
            &mut needlework(&["insert", device, "--force", "3 N"]),
        )));
        assert!(said.contains("means nothing"), "{said}");
    }
}

#[test]
fn a_wrong_device_site_or_force_is_told_with_what_was_meant() {
    for (arguments, part) in [
        (vec!["insert", "dermaroler-mf8"], "dermaroller-mf8"),
        (vec!["insert", "dermaroller-mf8", "--site", "abdomn"], "abdomen"),
        (vec!["insert", "dermaroller-mf8", "--force", "3"], "such as \"3 N\""),
        (
            vec!["insert", "dermaroller-mf8", "--set", "device.needle_length=9 m"],
            "needle",
        ),
    ] {
        let said = unwrapped(&stderr(&run_to(2, &mut needlework(&arguments))));
        assert!(said.contains(part), "{arguments:?}: {said}");
    }
}

#[test]
fn the_folder_of_a_needle_has_a_page_without_scripts_and_every_hole() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let mut command = needlework(&["insert", "dermaroller-mf8", "--side", "2", "--sessions", "2", "--out"]);
    run_to(0, command.arg(&out).args(FEW));
    assert_eq!(names_in(&out), ["holes.csv", "insert.html", "insert.json"]);
    let page = page(&out.join("insert.html"));
    assert_eq!(laws::alone(&page), Vec::<String>::new());
    assert!(page.named("svg").count() >= 5, "curve, way, depth, drum, slice, map");
    let report: Value = serde_json::from_slice(&std::fs::read(out.join("insert.json")).unwrap()).unwrap();
    let holes = std::fs::read_to_string(out.join("holes.csv")).unwrap();
    assert_eq!(
        holes.lines().count() as u64,
        1 + report["map"]["holes"].as_u64().unwrap()
    );
    assert!(holes.lines().last().unwrap().starts_with("1,"), "the second session");
}

#[test]
fn a_sweep_tries_every_combination_the_same_on_any_number_of_threads() {
    let of = |threads: &str| {
        let mut command = needlework(&["sweep", "-", "--worlds", "8", "--json", "--threads", threads]);
        run_to(0, command.write_stdin(DESIGN)).stdout
    };
    let one = of("1");
    assert_eq!(one, of("3"));
    let report: Value = serde_json::from_slice(&one).unwrap();
    let designs = report["designs"].as_array().unwrap();
    assert_eq!(designs.len(), 6);
    let reach = |at: usize| designs[at]["dermal_um"]["mean"].as_f64().unwrap();
    assert!(
        reach(0) < reach(2) && reach(2) < reach(4),
        "longer needles reach deeper"
    );
    assert!(designs.iter().any(|design| design["on_front"] == true));
}

#[test]
fn a_sweep_writes_a_page_and_tables_with_a_row_for_each_design() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let mut command = needlework(&["sweep", "-", "--worlds", "8", "--out"]);
    run_to(0, command.arg(&out).write_stdin(DESIGN));
    assert_eq!(
        names_in(&out),
        ["sweep.csv", "sweep.html", "sweep.json", "sweep.parquet"]
    );
    let csv = std::fs::read_to_string(out.join("sweep.csv")).unwrap();
    assert_eq!(csv.lines().count(), 7);
    assert!(csv.starts_with("\u{feff}needle_length [mm],needles,dermal [um],") && csv.contains("\n0.5,96,"));
    let table = std::fs::read(out.join("sweep.parquet")).unwrap();
    assert!(table.starts_with(b"PAR1") && table.ends_with(b"PAR1"));
}

#[test]
fn a_wrong_design_is_told_with_line_caret_and_suggestion() {
    let wrong = DESIGN.replace("needles = [96, 192]", "needels = [96, 192]");
    let said = stderr(&run_to(2, needlework(&["sweep", "-"]).write_stdin(wrong)));
    assert!(said.contains("geometry.needels") && said.contains("needles"), "{said}");
}

#[test]
fn a_setting_that_would_change_nothing_is_refused() {
    for set in [
        "regimen.force=5 N",
        "lesion.site=face",
        "device.name=exceed",
        "device.needles_used=reused",
    ] {
        let said = unwrapped(&stderr(&run_to(
            2,
            &mut needlework(&["insert", "dermaroller-mf8", "--set", set]),
        )));
        assert!(said.contains("changes nothing") && said.contains("--force"), "{said}");
    }
}
