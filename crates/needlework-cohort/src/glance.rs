//! A glance at many worlds: what is seen of people at a few moments under every hypothesis, and nothing else, in a
//! tenth of the time of [`simulate_cohort`](crate::simulate_cohort()).
//!
//! Healing is as exact as means over people need ([`Accuracy::of_means`]), and the cascade runs once for all people of
//! a world who have the same sessions. Against the whole simulation a person's improvement is off by some hundredths
//! of a point, in one of twenty by a tenth, and by several where hardly a needle comes in (a test of the facade). Left
//! out unless a case asks for its harms: germs, closing of channels, pain, bleeding, scars; dark marks and redness are
//! in, since they are seen.
//!
//! A world of the priors is known by its number alone, so a bank of worlds can be looked at part by part; where a case
//! names a posterior that belongs to the evidence, the numbers are slots of it. The people of a case are those of every
//! command ([`glance`]), or of a trial's own streams ([`enrol`]), in which a world has as many people as are asked for
//! and the first are the same however many are.

use std::ops::Range;

use needlework_case::Case;
use needlework_channel::ImmuneResponse;
use needlework_course::{
    Accuracy, Circumstances, Harms, Observation, Person, Plan, Sights, begin, harms, hidden, shared_cascade, sights,
};
use needlework_evidence::Book;
use needlework_healing::{Kinetics, RemodellingHypothesis};
use needlework_numerics::{Continue, Progress, map_in_order, uniforms_at};
use needlework_reaction::DarkMarks;
use needlework_units::Money;

use crate::monte_carlo::{CohortError, Moment, Settings, in_order};
use crate::people::{PeopleDraws, PersonPriors, Question, SiteNumbers, site_numbers};
use crate::taken::of_slots;
use crate::worlds::World;

/// A case, and when its people are looked at.
#[derive(Debug, Clone)]
pub struct Watched<'a> {
    /// The case.
    pub question: Question<'a>,
    /// Numbers of sessions that people have in turn; empty where all have those of the case.
    pub sessions: Vec<u32>,
    /// When they are looked at.
    pub moments: Vec<Moment>,
    /// Whether it is told what the sessions do beside healing.
    pub harms: bool,
}

/// A case whose people come to a trial.
#[derive(Debug, Clone)]
pub struct Enrolment<'a> {
    /// The case, and when its people are looked at.
    pub watched: Watched<'a>,
    /// Cases that differ in who the people are; each person has one of them by chance. Empty where all have that of
    /// the question.
    pub people_like: Vec<Case>,
    /// How the names of the people's streams begin: two sides of one person share them.
    pub stream: String,
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
    /// What else the sessions do, where it was asked for.
    pub harms: Option<Harms>,
    /// Cost of the course.
    pub cost: Money,
}

impl Glanced {
    /// With the plan, by what holds in the person's world.
    #[must_use]
    pub fn treated(&self, world: &World) -> &[Observation] {
        if !world.parameters.appearance.shows() {
            return &self.hidden;
        }
        let under_law = self.sights.treated.get(world.hypothesis as usize);
        under_law.map_or(&[], Vec::as_slice)
    }
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
    let (start, people) = (numbers.start, settings.people_per_world);
    let draws = PeopleDraws::at(settings.seed, start * people..numbers.end * people);
    let watched: Vec<&Watched<'_>> = cases.iter().collect();
    let seen = |_: usize, case: &Prepared<'_>, place: &Place<'_>| {
        let asked = case.watched.question.case;
        let first = (place.number - start) * people;
        let person = |p: usize| draws.person(first + p, asked, &case.site, place.priors, place.world);
        place.seen(case, place.number * people, people, &person)
    };
    look(&watched, book, settings, numbers, seen, read, progress)
}

/// Looks at people of each case in one world, which need not be that of its number: the number says who the people are
/// ([`glance`]).
///
/// # Errors
/// [`CohortError`] as [`glance`].
pub fn glance_world(
    cases: &[Watched<'_>],
    book: &Book,
    settings: &Settings,
    number: usize,
    world: &World,
) -> Result<Vec<Vec<Glanced>>, CohortError> {
    let people = settings.people_per_world;
    if people == 0 {
        return Err(CohortError::Empty);
    }
    let draws = PeopleDraws::at(settings.seed, number * people..(number + 1) * people);
    let priors = PersonPriors::from_book(book)?;
    let accuracy = Accuracy::of_means();
    let place = Place {
        number,
        world,
        shown: Shown::of(world, cases.iter().any(|case| case.harms)),
        priors: &priors,
        accuracy: &accuracy,
    };
    cases
        .iter()
        .map(|watched| {
            let case = Prepared::of(watched, book)?;
            let asked = watched.question.case;
            let person = |p: usize| draws.person(p, asked, &case.site, &priors, world);
            Ok(place.seen(&case, number * people, people, &person))
        })
        .collect()
}

/// Lets people come to each arm of a trial in worlds `numbers`, and gives for each world what `read` makes of it: of
/// its number, of the world, and of its people arm by arm. Of `settings` the number of worlds is not used. Person p of
/// a world is the same person however many come.
///
/// # Errors
/// [`CohortError`] as [`glance`].
pub fn enrol<T: Send>(
    arms: &[Enrolment<'_>],
    book: &Book,
    settings: &Settings,
    numbers: Range<usize>,
    read: impl Fn(usize, &World, &[Vec<Glanced>]) -> T + Sync,
    progress: &mut dyn FnMut(Progress) -> Continue,
) -> Result<Vec<T>, CohortError> {
    let people = settings.people_per_world;
    let watched: Vec<&Watched<'_>> = arms.iter().map(|arm| &arm.watched).collect();
    let seen = |at: usize, case: &Prepared<'_>, place: &Place<'_>| {
        let arm = &arms[at];
        let places = place.number * MOST_ENROLLED..place.number * MOST_ENROLLED + people;
        let draws = PeopleDraws::of(settings.seed, &arm.stream, places.clone());
        let like = uniforms_at(settings.seed, &format!("{}inclusion", arm.stream), places);
        let person = |p: usize| {
            let kinds = &arm.people_like;
            let asked = kinds.get((like[p] * kinds.len() as f64) as usize);
            let asked = asked.unwrap_or(arm.watched.question.case);
            draws.person(p, asked, &case.site, place.priors, place.world)
        };
        place.seen(case, 0, people, &person)
    };
    look(&watched, book, settings, numbers, seen, read, progress)
}

/// A world in which people are looked at.
struct Place<'a> {
    number: usize,
    world: &'a World,
    shown: Shown,
    priors: &'a PersonPriors,
    accuracy: &'a Accuracy,
}

impl Place<'_> {
    /// So many people of a case; the number of the first decides whose turn it is.
    fn seen(&self, case: &Prepared<'_>, first: usize, people: usize, person: &dyn Fn(usize) -> Person) -> Vec<Glanced> {
        in_world(case, &self.shown, first, people, person, self.accuracy)
    }
}

