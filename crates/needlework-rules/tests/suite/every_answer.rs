//! Every answer is read: each field of a case and each of its choices is read by a rule, by a model, or by nothing for
//! a written reason; and a worse habit always reads worse.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::plans::{Plan, book};
use needlework_case::{AnswerKind, FieldDescription, fields};
use needlework_rules::{Predicate, RuleBook, RuleSeverity, Safety, Test, screen};
use proptest::prelude::*;
use toml::Value;

/// Who reads a field, or a choice of it.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Reader {
    field: String,
    word: Option<String>,
    file: Option<String>,
    token: Option<String>,
    because: Option<String>,
}

fn readers() -> Vec<Reader> {
    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Readers {
        reader: Vec<Reader>,
    }
    toml::from_str::<Readers>(include_str!("readers.toml")).unwrap().reader
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The text of a file, or of all sources under a folder, without the tests at their ends.
fn source(path: &Path) -> String {
    if path.is_dir() {
        let mut parts: Vec<PathBuf> = std::fs::read_dir(path)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        parts.sort();
        return parts.iter().map(|part| source(part)).collect();
    }
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.split("#[cfg(test)]").next().unwrap_or_default().to_owned()
}

/// Each test of a predicate with the field that it reads; facts of a list's item under the list.
fn visit<'a>(predicate: &'a Predicate, list: Option<&str>, found: &mut Vec<(String, &'a Test)>) {
    match predicate {
        Predicate::Always => {}
        Predicate::All(parts) | Predicate::Any(parts) => parts.iter().for_each(|part| visit(part, list, found)),
        Predicate::Exists { list, holds } => visit(holds, Some(list), found),
        Predicate::Field { path, test } => {
            let path = match (path.strip_prefix("item."), list) {
                (Some(name), Some(list)) => format!("{list}[].{name}"),
                _ => path.clone(),
            };
            found.push((path, test));
        }
    }
}

/// What rules read: fields, and the words of each that they name.
fn read_by_rules(book: &RuleBook) -> BTreeMap<String, BTreeSet<String>> {
    let mut read: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for rule in book.rules() {
        let mut tests = Vec::new();
        visit(&rule.when, None, &mut tests);
        for (path, test) in tests {
            let words = read.entry(path.clone()).or_default();
            if let Test::Words { words: named, .. } = test {
                words.extend(named.iter().cloned());
            }
            if let Some((list, _)) = path.split_once("[].") {
                read.entry(list.to_owned()).or_default();
            }
        }
    }
    read
}

fn answerable() -> Vec<FieldDescription> {
    let answered = |field: &FieldDescription| field.kind != AnswerKind::Section && field.path != "format";
    fields().into_iter().filter(answered).collect()
}

#[test]
fn every_field_and_every_choice_is_read_by_a_rule_a_model_or_nothing_for_a_reason() {
    let (book, readers) = (book(), readers());
    let rules = read_by_rules(&book);
    let named = |field: &str, word: Option<&str>| {
        readers
            .iter()
            .any(|reader| reader.field == field && reader.word.as_deref() == word)
    };
    let mut unread = Vec::new();
    for field in answerable() {
        let by_rules = rules.get(&field.path);
        if by_rules.is_none() && !named(&field.path, None) {
            unread.push(field.path.clone());
            continue;
        }
        // The one choice that no rule names is the best of them: all others are what rules speak of.
        let Some(words) = by_rules else { continue };
        let left: Vec<&str> = field
            .choices
            .iter()
            .map(|choice| choice.word.as_str())
            .filter(|word| field.kind == AnswerKind::Words && !words.contains(*word))
            .filter(|word| !named(&field.path, Some(word)))
            .collect();
        if left.len() > 1 {
            unread.push(format!("{}: {}", field.path, left.join(", ")));
        }
    }
    assert_eq!(unread, Vec::<String>::new(), "read by nothing and nobody says why");
}

#[test]
fn the_table_of_readers_is_true() {
    let rules = read_by_rules(&book());
    let known = answerable();
    for reader in readers() {
        let field = known.iter().find(|field| field.path == reader.field);
        let field = field.unwrap_or_else(|| panic!("no field {}", reader.field));
        if let Some(word) = &reader.word {
            assert!(field.choices.iter().any(|choice| choice.word == *word), "{reader:?}");
            assert!(
                !rules[&reader.field].contains(word),
                "a rule reads {} {word}",
                reader.field
            );
        } else {
            assert!(!rules.contains_key(&reader.field), "a rule reads {}", reader.field);
        }
        match (&reader.file, &reader.token, &reader.because) {
            (Some(file), Some(token), None) => {
                assert!(
                    source(&root().join(file)).contains(token.as_str()),
                    "{file} has no `{token}`"
                );
            }
            (None, None, Some(because)) => assert!(because.len() > 20, "{reader:?}"),
            _ => panic!("a reader names a file with a token, or a reason: {reader:?}"),
        }
    }
}

#[test]
fn the_library_and_the_mark_are_read_where_the_table_says() {
    // A field that the table calls a model's is taken from the case there: without the field the resolved device
    // changes.
    let catalog = catalog();
    let named = |case: &needlework_case::Case| needlework_case::resolve(case, &catalog).geometry.needle_length;
    let mut case = Plan::baseline().without("device.needle_length").case();
    assert_eq!(named(&case), None);
    case.device.depth_setting = needlework_case::Answer::Known(needlework_units::Length::from_mm(2.0));
    assert_eq!(named(&case), Some(needlework_units::Length::from_mm(2.0)));
}

fn catalog() -> needlework_case::Catalog {
    let sites = include_str!("../../../../evidence/sites.toml");
    needlework_case::Catalog::parse(sites, include_str!("../../../../evidence/devices.toml")).unwrap()
}

/// Habits of hygiene, each from the best answer to the worst.
fn habits() -> Vec<(&'static str, Vec<Value>)> {
    let words = |words: &[&str]| words.iter().map(|word| Value::from(*word)).collect::<Vec<_>>();
    let flags = |best: bool| vec![Value::from(best), Value::from(!best)];
    let products = |after: &str| {
        let text = format!("value = [{{ product = \"vitamin_c\", after = \"{after}\" }}]");
        text.parse::<toml::Table>().unwrap()["value"].clone()
    };
    vec![
        ("hygiene.skin", words(&["disinfected", "quick_wipe", "washed", "none"])),
        ("hygiene.antiseptic_wait", words(&["60 s", "10 s"])),
        (
            "hygiene.needles",
            words(&["sterile", "cleaned_and_disinfected", "disinfected_only", "none"]),
        ),
        ("hygiene.through_cloth", flags(false)),
        ("hygiene.hands_clean", flags(true)),
        ("hygiene.tap_water", flags(false)),
        ("hygiene.stored_dry", flags(true)),
        ("hygiene.sharps_box", flags(true)),
        ("hygiene.numbing_after", flags(false)),
        ("hygiene.numbing_under_film", flags(false)),
        ("hygiene.numbing_area", words(&["100 cm2", "400 cm2"])),
        ("hygiene.numbing_strength", words(&["4 %", "30 %"])),
        ("device.needles_used", words(&["new", "reused"])),
        ("device.uses", vec![Value::from(0), Value::from(1)]),
        ("device.shared", flags(false)),
        ("device.sterile_pack", flags(true)),
        ("device.origin_known", flags(true)),
        ("device.expired", flags(false)),
        ("device.condition", words(&["good", "damaged"])),
        ("regimen.product_during", words(&["nothing", "sterile_gel", "other"])),
        ("aftercare.occlusion", flags(false)),
        (
            "aftercare.topicals",
            vec![products("80 h"), products("30 h"), products("2 h")],
        ),
        ("aftercare.sunscreen", words(&["2 days", "now"])),
        ("aftercare.water", words(&["4 days", "1 day"])),
    ]
}

/// How a plan reads: verdict, gravest severity, and how many reasons weigh at least a caution.
fn weight(plan: &Plan) -> (Safety, bool, RuleSeverity, usize) {
    let found = screen(&book(), &plan.facts());
    let reasons = found.fired.iter().filter(|one| one.severity >= RuleSeverity::Caution);
    (
        found.safety,
        found.urgent,
        found.fired.iter().map(|one| one.severity).max().unwrap(),
        reasons.count(),
    )
}

#[test]
fn every_question_of_hygiene_has_its_order_from_best_to_worst() {
    let ordered: BTreeSet<&str> = habits().iter().map(|(field, _)| *field).collect();
    for field in answerable() {
        if field.path.starts_with("hygiene.") && field.path != "hygiene.numbing" {
            assert!(ordered.contains(field.path.as_str()), "{} has no order", field.path);
            let words = field.choices.len();
            let (_, order) = habits().into_iter().find(|(path, _)| *path == field.path).unwrap();
            assert!(order.len() >= words.max(2), "{} leaves a choice out", field.path);
        }
    }
}

#[test]
fn a_worse_habit_always_reads_worse_wherever_it_is_done() {
    for setting in ["home", "salon", "clinic"] {
        let plan = Plan::baseline()
            .with("regimen.setting", setting)
            .with("device.needle_length", "0.2 mm");
        for (field, order) in habits() {
            let read: Vec<_> = order
                .iter()
                .map(|answer| weight(&plan.clone().with(field, answer.clone())))
                .collect();
            for (pair, answers) in read.windows(2).zip(order.windows(2)) {
                let (better, worse) = (pair[0], pair[1]);
                assert!(
                    worse.0 >= better.0 && worse.2 >= better.2 && worse.3 >= better.3 && worse > better,
                    "{setting}: {field} {answers:?}: {better:?}, then {worse:?}"
                );
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_worse_habit_beside_any_others_never_reads_milder(
        chosen in proptest::collection::vec(0_usize..4, 24),
        setting in proptest::sample::select(vec!["home", "salon", "clinic"]),
        at in 0_usize..24,
    ) {
        let habits = habits();
        let mut plan = Plan::baseline().with("regimen.setting", setting).with("device.needle_length", "0.2 mm");
        for ((field, order), index) in habits.iter().zip(&chosen) {
            plan = plan.with(field, order[index % order.len()].clone());
        }
        let (field, order) = &habits[at % habits.len()];
        let read: Vec<_> = order.iter().map(|answer| weight(&plan.clone().with(field, answer.clone()))).collect();
        for pair in read.windows(2) {
            prop_assert!(pair[1].0 >= pair[0].0 && pair[1].2 >= pair[0].2 && pair[1].3 >= pair[0].3, "{} \
                {:?}", field, read);
        }
    }
}
