//! The chore `dist`: one archive for this platform, with all that somebody without Rust needs, and a look at it where
//! there is nothing else.
//!
//! `target/dist/needlework-VERSION-TARGET.tar.gz` holds the program, its manual pages and completions, two cases, how
//! to install it, the licences of all that is built in, and a checksum of each file; its own checksum lies beside it.
//! It is as old as the commit that it is built from, or as `SOURCE_DATE_EPOCH` says, and packing it twice gives the
//! same bytes; `--check` holds it to that.
//!
//! What is given away is built in a folder of its own, with the folders of its sources called `/needlework`, `/cargo`
//! and `/rust` wherever they lay: it names nobody's home, and another place gives the same bytes. `--check` looks at
//! the program that `.ci/run` has built already, and so says nothing about that.
//!
//! Limits: another compiler or linker gives other bytes. It is built for the platform of the compiler alone.

mod archive;
mod licences;
mod trial;

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::tree::workspace_root;
use archive::{Files, Packed, SUMS};

/// The crate of the program.
const PROGRAM: &str = "needlework-cli";

/// How to install it; what stands in braces is filled in.
const INSTALL: &str = include_str!("../dist/INSTALL.txt");

/// Files of the project that go along as they are.
const ALONG: [&str; 5] = [
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "cases/clinic-abdomen-alba.toml",
    "cases/home-roller-1.5mm.toml",
];

/// Where the script of each shell is looked for.
const COMPLETIONS: [(&str, &str); 3] = [
    ("bash", "share/bash-completion/completions/needlework"),
    ("fish", "share/fish/vendor_completions.d/needlework.fish"),
    ("zsh", "share/zsh/site-functions/_needlework"),
];

/// The notices of Rust's standard library, below the folder of the toolchain, and under what name they go along.
const RUST_NOTICES: [&str; 2] = ["share/doc/rust/COPYRIGHT-library.html", "LICENSES-OF-RUST-LIBRARY.html"];

/// What an archive is made from.
struct Ware {
    /// Name of the archive and of its top folder.
    name: String,
    version: String,
    target: String,
    /// Its age, in seconds after 1970.
    seconds: u64,
    program: PathBuf,
    /// What cargo says of all crates.
    metadata: Value,
    /// The notices of Rust's standard library; none where a check runs on a toolchain without them.
    rust_notices: Option<Vec<u8>>,
}

/// Builds the program and packs it; with `--check` packs it twice and tries it on a bare machine.
///
/// # Errors
/// What cannot be built, read, started or written.
pub fn dist(arguments: &[String], out: &mut dyn Write) -> io::Result<bool> {
    let checks = match arguments {
        [] => false,
        [one] if one == "--check" => true,
        _ => {
            writeln!(out, "it takes nothing or --check: cargo run -p xtask -- dist --check")?;
            return Ok(false);
        }
    };
    let ware = Ware::built(out, checks)?;
    let parts = licences::built_into(PROGRAM, &ware.metadata)?;
    let refused = licences::refused(&parts);
    if !refused.is_empty() {
        writeln!(out, "the program may not be passed on with these in it; replace them:")?;
        for why in refused {
            writeln!(out, "  {why}")?;
        }
        return Ok(false);
    }
    let bytes = ware.packed(&parts)?;
    if checks && ware.packed(&parts)? != bytes {
        writeln!(out, "packing twice gave other bytes")?;
        return Ok(false);
    }
    let folder = Path::new(ware.metadata["target_directory"].as_str().unwrap_or("target")).join("dist");
    fs::create_dir_all(&folder)?;
    let file = format!("{}.tar.gz", ware.name);
    let sum = archive::checksum(&bytes);
    put(&folder.join(&file), &bytes)?;
    put(
        &folder.join(format!("{file}.sha256")),
        format!("{sum}  {file}\n").as_bytes(),
    )?;
    writeln!(out, "{}", folder.join(&file).display())?;
    writeln!(
        out,
        "{} bytes, {} parts from elsewhere, sha256 {sum}",
        bytes.len(),
        parts.len()
    )?;
    if checks {
        writeln!(out, "packed twice: the same bytes")?;
        trial::on_a_bare_machine(&folder.join(&file), &ware.name, out)?;
    }
    Ok(true)
}

