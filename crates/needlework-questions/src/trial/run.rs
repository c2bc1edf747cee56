//! Runs a trial once in each world, and says what came of it.

use needlework_case::{Answer, Case};
use needlework_cohort::{CohortError, Enrolment, Moment, Posterior, Question, Settings, Watched, enrol, of_evidence};
use needlework_inference::power::fewest_people;
use needlework_numerics::{Continue, HIGH, Interval, LOW, Progress, mean};
use needlework_rules::{Facts, RuleSeverity, screen};
use needlework_verdict::{
    Engine, INTENDED_USE, Inquiry, Library, PRIOR, ReachLevel, Safety, VerdictError, banner, range, safety, told,
};

use super::analyse::{Analysed, analyse};
use super::read::{MOST_PEOPLE, Study, StudyArm};
use super::report::{
    Chance, PublishedPlace, SizePoint, TRIAL_FORMAT, TrialArm, TrialReport, TrialRow, TrueGain, VisitMeans,
};
use super::scores::{WorldPeople, look, measured, same_unit, stream, true_effect};
use super::study::{Outcome, StudyDesign, StudyFile, StudySides, Visit};

/// Assurance that a trial is planned for.
// numerical: four of five, by custom
const WANTED: f64 = 0.8;

/// Runs a study once in each world that an inquiry asks for; with every person of the replicate of each world. How many
/// people a world has is the study's affair.
///
/// Worlds are those of the inquiry's posterior, where it has one, but for a study that weighed it, or whose published
/// value is looked at: what was fitted is no test. Whoever plans a trial to test an effect takes none: the posterior
/// rests on studies without a comparison, and makes it all but sure that something shows.
///
/// # Errors
/// [`VerdictError`] when the evidence does not fill the model, or `progress` says stop.
pub fn trial(
    study: &Study,
    inquiry: &Inquiry<'_>,
    progress: &mut dyn FnMut(Progress) -> Continue,
) -> Result<(TrialReport, Vec<TrialRow>), VerdictError> {
    let (file, library) = (&study.file, inquiry.library);
    let settings = Settings {
        people_per_world: walked(file),
        ..inquiry.settings
    };
    let at_hand = inquiry
        .posterior
        .filter(|posterior| study.published.is_none() && !study.arms.iter().any(|arm| posterior.weighed_by(&arm.case)));
    let posterior = of_evidence(at_hand, &library.book).map_err(CohortError::Evidence)?;
    let arms: Vec<Enrolment<'_>> = study
        .arms
        .iter()
        .enumerate()
        .map(|(at, arm)| Enrolment {
            watched: Watched {
                question: Question {
                    posterior,
                    ..Question::new(&arm.case, &library.catalog, &library.book)
                },
                sessions: file.arm[at].sessions.clone(),
                moments: moments(file),
                harms: false,
            },
            people_like: arm.people_like.clone(),
            stream: stream(file.design, at),
        })
        .collect();
    let read = |number: usize, world: &_, seen: &[Vec<_>]| look(file, number, world, seen);
    let seen = enrol(&arms, &library.book, &settings, 0..settings.worlds, read, progress)?;
    let run = Run::of(study, &seen, settings.seed);
    let name = posterior.map(Posterior::name);
    let banner = banner(at_hand, name.as_deref());
    let engine = Engine {
        posterior: name.unwrap_or_else(|| PRIOR.to_owned()),
        ..inquiry.engine.clone()
    };
    let report = run.report(library, (engine, banner), settings)?;
    Ok((report, run.rows()))
}

/// People of an arm and world for whom the chain is walked.
fn walked(file: &StudyFile) -> usize {
    // numerical: the mean of so many differs from that of many by a sixth of how people differ; more are like these
    const ENOUGH: usize = 40;
    (file.people as usize).max(ENOUGH)
}

/// When people are looked at; never, where the outcome does not hang on how the mark heals.
fn moments(file: &StudyFile) -> Vec<Moment> {
    if file.outcome == Outcome::DarkMarks && file.dropout.informative <= 0.0 {
        return Vec::new();
    }
    file.visits
        .iter()
        .map(|visit| match *visit {
            Visit::SinceFirst(time) => Moment::SinceFirst(time),
            Visit::AfterLast(time) => Moment::AfterLast(time),
        })
        .collect()
}

