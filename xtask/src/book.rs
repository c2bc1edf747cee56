//! The book: chapters in Markdown whose every figure is what the program prints today.
//!
//! A chapter in `book/` carries marked blocks, and what stands between the marks is replaced by the output of the
//! command:
//!
//! ```text
//! <!-- run: needlework sites -->       output as a text block, after the command itself
//! <!-- first 9: needlework sites -->   the same, cut after so many lines
//! <!-- paste: needlework card -->      output as it is, for commands that print Markdown
//! <!-- labels: evidence/labels.toml -->    a table of what labels and guidelines say, and the rules that hold it
//! <!-- end -->
//! ```
//!
//! `cargo run --release -p xtask -- book` writes the chapters anew, `book --check` says which differ, and
//! `book --html DIR` renders them, with the page of all evidence beside them. Commands are run without a shell, on the
//! release binary; a command that fails ends the work.
//!
//! README.md is held like a chapter: its examples are such blocks, and the few figures in its sentences stand in a list
//! with what holds each.
//!
//! Limits: a block runs one command of `needlework`; Markdown is CommonMark with tables; pages carry one small style
//! sheet and load nothing.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::Command;

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, html};

use crate::labels;
use crate::tree::workspace_root;

/// What a command is called in a chapter.
const PROGRAM: &str = "needlework";

/// Writes, checks or renders the book.
///
/// # Errors
/// What cannot be read, run or written.
pub fn book(arguments: &[String], out: &mut dyn Write) -> io::Result<bool> {
    let root = workspace_root();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] => renew(&root, false, out),
        ["--check"] => renew(&root, true, out),
        ["--html", folder] => render(&root, Path::new(folder), out),
        _ => {
            writeln!(out, "cargo run --release -p xtask -- book [--check | --html DIR]")?;
            Ok(false)
        }
    }
}

/// Fills every chapter, and writes those that differ or, when only checking, names them.
fn renew(root: &Path, only_check: bool, out: &mut dyn Write) -> io::Result<bool> {
    let program = build(root)?;
    let mut fresh = true;
    let readme = root.join("README.md");
    for chapter in chapters(root)?.into_iter().chain([readme.clone()]) {
        let before = fs::read_to_string(&chapter)?;
        let by_hand = if chapter == readme {
            unheld(&before)
        } else {
            typed_by_hand(&before)
        };
        for (line, text) in by_hand {
            fresh = false;
            writeln!(
                out,
                "{}:{line}: a figure typed by hand, `{text}`; let a command of the program print it",
                chapter.display()
            )?;
        }
        let after = fill(&before, &mut |block| match block {
            Block::Command(words) => run(root, &program, words),
            Block::Labels(path) => labels::table(&fs::read_to_string(root.join(path))?).map_err(io::Error::other),
        })
        .map_err(|error| {
            let what = format!("{}: {error}", chapter.display());
            io::Error::new(error.kind(), what)
        })?;
        if after == before {
            continue;
        }
        if only_check {
            fresh = false;
            let line = before
                .lines()
                .zip(after.lines())
                .take_while(|(old, new)| old == new)
                .count()
                + 1;
            writeln!(
                out,
                "{}:{line}: no longer what the program prints; write it anew with `cargo run --release -p xtask -- \
                    book`",
                chapter.display()
            )?;
        } else {
            fs::write(&chapter, after)?;
            writeln!(out, "wrote {}", chapter.display())?;
        }
    }
    Ok(fresh)
}

/// Every chapter, in the order of its name.
fn chapters(root: &Path) -> io::Result<Vec<std::path::PathBuf>> {
    let mut found: Vec<_> = fs::read_dir(root.join("book"))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    found.retain(|path| path.extension().is_some_and(|end| end == "md"));
    found.sort();
    Ok(found)
}

/// Builds the release binary and says where it is.
fn build(root: &Path) -> io::Result<std::path::PathBuf> {
    let built = Command::new("cargo")
        .current_dir(root)
        .args(["build", "--release", "--locked", "--quiet"])
        .status()?;
    if !built.success() {
        return Err(io::Error::other("the program does not build"));
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), Into::into);
    Ok(target.join("release").join(PROGRAM))
}

