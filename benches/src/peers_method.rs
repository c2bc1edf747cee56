//! The method of the published codes, written plainly for comparison: locally one-dimensional backward Euler.
//!
//! u⁺ = Z·Y·X·(u + h·s), each factor the implicit solution along one axis with a third of the decay. First order in
//! time; D and decay may change along depth. Used nowhere else: the engine's own method is in
//! `needlework::numerics::diffusion`.

use needlework::numerics::diffusion::{Grid, Medium};

/// Factors of the three implicit systems of one step.
pub struct Locally1d {
    shape: [usize; 3],
    step: f64,
    first: Sweep,
    second: Sweep,
    depth: Sweep,
}

/// Forward factors and inverse pivots of a tridiagonal system: per cell along the axis, and per depth where they
/// differ.
struct Sweep {
    below: Vec<f64>,
    inverse: Vec<f64>,
    above: Vec<f64>,
}

/// From the exchange of each cell with the one before it and the one after it, and its decay, all times the step.
fn sweep(
    count: usize,
    before: impl Fn(usize) -> f64,
    after: impl Fn(usize) -> f64,
    decay: impl Fn(usize) -> f64,
) -> Sweep {
    let mut sweep = Sweep {
        below: vec![0.0; count],
        inverse: vec![0.0; count],
        above: vec![0.0; count],
    };
    for i in 0..count {
        let carried = if i > 0 { before(i) * sweep.above[i - 1] } else { 0.0 };
        let pivot = 1.0 + before(i) + after(i) + decay(i) - carried;
        sweep.inverse[i] = 1.0 / pivot;
        sweep.below[i] = before(i) / pivot;
        sweep.above[i] = after(i) / pivot;
    }
    sweep
}

impl Locally1d {
    /// For a patch that is sealed all around.
    pub fn new(grid: &Grid, medium: &Medium, step: f64) -> Self {
        let [first, second, depth] = grid.shape();
        let lateral = |count: usize, size: f64| {
            let mut all = Sweep {
                below: vec![0.0; count * depth],
                inverse: vec![0.0; count * depth],
                above: vec![0.0; count * depth],
            };
            for k in 0..depth {
                let rate = step * medium.diffusivity[k] / (size * size);
                let one = sweep(
                    count,
                    |i| if i > 0 { rate } else { 0.0 },
                    |i| if i + 1 < count { rate } else { 0.0 },
                    |_| step * medium.decay[k] / 3.0,
                );
                for i in 0..count {
                    all.below[i * depth + k] = one.below[i];
                    all.inverse[i * depth + k] = one.inverse[i];
                    all.above[i * depth + k] = one.above[i];
                }
            }
            all
        };
        let widths = grid.depth().widths();
        let open = |k: usize| {
            let half = |k: usize| widths[k] / (2.0 * medium.diffusivity[k]);
            if k > 0 && k < depth {
                step / (half(k - 1) + half(k))
            } else {
                0.0
            }
        };
        Self {
            shape: grid.shape(),
            step,
            first: lateral(first, grid.first().widths()[0]),
            second: lateral(second, grid.second().widths()[0]),
            depth: sweep(
                depth,
                |k| open(k) / widths[k],
                |k| open(k + 1) / widths[k],
                |k| step * medium.decay[k] / 3.0,
            ),
        }
    }

    /// One step with a source inside.
    pub fn step(&self, u: &mut [f64], source: Option<&[f64]>) {
        let [first, second, depth] = self.shape;
        if let Some(source) = source {
            for (u, source) in u.iter_mut().zip(source) {
                *u += self.step * source;
            }
        }
        let plane = second * depth;
        across(u, plane, first, &self.first, depth);
        for plane in u.chunks_exact_mut(plane) {
            across(plane, depth, second, &self.second, depth);
            for line in plane.chunks_exact_mut(depth) {
                along(line, &self.depth);
            }
        }
    }
}

/// An axis whose neighbours are `stride` apart; factors repeat along depth.
fn across(u: &mut [f64], stride: usize, count: usize, sweep: &Sweep, depth: usize) {
    for i in 0..count {
        let (before, here) = u.split_at_mut(i * stride);
        let factors = i * depth..(i + 1) * depth;
        let (below, inverse) = (&sweep.below[factors.clone()], &sweep.inverse[factors]);
        if i == 0 {
            for line in here[..stride].chunks_exact_mut(depth) {
                for (value, inverse) in line.iter_mut().zip(inverse) {
                    *value *= inverse;
                }
            }
            continue;
        }
        let lines = here[..stride].chunks_exact_mut(depth);
        for (line, last) in lines.zip(before[(i - 1) * stride..].chunks_exact(depth)) {
            for k in 0..depth {
                line[k] = line[k] * inverse[k] + below[k] * last[k];
            }
        }
    }
    for i in (0..count - 1).rev() {
        let (here, after) = u.split_at_mut((i + 1) * stride);
        let above = &sweep.above[i * depth..(i + 1) * depth];
        let lines = here[i * stride..].chunks_exact_mut(depth);
        for (line, next) in lines.zip(after[..stride].chunks_exact(depth)) {
            for k in 0..depth {
                line[k] += above[k] * next[k];
            }
        }
    }
}

fn along(line: &mut [f64], sweep: &Sweep) {
    let mut last = 0.0;
    for (k, value) in line.iter_mut().enumerate() {
        *value = *value * sweep.inverse[k] + sweep.below[k] * last;
        last = *value;
    }
    for k in (0..line.len() - 1).rev() {
        line[k] += sweep.above[k] * line[k + 1];
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn it_keeps_what_it_should_and_is_of_first_order() {
        let edges: Vec<f64> = (0..=6).map(|i| f64::from(i * i) * 0.02 + f64::from(i) * 0.05).collect();
        let grid = Grid::patch((8, 0.1), (6, 0.1), &edges).unwrap();
        let mut medium = Medium::even(&grid, 0.02, 0.0);
        medium.diffusivity[1] = 0.005;
        let run = |steps: u32| {
            let mut u = vec![0.0; grid.cells()];
            u[grid.index(2, 3, 1)] = 1.0;
            let method = Locally1d::new(&grid, &medium, 1.0 / f64::from(steps));
            for _ in 0..steps {
                method.step(&mut u, None);
            }
            u
        };
        let mut exact = vec![0.0; grid.cells()];
        exact[grid.index(2, 3, 1)] = 1.0;
        let kept = grid.integral(&exact);
        let engine = needlework::numerics::diffusion::Diffusion::new(&grid, &medium).unwrap();
        let mut workspace = needlework::numerics::diffusion::Workspace::new(&grid, 1);
        engine.step(1.0).unwrap().propagate(&mut exact, &mut workspace);
        let error = |steps| {
            let u = run(steps);
            assert!((grid.integral(&u) / kept - 1.0).abs() < 1e-12);
            u.iter().zip(&exact).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
        };
        let order = (error(64) / error(128)).log2();
        assert!((order - 1.0).abs() < 0.1, "{order}");
    }
}
