//! The main figures of an answer, as the golden files under `cases/golden` hold them.
//!
//! Seed 1, 80 worlds of five people. Read by researchers, so that a stopped plan has figures too; what a layperson is
//! shown stands beside them.

use needlework::case::Case;
use needlework::cohort::Settings;
use needlework::numerics::unwatched;
use needlework::verdict::{Inquiry, Library, Outcome, Reading, Report, judge};
use serde_json::{Value, json};

/// The main figures of a case.
pub fn figures(case: &Case, library: &Library) -> Value {
    let settings = Settings {
        seed: 1,
        worlds: 80,
        people_per_world: 5,
        threads: 2,
    };
    let read_by = |reading: Reading| {
        let inquiry = Inquiry {
            settings,
            reading,
            ..Inquiry::new(library)
        };
        judge(case, &inquiry, &mut unwatched)
            .expect("a committed case is judged")
            .report
    };
    let research = read_by(Reading::Research);
    let stopped = research.verdict.safety != needlework::verdict::Safety::Caution;
    // A stopped plan is not weighed for laypeople; of others they read the same benefit, so nobody is asked again.
    let benefit_lay = if stopped {
        read_by(Reading::Lay).verdict.benefit
    } else {
        research.verdict.benefit
    };
    json!({
        "format": "needlework-golden/1",
        "seed": settings.seed,
        "worlds": settings.worlds,
        "people_per_world": settings.people_per_world,
        "safety": research.verdict.safety,
        "urgent": research.verdict.urgent,
        "rules": research.verdict.rules.iter().map(|rule| rule.id.as_str()).collect::<Vec<_>>(),
        "questions": research.verdict.questions.iter().map(|question| question.field.as_str()).collect::<Vec<_>>(),
        "benefit": research.verdict.benefit,
        "benefit_lay": benefit_lay,
        "reach": research.reach.level,
        "certainty": research.certainty,
        "forecast": forecast(&research),
        "gain25": research.gain25.map(|gain| json!({
            "mean": rounded(gain.share.mean), "low": rounded(gain.share.low), "high": rounded(gain.share.high)
        })),
        "risks_per_1000": research.risks.iter().map(|risk| json!({
            "name": risk.name,
            "mean": risk.per_1000.mean.map(rounded),
            "low": risk.has_number().then(|| rounded(risk.per_1000.low)),
            "high": risk.has_number().then(|| rounded(risk.per_1000.high)),
        })).collect::<Vec<_>>(),
        "pain_median": research.burden.as_ref().map(|burden| rounded(burden.pain.p50)),
        "reaches_dermis": research.puncture.as_ref().map(|puncture| rounded(puncture.reaches_dermis.mean)),
        "contrast_before_median": research.colour.map(|colour| rounded(colour.before.p50)),
        "against_published": research.against_published.iter().map(|one| json!({
            "outcome": one.outcome, "mean": rounded(one.predicted.mean), "covers": one.covers
        })).collect::<Vec<_>>(),
    })
}

/// Mean shares worse, none, some, clear, strong at the months of the table.
fn forecast(report: &Report) -> Option<Value> {
    let shares = |outcomes: &[Outcome]| {
        outcomes
            .iter()
            .map(|o| [o.worse, o.none, o.some, o.clear, o.strong].map(|share| rounded(share.mean)))
            .collect::<Vec<_>>()
    };
    report.forecast.as_ref().map(|forecast| {
        json!({
            "months": forecast.months,
            "treated": shares(&forecast.treated),
            "untreated": shares(&forecast.untreated),
        })
    })
}

/// A number with six significant digits after the point, so that a file reads well.
fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}
