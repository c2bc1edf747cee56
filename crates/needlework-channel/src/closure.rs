//! The clocks of closure, one for each instrument, for "closed" depends on what one looks with.
//!
//! * **Impedance** sees the barrier of the open channel. Two things restore it: fluid and elastic recoil within minutes
//!   to hours, which a cover prevents, and a plug of new corneocytes within a day. In air the fast one decides, under
//!   cover the slow one.
//! * **Water loss** sees the stratum corneum's own barrier; it is back within hours in air, whatever the length, and
//!   within a day under cover.
//! * **Dye** finds its way in until the mouth has closed from its rim: t = lag + radius/speed.
//! * **Light** (optical coherence tomography) sees the gap in the tissue below after all others see none.
//!
//! All but the rim's are exponential and count as over at one share of the start. The rim's clock and the plug's differ
//! between people; age, skin tone, an anti-inflammatory gel and the site act on the plug, length through the radius and
//! by a weak power on the plug.
//!
//! Limits: the last clock is known by a lower bound alone, and the factors of age and gel by their direction alone;
//! their priors are wide.

use needlework_evidence::parameters;
use needlework_puncture::Holes;
use needlework_units::{Length, Speed, Time};

parameters! {
    /// What is not known of closure; a world's draw.
    pub struct ClosureParameters {
        /// Half-life of the barrier's gap in air.
        pub half_life_open: Time = "channel.half_life.open",
        /// Half-life of the barrier's gap under cover, at the abdomen.
        pub half_life_covered: Time = "channel.half_life.covered",
        /// Half-life of the excess water loss in air.
        pub half_life_water: Time = "channel.half_life.water",
        /// Half-life of the excess water loss under cover.
        pub half_life_water_covered: Time = "channel.half_life.water_covered",
        /// Half-life of what light sees.
        pub half_life_light: Time = "channel.half_life.light",
        /// Share of the start at which an instrument calls it over.
        pub restored_level: f64 = "channel.restored_level",
        /// Time before the rim begins to move.
        pub lag: Time = "channel.lag",
        /// Speed of the rim.
        pub speed: Speed = "channel.speed",
        /// Spread of the rim's clock between people, in its logarithm.
        pub person_sd: f64 = "channel.closing.person_sd",
        /// Spread of the plug's clock between people, in its logarithm.
        pub plug_person_sd: f64 = "channel.plug.person_sd",
        /// Plug at the limbs over that at the trunk.
        pub limb: f64 = "channel.plug.limb",
        /// Plug in types IV to VI over that in others.
        pub dark_skin: f64 = "channel.plug.dark_skin",
        /// Plug at the older age over that at the younger.
        pub old: f64 = "channel.plug.old",
        /// The younger age.
        pub young_age: Time = "channel.plug.young_age",
        /// The older age.
        pub old_age: Time = "channel.plug.old_age",
        /// Plug under an anti-inflammatory gel over that without.
        pub gel: f64 = "channel.plug.gel",
        /// Power of needle length on the plug.
        pub length_power: f64 = "channel.plug.length_power",
        /// Length to which the plug's half-life belongs.
        pub length: Length = "channel.plug.length",
    }
}

/// How a person's closure differs; standard normal draws.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ClosurePersonDraws {
    /// The rim's clock.
    pub closing: f64,
    /// The plug's clock.
    pub plug: f64,
}

/// What acts on closure beside the holes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClosureConditions {
    /// Whether the skin is covered in the first day.
    pub covered: bool,
    /// Whether an anti-inflammatory gel is put on.
    pub gel: bool,
    /// Whether the site is a limb.
    pub limb: bool,
    /// Skin type IV, V or VI.
    pub dark_skin: bool,
    /// Age of the person.
    pub age: Time,
    /// Length of the needles.
    pub length: Length,
}

/// When channels are closed, by each instrument.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Closure {
    /// Half-life of the barrier's gap.
    pub half_life: Time,
    /// When impedance is back: the barrier.
    pub barrier: Time,
    /// When water loss is back.
    pub water: Time,
    /// When dye no longer enters the median channel.
    pub lumen: Time,
    /// When light no longer sees it.
    pub light: Time,
    /// When germs can no longer enter: the later of barrier and mouth.
    pub open_window: Time,
}

/// Nothing was pierced.
const CLOSED: Closure = Closure {
    half_life: Time::ZERO,
    barrier: Time::ZERO,
    water: Time::ZERO,
    lumen: Time::ZERO,
    light: Time::ZERO,
    open_window: Time::ZERO,
};

/// When the channels of a session close.
#[must_use]
pub fn close(
    holes: &Holes,
    conditions: &ClosureConditions,
    parameters: &ClosureParameters,
    person: &ClosurePersonDraws,
) -> Closure {
    let radius = Length::from_mm(needlework_numerics::median(&holes.surface_radii_mm));
    if radius.mm() <= 0.0 {
        return CLOSED;
    }
    close_channel(radius, conditions, parameters, person)
}

/// When one channel of a given radius at the surface closes.
#[must_use]
pub fn close_channel(
    radius: Length,
    conditions: &ClosureConditions,
    parameters: &ClosureParameters,
    person: &ClosurePersonDraws,
) -> Closure {
    let slowed = plug_factor(conditions, parameters, person);
    let plug = Time::from_days(parameters.half_life_covered.days() * slowed);
    let half_life = if conditions.covered {
        plug
    } else {
        parameters.half_life_open
    };
    let over = |half_life: Time| Time::from_days(half_life.days() * -parameters.restored_level.log2());
    let water = if conditions.covered {
        // A cover keeps the skin wet and delays it; it never hastens.
        later(parameters.half_life_water, parameters.half_life_water_covered)
    } else {
        parameters.half_life_water
    };
    let hours = parameters.lag.hours() + radius.um() / parameters.speed.um_per_hour();
    let lumen = Time::from_hours(hours * (parameters.person_sd * person.closing).exp());
    let barrier = over(half_life);
    let open_window = later(barrier, lumen);
    Closure {
        half_life,
        barrier,
        water: over(water),
        lumen,
        // Light never sees less than dye finds.
        light: later(over(parameters.half_life_light), lumen),
        open_window,
    }
}

