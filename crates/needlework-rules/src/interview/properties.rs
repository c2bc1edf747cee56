//! What must hold of every interview, tried on many invented people and on committed cases.
#![allow(clippy::disallowed_methods, reason = "a test reads the evidence files")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::LazyLock;

use needlework_case::fields;
use needlework_evidence::Book;
use proptest::prelude::*;

use super::*;

pub(super) struct House {
    pub(super) script: Script,
    book: RuleBook,
    triage: TriageBook,
    pub(super) catalog: Catalog,
}

static HOUSE: LazyLock<House> = LazyLock::new(House::read);

impl House {
    pub(super) fn new() -> &'static Self {
        &HOUSE
    }

    fn read() -> Self {
        let sources = sources();
        Self {
            script: Script::parse(&text("evidence/interview.toml")).unwrap_or_else(|error| panic!("{error}")),
            book: RuleBook::parse(&text("evidence/rules.toml"), sources.sources()).unwrap(),
            triage: TriageBook::parse(&text("evidence/triage.toml"), sources.sources()).unwrap(),
            catalog: Catalog::parse(&text("evidence/sites.toml"), &text("evidence/devices.toml")).unwrap(),
        }
    }

    pub(super) fn interviewer(&self) -> Interviewer<'_> {
        Interviewer {
            script: &self.script,
            book: &self.book,
            triage: &self.triage,
            catalog: &self.catalog,
        }
    }
}

/// The sources that rules and triage cite.
fn sources() -> Book {
    let (rules, others) = (text("evidence/sources_rules.toml"), text("evidence/sources.toml"));
    Book::parse(&[("rules", &rules), ("others", &others)]).unwrap()
}

pub(super) fn text(file: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
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
        "regimen.setting" => words(&["clinic", "home"]),
        "regimen.interval" => words(&["4 week", "5 days", "3 week"]),
        "regimen.last_session" => words(&["never", "10 weeks", "1 day"]),
        "regimen.adjunct" => words(&["none", "prp"]),
        "health.hba1c" => words(&["6.5 %", "9 %"]),
        "health.pregnant" => words(&["no", "possible"]),
        "hygiene.skin" => words(&["disinfected", "washed"]),
        "hygiene.needles" => words(&["sterile", "none"]),
        "hygiene.numbing_strength" => words(&["4 %", "10 %"]),
        "hygiene.antiseptic_wait" => words(&["1 min", "5 s"]),
        "hygiene.hands_clean"
        | "hygiene.stored_dry"
        | "hygiene.sharps_box"
        | "device.sterile_pack"
        | "device.origin_known"
        | "regimen.licensed_clinic"
        | "regimen.visible_change" => words(&["yes", "no"]),
        "health.self_harm" | "health.distress" | "symptoms.infection_signs" => words(&["no"]),
        "aftercare.topicals" => words(&["none", "vitamin_c 1 h", "moisturiser 2 days, retinoid 3 days"]),
        "aftercare.sunscreen" | "aftercare.water" => words(&["5 days", "1 h"]),
        _ => match field.kind {
            AnswerKind::YesNo => words(&["no", "yes"]),
            AnswerKind::Words => field.choices.iter().map(|choice| choice.word.clone()).collect(),
            AnswerKind::Whole => words(&["4", "6"]),
            AnswerKind::Lapse => words(&["never", "now", "10 days", "8 month"]),
            _ => vec![field.example.clone().unwrap_or_else(|| "unknown".to_owned())],
        },
    }
}

/// Somebody who could answer every field.
pub(super) struct Somebody(BTreeMap<String, String>);

impl Somebody {
    /// The answer at the place that the dice say, mostly the first.
    fn of(dice: &[u8]) -> Self {
        let mut dice = dice.iter().copied().cycle();
        let answers = fields().into_iter().map(|field| {
            let choices = plausible(&field);
            let rolled = usize::from(dice.next().unwrap_or(0));
            let pick = if rolled < 180 { 0 } else { rolled % choices.len() };
            let ends_it = matches!(field.path.as_str(), "health.self_harm" | "health.distress");
            let answer = if rolled > 245 && field.may_be_unknown && !ends_it {
                "unknown".to_owned()
            } else {
                choices[pick].clone()
            };
            (field.path, answer)
        });
        Self(answers.collect())
    }

