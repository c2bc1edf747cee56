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

/// What a page has around it where it is served: what its head loads from its own address, a bar above it, and parts
/// before and after what it says.
#[derive(Debug, Clone)]
pub struct Dress {
    /// Stands in the head, in the place of the policy that forbids every load: whoever serves sends one of its own.
    pub head: Markup,
    /// Stands above the page.
    pub bar: Markup,
    /// Stands in the main part, before what it says.
    pub before: Markup,
    /// Stands in the main part, after what it says.
    pub after: Markup,
}

/// A page of [`document`] with something around it; its own words and figures stay as they are. A text that is no such
/// page stays whole.
#[must_use]
pub fn dressed(page: &str, dress: &Dress) -> String {
    // Text that comes from a case is escaped, so that each of these stands once.
    let put = |page: String, at: &str, with: &str| match page.split_once(at) {
        Some((above, below)) => format!("{above}{with}{below}"),
        None => page,
    };
    let beside = |at: &str, markup: &Markup, first: bool| match first {
        true => format!("{}{at}", markup.0),
        false => format!("{at}{}", markup.0),
    };
    let page = put(page.to_owned(), POLICY, &dress.head.0);
    let page = put(page, "<header>", &beside("<header>", &dress.bar, true));
    let page = put(page, MAIN, &beside(MAIN, &dress.before, false));
    put(page, "</main>", &beside("</main>", &dress.after, true))
}

/// How the main part of a page begins.
const MAIN: &str = "<main id=\"main\">";

/// What forbids every load.
const POLICY: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src \
    'unsafe-inline'; img-src data:\">";

/// The head that every page has: nothing from outside may be loaded, whatever the data says.
fn head(title: &str, version: &str, own_style: &str) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            (PreEscaped(POLICY))
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
    fn what_is_put_around_a_page_stands_in_its_places_and_the_page_stays() {
        let shell = Shell {
            title: "</main> & more",
            version: "1",
            own_style: "",
            skip: "Skip",
            brand: "page",
        };
        let text = |text: &str| html! { (text) };
        let page = document(&shell, &text("<header>"), &text("</main>"), &text("foot"));
        let dress = Dress {
            head: text("[head]"),
            bar: text("[bar]"),
            before: text("[before]"),
            after: text("[after]"),
        };
        let whole = dressed(&page, &dress);
        assert!(!whole.contains("Content-Security-Policy"));
        for place in [
            "<meta charset=\"utf-8\">[head]<meta",
            "[bar]<header><p",
            "<main id=\"main\">[before]&lt;/main&gt;[after]</main>",
        ] {
            assert!(whole.contains(place), "{place} in {whole}");
        }
        assert_eq!(dressed("no page", &dress), "no page");
    }

    #[test]
    fn the_style_sheet_loads_nothing() {
        assert!(!STYLE.contains("url(") && !STYLE.contains("@import") && !STYLE.contains("http"));
    }
}
