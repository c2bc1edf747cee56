//! A device against the skin: its needles share the hand's force, and the depth of each follows.
//!
//! The carrier of the needles (drum, plate, cartridge) stands a gap g above the level of the skin; where it rests on
//! the skin g = 0 and the carrier bears what is left of the force. The travel of a needle beyond first touch is
//!
//! * drum: u(ψ) = (R + L)·cos ψ − R − g at the angle ψ from the lowest point, with a row of needles at ψ = 0 and one
//!   every angular pitch;
//! * plate: u = L − g for all;
//! * pen: u = L, since its spacer rests on the skin and a motor drives the needles;
//! * single needle: it is pushed until it is as deep as it should be, or as deep as the force on it brings it where
//!   that is stated.
//!
//! Each needle bears F(u) of [`crate::needle`]; those that are on their way out of the skin bear nothing. As the hand
//! presses, g falls until the needles bear the whole force or the carrier touches: the first such g on the way down is
//! taken, since a tip that has given way does not close again. A harder hand therefore never leaves a shallower hole (a
//! test). The depth of a hole is the depth z(u) of its needle at the lowest point.
//!
//! Needles differ: the force at which each goes in scatters, and the first chain's scatter σ acts on the odds of the
//! share of the length that is in, z/(L − z)·e^{σε}: a scatter of the depth as far as that is small, and no needle in
//! to the hilt, which a dented skin does not allow. People differ in the force at which their skin gives way and in
//! what it opposes beyond, by the spread between hands of the first chain. A mark with less collagen is softer: a long
//! needle goes somewhat deeper, a short one pierces less often.
//!
//! **Bulk.** Under the force F skin and fat sink as a whole by S: a bed of modulus s·E_fat and thickness H under a drum
//! gives S = (3·F·H/(4·s·E_fat·W·√(2R)))^(2/3), at most four fifths of the fat. The needles ride on that level, so it
//! costs travel and not depth; it is reported beside the depth.
//!
//! Assumptions: level skin under the drum (wrapping would let more needles share), stiff carrier, dents far apart (ℓ is
//! a tenth of a millimetre, the pitch of a roller 2.6 mm). Limits: a bed of nails closer than that is not resolved; a
//! pen's motor is strong enough; the dermis goes on below itself, though needles that reach the fat meet something
//! softer.

use std::f64::consts::PI;

use needlework_skin::{Skin, stretched};
use needlework_stria::Tissue;
use needlework_units::{ArealDensity, Force, Length};

use crate::device::{Device, Drum, Hand, Kind, density_per_pass, speed_mm_s};
use crate::needle::{Encounter, encounter};
use crate::parameters::Parameters;
use crate::person::PersonDraws;
use crate::rolling::Rolling;
use crate::shape::shape;

// numerical: the way down is searched in so many steps, then halved so often; a thousandth of a micrometre is left
const STEPS: usize = 32;
const HALVINGS: usize = 24;

/// A device that presses on a person's skin.
#[derive(Debug, Clone, PartialEq)]
pub struct Contact {
    /// What a typical needle of the device meets.
    pub encounter: Encounter,
    /// Gap between the carrier of the needles and the level of the skin.
    pub gap: Length,
    /// Force on the device.
    pub force: Force,
    /// Force on a typical needle at the lowest point.
    pub force_per_needle: Force,
    /// How far skin and fat sink as a whole.
    pub sag: Length,
    /// Depth of equally likely needles below the surface, mm, ascending; zero where a needle does not go in.
    pub depths_mm: Vec<f64>,
    /// Depth of the typical needle, mm.
    pub typical_mm: f64,
}

