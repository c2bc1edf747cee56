//! What must hold of every interview, tried on many invented people.
#![allow(clippy::disallowed_methods, reason = "a test reads the evidence files")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use proptest::prelude::*;

use super::*;
use crate::screen::Safety;

fn text(file: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../evidence")
        .join(file);
    std::fs::read_to_string(path).unwrap()
}

fn book() -> RuleBook {
    RuleBook::parse(&text("rules.toml")).unwrap()
}

fn catalog() -> Catalog {
    Catalog::parse(&text("sites.toml"), &text("devices.toml")).unwrap()
}

/// Plausible answers to a field; the first is what most people would say.
fn plausible(field: &FieldDescription) -> Vec<String> {
    let words = |list: &[&str]| list.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
    match field.path.as_str() {
        "person.age" => words(&["30 years", "19 years", "60 years"]),
        "person.bmi" => words(&["24 kg/m2", "17 kg/m2"]),
        "lesion.site" => words(&["abdomen", "face", "shin", "axilla"]),
        "lesion.treated_area" | "hygiene.numbing_area" => words(&["80 cm2", "400 cm2"]),
        "device.needle_length" => words(&["1.5 mm", "0.2 mm", "2.5 mm"]),
        "regimen.interval" => words(&["4 week", "5 days", "3 week"]),
        "health.hba1c" => words(&["6.5 %", "9 %"]),
        "hygiene.numbing_strength" => words(&["4 %", "10 %"]),
        "hygiene.antiseptic_wait" => words(&["1 min", "5 s"]),
        "health.distress" | "symptoms.infection_signs" => words(&["no"]),
        "aftercare.topicals" => words(&["none", "vitamin_c 1 h", "moisturiser 2 days, retinoid 3 days"]),
        _ => match field.kind {
            AnswerKind::YesNo => words(&["no", "yes"]),
            AnswerKind::Words => field.choices.iter().map(|choice| choice.word.clone()).collect(),
            AnswerKind::Whole => words(&["4", "6"]),
            AnswerKind::Lapse => words(&["never", "now", "10 days", "8 month"]),
            _ => vec![field.example.clone().unwrap_or_else(|| "unknown".to_owned())],
        },
    }
}

/// Somebody who answers every field: the answer at the place that the dice say, mostly the first.
struct Somebody(BTreeMap<String, String>);

impl Somebody {
    fn of(dice: &[u8]) -> Self {
        let mut dice = dice.iter().copied().cycle();
        let answers = fields().into_iter().map(|field| {
            let choices = plausible(&field);
            let rolled = usize::from(dice.next().unwrap_or(0));
            let pick = if rolled < 180 { 0 } else { rolled % choices.len() };
            let answer = if rolled > 245 && field.may_be_unknown && field.path != "health.distress" {
                "unknown".to_owned()
            } else {
                choices[pick].clone()
            };
            (field.path, answer)
        });
        Self(answers.collect())
    }

    fn says(&self, path: &str) -> &str {
        &self.0[path]
    }
}

/// Asks somebody until nothing is open; the answers, or why it stopped.
fn interviewed(book: &RuleBook, catalog: &Catalog, who: &Somebody, first: Answers) -> (Answers, Step) {
    let mut answers = first;
    for _ in 0..200 {
        match next(book, catalog, &answers).expect("accepted answers read") {
            Step::Ask(ask) => {
                let path = &ask.field.path;
                answers = accept(book, catalog, &answers, path, who.says(path))
                    .or_else(|_| accept(book, catalog, &answers, path, "unknown"))
                    .unwrap_or_else(|error| panic!("{path}: {error}"));
            }
            step => return (answers, step),
        }
    }
    panic!("the interview does not end");
}

/// Every rule that fires when the whole form is filled in, as far as it applies to this person.
fn fired(book: &RuleBook, catalog: &Catalog, answers: &Answers) -> BTreeSet<String> {
    let (_, screening) = judged(book, catalog, answers).expect("the answers read");
    screening.fired.into_iter().map(|rule| rule.id).collect()
}

