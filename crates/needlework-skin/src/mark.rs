//! The mechanics of a mark: softer or stiffer than the skin around it, for a reason; and of skin that a hand holds
//! taut.
//!
//! With collagen C and elastin L as fractions of normal skin: the fibres carry k₁·C, the matrix μ·(1 − s + s·L) with s
//! the share of elastin in it; pressed at small strain the dermis softens as the law does in the stretch in which skin
//! lives, E·H(mark)/H(skin), H the stiffness of a held sheet (`gasser_2006`). Collagen moves the steep part of the
//! curve, elastin the flat one (Pond 2018, in words). Epidermis and fat are the person's own.
//!
//! Assumptions: stiffness in proportion to what is left; fibres of a mark lie as those of the skin around it. Limits: a
//! soft strip in tense skin is stretched more than its surroundings, which is left out; old scar-like bundles may be
//! stiffer for their amount of collagen.

use needlework_units::Stress;

use crate::fibres::Fibres;
use crate::gasser_2006::held_stiffness;
use crate::layers::Skin;
use crate::mechanics::Mechanics;

/// The mechanics of a mark in this skin whose dermis holds these fractions of normal collagen and elastin; both may
/// exceed one.
#[must_use]
pub fn mark_mechanics(skin: &Skin, collagen_fraction: f64, elastin_fraction: f64) -> Mechanics {
    let normal = skin.mechanics.fibres;
    let elastin = normal.elastin_fraction;
    let fibres = Fibres {
        matrix: Stress::from_canonical(normal.matrix.canonical() * (1.0 - elastin + elastin * elastin_fraction)),
        stiffness: Stress::from_canonical(normal.stiffness.canonical() * collagen_fraction),
        ..normal
    };
    let lived_in = skin.mechanics.prestretch_fraction;
    let softer = held_stiffness(&fibres, lived_in).canonical() / held_stiffness(&normal, lived_in).canonical();
    Mechanics {
        dermis: Stress::from_canonical(skin.mechanics.dermis.canonical() * softer),
        fibres,
        ..skin.mechanics
    }
}

/// This skin held taut: longer by `fraction` along its tension line than it lives, and stiffer as the law says,
/// E·H(held)/H(lived in).
///
/// Assumption: held along the line, as two fingers across a mark do. Limits: it stays as thick as it was, though a
/// tenth of stretch thins it by a tenth.
#[must_use]
pub fn stretched(skin: &Skin, fraction: f64) -> Skin {
    let own = &skin.mechanics;
    let taut = own.prestretch_fraction + fraction;
    let stiffer = held_stiffness(&own.fibres, taut).canonical()
        / held_stiffness(&own.fibres, own.prestretch_fraction).canonical();
    let mechanics = Mechanics {
        dermis: Stress::from_canonical(own.dermis.canonical() * stiffer),
        prestretch_fraction: taut,
        ..*own
    };
    Skin { mechanics, ..*skin }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{parameters, woman};
    use crate::{Site, layer};

    fn skin() -> Skin {
        layer(&woman(30.0, 24.0), &Site::REFERENCE, &parameters())
    }

    #[test]
    fn a_mark_with_all_its_collagen_and_elastin_is_skin() {
        assert_eq!(mark_mechanics(&skin(), 1.0, 1.0), skin().mechanics);
    }

    #[test]
    fn less_collagen_and_less_elastin_make_a_mark_softer_each_by_its_own() {
        let softness = |collagen, elastin| mark_mechanics(&skin(), collagen, elastin).dermis.kpa();
        let whole = softness(1.0, 1.0);
        assert!(softness(0.65, 1.0) < whole && softness(1.0, 0.3) < whole);
        assert!(softness(0.65, 0.3) < softness(0.65, 1.0));
        assert!(softness(0.8, 0.3) > softness(0.65, 0.3));
    }

    /// Collagen moves the steep part of the curve, elastin the flat one.
    #[test]
    fn elastin_is_felt_in_a_short_pull_and_collagen_in_a_long_one() {
        let stress = |mechanics: &Mechanics, stretch: f64| {
            crate::gasser_2006::pull(&mechanics.fibres, needlework_units::Angle::ZERO, stretch)
                .map_or(f64::NAN, |strip| strip.nominal.mpa())
        };
        let (no_elastin, half_collagen) = (mark_mechanics(&skin(), 1.0, 0.0), mark_mechanics(&skin(), 0.5, 1.0));
        let ratio = |mark: &Mechanics, stretch: f64| stress(mark, stretch) / stress(&skin().mechanics, stretch);
        assert!(ratio(&no_elastin, 1.02) < ratio(&half_collagen, 1.02));
        assert!(ratio(&no_elastin, 1.5) > 0.9 && ratio(&half_collagen, 1.5) < 0.6);
    }

    #[test]
    fn skin_that_is_held_taut_is_stiffer_and_skin_that_is_not_is_itself() {
        assert_eq!(stretched(&skin(), 0.0), skin());
        let taut = stretched(&skin(), 0.1);
        assert!(taut.mechanics.dermis.kpa() > skin().mechanics.dermis.kpa());
        assert!(stretched(&skin(), 0.2).mechanics.dermis.kpa() > taut.mechanics.dermis.kpa());
    }

    #[test]
    fn without_collagen_only_the_matrix_is_left_to_press_on() {
        let bare = mark_mechanics(&skin(), 0.0, 1.0);
        assert!(bare.dermis.kpa() > 0.0 && bare.dermis.kpa() < 0.2 * skin().mechanics.dermis.kpa());
        assert_eq!(bare.epidermis, skin().mechanics.epidermis);
    }
}
