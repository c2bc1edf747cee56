//! What screening makes of open answers, studies, several reasons at once, and the places of the body.

use crate::plans::{Plan, Row, book, rows};
use needlework_case::{Catalog, SiteClass};
use needlework_evidence::Book;
use needlework_rules::{Fact, Facts, RuleBook, RuleSeverity, Safety, Screening, conditions, lines, screen};
use proptest::prelude::*;

fn judge(plan: &Plan) -> Screening {
    screen(&book(), &plan.facts())
}

fn asks<'a>(found: &'a Screening, field: &str) -> Option<&'a needlework_rules::Question> {
    found.questions.iter().find(|question| question.field == field)
}

/// The case field whose answer a row takes back; none for the setting and for what only the chain knows.
fn field_of(row: &Row) -> Option<&str> {
    match row.fact.as_deref()? {
        "site.class" => Some("lesion.site"),
        // A usual force stands for one that is not known. With needles stated as new there are no uses to count (the
        // reader refuses another count), and with used ones R31a fires without it.
        "regimen.force"
        | "device.uses"
        | "device.passes_above_limit"
        | "chain.depth_beyond_dermis"
        | "regimen.setting" => None,
        // Signs are follow-ups of one question, which is tested by itself below.
        field if field.starts_with("signs.") => None,
        field => Some(field),
    }
}

/// What both plans of a row share: at home where the question is one that in a clinic only the clinic can answer. None
/// where the rule says nothing there.
fn persons(row: &Row, book: &RuleBook, field: &str) -> Option<Plan> {
    let clinics = book
        .asked_of_a_clinic()
        .iter()
        .any(|ask| ask.fields.iter().any(|one| one == field));
    let rule = book.rule(&row.rule).unwrap();
    match clinics {
        true => (rule.home != RuleSeverity::None).then(|| row.common().with("regimen.setting", "home")),
        false => Some(row.common()),
    }
}

#[test]
fn a_missing_answer_is_asked_and_refers_for_serious_rules() {
    let book = book();
    let mut serious = 0;
    for row in rows() {
        let Some(field) = field_of(&row) else { continue };
        let Some(plan) = persons(&row, &book, field) else {
            continue;
        };
        let found = screen(&book, &plan.without(field).facts());
        let question = asks(&found, field).unwrap_or_else(|| panic!("{field} is not asked for {}", row.rule));
        assert!(question.rules.contains(&row.rule), "{field} does not name {}", row.rule);
        assert!(question.text.contains('?'), "{}", question.text);
        assert!(!question.said_unknown);
        if book.rule(&row.rule).unwrap().serious {
            serious += 1;
            assert!(question.serious, "{}", row.rule);
            assert!(found.safety >= Safety::Refer, "{} without {field}", row.rule);
        }
    }
    assert!(serious >= 40, "only {serious} serious rows");
}

#[test]
fn an_explicit_unknown_is_treated_as_the_rule_says() {
    let book = book();
    for row in rows() {
        let Some(field) = field_of(&row) else { continue };
        let named = [
            ("R13a", "health.hba1c"),
            ("R32b", "device.sterile_pack"),
            ("R32c", "device.origin_known"),
            ("R43e", "area.filler"),
            ("R50", "regimen.licensed_clinic"),
            ("R51b", "health.self_harm"),
        ]
        .contains(&(row.rule.as_str(), field));
        // Taking the site back takes its class back too.
        let Some(plan) = persons(&row, &book, field) else {
            continue;
        };
        let found = screen(&book, &plan.without(field).with(field, "unknown").facts());
        let fires = found.fired.iter().any(|one| one.id == row.rule);
        if named {
            assert!(fires, "{} names the unknown of {field}", row.rule);
        } else {
            assert!(!fires, "{} must not fire on an unknown {field}", row.rule);
            assert!(
                asks(&found, field).is_some_and(|question| question.said_unknown),
                "{} {field}",
                row.rule
            );
            if book.rule(&row.rule).unwrap().serious {
                assert!(found.safety >= Safety::Refer, "{} with unknown {field}", row.rule);
            }
        }
    }
}

