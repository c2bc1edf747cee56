//! What was answered, in a list to look back on: each answer with its number, so that it can be changed.
//!
//! Each line can be read without its question. A choice reads as the one that was made, also where a file says no more
//! than what it answered; where no choice fits, each field stands by itself with its own question. Of a list stand the
//! things that were named, or the first of those that were not.

use crate::interview::script::{Asks, Choice, Item, Member, OPENED, OWN, statement};
use crate::interview::words::says_unknown;
use crate::interview::{Answers, Interviewer, REST, opened};

/// How many things of a list are told of which none was named.
const TOLD: usize = 3;

/// One answer, as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The question's name in the script; the path of the field where the script does not name it.
    pub id: String,
    /// What was asked, in a few words, or as the question where there are none.
    pub label: String,
    /// What was answered.
    pub answer: String,
    /// What is taken back when it is to be asked again.
    pub paths: Vec<String>,
}

impl Line {
    /// The whole line; a question needs no colon.
    #[must_use]
    pub fn text(&self) -> String {
        let between = if self.label.ends_with('?') { "" } else { ":" };
        format!("{}{between} {}", self.label, self.answer)
    }
}

impl Interviewer<'_> {
    /// Everything that was answered, in the order of the script; what no item holds comes last.
    #[must_use]
    pub fn look_back(&self, answers: &Answers) -> Vec<Line> {
        let way = if answers.is_done_already() { "done" } else { "planned" };
        let mut lines: Vec<Line> = Vec::new();
        for item in &self.script.items {
            // The other way asks some of the same fields in other words.
            if item.path.as_deref().is_none_or(|path| path == way) {
                lines.extend(of_item(item, answers, &lines));
            }
        }
        let rest: Vec<Line> = answers
            .paths()
            .filter(|path| !path.starts_with(OWN) && !is_held(&lines, path))
            .filter_map(|path| self.of_field(path, answers))
            .collect();
        lines.into_iter().chain(rest).collect()
    }

    /// The answer that was given last, in words, to be shown. `id` is the name of its question.
    #[must_use]
    pub fn shown(&self, answers: &Answers, id: &str) -> Option<Line> {
        if id == REST {
            return Some(self.of_rest(answers));
        }
        self.of_field(id, answers)
            .or_else(|| self.look_back(answers).into_iter().find(|line| line.id == id))
    }

    /// The line of one field by itself.
    fn of_field(&self, path: &str, answers: &Answers) -> Option<Line> {
        let answer = answers.get(path).filter(|_| !path.starts_with(OWN))?;
        let question = self.script.fields.get(path).map(|field| statement(&field.question));
        Some(Line {
            id: path.to_owned(),
            label: question.unwrap_or_else(|| path.to_owned()),
            answer: words(answer),
            paths: vec![path.to_owned()],
        })
    }

    /// What of the list that no script names was just answered.
    fn of_rest(&self, answers: &Answers) -> Line {
        let last = answers.last();
        let paths: Vec<&str> = last
            .iter()
            .map(|(path, _)| path.strip_prefix(OPENED).unwrap_or(path))
            .collect();
        let members: Vec<Member> = paths.iter().filter_map(|path| self.member(None, path)).collect();
        Line {
            id: REST.to_owned(),
            label: "Of these".to_owned(),
            answer: of_list(&members, answers),
            paths: last.iter().map(|(path, _)| (*path).to_owned()).collect(),
        }
    }
}

/// Whether a line holds the answer to a field already.
fn is_held(lines: &[Line], path: &str) -> bool {
    lines.iter().any(|line| line.paths.iter().any(|own| own == path))
}

/// The line of an item, where it was answered; `before` are the lines above it.
fn of_item(item: &Item, answers: &Answers, before: &[Line]) -> Option<Line> {
    let record = item.record();
    let is_own = |path: &str| answers.get(path).is_some() && !is_held(before, path);
    let mut given: Vec<&str> = item.fields().into_iter().filter(|path| is_own(path)).collect();
    let answer = match &item.asks {
        Asks::Field(field) => words(answers.get(field).filter(|_| !given.is_empty())?),
        Asks::Choice(choices) => {
            let made = choice_made(choices, answers.get(&record), &given, answers)?;
            given.retain(|path| made.sets.contains_key(*path));
            said(made)
        }
        Asks::Several(members, _) => {
            let is_said = |path: &str| answers.get(path).is_some() || answers.get(&opened(path)).is_some();
            // A file may answer for the list as a whole and for nothing in it.
            if answers.get(&record).is_none() && !members.iter().any(|member| is_said(&member.field)) {
                return None;
            }
            of_list(members, answers)
        }
    };
    let mut paths: Vec<String> = given.iter().map(|&path| path.to_owned()).collect();
    let named = item.fields().into_iter().map(opened);
    paths.extend(named.filter(|path| answers.get(path).is_some()));
    paths.push(record);
    Some(Line {
        id: item.id.clone(),
        label: item.label.clone(),
        answer,
        paths,
    })
}

/// The choice that was made: the recorded one, else the only one that gives just what is answered of it, as after a
/// file was read.
fn choice_made<'a>(
    choices: &'a [Choice],
    recorded: Option<&str>,
    given: &[&str],
    answers: &Answers,
) -> Option<&'a Choice> {
    if let Some(text) = recorded {
        return choices.iter().find(|choice| choice.text == text);
    }
    let given: Vec<&str> = given.iter().copied().filter(|path| !path.starts_with(OWN)).collect();
    choices.iter().find(|choice| {
        let mut sets = choice.sets.iter().filter(|(path, _)| !path.starts_with(OWN));
        let count = sets.clone().count();
        count > 0 && count == given.len() && sets.all(|(path, set)| answers.get(path) == Some(set.as_str()))
    })
}

/// A choice as it reads without its question.
fn said(choice: &Choice) -> String {
    match &choice.said {
        Some(said) => said.clone(),
        None if says_unknown(&choice.text) => "not known".to_owned(),
        None => choice.text.clone(),
    }
}

/// What was named of a list; where nothing was, the first things of it.
fn of_list(members: &[Member], answers: &Answers) -> String {
    let named: Vec<String> = members.iter().filter_map(|member| named(member, answers)).collect();
    if !named.is_empty() {
        return named.join("; ");
    }
    let asked: Vec<&str> = members
        .iter()
        .filter(|member| answers.get(&member.field).is_some())
        .map(|member| member.name.as_str())
        .collect();
    let first = asked.iter().take(TOLD).copied().collect::<Vec<_>>().join(", ");
    match asked.len().saturating_sub(TOLD) {
        0 if first.is_empty() => "none of these".to_owned(),
        0 => format!("none of these: {first}"),
        more => format!("none of these: {first} and {more} more"),
    }
}

/// A thing of a list with what was said of it; none where it was not named.
fn named(member: &Member, answers: &Answers) -> Option<String> {
    let name = &member.name;
    match answers.get(&member.field) {
        None => answers
            .get(&opened(&member.field))
            .map(|_| format!("{name} (named, asked next)")),
        Some(answer) if answer == member.none => None,
        Some("yes") => Some(name.clone()),
        Some(other) => Some(format!("{name} ({})", words(other))),
    }
}

/// A word of the format as somebody would say it.
fn words(answer: &str) -> String {
    match answer {
        "unknown" => "not known".to_owned(),
        other => other.replace('_', " "),
    }
}
