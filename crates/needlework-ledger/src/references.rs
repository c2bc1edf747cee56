//! The reference cohorts of the ledger, and the rows that are written from them.
//!
//! The cohorts are the reference cases as they stand under `cases/`, and copies with one answer changed. All share one
//! seed, so people of two cohorts are the same people and their differences are paired. Cohorts that are asked for
//! holes, pain or germs only are looked at in no month, which costs almost nothing.
//!
//! A row names the command that computes its number with the same people: `assess` where the report of the case shows
//! it, else the ledger.

use needlework_case::{Answer, Arm, Case, Diet, NeedleCleaning, NeedleUse, SkinPreparation, Smoking};
use needlework_cohort::{Cohort, Moment, Question, Settings, simulate_cohort};
use needlework_numerics::{Continue, Interval, Progress};
use needlework_rules::Facts;
use needlework_units::{PERCENT, Time};
use needlework_verdict::{Library, ReachLevel, VerdictError, percentiles};

use crate::claims::ClaimBook;
use crate::computed::Computed;

/// Months of which every one is looked at.
pub(crate) const MONTHS: usize = 24;
// numerical: five years, the longest that the natural course is looked at
const LONG: f64 = 60.0;

pub(crate) const ALBA: &str = "clinic-abdomen-alba";
const RUBRA: &str = "clinic-thigh-rubra";
pub(crate) const HOME: [(&str, &str); 3] = [
    ("0.2 mm", "home-roller-0.2mm"),
    ("0.5 mm", "home-roller-0.5mm"),
    ("1.5 mm", "home-roller-1.5mm"),
];
const DIRTY: &str = "home-reused-uncleaned";
pub(crate) const CREAM: &str = "home-vitamin-c";

/// People of one case, with the case's name and how far it lies within the evidence.
pub(crate) struct People {
    /// In a sentence.
    pub(crate) label: &'static str,
    /// The file's name; none for a copy with an answer changed.
    pub(crate) file: Option<&'static str>,
    pub(crate) cohort: Cohort,
    pub(crate) reach: ReachLevel,
}

/// The cohorts that measurements are made on.
pub(crate) struct References<'a> {
    pub(crate) claims: &'a ClaimBook,
    pub(crate) library: &'a Library,
    pub(crate) people: usize,
    pub(crate) seed: u64,
    pub(crate) gain_points: f64,
    pub(crate) likely: f64,
    pub(crate) unlikely: f64,
    pub(crate) alba: People,
    pub(crate) rubra: People,
    pub(crate) fresh: People,
    pub(crate) changed: Vec<People>,
    pub(crate) home: Vec<People>,
    pub(crate) longest: People,
    pub(crate) hygiene: Vec<People>,
    pub(crate) dirty: People,
}

/// Simulates one cohort after the other and reports progress over all of them.
struct Workshop<'a> {
    claims: &'a ClaimBook,
    library: &'a Library,
    settings: &'a Settings,
    progress: &'a mut dyn FnMut(Progress) -> Continue,
    done: usize,
}

impl Workshop<'_> {
    fn people(
        &mut self,
        label: &'static str,
        file: &'static str,
        change: Option<&dyn Fn(&mut Case)>,
        moments: &[Moment],
    ) -> Result<People, VerdictError> {
        /// Cohorts that [`References::simulate`] asks for.
        const COHORTS: usize = 15;
        let mut case = self.claims.case(file);
        if let Some(change) = change {
            change(&mut case);
        }
        let question = Question::new(&case, &self.library.catalog, &self.library.book);
        let (done, tell) = (self.done, &mut *self.progress);
        let cohort = simulate_cohort(&question, self.settings, moments, &mut |now| {
            tell(Progress {
                done: done * now.total + now.done,
                total: COHORTS.max(done + 1) * now.total,
            })
        })?;
        self.done += 1;
        Ok(People {
            label,
            file: change.is_none().then_some(file),
            cohort,
            reach: if moments.is_empty() {
                // The table of reach is about benefit; holes, pain and germs are not forecast from trials.
                ReachLevel::Inside
            } else {
                self.library
                    .reach
                    .place(&Facts::resolved(&case, &self.library.catalog), false)
                    .level
            },
        })
    }
}

/// Place of the moment at which a gain is judged, among the moments of a treated cohort.
pub(crate) const GAIN: usize = 0;