    /// What a committed case says, and what most people would say where it says nothing.
    pub(super) fn of_case(name: &str) -> Self {
        let mut all = Self::of(&[0]);
        let said = Answers::of_document(&text(&format!("cases/{name}.toml")));
        let paths: Vec<String> = said.paths().map(str::to_owned).collect();
        for path in paths {
            all.0.insert(path.clone(), said.get(&path).unwrap().to_owned());
        }
        // The cases name a device of the library; somebody who is asked knows what it is.
        let length = if name.contains("0.2mm") { "0.2 mm" } else { "1.5 mm" };
        all.0.insert("device.needle_length".to_owned(), length.to_owned());
        all.0.insert("device.kind".to_owned(), "roller".to_owned());
        all
    }

    fn says(&self, path: &str) -> &str {
        self.0.get(path).map_or("unknown", String::as_str)
    }

    /// Whether an answer that a choice sets is what they would say; a bound agrees with what lies within it.
    fn agrees(&self, path: &str, set: &str) -> bool {
        let said = self.says(path);
        match path {
            PATH => set == "planned" && self.says("regimen.last_session") == "never",
            "hygiene.numbing_area" | "hygiene.numbing_strength" | "hygiene.antiseptic_wait" if set != "unknown" => {
                !matches!(said, "400 cm2" | "10 %" | "5 s" | "unknown")
            }
            _ => said == set,
        }
    }

    /// The answer to a question as it is typed.
    fn typed(&self, house: &House, ask: &Ask) -> String {
        match &ask.prompt {
            Prompt::Field(field) => self.says(&field.path).to_owned(),
            Prompt::One(texts) => {
                let item = house.script.items.iter().find(|item| item.id == ask.id).unwrap();
                let Asks::Choice(choices) = &item.asks else {
                    panic!("{}", ask.id)
                };
                // Of the choices that are true of them the one that says most; where none is, the nearest.
                let true_of = |choice: &script::Choice| choice.sets.iter().all(|(path, set)| self.agrees(path, set));
                let agreeing =
                    |choice: &script::Choice| choice.sets.iter().filter(|(path, set)| self.agrees(path, set)).count();
                let best = (0..texts.len())
                    .max_by_key(|&at| (true_of(&choices[at]), agreeing(&choices[at]), std::cmp::Reverse(at)))
                    .unwrap();
                (best + 1).to_string()
            }
            Prompt::Any(things) => {
                let named: Vec<String> = things
                    .iter()
                    .enumerate()
                    .filter_map(|(at, thing)| {
                        let field = &house.script.fields[&thing.field];
                        match self.says(&thing.field) {
                            "unknown" => Some(format!("{}?", at + 1)),
                            "no" | "none" | "never" | "nothing" => None,
                            "1 day" | "2 days" | "4 days" | "5 days" if field.path.starts_with("aftercare.") => None,
                            "moisturiser 3 days" | "moisturiser 3 day" => None,
                            _ => Some((at + 1).to_string()),
                        }
                    })
                    .collect();
                if named.is_empty() {
                    "none".to_owned()
                } else {
                    named.join(", ")
                }
            }
        }
    }
}

/// Asks somebody until nothing is open; the answers, how it ended, the questions that were asked, and after how many a
/// refusal was offered as the end.
pub(super) struct Asked {
    pub(super) answers: Answers,
    step: Step,
    questions: Vec<Ask>,
    settled_after: Option<usize>,
}

