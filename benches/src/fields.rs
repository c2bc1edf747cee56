//! The field engine: time per voxel (goal P1), time to equal error (P2), memory (P5), beside what moving the numbers
//! alone takes.
//!
//! The published codes' times stand in `benches/peers.csv`; their method is `peers_method`. What is compared runs in
//! turns, and medians are shown.

use std::fmt::Write as _;
use std::time::Instant;

use needlework::numerics::diffusion::{Diffusion, Grid, Medium, Workspace};
use needlework::numerics::{median, on_threads};

use crate::peers_method::Locally1d;

const PEERS: &str = include_str!("../peers.csv");

/// All tables of the field engine.
///
/// # Errors
/// When a grid or operator can't be built, or threads can't be started.
pub fn tables() -> Result<String, String> {
    Ok([roofline()?, per_voxel()?, smooth_mode()?, channels()?].join("\n"))
}

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// The median seconds of each of `works`, which take turns.
fn in_turns<const N: usize>(runs: usize, mut works: [&mut dyn FnMut(); N]) -> [f64; N] {
    let mut times = vec![[0.0; N]; runs];
    for work in &mut works {
        work();
    }
    for run in &mut times {
        for (time, work) in run.iter_mut().zip(&mut works) {
            let begun = Instant::now();
            work();
            *time = begun.elapsed().as_secs_f64();
        }
    }
    std::array::from_fn(|i| {
        let column: Vec<f64> = times.iter().map(|run| run[i]).collect();
        median(&column)
    })
}

fn edges(count: usize, size: f64) -> Vec<f64> {
    (0..=count).map(|i| i as f64 * size).collect()
}

/// Reading and writing every number in place.
fn roofline() -> Result<String, String> {
    const NUMBERS: usize = 8_000_000;
    let mut out = "Roofline: every number read and written in place\n".to_owned();
    let measure = |threads: usize| {
        on_threads(threads, || {
            // A scale that the compiler can't see through; work is shared as the engine shares it.
            let mut parts: Vec<Vec<f64>> = vec![vec![1.0; NUMBERS / threads]; threads];
            let factor = std::hint::black_box(0.999);
            let [seconds] = in_turns(9, [&mut || scale_all(&mut parts, factor)]);
            seconds
        })
        .map_err(text)
    };
    for threads in [1, 2] {
        let seconds = measure(threads)?;
        let _ = writeln!(
            out,
            "  {threads} thread(s): {:.2} ns per number, {:.1} GB/s",
            seconds / NUMBERS as f64 * 1e9,
            16.0 * NUMBERS as f64 / seconds * 1e-9
        );
    }
    Ok(out)
}

fn scale_all(parts: &mut [Vec<f64>], factor: f64) {
    std::thread::scope(|scope| {
        for part in parts {
            scope.spawn(move || {
                for value in part {
                    *value *= factor;
                }
            });
        }
    });
}

/// The published problem: a cube of equal cells, micrometres and minutes.
struct Cube {
    grid: Grid,
    medium: Medium,
}

impl Cube {
    fn new(count: usize) -> Result<Self, String> {
        let grid = Grid::patch((count, 10.0), (count, 10.0), &edges(count, 10.0)).map_err(text)?;
        let medium = Medium::even(&grid, 1e5, 0.1);
        Ok(Self { grid, medium })
    }

    fn layered(count: usize) -> Result<Self, String> {
        let mut cube = Self::new(count)?;
        for (k, value) in cube.medium.diffusivity.iter_mut().enumerate() {
            if k < count / 10 {
                *value *= 0.3;
            }
        }
        Ok(cube)
    }

    /// 1 plus the first mode along each axis.
    fn start(&self) -> Vec<f64> {
        let length = self.grid.first().widths()[0] * self.grid.first().count() as f64;
        (0..self.grid.cells())
            .map(|i| {
                let mode = self.grid.centre(i).map(|x| (std::f64::consts::PI * x / length).cos());
                1.0 + mode.iter().product::<f64>()
            })
            .collect()
    }
}

