//! Wrong input: what is wrong, where, and what to do, all at once; exit code 2; nothing written.

use std::fs::File;
use std::path::Path;

use tempfile::TempDir;

use crate::setup::{PERMITTED, case_text, names_in, needlework, run_to, stderr, stdout, unwrapped};

/// Assesses a text that is wrong, with a report asked for, and gives the complaint.
fn complaint(text: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let case = folder.path().join("wrong.toml");
    std::fs::write(&case, text).unwrap();
    complaint_about(&folder, &case)
}

fn complaint_about(folder: &TempDir, case: &Path) -> String {
    let before = names_in(folder.path());
    let mut command = needlework(&["assess", "--people", "100", "--out"]);
    command.arg(folder.path().join("out")).arg("--people-out");
    command.arg(folder.path().join("people.parquet")).arg(case);
    let output = run_to(2, &mut command);
    assert_eq!(stdout(&output), "");
    assert_eq!(names_in(folder.path()), before, "nothing is written");
    stderr(&output)
}

/// The permitted case with one line changed, and the number of that line.
fn with(line: &str, instead: &str) -> (String, usize) {
    let text = case_text(PERMITTED);
    let at = text
        .lines()
        .position(|found| found == line)
        .unwrap_or_else(|| panic!("no line `{line}`"));
    (text.replacen(line, instead, 1), at + 1)
}

#[test]
fn a_wrong_value_is_shown_with_file_line_caret_and_help() {
    for (line, instead, expected) in [
        (
            "bmi = \"23 kg/m2\"",
            "bmmi = \"23 kg/m2\"",
            &["bmmi", "not a known key", "did you mean `bmi`"][..],
        ),
        ("width = \"3 mm\"", "width = \"3 kg\"", &["lesion.width", "kg", "mm"]),
        ("width = \"3 mm\"", "width = 3", &["lesion.width", "unit"]),
        ("width = \"3 mm\"", "width = \"3\"", &["lesion.width", "unit"]),
        ("width = \"3 mm\"", "width = \"-3 mm\"", &["lesion.width", "below zero"]),
        (
            "width = \"3 mm\"",
            "width = \"NaN mm\"",
            &["lesion.width", "not a number"],
        ),
        ("width = \"3 mm\"", "width = nan", &["lesion.width", "unit"]),
        ("width = \"3 mm\"", "width = \"inf mm\"", &["lesion.width"]),
        ("sessions = 4", "sessions = 1000000000", &["regimen.sessions", "60"]),
        ("sessions = 4", "sessions = -1", &["regimen.sessions"]),
        ("sessions = 4", "sessions = 99999999999999999999", &["whole number"]),
        (
            "site = \"abdomen\"",
            "site = \"abdomne\"",
            &["abdomne", "did you mean `\"abdomen\"`"],
        ),
        (
            "name = \"dermaroller-mf8\"",
            "name = \"dermaroler-mf8\"",
            &["dermaroler-mf8", "did you mean `\"dermaroller-mf8\"`"],
        ),
        (
            "sex = \"female\"",
            "sex = \"femal\"",
            &["person.sex", "did you mean `\"female\"`"],
        ),
        (
            "fever_or_boils = false",
            "fever_or_boils = \"no\"",
            &["true or false", "did you mean `false`"],
        ),
        ("sex = \"female\"", "sex = \"female", &["TOML"]),
    ] {
        let (text, number) = with(line, instead);
        let said = complaint(text.as_bytes());
        let flat = unwrapped(&said);
        assert!(
            said.contains(&format!("wrong.toml:{number}:")),
            "{instead}: line {number}\n{said}"
        );
        assert!(said.contains("help: "), "{instead}\n{said}");
        assert!(
            said.contains(" ^") || said.contains(" |"),
            "{instead}: no caret\n{said}"
        );
        assert!(said.contains(instead), "the line itself is shown\n{said}");
        assert!(flat.contains("nothing was computed or written"), "{said}");
        for part in expected {
            assert!(flat.contains(part), "{instead}: `{part}` is missing\n{said}");
        }
    }
}

