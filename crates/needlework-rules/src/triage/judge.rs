//! A case against the book of triage: the level, what stands first, the reasons, what is still to be looked for, and
//! what to do by day.
//!
//! The level is the highest of all steps that hold, and of the steps that are open as far as "a doctor today". So it
//! can only rise by one more sign, by one sign that is not known, and by one that was left out. A sign that somebody
//! does not know stays open even where all signs were answered with no at once.

use std::collections::BTreeMap;

use needlework_case::{Case, Catalog, Lapse, path, resolve};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::essential::Essential;
use crate::evaluate::{Finding, evaluate};
use crate::fact::{Fact, Facts};
use crate::triage::book::{Days, Level, SINCE, Step, TriageBook};

/// The format of triage as data.
pub const TRIAGE_FORMAT: &str = "needlework-triage/1";

/// What an answer of triage is for, and what it is not.
const LIMITS: &str = "This is education, not a diagnosis and not a medical device. It cannot see the skin, and it \
    forecasts nothing. If you are worried and it says to wait, do not wait: call a doctor.";

/// The one answer to all signs.
const ANY_SIGN: &str = path!(symptoms.any_sign);

/// One reason behind the level.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TriageReason {
    /// The step.
    pub id: String,
    /// What it asks for.
    pub level: Level,
    /// Why, in plain words.
    pub reason: String,
    /// What to do meanwhile.
    pub what: Vec<String>,
    /// What to say to the doctor.
    pub say: Option<String>,
    /// How well it is founded.
    pub grade: String,
    /// Keys of its sources; none where it is the judgement of this project.
    pub sources: Vec<String>,
}

/// A question that is not answered, and what it could come to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OpenSign {
    /// The field of the case.
    pub field: String,
    /// The question.
    pub question: String,
    /// What the worst answer would ask for.
    pub worst: Level,
    /// Whether the person said "I don't know".
    pub said_unknown: bool,
}

/// Some days after the session, and whether they are now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Then {
    /// Whether today lies in them.
    pub now: bool,
    /// Whether they are over.
    pub over: bool,
    /// What is usual, what to do, when to be seen.
    #[serde(flatten)]
    pub days: Days,
}

/// A source that a reason or a day cites.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TriageSource {
    /// The citation key.
    pub key: String,
    /// What it is.
    pub title: String,
    /// How much of it was read.
    pub seen: String,
}

/// What triage found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Triage {
    /// The format and its version.
    pub format: String,
    /// What the case is called.
    pub title: String,
    /// What is to be done: the highest of all reasons, and of what is not answered as far as a doctor today.
    pub level: Level,
    /// What is to be done by what was answered alone.
    pub settled: Level,
    /// The level in words, or those of the gravest step that has words of its own.
    pub headline: String,
    /// What the level hangs on, where it hangs on questions that are not answered.
    pub summary: Option<String>,
    /// What is never shortened: whom to call, where to find help, whom to tell.
    pub essential: Vec<Essential>,
    /// Whether the case says that nothing was done yet.
    pub nothing_done: bool,
    /// Whether the person is under age.
    pub minor: bool,
    /// Whole days since the session, where they are known.
    pub day: Option<u32>,
    /// Why, the gravest first.
    pub reasons: Vec<TriageReason>,
    /// What is not answered, the gravest first.
    pub open: Vec<OpenSign>,
    /// What to tell whoever helps.
    pub tell: Vec<String>,
    /// What is usual and what to do, by day.
    pub days: Vec<Then>,
    /// What is cited.
    pub sources: Vec<TriageSource>,
    /// What this is for, and what it is not.
    pub limits: String,
}

