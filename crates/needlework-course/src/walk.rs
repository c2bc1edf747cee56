//! One course: sessions, healing between them, and what is seen at the months asked for.

use needlework_appearance::{self as appearance, Appearance, MarkState};
use needlework_channel::{
    self as channel, Cleanliness, Closure, ClosureConditions, ImmuneResponse, Infection, NeedleState, Preparation,
    Wounds,
};
use needlework_healing::field::Layers;
use needlework_healing::{self as healing, CascadeRun, Injury, Kinetics, RemodellingHypothesis, TissueResponse};
use needlework_puncture::{self as puncture, DepthModel, Hand, Holes};
use needlework_reaction::{self as reaction, Bleeding, DarkMarks, Exposure, Granuloma, Redness, Session, Taper};
use needlework_skin::{self as skin, Skin};
use needlework_stria::{self as stria, NaturalCourse, Tissue};
use needlework_units::{Length, Time};

use crate::layers::layers;
use crate::parameters::Parameters;
use crate::person::Person;
use crate::plan::{Habits, Plan, Schedule};

/// Whose tissue the sessions after the first pierce. How stiff it is by then hangs on what became of the gain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LaterHoles {
    /// Under each hypothesis its own.
    OfEach,
    /// That of one hypothesis, for all (of the first where it is not asked for): what drives healing is then worked out
    /// once. Under that hypothesis nothing changes; under the others a person is off by some hundredths of a point (a
    /// test of the facade).
    Of(RemodellingHypothesis),
}

/// Resolution of a course: cells in depth, strata of needles, steps in time, and whose tissue later sessions pierce.
#[derive(Debug, Clone, PartialEq)]
pub struct Accuracy {
    /// Cells in the depth of the mark's dermis.
    pub cells: usize,
    /// Standard normal strata that stand for the needles of a session, ascending.
    pub needles: Vec<f64>,
    /// Length of the steps of healing over the usual one.
    pub step_scale: f64,
    /// Whose tissue the sessions after the first pierce.
    pub later_holes: LaterHoles,
}

impl Default for Accuracy {
    fn default() -> Self {
        // numerical: twice the cells and four times the strata change the share who gain by less than the sampling
        // error
        const CELLS: usize = 24;
        const STRATA: usize = 48;
        Self {
            cells: CELLS,
            needles: needlework_numerics::normal_strata(STRATA),
            step_scale: 1.0,
            later_holes: LaterHoles::OfEach,
        }
    }
}

impl Accuracy {
    /// For means over many people, where each one's error is lost: some hundredths of a point in most; several, up as
    /// often as down, where hardly a needle comes in, so that few strata stand for those that do (a test of the
    /// facade).
    #[must_use]
    pub fn of_means() -> Self {
        // numerical: half the cells and half the strata of the usual one, steps twice as long
        const CELLS: usize = 12;
        const STRATA: usize = 24;
        const STEP_SCALE: f64 = 2.0;
        Self {
            cells: CELLS,
            needles: needlework_numerics::normal_strata(STRATA),
            step_scale: STEP_SCALE,
            later_holes: LaterHoles::Of(RemodellingHypothesis::Relapse),
        }
    }
}

/// What is seen at one moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Observation {
    /// Texture, width, colour, severity.
    pub appearance: Appearance,
    /// What decides the mark's colour.
    pub mark: MarkState,
    /// Collagen of the upper dermis over that at rest.
    pub papillary_gain: f64,
    /// Gain of the epidermis.
    pub epidermal_gain: f64,
    /// Redness that is left of that at the start; none in a mark that was not red.
    pub redness_left: f64,
    /// Elastin of the mark over that of normal skin.
    pub elastin: f64,
}

/// What is seen of one person's mark.
#[derive(Debug, Clone, PartialEq)]
pub struct Sights {
    /// At the months asked for, without any session.
    pub untreated: Vec<Observation>,
    /// The same with the plan, under each of the laws asked for.
    pub treated: Vec<Vec<Observation>>,
}

/// A person's mark in which the first session has left its holes.
#[derive(Debug, Clone, PartialEq)]
pub struct Begun {
    skin: Skin,
    mark: Tissue,
    holes: Holes,
    /// The holes of a usual session in the same mark.
    usual: Holes,
    layers: Layers,
    injury: Injury,
    /// What the sessions leave on the skin for a while.
    left: Left,
}

