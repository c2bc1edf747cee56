//! The bank: for each world, by its number, what it expects of every study and every forecast, under every hypothesis.
//!
//! A world is drawn from the priors by its number, so that nothing of it but the number is kept. What it expects of
//! raters is the mean and the variance between people of what they read ([`needlework_appearance::read`]); of biopsies
//! the mean ratio; of dark marks the log-odds of its people beside those of the typical study; of a forecast the mean
//! gain and the shares in each class. Ten people a world are enough: a mean of ten differs from one of many by less
//! than worlds differ.
//!
//! The hypotheses are what becomes of a gain ([`RemodellingHypothesis`]) and whether anything of it shows. Collagen
//! answers whether it shows or not.
//!
//! Limits: what sessions and skin make of infections is not in it, since only their number is used.

use std::ops::Range;

use needlework_appearance::read;
use needlework_case::{Case, Catalog};
use needlework_cohort::{Class, CohortError, Glanced, Moment, Question, Settings, Watched, World, class_of, glance};
use needlework_course::Observation;
use needlework_evidence::Book;
use needlework_healing::RemodellingHypothesis;
use needlework_numerics::{Continue, Progress, expit, logit, mean, standard_deviation};
use needlework_units::Time;

use crate::datum::{At, Harm, Kind, Likelihood, Tissue};

/// What may be true of a world beside its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hypothesis {
    /// What becomes of a gain.
    pub law: RemodellingHypothesis,
    /// Whether anything of what needles do shows.
    pub shows: bool,
}

impl Hypothesis {
    /// All of them: those that show first, each in the order of the laws.
    pub const ALL: [Self; 2 * LAWS] = {
        let [relapse, persistence, two_states] = RemodellingHypothesis::ALL;
        const fn of(law: RemodellingHypothesis, shows: bool) -> Hypothesis {
            Hypothesis { law, shows }
        }
        [
            of(relapse, true),
            of(persistence, true),
            of(two_states, true),
            of(relapse, false),
            of(persistence, false),
            of(two_states, false),
        ]
    };

    /// Its place among looks: where nothing shows, laws look the same.
    fn look(self) -> usize {
        if self.shows { self.law as usize } else { LAWS }
    }
}

/// Laws of what becomes of a gain.
pub const LAWS: usize = RemodellingHypothesis::ALL.len();
/// Ways a mark may look: one for each law, and one where nothing shows.
const LOOKS: usize = LAWS + 1;
/// Numbers of a forecast at one moment for one look.
const OF_A_FORECAST: usize = 1 + Class::ALL.len();

/// What a world is like apart from people: numbers at the head of its row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Head {
    /// Weight of each law.
    pub laws: [f64; LAWS],
    /// Optimism of uncontrolled studies, points.
    pub optimism: f64,
    /// Spread between studies, points.
    pub study_sd: f64,
    /// Spread between the scores of people, points.
    pub people_sd: f64,
    /// Share of it, squared, on which raters agree.
    pub agreement: f64,
    /// Typical rate and spread on the log-odds, of dark marks.
    pub dark_marks: [f64; 2],
    /// The same, of infections.
    pub infection: [f64; 2],
}

const HEAD: usize = LAWS + 4 + 2 + 2;

/// What raters read in the people of a study, points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Read {
    /// Mean over people.
    pub mean: f64,
    /// Variance between them, points².
    pub variance: f64,
}

/// What a world expects of people at one moment of a forecast.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Expected {
    /// Mean improvement over that of the same people without a plan, points.
    pub gain: f64,
    /// Share in each class, from worse to strong.
    pub classes: [f64; Class::ALL.len()],
}

/// Where the numbers of a world stand in its row.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    data: Vec<Range<usize>>,
    /// For each forecast, for each of its moments.
    forecasts: Vec<Vec<Range<usize>>>,
    width: usize,
}

