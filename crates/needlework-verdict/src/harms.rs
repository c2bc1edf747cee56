//! Risks as natural frequencies, what a course asks of a person, and where the needles go.

use needlework_cohort::{Cohort, VirtualPerson};
use needlework_numerics::{Interval, mean, quantile};

use crate::expect::{percentiles, range};
use crate::report::{Bleeding, Burden, Cost, Frequency, Histogram, Layer, Puncture, Range, Risk};
use crate::slice::{hole_map, slice};

// numerical: the denominator of every frequency
const COURSES: f64 = 1000.0;

/// The harms of a course.
pub(crate) fn risks(cohort: &Cohort, clinic: bool, bony: bool) -> Vec<Risk> {
    vec![
        infection(cohort, clinic),
        dark_marks(cohort, clinic),
        scars(cohort, clinic, bony),
    ]
}

fn infection(cohort: &Cohort, clinic: bool) -> Risk {
    let low = cohort.mean_over_worlds(|person| person.harms.infection.low);
    let high = cohort.mean_over_worlds(|person| person.harms.infection.high);
    let needled = cohort.schedules.iter().any(|schedule| !schedule.sessions.is_empty());
    let (per_1000, note) = if clinic && needled {
        let counted = over_worlds(cohort, |world| cohort.worlds[world].parameters.germs.clinic_risk);
        let per_1000 = frequency(counted);
        (
            per_1000,
            "1 of 32 patients in one series, none reported in many others; clinics with sterile needles",
        )
    } else {
        let per_1000 = Frequency {
            mean: None,
            low: low.low * COURSES,
            high: high.high * COURSES,
        };
        (
            per_1000,
            "nobody has counted infections of home rollers; the range is what models span, from intact to sealed skin",
        )
    };
    Risk {
        name: "infection".to_owned(),
        title: "An infection of the treated skin".to_owned(),
        per_1000,
        counted: clinic,
        note: note.to_owned(),
    }
}

fn dark_marks(cohort: &Cohort, clinic: bool) -> Risk {
    let found = cohort.mean_over_worlds(|person| person.harms.dark_marks.probability);
    let mut fading: Vec<f64> = cohort
        .people
        .iter()
        .map(|person| person.harms.dark_marks.fading.months())
        .collect();
    fading.sort_by(f64::total_cmp);
    // numerical: the middle half of people
    const QUARTER: f64 = 0.25;
    let (soon, late) = (quantile(&fading, QUARTER), quantile(&fading, 1.0 - QUARTER));
    let origin = if clinic {
        "12 of 145 patients in four studies, with 0 to 22 % between them; not studied by needle length or body site"
    } else {
        "nobody has counted it at home; the range comes from clinics, lowered for short needles by assumption"
    };
    Risk {
        name: "dark_marks".to_owned(),
        title: "Dark marks that stay for a while".to_owned(),
        per_1000: uncounted_at_home(frequency(found), clinic),
        counted: clinic,
        note: format!("{origin}. In half the people they fade within {soon:.0} to {late:.0} months (assumed)."),
    }
}

fn scars(cohort: &Cohort, clinic: bool, bony: bool) -> Risk {
    let found = cohort.mean_over_worlds(|person| person.harms.scar);
    let note = if bony {
        "tram-track scars in 2 of 30 patients with long needles over facial bone"
    } else {
        "none reported in some 300 patients with stretch marks, which still allows a few in a thousand"
    };
    Risk {
        name: "scar".to_owned(),
        title: "A new scar".to_owned(),
        per_1000: uncounted_at_home(frequency(found), clinic),
        counted: clinic,
        note: note.to_owned(),
    }
}

/// Where nobody has counted there is no point estimate.
fn uncounted_at_home(found: Frequency, clinic: bool) -> Frequency {
    if clinic {
        found
    } else {
        Frequency { mean: None, ..found }
    }
}

fn frequency(interval: Interval) -> Frequency {
    Frequency {
        mean: Some(interval.mean * COURSES),
        low: interval.low * COURSES,
        high: interval.high * COURSES,
    }
}

fn over_worlds(cohort: &Cohort, value: impl Fn(usize) -> f64) -> Interval {
    cohort.mean_over_worlds(|person| value(person.world))
}

