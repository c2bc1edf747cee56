//! Reflectance and transmittance of a stack of turbid layers, such as skin, in air.
//!
//! **Model.** Plane, laterally infinite, homogeneous layers, each with its refractive index; Henyey–Greenstein
//! scattering; smooth Fresnel surfaces on top, at the bottom and where the index changes; light comes from the top,
//! collimated along the normal or diffuse.
//! This is the radiative transfer equation in N streams per hemisphere ([`DiscreteOrdinates`]), azimuthally averaged:
//!
//! ±ν dI±/dτ = −I± + a Σ_l (2l+1)/2 · χ_l P_l(ν) ∫ P_l(ν′) I(ν′) dν′.
//!
//! The forward peak is taken out by delta-M (Wiscombe 1977): f = g^N, χ_l = (g^l − f)/(1 − f), μ_s → μ_s(1 − f).
//!
//! **Method.** The adding method, with each layer's operator in closed form. With J = √(2νw)·I, S = J⁺ + J⁻ and
//! D = J⁺ − J⁻ the equations are S′ = −B D, D′ = −A S with symmetric A (even l) and positive B (odd l). A layer is
//! diagonal in the modes of B A, which are real decays λ: its admittance (D at the surfaces from S) has the entries λ
//! coth λτ and λ / sinh λτ. Classical doubling repeats tanh 2x = 2 tanh x / (1 + tanh² x) some twenty times from a thin
//! start; the eigenvalues give its limit at once, without the error of the start. Layers are then added from the
//! bottom:
//!
//! Y_top = Y₁₁ − Y₁₂ (Y₁₁ + Y_below)⁻¹ Y₁₂,
//!
//! where Y_below begins as that of air, from which nothing comes. A surface between two indices reflects the share r of
//! a stream and stands in series with what lies below: in scaled intensities K = √(2νw)·n·I, whose square is flux in
//! any index, D is the same on both sides and S differs by 2r/(1 − r)·D, so that
//!
//! Y_above = (Y_below⁻¹ + diag(2r/(1 − r)))⁻¹,
//!
//! and D = 0 for streams that cannot pass. Every inverse is of a symmetric positive
//! matrix. Up and down responses of a stack differ; light comes from the top, so only one of them is ever needed.
//! Energy is conserved exactly: what the quadrature misses of the phase function's norm is put into forward scattering.
//!
//! **Limits.** No lateral spread, no polarisation, no rough surface. Streams are the accuracy:
//! see the tables in `validation/optics`: on skin, 8 streams stay within 3e-4 of the collimated reflectance of a
//! 32-stream reference, 16 within 5e-5 (diffuse incidence 7e-4 and 2e-4). A transmittance below about 1e-18 is returned
//! as 0.
//!
//! **Sources.** Adding and doubling for tissue: Prahl, van Gemert and Welch 1993; van de Hulst 1980. Delta-M: Wiscombe
//! 1977.

use crate::dense::{axpy, cholesky, dot, multiply, solve_transposed, solve_upper, symmetric_eigen, transpose};
use crate::discrete_ordinates::Directions;
pub use crate::discrete_ordinates::DiscreteOrdinates;
use crate::fresnel::between;
pub use crate::optics_error::OpticsError;

/// numerical: below this optical depth of a mode λ coth λτ equals 1/τ to rounding.
const FLAT: f64 = 1e-8;
/// numerical: below this slanted depth the square of it is smaller than what 1/τ − 1/τ loses to rounding.
const THIN: f64 = 1e-5;
/// numerical: light that is trapped in a clear pane is never lit; this keeps its equation 0 = 0 solvable and changes
/// nothing else.
const UNLIT: f64 = 1e-300;
/// numerical: a mode that is damped below this on its way down does not know what lies beneath.
const FORGOTTEN: f64 = 1e-18;
/// numerical: a layer without an end is as deep as this; light that nothing absorbs still comes back to all but 1e-12.
const DEEPEST: f64 = 1e12;
/// numerical: geometry 45°/0° of CIE 15:2004: the cosine of 45°.
const HALF_RIGHT: f64 = std::f64::consts::FRAC_1_SQRT_2;

