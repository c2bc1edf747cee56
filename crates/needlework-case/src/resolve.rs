//! The device of a case with everything that is known of it: what the case says itself, then what the library says.
//!
//! A field that neither knows is `None`; the models draw it from its prior. A depth that is set on the device (a pen)
//! is known only when the case says it; the range of the library then stands beside it.

use needlework_units::Length;
use serde::Serialize;

use crate::{Case, Catalog, DeviceKind, Geometry};

/// The device of a case, resolved.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct ResolvedDevice {
    /// The name in the library, when the case names one that is there.
    pub name: Option<String>,
    /// The name in a sentence.
    pub label: Option<String>,
    /// What kind of device it is.
    pub kind: Option<DeviceKind>,
    /// How it is made; its length is that of the needles, or how deep the device is set.
    #[serde(flatten)]
    pub geometry: Geometry,
    /// The least and the greatest depth that the device can be set to.
    pub range: Option<(Length, Length)>,
    /// How many sessions the needles have behind them, where the case says so.
    pub uses: Option<u32>,
    /// How often it may go over the same skin in one session before the rules warn.
    pub passes_limit: Option<u32>,
    /// Fields that the library assumes and the case does not state itself.
    pub assumed: Vec<String>,
}

/// Puts together what the case and the library know of the device. What the case states overrides the library.
#[must_use]
pub fn resolve(case: &Case, catalog: &Catalog) -> ResolvedDevice {
    let own = &case.device;
    let entry = own.name.known().and_then(|name| catalog.device(name));
    let stated = Geometry {
        needle_length: deeper(own.needle_length.get(), own.depth_setting.get()),
        ..Geometry::stated(own)
    };
    let known = stated.known();
    let is_stated = |field: &str| match field {
        "shortest" | "longest" => stated.needle_length.is_some(),
        _ => known.contains(&(field, true)),
    };
    ResolvedDevice {
        name: entry.map(|entry| entry.name.clone()),
        label: entry.map(|entry| entry.label.clone()),
        kind: own.kind.get().or(entry.map(|entry| entry.kind)),
        geometry: entry.map_or(stated, |entry| stated.or(&entry.geometry)),
        range: entry.and_then(|entry| entry.shortest.zip(entry.longest)),
        uses: own.uses.get(),
        passes_limit: entry.and_then(|entry| entry.passes_limit),
        assumed: entry.map_or_else(Vec::new, |entry| {
            entry
                .assumed
                .iter()
                .filter(|field| !is_stated(field))
                .cloned()
                .collect()
        }),
    }
}

/// The deeper of a stated length and a stated setting: where both are said, the worse reading holds.
fn deeper(length: Option<Length>, setting: Option<Length>) -> Option<Length> {
    match (length, setting) {
        (Some(length), Some(setting)) if setting.mm() > length.mm() => Some(setting),
        (Some(length), _) => Some(length),
        (None, setting) => setting,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use crate::Answer;

    const DEVICE: &str = "[[device]]\nname = \"r\"\nlabel = \"R\"\nkind = \"roller\"\nneedle_length = \"1.5 \
        mm\"\nneedles = 192\n\
                          source = \"project\"\nseen = \"assumed\"\nassumed = [\"needles\"]\nnote = \"n\"\n";

    #[test]
    fn what_the_case_states_overrides_the_library() {
        let catalog = Catalog::parse("site = []", DEVICE).unwrap();
        let mut case = Case::default();
        assert_eq!(resolve(&case, &catalog), ResolvedDevice::default());
        case.device.name = Answer::Known("r".into());
        let device = resolve(&case, &catalog);
        assert_eq!(device.geometry.needle_length, Some(Length::from_mm(1.5)));
        assert_eq!(device.assumed, ["needles"]);
        case.device.needle_length = Answer::Known(Length::from_mm(2.0));
        case.device.needles = Answer::Known(540);
        let device = resolve(&case, &catalog);
        assert_eq!(
            (device.geometry.needle_length, device.geometry.needles),
            (Some(Length::from_mm(2.0)), Some(540))
        );
        assert!(device.assumed.is_empty(), "the case states the number itself");
    }

    #[test]
    fn of_a_length_and_a_setting_the_deeper_holds() {
        let catalog = Catalog::parse("site = []", DEVICE).unwrap();
        let mut case = Case::default();
        case.device.name = Answer::Known("r".into());
        for (length, setting, wanted) in [
            (None, Some(2.0), 2.0),
            (Some(1.0), Some(2.0), 2.0),
            (Some(2.0), Some(1.0), 2.0),
        ] {
            let answer = |mm: Option<f64>| mm.map_or(Answer::Missing, |mm| Answer::Known(Length::from_mm(mm)));
            (case.device.needle_length, case.device.depth_setting) = (answer(length), answer(setting));
            assert_eq!(
                resolve(&case, &catalog).geometry.needle_length,
                Some(Length::from_mm(wanted))
            );
        }
    }

    #[test]
    fn an_explicit_unknown_leaves_the_library_to_answer() {
        let catalog = Catalog::parse("site = []", DEVICE).unwrap();
        let mut case = Case::default();
        case.device.name = Answer::Known("r".into());
        case.device.needle_length = Answer::Unknown;
        assert_eq!(
            resolve(&case, &catalog).geometry.needle_length,
            Some(Length::from_mm(1.5))
        );
    }
}
