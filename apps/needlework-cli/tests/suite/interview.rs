//! The interview as somebody without arrow keys meets it, and as a terminal of any size does.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use needlework::rules::interview::{Answers, Ask, Interviewer, Prompt, Step};

use crate::setup::{json, needlework, run_to, stderr, stdout, unwrapped};

/// Answers to whatever is asked, by the question's name in the script, or its field.
fn answer(ask: &Ask) -> &'static str {
    match ask.id.as_str() {
        "start" => "1",
        "mark" => "2",
        "site" => "belly",
        "setting" => "clinic",
        "kind" => "roller",
        "length" => "1,5 mm",
        "sessions" => "4",
        "interval" => "4 week",
        "area" => "80 cm2",
        "age" => "31",
        "distress" => "no",
        "sex" => "female",
        "colour" => "III",
        "bmi" => "170 cm 65 kg",
        "passes" => "10",
        "needles" | "hygiene" | "numbing" => "1",
        _ => match ask.prompt {
            Prompt::Any(_) => "none",
            _ => "no",
        },
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

/// The questions of a whole interview by name, each with what was said: it is answered as it comes, by asking the
/// library what comes next.
fn walked(answer: impl Fn(&Ask) -> String) -> Vec<(String, String)> {
    let library = needlework::bundle().unwrap();
    let interviewer = Interviewer {
        script: &library.script,
        book: &library.rules,
        triage: &library.triage,
        catalog: &library.catalog,
    };
    let mut answers = Answers::default();
    let mut asked = Vec::new();
    loop {
        let Step::Ask(ask) = interviewer.next(&answers).unwrap() else {
            return asked;
        };
        let said = answer(&ask);
        answers = interviewer
            .accept(&answers, &ask, &said)
            .unwrap_or_else(|error| panic!("{} {said}: {error:?}", ask.id));
        asked.push((ask.id, said));
    }
}

/// The lines of a whole interview.
fn script() -> Vec<String> {
    let asked = walked(|ask| answer(ask).to_owned());
    asked.into_iter().map(|(_, said)| said).collect()
}

fn typed(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|&line| line.to_owned()).collect()
}

#[test]
fn a_whole_interview_takes_few_questions_and_writes_a_case_that_assess_takes() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("my-case.toml");
    let lines = script();
    assert!(lines.len() <= 25, "{}", lines.len());
    let output = interview(&out, &[], &lines);
    let told = stdout(&output);
    assert!(output.status.success(), "{told}\n{}", stderr(&output));
    assert!(
        told.contains("Question 1, about") && told.contains("planned, or has it been done"),
        "{told}"
    );
    // What was understood is shown, and stands once more before the end.
    assert!(
        told.contains("-> Site: abdomen") && told.contains("-> Needle length: 1.5 mm"),
        "{told}"
    );
    assert!(told.contains("-> Where it is done: clinic"), "{told}");
    assert!(told.contains("-> Body mass index: 22.49 kg/m2"), "{told}");
    assert!(!told.contains("-> \n") && !told.contains("Needles clean"), "{told}");
    assert!(
        told.contains("Your answers") && told.contains("Enter finishes"),
        "{told}"
    );
    assert!(told.contains("The whole answer: needlework assess"), "{told}");
    assert!(told.matches("Why: ").count() >= lines.len(), "{told}");
    let answer = stdout(&run_to(0, needlework(&["assess", "--people", "50"]).arg(&out)));
    for said in ["No rule stops this plan", "That is not the same as safe"] {
        assert!(answer.contains(said) && told.contains(said), "{said}\n{answer}\n{told}");
    }
}

#[test]
fn a_plan_that_is_referred_ends_with_what_assess_says_first() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("case.toml");
    let unsure = |ask: &Ask| match &ask.prompt {
        Prompt::Any(things) if ask.id == "illness" => {
            let at = things.iter().position(|thing| thing.field == "health.immunosuppressed");
            format!("{}?", at.unwrap() + 1)
        }
        _ => answer(ask).to_owned(),
    };
    let lines: Vec<String> = walked(unsure).into_iter().map(|(_, said)| said).collect();
    let told = unwrapped(&stdout(&interview(&out, &[], &lines)));
    let end = told.rsplit("back and quit as before.").next().unwrap();
    let (question, _) = end
        .split_once("Until then, do not needle.")
        .unwrap_or_else(|| panic!("{told}"));
    assert!(question.trim().starts_with("Not yet."), "{question}");
    let assessed = unwrapped(&stdout(&run_to(0, needlework(&["assess", "--people", "50"]).arg(&out))));
    assert!(assessed.contains(question.trim()), "{question}\n{assessed}");
}

