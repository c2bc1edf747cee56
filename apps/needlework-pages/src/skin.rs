//! Skin at a body site without any plan: how thick, how stiff, what lives on it and what colours it, in a terminal, as
//! JSON, as a page with the layers to scale, and as a table of people.
//!
//! Every quantity stands with its median and 5–95 % over all virtual people, and with how much of its spread is between
//! people: the rest is what nobody knows well. The picture shows three of the people themselves, none averaged: one
//! with thin skin, one in the middle, one with thick skin.

use maud::{DOCTYPE, Markup, html};
use needlework::cohort::SkinPerson;
use needlework::numerics::{mean, quantile, standard_deviation};
use needlework::skin::{Bed, Sex};
use needlework::verdict::Engine;
use needlework_files::{Column as TableColumn, ColumnData, Table};
use serde_json::{Value, json};

use crate::TextTable;
use crate::chart::{Column, layers};
use crate::numbers::{fine, grouped, number};
use crate::style::head;
use crate::words::sentence_case;

/// Layers from the surface down, as the pictures name them.
const LAYERS: [&str; 5] = ["horny layer", "living epidermis", "upper dermis", "lower dermis", "fat"];

/// Skin of a thickness that a given share of people lie below, and how a reader calls such a person.
const SHOWN: [(f64, &str); 3] = [(0.05, "thin skin"), (0.5, "middle"), (0.95, "thick skin")];

/// One quantity of a person's skin.
struct Quantity {
    name: &'static str,
    words: &'static str,
    unit: &'static str,
    value: fn(&SkinPerson) -> f64,
}

const fn quantity(
    name: &'static str,
    words: &'static str,
    unit: &'static str,
    value: fn(&SkinPerson) -> f64,
) -> Quantity {
    Quantity {
        name,
        words,
        unit,
        value,
    }
}

/// All quantities, in the order of the table.
const QUANTITIES: [Quantity; 17] = [
    quantity("horny_layer", "horny layer", "um", |p| p.skin.horny.um()),
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
        100.0 * p.skin.mechanics.prestretch_fraction
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
        100.0 * p.melanin_fraction
    }),
    quantity("blood", "blood in the upper dermis, by volume", "%", |p| {
        100.0 * p.blood_fraction
    }),
    quantity("scatter", "how the epidermis varies from point to point", "%", |p| {
        100.0 * p.skin.epidermis_scatter
    }),
];

/// A quantity over all people.
struct Spread {
    low: f64,
    middle: f64,
    high: f64,
    /// Share of the variance that lies between people of one world.
    between_people: f64,
}

/// Skin that was sampled.
#[derive(Debug, Clone, Copy)]
pub struct SkinSample<'a> {
    /// The people, world by world.
    pub people: &'a [SkinPerson],
    /// People in each world.
    pub people_per_world: usize,
    /// The name of the site.
    pub site: &'a str,
    /// Its name for people.
    pub label: &'a str,
    /// What was asked of the people, in words; empty where nothing was.
    pub asked: &'a str,
    /// The seed.
    pub seed: u64,
    /// The software.
    pub engine: &'a Engine,
}

impl SkinSample<'_> {
    fn spread(&self, value: fn(&SkinPerson) -> f64) -> Spread {
        let values: Vec<f64> = self.people.iter().map(value).collect();
        let within: Vec<f64> = values
            .chunks(self.people_per_world.max(2))
            .map(|world| standard_deviation(world).powi(2))
            .collect();
        let all = standard_deviation(&values).powi(2);
        let mut sorted = values;
        sorted.sort_by(f64::total_cmp);
        Spread {
            low: quantile(&sorted, 0.05),
            middle: quantile(&sorted, 0.5),
            high: quantile(&sorted, 0.95),
            between_people: if all > 0.0 { (mean(&within) / all).min(1.0) } else { 0.0 },
        }
    }

    /// Three people by the thickness of their skin.
    fn shown(&self) -> Vec<(&'static str, &SkinPerson)> {
        let mut by_thickness: Vec<&SkinPerson> = self.people.iter().collect();
        by_thickness.sort_by(|a, b| a.skin.thickness().mm().total_cmp(&b.skin.thickness().mm()));
        let last = by_thickness.len().saturating_sub(1);
        SHOWN
            .iter()
            .filter_map(|(share, name)| {
                let at = (share * last as f64).round() as usize;
                Some((*name, *by_thickness.get(at)?))
            })
            .collect()
    }

    fn opening(&self) -> String {
        let asked = if self.asked.is_empty() {
            "of any age, sex and weight that trials see".to_owned()
        } else {
            self.asked.to_owned()
        };
        format!(
            "{} virtual people, {asked}. Nothing here is measured on you: it is what published measurements and stated \
                assumptions span.",
            grouped(self.people.len() as f64)
        )
    }
}

