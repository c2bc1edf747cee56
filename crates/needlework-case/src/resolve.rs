//! The device of a case with everything that is known of it: what the case says itself, then what the library says.
//!
//! A field that neither knows is `None`; the models draw it from its prior. A depth that is set on the device (a pen)
//! is known only when the case says it; the range of the library then stands beside it.

use needlework_units::{Angle, Area, Length, Rate};
use serde::Serialize;

use crate::{Case, Catalog, DeviceKind, TipShape};

/// The device of a case, resolved.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct ResolvedDevice {
    /// The name in the library, when the case names one that is there.
    pub name: Option<String>,
    /// The name in a sentence.
    pub label: Option<String>,
    /// What kind of device it is.
    pub kind: Option<DeviceKind>,
    /// How long the needles are, or how deep the device is set.
    pub needle_length: Option<Length>,
    /// The least and the greatest depth that the device can be set to.
    pub range: Option<(Length, Length)>,
    /// How many needles it has.
    pub needles: Option<u32>,
    /// The diameter of a needle at its base.
    pub needle_diameter: Option<Length>,
    /// How many needles stand side by side across the drum.
    pub needle_rows: Option<u32>,
    /// How a needle ends.
    pub tip: Option<TipShape>,
    /// The width of the bore of a hollow needle.
    pub bore_diameter: Option<Length>,
    /// The radius of a new tip.
    pub tip_radius: Option<Length>,
    /// The angle to which the point of a needle opens.
    pub cone_angle: Option<Angle>,
    /// By how much a needle, or a depth that is set, may be off.
    pub length_tolerance: Option<Length>,
    /// Strokes of a pen.
    pub strokes: Option<Rate>,
    /// What the needles are made of.
    pub material: Option<String>,
    /// How many sessions the needles have behind them, where the case says so.
    pub uses: Option<u32>,
    /// The radius of the drum.
    pub drum_radius: Option<Length>,
    /// The width of the drum.
    pub drum_width: Option<Length>,
    /// The area of the plate.
    pub plate_area: Option<Area>,
    /// How often it may go over the same skin in one session before the rules warn.
    pub passes_limit: Option<u32>,
    /// Fields that the library assumes and the case does not state itself.
    pub assumed: Vec<String>,
    /// The key of the library's source.
    pub source: Option<String>,
}

/// Puts together what the case and the library know of the device. What the case states overrides the library.
#[must_use]
pub fn resolve(case: &Case, catalog: &Catalog) -> ResolvedDevice {
    let own = &case.device;
    let entry = own.name.known().and_then(|name| catalog.device(name));
    let library = |field: fn(&crate::DeviceEntry) -> Option<Length>| entry.and_then(field);
    let stated = |field: &str| match field {
        "needle_length" | "shortest" | "longest" => own.needle_length.is_known() || own.depth_setting.is_known(),
        "needles" => own.needles.is_known(),
        "needle_diameter" => own.needle_diameter.is_known(),
        "needle_rows" => own.needle_rows.is_known(),
        "tip_radius" => own.tip_radius.is_known(),
        "cone_angle" => own.cone_angle.is_known(),
        "length_tolerance" => own.length_tolerance.is_known(),
        "strokes" => own.strokes.is_known(),
        "drum_radius" => own.drum_radius.is_known(),
        "drum_width" => own.drum_width.is_known(),
        "plate_area" => own.plate_area.is_known(),
        _ => false,
    };
    ResolvedDevice {
        name: entry.map(|entry| entry.name.clone()),
        label: entry.map(|entry| entry.label.clone()),
        kind: own.kind.get().or(entry.map(|entry| entry.kind)),
        needle_length: deeper(own.needle_length.get(), own.depth_setting.get())
            .or(library(|entry| entry.needle_length)),
        range: entry.and_then(|entry| entry.shortest.zip(entry.longest)),
        needles: own.needles.get().or(entry.and_then(|entry| entry.needles)),
        needle_diameter: own.needle_diameter.get().or(library(|entry| entry.needle_diameter)),
        needle_rows: own.needle_rows.get().or(entry.and_then(|entry| entry.needle_rows)),
        tip: entry.and_then(|entry| entry.tip),
        bore_diameter: library(|entry| entry.bore_diameter),
        tip_radius: own.tip_radius.get().or(library(|entry| entry.tip_radius)),
        cone_angle: own.cone_angle.get().or(entry.and_then(|entry| entry.cone_angle)),
        length_tolerance: own.length_tolerance.get().or(library(|entry| entry.length_tolerance)),
        strokes: own.strokes.get().or(entry.and_then(|entry| entry.strokes)),
        material: entry.and_then(|entry| entry.material.clone()),
        uses: own.uses.get(),
        drum_radius: own.drum_radius.get().or(library(|entry| entry.drum_radius)),
        drum_width: own.drum_width.get().or(library(|entry| entry.drum_width)),
        plate_area: own.plate_area.get().or(entry.and_then(|entry| entry.plate_area)),
        passes_limit: entry.and_then(|entry| entry.passes_limit),
        assumed: entry.map_or_else(Vec::new, |entry| {
            entry.assumed.iter().filter(|field| !stated(field)).cloned().collect()
        }),
        source: entry.map(|entry| entry.source.clone()),
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
        assert_eq!(device.needle_length, Some(Length::from_mm(1.5)));
        assert_eq!(device.assumed, ["needles"]);
        case.device.needle_length = Answer::Known(Length::from_mm(2.0));
        case.device.needles = Answer::Known(540);
        let device = resolve(&case, &catalog);
        assert_eq!(
            (device.needle_length, device.needles),
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
            assert_eq!(resolve(&case, &catalog).needle_length, Some(Length::from_mm(wanted)));
        }
    }

    #[test]
    fn an_explicit_unknown_leaves_the_library_to_answer() {
        let catalog = Catalog::parse("site = []", DEVICE).unwrap();
        let mut case = Case::default();
        case.device.name = Answer::Known("r".into());
        case.device.needle_length = Answer::Unknown;
        assert_eq!(resolve(&case, &catalog).needle_length, Some(Length::from_mm(1.5)));
    }
}
