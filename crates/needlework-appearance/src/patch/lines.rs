//! Where marks lie on a patch of skin: irregular, tapering, roughly parallel streaks across the tension.
//!
//! Marks run square to the tension line of the site, which is the way in which the skin was stretched apart. Each has
//! a centre line that wanders, a width that swells and tapers to both ends, and a ragged rim; many end within the
//! patch, some cross it whole. They are set side by side with jittered gaps, so that none is a ruled grid and few
//! overlap; the widest and longest goes through the middle of the patch. A place belongs to a mark by a share g between
//! 0 and 1, which falls from the inside over a soft rim:
//!
//! g = 1 − S((d/w − 1 + s)/2s),
//!
//! with the distance d from the centre line, half the width w there, the softness s and the smooth step S; half of it
//! is reached where a ruler would put the rim.
//!
//! Limits: a drawing of what case and descriptions say (number, width, length, direction), by a seed; nobody's own
//! marks. Branching is not drawn.

use needlework_numerics::{normals, uniforms};
use needlework_units::MM2_PER_CM2;

use super::noise::Waver;

/// What marks a patch has.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MarkLayout {
    /// Seed of where they lie.
    pub seed: u64,
    /// Side of the patch, mm.
    pub side_mm: f64,
    /// Marks whose middle lies in a square centimetre.
    pub per_cm2: f64,
    /// Width of the widest, mm.
    pub widest_mm: f64,
    /// Length of the longest, mm.
    pub longest_mm: f64,
    /// Direction of the tension line from the horizontal of the picture, radians.
    pub tension_rad: f64,
    /// LightSpread of the marks' directions within the patch, radians.
    pub direction_sd_rad: f64,
    /// LightSpread of widths and lengths, in their logarithm.
    pub size_sd: f64,
}

/// One mark.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Streak {
    /// Its middle, mm.
    x_mm: f64,
    y_mm: f64,
    /// Cosine and sine of its direction.
    along: [f64; 2],
    /// Half its length, mm.
    half_length_mm: f64,
    /// Half its width where it is widest, mm.
    half_width_mm: f64,
    /// Tells its irregularities from those of the others.
    number: f64,
}

/// The marks of a patch.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Streaks {
    layout: MarkLayout,
    streaks: Vec<Streak>,
    wander: Waver,
    swell: Waver,
    rim: Waver,
}

/// A place in a mark.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Within {
    /// How far it belongs to the mark, 0 to 1.
    pub share: f64,
    /// How far along the mark it lies, mm, from a place of the mark's own.
    pub along_mm: f64,
    /// How far from its straight axis, mm.
    pub across_mm: f64,
}

// numerical: softness of the rim, as a share of half the width
const SOFTNESS: f64 = 0.42;
// numerical: how far a rim is ragged, as a share of half the width, and over how many mm it turns
const RAGGED: [f64; 2] = [0.2, 1.1];
// numerical: how far a centre line wanders, as a share of the width and in mm at least, and over how many mm it turns
const WANDER: [f64; 3] = [0.3, 0.6, 19.0];
// numerical: how much the width swells, as a share, and over how many mm it does
const SWELL: [f64; 2] = [0.16, 9.0];
// numerical: the power by which a mark tapers to its ends
const TAPER: f64 = 0.8;
// numerical: how far a mark may lie from the middle of its lane, in lanes
const JITTER: f64 = 0.75;
// numerical: marks that a patch holds at most
const MOST: f64 = 2000.0;
// numerical: lattice squares between the irregularities of two marks
const APART: f64 = 61.0;

