//! Targets of needles, pain and skin layers, computed by the rooms puncture, reaction and skin.
//!
//! Each function takes the inputs of its target and gives a number for every world. Nothing is fitted, and no number of
//! the evidence stands here. Limits: ages and weights of the people that ultrasound studies measured are not in their
//! abstracts, so a typical person stands for them.

use std::f64::consts::PI;

use needlework::cohort::{self, Moment};
use needlework::numerics::{mean, normal_strata, standard_deviation};
use needlework::puncture::{self, Device, Hand, Holes, Kind, PersonDraws};
use needlework::reaction::{self, Redness, Session};
use needlework::skin::{self, Body, Skin};
use needlework::stria::{self, Mark, Stage};
use needlework::units::{Area, Length, Rate, Time};

use crate::context::Context;
use crate::result::Found;
use crate::target::{RoomTarget, number};

/// Needles that stand for all of a session.
const NEEDLES: usize = 64;
/// Depth cells; depth and width at the surface do not depend on them.
const CELLS: usize = 4;

pub(crate) type Computed = Result<Found, String>;

pub(crate) fn length(target: &RoomTarget, name: &str, context: &Context<'_>) -> Result<Length, String> {
    Ok(Length::from_mm(target.input(name, &context.library.book)?))
}

/// The device of a target; what its inputs leave out stays open.
pub(crate) fn device(target: &RoomTarget, context: &Context<'_>, kind: Kind) -> Result<Device, String> {
    let given = |name: &str| -> Result<Option<f64>, String> {
        target
            .inputs
            .contains_key(name)
            .then(|| target.input(name, &context.library.book))
            .transpose()
    };
    Ok(Device {
        needles: given("needles")?.map(|count| count as u32),
        drum_radius: given("drum_diameter")?.map(|mm| Length::from_mm(mm / 2.0)),
        drum_width: given("drum_width")?.map(Length::from_mm),
        ..Device::of(kind, Length::from_mm(given("needle_length")?.unwrap_or(1.5)))
    })
}

/// A person at a site with the typical body, in one world.
pub(crate) fn skin_at(
    site: &str,
    context: &Context<'_>,
    world: &needlework::course::Parameters,
) -> Result<Skin, String> {
    let site = context
        .library
        .catalog
        .site(site)
        .ok_or_else(|| format!("there is no site {site}"))?;
    let numbers = cohort::site_numbers(Some(site), &context.library.book).map_err(|error| error.to_string())?;
    Ok(skin::layer(&Body::reference(&world.skin), &numbers.skin, &world.skin))
}

/// The holes of some passes of a device in one world, in the skin of a site.
fn holes(
    device: &Device,
    site: &str,
    context: &Context<'_>,
    world: &needlework::course::Parameters,
    passes: f64,
) -> Result<Holes, String> {
    let skin = skin_at(site, context, world)?;
    let mark = Mark {
        stage: Stage::Alba,
        age: Time::from_years(1.0),
        measured_dermis: None,
    };
    let tissue = stria::form(&mark, &skin, &world.stria, &stria::PersonDraws::default(), CELLS);
    Ok(puncture::puncture(
        device,
        &Hand::of(passes),
        &skin,
        &tissue,
        &world.puncture,
        &PersonDraws::default(),
        &normal_strata(NEEDLES),
    ))
}

/// For each world a number of the holes that the target's device leaves.
pub(crate) fn of_holes(
    target: &RoomTarget,
    context: &Context<'_>,
    device: &Device,
    value: impl Fn(&Holes, &needlework::course::Parameters) -> f64,
) -> Computed {
    let site = target.word("site")?;
    let draws: Result<Vec<f64>, String> = context
        .worlds
        .iter()
        .map(|world| {
            Ok(value(
                &holes(device, site, context, &world.parameters, 1.0)?,
                &world.parameters,
            ))
        })
        .collect();
    Ok(Found::of(&draws?))
}

/// Holes per area of one pass.
pub fn holes_per_pass(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let device = device(target, context, Kind::Roller)?;
    Ok(Found::of(&context.each_world(|world| {
        puncture::density_per_pass(&device, &world.puncture).per_mm2()
    })))
}

/// Holes per area of all passes, before needles slide into holes that are there.
pub fn holes_of_passes(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let passes = target.input("passes", &context.library.book)?;
    let one = holes_per_pass(target, context)?;
    Ok(Found {
        middle: one.middle * passes,
        low: one.low * passes,
        high: one.high * passes,
    })
}

