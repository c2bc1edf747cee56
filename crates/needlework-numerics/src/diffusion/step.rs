//! Steps of second order with sources: exponential time differencing with two Runge–Kutta stages (ETD2RK).
//!
//! For u′ = L·u + N(t, u) and a step h (Cox and Matthews, J. Comput. Phys. 176, 2002):
//!
//! a = e^{hL}·u + h·φ₁(hL)·N(t, u),  u⁺ = a + h·φ₂(hL)·(N(t + h, a) − N(t, u)).
//!
//! The linear part is exact, however stiff. Where N isn't negative, u⁺ isn't either, for it is e^{hL}·u + h·(φ₁ −
//! φ₂)·N₀ + h·φ₂·N₁ and each of these operators is an average of e^{sL} with positive weights. What the second stage
//! adds is what the first, of first order, missed; its size is the error estimate that comes for free.
//!
//! Fields are transformed axis by axis: the second axis plane by plane, the first and depth together in tiles that fit
//! the cache. Every line is computed in the same order whoever computes it: the bytes don't depend on the number of
//! threads.

use rayon::prelude::*;
use std::sync::Arc;

use super::basis::{Basis, Room};
use super::cosine::Way;
use super::grid::Grid;
use super::layered::{Layers, Lines, Stage};
use super::operator::{Depth, Diffusion, DiffusionError, Operator};
use super::phi::Phi;
use super::vectors::{LANES, vectorised};

// numerical: with fewer cells than this, handing work to threads takes longer than the work
const CELLS_WORTH_THREADS: usize = 32_768;
// numerical: tiles per thread; with two, a thread that is held up holds up less
const TILES_PER_THREAD: usize = 2;

/// Memory that steps on one grid share, for any number of fields.
#[derive(Debug, Clone)]
pub struct Workspace {
    field: Vec<f64>,
    tiles: Vec<Tile>,
}

impl Workspace {
    /// For `grid` and as many threads as are to work on it.
    #[must_use]
    pub fn new(grid: &Grid, threads: usize) -> Self {
        let shape = grid.shape();
        Self {
            field: if shape[1] > 1 {
                vec![0.0; grid.cells()]
            } else {
                Vec::new()
            },
            tiles: vec![Tile::new(shape); tiles(grid, threads)],
        }
    }

    /// The bytes that [`Workspace::new`] takes, and those that a step holds for a moment.
    #[must_use]
    pub fn bytes(grid: &Grid, threads: usize) -> usize {
        let shape = grid.shape();
        let field = if shape[1] > 1 {
            grid.cells() * size_of::<f64>()
        } else {
            0
        };
        let lines = shape[0] * shape[1] * size_of::<&mut [f64]>();
        field + lines + tiles(grid, threads) * Tile::bytes(shape)
    }
}

fn tiles(grid: &Grid, threads: usize) -> usize {
    if grid.cells() < CELLS_WORTH_THREADS {
        1
    } else {
        TILES_PER_THREAD * threads.max(1)
    }
}

#[derive(Debug, Clone)]
struct Tile {
    own: Vec<f64>,
    other: Vec<f64>,
    room: Room,
    lines: Lines,
}

impl Tile {
    fn size(shape: [usize; 3]) -> usize {
        shape[0].max(shape[1]) * shape[2]
    }

    fn new(shape: [usize; 3]) -> Self {
        let values = vec![0.0; Self::size(shape)];
        Self {
            own: values.clone(),
            room: Room::new(values.len(), Self::longest(shape)),
            other: values,
            lines: Lines::new(shape[2]),
        }
    }

    fn longest(shape: [usize; 3]) -> usize {
        shape.into_iter().fold(0, usize::max)
    }

    fn bytes(shape: [usize; 3]) -> usize {
        let size = Self::size(shape);
        2 * size * size_of::<f64>() + Room::bytes(size, Self::longest(shape)) + Lines::bytes(shape[2])
    }
}

/// What a step of a given length needs; see the front page of this file.
#[derive(Debug, Clone)]
pub struct Step {
    operator: Arc<Operator>,
    length: f64,
    factors: Factors,
}