impl Streaks {
    /// Lays the marks of a patch.
    pub(crate) fn lay(layout: &MarkLayout) -> Self {
        let (seed, side) = (layout.seed, layout.side_mm);
        // Across the marks the tension runs, along them its normal.
        let across = [layout.tension_rad.cos(), layout.tension_rad.sin()];
        // A square is covered whichever way the marks run: they are laid in one that holds it.
        let reach = side * std::f64::consts::SQRT_2;
        // A mark whose middle lies beyond the patch may still reach into it.
        let [width, height] = [reach, reach + layout.longest_mm];
        // More marks than lie side by side cannot be, and more than so many would be texture and no marks.
        let most = (width * height / (layout.widest_mm * layout.longest_mm)).clamp(1.0, MOST);
        let count = (layout.per_cm2 * width * height / MM2_PER_CM2).round().clamp(1.0, most) as usize;
        // Lanes across the tension, so that neighbours keep a gap; each lane has places along it.
        let in_lane = ((height / layout.longest_mm).round().max(1.0) as usize).min(count);
        let lanes = count.div_ceil(in_lane);
        let draw = |name: &str| uniforms(seed, &format!("patch.marks.{name}"), lanes * in_lane);
        let (jitter, slide, chance) = (draw("jitter"), draw("slide"), draw("long"));
        let normal = |name: &str| normals(seed, &format!("patch.marks.{name}"), lanes * in_lane);
        let (turn, size) = (normal("turn"), normal("size"));
        let lane_mm = width / lanes as f64;
        // Whoever photographs marks has one of them in the middle: the widest and longest, which the case describes.
        let middle = lanes / 2 * in_lane + in_lane / 2;
        let mut streaks: Vec<Streak> = (0..lanes * in_lane)
            .map(|i| {
                let (lane, place) = (i / in_lane, i % in_lane);
                let u = (lane as f64 + 0.5 + JITTER * (jitter[i] - 0.5)) * lane_mm - 0.5 * width;
                let step = height / in_lane as f64;
                let v = (place as f64 + slide[i]) * step - 0.5 * height;
                // The widest and the longest are what the case says; the others are smaller.
                let smaller = if i == middle {
                    1.0
                } else {
                    (-layout.size_sd * size[i].abs()).exp()
                };
                let shorter = if i == middle {
                    1.0
                } else {
                    (1.0 - 0.5 * chance[i] * chance[i]) * smaller.sqrt()
                };
                let direction = layout.tension_rad + 0.5 * std::f64::consts::PI + layout.direction_sd_rad * turn[i];
                Streak {
                    x_mm: 0.5 * side + u * across[0] - v * across[1],
                    y_mm: 0.5 * side + u * across[1] + v * across[0],
                    along: [direction.cos(), direction.sin()],
                    half_length_mm: 0.5 * layout.longest_mm * shorter,
                    half_width_mm: 0.5 * layout.widest_mm * smaller,
                    number: i as f64,
                }
            })
            .collect();
        let [off_x, off_y] = [0.5 * side - streaks[middle].x_mm, 0.5 * side - streaks[middle].y_mm];
        for streak in &mut streaks {
            streak.x_mm += off_x;
            streak.y_mm += off_y;
        }
        Self {
            layout: *layout,
            streaks,
            wander: Waver::new(seed, "patch.marks.wander"),
            swell: Waver::new(seed, "patch.marks.swell"),
            rim: Waver::new(seed, "patch.marks.rim"),
        }
    }

    /// How far a place belongs to a mark, with widths over those at the start.
    pub(crate) fn within(&self, x_mm: f64, y_mm: f64, width_ratio: f64) -> Within {
        let mut found = Within::default();
        for streak in &self.streaks {
            let (dx, dy) = (x_mm - streak.x_mm, y_mm - streak.y_mm);
            let s = dx * streak.along[0] + dy * streak.along[1];
            let u = dy * streak.along[0] - dx * streak.along[1];
            let end = s / streak.half_length_mm;
            let strays = WANDER[1].max(WANDER[0] * streak.half_width_mm * 2.0);
            if end.abs() >= 1.0 || u.abs() > 2.0 * (streak.half_width_mm * width_ratio + strays) {
                continue;
            }
            // Irregularities of different marks lie far apart in the same field.
            let lane = streak.number * APART;
            let centre = strays * self.wander.octaves(s / WANDER[2], lane, 2) * 0.5;
            let taper = (1.0 - end * end).powf(TAPER);
            let swell = 1.0 + SWELL[0] * self.swell.octaves(s / SWELL[1], lane, 2);
            let half = streak.half_width_mm * width_ratio * taper * swell.max(0.5);
            if half <= 0.0 {
                continue;
            }
            let ragged = RAGGED[0] * self.rim.octaves(x_mm / RAGGED[1], y_mm / RAGGED[1], 3);
            let distance = (u - centre).abs() / half * (1.0 + 0.5 * ragged);
            let share = 1.0 - smooth((distance - 1.0 + SOFTNESS) / (2.0 * SOFTNESS));
            if share > found.share {
                found = Within {
                    share,
                    along_mm: s + lane,
                    across_mm: u,
                };
            }
        }
        found
    }