/// Judges a case that says what was done and what is seen now. `help` are the lines for somebody in distress.
#[must_use]
pub fn triage(book: &TriageBook, case: &Case, catalog: &Catalog, help: &[String]) -> Triage {
    let facts = Facts::resolved(case, catalog);
    let since = match facts.get(SINCE) {
        Fact::Lapse { days } => Some(*days),
        _ => None,
    };
    let nothing_done = since.is_some_and(f64::is_infinite);
    let (mut steps, mut open) = (Vec::<&Step>::new(), BTreeMap::<String, Level>::new());
    for step in &book.steps {
        if step.deed && nothing_done {
            continue;
        }
        match judged(book, step, &facts) {
            Finding::No => {}
            Finding::Yes => steps.push(step),
            Finding::Open(fields) => {
                for field in fields {
                    let worst = open.entry(field).or_insert(Level::Watch);
                    *worst = step.level.max(*worst);
                }
            }
        }
    }
    steps.sort_by(|a, b| b.level.cmp(&a.level).then_with(|| a.id.cmp(&b.id)));
    let settled = steps.first().map_or(Level::Watch, |step| step.level);
    let gap = open.values().copied().max().unwrap_or(Level::Watch);
    let level = settled.max(gap.min(Level::DoctorToday));
    // Whoever needs help now has no time for questions.
    let mut open = if settled == Level::EmergencyNow {
        Vec::new()
    } else {
        questions(book, &facts, open)
    };
    open.retain(|one| one.worst > Level::Watch);
    let days = since.filter(|days| days.is_finite()).map(whole_days);
    let mut gravest = steps.iter().filter(|step| step.level == level);
    let own = gravest.find_map(|step| step.headline.clone());
    let reasons: Vec<TriageReason> = steps.into_iter().map(reason).collect();
    let minor = book
        .first
        .iter()
        .any(|line| evaluate(&book.context, &line.when, &facts) == Finding::Yes);
    Triage {
        format: TRIAGE_FORMAT.to_owned(),
        title: case
            .about
            .title
            .known()
            .map_or_else(|| "Something was done already".to_owned(), |title| title.clone()),
        level,
        settled,
        headline: own.unwrap_or_else(|| headline(level, nothing_done).to_owned()),
        summary: summary(level, settled, &open, nothing_done),
        essential: essential(book, &facts, level, help),
        nothing_done,
        minor,
        day: days,
        tell: tell(case, catalog, days),
        days: by_day(book, days, nothing_done),
        sources: cited(book, &reasons),
        reasons,
        open,
        limits: LIMITS.to_owned(),
    }
}

/// What a step comes to. A sign that somebody does not know is not answered by a "no" to all signs.
fn judged(book: &TriageBook, step: &Step, facts: &Facts) -> Finding {
    let found = evaluate(&book.context, &step.when, facts);
    let unsure = |path: &&str| path.starts_with("signs.") && *facts.get(path) == Fact::Unknown;
    if found != Finding::No || !step.when.paths().iter().any(unsure) {
        return found;
    }
    let mut asked = facts.clone().with(ANY_SIGN, Fact::Flag(true));
    for path in step.when.paths() {
        if path.starts_with("signs.") && *facts.get(path) == Fact::Missing {
            asked = asked.with(path, Fact::Flag(false));
        }
    }
    evaluate(&book.context, &step.when, &asked)
}

fn reason(step: &Step) -> TriageReason {
    TriageReason {
        id: step.id.clone(),
        level: step.level,
        reason: step.reason.clone(),
        what: step.what.clone(),
        say: step.say.clone(),
        grade: step.grade.clone(),
        sources: step.sources.clone(),
    }
}

fn questions(book: &TriageBook, facts: &Facts, open: BTreeMap<String, Level>) -> Vec<OpenSign> {
    let mut found: Vec<(usize, OpenSign)> = open
        .into_iter()
        .filter_map(|(field, worst)| {
            let described = book.context.fact_schema().get(&field)?;
            let said_unknown = *facts.get(&field) == Fact::Unknown;
            let question = described.question.clone();
            Some((
                described.place,
                OpenSign {
                    field,
                    question,
                    worst,
                    said_unknown,
                },
            ))
        })
        .collect();
    found.sort_by_key(|(place, one)| (std::cmp::Reverse(one.worst), *place));
    found.into_iter().map(|(_, one)| one).collect()
}

fn headline(level: Level, nothing_done: bool) -> &'static str {
    match level {
        Level::EmergencyNow => "Get emergency help now.",
        Level::DoctorToday => "See a doctor today.",
        Level::DoctorSoon => "See a doctor within a few days.",
        Level::Watch if nothing_done => "This case says that nothing has been done yet.",
        Level::Watch => "No sign that you named needs a doctor now. Watch it by day.",
    }
}

