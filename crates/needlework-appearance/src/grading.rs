//! What raters write down: only for comparison with trials, never in a person's forecast.
//!
//! y = h(I) + β + u + ν + ε with h(I) = 100·[1 − (1 − I/100)^b] for I > 0 (b·I below), optimism β, a study's own effect
//! u, what raters agree on of a person beyond h(I), ν, and what they do not agree on, ε. The scores of a study's people
//! spread by V, and of V² raters agree on the share ρ, their intraclass correlation: ε has the variance (1 − ρ)·V² and
//! ν what is left of ρ·V² when the spread of h(I) between people is taken away, if anything is.
//!
//! Uncontrolled photographs over-read improvement; that gap between graded and own view must be shown.

use needlework_evidence::parameters;

use needlework_units::PERCENT;

parameters! {
    /// What is not known of raters; a world's draw.
    pub struct GradingParameters {
        /// How much raters over-read.
        pub gain: f64 = "appearance.grading.gain",
        /// Optimism of uncontrolled studies, in points.
        pub optimism: f64 = "appearance.grading.optimism",
        /// Spread between studies, in points.
        pub study_sd: f64 = "appearance.grading.study_sd",
        /// Spread of the scores of a study's people, in points.
        pub people_sd: f64 = "appearance.grading.people_sd",
        /// Correlation of the mean of two raters with that of two others.
        pub agreement: f64 = "appearance.grading.agreement",
    }
}

/// The standard normal draws behind one score.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct GradeDraws {
    /// Of the study.
    pub study: f64,
    /// Of what raters agree on of this person.
    pub person: f64,
    /// Of what they do not agree on.
    pub rater: f64,
}

/// What raters read in a person whose own improvement is `improvement` percent, in points, before any optimism or
/// noise.
#[must_use]
pub fn read(improvement: f64, parameters: &GradingParameters) -> f64 {
    if improvement > 0.0 {
        PERCENT * (1.0 - (1.0 - improvement / PERCENT).max(0.0).powf(parameters.gain))
    } else {
        parameters.gain * improvement
    }
}

/// The graded improvement, in points, of a person in whom raters [`read`] so many points, in a study in which what is
/// read varies by `read_variance` between people, points².
#[must_use]
pub fn grade(read: f64, read_variance: f64, parameters: &GradingParameters, draws: &GradeDraws) -> f64 {
    let [person, rater] = score_variances(read_variance, parameters.people_sd, parameters.agreement);
    read + parameters.optimism
        + parameters.study_sd * draws.study
        + person.sqrt() * draws.person
        + rater.sqrt() * draws.rater
}

/// What the scores of a study's people vary by beside what is read, points²: what raters agree on, and what they do
/// not.
#[must_use]
pub fn score_variances(read_variance: f64, people_sd: f64, agreement: f64) -> [f64; 2] {
    let total = people_sd.powi(2);
    let agreed = agreement.clamp(0.0, 1.0) * total;
    [(agreed - read_variance).max(0.0), total - agreed]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raters_over_read_and_never_beyond_the_whole() {
        let p = GradingParameters {
            gain: 2.4,
            optimism: 0.0,
            study_sd: 6.5,
            people_sd: 15.0,
            agreement: 0.6,
        };
        assert!(read(20.0, &p) > 40.0);
        assert!((read(100.0, &p) - 100.0).abs() < 1e-12);
        assert_eq!(read(0.0, &p), 0.0);
        assert!((read(-10.0, &p) + 24.0).abs() < 1e-12);
        let slope_right = read(1e-6, &p) / 1e-6;
        assert!((slope_right - 2.4).abs() < 1e-3, "the two branches meet with one slope");
        assert_eq!(grade(48.0, 0.0, &p, &GradeDraws::default()), 48.0);
    }

    /// Over many people the scores spread as they should, and two raters agree as they should, however much of it what
    /// is read explains.
    #[test]
    fn scores_spread_and_agree_as_stated() {
        let p = GradingParameters {
            gain: 1.0,
            optimism: 17.0,
            study_sd: 10.0,
            people_sd: 15.0,
            agreement: 0.6,
        };
        // numerical: people, enough for 2 % of a standard deviation
        const PEOPLE: usize = 20_000;
        let draw = |name: &str| needlework_numerics::normals(7, name, PEOPLE);
        let (looks, person, one, other) = (draw("looks"), draw("person"), draw("one"), draw("other"));
        for sd in [0.0, 6.0, 11.0] {
            let scores = |rater: &[f64]| -> Vec<f64> {
                (0..PEOPLE)
                    .map(|i| {
                        let draws = GradeDraws {
                            study: 0.3,
                            person: person[i],
                            rater: rater[i],
                        };
                        grade(sd * looks[i], sd * sd, &p, &draws)
                    })
                    .collect()
            };
            let (first, second) = (scores(&one), scores(&other));
            let spread = needlework_numerics::standard_deviation(&first);
            assert!((spread / 15.0 - 1.0).abs() < 0.02, "{sd}: {spread}");
            let (a, b) = (needlework_numerics::mean(&first), needlework_numerics::mean(&second));
            let together: f64 = first.iter().zip(&second).map(|(x, y)| (x - a) * (y - b)).sum();
            let agreement = together / PEOPLE as f64 / spread.powi(2);
            assert!((agreement - 0.6).abs() < 0.02, "{sd}: {agreement}");
            assert!((a - 20.0).abs() < 0.5, "{a}");
        }
    }
}
