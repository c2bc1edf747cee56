//! Targets of needles that go through a suspension of germs into a membrane (Donnelly 2009), computed by the rooms
//! puncture and channel.
//!
//! **Crossing.** The room's law of what a session carries in is germs per area times open area. In a membrane what
//! counts is the area where a hole is narrowest, at the far side: the membrane takes its thickness off the depth as the
//! give of skin does, and the cone is as wide there as the room says. Rubber springs back around both kinds of needle;
//! that the share is the same for both is assumed, and it cancels as the germs do.
//!
//! **On the needle.** A wire of radius a that leaves a liquid at speed U carries a film of thickness h = 1.34·a·Ca^⅔,
//! Ca = μU/γ (Landau and Levich 1942, for wires thinner than the capillary length). Germs are those of the film on the
//! wetted share of the surface.
//!
//! Limits: only the study's abstract could be read, so array, membrane, suspension and hand are wide priors of the
//! evidence; germs that settle, swim, grow or stick to steel are left out. Nothing is fitted.

use std::f64::consts::PI;

use needlework::channel::{Cleanliness, Flora, NeedleState, Preparation, Wounds, inoculate};
use needlework::cohort::drawn;
use needlework::course::Parameters;
use needlework::numerics::normal_strata;
use needlework::puncture::{self, Device, Hand, Kind, PersonDraws};
use needlework::units::{Area, Length};

use crate::context::Context;
use crate::creams::{any_skin, median};
use crate::result::Found;
use crate::target::RoomTarget;

type Computed = Result<Found, String>;

/// Needles that stand for all of an array.
const NEEDLES: usize = 64;

/// The prior of a passport, for each world.
fn prior(key: &str, context: &Context<'_>) -> Result<Vec<f64>, String> {
    let key = format!("infection.study.{key}");
    drawn(&context.library.book, context.settings.seed, &key, context.worlds.len()).map_err(|error| error.to_string())
}

/// Germs that the room lets through the holes of a device in a cell of the area `cell`, with the membrane's thickness
/// as further give.
fn carried_through(device: &Device, cell: Area, membrane_mm: f64, world: &Parameters) -> f64 {
    let (skin, tissue) = any_skin(world);
    let mut insertion = world.puncture.clone();
    insertion.give = Length::from_mm(insertion.give.mm() + membrane_mm);
    // A membrane in a cell is no skin over fat: the depth is a drawn share of the length, less what gives way.
    insertion.depth_law = 0.0;
    // Pressed once: no needle falls into a hole that is there.
    insertion.distinct = 1.0;
    let holes = puncture::puncture(
        device,
        &Hand::of(1.0),
        &skin,
        &tissue,
        &insertion,
        &PersonDraws::default(),
        &normal_strata(NEEDLES),
    );
    let cleanliness = Cleanliness {
        flora: Flora {
            log_per_cm2: 0.0,
            person_sd: 0.0,
        },
        preparation: Preparation::None,
        needles: NeedleState::Sterile,
        single: false,
        wet: false,
        through_cloth: false,
        covered: false,
    };
    inoculate(&Wounds::of(&holes, cell), &cleanliness, &world.germs, 0.0).skin
}

