//! Where on the body: a drawing from front and back to be touched, and beside it the list of all places, for keyboards,
//! screen readers and places that no drawing shows.
//!
//! Whether a place is left alone, and why, is what the rules say of a plan that is nothing but needles there, at home
//! and in a clinic, beyond what they say of the belly. Limits: the figure is a sketch of no one; its parts are
//! rectangles on it.

use maud::{Markup, PreEscaped, html};
use needlework::case::{Site, path};
use needlework::rules::RuleSeverity;
use needlework::rules::interview::Answers;
use needlework::units::PERCENT;
use needlework_figures::words::{full_stop, sentence_case};

use crate::house::House;
use crate::words::Words;

/// A part of the drawing: the site, and its rectangle (left, top, width, height) on a figure of 200 by 440.
type Part = (&'static str, [u16; 4]);

/// Parts in the middle of the front, and on its left; those on the right are their mirror.
const FRONT: ([Part; 5], [Part; 13]) = (
    [
        ("face", [82, 12, 36, 42]),
        ("neck", [88, 56, 24, 16]),
        ("clavicle", [74, 74, 52, 14]),
        ("abdomen", [76, 138, 48, 58]),
        ("groin", [84, 212, 32, 14]),
    ],
    [
        ("shoulder", [46, 74, 26, 20]),
        ("breast", [66, 92, 32, 34]),
        ("axilla", [54, 98, 11, 18]),
        ("upper_arm", [34, 100, 19, 40]),
        ("inner_elbow", [30, 142, 20, 14]),
        ("forearm", [24, 158, 20, 44]),
        ("flank", [61, 138, 14, 54]),
        ("hip", [60, 196, 22, 24]),
        ("thigh_outer", [60, 228, 17, 70]),
        ("thigh_inner", [79, 228, 18, 70]),
        ("knee", [66, 302, 28, 22]),
        ("shin", [68, 328, 24, 60]),
        ("nipple", [77, 106, 9, 9]),
    ],
);

/// The same from behind.
const BACK: ([Part; 3], [Part; 7]) = (
    [
        ("neck", [88, 56, 24, 16]),
        ("upper_back", [68, 82, 64, 56]),
        ("lower_back", [74, 142, 52, 48]),
    ],
    [
        ("shoulder", [46, 74, 21, 20]),
        ("upper_arm", [34, 100, 19, 38]),
        ("elbow", [30, 140, 20, 16]),
        ("forearm", [24, 160, 20, 44]),
        ("buttock", [64, 194, 34, 36]),
        ("thigh_outer", [62, 234, 17, 64]),
        ("calf", [67, 318, 26, 66]),
    ],
);

/// The figure: head, neck, trunk, then arms and legs as thick lines.
const FIGURE: &str = "<ellipse cx=\"100\" cy=\"34\" rx=\"20\" ry=\"25\"/><rect x=\"90\" y=\"54\" width=\"20\" \
    height=\"24\"/><path d=\"M62 76Q100 68 138 76L140 118Q134 156 134 186L142 222Q100 236 58 222L66 186Q66 156 60 \
    118Z\"/><g class=\"limbs\"><path d=\"M56 88L42 148L33 206\" stroke-width=\"22\"/><path d=\"M144 88L158 148L167 \
    206\" stroke-width=\"22\"/><path d=\"M79 224L80 312L80 396\" stroke-width=\"32\"/><path d=\"M121 224L120 312L120 \
    396\" stroke-width=\"32\"/><path d=\"M33 206L30 226M167 206L170 226\" stroke-width=\"15\"/><path d=\"M80 404L70 \
    420M120 404L130 420\" stroke-width=\"20\"/></g>";

/// Width and height of a figure.
const FIGURE_SIZE: [f64; 2] = [200.0, 440.0];

/// What the rules say of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Held {
    /// Nothing.
    Open,
    /// Not at home, with the reason.
    NotAtHome(String),
    /// Nowhere, with the reason.
    Never(String),
}

impl Held {
    fn class(&self) -> &'static str {
        match self {
            Self::Open => "zone",
            Self::NotAtHome(_) => "zone not-at-home",
            Self::Never(_) => "zone never",
        }
    }
}