/// Goal P1 and P5.
fn per_voxel() -> Result<String, String> {
    let mut out =
        "Field engine, ns per voxel, field and step, f64 (goal P1: at most 3 at one core; P5: bytes at most 1.5 × 8)\n"
            .to_owned();
    let _ = writeln!(
        out,
        "  {:<52}{:>10}{:>10}{:>16}",
        "", "1 thread", "2 threads", "bytes/voxel,field"
    );
    for (count, fields) in [(100, 1), (100, 8), (160, 1)] {
        for layered in [false, true] {
            let cube = if layered {
                Cube::layered(count)?
            } else {
                Cube::new(count)?
            };
            let what = format!(
                "{:.1}e6 × {fields}, {}",
                cube.grid.cells() as f64 * 1e-6,
                if layered { "D by layers" } else { "even D" }
            );
            let [one, two] = [1, 2].map(|threads| step_times(&cube, fields, threads));
            let (one, two) = (one?, two?);
            let cells = cube.grid.cells() as f64;
            let bytes = 8.0 + Workspace::bytes(&cube.grid, 2) as f64 / (cells * fields as f64);
            for (i, stages) in ["no source", "source, two stages"].into_iter().enumerate() {
                let _ = writeln!(
                    out,
                    "  {:<52}{:>10.1}{:>10.1}{:>16.1}",
                    format!("{what}, {stages}"),
                    one[i],
                    two[i],
                    bytes
                );
            }
        }
    }
    out.push_str("  published codes, first order (benches/peers.csv; another machine):\n");
    for row in PEERS.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        if let [code, fields, million, one, two, bytes] = cells[..] {
            let per_field = bytes.parse().unwrap_or(f64::NAN) / fields.parse().unwrap_or(f64::NAN);
            let _ = writeln!(
                out,
                "  {:<52}{one:>10}{two:>10}{per_field:>16.0}",
                format!("{million}e6 × {fields}, {code}")
            );
        }
    }
    Ok(out)
}

/// Of a step without sources and of one with a source that is given: nanoseconds per voxel and field.
fn step_times(cube: &Cube, fields: usize, threads: usize) -> Result<[f64; 2], String> {
    let step = Diffusion::new(&cube.grid, &cube.medium)
        .and_then(|d| d.step(0.01))
        .map_err(text)?;
    on_threads(threads, || {
        let mut u = vec![cube.start(); fields];
        let mut workspace = Workspace::new(&cube.grid, threads);
        let (mut v, source) = (u.clone(), cube.start());
        let mut later = source.clone();
        let mut second = Workspace::new(&cube.grid, threads);
        let times = in_turns(
            3,
            [
                &mut || u.iter_mut().for_each(|u| step.propagate(u, &mut workspace)),
                &mut || {
                    for v in &mut v {
                        later.copy_from_slice(&source);
                        step.predict(v, &source, &mut second);
                        step.correct(v, &source, &mut later, &mut second);
                    }
                },
            ],
        );
        times.map(|seconds| seconds * 1e9 / (cube.grid.cells() * fields) as f64)
    })
    .map_err(text)
}

fn largest(values: impl Iterator<Item = f64>) -> f64 {
    values.map(f64::abs).fold(0.0, f64::max)
}

