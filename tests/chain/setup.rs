//! Cases, cohorts and answers for the tests of the whole chain.

use std::path::PathBuf;
use std::sync::OnceLock;

use needlework::case::{Case, Diagnostics, read_with};
use needlework::cohort::{Cohort, Moment, Question, Settings, simulate_cohort};
use needlework::evidence::Book;
use needlework::numerics::unwatched;
use needlework::verdict::{Inquiry, Judgement, Library, Reading, Report, judge};

/// The bundled evidence, read once for all tests.
pub fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| needlework::bundle().expect("the bundled evidence reads"))
}

/// The folder of the committed cases.
pub fn cases_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("cases")
}

/// Names of all committed cases, in order.
pub fn case_names() -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(cases_folder())
        .expect("the folder of cases is there")
        .map(|entry| entry.expect("an entry reads").path())
        .filter(|path| path.extension().is_some_and(|end| end == "toml"))
        .map(|path| {
            path.file_stem()
                .expect("a case has a name")
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}

/// A committed case.
pub fn case(name: &str) -> Case {
    edited(name, &[])
}

/// A committed case with some fields answered differently, each as `("section.field", "TOML value")`.
pub fn edited(name: &str, answers: &[(&str, &str)]) -> Case {
    try_edited(name, answers).unwrap_or_else(|wrong| panic!("{name} {answers:?}: {:?}", wrong.problems))
}

/// The same, where the answers may not fit together.
pub fn try_edited(name: &str, answers: &[(&str, &str)]) -> Result<Case, Diagnostics> {
    let text = std::fs::read_to_string(cases_folder().join(format!("{name}.toml"))).expect("the case is there");
    let value = |text: &str| {
        let line: toml::Table = format!("value = {text}").parse().expect("a value is TOML");
        line["value"].clone()
    };
    let settings: Vec<_> = answers.iter().map(|&(field, text)| (field, value(text))).collect();
    read_with(&text, name, &settings, &library().catalog)
}

/// The text of a case with one field set: its line is replaced, or put at the head of its section, which is added where
/// it lacks.
pub fn with_answer(text: &str, path: &str, value: &str) -> String {
    let (section, field) = path.split_once('.').expect("a field has a section");
    let header = format!("[{section}]");
    let mut lines: Vec<String> = Vec::new();
    let (mut inside, mut done) = (false, false);
    for line in text.lines() {
        let trimmed = line.trim();
        if trimmed.starts_with('[') {
            inside = trimmed == header;
        }
        let replaced = inside && trimmed.split_once('=').is_some_and(|(name, _)| name.trim() == field);
        if !replaced {
            lines.push(line.to_owned());
        }
        if trimmed == header {
            lines.push(format!("{field} = {value}"));
            done = true;
        }
    }
    if !done {
        lines.extend([header, format!("{field} = {value}")]);
    }
    lines.join("\n")
}

/// Few worlds of five people each, seed 1, on both threads of a small machine.
pub fn settings(worlds: usize) -> Settings {
    Settings {
        seed: 1,
        worlds,
        people_per_world: 5,
        threads: 2,
    }
}

/// The answer to a case with the bundled evidence.
pub fn answer(case: &Case, reading: Reading, worlds: usize) -> Report {
    answer_with(case, library(), reading, worlds)
}

/// The answer to a case with other evidence.
pub fn answer_with(case: &Case, library: &Library, reading: Reading, worlds: usize) -> Report {
    judged(case, library, reading, &settings(worlds)).report
}

/// What is asked with this evidence, by this reader, on so many people.
pub fn inquiry<'a>(library: &'a Library, reading: Reading, settings: &Settings) -> Inquiry<'a> {
    Inquiry {
        settings: *settings,
        reading,
        ..Inquiry::new(library)
    }
}

/// A judgement.
pub fn judged(case: &Case, library: &Library, reading: Reading, settings: &Settings) -> Judgement {
    judge(case, &inquiry(library, reading, settings), &mut unwatched).expect("a case that reads is judged")
}

/// The people of a case at some moments, with the bundled evidence.
pub fn people(case: &Case, moments: &[Moment], worlds: usize) -> Cohort {
    people_with(case, &library().book, moments, &settings(worlds))
}

/// The people of a case with other evidence or settings.
pub fn people_with(case: &Case, book: &Book, moments: &[Moment], settings: &Settings) -> Cohort {
    asking(case, book, |question| {
        simulate_cohort(question, settings, moments, &mut unwatched).expect("a cohort is simulated")
    })
}