#[test]
fn a_sign_that_is_stated_or_not_known_stops_a_plan_and_one_question_covers_those_left_out() {
    let baseline = Plan::baseline();
    assert!(judge(&baseline.clone().with("signs.pus", true)).urgent);
    assert!(judge(&baseline.clone().with("signs.pus", "unknown")).urgent);
    assert!(judge(&baseline.clone().with("signs.raised_scar", true)).safety >= Safety::Refer);
    let open = judge(&baseline.without("symptoms.infection_signs"));
    let asked = asks(&open, "symptoms.infection_signs").unwrap();
    assert!(
        ["R47", "R47b", "R47c"]
            .iter()
            .all(|id| asked.rules.iter().any(|one| one == id))
    );
    assert!(open.safety >= Safety::Refer);
}

#[test]
fn an_open_answer_of_a_lesser_rule_is_only_a_question() {
    for field in [
        "person.fitzpatrick",
        "area.tattoo",
        "health.fainting",
        "health.photosensitiser",
    ] {
        let found = judge(&Plan::baseline().without(field));
        assert_eq!(found.safety, Safety::Caution, "{field}");
        assert!(asks(&found, field).is_some_and(|question| !question.serious), "{field}");
    }
}

#[test]
fn an_empty_case_refers_and_asks_serious_questions_first() {
    let found = judge(&Plan::empty());
    assert_eq!(found.safety, Safety::Refer);
    let first_lesser = found.questions.iter().position(|question| !question.serious).unwrap();
    assert!(found.questions[first_lesser..].iter().all(|question| !question.serious));
    let mut fields: Vec<_> = found.questions.iter().map(|question| &question.field).collect();
    fields.sort();
    fields.dedup();
    assert_eq!(fields.len(), found.questions.len(), "a field is asked twice");
    // What hangs on another answer waits for it.
    for later in [
        "health.hba1c",
        "hygiene.numbing_area",
        "symptoms.infection_signs",
        "regimen.licensed_clinic",
    ] {
        assert!(asks(&found, later).is_none(), "{later} is asked too early");
    }
    for now in [
        "health.diabetes",
        "hygiene.numbing",
        "regimen.last_session",
        "regimen.setting",
        "lesion.site",
    ] {
        assert!(asks(&found, now).is_some(), "{now} is not asked");
    }
}

#[test]
fn a_question_that_does_not_apply_is_not_asked() {
    let open = |plan: &Plan, field: &str| asks(&judge(plan), field).is_some();
    let never = Plan::baseline()
        .with("regimen.last_session", "never")
        .without("symptoms.infection_signs");
    assert!(!open(&never, "symptoms.infection_signs"));
    assert_eq!(judge(&never).safety, Safety::Caution);
    assert!(open(
        &never.with("regimen.last_session", "10 weeks"),
        "symptoms.infection_signs"
    ));
    let man = Plan::baseline().with("person.sex", "male").without("health.pregnant");
    assert!(!open(&man, "health.pregnant"));
    assert!(open(&man.clone().with("person.sex", "female"), "health.pregnant"));
    assert!(open(&man.without("person.sex"), "health.pregnant"));
    assert!(!open(
        &Plan::baseline().with("regimen.sessions", 1).without("regimen.interval"),
        "regimen.interval"
    ));
    assert!(!open(
        &Plan::baseline().without("hygiene.numbing_area"),
        "hygiene.numbing_area"
    ));
    let diabetic = Plan::baseline().with("health.diabetes", true);
    assert!(open(&diabetic, "health.hba1c") && open(&diabetic, "health.diabetes_complications"));
    assert_eq!(judge(&diabetic).safety, Safety::Refer);
}

#[test]
fn what_is_stated_fires_even_where_it_would_not_be_asked() {
    let fires = |plan: &Plan, id: &str| judge(plan).fired.iter().any(|one| one.id == id);
    let never = Plan::baseline().with("regimen.last_session", "never");
    assert!(fires(&never.with("symptoms.infection_signs", true), "R47"));
    assert!(fires(
        &Plan::baseline().with("hygiene.numbing_strength", "30 %"),
        "R40a"
    ));
    assert!(fires(
        &Plan::baseline()
            .with("person.sex", "male")
            .with("health.pregnant", "yes"),
        "R01a"
    ));
}

