//! Cases side by side on common random numbers.
//!
//! Every alternative is judged by itself, as `judge` does, with the same seed. Streams of random numbers are named
//! after what they draw, so person *i* of world *w* has the same skin, mark and response in every alternative, and the
//! difference d = I(this, i) − I(other, i) is that of the plans and not of the samples. Reported are the mean of d with
//! the 5–95 % interval of its world means, and the shares of people with d above or below a few points.
//!
//! Assumptions: the same people are compared as long as the cases agree in person, health, skin and mark; otherwise
//! that is said. "Nothing" is each person's own untreated course. Limits: published creams and lasers are shown and
//! never differenced; no alternative is ranked, since benefit alone would always favour more needles.

use needlework_case::{Answer, Arm, Case};
use needlework_cohort::{Cohort, Moment, PotentialOutcome, VirtualPerson};
use needlework_numerics::{Continue, Interval, Progress, mean, share_over_worlds};
use needlework_verdict::{
    COURSES, Engine, Extent, INTENDED_USE, Inquiry, Judgement, Library, PRIOR, Range, ReachLevel, Reading, Report,
    Safety, Shown, VerdictError, banner, judge_to, range, withhold,
};

use crate::comparators::published;
use crate::left_alone::left_alone;
use crate::side_by_side::*;

/// An alternative that is asked for.
///
/// ```
/// use needlework_questions::Asked;
///
/// let library = needlework::bundle()?;
/// let text = "format = 'needlework-case/1'\nlesion.kind = 'striae'";
/// let asked = Asked::new("as it is", needlework::case::read(text, "plan.toml", &library.catalog)?);
/// assert!(asked.settings.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// A name for people.
    pub label: String,
    /// What was varied to get it.
    pub settings: Vec<Varied>,
    /// The case.
    pub case: Case,
}

impl Asked {
    /// A case as it is, under a name for people.
    #[must_use]
    pub fn new(label: &str, case: Case) -> Self {
        Self {
            label: label.to_owned(),
            settings: Vec::new(),
            case,
        }
    }
}

// numerical: a difference in points that one would speak of; our choice, shown with the numbers
const BETTER_POINTS: f64 = 5.0;

/// Puts alternatives side by side, with doing nothing as the last where it is not among them.
///
/// # Errors
/// [`VerdictError`] when the evidence does not fill the model, or `progress` says stop.
pub fn compare(
    title: &str,
    asked: &[Asked],
    inquiry: &Inquiry<'_>,
    progress: &mut dyn FnMut(Progress) -> Continue,
) -> Result<SideBySide, VerdictError> {
    let Inquiry {
        library,
        settings,
        reading,
        ..
    } = *inquiry;
    let asked = with_nothing(asked);
    // All alternatives have the same worlds, so that one that weighed leaves all of them to the priors.
    let inquiry = &Inquiry {
        posterior: inquiry
            .posterior
            .filter(|posterior| !asked.iter().any(|one| posterior.weighed_by(&one.case))),
        ..inquiry.clone()
    };
    let total = asked.len() * settings.worlds;
    let mut found = Vec::with_capacity(asked.len());
    for (place, one) in asked.iter().enumerate() {
        let before = place * settings.worlds;
        let mut onward = |part: Progress| {
            progress(Progress {
                done: before + part.done,
                total,
            })
        };
        let Judgement { report, cohort } = judge_to(Extent::Plain, &one.case, inquiry, &mut onward)?;
        // What the reading holds back from the report leaves here too, so that no difference can give it away.
        let people = cohort
            .filter(|_| report.forecast.is_some())
            .map(|cohort| People::of(&cohort, &report));
        found.push(Found { report, people });
    }
    // Somebody who must be seen, is under age or in distress is not shown numbers of any kind.
    let held_back = |one: &Found| {
        let verdict = &one.report.verdict;
        reading == Reading::Lay && (verdict.minor || verdict.distress || verdict.urgent)
    };
    let silent = found.iter().any(held_back);
    if silent {
        found = found.into_iter().map(Found::held_back).collect();
    }
    let published = if silent {
        Vec::new()
    } else {
        published(&library.arms, asked.iter().map(|one| &one.case))
    };
    // Only those whose numbers are shown are compared at all.
    let compared: Vec<&Case> = asked
        .iter()
        .zip(&found)
        .filter(|(_, found)| found.people.is_some())
        .map(|(one, _)| &one.case)
        .collect();
    let same_people = compared.windows(2).all(|two| same_person(two[0], two[1]));
    let (months, lead) = common_months(&asked, &found);
    let alternatives: Vec<Alternative> = (0..asked.len())
        .map(|place| alternative(place, &asked, &found, &months, lead, library))
        .collect();
    let simulated = found.iter().any(|one| one.report.worlds > 0);
    let mut engines = found.iter().map(|one| one.report.engine.posterior.as_str());
    let taken = engines.find(|name| *name != PRIOR);
    let stopped = alternatives.iter().any(|one| one.verdict.safety != Safety::Caution);
    let mut danger_signs = found.iter().map(|one| &one.report.verdict.danger_signs);
    let mut side_by_side = SideBySide {
        format: COMPARE_FORMAT.to_owned(),
        intended_use: INTENDED_USE.to_owned(),
        banner: simulated.then(|| banner(inquiry.posterior, taken)),
        engine: Engine {
            posterior: taken.unwrap_or(PRIOR).to_owned(),
            ..inquiry.engine.clone()
        },
        reading,
        title: title.to_owned(),
        seed: settings.seed,
        people: settings.worlds * settings.people_per_world,
        worlds: if simulated { settings.worlds } else { 0 },
        same_people,
        month: lead.map(|at| months[at]),
        months,
        better_points: BETTER_POINTS,
        notes: notes(&alternatives, same_people),
        alternatives,
        published,
        danger_signs: danger_signs.next().filter(|_| stopped).cloned().unwrap_or_default(),
        sources: Vec::new(),
    };
    side_by_side.sources = crate::sources::of_comparison(&side_by_side, library);
    Ok(side_by_side)
}

