//! Germs through punctures, on a page and in a terminal: what comes in, the range of the risk, and what each step of
//! hygiene is worth.
//!
//! Risks are counts: in a million punctures, in 1,000 sessions, in 1,000 courses. The picture shows the case's own site
//! by regime on a scale of powers of ten, the table all sites at the upper end of the range, shaded by it.

use maud::{Markup, html};
use needlework::questions::{Ablation, InfectionReport, RegimeRisk, SiteRisk};
use needlework::rules::WHAT_STOPS;
use needlework::verdict::{COURSES, Frequency, Percentiles};

use crate::TextTable;
use crate::chart::{DecadesRow, decades, line_key};
use crate::numbers::{grouped, median_with_range, number};
use crate::section::what_stops;
use crate::style::{Shell, document, scrolling};
use crate::words::{full_stop, sentence_case};

/// What this page adds to the style sheet.
const OWN_STYLE: &str = "\
table.worth td { text-align: right; white-space: nowrap; }\n\
table.worth th[scope=row] { text-align: left; font-weight: 400; min-width: 11rem; }\n\
.h1 { background: color-mix(in srgb, var(--untreated) 10%, transparent); }\n\
.h2 { background: color-mix(in srgb, var(--untreated) 22%, transparent); }\n\
.h3 { background: color-mix(in srgb, var(--untreated) 34%, transparent); }\n\
.h4 { background: color-mix(in srgb, var(--untreated) 46%, transparent); }";

/// Denominators: of punctures, and of sessions and courses.
const MILLION: f64 = 1e6;

/// What the columns of the table by site are called, by the name of the step.
const SHORT: [(&str, &str); 7] = [
    ("none", "all kept"),
    ("skin", "skin"),
    ("new_needles", "used"),
    ("cleaning", "dirty"),
    ("dryness", "moist"),
    ("air", "cover"),
    ("cloth", "cloth"),
];

