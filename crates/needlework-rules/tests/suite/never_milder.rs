//! A verdict never gets milder by a gap, by one more reason, or by one worse habit; and a study's word stands only for
//! what a study can know.
//!
//! What a gap may do: it counts as its worst answer, but no more than `refer`, since asking comes before refusing. In a
//! clinic what only the clinic can know is asked of the clinic instead. A question that does not apply (signs without
//! signs of an infection, sessions of needles that are new) is covered by the answer that says so; so with that answer
//! left out as well the law holds again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::plans::{Plan, Row, book, rows};
use needlework_rules::{Fact, Kind, RuleBook, RuleSeverity, Safety, Screening, screen};
use proptest::prelude::*;
use toml::Value;

fn judge(book: &RuleBook, plan: &Plan) -> Screening {
    screen(book, &plan.facts())
}

/// Whether in a clinic only the clinic can answer this.
fn is_the_clinics(book: &RuleBook, field: &str) -> bool {
    book.asked_of_a_clinic()
        .iter()
        .any(|ask| ask.fields.iter().any(|one| one == field))
}

/// The case fields behind a rule's predicate.
fn fields_of(book: &RuleBook, rule: &str) -> Vec<String> {
    let paths = book.rule(rule).unwrap().when.paths();
    let asks = paths
        .iter()
        .filter_map(|path| book.fact_schema().get(path)?.asks.clone());
    // A usual answer stands for a gap in what nobody can be asked.
    asks.filter(|field| field != "regimen.setting" && !book.usual().contains(field))
        .collect()
}

/// The plan with a field that was answered with "I don't know"; lists cannot be.
fn unknown(book: &RuleBook, plan: &Plan, field: &str) -> Option<Plan> {
    let is_list = book.fact_schema().get(field).unwrap().kind == Kind::List;
    (!is_list).then(|| plan.clone().without(field).with(field, "unknown"))
}

/// The plan without the answers that decide whether a field's question applies, and without those that decide about
/// these.
fn without_premises(book: &RuleBook, plan: &Plan, field: &str) -> Plan {
    let (mut found, mut open) = (BTreeSet::new(), vec![field.to_owned()]);
    // Ends: each field is looked at once.
    while let Some(field) = open.pop() {
        for relevance in book.relevance_of(&field) {
            for premise in relevance.when.paths() {
                if found.insert(premise.to_owned()) {
                    open.push(premise.to_owned());
                }
            }
        }
    }
    found.iter().fold(plan.clone(), |plan, premise| plan.without(premise))
}

/// The plan that fires a row's rule, with what makes its question apply.
fn firing(row: &Row, setting: &str) -> Plan {
    let plan = row.firing();
    let plan = if row.fact.as_deref() == Some("regimen.setting") {
        plan
    } else {
        plan.with("regimen.setting", setting)
    };
    // Numbing cream whose area is known is used.
    if row
        .fact
        .as_deref()
        .is_some_and(|fact| fact.starts_with("hygiene.numbing"))
    {
        plan.with("hygiene.numbing", true)
    } else {
        plan
    }
}

#[test]
fn a_gap_in_what_a_refusing_rule_asks_is_never_milder_than_a_referral() {
    let book = book();
    let mut looked = 0;
    for row in rows() {
        for setting in ["home", "clinic"] {
            let plan = firing(&row, setting);
            let found = judge(&book, &plan);
            let stops = |one: &needlework_rules::Fired| one.id == row.rule && one.severity >= RuleSeverity::Refer;
            if !found.fired.iter().any(stops) {
                continue;
            }
            let in_a_clinic = plan.facts().word("regimen.setting") == Some("clinic");
            for field in fields_of(&book, &row.rule) {
                let gaps = [Some(plan.clone().without(&field)), unknown(&book, &plan, &field)];
                for gap in gaps.into_iter().flatten() {
                    let holds = |found: &Screening| {
                        let asked = in_a_clinic && is_the_clinics(&book, &field) && !found.ask_clinic.is_empty();
                        found.safety >= Safety::Refer || asked
                    };
                    let mut found = judge(&book, &gap);
                    if !holds(&found) {
                        found = judge(&book, &without_premises(&book, &gap, &field));
                    }
                    assert!(
                        holds(&found),
                        "{} at {setting} without {field}: {:?}",
                        row.rule,
                        found.safety
                    );
                    if found.safety == Safety::Refer {
                        assert!(
                            !found.stopping().is_empty(),
                            "{} without {field}: nothing says why",
                            row.rule
                        );
                    }
                    looked += 1;
                }
            }
        }
    }
    assert!(looked > 250, "only {looked} gaps were looked at");
}

