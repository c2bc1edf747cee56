//! Targets of healing in time: an open wound left to itself, and what sessions leave in a tissue of everyday size.
//!
//! The open wound is the situation that the cascade was fitted to; its time courses stand in `evidence/cascade.toml`
//! and are held by the room's own test. Here it is compared with studies that the fit did not see. Its strength keeps
//! the clock of the fit, its collagen types the human clock that the forecast uses. Sessions are those of a mark's
//! tissue with the medians of people, one share of injury at every depth: times and signs hang little on that share.

use needlework::course::Parameters;
use needlework::evidence::Book;
use needlework::healing::{
    self, CascadeRun, Injury, Kinetics, Modifiers, OpenWound, OpenWoundParameters, PersonDraws, RemodellingHypothesis,
    TissueResponse, open_wound,
};
use needlework::stria::{Stage, Tissue};
use needlework::units::{Length, Rate, Time};

use crate::context::Context;
use crate::result::Found;
use crate::target::RoomTarget;

type Computed = Result<Found, String>;

fn wound_parameters(book: &Book) -> Result<OpenWoundParameters, String> {
    let mut missing = Ok(());
    let parameters = OpenWoundParameters::fill(&mut |key| {
        book.value(key).unwrap_or_else(|error| {
            missing = Err(error.to_string());
            f64::NAN
        })
    });
    missing.map(|()| parameters)
}

/// The open wound of each world on each of `days`; the maturation as the world draws it for people, or that of the fit.
fn wounds(context: &Context<'_>, human: bool, days: &[f64]) -> Result<Vec<Vec<OpenWound>>, String> {
    let parameters = wound_parameters(&context.library.book)?;
    let times: Vec<Time> = days.iter().map(|&day| Time::from_days(day)).collect();
    let of = |world: &Parameters| {
        let maturation = if human {
            Rate::from_per_day(1.0 / world.healing.maturation.days())
        } else {
            Rate::from_per_day(parameters.maturation.per_day() * world.cascade.pace)
        };
        open_wound(&Kinetics::of(&world.cascade), &parameters, maturation, &times)
    };
    Ok(context.worlds.iter().map(|world| of(&world.parameters)).collect())
}

fn each(courses: &[Vec<OpenWound>], value: impl Fn(&[OpenWound]) -> f64) -> Found {
    Found::of(&courses.iter().map(|course| value(course)).collect::<Vec<_>>())
}

/// Collagen III over I of a human wound, change over intact skin.
pub fn scar_collagen_types(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let parameters = wound_parameters(&context.library.book)?;
    let day = target.input("after", &context.library.book)?;
    Ok(each(&wounds(context, true, &[day])?, |course| {
        course[0].collagen_3_to_1(&parameters) - 1.0
    }))
}

/// Cross-links of mature collagen in a human wound, in the study's unit: those of its skin before, in mature collagen
/// alone.
pub fn scar_crosslinks(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let before = intact(context, "histology.robins2003.hhl_crosslink.before")?;
    let day = target.input("after", &context.library.book)?;
    Ok(each(&wounds(context, true, &[day])?, |course| {
        before * course[0].mature_share()
    }))
}

/// Collagen of a human wound that pepsin extracts: all of the young, and of the mature as much as of the study's skin
/// before.
pub fn scar_extractability(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let before = intact(context, "histology.robins2003.pepsin_extractability.before")?;
    let day = target.input("after", &context.library.book)?;
    Ok(each(&wounds(context, true, &[day])?, |course| {
        1.0 - (1.0 - before) * course[0].mature_share()
    }))
}

fn intact(context: &Context<'_>, key: &str) -> Result<f64, String> {
    context.library.book.value(key).map_err(|error| error.to_string())
}

/// The day on which the collagen of an open wound has nine tenths of what it has after a year.
pub fn collagen_plateau(_: &RoomTarget, context: &Context<'_>) -> Computed {
    const REACHED: f64 = 0.9;
    let days: Vec<f64> = (0..=365).map(f64::from).collect();
    Ok(each(&wounds(context, false, &days)?, |course| {
        let goal = REACHED * course[course.len() - 1].collagen();
        course
            .iter()
            .position(|at| at.collagen() >= goal)
            .unwrap_or(course.len()) as f64
    }))
}

fn strength(day: f64, context: &Context<'_>, over: Option<f64>) -> Computed {
    let parameters = wound_parameters(&context.library.book)?;
    let later = over.unwrap_or(day);
    Ok(each(&wounds(context, false, &[day, later.max(day)])?, |course| {
        let last = if over.is_some() {
            course[1].strength(&parameters)
        } else {
            1.0
        };
        course[0].strength(&parameters) / last
    }))
}

