//! Germs through any set of punctures: what is asked is what is answered, a stopped plan shows laypeople nothing, and
//! no step of hygiene is ever bad.

use std::fs;

use needlework_page_reader::laws;
use serde_json::Value;

use crate::setup::{case_file, case_text, json, needlework, page, run_to, stderr, stdout, unwrapped, whole};

const FEW: [&str; 2] = ["--people", "100"];

fn germs(case: &str, more: &[&str]) -> Value {
    json(&run_to(
        0,
        needlework(&["infect", "--json"])
            .arg(case_file(case))
            .args(FEW)
            .args(more),
    ))
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

fn high(report: &Value) -> f64 {
    number(&report["per_1000"]["high"])
}

/// The punctures that the case asks for.
fn with<'a>(device: &'a str, punctures: &'a str) -> [&'a str; 4] {
    ["--set", device, "--set", punctures]
}

#[test]
fn a_home_plan_has_a_range_and_no_number_and_a_clinic_has_what_was_counted() {
    let home = germs("home-roller-0.2mm", &[]);
    assert_eq!(home["format"], "needlework-infection/1");
    assert!(
        home["per_1000"]["mean"].is_null() && home["counted"].is_null(),
        "{}",
        home["per_1000"]
    );
    assert!(number(&home["per_1000"]["low"]) <= high(&home));
    let clinic = germs("clinic-abdomen-alba", &[]);
    let (range, counted) = (&clinic["per_1000"], &clinic["counted"]);
    assert_eq!(range["mean"], counted["mean"]);
    assert!(number(&range["low"]) <= number(&counted["low"]) && number(&counted["high"]) <= high(&clinic));
    assert!(number(&counted["low"]) < number(&counted["mean"]) && number(&counted["mean"]) < number(&counted["high"]));
    assert!(clinic["validated"].as_str().unwrap().contains("V1"));
}

#[test]
fn single_needles_are_punctures_that_nobody_counted_even_in_a_clinic() {
    for (device, punctures, count) in [
        ("device.name=hypodermic-21g", "regimen.punctures=1", 1.0),
        ("device.name=insulin-31g", "regimen.punctures=4", 4.0),
        ("device.name=acupuncture-0.25", "regimen.punctures=12", 12.0),
    ] {
        let found = germs("clinic-abdomen-alba", &with(device, punctures));
        let punctures = number(&found["punctures"]["mean"]);
        assert!((punctures - count).abs() < 1e-6, "{device}: {punctures}");
        assert!(
            found["per_1000"]["mean"].is_null() && found["counted"].is_null(),
            "{device}"
        );
        // A few clean punctures carry in less than a roller's thousands.
        assert!(
            high(&found) < number(&germs("clinic-abdomen-alba", &[])["regimes"][1]["course"]["p95"]) * 1000.0 + 1e-9
        );
        for regime in found["regimes"].as_array().unwrap() {
            let p95 = |scale: &str| number(&regime[scale]["p95"]);
            assert!(
                p95("puncture") <= p95("session") && p95("session") <= p95("course"),
                "{regime}"
            );
        }
    }
}

#[test]
fn a_used_single_needle_bears_fewer_germs_than_a_used_roller() {
    let dirty = ["--for", "research", "--set", "hygiene.needles=none"];
    let roller = germs("clinic-abdomen-alba", &dirty);
    let needle = germs(
        "clinic-abdomen-alba",
        &[&dirty[..], &with("device.name=insulin-31g", "regimen.punctures=1")].concat(),
    );
    let load = |report: &Value| number(&report["inoculum"]["needles"]["p50"]);
    assert!(
        load(&needle) > 0.0 && load(&needle) < load(&roller),
        "{needle} {roller}"
    );
    // Used needles are not what clinics counted.
    assert!(roller["counted"].is_null());
}

#[test]
fn cloth_brings_fibres_and_with_them_a_regime_of_their_own() {
    let names = |report: &Value| -> Vec<String> {
        let regimes = report["regimes"].as_array().unwrap().iter();
        regimes
            .map(|regime| regime["name"].as_str().unwrap().to_owned())
            .collect()
    };
    let bare = germs("clinic-abdomen-alba", &["--for", "research"]);
    let cloth = germs(
        "clinic-abdomen-alba",
        &["--for", "research", "--set", "hygiene.through_cloth=true"],
    );
    assert_eq!(names(&bare), ["perfused", "sealed"]);
    assert_eq!(names(&cloth), ["perfused", "sealed", "foreign_body"]);
    assert!(high(&cloth) > high(&bare) && cloth["counted"].is_null());
}

#[test]
fn leaving_a_step_out_never_lowers_the_risk_at_any_site() {
    for case in ["home-roller-0.2mm", "home-roller-1.5mm", "clinic-thigh-rubra"] {
        let report = germs(case, &["--for", "research"]);
        let steps = report["ablation"].as_array().unwrap();
        assert_eq!(steps[0]["step"], "none");
        let risk = |step: &Value, site: usize, end: &str| number(&step["sites"][site]["per_1000"][end]);
        let sites = steps[0]["sites"].as_array().unwrap().len();
        assert!(sites >= 7, "{sites}");
        for step in &steps[1..] {
            for site in 0..sites {
                for end in ["low", "high"] {
                    let (kept, left_out) = (risk(&steps[0], site, end), risk(step, site, end));
                    assert!(
                        left_out >= kept,
                        "{case} {} {site} {end}: {left_out} {kept}",
                        step["step"]
                    );
                }
            }
            // And at the case's own site it raises the upper end: every step is worth something.
            assert!(
                risk(step, 0, "high") > risk(&steps[0], 0, "high"),
                "{case} {}",
                step["step"]
            );
        }
        let by_name = |name: &str| steps.iter().find(|step| step["step"] == name).unwrap();
        // Cleaned, not cleaned, kept moist: each worse than the one before.
        let order = ["new_needles", "cleaning", "dryness"].map(|name| risk(by_name(name), 0, "high"));
        assert!(order[0] <= order[1] && order[1] <= order[2], "{order:?}");
    }
}

