//! Targets of the skin's mechanics and layers, computed by the room skin.
//!
//! The check of the law (V6.1) takes its constants as inputs and gives the range over the two dispersions that the
//! source printed. The targets over directions (V6.2, V6.3) take each world's constants at the reference body: strips
//! cut evenly in all directions, and one along and one across the tension line. Nothing is fitted. Limits: strips were
//! those of old donors pulled at two speeds; the law knows no speed.

use needlework::numerics::mean;
use needlework::skin::gasser_2006::pull;
use needlework::skin::tearing::{Tear, critical_fibre_strain, tear, tear_in_all_directions};
use needlework::skin::{self, Body, Fibres, Site};
use needlework::units::{Angle, Stress};

use crate::context::Context;
use crate::device::skin_at;
use crate::result::Found;
use crate::target::RoomTarget;

type Computed = Result<Found, String>;

/// A number of the law with the constants of the target, for the dispersion of the abstract, between it and that of the
/// text.
fn of_law(target: &RoomTarget, context: &Context<'_>, value: impl Fn(&Fibres) -> Computed) -> Computed {
    let book = &context.library.book;
    let with = |dispersion: &str| -> Result<f64, String> {
        let fibres = Fibres {
            matrix: Stress::from_mpa(target.input("mu", book)?),
            stiffness: Stress::from_mpa(target.input("k1", book)?),
            stiffening_ratio: target.input("k2", book)?,
            dispersion_ratio: target.input(dispersion, book)?,
            angle: Angle::from_canonical(target.input("angle", book)?),
            elastin_fraction: 0.0,
            failure_strain_fraction: target.input("late", book)?,
        };
        Ok(value(&fibres)?.middle)
    };
    let (one, other) = (with("dispersion")?, with("other_dispersion")?);
    Ok(Found {
        middle: one,
        low: one.min(other),
        high: one.max(other),
    })
}

fn stress(fibres: &Fibres, strain: f64) -> Result<f64, String> {
    pull(fibres, Angle::ZERO, 1.0 + strain)
        .map(|strip| strip.nominal.mpa())
        .map_err(|error| error.to_string())
}

/// Nominal stress at the strain that the target calls `early`.
pub fn early_stress(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let strain = target.input("early", &context.library.book)?;
    of_law(target, context, |fibres| Ok(Found::exact(stress(fibres, strain)?)))
}

/// Nominal stress at the strain that the target calls `middle`.
pub fn middle_stress(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let strain = target.input("middle", &context.library.book)?;
    of_law(target, context, |fibres| Ok(Found::exact(stress(fibres, strain)?)))
}

/// Nominal stress at the strain that the target calls `late`.
pub fn late_stress(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let strain = target.input("late", &context.library.book)?;
    of_law(target, context, |fibres| Ok(Found::exact(stress(fibres, strain)?)))
}

/// Slope of the stress from `middle` to `late`.
pub fn late_slope(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let book = &context.library.book;
    let (from, to) = (target.input("middle", book)?, target.input("late", book)?);
    of_law(target, context, |fibres| {
        Ok(Found::exact(
            (stress(fibres, to)? - stress(fibres, from)?) / (to - from),
        ))
    })
}

/// Every so many worlds are looked at: each needs thousands of strips, and a hundred worlds give the interval.
const EVERY: usize = 4;

/// The law of worlds at the reference body.
fn fibres_of_worlds(context: &Context<'_>) -> Vec<Fibres> {
    context
        .worlds
        .iter()
        .step_by(EVERY)
        .map(|world| &world.parameters)
        .map(|world| {
            skin::layer(&Body::reference(&world.skin), &Site::REFERENCE, &world.skin)
                .mechanics
                .fibres
        })
        .collect()
}

fn over_directions(context: &Context<'_>, of: impl Fn(&Tear) -> f64) -> Computed {
    let means: Result<Vec<f64>, String> = fibres_of_worlds(context)
        .iter()
        .map(|fibres| {
            let tears = tear_in_all_directions(fibres).map_err(|error| error.to_string())?;
            Ok(mean(&tears.iter().map(&of).collect::<Vec<_>>()))
        })
        .collect();
    Ok(Found::of(&means?))
}

/// Stress at failure over all directions.
pub fn strength(_: &RoomTarget, context: &Context<'_>) -> Computed {
    over_directions(context, |tear| tear.strength.mpa())
}

/// Slope of the straight part of the curve over all directions.
pub fn stiffness(_: &RoomTarget, context: &Context<'_>) -> Computed {
    over_directions(context, |tear| tear.stiffness.mpa())
}

fn along_over_across(context: &Context<'_>, of: impl Fn(&Tear) -> f64) -> Computed {
    let ratios: Result<Vec<f64>, String> = fibres_of_worlds(context)
        .iter()
        .map(|fibres| {
            let critical = critical_fibre_strain(fibres).map_err(|error| error.to_string())?;
            let at =
                |degrees: f64| tear(fibres, critical, Angle::from_degrees(degrees)).map_err(|error| error.to_string());
            Ok(of(&at(0.0)?) / of(&at(90.0)?))
        })
        .collect();
    Ok(Found::of(&ratios?))
}

/// Strength along the tension line over that across.
pub fn strength_ratio(_: &RoomTarget, context: &Context<'_>) -> Computed {
    along_over_across(context, |tear| tear.strength.mpa())
}

/// Stiffness along the tension line over that across.
pub fn stiffness_ratio(_: &RoomTarget, context: &Context<'_>) -> Computed {
    along_over_across(context, |tear| tear.stiffness.mpa())
}

/// Stratum corneum at a site.
pub fn stratum_corneum(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let site = target.word("site")?;
    let draws: Result<Vec<f64>, String> = context
        .worlds
        .iter()
        .map(|world| Ok(skin_at(site, context, &world.parameters)?.stratum_corneum.mm()))
        .collect();
    Ok(Found::of(&draws?))
}