/// Presses a device on a person's skin over a mark. `needles` are as in [`crate::puncture`].
#[must_use]
pub fn press(
    device: &Device,
    hand: &Hand,
    skin: &Skin,
    tissue: &Tissue,
    parameters: &Parameters,
    person: &PersonDraws,
    needles: &[f64],
) -> Contact {
    let own = (-parameters.insertion_ratio_person_sd * person.insertion_ratio).exp();
    let shape = shape(device, parameters);
    let held = if hand.stretched {
        stretched(skin, parameters.hand_stretch)
    } else {
        *skin
    };
    let encounter = encounter(&shape, &held, tissue, speed_mm_s(device, parameters), parameters).scaled(own, own);
    let length_mm = device.length.mm();
    let force = hand.force.unwrap_or_else(|| match device.kind {
        // What it takes to be in: the drop, or the friction at the end of the way.
        Kind::Single => {
            let in_place = Force::from_newtons(encounter.force_at_depth(length_mm));
            if length_mm > encounter.epidermis_mm() && in_place < encounter.drop_force() {
                encounter.drop_force()
            } else {
                in_place
            }
        }
        Kind::Roller | Kind::Stamp | Kind::Pen => parameters.hand_force,
    });
    // First the gap, by the balance of forces with typical needles; then the depth of each single needle at that gap. A
    // needle's own scatter does not move the carrier, since many needles bear it.
    let gap_mm = match device.kind {
        Kind::Pen | Kind::Single => 0.0,
        Kind::Roller => {
            let drum = Drum::of(device, parameters);
            let rows = rows(&drum, length_mm);
            let borne = |gap_mm: f64| {
                let each = |&(cosine, travel_mm): &(f64, f64)| cosine * encounter.pressed(travel_mm - gap_mm).force;
                drum.across * rows.iter().map(each).sum::<f64>()
            };
            settle(&borne, length_mm, encounter.travel_to_drop_mm(), force.newtons())
        }
        Kind::Stamp => {
            let count = device.needles.map_or(parameters.typical_cartridge, f64::from);
            let borne = |gap_mm: f64| count * encounter.pressed(length_mm - gap_mm).force;
            settle(&borne, length_mm, encounter.travel_to_drop_mm(), force.newtons())
        }
    };
    // Where no tolerance is told, nothing is added: the scatter of depths between needles was set from depths that were
    // measured, and needles that were measured are as unlike in length as they were made.
    let tolerance_mm = device.tolerance.map_or(0.0, Length::mm);
    let depth_mm = |draw: f64| {
        // One draw orders three scatters (length, piercing force, depth), so that a stratum of needles is deep in all
        // of them and depths ascend with the draw.
        // A deep needle is one of the longer and sharper ones.
        let length_mm = (length_mm + 0.5 * tolerance_mm * draw).max(0.0);
        let own = encounter.scaled((-parameters.piercing_scatter * draw).exp(), 1.0);
        if device.kind == Kind::Single {
            return hand.force.map_or(length_mm, |force| own.depth_under(force, length_mm));
        }
        let deep = own.pressed(length_mm - gap_mm).depth_mm;
        let short = length_mm - deep;
        if deep <= 0.0 || short <= 0.0 {
            return deep.clamp(0.0, length_mm);
        }
        // A logit-normal scatter of the share that is in: it cannot leave the range from nothing to the whole needle.
        let odds = deep / short * (parameters.scatter * draw).exp();
        let scattered_mm = length_mm * odds / (1.0 + odds);
        // The scatter moves a tip within the layer in which it stands, not across the lower rim of the epidermis.
        if deep <= own.epidermis_mm() {
            scattered_mm.min(own.epidermis_mm())
        } else {
            scattered_mm.max(own.epidermis_mm() * (1.0 + f64::EPSILON))
        }
    };
    let typical_mm = depth_mm(0.0);
    Contact {
        gap: Length::from_mm(gap_mm),
        force,
        force_per_needle: Force::from_newtons(match device.kind {
            Kind::Single => encounter.force_at_depth(typical_mm).min(force.newtons()),
            _ => encounter.pressed(length_mm - gap_mm).force,
        }),
        sag: sag(device, force, skin, parameters),
        depths_mm: needles.iter().map(|&draw| depth_mm(draw)).collect(),
        typical_mm,
        encounter,
    }
}

