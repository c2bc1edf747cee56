//! The dermis under tension: the law of Gasser, Ogden and Holzapfel for dispersed collagen fibres in a soft matrix.
//!
//! Energy per volume of incompressible material with two families of fibres, in their plane:
//!
//! W = μ/2 (I₁ − 3) + Σᵢ k₁/(2k₂) (exp(k₂Eᵢ²) − 1), Eᵢ = κ(I₁ − 3) + (1 − 3κ)(I₄ᵢ − 1), counted only where Eᵢ ≥ 0:
//! fibres do not push.
//!
//! I₁ = tr C, I₄ᵢ = aᵢ·C aᵢ, C = FᵀF, aᵢ at ± an angle to the tension line. A strip that is pulled at an angle to the
//! line by the stretch λ is F = [λ γ; 0 ℓ] in its plane and 1/(λℓ) across its thickness; it is free to narrow (ℓ) and
//! to shear (γ), so both make W least. W is strictly convex in (γ, ℓ), hence one minimum, which Newton's method with a
//! decreasing step finds from anywhere. The nominal stress is ∂W/∂λ there (force over the area before the pull), the
//! tangent its derivative along the minimum.
//!
//! **The trap of the constants.** The paper that fits skin prints 243.6 beside μ = 0.2014 MPa. That is 2k₁/μ, a pure
//! number: k₁ = 24.53 MPa.
//!
//! Assumptions: incompressible; a fibre's dispersion is symmetric about its family's direction in space; no time
//! dependence. Limits: shear is free, which holds for long strips; clamped wide ones are stiffer off axis. Sources:
//! Gasser, Ogden and Holzapfel 2006 for the form, Ní Annaidh 2012 for the constants (abstract).

use std::fmt;

use needlework_units::{Angle, Stress};

use crate::fibres::Fibres;

/// Newton's method did not settle: the constants or the stretch lie outside of what floats can hold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unsettled {
    /// The stretch that was asked for.
    pub stretch: f64,
}

impl fmt::Display for Unsettled {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "the strip has no state at a stretch of {}: ask for a smaller one",
            self.stretch
        )
    }
}

impl std::error::Error for Unsettled {}

/// A strip of dermis under tension.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tension {
    /// Force over the area of the strip before the pull.
    pub nominal: Stress,
    /// Slope of the nominal stress over the stretch.
    pub tangent: Stress,
    /// Width over that before the pull, ℓ.
    pub width_ratio: f64,
    /// Shear, γ; nothing along and across the tension line.
    pub shear_ratio: f64,
    /// Thickness over that before the pull, 1/(λℓ).
    pub thickness_ratio: f64,
    /// Strain of the more stretched family, the greater Eᵢ; a pure number.
    pub fibre_strain: f64,
}

/// The plane deformation of a strip, in its own axes.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Deformation {
    /// Stretch in the direction of the pull, λ.
    pub stretch: f64,
    /// Shear, γ.
    pub shear: f64,
    /// Stretch across, ℓ; greater than 0.
    pub across: f64,
}

/// Energy with its first and second derivatives by stretch, shear and width, MPa.
struct Energy {
    value: f64,
    slope: [f64; 3],
    curvature: [[f64; 3]; 3],
    fibre_strain: f64,
}

/// Adds `factor` times the outer product of `left` and `right` to a matrix.
fn add_outer(matrix: &mut [[f64; 3]; 3], factor: f64, left: [f64; 3], right: [f64; 3]) {
    for (row, a) in matrix.iter_mut().zip(left) {
        for (cell, b) in row.iter_mut().zip(right) {
            *cell += factor * a * b;
        }
    }
}

fn add_matrix(matrix: &mut [[f64; 3]; 3], factor: f64, other: &[[f64; 3]; 3]) {
    for (row, from) in matrix.iter_mut().zip(other) {
        for (cell, value) in row.iter_mut().zip(from) {
            *cell += factor * value;
        }
    }
}

/// Sine and cosine of both families' directions to a pull that makes an angle with the tension line.
fn directions(fibres: &Fibres, pull: Angle) -> [(f64, f64); 2] {
    [1.0, -1.0].map(|side: f64| (side * fibres.angle.radians() - pull.radians()).sin_cos())
}

