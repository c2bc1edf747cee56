//! What can go wrong, and what a course asks of a person.
//!
//! Harms are natural frequencies with one denominator, 1,000 courses, in both frames. What nobody has counted has a
//! range and no point.

use maud::{Markup, html};
use needlework::units::HOURS_PER_DAY;

use super::colours::{as_colour, skin};
use super::{Section, data};
use crate::chart::{courses, pain_scale};
use crate::model::{Burden, COURSES, Report};
use crate::words::{
    NOTHING, days_or_hours, full_stop, grouped, number, people_of, range_of_100, risk_range, risk_sentence,
    sentence_case,
};

/// Harms.
pub(super) fn risks(report: &Report) -> Option<Section> {
    if report.risks.is_empty() {
        return None;
    }
    let table = html! {
        table {
            thead {
                tr {
                    th scope="col" { "Of 1,000 courses" }
                    th.num scope="col" { "about" }
                    th.num scope="col" { "plausible range" }
                    th scope="col" { "counted?" }
                }
            }
            tbody {
                @for risk in &report.risks {
                    tr {
                        th scope="row" { (risk.title) }
                        td.num {
                            @match risk.per_1000.mean {
                                Some(mean) => (people_of(mean / COURSES, COURSES)),
                                None => (NOTHING),
                            }
                        }
                        td.num { (risk_range(risk)) }
                        td {
                            @if risk.counted { "yes" } @else { "no" }
                        }
                    }
                }
            }
        }
    };
    let body = html! {
        p {
            "Each picture shows 1,000 courses like this one. A full dot is a course in which it happens; a ring is one \
                in which it may, up to the high end of the plausible range."
        }
        div.risks {
            @for (place, risk) in report.risks.iter().enumerate() {
                div.risk {
                    h3 { (risk.title) }
                    p { (full_stop(&risk_sentence(risk))) }
                    @if risk.has_number() { (courses(&format!("risk{place}"), risk)) }
                    p.source {
                        @if risk.counted {
                            "Counted in studies: "
                            (full_stop(&risk.note))
                        } @else if risk.per_1000.mean.is_some() {
                            "Not counted in people like this: "
                            (full_stop(&risk.note))
                        } @else {
                            (full_stop(&sentence_case(&risk.note)))
                        }
                        @if !risk.validated.is_empty() { " Its test: " (full_stop(&risk.validated)) }
                    }
                }
            }
        }
        (data("All of these in one table", &table))
    };
    Some(Section {
        id: "risks",
        title: "What can go wrong",
        body,
    })
}

/// The cost of the course beside courses of other kinds.
fn prices(burden: &Burden) -> Markup {
    html! {
        table {
            thead {
                tr {
                    th scope="col" { "A course of" }
                    th.num scope="col" { "about" }
                    th.num scope="col" { "plausible range" }
                    th scope="col" { "where the price comes from" }
                }
            }
            tbody {
                @for price in &burden.prices {
                    tr {
                        th scope="row" { (sentence_case(&price.label)) }
                        td.num { "€" (grouped(price.euros.mean)) }
                        td.num { "€" (grouped(price.euros.low)) " to €" (grouped(price.euros.high)) }
                        td { (sentence_case(&price.note)) }
                    }
                }
            }
        }
    }
}

/// Redness at times after a session; with colours, a patch of needled skin in the skin around it.
fn redness_look(burden: &Burden, skin: Option<&str>) -> Markup {
    let skin = skin.filter(|_| burden.redness_look.iter().any(|look| look.srgb.is_some()));
    html! {
        table.redness {
            thead {
                tr {
                    th scope="col" { "After" }
                    @if skin.is_some() {
                        th scope="col" { "looks, simulated" }
                    }
                    th scope="col" { "still seen, of 100 people" }
                    th scope="col" { "redder by, in a*" }
                }
            }
            tbody {
                @for look in &burden.redness_look {
                    @let days = look.hours / HOURS_PER_DAY;
                    @let (after, _) = days_or_hours(days, days, days);
                    tr {
                        th scope="row" { (after) }
                        @if let Some(skin) = skin {
                            td {
                                @if let Some(red) = look.srgb.as_deref().and_then(as_colour) {
                                    svg .look
                                        role="img"
                                        viewBox="0 0 48 18"
                                        aria-label={
                                            "Needled skin beside the skin around it, after "
                                            (after)
                                            ", simulated"
                                        }
                                    {
                                        rect width="48" height="18" fill=(skin) {}
                                        rect x="12" width="24" height="18" fill=(red) {}
                                    }
                                }
                            }
                        }
                        td {
                            (people_of(look.seen_share.mean, 100.0))
                            " "
                            small { (range_of_100(&look.seen_share)) }
                        }
                        td {
                            (number(look.delta_a.p50))
                            " "
                            small { (number(look.delta_a.p5)) " to " (number(look.delta_a.p95)) }
                        }
                    }
                }
            }
        }
    }
}