/// How much of the spread lies between people, in words.
fn whose(share: f64) -> String {
    format!("{:.0} %", 100.0 * share)
}

/// What the last column means.
const SHARE_NOTE: &str = "People differ: share of the spread that lies between people; the rest is what is not well \
    known. Stiffness pressed \
    in life and stiffness pulled straight are different things, which is why their numbers lie a thousandfold apart.";

/// Opening words, table and note for a terminal.
#[must_use]
pub fn skin_terminal(sample: &SkinSample<'_>) -> (String, TextTable, &'static str) {
    let rows = QUANTITIES
        .iter()
        .map(|quantity| {
            let found = sample.spread(quantity.value);
            vec![
                sentence_case(quantity.words),
                number(found.middle),
                format!("{} to {}", number(found.low), number(found.high)),
                quantity.unit.to_owned(),
                whose(found.between_people),
            ]
        })
        .collect();
    let table = TextTable {
        title: format!("Skin of the {}", sample.label),
        head: ["what", "median", "90 of 100 lie within", "unit", "people differ"]
            .map(str::to_owned)
            .to_vec(),
        rows,
    };
    (sample.opening(), table, SHARE_NOTE)
}

/// Everything as JSON.
#[must_use]
pub fn skin_json(sample: &SkinSample<'_>) -> Value {
    let quantities: Vec<Value> = QUANTITIES
        .iter()
        .map(|quantity| {
            let found = sample.spread(quantity.value);
            json!({
                "name": quantity.name, "what": quantity.words, "unit": quantity.unit,
                "p5": found.low, "p50": found.middle, "p95": found.high,
                "between_people_share": found.between_people,
            })
        })
        .collect();
    let shown: Vec<Value> = sample
        .shown()
        .into_iter()
        .map(|(name, person)| json!({ "who": name, "layers_um": thickness_mm(person).map(|mm| 1000.0 * mm) }))
        .collect();
    json!({
        "format": "needlework-skin/1",
        "engine": sample.engine.version, "seed": sample.seed,
        "site": sample.site, "asked": sample.asked, "people": sample.people.len(),
        "quantities": quantities, "layers": LAYERS, "shown": shown,
        "note": SHARE_NOTE,
    })
}

/// Every person as a table, for Parquet.
#[must_use]
pub fn skin_table(sample: &SkinSample<'_>) -> Table {
    let people = sample.people;
    let column = |name: &str, unit: &str, doc: &str, data: ColumnData| TableColumn {
        name: name.to_owned(),
        unit: unit.to_owned(),
        doc: doc.to_owned(),
        data,
    };
    let numbers = |value: &dyn Fn(&SkinPerson) -> f64| ColumnData::numbers(people.iter().map(value));
    let sex = |person: &SkinPerson| match person.body.sex {
        Sex::Female => "female".to_owned(),
        Sex::Male => "male".to_owned(),
    };
    let mut columns = vec![
        column(
            "world",
            "",
            "number of the world; people of one world share what is not known",
            ColumnData::Integers(people.iter().map(|p| p.world as i64).collect()),
        ),
        column("sex", "", "sex", ColumnData::Texts(people.iter().map(sex).collect())),
        column("age", "year", "age", numbers(&|p| p.body.age.years())),
        column("bmi", "kg/m2", "body mass index", numbers(&|p| p.body.bmi.kg_per_m2())),
    ];
    for quantity in &QUANTITIES {
        columns.push(column(
            quantity.name,
            quantity.unit,
            quantity.words,
            numbers(&quantity.value),
        ));
    }
    Table {
        engine: sample.engine.version.clone(),
        columns,
    }
}

fn thickness_mm(person: &SkinPerson) -> [f64; 5] {
    let skin = &person.skin;
    let papillary = skin.papillary.mm().min(skin.dermis.mm());
    [
        skin.horny.mm(),
        skin.epidermis.mm() - skin.horny.mm(),
        papillary,
        skin.dermis.mm() - papillary,
        skin.fat.mm(),
    ]
}

