//! Germs through punctures, on a page and in a terminal: what comes in, the range of the risk, and what each step of hygiene is worth.

use maud::{DOCTYPE, Markup, html};
use needlework::contrast::{Ablation, InfectionReport, SiteRisk};
use needlework::verdict::{Percentiles, Range};

use crate::chart::{ForestRow, forest};
use crate::numbers::{fine, grouped, number};
use crate::style::head;
use crate::words::{full_stop, sentence_case};

/// What this page adds to the style sheet.
const OWN_STYLE: &str = "\
table.worth td { text-align: right; white-space: nowrap; }\n\
table.worth th[scope=row] { text-align: left; font-weight: 400; }\n\
.wide { overflow-x: auto; }";

/// Germs as a complete, self-contained HTML document.
#[must_use]
pub fn infection_html(report: &InfectionReport) -> String {
    let page: Markup = html! {
        (DOCTYPE)
        html lang="en" {
            (head("Germs through needle channels", &report.engine.version, OWN_STYLE))
            body {
                a.skip href="#main" { "Skip to the answer" }
                header {
                    p.brand { "Needlework " span { "germs" } }
                    h1 { "Germs through needle channels" }
                    p { (sentence_case(&full_stop(&report.plan))) }
                }
                main #main {
                    @if !report.stopped.is_empty() {
                        section aria-labelledby="stopped" {
                            h2 #stopped { "A rule stops this plan" }
                            ul { @for line in &report.stopped { li { (line) } } }
                        }
                    }
                    @if let Some(per_1000) = &report.per_1000 {
                        section aria-labelledby="range" {
                            h2 #range { "Infections in 1,000 courses" }
                            p {
                                "Range of what models span: " strong { (per_mille(per_1000.low)) " to " (per_mille(per_1000.high)) } ". "
                                @match per_1000.mean {
                                    Some(mean) => { "Counted in clinics: about " (per_mille(mean)) "." }
                                    None => { "There is no number within it, since nobody has counted." }
                                }
                            }
                            p { (report.note) }
                            div.wide tabindex="0" role="region" aria-label="Risk by regime" { table {
                                caption { "Probability in each regime: mean over people, and 5–95 % over what is not known" }
                                thead { tr { th scope="col" { "Regime" } th scope="col" { "One puncture" } th scope="col" { "One session" } th scope="col" { "The course" } } }
                                tbody { @for regime in &report.regimes { tr {
                                    th scope="row" { (sentence_case(&regime.assumes)) }
                                    td { (chance(&regime.puncture)) } td { (chance(&regime.session)) } td { (chance(&regime.course)) }
                                } } }
                            } }
                        }
                        section aria-labelledby="closure" {
                            h2 #closure { "When the channels are closed" }
                            p { "It depends on what one looks with." }
                            table {
                                thead { tr { th scope="col" { "Looked at by" } th scope="col" { "Hours, median" } th scope="col" { "5–95 %" } } }
                                tbody { @for clock in &report.closure { tr {
                                    th scope="row" { (sentence_case(&clock.by)) } td { (number(clock.hours.p50)) } td { (number(clock.hours.p5)) " to " (number(clock.hours.p95)) }
                                } } }
                            }
                        }
                        (worth(report))
                    }
                }
                footer { p { (report.intended_use) } }
            }
        }
    };
    page.into_string()
}

/// Each step left out: a picture for the plan's own site, and a table of all sites.
fn worth(report: &InfectionReport) -> Markup {
    let log = |germs: f64| germs.max(1e-6).log10();
    let rows: Vec<ForestRow> = report
        .ablation
        .iter()
        .filter_map(|step| {
            let own = step.sites.first()?;
            Some(ForestRow {
                label: sentence_case(&step.left_out),
                range: Range {
                    mean: log(own.germs.p50),
                    low: log(own.germs.p5),
                    high: log(own.germs.p95),
                },
                nothing: step.step == "none",
            })
        })
        .collect();
    let own = report
        .ablation
        .first()
        .and_then(|step| step.sites.first())
        .map_or("the site", |site| site.label.as_str());
    let axis =
        "Harmful germs that a session carries in, as a power of ten (0 is one germ, 2 a hundred): median and 5–95 %";
    html! {
        section aria-labelledby="worth" {
            h2 #worth { "What each step of hygiene is worth" }
            p { "One step is left out, all others are kept. A cover changes nothing of what comes in; it changes what becomes of it." }
            @if let Some(chart) = forest("steps", &format!("Harmful germs carried in, {own}"), axis, (-2.0, 3.0), &rows) { figure { (chart) figcaption { (sentence_case(own)) ". " (axis) "." } } }
            div.wide tabindex="0" role="region" aria-label="Steps by site" { table.worth {
                caption { "Infections in 1,000 courses, highest regime, mean over people at the upper 5 % of what is not known" }
                thead { tr { th scope="col" { "Left out" } @for site in columns(report) { th scope="col" { (sentence_case(&site.label)) } } } }
                tbody { @for step in &report.ablation { tr {
                    th scope="row" { (sentence_case(&step.left_out)) }
                    @for site in &step.sites { td { (per_mille(site.per_1000.high)) } }
                } } }
            } }
        }
    }
}

fn columns(report: &InfectionReport) -> &[SiteRisk] {
    report.ablation.first().map_or(&[], |step| &step.sites)
}

