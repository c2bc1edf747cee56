//! What every page of this project keeps, whatever it shows. A law answers with every place that breaks it.

use std::collections::BTreeSet;

use crate::{Element, Page};

/// Elements that fetch, run or send something.
const LOADERS: [&str; 7] = ["script", "link", "img", "iframe", "object", "form", "base"];

/// Who cannot see or cannot use a pointer is told: ids stand once and every reference meets one; a picture is named or
/// hidden, a table's head says what it heads, landmarks stand once, no level of headings is left out.
#[must_use]
pub fn accessible(page: &Page) -> Vec<String> {
    let mut broken = Vec::new();
    let mut ids = BTreeSet::new();
    for element in page.elements() {
        if let Some(id) = element.get("id")
            && !ids.insert(id)
        {
            broken.push(format!("the id {id} stands twice"));
        }
    }
    for element in page.elements() {
        for key in ["aria-labelledby", "aria-describedby"] {
            for target in element.get(key).unwrap_or_default().split_whitespace() {
                if !ids.contains(target) {
                    broken.push(format!("{element:?}: {key} meets no id {target}"));
                }
            }
        }
        if let Some(target) = element.get("href").and_then(|link| link.strip_prefix('#'))
            && !ids.contains(target)
        {
            broken.push(format!("{element:?} goes nowhere"));
        }
        if element.name() == "svg" && !is_told(element) {
            broken.push(format!("{element:?} says nothing to those who cannot see it"));
        }
        if element.name() == "th" && element.get("scope").is_none() {
            broken.push(format!("{element:?} has no scope"));
        }
    }
    if page.named("html").next().and_then(|root| root.get("lang")) != Some("en") {
        broken.push("the language is not named".to_owned());
    }
    for landmark in ["header", "main", "footer", "h1"] {
        let times = page.named(landmark).count();
        if times != 1 {
            broken.push(format!("<{landmark}> stands {times} times"));
        }
    }
    let levels: Vec<u32> = page
        .elements()
        .filter_map(|element| element.name().strip_prefix('h')?.parse().ok())
        .collect();
    if levels.windows(2).any(|pair| pair[1] > pair[0] + 1) {
        broken.push(format!("a level of headings is left out: {levels:?}"));
    }
    broken
}

/// Is a picture hidden from those who cannot see it, or named for them?
fn is_told(picture: Element<'_>) -> bool {
    let named = picture.get("aria-labelledby").is_some() || picture.get("aria-label").is_some();
    picture.get("aria-hidden") == Some("true") || (picture.get("role") == Some("img") && named)
}

/// One file that loads nothing and runs nothing: no element or attribute that fetches, runs or sends, no address
/// outside but in links that a reader follows, and a policy that forbids the rest.
#[must_use]
pub fn alone(page: &Page) -> Vec<String> {
    let mut broken = Vec::new();
    for element in page.elements() {
        if LOADERS.contains(&element.name()) {
            broken.push(format!("{element:?} loads or runs something"));
        }
        for (key, value) in element.attributes() {
            if key.starts_with("on") || key == "src" || key == "style" {
                broken.push(format!("{element:?} has {key}"));
            }
            let outward = value.contains("http") || value.contains("//");
            if outward && !(element.name() == "a" && key == "href") {
                broken.push(format!("{element:?}: {key} leads outside"));
            }
        }
    }
    if !page.elements().any(|element| is_policy(element) && forbids(element)) {
        broken.push("no policy forbids what is not on the page".to_owned());
    }
    broken
}

fn is_policy(element: Element<'_>) -> bool {
    element.name() == "meta" && element.get("http-equiv") == Some("Content-Security-Policy")
}

fn forbids(policy: Element<'_>) -> bool {
    policy
        .get("content")
        .is_some_and(|content| content.contains("default-src 'none'"))
}
