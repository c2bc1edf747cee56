//! The colour of one person's skin as a polynomial, for cohorts: thousands of colours without the layers, with a stated
//! error.
//!
//! **Model.** Around a base skin four things change: melanin fraction, blood of the upper dermis, thickness of the
//! epidermis, scattering of the dermis (both parts by one factor). In their logarithms, scaled to [−1, 1] over a stated
//! box, L*, a* and b* are fitted by least squares in Chebyshev polynomials of total degree d:
//!
//! L*(x) ≈ Σ_{|k| ≤ d} c_k T_k₁(x₁) T_k₂(x₂) T_k₃(x₃) T_k₄(x₄).
//!
//! The samples lie on a golden-ratio lattice (Roberts 2018) that is denser towards the faces of the box, as Chebyshev's
//! own nodes are. Further points of the same lattice, never fitted, give the stated error.
//!
//! **Limits.** Valid inside the box; outside, values are taken at the nearest face and [`ReducedColour::covers`] says
//! so. Other fields of the state must be those of the base. The error is that of the polynomial against the full model
//! at the same accuracy, not against nature.
//!
//! **Source.** Our own construction; the full model is [`crate::skin_optics`].

use crate::adding_doubling::{DiscreteOrdinates, OpticsError};
use crate::colour::{Field, Lab, Observer, difference_1976};
use crate::dense::{axpy, cholesky, solve_transposed, solve_upper};
use crate::skin_optics::{OpticalLaws, SkinState, SpectralTables, spectrum};

/// Number of things that change.
const VARIABLES: usize = 4;

// numerical: the positive root of x⁵ = x + 1, the four-dimensional golden ratio whose powers fill a box most evenly.
const GOLDEN: f64 = 1.167_303_978_261_418_7;

/// Whether the mirror reflection of the surface belongs to the colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gloss {
    /// Specular component included, as a sphere instrument reads.
    Included,
    /// Specular component excluded, as an eye sees that looks past the reflection.
    Excluded,
}

/// The box of a reduced model: lowest and highest value of each thing that changes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ColourBox {
    /// Melanin fraction of the epidermis.
    pub melanin_fraction: [f64; 2],
    /// Blood fraction of the upper dermis.
    pub upper_blood_fraction: [f64; 2],
    /// Thickness of the epidermis, mm.
    pub epidermis_mm: [f64; 2],
    /// Scattering scale of the upper dermis; the lower one keeps its ratio to it.
    pub upper_scattering_scale: [f64; 2],
}

impl ColourBox {
    fn limits(&self) -> [[f64; 2]; VARIABLES] {
        [
            self.melanin_fraction,
            self.upper_blood_fraction,
            self.epidermis_mm,
            self.upper_scattering_scale,
        ]
    }
}

/// How a reduced model is built.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReducedSettings {
    /// Streams per hemisphere of the full model.
    pub streams: usize,
    /// Total degree of the polynomial.
    pub degree: usize,
    /// Number of full evaluations that are fitted; at least the number of coefficients, (d + 4)! / (d! 4!).
    pub fitted: usize,
    /// Number of full evaluations that are held out for the stated error.
    pub held_out: usize,
    /// Whose eyes.
    pub field: Field,
    /// With or without the mirror reflection.
    pub gloss: Gloss,
}

impl Default for ReducedSettings {
    fn default() -> Self {
        // numerical: degree 4 has 70 coefficients; twice as many samples keep the fit well posed, a third as many judge
        // it.
        Self {
            streams: 8,
            degree: 4,
            fitted: 140,
            held_out: 40,
            field: Field::TwoDegrees,
            gloss: Gloss::Excluded,
        }
    }
}

/// The error of a reduced model on points that were not fitted, in ΔE76.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StatedError {
    /// Root mean square.
    pub rms: f64,
    /// Largest.
    pub max: f64,
    /// Number of points.
    pub held_out: usize,
}

/// A person's colour as a polynomial.
#[derive(Debug, Clone, PartialEq)]
pub struct ReducedColour {
    base: SkinState,
    /// Logarithms: middle and half width of each variable.
    middle: [f64; VARIABLES],
    half: [f64; VARIABLES],
    powers: Vec<[usize; VARIABLES]>,
    coefficients: Vec<[f64; 3]>,
    degree: usize,
    error: StatedError,
}

