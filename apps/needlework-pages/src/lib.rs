//! Answers as things that people look at, one module a command.
//!
//! The answers arrive as data, judged and worded by the rooms; this crate draws them and changes nothing. `assess` and
//! its sections make the report: a page ([`html`]), a calendar ([`calendar`]), a summary for the terminal
//! ([`terminal`]), a card ([`card`]), JSON ([`json`]) and a table of virtual people ([`people_table`]). `compare`,
//! `claims`, `creams`, `infect`, `insert`, `optics`, `skin`, `sweep`, `simulate`, `render`, `evidence`, `trial`, `plan`
//! and `triage` make the pages of the commands of those names, with their tables and texts. [`schema`] is the JSON
//! Schema of an answer by its format.
//!
//! Each page is one file that loads nothing. Assumptions: the data are complete and their intervals are 5–95 %. A plan
//! that a rule stops is shown, in the lay reading, without any simulated number even if the data carry one. Limits:
//! text is English; charts show what the data carry and interpolate nothing; the page of a sweep names at most the
//! fifty designs of the front that reach deepest, its table has all.
//!
//! Display rules follow Trevena 2013 (10.1186/1472-6947-13-S2-S7): one denominator, both frames, icon arrays, ranges,
//! no "1 in x".

mod assess;
mod calendar;
mod card;
mod claims;
mod cohort_table;
mod compare;
mod creams;
mod evidence;
mod finite;
mod infect;
mod insert;
mod json;
mod optics;
mod plan;
mod render;
mod schemas;
mod section;
pub mod simulate;
mod skin;
mod sweep;
mod terminal;
mod text_table;
mod triage;
mod trial;

pub use needlework_figures::{TextTable, model};

use needlework_figures::{chart, lines, numbers, style, words};

pub use assess::html;
pub use calendar::calendar;
pub use card::card;
pub use claims::{claims_html, claims_json, claims_terminal};
pub use cohort_table::{month_after_last_of_column, month_of_column, people_table};
pub use compare::{beside_html, compare_html, compare_json, compare_table, compare_terminal};
pub use creams::{
    CREAMS_NOTE, CREAMS_PASSED, creams_html, creams_opening, creams_passed, creams_stopped, creams_table,
};
pub use evidence::{
    WhatIfText, evidence_html, found_html, passport_json, pooled_terminal, spread_words, what_if_html, what_if_text,
};
pub use finite::{numbers_are_finite, text as json_text};
pub use infect::{infection_html, infection_opening, infection_tables};
pub use insert::{holes_table, insertion_html, insertion_text};
pub use json::{json, word};
pub use optics::{optics_html, optics_text, radial_table, spectra_table};
pub use plan::{plan_html, plan_text};
pub use render::{PictureFile, render_files, render_html, render_text};
pub use schemas::{SCHEMAS, schema};
pub use skin::{SkinSample, skin_html, skin_table, skin_terminal};
pub use sweep::{sweep_html, sweep_table, sweep_text};
pub use terminal::terminal;
pub use triage::{triage_html, triage_terminal};
pub use trial::{trial_html, trial_table, trial_text};
