//! Answers as they were given, and the case file that they make.
//!
//! An answer is kept as the words that somebody typed. Written as a case, each takes the form of its field: yes and no
//! become true and false, whole numbers stay bare, `vitamin_c 2 days, moisturiser 1 day` becomes a list, everything
//! else a text. Whether it makes sense is for the reader of cases to say.
//!
//! What was named in a list and is still to be asked by itself stands in the case with the answer that holds until
//! then, and a comment at the head of the file names it: whoever stops in between is judged as somebody who has named
//! it, and is asked when they go on.
//!
//! A front door that remembers nothing itself, such as a page whose form carries all that was answered, keeps the
//! answers as a text of their own ([`Answers::kept`]): with the order in which they were given, so that the last one
//! can still be taken back.

use std::collections::{BTreeMap, BTreeSet};

use needlework_case::{AnswerKind, fields, path, typed_answer};
use toml::{Table, Value};

use crate::interview::script::{OPENED, OWN, PATH};
use crate::interview::words::clean;

/// Whether a stopped plan is asked to its end.
const GOES_ON: &str = "interview.goes_on";

/// The format that the reader of cases expects.
const FORMAT: &str = "needlework-case/1";

/// How a file begins that the interview made, and may therefore write again.
pub(crate) const HEAD: &str = "# Written by needlework interview, which may write it again.";

/// The line of a file whose case is about something that was done.
const DONE: &str = "# Something was done already: needlework triage.";

/// How the line of a file begins that names what is still to be asked.
const NAMED: &str = "# Named and still to be asked; until then it stands with its strictest answer: ";

/// How answers begin that are kept by whoever asks.
const KEPT: &str = "needlework-answers/1";

/// What is done where nobody was asked.
const ARM: (&str, &str) = (path!(regimen.arm), "needling");

/// What has been answered so far, by field, in the order in which it was given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answers {
    given: Vec<Given>,
    turn: usize,
}

/// One answer: at which turn, to which field, what.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Given {
    turn: usize,
    path: String,
    answer: String,
}

impl Answers {
    /// The answers that a case file in the making holds; what it says beside them, such as a title, stays out.
    #[must_use]
    pub fn of_document(text: &str) -> Self {
        let mut answers = Self::default();
        let Ok(table) = text.parse::<Table>() else {
            return answers;
        };
        if text.lines().any(|line| line == DONE) {
            answers.give(PATH, "done");
        }
        let named: BTreeSet<&str> = text
            .lines()
            .filter_map(|line| line.strip_prefix(NAMED))
            .flat_map(|paths| paths.split(", "))
            .collect();
        for (section, fields) in &table {
            let Some(fields) = fields.as_table().filter(|_| section != "about") else {
                continue;
            };
            for (name, value) in fields {
                let path = format!("{section}.{name}");
                if named.contains(path.as_str()) {
                    answers.give(&format!("{OPENED}{path}"), &typed(value));
                } else {
                    answers.give(&path, &typed(value));
                }
            }
        }
        answers
    }

    /// All that was given, with its order, as a text that [`Self::of_kept`] reads: a line for each answer, with its
    /// turn, its field and itself, between tabs.
    #[must_use]
    pub fn kept(&self) -> String {
        let mut text = format!("{KEPT}\n");
        for given in &self.given {
            text.push_str(&format!("{}\t{}\t{}\n", given.turn, given.path, given.answer));
        }
        text
    }

    /// The answers that [`Self::kept`] wrote; none where the text is not of its making. Whether they make sense is for
    /// the reader of cases to say.
    #[must_use]
    pub fn of_kept(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        lines.next().filter(|line| *line == KEPT)?;
        let known: BTreeSet<String> = fields().into_iter().map(|field| field.path).collect();
        let mut answers = Self::default();
        for line in lines.filter(|line| !line.is_empty()) {
            let mut cells = line.splitn(3, '\t');
            let turn = cells.next()?.parse().ok()?;
            let path = cells
                .next()
                .filter(|path| path.starts_with(OWN) || known.contains(*path))?;
            let answer = clean(cells.next()?);
            answers.take_back(path);
            answers.turn = answers.turn.max(turn);
            answers.given.push(Given {
                turn,
                path: path.to_owned(),
                answer,
            });
        }
        Some(answers)
    }

