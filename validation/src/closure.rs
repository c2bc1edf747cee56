//! Targets of closure, computed by the room channel for the median person.
//!
//! The rat's rim has a speed of its own, which the longer needle gives; the shorter is then predicted with it.

use needlework::channel::{self, Closure, ClosureConditions, ClosurePersonDraws};
use needlework::course::Parameters;
use needlework::puncture::Kind;
use needlework::units::{Length, Speed};

use crate::context::Context;
use crate::device::{device, of_holes};
use crate::result::Found;
use crate::target::RoomTarget;

type Computed = Result<Found, String>;

/// Young people of lighter skin, as in the studies.
fn conditions(
    target: &RoomTarget,
    context: &Context<'_>,
    world: &Parameters,
    covered: bool,
) -> Result<ClosureConditions, String> {
    let site = target.word("site")?;
    let site = context
        .library
        .catalog
        .site(site)
        .ok_or_else(|| format!("there is no site {site}"))?;
    Ok(ClosureConditions {
        covered,
        gel: false,
        limb: site.is(needlework::case::SiteClass::Limb),
        dark_skin: false,
        age: world.closure.young_age,
        length: Length::from_mm(target.input("needle_length", &context.library.book)?),
    })
}

fn closed(target: &RoomTarget, context: &Context<'_>, covered: bool, value: impl Fn(&Closure) -> f64) -> Computed {
    let device = device(target, context, Kind::Roller)?;
    // Inputs are the same in every world, so a mistake in them shows in the first.
    let first = context.worlds.first().ok_or("no world was drawn")?;
    conditions(target, context, &first.parameters, covered)?;
    of_holes(target, context, &device, |holes, world| {
        conditions(target, context, world, covered).map_or(f64::NAN, |conditions| {
            value(&channel::close(
                holes,
                &conditions,
                &world.closure,
                &ClosurePersonDraws::default(),
            ))
        })
    })
}

/// When impedance is back, in air.
pub fn barrier_in_air(target: &RoomTarget, context: &Context<'_>) -> Computed {
    closed(target, context, false, |closure| closure.barrier.days())
}

/// When impedance is back, under cover.
pub fn barrier_under_cover(target: &RoomTarget, context: &Context<'_>) -> Computed {
    closed(target, context, true, |closure| closure.barrier.days())
}

/// When half of the barrier's gap is left under cover.
pub fn half_life_under_cover(target: &RoomTarget, context: &Context<'_>) -> Computed {
    closed(target, context, true, |closure| closure.half_life.days())
}

/// When water loss is back, in air.
pub fn water_in_air(target: &RoomTarget, context: &Context<'_>) -> Computed {
    closed(target, context, false, |closure| closure.water.days())
}

/// When dye no longer enters, in air.
pub fn lumen(target: &RoomTarget, context: &Context<'_>) -> Computed {
    closed(target, context, false, |closure| closure.lumen.days())
}

/// When light no longer sees the channel, in air.
pub fn light(target: &RoomTarget, context: &Context<'_>) -> Computed {
    closed(target, context, false, |closure| closure.light.days())
}

/// When dye no longer enters the channel of the rat's shorter needle, with the speed of the rim that its longer needle
/// gives and a radius in proportion to length.
pub fn lumen_of_shorter_in_rat(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let input = |name: &str| target.input(name, &context.library.book);
    let radius_um = input("width")? * 1000.0 / 2.0;
    let hours = input("longer_closed")? * 24.0;
    let (longer, shorter) = (input("needle_length")?, input("shorter_length")?);
    Ok(Found::of(&context.each_world(|world| {
        let rat = channel::ClosureParameters {
            speed: Speed::from_um_per_hour(radius_um / (hours - world.closure.lag.hours())),
            ..world.closure.clone()
        };
        let conditions = ClosureConditions {
            covered: false,
            gel: false,
            limb: false,
            dark_skin: false,
            age: rat.young_age,
            length: Length::from_mm(shorter),
        };
        let radius = Length::from_um(radius_um * shorter / longer);
        channel::close_channel(radius, &conditions, &rat, &ClosurePersonDraws::default())
            .lumen
            .days()
    })))
}
