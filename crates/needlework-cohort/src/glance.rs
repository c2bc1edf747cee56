//! A glance at many worlds: what is seen of people at a few moments under every hypothesis, and nothing else, in a
//! tenth of the time of [`simulate`](crate::simulate()).
//!
//! Healing is as exact as means over people need ([`Accuracy::of_means`]), and the cascade runs once for all people of
//! a world who have the same sessions. Against the whole simulation a person's improvement is off by some hundredths
//! of a point, in one of twenty by a tenth, and by several where hardly a needle comes in (a test of the facade). Left
//! out: germs, closing of channels, pain, bleeding, scars; dark marks and redness are in, since they are seen.
//!
//! A world is known by its number alone, so a bank of worlds can be looked at part by part.

use std::ops::Range;

use needlework_course::{Accuracy, Circumstances, Observation, Plan, Sights, begin, hidden, sights};
use needlework_evidence::Book;
use needlework_healing::{CascadeRun, Kinetics, RemodellingHypothesis};
use needlework_numerics::{Continue, Progress, map_in_order};
use needlework_reaction::DarkMarks;

use crate::monte_carlo::{CohortError, Moment, Settings, in_order};
use crate::people::{PeopleDraws, PersonPriors, Question, SiteNumbers, site_numbers};
use crate::worlds::{World, worlds_numbered};

/// A case, and when its people are looked at.
#[derive(Debug, Clone)]
pub struct Watched<'a> {
    /// The case.
    pub question: Question<'a>,
    /// Numbers of sessions that people have in turn; empty where all have those of the case.
    pub sessions: Vec<u32>,
    /// When they are looked at.
    pub moments: Vec<Moment>,
}

/// What is seen of one person at the moments of a case, in their order, under every hypothesis at once: whatever the
/// world has drawn of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Glanced {
    /// Without the plan, and with it under each law in the order of [`RemodellingHypothesis::ALL`], where what needles
    /// do shows.
    pub sights: Sights,
    /// With the plan, where it does not.
    pub hidden: Vec<Observation>,
    /// Dark marks in the course.
    pub dark_marks: DarkMarks,
}

/// A case with all that is the same in every world.
struct Prepared<'a> {
    watched: &'a Watched<'a>,
    site: SiteNumbers,
    /// The plan for each number of sessions.
    plans: Vec<Plan>,
}

/// Looks at people of each case in worlds `numbers`, and gives for each world what `read` makes of it: of its number,
/// of the world, and of its people case by case. Of `settings` the number of worlds is not used.
///
/// # Errors
/// [`CohortError`] when the evidence does not fill the model, or `progress` says stop.
pub fn glance<T: Send>(
    cases: &[Watched<'_>],
    book: &Book,
    settings: &Settings,
    numbers: Range<usize>,
    read: impl Fn(usize, &World, &[Vec<Glanced>]) -> T + Sync,
    progress: &mut dyn FnMut(Progress) -> Continue,
) -> Result<Vec<T>, CohortError> {
    let people = settings.people_per_world;
    if numbers.is_empty() || people == 0 {
        return Err(CohortError::Empty);
    }
    let worlds = worlds_numbered(book, settings.seed, &numbers.clone().collect::<Vec<_>>())?.worlds;
    let priors = PersonPriors::from_book(book)?;
    let draws = PeopleDraws::at(settings.seed, numbers.start * people..numbers.end * people);
    let prepared = cases
        .iter()
        .map(|watched| {
            Ok(Prepared {
                watched,
                site: site_numbers(watched.question.site, book)?,
                plans: plans(watched),
            })
        })
        .collect::<Result<Vec<_>, CohortError>>()?;
    let accuracy = Accuracy::of_means();
    map_in_order(settings.threads, worlds.len(), progress, |w| {
        let world = &worlds[w];
        let number = numbers.start + w;
        let mut shown = world.clone();
        shown.parameters.appearance.visible = 1.0;
        let kinetics = Kinetics::of(&world.parameters.cascade);
        let seen: Vec<Vec<Glanced>> = prepared
            .iter()
            .map(|case| {
                let person = |p: usize| {
                    let asked = case.watched.question.case;
                    draws.person(w * people + p, asked, &case.site, &priors, world)
                };
                in_world(case, &shown, &kinetics, number * people, people, &person, &accuracy)
            })
            .collect();
        read(number, world, &seen)
    })
    .map_err(CohortError::Interrupted)
}

/// The plan of a case for each number of sessions.
fn plans(watched: &Watched<'_>) -> Vec<Plan> {
    let plan = Plan::of(watched.question.case, &watched.question.device);
    if watched.sessions.is_empty() {
        return vec![plan];
    }
    watched
        .sessions
        .iter()
        .map(|&sessions| Plan {
            sessions: Some(sessions),
            ..plan.clone()
        })
        .collect()
}

/// The people of one case in one world; the number of the first decides whose turn it is.
fn in_world(
    case: &Prepared<'_>,
    world: &World,
    kinetics: &Kinetics,
    first: usize,
    people: usize,
    person: &dyn Fn(usize) -> needlework_course::Person,
    accuracy: &Accuracy,
) -> Vec<Glanced> {
    let mut seen: Vec<Option<Glanced>> = vec![None; people];
    for (turn, plan) in case.plans.iter().enumerate() {
        let schedule = plan.settle(&world.parameters);
        let circumstances = Circumstances {
            plan,
            schedule: &schedule,
            world: &world.parameters,
            kinetics,
        };
        let (times, order) = in_order(&case.watched.moments, &schedule);
        let begun: Vec<_> = (0..people)
            .filter(|p| (first + p) % case.plans.len() == turn)
            .map(|p| {
                let person = person(p);
                let begun = begin(&person, circumstances, accuracy);
                (p, person, begun)
            })
            .collect();
        let most = begun.iter().map(|(.., begun)| begun.most_injured()).fold(0.0, f64::max);
        let cascade = CascadeRun::up_to(most, &schedule.sessions, kinetics);
        for (p, person, begun) in &begun {
            let Sights { untreated, treated } = sights(
                person,
                circumstances,
                begun,
                &cascade,
                &RemodellingHypothesis::ALL,
                &times,
                accuracy,
            );
            let as_asked = |seen: Vec<_>| order.iter().map(|&at| seen[at]).collect::<Vec<_>>();
            seen[*p] = Some(Glanced {
                hidden: as_asked(hidden(person, circumstances, begun, &times, accuracy)),
                sights: Sights {
                    untreated: as_asked(untreated),
                    treated: treated.into_iter().map(as_asked).collect(),
                },
                dark_marks: begun.dark_marks(),
            });
        }
    }
    seen.into_iter().flatten().collect()
}
