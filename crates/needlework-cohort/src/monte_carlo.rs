//! The simulation of a cohort: worlds in parallel, people within them in turn.

use std::collections::BTreeMap;
use std::fmt;

use needlework_channel::ImmuneResponse;
use needlework_course::{
    Accuracy, Begun, Circumstances, Harms, LaterHoles, Observation, Person, Plan, Schedule, Sights, begin, harms,
    shared_cascade, sights,
};
use needlework_evidence::BookError;
use needlework_healing::{Kinetics, RemodellingHypothesis};
use needlework_numerics::{Continue, Interrupted, Progress, map_in_order};
use needlework_units::Time;

use crate::people::{PeopleDraws, PersonPriors, Question, site_numbers};
use crate::taken::taken;
use crate::worlds::{Drawn, World};

/// How many are simulated, and how.
///
/// ```
/// use needlework_cohort::Settings;
///
/// let few = Settings { worlds: 20, ..Settings::default() };
/// assert_eq!(few.worlds * few.people_per_world, 100);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Seed of all random numbers.
    pub seed: u64,
    /// Worlds.
    pub worlds: usize,
    /// People in each world.
    pub people_per_world: usize,
    /// Threads; zero takes what the machine has. It changes no result.
    pub threads: usize,
}

impl Default for Settings {
    /// What the command line simulates by default: seed 1 and 2,000 people, five in each world.
    fn default() -> Self {
        // numerical: enough worlds that an interval over them moves little with the seed
        const WORLDS: usize = 400;
        // numerical: the spread between worlds needs more than one person in each
        const PEOPLE_PER_WORLD: usize = 5;
        Self {
            seed: 1,
            worlds: WORLDS,
            people_per_world: PEOPLE_PER_WORLD,
            threads: 0,
        }
    }
}

/// A moment at which people are looked at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Moment {
    /// Counted from the first session.
    SinceFirst(Time),
    /// Counted from the last session of the plan.
    AfterLast(Time),
}

/// One virtual person with their course.
#[derive(Debug, Clone, PartialEq)]
pub struct VirtualPerson {
    /// Index of their world.
    pub world: usize,
    /// Who they are.
    pub person: Person,
    /// What is seen of them at each moment without treatment.
    pub untreated: Vec<Observation>,
    /// The same with the plan, under each law in the order of [`RemodellingHypothesis::ALL`].
    pub treated: Vec<Vec<Observation>>,
    /// What the sessions do.
    pub harms: Harms,
}

/// A simulated cohort.
#[derive(Debug, Clone, PartialEq)]
pub struct Cohort {
    /// The moments at which people were looked at.
    pub moments: Vec<Moment>,
    /// The worlds.
    pub worlds: Vec<World>,
    /// The posterior that they were drawn from, by its name; `None` for the priors.
    pub posterior: Option<String>,
    /// The plan as each world fills it.
    pub schedules: Vec<Schedule>,
    /// The people, world by world.
    pub people: Vec<VirtualPerson>,
    /// People in each world.
    pub people_per_world: usize,
    /// Draws of each parameter that varies between worlds, by key.
    pub drawn: BTreeMap<String, Vec<f64>>,
}

/// Why a cohort could not be simulated.
#[derive(Debug, Clone, PartialEq)]
pub enum CohortError {
    /// The evidence lacks something.
    Evidence(BookError),
    /// The loop was stopped or could not start.
    Interrupted(Interrupted),
    /// No worlds or no people were asked for.
    Empty,
}

impl fmt::Display for CohortError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Evidence(error) => write!(out, "the evidence does not fill the model: {error}"),
            Self::Interrupted(error) => error.fmt(out),
            Self::Empty => out.write_str("a cohort needs at least one world and one person"),
        }
    }
}

impl std::error::Error for CohortError {}

impl From<BookError> for CohortError {
    fn from(error: BookError) -> Self {
        Self::Evidence(error)
    }
}

