//! Exchange and decay along depth for one lateral mode at a time, where diffusivity changes with depth.
//!
//! For a lateral mode of rate μ the operator along depth is A − μ·D(z): tridiagonal, negative, another one for every μ. Its eigenbases for all
//! modes would take as many fields of memory as there are cells in depth. Instead φₖ(h·(A − μD)) acts as partial fractions
//! ([`super::rational`]): each pair of poles is one complex tridiagonal system, each pole at zero a real one, and eight modes are solved side
//! by side. A mode that decays within the step needs fewer poles, and the fastest none: its answer follows its source at once.
//!
//! With √width as scale the systems are symmetric. Pivots can't vanish: the imaginary part of a pivot is never smaller than that of its pole,
//! and the real systems are diagonally dominant.

use super::rational::{Complex, Fractions};

/// Lateral modes that are solved side by side.
pub const LANES: usize = 8;

/// One depth of eight modes.
pub type Lanes = [f64; LANES];

/// What a stage of a step makes of amplitudes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// φ₀ of its own.
    Propagate,
    /// φ₀ of its own and h·φ₁ of another.
    Predict,
    /// h·φ₂ of its own.
    Correct,
}

/// Exchange along depth times the step.
#[derive(Debug, Clone)]
pub struct Layers {
    /// Loss of each cell to its neighbours, through the top and by decay.
    pub loss: Vec<f64>,
    /// Exchange between neighbours, scaled by the roots of both widths.
    pub exchange: Vec<f64>,
    /// Diffusivity of each cell.
    pub diffusivity: Vec<f64>,
    /// Roots of the widths.
    pub roots: Vec<f64>,
    /// Smallest decay.
    pub least_decay: f64,
    /// Smallest diffusivity.
    pub least_diffusivity: f64,
}

/// Eight columns and what solving them needs.
#[derive(Debug, Clone)]
pub struct Lines {
    /// In: amplitudes times the root of the width.
    pub own: Vec<Lanes>,
    /// In: those of the other.
    pub other: Vec<Lanes>,
    out: Vec<Lanes>,
    ratio_re: Vec<Lanes>,
    ratio_im: Vec<Lanes>,
    value_re: Vec<Lanes>,
    value_im: Vec<Lanes>,
}

impl Lines {
    pub fn new(depths: usize) -> Self {
        let line = vec![[0.0; LANES]; depths];
        Self {
            own: line.clone(),
            other: line.clone(),
            out: line.clone(),
            ratio_re: line.clone(),
            ratio_im: line.clone(),
            value_re: line.clone(),
            value_im: line,
        }
    }

    pub const fn bytes(depths: usize) -> usize {
        7 * depths * size_of::<Lanes>()
    }
}

impl Layers {
    /// The same for a step of `by`.
    pub fn times(&self, by: f64) -> Self {
        let scaled = |values: &[f64]| values.iter().map(|value| value * by).collect();
        Self {
            loss: scaled(&self.loss),
            exchange: scaled(&self.exchange),
            diffusivity: scaled(&self.diffusivity),
            roots: self.roots.clone(),
            least_decay: self.least_decay * by,
            least_diffusivity: self.least_diffusivity * by,
        }
    }

    /// Replaces `own` by what `stage` makes of it and of `other`, for eight modes of lateral `rates` and a step of `step`.
    #[inline(always)]
    pub fn act(&self, stage: Stage, step: f64, rates: &Lanes, lines: &mut Lines) {
        let slowest = rates.iter().copied().fold(f64::INFINITY, f64::min);
        let fractions = Fractions::below(-(slowest * self.least_diffusivity + self.least_decay));
        for depth in &mut lines.out {
            *depth = [0.0; LANES];
        }
        for (pole, [zero, one, two]) in fractions.pairs() {
            match stage {
                Stage::Propagate => self.complex::<false>(pole, [zero, zero], rates, lines),
                Stage::Predict => self.complex::<true>(pole, [zero, one.times(step)], rates, lines),
                Stage::Correct => self.complex::<false>(pole, [two.times(step); 2], rates, lines),
            }
        }
        let [_, one, two] = fractions.inverse;
        match stage {
            Stage::Predict if one != 0.0 => {
                self.invert(rates, lines, Side::Other);
                lines.add(step * one);
            }
            Stage::Correct if two != 0.0 => {
                self.invert(rates, lines, Side::Own);
                lines.add(step * two);
                self.invert(rates, lines, Side::Again);
                lines.add(step * fractions.inverse_square);
            }
            _ => {}
        }
        std::mem::swap(&mut lines.own, &mut lines.out);
    }