/// Germs as a complete, self-contained HTML document.
#[must_use]
pub fn infection_html(report: &InfectionReport) -> String {
    document(
        &Shell {
            title: "Germs through needle channels",
            version: &report.engine.version,
            own_style: OWN_STYLE,
            skip: "Skip to the answer",
            brand: "germs",
        },
        &html! {
            h1 { "Germs through needle channels" }
            p { (sentence_case(&full_stop(&report.plan))) }
        },
        &html! {
            (what_stops(&report.stopped, report.per_1000.is_none().then_some(NO_NUMBERS)))
            @if let Some(per_1000) = &report.per_1000 {
                @if let Some(banner) = &report.banner {
                    p.banner role="note" { (banner) }
                }
                section aria-labelledby="range" {
                    h2 #range { "Infections in 1,000 courses" }
                    p {
                        strong { (per_mille(per_1000.low)) " to " (per_mille(per_1000.high)) }
                        ". "
                        (counted(report))
                    }
                    p { (report.note) }
                    (scrolling("Risk by regime", &html! {
                        table.worth {
                            caption { (REGIMES) }
                            thead {
                                tr {
                                    th scope="col" { "Regime" }
                                    @for name in COLUMNS {
                                        th scope="col" { (sentence_case(name)) }
                                    }
                                }
                            }
                            tbody {
                                @for regime in &report.regimes {
                                    tr {
                                        th scope="row" { (sentence_case(&regime.assumes)) }
                                        @for cell in risks(regime) {
                                            td { (cell) }
                                        }
                                    }
                                }
                            }
                        }
                    }))
                    p { (report.validated) }
                }
                @if let Some(punctures) = &report.punctures {
                    section aria-labelledby="inoculum" {
                        h2 #inoculum { "What a session carries in" }
                        p {
                            "It makes "
                            strong { (grouped(punctures.mean)) }
                            " punctures ("
                            (grouped(punctures.low))
                            " to "
                            (grouped(punctures.high))
                            ")."
                        }
                        @if let Some(inoculum) = &report.inoculum {
                            table {
                                caption { "Harmful germs" }
                                thead {
                                    tr {
                                        th scope="col" { "From" }
                                        th scope="col" { "Median" }
                                        th scope="col" { "5–95 %" }
                                    }
                                }
                                tbody {
                                    @let (skin, needles) = (&inoculum.skin, &inoculum.needles);
                                    @for (from, germs) in [("The skin", skin), ("The needles", needles)] {
                                        tr {
                                            th scope="row" { (from) }
                                            td { (number(germs.p50)) }
                                            td { (number(germs.p5)) " to " (number(germs.p95)) }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
                section aria-labelledby="closure" {
                    h2 #closure { "When the channels are closed" }
                    p { "It depends on what one looks with." }
                    table {
                        thead {
                            tr {
                                th scope="col" { "Looked at by" }
                                th scope="col" { "Hours, median" }
                                th scope="col" { "5–95 %" }
                            }
                        }
                        tbody {
                            @for clock in &report.closure {
                                tr {
                                    th scope="row" { (sentence_case(&clock.by)) }
                                    td { (number(clock.hours.p50)) }
                                    td { (number(clock.hours.p5)) " to " (number(clock.hours.p95)) }
                                }
                            }
                        }
                    }
                }
                (worth(report))
            }
        },
        &html! {
            p { (report.intended_use) }
        },
    )
}

/// Why a stopped plan shows no numbers.
const NO_NUMBERS: &str = "No numbers are shown for a plan that a rule stops; --for research shows them.";

/// What the table of regimes shows, and its columns.
const REGIMES: &str = "Infections in each regime: mean over people, median and 5–95 % over what is not known";
const COLUMNS: [&str; 3] = ["in a million punctures", "in 1,000 sessions", "in 1,000 courses"];

/// A regime's risk at three scales.
fn risks(regime: &RegimeRisk) -> [String; 3] {
    [
        spread(&regime.puncture, MILLION),
        spread(&regime.session, COURSES),
        spread(&regime.course, COURSES),
    ]
}

/// What was counted, or that nothing was.
fn counted(report: &InfectionReport) -> String {
    match &report.counted {
        Some(Frequency {
            mean: Some(mean),
            low,
            high,
        }) => format!(
            "Counted in clinics: about {} ({} to {}); the rest of the range is what models of germs span.",
            per_mille(*mean),
            per_mille(*low),
            per_mille(*high)
        ),
        _ => "Nobody has counted infections of such punctures, so there is no number within the range; it is what \
            models of germs span."
            .to_owned(),
    }
}

/// Each step left out: a picture for the plan's own site, and a table of all sites.
fn worth(report: &InfectionReport) -> Markup {
    let rows: Vec<DecadesRow> = report
        .ablation
        .iter()
        .filter_map(|step| {
            let own = step.sites.first()?;
            Some(DecadesRow {
                label: sentence_case(step.left_out.split(':').next().unwrap_or(&step.left_out)),
                strands: own
                    .regimes
                    .iter()
                    .map(|regime| (regime.name.replace('_', " "), regime.per_1000))
                    .collect(),
            })
        })
        .collect();
    let own = columns(report).first().map_or("the site", |site| site.label.as_str());
    let what = format!("Infections in 1,000 courses, {own}, by regime: median and 5–95 %");
    html! {
        section aria-labelledby="worth" {
            h2 #worth { "What each step of hygiene is worth" }
            p {
                "The same plan with every step kept, and with one left out. A cover changes nothing of what comes in; \
                    it changes what becomes of it."
            }
            @if let Some(chart) = decades("steps", &what, &what, (-3, 3), &rows) {
                figure {
                    (chart)
                    ul.legend {
                        @let names = ["white blood cells at once", "hours later", "beside fibres"];
                        @for (which, name) in names.iter().enumerate() {
                            li {
                                (line_key(which))
                                span { (name) }
                            }
                        }
                    }
                    figcaption { (what) "." }
                }
            }
            (scrolling("Steps by site", &html! {
                table.worth {
                    caption {
                        "Infections in 1,000 courses at the upper end of the range: the harshest regime, mean over \
                            people, at 95 % of what is not known. Darker is more"
                    }
                    thead {
                        tr {
                            th scope="col" { "Left out" }
                            @for site in columns(report) {
                                th scope="col" { (sentence_case(&site.label)) }
                            }
                        }
                    }
                    tbody {
                        @for step in &report.ablation {
                            tr {
                                th scope="row" { (sentence_case(&step.left_out)) }
                                @for site in &step.sites {
                                    td class=(shade(site.per_1000.high)) { (per_mille(site.per_1000.high)) }
                                }
                            }
                        }
                    }
                }
            }))
        }
    }
}

/// The class that shades a cell: a step for each decade from one on.
fn shade(per_mille: f64) -> &'static str {
    match per_mille {
        value if value < 1.0 => "h0",
        value if value < 10.0 => "h1",
        value if value < 100.0 => "h2",
        value if value < 500.0 => "h3",
        _ => "h4",
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

/// A probability as a count of `of`: median, and the ends of its range. Only where nothing comes in is it none at all;
/// elsewhere a zero is what is too small for the arithmetic.
fn spread(values: &Percentiles, of: f64) -> String {
    let least = if values.p95 > 0.0 { f64::MIN_POSITIVE } else { 0.0 };
    let [low, middle, high] = [values.p5, values.p50, values.p95].map(|value| number((value * of).max(least)));
    format!("{middle} ({low} to {high})")
}

/// Germs as tables for a terminal; a stopped plan has none for laypeople.
#[must_use]
pub fn infection_tables(report: &InfectionReport) -> Vec<TextTable> {
    if report.per_1000.is_none() {
        return Vec::new();
    }
    let head = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let plain = |name: &str| name.replace('_', " ");
    let ends = |values: &Percentiles| {
        vec![
            number(values.p50),
            format!("{} to {}", number(values.p5), number(values.p95)),
        ]
    };
    let mut tables = vec![TextTable {
        title: format!(
            "{}; {}",
            REGIMES.replace('–', "-"),
            report
                .regimes
                .iter()
                .map(|regime| format!("{}: {}", plain(&regime.name), regime.assumes))
                .collect::<Vec<_>>()
                .join("; ")
        ),
        head: [vec!["regime".to_owned()], head(&COLUMNS)].concat(),
        rows: report
            .regimes
            .iter()
            .map(|regime| [vec![plain(&regime.name)], risks(regime).to_vec()].concat())
            .collect(),
    }];
    tables.push(TextTable {
        title: "When the channels are closed, hours".to_owned(),
        head: head(&["looked at by", "median", "5-95 %"]),
        rows: report
            .closure
            .iter()
            .map(|clock| [vec![clock.by.clone()], ends(&clock.hours)].concat())
            .collect(),
    });
    if let Some(inoculum) = &report.inoculum {
        tables.push(TextTable {
            title: "Harmful germs that a session carries in".to_owned(),
            head: head(&["from", "median", "5-95 %"]),
            rows: [("the skin", &inoculum.skin), ("the needles", &inoculum.needles)]
                .into_iter()
                .map(|(from, germs)| [vec![from.to_owned()], ends(germs)].concat())
                .collect(),
        });
    }
    let own = |step: &Ablation| step.sites.first().cloned();
    tables.push(TextTable {
        title: format!(
            "One step of hygiene left out, all others kept, {}",
            columns(report).first().map_or("", |site| site.label.as_str())
        ),
        head: head(&["left out", "germs carried in", "in 1,000 courses, up to"]),
        rows: report
            .ablation
            .iter()
            .filter_map(|step| own(step).map(|site| (step, site)))
            .map(|(step, site)| {
                vec![
                    step.left_out.clone(),
                    median_with_range(&site.germs),
                    per_mille(site.per_1000.high),
                ]
            })
            .collect(),
    });
    tables.push(TextTable {
        title: "The same by site: infections in 1,000 courses, up to (columns in the order of the table above)"
            .to_owned(),
        head: [
            vec!["site".to_owned()],
            report.ablation.iter().map(|step| short(&step.step)).collect(),
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

/// What a step is called above its column.
fn short(step: &str) -> String {
    SHORT
        .iter()
        .find(|(name, _)| *name == step)
        .map_or(step, |(_, short)| short)
        .to_owned()
}

/// The opening lines of a terminal: the plan, what stops it, the range.
#[must_use]
pub fn infection_opening(report: &InfectionReport) -> String {
    let mut lines = vec![full_stop(&sentence_case(&report.plan))];
    if !report.stopped.is_empty() {
        lines.push(format!("{WHAT_STOPS}:"));
        lines.extend(report.stopped.iter().map(|line| format!("- {line}")));
    }
    match &report.per_1000 {
        None => lines.push(NO_NUMBERS.to_owned()),
        Some(per_1000) => {
            lines.push(format!(
                "Infections in 1,000 courses: {} to {}. {}",
                per_mille(per_1000.low),
                per_mille(per_1000.high),
                counted(report)
            ));
            if let Some(punctures) = &report.punctures {
                lines.push(format!("Punctures in a session: {}.", grouped(punctures.mean)));
            }
            lines.push(report.note.clone());
            lines.push(report.validated.clone());
        }
    }
    lines.join("\n")
}
