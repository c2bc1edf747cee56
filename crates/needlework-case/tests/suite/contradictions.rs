//! What cannot both be true of a device and its needles, over every device of the library and every field of its
//! geometry.

use std::sync::LazyLock;

use needlework_case::{Catalog, DeviceEntry, DeviceKind, read, resolve, take_off_the_name};
use needlework_units::{Angle, Area, Length, Rate};

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    let file =
        |name: &str| std::fs::read_to_string(format!("{}/../../evidence/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    Catalog::parse(&file("sites.toml"), &file("devices.toml")).unwrap()
});

fn text(device: &str, more: &str) -> String {
    format!("[regimen]\narm = \"needling\"\n\n[device]\nname = \"{device}\"\n{more}\n")
}

/// The fields of a device's geometry with the library's value and one that is half as much again, as they are written
/// in a case.
fn geometry(entry: &DeviceEntry) -> Vec<(&'static str, String, String)> {
    let mut found = Vec::new();
    let mut add = |field: &'static str, same: Option<String>, other: Option<String>| {
        if let (Some(same), Some(other)) = (same, other) {
            found.push((field, same, other));
        }
    };
    const MORE: f64 = 1.5;
    let quoted = |text: String| format!("\"{text}\"");
    // Longer than the format takes at all is another error.
    const LONGEST_MM: f64 = 3.0;
    let length = |field: Option<Length>, by: f64| {
        field
            .filter(|one| {
                one.mm() <= LONGEST_MM
                    || one.mm() >= 6.0 && entry.longest != Some(*one) && entry.geometry.needle_length != Some(*one)
            })
            .map(|one| quoted(Length::from_mm(one.mm() * by).to_string()))
    };
    for (field, value) in [
        ("needle_length", entry.geometry.needle_length),
        ("depth_setting", entry.geometry.needle_length),
        ("needle_length", entry.longest),
        ("depth_setting", entry.longest),
        ("needle_diameter", entry.geometry.needle_diameter),
        ("tip_radius", entry.geometry.tip_radius),
        ("length_tolerance", entry.geometry.length_tolerance),
        ("drum_radius", entry.geometry.drum_radius),
        ("drum_width", entry.geometry.drum_width),
    ] {
        add(field, length(value, 1.0), length(value, MORE));
    }
    let angle = |by: f64| {
        entry
            .geometry
            .cone_angle
            .map(|one| quoted(Angle::from_canonical(one.canonical() * by).to_string()))
    };
    add("cone_angle", angle(1.0), angle(MORE));
    let rate = |by: f64| {
        entry
            .geometry
            .strokes
            .map(|one| quoted(Rate::from_canonical(one.canonical() * by).to_string()))
    };
    add("strokes", rate(1.0), rate(MORE));
    let area = |by: f64| {
        entry
            .geometry
            .plate_area
            .map(|one| quoted(Area::from_canonical(one.canonical() * by).to_string()))
    };
    add("plate_area", area(1.0), area(MORE));
    for (field, count) in [
        ("needles", entry.geometry.needles),
        ("needle_rows", entry.geometry.needle_rows),
    ] {
        add(
            field,
            count.map(|one| one.to_string()),
            count.map(|one| (one + one / 2 + 1).to_string()),
        );
    }
    found
}

#[test]
fn geometry_that_contradicts_the_named_device_is_an_error_at_its_place_and_rounding_is_not() {
    let (mut refused, mut allowed) = (0, 0);
    for entry in CATALOG.devices() {
        for (field, same, other) in geometry(entry) {
            let of = |value: &str| read(&text(&entry.name, &format!("{field} = {value}")), "t", &CATALOG);
            of(&same).unwrap_or_else(|error| panic!("{} {field} = {same}: {error}", entry.name));
            let assumed = if field == "depth_setting" {
                "needle_length"
            } else {
                field
            };
            if entry.assumed.iter().any(|one| one == assumed) {
                // What nobody has published, the case may know better.
                allowed += 1;
                continue;
            }
            refused += 1;
            let Err(error) = of(&other) else {
                panic!("{} takes {field} = {other}", entry.name)
            };
            let problem = error
                .problems
                .iter()
                .find(|one| one.path == format!("device.{field}"))
                .unwrap();
            let stated = problem.message.contains(other.trim_matches('"')) && problem.message.contains(&entry.name);
            assert!(
                stated || problem.message.contains("which is above"),
                "{}",
                problem.message
            );
            assert!(!problem.help.is_empty());
        }
    }
    assert!(refused > 60 && allowed > 20, "{refused} refused, {allowed} allowed");
}