/// One homogeneous layer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Layer {
    /// Refractive index, 1 to 3.
    pub refractive_index: f64,
    /// Absorption coefficient, per mm, at least 0.
    pub absorption_per_mm: f64,
    /// Scattering coefficient (not the reduced one), per mm, at least 0.
    pub scattering_per_mm: f64,
    /// Henyey–Greenstein anisotropy, the mean cosine of scattering, −1 to 1 exclusive.
    pub anisotropy: f64,
    /// Thickness, mm, at least 0; the lowest layer may be infinite.
    pub thickness_mm: f64,
}

impl Layer {
    /// Checks each number of the layer at a place of its stack, counted from the top, from 0.
    ///
    /// # Errors
    /// [`OpticsError::BadLayer`], [`OpticsError::RefractiveIndex`].
    pub(crate) fn check(&self, at: usize, lowest: bool) -> Result<(), OpticsError> {
        let extinction = self.absorption_per_mm + self.scattering_per_mm;
        let endless = lowest && self.thickness_mm == f64::INFINITY && extinction > 0.0;
        let amount = |value: f64| value.is_finite() && value >= 0.0;
        if !DiscreteOrdinates::takes(self.refractive_index) {
            let found = self.refractive_index;
            return Err(OpticsError::RefractiveIndex { found });
        }
        let possible = [
            (
                "absorption_per_mm",
                self.absorption_per_mm,
                amount(self.absorption_per_mm),
            ),
            (
                "scattering_per_mm",
                self.scattering_per_mm,
                amount(self.scattering_per_mm),
            ),
            ("thickness_mm", self.thickness_mm, amount(self.thickness_mm) || endless),
            ("anisotropy", self.anisotropy, self.anisotropy.abs() < 1.0),
        ];
        for (property, found, possible) in possible {
            if !possible {
                return Err(OpticsError::BadLayer {
                    layer: at,
                    property,
                    found,
                });
            }
        }
        Ok(())
    }
}

/// What comes back and what goes through, as shares of the incident light.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reflectance {
    /// Total reflectance for collimated normal incidence, specular part included (UR1).
    pub collimated_total: f64,
    /// Fresnel reflectance of the surface at normal incidence.
    pub specular: f64,
    /// UR1 without the specular part: what an instrument with the specular component excluded sees.
    pub collimated_diffuse: f64,
    /// Reflectance for diffuse incidence (URU), surface reflection included.
    pub diffuse: f64,
    /// Total transmittance for collimated normal incidence (UT1).
    pub transmitted: f64,
    /// Transmittance for diffuse incidence (UTU).
    pub transmitted_diffuse: f64,
    /// Fresnel reflectance of the surface for diffuse incidence.
    pub specular_diffuse: f64,
    /// Reflectance factor for light at 45° that is seen along the normal, or the other way round (45°/0°): against a
    /// white that scatters evenly, without what a smooth surface mirrors.
    pub factor_45_0: f64,
}

/// Scratch matrices of one computation, n × n each unless said otherwise.
struct Work {
    n: usize,
    /// The even and odd parts of the scattering operator for the anisotropy `anisotropy`, before the albedo.
    even: Vec<f64>,
    odd: Vec<f64>,
    anisotropy: f64,
    /// Admittance of everything below the current level; diagonal at the start.
    below: Vec<f64>,
    a: Vec<f64>,
    b: Vec<f64>,
    c: Vec<f64>,
    modes: Vec<f64>,
    into_modes: Vec<f64>,
    squares: Vec<f64>,
    coth: Vec<f64>,
    through: Vec<f64>,
    /// The row vector that turns S at the current level into transmitted flux, length n.
    exit: Vec<f64>,
    rows: Vec<f64>,
}

