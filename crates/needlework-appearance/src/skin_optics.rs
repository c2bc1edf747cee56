//! From the state of skin to the four optical layers at each wavelength, and to its reflectance spectrum.
//!
//! **Layers**, from the top: epidermis, upper dermis, lower dermis, fat. Absorption per mm, λ in nm:
//!
//! * baseline (no blood, no melanin): b(λ) = b₀ + b₁ exp(−(λ − λ₀)/λ₁)
//! * epidermis: f_mel · m λ^−p + (1 − f_mel) b
//! * dermis: f_blood · c·blood + (1 − f_blood) b + 0.65 water, blood = S·oxy + (1 − S)·deoxy
//! * fat: a little blood, half the baseline, some water.
//!
//! Reduced scattering: epidermis Rayleigh + Mie powers of λ/500 nm, dermis and fat one power; μ_s = μ_s′/(1 − g) with
//! g = g₀ + g₁ λ. Vessels shade their own cores: c = (1 − e^{−x})/x, x = 2·blood·radius (van Veen 2002; Svaasand 1995);
//! radius 0 means evenly spread blood.
//!
//! **Limits.** Plane layers; one melanin fraction for the whole epidermis, so only fraction × thickness is identified
//! by a colour; vessel radius, blood in the lower dermis and the scattering scale are not identified separately either.
//! Measured skins are described by [`skin_of_group`]. Spectra are tabulated every 10 nm from 380 to 780 nm.
//!
//! **Sources.** Jacques 1998 and 2013; the numbers live in `evidence/appearance.toml`, the spectra in
//! `evidence/optics`.

use needlework_evidence::Declared;
use needlework_units::{Dimension, NM_PER_MM};

use crate::adding_doubling::{DiscreteOrdinates, Layer, OpticsError, Reflectance, reflect};

/// numerical: two tables share a wavelength when they agree to this many nm.
const SAME_WAVELENGTH: f64 = 1e-6;
/// numerical: below this shading the series 1 − x/2 is exact to rounding.
const UNSHADED: f64 = 1e-8;

/// Spectra that every skin shares, on one grid of wavelengths.
#[derive(Debug, Clone, PartialEq)]
pub struct SpectralTables {
    /// Wavelengths, nm, ascending.
    pub wavelength_nm: Vec<f64>,
    /// CIE 1931 2° colour-matching functions x̄, ȳ, z̄.
    pub matching_2deg: Vec<[f64; 3]>,
    /// CIE 1964 10° colour-matching functions.
    pub matching_10deg: Vec<[f64; 3]>,
    /// Relative spectral power of illuminant D65.
    pub daylight: Vec<f64>,
    /// Absorption of fully oxygenated whole blood, per mm.
    pub oxygenated_blood_per_mm: Vec<f64>,
    /// Absorption of fully deoxygenated whole blood, per mm.
    pub deoxygenated_blood_per_mm: Vec<f64>,
    /// Absorption of water, per mm.
    pub water_per_mm: Vec<f64>,
}

impl SpectralTables {
    /// Reads the two tables of `evidence/optics` from their text.
    ///
    /// `colour` has the columns wavelength, x̄ ȳ z̄ (2°), x̄ ȳ z̄ (10°), D65; `absorption` has wavelength, oxygenated
    /// blood, deoxygenated blood, water (per mm). Each has one header line and the same wavelengths.
    ///
    /// # Errors
    /// [`OpticsError::BadInput`] names the table, the line and what is wrong with it.
    pub fn from_csv(colour: &str, absorption: &str) -> Result<Self, OpticsError> {
        let colour = read_columns::<8>("colour", colour)?;
        let absorption = read_columns::<4>("absorption", absorption)?;
        if colour.len() != absorption.len() {
            return Err(bad(format!(
                "{} wavelengths of colour but {} of absorption",
                colour.len(),
                absorption.len()
            )));
        }
        if colour.windows(2).any(|pair| pair[0][0] >= pair[1][0]) || colour.len() < 2 {
            return Err(bad(
                "the colour table needs at least two wavelengths in ascending order".to_owned(),
            ));
        }
        if let Some((c, _)) = colour
            .iter()
            .zip(&absorption)
            .find(|(c, a)| (c[0] - a[0]).abs() > SAME_WAVELENGTH)
        {
            return Err(bad(format!(
                "the absorption table has no line for {} nm where the colour table has it",
                c[0]
            )));
        }
        Ok(Self {
            wavelength_nm: colour.iter().map(|c| c[0]).collect(),
            matching_2deg: colour.iter().map(|c| [c[1], c[2], c[3]]).collect(),
            matching_10deg: colour.iter().map(|c| [c[4], c[5], c[6]]).collect(),
            daylight: colour.iter().map(|c| c[7]).collect(),
            oxygenated_blood_per_mm: absorption.iter().map(|a| a[1]).collect(),
            deoxygenated_blood_per_mm: absorption.iter().map(|a| a[2]).collect(),
            water_per_mm: absorption.iter().map(|a| a[3]).collect(),
        })
    }

