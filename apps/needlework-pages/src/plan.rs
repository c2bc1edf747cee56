//! Plans and the choice among them, on a page and in a terminal.

use maud::{Markup, html};
use needlework::questions::{Choice, OtherLimits, PlanReport, PlanTried};
use needlework::units::PERCENT;
use needlework::verdict::Range;
use needlework_figures::TextTable;
use needlework_figures::chart::{Point, front};
use needlework_figures::numbers::{grouped, mean_with_range, number, percent};
use needlework_figures::style::{Shell, document};
use needlework_figures::words::full_stop;

use crate::text_table::text_table;

/// What this page adds to the style sheet.
const OWN_STYLE: &str = "\
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 1rem; }";

/// Plans as a complete, self-contained HTML document.
#[must_use]
pub fn plan_html(report: &PlanReport) -> String {
    document(
        &Shell {
            title: "Plans and the choice among them",
            version: &report.engine.version,
            own_style: OWN_STYLE,
            skip: "Skip to the answer",
            brand: "Plans and the choice among them",
        },
        &html! {
            h1 { (report.title) }
            @if let Some(banner) = &report.banner {
                p.banner { (banner) }
            }
            @for line in opening(report) {
                p { (line) }
            }
        },
        &html! {
            @if !report.plans.is_empty() {
                section aria-labelledby="front" {
                    h2 #front { "Gain against what it costs" }
                    div.pair {
                        @for picture in pictures(report) {
                            figure { (picture) }
                        }
                    }
                    p.quiet {
                        "Ringed: beaten by none in gain, dark marks, pain, cost and visits at once. Means over \
                            worlds; a difference smaller than the ranges means nothing."
                    }
                }
                section aria-labelledby="plans" {
                    h2 #plans { "The plans, from the gentlest" }
                    (text_table(&plans(report, report.plans.iter()), true))
                }
                p.quiet {
                    "Limits of harms, as upper ends in 1,000 courses: " (number(report.limits.dark_marks))
                    " dark marks, "
                    (number(report.limits.infections)) " infections, " (number(report.limits.scars))
                    " scars. Who knew the world before choosing would gain "
                    (number(report.worth_of_knowing))
                    " points more on average (expected value of perfect information)."
                }
                section aria-labelledby="limits" {
                    h2 #limits { "If other limits of harms were set" }
                    p { (on_limits(report)) }
                    (text_table(&other_limits(report), true))
                }
                @if !report.extra_sessions.is_empty() {
                    section aria-labelledby="sessions" {
                        h2 #sessions { "What further sessions buy" }
                        (text_table(&sessions(report), true))
                    }
                }
            }
            @if !report.rules.is_empty() {
                section aria-labelledby="rules" {
                    h2 #rules { "What stops plans" }
                    ul {
                        @for rule in &report.rules {
                            li { (rule.id) ": " (full_stop(&rule.reason)) }
                        }
                    }
                }
            }
            @if !report.published.is_empty() {
                section aria-labelledby="published" {
                    h2 #published { "Published, not simulated" }
                    (text_table(&published(report), true))
                }
            }
            section aria-labelledby="read" {
                h2 #read { "How to read this" }
                @for note in &report.notes {
                    p.quiet { (note) }
                }
            }
        },
        &html! {
            p { (report.intended_use) }
            p { "Seed " (report.seed) ", " (report.worlds[0]) " and " (report.worlds[1]) " worlds." }
        },
    )
}

/// Plans for a terminal: an opening, tables, and how to read them.
#[must_use]
pub fn plan_text(report: &PlanReport) -> (String, Vec<TextTable>, String) {
    let lines = std::iter::once(report.title.clone())
        .chain(report.banner.clone())
        .chain(opening(report));
    let mut tables = Vec::new();
    if !report.plans.is_empty() {
        // Eighty columns: the page has the rest.
        let mut few = plans(report, named(report).into_iter());
        let narrow = |row: &mut Vec<String>| row.truncate(NARROW);
        narrow(&mut few.head);
        few.rows.iter_mut().for_each(narrow);
        tables.push(few);
    }
    if !report.extra_sessions.is_empty() {
        tables.push(sessions(report));
    }
    let stopping = report
        .rules
        .iter()
        .map(|rule| format!("{}: {}", rule.id, full_stop(&rule.reason)));
    let on_limits = (!report.other_limits.is_empty()).then(|| on_limits(report));
    let notes: Vec<String> = report.notes.iter().cloned().chain(on_limits).chain(stopping).collect();
    (lines.collect::<Vec<_>>().join("\n\n"), tables, notes.join("\n"))
}

