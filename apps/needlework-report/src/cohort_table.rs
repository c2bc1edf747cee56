//! A cohort as a table: one row a person, with everything from which the shares of a report can be recomputed.

use needlework::cohort::{Arm, Cohort, Moment, VirtualPerson};
use needlework::healing::Law;
use needlework::skin::Sex;
use needlework::stria::Stage;
use needlework::verdict::Engine;

use needlework_tables::{Column, ColumnData, Table};

/// Every virtual person of a cohort: who they are, what the sessions do to them, and their improvement at every moment, treated
/// (under the law of their world and under each law) and untreated.
#[must_use]
pub fn people_table(cohort: &Cohort, engine: &Engine) -> Table {
    let people = &cohort.people;
    let mut columns = Vec::new();
    let mut numbers = |name: &str, unit: &str, doc: &str, value: &dyn Fn(&VirtualPerson) -> f64| {
        let data = ColumnData::Numbers(people.iter().map(value).collect());
        columns.push(Column {
            name: name.to_owned(),
            unit: unit.to_owned(),
            doc: doc.to_owned(),
            data,
        });
    };
    numbers("age", "year", "age", &|p| p.person.condition.body.age.years());
    numbers("bmi", "kg/m2", "body mass index", &|p| {
        p.person.condition.body.bmi.kg_per_m2()
    });
    numbers("mark_age", "day", "age of the mark at the first session", &|p| {
        p.person.mark.age.days()
    });
    numbers("epidermis", "um", "thickness of the epidermis", &|p| {
        p.harms.skin.epidermis.um()
    });
    numbers("dermis", "um", "thickness of the dermis around the mark", &|p| {
        p.harms.skin.dermis.um()
    });
    numbers("mark_dermis", "um", "thickness of the dermis of the mark", &|p| {
        p.harms.mark_dermis.um()
    });
    numbers("holes", "1/cm2", "holes per area in one session", &|p| {
        p.harms.holes.density.per_cm2()
    });
    numbers("depth", "um", "median depth of the needles below the surface", &|p| {
        p.harms.holes.median_depth().um()
    });
    numbers("reaches_dermis", "1", "share of needles that reach the dermis", &|p| {
        p.harms.holes.reaches_dermis
    });
    numbers(
        "injured",
        "1",
        "injured share of the uppermost dermis in one session",
        &|p| p.harms.holes.injured_top,
    );
    numbers("open_window", "h", "time until germs can no longer enter", &|p| {
        p.harms.closure.open_window.hours()
    });
    numbers(
        "infection_low",
        "1",
        "risk of infection in the course, intact host",
        &|p| p.harms.infection.low,
    );
    numbers(
        "infection_high",
        "1",
        "risk of infection in the course, sealed skin",
        &|p| p.harms.infection.high,
    );
    numbers("dark_marks", "1", "probability of dark marks", &|p| {
        p.harms.dark_marks.probability
    });
    numbers("scar", "1", "probability of a scar", &|p| p.harms.scar);
    numbers("pain", "1", "pain of a session, 0 to 10", &|p| p.harms.pain);
    numbers("redness", "day", "redness after a session", &|p| {
        p.harms.redness.seen.days()
    });
    numbers("downtime", "day", "time before one would go out", &|p| {
        p.harms.redness.downtime.days()
    });
    let mut seen = std::collections::BTreeSet::new();
    for (place, moment) in cohort.moments.iter().enumerate() {
        let when = name_of(*moment);
        // A moment that is asked for twice, for the gain and for a published result, is one column.
        if !seen.insert(when.clone()) {
            continue;
        }
        let doc = "improvement in percent of the own start";
        numbers(&format!("untreated_{when}"), "%", doc, &|p| {
            cohort.improvement(p, place, Arm::Untreated)
        });
        numbers(&format!("treated_{when}"), "%", doc, &|p| {
            cohort.improvement(p, place, Arm::Treated)
        });
        for law in Law::ALL {
            let name = format!("{}_{when}", law.name());
            numbers(&name, "%", doc, &|p| cohort.improvement(p, place, Arm::Under(law)));
        }
    }
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
            cohort.worlds[person.world].law.name()
        }),
        texts("stage", "stage of the mark", &|person| match person.person.mark.stage {
            Stage::Rubra => "rubra",
            Stage::Alba => "alba",
        }),
        texts("sex", "sex", &|person| match person.person.condition.body.sex {
            Sex::Female => "female",
            Sex::Male => "male",
        }),
    ];
    all.extend(columns);
    Table {
        engine: engine.version.clone(),
        columns: all,
    }
}

/// A moment as part of a column's name: `month_6`, `after_last_month_6`.
fn name_of(moment: Moment) -> String {
    let months = |time: needlework::units::Time| {
        let months = (time.months() * 100.0).round() / 100.0;
        months.to_string().replace('.', "_")
    };
    match moment {
        Moment::SinceFirst(time) => format!("month_{}", months(time)),
        Moment::AfterLast(time) => format!("after_last_month_{}", months(time)),
    }
}