pub(super) fn interviewed(house: &House, who: &Somebody, first: Answers) -> Asked {
    let interviewer = house.interviewer();
    let (mut answers, mut questions, mut settled_after) = (first, Vec::new(), None);
    for _ in 0..200 {
        match interviewer.next(&answers).expect("accepted answers read") {
            Step::Ask(ask) => {
                let typed = who.typed(house, &ask);
                answers = interviewer
                    .accept(&answers, &ask, &typed)
                    .or_else(|_| interviewer.accept(&answers, &ask, "unknown"))
                    .unwrap_or_else(|error| panic!("{} {typed}: {error:?}", ask.id));
                // What was understood is shown after every answer.
                let shown = interviewer.shown(&answers, &ask.id);
                let is_shown = shown.is_some_and(|line| !line.label.is_empty() && !line.answer.is_empty());
                assert!(is_shown, "{} {typed}", ask.id);
                questions.push(*ask);
            }
            Step::Settled(reasons) => {
                assert!(!reasons.is_empty());
                settled_after.get_or_insert(questions.len());
                answers.go_on();
            }
            step => {
                return Asked {
                    answers,
                    step,
                    questions,
                    settled_after,
                };
            }
        }
    }
    panic!(
        "the interview does not end: {:?}",
        questions.iter().map(|ask| &ask.id).collect::<Vec<_>>()
    );
}

#[test]
fn a_usual_case_takes_no_more_than_twenty_five_questions() {
    let house = House::new();
    let counts: Vec<(usize, Option<usize>)> = ["clinic-abdomen-alba", "home-roller-0.2mm", "home-roller-1.5mm"]
        .iter()
        .map(|name| {
            let asked = interviewed(house, &Somebody::of_case(name), Answers::default());
            assert!(matches!(asked.step, Step::Done(_)), "{name}: {:?}", asked.step);
            let ids: Vec<&str> = asked.questions.iter().map(|ask| ask.id.as_str()).collect();
            assert!(ids.len() <= 25, "{name}: {} {ids:?}", ids.len());
            (ids.len(), asked.settled_after)
        })
        .collect();
    // The long roller at home is refused as soon as its length is known.
    assert!(counts[2].1.is_some_and(|asked| asked <= 6), "{counts:?}");
    assert_eq!((counts[0].1, counts[1].1), (None, None));
}

#[test]
fn the_first_question_is_whether_it_is_done_then_come_mark_and_plan_then_what_can_stop_it() {
    let house = House::new();
    let asked = interviewed(house, &Somebody::of_case("clinic-abdomen-alba"), Answers::default());
    let ids: Vec<&str> = asked.questions.iter().map(|ask| ask.id.as_str()).collect();
    assert_eq!(ids[..6], ["start", "mark", "site", "setting", "kind", "length"]);
    let at = |id: &str| ids.iter().position(|one| *one == id).unwrap_or_else(|| panic!("{id}"));
    assert!(at("age") < at("illness") && at("distress") < at("illness") && at("illness") < at("after"));
    // Whoever is in danger is helped before being asked about looks.
    assert_eq!(at("self_harm") + 1, at("distress"));
    // A clinic's patient is not asked what only the clinic knows; somebody at home is.
    assert!(!ids.contains(&"hygiene") && !ids.contains(&"needles"), "{ids:?}");
    let asked = interviewed(house, &Somebody::of_case("home-roller-0.2mm"), Answers::default());
    let ids: Vec<&str> = asked.questions.iter().map(|ask| ask.id.as_str()).collect();
    let at = |id: &str| ids.iter().position(|one| *one == id).unwrap_or_else(|| panic!("{id}"));
    assert!(
        at("illness") < at("needles") && at("needles") < at("hygiene"),
        "{ids:?}"
    );
}

