//! A trial on a page, in a terminal, and as a table for a file.

use maud::{Markup, html};
use needlework::questions::{Chance, Outcome, StudyDesign, TrialReport, TrialRow};
use needlework::units::PERCENT;
use needlework::verdict::{Range, Safety};
use needlework_figures::TextTable;
use needlework_figures::chart::{Curve, ForestRow, Mark, curve, forest};
use needlework_figures::numbers::{grouped, number, percent};
use needlework_figures::style::{Shell, document};
use needlework_figures::words::sentence_case;
use needlework_files::{Column, ColumnData, Table};

use crate::text_table::text_table;

/// What this page adds to the style sheet.
const OWN_STYLE: &str = "\
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 1rem; }\n\
td.n { text-align: right; white-space: nowrap; }";

/// A trial as a complete, self-contained HTML document.
#[must_use]
pub fn trial_html(report: &TrialReport) -> String {
    document(
        &Shell {
            title: "What a trial may find",
            version: &report.engine.version,
            own_style: OWN_STYLE,
            skip: "Skip to the answer",
            brand: "What a trial may find",
        },
        &html! {
            h1 { (report.study.title) }
            p.banner { (report.banner) }
            p { (opening(report)) }
        },
        &html! {
            section aria-labelledby="size" {
                h2 #size { "How many people it takes" }
                div.pair {
                    @for picture in pictures(report) {
                        figure { (picture) }
                    }
                }
                p.quiet {
                    "Line: the share of worlds in which the test rejects in favour of what is hoped for (assurance). \
                        Band: its 90 % from finitely many worlds."
                }
                (text_table(&sizes(report), false))
            }
            section aria-labelledby="printed" {
                h2 #printed { "What such a study would print" }
                div.pair {
                    @if let Some(picture) = printed(report) {
                        figure { (picture) }
                    }
                }
                (text_table(&answers(report), false))
                (text_table(&visits(report), false))
            }
            section aria-labelledby="arms" {
                h2 #arms { "The arms" }
                (text_table(&arms(report), false))
                @for note in &report.notes {
                    p.quiet { (note) }
                }
                @if !report.study.note.is_empty() {
                    p.quiet { (report.study.note) }
                }
            }
        },
        &html! {
            p { (report.intended_use) }
            p { "Seed " (report.seed) ", " (report.worlds) " worlds." }
        },
    )
}

/// A trial for a terminal: an opening, tables, and how to read it.
#[must_use]
pub fn trial_text(report: &TrialReport) -> (String, Vec<TextTable>, String) {
    let tables = vec![answers(report), sizes(report), visits(report), arms(report)];
    (
        format!("{}\n\n{}\n\n{}", report.study.title, report.banner, opening(report)),
        tables,
        report.notes.join("\n"),
    )
}

/// A probability with what few worlds leave open of it.
fn chance(chance: &Chance) -> String {
    format!("{} (± {})", percent(chance.probability), number(PERCENT * chance.error))
}

fn some(chance_of: Option<&Chance>) -> String {
    chance_of.map_or_else(|| "no such world".to_owned(), chance)
}

/// An effect in the unit of the outcome; shares in per cent.
fn effect(report: &TrialReport, value: f64) -> String {
    if report.unit == "1" {
        percent(value)
    } else {
        format!("{} {}", number(value), report.unit)
    }
}

/// An effect as it is true, which classes of grades have in points.
fn true_effect(report: &TrialReport, value: f64) -> String {
    if report.study.outcome == Outcome::GradedClasses {
        format!("{} points", number(value))
    } else {
        effect(report, value)
    }
}

/// The target, on its side of nothing.
fn at_least(report: &TrialReport) -> String {
    let side = if report.target < 0.0 { "less" } else { "more" };
    format!("{} or {side}", true_effect(report, report.target))
}

fn range(report: &TrialReport, range: &Range) -> String {
    format!(
        "{} ({} to {})",
        effect(report, range.mean),
        effect(report, range.low),
        effect(report, range.high)
    )
}

fn opening(report: &TrialReport) -> String {
    let study = &report.study;
    let people = match study.design {
        StudyDesign::SingleArm => format!("{} people, one group", study.people),
        StudyDesign::Parallel => format!("{} people in each of two groups", study.people),
        StudyDesign::SplitBody => format!("{} people, two sides of each", study.people),
    };
    let needed = match report.people_needed {
        Some(people) => format!("For 80 % it takes about {people} people in each arm."),
        None => format!(
            "80 % is not reached with up to 1,000 people: an effect of that kind, however small, is there in {} of \
                worlds.",
            percent(report.ceiling)
        ),
    };
    let nothing = report
        .rejects_where_nothing_shows
        .as_ref()
        .map_or_else(String::new, |rejects| {
            format!(
                " Where nothing of what needles do shows, its test rejects in {}.",
                percent(rejects.probability)
            )
        });
    format!(
        "{people}; the outcome is the {}. Such a trial rejects on the side that it tests in {} of worlds \
            (assurance).{nothing} {needed}",
        report.outcome,
        percent(report.assurance.probability)
    )
}