impl Ware {
    /// Builds the program as it is released, and asks for all that its archive says of it.
    fn built(out: &mut dyn Write, checks: bool) -> io::Result<Self> {
        let root = workspace_root();
        let said = answer(Command::new("rustc").arg("-vV"))?;
        let target = said.lines().find_map(|line| line.strip_prefix("host: "));
        let target = target
            .ok_or_else(|| io::Error::other("rustc -vV names no host"))?
            .to_owned();
        let metadata = answer(cargo(&root).args([
            "metadata",
            "--locked",
            "--format-version",
            "1",
            "--filter-platform",
            &target,
        ]))?;
        let metadata: Value = serde_json::from_str(&metadata)?;
        let packages = metadata["packages"].as_array().into_iter().flatten();
        let version = packages
            .filter(|package| package["name"] == PROGRAM)
            .find_map(|package| package["version"].as_str());
        let version = version
            .ok_or_else(|| io::Error::other(format!("cargo metadata names no version of {PROGRAM}")))?
            .to_owned();
        let toolchain = answer(Command::new("rustc").args(["--print", "sysroot"]))?;
        let toolchain = Path::new(toolchain.trim());
        let rust_notices = toolchain.join(RUST_NOTICES[0]);
        let rust_notices = match fs::read(&rust_notices) {
            Ok(notices) => Some(notices),
            // An archive that is given away has them; a check of everything else need not.
            Err(_) if checks => {
                writeln!(
                    out,
                    "left out: the notices of Rust's library, which this toolchain lacks"
                )?;
                None
            }
            Err(error) => {
                return Err(io::Error::other(format!(
                    "the notices of Rust's library cannot be read, {}: {error}; a toolchain of rustup has them",
                    rust_notices.display()
                )));
            }
        };
        Ok(Self {
            name: format!("needlework-{version}-{target}"),
            version,
            target,
            seconds: seconds(&root, out)?,
            program: if checks {
                released(&root)?
            } else {
                let folder = Path::new(metadata["target_directory"].as_str().unwrap_or("target")).join("dist-build");
                built(&root, Some((&folder, &places(&root, toolchain)?)))?
            },
            metadata,
            rust_notices,
        })
    }

    /// The archive.
    fn packed(&self, parts: &[licences::BuiltIn]) -> io::Result<Vec<u8>> {
        let root = workspace_root();
        let mut files = Files::new();
        let mut add = |path: &str, content: Vec<u8>, runs| {
            files.insert(path.to_owned(), Packed { content, runs });
        };
        for path in ALONG {
            add(path, fs::read(root.join(path))?, false);
        }
        let program = fs::read(&self.program)?;
        add("INSTALL.txt", self.install(&program).into_bytes(), false);
        add("bin/needlework", program, true);
        for (shell, path) in COMPLETIONS {
            let script = answer(Command::new(&self.program).args(["completions", shell]))?;
            add(path, script.into_bytes(), false);
        }
        for (name, page) in self.manual()? {
            add(&format!("share/man/man1/{name}"), page, false);
        }
        let page = licences::page(&format!("needlework {} for {}", self.version, self.target), parts)?;
        add("LICENSES-OF-DEPENDENCIES.txt", page.into_bytes(), false);
        if let Some(notices) = &self.rust_notices {
            add(RUST_NOTICES[1], notices.clone(), false);
        }
        let sums = archive::checksums(&files).into_bytes();
        files.insert(
            SUMS.to_owned(),
            Packed {
                content: sums,
                runs: false,
            },
        );
        archive::pack(&self.name, &files, self.seconds)
    }

