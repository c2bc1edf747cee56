//! The letter by which an alternative is named on the page of a comparison.

use maud::{Markup, html};

use crate::model::Alternative;

/// The short name of an alternative in its box.
pub(super) fn letter(one: &Alternative) -> Markup {
    html! {
        span.letter { (one.name) }
    }
}