    /// The same tables at every `step`-th wavelength between two limits, inclusive; for speed. Empty limits give empty
    /// tables.
    #[must_use]
    pub fn thinned(&self, from_nm: f64, to_nm: f64, step: usize) -> Self {
        let kept: Vec<usize> = (0..self.wavelength_nm.len())
            .filter(|i| (from_nm..=to_nm).contains(&self.wavelength_nm[*i]))
            .step_by(step.max(1))
            .collect();
        let pick = |column: &[f64]| kept.iter().map(|i| column[*i]).collect();
        let pick3 = |column: &[[f64; 3]]| kept.iter().map(|i| column[*i]).collect();
        Self {
            wavelength_nm: pick(&self.wavelength_nm),
            matching_2deg: pick3(&self.matching_2deg),
            matching_10deg: pick3(&self.matching_10deg),
            daylight: pick(&self.daylight),
            oxygenated_blood_per_mm: pick(&self.oxygenated_blood_per_mm),
            deoxygenated_blood_per_mm: pick(&self.deoxygenated_blood_per_mm),
            water_per_mm: pick(&self.water_per_mm),
        }
    }
}

fn bad(reason: String) -> OpticsError {
    OpticsError::BadInput { reason }
}

fn read_columns<const N: usize>(table: &str, text: &str) -> Result<Vec<[f64; N]>, OpticsError> {
    let mut rows = Vec::new();
    for (at, line) in text
        .lines()
        .enumerate()
        .skip(1)
        .filter(|(_, line)| !line.trim().is_empty())
    {
        let mut row = [0.0; N];
        let mut count = 0;
        for (cell, target) in line.split(',').zip(&mut row) {
            *target = match cell.trim().parse::<f64>() {
                Ok(value) if value.is_finite() => value,
                _ => {
                    return Err(bad(format!(
                        "{table} table, line {}: `{}` is not a number",
                        at + 1,
                        cell.trim()
                    )));
                }
            };
            count += 1;
        }
        if count < N {
            return Err(bad(format!(
                "{table} table, line {}: {count} columns where {N} are needed",
                at + 1
            )));
        }
        rows.push(row);
    }
    Ok(rows)
}

/// The constants of the laws above; `evidence/appearance.toml` holds them under `appearance.optics.*`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OpticalLaws {
    /// Refractive index of all layers.
    pub refractive_index: f64,
    /// b₀, per mm.
    pub baseline_floor_per_mm: f64,
    /// b₁, per mm.
    pub baseline_rise_per_mm: f64,
    /// λ₀, nm.
    pub baseline_origin_nm: f64,
    /// λ₁, nm.
    pub baseline_decay_nm: f64,
    /// m: absorption of a melanosome is m λ^−p per mm with λ in nm.
    pub melanosome_per_mm: f64,
    /// p.
    pub melanosome_power: f64,
    /// Share of water that the dermis adds.
    pub dermis_water_fraction: f64,
    /// Share of blood in fat.
    pub fat_blood_fraction: f64,
    /// Oxygen saturation of the blood in fat.
    pub fat_saturation: f64,
    /// Share of the baseline in fat.
    pub fat_baseline_fraction: f64,
    /// Share of water in fat.
    pub fat_water_fraction: f64,
    /// Wavelength at which the scattering amplitudes are stated, nm.
    pub scattering_reference_nm: f64,
    /// Reduced scattering of the epidermis at the reference wavelength, per mm.
    pub epidermis_scattering_per_mm: f64,
    /// Rayleigh share of it.
    pub epidermis_rayleigh_fraction: f64,
    /// Power of its Mie part.
    pub epidermis_mie_power: f64,
    /// Reduced scattering of a dermis of scale 1 at the reference wavelength, per mm.
    pub dermis_scattering_per_mm: f64,
    /// Reduced scattering of fat at the reference wavelength, per mm.
    pub fat_scattering_per_mm: f64,
    /// Its power.
    pub fat_scattering_power: f64,
    /// g₀: anisotropy at λ = 0.
    pub anisotropy_floor: f64,
    /// g₁: anisotropy per nm.
    pub anisotropy_per_nm: f64,
}

