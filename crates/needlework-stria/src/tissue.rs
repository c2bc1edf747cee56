//! The state of the treated tissue, by depth.

use needlework_evidence::parameters;
use needlework_numerics::{expit, logit};
use needlework_skin::Skin;
use needlework_units::{Length, Time};

parameters! {
    /// What is not known of stretch marks; a world's draw.
    pub struct Parameters {
        /// Collagen of the mark over that of normal dermis.
        pub collagen: f64 = "stria.collagen",
        /// Spread of that fraction between people, in log-odds.
        pub collagen_person_sd: f64 = "stria.collagen.person_sd",
        /// Shift of its log-odds for red (plus) and pale (minus) marks.
        pub stage_shift: f64 = "stria.collagen.stage_shift",
        /// Elastin of the mark over that of normal dermis.
        pub elastin: f64 = "stria.elastin",
        /// Share of the gap to normal that can be closed.
        pub closeable: f64 = "stria.closeable",
        /// Dermis of the mark over the dermis around it.
        pub thickness_ratio: f64 = "stria.thickness_ratio",
        /// Spread of the mark's thickness between people, in its logarithm.
        pub thickness_person_sd: f64 = "stria.thickness_ratio.person_sd",
        /// Least thickness of the mark over the dermis around it.
        pub thickness_least: f64 = "stria.thickness_ratio.least",
        /// Greatest thickness of the mark over the dermis around it.
        pub thickness_most: f64 = "stria.thickness_ratio.most",
        /// Time in which redness fades.
        pub fading: Time = "stria.fading",
        /// Spread of that time between people, in its logarithm.
        pub fading_person_sd: f64 = "stria.fading.person_sd",
        /// Redness that lasts until the mark has turned pale, as a share of that at the start.
        pub lasting_redness: f64 = "stria.lasting_redness",
        /// Final widening of a fresh red mark.
        pub widening: f64 = "stria.widening",
        /// Spread of that widening between people, over its typical logarithm.
        pub widening_person_sd: f64 = "stria.widening.person_sd",
        /// Time in which a fresh mark widens.
        pub widening_time: Time = "stria.widening_time",
        /// Age up to which a red mark widens fully.
        pub fresh_age: Time = "stria.fresh_age",
        /// Time in which the tendency to widen fades beyond that age.
        pub fresh_decay: Time = "stria.fresh_decay",
    }
}

/// The stage of a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Red, early.
    Rubra,
    /// Pale, late. Sunken scars of other origin are treated as pale marks.
    Alba,
}

/// What is known of one person's mark.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mark {
    /// Its stage.
    pub stage: Stage,
    /// Its age when the plan begins.
    pub age: Time,
    /// Its dermis as measured by ultrasound, if it was.
    pub measured_dermis: Option<Length>,
}

/// How a person's mark differs from the world's typical one; standard normal draws.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PersonDraws {
    /// Collagen.
    pub collagen: f64,
    /// Thickness.
    pub thickness: f64,
    /// Time of fading.
    pub fading: f64,
    /// Widening.
    pub widening: f64,
}

/// The treated tissue: collagen by depth in the mark's dermis and the epidermis above it.
#[derive(Debug, Clone, PartialEq)]
pub struct Tissue {
    /// Stage when the plan began.
    pub stage: Stage,
    /// Age of the mark now.
    pub age: Time,
    /// Dermis of the mark.
    pub thickness: Length,
    /// Collagen at rest, C_s, as a fraction of normal.
    pub resting: f64,
    /// Collagen that can be reached, C_m.
    pub ceiling: f64,
    /// Elastin as a fraction of normal; sessions may restore some or cost some.
    pub elastin: f64,
    /// Immature collagen at the middle of each depth cell.
    pub immature: Vec<f64>,
    /// Mature collagen at the middle of each depth cell.
    pub mature: Vec<f64>,
    /// Gain of the epidermis over its own thickness.
    pub epidermal_gain: f64,
}

impl Tissue {
    /// Skin without a mark, with a dermis of this thickness, in one depth cell: all its collagen is there, and nothing
    /// can be gained.
    #[must_use]
    pub fn unmarked(dermis: Length) -> Self {
        Self {
            stage: Stage::Alba,
            age: Time::ZERO,
            thickness: dermis,
            resting: 1.0,
            ceiling: 1.0,
            elastin: 1.0,
            immature: vec![0.0],
            mature: vec![1.0],
            epidermal_gain: 0.0,
        }
    }

