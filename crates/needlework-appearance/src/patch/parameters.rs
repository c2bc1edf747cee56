//! What is not known of how a patch of skin looks beside its colour: relief, gloss, mottling, and what a session
//! leaves.
//!
//! All of it is our own prior, since no profile, roughness or gloss of a stretch mark could be read as a number. It
//! moves pictures and their stated depth, and no score.

use needlework_evidence::parameters;
use needlework_units::{Length, Stress, Time};

parameters! {
    /// What is not known of a patch; a world's draw.
    pub struct PatchParameters {
        /// Share of a mark's missing dermis that fat makes up for from below.
        pub made_up: f64 = "appearance.relief.made_up",
        /// Tension of skin in life.
        pub tension: Stress = "appearance.relief.tension",
        /// Depth of primary furrows.
        pub furrow: Length = "appearance.relief.furrow",
        /// Distance between them.
        pub furrow_mesh: Length = "appearance.relief.furrow_mesh",
        /// Share of their depth that a mark keeps.
        pub furrows_kept: f64 = "appearance.relief.furrows_kept",
        /// Depth of the crinkles of a mark.
        pub crinkle: Length = "appearance.relief.crinkle",
        /// Stiffness of the epidermis over that of what lies below, as crinkles have it.
        pub film_ratio: f64 = "appearance.relief.film_ratio",
        /// Roughness of skin, the width of the lobe in which it mirrors.
        pub skin_roughness: f64 = "appearance.gloss.skin",
        /// Roughness of a mark.
        pub mark_roughness: f64 = "appearance.gloss.mark",
        /// Spread of melanin from place to place of skin, in its logarithm.
        pub melanin_mottle: f64 = "appearance.mottle.melanin",
        /// Spread of melanin along a mark, whose rungs stand square to it, in its logarithm.
        pub melanin_rungs: f64 = "appearance.mottle.rungs",
        /// Spread of blood from place to place, in its logarithm.
        pub blood_mottle: f64 = "appearance.mottle.blood",
        /// Radius of the drop that a bleeding hole leaves.
        pub drop: Length = "appearance.session.drop",
        /// How thick blood lies in it.
        pub film: Length = "appearance.session.film",
        /// When crusts are looked at, after a session.
        pub crust: Time = "appearance.session.crust",
    }
}