#[test]
fn a_shorter_needle_or_setting_never_passes_under_the_name_of_a_longer_one() {
    for entry in CATALOG.devices() {
        let Some(least) = entry
            .geometry
            .needle_length
            .or(entry.shortest)
            .filter(|least| least.mm() > 0.0)
        else {
            continue;
        };
        let published = !entry.assumed.iter().any(|one| one == "needle_length");
        for field in ["needle_length", "depth_setting"] {
            let short = Length::from_mm(least.mm() / 2.0);
            let found = read(&text(&entry.name, &format!("{field} = \"{short}\"")), "t", &CATALOG);
            assert_eq!(found.is_err(), published, "{} {field} = {short}", entry.name);
        }
    }
}

#[test]
fn a_kind_that_is_not_the_devices_is_an_error_for_every_device_and_kind() {
    use DeviceKind::{DiscRoller, Patch, Pen, RadiofrequencyNeedles, Roller, SingleNeedle, Stamp};
    for entry in CATALOG.devices() {
        for kind in [
            Roller,
            DiscRoller,
            Stamp,
            Pen,
            Patch,
            RadiofrequencyNeedles,
            SingleNeedle,
        ] {
            let word = serde_json::to_value(kind).unwrap();
            let found = read(&text(&entry.name, &format!("kind = {word}")), "t", &CATALOG);
            assert_eq!(found.is_ok(), kind == entry.kind, "{} as {word}", entry.name);
        }
    }
}

#[test]
fn what_is_said_of_the_needles_has_to_fit_together() {
    let ok = |more: &str, hygiene: &str| {
        let text = format!("{}[hygiene]\n{hygiene}\n", text("unknown", more));
        read(&text, "t", &CATALOG)
            .map_err(|error| error.problems[0].path.clone())
            .map(|_| ())
    };
    for (more, hygiene, wanted) in [
        ("needles_used = \"new\"\nuses = 200", "", Some("device.uses")),
        ("needles_used = \"new\"\nuses = 0", "", None),
        ("needles_used = \"reused\"\nuses = 0", "", Some("device.uses")),
        ("needles_used = \"reused\"\nuses = 1", "", None),
        ("uses = 30", "", None),
        // The rules refuse used needles, whatever is said of their cleaning, and needles that are not sterile, whatever
        // their pack.
        ("needles_used = \"reused\"", "needles = \"sterile\"", None),
        (
            "needles_used = \"reused\"\nsterile_pack = true",
            "needles = \"none\"",
            None,
        ),
        (
            "needles_used = \"new\"\nsterile_pack = true",
            "needles = \"none\"",
            None,
        ),
        ("sterile_pack = true", "needles = \"disinfected_only\"", None),
        ("sterile_pack = true", "needles = \"sterile\"", None),
        ("sterile_pack = false", "needles = \"none\"", None),
    ] {
        assert_eq!(ok(more, hygiene).err().as_deref(), wanted, "{more} {hygiene}");
    }
}

#[test]
fn a_device_of_which_one_thing_is_set_anew_loses_its_name_and_keeps_the_rest() {
    for entry in CATALOG.devices() {
        for (field, same, other) in geometry(entry) {
            let path = format!("device.{field}");
            let set = |value: &str| {
                let mut document: toml::Table = text(&entry.name, &format!("{field} = {value}")).parse().unwrap();
                take_off_the_name(&mut document, &[&path], &CATALOG);
                let written = toml::to_string(&document).unwrap();
                (written.contains("name ="), read(&written, "t", &CATALOG))
            };
            let (named, case) = set(&same);
            assert!(named && case.is_ok(), "{} {path} is its own", entry.name);
            let (named, case) = set(&other);
            if named {
                let assumed = entry.assumed.iter().any(|one| one == field);
                assert!(
                    assumed || field == "depth_setting",
                    "{} keeps its name with {path} = {other}",
                    entry.name
                );
                continue;
            }
            // Beyond the limits of the format the reader says so.
            let Ok(case) = case else { continue };
            let device = resolve(&case, &CATALOG);
            assert_eq!((device.kind, device.name), (Some(entry.kind), None));
            let kept = field == "needles" || device.geometry.needles == entry.geometry.needles;
            assert!(kept, "{} loses its needles with {path}", entry.name);
        }
    }
    let mut document: toml::Table = text("rf-needles", "kind = \"roller\"").parse().unwrap();
    take_off_the_name(&mut document, &["device.kind"], &CATALOG);
    assert!(read(&toml::to_string(&document).unwrap(), "t", &CATALOG).is_err());
}
