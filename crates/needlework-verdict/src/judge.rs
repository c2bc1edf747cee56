//! One case from question to answer: rules first, then reach (is the plan within the domain of the evidence?), then the
//! cohort where it may be shown.

use needlework_case::{Arm, Case, ResolvedDevice, Setting, Site, SiteClass};
use needlework_cohort::{Cohort, Question, simulate_cohort};
use needlework_course::Plan;
use needlework_numerics::{Continue, Progress};
use needlework_rules::{Fact, Facts, Screening, screen};
use needlework_units::Time;

use crate::advice::{Occasion, checklist, texts};
use crate::banner::of_case;
use crate::error::VerdictError;
use crate::expect;
use crate::first_screen::FirstScreen;
use crate::first_words::{self, Told};
use crate::harms;
use crate::inquiry::Inquiry;
use crate::library::Library;
use crate::moments::Moments;
use crate::published::compare;
use crate::report::*;
use crate::reported::reported;
use crate::swatches;
use crate::withheld::{Shown, withhold};
use crate::wording::{self, Found};
use crate::worth;
use needlework_rules::Essential;

/// An answer, and the cohort behind it where one was simulated.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// The answer.
    pub report: Report,
    /// The virtual people; none for a plan that was stopped before any simulation, or whose forecast the reader isn't
    /// shown.
    pub cohort: Option<Cohort>,
}

/// How much of the answer is worked out; the verdict, the forecast and the harms always are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    Whole,
    /// Without colours and without what the forecast hangs on, which take longer than the rest together.
    Plain,
}

/// Judges a case.
///
/// # Errors
/// [`VerdictError`] when the evidence does not fill the model, or `progress` says stop.
pub fn judge(
    case: &Case,
    inquiry: &Inquiry<'_>,
    progress: &mut dyn FnMut(Progress) -> Continue,
) -> Result<Judgement, VerdictError> {
    judge_to(Extent::Whole, case, inquiry, progress)
}

/// Judges a case as far as is wanted.
///
/// # Errors
/// [`VerdictError`] as for [`judge`].
pub fn judge_to(
    extent: Extent,
    case: &Case,
    inquiry: &Inquiry<'_>,
    progress: &mut dyn FnMut(Progress) -> Continue,
) -> Result<Judgement, VerdictError> {
    // The order is part of the promise. Rules are screened before anything is simulated, so that no benefit can weigh
    // against a danger; the domain of the evidence is placed next; only then is a cohort run, and for a layperson only
    // where no rule stops the plan. A second screening adds what the cohort alone knows.
    let (library, reading) = (inquiry.library, inquiry.reading);
    // What was fitted is no test: a study that weighed is forecast as if it had not.
    let posterior = inquiry.posterior.filter(|posterior| !posterior.weighed_by(case));
    let question = Question {
        posterior,
        ..Question::new(case, &library.catalog, &library.book)
    };
    let facts = Facts::resolved(case, &library.catalog);
    let first = screen(&library.rules, &facts);
    let nothing = does_nothing(case);
    let reach = library.reach.place(&facts, nothing);
    let modelled = library.reach.models(&facts);
    let needling = matches!(case.regimen.arm.get(), None | Some(Arm::Needling | Arm::Nothing));
    let stopped = first.safety != needlework_rules::Safety::Caution;
    let simulated = needling && (reading == Reading::Research || !stopped && modelled);
    let run = if simulated {
        Some(run(&question, inquiry, progress)?)
    } else {
        None
    };
    // R69 asks the chain how deep the needles go. It is a caution, so it cannot stop a plan that was simulated, nor let
    // one pass.
    let screening = match &run {
        Some((cohort, _)) => {
            let beyond = harms::through_the_mark(cohort) > library.book.value("verdict.through_dermis_share")?;
            screen(
                &library.rules,
                &facts.with("chain.depth_beyond_dermis", Fact::Flag(beyond)),
            )
        }
        None => first,
    };
    let shown = Shown::of(reading, safety(&screening), reach.level, nothing);
    let report = Judge {
        shown,
        extent,
        case,
        library,
        inquiry,
        site: question.site,
        device: &question.device,
        screening,
        reach,
        modelled,
    }
    .report(run.as_ref(), needling)?;
    Ok(Judgement {
        report,
        cohort: run.map(|(cohort, _)| cohort).filter(|_| shown.forecast()),
    })
}

/// Whether the plan is to do nothing; a plan of no sessions is nothing, whatever it is called.
fn does_nothing(case: &Case) -> bool {
    case.regimen.arm.get() == Some(Arm::Nothing) || case.regimen.sessions.get() == Some(0)
}

