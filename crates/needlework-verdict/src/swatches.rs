//! Colours that are printed: the skin, the mark before, and the mark treated and untreated, for people who do badly,
//! middling and well.

use needlework_appearance::adding_doubling::OpticsError;
use needlework_cohort::{Cohort, Contrast, OpticsData, PotentialOutcome, VirtualPerson, colours};
use needlework_numerics::{HIGH, LOW, place_of};
use needlework_units::PERCENT;

use crate::expect::percentiles;
use crate::moments::Moments;
use crate::report::{ColourSummary, Swatch};

/// The swatches that a report prints, at the start and at the months six and last of the table.
pub(crate) fn swatches(cohort: &Cohort, moments: &Moments, optics: &OpticsData) -> Result<Vec<Swatch>, OpticsError> {
    let skin = optics.skin_colour()?;
    let as_list = |lab: needlework_appearance::colour::Lab| [lab.lightness, lab.redness, lab.yellowness];
    let mut found = vec![Swatch {
        part: "skin".to_owned(),
        arm: "before".to_owned(),
        month: 0.0,
        percentile: None,
        lab: as_list(skin),
        srgb: optics.screen(skin)?,
        delta_e: 0.0,
        delta_a: 0.0,
    }];
    let mut push = |arm: &str, month: f64, percentile: f64, contrast: Contrast| -> Result<(), OpticsError> {
        found.push(Swatch {
            part: "mark".to_owned(),
            arm: arm.to_owned(),
            month,
            percentile: Some(percentile * PERCENT),
            lab: as_list(contrast.mark),
            srgb: optics.screen(contrast.mark)?,
            delta_e: contrast.delta_e,
            delta_a: contrast.delta_a,
        });
        Ok(())
    };
    let Some(&(_, start)) = moments.chart.first() else {
        return Ok(found);
    };
    let shown = moments.table.iter().filter(|&&(month, _)| month > 3.0);
    let months: Vec<(f64, usize)> = shown.copied().collect();
    let last = months.last().map_or(start, |&(_, moment)| moment);
    // People who do badly, middling and well.
    for percentile in [LOW, 0.5, HIGH] {
        let person = ranked(cohort, last, PotentialOutcome::Treated, percentile);
        push(
            "before",
            0.0,
            percentile,
            optics.contrast(skin, cohort, person, start, PotentialOutcome::Untreated)?,
        )?;
        // The same person stands behind all their swatches, so that treated and untreated differ by the plan alone.
        for &(month, moment) in &months {
            push(
                "treated",
                month,
                percentile,
                optics.contrast(skin, cohort, person, moment, PotentialOutcome::Treated)?,
            )?;
            push(
                "untreated",
                month,
                percentile,
                optics.contrast(skin, cohort, person, moment, PotentialOutcome::Untreated)?,
            )?;
        }
    }
    Ok(found)
}

/// The person at a percentile of improvement.
fn ranked(cohort: &Cohort, moment: usize, arm: PotentialOutcome, percentile: f64) -> &VirtualPerson {
    let mut order: Vec<usize> = (0..cohort.people.len()).collect();
    let improvement = |i: usize| cohort.improvement(&cohort.people[i], moment, arm);
    order.sort_by(|&a, &b| improvement(a).total_cmp(&improvement(b)).then(a.cmp(&b)));
    &cohort.people[order[place_of(percentile, order.len()).unwrap_or(0)]]
}

/// Contrast of the whole cohort by the reduced model.
pub(crate) fn summary(
    cohort: &Cohort,
    moments: &Moments,
    optics: &OpticsData,
) -> Result<Option<ColourSummary>, OpticsError> {
    let (Some(&(_, start)), Some(&(_, last))) = (moments.chart.first(), moments.table.last()) else {
        return Ok(None);
    };
    let found = colours(cohort, optics, start, last)?;
    let band = |which: usize| {
        let values: Vec<f64> = found.people.iter().map(|three| three[which]).collect();
        percentiles(&values)
    };
    Ok(Some(ColourSummary {
        before: band(0),
        treated: band(1),
        untreated: band(2),
        model_rms_error: found.error.rms,
        model_max_error: found.error.max,
    }))
}
