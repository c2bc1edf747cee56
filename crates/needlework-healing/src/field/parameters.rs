//! What is not known of healing in space, drawn once for each world: ranges, elastin and the orientation of fibres.

use needlework_evidence::parameters;
use needlework_units::{Length, Rate};

parameters! {
    /// What the engine in space needs beyond the column of the cohort.
    pub struct FieldParameters {
        /// Range of the signal, λ = √(D/δ).
        pub signal_range: Length = "healing.signal_range",
        /// Diffusivity of the signal in the epidermis over that in the dermis.
        pub epidermis_spread: f64 = "healing.signal_spread.epidermis",
        /// Diffusivity of the signal in fat over that in the dermis.
        pub fat_spread: f64 = "healing.signal_spread.fat",
        /// How far fibroblasts get in the time in which their number is renewed.
        pub fibroblast_range: Length = "healing.fibroblast_range",
        /// Weight of the loss by diffusion in the cohort's column: 0 where the rates of the cascade hold all of it
        /// already, 1 where they hold none.
        pub spatial_loss_fraction: f64 = "healing.spreading_counted",
        /// Over what distance the epidermis answers to a hole.
        pub epidermal_range: Length = "healing.epidermis.spread",
        /// Elastin degraded per protease.
        pub elastin_loss: Rate = "healing.elastin.loss",
        /// Elastin lost in tissue that a needle injures.
        pub elastin_lost_by_needle: f64 = "healing.elastin.lost_by_needle",
        /// Share of fibres that stand upright at rest.
        pub upright: f64 = "healing.orientation.upright",
        /// Share of new fibres laid along those that are there.
        pub guidance: f64 = "healing.orientation.guidance",
        /// Share of new fibres laid along stretch.
        pub along_stretch: f64 = "healing.orientation.stretch",
        /// Share of new fibres laid along the gradient of the signal.
        pub along_gradient: f64 = "healing.orientation.edge",
        /// Turning of fibres back to how tension has them lie.
        pub turning: Rate = "healing.orientation.remodelling",
    }
}