#[test]
fn every_question_has_a_reason_and_a_list_none_of_which_fires_a_rule() {
    let house = House::new();
    for name in ["clinic-abdomen-alba", "home-roller-0.2mm"] {
        let asked = interviewed(house, &Somebody::of_case(name), Answers::default());
        for ask in &asked.questions {
            assert!(!ask.why.is_empty(), "{}", ask.id);
            assert!(!ask.why.contains("HIV"), "{}: {}", ask.id, ask.why);
        }
    }
    for item in &house.script.items {
        assert!(!item.why.is_empty() && !item.label.is_empty(), "{}", item.id);
    }
    // Where the script gives no reason, it is that of a rule that reads the field itself.
    let interviewer = house.interviewer();
    for rule in house.book.rules() {
        for path in rule.when.paths() {
            let question = Question {
                field: path.to_owned(),
                text: String::new(),
                allowed: String::new(),
                rules: vec![rule.id.clone(), "R53".to_owned(), "R50".to_owned()],
                serious: false,
                said_unknown: false,
            };
            let reason = interviewer.reason(&question);
            let gives: Vec<&str> = house
                .book
                .rules()
                .iter()
                .filter(|rule| rule.reason == reason && rule.when.paths().contains(path))
                .map(|rule| rule.id.as_str())
                .collect();
            assert!(!gives.is_empty(), "{path}: {reason}");
        }
    }
}

#[test]
fn a_path_that_no_case_has_is_an_error() {
    let script = text("evidence/interview.toml");
    for (right, wrong) in [
        ("\"person.bmi\"", "\"person.smoker\""),
        ("{ field = \"area.vein\",", "{ field = \"area.veins\","),
        ("\"lesion.stage\" = \"alba\"", "\"lesion.stages\" = \"alba\""),
        ("any = \"symptoms.infection_signs\"", "any = \"symptoms.infected\""),
        (
            "{ field = \"regimen.last_session\", is_not",
            "{ field = \"regimen.last\", is_not",
        ),
    ] {
        let changed = script.replace(right, wrong);
        assert_ne!(changed, script, "{right}");
        let error = Script::parse(&changed).unwrap_err().to_string();
        assert!(error.contains(wrong.split('"').nth(1).unwrap()), "{error}");
    }
    // What a choice sets is an answer that the format takes.
    let house = House::new();
    for item in &house.script.items {
        let sets: Vec<BTreeMap<String, String>> = match &item.asks {
            Asks::Choice(choices) => choices.iter().map(|choice| choice.sets.clone()).collect(),
            Asks::Several(members, _) => {
                let with = |answer: fn(&Member) -> &String| {
                    let answers = members
                        .iter()
                        .map(|member| (member.field.clone(), answer(member).clone()));
                    answers.collect()
                };
                vec![with(|member| &member.none), with(|member| &member.named)]
            }
            Asks::Field(_) => Vec::new(),
        };
        for set in sets {
            let mut answers = Answers::default();
            answers.give_together(&set.into_iter().collect::<Vec<_>>());
            house
                .interviewer()
                .judged(&answers)
                .unwrap_or_else(|error| panic!("{}: {error}", item.id));
        }
    }
}

#[test]
fn every_sign_is_asked_of_somebody_who_has_done_it_and_an_emergency_ends_it_at_once() {
    let house = House::new();
    let interviewer = house.interviewer();
    let start = |answers: &Answers| match interviewer.next(answers).unwrap() {
        Step::Ask(ask) => *ask,
        step => panic!("{step:?}"),
    };
    let mut answers = Answers::default();
    let first = start(&answers);
    answers = interviewer.accept(&answers, &first, "2").unwrap();
    assert!(answers.is_done_already());
    let second = start(&answers);
    assert_eq!(second.id, "emergency");
    let emergency = interviewer.accept(&answers, &second, "1").unwrap();
    assert_eq!(interviewer.next(&emergency).unwrap(), Step::Stop(Ending::Emergency));
    let mut who = Somebody::of(&[0]);
    who.0.insert("regimen.last_session".to_owned(), "1 day".to_owned());
    let asked = interviewed(house, &who, answers);
    assert!(matches!(asked.step, Step::Done(_)));
    assert!(asked.questions.len() <= 25, "{}", asked.questions.len());
    for field in fields().iter().filter(|field| field.path.starts_with("signs.")) {
        assert_eq!(asked.answers.get(&field.path), Some("no"), "{}", field.path);
    }
    let found = interviewer.triaged(&asked.answers, &[]).unwrap();
    assert_eq!((found.level, found.open.len()), (Level::Watch, 0), "{:?}", found.open);
    // A file of it goes on as what it is.
    assert!(Answers::of_document(&asked.answers.document()).is_done_already());
}

