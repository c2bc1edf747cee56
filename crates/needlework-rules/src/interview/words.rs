//! What somebody types, read as an answer: yes and no in any case, a number of a list, a word or its beginning, a name
//! that people use for a place, a comma for a point, "yesterday", height and weight for a body mass index.
//!
//! What is not certain is never guessed: the nearest words are offered, and the list of all. Characters that could
//! steer a terminal are taken out before anything else.

use needlework_case::{AnswerKind, Catalog, FieldDescription, Found, UNKNOWN};

use crate::interview::allowed::allowed;
use crate::interview::body::body_mass_index;

/// Why a text is no answer, and what would be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NotTaken {
    /// What is wrong, in one sentence.
    pub why: String,
    /// What was probably meant, the likeliest first.
    pub nearest: Vec<String>,
    /// What can be answered.
    pub allowed: String,
}

impl NotTaken {
    /// Why a text is no answer, what was probably meant, and what is.
    #[must_use]
    pub fn sentence(&self) -> String {
        let mut text = if self.why.is_empty() {
            "That is no answer to this question.".to_owned()
        } else {
            format!("That can't be taken: {}.", self.why.trim_end_matches('.'))
        };
        match self.nearest.as_slice() {
            [] => {}
            [only] => text.push_str(&format!(" Did you mean {only}?")),
            several => text.push_str(&format!(" Did you mean one of these: {}?", several.join(", "))),
        }
        if !self.allowed.is_empty() {
            text.push_str(&format!(" Please answer with {}.", self.allowed));
        }
        text
    }
}

