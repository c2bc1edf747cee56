//! Proofs of the optics: adding–doubling against the tables of `validation/optics`, conservation of energy, exact
//! quadrature.

use std::collections::BTreeMap;

use needlework::appearance::adding_doubling::{Layer, Reflectance, Streams, reflect};
use needlework::appearance::colour::{Lab, Xyz, difference_1976, lab, xyz_from_lab};

use crate::proof::{Proof, proof};

/// Rows of a table with their cells by column.
fn table(text: &str) -> Vec<BTreeMap<&str, &str>> {
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().unwrap_or_default().split(',').collect();
    lines
        .map(|line| names.iter().copied().zip(line.split(',')).collect())
        .collect()
}

fn number(row: &BTreeMap<&str, &str>, name: &str) -> Result<f64, String> {
    row.get(name)
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| format!("a table of validation/optics has no number {name}"))
}

fn slab(n: f64, absorption: f64, scattering: f64, anisotropy: f64, thickness_mm: f64) -> Layer {
    Layer {
        refractive_index: n,
        absorption_per_mm: absorption,
        scattering_per_mm: scattering,
        anisotropy,
        thickness_mm,
    }
}

fn solved(streams: usize, layers: &[Layer]) -> Result<Reflectance, String> {
    let n = layers.first().map_or(1.0, |layer| layer.refractive_index);
    let streams = Streams::new(streams, n).map_err(|error| error.to_string())?;
    reflect(&streams, layers).map_err(|error| error.to_string())
}

/// All proofs of the optics.
pub(crate) fn prove() -> Result<Vec<Proof>, String> {
    let [bare, glass] = grid()?;
    let (skin, monte_carlo) = skins()?;
    let clear = solved(16, &[slab(1.4, 0.0, 20.0, 0.8, 0.3), slab(1.4, 0.0, 5.0, 0.0, 2.0)])?;
    let whole = slab(1.4, 0.3, 20.0, 0.8, 0.64);
    let part = slab(1.4, 0.3, 20.0, 0.8, 0.01);
    let cut = solved(16, &[part; 64])?.collimated_total - solved(16, &[whole])?.collimated_total;
    let pane = solved(16, &[slab(1.5, 0.0, 0.0, 0.0, 5.0)])?.collimated_total;
    let white = Xyz {
        x: 95.047,
        y: 100.0,
        z: 108.883,
    };
    let colour = Lab {
        lightness: 63.5,
        redness: 6.04,
        yellowness: 13.5,
    };
    let back = lab(xyz_from_lab(colour, white), white);
    Ok(vec![
        proof(
            "published slabs",
            "largest error of reflectance, three published slabs",
            0.0,
            published()?,
            1e-4,
        ),
        proof(
            "slabs without surface",
            "largest error, 48 streams, index 1",
            0.0,
            bare,
            2e-6,
        ),
        proof(
            "slabs with surface",
            "largest error, 48 streams, index above 1",
            0.0,
            glass,
            8e-5,
        ),
        proof("skins", "largest error of reflectance, 16 streams", 0.0, skin, 5e-5),
        proof(
            "skins, Monte Carlo",
            "largest distance in standard errors",
            0.0,
            monte_carlo,
            3.0,
        ),
        proof(
            "energy, one direction",
            "light in a stack that does not absorb",
            1.0,
            clear.collimated_total + clear.transmitted,
            1e-10,
        ),
        proof(
            "energy, diffuse",
            "the same for diffuse light",
            1.0,
            clear.diffuse + clear.transmitted_diffuse,
            1e-10,
        ),
        proof("layers cut in 64", "change of reflectance", 0.0, cut, 1e-11),
        proof(
            "pane of glass",
            "reflectance of a clear pane, 2r/(1 + r)",
            0.08 / 1.04,
            pane,
            1e-12,
        ),
        proof(
            "exact quadrature",
            "largest error of moments up to degree 2N − 2, N = 12",
            0.0,
            moments()?,
            1e-13,
        ),
        proof(
            "colour there and back",
            "L*a*b* to XYZ and back",
            0.0,
            difference_1976(back, colour),
            1e-10,
        ),
    ])
}

