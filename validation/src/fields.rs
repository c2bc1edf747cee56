//! Proofs of the field engine: orders, modes, a channel among channels, a disc source, what is kept and what never
//! happens.
//!
//! Written from the equations, apart from the engine's own tests: the manufactured solutions here are others.

use std::f64::consts::PI;

use needlework::numerics::diffusion::{Diffusion, Grid, Medium, Top, Workspace};
use needlework::numerics::{on_threads, uniforms};

use crate::proof::{Proof, proof};

fn even(count: usize, length: f64) -> Vec<f64> {
    (0..=count).map(|i| length * i as f64 / count as f64).collect()
}

fn difference(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// All proofs of the field engine.
pub(crate) fn prove() -> Result<Vec<Proof>, String> {
    let patch = |n: usize| Grid::patch((n, 1.0 / n as f64), (n, 1.0 / n as f64), &even(n, 1.0)).map_err(text);
    let space = |grids: [Grid; 2]| -> Result<f64, String> { Ok((at_rest(&grids[0])? / at_rest(&grids[1])?).log2()) };
    let column = |n: usize| Grid::column(&even(n, 1.0)).map_err(text);
    let cell = |n: usize| Grid::cell(&even(n, 1.0), &even(n, 1.0)).map_err(text);
    let time = (in_time(8)? / in_time(16)?).log2();
    let (kept, least) = kept_and_least()?;
    Ok(vec![
        proof(
            "fields, column",
            "observed order in space with two layers",
            2.0,
            space([column(20)?, column(40)?])?,
            0.1,
        ),
        proof(
            "fields, cell",
            "observed order in space with two layers, radius and depth",
            2.0,
            space([cell(20)?, cell(40)?])?,
            0.1,
        ),
        proof(
            "fields, patch",
            "observed order in space with two layers, three axes",
            2.0,
            space([patch(10)?, patch(20)?])?,
            0.1,
        ),
        proof(
            "fields, time",
            "observed order in time of a source with feedback",
            2.0,
            time,
            0.1,
        ),
        proof(
            "fields, cosine",
            "largest error of a decaying mode, one step of any length",
            0.0,
            cosine()?,
            1e-13,
        ),
        proof(
            "fields, disc",
            "error over peak at 24 h, a decaying disc of 60 µm, steps of 1 h",
            0.0,
            disc()?,
            1e-3,
        ),
        proof(
            "fields, channel at 0.5 mm",
            "centre over mean, range 1.10 mm, Bessel functions",
            1.0488,
            channel(0.5, 1.10)?,
            1e-3,
        ),
        proof(
            "fields, channel at 2 mm",
            "centre over mean, range 0.35 mm, Bessel functions",
            13.3907,
            channel(2.0, 0.35)?,
            2e-2,
        ),
        proof(
            "fields, balance",
            "relative change of the whole, 500 steps in layers without decay",
            0.0,
            kept,
            1e-10,
        ),
        proof(
            "fields, sign",
            "least value over the largest after a point source in layers",
            0.0,
            least.min(0.0),
            1e-12,
        ),
        proof(
            "fields, threads",
            "values whose bits differ between one, two and four threads",
            0.0,
            threads()?,
            0.0,
        ),
    ])
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
fn at_rest(grid: &Grid) -> Result<f64, String> {
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
    let step = Diffusion::new(grid, &layers(grid, true))
        .and_then(|d| d.step(1e3))
        .map_err(text)?;
    let mut u = vec![0.0; grid.cells()];
    step.predict(&mut u, &source, &mut Workspace::new(grid, 1));
    Ok(difference(&u, &exact))
}

/// Error at time 1 of u′ = L·u + cos(5t)/(1 + u) in layers, against steps of 1/128.
fn in_time(steps: usize) -> Result<f64, String> {
    let grid = Grid::patch((8, 0.125), (8, 0.125), &even(8, 1.0)).map_err(text)?;
    let diffusion = Diffusion::new(&grid, &layers(&grid, true)).map_err(text)?;
    let run = |steps: usize| -> Result<Vec<f64>, String> {
        let h = 1.0 / steps as f64;
        let step = diffusion.step(h).map_err(text)?;
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

fn cosine() -> Result<f64, String> {
    let (n, size, d, decay) = (20, 0.05, 0.01, 0.1);
    let grid = Grid::patch((n, size), (n, size), &even(n, 1.0)).map_err(text)?;
    let diffusion = Diffusion::new(&grid, &Medium::even(&grid, d, decay)).map_err(text)?;
    let mode = |i: usize| grid.centre(i).map(|x| (PI * x).cos()).iter().product::<f64>();
    let rate = 3.0 * d * (2.0 / size * (0.5 * PI * size).sin()).powi(2);
    let mut worst = 0.0_f64;
    for h in [0.01, 1.0, 100.0] {
        let mut u: Vec<f64> = (0..grid.cells()).map(|i| 1.0 + mode(i)).collect();
        let step = diffusion.step(h).map_err(text)?;
        step.propagate(&mut u, &mut Workspace::new(&grid, 1));
        let exact: Vec<f64> = (0..grid.cells())
            .map(|i| (-decay * h).exp() * (1.0 + mode(i) * (-rate * h).exp()))
            .collect();
        worst = worst.max(difference(&u, &exact));
    }
    Ok(worst)
}

/// The case of a survey that shows how badly split sources do: D 0.01208 mm²/h, decay 0.0148/h, source e^{−0.034·t}.
fn disc() -> Result<f64, String> {
    let (n, size) = (96, 0.02);
    let grid = Grid::patch((n, size), (n, size), &[0.0, 1.0]).map_err(text)?;
    let diffusion = Diffusion::new(&grid, &Medium::even(&grid, 0.01208, 0.0148)).map_err(text)?;
    let centre = 0.5 * size * n as f64;
    let disc: Vec<f64> = (0..grid.cells())
        .map(|i| {
            let [x, y, _] = grid.centre(i);
            f64::from(u8::from((x - centre).hypot(y - centre) <= 0.06))
        })
        .collect();
    let run = |h: f64| -> Result<Vec<f64>, String> {
        let step = diffusion.step(h).map_err(text)?;
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
    let peak = exact.iter().copied().fold(0.0, f64::max);
    Ok(difference(&run(1.0)?, &exact) / peak)
}

/// Centre over mean in a sealed round cell that has the area of one channel's square, with a source within 50 µm.
fn channel(spacing: f64, range: f64) -> Result<f64, String> {
    let (source, radius) = (0.05, spacing / PI.sqrt());
    let mut edges = even(20, source);
    edges.extend((1..200).map(|i| source * (radius / source).powf(f64::from(i) / 200.0)));
    edges.push(radius);
    let grid = Grid::cell(&edges, &[0.0, 1.0]).map_err(text)?;
    let step = Diffusion::new(&grid, &Medium::even(&grid, range * range, 1.0))
        .and_then(|d| d.step(1e3))
        .map_err(text)?;
    let radii = grid.first().centres();
    let given: Vec<f64> = radii.iter().map(|r| f64::from(u8::from(*r < source))).collect();
    let mut u = vec![0.0; grid.cells()];
    step.predict(&mut u, &given, &mut Workspace::new(&grid, 1));
    let mean = grid.integral(&u) / (PI * radius * radius);
    let (inner, next) = (radii[0] * radii[0], radii[1] * radii[1]);
    Ok((u[0] - (u[1] - u[0]) * inner / (next - inner)) / mean)
}

/// Relative change of the whole over many steps, and the least value over the largest after steps of very different
/// length.
fn kept_and_least() -> Result<(f64, f64), String> {
    let grid = Grid::patch((12, 0.05), (10, 0.05), &even(16, 1.0)).map_err(text)?;
    let diffusion = Diffusion::new(&grid, &layers(&grid, false)).map_err(text)?;
    let mut workspace = Workspace::new(&grid, 1);
    let step = diffusion.step(0.01).map_err(text)?;
    let mut u = uniforms(1, "fields", grid.cells());
    let before = grid.integral(&u);
    (0..500).for_each(|_| step.propagate(&mut u, &mut workspace));
    let kept = grid.integral(&u) / before - 1.0;
    let mut least = f64::INFINITY;
    for h in [1e-5, 1e-3, 1e-2, 1.0, 100.0] {
        let step = diffusion.step(h).map_err(text)?;
        let (mut u, mut point) = (vec![0.0; grid.cells()], vec![0.0; grid.cells()]);
        point[grid.index(3, 7, 5)] = 1.0;
        step.predict(&mut u, &point, &mut workspace);
        step.correct(&mut u, &point, &mut vec![0.0; grid.cells()], &mut workspace);
        let largest = u.iter().copied().fold(0.0, f64::max);
        least = least.min(u.iter().copied().fold(f64::INFINITY, f64::min) / largest);
    }
    Ok((kept, least))
}

fn threads() -> Result<f64, String> {
    let grid = Grid::patch((40, 0.02), (36, 0.02), &even(24, 1.0)).map_err(text)?;
    let step = Diffusion::new(&grid, &layers(&grid, true))
        .and_then(|d| d.step(0.01))
        .map_err(text)?;
    let run = |threads: usize| {
        on_threads(threads, || {
            let mut workspace = Workspace::new(&grid, threads);
            let (mut u, now) = (uniforms(1, "u", grid.cells()), uniforms(1, "now", grid.cells()));
            step.predict(&mut u, &now, &mut workspace);
            step.correct(&mut u, &now, &mut uniforms(1, "then", grid.cells()), &mut workspace);
            u
        })
        .map_err(text)
    };
    let (one, two, four) = (run(1)?, run(2)?, run(4)?);
    let differ = |i: &usize| one[*i].to_bits() != two[*i].to_bits() || one[*i].to_bits() != four[*i].to_bits();
    Ok((0..one.len()).filter(differ).count() as f64)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    #[test]
    fn every_proof_of_the_fields_holds() {
        for proof in super::prove().unwrap() {
            assert!(proof.holds(), "{proof:?}");
        }
    }
}
