//! The interview: which question comes next, so that nothing is left undecided with the fewest questions.
//!
//! Answers so far make a case like any other, which is read by the reader of cases and judged by the rules, or by
//! triage where something was done already. A script (`evidence/interview.toml`) says in which order things are asked,
//! with which reason, and which are asked together: the mark and the plan first, then what can stop it. What rules
//! leave open and the script does not name is asked after it, together as far as "none of these" is an answer. A
//! question that can no longer decide anything is left out.
//!
//! It ends as soon as nothing can change the answer any more: for somebody under age, in distress, with danger signs or
//! in an emergency at once; for a plan that a rule refuses after asking whether to go on. Nothing is remembered but the
//! answers, so their order doesn't matter, and a date of birth is asked nowhere. "I don't know" is an answer.
//!
//! What is named in a list and takes more than a yes (how long ago, which of several) is asked at once, before anything
//! else but an end, and until then stands with its strictest answer: nobody who named it and stops is judged as
//! somebody who did not.
//!
//! Limits: texts are English. A list that is answered with "none of these" stores the mildest answer that this can
//! mean.

mod allowed;
mod body;
mod document;
mod find_out;
mod look_back;
#[cfg(test)]
mod naming;
#[cfg(test)]
mod properties;
mod script;
mod words;

use needlework_case::{AnswerKind, Case, Catalog, Diagnostics, FieldDescription, UNKNOWN, read};

pub use allowed::allowed;
pub use document::Answers;
pub use look_back::Line;
pub use script::Script;
pub use words::{NotTaken, clean, says_unknown};

use crate::book::{RuleBook, RuleSeverity};
use crate::evaluate::{Finding, evaluate};
use crate::fact::{Fact, Facts};
use crate::interview::find_out::{find_out, find_out_together};
use crate::interview::script::{Asks, Item, Member, OPENED, OWN, PATH, none_of};
use crate::interview::words::{by_number, field_answer};
use crate::predicate::Predicate;
use crate::screen::{Question, Safety, Screening, screen};
use crate::triage::{Level, Triage, TriageBook, triage};

/// Most things in one list that no script names.
const LONGEST_LIST: usize = 10;

/// The item of the list of what no script names.
const REST: &str = "rest";

/// Why something is asked that was named in a list.
const NAMED: &str = "You named it in the list; how it is with you decides.";

/// What an interview needs: the script, what judges the answers, and the names that they may use.
#[derive(Debug, Clone, Copy)]
pub struct Interviewer<'a> {
    /// How it is asked.
    pub script: &'a Script,
    /// The safety rules.
    pub book: &'a RuleBook,
    /// What to do when something was done.
    pub triage: &'a TriageBook,
    /// Sites and devices.
    pub catalog: &'a Catalog,
}

/// A question to ask now.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// Its name in the script; the path of the field where the script does not name it.
    pub id: String,
    /// The question.
    pub question: String,
    /// Why it is asked; empty where nothing more is to be said.
    pub why: String,
    /// What may be answered.
    pub prompt: Prompt,
    /// How to find out, for whoever doesn't know.
    pub find_out: &'static str,
    /// How many questions are open now, this one among them; answers take some away and may add others.
    pub left: usize,
}

impl Ask {
    /// Whether "I don't know" is an answer; of a choice it is where it stands among the choices.
    #[must_use]
    pub fn may_be_unknown(&self) -> bool {
        match &self.prompt {
            Prompt::Field(field) => field.may_be_unknown,
            Prompt::Any(_) => true,
            Prompt::One(texts) => texts.iter().any(|text| says_unknown(text)),
        }
    }
}

/// What may be answered.
#[derive(Debug, Clone, PartialEq)]
pub enum Prompt {
    /// One field of a case, with its kind, choices, units and example.
    Field(Box<FieldDescription>),
    /// One of these.
    One(Vec<String>),
    /// Any number of these, or none.
    Any(Vec<Thing>),
}

/// One thing of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thing {
    /// The field of the case behind it.
    pub field: String,
    /// The thing.
    pub text: String,
}

/// Why an interview ends before its questions do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The person is under age.
    UnderAge,
    /// Distress weighs: help comes first.
    Distress,
    /// Danger signs: a doctor today.
    Urgent,
    /// Emergency help now.
    Emergency,
}