impl House {
    /// The drawing, and the list beside it.
    pub(crate) fn body_map(&self) -> Markup {
        let words = self.words;
        let places: Vec<(&Site, Held)> = self
            .library
            .catalog
            .sites()
            .iter()
            .map(|site| (site, self.held(&site.name)))
            .collect();
        let (front, back) = ((&FRONT.0[..], &FRONT.1[..]), (&BACK.0[..], &BACK.1[..]));
        html! {
            div.body-map {
                // The list says and does all that the drawing does.
                div.figures aria-hidden="true" {
                    (figure(words.front, front, &places))
                    (figure(words.back_of, back, &places))
                }
                div {
                    (list(words, words.places, &places, |held| *held == Held::Open))
                    (list(words, words.not_at_home, &places, |held| matches!(held, Held::NotAtHome(_))))
                    (list(words, words.never_there, &places, |held| matches!(held, Held::Never(_))))
                }
            }
        }
    }

    /// What the rules say of needles at a place and nothing else.
    fn held(&self, site: &str) -> Held {
        match (self.refuses(site, "home"), self.refuses(site, "clinic")) {
            (_, Some(reason)) => Held::Never(reason),
            (Some(reason), None) => Held::NotAtHome(reason),
            (None, None) => Held::Open,
        }
    }

    /// Why a rule refuses needles at a place that it does not refuse on the belly.
    fn refuses(&self, site: &str, setting: &str) -> Option<String> {
        let refused = |site: &str| -> Vec<(String, String)> {
            let mut answers = Answers::default();
            answers.give(path!(lesion.site), site);
            answers.give(path!(regimen.setting), setting);
            let Ok((_, screening)) = self.interviewer().judged(&answers) else {
                return Vec::new();
            };
            let grave = screening
                .fired
                .into_iter()
                .filter(|rule| rule.severity >= RuleSeverity::Refuse);
            grave.map(|rule| (rule.id, rule.reason)).collect()
        };
        let usual = refused("abdomen");
        let mut own = refused(site)
            .into_iter()
            .filter(|(id, _)| !usual.iter().any(|(other, _)| other == id));
        own.next().map(|(_, reason)| reason)
    }
}

/// A figure with its parts, each a button.
fn figure(caption: &str, (middle, side): (&[Part], &[Part]), places: &[(&Site, Held)]) -> Markup {
    let [width, height] = FIGURE_SIZE;
    let mirrored = |(name, [left, top, wide, high]): &Part| (*name, [200 - left - wide, *top, *wide, *high]);
    let parts = middle.iter().chain(side).copied().chain(side.iter().map(mirrored));
    let percent = |part: u16, whole: f64| format!("{:.1}%", f64::from(part) / whole * PERCENT);
    let drawn = parts.filter_map(|(name, [left, top, wide, high])| {
        let (site, held) = places.iter().find(|(site, _)| site.name == name)?;
        let place = format!(
            "left:{};top:{};width:{};height:{}",
            percent(left, width),
            percent(top, height),
            percent(wide, width),
            percent(high, height)
        );
        Some((site, held, place))
    });
    html! {
        div.figure {
            div.drawn {
                svg viewBox="0 0 200 440" aria-hidden="true" { (PreEscaped(FIGURE)) }
                @for (site, held, place) in drawn {
                    button
                        type="submit"
                        name="do"
                        value={ "choose:" (site.name) }
                        class=(held.class())
                        style=(place)
                        tabindex="-1"
                        title=(sentence_case(&site.label)) {}
                }
            }
            p { (caption) }
        }
    }
}

/// The places of a kind, each a button; where all are held for the same reason it stands once above them.
fn list(words: &Words, title: &str, places: &[(&Site, Held)], is_in: impl Fn(&Held) -> bool) -> Markup {
    let own: Vec<&(&Site, Held)> = places.iter().filter(|(_, held)| is_in(held)).collect();
    html! {
        @if !own.is_empty() {
            details open[own.iter().any(|(_, held)| *held == Held::Open)] {
                summary { (title) " (" (own.len()) ")" }
                ul.choices {
                    @for (site, held) in own {
                        li {
                            button.choice type="submit" name="do" value={ "choose:" (site.name) } {
                                strong { (sentence_case(&site.label)) }
                                @match held {
                                    Held::Open => {},
                                    Held::NotAtHome(reason) | Held::Never(reason) => {
                                        span { (words.reason) ": " (full_stop(reason)) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_part_of_the_drawing_is_a_place_and_lies_on_the_figure() {
        let library = needlework::bundle().unwrap();
        let all = FRONT.0.iter().chain(&FRONT.1).chain(&BACK.0).chain(&BACK.1);
        for (name, [left, top, wide, high]) in all {
            assert!(library.catalog.sites().iter().any(|site| site.name == *name), "{name}");
            assert!(left + wide <= 200 && top + high <= 440, "{name}");
        }
    }
}