/// The alternatives with doing nothing among them: the person of the first, without sessions.
fn with_nothing(asked: &[Asked]) -> Vec<Asked> {
    let mut all = asked.to_vec();
    if let Some(first) = asked
        .first()
        .filter(|_| !asked.iter().any(|one| does_nothing(&one.case)))
    {
        all.push(Asked {
            label: "Doing nothing".to_owned(),
            settings: Vec::new(),
            case: left_alone(&first.case),
        });
    }
    all
}

fn does_nothing(case: &Case) -> bool {
    case.regimen.arm.get() == Some(Arm::Nothing)
}

/// Whether two cases are about the same person and mark; how much is treated belongs to the plan.
fn same_person(one: &Case, other: &Case) -> bool {
    let mark = |case: &Case| {
        let mut mark = case.lesion.clone();
        mark.treated_area = Answer::Missing;
        mark
    };
    one.person == other.person && one.health == other.health && one.area == other.area && mark(one) == mark(other)
}

/// A judged alternative with what is needed of its people.
struct Found {
    report: Report,
    people: Option<People>,
}

impl Found {
    /// Takes every number away.
    fn held_back(self) -> Self {
        let mut report = withhold(self.report, Shown::Verdict);
        report.verdict.summary.clear();
        Self { report, people: None }
    }
}

/// What is compared of a cohort's people; every list is in the order of the people.
struct People {
    per_world: usize,
    /// Improvement treated and untreated at each month of the forecast.
    by_month: Vec<[Vec<f64>; 2]>,
    months: Vec<f64>,
    last_session_month: f64,
    pain: Vec<f64>,
    redness_days: Vec<f64>,
    depth_um: Vec<f64>,
    dark_marks: Vec<f64>,
    cost: Vec<f64>,
}

impl People {
    fn of(cohort: &Cohort, report: &Report) -> Self {
        let months = report
            .forecast
            .as_ref()
            .map_or_else(Vec::new, |forecast| forecast.months.clone());
        let each = |value: &dyn Fn(&VirtualPerson) -> f64| cohort.people.iter().map(value).collect::<Vec<_>>();
        let place = |month: f64| cohort.moments.iter().position(|moment| is_at(moment, month));
        let last = |schedule: &needlework_course::Schedule| schedule.sessions.last().map_or(0.0, |time| time.months());
        Self {
            per_world: cohort.people_per_world,
            by_month: months
                .iter()
                .filter_map(|&month| place(month))
                .map(|at| {
                    [PotentialOutcome::Treated, PotentialOutcome::Untreated]
                        .map(|arm| each(&|person| cohort.improvement(person, at, arm)))
                })
                .collect(),
            last_session_month: cohort.schedules.iter().map(last).fold(0.0, f64::max),
            pain: each(&|person| person.harms.pain),
            redness_days: each(&|person| person.harms.redness.seen.days()),
            depth_um: each(&|person| person.harms.holes.median_depth().um()),
            dark_marks: each(&|person| person.harms.dark_marks.probability * COURSES),
            cost: each(&|person| cohort.schedules[person.world].cost.euros()),
            months,
        }
    }

