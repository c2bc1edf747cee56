//! The archive on a bare machine: unpacked into an empty folder, and used without environment, home or other programs.
//!
//! The search path is an empty folder, so neither Rust nor anything else can be found. Looked at are every checksum, an
//! answer to a case from standard input, the local page from its start to its first answer, and what a shell is given.

use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use flate2::read::GzDecoder;

use super::archive::{SUMS, checksum};

/// What the local page should take from its start to its first answer, and what fails.
const AIM: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(5);

/// The case that is asked.
const CASE: &str = "cases/clinic-abdomen-alba.toml";

/// A machine with nothing on it but the archive.
struct Machine {
    /// Keeps the folders below alive.
    _place: tempfile::TempDir,
    /// The unpacked archive.
    top: PathBuf,
    home: PathBuf,
    path: PathBuf,
    work: PathBuf,
}

/// Tries the archive; what holds is told as it is found.
///
/// # Errors
/// What doesn't hold.
pub fn on_a_bare_machine(archive: &Path, name: &str, out: &mut dyn Write) -> io::Result<()> {
    let machine = Machine::with(archive, name)?;
    let files = machine.checksums_hold()?;
    writeln!(out, "unpacked: {files} files, each with its checksum")?;
    machine.answers()?;
    writeln!(out, "assess: report.html from a case on standard input")?;
    let taken = machine.serves()?;
    writeln!(
        out,
        "serve: {} ms from its start to its first answer (aim: below {} ms, fails above {} ms)",
        taken.as_millis(),
        AIM.as_millis(),
        LONGEST.as_millis()
    )?;
    wrong_if(taken > LONGEST, || "the local page took too long to start".to_owned())?;
    machine.completes()?;
    writeln!(out, "completions: as packed")?;
    machine.checksums_hold()?;
    let left = fs::read_dir(&machine.home)?.count();
    wrong_if(left > 0, || format!("the program left {left} files in the home folder"))?;
    writeln!(
        out,
        "afterwards: no file of the archive is changed, the home folder is empty"
    )
}

fn wrong_if(wrong: bool, what: impl FnOnce() -> String) -> io::Result<()> {
    if wrong { Err(io::Error::other(what())) } else { Ok(()) }
}

impl Machine {
    fn with(archive: &Path, name: &str) -> io::Result<Self> {
        let place = tempfile::tempdir()?;
        let unpacked = GzDecoder::new(fs::File::open(archive)?);
        tar::Archive::new(unpacked).unpack(place.path())?;
        let tops = fs::read_dir(place.path())?.count();
        let top = place.path().join(name);
        wrong_if(tops != 1 || !top.is_dir(), || {
            format!("the archive has {tops} top folders; it should have {name} alone")
        })?;
        let folder = |name: &str| {
            let folder = place.path().join(name);
            fs::create_dir(&folder).map(|()| folder)
        };
        Ok(Self {
            top,
            home: folder("home")?,
            path: folder("path")?,
            work: folder("work")?,
            _place: place,
        })
    }

    /// The program, with nothing around it.
    fn program(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(self.top.join("bin").join("needlework"));
        command
            .args(arguments)
            .env_clear()
            .env("HOME", &self.home)
            .env("PATH", &self.path)
            .current_dir(&self.work);
        command
    }

    /// Every file has a checksum that is right; says how many there are.
    fn checksums_hold(&self) -> io::Result<usize> {
        let sums = fs::read_to_string(self.top.join(SUMS))?;
        let mut named = Vec::new();
        for line in sums.lines() {
            let (sum, path) = line
                .split_once("  ")
                .ok_or_else(|| io::Error::other(format!("{SUMS}: `{line}` is no checksum with its file")))?;
            let found = checksum(&fs::read(self.top.join(path))?);
            wrong_if(found != sum, || format!("{path} has the checksum {found}, not {sum}"))?;
            named.push(path.to_owned());
        }
        named.push(SUMS.to_owned());
        named.sort();
        let mut found = Vec::new();
        below(&self.top, "", &mut found)?;
        found.sort();
        wrong_if(named != found, || {
            format!("{SUMS} names {named:?}, and there are {found:?}")
        })?;
        Ok(found.len())
    }

    fn answers(&self) -> io::Result<()> {
        let case = fs::File::open(self.top.join(CASE))?;
        let done = self
            .program(&["assess", "-", "--people", "200", "--out", "out"])
            .stdin(case)
            .output()?;
        went_well("assess", &done)?;
        for (name, begins) in [("report.html", "<!DOCTYPE html>"), ("report.json", "{")] {
            let text = fs::read_to_string(self.work.join("out").join(name))?;
            wrong_if(!text.starts_with(begins), || {
                format!("{name} does not begin with {begins}")
            })?;
        }
        Ok(())
    }