/// Simulates people like the one in the case, each treated and untreated, and looks at them at `moments`.
///
/// # Errors
/// [`CohortError`] when the evidence does not fill the model, or `progress` says stop.
pub fn simulate_cohort(
    question: &Question<'_>,
    settings: &Settings,
    moments: &[Moment],
    progress: &mut dyn FnMut(Progress) -> Continue,
) -> Result<Cohort, CohortError> {
    if settings.worlds == 0 || settings.people_per_world == 0 {
        return Err(CohortError::Empty);
    }
    let (Drawn { worlds, columns: drawn }, posterior) = taken(question, settings.seed, settings.worlds)?;
    let priors = PersonPriors::from_book(question.book)?;
    let site = site_numbers(question.site, question.book)?;
    let plan = Plan::of(question.case, &question.device);
    let draws = PeopleDraws::new(settings.seed, settings.worlds * settings.people_per_world);
    let schedules: Vec<Schedule> = worlds.iter().map(|world| plan.settle(&world.parameters)).collect();

    let usual = Accuracy::default();
    let by_world = map_in_order(settings.threads, worlds.len(), progress, |w| {
        let (world, schedule) = (&worlds[w], &schedules[w]);
        let (times, order) = in_order(moments, schedule);
        // Nothing changes under the law that holds in the world; the other laws share its later holes.
        let accuracy = Accuracy {
            later_holes: LaterHoles::Of(world.hypothesis),
            ..usual.clone()
        };
        let kinetics = Kinetics::of(&world.parameters.cascade);
        let immune_response = ImmuneResponse::of(&world.parameters.host, &kinetics.neutrophils());
        let circumstances = Circumstances {
            plan: &plan,
            schedule,
            world: &world.parameters,
            kinetics: &kinetics,
        };
        let begun: Vec<(Person, Begun)> = (0..settings.people_per_world)
            .map(|p| {
                let index = w * settings.people_per_world + p;
                let person = draws.person(index, question.case, &site, &priors, world);
                let begun = begin(&person, circumstances, &accuracy);
                (person, begun)
            })
            .collect();
        let cascade = shared_cascade(begun.iter().map(|(_, begun)| begun), circumstances);
        begun
            .into_iter()
            .map(|(person, begun)| {
                let Sights { untreated, treated } = sights(
                    &person,
                    circumstances,
                    &begun,
                    &cascade,
                    &RemodellingHypothesis::ALL,
                    &times,
                    &accuracy,
                );
                let harms = harms(&person, circumstances, &immune_response, begun);
                let as_asked =
                    |observations: Vec<Observation>| order.iter().map(|&at| observations[at]).collect::<Vec<_>>();
                VirtualPerson {
                    world: w,
                    person,
                    untreated: as_asked(untreated),
                    treated: treated.into_iter().map(as_asked).collect(),
                    harms,
                }
            })
            .collect::<Vec<_>>()
    })
    .map_err(CohortError::Interrupted)?;
    Ok(Cohort {
        moments: moments.to_vec(),
        people: by_world.into_iter().flatten().collect(),
        people_per_world: settings.people_per_world,
        worlds,
        posterior,
        schedules,
        drawn,
    })
}

/// The moments as ascending times since the first session, and for each moment its place among them.
pub(crate) fn in_order(moments: &[Moment], schedule: &Schedule) -> (Vec<Time>, Vec<usize>) {
    let last = schedule.sessions.last().copied().unwrap_or(Time::ZERO);
    let times: Vec<f64> = moments
        .iter()
        .map(|moment| match moment {
            Moment::SinceFirst(time) => time.days(),
            Moment::AfterLast(time) => last.days() + time.days(),
        })
        .collect();
    let mut sorted: Vec<usize> = (0..times.len()).collect();
    sorted.sort_by(|&a, &b| times[a].total_cmp(&times[b]).then(a.cmp(&b)));
    let mut order = vec![0; times.len()];
    for (place, &asked) in sorted.iter().enumerate() {
        order[asked] = place;
    }
    (sorted.into_iter().map(|at| Time::from_days(times[at])).collect(), order)
}
