//! Skin at a body site without any plan, as data: how thick, how stiff, what lives on it and what colours it.
//!
//! Every quantity stands with its median and 5–95 % over all virtual people, and with how much of its spread is between
//! people: the mean variance within a world over the variance of all. The rest is what nobody knows well. Beside them
//! stand three of the people themselves, none averaged: one with thin skin, one in the middle, one with thick skin.
//!
//! Limits: nothing here is measured on anybody; fewer than two people in a world say nothing of how people differ.

use needlework_cohort::SkinPerson;
use needlework_numerics::{HIGH, LOW, mean, median_and_ends, place_of, standard_deviation};
use needlework_units::{PERCENT, UM_PER_MM};
use needlework_verdict::Engine;
use schemars::JsonSchema;
use serde::Serialize;

/// The version of the format.
pub const SKIN_FORMAT: &str = "needlework-skin/1";

/// Layers from the surface down, as the pictures name them.
pub const SKIN_LAYERS: [&str; 5] = ["horny layer", "living epidermis", "upper dermis", "lower dermis", "fat"];

/// How a reader calls a person with so much of the people's skin thinner than their own.
const WHO: [(f64, &str); 3] = [(LOW, "thin skin"), (0.5, "middle"), (HIGH, "thick skin")];

/// One quantity of a person's skin.
#[derive(Debug, Clone, Copy)]
pub struct SkinQuantity {
    /// Its name in the table of people.
    pub name: &'static str,
    /// What it is, in words.
    pub words: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// Its value in a person.
    pub value: fn(&SkinPerson) -> f64,
}

const fn quantity(
    name: &'static str,
    words: &'static str,
    unit: &'static str,
    value: fn(&SkinPerson) -> f64,
) -> SkinQuantity {
    SkinQuantity {
        name,
        words,
        unit,
        value,
    }
}

/// All quantities, in the order of the table.
pub const SKIN_QUANTITIES: [SkinQuantity; 17] = [
    quantity("horny_layer", "horny layer", "um", |p| p.skin.stratum_corneum.um()),
    quantity("epidermis", "epidermis, horny layer included", "um", |p| {
        p.skin.epidermis.um()
    }),
    quantity("dermis", "dermis", "mm", |p| p.skin.dermis.mm()),
    quantity("skin", "whole skin: epidermis and dermis", "mm", |p| {
        p.skin.thickness().mm()
    }),
    quantity("fat", "fat under the skin", "mm", |p| p.skin.fat.mm()),
    quantity("epidermis_modulus", "stiffness of the epidermis, pressed", "MPa", |p| {
        p.skin.mechanics.epidermis.mpa()
    }),
    quantity("dermis_modulus", "stiffness of the dermis, pressed", "kPa", |p| {
        p.skin.mechanics.dermis.kpa()
    }),
    quantity("fat_modulus", "stiffness of the fat, pressed", "kPa", |p| {
        p.skin.mechanics.fat.kpa()
    }),
    quantity("matrix", "shear stiffness of the dermis's soft matrix", "kPa", |p| {
        p.skin.mechanics.fibres.matrix.kpa()
    }),
    quantity(
        "fibres",
        "stiffness of its collagen fibres, pulled straight",
        "MPa",
        |p| p.skin.mechanics.fibres.stiffness.mpa(),
    ),
    quantity("prestretch", "stretch in which the skin lives", "%", |p| {
        PERCENT * p.skin.mechanics.prestretch_fraction
    }),
    quantity("slide", "how far it slides under a shear of 1 kPa", "mm", |p| {
        p.skin.slide_mm_per_kpa()
    }),
    quantity("tension_line", "tension lines, from the horizontal", "deg", |p| {
        p.skin.tension_line.degrees()
    }),
    quantity("germs", "germs on a square centimetre, power of ten", "1", |p| {
        p.log_flora_per_cm2
    }),
    quantity("melanin", "melanin in the epidermis, by volume", "%", |p| {
        PERCENT * p.melanin_fraction
    }),
    quantity("blood", "blood in the upper dermis, by volume", "%", |p| {
        PERCENT * p.blood_fraction
    }),
    quantity("scatter", "how the epidermis varies from point to point", "%", |p| {
        PERCENT * p.skin.epidermis_scatter
    }),
];