impl Ending {
    /// What is said first when an interview ends so.
    #[must_use]
    pub fn opening(self) -> &'static str {
        match self {
            Self::UnderAge => "We stop here.",
            Self::Distress => "We stop here: you come first.",
            Self::Urgent | Self::Emergency => "We stop here. See a doctor today, before anything else.",
        }
    }
}

/// What comes next.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// A question.
    Ask(Box<Ask>),
    /// The interview stops here, kindly.
    Stop(Ending),
    /// A rule refuses the plan, and nothing that is still open can lift that: end here, or go on. Holds the reasons.
    Settled(Vec<String>),
    /// Nothing is open any more; the case is complete.
    Done(Box<Case>),
}

impl<'a> Interviewer<'a> {
    /// The case that the answers make, and what the rules say of it.
    ///
    /// # Errors
    /// [`Diagnostics`] when an answer is not one that the case format takes.
    pub fn judged(&self, answers: &Answers) -> Result<(Case, Screening), Diagnostics> {
        let case = read(&answers.document(), "the answers", self.catalog)?;
        let screening = screen(self.book, &Facts::resolved(&case, self.catalog));
        Ok((case, screening))
    }

    /// What triage says of the answers.
    ///
    /// # Errors
    /// [`Diagnostics`] when an answer is not one that the case format takes.
    pub fn triaged(&self, answers: &Answers, help: &[String]) -> Result<Triage, Diagnostics> {
        let case = read(&answers.document(), "the answers", self.catalog)?;
        Ok(triage(self.triage, &case, self.catalog, help))
    }

    /// What comes next after these answers.
    ///
    /// # Errors
    /// [`Diagnostics`] when an answer is not one that the case format takes; [`Self::accept`] keeps such answers out.
    pub fn next(&self, answers: &Answers) -> Result<Step, Diagnostics> {
        let (case, screening) = self.judged(answers)?;
        let facts = Facts::resolved(&case, self.catalog);
        let named: Vec<&str> = answers
            .named()
            .map(|(path, _)| path)
            .filter(|path| self.is_askable(answers, path) && self.applies(path, &facts))
            .collect();
        if answers.is_done_already() {
            return self.next_of_done(answers, case, &facts, &named);
        }
        if screening.minor {
            return Ok(Step::Stop(Ending::UnderAge));
        }
        if screening.distress {
            return Ok(Step::Stop(Ending::Distress));
        }
        if screening.urgent {
            return Ok(Step::Stop(Ending::Urgent));
        }
        let mut open: Vec<&Question> = screening
            .questions
            .iter()
            .filter(|question| self.is_askable(answers, &question.field) && !named.contains(&question.field.as_str()))
            .collect();
        let paths: Vec<&str> = open.iter().map(|question| question.field.as_str()).collect();
        let due = self.due(answers, &facts, "planned", &paths);
        open.retain(|question| !due.iter().any(|item| item.fields().contains(question.field.as_str())));
        let (together, single): (Vec<&Question>, Vec<&Question>) = open
            .into_iter()
            .partition(|question| self.goes_together(answers, question));
        let left = due.len() + single.len() + together.len().div_ceil(LONGEST_LIST) + named.len();
        // What holds until it is asked is the strictest, so it is asked before that settles anything.
        if let Some(path) = named.first() {
            return Ok(self.ask_field(path, NAMED, left));
        }
        if screening.safety == Safety::Refuse && !answers.goes_on() {
            let reasons = screening
                .fired
                .iter()
                .filter(|rule| rule.severity >= RuleSeverity::Refuse);
            return Ok(Step::Settled(reasons.map(|rule| rule.reason.clone()).collect()));
        }
        Ok(match (due.first(), together.as_slice(), single.first()) {
            (Some(item), _, _) => self.ask_item(item, answers, &facts, left),
            (None, [], None) => Step::Done(Box::new(case)),
            (None, [], Some(question)) => self.ask_field(&question.field, &self.reason(question), left),
            (None, [only], _) => self.ask_field(&only.field, &self.reason(only), left),
            (None, several, _) => of_rest(several, left),
        })
    }

