//! Where the holes lie after all passes and sessions, one by one.
//!
//! Each pass goes over the plot once, in a direction and from a starting point of its own, both uniform. A drum lays
//! strips of its width side by side, each with its own phase: rows one axial pitch apart, along them a hole every
//! 2πρ/(needles around). A plate, and a pen that is put down place by place, lays its square grid. A pen that is moved
//! along and single needles fall uniformly (a Poisson process given its number). Depths are drawn evenly from those of
//! [`Contact`]; a needle that does not go in leaves no hole.
//!
//! **Capture.** A needle that comes down within the distance c of a hole of the same session slides into the nearest
//! one (Fernandes describes it); that hole keeps the greater depth. So distinct holes are fewer than landings, and none
//! lie closer than c. Holes of earlier sessions have closed and catch nothing.
//!
//! Checks: without capture, nearest neighbours of uniform landings follow 1 − exp(−πnr²) and their coverage 1 −
//! exp(−nπr²). Edges: strips run beyond the plot, so density is even up to the edge; for nearest neighbours only holes
//! at least r from the edge count (reduced sample).
//!
//! Every random number is a stream of the seed named after pass and session; a map has the same bytes on any number of
//! threads, since it starts none. Limits: c is assumed; a hand overlaps its strips less evenly than this; rows of a
//! drum are taken to stand abreast.

use needlework_numerics::uniforms;
use needlework_units::{ArealDensity, Length};

use crate::contact::{Contact, holes_per_pass};
use crate::device::{Device, Drum, Hand, Kind};
use crate::parameters::Parameters;
use crate::shape::{Shape, shape};

/// A rectangle of skin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plot {
    /// Along x.
    pub width: Length,
    /// Along y.
    pub height: Length,
}

/// One hole.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hole {
    /// Place along the plot's width, mm.
    pub x_mm: f64,
    /// Place along the plot's height, mm.
    pub y_mm: f64,
    /// Depth below the surface, mm.
    pub depth_mm: f64,
    /// Radius at the surface, mm.
    pub radius_mm: f64,
    /// Session that made it, from zero.
    pub session: u32,
}

/// The holes of a plot.
#[derive(Debug, Clone, PartialEq)]
pub struct HoleMap {
    /// The plot.
    pub plot: Plot,
    /// Needles that came down on it.
    pub landings: usize,
    /// Needles of these that went in.
    pub pierced: usize,
    /// The distinct holes, session by session.
    pub holes: Vec<Hole>,
    /// The shape of the needles.
    pub shape: Shape,
}

/// How needles come down.
enum Pattern {
    /// Strips of a width with rows; pitch along and across.
    Strips { width: f64, rows: usize, along: f64 },
    /// A square grid.
    Grid { pitch: f64 },
    /// Anywhere.
    Anywhere { density: f64 },
}

