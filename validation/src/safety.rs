//! Targets of flora, harms and rules, computed by the rooms channel, reaction and rules.

use needlework::channel::{self, Cleanliness, NeedleState, Preparation, Wounds};
use needlework::cohort::{Cohort, Moment, Settings};
use needlework::numerics::{mean, normal_strata, standard_deviation, uniforms, unwatched};
use needlework::puncture::Holes;
use needlework::units::{Area, ArealDensity, Time};
use needlework::verdict::{self, Inquiry};

use crate::context::Context;
use crate::result::Found;
use crate::target::RoomTarget;

type Computed = Result<Found, String>;

/// Skin with one wide hole per square millimetre; how wide does not matter, since the flora is scaled to the dose.
fn open_skin() -> Holes {
    Holes {
        density: ArealDensity::from_per_mm2(1.0),
        depths_mm: vec![1.0],
        surface_radii_mm: vec![0.5],
        reaches_dermis: 1.0,
        reaches_reticular: 1.0,
        injured_top: 1.0,
        injured: vec![1.0],
    }
}

/// Flora of people at the site, as decimal logarithms, read back from what a hole of known area carries in.
fn flora(target: &RoomTarget, context: &Context<'_>) -> Result<Vec<f64>, String> {
    let site = target.word("site")?;
    let site = context
        .library
        .catalog
        .site(site)
        .ok_or_else(|| format!("there is no site {site}"))?;
    let numbers =
        needlework::cohort::site_numbers(Some(site), &context.library.book).map_err(|error| error.to_string())?;
    let world = context.worlds.first().ok_or("no world was drawn")?;
    let germs = &world.parameters.germs;
    let holes = open_skin();
    let wounds = Wounds::of(&holes, Area::from_cm2(1.0));
    Ok(normal_strata(2000)
        .into_iter()
        .map(|person_flora| {
            let cleanliness = Cleanliness {
                flora: numbers.flora,
                preparation: Preparation::None,
                needles: NeedleState::Sterile,
                single: false,
                wet: false,
                through_cloth: false,
                covered: false,
            };
            let carried = channel::inoculate(&wounds, &cleanliness, germs, person_flora).skin;
            (carried / (germs.harmful_share * germs.carried_in * holes.open_area_fraction())).log10()
        })
        .collect())
}

/// Mean flora of people.
pub fn flora_mean(target: &RoomTarget, context: &Context<'_>) -> Computed {
    Ok(Found::exact(mean(&flora(target, context)?)))
}

/// Spread of flora between people.
pub fn flora_spread(target: &RoomTarget, context: &Context<'_>) -> Computed {
    Ok(Found::exact(standard_deviation(&flora(target, context)?)))
}

/// One where the rule of the target stops the plan of its case with the answers that it replaces, zero where it does
/// not.
pub fn rule_fires(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let name = target.word("case")?;
    let mut text = context.case_text(name)?.to_owned();
    for (field, answer) in target
        .inputs
        .iter()
        .filter(|(field, _)| !["case", "rule"].contains(&field.as_str()))
    {
        text = text
            .lines()
            .map(|line| match line.split_once(" = ") {
                Some((key, _)) if key == field => format!("{field} = {answer}\n"),
                _ => format!("{line}\n"),
            })
            .collect();
    }
    let case = context.read(name, &text)?;
    let few = Inquiry {
        settings: Settings {
            worlds: 2,
            people_per_world: 5,
            ..context.settings
        },
        posterior: None,
        ..Inquiry::new(context.library)
    };
    let judged = verdict::judge(&case, &few, &mut unwatched).map_err(|error| error.to_string())?;
    let rules: Vec<&str> = target.word("rule")?.split(", ").collect();
    let all = rules.iter().all(|wanted| {
        judged
            .report
            .verdict
            .rules
            .iter()
            .any(|fired| fired.id == **wanted && fired.severity == "refuse")
    });
    Ok(Found::exact(f64::from(u8::from(all))))
}

/// Counts in studies of the target's people, one study per world, with their 95 % interval. The share of a world is
/// that of its people.
fn counted(
    target: &RoomTarget,
    context: &Context<'_>,
    stream: &str,
    share: impl Fn(&Cohort, usize) -> f64,
) -> Computed {
    let name = target.word("case")?;
    let book = &context.library.book;
    let after = Time::from_days(target.input("after_last", book)?);
    let people = target.input("people", book)? as usize;
    let cohort = context.cohort(name, context.case_text(name)?, Moment::AfterLast(after))?;
    let dice = uniforms(context.settings.seed, stream, cohort.worlds.len() * people);
    let counts: Vec<f64> = (0..cohort.worlds.len())
        .map(|world| {
            let members = world * cohort.people_per_world..(world + 1) * cohort.people_per_world;
            let p = mean(&members.map(|index| share(&cohort, index)).collect::<Vec<_>>());
            let dice = &dice[world * people..(world + 1) * people];
            dice.iter().filter(|&&u| u < p).count() as f64
        })
        .collect();
    Ok(Found::between(&counts, 0.025, 0.975))
}

/// People of a study with dark marks.
pub fn dark_mark_count(target: &RoomTarget, context: &Context<'_>) -> Computed {
    counted(target, context, "validation.dark_marks", |cohort, index| {
        cohort.people[index].harms.dark_marks.probability
    })
}

/// People of a study with scars.
pub fn scar_count(target: &RoomTarget, context: &Context<'_>) -> Computed {
    counted(target, context, "validation.scars", |cohort, index| {
        cohort.people[index].harms.scar
    })
}

/// The share of a study's people with dark marks.
pub fn dark_mark_share(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let people = target.input("people", &context.library.book)?;
    let counts = dark_mark_count(target, context)?;
    Ok(Found {
        middle: counts.middle / people,
        low: counts.low / people,
        high: counts.high / people,
    })
}