/// What a course asks of a person.
pub(crate) fn burden(cohort: &Cohort, price_stated: bool) -> Burden {
    let sorted = |value: fn(&VirtualPerson) -> f64| percentiles(&cohort.sorted(value));
    let euros = over_worlds(cohort, |world| cohort.schedules[world].cost.euros());
    let note = if price_stated {
        "from the prices in the case; the number of sessions is drawn where the case does not say"
    } else {
        "from assumed prices, since there is no sound source; put your own into the case"
    };
    Burden {
        pain: sorted(|person| person.harms.pain),
        redness_days: sorted(|person| person.harms.redness.days()),
        downtime_days: sorted(|person| person.harms.downtime.days()),
        cost: Cost {
            euros: range(euros),
            note: note.to_owned(),
        },
        bleeding: Bleeding {
            pinpoint_share: range(cohort.mean_over_worlds(|person| person.harms.bleeding.0)),
            more_share: range(cohort.mean_over_worlds(|person| person.harms.bleeding.1)),
        },
    }
}

/// The share of needles that reach the dermis, over worlds.
pub(crate) fn reaches_dermis(cohort: &Cohort) -> Range {
    range(cohort.mean_over_worlds(|person| person.harms.holes.reaches_dermis))
}

/// Where the needles go; `seed` places what the pictures show.
pub(crate) fn puncture(cohort: &Cohort, seed: u64) -> Puncture {
    // numerical: micrometres in a millimetre
    const UM: f64 = 1000.0;
    let mut depths: Vec<f64> = cohort
        .people
        .iter()
        .flat_map(|person| person.harms.holes.depths_mm.iter().map(|depth| depth * UM))
        .collect();
    depths.sort_by(f64::total_cmp);
    let median = |value: fn(&VirtualPerson) -> f64| quantile(&cohort.sorted(value), 0.5) * UM;
    let epidermis = median(|person| person.harms.skin.epidermis.mm());
    let reticular = median(|person| person.harms.skin.reticular_depth().mm());
    let bottom = median(|person| person.harms.skin.thickness().mm());
    let layer = |name: &str, from_um: f64, to_um: f64| Layer {
        name: name.to_owned(),
        from_um,
        to_um,
    };
    Puncture {
        holes_per_cm2: range(cohort.mean_over_worlds(|person| person.harms.holes.density.per_cm2())),
        depth_um: percentiles(&depths),
        reaches_dermis: reaches_dermis(cohort),
        reaches_reticular: range(cohort.mean_over_worlds(|person| person.harms.holes.reaches_reticular)),
        injured_fraction: range(cohort.mean_over_worlds(|person| person.harms.holes.injured_top)),
        open_window_hours: percentiles(&cohort.sorted(|person| person.harms.closure.open_window.hours())),
        histogram: histogram(&depths),
        layers: vec![
            layer("epidermis", 0.0, epidermis),
            layer("upper dermis", epidermis, reticular),
            layer("lower dermis", reticular, bottom),
        ],
        slice: slice(cohort, seed),
        hole_map: hole_map(cohort, seed),
    }
}

/// Thirty bins from the surface to the deepest needle, rounded up to a readable width.
fn histogram(sorted_um: &[f64]) -> Histogram {
    const BINS: usize = 30;
    // numerical: widths that read well on an axis, µm
    const WIDTHS: [f64; 8] = [5.0, 10.0, 20.0, 25.0, 50.0, 100.0, 150.0, 200.0];
    let deepest = sorted_um.last().copied().unwrap_or(0.0);
    let width = WIDTHS
        .into_iter()
        .find(|width| width * BINS as f64 >= deepest)
        .unwrap_or(deepest / BINS as f64 + 1.0);
    let bins = ((deepest / width).ceil() as usize).max(1);
    let mut counts = vec![0.0; bins];
    for depth in sorted_um {
        counts[((depth / width) as usize).min(bins - 1)] += 1.0;
    }
    let total = (sorted_um.len() as f64).max(1.0);
    Histogram {
        edges_um: (0..=bins).map(|edge| edge as f64 * width).collect(),
        share: counts.into_iter().map(|count| count / total).collect(),
    }
}

/// The share of people whose median needle goes through the dermis of their mark.
pub(crate) fn through_the_mark(cohort: &Cohort) -> f64 {
    let through = |person: &VirtualPerson| {
        let depth = person.harms.holes.median_depth().mm() - person.harms.skin.epidermis.mm();
        if depth > person.harms.mark_dermis.mm() {
            1.0
        } else {
            0.0
        }
    };
    mean(&cohort.people.iter().map(through).collect::<Vec<_>>())
}
