//! When skin tears: the strength and the stiffness of strips cut at any angle to the tension line.
//!
//! Skin tears when its more stretched family of fibres reaches a strain E*, the same in every direction, since it is
//! the collagen that fails. E* is not published. It is set so that the *mean over directions* of the strain at failure
//! is the measured one, of strips that were cut in all directions. The stiffness is the slope of the straight last part
//! of the curve.
//!
//! Assumptions: one criterion for all directions; strips cut in all directions alike. Limits: slow pulls; no scatter
//! between fibres, so no gradual failure; strength depends on the angle of the fibres as strongly as the law does.
//! Source: Ní Annaidh 2012 (failure strain).

use std::f64::consts::FRAC_PI_2;

use needlework_numerics::{mean, midpoints, root};
use needlework_units::{Angle, Stress};

use crate::fibres::Fibres;
use crate::gasser_2006::{Unsettled, pull};

// numerical: directions that stand for all between along and across; their mean strength is within two per mille of
// that of many
const DIRECTIONS: usize = 10;
// numerical: error of a strain at failure; a thousandth of a per cent of the length
const TOLERANCE: f64 = 1e-5;
// numerical: the search for the tear goes on by half a length at a time, and ends at this many times the length
const LONGEST: f64 = 6.0;
// numerical: the straight part of the curve begins at this share of the strain at failure, as 30 of 54 % in the check
// of the law
const STRAIGHT_FROM: f64 = 5.0 / 9.0;

/// How a strip tears.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tear {
    /// Angle of the pull to the tension line.
    pub angle: Angle,
    /// Strain at failure; a fraction.
    pub strain_fraction: f64,
    /// Nominal stress at failure.
    pub strength: Stress,
    /// Slope of the straight part of the curve.
    pub stiffness: Stress,
}

/// Directions that stand evenly for all between along and across the tension line.
#[must_use]
fn all_directions() -> Vec<Angle> {
    midpoints(FRAC_PI_2, DIRECTIONS)
        .into_iter()
        .map(Angle::from_radians)
        .collect()
}

/// The strain of fibres at which this skin tears in every direction, E*.
///
/// # Errors
/// [`Unsettled`] when no strain below five times the length gives the measured failure.
pub fn critical_fibre_strain(fibres: &Fibres) -> Result<f64, Unsettled> {
    let wanted = fibres.failure_strain_fraction;
    let unsettled = Unsettled { stretch: 1.0 + wanted };
    let directions = all_directions();
    // The strain at failure grows with E* in every direction, so E* lies between the fibre strains that the wanted
    // strain gives.
    let at_wanted: Result<Vec<f64>, Unsettled> = directions
        .iter()
        .map(|&angle| Ok(pull(fibres, angle, 1.0 + wanted)?.fibre_strain))
        .collect();
    let at_wanted = at_wanted?;
    let low = at_wanted.iter().copied().fold(f64::INFINITY, f64::min);
    let high = at_wanted.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if high - low <= TOLERANCE {
        return Ok(high);
    }
    root(low, high, TOLERANCE, |critical| {
        let strains: Result<Vec<f64>, Unsettled> = directions
            .iter()
            .map(|&angle| strain_at(fibres, critical, angle))
            .collect();
        strains.map_or(f64::NAN, |strains| mean(&strains) - wanted)
    })
    .ok_or(unsettled)
}

/// The strain at which the more stretched family reaches `critical`.
fn strain_at(fibres: &Fibres, critical: f64, angle: Angle) -> Result<f64, Unsettled> {
    let short = |stretch: f64| pull(fibres, angle, stretch).map_or(f64::NAN, |strip| strip.fibre_strain - critical);
    let (mut from, mut to) = (1.0, 1.0 + 0.5);
    // Ends: it stretches by half a length each time, up to the longest.
    while short(to) < 0.0 && to < LONGEST {
        (from, to) = (to, to + 0.5);
    }
    let found = root(from, to, TOLERANCE, short);
    found.map(|stretch| stretch - 1.0).ok_or(Unsettled { stretch: to })
}