#[test]
fn a_device_that_nobody_knows_is_not_let_pass_at_home() {
    let book = book();
    let home = Plan::baseline()
        .with("regimen.setting", "home")
        .with("device.needle_length", "0.2 mm");
    assert_eq!(judge(&book, &home).safety, Safety::Caution);
    for field in ["device.needle_length", "device.kind"] {
        for gap in [home.clone().without(field), home.clone().with(field, "unknown")] {
            let found = judge(&book, &gap);
            assert_eq!(found.safety, Safety::Refer, "{field}");
            assert!(
                found.stopping().open.iter().any(|question| question.field == field),
                "{field}"
            );
        }
    }
}

#[test]
fn what_a_clinics_patient_cannot_know_is_asked_of_the_clinic_and_a_stated_bad_answer_stops() {
    let book = book();
    let fields: Vec<String> = book
        .asked_of_a_clinic()
        .iter()
        .flat_map(|ask| ask.fields.clone())
        .collect();
    let clinic = Plan::baseline();
    let whole = judge(&book, &clinic);
    assert!(whole.ask_clinic.is_empty() && whole.safety == Safety::Caution);
    for field in &fields {
        for gap in [clinic.clone().without(field), clinic.clone().with(field, "unknown")] {
            let found = judge(&book, &gap);
            assert_eq!(found.safety, Safety::Caution, "{field}");
            assert!(
                found.questions.iter().all(|question| &question.field != field),
                "{field} is asked of the person"
            );
            // Single punctures are asked only of single needles, details of numbing only where it is used: then that is
            // asked.
            let idle = !fields_of_all(&book).contains(field);
            let asked = |found: &Screening| !found.ask_clinic.is_empty();
            let first = || judge(&book, &without_premises(&book, &gap, field));
            assert!(idle || asked(&found) || asked(&first()), "{field} is asked of nobody");
        }
    }
    let nothing_known = fields.iter().fold(clinic, |plan, field| plan.without(field));
    let found = judge(&book, &nothing_known);
    assert_eq!(found.safety, Safety::Caution);
    assert_eq!(
        found.ask_clinic,
        book.asked_of_a_clinic(),
        "everything is asked, in the order of the book"
    );
    // A gap beside a reason that was stated is more than a question.
    let reused = nothing_known.clone().with("device.needles_used", "reused");
    assert!(judge(&book, &reused).safety >= Safety::Refer);
    let yesterday = nothing_known.with("regimen.last_session", "1 day");
    assert!(judge(&book, &yesterday).safety >= Safety::Refer);
}

/// Every case field that a rule reads.
fn fields_of_all(book: &RuleBook) -> Vec<String> {
    book.rules().iter().flat_map(|rule| fields_of(book, &rule.id)).collect()
}

#[test]
fn a_clinic_is_never_told_to_buy_at_a_pharmacy_or_to_roll_by_itself() {
    let book = book();
    for row in rows() {
        if row.fact.as_deref() == Some("regimen.setting") {
            continue;
        }
        for rule in judge(&book, &row.firing().with("regimen.setting", "clinic")).fired {
            let instead = rule.instead.unwrap_or_default();
            for word in ["sharps box from", "Throw ", "Wash the skin"] {
                assert!(!instead.contains(word), "{}: {instead}", rule.id);
            }
        }
    }
}