/// Moments of the cosine on the unit interval: with index 1 the rule is Radau's, exact to degree 2N − 2.
fn moments() -> Result<f64, String> {
    const COUNT: usize = 12;
    let streams = Streams::new(COUNT, 1.0).map_err(|error| error.to_string())?;
    let nodes: Vec<(f64, f64)> = streams.nodes().collect();
    let error = |degree: i32| {
        let sum: f64 = nodes.iter().map(|(cosine, weight)| weight * cosine.powi(degree)).sum();
        (sum - 1.0 / f64::from(degree + 1)).abs()
    };
    Ok((0..=2 * COUNT as i32 - 2).map(error).fold(0.0, f64::max))
}

fn published() -> Result<f64, String> {
    let mut most: f64 = 0.0;
    for row in table(include_str!("../optics/verification_ad.csv")) {
        if row.get("quad") != Some(&"64") {
            continue;
        }
        let layers = match row.get("case").copied().unwrap_or_default() {
            "vdH_slab" => vec![slab(1.0, 1.0, 9.0, 0.75, 0.2)],
            "giovanelli_semi_inf" => vec![slab(1.5, 1.0, 9.0, 0.0, 100.0)],
            _ => vec![
                slab(1.37, 0.1, 10.0, 0.9, 1.0),
                slab(1.37, 0.1, 1.0, 0.0, 1.0),
                slab(1.37, 0.2, 1.0, 0.7, 2.0),
            ],
        };
        let found = solved(32, &layers)?;
        most = most.max((found.collimated_total - number(&row, "published_R")?).abs());
    }
    Ok(most)
}

/// Largest error of the 96 slabs without and with a reflecting surface.
fn grid() -> Result<[f64; 2], String> {
    let mut most = [0.0_f64; 2];
    for row in table(include_str!("../optics/slab_grid_ad.csv")) {
        let (n, albedo, tau) = (number(&row, "n")?, number(&row, "albedo")?, number(&row, "tau")?);
        let found = solved(
            48,
            &[slab(n, (1.0 - albedo) * tau, albedo * tau, number(&row, "g")?, 1.0)],
        )?;
        let which = usize::from(n > 1.0);
        for (computed, name) in [
            (found.collimated_total, "UR1"),
            (found.transmitted, "UT1"),
            (found.diffuse, "URU"),
            (found.transmitted_diffuse, "UTU"),
        ] {
            most[which] = most[which].max((computed - number(&row, name)?).abs());
        }
    }
    Ok(most)
}

/// Largest error of the skins against the other code, and largest distance from the Monte Carlo in its standard errors.
fn skins() -> Result<(f64, f64), String> {
    let mut stacks: BTreeMap<(&str, &str), Vec<Layer>> = BTreeMap::new();
    let layers = table(include_str!("../optics/skin_layers.csv"));
    for row in &layers {
        let key = (
            row.get("case").copied().unwrap_or_default(),
            row.get("lambda_nm").copied().unwrap_or_default(),
        );
        stacks.entry(key).or_default().push(slab(
            number(row, "n")?,
            number(row, "mu_a_per_mm")?,
            number(row, "mu_s_per_mm")?,
            number(row, "g")?,
            number(row, "d_mm")?,
        ));
    }
    let error = |text: &str, name: &str, scale: Option<&str>| -> Result<f64, String> {
        let mut most: f64 = 0.0;
        for row in table(text) {
            let key = (
                row.get("case").copied().unwrap_or_default(),
                row.get("lambda_nm").copied().unwrap_or_default(),
            );
            let stack = stacks.get(&key).ok_or_else(|| format!("no layers of {key:?}"))?;
            let found = solved(16, stack)?;
            let computed = if scale.is_some() {
                found.collimated_diffuse
            } else {
                found.collimated_total
            };
            let unit = scale.map_or(Ok(1.0), |scale| number(&row, scale))?;
            most = most.max((computed - number(&row, name)?).abs() / unit);
        }
        Ok(most)
    };
    Ok((
        error(include_str!("../optics/skin_ad.csv"), "UR1_total", None)?,
        error(
            include_str!("../optics/mcml_crosscheck.csv"),
            "Rd_mcml",
            Some("se_upper_bound"),
        )?,
    ))
}