    /// The direction across the marks, as cosine and sine.
    pub(crate) fn across(&self) -> [f64; 2] {
        [self.layout.tension_rad.cos(), self.layout.tension_rad.sin()]
    }
}

/// 3t² − 2t³ between 0 and 1.
fn smooth(t: f64) -> f64 {
    let t = t.clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn layout() -> MarkLayout {
        MarkLayout {
            seed: 3,
            side_mm: 50.0,
            per_cm2: 0.12,
            widest_mm: 4.0,
            longest_mm: 60.0,
            tension_rad: 0.0,
            direction_sd_rad: 0.1,
            size_sd: 0.35,
        }
    }

    fn covered(streaks: &Streaks, ratio: f64) -> f64 {
        let n = 200;
        let hit = |i: usize| {
            let place = |k: usize| (k as f64 + 0.5) / n as f64 * 50.0;
            streaks.within(place(i % n), place(i / n), ratio).share > 0.5
        };
        (0..n * n).filter(|i| hit(*i)).count() as f64 / (n * n) as f64
    }

    #[test]
    fn wider_and_more_marks_cover_more_and_twice_as_wide_about_twice_as_much() {
        let streaks = Streaks::lay(&layout());
        let (usual, wide) = (covered(&streaks, 1.0), covered(&streaks, 2.0));
        assert!((0.02..0.4).contains(&usual), "{usual}");
        assert!((1.5..2.3).contains(&(wide / usual)), "{usual} {wide}");
        let more = Streaks::lay(&MarkLayout {
            per_cm2: 0.3,
            ..layout()
        });
        assert!(covered(&more, 1.0) > 1.4 * usual);
    }

    /// Along the tension one goes from mark to skin and back, along the marks one stays: so that a direction shows.
    #[test]
    fn marks_run_square_to_the_tension() {
        for tension_rad in [0.0, 1.2] {
            let streaks = Streaks::lay(&MarkLayout {
                tension_rad,
                ..layout()
            });
            let changes = |step: [f64; 2]| {
                let mut sum = 0.0;
                for i in 0..2000 {
                    let (x, y) = (f64::from(i % 50) + 0.3, f64::from(i / 50) + 0.7);
                    let (one, other) = (
                        streaks.within(x, y, 1.0).share,
                        streaks.within(x + step[0], y + step[1], 1.0).share,
                    );
                    sum += (one - other).abs();
                }
                sum
            };
            let [c, s] = streaks.across();
            assert!(changes([c, s]) > 2.5 * changes([-s, c]));
        }
    }

    #[test]
    fn no_mark_is_wider_than_the_widest_by_more_than_its_swelling() {
        let streaks = Streaks::lay(&MarkLayout {
            per_cm2: 0.02,
            size_sd: 0.0,
            direction_sd_rad: 0.0,
            ..layout()
        });
        let mut run = 0.0_f64;
        let mut longest = 0.0_f64;
        for i in 0..5000 {
            let within = streaks.within(f64::from(i) * 0.01, 25.0, 1.0).share > 0.5;
            run = if within { run + 0.01 } else { 0.0 };
            longest = longest.max(run);
        }
        assert!(longest < 4.0 * 1.8, "{longest}");
    }
}