/// The true effect on the scale of what is printed.
fn true_value(report: &TrialReport) -> Range {
    let on = |value: f64| value + report.study.against;
    let Range { mean, low, high } = report.true_effect;
    Range {
        mean: on(mean),
        low: on(low),
        high: on(high),
    }
}

/// The pictures: assurance, and power where there is one.
fn pictures(report: &TrialReport) -> Vec<Markup> {
    // numerical: the 95 % point of a normal, for a band of 90 %
    const REACH: f64 = 1.645;
    // numerical: a curve is drawn to four times the study, and to eighty people at least
    const TIMES: usize = 4;
    const LEAST: usize = 80;
    let most = (report.study.people as usize * TIMES).max(LEAST);
    let draw = |id: &str, title: &str, of: &dyn Fn(&needlework::questions::SizePoint) -> Option<Chance>| {
        let points: Vec<(f64, Chance)> = report
            .curve
            .iter()
            .filter(|point| point.people <= most)
            .filter_map(|point| Some((point.people as f64, of(point)?)))
            .collect();
        let words: Vec<String> = points
            .iter()
            .map(|(people, chance)| format!("{people} people {}", percent(chance.probability)))
            .collect();
        let ends = |chance: &Chance, sign: f64| {
            (PERCENT * (chance.probability + sign * REACH * chance.error)).clamp(0.0, PERCENT)
        };
        curve(&Curve {
            id,
            title,
            description: &format!("{title}: {}.", words.join(", ")),
            axes: ("People in each arm", title),
            line: points
                .iter()
                .map(|(people, chance)| (*people, PERCENT * chance.probability))
                .collect(),
            band: points
                .iter()
                .map(|(people, chance)| (*people, ends(chance, -1.0), ends(chance, 1.0)))
                .collect(),
            mark: Some((f64::from(report.study.people), "this trial")),
        })
    };
    let assurance = draw("assurance", "Assurance, of 100 worlds", &|point| Some(point.assurance));
    let power = draw("power", "Power, of 100 worlds that reach the target", &|point| {
        point.power
    });
    assurance.into_iter().chain(power).collect()
}

/// What such studies print beside what one did.
fn printed(report: &TrialReport) -> Option<Markup> {
    let scale = if report.unit == "1" { PERCENT } else { 1.0 };
    let scaled = |range: &Range| Range {
        mean: scale * range.mean,
        low: scale * range.low,
        high: scale * range.high,
    };
    let row = |label: String, range: Range| ForestRow {
        label,
        range,
        mark: Mark::One,
    };
    let mut rows = vec![
        row("Such a study would print".to_owned(), scaled(&report.predicted)),
        row("What is true".to_owned(), scaled(&true_value(report))),
    ];
    if let Some(published) = &report.published {
        let value = scale * published.value;
        rows.push(row(
            format!("Published ({})", published.source),
            Range {
                mean: value,
                low: value,
                high: value,
            },
        ));
    }
    let unit = if report.unit == "1" { "%" } else { &report.unit };
    let axis = format!("{}, {unit}", sentence_case(&report.outcome));
    forest(
        "printed-values",
        "What such a study would print",
        &axis,
        (0.0, 0.0),
        &rows,
    )
}

