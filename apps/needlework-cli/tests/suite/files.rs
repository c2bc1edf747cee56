//! What isn't ours is never overwritten: every option that writes, as the definition of the command line names them,
//! meets every situation in which somebody's files could be lost. And what a killed run leaves is put back or swept.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use clap::{Arg, Command};
use needlework_cli::{Printed, Way, commands, printed, way};

/// Everything below a folder: links by where they lead, files by what they hold.
fn all_of(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_symlink() {
            let goal = fs::read_link(&path).unwrap();
            found.insert(path, goal.to_string_lossy().into_owned().into_bytes());
        } else if path.is_dir() {
            found.extend(all_of(&path));
            found.insert(path, Vec::new());
        } else {
            let content = fs::read(&path).unwrap();
            found.insert(path, content);
        }
    }
    found
}

fn published(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases").join(name)
}

/// How each command that writes is called so that it would be done soon; its file to read stands in the folder.
fn usual(command: &str, folder: &Path) -> Vec<OsString> {
    let copied = |from: &str, to: &str| {
        let path = folder.join(to);
        fs::copy(published(from), &path).unwrap();
        path.into_os_string()
    };
    let words = |words: &[&str]| words.iter().map(OsString::from).collect::<Vec<_>>();
    let case = || copied("clinic-abdomen-alba.toml", "mine.toml");
    match command {
        "assess" | "compare" | "infect" => [vec![case()], words(&["--people", "50"])].concat(),
        "calibrate" => words(&["--worlds", "20", "--people", "2"]),
        "skin" => words(&["abdomen", "--people", "50"]),
        "claims" => words(&["--people", "50"]),
        "insert" => words(&["dermaroller-mf8", "--worlds", "20", "--side", "1"]),
        "optics" => [
            vec![copied("optics/two-skins.csv", "mine.csv")],
            words(&["--streams", "4"]),
        ]
        .concat(),
        "sweep" => [
            vec![copied("designs/roller.toml", "mine.toml")],
            words(&["--worlds", "8"]),
        ]
        .concat(),
        "plan" => [vec![case()], words(&["--worlds", "8", "--sessions", "1"])].concat(),
        "trial" => {
            let study = fs::read_to_string(published("trials/park-2012.toml")).unwrap();
            let arm = published("park-2012.toml");
            let path = folder.join("mine.toml");
            fs::write(&path, study.replace("../park-2012.toml", &arm.display().to_string())).unwrap();
            [vec![path.into_os_string()], words(&["--worlds", "8"])].concat()
        }
        "simulate" => [vec![case()], words(&["--coarse", "--until", "1 day"])].concat(),
        "render" => [vec![case()], words(&["--people", "50", "--pixels", "64"])].concat(),
        "interview" => {
            // A case as a hand writes it, with a remark that would be lost.
            let path = folder.join("mine.toml");
            fs::write(
                &path,
                "# mine\nformat = \"needlework-case/1\"\n[person]\nage = \"16 years\"\n[regimen]\narm = \"needling\"\n",
            )
            .unwrap();
            let mut line = words(&["--plain", "--resume"]);
            line.push(path.into_os_string());
            line
        }
        "triage" => vec![copied("done/shared-roller.toml", "mine.toml")],
        "evidence" | "man" => Vec::new(),
        other => panic!("`{other}` writes to a path: say here how it is called"),
    }
}

/// Every command with the options of it that write, by their definition.
fn writers() -> Vec<(Command, Vec<Arg>)> {
    let all = commands();
    let mut found = Vec::new();
    for command in all.get_subcommands() {
        let options: Vec<Arg> = command
            .get_arguments()
            .filter(|argument| way(argument) == Some(Way::Written))
            .cloned()
            .collect();
        if !options.is_empty() {
            found.push((command.clone(), options));
        }
    }
    assert!(found.iter().map(|(_, options)| options.len()).sum::<usize>() >= 11);
    found
}

fn is_folder(option: &Arg) -> bool {
    option
        .get_value_names()
        .is_some_and(|names| names.iter().any(|name| name == "DIR"))
}

