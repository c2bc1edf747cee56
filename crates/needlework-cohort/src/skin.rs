//! Skin without a plan: people like those of a case at its site, with their layers, stiffness, germs, melanin and
//! blood.
//!
//! The same worlds, streams and people as in a simulation, so the skin that is sampled here is the skin that a plan
//! meets. Germs are those of the room of channels, melanin and blood those of the measured group of the skin type:
//! nothing of theirs is decided here, they are only brought together for one table. Limits: melanin and blood vary by
//! the group's own spread, by no body site, and go with nothing else.

use needlework_case::{Case, Site};
use needlework_evidence::{Book, BookError, Distribution, Scope};
use needlework_numerics::{Continue, Progress, map_in_order, uniforms};
use needlework_skin::{self as skin, Body, Skin};

use crate::monte_carlo::{CohortError, Settings};
use crate::people::{PeopleDraws, PersonPriors, site_numbers};
use crate::skin_group::skin_group;
use crate::worlds::worlds;

/// One person's skin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SkinPerson {
    /// Index of their world.
    pub world: usize,
    /// Their body.
    pub body: Body,
    /// Their skin at the site.
    pub skin: Skin,
    /// Decimal logarithm of germs per square centimetre.
    pub log_flora_per_cm2: f64,
    /// Share of melanin in the epidermis.
    pub melanin_fraction: f64,
    /// Share of blood in the upper dermis.
    pub blood_fraction: f64,
}

/// The skin of people like those of the case at a site, world by world.
///
/// # Errors
/// [`CohortError`] when the evidence lacks a number, or `progress` says stop.
pub fn skins(
    case: &Case,
    site: &Site,
    book: &Book,
    settings: &Settings,
    progress: &mut dyn FnMut(Progress) -> Continue,
) -> Result<Vec<SkinPerson>, CohortError> {
    if settings.worlds == 0 || settings.people_per_world == 0 {
        return Err(CohortError::Empty);
    }
    let worlds = worlds(book, settings.seed, settings.worlds)?.worlds;
    let priors = PersonPriors::from_book(book)?;
    let site = site_numbers(Some(site), book)?;
    let people = settings.worlds * settings.people_per_world;
    let draws = PeopleDraws::new(settings.seed, people);
    let group = skin_group(case.person.fitzpatrick.get());
    let spread = |what: &str| -> Result<(Distribution, Vec<f64>), BookError> {
        let stream = uniforms(settings.seed, &format!("person.skin.{what}"), people);
        Ok((of_group(book, group, what)?, stream))
    };
    let (melanin, melanin_draws) = spread("melanin_fraction")?;
    let (blood, blood_draws) = spread("upper_blood_fraction")?;
    let by_world = map_in_order(settings.threads, worlds.len(), progress, |w| {
        let world = &worlds[w];
        (0..settings.people_per_world)
            .map(|k| {
                let index = w * settings.people_per_world + k;
                let person = draws.person(index, case, &site, &priors, world);
                SkinPerson {
                    world: w,
                    body: person.condition.body,
                    skin: skin::form(
                        &person.condition.body,
                        &person.site,
                        &world.parameters.skin,
                        &person.draws.skin,
                    ),
                    log_flora_per_cm2: person.flora.log_per_cm2 + person.flora.person_sd * person.draws.flora,
                    melanin_fraction: melanin.quantile(melanin_draws[index]),
                    blood_fraction: blood.quantile(blood_draws[index]),
                }
            })
            .collect::<Vec<_>>()
    })
    .map_err(CohortError::Interrupted)?;
    Ok(by_world.into_iter().flatten().collect())
}

/// How people of a skin group spread. An answer takes the group's middle, so the passport is fixed there; here its own
/// spread is drawn.
fn of_group(book: &Book, group: &str, what: &str) -> Result<Distribution, BookError> {
    let key = format!("appearance.skin.{group}.{what}");
    let mut passport = book.passport(&key).cloned().ok_or_else(|| BookError::Missing {
        key: key.clone(),
        wanted_by: "skins".to_owned(),
    })?;
    passport.scope = Scope::Person;
    Ok(passport.prior()?.distribution)
}