fn does_nothing(case: &Case) -> bool {
    matches!(case.regimen.arm, Answer::Known(arm) if arm != needlework_case::Arm::Needling)
        || case.regimen.sessions.get() == Some(0)
}

/// A trial with what was measured in each world.
struct Run<'a> {
    study: &'a Study,
    worlds: &'a [WorldPeople],
    seed: u64,
    /// The effect that would matter.
    target: f64,
    /// The true effect of each world.
    effects: Vec<f64>,
    /// At the last visit, for each world, for each arm, of as many people as a trial may have.
    most: Vec<Vec<Vec<Option<f64>>>>,
}

impl<'a> Run<'a> {
    fn of(study: &'a Study, worlds: &'a [WorldPeople], seed: u64) -> Self {
        // numerical: a quarter of one's own start, as the other commands have it
        const POINTS: f64 = 25.0;
        const SHARE: f64 = 0.25; // numerical: the same as a share
        let file = &study.file;
        let usual = if matches!(file.outcome, Outcome::GradedMean | Outcome::GradedClasses) {
            POINTS
        } else {
            SHARE
        };
        let last = file.visits.len() - 1;
        let mut run = Self {
            study,
            worlds,
            seed,
            target: file.target.unwrap_or(usual),
            effects: worlds.iter().map(|world| true_effect(file, world)).collect(),
            most: Vec::new(),
        };
        run.most = worlds
            .iter()
            .map(|world| run.measured(world, last, MOST_PEOPLE as usize))
            .collect();
        run
    }

    fn measured(&self, world: &WorldPeople, visit: usize, count: usize) -> Vec<Vec<Option<f64>>> {
        let arms = self.study.arms.iter().enumerate();
        arms.map(|(at, arm)| {
            let of = (at, !does_nothing(&arm.case));
            measured(&self.study.file, world, of, visit, (self.seed, count))
        })
        .collect()
    }

    /// What a trial of so many people finds in each world.
    fn found(&self, people: usize) -> Vec<Analysed> {
        let first = |arm: &Vec<Option<f64>>| -> Vec<Option<f64>> { arm.iter().take(people).copied().collect() };
        self.most
            .iter()
            .map(|arms| {
                let cut: Vec<Vec<Option<f64>>> = arms.iter().map(first).collect();
                let arms: Vec<&[Option<f64>]> = cut.iter().map(Vec::as_slice).collect();
                analyse(&self.study.file, &arms)
            })
            .collect()
    }

    /// Whether an effect is of the kind that is hoped for.
    fn hoped_for(&self, effect: f64) -> bool {
        match self.study.file.sides {
            StudySides::Less => effect < 0.0,
            StudySides::Both if self.target < 0.0 => effect < 0.0,
            StudySides::Both | StudySides::More => effect > 0.0,
        }
    }

    fn succeeds(&self, found: &Analysed) -> bool {
        found.rejects(self.study.file.alpha) && found.estimate.is_some_and(|estimate| self.hoped_for(estimate))
    }

    fn reaches(&self, effect: f64) -> bool {
        if self.target < 0.0 {
            effect <= self.target
        } else {
            effect >= self.target
        }
    }

    /// Whether the outcome hangs on whether anything of what needles do shows.
    fn shows_or_not(&self) -> bool {
        let seen = match self.study.file.outcome {
            Outcome::GradedMean | Outcome::GradedAbove { .. } | Outcome::GradedClasses | Outcome::Width { .. } => true,
            Outcome::DarkMarks | Outcome::PapillaryCollagen { .. } | Outcome::Epidermis { .. } => false,
        };
        seen && self.study.arms.iter().any(|arm| !does_nothing(&arm.case))
    }

    fn assurance(&self, people: usize) -> Option<Chance> {
        chance(self.found(people).iter().map(|found| self.succeeds(found)))
    }

