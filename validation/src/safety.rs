//! Targets of infection, harms and rules, computed by the rooms channel, reaction and rules.
//!
//! The dose–response curves are the room's own: [`curve`] hands it skin whose flora carries in exactly the wanted dose. The fit of
//! the forearm data minimises the binomial deviance 2·Σ[k·ln(k/np) + (n−k)·ln((n−k)/(n(1−p)))] over both shapes by a compass
//! search in their logarithms: two parameters, six doses, four degrees of freedom.

use needlework::channel::{self, Cleanliness, GermParameters, NeedleState, Preparation};
use needlework::cohort::{Cohort, Moment, Settings};
use needlework::numerics::{Continue, mean, normal_strata, standard_deviation, uniforms};
use needlework::puncture::Holes;
use needlework::units::{Area, ArealDensity, Time};
use needlework::verdict::{self, Reading};

use crate::context::Context;
use crate::result::Found;
use crate::target::{Target, number};

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

/// The room's range of risk after a session that carries in `dose` harmful germs: the intact host's curve and the sealed wound's.
#[must_use]
pub fn curve(dose: f64, covered: bool, germs: &GermParameters) -> channel::Infection {
    let holes = open_skin();
    let area = Area::from_cm2(1.0);
    let cleanliness = Cleanliness {
        log_flora_per_cm2: (dose / (germs.harmful_share * area.cm2() * holes.open_area_fraction())).log10(),
        preparation: Preparation::None,
        needles: NeedleState::Sterile,
        covered,
        person_flora: 0.0,
    };
    channel::infect(&holes, area, 1, &cleanliness, germs)
}

/// Risk in sealed, scraped skin alone.
#[must_use]
pub fn sealed(dose: f64, germs: &GermParameters) -> f64 {
    let alone = GermParameters {
        intact_risk: 0.0,
        ..*germs
    };
    curve(dose, true, &alone).high
}

/// Risk in an intact host alone.
#[must_use]
pub fn intact(dose: f64, germs: &GermParameters) -> f64 {
    let alone = GermParameters {
        sealed_alpha: 0.0,
        ..*germs
    };
    curve(dose, true, &alone).high
}

/// The dose at which half the people are infected, by bisection of a rising curve in the dose's logarithm.
#[must_use]
pub fn half_dose(risk: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (0.0_f64, 20.0_f64);
    // Sixty halvings take twenty decades below the last digit.
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if risk(10.0_f64.powf(middle)) < 0.5 {
            low = middle;
        } else {
            high = middle;
        }
    }
    10.0_f64.powf((low + high) / 2.0)
}

/// Doses, people infected at each, people at each.
fn forearm(target: &Target, context: &Context<'_>) -> Result<(Vec<f64>, Vec<f64>, f64), String> {
    let list = |name: &str| -> Result<Vec<f64>, String> {
        target
            .word(name)?
            .split(',')
            .map(|text| {
                let text = text.trim();
                context.library.book.value(text).or_else(|_| number(text))
            })
            .collect()
    };
    let (doses, infected) = (list("doses")?, list("infected")?);
    if doses.len() != infected.len() {
        return Err(format!("{}: as many doses as counts are needed", target.id));
    }
    Ok((doses, infected, target.input("people", &context.library.book)?))
}

fn deviance(doses: &[f64], infected: &[f64], people: f64, risk: impl Fn(f64) -> f64) -> f64 {
    let term = |count: f64, expected: f64| {
        if count > 0.0 {
            count * (count / expected).ln()
        } else {
            0.0
        }
    };
    doses
        .iter()
        .zip(infected)
        .map(|(&dose, &count)| {
            let p = risk(dose);
            2.0 * (term(count, people * p) + term(people - count, people * (1.0 - p)))
        })
        .sum()
}