impl Work {
    /// Light has left the stack at the bottom and comes from nowhere: as much goes down as there is.
    fn in_air(streams: &DiscreteOrdinates, air: &Directions) -> Self {
        let n = air.count();
        let square = || vec![0.0; n * n];
        let line = || vec![0.0; n];
        let mut below = square();
        below.iter_mut().step_by(n + 1).for_each(|value| *value = 1.0);
        Self {
            n,
            even: square(),
            odd: square(),
            anisotropy: f64::NAN,
            below,
            a: square(),
            b: square(),
            c: square(),
            modes: square(),
            into_modes: square(),
            squares: line(),
            coth: line(),
            through: line(),
            exit: streams.flux_roots(n).to_vec(),
            rows: line(),
        }
    }

    /// Makes room for another number of streams; what lies below is left to the caller.
    fn resize(&mut self, n: usize) {
        self.n = n;
        self.anisotropy = f64::NAN;
        for square in [
            &mut self.even,
            &mut self.odd,
            &mut self.a,
            &mut self.b,
            &mut self.c,
            &mut self.modes,
            &mut self.into_modes,
        ] {
            square.resize(n * n, 0.0);
        }
        for line in [&mut self.squares, &mut self.coth, &mut self.through, &mut self.rows] {
            line.resize(n, 0.0);
        }
    }
}

/// Computes reflectance and transmittance of `layers` (top first) in air.
///
/// An empty stack is a pane without thickness: two Fresnel surfaces.
///
/// # Errors
/// [`OpticsError::BadLayer`], [`OpticsError::MismatchedIndex`] for impossible input, [`OpticsError::IllConditioned`]
/// where double precision does not carry the factorisation.
pub fn reflect(streams: &DiscreteOrdinates, layers: &[Layer]) -> Result<Reflectance, OpticsError> {
    for at in 0..layers.len() {
        check(streams, at, layers)?;
    }
    // Air is among the media of all streams.
    let air = streams.medium(1.0).ok_or(OpticsError::RefractiveIndex { found: 1.0 })?;
    // A stack without a layer is a pane, of the densest index that the streams are for.
    let pane = streams.densest();
    let mut work = Work::in_air(streams, air);
    let mut medium = air;
    // From the bottom up: the admittance of everything below is all that a layer needs to know, and what lies above
    // cannot change it.
    for (at, layer) in layers.iter().enumerate().rev() {
        let ill = OpticsError::IllConditioned { layer: at };
        let own = streams.medium(layer.refractive_index).unwrap_or(pane);
        cross(medium, own, &mut work).ok_or_else(|| ill.clone())?;
        medium = own;
        add(own, layer, &mut work).ok_or(ill)?;
    }
    let ill = OpticsError::IllConditioned { layer: layers.len() };
    if layers.is_empty() {
        cross(air, pane, &mut work).ok_or_else(|| ill.clone())?;
        medium = pane;
    }
    let specular: Vec<f64> = reflectances(air, medium);
    cross(medium, air, &mut work).ok_or_else(|| ill.clone())?;
    surface(streams, air, &specular, &mut work).ok_or(ill)
}

fn check(streams: &DiscreteOrdinates, at: usize, layers: &[Layer]) -> Result<(), OpticsError> {
    let Some(layer) = layers.get(at) else { return Ok(()) };
    layer.check(at, at + 1 == layers.len())?;
    match streams.medium(layer.refractive_index) {
        Some(_) => Ok(()),
        None => Err(OpticsError::MismatchedIndex {
            layer: at,
            found: layer.refractive_index,
        }),
    }
}

/// The scattering operator √w (P ± P′) √w of unit albedo for anisotropy g, even and odd orders apart.
fn phase(streams: &Directions, g: f64, work: &mut Work) {
    let n = work.n;
    let peak = g.powi(n as i32);
    work.even.fill(0.0);
    work.odd.fill(0.0);
    let mut moment = 1.0;
    for l in 0..n {
        let row = &streams.weighted_legendre[l * n..(l + 1) * n];
        let share = (2.0 * l as f64 + 1.0) * (moment - peak) / (1.0 - peak);
        let target = if l % 2 == 0 { &mut work.even } else { &mut work.odd };
        for (factor, line) in row.iter().zip(target.chunks_exact_mut(n)) {
            axpy(line, share * factor, row);
        }
        moment *= g;
    }
    // What the quadrature misses of the norm goes straight ahead, so that scattering alone never loses light.
    let root = &streams.weighted_legendre[..n];
    for i in 0..n {
        let kept = dot(&work.even[i * n..(i + 1) * n], root) / root[i];
        work.even[i * n + i] += 1.0 - kept;
        work.odd[i * n + i] += 1.0 - kept;
    }
    work.anisotropy = g;
}