fn head(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn answers(report: &TrialReport) -> TextTable {
    let mut rows = vec![
        ("assurance".to_owned(), chance(&report.assurance)),
        (
            format!("power, given an effect of {}", at_least(report)),
            some(report.power.as_ref()),
        ),
        (
            "rejects where nothing shows".to_owned(),
            some(report.rejects_where_nothing_shows.as_ref()),
        ),
        ("such a study would print".to_owned(), range(report, &report.predicted)),
        ("what is true, without optimism and luck".to_owned(), {
            let truth = true_value(report);
            let [mean, low, high] = [truth.mean, truth.low, truth.high].map(|value| true_effect(report, value));
            format!("{mean} ({low} to {high})")
        }),
        (
            format!("the true effect is {}", at_least(report)),
            percent(report.reaches_target),
        ),
    ];
    if let Some(gain) = &report.true_gain {
        rows.push((
            format!(
                "people gain {} points or more over untreated, on average",
                number(gain.points)
            ),
            percent(gain.probability),
        ));
    }
    let or_none = |value: Option<String>| value.unwrap_or_else(|| "–".to_owned());
    rows.push((
        "of trials that reject, wrong sign (type S)".to_owned(),
        or_none(report.wrong_sign.map(percent)),
    ));
    rows.push((
        "of trials that reject, estimate over true effect (type M)".to_owned(),
        or_none(report.exaggeration.map(|times| format!("{} times", number(times)))),
    ));
    rows.push((
        "people in each arm for an assurance of 80 %".to_owned(),
        report
            .people_needed
            .map_or_else(|| "not reached with 1,000".to_owned(), |people| grouped(people as f64)),
    ));
    rows.push((
        "worlds with an effect of that kind, however small".to_owned(),
        percent(report.ceiling),
    ));
    if let Some(published) = &report.published {
        rows.push((
            format!("published, {} (used for {})", published.source, published.used),
            effect(report, published.value),
        ));
        rows.push((
            "simulated studies that print less than was published".to_owned(),
            format!(
                "{}; {} their 5 to 95 %",
                percent(published.share_below),
                if published.within { "within" } else { "outside" }
            ),
        ));
    }
    TextTable {
        title: "What it may find, over worlds".to_owned(),
        head: head(&["question", "answer"]),
        rows: rows
            .into_iter()
            .map(|(question, answer)| vec![question, answer])
            .collect(),
    }
}

fn sizes(report: &TrialReport) -> TextTable {
    TextTable {
        title: "By the number of people in each arm; ± is the standard error of finitely many worlds".to_owned(),
        head: head(&["people", "assurance", "power", "rejects where nothing shows"]),
        rows: report
            .curve
            .iter()
            .map(|point| {
                vec![
                    point.people.to_string(),
                    chance(&point.assurance),
                    some(point.power.as_ref()),
                    some(point.rejects_where_nothing_shows.as_ref()),
                ]
            })
            .collect(),
    }
}

fn visits(report: &TrialReport) -> TextTable {
    let arms = report.arms.iter().map(|arm| arm.name.clone());
    TextTable {
        title: format!("Measured at each visit: {}, mean of an arm", report.outcome),
        head: std::iter::once("visit".to_owned()).chain(arms).collect(),
        rows: report
            .visits
            .iter()
            .map(|visit| {
                let means = visit.means.iter().map(|mean| range(report, mean));
                std::iter::once(visit.visit.clone()).chain(means).collect()
            })
            .collect(),
    }
}

fn arms(report: &TrialReport) -> TextTable {
    TextTable {
        title: "What the safety rules say of each arm".to_owned(),
        head: head(&["arm", "rules", "evidence"]),
        rows: report
            .arms
            .iter()
            .map(|arm| {
                let rules = match arm.safety {
                    Safety::Caution => "none stops it".to_owned(),
                    Safety::Refer => format!("a doctor first: {}", ids(&arm.stopped_by)),
                    Safety::Refuse => format!("stopped: {}", ids(&arm.stopped_by)),
                };
                vec![arm.name.clone(), rules, format!("{:?}", arm.reach).to_lowercase()]
            })
            .collect(),
    }
}

fn ids(rules: &[String]) -> String {
    if rules.is_empty() {
        "questions are open".to_owned()
    } else {
        rules.join(", ")
    }
}

/// Every person of every world as a table.
#[must_use]
pub fn trial_table(report: &TrialReport, rows: &[TrialRow]) -> Table {
    let texts = |name: &str, doc: &str, value: &dyn Fn(&TrialRow) -> String| Column {
        name: name.to_owned(),
        unit: "1".to_owned(),
        doc: doc.to_owned(),
        data: ColumnData::Texts(rows.iter().map(value).collect()),
    };
    let counts = |name: &str, doc: &str, value: &dyn Fn(&TrialRow) -> usize| Column {
        name: name.to_owned(),
        unit: "1".to_owned(),
        doc: doc.to_owned(),
        data: ColumnData::Integers(rows.iter().map(|row| value(row) as i64).collect()),
    };
    let points = |name: &str, doc: &str, value: &dyn Fn(&TrialRow) -> f64| Column {
        name: name.to_owned(),
        unit: "points".to_owned(),
        doc: doc.to_owned(),
        data: ColumnData::numbers(rows.iter().map(value)),
    };
    let name_of = |row: &TrialRow| {
        report
            .arms
            .get(row.arm)
            .map_or_else(String::new, |arm| arm.name.clone())
    };
    Table {
        engine: report.engine.version.clone(),
        columns: vec![
            counts(
                "world",
                "number of the world, with one replicate of the trial",
                &|row| row.world,
            ),
            texts("arm", "arm of the trial", &name_of),
            counts(
                "person",
                "person of the arm; in a split body the same in both arms",
                &|row| row.person,
            ),
            counts("visit", "place of the visit in the study", &|row| row.visit),
            points("improvement", "improvement of the own mark", &|row| row.improvement),
            points("untreated", "the same without any session", &|row| row.untreated),
            Column {
                name: "measured".to_owned(),
                unit: report.unit.replace("log odds", "1"),
                doc: format!("what was measured ({}); missing of who left", report.outcome),
                data: ColumnData::some_numbers(rows.iter().map(|row| row.measured)),
            },
        ],
    }
}