/// Runs one command of the program and gives what it prints.
fn run(root: &Path, program: &Path, words: &[&str]) -> io::Result<String> {
    let done = Command::new(program).current_dir(root).args(words).output()?;
    // A verdict of the wrong kind or a missed target is an answer; an error of the input or the work is not.
    if !done.status.success() {
        let told = String::from_utf8_lossy(&done.stderr).into_owned();
        return Err(io::Error::other(format!(
            "`{PROGRAM} {}` failed: {told}",
            words.join(" ")
        )));
    }
    String::from_utf8(done.stdout).map_err(io::Error::other)
}

/// What a marked block holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Block<'a> {
    /// What a command of the program prints.
    Command(&'a [&'a str]),
    /// The table of labels in the file at this path.
    Labels(&'a str),
}

/// A chapter with every marked block replaced by what `run` gives for it.
///
/// # Errors
/// A block without an end, a command that is not the program's, or what `run` says.
pub fn fill(chapter: &str, run: &mut dyn FnMut(Block<'_>) -> io::Result<String>) -> io::Result<String> {
    let mut filled = String::with_capacity(chapter.len());
    let mut lines = chapter.lines();
    while let Some(line) = lines.next() {
        filled.push_str(line);
        filled.push('\n');
        let Some((kind, command)) = mark(line) else { continue };
        let words: Vec<&str> = command.split_whitespace().collect();
        let printed = match (kind, words.split_first()) {
            ("labels", _) => run(Block::Labels(command))?,
            (_, Some((&PROGRAM, rest))) => run(Block::Command(rest))?,
            _ => return Err(io::Error::other(format!("`{command}` is no command of {PROGRAM}"))),
        };
        let printed = printed.trim_end();
        match kind
            .strip_prefix("first ")
            .and_then(|lines| lines.parse::<usize>().ok())
        {
            Some(lines) => {
                let shown: Vec<&str> = printed.lines().take(lines).collect();
                filled.push_str(&format!("```text\n$ {command}\n{}\n…\n```\n", shown.join("\n")));
            }
            None if kind == "run" => filled.push_str(&format!("```text\n$ {command}\n{printed}\n```\n")),
            _ => filled.push_str(&format!("\n{printed}\n\n")),
        }
        if !lines.by_ref().any(|line| line.trim() == "<!-- end -->") {
            return Err(io::Error::other(format!(
                "the block of `{command}` has no <!-- end -->"
            )));
        }
        filled.push_str("<!-- end -->\n");
    }
    Ok(filled)
}

/// Lines outside the blocks that hold a figure, other than the number of a list and the length of a needle: a book
/// shows what was read or computed.
fn typed_by_hand(chapter: &str) -> Vec<(usize, &str)> {
    let mut inside = false;
    let mut found = Vec::new();
    for (place, line) in chapter.lines().enumerate() {
        inside = inside || mark(line).is_some();
        let listed = line
            .split_once(". ")
            .filter(|(number, _)| number.trim().parse::<u32>().is_ok())
            .map_or(line, |(_, rest)| rest);
        let words: Vec<&str> = listed.split_whitespace().collect();
        let figure = words.iter().enumerate().any(|(place, word)| {
            let length = words.get(place + 1).is_some_and(|unit| unit.starts_with("mm"));
            // A link or a word of code is no figure.
            let written = word.contains(['`', '/', '_', '.']) && !word.starts_with(|c: char| c.is_ascii_digit());
            word.contains(|c: char| c.is_ascii_digit()) && !length && !written
        });
        if figure && !inside {
            found.push((place + 1, line));
        }
        inside = inside && line.trim() != "<!-- end -->";
    }
    found
}

/// What the sentences of README.md may say in figures, with what holds each.
const HELD: &[(&str, &str)] = &[
    ("(1.95 or newer)", "rust-version of Cargo.toml, by a test"),
    ("100 people", "the denominator of every share"),
    ("A4", "the name of a paper"),
    ("Apache-2.0", "the name of a licence"),
];

/// Lines of README.md whose figures nothing holds; code that is shown and tags of pictures say nothing about results.
fn unheld(readme: &str) -> Vec<(usize, &str)> {
    let mut fenced = false;
    let mut code = Vec::new();
    for line in readme.lines() {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        code.push(fenced || fence || line.contains("<img"));
    }
    typed_by_hand(readme)
        .into_iter()
        .filter(|(line, _)| !code[line - 1])
        .filter(|(_, text)| {
            let rest = HELD
                .iter()
                .fold((*text).to_owned(), |rest, (words, _)| rest.replace(words, ""));
            !typed_by_hand(&rest).is_empty()
        })
        .collect()
}

/// The kind and the command of a line that opens a block.
fn mark(line: &str) -> Option<(&str, &str)> {
    let inner = line.trim().strip_prefix("<!--")?.strip_suffix("-->")?.trim();
    let (kind, command) = inner.split_once(':')?;
    let known = matches!(kind, "run" | "paste" | "labels")
        || kind
            .strip_prefix("first ")
            .is_some_and(|lines| lines.parse::<usize>().is_ok());
    known.then_some((kind, command.trim()))
}

/// Writes every chapter as a page, `README.md` as `index.html`, with the evidence and the pictures beside them.
fn render(root: &Path, folder: &Path, out: &mut dyn Write) -> io::Result<bool> {
    fs::create_dir_all(folder)?;
    for chapter in chapters(root)? {
        let text = fs::read_to_string(&chapter)?;
        let name = chapter.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let name = if name == "README" { "index".to_owned() } else { name };
        fs::write(folder.join(format!("{name}.html")), page(&text))?;
    }
    let pictures = folder.join("gallery");
    fs::create_dir_all(&pictures)?;
    for entry in fs::read_dir(root.join("docs").join("gallery"))? {
        let entry = entry?;
        fs::copy(entry.path(), pictures.join(entry.file_name()))?;
    }
    let program = build(root)?;
    // Beside the chapter `evidence.html`, which tells what a passport is.
    let evidence = folder.join("passports.html");
    run(root, &program, &["evidence", "--html", &evidence.display().to_string()])?;
    writeln!(out, "wrote {}", folder.join("index.html").display())?;
    Ok(true)
}

/// One chapter as a page; links from chapter to chapter become links from page to page.
pub fn page(chapter: &str) -> String {
    let title = chapter
        .lines()
        .find_map(|line| line.strip_prefix("# "))
        .unwrap_or("Needlework");
    let events = Parser::new_ext(chapter, Options::ENABLE_TABLES).filter_map(|event| match event {
        // The marks of the blocks are for writers.
        Event::Html(_) => None,
        Event::Start(Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        }) => Some(Event::Start(Tag::Link {
            link_type,
            dest_url: page_address(&dest_url),
            title,
            id,
        })),
        Event::Start(Tag::Image {
            link_type,
            dest_url,
            title,
            id,
        }) => Some(Event::Start(Tag::Image {
            link_type,
            dest_url: CowStr::from(dest_url.replace("../docs/gallery/", "gallery/")),
            title,
            id,
        })),
        other => Some(other),
    });
    let mut body = String::new();
    html::push_html(&mut body, events);
    // A table or a block of output may be wider than a phone: it scrolls by itself, also by keyboard.
    let body = body
        .replace(
            "<table>",
            "<section class=\"scroll\" tabindex=\"0\" aria-label=\"Table\"><table>",
        )
        .replace("</table>", "</table></section>")
        .replace("<th></th>", "<td></td>")
        .replace("<th>", "<th scope=\"col\">")
        .replace(
            "<pre>",
            "<section class=\"scroll\" tabindex=\"0\" aria-label=\"Output\"><pre>",
        )
        .replace("</pre>", "</pre></section>");
    let body = named_apart(&body);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta \
            http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src \
            'self'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta \
            name=\"color-scheme\" content=\"light dark\">\n<title>{title} – \
            Needlework</title>\n<style>{}</style>\n</head>\n<body>\n<header><nav aria-label=\"Book\"><a \
            href=\"index.html\">Needlework: contents</a></nav></header>\n<main>\n{body}</main>\n</body>\n</html>\n",
        include_str!("book.css")
    )
}

