//! The interview in the terminal: asks what the rules and the chain need, one question at a time, and writes a case.
//!
//! At a terminal choices are picked with the arrow keys; with `--plain`, or when the input is no terminal, each answer is a line. `?` says "I don't
//! know": the first time it is told how to find out, the second time it stands. `back` takes the last answer back, `quit` stops. After every
//! answer the case in the making is written as a whole, so that nothing is lost and `--resume` goes on from it.

use std::io::{BufRead, IsTerminal};
use std::path::Path;
use std::process::ExitCode;

use dialoguer::theme::SimpleTheme;
use dialoguer::{Input, Select};
use needlework::case::{AnswerKind, Catalog};
use needlework::rules::interview::{Answers, Ask, Ending, Step, accept, allowed, judged, next};
use needlework::rules::{RuleBook, Safety};
use needlework::verdict::Library;

use crate::arguments::Interview;
use crate::assess::library;
use crate::folder::NewFile;
use crate::problem::Problem;
use crate::screen::print;

/// What somebody types who does not know.
const UNKNOWN: &str = "unknown";

/// One thing that was said.
enum Said {
    Answer(String),
    Unknown,
    Back,
    Quit,
}

/// Asks until nothing is open, and writes the case.
///
/// # Errors
/// [`Problem`] when a file cannot be read or written.
pub fn run(asked: &Interview) -> Result<ExitCode, Problem> {
    let library = library()?;
    let (book, catalog) = (&library.rules, &library.catalog);
    let mut answers = match &asked.resume {
        Some(path) => resumed(path, &library)?,
        None => Answers::default(),
    };
    if asked.resume.as_deref() != Some(asked.out.as_path()) && asked.out.exists() {
        return Err(Problem::input(
            format!("{} is there already", asked.out.display()),
            format!(
                "go on with it by --resume {0} --out {0}, or name another file",
                asked.out.display()
            ),
        ));
    }
    // A place that cannot be written is said before the first question.
    drop(NewFile::at(&asked.out)?);
    let plain = asked.plain || !std::io::stdin().is_terminal();
    print(
        "Answer with ? if you don't know, back to change the last answer, quit to stop and go on later.\nNothing is sent anywhere; your answers are kept in the file that you named.\n",
    )?;
    let mut told_how: Option<String> = None;
    // Ends: each turn asks a question; the input ends, or who answers stops.
    loop {
        let ask = match next(book, catalog, &answers).map_err(Problem::Case)? {
            Step::Ask(ask) => ask,
            Step::Stop(ending) => return stopped(ending, &library, asked),
            Step::Done(_) => return done(&answers, book, catalog, asked),
        };
        if told_how.as_deref() != Some(ask.field.path.as_str()) {
            print(&question(&ask, answers.count()))?;
        }
        match if plain { line()? } else { picked(&ask)? } {
            Said::Quit => {
                save(&answers, asked)?;
                print(&format!(
                    "Kept in {0}. Go on with: needlework interview --resume {0} --out {0}",
                    asked.out.display()
                ))?;
                return Ok(ExitCode::SUCCESS);
            }
            Said::Back => {
                let undone = answers.undo();
                print(&undone.map_or_else(
                    || "This is the first question.".to_owned(),
                    |path| format!("Taken back: {path}."),
                ))?;
                told_how = None;
            }
            Said::Unknown if !ask.field.may_be_unknown => {
                print(&format!("This needs an answer: {}.", allowed(&ask.field)))?
            }
            // Once it is said how to find out; whoever still does not know has answered.
            Said::Unknown if told_how.as_deref() != Some(ask.field.path.as_str()) => {
                print(&format!("{} Answer now, or ? again to leave it open.", ask.find_out))?;
                told_how = Some(ask.field.path.clone());
            }
            Said::Unknown => {
                answers = taken(book, catalog, answers, &ask, UNKNOWN, asked)?;
                told_how = None;
            }
            Said::Answer(text) => {
                answers = taken(book, catalog, answers, &ask, &text, asked)?;
                told_how = None;
            }
        }
    }
}

/// The answers with one more, saved; as they were, with the reason told, where it is not an answer.
fn taken(
    book: &RuleBook,
    catalog: &Catalog,
    answers: Answers,
    ask: &Ask,
    text: &str,
    asked: &Interview,
) -> Result<Answers, Problem> {
    match accept(book, catalog, &answers, &ask.field.path, text) {
        Ok(more) => {
            save(&more, asked)?;
            Ok(more)
        }
        Err(wrong) => {
            // Where there are words to choose from, the choice says it all; elsewhere the limit or the unit is worth knowing.
            let chosen = matches!(ask.field.kind, AnswerKind::YesNo | AnswerKind::Words);
            let why = wrong.problems.first().filter(|_| !chosen);
            let why = why.map(|problem| problem.message.replace(&format!("`{}`", ask.field.path), "this"));
            print(&why.map_or_else(
                || "That is no answer to this question.".to_owned(),
                |why| format!("That can't be read: {why}."),
            ))?;
            print(&format!("Please answer with {}.", allowed(&ask.field)))?;
            Ok(answers)
        }
    }
}