fn run(
    question: &Question<'_>,
    inquiry: &Inquiry<'_>,
    progress: &mut dyn FnMut(Progress) -> Continue,
) -> Result<(Cohort, Moments), VerdictError> {
    let library = inquiry.library;
    let plan = Plan::of(question.case, &question.device);
    let last = match (plan.needling, plan.sessions, plan.interval) {
        (false, ..) | (true, Some(0 | 1), _) => Some(Time::ZERO),
        (true, Some(sessions), Some(interval)) => Some(Time::from_days(f64::from(sessions - 1) * interval.days())),
        _ => None,
    };
    let study = question.case.about.study.known();
    let targets: Vec<_> = library
        .targets
        .iter()
        .filter(|target| study == Some(&target.study))
        .cloned()
        .collect();
    let lay = inquiry.reading == Reading::Lay;
    let moments = Moments::new(last, lay, &library.reach.horizon, &library.book, &targets)?;
    let cohort = simulate_cohort(question, &inquiry.settings, &moments.asked, progress)?;
    Ok((cohort, moments))
}

/// Everything that the report is written from.
struct Judge<'a> {
    shown: Shown,
    extent: Extent,
    case: &'a Case,
    library: &'a Library,
    inquiry: &'a Inquiry<'a>,
    site: Option<&'a Site>,
    device: &'a ResolvedDevice,
    screening: Screening,
    reach: Reach,
    /// Whether the engine computes what the device does.
    modelled: bool,
}