/// The rows of a drum that touch on the way in, from the lowest: cosine of the angle, and travel at no gap, mm.
fn rows(drum: &Drum, length_mm: f64) -> Vec<(f64, f64)> {
    // numerical: more rows than any drum has; a pitch of nothing would never end
    const MOST_ROWS: u32 = 100_000;
    let pitch = drum.angular_pitch();
    (0..MOST_ROWS)
        .map(|row| (f64::from(row) * pitch).min(PI).cos())
        .map(|cosine| (cosine, (drum.radius.mm() + length_mm) * cosine - drum.radius.mm()))
        .take_while(|&(_, travel_mm)| travel_mm > 0.0)
        .collect()
}

/// The gap at which the needles first bear the force on the way down from touch, mm; zero where they never do. Before
/// the lowest needles give way the force only grows, so its greatest value there is at the end.
fn settle(borne: &dyn Fn(f64) -> f64, length_mm: f64, pierce_mm: f64, force: f64) -> f64 {
    let halve = |mut high_mm: f64, mut low_mm: f64| {
        // Too little force at the higher gap, enough at the lower.
        for _ in 0..HALVINGS {
            let middle_mm = 0.5 * (high_mm + low_mm);
            if borne(middle_mm) < force {
                high_mm = middle_mm;
            } else {
                low_mm = middle_mm;
            }
        }
        0.5 * (high_mm + low_mm)
    };
    // Two monotone pieces. While the skin is only dented the borne force grows with travel, so its end decides and
    // bisection finds the gap. When tips give way the force drops; beyond that it need not be monotone, so the rest is
    // scanned from above and the first bracket is bisected. The first crossing on the way down is the physical one.
    let dent_mm = pierce_mm.min(length_mm);
    // Just before the lowest needles give way.
    let brink_mm = length_mm - dent_mm * (1.0 - f64::EPSILON * 4.0);
    if borne(brink_mm) >= force {
        return halve(length_mm, brink_mm);
    }
    let after_mm = length_mm - dent_mm;
    if borne(0.0) < force && after_mm <= 0.0 {
        return 0.0;
    }
    let mut high_mm = after_mm;
    for step in 1..=STEPS {
        let low_mm = after_mm * (1.0 - step as f64 / STEPS as f64);
        if borne(low_mm) >= force {
            return halve(high_mm, low_mm);
        }
        high_mm = low_mm;
    }
    0.0
}

/// How far skin and fat sink as a whole under a device.
fn sag(device: &Device, force: Force, skin: &Skin, parameters: &Parameters) -> Length {
    // numerical: fat is never pressed flatter than a fifth
    const MOST: f64 = 0.8;
    let bed = parameters.stiffening * skin.mechanics.fat.mpa() / skin.fat.mm();
    let mm = match device.kind {
        Kind::Roller => {
            let drum = Drum::of(device, parameters);
            let across = 4.0 * bed * drum.width.mm() * (2.0 * drum.radius.mm()).sqrt();
            (3.0 * force.newtons() / across).powf(2.0 / 3.0)
        }
        Kind::Stamp | Kind::Pen => {
            let area_mm2 = device.plate.unwrap_or(parameters.typical_plate).mm2();
            force.newtons() / (bed * area_mm2)
        }
        Kind::Single => 0.0,
    };
    Length::from_mm(mm.min(MOST * skin.fat.mm()))
}

/// A roller's drum as it rolls with that gap, at the rolling radius of no net pull times the world's ratio.
#[must_use]
pub fn rolling(device: &Device, gap: Length, parameters: &Parameters) -> Rolling {
    let radius = Drum::of(device, parameters).radius;
    let free = Rolling::free(radius, device.length, gap).rolling_radius();
    let own = Length::from_mm(free.mm() * parameters.rolling_ratio);
    Rolling::with_radius(radius, device.length, gap, own)
}

