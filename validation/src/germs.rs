//! Targets of germs against a host, computed by the room channel over people of each world.
//!
//! A fit here serves the table alone: it says whether the law can follow the forearms at all, by a compass search over
//! the delay under a seal and the spread of growth between people, and nothing takes its result.

use needlework::channel::{self, DoseResponse, HostParameters, HostPersonDraws, Preparation, Regime, dose_response};
use needlework::course::Parameters;
use needlework::numerics::{mean, normals};

use crate::context::Context;
use crate::hosts::{Fit, Hosts};
use crate::result::Found;
use crate::target::{RoomTarget, number};
use crate::typical::typical;

type Computed = Result<Found, String>;

/// People of each world: enough that a share of a half is known to 0.05.
const PEOPLE: usize = 100;

fn people(seed: u64, count: usize) -> Vec<HostPersonDraws> {
    let [growth, neutrophils, saturation, delay] = ["growth", "neutrophils", "saturation", "delay"]
        .map(|name| normals(seed, &format!("validation.host.{name}"), count));
    (0..count)
        .map(|i| HostPersonDraws {
            growth: growth[i],
            neutrophils: neutrophils[i],
            saturation: saturation[i],
            delay: delay[i],
        })
        .collect()
}

fn dose_responses(regime: Regime, hosts: &Hosts, people: &[HostPersonDraws]) -> Vec<DoseResponse> {
    people
        .iter()
        .map(|person| dose_response(regime, &hosts.parameters, &hosts.neutrophils, person))
        .collect()
}

fn risk(dose_responses: &[DoseResponse], dose: f64) -> f64 {
    mean(
        &dose_responses
            .iter()
            .map(|dose_response| dose_response.risk(dose))
            .collect::<Vec<_>>(),
    )
}

/// Something of the people of each world.
fn each_world(context: &Context<'_>, value: impl Fn(&Parameters, &[HostPersonDraws]) -> f64) -> Found {
    let people = people(context.settings.seed, PEOPLE);
    Found::of(&context.each_world(|world| value(world, &people)))
}

/// The dose at which half the people are infected, by bisection of a rising curve in the dose's logarithm.
#[must_use]
pub fn half_dose(risk: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (-6.0_f64, 20.0_f64);
    // Forty halvings take the decades below any digit that counts.
    for _ in 0..40 {
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
fn forearm(target: &RoomTarget, context: &Context<'_>) -> Result<(Vec<f64>, Vec<f64>, f64), String> {
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
    // Of a few hundred virtual people nobody may be infected where one in ten thousand would be.
    let least = 0.5 / 4000.0;
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
            let p = risk(dose).clamp(least, 1.0 - least);
            2.0 * (term(count, people * p) + term(people - count, people * (1.0 - p)))
        })
        .sum()
}

/// The best fit to a target. Two rows ask for it, so the context keeps it.
fn fitted(target: &RoomTarget, context: &Context<'_>) -> Result<Fit, String> {
    context
        .fits
        .once(format!("{:?}", target.inputs), || fit(target, context))
}

fn fit(target: &RoomTarget, context: &Context<'_>) -> Result<Fit, String> {
    let (doses, infected, count) = forearm(target, context)?;
    let typical = Hosts::of(&typical(context.library)?);
    let people = people(context.settings.seed, 400);
    let at = |delay: f64, spread: f64| Hosts {
        parameters: HostParameters {
            sealed_delay: needlework::units::Time::from_hours(delay.exp()),
            doubling_person_sd: spread.exp(),
            ..typical.parameters.clone()
        },
        ..typical.clone()
    };
    let misfit = |delay: f64, spread: f64| {
        let dose_responses = dose_responses(Regime::Sealed, &at(delay, spread), &people);
        deviance(&doses, &infected, count, |dose| risk(&dose_responses, dose))
    };
    let (mut delay, mut spread, mut step) = (1.5_f64, -1.5_f64, 0.8);
    let mut best = misfit(delay, spread);
    while step > 5e-3 {
        let moves = [
            (1.0, 0.0),
            (-1.0, 0.0),
            (0.0, 1.0),
            (0.0, -1.0),
            (1.0, 1.0),
            (-1.0, -1.0),
        ];
        let better = moves
            .iter()
            .map(|(a, b)| (delay + a * step, spread + b * step))
            .map(|(a, b)| (a, b, misfit(a, b)))
            .filter(|(_, _, value)| *value < best)
            .min_by(|a, b| a.2.total_cmp(&b.2));
        match better {
            Some((a, b, value)) => (delay, spread, best) = (a, b, value),
            None => step /= 2.0,
        }
    }
    Ok(Fit {
        deviance: best,
        hosts: at(delay, spread),
        people,
    })
}