#[test]
fn under_age_distress_and_danger_signs_stop_a_plan_at_once() {
    let house = House::new();
    for (path, answer, ending) in [
        ("person.age", "16 years", Ending::UnderAge),
        ("health.self_harm", "yes", Ending::Distress),
        ("health.self_harm", "unknown", Ending::Distress),
        ("health.distress", "yes", Ending::Distress),
        ("symptoms.infection_signs", "yes", Ending::Urgent),
    ] {
        let step = house.interviewer().next(&given(&[(path, answer)])).unwrap();
        assert_eq!(step, Step::Stop(ending), "{path}");
    }
    // Distress alone refers, and does not close the door.
    let alone = given(&[("health.self_harm", "no"), ("health.distress", "yes")]);
    assert!(!matches!(house.interviewer().next(&alone).unwrap(), Step::Stop(_)));
}

pub(super) fn given(pairs: &[(&str, &str)]) -> Answers {
    let mut answers = Answers::default();
    pairs.iter().for_each(|(path, answer)| answers.give(path, answer));
    answers
}

#[test]
fn a_date_of_birth_is_asked_nowhere() {
    for field in fields() {
        let asks = field.question.to_lowercase();
        assert!(!asks.contains("date of birth") && !asks.contains("you born"), "{asks}");
    }
}

#[test]
fn what_is_named_in_a_list_is_asked_even_where_only_the_clinic_is_heard() {
    let house = House::new();
    let mut who = Somebody::of_case("clinic-abdomen-alba");
    who.0.insert("regimen.product_during".to_owned(), "other".to_owned());
    let asked = interviewed(house, &who, Answers::default());
    assert!(matches!(asked.step, Step::Done(_)), "{:?}", asked.step);
    assert_eq!(asked.answers.get("regimen.product_during"), Some("other"));
}

pub(super) fn field_ask(house: &House, path: &str) -> Ask {
    let Step::Ask(ask) = house.interviewer().ask_field(path, "", 1) else {
        panic!("{path}")
    };
    *ask
}

#[test]
fn people_answer_in_their_own_words() {
    let house = House::new();
    let (interviewer, none) = (house.interviewer(), Answers::default());
    for (path, typed, taken) in [
        ("lesion.site", "belly", "abdomen"),
        ("lesion.site", "Tummy", "abdomen"),
        ("lesion.site", "my bum", "buttock"),
        ("lesion.site", "Outer thighs", "thigh_outer"),
        ("lesion.site", "inner thigh", "thigh_inner"),
        ("lesion.site", "hips", "hip"),
        ("lesion.site", "bottom", "buttock"),
        ("device.needle_length", "1,5 mm", "1.5 mm"),
        ("device.kind", "Disc roller", "disc_roller"),
        ("device.kind", "1", "roller"),
        ("device.kind", "pen", "pen"),
        ("person.age", "31", "31 years"),
        ("person.bmi", "170 cm 65 kg", "22.49 kg/m2"),
        ("person.bmi", "65 kg, 1,70 m", "22.49 kg/m2"),
        ("person.bmi", "23 kg/m2", "23 kg/m2"),
        ("health.diabetes", "No", "no"),
        ("health.diabetes", "I don’t know", "unknown"),
        ("regimen.last_session", "yesterday", "1 day"),
        ("regimen.last_session", "3 weeks ago", "3 weeks"),
        ("health.isotretinoin", "Never", "never"),
        ("health.gave_birth", "No", "never"),
        ("lesion.stage", "pale", "alba"),
        ("device.kind", "\u{1b}[31mpen\u{7}", ""),
    ] {
        let ask = field_ask(house, path);
        match interviewer.accept(&none, &ask, typed) {
            Ok(more) => assert_eq!(more.get(path), Some(taken), "{typed}"),
            Err(error) => {
                assert!(taken.is_empty(), "{typed}: {error:?}");
                assert!(!format!("{error:?}").contains('\u{1b}'));
            }
        }
    }
    for (path, typed, offered) in [
        ("lesion.site", "abdomne", "abdomen"),
        ("lesion.site", "thighh", "thigh_outer"),
        // A word for several places lists them all.
        ("lesion.site", "thigh", "thigh_outer"),
        ("lesion.site", "thigh", "thigh_inner"),
        ("device.kind", "rolller", "roller"),
        ("device.needle_length", "1.5", "1.5 mm"),
    ] {
        let error = interviewer.accept(&none, &field_ask(house, path), typed).unwrap_err();
        assert!(error.nearest.iter().any(|one| one == offered), "{typed}: {error:?}");
        assert!(!error.allowed.is_empty() && !error.why.is_empty());
    }
}