#[test]
fn a_pregnancy_that_is_named_is_asked_next_and_stops_the_plan_of_whoever_quits() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("case.toml");
    let asked = walked(|ask| answer(ask).to_owned());
    let list = asked.iter().position(|(id, _)| id == "illness").unwrap();
    let before: Vec<&str> = asked[..list].iter().map(|(_, said)| said.as_str()).collect();
    let told = unwrapped(&stdout(&interview(
        &out,
        &[],
        &typed(&[&before[..], &["1", "quit"]].concat()),
    )));
    assert!(
        told.contains("-> Pregnancy and illnesses: pregnancy (named, asked next)"),
        "{told}"
    );
    assert!(
        told.contains("Are you pregnant, or could you be? Why: You named it in the list"),
        "{told}"
    );
    let kept = std::fs::read_to_string(&out).unwrap();
    assert!(kept.contains("pregnant = \"possible\""), "{kept}");
    let answer = stdout(&run_to(0, needlework(&["assess", "--people", "50"]).arg(&out)));
    assert!(answer.contains("Do not do this plan"), "{answer}");
    let told = unwrapped(&stdout(&interview(
        &out,
        &["--resume", out.to_str().unwrap()],
        &typed(&["1", "quit"]),
    )));
    assert!(told.contains("-> Are you pregnant, or could you be? yes"), "{told}");
    let kept = std::fs::read_to_string(&out).unwrap();
    assert!(
        kept.contains("pregnant = \"yes\"") && !kept.contains("to be asked"),
        "{kept}"
    );
}

#[test]
fn how_to_find_out_fits_the_question() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("case.toml");
    let told = unwrapped(&stdout(&interview(&out, &[], &typed(&["1", "2", "?", "quit"]))));
    assert!(
        told.contains("Say it as you would to a friend") && !told.contains("ruler"),
        "{told}"
    );
}

#[test]
fn a_long_roller_at_home_ends_early_with_the_answer_or_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("case.toml");
    let first = ["1", "2", "outer thigh", "home", "roller", "1.5 mm"];
    let told = unwrapped(&stdout(&interview(&out, &[], &typed(&[&first[..], &["end"]].concat()))));
    assert!(
        told.contains("A rule stops this plan, and nothing that you answer from here on can change that"),
        "{told}"
    );
    assert!(
        told.contains("The whole answer: needlework assess") && !told.contains("How old are you"),
        "{told}"
    );
    let answer = stdout(&run_to(0, needlework(&["assess", "--people", "50"]).arg(&out)));
    assert!(answer.contains("Do not do this plan"), "{answer}");
    std::fs::remove_file(&out).unwrap();
    let told = stdout(&interview(
        &out,
        &[],
        &typed(&[&first[..], &["go on", "4", "quit"]].concat()),
    ));
    assert!(
        told.contains("How many sessions are planned?") && told.contains("Kept in"),
        "{told}"
    );
}

#[test]
fn to_stop_and_go_on_gives_the_same_case() {
    let folder = tempfile::tempdir().unwrap();
    let (whole, parts) = (folder.path().join("whole.toml"), folder.path().join("parts.toml"));
    let lines = script();
    interview(&whole, &[], &lines);
    let half = lines.len() / 2;
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
    let lines = ["1", "2", "the left one", "abdomne", "belly", "back", "hip", "quit"];
    let told = unwrapped(&stdout(&interview(&out, &[], &typed(&lines))));
    assert!(told.contains("there is no place called the left one"), "{told}");
    assert!(told.contains("Did you mean abdomen?"), "{told}");
    assert!(told.contains("Taken back."), "{told}");
    assert!(std::fs::read_to_string(&out).unwrap().contains("site = \"hip\""));
}

#[test]
fn an_answer_is_changed_in_the_look_back() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("case.toml");
    let lines = script();
    let told = stdout(&interview(&out, &[], &lines));
    let number = told
        .lines()
        .rfind(|line| line.contains("Needle length: 1.5 mm") && !line.contains("->"))
        .and_then(|line| line.split_whitespace().next())
        .unwrap()
        .to_owned();
    std::fs::remove_file(&out).unwrap();
    let changed = [lines, vec![number, "2 mm".to_owned(), String::new()]].concat();
    let told = stdout(&interview(&out, &[], &changed));
    assert!(told.contains("-> Needle length: 2 mm"), "{told}");
    assert!(
        std::fs::read_to_string(&out)
            .unwrap()
            .contains("needle_length = \"2 mm\"")
    );
}

