//! Risks as natural frequencies, what a course asks of a person, and where the needles go.

use needlework_appearance::adding_doubling::OpticsError;
use needlework_case::Regimen;
use needlework_cohort::{Cohort, OpticsData, VirtualPerson};
use needlework_evidence::{Book, BookError};
use needlework_numerics::{Interval, ascending, mean, median};
use needlework_puncture::Kind;
use needlework_reaction::Granuloma;
use needlework_units::{PERCENT, Time, UM_PER_MM};

use crate::expect::{percentiles, range, told};
use crate::report::{
    Bleeding, Burden, COURSES, Cost, Frequency, Histogram, Layer, Price, Puncture, Range, RednessLook, Reported, Risk,
    Tested,
};
use crate::slice::{hole_map, slice};

/// The harms of a course.
pub(crate) fn risks(cohort: &Cohort, clinic: bool, bony: bool, book: &Book) -> Result<Vec<Risk>, BookError> {
    let mut found = vec![
        infection(cohort, clinic, &Counted::of(book, "infection.clinic.share.")?),
        dark_marks(cohort, clinic, &Counted::of(book, "reactions.dark_marks.")?),
        scars(cohort, clinic, bony),
    ];
    found.extend(granuloma(cohort, book)?);
    Ok(found)
}

/// What all open arms together counted of a harm.
struct Counted {
    hits: u32,
    people: u32,
    studies: usize,
    /// The smallest and the largest share of one of them.
    range: [f64; 2],
}

impl Counted {
    /// From the passports of shares whose keys are `prefix` and a study; longer keys name another treatment or another
    /// way to count.
    fn of(book: &Book, prefix: &str) -> Result<Self, BookError> {
        let mut all = Self {
            hits: 0,
            people: 0,
            studies: 0,
            range: [1.0, 0.0],
        };
        for passport in book.passports() {
            if passport
                .key
                .strip_prefix(prefix)
                .is_none_or(|study| study.contains('.'))
            {
                continue;
            }
            let share = passport.canonical()?;
            all.hits += (share * f64::from(passport.n)).round() as u32;
            all.people += passport.n;
            all.studies += 1;
            all.range = [all.range[0].min(share), all.range[1].max(share)];
        }
        Ok(all)
    }

    /// The count in words.
    fn words(&self) -> String {
        format!(
            "{} of {} patients in {} studies, with {:.0} to {:.0} % between them",
            self.hits,
            self.people,
            self.studies,
            PERCENT * self.range[0],
            PERCENT * self.range[1]
        )
    }
}

fn infection(cohort: &Cohort, clinic: bool, studies: &Counted) -> Risk {
    let low = cohort.mean_over_worlds(|person| person.harms.infection.low);
    let high = cohort.mean_over_worlds(|person| person.harms.infection.high);
    // What clinics counted is of devices of many needles.
    let counted_for =
        |schedule: &needlework_course::Schedule| !schedule.sessions.is_empty() && schedule.device.kind != Kind::Single;
    let counted = clinic && cohort.schedules.iter().any(counted_for);
    let (per_1000, note) = if counted {
        let count = frequency(cohort.mean_over_worlds(|person| person.harms.infection_counted));
        // The range of the models stands in it, as it stands alone where nobody has counted.
        let per_1000 = Frequency {
            low: count.low.min(low.low * COURSES),
            high: count.high.max(high.high * COURSES),
            ..count
        };
        (
            per_1000,
            format!(
                "{}, of which most name no infection; so do many others, without a count; clinics with sterile \
                    needles, scaled to this plan's sessions, holes and skin; the range holds that of the models",
                studies.words()
            ),
        )
    } else {
        let per_1000 = Frequency {
            mean: None,
            low: told(low.low * COURSES),
            high: told(high.high * COURSES),
        };
        (
            per_1000,
            if clinic {
                "nobody has counted infections of such punctures; the range is what models span, from intact to sealed \
                    skin"
            } else {
                "nobody has counted infections of home rollers; the range is what models span, from intact to sealed \
                    skin"
            }
            .to_owned(),
        )
    };
    Risk {
        name: "infection".to_owned(),
        title: "An infection of the treated skin".to_owned(),
        per_1000,
        counted,
        note,
        validated: if counted {
            "never compared with data of its own: the count above is what it is made of"
        } else {
            "the curves of germs were compared with inoculations of forearms; infections by needling were never \
                compared with data"
        }
        .to_owned(),
        reported: None,
    }
}

