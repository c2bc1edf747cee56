//! Numbers that are derived from data sets of this project, derived again: the skins of the five groups, and the
//! absorption of blood and water.
//!
//! Skins: a group is the geometric mean of the fits to measured spectra that it takes (arithmetic for the power and the
//! colours). Blood: dermal layers were computed by a = f·blood(S) + (1 − f)·baseline + 0.65·water, blood(S) = S·oxy +
//! (1 − S)·deoxy, so two layers that differ only in f give blood(S), and two cases that differ in S give oxy and deoxy.
//! The fractions (0.006 and 0.003 normal, 0.025 and 0.006 red marks) and the saturations (0.75, 0.65) are not published
//! with the layers; that every layer of every case comes out again is their proof.

use std::collections::BTreeMap;
use std::path::PathBuf;

use needlework_evidence::Book;

fn text(path: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A table without quotes: rows as maps from column to cell.
fn table(path: &str) -> Vec<BTreeMap<String, String>> {
    let text = text(path);
    let mut lines = text.lines();
    let head: Vec<&str> = lines.next().expect("a head").split(',').collect();
    lines
        .map(|line| {
            let cells = line.split(',').map(str::to_owned);
            head.iter().map(|name| (*name).to_owned()).zip(cells).collect()
        })
        .collect()
}

fn number(row: &BTreeMap<String, String>, column: &str) -> f64 {
    row[column]
        .parse()
        .unwrap_or_else(|_| panic!("{column}: {:?}", row[column]))
}

const GROUPS: [(&str, &[&str]); 5] = [
    ("light", &["CA"]),
    ("intermediate", &["CN", "JP", "IQ"]),
    ("tan", &["TH"]),
    ("brown", &["SA"]),
    ("dark", &["AF"]),
];

/// Field, column, whether the mean is geometric, and the half width of its spread as a factor.
const FIELDS: [(&str, &str, bool, Option<f64>); 7] = [
    ("melanin_fraction", "fm_melanosome(d_epi=0.08mm)", true, Some(2.2)),
    ("upper_blood_fraction", "fb_upper", true, Some(2.0)),
    ("lower_over_upper_blood", "fb_lower_over_upper", true, Some(2.0)),
    ("saturation", "S", true, Some(1.2)),
    ("scattering_scale", "scatter_scale", true, Some(1.4)),
    ("scattering_power", "b_mie", false, None),
    ("vessel_radius", "vessel_radius_mm", true, Some(2.5)),
];

#[test]
fn the_skins_of_the_groups_are_the_means_of_the_fits() {
    let appearance = text("evidence/appearance.toml");
    let sources = text("evidence/sources.toml");
    let priors = text("evidence/priors.toml");
    let other_sources = text("evidence/sources_appearance.toml");
    let book = Book::parse(&[
        ("appearance.toml", &appearance),
        ("priors.toml", &priors),
        ("sources.toml", &sources),
        ("sources_appearance.toml", &other_sources),
    ])
    .expect("the evidence reads");
    let rows = table("validation/optics/issa_fit.csv");
    for (group, members) in GROUPS {
        let of = |column: &str| -> Vec<f64> {
            members
                .iter()
                .map(|member| number(rows.iter().find(|row| row["ethnicity"] == *member).unwrap(), column))
                .collect()
        };
        let arithmetic = |column: &str| of(column).iter().sum::<f64>() / members.len() as f64;
        let geometric =
            |column: &str| (of(column).iter().map(|value| value.ln()).sum::<f64>() / members.len() as f64).exp();
        let check = |field: &str, want: f64| {
            let key = format!("appearance.skin.{group}.{field}");
            let got = book.value(&key).unwrap();
            assert!((got - want).abs() <= 6e-4 * want.abs(), "{key}: {got}, derived {want}");
        };
        for (field, column, is_geometric, _) in FIELDS {
            check(
                field,
                if is_geometric {
                    geometric(column)
                } else {
                    arithmetic(column)
                },
            );
        }
        for (field, column) in [("lightness", "L"), ("redness", "a"), ("yellowness", "b")] {
            check(field, arithmetic(column));
        }
        let people: f64 = of("n").iter().sum();
        let passport = book.passport(&format!("appearance.skin.{group}.saturation")).unwrap();
        assert!((f64::from(passport.n) - people).abs() < 0.5, "{group}");
        for (field, _, _, factor) in FIELDS {
            let Some(factor) = factor else { continue };
            let key = format!("appearance.skin.{group}.{field}");
            let law = book.prior(&key).unwrap().distribution;
            let value = book.value(&key).unwrap();
            if book.passport(&key).unwrap().scope != needlework_evidence::Scope::Fixed {
                let high = law.quantile(0.95) / value;
                assert!((high / factor - 1.0).abs() < 0.02, "{key}: {high} instead of {factor}");
            }
        }
    }
}

const DERMIS_WATER: f64 = 0.65;
const NORMAL: f64 = 0.75;
const RED: f64 = 0.65;

fn baseline(nm: f64) -> f64 {
    0.0244 + 8.53 * (-(nm - 154.0) / 66.2).exp()
}

fn melanosome(nm: f64) -> f64 {
    6.6e10 * nm.powf(-3.33)
}

/// Blood fractions of the upper and lower dermis and the saturation.
fn blood(case: &str) -> (f64, f64, f64) {
    if case.ends_with("normal") {
        (0.006, 0.003, NORMAL)
    } else if case.ends_with("alba") {
        (0.003, 0.002, NORMAL)
    } else {
        (0.025, 0.006, RED)
    }
}

fn melanin(case: &str) -> f64 {
    match case {
        "light_normal" | "light_striae_rubra" => 0.02,
        "medium_normal" => 0.06,
        "dark_normal" => 0.16,
        "light_striae_alba" => 0.012,
        "medium_striae_alba" => 0.03,
        "dark_striae_alba" => 0.07,
        other => panic!("{other} is no case of the layers"),
    }
}

#[test]
fn the_absorption_of_blood_and_water_rebuilds_every_layer_and_is_what_is_bundled() {
    let layers: BTreeMap<(String, u32, String), f64> = table("validation/optics/skin_layers.csv")
        .iter()
        .map(|row| {
            let nm = number(row, "lambda_nm") as u32;
            (
                (row["case"].clone(), nm, row["layer"].clone()),
                number(row, "mu_a_per_mm"),
            )
        })
        .collect();
    let bundled = table("evidence/optics/absorption_10nm.csv");
    assert!(bundled.len() > 30);
    for row in &bundled {
        let nm = number(row, "wavelength_nm") as u32;
        let at = |case: &str, layer: &str| layers[&(case.to_owned(), nm, layer.to_owned())];
        let base = baseline(f64::from(nm));
        let (upper, lower) = (at("light_normal", "upper_dermis"), at("light_normal", "lower_dermis"));
        let normal = (upper - lower) / (0.006 - 0.003) + base;
        let watery = lower - 0.003 * normal - 0.997 * base;
        let red = (at("light_striae_rubra", "upper_dermis") - watery - 0.975 * base) / 0.025;
        let slope = (normal - red) / (NORMAL - RED);
        let (oxy, deoxy) = (normal + (1.0 - NORMAL) * slope, normal - NORMAL * slope);
        let water = (watery / DERMIS_WATER).max(0.0);
        for (column, want) in [
            ("oxygenated_blood_per_mm", oxy),
            ("deoxygenated_blood_per_mm", deoxy),
            ("water_per_mm", water),
        ] {
            let got = number(row, column);
            assert!(
                (got - want).abs() <= 6e-4 * want.abs(),
                "{column} at {nm} nm: {got}, derived {want}"
            );
        }
        for ((case, _, layer), &value) in layers.iter().filter(|((_, at, _), _)| *at == nm) {
            let (top, bottom, saturation) = blood(case);
            let mixed = |share: f64, saturation: f64| share * (saturation * oxy + (1.0 - saturation) * deoxy);
            let rebuilt = match layer.as_str() {
                "epidermis" => melanin(case) * melanosome(f64::from(nm)) + (1.0 - melanin(case)) * base,
                "fat" => mixed(0.005, NORMAL) + 0.5 * base + 0.1 * water,
                "upper_dermis" => mixed(top, saturation) + (1.0 - top) * base + DERMIS_WATER * water,
                _ => mixed(bottom, saturation) + (1.0 - bottom) * base + DERMIS_WATER * water,
            };
            assert!(
                (rebuilt / value - 1.0).abs() < 1e-5,
                "{case} {layer} at {nm} nm: {rebuilt}, published {value}"
            );
        }
    }
}