/// A name that fits what the option writes.
fn fitting(option: &Arg, stem: &str) -> String {
    let names = option.get_value_names().unwrap();
    match names[0].split_once('.') {
        // Of several endings the first.
        Some((_, endings)) => format!("{stem}.{}", endings.split('|').next().unwrap()),
        None => stem.to_owned(),
    }
}

fn run(command: &Command, line: &[OsString], more: &[(&Arg, &Path)]) -> Printed {
    let mut all = vec![OsString::from("needlework"), OsString::from(command.get_name())];
    all.extend(line.iter().cloned());
    for (option, path) in more {
        all.push(format!("--{}", option.get_long().unwrap()).into());
        all.push(path.as_os_str().to_owned());
    }
    printed(all)
}

/// Runs, and checks that it is refused with a reason and that nothing in the folder is another than before.
fn refused(command: &Command, line: &[OsString], more: &[(&Arg, &Path)], folder: &Path, why: &str) {
    let before = all_of(folder);
    let said = run(command, line, more);
    let name = command.get_name();
    let options: Vec<_> = more
        .iter()
        .map(|(option, path)| (option.get_id().as_str(), path))
        .collect();
    assert_eq!(said.code, 2, "{name} {options:?}, {why}: {said:?}");
    assert!(said.err.contains("help: "), "{name} {options:?}, {why}: {said:?}");
    assert_eq!(said.out, "", "{name} {options:?}, {why}");
    assert!(
        before == all_of(folder),
        "{name} {options:?}, {why}: files are not as they were"
    );
}

#[test]
fn an_output_is_never_an_input_by_whatever_name() {
    for (command, options) in writers() {
        for option in &options {
            let place = tempfile::tempdir().unwrap();
            let folder = place.path();
            let line = usual(command.get_name(), folder);
            let mine = folder.join("mine.toml");
            if !mine.exists() {
                continue;
            }
            fs::create_dir(folder.join("sub")).unwrap();
            let mut names = vec![
                mine.clone(),
                folder.join(".").join("mine.toml"),
                folder.join("sub/../mine.toml"),
            ];
            let fitting = folder.join(fitting(option, "other"));
            #[cfg(unix)]
            {
                std::os::unix::fs::symlink(&mine, &fitting).unwrap();
                let hard = fitting.with_file_name(format!("hard-{}", fitting.file_name().unwrap().to_string_lossy()));
                fs::hard_link(&mine, &hard).unwrap();
                names.extend([fitting, hard]);
            }
            for name in &names {
                refused(&command, &line, &[(option, name)], folder, "the input itself");
            }
            if folder.join("MINE.TOML").exists() {
                // A file system that does not tell letters by their case.
                refused(
                    &command,
                    &line,
                    &[(option, &folder.join("MINE.TOML"))],
                    folder,
                    "another case",
                );
            }
            // The folder in which the input stands.
            if is_folder(option) {
                refused(&command, &line, &[(option, folder)], folder, "the folder of the input");
            }
        }
    }
}

#[test]
fn what_is_there_and_not_ours_stays() {
    for (command, options) in writers() {
        for option in &options {
            let place = tempfile::tempdir().unwrap();
            let folder = place.path();
            let line = usual(command.get_name(), folder);
            let there = folder.join(fitting(option, "there"));
            for content in [
                &b"precious"[..],
                b"PAR1 precious PAR1",
                b"<!DOCTYPE html><title>mine</title>",
                b"# mine\na = 1\n",
            ] {
                fs::write(&there, content).unwrap();
                refused(&command, &line, &[(option, &there)], folder, "a foreign file");
            }
            fs::remove_file(&there).unwrap();
            fs::create_dir(&there).unwrap();
            fs::write(there.join("thesis.txt"), "mine").unwrap();
            refused(&command, &line, &[(option, &there)], folder, "a foreign folder");
            #[cfg(unix)]
            {
                let link = folder.join(fitting(option, "link"));
                std::os::unix::fs::symlink(folder.join("nowhere"), &link).unwrap();
                refused(&command, &line, &[(option, &link)], folder, "a link that leads nowhere");
            }
            if !is_folder(option) {
                let other = folder.join("there.doc");
                refused(&command, &line, &[(option, &other)], folder, "another ending");
            }
        }
    }
}

