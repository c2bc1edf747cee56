//! Plans in the same worlds, with the same people: what each gains and asks, world by world.

use needlework_cohort::{CohortError, Glanced, Moment, Posterior, Question, Settings, Watched, World, glance};
use needlework_numerics::{Continue, Progress, mean};
use needlework_units::Time;
use needlework_verdict::{COURSES, Library};

use super::candidate::Candidate;

/// What a plan does to the people of one world, on average.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Met {
    /// Gain over the untreated twin, points.
    pub gain: f64,
    /// Share of people who gain enough.
    pub enough: f64,
    /// Dark marks, in 1,000 courses.
    pub dark_marks: f64,
    /// Infections, in 1,000 courses; not a number where harms were not looked at.
    pub infections: f64,
    /// Scars, likewise.
    pub scars: f64,
    /// Pain of a session, likewise.
    pub pain: f64,
    /// Cost, euros.
    pub cost: f64,
}

/// Lets plans meet in worlds of a posterior, or of the priors: one list a world, with one entry a plan.
pub(crate) fn meet(
    plans: &[&Candidate],
    (library, posterior): (&Library, Option<&Posterior>),
    settings: &Settings,
    harms: bool,
    progress: &mut dyn FnMut(Progress) -> Continue,
) -> Result<Vec<Vec<Met>>, CohortError> {
    let months = Time::from_days(library.book.value("verdict.months_after_last")?);
    let points = library.book.value("verdict.gain_points")?;
    let watched: Vec<Watched<'_>> = plans
        .iter()
        .map(|plan| Watched {
            question: Question {
                posterior,
                ..Question::new(&plan.case, &library.catalog, &library.book)
            },
            sessions: Vec::new(),
            moments: vec![Moment::AfterLast(months)],
            harms,
        })
        .collect();
    let clinic = plans
        .iter()
        .any(|plan| plan.case.regimen.setting.get() == Some(needlework_case::Setting::Clinic));
    let read = |_: usize, world: &World, seen: &[Vec<Glanced>]| {
        let each = |(plan, people): (&&Candidate, &Vec<Glanced>)| met(plan, people, world, (points, clinic));
        plans.iter().zip(seen).map(each).collect::<Vec<Met>>()
    };
    glance(&watched, &library.book, settings, 0..settings.worlds, read, progress)
}

fn met(plan: &Candidate, people: &[Glanced], world: &World, (points, clinic): (f64, bool)) -> Met {
    let gain = |person: &Glanced| {
        let improvement =
            |seen: Option<&needlework_course::Observation>| seen.map_or(f64::NAN, |seen| seen.appearance.improvement());
        improvement(person.treated(world).first()) - improvement(person.sights.untreated.first())
    };
    let over = |value: &dyn Fn(&Glanced) -> f64| mean(&people.iter().map(value).collect::<Vec<_>>());
    if plan.sessions == 0 {
        return Met {
            gain: 0.0,
            enough: 0.0,
            dark_marks: 0.0,
            infections: 0.0,
            scars: 0.0,
            pain: 0.0,
            cost: 0.0,
        };
    }
    let harm = |value: &dyn Fn(&needlework_course::Harms) -> f64| {
        over(&|person| person.harms.as_ref().map_or(f64::NAN, value))
    };
    Met {
        gain: over(&gain),
        enough: over(&|person| f64::from(u8::from(gain(person) >= points))),
        dark_marks: COURSES * over(&|person| person.dark_marks.probability),
        // Nobody has counted what happens at home: there the upper end of what models span stands.
        infections: COURSES
            * harm(&|harms| {
                if clinic {
                    harms.infection_counted
                } else {
                    harms.infection.high
                }
            }),
        scars: COURSES * harm(&|harms| harms.scar),
        pain: harm(&|harms| harms.pain),
        cost: over(&|person| person.cost.euros()),
    }
}
