//! Screening: a case against the rule book gives a safety verdict, the rules that fired, and the questions still open.
//!
//! * RuleSeverity is that of the setting; where the setting is not known, the worse of the two.
//! * **An open rule counts as its worst answer, but no more than `refer`**: where a "yes" would refuse or refer, an
//!   answer that is missing or unknown refers. An open rule of serious harm gives `refer` also in a clinic where a
//!   "yes" would be no more than a caution: a clinic that is told can prepare for it, one that isn't can't. Other open
//!   rules are questions only. A rule that says nothing in this setting is not asked about.
//! * In a clinic, what only the clinic can know (whether a pack is sterile, what the skin is cleaned with) is asked of
//!   the clinic: left out or "unknown", it neither refuses nor refers. A stated bad answer does, and so does a gap in a
//!   rule of which another reason was stated.
//! * With `screening = "by study"`, a published study that the book lists, and a clinic, the study's entry criteria
//!   stand for missing answers about person, health and area, and its protocol for those about mark, plan, aftercare
//!   and symptoms, which stay questions. A stated reason fires, and what hangs on it is asked, as without the study. At
//!   home, and for device and hygiene, nothing is taken on a study's word.
//! * Where there are no needles (nothing, a cream, a laser) only the rules that hold without needles speak; a cream or
//!   laser is then not judged.
//! * Info never changes the verdict. Without a rule the verdict is `caution`: there is no green light.

use std::collections::{BTreeMap, BTreeSet};

use needlework_case::Setting;
use serde::{Deserialize, Serialize};

use crate::book::{ClinicQuestion, Rule, RuleBook, RuleSeverity, Special};
use crate::evaluate::{Finding, evaluate, stated};
use crate::fact::{Fact, Facts};

/// The safety verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Safety {
    /// No rule stops the plan; do these things.
    Caution,
    /// See a doctor first.
    Refer,
    /// A rule stops the plan.
    Refuse,
}

/// A rule that fired.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fired {
    /// The rule.
    pub id: String,
    /// Its severity in this setting.
    pub severity: RuleSeverity,
    /// Why, in plain words.
    pub reason: String,
    /// What to do instead.
    pub instead: Option<String>,
    /// The question to say aloud to a doctor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask: Option<String>,
    /// How well it is founded.
    pub grade: String,
    /// Keys of its sources; none where it is the judgement of this project.
    pub sources: Vec<String>,
    /// Whether it guards against serious harm.
    pub serious: bool,
    /// Whether it is treated apart.
    pub special: Option<Special>,
}

/// A question that is still open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The field of the case that would answer it.
    pub field: String,
    /// The question as a person is asked it.
    pub text: String,
    /// What may be answered, in one line.
    pub allowed: String,
    /// Rules that an answer would help to decide.
    pub rules: Vec<String>,
    /// Whether one of them guards against serious harm, or could stop the plan: without an answer the verdict is at
    /// least `refer`.
    pub serious: bool,
    /// Whether the person has already said "I don't know"; then say how to find out.
    pub said_unknown: bool,
}

/// What screening found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Screening {
    /// The verdict.
    pub safety: Safety,
    /// Whether a doctor should be seen today.
    pub urgent: bool,
    /// Whether the person is under age: the simulator stops kindly.
    pub minor: bool,
    /// Whether distress weighs: the answer shows where to find help.
    pub distress: bool,
    /// Whether a study's own screening stood for missing answers.
    pub by_study: bool,
    /// Whether the plan is a cream or a laser, which nothing here judges.
    pub not_judged: bool,
    /// Rules that fired: under age first, then by severity.
    pub fired: Vec<Fired>,
    /// Open questions: those that can stop the plan first, then in the order of a case.
    pub questions: Vec<Question>,
    /// What to ask the clinic, the most important first: what a patient can't know. None under a study's screening.
    pub ask_clinic: Vec<ClinicQuestion>,
    /// Rules that could not be decided, and that a study's screening does not cover.
    pub undecided: Vec<String>,
    /// Rules that only the study's own screening covers.
    pub covered_by_study: Vec<String>,
    /// What was concluded from other answers.
    pub notes: Vec<String>,
}

