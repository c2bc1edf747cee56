//! The interview in the terminal: asks what the rules, triage and the chain need, one question at a time, and writes a
//! case.
//!
//! At a terminal choices are picked with the arrow keys; with `--plain`, when the input is no terminal, or when it has
//! no room for the list, each answer is a line. `?` says "I don't know": the first time it is told how to find out, the
//! second time it stands. `back` takes the last answer back, `quit` stops. After every answer the case in the making is
//! written as a whole, so that nothing is lost and `--resume` goes on from it.

use std::io::{self, BufRead, IsTerminal};
use std::path::Path;
use std::process::ExitCode;

use needlework::case::{AnswerKind, Case};
use needlework::cohort::Settings;
use needlework::numerics::unwatched;
use needlework::rules::interview::{Answers, Ask, Ending, Interviewer, Prompt, Step, allowed, clean, says_unknown};
use needlework::verdict::{Extent, Inquiry, Library, NOT_SAFE, Occasion, Safety, judge_to, texts};
use needlework_pages as pages;

use crate::answers_file::AnswersFile;
use crate::arguments::Interview;
use crate::input::{engine, library};
use crate::layout::{WIDTH, wrapped};
use crate::picker::{Picked, pick};
use crate::problem::Problem;
use crate::screen::print;
use crate::triage::help;

/// What somebody types who does not know.
const UNKNOWN: &str = "unknown";

/// The exit code of an interview that was interrupted.
const INTERRUPTED: u8 = 1;

/// One thing that was said.
enum Said {
    Answer(String),
    Unknown,
    Back,
    Quit,
    /// Ctrl-C while a key was awaited.
    Interrupted,
    /// The input has ended.
    End,
}

/// What the interview goes on with.
enum Onward {
    Ask,
    Finished(ExitCode),
}

/// Everything that one interview holds.
struct Talk<'a> {
    library: &'a Library,
    interviewer: Interviewer<'a>,
    answers: Answers,
    file: AnswersFile,
    plain: bool,
    asked: usize,
    told_how: Option<String>,
}

/// Asks until nothing is open, and writes the case.
///
/// # Errors
/// [`Problem`] when a file cannot be read or written.
pub fn run(asked: &Interview) -> Result<ExitCode, Problem> {
    let library = library()?;
    let interviewer = Interviewer {
        script: &library.script,
        book: &library.rules,
        triage: &library.triage,
        catalog: &library.catalog,
    };
    let answers = match &asked.resume {
        Some(path) => resumed(path, &library)?,
        None => Answers::default(),
    };
    let file = AnswersFile::at(&asked.out, asked.resume.as_deref())?;
    let terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
    // What was answered is on the disk already; the terminal was never changed for longer than a key. While a key is
    // awaited there is no signal, and the picker says that Ctrl-C was pressed.
    let told = interrupted(&file.name());
    let _ = ctrlc::set_handler(move || {
        let _ = print(&told);
        std::process::exit(INTERRUPTED.into());
    });
    print(&wrapped(
        "Answer with ? if you don't know, back to change the last answer, quit to stop and go on later.\nNothing is \
            sent anywhere; your answers are kept in the file that you named, which only you can read.",
        WIDTH,
    ))?;
    let mut talk = Talk {
        library: &library,
        interviewer,
        answers,
        file,
        plain: asked.plain || !terminal,
        asked: 0,
        told_how: None,
    };
    // Ends: each turn asks or takes back one question, and the end of the input is an end.
    loop {
        if let Onward::Finished(code) = talk.step()? {
            return Ok(code);
        }
    }
}

