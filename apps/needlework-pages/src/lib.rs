//! Pages of single rooms beside the report: germs through channels, the skin of a site, what to do when something was
//! done, and all evidence.
//!
//! Each page is one file without scripts that loads nothing and shows data that a room worked out; nothing is judged or
//! computed here. Numbers in words, charts and the style sheet are those of `needlework-figures`, so that a range reads
//! alike on every page.

mod evidence;
mod germs;
mod skin;
mod triage;

use needlework_figures::{chart, numbers, style, words};

pub use needlework_figures::TextTable;

pub use evidence::{evidence_html, spread_words};
pub use germs::{infection_html, infection_opening, infection_schema, infection_tables};
pub use skin::{SkinSample, skin_html, skin_schema, skin_table, skin_terminal};
pub use triage::{triage_html, triage_schema, triage_terminal};
