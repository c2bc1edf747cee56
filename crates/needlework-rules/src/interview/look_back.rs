//! What was answered, in a list to look back on: each answer with its number, so that it can be changed.

use std::collections::BTreeSet;

use crate::interview::script::{Asks, Item, OWN};
use crate::interview::{Answers, Interviewer, opened};

/// One answer, as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What was asked, in a few words.
    pub label: String,
    /// What was answered.
    pub answer: String,
    /// What is taken back when it is to be asked again.
    pub paths: Vec<String>,
}

impl Interviewer<'_> {
    /// Everything that was answered, in the order of the script; what no item holds comes last.
    #[must_use]
    pub fn look_back(&self, answers: &Answers) -> Vec<Line> {
        let mut held: Vec<String> = Vec::new();
        let mut lines = Vec::new();
        for item in &self.script.items {
            let fields = said(item, answers);
            let given: Vec<&str> = fields
                .iter()
                .copied()
                .filter(|field| answers.get(field).is_some() && !held.iter().any(|own| own == field))
                .collect();
            if given.is_empty() && answers.get(&item.record()).is_none() {
                continue;
            }
            let answer = match &item.asks {
                Asks::Field(field) => answers.get(field).map(words).unwrap_or_default(),
                Asks::Choice(_) => answers.get(&item.record()).map_or_else(
                    || {
                        given
                            .iter()
                            .filter_map(|field| answers.get(field))
                            .map(words)
                            .collect::<Vec<_>>()
                            .join(", ")
                    },
                    str::to_owned,
                ),
                Asks::Several(members, _) => {
                    let named: Vec<String> = members
                        .iter()
                        .filter_map(|member| {
                            let answer = answers.get(&member.field)?;
                            (answer != member.none).then(|| match answer {
                                "yes" => member.text.clone(),
                                other => format!("{} {}", member.text, words(other)),
                            })
                        })
                        .collect();
                    if named.is_empty() {
                        "none of these".to_owned()
                    } else {
                        named.join("; ")
                    }
                }
            };
            let mut paths: Vec<String> = given.iter().map(|&field| field.to_owned()).collect();
            paths.push(item.record());
            paths.extend(
                fields
                    .iter()
                    .map(|field| opened(field))
                    .filter(|path| answers.get(path).is_some()),
            );
            held.extend(paths.iter().cloned());
            lines.push(Line {
                label: item.label.clone(),
                answer,
                paths,
            });
        }
        for path in answers.paths() {
            if path.starts_with(OWN) || held.iter().any(|own| own == path) {
                continue;
            }
            let question = self.script.fields.get(path).map(|field| field.question.clone());
            lines.push(Line {
                label: question.unwrap_or_else(|| path.to_owned()),
                answer: answers.get(path).map(words).unwrap_or_default(),
                paths: vec![path.to_owned()],
            });
        }
        lines
    }

    /// The answer that was given last, in words, to be shown.
    #[must_use]
    pub fn shown(&self, answers: &Answers, id: &str) -> Option<Line> {
        let label = self
            .script
            .items
            .iter()
            .find(|item| item.id == id)
            .map(|item| item.label.clone());
        let lines = self.look_back(answers);
        match label {
            Some(label) => lines.into_iter().rfind(|line| line.label == label),
            None => lines.into_iter().find(|line| line.paths.iter().any(|path| path == id)),
        }
    }
}

/// The fields that an item has answered: of a choice those that the one that was made sets.
fn said<'a>(item: &'a Item, answers: &Answers) -> BTreeSet<&'a str> {
    if let (Asks::Choice(choices), Some(made)) = (&item.asks, answers.get(&item.record()))
        && let Some(choice) = choices.iter().find(|choice| choice.text == made)
    {
        return choice.sets.keys().map(String::as_str).collect();
    }
    item.fields()
}

/// A word of the format as somebody would say it.
fn words(answer: &str) -> String {
    match answer {
        "unknown" => "not known".to_owned(),
        other => other.replace('_', " "),
    }
}