/// Regions get a number in their label, since a screen reader lists them by name.
fn named_apart(body: &str) -> String {
    let mut named = String::with_capacity(body.len());
    for (place, piece) in body.split("tabindex=\"0\" aria-label=\"").enumerate() {
        if place > 0 {
            let (name, rest) = piece.split_once('"').unwrap_or((piece, ""));
            named.push_str(&format!("tabindex=\"0\" aria-label=\"{name} {place}\""));
            named.push_str(rest);
        } else {
            named.push_str(piece);
        }
    }
    named
}

/// Where a link of the book leads among the pages.
fn page_address(link: &str) -> CowStr<'static> {
    let (path, part) = link
        .split_once('#')
        .map_or((link, String::new()), |(path, part)| (path, format!("#{part}")));
    let address = match path.strip_suffix(".md") {
        Some("README") => format!("index.html{part}"),
        Some(name) if !name.contains('/') => format!("{name}.html{part}"),
        _ => link.to_owned(),
    };
    CowStr::from(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHAPTER: &str = "# A\n\n<!-- run: needlework sites -->\nold\n<!-- end -->\n\nafter\n";

    fn echo(block: Block<'_>) -> io::Result<String> {
        Ok(match block {
            Block::Command(words) => format!("said {}\n", words.join(" ")),
            Block::Labels(path) => format!("| {path} |\n"),
        })
    }

    #[test]
    fn a_table_of_labels_stands_in_its_block() {
        let filled = fill("<!-- labels: evidence/labels.toml -->\n<!-- end -->\n", &mut echo).unwrap();
        assert_eq!(
            filled,
            "<!-- labels: evidence/labels.toml -->\n\n| evidence/labels.toml |\n\n<!-- end -->\n"
        );
    }

    #[test]
    fn a_block_holds_what_the_command_prints_and_filling_twice_changes_nothing() {
        let once = fill(CHAPTER, &mut echo).unwrap();
        assert!(
            once.contains("```text\n$ needlework sites\nsaid sites\n```\n<!-- end -->\n\nafter\n"),
            "{once}"
        );
        assert!(!once.contains("old"));
        assert_eq!(fill(&once, &mut echo).unwrap(), once);
    }

    #[test]
    fn a_figure_outside_a_block_is_found_and_list_numbers_and_needle_lengths_are_not() {
        let chapter =
            "1. A roller of 1.5 mm.\n<!-- run: needlework sites -->\n17 % here\n<!-- end -->\nAbout 17 % of people.\n";
        assert_eq!(typed_by_hand(chapter), [(5, "About 17 % of people.")]);
    }

    #[test]
    fn a_pasted_block_is_markdown() {
        let filled = fill("<!-- paste: needlework card -->\n<!-- end -->\n", &mut echo).unwrap();
        assert_eq!(filled, "<!-- paste: needlework card -->\n\nsaid card\n\n<!-- end -->\n");
    }

    #[test]
    fn a_block_without_an_end_or_of_another_program_is_an_error() {
        assert!(fill("<!-- run: needlework sites -->\n", &mut echo).is_err());
        assert!(fill("<!-- run: rm everything -->\n<!-- end -->\n", &mut echo).is_err());
    }

    #[test]
    fn a_page_links_to_pages_and_carries_no_marks() {
        let page = page(
            "# Title\n\n[next](rules.md#r1) [home](README.md) [code](https://example.org/x.md)\n\n<!-- run: needlework \
                sites -->\n<!-- end -->\n",
        );
        assert!(
            page.contains("href=\"rules.html#r1\"") && page.contains("href=\"index.html\""),
            "{page}"
        );
        assert!(page.contains("href=\"https://example.org/x.md\""));
        assert!(page.contains("<title>Title – Needlework</title>") && !page.contains("<!-- run"));
    }

    #[test]
    fn every_figure_in_the_sentences_of_the_readme_is_held() {
        let root = workspace_root();
        let readme = fs::read_to_string(root.join("README.md")).unwrap();
        assert_eq!(unheld(&readme), []);
        assert_eq!(unheld("It hits 7 of 16.").len(), 1);
        let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
        let version = manifest
            .split("rust-version = \"")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .unwrap();
        assert!(readme.contains(&format!("({version} or newer)")), "{version}");
    }

    #[test]
    fn a_block_may_show_the_first_lines_only() {
        let filled = fill("<!-- first 2: needlework sites -->\n<!-- end -->\n", &mut |_| {
            Ok("a\nb\nc\n".into())
        })
        .unwrap();
        assert!(filled.contains("$ needlework sites\na\nb\n…\n"), "{filled}");
    }
}
