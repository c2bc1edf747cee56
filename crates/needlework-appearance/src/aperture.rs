//! An instrument that lights one disc of skin and measures another: what it loses of the light that comes back.
//!
//! Both discs have one middle. Light that enters at a place leaves at a distance ρ from it, with the density R_d(ρ) in
//! all directions alike. Of two places at the distance ρ, both must lie in their discs, so that the share of the
//! diffuse reflectance that is measured, against a white that spreads no light, is
//!
//! kept = ∫ R_d(ρ) A(ρ)/A(0) 2πρ dρ / ∫ R_d(ρ) 2πρ dρ,
//!
//! where A(ρ) is the area that the two discs share when one is moved by ρ. The edge loss is 1 − kept. A lit disc that
//! is wider than the measured one by more than the light spreads loses nothing; equal discs lose most.
//!
//! Limits: even light with a sharp edge, skin that is the same everywhere, contact (no light under the rim).

use std::f64::consts::PI;

/// The two discs of an instrument.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Discs {
    /// Diameter of the disc that is lit, mm, above 0.
    pub illuminated_mm: f64,
    /// Diameter of the disc that is measured, mm, above 0.
    pub measured_mm: f64,
}

impl Discs {
    /// The share that is measured of light that leaves at a distance from where it entered: 1 at no distance, 0 where
    /// the two discs, one moved by it, do not touch.
    #[must_use]
    pub(crate) fn kept(&self, distance_mm: f64) -> f64 {
        let (one, other) = (0.5 * self.illuminated_mm, 0.5 * self.measured_mm);
        let (small, large) = (one.min(other), one.max(other));
        if distance_mm <= large - small {
            return 1.0;
        }
        if distance_mm >= large + small {
            return 0.0;
        }
        let d = distance_mm;
        // Cosines of half the angles under which the common chord is seen from both middles.
        let from_small = ((d * d + small * small - large * large) / (2.0 * d * small)).clamp(-1.0, 1.0);
        let from_large = ((d * d + large * large - small * small) / (2.0 * d * large)).clamp(-1.0, 1.0);
        let segment = |radius: f64, cosine: f64| {
            radius * radius * (cosine.acos() - cosine * (1.0 - cosine * cosine).max(0.0).sqrt())
        };
        (segment(small, from_small) + segment(large, from_large)) / (PI * small * small)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shares of a fine raster of the smaller disc.
    fn counted(discs: &Discs, distance: f64) -> f64 {
        let (mut both, mut all) = (0, 0);
        let (small, large) = (
            0.5 * discs.illuminated_mm.min(discs.measured_mm),
            0.5 * discs.illuminated_mm.max(discs.measured_mm),
        );
        for i in 0..800 {
            for j in 0..800 {
                let (x, y) = [i, j].map(|k| (f64::from(k) + 0.5) / 400.0 - 1.0).into();
                let (x, y): (f64, f64) = (small * x, small * y);
                if x.hypot(y) <= small {
                    all += 1;
                    both += i32::from((x - distance).hypot(y) <= large);
                }
            }
        }
        f64::from(both) / f64::from(all)
    }

    #[test]
    fn the_shared_area_is_that_of_a_raster_and_falls_with_distance() {
        for (illuminated_mm, measured_mm) in [(5.0, 5.0), (11.0, 8.0), (3.0, 8.0)] {
            let discs = Discs {
                illuminated_mm,
                measured_mm,
            };
            let mut before = 1.0;
            for step in 0..=20 {
                let distance = 0.5 * f64::from(step);
                let kept = discs.kept(distance);
                assert!((kept - counted(&discs, distance)).abs() < 2e-3, "{discs:?} {distance}");
                assert!(
                    (0.0..=before).contains(&kept),
                    "{discs:?} {distance}: {kept} after {before}"
                );
                before = kept;
            }
        }
    }

    #[test]
    fn lighting_and_measuring_may_change_places() {
        let one = Discs {
            illuminated_mm: 4.0,
            measured_mm: 11.0,
        };
        let other = Discs {
            illuminated_mm: 11.0,
            measured_mm: 4.0,
        };
        for step in 0..30 {
            let distance = 0.3 * f64::from(step);
            assert_eq!(one.kept(distance), other.kept(distance));
        }
    }
}
