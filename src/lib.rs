//! Needlework: is micro-needling safe enough to use on stretch marks, and will it help?
//!
//! For one person, body site, mark, device and plan the whole chain is simulated, and the answer says which safety
//! rules stop the plan, what may be expected of it against doing nothing, and how sure that is. It is research and
//! education software, not a medical device.
//!
//! Our words (world, twin, law, reach, passport, …) and those of the field stand in `docs/glossary.md`.
//!
//! # The chain
//!
//! Each module is a crate of its own and knows only those above it.
//!
//! | step | module | from → to |
//! |---|---|---|
//! | what is asked | [`case`] | a text in TOML → a typed case, or all its mistakes with their places |
//! | what must not be done | [`rules`] | the case → the rules that fire, the questions that are open |
//! | 1 | [`skin`] | site, age, sex, body mass index → layers and their stiffness |
//! | 2 | [`stria`] | a mark → the tissue of the mark, and how it ages by itself |
//! | 3 | [`puncture`] | device, hand, passes → holes with their depth |
//! | 4 | [`channel`] | holes → how long they stay open, what gets in |
//! | 5 | [`healing`] | injury → collagen over months, as a column or in space |
//! | 6 | [`reaction`] | a session → pain, redness, dark marks, scars |
//! | 7 | [`appearance`] | tissue → what is seen |
//! | a person | [`course`] | the steps 1 to 7, session after session |
//! | many people | [`cohort`] | what nobody knows and how people differ → shares with their intervals |
//! | the answer | [`verdict`] | all of this → safety, benefit, reasons |
//! | beside it | [`questions`] | plans side by side; designs of a device side by side |
//! | | [`ledger`] | the claims of the article, with what is computed of them |
//!
//! Below them lie [`units`] (quantities), [`numerics`] (sampling, statistics, diffusion) and [`evidence`] (numbers with
//! their sources); beside them [`inference`] (what data say of what is not known) and [`synthesis`] (what published
//! results say together). [`bundle`] reads the evidence that this crate carries.
//!
//! # An assessment
//!
//! ```
//! use needlework::numerics::unwatched;
//! use needlework::verdict::{Inquiry, Safety, judge};
//!
//! let library = needlework::bundle()?;
//! let text = "format = 'needlework-case/1'\nlesion.kind = 'striae'\nperson.age = '16 years'";
//! let case = needlework::case::read(text, "sixteen.toml", &library.catalog)?;
//! let answer = judge(&case, &Inquiry::new(&library), &mut unwatched)?;
//! assert_eq!(answer.report.verdict.safety, Safety::Refuse);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # A comparison
//!
//! Doing nothing is always among the alternatives, and the same virtual people have all of them.
//!
//! ```
//! use needlework::cohort::Settings;
//! use needlework::questions::{Asked, compare};
//! use needlework::{numerics::unwatched, verdict::Inquiry};
//!
//! let library = needlework::bundle()?;
//! let text = include_str!("../cases/clinic-abdomen-alba.toml");
//! let asked = Asked::new("four sessions", needlework::case::read(text, "four.toml", &library.catalog)?);
//! let few = Settings { worlds: 4, ..Settings::default() };
//! let inquiry = Inquiry { settings: few, ..Inquiry::new(&library) };
//! let found = compare("belly", &[asked], &inquiry, &mut unwatched)?;
//! assert!(found.alternatives[1].nothing);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Simulated tissue
//!
//! One piece of skin through all sessions, with everything that is not known at its median.
//!
//! ```
//! use needlework::cohort::{Question, middle_field};
//! use needlework::course::FieldRequest;
//! use needlework::healing::{Fidelity, Field, RemodellingHypothesis};
//! use needlework::units::Time;
//!
//! let library = needlework::bundle()?;
//! let text = include_str!("../cases/clinic-abdomen-alba.toml");
//! let case = needlework::case::read(text, "belly.toml", &library.catalog)?;
//! let question = Question::new(&case, &library.catalog, &library.book);
//! let request = FieldRequest::usual(Fidelity::Column, vec![Time::from_weeks(2.0)]);
//! let mut column = Field::new(middle_field(&question, RemodellingHypothesis::Persistence, &request)?, 1)?;
//! let before = column.means().collagen();
//! column.finish()?;
//! assert!(column.means().collagen() > before);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Where to go next
//!
//! `examples/` holds five programs, numbered, each with the text that it prints: an assessment, a comparison, one room
//! alone, a column in space, own evidence. `cargo run --example 01_assess` runs the first. Whoever wants one room only
//! depends on its crate, such as `needlework-skin`, and brings the evidence. A failed call says what is wrong:
//! [`case::Diagnostics`] shows each mistake under its line, [`verdict::VerdictError`] names the number that is missing.

mod bundled;

pub use bundled::{
    BundleError, bundle, calibration_cases, claims, committed, engine, files, likelihood, spectral_tables,
};
pub use needlework_appearance as appearance;
pub use needlework_calibration as calibration;
pub use needlework_case as case;
pub use needlework_channel as channel;
pub use needlework_cohort as cohort;
pub use needlework_course as course;
pub use needlework_evidence as evidence;
pub use needlework_healing as healing;
pub use needlework_inference as inference;
pub use needlework_ledger as ledger;
pub use needlework_numerics as numerics;
pub use needlework_puncture as puncture;
pub use needlework_questions as questions;
pub use needlework_reaction as reaction;
pub use needlework_rules as rules;
pub use needlework_skin as skin;
pub use needlework_stria as stria;
pub use needlework_synthesis as synthesis;
pub use needlework_units as units;
pub use needlework_verdict as verdict;
