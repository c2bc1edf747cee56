//! No text of a case, an option or an answer steers a terminal, turns the direction of reading or hides: not on the
//! screen, not in a file.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use needlework::case::{AnswerKind, fields, steers};
use needlework_cli::{Printed, commands, printed};

use crate::setup::{PERMITTED, case_text, needlework, stderr, stdout};

/// Escape, bell, carriage return, override and isolate of direction, no width, C1, delete, byte order mark.
const STEERING: &str = "A\u{1b}[31mB\u{7}\rC\u{202e}D\u{2066}\u{200b}E\u{9b}1mF\u{7f}G\u{feff}H";

fn clean(what: &str, text: &str) {
    // Calendars end their lines with both characters, and a table for spreadsheets may open with a mark.
    let text = text.replace("\r\n", "\n");
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    if let Some(bad) = text.chars().find(|letter| steers(*letter)) {
        let at = text.find(bad).unwrap();
        let around: String = text[..at]
            .chars()
            .rev()
            .take(60)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect();
        panic!("{what}: {bad:?} after {around:?}");
    }
}

fn run(words: &[&str]) -> Printed {
    let all = ["needlework"].iter().chain(words).map(OsString::from);
    let said = printed(all);
    clean(&format!("{words:?}"), &said.out);
    clean(&format!("{words:?}"), &said.err);
    said
}

/// Every file below a folder that is text.
fn clean_files(folder: &Path) -> usize {
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            count += clean_files(&path);
        } else if let Ok(text) = String::from_utf8(fs::read(&path).unwrap())
            && path.extension().is_none_or(|ending| ending != "toml")
        {
            clean(&path.display().to_string(), &text);
            count += 1;
        }
    }
    count
}

/// The permitted case with another text at a place.
fn case_with(path: &str, text: &str) -> String {
    let mut table: toml::Table = case_text(PERMITTED).parse().unwrap();
    let (section, name) = path.split_once('.').unwrap();
    let section = table.entry(section).or_insert_with(|| toml::Table::new().into());
    section.as_table_mut().unwrap().insert(name.to_owned(), text.into());
    table.to_string()
}

#[test]
fn no_text_of_a_case_steers_in_any_answer_or_file() {
    let texts: Vec<String> = fields()
        .into_iter()
        .filter(|field| field.kind == AnswerKind::Text && field.path.contains('.') && !field.path.contains("[]"))
        .map(|field| field.path)
        .chain(["about.unheard_of".to_owned()])
        .collect();
    assert!(
        texts.iter().any(|path| path == "about.title") && texts.len() >= 5,
        "{texts:?}"
    );
    let (mut answered, mut files) = (0, 0);
    for path in &texts {
        let place = tempfile::tempdir().unwrap();
        let file = |name: &str| place.path().join(name).to_str().unwrap().to_owned();
        let case = file("case.toml");
        fs::write(&case, case_with(path, STEERING)).unwrap();
        let lines = [
            vec!["assess", &case, "--people", "50", "--out", "assess"],
            vec![
                "compare",
                &case,
                "--people",
                "50",
                "--vary",
                "regimen.sessions=1,2",
                "--out",
                "compare",
            ],
            vec!["infect", &case, "--people", "50", "--out", "infect"],
            vec!["creams", &case, "--people", "50"],
            vec!["simulate", &case, "--coarse", "--until", "1 day", "--out", "simulate"],
            vec!["render", &case, "--people", "50", "--pixels", "64", "--out", "render"],
            vec![
                "evidence",
                "puncture.reach.roller",
                "--set",
                "0.5",
                &case,
                "--people",
                "50",
            ],
        ];
        for line in lines {
            let mut line: Vec<String> = line.into_iter().map(str::to_owned).collect();
            if let Some(at) = line.iter().position(|word| word == "--out") {
                line[at + 1] = file(&line[at + 1]);
            }
            let words: Vec<&str> = line.iter().map(String::as_str).collect();
            answered += usize::from(run(&words).code == 0);
            run(&[words.as_slice(), &["--json"]].concat());
        }
        let output = needlework(&["interview", "--plain", "--resume", &case, "--out", &file("more.toml")])
            .write_stdin(format!("{STEERING}\nquit\n"))
            .output()
            .unwrap();
        clean("interview", &stdout(&output));
        clean("interview", &stderr(&output));
        files += clean_files(place.path());
    }
    assert!(answered >= 12 && files >= 20, "{answered} answers, {files} files");
}

#[test]
fn no_option_steers_the_screen() {
    let all = commands();
    let mut tried = 0;
    let place = tempfile::tempdir().unwrap();
    let inside = place.path().join(STEERING).display().to_string();
    for command in all.get_subcommands() {
        let name = command.get_name();
        let needed: Vec<&str> = command
            .get_positionals()
            .filter(|one| one.is_required_set())
            .map(|_| STEERING)
            .collect();
        for option in command.get_arguments().chain(all.get_arguments()) {
            if !option.get_action().takes_values() || option.get_id() == "help" {
                continue;
            }
            // The interview reads from standard input, the tables of targets take minutes, and the page is served
            // until it is stopped.
            let serves = name == "serve" && option.get_id() == "token";
            if serves
                || matches!(name, "interview")
                || (name == "validate" && option.get_id() != "used")
                || name == "verify"
            {
                continue;
            }
            // What is written goes into a folder of its own.
            let is_path = matches!(
                option.get_id().as_str(),
                "out" | "people_out" | "csv" | "html" | "resume"
            );
            let value = if is_path { inside.as_str() } else { STEERING };
            let flag = option.get_long().map(|long| format!("--{long}={value}"));
            let mut line = vec![name];
            line.extend(&needed);
            line.push(flag.as_deref().unwrap_or(STEERING));
            // A bank of the usual size takes minutes.
            if name == "calibrate" && option.get_id() != "worlds" {
                line.push("--worlds=20");
            }
            let said = run(&line);
            assert!(said.code == 2 || said.code == 0, "{line:?}: {said:?}");
            tried += 1;
        }
    }
    assert!(tried > 60, "{tried}");
    for line in [
        &[STEERING][..],
        &["--unheard"],
        &["assess", STEERING],
        &["skin", STEERING],
        &["rules", STEERING],
        &["claims", STEERING],
    ] {
        assert_eq!(run(line).code, 2, "{line:?}");
    }
}

#[test]
fn nothing_is_coloured_where_nobody_looks() {
    for (name, value) in [("TERM", "dumb"), ("NO_COLOR", "1"), ("TERM", "xterm-256color")] {
        for line in [
            &["rules"][..],
            &["--help"],
            &["assess", "missing.toml"],
            &["assess", "--unheard"],
            &["claims", "C99"],
        ] {
            let output = needlework(line).env(name, value).output().unwrap();
            clean(name, &stdout(&output));
            clean(name, &stderr(&output));
        }
    }
}
