//! The field engine against solutions that are known: manufactured ones with layers, a channel among channels. Modes
//! and a disc source are proofs of the crate.

use std::f64::consts::PI;

use needlework_numerics::diffusion::{Diffusion, Grid, Medium, Top, Workspace};

/// Edges from 0 to 1 whose cells grow smoothly towards depth, with one edge at 0.4 when `n` is a multiple of 5.
fn graded(n: usize) -> Vec<f64> {
    (0..=n)
        .map(|i| {
            let s = i as f64 / n as f64;
            // Keeps 0, 0.4 and 1 where they are.
            s + 0.3 * s * (s - 0.4) * (s - 1.0)
        })
        .collect()
}

fn even(n: usize, length: f64) -> Vec<f64> {
    (0..=n).map(|i| length * i as f64 / n as f64).collect()
}

const BORDER: f64 = 0.4;
const UPPER: (f64, f64) = (0.2, 0.5);
const LOWER: (f64, f64) = (1.0, 1.5);

/// Diffusivity and decay at a depth.
fn layer(z: f64) -> (f64, f64) {
    if z < BORDER { UPPER } else { LOWER }
}

fn layered(grid: &Grid) -> Medium {
    let (diffusivity, decay) = grid.depth().centres().iter().map(|&z| layer(z)).unzip();
    Medium {
        diffusivity,
        decay,
        top: Top::Sealed,
    }
}

/// A profile along depth with steady flux −sin(πz) across the border; and the divergence of that flux.
fn profile(z: f64) -> (f64, f64) {
    let (upper, lower) = (UPPER.0, LOWER.0);
    let jump = (PI * BORDER).cos() / PI * (1.0 / lower - 1.0 / upper);
    let value = (PI * z).cos() / (PI * layer(z).0) + if z < BORDER { jump } else { 0.0 };
    (3.0 + value, -PI * (PI * z).cos())
}

fn bessel_zero(x: f64) -> f64 {
    let n = 64;
    (0..n)
        .map(|i| (x * ((f64::from(i) + 0.5) * PI / f64::from(n)).sin()).cos())
        .sum::<f64>()
        / f64::from(n)
}

/// The first radius, in units of the argument, where the slope of J₀ vanishes.
const FLAT: f64 = 3.831_705_970_207_512;

/// A lateral shape without flux at the sides, and its rate.
fn lateral(grid: &Grid, at: [f64; 3]) -> (f64, f64) {
    let [first, second, _] = grid.shape();
    match (first, second) {
        (1, 1) => (1.0, 0.0),
        (_, 1) => (1.0 + 0.5 * bessel_zero(FLAT * at[0]), FLAT * FLAT),
        _ => (1.0 + 0.5 * (PI * at[0]).cos() * (2.0 * PI * at[1]).cos(), 5.0 * PI * PI),
    }
}

/// Sets `u` to the manufactured solution at rest and `source` to what keeps it.
fn manufactured(grid: &Grid) -> (Vec<f64>, Vec<f64>) {
    (0..grid.cells())
        .map(|i| {
            let at = grid.centre(i);
            let (shape, rate) = lateral(grid, at);
            let (value, divergence) = profile(at[2]);
            let (diffusivity, decay) = layer(at[2]);
            let curved = (shape - 1.0) * rate * diffusivity * value;
            (shape * value, -shape * divergence + curved + decay * shape * value)
        })
        .unzip()
}