/// What is made of a case with its device and site from the library.
pub fn asking<T>(case: &Case, book: &Book, made: impl FnOnce(&Question<'_>) -> T) -> T {
    made(&Question::new(case, &library().catalog, book))
}

/// The library with one passport set to another value.
pub fn with_value(key: &str, value: &str) -> Library {
    let mut changed = library().clone();
    changed
        .book
        .set(key, value)
        .unwrap_or_else(|error| panic!("{key} = {value}: {error}"));
    changed
}

/// A passport's value times a factor, written as evidence is.
pub fn scaled(key: &str, factor: f64) -> String {
    let passport = library()
        .book
        .passport(key)
        .unwrap_or_else(|| panic!("{key} has a passport"));
    let (number, unit) = passport.value.split_once(' ').expect("a value has a unit");
    format!(
        "{} {unit}",
        number.parse::<f64>().expect("a value is a number") * factor
    )
}

/// The evidence with one line of one passport rewritten, such as its `spread` or `scope`, which [`Book::set`] leaves
/// alone.
pub fn book_with(changes: &[(&str, &str, &str)]) -> Book {
    let texts: Vec<(&str, String)> = needlework::files()
        .iter()
        .map(|&(name, text)| {
            let text = changes.iter().fold(text.to_owned(), |text, &(key, field, value)| {
                let blocks: Vec<String> = text
                    .split("\n\n")
                    .map(|block| with_line(block, key, field, value))
                    .collect();
                blocks.join("\n\n")
            });
            (name, text)
        })
        .collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let book = Book::parse(&files).unwrap_or_else(|error| panic!("{changes:?}: {error}"));
    for (key, _, _) in changes {
        assert_ne!(
            book.passport(key),
            library().book.passport(key),
            "{key} was not rewritten"
        );
    }
    book
}

/// The law of depth of the first chain, as a change of the evidence.
pub const REACH: (&str, &str, &str) = ("puncture.depth_law", "value", "\"0 ratio\"");

/// What the first chain had not: a law of depth by contact, loss by spreading, young collagen that counts less, elastin
/// that answers, dark marks that are seen, and worlds in which nothing shows. What it took of raters: less optimism,
/// and a noise of 12 points on which they do not agree.
pub const FORMER: [(&str, &str, &str); 17] = [
    REACH,
    ("appearance.visible", "value", "\"1 probability\""),
    ("appearance.visible", "scope", "\"fixed\""),
    ("appearance.grading.optimism", "value", "\"7.5 points\""),
    (
        "appearance.grading.optimism",
        "spread",
        "{ kind = \"normal\", low = \"0 points\", high = \"15 points\" }",
    ),
    ("appearance.grading.study_sd", "value", "\"6.5 points\""),
    (
        "appearance.grading.study_sd",
        "spread",
        "{ kind = \"log-normal\", low = \"4.2 points\", high = \"10 points\" }",
    ),
    ("appearance.grading.people_sd", "value", "\"12 points\""),
    ("appearance.grading.agreement", "value", "\"0.0001 fraction\""),
    ("appearance.grading.agreement", "scope", "\"fixed\""),
    ("healing.spreading_counted", "value", "\"0 fraction\""),
    ("healing.spreading_counted", "scope", "\"fixed\""),
    ("appearance.immature_weight", "value", "\"0.9999 fraction\""),
    ("appearance.immature_weight", "scope", "\"fixed\""),
    ("healing.elastin.answer", "scope", "\"fixed\""),
    ("appearance.mark.dark_mark_melanin", "value", "\"0.0001 ratio\""),
    ("appearance.mark.dark_mark_melanin", "scope", "\"fixed\""),
];

/// The evidence with what the first chain had not switched off.
pub fn reach_book() -> &'static Book {
    static BOOK: OnceLock<Book> = OnceLock::new();
    BOOK.get_or_init(|| book_with(&FORMER))
}

fn with_line(block: &str, key: &str, field: &str, value: &str) -> String {
    if !block.lines().any(|line| line.trim() == format!("key = \"{key}\"")) {
        return block.to_owned();
    }
    let is_field = |line: &str| line.split_once('=').is_some_and(|(name, _)| name.trim() == field);
    let lines: Vec<String> = block
        .lines()
        .map(|line| {
            if is_field(line) {
                format!("{field} = {value}")
            } else {
                line.to_owned()
            }
        })
        .collect();
    lines.join("\n")
}
