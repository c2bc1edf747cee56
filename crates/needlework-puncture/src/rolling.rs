//! How a rolled needle moves through skin: exactly in skin that stands still, and in skin that follows the needle.
//!
//! A drum of radius R with needles of length L rolls along x with rolling radius ρ: its centre moves by ρ·φ while it
//! turns by φ. Its axis is a = R + gap above the level of the skin. A needle that stands φ from the vertical (before
//! the lowest point: φ < 0) has, at a depth y below the skin, its axis at
//!
//! x(φ, y) = ρ·φ − (a + y)·tan φ,  and its tip at depth y_tip = (R + L)·cos φ − a,
//!
//! so it touches the skin from −θ to θ with cos θ = a/(R + L). From this follow, without any approximation,
//! * the net slide at the surface, 2(a·tan θ − ρ·θ), which is the published slit 2R(tan θ − θ) for ρ = R and a = R;
//! * the rolling radius of a free drum. Skin pulls a needle back in proportion to its slide from where it entered;
//!   without a torque on the drum the mean of that slide over the contact is zero, which gives ρ = a·tan θ/θ, and with
//!   it no net slide;
//! * the excursion, the range of x(φ, 0): with ρ > a it turns round at cos²φ = a/ρ, and 0.41 mm are left for L = 1.5 mm
//!   on R = 10 mm.
//!
//! **Skin that follows.** Skin on fat slides and stretches with the needle until it tears; at the surface it takes the
//! share f of the excursion, and the hole is longer than wide by (1 − f) of it. With neighbours one pitch p apart
//! moving the other way, skin is stretched by up to excursion/p; it follows wholly as long as this stays below the
//! strain ε at which skin tears: f = min(1, ε·p/excursion). In the frame of the skin the needle then turns about its
//! hole: the tip cuts in at −y·tan φ, obliquely near the surface, bends round and ends upright below the hole; leaving,
//! the shaft presses to the other side. The path of the tip is therefore a curve in the epidermis and a cleft in the
//! dermis, longer than the hole at the surface.
//!
//! Assumptions: a rigid drum and rigid needles, level skin, one friction-free needle at a time, neighbours that move
//! oppositely (the worst case). Limits: skin that wraps around the drum meets needles at a steeper angle, so angle and
//! excursion are upper ends; no channel of a roller in human skin has been measured. Source: geometry, derived here;
//! Fernandes describes the shape in words.

use needlework_units::{Angle, Length};

// numerical: points on the path of one needle; the range of a smooth curve is then found to a thousandth of itself
const POINTS: usize = 256;

/// A drum as it rolls on level skin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rolling {
    /// Radius of the drum, mm.
    radius_mm: f64,
    /// Needle length, mm.
    length_mm: f64,
    /// Height of the drum's lowest point above the skin, mm.
    gap_mm: f64,
    /// Rolling radius, mm.
    rolling_mm: f64,
}

/// The hole that a rolled needle leaves in skin that follows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Track {
    /// Length over width of the hole at the surface; one is round.
    pub aspect_ratio: f64,
    /// Length of the hole at the surface, along the rolling.
    pub surface_length: Length,
    /// Greatest length of the cleft that the tip cuts in the dermis, along the rolling.
    pub cleft_length: Length,
    /// Depth at which the cleft is longest.
    pub cleft_depth: Length,
    /// The way of the tip into the skin, in the frame of the skin: (along the rolling, depth), mm.
    pub tip_path_mm: Vec<[f64; 2]>,
    /// Share of the excursion that the skin at the surface follows.
    pub follow_fraction: f64,
}

impl Rolling {
    /// A drum that rolls with a chosen rolling radius. `gap` is the height of its lowest point above the level of the
    /// skin.
    #[must_use]
    pub fn with_radius(radius: Length, length: Length, gap: Length, rolling: Length) -> Self {
        Self {
            radius_mm: radius.mm(),
            length_mm: length.mm(),
            gap_mm: gap.mm().min(length.mm()),
            rolling_mm: rolling.mm(),
        }
    }

    /// A free drum: it rolls so that its needles pull on the skin forwards as much as backwards.
    #[must_use]
    pub fn free(radius: Length, length: Length, gap: Length) -> Self {
        let mut rolling = Self::with_radius(radius, length, gap, radius);
        let theta = rolling.entry_angle().radians();
        if theta > 0.0 {
            rolling.rolling_mm = rolling.axis_mm() * theta.tan() / theta;
        }
        rolling
    }

    /// Height of the drum's axis above the skin, mm.
    fn axis_mm(&self) -> f64 {
        self.radius_mm + self.gap_mm
    }

    /// The rolling radius: what the drum advances in a turn, over 2π.
    #[must_use]
    pub fn rolling_radius(&self) -> Length {
        Length::from_mm(self.rolling_mm)
    }

    /// Angle from the vertical at which a needle touches and leaves the skin.
    #[must_use]
    pub fn entry_angle(&self) -> Angle {
        let cosine = self.axis_mm() / (self.radius_mm + self.length_mm);
        Angle::from_radians(cosine.clamp(0.0, 1.0).acos())
    }

