//! The holes of one session in one person: how deep, how wide, how dense, and which share of the dermis they injure.
//!
//! Two laws give the depth, and `puncture.depth_law` says which speaks: [`DepthModel::Contact`], where force, needle
//! and skin decide ([`crate::contact`]); and [`DepthModel::InsertionRatio`], the first chain's, where a needle of
//! length L reaches z = (q·L − δ₀)₊ with a share q that is drawn.
//!
//! With needle j at depth z_j below the surface and epidermis h_e, the channel's radius at depth x in the dermis is
//! r_j(x) = min(r_tip + (z_j − h_e − x)₊·tan α, r_s). One session of N_p passes with n₀ holes per area and pass, of
//! which a share κ is distinct (the rest slid into holes that were there), injures
//!
//! φ(x) = 1 − exp{−N_p·n₀·κ·π·E_j[(r_j(x) + h)²·1(z_j > h_e + x)]}
//!
//! with h the halo of injured tissue around a channel. Solid needles displace tissue; they do not remove it.

use std::f64::consts::PI;

use needlework_numerics::{expit, logit};
use needlework_skin::Skin;
use needlework_stria::Tissue;
use needlework_units::{ArealDensity, Length};

use crate::contact::{Contact, holes_per_pass, press};
use crate::device::{Device, Hand, Kind, density_per_pass};
use crate::parameters::Parameters;
use crate::person::PersonDraws;
use crate::shape::shape;

/// Which law gives the depth of a needle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DepthModel {
    /// Force, needle and skin decide.
    Contact,
    /// A share of the needle's length is drawn: the first chain.
    InsertionRatio,
}

impl DepthModel {
    /// The law that speaks in a world.
    #[must_use]
    pub fn of(parameters: &Parameters) -> Self {
        if parameters.depth_law < 0.5 {
            Self::InsertionRatio
        } else {
            Self::Contact
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Contact => "contact",
            Self::InsertionRatio => "reach",
        }
    }
}

/// The holes of one session.
#[derive(Debug, Clone, PartialEq)]
pub struct Holes {
    /// Distinct holes per area.
    pub density: ArealDensity,
    /// Depth below the surface of equally likely needles, mm, ascending.
    pub depths_mm: Vec<f64>,
    /// Radius of the channel at the surface for each of them, mm.
    pub surface_radii_mm: Vec<f64>,
    /// Share of needles that reach the dermis.
    pub reaches_dermis: f64,
    /// Share of needles that reach the reticular dermis.
    pub reaches_reticular: f64,
    /// Injured share of the dermis just below the epidermis.
    pub injured_top: f64,
    /// Injured share at the middle of each depth cell of the tissue.
    pub injured: Vec<f64>,
}

impl Holes {
    /// Median depth below the surface.
    #[must_use]
    pub fn median_depth(&self) -> Length {
        Length::from_mm(needlework_numerics::quantile(&self.depths_mm, 0.5))
    }

    /// Share of the skin's surface that is open.
    #[must_use]
    pub fn open_area_fraction(&self) -> f64 {
        let mean_square = needlework_numerics::mean(&self.surface_radii_mm.iter().map(|r| r * r).collect::<Vec<_>>());
        1.0 - (-self.density.per_mm2() * PI * mean_square).exp()
    }
}

/// The holes that one session leaves in a person. `needles` are standard normal draws or strata of the scatter between
/// needles, ascending, and stand for equally many needles each.
#[must_use]
pub fn puncture(
    device: &Device,
    hand: &Hand,
    skin: &Skin,
    tissue: &Tissue,
    parameters: &Parameters,
    person: &PersonDraws,
    needles: &[f64],
) -> Holes {
    match DepthModel::of(parameters) {
        DepthModel::InsertionRatio => {
            let (median_mm, depths_mm) = reached(device, parameters, person, needles);
            let per_pass = density_per_pass(device, parameters);
            let density = distinct_density(device, hand, per_pass, parameters);
            let density = if median_mm > 0.0 { density.per_mm2() } else { 0.0 };
            with_depths(device, density, depths_mm, skin, tissue, parameters)
        }
        DepthModel::Contact => {
            let contact = press(device, hand, skin, tissue, parameters, person, needles);
            left_by(&contact, device, hand, skin, tissue, parameters)
        }
    }
}

