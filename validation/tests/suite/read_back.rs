//! Inputs that come out again: where a number hangs on a prior that names the number's own study, that it agrees is no
//! success, and its row says so.
//!
//! A prior names a study where the study's key stands in its source, derivation or note, with or without blanks. A
//! number hangs on a prior where it changes when the prior is fixed somewhere else. Published numbers have a source;
//! an output without one is held against the sources of its whole target.

use std::collections::{BTreeMap, BTreeSet};

use needlework::cohort::Settings;
use needlework::evidence::{Book, Passport, Scope};
use needlework::units::Measure;
use needlework::verdict::Library;
use needlework_validation::compute::{FIRST_CHAIN, compute};
use needlework_validation::target::{Output, RoomTarget, read};
use needlework_validation::{Context, FILES, Found, chain};

const FEW: Settings = Settings {
    seed: 1,
    worlds: 20,
    people_per_world: 5,
    threads: 0,
};

/// What a prior took from a study and what a number is compared with, where these are two things:
/// the target, what computes its number, the start of the prior's key, and why.
const ANOTHER_QUANTITY: [(&str, &str, &str, &str); 2] = [
    (
        "ArchDerm2023",
        "first_chain:archderm-2023-physician",
        "reaction.dark_marks.",
        "its count of dark marks, which dim the look of a few; its ratings entered nothing",
    ),
    (
        "V4.1",
        "lumen",
        "puncture.t",
        "the shape of its needles, which is how it was done and not what it saw of channels",
    ),
];

fn another_quantity(target: &RoomTarget, output: &Output, key: &str) -> bool {
    ANOTHER_QUANTITY
        .iter()
        .any(|(id, by, start, _)| target.id == *id && output.by.as_deref() == Some(*by) && key.starts_with(start))
}

/// The study that a published number comes from.
fn source<'a>(output: &'a Output, book: &'a Book) -> Option<&'a str> {
    let published = output.published.as_ref()?;
    match &published.key {
        Some(key) => book.passport(key).map(|passport| passport.source.as_str()),
        None => published.source.as_deref(),
    }
}

/// The studies that an output is held against.
fn studies<'a>(target: &'a RoomTarget, output: &'a Output, book: &'a Book) -> BTreeSet<&'a str> {
    match source(output, book) {
        Some(own) => BTreeSet::from([own]),
        None => target.output.iter().filter_map(|output| source(output, book)).collect(),
    }
}

/// Whether a passport says that it was made with a study in view.
fn names(passport: &Passport, study: &str) -> bool {
    let told = format!(
        "{} {} {}",
        passport.source,
        passport.derivation.as_deref().unwrap_or_default(),
        passport.note
    );
    let plain: String = told.chars().filter(|letter| !letter.is_whitespace()).collect();
    plain.to_lowercase().contains(&study.to_lowercase())
}

/// Everything that is computed in worlds of one library.
struct Computed<'a> {
    context: Context<'a>,
    library: &'a Library,
    chain: std::cell::OnceCell<Vec<needlework::verdict::Comparison>>,
}

impl<'a> Computed<'a> {
    fn of(library: &'a Library) -> Self {
        Self {
            context: Context::new(library, &FEW).expect("worlds"),
            library,
            chain: std::cell::OnceCell::new(),
        }
    }

    fn number(&self, target: &RoomTarget, output: &Output) -> Found {
        let by = output.by.as_deref().expect("the output is computed");
        let chain: &[_] = if by.starts_with(FIRST_CHAIN) {
            self.chain
                .get_or_init(|| chain::compare(self.library, &FEW).expect("studies"))
        } else {
            &[]
        };
        compute(by, target, &self.context, chain).expect("computed")
    }
}

/// The library with one prior fixed elsewhere.
fn fixed_elsewhere(library: &Library, key: &str) -> Library {
    let mut library = library.clone();
    let value = library.book.passport(key).expect("the passport exists").value.clone();
    let measure = Measure::parse(&value).expect("a number with its unit");
    // A fifth more, or less where there is no more; what is nothing becomes a fifth.
    let moved = |factor: f64| {
        let value = if measure.value == 0.0 {
            factor - 1.0
        } else {
            measure.value * factor
        };
        format!("{value:e} {}", measure.unit)
    };
    let set = library
        .book
        .set(key, &moved(1.2))
        .or_else(|_| library.book.set(key, &moved(0.8)));
    set.expect("a fifth more or less is allowed");
    library
}

#[test]
fn what_hangs_on_a_prior_that_names_its_study_is_read_back() {
    let library = needlework::bundle().expect("the bundled evidence");
    let before = Computed::of(&library);
    // By prior, so that its worlds are drawn once for all numbers that it may move.
    let mut suspects: BTreeMap<&str, Vec<(RoomTarget, Output)>> = BTreeMap::new();
    for target in FILES
        .into_iter()
        .flat_map(|(page, text)| read(page, text).expect("the file reads"))
    {
        for output in target.output.iter().filter(|output| output.by.is_some()) {
            let studies = studies(&target, output, &library.book);
            let drawn = library
                .book
                .passports()
                .filter(|passport| passport.scope != Scope::Fixed);
            for prior in drawn.filter(|prior| studies.iter().any(|study| names(prior, study))) {
                suspects
                    .entry(&prior.key)
                    .or_default()
                    .push((target.clone(), output.clone()));
            }
        }
    }
    let mut silent = Vec::new();
    for (key, outputs) in suspects {
        let moved = fixed_elsewhere(&library, key);
        let after = Computed::of(&moved);
        for (target, output) in outputs.iter().filter(|(_, output)| output.read_back.is_none()) {
            if another_quantity(target, output, key) {
                continue;
            }
            if before.number(target, output) != after.number(target, output) {
                silent.push(format!("{}: {} hangs on {key}", target.id, output.what));
            }
        }
    }
    assert!(
        silent.is_empty(),
        "hits that are inputs read back:\n{}",
        silent.join("\n")
    );
}

#[test]
fn what_is_declared_read_back_names_an_input_that_names_the_study() {
    let library = needlework::bundle().expect("the bundled evidence");
    let before = Computed::of(&library);
    for target in FILES
        .into_iter()
        .flat_map(|(page, text)| read(page, text).expect("the file reads"))
    {
        for output in &target.output {
            let Some(key) = output.read_back.as_deref() else {
                continue;
            };
            let what = format!("{}: {}", target.id, output.what);
            if let Some(name) = output.by.as_deref().and_then(|by| by.strip_prefix(FIRST_CHAIN)) {
                let known = library.targets.iter().find(|known| known.name == name);
                let told = known.and_then(|known| known.read_back.as_deref());
                assert_eq!(told, Some(key), "{what}: first_chain.toml says otherwise");
            }
            let passport = library
                .book
                .passport(key)
                .unwrap_or_else(|| panic!("{what}: {key} is no passport"));
            let studies = studies(&target, output, &library.book);
            assert!(
                studies.iter().any(|study| names(passport, study)),
                "{what}: {key} names another study"
            );
            let moved = fixed_elsewhere(&library, key);
            let after = Computed::of(&moved);
            assert_ne!(
                before.number(&target, output),
                after.number(&target, output),
                "{what}: {key}"
            );
        }
    }
}