/// Three pictures of the same three people: whole, down to the dermis, and the surface.
fn pictures(sample: &SkinSample<'_>) -> Markup {
    let shown = sample.shown();
    let columns: Vec<Column> = shown
        .iter()
        .map(|(name, person)| Column {
            title: [
                sentence_case(name),
                format!("skin {} mm", fine(person.skin.thickness().mm())),
            ],
            thickness_mm: thickness_mm(person).to_vec(),
        })
        .collect();
    let deepest = |of: fn(&SkinPerson) -> f64| shown.iter().map(|(_, person)| of(person)).fold(0.0, f64::max);
    let skin = deepest(|p| p.skin.thickness().mm());
    let whole = deepest(|p| p.skin.thickness().mm() + p.skin.fat.mm());
    let surface = 1.6 * deepest(|p| p.skin.epidermis.mm());
    let views = [
        ("whole", "With the fat, to scale", whole * 1.02),
        ("skin", "Epidermis and dermis, to scale", skin * 1.12),
        ("surface", "The surface, to scale", surface),
    ];
    html! {
        div.views {
            @for (id, title, bottom) in views {
                @if let Some(picture) = {
                    layers(
                        id,
                        title,
                        &format!(
                            "Layers of three virtual people side by side, down to {} mm; the table of layers has the \
                                numbers.",
                            fine(bottom),
                        ),
                        &LAYERS,
                        &columns,
                        bottom,
                    )
                } {
                    figure {
                        (picture)
                        figcaption { (title) }
                    }
                }
            }
        }
    }
}

/// What this page adds to the style sheet.
const OWN_STYLE: &str = "\
.views { display: grid; grid-template-columns: repeat(auto-fit, minmax(19rem, 1fr)); gap: 1rem; }\n\
table.skin td, table.skin thead th + th { text-align: right; white-space: nowrap; }\n\
table.skin th[scope=row] { text-align: left; font-weight: 400; }";

/// Skin as a complete, self-contained HTML document.
#[must_use]
pub fn skin_html(sample: &SkinSample<'_>) -> String {
    let on_bone = sample.people.first().is_some_and(|person| person.skin.bed == Bed::Bone);
    let title = format!("Skin of the {}", sample.label);
    let page: Markup = html! {
        (DOCTYPE)
        html lang="en" {
            (head(&title, &sample.engine.version, OWN_STYLE))
            body {
                a.skip href="#main" { "Skip to the pictures" }
                header {
                    p.brand {
                        "Needlework "
                        span { "skin" }
                    }
                    h1 { (title) }
                    p { (sample.opening()) }
                    @if on_bone {
                        p { "Bone lies right under the skin here: it gives way little before a needle enters." }
                    }
                }
                main #main {
                    section aria-labelledby="layers" {
                        h2 #layers { "Three of these people" }
                        p {
                            "Of 100 people like these, 5 have thinner skin than the one at the left and 5 have thicker \
                                skin than the one at the right."
                        }
                        (pictures(sample))
                        section.scroll tabindex="0" aria-label="Layers of the three people" {
                            table.skin {
                                caption { "Their layers, µm" }
                                thead {
                                    tr {
                                        th scope="col" { "Who" }
                                        @for name in LAYERS {
                                            th scope="col" { (sentence_case(name)) }
                                        }
                                    }
                                }
                                tbody {
                                    @for (name, person) in sample.shown() {
                                        tr {
                                            th scope="row" { (sentence_case(name)) }
                                            @for mm in thickness_mm(person) {
                                                td { (grouped((1000.0 * mm).round())) }
                                            }
                                        }
                                    }
                                }
                            }
                        }
                    }
                    section aria-labelledby="numbers" {
                        h2 #numbers { "How people differ, and what is not known" }
                        section.scroll tabindex="0" aria-label="All quantities" {
                            table.skin {
                                caption { "Over all " (grouped(sample.people.len() as f64)) " people" }
                                thead {
                                    tr {
                                        th scope="col" { "What" }
                                        th scope="col" { "Median" }
                                        th scope="col" { "90 of 100 lie within" }
                                        th scope="col" { "Unit" }
                                        th scope="col" { "People differ" }
                                    }
                                }
                                tbody {
                                    @for quantity in &QUANTITIES {
                                        @let found = sample.spread(quantity.value);
                                        tr {
                                            th scope="row" { (sentence_case(quantity.words)) }
                                            td { (number(found.middle)) }
                                            td { (number(found.low)) " to " (number(found.high)) }
                                            td { (if quantity.unit == "um" { "µm" } else { quantity.unit }) }
                                            td { (whose(found.between_people)) }
                                        }
                                    }
                                }
                            }
                        }
                        p { (SHARE_NOTE) }
                    }
                }
                footer {
                    p { "Research and education software, not a medical device. It measures nobody's skin." }
                }
            }
        }
    };
    page.into_string()
}
