//! Granulomas: lumps that form around what a needle carried into the skin.
//!
//! Fifteen patients are reported in thirteen papers, most after a serum with vitamin C or another product on fresh
//! channels (Friedmann 2024); in the first series they lasted nine months and longer (Soltani-Arabshahi 2014). Nobody
//! knows how many were treated, so there is no rate and none is computed: a hazard is there or it isn't, and a product
//! on fresh channels is how most were reported.
//!
//! Limits: which product and how much does not count here; needles alone (metal, ink of a tattoo) can do it too.

use needlework_evidence::parameters;
use needlework_puncture::Holes;
use needlework_units::Time;

parameters! {
    /// What is taken of granulomas.
    pub struct GranulomaParameters {
        /// How long channels count as fresh.
        pub fresh: Time = "reaction.granuloma.fresh",
        /// How long the first reported ones lasted at least.
        pub lasting: Time = "reaction.granuloma.lasting",
    }
}

/// Whether a course brings the hazard; it has no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Granuloma {
    /// Nothing is pierced.
    None,
    /// Reported after needling, by a few.
    Reported,
    /// Reported most often in this way: a product that is not sterile goes onto fresh channels.
    WithProduct,
}

/// The hazard of a course. `first_product` is the time after a session of the first product that is not sterile, if
/// there is one.
#[must_use]
pub fn granuloma(
    holes: &Holes,
    sessions: u32,
    first_product: Option<Time>,
    parameters: &GranulomaParameters,
) -> Granuloma {
    let pierced = sessions > 0 && holes.density.per_mm2() > 0.0;
    match (pierced, first_product) {
        (false, _) => Granuloma::None,
        (true, Some(after)) if after < parameters.fresh => Granuloma::WithProduct,
        (true, _) => Granuloma::Reported,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use needlework_units::ArealDensity;

    fn of(per_mm2: f64, sessions: u32, after: Option<Time>) -> Granuloma {
        let holes = Holes {
            density: ArealDensity::from_per_mm2(per_mm2),
            ..needlework_puncture::example::holes()
        };
        let parameters = GranulomaParameters {
            fresh: Time::from_hours(72.0),
            lasting: Time::from_months(9.0),
        };
        granuloma(&holes, sessions, after, &parameters)
    }

    #[test]
    fn without_a_hole_or_a_session_there_is_no_hazard_whatever_is_put_on() {
        assert_eq!(of(0.0, 3, Some(Time::ZERO)), Granuloma::None);
        assert_eq!(of(1.0, 0, Some(Time::ZERO)), Granuloma::None);
    }

    #[test]
    fn a_product_counts_only_while_channels_are_fresh() {
        assert_eq!(of(1.0, 1, Some(Time::ZERO)), Granuloma::WithProduct);
        assert_eq!(of(1.0, 1, Some(Time::from_hours(71.0))), Granuloma::WithProduct);
        assert_eq!(of(1.0, 1, Some(Time::from_hours(72.0))), Granuloma::Reported);
        assert_eq!(of(1.0, 1, None), Granuloma::Reported);
    }
}