#[derive(Debug, Clone)]
enum Factors {
    /// Per member of the depth basis; per lateral mode, second axis slow.
    Shared {
        depth: Vec<Phi>,
        lateral: Vec<Phi>,
    },
    Layered(Layers),
}

impl Diffusion {
    /// What a step of `dt` needs; keep it as long as the step stays the same.
    ///
    /// # Errors
    /// [`DiffusionError::Step`] when `dt` isn't positive and finite.
    pub fn step(&self, dt: f64) -> Result<Step, DiffusionError> {
        Step::new(self, dt)
    }
}

impl Step {
    pub(super) fn new(diffusion: &Diffusion, length: f64) -> Result<Self, DiffusionError> {
        if !(length > 0.0 && length.is_finite()) {
            return Err(DiffusionError::Step(length));
        }
        let operator = &diffusion.operator;
        let factors = match &operator.depth {
            Depth::Shared { basis, diffusivity } => Factors::Shared {
                depth: basis.rates.iter().map(|rate| Phi::at(-length * rate)).collect(),
                lateral: lateral_rates(operator)
                    .map(|rate| Phi::at(-length * diffusivity * rate))
                    .collect(),
            },
            Depth::Layered(layers) => Factors::Layered(layers.times(length)),
        };
        Ok(Self {
            operator: Arc::clone(operator),
            length,
            factors,
        })
    }

    /// The length of the step.
    #[must_use]
    pub const fn length(&self) -> f64 {
        self.length
    }

    /// u ← e^{hL}·u: a step without sources, exact.
    pub fn propagate(&self, u: &mut [f64], workspace: &mut Workspace) {
        let Workspace { tiles, .. } = workspace;
        self.second_axis(Way::There, u, tiles);
        self.first_and_depth(Stage::Propagate, u, None, tiles);
        self.second_axis(Way::Back, u, tiles);
    }

    /// u ← a = e^{hL}·u + h·φ₁·N₀: the first stage, by itself of first order.
    pub fn predict(&self, u: &mut [f64], source: &[f64], workspace: &mut Workspace) {
        let Workspace { field, tiles } = workspace;
        let operator = &self.operator;
        if operator.shape[1] == 1 {
            self.first_and_depth(Stage::Predict, u, Some(source), tiles);
            return;
        }
        // Field and source go into the basis of the second axis; the pass over first axis and depth adds them there,
        // h·φ₁ times one to e^{hL} times the other, so that only one field is transformed back.
        self.planes(field, source, tiles, |field, source, _| field.copy_from_slice(source));
        self.second_axis(Way::There, field, tiles);
        self.second_axis(Way::There, u, tiles);
        self.first_and_depth(Stage::Predict, u, Some(field), tiles);
        self.second_axis(Way::Back, u, tiles);
    }

    /// a ← u⁺ = a + h·φ₂·(N₁ − N₀): the second stage. Returns the largest change of a cell, which estimates the error
    /// of the first.
    ///
    /// `later`, the source at the end of the step computed from a, is used up.
    pub fn correct(&self, a: &mut [f64], source: &[f64], later: &mut [f64], workspace: &mut Workspace) -> f64 {
        let Workspace { tiles, .. } = workspace;
        // The corrector is linear in N₁ − N₀, so the difference is formed in space and transformed once. Its result is
        // an increment that is added in space; the predicted field itself is never transformed again.
        self.planes(later, source, tiles, |later, source, _| {
            vectorised(|| {
                for (later, source) in later.iter_mut().zip(source) {
                    *later -= source;
                }
            });
        });
        self.second_axis(Way::There, later, tiles);
        self.first_and_depth(Stage::Correct, later, None, tiles);
        self.second_axis(Way::Back, later, tiles);
        let largest = |(a, change): (&mut [f64], &[f64])| {
            vectorised(|| {
                let mut largest = 0.0_f64;
                for (a, change) in a.iter_mut().zip(change) {
                    *a += change;
                    largest = larger(largest, change.abs());
                }
                largest
            })
        };
        let plane = self.operator.shape[1] * self.operator.shape[2];
        if self.is_small() {
            a.chunks_mut(plane)
                .zip(later.chunks(plane))
                .map(largest)
                .fold(0.0, larger)
        } else {
            a.par_chunks_mut(plane)
                .zip(later.par_chunks(plane))
                .map(largest)
                .reduce(|| 0.0, larger)
        }
    }