impl Layout {
    /// The layout for some data and forecasts.
    #[must_use]
    pub fn of(likelihood: &Likelihood) -> Self {
        let mut width = HEAD;
        let mut take = |count: usize| {
            let range = width..width + count;
            width += count;
            range
        };
        let data = likelihood
            .data
            .iter()
            .map(|datum| {
                take(match datum.row.result {
                    Kind::ShareAbove(_) | Kind::GradedMean | Kind::GradedSd => 2 * LOOKS,
                    Kind::RelativeChange { .. } => LAWS,
                    Kind::CountOfHarm(_) => 1,
                })
            })
            .collect();
        let forecasts = likelihood
            .forecasts
            .iter()
            .map(|forecast| {
                forecast
                    .after_last
                    .iter()
                    .map(|_| take(OF_A_FORECAST * LOOKS))
                    .collect()
            })
            .collect();
        Self { data, forecasts, width }
    }

    /// Numbers in a row.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }
}

/// The numbers of one world.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    layout: &'a Layout,
    numbers: &'a [f64],
}

impl<'a> Row<'a> {
    /// The numbers of a row; `None` where there are too few or too many.
    #[must_use]
    pub fn new(layout: &'a Layout, numbers: &'a [f64]) -> Option<Self> {
        (numbers.len() == layout.width).then_some(Self { layout, numbers })
    }

    /// What the world is like.
    #[must_use]
    pub fn head(&self) -> Head {
        let at = |place: usize| self.numbers[place];
        Head {
            laws: std::array::from_fn(at),
            optimism: at(LAWS),
            study_sd: at(LAWS + 1),
            people_sd: at(LAWS + 2),
            agreement: at(LAWS + 3),
            dark_marks: [at(LAWS + 4), at(LAWS + 4 + 1)],
            infection: [at(LAWS + 4 + 2), at(LAWS + 4 + 3)],
        }
    }

    /// What raters read in the people of a graded datum.
    #[must_use]
    pub fn read(&self, datum: usize, hypothesis: Hypothesis) -> Read {
        let own = &self.numbers[self.layout.data[datum].clone()];
        Read {
            mean: own[2 * hypothesis.look()],
            variance: own[2 * hypothesis.look() + 1],
        }
    }

    /// The ratio that biopsies of a datum find.
    #[must_use]
    pub fn ratio(&self, datum: usize, hypothesis: Hypothesis) -> f64 {
        self.numbers[self.layout.data[datum].clone()][hypothesis.law as usize]
    }

    /// By how much the log-odds of a harm lie beside those of the typical study.
    #[must_use]
    pub fn offset(&self, datum: usize) -> f64 {
        self.numbers[self.layout.data[datum].start]
    }

    /// What is expected at a moment of a forecast.
    #[must_use]
    pub fn expected(&self, forecast: usize, moment: usize, hypothesis: Hypothesis) -> Expected {
        let own = &self.numbers[self.layout.forecasts[forecast][moment].clone()];
        let own = &own[OF_A_FORECAST * hypothesis.look()..];
        Expected {
            gain: own[0],
            classes: std::array::from_fn(|class| own[1 + class]),
        }
    }
}

/// Cases with their names, as the data and the forecasts name them.
pub type Cases = Vec<(String, Case)>;

/// What is looked at to fill a row: every case once, and where each datum and forecast finds its own.
pub(crate) struct Looking<'a> {
    likelihood: &'a Likelihood,
    pub(crate) layout: Layout,
    pub(crate) cases: Vec<Watched<'a>>,
    data: Vec<Place>,
    forecasts: Vec<Vec<Place>>,
}

