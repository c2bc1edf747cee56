//! One needle pressed into layered skin: force against travel, the force at which skin gives way, and the depth that
//! follows.
//!
//! **Before.** The tip is far thinner than the epidermis, and the epidermis far stiffer than the dermis, so the
//! epidermis bends like a plate (thickness h, modulus E_e) on an elastic half-space (E_d). For incompressible layers
//! the dent under a point force is (Hogg 1938)
//!
//! F = k·δ·(1 + m·(δ/h)²),  k = 3√3·D/ℓ²,  D = E_e·h³/9,  ℓ³ = 2D/(4E_d/3),
//!
//! where the cubic is the tension of a plate that is dented deeper than it is thick; the coefficient m of a clamped
//! plate is 0.44.
//!
//! A Hertz or Sneddon tip alone would sink deeper into the epidermis than the epidermis is thick; that is why the plate
//! is used. Skin stiffens under a needle: E_d there is s times its modulus when pressed lightly, and both layers
//! stiffen with speed as (v/v₀)^n.
//!
//! **Two events.** The tip enters the stratum corneum at F₁ and comes through the epidermis, of thickness h, at F₂;
//! both follow from the kind of tip ([`crate::piercing`]). Between them it cuts its way as the force rises, and it goes
//! on cutting beyond:
//!
//! F(z) = F₁ + (F₂ − F₁)·z/h + G(z) in the epidermis,  F(z) = c·F₂ + G(z) below it,
//!
//! with c the share of F₂ that goes on cutting. G is what the flanks meet: G(z) = π·tan α·(tan α + μ)·p·z² up to the
//! shoulder, and 2π·r·μ·p for each millimetre of shaft beyond, μ friction, and p the pressure of the tissue,
//! proportional to E_d. The edges of a bevel cut skin as wide as they are: they add c·s_F·2·tan α for each millimetre
//! of bevel, s_F the slope of force over width of sharp tips.
//!
//! Travel is u = z + δ(F(z)) at any depth. At the deeper drop u = h + δ(F₂ + G(h)) stands still: the dent springs back
//! onto the needle, which stands at once at the **depth at the drop**. So a needle shorter than epidermis and dent
//! together never reaches the dermis (a test). The elastic energy that is set free always covers what the needle's way
//! costs (a test).
//!
//! **Out again.** Friction alone pulls the skin up by δ(F_f): it tents.
//!
//! Assumptions: quasi-static, axisymmetric, a straight cone on a cylinder, no bending of the needle, the way through
//! the epidermis even. The numbers c, μ, p, s and n are assumed with wide priors (evidence/insertion.toml): nobody has
//! published them for skin and needles of this size. Limits: m is that of a plate without foundation; a bevel is taken
//! as the cone of its own angle, and its edges by a law that was measured for tips below 37 µm.

use std::f64::consts::PI;

use needlework_skin::{Skin, mark_mechanics};
use needlework_stria::Tissue;
use needlework_units::{Force, Length};

use crate::parameters::Parameters;
use crate::piercing::{cutting_line, drop_force, entry_force};
use crate::shape::Shape;
use crate::tip::Tip;

/// What one needle meets in one person's skin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Encounter {
    /// Stiffness of the skin under a small point force, newtons for each millimetre.
    stiffness: f64,
    /// Its growth with the cube of the dent, N/mm³.
    tension: f64,
    /// Thickness of the epidermis, mm.
    layer_mm: f64,
    /// Force at which the tip enters the stratum corneum, N.
    entry: f64,
    /// Force at which the tip comes through the epidermis, N, without what the flanks meet.
    piercing: f64,
    /// Force that goes on cutting, N.
    cutting: f64,
    /// Force of cutting edges for each millimetre of bevel, N/mm.
    edge: f64,
    /// Force for the square of each millimetre of cone, N/mm².
    cone: f64,
    /// Force for each millimetre of shaft, N/mm.
    shaft: f64,
    /// Length of the cone, mm.
    cone_mm: f64,
    /// Share of the force beyond cutting that is friction.
    friction_fraction: f64,
    /// What follows of these, kept because every step of a contact asks for it.
    brinks: Brinks,
}