    fn at(&self, month: f64) -> Option<&[Vec<f64>; 2]> {
        let place = self.months.iter().position(|&own| own == month)?;
        self.by_month.get(place)
    }
}

/// Whether a moment is a month since the first session.
pub(crate) fn is_at(moment: &Moment, month: f64) -> bool {
    // numerical: months pass through days on their way, which costs the last digits
    const HAIR: f64 = 1e-9;
    matches!(moment, Moment::SinceFirst(time) if (time.months() - month).abs() < HAIR)
}

/// The months that all shown alternatives have, and which of them is compared: the one that suits the plan that takes
/// longest, so that no plan is looked at while another is still under way.
fn common_months(asked: &[Asked], found: &[Found]) -> (Vec<f64>, Option<usize>) {
    let mut shown = found.iter().filter_map(|one| one.people.as_ref());
    let Some(first) = shown.next() else {
        return (Vec::new(), None);
    };
    let mut months = first.months.clone();
    for people in shown {
        months.retain(|month| people.months.contains(month));
    }
    let leads = |with_nothing: bool| {
        asked
            .iter()
            .zip(found)
            .filter(move |(one, _)| with_nothing || !does_nothing(&one.case))
            .filter_map(|(_, one)| one.report.forecast.as_ref())
            .filter_map(|forecast| forecast.months.get(forecast.lead).copied())
            .fold(f64::NEG_INFINITY, f64::max)
    };
    let plans = leads(false);
    let wanted = if plans.is_finite() { plans } else { leads(true) };
    let at = months
        .iter()
        .rposition(|&month| month <= wanted)
        .or((!months.is_empty()).then_some(0));
    (months, at)
}

fn alternative(
    place: usize,
    asked: &[Asked],
    found: &[Found],
    months: &[f64],
    lead: Option<usize>,
    library: &Library,
) -> Alternative {
    let (one, judged) = (&asked[place], &found[place]);
    let report = &judged.report;
    let nothing = does_nothing(&one.case);
    let people = judged.people.as_ref();
    let seen = people.zip(lead);
    let first = found
        .first()
        .and_then(|first| first.people.as_ref())
        .filter(|_| place > 0);
    let first_needles = asked.first().is_some_and(|first| !does_nothing(&first.case));
    Alternative {
        name: name(place),
        label: one.label.clone(),
        nothing,
        settings: one.settings.clone(),
        case: report.case.clone(),
        verdict: report.verdict.clone(),
        reach: report.reach.clone(),
        certainty: report.certainty,
        expected: seen.and_then(|(people, lead)| expected(report, people, months, lead, nothing, library)),
        risks: report.risks.clone(),
        burden: report.burden.clone(),
        needles: report.puncture.as_ref().map(|puncture| Needles {
            depth_um: puncture.depth_um,
            reaches_dermis: puncture.reaches_dermis,
            holes_per_cm2: puncture.holes_per_cm2,
        }),
        against_first: seen.zip(first).and_then(|((people, lead), first)| {
            let burden = (!nothing && first_needles).then(|| paired_burden(people, first));
            let at = |month| Some((people.at(month)?[0].as_slice(), first.at(month)?[0].as_slice()));
            difference(months, lead, people.per_world, at, burden)
        }),
        against_nothing: seen.filter(|_| !nothing).and_then(|(people, lead)| {
            let at = |month| {
                people
                    .at(month)
                    .map(|[with, without]| (with.as_slice(), without.as_slice()))
            };
            difference(months, lead, people.per_world, at, None)
        }),
    }
}

/// `A` to `Z`, then `A2` …
fn name(place: usize) -> String {
    const LETTERS: usize = 26;
    let letter = char::from(b'A' + (place % LETTERS) as u8);
    match place / LETTERS {
        0 => letter.to_string(),
        round => format!("{letter}{}", round + 1),
    }
}

