//! The pictures of real answers: what they draw is what the report carries, and a stopped plan carries nothing to draw.

use needlework::cohort::Settings;
use needlework::numerics::unwatched;
use needlework::verdict::{Inquiry, Reading, Report};
use needlework_page_reader::Page;
use needlework_pages::{html, json};

fn answer(name: &str, reading: Reading, seed: u64) -> Report {
    let library = needlework::bundle().unwrap();
    let path = format!("{}/../../cases/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    let case = needlework::case::read(&text, name, &library.catalog).unwrap();
    let inquiry = Inquiry {
        settings: Settings {
            seed,
            worlds: 20,
            ..Settings::default()
        },
        reading,
        ..Inquiry::new(&library)
    };
    needlework::verdict::judge(&case, &inquiry, &mut unwatched)
        .unwrap()
        .report
}

#[test]
fn the_slice_and_the_square_hold_as_many_holes_as_the_density_says_and_none_deeper_than_the_needle() {
    let report = answer("clinic-thigh-rubra", Reading::Lay, 1);
    let puncture = report.puncture.as_ref().unwrap();
    let per_cm2 = puncture.holes_per_cm2.mean;
    assert_eq!(puncture.hole_map.holes_mm.len(), per_cm2.round() as usize);
    let slice = &puncture.slice;
    let volume_cm2 = slice.width_um * slice.thickness_um / 1e8;
    let wanted = per_cm2 * volume_cm2;
    let found = slice.channels.len() as f64;
    // A needle that did not pierce leaves no channel.
    assert!(found <= wanted + 0.5 && found > 0.5 * wanted, "{found} of {wanted}");
    for channel in &slice.channels {
        assert!(channel.depth_um <= 1500.0, "a 1.5 mm needle: {channel:?}");
        assert!(
            channel.shoulder_um <= channel.depth_um && channel.tip_radius_um <= channel.radius_um,
            "{channel:?}"
        );
        assert!((0.0..=slice.width_um).contains(&channel.x_um), "{channel:?}");
    }
    let around = puncture.layers.last().unwrap().to_um;
    assert!(
        slice.mark_bottom_um < around,
        "the dermis of a mark is thinner: {} of {around}",
        slice.mark_bottom_um
    );
}

#[test]
fn one_seed_gives_one_picture_and_another_seed_another() {
    let of = |seed| {
        answer("clinic-thigh-rubra", Reading::Lay, seed)
            .puncture
            .unwrap()
            .hole_map
            .holes_mm
    };
    assert_eq!(of(1), of(1));
    assert_ne!(of(1), of(2));
}

#[test]
fn what_the_page_draws_is_in_the_json() {
    let report = answer("clinic-thigh-rubra", Reading::Lay, 1);
    let (page, data) = (Page::read(&html(&report)).unwrap(), json(&report).unwrap());
    let data: serde_json::Value = serde_json::from_str(&data).unwrap();
    let list = |pointer: &str| data.pointer(pointer).and_then(|value| value.as_array()).unwrap().len();
    assert_eq!(page.of_class("f-hole").count(), list("/puncture/slice/channels"));
    let dots = page.of_class("s-hole").next().and_then(|path| path.get("d")).unwrap();
    assert_eq!(dots.matches('M').count(), list("/puncture/hole_map/holes_mm"));
    let numbers = page
        .elements()
        .filter_map(|element| element.get("id")?.strip_prefix("number-"));
    assert_eq!(numbers.count(), list("/numbers"));
    for line in &report.numbers {
        let row = page.by_id(&format!("number-{}", line.key)).unwrap().text();
        assert!(
            row.contains(&needlework_figures::numbers::written_out(&line.value)),
            "{}: {row}",
            line.key
        );
    }
}

#[test]
fn a_stopped_plan_carries_no_picture_and_no_number_for_laypeople() {
    for name in ["home-roller-1.5mm", "home-roller-0.5mm", "home-under-18"] {
        let report = answer(name, Reading::Lay, 1);
        assert!(
            report.puncture.is_none() && report.numbers.is_empty() && report.swatches.is_empty(),
            "{name}"
        );
        let page = Page::read(&html(&report)).unwrap();
        assert_eq!(page.of_class("chart").count(), 0, "{name}");
        let hint = page
            .elements()
            .find(|tag| tag.attributes().any(|(_, value)| value.contains("number-")));
        assert!(hint.is_none(), "{name}: {hint:?}");
    }
}