/// Where the course of an encounter changes, mm.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Brinks {
    /// Travel at which the tip enters the stratum corneum.
    entry_mm: f64,
    /// Travel at which it comes through the epidermis.
    drop_mm: f64,
    /// Dent that the force of cutting alone holds.
    cutting_dent_mm: f64,
}

/// A point of the curve of one needle.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// How far the needle was moved from first touch, mm.
    pub travel_mm: f64,
    /// Force on the needle, N.
    pub force: f64,
    /// Depth of its tip in the skin, mm.
    pub depth_mm: f64,
}

/// What a needle meets that moves at `speed_mm_s` in a person's skin over a mark.
#[must_use]
pub fn encounter(shape: &Shape, skin: &Skin, tissue: &Tissue, speed_mm_s: f64, parameters: &Parameters) -> Encounter {
    // Slower than the reference the laboratory's numbers hold as they are.
    let rate = (speed_mm_s / parameters.reference_speed.canonical())
        .max(1.0)
        .powf(parameters.rate_power);
    // The mark is softer than the dermis around it for what it has lost of collagen and of elastin.
    let mark = mark_mechanics(skin, collagen(tissue), tissue.elastin);
    let dermis_mpa = mark.dermis.mpa() * parameters.stiffening * rate;
    let epidermis_mpa = skin.mechanics.epidermis.mpa() * rate;
    let stiffness = plate_stiffness(epidermis_mpa, skin.epidermis.mm(), dermis_mpa);
    let piercing = parameters.piercing_factor * drop_force(shape, parameters).newtons();
    let entry = entry_force(shape, parameters).newtons().min(piercing);
    let edge = match shape.end {
        Tip::Bevel => {
            let line = parameters.piercing_factor * cutting_line(parameters);
            parameters.cutting_share * line * 2.0 * shape.taper_ratio
        }
        Tip::Cone | Tip::Pyramid | Tip::Blunt => 0.0,
    };
    let pressure_mpa = parameters.flank_pressure * dermis_mpa;
    let grip = shape.taper_ratio + parameters.friction;
    Encounter {
        stiffness,
        tension: stiffness * parameters.membrane / skin.epidermis.mm().powi(2),
        layer_mm: skin.epidermis.mm(),
        entry,
        piercing,
        cutting: parameters.cutting_share * piercing,
        edge,
        cone: PI * shape.taper_ratio * grip * pressure_mpa,
        shaft: 2.0 * PI * shape.shaft_mm * parameters.friction * pressure_mpa,
        cone_mm: shape.cone_mm(),
        friction_fraction: parameters.friction / grip,
        brinks: Brinks::default(),
    }
    .with_brinks()
}

/// Mean collagen of a mark over that of normal dermis.
fn collagen(tissue: &Tissue) -> f64 {
    let cells = tissue.mature.len().max(1) as f64;
    (tissue.mature.iter().sum::<f64>() + tissue.immature.iter().sum::<f64>()) / cells
}

/// Stiffness of a plate on an elastic half-space, both incompressible, under a point force: newtons for each
/// millimetre.
fn plate_stiffness(plate_mpa: f64, thickness_mm: f64, below_mpa: f64) -> f64 {
    // numerical: 12(1 − ν²) at ν = ½
    const BENDING: f64 = 9.0;
    let bending = plate_mpa * thickness_mm.powi(3) / BENDING;
    let length_mm = (2.0 * bending / (below_mpa * 4.0 / 3.0)).cbrt();
    3.0 * 3.0_f64.sqrt() * bending / length_mm.powi(2)
}

impl Encounter {
    /// The same for a needle whose tip goes in at `factor` times the force, and which meets `resistance` times the
    /// resistance beyond.
    #[must_use]
    pub fn scaled(&self, factor: f64, resistance: f64) -> Self {
        Self {
            entry: self.entry * factor,
            piercing: self.piercing * factor,
            cutting: self.cutting * factor,
            edge: self.edge * factor,
            cone: self.cone * resistance,
            shaft: self.shaft * resistance,
            ..*self
        }
        .with_brinks()
    }

    /// The same with where its course changes.
    fn with_brinks(self) -> Self {
        let brinks = Brinks {
            entry_mm: self.dent_mm(self.entry),
            drop_mm: self.layer_mm + self.dent_mm(self.drop_force().newtons()),
            cutting_dent_mm: self.dent_mm(self.cutting),
        };
        Self { brinks, ..self }
    }