/// The holes that a session leaves whose contact is known.
#[must_use]
pub fn left_by(
    contact: &Contact,
    device: &Device,
    hand: &Hand,
    skin: &Skin,
    tissue: &Tissue,
    parameters: &Parameters,
) -> Holes {
    let deepest_mm = contact.depths_mm.iter().copied().fold(0.0, f64::max);
    let per_pass = holes_per_pass(device, contact.gap, parameters);
    let density = distinct_density(device, hand, per_pass, parameters);
    let density = if deepest_mm > 0.0 { density.per_mm2() } else { 0.0 };
    with_depths(device, density, contact.depths_mm.clone(), skin, tissue, parameters)
}

/// So many holes for each square millimetre, so deep.
fn with_depths(
    device: &Device,
    density: f64,
    depths_mm: Vec<f64>,
    skin: &Skin,
    tissue: &Tissue,
    parameters: &Parameters,
) -> Holes {
    let shape = shape(device, parameters);
    // A needle that has not entered leaves no channel.
    let surface_radii_mm = depths_mm
        .iter()
        .map(|&z| if z > 0.0 { shape.radius_mm(z) } else { 0.0 })
        .collect();
    let share = |deeper: &dyn Fn(f64) -> bool| {
        depths_mm.iter().filter(|&&z| deeper(z)).count() as f64 / depths_mm.len().max(1) as f64
    };
    let epidermis_mm = skin.epidermis.mm();
    let injured_at = |x_mm: f64| {
        let area: f64 = depths_mm
            .iter()
            .map(|z| z - epidermis_mm - x_mm)
            .filter(|&above_tip| above_tip > 0.0)
            .map(|above_tip| (shape.radius_mm(above_tip) + parameters.halo.mm()).powi(2))
            .sum();
        1.0 - (-density * PI * area / depths_mm.len().max(1) as f64).exp()
    };
    let reticular_mm = skin.reticular_depth().mm();
    Holes {
        reaches_dermis: share(&|z| z > epidermis_mm),
        reaches_reticular: share(&|z| z > reticular_mm),
        injured_top: injured_at(0.0),
        injured: tissue.depths_mm().into_iter().map(injured_at).collect(),
        density: ArealDensity::from_per_mm2(density),
        surface_radii_mm,
        depths_mm,
    }
}

/// Distinct holes of a session whose passes leave `per_pass` each.
#[must_use]
pub fn distinct_density(device: &Device, hand: &Hand, per_pass: ArealDensity, parameters: &Parameters) -> ArealDensity {
    let landings = hand.passes_made(device.kind, parameters) * per_pass.per_mm2();
    let distinct = match DepthModel::of(parameters) {
        _ if device.kind == Kind::Single => 1.0,
        DepthModel::InsertionRatio => parameters.distinct,
        DepthModel::Contact => distinct(landings, parameters.capture),
    };
    ArealDensity::from_per_mm2(landings * distinct)
}

/// Share of landings that leave a hole of their own, when a hole that is there catches every needle within `capture`.
///
/// A landing finds no hole within c with probability exp(−nπc²), n the holes per area so far; dn/dN = exp(−nπc²) gives
/// n = ln(1 + Nπc²)/(πc²) after N landings. The hole map places every needle; a test holds the two together.
fn distinct(landings_per_mm2: f64, capture: Length) -> f64 {
    let caught = landings_per_mm2 * PI * capture.mm().powi(2);
    if caught > 0.0 { caught.ln_1p() / caught } else { 1.0 }
}