/// A published arm as a case: nothing but the study's name.
fn study() -> Plan {
    Plan::empty()
        .with("about.screening", "by study")
        .with("about.study", "Park2012")
        .with("regimen.setting", "clinic")
        .with("regimen.arm", "needling")
        .with("lesion.kind", "striae")
}

#[test]
fn a_study_counts_only_if_it_is_published_and_in_a_clinic() {
    let book = book();
    assert!(judge(&book, &study()).by_study);
    for other in [
        study().with("regimen.setting", "home"),
        study().without("regimen.setting"),
        study().with("regimen.setting", "unknown"),
        study().without("about.study"),
        study().with("about.study", "unknown"),
        study().with("about.study", "MyNeighbour2026"),
    ] {
        let found = judge(&book, &other);
        assert!(!found.by_study && found.safety >= Safety::Refer && found.covered_by_study.is_empty());
        assert_eq!(found, judge(&book, &other.with("about.screening", "by questions")));
    }
}

#[test]
fn under_a_studys_screening_a_stated_reason_fires_as_under_questions_and_is_never_milder_than_unknown() {
    let book = book();
    let mut worst: BTreeMap<String, [Safety; 2]> = BTreeMap::new();
    for row in rows() {
        let (Some(fact), Some(fires)) = (row.fact.clone(), row.fires.clone()) else {
            continue;
        };
        if ["regimen.setting", "regimen.arm"].contains(&fact.as_str()) {
            continue;
        }
        let base = row
            .with
            .iter()
            .fold(study(), |plan, (path, value)| plan.with(path, value.clone()));
        let base = if base.facts().word("regimen.setting") == Some("clinic") {
            base
        } else {
            continue;
        };
        let stated = base.clone().with(&fact, fires);
        let by_study = judge(&book, &stated);
        let by_questions = judge(&book, &stated.clone().with("about.screening", "by questions"));
        assert_eq!(by_study.fired, by_questions.fired, "{}", row.rule);
        let Some(described) = book
            .fact_schema()
            .get(&fact)
            .filter(|one| one.asks.as_deref() == Some(fact.as_str()))
        else {
            continue;
        };
        if described.kind != Kind::List {
            let unknown = judge(&book, &base.with(&fact, "unknown"));
            let [stated, open] = worst.entry(fact).or_insert([Safety::Caution; 2]);
            (*stated, *open) = ((*stated).max(by_study.safety), (*open).max(unknown.safety));
        }
    }
    assert!(worst.len() > 60);
    for (fact, [stated, open]) in worst {
        assert!(
            stated >= open,
            "{fact} stated at its worst is {stated:?}, unknown {open:?}"
        );
    }
    // What hangs on a stated reason is asked as without the study.
    assert_eq!(
        judge(&book, &study().with("health.diabetes", true)).safety,
        Safety::Refer
    );
}

#[test]
fn nothing_about_device_and_hygiene_is_taken_on_a_studys_word() {
    let book = book();
    let found = judge(&book, &study());
    for rule in &found.covered_by_study {
        for field in fields_of(&book, rule) {
            assert!(
                !field.starts_with("device.") && !field.starts_with("hygiene."),
                "{rule}: {field}"
            );
        }
    }
    assert!(
        found
            .questions
            .iter()
            .any(|question| question.field == "device.sterile_pack")
    );
}

#[test]
fn without_needles_only_the_rules_that_hold_without_them_speak() {
    let book = book();
    for row in rows() {
        for arm in ["nothing", "cream", "laser"] {
            let found = judge(
                &book,
                &row.firing().with("regimen.arm", arm).with("regimen.setting", "clinic"),
            );
            for fired in &found.fired {
                assert!(
                    book.rule(&fired.id).unwrap().without_needles,
                    "{} speaks of {arm}",
                    fired.id
                );
            }
            assert_eq!(found.not_judged, arm != "nothing");
        }
    }
    let laser = Plan::baseline()
        .with("regimen.arm", "laser")
        .with("regimen.setting", "home");
    assert_eq!(judge(&book, &laser).safety, Safety::Refuse);
}

