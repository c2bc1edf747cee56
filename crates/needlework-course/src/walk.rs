//! One course: sessions, healing between them, and what is seen at the months asked for.

use needlework_appearance::{self as appearance, Look, MarkState};
use needlework_channel::{self as channel, Closure, ClosureConditions, Defence, Infection, Wounds};
use needlework_healing::field::Layers;
use needlework_healing::{self as healing, Answer, Injury, Kinetics, Law};
use needlework_puncture::{self as puncture, DepthLaw, Hand, Holes};
use needlework_reaction::{self as reaction, Bleeding, DarkMarks, Exposure, Granuloma, Redness, Session, Taper};
use needlework_skin::{self as skin, Skin};
use needlework_stria::{self as stria, Tissue};
use needlework_units::{Length, Time};

use crate::parameters::Parameters;
use crate::person::Person;
use crate::plan::{Plan, Schedule};

/// How finely a course is resolved.
#[derive(Debug, Clone, PartialEq)]
pub struct Accuracy {
    /// Cells in the depth of the mark's dermis.
    pub cells: usize,
    /// Standard normal strata that stand for the needles of a session, ascending.
    pub needles: Vec<f64>,
}

impl Default for Accuracy {
    fn default() -> Self {
        // numerical: twice the cells and four times the strata change the share who gain by less than the sampling error
        const CELLS: usize = 24;
        const STRATA: usize = 48;
        Self {
            cells: CELLS,
            needles: needlework_numerics::normal_strata(STRATA),
        }
    }
}

/// What is seen at one moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sight {
    /// Texture, width, colour, severity.
    pub look: Look,
    /// What decides the mark's colour.
    pub mark: MarkState,
    /// Collagen of the upper dermis over that at rest.
    pub papillary_gain: f64,
    /// Gain of the epidermis.
    pub epidermal_gain: f64,
}

/// One person's course.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// Sights at the months asked for, without any session.
    pub untreated: Vec<Sight>,
    /// The same with the plan, under each of the laws asked for.
    pub treated: Vec<Vec<Sight>>,
    /// What the sessions do.
    pub harms: Harms,
}

/// What the sessions do, beside healing.
#[derive(Debug, Clone, PartialEq)]
pub struct Harms {
    /// The person's skin.
    pub skin: Skin,
    /// Dermis of the mark.
    pub mark_dermis: Length,
    /// Holes of the first session.
    pub holes: Holes,
    /// Closure of its channels.
    pub closure: Closure,
    /// Infection in the course.
    pub infection: Infection,
    /// Pain of a session, 0 to 10.
    pub pain: f64,
    /// Redness after a session.
    pub redness: Redness,
    /// How a session bleeds.
    pub bleeding: Bleeding,
    /// Dark marks in the course.
    pub dark_marks: DarkMarks,
    /// Probability of a scar in the course.
    pub scar: f64,
    /// Whether granulomas are a hazard; they have no number.
    pub granuloma: Granuloma,
}

/// A plan as one world has it.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances<'a> {
    /// What the case says of the plan.
    pub plan: &'a Plan,
    /// The same with every gap filled by the world.
    pub schedule: &'a Schedule,
    /// What the world draws.
    pub world: &'a Parameters,
    /// How the world's people deal with germs.
    pub defence: &'a Defence,
    /// How fast the world's wounds go through the cascade of healing.
    pub kinetics: &'a Kinetics,
}