    /// Adds 2·Re[(h·A − θ)⁻¹·(c₀·own + c₁·other)] to `out`.
    #[inline(always)]
    fn complex<const OTHER: bool>(&self, pole: Complex, residues: [Complex; 2], rates: &Lanes, lines: &mut Lines) {
        let zero = [0.0; LANES];
        let (mut ratio_re, mut ratio_im, mut value_re, mut value_im) = (zero, zero, zero, zero);
        let [of_own, of_other] = residues;
        let mut before = 0.0;
        let depths = self.loss.len();
        let (own, other) = (&lines.own[..depths], &lines.other[..depths]);
        for k in 0..depths {
            let after = self.exchange.get(k).copied().unwrap_or(0.0);
            let fixed = -self.loss[k] - pole.re;
            let lateral = self.diffusivity[k];
            for l in 0..LANES {
                let pivot_re = fixed - rates[l] * lateral - before * ratio_re[l];
                let pivot_im = -pole.im - before * ratio_im[l];
                let size = 1.0 / (pivot_re * pivot_re + pivot_im * pivot_im);
                let (inverse_re, inverse_im) = (pivot_re * size, -pivot_im * size);
                let mut side_re = of_own.re * own[k][l] - before * value_re[l];
                let mut side_im = of_own.im * own[k][l] - before * value_im[l];
                if OTHER {
                    side_re += of_other.re * other[k][l];
                    side_im += of_other.im * other[k][l];
                }
                value_re[l] = inverse_re * side_re - inverse_im * side_im;
                value_im[l] = inverse_re * side_im + inverse_im * side_re;
                ratio_re[l] = after * inverse_re;
                ratio_im[l] = after * inverse_im;
            }
            lines.ratio_re[k] = ratio_re;
            lines.ratio_im[k] = ratio_im;
            lines.value_re[k] = value_re;
            lines.value_im[k] = value_im;
            before = after;
        }
        let (mut below_re, mut below_im) = (zero, zero);
        for k in (0..depths).rev() {
            let (ratio_re, ratio_im) = (&lines.ratio_re[k], &lines.ratio_im[k]);
            let (value_re, value_im) = (&lines.value_re[k], &lines.value_im[k]);
            let out = &mut lines.out[k];
            for l in 0..LANES {
                let re = value_re[l] - (ratio_re[l] * below_re[l] - ratio_im[l] * below_im[l]);
                let im = value_im[l] - (ratio_re[l] * below_im[l] + ratio_im[l] * below_re[l]);
                out[l] += 2.0 * re;
                below_re[l] = re;
                below_im[l] = im;
            }
        }
    }

    /// Leaves (h·A)⁻¹·side in the lines.
    #[inline(always)]
    fn invert(&self, rates: &Lanes, lines: &mut Lines, side: Side) {
        let (mut ratio, mut value) = ([0.0; LANES], [0.0; LANES]);
        let mut before = 0.0;
        let depths = self.loss.len();
        for k in 0..depths {
            let after = self.exchange.get(k).copied().unwrap_or(0.0);
            let from = match side {
                Side::Own => lines.own[k],
                Side::Other => lines.other[k],
                Side::Again => lines.value_re[k],
            };
            for l in 0..LANES {
                let pivot = 1.0 / (-self.loss[k] - rates[l] * self.diffusivity[k] - before * ratio[l]);
                value[l] = pivot * (from[l] - before * value[l]);
                ratio[l] = pivot * after;
            }
            lines.ratio_re[k] = ratio;
            lines.value_re[k] = value;
            before = after;
        }
        let mut below = [0.0; LANES];
        for k in (0..depths).rev() {
            let (ratio, value) = (&lines.ratio_re[k], &mut lines.value_re[k]);
            for l in 0..LANES {
                below[l] = value[l] - ratio[l] * below[l];
            }
            *value = below;
        }
    }
}

/// What a real system is solved for.
#[derive(Debug, Clone, Copy)]
enum Side {
    Own,
    Other,
    /// The solution before.
    Again,
}

impl Lines {
    #[inline(always)]
    fn add(&mut self, factor: f64) {
        for (out, value) in self.out.iter_mut().zip(&self.value_re) {
            for l in 0..LANES {
                out[l] += factor * value[l];
            }
        }
    }
}