/// Place of a month since the first session among the moments of a treated cohort.
pub(crate) const fn at_month(month: usize) -> usize {
    month + 1
}

/// Place of the fifth year.
pub(crate) const LATE: usize = at_month(MONTHS) + 1;

impl<'a> References<'a> {
    pub(crate) fn simulate(
        claims: &'a ClaimBook,
        library: &'a Library,
        settings: &Settings,
        progress: &mut dyn FnMut(Progress) -> Continue,
    ) -> Result<Self, VerdictError> {
        let after_last = Moment::AfterLast(Time::from_days(library.book.value("verdict.months_after_last")?));
        let mut moments = vec![after_last];
        moments.extend((0..=MONTHS).map(|month| Moment::SinceFirst(Time::from_months(month as f64))));
        moments.push(Moment::SinceFirst(Time::from_months(LONG)));
        let mut shop = Workshop {
            claims,
            library,
            settings,
            progress,
            done: 0,
        };
        // numerical: months after which the growth of young marks was measured
        const HALF_YEAR: f64 = 6.0;
        let half_year = [Moment::SinceFirst(Time::from_months(HALF_YEAR))];
        let young_red = |case: &mut Case| {
            case.regimen.arm = Answer::Known(Arm::Nothing);
            case.lesion.age = Answer::Known(Time::from_months(2.0));
        };
        let smoker = |case: &mut Case| case.person.smoking = Answer::Known(Smoking::Current);
        // numerical: the oldest age inside the reach, years
        const OLD: f64 = 55.0;
        let older = |case: &mut Case| case.person.age = Answer::Known(Time::from_years(OLD));
        let hungry = |case: &mut Case| case.person.diet = Answer::Known(Diet::Undernourished);
        let longest = |case: &mut Case| case.device.name = Answer::Known("roller-192-2.5mm".to_owned());
        let used = |cleaning: NeedleCleaning| {
            move |case: &mut Case| {
                case.device.needles_used = Answer::Known(NeedleUse::Reused);
                case.hygiene.needles = Answer::Known(cleaning);
            }
        };
        let skin = |preparation: SkinPreparation| move |case: &mut Case| case.hygiene.skin = Answer::Known(preparation);
        let roller = HOME[0].1;
        Ok(Self {
            alba: shop.people("pale marks", ALBA, None, &moments)?,
            rubra: shop.people("red marks", RUBRA, None, &moments)?,
            fresh: shop.people("red marks two months old", RUBRA, Some(&young_red), &half_year)?,
            changed: vec![
                shop.people("a smoker", ALBA, Some(&smoker), &[after_last])?,
                shop.people("aged 55 instead of 28", ALBA, Some(&older), &[after_last])?,
                shop.people("undernourished", ALBA, Some(&hungry), &[after_last])?,
            ],
            home: HOME
                .iter()
                .map(|&(label, file)| shop.people(label, file, None, &[]))
                .collect::<Result<_, _>>()?,
            longest: shop.people("2.5 mm", HOME[2].1, Some(&longest), &[])?,
            hygiene: vec![
                shop.people(
                    "used needles, cleaned and disinfected",
                    roller,
                    Some(&used(NeedleCleaning::CleanedAndDisinfected)),
                    &[],
                )?,
                shop.people(
                    "used needles, disinfected but not cleaned",
                    roller,
                    Some(&used(NeedleCleaning::DisinfectedOnly)),
                    &[],
                )?,
                shop.people(
                    "new needles, skin washed only",
                    roller,
                    Some(&skin(SkinPreparation::Washed)),
                    &[],
                )?,
                shop.people(
                    "new needles, skin not prepared",
                    roller,
                    Some(&skin(SkinPreparation::None)),
                    &[],
                )?,
            ],
            dirty: shop.people("used needles, not cleaned at all", DIRTY, None, &[])?,
            claims,
            library,
            people: settings.worlds * settings.people_per_world,
            seed: settings.seed,
            gain_points: library.book.value("verdict.gain_points")?,
            likely: library.book.value("verdict.likely_share")?,
            unlikely: library.book.value("verdict.unlikely_share")?,
        })
    }
}

