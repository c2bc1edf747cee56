//! The numbers behind an answer, each with its passport in brief: what the chain draws, and the thresholds of the
//! verdict.

use std::collections::BTreeSet;

use needlework_evidence::{Passport, Seen, Spread};

use crate::library::Library;
use crate::report::{NumberLine, SourceLine};
use crate::sources;

/// Parts of the evidence that are read by key and not declared by a room.
const READ_BY_KEY: [&str; 2] = ["verdict.", "course.person."];

/// Every number that the chain and the verdict took, by key.
pub(crate) fn of(library: &Library) -> Vec<NumberLine> {
    let declared: BTreeSet<&str> = needlework_cohort::declared().iter().map(|want| want.key).collect();
    let taken = |key: &str| declared.contains(key) || READ_BY_KEY.iter().any(|part| key.starts_with(part));
    let mut lines: Vec<NumberLine> = library
        .book
        .passports()
        .filter(|passport| taken(&passport.key))
        .map(|passport| line(passport, library))
        .collect();
    lines.sort_by(|a, b| a.key.cmp(&b.key));
    lines
}

fn line(passport: &Passport, library: &Library) -> NumberLine {
    NumberLine {
        key: passport.key.clone(),
        label: passport.label.clone().unwrap_or_default(),
        value: passport.value.clone(),
        spread: spread(&passport.spread),
        seen: seen(passport.seen).to_owned(),
        source: sources::line(&passport.source, library).unwrap_or_else(|| SourceLine {
            key: passport.source.clone(),
            title: passport.source.clone(),
            year: 0,
            link: None,
        }),
    }
}

/// How far it varies, in words.
fn spread(spread: &Spread) -> String {
    match spread {
        Spread::None => String::new(),
        Spread::Sd { value } => format!("SD {value}"),
        Spread::Se { value } => format!("SE {value}"),
        Spread::Ci95 { low, high } => format!("95 % CI {low} to {high}"),
        Spread::Range { low, high } => format!("from {low} to {high}"),
        Spread::LogNormal { low, high } | Spread::LogitNormal { low, high } | Spread::Normal { low, high } => {
            format!("5–95 %: {low} to {high}")
        }
        Spread::Uniform { low, high } => format!("evenly {low} to {high}"),
        Spread::Beta { alpha, beta } => format!("Beta({alpha}, {beta})"),
        Spread::HalfNormal { sd } => format!("half-normal, SD {sd}"),
        Spread::Bernoulli => "holds or does not, with this probability".to_owned(),
        Spread::Dirichlet { alpha } => format!("part {alpha} of a Dirichlet"),
    }
}

/// How it was seen, in words.
fn seen(seen: Seen) -> &'static str {
    match seen {
        Seen::FullText => "full text",
        Seen::Abstract => "abstract",
        Seen::Registry => "registry",
        Seen::Secondary => "quoted",
        Seen::Derived => "derived",
        Seen::Assumed => "assumed",
    }
}