    fn is_small(&self) -> bool {
        self.operator.shape.iter().product::<usize>() < CELLS_WORTH_THREADS
    }

    /// Calls `work` for planes across the first axis, each with the same plane of `other`.
    fn planes(
        &self,
        field: &mut [f64],
        other: &[f64],
        tiles: &mut [Tile],
        work: impl Fn(&mut [f64], &[f64], &mut Tile) + Sync,
    ) {
        let [count, second, depth] = self.operator.shape;
        let plane = second * depth;
        let group = count.div_ceil(tiles.len()) * plane;
        let each = |((fields, others), tile): ((&mut [f64], &[f64]), &mut Tile)| {
            for (field, other) in fields.chunks_exact_mut(plane).zip(others.chunks_exact(plane)) {
                work(field, other, tile);
            }
        };
        if self.is_small() {
            field
                .chunks_mut(group)
                .zip(other.chunks(group))
                .zip(tiles)
                .for_each(each);
        } else {
            field
                .par_chunks_mut(group)
                .zip(other.par_chunks(group))
                .zip(tiles)
                .for_each(each);
        }
    }

    /// Changes the basis of the second axis.
    fn second_axis(&self, way: Way, field: &mut [f64], tiles: &mut [Tile]) {
        let [count, second, depth] = self.operator.shape;
        if second == 1 {
            return;
        }
        let plane = second * depth;
        let group = count.div_ceil(tiles.len()) * plane;
        let each = |(fields, tile): (&mut [f64], &mut Tile)| {
            for field in fields.chunks_exact_mut(plane) {
                self.operator.second.change_rows(way, field, depth, &mut tile.room);
            }
        };
        if self.is_small() {
            field.chunks_mut(group).zip(tiles).for_each(each);
        } else {
            field.par_chunks_mut(group).zip(tiles).for_each(each);
        }
    }

