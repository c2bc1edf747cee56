//! Germs carried in, and the risk of a course, as a range over two regimes that the literature does not decide between.
//!
//! Inoculum of a session: flora per area × share of the harmful kind × what skin preparation leaves × open area × a factor for the
//! state of the needles. Low regime: an intact host needs millions (exponential, k per germ). High regime: sealed, scraped skin
//! needs a few (beta-Poisson, whose heterogeneity lies between people: someone who resisted the first session will rather resist
//! the next, so a course is 1 − (1 + D/β)^{−α} of the summed dose D and not of independent sessions). In air most germs dry
//! before they matter; under cover they do not.
//!
//! Limits: nobody has counted infections of home rollers; these are ranges of models, five orders of magnitude apart. Sessions
//! make some 10⁵ shallow holes: probabilities per hole are never multiplied.

use needlework_evidence::parameters;
use needlework_puncture::Holes;
use needlework_units::Area;

parameters! {
    /// What is not known of germs; a world's draw.
    pub struct GermParameters {
        /// Share of the skin's flora that is Staphylococcus aureus.
        pub harmful_share: f64 = "channel.germs.harmful_share",
        /// Decimal logarithm of the reduction by a wipe of seconds.
        pub log_wipe: f64 = "channel.germs.log_reduction.wipe",
        /// Decimal logarithm of the reduction by two minutes of antisepsis.
        pub log_disinfection: f64 = "channel.germs.log_reduction.disinfection",
        /// Decimal logarithm of the reduction by washing.
        pub log_washing: f64 = "channel.germs.log_reduction.washing",
        /// Factor on the inoculum for needles cleaned and disinfected.
        pub cleaned_factor: f64 = "channel.germs.needle_factor.cleaned",
        /// Factor for needles disinfected without cleaning.
        pub uncleaned_factor: f64 = "channel.germs.needle_factor.disinfected_only",
        /// Factor for dirty needles.
        pub dirty_factor: f64 = "channel.germs.needle_factor.dirty",
        /// Risk per germ in an intact host.
        pub intact_risk: f64 = "channel.germs.intact_risk",
        /// First shape of susceptibility in sealed skin.
        pub sealed_alpha: f64 = "channel.germs.sealed_alpha",
        /// Scale of susceptibility in sealed skin, in germs.
        pub sealed_beta: f64 = "channel.germs.sealed_beta",
        /// Share of germs that outlive an open window in air.
        pub survival_in_air: f64 = "channel.germs.survival_in_air",
        /// Courses with an infection in clinics.
        pub clinic_risk: f64 = "channel.germs.clinic_risk",
        /// Standard deviation of the flora between people, in decimal logarithms.
        pub flora_person_sd: f64 = "channel.germs.flora_person_sd",
    }
}

/// How the skin is prepared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Preparation {
    /// Not at all.
    None,
    /// Washed.
    Washed,
    /// Wiped with an antiseptic for seconds.
    Wiped,
    /// Disinfected for two minutes.
    Disinfected,
}

/// The state of the needles, from clean to dirty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NeedleState {
    /// Sterile.
    Sterile,
    /// Used before, cleaned and disinfected.
    Cleaned,
    /// Used before, disinfected without cleaning.
    DisinfectedOnly,
    /// Used before, nothing done.
    Dirty,
}

/// What decides how many germs come in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cleanliness {
    /// Decimal logarithm of germs per square centimetre of the site.
    pub log_flora_per_cm2: f64,
    /// Skin.
    pub preparation: Preparation,
    /// Needles.
    pub needles: NeedleState,
    /// Whether the skin is covered in the first day.
    pub covered: bool,
    /// How a person's flora differs; a standard normal draw.
    pub person_flora: f64,
}

/// The risk of an infection in a course.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Infection {
    /// Harmful germs carried in by one session.
    pub inoculum: f64,
    /// Risk of the course if the host deals with germs as intact skin does.
    pub low: f64,
    /// Risk of the course if the channels act as sealed wounds.
    pub high: f64,
}