    /// What was answered, if anything; "I don't know" is `unknown`.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&str> {
        self.given
            .iter()
            .find(|given| given.path == path)
            .map(|given| given.answer.as_str())
    }

    /// Every answered field, in the order in which it was answered.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.given.iter().map(|given| given.path.as_str())
    }

    /// How many answers there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.given.len()
    }

    /// What was named in a list and is still to be asked by itself, in the order in which it was named, with the answer
    /// that stands until then.
    pub fn named(&self) -> impl Iterator<Item = (&str, &str)> {
        self.given.iter().filter_map(|given| {
            let path = given.path.strip_prefix(OPENED)?;
            self.get(path).is_none().then_some((path, given.answer.as_str()))
        })
    }

    /// The same answers without what was named and is still to be asked.
    #[must_use]
    pub(crate) fn without_named(&self) -> Self {
        let mut said = self.clone();
        said.given.retain(|given| !given.path.starts_with(OPENED));
        said
    }

    /// What the last turn gave.
    pub(crate) fn last(&self) -> Vec<(&str, &str)> {
        let turn = self.given.iter().map(|given| given.turn).max();
        let of_turn = self.given.iter().filter(|given| Some(given.turn) == turn);
        of_turn
            .map(|given| (given.path.as_str(), given.answer.as_str()))
            .collect()
    }

    /// Whether it is about something that was done already.
    #[must_use]
    pub fn is_done_already(&self) -> bool {
        self.get(PATH) == Some("done")
    }

    /// Whether a stopped plan is asked to its end.
    pub(crate) fn goes_on(&self) -> bool {
        self.get(GOES_ON).is_some()
    }

    /// Asks a stopped plan to its end.
    pub fn go_on(&mut self) {
        self.give(GOES_ON, "yes");
    }

    /// Gives an answer, or changes it.
    pub fn give(&mut self, path: &str, answer: &str) {
        self.give_together(&[(path.to_owned(), answer.to_owned())]);
    }

    /// Gives several answers at once; they are taken back at once.
    pub fn give_together(&mut self, gives: &[(String, String)]) {
        self.turn += 1;
        for (path, answer) in gives {
            self.take_back(path);
            let answer = clean(answer);
            // Everybody says their age without a unit.
            let bare_age = path == "person.age" && answer.parse::<u32>().is_ok();
            let answer = if bare_age { format!("{answer} years") } else { answer };
            self.given.push(Given {
                turn: self.turn,
                path: path.clone(),
                answer,
            });
        }
    }

    /// Takes an answer back.
    pub fn take_back(&mut self, path: &str) {
        self.given.retain(|given| given.path != path);
    }

    /// The last answer, taken back, with all that was given with it.
    pub fn undo(&mut self) -> Option<String> {
        let turn = self.given.iter().map(|given| given.turn).max()?;
        let path = self.given.iter().find(|given| given.turn == turn)?.path.clone();
        self.given.retain(|given| given.turn != turn);
        Some(path)
    }

    /// Whether the interview has made this text, and nobody has put anything else into it: only then may it be written
    /// again.
    #[must_use]
    pub fn made(text: &str) -> bool {
        Self::of_document(text).document() == text
    }

    /// The answers as the text of a case file, in the order of the format.
    #[must_use]
    pub fn document(&self) -> String {
        let done = if self.is_done_already() {
            format!("{DONE}\n")
        } else {
            String::new()
        };
        let named: BTreeSet<&str> = self.named().map(|(path, _)| path).collect();
        let asked = if named.is_empty() {
            String::new()
        } else {
            format!("{NAMED}{}\n", Vec::from_iter(named).join(", "))
        };
        let mut text = format!("{HEAD}\n{done}{asked}format = \"{FORMAT}\"\n\n[about]\nscreening = \"by questions\"\n");
        let known: Vec<(String, AnswerKind)> = fields().into_iter().map(|field| (field.path, field.kind)).collect();
        let place = |path: &str| known.iter().position(|(own, _)| own == path).unwrap_or(known.len());
        let mut sections: BTreeMap<usize, (&str, BTreeMap<usize, String>)> = BTreeMap::new();
        // The interview is about needling; a case must say at least what is done.
        let assumed = self.get(ARM.0).is_none().then_some(ARM);
        let given = self
            .given
            .iter()
            .map(|given| (given.path.as_str(), given.answer.as_str()));
        for (path, answer) in given.chain(self.named()).chain(assumed) {
            if path.starts_with(OWN) {
                continue;
            }
            let Some((section, name)) = path.split_once('.') else {
                continue;
            };
            let at = place(path);
            let kind = known.get(at).map_or(AnswerKind::Text, |(_, kind)| *kind);
            let lines = &mut sections
                .entry(place(section))
                .or_insert_with(|| (section, BTreeMap::new()))
                .1;
            lines.insert(at, format!("{name} = {}\n", typed_answer(answer, kind)));
        }
        for (section, lines) in sections.into_values() {
            text.push_str(&format!("\n[{section}]\n"));
            lines.into_values().for_each(|line| text.push_str(&line));
        }
        text
    }
}

/// A value of a case file as somebody would type it.
fn typed(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Boolean(true) => "yes".to_owned(),
        Value::Boolean(false) => "no".to_owned(),
        Value::Array(items) if items.is_empty() => "none".to_owned(),
        Value::Array(items) => {
            let item = |item: &Value| {
                let of = |name: &str| item.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
                format!("{} {}", of("product"), of("after"))
            };
            items.iter().map(item).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}
