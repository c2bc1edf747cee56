//! From a reflectance spectrum to what an eye and a screen make of it.
//!
//! * XYZ = 100 Σ R·D65·x̄ / Σ D65·ȳ over the tabulated wavelengths; the white is the perfect reflector under the same
//!   sums.
//! * CIELAB after CIE 15:2004; ΔE76 is its Euclidean distance, ΔE2000 the formula of Luo, Cui and Rigg 2001 as written
//!   out by Sharma, Wu and Dalal 2005, with all weights 1.
//! * sRGB after IEC 61966-2-1, from XYZ under D65; values outside the gamut are clipped and flagged.
//! * ITA = atan((L* − 50)/b*), in degrees (Chardon 1991). Erythema and melanin index after Takiwaki 1994.
//!
//! **Limits.** Sums at 10 nm differ from the 1 nm integral by a few hundredths of a unit. Thinned tables (400–700 nm)
//! move skin by less than 0.1, every second wavelength by 0.2, every fourth by 3. ΔE of more than about 5 is not what
//! ΔE2000 was fitted to.
//!
//! These few lines are our own, because the white must be that of the tabulated sums, to reproduce measured tables to
//! 0.01.

use needlework_units::PERCENT;

use crate::adding_doubling::OpticsError;
use crate::skin_optics::SpectralTables;

/// Whose colour-matching functions are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// CIE 1931, 2°.
    TwoDegrees,
    /// CIE 1964, 10°.
    TenDegrees,
}

/// Tristimulus values; the white has Y = 100.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Xyz {
    /// X.
    pub x: f64,
    /// Y, luminance in per cent of the white.
    pub y: f64,
    /// Z.
    pub z: f64,
}

/// CIELAB coordinates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lab {
    /// Lightness L*, 0 to 100.
    pub lightness: f64,
    /// a*, green to red.
    pub redness: f64,
    /// b*, blue to yellow.
    pub yellowness: f64,
}

/// A screen colour, each channel 0 to 1, gamma-encoded.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Srgb {
    /// Red.
    pub red: f64,
    /// Green.
    pub green: f64,
    /// Blue.
    pub blue: f64,
    /// Whether the true colour lies outside what sRGB can show.
    pub clipped: bool,
}

/// An observer under D65: what turns a spectrum into tristimulus values.
#[derive(Debug, Clone, PartialEq)]
pub struct Observer {
    /// Weight of each wavelength for X, Y, Z.
    weights: Vec<[f64; 3]>,
    /// The perfect white.
    pub white: Xyz,
}

impl Observer {
    /// Prepares the sums over the wavelengths of `tables`.
    ///
    /// # Errors
    /// [`OpticsError::BadInput`] where the tables hold no light.
    pub fn new(tables: &SpectralTables, field: Field) -> Result<Self, OpticsError> {
        let matching = match field {
            Field::TwoDegrees => &tables.matching_2deg,
            Field::TenDegrees => &tables.matching_10deg,
        };
        let total: f64 = matching
            .iter()
            .zip(&tables.daylight)
            .map(|(m, light)| m[1] * light)
            .sum();
        if !total.is_finite() || total <= 0.0 {
            return Err(OpticsError::BadInput {
                reason: "the colour table holds no visible light".to_owned(),
            });
        }
        let weights: Vec<[f64; 3]> = matching
            .iter()
            .zip(&tables.daylight)
            .map(|(m, light)| m.map(|value| PERCENT * value * light / total))
            .collect();
        let white = weigh(&weights, std::iter::repeat(1.0));
        Ok(Self { weights, white })
    }

    /// Tristimulus values of a reflectance spectrum (shares, one per wavelength of the tables).
    ///
    /// # Errors
    /// [`OpticsError::BadInput`] where the number of wavelengths differs.
    pub fn xyz(&self, reflectance: &[f64]) -> Result<Xyz, OpticsError> {
        if reflectance.len() != self.weights.len() {
            let reason = format!(
                "{} reflectances for {} wavelengths",
                reflectance.len(),
                self.weights.len()
            );
            return Err(OpticsError::BadInput { reason });
        }
        Ok(weigh(&self.weights, reflectance.iter().copied()))
    }

    /// CIELAB of a reflectance spectrum, relative to the perfect white.
    ///
    /// # Errors
    /// As [`Observer::xyz`].
    pub fn lab(&self, reflectance: &[f64]) -> Result<Lab, OpticsError> {
        Ok(lab(self.xyz(reflectance)?, self.white))
    }
}

fn weigh(weights: &[[f64; 3]], reflectance: impl Iterator<Item = f64>) -> Xyz {
    let mut sum = [0.0; 3];
    for (w, r) in weights.iter().zip(reflectance) {
        for (s, w) in sum.iter_mut().zip(w) {
            *s += w * r;
        }
    }
    Xyz {
        x: sum[0],
        y: sum[1],
        z: sum[2],
    }
}

