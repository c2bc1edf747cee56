//! The three fidelities against each other, against exact volumes, against finer steps and finer grids, and against the
//! cohort's column.

use std::f64::consts::PI;

use crate::usual::*;
use needlework_healing::Field;
use needlework_healing::field::{Means, Reached, Setup, Space, differences};
use needlework_numerics::Continue;
use needlework_puncture::{Hole, Shape};

fn gained(field: &Field) -> f64 {
    field.means().collagen() - field.setup().resting
}

/// Debris over volume right after the session: what was injured, since an open wound has 1.
fn injured_volume(setup: Setup) -> f64 {
    let mut asked = setup;
    asked.moments_days = vec![1e-5];
    // All layers are dermis, so that everything injured counts.
    asked.layers.epidermis_mm = 0.0;
    asked.layers.fat_mm = 0.0;
    asked.layers.dermis_mm = *asked.depth_edges_mm.last().unwrap();
    let mut field = Field::new(asked, 1).unwrap();
    field.advance(&mut |_| Continue::Yes).unwrap();
    let [x, y, z] = field.axes_mm();
    let round = matches!(field.setup().space, Space::Cell { .. });
    let values = field.values("debris").unwrap();
    let (nx, ny) = (x.len() - 1, y.len() - 1);
    values
        .iter()
        .enumerate()
        .map(|(i, value)| {
            let (a, b, k) = (i % nx, i / nx % ny, i / nx / ny);
            let area = if round {
                PI * (x[a + 1] * x[a + 1] - x[a] * x[a])
            } else {
                (x[a + 1] - x[a]) * (y[b + 1] - y[b])
            };
            value * area * (z[k + 1] - z[k])
        })
        .sum()
}

/// The cone and cylinder that a needle of [`NEEDLE`] injures.
fn exact_volume(shape: &Shape, halo_mm: f64) -> f64 {
    let cone_mm = ((NEEDLE.radius_mm - shape.tip_mm) / shape.taper_ratio).min(NEEDLE.depth_mm);
    let (thin, thick) = (
        shape.tip_mm + halo_mm,
        shape.tip_mm + halo_mm + cone_mm * shape.taper_ratio,
    );
    PI * (cone_mm / 3.0 * (thin * thin + thin * thick + thick * thick) + (NEEDLE.depth_mm - cone_mm) * thick * thick)
}

#[test]
fn the_injured_volume_is_that_of_the_cone_and_the_cylinder_on_any_grid() {
    let bend = |setup: Setup, taper_ratio: f64| Setup {
        shape: Shape {
            taper_ratio,
            ..setup.shape
        },
        ..setup
    };
    for taper in [0.0, 0.09, 0.3] {
        for cell_mm in [0.2, 0.03] {
            let of = |space| injured_volume(bend(setup(space, cell_mm, &[]), taper));
            let bent = bend(setup(column(1.0), 1.0, &[]), taper);
            let exact = exact_volume(&bent.shape, bent.halo_mm);
            // A hole whose radius the taper never reaches stays a cone up to the surface.
            let within = |volume: f64| (volume / exact - 1.0).abs() < 1e-3;
            assert!(within(of(cell(1.3, 9))), "cell {taper} {cell_mm}");
            for place in [(0.5, 0.5), (0.481, 0.213), (0.11, 0.89)] {
                let volume = of(patch((1.0 / cell_mm) as usize, 1.0, &[place]));
                assert!(within(volume), "patch {taper} {cell_mm} {place:?}: {volume} {exact}");
            }
            // A column knows a density: −ln(1 − φ) adds up to the volume per area, in small cells.
            let density = 1e-4;
            let volume = of(column(density)) / density;
            assert!(within(volume), "column {taper} {cell_mm}: {volume} {exact}");
        }
    }
}

/// With many thin holes and a far-reaching signal, all that counts is how much is injured.
#[test]
fn column_cell_and_patch_agree_where_the_signal_reaches_beyond_the_next_hole() {
    let density = 16.0;
    let at = |space| {
        let mut asked = with_range(setup(space, 0.1, &[60.0]), 3.2);
        // Thin holes: a column takes them as falling at random, so that thick ones would overlap in it.
        asked.halo_mm = 0.0;
        asked.shape.taper_ratio = 0.02;
        asked.healing.amplification = 1.0;
        run(asked, 1)
    };
    let lattice: Vec<(f64, f64)> = (0..4)
        .map(|i| (0.125 + 0.25 * f64::from(i % 2), 0.125 + 0.25 * f64::from(i / 2)))
        .collect();
    let [column, cell, patch] = [column(density), cell(density, 10), patch(20, 0.5, &lattice)].map(at);
    let (a, b, c) = (gained(&column), gained(&cell), gained(&patch));
    assert!((b / a - 1.0).abs() < 0.02 && (c / a - 1.0).abs() < 0.02, "{a} {b} {c}");
    let signal = [&column, &cell, &patch].map(|field| field.means().tgf_beta);
    assert!(
        signal.iter().all(|value| (value / signal[0] - 1.0).abs() < 0.02),
        "{signal:?}"
    );
}

/// A round cell stands for a square one of the same area.
#[test]
fn the_cell_is_the_patch_of_a_regular_lattice() {
    let side = 0.8;
    let density = 1.0 / (side * side);
    for range in [0.1, 0.3, 1.0] {
        let at = |space| run(with_range(setup(space, 0.1, &[42.0]), range), 1);
        let (cell, patch) = (at(cell(density, 24)), at(patch(32, side, &[(0.4, 0.4)])));
        let (a, b) = (gained(&cell), gained(&patch));
        assert!((b / a - 1.0).abs() < 0.03, "range {range}: {a} {b}");
    }
}

