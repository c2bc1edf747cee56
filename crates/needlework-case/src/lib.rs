//! The typed case: what a person, a study or a designer says about one plan, read from TOML with exact error messages.
//!
//! The same types serve every front door. A field that is not in the schema is refused, a
//! number without a unit is refused, and every problem of a file is reported in one go, each with its place.
//!
#![cfg_attr(any(doc, doctest), doc = include_str!("../README.md"))]

mod about;
mod aftercare;
mod answer;
mod any;
mod area;
mod case;
mod catalog;
mod check;
mod date;
mod device;
mod diagnostic;
mod document;
mod hba1c;
mod health;
mod hygiene;
mod lesion;
mod limits;
mod names;
mod nearest;
mod path;
mod person;
mod printable;
mod read;
mod regimen;
mod resolve;
mod schema;
mod setting;
mod signs;
mod symptoms;
mod unnamed;
mod write;

pub use about::{About, Screening};
pub use aftercare::{Aftercare, Product, Topical};
pub use answer::{Answer, Lapse, UNKNOWN};
pub use any::any_case;
pub use area::{Area, Implant};
pub use case::{Case, FORMAT, Format};
pub use catalog::{Catalog, CatalogError, DeviceEntry, Found, Site, SiteClass, SourceAccess};
pub use device::{Device, DeviceKind, Geometry, NeedleCondition, NeedleUse, TipShape};
pub use diagnostic::{Diagnostic, Diagnostics};
pub use health::{Health, Hormones, Pregnant};
pub use hygiene::{Hygiene, NeedleCleaning, SkinPreparation};
pub use lesion::{Lesion, LesionKind, MarkColour, Stage};
pub use nearest::nearest;
pub use person::{Diet, Fitzpatrick, Person, Sex, Smoking};
pub use printable::{printable, steers};
pub use read::{LARGEST_FILE, read, read_bytes, yes_or_no};
pub use regimen::{Adjunct, Arm, ProductDuring, Regimen, Setting};
pub use resolve::{ResolvedDevice, resolve};
pub use schema::{AnswerKind, Choice, FieldDescription, fields, schema};
pub use setting::{bounds, number, read_with, set_number, typed_answer};
pub use signs::Signs;
pub use symptoms::Symptoms;
pub use unnamed::take_off_the_name;
pub use write::write;