impl Talk<'_> {
    /// One question, or the end.
    fn step(&mut self) -> Result<Onward, Problem> {
        match self.interviewer.next(&self.answers).map_err(Problem::Case)? {
            Step::Ask(ask) => self.ask(&ask),
            Step::Stop(ending) => self.stopped(ending).map(Onward::Finished),
            Step::Settled(reasons) => self.settled(&reasons),
            Step::Done(_) => self.look_back(),
        }
    }

    fn ask(&mut self, ask: &Ask) -> Result<Onward, Problem> {
        if self.told_how.as_deref() != Some(ask.id.as_str()) {
            self.asked += 1;
            print(&question(ask, self.asked))?;
        }
        match self.said(ask)? {
            Said::Quit | Said::End => return self.kept().map(Onward::Finished),
            Said::Interrupted => return self.interrupted().map(Onward::Finished),
            Said::Back => self.back()?,
            Said::Unknown if !ask.may_be_unknown() => {
                print("This needs an answer.")?;
                // The question stands above; it is not asked anew.
                self.told_how = Some(ask.id.clone());
            }
            // Once it is said how to find out; whoever still does not know has answered.
            Said::Unknown if self.told_how.as_deref() != Some(ask.id.as_str()) => {
                print(&wrapped(
                    &format!("{} Answer now, or ? again to leave it open.", ask.find_out),
                    WIDTH,
                ))?;
                self.told_how = Some(ask.id.clone());
            }
            Said::Unknown => self.take(ask, UNKNOWN)?,
            Said::Answer(text) => self.take(ask, &text)?,
        }
        Ok(Onward::Ask)
    }

    /// Takes an answer, keeps it and shows what was understood; says why where it is none.
    fn take(&mut self, ask: &Ask, text: &str) -> Result<(), Problem> {
        self.told_how = None;
        match self.interviewer.accept(&self.answers, ask, text) {
            Ok(more) => {
                self.answers = more;
                self.file.keep(&self.answers)?;
                let line = self.interviewer.shown(&self.answers, &ask.id);
                print(&line.map_or_else(String::new, |line| wrapped(&format!("-> {}", line.text()), WIDTH)))
            }
            Err(wrong) => {
                // The question stands above; it is not asked anew.
                self.told_how = Some(ask.id.clone());
                print(&wrapped(&wrong.sentence(), WIDTH))
            }
        }
    }

    fn back(&mut self) -> Result<(), Problem> {
        self.told_how = None;
        self.asked = self.asked.saturating_sub(2);
        match self.answers.undo() {
            Some(_) => {
                self.file.keep(&self.answers)?;
                print("Taken back.")
            }
            None => print("This is the first question."),
        }
    }

    /// A plan that a rule refuses: nothing can lift that any more.
    fn settled(&mut self, reasons: &[String]) -> Result<Onward, Problem> {
        let mut text =
            "\nA rule stops this plan, and nothing that you answer from here on can change that:\n".to_owned();
        for reason in reasons {
            text.push_str(&format!("{}\n", wrapped(&format!("- {reason}"), WIDTH)));
        }
        text.push_str("End here with this answer (end), go on to hear everything (go on), or back?");
        print(&text)?;
        let lines = ["end here with this answer".to_owned(), "go on".to_owned()];
        match self.choice(&lines)? {
            Said::Answer(text) if text == "1" || text.starts_with("end") => self.finish().map(Onward::Finished),
            Said::Answer(text) if text == "2" || text.starts_with("go") => {
                self.answers.go_on();
                Ok(Onward::Ask)
            }
            Said::Back => self.back().map(|()| Onward::Ask),
            Said::Quit => self.kept().map(Onward::Finished),
            Said::Interrupted => self.interrupted().map(Onward::Finished),
            Said::End => self.finish().map(Onward::Finished),
            Said::Answer(_) | Said::Unknown => {
                print("Please answer end, go on, back or quit.")?;
                Ok(Onward::Ask)
            }
        }
    }

    /// What was answered, before the end; each line can be changed.
    fn look_back(&mut self) -> Result<Onward, Problem> {
        let lines = self.interviewer.look_back(&self.answers);
        let mut text = "\nYour answers\n".to_owned();
        for (number, line) in lines.iter().enumerate() {
            text.push_str(&format!(
                "{}\n",
                wrapped(&format!("{:>3}  {}", number + 1, line.text()), WIDTH)
            ));
        }
        text.push_str("Enter finishes; the number of an answer changes it; back and quit as before.");
        print(&text)?;
        match line()? {
            Said::Answer(typed) if typed.is_empty() => self.finish().map(Onward::Finished),
            Said::End => self.finish().map(Onward::Finished),
            Said::Back => self.back().map(|()| Onward::Ask),
            Said::Quit => self.kept().map(Onward::Finished),
            Said::Interrupted => self.interrupted().map(Onward::Finished),
            Said::Answer(typed) => {
                let place = typed.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
                match place.and_then(|place| lines.get(place)) {
                    Some(line) => {
                        line.paths.iter().for_each(|path| self.answers.take_back(path));
                        self.asked = self.asked.saturating_sub(1);
                    }
                    None => print("There is no such number.")?,
                }
                Ok(Onward::Ask)
            }
            Said::Unknown => Ok(Onward::Ask),
        }
    }

    /// Writes the case and says what the rules, or triage, say.
    fn finish(&mut self) -> Result<ExitCode, Problem> {
        self.file.keep(&self.answers)?;
        let name = self.file.name();
        if self.answers.is_done_already() {
            let found = self
                .interviewer
                .triaged(&self.answers, &help(self.library))
                .map_err(Problem::Case)?;
            print(&format!(
                "\n{}\nYour answers: {name}\nAgain, or as a page: needlework triage {name} --out out",
                pages::triage_terminal(&found, WIDTH)
            ))?;
            return Ok(ExitCode::SUCCESS);
        }
        let (case, screening) = self.interviewer.judged(&self.answers).map_err(Problem::Case)?;
        print(&format!(
            "\n{}\n{} of {} rules have something to say.\nYour case: {name}\nThe whole answer: needlework assess \
                {name} --out out",
            first_screen(&case, self.library)?,
            screening.fired.len(),
            self.library.rules.rules().len()
        ))?;
        Ok(ExitCode::SUCCESS)
    }

    /// Stops for now.
    fn kept(&mut self) -> Result<ExitCode, Problem> {
        self.file.keep(&self.answers)?;
        let name = self.file.name();
        print(&format!(
            "Kept in {name}. Go on with: needlework interview --resume {name} --out {name}"
        ))?;
        Ok(ExitCode::SUCCESS)
    }

    /// The end by Ctrl-C while a key was awaited.
    fn interrupted(&mut self) -> Result<ExitCode, Problem> {
        print(&interrupted(&self.file.name()))?;
        Ok(ExitCode::from(INTERRUPTED))
    }

    /// The kind end of an interview that a rule stops. Nothing of it is kept.
    fn stopped(&mut self, ending: Ending) -> Result<ExitCode, Problem> {
        if ending == Ending::Emergency {
            let found = self
                .interviewer
                .triaged(&self.answers, &help(self.library))
                .map_err(Problem::Case)?;
            print(&format!(
                "\n{}\n{}",
                pages::triage_terminal(&found, WIDTH),
                self.file.leave()?
            ))?;
            return Ok(ExitCode::SUCCESS);
        }
        let when = match ending {
            Ending::UnderAge => Occasion::Minor,
            Ending::Distress => Occasion::Crisis,
            Ending::Urgent | Ending::Emergency => Occasion::Danger,
        };
        let mut text = format!("\n{}\n", ending.opening());
        for line in texts(&self.library.advice, when) {
            text.push_str(&format!("{}\n", wrapped(&line, WIDTH)));
        }
        if ending == Ending::Urgent {
            text.push_str("What to do by day: needlework interview, and answer that it was done already.\n");
        }
        text.push_str(&self.file.leave()?);
        print(&text)?;
        Ok(ExitCode::SUCCESS)
    }

    /// What somebody says to a question: picked where there is room for it, typed elsewhere.
    fn said(&self, ask: &Ask) -> Result<Said, Problem> {
        let (lines, any) = match &ask.prompt {
            Prompt::One(texts) => (texts.clone(), false),
            Prompt::Any(things) => (things.iter().map(|thing| thing.text.clone()).collect(), true),
            Prompt::Field(field) => match field.kind {
                AnswerKind::YesNo => (vec!["yes".to_owned(), "no".to_owned()], false),
                AnswerKind::Words => {
                    let line = |choice: &needlework::case::Choice| match choice.meaning.as_str() {
                        "" => choice.word.clone(),
                        meaning => format!("{}: {meaning}", choice.word.replace('_', " ")),
                    };
                    (field.choices.iter().map(line).collect(), false)
                }
                _ => (Vec::new(), false),
            },
        };
        if self.plain || lines.is_empty() {
            return self.typed(ask);
        }
        match picked(&lines, any, ask.may_be_unknown())? {
            Picked::These(places) if places.is_empty() => Ok(Said::Answer("none".to_owned())),
            Picked::These(places) => Ok(match &ask.prompt {
                Prompt::Field(field) if field.kind == AnswerKind::YesNo => {
                    Said::Answer(if places == [0] { "yes" } else { "no" }.to_owned())
                }
                _ => {
                    let numbers: Vec<String> = places.iter().map(|place| (place + 1).to_string()).collect();
                    Said::Answer(numbers.join(", "))
                }
            }),
            Picked::Unknown => Ok(Said::Unknown),
            Picked::Back => Ok(Said::Back),
            Picked::Quit => Ok(Said::Quit),
            Picked::Interrupted => Ok(Said::Interrupted),
            Picked::NoRoom => self.typed(ask),
        }
    }

    /// A typed answer, after the list of what there is to choose from.
    fn typed(&self, ask: &Ask) -> Result<Said, Problem> {
        if self.told_how.as_deref() != Some(ask.id.as_str()) {
            print(&choices(ask))?;
        }
        line()
    }

    /// One of a few words, picked or typed.
    fn choice(&self, lines: &[String]) -> Result<Said, Problem> {
        if self.plain {
            return line();
        }
        match picked(lines, false, false)? {
            Picked::These(places) => Ok(Said::Answer((places.first().copied().unwrap_or(0) + 1).to_string())),
            Picked::Unknown => Ok(Said::Unknown),
            Picked::Back => Ok(Said::Back),
            Picked::Quit => Ok(Said::Quit),
            Picked::Interrupted => Ok(Said::Interrupted),
            Picked::NoRoom => line(),
        }
    }
}

