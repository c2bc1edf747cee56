//! Two pictures of one session as data: a slice of needled skin to scale, and the holes of one square centimetre.
//!
//! The slice holds as many channels as the mean density puts into its volume; each is the channel of another virtual
//! person, drawn evenly, so that its depths spread as the histogram does. A channel is a cone from the tip up to its
//! shoulder and a cylinder above: its radius at depth y is min(r_tip + (z − y)·tan α, r_s), the equation of the
//! puncture room. Positions are uniform (a Poisson process with its mean number of points): nobody has measured how the
//! tracks of a hand overlap.
//!
//! Limits: one session, no bending of needles, no closing of channels. All random numbers are streams of the seed, so
//! that the same answer has the same picture. Rounded to what a picture can show.

use needlework_cohort::{Cohort, VirtualPerson};
use needlework_numerics::{mean, median, uniforms};
use needlework_units::UM_PER_MM;

use crate::report::{Channel, HoleMap, Slice};

// Width and thickness of the slice, mm: a width that holds a few channels.
const WIDTH_MM: f64 = 4.0;
const THICKNESS_MM: f64 = 1.0;
// numerical: the side of a square centimetre, mm
const SIDE_MM: f64 = 10.0;
// numerical: more cannot be told apart in a picture
const MOST_CHANNELS: usize = 60;
const MOST_HOLES: usize = 4000;

/// Mean number of distinct holes per square millimetre.
fn density_per_mm2(cohort: &Cohort) -> f64 {
    cohort
        .mean_over_worlds(|person| person.harms.holes.density.per_mm2())
        .mean
}

/// The slice of one session.
pub(crate) fn slice(cohort: &Cohort, seed: u64) -> Slice {
    let wanted = (density_per_mm2(cohort) * WIDTH_MM * THICKNESS_MM).round() as usize;
    let count = wanted.min(MOST_CHANNELS);
    let (whose, which, across) = (
        uniforms(seed, "slice.person", count),
        uniforms(seed, "slice.needle", count),
        uniforms(seed, "slice.place", count),
    );
    let channels = (0..count)
        .filter_map(|i| {
            let person = cohort.people.get((whose[i] * cohort.people.len() as f64) as usize)?;
            channel(cohort, person, which[i], across[i])
        })
        .collect();
    let sorted = |value: fn(&VirtualPerson) -> f64| median(&cohort.sorted(value)) * UM_PER_MM;
    Slice {
        width_um: WIDTH_MM * UM_PER_MM,
        thickness_um: THICKNESS_MM * UM_PER_MM,
        mark_from_um: 0.5 * WIDTH_MM * UM_PER_MM,
        mark_bottom_um: sorted(|person| person.harms.skin.epidermis.mm() + person.harms.mark_dermis.mm()).round(),
        channels,
    }
}

/// The channel of one needle of a person; none where it did not pierce.
fn channel(cohort: &Cohort, person: &VirtualPerson, which: f64, across: f64) -> Option<Channel> {
    let holes = &person.harms.holes;
    let needle = (which * holes.depths_mm.len() as f64) as usize;
    let depth = holes.depths_mm.get(needle).copied().filter(|depth| *depth > 0.0)?;
    let radius = holes.surface_radii_mm.get(needle).copied()?;
    let parameters = &cohort.worlds.get(person.world)?.parameters.puncture;
    let shape = needlework_puncture::shape(&cohort.schedules.get(person.world)?.device, parameters);
    let tip = shape.tip_mm.min(radius);
    let cone = if shape.taper_ratio > 0.0 {
        (radius - tip) / shape.taper_ratio
    } else {
        0.0
    };
    Some(Channel {
        x_um: (across * WIDTH_MM * UM_PER_MM).round(),
        depth_um: (depth * UM_PER_MM).round(),
        shoulder_um: ((depth - cone).max(0.0) * UM_PER_MM).round(),
        radius_um: (radius * UM_PER_MM).round(),
        tip_radius_um: (tip * UM_PER_MM).round(),
    })
}

/// The holes of one square centimetre after one session.
pub(crate) fn hole_map(cohort: &Cohort, seed: u64) -> HoleMap {
    // numerical: a hundredth of a millimetre is finer than the picture
    const FINE: f64 = 100.0;
    let wanted = (density_per_mm2(cohort) * SIDE_MM * SIDE_MM).round() as usize;
    let count = wanted.min(MOST_HOLES);
    let place = |u: f64| (u * SIDE_MM * FINE).round() / FINE;
    let radii = cohort.sorted(|person| mean(&person.harms.holes.surface_radii_mm));
    HoleMap {
        side_um: SIDE_MM * UM_PER_MM,
        radius_um: (median(&radii) * UM_PER_MM).round(),
        holes_mm: uniforms(seed, "map.across", count)
            .into_iter()
            .zip(uniforms(seed, "map.down", count))
            .map(|(x, y)| [place(x), place(y)])
            .collect(),
        not_drawn: wanted - count,
    }
}
