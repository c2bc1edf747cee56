//! A question as a form, and what its form answers.
//!
//! Where one of a few things is the answer, each is a button: one touch answers. Where several may hold, they are
//! ticked, and that none holds is a button of its own, so that nobody says it by passing on. What was typed or ticked
//! stands there again when it could not be taken.

use maud::{Markup, html};
use needlework::case::{AnswerKind, path};
use needlework::rules::interview::{Ask, Line, Prompt, allowed};

use crate::form::Form;
use crate::house::House;
use crate::shell::{Page, button, hidden};
use crate::words::{Words, fill};

/// Why an answer was not taken, and what was probably meant.
pub(crate) struct Trouble {
    pub(crate) what: String,
    pub(crate) nearest: Vec<String>,
}

impl Trouble {
    fn of(what: String) -> Self {
        Self {
            what,
            nearest: Vec::new(),
        }
    }
}

/// A question with everything that stands around it.
pub(crate) struct Shown<'a> {
    /// The question.
    pub(crate) ask: &'a Ask,
    /// What was answered before.
    pub(crate) lines: &'a [Line],
    /// What its form carries on: the answers and the door.
    pub(crate) carried: Markup,
    /// What is shown beside what can be chosen.
    pub(crate) beside: Markup,
    /// What was sent and not taken, with the reason.
    pub(crate) again: Option<(&'a Form, Trouble)>,
}

/// What somebody says by a form, as it would be typed.
///
/// # Errors
/// [`Trouble`] where nothing was said yet.
pub(crate) fn said(words: &Words, ask: &Ask, form: &Form) -> Result<String, Trouble> {
    let does = form.get("do");
    if let Some(chosen) = does.strip_prefix("choose:") {
        return Ok(chosen.to_owned());
    }
    match &ask.prompt {
        Prompt::Any(_) if does == "none" => Ok("none".to_owned()),
        Prompt::Any(things) => {
            let mut marks = Vec::new();
            for (at, thing) in things.iter().enumerate() {
                let number = (at + 1).to_string();
                match (form.has("is", &number), form.has("unsure", &number)) {
                    (true, true) => {
                        let names = [("unsure", words.not_sure), ("thing", thing.text.as_str())];
                        return Err(Trouble::of(fill(words.tick_once, &names)));
                    }
                    (true, false) => marks.push(number),
                    (false, true) => marks.push(format!("{number}?")),
                    (false, false) => {}
                }
            }
            if marks.is_empty() {
                let names = [("none", words.none_of_these)];
                return Err(Trouble::of(fill(words.needs_a_tick, &names)));
            }
            Ok(marks.join(", "))
        }
        _ if does == "unknown" => Ok(needlework::case::UNKNOWN.to_owned()),
        _ if form.get("text").trim().is_empty() => Err(Trouble::of(words.needs_text.to_owned())),
        _ => Ok(form.get("text").to_owned()),
    }
}

