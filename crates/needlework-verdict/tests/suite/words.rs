//! Summary, question, what to do instead, the numbers in brief, and the hinge, each as the answer to a case says it.

use needlework::cohort::{Class, PotentialOutcome, Settings, class_of};
use needlework::evidence::Spread;
use needlework::numerics::unwatched;
use needlework::verdict::{Inquiry, Judgement, Library, Reading, judge};

macro_rules! cases {
    ($($name:literal),+ $(,)?) => {
        [$(($name, include_str!(concat!("../../../../cases/", $name, ".toml")))),+]
    };
}

/// The cases that are asked about.
const CASES: [(&str, &str); 9] = cases![
    "clinic-abdomen-alba",
    "clinic-filler-3-months",
    "clinic-rf-needles",
    "home-armpit",
    "home-distress",
    "home-reused-uncleaned",
    "home-roller-0.2mm",
    "home-under-18",
    "park-2012",
];

fn library() -> Library {
    needlework::bundle().unwrap()
}

fn judged(name: &str, library: &Library, reading: Reading, worlds: usize) -> Judgement {
    let (_, text) = CASES.into_iter().find(|(known, _)| *known == name).unwrap();
    let case = needlework::case::read(text, name, &library.catalog).unwrap();
    let inquiry = Inquiry {
        settings: Settings {
            worlds,
            ..Settings::default()
        },
        reading,
        ..Inquiry::new(library)
    };
    judge(&case, &inquiry, &mut unwatched).unwrap()
}

#[test]
fn a_summary_counts_the_rules_that_stop_and_says_why_nothing_is_known() {
    let library = library();
    let summary = |name: &str| judged(name, &library, Reading::Lay, 4).report.verdict.summary;
    let rules = " Rules come first and are not weighed against a benefit.";
    assert_eq!(summary("home-armpit"), [format!("One rule stops it.{rules}")]);
    assert_eq!(summary("home-reused-uncleaned"), [format!("4 rules stop it.{rules}")]);
    assert_eq!(
        summary("park-2012"),
        ["What the case leaves out is taken as screened by the study."]
    );
    // Outside the evidence the reasons are told; a short roller at home is not to be made up for by a longer one.
    let short = summary("home-roller-0.2mm");
    assert!(
        short[0].starts_with("What it does is unknown: needles outside 1 to 3 mm"),
        "{short:?}"
    );
    assert!(short[1].contains("Don't use a longer roller"), "{short:?}");
    assert_eq!(summary("clinic-rf-needles").len(), 1);
    // Whoever is under age or in distress is told of help and of nothing else.
    for name in ["home-under-18", "home-distress"] {
        assert!(summary(name).is_empty(), "{name}");
    }
    // Numbers that are shown to researchers beyond the evidence are called so.
    let beyond = judged("home-roller-0.2mm", &library, Reading::Research, 4).report;
    assert_eq!(
        beyond.forecast.is_some(),
        beyond.verdict.summary[0] == "These numbers lie outside the evidence."
    );
}

#[test]
fn the_question_of_a_referred_plan_is_that_of_its_rule() {
    let library = library();
    let asks = |name: &str| judged(name, &library, Reading::Lay, 4).report.verdict.question;
    let said = asks("clinic-filler-3-months").unwrap();
    assert!(
        said.starts_with("“I had a filler there less than six months ago.") && said.ends_with("?”"),
        "{said}"
    );
    assert_eq!(asks("clinic-abdomen-alba"), None);
    assert_eq!(asks("home-armpit"), None);
}

