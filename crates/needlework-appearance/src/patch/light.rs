//! The light on a patch, and what its surface mirrors.
//!
//! A dome that lights from all sides and one lamp. Irradiance at a place with the unit normal n, over that of level
//! skin: E = d + (1 − d)·(n·l)₊/l_z. What the surface mirrors to an eye straight above, over a white that diffuses all:
//!
//! S = d·F₀ + (1 − d)/l_z · [α²/(1 − (n·h)²(1 − α²))²] · F·G/(4 n·v),
//!
//! the lobe of Trowbridge and Reitz with roughness α, Schlick's F and Smith's G. Level skin is lit alike in every
//! lighting, so one exposure serves all. Crossed polarisers hold back what the surface mirrors and nothing else.
//!
//! * even: a ring of light and a lamp near the eye, as photographs of skin are taken;
//! * raking: a lamp low over the skin, from across the marks, so that relief casts light and dark;
//! * cross-polarised: as even, without sheen.
//!
//! Limits: one bounce, no cast shadows (slopes stay below the lamp), lobes of a lamp without size.

/// How a patch is lit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lighting {
    /// From all sides, with a lamp near the eye.
    Even,
    /// A lamp low over the skin.
    Raking,
    /// From all sides, through crossed polarisers.
    CrossPolarised,
}

impl Lighting {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Even, Self::Raking, Self::CrossPolarised];

    /// Its name, as the command line has it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Even => "even",
            Self::Raking => "raking",
            Self::CrossPolarised => "cross-polarised",
        }
    }
}

/// A lighting worked out for a patch.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Lamp {
    dome: f64,
    /// Towards the lamp, a unit vector; z is up.
    towards: [f64; 3],
    mirrors: bool,
}

// numerical: share of the light from all sides, even and raking
const DOME: [f64; 2] = [0.5, 0.2];
// numerical: the lamp's height over the skin in degrees, even and raking
const HEIGHT_DEG: [f64; 2] = [60.0, 15.0];

impl Lamp {
    /// The lamp of a lighting; a raking one stands in the direction `across` the marks.
    pub(crate) fn of(lighting: Lighting, across: [f64; 2]) -> Self {
        let raking = usize::from(lighting == Lighting::Raking);
        let height = HEIGHT_DEG[raking].to_radians();
        // Light from the upper left, as eyes take for granted; y of a picture goes down.
        let towards = if across[0] > 0.0 {
            [-across[0], -across[1]]
        } else {
            across
        };
        let flat = if raking == 1 {
            towards
        } else {
            [-std::f64::consts::FRAC_1_SQRT_2; 2]
        };
        Self {
            dome: DOME[raking],
            towards: [flat[0] * height.cos(), flat[1] * height.cos(), height.sin()],
            mirrors: lighting != Lighting::CrossPolarised,
        }
    }

    /// Irradiance of a place whose surface rises by these slopes along x and y, over that of level skin.
    pub(crate) fn lights(&self, slopes: [f64; 2]) -> f64 {
        let steep = (1.0 + slopes[0] * slopes[0] + slopes[1] * slopes[1]).sqrt();
        let [x, y, z] = self.towards;
        let facing = ((z - slopes[0] * x - slopes[1] * y) / steep).max(0.0);
        self.dome + (1.0 - self.dome) * facing / z
    }

    /// What the surface there mirrors to an eye straight above; `head_on` is its reflectance at normal incidence.
    pub(crate) fn mirrors(&self, slopes: [f64; 2], roughness: f64, head_on: f64) -> f64 {
        if !self.mirrors {
            return 0.0;
        }
        let upright = (1.0 + slopes[0] * slopes[0] + slopes[1] * slopes[1]).sqrt().recip();
        let normal = [-slopes[0] * upright, -slopes[1] * upright, upright];
        let [x, y, z] = self.towards;
        let half = (x * x + y * y + (z + 1.0) * (z + 1.0)).sqrt().recip();
        let half = [x * half, y * half, (z + 1.0) * half];
        let dot = |a: [f64; 3], b: [f64; 3]| a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
        let (facing, straight) = (dot(normal, self.towards).max(0.0), normal[2]);
        let tight = roughness * roughness;
        let lobe = {
            let near = dot(normal, half).max(0.0);
            tight / (1.0 - near * near * (1.0 - tight)).powi(2)
        };
        // numerical: the power of Schlick's approximation of Fresnel's law
        const SCHLICK: i32 = 5;
        let fresnel = head_on + (1.0 - head_on) * (1.0 - dot(half, self.towards).max(0.0)).powi(SCHLICK);
        let open = |cosine: f64| {
            2.0 * cosine / (cosine + (tight + (1.0 - tight) * cosine * cosine).sqrt()).max(f64::MIN_POSITIVE)
        };
        self.dome * head_on + (1.0 - self.dome) / z * lobe * fresnel * open(facing) * open(straight) / (4.0 * straight)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn level_skin_is_lit_alike_by_every_lamp() {
        for lighting in Lighting::ALL {
            let lamp = Lamp::of(lighting, [1.0, 0.0]);
            assert!((lamp.lights([0.0, 0.0]) - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn a_raking_lamp_shows_a_slope_and_crossed_polarisers_hide_sheen() {
        let gain = |lighting| Lamp::of(lighting, [1.0, 0.0]).lights([0.05, 0.0]) - 1.0;
        assert!(gain(Lighting::Raking) > 3.0 * gain(Lighting::Even).abs() && gain(Lighting::Raking) > 0.1);
        let sheen = |lighting| Lamp::of(lighting, [1.0, 0.0]).mirrors([0.0, 0.0], 0.3, 0.028);
        assert_eq!(sheen(Lighting::CrossPolarised), 0.0);
        assert!(sheen(Lighting::Even) > 0.005);
    }

    /// A mirroring surface sends back no more than it gets: the lobe over the hemisphere of lamps stays below Fresnel's
    /// share at grazing angles.
    #[test]
    fn what_is_mirrored_adds_up_to_no_more_than_fresnels_share() {
        for roughness in [0.2, 0.4] {
            let mut sum = 0.0;
            let steps = 400;
            for i in 0..steps {
                let height = (f64::from(i) + 0.5) / f64::from(steps) * std::f64::consts::FRAC_PI_2;
                let lamp = Lamp {
                    dome: 0.0,
                    towards: [height.cos(), 0.0, height.sin()],
                    mirrors: true,
                };
                // ∫ S l_z dω / π is what an even dome has mirrored straight up.
                let solid = 2.0 * std::f64::consts::PI * height.cos() * std::f64::consts::FRAC_PI_2 / f64::from(steps);
                sum += lamp.mirrors([0.0, 0.0], roughness, 0.028) * height.sin() * solid / std::f64::consts::PI;
            }
            assert!((0.021..0.030).contains(&sum), "{roughness}: {sum}");
        }
    }

    #[test]
    fn a_smoother_surface_shines_more_near_the_mirror_angle() {
        let lamp = Lamp::of(Lighting::Even, [1.0, 0.0]);
        assert!(lamp.mirrors([0.0, 0.0], 0.25, 0.028) > lamp.mirrors([0.0, 0.0], 0.45, 0.028));
    }
}