fn expected(
    report: &Report,
    people: &People,
    months: &[f64],
    lead: usize,
    nothing: bool,
    library: &Library,
) -> Option<Expected> {
    let forecast = report.forecast.as_ref()?;
    let month = *months.get(lead)?;
    let place = forecast.months.iter().position(|&own| own == month)?;
    let by_month = months
        .iter()
        .filter_map(|&month| Some(over_worlds(&people.at(month)?[0], people.per_world)))
        .collect::<Vec<_>>();
    let horizon = people.last_session_month + library.reach.horizon.inside.months();
    Some(Expected {
        outcome: *forecast.treated.get(place)?,
        improvement: *by_month.get(lead)?,
        // Nobody gains over the twin who is oneself.
        gain25: report.gain25.filter(|_| !nothing),
        extrapolated: (report.reach.level != ReachLevel::Inside && !nothing) || month > horizon,
        by_month,
    })
}

/// Paired differences at the comparison's months, from the improvements of the same people in two courses.
fn difference<'a>(
    months: &[f64],
    lead: usize,
    per_world: usize,
    at: impl Fn(f64) -> Option<(&'a [f64], &'a [f64])>,
    burden: Option<PairedBurden>,
) -> Option<Difference> {
    let by_month: Vec<PairedImprovement> = months
        .iter()
        .filter_map(|&month| {
            let (this, other) = at(month)?;
            Some(paired_improvement(month, &minus(this, other), per_world))
        })
        .collect();
    Some(Difference {
        at_month: *by_month.get(lead)?,
        by_month,
        burden,
    })
}

fn paired_improvement(month: f64, points: &[f64], per_world: usize) -> PairedImprovement {
    // A plan beside itself differs by nothing, which is no matter of how many people were looked at.
    let same = points.iter().all(|&d| d == 0.0);
    let share = |holds: fn(f64) -> bool| {
        if same {
            return range(Interval::exact(0.0));
        }
        let counts: Vec<usize> = points
            .chunks(per_world)
            .map(|world| world.iter().filter(|&&d| holds(d)).count())
            .collect();
        range(share_over_worlds(&counts, per_world).interval)
    };
    PairedImprovement {
        month,
        points: over_worlds(points, per_world),
        better: share(|d| d >= BETTER_POINTS),
        worse: share(|d| d <= -BETTER_POINTS),
    }
}

fn paired_burden(this: &People, other: &People) -> PairedBurden {
    let paired = |value: fn(&People) -> &Vec<f64>| over_worlds(&minus(value(this), value(other)), this.per_world);
    PairedBurden {
        pain: paired(|people| &people.pain),
        redness_days: paired(|people| &people.redness_days),
        depth_um: paired(|people| &people.depth_um),
        dark_marks_per_1000: paired(|people| &people.dark_marks),
        cost_euros: paired(|people| &people.cost),
    }
}

fn minus(this: &[f64], other: &[f64]) -> Vec<f64> {
    this.iter().zip(other).map(|(a, b)| a - b).collect()
}

/// The mean with the 5–95 % interval of world means.
pub(crate) fn over_worlds(values: &[f64], per_world: usize) -> Range {
    let means: Vec<f64> = values.chunks(per_world.max(1)).map(mean).collect();
    range(Interval::over(&means))
}

/// How to read the comparison.
fn notes(alternatives: &[Alternative], same_people: bool) -> Vec<String> {
    let shown = alternatives.iter().filter(|one| one.expected.is_some());
    let plans = shown.clone().filter(|one| !one.nothing).count();
    let mut notes = vec!["The order is that of the question. Nothing here is ranked.".to_owned()];
    if plans > 0 && same_people {
        notes.push(
            "Every alternative is tried on the same virtual people, with the same chances, so a difference comes from \
                the plans and not from the sample."
                .to_owned(),
        );
    }
    if !same_people {
        notes.push(
            "These cases describe different people or marks, so a difference between them is not only one of plans. \
                Each plan is set against the same people doing nothing."
                .to_owned(),
        );
    }
    if plans > 1 {
        notes.push(
            "We found no trial in stretch marks that compares needle lengths, numbers of sessions or intervals. \
                Differences between such plans come from the model alone; a larger number is no reason for longer \
                needles or more sessions."
                .to_owned(),
        );
        notes.push(
            "Nobody has counted how harms grow with needle length or number of sessions either; that dark marks and \
                scars grow with them here is assumed. Where two plans show the same risk, that is what is not known, \
                not a sign that they harm equally."
                .to_owned(),
        );
    }
    notes
}