    /// Force at which the tip enters the stratum corneum.
    #[must_use]
    pub fn entry_force(&self) -> Force {
        Force::from_newtons(self.entry)
    }

    /// Travel at which it does, mm.
    #[must_use]
    pub fn travel_to_entry_mm(&self) -> f64 {
        self.brinks.entry_mm
    }

    /// Force at which the tip comes through the epidermis: that of the drop.
    #[must_use]
    pub fn drop_force(&self) -> Force {
        Force::from_newtons(self.piercing + self.flank(self.layer_mm).0)
    }

    /// Travel at which it does, mm: the epidermis and the dent of the skin before it gives way.
    #[must_use]
    pub fn travel_to_drop_mm(&self) -> f64 {
        self.brinks.drop_mm
    }

    /// Depth that a needle must be beyond to stand in the dermis, mm.
    #[must_use]
    pub fn epidermis_mm(&self) -> f64 {
        self.layer_mm
    }

    /// Force that holds a dent, N.
    fn spring(&self, dent_mm: f64) -> f64 {
        dent_mm * (self.stiffness + self.tension * dent_mm.powi(2))
    }

    /// Dent under a force: the real root of the cubic, mm.
    fn dent_mm(&self, force: f64) -> f64 {
        if self.tension <= 0.0 {
            return force / self.stiffness;
        }
        let scale = (self.stiffness / (3.0 * self.tension)).sqrt();
        let load = 3.0 * force / (2.0 * self.stiffness * scale);
        2.0 * scale * (load.asinh() / 3.0).sinh()
    }

    /// What the flanks meet at a depth, N, and how fast it grows, N/mm.
    fn flank(&self, depth_mm: f64) -> (f64, f64) {
        let cone_mm = depth_mm.min(self.cone_mm);
        let force = self.edge * cone_mm + self.cone * cone_mm.powi(2) + self.shaft * (depth_mm - cone_mm);
        let slope = if depth_mm < self.cone_mm {
            self.edge + 2.0 * self.cone * depth_mm
        } else {
            self.shaft
        };
        (force, slope)
    }

    /// Force on a needle whose tip is still in the epidermis, N, and how fast it grows, N/mm.
    fn within(&self, depth_mm: f64) -> (f64, f64) {
        let (force, slope) = self.flank(depth_mm);
        let rise = (self.piercing - self.entry) / self.layer_mm;
        (force + self.entry + rise * depth_mm, slope + rise)
    }

    /// The same for a needle that came through it.
    fn beyond(&self, depth_mm: f64) -> (f64, f64) {
        let (force, slope) = self.flank(depth_mm);
        (force + self.cutting, slope)
    }

    /// Force on a needle at depth, N. At the lower rim of the epidermis it is that after the drop.
    #[must_use]
    pub fn force_at_depth(&self, depth_mm: f64) -> f64 {
        if depth_mm < self.layer_mm {
            self.within(depth_mm).0
        } else {
            self.beyond(depth_mm).0
        }
    }

    /// The deepest place up to `most_mm` that a needle gets to under a force: none below the force at which the stratum
    /// corneum is entered, none beyond the epidermis below that of the drop, and then as deep as cutting and friction
    /// leave it.
    #[must_use]
    pub fn depth_under(&self, force: Force, most_mm: f64) -> f64 {
        // numerical: a length is halved so often; less than a nanometre is left of a metre
        const HALVINGS: usize = 60;
        let force = force.newtons();
        if force <= 0.0 || force < self.entry {
            return 0.0;
        }
        let through = force >= self.drop_force().newtons();
        let (mut low_mm, mut high_mm) = if through {
            (self.layer_mm.min(most_mm), most_mm)
        } else {
            (0.0, self.layer_mm.min(most_mm))
        };
        let load = |depth_mm: f64| {
            if through {
                self.beyond(depth_mm).0
            } else {
                self.within(depth_mm).0
            }
        };
        if load(high_mm) <= force {
            return high_mm;
        }
        for _ in 0..HALVINGS {
            let middle_mm = 0.5 * (low_mm + high_mm);
            if load(middle_mm) <= force {
                low_mm = middle_mm;
            } else {
                high_mm = middle_mm;
            }
        }
        low_mm
    }