/// Walks one person through a plan in one world, under each of `laws`, and looks at `months`, ascending.
#[must_use]
pub fn walk(
    person: &Person,
    circumstances: Circumstances<'_>,
    laws: &[Law],
    months: &[Time],
    accuracy: &Accuracy,
) -> Course {
    let Circumstances {
        schedule,
        world,
        kinetics,
        ..
    } = circumstances;
    let (skin, mark, holes) = pierce(person, schedule, world, accuracy);
    let usual = puncture::puncture(
        &reaction::usual_device(&world.wound),
        &Hand::of(world.puncture.passes),
        &skin,
        &mark,
        &world.puncture,
        &puncture::PersonDraws::default(),
        &accuracy.needles,
    );
    let injury = reaction::relative_injury(&holes, &usual, world.puncture.halo);
    // One run of the cascade serves all laws; without sessions there is none.
    let layers = crate::field::layers(&skin, mark.thickness, world);
    let answer = healing::answer(
        &Injury::spread(&holes, &layers, &world.field, kinetics),
        mark.stage,
        &healing::modifiers(&person.condition, &world.condition),
        &schedule.sessions,
        &world.healing,
        kinetics,
        &person.draws.healing,
    );
    let untreated = Answer::default();
    let stairs = Stairs {
        person,
        circumstances,
        accuracy,
        skin,
        layers,
        holes,
        injury,
    };
    let needled = !schedule.sessions.is_empty();
    Course {
        untreated: stairs.climb(&mark, Law::Persistence, &untreated, false, months),
        treated: laws
            .iter()
            .map(|&law| stairs.climb(&mark, law, &answer, needled, months))
            .collect(),
        harms: stairs.harms(mark.thickness),
    }
}

/// A person's skin and mark, and the holes that the first session leaves in them.
#[must_use]
pub fn pierce(person: &Person, schedule: &Schedule, world: &Parameters, accuracy: &Accuracy) -> (Skin, Tissue, Holes) {
    let skin = skin::form(&person.condition.body, &person.site, &world.skin, &person.draws.skin);
    let mark = stria::form(&person.mark, &skin, &world.stria, &person.draws.stria, accuracy.cells);
    let holes = needle(person, schedule, world, accuracy, &skin, &mark);
    (skin, mark, holes)
}

/// The holes of a session in a mark as it is.
fn needle(
    person: &Person,
    schedule: &Schedule,
    world: &Parameters,
    accuracy: &Accuracy,
    skin: &Skin,
    mark: &Tissue,
) -> Holes {
    puncture::puncture(
        &schedule.device,
        &schedule.hand,
        skin,
        mark,
        &world.puncture,
        &person.draws.puncture,
        &accuracy.needles,
    )
}

/// The channels of a session: when they close, and what germs do in a course of them.
#[must_use]
pub fn channels(person: &Person, circumstances: Circumstances<'_>, holes: &Holes) -> (Closure, Infection) {
    let Circumstances {
        plan,
        schedule,
        world,
        defence,
        ..
    } = circumstances;
    let conditions = ClosureConditions {
        covered: plan.covered,
        gel: plan.gel,
        limb: person.limb,
        dark_skin: person.dark_skin,
        age: person.condition.body.age,
        length: schedule.device.length,
    };
    let closure = channel::close(holes, &conditions, &world.closure, &person.draws.closure);
    let infection = channel::infect(
        &Wounds::of(holes, schedule.treated_area),
        schedule.sessions.len() as u32,
        &plan.cleanliness(person.flora),
        &world.germs,
        defence,
        person.draws.flora,
    );
    (closure, infection)
}

/// What stays the same on every stair. A mark's stiffness follows its collagen, so that each session makes holes of its own; harms are those of
/// the first.
struct Stairs<'a> {
    person: &'a Person,
    circumstances: Circumstances<'a>,
    accuracy: &'a Accuracy,
    skin: Skin,
    /// Where the layers of the tissue lie.
    layers: Layers,
    /// Holes of the first session.
    holes: Holes,
    /// Injured skin of a session over that of a usual one.
    injury: f64,
}