    /// What comes next where something was done already; `named` are the fields that were named in a list and are still
    /// to be asked.
    fn next_of_done(&self, answers: &Answers, case: Case, facts: &Facts, named: &[&str]) -> Result<Step, Diagnostics> {
        if self.is_emergency(answers)? {
            return Ok(Step::Stop(Ending::Emergency));
        }
        let found = triage(self.triage, &case, self.catalog, &[]);
        let open: Vec<&str> = found
            .open
            .iter()
            .map(|one| one.field.as_str())
            .filter(|path| !named.contains(path))
            .collect();
        let due = self.due(answers, facts, "done", &open);
        // What triage still asks and no item holds, such as the details of a numbing cream.
        let rest: Vec<&str> = open
            .iter()
            .copied()
            .filter(|path| self.is_askable(answers, path))
            .collect();
        let held = |path: &str| due.iter().any(|item| item.fields().contains(path));
        let left = due.len() + rest.iter().filter(|path| !held(path)).count() + named.len();
        Ok(match (named.first(), due.first(), rest.first()) {
            (Some(path), _, _) => self.ask_field(path, NAMED, left),
            (None, Some(item), _) => self.ask_item(item, answers, facts, left),
            (None, None, Some(path)) => self.ask_field(path, "", left),
            (None, None, None) => Step::Done(Box::new(case)),
        })
    }

    /// Whether it is an emergency by what was said outright: what was named and stands with its strictest answer is
    /// asked before it calls anybody out.
    fn is_emergency(&self, answers: &Answers) -> Result<bool, Diagnostics> {
        let case = read(&answers.without_named().document(), "the answers", self.catalog)?;
        Ok(triage(self.triage, &case, self.catalog, &[]).settled == Level::EmergencyNow)
    }

    /// The answers with one more, or changed: what no longer applies to the person is dropped, and asked again when it
    /// does.
    ///
    /// # Errors
    /// [`NotTaken`] saying what is wrong with the answer; the answers stay as they were.
    pub fn accept(&self, answers: &Answers, asked: &Ask, typed: &str) -> Result<Answers, NotTaken> {
        let gives = match &asked.prompt {
            Prompt::Field(field) => vec![(field.path.clone(), field_answer(field, self.catalog, typed)?)],
            Prompt::One(texts) => self.chosen(asked, texts, typed)?,
            Prompt::Any(things) => self.named(asked, things, typed)?,
        };
        let mut changed = answers.clone();
        changed.give_together(&gives);
        let refused = |wrong: &Diagnostics| {
            let problem = wrong.problems.first();
            let allowed = match &asked.prompt {
                Prompt::Field(field) => allowed(field),
                Prompt::One(_) => "the number of one of them".to_owned(),
                Prompt::Any(_) => NUMBERS.to_owned(),
            };
            NotTaken {
                why: problem.map_or_else(String::new, |problem| {
                    problem.message.replace(&format!("`{}`", problem.path), "this")
                }),
                nearest: problem
                    .and_then(|problem| problem.nearest.clone())
                    .map(|nearest| nearest.trim_matches('"').to_owned())
                    .into_iter()
                    .collect(),
                allowed,
            }
        };
        let (case, _) = self.judged(&changed).map_err(|wrong| refused(&wrong))?;
        let mut facts = Facts::resolved(&case, self.catalog);
        // Ends: each turn takes an answer away.
        loop {
            let stale = changed
                .paths()
                .find(|&other| {
                    // What was named in a list goes with its field.
                    let field = other.strip_prefix(OPENED).unwrap_or(other);
                    // What is seen now counts, whatever else was said.
                    let kept = field.starts_with("signs.") || field.starts_with(OWN);
                    !kept && !gives.iter().any(|(path, _)| path == other) && !self.applies(field, &facts)
                })
                .map(str::to_owned);
            let Some(stale) = stale else { return Ok(changed) };
            changed.take_back(&stale);
            facts = facts.with(stale.strip_prefix(OPENED).unwrap_or(&stale), Fact::Missing);
        }
    }