/// Looks at what `seen` gives of each case in worlds `numbers`, and gives for each world what `read` makes of it.
fn look<T: Send>(
    cases: &[&Watched<'_>],
    book: &Book,
    settings: &Settings,
    numbers: Range<usize>,
    seen: impl Fn(usize, &Prepared<'_>, &Place<'_>) -> Vec<Glanced> + Sync,
    read: impl Fn(usize, &World, &[Vec<Glanced>]) -> T + Sync,
    progress: &mut dyn FnMut(Progress) -> Continue,
) -> Result<Vec<T>, CohortError> {
    if numbers.is_empty() || settings.people_per_world == 0 {
        return Err(CohortError::Empty);
    }
    let start = numbers.start;
    let posterior = cases.iter().find_map(|case| case.question.posterior);
    let worlds = of_slots(posterior, book, settings.seed, numbers)?;
    let priors = PersonPriors::from_book(book)?;
    let prepared = cases.iter().map(|watched| Prepared::of(watched, book));
    let prepared = prepared.collect::<Result<Vec<_>, CohortError>>()?;
    let harms = cases.iter().any(|case| case.harms);
    let accuracy = Accuracy::of_means();
    map_in_order(settings.threads, worlds.len(), progress, |w| {
        let place = Place {
            number: start + w,
            world: &worlds[w],
            shown: Shown::of(&worlds[w], harms),
            priors: &priors,
            accuracy: &accuracy,
        };
        let people: Vec<Vec<Glanced>> = prepared
            .iter()
            .enumerate()
            .map(|(at, case)| seen(at, case, &place))
            .collect();
        read(place.number, place.world, &people)
    })
    .map_err(CohortError::Interrupted)
}

/// Most people of a world who come to one arm: so many numbers of each stream belong to a world.
pub const MOST_ENROLLED: usize = 100_000;

impl<'a> Prepared<'a> {
    fn of(watched: &'a Watched<'a>, book: &Book) -> Result<Self, CohortError> {
        Ok(Self {
            watched,
            site: site_numbers(watched.question.site, book)?,
            plans: plans(watched),
        })
    }
}

/// A world in which what needles do shows, with what its people share.
struct Shown {
    world: World,
    kinetics: Kinetics,
    /// How its people deal with germs; looked at only where a case asks for harms.
    immune_response: Option<ImmuneResponse>,
}

impl Shown {
    fn of(world: &World, harms: bool) -> Self {
        let mut world = world.clone();
        world.parameters.appearance.visible = 1.0;
        let kinetics = Kinetics::of(&world.parameters.cascade);
        let immune_response = || ImmuneResponse::of(&world.parameters.host, &kinetics.neutrophils());
        Self {
            immune_response: harms.then(immune_response),
            world,
            kinetics,
        }
    }
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
    shown: &Shown,
    first: usize,
    people: usize,
    person: &dyn Fn(usize) -> Person,
    accuracy: &Accuracy,
) -> Vec<Glanced> {
    let Shown {
        world,
        kinetics,
        immune_response,
    } = shown;
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
        let cascade = shared_cascade(begun.iter().map(|(.., begun)| begun), circumstances);
        for (p, person, begun) in begun {
            let (person, begun) = (&person, &begun);
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
            seen[p] = Some(Glanced {
                hidden: as_asked(hidden(person, circumstances, begun, &times, accuracy)),
                sights: Sights {
                    untreated: as_asked(untreated),
                    treated: treated.into_iter().map(as_asked).collect(),
                },
                dark_marks: begun.dark_marks(),
                harms: immune_response
                    .as_ref()
                    .filter(|_| case.watched.harms)
                    .map(|immune_response| harms(person, circumstances, immune_response, begun.clone())),
                cost: schedule.cost,
            });
        }
    }
    seen.into_iter().flatten().collect()
}