/// The two shapes that fit best, with their deviance.
fn fitted(target: &Target, context: &Context<'_>) -> Result<(GermParameters, f64), String> {
    let (doses, infected, people) = forearm(target, context)?;
    let world = context.worlds.first().ok_or("no world was drawn")?;
    let at = |alpha: f64, beta: f64| GermParameters {
        sealed_alpha: alpha.exp(),
        sealed_beta: beta.exp(),
        ..world.parameters.germs
    };
    let misfit = |alpha: f64, beta: f64| {
        let germs = at(alpha, beta);
        deviance(&doses, &infected, people, |dose| sealed(dose, &germs))
    };
    // The search starts at a host without heterogeneity worth the name, far from the answer.
    let (mut alpha, mut beta, mut step) = (0.0, 7.0, 1.0);
    let mut best = misfit(alpha, beta);
    while step > 1e-7 {
        let around = [
            (1.0, 0.0),
            (-1.0, 0.0),
            (0.0, 1.0),
            (0.0, -1.0),
            (1.0, 3.0),
            (-1.0, -3.0),
        ];
        let better = around
            .iter()
            .map(|(a, b)| (alpha + a * step, beta + b * step))
            .map(|(a, b)| (a, b, misfit(a, b)))
            .filter(|(_, _, value)| *value < best)
            .min_by(|a, b| a.2.total_cmp(&b.2));
        match better {
            Some((a, b, value)) => (alpha, beta, best) = (a, b, value),
            None => step /= 2.0,
        }
    }
    Ok((at(alpha, beta), best))
}

/// Deviance of the best fit of the room's two-parameter curve.
pub fn fit_deviance(target: &Target, context: &Context<'_>) -> Computed {
    Ok(Found::exact(fitted(target, context)?.1))
}

/// The dose that infects half, by the best fit.
pub fn fit_half_dose(target: &Target, context: &Context<'_>) -> Computed {
    let (germs, _) = fitted(target, context)?;
    Ok(Found::exact(half_dose(|dose| sealed(dose, &germs))))
}

/// Deviance of the curve with the parameters that the engine takes.
pub fn engine_deviance(target: &Target, context: &Context<'_>) -> Computed {
    let (doses, infected, people) = forearm(target, context)?;
    Ok(Found::of(&context.each_world(|world| {
        deviance(&doses, &infected, people, |dose| sealed(dose, &world.germs))
    })))
}

/// The dose that infects half of intact hosts at the rate that the target states.
pub fn half_dose_at_rate(target: &Target, context: &Context<'_>) -> Computed {
    let rate = target.input("rate", &context.library.book)?;
    let world = context.worlds.first().ok_or("no world was drawn")?;
    let germs = GermParameters {
        intact_risk: rate,
        ..world.parameters.germs
    };
    Ok(Found::exact(half_dose(|dose| intact(dose, &germs))))
}

/// The dose that infects half of intact hosts.
pub fn intact_half_dose(_: &Target, context: &Context<'_>) -> Computed {
    Ok(Found::of(
        &context.each_world(|world| half_dose(|dose| intact(dose, &world.germs))),
    ))
}

/// Share infected after the dose of the target under a film on scraped skin.
pub fn sealed_risk(target: &Target, context: &Context<'_>) -> Computed {
    let dose = target.input("dose", &context.library.book)?;
    Ok(Found::of(&context.each_world(|world| sealed(dose, &world.germs))))
}

/// Decades by which germs fall in air: the doses that carry equal, small risk covered and uncovered.
pub fn drying(_: &Target, context: &Context<'_>) -> Computed {
    Ok(Found::of(&context.each_world(|world| {
        let germs = GermParameters {
            intact_risk: 0.0,
            ..world.germs
        };
        // A thousandth of the curve's scale: risk is proportional to dose there.
        let dose = germs.sealed_beta / 1000.0;
        (curve(dose, true, &germs).high / curve(dose, false, &germs).high).log10()
    })))
}

/// Decades that a preparation of the skin takes off what is carried in.
fn reduction(context: &Context<'_>, preparation: Preparation) -> Found {
    Found::of(&context.each_world(|world| {
        let carried = |preparation| {
            let cleanliness = Cleanliness {
                log_flora_per_cm2: 3.0,
                preparation,
                needles: NeedleState::Sterile,
                covered: false,
                person_flora: 0.0,
            };
            channel::infect(&open_skin(), Area::from_cm2(1.0), 1, &cleanliness, &world.germs).inoculum
        };
        (carried(Preparation::None) / carried(preparation)).log10()
    }))
}