/// Deviance of the best fit of two parameters.
pub fn fit_deviance(target: &RoomTarget, context: &Context<'_>) -> Computed {
    Ok(Found::exact(fitted(target, context)?.deviance))
}

/// Dose that infects half the people of the best fit.
pub fn fit_half_dose(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let fit = fitted(target, context)?;
    let dose_responses = dose_responses(Regime::Sealed, &fit.hosts, &fit.people);
    Ok(Found::exact(half_dose(|dose| risk(&dose_responses, dose))))
}

/// Deviance with the medians that the engine takes, over its worlds.
pub fn engine_deviance(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let (doses, infected, count) = forearm(target, context)?;
    let of = |hosts: &Hosts, people: &[HostPersonDraws]| {
        let dose_responses = dose_responses(Regime::Sealed, hosts, people);
        deviance(&doses, &infected, count, |dose| risk(&dose_responses, dose))
    };
    let worlds = each_world(context, |world, people| of(&Hosts::of(world), people));
    let typical = Hosts::of(&typical(context.library)?);
    Ok(Found {
        middle: of(&typical, &people(context.settings.seed, 400)),
        ..worlds
    })
}

/// The dose that infects half where each germ succeeds by itself at the rate that the target states.
pub fn half_dose_at_rate(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let rate = target.input("rate", &context.library.book)?;
    Ok(Found::exact(half_dose(|dose| {
        channel::poisson_exceeds(dose * rate, 0.0)
    })))
}

/// The dose that infects half of normal hosts.
pub fn intact_half_dose(_: &RoomTarget, context: &Context<'_>) -> Computed {
    Ok(each_world(context, |world, people| {
        let dose_responses = dose_responses(Regime::Perfused, &Hosts::of(world), people);
        half_dose(|dose| risk(&dose_responses, dose))
    }))
}

/// Decades by which a foreign body lowers the dose that infects half.
pub fn foreign_body_decades(_: &RoomTarget, context: &Context<'_>) -> Computed {
    Ok(each_world(context, |world, people| {
        let hosts = Hosts::of(world);
        let half = |regime| {
            let dose_responses = dose_responses(regime, &hosts, people);
            half_dose(|dose| risk(&dose_responses, dose))
        };
        (half(Regime::Perfused) / half(Regime::ForeignBody)).log10()
    }))
}

/// Share infected at the target's dose, in a regime.
fn share_infected(target: &RoomTarget, context: &Context<'_>, regime: Regime) -> Computed {
    let dose = target.input("dose", &context.library.book)?;
    Ok(each_world(context, |world, people| {
        risk(&dose_responses(regime, &Hosts::of(world), people), dose)
    }))
}

/// Share infected beside a foreign body.
pub fn foreign_body_risk(target: &RoomTarget, context: &Context<'_>) -> Computed {
    share_infected(target, context, Regime::ForeignBody)
}

/// Share infected under a film on scraped skin.
pub fn sealed_risk(target: &RoomTarget, context: &Context<'_>) -> Computed {
    share_infected(target, context, Regime::Sealed)
}

/// Neutrophils at which few germs stop growing, found from the sign of the rate, for the killing that the target's
/// critical number asks for.
pub fn critical_neutrophils(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let critical = target.input("critical", &context.library.book)?;
    Ok(Found::of(&context.each_world(|world| {
        let growth = std::f64::consts::LN_2 / world.host.doubling.days();
        let killing = growth * world.host.saturation / critical;
        let (mut low, mut high) = (0.0, 1e9);
        for _ in 0..80 {
            let middle = (low + high) / 2.0;
            if channel::rate(1.0, growth, f64::INFINITY, world.host.saturation, killing * middle) > 0.0 {
                low = middle;
            } else {
                high = middle;
            }
        }
        high
    })))
}

