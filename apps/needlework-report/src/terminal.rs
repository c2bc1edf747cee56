//! The answer as plain text for a terminal: at most 80 columns and 45 lines, the verdict first.
//!
//! The answer is laid out as blocks of items; when it is too long, whole items leave, the least needed first, and the block says how many
//! ("… and 3 more (see report.json)"). Words from the case cannot steer the terminal: control characters are dropped.
//!
//! How text is wrapped and measured stands in `lines`.

use crate::lines::wrap;
use crate::model::{Outcome, Range, Report, Safety};
use crate::section::verdict as said;
use crate::words::{
    after_opening, benefit_word, certainty_word, classes, days_or_hours, full_stop, grouped, landmark_months,
    lead_month, months, number, people_of, people_short, range_of_100, risk_range, rule_source, sentence_case,
    shows_numbers,
};

/// The most lines that are ever given.
const LINES: usize = 45;
/// The most columns that are ever given.
const COLUMNS: usize = 80;
/// The fewest columns that are worked with.
const FEWEST: usize = 40;

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
}

impl Block {
    fn lines(&self) -> usize {
        self.head.len()
            + self.items.iter().map(Vec::len).sum::<usize>()
            + usize::from(self.hidden > 0)
            + usize::from(self.gap)
    }
}

/// The summary: at most `width` (40 to 80) columns and 45 lines, with ANSI colours where `colour` is set.
///
/// Lines end with a line feed.
#[must_use]
pub fn terminal(report: &Report, width: usize, colour: bool) -> String {
    let width = width.clamp(FEWEST, COLUMNS);
    let mut blocks = verdict(report, width);
    if shows_numbers(report) {
        blocks.extend(benefit(report, width));
        blocks.extend(shares(report, width));
        blocks.extend(risks(report, width));
        blocks.extend(burden(report, width));
    }
    let foot = foot(report, width);
    let room = LINES - foot.lines();
    fit(&mut blocks, room);
    let mut lines: Vec<(Tone, String)> = Vec::new();
    for block in blocks {
        lines.extend(block.head);
        lines.extend(block.items.into_iter().flatten().map(|line| (Tone::Plain, line)));
        if block.hidden > 0 {
            lines.push((Tone::Quiet, format!("  … and {} more (see report.json)", block.hidden)));
        }
        if block.gap {
            lines.push((Tone::Plain, String::new()));
        }
    }
    // Only a narrow terminal gets here; what the software is for stands in any case.
    lines.truncate(room);
    lines.extend(foot.head);
    lines.iter().map(|(tone, line)| paint(*tone, line, colour)).collect()
}

