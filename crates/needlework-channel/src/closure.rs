//! The clocks of closure.
//!
//! Barrier: g falls with a half-life of about half an hour in air and of a day under cover, and counts as restored at a share of
//! its start. Geometry: t = t_lag + radius/v, with a scatter of about a quarter between people.

use needlework_evidence::parameters;
use needlework_puncture::Holes;
use needlework_units::{Speed, Time};

parameters! {
    /// What is not known of closure; a world's draw.
    pub struct ClosureParameters {
        /// Half-life of the barrier's gap in air.
        pub half_life_open: Time = "channel.half_life.open",
        /// Half-life of the barrier's gap under cover.
        pub half_life_covered: Time = "channel.half_life.covered",
        /// Share of the gap at which instruments call the barrier restored.
        pub restored_level: f64 = "channel.restored_level",
        /// Time before the rim begins to move.
        pub lag: Time = "channel.lag",
        /// Speed of the rim.
        pub speed: Speed = "channel.speed",
        /// Spread of the geometric clock between people, in its logarithm.
        pub person_sd: f64 = "channel.closing.person_sd",
    }
}

/// How a person's closure differs; a standard normal draw.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ClosurePerson {
    /// Geometric clock.
    pub closing: f64,
}

/// When channels are closed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Closure {
    /// When the barrier is restored.
    pub barrier: Time,
    /// When the median channel has closed geometrically.
    pub lumen: Time,
    /// When germs can no longer enter: the later of both.
    pub open_window: Time,
}

/// When the channels of a session close, in air or under cover.
#[must_use]
pub fn close(holes: &Holes, covered: bool, parameters: &ClosureParameters, person: &ClosurePerson) -> Closure {
    let half_life = if covered {
        parameters.half_life_covered
    } else {
        parameters.half_life_open
    };
    let barrier = Time::from_days(half_life.days() * -parameters.restored_level.log2());
    let mut radii = holes.surface_radii_mm.clone();
    radii.sort_by(f64::total_cmp);
    let radius_um = needlework_units::Length::from_mm(needlework_numerics::quantile(&radii, 0.5)).um();
    let hours = parameters.lag.hours() + radius_um / parameters.speed.um_per_hour();
    let lumen = if radius_um > 0.0 {
        Time::from_hours(hours * (parameters.person_sd * person.closing).exp())
    } else {
        Time::ZERO
    };
    let barrier = if radius_um > 0.0 { barrier } else { Time::ZERO };
    Closure {
        barrier,
        lumen,
        open_window: if lumen > barrier { lumen } else { barrier },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use needlework_units::ArealDensity;

    fn parameters() -> ClosureParameters {
        ClosureParameters {
            half_life_open: Time::from_hours(0.5),
            half_life_covered: Time::from_hours(23.0),
            restored_level: 0.17,
            lag: Time::from_hours(3.0),
            speed: Speed::from_um_per_hour(5.0),
            person_sd: 0.25,
        }
    }

    fn holes(radius_mm: f64) -> Holes {
        Holes {
            density: ArealDensity::from_per_mm2(1.2),
            depths_mm: vec![0.7; 5],
            surface_radii_mm: vec![radius_mm; 5],
            reaches_dermis: 1.0,
            reaches_reticular: 0.5,
            injured_top: 0.02,
            injured: vec![0.02],
        }
    }

    #[test]
    fn in_air_the_barrier_is_back_within_two_hours_and_the_lumen_later() {
        let closure = close(&holes(0.035), false, &parameters(), &ClosurePerson::default());
        assert!(closure.barrier.hours() <= 2.0, "{:?}", closure.barrier);
        assert!((closure.lumen.hours() - 10.0).abs() < 1e-9);
        assert_eq!(closure.open_window, closure.lumen);
    }

    #[test]
    fn under_cover_channels_stay_open_for_days() {
        let closure = close(&holes(0.035), true, &parameters(), &ClosurePerson::default());
        assert!(
            closure.open_window.hours() > 48.0 && closure.open_window.hours() < 80.0,
            "{closure:?}"
        );
    }

    #[test]
    fn a_wider_channel_closes_later_and_no_channel_is_never_open() {
        let p = parameters();
        let of = |radius| close(&holes(radius), false, &p, &ClosurePerson::default());
        assert!(of(0.1).lumen > of(0.03).lumen);
        assert_eq!(of(0.0).open_window, Time::ZERO);
    }
}
