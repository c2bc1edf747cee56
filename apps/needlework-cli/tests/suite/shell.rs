//! What the program gives to a shell and to `man`: scripts that complete, and a page of every command.

use std::collections::BTreeSet;
use std::fs;

use needlework_cli::commands;

use crate::setup::{names_in, needlework, run_to, stderr, stdout};

const SHELLS: [&str; 5] = ["bash", "elvish", "fish", "powershell", "zsh"];

#[test]
fn the_script_of_every_shell_knows_every_command_and_is_printed_as_it_was_made() {
    for shell in SHELLS {
        let script = stdout(&run_to(0, &mut needlework(&["completions", shell])));
        for command in commands().get_subcommands() {
            assert!(script.contains(command.get_name()), "{shell}: {}", command.get_name());
        }
        assert!(script.contains("people-out"), "{shell} knows the options");
        let mut made = Vec::new();
        let known = shell.parse::<clap_complete::Shell>().unwrap();
        clap_complete::generate(known, &mut commands(), "needlework", &mut made);
        assert_eq!(script.as_bytes(), made, "{shell}: printing takes nothing away");
        let told = stdout(&run_to(0, &mut needlework(&["completions", shell, "--json"])));
        let told: serde_json::Value = serde_json::from_str(&told).unwrap();
        assert_eq!((&told["shell"], &told["script"]), (&shell.into(), &script.into()));
    }
}

#[test]
fn a_shell_that_is_not_known_is_refused_with_those_that_are() {
    let said = stderr(&run_to(2, &mut needlework(&["completions", "dash"])));
    for shell in SHELLS {
        assert!(said.contains(shell), "{said}");
    }
}

#[test]
fn there_is_a_page_of_the_program_and_of_each_command_that_says_what_help_says() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("man");
    let said = stdout(&run_to(0, needlework(&["man", "--out"]).arg(&out)));
    assert!(said.contains("needlework.1"), "{said}");
    let mut wanted: BTreeSet<String> = commands()
        .get_subcommands()
        .map(|command| format!("needlework-{}.1", command.get_name()))
        .collect();
    wanted.insert("needlework.1".to_owned());
    assert_eq!(
        names_in(&out),
        wanted.iter().cloned().collect::<Vec<_>>(),
        "what is written is what MAN_PAGES of the desk knows"
    );
    for name in &wanted {
        let page = fs::read_to_string(out.join(name)).unwrap();
        assert!(page.starts_with(".\\\" Written by needlework man.\n"), "{name}");
        let version = env!("CARGO_PKG_VERSION");
        let title = format!(
            ".TH {} 1 \" \" \"needlework {version}\" Needlework\n",
            name.trim_end_matches(".1")
        );
        assert!(page.contains(&title), "{name}: {page}");
        assert!(!page.contains('\u{1b}'), "{name} has no colours");
    }
    let page = fs::read_to_string(out.join("needlework-assess.1")).unwrap();
    for option in ["\\-\\-people\\-out", "\\-\\-deny", "\\-\\-seed"] {
        assert!(page.contains(option), "{option}: {page}");
    }
    assert!(page.contains("Judge a plan") && page.contains("Exit codes"), "{page}");
}

#[test]
fn pages_are_asked_for_with_a_place() {
    let said = stderr(&run_to(2, &mut needlework(&["man"])));
    assert!(said.contains("--out"), "{said}");
}
