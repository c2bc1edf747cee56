//! How much of a mark is left to be seen: texture, width and colour, and one severity of them.
//!
//! Texture X_tex = [(1 − f_C − (1 − f)·e)₊]^p·(1 − χE), with the filled share f_C of the collagen gap, the share f of
//! the whole gap that collagen can close, and e how far elastin closes the rest: (L − L₀)/(1 − L₀) where it rose from
//! L₀, (L − L₀)/L₀ where it fell. Immature collagen fills by a share ω of what mature collagen does. Width X_wid =
//! widening·(1 − η·f_C). Colour is the contrast to the skin around, ΔE of `mark_contrast`: the state that
//! pictures are drawn from, dark marks and redness after a session included. Severity
//!
//! S = [w_t·X_tex + w_w·X_wid + w_c·ΔE/ΔE₁] / [w_t + w_w + w_c·ΔE(0)/ΔE₁],
//!
//! improvement I = 100·(1 − S). ΔE₁ is the mismatch that surgeons began to call obvious (207 scars): there colour
//! weighs as much as texture. Their grades are evenly spaced in ΔE, so colour counts in proportion. The weights define
//! the end-point and are not drawn; a person may have own ones ([`SeverityWeights`]), and raters count by the usual.
//! Who sets colour alone would divide by a contrast that may be none: the start counts as slightly different there at
//! least.
//!
//! No controlled trial excludes that needling changes collagen and nothing that anybody sees. In a share of worlds
//! ([`Parameters::shows`]) it is so.
//!
//! Limits: the weights are a stated choice; no scale for striae that could be read has any. Collagen moves colour
//! little (whiteness is melanin, epidermis and blood), which is why pale marks change texture rather than colour.

use needlework_evidence::parameters;
use needlework_stria::{self as stria, NaturalCourse, Tissue};
use needlework_units::{Length, PERCENT, Time};

use crate::contrast::SkinColour;
use crate::mark_colour::{MarkParameters, MarkState, mark_contrast};

parameters! {
    /// What is not known of appearance; a world's draw.
    pub struct Parameters {
        /// Depth from which collagen shows at the surface.
        pub visible_depth: Length = "appearance.reach",
        /// What immature collagen fills of what mature collagen does.
        pub immature: f64 = "appearance.immature_weight",
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
        /// Weight of texture in severity.
        pub texture: f64 = "appearance.weight.texture",
        /// Weight of colour in severity, at an obvious mismatch.
        pub colour: f64 = "appearance.weight.colour",
        /// Weight of width in severity.
        pub width: f64 = "appearance.weight.width",
        /// The difference in colour that is called obvious.
        pub obvious: f64 = "appearance.grade.obvious",
        /// The difference in colour that is called slight; less counts as no contrast to compare with.
        pub slight: f64 = "appearance.grade.slight",
        /// Whether what needles do to the tissue shows at all: one, or zero where it does not.
        pub visible: f64 = "appearance.visible",
    }
}

impl Parameters {
    /// The usual weights.
    #[must_use]
    pub fn weights(&self) -> SeverityWeights {
        SeverityWeights {
            texture: self.texture,
            colour: self.colour,
            width: self.width,
        }
    }

    /// Whether what needles do to the tissue shows at all. Where it does not, collagen answers as elsewhere and a mark
    /// looks as it would untreated, but for the dark marks and the redness that sessions leave.
    #[must_use]
    pub fn shows(&self) -> bool {
        // numerical: half-way between holding and not
        self.visible >= 0.5
    }
}

/// What counts how much in severity; only their ratios matter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SeverityWeights {
    /// Of texture.
    pub texture: f64,
    /// Of colour, at a mismatch that is called obvious.
    pub colour: f64,
    /// Of width.
    pub width: f64,
}

/// What is seen of a mark.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Appearance {
    /// Texture, over that at the start.
    pub texture: f64,
    /// Width, over that at the start.
    pub width: f64,
    /// Colour contrast, over that at the start; over what is called slight where the start had less.
    pub colour: f64,
    /// Colour contrast to the skin around, ΔE.
    pub contrast: f64,
    /// Severity, over that at the start, by the weights of whoever looks.
    pub severity: f64,
    /// The same by the usual weights: what raters count, who don't know what matters to this person.
    pub usual: f64,
    /// How much of the severity is there because of a dark mark: without it severity would be less by so much.
    pub dark_mark: f64,
    /// How much of it is there because of redness after the last session.
    pub redness: f64,
}

impl Appearance {
    /// Improvement in percent of the own start; negative where the mark got worse.
    #[must_use]
    pub fn improvement(&self) -> f64 {
        improvement_of(self.severity)
    }

    /// The same by the usual weights, for raters.
    #[must_use]
    pub fn usual_improvement(&self) -> f64 {
        improvement_of(self.usual)
    }
}