impl OpticalLaws {
    /// The key of the passport that fills each field, and what it measures.
    pub const DECLARED: &'static [Declared] = &[
        declared(
            "appearance.optics.refractive_index",
            "refractive_index",
            Dimension::Ratio,
        ),
        declared(
            "appearance.optics.baseline_floor",
            "baseline_floor_per_mm",
            Dimension::Compound,
        ),
        declared(
            "appearance.optics.baseline_rise",
            "baseline_rise_per_mm",
            Dimension::Compound,
        ),
        declared(
            "appearance.optics.baseline_origin",
            "baseline_origin_nm",
            Dimension::Length,
        ),
        declared(
            "appearance.optics.baseline_decay",
            "baseline_decay_nm",
            Dimension::Length,
        ),
        declared("appearance.optics.melanosome", "melanosome_per_mm", Dimension::Compound),
        declared(
            "appearance.optics.melanosome_power",
            "melanosome_power",
            Dimension::Ratio,
        ),
        declared(
            "appearance.optics.dermis_water",
            "dermis_water_fraction",
            Dimension::Ratio,
        ),
        declared("appearance.optics.fat_blood", "fat_blood_fraction", Dimension::Ratio),
        declared("appearance.optics.fat_saturation", "fat_saturation", Dimension::Ratio),
        declared(
            "appearance.optics.fat_baseline",
            "fat_baseline_fraction",
            Dimension::Ratio,
        ),
        declared("appearance.optics.fat_water", "fat_water_fraction", Dimension::Ratio),
        declared(
            "appearance.optics.scattering_reference",
            "scattering_reference_nm",
            Dimension::Length,
        ),
        declared(
            "appearance.optics.epidermis_scattering",
            "epidermis_scattering_per_mm",
            Dimension::Compound,
        ),
        declared(
            "appearance.optics.epidermis_rayleigh",
            "epidermis_rayleigh_fraction",
            Dimension::Ratio,
        ),
        declared(
            "appearance.optics.epidermis_mie_power",
            "epidermis_mie_power",
            Dimension::Ratio,
        ),
        declared(
            "appearance.optics.dermis_scattering",
            "dermis_scattering_per_mm",
            Dimension::Compound,
        ),
        declared(
            "appearance.optics.fat_scattering",
            "fat_scattering_per_mm",
            Dimension::Compound,
        ),
        declared(
            "appearance.optics.fat_scattering_power",
            "fat_scattering_power",
            Dimension::Ratio,
        ),
        declared(
            "appearance.optics.anisotropy_floor",
            "anisotropy_floor",
            Dimension::Ratio,
        ),
        declared(
            "appearance.optics.anisotropy_slope",
            "anisotropy_per_nm",
            Dimension::Compound,
        ),
    ];

    /// Fills every field with the canonical value that `source` gives for its key (lengths in mm; compounds as written:
    /// per mm, and per nm for the slope of the anisotropy).
    pub fn fill(source: &mut dyn FnMut(&'static str) -> f64) -> Self {
        Self {
            refractive_index: source("appearance.optics.refractive_index"),
            baseline_floor_per_mm: source("appearance.optics.baseline_floor"),
            baseline_rise_per_mm: source("appearance.optics.baseline_rise"),
            baseline_origin_nm: NM_PER_MM * source("appearance.optics.baseline_origin"),
            baseline_decay_nm: NM_PER_MM * source("appearance.optics.baseline_decay"),
            melanosome_per_mm: source("appearance.optics.melanosome"),
            melanosome_power: source("appearance.optics.melanosome_power"),
            dermis_water_fraction: source("appearance.optics.dermis_water"),
            fat_blood_fraction: source("appearance.optics.fat_blood"),
            fat_saturation: source("appearance.optics.fat_saturation"),
            fat_baseline_fraction: source("appearance.optics.fat_baseline"),
            fat_water_fraction: source("appearance.optics.fat_water"),
            scattering_reference_nm: NM_PER_MM * source("appearance.optics.scattering_reference"),
            epidermis_scattering_per_mm: source("appearance.optics.epidermis_scattering"),
            epidermis_rayleigh_fraction: source("appearance.optics.epidermis_rayleigh"),
            epidermis_mie_power: source("appearance.optics.epidermis_mie_power"),
            dermis_scattering_per_mm: source("appearance.optics.dermis_scattering"),
            fat_scattering_per_mm: source("appearance.optics.fat_scattering"),
            fat_scattering_power: source("appearance.optics.fat_scattering_power"),
            anisotropy_floor: source("appearance.optics.anisotropy_floor"),
            anisotropy_per_nm: source("appearance.optics.anisotropy_slope"),
        }
    }
}