/// Goal P2, smooth: the error of the first mode after a minute, and what it takes to bring it to a hundredth.
fn smooth_mode() -> Result<String, String> {
    let cube = Cube::new(100)?;
    let start = cube.start();
    let last = cube.grid.cells() as f64;
    let diffusion = Diffusion::new(&cube.grid, &cube.medium).map_err(text)?;
    let mut workspace = Workspace::new(&cube.grid, 1);
    let once = diffusion.step(1.0).map_err(text)?;
    let small = diffusion.step(0.01).map_err(text)?;
    let peers = Locally1d::new(&cube.grid, &cube.medium, 0.01);
    let (mut u, mut v) = (start.clone(), start.clone());
    let [engine, method] = in_turns(
        3,
        [&mut || once.propagate(&mut u, &mut workspace), &mut || {
            peers.step(&mut v, None)
        }],
    );
    // The amplitude of the mode at the first cell, where it is largest, against its exponential on this grid.
    let rate = 3.0 * 1e5 * (2.0 / 10.0 * (std::f64::consts::PI / 200.0).sin()).powi(2) + 0.1;
    let exact = (-0.1_f64).exp() + (start[0] - 1.0) * (-rate).exp();
    let error = |u: &[f64]| (u[0] - exact).abs() / ((start[0] - 1.0) * (-rate).exp());
    u.copy_from_slice(&start);
    once.propagate(&mut u, &mut workspace);
    let one_step = error(&u);
    u.copy_from_slice(&start);
    (0..100).for_each(|_| small.propagate(&mut u, &mut workspace));
    let hundred = error(&u);
    v.copy_from_slice(&start);
    (0..100).for_each(|_| peers.step(&mut v, None));
    let first_order = error(&v);
    let needed = (100.0 * first_order / 0.01).ceil();
    let (engine, method) = (engine * 1e9 / last, method * 1e9 / last);
    let mut out = "Smooth mode, one minute, one thread: what an error of 1 % of the mode takes (goal P2: 50 × \
        paraBioFVM, 250 × BioFVM)\n"
        .to_owned();
    let _ = writeln!(
        out,
        "  {:<40}{:>14}{:>12}{:>14}{:>12}",
        "", "ns/voxel,step", "steps", "ns/voxel", "× engine"
    );
    let mut row = |what: &str, each: f64, steps: f64| {
        let _ = writeln!(
            out,
            "  {what:<40}{each:>14.1}{steps:>12.0}{:>14.0}{:>12.0}",
            each * steps,
            each * steps / engine
        );
    };
    row("the engine", engine, 1.0);
    row("the peers' method, written here", method, needed);
    row("paraBioFVM f64, published", 12.7, needed);
    row("BioFVM 1.1.7, published", 96.0, needed);
    let _ = writeln!(
        out,
        "  errors: engine in one step {one_step:.1e}, in a hundred {hundred:.1e}; the peers' method in a hundred \
            {first_order:.1e}"
    );
    Ok(out)
}

/// Nine channels in layered skin, millimetres and hours: the source is e^{−0.034·t} in discs of 60 µm down to 0.4 mm.
struct Channels {
    grid: Grid,
    medium: Medium,
    discs: Vec<f64>,
}

impl Channels {
    fn new() -> Result<Self, String> {
        const SIDE: usize = 96;
        const SIZE: f64 = 0.02;
        let mut depths = edges(8, 0.0125);
        depths.extend(edges(40, 0.04).into_iter().skip(1).map(|z| 0.1 + z));
        let grid = Grid::patch((SIDE, SIZE), (SIDE, SIZE), &depths).map_err(text)?;
        let mut medium = Medium::even(&grid, 0.01208, 0.0148);
        for (value, &z) in medium.diffusivity.iter_mut().zip(grid.depth().centres()) {
            *value *= if z < 0.1 {
                0.3
            } else if z < 0.3 {
                1.0
            } else {
                0.6
            };
        }
        let discs = (0..grid.cells())
            .map(|i| {
                let [x, y, z] = grid.centre(i);
                let near = |x: f64| x.rem_euclid(0.64) - 0.32;
                if near(x).hypot(near(y)) <= 0.06 && z < 0.4 {
                    1.0
                } else {
                    0.0
                }
            })
            .collect();
        Ok(Self { grid, medium, discs })
    }

    fn source(&self, t: f64) -> Vec<f64> {
        let strength = (-0.034 * t).exp();
        self.discs.iter().map(|disc| disc * strength).collect()
    }

    /// A day by the engine: the field and the seconds that steps took.
    fn engine(&self, h: f64) -> Result<(Vec<f64>, f64), String> {
        let step = Diffusion::new(&self.grid, &self.medium)
            .and_then(|d| d.step(h))
            .map_err(text)?;
        let mut workspace = Workspace::new(&self.grid, 1);
        let mut u = vec![0.0; self.grid.cells()];
        let mut seconds = 0.0;
        for i in 0..(24.0 / h).round() as usize {
            let (now, mut then) = (self.source(i as f64 * h), self.source((i + 1) as f64 * h));
            let begun = Instant::now();
            step.predict(&mut u, &now, &mut workspace);
            step.correct(&mut u, &now, &mut then, &mut workspace);
            seconds += begun.elapsed().as_secs_f64();
        }
        Ok((u, seconds))
    }

