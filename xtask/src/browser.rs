//! Chores that need a browser: the audit of reports and the pictures of the gallery.
//!
//! The work is done by small drivers in `xtask/browser` that run in Node and steer headless Chromium; here their tools
//! are found, reports are gathered, and what is missing is named together with how to get it. Nothing is installed from
//! here: `.ci/run` does that.
//!
//! Limits: Chromium is the only browser that is looked at; pages are counted as it prints them, with the fonts of the
//! machine.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::dist::released;
use crate::tree::workspace_root;

/// Under which names Chromium goes, best first.
const CHROMIUM: &[&str] = &[
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
];

/// The reports of the gallery: the name of the picture and of its case.
const GALLERY: &[(&str, &str)] = &[
    ("clinic", "clinic-thigh-rubra"),
    ("home-refused", "home-roller-1.5mm"),
    ("home-short", "home-roller-0.2mm"),
];

/// Audits every page at or below the given folder: reports, comparisons, ledgers, the book.
///
/// # Errors
/// What cannot be read, started or written to `out`.
pub fn audit(arguments: &[String], out: &mut dyn Write) -> io::Result<bool> {
    let Some(folder) = arguments.first() else {
        writeln!(
            out,
            "name the folder that holds the reports: cargo run -p xtask -- browser out"
        )?;
        return Ok(false);
    };
    let reports = pages_below(Path::new(folder))?;
    if reports.is_empty() {
        writeln!(
            out,
            "there is no page in {folder}; write one with `needlework assess CASE --out {folder}`"
        )?;
        return Ok(false);
    }
    let Some(chromium) = ready(out)? else { return Ok(false) };
    let mut driver = node("audit.mjs");
    driver.arg(chromium).args(reports);
    run(&mut driver, out)
}

/// Goes through the local page of a built program as people do, and takes pictures of it where a folder is named.
///
/// # Errors
/// What cannot be started or written to `out`.
pub fn page(arguments: &[String], out: &mut dyn Write) -> io::Result<bool> {
    let Some((program, pictures)) = arguments.split_first() else {
        writeln!(
            out,
            "name the program: cargo run -p xtask -- page target/release/needlework [FOLDER]"
        )?;
        return Ok(false);
    };
    let Some(chromium) = ready(out)? else { return Ok(false) };
    let mut driver = node("serve.mjs");
    driver.arg(chromium).arg(program).args(pictures);
    run(&mut driver, out)
}

/// Takes the pictures of the gallery anew, from reports that are computed for it and from the local page.
///
/// # Errors
/// What cannot be read, started or written to `out`.
pub fn gallery(_arguments: &[String], out: &mut dyn Write) -> io::Result<bool> {
    let Some(chromium) = ready(out)? else { return Ok(false) };
    if find("pdftoppm").is_none() {
        writeln!(out, "pdftoppm is missing: apt-get install poppler-utils")?;
        return Ok(false);
    }
    let root = workspace_root();
    let pictures = root.join("docs").join("gallery");
    fs::create_dir_all(&pictures)?;
    let scratch = std::env::temp_dir().join(format!("needlework-gallery-{}", std::process::id()));
    fs::create_dir_all(&scratch)?;
    let program = released(&root)?;
    let mut driver = node("gallery.mjs");
    driver.arg(chromium).arg(&pictures).arg(&program);
    for (name, case) in GALLERY {
        let folder = scratch.join(name);
        let mut assess = Command::new(&program);
        assess
            .current_dir(&root)
            .arg("assess")
            .arg(format!("cases/{case}.toml"))
            .arg("--out")
            .arg(&folder)
            .stdout(Stdio::null());
        if !run(&mut assess, out)? {
            return Ok(false);
        }
        driver.arg(format!("{name}={}", folder.join("report.html").display()));
    }
    let done = run(&mut driver, out);
    fs::remove_dir_all(&scratch)?;
    done
}

/// Chromium, if it and all else that the drivers need is there; otherwise says what to install.
fn ready(out: &mut dyn Write) -> io::Result<Option<PathBuf>> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    let chromium = named.or_else(|| CHROMIUM.iter().find_map(|name| find(name)));
    let mut missing = Vec::new();
    if chromium.is_none() {
        missing.push("Chromium: apt-get install chromium, or set CHROMIUM to its path");
    }
    if find("node").is_none() {
        missing.push("Node 18 or newer: apt-get install nodejs npm");
    }
    if !drivers().join("node_modules").join("axe-core").is_dir() {
        missing.push("the drivers' packages: npm ci --prefix xtask/browser");
    }
    for what in &missing {
        writeln!(out, "missing: {what}")?;
    }
    Ok(chromium.filter(|_| missing.is_empty()))
}

fn drivers() -> PathBuf {
    workspace_root().join("xtask").join("browser")
}

fn node(driver: &str) -> Command {
    let mut command = Command::new("node");
    command.arg(drivers().join(driver));
    command
}

/// Runs a command, hands on what it prints, and says whether it went well.
fn run(command: &mut Command, out: &mut dyn Write) -> io::Result<bool> {
    let done = command.output()?;
    out.write_all(&done.stdout)?;
    if !done.status.success() {
        out.write_all(&done.stderr)?;
    }
    Ok(done.status.success())
}

/// A program on the search path.
fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|program| program.is_file())
}

/// Every HTML file at or below a folder, in the order of its name.
fn pages_below(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            found.extend(pages_below(&entry.path())?);
        } else if kind.is_file() && entry.path().extension().is_some_and(|end| end == "html") {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_audit_says_what_it_wants_when_no_folder_is_named() {
        let mut said = Vec::new();
        assert!(!audit(&[], &mut said).unwrap());
        assert!(String::from_utf8(said).unwrap().contains("name the folder"));
    }

    #[test]
    fn the_way_through_the_page_says_what_it_wants_when_no_program_is_named() {
        let mut said = Vec::new();
        assert!(!page(&[], &mut said).unwrap());
        assert!(String::from_utf8(said).unwrap().contains("name the program"));
    }

    #[test]
    fn a_folder_without_pages_fails_the_audit() {
        let folder = workspace_root().join("xtask").join("src");
        let mut said = Vec::new();
        assert!(!audit(&[folder.display().to_string()], &mut said).unwrap());
        assert!(String::from_utf8(said).unwrap().contains("no page"));
    }

    #[test]
    fn every_case_of_the_gallery_exists() {
        for (name, case) in GALLERY {
            let file = workspace_root().join("cases").join(format!("{case}.toml"));
            assert!(file.is_file(), "{name}: {}", file.display());
        }
    }
}
