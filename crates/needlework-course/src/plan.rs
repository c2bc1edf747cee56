//! A plan as the rooms need it, from the case as a person wrote it.
//!
//! What the case leaves open stays `None` here and is filled from a draw: an unknown is a prior, never a silent
//! default. What a plan is like (length, passes, sessions, kind of device) a world draws ([`Plan::settle`]); what
//! people do (numbing, sun, cover, hands, water, …) differs between people of a world, with shares that the world draws
//! ([`Plan::habits`]).
//!
//! A few gaps are no draws, each for a reason that a test of the chain holds beside the field: an unknown place of
//! treatment is a home; an arm that is not named is needling, which is what this program judges; and at home, hygiene
//! that is not told of is taken as not done, since a guess in one's favour could harm. A clinic, by the definition of
//! the field, works with sterile single-use needles.

use needlework_case::{
    Adjunct, Arm, Case, DeviceKind, Geometry, Lapse, NeedleCleaning, NeedleUse, Product, ResolvedDevice, Setting,
    SkinPreparation, TipShape,
};
use needlework_channel::{Aftermath, Cleanliness, Flora, NeedleState, Preparation};
use needlework_puncture::{Device, Hand, Kind, Tip};
use needlework_units::{Area, Force, Length, Money, Time};

use crate::parameters::{Habit, Open, Parameters};
use crate::person::HabitDraws;

/// A plan with what the case states.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Home, salon or clinic; a place that is not stated counts as home.
    pub setting: Setting,
    /// Whether needling is done at all.
    pub needling: bool,
    /// Whether something is added to needling, which is not simulated.
    pub adjunct: bool,
    /// Kind of device.
    pub kind: Option<Kind>,
    /// What is known of the device; a world fills its length and its kind where the case does not state them.
    pub device: ResolvedDevice,
    /// Punctures, where it is a single needle.
    pub punctures: Option<u32>,
    /// Whether its needles have sessions behind them.
    pub reused: bool,
    /// Force of the hand.
    pub force: Option<Force>,
    /// Is the skin held stretched?
    pub stretched: Option<bool>,
    /// Passes.
    pub passes: Option<u32>,
    /// Sessions.
    pub sessions: Option<u32>,
    /// Interval.
    pub interval: Option<Time>,
    /// Area of one session.
    pub treated_area: Option<Area>,
    /// Numbing cream.
    pub numbed: Option<bool>,
    /// Cover in the first day.
    pub covered: Option<bool>,
    /// An anti-inflammatory gel after the session.
    pub gel: Option<bool>,
    /// Device kept in water or moist.
    pub wet: Option<bool>,
    /// Needles go through clothing.
    pub through_cloth: Option<bool>,
    /// Fresh tan or strong sun.
    pub sun: Option<bool>,
    /// Skin preparation.
    pub preparation: Option<Preparation>,
    /// State of the needles.
    pub needle_state: NeedleState,
    /// Clean hands.
    pub hands_clean: Option<bool>,
    /// First pool, bath, sea or sweaty sport after a session.
    pub water: Option<Lapse>,
    /// Price of a session.
    pub price_per_session: Option<Money>,
    /// Price of the device.
    pub device_price: Option<Money>,
    /// Price of a laser session, for the comparison.
    pub laser_session_price: Option<Money>,
    /// Price of a pack of cream, for the comparison.
    pub cream_price: Option<Money>,
    /// When after a session the first product comes onto the skin that is not sterile, if one does.
    pub first_product: Option<Time>,
}

/// A plan with every gap filled by one world.
#[derive(Debug, Clone, PartialEq)]
pub struct Schedule {
    /// The device.
    pub device: Device,
    /// The hand.
    pub hand: Hand,
    /// When the sessions take place, counted from the first.
    pub sessions: Vec<Time>,
    /// Interval.
    pub interval: Time,
    /// Area of one session.
    pub treated_area: Area,
    /// Cost of the course.
    pub cost: Money,
    /// Cost of a course with a laser instead.
    pub laser_cost: Money,
    /// Cost of a course of cream instead.
    pub cream_cost: Money,
}