    /// What a choice of one gives.
    fn chosen(&self, asked: &Ask, texts: &[String], typed: &str) -> Result<Vec<(String, String)>, NotTaken> {
        let typed = clean(typed);
        let number = by_number(&typed, texts.len());
        let wanted = typed.to_lowercase();
        let begins = |text: &&String| !wanted.is_empty() && text.to_lowercase().starts_with(&wanted);
        let unknown = says_unknown(&typed)
            .then(|| texts.iter().position(|text| says_unknown(text)))
            .flatten();
        let mut beginning = texts
            .iter()
            .enumerate()
            .filter(|(_, text)| begins(text))
            .map(|(at, _)| at);
        let only = match (beginning.next(), beginning.next()) {
            (Some(at), None) => Some(at),
            _ => None,
        };
        let at = number.or(unknown).or(only);
        let item = self.script.items.iter().find(|item| item.id == asked.id);
        let choice = at.and_then(|at| match item.map(|item| &item.asks) {
            Some(Asks::Choice(choices)) => choices.get(at),
            _ => None,
        });
        let (Some(choice), Some(item)) = (choice, item) else {
            return Err(NotTaken {
                why: "that is not one of them".to_owned(),
                nearest: texts
                    .iter()
                    .filter(|text| text.to_lowercase().contains(&wanted))
                    .cloned()
                    .collect(),
                allowed: "the number of one of them".to_owned(),
            });
        };
        let record = (item.record(), choice.text.clone());
        let sets = choice.sets.iter().map(|(path, answer)| (path.clone(), answer.clone()));
        Ok(std::iter::once(record).chain(sets).collect())
    }

    /// What a choice of any gives: named things are yes, or stand with their strictest answer until they are asked by
    /// themselves, unsure ones are unknown, all others no.
    fn named(&self, asked: &Ask, things: &[Thing], typed: &str) -> Result<Vec<(String, String)>, NotTaken> {
        let marks = marks(things, typed)?;
        let item = self.script.items.iter().find(|item| item.id == asked.id);
        let mut gives = Vec::new();
        if let Some(item) = item {
            gives.push((item.record(), record_of(&marks)));
        }
        for (thing, mark) in things.iter().zip(&marks) {
            let Some(member) = self.member(item, &thing.field) else {
                continue;
            };
            gives.push(match mark {
                Mark::No => (thing.field.clone(), member.none),
                Mark::Yes if member.is_asked => (opened(&thing.field), member.named),
                Mark::Yes => (thing.field.clone(), member.named),
                Mark::Unsure => (thing.field.clone(), UNKNOWN.to_owned()),
            });
        }
        if let Some(Asks::Several(_, Some(any))) = item.map(|item| &item.asks) {
            let answer = if marks.contains(&Mark::Yes) {
                "yes"
            } else if marks.contains(&Mark::Unsure) {
                UNKNOWN
            } else {
                "no"
            };
            gives.push((any.clone(), answer.to_owned()));
        }
        Ok(gives)
    }

    /// What the script says of a thing of a list; of one that it does not name, what its field says.
    fn member(&self, item: Option<&Item>, path: &str) -> Option<Member> {
        if let Some(Asks::Several(members, _)) = item.map(|item| &item.asks) {
            return members.iter().find(|member| member.field == path).cloned();
        }
        // Of such a thing nothing stricter is known than that it is not known.
        Member::of(self.script.fields.get(path)?, None, None)
            .or_else(|| Member::of(self.script.fields.get(path)?, None, Some(UNKNOWN.to_owned())))
    }