impl Judge<'_> {
    fn report(&self, run: Option<&(Cohort, Moments)>, needling: bool) -> Result<Report, VerdictError> {
        let book = &self.library.book;
        let clinic = self.case.regimen.setting.get() == Some(Setting::Clinic);
        let nothing = does_nothing(self.case);
        let safety = safety(&self.screening);
        // What is withheld is not computed either; the gate at the end holds for whatever was.
        let shown = run.filter(|_| self.shown.forecast());
        let extrapolated = shown.is_some_and(|(_, moments)| self.extrapolated(moments));
        let forecast = shown.map(|(cohort, moments)| expect::forecast(cohort, moments, extrapolated));
        let gain = match run {
            Some((cohort, moments)) => Some(expect::gain(cohort, moments, book)?),
            None => None,
        };
        // The gain is computed whenever a cohort exists, since the words of benefit depend on it; it is shown only
        // where the forecast may be.
        let (benefit, benefit_reason) = self.benefit(run, gain.as_ref(), needling, nothing)?;
        let certainty = self.certainty(run, clinic, needling)?;
        let gain = gain.filter(|_| shown.is_some());
        let found = Found {
            screening: &self.screening,
            safety,
            reach: &self.reach,
            benefit,
            certainty,
            forecast: forecast.as_ref(),
            home: !clinic,
            short_home_roller: !clinic
                && self
                    .device
                    .geometry
                    .needle_length
                    .is_some_and(|length| length.mm() <= 0.5),
            simulated_arm: needling && !nothing,
        };
        let whole = self.extent == Extent::Whole;
        let optics = run
            .filter(|_| whole)
            .and_then(|_| needlework_cohort::optics_of(self.case, book, &self.library.spectra));
        let (swatches, colour) = match (shown, &optics) {
            (Some((cohort, moments)), Some(optics)) => (
                swatches::swatches(cohort, moments, optics)?,
                swatches::summary(cohort, moments, optics)?,
            ),
            _ => (Vec::new(), None),
        };
        let against_published = match shown {
            Some((cohort, moments)) => moments
                .targets
                .iter()
                .map(|(target, moment)| compare(cohort, target, *moment, self.inquiry.settings.seed, book))
                .collect::<Result<Vec<_>, _>>()?,
            None => Vec::new(),
        };
        let bony = self.site.is_some_and(|site| site.is(SiteClass::Bony));
        let needled = run.filter(|_| !nothing).map(|(cohort, _)| cohort);
        let (sensitivity, sensitivity_note) = shown
            .filter(|_| whole && !nothing)
            .map(|(cohort, moments)| expect::sensitivity(cohort, moments, self.library))
            .map_or((None, None), |found| match found {
                Ok(drivers) => (Some(drivers), None),
                Err(why) => (None, Some(why)),
            });
        let information = match (shown, &sensitivity) {
            (Some((cohort, moments)), Some(drivers)) if self.inquiry.reading == Reading::Research => {
                worth::information(cohort, moments, drivers, self.inquiry.settings.seed, book)?
            }
            _ => None,
        };
        let permitted = safety == Safety::Caution && needling && !nothing;
        let verdict = Verdict {
            first: FirstScreen::default(),
            safety,
            urgent: self.screening.urgent,
            distress: self.screening.distress,
            minor: self.screening.minor,
            question: wording::question(&self.screening).filter(|_| safety == Safety::Refer),
            screened_by_study: self.screening.by_study,
            rules: self.screening.fired.iter().map(fired).collect(),
            questions: self.screening.questions.iter().map(open_question).collect(),
            benefit,
            benefit_reason,
            headline: String::new(),
            summary: wording::summary(&found)
                .into_iter()
                .chain(crate::not_judged::sentences(self.case, &self.library.arms))
                .collect(),
            instead: self.instead(&found),
            danger_signs: if self.screening.distress {
                Vec::new()
            } else {
                texts(&self.library.advice, Occasion::Danger)
                    .into_iter()
                    .map(Essential::new)
                    .collect()
            },
            ask_clinic: self
                .screening
                .ask_clinic
                .iter()
                .filter(|_| safety != Safety::Refuse)
                .take(ASKED_OF_A_CLINIC)
                .map(|ask| ask.text.clone())
                .collect(),
            not_judged: self.screening.not_judged,
            unchecked: self
                .screening
                .questions
                .iter()
                .map(|question| question.text.clone())
                .collect(),
        };
        let report = Report {
            format: REPORT_FORMAT.to_owned(),
            intended_use: INTENDED_USE.to_owned(),
            banner: run.map(|(cohort, _)| of_case(self.inquiry.posterior, cohort.posterior.as_deref(), self.case)),
            engine: Engine {
                posterior: run
                    .and_then(|(cohort, _)| cohort.posterior.clone())
                    .unwrap_or_else(|| self.inquiry.engine.posterior.clone()),
                ..self.inquiry.engine.clone()
            },
            reading: self.inquiry.reading,
            title: self
                .case
                .about
                .title
                .known()
                .cloned()
                .unwrap_or_else(|| "A needling plan".to_owned()),
            case: without_gaps(serde_json::to_value(self.case).unwrap_or_default()),
            seed: self.inquiry.settings.seed,
            people: self.inquiry.settings.worlds * self.inquiry.settings.people_per_world,
            worlds: run.map_or(0, |(cohort, _)| cohort.worlds.len()),
            verdict,
            reach: self.reach.clone(),
            certainty,
            forecast,
            gain25: gain,
            risks: needled
                .map(|cohort| harms::risks(cohort, clinic, bony, book))
                .transpose()?
                .unwrap_or_default(),
            burden: needled
                .map(|cohort| harms::burden(cohort, &self.case.regimen, optics.as_ref()))
                .transpose()?,
            puncture: needled.map(|cohort| harms::puncture(cohort, self.inquiry.settings.seed)),
            swatches,
            colour,
            sensitivity,
            sensitivity_note,
            information,
            checklist: if permitted {
                checklist(&self.library.advice, self.case, self.device, book)?
            } else {
                Vec::new()
            },
            against_published,
            rhythm: match needled.filter(|_| whole && self.inquiry.reading == Reading::Research) {
                Some(_) => crate::rhythm::rhythm(self.case, self.library)?,
                None => None,
            },
            figures: shown.map_or_else(Figures::default, |(cohort, moments)| expect::figures(cohort, moments)),
            sources: Vec::new(),
            numbers: run.map_or_else(Vec::new, |_| crate::numbers::of(self.library)),
        };
        // Withholding comes before the first screen, the order of risks and the sources: these are written from what
        // the reader will see, so that a withheld number cannot leak into a sentence or a list.
        let mut report = withhold(report, self.shown);
        let prone = self
            .screening
            .fired
            .iter()
            .any(|rule| PRONE_TO_DARK_MARKS.contains(&rule.id.as_str()));
        first_words::likeliest_first(&mut report.risks, prone);
        let help = if self.screening.distress {
            Occasion::Crisis
        } else {
            Occasion::Minor
        };
        // Studies were of needles that reach the mark; how much of it counts to this person does not change them.
        let hardly = match run {
            Some((cohort, _)) => expect::hardly_reaches(&harms::reaches_dermis(cohort), book)?,
            None => true,
        };
        let reaches = needling && !hardly && report.verdict.benefit != Benefit::Unknown;
        let plan = if nothing {
            Told::Nothing
        } else {
            Told::Plan {
                reported: reaches.then(|| reported(&self.library.synthesis)).flatten(),
                sessions: self.case.regimen.sessions.get(),
            }
        };
        report.verdict.first = first_words::first_screen(
            &report.verdict,
            report.forecast.as_ref(),
            plan,
            &report.risks,
            texts(&self.library.advice, help),
        );
        report.verdict.headline = report.verdict.first.opening();
        report.sources = crate::sources::of(&report, self.library, run.is_some() && self.shown.numbers());
        Ok(report)
    }

    /// What to do instead; where something was done already, that comes first.
    fn instead(&self, found: &Found<'_>) -> Vec<String> {
        let begun = self
            .case
            .regimen
            .last_session
            .get()
            .is_some_and(|last| last.time().is_some());
        let already = if begun && found.safety != Safety::Caution {
            texts(&self.library.advice, Occasion::Already)
        } else {
            Vec::new()
        };
        let others = wording::instead(found, self.library);
        // Help in distress and what cannot wait come before everything.
        if found.screening.distress || found.screening.urgent {
            others.into_iter().chain(already).collect()
        } else {
            already.into_iter().chain(others).collect()
        }
    }

    /// Whether some of the table lies beyond what the evidence reaches.
    fn extrapolated(&self, moments: &Moments) -> bool {
        let horizon = self.library.reach.horizon.inside.months();
        let latest = moments.last_month + horizon;
        self.reach.level != ReachLevel::Inside || moments.table.iter().any(|&(month, _)| month > latest)
    }

    fn benefit(
        &self,
        run: Option<&(Cohort, Moments)>,
        gain: Option<&Gain>,
        needling: bool,
        nothing: bool,
    ) -> Result<(Benefit, String), VerdictError> {
        if nothing {
            return Ok((
                Benefit::Unlikely,
                "Nothing is done; what happens by itself is shown".to_owned(),
            ));
        }
        if !needling {
            return Ok((Benefit::Unknown, "Only needling is simulated".to_owned()));
        }
        if run.is_none() && !self.modelled {
            return Ok((
                Benefit::Unknown,
                "This program does not model such a device, so it cannot say what it does to stretch marks, nor how \
                    often it harms"
                    .to_owned(),
            ));
        }
        let (Some((cohort, _)), Some(gain)) = (run, gain) else {
            return Ok((Benefit::Unknown, "A plan that a rule stops is not weighed".to_owned()));
        };
        let proven = self.library.reach.controlled_blinded.iter().any(|trial| {
            let stage = serde_json::to_value(self.case.lesion.stage).unwrap_or_default();
            let setting = serde_json::to_value(self.case.regimen.setting).unwrap_or_default();
            stage == trial.stage.as_str() && setting == trial.setting.as_str()
        });
        let reaches = harms::reaches_dermis(cohort);
        Ok(expect::benefit(
            gain,
            &reaches,
            self.reach.level,
            proven,
            &self.library.book,
        )?)
    }

    fn certainty(
        &self,
        run: Option<&(Cohort, Moments)>,
        clinic: bool,
        needling: bool,
    ) -> Result<Certainty, VerdictError> {
        let Some((cohort, _)) = run.filter(|_| needling) else {
            return Ok(Certainty::None);
        };
        // Where the length is drawn, most of the draw decides.
        let length = cohort
            .mean_over_worlds(|person| cohort.schedules[person.world].device.length.mm())
            .mean;
        Ok(expect::certainty(self.reach.level, clinic, length, &self.library.book)?)
    }
}