/// What one person does in a plan, with every gap filled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Habits {
    /// Numbing cream.
    pub numbed: bool,
    /// Cover in the first day.
    pub covered: bool,
    /// An anti-inflammatory gel after the session.
    pub gel: bool,
    /// Device kept in water or moist.
    pub wet: bool,
    /// Needles go through clothing.
    pub through_cloth: bool,
    /// Fresh tan or strong sun.
    pub sun: bool,
    /// Skin preparation.
    pub preparation: Preparation,
    /// Clean hands.
    pub hands_clean: bool,
    /// First pool, bath, sea or sweaty sport after a session, if any.
    pub water: Option<Time>,
}

/// How a kind of device moves its needles.
fn kind(kind: DeviceKind) -> Kind {
    match kind {
        DeviceKind::Roller | DeviceKind::DiscRoller => Kind::Roller,
        DeviceKind::Stamp | DeviceKind::Patch => Kind::Stamp,
        DeviceKind::Pen | DeviceKind::RadiofrequencyNeedles => Kind::Pen,
        DeviceKind::SingleNeedle => Kind::Single,
    }
}

/// How the needles of a device end.
fn end(tip: TipShape) -> Tip {
    match tip {
        TipShape::Cone => Tip::Cone,
        TipShape::Pyramid => Tip::Pyramid,
        TipShape::Bevel => Tip::Bevel,
        TipShape::Blunt => Tip::Blunt,
    }
}

/// What is known of a device that has been looked up, with needles of this length and as many punctures where it is a
/// single needle; a roller where its kind is not known.
///
/// The length is the caller's: that of [`ResolvedDevice::geometry`] where it is known, else what stands for it there.
#[must_use]
pub fn geometry(device: &ResolvedDevice, length: Length, punctures: Option<u32>) -> Device {
    geometry_as(device.kind.map_or(Kind::Roller, kind), device, length, punctures)
}

fn geometry_as(kind: Kind, device: &ResolvedDevice, length: Length, punctures: Option<u32>) -> Device {
    // Without `..`: a new field of the geometry has to say here what becomes of it.
    let Geometry {
        needle_length: _,
        needles,
        needle_diameter,
        needle_rows,
        tip_radius,
        cone_angle,
        length_tolerance,
        strokes,
        drum_radius,
        drum_width,
        plate_area,
        tip,
        bore_diameter,
    } = device.geometry;
    let radius = |diameter: Length| Length::from_mm(diameter.mm() * 0.5);
    Device {
        kind,
        length,
        needles: match kind {
            // A needle that goes in at all goes in once.
            Kind::Single => Some(punctures.unwrap_or(1)),
            _ => needles,
        },
        rows: needle_rows,
        drum_radius,
        drum_width,
        plate: plate_area,
        shaft: needle_diameter.map(radius),
        end: tip.map(end),
        tip: tip_radius,
        bore: bore_diameter.map(radius),
        taper: cone_angle.map(|angle| (0.5 * angle.radians()).tan()),
        tolerance: length_tolerance,
        frequency: strokes,
        placed: device.kind == Some(DeviceKind::RadiofrequencyNeedles),
        speed: None,
        // Needles whose sessions nobody counts are new here; a plan that calls them used draws the number.
        uses: device.uses.map_or(0.0, f64::from),
    }
}