/// Judges the facts of a case by the rules of the book.
#[must_use]
pub fn screen(book: &RuleBook, facts: &Facts) -> Screening {
    let (facts, notes) = complete(book, facts);
    let circle = Circle::of(book, &facts);
    let heard = circle.heard(&facts);

    let mut fired = Vec::new();
    let mut open = Open::default();
    let mut must_refer = false;
    for rule in book.rules() {
        let severity = rule.severity(circle.setting);
        if severity == RuleSeverity::None || !(circle.needles || rule.without_needles) {
            continue;
        }
        let finding = evaluate(book, &rule.when, &heard);
        if circle.setting.is_none() && rule.home != rule.clinic && finding != Finding::No {
            open.setting_matters.insert(rule.id.as_str());
        }
        match finding {
            Finding::No => {}
            Finding::Yes => fired.push(fire(book, rule, severity, circle.setting)),
            Finding::Open(fields) => {
                let decides = circle.decides(rule, severity);
                let mut reasons = stated(book, &rule.when, &heard);
                reasons.retain(|path| !book.is_circumstance_in(&rule.id, path));
                must_refer |= open.sort(&circle, rule, fields, decides, &reasons, &facts);
            }
        }
    }

    fired.sort_by(|a, b| {
        let rank = |one: &Fired| (one.special != Some(Special::Minor), std::cmp::Reverse(one.severity));
        rank(a).cmp(&rank(b)).then_with(|| a.id.cmp(&b.id))
    });
    let worst = fired.iter().map(|one| one.severity).max().unwrap_or(RuleSeverity::None);
    let safety = match worst {
        RuleSeverity::Urgent | RuleSeverity::Refuse => Safety::Refuse,
        RuleSeverity::Refer => Safety::Refer,
        _ if must_refer => Safety::Refer,
        _ => Safety::Caution,
    };
    let has = |special| fired.iter().any(|one| one.special == Some(special));
    let ask_clinic = open.ask_clinic(book);
    Screening {
        safety,
        urgent: worst == RuleSeverity::Urgent,
        minor: has(Special::Minor),
        distress: has(Special::Distress),
        by_study: circle.by_study,
        not_judged: circle.not_judged,
        ask_clinic,
        undecided: open.undecided.iter().map(|&id| id.to_owned()).collect(),
        covered_by_study: open.covered.iter().map(|&id| id.to_owned()).collect(),
        questions: open.questions(book, &facts),
        notes,
        fired,
    }
}

/// Where the plan is carried out, and whose word stands for what is missing.
struct Circle<'a> {
    book: &'a RuleBook,
    setting: Option<Setting>,
    clinic: bool,
    by_study: bool,
    needles: bool,
    not_judged: bool,
}

impl<'a> Circle<'a> {
    fn of(book: &'a RuleBook, facts: &Facts) -> Self {
        let setting = match facts.word("regimen.setting") {
            Some("home") => Some(Setting::Home),
            Some("salon") => Some(Setting::Salon),
            Some("clinic") => Some(Setting::Clinic),
            _ => None,
        };
        let clinic = setting == Some(Setting::Clinic);
        let published = |study: &str| book.studies().iter().any(|known| known == study);
        let arm = facts.word("regimen.arm");
        Self {
            book,
            setting,
            clinic,
            by_study: clinic
                && facts.word("about.screening") == Some("by study")
                && facts.word("about.study").is_some_and(published),
            needles: !matches!(arm, Some("nothing" | "cream" | "laser")),
            not_judged: matches!(arm, Some("cream" | "laser")),
        }
    }

    /// The facts as rules hear them: in a clinic, "I don't know" about what only the clinic knows is no answer yet.
    fn heard(&self, facts: &Facts) -> Facts {
        let unknown = facts.paths().filter(|path| *facts.get(path) == Fact::Unknown);
        let clinics: Vec<String> = unknown
            .filter(|path| self.clinic && self.book.is_the_clinics(path))
            .map(str::to_owned)
            .collect();
        clinics
            .iter()
            .fold(facts.clone(), |facts, path| facts.with(path, Fact::Missing))
    }

    /// Whether an open answer of this rule refers.
    fn decides(&self, rule: &Rule, severity: RuleSeverity) -> bool {
        // Where nothing is needled there is nothing to hold back from, and where a study's doctors have looked, its
        // worst answer is enough.
        let worst = severity >= RuleSeverity::Refer;
        self.needles && (worst || (rule.serious && !self.by_study))
    }

    /// Who answers a question that is open.
    fn who(&self, field: &str, said_unknown: bool, reasons: &BTreeSet<&str>) -> Who {
        let is_reason = |path: &&str| !self.book.is_circumstance(path);
        let of_the_person = |path: &&str| is_reason(path) && self.book.is_screened(path);
        if self.by_study && self.book.is_screened(field) && !said_unknown && !reasons.iter().any(of_the_person) {
            Who::Study
        } else if self.by_study && self.book.is_protocol(field) {
            Who::Protocol
        } else if self.clinic && self.book.is_the_clinics(field) && !reasons.iter().any(is_reason) {
            Who::Clinic
        } else {
            Who::Person
        }
    }
}

