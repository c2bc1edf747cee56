//! A drum on skin from the side, to scale: its needles, the level of the skin, and the way of one tip into it.
//!
//! The left picture is the drum's lower part with the needles of one row around it; needles that touch are dark. The
//! right one enlarges the way of a tip in the frame of skin that follows: a curve near the surface, upright at the
//! bottom. Skin is drawn level; it sinks as a whole, which the numbers beside say.

use maud::{Markup, html};

/// What is drawn.
#[derive(Debug, Clone)]
pub struct DrumPicture<'a> {
    /// Radius of the drum, mm.
    pub radius_mm: f64,
    /// Needle length, mm.
    pub length_mm: f64,
    /// Gap between drum and skin, mm.
    pub gap_mm: f64,
    /// Angle between two needles, degrees.
    pub pitch_deg: f64,
    /// Way of the tip: along the rolling and depth, µm.
    pub tip_path_um: &'a [[f64; 2]],
    /// Thickness of the epidermis, µm.
    pub epidermis_um: f64,
    /// The same in words with its main numbers.
    pub description: &'a str,
}

/// Width of the picture, pixels.
const WIDTH: f64 = 460.0;
/// Where the drum's part ends, pixels.
const PART: f64 = 280.0;
/// Level of the skin, pixels from the top.
const LEVEL: f64 = 150.0;
/// Height of the picture, pixels.
const HEIGHT: f64 = 240.0;

fn pt(value: f64) -> String {
    format!("{value:.1}")
}

/// The picture; a sentence where its numbers are not usable.
pub fn drum(drum: &DrumPicture<'_>) -> Markup {
    let sizes = [drum.radius_mm, drum.length_mm, drum.pitch_deg, drum.epidermis_um];
    if sizes.iter().any(|size| !size.is_finite() || *size <= 0.0) || !drum.gap_mm.is_finite() {
        return html! {
            p.note { "This picture could not be drawn; its data stands in the table." }
        };
    }
    // So much of the skin is shown that the outermost needles that touch have room.
    let reach = (drum.radius_mm + drum.length_mm).powi(2) - (drum.radius_mm + drum.gap_mm).powi(2);
    let half = (reach.max(0.0).sqrt() * 1.25).max(3.0);
    let scale = 0.5 * (PART - 20.0) / half;
    let middle = 0.5 * PART;
    let axis = LEVEL - (drum.radius_mm + drum.gap_mm) * scale;
    let count = (60.0 / drum.pitch_deg).floor() as i32;
    let needles: Vec<(f64, f64, f64, f64, bool)> = (-count..=count)
        .map(|number| (f64::from(number) * drum.pitch_deg).to_radians())
        .map(|angle| {
            let (sin, cos) = angle.sin_cos();
            let at = |radius: f64| (middle + radius * sin * scale, axis + radius * cos * scale);
            let (from, to) = (at(drum.radius_mm), at(drum.radius_mm + drum.length_mm));
            (from.0, from.1, to.0, to.1, to.1 > LEVEL)
        })
        .filter(|(x, y, ..)| (4.0..PART - 4.0).contains(x) && *y > 0.0)
        .collect();
    let touching = needles.iter().filter(|needle| needle.4).count();
    // The way of the tip.
    let deepest = drum.tip_path_um.iter().map(|point| point[1]).fold(1.0, f64::max);
    let widest = drum.tip_path_um.iter().map(|point| point[0].abs()).fold(1.0, f64::max);
    let enlarged = (70.0 / deepest).min(60.0 / widest);
    let (left, top) = (PART + 0.5 * (WIDTH - PART), LEVEL - 70.0);
    let way: String = drum
        .tip_path_um
        .iter()
        .enumerate()
        .map(|(i, [x, y])| {
            let sign = if i == 0 { 'M' } else { 'L' };
            format!("{sign}{} {}", pt(left - x * enlarged), pt(top + y * enlarged))
        })
        .collect();
    let arc = drum.radius_mm * scale;
    let edge = (middle - 4.0).min(arc * 0.98);
    let rise = (arc.powi(2) - edge.powi(2)).max(0.0).sqrt();
    html! {
        svg.chart role="img" aria-labelledby="drum-t drum-d" viewBox={ "0 0 " (pt(WIDTH)) " " (pt(HEIGHT)) } {
            title id="drum-t" { "The drum on the skin and the way of one tip, simulated" }
            desc id="drum-d" { (drum.description) " In this row " (touching) " needles touch." }
            rect.f-layer1 x="0" y=(pt(LEVEL)) width=(pt(PART)) height=(pt(HEIGHT - LEVEL - 30.0)) {}
            path
                .s-muted
                fill="none"
                stroke-width="1.5"
                d={
                    "M"
                    (pt(middle - edge))
                    " "
                    (pt(axis + rise))
                    "A"
                    (pt(arc))
                    " "
                    (pt(arc))
                    " 0 0 0 "
                    (pt(middle + edge))
                    " "
                    (pt(axis + rise))
                } {}
            @for (x0, y0, x1, y1, touches) in &needles {
                @if *touches {
                    line.s-hole x1=(pt(*x0)) y1=(pt(*y0)) x2=(pt(*x1)) y2=(pt(*y1)) stroke-width="2" {}
                } @else {
                    line.s-muted x1=(pt(*x0)) y1=(pt(*y0)) x2=(pt(*x1)) y2=(pt(*y1)) stroke-width="1" {}
                }
            }
            line.s-text x1="0" x2=(pt(PART)) y1=(pt(LEVEL)) y2=(pt(LEVEL)) stroke-width="2" {}
            text.f-text x="4" y="15" font-size="13" { "drum, to scale" }
            text.f-muted x="4" y=(pt(LEVEL + 16.0)) font-size="12" { "skin" }
            line.s-text x1="8" x2=(pt(8.0 + scale)) y1=(pt(HEIGHT - 14.0)) y2=(pt(HEIGHT - 14.0)) stroke-width="2" {}
            text.f-muted x=(pt(14.0 + scale)) y=(pt(HEIGHT - 10.0)) font-size="12" { "1 mm" }
            rect
                .f-layer0
                x=(pt(PART + 10.0))
                y=(pt(top))
                width=(pt(WIDTH - PART - 10.0))
                height=(pt(drum.epidermis_um * enlarged)) {}
            rect
                .f-layer1
                x=(pt(PART + 10.0))
                y=(pt(top + drum.epidermis_um * enlarged))
                width=(pt(WIDTH - PART - 10.0))
                height=(pt(deepest * enlarged * 1.12)) {}
            line.s-text x1=(pt(PART + 10.0)) x2=(pt(WIDTH)) y1=(pt(top)) y2=(pt(top)) stroke-width="2" {}
            path.s-hole fill="none" stroke-width="2.5" d=(way) {}
            text.f-text x=(pt(PART + 10.0)) y="15" font-size="13" { "way of a tip into skin" }
            text.f-text x=(pt(PART + 10.0)) y="31" font-size="13" { "that follows, enlarged" }
            line
                .s-text
                x1=(pt(PART + 14.0))
                x2=(pt(PART + 14.0 + 500.0 * enlarged))
                y1=(pt(HEIGHT - 14.0))
                y2=(pt(HEIGHT - 14.0))
                stroke-width="2" {}
            text.f-muted x=(pt(PART + 20.0 + 500.0 * enlarged)) y=(pt(HEIGHT - 10.0)) font-size="12" { "0.5 mm" }
        }
    }
}
