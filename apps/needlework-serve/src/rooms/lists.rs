//! What is known, as lists: rules, devices, body sites, and the questions that a case can answer.

use maud::{Markup, html};
use needlework::rules::{RuleLine, conditions as all_conditions, lines as all_rules, named};
use needlework_desk::named::unknown_name;
use needlework_figures::style::scrolling;
use needlework_figures::words::full_stop;
use needlework_pages::word;
use serde_json::json;

use super::room::Made;
use super::sent::{said, to_text};
use crate::fault::Fault;
use crate::form::Form;
use crate::house::House;
use crate::shell::Page;
use crate::works::Watch;

/// The safety rules, or those whose name begins so.
pub(super) fn rules(house: &House, form: &Form, _: &Watch) -> Result<Made, Fault> {
    let all = all_rules(&house.library.rules);
    let wanted = said(form, "id").unwrap_or_default();
    let found = named(&all, wanted);
    if found.is_empty() {
        let ids = all.iter().map(|line| line.id.as_str());
        let list = "the page of the rules lists all";
        return Err(unknown_name(&format!("there is no rule `{wanted}`"), wanted, ids, list).into());
    }
    let sources = house.library.rules.sources();
    let origin = |line: &RuleLine| -> String {
        let title = |key: &String| {
            sources
                .iter()
                .find(|source| &source.key == key)
                .map(|source| source.title.clone())
        };
        let titles: Vec<String> = line.sources.iter().filter_map(title).collect();
        if titles.is_empty() {
            house.words.our_judgement.to_owned()
        } else {
            titles.join("; ")
        }
    };
    let words = house.words;
    let main = html! {
        p.lead { (words.rules_lead) }
        ul.why {
            @for line in &found {
                li id={ "rule-" (line.id.to_lowercase()) } {
                    p {
                        strong { (line.id) }
                        " "
                        span.quiet {
                            (words.at_home)
                            ": "
                            (word(&json!(line.home)))
                            ". "
                            (words.in_clinic)
                            ": "
                            (word(&json!(line.clinic)))
                            "."
                        }
                    }
                    p { (full_stop(&line.reason)) }
                    @if let Some(instead) = &line.instead {
                        p { (words.instead) ": " (full_stop(instead)) }
                    }
                    p.source { (words.source) ": " (full_stop(&origin(line))) }
                }
            }
        }
    };
    Ok(Made {
        json: to_text(&json!(found)),
        page: house.plain(&Page {
            title: words.rules_title,
            brand: words.room_brand,
            main,
        }),
    })
}

/// The devices.
pub(super) fn devices(house: &House, _: &Form, _: &Watch) -> Result<Made, Fault> {
    let (words, devices) = (house.words, house.library.catalog.devices());
    let rows = devices.iter().map(|device| {
        let length = match (device.geometry.needle_length, device.shortest, device.longest) {
            (Some(length), _, _) => length.to_string(),
            (None, Some(shortest), Some(longest)) => format!("{shortest} to {longest}"),
            _ => words.not_stated.to_owned(),
        };
        let needles = device
            .geometry
            .needles
            .map_or_else(|| words.not_stated.to_owned(), |count| count.to_string());
        let kind = word(&json!(device.kind)).replace('_', " ");
        (
            device.name.clone(),
            vec![device.label.clone(), kind, length, needles, device.source.clone()],
        )
    });
    let head = [
        words.name,
        words.what,
        words.kind,
        words.needle_length,
        words.needles,
        words.source,
    ];
    Ok(Made {
        json: to_text(&json!(devices)),
        page: listed(house, words.devices_title, words.devices_lead, &head, rows.collect()),
    })
}

/// The body sites.
pub(super) fn sites(house: &House, _: &Form, _: &Watch) -> Result<Made, Fault> {
    let (words, sites) = (house.words, house.library.catalog.sites());
    let rows = sites.iter().map(|site| {
        let classes = site.classes.iter().map(|class| word(&json!(class)).replace('_', " "));
        let cells = vec![site.label.clone(), classes.collect::<Vec<_>>().join(", ")];
        (site.name.clone(), cells)
    });
    let head = [words.name, words.place_of_body, words.kind];
    Ok(Made {
        json: to_text(&json!(sites)),
        page: listed(house, words.sites_title, words.sites_lead, &head, rows.collect()),
    })
}

/// The questions that a case can answer.
pub(super) fn conditions(house: &House, _: &Form, _: &Watch) -> Result<Made, Fault> {
    let (words, found) = (house.words, all_conditions(&house.library.rules));
    let rows = found.iter().map(|condition| {
        let serious = if condition.serious { words.serious } else { "" };
        let cells = vec![
            condition.question.clone(),
            condition.rules.join(" "),
            serious.to_owned(),
        ];
        (condition.field.clone(), cells)
    });
    let head = [words.name, words.question, words.rule, words.weight];
    Ok(Made {
        json: to_text(&json!(found)),
        page: listed(
            house,
            words.conditions_title,
            words.conditions_lead,
            &head,
            rows.collect(),
        ),
    })
}

/// A list as a page.
fn listed(house: &House, title: &str, lead: &str, head: &[&str], rows: Vec<(String, Vec<String>)>) -> String {
    house.plain(&Page {
        title,
        brand: house.words.room_brand,
        main: html! {
            p.lead { (lead) }
            (table(title, head, &rows))
        },
    })
}

fn table(title: &str, head: &[&str], rows: &[(String, Vec<String>)]) -> Markup {
    let table = html! {
        table.listed {
            thead {
                tr {
                    @for name in head {
                        th scope="col" { (name) }
                    }
                }
            }
            tbody {
                @for (name, cells) in rows {
                    tr id={ "row-" (name.to_lowercase()) } {
                        th scope="row" { (name.replace('_', " ")) }
                        @for cell in cells {
                            td { (cell) }
                        }
                    }
                }
            }
        }
    };
    scrolling(title, &table)
}