#[test]
fn a_list_is_answered_by_none_by_numbers_or_by_not_knowing() {
    let house = House::new();
    let interviewer = house.interviewer();
    let item = house.script.items.iter().find(|item| item.id == "skin_now").unwrap();
    let before = given(&[("regimen.last_session", "never"), ("person.sex", "female")]);
    let (case, _) = interviewer.judged(&before).unwrap();
    let facts = Facts::resolved(&case, &house.catalog);
    let Step::Ask(ask) = interviewer.ask_item(item, &before, &facts, 1) else {
        panic!("a list")
    };
    let Prompt::Any(things) = &ask.prompt else {
        panic!("a list")
    };
    let none = interviewer.accept(&before, &ask, "None").unwrap();
    assert!(things.iter().all(|thing| none.get(&thing.field) == Some("no")));
    let some = interviewer.accept(&before, &ask, "2, 4?").unwrap();
    assert_eq!(some.get(&things[0].field), Some("no"));
    assert_eq!(some.get(&things[1].field), Some("yes"));
    assert_eq!(some.get(&things[3].field), Some("unknown"));
    let unsure = interviewer.accept(&before, &ask, "?").unwrap();
    assert!(things.iter().all(|thing| unsure.get(&thing.field) == Some("unknown")));
    for wrong in ["yes", "99", "2 and a half", ""] {
        let error = interviewer.accept(&before, &ask, wrong).unwrap_err();
        assert!(error.allowed.contains("none"), "{wrong}");
    }
    // What a yes does not say enough of is asked by itself.
    let item = house.script.items.iter().find(|item| item.id == "medicines").unwrap();
    let Step::Ask(ask) = interviewer.ask_item(item, &before, &facts, 1) else {
        panic!("a list")
    };
    let more = interviewer.accept(&before, &ask, "2").unwrap();
    assert_eq!(more.get("health.isotretinoin"), None);
    assert_eq!(more.get("health.blood_thinner"), Some("no"));
    let asked = interviewed(house, &Somebody::of(&[0]), more);
    assert!(asked.questions.iter().any(|ask| ask.id == "health.isotretinoin"));
}