impl House {
    /// A question as a page.
    pub(crate) fn question(&self, shown: &Shown<'_>) -> String {
        let (words, ask) = (self.words, shown.ask);
        let number = shown.lines.len() + 1;
        let left = ask.left.saturating_sub(1);
        let to_go = match left {
            0 => words.last_known.to_owned(),
            left => fill(words.to_go, &[("left", &left.to_string())]),
        };
        let main = html! {
            form.ask method="post" action="/interview" autocomplete="off" {
                (shown.carried)
                (hidden("asked", &ask.id))
                p.far {
                    span {
                        (fill(words.question_number, &[("number", &number.to_string())]))
                        ", "
                        (to_go)
                    }
                    progress aria-label=(words.progress) value=(shown.lines.len()) max=(shown.lines.len() + left + 1) {}
                }
                @if let Some((_, trouble)) = &shown.again { (said_why(trouble)) }
                @if !ask.why.is_empty() { p #why { (ask.why) } }
                (shown.beside)
                (answers(self, ask, shown.again.as_ref()))
                div.steps {
                    @if matches!(&ask.prompt, Prompt::Field(_)) && ask.may_be_unknown() {
                        (button("plain", "unknown", words.unknown))
                    }
                    (button("plain", "back", words.back))
                }
                @if ask.may_be_unknown() && !ask.find_out.is_empty() {
                    details {
                        summary { (words.find_out) }
                        p { (ask.find_out) }
                    }
                }
                (so_far(words, shown.lines))
            }
        };
        self.page(&Page {
            title: &ask.question,
            brand: words.interview_brand,
            main,
        })
    }
}

/// Why an answer was not taken.
fn said_why(trouble: &Trouble) -> Markup {
    html! {
        div.card.referred role="alert" {
            p #wrong { (trouble.what) }
        }
    }
}

/// What was answered so far, each line with a button that asks it again, and the file of it.
pub(crate) fn so_far(words: &Words, lines: &[Line]) -> Markup {
    html! {
        @if !lines.is_empty() {
            details.so-far {
                summary { (fill(words.so_far, &[("count", &lines.len().to_string())])) }
                (changeable(words, lines))
                p { button.plain type="submit" formaction="/case.toml" { (words.keep_file) } }
            }
        }
    }
}

/// Answers, each with a button that asks it again.
pub(crate) fn changeable(words: &Words, lines: &[Line]) -> Markup {
    html! {
        ul.answers {
            @for line in lines {
                li {
                    span { (line.text()) }
                    button.plain
                        type="submit"
                        name="do"
                        value={ "change:" (line.id) }
                        aria-label=(fill(words.change_this, &[("answer", &line.label)]))
                    { (words.change) }
                }
            }
        }
    }
}

/// What can be answered.
fn answers(house: &House, ask: &Ask, again: Option<&(&Form, Trouble)>) -> Markup {
    let words = house.words;
    let form = again.map(|(form, _)| *form);
    match &ask.prompt {
        Prompt::One(texts) => {
            let choices = texts.iter().enumerate();
            buttons(choices.map(|(at, text)| ((at + 1).to_string(), text.clone(), String::new())))
        }
        Prompt::Any(things) => {
            let ticked = |name: &str, at: usize| form.is_some_and(|form| form.has(name, &(at + 1).to_string()));
            html! {
                ul.things {
                    @for (at, thing) in things.iter().enumerate() {
                        li {
                            label {
                                input type="checkbox" name="is" value=(at + 1) checked[ticked("is", at)];
                                span { (thing.text) }
                            }
                            label.unsure {
                                input
                                    type="checkbox"
                                    name="unsure"
                                    value=(at + 1)
                                    aria-label={ (words.not_sure) ": " (thing.text) }
                                    checked[ticked("unsure", at)];
                                span { (words.not_sure) }
                            }
                        }
                    }
                }
                div.steps {
                    (button("main", "ticked", words.ticked))
                    (button("main", "none", words.none_of_these))
                }
            }
        }
        Prompt::Field(field) => match field.kind {
            AnswerKind::YesNo => buttons(["yes", "no"].into_iter().map(|word| {
                let shown = needlework_figures::words::sentence_case(word);
                (word.to_owned(), shown, String::new())
            })),
            AnswerKind::Words => buttons(field.choices.iter().map(|choice| {
                let shown = needlework_figures::words::sentence_case(&choice.word.replace('_', " "));
                (choice.word.clone(), shown, choice.meaning.clone())
            })),
            _ => html! {
                (typed(words, &allowed(field), again))
                @if field.path == SITE { (house.body_map()) }
            },
        },
    }
}

/// The field that names a place of the body.
const SITE: &str = path!(lesion.site);

/// A line to type into.
fn typed(words: &Words, allowed: &str, again: Option<&(&Form, Trouble)>) -> Markup {
    let before = again.map(|(form, _)| form.get("text")).unwrap_or_default();
    html! {
        p #hint { (fill(words.answer_with, &[("allowed", allowed)])) }
        p.typed {
            input
                type="text"
                name="text"
                value=(before)
                maxlength="200"
                aria-label=(words.answer_label)
                aria-describedby="hint"
                aria-invalid=[again.is_some().then_some("true")]
                autocapitalize="none"
                spellcheck="false"
                autofocus;
            (button("main", "type", words.go_on))
        }
        // Behind the button that a return key presses, so that nothing is taken for somebody.
        @if let Some((_, trouble)) = again {
            @if !trouble.nearest.is_empty() {
                p.steps {
                    span { (words.did_you_mean) }
                    @for one in &trouble.nearest { (button("plain", &format!("choose:{one}"), one)) }
                }
            }
        }
    }
}

/// Choices, each a button, with what it means.
fn buttons(choices: impl Iterator<Item = (String, String, String)>) -> Markup {
    html! {
        ul.choices {
            @for (value, text, meaning) in choices {
                li {
                    button.choice type="submit" name="do" value={ "choose:" (value) } {
                        strong { (text) }
                        @if !meaning.is_empty() { span { (meaning) } }
                    }
                }
            }
        }
    }
}
