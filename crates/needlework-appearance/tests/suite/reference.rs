//! What the optical tests share: the tables of `validation/optics`, the evidence, and the skins of the reference cases.

use needlework_appearance::adding_doubling::Layer;
use needlework_appearance::skin_optics::{OpticalLaws, SkinState, SpectralTables};
use needlework_evidence::Book;

pub fn text(path: &str) -> String {
    let whole = format!("{}/../../{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&whole).unwrap_or_else(|error| panic!("{whole}: {error}"))
}

/// A table of `validation/optics`: rows of named cells.
pub struct Table {
    pub names: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Table {
    pub fn read(name: &str) -> Self {
        let text = text(&format!("validation/optics/{name}.csv"));
        let mut lines = text.lines().map(cells);
        Self {
            names: lines.next().unwrap(),
            rows: lines.collect(),
        }
    }

    pub fn word<'a>(&self, row: &'a [String], name: &str) -> &'a str {
        &row[self
            .names
            .iter()
            .position(|n| n == name)
            .unwrap_or_else(|| panic!("no column {name}"))]
    }

    pub fn number(&self, row: &[String], name: &str) -> f64 {
        self.word(row, name).parse().unwrap()
    }
}

/// Splits a line at commas outside quotes.
pub fn cells(line: &str) -> Vec<String> {
    let mut quoted = false;
    let mut all = vec![String::new()];
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => all.push(String::new()),
            _ => all.last_mut().unwrap().push(c),
        }
    }
    all
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

pub fn slab(n: f64, absorption_per_mm: f64, scattering_per_mm: f64, anisotropy: f64, thickness_mm: f64) -> Layer {
    Layer {
        refractive_index: n,
        absorption_per_mm,
        scattering_per_mm,
        anisotropy,
        thickness_mm,
    }
}

pub fn layers_of(table: &Table, case: &str, wavelength: &str) -> Vec<Layer> {
    table
        .rows
        .iter()
        .filter(|row| table.word(row, "case") == case && table.word(row, "lambda_nm") == wavelength)
        .map(|row| {
            let n = |name| table.number(row, name);
            slab(n("n"), n("mu_a_per_mm"), n("mu_s_per_mm"), n("g"), n("d_mm"))
        })
        .collect()
}

pub fn close(found: f64, wanted: f64, tolerance: f64, what: &str) {
    assert!(
        (found - wanted).abs() <= tolerance,
        "{what}: {found} instead of {wanted} (allowed {tolerance:e})"
    );
}