#[test]
fn what_to_do_instead_belongs_to_what_stops_and_is_said_once() {
    let library = library();
    for name in ["home-reused-uncleaned", "home-armpit", "clinic-filler-3-months"] {
        let verdict = judged(name, &library, Reading::Lay, 4).report.verdict;
        assert!(verdict.instead.len() >= 2, "{name}: {:?}", verdict.instead);
        let mut once = verdict.instead.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), verdict.instead.len(), "{name}: something is said twice");
        // Every rule that stops says what to do in its place.
        for rule in verdict.stopping() {
            assert!(
                rule.instead.iter().all(|instead| verdict.instead.contains(instead)),
                "{name}: {}",
                rule.id
            );
        }
    }
    let permitted = judged("clinic-abdomen-alba", &library, Reading::Lay, 4).report.verdict;
    assert!(permitted.instead.is_empty());
    // At home and in a clinic other things are advised, which the one is told and the other is not.
    let told = |name: &str| judged(name, &library, Reading::Lay, 4).report.verdict.instead;
    let of_clinic = |line: &&String| line.starts_with("Tell the clinic what stands above");
    assert_eq!(told("clinic-filler-3-months").iter().filter(of_clinic).count(), 1);
    assert_eq!(told("home-armpit").iter().filter(of_clinic).count(), 0);
}

/// Each number that a researcher sees says how far it varies, in the words of its own spread.
#[test]
fn numbers_in_brief_say_their_spread() {
    let library = library();
    let report = judged("clinic-abdomen-alba", &library, Reading::Research, 4).report;
    assert!(report.numbers.len() > 100);
    let mut kinds = std::collections::BTreeSet::new();
    for line in &report.numbers {
        let passport = library.book.passport(&line.key).unwrap();
        let (kind, wanted) = match &passport.spread {
            Spread::None => ("none", String::new()),
            Spread::Sd { value } => ("sd", format!("SD {value}")),
            Spread::LogNormal { low, high } | Spread::LogitNormal { low, high } | Spread::Normal { low, high } => {
                ("percentiles", format!("5–95 %: {low} to {high}"))
            }
            Spread::Uniform { low, high } => ("uniform", format!("evenly {low} to {high}")),
            Spread::HalfNormal { sd } => ("half-normal", format!("half-normal, SD {sd}")),
            Spread::Bernoulli => ("bernoulli", "holds or does not, with this probability".to_owned()),
            _ => continue,
        };
        kinds.insert(kind);
        assert_eq!(line.spread, wanted, "{}", line.key);
        assert_eq!(line.value, passport.value, "{}", line.key);
    }
    assert!(kinds.len() >= 5, "{kinds:?}");
}

/// The hinge is the little or no change of the third of the worlds where raters over-read least, and of the third where
/// they do most, worked out here anew.
#[test]
fn the_hinge_is_that_of_the_outer_thirds() {
    let library = library();
    let Judgement { report, cohort } = judged("clinic-abdomen-alba", &library, Reading::Lay, 90);
    let (forecast, cohort) = (report.forecast.unwrap(), cohort.unwrap());
    let hinge = forecast.hinge.unwrap();
    let optimism = &cohort.drawn["appearance.grading.optimism"];
    let mut sorted = optimism.clone();
    sorted.sort_by(f64::total_cmp);
    assert_eq!((hinge.below, hinge.above), (sorted[29], sorted[60]));
    let month = forecast.months[forecast.lead];
    let distance = |at: usize| match cohort.moments[at] {
        needlework::cohort::Moment::SinceFirst(time) => (time.months() - month).abs(),
        needlework::cohort::Moment::AfterLast(_) => f64::INFINITY,
    };
    let moment = (0..cohort.moments.len())
        .min_by(|&a, &b| distance(a).total_cmp(&distance(b)))
        .unwrap();
    let little = |inside: &dyn Fn(f64) -> bool| {
        let people: Vec<_> = cohort
            .people
            .iter()
            .filter(|person| inside(optimism[person.world]))
            .collect();
        let none = people
            .iter()
            .filter(|person| class_of(cohort.improvement(person, moment, PotentialOutcome::Treated)) == Class::None);
        none.count() as f64 / people.len() as f64
    };
    let [least, most] = [little(&|own| own <= sorted[29]), little(&|own| own >= sorted[60])];
    assert!(
        (hinge.little[0] - least).abs() < 0.03 && (hinge.little[1] - most).abs() < 0.03,
        "{hinge:?} {least} {most}"
    );
}