    /// Place of the needle's axis at a depth, along the rolling, mm.
    fn across_mm(&self, phi: f64, depth_mm: f64) -> f64 {
        self.rolling_mm * phi - (self.axis_mm() + depth_mm) * phi.tan()
    }

    /// Depth of the tip, mm.
    fn tip_mm(&self, phi: f64) -> f64 {
        (self.radius_mm + self.length_mm) * phi.cos() - self.axis_mm()
    }

    /// Net slide of the needle against standing skin at the surface, from touching to leaving; positive against the
    /// rolling.
    #[must_use]
    pub fn net_slide_mm(&self) -> f64 {
        let theta = self.entry_angle().radians();
        2.0 * (self.axis_mm() * theta.tan() - self.rolling_mm * theta)
    }

    /// Excursion at the surface of standing skin: the range of the needle's place over the contact.
    #[must_use]
    pub fn excursion(&self) -> Length {
        let theta = self.entry_angle().radians();
        // The extremes lie at the ends or where the motion turns round, cos²φ = a/ρ.
        let turn = (self.axis_mm() / self.rolling_mm).sqrt().min(1.0).acos().min(theta);
        let half_width = self.across_mm(theta, 0.0).abs().max(self.across_mm(turn, 0.0).abs());
        Length::from_mm(2.0 * half_width)
    }