fn picked(lines: &[String], any: bool, may_be_unknown: bool) -> Result<Picked, Problem> {
    pick(lines, any, may_be_unknown).map_err(|error| {
        Problem::failed(
            format!("the terminal does not answer: {error}"),
            "use interview --plain",
        )
    })
}

/// People who are simulated for a plan that no rule stops: their number changes no word of the verdict, and none of
/// theirs is shown.
const WORLDS: usize = 10;

/// What `assess` says first, in the same words, without its numbers.
fn first_screen(case: &Case, library: &Library) -> Result<String, Problem> {
    let inquiry = Inquiry {
        engine: engine(),
        settings: Settings {
            worlds: WORLDS,
            ..Settings::default()
        },
        ..Inquiry::new(library)
    };
    let judged = judge_to(Extent::Plain, case, &inquiry, &mut unwatched);
    let report = judged
        .map_err(|error| Problem::failed(format!("the case could not be judged: {error}"), "please report this"))?
        .report;
    let first = &report.verdict.first;
    let help = first.help.iter();
    let lines = first
        .now
        .iter()
        .chain([&first.verdict])
        .chain(help)
        .chain(&first.question)
        .chain(&first.until_then);
    let mut lines: Vec<String> = lines.map(|line| wrapped(line.whole(), WIDTH)).collect();
    if report.verdict.safety == Safety::Caution && !report.verdict.not_judged {
        lines.push(wrapped(NOT_SAFE, WIDTH));
    }
    Ok(lines.join("\n"))
}

