//! Germs and channels of many plans on the same people: what `simulate_cohort` knows of them, without the months of
//! healing.

use needlework_channel::{Closure, ImmuneResponse, Infection, Wounds};
use needlework_course::{Accuracy, Circumstances, Habits, Plan, channels, counted_infection, pierce, usual_holes};
use needlework_healing::Kinetics;
use needlework_numerics::{Continue, Interval, Progress, ascending, map_in_order, mean};

use crate::monte_carlo::{CohortError, Settings};
use crate::people::{PeopleDraws, PersonPriors, Question, SiteNumbers};
use crate::taken::taken;
use crate::worlds::{Drawn, World};

/// A plan at a site.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// The plan.
    pub plan: Plan,
    /// The site's numbers.
    pub site: SiteNumbers,
}

/// One person's channels under one plan.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Channels {
    /// Punctures of a session.
    pub wounds: Wounds,
    /// When they close.
    pub closure: Closure,
    /// What germs do in the course.
    pub infection: Infection,
    /// What clinics counted, scaled to the course; of the first plan alone.
    pub counted: Option<f64>,
    /// What the person does where the case does not say.
    pub habits: Habits,
}

/// The channels of all people under each plan.
#[derive(Debug, Clone, PartialEq)]
pub struct ChannelCohort {
    /// The worlds.
    pub worlds: Vec<World>,
    /// The posterior that they were drawn from, by its name; `None` for the priors.
    pub posterior: Option<String>,
    /// People in each world.
    pub people_per_world: usize,
    /// For each plan the people, world by world.
    pub variants: Vec<Vec<Channels>>,
}

impl ChannelCohort {
    /// The mean over people of something under a plan, with the 5–95 % interval of world means.
    pub fn mean_over_worlds(&self, variant: usize, value: impl Fn(&Channels) -> f64) -> Interval {
        Interval::over(&self.world_means(variant, value))
    }

    /// The mean over the people of each world of something under a plan, ascending.
    pub fn world_means(&self, variant: usize, value: impl Fn(&Channels) -> f64) -> Vec<f64> {
        let means = self.variants[variant]
            .chunks(self.people_per_world)
            .map(|world| mean(&world.iter().map(&value).collect::<Vec<_>>()));
        ascending(means.collect())
    }

    /// Something of every person under a plan, ascending.
    pub fn sorted(&self, variant: usize, value: impl Fn(&Channels) -> f64) -> Vec<f64> {
        ascending(self.variants[variant].iter().map(value).collect())
    }
}

/// Lets the same people go through each plan as far as germs and channels go. They are the people of
/// [`simulate_cohort`](crate::simulate_cohort()) with the same settings.
///
/// # Errors
/// [`CohortError`] when the evidence does not fill the model, or `progress` says stop.
pub fn channel_cohort(
    question: &Question<'_>,
    variants: &[Variant],
    settings: &Settings,
    progress: &mut dyn FnMut(Progress) -> Continue,
) -> Result<ChannelCohort, CohortError> {
    if settings.worlds == 0 || settings.people_per_world == 0 {
        return Err(CohortError::Empty);
    }
    let (Drawn { worlds, .. }, posterior) = taken(question, settings.seed, settings.worlds)?;
    let priors = PersonPriors::from_book(question.book)?;
    let draws = PeopleDraws::new(settings.seed, settings.worlds * settings.people_per_world);
    let accuracy = Accuracy::default();
    let by_world = map_in_order(settings.threads, worlds.len(), progress, |w| {
        let world = &worlds[w];
        let kinetics = Kinetics::of(&world.parameters.cascade);
        let immune_response = ImmuneResponse::of(&world.parameters.host, &kinetics.neutrophils());
        let people: Vec<Vec<Channels>> = (0..settings.people_per_world)
            .map(|p| {
                let index = w * settings.people_per_world + p;
                variants
                    .iter()
                    .enumerate()
                    .map(|(which, variant)| {
                        let person = draws.person(index, question.case, &variant.site, &priors, world);
                        let schedule = variant.plan.settle(&world.parameters);
                        let (skin, mark, holes) = pierce(&person, &schedule, &world.parameters, &accuracy);
                        let circumstances = Circumstances {
                            plan: &variant.plan,
                            schedule: &schedule,
                            world: &world.parameters,
                            kinetics: &kinetics,
                        };
                        let (closure, infection) = channels(&person, circumstances, &immune_response, &holes);
                        let counted = (which == 0).then(|| {
                            let usual = usual_holes(&skin, &mark, &world.parameters, &accuracy);
                            counted_infection(&person, circumstances, &closure, &infection, &usual)
                        });
                        Channels {
                            counted,
                            habits: variant.plan.habits(&world.parameters.open, &person.draws.habits),
                            wounds: Wounds::of(&holes, schedule.treated_area),
                            closure,
                            infection,
                        }
                    })
                    .collect()
            })
            .collect();
        people
    })
    .map_err(CohortError::Interrupted)?;
    let people: Vec<Vec<Channels>> = by_world.into_iter().flatten().collect();
    Ok(ChannelCohort {
        variants: (0..variants.len())
            .map(|variant| people.iter().map(|person| person[variant]).collect())
            .collect(),
        worlds,
        posterior,
        people_per_world: settings.people_per_world,
    })
}
