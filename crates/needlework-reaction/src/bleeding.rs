//! Bleeding: how many small vessels a needle cuts, from where the vessels lie.
//!
//! Two beds, both taken as scattered at random (Poisson), so that a hole bleeds with probability 1 − exp(−m) where m is
//! the number of vessels that it cuts on average.
//!
//! * Loops, one in each papilla, ascend from a depth t + H to tips at t. A needle of radius r that reaches z cuts
//!   m₁ = n·π·(r + w/2)²·min((z − t)₊/H, 1), with n loops per area and w the width of a loop.
//! * The plexus below, vessels of diameter d that run level with the surface, L of them in length per volume between p
//!   and p + T. The needle sweeps a height s = min((z − p)₊, T) and cuts m₂ = L·(2r + d)·s.
//!
//! The radius is that of the channel at the depth of the bed, where it is widest. A cut loop leaves a pinpoint, a cut
//! vessel of the plexus more. Assumptions: textbook anatomy, no number of it measured in marks; no clotting, no
//! pressure, no bleeding disorder (a rule stops those). No measured dose–response of bleeding against depth was found,
//! so nothing here was compared with data.

use std::f64::consts::PI;

use needlework_evidence::parameters;
use needlework_puncture::Holes;
use needlework_units::{ArealDensity, Length};

parameters! {
    /// Where the small vessels lie; a world's draw.
    pub struct BleedingParameters {
        /// Capillary loops per area.
        pub loops: ArealDensity = "reaction.bleeding.loops.density",
        /// Width of a loop with both its limbs.
        pub loop_width: Length = "reaction.bleeding.loops.width",
        /// Depth of the loops' tips below the surface.
        pub loop_tips: Length = "reaction.bleeding.loops",
        /// Height of a loop.
        pub loop_height: Length = "reaction.bleeding.loops.height",
        /// Depth of the upper rim of the plexus below the surface.
        pub plexus: Length = "reaction.bleeding.plexus",
        /// Thickness of the plexus.
        pub plexus_thickness: Length = "reaction.bleeding.plexus.thickness",
        /// Length of vessels per volume of the plexus; millimetres in a cubic millimetre are one over square
        /// millimetres.
        pub plexus_vessels: ArealDensity = "reaction.bleeding.plexus.vessels",
        /// Diameter of a vessel of the plexus.
        pub plexus_diameter: Length = "reaction.bleeding.plexus.diameter",
    }
}

/// A needle's shape near its tip.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Taper {
    /// Radius of the tip.
    pub tip: Length,
    /// Tangent of the cone's half-angle.
    pub tangent: f64,
}

/// Bleeding of a session.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Bleeding {
    /// Share of holes that cut at least one vessel, of either bed.
    pub share: f64,
    /// Share of holes that cut a vessel of the plexus and bleed more than a pinpoint.
    pub more: f64,
    /// Vessels cut per area.
    pub cuts: ArealDensity,
}

/// Vessels that a needle cuts on average: loops, and vessels of the plexus.
fn cut(depth_mm: f64, surface_radius_mm: f64, taper: &Taper, parameters: &BleedingParameters) -> (f64, f64) {
    // The channel is a cone that ends in a cylinder as wide as at the surface.
    let radius = |at_mm: f64| (taper.tip.mm() + (depth_mm - at_mm).max(0.0) * taper.tangent).min(surface_radius_mm);
    let reached = (depth_mm - parameters.loop_tips.mm()).max(0.0) / parameters.loop_height.mm();
    let target_mm = radius(parameters.loop_tips.mm()) + 0.5 * parameters.loop_width.mm();
    let loops = parameters.loops.per_mm2() * PI * target_mm.powi(2) * reached.min(1.0);
    let swept_mm = (depth_mm - parameters.plexus.mm()).clamp(0.0, parameters.plexus_thickness.mm());
    let across_mm = 2.0 * radius(parameters.plexus.mm()) + parameters.plexus_diameter.mm();
    let plexus = parameters.plexus_vessels.per_mm2() * across_mm * swept_mm;
    (loops, plexus)
}