/// What comes of it, in sentences.
fn opening(report: &PlanReport) -> Vec<String> {
    let tried = report.enumerated - report.stopped - report.withheld;
    let mut lines = vec![format!(
        "{} plans: {} stopped by a rule or in need of a doctor first, {} not looked at for laypeople, {} tried, and \
            doing nothing beside them.",
        grouped(report.enumerated as f64),
        grouped(report.stopped as f64),
        grouped(report.withheld as f64),
        grouped(tried as f64)
    )];
    let name = |at: usize| report.plans.get(at).map_or_else(String::new, |plan| plan.label.clone());
    let keeping = || {
        report
            .plans
            .iter()
            .filter(|plan| plan.keeps_limits && plan.sessions > 0)
    };
    let most = keeping().map(|plan| plan.gains_enough).fold(0.0, f64::max);
    let enough = format!("{} points or more over doing nothing", number(report.gain_points));
    let none = if keeping().next().is_none() {
        "No plan is worth it: none with needles keeps the limits of harms.".to_owned()
    } else {
        format!(
            "No plan is worth it: even under the one that does most, and keeps the limits of harms, {} of 100 people \
                gain {enough}; we ask for 25.",
            number(PERCENT * most)
        )
    };
    match report.advice {
        Choice::Stopped => {
            lines.push(
                "Rules stop every plan for this person, or want a doctor first. No numbers are shown.".to_owned(),
            );
            lines.extend(
                report
                    .questions
                    .iter()
                    .take(3)
                    .map(|question| format!("Still open: {question}")),
            );
        }
        Choice::NotStudied => lines.push(
            "Nobody has studied a plan like those that this case allows, so none is tried. No numbers are shown."
                .to_owned(),
        ),
        Choice::NoPlanIsWorthIt => lines.push(none),
        Choice::Undecided => {
            let between: Vec<String> = report.between.iter().map(|&at| name(at)).collect();
            lines.push(format!(
                "Undecided: other draws of what is not known would say otherwise; these worlds agree with each other \
                    in {} of 100 redraws. {}",
                number(PERCENT * report.agreement),
                if between.is_empty() {
                    none
                } else {
                    format!("Between: {}; or no plan at all.", between.join("; "))
                }
            ));
        }
        Choice::Gentlest => {
            if let Some(plan) = report.recommended.and_then(|at| report.plans.get(at)) {
                lines.push(format!(
                    "The gentlest plan that is nearly as good as the best: {}. Under it {} of 100 people gain \
                        {enough}; the best plan gains less than 5 points more in {} of 100 worlds. That no rule stops \
                        it does not say that it is safe for this person.",
                    plan.label.to_lowercase(),
                    number(PERCENT * plan.gains_enough),
                    number(PERCENT * plan.near_best)
                ));
            }
        }
    }
    lines
}

/// How far the advice hangs on the limits of harms, which are our choice.
fn on_limits(report: &PlanReport) -> String {
    let same = |other: &&OtherLimits| (other.advice, other.recommended) == (report.advice, report.recommended);
    let other: Vec<&str> = report
        .other_limits
        .iter()
        .filter(|other| !same(other))
        .map(|other| other.label.as_str())
        .collect();
    if other.is_empty() {
        "The limits are a choice. Half or twice of each, and none at all, leave the advice as it is.".to_owned()
    } else {
        format!(
            "The limits are a choice, and the advice hangs on them: it would be another one with {}.",
            other.join(", ")
        )
    }
}

fn other_limits(report: &PlanReport) -> TextTable {
    let advice = |other: &OtherLimits| match (other.advice, other.recommended) {
        (_, Some(at)) => report.plans.get(at).map_or_else(String::new, |plan| plan.label.clone()),
        (Choice::Undecided, None) => "undecided".to_owned(),
        (_, None) => "no plan is worth it".to_owned(),
    };
    TextTable {
        title: "The same plans and worlds under other limits".to_owned(),
        head: ["limits", "plans that keep them", "advice"].map(str::to_owned).to_vec(),
        rows: report
            .other_limits
            .iter()
            .map(|other| vec![other.label.clone(), number(other.keep as f64), advice(other)])
            .collect(),
    }
}

/// What a plan asks.
type Asked = fn(&PlanTried) -> f64;

