//! The parameters of all rooms that a course runs through, filled together.

use needlework_appearance as appearance;
use needlework_channel as channel;
use needlework_evidence::{Declared, parameters};
use needlework_healing as healing;
use needlework_puncture as puncture;
use needlework_reaction as reaction;
use needlework_skin as skin;
use needlework_stria as stria;
use needlework_units::{Area, Money, Time};

parameters! {
    /// What a plan leaves open; a world's draw.
    pub struct Open {
        /// Sessions.
        pub sessions: f64 = "course.sessions",
        /// Interval.
        pub interval: Time = "course.interval",
        /// Area of one session.
        pub treated_area: Area = "course.treated_area",
        /// Price of a clinic session.
        pub clinic_price: Money = "course.price.clinic",
        /// Price of a home device.
        pub home_price: Money = "course.price.home_device",
        /// Price of a laser session.
        pub laser_price: Money = "course.price.laser_session",
        /// Sessions of a laser course.
        pub laser_sessions: f64 = "course.laser_sessions",
        /// Price of a pack of cream.
        pub cream_price: Money = "course.price.cream",
        /// Packs of cream in a course.
        pub cream_packs: f64 = "course.cream_packs",
        /// Share of people in clinics who are numbed.
        pub numbing_clinic: f64 = "course.habit.numbing.clinic",
        /// Share of people at home who numb themselves.
        pub numbing_home: f64 = "course.habit.numbing.home",
        /// Share who cover the skin in the first day.
        pub cover: f64 = "course.habit.cover",
        /// Share who put an anti-inflammatory gel on.
        pub gel: f64 = "course.habit.gel",
        /// Share who rinse or keep a used device in water.
        pub wet: f64 = "course.habit.wet",
        /// Share whose needles go through clothing.
        pub cloth: f64 = "course.habit.cloth",
        /// Share with a fresh tan or strong sun.
        pub sun: f64 = "course.habit.sun",
        /// Share of sessions in clinics on skin that is disinfected rather than wiped.
        pub clinic_disinfects: f64 = "course.habit.clinic_disinfects",
        /// Share whose hands are clean.
        pub hands_clean: f64 = "course.habit.hands_clean",
        /// Share who bathe, swim or sweat before the channels are closed.
        pub early_water: f64 = "course.habit.early_water",
        /// When they do.
        pub water_after: Time = "course.habit.water_after",
        /// Share of pens among devices of unknown kind in clinics.
        pub pens_clinic: f64 = "course.unknown.pens.clinic",
        /// Share of pens among devices of unknown kind at home.
        pub pens_home: f64 = "course.unknown.pens.home",
        /// Where this world lies between pens and rollers, 0 to 1, pens first.
        pub kind_place: f64 = "course.unknown.kind_place",
        /// Share of hands that stretch the skin.
        pub stretches: f64 = "course.unknown.stretches",
        /// Where this world lies between hands that stretch and others, 0 to 1, those that do first.
        pub stretch_place: f64 = "course.unknown.stretch_place",
    }
}

/// What people do in a plan that a case may leave open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Habit {
    /// Numbing cream.
    Numbing,
    /// A cover in the first day.
    Cover,
    /// An anti-inflammatory gel.
    Gel,
    /// A used device in water.
    Wet,
    /// Needles through clothing.
    Cloth,
    /// Fresh tan or strong sun.
    Sun,
    /// Disinfection in a clinic.
    Preparation,
    /// Clean hands.
    Hands,
    /// Water or sweat while channels are open.
    Water,
}

impl Habit {
    /// All of them, in the order of their draws.
    pub const ALL: [Self; 9] = [
        Self::Numbing,
        Self::Cover,
        Self::Gel,
        Self::Wet,
        Self::Cloth,
        Self::Sun,
        Self::Preparation,
        Self::Hands,
        Self::Water,
    ];

    /// The name of its stream of draws.
    #[must_use]
    pub fn stream(self) -> &'static str {
        match self {
            Self::Numbing => "person.habit.numbing",
            Self::Cover => "person.habit.cover",
            Self::Gel => "person.habit.gel",
            Self::Wet => "person.habit.wet",
            Self::Cloth => "person.habit.cloth",
            Self::Sun => "person.habit.sun",
            Self::Preparation => "person.habit.preparation",
            Self::Hands => "person.habit.hands",
            Self::Water => "person.habit.water",
        }
    }
}