    /// The items of a path that are to be asked, in the order of the script. `open` are the fields that something still
    /// waits for.
    fn due(&self, answers: &Answers, facts: &Facts, path: &str, open: &[&str]) -> Vec<&'a Item> {
        // Nothing else is asked before it is known what it is about.
        let begun = answers.get(PATH).is_some() || facts.get("regimen.last_session").is_known();
        self.script
            .items
            .iter()
            .filter(|item| match &item.path {
                None => !begun,
                Some(own) => begun && own == path,
            })
            .filter(|item| {
                let when = item.when.as_ref().map(|when| evaluate(self.book, when, facts));
                when != Some(Finding::No) && self.is_due(item, answers, facts, open)
            })
            .collect()
    }

    fn is_due(&self, item: &Item, answers: &Answers, facts: &Facts, open: &[&str]) -> bool {
        if answers.get(&item.record()).is_some() {
            return false;
        }
        let unanswered = |field: &str| {
            answers.get(field).is_none()
                && (!facts.get(field).is_known() || field.starts_with(OWN))
                && self.applies(field, facts)
        };
        let waited_for = |field: &str| item.always || open.contains(&field);
        match &item.asks {
            Asks::Field(field) => unanswered(field) && waited_for(field),
            Asks::Choice(_) => {
                let fields = item.fields();
                // A choice answers all its fields; one that was answered otherwise, by a file, is not asked again.
                let begun = fields.iter().any(|field| answers.get(field).is_some());
                !begun && fields.iter().any(|field| unanswered(field) && waited_for(field))
            }
            Asks::Several(members, _) => {
                // Of a list that was answered in part, by a file, the rest is asked one by one.
                let is_begun = |path: &str| answers.get(path).is_some() || answers.get(&opened(path)).is_some();
                let begun = members.iter().any(|member| is_begun(&member.field));
                !begun
                    && members
                        .iter()
                        .any(|member| unanswered(&member.field) && waited_for(&member.field))
            }
        }
    }

    fn ask_item(&self, item: &Item, answers: &Answers, facts: &Facts, left: usize) -> Step {
        let question = |fallback: &str| item.question.clone().unwrap_or_else(|| fallback.to_owned());
        match &item.asks {
            Asks::Field(path) => match self.script.fields.get(path) {
                Some(field) => ask(
                    &item.id,
                    &question(&field.question),
                    &item.why,
                    Prompt::Field(Box::new(field.clone())),
                    left,
                ),
                None => Step::Stop(Ending::Urgent),
            },
            Asks::Choice(choices) => {
                let texts = choices.iter().map(|choice| choice.text.clone()).collect();
                let how = find_out_together(&Vec::from_iter(item.fields()));
                asked(&item.id, &question(""), &item.why, Prompt::One(texts), how, left)
            }
            Asks::Several(members, _) => {
                let things = members
                    .iter()
                    .filter(|member| answers.get(&member.field).is_none() && self.applies(&member.field, facts))
                    .map(|member| Thing {
                        field: member.field.clone(),
                        text: member.text.clone(),
                    })
                    .collect();
                ask(&item.id, &question(""), &item.why, Prompt::Any(things), left)
            }
        }
    }

    fn ask_field(&self, path: &str, why: &str, left: usize) -> Step {
        match self.script.fields.get(path) {
            Some(field) => ask(path, &field.question, why, Prompt::Field(Box::new(field.clone())), left),
            // Only askable fields come here.
            None => Step::Stop(Ending::Urgent),
        }
    }

    /// Whether a field can be asked, and has not been.
    fn is_askable(&self, answers: &Answers, path: &str) -> bool {
        answers.get(path).is_none()
            && self
                .script
                .fields
                .get(path)
                .is_some_and(|field| field.kind != AnswerKind::Section)
    }

    /// Whether a question that no item holds can stand in a list: "none of these" is an answer to it, and nothing
    /// speaks for asking it alone.
    fn goes_together(&self, answers: &Answers, question: &Question) -> bool {
        let Some(field) = self.script.fields.get(&question.field) else {
            return false;
        };
        // What an item has already opened is asked by itself; so is what hangs on another answer.
        let opened =
            answers.get(&opened(&question.field)).is_some()
                || self.script.items.iter().any(|item| {
                    item.fields().contains(question.field.as_str()) && answers.get(&item.record()).is_some()
                });
        let follows = self
            .book
            .relevance_of(&question.field)
            .any(|relevance| relevance.ask_first);
        !opened && !follows && none_of(field).is_some() && self.no_is_calm(&question.field)
    }

    /// Whether no rule fires on "no".
    fn no_is_calm(&self, path: &str) -> bool {
        let calm = |predicate: &Predicate| !predicate.fires_on_no(path);
        self.book.rules().iter().all(|rule| calm(&rule.when))
    }

    /// The reason of a question: that of the gravest rule that reads the field itself, the plainest one first.
    fn reason(&self, question: &Question) -> String {
        let reads = question
            .rules
            .iter()
            .filter_map(|id| self.book.rule(id))
            .filter(|rule| rule.when.paths().contains(question.field.as_str()));
        let best = reads.max_by_key(|rule| (rule.home.max(rule.clinic), std::cmp::Reverse(rule.when.paths().len())));
        best.map(|rule| rule.reason.clone()).unwrap_or_default()
    }

    /// Whether a question applies to the person, as far as is known.
    fn applies(&self, path: &str, facts: &Facts) -> bool {
        self.book
            .relevance_of(path)
            .all(|relevance| evaluate(self.book, &relevance.when, facts) != Finding::No)
            || path.starts_with("signs.")
            || path == "symptoms.any_sign"
    }
}

