//! How much of a mark is left to be seen: texture, width and colour, each relative to the own start, and their weighted sum.
//!
//! Texture X_tex = (1 − f_C)^p·(1 − χE); width X_wid = widening·(1 − η·f_C); colour of a red mark V(age + k_v·t)/V(age), of a pale one
//! 1 − m_c·(f_C + w·E). Severity S = Σ w_i·X_i, improvement I = 100·(1 − S).
//!
//! Limits: the weights are assumed; collagen moves colour little (whiteness is melanin, epidermis and blood), which is why pale marks
//! change texture rather than colour.

use needlework_evidence::parameters;
use needlework_stria::{self as stria, Stage, Tissue};
use needlework_units::{Length, Time};

parameters! {
    /// What is not known of appearance; a world's draw.
    pub struct Parameters {
        /// Depth from which collagen shows at the surface.
        pub reach: Length = "appearance.reach",
        /// Power by which texture follows the open gap.
        pub texture_power: f64 = "appearance.texture_power",
        /// Share of texture that a thicker epidermis hides.
        pub epidermal_hiding: f64 = "appearance.epidermal_hiding",
        /// Share of width that filling the gap takes away.
        pub narrowing: f64 = "appearance.narrowing",
        /// Share of a pale mark's colour that filling the gap takes away.
        pub recolouring: f64 = "appearance.recolouring",
        /// Weight of the epidermis beside collagen in recolouring.
        pub epidermal_recolouring: f64 = "appearance.epidermal_recolouring",
        /// Speed of fading after needling, over that without.
        pub fading_speed: f64 = "appearance.fading_speed",
        /// Weight of texture in a red mark.
        pub rubra_texture: f64 = "appearance.weight.rubra.texture",
        /// Weight of colour in a red mark.
        pub rubra_colour: f64 = "appearance.weight.rubra.colour",
        /// Weight of width in a red mark.
        pub rubra_width: f64 = "appearance.weight.rubra.width",
        /// Weight of texture in a pale mark.
        pub alba_texture: f64 = "appearance.weight.alba.texture",
        /// Weight of colour in a pale mark.
        pub alba_colour: f64 = "appearance.weight.alba.colour",
        /// Weight of width in a pale mark.
        pub alba_width: f64 = "appearance.weight.alba.width",
    }
}

/// What is seen of a mark, each part relative to the own start.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// Texture.
    pub texture: f64,
    /// Width.
    pub width: f64,
    /// Colour.
    pub colour: f64,
    /// The weighted sum.
    pub severity: f64,
}

impl Look {
    /// Improvement in percent of the own start; negative where the mark got worse.
    #[must_use]
    pub fn improvement(&self) -> f64 {
        // numerical: percent
        const PERCENT: f64 = 100.0;
        // numerical: steps finer than this are rounding of the months before, so that a mark that has not changed reads exactly zero
        const STEPS: f64 = 1e12;
        (PERCENT * (1.0 - self.severity) * STEPS).round() / STEPS + 0.0
    }
}

/// How the mark looks `since` the first session. `age_at_start` is the mark's age then; `needled` whether there was any session.
#[must_use]
pub fn look(
    tissue: &Tissue,
    age_at_start: Time,
    since: Time,
    needled: bool,
    parameters: &Parameters,
    mark: &stria::Parameters,
) -> Look {
    let fill = tissue.fill(parameters.reach);
    let epidermis = tissue.epidermal_gain;
    let texture =
        (1.0 - fill).max(0.0).powf(parameters.texture_power) * (1.0 - parameters.epidermal_hiding * epidermis);
    let width = stria::widening(tissue.stage, age_at_start, since, mark) * (1.0 - parameters.narrowing * fill);
    let (colour, weights) = match tissue.stage {
        Stage::Rubra => {
            let speed = if needled { parameters.fading_speed } else { 1.0 };
            let older = Time::from_days(age_at_start.days() + speed * since.days());
            let colour = stria::redness(older, mark) / stria::redness(age_at_start, mark);
            (
                colour,
                [
                    parameters.rubra_texture,
                    parameters.rubra_colour,
                    parameters.rubra_width,
                ],
            )
        }
        Stage::Alba => {
            let restored = fill + parameters.epidermal_recolouring * epidermis;
            let colour = 1.0 - parameters.recolouring * restored;
            (
                colour,
                [parameters.alba_texture, parameters.alba_colour, parameters.alba_width],
            )
        }
    };
    // The weights add up to one but for the last digit. Counting from the start keeps a mark that has not changed at exactly one.
    let severity = 1.0 + weights[0] * (texture - 1.0) + weights[1] * (colour - 1.0) + weights[2] * (width - 1.0);
    Look {
        texture,
        width,
        colour,
        severity,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameters() -> Parameters {
        Parameters {
            reach: Length::from_mm(0.4),
            texture_power: 1.0,
            epidermal_hiding: 0.4,
            narrowing: 0.25,
            recolouring: 0.12,
            epidermal_recolouring: 0.3,
            fading_speed: 1.0,
            rubra_texture: 3.0 / 9.0,
            rubra_colour: 4.0 / 9.0,
            rubra_width: 2.0 / 9.0,
            alba_texture: 4.0 / 9.0,
            alba_colour: 3.0 / 9.0,
            alba_width: 2.0 / 9.0,
        }
    }

    fn marks() -> stria::Parameters {
        stria::Parameters::fill(&mut |key| match key {
            "stria.fading" => 300.0,
            "stria.lasting_redness" => 0.25,
            "stria.widening" => 0.28,
            "stria.widening_time" | "stria.fresh_age" => 90.0,
            "stria.fresh_decay" => 180.0,
            _ => 0.5,
        })
    }

    fn tissue(stage: Stage, filled: f64, epidermal_gain: f64) -> Tissue {
        Tissue {
            stage,
            age: Time::from_days(200.0),
            thickness: Length::from_mm(1.0),
            resting: 0.65,
            ceiling: 0.93,
            elastin: 0.5,
            immature: vec![0.35 * filled; 6],
            mature: vec![0.65; 6],
            epidermal_gain,
        }
    }

    fn seen(tissue: &Tissue, months: f64) -> Look {
        look(
            tissue,
            Time::from_days(200.0),
            Time::from_months(months),
            true,
            &parameters(),
            &marks(),
        )
    }

    #[test]
    fn an_untouched_mark_looks_as_it_did() {
        for stage in [Stage::Rubra, Stage::Alba] {
            assert!(seen(&tissue(stage, 0.0, 0.0), 0.0).improvement().abs() < 1e-12);
        }
        assert!(seen(&tissue(Stage::Alba, 0.0, 0.0), 24.0).improvement().abs() < 1e-12);
    }

    #[test]
    fn a_red_mark_fades_by_itself_and_a_filled_gap_improves_every_part() {
        assert!(seen(&tissue(Stage::Rubra, 0.0, 0.0), 12.0).colour < 0.7);
        let (before, after) = (
            seen(&tissue(Stage::Alba, 0.0, 0.0), 6.0),
            seen(&tissue(Stage::Alba, 0.4, 0.2), 6.0),
        );
        assert!(after.texture < before.texture && after.width < before.width && after.colour < before.colour);
        assert!(after.improvement() > before.improvement());
    }

    #[test]
    fn collagen_changes_the_texture_of_a_pale_mark_more_than_its_colour() {
        let after = seen(&tissue(Stage::Alba, 0.4, 0.2), 6.0);
        assert!(1.0 - after.texture > 4.0 * (1.0 - after.colour));
    }
}