/// A number out of a thousand; what is below a hundredth says so.
fn per_mille(value: f64) -> String {
    if value <= 0.0 {
        "0".to_owned()
    } else if value < 0.01 {
        "below 0.01".to_owned()
    } else {
        number(value)
    }
}

/// A probability with its range.
fn chance(range: &Range) -> String {
    let one = |value: f64| {
        if value == 0.0 {
            "0".to_owned()
        } else if value < 1e-12 {
            "below 10⁻¹²".to_owned()
        } else if value < 0.01 {
            let power = value.log10().floor();
            format!("{:.0}·10{}", value / 10f64.powf(power), superscript(power))
        } else {
            fine(value)
        }
    };
    format!("{} ({} to {})", one(range.mean), one(range.low), one(range.high))
}

fn superscript(power: f64) -> String {
    format!("{power:.0}")
        .chars()
        .map(|sign| match sign {
            '-' => '⁻',
            '0' => '⁰',
            '1' => '¹',
            '2' => '²',
            '3' => '³',
            '4' => '⁴',
            '5' => '⁵',
            '6' => '⁶',
            '7' => '⁷',
            '8' => '⁸',
            _ => '⁹',
        })
        .collect()
}

/// One table of the terminal: what it shows, its head, its rows.
pub struct TextTable {
    /// What it shows.
    pub title: String,
    /// Names of its columns.
    pub head: Vec<String>,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
}

/// Germs as tables for a terminal; a stopped plan has none for laypeople.
#[must_use]
pub fn infection_tables(report: &InfectionReport) -> Vec<TextTable> {
    if report.per_1000.is_none() {
        return Vec::new();
    }
    let head = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let spread = |values: &Percentiles| {
        vec![
            number(values.p50),
            format!("{} to {}", number(values.p5), number(values.p95)),
        ]
    };
    let mut tables = vec![TextTable {
        title: "Probability in each regime: mean over people (5-95 % over what is not known)".to_owned(),
        head: head(&["regime", "one puncture", "one session", "the course"]),
        rows: report
            .regimes
            .iter()
            .map(|regime| {
                vec![
                    regime.name.clone(),
                    chance(&regime.puncture),
                    chance(&regime.session),
                    chance(&regime.course),
                ]
            })
            .collect(),
    }];
    tables.push(TextTable {
        title: "When the channels are closed, hours".to_owned(),
        head: head(&["looked at by", "median", "5-95 %"]),
        rows: report
            .closure
            .iter()
            .map(|clock| [vec![clock.by.clone()], spread(&clock.hours)].concat())
            .collect(),
    });
    if let Some(inoculum) = &report.inoculum {
        tables.push(TextTable {
            title: "Harmful germs that a session carries in".to_owned(),
            head: head(&["from", "median", "5-95 %"]),
            rows: [("the skin", &inoculum.skin), ("the needles", &inoculum.needles)]
                .into_iter()
                .map(|(from, germs)| [vec![from.to_owned()], spread(germs)].concat())
                .collect(),
        });
    }
    let own = |step: &Ablation| step.sites.first().cloned();
    tables.push(TextTable {
        title: "One step of hygiene left out, all others kept".to_owned(),
        head: head(&["left out", "germs carried in", "in 1,000 courses, up to"]),
        rows: report
            .ablation
            .iter()
            .filter_map(|step| own(step).map(|site| (step, site)))
            .map(|(step, site)| {
                vec![
                    step.left_out.clone(),
                    format!(
                        "{} ({} to {})",
                        number(site.germs.p50),
                        number(site.germs.p5),
                        number(site.germs.p95)
                    ),
                    per_mille(site.per_1000.high),
                ]
            })
            .collect(),
    });
    tables.push(TextTable {
        title: "The same by site: infections in 1,000 courses, up to".to_owned(),
        head: [
            vec!["site".to_owned()],
            report.ablation.iter().map(|step| step.step.clone()).collect(),
        ]
        .concat(),
        rows: columns(report)
            .iter()
            .enumerate()
            .map(|(column, site)| {
                let up_to = report.ablation.iter().filter_map(|step| step.sites.get(column));
                [
                    vec![site.label.clone()],
                    up_to.map(|site| per_mille(site.per_1000.high)).collect(),
                ]
                .concat()
            })
            .collect(),
    });
    tables
}

/// The opening lines of a terminal: the plan, what stops it, the range.
#[must_use]
pub fn infection_opening(report: &InfectionReport) -> String {
    let mut lines = vec![full_stop(&sentence_case(&report.plan))];
    if !report.stopped.is_empty() {
        lines.push("A rule stops this plan:".to_owned());
        lines.extend(report.stopped.iter().map(|line| format!("- {line}")));
    }
    match &report.per_1000 {
        None => lines.push("No numbers are shown for a plan that a rule stops; --for research shows them.".to_owned()),
        Some(per_1000) => {
            lines.push(format!(
                "Infections in 1,000 courses: {} to {}{}",
                per_mille(per_1000.low),
                per_mille(per_1000.high),
                per_1000.mean.map_or_else(
                    || ", no number within it.".to_owned(),
                    |mean| format!("; counted in clinics: about {}.", per_mille(mean))
                )
            ));
            if let Some(punctures) = &report.punctures {
                lines.push(format!("Punctures in a session: {}.", grouped(punctures.mean)));
            }
            lines.push(report.note.clone());
        }
    }
    lines.join("\n")
}