/// Decades by which germs fall on bare skin.
pub fn drying(_: &RoomTarget, context: &Context<'_>) -> Computed {
    Ok(Found::of(
        &context.each_world(|world| -world.germs.survival_in_air.log10()),
    ))
}

/// Share of people in whom germs on half-covered skin grow faster than they dry: both rates half as in the open and as
/// under a film.
pub fn persisting(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let hours = target.input("dries_in", &context.library.book)? * 24.0;
    Ok(each_world(context, |world, people| {
        let dying = -world.germs.survival_in_air.min(1.0).ln() / hours;
        let grows = |person: &HostPersonDraws| {
            let growth = std::f64::consts::LN_2 / world.host.doubling.hours()
                * (world.host.doubling_person_sd * person.growth).exp();
            f64::from(u8::from(growth > dying))
        };
        mean(&people.iter().map(grows).collect::<Vec<_>>())
    }))
}

/// Decades that a preparation of the skin takes off.
fn reduction(context: &Context<'_>, preparation: Preparation) -> Found {
    Found::of(&context.each_world(|world| channel::reduction_of_skin(preparation, &world.germs)))
}

/// Decades that a wipe of seconds takes off.
pub fn wipe(_: &RoomTarget, context: &Context<'_>) -> Computed {
    Ok(reduction(context, Preparation::Wiped))
}

/// Decades that antisepsis of minutes takes off.
pub fn antisepsis(_: &RoomTarget, context: &Context<'_>) -> Computed {
    Ok(reduction(context, Preparation::Disinfected))
}

/// Share of needles with a germ after their uses: what stands under the tip and goes with it stays on the needle, of
/// any kind, less what each use leaves in the skin.
pub fn needles_with_germs(target: &RoomTarget, context: &Context<'_>) -> Computed {
    let book = &context.library.book;
    let radius_cm = target.input("needle_diameter", book)? / 20.0;
    let uses = target.input("uses", book)?;
    let wiped = target.word("skin")? == "wiped";
    let abdomen = needlework::cohort::site_numbers(None, book)
        .map_err(|error| error.to_string())?
        .flora;
    let strata = needlework::numerics::normal_strata(200);
    Ok(Found::of(&context.each_world(|world| {
        let germs = &world.germs;
        let reduction = if wiped {
            channel::reduction_of_skin(Preparation::Wiped, germs)
        } else {
            0.0
        };
        let kept = 1.0 - germs.released.min(1.0);
        let times = (1.0 - kept.powf(uses)) / (1.0 - kept);
        let share = |draw: &f64| {
            let flora = 10.0_f64.powf(abdomen.log_per_cm2 + abdomen.person_sd * draw - reduction);
            let on_needle = flora * std::f64::consts::PI * radius_cm * radius_cm * germs.carried_in.min(1.0) * times;
            1.0 - (-on_needle).exp()
        };
        mean(&strata.iter().map(share).collect::<Vec<_>>())
    })))
}

fn share_at(target: &RoomTarget, context: &Context<'_>, dose: &str) -> Computed {
    let book = &context.library.book;
    let hits = target.input("rate", book)? * target.input(dose, book)?;
    Ok(Found::exact(channel::poisson_exceeds(hits, 0.0)))
}

/// Share infected at the lowest concentration.
pub fn share_at_low(target: &RoomTarget, context: &Context<'_>) -> Computed {
    share_at(target, context, "low")
}

/// Share infected at the middle concentration.
pub fn share_at_middle(target: &RoomTarget, context: &Context<'_>) -> Computed {
    share_at(target, context, "middle")
}

/// Share infected at the highest concentration.
pub fn share_at_high(target: &RoomTarget, context: &Context<'_>) -> Computed {
    share_at(target, context, "high")
}