fn dark_marks(cohort: &Cohort, clinic: bool, studies: &Counted) -> Risk {
    let found = cohort.mean_over_worlds(|person| person.harms.dark_marks.probability);
    let fading = cohort.sorted(|person| person.harms.dark_marks.fading.months());
    let [_, soon, _, late, _] = needlework_numerics::percentiles(&fading);
    let origin = if clinic {
        format!("{}; not studied by needle length or body site", studies.words())
    } else {
        "nobody has counted it at home; the range comes from clinics, scaled by assumption to the sessions and the \
            injured skin"
            .to_owned()
    };
    Risk {
        name: "dark_marks".to_owned(),
        title: "Dark marks that stay for a while".to_owned(),
        per_1000: uncounted_at_home(frequency(found), clinic),
        counted: clinic,
        note: format!("{origin}. In half the people they fade within {soon:.0} to {late:.0} months (assumed)."),
        validated: "the studies that it is pooled from come out again, which is no test; how it grows with sessions \
            and injury was never compared with data"
            .to_owned(),
        reported: None,
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
        validated: if bony {
            "compared with 2 of 30 people, the study that it is built on; never with data of its own"
        } else {
            "never compared with data of its own: that none was seen is what it is made of"
        }
        .to_owned(),
        reported: None,
    }
}

/// Granulomas have no denominator: what was reported, and no number. None where nothing is pierced.
fn granuloma(cohort: &Cohort, book: &Book) -> Result<Option<Risk>, BookError> {
    let worst = cohort
        .people
        .iter()
        .map(|person| person.harms.granuloma)
        .max()
        .unwrap_or(Granuloma::None);
    if worst == Granuloma::None {
        return Ok(None);
    }
    let whole = |key: &str| book.value(key).map(|value| value.round() as u32);
    let patients = whole("reactions.granuloma.patients.friedmann2024")?;
    let studies = whole("reactions.granuloma.studies.friedmann2024")?;
    let months = Time::from_days(book.value("reaction.granuloma.lasting")?).months();
    let hours = Time::from_days(book.value("reaction.granuloma.fresh")?).hours();
    let this_plan = worst == Granuloma::WithProduct;
    let own = if this_plan {
        format!("This plan puts a product on within {hours:.0} hours, as most of them did")
    } else {
        format!("Put nothing on for {hours:.0} hours that is not sterile")
    };
    Ok(Some(Risk {
        name: "granuloma".to_owned(),
        title: "Lumps in the skin that last for months (granulomas)".to_owned(),
        per_1000: Frequency {
            mean: None,
            low: 0.0,
            high: COURSES,
        },
        counted: false,
        note: format!(
            "Reported, never counted: {patients} patients in {studies} studies, most of them after a serum with \
                vitamin C or another product on fresh channels. They may last for months ({months:.0} and more in the \
                first series) and resist treatment. {own}."
        ),
        validated: "never compared with data: there is no number".to_owned(),
        reported: Some(Reported {
            patients,
            studies,
            products: ["a serum with vitamin C", "other cosmetics on fresh channels"]
                .map(str::to_owned)
                .to_vec(),
            months,
            this_plan,
        }),
    }))
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
        mean: Some(told(interval.mean * COURSES)),
        low: told(interval.low * COURSES),
        high: told(interval.high * COURSES),
    }
}

fn over_worlds(cohort: &Cohort, value: impl Fn(usize) -> f64) -> Interval {
    cohort.mean_over_worlds(|person| value(person.world))
}

/// What a course asks of a person.
///
/// # Errors
/// [`OpticsError`] when the colours of redness cannot be computed.
pub(crate) fn burden(cohort: &Cohort, regimen: &Regimen, optics: Option<&OpticsData>) -> Result<Burden, OpticsError> {
    let price_stated = regimen.price_per_session.is_known() || regimen.device_price.is_known();
    let sorted = |value: fn(&VirtualPerson) -> f64| percentiles(&cohort.sorted(value));
    let euros = over_worlds(cohort, |world| cohort.schedules[world].cost.euros());
    let note = if price_stated {
        "from the prices in the case; the number of sessions is drawn where the case does not say"
    } else {
        "from assumed prices, since there is no sound source; put your own into the case"
    };
    let pain = sorted(|person| person.harms.pain);
    let share = |value: fn(&VirtualPerson) -> f64| range(cohort.mean_over_worlds(value));
    Ok(Burden {
        pain,
        pain_word: pain_word(pain.p50).to_owned(),
        redness_days: sorted(|person| person.harms.redness.seen.days()),
        redness_look: redness_look(cohort, optics)?,
        downtime_days: sorted(|person| person.harms.redness.downtime.days()),
        cost: Cost {
            euros: range(euros),
            assumed: !price_stated,
            note: note.to_owned(),
        },
        prices: prices(cohort, euros, price_stated, regimen),
        bleeding: Bleeding {
            pinpoint_share: share(|person| person.harms.bleeding.share),
            more_share: share(|person| person.harms.bleeding.more),
            cuts_per_cm2: share(|person| person.harms.bleeding.cuts.per_cm2()),
        },
        validated: tested(),
    })
}

/// How it was validated. A test of `validation` holds these words to its table.
fn tested() -> Tested {
    Tested {
        pain: "how it grows with length and number was set by two published ratios, which it gives back; its level, \
            and what area and site do, were never compared with data"
            .to_owned(),
        redness: "compared with short arrays, which it was not built on: there it lasts longer here than was seen"
            .to_owned(),
        bleeding: "never compared with data, since nobody has counted it by depth".to_owned(),
    }
}

