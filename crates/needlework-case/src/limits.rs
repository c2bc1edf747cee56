//! The span in which an answer can lie at all: beyond it a number is a slip of the pen, and the models were not made
//! for it.
//!
//! The limits are wide on purpose. They say what cannot be, not what is advisable; that is for the rules. They are
//! written as a person would write the answer, so that the same text is compared, shown in an error and printed in the
//! schema.

use needlework_units::{Angle, Area, BodyMassIndex, Force, Length, Money, Rate, Ratio, Time};

use crate::{Answer, Case, Lapse};

/// The least and the most that an answer may be.
pub(crate) struct Limit {
    /// The question.
    pub(crate) path: &'static str,
    /// The least, included; with its unit.
    pub(crate) least: &'static str,
    /// The most, included; with its unit.
    pub(crate) most: &'static str,
    /// Why there is nothing beyond.
    pub(crate) why: &'static str,
    /// Reads the answer from a case as a number in the canonical unit.
    pub(crate) get: fn(&Case) -> Option<f64>,
    /// Answers the question with a number in the canonical unit.
    pub(crate) set: fn(&mut Case, f64),
    /// Reads a text as an answer to this question would be read.
    parse: fn(&str) -> Option<f64>,
}

/// An answer that is a number in some canonical unit.
trait Number: Copy {
    /// The number; none for "never".
    fn number(self) -> Option<f64>;
    /// The answer of this number.
    fn of_number(number: f64) -> Self;
    /// The number that a text says.
    fn parse(text: &str) -> Option<f64>;
}

macro_rules! quantities {
    ($($quantity:ident),+) => {
        $(impl Number for $quantity {
            fn number(self) -> Option<f64> {
                Some(self.canonical())
            }
            fn of_number(number: f64) -> Self {
                Self::from_canonical(number)
            }
            fn parse(text: &str) -> Option<f64> {
                $quantity::parse(text).ok().map($quantity::canonical)
            }
        })+
    };
}

quantities!(Angle, Area, BodyMassIndex, Force, Length, Money, Rate, Ratio, Time);

impl Number for Lapse {
    fn number(self) -> Option<f64> {
        self.time().map(Time::canonical)
    }
    fn of_number(number: f64) -> Self {
        Self::After(Time::from_canonical(number))
    }
    fn parse(text: &str) -> Option<f64> {
        <Time as Number>::parse(text)
    }
}

/// A count.
type Whole = u32;

impl Number for Whole {
    fn number(self) -> Option<f64> {
        Some(f64::from(self))
    }
    fn of_number(number: f64) -> Self {
        number as Self
    }
    fn parse(text: &str) -> Option<f64> {
        text.parse().ok()
    }
}

macro_rules! limits {
    ($($kind:ident $section:ident.$field:ident $least:literal .. $most:literal $why:literal;)+) => {
        /// Every limit, in the order of the format.
        pub(crate) const LIMITS: &[Limit] = &[$(Limit {
            path: concat!(stringify!($section), ".", stringify!($field)),
            least: $least,
            most: $most,
            why: $why,
            get: |case| case.$section.$field.get().and_then(<$kind as Number>::number),
            set: |case, number| case.$section.$field = Answer::Known(<$kind as Number>::of_number(number)),
            parse: <$kind as Number>::parse,
        }),+];
    };
}

