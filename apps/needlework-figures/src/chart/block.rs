//! A block of skin as a still picture: its middle from the side, to scale in both directions.
//!
//! It draws the layers, holes and shades that it is given and invents none. Holes are those within a strip along the
//! middle of the block; their needles may be drawn in them. A shade is collagen between two depths, from as before to
//! that of normal skin. All its words are its caller's.

use maud::{Markup, html};
use needlework::questions::{BlockHole, BlockSkin};
use needlework::units::UM_PER_MM;

use crate::words::sentence_case;

/// Pixels of a millimetre.
const SCALE: f64 = 104.0;
/// Where the block begins, pixels.
const LEFT: f64 = 34.0;
/// Room above the surface, where needles stick out, and below the block, pixels.
const TOP: f64 = 52.0;
const FOOT: f64 = 30.0;
/// Room for the names of layers, pixels.
const NAMES: f64 = 118.0;
/// Least distance of two names, pixels.
const APART: f64 = 16.0;
/// Half of the strip whose holes are drawn, µm.
const HALF_STRIP_UM: f64 = 500.0;
/// How strong the strongest shade is.
const STRONGEST: f64 = 0.9;

/// How a needle looks: steel, with a rim that tells it from the next.
const NEEDLE: &str = "fill: var(--muted); stroke: var(--paper); stroke-width: 0.8";

/// What is drawn of the holes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockHoles {
    /// Needles stand in them.
    Needled,
    /// They have closed: only where they were.
    Closed,
}

/// A still picture of a block.
#[derive(Debug, Clone, Copy)]
pub struct BlockStill<'a> {
    /// Part of its ids.
    pub id: &'a str,
    /// Layers and holes.
    pub skin: &'a BlockSkin,
    /// Its holes.
    pub holes: BlockHoles,
    /// Upper and lower depth, µm, and the shade between them: from -1, a loss, to 1.
    pub shades: &'a [(f64, f64, f64)],
    /// Its title.
    pub title: &'a str,
    /// What it shows, in a sentence.
    pub description: &'a str,
    /// The name of the upright axis.
    pub depth: &'a str,
    /// The words of the bar of one millimetre.
    pub scale: &'a str,
}