    fn at_size(&self, people: usize) -> Option<SizePoint> {
        let found = self.found(people);
        let with_effect = found
            .iter()
            .zip(&self.effects)
            .filter(|(_, effect)| self.reaches(**effect));
        let hidden = found.iter().zip(self.worlds).filter(|(_, world)| !world.shows);
        Some(SizePoint {
            people,
            assurance: chance(found.iter().map(|found| self.succeeds(found)))?,
            power: chance(with_effect.map(|(found, _)| self.succeeds(found))),
            rejects_where_nothing_shows: self
                .shows_or_not()
                .then(|| chance(hidden.map(|(found, _)| found.rejects(self.study.file.alpha))))
                .flatten(),
        })
    }

    fn report(
        &self,
        library: &Library,
        (engine, banner): (Engine, String),
        settings: Settings,
    ) -> Result<TrialReport, VerdictError> {
        // numerical: sizes of a curve, each about two fifths more than the one before
        const SIZES: [usize; 14] = [5, 7, 10, 14, 20, 28, 40, 56, 80, 110, 160, 220, 320, 500];
        let file = &self.study.file;
        let people = file.people as usize;
        let mut sizes: Vec<usize> = SIZES.into_iter().chain([people]).collect();
        sizes.sort_unstable();
        sizes.dedup();
        let curve: Vec<SizePoint> = sizes.into_iter().filter_map(|size| self.at_size(size)).collect();
        let own = curve.iter().find(|point| point.people == people).cloned();
        let own = own.ok_or(CohortError::Empty)?;
        let found = self.found(people);
        let rejecting: Vec<(f64, f64)> = found
            .iter()
            .zip(&self.effects)
            .filter(|(found, _)| found.rejects(file.alpha))
            .filter_map(|(found, &effect)| Some((found.estimate?, effect)))
            .collect();
        // Of nothing no sign is wrong.
        let signed = || rejecting.iter().filter(|(_, effect)| effect.abs() > NOTHING);
        let wrong = signed().filter(|(estimate, effect)| estimate * effect < 0.0);
        let sizes_of =
            |pick: fn(&(f64, f64)) -> f64| mean(&rejecting.iter().map(|pair| pick(pair).abs()).collect::<Vec<_>>());
        let true_size = sizes_of(|(_, effect)| *effect);
        let estimates: Vec<f64> = found.iter().filter_map(|found| found.estimate).collect();
        let printed: Vec<f64> = estimates.iter().map(|estimate| estimate + file.against).collect();
        let effects = &self.effects;
        let share = |holds: &dyn Fn(f64) -> bool| {
            effects.iter().filter(|&&effect| holds(effect)).count() as f64 / effects.len() as f64
        };
        let last = file.visits.len() - 1;
        let stays: Vec<f64> = self
            .most
            .iter()
            .flat_map(|arms| arms.iter())
            .map(|arm| arm.iter().take(people).flatten().count() as f64 / people as f64)
            .collect();
        let (outcome, unit) = in_words(file.outcome);
        Ok(TrialReport {
            format: TRIAL_FORMAT.to_owned(),
            intended_use: INTENDED_USE.to_owned(),
            notes: notes(file, engine.posterior != PRIOR),
            banner,
            engine,
            seed: settings.seed,
            worlds: settings.worlds,
            walked: settings.people_per_world,
            study: file.clone(),
            outcome,
            unit: unit.to_owned(),
            arms: self
                .study
                .arms
                .iter()
                .zip(&file.arm)
                .map(|(arm, told)| self.arm(arm, &told.sessions, library))
                .collect(),
            assurance: own.assurance,
            power: own.power,
            rejects_where_nothing_shows: own.rejects_where_nothing_shows,
            target: self.target,
            reaches_target: share(&|effect| self.reaches(effect)),
            true_effect: range(Interval::over(effects)),
            true_gain: self.true_gain(library, last)?,
            wrong_sign: (signed().count() > 0).then(|| wrong.count() as f64 / signed().count() as f64),
            exaggeration: (same_unit(file) && true_size > 0.0).then(|| sizes_of(|(estimate, _)| *estimate) / true_size),
            people_needed: fewest_people(WANTED, u64::from(MOST_PEOPLE), |people| {
                self.assurance(people as usize).map(|chance| chance.probability)
            }),
            ceiling: share(&|effect| self.hoped_for(effect) && effect.abs() > NOTHING),
            curve,
            predicted: range(Interval::over(&printed)),
            published: self.published(&printed),
            visits: (0..=last).map(|visit| self.visit(visit)).collect(),
            stay: told(mean(&stays)),
        })
    }