    /// A day by the peers' method.
    fn peers(&self, h: f64) -> (Vec<f64>, f64) {
        let method = Locally1d::new(&self.grid, &self.medium, h);
        let mut u = vec![0.0; self.grid.cells()];
        let mut seconds = 0.0;
        for i in 0..(24.0 / h).round() as usize {
            let then = self.source((i + 1) as f64 * h);
            let begun = Instant::now();
            method.step(&mut u, Some(&then));
            seconds += begun.elapsed().as_secs_f64();
        }
        (u, seconds)
    }
}

/// Goal P2, layers and point sources.
fn channels() -> Result<String, String> {
    let problem = Channels::new()?;
    let cells = problem.grid.cells() as f64;
    let (exact, _) = on_threads(1, || problem.engine(0.125)).map_err(text)??;
    let peak = largest(exact.iter().copied());
    let mut out = format!(
        "Nine channels in layered skin, 24 h, {:.1e} voxels, one thread: error over the peak (goal P2: at equal error \
            10 × paraBioFVM, 50 × BioFVM)\n",
        cells
    );
    let _ = writeln!(
        out,
        "  {:<34}{:>8}{:>12}{:>14}{:>14}{:>14}",
        "", "dt, h", "error", "ns/voxel,step", "µs/voxel,day", "least/peak"
    );
    let mut row = |what: &str, h: f64, u: &[f64], seconds: f64| -> (f64, f64) {
        let error = largest(u.iter().zip(&exact).map(|(a, b)| a - b)) / peak;
        let day = seconds * 1e9 / cells;
        let least = u.iter().copied().fold(f64::INFINITY, f64::min) / peak;
        let _ = writeln!(
            out,
            "  {what:<34}{h:>8.4}{error:>12.1e}{:>14.1}{:>14.2}{least:>14.1e}",
            day * h / 24.0,
            day * 1e-3
        );
        (error, day)
    };
    let mut engine = Vec::new();
    for h in [1.0, 3.0, 6.0, 12.0] {
        let (u, seconds) = on_threads(1, || problem.engine(h)).map_err(text)??;
        engine.push(row("the engine", h, &u, seconds));
    }
    let mut peers = Vec::new();
    for h in [1.0, 0.25, 0.0625, 0.015625] {
        let (u, seconds) = problem.peers(h);
        peers.push((h, row("the peers' method, written here", h, &u, seconds)));
    }
    let best = engine
        .iter()
        .filter(|(error, _)| *error <= 0.01)
        .map(|(_, day)| *day)
        .fold(f64::INFINITY, f64::min);
    if let [.., (h1, (e1, _)), (h0, (e0, day))] = peers[..] {
        let order = (e1 / e0).ln() / (h1 / h0).ln();
        let needed_h = h0 * (0.01 / e0).powf(1.0 / order);
        let steps = 24.0 / needed_h;
        let _ = writeln!(
            out,
            "  to 1 % of the peak: the engine {:.2} µs per voxel; the peers' method, of order {order:.2} there, needs \
                {steps:.0} steps: written here {:.1} ×, paraBioFVM at its published 12.7 ns {:.0} ×, BioFVM 1.1.7 at \
                96 ns {:.0} × the engine's time",
            best * 1e-3,
            day * (h0 / needed_h) / best,
            steps * 12.7 / best,
            steps * 96.0 / best,
        );
    }
    let _ = writeln!(out, "  {}", balance(&problem)?);
    Ok(out)
}

/// What is given off against what is found, without decay, over a day in steps of an hour.
fn balance(problem: &Channels) -> Result<String, String> {
    let mut medium = problem.medium.clone();
    medium.decay.iter_mut().for_each(|decay| *decay = 0.0);
    let sealed = Channels {
        grid: problem.grid.clone(),
        discs: problem.discs.clone(),
        medium,
    };
    let (u, _) = sealed.engine(1.0)?;
    let given: f64 = (0..24)
        .map(|i| 0.5 * (f64::from(i) * -0.034).exp() + 0.5 * (f64::from(i + 1) * -0.034).exp())
        .sum::<f64>()
        * sealed.grid.integral(&sealed.discs);
    let off = sealed.grid.integral(&u) / given - 1.0;
    Ok(format!(
        "mass balance over a day without decay: {off:.1e} (goal: at most 1e-10)"
    ))
}