/// How much slower than the reference the plug forms.
fn plug_factor(conditions: &ClosureConditions, parameters: &ClosureParameters, person: &ClosurePersonDraws) -> f64 {
    let when = |holds: bool, factor: f64| if holds { factor } else { 1.0 };
    let (young, old) = (parameters.young_age.days(), parameters.old_age.days());
    let aged = ((conditions.age.days() - young) / (old - young)).clamp(0.0, 1.0);
    let length = conditions.length.mm() / parameters.length.mm();
    when(conditions.limb, parameters.limb)
        * when(conditions.dark_skin, parameters.dark_skin)
        * when(conditions.gel, parameters.gel.max(1.0))
        * parameters.old.max(1.0).powf(aged)
        * length.powf(parameters.length_power)
        * (parameters.plug_person_sd * person.plug).exp()
}

fn later(one: Time, other: Time) -> Time {
    if one > other { one } else { other }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use needlework_puncture::example;

    pub(crate) fn parameters() -> ClosureParameters {
        ClosureParameters {
            half_life_open: Time::from_hours(0.5),
            half_life_covered: Time::from_hours(25.0),
            half_life_water: Time::from_hours(1.7),
            half_life_water_covered: Time::from_hours(9.0),
            half_life_light: Time::from_hours(16.0),
            restored_level: 0.17,
            lag: Time::from_hours(3.0),
            speed: Speed::from_um_per_hour(5.0),
            person_sd: 0.25,
            plug_person_sd: 0.5,
            limb: 0.87,
            dark_skin: 1.3,
            old: 1.4,
            young_age: Time::from_years(25.0),
            old_age: Time::from_years(77.0),
            gel: 1.3,
            length_power: 0.15,
            length: Length::from_mm(0.6),
        }
    }

    fn conditions(covered: bool) -> ClosureConditions {
        ClosureConditions {
            covered,
            gel: false,
            limb: false,
            dark_skin: false,
            age: Time::from_years(25.0),
            length: Length::from_mm(0.6),
        }
    }

    fn holes(radius_mm: f64) -> Holes {
        Holes {
            surface_radii_mm: vec![radius_mm; 5],
            ..example::holes()
        }
    }

    fn of(radius_mm: f64, conditions: ClosureConditions) -> Closure {
        close(
            &holes(radius_mm),
            &conditions,
            &parameters(),
            &ClosurePersonDraws::default(),
        )
    }

    #[test]
    fn in_air_each_instrument_has_its_own_clock() {
        let closure = of(0.035, conditions(false));
        assert!(closure.barrier.hours() <= 2.0, "{:?}", closure.barrier);
        assert!((4.0..5.0).contains(&closure.water.hours()), "{:?}", closure.water);
        assert!((closure.lumen.hours() - 10.0).abs() < 1e-9);
        assert!(closure.light.hours() > 24.0);
        assert_eq!(closure.open_window, closure.lumen);
    }

    #[test]
    fn in_air_impedance_and_water_loss_do_not_know_the_needle() {
        let (thin, wide) = (of(0.02, conditions(false)), of(0.1, conditions(false)));
        assert_eq!((thin.barrier, thin.water), (wide.barrier, wide.water));
        assert!(wide.lumen > thin.lumen);
    }

    #[test]
    fn under_cover_the_plug_decides_and_it_takes_days() {
        let closure = of(0.035, conditions(true));
        assert!((closure.half_life.hours() - 25.0).abs() < 1e-9);
        assert!((60.0..68.0).contains(&closure.barrier.hours()), "{closure:?}");
        assert_eq!(closure.open_window, closure.barrier);
    }

    /// Hours in air, within a day under cover; a cover that would hasten it, by a draw, leaves it as in air.
    #[test]
    fn a_cover_delays_water_loss_and_never_hastens_it() {
        let (air, covered) = (of(0.035, conditions(false)).water, of(0.035, conditions(true)).water);
        assert!(covered > air && (20.0..26.0).contains(&covered.hours()), "{covered:?}");
        let quick = ClosureParameters {
            half_life_water_covered: Time::from_hours(0.1),
            ..parameters()
        };
        let holes = holes(0.035);
        let person = ClosurePersonDraws::default();
        assert_eq!(close(&holes, &conditions(true), &quick, &person).water, air);
    }

    #[test]
    fn age_tone_gel_and_length_slow_the_plug_and_the_limb_is_quicker() {
        let base = of(0.035, conditions(true)).barrier;
        let with = |change: fn(&mut ClosureConditions)| {
            let mut changed = conditions(true);
            change(&mut changed);
            of(0.035, changed).barrier
        };
        assert!(with(|c| c.age = Time::from_years(77.0)) > base);
        assert!(with(|c| c.dark_skin = true) > base);
        assert!(with(|c| c.gel = true) > base);
        assert!(with(|c| c.length = Length::from_mm(1.5)) > base);
        assert!(with(|c| c.limb = true) < base);
        // Beyond the ages that were compared nothing is extrapolated.
        assert_eq!(
            with(|c| c.age = Time::from_years(99.0)),
            with(|c| c.age = Time::from_years(77.0))
        );
    }

    #[test]
    fn no_channel_is_never_open() {
        assert_eq!(of(0.0, conditions(true)), CLOSED);
    }
}
