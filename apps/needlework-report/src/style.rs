//! The style sheet of the page: light, dark, narrow, wide and printed.
//!
//! Colours are variables with one meaning each. Data colours follow Okabe and Ito's palette, which people with colour blindness can tell
//! apart; lines differ by dash and figures by lightness and shape as well. Text has a contrast of at least 4.5 to its ground in both schemes.

/// The whole style sheet.
pub(crate) const STYLE: &str = include_str!("style.css");