#[test]
fn extreme_plans_are_stopped_by_rules_of_their_own() {
    let book = book();
    for (field, value) in [
        ("lesion.treated_area", Value::from("2 m2")),
        ("regimen.sessions", Value::from(60)),
        ("regimen.passes", Value::from(50)),
        ("regimen.force", Value::from("100 N")),
    ] {
        for (setting, least) in [("home", Safety::Refuse), ("clinic", Safety::Refer)] {
            let plan = Plan::baseline()
                .with("device.needle_length", "0.2 mm")
                .with("regimen.setting", setting)
                .with(field, value.clone());
            assert!(judge(&book, &plan).safety >= least, "{field} at {setting}");
        }
    }
}

/// Answers of a field that stand in the rows, in the baseline, or in the format; the same list each time.
fn answers(book: &RuleBook) -> BTreeMap<String, Vec<Value>> {
    let mut found: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    let mut add = |field: &str, value: Value| {
        let values = found.entry(field.to_owned()).or_default();
        if !values.contains(&value) {
            values.push(value);
        }
    };
    for row in rows() {
        let Some(fact) = &row.fact else { continue };
        for value in [&row.fires, &row.misses].into_iter().flatten() {
            add(fact, value.clone());
        }
    }
    for field in fields_of_all(book) {
        match &book.fact_schema().get(&field).unwrap().kind {
            Kind::Flag => [true, false].into_iter().for_each(|flag| add(&field, flag.into())),
            Kind::Word(words) => words.iter().for_each(|word| add(&field, word.as_str().into())),
            _ => {}
        }
    }
    found.retain(|field, _| field != "chain.depth_beyond_dermis");
    found
}

static BOOK: LazyLock<RuleBook> = LazyLock::new(book);

static ANSWERS: LazyLock<BTreeMap<String, Vec<Value>>> = LazyLock::new(|| answers(&BOOK));

/// A plan made by dice: mostly the baseline, with some other answers and some gaps.
fn rolled(dice: &[(usize, usize)], home: bool) -> Plan {
    let answers = &*ANSWERS;
    let names: Vec<&String> = answers.keys().collect();
    let start = Plan::baseline().with("regimen.setting", if home { "home" } else { "clinic" });
    dice.iter().fold(start, |plan, &(field, answer)| {
        let field = names[field % names.len()];
        match answers[field].get(answer % (answers[field].len() + 1)) {
            Some(value) => plan.with(field, value.clone()),
            None => plan.without(field),
        }
    })
}

/// Flags of which "no" is the worse answer; of all others it is "yes".
const BETTER_YES: [&str; 6] = [
    "device.sterile_pack",
    "device.origin_known",
    "hygiene.hands_clean",
    "hygiene.stored_dry",
    "hygiene.sharps_box",
    "regimen.visible_change",
];

/// Answers from good to bad.
fn scales() -> Vec<(&'static str, Vec<Value>)> {
    let words = |list: &[&str]| list.iter().map(|&word| Value::from(word)).collect::<Vec<_>>();
    vec![
        ("hygiene.skin", words(&["disinfected", "quick_wipe", "washed", "none"])),
        (
            "hygiene.needles",
            words(&["sterile", "cleaned_and_disinfected", "disinfected_only", "none"]),
        ),
        ("device.condition", words(&["good", "damaged"])),
        ("device.needles_used", words(&["new", "reused"])),
        ("health.pregnant", words(&["no", "possible", "yes"])),
        (
            "device.needle_length",
            words(&["0.2 mm", "0.4 mm", "0.5 mm", "1 mm", "2 mm"]),
        ),
        ("lesion.treated_area", words(&["50 cm2", "400 cm2", "2000 cm2"])),
        ("hygiene.numbing_strength", words(&["2 %", "30 %"])),
        ("health.isotretinoin", words(&["never", "2 months", "now"])),
        ("health.cancer_therapy", words(&["never", "2 months", "now"])),
        ("aftercare.sunscreen", words(&["2 days", "1 h"])),
        ("aftercare.water", words(&["4 days", "1 h"])),
        ("regimen.sessions", vec![3.into(), 13.into(), 60.into()]),
        ("regimen.passes", vec![8.into(), 31.into(), 50.into()]),
        ("regimen.force", words(&["5 N", "30 N", "100 N"])),
        ("device.uses", vec![0.into(), 1.into(), 30.into()]),
        ("person.fitzpatrick", words(&["II", "IV", "VI"])),
    ]
}