/// One world: a value for everything that is not known.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameters {
    /// Link 1.
    pub skin: skin::Parameters,
    /// Link 2.
    pub stria: stria::Parameters,
    /// Link 3.
    pub puncture: puncture::Parameters,
    /// Link 4, closure.
    pub closure: channel::ClosureParameters,
    /// Link 4, germs.
    pub germs: channel::GermParameters,
    /// Link 4, germs against a host.
    pub host: channel::HostParameters,
    /// Link 5, modifiers.
    pub condition: healing::ConditionParameters,
    /// Link 5.
    pub healing: healing::Parameters,
    /// Link 5, the cascade.
    pub cascade: healing::CascadeParameters,
    /// Link 5, in space.
    pub field: healing::FieldParameters,
    /// Link 6, the session that others are measured by.
    pub wound: reaction::WoundParameters,
    /// Link 6, pain.
    pub pain: reaction::PainParameters,
    /// Link 6, bleeding.
    pub bleeding: reaction::BleedingParameters,
    /// Link 6, redness.
    pub redness: reaction::RednessParameters,
    /// Link 6, dark marks.
    pub dark_marks: reaction::DarkMarkParameters,
    /// Link 6, scars.
    pub scar: reaction::ScarParameters,
    /// Link 6, granulomas.
    pub granuloma: reaction::GranulomaParameters,
    /// Link 7.
    pub appearance: appearance::Parameters,
    /// Link 7, colour of the mark.
    pub mark: appearance::MarkParameters,
    /// Link 7, raters; only for comparison with trials.
    pub grading: appearance::GradingParameters,
    /// What a plan leaves open.
    pub open: Open,
}

impl Parameters {
    /// Every parameter of the chain with its room, in the order of the chain.
    #[must_use]
    pub fn declared() -> Vec<Declared> {
        [
            skin::Parameters::DECLARED,
            stria::Parameters::DECLARED,
            puncture::Parameters::DECLARED,
            channel::ClosureParameters::DECLARED,
            channel::GermParameters::DECLARED,
            channel::HostParameters::DECLARED,
            healing::ConditionParameters::DECLARED,
            healing::Parameters::DECLARED,
            healing::CascadeParameters::DECLARED,
            healing::FieldParameters::DECLARED,
            reaction::WoundParameters::DECLARED,
            reaction::PainParameters::DECLARED,
            reaction::BleedingParameters::DECLARED,
            reaction::RednessParameters::DECLARED,
            reaction::DarkMarkParameters::DECLARED,
            reaction::ScarParameters::DECLARED,
            reaction::GranulomaParameters::DECLARED,
            appearance::Parameters::DECLARED,
            appearance::MarkParameters::DECLARED,
            appearance::GradingParameters::DECLARED,
            Open::DECLARED,
        ]
        .concat()
    }

    /// Fills every parameter with the canonical value that `source` gives for its key.
    pub fn fill(source: &mut dyn FnMut(&'static str) -> f64) -> Self {
        Self {
            skin: skin::Parameters::fill(source),
            stria: stria::Parameters::fill(source),
            puncture: puncture::Parameters::fill(source),
            closure: channel::ClosureParameters::fill(source),
            germs: channel::GermParameters::fill(source),
            host: channel::HostParameters::fill(source),
            condition: healing::ConditionParameters::fill(source),
            healing: healing::Parameters::fill(source),
            cascade: healing::CascadeParameters::fill(source),
            field: healing::FieldParameters::fill(source),
            wound: reaction::WoundParameters::fill(source),
            pain: reaction::PainParameters::fill(source),
            bleeding: reaction::BleedingParameters::fill(source),
            redness: reaction::RednessParameters::fill(source),
            dark_marks: reaction::DarkMarkParameters::fill(source),
            scar: reaction::ScarParameters::fill(source),
            granuloma: reaction::GranulomaParameters::fill(source),
            appearance: appearance::Parameters::fill(source),
            mark: appearance::MarkParameters::fill(source),
            grading: appearance::GradingParameters::fill(source),
            open: Open::fill(source),
        }
    }
}