#[test]
fn what_was_answered_is_shown_and_can_be_changed_and_taken_back() {
    let house = House::new();
    let interviewer = house.interviewer();
    let asked = interviewed(house, &Somebody::of_case("clinic-abdomen-alba"), Answers::default());
    let lines = interviewer.look_back(&asked.answers);
    // Every answer stands in one line.
    let held: Vec<&String> = lines.iter().flat_map(|line| &line.paths).collect();
    for path in asked.answers.paths().filter(|path| !path.starts_with(OWN)) {
        assert_eq!(held.iter().filter(|one| one.as_str() == path).count(), 1, "{path}");
    }
    let length = lines.iter().find(|line| line.label == "Needle length").unwrap();
    assert_eq!(length.answer, "1.5 mm");
    assert!(
        lines
            .iter()
            .any(|line| line.answer.starts_with("none of these: pregnancy, "))
    );
    // The file holds no choices, and still each answer stands in one line that says what it answers.
    let resumed = Answers::of_document(&asked.answers.document());
    let read = interviewer.look_back(&resumed);
    for path in resumed.paths() {
        let own: Vec<&Line> = read
            .iter()
            .filter(|line| line.paths.iter().any(|one| one == path))
            .collect();
        let [line] = own.as_slice() else {
            panic!("{path}: {own:?}")
        };
        assert!(!line.label.is_empty() && !line.answer.is_empty(), "{line:?}");
    }
    let mut changed = asked.answers.clone();
    length.paths.iter().for_each(|path| changed.take_back(path));
    let Step::Ask(again) = interviewer.next(&changed).unwrap() else {
        panic!("asked again")
    };
    assert_eq!(again.id, "length");
    let changed = interviewer.accept(&changed, &again, "0.2 mm").unwrap();
    assert!(matches!(interviewer.next(&changed).unwrap(), Step::Done(_)));
    assert_eq!(interviewer.shown(&changed, "length").unwrap().answer, "0.2 mm");
    // One step back takes back what one answer gave.
    let list = asked
        .questions
        .iter()
        .rfind(|ask| matches!(ask.prompt, Prompt::Any(_)))
        .unwrap();
    let mut back = asked.answers.clone();
    while back.get(&format!("{OWN}{}", list.id)).is_some() {
        back.undo().unwrap();
    }
    let Step::Ask(again) = interviewer.next(&back).unwrap() else {
        panic!("asked again")
    };
    assert_eq!(again.id, list.id);
}

#[test]
fn a_file_is_only_ours_as_long_as_nobody_has_put_anything_into_it() {
    let house = House::new();
    let asked = interviewed(house, &Somebody::of_case("home-roller-0.2mm"), Answers::default());
    let ours = asked.answers.document();
    assert!(Answers::made(&ours));
    let noted = format!("{ours}# my own note\n");
    for changed in [
        noted,
        ours.replace("screening", "title = \"mine\"\nscreening"),
        text("cases/home-face.toml"),
        "precious".to_owned(),
    ] {
        assert!(!Answers::made(&changed), "{changed}");
    }
}

#[test]
fn not_knowing_something_serious_refers_and_not_knowing_something_else_does_not() {
    let house = House::new();
    let interviewer = house.interviewer();
    let clinic = interviewed(house, &Somebody::of_case("clinic-abdomen-alba"), Answers::default()).answers;
    let safety = |answers: &Answers| interviewer.judged(answers).unwrap().1.safety;
    let with = |path: &str, answer: &str| interviewer.accept(&clinic, &field_ask(house, path), answer).unwrap();
    assert!(safety(&with("health.immunosuppressed", "unknown")) >= Safety::Refer);
    assert_eq!(safety(&with("health.fainting", "unknown")), safety(&clinic));
}

#[test]
fn a_changed_answer_drops_what_hung_on_it_and_asks_again() {
    let house = House::new();
    let interviewer = house.interviewer();
    let change = |answers: &Answers, answer: &str| {
        interviewer
            .accept(answers, &field_ask(house, "health.diabetes"), answer)
            .unwrap()
    };
    let mut answers = given(&[
        ("person.age", "30 years"),
        ("health.diabetes", "yes"),
        ("health.hba1c", "9 %"),
    ]);
    answers = change(&answers, "no");
    assert_eq!(answers.get("health.hba1c"), None);
    answers = change(&answers, "yes");
    let (_, screening) = interviewer.judged(&answers).unwrap();
    assert!(screening.questions.iter().any(|one| one.field == "health.hba1c"));
}

#[test]
fn the_table_names_every_rule_that_is_stricter_in_a_clinic() {
    let found: Vec<String> = House::new()
        .book
        .rules()
        .iter()
        .filter(|rule| rule.clinic > rule.home)
        .map(|rule| rule.id.clone())
        .collect();
    assert_eq!(found, CLINIC_IS_STRICTER);
}

/// Rules that weigh more in a clinic than at home.
const CLINIC_IS_STRICTER: &[&str] = &["R26", "R31c", "R52b", "R69"];

