//! Inputs at random over all commands, as many as one likes:
//! `cargo run --release -p needlework-cli --example fuzz -- --seed 1 --count 100000`.
//!
//! Every input depends on the seed and its number only. A fault is printed with its number, its command line and its
//! files, and is tried alone by `--only NUMBER`; `--from NUMBER` goes on. The number in work stands in `fuzz-SEED.now`
//! of the temporary folder, in case the process itself dies. Inputs that come in on standard input need the binary:
//! `cargo build --release` first, or name another in the variable `NEEDLEWORK`. The exit code is 1 when there was a
//! fault.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

#[path = "../tests/fuzz/draws.rs"]
mod draws;
#[path = "../tests/fuzz/inputs.rs"]
mod inputs;
#[path = "../tests/fuzz/trial.rs"]
mod trial;

use std::process::ExitCode;

/// The binary for inputs that come in on standard input: the one that stands above the folder of examples.
fn binary() -> std::ffi::OsString {
    let own = std::env::current_exe().unwrap_or_default();
    let folder = own.parent().and_then(std::path::Path::parent);
    folder.map_or_else(
        || "needlework".into(),
        |folder| folder.join("needlework").into_os_string(),
    )
}

fn number(name: &str) -> Option<u64> {
    let words: Vec<String> = std::env::args().collect();
    let at = words.iter().position(|word| word == name)?;
    words.get(at + 1)?.parse().ok()
}

fn main() -> ExitCode {
    let seed = number("--seed").unwrap_or(1);
    let from = number("--only").or(number("--from")).unwrap_or(0);
    let count = if number("--only").is_some() {
        1
    } else {
        number("--count").unwrap_or(1000)
    };
    let stock = inputs::Stock::gathered();
    let now = std::env::temp_dir().join(format!("fuzz-{seed}.now"));
    let (mut codes, mut faults, mut slowest, mut largest) = ([0_u64; 4], 0_u64, (0.0, 0), (0, 0));
    for input_number in from..from + count {
        std::fs::write(&now, input_number.to_string()).expect("the temporary folder takes a file");
        let input = stock.input(seed, input_number);
        let folder = tempfile::tempdir().expect("the temporary folder takes a folder");
        match trial::tried(&input, folder.path()) {
            Ok(went) => {
                codes[usize::from(went.code)] += 1;
                if went.seconds > slowest.0 {
                    slowest = (went.seconds, input_number);
                }
                if went.peak > largest.0 {
                    largest = (went.peak, input_number);
                }
            }
            Err(why) => {
                faults += 1;
                println!(
                    "FAULT in input {input_number} of seed {seed}: {why}\n  needlework {:?}",
                    input.line
                );
                for (name, content) in &input.files {
                    println!("  {name}: {}", String::from_utf8_lossy(content).escape_debug());
                }
                // A thread that does not end would be counted with all that come after.
                if why.contains("not done") && input.stdin.is_none() {
                    println!("stopped there; go on with --from {}", input_number + 1);
                    return ExitCode::FAILURE;
                }
            }
        }
        if (input_number + 1 - from).is_multiple_of(1000) {
            println!(
                "{} inputs, exit codes {codes:?}, {faults} faults",
                input_number + 1 - from
            );
        }
    }
    println!(
        "{count} inputs of seed {seed} from {from}: exit codes {codes:?}, {faults} faults; slowest {:.1} s of \
            processor time (input {}), largest {} MB (input {})",
        slowest.0,
        slowest.1,
        largest.0 / 1_000_000,
        largest.1
    );
    if faults == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