    /// The hole in skin that follows the needle, for a needle of `width` at the surface, with the next needle one
    /// `pitch` behind, in skin that tears at the strain `failure_strain`.
    #[must_use]
    pub fn track(&self, width: Length, pitch: Length, failure_strain: f64) -> Track {
        let excursion_mm = self.excursion().mm();
        let follow = if excursion_mm > 0.0 {
            (failure_strain * pitch.mm() / excursion_mm).min(1.0)
        } else {
            1.0
        };
        let theta = self.entry_angle().radians();
        let step = theta / POINTS as f64;
        // The skin is moved by the share f of the slide since the needle entered.
        let entry_mm = self.across_mm(-theta, 0.0);
        let place = |phi: f64| {
            let depth_mm = self.tip_mm(phi).max(0.0);
            let moved_mm = follow * (self.across_mm(phi, 0.0) - entry_mm);
            [self.across_mm(phi, depth_mm) - entry_mm - moved_mm, depth_mm]
        };
        let tip_path_mm: Vec<[f64; 2]> = (0..=POINTS).map(|i| place(-theta + step * i as f64)).collect();
        // At the depth of each point the cleft runs from the tip's way in to where the needle stands when it is
        // upright.
        let (mut cleft_mm, mut at_mm) = (0.0, 0.0);
        for &[across_mm, depth_mm] in &tip_path_mm {
            let upright_mm = -entry_mm - follow * -entry_mm;
            let length_mm = (across_mm - upright_mm).abs();
            if depth_mm > 0.0 && length_mm > cleft_mm {
                (cleft_mm, at_mm) = (length_mm, depth_mm);
            }
        }
        let surface_mm = width.mm() + (1.0 - follow) * excursion_mm;
        Track {
            aspect_ratio: surface_mm / width.mm(),
            surface_length: Length::from_mm(surface_mm),
            cleft_length: Length::from_mm(cleft_mm),
            cleft_depth: Length::from_mm(at_mm),
            tip_path_mm,
            follow_fraction: follow,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mm(value: f64) -> Length {
        Length::from_mm(value)
    }

    fn at_drum_radius(length: f64, depth: f64) -> Rolling {
        Rolling::with_radius(mm(10.0), mm(length), mm(length - depth), mm(10.0 + length - depth))
    }

    /// The rigid table: length, depth, angle of entry in degrees, slide in mm.
    #[test]
    fn the_published_table_of_slits_comes_back_where_the_drum_rolls_on_the_level_of_its_axis() {
        for (length, share, angle, slide) in [
            (0.25, 1.0, 12.7, 0.074),
            (0.5, 1.0, 17.8, 0.206),
            (1.0, 1.0, 24.6, 0.571),
            (1.5, 1.0, 29.6, 1.028),
            (2.0, 1.0, 33.6, 1.553),
            (2.5, 1.0, 36.9, 2.130),
            (0.5, 0.7, 14.8, 0.121),
            (1.0, 0.7, 20.6, 0.334),
            (1.5, 0.7, 24.7, 0.601),
            (2.0, 0.7, 28.0, 0.907),
            (2.5, 0.7, 30.7, 1.244),
            (1.5, 0.5, 20.8, 0.362),
            (2.5, 0.5, 25.8, 0.749),
        ] {
            let rolling = at_drum_radius(length, share * length);
            assert!(
                (rolling.entry_angle().degrees() - angle).abs() < 0.06,
                "{length} {share}"
            );
            assert!(
                (rolling.net_slide_mm() - slide).abs() < 1e-3,
                "{length} {share}: {}",
                rolling.net_slide_mm()
            );
        }
    }

    #[test]
    fn a_free_drum_slides_nowhere_on_balance_and_its_excursion_is_that_of_the_closed_form() {
        for (length, excursion) in [(1.5, 0.41), (2.5, 0.87)] {
            let rolling = Rolling::free(mm(10.0), mm(length), Length::ZERO);
            assert!(rolling.net_slide_mm().abs() < 1e-12);
            assert!(
                (rolling.excursion().mm() - excursion).abs() < 0.005,
                "{:?}",
                rolling.excursion()
            );
            assert!(rolling.rolling_radius() > mm(10.0));
        }
        let theta = Rolling::free(mm(10.0), mm(1.5), Length::ZERO).entry_angle().radians();
        let closed = 10.0 * theta.tan() / theta;
        let found = Rolling::free(mm(10.0), mm(1.5), Length::ZERO).rolling_radius().mm();
        assert!(
            (found - closed).abs() < 1e-12 && (found - 10.9955).abs() < 1e-4,
            "{found}"
        );
    }

    /// Zero mean slide over the contact is what "no torque" means; the closed form of ρ must give it.
    #[test]
    fn pulls_forwards_and_backwards_cancel_on_a_free_drum() {
        let rolling = Rolling::free(mm(10.0), mm(1.5), mm(0.3));
        let theta = rolling.entry_angle().radians();
        let count = 20_000;
        let mean: f64 = (0..count)
            .map(|i| -theta + 2.0 * theta * (f64::from(i) + 0.5) / f64::from(count))
            .map(|phi| rolling.across_mm(phi, 0.0) - rolling.across_mm(-theta, 0.0))
            .sum::<f64>()
            / f64::from(count);
        assert!(mean.abs() < 1e-9, "{mean}");
    }

    #[test]
    fn the_excursion_is_the_range_that_a_fine_sweep_finds() {
        for rolling in [
            Rolling::free(mm(10.0), mm(1.5), Length::ZERO),
            Rolling::with_radius(mm(10.0), mm(1.5), Length::ZERO, mm(10.0)),
            Rolling::with_radius(mm(8.0), mm(2.5), mm(0.4), mm(9.0)),
            Rolling::with_radius(mm(8.0), mm(2.5), mm(0.4), mm(7.0)),
        ] {
            let theta = rolling.entry_angle().radians();
            let places = (0..=100_000).map(|i| rolling.across_mm(-theta + 2.0 * theta * f64::from(i) / 1e5, 0.0));
            let (low, high) = places.fold((f64::MAX, f64::MIN), |(low, high), x| (low.min(x), high.max(x)));
            assert!((rolling.excursion().mm() - (high - low)).abs() < 1e-6, "{rolling:?}");
        }
    }

    #[test]
    fn a_needle_that_hardly_touches_hardly_slides() {
        let order = |gap: f64| Rolling::with_radius(mm(10.0), mm(1.5), mm(gap), mm(10.0 + gap)).net_slide_mm();
        // Slide grows as the power 3/2 of the depth.
        let power = (order(1.5 - 0.02) / order(1.5 - 0.01)).log2();
        assert!((power - 1.5).abs() < 0.01, "{power}");
    }

    #[test]
    fn in_skin_that_follows_the_hole_is_round_and_the_cleft_below_is_longer() {
        let rolling = Rolling::free(mm(10.0), mm(1.5), Length::ZERO);
        let track = rolling.track(mm(0.13), mm(2.6), 0.54);
        assert!((track.aspect_ratio - 1.0).abs() < 1e-12 && track.follow_fraction >= 1.0);
        assert!(track.cleft_length > track.surface_length, "{track:?}");
        // In the frame of the skin the needle turns about its hole: the tip lies at y·tan|φ| until it stands upright
        // below the hole.
        let theta = rolling.entry_angle().radians();
        for (i, [across, depth]) in track.tip_path_mm.iter().enumerate() {
            let phi = -theta + theta * i as f64 / (track.tip_path_mm.len() - 1) as f64;
            assert!((across + depth * phi.tan()).abs() < 1e-9);
        }
        assert!(
            track
                .tip_path_mm
                .last()
                .is_some_and(|[x, y]| x.abs() < 1e-9 && (y - 1.5).abs() < 1e-9)
        );
        // Curved near the surface: the way in is far from upright there and upright at the bottom.
        let slope = |a: usize, b: usize| {
            let ([x0, y0], [x1, y1]) = (track.tip_path_mm[a], track.tip_path_mm[b]);
            ((x1 - x0) / (y1 - y0)).abs()
        };
        assert!(slope(0, 1) > 0.5, "{}", slope(0, 1));
    }

    #[test]
    fn skin_that_cannot_follow_is_slit_by_the_whole_excursion() {
        let rolling = Rolling::free(mm(10.0), mm(2.5), Length::ZERO);
        let stiff = rolling.track(mm(0.2), mm(2.6), 0.0);
        assert!((stiff.surface_length.mm() - 0.2 - rolling.excursion().mm()).abs() < 1e-12);
        assert!(stiff.aspect_ratio > 1.5);
        let loose = rolling.track(mm(0.2), mm(2.6), 0.2);
        assert!(loose.aspect_ratio > 1.0 && loose.aspect_ratio < stiff.aspect_ratio);
    }
}