/// What the sessions leave on the skin for a while, and what else than healing is seen of them.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Left {
    redness: Redness,
    dark_marks: DarkMarks,
    /// Whether this person has them.
    dark: bool,
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
    /// What the person does where the case does not say.
    pub habits: Habits,
    /// Infection in the course.
    pub infection: Infection,
    /// The same as clinics counted it, scaled to the sessions, holes and skin of this course.
    pub infection_counted: f64,
    /// Pain of a session, 0 to 10.
    pub pain: f64,
    /// Redness after a session.
    pub redness: Redness,
    /// How a session bleeds.
    pub bleeding: Bleeding,
    /// Dark marks in the course.
    pub dark_marks: DarkMarks,
    /// Whether this person has them: so many of people like this as their probability says.
    pub dark: bool,
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
    /// How fast the world's wounds go through the cascade of healing.
    pub kinetics: &'a Kinetics,
}

/// A person's mark with the holes of the first session, and what they injure.
#[must_use]
pub fn begin(person: &Person, circumstances: Circumstances<'_>, accuracy: &Accuracy) -> Begun {
    let Circumstances {
        plan,
        schedule,
        world,
        kinetics,
        ..
    } = circumstances;
    let (skin, mark, holes) = pierce(person, schedule, world, accuracy);
    // Harms were counted after sessions with a usual device. They are scaled by the injury of this plan over that of a
    // usual session in the same skin and world, so that what is unknown of the skin cancels.
    let usual = usual_holes(&skin, &mark, world, accuracy);
    let injury = reaction::relative_injury(&holes, &usual, world.puncture.halo, &world.wound);
    let exposure = Exposure {
        dark_skin: person.dark_skin,
        sun: plan.habits(&world.open, &person.draws.habits).sun,
        interval: schedule.interval,
        sessions: schedule.sessions.len() as u32,
        injury,
        person_redness: person.draws.redness,
        redness_sd: world.redness.person_sd,
        person_fading: person.draws.fading,
    };
    let dark_marks = reaction::dark_marks(&exposure, &world.dark_marks);
    let left = Left {
        redness: reaction::redness(injury, schedule.device.length, &world.redness, person.draws.redness),
        dark: person.draws.dark_mark > 1.0 - dark_marks.probability,
        dark_marks,
    };
    let layers = layers(&skin, mark.thickness, world);
    Begun {
        injury: Injury::spread(&holes, &layers, &world.field, kinetics),
        skin,
        mark,
        holes,
        usual,
        layers,
        left,
    }
}

/// One run of the cascade for all people of a world whose sessions have begun, and for all laws.
#[must_use]
pub fn shared_cascade<'a>(begun: impl Iterator<Item = &'a Begun>, circumstances: Circumstances<'_>) -> CascadeRun {
    let most = begun.map(|begun| begun.injury.most()).fold(0.0, f64::max);
    CascadeRun::up_to(most, &circumstances.schedule.sessions, circumstances.kinetics)
}

impl Begun {
    /// Dark marks in the course.
    #[must_use]
    pub fn dark_marks(&self) -> DarkMarks {
        self.left.dark_marks
    }
}

/// What is seen at `months`, ascending, of a mark whose sessions have begun: without them, and with them under each of
/// `hypotheses`. The run of the cascade is one for the sessions of this plan, up to the share that `begun` has at
/// least; people of a world can share it.
#[must_use]
pub fn sights(
    person: &Person,
    circumstances: Circumstances<'_>,
    begun: &Begun,
    cascade: &CascadeRun,
    hypotheses: &[RemodellingHypothesis],
    months: &[Time],
    accuracy: &Accuracy,
) -> Sights {
    let Circumstances { schedule, world, .. } = circumstances;
    let response = healing::respond(
        &begun.injury,
        begun.mark.stage,
        &healing::modifiers(&person.condition, &world.condition),
        cascade,
        &world.healing,
        &person.draws.healing,
    );
    // The twin: the same tissue, natural course and draws with an empty list of sessions. No law matters without a
    // gain.
    let untreated = TissueResponse::default();
    let session_loop = SessionLoop::of(person, circumstances, begun, accuracy);
    let needled = !schedule.sessions.is_empty();
    let together = match accuracy.later_holes {
        LaterHoles::OfEach => 1,
        LaterHoles::Of(_) => hypotheses.len().max(1),
    };
    Sights {
        untreated: session_loop
            .run(&[RemodellingHypothesis::Persistence], &untreated, false, months)
            .remove(0),
        treated: hypotheses
            .chunks(together)
            .flat_map(|hypotheses| session_loop.run(hypotheses, &response, needled, months))
            .collect(),
    }
}

