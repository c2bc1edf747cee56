//! How collagen fibres lie: a symmetric tensor of trace 1 at each place, as full as the fidelity needs it.
//!
//! A⁺ = A + (1 − e^{−m·h/C})·(A_new − A) + (1 − e^{−k·h})·(A_rest − A), with m the collagen made per day and C all
//! collagen:
//!
//! A_new = w_g·A + w_s·(along stretch) + w_∇·q·(∇T⊗∇T)/|∇T|² + (what is left)·1/3, q = s²/(1 + s²), s = λ|∇T|/T.
//!
//! New fibres follow those that are there, stretch, and the gradient of the signal where it is steep over the signal's
//! range λ; the rest lies at random. Tension turns fibres back to how they lay at rest, so that rest is stationary.
//! Components: of a column xx, yy; of a cell rr, θθ, rz; of a patch xx, yy, xy, xz, yz; the last of the diagonal is
//! what is missing to 1.
//!
//! Assumptions: all weights; on the pattern of McDougall 2006, where the edges of wounds align fibres. Limits: of first
//! order in time, which is enough for what takes months and feeds back on nothing. A cell is round, so it knows no
//! direction of stretch.

use super::fidelity::Fidelity;
use super::parameters::FieldParameters;

/// Components that a fidelity keeps.
pub(super) const fn components(fidelity: Fidelity) -> usize {
    match fidelity {
        Fidelity::Column => 2,
        Fidelity::Cell => 3,
        Fidelity::Patch => 5,
    }
}

/// At most so many components.
pub(super) const MOST: usize = 5;
/// A tensor as it is kept; components that the fidelity lacks stay 0.
pub(super) type Kept = [f64; MOST];

/// How fibres lie at rest.
pub(super) fn at_rest(parameters: &FieldParameters) -> Kept {
    let flat = 0.5 * (1.0 - parameters.upright);
    [flat, flat, 0.0, 0.0, 0.0]
}

/// What acts on fibres at one place within one step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Turning {
    /// Share of the collagen that is new.
    pub new_share: f64,
    /// Share of the way back to rest.
    pub back_share: f64,
    /// Gradient of the signal along x (or the radius), y and depth, over the signal, times its range.
    pub steepness: [f64; 3],
    /// Whether the tissue is stretched along x.
    pub stretched: bool,
}

/// The tensor after a step.
pub(super) fn turn(
    fidelity: Fidelity,
    kept: &Kept,
    rest: &Kept,
    turning: &Turning,
    parameters: &FieldParameters,
) -> Kept {
    let [x, y, z] = turning.steepness;
    let steep = x * x + y * y + z * z;
    // q over the square of the gradient.
    let edge = parameters.along_gradient / (1.0 + steep);
    let stretch = if turning.stretched {
        parameters.along_stretch
    } else {
        0.0
    };
    let random = (1.0 - parameters.guidance - stretch - edge * steep) / 3.0;
    // A cell is round: what lies along stretch lies in its plane.
    let (along, across) = if fidelity == Fidelity::Cell {
        (0.5 * stretch, 0.5 * stretch)
    } else {
        (stretch, 0.0)
    };
    let diagonal = [random + along + edge * x * x, random + across + edge * y * y];
    let new = match fidelity {
        Fidelity::Column => [diagonal[0], diagonal[1], 0.0, 0.0, 0.0],
        Fidelity::Cell => [diagonal[0], diagonal[1], edge * x * z, 0.0, 0.0],
        Fidelity::Patch => [diagonal[0], diagonal[1], edge * x * y, edge * x * z, edge * y * z],
    };
    std::array::from_fn(|c| {
        let laid = new[c] + parameters.guidance * kept[c];
        kept[c] + turning.new_share * (laid - kept[c]) + turning.back_share * (rest[c] - kept[c])
    })
}

/// Anisotropy: 0 without any preference, 1 where all fibres lie alike; √(3/2·(|A|² − 1/3)).
pub(super) fn anisotropy(fidelity: Fidelity, kept: &Kept) -> f64 {
    let upright = 1.0 - kept[0] - kept[1];
    let mixed: f64 = match fidelity {
        Fidelity::Column => 0.0,
        Fidelity::Cell => kept[2] * kept[2],
        Fidelity::Patch => kept[2..].iter().map(|c| c * c).sum(),
    };
    let square = kept[0] * kept[0] + kept[1] * kept[1] + upright * upright + 2.0 * mixed;
    ((3.0 * square - 1.0) * 0.5).max(0.0).sqrt()
}