/// Fits a reduced model around `base` over `bounds`.
///
/// # Errors
/// [`OpticsError::BadInput`] where the box is empty, not positive or the fit has too few samples; those of the full
/// model.
pub fn build(
    tables: &SpectralTables,
    laws: &OpticalLaws,
    base: &SkinState,
    bounds: &ColourBox,
    settings: &ReducedSettings,
) -> Result<ReducedColour, OpticsError> {
    let mut middle = [0.0; VARIABLES];
    let mut half = [0.0; VARIABLES];
    for (k, [low, high]) in bounds.limits().into_iter().enumerate() {
        if !(low > 0.0 && high > low && high.is_finite()) {
            return Err(bad(format!(
                "the box of variable {k} runs from {low} to {high}; it must be positive and not empty"
            )));
        }
        middle[k] = 0.5 * (low.ln() + high.ln());
        half[k] = 0.5 * (high.ln() - low.ln());
    }
    if base.upper_scattering_scale <= 0.0 {
        return Err(bad("the base skin must scatter".to_owned()));
    }
    let powers = powers(settings.degree);
    if settings.fitted < powers.len() || settings.held_out == 0 {
        return Err(bad(format!(
            "{} samples for {} coefficients, {} held out",
            settings.fitted,
            powers.len(),
            settings.held_out
        )));
    }
    let streams = DiscreteOrdinates::new(settings.streams, laws.refractive_index)?;
    let observer = Observer::new(tables, settings.field)?;
    let error = StatedError {
        rms: 0.0,
        max: 0.0,
        held_out: settings.held_out,
    };
    let mut reduced = ReducedColour {
        base: *base,
        middle,
        half,
        coefficients: vec![[0.0; 3]; powers.len()],
        powers,
        degree: settings.degree,
        error,
    };
    let full = |at: usize| -> Result<Sample, OpticsError> {
        let point = lattice_point(at);
        let seen = spectrum(tables, laws, &streams, &reduced.state(&point))?;
        let shares: Vec<f64> = match settings.gloss {
            Gloss::Included => seen.iter().map(|r| r.collimated_total).collect(),
            Gloss::Excluded => seen.iter().map(|r| r.collimated_diffuse).collect(),
        };
        Ok(Sample {
            point,
            colour: observer.lab(&shares)?,
        })
    };
    let samples = (0..settings.fitted).map(&full).collect::<Result<Vec<_>, _>>()?;
    let judged = (settings.fitted..settings.fitted + settings.held_out)
        .map(&full)
        .collect::<Result<Vec<_>, _>>()?;
    reduced.coefficients = fit(&reduced, &samples)
        .ok_or_else(|| bad("the samples do not determine the polynomial; take more of them".to_owned()))?;
    let mut squares = 0.0;
    for sample in &judged {
        let miss = difference_1976(reduced.at(&sample.point), sample.colour);
        squares += miss * miss;
        reduced.error.max = reduced.error.max.max(miss);
    }
    reduced.error.rms = (squares / settings.held_out as f64).sqrt();
    Ok(reduced)
}

/// One full evaluation.
struct Sample {
    point: [f64; VARIABLES],
    colour: Lab,
}

fn bad(reason: String) -> OpticsError {
    OpticsError::BadInput { reason }
}

/// The `at`-th point of the lattice in [−1, 1]⁴, denser towards the faces.
fn lattice_point(at: usize) -> [f64; VARIABLES] {
    let mut step = 1.0;
    std::array::from_fn(|_| {
        step /= GOLDEN;
        let even = (0.5 + step * (at as f64 + 1.0)).fract();
        (std::f64::consts::PI * even).cos()
    })
}

/// All exponents of total degree at most `degree`.
fn powers(degree: usize) -> Vec<[usize; VARIABLES]> {
    let mut all = Vec::new();
    for a in 0..=degree {
        for b in 0..=degree - a {
            for c in 0..=degree - a - b {
                for d in 0..=degree - a - b - c {
                    all.push([a, b, c, d]);
                }
            }
        }
    }
    all
}