fn improvement_of(severity: f64) -> f64 {
    // numerical: steps finer than this are rounding of the months before, so that a mark that has not changed reads
    // exactly zero
    const STEPS: f64 = 1e12;
    (PERCENT * (1.0 - severity) * STEPS).round() / STEPS + 0.0
}

/// What a mark is like at one moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moment {
    /// Time since the first session.
    pub since: Time,
    /// Whether there was any session.
    pub needled: bool,
    /// How much of a dark mark is left, as a share of a fresh one; zero where none came.
    pub dark: f64,
    /// Redness after the last session, as a difference in a* on the reference skin.
    pub session_redness: f64,
}

impl Moment {
    /// When the plan begins, or at any time without it.
    #[must_use]
    pub fn untreated(since: Time) -> Self {
        Self {
            since,
            needled: false,
            dark: 0.0,
            session_redness: 0.0,
        }
    }
}

/// How far elastin closes, or opens, what collagen can't close: 1 as in normal skin, −1 where none is left.
fn elastic(elastin: f64, at_rest: f64) -> f64 {
    if elastin >= at_rest {
        (elastin - at_rest) / (1.0 - at_rest).max(f64::MIN_POSITIVE)
    } else {
        (elastin - at_rest) / at_rest
    }
}

/// How the mark looks at a moment of its course, on this skin and to somebody with these weights, and the state that
/// decides its colour.
#[must_use]
pub fn look(
    tissue: &Tissue,
    course: &NaturalCourse,
    moment: &Moment,
    (skin, weights): (&SkinColour, &SeverityWeights),
    parameters: &Parameters,
    marks: &MarkParameters,
    mark: &stria::Parameters,
) -> (Appearance, MarkState) {
    let fill = tissue.fill(parameters.visible_depth, parameters.immature.min(1.0));
    let epidermis = tissue.epidermal_gain;
    let elastin = (1.0 - mark.closeable) * elastic(tissue.elastin, mark.elastin);
    let texture = (1.0 - fill - elastin).max(0.0).powf(parameters.texture_power)
        * (1.0 - parameters.epidermal_hiding * epidermis);
    let width = course.widening(moment.since) * (1.0 - parameters.narrowing * fill);
    let speed = if moment.needled { parameters.fading_speed } else { 1.0 };
    let faded = Time::from_days(speed * moment.since.days());
    let at = |since: Time| MarkState {
        redness: course.redness(since),
        paleness: course.paleness(since),
        ..MarkState::default()
    };
    let state = MarkState {
        restored: parameters.recolouring * (fill + parameters.epidermal_recolouring * epidermis),
        epidermal_gain: epidermis,
        dark: moment.dark,
        session_blood: skin.blood_of_redness(moment.session_redness),
        ..at(faded)
    };
    let contrast = |state: &MarkState| mark_contrast(skin, state, marks);
    let (before, now) = (contrast(&at(Time::ZERO)), contrast(&state));
    let severity_by = |weights: &SeverityWeights, contrast: f64| {
        let sum = |texture: f64, width: f64, contrast: f64| {
            weights.texture * texture + weights.width * width + weights.colour * contrast / parameters.obvious
        };
        let (start, left) = (sum(1.0, 1.0, before), sum(texture, width, contrast));
        let least = weights.colour * parameters.slight / parameters.obvious;
        if start >= least {
            left / start
        } else {
            1.0 - (start - left) / least
        }
    };
    let severity = severity_by(weights, now);
    let without = |state: MarkState| severity - severity_by(weights, contrast(&state));
    let appearance = Appearance {
        texture,
        width,
        colour: 1.0 + (now - before) / before.max(parameters.slight),
        contrast: now,
        severity,
        usual: severity_by(&parameters.weights(), now),
        dark_mark: without(MarkState { dark: 0.0, ..state }),
        redness: without(MarkState {
            session_blood: 0.0,
            ..state
        }),
    };
    (appearance, state)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contrast::tests::skin_colour;
    use crate::mark_colour::tests::parameters as mark_parameters;
    use needlework_stria::{Mark, PersonDraws, Stage};

    fn parameters() -> Parameters {
        Parameters {
            visible_depth: Length::from_mm(0.4),
            immature: 0.5,
            texture_power: 1.0,
            epidermal_hiding: 0.4,
            narrowing: 0.25,
            recolouring: 0.12,
            epidermal_recolouring: 0.3,
            fading_speed: 1.0,
            texture: 7.0 / 18.0,
            colour: 7.0 / 18.0,
            width: 4.0 / 18.0,
            obvious: 13.0,
            slight: 6.7,
            visible: 1.0,
        }
    }

    /// A mark of which a share of the gap is filled with mature collagen.
    fn tissue(stage: Stage, filled: f64, epidermal_gain: f64) -> Tissue {
        Tissue {
            stage,
            age: Time::from_days(200.0),
            mature: vec![0.65 + 0.35 * filled; 6],
            epidermal_gain,
            ..stria::example::tissue(6)
        }
    }

    fn at(tissue: &Tissue, moment: &Moment) -> Appearance {
        by(parameters().weights(), tissue, moment)
    }

    fn by(weights: SeverityWeights, tissue: &Tissue, moment: &Moment) -> Appearance {
        let mark = Mark {
            stage: tissue.stage,
            age: Time::from_days(200.0),
            measured_dermis: None,
        };
        let course = NaturalCourse::of(&mark, &stria::example::parameters(), &PersonDraws::default());
        look(
            tissue,
            &course,
            moment,
            (&skin_colour(), &weights),
            &parameters(),
            &mark_parameters(),
            &stria::example::parameters(),
        )
        .0
    }

    fn treated(months: f64) -> Moment {
        Moment {
            needled: true,
            ..Moment::untreated(Time::from_months(months))
        }
    }

    fn seen(tissue: &Tissue, months: f64) -> Appearance {
        at(tissue, &treated(months))
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
        assert!(seen(&tissue(Stage::Rubra, 0.0, 0.0), 6.0).colour < 0.9);
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

    /// Severity at the start is one whatever the weights, and what a part takes away is its weight's share: one
    /// definition for both stages.
    #[test]
    fn severity_is_the_stated_sum() {
        let p = parameters();
        let look = seen(&tissue(Stage::Alba, 0.3, 0.1), 6.0);
        let start = seen(&tissue(Stage::Alba, 0.0, 0.0), 0.0).contrast;
        let sum = p.texture * look.texture + p.width * look.width + p.colour * look.contrast / p.obvious;
        let whole = p.texture + p.width + p.colour * start / p.obvious;
        assert!((look.severity - sum / whole).abs() < 1e-12);
    }

    #[test]
    fn own_weights_count_what_matters_and_raters_count_as_usual() {
        let tissue = tissue(Stage::Alba, 0.3, 0.1);
        let usual = seen(&tissue, 6.0);
        assert_eq!(usual.severity, usual.usual);
        let only = |texture: f64, colour: f64, width: f64| {
            let weights = SeverityWeights { texture, colour, width };
            let own = by(weights, &tissue, &treated(6.0));
            assert_eq!(own.usual, usual.usual);
            own.severity
        };
        assert!((only(5.0, 0.0, 0.0) - usual.texture).abs() < 1e-12);
        assert!((only(0.0, 0.0, 0.1) - usual.width).abs() < 1e-12);
        // Colour alone is over the contrast at the start, or over a slight one where there was less.
        let own = usual.colour.min(1.0);
        assert!(
            (only(0.0, 2.0, 0.0) - own).abs() < 1e-9,
            "{} {own}",
            only(0.0, 2.0, 0.0)
        );
        // Collagen moves colour little, so that who minds colour alone gains least.
        assert!(only(0.0, 1.0, 0.0) > usual.severity && only(1.0, 0.0, 0.0) < usual.severity);
    }

    #[test]
    fn ripening_alone_improves_what_is_seen() {
        let young = Tissue {
            immature: vec![0.1; 6],
            ..tissue(Stage::Alba, 0.0, 0.0)
        };
        let ripe = Tissue {
            mature: vec![0.75; 6],
            ..tissue(Stage::Alba, 0.0, 0.0)
        };
        assert!(seen(&ripe, 6.0).texture < seen(&young, 6.0).texture);
        assert!(seen(&young, 6.0).texture < 1.0);
    }

    #[test]
    fn elastin_closes_what_collagen_cannot_and_its_loss_opens_it() {
        let with = |elastin: f64, filled: f64| {
            let tissue = Tissue {
                elastin,
                ..tissue(Stage::Alba, filled, 0.0)
            };
            seen(&tissue, 6.0).texture
        };
        assert!(with(0.7, 0.4) < with(0.5, 0.4) && with(0.5, 0.4) < with(0.3, 0.4));
        // All that collagen can close and all the elastin of normal skin leave nothing.
        assert!(with(1.0, 0.8).abs() < 1e-9);
        assert!((with(0.5, 0.8) - 0.2).abs() < 1e-9);
    }

    #[test]
    fn a_dark_mark_and_redness_make_a_mark_worse_by_the_parts_that_are_told() {
        let tissue = tissue(Stage::Rubra, 0.0, 0.0);
        let plain = seen(&tissue, 3.0);
        let dark = at(
            &tissue,
            &Moment {
                dark: 1.0,
                ..treated(3.0)
            },
        );
        let red = at(
            &tissue,
            &Moment {
                session_redness: 4.0,
                ..treated(3.0)
            },
        );
        assert_eq!((plain.dark_mark, plain.redness), (0.0, 0.0));
        assert!((dark.severity - plain.severity - dark.dark_mark).abs() < 1e-12 && dark.dark_mark > 0.0);
        assert!((red.severity - plain.severity - red.redness).abs() < 1e-12 && red.redness > 0.0);
    }
}