#[test]
fn two_options_never_write_the_same_place_nor_one_into_the_folder_of_the_other() {
    let mut pairs = 0;
    for (command, options) in writers() {
        for (at, one) in options.iter().enumerate() {
            for other in &options[..at] {
                let place = tempfile::tempdir().unwrap();
                let folder = place.path();
                let line = usual(command.get_name(), folder);
                let same = folder.join(fitting(one, "same"));
                refused(
                    &command,
                    &line,
                    &[(one, &same), (other, &same)],
                    folder,
                    "the same place",
                );
                let large = folder.join(fitting(one, "SAME"));
                refused(
                    &command,
                    &line,
                    &[(one, &large), (other, &same)],
                    folder,
                    "the same but for letters' case",
                );
                if is_folder(one) != is_folder(other) {
                    let (dir, file) = if is_folder(one) { (one, other) } else { (other, one) };
                    let out = folder.join("out");
                    let inside = out.join(fitting(file, "inside"));
                    refused(
                        &command,
                        &line,
                        &[(dir, &out), (file, &inside)],
                        folder,
                        "inside the other",
                    );
                }
                pairs += 1;
            }
        }
    }
    assert!(pairs >= 2, "assess and skin have two each");
}

#[test]
fn a_run_over_its_own_earlier_output_works_and_nothing_hidden_is_left() {
    for (command, options) in writers() {
        if command.get_name() == "interview" {
            continue;
        }
        for option in &options {
            let place = tempfile::tempdir().unwrap();
            let folder = place.path();
            let line = usual(command.get_name(), folder);
            let out = folder.join(fitting(option, "out"));
            for round in 0..2 {
                let said = run(&command, &line, &[(option, &out)]);
                assert_eq!(said.code, 0, "{} {round}: {said:?}", command.get_name());
            }
            let names: Vec<String> = fs::read_dir(folder)
                .unwrap()
                .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
                .collect();
            assert!(
                names
                    .iter()
                    .all(|name| !name.starts_with('.') && !name.ends_with(".part")),
                "{names:?}"
            );
            if is_folder(option) {
                // Within the folder of ours a folder, or a link, that bears the name of one of our files.
                let first = fs::read_dir(&out)
                    .unwrap()
                    .map(|entry| entry.unwrap().path())
                    .min()
                    .unwrap();
                fs::remove_file(&first).unwrap();
                fs::create_dir(&first).unwrap();
                fs::write(first.join("thesis.txt"), "mine").unwrap();
                refused(&command, &line, &[(option, &out)], folder, "a folder in our folder");
            }
        }
    }
}

#[test]
fn the_unfinished_folder_of_somebody_else_is_left_alone() {
    let (command, options) = writers()
        .into_iter()
        .find(|(command, _)| command.get_name() == "simulate")
        .unwrap();
    for (name, content) in [
        ("thesis.txt", "mine"),
        ("series.csv", "mine"),
        ("checkpoint.bin", "mine"),
        (".needlework-lock", "mine"),
    ] {
        for restart in [false, true] {
            let place = tempfile::tempdir().unwrap();
            let folder = place.path();
            let mut line = usual("simulate", folder);
            if restart {
                line.push("--restart".into());
            }
            fs::create_dir(folder.join("out.part")).unwrap();
            fs::write(folder.join("out.part").join(name), content).unwrap();
            refused(&command, &line, &[(&options[0], &folder.join("out"))], folder, name);
        }
    }
    let place = tempfile::tempdir().unwrap();
    let line = usual("simulate", place.path());
    fs::write(place.path().join("out.part"), "mine").unwrap();
    refused(
        &command,
        &line,
        &[(&options[0], &place.path().join("out"))],
        place.path(),
        "a file named out.part",
    );
}

/// A report, and a second one to tell it from.
fn reports() -> (Command, Vec<OsString>, Arg, tempfile::TempDir) {
    let place = tempfile::tempdir().unwrap();
    let (command, options) = writers()
        .into_iter()
        .find(|(command, _)| command.get_name() == "skin")
        .unwrap();
    let option = options.into_iter().find(is_folder).unwrap();
    let line = usual("skin", place.path());
    for name in ["out", "next"] {
        let more: Vec<OsString> = if name == "next" {
            vec!["--seed".into(), "2".into()]
        } else {
            Vec::new()
        };
        let line = [line.clone(), more].concat();
        assert_eq!(run(&command, &line, &[(&option, &place.path().join(name))]).code, 0);
    }
    (command, line, option, place)
}

