//! A block of skin: the numbers for programs, and a page with still pictures and the same in words. The script that
//! turns it takes everything from this page, so that nothing of it is computed in the browser.

use maud::{Markup, html};
use needlework::questions::{BlockCollagen, BlockReport, BlockSkin, block};
use needlework_figures::chart::{BlockHoles, BlockStill, block_still};
use needlework_figures::style::scrolling;
use needlework_figures::words::{full_stop, sentence_case};
use needlework_pages as pages;
use serde_json::json;

use super::block_stops::{BlockStop, labels, signed, stops};
use super::room::Made;
use super::sent::asked;
use crate::fault::Fault;
use crate::form::Form;
use crate::house::House;
use crate::shell::{BLOCK, Page};
use crate::words::{Words, fill};
use crate::works::Watch;

/// Works out the block of a case.
pub(super) fn work(house: &House, form: &Form, watch: &Watch) -> Result<Made, Fault> {
    let how = asked(house, form, House::whole())?;
    let case = house.case(form.get("case"))?;
    let made = block(&case, &house.inquiry(how), &mut |at| watch.at(at))
        .map_err(|error| Fault::failed("the block of skin could not be made", error))?;
    let json = pages::json_text(&made).map_err(|error| Fault::failed("block.json could not be made", error))?;
    let words = house.words;
    let page = house.plain(&Page {
        title: words.block_room,
        brand: words.room_brand,
        main: html! {
            p.lead { (words.block_lead) }
            @match &made.skin {
                Some(skin) => { (shown(words, &made, skin)) script src=(BLOCK) defer {} }
                None => (nothing(words, &made)),
            }
        },
    });
    Ok(Made { page, json })
}

/// Why there is nothing to show.
fn nothing(words: &Words, made: &BlockReport) -> Markup {
    html! {
        div.card.referred {
            p { (if made.stopped.is_empty() { words.block_nothing } else { words.block_stopped }) }
            (reasons(&made.stopped))
        }
    }
}

/// What stops a plan, as a list; nothing where nothing does.
pub(super) fn reasons(stopped: &[String]) -> Markup {
    html! {
        @if !stopped.is_empty() {
            ul {
                @for reason in stopped {
                    li { (full_stop(reason)) }
                }
            }
        }
    }
}

/// The section that the answer takes in: still pictures, a key, and every month in words.
fn shown(words: &Words, made: &BlockReport, skin: &BlockSkin) -> Markup {
    let stops = stops(words, skin, made.collagen.as_ref());
    let first = stops.iter().find(|stop| stop.needles).or(stops.first());
    let last = stops.last().filter(|stop| stop.month.is_some());
    html! {
        section.own.in-skin
            #in-the-skin
            aria-labelledby="in-the-skin-title"
            data-block=(numbers(words, made, skin, &stops))
        {
            h2 #in-the-skin-title { (words.block_title) }
            @if !made.stopped.is_empty() {
                div.card.referred { p { (words.block_research) } (reasons(&made.stopped)) }
            }
            p { (words.block_who) }
            @if made.collagen.is_none() { p.note { (words.block_no_collagen) } }
            div.stills {
                p.quiet { (words.block_strip) }
                div.pair {
                    @for (place, stop) in first.into_iter().chain(last).enumerate() {
                        figure {
                            figcaption { (stop.label) }
                            (still(words, made, skin, place, stop))
                        }
                    }
                }
            }
            (key(words, skin, made.collagen.as_ref()))
            details {
                summary { (words.block_table) }
                (scrolling(words.block_table, &table(words, &stops)))
            }
        }
    }
}

/// Everything that the script draws and says.
fn numbers(words: &Words, made: &BlockReport, skin: &BlockSkin, stops: &[BlockStop]) -> String {
    json!({
        "skin": skin,
        "collagen": made.collagen,
        "stops": stops,
        "labels": labels(words, skin),
        "names": skin.layers.iter().map(|layer| sentence_case(&layer.name)).collect::<Vec<_>>(),
        "words": {
            "canvas": words.block_canvas,
            "left": words.block_left,
            "right": words.block_right,
            "up": words.block_up,
            "down": words.block_down,
            "play": words.block_play,
            "pause": words.block_pause,
            "without": words.block_without,
            "when": words.block_when,
            "depth": words.block_depth,
            "scale": words.block_scale,
        },
    })
    .to_string()
}

fn still(words: &Words, made: &BlockReport, skin: &BlockSkin, place: usize, stop: &BlockStop) -> Markup {
    let collagen = made.collagen.as_ref();
    let month = collagen
        .zip(stop.month)
        .and_then(|(collagen, at)| Some((collagen, collagen.months.get(at)?)));
    let shades: Vec<(f64, f64, f64)> = month.map_or_else(Vec::new, |(collagen, month)| {
        let depths = collagen.depths_um.windows(2);
        depths
            .zip(&month.treated)
            .map(|(depth, value)| (depth[0], depth[1], (value - 1.0) / (collagen.normal - 1.0)))
            .collect()
    });
    block_still(&BlockStill {
        id: &format!("still{place}"),
        skin,
        holes: if stop.needles {
            BlockHoles::Needled
        } else {
            BlockHoles::Closed
        },
        shades: &shades,
        title: &stop.label,
        description: &stop.text,
        depth: words.block_depth,
        scale: words.block_scale,
    })
}

/// What the colours mean.
fn key(words: &Words, skin: &BlockSkin, collagen: Option<&BlockCollagen>) -> Markup {
    html! {
        ul.legend {
            @if !skin.holes.is_empty() {
                li { span.of-sample.of-needle {} (words.block_key_needle) }
                li { span.of-sample.of-hole {} (words.block_key_hole) }
                li { span.of-sample.of-closed {} (words.block_key_closed) }
            }
            @if let Some(collagen) = collagen {
                @let normal = signed(words, collagen.normal);
                li { span.of-sample.of-more {} (fill(words.block_key_more, &[("normal", &normal)])) }
                li { span.of-sample.of-less {} (words.block_key_less) }
            }
        }
    }
}

fn table(words: &Words, stops: &[BlockStop]) -> Markup {
    html! {
        table.listed {
            thead {
                tr {
                    th scope="col" { (words.block_when) }
                    th scope="col" { (words.block_seen) }
                }
            }
            tbody {
                @for stop in stops {
                    tr {
                        th scope="row" { (stop.label) }
                        td { (stop.text) }
                    }
                }
            }
        }
    }
}