    /// Where a needle stands that was moved by `travel_mm` from first touch, having pierced what it could.
    #[must_use]
    pub fn pressed(&self, travel_mm: f64) -> Point {
        let travel_mm = travel_mm.max(0.0);
        if travel_mm <= self.travel_to_entry_mm() {
            return Point {
                travel_mm,
                force: self.spring(travel_mm),
                depth_mm: 0.0,
            };
        }
        if travel_mm < self.travel_to_drop_mm() {
            let depth_mm = self.settled(travel_mm, 0.0, self.layer_mm, |depth_mm| self.within(depth_mm));
            return Point {
                travel_mm,
                force: self.within(depth_mm).0,
                depth_mm,
            };
        }
        let depth_mm = self.depth_after(travel_mm);
        Point {
            travel_mm,
            force: self.beyond(depth_mm).0,
            depth_mm,
        }
    }

    /// Depth of a needle that came through the epidermis, mm.
    fn depth_after(&self, travel_mm: f64) -> f64 {
        let most_mm = (travel_mm - self.brinks.cutting_dent_mm).max(self.layer_mm);
        self.settled(travel_mm, self.layer_mm, most_mm, |depth_mm| self.beyond(depth_mm))
    }

    /// Solves u = z + δ(F(z)) for z by Newton's method between bounds, with bisection where it leaves them or where a
    /// step is not at most half of the one before: the slope jumps where the cone ends, and there steps could go back
    /// and forth for ever. What is driven to nothing is the force on the needle less that of the dent u − z, which
    /// grows with z: the dent's force is a polynomial, its inverse is not.
    fn settled(&self, travel_mm: f64, low_mm: f64, high_mm: f64, load: impl Fn(f64) -> (f64, f64)) -> f64 {
        // numerical: a millionth of a micrometre
        const CLOSE_MM: f64 = 1e-9;
        // numerical: thrice what halving alone would need; four or five are usual
        const MOST: usize = 100;
        let (mut low_mm, mut high_mm) = (low_mm, high_mm);
        let mut depth_mm = high_mm;
        let mut last_mm = high_mm - low_mm;
        for _ in 0..MOST {
            let (force, grip) = load(depth_mm);
            let dent_mm = travel_mm - depth_mm;
            let over = force - self.spring(dent_mm);
            if over > 0.0 {
                high_mm = depth_mm;
            } else {
                low_mm = depth_mm;
            }
            let slope = grip + self.stiffness + 3.0 * self.tension * dent_mm.powi(2);
            let newton_mm = depth_mm - over / slope;
            let shrinks = (newton_mm - depth_mm).abs() <= 0.5 * last_mm;
            let next_mm = if low_mm < newton_mm && newton_mm < high_mm && shrinks {
                newton_mm
            } else {
                0.5 * (low_mm + high_mm)
            };
            last_mm = (next_mm - depth_mm).abs();
            if last_mm < CLOSE_MM {
                return next_mm;
            }
            depth_mm = next_mm;
        }
        depth_mm
    }

    /// Depth at which the needle stands at the moment after the skin gave way.
    #[must_use]
    pub fn depth_at_drop(&self) -> Length {
        Length::from_mm(self.depth_after(self.travel_to_drop_mm()))
    }

    /// Height to which friction lifts the skin when a needle is drawn out from a depth.
    #[must_use]
    pub fn tent(&self, depth: Length) -> Length {
        let cone_mm = depth.mm().min(self.cone_mm);
        // All of the force on the shaft is friction, and a part of that on the cone.
        let friction = self.friction_fraction * self.cone * cone_mm * cone_mm + self.shaft * (depth.mm() - cone_mm);
        Length::from_mm(self.dent_mm(friction.max(0.0)))
    }

    /// The curve of force against travel up to `travel_mm`, with both points of the drop in it; `count` points besides.
    #[must_use]
    pub fn curve(&self, travel_mm: f64, count: usize) -> Vec<Point> {
        let at_mm = self.travel_to_drop_mm();
        let mut points: Vec<Point> = (0..=count)
            .map(|i| self.pressed(travel_mm * i as f64 / count.max(1) as f64))
            .collect();
        if at_mm <= travel_mm {
            let place = points.partition_point(|point| point.travel_mm < at_mm);
            let before = Point {
                travel_mm: at_mm,
                force: self.drop_force().newtons(),
                depth_mm: self.layer_mm,
            };
            points.insert(place, before);
            points.insert(place + 1, self.pressed(at_mm));
        }
        points
    }

