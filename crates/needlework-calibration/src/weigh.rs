//! How likely the data are in a world under a hypothesis, and what that leaves of worlds, hypotheses and forecasts.
//!
//! Of world w and hypothesis h (a law, and whether anything shows) ln L is the sum over the data that weigh: graded
//! classes, mean and spread of scores, ratios of biopsies, each with the study's own effect integrated out
//! ([`needlework_inference::likelihood`]). What all uncontrolled studies share, the optimism of raters, is a draw of
//! the world. A world's weight is Σ_h π_h·L(w, h) with the weights π of the laws in that world and the share of worlds
//! in which something shows.
//!
//! Scores of people have the variance max(v, ρV²) + (1 − ρ)V², with the variance v of what is read, the spread V and
//! the agreement ρ of raters ([`score_variances`]).
//!
//! Assumptions: scores are normal; of a count of dark marks people are as alike as their mean.

use needlework_appearance::score_variances;
use needlework_evidence::{Book, BookError, Distribution};
use needlework_inference::counts::Count;
use needlework_inference::draws::Draws;
use needlework_inference::likelihood::{
    Scores, count_of_harm, graded_classes, ln_ratio_error, mean_of_scores, ratio, sd_of_scores,
};
use needlework_inference::ln_sum_exp;
use needlework_inference::weights::Weights;

use crate::bank::{Expected, Hypothesis, LAWS, Layout, Row};
use crate::datum::{Datum, Harm, Kind, Likelihood, Observed};

/// Hypotheses in all.
const HYPOTHESES: usize = Hypothesis::ALL.len();

/// A bank with the logarithm of the likelihood of each datum in each world under each hypothesis.
#[derive(Debug, Clone)]
pub struct Weighing<'a> {
    likelihood: &'a Likelihood,
    layout: Layout,
    rows: &'a [f64],
    /// By datum, world and hypothesis.
    ln: Vec<Vec<[f64; HYPOTHESES]>>,
    /// Share of worlds in which something shows.
    shows: f64,
    /// What is believed of the optimism of raters.
    optimism: Belief,
}

/// A normal belief, points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Belief {
    /// Mean.
    pub mean: f64,
    /// Standard deviation.
    pub sd: f64,
}

/// Worlds and hypotheses with their weights.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    /// Of worlds.
    pub worlds: Weights,
    /// The logarithm of the likelihood of each world, over its hypotheses, nats.
    pub ln_likelihoods: Vec<f64>,
    /// Of each hypothesis in each world; they add up to one.
    pub joint: Vec<[f64; HYPOTHESES]>,
    /// The logarithm of the evidence of each law, and of something and nothing showing, in nats.
    pub ln_laws: [f64; LAWS],
    /// As for the laws: something shows, nothing shows.
    pub ln_shows: [f64; 2],
}

impl<'a> Weighing<'a> {
    /// Computes the likelihoods of a bank, whose rows stand one behind the other.
    ///
    /// # Errors
    /// [`BookError`] when the evidence lacks the priors of what raters do.
    pub fn of(likelihood: &'a Likelihood, rows: &'a [f64], book: &Book) -> Result<Self, BookError> {
        let mut weighing = Self {
            likelihood,
            layout: Layout::of(likelihood),
            rows,
            ln: Vec::new(),
            shows: book.value("appearance.visible")?,
            optimism: belief(book)?,
        };
        let own = weighing.optimism;
        weighing.ln = (0..likelihood.data.len())
            .map(|datum| weighing.of_datum(datum, own))
            .collect();
        Ok(weighing)
    }

    /// Worlds of the bank.
    #[must_use]
    pub fn worlds(&self) -> usize {
        self.rows.len() / self.layout.width().max(1)
    }

    /// What is believed of the optimism of raters.
    #[must_use]
    pub fn optimism(&self) -> Belief {
        self.optimism
    }