    fn completes(&self) -> io::Result<()> {
        let done = self.program(&["completions", "bash"]).output()?;
        went_well("completions bash", &done)?;
        let packed = fs::read(self.top.join("share/bash-completion/completions/needlework"))?;
        wrong_if(done.stdout != packed, || {
            "completions bash prints another script than the packed one".to_owned()
        })
    }

    /// Starts the local page and asks for it; says how long both took.
    fn serves(&self) -> io::Result<Duration> {
        let begun = Instant::now();
        let mut command = self.program(&["serve", "--port", "0"]);
        let started = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let mut page = Served(started);
        let said = page
            .0
            .stdout
            .take()
            .ok_or_else(|| io::Error::other("no output of serve"))?;
        // Read beside, so that a page that never says where it is does not hold us.
        let (tell, hear) = mpsc::channel();
        std::thread::spawn(move || {
            let mut line = String::new();
            let read = BufReader::new(said).read_line(&mut line);
            let _ = tell.send(read.map(|_| line));
        });
        let line = hear
            .recv_timeout(LONGEST)
            .map_err(|_| io::Error::other(format!("serve says nothing for {} s", LONGEST.as_secs())))??;
        let host = line
            .split("http://")
            .nth(1)
            .unwrap_or_default()
            .trim()
            .trim_end_matches('/');
        let answer = asked(host)?;
        let taken = begun.elapsed();
        let fine = answer.starts_with("HTTP/1.") && answer.contains(" 200 ") && answer.contains("<title>");
        wrong_if(!fine, || {
            format!(
                "serve printed `{}`, and answers `{}`",
                line.trim(),
                answer.lines().next().unwrap_or_default()
            )
        })?;
        Ok(taken)
    }
}

/// A page that is served; it ends with its look.
struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What a host answers to a plain request for its front page.
fn asked(host: &str) -> io::Result<String> {
    let place = host.to_socket_addrs()?.next();
    let place = place.ok_or_else(|| io::Error::other(format!("`{host}` is no address")))?;
    let mut socket = TcpStream::connect_timeout(&place, LONGEST)?;
    socket.set_read_timeout(Some(LONGEST))?;
    socket.write_all(format!("GET / HTTP/1.0\r\nHost: {host}\r\n\r\n").as_bytes())?;
    let mut answer = Vec::new();
    socket.read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

fn went_well(what: &str, done: &Output) -> io::Result<()> {
    wrong_if(!done.status.success(), || {
        format!(
            "{what} ended with {}: {}",
            done.status,
            String::from_utf8_lossy(&done.stderr).trim()
        )
    })
}

/// Every file at or below a folder, by its path from there.
fn below(folder: &Path, prefix: &str, found: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            below(&entry.path(), &format!("{path}/"), found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::archive::{Files, Packed, checksums, pack};
    use super::*;

    /// A machine with an archive of these files, whose checksums are those of `summed`.
    fn machine(files: &[(&str, &str)], summed: &[(&str, &str)]) -> Machine {
        let of = |some: &[(&str, &str)]| -> Files {
            let packed = |content: &str| Packed {
                content: content.as_bytes().to_vec(),
                runs: false,
            };
            some.iter()
                .map(|(path, content)| ((*path).to_owned(), packed(content)))
                .collect()
        };
        let mut all = of(files);
        let sums = checksums(&of(summed));
        all.insert(
            SUMS.to_owned(),
            Packed {
                content: sums.into_bytes(),
                runs: false,
            },
        );
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("it.tar.gz");
        fs::write(&path, pack("it", &all, 0).unwrap()).unwrap();
        Machine::with(&path, "it").unwrap()
    }

    #[test]
    fn checksums_hold_and_a_changed_a_missing_and_an_unnamed_file_are_found() {
        let good = [("a", "one"), ("sub/b", "two")];
        assert_eq!(machine(&good, &good).checksums_hold().unwrap(), 3);
        let said = |files: &[(&str, &str)]| machine(files, &good).checksums_hold().unwrap_err().to_string();
        assert!(said(&[("a", "one"), ("sub/b", "new")]).contains("sub/b has the checksum"));
        let more = [("a", "one"), ("c", ""), ("sub/b", "two")];
        assert!(said(&more).contains("there are"));
        said(&[("a", "one")]);
    }

    #[test]
    fn a_program_that_is_missing_fails_the_look() {
        let bare = machine(&[("a", "one")], &[("a", "one")]);
        assert!(bare.completes().is_err() && bare.serves().is_err());
    }
}