/// The pictures: gain against dark marks, against pain, and against sessions.
fn pictures(report: &PlanReport) -> Vec<Markup> {
    let against: [(&str, &str, Asked); 3] = [
        ("dark-marks", "Dark marks in 1,000 courses", |plan| plan.dark_marks.mean),
        ("pain", "Pain of a session, 0 to 10", |plan| plan.pain.mean),
        ("visits", "Sessions", |plan| f64::from(plan.sessions)),
    ];
    against
        .iter()
        .filter_map(|(id, title, value)| {
            let points: Vec<Point> = report
                .plans
                .iter()
                .map(|plan| Point {
                    x: plan.gain.mean,
                    y: value(plan),
                    on_front: plan.on_front,
                })
                .collect();
            let words = format!(
                "{} plans as points: mean gain from 0 to {} points against {}. Doing nothing lies at the origin.",
                points.len(),
                number(points.iter().map(|point| point.x).fold(0.0, f64::max)),
                title.to_lowercase()
            );
            front(
                id,
                title,
                &words,
                ("Mean gain over doing nothing, points", title),
                &points,
            )
        })
        .collect()
}

/// The plans that a terminal names: doing nothing, that of the case, those that the advice is about, and the best.
fn named(report: &PlanReport) -> Vec<&PlanTried> {
    let best = report
        .plans
        .iter()
        .enumerate()
        .filter(|(_, plan)| plan.keeps_limits)
        .max_by(|(_, a), (_, b)| a.gain.mean.total_cmp(&b.gain.mean))
        .map(|(at, _)| at);
    let wanted = |at: usize, plan: &PlanTried| {
        plan.sessions == 0
            || plan.own
            || report.recommended == Some(at)
            || report.between.contains(&at)
            || best == Some(at)
    };
    report
        .plans
        .iter()
        .enumerate()
        .filter(|(at, plan)| wanted(*at, plan))
        .map(|(_, plan)| plan)
        .collect()
}

/// Columns of a terminal's table of plans.
const NARROW: usize = 6;

fn plans<'a>(report: &PlanReport, listed: impl Iterator<Item = &'a PlanTried>) -> TextTable {
    let head = [
        "plan",
        "gain, points",
        "gain enough, of 100",
        "near the best, of 100",
        "dark marks, of 1,000",
        "limits",
        "infections, of 1,000",
        "scars, of 1,000",
        "pain",
        "cost, €",
        "most of all, of 100",
        "lost on average, points",
    ];
    let whole = |share: f64| number(PERCENT * share);
    let range = |range: &Range| mean_with_range(range);
    TextTable {
        title: format!(
            "Plans: means and 5 to 95 % over {} worlds; enough is {} points over doing nothing",
            report.worlds[1],
            number(report.gain_points)
        ),
        head: head.map(str::to_owned).to_vec(),
        rows: listed
            .map(|plan| {
                vec![
                    if plan.own {
                        format!("{} (yours)", plan.label)
                    } else {
                        plan.label.clone()
                    },
                    range(&plan.gain),
                    whole(plan.gains_enough),
                    whole(plan.near_best),
                    range(&plan.dark_marks),
                    if plan.keeps_limits { "kept" } else { "broken" }.to_owned(),
                    range(&plan.infections),
                    range(&plan.scars),
                    number(plan.pain.mean),
                    number(plan.cost_euros.mean),
                    whole(plan.best),
                    number(plan.regret),
                ]
            })
            .collect(),
    }
}

fn sessions(report: &PlanReport) -> TextTable {
    TextTable {
        title: "What further sessions of the same plan buy: the same people, points".to_owned(),
        head: ["sessions", "gain, points", "10 points or more, of 100 worlds"]
            .map(str::to_owned)
            .to_vec(),
        rows: report
            .extra_sessions
            .iter()
            .map(|step| {
                vec![
                    format!("{} to {}", step.from, step.to),
                    mean_with_range(&step.points),
                    percent(step.ten_points),
                ]
            })
            .collect(),
    }
}

fn published(report: &PlanReport) -> TextTable {
    TextTable {
        title: "Creams, lasers and untreated arms as published; never set against the numbers above".to_owned(),
        head: ["study", "arm", "outcome", "value"].map(str::to_owned).to_vec(),
        rows: report
            .published
            .iter()
            .map(|arm| {
                vec![
                    arm.study.clone(),
                    arm.arm.clone(),
                    arm.outcome.clone(),
                    arm.value.clone(),
                ]
            })
            .collect(),
    }
}