    /// How to install it.
    fn install(&self, program: &[u8]) -> String {
        let needs = newest_glibc(program).map_or_else(String::new, |version| {
            format!(", only a Linux with glibc {version} or newer")
        });
        INSTALL
            .replace("{version}", &self.version)
            .replace("{target}", &self.target)
            .replace("{needs}", &needs)
    }

    /// The manual pages, as the program writes them.
    fn manual(&self) -> io::Result<BTreeMap<String, Vec<u8>>> {
        let place = tempfile::tempdir()?;
        let pages = place.path().join("man");
        answer(Command::new(&self.program).args(["man", "--out"]).arg(&pages))?;
        let mut found = BTreeMap::new();
        for entry in fs::read_dir(&pages)? {
            let entry = entry?;
            found.insert(
                entry.file_name().to_string_lossy().into_owned(),
                fs::read(entry.path())?,
            );
        }
        Ok(found)
    }
}

/// The folders in which sources lie, each with the name that it has in a program that is given away.
type Places = Vec<(PathBuf, &'static str)>;

fn places(root: &Path, toolchain: &Path) -> io::Result<Places> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    let home = home.ok_or_else(|| io::Error::other("nobody knows where cargo keeps its sources; set CARGO_HOME"))?;
    Ok(vec![
        (home, "/cargo"),
        (toolchain.to_owned(), "/rust"),
        (root.to_owned(), "/needlework"),
    ])
}

/// Builds the program as it is released, and gives back where it lies.
///
/// # Errors
/// What cannot be built or started.
pub fn released(root: &Path) -> io::Result<PathBuf> {
    built(root, None)
}

/// Builds as `.ci/run` does, or into a folder of its own with other names for places, and gives back where the program
/// lies.
fn built(root: &Path, given_away: Option<(&Path, &Places)>) -> io::Result<PathBuf> {
    let mut command = cargo(root);
    command
        .args(["build", "--release", "--locked", "--message-format=json-render-diagnostics"])
        // The archive is for the machine that builds it.
        .env_remove("CARGO_BUILD_TARGET")
        .stderr(Stdio::inherit());
    if let Some((folder, places)) = given_away {
        let flags = places.iter().map(|(place, name)| {
            let mut flag = OsString::from("--remap-path-prefix=");
            flag.push(place);
            flag.push("=");
            flag.push(name);
            flag
        });
        command.arg("--target-dir").arg(folder).env(
            "CARGO_ENCODED_RUSTFLAGS",
            flags.collect::<Vec<_>>().join(OsStr::new("\u{1f}")),
        );
    }
    let done = command.output()?;
    if !done.status.success() {
        return Err(io::Error::other("the program could not be built; cargo says why above"));
    }
    let said = String::from_utf8_lossy(&done.stdout);
    let program = said
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|message| message["target"]["name"] == "needlework")
        .find_map(|message| message["executable"].as_str().map(PathBuf::from));
    let program = program.ok_or_else(|| io::Error::other("cargo built no program called needlework"))?;
    if let Some((_, places)) = given_away {
        let content = fs::read(&program)?;
        let named = places.iter().find(|(place, _)| names(&content, place));
        if let Some((place, _)) = named {
            let place = place.display();
            return Err(io::Error::other(format!(
                "the program names {place}, where it was built"
            )));
        }
    }
    Ok(program)
}

/// Whether the path of a folder stands in a program.
fn names(program: &[u8], folder: &Path) -> bool {
    let path = folder.as_os_str().as_encoded_bytes();
    !path.is_empty() && program.windows(path.len()).any(|part| part == path)
}

