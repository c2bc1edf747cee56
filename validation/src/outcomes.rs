//! Targets of trials and histology: what the chain predicts for a study's case, and what single rooms say of marks and
//! healing.
//!
//! Predictions for whole studies are those of `evidence/targets/first_chain.toml`, each for a study of the
//! published size; here they are looked up by name. Published arms of creams, lasers and heated needles are shown
//! beside answers and never simulated, so their rows are not computed.

use needlework::healing::{self, Condition};
use needlework::skin::{self, Body, Sex};
use needlework::stria::{self, Mark, PersonDraws, Stage};
use needlework::units::Time;
use needlework::verdict::Comparison;

use crate::context::Context;
use crate::result::Found;
use crate::target::RoomTarget;

type Computed = Result<Found, String>;

/// The prediction of the first chain for the target of that name.
///
/// # Errors
/// When there is no such target, or it was not compared.
pub fn first_chain(name: &str, context: &Context<'_>, rows: &[Comparison]) -> Computed {
    let target = context
        .library
        .targets
        .iter()
        .find(|target| target.name == name)
        .ok_or_else(|| format!("there is no target {name} in first_chain.toml"))?;
    rows.iter()
        .find(|row| row.study == target.study && row.outcome == target.outcome)
        .map(|row| Found {
            middle: row.predicted.mean,
            low: row.predicted.low,
            high: row.predicted.high,
        })
        .ok_or_else(|| format!("{name} was not compared"))
}

/// Dermis of a mark over that of the skin beside it.
pub fn dermis_ratio(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let site = target.word("site")?;
    let site = context
        .library
        .catalog
        .site(site)
        .ok_or_else(|| format!("there is no site {site}"))?;
    let numbers =
        needlework::cohort::site_numbers(Some(site), &context.library.book).map_err(|error| error.to_string())?;
    Ok(Found::of(&context.each_world(|world| {
        let skin = skin::layer(&Body::reference(&world.skin), &numbers.skin, &world.skin);
        let mark = Mark {
            stage: Stage::Alba,
            age: Time::from_years(1.0),
            measured_dermis: None,
        };
        let tissue = stria::form(&mark, &skin, &world.stria, &PersonDraws::default(), 4);
        tissue.thickness.mm() / skin.dermis.mm()
    })))
}

fn factor(context: &Context<'_>, change: impl Fn(&mut Condition, &healing::ConditionParameters)) -> Found {
    Found::of(&context.each_world(|world| {
        let healthy = Condition {
            body: Body {
                age: world.condition.young,
                sex: Sex::Female,
                bmi: world.skin.reference_bmi,
            },
            smoker: false,
            steroid_tablets: false,
            steroid_cream: false,
            undernourished: false,
            diabetes: false,
        };
        let mut other = healthy;
        change(&mut other, &world.condition);
        healing::healing_factor(&other, &world.condition) / healing::healing_factor(&healthy, &world.condition)
    }))
}

/// Synthesis of smokers over that of others.
pub fn smokers(_: &RoomTarget, context: &Context<'_>) -> Computed {
    Ok(factor(context, |condition, _| condition.smoker = true))
}

/// Synthesis at the age of the old donors over that of the young.
pub fn old(_: &RoomTarget, context: &Context<'_>) -> Computed {
    Ok(factor(context, |condition, world| condition.body.age = world.old))
}

/// Deposition of women over that of men.
pub fn women(_: &RoomTarget, context: &Context<'_>) -> Computed {
    let men = |world: &needlework::course::Parameters| {
        let body = |sex| Condition {
            body: Body {
                age: world.condition.young,
                sex,
                bmi: world.skin.reference_bmi,
            },
            smoker: false,
            steroid_tablets: false,
            steroid_cream: false,
            undernourished: false,
            diabetes: false,
        };
        healing::healing_factor(&body(Sex::Female), &world.condition)
            / healing::healing_factor(&body(Sex::Male), &world.condition)
    };
    Ok(Found::of(&context.each_world(men)))
}

/// Synthesis under steroid tablets.
pub fn steroid_tablets(_: &RoomTarget, context: &Context<'_>) -> Computed {
    Ok(factor(context, |condition, _| condition.steroid_tablets = true))
}

/// Synthesis with diabetes.
pub fn diabetes(_: &RoomTarget, context: &Context<'_>) -> Computed {
    Ok(factor(context, |condition, _| condition.diabetes = true))
}
