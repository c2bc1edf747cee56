//! Germs that a session carries in: what the skin bears where the needles go through, and what the needles bear
//! themselves.
//!
//! From the skin: germs per area × what preparation leaves × open area × the share under a tip that is carried in. From
//! the needles: what sticks to a device after its last use × what cleaning leaves × the share that comes off in one
//! session. Of both only a share is of a harmful kind.
//!
//! After the session ([`contaminate`]): the site's own germs come back over what was disinfected, hands and clothes
//! bring others, and a pool, a bath or sweat brings more on the day that it happens. Of the germs that lie over an open
//! channel a share gets in for each day that it is open; the open share falls from one to none over the window in which
//! channels close,
//!
//! N = h·A·o·e·[(F·10^f + 10^hands + 10^clothes)·W/2 + 10^water·(1 − t/W)₊·min(W, 1 d)],  W the window in days, t when
//! water comes.
//!
//! That germs come in with the open area is a law on the careful side for fine needles: through a membrane an array let
//! ten times fewer pass than a needle of 21 G, where the law, with what is known of the array, says about as many
//! (target V11, missed).
//!
//! Limits: nobody has counted germs on rollers after use at home; loads, cleaning and transfer are wide guesses and say
//! so in their passports.

use needlework_evidence::parameters;
use needlework_puncture::Holes;
use needlework_units::{Area, Time};

// numerical: decimal logarithms are what microbiology counts in
const TEN: f64 = 10.0;

parameters! {
    /// What is not known of germs on skin and needles; a world's draw.
    pub struct GermParameters {
        /// Share of the skin's flora that is Staphylococcus aureus.
        pub harmful_share: f64 = "channel.germs.harmful_share",
        /// Share of the germs under a tip that it carries in.
        pub carried_in: f64 = "channel.germs.carried_in",
        /// Decimal logarithm of the reduction by a wipe of seconds.
        pub log_wipe: f64 = "channel.germs.log_reduction.wipe",
        /// Decimal logarithm of the reduction by two minutes of antisepsis.
        pub log_disinfection: f64 = "channel.germs.log_reduction.disinfection",
        /// Decimal logarithm of the reduction by washing.
        pub log_washing: f64 = "channel.germs.log_reduction.washing",
        /// Decimal logarithm of germs on a used device of many needles that was not cleaned.
        pub log_load: f64 = "channel.germs.needles.log_load",
        /// Decimal logarithm of germs on one used needle that was not cleaned.
        pub log_load_single: f64 = "channel.germs.needles.log_load_single",
        /// Decimal logarithm that water or a moist box adds.
        pub log_wet: f64 = "channel.germs.needles.log_wet",
        /// Decimal logarithm of the reduction by cleaning and disinfection.
        pub log_cleaned: f64 = "channel.germs.needles.log_reduction.cleaned",
        /// Decimal logarithm of the reduction by disinfection without cleaning.
        pub log_uncleaned: f64 = "channel.germs.needles.log_reduction.uncleaned",
        /// Share of a device's germs that one session leaves in the skin.
        pub released: f64 = "channel.germs.needles.released",
        /// Decimal logarithm that clothing adds to the skin's germs.
        pub log_cloth: f64 = "channel.germs.log_cloth",
        /// Share of germs that outlive an open window in air.
        pub survival_in_air: f64 = "channel.germs.survival_in_air",
        /// Share of the germs over an open channel that get in, for a day that it is open.
        pub late_entry: f64 = "channel.germs.late.entry",
        /// Decimal logarithm by which the site's own germs over treated skin are fewer in the days after.
        pub log_late_flora: f64 = "channel.germs.late.log_flora",
        /// Decimal logarithm of germs per square centimetre that unwashed hands leave.
        pub log_hands: f64 = "channel.germs.late.log_hands",
        /// Decimal logarithm of germs per square centimetre that clothes and underwear leave.
        pub log_clothes: f64 = "channel.germs.late.log_clothes",
        /// Decimal logarithm of germs per square centimetre that a pool, a bath or sweat leaves.
        pub log_water: f64 = "channel.germs.late.log_water",
        /// Share of people who carry harmful germs at all.
        pub carriers: f64 = "channel.germs.carriers",
        /// Share of punctures through clothing that leave a fibre.
        pub fibre_share: f64 = "channel.germs.fibre_share",
        /// Share of courses with an infection in the typical clinic.
        pub clinic_rate: f64 = "channel.germs.clinic.rate",
        /// Spread of its log-odds between clinics.
        pub clinic_study_sd: f64 = "channel.germs.clinic.study_sd",
        /// How the clinic of this world differs; a standard normal draw.
        pub clinic_study: f64 = "channel.germs.clinic.study",
        /// Sessions of the courses that were counted.
        pub clinic_sessions: f64 = "channel.germs.clinic.sessions",
        /// Power of exposure in the risk that was counted.
        pub clinic_power: f64 = "channel.germs.clinic.exposure_power",
    }
}

