//! The shell of every page, and its style sheet: light, dark, narrow, wide and printed.
//!
//! Colours are variables with one meaning each. Data colours follow Okabe and Ito's palette, which people with colour
//! blindness can tell apart; lines differ by dash and figures by lightness and shape as well. Text has a contrast of at
//! least 4.5 to its ground in both schemes.

use maud::{DOCTYPE, Markup, PreEscaped, html};

/// What a page says of itself.
#[derive(Debug, Clone, Copy)]
pub struct Shell<'a> {
    /// The title of its window.
    pub title: &'a str,
    /// The version of the engine that made it.
    pub version: &'a str,
    /// What it adds to the style sheet.
    pub own_style: &'a str,
    /// Where a keyboard may jump to at once, such as "Skip to the answer".
    pub skip: &'a str,
    /// What kind of page it is, beside the name of the program.
    pub brand: &'a str,
}

/// A complete, self-contained page: what stands above its main part, the main part, and what stands below.
#[must_use]
pub fn document(shell: &Shell<'_>, heading: &Markup, main: &Markup, footer: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            (head(shell.title, shell.version, shell.own_style))
            body {
                a.skip href="#main" { (shell.skip) }
                header {
                    p.brand {
                        "Needlework "
                        span { (shell.brand) }
                    }
                    (heading)
                }
                main #main { (main) }
                footer { (footer) }
            }
        }
    };
    page.into_string()
}

/// The head that every page has: nothing from outside may be loaded, whatever the data says.
fn head(title: &str, version: &str, own_style: &str) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta
                http-equiv="Content-Security-Policy"
                content="default-src 'none'; style-src 'unsafe-inline'; img-src data:";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            meta name="generator" content={ "Needlework " (version) };
            title { (title) " – Needlework" }
            style { (PreEscaped(STYLE)) (PreEscaped(own_style)) }
        }
    }
}

/// A table that may be wider than a narrow page: it scrolls sideways, reachable by keyboard, and a shadow at its edge
/// shows that there is more.
pub fn scrolling(label: &str, table: &Markup) -> Markup {
    html! {
        section.scroll aria-label=(label) tabindex="0" { (table) }
    }
}

/// The whole style sheet.
pub const STYLE: &str = include_str!("style.css");

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    /// The value of a variable in the nth block that sets it: 0 light, 1 dark, 2 printed.
    fn variable(name: &str, block: usize) -> [f64; 3] {
        let text = STYLE.split(&format!("--{name}: #")).nth(block + 1).unwrap();
        [0, 2, 4].map(|at| f64::from(u8::from_str_radix(&text[at..at + 2], 16).unwrap()) / 255.0)
    }

    /// Contrast of two colours as WCAG 2.2 defines it.
    fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
        let linear = |v: f64| {
            if v <= 0.04045 {
                v / 12.92
            } else {
                ((v + 0.055) / 1.055).powf(2.4)
            }
        };
        let light = |c: [f64; 3]| 0.2126 * linear(c[0]) + 0.7152 * linear(c[1]) + 0.0722 * linear(c[2]) + 0.05;
        let (a, b) = (light(a), light(b));
        a.max(b) / a.min(b)
    }

    #[test]
    fn text_has_enough_contrast_on_every_ground_and_lines_too() {
        for block in 0..3 {
            for (front, back) in [
                ("ink", "paper"),
                ("ink", "card"),
                ("muted", "paper"),
                ("muted", "card"),
                ("accent", "paper"),
                ("accent", "card"),
                ("stop", "stop-soft"),
                ("ask", "ask-soft"),
                ("ask", "paper"),
                ("plain", "plain-soft"),
                ("ink", "stop-soft"),
                ("ink", "ask-soft"),
                ("ink", "plain-soft"),
                ("muted", "stop-soft"),
                ("muted", "ask-soft"),
                ("muted", "plain-soft"),
                ("accent", "plain-soft"),
                ("ink", "layer0"),
            ] {
                let found = contrast(variable(front, block), variable(back, block));
                assert!(found >= 4.5, "{front} on {back}, scheme {block}: {found:.2}");
            }
            for line in [
                "treated",
                "untreated",
                "law0",
                "law1",
                "law2",
                "bar",
                "harm",
                "who-line",
            ] {
                let found = contrast(variable(line, block), variable("paper", block));
                assert!(found >= 3.0, "{line} on paper, scheme {block}: {found:.2}");
            }
        }
    }

    #[test]
    fn the_figures_of_the_classes_differ_in_grey() {
        for block in 0..3 {
            for pair in [("who-some", "who-clear"), ("who-clear", "who-strong")] {
                let found = contrast(variable(pair.0, block), variable(pair.1, block));
                assert!(found >= 1.8, "{pair:?}, scheme {block}: {found:.2}");
            }
        }
    }

    #[test]
    fn the_style_sheet_loads_nothing() {
        assert!(!STYLE.contains("url(") && !STYLE.contains("@import") && !STYLE.contains("http"));
    }
}