/// An interval in another unit.
pub(crate) fn scaled(interval: Interval, factor: f64) -> Interval {
    Interval {
        mean: interval.mean * factor,
        low: interval.low * factor,
        high: interval.high * factor,
    }
}

/// Makes rows of a claim.
pub(crate) struct Rows<'a> {
    pub(crate) references: &'a References<'a>,
    pub(crate) claim: &'a str,
}

impl Rows<'_> {
    /// The command that shows this claim by itself.
    pub(crate) fn command(&self) -> String {
        self.with_seed(format!("needlework claims {}", self.claim))
    }

    /// The command that computes a case with the same people.
    pub(crate) fn assess(&self, file: &str) -> String {
        self.with_seed(format!("needlework assess cases/{file}.toml --for research --prior"))
    }

    fn with_seed(&self, command: String) -> String {
        let References { people, seed, .. } = self.references;
        if *seed == 1 {
            format!("{command} --people {people}")
        } else {
            format!("{command} --people {people} --seed {seed}")
        }
    }

    /// A row whose number `assess` shows too, where the case stands in a file.
    pub(crate) fn assessed(&self, people: &People, row: Computed) -> Computed {
        match people.file {
            Some(file) => Computed {
                command: self.assess(file),
                ..row
            },
            None => row,
        }
    }

    /// A mean with its range over worlds.
    pub(crate) fn own(&self, people: &People, what: String, unit: &str, interval: Interval) -> Computed {
        Computed {
            what,
            unit: unit.to_owned(),
            value: Some(interval.mean),
            low: Some(interval.low),
            high: Some(interval.high),
            kind: "mean, range over worlds".to_owned(),
            said: None,
            reach: people.reach,
            command: self.command(),
        }
    }

    /// A share of people with its range over worlds. Where none or all of the simulated people are meant, the row says
    /// so, since nothing then tells how wide the range is.
    pub(crate) fn share(&self, people: &People, what: String, share: Interval) -> Computed {
        let row = self.own(people, what, "of 100 people", scaled(share, PERCENT));
        let kind = if share.high <= 0.0 {
            "none of the simulated people"
        } else if share.low >= 1.0 {
            "all of the simulated people"
        } else {
            return row;
        };
        Computed {
            low: None,
            high: None,
            kind: kind.to_owned(),
            ..row
        }
    }

    /// A median with its range over people.
    pub(crate) fn people(&self, people: &People, what: String, unit: &str, sorted: &[f64]) -> Computed {
        let spread = percentiles(sorted);
        Computed {
            value: Some(spread.p50),
            low: Some(spread.p5),
            high: Some(spread.p95),
            kind: "median, range over people".to_owned(),
            ..self.own(
                people,
                what,
                unit,
                Interval {
                    mean: 0.0,
                    low: 0.0,
                    high: 0.0,
                },
            )
        }
    }

    /// A range without a middle, because nobody has counted.
    pub(crate) fn uncounted(&self, people: &People, what: String, (low, high): (f64, f64)) -> Computed {
        Computed {
            what,
            unit: "infections of 1,000 courses".to_owned(),
            value: None,
            low: Some(low),
            high: Some(high),
            kind: "what models span; nobody has counted".to_owned(),
            said: None,
            reach: people.reach,
            command: self.command(),
        }
    }

    /// A finding in words.
    pub(crate) fn words(&self, what: String, said: String) -> Computed {
        Computed {
            what,
            unit: String::new(),
            value: None,
            low: None,
            high: None,
            kind: String::new(),
            said: Some(said),
            reach: ReachLevel::Inside,
            command: self.command(),
        }
    }

    /// A row of a month, which may lie beyond the horizon of the evidence.
    pub(crate) fn late(&self, month: usize, row: Computed) -> Computed {
        let horizon = &self.references.library.reach.horizon;
        let last = |people: &People| {
            let sessions = people.cohort.schedules.first().and_then(|plan| plan.sessions.last());
            sessions.copied().unwrap_or(Time::ZERO).months()
        };
        let since_last = month as f64 - last(&self.references.alba).min(last(&self.references.rubra));
        let level = if since_last <= horizon.inside.months() {
            ReachLevel::Inside
        } else if since_last <= horizon.edge.months() {
            ReachLevel::Edge
        } else {
            ReachLevel::Outside
        };
        Computed {
            reach: row.reach.max(level),
            ..row
        }
    }
}
