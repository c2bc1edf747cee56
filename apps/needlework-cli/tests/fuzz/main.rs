//! Inputs at random over all commands: a few hundred here, as many as one likes by
//! `cargo run --release -p needlework-cli --example fuzz -- --seed N --count M`, with the same inputs for the same
//! seed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod draws;
mod inputs;
mod trial;

/// The binary for inputs that come in on standard input.
fn binary() -> std::ffi::OsString {
    env!("CARGO_BIN_EXE_needlework").into()
}

/// Inputs that are tried here.
const INPUTS: u64 = 250;

#[test]
fn no_input_panics_hangs_or_takes_what_is_not_its_own() {
    let stock = inputs::Stock::gathered();
    let mut codes = [0_usize; 4];
    for number in 0..INPUTS {
        let input = stock.input(1, number);
        let folder = tempfile::tempdir().unwrap();
        match trial::tried(&input, folder.path()) {
            Ok(went) => codes[usize::from(went.code)] += 1,
            Err(why) => panic!("input {number} of seed 1: {why}\nneedlework {:?}", input.line),
        }
    }
    // Inputs that are all refused, or all answered, would try little.
    assert!(codes[0] > 40 && codes[2] > 40, "{codes:?}");
}

#[test]
fn the_same_seed_gives_the_same_input_and_another_seed_another() {
    let stock = inputs::Stock::gathered();
    let line = |seed: u64| -> Vec<Vec<String>> { (0..50).map(|number| stock.input(seed, number).line).collect() };
    assert_eq!(line(1), line(1));
    assert_ne!(line(1), line(2));
}
