//! The moments at which a block of skin is looked at, each with what is seen in words. All words and numbers of the
//! picture's text come from here, with a script and without.

use needlework::questions::{BlockCollagen, BlockMonth, BlockSkin};
use needlework::units::{PERCENT, UM_PER_MM};
use needlework_figures::numbers::grouped;
use needlework_figures::words::sentence_case;
use serde::Serialize;

use crate::words::{Words, fill};

/// One moment.
#[derive(Debug, Serialize)]
pub(super) struct BlockStop {
    /// What it is called.
    pub(super) label: String,
    /// What is seen.
    pub(super) text: String,
    /// The month whose collagen is shown, by its place.
    pub(super) month: Option<usize>,
    /// Whether the needles are in.
    pub(super) needles: bool,
    /// Whether the holes are there, open.
    pub(super) open: bool,
}

/// Every moment: before, the first session with its needles in and out, and the months.
pub(super) fn stops(words: &Words, skin: &BlockSkin, collagen: Option<&BlockCollagen>) -> Vec<BlockStop> {
    let mut stops = vec![BlockStop {
        label: words.block_before.to_owned(),
        text: layers(words, skin, collagen),
        month: collagen.map(|_| 0),
        needles: false,
        open: false,
    }];
    if !skin.holes.is_empty() {
        for (label, needles) in [(words.block_in, true), (words.block_out, false)] {
            let further = if needles {
                sentences([needle_length(words, skin), words.block_at_once.to_owned()])
            } else {
                words.block_open.to_owned()
            };
            stops.push(BlockStop {
                label: label.to_owned(),
                text: sentences([holes(words, skin), further]),
                month: collagen.map(|_| 0),
                needles,
                open: !needles,
            });
        }
    }
    if let Some(collagen) = collagen {
        let months = collagen.months.iter().enumerate().skip(1);
        stops.extend(months.map(|(at, month)| BlockStop {
            label: fill(words.block_month, &[("month", &month.month.to_string())]),
            text: course(words, collagen, at, month),
            month: Some(at),
            needles: false,
            open: false,
        }));
    }
    stops
}

/// What each layer is called in the picture, with how deep it goes.
pub(super) fn labels(words: &Words, skin: &BlockSkin) -> Vec<String> {
    let label = |layer: &needlework::verdict::Layer| {
        let name = sentence_case(&layer.name);
        if layer.to_um > skin.shown_to_um {
            fill(words.block_below, &[("name", &name)])
        } else {
            fill(words.block_label, &[("name", &name), ("to", &mm(layer.to_um))])
        }
    };
    skin.layers.iter().map(label).collect()
}

/// A ratio as what is more or less than one.
pub(super) fn signed(words: &Words, ratio: f64) -> String {
    // numerical: what rounds to nothing is no change
    const NOTHING: f64 = 0.0005;
    let more = ratio - 1.0;
    if more.abs() < NOTHING {
        return words.block_same.to_owned();
    }
    let value = format!("{:.1}", PERCENT * more.abs());
    let sign = if more > 0.0 { "+" } else { "−" };
    fill(words.block_percent, &[("sign", sign), ("value", &value)])
}

/// A depth or a thickness in millimetres, as fine as it is worth.
fn mm(um: f64) -> String {
    // numerical: below a tenth of a millimetre a hundredth is too coarse
    const THIN_UM: f64 = 100.0;
    let text = if um < THIN_UM {
        format!("{:.3}", um / UM_PER_MM)
    } else {
        format!("{:.2}", um / UM_PER_MM)
    };
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn sentences<const N: usize>(all: [String; N]) -> String {
    let said: Vec<String> = all.into_iter().filter(|text| !text.is_empty()).collect();
    said.join(" ")
}

fn layers(words: &Words, skin: &BlockSkin, collagen: Option<&BlockCollagen>) -> String {
    let each = skin.layers.iter().map(|layer| {
        let thickness = mm(layer.to_um - layer.from_um);
        fill(words.block_layer, &[("name", &layer.name), ("thickness", &thickness)])
    });
    let each: Vec<String> = each.collect();
    sentences([
        fill(words.block_layers, &[("layers", &each.join(", "))]),
        fill(words.block_cut, &[("depth", &mm(skin.shown_to_um))]),
        collagen.map_or_else(String::new, |collagen| {
            fill(words.block_normal, &[("normal", &signed(words, collagen.normal))])
        }),
    ])
}

fn holes(words: &Words, skin: &BlockSkin) -> String {
    let Some(median) = skin.median_depth_um else {
        return words.block_no_holes.to_owned();
    };
    let count = |count: usize| match count {
        0 => words.block_none.to_owned(),
        count => grouped(count as f64),
    };
    let said = [
        ("holes", count(skin.holes.len())),
        ("side", mm(skin.side_um)),
        ("dermis", count(skin.reach_dermis)),
        ("fat", count(skin.reach_fat)),
        ("median", mm(median)),
    ];
    fill(
        words.block_holes,
        &said.each_ref().map(|(name, text)| (*name, text.as_str())),
    )
}

fn needle_length(words: &Words, skin: &BlockSkin) -> String {
    let length = skin.needle_length_um.map(mm);
    length.map_or_else(String::new, |length| fill(words.block_needles, &[("length", &length)]))
}

fn course(words: &Words, collagen: &BlockCollagen, at: usize, month: &BlockMonth) -> String {
    let [treated, upper, lower, untreated] = [
        month.treated_mean,
        month.treated_upper,
        month.treated_lower,
        month.untreated_mean,
    ]
    .map(|ratio| signed(words, ratio));
    let others = collagen.by_law.iter().filter(|law| law.name != collagen.law);
    let others: Vec<String> = others
        .filter_map(|law| {
            let value = signed(words, *law.treated.get(at)?);
            Some(fill(words.block_law, &[("value", &value), ("law", &law.label)]))
        })
        .collect();
    let (done, all) = (month.sessions.to_string(), collagen.sessions_days.len().to_string());
    sentences([
        fill(words.block_sessions, &[("count", &done), ("all", &all)]),
        fill(
            words.block_collagen,
            &[
                ("treated", &treated),
                ("upper", &upper),
                ("lower", &lower),
                ("untreated", &untreated),
            ],
        ),
        fill(
            words.block_laws,
            &[("law", &collagen.law_label), ("others", &others.join(", "))],
        ),
    ])
}