/// numerical: definition of CIELAB (CIE 15:2004): (6/29)³, where the cube root gives way to a line.
const LAB_JOINT: f64 = 216.0 / 24389.0;
/// numerical: definition of CIELAB: slope of that line, (29/3)³.
const LAB_SLOPE: f64 = 24389.0 / 27.0;
/// numerical: definition of CIELAB: L* = 116 f(Y) − 16.
const LAB_LIGHT: [f64; 2] = [116.0, 16.0];
/// numerical: definition of CIELAB: a* = 500 (f(X) − f(Y)), b* = 200 (f(Y) − f(Z)).
const LAB_OPPONENT: [f64; 2] = [500.0, 200.0];

/// CIELAB of tristimulus values relative to a white.
#[must_use]
pub fn lab(colour: Xyz, white: Xyz) -> Lab {
    let f = |share: f64| {
        if share > LAB_JOINT {
            share.cbrt()
        } else {
            (LAB_SLOPE * share + LAB_LIGHT[1]) / LAB_LIGHT[0]
        }
    };
    let (x, y, z) = (f(colour.x / white.x), f(colour.y / white.y), f(colour.z / white.z));
    Lab {
        lightness: LAB_LIGHT[0] * y - LAB_LIGHT[1],
        redness: LAB_OPPONENT[0] * (x - y),
        yellowness: LAB_OPPONENT[1] * (y - z),
    }
}

/// Tristimulus values of a CIELAB colour relative to a white.
#[must_use]
pub fn xyz_from_lab(colour: Lab, white: Xyz) -> Xyz {
    let y = (colour.lightness + LAB_LIGHT[1]) / LAB_LIGHT[0];
    let x = y + colour.redness / LAB_OPPONENT[0];
    let z = y - colour.yellowness / LAB_OPPONENT[1];
    let back = |f: f64| {
        let cube = f * f * f;
        if cube > LAB_JOINT {
            cube
        } else {
            (LAB_LIGHT[0] * f - LAB_LIGHT[1]) / LAB_SLOPE
        }
    };
    Xyz {
        x: white.x * back(x),
        y: white.y * back(y),
        z: white.z * back(z),
    }
}

/// numerical: definition of sRGB (IEC 61966-2-1): linear red, green, blue from X, Y, Z.
const TO_LINEAR: [[f64; 3]; 3] = [
    [3.2406, -1.5372, -0.4986],
    [-0.9689, 1.8758, 0.0415],
    [0.0557, -0.2040, 1.0570],
];
/// numerical: definition of sRGB: below this the encoding is a line of slope 12.92.
const GAMMA_JOINT: [f64; 2] = [0.003_130_8, 12.92];
/// numerical: definition of sRGB: above it 1.055 v^(1/2.4) − 0.055.
const GAMMA: [f64; 3] = [1.055, 2.4, 0.055];

/// Screen colour of tristimulus values under D65.
#[must_use]
pub fn srgb(colour: Xyz) -> Srgb {
    let mut clipped = false;
    let channels = TO_LINEAR.map(|row| {
        let linear = (row[0] * colour.x + row[1] * colour.y + row[2] * colour.z) / PERCENT;
        let shown = linear.clamp(0.0, 1.0);
        clipped |= shown != linear;
        if shown <= GAMMA_JOINT[0] {
            GAMMA_JOINT[1] * shown
        } else {
            GAMMA[0] * shown.powf(1.0 / GAMMA[1]) - GAMMA[2]
        }
    });
    Srgb {
        red: channels[0],
        green: channels[1],
        blue: channels[2],
        clipped,
    }
}

/// Lightness at which the individual typology angle is zero: part of its definition.
// numerical: definition of ITA
const ITA_MIDDLE: f64 = 50.0;

/// Individual typology angle, degrees: above 55 very light, below −30 dark.
#[must_use]
pub fn individual_typology_angle_deg(colour: Lab) -> f64 {
    (colour.lightness - ITA_MIDDLE).atan2(colour.yellowness).to_degrees()
}

/// ΔE76: the distance in CIELAB.
#[must_use]
pub fn difference_1976(a: Lab, b: Lab) -> f64 {
    let (l, r, y) = (
        a.lightness - b.lightness,
        a.redness - b.redness,
        a.yellowness - b.yellowness,
    );
    (l * l + r * r + y * y).sqrt()
}

/// The numbers of the CIEDE2000 formula.
struct Ciede2000 {
    chroma_scale: f64,
    hue: [(f64, f64, f64); 4],
    lightness: [f64; 3],
    chroma_weight: f64,
    hue_weight: f64,
    rotation: [f64; 3],
}