    /// For every mode of the second axis: to the modes of the first axis, the stage along depth, and back.
    fn first_and_depth(&self, stage: Stage, field: &mut [f64], other: Option<&[f64]>, tiles: &mut [Tile]) {
        let [first, second, depth] = self.operator.shape;
        if second == 1 {
            let tile = &mut tiles[0];
            let size = first * depth;
            tile.own[..size].copy_from_slice(field);
            if let Some(other) = other {
                tile.other[..size].copy_from_slice(other);
            }
            self.tile(stage, 0, tile);
            field.copy_from_slice(&tile.own[..size]);
            return;
        }
        // Lines along depth, sorted by the second axis: each tile then owns its own.
        let mut sorted: Vec<Vec<&mut [f64]>> = (0..second).map(|_| Vec::with_capacity(first)).collect();
        for (i, line) in field.chunks_exact_mut(depth).enumerate() {
            sorted[i % second].push(line);
        }
        let group = second.div_ceil(tiles.len());
        #[expect(
            clippy::type_complexity,
            reason = "the type of a parallel iterator's item, written nowhere else"
        )]
        let each = |(g, (modes, tile)): (usize, (&mut [Vec<&mut [f64]>], &mut Tile))| {
            for (i, lines) in modes.iter_mut().enumerate() {
                let mode = g * group + i;
                for (a, line) in lines.iter().enumerate() {
                    tile.own[a * depth..(a + 1) * depth].copy_from_slice(line);
                    if let Some(other) = other {
                        let start = (a * second + mode) * depth;
                        tile.other[a * depth..(a + 1) * depth].copy_from_slice(&other[start..start + depth]);
                    }
                }
                self.tile(stage, mode, tile);
                for (line, value) in lines.iter_mut().zip(tile.own.chunks_exact(depth)) {
                    line.copy_from_slice(value);
                }
            }
        };
        if self.is_small() {
            sorted.chunks_mut(group).zip(tiles).enumerate().for_each(each);
        } else {
            sorted.par_chunks_mut(group).zip(tiles).enumerate().for_each(each);
        }
    }

    fn tile(&self, stage: Stage, mode: usize, tile: &mut Tile) {
        let [first, _, depth] = self.operator.shape;
        let size = first * depth;
        let Tile {
            own,
            other,
            room,
            lines,
        } = tile;
        let (own, other) = (&mut own[..size], &mut other[..size]);
        let with_other = stage == Stage::Predict;
        let lateral_basis = &self.operator.first;
        lateral_basis.change_rows(Way::There, own, depth, room);
        if with_other {
            lateral_basis.change_rows(Way::There, other, depth, room);
        }
        match (&self.factors, &self.operator.depth) {
            (Factors::Shared { depth, lateral }, Depth::Shared { basis, .. }) => {
                basis.change_columns(Way::There, own, room);
                if with_other {
                    basis.change_columns(Way::There, other, room);
                }
                let modes = &lateral[mode * first..(mode + 1) * first];
                vectorised(|| join(stage, self.length, modes, depth, own, other));
                basis.change_columns(Way::Back, own, room);
            }
            (Factors::Layered(layers), _) => vectorised(|| self.layered(stage, mode, layers, own, other, lines)),
            // Factors are made from the operator.
            (Factors::Shared { .. }, Depth::Layered(_)) => {}
        }
        lateral_basis.change_rows(Way::Back, own, depth, room);
    }

    #[inline(always)]
    fn layered(&self, stage: Stage, mode: usize, layers: &Layers, own: &mut [f64], other: &[f64], lines: &mut Lines) {
        let Operator { first, second, .. } = &*self.operator;
        let depth = layers.widths.len();
        let count = first.rates.len();
        for start in (0..count).step_by(LANES) {
            // Lanes beyond the last mode repeat it.
            let place = |l: usize| (start + l).min(count - 1);
            let rates: [f64; LANES] = std::array::from_fn(|l| first.rates[place(l)] + second.rates[mode]);
            for k in 0..depth {
                let width = layers.widths[k];
                lines.own[k] = std::array::from_fn(|l| own[place(l) * depth + k] * width);
                if stage == Stage::Predict {
                    lines.other[k] = std::array::from_fn(|l| other[place(l) * depth + k] * width);
                }
            }
            layers.act(stage, self.length, &rates, lines);
            for l in 0..LANES.min(count - start) {
                let line = &mut own[(start + l) * depth..(start + l + 1) * depth];
                #[expect(clippy::needless_range_loop, reason = "depth walks several arrays at once")]
                for k in 0..depth {
                    line[k] = lines.own[k][l];
                }
            }
        }
    }
}

/// The larger of two sizes; what is no number stays visible.
fn larger(a: f64, b: f64) -> f64 {
    if a.is_nan() || a > b { a } else { b }
}

fn lateral_rates(operator: &Operator) -> impl Iterator<Item = f64> + '_ {
    let Basis { rates: second, .. } = &operator.second;
    second
        .iter()
        .flat_map(|second| operator.first.rates.iter().map(move |first| first + second))
}

/// Amplitudes in a basis that all lateral modes share.
#[inline(always)]
fn join(stage: Stage, step: f64, modes: &[Phi], rates: &[Phi], own: &mut [f64], other: &[f64]) {
    let lines = own.chunks_exact_mut(rates.len()).zip(other.chunks_exact(rates.len()));
    for (mode, (own, other)) in modes.iter().zip(lines) {
        for ((own, other), rate) in own.iter_mut().zip(other).zip(rates) {
            *own = match stage {
                Stage::Propagate => rate.zero_of_sum(mode) * *own,
                Stage::Predict => rate.zero_of_sum(mode) * *own + step * rate.one_of_sum(mode) * other,
                Stage::Correct => step * rate.two_of_sum(mode) * *own,
            };
        }
    }
}