/// Depths by the first chain's law: that of the median needle and those of all, mm.
fn reached(device: &Device, parameters: &Parameters, person: &PersonDraws, needles: &[f64]) -> (f64, Vec<f64>) {
    let length_mm = device.length.mm();
    let reached = |typical: f64| {
        let log_odds = logit(typical) + parameters.insertion_ratio_person_sd * person.insertion_ratio;
        let insertion_ratio = expit(log_odds);
        (insertion_ratio * length_mm - parameters.give.mm()).max(0.0)
    };
    let median_mm = match device.kind {
        Kind::Roller => reached(parameters.insertion_ratio_roller),
        Kind::Stamp | Kind::Pen => reached(parameters.insertion_ratio_straight),
        // A single needle is pushed until it is where it should be.
        Kind::Single => length_mm,
    };
    let depths_mm = needles
        .iter()
        .map(|draw| (median_mm * (parameters.scatter * draw).exp()).min(length_mm))
        .collect();
    (median_mm, depths_mm)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device::needles_in_contact;
    use crate::example::{parameters as contact, roller, session};
    use needlework_units::Area;

    /// The first chain.
    fn parameters() -> Parameters {
        Parameters {
            depth_law: 0.0,
            ..contact()
        }
    }

    #[test]
    fn all_needles_of_a_stamp_touch_the_skin_at_once() {
        let stamp = Device {
            kind: Kind::Stamp,
            plate: Some(Area::from_cm2(1.0)),
            ..roller(0.5)
        };
        assert_eq!(needles_in_contact(&stamp, &parameters()), 192.0);
        assert!((density_per_pass(&stamp, &parameters()).per_cm2() - 192.0).abs() < 1e-9);
    }

    #[test]
    fn a_longer_needle_never_reaches_less_deep() {
        let p = parameters();
        for pair in [0.2, 0.3, 0.5, 1.0, 1.5, 2.5].windows(2) {
            let (short, long) = (session(&roller(pair[0]), &p), session(&roller(pair[1]), &p));
            assert!(short.depths_mm.iter().zip(&long.depths_mm).all(|(a, b)| a <= b));
            assert!(short.injured.iter().zip(&long.injured).all(|(a, b)| a <= b));
        }
    }

    #[test]
    fn no_needle_goes_deeper_than_it_is_long() {
        let p = Parameters {
            scatter: 2.0,
            ..parameters()
        };
        assert!(session(&roller(1.5), &p).depths_mm.iter().all(|&z| z <= 1.5));
    }

    #[test]
    fn a_short_roller_stays_in_the_epidermis_and_a_long_one_reaches_the_dermis() {
        let p = parameters();
        assert_eq!(session(&roller(0.2), &p).reaches_dermis, 0.0);
        assert_eq!(session(&roller(1.5), &p).reaches_dermis, 1.0);
        assert_eq!(session(&roller(0.2), &p).reaches_reticular, 0.0);
    }

    /// Closed form: needles without scatter and taper cut a cylinder, so φ is the coverage of discs of radius r_tip +
    /// h.
    #[test]
    fn straight_needles_injure_as_poisson_discs_do() {
        let p = Parameters {
            scatter: 0.0,
            taper: 0.0,
            ..parameters()
        };
        let holes = session(&roller(1.5), &p);
        let expected = 1.0 - (-(10.0 * 0.152_788_745 * 0.8) * PI * 0.034_f64.powi(2)).exp();
        assert!((holes.injured_top - expected).abs() < 1e-9);
        // z = 0.55·1.5 − 0.08 = 0.745, less the epidermis of 0.09: the channel ends 0.655 mm deep in the dermis.
        let depth_of_cell = |i: usize| (i as f64 + 0.5) / 24.0;
        for (i, &injured) in holes.injured.iter().enumerate() {
            let inside = depth_of_cell(i) < 0.655;
            assert!(
                if inside {
                    (injured - expected).abs() < 1e-9
                } else {
                    injured == 0.0
                },
                "{i}"
            );
        }
    }

    #[test]
    fn more_passes_injure_more_but_never_everything() {
        let p = parameters();
        let doubled = Parameters {
            distinct: 1.6,
            ..parameters()
        };
        assert!(session(&roller(1.5), &doubled).injured_top > session(&roller(1.5), &p).injured_top);
        let flooded = Parameters {
            distinct: 1e6,
            ..parameters()
        };
        assert!(session(&roller(1.5), &flooded).injured_top <= 1.0);
    }
}