limits! {
    Time person.age "0 year" .. "120 year" "nobody is older";
    Angle person.ita "-90 deg" .. "90 deg" "the angle of a colour cannot be wider";
    BodyMassIndex person.bmi "8 kg/m2" .. "100 kg/m2" "nobody lives beyond";
    Ratio health.hba1c "2 %" .. "20 %" "no blood test gives more; percent of haemoglobin, or mmol/mol with that unit";
    Lapse health.isotretinoin "0 day" .. "120 year" "nobody is older";
    Lapse health.cancer_therapy "0 day" .. "120 year" "nobody is older";
    Lapse area.laser_peel_filler "0 day" .. "120 year" "nobody is older";
    Lapse area.surgery "0 day" .. "120 year" "nobody is older";
    Lapse area.filler "0 day" .. "120 year" "nobody is older";
    Lapse area.retinoid_acid_wax_tanner "0 day" .. "120 year" "nobody is older";
    Lapse health.gave_birth "0 day" .. "120 year" "nobody is older";
    Time lesion.age "0 day" .. "120 year" "nobody is older";
    Length lesion.width "0.1 mm" .. "100 mm" "a single mark is not wider";
    Length lesion.length "0.5 mm" .. "2000 mm" "a single mark is not longer";
    Whole lesion.count "0" .. "10000" "more cannot be counted";
    Area lesion.treated_area "1 mm2" .. "2 m2" "a person has no more skin";
    Length lesion.dermis_thickness "0.05 mm" .. "10 mm" "no dermis is thinner or thicker";
    Whole lesion.texture_matters "0" .. "10" "10 is as much as anything can matter";
    Whole lesion.colour_matters "0" .. "10" "10 is as much as anything can matter";
    Whole lesion.width_matters "0" .. "10" "10 is as much as anything can matter";
    Length device.needle_length "0 mm" .. "5 mm" "no needling device reaches deeper";
    Length device.depth_setting "0 mm" .. "5 mm" "the models were not made for deeper";
    Ratio device.heat_setting "0 %" .. "100 %" "a device gives no more than its greatest energy";
    Whole device.needles "1" .. "2000" "no device carries more";
    Length device.needle_diameter "1 um" .. "2 mm" "thicker is no needle for needling";
    Whole device.needle_rows "1" .. "200" "no drum is set closer";
    Length device.tip_radius "0.1 um" .. "200 um" "finer cannot be made, blunter is no needle";
    Angle device.cone_angle "1 deg" .. "120 deg" "sharper breaks, blunter is no needle";
    Length device.length_tolerance "0 mm" .. "1 mm" "no maker allows more";
    Rate device.strokes "1 1/s" .. "1000 1/s" "no pen is slower or faster";
    Whole device.uses "0" .. "1000" "no needle lasts longer";
    Length device.drum_radius "1 mm" .. "100 mm" "no roller is larger";
    Length device.drum_width "1 mm" .. "200 mm" "no roller is wider";
    Area device.plate_area "1 mm2" .. "400 cm2" "no plate is larger";
    Whole regimen.sessions "0" .. "60" "no course has more, and the models were not made for more";
    Time regimen.interval "0 day" .. "1 year" "later than that it is a new course";
    Whole regimen.passes "1" .. "50" "nobody rolls more often over the same skin in one session";
    Whole regimen.punctures "1" .. "10000" "nobody sets more single needles in one session";
    Whole regimen.directions "1" .. "16" "more directions are no longer told apart";
    Force regimen.force "0 N" .. "100 N" "no hand presses a roller harder on skin";
    Lapse regimen.last_session "0 day" .. "120 year" "nobody is older";
    Whole regimen.sessions_so_far "0" .. "1000" "nobody had more";
    Money regimen.price_per_session "0 EUR" .. "100000 EUR" "no session costs more";
    Money regimen.device_price "0 EUR" .. "100000 EUR" "no such device costs more";
    Money regimen.laser_session_price "0 EUR" .. "100000 EUR" "no session costs more";
    Money regimen.cream_price "0 EUR" .. "10000 EUR" "no cream costs more";
    Time hygiene.antiseptic_wait "0 min" .. "24 h" "after that the skin is to be prepared again";
    Area hygiene.numbing_area "0 cm2" .. "2 m2" "a person has no more skin";
    Ratio hygiene.numbing_strength "0 %" .. "100 %" "a cream holds no more than itself";
    Lapse aftercare.sunscreen "0 day" .. "1 year" "later than that it is not aftercare";
    Lapse aftercare.water "0 day" .. "1 year" "later than that it is not aftercare";
}

/// The longest time after a session at which a product is still aftercare.
pub(crate) const LONGEST_AFTERCARE: &str = "1 year";

/// How far an answer may lie beyond a limit before it is refused, as a share of the limit; it takes up the rounding of
/// units.
const SLACK: f64 = 1e-9; // numerical: rounding of a change of unit

impl Limit {
    /// Whether the answer in the case lies beyond the limit: below it, above it, or neither.
    pub(crate) fn breach(&self, case: &Case) -> Option<Breach> {
        let value = (self.get)(case)?;
        let (least, most) = ((self.parse)(self.least)?, (self.parse)(self.most)?);
        if value < least - SLACK * least.abs() {
            Some(Breach::Below)
        } else if value > most + SLACK * most.abs() || value.is_nan() {
            Some(Breach::Above)
        } else {
            None
        }
    }
}

/// On which side an answer lies beyond its limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Breach {
    /// Less than the least.
    Below,
    /// More than the most, or not a number.
    Above,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use crate::schema::{AnswerKind, fields};

    #[test]
    fn every_limit_reads_and_its_least_is_below_its_most() {
        for limit in LIMITS {
            let read = |text: &str| (limit.parse)(text).unwrap();
            assert!(read(limit.least) < read(limit.most), "{}", limit.path);
        }
    }

    #[test]
    fn a_number_that_is_set_is_the_number_that_is_read() {
        for limit in LIMITS {
            let mut case = Case::default();
            assert_eq!((limit.get)(&case), None, "{}", limit.path);
            let most = (limit.parse)(limit.most).unwrap();
            (limit.set)(&mut case, most);
            assert_eq!((limit.get)(&case), Some(most), "{}", limit.path);
        }
    }

    #[test]
    fn every_number_of_a_case_has_a_limit() {
        for field in fields() {
            let is_number = matches!(field.kind, AnswerKind::Quantity | AnswerKind::Lapse | AnswerKind::Whole);
            // The times of products are checked item by item.
            if is_number && !field.path.contains("[]") {
                assert!(
                    LIMITS.iter().any(|limit| limit.path == field.path),
                    "{} has no limit",
                    field.path
                );
            }
        }
    }

    #[test]
    fn a_limit_is_itself_allowed_and_a_step_beyond_is_not() {
        let limit = LIMITS
            .iter()
            .find(|limit| limit.path == "device.needle_length")
            .unwrap();
        let mut case = Case::default();
        case.device.needle_length = Answer::Known(Length::from_mm(5.0));
        assert_eq!(limit.breach(&case), None);
        case.device.needle_length = Answer::Known(Length::from_mm(5.001));
        assert_eq!(limit.breach(&case), Some(Breach::Above));
        case.device.needle_length = Answer::Known(Length::from_mm(f64::NAN));
        assert_eq!(limit.breach(&case), Some(Breach::Above));
        case.device.needle_length = Answer::Unknown;
        assert_eq!(limit.breach(&case), None);
    }
}