/// How much a session bleeds.
#[must_use]
pub fn bleed(holes: &Holes, taper: &Taper, parameters: &BleedingParameters) -> Bleeding {
    let needles = holes.depths_mm.len().max(1) as f64;
    let mut sums = (0.0, 0.0, 0.0);
    for (&depth, &radius) in holes.depths_mm.iter().zip(&holes.surface_radii_mm) {
        let (loops, plexus) = cut(depth, radius, taper, parameters);
        sums.0 += 1.0 - (-loops - plexus).exp();
        sums.1 += 1.0 - (-plexus).exp();
        sums.2 += loops + plexus;
    }
    Bleeding {
        share: sums.0 / needles,
        more: sums.1 / needles,
        cuts: ArealDensity::from_per_mm2(holes.density.per_mm2() * sums.2 / needles),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TAPER: Taper = Taper {
        tip: Length::from_canonical(0.004),
        tangent: 0.09,
    };

    fn parameters() -> BleedingParameters {
        BleedingParameters {
            loops: ArealDensity::from_per_mm2(40.0),
            loop_width: Length::from_mm(0.03),
            loop_tips: Length::from_mm(0.125),
            loop_height: Length::from_mm(0.2),
            plexus: Length::from_mm(0.4),
            plexus_thickness: Length::from_mm(0.2),
            plexus_vessels: ArealDensity::from_per_mm2(25.0),
            plexus_diameter: Length::from_mm(0.03),
        }
    }

    fn of(depth_mm: f64, radius_mm: f64, parameters: &BleedingParameters) -> Bleeding {
        let holes = Holes {
            density: ArealDensity::from_per_mm2(2.0),
            depths_mm: vec![depth_mm],
            surface_radii_mm: vec![radius_mm],
            ..needlework_puncture::example::holes()
        };
        bleed(&holes, &TAPER, parameters)
    }

    #[test]
    fn above_the_loops_nothing_bleeds_and_above_the_plexus_only_pinpoints() {
        let p = parameters();
        assert_eq!(of(0.12, 0.01, &p), Bleeding::default());
        let pinpoints = of(0.39, 0.03, &p);
        assert!(pinpoints.share > 0.0 && pinpoints.more == 0.0, "{pinpoints:?}");
        assert!(of(0.5, 0.03, &p).more > 0.0);
    }

    /// A straight shaft past both beds: m = n·π·(r + w/2)² + L·(2r + d)·T.
    #[test]
    fn past_both_beds_it_is_the_closed_form() {
        let p = parameters();
        let found = of(3.0, 0.1, &p);
        let (loops, plexus) = (40.0 * PI * 0.115_f64.powi(2), 25.0 * 0.23 * 0.2);
        assert!(
            (found.share - (1.0 - (-loops - plexus).exp())).abs() < 1e-12,
            "{found:?}"
        );
        assert!((found.more - (1.0 - (-plexus).exp())).abs() < 1e-12, "{found:?}");
        assert!(
            (found.cuts.per_mm2() - 2.0 * (loops + plexus)).abs() < 1e-12,
            "{found:?}"
        );
    }

    #[test]
    fn few_cuts_bleed_in_proportion_to_vessels() {
        let scaled = |by: f64| BleedingParameters {
            loops: ArealDensity::from_per_mm2(1e-4 * by),
            plexus_vessels: ArealDensity::from_per_mm2(1e-4 * by),
            ..parameters()
        };
        let ratio = of(0.7, 0.05, &scaled(3.0)).share / of(0.7, 0.05, &scaled(1.0)).share;
        assert!((ratio - 3.0).abs() < 1e-4, "{ratio}");
    }

    #[test]
    fn bleeding_rises_with_depth_radius_and_vessels() {
        let p = parameters();
        let rises = |less: Bleeding, more: Bleeding| {
            assert!(
                more.share > less.share && more.more > less.more && more.cuts > less.cuts,
                "{less:?} {more:?}"
            );
        };
        for (shallow, deep) in [(0.45, 0.5), (0.5, 0.6), (0.6, 0.9)] {
            rises(of(shallow, 0.1, &p), of(deep, 0.1, &p));
        }
        rises(of(2.0, 0.05, &p), of(2.0, 0.1, &p));
        let more = BleedingParameters {
            plexus_vessels: ArealDensity::from_per_mm2(50.0),
            ..p
        };
        rises(of(0.7, 0.05, &p), of(0.7, 0.05, &more));
        let loops = BleedingParameters {
            loops: ArealDensity::from_per_mm2(80.0),
            ..p
        };
        assert!(of(0.7, 0.05, &loops).share > of(0.7, 0.05, &p).share);
    }
}