#[test]
fn somebody_of_sixteen_is_stopped_kindly_and_nothing_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("case.toml");
    let mut lines = script();
    let age = lines.iter().position(|line| line == "31").unwrap();
    lines[age] = "16".to_owned();
    let output = interview(&out, &[], &lines[..=age]);
    let told = unwrapped(&stdout(&output));
    assert!(output.status.success());
    assert!(told.contains("We stop here") && told.contains("for adults"), "{told}");
    assert!(told.contains("Your answers were not kept") && !out.exists());
}

#[test]
fn distress_leads_to_help_and_not_to_more_questions() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("case.toml");
    let mut lines = script();
    let age = lines.iter().position(|line| line == "31").unwrap();
    lines[age + 1] = "yes".to_owned();
    let told = unwrapped(&stdout(&interview(&out, &[], &lines[..=age + 1])));
    assert!(told.contains("you come first") && told.contains("116 123"), "{told}");
    assert!(!out.exists());
    // Distress over looks alone does not end it.
    lines[age + 1] = "no".to_owned();
    lines[age + 2] = "yes".to_owned();
    lines.truncate(age + 3);
    lines.push("quit".to_owned());
    let told = unwrapped(&stdout(&interview(&out, &[], &lines)));
    assert!(!told.contains("We stop here") && out.exists(), "{told}");
}

#[test]
fn what_was_done_ends_with_what_to_do_and_an_emergency_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("done.toml");
    let told = unwrapped(&stdout(&interview(&out, &[], &typed(&["2", "1"]))));
    assert!(
        told.contains("Get emergency help now") && told.contains("Call the emergency number now: 112"),
        "{told}"
    );
    assert!(!out.exists(), "nothing of it is kept");
    let lines = [
        "2",
        "none",
        "yesterday",
        "3",
        "none",
        "none",
        "no",
        "home",
        "roller",
        "1 mm",
        "outer thigh",
        "1",
        "1",
        "19",
        "none",
        "none",
        "2",
        "no",
        "III",
        "no",
        "no",
        "none",
        "no",
        "none",
        "female",
    ];
    let told = unwrapped(&stdout(&interview(&out, &[], &typed(&lines))));
    assert!(
        told.contains("Go to an emergency department") && told.contains("72 hours"),
        "{told}"
    );
    let again = json(&run_to(0, needlework(&["triage", "--json"]).arg(&out)));
    assert_eq!(again["level"], "doctor_today");
    // The file goes on as what it is.
    let told = stdout(&interview(&out, &["--resume", out.to_str().unwrap()], &typed(&[""])));
    assert!(!told.contains("planned, or has it been done"), "{told}");
}

#[test]
fn a_file_that_the_interview_did_not_make_is_never_touched() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("case.toml");
    std::fs::write(&out, "precious").unwrap();
    let output = interview(&out, &[], &typed(&["1"]));
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("there already"));
    assert_eq!(std::fs::read_to_string(&out).unwrap(), "precious");
    // A case of one's own, with comments: gone on from, but not written again.
    let mine = "# my own note\n[lesion]\nkind = \"striae\"\n[person]\nage = \"16 years\" # really\n";
    std::fs::write(&out, mine).unwrap();
    let same = folder.path().join(".").join("case.toml");
    for resume in [&out, &same] {
        let output = interview(&out, &["--resume", resume.to_str().unwrap()], &typed(&["1"]));
        assert_eq!(output.status.code(), Some(2), "{}", stdout(&output));
        assert_eq!(std::fs::read_to_string(&out).unwrap(), mine);
    }
    let other = folder.path().join("other.toml");
    let told = stdout(&interview(&other, &["--resume", out.to_str().unwrap()], &typed(&["1"])));
    assert!(told.contains("We stop here") && !other.exists(), "{told}");
    assert_eq!(std::fs::read_to_string(&out).unwrap(), mine);
}

#[test]
fn an_interview_that_stops_leaves_its_own_earlier_file_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("case.toml");
    let lines = script();
    let age = lines.iter().position(|line| line == "31").unwrap();
    let mut first = lines[..age].to_vec();
    first.push("quit".to_owned());
    interview(&out, &[], &first);
    let before = std::fs::read_to_string(&out).unwrap();
    let told = unwrapped(&stdout(&interview(
        &out,
        &["--resume", out.to_str().unwrap()],
        &typed(&["16"]),
    )));
    assert!(told.contains("is as it was before"), "{told}");
    assert_eq!(std::fs::read_to_string(&out).unwrap(), before);
}