/// How old the archive is to be.
fn seconds(root: &Path, out: &mut dyn Write) -> io::Result<u64> {
    if let Ok(text) = std::env::var("SOURCE_DATE_EPOCH") {
        return text.trim().parse().map_err(|_| {
            io::Error::other(format!(
                "SOURCE_DATE_EPOCH is `{text}`; it takes whole seconds after 1970, such as 1700000000"
            ))
        });
    }
    let git = |arguments: &[&str]| answer(Command::new("git").current_dir(root).args(arguments));
    let text = git(&["log", "-1", "--format=%ct"]).map_err(|error| {
        io::Error::other(format!(
            "the time of the commit is not known ({error}); set SOURCE_DATE_EPOCH to seconds after 1970"
        ))
    })?;
    if !git(&["status", "--porcelain"])?.is_empty() {
        writeln!(
            out,
            "note: files differ from the commit that the program names; this archive is for trying out"
        )?;
    }
    text.trim()
        .parse()
        .map_err(|_| io::Error::other(format!("git gives `{}` as time of the commit", text.trim())))
}

/// The newest version of glibc that a program names, which is what it needs.
fn newest_glibc(program: &[u8]) -> Option<String> {
    const MARK: &[u8] = b"GLIBC_";
    let places = (0..program.len()).filter(|at| program[*at..].starts_with(MARK));
    let versions = places.filter_map(|at| {
        let rest = program[at + MARK.len()..].iter();
        let digits: Vec<u8> = rest
            .copied()
            .take_while(|byte| byte.is_ascii_digit() || *byte == b'.')
            .collect();
        let text = String::from_utf8(digits).ok()?;
        let numbers: Option<Vec<u32>> = text.split('.').map(|part| part.parse().ok()).collect();
        Some((numbers?, text))
    });
    versions.max().map(|(_, text)| text)
}

/// Cargo, as it runs this chore.
fn cargo(root: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    command.current_dir(root);
    command
}

/// What a command prints.
fn answer(command: &mut Command) -> io::Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let done = command
        .output()
        .map_err(|error| io::Error::new(error.kind(), format!("{name} cannot be started: {error}")))?;
    if !done.status.success() {
        let said = String::from_utf8_lossy(&done.stderr);
        return Err(io::Error::other(format!("{name} failed: {}", said.trim())));
    }
    String::from_utf8(done.stdout).map_err(|_| io::Error::other(format!("{name} printed what is no text")))
}

/// Writes a whole file or nothing; the earlier one is replaced.
fn put(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    fs::write(&part, content)?;
    fs::rename(&part, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_what_it_takes_before_it_builds_anything() {
        let mut said = Vec::new();
        assert!(!dist(&["--chekc".to_owned()], &mut said).unwrap());
        assert!(String::from_utf8(said).unwrap().contains("--check"));
    }

    #[test]
    fn a_program_that_names_a_folder_is_found_out() {
        assert!(names(b"at /somewhere/.cargo/registry", Path::new("/somewhere")));
        assert!(!names(b"at /cargo/registry", Path::new("/somewhere")));
        assert!(!names(b"at /cargo/registry", Path::new("")));
    }

    #[test]
    fn what_goes_along_is_there() {
        for path in ALONG {
            assert!(workspace_root().join(path).is_file(), "{path}");
        }
        for field in ["{version}", "{target}", "{needs}"] {
            assert_eq!(INSTALL.matches(field).count(), 1, "{field}");
        }
        for (_, path) in COMPLETIONS {
            assert!(
                INSTALL.replace('\n', " ").contains(path),
                "how {path} is removed is said"
            );
        }
    }

    #[test]
    fn the_newest_glibc_is_told_by_numbers_and_not_by_letters() {
        let program = b"\0GLIBC_2.9\0GLIBC_2.34\0GLIBC_2.4\0GLIBC_PRIVATE\0";
        assert_eq!(newest_glibc(program).as_deref(), Some("2.34"));
        assert_eq!(newest_glibc(b"nothing"), None);
    }

    #[test]
    fn a_file_is_written_whole_and_nothing_is_left_beside_it() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("a.tar.gz");
        put(&path, b"old").unwrap();
        put(&path, b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
    }
}
