//! How easily a dissolved molecule passes the skin, intact and through open channels; steady state.
//!
//! Layers stand in series, R = Σ L/(D·K). Holes stand beside them: 1/R = (1−φ)/R_layers + n/R_hole, with n holes per
//! area that open the share φ of the surface. One hole is a tube, its mouth, and the spreading below it:
//!
//! R_hole = L/(D_h·π·a²) + F(a/b)/(4·D_e·a) + H/(D_e·π·b²), π·b² = 1/n, F(x) = 1 − 1.4092x + 0.33818x³ + 0.06793x⁵
//!
//! F is the crowding of neighbours. Intact skin follows Potts and Guy 1992, log Kp = c₀ + c₁·log Kow − c₂·mass, with a
//! path through water beside it, which molecules take that fats keep out. Where vessels carry the molecule away at a
//! rate k, a layer of depth H resists as tanh(λH)/(D·λ) with λ² = k/D, which is H/D without vessels.
//!
//! Assumptions: a hole ends below the stratum corneum, since living tissue closes around it; its mouth is taken at one
//! concentration, which makes the resistance a little too low (a test against finite volumes says how much). Binding,
//! charge and the vehicle are left out: the spread of Potts and Guy between molecules stands for them. Limits:
//! molecules of more than some hundred daltons lie outside of Potts and Guy's data.
//!
//! Units are those of the field: centimetres, seconds; a permeability is cm/s, a resistance of an area s/cm, that of
//! one hole s/cm³.

use std::f64::consts::PI;

use needlework_evidence::parameters;
use needlework_units::{Length, SECONDS_PER_HOUR};

parameters! {
    /// What is not known of the passage of molecules; a world's draw.
    pub struct PermeationParameters {
        /// Potts and Guy: decimal logarithm of the permeability in cm/h at no mass and equal liking of fat and water.
        pub offset: f64 = "channel.creams.potts_guy.offset",
        /// Potts and Guy: decades for each decade of liking fat.
        pub fat_slope: f64 = "channel.creams.potts_guy.fat_slope",
        /// Potts and Guy: decades lost for each dalton.
        pub mass_slope: f64 = "channel.creams.potts_guy.mass_slope",
        /// Spread of molecules around Potts and Guy, in decades.
        pub scatter: f64 = "channel.creams.potts_guy.scatter",
        /// Decimal logarithm of the permeability in cm/h of the path through water, for a molecule that diffuses
        /// in water with 10⁻⁵ cm²/s.
        pub water_path: f64 = "channel.creams.water_path",
        /// Share of the stratum corneum that is water, which any molecule can fill.
        pub water_share: f64 = "channel.creams.water_share",
        /// Share of a product that is oil.
        pub oil_share: f64 = "channel.creams.oil_share",
        /// Thickness of a layer of product on the skin.
        pub product_layer: Length = "channel.creams.product_layer",
        /// Thickness of the stratum corneum.
        pub stratum_corneum: Length = "channel.creams.horny_layer",
        /// Diffusion in a hole, between that in tissue (0) and that in water (1), on a logarithmic scale.
        pub hole_content: f64 = "channel.creams.hole_content",
        /// Radius of an open hole over that of the needle at the surface: skin springs back.
        pub recoil: f64 = "channel.creams.recoil",
    }
}

/// A layer of skin to one molecule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Layer {
    /// Thickness.
    pub thickness_cm: f64,
    /// Diffusion.
    pub diffusivity_cm2_per_s: f64,
    /// Concentration in the layer over that in water beside it.
    pub partition: f64,
    /// Loss to vessels.
    pub loss_per_s: f64,
}

impl Layer {
    /// Resistance of an area of the layer to a steady flow towards a sink below, s/cm; infinite where nothing passes.
    #[must_use]
    pub fn resistance_s_per_cm(&self) -> f64 {
        let conductivity = self.diffusivity_cm2_per_s * self.partition;
        let lambda = (self.loss_per_s / self.diffusivity_cm2_per_s).sqrt();
        // numerical: below it tanh(x)/x is one to rounding
        const SMALL: f64 = 1e-6;
        let thiele_modulus = lambda * self.thickness_cm;
        if thiele_modulus.is_finite() && thiele_modulus > SMALL {
            thiele_modulus.tanh() / (conductivity * lambda)
        } else {
            self.thickness_cm / conductivity
        }
    }
}

/// A molecule as the skin meets it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Molecule {
    /// Mass.
    pub mass_da: f64,
    /// Decimal logarithm of its liking of octanol over water.
    pub log_kow: f64,
    /// Diffusion in water.
    pub water_cm2_per_s: f64,
    /// Diffusion in living skin.
    pub tissue_cm2_per_s: f64,
    /// Loss to the vessels of the dermis.
    pub loss_per_s: f64,
    /// How far it lies from Potts and Guy's line; a standard normal draw.
    pub off_line: f64,
}

/// Equal holes in an area of skin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pore {
    /// Holes per square centimetre.
    pub per_cm2: f64,
    /// Radius.
    pub radius_cm: f64,
    /// Length of the tube.
    pub length_cm: f64,
    /// Diffusion in the tube.
    pub inside_cm2_per_s: f64,
    /// Diffusion below it.
    pub below_cm2_per_s: f64,
}

/// Conductance of the mouth of a hole among neighbours at twice the distance b, over that of a lone one; `ratio` is
/// a/b.
#[must_use]
pub fn crowding(ratio: f64) -> f64 {
    // numerical: polynomial of a disc that feeds a coaxial tube
    const TERMS: [f64; 3] = [1.4092, 0.33818, 0.06793];
    let x = ratio.clamp(0.0, 1.0);
    1.0 - TERMS[0] * x + TERMS[1] * x.powi(3) + TERMS[2] * x.powi(5)
}

