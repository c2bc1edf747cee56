//! What raters write down: only for comparison with trials, never in a person's forecast.
//!
//! y = 100·[1 − (1 − I/100)^b] for I > 0 (b·I below), plus optimism β, a study's own effect and the noise of raters.
//! Uncontrolled photographs over-read improvement; that gap between graded and own view must be shown.

use needlework_evidence::parameters;

use crate::severity::PERCENT;

parameters! {
    /// What is not known of raters; a world's draw.
    pub struct GradingParameters {
        /// How much raters over-read.
        pub gain: f64 = "appearance.grading.gain",
        /// Optimism of uncontrolled studies, in points.
        pub optimism: f64 = "appearance.grading.optimism",
        /// Spread between studies, in points.
        pub study_sd: f64 = "appearance.grading.study_sd",
        /// Noise of two raters, in points.
        pub rater_sd: f64 = "appearance.grading.rater_sd",
    }
}

/// The graded improvement of a person whose own improvement is `improvement` percent; `study` and `rater` are standard
/// normal draws.
#[must_use]
pub fn grade(improvement: f64, parameters: &GradingParameters, study: f64, rater: f64) -> f64 {
    let read = if improvement > 0.0 {
        PERCENT * (1.0 - (1.0 - improvement / PERCENT).max(0.0).powf(parameters.gain))
    } else {
        parameters.gain * improvement
    };
    read + parameters.optimism + parameters.study_sd * study + parameters.rater_sd * rater
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
            rater_sd: 12.0,
        };
        assert!(grade(20.0, &p, 0.0, 0.0) > 40.0);
        assert!((grade(100.0, &p, 0.0, 0.0) - 100.0).abs() < 1e-12);
        assert_eq!(grade(0.0, &p, 0.0, 0.0), 0.0);
        assert!((grade(-10.0, &p, 0.0, 0.0) + 24.0).abs() < 1e-12);
        let slope_right = grade(1e-6, &p, 0.0, 0.0) / 1e-6;
        assert!((slope_right - 2.4).abs() < 1e-3, "the two branches meet with one slope");
    }
}
