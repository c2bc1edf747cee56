//! From a [`Report`](model::Report) to things that people look at.
//!
//! The answer arrives as data, judged and worded by the verdict room; this crate draws it and changes nothing. It gives
//! a self-contained page ([`html`]), a calendar ([`calendar`]), a summary for the terminal ([`terminal`]), JSON with
//! its schema ([`json`], [`report_schema`]) and tables of virtual people and of alternatives ([`people_table`],
//! [`compare_table`]).
//!
//! Assumptions: the report is complete and its intervals are 5–95 %. A plan that a rule stops is shown, in the lay
//! reading, without any simulated number even if the data carries one. Limits: text is English; charts show what the
//! report's figures carry and interpolate nothing.
//!
//! Display rules follow Trevena 2013 (10.1186/1472-6947-13-S2-S7): one denominator, both frames, icon arrays, ranges,
//! no "1 in x".

mod calendar;
mod card;
mod claims;
mod cohort_table;
mod compare;
mod finite;
mod json;
mod page;
mod section;
mod terminal;

pub use needlework_figures::model;

use needlework_figures::{chart, lines, numbers, style, words};

pub use calendar::calendar;
pub use card::card;
pub use claims::{claims_html, claims_json, claims_terminal};
pub use cohort_table::{month_after_last_of_column, month_of_column, people_table};
pub use compare::{compare_html, compare_json, compare_schema, compare_table, compare_terminal};
pub use finite::{numbers_are_finite, text as json_text};
pub use json::{json, report_schema};
pub use page::html;
pub use terminal::terminal;
