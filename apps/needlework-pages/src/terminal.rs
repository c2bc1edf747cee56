//! The answer as plain text for a terminal: at most 80 columns and 56 lines, the verdict first.
//!
//! The answer is laid out as blocks of items; when it is too long, whole items leave, the least needed first, and the
//! block says how many ("… and 3 more in the report"). Where that is not enough, tables whose gist the first lines tell
//! leave whole and are named. No sentence is cut, and the first screen stands whole, even if that takes more lines.
//! Words from the case cannot steer the terminal: control characters are dropped.
//!
//! How text is wrapped and measured stands in `lines`.

use crate::lines::wrap;
use crate::model::{COURSES, NOT_SAFE, Outcome, PRIOR, Range, Reading, Report, Safety};
use crate::section::verdict as said;
use crate::words::{
    benefit_word, certainty_word, classes, days_or_hours, full_stop, grouped, landmark_months, number, people_of,
    people_short, range_of_100, risk_range, rule_basis, rule_source, shows_numbers,
};

/// The most lines that are ever given.
const LINES: usize = 56;
/// The most columns that are ever given.
const COLUMNS: usize = 80;
/// As many lines as a text needs: it is never cut.
const WHOLE: usize = usize::MAX;
/// The fewest columns that are worked with.
const FEWEST: usize = 40;

/// The banner on one screen; the page has it whole.
const BRIEFLY_NOT_CALIBRATED: &str =
    "The numbers are a model's estimate, not yet calibrated against results of patients.";
const BRIEFLY_HELD_AGAINST: &str =
    "The numbers are a model's estimate. A few small studies were held against it, none with people left untreated.";

/// What a line is, for colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tone {
    Plain,
    Heading,
    Stop,
    Ask,
    Quiet,
}

/// A part of the answer.
struct Block {
    /// Always shown.
    head: Vec<(Tone, String)>,
    /// Shown as far as there is room; each item is a few lines.
    items: Vec<Vec<String>>,
    /// So many items stay in any case.
    keep: usize,
    /// Items that left.
    hidden: usize,
    /// Blocks with a higher number lose items first.
    rank: u8,
    /// Whether a blank line follows.
    gap: bool,
    /// What it is called where it leaves whole; nothing for what always stands.
    short: &'static str,
}

impl Block {
    fn lines(&self) -> usize {
        self.head.len()
            + self.items.iter().map(Vec::len).sum::<usize>()
            + usize::from(self.hidden > 0)
            + usize::from(self.gap)
    }
}

/// The summary: at most `width` (40 to 80) columns and 56 lines, with ANSI colours where `colour` is set.
///
/// Lines end with a line feed.
#[must_use]
pub fn terminal(report: &Report, width: usize, colour: bool) -> String {
    let width = width.clamp(FEWEST, COLUMNS);
    let mut blocks = verdict(report, width);
    if shows_numbers(report) {
        // The main number and the harm that matters most stand right below the verdict.
        blocks.splice(1..1, benefit(report, width));
        // For laypeople the table by months stands on the page; on one screen what to watch for is worth more.
        if report.reading == Reading::Research {
            blocks.extend(shares(report, width));
        }
        blocks.extend(risks(report, width));
        blocks.extend(burden(report, width));
    }
    // Researchers read the table instead.
    if needled(report) && report.reading == Reading::Lay {
        blocks.extend(afterwards(report, width));
    }
    let foot = foot(report, width);
    let room = LINES.saturating_sub(foot.lines());
    fit(&mut blocks, room, width);
    let mut lines: Vec<(Tone, String)> = Vec::new();
    for block in blocks {
        lines.extend(block.head);
        lines.extend(block.items.into_iter().flatten().map(|line| (Tone::Plain, line)));
        if block.hidden > 0 {
            lines.push((Tone::Quiet, format!("  … and {} more in the report", block.hidden)));
        }
        if block.gap {
            lines.push((Tone::Plain, String::new()));
        }
    }
    lines.extend(foot.head);
    lines.iter().map(|(tone, line)| paint(*tone, line, colour)).collect()
}

/// Lets items leave until the answer fits, and then whole blocks, the last first, which one line names.
fn fit(blocks: &mut Vec<Block>, room: usize, width: usize) {
    // Ends: each turn takes an item away, or there is none left.
    while lines_of(blocks) > room {
        // Among equals the last block gives way, so that what is read first stays.
        let loser = blocks
            .iter_mut()
            .filter(|block| block.items.len() > block.keep)
            .max_by_key(|block| block.rank);
        let Some(block) = loser else { break };
        block.items.pop();
        block.hidden += 1;
    }
    let mut left: Vec<&str> = Vec::new();
    let mut named: Option<Block> = None;
    // Ends: each turn takes a block away, or there is none left that may leave.
    while lines_of(blocks) + named.as_ref().map_or(0, Block::lines) > room {
        let Some(at) = blocks.iter().rposition(|block| !block.short.is_empty()) else {
            break;
        };
        left.insert(0, blocks.remove(at).short);
        let text = format!("In the report: {}.", left.join(", "));
        let head = wrap(&text, width, 0, WHOLE).into_iter();
        named = Some(plain(head.map(|line| (Tone::Quiet, line)).collect()));
    }
    blocks.extend(named);
}

