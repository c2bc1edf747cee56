//! What the optics must give: adding–doubling against tables that others computed and against packets of light,
//! conservation of energy, exact quadrature.
//!
//! Each proof calls the room's public functions and compares one number with what it has to be. What cannot be solved
//! is no number, and its proof does not hold.

use needlework_numerics::{Proof, largest, unwatched};

use crate::adding_doubling::{DiscreteOrdinates, Layer, OpticsError, Reflectance, reflect};
use crate::colour::{Lab, Xyz, difference_1976, lab, xyz_from_lab};
use crate::monte_carlo::{Incidence, PhotonError, PhotonSettings, follow};
use crate::reference::{ReferenceTable, slab};

/// Tables that others computed, described in `validation/optics`.
#[derive(Debug, Clone)]
pub struct References {
    /// Three published slabs at several numbers of streams.
    pub published: ReferenceTable,
    /// Single slabs: index, albedo, anisotropy, optical thickness.
    pub slabs: ReferenceTable,
    /// The layers of some skins at some wavelengths.
    pub skin_layers: ReferenceTable,
    /// Reflectance of these skins by another code.
    pub skins: ReferenceTable,
    /// Reflectance of some of them by Monte Carlo.
    pub monte_carlo: ReferenceTable,
}

/// All proofs of this room.
#[must_use]
pub fn proofs(tables: &References) -> Vec<Proof> {
    vec![
        Proof::new(
            "published slabs",
            "largest error of reflectance, three published slabs",
            0.0,
            number(published(&tables.published)),
            1e-4,
        ),
        Proof::new(
            "slabs without surface",
            "largest error, 48 streams, index 1",
            0.0,
            number(grid(&tables.slabs, false)),
            2e-6,
        ),
        Proof::new(
            "slabs with surface",
            "largest error, 48 streams, index above 1",
            0.0,
            number(grid(&tables.slabs, true)),
            8e-5,
        ),
        Proof::new(
            "skins",
            "largest error of reflectance, 16 streams",
            0.0,
            number(skins(tables)),
            5e-5,
        ),
        Proof::new(
            "skins, Monte Carlo",
            "largest distance in standard errors",
            0.0,
            number(monte_carlo(tables)),
            3.0,
        ),
        Proof::new(
            "packets of light",
            "mean distance from adding–doubling over skins, in standard errors",
            0.0,
            number(packets(tables)),
            0.7,
        ),
        Proof::new(
            "energy, one direction",
            "light in a stack that does not absorb",
            1.0,
            number(clear(|light| light.collimated_total + light.transmitted)),
            1e-10,
        ),
        Proof::new(
            "energy, diffuse",
            "the same for diffuse light",
            1.0,
            number(clear(|light| light.diffuse + light.transmitted_diffuse)),
            1e-10,
        ),
        Proof::new("layers cut in 64", "change of reflectance", 0.0, number(cut()), 1e-11),
        Proof::new(
            "pane of glass",
            "reflectance of a clear pane, 2r/(1 + r)",
            0.08 / 1.04,
            number(solved(16, &[slab(1.5, 0.0, 0.0, 0.0, 5.0)]).map(|light| light.collimated_total)),
            1e-12,
        ),
        Proof::new(
            "panes of two indices",
            "reflectance of three clear surfaces, added up in all orders",
            added(mirrored(1.0, 1.5), added(mirrored(1.5, 1.3), mirrored(1.3, 1.0))),
            number(two_panes()),
            1e-12,
        ),
        Proof::new(
            "exact quadrature",
            "largest error of moments up to degree 2N − 2, N = 12",
            0.0,
            number(moments()),
            1e-13,
        ),
        Proof::new(
            "colour there and back",
            "L*a*b* to XYZ and back",
            0.0,
            there_and_back(),
            1e-10,
        ),
    ]
}

/// A number, or why the stack could not be solved.
type Solved<T = f64> = Result<T, OpticsError>;

/// What was computed, or no number.
fn number(computed: Solved) -> f64 {
    computed.unwrap_or(f64::NAN)
}

fn solved(streams: usize, layers: &[Layer]) -> Solved<Reflectance> {
    let n = layers.first().map_or(1.0, |layer| layer.refractive_index);
    reflect(&DiscreteOrdinates::new(streams, n)?, layers)
}

/// The largest of the errors of all rows.
fn largest_of(errors: impl Iterator<Item = Solved>) -> Solved {
    Ok(largest(errors.collect::<Solved<Vec<f64>>>()?))
}

/// The layers of a published slab, by its name in `verification_ad.csv`: van de Hulst, Giovanelli, and the second
/// sample of MCML 2.0.
#[must_use]
pub fn published_slab(case: &str) -> Vec<Layer> {
    match case {
        "vdH_slab" => vec![slab(1.0, 1.0, 9.0, 0.75, 0.2)],
        "giovanelli_semi_inf" => vec![slab(1.5, 1.0, 9.0, 0.0, 100.0)],
        _ => vec![
            slab(1.37, 0.1, 10.0, 0.9, 1.0),
            slab(1.37, 0.1, 1.0, 0.0, 1.0),
            slab(1.37, 0.2, 1.0, 0.7, 2.0),
        ],
    }
}

fn published(table: &ReferenceTable) -> Solved {
    // A slab stands there at several numbers of streams, each with the published value.
    let rows = table.rows.iter().filter(|row| table.word(row, "quad") == "64");
    largest_of(rows.map(|row| {
        let found = solved(32, &published_slab(table.word(row, "case")))?;
        Ok(found.collimated_total - table.number(row, "published_R"))
    }))
}