/// A length in pixels, short.
fn pt(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// The picture.
#[must_use]
pub fn block_still(still: &BlockStill<'_>) -> Markup {
    let skin = still.skin;
    let px = |um: f64| um / UM_PER_MM * SCALE;
    let (across, bottom) = (px(skin.side_um), px(skin.shown_to_um));
    let right = LEFT + across;
    let height = TOP + bottom + FOOT;
    let y = |um: f64| TOP + px(um.min(skin.shown_to_um));
    let mut names: Vec<(f64, f64, &str)> = skin
        .layers
        .iter()
        .map(|layer| {
            let middle = 0.5 * (y(layer.from_um) + y(layer.to_um));
            (middle, middle, layer.name.as_str())
        })
        .collect();
    // The names of thin layers move up and down until they stand apart.
    for at in (0..names.len().saturating_sub(1)).rev() {
        names[at].1 = names[at].1.min(names[at + 1].1 - APART);
    }
    let middle = 0.5 * skin.side_um;
    let holes = skin.holes.iter();
    let within = holes.filter(|hole| (hole.y_um - middle).abs() <= HALF_STRIP_UM);
    let ticks = (0..100)
        .map(|half| f64::from(half) * 0.5)
        .take_while(|mm| mm * UM_PER_MM <= skin.shown_to_um);
    html! {
        svg.chart
            role="img"
            aria-labelledby={ (still.id) "-t " (still.id) "-d" }
            viewBox={ "0 0 " (pt(right + NAMES)) " " (pt(height)) }
        {
            title id={ (still.id) "-t" } { (still.title) }
            desc id={ (still.id) "-d" } { (still.description) }
            @for (which, layer) in skin.layers.iter().enumerate() {
                rect
                    class=(filled(which))
                    x=(pt(LEFT))
                    width=(pt(across))
                    y=(pt(y(layer.from_um)))
                    height=(pt(y(layer.to_um) - y(layer.from_um))) {}
            }
            @for (from, to, share) in still.shades {
                rect
                    class=(if *share < 0.0 { "f-untreated" } else { "f-treated" })
                    fill-opacity=(format!("{:.3}", STRONGEST * share.abs().min(1.0)))
                    x=(pt(LEFT))
                    width=(pt(across))
                    y=(format!("{:.2}", y(*from)))
                    height=(format!("{:.2}", y(*to) - y(*from))) {}
            }
            @for layer in &skin.layers {
                line.s-muted
                    x1=(pt(LEFT))
                    x2=(pt(right))
                    y1=(pt(y(layer.to_um)))
                    y2=(pt(y(layer.to_um)))
                    stroke-width="0.6" {}
            }
            // What lies over the rim of the block is cut off with it.
            clipPath id={ (still.id) "-clip" } {
                rect x=(pt(LEFT)) y="0" width=(pt(across)) height=(pt(height)) {}
            }
            g clip-path={ "url(#" (still.id) "-clip)" } {
                @for hole in within {
                @match still.holes {
                    BlockHoles::Needled => {
                            path.f-hole d=(outline(hole, 0.0)) {}
                            path style=(NEEDLE) d=(outline(hole, TOP - 8.0)) {}
                        }
                    BlockHoles::Closed => {
                        line.s-hole
                            x1=(pt(LEFT + px(hole.x_um)))
                            x2=(pt(LEFT + px(hole.x_um)))
                            y1=(pt(TOP))
                            y2=(pt(y(hole.depth_um)))
                            stroke-width="1.2"
                            stroke-dasharray="2 4" {}
                    }
                }
            }
            }
            line.s-text x1=(pt(LEFT)) x2=(pt(right)) y1=(pt(TOP)) y2=(pt(TOP)) stroke-width="2" {}
            @for mm in ticks {
                @let at = pt(TOP + mm * SCALE);
                line.s-muted x1=(pt(LEFT - 4.0)) x2=(pt(LEFT)) y1=(at) y2=(at) stroke-width="1" {}
                text.f-muted x=(pt(LEFT - 7.0)) y=(pt(TOP + mm * SCALE + 4.0)) text-anchor="end" font-size="12" {
                    (pt(mm))
                }
            }
            @for (from, at, name) in &names {
                line.s-muted x1=(pt(right)) x2=(pt(right + 9.0)) y1=(pt(*from)) y2=(pt(*at)) stroke-width="0.8" {}
                text.f-text x=(pt(right + 12.0)) y=(pt(at + 4.0)) font-size="13" { (sentence_case(name)) }
            }
            @let foot = pt(height - 19.0);
            line.s-text x1=(pt(right - SCALE)) x2=(pt(right)) y1=(foot) y2=(foot) stroke-width="2" {}
            text.f-muted x=(pt(right - 0.5 * SCALE)) y=(pt(height - 5.0)) text-anchor="middle" font-size="12" {
                (still.scale)
            }
            text.f-muted x="2" y=(pt(height - 5.0)) font-size="12" { (still.depth) }
        }
    }
}

/// The class of a layer by its place: the horny layer, the living epidermis, the two parts of the dermis, fat.
fn filled(which: usize) -> &'static str {
    match which {
        0 => "f-muted",
        1 => "f-layer0",
        2 => "f-layer1",
        3 => "f-layer2",
        _ => "f-fat",
    }
}

/// The outline of a hole, or of the needle in it that sticks out by some pixels.
fn outline(hole: &BlockHole, above: f64) -> String {
    let px = |um: f64| um / UM_PER_MM * SCALE;
    let (at, radius, tip) = (LEFT + px(hole.x_um), px(hole.radius_um), px(hole.tip_radius_um));
    // A needle is a little narrower than its hole, so that both are seen.
    let radius = if above > 0.0 { 0.7 * radius } else { radius };
    let tip = tip.min(radius);
    let (shoulder, depth) = (TOP + px(hole.shoulder_um), TOP + px(hole.depth_um));
    format!(
        "M{} {}V{}L{} {}H{}L{} {}V{}Z",
        pt(at - radius),
        pt(TOP - above),
        pt(shoulder),
        pt(at - tip),
        pt(depth),
        pt(at + tip),
        pt(at + radius),
        pt(shoulder),
        pt(TOP - above)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hole_is_drawn_at_its_own_depth_and_width() {
        let hole = BlockHole {
            x_um: 1000.0,
            y_um: 0.0,
            depth_um: 1000.0,
            shoulder_um: 0.0,
            radius_um: 100.0,
            tip_radius_um: 0.0,
        };
        assert_eq!(outline(&hole, 0.0), "M127.6 52V52L138 156H138L148.4 52V52Z");
        assert!(outline(&hole, 44.0).starts_with("M130.7 8V52"));
    }
}
