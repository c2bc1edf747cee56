//! The typed case: what a person, a study or a designer says about one plan, read from TOML with exact error messages.
//!
//! The same types serve the command line, the web page and Python. A field that is not in the schema is refused, a number
//! without a unit is refused, and every problem of a file is reported in one go, each with its place.

mod about;
mod aftercare;
mod answer;
mod area;
mod case;
mod catalog;
mod check;
mod date;
mod device;
mod diagnostic;
mod document;
mod health;
mod hygiene;
mod lesion;
mod limits;
mod nearest;
mod person;
mod read;
mod regimen;
mod resolve;
mod schema;
mod symptoms;
mod write;

pub use about::{About, Screening};
pub use aftercare::{Aftercare, Product, Topical};
pub use answer::{Answer, Lapse, UNKNOWN};
pub use area::Area;
pub use case::{Case, FORMAT, Format};
pub use catalog::{Catalog, CatalogError, DeviceEntry, Seen, Site, SiteClass, TipShape};
pub use device::{Device, DeviceKind, NeedleCondition, NeedleUse};
pub use diagnostic::{Diagnostic, Diagnostics, MOST_PROBLEMS};
pub use health::{Health, Pregnant};
pub use hygiene::{Hygiene, NeedleCleaning, SkinPreparation};
pub use lesion::{Lesion, LesionKind, MarkColour, Stage};
pub use person::{Diet, Fitzpatrick, Person, Sex, Smoking};
pub use read::{LARGEST_FILE, read, read_bytes};
pub use regimen::{Adjunct, Arm, Regimen, Setting};
pub use resolve::{ResolvedDevice, resolve};
pub use schema::{AnswerKind, Choice, FieldDescription, fields, schema};
pub use symptoms::Symptoms;
pub use write::write;