/// What is seen at `months` with the sessions of a plan in a world where nothing of what they do to the tissue shows:
/// redness and dark marks, on a mark that goes its own way. Collagen and epidermis are those of the mark untreated.
#[must_use]
pub fn hidden(
    person: &Person,
    circumstances: Circumstances<'_>,
    begun: &Begun,
    months: &[Time],
    accuracy: &Accuracy,
) -> Vec<Observation> {
    let session_loop = SessionLoop::of(person, circumstances, begun, accuracy);
    let needled = !circumstances.schedule.sessions.is_empty();
    let see = |&month| session_loop.see(&begun.mark, month, needled, false);
    months.iter().map(see).collect()
}

/// The holes of the session that others are measured by, in a person's mark.
#[must_use]
pub fn usual_holes(skin: &Skin, mark: &Tissue, world: &Parameters, accuracy: &Accuracy) -> Holes {
    puncture::puncture(
        &reaction::usual_device(&world.wound),
        &Hand::of(world.puncture.passes),
        skin,
        mark,
        &world.puncture,
        &puncture::PersonDraws::default(),
        &accuracy.needles,
    )
}

/// A person's skin and mark, and the holes that the first session leaves in them.
#[must_use]
pub fn pierce(person: &Person, schedule: &Schedule, world: &Parameters, accuracy: &Accuracy) -> (Skin, Tissue, Holes) {
    let (skin, mark) = form(person, world, accuracy);
    let holes = needle(person, schedule, world, accuracy, &skin, &mark);
    (skin, mark, holes)
}

/// A person's skin and mark.
pub(crate) fn form(person: &Person, world: &Parameters, accuracy: &Accuracy) -> (Skin, Tissue) {
    let skin = skin::form(&person.condition.body, &person.site, &world.skin, &person.draws.skin);
    let mark = stria::form(&person.mark, &skin, &world.stria, &person.draws.stria, accuracy.cells);
    (skin, mark)
}

/// The holes of a session in a mark as it is.
pub(crate) fn needle(
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
pub fn channels(
    person: &Person,
    circumstances: Circumstances<'_>,
    immune_response: &ImmuneResponse,
    holes: &Holes,
) -> (Closure, Infection) {
    let Circumstances {
        plan, schedule, world, ..
    } = circumstances;
    let habits = plan.habits(&world.open, &person.draws.habits);
    let conditions = ClosureConditions {
        covered: habits.covered,
        gel: habits.gel,
        limb: person.limb,
        dark_skin: person.dark_skin,
        age: person.condition.body.age,
        length: schedule.device.length,
    };
    let closure = channel::close(holes, &conditions, &world.closure, &person.draws.closure);
    let infection = channel::infect(
        &Wounds::of(holes, schedule.treated_area),
        schedule.sessions.len() as u32,
        &plan.cleanliness(&habits, person.flora),
        &habits.aftermath(closure.open_window),
        &world.germs,
        immune_response,
        person.draws.flora,
    );
    (closure, infection)
}

/// The infections that clinics counted, scaled to a course: by its sessions, and by the germs that one of them and the
/// days after it bring to open channels over those of a `usual` session on the same skin, disinfected, with clean hands
/// and no water.
#[must_use]
pub fn counted_infection(
    person: &Person,
    circumstances: Circumstances<'_>,
    closure: &Closure,
    infection: &Infection,
    usual: &Holes,
) -> f64 {
    let Circumstances {
        plan, schedule, world, ..
    } = circumstances;
    let habits = Habits {
        preparation: Preparation::Disinfected,
        hands_clean: true,
        water: None,
        through_cloth: false,
        covered: false,
        wet: false,
        ..plan.habits(&world.open, &person.draws.habits)
    };
    let cleanliness = Cleanliness {
        needles: NeedleState::Sterile,
        single: false,
        ..plan.cleanliness(&habits, person.flora)
    };
    let wounds = Wounds::of(usual, world.open.treated_area);
    let flora = person.draws.flora;
    let carried = channel::inoculate(&wounds, &cleanliness, &world.germs, flora).total();
    let aftermath = habits.aftermath(closure.open_window);
    let late = channel::contaminate(&wounds, &cleanliness, &aftermath, &world.germs, flora);
    let exposure = if carried + late > 0.0 {
        infection.inoculum.total() / (carried + late)
    } else {
        0.0
    };
    channel::counted(schedule.sessions.len() as u32, exposure, &world.germs)
}

/// What stays the same from session to session. A mark's stiffness follows its collagen, so that each session makes
/// holes of its own; harms are those of the first.
struct SessionLoop<'a> {
    person: &'a Person,
    circumstances: Circumstances<'a>,
    accuracy: &'a Accuracy,
    begun: &'a Begun,
    /// What the mark does by itself.
    course: NaturalCourse,
}