/// Pain, redness, downtime, cost, bleeding.
pub(super) fn burden(report: &Report) -> Option<Section> {
    let burden = report.burden.as_ref()?;
    let bleeding = burden.bleeding;
    let body = html! {
        div.block {
            h3 { "Pain of a session" }
            p {
                "On a scale from 0 (no pain) to 10 (worst imaginable) the middle person says about "
                strong { (number(burden.pain.p50)) }
                "; 90 of 100 say between "
                (number(burden.pain.p5))
                " and "
                (number(burden.pain.p95))
                ". In a word: "
                (burden.pain_word)
                "."
            }
            figure.single { (pain_scale(&burden.pain)) }
            p.source {
                "Below 1: barely felt. 1 to 3: mild. 4 to 6: moderate. 7 to 10: severe. Its test: "
                (full_stop(&burden.validated.pain))
            }
        }
        dl.facts.wide {
            div {
                dt { "Redness after a session" }
                @let (middle, range) = days_or_hours(
                    burden.redness_days.p50,
                    burden.redness_days.p5,
                    burden.redness_days.p95,
                );
                dd {
                    (middle)
                    " "
                    small { "90 of 100 people: " (range) }
                }
            }
            div {
                dt { "Before one would go out" }
                @let (middle, range) = days_or_hours(
                    burden.downtime_days.p50,
                    burden.downtime_days.p5,
                    burden.downtime_days.p95,
                );
                dd {
                    (middle)
                    " "
                    small { "90 of 100 people: " (range) }
                }
            }
            div {
                dt { "Cost of the course" }
                dd {
                    "about €"
                    (grouped(burden.cost.euros.mean))
                    " "
                    small { "€" (grouped(burden.cost.euros.low)) " to €" (grouped(burden.cost.euros.high)) }
                }
            }
            div {
                dt { "Holes that bleed, of 100" }
                dd {
                    (people_of(bleeding.pinpoint_share.mean, 100.0))
                    " "
                    small { (range_of_100(&bleeding.pinpoint_share)) }
                }
            }
            div {
                dt { "Holes that bleed more than a pinpoint, of 100" }
                dd {
                    (people_of(bleeding.more_share.mean, 100.0))
                    " "
                    small { (range_of_100(&bleeding.more_share)) }
                }
            }
        }
        p.source {
            "Cost: "
            (full_stop(&burden.cost.note))
            " A hole bleeds as a pinpoint if it cuts one of the uppermost small vessels, and more if it cuts one of \
                the layer below; where these vessels lie is assumed from textbooks; "
            (full_stop(&burden.validated.bleeding))
            " Redness counts until it is no longer noticed; how strong it begins is assumed."
        }
        div.tables {
            @if burden.redness_look.iter().any(|look| look.seen_share.mean > 0.0) {
                div.block {
                    h3 { "How redness fades" }
                    (redness_look(burden, skin(report)))
                    p.source {
                        "a* is redness in the CIE's colour space; about 1 more is taken to be just noticed. How red it \
                            begins is assumed. Darker skin shows it less, which is not in these numbers"
                        @if skin(report).is_some() { " but in the pictures" }
                        ". Its test: "
                        (full_stop(&burden.validated.redness))
                    }
                }
            }
            @if !burden.prices.is_empty() {
                div.block {
                    h3 { "What courses of other kinds cost" }
                    (prices(burden))
                    p.source {
                        "Costs alone: what a laser or a cream does is not compared here. Put your own prices into the \
                            case."
                    }
                }
            }
        }
    };
    Some(Section {
        id: "burden",
        title: "What a course asks of a person",
        body,
    })
}