fn largest_difference(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

/// The error of the state at rest under the manufactured source, reached by one long step from zero.
fn error_at_rest(grid: &Grid) -> f64 {
    let (exact, source) = manufactured(grid);
    let mut workspace = Workspace::new(grid, 1);
    let mut u = vec![0.0; grid.cells()];
    let step = Diffusion::new(grid, &layered(grid)).unwrap().step(1e3).unwrap();
    step.predict(&mut u, &source, &mut workspace);
    largest_difference(&u, &exact)
}

fn assert_order(what: &str, coarse: f64, fine: f64, expected: f64) {
    let order = (coarse / fine).log2();
    assert!(
        (order - expected).abs() < 0.15,
        "{what}: {order} ({coarse:e} → {fine:e})"
    );
}

#[test]
fn a_layered_column_of_graded_cells_is_of_second_order_in_space() {
    let error = |n| error_at_rest(&Grid::column(&graded(n)).unwrap());
    assert_order("column", error(40), error(80), 2.0);
}

#[test]
fn a_layered_round_cell_is_of_second_order_in_space() {
    let error = |n| error_at_rest(&Grid::cell(&even(n, 1.0), &graded(n)).unwrap());
    assert_order("cell", error(20), error(40), 2.0);
}

#[test]
fn a_layered_patch_is_of_second_order_in_space() {
    let error = |n: usize| {
        let size = 1.0 / n as f64;
        error_at_rest(&Grid::patch((n, size), (n, size), &graded(n)).unwrap())
    };
    assert_order("patch", error(15), error(30), 2.0);
}

/// The top exchanges with an outside that holds nothing: at rest under an even source, all of it leaves there.
#[test]
fn exchange_at_the_top_is_of_second_order_in_space() {
    let (diffusivity, speed, source) = (0.3, 0.8, 2.0);
    let error = |n: usize| {
        let grid = Grid::column(&even(n, 1.0)).unwrap();
        let medium = Medium {
            top: Top::Exchange(speed),
            ..Medium::even(&grid, diffusivity, 0.0)
        };
        let mut u = vec![0.0; n];
        let step = Diffusion::new(&grid, &medium).unwrap().step(1e4).unwrap();
        step.predict(&mut u, &vec![source; n], &mut Workspace::new(&grid, 1));
        let exact: Vec<f64> = grid
            .depth()
            .centres()
            .iter()
            .map(|z| source / speed + source * (z - 0.5 * z * z) / diffusivity)
            .collect();
        largest_difference(&u, &exact)
    };
    assert_order("top", error(10), error(20), 2.0);
}

/// u′ = L·u + S(t) + u·(1 − u)/2 from the manufactured shape, against the same grid with steps of 1/256.
fn error_in_time(grid: &Grid, steps: usize) -> f64 {
    let (shape, rest) = manufactured(grid);
    let diffusion = Diffusion::new(grid, &layered(grid)).unwrap();
    let mut workspace = Workspace::new(grid, 1);
    let mut run = |steps: usize| {
        let h = 1.0 / steps as f64;
        let step = diffusion.step(h).unwrap();
        let source = |t: f64, u: &[f64]| -> Vec<f64> {
            u.iter()
                .zip(&rest)
                .map(|(u, rest)| rest * (3.0 * t).cos() + 0.5 * u * (1.0 - u))
                .collect()
        };
        let mut u = shape.clone();
        for i in 0..steps {
            let now = source(i as f64 * h, &u);
            step.predict(&mut u, &now, &mut workspace);
            let mut then = source((i + 1) as f64 * h, &u);
            step.correct(&mut u, &now, &mut then, &mut workspace);
        }
        u
    };
    largest_difference(&run(steps), &run(256))
}

#[test]
fn sources_with_feedback_are_of_second_order_in_time_in_all_three_boxes() {
    let boxes = [
        ("column", Grid::column(&graded(40)).unwrap()),
        ("cell", Grid::cell(&even(12, 1.0), &graded(20)).unwrap()),
        ("patch", Grid::patch((8, 0.125), (6, 1.0 / 6.0), &graded(10)).unwrap()),
    ];
    for (what, grid) in boxes {
        assert_order(what, error_in_time(&grid, 16), error_in_time(&grid, 32), 2.0);
    }
}

/// Modified Bessel functions by their integrals; the trapezoid rule converges faster than any power.
fn modified(x: f64) -> [f64; 4] {
    let n = 400;
    let ring = |weight: fn(f64) -> f64| {
        (0..n)
            .map(|i| {
                let angle = (f64::from(i) + 0.5) * PI / f64::from(n);
                (x * angle.cos()).exp() * weight(angle)
            })
            .sum::<f64>()
            / f64::from(n)
    };
    let tail = |weight: fn(f64) -> f64| {
        let dt = 12.0 / f64::from(n);
        (0..n)
            .map(|i| {
                let t = f64::from(i) * dt;
                let half = if i == 0 { 0.5 } else { 1.0 };
                half * dt * (-x * t.cosh()).exp() * weight(t)
            })
            .sum::<f64>()
    };
    [ring(|_| 1.0), ring(f64::cos), tail(|_| 1.0), tail(f64::cosh)]
}

/// The value at the axis over the mean, of a source in r < a within a sealed cell of radius b; λ² = D/δ.
fn centre_over_mean(a: f64, b: f64, range: f64) -> f64 {
    let [i0_a, i1_a, k0_a, k1_a] = modified(a / range);
    let [_, i1_b, _, k1_b] = modified(b / range);
    // Inside 1 − c·I₀, outside d·(I₀ + K₀·I₁(b)/K₁(b)); value and slope meet at a.
    let (outside, slope) = (i0_a + k0_a * i1_b / k1_b, i1_a - k1_a * i1_b / k1_b);
    let c = slope / (i0_a * slope - i1_a * outside);
    (1.0 - c) * (b / a).powi(2)
}

fn computed_centre_over_mean(a: f64, b: f64, range: f64) -> f64 {
    // Fine rings within the source and just outside, an edge at a.
    let inner = 20;
    let outer = 200;
    let mut edges = even(inner, a);
    let growth = (b / a).ln() / f64::from(outer);
    edges.extend((1..=outer).map(|i| a * (f64::from(i) * growth).exp()));
    let last = edges.len() - 1;
    edges[last] = b;
    let grid = Grid::cell(&edges, &[0.0, 1.0]).unwrap();
    let diffusion = Diffusion::new(&grid, &Medium::even(&grid, range * range, 1.0)).unwrap();
    let source: Vec<f64> = grid
        .first()
        .centres()
        .iter()
        .map(|r| f64::from(u8::from(*r < a)))
        .collect();
    let mut u = vec![0.0; grid.cells()];
    diffusion
        .step(1e3)
        .unwrap()
        .predict(&mut u, &source, &mut Workspace::new(&grid, 1));
    let mean = grid.integral(&u) / (PI * b * b);
    // The axis itself, from the two innermost rings: the profile is even in the radius.
    let (r0, r1) = (grid.first().centres()[0].powi(2), grid.first().centres()[1].powi(2));
    (u[0] - (u[1] - u[0]) * r0 / (r1 - r0)) / mean
}

#[test]
fn a_channel_among_channels_has_the_profile_of_bessel_functions() {
    let published = [(1.10, [1.05, 1.28, 2.47]), (0.35, [1.48, 3.65, 13.5])];
    for (range, ratios) in published {
        for (spacing, stated) in [0.5, 1.0, 2.0].into_iter().zip(ratios) {
            let radius = spacing / PI.sqrt();
            let exact = centre_over_mean(0.05, radius, range);
            let computed = computed_centre_over_mean(0.05, radius, range);
            assert!(
                (computed / exact - 1.0).abs() < 1e-3,
                "{range} {spacing}: {computed} {exact}"
            );
            assert!(
                (exact / stated - 1.0).abs() < 1e-2,
                "{range} {spacing}: {exact} {stated}"
            );
        }
    }
}

/// The estimate is the difference of the second stage and the first: it falls with the square of the step.
#[test]
fn the_error_estimate_falls_with_the_square_of_the_step() {
    let grid = Grid::column(&graded(20)).unwrap();
    let (_, source) = manufactured(&grid);
    let diffusion = Diffusion::new(&grid, &layered(&grid)).unwrap();
    let estimate = |h: f64| {
        let mut workspace = Workspace::new(&grid, 1);
        let step = diffusion.step(h).unwrap();
        let mut u = vec![0.0; grid.cells()];
        step.predict(&mut u, &source, &mut workspace);
        let mut later: Vec<f64> = source.iter().map(|value| value * (-h).exp()).collect();
        step.correct(&mut u, &source, &mut later, &mut workspace)
    };
    assert_order("estimate", estimate(0.002), estimate(0.001), 2.0);
}
