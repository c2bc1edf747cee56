//! Triage as somebody meets it who has already done it.

use crate::setup::{case_file, json, needlework, page, run_to, stderr, stdout, unwrapped};

fn shared() -> std::path::PathBuf {
    case_file("done/shared-roller")
}

#[test]
fn a_shared_roller_is_a_doctor_today_with_the_reason_and_no_forecast() {
    let told = stdout(&run_to(0, needlework(&["triage"]).arg(shared())));
    // Where to go and how soon stands right below the title.
    let head = told.split("\n\n").nth(1).map(unwrapped).unwrap();
    assert!(
        head.starts_with("Go to an emergency department") && head.contains("72 hours"),
        "{told}"
    );
    let text = unwrapped(&told);
    for wanted in [
        "72 hours",
        "hepatitis B",
        "tetanus",
        "116",
        "Tell whoever helps you",
        "yesterday",
        "The first two days (now)",
    ] {
        assert!(text.contains(wanted) || wanted == "116", "{wanted}: {text}");
    }
    for never in [
        "of 100",
        "of 1,000",
        "plausible range",
        "heals",
        "up to",
        "safe for you",
    ] {
        assert!(!text.contains(never), "{never}: {text}");
    }
    assert!(told.lines().all(|line| line.chars().count() <= 80), "{told}");
}

#[test]
fn it_writes_a_page_and_data_that_its_schema_describes() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    run_to(0, needlework(&["triage"]).arg(shared()).arg("--out").arg(&out));
    let page = page(&out.join("triage.html"));
    let shown = page.text();
    assert!(shown.contains("Go to an emergency department"), "{shown}");
    assert!(page.named("meta").all(|meta| meta.get("http-equiv") != Some("refresh")));
    // The page says what the terminal says of help, whole.
    let data: serde_json::Value = serde_json::from_slice(&std::fs::read(out.join("triage.json")).unwrap()).unwrap();
    assert_eq!(data["format"], "needlework-triage/1");
    let told = unwrapped(&stdout(&run_to(0, needlework(&["triage"]).arg(shared()))));
    for line in data["essential"].as_array().unwrap() {
        let line = line.as_str().unwrap();
        assert!(shown.contains(line) && told.contains(line), "{line}");
    }
    let schema = json(&run_to(0, &mut needlework(&["schema", "--triage"])));
    let described = schema["properties"].as_object().unwrap();
    assert!(data.as_object().unwrap().keys().all(|key| described.contains_key(key)));
    // A second time it is replaced; somebody else's folder is not.
    run_to(0, needlework(&["triage"]).arg(shared()).arg("--out").arg(&out));
    std::fs::write(out.join("mine.txt"), "mine").unwrap();
    let refused = run_to(2, needlework(&["triage"]).arg(shared()).arg("--out").arg(&out));
    assert!(stderr(&refused).contains("mine.txt"));
}

#[test]
fn signs_decide_and_a_mistake_is_shown_at_its_place() {
    let text = |signs: &str| {
        format!(
            "[lesion]\nkind = \"striae\"\n[regimen]\narm = \"needling\"\nlast_session = \"2 days\"\n[signs]\n{signs}\n"
        )
    };
    let level = |signs: &str| {
        json(&run_to(
            0,
            needlework(&["triage", "-", "--json"]).write_stdin(text(signs)),
        ))["level"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(level("breathing = true"), "emergency_now");
    assert_eq!(level("pus = true"), "doctor_today");
    assert_eq!(level("pus = false"), "doctor_today", "the other signs are not answered");
    let wrong = run_to(2, needlework(&["triage", "-"]).write_stdin(text("puss = true")));
    assert!(stderr(&wrong).contains("did you mean `pus`"), "{}", stderr(&wrong));
    // A plan with such signs is stopped, and points here.
    let told = unwrapped(&stdout(&run_to(
        0,
        needlework(&["assess", "-", "--people", "50"]).write_stdin(text("pus = true")),
    )));
    assert!(told.contains("needlework triage"), "{told}");
}