/// Strength of an open wound over that after a year.
pub fn strength_of_final(target: &RoomTarget, context: &Context<'_>) -> Computed {
    const FINAL: f64 = 365.0;
    strength(
        target.input("day_over_final", &context.library.book)?,
        context,
        Some(FINAL),
    )
}

/// Strength of an open wound over intact skin.
pub fn strength_of_intact(target: &RoomTarget, context: &Context<'_>) -> Computed {
    strength(target.input("day_over_intact", &context.library.book)?, context, None)
}

/// A tissue after sessions as a target states them, in each world under its law: at `days` since the first session.
fn needled(
    target: &RoomTarget,
    context: &Context<'_>,
    sessions: u32,
    value: impl Fn(&[Tissue], &Tissue) -> f64,
    days: &[f64],
) -> Computed {
    let book = &context.library.book;
    let share = target.input("injured", book)?;
    let interval = target.input("interval", book)?;
    let times: Vec<Time> = (0..sessions)
        .map(|k| Time::from_days(f64::from(k) * interval))
        .collect();
    // Evenly injured tissue: nothing is gained or lost by spreading.
    let injury = Injury {
        shares: vec![share],
        top: share,
    };
    let values: Vec<f64> = context
        .worlds
        .iter()
        .map(|world| {
            let p = &world.parameters;
            let resting = p.stria.collagen;
            let tissue = Tissue {
                stage: Stage::Alba,
                age: Time::from_years(3.0),
                thickness: Length::from_mm(1.0),
                resting,
                ceiling: resting + p.stria.closeable * (1.0 - resting),
                elastin: 1.0,
                immature: vec![0.0],
                mature: vec![resting],
                epidermal_gain: 0.0,
            };
            let answer: TissueResponse = healing::respond(
                &injury,
                Stage::Alba,
                &Modifiers::NONE,
                &CascadeRun::up_to(injury.most(), &times, &Kinetics::of(&p.cascade)),
                &p.healing,
                &PersonDraws::default(),
            );
            let law: RemodellingHypothesis = world.hypothesis;
            let after: Vec<Tissue> = days
                .iter()
                .map(|&day| healing::heal(&tissue, &answer, law, Time::ZERO, Time::from_days(day), &p.healing))
                .collect();
            value(&after, &tissue)
        })
        .collect();
    Ok(Found::of(&values))
}

fn count(target: &RoomTarget, context: &Context<'_>) -> Result<u32, String> {
    Ok(target.input("sessions", &context.library.book)?.round() as u32)
}

fn last_session(target: &RoomTarget, context: &Context<'_>) -> Result<f64, String> {
    Ok(f64::from(count(target, context)?.saturating_sub(1)) * target.input("interval", &context.library.book)?)
}

/// Gain of collagen one month after the last session over that after three.
pub fn gain_month_1_over_3(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let (last, month) = (last_session(target, context)?, Time::from_months(1.0).days());
    let gained = |tissue: &Tissue| tissue.immature[0] + tissue.mature[0] - tissue.resting;
    needled(
        target,
        context,
        count(target, context)?,
        |after, _| gained(&after[0]) / gained(&after[1]),
        &[last + month, last + 3.0 * month],
    )
}

fn type_change(target: &RoomTarget, context: &Context<'_>, third: bool) -> Computed {
    let book = &context.library.book;
    let parameters = wound_parameters(book)?;
    let day = target.input("after", book)?;
    let share = |young: f64| if third { young } else { 1.0 - young };
    let content = move |tissue: &Tissue| {
        share(parameters.immature_collagen_3) * tissue.immature[0]
            + share(parameters.mature_collagen_3) * tissue.mature[0]
    };
    needled(
        target,
        context,
        count(target, context)?,
        |after, before| content(&after[0]) / content(before) - 1.0,
        &[day],
    )
}

/// Change of collagen I.
pub fn collagen_1_change(target: &RoomTarget, context: &Context<'_>) -> Computed {
    type_change(target, context, false)
}

/// Change of collagen III.
pub fn collagen_3_change(target: &RoomTarget, context: &Context<'_>) -> Computed {
    type_change(target, context, true)
}

/// Gain of the epidermis by all sessions over that by one, on the same day.
pub fn epidermis_of_all_over_one(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let day = target.input("after", &context.library.book)?;
    let gain = |sessions: u32| needled(target, context, sessions, |after, _| after[0].epidermal_gain, &[day]);
    let (all, one) = (gain(count(target, context)?)?, gain(1)?);
    Ok(Found::exact(all.middle / one.middle))
}