impl GermParameters {
    /// Share of the courses of this world's clinic in which an infection was counted: log-odds of the typical clinic,
    /// and a normal draw.
    #[must_use]
    pub fn clinic_risk(&self) -> f64 {
        let odds = self.clinic_rate / (1.0 - self.clinic_rate) * (self.clinic_study_sd * self.clinic_study).exp();
        needlework_numerics::of_odds(odds)
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

/// Germs of a site.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Flora {
    /// Mean over people of the decimal logarithm of germs per square centimetre.
    pub log_per_cm2: f64,
    /// Its standard deviation between people.
    pub person_sd: f64,
}

/// What decides how many germs come in, and what becomes of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cleanliness {
    /// The site's germs.
    pub flora: Flora,
    /// Skin.
    pub preparation: Preparation,
    /// Needles.
    pub needles: NeedleState,
    /// Whether it is one needle that makes every puncture.
    pub single: bool,
    /// Whether a used device is rinsed or kept in water, or put away moist.
    pub wet: bool,
    /// Whether needles go through clothing, which brings germs and leaves fibres.
    pub through_cloth: bool,
    /// Whether the skin is covered in the first day.
    pub covered: bool,
}

/// The punctures of one session.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wounds {
    /// How many.
    pub count: f64,
    /// Opening of each at the surface.
    pub opening: Area,
    /// Share of the treated skin that is open.
    pub open_share: f64,
    /// Treated skin.
    pub treated: Area,
}

impl Wounds {
    /// The punctures that a session leaves on an area.
    #[must_use]
    pub fn of(holes: &Holes, treated: Area) -> Self {
        let count = holes.density.per_mm2() * treated.mm2();
        let open_share = holes.open_area_fraction();
        let opening = if count > 0.0 {
            Area::from_mm2(open_share * treated.mm2() / count)
        } else {
            Area::ZERO
        };
        Self {
            count,
            opening,
            open_share,
            treated,
        }
    }
}

/// Harmful germs that one session carries in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Inoculum {
    /// From the skin.
    pub skin: f64,
    /// From the needles.
    pub needles: f64,
    /// After the session, through channels that are still open.
    pub late: f64,
}

impl Inoculum {
    /// From all three.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.skin + self.needles + self.late
    }
}

/// What happens to treated skin while its channels are open.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Aftermath {
    /// Until germs can no longer enter.
    pub window: Time,
    /// Whether it is touched with clean hands alone.
    pub hands_clean: bool,
    /// When the first pool, bath, sea or sweaty sport comes; none where it never does.
    pub water: Option<Time>,
}

/// Harmful germs that one session carries in. `person` is a standard normal draw of the person's flora.
#[must_use]
pub fn inoculate(wounds: &Wounds, cleanliness: &Cleanliness, parameters: &GermParameters, person: f64) -> Inoculum {
    if wounds.count <= 0.0 {
        return Inoculum {
            skin: 0.0,
            needles: 0.0,
            late: 0.0,
        };
    }
    let cloth = if cleanliness.through_cloth {
        parameters.log_cloth.max(0.0)
    } else {
        0.0
    };
    // What is put on the skin does not reach the cloth above it.
    let reduction = if cleanliness.through_cloth {
        0.0
    } else {
        reduction_of_skin(cleanliness.preparation, parameters)
    };
    let log_flora = cleanliness.flora.log_per_cm2 + cleanliness.flora.person_sd * person + cloth - reduction;
    let skin = TEN.powf(log_flora)
        * parameters.harmful_share
        * wounds.treated.cm2()
        * wounds.open_share
        * parameters.carried_in.min(1.0);
    let needles = load(cleanliness, parameters) * parameters.harmful_share * parameters.released.min(1.0);
    Inoculum {
        skin,
        needles,
        late: 0.0,
    }
}

