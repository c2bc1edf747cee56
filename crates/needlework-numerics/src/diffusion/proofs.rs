//! What the field engine must give: orders, modes, a channel among channels, a disc source, what is kept and what never
//! happens.
//!
//! Written from the equations, apart from the engine's own tests: the manufactured solutions here are others. What
//! cannot be computed is no number, and its proof does not hold.

use std::error::Error;
use std::f64::consts::PI;

use super::grid::{Grid, GridError};
use super::operator::{Diffusion, Medium, Top};
use super::step::Workspace;
use crate::parallel::on_threads;
use crate::proof::{Proof, largest};
use crate::sample::uniforms;

/// A number, or why it could not be computed.
type Computed = Result<f64, Box<dyn Error>>;

fn even(count: usize, length: f64) -> Vec<f64> {
    (0..=count).map(|i| length * i as f64 / count as f64).collect()
}

fn difference(a: &[f64], b: &[f64]) -> f64 {
    largest(a.iter().zip(b).map(|(a, b)| a - b))
}

/// What was computed, or no number.
fn number(computed: Computed) -> f64 {
    computed.unwrap_or(f64::NAN)
}

/// All proofs of the field engine.
pub(crate) fn proofs() -> Vec<Proof> {
    let order = |coarse: Computed, fine: Computed| (number(coarse) / number(fine)).log2();
    vec![
        Proof::new(
            "fields, column",
            "observed order in space with two layers",
            2.0,
            order(at_rest(column(20)), at_rest(column(40))),
            0.1,
        ),
        Proof::new(
            "fields, cell",
            "observed order in space with two layers, radius and depth",
            2.0,
            order(at_rest(cell(20)), at_rest(cell(40))),
            0.1,
        ),
        Proof::new(
            "fields, patch",
            "observed order in space with two layers, three axes",
            2.0,
            order(at_rest(patch(10)), at_rest(patch(20))),
            0.1,
        ),
        Proof::new(
            "fields, time",
            "observed order in time of a source with feedback",
            2.0,
            order(in_time(8), in_time(16)),
            0.1,
        ),
        Proof::new(
            "fields, cosine",
            "largest error of a decaying mode, one step of any length",
            0.0,
            number(cosine()),
            1e-13,
        ),
        Proof::new(
            "fields, disc",
            "error over peak at 24 h, a decaying disc of 60 µm, steps of 1 h",
            0.0,
            number(disc()),
            1e-3,
        ),
        Proof::new(
            "fields, channel at 0.5 mm",
            "centre over mean, range 1.10 mm, Bessel functions",
            1.0488,
            number(channel(0.5, 1.10)),
            1e-3,
        ),
        Proof::new(
            "fields, channel at 2 mm",
            "centre over mean, range 0.35 mm, Bessel functions",
            13.3907,
            number(channel(2.0, 0.35)),
            2e-2,
        ),
        Proof::new(
            "fields, balance",
            "relative change of the whole, 500 steps in layers without decay",
            0.0,
            number(kept()),
            1e-10,
        ),
        Proof::new(
            "fields, sign",
            "least value over the largest after a point source in layers",
            0.0,
            number(least()),
            1e-12,
        ),
        Proof::new(
            "fields, threads",
            "values whose bits differ between one, two and four threads",
            0.0,
            number(threads()),
            0.0,
        ),
    ]
}

fn column(n: usize) -> Result<Grid, GridError> {
    Grid::column(&even(n, 1.0))
}

fn cell(n: usize) -> Result<Grid, GridError> {
    Grid::cell(&even(n, 1.0), &even(n, 1.0))
}

fn patch(n: usize) -> Result<Grid, GridError> {
    Grid::patch((n, 1.0 / n as f64), (n, 1.0 / n as f64), &even(n, 1.0))
}

/// Two layers that meet at half the depth: diffusivity 1 and 4, decay 1 and 2.
fn layers(grid: &Grid, decays: bool) -> Medium {
    let upper = |z: &f64| *z < 0.5;
    let depths = grid.depth().centres();
    Medium {
        diffusivity: depths.iter().map(|z| if upper(z) { 1.0 } else { 4.0 }).collect(),
        decay: depths
            .iter()
            .map(|z| {
                if !decays {
                    0.0
                } else if upper(z) {
                    1.0
                } else {
                    2.0
                }
            })
            .collect(),
        top: Top::Sealed,
    }
}

/// z²(1 − z)² has no slope at both ends; over D, with a step that makes it continuous, its flux is continuous too.
fn profile(z: f64) -> (f64, f64) {
    let d = if z < 0.5 { 1.0 } else { 4.0 };
    let polynomial = z * z * (1.0 - z) * (1.0 - z);
    let at_border = 0.0625;
    let curvature = 2.0 - 12.0 * z + 12.0 * z * z;
    (1.0 + (polynomial - at_border) / d, curvature)
}