/// Lays the holes of all passes and sessions of a device that presses as `contact` says on a plot.
#[must_use]
pub fn lay(
    device: &Device,
    hand: &Hand,
    contact: &Contact,
    plot: Plot,
    sessions: u32,
    parameters: &Parameters,
    seed: u64,
) -> HoleMap {
    let density = holes_per_pass(device, contact.gap, parameters).per_mm2();
    let pattern = match device.kind {
        Kind::Roller => {
            let drum = Drum::of(device, parameters);
            let rows = drum.across.round().max(1.0);
            Pattern::Strips {
                width: drum.width.mm(),
                rows: rows as usize,
                along: rows / (density * drum.width.mm()),
            }
        }
        Kind::Stamp => Pattern::Grid {
            pitch: density.sqrt().recip(),
        },
        Kind::Pen if device.placed => Pattern::Grid {
            pitch: density.sqrt().recip(),
        },
        Kind::Pen | Kind::Single => Pattern::Anywhere { density },
    };
    let mut map = HoleMap {
        plot,
        landings: 0,
        pierced: 0,
        holes: Vec::new(),
        shape: shape(device, parameters),
    };
    for session in 0..sessions {
        let mut index = Index::new(plot, parameters.capture.mm());
        let first = map.holes.len();
        for pass in 0..hand.passes_made(device.kind, parameters).round().max(0.0) as usize {
            let name = format!("holes.{session}.{pass}");
            let places = pattern.places(plot, seed, &name);
            let depths = uniforms(seed, &format!("{name}.depth"), places.len());
            map.landings += places.len();
            for ([x_mm, y_mm], draw) in places.into_iter().zip(depths) {
                let which = (draw * contact.depths_mm.len() as f64) as usize;
                let Some(&depth_mm) = contact.depths_mm.get(which).filter(|depth| **depth > 0.0) else {
                    continue;
                };
                map.pierced += 1;
                let hole = Hole {
                    x_mm,
                    y_mm,
                    depth_mm,
                    radius_mm: map.shape.radius_mm(depth_mm),
                    session,
                };
                match index.nearest_within(&map.holes, first, x_mm, y_mm, parameters.capture.mm()) {
                    Some(caught) => {
                        let there = &mut map.holes[caught];
                        there.depth_mm = there.depth_mm.max(depth_mm);
                        there.radius_mm = there.radius_mm.max(hole.radius_mm);
                    }
                    None => {
                        index.add(map.holes.len() - first, x_mm, y_mm);
                        map.holes.push(hole);
                    }
                }
            }
        }
    }
    map
}

/// The one puncture of a single needle, in the middle of a plot; none where it does not go in.
#[must_use]
pub fn one_puncture(device: &Device, contact: &Contact, plot: Plot, parameters: &Parameters) -> HoleMap {
    let shape = shape(device, parameters);
    let depth_mm = contact.typical_mm;
    let hole = Hole {
        x_mm: 0.5 * plot.width.mm(),
        y_mm: 0.5 * plot.height.mm(),
        depth_mm,
        radius_mm: shape.radius_mm(depth_mm),
        session: 0,
    };
    let holes = if depth_mm > 0.0 { vec![hole] } else { Vec::new() };
    HoleMap {
        plot,
        landings: 1,
        pierced: holes.len(),
        holes,
        shape,
    }
}

impl Pattern {
    /// Where needles come down on a plot in one pass, mm.
    fn places(&self, plot: Plot, seed: u64, name: &str) -> Vec<[f64; 2]> {
        let (width, height) = (plot.width.mm(), plot.height.mm());
        if let Self::Anywhere { density } = self {
            let count = (density * width * height).round() as usize;
            let (x, y) = (
                uniforms(seed, &format!("{name}.x"), count),
                uniforms(seed, &format!("{name}.y"), count),
            );
            return x.into_iter().zip(y).map(|(x, y)| [x * width, y * height]).collect();
        }
        let start = uniforms(seed, name, 3);
        let (sin, cos) = (start[0] * std::f64::consts::TAU).sin_cos();
        // In the frame of the pass, u along the rolling and v across it, about the middle of the plot.
        let half_extent = 0.5 * (width * cos.abs() + height * sin.abs());
        let breadth = 0.5 * (width * sin.abs() + height * cos.abs());
        let mut places = Vec::new();
        let mut put = |u: f64, v: f64| {
            let (x, y) = (0.5 * width + u * cos - v * sin, 0.5 * height + u * sin + v * cos);
            if (0.0..width).contains(&x) && (0.0..height).contains(&y) {
                places.push([x, y]);
            }
        };
        let (strip, rows, along) = match *self {
            Self::Strips { width, rows, along } => (width, rows, along),
            Self::Grid { pitch } | Self::Anywhere { density: pitch } => (pitch, 1, pitch),
        };
        // A strip or a pitch without width would never end.
        if !(strip > 0.0 && along > 0.0) {
            return places;
        }
        let strips = (2.0 * breadth / strip).ceil() as usize + 1;
        let phases = match self {
            // A plate keeps its grid from one row to the next.
            Self::Grid { .. } => vec![start[2]; strips],
            _ => uniforms(seed, &format!("{name}.phase"), strips),
        };
        for (number, phase) in phases.iter().enumerate() {
            let left = -breadth + (number as f64 - start[1]) * strip;
            for row in 0..rows {
                let v = left + (row as f64 + 0.5) * strip / rows as f64;
                let mut u = -half_extent - phase * along;
                // Ends: the pitch is positive.
                while u <= half_extent {
                    put(u, v);
                    u += along;
                }
            }
        }
        places
    }
}

