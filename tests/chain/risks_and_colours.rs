//! Germs, closure, depth and colour through the whole chain, at common draws.

use needlework::cohort::Cohort;
use needlework::verdict::{Library, Reading, Report};

use crate::setup::{answer, answer_with, edited, people, scaled, with_value};

const HOME: &str = "home-roller-1.5mm";
const RUBRA: &str = "clinic-thigh-rubra";

/// Asserts that neither end of the range of infection is ever lower in the later of two plans, for each person, and
/// that each step of the ladder raises the mean of the higher end.
fn infection_rises(steps: &[&[(&str, &str)]]) {
    let cohorts: Vec<Cohort> = steps
        .iter()
        .map(|answers| people(&edited(HOME, answers), &[], 60))
        .collect();
    for (pair, step) in cohorts.windows(2).zip(steps.windows(2)) {
        for (cleaner, dirtier) in pair[0].people.iter().zip(&pair[1].people) {
            let (a, b) = (&cleaner.harms.infection, &dirtier.harms.infection);
            assert!(a.low <= b.low && a.high <= b.high, "{step:?}: {a:?} {b:?}");
            assert!(b.low <= b.high, "{b:?}");
        }
        let high = |cohort: &Cohort| cohort.mean_over_worlds(|person| person.harms.infection.high).mean;
        assert!(high(&pair[0]) < high(&pair[1]), "{step:?}");
    }
}

#[test]
fn a_dirtier_needle_never_lowers_the_risk_of_infection() {
    // All as sharp as new: needles that are blunt pierce less often, and what does not pierce lets nothing in.
    infection_rises(&[
        &[("hygiene.needles", "\"sterile\"")],
        &[("hygiene.needles", "\"cleaned_and_disinfected\"")],
        &[("hygiene.needles", "\"disinfected_only\"")],
        &[("hygiene.needles", "\"none\"")],
    ]);
}

#[test]
fn less_preparation_of_the_skin_never_lowers_the_risk_of_infection() {
    infection_rises(&[
        &[("hygiene.skin", "\"disinfected\"")],
        &[("hygiene.skin", "\"quick_wipe\"")],
        &[("hygiene.skin", "\"washed\"")],
        &[("hygiene.skin", "\"none\"")],
    ]);
}

#[test]
fn germs_of_a_moist_site_and_more_sessions_never_lower_the_risk_of_infection() {
    infection_rises(&[
        &[("regimen.sessions", "1")],
        &[("regimen.sessions", "4")],
        &[("regimen.sessions", "6")],
    ]);
    // Holes of one depth, since a roller's depend on the site's skin too.
    let needle = [("device.name", "\"acupuncture-0.25\""), ("regimen.punctures", "100")];
    infection_rises(&[
        &[("lesion.site", "\"abdomen\""), needle[0], needle[1]],
        &[("lesion.site", "\"axilla\""), needle[0], needle[1]],
    ]);
}

#[test]
fn a_cover_lengthens_the_open_window_and_raises_the_risk_in_everybody() {
    let bare = people(&edited(HOME, &[("aftercare.occlusion", "false")]), &[], 60);
    let covered = people(&edited(HOME, &[("aftercare.occlusion", "true")]), &[], 60);
    for (bare, covered) in bare.people.iter().zip(&covered.people) {
        assert!(covered.harms.closure.open_window >= bare.harms.closure.open_window);
        assert!(covered.harms.infection.high >= bare.harms.infection.high);
    }
    let hours = |cohort: &Cohort| {
        cohort
            .mean_over_worlds(|person| person.harms.closure.open_window.hours())
            .mean
    };
    assert!(
        hours(&covered) > 2.0 * hours(&bare),
        "{} {}",
        hours(&covered),
        hours(&bare)
    );
}

#[test]
fn a_roller_of_a_fifth_of_a_millimetre_does_not_reach_the_lower_dermis() {
    let puncture = answer(&edited("home-roller-0.2mm", &[]), Reading::Lay, 80)
        .puncture
        .expect("a permitted plan shows its holes");
    // In a world of many a needle of a hundred does; 80 worlds say no finer.
    assert!(
        puncture.reaches_reticular.mean < 0.02 && puncture.reaches_reticular.high < 0.05,
        "{:?}",
        puncture.reaches_reticular
    );
    // In most worlds most needles stay above the dermis, in some they reach it, so this stays stated and open.
    assert!(puncture.reaches_dermis.mean < 0.5, "{:?}", puncture.reaches_dermis);
    assert!(
        puncture.reaches_dermis.low < 0.01 && puncture.reaches_dermis.high > 0.5,
        "{:?}",
        puncture.reaches_dermis
    );
}

fn of_skin_type(name: &str, answers: &[(&str, &str)]) -> Report {
    answer(&edited(name, answers), Reading::Research, 30)
}

/// Redness contrast of the reddest mark that a report prints, at the start.
fn redness(report: &Report) -> f64 {
    let before = report
        .swatches
        .iter()
        .filter(|swatch| swatch.arm == "before" && swatch.part == "mark");
    before.map(|swatch| swatch.delta_a).fold(0.0, f64::max)
}