/// A hidden place as a killed run leaves it.
fn left_behind(folder: &Path, mark: &str) -> PathBuf {
    let hidden = folder.join(".needlework-abcdef");
    for part in ["new", "old"] {
        fs::create_dir_all(hidden.join(part)).unwrap();
    }
    fs::write(hidden.join("lock"), mark).unwrap();
    hidden
}

const MARK: &str = "needlework-workplace/1\n";

#[test]
fn a_kill_between_the_two_renames_is_mended_by_the_next_run_which_says_so() {
    let (command, line, option, place) = reports();
    let folder = place.path();
    let earlier = all_of(&folder.join("out"));
    let hidden = left_behind(folder, MARK);
    fs::rename(folder.join("out"), hidden.join("old/out")).unwrap();
    fs::rename(folder.join("next"), hidden.join("new/out")).unwrap();
    // Another goal in the same folder: what is mended does not depend on what is written now.
    let said = run(&command, &line, &[(&option, &folder.join("third"))]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.err.contains("what stood there is back"), "{said:?}");
    assert!(all_of(&folder.join("out")) == earlier && !hidden.exists());
}

#[test]
fn every_other_state_that_a_kill_leaves_is_swept_and_what_stands_stays() {
    type Leave = fn(&Path);
    let states: [(&str, Leave); 5] = [
        ("before the lock", |folder| {
            fs::create_dir(folder.join(".needlework-abcdef")).unwrap()
        }),
        ("before the mark", |folder| {
            fs::create_dir(folder.join(".needlework-abcdef")).unwrap();
            fs::write(folder.join(".needlework-abcdef/lock"), "").unwrap();
        }),
        ("while it writes", |folder| {
            let hidden = left_behind(folder, MARK);
            fs::create_dir(hidden.join("new/out")).unwrap();
            fs::write(hidden.join("new/out/skin.json"), "{\"form").unwrap();
        }),
        ("while it writes a file", |folder| {
            fs::write(left_behind(folder, MARK).join("new/people.parquet"), "PAR1").unwrap();
        }),
        ("after the second rename", |folder| {
            let hidden = left_behind(folder, MARK);
            fs::rename(folder.join("next"), hidden.join("old/out")).unwrap();
        }),
    ];
    for (state, leave) in states {
        let (command, line, option, place) = reports();
        let folder = place.path();
        let earlier = all_of(&folder.join("out"));
        leave(folder);
        let said = run(&command, &line, &[(&option, &folder.join("third"))]);
        assert_eq!(said.code, 0, "{state}: {said:?}");
        assert!(said.err.contains("Swept away"), "{state}: {said:?}");
        assert!(!folder.join(".needlework-abcdef").exists(), "{state}");
        assert!(all_of(&folder.join("out")) == earlier, "{state}");
    }
}

#[test]
fn a_hidden_folder_that_lives_or_is_not_ours_is_left_alone() {
    let (command, line, option, place) = reports();
    let folder = place.path();
    let keep = |what: &str| {
        let before = all_of(&folder.join(".needlework-abcdef"));
        let said = run(&command, &line, &[(&option, &folder.join("out"))]);
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{what}");
        assert!(before == all_of(&folder.join(".needlework-abcdef")), "{what}");
    };
    let hidden = left_behind(folder, MARK);
    let lock = fs::File::open(hidden.join("lock")).unwrap();
    lock.lock().unwrap();
    keep("its run lives");
    drop(lock);
    fs::write(hidden.join("thesis.txt"), "mine").unwrap();
    keep("something else is in it");
    fs::remove_file(hidden.join("thesis.txt")).unwrap();
    fs::create_dir_all(hidden.join("new/out/deep")).unwrap();
    keep("a deeper folder is in it");
    fs::remove_dir_all(&hidden).unwrap();
    left_behind(folder, "of another program");
    keep("its mark is another");
}

