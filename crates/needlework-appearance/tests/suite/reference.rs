//! What the optical tests share: the tables of `validation/optics`, the evidence, and the skins of the reference cases.

use needlework_appearance::reference::ReferenceTable;
use needlework_appearance::skin_optics::{OpticalLaws, SkinState, SpectralTables};
use needlework_evidence::Book;

pub fn text(path: &str) -> String {
    let whole = format!("{}/../../{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&whole).unwrap_or_else(|error| panic!("{whole}: {error}"))
}

/// A table of `validation/optics`.
pub fn table(name: &str) -> ReferenceTable {
    ReferenceTable::parse(&text(&format!("validation/optics/{name}.csv")))
}

pub fn book() -> Book {
    let own = "[[source]]\nkey = \"project\"\ntitle = \"our own judgement\"\n";
    Book::parse(&[
        ("project", own),
        ("appearance.toml", &text("evidence/appearance.toml")),
        ("sources_appearance.toml", &text("evidence/sources_appearance.toml")),
    ])
    .unwrap()
}

pub fn laws() -> OpticalLaws {
    let book = book();
    OpticalLaws::fill(&mut |key| book.value(key).unwrap())
}

pub fn tables() -> SpectralTables {
    SpectralTables::from_csv(
        &text("evidence/optics/cie_10nm.csv"),
        &text("evidence/optics/absorption_10nm.csv"),
    )
    .unwrap()
}

/// The skins of `skin_layers.csv`.
pub fn skin(case: &str) -> SkinState {
    let (melanin_fraction, epidermis_mm) = match case {
        "light_normal" => (0.02, 0.08),
        "medium_normal" => (0.06, 0.085),
        "dark_normal" => (0.16, 0.09),
        "light_striae_rubra" => (0.02, 0.06),
        "light_striae_alba" => (0.012, 0.05),
        "medium_striae_alba" => (0.03, 0.055),
        "dark_striae_alba" => (0.07, 0.055),
        other => panic!("{other}"),
    };
    let normal = SkinState {
        melanin_fraction,
        epidermis_mm,
        upper_dermis_mm: 0.3,
        lower_dermis_mm: 1.4,
        fat_mm: 10.0,
        upper_blood_fraction: 0.006,
        lower_blood_fraction: 0.003,
        saturation: 0.75,
        epidermis_scattering_scale: 1.0,
        upper_scattering_scale: 1.0,
        lower_scattering_scale: 1.0,
        scattering_power: 1.421,
        vessel_radius_mm: 0.0,
    };
    if case.ends_with("alba") {
        let (upper_scattering_scale, lower_scattering_scale) = (1.25, 1.1);
        let (upper_blood_fraction, lower_blood_fraction) = (0.003, 0.002);
        return SkinState {
            upper_blood_fraction,
            lower_blood_fraction,
            upper_scattering_scale,
            lower_scattering_scale,
            ..normal
        };
    }
    if case.ends_with("rubra") {
        let (upper_scattering_scale, lower_scattering_scale) = (0.85, 0.9);
        return SkinState {
            upper_blood_fraction: 0.025,
            lower_blood_fraction: 0.006,
            saturation: 0.65,
            upper_scattering_scale,
            lower_scattering_scale,
            ..normal
        };
    }
    normal
}

pub fn close(found: f64, wanted: f64, tolerance: f64, what: &str) {
    assert!(
        (found - wanted).abs() <= tolerance,
        "{what}: {found} instead of {wanted} (allowed {tolerance:e})"
    );
}