/// Harmful germs that get in after a session. A cover is no shield here, on the careful side: its edges lift, and what
/// is under it grows.
#[must_use]
pub fn contaminate(
    wounds: &Wounds,
    cleanliness: &Cleanliness,
    aftermath: &Aftermath,
    parameters: &GermParameters,
    person: f64,
) -> f64 {
    let window = aftermath.window.days();
    if wounds.count <= 0.0 || window <= 0.0 {
        return 0.0;
    }
    let flora = cleanliness.flora;
    let own = TEN.powf(flora.log_per_cm2 + flora.person_sd * person - parameters.log_late_flora.max(0.0));
    let hands = if aftermath.hands_clean {
        0.0
    } else {
        TEN.powf(parameters.log_hands)
    };
    // Channels close evenly over the window, so that half of them are open on average.
    let lying = (own + hands + TEN.powf(parameters.log_clothes)) * window * 0.5;
    let bathed = aftermath.water.map_or(0.0, |water| {
        let still_open = (1.0 - water.days() / window).max(0.0);
        TEN.powf(parameters.log_water) * still_open * window.min(1.0)
    });
    let entry = parameters.late_entry.min(1.0);
    parameters.harmful_share * wounds.treated.cm2() * wounds.open_share * entry * (lying + bathed)
}

/// Decimal logarithm by which preparation lowers the skin's germs. Longer antisepsis never leaves more than a wipe, nor
/// a wipe more than washing, whatever the priors draw; washing never adds germs.
#[must_use]
pub fn reduction_of_skin(preparation: Preparation, parameters: &GermParameters) -> f64 {
    let washed = parameters.log_washing.max(0.0);
    let wiped = parameters.log_wipe.max(washed);
    match preparation {
        Preparation::None => 0.0,
        Preparation::Washed => washed,
        Preparation::Wiped => wiped,
        Preparation::Disinfected => parameters.log_disinfection.max(wiped),
    }
}

