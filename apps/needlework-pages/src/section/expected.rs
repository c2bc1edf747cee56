//! What may be expected: people like this with the plan beside the same people doing nothing.
//!
//! It opens with the share who see little or no change. Without a forecast it says only how far the evidence reaches.

use maud::{Markup, html};
use needlework::cohort::SOME_FROM;
use needlework::units::PERCENT;

use super::{Section, data, scrolling};
use crate::chart::{self, bands, bands_legend, hypotheses, hypotheses_legend, improvement_axis};
use crate::model::{Forecast, Outcome, Reading, Report};
use crate::words::{
    certainty_word, classes, fine, full_stop, gain_moment, landmark_months, lead_month, months, number, people_of,
    people_short, range_of_100, reach_sentence, sentence_case, share_with_range,
};

/// The section.
pub(super) fn expected(report: &Report) -> Option<Section> {
    let reach = html! {
        p { (reach_sentence(report.reach.level)) }
        (super::list(&report.reach.reasons))
    };
    let body = match &report.forecast {
        None => html! {
            (reach)
        },
        Some(forecast) => html! {
            (lead(report, forecast))
            (hundreds(report, forecast))
            (one_person(report, forecast))
            (table(report, forecast))
            (curves(report, forecast))
            (by_law(report, forecast))
            div.block {
                h3 { "How far the evidence reaches" }
                (reach)
            }
        },
    };
    let title = if report.forecast.is_some() {
        "What may be expected"
    } else {
        "How far the evidence reaches"
    };
    Some(Section {
        id: "expected",
        title,
        body,
    })
}

/// The sentences that open the section.
fn lead(report: &Report, forecast: &Forecast) -> Markup {
    html! {
        @if let Some(expect) = &report.verdict.first.expect {
            p.lead { (expect) }
        }
        @if let Some(gain) = report.gain25 {
            p {
                "Because of the plan, about "
                strong { (people_of(gain.share.mean, 100.0)) }
                " of 100 gain at least 25 points more than they would have without it, "
                (gain_moment(&gain))
                ". No change is 0 points, marks that are gone are 100."
            }
        }
        p {
            strong { (sentence_case(certainty_word(report.certainty))) "." }
            " The range of the average gain says where it may well lie; it is wide because much is not known. Counts \
                of people have none: they are the mean of all that may be so."
        }
        @if forecast.extrapolated {
            p.note { "Extrapolated: part of this lies outside what has been studied." }
        }
    }
}

/// A hundred figures beside a hundred figures.
fn hundreds(report: &Report, forecast: &Forecast) -> Markup {
    let Some(at) = lead_month(report) else { return html! {} };
    let (with, without) = (&forecast.treated[at], &forecast.untreated[at]);
    let when = months(forecast.months[at]);
    html! {
        div.block {
            h3 { "The same 100 people, " span data-when="" { (when) } " after the first session" }
            div.hundreds {
                figure {
                    figcaption { "With this plan" }
                    (chart::figures(
                        "with",
                        &format!("100 people with this plan after {when}"),
                        with,
                    ))
                }
                figure {
                    figcaption { "Doing nothing" }
                    (chart::figures(
                        "without",
                        &format!("The same 100 people doing nothing, after {when}"),
                        without,
                    ))
                }
                (chart::figures_legend(with, without))
            }
            p.quiet {
                "“Some” is 25 to 50 % better than at the start, “clear” 50 to 75 %, “strong” more than 75 %; “worse” \
                    is more than 10 % worse; the rest is little or no change."
            }
        }
    }
}

/// What one person may gain, as dots.
fn one_person(report: &Report, forecast: &Forecast) -> Markup {
    let Some(at) = lead_month(report) else { return html! {} };
    let when = months(forecast.months[at]);
    let alike = &forecast.gains.alike;
    let shown = alike.iter().any(|gain| *gain != 0.0);
    let picture = chart::dots(
        "one-person",
        &format!("What one person may gain over doing nothing, {when} after the first session"),
        "points more than doing nothing; 100 is the whole mark",
        (0.0, 50.0),
        SOME_FROM,
        alike,
    );
    html! {
        @if let Some(picture) = picture.filter(|_| shown) {
            div.block {
                h3 { "For one person" }
                figure.single {
                    figcaption {
                        "Each dot is one chance in "
                        (alike.len())
                        ": how people differ and what nobody knows, together"
                    }
                    (picture)
                }
            }
        }
    }
}