/// Adds one layer on top of what is below.
fn add(streams: &Directions, layer: &Layer, work: &mut Work) -> Option<()> {
    let n = work.n;
    let scattering = layer.scattering_per_mm * (1.0 - layer.anisotropy.powi(n as i32));
    let extinction = layer.absorption_per_mm + scattering;
    let depth = (extinction * layer.thickness_mm).min(DEEPEST);
    if depth <= 0.0 {
        return Some(());
    }
    if work.anisotropy != layer.anisotropy {
        phase(streams, layer.anisotropy, work);
    }
    operators(streams, scattering / extinction, work);
    // A very thin layer takes a step of the Riccati equation instead: in its modes coth and 1/sinh would differ by less
    // than rounding, and their difference is what counts.
    if depth < THIN * streams.cosine[0] {
        add_thin(depth, work);
        return Some(());
    }
    modes(work)?;
    for k in 0..n {
        // A conservative layer has a mode that does not decay; rounding may leave its square below zero.
        let decay = work.squares[k].max(0.0).sqrt();
        // coth and 1/sinh by one exponential; with e^{−x} and 1 − e^{−2x} neither overflows for thick layers nor
        // cancels for thin ones.
        let x = decay * depth;
        if x < FLAT {
            work.coth[k] = 1.0 / depth;
            work.through[k] = 1.0 / depth;
        } else {
            let once = (-x).exp();
            let rest = -(-2.0 * x).exp_m1();
            work.coth[k] = decay * (2.0 - rest) / rest;
            work.through[k] = 2.0 * decay * once / rest;
        }
    }
    join(work)
}

/// The operators A and B of a layer, per unit of optical depth, into `a` and `b`.
fn operators(streams: &Directions, albedo: f64, work: &mut Work) {
    let n = work.n;
    for i in 0..n {
        for j in 0..n {
            let scale = 1.0 / (streams.cosine[i] * streams.cosine[j]).sqrt();
            let one = if i == j { 1.0 } else { 0.0 };
            work.a[i * n + j] = scale * (one - albedo * work.even[i * n + j]);
            work.b[i * n + j] = scale * (one - albedo * work.odd[i * n + j]);
        }
    }
}

/// A layer so thin that one step of the equation itself is exact: Y + τ (A − Y B Y), and the exit vector c − τ Y B c.
fn add_thin(depth: f64, work: &mut Work) {
    let n = work.n;
    multiply(&work.below, &work.b, &mut work.c, n);
    for (target, row) in work.rows.iter_mut().zip(work.c.chunks_exact(n)) {
        *target = dot(row, &work.exit);
    }
    axpy(&mut work.exit, -depth, &work.rows);
    multiply(&work.c, &work.below, &mut work.modes, n);
    axpy(&mut work.below, -depth, &work.modes);
    axpy(&mut work.below, depth, &work.a);
}