/// Where it is kept that a thing of a list was named and is asked by itself, with the answer that stands until then.
fn opened(path: &str) -> String {
    format!("{OPENED}{path}")
}

/// The list of what no script names.
fn of_rest(questions: &[&Question], left: usize) -> Step {
    let thing = |question: &&Question| Thing {
        field: question.field.clone(),
        text: question.text.clone(),
    };
    let things = questions.iter().take(LONGEST_LIST).map(thing).collect();
    ask(
        REST,
        "Does any of this hold?",
        "Each of these can stop a plan or change it.",
        Prompt::Any(things),
        left,
    )
}

/// Whether a thing of a list was named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    No,
    Yes,
    Unsure,
}

/// How a list is answered.
const NUMBERS: &str =
    "the numbers of those that apply, such as 2 or 1, 4; a question mark behind a number you are not sure of; or none";

/// What of a list was named: "none", numbers, numbers with a question mark, or "?" for all.
fn marks(things: &[Thing], typed: &str) -> Result<Vec<Mark>, NotTaken> {
    let typed = clean(typed).to_lowercase();
    if says_unknown(&typed) {
        return Ok(vec![Mark::Unsure; things.len()]);
    }
    let mut marks = vec![Mark::No; things.len()];
    if matches!(typed.as_str(), "none" | "no" | "n" | "0" | "none of these" | "nothing") {
        return Ok(marks);
    }
    let refused = |why: String| NotTaken {
        why,
        nearest: Vec::new(),
        allowed: NUMBERS.to_owned(),
    };
    if matches!(typed.as_str(), "yes" | "y") && things.len() > 1 {
        return Err(refused("which of them".to_owned()));
    }
    let mut any = false;
    for part in typed
        .split([' ', ',', ';', '+'])
        .filter(|part| !matches!(*part, "" | "and"))
    {
        let (number, mark) = match part.strip_suffix('?') {
            Some(number) => (number, Mark::Unsure),
            None => (part, Mark::Yes),
        };
        let slot = by_number(number, things.len()).and_then(|at| marks.get_mut(at));
        match slot {
            Some(slot) => *slot = mark,
            None => return Err(refused(format!("there is no {part} in the list"))),
        }
        any = true;
    }
    if any {
        Ok(marks)
    } else {
        Err(refused("nothing was typed".to_owned()))
    }
}

/// What was named, as it can be typed again.
fn record_of(marks: &[Mark]) -> String {
    let parts: Vec<String> = marks
        .iter()
        .enumerate()
        .filter(|(_, mark)| **mark != Mark::No)
        .map(|(at, mark)| format!("{}{}", at + 1, if *mark == Mark::Unsure { "?" } else { "" }))
        .collect();
    if parts.is_empty() {
        "none".to_owned()
    } else {
        parts.join(", ")
    }
}

fn ask(id: &str, question: &str, why: &str, prompt: Prompt, left: usize) -> Step {
    let how = match &prompt {
        Prompt::Field(field) => find_out(&field.path),
        Prompt::Any(things) => find_out_together(&Vec::from_iter(things.iter().map(|thing| thing.field.as_str()))),
        Prompt::One(_) => find_out_together(&[]),
    };
    asked(id, question, why, prompt, how, left)
}

/// A question with how to find out.
fn asked(id: &str, question: &str, why: &str, prompt: Prompt, find_out: &'static str, left: usize) -> Step {
    Step::Ask(Box::new(Ask {
        id: id.to_owned(),
        question: question.to_owned(),
        why: why.to_owned(),
        prompt,
        find_out,
        left,
    }))
}
