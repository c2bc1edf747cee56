//! How people of the same body and site differ, and which differences go together.
//!
//! Nine standard normal draws a person. Six are used as they are; three pairs are correlated:
//!
//! living epidermis with stratum corneum (ρ_h), dermis with stiffness (ρ_s), dermis with fat (ρ_f):
//! stratum_corneum' = ρ_h·epidermis + √(1 − ρ_h²)·stratum_corneum, and likewise stiffness' and fat' from the dermis.
//!
//! The dermis is the hub, so stiffness and fat correlate by ρ_s·ρ_f and the matrix is positive definite for any |ρ| <
//! 1, whatever a world draws. Assumptions: no study that we found reports a correlation inside one group of sex, age
//! and weight; the signs come from what maps say in words (thinner skin is denser) and the ranges are wide. Limits:
//! linear correlation of normal scores only.

use crate::parameters::Parameters;

/// How a person's skin differs from that of others with the same body; standard normal draws.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PersonDraws {
    /// Thickness of the epidermis.
    pub epidermis: f64,
    /// Thickness of the stratum corneum.
    pub stratum_corneum: f64,
    /// Thickness of the dermis.
    pub dermis: f64,
    /// Thickness of the fat.
    pub fat: f64,
    /// Stiffness of the dermis, pressed and pulled.
    pub stiffness: f64,
    /// Stiffness of the epidermis, mostly its water.
    pub dryness: f64,
    /// Stiffness of the fat.
    pub fat_stiffness: f64,
    /// Stretch in which the skin lives.
    pub prestretch: f64,
    /// Direction of the tension lines.
    pub line: f64,
}

impl PersonDraws {
    /// The draws with the correlations of a world.
    #[must_use]
    pub(crate) fn correlated(&self, parameters: &Parameters) -> Self {
        let mix = |hub: f64, own: f64, correlation: f64| {
            correlation * hub + (1.0 - correlation * correlation).max(0.0).sqrt() * own
        };
        Self {
            stratum_corneum: mix(
                self.epidermis,
                self.stratum_corneum,
                parameters.epidermis_stratum_corneum,
            ),
            stiffness: mix(self.dermis, self.stiffness, parameters.dermis_stiffness),
            fat: mix(self.dermis, self.fat, parameters.dermis_fat),
            ..*self
        }
    }
}

#[cfg(test)]
mod tests {
    use needlework_numerics::{mean, normals, standard_deviation};

    use super::*;
    use crate::example::{parameters, woman};
    use crate::{Site, Skin, form};

    const PEOPLE: usize = 20_000;

    /// The streams of nine draws, by the field that they fill.
    fn people() -> Vec<PersonDraws> {
        let stream = |name: &str| normals(5, name, PEOPLE);
        let columns: Vec<Vec<f64>> = (0..9).map(|k| stream(&format!("test.skin.{k}"))).collect();
        (0..PEOPLE)
            .map(|i| PersonDraws {
                epidermis: columns[0][i],
                stratum_corneum: columns[1][i],
                dermis: columns[2][i],
                fat: columns[3][i],
                stiffness: columns[4][i],
                dryness: columns[5][i],
                fat_stiffness: columns[6][i],
                prestretch: columns[7][i],
                line: columns[8][i],
            })
            .collect()
    }

    fn skins(parameters: &Parameters) -> Vec<Skin> {
        people()
            .iter()
            .map(|person| form(&woman(30.0, 24.0), &Site::REFERENCE, parameters, person))
            .collect()
    }

    fn logs(skins: &[Skin], of: impl Fn(&Skin) -> f64) -> Vec<f64> {
        skins.iter().map(|skin| of(skin).ln()).collect()
    }

    fn correlation(a: &[f64], b: &[f64]) -> f64 {
        let (ma, mb) = (mean(a), mean(b));
        let products: Vec<f64> = a.iter().zip(b).map(|(x, y)| (x - ma) * (y - mb)).collect();
        mean(&products) / (standard_deviation(a) * standard_deviation(b))
    }

    #[test]
    fn people_spread_as_their_parameters_say() {
        let p = parameters();
        let all = skins(&p);
        let near = |values: Vec<f64>, median: f64, sd: f64| {
            assert!((mean(&values) - median.ln()).abs() < 4.0 * sd / (PEOPLE as f64).sqrt());
            assert!((standard_deviation(&values) / sd - 1.0).abs() < 0.03);
        };
        near(logs(&all, |skin| skin.dermis.mm()), 1.5, p.dermis_person_sd);
        near(logs(&all, |skin| skin.epidermis.mm()), 0.09, p.epidermis_person_sd);
        near(
            logs(&all, |skin| skin.stratum_corneum.um()),
            15.0,
            p.stratum_corneum_person_sd,
        );
        near(logs(&all, |skin| skin.fat.mm()), 14.0, p.fat_person_sd);
        near(
            logs(&all, |skin| skin.mechanics.dermis.kpa()),
            35.0,
            p.stiffness_person_sd,
        );
        near(
            logs(&all, |skin| skin.mechanics.epidermis.mpa()),
            1.4,
            p.epidermis_modulus_person_sd,
        );
        near(
            logs(&all, |skin| skin.mechanics.fat.kpa()),
            2.3,
            p.fat_modulus_person_sd,
        );
        near(
            logs(&all, |skin| skin.mechanics.prestretch_fraction),
            0.1,
            p.prestretch_person_sd,
        );
    }

    #[test]
    fn correlations_are_those_of_the_world_and_what_follows_from_them() {
        let p = Parameters {
            dermis_stiffness: -0.5,
            dermis_fat: 0.4,
            epidermis_stratum_corneum: 0.6,
            ..parameters()
        };
        let all = skins(&p);
        let of = |a: fn(&Skin) -> f64, b: fn(&Skin) -> f64| correlation(&logs(&all, a), &logs(&all, b));
        let dermis = |skin: &Skin| skin.dermis.mm();
        let stiffness = |skin: &Skin| skin.mechanics.dermis.kpa();
        let fat = |skin: &Skin| skin.fat.mm();
        let epidermis = |skin: &Skin| skin.epidermis.mm();
        let stratum_corneum = |skin: &Skin| skin.stratum_corneum.um();
        for (found, expected) in [
            (of(dermis, stiffness), -0.5),
            (of(dermis, fat), 0.4),
            (of(fat, stiffness), -0.2),
            (of(epidermis, stratum_corneum), 0.6),
            (of(epidermis, dermis), 0.0),
        ] {
            assert!((found - expected).abs() < 0.03, "{found} {expected}");
        }
    }

    #[test]
    fn any_correlation_up_to_one_leaves_numbers_that_exist() {
        for correlation in [-1.0, 0.0, 1.0] {
            let p = Parameters {
                dermis_stiffness: correlation,
                dermis_fat: correlation,
                epidermis_stratum_corneum: correlation,
                ..parameters()
            };
            assert!(
                skins(&p)
                    .iter()
                    .all(|skin| skin.mechanics.dermis.kpa().is_finite() && skin.fat.mm() > 0.0)
            );
        }
    }
}