    /// What the rules say of an arm: the gravest over everybody who may take part and over each number of sessions.
    fn arm(&self, arm: &StudyArm, sessions: &[u32], library: &Library) -> TrialArm {
        let nothing = does_nothing(&arm.case);
        let mut like = arm.people_like.clone();
        like.push(arm.case.clone());
        // People who are drawn stand within the ages; the ends may take part as well.
        for age in self.study.file.inclusion.ages.iter().flatten() {
            let mut one = arm.case.clone();
            one.person.age = Answer::Known(*age);
            like.push(one);
        }
        let courses: Vec<Case> = like
            .into_iter()
            .flat_map(|one| {
                let counts = if sessions.is_empty() {
                    vec![None]
                } else {
                    sessions.iter().copied().map(Some).collect()
                };
                counts.into_iter().map(move |count| {
                    let mut course = one.clone();
                    if let Some(count) = count {
                        course.regimen.sessions = Answer::Known(count);
                    }
                    course
                })
            })
            .collect();
        let (mut worst, mut reach) = (Safety::Caution, ReachLevel::Inside);
        let mut stopped_by: Vec<String> = Vec::new();
        for course in &courses {
            let facts = Facts::resolved(course, &library.catalog);
            let screening = screen(&library.rules, &facts);
            worst = worst.max(safety(&screening));
            reach = reach.max(library.reach.place(&facts, nothing).level);
            let stopping = screening
                .fired
                .iter()
                .filter(|rule| rule.severity >= RuleSeverity::Refer);
            stopped_by.extend(stopping.map(|rule| rule.id.clone()));
        }
        stopped_by.sort();
        stopped_by.dedup();
        TrialArm {
            name: arm.name.clone(),
            needled: !nothing,
            safety: worst,
            stopped_by,
            reach,
        }
    }

    fn true_gain(&self, library: &Library, visit: usize) -> Result<Option<TrueGain>, VerdictError> {
        let points = library
            .book
            .value("verdict.gain_points")
            .map_err(CohortError::Evidence)?;
        let gains: Vec<f64> = self
            .worlds
            .iter()
            .map(|world| {
                let people = &world.arms[0][visit];
                mean(&people.iter().map(|one| one.own - one.untreated).collect::<Vec<_>>())
            })
            .collect();
        let seen = gains.iter().all(|gain| gain.is_finite());
        Ok(seen.then(|| TrueGain {
            points,
            probability: gains.iter().filter(|&&gain| gain >= points).count() as f64 / gains.len() as f64,
            gain: range(Interval::over(&gains)),
        }))
    }

    fn published(&self, printed: &[f64]) -> Option<PublishedPlace> {
        let value = self.study.published.as_ref()?;
        const SAME: f64 = 0.005; // numerical: half of the last place of a printed per cent
        let scale = value.value.abs().max(1.0);
        let same = |one: f64| (one - value.value).abs() <= SAME * scale;
        let below = printed.iter().filter(|&&one| !same(one) && one < value.value).count() as f64;
        let equal = printed.iter().filter(|&&one| same(one)).count() as f64;
        let all = printed.len().max(1) as f64;
        Some(PublishedPlace {
            key: value.key.clone(),
            written: value.written.clone(),
            value: value.value,
            source: value.source.clone(),
            used: value.used.clone(),
            share_below: (below + 0.5 * equal) / all,
            // By what could be printed: a study of few people prints few values.
            within: below / all <= HIGH && (below + equal) / all >= LOW,
        })
    }

    fn visit(&self, visit: usize) -> VisitMeans {
        let people = self.study.file.people as usize;
        let mut means = vec![Vec::new(); self.study.arms.len()];
        for world in self.worlds {
            for (arm, values) in self.measured(world, visit, people).into_iter().enumerate() {
                let left: Vec<f64> = values.into_iter().flatten().collect();
                if !left.is_empty() {
                    means[arm].push(mean(&left));
                }
            }
        }
        VisitMeans {
            visit: match self.study.file.visits[visit] {
                Visit::SinceFirst(time) => format!("{time} after the first session"),
                Visit::AfterLast(time) => format!("{time} after the last session"),
            },
            means: means.iter().map(|values| range(Interval::over(values))).collect(),
        }
    }

