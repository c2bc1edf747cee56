//! A cohort as a table: one row a person, with everything from which the shares of a report can be recomputed, what
//! explains them among it: each number that the world of a person drew stands beside the person.
//!
//! Improvement stands for every moment. What it is made of (texture, width, colour), collagen and what raters would
//! grade stand for every third month, for moments after the last session and for those of published results, so that
//! the file does not grow without end.

use needlework::cohort::{Cohort, Moment, PotentialOutcome, VirtualPerson, declared};
use needlework::healing::RemodellingHypothesis;
use needlework::skin::Sex;
use needlework::stria::Stage;
use needlework::units::{Dimension, Measure, Time, symbols};
use needlework::verdict::Engine;

use needlework_files::{Column, ColumnData, Table};

/// Every virtual person of a cohort: who they are, what the sessions do to them, and their improvement at every moment,
/// treated (under the law of their world and under each law) and untreated. `seed` is that of the answer: what raters
/// of a study add is drawn from it.
#[must_use]
pub fn people_table(cohort: &Cohort, engine: &Engine, seed: u64) -> Table {
    let people = &cohort.people;
    let mut columns: Vec<Column> = Vec::new();
    let mut add = |name: &str, unit: &str, doc: &str, data: ColumnData| {
        columns.push(Column {
            name: name.to_owned(),
            unit: unit.to_owned(),
            doc: doc.to_owned(),
            data,
        });
    };
    let of = |value: &dyn Fn(&VirtualPerson) -> f64| ColumnData::numbers(people.iter().map(value));
    add("age", "year", "age", of(&|p| p.person.condition.body.age.years()));
    add(
        "bmi",
        "kg/m2",
        "body mass index",
        of(&|p| p.person.condition.body.bmi.kg_per_m2()),
    );
    add(
        "mark_age",
        "day",
        "age of the mark at the first session",
        of(&|p| p.person.mark.age.days()),
    );
    add(
        "epidermis",
        "um",
        "thickness of the epidermis",
        of(&|p| p.harms.skin.epidermis.um()),
    );
    add(
        "dermis",
        "um",
        "thickness of the dermis around the mark",
        of(&|p| p.harms.skin.dermis.um()),
    );
    add(
        "mark_dermis",
        "um",
        "thickness of the dermis of the mark",
        of(&|p| p.harms.mark_dermis.um()),
    );
    add(
        "holes",
        "1/cm2",
        "holes per area in one session",
        of(&|p| p.harms.holes.density.per_cm2()),
    );
    add(
        "depth",
        "um",
        "median depth of the needles below the surface",
        of(&|p| p.harms.holes.median_depth().um()),
    );
    add(
        "reaches_dermis",
        "1",
        "share of needles that reach the dermis",
        of(&|p| p.harms.holes.reaches_dermis),
    );
    add(
        "injured",
        "1",
        "injured share of the uppermost dermis in one session",
        of(&|p| p.harms.holes.injured_top),
    );
    add(
        "open_window",
        "h",
        "time until germs can no longer enter",
        of(&|p| p.harms.closure.open_window.hours()),
    );
    add(
        "infection_low",
        "1",
        "risk of infection in the course, intact host",
        of(&|p| p.harms.infection.low),
    );
    add(
        "infection_high",
        "1",
        "risk of infection in the course, sealed skin",
        of(&|p| p.harms.infection.high),
    );
    add(
        "dark_marks",
        "1",
        "probability of dark marks",
        of(&|p| p.harms.dark_marks.probability),
    );
    add("scar", "1", "probability of a scar", of(&|p| p.harms.scar));
    add("pain", "1", "pain of a session, 0 to 10", of(&|p| p.harms.pain));
    add(
        "redness",
        "day",
        "redness after a session",
        of(&|p| p.harms.redness.seen.days()),
    );
    add(
        "downtime",
        "day",
        "time before one would go out",
        of(&|p| p.harms.redness.downtime.days()),
    );
    let mut seen = std::collections::BTreeSet::new();
    for (place, moment) in cohort.moments.iter().enumerate() {
        let when = name_of(*moment);
        // A moment that is asked for twice, for the gain and for a published result, is one column.
        if !seen.insert(when.clone()) {
            continue;
        }
        let doc = "improvement in percent of the own start";
        add(
            &format!("untreated_{when}"),
            "%",
            doc,
            of(&|p| cohort.improvement(p, place, PotentialOutcome::Untreated)),
        );
        add(
            &format!("treated_{when}"),
            "%",
            doc,
            of(&|p| cohort.improvement(p, place, PotentialOutcome::Treated)),
        );
        for law in RemodellingHypothesis::ALL {
            let name = format!("{}_{when}", law.name());
            add(
                &name,
                "%",
                doc,
                of(&|p| cohort.improvement(p, place, PotentialOutcome::Under(law))),
            );
        }
        if !told_in_full(*moment) {
            continue;
        }
        for (arm, course) in [
            ("untreated", PotentialOutcome::Untreated),
            ("treated", PotentialOutcome::Treated),
        ] {
            let named = |part: &str| format!("{part}_{arm}_{when}");
            let over_start = |what: &str| format!("{what} over that at the start");
            add(
                &named("texture"),
                "1",
                &over_start("texture"),
                of(&|p| cohort.observation(p, place, course).appearance.texture),
            );
            add(
                &named("width"),
                "1",
                &over_start("width"),
                of(&|p| cohort.observation(p, place, course).appearance.width),
            );
            add(
                &named("colour"),
                "1",
                &over_start("difference in colour to the skin around"),
                of(&|p| cohort.observation(p, place, course).appearance.colour),
            );
            add(
                &named("papillary_gain"),
                "1",
                "gain of collagen in the upper dermis over that at rest",
                of(&|p| cohort.observation(p, place, course).papillary_gain),
            );
        }
        let graded = ColumnData::numbers(cohort.graded(place, PotentialOutcome::Treated, seed));
        let doc = "improvement as raters of a study would grade it";
        add(&format!("graded_treated_{when}"), "%", doc, graded);
    }
    columns.extend(drawn(cohort));
    let texts = |name: &str, doc: &str, value: &dyn Fn(&VirtualPerson) -> &'static str| Column {
        name: name.to_owned(),
        unit: String::new(),
        doc: doc.to_owned(),
        data: ColumnData::Texts(people.iter().map(|person| value(person).to_owned()).collect()),
    };
    let mut all = vec![
        Column {
            name: "world".to_owned(),
            unit: String::new(),
            doc: "number of the world; people of one world share what is not known".to_owned(),
            data: ColumnData::Integers(people.iter().map(|person| person.world as i64).collect()),
        },
        texts("law", "what becomes of a gain in this world", &|person| {
            cohort.worlds[person.world].hypothesis.name()
        }),
        texts("stage", "stage of the mark", &|person| match person.person.mark.stage {
            Stage::Rubra => "rubra",
            Stage::Alba => "alba",
        }),
        texts("sex", "sex", &|person| match person.person.condition.body.sex {
            Sex::Female => "female",
            Sex::Male => "male",
        }),
        texts(
            "skin_type",
            "skin type by Fitzpatrick, as far as the model tells them apart",
            &|person| {
                if person.person.dark_skin {
                    "IV to VI"
                } else {
                    "I to III"
                }
            },
        ),
    ];
    all.extend(columns);
    Table {
        engine: engine.version.clone(),
        columns: all,
    }
}

