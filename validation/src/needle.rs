//! Targets of insertion, rolling and places of holes, computed by the room of puncture.
//!
//! Each function takes the inputs of its target and gives a number for every world, or the share of worlds in which
//! something happens. The force of giving way is set by the ends of one published series; what else enters is assumed.
//! Depths and arrays that did or did not pierce were known when that was written and set none of it, so these rows are
//! unfitted, but not blind.

use needlework::course::Parameters;
use needlework::numerics::{mean, normal_strata};
use needlework::puncture::{
    Device, Drum, Hand, Kind, PersonDraws, Plot, Rolling, blunt_force, encounter, lay, piercing_force, press, rolling,
    shape,
};
use needlework::skin::{self, Body, Skin};
use needlework::stria::Tissue;
use needlework::units::{Area, Length, Speed, Time};

use crate::context::Context;
use crate::device::{Computed, device, length, skin_at};
use crate::result::Found;
use crate::target::RoomTarget;

/// Needles that stand for all of a device.
const NEEDLES: usize = 32;

fn piercing(target: &RoomTarget, context: &Context<'_>, tip: &str) -> Computed {
    let diameter = length(target, tip, context)?;
    Ok(Found::of(&context.each_world(|world| {
        let puncture = &world.puncture;
        puncture.piercing_factor * piercing_force(diameter, puncture).newtons()
    })))
}

/// Force at which the finest tip of the series goes in.
pub fn piercing_of_fine_tip(target: &RoomTarget, context: &Context<'_>) -> Computed {
    piercing(target, context, "finest_tip")
}

/// Force at which the coarsest tip of the series goes in.
pub fn piercing_of_coarse_tip(target: &RoomTarget, context: &Context<'_>) -> Computed {
    piercing(target, context, "coarsest_tip")
}

/// Force at which a tip goes in whose diameter nobody states.
pub fn piercing_of_unknown_tip(_: &RoomTarget, context: &Context<'_>) -> Computed {
    Ok(Found::of(&context.each_world(|world| {
        let puncture = &world.puncture;
        let diameter = Length::from_mm(2.0 * puncture.tip_radius.mm());
        puncture.piercing_factor * piercing_force(diameter, puncture).newtons()
    })))
}

/// Force of a flat end with so many times the area of the one that takes the smallest force published.
pub fn blunt_force_of_area(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let book = &context.library.book;
    let (smallest, times) = (target.input("smallest", book)?, target.input("area_ratio", book)?);
    Ok(Found::of(&context.each_world(|world| {
        let puncture = &world.puncture;
        let one_mm2 = smallest / blunt_force(Area::from_mm2(1.0), puncture).newtons();
        blunt_force(Area::from_mm2(times * one_mm2), puncture).newtons()
    })))
}

/// Depth at which a typical needle of the finest or coarsest tip stands at the drop, from just before it to just after.
pub fn depth_at_drop(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let site = target.word("site")?;
    let tips = [
        length(target, "finest_tip", context)?,
        length(target, "coarsest_tip", context)?,
    ];
    let mut depths = Vec::new();
    for world in &context.worlds {
        let skin = skin_at(site, context, &world.parameters)?;
        let puncture = &world.parameters.puncture;
        for tip in tips {
            let needle = Device {
                tip: Some(Length::from_mm(tip.mm() / 2.0)),
                ..Device::of(Kind::Stamp, length(target, "needle_length", context)?)
            };
            let shape = shape(&needle, puncture);
            let speed = puncture.reference_speed.canonical();
            let met = encounter(&shape, &skin, &Tissue::unmarked(skin.dermis), speed, puncture);
            depths.extend([met.epidermis_mm(), met.depth_at_drop().mm()]);
        }
    }
    Ok(Found::of(&depths))
}

/// Share of worlds in which a needle comes through the epidermis that is pushed at some speed until the plate touches.
fn share_pierced(target: &RoomTarget, context: &Context<'_>, speed: Option<f64>) -> Computed {
    let needle = Device {
        speed: speed.map(Speed::from_canonical),
        ..Device::of(Kind::Stamp, length(target, "needle_length", context)?)
    };
    let site = target.word("site")?;
    let pierced: Result<Vec<f64>, String> = context
        .worlds
        .iter()
        .map(|world| {
            let skin = skin_at(site, context, &world.parameters)?;
            let puncture = &world.parameters.puncture;
            let speed = needlework::puncture::speed_mm_s(&needle, puncture);
            let met = encounter(
                &shape(&needle, puncture),
                &skin,
                &Tissue::unmarked(skin.dermis),
                speed,
                puncture,
            );
            Ok(f64::from(u8::from(met.travel_to_drop_mm() <= needle.length.mm())))
        })
        .collect();
    Ok(Found::exact(mean(&pierced?)))
}

/// Share of worlds in which an array goes in that a hand presses.
pub fn pierced_by_hand(target: &RoomTarget, context: &Context<'_>) -> Computed {
    share_pierced(target, context, None)
}

