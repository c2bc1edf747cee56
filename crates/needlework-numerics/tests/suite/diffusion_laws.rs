//! Laws that the field engine keeps whatever the numbers: what it conserves, what it never does, and what it agrees
//! with.

use needlework_numerics::diffusion::{Diffusion, DiffusionError, Grid, Medium, Top, Workspace};
use needlework_numerics::{on_threads, uniforms};
use proptest::prelude::*;

fn edges(n: usize) -> Vec<f64> {
    (0..=n).map(|i| (i as f64 / n as f64).powf(1.3)).collect()
}

fn boxes() -> Vec<Grid> {
    vec![
        Grid::column(&edges(9)).unwrap(),
        Grid::cell(&[0.0, 0.05, 0.12, 0.2, 0.3], &edges(7)).unwrap(),
        Grid::patch((5, 0.1), (3, 0.07), &edges(6)).unwrap(),
        Grid::patch((1, 0.1), (4, 0.07), &edges(5)).unwrap(),
    ]
}

fn medium(grid: &Grid, seed: u64, contrast: f64, decay: f64, top: Top) -> Medium {
    let n = grid.depth().count();
    Medium {
        diffusivity: uniforms(seed, "diffusivity", n)
            .into_iter()
            .map(|u| 0.05 * contrast.powf(u))
            .collect(),
        decay: uniforms(seed, "decay", n).into_iter().map(|u| decay * u).collect(),
        top,
    }
}

/// L·u from conductances of faces, cell by cell: written from the equation, not from the engine.
fn rate(grid: &Grid, medium: &Medium, u: &[f64]) -> Vec<f64> {
    let [first, second, depth] = grid.shape();
    let mut out: Vec<f64> = (0..grid.cells())
        .map(|i| -medium.decay[i % depth] * u[i] * grid.volume(i))
        .collect();
    let mut flow = |from: usize, to: usize, conductance: f64| {
        out[from] -= conductance * (u[from] - u[to]);
        out[to] += conductance * (u[from] - u[to]);
    };
    let (rings, widths) = (second == 1 && first > 1, grid.depth().widths());
    for a in 0..first {
        for b in 0..second {
            let lateral = grid.first().measures()[a] * grid.second().measures()[b];
            for k in 0..depth {
                let here = grid.index(a, b, k);
                if a + 1 < first {
                    let gap = grid.first().centres()[a + 1] - grid.first().centres()[a];
                    let edge = grid.first().centres()[a] + 0.5 * grid.first().widths()[a];
                    let face = if rings {
                        2.0 * std::f64::consts::PI * edge
                    } else {
                        grid.second().measures()[b]
                    };
                    flow(
                        here,
                        grid.index(a + 1, b, k),
                        medium.diffusivity[k] * face * widths[k] / gap,
                    );
                }
                if b + 1 < second {
                    let gap = grid.second().centres()[b + 1] - grid.second().centres()[b];
                    let face = grid.first().measures()[a] * widths[k];
                    flow(here, grid.index(a, b + 1, k), medium.diffusivity[k] * face / gap);
                }
                if k + 1 < depth {
                    let resistance =
                        0.5 * (widths[k] / medium.diffusivity[k] + widths[k + 1] / medium.diffusivity[k + 1]);
                    flow(here, grid.index(a, b, k + 1), lateral / resistance);
                }
            }
        }
    }
    if let Top::Exchange(speed) = medium.top {
        for i in (0..grid.cells()).step_by(depth) {
            let through = 1.0 / (1.0 / speed + 0.5 * widths[0] / medium.diffusivity[0]);
            out[i] -= through * u[i] * grid.volume(i) / widths[0];
        }
    }
    (0..grid.cells()).map(|i| out[i] / grid.volume(i)).collect()
}

/// u′ = L·u + N₀ + (N₁ − N₀)·t/h by many small steps of the classical Runge–Kutta method.
fn by_small_steps(grid: &Grid, medium: &Medium, start: &[f64], sources: [&[f64]; 2], h: f64) -> Vec<f64> {
    let steps = 40_000;
    let dt = h / f64::from(steps);
    let slope = |u: &[f64], share: f64| -> Vec<f64> {
        let mut out = rate(grid, medium, u);
        for (i, out) in out.iter_mut().enumerate() {
            *out += sources[0][i] + share * (sources[1][i] - sources[0][i]);
        }
        out
    };
    let moved = |u: &[f64], by: f64, k: &[f64]| -> Vec<f64> { u.iter().zip(k).map(|(u, k)| u + by * k).collect() };
    (0..steps).fold(start.to_vec(), |u, i| {
        let share = |part: f64| (f64::from(i) + part) / f64::from(steps);
        let k1 = slope(&u, share(0.0));
        let k2 = slope(&moved(&u, 0.5 * dt, &k1), share(0.5));
        let k3 = slope(&moved(&u, 0.5 * dt, &k2), share(0.5));
        let k4 = slope(&moved(&u, dt, &k3), share(1.0));
        (0..u.len())
            .map(|c| u[c] + dt / 6.0 * (k1[c] + 2.0 * (k2[c] + k3[c]) + k4[c]))
            .collect()
    })
}