/// The range of the risk of a course of `sessions` that needle `treated` each time.
#[must_use]
pub fn infect(
    holes: &Holes,
    treated: Area,
    sessions: u32,
    cleanliness: &Cleanliness,
    parameters: &GermParameters,
) -> Infection {
    let reduction = match cleanliness.preparation {
        Preparation::None => 0.0,
        // Washing never adds germs, whatever its prior draws.
        Preparation::Washed => parameters.log_washing.max(0.0),
        Preparation::Wiped => parameters.log_wipe,
        // Longer antisepsis never leaves more than a wipe does, whatever the two priors draw.
        Preparation::Disinfected => parameters.log_disinfection.max(parameters.log_wipe),
    };
    let reduction = match cleanliness.preparation {
        Preparation::Wiped | Preparation::Disinfected => reduction.max(parameters.log_washing).max(0.0),
        Preparation::None | Preparation::Washed => reduction,
    };
    // A used needle never carries less than a sterile one, whatever its prior draws.
    let cleaned = parameters.cleaned_factor.max(1.0);
    let uncleaned = parameters.uncleaned_factor.max(cleaned);
    let factor = match cleanliness.needles {
        NeedleState::Sterile => 1.0,
        NeedleState::Cleaned => cleaned,
        NeedleState::DisinfectedOnly => uncleaned,
        NeedleState::Dirty => parameters.dirty_factor.max(uncleaned),
    };
    let log_flora = cleanliness.log_flora_per_cm2 + parameters.flora_person_sd * cleanliness.person_flora - reduction;
    // numerical: decimal logarithms are what microbiology counts in
    const TEN: f64 = 10.0;
    let inoculum = TEN.powf(log_flora) * parameters.harmful_share * treated.cm2() * holes.open_area_fraction() * factor;
    let course = inoculum * f64::from(sessions);
    let sealed = if cleanliness.covered {
        course
    } else {
        course * parameters.survival_in_air.min(1.0)
    };
    let intact = 1.0 - (-parameters.intact_risk * course).exp();
    let sealed = 1.0 - (1.0 + sealed / parameters.sealed_beta).powf(-parameters.sealed_alpha);
    // At inocula of millions the two curves cross, since the sealed one has people who resist; the range spans both.
    Infection {
        inoculum,
        low: intact.min(sealed),
        high: intact.max(sealed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use needlework_units::ArealDensity;

    fn parameters() -> GermParameters {
        GermParameters {
            harmful_share: 0.01,
            log_wipe: 0.9,
            log_disinfection: 2.0,
            log_washing: 0.3,
            cleaned_factor: 2.0,
            uncleaned_factor: 10.0,
            dirty_factor: 100.0,
            intact_risk: 1e-7,
            sealed_alpha: 0.225,
            sealed_beta: 25.1,
            survival_in_air: 0.03,
            clinic_risk: 0.015,
            flora_person_sd: 0.8,
        }
    }

    fn holes() -> Holes {
        Holes {
            density: ArealDensity::from_per_cm2(250.0),
            depths_mm: vec![0.7],
            surface_radii_mm: vec![0.035_35],
            reaches_dermis: 1.0,
            reaches_reticular: 0.5,
            injured_top: 0.02,
            injured: vec![0.02],
        }
    }

    fn belly(preparation: Preparation, needles: NeedleState, covered: bool) -> Infection {
        let cleanliness = Cleanliness {
            log_flora_per_cm2: 3.0,
            preparation,
            needles,
            covered,
            person_flora: 0.0,
        };
        infect(&holes(), Area::from_cm2(400.0), 1, &cleanliness, &parameters())
    }

    /// The worked scale check of the evidence: 400 cm² of belly, 250 holes of 70.7 µm per cm², 10³ germs per cm², 1 % harmful.
    #[test]
    fn the_worked_scale_check_is_reproduced() {
        let infection = belly(Preparation::None, NeedleState::Sterile, true);
        assert!((infection.inoculum - 39.0).abs() < 1.0, "{infection:?}");
        assert!((infection.low - 4e-6).abs() < 0.2e-6, "{infection:?}");
        assert!((infection.high - 0.19).abs() < 0.02, "{infection:?}");
    }

    #[test]
    fn a_dirtier_needle_or_skin_or_a_cover_never_lowers_infection() {
        use NeedleState::{Cleaned, Dirty, DisinfectedOnly, Sterile};
        use Preparation::{Disinfected, None, Washed, Wiped};
        for pair in [Sterile, Cleaned, DisinfectedOnly, Dirty].windows(2) {
            let (cleaner, dirtier) = (belly(Washed, pair[0], false), belly(Washed, pair[1], false));
            assert!(dirtier.low >= cleaner.low && dirtier.high >= cleaner.high);
        }
        for pair in [Disinfected, Wiped, Washed, None].windows(2) {
            assert!(belly(pair[1], Dirty, false).high >= belly(pair[0], Dirty, false).high);
        }
        assert!(belly(Washed, Dirty, true).high > belly(Washed, Dirty, false).high);
    }

    #[test]
    fn no_sessions_carry_no_risk() {
        let cleanliness = Cleanliness {
            log_flora_per_cm2: 6.0,
            preparation: Preparation::None,
            needles: NeedleState::Dirty,
            covered: true,
            person_flora: 2.0,
        };
        let none = infect(&holes(), Area::from_cm2(400.0), 0, &cleanliness, &parameters());
        assert_eq!((none.low, none.high), (0.0, 0.0));
    }
}