/// Redness as it looks after hours and days.
fn redness_look(cohort: &Cohort, optics: Option<&OpticsData>) -> Result<Vec<RednessLook>, OpticsError> {
    // numerical: hours at which a look is worth a line, from the evening to the end of the week
    const HOURS: [f64; 6] = [1.0, 6.0, 24.0, 48.0, 96.0, 168.0];
    let look = |hours: f64| {
        let since = Time::from_hours(hours);
        let seen = cohort.share(|person| person.harms.redness.seen > since).interval;
        RednessLook {
            hours,
            seen_share: range(seen),
            delta_a: percentiles(&cohort.sorted(|person| person.harms.redness.at(since))),
            srgb: None,
        }
    };
    let mut looks = HOURS.map(look).to_vec();
    if let Some(optics) = optics {
        let middle: Vec<f64> = looks.iter().map(|look| look.delta_a.p50).collect();
        for (look, colour) in looks.iter_mut().zip(optics.reddened(&middle)?) {
            look.srgb = Some(optics.screen(colour)?);
        }
    }
    Ok(looks)
}

/// Pain in a word, by the whole number that a person would say.
fn pain_word(score: f64) -> &'static str {
    match score.round() as u32 {
        _ if score <= 0.0 => "none",
        _ if score < 1.0 => "barely felt",
        0..=3 => "mild",
        4..=6 => "moderate",
        _ => "severe",
    }
}

/// The cost of the course beside a course with a laser and one of cream; each price is drawn unless the case states it.
fn prices(cohort: &Cohort, needling: Interval, stated: bool, regimen: &Regimen) -> Vec<Price> {
    let of =
        |cost: fn(&needlework_course::Schedule) -> f64| over_worlds(cohort, |world| cost(&cohort.schedules[world]));
    let line = |name: &str, label: &str, euros: Interval, note: &str| Price {
        name: name.to_owned(),
        label: label.to_owned(),
        euros: range(euros),
        note: note.to_owned(),
    };
    vec![
        line(
            "needling",
            "needling, this plan",
            needling,
            if stated {
                "prices from the case"
            } else {
                "assumed; no sound source was found"
            },
        ),
        line(
            "laser",
            "a course with a fractional laser",
            of(|schedule| schedule.laser_cost.euros()),
            if regimen.laser_session_price.is_known() {
                "price of a session from the case; number of sessions assumed"
            } else {
                "a weak source: prices in the United States as quoted on a web page; number of sessions assumed"
            },
        ),
        line(
            "cream",
            "a course of cream",
            of(|schedule| schedule.cream_cost.euros()),
            if regimen.cream_price.is_known() {
                "price of a pack from the case; number of packs assumed"
            } else {
                "a weak source: prices in shops; number of packs assumed"
            },
        ),
    ]
}

/// The share of needles that reach the dermis, over worlds.
pub(crate) fn reaches_dermis(cohort: &Cohort) -> Range {
    range(cohort.mean_over_worlds(|person| person.harms.holes.reaches_dermis))
}

/// Where the needles go; `seed` places what the pictures show.
pub(crate) fn puncture(cohort: &Cohort, seed: u64) -> Puncture {
    let depths = cohort
        .people
        .iter()
        .flat_map(|person| person.harms.holes.depths_mm.iter().map(|depth| depth * UM_PER_MM));
    let depths = ascending(depths.collect());
    let middle = |value: fn(&VirtualPerson) -> f64| median(&cohort.sorted(value)) * UM_PER_MM;
    let epidermis = middle(|person| person.harms.skin.epidermis.mm());
    let reticular = middle(|person| person.harms.skin.reticular_depth().mm());
    let bottom = middle(|person| person.harms.skin.thickness().mm());
    Puncture {
        holes_per_cm2: range(cohort.mean_over_worlds(|person| person.harms.holes.density.per_cm2())),
        depth_um: percentiles(&depths),
        reaches_dermis: reaches_dermis(cohort),
        reaches_reticular: range(cohort.mean_over_worlds(|person| person.harms.holes.reaches_reticular)),
        injured_fraction: range(cohort.mean_over_worlds(|person| person.harms.holes.injured_top)),
        open_window_hours: percentiles(&cohort.sorted(|person| person.harms.closure.open_window.hours())),
        histogram: histogram(&depths),
        layers: Layer::of_skin(epidermis, reticular, bottom),
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

#[cfg(test)]
mod tests {
    use super::pain_word;

    #[test]
    fn pain_has_the_word_of_its_number() {
        for (score, word) in [
            (0.0, "none"),
            (0.4, "barely felt"),
            (0.99, "barely felt"),
            (1.0, "mild"),
            (3.4, "mild"),
            (3.6, "moderate"),
            (6.4, "moderate"),
            (6.5, "severe"),
            (10.0, "severe"),
        ] {
            assert_eq!(pain_word(score), word, "{score}");
        }
    }
}