/// One quantity over all people.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SkinSpread {
    /// Its name in the table of people.
    pub name: String,
    /// What it is, in words.
    pub what: String,
    /// Its unit.
    pub unit: String,
    /// Of 100 people 5 have less.
    pub p5: f64,
    /// The median.
    pub p50: f64,
    /// Of 100 people 5 have more.
    pub p95: f64,
    /// Share of the variance that lies between people of one world.
    pub between_people_share: f64,
}

/// The layers of one of the people.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SkinShown {
    /// Who it is: thin skin, middle, thick skin.
    pub who: String,
    /// How thick each layer is, from the surface down, µm.
    pub layers_um: [f64; 5],
}

/// Skin that was sampled.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SkinReport {
    /// [`SKIN_FORMAT`].
    pub format: String,
    /// The version of what computed this.
    pub engine: String,
    /// Seed of all random numbers.
    pub seed: u64,
    /// The name of the site.
    pub site: String,
    /// What was asked of the people, in words; empty where nothing was.
    pub asked: String,
    /// How many people were drawn.
    pub people: usize,
    /// Every quantity.
    pub quantities: Vec<SkinSpread>,
    /// Names of the layers, from the surface down.
    pub layers: [String; 5],
    /// Three of the people.
    pub shown: Vec<SkinShown>,
    /// How to read the shares.
    pub note: String,
}

/// What the last column means.
const SHARE_NOTE: &str = "People differ: share of the spread that lies between people; the rest is what is not well \
    known. Stiffness pressed in life and stiffness pulled straight are different things, which is why their numbers \
    lie a thousandfold apart.";

/// What is said of people whose skin was drawn, world by world with `people_per_world` in each.
#[must_use]
pub fn skin(
    people: &[SkinPerson],
    people_per_world: usize,
    (site, asked): (&str, &str),
    (engine, seed): (&Engine, u64),
) -> SkinReport {
    SkinReport {
        format: SKIN_FORMAT.to_owned(),
        engine: engine.version.clone(),
        seed,
        site: site.to_owned(),
        asked: asked.to_owned(),
        people: people.len(),
        quantities: SKIN_QUANTITIES
            .iter()
            .map(|quantity| spread(people, people_per_world, quantity))
            .collect(),
        layers: SKIN_LAYERS.map(str::to_owned),
        shown: three_people(people)
            .into_iter()
            .map(|(who, person)| SkinShown {
                who: who.to_owned(),
                layers_um: layers_mm(person).map(|mm| UM_PER_MM * mm),
            })
            .collect(),
        note: SHARE_NOTE.to_owned(),
    }
}

fn spread(people: &[SkinPerson], people_per_world: usize, quantity: &SkinQuantity) -> SkinSpread {
    let values: Vec<f64> = people.iter().map(quantity.value).collect();
    let within: Vec<f64> = values
        .chunks(people_per_world.max(2))
        .map(|world| standard_deviation(world).powi(2))
        .collect();
    let all = standard_deviation(&values).powi(2);
    let [p5, p50, p95] = median_and_ends(&values);
    SkinSpread {
        name: quantity.name.to_owned(),
        what: quantity.words.to_owned(),
        unit: quantity.unit.to_owned(),
        p5,
        p50,
        p95,
        between_people_share: if all > 0.0 { (mean(&within) / all).min(1.0) } else { 0.0 },
    }
}

/// Three people by the thickness of their skin, each with how a reader calls such a person.
#[must_use]
pub fn three_people(people: &[SkinPerson]) -> Vec<(&'static str, &SkinPerson)> {
    let mut by_thickness: Vec<&SkinPerson> = people.iter().collect();
    by_thickness.sort_by(|a, b| a.skin.thickness().mm().total_cmp(&b.skin.thickness().mm()));
    WHO.into_iter()
        .filter_map(|(share, who)| Some((who, *by_thickness.get(place_of(share, by_thickness.len())?)?)))
        .collect()
}

/// How thick each of [`SKIN_LAYERS`] is in a person, millimetres.
#[must_use]
pub fn layers_mm(person: &SkinPerson) -> [f64; 5] {
    let skin = &person.skin;
    let papillary = skin.papillary.mm().min(skin.dermis.mm());
    [
        skin.stratum_corneum.mm(),
        skin.epidermis.mm() - skin.stratum_corneum.mm(),
        papillary,
        skin.dermis.mm() - papillary,
        skin.fat.mm(),
    ]
}