/// The whole form: every question that rules ask, where it applies.
fn form(book: &RuleBook, catalog: &Catalog, who: &Somebody, said: &Answers) -> Answers {
    let mut form = said.clone();
    for condition in crate::listing::conditions(book) {
        // The interview is about a plan with needles, and says so in its case; what only a clinic knows is asked of the clinic.
        let clinics = form.get("regimen.setting") == Some("clinic") && book.is_the_clinics(&condition.field);
        if form.get(&condition.field).is_some() || condition.field == "regimen.arm" || clinics {
            continue;
        }
        let (case, _) = judged(book, catalog, &form).unwrap();
        // A form shows a follow-up once its gate is open, not while somebody does not know whether it is.
        let facts = Facts::resolved(&case, catalog);
        let shown =
            book.relevance_of(&condition.field)
                .all(|relevance| match evaluate(book, &relevance.when, &facts) {
                    Finding::Yes => true,
                    Finding::No => false,
                    Finding::Open(_) => !relevance.ask_first,
                });
        if !shown {
            continue;
        }
        if let Ok(more) = accept(book, catalog, &form, &condition.field, who.says(&condition.field)) {
            form = more;
        }
    }
    form
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn it_ends_and_its_case_fires_the_rules_of_the_whole_form_with_fewer_questions(dice in prop::collection::vec(any::<u8>(), 130)) {
        let (book, catalog) = (book(), catalog());
        let who = Somebody::of(&dice);
        let (answers, step) = interviewed(&book, &catalog, &who, Answers::default());
        if let Step::Done(_) = step {
            let whole = form(&book, &catalog, &who, &answers);
            prop_assert_eq!(fired(&book, &catalog, &answers), fired(&book, &catalog, &whole));
            prop_assert!(answers.count() <= whole.count());
            let (_, screening) = judged(&book, &catalog, &answers).unwrap();
            let unanswered: Vec<_> = screening.questions.iter().filter(|one| !one.said_unknown).collect();
            prop_assert!(unanswered.is_empty(), "{:?}", unanswered);
        }
    }

    #[test]
    fn the_order_of_the_answers_does_not_matter(dice in prop::collection::vec(any::<u8>(), 130), turn in 1_usize..40) {
        let (book, catalog) = (book(), catalog());
        let who = Somebody::of(&dice);
        let (answers, _) = interviewed(&book, &catalog, &who, Answers::default());
        let mut paths: Vec<String> = answers.paths().map(str::to_owned).collect();
        let places = paths.len().max(1);
        paths.rotate_left(turn % places);
        let mut turned = Answers::default();
        paths.iter().for_each(|path| turned.give(path, answers.get(path).unwrap()));
        prop_assert_eq!(turned.document(), answers.document());
        prop_assert_eq!(Answers::of_document(&answers.document()).document(), answers.document());
    }

    #[test]
    fn home_is_never_milder_than_the_clinic_but_where_the_table_says_so(dice in prop::collection::vec(any::<u8>(), 130)) {
        let (book, catalog) = (book(), catalog());
        let who = Somebody::of(&dice);
        let (answers, step) = interviewed(&book, &catalog, &who, Answers::default());
        if let Step::Done(_) = step {
            let safety = |setting: &str| {
                let mut answers = answers.clone();
                answers.give("regimen.setting", setting);
                judged(&book, &catalog, &answers).unwrap().1.safety
            };
            // The rules that are stricter in a clinic fire for blood products and the like; nothing else may make home milder.
            let stricter = fired(&book, &catalog, &{ let mut at = answers.clone(); at.give("regimen.setting", "clinic"); at });
            if !stricter.iter().any(|id| CLINIC_IS_STRICTER.contains(&id.as_str())) {
                prop_assert!(safety("home") >= safety("clinic"));
            }
        }
    }
}

/// Rules that weigh more in a clinic than at home.
const CLINIC_IS_STRICTER: &[&str] = &["R26", "R31c", "R52b", "R69"];

#[test]
fn the_table_names_every_rule_that_is_stricter_in_a_clinic() {
    let found: Vec<String> = book()
        .rules()
        .iter()
        .filter(|rule| rule.clinic > rule.home)
        .map(|rule| rule.id.clone())
        .collect();
    assert_eq!(found, CLINIC_IS_STRICTER);
}

fn given(pairs: &[(&str, &str)]) -> Answers {
    let mut answers = Answers::default();
    pairs.iter().for_each(|(path, answer)| answers.give(path, answer));
    answers
}

#[test]
fn age_comes_first_and_a_date_of_birth_is_asked_nowhere() {
    let Step::Ask(ask) = next(&book(), &catalog(), &Answers::default()).unwrap() else {
        panic!("nothing is asked")
    };
    assert_eq!(ask.field.path, "person.age");
    assert!(!ask.why.is_empty());
    for field in fields() {
        assert!(
            !field.question.to_lowercase().contains("date of birth") && !field.question.contains("born"),
            "{}",
            field.question
        );
    }
}

#[test]
fn under_age_distress_and_danger_signs_stop_at_once() {
    let (book, catalog) = (book(), catalog());
    for (path, answer, ending) in [
        ("person.age", "16 years", Ending::UnderAge),
        ("health.self_harm", "yes", Ending::Distress),
        ("symptoms.infection_signs", "yes", Ending::Urgent),
    ] {
        let step = next(&book, &catalog, &given(&[(path, answer)])).unwrap();
        assert_eq!(step, Step::Stop(ending), "{path}");
    }
}

#[test]
fn not_knowing_something_serious_refers_and_not_knowing_something_else_does_not() {
    let (book, catalog) = (book(), catalog());
    let (answers, _) = interviewed(&book, &catalog, &Somebody::of(&[0]), Answers::default());
    let clinic = accept(&book, &catalog, &answers, "regimen.setting", "clinic").unwrap();
    let safety = |answers: &Answers| judged(&book, &catalog, answers).unwrap().1.safety;
    let calm = safety(&clinic);
    let serious = accept(&book, &catalog, &clinic, "health.immunosuppressed", "unknown").unwrap();
    assert!(safety(&serious) >= Safety::Refer);
    let other = accept(&book, &catalog, &clinic, "health.fainting", "unknown").unwrap();
    assert_eq!(safety(&other), calm);
}

#[test]
fn a_changed_answer_drops_what_hung_on_it_and_asks_again() {
    let (book, catalog) = (book(), catalog());
    let mut answers = given(&[
        ("person.age", "30 years"),
        ("health.diabetes", "yes"),
        ("health.hba1c", "9 %"),
    ]);
    answers = accept(&book, &catalog, &answers, "health.diabetes", "no").unwrap();
    assert_eq!(answers.get("health.hba1c"), None);
    answers = accept(&book, &catalog, &answers, "health.diabetes", "yes").unwrap();
    let (_, screening) = judged(&book, &catalog, &answers).unwrap();
    assert!(screening.questions.iter().any(|one| one.field == "health.hba1c"));
}

#[test]
fn a_wrong_answer_is_refused_with_the_reason_and_changes_nothing() {
    let (book, catalog) = (book(), catalog());
    let before = given(&[("person.age", "30 years")]);
    for (path, answer) in [
        ("device.needle_length", "long"),
        ("person.bmi", "24 mm"),
        ("health.diabetes", "perhaps"),
    ] {
        let problem = accept(&book, &catalog, &before, path, answer).unwrap_err();
        assert!(problem.problems.iter().any(|one| one.path == path), "{problem}");
    }
}