const fn declared(key: &'static str, field: &'static str, dimension: Dimension) -> Declared {
    Declared { key, field, dimension }
}

/// Rayleigh scattering falls with the fourth power of the wavelength: an exact law.
const RAYLEIGH_POWER: i32 = -4;

/// What the colour of one patch of skin depends on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SkinState {
    /// Volume fraction of melanosomes in the epidermis.
    pub melanin_fraction: f64,
    /// Thickness of the epidermis, mm.
    pub epidermis_mm: f64,
    /// Thickness of the upper dermis, mm.
    pub upper_dermis_mm: f64,
    /// Thickness of the lower dermis, mm.
    pub lower_dermis_mm: f64,
    /// Thickness of the fat, mm.
    pub fat_mm: f64,
    /// Volume fraction of blood in the upper dermis.
    pub upper_blood_fraction: f64,
    /// Volume fraction of blood in the lower dermis.
    pub lower_blood_fraction: f64,
    /// Oxygen saturation of the blood in the dermis, fraction.
    pub saturation: f64,
    /// Reduced scattering of the epidermis relative to the law.
    pub epidermis_scattering_scale: f64,
    /// Reduced scattering of the upper dermis relative to the law.
    pub upper_scattering_scale: f64,
    /// Reduced scattering of the lower dermis relative to the law.
    pub lower_scattering_scale: f64,
    /// Power b of dermal scattering (λ/500 nm)^−b.
    pub scattering_power: f64,
    /// Radius of the vessels, mm; 0 for evenly spread blood.
    pub vessel_radius_mm: f64,
}

impl SkinState {
    /// Checks that every field is finite and in its physical range.
    ///
    /// # Errors
    /// [`OpticsError::BadInput`] names the field, its value and the range.
    pub fn check(&self) -> Result<(), OpticsError> {
        let fractions = [
            ("melanin_fraction", self.melanin_fraction),
            ("upper_blood_fraction", self.upper_blood_fraction),
            ("lower_blood_fraction", self.lower_blood_fraction),
            ("saturation", self.saturation),
        ];
        if let Some((name, value)) = fractions.iter().find(|(_, value)| !(0.0..=1.0).contains(value)) {
            return Err(bad(format!("{name} is {value}; it must lie between 0 and 1")));
        }
        let positive = [
            ("epidermis_mm", self.epidermis_mm),
            ("upper_dermis_mm", self.upper_dermis_mm),
            ("lower_dermis_mm", self.lower_dermis_mm),
            ("fat_mm", self.fat_mm),
            ("epidermis_scattering_scale", self.epidermis_scattering_scale),
            ("upper_scattering_scale", self.upper_scattering_scale),
            ("lower_scattering_scale", self.lower_scattering_scale),
            ("vessel_radius_mm", self.vessel_radius_mm),
        ];
        if let Some((name, value)) = positive.iter().find(|(_, value)| !value.is_finite() || *value < 0.0) {
            return Err(bad(format!("{name} is {value}; it must be finite and not negative")));
        }
        if !self.scattering_power.is_finite() {
            return Err(bad(format!(
                "scattering_power is {}; it must be finite",
                self.scattering_power
            )));
        }
        Ok(())
    }
}