/// Largest error of the slabs with, or without, a reflecting surface.
fn grid(table: &ReferenceTable, reflecting: bool) -> Solved {
    let rows = table
        .rows
        .iter()
        .filter(|row| (table.number(row, "n") > 1.0) == reflecting);
    largest_of(rows.map(|row| {
        let v = |name| table.number(row, name);
        let (n, albedo, g, tau) = (v("n"), v("albedo"), v("g"), v("tau"));
        let found = solved(48, &[slab(n, (1.0 - albedo) * tau, albedo * tau, g, 1.0)])?;
        Ok(largest([
            found.collimated_total - v("UR1"),
            found.transmitted - v("UT1"),
            found.diffuse - v("URU"),
            found.transmitted_diffuse - v("UTU"),
        ]))
    }))
}

/// The light of a skin that a row names.
fn skin(layers: &ReferenceTable, table: &ReferenceTable, row: &[String]) -> Solved<Reflectance> {
    solved(
        16,
        &layers.layers(table.word(row, "case"), table.word(row, "lambda_nm")),
    )
}

/// Largest error of the skins against the other code.
fn skins(tables: &References) -> Solved {
    let table = &tables.skins;
    largest_of(table.rows.iter().map(|row| {
        let found = skin(&tables.skin_layers, table, row)?;
        Ok(found.collimated_total - table.number(row, "UR1_total"))
    }))
}

/// Largest distance of the skins from the Monte Carlo in its standard errors.
fn monte_carlo(tables: &References) -> Solved {
    let table = &tables.monte_carlo;
    largest_of(table.rows.iter().map(|row| {
        let found = skin(&tables.skin_layers, table, row)?;
        Ok((found.collimated_diffuse - table.number(row, "Rd_mcml")) / table.number(row, "se_upper_bound"))
    }))
}

/// Mean distance of our packets of light from adding–doubling over the skins of the Monte Carlo, in standard errors.
fn packets(tables: &References) -> Solved {
    let table = &tables.monte_carlo;
    let stacks: Vec<Vec<Layer>> = table
        .rows
        .iter()
        .map(|row| {
            let layers = &tables.skin_layers;
            layers.layers(table.word(row, "case"), table.word(row, "lambda_nm"))
        })
        .collect();
    let settings = PhotonSettings {
        photons: 20_000,
        seed: 1,
        threads: 0,
        incidence: Incidence::Collimated,
        ring_mm: 0.05,
        rings: 1,
        discs: None,
    };
    let borrowed: Vec<&[Layer]> = stacks.iter().map(Vec::as_slice).collect();
    let found = follow(&borrowed, &settings, &mut unwatched).map_err(|error| match error {
        PhotonError::Stack(error) => error,
        PhotonError::Interrupted(why) => OpticsError::BadInput {
            reason: why.to_string(),
        },
    })?;
    let distances: Vec<f64> = stacks
        .iter()
        .zip(&found)
        .map(|(layers, tally)| {
            let exact = solved(32, layers)?.collimated_diffuse;
            Ok((tally.reflected.mean - exact) / tally.reflected.standard_error)
        })
        .collect::<Solved<_>>()?;
    Ok(distances.iter().sum::<f64>() / distances.len() as f64)
}

/// What a surface between two indices mirrors along the normal.
fn mirrored(one: f64, other: f64) -> f64 {
    ((one - other) / (one + other)).powi(2)
}

/// What two surfaces reflect together, light between them added up in all orders.
fn added(above: f64, below: f64) -> f64 {
    above + (1.0 - above).powi(2) * below / (1.0 - above * below)
}

fn two_panes() -> Solved {
    let panes = [slab(1.5, 0.0, 0.0, 0.0, 1.0), slab(1.3, 0.0, 0.0, 0.0, 1.0)];
    Ok(reflect(&DiscreteOrdinates::in_indices(16, &[1.5, 1.3])?, &panes)?.collimated_total)
}

/// Something of the light in a stack that does not absorb.
fn clear(value: impl Fn(Reflectance) -> f64) -> Solved {
    solved(16, &[slab(1.4, 0.0, 20.0, 0.8, 0.3), slab(1.4, 0.0, 5.0, 0.0, 2.0)]).map(value)
}

/// Change of reflectance where a layer is cut in 64.
fn cut() -> Solved {
    let [whole, part] = [0.64, 0.01].map(|thickness_mm| slab(1.4, 0.3, 20.0, 0.8, thickness_mm));
    Ok(solved(16, &[part; 64])?.collimated_total - solved(16, &[whole])?.collimated_total)
}

/// Moments of the cosine on the unit interval: with index 1 the rule is Radau's, exact to degree 2N − 2.
fn moments() -> Solved {
    const COUNT: usize = 12;
    let streams = DiscreteOrdinates::new(COUNT, 1.0)?;
    let nodes: Vec<(f64, f64)> = streams.nodes().collect();
    Ok(largest((0..=2 * COUNT as i32 - 2).map(|degree| {
        let sum: f64 = nodes.iter().map(|(cosine, weight)| weight * cosine.powi(degree)).sum();
        sum - 1.0 / f64::from(degree + 1)
    })))
}

fn there_and_back() -> f64 {
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
    difference_1976(lab(xyz_from_lab(colour, white), white), colour)
}
