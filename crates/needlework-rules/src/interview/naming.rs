//! What is named in a list is never lost: it is asked at once, and until then it stands with the strictest that it can
//! mean.
#![allow(clippy::disallowed_methods, reason = "a test reads the evidence files")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;

use needlework_case::fields;
use proptest::prelude::*;

use super::properties::{House, Somebody, field_ask, given, interviewed, text};
use super::*;

/// Somebody to whom every list of a way can be put.
fn before(way: &str) -> Answers {
    given(&[
        (PATH, way),
        ("regimen.last_session", if way == "done" { "1 day" } else { "4 week" }),
        ("person.age", "30 years"),
        ("person.sex", "female"),
        ("lesion.kind", "striae"),
        ("lesion.stage", "rubra"),
    ])
}

/// Every list of the script.
fn lists(house: &House) -> Vec<&Item> {
    let is_list = |item: &&Item| matches!(item.asks, Asks::Several(..));
    house.script.items.iter().filter(is_list).collect()
}

/// An item as it is asked of somebody.
fn asked(house: &House, item: &Item, answers: &Answers) -> Ask {
    let (case, _) = house.interviewer().judged(answers).unwrap();
    let facts = Facts::resolved(&case, &house.catalog);
    match house.interviewer().ask_item(item, answers, &facts, 1) {
        Step::Ask(ask) => *ask,
        step => panic!("{}: {step:?}", item.id),
    }
}

fn item<'a>(house: &'a House, id: &str) -> &'a Item {
    house.script.items.iter().find(|item| item.id == id).unwrap()
}

fn things(ask: &Ask) -> &[Thing] {
    match &ask.prompt {
        Prompt::Any(things) => things,
        other => panic!("{other:?}"),
    }
}