fn lines_of(blocks: &[Block]) -> usize {
    blocks.iter().map(Block::lines).sum()
}

fn paint(tone: Tone, line: &str, colour: bool) -> String {
    let code = match tone {
        Tone::Plain => "",
        Tone::Heading => "\u{1b}[1m",
        Tone::Stop => "\u{1b}[1;31m",
        Tone::Ask => "\u{1b}[1;33m",
        Tone::Quiet => "\u{1b}[2m",
    };
    if colour && !code.is_empty() && !line.is_empty() {
        format!("{code}{line}\u{1b}[0m\n")
    } else {
        format!("{line}\n")
    }
}

fn verdict(report: &Report, width: usize) -> Vec<Block> {
    let verdict = &report.verdict;
    let first = &verdict.first;
    let mut head: Vec<(Tone, String)> = Vec::new();
    // Titles name the device; in a crisis nothing is said of needles.
    if !verdict.distress {
        head.push((Tone::Quiet, wrap(&report.title, width, 0, 1).join("")));
        head.push((Tone::Plain, String::new()));
    }
    let mut say = |tone: Tone, text: &str| {
        head.extend(wrap(text, width, 0, WHOLE).into_iter().map(|line| (tone, line)));
    };
    let kind = verdict.distress || verdict.minor;
    if let Some(now) = &first.now {
        say(Tone::Stop, now.whole());
    }
    let tone = match verdict.safety {
        _ if kind => Tone::Heading,
        Safety::Refuse => Tone::Stop,
        Safety::Refer => Tone::Ask,
        Safety::Caution => Tone::Heading,
    };
    say(tone, first.verdict.whole());
    if verdict.safety == Safety::Caution && !kind && !verdict.not_judged {
        say(Tone::Quiet, NOT_SAFE);
    }
    for line in verdict.instead.iter().filter(|_| kind) {
        say(Tone::Stop, &full_stop(line));
    }
    for line in &first.help {
        say(Tone::Plain, line.whole());
    }
    if let Some(question) = &first.question {
        say(Tone::Plain, question.whole());
    }
    if let Some(wait) = &first.until_then {
        say(Tone::Ask, wait.whole());
    }
    let mut blocks = vec![plain(head)];
    if verdict.distress {
        return blocks;
    }
    if verdict.safety == Safety::Caution {
        let unchecked = verdict.unchecked.iter().map(|text| item(text, width)).collect();
        blocks.extend(block(
            "Not checked, since the case does not say",
            width,
            unchecked,
            1,
            7,
        ));
    }
    let stopping = said::stopping(report);
    let reasons = stopping.iter().map(|rule| {
        // Keys are for researchers; the page gives their titles.
        let source = match report.reading {
            Reading::Research => rule_source(rule, &[]),
            Reading::Lay => format!("From: {}", rule_basis(rule)),
        };
        item(&format!("{} ({source})", full_stop(&rule.reason)), width)
    });
    blocks.extend(block(
        if stopping.len() == 1 { "Reason" } else { "Reasons" },
        width,
        reasons.collect(),
        1,
        2,
    ));
    if verdict.safety == Safety::Refer {
        let open = verdict
            .questions
            .iter()
            .filter(|question| question.serious)
            .map(|question| item(&question.text, width));
        blocks.extend(block(said::open_heading(report), width, open.collect(), 1, 5));
    }
    let ask: Vec<_> = verdict.ask_clinic.iter().map(|text| item(text, width)).collect();
    let asked = ask.len();
    blocks.extend(block(said::ASK_CLINIC, width, ask, asked, 1));
    if verdict.safety == Safety::Caution {
        let care = verdict
            .rules
            .iter()
            .filter(|rule| rule.severity == "caution")
            .map(|rule| item(&rule.reason, width));
        blocks.extend(block("Take care", width, care.collect(), 1, 6));
    } else {
        let instead = verdict
            .instead
            .iter()
            .filter(|_| !kind)
            .map(|text| item(text, width))
            .collect();
        let title = if verdict.safety == Safety::Refer {
            "What you can do meanwhile"
        } else {
            "What you can do instead"
        };
        // Whoever sees numbers of a stopped plan reads as a researcher.
        let short = if shows_numbers(report) {
            "what to do instead"
        } else {
            ""
        };
        blocks.extend(block(title, width, instead, 1, 4).map(|block| Block { short, ..block }));
        let signs: Vec<_> = verdict
            .danger_signs
            .iter()
            .map(|sign| item(sign.whole(), width))
            .collect();
        let all = signs.len();
        blocks.extend(block(
            "If you have already done it, these are danger signs: see a doctor",
            width,
            signs,
            all,
            3,
        ));
    }
    blocks
}

