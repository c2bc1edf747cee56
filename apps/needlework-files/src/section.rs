//! A section through a mark as a drawing: epidermis, dermis with its fibres, elastin, fat, and the channels of a
//! session.
//!
//! To scale are thicknesses, the dent, widths and channels. Fibres are strokes whose number follows collagen, and whose
//! directions scatter as those of the skin do; in a mark they lie level, along the tension, as microscopes of polarised
//! light find more order there than around. Short dark strokes are elastin, in number as there is left of it. Where a
//! stroke lies is drawn at random by the seed: no fibre of anybody.

use needlework::numerics::uniforms;
use needlework::questions::SectionNumbers;
use needlework::units::UM_PER_MM;

use crate::lettering::{Canvas, LINE, fitting};

/// Pixels of a millimetre.
const PER_MM: f64 = 110.0;
/// Above the skin and below the dermis, mm.
const ROOM_MM: [f64; 2] = [0.25, 0.35];
/// Strokes of normal skin in a square millimetre: collagen, elastin.
const STROKES_PER_MM2: [f64; 2] = [70.0, 22.0];
/// Lengths of strokes, mm, and half their widths, pixels.
const STROKE: [(f64, f64); 2] = [(0.32, 0.9), (0.12, 0.8)];
/// Scatter of directions of a mark over that of skin: assumed, more order being all that is reported.
const MARK_ORDER: f64 = 0.35;

const AIR: [u8; 3] = [250, 250, 250];
const EPIDERMIS: [u8; 3] = [176, 122, 92];
const DERMIS: [u8; 3] = [250, 232, 222];
const FAT: [u8; 3] = [250, 240, 190];
const COLLAGEN: [u8; 3] = [204, 96, 60];
const ELASTIN: [u8; 3] = [0, 60, 120];
const CHANNEL: [u8; 3] = [60, 60, 60];
const INK: [u8; 3] = [20, 20, 20];

/// The surface and the layers at a place along the section, µm below level skin.
struct Profile<'a>(&'a SectionNumbers);

impl Profile<'_> {
    /// Share of mark at a place: one in its middle, none beyond its rim.
    fn share(&self, x_um: f64) -> f64 {
        let half = 0.5 * self.0.mark_width_um.max(1.0);
        let t = ((x_um - 0.5 * self.0.width_um).abs() / half - 0.6) / 0.8;
        let t = t.clamp(0.0, 1.0);
        1.0 - t * t * (3.0 - 2.0 * t)
    }

    /// Surface, bottom of the epidermis, bottom of the dermis.
    fn depths(&self, x_um: f64) -> [f64; 3] {
        let share = self.share(x_um);
        let between = |skin: f64, mark: f64| skin + share * (mark - skin);
        let surface = share * self.0.dent_um;
        let epidermis = surface + between(self.0.skin_epidermis_um, self.0.mark_epidermis_um);
        [
            surface,
            epidermis,
            epidermis + between(self.0.skin_dermis_um, self.0.mark_dermis_um),
        ]
    }
}

/// Draws sections one below the other, each under its label.
#[must_use]
pub fn sections(sections: &[SectionNumbers], labels: &[String], stamp: &str, seed: u64) -> Canvas {
    let um = PER_MM / UM_PER_MM;
    let deepest = sections
        .iter()
        .map(|section| section.skin_epidermis_um + section.skin_dermis_um)
        .fold(0.0, f64::max);
    let width = sections.first().map_or(1, |section| (section.width_um * um) as usize);
    let panel = ((deepest / UM_PER_MM + ROOM_MM[0] + ROOM_MM[1]) * PER_MM) as usize;
    let head = 2 * LINE;
    let mut canvas = Canvas::new(width, sections.len() * (panel + head) + LINE, [245; 3]);
    for (place, section) in sections.iter().enumerate() {
        let top = place * (panel + head);
        let label = labels.get(place).map_or("", String::as_str);
        canvas.write(label, (4, top + 4), fitting(label, width, 1), INK);
        panel_of(&mut canvas, section, (top + head, panel), seed);
        canvas.stamp(stamp, (4, top + head + panel - 2 * LINE), 1);
    }
    let note = "EPIDERMIS - DERMIS: COLLAGEN (ORANGE), ELASTIN (BLUE) - FAT. TO SCALE, FIBRES DRAWN AT RANDOM";
    canvas.write(
        note,
        (4, sections.len() * (panel + head) + 1),
        fitting(note, width, 1),
        INK,
    );
    canvas
}

fn panel_of(canvas: &mut Canvas, section: &SectionNumbers, (top, height): (usize, usize), seed: u64) {
    let profile = Profile(section);
    let um = PER_MM / UM_PER_MM;
    let level = top as f64 + ROOM_MM[0] * PER_MM;
    for x in 0..canvas.width {
        let depths = profile.depths((x as f64 + 0.5) / um);
        for y in top..top + height {
            let depth = (y as f64 + 0.5 - level) / um;
            let colour = match depths.iter().filter(|edge| depth >= **edge).count() {
                0 => AIR,
                1 => EPIDERMIS,
                2 => DERMIS,
                _ => FAT,
            };
            canvas.put(x, y, colour);
        }
    }
    for (kind, colour) in [COLLAGEN, ELASTIN].into_iter().enumerate() {
        strokes(canvas, section, (kind, colour), level, seed);
    }
    for channel in &section.channels {
        let [surface, ..] = profile.depths(channel.x_um);
        let (x, from, deep) = (channel.x_um * um, level + surface * um, channel.depth_um * um);
        for step in 0..=(deep.max(0.0) as usize) {
            // A cone, as wide as a needle is at the surface.
            let half = 0.5 + 3.5 * (1.0 - step as f64 / deep.max(1.0));
            for offset in -(half as i64)..=(half as i64) {
                let column = x as i64 + offset;
                if let Ok(column) = usize::try_from(column) {
                    canvas.put(column, from as usize + step, CHANNEL);
                }
            }
        }
    }
}

