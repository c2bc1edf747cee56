//! The interview as somebody without arrow keys meets it: one answer on each line.

use std::path::Path;
use std::process::Output;

use crate::setup::{needlework, run_to, stderr, stdout, unwrapped};

/// Answers to whatever is asked, by a word of the question's field; the rest is no, never, or not known.
fn answer(field: &str) -> &str {
    match field {
        "person.age" => "31 years",
        "person.bmi" => "23 kg/m2",
        "lesion.kind" => "striae",
        "lesion.site" => "abdomen",
        "lesion.stage" => "alba",
        "lesion.treated_area" => "80 cm2",
        "regimen.setting" => "clinic",
        "device.kind" => "roller",
        "device.needle_length" => "1.5 mm",
        "regimen.sessions" => "4",
        "regimen.interval" => "4 week",
        "aftercare.topicals" | "regimen.adjunct" => "none",
        "device.origin_known" | "device.sterile_pack" | "hygiene.sharps_box" => "yes",
        "device.needles_used" => "new",
        "device.condition" => "good",
        "hygiene.skin" => "disinfected",
        "hygiene.antiseptic_wait" => "1 min",
        "person.fitzpatrick" => "III",
        "aftercare.sunscreen" | "aftercare.water" => "4 days",
        _ => "",
    }
}

/// Runs an interview on lines that are typed beforehand.
fn interview(out: &Path, more: &[&str], lines: &[String]) -> Output {
    let mut command = needlework(&["interview", "--plain", "--out"]);
    command
        .arg(out)
        .args(more)
        .write_stdin(format!("{}\n", lines.join("\n")))
        .output()
        .unwrap()
}

/// The lines of a whole interview: each question is answered as it comes, by asking the library what comes next.
fn script() -> Vec<String> {
    use needlework::rules::interview::{Answers, Step, accept, next};
    let library = needlework::bundle().unwrap();
    let mut answers = Answers::default();
    let mut lines = Vec::new();
    loop {
        let Step::Ask(ask) = next(&library.rules, &library.catalog, &answers).unwrap() else {
            return lines;
        };
        let path = ask.field.path.clone();
        let tried = [answer(&path), "no", "never", "unknown"];
        let (said, more) = tried
            .iter()
            .filter(|text| !text.is_empty())
            .find_map(|text| {
                Some((
                    *text,
                    accept(&library.rules, &library.catalog, &answers, &path, text).ok()?,
                ))
            })
            .unwrap_or_else(|| panic!("no answer to {path}"));
        if said == "unknown" {
            // The first time it is said how to find out.
            lines.push("?".to_owned());
        }
        lines.push(if said == "unknown" {
            "?".to_owned()
        } else {
            said.to_owned()
        });
        answers = more;
    }
}

#[test]
fn a_whole_interview_writes_a_case_that_assess_takes() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("my-case.toml");
    let output = interview(&out, &[], &script());
    let told = stdout(&output);
    assert!(output.status.success(), "{told}\n{}", stderr(&output));
    assert!(told.contains("Question 1, about") && told.contains("How old"), "{told}");
    assert!(told.contains("The whole answer: needlework assess"), "{told}");
    let answer = stdout(&run_to(0, needlework(&["assess", "--people", "50"]).arg(&out)));
    assert!(answer.contains("No rule stops this plan"), "{answer}");
    assert!(!answer.to_lowercase().contains("not checked: "), "{answer}");
}

#[test]
fn to_stop_and_go_on_gives_the_same_case() {
    let folder = tempfile::tempdir().unwrap();
    let (whole, parts) = (folder.path().join("whole.toml"), folder.path().join("parts.toml"));
    let lines = script();
    interview(&whole, &[], &lines);
    let half = lines.len() / 2;
    // A stop between two `?` would tell how to find out once more.
    let half = (half..lines.len()).find(|&at| lines[at - 1] != "?").unwrap();
    let mut first = lines[..half].to_vec();
    first.push("quit".to_owned());
    let told = stdout(&interview(&parts, &[], &first));
    assert!(told.contains("--resume"), "{told}");
    interview(&parts, &["--resume", parts.to_str().unwrap()], &lines[half..]);
    assert_eq!(
        std::fs::read_to_string(&parts).unwrap(),
        std::fs::read_to_string(&whole).unwrap()
    );
}

#[test]
fn what_cannot_be_read_is_asked_again_and_back_takes_an_answer_back() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("case.toml");
    let lines = ["about thirty", "31 years", "back", "32 years", "quit"].map(str::to_owned);
    let told = unwrapped(&stdout(&interview(&out, &[], &lines)));
    assert!(
        told.contains("That can't be read") && told.contains("a number of years"),
        "{told}"
    );
    assert!(told.contains("Taken back: person.age"), "{told}");
    assert!(std::fs::read_to_string(&out).unwrap().contains("age = \"32 years\""));
}

#[test]
fn somebody_of_sixteen_is_stopped_kindly_and_nothing_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("case.toml");
    let output = interview(&out, &[], &["16 years".to_owned()]);
    let told = unwrapped(&stdout(&output));
    assert!(output.status.success());
    assert!(told.contains("We stop here") && told.contains("for adults"), "{told}");
    assert!(!out.exists());
}

#[test]
fn distress_leads_to_help_and_not_to_more_questions() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("case.toml");
    let told = unwrapped(&stdout(&interview(
        &out,
        &[],
        &["31 years".to_owned(), "yes".to_owned()],
    )));
    assert!(told.contains("you come first") && told.contains("116 123"), "{told}");
    assert!(!told.contains("Question 3") && !out.exists());
}

#[test]
fn a_file_that_is_there_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("case.toml");
    std::fs::write(&out, "precious").unwrap();
    let output = interview(&out, &[], &["31 years".to_owned()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("there already"));
    assert_eq!(std::fs::read_to_string(&out).unwrap(), "precious");
}