impl<'a> Looking<'a> {
    /// All that the data and the forecasts ask.
    ///
    /// # Errors
    /// [`CohortError`] when a case is missing.
    pub(crate) fn of(
        likelihood: &'a Likelihood,
        cases: &'a Cases,
        (book, catalog): (&'a Book, &'a Catalog),
    ) -> Result<Self, CohortError> {
        let mut watching = Watching::default();
        let find = |name: &str| cases.iter().find(|(own, _)| own == name).map(|(_, case)| case);
        let question = |name: &str| {
            let missing = || needlework_evidence::BookError::Missing {
                key: name.to_owned(),
                wanted_by: "likelihood.toml, as a case".to_owned(),
            };
            let case = find(name).ok_or_else(missing)?;
            Ok::<_, CohortError>(Question::new(case, catalog, book))
        };
        let mut data = Vec::new();
        for datum in &likelihood.data {
            let row = &datum.row;
            // What does not hang on how the mark heals is not looked at, which is most of the time.
            let moment = (!matches!(row.result, Kind::CountOfHarm(_))).then_some(match row.at {
                At::SinceFirst(time) => Moment::SinceFirst(time),
                At::AfterLast(time) => Moment::AfterLast(time),
            });
            data.push(watching.place(&row.case, &row.sessions, moment, &question)?);
        }
        let mut forecasts = Vec::new();
        for forecast in &likelihood.forecasts {
            let mut places = Vec::new();
            for &time in &forecast.after_last {
                places.push(watching.place(&forecast.case, &[], Some(Moment::AfterLast(time)), &question)?);
            }
            forecasts.push(places);
        }
        Ok(Self {
            likelihood,
            layout: Layout::of(likelihood),
            cases: watching.cases,
            data,
            forecasts,
        })
    }

    /// The row of a world whose people have been looked at.
    pub(crate) fn row(&self, world: &World, seen: &[Vec<Glanced>]) -> Vec<f64> {
        let mut own = head(world);
        for (datum, &place) in self.likelihood.data.iter().zip(&self.data) {
            own.extend(expects(&datum.row.result, world, seen, place));
        }
        for &place in self.forecasts.iter().flatten() {
            own.extend(forecast(seen, place));
        }
        own.resize(self.layout.width(), f64::NAN);
        own
    }
}

/// Computes the rows of worlds `numbers`, one behind the other.
///
/// # Errors
/// [`CohortError`] when the evidence does not fill the model, a case is missing, or `progress` says stop.
pub fn rows(
    likelihood: &Likelihood,
    cases: &Cases,
    (book, catalog): (&Book, &Catalog),
    settings: &Settings,
    numbers: Range<usize>,
    progress: &mut dyn FnMut(Progress) -> Continue,
) -> Result<Vec<f64>, CohortError> {
    let looking = Looking::of(likelihood, cases, (book, catalog))?;
    let read = |_: usize, world: &World, seen: &[Vec<Glanced>]| looking.row(world, seen);
    let rows = glance(&looking.cases, book, settings, numbers, read, progress)?;
    Ok(rows.concat())
}

/// Where people are looked at: the number of the case among those watched, and of the moment among its.
type Place = (usize, usize);

/// Cases that are watched, each once for all that is asked of it.
#[derive(Default)]
struct Watching<'a> {
    names: Vec<(String, Vec<u32>)>,
    cases: Vec<Watched<'a>>,
}

impl<'a> Watching<'a> {
    fn place(
        &mut self,
        case: &str,
        sessions: &[u32],
        moment: Option<Moment>,
        question: &dyn Fn(&str) -> Result<Question<'a>, CohortError>,
    ) -> Result<Place, CohortError> {
        let same = |(name, had): &(String, Vec<u32>)| name == case && had == sessions;
        let at = match self.names.iter().position(same) {
            Some(at) => at,
            None => {
                self.cases.push(Watched {
                    question: question(case)?,
                    sessions: sessions.to_vec(),
                    moments: Vec::new(),
                    harms: false,
                });
                self.names.push((case.to_owned(), sessions.to_vec()));
                self.names.len() - 1
            }
        };
        let moments = &mut self.cases[at].moments;
        let Some(moment) = moment else { return Ok((at, 0)) };
        let found = moments.iter().position(|own| *own == moment).unwrap_or_else(|| {
            moments.push(moment);
            moments.len() - 1
        });
        Ok((at, found))
    }
}

fn head(world: &World) -> Vec<f64> {
    let p = &world.parameters;
    vec![
        world.own.relapse,
        world.own.persistence,
        world.own.two_states,
        p.grading.optimism,
        p.grading.study_sd,
        p.grading.people_sd,
        p.grading.agreement,
        p.dark_marks.rate,
        p.dark_marks.study_sd,
        p.germs.clinic_rate,
        p.germs.clinic_study_sd,
    ]
}

/// A person's mark for each look.
fn looks(person: &Glanced, moment: usize) -> [&Observation; LOOKS] {
    std::array::from_fn(|look| {
        person
            .sights
            .treated
            .get(look)
            .map_or(&person.hidden[moment], |seen| &seen[moment])
    })
}