impl<'a> SessionLoop<'a> {
    fn of(person: &'a Person, circumstances: Circumstances<'a>, begun: &'a Begun, accuracy: &'a Accuracy) -> Self {
        let world = circumstances.world;
        Self {
            person,
            circumstances,
            accuracy,
            begun,
            course: NaturalCourse::of(&person.mark, &world.stria, &person.draws.stria),
        }
    }

    /// Integrates the tissue over sessions under each of some hypotheses and observes it at the months, in the order of
    /// time. A month that falls on a session is observed before that session. Sessions pierce the tissue of one of the
    /// hypotheses.
    fn run(
        &self,
        hypotheses: &[RemodellingHypothesis],
        response: &TissueResponse,
        needled: bool,
        months: &[Time],
    ) -> Vec<Vec<Observation>> {
        let Circumstances { schedule, world, .. } = self.circumstances;
        let mut tissues: Vec<(RemodellingHypothesis, Tissue)> = hypotheses
            .iter()
            .map(|&hypothesis| (hypothesis, self.begun.mark.clone()))
            .collect();
        let pierced = match self.accuracy.later_holes {
            LaterHoles::Of(one) => hypotheses.iter().position(|&hypothesis| hypothesis == one).unwrap_or(0),
            LaterHoles::OfEach => 0,
        };
        let mut response = response.clone();
        let mut coming = schedule.sessions.iter().copied().filter(|_| needled).peekable();
        let mut now = Time::ZERO;
        let mut observations = vec![Vec::with_capacity(months.len()); hypotheses.len()];
        let steps = self.accuracy.step_scale;
        for &month in months {
            // Ends: with the sessions.
            while let Some(session) = coming.next_if(|&session| session < month) {
                // First the tissue heals up to the session: the depth of the new holes depends on its stiffness at that
                // moment. Then the holes are made and registered, and act from there on.
                healing::heal_together(&mut tissues, &response, [now, session], &world.healing, steps);
                now = session;
                response = self.pierced_again(response, tissues.get(pierced), session);
            }
            healing::heal_together(&mut tissues, &response, [now, month], &world.healing, steps);
            now = month;
            for (seen, (_, tissue)) in observations.iter_mut().zip(&tissues) {
                seen.push(self.see(tissue, month, needled, world.appearance.shows()));
            }
        }
        observations
    }

    /// The answer from a session on, by the holes that it leaves in the tissue as it is then. The first session finds
    /// the mark in which the first holes were made, and a depth that is drawn does not know the tissue.
    fn pierced_again(
        &self,
        response: TissueResponse,
        mark: Option<&(RemodellingHypothesis, Tissue)>,
        session: Time,
    ) -> TissueResponse {
        let Circumstances { schedule, world, .. } = self.circumstances;
        if let Some((_, tissue)) = mark
            && session > Time::ZERO
            && DepthModel::of(&world.puncture) == DepthModel::Contact
        {
            let holes = needle(self.person, schedule, world, self.accuracy, &self.begun.skin, tissue);
            let injury = Injury::spread(&holes, &self.begun.layers, &world.field, self.circumstances.kinetics);
            response.with_next_session(&injury, &world.healing)
        } else {
            response
        }
    }