/// The skin of one of the groups under `appearance.skin.<group>` (`light`, `intermediate`, `tan`, `brown`, `dark`),
/// with the layers under `appearance.layers`; `source` gives the canonical value of a key, lengths in mm.
///
/// `None` where a key is missing, so an unknown group gives `None`.
pub fn skin_of_group(group: &str, source: &mut dyn FnMut(&str) -> Option<f64>) -> Option<SkinState> {
    let upper_blood_fraction = source(&format!("appearance.skin.{group}.upper_blood_fraction"))?;
    let scattering_scale = source(&format!("appearance.skin.{group}.scattering_scale"))?;
    Some(SkinState {
        melanin_fraction: source(&format!("appearance.skin.{group}.melanin_fraction"))?,
        epidermis_mm: source("appearance.layers.epidermis")?,
        upper_dermis_mm: source("appearance.layers.upper_dermis")?,
        lower_dermis_mm: source("appearance.layers.lower_dermis")?,
        fat_mm: source("appearance.layers.fat")?,
        upper_blood_fraction,
        lower_blood_fraction: upper_blood_fraction
            * source(&format!("appearance.skin.{group}.lower_over_upper_blood"))?,
        saturation: source(&format!("appearance.skin.{group}.saturation"))?,
        epidermis_scattering_scale: scattering_scale,
        upper_scattering_scale: scattering_scale,
        lower_scattering_scale: scattering_scale,
        scattering_power: source(&format!("appearance.skin.{group}.scattering_power"))?,
        vessel_radius_mm: source(&format!("appearance.skin.{group}.vessel_radius"))?,
    })
}

/// Absorption of bloodless tissue without melanin, per mm.
#[must_use]
fn baseline_per_mm(laws: &OpticalLaws, wavelength_nm: f64) -> f64 {
    let above = (wavelength_nm - laws.baseline_origin_nm) / laws.baseline_decay_nm;
    laws.baseline_floor_per_mm + laws.baseline_rise_per_mm * (-above).exp()
}

/// Absorption of a melanosome, per mm.
#[must_use]
fn melanosome_per_mm(laws: &OpticalLaws, wavelength_nm: f64) -> f64 {
    laws.melanosome_per_mm * wavelength_nm.powf(-laws.melanosome_power)
}

/// Absorption of whole blood in vessels of the given radius, per mm of blood, at the `at`-th tabulated wavelength.
///
/// `None` beyond the tables.
#[must_use]
pub(crate) fn blood_per_mm(tables: &SpectralTables, at: usize, saturation: f64, vessel_radius_mm: f64) -> Option<f64> {
    let oxygenated = tables.oxygenated_blood_per_mm.get(at)?;
    let deoxygenated = tables.deoxygenated_blood_per_mm.get(at)?;
    let spread = saturation * oxygenated + (1.0 - saturation) * deoxygenated;
    let shading = 2.0 * spread * vessel_radius_mm;
    Some(if shading < UNSHADED {
        spread
    } else {
        spread * -(-shading).exp_m1() / shading
    })
}

