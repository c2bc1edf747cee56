//! Needlework: is micro-needling safe enough to use on stretch marks, and will it help?
//!
//! The facade: every room as a module, and [`bundle`] with the evidence that the binary carries. A program that wants
//! an answer reads a case, takes the bundle and calls [`verdict::judge`].
//!
//! ```
//! use needlework::{case, verdict};
//! let library = needlework::bundle()?;
//! let text = r#"
//!     format = "needlework-case/1"
//!     lesion.kind = "striae"
//!     regimen.setting = "home"
//!     regimen.arm = "needling"
//!     person.age = "16 years"
//! "#;
//! let case = case::read(text, "example.toml", &library.catalog)?;
//! let settings = needlework::cohort::Settings { seed: 1, worlds: 20, people_per_world: 5, threads: 1 };
//! let engine = needlework::engine("none");
//! let go_on = &mut |_| needlework::numerics::Continue::Yes;
//! let answer = verdict::judge(&case, &library, &engine, &settings, verdict::Reading::Lay, go_on)?;
//! assert_eq!(answer.report.verdict.safety, verdict::Safety::Refuse);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod bundled;

pub use bundled::{BundleError, bundle, engine, files};
pub use needlework_appearance as appearance;
pub use needlework_case as case;
pub use needlework_channel as channel;
pub use needlework_cohort as cohort;
pub use needlework_contrast as contrast;
pub use needlework_course as course;
pub use needlework_designer as designer;
pub use needlework_evidence as evidence;
pub use needlework_healing as healing;
pub use needlework_numerics as numerics;
pub use needlework_puncture as puncture;
pub use needlework_reaction as reaction;
pub use needlework_rules as rules;
pub use needlework_skin as skin;
pub use needlework_stria as stria;
pub use needlework_units as units;
pub use needlework_verdict as verdict;