    /// What is seen of a tissue. Where nothing shows of what needles do to it, a mark looks as its untreated twin does,
    /// whose tissue stays as it was.
    fn see(&self, tissue: &Tissue, since: Time, needled: bool, shows: bool) -> Observation {
        let world = self.circumstances.world;
        let moment = self.moment(since, needled);
        let (appearance, mark) = appearance::look(
            if needled && !shows { &self.begun.mark } else { tissue },
            &self.course,
            &appearance::Moment {
                needled: needled && shows,
                ..moment
            },
            (&self.person.colour, &self.person.weights),
            &world.appearance,
            &world.mark,
            &world.stria,
        );
        Observation {
            appearance,
            mark,
            papillary_gain: self.papillary_gain(tissue),
            epidermal_gain: tissue.epidermal_gain,
            redness_left: {
                let before = self.course.redness(Time::ZERO);
                if before > 0.0 { mark.redness / before } else { 0.0 }
            },
            elastin: tissue.elastin,
        }
    }

    /// What the last session before a moment has left on the skin. A dark mark comes with the first session, and each
    /// one renews it.
    fn moment(&self, since: Time, needled: bool) -> appearance::Moment {
        let untreated = appearance::Moment::untreated(since);
        let sessions = &self.circumstances.schedule.sessions;
        let last = sessions.iter().filter(|_| needled).rfind(|&&session| session < since);
        let Some(&last) = last else {
            return appearance::Moment { needled, ..untreated };
        };
        let after = Time::from_days(since.days() - last.days());
        // numerical: a dark mark counts as faded when a twentieth of it is left
        const FADED: f64 = 0.05;
        let left = &self.begun.left;
        let fading = left.dark_marks.fading.days();
        let dark = if left.dark {
            (FADED.ln() * after.days() / fading).exp()
        } else {
            0.0
        };
        appearance::Moment {
            needled,
            dark,
            session_redness: left.redness.at(after),
            ..untreated
        }
    }

    /// Collagen of the papillary dermis over that at rest, less one: what biopsies of the upper dermis compare.
    fn papillary_gain(&self, tissue: &Tissue) -> f64 {
        let papillary_mm = self.begun.skin.papillary.mm();
        let upper: Vec<f64> = tissue
            .depths_mm()
            .into_iter()
            .enumerate()
            .filter(|&(i, depth)| i == 0 || depth < papillary_mm)
            .map(|(i, _)| tissue.immature[i] + tissue.mature[i])
            .collect();
        needlework_numerics::mean(&upper) / tissue.resting - 1.0
    }
}

/// What the sessions of a plan do to a person beside healing.
#[must_use]
pub fn harms(
    person: &Person,
    circumstances: Circumstances<'_>,
    immune_response: &ImmuneResponse,
    begun: Begun,
) -> Harms {
    let Circumstances {
        plan, schedule, world, ..
    } = circumstances;
    let Begun {
        skin,
        mark,
        holes,
        usual,
        left,
        ..
    } = begun;
    let habits = plan.habits(&world.open, &person.draws.habits);
    let sessions = schedule.sessions.len() as u32;
    let session = Session {
        length: schedule.device.length,
        needles_in_contact: puncture::needles_in_contact(&schedule.device, &world.puncture),
        area: schedule.treated_area,
        numbed: habits.numbed,
    };
    let (closure, infection) = channels(person, circumstances, immune_response, &holes);
    let shape = puncture::shape(&schedule.device, &world.puncture);
    let taper = Taper {
        tip: Length::from_mm(shape.tip_mm),
        tangent: shape.taper_ratio,
    };
    Harms {
        habits,
        infection_counted: counted_infection(person, circumstances, &closure, &infection, &usual),
        closure,
        infection,
        pain: reaction::pain(&session, &world.pain, person.draws.pain),
        redness: left.redness,
        bleeding: reaction::bleed(&holes, &taper, &world.bleeding),
        dark: left.dark,
        dark_marks: left.dark_marks,
        scar: reaction::scars(&holes, &skin, person.bony, sessions, &world.scar, &person.draws.scar),
        granuloma: reaction::granuloma(&holes, sessions, plan.first_product, &world.granuloma),
        skin,
        mark_dermis: mark.thickness,
        holes,
    }
}
