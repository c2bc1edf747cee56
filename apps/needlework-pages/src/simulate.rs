//! One simulated course of tissue as a page: what was simulated and how well, the course in curves, cuts at some
//! moments, a time-lapse.
//!
//! Everything on the page is for research: a simulated piece of skin says nothing about a person. Each picture stands
//! with its scale, its unit and a sentence for those who cannot see it; the numbers behind the curves stand in
//! `series.csv` and `series.parquet`.

mod planned;
mod run;

pub use needlework_files::Record;
pub use planned::{NotPlanned, Planned, Wish, stopped_by};
pub use run::{Pictures, Run, bytes_to_grow, bytes_to_keep, bytes_to_look};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{Markup, html};
use needlework_figures::chart::{self, Line};
use needlework_figures::numbers::number;
use needlework_figures::style::{Shell, document};

use needlework_files::picture::{Scale, colour};

use crate::section::what_stops;

/// What a page shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Story {
    /// Version of the engine.
    pub engine: String,
    /// Its intended use, in words.
    pub intended_use: String,
    /// The title of the case.
    pub title: String,
    /// What was simulated, in sentences.
    pub about: Vec<String>,
    /// What is wrong with the plan, where a rule stops it.
    pub stopped: Vec<String>,
    /// Name and value of what describes the run: cells, steps, error, balance.
    pub facts: Vec<(String, String)>,
    /// Months of the curves.
    pub months: Vec<f64>,
    /// Months of the sessions.
    pub sessions: Vec<f64>,
    /// The curves.
    pub curves: Vec<Curve>,
    /// Quantities shown as pictures.
    pub shown: Vec<Shown>,
}

/// One chart over time.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// Title.
    pub title: String,
    /// Title of the upright axis, with its unit.
    pub upright: String,
    /// Labels with values, one for each month.
    pub lines: Vec<(String, Vec<f64>)>,
}

/// One quantity in pictures.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// Name for people.
    pub label: String,
    /// Unit.
    pub unit: String,
    /// The scale of all its pictures.
    pub scale: Scale,
    /// Width and depth of the cut, mm.
    pub size_mm: (f64, f64),
    /// Day, least and greatest value, and PNG of each moment.
    pub moments: Vec<Still>,
    /// Animated PNG of all moments.
    pub lapse: Vec<u8>,
}

/// One picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Still {
    /// Day since the first session.
    pub day: f64,
    /// Least and greatest value in it.
    pub range: (f64, f64),
    /// PNG.
    pub png: Vec<u8>,
}

/// What this page adds to the style sheet.
const OWN_STYLE: &str = "\
.stills { display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: 0.75rem; margin: 0.5rem 0; \
}\n\
.stills figure { margin: 0; }\n\
.stills img, .lapse img { width: 100%; height: auto; image-rendering: pixelated; display: block; border: 1px solid \
var(--line); }\n\
.lapse { max-width: 20rem; margin: 0.5rem 0; }\n\
.ramp { display: flex; align-items: center; gap: 0.5rem; margin: 0.25rem 0; }\n\
.ramp svg { width: 12rem; height: 0.9rem; }\n\
@media print { .lapse { display: none; } .stills { grid-template-columns: repeat(4, 1fr); } }";

/// What a stopped plan means for the rest of the page.
const FOR_RESEARCH: &str = "What follows is for research; it says nothing in favour of the plan.";

/// The page as a complete, self-contained HTML document.
#[must_use]
pub fn page(story: &Story) -> String {
    document(
        &Shell {
            title: &format!("Simulated skin: {}", story.title),
            version: &story.engine,
            own_style: OWN_STYLE,
            skip: "Skip to the course",
            brand: "simulated skin",
        },
        &html! {
            h1 { (story.title) }
            @for line in &story.about {
                p { (line) }
            }
        },
        &html! {
            (what_stops(&story.stopped, Some(FOR_RESEARCH)))
            section aria-labelledby="course" {
                h2 #course { "The course" }
                @for (place, curve) in story.curves.iter().enumerate() { (chart_of(story, place, curve)) }
            }
            @for (place, shown) in story.shown.iter().enumerate() { (pictures(place, shown)) }
            section aria-labelledby="run" {
                h2 #run { "How it was computed" }
                dl.facts.wide {
                    @for (name, value) in &story.facts {
                        div {
                            dt { (name) }
                            dd { (value) }
                        }
                    }
                }
            }
        },
        &html! {
            p { (story.intended_use) }
            p { "Engine " (story.engine) "." }
        },
    )
}