/// Least squares by the normal equations, which are well conditioned for Chebyshev polynomials on such points.
fn fit(reduced: &ReducedColour, samples: &[Sample]) -> Option<Vec<[f64; 3]>> {
    let n = reduced.powers.len();
    let mut normal = vec![0.0; n * n];
    let mut right = vec![vec![0.0; n]; 3];
    for sample in samples {
        let terms = reduced.terms(&sample.point);
        for (factor, row) in terms.iter().zip(normal.chunks_exact_mut(n)) {
            axpy(row, *factor, &terms);
        }
        let colour = [sample.colour.lightness, sample.colour.redness, sample.colour.yellowness];
        for (sum, value) in right.iter_mut().zip(colour) {
            axpy(sum, value, &terms);
        }
    }
    if !cholesky(&mut normal, n) {
        return None;
    }
    for sum in &mut right {
        solve_transposed(&normal, sum, n);
        solve_upper(&normal, sum, n);
    }
    Some((0..n).map(|k| [right[0][k], right[1][k], right[2][k]]).collect())
}

impl ReducedColour {
    /// CIELAB of a skin that differs from the base in the four variables; see the limits above.
    #[must_use]
    pub fn lab(&self, skin: &SkinState) -> Lab {
        let mut point = self.place(skin);
        for x in &mut point {
            *x = x.clamp(-1.0, 1.0);
        }
        self.at(&point)
    }

    /// Whether a skin lies inside the box, so that the stated error holds.
    #[must_use]
    pub fn covers(&self, skin: &SkinState) -> bool {
        self.place(skin).iter().all(|x| x.abs() <= 1.0 + ROUNDING)
    }

    /// The error on points that were not fitted.
    #[must_use]
    pub fn stated_error(&self) -> StatedError {
        self.error
    }

    /// Where a skin lies in the box; a zero goes to minus infinity, which the clamp takes to the lower face.
    fn place(&self, skin: &SkinState) -> [f64; VARIABLES] {
        let values = [
            skin.melanin_fraction,
            skin.upper_blood_fraction,
            skin.epidermis_mm,
            skin.upper_scattering_scale,
        ];
        std::array::from_fn(|k| (values[k].ln() - self.middle[k]) / self.half[k])
    }

    /// The skin at a point of the box.
    fn state(&self, point: &[f64; VARIABLES]) -> SkinState {
        let [
            melanin_fraction,
            upper_blood_fraction,
            epidermis_mm,
            upper_scattering_scale,
        ] = std::array::from_fn(|k| (self.middle[k] + self.half[k] * point[k]).exp());
        SkinState {
            melanin_fraction,
            upper_blood_fraction,
            epidermis_mm,
            upper_scattering_scale,
            lower_scattering_scale: self.base.lower_scattering_scale * upper_scattering_scale
                / self.base.upper_scattering_scale,
            ..self.base
        }
    }

    /// Products of Chebyshev polynomials at a point.
    fn terms(&self, point: &[f64; VARIABLES]) -> Vec<f64> {
        let ladders: [Vec<f64>; VARIABLES] = std::array::from_fn(|k| chebyshev(point[k], self.degree));
        self.powers
            .iter()
            .map(|p| (0..VARIABLES).map(|k| ladders[k][p[k]]).product())
            .collect()
    }

    fn at(&self, point: &[f64; VARIABLES]) -> Lab {
        let mut sum = [0.0; 3];
        for (term, coefficients) in self.terms(point).into_iter().zip(&self.coefficients) {
            axpy(&mut sum, term, coefficients);
        }
        Lab {
            lightness: sum[0],
            redness: sum[1],
            yellowness: sum[2],
        }
    }
}

/// numerical: a value on the face of the box may fall outside it by rounding.
const ROUNDING: f64 = 1e-12;

/// T_0 to T_degree at x.
fn chebyshev(x: f64, degree: usize) -> Vec<f64> {
    let mut ladder = vec![1.0, x];
    for k in 2..=degree {
        ladder.push(2.0 * x * ladder[k - 1] - ladder[k - 2]);
    }
    ladder
}