impl Stairs<'_> {
    /// Goes through the months, and through the sessions that lie between them. A month that falls on a session is seen before it.
    fn climb(&self, mark: &Tissue, law: Law, answer: &Answer, needled: bool, months: &[Time]) -> Vec<Sight> {
        let Circumstances { schedule, world, .. } = self.circumstances;
        let mut tissue = mark.clone();
        let mut answer = answer.clone();
        let mut coming = schedule.sessions.iter().copied().filter(|_| needled).peekable();
        let mut now = Time::ZERO;
        let mut sights = Vec::with_capacity(months.len());
        for &month in months {
            // Ends: with the sessions.
            while let Some(session) = coming.next_if(|&session| session < month) {
                tissue = healing::heal(&tissue, &answer, law, now, session, &world.healing);
                now = session;
                self.pierce_again(&mut answer, &tissue, session);
            }
            tissue = healing::heal(&tissue, &answer, law, now, month, &world.healing);
            now = month;
            sights.push(self.see(&tissue, month, needled));
        }
        sights
    }

    /// The answer from a session on, by the holes that it leaves in the tissue as it is then. The first session finds the mark in which the first
    /// holes were made, and a depth that is drawn does not know the tissue.
    fn pierce_again(&self, answer: &mut Answer, tissue: &Tissue, session: Time) {
        let Circumstances { schedule, world, .. } = self.circumstances;
        if session > Time::ZERO && DepthLaw::of(&world.puncture) == DepthLaw::Contact {
            let holes = needle(self.person, schedule, world, self.accuracy, &self.skin, tissue);
            let injury = Injury::spread(&holes, &self.layers, &world.field, self.circumstances.kinetics);
            answer.pierced_anew(&injury, &world.healing);
        }
    }

    fn see(&self, tissue: &Tissue, since: Time, needled: bool) -> Sight {
        let age = self.person.mark.age;
        let looks = &self.circumstances.world.appearance;
        let look = appearance::look(tissue, age, since, needled, looks, &self.circumstances.world.stria);
        let speed = if needled { looks.fading_speed } else { 1.0 };
        let redness = stria::redness(
            Time::from_days(age.days() + speed * since.days()),
            &self.circumstances.world.stria,
        );
        let fill = tissue.fill(looks.reach);
        Sight {
            look,
            mark: MarkState {
                stage: tissue.stage,
                redness,
                restored: looks.recolouring * (fill + looks.epidermal_recolouring * tissue.epidermal_gain),
                epidermal_gain: tissue.epidermal_gain,
            },
            papillary_gain: self.papillary_gain(tissue),
            epidermal_gain: tissue.epidermal_gain,
        }
    }

    /// Collagen of the papillary dermis over that at rest, less one: what biopsies of the upper dermis compare.
    fn papillary_gain(&self, tissue: &Tissue) -> f64 {
        let papillary_mm = self.skin.papillary.mm();
        let upper: Vec<f64> = tissue
            .depths_mm()
            .into_iter()
            .enumerate()
            .filter(|&(i, depth)| i == 0 || depth < papillary_mm)
            .map(|(i, _)| tissue.immature[i] + tissue.mature[i])
            .collect();
        needlework_numerics::mean(&upper) / tissue.resting - 1.0
    }

    fn harms(&self, mark_dermis: Length) -> Harms {
        let person = self.person;
        let Circumstances {
            plan, schedule, world, ..
        } = self.circumstances;
        let sessions = schedule.sessions.len() as u32;
        let holes = self.holes.clone();
        let session = Session {
            length: schedule.device.length,
            needles_in_contact: puncture::needles_in_contact(&schedule.device, &world.puncture),
            area: schedule.treated_area,
            numbed: plan.numbed,
        };
        let (closure, infection) = channels(person, self.circumstances, &holes);
        let exposure = Exposure {
            dark_skin: person.dark_skin,
            sun: plan.sun,
            interval: schedule.interval,
            sessions,
            injury: self.injury,
            person_redness: person.draws.felt.redness,
            redness_sd: world.redness.person_sd,
            person_fading: person.draws.fading,
        };
        let shape = puncture::shape(&schedule.device, &world.puncture);
        let taper = Taper {
            tip: Length::from_mm(shape.tip_mm),
            tangent: shape.taper_ratio,
        };
        Harms {
            closure,
            infection,
            pain: reaction::pain(&session, &world.felt, &person.draws.felt),
            redness: reaction::redness(self.injury, session.length, &world.redness, person.draws.felt.redness),
            bleeding: reaction::bleed(&holes, &taper, &world.bleeding),
            dark_marks: reaction::dark_marks(&exposure, &world.dark_marks),
            scar: reaction::scars(
                &holes,
                &self.skin,
                person.bony,
                sessions,
                &world.scar,
                &person.draws.scar,
            ),
            granuloma: reaction::granuloma(&holes, sessions, plan.first_product, &world.granuloma),
            skin: self.skin,
            mark_dermis,
            holes,
        }
    }
}