/// Punctures of a pen with the target's needles and so many strokes each second, which stand in the evidence as they
/// were written.
fn punctures(target: &RoomTarget, context: &Context<'_>, strokes: &str) -> Computed {
    let hertz = target.input(strokes, &context.library.book)?;
    let pen = Device {
        frequency: Some(Rate::from_per_day(hertz * number("1 1/s")?)),
        ..device(target, context, Kind::Pen)?
    };
    Ok(Found::of(&context.each_world(|world| {
        puncture::punctures_per_time(&pen, &world.puncture).per_day()
    })))
}

/// Needles times strokes.
pub fn strokes(target: &RoomTarget, context: &Context<'_>) -> Computed {
    punctures(target, context, "frequency")
}

/// Needles times strokes at the pen's highest frequency.
pub fn most_strokes(target: &RoomTarget, context: &Context<'_>) -> Computed {
    punctures(target, context, "highest_frequency")
}

/// Half-angle of the needle's cone.
pub fn half_angle(_: &RoomTarget, context: &Context<'_>) -> Computed {
    Ok(Found::of(&context.each_world(|world| world.puncture.taper.atan())))
}

/// Diameter of the channel at the surface when the tip is at the depth of the target.
pub fn width_at_depth(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let depth_mm = target.input("depth", &context.library.book)?;
    let needle = device(target, context, Kind::Roller)?;
    let site = target.word("site")?;
    let draws: Result<Vec<f64>, String> = context
        .worlds
        .iter()
        .map(|world| {
            // Brought to the depth exactly: no give, no scatter, and the share of length that leads there.
            let mut at_depth = world.parameters.clone();
            at_depth.puncture.depth_law = 0.0;
            at_depth.puncture.give = Length::ZERO;
            at_depth.puncture.scatter = 0.0;
            at_depth.puncture.insertion_ratio_roller = depth_mm / needle.length.mm();
            let holes = holes(&needle, site, context, &at_depth, 1.0)?;
            Ok(2.0 * mean(&holes.surface_radii_mm))
        })
        .collect();
    Ok(Found::of(&draws?))
}

/// Median depth over length of a pressed array.
pub fn depth_ratio(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let device = device(target, context, Kind::Stamp)?;
    of_holes(target, context, &device, |holes, _| {
        holes.median_depth().mm() / device.length.mm()
    })
}

/// Median depth of a pressed array.
pub fn depth(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let device = device(target, context, Kind::Stamp)?;
    of_holes(target, context, &device, |holes, _| holes.median_depth().mm())
}

/// Angle from the skin's normal at which a needle enters, from the needles in contact: they are those of the arc 2θ of
/// the drum.
pub fn entry_angle(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let device = device(target, context, Kind::Roller)?;
    let needles = target.input("needles", &context.library.book)?;
    Ok(Found::of(&context.each_world(|world| {
        puncture::needles_in_contact(&device, &world.puncture) * PI / needles
    })))
}

/// Pain of an array of the target's area, which is small.
fn pain(target: &RoomTarget, context: &Context<'_>, length: Length, needles: f64) -> Result<Vec<f64>, String> {
    let area = Area::from_mm2(target.input("area", &context.library.book)?);
    Ok(context.each_world(|world| {
        let session = Session {
            length,
            needles_in_contact: needles,
            area,
            numbed: false,
        };
        reaction::pain(&session, &world.pain, 0.0)
    }))
}

fn ratio(over: &[f64], under: &[f64]) -> Found {
    Found::of(&over.iter().zip(under).map(|(a, b)| a / b).collect::<Vec<_>>())
}

/// Pain of the longer needle over that of the shorter.
pub fn pain_by_length(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let longer = pain(target, context, length(target, "longer", context)?, 1.0)?;
    let shorter = pain(target, context, length(target, "shorter", context)?, 1.0)?;
    Ok(ratio(&longer, &shorter))
}

/// Pain of many needles over that of few.
pub fn pain_by_number(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let book = &context.library.book;
    let at = length(target, "needle_length", context)?;
    let many = pain(target, context, at, target.input("many", book)?)?;
    let few = pain(target, context, at, target.input("few", book)?)?;
    Ok(ratio(&many, &few))
}