fn weight(found: &Screening) -> (Safety, bool) {
    (found.safety, found.urgent)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_field_left_out_never_makes_a_verdict_milder_than_its_worst_answer_up_to_a_referral(
        dice in proptest::collection::vec((0_usize..10_000, 0_usize..10_000), 0..12),
        home in any::<bool>(),
    ) {
        let book = &*BOOK;
        let plan = rolled(&dice, home);
        let facts = plan.facts();
        let before = judge(book, &plan);
        let is_clinic = facts.word("regimen.setting") == Some("clinic");
        // A plan without needles is not judged here: what it leaves out is asked, and refers nobody.
        let needled = !matches!(facts.word("regimen.arm"), Some("cream" | "laser" | "nothing"))
            && *facts.get("regimen.sessions") != Fact::Count(0);
        prop_assume!(needled);
        for field in ANSWERS.keys() {
            // A class is taken back with its site; the passes' limit is the caller's; nobody can be asked for a force.
            let asked_of_nobody = ["site.class", "device.passes_above_limit", "regimen.force"];
            if asked_of_nobody.contains(&field.as_str()) || !facts.get(field).is_known() {
                continue;
            }
            // Whoever says that no sign is there has answered for each one that they leave out.
            if field.starts_with("signs.") && *facts.get("symptoms.any_sign") == Fact::Flag(false) {
                continue;
            }
            let holds = |found: &Screening| {
                let asked = is_clinic && is_the_clinics(book, field) && !found.ask_clinic.is_empty();
                found.safety >= before.safety.min(Safety::Refer) || asked
            };
            let gap = plan.clone().without(field);
            let after = judge(book, &gap);
            let holds = holds(&after) || holds(&judge(book, &without_premises(book, &gap, field)));
            prop_assert!(holds, "{:?} without {field} is {:?}", before.safety, after.safety);
        }
    }

    #[test]
    fn one_more_reason_or_one_worse_habit_never_makes_a_verdict_milder(
        dice in proptest::collection::vec((0_usize..10_000, 0_usize..10_000), 0..12),
        home in any::<bool>(),
    ) {
        let book = &*BOOK;
        let plan = rolled(&dice, home);
        let before = weight(&judge(book, &plan));
        let never = |path: &str, good: &Value, bad: &Value| -> Result<(), TestCaseError> {
            // Only an answer that was given gets worse; a gap has counted as its worst already.
            let with = plan.clone().with(path, good.clone());
            if with.facts().get(path) != plan.facts().get(path) {
                return Ok(());
            }
            let after = weight(&judge(book, &plan.clone().with(path, bad.clone())));
            prop_assert!(after >= before, "{path} = {bad} made {before:?} into {after:?}");
            Ok(())
        };
        for field in fields_of_all(book) {
            if book.fact_schema().get(&field).unwrap().kind == Kind::Flag && field != "regimen.licensed_clinic" {
                let better = BETTER_YES.contains(&field.as_str());
                never(&field, &better.into(), &(!better).into())?;
            }
        }
        for (path, scale) in scales() {
            for (at, good) in scale.iter().enumerate() {
                for bad in &scale[at + 1..] {
                    never(path, good, bad)?;
                }
            }
        }
    }
}