/// The energy of a deformation of fibres in these directions to the pull.
fn energy(fibres: &Fibres, directions: [(f64, f64); 2], deformation: &Deformation) -> Energy {
    let Deformation {
        stretch: l,
        shear: g,
        across: w,
    } = *deformation;
    let (mu, k1, k2) = (fibres.matrix.mpa(), fibres.stiffness.mpa(), fibres.stiffening_ratio);
    let kappa = fibres.dispersion_ratio;
    let square = 1.0 / (l * l * w * w);
    // I₁ − 3 and its derivatives by (λ, γ, ℓ).
    let first = l * l + g * g + w * w + square - 3.0;
    let first_slope = [2.0 * (l - square / l), 2.0 * g, 2.0 * (w - square / w)];
    let twist = 4.0 * square / (l * w);
    let first_curvature = [
        [2.0 + 2.0 * 3.0 * square / (l * l), 0.0, twist],
        [0.0, 2.0, 0.0],
        [twist, 0.0, 2.0 + 2.0 * 3.0 * square / (w * w)],
    ];
    let mut out = Energy {
        value: 0.5 * mu * first,
        slope: first_slope.map(|d| 0.5 * mu * d),
        curvature: first_curvature.map(|row| row.map(|d| 0.5 * mu * d)),
        fibre_strain: f64::NEG_INFINITY,
    };
    for (s, c) in directions {
        let along = l * c + g * s;
        let fourth_slope = [2.0 * along * c, 2.0 * along * s, 2.0 * w * s * s];
        let mut strain_curvature = [[0.0; 3]; 3];
        add_matrix(&mut strain_curvature, kappa, &first_curvature);
        let order = 1.0 - 3.0 * kappa;
        add_outer(&mut strain_curvature, 2.0 * order, [c, s, 0.0], [c, s, 0.0]);
        add_outer(&mut strain_curvature, 2.0 * order, [0.0, 0.0, s], [0.0, 0.0, s]);
        let strain = kappa * first + order * (along * along + w * w * s * s - 1.0);
        let strain_slope: [f64; 3] = std::array::from_fn(|i| kappa * first_slope[i] + order * fourth_slope[i]);
        out.fibre_strain = out.fibre_strain.max(strain);
        if strain < 0.0 {
            continue;
        }
        let exponent = k2 * strain * strain;
        let growth = exponent.exp();
        // (eˣ − 1)/x, which is 1 where fibres do not stiffen.
        let mean_growth = if exponent == 0.0 {
            1.0
        } else {
            exponent.exp_m1() / exponent
        };
        out.value += 0.5 * k1 * strain * strain * mean_growth;
        let pull_of_fibres = k1 * strain * growth;
        for (slope, by) in out.slope.iter_mut().zip(strain_slope) {
            *slope += pull_of_fibres * by;
        }
        add_matrix(&mut out.curvature, pull_of_fibres, &strain_curvature);
        let stiffness = k1 * (1.0 + 2.0 * exponent) * growth;
        add_outer(&mut out.curvature, stiffness, strain_slope, strain_slope);
    }
    out
}

/// Energy per volume of a deformation whose pull makes an angle with the tension line; a joule in a cubic centimetre is
/// a megapascal.
#[cfg(test)]
fn energy_density(fibres: &Fibres, pull: Angle, deformation: &Deformation) -> Stress {
    Stress::from_mpa(energy(fibres, directions(fibres, pull), deformation).value)
}