/// The answers of a case in the making.
fn resumed(path: &Path, library: &Library) -> Result<Answers, Problem> {
    let (name, bytes) = crate::input::bytes(path)?;
    needlework::case::read_bytes(&bytes, &name, &library.catalog).map_err(Problem::Case)?;
    Ok(Answers::of_document(&String::from_utf8_lossy(&bytes)))
}

/// A question with its number and why it is asked.
fn question(ask: &Ask, number: usize) -> String {
    let left = match ask.left {
        0 | 1 => "the last as far as is known".to_owned(),
        left => format!("about {} to go", left - 1),
    };
    let mut text = format!("\nQuestion {number}, {left}\n{}\n", wrapped(&ask.question, WIDTH));
    if !ask.why.is_empty() {
        text.push_str(&wrapped(&format!("Why: {}", ask.why), WIDTH));
    }
    text
}

/// What there is to choose from, and how it is answered.
fn choices(ask: &Ask) -> String {
    let mut text = String::new();
    let mut item = |number: usize, line: &str| {
        let lines = wrapped(line, WIDTH - 6).replace('\n', "\n      ");
        text.push_str(&format!("  {number:>2}  {lines}\n"));
    };
    let how = match &ask.prompt {
        Prompt::One(texts) => {
            texts.iter().enumerate().for_each(|(at, line)| item(at + 1, line));
            "the number of one of them".to_owned()
        }
        Prompt::Any(things) => {
            things
                .iter()
                .enumerate()
                .for_each(|(at, thing)| item(at + 1, &thing.text));
            "none, or the numbers of those that apply (2, or 1, 4; 3? where you are not sure)".to_owned()
        }
        Prompt::Field(field) => {
            for (at, choice) in field
                .choices
                .iter()
                .enumerate()
                .filter(|_| field.kind == AnswerKind::Words)
            {
                item(
                    at + 1,
                    &format!("{}: {}", choice.word.replace('_', " "), choice.meaning),
                );
            }
            match field.kind {
                AnswerKind::Words => "a word or its number".to_owned(),
                _ => allowed(field),
            }
        }
    };
    text.push_str(&wrapped(&format!("Answer: {how}"), WIDTH));
    text
}

/// What is told after Ctrl-C.
fn interrupted(name: &str) -> String {
    format!(
        "\nStopped. What you answered is in {name}, if you answered anything; go on by --resume {name} --out {name}."
    )
}

/// One line of the input; its end is a wish to stop.
fn line() -> Result<Said, Problem> {
    let mut bytes = Vec::new();
    match io::stdin().lock().read_until(b'\n', &mut bytes) {
        Ok(0) => Ok(Said::End),
        Ok(_) => Ok(said(&String::from_utf8_lossy(&bytes))),
        Err(error) => Err(Problem::input(
            format!("cannot read the answer: {error}"),
            "type one answer on each line",
        )),
    }
}

fn said(text: &str) -> Said {
    let text = clean(text);
    match text.to_lowercase().as_str() {
        "back" => Said::Back,
        "quit" => Said::Quit,
        _ if says_unknown(&text) => Said::Unknown,
        _ => Said::Answer(text),
    }
}