impl Plan {
    /// The plan of a case whose device has been looked up.
    #[must_use]
    pub fn of(case: &Case, device: &ResolvedDevice) -> Self {
        let regimen = &case.regimen;
        let setting = regimen.setting.get().unwrap_or(Setting::Home);
        Self {
            setting,
            needling: matches!(regimen.arm.get(), None | Some(Arm::Needling)),
            adjunct: !matches!(regimen.adjunct.get(), None | Some(Adjunct::None)),
            kind: device.kind.map(kind),
            device: device.clone(),
            punctures: regimen.punctures.get(),
            reused: case.device.needles_used.get() == Some(NeedleUse::Reused),
            force: regimen.force.get(),
            stretched: regimen.skin_stretched.get(),
            passes: regimen.passes.get(),
            sessions: regimen.sessions.get(),
            interval: regimen.interval.get(),
            treated_area: case.lesion.treated_area.get(),
            numbed: case.hygiene.numbing.get(),
            covered: case.aftercare.occlusion.get(),
            gel: case.aftercare.topicals.known().map(|topicals| {
                topicals
                    .iter()
                    .any(|topical| topical.product == Product::AntiInflammatory)
            }),
            wet: either(
                case.hygiene.tap_water.get(),
                case.hygiene.stored_dry.get().map(|dry| !dry),
            ),
            through_cloth: case.hygiene.through_cloth.get(),
            sun: case.area.tan_or_planned_sun.get(),
            preparation: match (case.hygiene.skin.get(), setting) {
                (Some(SkinPreparation::Disinfected), _) => Some(Preparation::Disinfected),
                (Some(SkinPreparation::QuickWipe), _) => Some(Preparation::Wiped),
                (Some(SkinPreparation::Washed), _) => Some(Preparation::Washed),
                (Some(SkinPreparation::None), _) | (None, Setting::Home | Setting::Salon) => Some(Preparation::None),
                (None, Setting::Clinic) => None,
            },
            hands_clean: case.hygiene.hands_clean.get(),
            water: case.aftercare.water.get(),
            needle_state: needle_state(case, setting),
            price_per_session: regimen.price_per_session.get(),
            device_price: regimen.device_price.get(),
            laser_session_price: regimen.laser_session_price.get(),
            cream_price: regimen.cream_price.get(),
            first_product: first_product(case),
        }
    }

    /// What a person does: what the case says, and by a draw what it leaves open.
    #[must_use]
    pub fn habits(&self, open: &Open, draws: &HabitDraws) -> Habits {
        let clinic = self.setting == Setting::Clinic;
        let does = |stated: Option<bool>, share: f64, place: f64| stated.unwrap_or(place < share);
        let numb = if clinic { open.numbing_clinic } else { open.numbing_home };
        Habits {
            numbed: does(self.numbed, numb, draws[Habit::Numbing]),
            covered: does(self.covered, open.cover, draws[Habit::Cover]),
            gel: does(self.gel, open.gel, draws[Habit::Gel]),
            wet: does(self.wet, open.wet, draws[Habit::Wet]),
            through_cloth: does(self.through_cloth, open.cloth, draws[Habit::Cloth]),
            sun: does(self.sun, open.sun, draws[Habit::Sun]),
            // At home the preparation is always filled, by the worst.
            preparation: self
                .preparation
                .unwrap_or(if draws[Habit::Preparation] < open.clinic_disinfects {
                    Preparation::Disinfected
                } else {
                    Preparation::Wiped
                }),
            hands_clean: does(self.hands_clean, open.hands_clean, draws[Habit::Hands]),
            water: match self.water {
                Some(stated) => stated.time(),
                None => (draws[Habit::Water] < open.early_water).then_some(open.water_after),
            },
        }
    }

    /// What decides the germs that a session carries in, at a site with this flora.
    #[must_use]
    pub fn cleanliness(&self, habits: &Habits, flora: Flora) -> Cleanliness {
        Cleanliness {
            flora,
            preparation: habits.preparation,
            needles: self.needle_state,
            single: self.kind == Some(Kind::Single),
            wet: habits.wet,
            through_cloth: habits.through_cloth,
            covered: habits.covered,
        }
    }