/// How a strip at an angle to the tension line tears, when fibres fail at the strain `critical`.
///
/// # Errors
/// [`Unsettled`] when it doesn't tear below five times its length.
pub fn tear(fibres: &Fibres, critical: f64, angle: Angle) -> Result<Tear, Unsettled> {
    let strain = strain_at(fibres, critical, angle)?;
    let from = strain * STRAIGHT_FROM;
    let (early, late) = (pull(fibres, angle, 1.0 + from)?, pull(fibres, angle, 1.0 + strain)?);
    Ok(Tear {
        angle,
        strain_fraction: strain,
        strength: late.nominal,
        stiffness: Stress::from_mpa((late.nominal.mpa() - early.nominal.mpa()) / (strain - from)),
    })
}

/// How strips in all directions tear.
///
/// # Errors
/// As [`tear`].
pub fn tear_in_all_directions(fibres: &Fibres) -> Result<Vec<Tear>, Unsettled> {
    let critical = critical_fibre_strain(fibres)?;
    all_directions()
        .into_iter()
        .map(|angle| tear(fibres, critical, angle))
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::example::parameters;
    use crate::{Site, layer};

    fn back_skin() -> Fibres {
        layer(&crate::example::woman(30.0, 24.0), &Site::REFERENCE, &parameters())
            .mechanics
            .fibres
    }

    #[test]
    fn strips_of_all_directions_tear_on_average_at_the_measured_strain() {
        let tears = tear_in_all_directions(&back_skin()).unwrap();
        let strains: Vec<f64> = tears.iter().map(|tear| tear.strain_fraction).collect();
        assert!((mean(&strains) - 0.54).abs() < 1e-4, "{}", mean(&strains));
    }

    #[test]
    fn every_strip_tears_at_the_same_strain_of_its_fibres() {
        let critical = critical_fibre_strain(&back_skin()).unwrap();
        for tear in tear_in_all_directions(&back_skin()).unwrap() {
            let strip = pull(&back_skin(), tear.angle, 1.0 + tear.strain_fraction).unwrap();
            assert!((strip.fibre_strain - critical).abs() < 1e-4);
        }
    }

    #[test]
    fn skin_without_order_tears_alike_in_all_directions() {
        let even = Fibres {
            dispersion_ratio: 1.0 / 3.0,
            ..back_skin()
        };
        let tears = tear_in_all_directions(&even).unwrap();
        for tear in &tears {
            assert!((tear.strength.mpa() / tears[0].strength.mpa() - 1.0).abs() < 1e-4);
            assert!((tear.strain_fraction - 0.54).abs() < 1e-4);
        }
    }

    #[test]
    fn stiffer_fibres_make_stronger_skin_and_a_longer_pull_too() {
        let strength = |fibres: &Fibres| {
            let tears = tear_in_all_directions(fibres).unwrap();
            mean(&tears.iter().map(|tear| tear.strength.mpa()).collect::<Vec<_>>())
        };
        let start = strength(&back_skin());
        let stiffer = Fibres {
            stiffness: Stress::from_mpa(30.0),
            ..back_skin()
        };
        let tougher = Fibres {
            failure_strain_fraction: 0.65,
            ..back_skin()
        };
        assert!(strength(&stiffer) > 1.15 * start && strength(&tougher) > 1.1 * start);
    }

    #[test]
    fn twice_the_directions_change_the_mean_strength_by_less_than_three_per_mille() {
        let critical = critical_fibre_strain(&back_skin()).unwrap();
        let over = |count: usize| {
            let strengths: Vec<f64> = midpoints(FRAC_PI_2, count)
                .into_iter()
                .map(|angle| {
                    tear(&back_skin(), critical, Angle::from_radians(angle))
                        .unwrap()
                        .strength
                        .mpa()
                })
                .collect();
            mean(&strengths)
        };
        assert!((over(2 * DIRECTIONS) / over(DIRECTIONS) - 1.0).abs() < 3e-3);
    }
}