/// What a world expects of a datum.
fn expects(kind: &Kind, world: &World, seen: &[Vec<Glanced>], (case, moment): Place) -> Vec<f64> {
    let people = &seen[case];
    let over = |value: &dyn Fn(&Glanced) -> f64| people.iter().map(value).collect::<Vec<f64>>();
    match kind {
        Kind::ShareAbove(_) | Kind::GradedMean | Kind::GradedSd => (0..LOOKS)
            .flat_map(|look| {
                let grading = &world.parameters.grading;
                let reads = over(&|person| read(looks(person, moment)[look].appearance.usual_improvement(), grading));
                [mean(&reads), standard_deviation(&reads).powi(2)]
            })
            .collect(),
        Kind::RelativeChange { of, .. } => (0..LAWS)
            .map(|law| {
                let gains = over(&|person| {
                    let own = &person.sights.treated[law][moment];
                    match of {
                        Tissue::PapillaryCollagen => own.papillary_gain,
                        Tissue::Epidermis => own.epidermal_gain,
                    }
                });
                1.0 + mean(&gains)
            })
            .collect(),
        Kind::CountOfHarm(Harm::Infection) => vec![0.0],
        Kind::CountOfHarm(Harm::DarkMarks) => {
            let p = &world.parameters.dark_marks;
            // In the typical study, whatever study or clinic the world has drawn.
            let typical = over(&|person| expit(logit(person.dark_marks.probability) - p.study_sd * p.study));
            // numerical: beyond these odds nobody has it, or everybody
            const SURE: f64 = 50.0;
            vec![(logit(mean(&typical)) - logit(p.rate)).clamp(-SURE, SURE)]
        }
    }
}

/// What a world expects of a forecast at a moment, for each look.
fn forecast(seen: &[Vec<Glanced>], (case, moment): Place) -> Vec<f64> {
    let people = &seen[case];
    let over = |seen: &dyn Fn(&Glanced) -> f64| people.iter().map(seen).collect::<Vec<f64>>();
    let untreated = mean(&over(&|person| {
        person.sights.untreated[moment].appearance.improvement()
    }));
    (0..LOOKS)
        .flat_map(|look| {
            let own = over(&|person| looks(person, moment)[look].appearance.improvement());
            let share = |class: Class| {
                own.iter().filter(|&&points| class_of(points) == class).count() as f64 / own.len().max(1) as f64
            };
            let mut numbers = vec![mean(&own) - untreated];
            numbers.extend(Class::ALL.map(share));
            numbers
        })
        .collect()
}

/// Times of a forecast in months, for words.
#[must_use]
pub fn months(times: &[Time]) -> Vec<f64> {
    times.iter().map(|time| time.months()).collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A world of graded studies, typical but for what raters read where something shows.
    pub(crate) fn row_of(likelihood: &Likelihood, points: f64) -> Vec<f64> {
        let mut row = vec![0.35, 0.5, 0.15, 10.0, 6.5, 15.0, 0.6, 0.02, 1.4, 0.01, 0.6];
        for _ in &likelihood.data {
            row.extend([points, 25.0, points, 25.0, points, 25.0, 0.0, 0.0]);
        }
        assert_eq!(row.len(), Layout::of(likelihood).width());
        row
    }

    #[test]
    fn a_row_gives_back_what_stands_in_it() {
        let (_, likelihood) = crate::weigh::tests::two_studies();
        let (layout, numbers) = (Layout::of(&likelihood), row_of(&likelihood, 40.0));
        let row = Row::new(&layout, &numbers).unwrap();
        assert_eq!(row.head().infection, [0.01, 0.6]);
        assert_eq!(row.head().agreement, 0.6);
        for hypothesis in Hypothesis::ALL {
            let expected = if hypothesis.shows { (40.0, 25.0) } else { (0.0, 0.0) };
            let read = row.read(1, hypothesis);
            assert_eq!((read.mean, read.variance), expected, "{hypothesis:?}");
        }
        assert!(Row::new(&layout, &numbers[1..]).is_none());
    }
}