/// Finds the modes of the layer in `a` and `b`: `squares` = λ², `modes` = V with V diag Vᵀ an admittance, `into_modes`
/// = V⁻¹.
fn modes(work: &mut Work) -> Option<()> {
    let n = work.n;
    if !cholesky(&mut work.b, n) {
        return None;
    }
    // B A is not symmetric, but U A Uᵀ with B = Uᵀ U is, and has the same eigenvalues λ². They are real and not
    // negative, since A and B are positive (semi)definite for an albedo of at most one, so that no complex arithmetic
    // is needed.
    // c = U A Uᵀ: first U A into modes (scratch here), then times Uᵀ, whose rows begin at the diagonal.
    for i in 0..n {
        let target = &mut work.modes[i * n..(i + 1) * n];
        target.fill(0.0);
        for k in i..n {
            axpy(target, work.b[i * n + k], &work.a[k * n..(k + 1) * n]);
        }
    }
    transpose(&work.b, &mut work.into_modes, n);
    for i in 0..n {
        let target = &mut work.c[i * n..(i + 1) * n];
        target.fill(0.0);
        for k in 0..n {
            axpy(
                &mut target[..=k],
                work.modes[i * n + k],
                &work.into_modes[k * n..=k * n + k],
            );
        }
    }
    if !symmetric_eigen(&work.c, &mut work.squares, &mut work.a, n) {
        return None;
    }
    // V⁻¹ = Qᵀ U; the rows of `a` are the eigenvectors.
    for i in 0..n {
        let target = &mut work.into_modes[i * n..(i + 1) * n];
        target.fill(0.0);
        for k in 0..n {
            axpy(&mut target[k..], work.a[i * n + k], &work.b[k * n + k..(k + 1) * n]);
        }
    }
    // V = U⁻¹ Q by back substitution on whole rows.
    transpose(&work.a, &mut work.modes, n);
    for k in (0..n).rev() {
        let (head, tail) = work.modes.split_at_mut((k + 1) * n);
        let target = &mut head[k * n..];
        for (j, row) in tail.chunks_exact(n).enumerate() {
            axpy(target, -work.b[k * n + k + 1 + j], row);
        }
        let scale = 1.0 / work.b[k * n + k];
        for value in target {
            *value *= scale;
        }
    }
    Some(())
}

/// Y_top = V (C − s (C + V⁻¹ Y_below V⁻ᵀ)⁻¹ s) Vᵀ, and the exit vector with it.
fn join(work: &mut Work) -> Option<()> {
    let n = work.n;
    // Where every mode is extinguished within the layer, what lies beneath cannot be seen from above: the layer alone
    // is the admittance, and nothing is transmitted.
    let seen = work.through.iter().zip(&work.coth).any(|(s, c)| s > &(FORGOTTEN * c));
    transpose(&work.modes, &mut work.c, n);
    if seen {
        // b = C + V⁻¹ Y_below V⁻ᵀ
        multiply(&work.into_modes, &work.below, &mut work.a, n);
        transpose(&work.into_modes, &mut work.below, n);
        multiply(&work.a, &work.below, &mut work.b, n);
        for k in 0..n {
            work.b[k * n + k] += work.coth[k];
        }
        if !cholesky(&mut work.b, n) {
            return None;
        }
        // The product s b⁻¹ s is formed as aᵀ a, which stays symmetric and positive to rounding; subtracting an inverse
        // would not.
        // a = U⁻ᵀ s, lower triangular, so that s b⁻¹ s = aᵀ a.
        work.a.fill(0.0);
        for k in 0..n {
            work.a[k * n + k] += work.through[k];
            let (head, tail) = work.a.split_at_mut((k + 1) * n);
            let row = &mut head[k * n..=k * n + k];
            let scale = 1.0 / work.b[k * n + k];
            for value in row.iter_mut() {
                *value *= scale;
            }
            for (j, target) in tail.chunks_exact_mut(n).enumerate() {
                axpy(&mut target[..=k], -work.b[k * n + k + 1 + j], row);
            }
        }
        // exit = V aᵀ U⁻ᵀ V⁻¹ exit
        for (target, row) in work.rows.iter_mut().zip(work.into_modes.chunks_exact(n)) {
            *target = dot(row, &work.exit);
        }
        solve_transposed(&work.b, &mut work.rows, n);
        work.exit.fill(0.0);
        for (value, row) in work.rows.iter().zip(work.a.chunks_exact(n)) {
            axpy(&mut work.exit, *value, row);
        }
        work.rows.copy_from_slice(&work.exit);
        for (target, row) in work.exit.iter_mut().zip(work.modes.chunks_exact(n)) {
            *target = dot(row, &work.rows);
        }
        // b = C − aᵀ a
        work.b.fill(0.0);
        for (k, row) in work.a.chunks_exact(n).enumerate() {
            for (i, target) in work.b.chunks_exact_mut(n).enumerate().take(k + 1) {
                axpy(&mut target[..=k], -row[i], &row[..=k]);
            }
        }
        for k in 0..n {
            work.b[k * n + k] += work.coth[k];
        }
        multiply(&work.modes, &work.b, &mut work.a, n);
    } else {
        work.exit.fill(0.0);
        for (target, row) in work.a.chunks_exact_mut(n).zip(work.modes.chunks_exact(n)) {
            for ((t, v), c) in target.iter_mut().zip(row).zip(&work.coth) {
                *t = v * c;
            }
        }
    }
    multiply(&work.a, &work.c, &mut work.below, n);
    Some(())
}