    /// Work stored in the dent and spent on the way of the needle from the epidermis down to a depth, N·mm.
    #[cfg(test)]
    fn energies(&self, depth_mm: f64) -> (f64, f64) {
        let flank = |depth_mm: f64| {
            let cone_mm = depth_mm.min(self.cone_mm);
            let shaft_mm = depth_mm - cone_mm;
            self.edge * cone_mm.powi(2) / 2.0
                + self.edge * cone_mm * shaft_mm
                + self.cone * cone_mm.powi(3) / 3.0
                + self.cone * self.cone_mm.powi(2) * shaft_mm
                + self.shaft * shaft_mm.powi(2) / 2.0
        };
        let spent = self.cutting * (depth_mm - self.layer_mm) + flank(depth_mm) - flank(self.layer_mm);
        (self.stored(self.dent_mm(self.force_at_depth(depth_mm))), spent)
    }

    #[cfg(test)]
    fn stored(&self, dent_mm: f64) -> f64 {
        self.stiffness * dent_mm.powi(2) / 2.0 + self.tension * dent_mm.powi(4) / 4.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::parameters;
    use needlework_numerics::uniforms;
    use needlework_skin::example::skin;
    use needlework_stria::example::tissue;
    use needlework_units::Stress;

    const SHAPE: Shape = Shape {
        end: Tip::Cone,
        tip_mm: 0.004,
        bore_mm: 0.0,
        taper_ratio: 0.09,
        shaft_mm: 0.1,
    };

    fn usual() -> Encounter {
        encounter(&SHAPE, &skin(), &tissue(24), 10.0, &parameters())
    }

    /// The closed form of the plate against the integral that it solves: w = F/2π·∫dk/(D·k³ + E*/2).
    #[test]
    fn the_plate_on_a_half_space_gives_the_dent_of_its_integral() {
        let (plate, thickness, below) = (1.4, 0.09, 0.175);
        let bending = plate * 0.09_f64.powi(3) / 9.0;
        let half = below * 4.0 / 3.0 / 2.0;
        let scale = (half / bending).cbrt();
        // k = scale·t/(1 − t) maps the half-line on the unit interval.
        let count = 200_000;
        let integral: f64 = (0..count)
            .map(|i| (f64::from(i) + 0.5) / f64::from(count))
            .map(|t| {
                let k = scale * t / (1.0 - t);
                scale / (1.0 - t).powi(2) / (bending * k.powi(3) + half)
            })
            .sum::<f64>()
            / f64::from(count);
        let dent = integral / (2.0 * PI);
        let found = plate_stiffness(plate, thickness, below).recip();
        assert!((found / dent - 1.0).abs() < 1e-6, "{found} {dent}");
    }

    #[test]
    fn the_skin_is_a_spring_then_the_stratum_corneum_is_entered_and_then_the_force_drops() {
        let e = usual();
        let (entry, at) = (e.travel_to_entry_mm(), e.travel_to_drop_mm());
        let small = e.pressed(1e-4 * entry).force;
        assert!((small / (1e-4 * entry * e.stiffness) - 1.0).abs() < 1e-6);
        assert!(e.pressed(entry * (1.0 - 1e-9)).depth_mm == 0.0 && e.pressed(entry * 1.01).depth_mm > 0.0);
        assert!(
            e.pressed(0.5 * at).force * 2.0 < e.drop_force().newtons(),
            "it stiffens"
        );
        let (before, after) = (e.pressed(at * (1.0 - 1e-9)), e.pressed(at));
        assert!((before.depth_mm - 0.09).abs() < 1e-6 && (before.force - e.drop_force().newtons()).abs() < 1e-6);
        assert!(after.depth_mm > before.depth_mm && after.force < before.force);
        assert!((after.depth_mm - e.depth_at_drop().mm()).abs() < 1e-9);
        assert!(
            (e.spring(e.dent_mm(0.05)) - 0.05).abs() < 1e-12,
            "the root of the cubic"
        );
    }

    fn ends() -> Vec<Shape> {
        Tip::ALL
            .into_iter()
            .flat_map(|end| [0.001, 0.004, 0.02, 0.06].map(|tip_mm| Shape { end, tip_mm, ..SHAPE }))
            .collect()
    }

    #[test]
    fn a_needle_shorter_than_epidermis_and_dent_never_reaches_the_dermis() {
        for shape in ends() {
            for (epidermis_mm, kpa) in [(0.05, 10.0), (0.09, 35.0), (0.2, 100.0)] {
                let mut skin = skin();
                skin.epidermis = Length::from_mm(epidermis_mm);
                skin.mechanics.dermis = Stress::from_kpa(kpa);
                let e = encounter(&shape, &skin, &tissue(24), 10.0, &parameters());
                let dent_mm = e.dent_mm(e.drop_force().newtons());
                for share in [0.0, 0.3, 0.7, 0.999] {
                    let point = e.pressed(share * (epidermis_mm + dent_mm));
                    assert!(point.depth_mm <= epidermis_mm, "{shape:?} {point:?}");
                }
                assert!(e.pressed(epidermis_mm + dent_mm).depth_mm > epidermis_mm);
            }
        }
    }

    #[test]
    fn a_harder_push_never_leaves_a_shallower_hole_and_no_push_leaves_none() {
        for shape in ends() {
            let e = encounter(&shape, &skin(), &tissue(24), 10.0, &parameters());
            let at = |newtons: f64| e.depth_under(Force::from_newtons(newtons), 8.0);
            assert_eq!(at(0.0), 0.0);
            assert_eq!(at(0.999 * e.entry), 0.0);
            let forces: Vec<f64> = (0..400).map(|i| 1e-5 * 1.04_f64.powi(i)).collect();
            for pair in forces.windows(2) {
                assert!(at(pair[1]) >= at(pair[0]), "{shape:?} {}", pair[0]);
            }
            let drop = e.drop_force().newtons();
            assert!(at(drop * 0.999) <= e.layer_mm && at(drop * 1.001) > e.layer_mm);
            let depth_mm = at(drop * 1.5);
            assert!((e.force_at_depth(depth_mm) / (drop * 1.5) - 1.0).abs() < 1e-6 || depth_mm == 8.0);
        }
    }

    #[test]
    fn the_edges_of_a_bevel_cut_and_a_cone_has_none() {
        let p = parameters();
        let of = |end| encounter(&Shape { end, ..SHAPE }, &skin(), &tissue(24), 10.0, &p);
        let (cone, bevel) = (of(Tip::Cone), of(Tip::Bevel));
        let more = bevel.force_at_depth(0.8) - cone.force_at_depth(0.8);
        let line = p.cutting_share * cutting_line(&p) * 2.0 * SHAPE.taper_ratio * 0.8;
        assert!((more - line).abs() < 1e-12, "{more} {line}");
    }

    #[test]
    fn travel_is_depth_and_dent_and_force_is_that_of_the_depth() {
        let e = usual();
        for travel in [0.05, 0.15, 0.9, 1.2, 1.4, 1.8, 2.6, 4.0] {
            let point = e.pressed(travel);
            let dent = travel - point.depth_mm;
            assert!((e.spring(dent) - point.force).abs() < 1e-9, "{point:?}");
            assert!((e.force_at_depth(point.depth_mm) - point.force).abs() < 1e-12);
        }
    }

    /// Work of the hand = energy in the dent + work of the way in + what the drop sets free, which is never less than
    /// nothing.
    /// Where the cone ends the slope jumps from steep to slippery; Newton's steps alone went back and forth there.
    #[test]
    fn a_depth_is_the_root_of_its_balance_also_where_the_cone_ends() {
        let draws = uniforms(7, "balance", 9 * 4000);
        let span = |draw: f64, low: f64, high: f64| low * (high / low).powf(draw);
        for draw in draws.chunks(9) {
            let piercing = span(draw[0], 1e-4, 0.1);
            let needle = Encounter {
                stiffness: span(draw[1], 0.003, 0.3),
                tension: span(draw[2], 0.001, 10.0),
                layer_mm: span(draw[3], 0.05, 0.15),
                entry: 0.3 * piercing,
                piercing,
                cutting: span(draw[4], 0.05, 1.0) * piercing,
                edge: if draw[5] < 0.5 { 0.0 } else { span(draw[5], 0.001, 0.1) },
                cone: span(draw[6], 0.003, 2.0),
                shaft: span(draw[7], 0.001, 0.3),
                cone_mm: span(draw[8], 0.1, 1.2),
                ..usual()
            }
            .with_brinks();
            for times in [0.5, 0.9, 1.01, 1.5, 3.0] {
                let travel_mm = times * needle.travel_to_drop_mm();
                let point = needle.pressed(travel_mm);
                if point.depth_mm > 0.0 {
                    let balance_mm = point.depth_mm + needle.dent_mm(point.force) - travel_mm;
                    assert!(balance_mm.abs() < 1e-5, "{balance_mm} at {travel_mm}: {needle:?}");
                }
            }
        }
    }

    #[test]
    fn the_drop_sets_energy_free_whatever_the_needle_and_the_skin() {
        let p = parameters();
        for (tip, share, pressure) in [
            (0.004, 0.4, 1.0),
            (0.02, 0.1, 10.0),
            (0.002, 0.9, 0.1),
            (0.004, 0.99, 5.0),
        ] {
            let shape = Shape { tip_mm: tip, ..SHAPE };
            let p = Parameters {
                cutting_share: share,
                flank_pressure: pressure,
                ..p.clone()
            };
            let e = encounter(&shape, &skin(), &tissue(24), 10.0, &p);
            let before = e.stored(e.dent_mm(e.drop_force().newtons()));
            let (dent, way) = e.energies(e.depth_at_drop().mm());
            assert!(before - dent - way >= -1e-15, "{tip} {share} {pressure}");
            // From the drop on, the work of the hand is all accounted for.
            let (from, to) = (e.travel_to_drop_mm(), e.travel_to_drop_mm() + 1.2);
            let count = 20_000;
            let step = (to - from) / f64::from(count);
            let work: f64 = (0..count)
                .map(|i| e.pressed(from + (f64::from(i) + 0.5) * step).force * step)
                .sum();
            let (dent_then, way_then) = e.energies(e.pressed(to).depth_mm);
            assert!((work - (dent_then + way_then - dent - way)).abs() < 1e-7, "{work}");
        }
    }

    #[test]
    fn pressing_on_never_makes_a_hole_shallower() {
        let e = usual();
        let curve = e.curve(3.0, 300);
        assert!(
            curve
                .windows(2)
                .all(|w| w[0].travel_mm <= w[1].travel_mm && w[0].depth_mm <= w[1].depth_mm)
        );
        assert_eq!(
            curve
                .iter()
                .filter(|point| point.travel_mm == e.travel_to_drop_mm())
                .count(),
            2
        );
    }

    #[test]
    fn a_blunt_tip_needs_more_travel_and_stiffer_skin_less() {
        let p = parameters();
        let blunt = Shape { tip_mm: 0.02, ..SHAPE };
        let worn = encounter(&blunt, &skin(), &tissue(24), 10.0, &p);
        assert!(worn.travel_to_drop_mm() > usual().travel_to_drop_mm());
        let mut stiff = skin();
        stiff.mechanics.dermis = Stress::from_kpa(100.0);
        let stiff = encounter(&SHAPE, &stiff, &tissue(24), 10.0, &p);
        assert!(stiff.travel_to_drop_mm() < usual().travel_to_drop_mm());
        let fast = encounter(&SHAPE, &skin(), &tissue(24), 3000.0, &p);
        assert!(fast.travel_to_drop_mm() < usual().travel_to_drop_mm());
    }

    #[test]
    fn a_mark_with_more_collagen_resists_more() {
        let mut richer = tissue(24);
        richer.immature.fill(0.2);
        let with = encounter(&SHAPE, &skin(), &richer, 10.0, &parameters());
        assert!(with.stiffness > usual().stiffness && with.cone > usual().cone);
        assert!(with.pressed(3.0).depth_mm < usual().pressed(3.0).depth_mm);
    }

    #[test]
    fn a_needle_that_is_drawn_out_lifts_the_skin() {
        let e = usual();
        assert!(e.tent(Length::from_mm(1.0)) > Length::ZERO);
        assert!(e.tent(Length::from_mm(1.0)) < Length::from_mm(e.dent_mm(e.force_at_depth(1.0))));
    }
}
