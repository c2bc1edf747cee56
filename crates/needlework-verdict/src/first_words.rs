//! What everybody reads first, as data: the verdict, what cannot wait, the main number with its doubt, and the harm
//! that matters most.
//!
//! Terminal, page, calendar and comparison take these sentences and write none of their own, so that they cannot
//! differ. Times count from the first session, everywhere. Shares of people have no range: each is the mean over all
//! that is not known, and a range of a share says little until the gain itself is known to a few points. The one range
//! of benefit is that of the average gain; a harm has the range of what is plausible, most of which is how studies
//! differ.

use needlework_cohort::SOME_FROM;
use needlework_rules::Essential;

use crate::first_screen::FirstScreen;
use crate::hundred::hundred;
use crate::people::people_of;
use crate::report::{COURSES, Forecast, Gains, Hinge, Outcome, Risk, Safety, Verdict};
use crate::reported::Reports;
/// What a person in a crisis is told before anything else.
const CRISIS: &str = "Let us talk about you first, not about needles.";
/// How the answer to somebody under age opens.
const MINOR: &str = "This simulator is for adults.";
/// What stands above everything when symptoms need a doctor.
const TODAY: &str = "See a doctor today.";
/// How a refused plan opens.
const REFUSED: &str = "Do not do this plan.";
/// How a referred plan opens.
const REFERRED: &str = "Not yet. Ask a doctor or pharmacist this one question:";
/// How a plan opens whose serious questions nobody has asked yet.
const OPEN: &str = "Not yet. Serious questions are still open: find out their answers first.";
/// How a referred plan waits.
const UNTIL_THEN: &str = "Until then, do not needle.";
/// What a permitted plan is told beside that.
pub const NOT_SAFE: &str = "That is not the same as safe: rules can only stop what they know of.";
/// How a permitted plan opens.
const PERMITTED: &str = "No rule stops this plan.";
/// How the answer to a cream or a laser opens.
const NOT_JUDGED: &str = "This is not judged here: there are no needles in it.";
/// How a permitted plan with open questions opens.
const UNCHECKED: &str = "No rule stops this plan, but some things were not checked.";
/// How a permitted plan opens of which the clinic alone knows a part.
const ASK_CLINIC: &str = "No rule stops this plan as far as you know it: ask the clinic for the rest first.";

/// Of how many people a share is told.
// numerical: people that a frequency is told of
const PEOPLE: f64 = 100.0;
// numerical: half a person of a hundred, below which nobody is told of
const SEEN: f64 = 0.5 / PEOPLE;

/// What is forecast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// A plan, with what studies of such plans reported where there are any.
    Plan {
        /// In words, and whether it is the better forecaster.
        reported: Option<Reports>,
        /// Its sessions; none where they are not known.
        sessions: Option<u32>,
    },
    /// Doing nothing.
    Nothing,
}

/// The opening of an answer: the verdict in its fixed words.
pub(crate) fn opening(verdict: &Verdict) -> &'static str {
    match verdict.safety {
        _ if verdict.distress => CRISIS,
        _ if verdict.minor => MINOR,
        Safety::Refuse => REFUSED,
        Safety::Refer if verdict.question.is_some() => REFERRED,
        Safety::Refer => OPEN,
        Safety::Caution if verdict.not_judged => NOT_JUDGED,
        Safety::Caution if !verdict.unchecked.is_empty() => UNCHECKED,
        Safety::Caution if !verdict.ask_clinic.is_empty() => ASK_CLINIC,
        Safety::Caution => PERMITTED,
    }
}