/// Shares by month and arm.
fn table(report: &Report, forecast: &Forecast) -> Markup {
    let research = report.reading == Reading::Research;
    let shown = if research {
        (0..forecast.months.len()).collect()
    } else {
        landmark_months(forecast)
    };
    let rows: Vec<(usize, &Outcome, &Outcome)> = shown
        .into_iter()
        .filter_map(|at| Some((at, forecast.treated.get(at)?, forecast.untreated.get(at)?)))
        .collect();
    let table = html! {
        table.shares {
            thead {
                tr {
                    th scope="col" { "Of 100" }
                    @for name in ["worse", "little or no change", "some", "clear", "strong"] {
                        th.num scope="col" { (name) }
                    }
                    @if research {
                        th.num scope="col" { "severity, start = 1" }
                    }
                }
            }
            @for (at, with, without) in &rows {
                // What a script needs to draw the figures of another time: their numbers and their words.
                tbody data-month=(forecast.months[*at]) data-when=(months(forecast.months[*at])) {
                    tr {
                        th.when scope="rowgroup" colspan=(if research { 7 } else { 6 }) {
                            "After "
                            (months(forecast.months[*at]))
                        }
                    }
                    @for (arm, outcome) in [("this plan", with), ("nothing", without)] {
                        tr data-people=(chart::figures_counted(outcome)) data-said=(chart::figures_said(outcome)) {
                            th.arm scope="row" { (arm) }
                            @for (_, _, share) in classes(outcome) {
                                td.num {
                                    (people_short(share.mean))
                                    @if research {
                                        " "
                                        small { (range_of_100(&share)) }
                                    }
                                }
                            }
                            @if research {
                                td.num {
                                    (fine(outcome.severity.p50))
                                    " "
                                    small { (fine(outcome.severity.p5)) " to " (fine(outcome.severity.p95)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    };
    html! {
        div.block {
            h3 { "Over the months" }
            p.quiet {
                "People of 100."
                @if research {
                    " Below each number what it is in a world, 5–95 % of worlds. Severity: median of people, 5–95 % \
                        below."
                }
            }
            (scrolling("Shares of people by month", &table))
            @if research {
                p.quiet {
                    "Drawing finitely many people adds a standard error of "
                    (number(forecast.sampling_error * PERCENT))
                    " points to each share."
                }
            }
        }
    }
}

/// Improvement over the months, both arms at the same size.
fn curves(report: &Report, forecast: &Forecast) -> Markup {
    let figures = &report.figures;
    let (with, without) = (&figures.improvement_treated, &figures.improvement_untreated);
    if figures.months.is_empty() || with.is_empty() || without.is_empty() {
        return html! {};
    }
    let axis = improvement_axis(&[with, without]);
    let describe = |curve: &[crate::model::Percentiles], arm: &str| {
        let (Some(last), Some(month)) = (curve.last(), figures.months.last()) else {
            return String::new();
        };
        format!(
            "Improvement {arm}. At {} the middle person stands at {} %, 50 of 100 people between {} and {} %, 90 of \
                100 between {} and {} %.",
            months(*month),
            number(last.p50),
            number(last.p25),
            number(last.p75),
            number(last.p5),
            number(last.p95)
        )
    };
    let (about_with, about_without) = (describe(with, "with this plan"), describe(without, "doing nothing"));
    let picture = |id, title, description, curve, sessions, treated| {
        bands(&chart::Bands {
            id,
            title,
            description,
            months: &figures.months,
            curve,
            sessions,
            treated,
            axis,
        })
    };
    let table = html! {
        table {
            thead {
                tr {
                    th scope="col" { "Month" }
                    th.num scope="col" { "With this plan: middle (90 of 100)" }
                    th.num scope="col" { "Doing nothing: middle (90 of 100)" }
                }
            }
            tbody {
                @for ((month, with), without) in figures.months.iter().zip(with).zip(without) {
                    tr {
                        th scope="row" { (number(*month)) }
                        @for p in [with, without] {
                            td.num { (number(p.p50)) " % (" (number(p.p5)) " to " (number(p.p95)) ")" }
                        }
                    }
                }
            }
        }
    };
    html! {
        div.block {
            h3 { "The course over time" }
            @if forecast.extrapolated {
                p.note { "Extrapolated beyond what has been studied." }
            }
            div.pair {
                figure {
                    figcaption { "With this plan" }
                    (picture(
                        "curve-with",
                        "Improvement with this plan",
                        &about_with,
                        with,
                        &figures.sessions[..],
                        true,
                    ))
                }
                figure {
                    figcaption { "Doing nothing" }
                    (picture(
                        "curve-without",
                        "Improvement doing nothing",
                        &about_without,
                        without,
                        &[],
                        false,
                    ))
                }
            }
            (bands_legend())
            (data("The data of these two charts", &table))
        }
    }
}

/// What each law says about later.
fn by_law(report: &Report, forecast: &Forecast) -> Markup {
    if forecast.by_hypothesis.is_empty() {
        return html! {};
    }
    let research = report.reading == Reading::Research;
    let shown = landmark_months(forecast);
    let table = html! {
        table {
            thead {
                tr {
                    th scope="col" { "Idea" }
                    @for at in &shown {
                        th.num scope="col" { "little or no change, " (months(forecast.months[*at])) }
                    }
                    @if research {
                        @for at in &shown {
                            th.num scope="col" { "clear or strong, " (months(forecast.months[*at])) }
                        }
                    }
                }
            }
            tbody {
                @for law in &forecast.by_hypothesis {
                    tr {
                        th scope="row" {
                            (law.label)
                            @if research {
                                " "
                                code { (law.name) }
                            }
                        }
                        @for at in &shown {
                            td.num {
                                @if let Some(outcome) = law.treated.get(*at) {
                                    @if research { (share_with_range(&outcome.none)) } @else {
                                        (people_short(outcome.none.mean))
                                    }
                                }
                            }
                        }
                        @if research {
                            @for at in &shown {
                                td.num {
                                    @if let Some(outcome) = law.treated.get(*at) {
                                        (people_short(outcome.clear.mean + outcome.strong.mean))
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    };
    html! {
        div.block {
            h3 { "Does a gain last?" }
            p {
                "Nobody knows: trials were too short to tell. The numbers above mix these ideas; here each stands \
                    alone."
            }
            @match hypotheses(forecast, &report.figures) {
                Some(chart) => div.beside {
                    figure.single { (chart) }
                    (hypotheses_legend(forecast))
                },
                None => ul {
                    @for law in &forecast.by_hypothesis {
                        li { (full_stop(&law.label)) }
                    }
                },
            }
            (data("People of 100 under each idea", &table))
        }
    }
}