/// With a source that is straight in time a step is exact, so both stages must agree with small steps to their error.
#[test]
fn a_step_is_what_many_small_steps_of_another_method_give() {
    for (g, grid) in boxes().iter().enumerate() {
        for top in [Top::Sealed, Top::Exchange(0.3)] {
            let medium = medium(grid, 3, 8.0, 2.0, top);
            let draws = |name: &str| uniforms(g as u64, name, grid.cells());
            let (start, now, then) = (draws("start"), draws("now"), draws("then"));
            let diffusion = Diffusion::new(grid, &medium).unwrap();
            let mut workspace = Workspace::new(grid, 1);
            let h = 0.4;
            let mut u = start.clone();
            let step = diffusion.step(h).unwrap();
            step.predict(&mut u, &now, &mut workspace);
            step.correct(&mut u, &now, &mut then.clone(), &mut workspace);
            let exact = by_small_steps(grid, &medium, &start, [&now, &then], h);
            for (found, exact) in u.iter().zip(&exact) {
                assert!((found - exact).abs() < 1e-11, "box {g}, {top:?}: {found} {exact}");
            }
            let mut alone = start.clone();
            step.propagate(&mut alone, &mut workspace);
            let still = vec![0.0; grid.cells()];
            let exact = by_small_steps(grid, &medium, &start, [&still, &still], h);
            for (found, exact) in alone.iter().zip(&exact) {
                assert!((found - exact).abs() < 1e-11, "box {g}, {top:?}: {found} {exact}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// One cell holds all at first and another gives off, for steps from far too short to far too long.
    #[test]
    fn nothing_falls_below_zero_and_nothing_is_lost(
        which in 0_usize..4, seed in 0_u64..1000, log_h in -5.0_f64..4.0, contrast in 1.0_f64..1000.0,
    ) {
        let grid = &boxes()[which];
        let medium = medium(grid, seed, contrast, 0.0, Top::Sealed);
        let h = log_h.exp();
        let step = Diffusion::new(grid, &medium).unwrap().step(h).unwrap();
        let mut workspace = Workspace::new(grid, 1);
        let cells = grid.cells();
        let mut u = vec![0.0; cells];
        u[seed as usize % cells] = 1.0;
        let (mut now, mut then) = (vec![0.0; cells], vec![0.0; cells]);
        now[seed as usize * 7 % cells] = 1.0;
        then[seed as usize * 5 % cells] = 3.0;
        let expected = grid.integral(&u) + 0.5 * h * (grid.integral(&now) + grid.integral(&then));
        step.predict(&mut u, &now, &mut workspace);
        prop_assert!(u.iter().all(|value| *value >= -1e-12 * u.iter().copied().fold(0.0, f64::max)));
        step.correct(&mut u, &now, &mut then, &mut workspace);
        let largest = u.iter().copied().fold(0.0, f64::max);
        prop_assert!(u.iter().all(|value| *value >= -1e-12 * largest), "{:?}", u);
        prop_assert!((grid.integral(&u) - expected).abs() <= 1e-12 * expected, "{} {}", grid.integral(&u), expected);
    }
}

#[test]
fn two_thousand_steps_keep_what_is_there_to_ten_digits() {
    for grid in boxes() {
        let medium = medium(&grid, 5, 30.0, 0.0, Top::Sealed);
        let step = Diffusion::new(&grid, &medium).unwrap().step(0.1).unwrap();
        let mut workspace = Workspace::new(&grid, 1);
        let mut u = uniforms(1, "u", grid.cells());
        let before = grid.integral(&u);
        for _ in 0..2000 {
            step.propagate(&mut u, &mut workspace);
        }
        assert!(
            (grid.integral(&u) / before - 1.0).abs() < 1e-10,
            "{}",
            grid.integral(&u) / before - 1.0
        );
    }
}

#[test]
fn the_three_boxes_agree_where_nothing_changes_sideways() {
    let depths = edges(12);
    let column = Grid::column(&depths).unwrap();
    let others = [
        Grid::cell(&[0.0, 0.1, 0.25, 0.4], &depths).unwrap(),
        Grid::patch((4, 0.1), (3, 0.2), &depths).unwrap(),
    ];
    let run = |grid: &Grid| -> Vec<f64> {
        let medium = medium(grid, 9, 20.0, 1.0, Top::Exchange(0.1));
        let step = Diffusion::new(grid, &medium).unwrap().step(0.2).unwrap();
        let mut workspace = Workspace::new(grid, 1);
        let spread = |name: &str| -> Vec<f64> {
            let line = uniforms(4, name, 12);
            (0..grid.cells()).map(|i| line[i % 12]).collect()
        };
        let (mut u, now, mut then) = (spread("u"), spread("now"), spread("then"));
        step.predict(&mut u, &now, &mut workspace);
        step.correct(&mut u, &now, &mut then, &mut workspace);
        u
    };
    let line = run(&column);
    for other in others {
        for (i, value) in run(&other).iter().enumerate() {
            assert!((value - line[i % 12]).abs() < 1e-12);
        }
    }
}

#[test]
fn mirrored_sources_give_mirrored_fields() {
    let (n, size) = (6, 0.1);
    let grid = Grid::patch((n, size), (n, size), &edges(5)).unwrap();
    let step = Diffusion::new(&grid, &medium(&grid, 2, 5.0, 1.0, Top::Sealed))
        .unwrap()
        .step(0.3)
        .unwrap();
    let run = |place: &dyn Fn(usize, usize) -> (usize, usize)| {
        let mut u = vec![0.0; grid.cells()];
        let mut source = u.clone();
        let (a, b) = place(1, 4);
        source[grid.index(a, b, 2)] = 1.0;
        step.predict(&mut u, &source, &mut Workspace::new(&grid, 1));
        u
    };
    let straight = run(&|a, b| (a, b));
    let flipped = run(&|a, b| (n - 1 - a, b));
    let turned = run(&|a, b| (b, a));
    for a in 0..n {
        for b in 0..n {
            for k in 0..5 {
                let value = straight[grid.index(a, b, k)];
                assert!((value - flipped[grid.index(n - 1 - a, b, k)]).abs() < 1e-14);
                assert!((value - turned[grid.index(b, a, k)]).abs() < 1e-14);
            }
        }
    }
}

#[test]
fn one_two_and_four_threads_give_the_same_bytes() {
    let grid = Grid::patch((40, 0.02), (36, 0.02), &edges(24)).unwrap();
    assert!(grid.cells() > 32_768, "small boxes don't use threads");
    for contrast in [1.0, 10.0] {
        let step = Diffusion::new(&grid, &medium(&grid, 2, contrast, 1.0, Top::Sealed))
            .unwrap()
            .step(0.05)
            .unwrap();
        let run = |threads: usize| {
            on_threads(threads, || {
                let mut workspace = Workspace::new(&grid, threads);
                let draws = |name: &str| uniforms(1, name, grid.cells());
                let (mut u, now, mut then) = (draws("u"), draws("now"), draws("then"));
                step.predict(&mut u, &now, &mut workspace);
                let change = step.correct(&mut u, &now, &mut then, &mut workspace);
                step.propagate(&mut u, &mut workspace);
                let bits: Vec<u64> = u.iter().map(|value| value.to_bits()).collect();
                (bits, change.to_bits())
            })
            .unwrap()
        };
        let one = run(1);
        assert!(one == run(2) && one == run(4));
    }
}

/// The fastest modes of a far too long step are gone, not left ringing.
#[test]
fn a_step_a_million_times_too_long_leaves_the_state_at_rest() {
    for grid in boxes() {
        let medium = medium(&grid, 8, 100.0, 0.0, Top::Sealed);
        let step = Diffusion::new(&grid, &medium).unwrap().step(1e6).unwrap();
        let mut u = uniforms(1, "u", grid.cells());
        let volume = grid.integral(&vec![1.0; grid.cells()]);
        let mean = grid.integral(&u) / volume;
        step.propagate(&mut u, &mut Workspace::new(&grid, 1));
        assert!(u.iter().all(|value| (value - mean).abs() < 1e-11));
    }
}

#[test]
fn what_is_no_number_does_not_hide_in_the_estimate() {
    let grid = Grid::column(&edges(4)).unwrap();
    let step = Diffusion::new(&grid, &Medium::even(&grid, 1.0, 0.0))
        .unwrap()
        .step(1.0)
        .unwrap();
    let mut workspace = Workspace::new(&grid, 1);
    let mut u = vec![0.0; 4];
    let change = step.correct(&mut u, &[0.0; 4], &mut [0.0, f64::NAN, 0.0, 0.0], &mut workspace);
    assert!(change.is_nan());
}

#[test]
fn memory_beside_the_fields_is_one_field_and_little_else() {
    let grid = Grid::patch((100, 0.01), (100, 0.01), &edges(100)).unwrap();
    let field = 8 * grid.cells();
    let bytes = Workspace::bytes(&grid, 2);
    assert!(bytes > field && bytes < field + field / 3, "{bytes}");
}

#[test]
fn impossible_media_and_steps_are_refused_with_a_reason() {
    let grid = Grid::column(&edges(4)).unwrap();
    let good = Medium::even(&grid, 1.0, 0.5);
    let mut short = good.clone();
    short.decay.pop();
    let refused = |medium: &Medium| Diffusion::new(&grid, medium).unwrap_err().to_string();
    assert_eq!(
        refused(&short),
        "decay: 4 values are needed, one for each cell along depth, not 3"
    );
    let mut negative = good.clone();
    negative.diffusivity[2] = -1.0;
    assert_eq!(
        refused(&negative),
        "diffusivity must be finite and not negative, not -1"
    );
    let open = Medium {
        top: Top::Exchange(f64::NAN),
        ..good.clone()
    };
    assert!(refused(&open).starts_with("exchange at the top"));
    let diffusion = Diffusion::new(&grid, &good).unwrap();
    assert_eq!(diffusion.step(0.0).unwrap_err(), DiffusionError::Step(0.0));
}