#[test]
fn several_problems_are_reported_at_once() {
    let text = case_text(PERMITTED)
        .replace("bmi = \"23 kg/m2\"", "bmmi = 23")
        .replace("width = \"3 mm\"", "width = \"-3 mm\"")
        .replace("sessions = 4", "sessions = 1000000000")
        .replace("site = \"abdomen\"", "site = \"abdomne\"");
    let said = complaint(text.as_bytes());
    for part in ["bmmi", "lesion.width", "regimen.sessions", "abdomne", "4 problems in"] {
        assert!(said.contains(part), "`{part}` is missing\n{said}");
    }
}

#[test]
fn what_is_no_case_file_is_refused_in_plain_words() {
    assert!(complaint(b"").contains("holds no case"));
    assert!(complaint(b"\n# nothing but a comment\n").contains("holds no case"));
    assert!(complaint(&[0x7f, b'E', b'L', b'F', 0, 0xff, 0xfe, 0x1b]).contains("not a text file"));
    let nulls = complaint(&[0; 4096]);
    assert!(nulls.contains("error") || nulls.contains("problem"), "{nulls}");
    assert!(nulls.len() < 10_000, "the complaint itself is short");
    let deep = complaint(
        "a=".bytes()
            .chain(std::iter::repeat_n(b'[', 100_000))
            .collect::<Vec<_>>()
            .as_slice(),
    );
    assert!(deep.len() < 10_000, "{}", deep.len());
}

#[test]
fn a_file_of_100_megabytes_is_refused_without_reading_it_all() {
    let folder = tempfile::tempdir().unwrap();
    let case = folder.path().join("large.toml");
    File::create(&case).unwrap().set_len(100 << 20).unwrap();
    let said = complaint_about(&folder, &case);
    assert!(unwrapped(&said).contains("not a case file"), "{said}");
    // Between what the parser takes and what is read at most, the parser says so itself.
    File::create(&case).unwrap().set_len(3 << 19).unwrap();
    let said = complaint_about(&folder, &case);
    assert!(unwrapped(&said).contains("the file has 1572864 bytes"), "{said}");
}

#[test]
fn a_path_that_cannot_be_read_is_named_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let said = complaint_about(&folder, folder.path());
    assert!(
        said.contains("cannot read") && said.contains("name a case file in it"),
        "{said}"
    );
    let said = complaint_about(&folder, &folder.path().join("missing.toml"));
    assert!(
        said.contains("missing.toml") && said.contains("check the name"),
        "{said}"
    );
    // An escape sequence in a name must not reach a terminal.
    let said = complaint_about(&folder, &folder.path().join("a\u{1b}[31mb"));
    assert!(!said.contains('\u{1b}'), "{said:?}");
}

#[cfg(unix)]
#[test]
fn a_file_that_one_may_not_read_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let case = folder.path().join("secret.toml");
    std::fs::write(&case, case_text(PERMITTED)).unwrap();
    std::fs::set_permissions(&case, std::fs::Permissions::from_mode(0o000)).unwrap();
    if File::open(&case).is_ok() {
        // Whoever may read everything cannot try this.
        return;
    }
    assert!(complaint_about(&folder, &case).contains("you may not read it"));
}

#[test]
fn a_wrong_case_from_standard_input_says_so() {
    let (text, number) = with("sessions = 4", "sessions = \"four\"");
    let output = run_to(2, needlework(&["assess", "-"]).write_stdin(text));
    assert!(
        stderr(&output).contains(&format!("standard input:{number}:")),
        "{}",
        stderr(&output)
    );
}

#[test]
fn an_escape_sequence_in_a_case_never_reaches_the_terminal() {
    let (text, _) = with("site = \"abdomen\"", "site = \"\u{1b}[31mabdomen\"");
    assert!(!complaint(text.as_bytes()).contains('\u{1b}'));
}