#[test]
fn under_age_comes_first_then_urgent_and_distress_is_marked() {
    let found = judge(
        &Plan::baseline()
            .with("regimen.setting", "clinic")
            .with("person.age", "16 years")
            .with("symptoms.infection_signs", true)
            .with("health.self_harm", true)
            .with("area.active_infection", true),
    );
    assert_eq!(found.fired[0].id, "R18a");
    assert_eq!(found.fired[0].severity, RuleSeverity::Refer);
    assert_eq!(found.fired[1].id, "R47");
    assert!(
        found.fired[1..]
            .windows(2)
            .all(|pair| pair[0].severity >= pair[1].severity)
    );
    assert!(found.minor && found.urgent && found.distress);
    assert_eq!(found.safety, Safety::Refuse, "urgent counts as refuse");
}

#[test]
fn info_never_changes_the_verdict() {
    let pen = judge(&Plan::baseline().with("device.kind", "pen"));
    assert_eq!(
        pen.fired.iter().map(|one| one.severity).collect::<Vec<_>>(),
        [RuleSeverity::Info, RuleSeverity::Info]
    );
    assert_eq!(pen.safety, Safety::Caution);
}

#[test]
fn a_study_stands_for_what_its_entry_criteria_checked_and_for_nothing_that_was_stated() {
    let study = Plan::empty()
        .with("about.screening", "by study")
        .with("about.study", "Park2012")
        .with("regimen.setting", "clinic")
        .with("regimen.arm", "needling")
        .with("lesion.kind", "striae")
        .with("lesion.site", "unknown")
        .with("device.needle_length", "unknown");
    let found = judge(&study);
    assert!(found.by_study);
    assert_eq!(found.safety, Safety::Caution);
    for question in &found.questions {
        let group = question.field.split('.').next().unwrap();
        assert!(
            !["person", "health", "area"].contains(&group),
            "{} was screened",
            question.field
        );
    }
    assert!(
        asks(&found, "device.shared").is_some(),
        "how the study worked stays open"
    );
    assert!(found.covered_by_study.contains(&"R10".to_owned()));
    let stated = |path: &str, value: toml::Value| judge(&study.clone().with(path, value)).safety;
    assert_eq!(stated("health.bleeding_disorder", true.into()), Safety::Refer);
    assert_eq!(stated("area.active_infection", true.into()), Safety::Refuse);
    assert_eq!(stated("person.age", "17 years".into()), Safety::Refer);
    assert_eq!(stated("health.pregnant", "unknown".into()), Safety::Refer);
    let same = judge(&study.with("about.screening", "by questions"));
    assert_eq!(
        same.safety,
        Safety::Refer,
        "without the study's word the same gaps refer"
    );
}

#[test]
fn a_measured_colour_stands_in_for_a_missing_skin_type() {
    let type_of = |degrees: &str| {
        let plan = Plan::baseline()
            .without("person.fitzpatrick")
            .with("person.ita", degrees);
        let found = judge(&plan);
        assert!(asks(&found, "person.fitzpatrick").is_none(), "{degrees}");
        assert_eq!(found.notes.len(), 1, "{degrees}");
        let dark = found.fired.iter().any(|one| one.id == "R41a");
        (dark, found.notes[0].clone())
    };
    for (degrees, dark, word) in [
        ("55.1 deg", false, "type I "),
        ("55 deg", false, "type II "),
        ("41 deg", false, "type III "),
        ("28.1 deg", false, "type III "),
        ("28 deg", true, "type IV "),
        ("10 deg", true, "type V "),
        ("-30 deg", true, "type V "),
        ("-30.1 deg", true, "type VI "),
    ] {
        let (found_dark, note) = type_of(degrees);
        assert_eq!(found_dark, dark, "{degrees}");
        assert!(note.contains(word), "{degrees}: {note}");
    }
    let told = judge(&Plan::baseline().with("person.ita", "-40 deg"));
    assert!(told.notes.is_empty(), "an answer is never replaced");
}

#[test]
fn doing_nothing_leaves_only_the_rules_that_need_no_needle() {
    let nothing = Plan::baseline()
        .with("regimen.arm", "nothing")
        .with("health.pregnant", "yes")
        .without("device.sterile_pack");
    let found = judge(&nothing);
    assert_eq!(
        found.fired.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(),
        ["R53"]
    );
    assert!(found.questions.is_empty());
    assert!(judge(&nothing.with("symptoms.infection_signs", true)).urgent);
}