/// The first screen of a verdict, its forecast and its harms; `plan` says what is forecast, `help` are the lines for
/// somebody in a crisis or under age.
#[must_use]
pub fn first_screen(
    verdict: &Verdict,
    forecast: Option<&Forecast>,
    plan: Told,
    risks: &[Risk],
    help: Vec<String>,
) -> FirstScreen {
    let kind = verdict.distress || verdict.minor;
    let (reports, sessions) = match &plan {
        Told::Plan { reported, sessions } => (reported.clone().filter(|_| forecast.is_some()), *sessions),
        Told::Nothing => (None, None),
    };
    FirstScreen {
        help: help.into_iter().filter(|_| kind).map(Essential::new).collect(),
        now: verdict.urgent.then(|| Essential::new(TODAY)),
        verdict: Essential::new(opening(verdict)),
        question: verdict.question.as_ref().filter(|_| !kind).map(Essential::new),
        until_then: (!kind && verdict.safety == Safety::Refer).then(|| Essential::new(UNTIL_THEN)),
        expect: forecast.and_then(|forecast| match plan {
            Told::Nothing => left_alone(forecast),
            Told::Plan { .. } => expected(forecast),
        }),
        hinge: forecast.and_then(|forecast| forecast.hinge.as_ref().map(hangs_on)),
        reported_leads: reports.as_ref().is_some_and(|reports| reports.lead),
        reported: reports.map(|reports| reports.text),
        harm: risks
            .iter()
            .find(|risk| risk.has_number())
            .map(|risk| main_harm(risk, sessions)),
    }
}

/// The moment that an answer leads with.
fn lead_months(forecast: &Forecast) -> Option<String> {
    let months = forecast.months.get(forecast.lead)?.round();
    Some(if months == 1.0 {
        "1 month".to_owned()
    } else {
        format!("{months:.0} months")
    })
}

/// The main number of doing nothing.
fn left_alone(forecast: &Forecast) -> Option<String> {
    let outcome = forecast.untreated.get(forecast.lead)?;
    let [worse, little, ..] = hundred(outcome);
    let assumed = if forecast.untreated_by_assumption {
        " We assume that, since nobody has followed it."
    } else {
        ""
    };
    Some(format!(
        "Of 100 people like this who do nothing, about {little} see little or no change in {} ({}){}{}.{assumed}{}",
        lead_months(forecast)?,
        cut(),
        better(outcome),
        getting_worse(worse),
        counted(forecast),
    ))
}

/// The main number against doing nothing.
fn expected(forecast: &Forecast) -> Option<String> {
    let at = forecast.lead;
    let (with, without) = (forecast.treated.get(at)?, forecast.untreated.get(at)?);
    let months = lead_months(forecast)?;
    let [worse, little, ..] = hundred(with);
    Some(format!(
        "Of 100 people like this, about {little} see little or no change {months} after the first session ({}){}{}{}. \
            {}{} {}",
        cut(),
        better(with),
        getting_worse(worse),
        for_dark_marks(forecast, at),
        alone(without, forecast.untreated_by_assumption),
        counted(forecast),
        doubt(&forecast.gains),
    ))
}

/// Where little ends.
fn cut() -> String {
    format!("less than {SOME_FROM:.0} points better, where 100 is a mark that is gone")
}

/// What counts how much, where this person has said it.
fn counted(forecast: &Forecast) -> String {
    forecast.own_weights.map_or_else(String::new, |own| {
        format!(
            " Points count what you said matters to you: texture {:.0}, colour {:.0}, width {:.0}; the usual is 7, 7 \
                and 4.",
            own.texture, own.colour, own.width
        )
    })
}

/// Those who see more than little change, where there are any.
fn better(outcome: &Outcome) -> String {
    let [_, _, some, clear, strong] = hundred(outcome);
    [(some, "some"), (clear + strong, "a clear one")]
        .into_iter()
        .filter(|(people, _)| *people > 0)
        .map(|(people, word)| format!(", {people} {word}"))
        .collect()
}

/// What becomes of the same people without the plan.
fn alone(without: &Outcome, assumed: bool) -> String {
    if assumed {
        return "Doing nothing, all 100 would: we assume that, since nobody has followed it.".to_owned();
    }
    let [worse, little, ..] = hundred(without);
    format!("Doing nothing, about {little} would{}.", getting_worse(worse))
}

/// Those who get worse, where there are any.
fn getting_worse(people: usize) -> String {
    if people == 0 {
        return String::new();
    }
    format!(" and about {people} get worse")
}