/// What a surface reflects of each stream that two media share.
fn reflectances(one: &Directions, other: &Directions) -> Vec<f64> {
    let shared = one.count().min(other.count());
    let (from, to) = (
        &one.cosine[one.count() - shared..],
        &other.cosine[other.count() - shared..],
    );
    from.iter()
        .zip(to)
        .map(|(from, to)| between(one.refractive_index, other.refractive_index, *from, *to))
        .collect()
}

/// Goes up through the surface between two media.
fn cross(below: &Directions, above: &Directions, work: &mut Work) -> Option<()> {
    if below.refractive_index == above.refractive_index {
        return Some(());
    }
    let shared = below.count().min(above.count());
    shut_in(work, below.count() - shared)?;
    work.resize(shared);
    let n = shared;
    // With R = 2r/(1 − r): Y − Y √R (1 + √R Y √R)⁻¹ √R Y, which is symmetric and holds where nothing is reflected. The
    // second term is formed as aᵀ a with a = U⁻ᵀ √R Y, UᵀU the matrix in brackets.
    let root: Vec<f64> = reflectances(below, above)
        .into_iter()
        .map(|r| (2.0 * r / (1.0 - r)).sqrt())
        .collect();
    for i in 0..n {
        for j in 0..n {
            work.b[i * n + j] = root[i] * work.below[i * n + j] * root[j];
        }
        work.b[i * n + i] += 1.0;
    }
    if !cholesky(&mut work.b, n) {
        return None;
    }
    // Column j of √R Y is row j of Y, scaled, since Y is symmetric; c holds the columns as rows.
    for (row, target) in work.below.chunks_exact(n).zip(work.c.chunks_exact_mut(n)) {
        for ((t, y), r) in target.iter_mut().zip(row).zip(&root) {
            *t = y * r;
        }
        solve_transposed(&work.b, target, n);
    }
    // exit − Y_above R exit, by the same factors: Y_above R = Y √R (1 + √R Y √R)⁻¹ √R.
    for ((target, exit), r) in work.rows.iter_mut().zip(&work.exit).zip(&root) {
        *target = r * exit;
    }
    solve_transposed(&work.b, &mut work.rows, n);
    for (exit, row) in work.exit.iter_mut().zip(work.c.chunks_exact(n)) {
        *exit -= dot(row, &work.rows);
    }
    for i in 0..n {
        for j in 0..n {
            work.below[i * n + j] -= dot(&work.c[i * n..(i + 1) * n], &work.c[j * n..(j + 1) * n]);
        }
    }
    trap(work, above.count());
    Some(())
}

