//! Exchange and decay along depth for one lateral mode at a time, where diffusivity changes with depth.
//!
//! For a lateral mode of rate μ the operator along depth is A − μ·D(z): tridiagonal, negative, another one for every μ.
//! Its eigenbases for all modes would take as many fields of memory as there are cells in depth. Instead φₖ(h·(A − μD))
//! acts as partial fractions ([`super::rational`]): each pair of poles is one complex tridiagonal system, each pole at
//! zero a real one, and eight modes are solved side by side. A mode that decays within the step needs fewer poles, and
//! the fastest none: its answer follows its source at once.
//!
//! A system [c + G·differences]·x = f is solved without subtracting what is nearly equal: with q the part of a pivot
//! that isn't exchange with the next depth, q ← c + G·q/(q + G). What is kept is then kept to rounding, however fast
//! exchange is beside the step (the way of Grassmann, Taksar and Heyman with Markov chains). Pivots can't vanish: their
//! imaginary parts all have the sign of the pole's, and real ones are sums of what isn't negative.

use super::rational::{Complex, Fractions};
use super::vectors::{LANES, Lanes};

/// The operator that a stage of a step applies to modal amplitudes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// φ₀ of its own.
    Propagate,
    /// φ₀ of its own and h·φ₁ of another.
    Predict,
    /// h·φ₂ of its own.
    Correct,
}

/// Exchange along depth, each times the width of its cell, and in a step times the step.
#[derive(Debug, Clone)]
pub struct Layers {
    /// Loss of each cell by decay and through the top.
    pub leaks: Vec<f64>,
    /// Exchange between neighbours.
    pub conductance: Vec<f64>,
    /// Diffusivity of each cell.
    pub lateral: Vec<f64>,
    /// Width of each cell, never times the step.
    pub widths: Vec<f64>,
    /// Smallest decay.
    pub least_decay: f64,
    /// Smallest diffusivity.
    pub least_diffusivity: f64,
}

/// Eight columns and what solving them needs.
#[derive(Debug, Clone)]
pub struct Lines {
    /// In: amplitudes times the width. Out: amplitudes.
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
            leaks: scaled(&self.leaks),
            conductance: scaled(&self.conductance),
            lateral: scaled(&self.lateral),
            widths: self.widths.clone(),
            least_decay: self.least_decay * by,
            least_diffusivity: self.least_diffusivity * by,
        }
    }

    /// Applies the operator of `stage` to `own` (and `other`), for modes of lateral `rates` and a step of `step`; the
    /// result replaces `own`.
    #[inline(always)]
    pub fn act(&self, stage: Stage, step: f64, rates: &Lanes, lines: &mut Lines) {
        // The number of poles follows from the slowest of the eight modes. The eigenvalues of the depth operator lie
        // below −(μ·min D + min δ), so a rational approximation is needed on that half-line only.
        let slowest = rates.iter().copied().fold(f64::INFINITY, f64::min);
        let fractions = Fractions::below(-(slowest * self.least_diffusivity + self.least_decay));
        for depth in &mut lines.out {
            *depth = [0.0; LANES];
        }
        // Poles come in conjugate pairs; a real field needs one of each pair, counted twice by its real part.
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
        // Carried from one depth to the next: the eliminated part of the pivot, and the eliminated right-hand side.
        let (mut lost_re, mut lost_im, mut flow_re, mut flow_im) = (zero, zero, zero, zero);
        // The matrix is that of −(h·A − θ).
        let [of_own, of_other] = residues.map(|residue| residue.times(-1.0));
        let depths = self.leaks.len();
        let (leaks, lateral, widths) = (&self.leaks[..depths], &self.lateral[..depths], &self.widths[..depths]);
        let (own, other) = (&lines.own[..depths], &lines.other[..depths]);
        // Forward elimination from the top. `kept` is q of the front page, the part of the pivot without exchange
        // downwards; it is built of sums alone, so nothing cancels.
        for k in 0..depths {
            let open = self.conductance.get(k).copied().unwrap_or(0.0);
            let fixed_re = leaks[k] + widths[k] * pole.re;
            let fixed_im = widths[k] * pole.im;
            let (ratio_re, ratio_im) = (&mut lines.ratio_re[k], &mut lines.ratio_im[k]);
            let (value_re, value_im) = (&mut lines.value_re[k], &mut lines.value_im[k]);
            for l in 0..LANES {
                let kept_re = fixed_re + rates[l] * lateral[k] + lost_re[l];
                let kept_im = fixed_im + lost_im[l];
                let pivot = kept_re + open;
                let size = 1.0 / (pivot * pivot + kept_im * kept_im);
                let (inverse_re, inverse_im) = (pivot * size, -kept_im * size);
                let mut side_re = of_own.re * own[k][l] + flow_re[l];
                let mut side_im = of_own.im * own[k][l] + flow_im[l];
                if OTHER {
                    side_re += of_other.re * other[k][l];
                    side_im += of_other.im * other[k][l];
                }
                let (re, im) = (
                    inverse_re * side_re - inverse_im * side_im,
                    inverse_re * side_im + inverse_im * side_re,
                );
                (value_re[l], value_im[l]) = (re, im);
                (flow_re[l], flow_im[l]) = (open * re, open * im);
                let (part_re, part_im) = (open * inverse_re, open * inverse_im);
                (ratio_re[l], ratio_im[l]) = (part_re, part_im);
                lost_re[l] = part_re * kept_re - part_im * kept_im;
                lost_im[l] = part_re * kept_im + part_im * kept_re;
            }
        }
        // Back substitution from the bottom; twice the real part is added for the conjugate pole.
        let (mut below_re, mut below_im) = (zero, zero);
        for k in (0..depths).rev() {
            let (ratio_re, ratio_im) = (&lines.ratio_re[k], &lines.ratio_im[k]);
            let (value_re, value_im) = (&lines.value_re[k], &lines.value_im[k]);
            let out = &mut lines.out[k];
            for l in 0..LANES {
                let re = value_re[l] + (ratio_re[l] * below_re[l] - ratio_im[l] * below_im[l]);
                let im = value_im[l] + (ratio_re[l] * below_im[l] + ratio_im[l] * below_re[l]);
                out[l] += 2.0 * re;
                (below_re[l], below_im[l]) = (re, im);
            }
        }
    }

    /// Leaves (h·A)⁻¹·side in the lines; of a solution before, without its width.
    #[inline(always)]
    fn invert(&self, rates: &Lanes, lines: &mut Lines, side: Side) {
        let (mut lost, mut flow) = ([0.0; LANES], [0.0; LANES]);
        let depths = self.leaks.len();
        for k in 0..depths {
            let open = self.conductance.get(k).copied().unwrap_or(0.0);
            let from = match side {
                Side::Own => lines.own[k],
                Side::Other => lines.other[k],
                Side::Again => lines.value_re[k].map(|value| value * self.widths[k]),
            };
            let (ratio, value) = (&mut lines.ratio_re[k], &mut lines.value_re[k]);
            for l in 0..LANES {
                let kept = self.leaks[k] + rates[l] * self.lateral[k] + lost[l];
                let inverse = 1.0 / (kept + open);
                value[l] = inverse * (flow[l] - from[l]);
                ratio[l] = inverse * open;
                flow[l] = open * value[l];
                lost[l] = ratio[l] * kept;
            }
        }
        let mut below = [0.0; LANES];
        for k in (0..depths).rev() {
            let (ratio, value) = (&lines.ratio_re[k], &mut lines.value_re[k]);
            for l in 0..LANES {
                below[l] = value[l] + ratio[l] * below[l];
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