// numerical: definition of CIEDE2000 (CIE 142:2001): angles in degrees, (amplitude, multiple of the hue, offset) for T.
const CIEDE2000: Ciede2000 = Ciede2000 {
    // numerical: definition
    chroma_scale: 25.0,
    // numerical: definition
    hue: [
        (-0.17, 1.0, -30.0),
        (0.24, 2.0, 0.0),
        (0.32, 3.0, 6.0),
        (-0.20, 4.0, -63.0),
    ],
    // numerical: definition
    lightness: [50.0, 0.015, 20.0],
    // numerical: definition
    chroma_weight: 0.045,
    // numerical: definition
    hue_weight: 0.015,
    // numerical: definition
    rotation: [30.0, 275.0, 25.0],
};
/// numerical: a full turn and half of it, degrees.
const TURN_DEG: [f64; 2] = [360.0, 180.0];

/// ΔE2000 with all parametric weights 1.
#[must_use]
pub fn difference_2000(one: Lab, two: Lab) -> f64 {
    let k = &CIEDE2000;
    let seventh = |chroma: f64| (chroma.powi(7) / (chroma.powi(7) + k.chroma_scale.powi(7))).sqrt();
    let chroma = |c: Lab| c.redness.hypot(c.yellowness);
    let g = 0.5 * (1.0 - seventh(0.5 * (chroma(one) + chroma(two))));
    let polar = |c: Lab| {
        let a = (1.0 + g) * c.redness;
        let hue = if a == 0.0 && c.yellowness == 0.0 {
            0.0
        } else {
            c.yellowness.atan2(a).to_degrees()
        };
        (a.hypot(c.yellowness), if hue < 0.0 { hue + TURN_DEG[0] } else { hue })
    };
    let ((c1, h1), (c2, h2)) = (polar(one), polar(two));
    let (turn, half) = (TURN_DEG[0], TURN_DEG[1]);
    let grey = c1 * c2 == 0.0;
    // The hue difference and the mean hue go the short way round.
    let step = match h2 - h1 {
        _ if grey => 0.0,
        d if d > half => d - turn,
        d if d < -half => d + turn,
        d => d,
    };
    let mean_hue = match h1 + h2 {
        sum if grey => sum,
        sum if (h1 - h2).abs() <= half => 0.5 * sum,
        sum if sum < turn => 0.5 * (sum + turn),
        sum => 0.5 * (sum - turn),
    };
    let d_light = two.lightness - one.lightness;
    let d_chroma = c2 - c1;
    let d_hue = 2.0 * (c1 * c2).sqrt() * (0.5 * step).to_radians().sin();
    let mean_light = 0.5 * (one.lightness + two.lightness);
    let mean_chroma = 0.5 * (c1 + c2);
    let t: f64 = 1.0
        + k.hue
            .iter()
            .map(|(size, times, off)| size * (times * mean_hue + off).to_radians().cos())
            .sum::<f64>();
    let from_middle = (mean_light - k.lightness[0]).powi(2);
    let s_light = 1.0 + k.lightness[1] * from_middle / (k.lightness[2] + from_middle).sqrt();
    let s_chroma = 1.0 + k.chroma_weight * mean_chroma;
    let s_hue = 1.0 + k.hue_weight * mean_chroma * t;
    let angle = k.rotation[0] * (-((mean_hue - k.rotation[1]) / k.rotation[2]).powi(2)).exp();
    let rotation = -2.0 * seventh(mean_chroma) * (2.0 * angle).to_radians().sin();
    let (l, c, h) = (d_light / s_light, d_chroma / s_chroma, d_hue / s_hue);
    (l * l + c * c + h * h + rotation * c * h).sqrt()
}

/// numerical: definition of the erythema index (Takiwaki 1994): green and red wavelength, nm.
pub const ERYTHEMA_NM: [f64; 2] = [568.0, 655.0];

/// Erythema index 100 (log₁₀ R_red − log₁₀ R_green), of reflectances on a grid of wavelengths; `None` outside the grid.
#[must_use]
pub fn erythema_index(wavelength_nm: &[f64], reflectance: &[f64]) -> Option<f64> {
    let green = interpolate(wavelength_nm, reflectance, ERYTHEMA_NM[0])?;
    let red = interpolate(wavelength_nm, reflectance, ERYTHEMA_NM[1])?;
    Some(PERCENT * (red.log10() - green.log10()))
}

/// Melanin index −100 log₁₀ R_red; `None` outside the grid.
#[must_use]
pub fn melanin_index(wavelength_nm: &[f64], reflectance: &[f64]) -> Option<f64> {
    Some(-PERCENT * interpolate(wavelength_nm, reflectance, ERYTHEMA_NM[1])?.log10())
}