/// Germs through the hole of one hypodermic needle over those through the holes of an array. Worlds whose array does
/// not come through the membrane are left out, since the study's did.
pub fn crossing_ratio(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let book = &context.library.book;
    let cell = Area::from_mm2(target.input("cell", book)?);
    let hypodermic = Device {
        needles: Some(1),
        plate: Some(cell),
        shaft: Some(Length::from_mm(target.input("needle_diameter", book)? / 2.0)),
        ..Device::of(Kind::Single, Length::from_mm(target.input("needle_length", book)?))
    };
    let (needles, lengths) = (prior("array.needles", context)?, prior("array.length", context)?);
    let (slenderness, membrane) = (prior("array.slenderness", context)?, prior("membrane", context)?);
    let ratios = context.worlds.iter().enumerate().filter_map(|(w, world)| {
        let mut world = world.parameters.clone();
        let one = carried_through(&hypodermic, cell, membrane[w], &world);
        // A cone from the tip to half the base at its foot.
        world.puncture.taper = 1.0 / (2.0 * slenderness[w]);
        let array = Device {
            kind: Kind::Stamp,
            length: Length::from_mm(lengths[w]),
            needles: Some(needles[w].round() as u32),
            shaft: Some(Length::from_mm(lengths[w] * world.puncture.taper)),
            ..hypodermic
        };
        let many = carried_through(&array, cell, membrane[w], &world);
        (many > 0.0).then_some(one / many)
    });
    let ratios: Vec<f64> = ratios.collect();
    if ratios.is_empty() {
        return Err("no world's array comes through the membrane".to_owned());
    }
    Ok(median(&ratios))
}

/// Thickness of the film on a wire of radius `radius` that leaves a liquid, in the radius' unit; `capillary` is speed
/// over γ/μ.
fn film(radius: f64, capillary: f64) -> f64 {
    1.34 * radius * capillary.powf(2.0 / 3.0)
}

/// Germs in the film on a needle that was in the suspension.
pub fn germs_in_film(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let radius_mm = target.input("needle_diameter", &context.library.book)? / 2.0;
    let (per_ml, wetted) = (prior("suspension", context)?, prior("needle.wetted", context)?);
    let (speed, capillary) = (
        prior("needle.speed", context)?,
        prior("suspension.capillary_speed", context)?,
    );
    let share = prior("needle.wet_share", context)?;
    let germs = (0..context.worlds.len()).map(|w| {
        let film_mm = film(radius_mm, speed[w] / capillary[w]);
        let film_ml = 2.0 * PI * radius_mm * wetted[w] * share[w] * film_mm / 1000.0;
        film_ml * per_ml[w]
    });
    Ok(median(&germs.collect::<Vec<_>>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A wire of 0.4 mm out of water at 10 mm/s carries some 1.5 µm; eight times the speed carries four times the film.
    #[test]
    fn a_film_thickens_with_the_two_thirds_power_of_speed() {
        let slow = film(0.41, 10.0 / 70_000.0);
        assert!((slow * 1000.0 - 1.5).abs() < 0.05, "{slow}");
        assert!((film(0.41, 80.0 / 70_000.0) / slow - 4.0).abs() < 1e-9);
    }

    /// By hand: one cylinder of 0.82 mm against 100 cones that pass with a base of 0.1 mm.
    #[test]
    fn crossing_is_in_proportion_to_the_open_area() {
        let library = needlework::bundle().unwrap_or_else(|error| panic!("{error}"));
        let settings = needlework::cohort::Settings {
            seed: 1,
            worlds: 1,
            people_per_world: 5,
            threads: 1,
        };
        let context = Context::new(&library, &settings).unwrap_or_else(|why| panic!("{why}"));
        let world = &context.worlds[0].parameters;
        let cell = Area::from_cm2(100.0);
        let single = |diameter_mm: f64, needles: u32| Device {
            needles: Some(needles),
            plate: Some(cell),
            shaft: Some(Length::from_mm(diameter_mm / 2.0)),
            ..Device::of(Kind::Single, Length::from_mm(20.0))
        };
        let through = |device: &Device| carried_through(device, cell, 0.1, world);
        let ratio = through(&single(0.82, 1)) / through(&single(0.1, 100));
        assert!((ratio - 0.6724).abs() < 1e-3, "{ratio}");
        // A stamp whose needles are shorter than the membrane is thick lets nothing through.
        let short = Device {
            kind: Kind::Stamp,
            length: Length::from_mm(0.05),
            ..single(0.1, 100)
        };
        assert_eq!(through(&short), 0.0);
    }
}