    fn row(&self, world: usize) -> Option<Row<'_>> {
        let width = self.layout.width();
        Row::new(&self.layout, self.rows.get(world * width..(world + 1) * width)?)
    }

    /// The likelihood of a datum in every world under every hypothesis, if the optimism of raters were another: each
    /// world keeps its place in the belief.
    fn of_datum(&self, datum: usize, optimism: Belief) -> Vec<[f64; HYPOTHESES]> {
        (0..self.worlds())
            .map(|world| match self.row(world) {
                Some(row) => {
                    let place = (row.head().optimism - self.optimism.mean) / self.optimism.sd;
                    let points = optimism.mean + optimism.sd * place;
                    Hypothesis::ALL
                        .map(|hypothesis| ln_likelihood(&self.likelihood.data[datum], datum, &row, hypothesis, points))
                }
                None => [f64::NEG_INFINITY; HYPOTHESES],
            })
            .collect()
    }

    /// The numbers of the data that weigh, without those of a study.
    #[must_use]
    pub fn weighing(&self, without: Option<&str>) -> Vec<usize> {
        let data = &self.likelihood.data;
        (0..data.len())
            .filter(|&at| data[at].weighs() && without != Some(data[at].row.study.as_str()))
            .collect()
    }

    /// Weighs the worlds by some of the data. `None` where they are impossible in every world.
    #[must_use]
    pub fn by(&self, data: &[usize]) -> Option<Weighed> {
        self.weighed(&|world| {
            std::array::from_fn(|hypothesis| data.iter().map(|&datum| self.ln[datum][world][hypothesis]).sum())
        })
    }

    /// Worlds that are a sample after the data already: each counts alike, and its hypotheses by the data.
    #[must_use]
    pub fn even(&self, data: &[usize]) -> Option<Weighed> {
        let mut weighed = self.by(data)?;
        let worlds = weighed.joint.len();
        for joint in &mut weighed.joint {
            let total: f64 = joint.iter().sum();
            joint.iter_mut().for_each(|weight| *weight /= total * worlds as f64);
        }
        weighed.worlds = Weights::of(&vec![0.0; worlds])?;
        Some(weighed)
    }

    /// As [`Self::by`], with another belief in the optimism of raters.
    #[must_use]
    pub fn with_optimism(&self, data: &[usize], optimism: Belief) -> Option<Weighed> {
        let graded = |kind: &Kind| matches!(kind, Kind::ShareAbove(_) | Kind::GradedMean);
        let moved: Vec<Option<Vec<[f64; HYPOTHESES]>>> = data
            .iter()
            .map(|&datum| graded(&self.likelihood.data[datum].row.result).then(|| self.of_datum(datum, optimism)))
            .collect();
        self.weighed(&|world| {
            std::array::from_fn(|hypothesis| {
                data.iter()
                    .zip(&moved)
                    .map(|(&datum, moved)| moved.as_ref().unwrap_or(&self.ln[datum])[world][hypothesis])
                    .sum()
            })
        })
    }

    fn weighed(&self, ln: &dyn Fn(usize) -> [f64; HYPOTHESES]) -> Option<Weighed> {
        let worlds = self.worlds();
        let beliefs: Vec<[f64; HYPOTHESES]> = (0..worlds).map(|world| self.beliefs(world)).collect();
        let joint: Vec<[f64; HYPOTHESES]> = (0..worlds)
            .map(|world| {
                let ln = ln(world);
                std::array::from_fn(|h| ln[h] + beliefs[world][h].ln())
            })
            .collect();
        let of_worlds: Vec<f64> = joint.iter().map(|lns| ln_sum_exp(lns.iter().copied())).collect();
        let weights = Weights::of(&of_worlds)?;
        let total = weights.ln_evidence + (worlds as f64).ln();
        // The evidence of a part of the hypotheses: their likelihood over their own belief.
        let of_part = |part: &dyn Fn(Hypothesis) -> bool| {
            let of = |numbers: &[f64; HYPOTHESES]| -> f64 {
                let pairs = numbers.iter().zip(Hypothesis::ALL);
                pairs
                    .filter(|(_, hypothesis)| part(*hypothesis))
                    .map(|(own, _)| own)
                    .sum()
            };
            let told: f64 = joint.iter().map(|lns| of(&lns.map(|ln| (ln - total).exp()))).sum();
            let believed: f64 = beliefs.iter().map(of).sum::<f64>() / worlds as f64;
            weights.ln_evidence + (told / believed).ln()
        };
        Some(Weighed {
            ln_laws: std::array::from_fn(|law| of_part(&|hypothesis| hypothesis.law as usize == law)),
            ln_shows: [true, false].map(|shows| of_part(&|hypothesis| hypothesis.shows == shows)),
            joint: joint.iter().map(|lns| lns.map(|ln| (ln - total).exp())).collect(),
            worlds: weights,
            ln_likelihoods: of_worlds,
        })
    }

    /// What is believed of each hypothesis in a world, before data.
    fn beliefs(&self, world: usize) -> [f64; HYPOTHESES] {
        let laws = self.row(world).map_or([0.0; LAWS], |row| row.head().laws);
        Hypothesis::ALL.map(|hypothesis| {
            let shows = if hypothesis.shows { self.shows } else { 1.0 - self.shows };
            laws[hypothesis.law as usize] * shows
        })
    }

    /// The weights before any data.
    #[must_use]
    pub fn before(&self) -> Option<Weighed> {
        self.by(&[])
    }

    /// A number of a forecast over worlds and hypotheses, with their weights.
    #[must_use]
    pub fn forecast(
        &self,
        weighed: &Weighed,
        (forecast, moment): (usize, usize),
        number: impl Fn(&Expected) -> f64,
    ) -> Option<Draws> {
        let mut values = Vec::with_capacity(HYPOTHESES * self.worlds());
        let mut weights = Vec::with_capacity(HYPOTHESES * self.worlds());
        for (world, joint) in weighed.joint.iter().enumerate() {
            let row = self.row(world)?;
            for (hypothesis, weight) in Hypothesis::ALL.into_iter().zip(joint) {
                values.push(number(&row.expected(forecast, moment, hypothesis)));
                weights.push(*weight);
            }
        }
        Draws::weighted(&values, &weights)
    }
}