/// Decades that a wipe of seconds takes off.
pub fn wipe(_: &Target, context: &Context<'_>) -> Computed {
    Ok(reduction(context, Preparation::Wiped))
}

/// Decades that antisepsis of minutes takes off.
pub fn antisepsis(_: &Target, context: &Context<'_>) -> Computed {
    Ok(reduction(context, Preparation::Disinfected))
}

/// Flora of people at the site, as decimal logarithms, read back from what a hole of known area carries in.
fn flora(target: &Target, context: &Context<'_>) -> Result<Vec<f64>, String> {
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
    let (holes, area) = (open_skin(), Area::from_cm2(1.0));
    Ok(normal_strata(2000)
        .into_iter()
        .map(|person_flora| {
            let cleanliness = Cleanliness {
                log_flora_per_cm2: numbers.log_flora_per_cm2,
                preparation: Preparation::None,
                needles: NeedleState::Sterile,
                covered: false,
                person_flora,
            };
            let carried = channel::infect(&holes, area, 1, &cleanliness, germs).inoculum;
            (carried / (germs.harmful_share * holes.open_area_fraction())).log10()
        })
        .collect())
}

/// Mean flora of people.
pub fn flora_mean(target: &Target, context: &Context<'_>) -> Computed {
    Ok(Found::exact(mean(&flora(target, context)?)))
}

/// Spread of flora between people.
pub fn flora_spread(target: &Target, context: &Context<'_>) -> Computed {
    Ok(Found::exact(standard_deviation(&flora(target, context)?)))
}

fn share_at(target: &Target, context: &Context<'_>, dose: &str) -> Computed {
    let book = &context.library.book;
    let world = context.worlds.first().ok_or("no world was drawn")?;
    let germs = GermParameters {
        intact_risk: target.input("rate", book)?,
        ..world.parameters.germs
    };
    Ok(Found::exact(intact(target.input(dose, book)?, &germs)))
}

/// Share infected at the lowest concentration.
pub fn share_at_low(target: &Target, context: &Context<'_>) -> Computed {
    share_at(target, context, "low")
}

/// Share infected at the middle concentration.
pub fn share_at_middle(target: &Target, context: &Context<'_>) -> Computed {
    share_at(target, context, "middle")
}

/// Share infected at the highest concentration.
pub fn share_at_high(target: &Target, context: &Context<'_>) -> Computed {
    share_at(target, context, "high")
}

/// One where the rule of the target stops the plan of its case with the answers that it replaces, zero where it does not.
pub fn rule_fires(target: &Target, context: &Context<'_>) -> Computed {
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
    let few = Settings {
        worlds: 2,
        people_per_world: 5,
        ..context.settings
    };
    let judged = verdict::judge(
        &case,
        context.library,
        &needlework::engine("validation"),
        &few,
        Reading::Lay,
        &mut |_| Continue::Yes,
    )
    .map_err(|error| error.to_string())?;
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

/// Counts in studies of the target's people, one study per world, with their 95 % interval. The share of a world is that of its people.
fn counted(target: &Target, context: &Context<'_>, stream: &str, share: impl Fn(&Cohort, usize) -> f64) -> Computed {
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
pub fn dark_mark_count(target: &Target, context: &Context<'_>) -> Computed {
    counted(target, context, "validation.dark_marks", |cohort, index| {
        cohort.people[index].harms.dark_marks.probability
    })
}

/// People of a study with scars.
pub fn scar_count(target: &Target, context: &Context<'_>) -> Computed {
    counted(target, context, "validation.scars", |cohort, index| {
        cohort.people[index].harms.scar
    })
}

/// The share of a study's people with dark marks.
pub fn dark_mark_share(target: &Target, context: &Context<'_>) -> Computed {
    let people = target.input("people", &context.library.book)?;
    let counts = dark_mark_count(target, context)?;
    Ok(Found {
        middle: counts.middle / people,
        low: counts.low / people,
        high: counts.high / people,
    })
}