/// The four layers of a skin at the `at`-th tabulated wavelength, top first.
///
/// `None` beyond the tables. The state is not checked here; [`spectrum`] does.
#[must_use]
pub fn stack(tables: &SpectralTables, laws: &OpticalLaws, skin: &SkinState, at: usize) -> Option<[Layer; 4]> {
    let wavelength = *tables.wavelength_nm.get(at)?;
    let relative = wavelength / laws.scattering_reference_nm;
    let anisotropy = laws.anisotropy_floor + laws.anisotropy_per_nm * wavelength;
    let baseline = baseline_per_mm(laws, wavelength);
    let blood = blood_per_mm(tables, at, skin.saturation, skin.vessel_radius_mm)?;
    let fat_blood = blood_per_mm(tables, at, laws.fat_saturation, 0.0)?;
    let water = *tables.water_per_mm.get(at)?;
    let dermis = |fraction: f64| fraction * blood + (1.0 - fraction) * baseline + laws.dermis_water_fraction * water;
    let layer = |absorption_per_mm: f64, reduced_per_mm: f64, thickness_mm: f64| Layer {
        refractive_index: laws.refractive_index,
        absorption_per_mm,
        scattering_per_mm: reduced_per_mm / (1.0 - anisotropy),
        anisotropy,
        thickness_mm,
    };
    let rayleigh = laws.epidermis_rayleigh_fraction;
    let epidermis_scattering = laws.epidermis_scattering_per_mm
        * (rayleigh * relative.powi(RAYLEIGH_POWER) + (1.0 - rayleigh) * relative.powf(-laws.epidermis_mie_power));
    let dermis_scattering = laws.dermis_scattering_per_mm * relative.powf(-skin.scattering_power);
    let melanin = skin.melanin_fraction;
    Some([
        layer(
            melanin * melanosome_per_mm(laws, wavelength) + (1.0 - melanin) * baseline,
            epidermis_scattering * skin.epidermis_scattering_scale,
            skin.epidermis_mm,
        ),
        layer(
            dermis(skin.upper_blood_fraction),
            dermis_scattering * skin.upper_scattering_scale,
            skin.upper_dermis_mm,
        ),
        layer(
            dermis(skin.lower_blood_fraction),
            dermis_scattering * skin.lower_scattering_scale,
            skin.lower_dermis_mm,
        ),
        layer(
            laws.fat_blood_fraction * fat_blood
                + laws.fat_baseline_fraction * baseline
                + laws.fat_water_fraction * water,
            laws.fat_scattering_per_mm * relative.powf(-laws.fat_scattering_power),
            skin.fat_mm,
        ),
    ])
}

/// The reflectance of a skin at every tabulated wavelength.
///
/// # Errors
/// [`OpticsError::BadInput`] where the state is outside its physical range, and those of [`reflect`].
pub fn spectrum(
    tables: &SpectralTables,
    laws: &OpticalLaws,
    streams: &DiscreteOrdinates,
    skin: &SkinState,
) -> Result<Vec<Reflectance>, OpticsError> {
    skin.check()?;
    (0..tables.wavelength_nm.len())
        .map(|at| {
            let layers =
                stack(tables, laws, skin, at).ok_or_else(|| bad("the spectral tables differ in length".to_owned()))?;
            reflect(streams, &layers)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const COLOUR: &str = "nm,x,y,z,x10,y10,z10,D65\n400,1,2,3,4,5,6,7\n410,1,2,3,4,5,6,8\n";
    const ABSORPTION: &str = "nm,oxy,deoxy,water\n400,100,50,0.1\n410,90,60,0.1\n";

    #[test]
    fn tables_read_their_columns() {
        let tables = SpectralTables::from_csv(COLOUR, ABSORPTION).unwrap();
        assert_eq!(tables.wavelength_nm, [400.0, 410.0]);
        assert_eq!(tables.matching_10deg[0], [4.0, 5.0, 6.0]);
        assert_eq!(tables.daylight[1], 8.0);
        assert_eq!(tables.deoxygenated_blood_per_mm[1], 60.0);
        assert_eq!(tables.thinned(405.0, 500.0, 1).wavelength_nm, [410.0]);
    }

    #[test]
    fn broken_tables_are_refused_with_their_line() {
        let wrong = ABSORPTION.replace("60", "sixty");
        let message = SpectralTables::from_csv(COLOUR, &wrong).unwrap_err().to_string();
        assert!(message.contains("line 3") && message.contains("sixty"), "{message}");
        assert!(SpectralTables::from_csv(COLOUR, &ABSORPTION.replace("410", "420")).is_err());
        assert!(SpectralTables::from_csv(COLOUR, "nm,oxy\n400,1\n410,2\n").is_err());
        assert!(SpectralTables::from_csv("", "").is_err());
        assert!(SpectralTables::from_csv(&COLOUR.replace('7', "NaN"), ABSORPTION).is_err());
    }

    #[test]
    fn wide_vessels_shade_their_own_blood() {
        let tables = SpectralTables::from_csv(COLOUR, ABSORPTION).unwrap();
        let spread = blood_per_mm(&tables, 0, 1.0, 0.0).unwrap();
        assert_eq!(spread, 100.0);
        let thin = blood_per_mm(&tables, 0, 1.0, 1e-7).unwrap();
        let wide = blood_per_mm(&tables, 0, 1.0, 0.02).unwrap();
        assert!(wide < thin && thin < spread);
        assert!((thin / spread - 1.0).abs() < 1e-4);
    }
}