/// Months to the hundredth, so that what went through days is whole again.
fn rounded_months(time: Time) -> f64 {
    (time.months() * 100.0).round() / 100.0
}

/// Whether a moment has all of its columns.
fn told_in_full(moment: Moment) -> bool {
    match moment {
        Moment::AfterLast(_) => true,
        Moment::SinceFirst(time) => {
            let months = rounded_months(time);
            months % 3.0 == 0.0 || months.fract() != 0.0
        }
    }
}

/// What each person's world drew, a column each parameter that varies.
fn drawn(cohort: &Cohort) -> Vec<Column> {
    let declared = declared();
    let of_people = |draws: &[f64]| {
        let here = |person: &VirtualPerson| draws.get(person.world).copied();
        ColumnData::some_numbers(cohort.people.iter().map(here))
    };
    cohort
        .drawn
        .iter()
        .map(|(key, draws)| {
            let dimension = declared.iter().find(|one| one.key == key).map(|one| one.dimension);
            Column {
                name: format!("world_{}", key.replace('.', "_")),
                unit: dimension.map_or("", own_unit).to_owned(),
                doc: format!("{key}, as the world drew it"),
                data: of_people(draws),
            }
        })
        .collect()
}

/// The unit in which a number of a dimension is its own canonical value; `1` where no symbol is.
fn own_unit(dimension: Dimension) -> &'static str {
    let is_one = |symbol: &&str| Measure::parse(&format!("1 {symbol}")).is_ok_and(|one| one.canonical() == 1.0);
    symbols(dimension).into_iter().find(is_one).unwrap_or("1")
}

/// A number of months since the first session as part of a column's name, to the hundredth: `month_6`, `month_8_76`.
/// Each month of a report's forecast has its columns under this name.
#[must_use]
pub fn month_of_column(months: f64) -> String {
    name_of(Moment::SinceFirst(Time::from_months(months)))
}

/// As [`month_of_column`], for months since the last session: `after_last_month_6`. The gain is judged there where a
/// case leaves the last session open.
#[must_use]
pub fn month_after_last_of_column(months: f64) -> String {
    name_of(Moment::AfterLast(Time::from_months(months)))
}

/// A moment as part of a column's name: `month_6`, `after_last_month_6`.
fn name_of(moment: Moment) -> String {
    let months = |time: Time| rounded_months(time).to_string().replace('.', "_");
    match moment {
        Moment::SinceFirst(time) => format!("month_{}", months(time)),
        Moment::AfterLast(time) => format!("after_last_month_{}", months(time)),
    }
}