#[cfg(unix)]
#[test]
fn answers_are_private_to_their_owner() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("case.toml");
    interview(&out, &[], &typed(&["1", "quit"]));
    assert_eq!(std::fs::metadata(&out).unwrap().permissions().mode() & 0o077, 0);
}

#[test]
fn escapes_and_bytes_that_are_no_text_reach_neither_terminal_nor_file() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("case.toml");
    let mut command = needlework(&["interview", "--plain", "--out"]);
    let bytes: Vec<u8> =
        [b"1\n2\n\x1b]0;evil\x07belly\n\xff\xfe\n\x1b[31mbelly\x1b[0m\nbelly\nquit\n".as_slice()].concat();
    let output = command.arg(&out).write_stdin(bytes).output().unwrap();
    assert!(output.status.success());
    let shown = [output.stdout, output.stderr, std::fs::read(&out).unwrap()].concat();
    assert!(!shown.contains(&0x1b) && !shown.contains(&0x07));
}

/// Runs a command in a terminal of so many rows and columns; each key is typed once the text before it is shown. None
/// where there is no `script`.
fn in_terminal(rows: u16, columns: u16, out: &Path, keys: &[(&str, &[u8])]) -> Option<(Option<i32>, String)> {
    use std::io::{Read, Write};
    let binary = env!("CARGO_BIN_EXE_needlework");
    let asked = format!(
        "stty rows {rows} cols {columns}; exec {binary} interview --out {}",
        out.display()
    );
    let mut child = Command::new("script")
        .args(["-qefc", &asked, "/dev/null"])
        .env("SHELL", "/bin/sh")
        .env("TERM", "xterm")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut stdin = child.stdin.take()?;
    let mut stdout = child.stdout.take()?;
    let mut shown: Vec<u8> = Vec::new();
    let mut from = 0;
    let mut buffer = [0_u8; 4096];
    for (wanted, key) in keys {
        while !String::from_utf8_lossy(&shown[from..]).contains(wanted) {
            match stdout.read(&mut buffer) {
                Ok(0) | Err(_) => break,
                Ok(count) => shown.extend_from_slice(&buffer[..count]),
            }
        }
        from = shown.len();
        if stdin.write_all(key).and_then(|()| stdin.flush()).is_err() {
            break;
        }
    }
    stdout.read_to_end(&mut shown).ok()?;
    let status = child.wait().ok()?;
    Some((status.code(), String::from_utf8_lossy(&shown).into_owned()))
}

#[test]
fn a_terminal_of_any_size_is_served_and_its_cursor_never_hidden() {
    let folder = tempfile::tempdir().unwrap();
    for (rows, columns) in [(1, 80), (2, 80), (3, 20), (24, 80), (60, 200), (24, 1)] {
        let out = folder.path().join(format!("{rows}x{columns}.toml"));
        // Where there is no room for a list, lines are read.
        let lines: [(&str, &[u8]); 2] = [("Answer:", b"1\n"), ("Question 2", b"quit\n")];
        let list: [(&str, &[u8]); 2] = [("Arrows move", b"\r"), ("Arrows move", b"q")];
        let keys = if rows < 8 || columns < 30 { &lines } else { &list };
        let Some((code, shown)) = in_terminal(rows, columns, &out, keys) else {
            assert!(
                Command::new("script").arg("--version").output().is_err(),
                "script failed"
            );
            return;
        };
        assert!(!shown.contains("panicked"), "{rows}x{columns}: {shown}");
        assert_eq!(code, Some(0), "{rows}x{columns}: {shown}");
        assert!(!shown.contains("\u{1b}[?25l"), "the cursor was hidden: {shown:?}");
        let kept = std::fs::read_to_string(&out).unwrap();
        assert!(kept.contains("last_session = \"never\""), "{rows}x{columns}: {shown}");
    }
}

#[test]
fn ctrl_c_stops_with_what_was_answered_kept() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("case.toml");
    let keys: [(&str, &[u8]); 2] = [("Arrows move", b"\r"), ("Arrows move", b"\x03")];
    let Some((code, shown)) = in_terminal(40, 100, &out, &keys) else {
        return;
    };
    assert!(
        !shown.contains("panicked") && !shown.contains("\u{1b}[?25l"),
        "{shown:?}"
    );
    assert_eq!(code, Some(1), "{shown}");
    assert!(
        std::fs::read_to_string(&out)
            .unwrap()
            .contains("last_session = \"never\"")
    );
}
