//! The resistance of a hole against the problem that it stands for, solved: a tube through the stratum corneum, then a
//! disc of tissue with a sink below, axisymmetric, by finite volumes on a grid that is fine at the rim of the mouth,
//! where the flow is singular.

use std::f64::consts::PI;

use needlework_channel::{Pore, crowding};

/// Edges that lie dense at `end`.
fn graded(from: f64, end: f64, cells: usize) -> Vec<f64> {
    // Cubic grading: widths fall towards `end` as the square of the distance.
    (0..=cells)
        .map(|i| {
            let left = 1.0 - i as f64 / cells as f64;
            end + (from - end) * left.powi(3)
        })
        .collect()
}

/// Resistance in s/cm³ of the tube (radius a, length l) and the disc (radius b, depth h) with `n` cells along the tube
/// and the radius.
fn solved(pore: &Pore, b: f64, h: f64, n: usize) -> f64 {
    let (a, l) = (pore.radius_cm, pore.length_cm);
    let mut r = graded(0.0, a, n);
    r.extend(graded(b, a, 2 * n).into_iter().rev().skip(1));
    let mut z = graded(0.0, l, n);
    z.extend(graded(l + h, l, 2 * n).into_iter().rev().skip(1));
    let (columns, rows) = (r.len() - 1, z.len() - 1);
    let middle = |edges: &[f64], i: usize| 0.5 * (edges[i] + edges[i + 1]);
    // The tube has cells up to the radius a only; the rest of the stratum corneum lets nothing through.
    let conductance = |i: usize, j: usize| match (middle(&z, j) < l, middle(&r, i) < a) {
        (true, true) => pore.inside_cm2_per_s,
        (true, false) => 0.0,
        (false, _) => pore.below_cm2_per_s,
    };
    let face = |i: usize| PI * (r[i + 1].powi(2) - r[i].powi(2));
    let series = |one: f64, length: f64, other: f64, next: f64| {
        if one == 0.0 || other == 0.0 {
            0.0
        } else {
            1.0 / (length / one + next / other)
        }
    };
    let down = |i: usize, j: usize| {
        let halves = (0.5 * (z[j + 1] - z[j]), 0.5 * (z[j + 2] - z[j + 1]));
        face(i) * series(conductance(i, j), halves.0, conductance(i, j + 1), halves.1)
    };
    let out = |i: usize, j: usize| {
        let rim = r[i + 1];
        let (inner, outer) = ((rim / middle(&r, i)).ln(), (middle(&r, i + 1) / rim).ln());
        2.0 * PI * (z[j + 1] - z[j]) * series(conductance(i, j), inner, conductance(i + 1, j), outer)
    };
    // A banded matrix, row by row of depth; lower triangle by Cholesky.
    let count = columns * rows;
    let band = columns;
    let mut matrix = vec![vec![0.0; band + 1]; count];
    let mut right = vec![0.0; count];
    let mut couple = |p: usize, q: usize, g: f64| {
        matrix[p][0] += g;
        matrix[q][0] += g;
        matrix[q][q - p] -= g;
    };
    for j in 0..rows {
        for i in 0..columns {
            let p = j * columns + i;
            if i + 1 < columns {
                couple(p, p + 1, out(i, j));
            }
            if j + 1 < rows {
                couple(p, p + columns, down(i, j));
            }
        }
    }
    let top: Vec<f64> = (0..columns)
        .map(|i| face(i) * conductance(i, 0) / (0.5 * (z[1] - z[0])))
        .collect();
    let last = rows - 1;
    for i in 0..columns {
        matrix[i][0] += top[i];
        right[i] += top[i];
        matrix[last * columns + i][0] += face(i) * conductance(i, last) / (0.5 * (z[rows] - z[last]));
    }
    // Cells of the stratum corneum beside the tube take no part.
    for row in matrix.iter_mut().filter(|row| row[0] == 0.0) {
        row[0] = 1.0;
    }
    for p in 0..count {
        for q in p.saturating_sub(band)..=p {
            let from = p.saturating_sub(band).max(q.saturating_sub(band));
            let sum: f64 = (from..q).map(|k| matrix[p][p - k] * matrix[q][q - k]).sum();
            let value = matrix[p][p - q] - sum;
            matrix[p][p - q] = if p == q { value.sqrt() } else { value / matrix[q][0] };
        }
    }
    let mut u = right;
    for p in 0..count {
        let sum: f64 = (p.saturating_sub(band)..p).map(|k| matrix[p][p - k] * u[k]).sum();
        u[p] = (u[p] - sum) / matrix[p][0];
    }
    for p in (0..count).rev() {
        let sum: f64 = (p + 1..(p + band + 1).min(count))
            .map(|k| matrix[k][k - p] * u[k])
            .sum();
        u[p] = (u[p] - sum) / matrix[p][0];
    }
    let flow: f64 = (0..columns).map(|i| top[i] * (1.0 - u[i])).sum();
    1.0 / flow
}