#[test]
fn a_condition_and_a_line_stand_for_every_rule() {
    let book = book();
    assert_eq!(lines(&book).len(), book.rules().len());
    let conditions = conditions(&book);
    for rule in book
        .rules()
        .iter()
        .filter(|rule| !["R53", "R69"].contains(&rule.id.as_str()))
    {
        assert!(
            conditions.iter().any(|one| one.rules.contains(&rule.id)),
            "{} asks nothing",
            rule.id
        );
    }
    assert!(conditions.iter().all(|one| one.question.contains('?')));
}

#[test]
fn each_class_of_a_site_is_known_to_the_rules_and_forbidden_places_are_refused_at_home() {
    let (book, catalog) = (book(), catalog());
    let mut forbidden = 0;
    for site in catalog.sites() {
        let mut case = Plan::baseline()
            .with("regimen.setting", "home")
            .with("device.needle_length", "0.2 mm")
            .case();
        case.lesion.site = needlework_case::Answer::Known(site.name.clone());
        let facts = Facts::resolved(&case, &catalog);
        let Fact::Set(classes) = facts.get("site.class") else {
            panic!("{}", site.name)
        };
        let needlework_rules::Kind::Set(known) = &book.fact_schema().get("site.class").unwrap().kind else {
            panic!()
        };
        assert!(classes.iter().all(|class| known.contains(class)), "{}", site.name);
        let stops = [
            SiteClass::ForbiddenAtHome,
            SiteClass::Never,
            SiteClass::Moist,
            SiteClass::Neck,
        ];
        let found = screen(&book, &facts);
        if stops.iter().any(|class| site.is(*class)) {
            forbidden += 1;
            assert_eq!(found.safety, Safety::Refuse, "{}", site.name);
        } else {
            assert_eq!(found.safety, Safety::Caution, "{}: {:?}", site.name, found.fired);
        }
    }
    assert!(forbidden >= 10);
}

#[test]
fn a_library_device_brings_its_needle_length_to_the_rules() {
    let catalog = catalog();
    for device in catalog.devices() {
        let Some(length) = device.geometry.needle_length else {
            continue;
        };
        let case = Plan::baseline()
            .with("regimen.setting", "home")
            .without("device.needle_length")
            .without("device.kind")
            .with("device.name", device.name.clone())
            .case();
        let found = screen(&book(), &Facts::resolved(&case, &catalog));
        assert_eq!(
            found.fired.iter().any(|one| one.id == "R25a"),
            length.mm() > 0.5,
            "{}",
            device.name
        );
        assert!(asks(&found, "device.needle_length").is_none());
    }
}

fn catalog() -> Catalog {
    let sites = include_str!("../../../../evidence/sites.toml");
    Catalog::parse(sites, include_str!("../../../../evidence/devices.toml")).unwrap()
}

/// Rows that give one reason more, by one yes or one word, without taking another reason's field.
fn reasons() -> Vec<Row> {
    rows()
        .into_iter()
        .filter(|row| row.with.is_empty() && field_of(row).is_some())
        .collect()
}

fn weight(found: &Screening) -> (Safety, bool) {
    (found.safety, found.urgent)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_more_reason_never_makes_a_verdict_milder(
        chosen in proptest::collection::vec(0_usize..10_000, 1..6),
        gaps in proptest::collection::vec(0_usize..10_000, 0..4),
        home in any::<bool>(),
    ) {
        let (book, reasons) = (book(), reasons());
        let mut plan = Plan::baseline();
        if home {
            plan = plan.with("regimen.setting", "home");
        }
        let mut taken = Vec::new();
        for gap in gaps {
            // Gaps in what no chosen reason answers stay open throughout.
            let field = field_of(&reasons[gap % reasons.len()]).unwrap().to_owned();
            plan = plan.without(&field);
            taken.push(field);
        }
        let mut before = weight(&screen(&book, &plan.facts()));
        for index in chosen {
            let row = &reasons[index % reasons.len()];
            let fact = row.fact.clone().unwrap();
            if taken.contains(&fact) || taken.iter().any(|one| one == field_of(row).unwrap()) {
                continue;
            }
            plan = plan.with(&fact, row.fires.clone().unwrap());
            taken.push(fact);
            let after = weight(&screen(&book, &plan.facts()));
            prop_assert!(after >= before, "{} made {before:?} into {after:?}", row.rule);
            before = after;
        }
    }

    #[test]
    fn the_order_of_the_rules_does_not_matter(
        salt in 0_u64..1_000_000,
        gap in 0_usize..10_000,
        extra in 0_usize..10_000,
    ) {
        let reasons = reasons();
        let (gap, extra) = (&reasons[gap % reasons.len()], &reasons[extra % reasons.len()]);
        let plan = Plan::baseline()
            .without(field_of(gap).unwrap())
            .with(extra.fact.as_ref().unwrap(), extra.fires.clone().unwrap());
        let next = |sum: u64, byte: u8| sum.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(byte.into());
        let shuffle = |id: &str| id.bytes().fold(salt, next);
        let shuffled = book().reordered(|a, b| shuffle(&a.id).cmp(&shuffle(&b.id)));
        prop_assert_eq!(screen(&book(), &plan.facts()), screen(&shuffled, &plan.facts()));
    }
}