/// Who answers an open question.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Who {
    /// The person, or the doctor whom the person sees.
    Person,
    /// The clinic.
    Clinic,
    /// The entry criteria of a study: the gap is no reason.
    Study,
    /// The protocol of a study: the gap is a question.
    Protocol,
}

/// What is still open, by field and by rule.
#[derive(Default)]
struct Open<'a> {
    /// Fields with the rules that they would help to decide, and whether a gap refers.
    asked: BTreeMap<String, (BTreeSet<&'a str>, bool)>,
    /// Fields that only the clinic can answer.
    clinics: BTreeSet<String>,
    undecided: BTreeSet<&'a str>,
    covered: BTreeSet<&'a str>,
    setting_matters: BTreeSet<&'a str>,
}

impl<'a> Open<'a> {
    /// Notes what an open rule asks, and of whom; whether the verdict is at least `refer` for it.
    fn sort(
        &mut self,
        circle: &Circle<'_>,
        rule: &'a Rule,
        fields: BTreeSet<String>,
        decides: bool,
        reasons: &BTreeSet<&str>,
        facts: &Facts,
    ) -> bool {
        let who = |field: &String| circle.who(field, *facts.get(field) == Fact::Unknown, reasons);
        if !fields.is_empty() && fields.iter().all(|field| who(field) == Who::Study) {
            self.covered.insert(&rule.id);
            return false;
        }
        self.undecided.insert(&rule.id);
        let refers = decides && (fields.is_empty() || fields.iter().any(|field| who(field) == Who::Person));
        for field in fields {
            match who(&field) {
                Who::Study => {}
                // A study's reader can ask no clinic.
                Who::Clinic if !circle.by_study => {
                    self.clinics.insert(field);
                }
                answers => {
                    let (rules, refer) = self.asked.entry(field).or_default();
                    rules.insert(&rule.id);
                    *refer |= rule.serious || (refers && answers == Who::Person);
                }
            }
        }
        refers
    }

    /// The questions for the clinic that answer one of its fields.
    fn ask_clinic(&self, book: &RuleBook) -> Vec<ClinicQuestion> {
        let open = |ask: &&ClinicQuestion| self.clinics.iter().any(|field| ask.covers(field));
        book.asked_of_a_clinic().iter().filter(open).cloned().collect()
    }

    fn questions(mut self, book: &RuleBook, facts: &Facts) -> Vec<Question> {
        if !self.setting_matters.is_empty() {
            let serious = |id: &&str| book.rule(id).is_some_and(|rule| rule.serious);
            let (rules, refer) = self.asked.entry("regimen.setting".to_owned()).or_default();
            *refer |= self.setting_matters.iter().any(serious);
            rules.extend(self.setting_matters);
        }
        let asked = self.asked.into_iter();
        let mut questions: Vec<(usize, Question)> = asked
            .map(|(field, (rules, serious))| {
                let described = book.fact_schema().get(&field);
                let question = Question {
                    text: described.map(|one| one.question.clone()).unwrap_or_default(),
                    allowed: described.map(|one| one.allowed.clone()).unwrap_or_default(),
                    serious,
                    rules: rules.into_iter().map(str::to_owned).collect(),
                    said_unknown: *facts.get(&field) == Fact::Unknown,
                    field,
                };
                (described.map_or(usize::MAX, |one| one.place), question)
            })
            .collect();
        questions.sort_by_key(|(place, question)| (!question.serious, *place));
        questions.into_iter().map(|(_, question)| question).collect()
    }
}

/// Fills what follows from other answers, such as a skin type from a measured colour; an answer is never replaced.
fn complete(book: &RuleBook, facts: &Facts) -> (Facts, Vec<String>) {
    let mut facts = facts.clone();
    let mut notes = Vec::new();
    for assumption in book.assumptions() {
        if !facts.get(&assumption.field).is_known() && evaluate(book, &assumption.when, &facts) == Finding::Yes {
            facts = facts.with(&assumption.field, Fact::Word(assumption.word.clone()));
            notes.push(assumption.note.clone());
        }
    }
    (facts, notes)
}

fn fire(book: &RuleBook, rule: &Rule, severity: RuleSeverity, setting: Option<Setting>) -> Fired {
    let in_a_clinic = book
        .instead_in_a_clinic(&rule.id)
        .filter(|_| setting == Some(Setting::Clinic));
    Fired {
        id: rule.id.clone(),
        severity,
        reason: rule.reason.clone(),
        instead: in_a_clinic.map(str::to_owned).or_else(|| rule.instead.clone()),
        ask: rule.ask.clone(),
        grade: rule.grade.clone(),
        sources: rule.sources.clone(),
        serious: rule.serious,
        special: rule.special,
    }
}