/// For each world a number of the redness after an array, in the typical person.
fn of_redness(
    target: &RoomTarget,
    context: &Context<'_>,
    device: &Device,
    value: impl Fn(usize, &Redness, &needlework::course::Parameters) -> f64,
) -> Computed {
    let site = target.word("site")?;
    let draws: Result<Vec<f64>, String> = context
        .worlds
        .iter()
        .enumerate()
        .map(|(w, world)| {
            let world = &world.parameters;
            let array = holes(device, site, context, world, 1.0)?;
            let usual = reaction::usual_device(&world.wound);
            let usual = holes(&usual, site, context, world, world.puncture.passes)?;
            let injury = reaction::relative_injury(&array, &usual, world.puncture.halo, &world.wound);
            let redness = reaction::redness(injury, device.length, &world.redness, 0.0);
            Ok(value(w, &redness, world))
        })
        .collect();
    Ok(Found::of(&draws?))
}

/// Time until the redness after an array is no longer seen.
pub fn redness(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let device = device(target, context, Kind::Stamp)?;
    of_redness(target, context, &device, |_, redness, _| redness.seen.days())
}

/// Time until the blood that makes redness is too little for an instrument, after the longest array.
pub fn blood_raised(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let device = Device {
        length: length(target, "longest", context)?,
        ..device(target, context, Kind::Stamp)?
    };
    let (seed, worlds) = (context.settings.seed, context.worlds.len());
    let least = cohort::drawn(
        &context.library.book,
        seed,
        "reactions.redness.study.least_measured",
        worlds,
    )
    .map_err(|error| error.to_string())?;
    of_redness(target, context, &device, |w, redness, world| {
        let over = redness.peak / (least[w] * world.redness.noticeable);
        (redness.half_life.days() * over.log2()).max(0.0)
    })
}

/// Thickness of the skin of the cohort's people at a site, world by world.
fn people(target: &RoomTarget, context: &Context<'_>) -> Result<Vec<Vec<f64>>, String> {
    let name = target.word("case")?;
    let site = format!("site = \"{}\"", target.word("site")?);
    let text = context.case_text(name)?.replace("site = \"unknown\"", &site);
    let cohort = context.cohort(name, &text, Moment::SinceFirst(Time::ZERO))?;
    let skins: Vec<f64> = cohort
        .people
        .iter()
        .map(|person| person.harms.skin.thickness().mm())
        .collect();
    Ok(skins.chunks(cohort.people_per_world).map(<[f64]>::to_vec).collect())
}

/// Mean thickness of people's skin.
pub fn thickness(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let means: Vec<f64> = people(target, context)?.iter().map(|world| mean(world)).collect();
    Ok(Found::of(&means))
}

/// Spread of thickness between the people of a world: the root of the mean variance inside worlds.
pub fn thickness_spread(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let variances: Vec<f64> = people(target, context)?
        .iter()
        .map(|world| standard_deviation(world).powi(2))
        .collect();
    Ok(Found::exact(mean(&variances).sqrt()))
}

/// Extra skin for a step of body mass index.
pub fn thickness_by_weight(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let site = target.word("site")?;
    let site = context
        .library
        .catalog
        .site(site)
        .ok_or_else(|| format!("there is no site {site}"))?;
    let book = &context.library.book;
    let numbers = cohort::site_numbers(Some(site), book).map_err(|error| error.to_string())?;
    let step = target.input("step", book)?;
    Ok(Found::of(&context.each_world(|world| {
        let body = Body::reference(&world.skin);
        let heavier = Body {
            bmi: needlework::units::BodyMassIndex::from_kg_per_m2(body.bmi.kg_per_m2() + step),
            ..body
        };
        let at = |body: &Body| skin::layer(body, &numbers.skin, &world.skin).thickness().mm();
        at(&heavier) - at(&body)
    })))
}

/// Thickness of a typical person's skin at a site.
pub fn typical_thickness(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let site = target.word("site")?;
    let draws: Result<Vec<f64>, String> = context
        .worlds
        .iter()
        .map(|world| Ok(skin_at(site, context, &world.parameters)?.thickness().mm()))
        .collect();
    Ok(Found::of(&draws?))
}

/// Epidermis with its stratum corneum at a site.
pub fn epidermis(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let site = target.word("site")?;
    let draws: Result<Vec<f64>, String> = context
        .worlds
        .iter()
        .map(|world| Ok(skin_at(site, context, &world.parameters)?.epidermis.mm()))
        .collect();
    Ok(Found::of(&draws?))
}