/// Pulls a strip, cut at an angle to the tension line, to `stretch` times its length. Sides are free.
///
/// # Errors
/// [`Unsettled`] where the stretch or the constants are beyond what floats can hold.
pub fn pull(fibres: &Fibres, angle: Angle, stretch: f64) -> Result<Tension, Unsettled> {
    // numerical: Newton needs about six; the rest is for shortened steps at extreme constants
    const STEPS: usize = 200;
    // numerical: a step shortened this often no longer changes a float
    const HALVINGS: usize = 60;
    // numerical: a promised descent of W, over its size, that is lost in rounding
    const LEFT: f64 = 1e-14;
    // numerical: Armijo's share of the promised descent
    const SHARE: f64 = 1e-4;
    let unsettled = Unsettled { stretch };
    if !(stretch.is_finite() && stretch > 0.0) {
        return Err(unsettled);
    }
    let mut state = Deformation {
        stretch,
        shear: 0.0,
        across: 1.0 / stretch.sqrt(),
    };
    let directions = directions(fibres, angle);
    let mut at = energy(fibres, directions, &state);
    for _ in 0..STEPS {
        let [_, [_, gg, gw], [_, _, ww]] = at.curvature;
        let determinant = gg * ww - gw * gw;
        let [_, slope_g, slope_w] = at.slope;
        let (step_g, step_w) = (
            (gw * slope_w - ww * slope_g) / determinant,
            (gw * slope_g - gg * slope_w) / determinant,
        );
        let descent = slope_g * step_g + slope_w * step_w;
        let scale = fibres.matrix.mpa() + fibres.stiffness.mpa() + at.value;
        if !descent.is_finite() {
            return Err(unsettled);
        }
        let moved_by = |share: f64| Deformation {
            shear: state.shear + share * step_g,
            across: state.across + share * step_w,
            ..state
        };
        if -descent <= LEFT * scale {
            // Rounding hides so small a descent; the last step is taken whole and squares what error is left.
            state = moved_by(1.0);
            at = energy(fibres, directions, &state);
            return Ok(tension(&state, &at));
        }
        let mut share = 1.0;
        let next = (0..HALVINGS).find_map(|_| {
            let next = moved_by(share);
            let there = energy(fibres, directions, &next);
            let descends = next.across > 0.0 && there.value <= at.value + SHARE * share * descent;
            share *= 0.5;
            descends.then_some((next, there))
        });
        (state, at) = next.ok_or(unsettled)?;
    }
    Err(unsettled)
}

fn tension(state: &Deformation, at: &Energy) -> Tension {
    let [[ll, lg, lw], [_, gg, gw], [_, _, ww]] = at.curvature;
    // Along the minimum shear and width follow the stretch: d(γ, ℓ)/dλ = −H⁻¹ ∂(slope)/∂λ.
    let determinant = gg * ww - gw * gw;
    let by_g = (gw * lw - ww * lg) / determinant;
    let by_w = (gw * lg - gg * lw) / determinant;
    Tension {
        nominal: Stress::from_mpa(at.slope[0]),
        tangent: Stress::from_mpa(ll + lg * by_g + lw * by_w),
        width_ratio: state.across,
        shear_ratio: state.shear,
        thickness_ratio: 1.0 / (state.stretch * state.across),
        fibre_strain: at.fibre_strain,
    }
}