/// Germs on the device when the session begins.
fn load(cleanliness: &Cleanliness, parameters: &GermParameters) -> f64 {
    let wet = if cleanliness.wet {
        parameters.log_wet.max(0.0)
    } else {
        0.0
    };
    let uncleaned = parameters.log_uncleaned.max(0.0);
    let reduction = match cleanliness.needles {
        NeedleState::Sterile => return 0.0,
        NeedleState::Cleaned => parameters.log_cleaned.max(uncleaned),
        NeedleState::DisinfectedOnly => uncleaned,
        NeedleState::Dirty => 0.0,
    };
    let log_load = if cleanliness.single {
        parameters.log_load_single.min(parameters.log_load)
    } else {
        parameters.log_load
    };
    TEN.powf(log_load + wet - reduction)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use needlework_units::ArealDensity;

    pub(crate) fn parameters() -> GermParameters {
        GermParameters {
            harmful_share: 0.01,
            carried_in: 1.0,
            log_wipe: 0.9,
            log_disinfection: 2.0,
            log_washing: 0.3,
            log_load: 5.0,
            log_load_single: 3.0,
            log_wet: 1.0,
            log_cleaned: 4.0,
            log_uncleaned: 1.0,
            released: 0.3,
            log_cloth: 0.5,
            survival_in_air: 0.03,
            late_entry: 0.01,
            log_late_flora: 0.5,
            log_hands: 2.0,
            log_clothes: 1.5,
            log_water: 2.5,
            carriers: 0.15,
            fibre_share: 0.05,
            clinic_rate: 0.015,
            clinic_study_sd: 0.6,
            clinic_study: 0.0,
            clinic_sessions: 2.0,
            clinic_power: 0.5,
        }
    }

    pub(crate) fn wounds() -> Wounds {
        let holes = Holes {
            density: ArealDensity::from_per_cm2(250.0),
            surface_radii_mm: vec![0.035_35; 3],
            ..needlework_puncture::example::holes()
        };
        Wounds::of(&holes, Area::from_cm2(400.0))
    }

    pub(crate) fn clean() -> Cleanliness {
        Cleanliness {
            flora: Flora {
                log_per_cm2: 3.0,
                person_sd: 0.8,
            },
            preparation: Preparation::None,
            needles: NeedleState::Sterile,
            single: false,
            wet: false,
            through_cloth: false,
            covered: false,
        }
    }

    fn total(cleanliness: Cleanliness) -> f64 {
        inoculate(&wounds(), &cleanliness, &parameters(), 0.0).total()
    }

    /// The worked scale check of the evidence: 400 cm² of belly, 250 holes of 70.7 µm per cm², 10³ germs per cm², 1 %
    /// harmful, all under the tips carried in.
    #[test]
    fn the_worked_scale_check_is_reproduced() {
        let wounds = wounds();
        assert!((wounds.count - 1e5).abs() < 1.0);
        assert!((wounds.opening.mm2() - 3.9e-3).abs() < 0.05e-3);
        let inoculum = inoculate(&wounds, &clean(), &parameters(), 0.0);
        assert!(
            (inoculum.skin - 39.0).abs() < 1.0 && inoculum.needles == 0.0,
            "{inoculum:?}"
        );
        let per_channel = inoculum.skin / parameters().harmful_share / wounds.count;
        assert!((per_channel - 0.039).abs() < 0.001, "{per_channel}");
    }

    #[test]
    fn dirtier_skin_and_needles_carry_in_more() {
        use NeedleState::{Cleaned, Dirty, DisinfectedOnly, Sterile};
        use Preparation::{Disinfected, None, Washed, Wiped};
        for pair in [Sterile, Cleaned, DisinfectedOnly, Dirty].windows(2) {
            let of = |needles| total(Cleanliness { needles, ..clean() });
            assert!(of(pair[1]) > of(pair[0]), "{pair:?}");
        }
        for pair in [Disinfected, Wiped, Washed, None].windows(2) {
            let of = |preparation| total(Cleanliness { preparation, ..clean() });
            assert!(of(pair[1]) > of(pair[0]), "{pair:?}");
        }
        let dirty = Cleanliness {
            needles: Dirty,
            ..clean()
        };
        assert!(total(Cleanliness { wet: true, ..dirty }) > total(dirty));
        // Water on a sterile device is no sterile device; the case then says so by its needles.
        assert_eq!(total(Cleanliness { wet: true, ..clean() }), total(clean()));
    }

    #[test]
    fn one_used_needle_bears_fewer_germs_than_a_used_device_of_many() {
        let dirty = Cleanliness {
            needles: NeedleState::Dirty,
            ..clean()
        };
        let of = |single| inoculate(&wounds(), &Cleanliness { single, ..dirty }, &parameters(), 0.0);
        assert!((of(false).needles / of(true).needles - 100.0).abs() < 1e-9);
        assert_eq!(of(false).skin, of(true).skin);
    }

    /// A person one standard deviation above the mean carries in ten to that power more, and the mean person does not
    /// hang on it.
    #[test]
    fn people_differ_by_the_spread_of_their_site() {
        let of = |person_sd, person| {
            let flora = Flora {
                log_per_cm2: 3.0,
                person_sd,
            };
            inoculate(&wounds(), &Cleanliness { flora, ..clean() }, &parameters(), person).skin
        };
        assert!((of(1.0, 1.0) / of(1.0, 0.0) - 10.0).abs() < 1e-9);
        assert_eq!(of(1.0, 0.0), of(0.7, 0.0));
    }

    #[test]
    fn cloth_brings_germs_and_undoes_antisepsis() {
        let disinfected = Cleanliness {
            preparation: Preparation::Disinfected,
            ..clean()
        };
        let through = total(Cleanliness {
            through_cloth: true,
            ..disinfected
        });
        assert!(through > total(clean()) && total(clean()) > total(disinfected));
    }

    #[test]
    fn where_nothing_is_pierced_nothing_is_carried_in() {
        let none = Wounds { count: 0.0, ..wounds() };
        assert_eq!(inoculate(&none, &clean(), &parameters(), 2.0).total(), 0.0);
    }
}