/// What the evidence believes of the optimism of raters.
fn belief(book: &Book) -> Result<Belief, BookError> {
    const KEY: &str = "appearance.grading.optimism";
    match book.prior(KEY)?.distribution {
        Distribution::Normal { mean, sd } => Ok(Belief { mean, sd }),
        _ => Err(BookError::Rule {
            key: KEY.to_owned(),
            why: "must be normal, since other normal beliefs are tried in its place".to_owned(),
        }),
    }
}

/// How likely a datum is; minus infinity where it is impossible.
fn ln_likelihood(datum: &Datum, at: usize, row: &Row<'_>, hypothesis: Hypothesis, optimism: f64) -> f64 {
    let head = row.head();
    let scores = || {
        let read = row.read(at, hypothesis);
        let [person, rater] = score_variances(read.variance, head.people_sd, head.agreement);
        Scores {
            mean: read.mean + optimism,
            sd: (read.variance + person + rater).sqrt(),
            study_sd: head.study_sd,
        }
    };
    let found = match (&datum.row.result, datum.observed) {
        (Kind::ShareAbove(cut), Observed::Count(above)) => {
            graded_classes(&[datum.people.saturating_sub(above), above], &[*cut], &scores())
        }
        (Kind::GradedMean, Observed::Points(mean)) => mean_of_scores(mean, datum.people, &scores()),
        (Kind::GradedSd, Observed::Points(sd)) => sd_of_scores(sd, datum.people, &scores()),
        (
            Kind::RelativeChange {
                variation, discrepancy, ..
            },
            Observed::Ratio(observed),
        ) => ln_ratio_error([*variation; 2], [datum.people; 2], 0.0)
            .and_then(|error| ratio(observed, row.ratio(at, hypothesis), error, *discrepancy)),
        (Kind::CountOfHarm(harm), Observed::Count(events)) => {
            let [rate, spread] = match harm {
                Harm::DarkMarks => head.dark_marks,
                Harm::Infection => head.infection,
            };
            let count = Count {
                events,
                of: datum.people,
                offset: row.offset(at),
            };
            count_of_harm(&count, needlework_numerics::logit(rate), spread)
        }
        _ => None,
    };
    found.filter(|ln| !ln.is_nan()).unwrap_or(f64::NEG_INFINITY)
}