/// Takes out the first `count` streams, which the surface above reflects as a whole: D = 0 for them.
fn shut_in(work: &mut Work, count: usize) -> Option<()> {
    if count == 0 {
        return Some(());
    }
    let n = work.n;
    let kept = n - count;
    let mut within: Vec<f64> = (0..count * count)
        .map(|place| work.below[place / count * n + place % count])
        .collect();
    within.iter_mut().step_by(count + 1).for_each(|value| *value += UNLIT);
    if !cholesky(&mut within, count) {
        return None;
    }
    // Rows of half are U⁻ᵀ Y_within,j for each stream j that is kept.
    let mut half = vec![0.0; kept * count];
    for (j, row) in half.chunks_exact_mut(count).enumerate() {
        row.copy_from_slice(&work.below[(count + j) * n..(count + j) * n + count]);
        solve_transposed(&within, row, count);
    }
    let mut shut = work.exit[..count].to_vec();
    solve_transposed(&within, &mut shut, count);
    let mut below = vec![0.0; kept * kept];
    for (i, line) in below.chunks_exact_mut(kept).enumerate() {
        let one = &half[i * count..(i + 1) * count];
        for (j, value) in line.iter_mut().enumerate() {
            *value = work.below[(count + i) * n + count + j] - dot(one, &half[j * count..(j + 1) * count]);
        }
    }
    work.exit.drain(..count);
    for (exit, row) in work.exit.iter_mut().zip(half.chunks_exact(count)) {
        *exit -= dot(row, &shut);
    }
    work.below = below;
    Some(())
}

/// Adds streams in front that the surface below reflects as a whole: D = 0 for them there.
fn trap(work: &mut Work, count: usize) {
    let (n, more) = (work.n, count - work.n);
    if more > 0 {
        let mut below = vec![0.0; count * count];
        for (i, row) in work.below.chunks_exact(n).enumerate() {
            below[(more + i) * count + more..(more + i + 1) * count].copy_from_slice(row);
        }
        work.below = below;
        work.exit.splice(..0, std::iter::repeat_n(0.0, more));
    }
    work.resize(count);
}

/// Lights the finished stack, whose admittance is seen from the air above it; `specular` is what its first surface
/// reflects of each stream.
fn surface(streams: &DiscreteOrdinates, air: &Directions, specular: &[f64], work: &mut Work) -> Option<Reflectance> {
    let n = work.n;
    work.below.iter_mut().step_by(n + 1).for_each(|value| *value += 1.0);
    if !cholesky(&mut work.below, n) {
        return None;
    }
    let flux = streams.flux_roots(n);
    let (normal, (_, above)) = (flux.last()?, air.cosine.split_last()?);
    let mut collimated = vec![0.0; n];
    collimated[n - 1] = 1.0 / normal;
    let back = respond(work, &collimated);
    let collimated_total = dot(flux, &back.up);
    let specular_collimated = specular.last().copied()?;
    let diffuse = respond(work, flux);
    Some(Reflectance {
        collimated_total,
        specular: specular_collimated,
        collimated_diffuse: collimated_total - specular_collimated,
        diffuse: dot(flux, &diffuse.up),
        transmitted: back.through,
        transmitted_diffuse: diffuse.through,
        specular_diffuse: flux.iter().zip(specular).map(|(root, r)| root * root * r).sum(),
        factor_45_0: interpolate(above, flux, &back.up, HALF_RIGHT),
    })
}

/// What a stack gives back of light from above.
struct Response {
    /// Scaled intensities that leave at the top, what the surface mirrors among them.
    up: Vec<f64>,
    /// Flux out at the bottom.
    through: f64,
}

/// The answer to the scaled intensity `incident`, with 1 + Y factorised in `below`.
fn respond(work: &Work, incident: &[f64]) -> Response {
    let n = work.n;
    let mut sum: Vec<f64> = incident.iter().map(|value| 2.0 * value).collect();
    solve_transposed(&work.below, &mut sum, n);
    solve_upper(&work.below, &mut sum, n);
    Response {
        through: dot(&work.exit, &sum),
        up: sum.iter().zip(incident).map(|(sum, incident)| sum - incident).collect(),
    }
}

/// The reflectance factor at a cosine outside, from those at the nodes `cosine` (normal incidence, in which light
/// returns that was never scattered, is not among them), by the polynomial through them.
fn interpolate(cosine: &[f64], flux: &[f64], up: &[f64], at: f64) -> f64 {
    let mut sum = 0.0;
    for (i, own) in cosine.iter().enumerate() {
        let others = cosine.iter().enumerate().filter(|(j, _)| *j != i);
        let lagrange: f64 = others.map(|(_, other)| (at - other) / (own - other)).product();
        sum += lagrange * up[i] / flux[i];
    }
    sum
}