impl HoleMap {
    /// The holes of one session.
    pub fn of_session(&self, session: u32) -> impl Iterator<Item = &Hole> {
        self.holes.iter().filter(move |hole| hole.session == session)
    }

    /// Distinct holes per area of one session, on average.
    #[must_use]
    pub fn density(&self, sessions: u32) -> ArealDensity {
        let area = self.plot.width.mm() * self.plot.height.mm() * f64::from(sessions.max(1));
        ArealDensity::from_per_mm2(self.holes.len() as f64 / area)
    }

    /// Distinct holes over needles that went in.
    #[must_use]
    pub fn distinct_fraction(&self) -> f64 {
        self.holes.len() as f64 / self.pierced.max(1) as f64
    }

    /// Share of the holes of a session whose nearest neighbour is within each of `distances_mm`, ascending; holes
    /// nearer to the edge than the distance do not count.
    #[cfg(test)]
    fn nearest_neighbours(&self, session: u32, distances_mm: &[f64]) -> Vec<f64> {
        let holes: Vec<Hole> = self.of_session(session).copied().collect();
        let longest = distances_mm.iter().copied().fold(0.0, f64::max);
        let mut index = Index::new(self.plot, longest);
        for (i, hole) in holes.iter().enumerate() {
            index.add(i, hole.x_mm, hole.y_mm);
        }
        let nearest: Vec<(f64, f64)> = holes
            .iter()
            .enumerate()
            .map(|(i, hole)| {
                let edge = (hole.x_mm.min(self.plot.width.mm() - hole.x_mm))
                    .min(hole.y_mm.min(self.plot.height.mm() - hole.y_mm));
                let mut best = f64::INFINITY;
                index.around(hole.x_mm, hole.y_mm, longest, |other| {
                    if other != i {
                        best = best.min((holes[other].x_mm - hole.x_mm).hypot(holes[other].y_mm - hole.y_mm));
                    }
                });
                (edge, best)
            })
            .collect();
        distances_mm
            .iter()
            .map(|&distance| {
                let inside: Vec<f64> = nearest
                    .iter()
                    .filter(|(edge, _)| *edge >= distance)
                    .map(|(_, best)| *best)
                    .collect();
                inside.iter().filter(|best| **best <= distance).count() as f64 / inside.len().max(1) as f64
            })
            .collect()
    }

    /// Share of the plot that lies within `radius_mm(hole)` of a hole of the session, by `points` × `points` test
    /// points away from the edge; no radius may exceed `most_mm`.
    #[must_use]
    pub fn covered(&self, session: u32, points: usize, most_mm: f64, radius_mm: impl Fn(&Hole) -> f64) -> f64 {
        let holes: Vec<(Hole, f64)> = self.of_session(session).map(|hole| (*hole, radius_mm(hole))).collect();
        let mut index = Index::new(self.plot, most_mm);
        for (i, (hole, _)) in holes.iter().enumerate() {
            index.add(i, hole.x_mm, hole.y_mm);
        }
        let place = |i: usize, length: f64| most_mm + (i as f64 + 0.5) / points as f64 * (length - 2.0 * most_mm);
        let (width, height) = (self.plot.width.mm(), self.plot.height.mm());
        let mut hit = 0_usize;
        for row in 0..points {
            for column in 0..points {
                let (x, y) = (place(column, width), place(row, height));
                let mut covered = false;
                index.around(x, y, most_mm, |i| {
                    let (hole, radius) = &holes[i];
                    covered |= (hole.x_mm - x).hypot(hole.y_mm - y) <= *radius;
                });
                hit += usize::from(covered);
            }
        }
        hit as f64 / (points * points).max(1) as f64
    }