#[test]
fn the_coupled_system_is_of_second_order_in_time() {
    for space in [column(4.0), cell(1.2, 10), patch(8, 0.9, &[(0.3, 0.4), (0.6, 0.71)])] {
        let at = |scale: f64| {
            let mut asked = setup(space.clone(), 0.15, &[3.0]);
            asked.step_scale = scale;
            let field = run(asked, 1);
            [
                "tgf_beta",
                "fibroblasts",
                "myofibroblasts",
                "immature_collagen",
                "elastin",
            ]
            .map(|name| field.values(name).unwrap())
        };
        let exact = at(1.0 / 128.0);
        // Four halvings: the error of young collagen changes its sign near the second, where it looks smaller than it
        // is.
        let (coarse, fine) = (at(1.0), at(1.0 / 16.0));
        for k in 0..exact.len() {
            let order = (difference(&exact[k], &coarse[k]) / difference(&exact[k], &fine[k])).log2() / 4.0;
            assert!((1.6..2.4).contains(&order), "field {k}: {order}");
        }
    }
}

fn close(a: &Means, b: &Means, within: f64) -> Result<(), String> {
    let pairs = [
        ("collagen", a.collagen() - 0.65, b.collagen() - 0.65),
        ("signal", a.tgf_beta, b.tgf_beta),
        ("myofibroblasts", a.myofibroblasts, b.myofibroblasts),
        ("epidermis", a.epidermal_gain, b.epidermal_gain),
        ("elastin", 1.0 - a.elastin, 1.0 - b.elastin),
    ];
    for (what, a, b) in pairs {
        if (a / b - 1.0).abs() > within {
            return Err(format!("{what}: {a} {b}"));
        }
    }
    Ok(())
}

/// Means at moments of two sessions, early and late.
fn course(space: &Space, range: f64, scale: f64) -> Vec<Means> {
    let mut asked = with_range(
        setup(space.clone(), 0.05, &[1.0, 3.0, 7.0, 14.0, 27.9, 35.0, 60.0, 120.0]),
        range,
    );
    asked.sessions_days = vec![0.0, 28.0];
    asked.step_scale = scale;
    let mut field = Field::new(asked, 1).unwrap();
    let mut means = Vec::new();
    while let Reached::Moment(_) = field.advance(&mut |_| Continue::Yes).unwrap() {
        means.push(field.means());
    }
    means
}

#[test]
fn steps_a_quarter_as_long_change_means_by_less_than_half_a_per_cent() {
    for space in [column(1.2), cell(1.2, 16)] {
        for range in [0.07, 0.47, 3.2] {
            let (usual, better) = (course(&space, range, 1.0), course(&space, range, 0.25));
            for (name, off) in differences(&usual, &better, 0.65) {
                assert!(off < 5e-3, "{name} at range {range}: {off:e}");
            }
            // What is left of a gain is as exact late as early.
            let last = |means: &[Means]| means[means.len() - 1].collagen() - 0.65;
            assert!((last(&usual) / last(&better) - 1.0).abs() < 5e-3);
        }
    }
}

#[test]
fn cells_half_as_large_change_means_by_less_than_one_per_cent() {
    for range in [0.07, 0.47, 3.2] {
        let at = |space, cell_mm| run(with_range(setup(space, cell_mm, &[14.0]), range), 1).means();
        // The usual resolution of a request.
        close(&at(cell(1.2, 40), 0.025), &at(cell(1.2, 80), 0.0125), 1e-2).unwrap();
        close(&at(column(1.2), 0.025), &at(column(1.2), 0.0125), 1e-2).unwrap();
    }
}

/// A patch's holes one by one, folded at its edges, at no particular place.
#[test]
fn a_finer_patch_has_the_same_means() {
    let at = |cells, cell_mm| {
        let holes = [(0.21, 0.33), (0.74, 0.58)];
        run(setup(patch(cells, 1.0, &holes), cell_mm, &[14.0]), 2).means()
    };
    close(&at(20, 0.05), &at(40, 0.025), 3e-2).unwrap();
}

#[test]
fn later_sessions_use_the_holes_of_their_own() {
    let hole = |x_mm, session| Hole {
        x_mm,
        y_mm: 0.3,
        depth_mm: 0.75,
        radius_mm: 0.07,
        session,
    };
    let space = Space::Patch {
        x: (12, 0.1),
        y: (6, 0.1),
        holes: vec![hole(0.25, 0), hole(0.95, 1)],
    };
    let mut asked = with_range(setup(space, 0.25, &[13.9, 20.0]), 0.07);
    asked.sessions_days = vec![0.0, 14.0];
    let mut field = Field::new(asked, 1).unwrap();
    let half = |field: &Field| {
        let debris = field.values("debris").unwrap();
        let sum = |from: usize| debris.chunks(12).flat_map(|row| &row[from..from + 6]).sum::<f64>();
        (sum(0), sum(6))
    };
    field.advance(&mut |_| Continue::Yes).unwrap();
    let (left, right) = half(&field);
    assert!(left > 0.0 && right == 0.0);
    field.advance(&mut |_| Continue::Yes).unwrap();
    let (left, right) = half(&field);
    assert!(right > 100.0 * left);
}