/// Whether needles go in, and nothing stops it.
fn needled(report: &Report) -> bool {
    let verdict = &report.verdict;
    verdict.safety == Safety::Caution && !(verdict.distress || verdict.minor) && !report.checklist.is_empty()
}

/// What to watch for after needling, and what to leave in the first days.
fn afterwards(report: &Report, width: usize) -> Vec<Block> {
    let signs: Vec<_> = report
        .verdict
        .danger_signs
        .iter()
        .map(|sign| item(sign.whole(), width))
        .collect();
    let all = signs.len();
    let first_days = |when: &str| ["first_day", "first_days"].contains(&when);
    let leave: Vec<_> = report
        .checklist
        .iter()
        .filter(|line| first_days(&line.when))
        .map(|line| item(&line.text, width))
        .collect();
    [
        block("In the first days", width, leave, 1, 5),
        block("Danger signs: see a doctor", width, signs, all, 1),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A block with a heading; nothing without items.
fn block(title: &str, width: usize, items: Vec<Vec<String>>, keep: usize, rank: u8) -> Option<Block> {
    if items.is_empty() {
        return None;
    }
    let head = wrap(title, width, 0, 2)
        .into_iter()
        .map(|line| (Tone::Heading, line))
        .collect();
    Some(Block {
        head,
        items,
        keep,
        hidden: 0,
        rank,
        gap: true,
        short: "",
    })
}

fn benefit(report: &Report, width: usize) -> Vec<Block> {
    let verdict = &report.verdict;
    let mut head: Vec<(Tone, String)> = Vec::new();
    if verdict.not_judged {
        // Of creams and lasers others have published; nothing of it is weighed here.
        for line in &verdict.summary {
            head.extend(wrap(line, width, 0, WHOLE).into_iter().map(|line| (Tone::Plain, line)));
        }
        return vec![plain(head)];
    }
    let word = format!(
        "Will it help? {} ({}).",
        benefit_word(verdict.benefit),
        certainty_word(report.certainty)
    );
    head.extend(wrap(&word, width, 0, 2).into_iter().map(|line| (Tone::Heading, line)));
    let reason = full_stop(&verdict.benefit_reason);
    for text in verdict.first.told().chain([&reason]) {
        let lines = wrap(text, width, 0, WHOLE);
        head.extend(
            lines
                .into_iter()
                .filter(|line| !line.is_empty())
                .map(|line| (Tone::Plain, line)),
        );
    }
    vec![plain(head)]
}

fn shares(report: &Report, width: usize) -> Option<Block> {
    let forecast = report.forecast.as_ref()?;
    let wide = width >= COLUMNS;
    let (label, column) = if wide { (15, 13) } else { (10, (width - 10) / 5) };
    let row = |name: &str, cells: [String; 5]| {
        let cells: String = cells.iter().map(|cell| format!("{cell:>column$}")).collect();
        format!("{name:<label$}{cells}")
    };
    let cell = |share: &Range| {
        let middle = people_short(share.mean);
        let (low, high) = (people_short(share.low), people_short(share.high));
        if wide && (low != middle || high != middle) {
            format!("{middle} ({low}–{high})")
        } else {
            middle
        }
    };
    let names = if wide {
        ["worse", "little/none", "some", "clear", "strong"]
    } else {
        ["worse", "none", "some", "clear", "much"]
    };
    let mut items = Vec::new();
    for at in landmark_months(forecast).into_iter().take(5) {
        let (Some(with), Some(without)) = (forecast.treated.get(at), forecast.untreated.get(at)) else {
            continue;
        };
        let month = number(forecast.months[at]);
        let line = |arm: &str, outcome: &Outcome| {
            let name = if wide {
                format!("{month:>6} {arm}")
            } else {
                format!("{month:>2} {arm}")
            };
            row(&name, classes(outcome).map(|(_, _, share)| cell(&share)))
        };
        items.push(vec![line("plan", with), line("nothing", without)]);
    }
    let title = if forecast.extrapolated {
        "Of 100 people like this, months after the first session (extrapolated)"
    } else {
        "Of 100 people like this, months after the first session"
    };
    let head = vec![
        (Tone::Heading, title.to_owned()),
        (Tone::Quiet, row("months", names.map(str::to_owned))),
    ];
    let keep = items.len().min(2);
    Some(Block {
        head,
        items,
        keep,
        hidden: 0,
        rank: 1,
        gap: true,
        short: "shares by month",
    })
}

fn risks(report: &Report, width: usize) -> Option<Block> {
    let items = report
        .risks
        .iter()
        .map(|risk| {
            let text = match risk.per_1000.mean {
                Some(mean) => {
                    let yes = people_of(mean / COURSES, COURSES);
                    let about = if yes.starts_with(|c: char| c.is_ascii_digit()) {
                        "about "
                    } else {
                        ""
                    };
                    let no = people_of(1.0 - mean / COURSES, COURSES);
                    format!("{}: in {about}{yes}, not in {no} ({})", risk.title, risk_range(risk))
                }
                None if !risk.has_number() => format!("{}: reported, never counted; there is no number", risk.title),
                None => format!("{}: models span {}; nobody has counted", risk.title, risk_range(risk)),
            };
            item(&text, width)
        })
        .collect();
    block("Of 1,000 courses like this (plausible range)", width, items, 2, 5).map(|block| Block {
        gap: report.burden.is_none(),
        short: "each risk",
        ..block
    })
}

fn burden(report: &Report, width: usize) -> Option<Block> {
    let burden = report.burden.as_ref()?;
    let red = burden.redness_days;
    let (redness, range) = days_or_hours(red.p50, red.p5, red.p95);
    let mut text = format!(
        "Pain about {} of 10, {} ({} to {} is plausible); redness {redness} ({range}); cost about €{} ({} to {}, {}).",
        number(burden.pain.p50),
        burden.pain_word,
        number(burden.pain.p5),
        number(burden.pain.p95),
        grouped(burden.cost.euros.mean),
        grouped(burden.cost.euros.low),
        grouped(burden.cost.euros.high),
        if burden.cost.assumed {
            "prices assumed"
        } else {
            "your prices"
        }
    );
    if let Some(puncture) = report.puncture.as_ref().filter(|_| report.reading == Reading::Research) {
        text += &format!(
            " Of 100 needles about {} reach the dermis ({}).",
            people_of(puncture.reaches_dermis.mean, 100.0),
            range_of_100(&puncture.reaches_dermis)
        );
    }
    let head = wrap(&text, width, 0, 3)
        .into_iter()
        .map(|line| (Tone::Plain, line))
        .collect();
    Some(Block {
        short: "pain, redness and cost",
        ..plain(head)
    })
}

fn foot(report: &Report, width: usize) -> Block {
    let mut head = Vec::new();
    let simulated = report.forecast.is_some() || !report.risks.is_empty() || report.burden.is_some();
    if let Some(banner) = report.banner.as_ref().filter(|_| simulated && shows_numbers(report)) {
        let banner = match report.reading {
            Reading::Lay if report.engine.posterior == PRIOR => BRIEFLY_NOT_CALIBRATED,
            Reading::Lay => BRIEFLY_HELD_AGAINST,
            Reading::Research => banner,
        };
        head.extend(wrap(banner, width, 0, WHOLE).into_iter().map(|line| (Tone::Ask, line)));
    }
    // What follows the first sentence speaks of needling; in a crisis nothing does.
    let use_of = match report.intended_use.split_once(". ") {
        Some((first, _)) if report.verdict.distress => full_stop(first),
        _ => report.intended_use.clone(),
    };
    head.extend(
        wrap(&use_of, width, 0, WHOLE)
            .into_iter()
            .map(|line| (Tone::Quiet, line)),
    );
    if report.verdict.distress {
        return plain(head);
    }
    let more = "More: --out DIR writes report.html (pictures, sources) and report.json.";
    head.extend(wrap(more, width, 0, 2).into_iter().map(|line| (Tone::Plain, line)));
    Block {
        gap: false,
        ..plain(head)
    }
}

/// Lines that always stand, with a blank line below.
fn plain(head: Vec<(Tone, String)>) -> Block {
    Block {
        head,
        items: Vec::new(),
        keep: 0,
        hidden: 0,
        rank: 0,
        gap: true,
        short: "",
    }
}

/// A wrapped item with a hanging indent; it is whole, since an answer that is too long loses items and never the end of
/// a sentence.
fn item(text: &str, width: usize) -> Vec<String> {
    let mut lines = wrap(text, width - 2, 0, WHOLE);
    for (at, line) in lines.iter_mut().enumerate() {
        *line = if at == 0 {
            format!("- {line}")
        } else {
            format!("  {line}")
        };
    }
    lines
}