/// Every rule that fires on these answers.
fn fired(house: &House, answers: &Answers) -> BTreeSet<String> {
    let (_, screening) = house.interviewer().judged(answers).expect("the answers read");
    screening.fired.into_iter().map(|rule| rule.id).collect()
}

#[test]
fn what_was_not_kept_by_us_is_no_answers() {
    for text in [
        "",
        "needlework-answers/2",
        "needlework-answers/1\nx",
        "needlework-answers/1\n1\tno.field\tx",
    ] {
        assert_eq!(Answers::of_kept(text), None, "{text}");
    }
    // Forms end their lines in their own way.
    let read = Answers::of_kept("needlework-answers/1\r\n3\tperson.age\t30 years\r\n").unwrap();
    assert_eq!(read.get("person.age"), Some("30 years"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn it_ends_with_nothing_open_and_fires_what_the_person_would_fire(dice in prop::collection::vec(any::<u8>(), 130)) {
        let house = House::new();
        let who = Somebody::of(&dice);
        let asked = interviewed(house, &who, Answers::default());
        if let Step::Done(_) = asked.step {
            let (_, screening) = house.interviewer().judged(&asked.answers).unwrap();
            let unanswered: Vec<_> = screening.questions.iter().filter(|one| !one.said_unknown).collect();
            prop_assert!(unanswered.is_empty(), "{:?}", unanswered);
            // Nobody is told more than once, and no question comes twice.
            let ids: Vec<&String> = asked.questions.iter().map(|ask| &ask.id).collect();
            let once: BTreeSet<&&String> = ids.iter().filter(|id| id.as_str() != REST).collect();
            prop_assert_eq!(once.len(), ids.iter().filter(|id| id.as_str() != REST).count());
            // What was named in a list is in the answers: a yes is never lost.
            for (path, said) in &who.0 {
                if said == "yes" && asked.answers.get(path) == Some("no") {
                    prop_assert!(false, "{path} was yes and is no");
                }
            }
        }
    }

    #[test]
    fn the_order_of_the_answers_does_not_matter(dice in prop::collection::vec(any::<u8>(), 130), turn in 1_usize..40) {
        let house = House::new();
        let asked = interviewed(house, &Somebody::of(&dice), Answers::default());
        let answers = asked.answers;
        let mut paths: Vec<String> = answers.paths().map(str::to_owned).collect();
        let places = paths.len().max(1);
        paths.rotate_left(turn % places);
        let mut turned = Answers::default();
        paths.iter().for_each(|path| turned.give(path, answers.get(path).unwrap()));
        prop_assert_eq!(turned.document(), answers.document());
        prop_assert_eq!(Answers::of_document(&answers.document()).document(), answers.document());
        prop_assert_eq!(fired(house, &turned), fired(house, &answers));
    }

    #[test]
    fn answers_that_whoever_asks_has_kept_come_back_with_their_order(dice in prop::collection::vec(any::<u8>(), 130)) {
        let mut asked = interviewed(House::new(), &Somebody::of(&dice), Answers::default()).answers;
        let mut kept = Answers::of_kept(&asked.kept()).unwrap();
        // Ends: each turn takes an answer away.
        while let Some(path) = asked.undo() {
            prop_assert_eq!(kept.document(), Answers::of_kept(&kept.kept()).unwrap().document());
            prop_assert_eq!(kept.undo(), Some(path));
            prop_assert_eq!(kept.kept(), asked.kept());
        }
    }

    #[test]
    fn no_text_is_taken_for_an_answer_that_breaks_the_case(typed in "\\PC{0,40}", at in 0_usize..40) {
        let house = House::new();
        let interviewer = house.interviewer();
        let fields = fields();
        let field = &fields[at % fields.len()];
        if field.kind != AnswerKind::Section
            && let Ok(more) = interviewer.accept(&Answers::default(), &field_ask(house, &field.path), &typed)
        {
            prop_assert!(interviewer.judged(&more).is_ok());
            prop_assert!(interviewer.next(&more).is_ok());
        }
    }
}