#[cfg(test)]
pub(crate) mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::bank::tests::row_of;
    use needlework_inference::rank_check::{Evenness, evenness, rank_of};
    use needlework_numerics::{mean, midpoints, normals, standard_deviation, uniforms};

    /// Two studies that graded: a share, and a mean with its spread.
    pub(crate) fn two_studies() -> (Book, Likelihood) {
        let value = |key: &str, value: &str, more: &str| {
            format!("[[value]]\nkey = '{key}'\nvalue = '{value}'\nused = 'calibration'\n{more}\n")
        };
        let prior = "source = 'project'\nseen = 'assumed'\nscope = 'world'\nnote = 'a guess'\n";
        let text = [
            "[[source]]\nkey = 'A2001'\ntitle = 'A'\nyear = 2001\n".to_owned(),
            "[[source]]\nkey = 'B2002'\ntitle = 'B'\nyear = 2002\n".to_owned(),
            "[[source]]\nkey = 'project'\ntitle = 'P'\nyear = 2003\n".to_owned(),
            value("a.share", "43.8 %", "n = 16\nsource = 'A2001'\nseen = 'abstract'"),
            value(
                "b.mean",
                "56 points",
                "n = 32\nsource = 'B2002'\nseen = 'abstract'\nspread = { kind = 'sd', value = '12 points' }",
            ),
            value(
                "appearance.visible",
                "0.8 probability",
                &format!("{prior}spread = {{ kind = 'bernoulli' }}"),
            ),
            value(
                "appearance.grading.optimism",
                "10 points",
                &format!("{prior}spread = {{ kind = 'normal', low = '1.776 points', high = '18.224 points' }}"),
            ),
        ]
        .concat();
        let book = Book::parse(&[("test.toml", &text)]).unwrap();
        let datum = |id: &str, study: &str, value: &str, result: &str| {
            format!(
                "[[datum]]\nid = '{id}'\nstudy = '{study}'\ncase = 'x'\nat = {{ after_last = '4 week' }}\n\
                    value = '{value}'\nresult = {result}\ndesign = 'uncontrolled'\nblinded = 'unknown'\n"
            )
        };
        let rows = [
            datum("share", "A2001", "a.share", "{ share_above = 50.0 }"),
            datum("mean", "B2002", "b.mean", "'graded_mean'"),
            datum("sd", "B2002", "b.mean", "'graded_sd'"),
        ];
        let likelihood = Likelihood::parse(&rows.concat(), &book).unwrap();
        (book, likelihood)
    }

    /// Worlds in which raters read so many points where something shows, and nothing where not.
    pub(crate) fn bank(likelihood: &Likelihood, reads: &[f64]) -> Vec<f64> {
        reads.iter().flat_map(|&points| row_of(likelihood, points)).collect()
    }

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-9, "{a} {b}");
    }

    #[test]
    fn evidence_is_the_mean_likelihood_and_that_of_a_hypothesis_its_own_part() {
        let (book, likelihood) = two_studies();
        let reads = midpoints(80.0, 40);
        let rows = bank(&likelihood, &reads);
        let weighing = Weighing::of(&likelihood, &rows, &book).unwrap();
        let weighed = weighing.by(&[0]).unwrap();
        let of = |points: f64| {
            let scores = Scores {
                mean: points + 10.0,
                sd: (0.6_f64 * 225.0 + 0.4 * 225.0).sqrt(),
                study_sd: 6.5,
            };
            graded_classes(&[9, 7], &[50.0], &scores).unwrap().exp()
        };
        let shown = reads.iter().map(|&points| of(points)).sum::<f64>() / reads.len() as f64;
        close(weighed.worlds.ln_evidence, (0.8 * shown + 0.2 * of(0.0)).ln());
        close(weighed.ln_shows[0], shown.ln());
        close(weighed.ln_shows[1], of(0.0).ln());
        for law in weighed.ln_laws {
            close(law, weighed.worlds.ln_evidence);
        }
        close(weighed.joint.iter().flatten().sum(), 1.0);
    }

    #[test]
    fn a_study_that_is_left_out_is_forecast_by_the_rest_of_the_evidence() {
        let (book, likelihood) = two_studies();
        let rows = bank(&likelihood, &midpoints(80.0, 40));
        let weighing = Weighing::of(&likelihood, &rows, &book).unwrap();
        assert_eq!(weighing.weighing(None), [0, 1, 2]);
        assert_eq!(weighing.weighing(Some("B2002")), [0]);
        let (others, all) = (weighing.by(&[0]).unwrap(), weighing.by(&[0, 1, 2]).unwrap());
        let own = weighing.by(&[1, 2]).unwrap();
        // By the weights of the others, world by world.
        let forecast: f64 = (0..weighing.worlds())
            .flat_map(|world| (0..HYPOTHESES).map(move |h| (world, h)))
            .map(|(world, h)| others.joint[world][h] * (weighing.ln[1][world][h] + weighing.ln[2][world][h]).exp())
            .sum();
        close(all.worlds.ln_evidence - others.worlds.ln_evidence, forecast.ln());
        assert!(
            forecast.ln() > own.worlds.ln_evidence,
            "the other study points the same way"
        );
    }

    #[test]
    fn the_own_belief_in_raters_changes_nothing_and_a_hopeful_one_takes_from_what_is_seen() {
        let (book, likelihood) = two_studies();
        let rows = bank(&likelihood, &midpoints(80.0, 40));
        let weighing = Weighing::of(&likelihood, &rows, &book).unwrap();
        let used = weighing.weighing(None);
        let (own, same) = (weighing.by(&used), weighing.with_optimism(&used, weighing.optimism()));
        close(own.unwrap().worlds.ln_evidence, same.unwrap().worlds.ln_evidence);
        let shows = |mean: f64| {
            let belief = Belief { mean, sd: 5.0 };
            let [shows, hidden] = weighing.with_optimism(&used, belief).unwrap().ln_shows;
            shows - hidden
        };
        assert!(shows(0.0) > shows(20.0) && shows(20.0) > shows(40.0));
    }

    /// One world of the rank check: what raters read, their optimism, the spread of people, in points.
    #[derive(Clone, Copy)]
    struct Truth {
        read: f64,
        optimism: f64,
        people_sd: f64,
    }

    const STUDY_SD: f64 = 8.0;

    fn truths(name: &str, count: usize) -> Vec<Truth> {
        let draw = |what: &str| uniforms(5, &format!("{name}.{what}"), count);
        let optimism = normals(5, &format!("{name}.optimism"), count);
        let people = draw("people");
        draw("read")
            .into_iter()
            .enumerate()
            .map(|(at, read)| Truth {
                read: 60.0 * read,
                optimism: 10.0 + 5.0 * optimism[at],
                people_sd: 10.0 + 10.0 * people[at],
            })
            .collect()
    }

    /// Ranks of the truth in its own posterior over many data sets, for three quantities; people of the studies spread
    /// by so many times what the model believes.
    fn evenness_of_ranks(spread: f64) -> [Evenness; 3] {
        // numerical: data sets, worlds of the bank, draws of a posterior
        const SETS: usize = 240;
        const WORLDS: usize = 400;
        const DRAWS: usize = 19;
        let (book, mut likelihood) = two_studies();
        let bank_truths = truths("bank", WORLDS);
        let rows: Vec<f64> = bank_truths
            .iter()
            .flat_map(|truth| {
                let mut row = row_of(&likelihood, truth.read);
                row[LAWS] = truth.optimism;
                row[LAWS + 1] = STUDY_SD;
                row[LAWS + 2] = truth.people_sd;
                row
            })
            .collect();
        let shows = uniforms(5, "truth.shows", SETS);
        let mut ranks: [Vec<usize>; 3] = Default::default();
        for (set, truth) in truths("truth", SETS).into_iter().enumerate() {
            let seen = if shows[set] < 0.8 { truth.read } else { 0.0 };
            let study = |which: &str, people: usize| -> Vec<f64> {
                let effect = STUDY_SD * normals(5, &format!("{which}.effect.{set}"), 1)[0];
                normals(5, &format!("{which}.people.{set}"), people)
                    .into_iter()
                    .map(|z| seen + truth.optimism + effect + spread * truth.people_sd * z)
                    .collect()
            };
            let above = study("a", 16).iter().filter(|score| **score > 50.0).count();
            let scores = study("b", 32);
            likelihood.data[0].observed = Observed::Count(above as u64);
            likelihood.data[1].observed = Observed::Points(mean(&scores));
            likelihood.data[2].observed = Observed::Points(standard_deviation(&scores));
            let weighing = Weighing::of(&likelihood, &rows, &book).unwrap();
            let weighed = weighing.by(&[0, 1, 2]).unwrap();
            let draws = crate::posterior::draw(&weighed, DRAWS, set as u64);
            let of = |value: &dyn Fn(&needlework_cohort::Draw) -> f64| draws.iter().map(value).collect::<Vec<_>>();
            let shown = |draw: &needlework_cohort::Draw| {
                if draw.shows { bank_truths[draw.world].read } else { 0.0 }
            };
            ranks[0].push(rank_of(
                seen + truth.optimism,
                &of(&|d| shown(d) + bank_truths[d.world].optimism),
            ));
            ranks[1].push(rank_of(truth.optimism, &of(&|d| bank_truths[d.world].optimism)));
            ranks[2].push(rank_of(truth.people_sd, &of(&|d| bank_truths[d.world].people_sd)));
        }
        ranks.map(|ranks| evenness(&ranks, DRAWS, 10).unwrap())
    }

    /// Simulation-based calibration (Talts and others 2018): where data come from the model, the truth lies anywhere in
    /// its posterior equally often.
    #[test]
    fn the_truth_lies_anywhere_in_its_posterior_equally_often_and_a_wrong_model_is_found_out() {
        for evenness in evenness_of_ranks(1.0) {
            assert!(evenness.probability > 1e-3, "{evenness:?}");
            assert!((0.84..0.96).contains(&evenness.held_by_90_percent), "{evenness:?}");
        }
        let [_, _, people] = evenness_of_ranks(1.4);
        assert!(people.probability < 1e-6, "{people:?}");
    }
}