    /// Injured share of the plot in one session at a depth below the surface: inside a channel or its halo.
    #[must_use]
    pub fn injured(&self, session: u32, points: usize, depth: Length, halo: Length) -> f64 {
        let most = self.shape.shaft_mm + halo.mm();
        self.covered(session, points, most, |hole| {
            let above = hole.depth_mm - depth.mm();
            if above > 0.0 {
                self.shape.radius_mm(above) + halo.mm()
            } else {
                -1.0
            }
        })
    }
}

/// Holes by the square of the plot that they lie in.
struct Index {
    cell: f64,
    columns: usize,
    rows: usize,
    /// First hole of a square and, for each hole, the next one in its square; one is added, zero ends.
    first: Vec<u32>,
    next: Vec<u32>,
}

impl Index {
    /// Squares of at least `radius_mm`, but not more than there can be holes to sort.
    fn new(plot: Plot, radius_mm: f64) -> Self {
        // numerical: most squares along a side
        const MOST: f64 = 512.0;
        let (width, height) = (plot.width.mm(), plot.height.mm());
        let cell = radius_mm.max(width.max(height) / MOST).max(f64::MIN_POSITIVE);
        let (columns, rows) = ((width / cell) as usize + 1, (height / cell) as usize + 1);
        Self {
            cell,
            columns,
            rows,
            first: vec![0; columns * rows],
            next: Vec::new(),
        }
    }

    fn square(&self, x: f64, y: f64) -> (usize, usize) {
        let column = ((x / self.cell).max(0.0) as usize).min(self.columns - 1);
        let row = ((y / self.cell).max(0.0) as usize).min(self.rows - 1);
        (column, row)
    }

    /// Adds the hole with the next number.
    fn add(&mut self, number: usize, x: f64, y: f64) {
        let (column, row) = self.square(x, y);
        let slot = row * self.columns + column;
        self.next.push(self.first[slot]);
        self.first[slot] = number as u32 + 1;
    }

    /// Calls `visit` with every hole that may lie within `radius_mm` of a place.
    fn around(&self, x: f64, y: f64, radius_mm: f64, mut visit: impl FnMut(usize)) {
        let (left, low) = self.square(x - radius_mm, y - radius_mm);
        let (right, high) = self.square(x + radius_mm, y + radius_mm);
        for row in low..=high {
            for column in left..=right {
                let mut at = self.first[row * self.columns + column];
                // Ends: each hole points to one that was put in before it.
                while at > 0 {
                    visit(at as usize - 1);
                    at = self.next[at as usize - 1];
                }
            }
        }
    }