/// The value at a place of values on an ascending grid, on the line between its neighbours; `None` outside the grid.
#[must_use]
pub fn interpolate(x: &[f64], y: &[f64], at: f64) -> Option<f64> {
    let above = x.iter().position(|value| *value >= at)?;
    if x[above] == at {
        return y.get(above).copied();
    }
    let below = above.checked_sub(1)?;
    let share = (at - x[below]) / (x[above] - x[below]);
    Some(y.get(below)? * (1.0 - share) + y.get(above)? * share)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(l: f64, a: f64, b: f64) -> Lab {
        Lab {
            lightness: l,
            redness: a,
            yellowness: b,
        }
    }

    #[test]
    fn ciede2000_reproduces_published_pairs() {
        // Pairs of Sharma, Wu and Dalal 2005, Table 1.
        let pairs = [
            ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
            ((50.0, 3.1571, -77.2803), (50.0, 0.0, -82.7485), 2.8615),
            ((50.0, 2.8361, -74.0200), (50.0, 0.0, -82.7485), 3.4412),
            ((50.0, -1.3802, -84.2814), (50.0, 0.0, -82.7485), 1.0000),
            ((50.0, -1.1848, -84.8006), (50.0, 0.0, -82.7485), 1.0000),
            ((50.0, -0.9009, -85.5211), (50.0, 0.0, -82.7485), 1.0000),
            ((50.0, 0.0, 0.0), (50.0, -1.0, 2.0), 2.3669),
            ((50.0, 2.4900, -0.0010), (50.0, -2.4900, 0.0009), 7.1792),
            ((50.0, 2.4900, -0.0010), (50.0, -2.4900, 0.0011), 7.2195),
            ((50.0, 2.5, 0.0), (50.0, 0.0, -2.5), 4.3065),
            ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
            ((50.0, 2.5, 0.0), (61.0, -5.0, 29.0), 22.8977),
            ((50.0, 2.5, 0.0), (56.0, -27.0, -3.0), 31.9030),
            ((50.0, 2.5, 0.0), (58.0, 24.0, 15.0), 19.4535),
            ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
            ((63.0109, -31.0961, -5.8663), (62.8187, -29.7946, -4.0864), 1.2630),
            ((61.2901, 3.7196, -5.3901), (61.4292, 2.2480, -4.9620), 1.8731),
            ((35.0831, -44.1164, 3.7933), (35.0232, -40.0716, 1.5901), 1.8645),
            ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
            ((36.4612, 47.8580, 18.3852), (36.2715, 50.5065, 21.2231), 1.4146),
            ((90.8027, -2.0831, 1.4410), (91.1528, -1.6435, 0.0447), 1.4441),
            ((90.9257, -0.5406, -0.9208), (88.6381, -0.8985, -0.7239), 1.5381),
            ((6.7747, -0.2908, -2.4247), (5.8714, -0.0985, -2.2286), 0.6377),
            ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
        ];
        for (one, two, wanted) in pairs {
            let (one, two) = (colour(one.0, one.1, one.2), colour(two.0, two.1, two.2));
            for found in [difference_2000(one, two), difference_2000(two, one)] {
                assert!(
                    (found - wanted).abs() < 1e-4,
                    "{one:?} {two:?}: {found} instead of {wanted}"
                );
            }
        }
    }

    #[test]
    fn lab_returns_to_its_tristimulus_values() {
        let white = Xyz {
            x: 95.0,
            y: 100.0,
            z: 108.8,
        };
        for seen in [
            Xyz {
                x: 30.0,
                y: 28.0,
                z: 18.0,
            },
            Xyz { x: 0.2, y: 0.1, z: 0.3 },
        ] {
            let back = xyz_from_lab(lab(seen, white), white);
            assert!(
                (back.x - seen.x).abs() < 1e-12 && (back.y - seen.y).abs() < 1e-12 && (back.z - seen.z).abs() < 1e-12
            );
        }
        let perfect = lab(white, white);
        assert!((perfect.lightness - 100.0).abs() < 1e-12 && perfect.redness.abs() < 1e-12);
    }

    #[test]
    fn a_colour_outside_the_screen_is_clipped_and_says_so() {
        assert!(
            srgb(Xyz {
                x: 80.0,
                y: 20.0,
                z: 1.0
            })
            .clipped
        );
        let grey = srgb(Xyz {
            x: 20.0,
            y: 21.0,
            z: 22.9,
        });
        assert!(!grey.clipped && (grey.red - grey.green).abs() < 0.01);
    }

    #[test]
    fn indices_need_their_wavelengths() {
        assert_eq!(erythema_index(&[600.0, 700.0], &[0.2, 0.3]), None);
        let index = erythema_index(&[560.0, 570.0, 650.0, 660.0], &[0.2, 0.2, 0.4, 0.4]);
        assert!(index.is_some_and(|value| (value - 100.0 * 2f64.log10()).abs() < 1e-12));
    }
}