#[test]
fn redness_is_fainter_on_darker_skin_while_the_danger_signs_stay() {
    let [light, dark] = ["II", "VI"].map(|kind| of_skin_type(RUBRA, &[("person.fitzpatrick", &format!("\"{kind}\""))]));
    let (on_light, on_dark) = (redness(&light), redness(&dark));
    assert!(on_dark > 0.0 && on_dark < 0.9 * on_light, "{on_light} {on_dark}");
    assert!(!light.verdict.danger_signs.is_empty());
    assert_eq!(light.verdict.danger_signs, dark.verdict.danger_signs);
}

/// Between neighbouring skin types the measured groups differ in blood as well as in melanin, and a red mark multiplies
/// the blood of its skin: type V reads a little redder than IV. Melanin alone hides redness at every step.
#[test]
fn more_melanin_alone_hides_redness_step_by_step() {
    const GROUPS: [&str; 5] = ["light", "intermediate", "tan", "brown", "dark"];
    let on_light_skin = edited(RUBRA, &[("person.fitzpatrick", "\"II\"")]);
    let contrasts = GROUPS.map(|group| {
        let melanin = scaled(&format!("appearance.skin.{group}.melanin_fraction"), 1.0);
        // Another prior has no posterior, and all five need the same worlds.
        let changed = Library {
            posterior: None,
            ..with_value("appearance.skin.light.melanin_fraction", &melanin)
        };
        redness(&answer_with(&on_light_skin, &changed, Reading::Research, 30))
    });
    assert!(contrasts.windows(2).all(|pair| pair[1] < pair[0]), "{contrasts:?}");
    assert!(contrasts[4] > 0.0 && contrasts[4] < 0.7 * contrasts[0], "{contrasts:?}");
}

#[test]
fn dark_marks_are_no_rarer_on_darker_skin_and_in_the_sun() {
    let risk = |answers: &[(&str, &str)]| {
        let report = of_skin_type(RUBRA, answers);
        report
            .risks
            .iter()
            .find(|risk| risk.name == "dark_marks")
            .and_then(|risk| risk.per_1000.mean)
            .expect("counted in clinics")
    };
    let light = risk(&[]);
    // Twice the odds are less than twice the probability, the less the more clinics differ.
    assert!(risk(&[("person.fitzpatrick", "\"V\"")]) > 1.2 * light);
    assert!(risk(&[("area.tan_or_planned_sun", "true")]) > 1.1 * light);
}

/// Red less green of a colour `#rrggbb`.
fn red_over_green(colour: &str) -> i64 {
    let byte = |at: usize| i64::from_str_radix(&colour[at..at + 2], 16).unwrap();
    byte(1) - byte(3)
}

/// The look of redness and the days of it are two sides of one law: it only fades, and half the people see it about
/// until the median day.
#[test]
fn redness_only_fades_and_is_seen_until_the_days_that_the_answer_names() {
    let report: Report = answer(&edited(RUBRA, &[]), Reading::Research, 60);
    let burden = report.burden.unwrap();
    let looks = &burden.redness_look;
    assert!(looks.len() >= 5 && looks[0].seen_share.mean > 0.9, "{looks:?}");
    for pair in looks.windows(2) {
        assert!(pair[0].hours < pair[1].hours);
        assert!(pair[0].delta_a.p50 > pair[1].delta_a.p50 && pair[0].delta_a.p95 >= pair[1].delta_a.p95);
        assert!(pair[0].seen_share.mean >= pair[1].seen_share.mean, "{pair:?}");
    }
    let mut reds = Vec::new();
    for look in looks {
        let days = look.hours / 24.0;
        let half = look.seen_share.mean > 0.5;
        assert_eq!(
            half,
            days < burden.redness_days.p50,
            "{look:?} {:?}",
            burden.redness_days
        );
        // The picture of the middle person is of the skin's colour, and redder the more a* says; where nobody sees it,
        // it is the skin.
        reds.push(red_over_green(look.srgb.as_deref().unwrap()));
        // What half the people still see is at least what is just noticed, and the other way round.
        assert_eq!(half, look.delta_a.p50 > 1.0, "{look:?}");
    }
    assert!(reds.windows(2).all(|pair| pair[0] >= pair[1]), "{reds:?}");
    assert!(reds[0] > reds[reds.len() - 1] + 8, "{reds:?}");
    // The darker a skin, the less the same blood shows.
    let first_step = |kind: &str| {
        let report = of_skin_type(RUBRA, &[("person.fitzpatrick", kind)]);
        let look = report.burden.unwrap().redness_look[0].srgb.clone().unwrap();
        red_over_green(&look) - red_over_green(&report.swatches[0].srgb)
    };
    assert!(first_step("\"VI\"") < first_step("\"II\""));
    let skin = report.swatches.iter().find(|swatch| swatch.part == "skin").unwrap();
    assert_eq!(looks.last().and_then(|look| look.srgb.as_ref()), Some(&skin.srgb));
}