/// A text without anything that could steer a terminal.
#[must_use]
pub fn clean(text: &str) -> String {
    let printable: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    printable.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether somebody says that they do not know.
#[must_use]
pub fn says_unknown(text: &str) -> bool {
    let text = clean(text).to_lowercase().replace('’', "'");
    matches!(
        text.as_str(),
        "?" | UNKNOWN | "i don't know" | "don't know" | "dont know" | "not sure" | "no idea"
    )
}

/// A typed text as the answer to one field.
pub(crate) fn field_answer(field: &FieldDescription, catalog: &Catalog, typed: &str) -> Result<String, NotTaken> {
    let typed = clean(typed);
    let refused = |why: String, nearest: Vec<String>| NotTaken {
        why,
        nearest,
        allowed: allowed(field),
    };
    if typed.is_empty() {
        return Err(refused("nothing was typed".to_owned(), Vec::new()));
    }
    if says_unknown(&typed) {
        return if field.may_be_unknown {
            Ok(UNKNOWN.to_owned())
        } else {
            Err(refused("this needs an answer".to_owned(), Vec::new()))
        };
    }
    let lower = typed.to_lowercase();
    match field.kind {
        AnswerKind::YesNo => match lower.as_str() {
            "yes" | "y" | "true" | "yeah" | "yep" => Ok("yes".to_owned()),
            "no" | "n" | "false" | "nope" => Ok("no".to_owned()),
            _ => Err(refused("that is neither yes nor no".to_owned(), Vec::new())),
        },
        AnswerKind::Words => {
            let words: Vec<(&str, &str)> = field
                .choices
                .iter()
                .map(|choice| (choice.word.as_str(), choice.meaning.as_str()))
                .collect();
            one_of(&words, &typed).map_err(|nearest| refused("that is not one of the words".to_owned(), nearest))
        }
        AnswerKind::Text if field.path == "lesion.site" => {
            site(catalog, &typed).map_err(|(why, nearest)| refused(why, nearest))
        }
        AnswerKind::Quantity => {
            let number = pointed(&typed);
            if field.path == "person.bmi"
                && let Some(index) = body_mass_index(&number)
            {
                return Ok(index);
            }
            let bare = number.parse::<f64>().is_ok();
            if bare && field.path == "person.age" {
                return Ok(format!("{number} years"));
            }
            if bare && field.units.len() > 1 {
                let unit = field.example.as_deref().and_then(|example| example.split(' ').nth(1));
                let nearest = unit.map(|unit| format!("{number} {unit}")).into_iter().collect();
                return Err(refused("a number needs its unit".to_owned(), nearest));
            }
            Ok(number)
        }
        AnswerKind::Lapse => Ok(match lower.as_str() {
            "today" | "just now" => "now".to_owned(),
            // To "when did you last …" no says that it never was.
            "no" | "n" | "nope" | "none" => "never".to_owned(),
            "yesterday" => "1 day".to_owned(),
            "last week" => "7 days".to_owned(),
            _ => pointed(lower.strip_suffix(" ago").unwrap_or(&lower)),
        }),
        _ => Ok(typed),
    }
}

/// The word that was meant: by its number, itself, its only beginning, or what it means; else the nearest.
fn one_of(words: &[(&str, &str)], typed: &str) -> Result<String, Vec<String>> {
    if let Some(found) = by_number(typed, words.len()).and_then(|at| words.get(at)) {
        return Ok(found.0.to_owned());
    }
    let wanted = plain(typed);
    if let Some((word, _)) = words.iter().find(|(word, _)| plain(word) == wanted) {
        return Ok((*word).to_owned());
    }
    let begins: Vec<&str> = words
        .iter()
        .filter(|(word, meaning)| plain(word).starts_with(&wanted) || plain(meaning).starts_with(&wanted))
        .map(|(word, _)| *word)
        .collect();
    match begins.as_slice() {
        [only] => Ok((*only).to_owned()),
        [] => Err(nearest(&wanted, words.iter().map(|(word, _)| *word))),
        several => Err(several.iter().map(|&word| word.to_owned()).collect()),
    }
}

/// The place that was meant, by its number or by any word that people use for it; else why not, and the places that may
/// be meant.
fn site(catalog: &Catalog, typed: &str) -> Result<String, (String, Vec<String>)> {
    let sites = catalog.sites();
    if let Some(found) = by_number(typed, sites.len()).and_then(|at| sites.get(at)) {
        return Ok(found.name.clone());
    }
    let nearest = match catalog.find_site(typed) {
        Found::One(site) => return Ok(site.name.clone()),
        Found::Several(places) => {
            let names = places.iter().map(|site| site.name.clone()).collect();
            return Err((format!("{typed} can be several places"), names));
        }
        Found::None { nearest } => nearest,
    };
    let wanted = plain(typed);
    let like = sites
        .iter()
        .filter(|site| {
            let own = [&site.name, &site.label];
            let mut words = own.into_iter().chain(&site.aliases).chain(&site.also);
            words.any(|word| alike(&wanted, &plain(word)))
        })
        .map(|site| site.name.clone());
    let mut found: Vec<String> = Vec::new();
    for name in nearest.map(|site| site.name.clone()).into_iter().chain(like) {
        if !found.contains(&name) {
            found.push(name);
        }
    }
    Err((format!("there is no place called {typed}"), found))
}

/// The place in a list by its number, counted from one.
pub(crate) fn by_number(typed: &str, count: usize) -> Option<usize> {
    let number: usize = typed.trim().trim_end_matches('.').parse().ok()?;
    (1..=count).contains(&number).then(|| number - 1)
}

fn nearest<'a>(wanted: &str, words: impl Iterator<Item = &'a str>) -> Vec<String> {
    words
        .filter(|word| alike(wanted, &plain(word)))
        .map(str::to_owned)
        .collect()
}

/// Whether two words differ by little: one holds the other, or a letter or two are another, missing or too many.
fn alike(typed: &str, word: &str) -> bool {
    // Shorter words are alike by chance.
    const LEAST: usize = 3;
    if typed.chars().count() < LEAST || typed.len() > 80 {
        return false;
    }
    let allowed = (typed.chars().count() / 4).max(1);
    word.contains(typed)
        || (word.chars().count() >= LEAST && typed.contains(word))
        || strsim::damerau_levenshtein(typed, word) <= allowed
}

/// Lower case, with underlines for spaces and hyphens.
fn plain(word: &str) -> String {
    let joined = word.trim().to_lowercase().replace([' ', '-'], "_");
    joined.trim_end_matches('.').to_owned()
}

/// A comma between two digits, read as the point that it is in many languages.
fn pointed(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let digit = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(char::is_ascii_digit);
    letters
        .iter()
        .enumerate()
        .map(|(at, letter)| {
            let between = digit(at.checked_sub(1)) && digit(Some(at + 1));
            if *letter == ',' && between { '.' } else { *letter }
        })
        .collect()
}
