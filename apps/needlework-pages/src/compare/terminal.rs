//! A comparison as plain text for a terminal of at most 80 columns: what the rules say first, then the numbers of what
//! may be shown.

use crate::lines::wrap;
use crate::model::{Alternative, COURSES, PUBLISHED_MARK, Range, Risk, SideBySide};
use crate::words::{
    NOTHING, benefit_word, certainty_word, days_or_hours, full_stop, grouped, months, number, people_of, people_short,
    rule_source,
};

use super::{
    about_arm, arms, cautions, named, only_published, published_value, shared_cautions, shows, signed, statement,
    stopping, why_hidden,
};

/// Columns of the whole; its tables need them all.
const COLUMNS: usize = 80;

/// Columns of a name in a table.
const NAME: usize = 6;

/// Text that grows line by line.
struct Page {
    text: String,
}

impl Page {
    /// Wrapped text with an indent.
    fn say(&mut self, text: &str, indent: usize) {
        for line in wrap(text, COLUMNS, indent, 12) {
            self.line(&line);
        }
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    /// A heading after a blank line.
    fn head(&mut self, text: &str) {
        self.line("");
        self.say(text, 0);
    }

    /// A row of a table: a name and cells of equal width, to the right.
    fn row(&mut self, name: &str, cells: &[String]) {
        let room = (COLUMNS - NAME) / cells.len().max(1);
        let cells: String = cells.iter().map(|cell| format!("{cell:>room$}")).collect();
        self.line(&format!("{name:<NAME$}{cells}"));
    }
}

/// The comparison in at most 80 columns. Lines end with a line feed.
#[must_use]
pub fn compare_terminal(comparison: &SideBySide) -> String {
    let mut page = Page { text: String::new() };
    page.say(&comparison.title, 0);
    verdicts(comparison, &mut page);
    page.line("");
    for note in &comparison.notes {
        page.say(note, 0);
    }
    differences(comparison, &mut page);
    expected(comparison, &mut page);
    harms(comparison, &mut page);
    published(comparison, &mut page);
    page.line("");
    let numbers = comparison.alternatives.iter().any(|one| one.expected.is_some());
    if let Some(banner) = comparison.banner.as_ref().filter(|_| numbers) {
        page.say(banner, 0);
    }
    page.say(&comparison.intended_use, 0);
    page.text
}

fn verdicts(comparison: &SideBySide, page: &mut Page) {
    if let Some(one) = comparison.alternatives.iter().find(|one| one.verdict.distress) {
        for line in &one.verdict.first.help {
            page.say(line.whole(), 0);
        }
    }
    let shared = shared_cautions(comparison);
    for one in &comparison.alternatives {
        page.head(&named(one));
        page.say(&statement(one), 3);
        for rule in stopping(one) {
            let source = rule_source(rule, &[]);
            page.say(&format!("- {} ({source})", full_stop(&rule.reason)), 3);
        }
        if !stopping(one).is_empty() || one.verdict.minor || one.verdict.distress {
            for line in one.verdict.instead.iter().take(3) {
                page.say(&format!("Instead: {}", full_stop(line)), 3);
            }
        }
        for rule in cautions(one) {
            if one.nothing || !shared.iter().any(|own| own.id == rule.id) {
                page.say(&format!("- Take care: {}", full_stop(&rule.reason)), 3);
            }
        }
        if shows(comparison, one) && !one.nothing && !only_published(one) {
            let benefit = benefit_word(one.verdict.benefit);
            let certainty = certainty_word(one.certainty);
            page.say(
                &format!(
                    "Will it help? {benefit} ({certainty}). {}",
                    full_stop(&one.verdict.benefit_reason)
                ),
                3,
            );
            if !one.reach.reasons.is_empty() {
                page.say(&format!("Evidence: {}.", one.reach.reasons.join("; ")), 3);
            }
        }
        if let Some(why) = why_hidden(comparison, one) {
            page.say(why, 3);
        }
    }
    if !shared.is_empty() {
        page.head("Take care, with each of these plans");
        for rule in shared {
            page.say(&format!("- {}", full_stop(&rule.reason)), 0);
        }
    }
    if !comparison.danger_signs.is_empty() {
        page.head("If a stopped plan has already been done, these are danger signs: see a doctor");
        for sign in &comparison.danger_signs {
            page.say(&format!("- {}", full_stop(sign.whole())), 0);
        }
    }
}

fn shown(comparison: &SideBySide) -> Vec<&Alternative> {
    let all = comparison.alternatives.iter();
    all.filter(|one| shows(comparison, one) && one.expected.is_some())
        .collect()
}

/// `+4 (−1 to +13)`.
fn points(range: &Range) -> String {
    let [mean, low, high] = [range.mean, range.low, range.high].map(signed);
    if low == mean && high == mean {
        mean
    } else {
        format!("{mean} ({low} to {high})")
    }
}

fn expected(comparison: &SideBySide, page: &mut Page) {
    let Some(month) = comparison.month else { return };
    let rows = shown(comparison);
    page.head(&format!(
        "{} after the first session; in brackets what is plausible of an average",
        months(month)
    ));
    page.row("", &["little or no".into(), "gain clearly".into(), "average".into()]);
    page.row(
        "",
        &[
            "change, of 100".into(),
            "by it, of 100 *".into(),
            "change, points".into(),
        ],
    );
    for one in rows {
        let Some(expected) = &one.expected else { continue };
        let flag = if expected.extrapolated { "!" } else { "" };
        let gain = expected
            .gain25
            .map_or_else(|| NOTHING.to_owned(), |gain| people_short(gain.share.mean));
        page.row(
            &format!("{}{flag}", one.name),
            &[
                people_short(expected.outcome.none.mean),
                gain,
                points(&expected.improvement),
            ],
        );
    }
    let gain = comparison
        .alternatives
        .iter()
        .find_map(|one| one.expected.as_ref()?.gain25);
    if let Some(gain) = gain {
        let when = months(gain.month_after_last);
        page.say(
            &format!("* 25 points or more over doing nothing, {when} after the own last session"),
            0,
        );
    }
    if shown(comparison)
        .iter()
        .any(|one| one.expected.as_ref().is_some_and(|expected| expected.extrapolated))
    {
        page.say("! extrapolated: outside the evidence", 0);
    }
}

fn differences(comparison: &SideBySide, page: &mut Page) {
    let Some(month) = comparison.month else { return };
    let rows = shown(comparison);
    let step = number(comparison.better_points);
    let first = comparison.alternatives.first().map_or("A", |one| one.name.as_str());
    let headings = [
        format!("The same people with each plan and doing nothing, {}", months(month)),
        format!(
            "The same people with each alternative and with {first}, {}",
            months(month)
        ),
    ];
    for (at, heading) in headings.into_iter().enumerate() {
        let difference = |one: &&Alternative| {
            let found = if at == 0 {
                &one.against_nothing
            } else {
                &one.against_first
            };
            found.as_ref().map(|difference| difference.at_month)
        };
        // With doing nothing alone the second table would be the first, turned round.
        if !rows.iter().any(|one| !one.nothing && difference(one).is_some()) {
            continue;
        }
        page.head(&heading);
        page.row(
            "",
            &[
                "points more".into(),
                format!("{step}+ better, of 100"),
                format!("{step}+ worse, of 100"),
            ],
        );
        for one in &rows {
            if let Some(paired) = difference(one) {
                page.row(
                    &one.name,
                    &[
                        points(&paired.points),
                        people_short(paired.better.mean),
                        people_short(paired.worse.mean),
                    ],
                );
            }
        }
    }
}

fn harms(comparison: &SideBySide, page: &mut Page) {
    let rows: Vec<&Alternative> = comparison
        .alternatives
        .iter()
        .filter(|one| shows(comparison, one) && (one.burden.is_some() || !one.risks.is_empty()))
        .collect();
    if rows.is_empty() {
        return;
    }
    let per_1000 = |one: &Alternative, name: &str| {
        one.risks
            .iter()
            .find(|risk| risk.name == name)
            .map_or_else(|| NOTHING.to_owned(), short_risk)
    };
    page.head("What can go wrong, of 1,000 courses (~: nobody has counted, the range is what models span)");
    page.row("", &["infection".into(), "dark marks".into(), "a new scar".into()]);
    for one in &rows {
        page.row(
            &one.name,
            &["infection", "dark_marks", "scar"].map(|name| per_1000(one, name)),
        );
    }
    page.head("What a course asks, the middle person");
    page.row(
        "",
        &[
            "pain, 0 to 10".into(),
            "redness".into(),
            "cost".into(),
            "needles to dermis".into(),
        ],
    );
    for one in &rows {
        let Some(burden) = &one.burden else { continue };
        let red = burden.redness_days;
        let needles = one.needles.as_ref().map_or_else(
            || NOTHING.to_owned(),
            |needles| format!("{} of 100", people_short(needles.reaches_dermis.mean)),
        );
        page.row(
            &one.name,
            &[
                number(burden.pain.p50),
                days_or_hours(red.p50, red.p5, red.p95).0,
                format!("€{}", grouped(burden.cost.euros.mean)),
                needles,
            ],
        );
    }
}

/// `83 (2–280)`, or `~1–40` where nobody has counted.
fn short_risk(risk: &Risk) -> String {
    let short = |per_1000: f64| {
        let text = people_of(per_1000 / COURSES, COURSES);
        text.replace("fewer than ", "<").replace("more than ", ">")
    };
    let per = risk.per_1000;
    match per.mean {
        Some(mean) => format!("{} ({}–{})", short(mean), short(per.low), short(per.high)),
        None => format!("~{}–{}", short(per.low), short(per.high)),
    }
}

fn published(comparison: &SideBySide, page: &mut Page) {
    if comparison.published.is_empty() {
        return;
    }
    page.head(&format!(
        "Creams and lasers: {PUBLISHED_MARK}; not comparable with the numbers above"
    ));
    for arm in arms(comparison) {
        let Some(first) = arm.first() else { continue };
        let results: Vec<String> = arm
            .iter()
            .map(|outcome| format!("{}: {}", outcome.outcome, published_value(outcome)))
            .collect();
        let about = about_arm(first);
        let about = if about.is_empty() {
            String::new()
        } else {
            format!(", {about}")
        };
        page.say(
            &format!(
                "- {} ({}; {}{about}) – {}.",
                first.arm,
                first.mark,
                first.study,
                results.join("; ")
            ),
            0,
        );
    }
}
