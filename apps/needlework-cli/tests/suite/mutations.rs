//! A case file damaged at random is read or refused, and never more than that.

use proptest::prelude::*;
use proptest::sample::Index;

use crate::setup::{PERMITTED, case_text, needlework, run, stderr};

/// One damage of a text.
#[derive(Debug, Clone)]
enum Damage {
    /// Some bytes are taken out.
    Cut(Index, usize),
    /// Some bytes are put in.
    Put(Index, Vec<u8>),
    /// A line comes twice.
    Twice(Index),
    /// A line is replaced by another of the file.
    Swap(Index, Index),
    /// The value of a line is replaced.
    Value(Index, &'static str),
}

/// Values that a hand or a program may leave behind.
const VALUES: [&str; 16] = [
    "\"unknown\"",
    "\"never\"",
    "\"\"",
    "0",
    "-1",
    "1e999",
    "nan",
    "99999999999999999999",
    "\"1e308 mm\"",
    "\"-0.0 mm\"",
    "\"NaN year\"",
    "\"5 µm\"",
    "[]",
    "{ product = \"moisturiser\" }",
    "2020-02-30",
    "true",
];

fn damage() -> impl Strategy<Value = Damage> {
    let place = any::<Index>;
    prop_oneof![
        (place(), 1_usize..40).prop_map(|(at, length)| Damage::Cut(at, length)),
        (place(), prop::collection::vec(any::<u8>(), 1..6)).prop_map(|(at, bytes)| Damage::Put(at, bytes)),
        place().prop_map(Damage::Twice),
        (place(), place()).prop_map(|(at, from)| Damage::Swap(at, from)),
        (place(), 0..VALUES.len()).prop_map(|(at, value)| Damage::Value(at, VALUES[value])),
        (place(), 0..VALUES.len()).prop_map(|(at, value)| Damage::Value(at, VALUES[value])),
    ]
}

fn damaged(mut bytes: Vec<u8>, damages: &[Damage]) -> Vec<u8> {
    for damage in damages {
        let mut lines: Vec<Vec<u8>> = bytes.split(|&byte| byte == b'\n').map(<[u8]>::to_vec).collect();
        match damage {
            Damage::Cut(at, length) if !bytes.is_empty() => {
                let from = at.index(bytes.len());
                bytes.drain(from..(from + length).min(bytes.len()));
                continue;
            }
            Damage::Cut(..) => continue,
            Damage::Put(at, more) => {
                let at = at.index(bytes.len() + 1);
                bytes.splice(at..at, more.iter().copied());
                continue;
            }
            Damage::Twice(at) => {
                let at = at.index(lines.len());
                let line = lines[at].clone();
                lines.insert(at, line);
            }
            Damage::Swap(at, from) => {
                let (at, from) = (at.index(lines.len()), from.index(lines.len()));
                lines[at] = lines[from].clone();
            }
            Damage::Value(at, value) => {
                let answered: Vec<usize> = (0..lines.len()).filter(|&line| lines[line].contains(&b'=')).collect();
                if !answered.is_empty() {
                    let line = &mut lines[answered[at.index(answered.len())]];
                    let equals = line.iter().position(|&byte| byte == b'=').unwrap();
                    line.truncate(equals + 1);
                    line.extend_from_slice(value.as_bytes());
                }
            }
        }
        bytes = lines.join(&b'\n');
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 40,
        max_shrink_iters: 60,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_damaged_case_is_answered_or_refused(damages in prop::collection::vec(damage(), 1..4)) {
        let bytes = damaged(case_text(PERMITTED).into_bytes(), &damages);
        let mut command = needlework(&["assess", "-", "--people", "50", "--threads", "1"]);
        let output = run(command.write_stdin(bytes));
        let said = stderr(&output);
        match output.status.code() {
            Some(0) => prop_assert!(said.is_empty(), "{}", said),
            Some(2) => {
                prop_assert!(output.stdout.is_empty());
                prop_assert!(said.contains("nothing was computed or written"), "{}", said);
            }
            other => prop_assert!(false, "{:?}: {}", other, said),
        }
        prop_assert!(!said.contains('\u{1b}'), "{:?}", said);
    }
}