fn pore(radius_um: f64, b_mm: f64) -> Pore {
    Pore {
        per_cm2: 1.0 / (PI * (b_mm * 0.1).powi(2)),
        radius_cm: radius_um * 1e-4,
        length_cm: 15e-4,
        inside_cm2_per_s: 5e-6,
        below_cm2_per_s: 2e-6,
    }
}

/// Extrapolated from three grids, with the observed order; the problem's resistance without the error of the mesh.
fn limit(pore: &Pore, b_mm: f64, h_mm: f64) -> f64 {
    let found = [8, 16, 32].map(|n| solved(pore, b_mm * 0.1, h_mm * 0.1, n));
    let order = ((found[0] - found[1]) / (found[1] - found[2])).log2();
    assert!((order - 2.0).abs() < 0.15, "observed order {order}");
    found[2] + (found[2] - found[1]) / (order.exp2() - 1.0)
}

const CASES: [(f64, f64, f64, f64, f64); 3] = [
    // Radius in µm, half distance and depth in mm; formula and finite volumes as published in the design, s/cm³.
    (35.0, 0.5, 0.5, 4.317e7, 4.439e7),
    (35.0, 0.25, 0.2, 4.159e7, 4.275e7),
    (50.0, 0.2, 0.2, 2.810e7, 2.889e7),
];

#[test]
fn the_formula_gives_the_published_resistances() {
    for (radius_um, b_mm, h_mm, formula, volumes) in CASES {
        let found = pore(radius_um, b_mm).resistance_s_per_cm3(h_mm * 0.1);
        assert!((found / formula - 1.0).abs() < 5e-4, "{found} against {formula}");
        assert!((found / volumes - 1.0).abs() < 0.03, "{found} against {volumes}");
    }
}

/// Where diffusion in the tube is so easy that its mouth has one concentration, as the formula takes it, both agree
/// within a per cent.
#[test]
fn a_hole_with_an_even_mouth_resists_as_the_problem_that_it_stands_for() {
    for (radius_um, b_mm, h_mm, ..) in CASES {
        let even = Pore {
            inside_cm2_per_s: 1e-3,
            ..pore(radius_um, b_mm)
        };
        let (formula, problem) = (even.resistance_s_per_cm3(h_mm * 0.1), limit(&even, b_mm, h_mm));
        assert!((formula / problem - 1.0).abs() < 0.01, "{formula} against {problem}");
    }
}

/// With water in the tube the mouth is not at one concentration, and the formula is two per cent too low; no mesh takes
/// that away.
#[test]
fn a_hole_filled_with_water_resists_two_per_cent_more_than_the_formula() {
    for (radius_um, b_mm, h_mm, ..) in CASES {
        let pore = pore(radius_um, b_mm);
        let off = pore.resistance_s_per_cm3(h_mm * 0.1) / limit(&pore, b_mm, h_mm) - 1.0;
        assert!((-0.03..-0.015).contains(&off), "{off}");
    }
}

#[test]
fn crowding_is_none_for_a_lone_hole_and_falls_as_holes_meet() {
    assert_eq!(crowding(0.0), 1.0);
    let falling: Vec<f64> = (0..=10).map(|i| crowding(f64::from(i) * 0.1)).collect();
    assert!(falling.windows(2).all(|pair| pair[1] < pair[0]));
    assert!(
        falling[10].abs() < 0.02,
        "where holes meet there is nothing left to spread to: {}",
        falling[10]
    );
}