#[cfg(unix)]
#[test]
fn what_is_written_has_the_rights_that_the_users_mask_gives() {
    use std::os::unix::fs::PermissionsExt;
    for (mask, dir, file) in [("077", 0o700, 0o600), ("022", 0o755, 0o644), ("027", 0o750, 0o640)] {
        let place = tempfile::tempdir().unwrap();
        let script = format!("umask {mask}; exec \"$0\" \"$@\"");
        let run = |arguments: &[&str], input: &str| {
            let mut command = assert_cmd::Command::new("sh");
            command
                .args(["-c", &script, env!("CARGO_BIN_EXE_needlework")])
                .args(arguments);
            let output = command.current_dir(place.path()).write_stdin(input).output().unwrap();
            assert!(
                output.status.success(),
                "{arguments:?}: {}",
                String::from_utf8_lossy(&output.stderr)
            );
        };
        run(
            &[
                "skin",
                "abdomen",
                "--people",
                "50",
                "--out",
                "out",
                "--people-out",
                "people.parquet",
            ],
            "",
        );
        let case = published("clinic-abdomen-alba.toml");
        run(
            &[
                "simulate",
                case.to_str().unwrap(),
                "--coarse",
                "--until",
                "1 day",
                "--out",
                "run",
            ],
            "",
        );
        run(&["interview", "--out", "answers.toml"], "1\n2\nquit\n");
        for (path, content) in all_of(place.path()) {
            let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
            // Answers about somebody's health are for their owner alone, whatever the mask gives.
            let private = path.file_name().is_some_and(|name| name == "answers.toml");
            let wanted = match (path.is_dir(), private) {
                (true, _) => dir,
                (false, true) => 0o600,
                (false, false) => file,
            };
            assert_eq!(
                mode,
                wanted,
                "umask {mask}: {} has {mode:o} ({} bytes)",
                path.display(),
                content.len()
            );
        }
    }
}

#[test]
fn an_interview_that_stops_takes_away_what_it_wrote_and_nothing_that_was_there() {
    let place = tempfile::tempdir().unwrap();
    let own = place.path().join("own.toml");
    let run = |more: &[&str], input: &str| {
        let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_needlework"));
        command.args(["interview", "--plain", "--out"]).arg(&own).args(more);
        command.write_stdin(input.to_owned()).output().unwrap()
    };
    let until_age = "1\n2\nbelly\nclinic\nroller\n1.5 mm\n4\n4 week\n80 cm2\n10\n";
    assert!(run(&[], &format!("{until_age}31 years\nquit\n")).status.success());
    let minor = fs::read_to_string(&own).unwrap().replace("31 years", "16 years");
    fs::write(&own, &minor).unwrap();
    let output = run(&["--resume", own.to_str().unwrap()], "");
    assert!(String::from_utf8_lossy(&output.stdout).contains("We stop here"));
    assert_eq!(fs::read_to_string(&own).unwrap(), minor);
    fs::remove_file(&own).unwrap();
    assert!(run(&[], &format!("{until_age}16 years\n")).status.success());
    assert!(!own.exists());
}

#[test]
fn the_interview_goes_on_in_its_own_file_only() {
    let place = tempfile::tempdir().unwrap();
    let own = place.path().join("own.toml");
    let run = |resume: bool, input: &str| {
        let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_needlework"));
        command.args(["interview", "--plain", "--out"]).arg(&own);
        if resume {
            command.arg("--resume").arg(&own);
        }
        command.write_stdin(input.to_owned()).output().unwrap()
    };
    assert!(run(false, "31 years\nquit\n").status.success());
    let kept = fs::read(&own).unwrap();
    assert!(run(true, "quit\n").status.success());
    assert!(fs::read(&own).unwrap() == kept);
    // A remark of one's own would be lost, so the file is no longer the interview's.
    let text = format!("# mine\n{}", String::from_utf8(kept).unwrap());
    fs::write(&own, &text).unwrap();
    assert_eq!(run(true, "no\n").status.code(), Some(2));
    assert_eq!(fs::read_to_string(&own).unwrap(), text);
}
