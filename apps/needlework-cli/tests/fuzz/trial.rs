//! One input tried: what must hold of every run.
//!
//! No panic; an exit code of 0, 1 or 2 (3 where it was asked for); nothing printed that steers a terminal; nothing on
//! standard output and a way out told where the input is wrong; JSON where JSON was asked for; no file of the folder
//! lost or changed but what the run may write; no more than ten seconds of processor time; no more memory than a small
//! run takes. Processor time and memory are looked at where Linux tells them; the time is that of the processor, so
//! that a slow day fails nothing.

use std::ffi::OsString;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use needlework_cli::{Printed, printed};

use crate::inputs::Input;

/// Processor time of one input, seconds.
const LONGEST: f64 = 10.0;
/// Where no processor time is told: time on the wall, seconds.
const LONGEST_ON_THE_WALL: f64 = 300.0;
/// Resident memory of the process while it tries one input, bytes.
const MOST: u64 = 700_000_000;
/// As on the main thread of a program.
const STACK: usize = 8 << 20;

/// How an input went.
#[derive(Debug, Clone, Copy)]
pub struct Went {
    /// Exit code.
    pub code: u8,
    /// Processor seconds.
    pub seconds: f64,
    /// Peak of resident memory, bytes; zero where it isn't told.
    pub peak: u64,
}

/// Tries an input in an empty folder.
///
/// # Errors
/// What did not hold.
pub fn tried(input: &Input, folder: &Path) -> Result<Went, String> {
    for (name, content) in &input.files {
        fs::write(folder.join(name), content).map_err(|error| error.to_string())?;
    }
    let begun = spent();
    forget_peak();
    let said = if input.stdin.is_some() {
        in_a_process(input, folder)?
    } else {
        in_this_process(input, folder)?
    };
    let went = Went {
        code: said.code,
        seconds: spent().unwrap_or(0.0) - begun.unwrap_or(0.0),
        peak: peak().unwrap_or(0),
    };
    holds(input, &said, folder)?;
    if went.seconds > LONGEST {
        return Err(format!("{:.1} s of processor time", went.seconds));
    }
    if went.peak > MOST {
        return Err(format!("{} MB of memory", went.peak / 1_000_000));
    }
    Ok(went)
}

fn holds(input: &Input, said: &Printed, folder: &Path) -> Result<(), String> {
    let denied = input.line.iter().any(|word| word.starts_with("--deny"));
    let code = said.code;
    if code > 2 && !(code == 3 && denied) {
        return Err(format!("exit code {code}: {}", said.err));
    }
    // A table begins with the mark by which spreadsheets know its letters.
    let out = said.out.strip_prefix('\u{feff}').unwrap_or(&said.out);
    for text in [out, said.err.as_str()] {
        if let Some(bad) = text.chars().find(|letter| needlework::case::steers(*letter)) {
            return Err(format!("{bad:?} was printed: {text}"));
        }
        if text.contains("please report this") {
            return Err(format!("an input made an inner error: {text}"));
        }
    }
    // An interview talks before it finds a file that it may not write.
    let talks = input.line.first().is_some_and(|command| command == "interview");
    if code == 2 && !said.out.is_empty() && !talks {
        return Err(format!("a refusal printed an answer: {}", said.out));
    }
    if code != 0 && code != 3 && said.err.trim().is_empty() {
        return Err("a refusal said nothing".to_owned());
    }
    let asked_for_json = input.line.iter().any(|word| word == "--json");
    if code == 0 && asked_for_json {
        let helped = said.out.contains("Usage:");
        if !helped
            && serde_json::from_str::<serde_json::Value>(&said.out).is_err()
            && !input.line.iter().any(|word| word.starts_with("--html"))
        {
            return Err(format!("no JSON: {:.300}", said.out));
        }
    }
    for (name, content) in &input.files {
        let now = fs::read(folder.join(name)).map_err(|error| format!("{name} is gone: {error}"))?;
        if now != *content && !(talks && needlework_is_its_own(content)) {
            return Err(format!("{name} was changed"));
        }
    }
    for entry in fs::read_dir(folder).map_err(|error| error.to_string())? {
        let name = entry.map_err(|error| error.to_string())?.file_name();
        if name.to_string_lossy().starts_with(".needlework-") {
            return Err(format!("{} was left behind", name.display()));
        }
    }
    Ok(())
}

/// Whether the interview may write over this case: it is one of its own.
fn needlework_is_its_own(content: &[u8]) -> bool {
    std::str::from_utf8(content)
        .is_ok_and(|text| needlework::rules::interview::Answers::of_document(text).document() == text)
}