/// The same for the slower shot.
pub fn pierced_by_slow_shot(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let speed = target.input("slower", &context.library.book)?;
    share_pierced(target, context, Some(speed))
}

/// The same for the faster shot.
pub fn pierced_by_fast_shot(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let speed = target.input("faster", &context.library.book)?;
    share_pierced(target, context, Some(speed))
}

/// Typical depth of a device in a world's skin.
fn depth_mm(device: &Device, skin: &Skin, world: &Parameters) -> f64 {
    press(
        device,
        &Hand::of(1.0),
        skin,
        &Tissue::unmarked(skin.dermis),
        &world.puncture,
        &PersonDraws::default(),
        &normal_strata(NEEDLES),
    )
    .typical_mm
}

/// Depth in old skin less that in young, over the needle's length.
pub fn depth_by_age(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let array = device(target, context, Kind::Stamp)?;
    let site = target.word("site")?;
    let site = context
        .library
        .catalog
        .site(site)
        .ok_or_else(|| format!("there is no site {site}"))?;
    let numbers =
        needlework::cohort::site_numbers(Some(site), &context.library.book).map_err(|error| error.to_string())?;
    let book = &context.library.book;
    let (young, old) = (target.input("young", book)?, target.input("old", book)?);
    Ok(Found::of(&context.each_world(|world| {
        let at = |days: f64| {
            let body = Body {
                age: Time::from_days(days),
                ..Body::reference(&world.skin)
            };
            depth_mm(&array, &skin::layer(&body, &numbers.skin, &world.skin), world)
        };
        (at(old) - at(young)) / array.length.mm()
    })))
}

/// Net slide of a needle in skin that stands still, where the drum rolls on its own surface.
pub fn slide(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let device = device(target, context, Kind::Roller)?;
    let radius = device.drum_radius.ok_or("the target names no drum")?;
    Ok(Found::exact(
        Rolling::with_radius(radius, device.length, Length::ZERO, radius).net_slide_mm(),
    ))
}

/// A drum of the target with its gap in a world.
fn rolled<T>(
    target: &RoomTarget,
    context: &Context<'_>,
    value: impl Fn(&Device, &Skin, &Rolling, &Parameters) -> T,
) -> Result<Vec<T>, String> {
    let device = device(target, context, Kind::Roller)?;
    let site = target.word("site")?;
    context
        .worlds
        .iter()
        .map(|world| {
            let skin = skin_at(site, context, &world.parameters)?;
            let puncture = &world.parameters.puncture;
            let contact = press(
                &device,
                &Hand::of(1.0),
                &skin,
                &Tissue::unmarked(skin.dermis),
                puncture,
                &PersonDraws::default(),
                &normal_strata(NEEDLES),
            );
            let rolling = rolling(&device, contact.gap, puncture);
            Ok(value(&device, &skin, &rolling, &world.parameters))
        })
        .collect()
}

/// Stretch of the skin between two needles that pull apart, over that at which it tears.
pub fn stretch_over_tearing(target: &RoomTarget, context: &Context<'_>) -> Computed {
    Ok(Found::of(&rolled(target, context, |device, skin, rolling, world| {
        let pitch = Drum::of(device, &world.puncture).pitch_around();
        rolling.excursion().mm() / pitch.mm() / skin.mechanics.fibres.failure_strain_fraction
    })?))
}

/// Length of the cleft in the dermis over that of the hole at the surface.
pub fn cleft_over_hole(target: &RoomTarget, context: &Context<'_>) -> Computed {
    Ok(Found::of(&rolled(target, context, |device, skin, rolling, world| {
        let shape = shape(device, &world.puncture);
        let width = Length::from_mm(2.0 * world.scar.gape * shape.radius_mm(device.length.mm()));
        let pitch = Drum::of(device, &world.puncture).pitch_around();
        let track = rolling.track(width, pitch, skin.mechanics.fibres.failure_strain_fraction);
        track.cleft_length.mm() / track.surface_length.mm()
    })?))
}

/// Distinct holes over needles that went in, after some passes.
pub fn distinct_holes(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let device = device(target, context, Kind::Roller)?;
    let site = target.word("site")?;
    let hand = Hand::of(target.input("passes", &context.library.book)?);
    let side = length(target, "side", context)?;
    let plot = Plot {
        width: side,
        height: side,
    };
    let shares: Result<Vec<f64>, String> = context
        .worlds
        .iter()
        .map(|world| {
            let skin = skin_at(site, context, &world.parameters)?;
            let puncture = &world.parameters.puncture;
            let mut contact = press(
                &device,
                &hand,
                &skin,
                &Tissue::unmarked(skin.dermis),
                puncture,
                &PersonDraws::default(),
                &normal_strata(NEEDLES),
            );
            // Places are compared, so every needle counts whether it goes in or not.
            contact.depths_mm.fill(device.length.mm());
            Ok(lay(&device, &hand, &contact, plot, 1, puncture, 1).distinct_fraction())
        })
        .collect();
    Ok(Found::of(&shares?))
}