    /// The plan with its gaps filled from a world.
    #[must_use]
    pub fn settle(&self, world: &Parameters) -> Schedule {
        let length = self.device.geometry.needle_length.unwrap_or(match self.setting {
            Setting::Home | Setting::Salon => world.puncture.home_length,
            Setting::Clinic => world.puncture.clinic_length,
        });
        let planned = self
            .sessions
            .unwrap_or_else(|| world.open.sessions.round().max(1.0) as u32);
        let count = if self.needling { planned } else { 0 };
        let interval = self.interval.unwrap_or(world.open.interval);
        // Who needles at home pays for the device and nobody for a session; in a clinic the device is in the price of a
        // session. What salons ask nobody has gathered, so that one without a price costs what a home does.
        let per_session = match (self.price_per_session, self.setting) {
            (Some(price), _) => price.euros(),
            (None, Setting::Clinic) => world.open.clinic_price.euros(),
            (None, Setting::Home | Setting::Salon) => 0.0,
        };
        let device_price = match (self.device_price, self.setting) {
            (Some(price), _) => price.euros(),
            (None, Setting::Home | Setting::Salon) => world.open.home_price.euros(),
            (None, Setting::Clinic) => 0.0,
        };
        let cost = if count == 0 {
            0.0
        } else {
            f64::from(count) * per_session + device_price
        };
        let treated_area = self.treated_area.unwrap_or(world.open.treated_area);
        let single = self.kind == Some(Kind::Single);
        let pens = match self.setting {
            Setting::Home | Setting::Salon => world.open.pens_home,
            Setting::Clinic => world.open.pens_clinic,
        };
        let drawn = if world.open.kind_place < pens {
            Kind::Pen
        } else {
            Kind::Roller
        };
        let device = geometry_as(self.kind.unwrap_or(drawn), &self.device, length, self.punctures);
        Schedule {
            device: Device {
                plate: if single { Some(treated_area) } else { device.plate },
                uses: match self.device.uses {
                    None if self.reused => world.puncture.reuses,
                    _ => device.uses,
                },
                ..device
            },
            hand: Hand {
                passes: self.passes.map(f64::from),
                force: self.force,
                stretched: self
                    .stretched
                    .unwrap_or(world.open.stretch_place < world.open.stretches),
            },
            sessions: (0..count)
                .map(|k| Time::from_days(f64::from(k) * interval.days()))
                .collect(),
            interval,
            treated_area,
            cost: Money::from_euros(cost),
            laser_cost: Money::from_euros(
                self.laser_session_price.unwrap_or(world.open.laser_price).euros()
                    * world.open.laser_sessions.round().max(1.0),
            ),
            cream_cost: Money::from_euros(
                self.cream_price.unwrap_or(world.open.cream_price).euros() * world.open.cream_packs.round().max(1.0),
            ),
        }
    }
}

impl Habits {
    /// What happens to the treated skin while channels are open.
    #[must_use]
    pub fn aftermath(&self, window: Time) -> Aftermath {
        Aftermath {
            window,
            hands_clean: self.hands_clean,
            water: self.water,
        }
    }
}

/// Whether either of two things is so: yes if one is, no if neither, open if nobody says and none is.
fn either(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    }
}

/// When the first product that is not sterile comes onto the skin.
fn first_product(case: &Case) -> Option<Time> {
    let topicals = case.aftercare.topicals.known()?;
    topicals
        .iter()
        .filter(|topical| !matches!(topical.product, Product::SterileSaline | Product::ClinicianSterile))
        .map(|topical| topical.after)
        .min_by(|a, b| a.days().total_cmp(&b.days()))
}

/// The state of the needles as the case describes it; what is not said of a home device is taken as not done.
fn needle_state(case: &Case, setting: Setting) -> NeedleState {
    let shared = case.device.shared.get() == Some(true);
    let reused = case.device.needles_used.get() == Some(NeedleUse::Reused);
    match (case.hygiene.needles.get(), setting) {
        (Some(NeedleCleaning::Sterile), _) if !reused && !shared => NeedleState::Sterile,
        (Some(NeedleCleaning::Sterile | NeedleCleaning::CleanedAndDisinfected), _) => NeedleState::Cleaned,
        (Some(NeedleCleaning::DisinfectedOnly), _) => NeedleState::DisinfectedOnly,
        (Some(NeedleCleaning::None), _) => NeedleState::Dirty,
        (None, Setting::Clinic) => NeedleState::Sterile,
        (None, Setting::Home | Setting::Salon) if case.device.needles_used.get() == Some(NeedleUse::New) && !shared => {
            NeedleState::Sterile
        }
        (None, Setting::Home | Setting::Salon) => NeedleState::Dirty,
    }
}