/// Holes that one pass leaves when a drum rolls as [`rolling`] says: N/(2πρW).
#[must_use]
pub fn holes_per_pass(device: &Device, gap: Length, parameters: &Parameters) -> ArealDensity {
    match (device.kind, device.needles) {
        (Kind::Roller, Some(_)) => {
            let drum = Drum::of(device, parameters);
            let rolled_mm = 2.0 * PI * rolling(device, gap, parameters).rolling_radius().mm();
            ArealDensity::from_per_mm2(drum.needles / (rolled_mm * drum.width.mm()))
        }
        _ => density_per_pass(device, parameters),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{parameters, roller};
    use needlework_numerics::normal_strata;
    use needlework_skin::example::skin;
    use needlework_stria::example::tissue;

    fn press_with(device: &Device, force: f64, parameters: &Parameters) -> Contact {
        let hand = Hand {
            passes: Some(10.0),
            force: Some(Force::from_newtons(force)),
            stretched: false,
        };
        press(
            device,
            &hand,
            &skin(),
            &tissue(24),
            parameters,
            &PersonDraws::default(),
            &normal_strata(32),
        )
    }

    fn devices() -> [Device; 4] {
        let stamp = Device {
            needles: Some(35),
            ..Device::of(Kind::Stamp, Length::from_mm(2.0))
        };
        let dense = Device {
            needles: Some(540),
            ..roller(1.0)
        };
        [roller(1.0), roller(1.5), dense, stamp]
    }

    #[test]
    fn skin_that_is_held_taut_dents_less_before_it_gives_way() {
        let travel_mm = |stretched: bool| {
            let hand = Hand {
                stretched,
                ..Hand::of(10.0)
            };
            let person = PersonDraws::default();
            let contact = press(
                &roller(1.5),
                &hand,
                &skin(),
                &tissue(24),
                &parameters(),
                &person,
                &[0.0],
            );
            contact.encounter.travel_to_drop_mm()
        };
        assert!(travel_mm(true) < travel_mm(false));
    }

    #[test]
    fn a_harder_hand_never_leaves_a_shallower_hole() {
        let p = parameters();
        for device in devices() {
            let forces: Vec<f64> = (0..120).map(|i| 0.01 * 1.07_f64.powi(i)).collect();
            let pressed: Vec<Contact> = forces.iter().map(|&force| press_with(&device, force, &p)).collect();
            for pair in pressed.windows(2) {
                assert!(pair[1].gap.mm() <= pair[0].gap.mm() + 1e-9, "{device:?}");
                assert!(
                    pair[0]
                        .depths_mm
                        .iter()
                        .zip(&pair[1].depths_mm)
                        .all(|(a, b)| a <= &(b + 1e-9))
                );
            }
            assert!(
                pressed[0].typical_mm < skin().epidermis.mm(),
                "a hundredth of a newton brings nothing through"
            );
            assert!(
                pressed
                    .last()
                    .is_some_and(|hard| hard.gap == Length::ZERO && hard.typical_mm > 0.0)
            );
        }
    }

    /// Balance of forces: where the carrier does not touch, the needles bear the whole force.
    #[test]
    fn needles_bear_the_whole_force_until_the_carrier_touches() {
        let p = Parameters {
            flank_pressure: 5.0,
            ..parameters()
        };
        let stamp = devices()[3];
        for force in [0.2, 0.6, 1.0, 1.3, 1.6] {
            let contact = press_with(&stamp, force, &p);
            let borne = 35.0 * contact.force_per_needle.newtons();
            assert!(contact.gap > Length::ZERO, "{force}");
            // At the drop the force on the needles falls below the hand's, which then presses on.
            assert!((borne - force).abs() < 1e-6 * force, "{force}: {borne}");
        }
    }

    #[test]
    fn a_longer_needle_never_reaches_less_deep_and_none_deeper_than_it_is_long() {
        let p = parameters();
        for pair in [0.2, 0.3, 0.5, 1.0, 1.5, 2.5].windows(2) {
            let (short, long) = (
                press_with(&roller(pair[0]), 3.0, &p),
                press_with(&roller(pair[1]), 3.0, &p),
            );
            assert!(short.depths_mm.iter().zip(&long.depths_mm).all(|(a, b)| a <= b));
            assert!(long.depths_mm.iter().all(|&z| z <= pair[1]));
        }
    }

    #[test]
    fn more_needles_under_the_same_hand_never_go_deeper() {
        let p = parameters();
        let depth = |needles: u32| {
            let device = Device {
                needles: Some(needles),
                ..roller(1.5)
            };
            press_with(&device, 1.0, &p).typical_mm
        };
        let depths = [96, 192, 384, 540, 1080, 2160].map(depth);
        assert!(depths.windows(2).all(|pair| pair[1] <= pair[0]), "{depths:?}");
        assert!(depths[5] < depths[0]);
    }

    #[test]
    fn worn_tips_go_in_less_often_and_never_deeper() {
        let p = parameters();
        let worn = |uses: f64, length: f64| {
            let device = Device { uses, ..roller(length) };
            press_with(&device, 3.0, &p)
        };
        let pierced = |contact: &Contact| contact.depths_mm.iter().filter(|&&z| z > 0.0).count();
        assert!(pierced(&worn(20.0, 0.25)) < pierced(&worn(0.0, 0.25)));
        assert!(worn(20.0, 1.5).typical_mm <= worn(0.0, 1.5).typical_mm);
        assert_eq!(pierced(&worn(200.0, 0.25)), 0);
    }

    #[test]
    fn a_needle_that_is_thicker_goes_less_deep() {
        let p = parameters();
        let depth = |taper: f64| {
            let device = Device {
                taper: Some(taper),
                shaft: Some(Length::from_mm(0.2)),
                ..roller(1.5)
            };
            press_with(&device, 3.0, &p).typical_mm
        };
        assert!(depth(0.06) > depth(0.09) && depth(0.09) > depth(0.135));
    }

    #[test]
    fn on_bone_the_skin_sinks_less_as_a_whole() {
        let device = roller(1.5);
        let p = parameters();
        let force = Force::from_newtons(3.0);
        let mut bony = skin();
        bony.fat = Length::from_mm(2.0);
        assert!(sag(&device, force, &bony, &p) < sag(&device, force, &skin(), &p));
        assert!(sag(&device, force, &skin(), &p).mm() <= 0.8 * 14.0);
        // Twice the force sinks 2^(2/3) times as far under a drum.
        let little = |newtons: f64| sag(&device, Force::from_newtons(newtons), &skin(), &p).mm();
        assert!((little(0.2) / little(0.1) - 2.0_f64.powf(2.0 / 3.0)).abs() < 1e-12);
    }

    #[test]
    fn a_drum_that_does_not_touch_rolls_on_a_larger_circle_and_leaves_fewer_holes() {
        let p = parameters();
        let device = roller(1.5);
        let (low, high) = (Length::ZERO, Length::from_mm(0.8));
        assert!(holes_per_pass(&device, high, &p) < holes_per_pass(&device, low, &p));
        let density = holes_per_pass(&device, low, &p).per_cm2();
        assert!((density - 13.9).abs() < 0.05, "{density}");
    }

    fn single(end: Option<crate::tip::Tip>, shaft_mm: f64) -> Device {
        Device {
            end,
            shaft: Some(Length::from_mm(shaft_mm)),
            ..Device::of(Kind::Single, Length::from_mm(10.0))
        }
    }

    /// A force that is too little leaves no hole, and no more force ever leaves a shallower one, whatever the device.
    #[test]
    fn force_bounds_the_depth_of_a_single_needle_of_any_kind() {
        let p = parameters();
        for end in [
            None,
            Some(crate::tip::Tip::Cone),
            Some(crate::tip::Tip::Pyramid),
            Some(crate::tip::Tip::Blunt),
        ] {
            for shaft_mm in [0.02, 0.13, 0.41] {
                let device = single(end, shaft_mm);
                let forces: Vec<f64> = (0..160).map(|i| 1e-4 * 1.09_f64.powi(i)).collect();
                let pressed: Vec<Contact> = forces.iter().map(|&force| press_with(&device, force, &p)).collect();
                for pair in pressed.windows(2) {
                    let each = pair[0].depths_mm.iter().zip(&pair[1].depths_mm);
                    assert!(each.clone().all(|(less, more)| less <= more), "{end:?} {shaft_mm}");
                }
                assert_eq!(press_with(&device, 0.0, &p).depths_mm, vec![0.0; 32], "{end:?}");
                for contact in &pressed {
                    assert!(contact.force_per_needle <= contact.force, "{end:?} {shaft_mm}");
                    let through = contact.typical_mm > skin().epidermis.mm();
                    assert_eq!(
                        through,
                        contact.force >= contact.encounter.drop_force(),
                        "{end:?} {shaft_mm}"
                    );
                }
            }
        }
        let weak = press_with(&single(None, 0.41), 0.01, &p);
        assert!(
            weak.depths_mm.iter().all(|&depth_mm| depth_mm < 0.09),
            "{:?}",
            weak.depths_mm
        );
    }

    #[test]
    fn a_single_needle_whose_force_nobody_states_is_where_it_should_be_and_its_force_brings_it_there() {
        let p = parameters();
        let device = single(None, 0.13);
        let free = press(
            &device,
            &Hand::of(1.0),
            &skin(),
            &tissue(24),
            &p,
            &PersonDraws::default(),
            &[0.0],
        );
        assert_eq!(free.depths_mm, [10.0]);
        let there = press_with(&device, free.force.newtons() * (1.0 + 1e-9), &p);
        assert!((there.typical_mm - 10.0).abs() < 1e-6, "{}", there.typical_mm);
        assert!(press_with(&device, 0.9 * free.force.newtons(), &p).typical_mm < 10.0);
    }

    #[test]
    fn a_needle_too_short_for_the_dent_stays_in_the_epidermis_and_marks_it() {
        let p = parameters();
        let contact = press_with(&roller(0.2), 3.0, &p);
        let share = |above_mm: f64| {
            let deeper = contact
                .depths_mm
                .iter()
                .filter(|&&depth_mm| depth_mm > above_mm)
                .count();
            deeper as f64 / contact.depths_mm.len() as f64
        };
        assert!(share(0.0) > 0.9, "the horny layer is entered");
        assert!(share(skin().epidermis.mm()) < 0.2, "{:?}", contact.depths_mm);
        assert!(
            press_with(&roller(1.5), 3.0, &p)
                .depths_mm
                .iter()
                .all(|&depth_mm| depth_mm > 0.09)
        );
    }

    #[test]
    fn a_pen_leaves_needles_times_strokes_on_the_strip_that_it_sweeps() {
        let p = parameters();
        let pen = |needles: u32, strokes: f64| Device {
            needles: Some(needles),
            frequency: Some(needlework_units::Rate::from_per_day(strokes * 86_400.0)),
            ..Device::of(Kind::Pen, Length::from_mm(1.0))
        };
        let density = |device: &Device| holes_per_pass(device, Length::ZERO, &p).per_mm2();
        let expected = 12.0 * 100.0 / (17.0 * 10.0);
        assert!((density(&pen(12, 100.0)) / expected - 1.0).abs() < 1e-12);
        assert!((density(&pen(12, 150.0)) / density(&pen(12, 100.0)) - 1.5).abs() < 1e-12);
        assert!((density(&pen(6, 100.0)) / density(&pen(12, 100.0)) - 0.5).abs() < 1e-12);
        let slow = Parameters {
            pen_glide: needlework_units::Speed::from_canonical(8.5),
            ..parameters()
        };
        assert!((holes_per_pass(&pen(12, 100.0), Length::ZERO, &slow).per_mm2() / expected - 2.0).abs() < 1e-12);
        let head = Device {
            placed: true,
            plate: Some(needlework_units::Area::from_cm2(1.0)),
            ..pen(49, 100.0)
        };
        assert!(
            (density(&head) - 0.49).abs() < 1e-12,
            "a head that is put down knows no strokes"
        );
    }
}
