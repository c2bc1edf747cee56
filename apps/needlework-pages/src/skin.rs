//! Skin at a body site without any plan: how thick, how stiff, what lives on it and what colours it, in a terminal, as
//! a page with the layers to scale, and as a table of people. What is said of it is computed in `needlework-questions`.
//!
//! Every quantity stands with its median and 5–95 % over all virtual people, and with how much of its spread is between
//! people: the rest is what nobody knows well. The picture shows three of the people themselves, none averaged: one
//! with thin skin, one in the middle, one with thick skin.

use maud::{Markup, html};
use needlework::cohort::SkinPerson;
use needlework::questions::{SKIN_LAYERS, SKIN_QUANTITIES, SkinReport, layers_mm, three_people};
use needlework::skin::{Bed, Sex};
use needlework::units::{PERCENT, UM_PER_MM};
use needlework_files::{Column as TableColumn, ColumnData, Table};

use crate::TextTable;
use crate::chart::{Column, layers};
use crate::numbers::{fine, grouped, number};
use crate::style::{Shell, document, scrolling};
use crate::words::sentence_case;

/// Skin that was sampled.
#[derive(Debug, Clone, Copy)]
pub struct SkinSample<'a> {
    /// What is said of it.
    pub report: &'a SkinReport,
    /// The people, world by world.
    pub people: &'a [SkinPerson],
    /// The name of the site for people.
    pub label: &'a str,
}

impl SkinSample<'_> {
    fn opening(&self) -> String {
        let asked = match self.report.asked.as_str() {
            "" => "of any age, sex and weight that trials see",
            asked => asked,
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
    format!("{:.0} %", PERCENT * share)
}

/// Opening words, table and note for a terminal.
#[must_use]
pub fn skin_terminal<'a>(sample: &SkinSample<'a>) -> (String, TextTable, &'a str) {
    let rows = sample
        .report
        .quantities
        .iter()
        .map(|found| {
            vec![
                sentence_case(&found.what),
                number(found.p50),
                format!("{} to {}", number(found.p5), number(found.p95)),
                found.unit.clone(),
                whose(found.between_people_share),
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
    (sample.opening(), table, &sample.report.note)
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
    for quantity in &SKIN_QUANTITIES {
        columns.push(column(
            quantity.name,
            quantity.unit,
            quantity.words,
            numbers(&quantity.value),
        ));
    }
    Table {
        engine: sample.report.engine.clone(),
        columns,
    }
}

/// Three pictures of the same three people: whole, down to the dermis, and the surface.
fn pictures(sample: &SkinSample<'_>) -> Markup {
    let shown = three_people(sample.people);
    let columns: Vec<Column> = shown
        .iter()
        .map(|(name, person)| Column {
            title: [
                sentence_case(name),
                format!("skin {} mm", fine(person.skin.thickness().mm())),
            ],
            thickness_mm: layers_mm(person).to_vec(),
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
                        &SKIN_LAYERS,
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
    document(
        &Shell {
            title: &title,
            version: &sample.report.engine,
            own_style: OWN_STYLE,
            skip: "Skip to the pictures",
            brand: "skin",
        },
        &html! {
            h1 { (title) }
            p { (sample.opening()) }
            @if on_bone {
                p { "Bone lies right under the skin here: it gives way little before a needle enters." }
            }
        },
        &html! {
            section aria-labelledby="layers" {
                h2 #layers { "Three of these people" }
                p {
                    "Of 100 people like these, 5 have thinner skin than the one at the left and 5 have thicker \
                        skin than the one at the right."
                }
                (pictures(sample))
                (scrolling("Layers of the three people", &html! {
                    table.skin {
                        caption { "Their layers, µm" }
                        thead {
                            tr {
                                th scope="col" { "Who" }
                                @for name in SKIN_LAYERS {
                                    th scope="col" { (sentence_case(name)) }
                                }
                            }
                        }
                        tbody {
                            @for (name, person) in three_people(sample.people) {
                                tr {
                                    th scope="row" { (sentence_case(name)) }
                                    @for mm in layers_mm(person) {
                                        td { (grouped((UM_PER_MM * mm).round())) }
                                    }
                                }
                            }
                        }
                    }
                }))
            }
            section aria-labelledby="numbers" {
                h2 #numbers { "How people differ, and what is not known" }
                (scrolling("All quantities", &html! {
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
                            @for found in &sample.report.quantities {
                                tr {
                                    th scope="row" { (sentence_case(&found.what)) }
                                    td { (number(found.p50)) }
                                    td { (number(found.p5)) " to " (number(found.p95)) }
                                    td { (if found.unit == "um" { "µm" } else { &found.unit }) }
                                    td { (whose(found.between_people_share)) }
                                }
                            }
                        }
                    }
                }))
                p { (sample.report.note) }
            }
        },
        &html! {
            p { "Research and education software, not a medical device. It measures nobody's skin." }
        },
    )
}