/// Error of the state at rest under its source.
fn at_rest(grid: Result<Grid, GridError>) -> Computed {
    let grid = &grid?;
    let [first, second, _] = grid.shape();
    let (mut exact, mut source) = (Vec::new(), Vec::new());
    for i in 0..grid.cells() {
        let [x, y, z] = grid.centre(i);
        // r²(2 − r²) of a round cell, x²(3 − 2x) of a patch: no slope at either end.
        let (shape, spread) = match (first, second) {
            (1, 1) => (1.0, 0.0),
            (_, 1) => (1.0 + x * x * (2.0 - x * x), 8.0 - 16.0 * x * x),
            _ => {
                let side = |x: f64| x * x * (3.0 - 2.0 * x);
                (1.0 + side(x) + side(y), 12.0 - 12.0 * x - 12.0 * y)
            }
        };
        let (value, curvature) = profile(z);
        let (d, decay) = if z < 0.5 { (1.0, 1.0) } else { (4.0, 2.0) };
        exact.push(shape * value);
        source.push(decay * shape * value - shape * curvature - d * spread * value);
    }
    let step = Diffusion::new(grid, &layers(grid, true)).and_then(|d| d.step(1e3))?;
    let mut u = vec![0.0; grid.cells()];
    step.predict(&mut u, &source, &mut Workspace::new(grid, 1));
    Ok(difference(&u, &exact))
}

/// Error at time 1 of u′ = L·u + cos(5t)/(1 + u) in layers, against steps of 1/128.
fn in_time(steps: usize) -> Computed {
    let grid = Grid::patch((8, 0.125), (8, 0.125), &even(8, 1.0))?;
    let diffusion = Diffusion::new(&grid, &layers(&grid, true))?;
    let run = |steps: usize| -> Result<Vec<f64>, Box<dyn Error>> {
        let h = 1.0 / steps as f64;
        let step = diffusion.step(h)?;
        let mut workspace = Workspace::new(&grid, 1);
        let source = |t: f64, u: &[f64]| -> Vec<f64> {
            let warm = |i: usize| f64::from(u8::from(grid.centre(i)[0] < 0.3));
            let rate = (5.0 * t).cos() + 1.0;
            (0..u.len()).map(|i| warm(i) * rate / (1.0 + u[i])).collect()
        };
        let mut u = vec![0.5; grid.cells()];
        for i in 0..steps {
            let now = source(i as f64 * h, &u);
            step.predict(&mut u, &now, &mut workspace);
            let mut then = source((i + 1) as f64 * h, &u);
            step.correct(&mut u, &now, &mut then, &mut workspace);
        }
        Ok(u)
    };
    Ok(difference(&run(steps)?, &run(128)?))
}

fn cosine() -> Computed {
    let (n, size, d, decay) = (20, 0.05, 0.01, 0.1);
    let grid = Grid::patch((n, size), (n, size), &even(n, 1.0))?;
    let diffusion = Diffusion::new(&grid, &Medium::even(&grid, d, decay))?;
    let mode = |i: usize| grid.centre(i).map(|x| (PI * x).cos()).iter().product::<f64>();
    let rate = 3.0 * d * (2.0 / size * (0.5 * PI * size).sin()).powi(2);
    let mut errors = Vec::new();
    for h in [0.01, 1.0, 100.0] {
        let mut u: Vec<f64> = (0..grid.cells()).map(|i| 1.0 + mode(i)).collect();
        let step = diffusion.step(h)?;
        step.propagate(&mut u, &mut Workspace::new(&grid, 1));
        let exact: Vec<f64> = (0..grid.cells())
            .map(|i| (-decay * h).exp() * (1.0 + mode(i) * (-rate * h).exp()))
            .collect();
        errors.push(difference(&u, &exact));
    }
    Ok(largest(errors))
}