fn summary(level: Level, settled: Level, open: &[OpenSign], nothing_done: bool) -> Option<String> {
    if level > settled {
        let count = open.len();
        let questions = if count == 1 { "question is" } else { "questions are" };
        return Some(format!(
            "{count} {questions} not answered, and each was judged by its worst answer. Look at them now: a yes to one \
                of the first needs help at once; no to all of them makes this milder."
        ));
    }
    (nothing_done && level == Level::Watch)
        .then(|| "To judge a plan: needlework assess. Once something has been done, come back here.".to_owned())
}

/// What stands first and is never shortened: the emergency number, help in distress, an adult, and when to call.
fn essential(book: &TriageBook, facts: &Facts, level: Level, help: &[String]) -> Vec<Essential> {
    let mut lines = Vec::new();
    if level == Level::EmergencyNow {
        lines.extend(book.emergency.iter().cloned());
    }
    let weighs = |path: &str| *facts.get(path) == Fact::Flag(true);
    if weighs("health.distress") || weighs("health.self_harm") {
        lines.extend(help.iter().map(Essential::new));
    }
    let applies = |when| evaluate(&book.context, when, facts) == Finding::Yes;
    lines.extend(
        book.first
            .iter()
            .filter(|line| applies(&line.when))
            .map(|line| line.text.clone()),
    );
    if level < Level::EmergencyNow {
        lines.push(book.always.clone());
    }
    lines
}

/// What to tell whoever helps: what, where, how long, when, by whom; only what the case says.
fn tell(case: &Case, catalog: &Catalog, day: Option<u32>) -> Vec<String> {
    let device = resolve(case, catalog);
    let word = |value: serde_json::Value| value.as_str().map(|text| text.replace('_', " "));
    let kind = device
        .kind
        .and_then(|kind| serde_json::to_value(kind).ok())
        .and_then(word);
    let mut lines = Vec::new();
    let mut what = Vec::new();
    what.extend(kind);
    what.extend(
        device
            .geometry
            .needle_length
            .map(|length| format!("needles of {} mm", length.mm())),
    );
    let site = case.lesion.site.known().and_then(|name| catalog.site(name));
    what.extend(site.map(|site| format!("on the {}", site.label)));
    let place = case
        .regimen
        .setting
        .known()
        .and_then(|at| serde_json::to_value(at).ok());
    what.extend(place.and_then(word).map(|place| match place.as_str() {
        "home" => "at home".to_owned(),
        other => format!("in a {other}"),
    }));
    if !what.is_empty() {
        lines.push(format!("What was done: {}.", what.join(", ")));
    }
    match (case.regimen.last_session.get(), day) {
        (Some(Lapse::Now), _) | (_, Some(0)) => lines.push("When: today.".to_owned()),
        (_, Some(1)) => lines.push("When: yesterday.".to_owned()),
        (_, Some(days)) => lines.push(format!("When: {days} days ago.")),
        _ => {}
    }
    if case.device.shared.get() == Some(true) {
        lines.push("The needles had been used by somebody else.".to_owned());
    }
    if let Some(items) = case.aftercare.topicals.known().filter(|items| !items.is_empty()) {
        let names: Vec<String> = items
            .iter()
            .filter_map(|item| serde_json::to_value(item.product).ok().and_then(word))
            .collect();
        lines.push(format!("Put on the skin: {}.", names.join(", ")));
    }
    lines
}

fn by_day(book: &TriageBook, day: Option<u32>, nothing_done: bool) -> Vec<Then> {
    if nothing_done {
        return Vec::new();
    }
    book.days
        .iter()
        .map(|days| {
            let over = day.is_some_and(|day| days.to_day.is_some_and(|last| day > last));
            let begun = day.is_some_and(|day| day >= days.from_day);
            Then {
                now: begun && !over,
                over,
                days: days.clone(),
            }
        })
        .collect()
}

/// Whole days of a lapse; what is longer than any life is cut, which changes nothing.
fn whole_days(days: f64) -> u32 {
    days.max(0.0).floor() as u32
}

fn cited(book: &TriageBook, reasons: &[TriageReason]) -> Vec<TriageSource> {
    let keys: Vec<&String> = reasons
        .iter()
        .flat_map(|reason| &reason.sources)
        .chain(book.days.iter().flat_map(|days| &days.because))
        .collect();
    book.sources
        .iter()
        .filter(|source| keys.contains(&&source.key))
        .map(|source| TriageSource {
            key: source.key.clone(),
            title: source.citation(),
            seen: source.seen.clone().unwrap_or_default(),
        })
        .collect()
}