#[test]
fn moist_sites_carry_in_more_than_the_belly() {
    let report = germs("clinic-abdomen-alba", &[]);
    let site = |name: &str| {
        let sites = report["ablation"][1]["sites"].as_array().unwrap();
        let found = sites.iter().find(|site| site["site"] == name).unwrap();
        number(&found["germs"]["p50"])
    };
    assert!(site("axilla") > site("groin") && site("groin") > 100.0 * site("abdomen"));
    assert!(site("face") > site("abdomen") && site("abdomen") > site("lower_back"));
}

#[test]
fn a_stopped_plan_shows_laypeople_its_rule_and_no_number_and_researchers_all() {
    let mut command = needlework(&["infect"]);
    let told = unwrapped(&stdout(&run_to(
        0,
        command.arg(case_file("home-reused-uncleaned")).args(FEW),
    )));
    assert!(
        told.contains("What stops this plan") && told.contains("No numbers are shown"),
        "{told}"
    );
    assert!(!told.contains("1,000 courses"), "{told}");
    let lay = germs("home-reused-uncleaned", &[]);
    for field in ["punctures", "inoculum", "per_1000", "counted"] {
        assert!(lay[field].is_null(), "{field}");
    }
    for field in ["closure", "regimes", "ablation"] {
        assert!(lay[field].as_array().unwrap().is_empty(), "{field}");
    }
    let research = germs("home-reused-uncleaned", &["--for", "research"]);
    assert_eq!(research["stopped"], lay["stopped"]);
    assert!(high(&research) > 0.0);
}

#[test]
fn one_thread_and_two_give_the_same_bytes_and_another_seed_does_not() {
    let bytes = |more: &[&str]| {
        let mut command = needlework(&["infect", "--json"]);
        run_to(0, command.arg(case_file("clinic-abdomen-alba")).args(FEW).args(more)).stdout
    };
    let one = bytes(&["--threads", "1"]);
    assert_eq!(one, bytes(&["--threads", "2"]));
    assert_ne!(one, bytes(&["--threads", "2", "--seed", "2"]));
}

#[test]
fn a_field_that_is_set_counts_as_if_the_case_said_so() {
    let text = case_text("clinic-abdomen-alba").replace("occlusion = false", "occlusion = true");
    let written = json(&run_to(
        0,
        needlework(&["infect", "-", "--json"]).args(FEW).write_stdin(text),
    ));
    assert_eq!(
        written,
        germs("clinic-abdomen-alba", &["--set", "aftercare.occlusion=true"])
    );
    let clock = |report: &Value| number(&report["closure"][0]["hours"]["p50"]);
    assert!(clock(&written) > 10.0 * clock(&germs("clinic-abdomen-alba", &[])));
}

#[test]
fn what_cannot_be_is_told_at_its_place() {
    for (more, says) in [
        (&["--set", "device.name=rollerr"][..], "rollerr"),
        (&["--set", "hygiene.nonsense=true"], "nonsense"),
        (&["--set", "regimen.punctures=many"], "many"),
        (&["--set", "aftercare.occlusion=true,false"], "one value"),
        (&["--people", "51"], "51"),
    ] {
        let mut command = needlework(&["infect"]);
        let done = run_to(2, command.arg(case_file("clinic-abdomen-alba")).args(more));
        assert!(stderr(&done).contains(says), "{more:?}: {}", stderr(&done));
        assert!(stdout(&done).is_empty(), "{more:?}");
    }
    run_to(2, &mut needlework(&["infect", "no-such-case.toml"]));
    run_to(2, &mut needlework(&["infect"]));
}

#[test]
fn the_folder_holds_a_page_and_the_same_data_and_replaces_only_its_own() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("germs");
    let write = |code| {
        let mut command = needlework(&["infect"]);
        run_to(
            code,
            command
                .arg(case_file("clinic-abdomen-alba"))
                .args(FEW)
                .arg("--out")
                .arg(&out),
        )
    };
    write(0);
    write(0);
    let data: Value = serde_json::from_str(&fs::read_to_string(out.join("infect.json")).unwrap()).unwrap();
    assert_eq!(data, germs("clinic-abdomen-alba", &[]));
    let page = page(&out.join("infect.html"));
    let (pictures, tables) = (whole(&page, "svg"), whole(&page, "table"));
    for step in data["ablation"].as_array().unwrap() {
        // In the picture and in the table.
        let said = step["left_out"].as_str().unwrap();
        let said = said.split(':').next().unwrap();
        let said = format!("{}{}", said[..1].to_uppercase(), &said[1..]);
        assert!(pictures.contains(&said) && tables.contains(&said), "{said}");
    }
    assert_eq!(laws::alone(&page), Vec::<String>::new());
    assert!(!whole(&page, "html").contains("NaN"));
    assert!(page.text().contains(data["validated"].as_str().unwrap()));
    // A folder that somebody else filled stays.
    fs::remove_dir_all(&out).unwrap();
    fs::create_dir(&out).unwrap();
    fs::write(out.join("mine.txt"), "mine").unwrap();
    write(2);
    assert_eq!(fs::read_to_string(out.join("mine.txt")).unwrap(), "mine");
}