    /// The nearest hole within `radius_mm` of a place; `first` is the number of the first hole that is indexed.
    fn nearest_within(&self, holes: &[Hole], first: usize, x: f64, y: f64, radius_mm: f64) -> Option<usize> {
        let mut best: Option<(f64, usize)> = None;
        self.around(x, y, radius_mm, |i| {
            let hole = &holes[first + i];
            let distance = (hole.x_mm - x).hypot(hole.y_mm - y);
            if distance <= radius_mm && best.is_none_or(|(least, _)| distance < least) {
                best = Some((distance, first + i));
            }
        });
        best.map(|(_, i)| i)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::press;
    use crate::example::{parameters, roller};
    use crate::person::PersonDraws;
    use needlework_numerics::normal_strata;
    use needlework_skin::example::skin;
    use needlework_stria::example::tissue;

    const PLOT: Plot = Plot {
        width: Length::from_canonical(50.0),
        height: Length::from_canonical(50.0),
    };

    fn map(device: &Device, passes: f64, sessions: u32, parameters: &Parameters) -> HoleMap {
        let hand = Hand::of(passes);
        let contact = press(
            device,
            &hand,
            &skin(),
            &tissue(24),
            parameters,
            &PersonDraws::default(),
            &normal_strata(64),
        );
        lay(device, &hand, &contact, PLOT, sessions, parameters, 1)
    }

    fn never_caught() -> Parameters {
        Parameters {
            capture: Length::ZERO,
            ..parameters()
        }
    }

    #[test]
    fn a_pass_leaves_as_many_holes_as_the_drum_has_on_its_way() {
        let p = never_caught();
        let map = map(&roller(1.5), 16.0, 1, &p);
        let expected = 16.0 * holes_per_pass(&roller(1.5), Length::ZERO, &p).per_cm2();
        let found = map.density(1).per_cm2();
        // Strips begin and end at random, so a plot of 25 cm² catches a few more or less.
        assert!((found / expected - 1.0).abs() < 0.02, "{found} {expected}");
        assert_eq!(map.pierced, map.holes.len());
        assert_eq!(map.landings, map.pierced);
    }

    /// Closed forms of a Poisson process: nearest neighbours and coverage of uniform landings.
    /// A pen with so few strokes that its holes can be told apart: 0.15 in a square millimetre and pass.
    fn slow_pen() -> Device {
        Device {
            needles: Some(12),
            frequency: Some(needlework_units::Rate::from_per_day(2.1 * 86_400.0)),
            ..Device::of(Kind::Pen, Length::from_mm(1.5))
        }
    }

    #[test]
    fn uniform_landings_are_a_poisson_process() {
        let pen = slow_pen();
        let map = map(&pen, 20.0, 1, &never_caught());
        let n = map.density(1).per_mm2();
        let distances = [0.1, 0.2, 0.3, 0.5];
        let found = map.nearest_neighbours(0, &distances);
        for (r, share) in distances.iter().zip(found) {
            let expected = 1.0 - (-std::f64::consts::PI * n * r * r).exp();
            assert!((share - expected).abs() < 0.015, "{r}: {share} {expected}");
        }
        let covered = map.covered(0, 400, 0.3, |_| 0.25);
        let expected = 1.0 - (-n * std::f64::consts::PI * 0.0625).exp();
        assert!((covered - expected).abs() < 0.01, "{covered} {expected}");
    }

    #[test]
    fn many_passes_of_a_drum_in_all_directions_come_near_to_a_poisson_process_and_one_pass_does_not() {
        let share = |passes: f64| {
            let map = map(&roller(1.5), passes, 1, &never_caught());
            let r = 0.5 / map.density(1).per_mm2().sqrt();
            map.nearest_neighbours(0, &[r])[0] - (1.0 - (-std::f64::consts::PI / 4.0).exp())
        };
        assert!(share(1.0) < -0.5, "{}", share(1.0));
        assert!(share(16.0).abs() < 0.06, "{}", share(16.0));
    }

    #[test]
    fn needles_that_slide_into_holes_leave_fewer_and_none_closer_than_they_are_caught() {
        let p = parameters();
        let map = map(&roller(1.5), 16.0, 1, &p);
        assert!(map.distinct_fraction() < 1.0 && map.distinct_fraction() > 0.5);
        assert_eq!(map.nearest_neighbours(0, &[0.99 * p.capture.mm()])[0], 0.0);
        let more = Parameters {
            capture: Length::from_mm(0.2),
            ..p
        };
        let fewer = self::map(&roller(1.5), 16.0, 1, &more);
        assert!(fewer.holes.len() < map.holes.len() && fewer.pierced == map.pierced);
    }

    #[test]
    fn a_session_of_the_chain_has_as_many_holes_as_a_map_of_it() {
        for capture_mm in [0.05, 0.1, 0.2, 0.3] {
            let p = Parameters {
                capture: Length::from_mm(capture_mm),
                ..parameters()
            };
            let map = map(&roller(1.5), 16.0, 1, &p);
            let person = PersonDraws::default();
            let needles = normal_strata(64);
            let session = crate::holes::puncture(
                &roller(1.5),
                &Hand::of(16.0),
                &skin(),
                &tissue(24),
                &p,
                &person,
                &needles,
            );
            let ratio = session.density.per_mm2() / map.density(1).per_mm2();
            assert!((ratio - 1.0).abs() < 0.03, "{capture_mm} mm: {ratio}");
        }
    }

    #[test]
    fn the_map_injures_what_the_formula_of_poisson_discs_says() {
        let p = never_caught();
        let device = slow_pen();
        let (hand, halo) = (Hand::of(20.0), p.halo);
        let depth = Length::from_mm(0.09);
        let map = map(&device, 20.0, 1, &p);
        let formula = crate::holes::puncture(
            &device,
            &hand,
            &skin(),
            &tissue(24),
            &p,
            &PersonDraws::default(),
            &normal_strata(64),
        )
        .injured_top;
        let found = map.injured(0, 800, depth, halo);
        assert!((found / formula - 1.0).abs() < 0.03, "{found} {formula}");
    }

    #[test]
    fn the_same_seed_gives_the_same_map_and_sessions_differ() {
        let p = parameters();
        let stamp = Device {
            needles: Some(35),
            ..Device::of(Kind::Stamp, Length::from_mm(1.5))
        };
        for device in [roller(1.5), stamp] {
            let two = map(&device, 4.0, 2, &p);
            assert_eq!(two, map(&device, 4.0, 2, &p));
            let first: Vec<&Hole> = two.of_session(0).collect();
            let second: Vec<&Hole> = two.of_session(1).collect();
            assert!(first[0].x_mm != second[0].x_mm && !second.is_empty());
            let longer = map(&device, 4.0, 3, &p);
            assert_eq!(
                longer.holes[..two.holes.len()],
                two.holes[..],
                "a longer course begins with the shorter"
            );
        }
    }

    #[test]
    fn needles_too_weak_to_enter_leave_an_empty_map() {
        let p = Parameters {
            stratum_corneum_strength: needlework_units::Stress::from_mpa(1e6),
            hand_force: needlework_units::Force::from_newtons(1e-6),
            ..parameters()
        };
        let map = map(&roller(0.13), 4.0, 1, &p);
        assert!(map.holes.is_empty() && map.landings > 0 && map.distinct_fraction() == 0.0);
    }

    #[test]
    fn a_single_needle_leaves_one_puncture_and_no_density() {
        let p = parameters();
        let device = Device::of(Kind::Single, Length::from_mm(4.0));
        let plot = Plot {
            width: Length::from_mm(20.0),
            height: Length::from_mm(20.0),
        };
        let at = |force: Option<f64>| {
            let hand = Hand {
                force: force.map(needlework_units::Force::from_newtons),
                ..Hand::of(10.0)
            };
            let person = PersonDraws::default();
            let contact = crate::contact::press(&device, &hand, &skin(), &tissue(24), &p, &person, &[0.0]);
            (
                one_puncture(&device, &contact, plot, &p),
                lay(&device, &hand, &contact, plot, 3, &p, 1),
            )
        };
        let (one, laid) = at(None);
        assert!(one.holes.len() == 1 && one.landings == 1 && (one.holes[0].depth_mm - 4.0).abs() < 1e-12);
        assert!(
            laid.holes.is_empty() && laid.landings == 0,
            "without an area there is no density"
        );
        assert!(at(Some(0.0)).0.holes.is_empty());
    }
}