/// The case of a survey that shows how badly split sources do: D 0.01208 mm²/h, decay 0.0148/h, source e^{−0.034·t}.
fn disc() -> Computed {
    let (n, size) = (96, 0.02);
    let grid = Grid::patch((n, size), (n, size), &[0.0, 1.0])?;
    let diffusion = Diffusion::new(&grid, &Medium::even(&grid, 0.01208, 0.0148))?;
    let centre = 0.5 * size * n as f64;
    let disc: Vec<f64> = (0..grid.cells())
        .map(|i| {
            let [x, y, _] = grid.centre(i);
            f64::from(u8::from((x - centre).hypot(y - centre) <= 0.06))
        })
        .collect();
    let run = |h: f64| -> Result<Vec<f64>, Box<dyn Error>> {
        let step = diffusion.step(h)?;
        let mut workspace = Workspace::new(&grid, 1);
        let at = |t: f64| -> Vec<f64> { disc.iter().map(|d| d * (-0.034 * t).exp()).collect() };
        let mut u = vec![0.0; grid.cells()];
        for i in 0..(24.0 / h).round() as usize {
            let now = at(i as f64 * h);
            step.predict(&mut u, &now, &mut workspace);
            step.correct(&mut u, &now, &mut at((i + 1) as f64 * h), &mut workspace);
        }
        Ok(u)
    };
    let exact = run(0.125)?;
    Ok(difference(&run(1.0)?, &exact) / largest(exact.iter().copied()))
}

/// Centre over mean in a sealed round cell that has the area of one channel's square, with a source within 50 µm.
fn channel(spacing: f64, range: f64) -> Computed {
    let (source, radius) = (0.05, spacing / PI.sqrt());
    let mut edges = even(20, source);
    edges.extend((1..200).map(|i| source * (radius / source).powf(f64::from(i) / 200.0)));
    edges.push(radius);
    let grid = Grid::cell(&edges, &[0.0, 1.0])?;
    let step = Diffusion::new(&grid, &Medium::even(&grid, range * range, 1.0)).and_then(|d| d.step(1e3))?;
    let radii = grid.first().centres();
    let given: Vec<f64> = radii.iter().map(|r| f64::from(u8::from(*r < source))).collect();
    let mut u = vec![0.0; grid.cells()];
    step.predict(&mut u, &given, &mut Workspace::new(&grid, 1));
    let mean = grid.integral(&u) / (PI * radius * radius);
    let (inner, next) = (radii[0] * radii[0], radii[1] * radii[1]);
    Ok((u[0] - (u[1] - u[0]) * inner / (next - inner)) / mean)
}

/// A patch of two layers that keep what is in them.
fn layered_patch() -> Result<(Grid, Diffusion), Box<dyn Error>> {
    let grid = Grid::patch((12, 0.05), (10, 0.05), &even(16, 1.0))?;
    let diffusion = Diffusion::new(&grid, &layers(&grid, false))?;
    Ok((grid, diffusion))
}

/// Relative change of the whole over many steps.
fn kept() -> Computed {
    let (grid, diffusion) = layered_patch()?;
    let mut workspace = Workspace::new(&grid, 1);
    let step = diffusion.step(0.01)?;
    let mut u = uniforms(1, "fields", grid.cells());
    let before = grid.integral(&u);
    (0..500).for_each(|_| step.propagate(&mut u, &mut workspace));
    Ok(grid.integral(&u) / before - 1.0)
}

/// The least value below zero over the largest, after steps of very different length.
fn least() -> Computed {
    let (grid, diffusion) = layered_patch()?;
    let mut workspace = Workspace::new(&grid, 1);
    let mut below = Vec::new();
    for h in [1e-5, 1e-3, 1e-2, 1.0, 100.0] {
        let step = diffusion.step(h)?;
        let (mut u, mut point) = (vec![0.0; grid.cells()], vec![0.0; grid.cells()]);
        point[grid.index(3, 7, 5)] = 1.0;
        step.predict(&mut u, &point, &mut workspace);
        step.correct(&mut u, &point, &mut vec![0.0; grid.cells()], &mut workspace);
        let negative = u.iter().map(|value| value.clamp(f64::NEG_INFINITY, 0.0));
        below.push(largest(negative) / largest(u.iter().copied()));
    }
    Ok(-largest(below))
}

fn threads() -> Computed {
    let grid = Grid::patch((40, 0.02), (36, 0.02), &even(24, 1.0))?;
    let step = Diffusion::new(&grid, &layers(&grid, true)).and_then(|d| d.step(0.01))?;
    let run = |threads: usize| {
        on_threads(threads, || {
            let mut workspace = Workspace::new(&grid, threads);
            let (mut u, now) = (uniforms(1, "u", grid.cells()), uniforms(1, "now", grid.cells()));
            step.predict(&mut u, &now, &mut workspace);
            step.correct(&mut u, &now, &mut uniforms(1, "then", grid.cells()), &mut workspace);
            u
        })
    };
    let (one, two, four) = (run(1)?, run(2)?, run(4)?);
    let differ = |i: &usize| one[*i].to_bits() != two[*i].to_bits() || one[*i].to_bits() != four[*i].to_bits();
    Ok((0..one.len()).filter(differ).count() as f64)
}