    /// Depths of the cells' middles below the epidermis, mm.
    #[must_use]
    pub fn depths_mm(&self) -> Vec<f64> {
        needlework_numerics::midpoints(self.thickness.mm(), self.mature.len())
    }

    /// Mature collagen and a share of the immature, averaged over depth with the weight e^{−x/λ}: what lies near the
    /// surface is what is seen.
    #[must_use]
    pub fn seen_collagen(&self, visible_depth: Length, immature_share: f64) -> f64 {
        let (mut weighted, mut weights) = (0.0, 0.0);
        for (i, depth) in self.depths_mm().into_iter().enumerate() {
            let weight = (-depth / visible_depth.mm()).exp();
            weighted += weight * (immature_share * self.immature[i] + self.mature[i]);
            weights += weight;
        }
        weighted / weights
    }

    /// Share of the gap to normal collagen that is filled, as seen from the surface; immature collagen counts by a
    /// share.
    #[must_use]
    pub fn fill(&self, visible_depth: Length, immature_share: f64) -> f64 {
        (self.seen_collagen(visible_depth, immature_share) - self.resting) / (1.0 - self.resting)
    }
}

/// The tissue of a person's mark before the plan; `cells` depth cells resolve it.
#[must_use]
pub fn form(mark: &Mark, skin: &Skin, parameters: &Parameters, person: &PersonDraws, cells: usize) -> Tissue {
    let shift = match mark.stage {
        Stage::Rubra => parameters.stage_shift,
        Stage::Alba => -parameters.stage_shift,
    };
    let typical = logit(parameters.collagen);
    let log_odds = typical + parameters.collagen_person_sd * person.collagen + shift;
    let resting = expit(log_odds);
    let ratio = parameters.thickness_ratio * (parameters.thickness_person_sd * person.thickness).exp();
    let ratio = ratio.clamp(parameters.thickness_least, parameters.thickness_most);
    Tissue {
        stage: mark.stage,
        age: mark.age,
        thickness: mark
            .measured_dermis
            .unwrap_or_else(|| Length::from_mm(skin.dermis.mm() * ratio)),
        resting,
        ceiling: resting + parameters.closeable * (1.0 - resting),
        elastin: parameters.elastin,
        immature: vec![0.0; cells],
        mature: vec![resting; cells],
        epidermal_gain: 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::parameters;
    use needlework_skin::example::skin;

    fn mark(stage: Stage) -> Mark {
        Mark {
            stage,
            age: Time::from_days(200.0),
            measured_dermis: None,
        }
    }

    #[test]
    fn a_pale_mark_has_less_collagen_than_a_red_one() {
        let of = |stage| form(&mark(stage), &skin(), &parameters(), &PersonDraws::default(), 8).resting;
        assert!(of(Stage::Alba) < 0.65 && of(Stage::Rubra) > 0.65);
    }

    #[test]
    fn a_mark_at_rest_has_filled_nothing() {
        let tissue = form(&mark(Stage::Alba), &skin(), &parameters(), &PersonDraws::default(), 8);
        assert!(tissue.fill(Length::from_mm(0.4), 1.0).abs() < 1e-15);
        assert!(tissue.ceiling > tissue.resting && tissue.ceiling < 1.0);
    }

    #[test]
    fn a_measured_dermis_is_taken_as_measured() {
        let measured = Mark {
            measured_dermis: Some(Length::from_mm(0.8)),
            ..mark(Stage::Alba)
        };
        let tissue = form(
            &measured,
            &skin(),
            &parameters(),
            &PersonDraws {
                collagen: 0.0,
                thickness: 2.0,
                ..PersonDraws::default()
            },
            8,
        );
        assert_eq!(tissue.thickness.mm(), 0.8);
    }

    #[test]
    fn extreme_people_stay_within_the_bounds_of_thickness() {
        let thin = form(
            &mark(Stage::Alba),
            &skin(),
            &parameters(),
            &PersonDraws {
                collagen: 0.0,
                thickness: -20.0,
                ..PersonDraws::default()
            },
            8,
        );
        assert!((thin.thickness.mm() - 0.3).abs() < 1e-12);
    }
}
