//! Prints the table of all declared targets, and writes it to `validation/results/` when told: `cargo run --release -p
//! needlework-validation -- --write`.

use std::process::ExitCode;

/// Where the committed table stands, from the root of a checkout.
const RESULTS: &str = "validation/results/first_chain.md";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            say(&format!("validation failed: {why}"));
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let library = needlework::bundle().map_err(|error| error.to_string())?;
    let rows = needlework_validation::compare(&library, &needlework_validation::COMMITTED)?;
    let table = needlework_validation::table(&rows);
    say(&table);
    if std::env::args().any(|argument| argument == "--write") {
        std::fs::write(RESULTS, table)
            .map_err(|error| format!("cannot write {RESULTS}: {error}; run it from the root of a checkout"))?;
    }
    Ok(())
}

/// Prints without failing on a closed pipe.
fn say(text: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}