/// The answers of a case in the making.
fn resumed(path: &Path, library: &Library) -> Result<Answers, Problem> {
    let (name, bytes) = crate::assess::bytes(path)?;
    needlework::case::read_bytes(&bytes, &name, &library.catalog).map_err(Problem::Case)?;
    Ok(Answers::of_document(&String::from_utf8_lossy(&bytes)))
}

/// A question with its number, why it is asked and what may be answered.
fn question(ask: &Ask, answered: usize) -> String {
    let mut text = format!(
        "\nQuestion {}, about {} to go\n{}\n",
        answered + 1,
        ask.left,
        ask.field.question
    );
    if let Some(reason) = ask.why.first() {
        text.push_str(&format!("Why: {reason}\n"));
    }
    for choice in &ask.field.choices {
        text.push_str(&format!("  {}: {}\n", choice.word, choice.meaning));
    }
    text.push_str(&format!("Answer: {}", allowed(&ask.field)));
    text
}

/// One line of the input; its end is a wish to stop.
fn line() -> Result<Said, Problem> {
    let mut text = String::new();
    let read = std::io::stdin().lock().read_line(&mut text);
    match read {
        Ok(0) => Ok(Said::Quit),
        Ok(_) => Ok(said(&text)),
        Err(error) => Err(Problem::input(
            format!("cannot read the answer: {error}"),
            "type one answer on each line",
        )),
    }
}

fn said(text: &str) -> Said {
    match text.trim() {
        "?" | UNKNOWN => Said::Unknown,
        "back" => Said::Back,
        "quit" => Said::Quit,
        answer => Said::Answer(answer.to_owned()),
    }
}

/// An answer picked with the arrow keys, or typed where there is nothing to pick from.
fn picked(ask: &Ask) -> Result<Said, Problem> {
    let stopped =
        |error: dialoguer::Error| Problem::failed(format!("the terminal does not answer: {error}"), "use --plain");
    let mut words: Vec<String> = match ask.field.kind {
        AnswerKind::YesNo => vec!["yes".to_owned(), "no".to_owned()],
        AnswerKind::Words => ask.field.choices.iter().map(|choice| choice.word.clone()).collect(),
        _ => Vec::new(),
    };
    if words.is_empty() {
        let typed: String = Input::with_theme(&SimpleTheme)
            .with_prompt("Answer")
            .allow_empty(true)
            .interact_text()
            .map_err(stopped)?;
        return Ok(said(&typed));
    }
    if ask.field.may_be_unknown {
        words.push("I don't know".to_owned());
    }
    words.extend(["back".to_owned(), "quit".to_owned()]);
    let place = Select::with_theme(&SimpleTheme)
        .items(&words)
        .default(0)
        .interact()
        .map_err(stopped)?;
    Ok(match words.get(place).map(String::as_str) {
        Some("I don't know") => Said::Unknown,
        Some(word) => said(word),
        None => Said::Quit,
    })
}

/// Writes the case in the making, whole or not at all.
fn save(answers: &Answers, asked: &Interview) -> Result<(), Problem> {
    let mut file = NewFile::at(&asked.out)?;
    file.write(answers.document().as_bytes())?;
    file.appear()
}

/// The kind end of an interview that a rule stops. Nothing of it is kept.
fn stopped(ending: Ending, library: &Library, asked: &Interview) -> Result<ExitCode, Problem> {
    let when = match ending {
        Ending::UnderAge => "minor",
        Ending::Distress => "distress",
        Ending::Urgent => "danger",
    };
    let mut text = match ending {
        Ending::UnderAge => "We stop here.\n".to_owned(),
        Ending::Distress => "We stop here: you come first.\n".to_owned(),
        Ending::Urgent => "We stop here. See a doctor today, before anything else.\n".to_owned(),
    };
    for line in library.advice.iter().filter(|line| line.when == when) {
        text.push_str(&format!("{}\n", line.text));
    }
    if asked.out.exists() {
        std::fs::remove_file(&asked.out).map_err(|error| Problem::writing(&asked.out, &error))?;
        text.push_str("Your answers were not kept.\n");
    }
    print(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// Writes the case and says what the rules say.
fn done(answers: &Answers, book: &RuleBook, catalog: &Catalog, asked: &Interview) -> Result<ExitCode, Problem> {
    save(answers, asked)?;
    let (_, screening) = judged(book, catalog, answers).map_err(Problem::Case)?;
    let found = match screening.safety {
        Safety::Refuse => "A rule stops this plan.",
        Safety::Refer => "Not yet: a doctor or pharmacist should be asked first.",
        Safety::Caution => "No rule stops this plan; that is not the same as safe.",
    };
    print(&format!(
        "\n{found} {} of {} rules have something to say.\nYour case: {file}\nThe whole answer: needlework assess {file} --out out",
        screening.fired.len(),
        book.rules().len(),
        file = asked.out.display()
    ))?;
    Ok(ExitCode::SUCCESS)
}