/// The line with the files it names in their folder.
fn line(input: &Input, folder: &Path) -> Vec<OsString> {
    const PLACES: [&str; 7] = [
        "--out=",
        "--people-out=",
        "--html=",
        "--resume=",
        "--csv=",
        "--case=",
        "--design=",
    ];
    let known: Vec<&str> = input.files.iter().map(|(name, _)| name.as_str()).collect();
    let mut after_place = false;
    input
        .line
        .iter()
        .map(|word| {
            let place = after_place || known.contains(&word.as_str()) || word == "missing.toml";
            after_place = PLACES.iter().any(|flag| flag.trim_end_matches('=') == word);
            match PLACES.iter().find_map(|flag| Some((flag, word.strip_prefix(flag)?))) {
                // What writes stays in the folder, whatever it is called.
                Some((flag, path)) => {
                    let mut whole = OsString::from(flag);
                    whole.push(folder.join(path));
                    whole
                }
                None if place => folder.join(word).into_os_string(),
                None => word.into(),
            }
        })
        .collect()
}

fn in_this_process(input: &Input, folder: &Path) -> Result<Printed, String> {
    let mut all: Vec<OsString> = vec!["needlework".into()];
    all.extend(line(input, folder));
    if !input.line.iter().any(|word| word.starts_with("--threads")) {
        all.extend(["--threads".into(), "1".into()]);
    }
    let (send, receive) = channel();
    let spawned = std::thread::Builder::new().stack_size(STACK).spawn(move || {
        let tried = catch_unwind(AssertUnwindSafe(|| printed(all)));
        let said = tried.map_err(|cause| {
            let text = cause.downcast_ref::<String>().cloned();
            text.or_else(|| cause.downcast_ref::<&str>().map(|text| (*text).to_owned()))
                .unwrap_or_default()
        });
        // Whoever waited may have given up.
        let _ = send.send(said);
    });
    spawned.map_err(|error| error.to_string())?;
    let (begun, on_the_wall) = (spent(), Instant::now());
    loop {
        match receive.recv_timeout(Duration::from_millis(200)) {
            Ok(said) => return said.map_err(|cause| format!("panic: {cause}")),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return Err("its thread is gone".to_owned()),
        }
        let too_long = match (begun, spent()) {
            (Some(begun), Some(now)) => now - begun > LONGEST,
            _ => on_the_wall.elapsed().as_secs_f64() > LONGEST_ON_THE_WALL,
        };
        if too_long {
            return Err(format!("not done after {LONGEST} s of processor time"));
        }
    }
}

fn in_a_process(input: &Input, folder: &Path) -> Result<Printed, String> {
    let failed = |error: std::io::Error| error.to_string();
    let text = fs::File::create(folder.join("stdin"))
        .and_then(|_| fs::write(folder.join("stdin"), input.stdin.as_deref().unwrap_or_default()));
    text.map_err(failed)?;
    let binary = std::env::var_os("NEEDLEWORK").unwrap_or_else(crate::binary);
    let mut child = Command::new(binary)
        .args(line(input, folder))
        .current_dir(folder)
        .stdin(fs::File::open(folder.join("stdin")).map_err(failed)?)
        .stdout(fs::File::create(folder.join("stdout")).map_err(failed)?)
        .stderr(Stdio::from(fs::File::create(folder.join("stderr")).map_err(failed)?))
        .spawn()
        .map_err(failed)?;
    let begun = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().map_err(failed)? {
            break status;
        }
        let used = seconds_of(&format!("/proc/{}/stat", child.id()), false);
        if used.unwrap_or(begun.elapsed().as_secs_f64() * LONGEST / LONGEST_ON_THE_WALL) > LONGEST {
            let _ = child.kill();
            let _ = child.wait();
            return Err(format!("not done after {LONGEST} s of processor time"));
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let read = |name: &str| {
        fs::read(folder.join(name))
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .map_err(failed)
    };
    let said = Printed {
        code: status
            .code()
            .and_then(|code| u8::try_from(code).ok())
            .unwrap_or(u8::MAX),
        out: read("stdout")?,
        err: read("stderr")?,
    };
    for name in ["stdin", "stdout", "stderr"] {
        fs::remove_file(folder.join(name)).map_err(failed)?;
    }
    if said.err.contains("panicked") {
        return Err(said.err);
    }
    Ok(said)
}

/// Processor time of this process and of the ones it waited for, seconds.
fn spent() -> Option<f64> {
    seconds_of("/proc/self/stat", true)
}

fn seconds_of(stat: &str, with_children: bool) -> Option<f64> {
    // Ticks of a second, on every Linux.
    const TICKS: f64 = 100.0;
    let text = fs::read_to_string(stat).ok()?;
    // The name of the program may hold spaces; what comes after it doesn't.
    let (_, rest) = text.rsplit_once(')')?;
    let cells: Vec<&str> = rest.split_whitespace().collect();
    let count = if with_children { 4 } else { 2 };
    let ticks: Option<f64> = cells
        .get(11..11 + count)?
        .iter()
        .map(|cell| cell.parse::<f64>().ok())
        .sum();
    Some(ticks? / TICKS)
}

/// Lets the system count the peak of memory anew.
fn forget_peak() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}

fn peak() -> Option<u64> {
    let text = fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? * 1024)
}