/// How many of those who get worse do so for a dark mark; nothing where it is hardly anybody.
fn for_dark_marks(forecast: &Forecast, at: usize) -> String {
    match forecast.worse_for_dark_marks.get(at) {
        Some(share) if share.mean >= SEEN => format!(", {} of them for a dark mark", people_of(share.mean, PEOPLE)),
        _ => String::new(),
    }
}

/// How much people gain over doing nothing, and how far that is known. The middle and the tenth mix what differs
/// between people with what nobody knows, so that they are told as chances of one person.
fn doubt(gains: &Gains) -> String {
    // numerical: gains below half a point are told as none
    const NONE: f64 = 0.5;
    let (low, high) = (gains.mean.low, gains.mean.high);
    if high < NONE && low > -NONE {
        return "The average gain over doing nothing is none.".to_owned();
    }
    let to = |points: f64| {
        if points.abs() < NONE {
            "none".to_owned()
        } else if points < 0.0 {
            format!("a loss of {:.0}", -points)
        } else {
            format!("{points:.0}")
        }
    };
    let split = if gains.tenth < NONE {
        String::new()
    } else if gains.half < NONE {
        format!(
            " For one person it may well be none, with one chance in ten of more than {:.0}.",
            gains.tenth
        )
    } else {
        format!(
            " For one person there is an even chance of less than {:.0}, and one in ten of more than {:.0}.",
            gains.half, gains.tenth
        )
    };
    format!(
        "How sure? The average gain over doing nothing may be anything from {} to {} points.{split}",
        to(low),
        to(high)
    )
}

/// What the forecast hangs on.
fn hangs_on(hinge: &Hinge) -> String {
    let [least, most] = hinge.little.map(|share| people_of(share, PEOPLE));
    format!(
        "Nobody knows how far raters exaggerate: about {least} see little or no change if by less than {:.0} points, \
            about {most} if by more than {:.0}.",
        hinge.below, hinge.above
    )
}

/// Courses that a harm is told of.
fn courses(sessions: Option<u32>) -> String {
    match sessions {
        None | Some(0) => "1,000 courses like this".to_owned(),
        Some(1) => "1,000 courses of one session like this".to_owned(),
        Some(sessions) => format!("1,000 courses of {sessions} sessions like this"),
    }
}

/// The main harm in a sentence, of a plan with so many sessions.
fn main_harm(risk: &Risk, sessions: Option<u32>) -> String {
    let courses = courses(sessions);
    let title = lower_first(&risk.title);
    let per = |count: f64| people_of(count / COURSES, COURSES);
    let (low, high) = (per(risk.per_1000.low), per(risk.per_1000.high));
    // numerical: a range over so many of a thousand says that the number in it is hardly known
    const HARDLY: f64 = 250.0;
    match risk.per_1000.mean {
        Some(mean) if risk.per_1000.high - risk.per_1000.low >= HARDLY => format!(
            "Main harm: {title}, in about {} of {courses}. That is hardly known: {low} to {high} is \
                plausible; studies and clinics differ much.",
            per(mean)
        ),
        Some(mean) => format!(
            "Main harm: {title}, in about {} of {courses} (plausible range {low} to {high}).",
            per(mean)
        ),
        None => {
            format!("Main harm: {title}. Nobody has counted it; models span {low} to {high} of {courses}.")
        }
    }
}

/// A title as part of a sentence.
fn lower_first(title: &str) -> String {
    let mut letters = title.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().collect::<String>() + letters.as_str()
    })
}