/// Stiffness in its plane of skin that is held stretched along its tension line by `fraction` and not across: the mean
/// of ∂²W/∂λ² along and across. It is what a small dent stretches; closed form, since a held sheet has no free side.
#[must_use]
pub(crate) fn held_stiffness(fibres: &Fibres, fraction: f64) -> Stress {
    let held = Deformation {
        stretch: 1.0 + fraction,
        shear: 0.0,
        across: 1.0,
    };
    let [[along, _, _], _, [_, _, across]] = energy(fibres, directions(fibres, Angle::ZERO), &held).curvature;
    Stress::from_mpa(0.5 * (along + across))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn back_skin() -> Fibres {
        Fibres {
            matrix: Stress::from_mpa(0.2014),
            stiffness: Stress::from_mpa(24.53),
            stiffening_ratio: 0.1327,
            dispersion_ratio: 0.1404,
            angle: Angle::from_degrees(41.0),
            elastin_fraction: 0.7,
            failure_strain_fraction: 0.54,
        }
    }

    fn degrees(angle: f64) -> Angle {
        Angle::from_degrees(angle)
    }

    fn nominal(fibres: &Fibres, angle: f64, stretch: f64) -> f64 {
        pull(fibres, degrees(angle), stretch).unwrap().nominal.mpa()
    }

    const ANGLES: [f64; 5] = [0.0, 20.0, 45.0, 70.0, 90.0];

    #[test]
    fn without_fibres_it_is_rubber() {
        let rubber = Fibres {
            stiffness: Stress::ZERO,
            ..back_skin()
        };
        for stretch in [0.7, 1.0, 1.2, 1.54, 3.0] {
            let strip = pull(&rubber, degrees(33.0), stretch).unwrap();
            let exact = 0.2014 * (stretch - stretch.powi(-2));
            assert!((strip.nominal.mpa() - exact).abs() < 1e-12, "{stretch}");
            let slope = 0.2014 * (1.0 + 2.0 * stretch.powi(-3));
            assert!((strip.tangent.mpa() - slope).abs() < 1e-12, "{stretch}");
            assert!((strip.width_ratio - stretch.powf(-0.5)).abs() < 1e-9, "{stretch}");
        }
    }

    /// Closed form: parallel fibres along the pull leave the sides as they are in rubber.
    #[test]
    fn parallel_fibres_along_the_pull_add_their_own_stress() {
        let cord = Fibres {
            dispersion_ratio: 0.0,
            angle: Angle::ZERO,
            ..back_skin()
        };
        for stretch in [1.05_f64, 1.3, 1.6] {
            let strain = stretch * stretch - 1.0;
            let exact = 0.2014 * (stretch - stretch.powi(-2))
                + 4.0 * 24.53 * stretch * strain * (0.1327 * strain * strain).exp();
            assert!((nominal(&cord, 0.0, stretch) / exact - 1.0).abs() < 1e-12, "{stretch}");
            // Shortened, they buckle and only the matrix answers.
            let short = 1.0 / stretch;
            assert!((nominal(&cord, 0.0, short) - 0.2014 * (short - short.powi(-2))).abs() < 1e-10);
        }
    }

    #[test]
    fn fibres_in_all_directions_have_no_direction() {
        let even = Fibres {
            dispersion_ratio: 1.0 / 3.0,
            ..back_skin()
        };
        for stretch in [1.1, 1.5] {
            for angle in ANGLES {
                let strip = pull(&even, degrees(angle), stretch).unwrap();
                assert!((strip.nominal.mpa() / nominal(&even, 0.0, stretch) - 1.0).abs() < 1e-12);
                assert!(strip.shear_ratio.abs() < 1e-9);
            }
        }
    }

    #[test]
    fn stress_is_the_derivative_of_energy_and_the_tangent_that_of_stress() {
        const STEP: f64 = 1e-5;
        for angle in ANGLES {
            for stretch in [1.05, 1.2, 1.54, 1.9] {
                let strip = pull(&back_skin(), degrees(angle), stretch).unwrap();
                // The energy of the free strip, so shear and width follow: the derivative is that of the minimum.
                let free = |stretch: f64| {
                    let strip = pull(&back_skin(), degrees(angle), stretch).unwrap();
                    let state = Deformation {
                        stretch,
                        shear: strip.shear_ratio,
                        across: strip.width_ratio,
                    };
                    (
                        energy_density(&back_skin(), degrees(angle), &state).mpa(),
                        strip.nominal.mpa(),
                    )
                };
                let (above, below) = (free(stretch + STEP), free(stretch - STEP));
                let stress = (above.0 - below.0) / (2.0 * STEP);
                let tangent = (above.1 - below.1) / (2.0 * STEP);
                assert!((strip.nominal.mpa() / stress - 1.0).abs() < 1e-6, "{angle} {stretch}");
                assert!((strip.tangent.mpa() / tangent - 1.0).abs() < 1e-6, "{angle} {stretch}");
            }
        }
    }

    #[test]
    fn a_free_strip_has_the_least_energy_of_all_with_its_length() {
        let strip = pull(&back_skin(), degrees(25.0), 1.3).unwrap();
        let at = |shear: f64, across: f64| {
            let state = Deformation {
                stretch: 1.3,
                shear: strip.shear_ratio + shear,
                across: strip.width_ratio + across,
            };
            energy_density(&back_skin(), degrees(25.0), &state).mpa()
        };
        for (shear, across) in [
            (1e-3, 0.0),
            (-1e-3, 0.0),
            (0.0, 1e-3),
            (0.0, -1e-3),
            (1e-3, 1e-3),
            (1e-3, -1e-3),
        ] {
            assert!(at(shear, across) > at(0.0, 0.0), "{shear} {across}");
        }
    }

    /// The same deformation of the same skin, written in axes turned by any angle, has the same energy.
    #[test]
    fn energy_does_not_ask_in_which_axes_one_writes() {
        let state = Deformation {
            stretch: 1.25,
            shear: 0.2,
            across: 0.8,
        };
        let before = energy_density(&back_skin(), degrees(17.0), &state).mpa();
        for turn in [-70.0_f64, 10.0, 90.0, 133.0] {
            let (sine, cosine) = turn.to_radians().sin_cos();
            let (l, g, w) = (state.stretch, state.shear, state.across);
            // C in the old axes, seen from the new ones, and its Cholesky factor.
            let (a, b, d) = (l * l, l * g, g * g + w * w);
            let xx = a * cosine * cosine + 2.0 * b * sine * cosine + d * sine * sine;
            let xy = (d - a) * sine * cosine + b * (cosine * cosine - sine * sine);
            let yy = a * sine * sine - 2.0 * b * sine * cosine + d * cosine * cosine;
            let turned = Deformation {
                stretch: xx.sqrt(),
                shear: xy / xx.sqrt(),
                across: (yy - xy * xy / xx).sqrt(),
            };
            let after = energy_density(&back_skin(), degrees(17.0 + turn), &turned).mpa();
            assert!((after / before - 1.0).abs() < 1e-12, "{turn}");
        }
    }

    #[test]
    fn the_two_sides_of_the_tension_line_are_alike() {
        for angle in [15.0, 40.0, 75.0] {
            let right = pull(&back_skin(), degrees(angle), 1.4).unwrap();
            let left = pull(&back_skin(), degrees(-angle), 1.4).unwrap();
            let turned = pull(&back_skin(), degrees(180.0 - angle), 1.4).unwrap();
            assert!((right.nominal.mpa() / left.nominal.mpa() - 1.0).abs() < 1e-9);
            assert!((right.nominal.mpa() / turned.nominal.mpa() - 1.0).abs() < 1e-9);
            assert!((right.shear_ratio + left.shear_ratio).abs() < 1e-7);
        }
        for angle in [0.0, 90.0] {
            assert!(pull(&back_skin(), degrees(angle), 1.4).unwrap().shear_ratio.abs() < 1e-12);
        }
    }

    #[test]
    fn stress_grows_with_stretch_and_with_fibres_and_thickness_keeps_the_volume() {
        let more = Fibres {
            stiffness: Stress::from_mpa(30.0),
            ..back_skin()
        };
        for angle in ANGLES {
            let mut last = -1.0;
            for step in 0..40_u32 {
                let stretch = 1.0 + f64::from(step) * 0.025;
                let strip = pull(&back_skin(), degrees(angle), stretch).unwrap();
                assert!(strip.nominal.mpa() > last && strip.tangent.mpa() > 0.0);
                assert!((strip.thickness_ratio * strip.width_ratio * stretch - 1.0).abs() < 1e-12);
                last = strip.nominal.mpa();
                if step > 0 {
                    assert!(nominal(&more, angle, stretch) > last);
                }
            }
        }
    }

    /// Figures of another program (a simplex search over shear and width, finite differences of its minimum).
    #[test]
    fn strips_off_the_line_agree_with_a_search_that_knows_no_derivative() {
        assert!((nominal(&back_skin(), 45.0, 1.3) - 17.279_004).abs() < 2e-6);
        assert!((nominal(&back_skin(), 30.0, 1.54) - 41.521_968).abs() < 2e-6);
        assert!((nominal(&back_skin(), 0.0, 1.54) - 26.4993).abs() < 1e-4);
    }

    #[test]
    fn the_printed_constant_read_as_a_stress_makes_skin_ten_times_too_stiff() {
        let trap = Fibres {
            stiffness: Stress::from_mpa(243.6),
            ..back_skin()
        };
        let times = nominal(&trap, 0.0, 1.54) / nominal(&back_skin(), 0.0, 1.54);
        assert!(times > 9.0 && times < 10.5, "{times}");
    }

    #[test]
    fn extreme_constants_settle_and_impossible_ones_say_so() {
        for (stiffness, stiffening) in [(1e-6, 0.0), (1e4, 0.0), (300.0, 3.0), (24.53, 1e-12)] {
            let odd = Fibres {
                stiffness: Stress::from_mpa(stiffness),
                stiffening_ratio: stiffening,
                ..back_skin()
            };
            for angle in ANGLES {
                assert!(
                    pull(&odd, degrees(angle), 1.6).is_ok(),
                    "{stiffness} {stiffening} {angle}"
                );
            }
        }
        for stretch in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(pull(&back_skin(), Angle::ZERO, stretch).is_err());
        }
    }

    #[test]
    fn a_held_sheet_is_stiffer_than_a_free_strip_and_stiffens_with_its_stretch() {
        let free = pull(&back_skin(), Angle::ZERO, 1.1).unwrap().tangent.mpa();
        assert!(held_stiffness(&back_skin(), 0.1).mpa() > free);
        assert!(held_stiffness(&back_skin(), 0.2).mpa() > held_stiffness(&back_skin(), 0.1).mpa());
    }
}