fn chart_of(story: &Story, place: usize, curve: &Curve) -> Markup {
    let lines: Vec<Line<'_>> = curve
        .lines
        .iter()
        .map(|(label, values)| Line { label, values })
        .collect();
    chart::series(&chart::Series {
        id: &format!("curve{place}"),
        title: &curve.title,
        upright: &curve.upright,
        months: &story.months,
        lines: &lines,
        sessions: &story.sessions,
    })
}

fn pictures(place: usize, shown: &Shown) -> Markup {
    let unit = if shown.unit == "1" {
        String::new()
    } else {
        format!(" {}", shown.unit)
    };
    let (wide, deep) = shown.size_mm;
    html! {
        section aria-labelledby={ "shown" (place) } {
            h2 id={ "shown" (place) } { "In the skin: " (shown.label) }
            p {
                "An upright cut, "
                (number(wide))
                " mm wide and "
                (number(deep))
                " mm deep; the skin's surface is at the top. Simulated."
            }
            (ramp(place, shown, &unit))
            div.stills {
                @for still in &shown.moments {
                    figure {
                        img alt={
                                (shown.label)
                                " on day "
                                (number(still.day))
                                ": from "
                                (number(still.range.0))
                                " to "
                                (number(still.range.1))
                                (unit)
                            }
                            src={ "data:image/png;base64," (STANDARD.encode(&still.png)) };
                        figcaption { "Day " (number(still.day)) }
                    }
                }
            }
            @if !shown.lapse.is_empty() {
                figure.lapse {
                    img alt={ "Time-lapse of " (shown.label) " over the same days" }
                        src={ "data:image/png;base64," (STANDARD.encode(&shown.lapse)) };
                    figcaption { "The same as a time-lapse; the strip at the foot fills with time." }
                }
            }
        }
    }
}

/// The colour scale with its ends in numbers.
fn ramp(place: usize, shown: &Shown, unit: &str) -> Markup {
    const STEPS: usize = 24;
    let (low, high) = (number(shown.scale.low), number(shown.scale.high));
    html! {
        div.ramp {
            span { (low) (unit) }
            svg role="img" viewBox={ "0 0 " (STEPS) " \
                1" } preserveAspectRatio="none" aria-labelledby={ "ramp" (place) } {
                title id={ "ramp" (place) } { "Colours from dark, " (low) (unit) ", to light, " (high) (unit) }
                @for step in 0..STEPS {
                    @let [r, g, b] = colour((step as f64 + 0.5) / STEPS as f64);
                    rect x=(step) y="0" width="1.02" height="1" fill={ "rgb(" (r) "," (g) "," (b) ")" } {}
                }
            }
            span { (high) (unit) }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use needlework_page_reader::{Page, laws};

    use super::*;

    #[test]
    fn the_page_loads_nothing_and_says_what_each_picture_is() {
        let text = page(&Story {
            engine: "0.1.0".into(),
            intended_use: "Not a medical device.".into(),
            title: "A <case>".into(),
            about: vec!["A patch.".into()],
            stopped: vec!["Age.".into()],
            facts: vec![("Cells".into(), "24".into())],
            months: vec![0.0, 1.0],
            sessions: vec![0.0],
            curves: vec![Curve {
                title: "Collagen".into(),
                upright: "Collagen, of normal".into(),
                lines: vec![("mean".into(), vec![0.65, 0.7])],
            }],
            shown: vec![Shown {
                label: "collagen".into(),
                unit: "1".into(),
                scale: Scale { low: 0.6, high: 0.7 },
                size_mm: (1.0, 2.0),
                moments: vec![Still {
                    day: 7.0,
                    range: (0.6, 0.7),
                    png: vec![1, 2, 3],
                }],
                lapse: vec![],
            }],
        });
        assert!(!text.contains("http://") && !text.contains("https://"));
        let page = Page::read(&text).unwrap();
        assert_eq!(laws::accessible(&page), Vec::<String>::new());
        assert!(page.text().contains("A <case>") && page.named("case").count() == 0);
        let told: Vec<_> = page.named("img").filter_map(|picture| picture.get("alt")).collect();
        assert!(told.contains(&"collagen on day 7: from 0.6 to 0.7"), "{told:?}");
        assert!(page.text().contains("says nothing in favour"));
    }
}
