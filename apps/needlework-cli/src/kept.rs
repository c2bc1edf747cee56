//! A run as it is kept for going on: what it was begun with, what was seen of it so far, the field, and a checksum over
//! all of it.
//!
//! ```text
//! NDLRUN02 | length of the head | head | record and field | checksum
//! ```
//!
//! The head is text: a line for everything that decides the result (the case, the engine, each option), and a line with
//! a checksum for every file of fields that was written. So a damaged file is refused as damaged, a run of other
//! options is refused with the options that differ, and a file of fields that is gone or changed is found before the
//! run goes on. Checksums are FNV-1a of 64 bits: any one changed byte is seen for sure, more of them all but surely.

use std::fmt::Write as _;

use needlework::numerics::fingerprint;

use crate::making::Making;
use crate::problem::Problem;

/// How an interrupted run begins, version last.
const NAME: &[u8; 8] = b"NDLRUN02";

/// Everything that decides a result, by the name that a person knows it by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Begun {
    decides: Vec<(String, String)>,
}

impl Begun {
    /// Adds something that decides the result.
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        let plain = |text: &str| text.replace(['\t', '\n'], " ");
        self.decides.push((plain(name), plain(&value.to_string())));
        self
    }

    /// What another run was begun with instead, in words.
    fn differences(&self, before: &Self) -> Vec<String> {
        let of = |one: &Self, name: &str| {
            let found = one.decides.iter().find(|(own, _)| own == name);
            found.map_or_else(|| "nothing".to_owned(), |(_, value)| value.clone())
        };
        let mut names: Vec<&String> = self
            .decides
            .iter()
            .chain(&before.decides)
            .map(|(name, _)| name)
            .collect();
        names.sort();
        names.dedup();
        names
            .into_iter()
            .filter(|name| of(self, name) != of(before, name))
            .map(|name| format!("{name} was {}, and now is {}", of(before, name), of(self, name)))
            .collect()
    }
}

/// The files of fields that a run has written, with their checksums.
pub type Written = Vec<(String, u64)>;

/// The parts of a checkpoint, one behind the other.
pub fn parts(begun: &Begun, written: &Written, run: Vec<u8>) -> [Vec<u8>; 3] {
    let mut text = String::new();
    for (name, value) in &begun.decides {
        let _ = writeln!(text, "begun\t{name}\t{value}");
    }
    for (name, sum) in written {
        let _ = writeln!(text, "file\t{name}\t{sum:016x}");
    }
    let mut head = NAME.to_vec();
    head.extend((text.len() as u64).to_le_bytes());
    head.extend(text.as_bytes());
    let sum = fingerprint([head.as_slice(), run.as_slice()]);
    [head, run, sum.to_le_bytes().to_vec()]
}

/// Reads a checkpoint: the files it names, and the bytes of the record and the field.
///
/// # Errors
/// Why one cannot go on from it.
pub fn read<'a>(bytes: &'a [u8], begun: &Begun) -> Result<(Written, &'a [u8]), String> {
    let damaged = || "its checkpoint is damaged or cut short".to_owned();
    if !bytes.starts_with(NAME) {
        return Err("its checkpoint is damaged, of another version or not of this program".to_owned());
    }
    let (body, sum) = bytes.split_last_chunk::<8>().ok_or_else(damaged)?;
    if fingerprint([body]) != u64::from_le_bytes(*sum) {
        return Err(damaged());
    }
    let rest = body.get(NAME.len()..).ok_or_else(damaged)?;
    let (length, rest) = rest.split_first_chunk::<8>().ok_or_else(damaged)?;
    let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| damaged())?;
    let (head, run) = rest.split_at_checked(length).ok_or_else(damaged)?;
    let head = std::str::from_utf8(head).map_err(|_| damaged())?;
    let (mut before, mut written) = (Begun::default(), Written::new());
    for line in head.lines() {
        let mut cells = line.splitn(3, '\t');
        match (cells.next(), cells.next(), cells.next()) {
            (Some("begun"), Some(name), Some(value)) => before = before.with(name, value),
            (Some("file"), Some(name), Some(sum)) => {
                written.push((name.to_owned(), u64::from_str_radix(sum, 16).map_err(|_| damaged())?));
            }
            _ => return Err(damaged()),
        }
    }
    let differences = begun.differences(&before);
    if differences.is_empty() {
        Ok((written, run))
    } else {
        Err(format!("it was begun otherwise: {}", differences.join("; ")))
    }
}

/// Looks whether every file of fields is still there as it was written.
///
/// # Errors
/// [`Problem`] that names one that is gone or changed.
pub fn all_there(written: &Written, place: &Making) -> Result<(), Problem> {
    for (name, sum) in written {
        let what = match place.read(name)? {
            None => "gone from",
            Some(bytes) if fingerprint([bytes.as_slice()]) != *sum => "changed in",
            Some(_) => continue,
        };
        return Err(Problem::input(
            format!("{name} is {what} {}", place.part().display()),
            "the run cannot be gone on with; begin anew by --restart",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn begun() -> Begun {
        Begun::default().with("the case", "a1").with("--until", "7 day")
    }

    fn kept() -> Vec<u8> {
        parts(&begun(), &vec![("fields-0000.vtr".to_owned(), 7)], (0..100).collect()).concat()
    }

    #[test]
    fn what_is_kept_comes_back() {
        let bytes = kept();
        let (written, run) = read(&bytes, &begun()).unwrap();
        assert_eq!(written, [("fields-0000.vtr".to_owned(), 7)]);
        assert!(run.iter().copied().eq(0..100));
    }

    #[test]
    fn every_flipped_bit_and_every_cut_is_refused() {
        let good = kept();
        for at in 0..good.len() {
            for bit in 0..8 {
                let mut bad = good.clone();
                bad[at] ^= 1 << bit;
                assert!(read(&bad, &begun()).is_err(), "byte {at}, bit {bit}");
            }
            assert!(read(&good[..at], &begun()).is_err(), "cut at {at}");
        }
        assert!(read(&[good.clone(), vec![0]].concat(), &begun()).is_err());
    }

    #[test]
    fn other_options_are_named() {
        let now = Begun::default()
            .with("the case", "a1")
            .with("--until", "8 day")
            .with("--seed", 2);
        let said = read(&kept(), &now).unwrap_err();
        assert!(
            said.contains("--until was 7 day, and now is 8 day") && said.contains("--seed was nothing"),
            "{said}"
        );
        assert!(!said.contains("the case"), "{said}");
    }
}