/// The answers after one thing of a list was named.
fn naming(house: &House, id: &str, path: &str, answers: &Answers) -> Answers {
    let ask = asked(house, item(house, id), answers);
    let number = things(&ask).iter().position(|thing| thing.field == path).unwrap() + 1;
    house.interviewer().accept(answers, &ask, &number.to_string()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_named_is_kept_and_what_a_yes_does_not_answer_is_asked_at_once(
        at in any::<usize>(),
        marks in any::<u16>(),
    ) {
        let house = House::new();
        let interviewer = house.interviewer();
        let lists = lists(house);
        let item = lists[at % lists.len()];
        let before = before(item.path.as_deref().unwrap_or("planned"));
        let ask = asked(house, item, &before);
        let is_named = |at: usize| (marks >> (at % 16)) & 1 == 1;
        let places = (0..things(&ask).len()).filter(|at| is_named(*at));
        let numbers: Vec<String> = places.map(|at| (at + 1).to_string()).collect();
        let typed = if numbers.is_empty() { "none".to_owned() } else { numbers.join(" ") };
        let answers = interviewer.accept(&before, &ask, &typed).unwrap();
        // Whoever quits here finds the same answers again.
        let kept = Answers::of_document(&answers.document());
        prop_assert_eq!(kept.document(), answers.document());
        // The case says of what was named that it is so, or not known, and of all else that it is not.
        let facts = |answers: &Answers| Facts::of(&interviewer.judged(answers).unwrap().0);
        let none = facts(&interviewer.accept(&before, &ask, "none").unwrap());
        let said = facts(&kept);
        for (at, thing) in things(&ask).iter().enumerate() {
            prop_assert_eq!(said.get(&thing.field) != none.get(&thing.field), is_named(at), "{}", &thing.field);
        }
        // What a yes does not answer is the next question, now and after going on; only an end comes before it.
        let open: BTreeSet<&str> = things(&ask)
            .iter()
            .enumerate()
            .filter(|(at, thing)| is_named(*at) && house.script.fields[&thing.field].kind != AnswerKind::YesNo)
            .map(|(_, thing)| thing.field.as_str())
            .collect();
        for answers in [&answers, &kept] {
            prop_assert_eq!(answers.named().map(|(path, _)| path).collect::<BTreeSet<_>>(), open.clone());
            match interviewer.next(answers).unwrap() {
                Step::Ask(next) => prop_assert!(open.is_empty() || open.contains(next.id.as_str()), "{}", next.id),
                Step::Stop(_) => {}
                step => prop_assert!(open.is_empty(), "{step:?}"),
            }
        }
        // And it is said so.
        let shown = interviewer.shown(&answers, &item.id).unwrap();
        prop_assert_eq!(shown.answer.matches("(named, asked next)").count(), open.len());
    }
}

/// Answers to a field that was named, from the strictest to the mildest.
fn possible(field: &FieldDescription) -> Vec<String> {
    let words = |list: &[&str]| list.iter().map(|&word| word.to_owned()).collect();
    match field.kind {
        AnswerKind::Words => field.choices.iter().map(|choice| choice.word.clone()).collect(),
        AnswerKind::Lapse => words(&[
            "now", "1 h", "1 day", "5 days", "3 week", "2 month", "5 month", "8 month", "3 year", "never",
        ]),
        _ => words(&[
            "other 1 h",
            "retinoid 1 h",
            "acid 6 days",
            "vitamin_c 1 h",
            "anti_inflammatory 1 h",
            "moisturiser 1 h",
        ]),
    }
}

#[test]
fn what_stands_until_it_is_asked_is_as_strict_as_any_answer() {
    let house = House::new();
    let interviewer = house.interviewer();
    let mut seen = BTreeSet::new();
    for name in ["clinic-abdomen-alba", "home-roller-0.2mm"] {
        let mut calm = interviewed(house, &Somebody::of_case(name), Answers::default()).answers;
        // On red marks hormones are asked as well.
        for (path, answer) in [
            ("lesion.stage", "rubra"),
            ("health.hormones", "none"),
            ("person.weight_changing", "no"),
        ] {
            calm.give(path, answer);
        }
        let safety = |path: &str, answer: &str| {
            let mut with = calm.clone();
            with.give(path, answer);
            interviewer.judged(&with).ok().map(|(_, screening)| screening.safety)
        };
        for item in lists(house)
            .into_iter()
            .filter(|item| item.path.as_deref() == Some("planned"))
        {
            let Asks::Several(members, _) = &item.asks else {
                continue;
            };
            for member in members.iter().filter(|member| member.is_asked) {
                seen.insert(member.field.as_str());
                let stands = safety(&member.field, &member.named);
                assert!(stands.is_some(), "{} does not read", member.field);
                for answer in possible(&house.script.fields[&member.field]) {
                    // An answer that the format refuses is told by nobody.
                    let told = safety(&member.field, &answer);
                    assert!(
                        stands >= told,
                        "{name}: {} {} {answer}: {stands:?} {told:?}",
                        member.field,
                        member.named
                    );
                }
            }
        }
    }
    // Whoever adds a thing of this kind finds it here.
    let asked = lists(house).into_iter().flat_map(|item| item.fields());
    let kinds = fields();
    let no_yes = |path: &str| {
        kinds
            .iter()
            .any(|field| field.path == path && field.kind != AnswerKind::YesNo)
    };
    assert_eq!(asked.filter(|path| no_yes(path)).collect::<BTreeSet<_>>(), seen);
    assert!(seen.contains("health.pregnant") && seen.len() > 10, "{seen:?}");
}

#[test]
fn a_member_that_a_yes_does_not_answer_says_what_stands_until_it_is_asked() {
    let script = text("evidence/interview.toml");
    let changed = script.replace(", until = \"possible\"", "");
    assert_ne!(changed, script);
    let error = Script::parse(&changed).unwrap_err().to_string();
    assert!(error.contains("health.pregnant") && error.contains("until"), "{error}");
}

#[test]
fn somebody_who_names_a_pregnancy_and_quits_is_stopped() {
    let house = House::new();
    let interviewer = house.interviewer();
    let named = naming(house, "illness", "health.pregnant", &before("planned"));
    assert_eq!(
        interviewer.shown(&named, "illness").unwrap().text(),
        "Pregnancy and illnesses: pregnancy (named, asked next)"
    );
    let kept = Answers::of_document(&named.document());
    let (_, screening) = interviewer.judged(&kept).unwrap();
    assert_eq!(screening.safety, Safety::Refuse);
    assert!(screening.fired.iter().any(|rule| rule.reason.contains("pregnant")));
    // Answered, it is an answer like any other; taken back, it is named again.
    let Step::Ask(ask) = interviewer.next(&kept).unwrap() else {
        panic!("asked")
    };
    assert_eq!(ask.id, "health.pregnant");
    let mut told = interviewer.accept(&kept, &ask, "yes").unwrap();
    assert_eq!((told.get("health.pregnant"), told.named().count()), (Some("yes"), 0));
    assert_eq!(
        interviewer.shown(&told, "health.pregnant").unwrap().text(),
        "Are you pregnant, or could you be? yes"
    );
    told.undo().unwrap();
    assert_eq!(told.document(), kept.document());
}

#[test]
fn what_was_named_goes_when_it_can_no_longer_be() {
    let house = House::new();
    let named = naming(house, "illness", "health.pregnant", &before("planned"));
    let male = house
        .interviewer()
        .accept(&named, &field_ask(house, "person.sex"), "male")
        .unwrap();
    assert_eq!(male.named().count(), 0);
    assert!(!male.document().contains("pregnant"), "{}", male.document());
}

#[test]
fn what_only_stands_until_it_is_asked_calls_nobody_out() {
    let house = House::new();
    let interviewer = house.interviewer();
    let mut fever = before("done");
    fever.give("signs.fever", "yes");
    assert!(matches!(interviewer.next(&fever).unwrap(), Step::Ask(_)));
    let named = naming(house, "done_health", "health.cancer_therapy", &fever);
    let Step::Ask(ask) = interviewer.next(&named).unwrap() else {
        panic!("asked")
    };
    assert_eq!(ask.id, "health.cancer_therapy");
    let told = interviewer.accept(&named, &ask, "now").unwrap();
    assert_eq!(interviewer.next(&told).unwrap(), Step::Stop(Ending::Emergency));
    let over = interviewer.accept(&named, &ask, "2 years").unwrap();
    assert!(matches!(interviewer.next(&over).unwrap(), Step::Ask(_)));
}

#[test]
fn nothing_of_the_other_way_stands_in_a_look_back_and_no_label_twice() {
    let house = House::new();
    let interviewer = house.interviewer();
    for name in ["clinic-abdomen-alba", "home-roller-0.2mm"] {
        let asked = interviewed(house, &Somebody::of_case(name), Answers::default());
        let lines = interviewer.look_back(&asked.answers);
        let labels: BTreeSet<&str> = lines.iter().map(|line| line.label.as_str()).collect();
        assert_eq!(labels.len(), lines.len(), "{labels:?}");
        for line in &lines {
            let of = house.script.items.iter().find(|item| item.id == line.id);
            assert!(of.is_none_or(|item| item.path.as_deref() != Some("done")), "{line:?}");
        }
        let said = |id: &str| {
            lines
                .iter()
                .find(|line| line.id == id)
                .map(Line::text)
                .unwrap_or_default()
        };
        assert!(said("setting").starts_with("Where it is done: "), "{}", said("setting"));
        assert!(
            said("history").contains("none of these: keloids or raised scars, "),
            "{}",
            said("history")
        );
    }
}