    fn rows(&self) -> Vec<TrialRow> {
        let people = self.study.file.people as usize;
        let mut rows = Vec::new();
        for world in self.worlds {
            for visit in 0..self.study.file.visits.len() {
                for (arm, values) in self.measured(world, visit, people).into_iter().enumerate() {
                    let looked = &world.arms[arm][visit];
                    rows.extend(
                        values
                            .into_iter()
                            .zip(looked)
                            .enumerate()
                            .map(|(person, (measured, looked))| TrialRow {
                                world: world.number,
                                arm,
                                person,
                                visit,
                                improvement: looked.own,
                                untreated: looked.untreated,
                                measured,
                            }),
                    );
                }
            }
        }
        rows
    }
}

/// Effects smaller than this are rounding.
// numerical: a thousandth of a millionth of any unit of an outcome
const NOTHING: f64 = 1e-9;

/// The share that holds, with its standard error; none of nothing.
fn chance(holds: impl Iterator<Item = bool>) -> Option<Chance> {
    let all: Vec<bool> = holds.collect();
    if all.is_empty() {
        return None;
    }
    let worlds = all.len();
    let held = all.iter().filter(|holds| **holds).count() as f64;
    // As if it had held once more and failed once more, so that none of few worlds is no certainty.
    let near = (held + 1.0) / (worlds as f64 + 2.0);
    Some(Chance {
        probability: held / worlds as f64,
        error: (near * (1.0 - near) / worlds as f64).sqrt(),
        worlds,
    })
}

/// An outcome in words, and its unit.
fn in_words(outcome: Outcome) -> (String, &'static str) {
    match outcome {
        Outcome::GradedMean => ("mean graded improvement".to_owned(), "points"),
        Outcome::GradedAbove { cut } => (format!("share graded above {cut} points"), "1"),
        Outcome::GradedClasses => ("grades in four quarters of improvement".to_owned(), "log odds"),
        Outcome::DarkMarks => ("share with dark marks".to_owned(), "1"),
        Outcome::PapillaryCollagen { .. } => ("change of the collagen of the papillary dermis".to_owned(), "1"),
        Outcome::Epidermis { .. } => ("change of the thickness of the epidermis".to_owned(), "1"),
        Outcome::Width { .. } => ("change of the width of the marks".to_owned(), "1"),
    }
}

/// How to read it; `weighed` says whether published results have weighed the worlds.
fn notes(file: &StudyFile, weighed: bool) -> Vec<String> {
    let mut notes = vec![
        "Once in each world: a probability of few worlds is known to its standard error only, and every number hangs \
            on what no controlled trial has narrowed."
            .to_owned(),
    ];
    let rated = matches!(
        file.outcome,
        Outcome::GradedMean | Outcome::GradedAbove { .. } | Outcome::GradedClasses
    );
    notes.push(if weighed {
        "Worlds are what published results leave of the priors. Those results are of studies without a comparison; who \
            doubts them plans from the priors."
            .to_owned()
    } else if file.published.is_some() {
        "Worlds are those of the priors: a published value can't be held against worlds that it has weighed.".to_owned()
    } else {
        "Worlds are those of the priors: what weighs worlds elsewhere are studies without a comparison, which a trial \
            is there to doubt."
            .to_owned()
    });
    if file.design == StudyDesign::SingleArm && file.raters.optimism && rated {
        notes.push(
            "Without a comparison the raters' optimism counts as an effect: such a trial finds one where there is none."
                .to_owned(),
        );
    }
    if file.dropout.share > 0.0 && file.dropout.informative > 0.0 {
        notes.push("Who gains less leaves more often, and who left is left out of the test.".to_owned());
    }
    if file.design != StudyDesign::SingleArm && !file.raters.blinded && rated {
        notes.push("Raters know who was needled, and hope for them only.".to_owned());
    }
    notes
}