/// Puts the harm that matters most for this person first: dark marks where they are prone to them, else the likeliest:
/// by what was counted, where nobody has counted by the upper end of the range, and what has no number last.
pub(crate) fn likeliest_first(risks: &mut [Risk], prone_to_dark_marks: bool) {
    let weight = |risk: &Risk| {
        if prone_to_dark_marks && risk.name == "dark_marks" {
            f64::INFINITY
        } else if risk.has_number() {
            risk.per_1000.mean.unwrap_or(risk.per_1000.high)
        } else {
            -1.0
        }
    };
    risks.sort_by(|a, b| weight(b).total_cmp(&weight(a)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::own_weights::OwnWeights;
    use crate::report::{Benefit, Frequency, Percentiles, Range};

    fn gains(low: f64, high: f64, half: f64, tenth: f64) -> Gains {
        let mean = Range {
            mean: 0.5 * (low + high),
            low,
            high,
        };
        Gains {
            mean,
            half,
            tenth,
            ..Gains::default()
        }
    }

    #[test]
    fn the_one_range_is_that_of_the_average_gain() {
        assert_eq!(
            doubt(&gains(0.0, 38.2, 4.1, 31.0)),
            "How sure? The average gain over doing nothing may be anything from none to 38 points. For one person \
                there is an even chance of less than 4, and one in ten of more than 31."
        );
        let with_loss = doubt(&gains(-3.0, 12.0, 0.2, 9.0));
        assert!(with_loss.contains("from a loss of 3 to 12 points."), "{with_loss}");
        assert!(
            with_loss.ends_with("it may well be none, with one chance in ten of more than 9."),
            "{with_loss}"
        );
        assert_eq!(
            doubt(&gains(0.0, 0.1, 0.0, 0.0)),
            "The average gain over doing nothing is none."
        );
    }

    /// Somebody whose plan no rule stops.
    fn verdict() -> Verdict {
        Verdict {
            first: FirstScreen::default(),
            safety: Safety::Caution,
            urgent: false,
            distress: false,
            minor: false,
            question: None,
            screened_by_study: false,
            rules: Vec::new(),
            questions: Vec::new(),
            benefit: Benefit::Possible,
            benefit_reason: String::new(),
            headline: String::new(),
            summary: Vec::new(),
            instead: Vec::new(),
            danger_signs: Vec::new(),
            unchecked: Vec::new(),
            ask_clinic: Vec::new(),
            not_judged: false,
        }
    }

    /// Shares of people from worse to strong.
    fn outcome(shares: [f64; 5]) -> Outcome {
        let [worse, none, some, clear, strong] = shares.map(|mean| Range {
            mean,
            low: 0.0,
            high: 1.0,
        });
        Outcome {
            worse,
            none,
            some,
            clear,
            strong,
            severity: Percentiles {
                p5: 0.5,
                p25: 0.6,
                p50: 0.7,
                p75: 0.8,
                p95: 0.9,
            },
        }
    }

    fn forecast(treated: [f64; 5], untreated: [f64; 5]) -> Forecast {
        Forecast {
            months: vec![1.0, 9.0],
            treated: [[0.0, 1.0, 0.0, 0.0, 0.0], treated].map(outcome).to_vec(),
            untreated: [[0.0, 1.0, 0.0, 0.0, 0.0], untreated].map(outcome).to_vec(),
            by_hypothesis: Vec::new(),
            lead: 1,
            gains: gains(4.0, 35.0, 14.0, 32.0),
            hinge: None,
            worse_for_dark_marks: Vec::new(),
            worse_for_redness: Vec::new(),
            untreated_by_assumption: true,
            own_weights: None,
            extrapolated: false,
            sampling_error: 0.01,
        }
    }

    fn risk(mean: Option<f64>, low: f64, high: f64) -> Risk {
        Risk {
            name: "scar".to_owned(),
            title: "A new scar".to_owned(),
            per_1000: Frequency { mean, low, high },
            counted: true,
            note: String::new(),
            validated: String::new(),
            reported: None,
        }
    }

    /// What is forecast of a plan, with what was reported in words.
    fn planned() -> Told {
        Told::Plan {
            reported: Some(Reports {
                text: "What was reported.".to_owned(),
                lead: true,
            }),
            sessions: Some(4),
        }
    }

    #[test]
    fn the_main_number_stands_against_doing_nothing() {
        let shares = forecast([0.0, 0.8, 0.19, 0.006, 0.004], [0.0, 1.0, 0.0, 0.0, 0.0]);
        assert_eq!(
            expected(&shares).unwrap(),
            "Of 100 people like this, about 80 see little or no change 9 months after the first session (less than 25 \
                points better, where 100 is a mark that is gone), 19 some, 1 a clear one. Doing nothing, all 100 \
                would: we assume that, since nobody has followed it. How sure? The average gain over doing nothing may \
                be anything from 4 to 35 points. For one person there is an even chance of less than 14, and one in \
                ten of more than 32."
        );
        // Clear and strong are one; who gets worse is told, and of them those for whom a dark mark is the reason.
        let mut worse = forecast([0.05, 0.6, 0.2, 0.1, 0.05], [0.1, 0.9, 0.0, 0.0, 0.0]);
        worse.untreated_by_assumption = false;
        let some = |mean| Range {
            mean,
            low: 0.0,
            high: 0.2,
        };
        worse.worse_for_dark_marks = vec![some(0.0), some(0.03)];
        let said = expected(&worse).unwrap();
        assert!(
            said.contains(
                ", 20 some, 15 a clear one and about 5 get worse, 3 of them for a dark mark. Doing nothing, \
                about 90 would and about 10 get worse. How sure?"
            ),
            "{said}"
        );
        worse.worse_for_dark_marks = vec![some(0.03), some(0.004)];
        assert!(!expected(&worse).unwrap().contains("dark mark"));
        worse.lead = 0;
        assert!(expected(&worse).unwrap().contains("1 month after the first session"));
        worse.lead = 2;
        assert_eq!(expected(&worse), None);
    }

    #[test]
    fn doing_nothing_is_told_without_a_plan() {
        let mut alone = forecast([0.0, 0.5, 0.5, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0, 0.0]);
        let said = left_alone(&alone).unwrap();
        assert!(
            said.starts_with("Of 100 people like this who do nothing, about 100 see little or no change in 9 months")
        );
        assert!(
            said.ends_with("We assume that, since nobody has followed it."),
            "{said}"
        );
        alone.untreated_by_assumption = false;
        alone.untreated[1] = outcome([0.13, 0.87, 0.0, 0.0, 0.0]);
        let said = left_alone(&alone).unwrap();
        assert!(
            said.ends_with("is a mark that is gone) and about 13 get worse."),
            "{said}"
        );
    }

    #[test]
    fn own_weights_are_said_and_the_usual_ones_are_not() {
        let mut own = forecast([0.0, 0.8, 0.2, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0, 0.0]);
        assert!(!expected(&own).unwrap().contains("matters to you"));
        own.own_weights = Some(OwnWeights {
            texture: 1.0,
            colour: 10.0,
            width: 0.0,
        });
        let words =
            "Points count what you said matters to you: texture 1, colour 10, width 0; the usual is 7, 7 and 4.";
        assert!(expected(&own).unwrap().contains(words));
        assert!(left_alone(&own).unwrap().ends_with(words));
    }

    #[test]
    fn each_verdict_opens_in_its_own_words() {
        let opens = |change: &dyn Fn(&mut Verdict)| {
            let mut changed = verdict();
            change(&mut changed);
            opening(&changed)
        };
        assert_eq!(opens(&|_| ()), PERMITTED);
        assert_eq!(
            opens(&|verdict| verdict.unchecked.push("the length".to_owned())),
            UNCHECKED
        );
        assert_eq!(
            opens(&|verdict| verdict.ask_clinic.push("how long?".to_owned())),
            ASK_CLINIC
        );
        let both = |verdict: &mut Verdict| {
            verdict.unchecked.push("the length".to_owned());
            verdict.ask_clinic.push("how long?".to_owned());
        };
        assert_eq!(opens(&both), UNCHECKED);
        assert_eq!(opens(&|verdict| verdict.not_judged = true), NOT_JUDGED);
        assert_eq!(opens(&|verdict| verdict.safety = Safety::Refuse), REFUSED);
        assert_eq!(opens(&|verdict| verdict.safety = Safety::Refer), OPEN);
        let asked = |verdict: &mut Verdict| {
            verdict.safety = Safety::Refer;
            verdict.question = Some("May I?".to_owned());
        };
        assert_eq!(opens(&asked), REFERRED);
        // Help comes before everything, and a crisis before age.
        let refused = |verdict: &mut Verdict| verdict.safety = Safety::Refuse;
        assert_eq!(opens(&|verdict| (refused(verdict), verdict.minor = true).1), MINOR);
        assert_eq!(
            opens(&|verdict| {
                refused(verdict);
                (verdict.minor, verdict.distress) = (true, true);
            }),
            CRISIS
        );
    }

    #[test]
    fn the_first_screen_holds_what_belongs_to_each_verdict() {
        let shares = forecast([0.0, 0.8, 0.2, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0, 0.0]);
        let help = || vec!["116 123".to_owned()];
        let of = |verdict: &Verdict, forecast: Option<&Forecast>, told: Told| {
            first_screen(verdict, forecast, told, &[risk(Some(2.0), 1.0, 9.0)], help())
        };
        let screen = of(&verdict(), Some(&shares), planned());
        assert!(screen.help.is_empty() && screen.now.is_none() && screen.question.is_none());
        assert!(screen.until_then.is_none() && screen.expect.is_some() && screen.harm.is_some());
        assert_eq!(screen.reported_before().map(String::as_str), Some("What was reported."));
        assert_eq!(screen.reported_after(), None);
        // Without a forecast nothing is expected, and nothing that was reported stands in for it.
        let none = of(&verdict(), None, planned());
        assert_eq!((none.expect, none.reported, none.reported_leads), (None, None, false));
        let alone = of(&verdict(), Some(&shares), Told::Nothing);
        assert!(alone.expect.unwrap().contains("who do nothing") && alone.reported.is_none());
        let referred = Verdict {
            safety: Safety::Refer,
            question: Some("May I?".to_owned()),
            urgent: true,
            ..verdict()
        };
        let screen = of(&referred, None, planned());
        assert_eq!(
            screen.opening(),
            "See a doctor today. Not yet. Ask a doctor or pharmacist this one question: May I? Until then, do not \
                needle."
        );
        // Somebody in a crisis or under age is asked and told nothing of needles.
        for (minor, distress) in [(true, false), (false, true)] {
            let helped = Verdict {
                minor,
                distress,
                ..referred.clone()
            };
            let screen = of(&helped, None, planned());
            assert_eq!(screen.help.len(), 1);
            assert!(screen.question.is_none() && screen.until_then.is_none());
        }
    }

    #[test]
    fn the_main_harm_says_how_well_it_is_known() {
        assert_eq!(
            main_harm(&risk(Some(74.0), 2.0, 251.0), None),
            "Main harm: a new scar, in about 74 of 1,000 courses like this (plausible range 2 to 251)."
        );
        let hardly = main_harm(&risk(Some(74.0), 2.0, 252.0), Some(4));
        assert!(hardly.contains(
            "in about 74 of 1,000 courses of 4 sessions like this. That is hardly known: 2 to 252 is plausible"
        ));
        let uncounted = main_harm(&risk(None, 3.0, 40.0), Some(1));
        assert!(uncounted.ends_with("models span 3 to 40 of 1,000 courses of one session like this."));
        assert_eq!(lower_first(""), "");
    }

    #[test]
    fn chances_below_half_a_point_are_none() {
        let said = doubt(&gains(0.49, 12.0, 0.5, 9.0));
        assert!(
            said.contains("from none to 12 points") && said.contains("less than 0, and one in ten"),
            "{said}"
        );
        let none = doubt(&gains(1.0, 12.0, 0.1, 0.4));
        assert!(!none.contains("one person"), "{none}");
        assert!(doubt(&gains(-0.6, 0.4, 0.0, 0.0)).contains("from a loss of 1 to none points"));
        assert!(doubt(&gains(0.0, 0.5, 0.0, 0.0)).starts_with("How sure?"));
    }

    #[test]
    fn the_hinge_tells_people_and_points() {
        let said = hangs_on(&Hinge {
            below: 20.4,
            above: 28.6,
            little: [0.73, 0.89],
        });
        assert_eq!(
            said,
            "Nobody knows how far raters exaggerate: about 73 see little or no change if by less than 20 points, about \
                89 if by more than 29."
        );
    }
}
