//! What is said of a device beside its name, and of its needles, that cannot both be true.
//!
//! A named device has the geometry that its maker or a measurement gives it. A case may state what nobody has published
//! of it (the library's `assumed` fields), and a value that is the same but for rounding; for a device whose depth is
//! set, any depth of its range. Anything else is another device, and the milder of two statements would win by
//! accident: so it is an error at its place.
//!
//! How needles are cleaned is not compared with their pack: a pack may be opened and its needles used again, and the
//! rules refuse every answer but "sterile".

use needlework_units::Length;

use super::place::Place;
use crate::device::{differs, widened};
use crate::diagnostic::Diagnostic;
use crate::{Case, Catalog, Geometry, NeedleUse};

/// A field of the device that contradicts its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Against {
    /// The field, such as `device.needle_length`.
    pub(crate) path: String,
    /// What the library says there.
    pub(crate) library: String,
}

/// Every field of a case that contradicts what the library says of the named device.
pub(crate) fn against_the_library(case: &Case, catalog: &Catalog) -> Vec<Against> {
    let own = &case.device;
    let Some(entry) = own.name.known().and_then(|name| catalog.device(name)) else {
        return Vec::new();
    };
    let published = |field: &str| !entry.assumed.iter().any(|assumed| assumed == field);
    let against = |field: &str, library: String| Against {
        path: format!("device.{field}"),
        library,
    };
    let mut found = Vec::new();
    if own.kind.get().is_some_and(|kind| kind != entry.kind) {
        let kind = serde_json::to_value(entry.kind).unwrap_or_default();
        found.push(against("kind", kind.as_str().unwrap_or_default().to_owned()));
    }
    for (field, length) in [
        ("needle_length", own.needle_length),
        ("depth_setting", own.depth_setting),
    ] {
        let Some(length) = length.get().map(Length::mm) else {
            continue;
        };
        match (entry.geometry.needle_length, entry.shortest.zip(entry.longest)) {
            (_, Some((shortest, longest))) => {
                let (least, most) = widened(shortest.mm(), longest.mm());
                if length < least || length > most {
                    found.push(against(field, format!("{shortest} to {longest}")));
                }
            }
            (Some(fixed), None) if published("needle_length") && differs(length, fixed.mm()) => {
                found.push(against(field, fixed.to_string()));
            }
            _ => {}
        }
    }
    // The length has been compared, with its range.
    let others = Geometry::stated(own).contradictions(&entry.geometry).into_iter();
    found.extend(
        others
            .filter(|(field, _)| *field != "needle_length" && published(field))
            .map(|(field, library)| against(field, library)),
    );
    found
}

/// The contradictions of a device with its name, and of what is said of its needles.
pub(super) fn contradictions(case: &Case, catalog: &Catalog, place: &Place<'_, '_>) -> Vec<Diagnostic> {
    let name = case.device.name.known().map(String::as_str).unwrap_or_default();
    let mut found: Vec<Diagnostic> =
        against_the_library(case, catalog)
            .into_iter()
            .map(|against| {
                place.at(
                &against.path,
                |value| format!("`{}` is {value}, but the named device \"{name}\" has \
                    {}", against.path, against.library),
                "contradicts device.name",
                "leave this line out, name the device that it really is (`needlework devices` lists them), or leave \
                    `device.name` out and describe your own"
                    .to_owned(),
            )
            })
            .collect();
    let (used, uses) = (case.device.needles_used.get(), case.device.uses.get());
    let uses_differ = match (used, uses) {
        (Some(NeedleUse::New), Some(uses)) => uses > 0,
        (Some(NeedleUse::Reused), Some(uses)) => uses == 0,
        _ => false,
    };
    if uses_differ {
        let word = if used == Some(NeedleUse::New) { "new" } else { "reused" };
        found.push(
            place.at(
                "device.uses",
                |value| format!("`device.uses` is {value}, but `device.needles_used` is \"{word}\""),
                "contradicts device.needles_used",
                "new needles have 0 sessions behind them, used ones at least 1; correct the one that is not true"
                    .to_owned(),
            ),
        );
    }
    found
}