/// Lets items leave until the answer fits.
fn fit(blocks: &mut [Block], room: usize) {
    // Ends: each turn takes an item away, or there is none left.
    while blocks.iter().map(Block::lines).sum::<usize>() > room {
        // Among equals the last block gives way, so that what is read first stays.
        let loser = blocks
            .iter_mut()
            .filter(|block| block.items.len() > block.keep)
            .max_by_key(|block| block.rank);
        let Some(block) = loser else { break };
        block.items.pop();
        block.hidden += 1;
    }
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
    let mut head: Vec<(Tone, String)> = vec![
        (Tone::Quiet, wrap(&report.title, width, 0, 1).join("")),
        (Tone::Plain, String::new()),
    ];
    let mut say = |tone: Tone, text: &str, most: usize| {
        head.extend(wrap(text, width, 0, most).into_iter().map(|line| (tone, line)))
    };
    if verdict.distress {
        say(Tone::Ask, said::DISTRESS, 5);
    }
    if verdict.urgent {
        say(Tone::Stop, said::TODAY, 1);
    }
    let mut rest = match verdict.safety {
        Safety::Refuse => {
            let opening = said::opening(report);
            say(if opening.kind { Tone::Heading } else { Tone::Stop }, &opening.title, 2);
            opening.rest
        }
        Safety::Refer => {
            say(Tone::Ask, said::REFERRED, 2);
            say(Tone::Plain, &said::doctors_question(report), 4);
            say(Tone::Ask, said::UNTIL_THEN, 1);
            String::new()
        }
        Safety::Caution if verdict.unchecked.is_empty() => {
            say(Tone::Heading, &format!("{}.", said::PERMITTED), 1);
            after_opening(&verdict.headline, said::PERMITTED)
        }
        Safety::Caution => {
            let named: Vec<&str> = verdict
                .unchecked
                .iter()
                .take(3)
                .map(|text| text.trim_end_matches('.'))
                .collect();
            let more = verdict.unchecked.len().saturating_sub(3);
            let more = if more > 0 {
                format!("; … and {more} more (see report.json)")
            } else {
                ".".into()
            };
            say(Tone::Heading, &format!("{}; this was not checked:", said::PERMITTED), 2);
            say(Tone::Plain, &format!("{}{more}", named.join("; ")), 4);
            after_opening(&verdict.headline, said::PERMITTED)
        }
    };
    if said::says_unchecked(&rest) {
        rest.clear();
    }
    if !rest.is_empty() {
        say(Tone::Plain, &full_stop(&sentence_case(&rest)), 3);
    }
    let mut blocks = vec![Block {
        head,
        items: Vec::new(),
        keep: 0,
        hidden: 0,
        rank: 0,
        gap: true,
    }];
    let stopping = said::stopping(report);
    let reasons = stopping.iter().map(|rule| {
        // Keys are short; the page gives their titles.
        let source = rule_source(rule, &[]);
        item(&format!("{} ({source})", full_stop(&rule.reason)), width, 4)
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
            .map(|question| item(&question.text, width, 2));
        blocks.extend(block("They need to know", width, open.collect(), 1, 3));
    }
    if verdict.safety == Safety::Caution {
        let care = verdict
            .rules
            .iter()
            .filter(|rule| rule.severity == "caution")
            .map(|rule| item(&rule.reason, width, 2));
        blocks.extend(block("Take care", width, care.collect(), 1, 6));
    } else {
        let instead = verdict.instead.iter().map(|text| item(text, width, 2)).collect();
        let title = if verdict.safety == Safety::Refer {
            "What you can do meanwhile"
        } else {
            "What you can do instead"
        };
        blocks.extend(block(title, width, instead, 1, 4));
        let signs = verdict.danger_signs.iter().map(|text| item(text, width, 4)).collect();
        blocks.extend(block(
            "If you have already done it: danger signs (see a doctor the same day)",
            width,
            signs,
            2,
            3,
        ));
    }
    blocks
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
    })
}

fn benefit(report: &Report, width: usize) -> Vec<Block> {
    let verdict = &report.verdict;
    let word = format!(
        "Will it help? {} ({}).",
        benefit_word(verdict.benefit),
        certainty_word(report.certainty)
    );
    let mut head: Vec<(Tone, String)> = wrap(&word, width, 0, 2)
        .into_iter()
        .map(|line| (Tone::Heading, line))
        .collect();
    let mut say =
        |text: &str, most: usize| head.extend(wrap(text, width, 0, most).into_iter().map(|line| (Tone::Plain, line)));
    say(&full_stop(&verdict.benefit_reason), 2);
    if let (Some(forecast), Some(at)) = (&report.forecast, lead_month(report)) {
        let (with, without) = (&forecast.treated[at], &forecast.untreated[at]);
        let little = |outcome: &Outcome| people_of(outcome.none.mean, 100.0);
        say(
            &format!(
                "Of 100 people like this about {} see little or no change {} after the first session (plausible range {}); doing nothing, about {} do.",
                little(with),
                months(forecast.months[at]),
                range_of_100(&with.none),
                little(without)
            ),
            3,
        );
    }
    if let Some(gain) = report.gain25 {
        let text = format!(
            "Because of the plan {} of 100 ({}) gain 25 points or more, {} after the last session.",
            people_of(gain.share.mean, 100.0),
            range_of_100(&gain.share),
            months(gain.month_after_last)
        );
        say(&text, 2);
    }
    vec![Block {
        head,
        items: Vec::new(),
        keep: 0,
        hidden: 0,
        rank: 0,
        gap: true,
    }]
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
    for at in landmark_months(&forecast.months).into_iter().take(4) {
        let (Some(with), Some(without)) = (forecast.treated.get(at), forecast.untreated.get(at)) else {
            continue;
        };
        let month = number(forecast.months[at]);
        let line = |arm: &str, outcome: &Outcome| {
            let name = if wide {
                format!("{month:>3} mo {arm}")
            } else {
                format!("{month:>2} {arm}")
            };
            row(&name, classes(outcome).map(|(_, _, share)| cell(&share)))
        };
        items.push(vec![line("plan", with), line("nothing", without)]);
    }
    let title = if forecast.extrapolated {
        "Of 100 people like this (extrapolated)"
    } else {
        "Of 100 people like this"
    };
    let head = vec![
        (Tone::Heading, title.to_owned()),
        (Tone::Quiet, row("after", names.map(str::to_owned))),
    ];
    let keep = items.len().min(2);
    Some(Block {
        head,
        items,
        keep,
        hidden: 0,
        rank: 1,
        gap: true,
    })
}