#[test]
fn a_wrong_rule_file_is_refused_with_its_reason() {
    let rule = |when: &str| {
        format!(
            "[[rule]]\nid = \"X\"\nwhen = {when}\nhome = \"refuse\"\nclinic = \"info\"\nserious = false\nreason = \
                \"r\"\n\
             grade = \"J\"\nsources = []\n"
        )
    };
    let parse = |text: &str| RuleBook::parse(text, []);
    assert!(parse(&rule("{ field = \"person.age\", below = \"18 years\" }")).is_ok());
    for (when, wanted) in [
        ("{ field = \"person.height\", below = \"2 m\" }", "neither a field"),
        ("{ field = \"person.age\", below = \"18 mm\" }", "a length"),
        ("{ field = \"person.age\", below = 18 }", "no unit"),
        ("{ field = \"person.age\", within = \"18 years\" }", "within"),
        ("{ field = \"health.isotretinoin\", below = \"6 months\" }", "within"),
        ("{ field = \"person.age\", is = true }", "cannot be compared"),
        ("{ field = \"health.diabetes\", is = \"yes\" }", "cannot be compared"),
        ("{ field = \"health.diabetes\", above = \"8 %\" }", "order"),
        ("{ field = \"health.pregnant\", is = \"perhaps\" }", "not one of"),
        ("{ field = \"health.pregnant\" }", "not compared"),
        ("{ field = \"health.pregnant\", is = \"yes\", all = [] }", "one of"),
        ("{ }", "one of"),
        ("{ any = [] }", "empty"),
        ("{ always = true, above = \"1 mm\" }", "needs a `field`"),
        ("{ field = \"person.age\", bellow = \"18 years\" }", "bellow"),
        (
            "{ exists = { list = \"person.age\", where = { always = true } } }",
            "not a list",
        ),
        ("{ field = \"item.after\", below = \"1 h\" }", "neither a field"),
    ] {
        let error = parse(&rule(when)).unwrap_err().to_string();
        assert!(error.contains(wanted), "{when}: {error}");
    }
    let one = rule("{ always = true }");
    assert!(parse(&format!("{one}{one}")).unwrap_err().to_string().contains("twice"));
    let cited = one.replace("sources = []", "sources = [\"K\"]");
    assert!(parse(&cited).unwrap_err().to_string().contains("not listed"));
    let listed = |source: &str| {
        let book = Book::parse(&[("sources", source)]).unwrap();
        RuleBook::parse(&cited, book.sources())
    };
    let source = "[[source]]\nkey = \"K\"\ntitle = \"t\"\n";
    assert!(listed(source).is_err(), "nobody says how it was seen");
    assert!(listed(&format!("{source}seen = \"abstract\"\n")).is_ok());
    let circle = "[[relevant]]\nfields = [\"health.hba1c\"]\nwhen = { field = \"health.diabetes\", is = true }\n\
                  [[relevant]]\nfields = [\"health.diabetes\"]\nwhen = { field = \"health.hba1c\", above = \"5 %\" }\n";
    assert!(
        parse(&format!("{one}{circle}"))
            .unwrap_err()
            .to_string()
            .contains("depends on itself")
    );
}