/// Fibres of one kind.
fn strokes(canvas: &mut Canvas, section: &SectionNumbers, (kind, colour): (usize, [u8; 3]), level: f64, seed: u64) {
    let profile = Profile(section);
    let um = PER_MM / UM_PER_MM;
    let (length_mm, thick) = STROKE[kind];
    let full = section.skin_dermis_um;
    let count = (STROKES_PER_MM2[kind] * section.width_um * full / 1e6).round() as usize;
    let draw = |name: &str| uniforms(seed, &format!("section.{kind}.{name}"), count);
    let (along, down, chance, turn, bend) = (draw("x"), draw("y"), draw("chance"), draw("turn"), draw("bend"));
    // A dispersion of a third prefers no direction; scatter goes with it.
    let scatter = std::f64::consts::FRAC_PI_2 * (3.0 * section.skin_dispersion).clamp(0.0, 1.0);
    for i in 0..count {
        let x_um = along[i] * section.width_um;
        let share = profile.share(x_um);
        let left = if kind == 0 { section.collagen } else { section.elastin };
        let [_, upper, lower] = profile.depths(x_um);
        // As many strokes in an area as collagen says: those that a thinner dermis has no room for are left out.
        let kept = (1.0 + share * (left - 1.0)) * (lower - upper) / full;
        if chance[i] >= kept {
            continue;
        }
        let y_um = upper + down[i] * (lower - upper);
        let angle = (2.0 * turn[i] - 1.0) * scatter * (1.0 + share * (MARK_ORDER - 1.0));
        let half = 0.5 * length_mm * PER_MM;
        let (x, y) = (x_um * um, level + y_um * um);
        // Collagen waves a little where it is not pulled straight.
        let wave = (bend[i] - 0.5) * 5.0 * (1.0 - 0.7 * share);
        let steps = (2.0 * half) as i64;
        for step in 0..=steps {
            let s = step as f64 / steps.max(1) as f64 * 2.0 - 1.0;
            let off = wave * (std::f64::consts::PI * s).sin();
            let (px, py) = (
                x + s * half * angle.cos() - off * angle.sin(),
                y + s * half * angle.sin() + off * angle.cos(),
            );
            let [_, from, to] = profile.depths(px / um);
            let depth = (py - level) / um;
            if depth > from && depth < to {
                dot(canvas, px, py, thick, colour);
            }
        }
    }
}

/// A round dot with a soft rim.
fn dot(canvas: &mut Canvas, x: f64, y: f64, radius: f64, colour: [u8; 3]) {
    let reach = (radius + 1.0) as i64;
    for dy in -reach..=reach {
        for dx in -reach..=reach {
            let (column, row) = (x.floor() as i64 + dx, y.floor() as i64 + dy);
            let distance = (column as f64 + 0.5 - x).hypot(row as f64 + 0.5 - y);
            if let (Ok(column), Ok(row)) = (usize::try_from(column), usize::try_from(row)) {
                canvas.mix(column, row, colour, (radius + 0.5 - distance) * 0.6);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use needlework::questions::SectionChannel;

    use super::*;

    fn section(collagen: f64, elastin: f64) -> SectionNumbers {
        SectionNumbers {
            arm: "before".to_owned(),
            month: 0.0,
            width_um: 6000.0,
            mark_width_um: 3000.0,
            skin_epidermis_um: 80.0,
            mark_epidermis_um: 60.0,
            skin_dermis_um: 1500.0,
            mark_dermis_um: 1000.0,
            dent_um: 150.0,
            collagen,
            elastin,
            skin_dispersion: 0.2,
            channels: Vec::new(),
        }
    }

    fn drawn(section: SectionNumbers) -> Canvas {
        sections(&[section], &["before".to_owned()], "SIMULATED", 1)
    }

    /// Pixels of the middle third that look like collagen more than like dermis.
    fn fibres(canvas: &Canvas) -> usize {
        let columns = canvas.width / 3..2 * canvas.width / 3;
        let pixel = |x: usize, y: usize| &canvas.rgb[3 * (y * canvas.width + x)..][..3];
        columns
            .flat_map(|x| (40..canvas.height - 40).map(move |y| (x, y)))
            .filter(|&(x, y)| {
                let [r, g, b] = [pixel(x, y)[0], pixel(x, y)[1], pixel(x, y)[2]];
                r > 190 && g < 160 && b < 130 && r > g + 60
            })
            .count()
    }

    #[test]
    fn more_collagen_draws_more_fibres() {
        let [little, much] = [0.5, 0.95].map(|collagen| fibres(&drawn(section(collagen, 0.5))));
        assert!(much as f64 > 1.5 * little as f64, "{little} {much}");
    }

    #[test]
    fn channels_are_drawn_to_their_depth_and_a_flat_mark_has_no_dent() {
        let plain = section(0.65, 0.5);
        let pierced = SectionNumbers {
            channels: vec![SectionChannel {
                x_um: 3000.0,
                depth_um: 700.0,
            }],
            ..plain.clone()
        };
        assert_ne!(drawn(plain.clone()), drawn(pierced));
        let flat = SectionNumbers {
            dent_um: 0.0,
            ..plain.clone()
        };
        assert_ne!(drawn(plain), drawn(flat));
    }
}