/// The rules that speak to people in whom dark marks are commoner.
const PRONE_TO_DARK_MARKS: [&str; 2] = ["R41a", "R41b"];

/// Questions to a clinic that one can keep in mind.
const ASKED_OF_A_CLINIC: usize = 5;

/// What screening says of safety, as answers have it.
#[must_use]
pub fn safety(screening: &Screening) -> Safety {
    match screening.safety {
        needlework_rules::Safety::Caution => Safety::Caution,
        needlework_rules::Safety::Refer => Safety::Refer,
        needlework_rules::Safety::Refuse => Safety::Refuse,
    }
}

fn fired(rule: &needlework_rules::Fired) -> FiredRule {
    FiredRule {
        id: rule.id.clone(),
        severity: serde_json::to_value(rule.severity)
            .ok()
            .and_then(|value| value.as_str().map(str::to_owned))
            .unwrap_or_default(),
        reason: rule.reason.clone(),
        instead: rule.instead.clone(),
        source: rule.sources.clone(),
        grade: rule.grade.clone(),
    }
}

fn open_question(question: &needlework_rules::Question) -> OpenQuestion {
    OpenQuestion {
        field: question.field.clone(),
        text: question.text.clone(),
        serious: question.serious,
        rules: question.rules.clone(),
    }
}

/// A case as JSON without its gaps.
fn without_gaps(value: serde_json::Value) -> serde_json::Value {
    match value {
        serde_json::Value::Object(fields) => fields
            .into_iter()
            .map(|(name, field)| (name, without_gaps(field)))
            .filter(|(_, field)| !field.is_null() && field.as_object().is_none_or(|object| !object.is_empty()))
            .collect(),
        other => other,
    }
}
