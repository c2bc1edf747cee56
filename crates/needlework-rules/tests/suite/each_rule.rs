//! Each rule has a plan that fires it and one that just does not, and says what the table of rules says.

use std::collections::{BTreeMap, BTreeSet};

use crate::plans::{Plan, book, rows};
use needlework_rules::{RuleSeverity, Safety, screen};

fn fired(book: &needlework_rules::RuleBook, plan: &Plan) -> BTreeMap<String, RuleSeverity> {
    screen(book, &plan.facts())
        .fired
        .into_iter()
        .map(|one| (one.id, one.severity))
        .collect()
}

#[test]
fn in_the_baseline_no_rule_speaks_but_the_one_that_always_does() {
    let found = screen(&book(), &Plan::baseline().facts());
    assert_eq!(
        found.fired.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(),
        ["R53"]
    );
    assert_eq!(found.questions, []);
    assert_eq!(found.undecided, Vec::<String>::new());
    assert_eq!(found.safety, Safety::Caution);
    assert!(!found.urgent && !found.minor && !found.distress && !found.by_study);
}

#[test]
fn every_rule_has_a_plan_that_fires_it_and_one_that_just_does_not() {
    let book = book();
    let mut covered = BTreeSet::new();
    for row in rows() {
        let rule = &row.rule;
        assert!(
            fired(&book, &row.firing()).contains_key(rule),
            "{rule} does not fire: {row:?}"
        );
        match row.near_miss() {
            Some(plan) => {
                assert_ne!(row.fires, row.misses, "{rule}");
                assert!(
                    !fired(&book, &plan).contains_key(rule),
                    "{rule} fires in its near miss: {row:?}"
                );
            }
            None => assert_eq!(rule, "R53", "only the rule that always fires has no near miss"),
        }
        covered.insert(rule.clone());
    }
    let all: BTreeSet<String> = book.rules().iter().map(|rule| rule.id.clone()).collect();
    assert_eq!(covered, all);
    assert_eq!(all.len(), book.rules().len());
}

#[test]
fn a_plan_and_its_near_miss_differ_in_one_fact_and_leave_nothing_of_the_rule_open() {
    let book = book();
    for row in rows() {
        let Some(plan) = row.near_miss() else { continue };
        let (firing, near) = (row.firing().facts(), plan.facts());
        let differ: Vec<_> = book
            .fact_schema()
            .iter()
            .map(|field| field.path.as_str())
            .filter(|path| firing.get(path) != near.get(path))
            .collect();
        assert_eq!(differ, [row.fact.clone().unwrap()], "{}", row.rule);
        assert!(
            !screen(&book, &near).undecided.contains(&row.rule),
            "{} is open in its near miss",
            row.rule
        );
    }
}

#[test]
fn a_fired_rule_has_the_severity_of_the_setting() {
    let book = book();
    for row in rows() {
        for setting in ["home", "clinic", "salon"] {
            if row.fact.as_deref() == Some("regimen.setting") {
                continue;
            }
            let found = fired(&book, &row.firing().with("regimen.setting", setting));
            let rule = book.rule(&row.rule).unwrap();
            // What only a clinic can know is asked of it, so "I don't know" fires nothing there.
            let clinics = row.fact.as_deref().is_some_and(|fact| book.is_the_clinics(fact));
            let asked = setting == "clinic" && clinics && row.fires == Some("unknown".into());
            let severity = match setting {
                _ if asked => RuleSeverity::None,
                "home" => rule.home,
                "clinic" => rule.clinic,
                _ => rule.home.max(rule.clinic),
            };
            let wanted = (severity != RuleSeverity::None).then_some(severity);
            assert_eq!(found.get(&row.rule).copied(), wanted, "{} at {setting}", row.rule);
        }
    }
}

#[test]
fn without_a_setting_the_worse_of_both_severities_holds_and_the_setting_is_asked() {
    let book = book();
    for row in rows() {
        // These read the setting in their predicate.
        let reads_it = book.rule(&row.rule).unwrap().when.paths().contains("regimen.setting");
        if row.fact.as_deref() == Some("regimen.setting") || reads_it {
            continue;
        }
        let found = screen(&book, &row.firing().without("regimen.setting").facts());
        let rule = book.rule(&row.rule).unwrap();
        let one = found
            .fired
            .iter()
            .find(|one| one.id == row.rule)
            .unwrap_or_else(|| panic!("{}", row.rule));
        assert_eq!(one.severity, rule.home.max(rule.clinic), "{}", row.rule);
        let asked = found
            .questions
            .iter()
            .find(|question| question.field == "regimen.setting");
        let asked_for = asked.is_some_and(|question| question.rules.contains(&row.rule));
        assert_eq!(asked_for, rule.home != rule.clinic, "{}", row.rule);
    }
}

#[test]
fn home_is_never_milder_than_a_clinic_but_where_the_table_says_so() {
    let milder: Vec<String> = book()
        .rules()
        .iter()
        .filter(|rule| rule.home < rule.clinic)
        .map(|rule| rule.id.clone())
        .collect();
    // R26 and R69 are about clinic needles; a disinfected needle is graver where others are treated, and R52b is R52 of
    // a clinic.
    assert_eq!(milder, ["R26", "R31c", "R52b", "R69"]);
}

#[test]
fn the_rule_file_says_what_the_table_of_rules_says() {
    let book = book();
    let table = records(include_str!("safety_rules.csv"));
    assert_eq!(table.len(), book.rules().len());
    let ids: Vec<_> = book.rules().iter().map(|rule| rule.id.clone()).collect();
    assert_eq!(ids, table.iter().map(|record| record[0].clone()).collect::<Vec<_>>());
    let severity = |text: &str| match text {
        "n/a" => RuleSeverity::None,
        "info" => RuleSeverity::Info,
        "caution" => RuleSeverity::Caution,
        "refer" => RuleSeverity::Refer,
        "refuse" => RuleSeverity::Refuse,
        "urgent" => RuleSeverity::Urgent,
        other => panic!("{other}"),
    };
    for record in &table {
        let rule = book.rule(&record[0]).unwrap();
        assert_eq!(rule.home, severity(&record[2]), "{}", rule.id);
        assert_eq!(rule.clinic, severity(&record[3]), "{}", rule.id);
        assert_eq!(rule.reason, record[4], "{}", rule.id);
        assert_eq!(rule.grade, record[5], "{}", rule.id);
        let cited: Vec<_> = record[6]
            .split(';')
            .map(str::trim)
            .filter(|key| *key != "none")
            .collect();
        assert_eq!(rule.sources, cited, "{}", rule.id);
    }
}

/// The records of a comma-separated table without its head; fields may stand in double quotes.
fn records(text: &str) -> Vec<Vec<String>> {
    let split = |line: &str| {
        let (mut fields, mut quoted) = (vec![String::new()], false);
        for letter in line.chars() {
            match letter {
                '"' => quoted = !quoted,
                ',' if !quoted => fields.push(String::new()),
                other => fields.last_mut().unwrap().push(other),
            }
        }
        assert_eq!(fields.len(), 7, "{line}");
        fields
    };
    text.lines()
        .skip(1)
        .filter(|line| !line.is_empty())
        .map(split)
        .collect()
}