fn risks(report: &Report, width: usize) -> Option<Block> {
    let items = report
        .risks
        .iter()
        .map(|risk| {
            let text = match risk.per_1000.mean {
                Some(mean) => {
                    let yes = people_of(mean / 1000.0, 1000.0);
                    let about = if yes.starts_with(|c: char| c.is_ascii_digit()) {
                        "about "
                    } else {
                        ""
                    };
                    let no = people_of(1.0 - mean / 1000.0, 1000.0);
                    format!(
                        "{}: {about}{yes} lead to it, {no} do not ({})",
                        risk.title,
                        risk_range(risk)
                    )
                }
                None if !risk.has_number() => format!("{}: reported, never counted; there is no number", risk.title),
                None => format!("{}: models span {}; nobody has counted", risk.title, risk_range(risk)),
            };
            item(&text, width, 2)
        })
        .collect();
    block("Of 1,000 courses like this (plausible range)", width, items, 3, 5).map(|block| Block {
        gap: report.burden.is_none(),
        ..block
    })
}

fn burden(report: &Report, width: usize) -> Option<Block> {
    let burden = report.burden.as_ref()?;
    let red = burden.redness_days;
    let (redness, range) = days_or_hours(red.p50, red.p5, red.p95);
    let mut text = format!(
        "Pain {} of 10, {} ({} to {}); redness {redness} ({range}); cost about €{}.",
        number(burden.pain.p50),
        burden.pain_word,
        number(burden.pain.p5),
        number(burden.pain.p95),
        grouped(burden.cost.euros.mean)
    );
    if let Some(puncture) = &report.puncture {
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
        head,
        items: Vec::new(),
        keep: 0,
        hidden: 0,
        rank: 0,
        gap: true,
    })
}

fn foot(report: &Report, width: usize) -> Block {
    let mut head = Vec::new();
    let simulated = report.forecast.is_some() || !report.risks.is_empty() || report.burden.is_some();
    if let Some(banner) = report.banner.as_ref().filter(|_| simulated && shows_numbers(report)) {
        head.extend(wrap(banner, width, 0, 2).into_iter().map(|line| (Tone::Ask, line)));
    }
    head.extend(
        wrap(&report.intended_use, width, 0, 3)
            .into_iter()
            .map(|line| (Tone::Quiet, line)),
    );
    let more = "More: --out DIR writes report.html (pictures, sources) and report.json.";
    head.extend(wrap(more, width, 0, 2).into_iter().map(|line| (Tone::Plain, line)));
    Block {
        head,
        items: Vec::new(),
        keep: 0,
        hidden: 0,
        rank: 0,
        gap: false,
    }
}

/// A wrapped item with a hanging indent.
fn item(text: &str, width: usize, most: usize) -> Vec<String> {
    let mut lines = wrap(text, width - 2, 0, most);
    for (at, line) in lines.iter_mut().enumerate() {
        *line = if at == 0 {
            format!("- {line}")
        } else {
            format!("  {line}")
        };
    }
    lines
}