impl Pore {
    /// Half the distance to the next hole: the radius of a hole's share of the skin.
    #[must_use]
    pub fn share_radius_cm(&self) -> f64 {
        1.0 / (PI * self.per_cm2).sqrt()
    }

    /// Share of the surface that is open.
    #[must_use]
    pub fn open_share(&self) -> f64 {
        (self.per_cm2 * PI * self.radius_cm * self.radius_cm).min(1.0)
    }

    /// Resistance of one hole down to where its flow begins to spread evenly: tube and mouth, s/cm³.
    #[must_use]
    pub fn entry_s_per_cm3(&self) -> f64 {
        let a = self.radius_cm;
        self.length_cm / (self.inside_cm2_per_s * PI * a * a)
            + crowding(a / self.share_radius_cm()) / (4.0 * self.below_cm2_per_s * a)
    }

    /// Resistance of one hole with the tissue of its share of the skin down to a sink at `depth_cm`, s/cm³.
    #[must_use]
    pub fn resistance_s_per_cm3(&self, depth_cm: f64) -> f64 {
        let b = self.share_radius_cm();
        self.entry_s_per_cm3() + depth_cm / (self.below_cm2_per_s * PI * b * b)
    }
}

/// Permeability of intact skin's stratum corneum, cm/s: Potts and Guy's path through fat and the path through water.
#[must_use]
pub fn intact_cm_per_s(molecule: &Molecule, parameters: &PermeationParameters) -> f64 {
    let line = parameters.offset + parameters.fat_slope * molecule.log_kow - parameters.mass_slope * molecule.mass_da;
    let fat = decades(line + parameters.scatter * molecule.off_line);
    // numerical: the diffusivity in cm²/s for which the passport states the path through water
    const STATED_FOR: f64 = 1e-5;
    let water = decades(parameters.water_path) * molecule.water_cm2_per_s / STATED_FOR;
    (fat + water) / SECONDS_PER_HOUR
}

fn decades(log: f64) -> f64 {
    // numerical: decimal logarithms are what the field counts in
    const TEN: f64 = 10.0;
    TEN.powf(log)
}

/// The stratum corneum to a molecule: what it lets through is [`intact_cm_per_s`], what it holds follows the liking of
/// fat (Potts and Guy's own split of permeability into diffusion and partition) beside the water that it holds.
#[must_use]
pub fn stratum_corneum(molecule: &Molecule, parameters: &PermeationParameters) -> Layer {
    let partition = decades(parameters.fat_slope * molecule.log_kow) + parameters.water_share;
    let thickness_cm = parameters.stratum_corneum.cm();
    Layer {
        thickness_cm,
        diffusivity_cm2_per_s: intact_cm_per_s(molecule, parameters) * thickness_cm / partition,
        partition,
        loss_per_s: 0.0,
    }
}

/// Concentration in the water of a product over that in the whole of it: oil, which takes up a molecule as octanol
/// does, keeps back what likes fat.
#[must_use]
pub fn free_in_product(molecule: &Molecule, parameters: &PermeationParameters) -> f64 {
    let oil = parameters.oil_share;
    1.0 / ((1.0 - oil) + oil * decades(molecule.log_kow))
}

/// The holes of a session to a molecule: one class per needle that passes the stratum corneum, each with its part of
/// the density.
#[must_use]
pub fn pores(
    holes: &needlework_puncture::Holes,
    molecule: &Molecule,
    tissue_cm2_per_s: f64,
    parameters: &PermeationParameters,
) -> Vec<Pore> {
    let inside = tissue_cm2_per_s * (molecule.water_cm2_per_s / tissue_cm2_per_s).powf(parameters.hole_content);
    holes
        .depths_mm
        .iter()
        .zip(&holes.surface_radii_mm)
        .filter(|&(&depth, &radius)| depth > parameters.stratum_corneum.mm() && radius > 0.0)
        .map(|(_, &radius)| Pore {
            per_cm2: holes.density.per_cm2(),
            radius_cm: Length::from_mm(radius * parameters.recoil).cm(),
            length_cm: parameters.stratum_corneum.cm(),
            inside_cm2_per_s: inside,
            below_cm2_per_s: tissue_cm2_per_s,
        })
        .collect()
}

/// How much of the surface holes open, and how easily they let through to the tissue below, of `needles` that stand for
/// equally many holes each: (share, cm/s). Needles that left no hole count with nothing.
#[must_use]
pub fn open_share_and_conductance(pores: &[Pore], needles: usize) -> (f64, f64) {
    let weight = 1.0 / needles.max(1) as f64;
    let share: f64 = pores.iter().map(Pore::open_share).sum();
    let conductance: f64 = pores.iter().map(|pore| pore.per_cm2 / pore.entry_s_per_cm3()).sum();
    (share * weight, conductance * weight)
}

/// Permeability of skin with holes over that of the same skin without, in steady state: `stratum_corneum` above
/// `tissue_s_per_cm` of living skin, with holes of `needles` needles.
#[must_use]
pub fn enhancement(stratum_corneum: &Layer, tissue_s_per_cm: f64, pores: &[Pore], needles: usize) -> f64 {
    let whole = stratum_corneum.resistance_s_per_cm() + tissue_s_per_cm;
    let weight = 1.0 / needles.max(1) as f64;
    let share: f64 = pores.iter().map(|pore| pore.open_share() * weight).sum();
    let holes: f64 = pores
        .iter()
        // The tissue below a hole's share of skin is in its path: H/(D·π·b²) is the tissue's resistance times n.
        .map(|pore| weight / (pore.entry_s_per_cm3() / pore.per_cm2 + tissue_s_per_cm))
        .sum();
    (1.0 - share) + holes * whole
}
