//! Properties of the reader: no input makes it panic, every span lies in the text, and what is written reads back.

use std::path::Path;
use std::sync::LazyLock;

use needlework_case::{
    Adjunct, Answer, Arm, Case, Catalog, Diagnostics, Diet, Fitzpatrick, Format, Lapse, LesionKind, Pregnant, Product,
    Setting, Stage, Topical, read, read_bytes, write,
};
use needlework_units::{Angle, Area, BodyMassIndex, Force, Length, Ratio, Time};
use proptest::prelude::*;

fn file(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(name)).unwrap()
}

static CATALOG: LazyLock<Catalog> =
    LazyLock::new(|| Catalog::parse(&file("evidence/sites.toml"), &file("evidence/devices.toml")).unwrap());
static VALID: LazyLock<String> = LazyLock::new(|| file("cases/clinic-abdomen-alba.toml"));

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 400,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// What must hold of every refusal.
fn sound(found: &Diagnostics) {
    assert!(!found.problems.is_empty());
    for problem in &found.problems {
        assert!(problem.span.start <= problem.span.end && problem.span.end <= found.text.len());
        assert!(found.text.is_char_boundary(problem.span.start) && found.text.is_char_boundary(problem.span.end));
        assert!(!problem.message.is_empty());
        let (line, column) = found.position(problem.span.start);
        assert!(line >= 1 && column >= 1);
    }
    assert!(!found.to_string().is_empty());
}

fn try_bytes(bytes: &[u8]) {
    if let Err(found) = read_bytes(bytes, "any.toml", &CATALOG) {
        sound(&found);
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_bytes_are_read_or_refused_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        try_bytes(&bytes);
    }

    #[test]
    fn any_text_is_read_or_refused_without_a_panic(text in any::<String>()) {
        try_bytes(text.as_bytes());
    }

    #[test]
    fn text_made_of_pieces_of_toml_never_panics(
        pieces in proptest::collection::vec(
            proptest::sample::select(vec![
                "[lesion]\n", "[[aftercare.topicals]]\n", "[", "]", "{", "}", "=", "\"", "'''", "\"\"\"", "\n", ",",
                ".",
                "kind", "lesion", "site", "topicals", "product", "after", "1.5", "-1", "1e400", "nan",
                "\"1.5 mm\"", "\"µ\"", "é", "#",
                "true", "\"unknown\"", "2027-01-15", "\\u0000", "\r\n", "\t", "aftercare",
            ]),
            0..60,
        )
    ) {
        try_bytes(pieces.concat().as_bytes());
    }

    #[test]
    fn a_good_file_with_a_few_bytes_changed_never_panics(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 1..12)
    ) {
        let mut bytes = VALID.clone().into_bytes();
        for (at, byte, what) in changes {
            let at = at.index(bytes.len());
            match what {
                0 => bytes[at] = byte,
                1 => { bytes.remove(at); }
                _ => bytes.insert(at, byte),
            }
        }
        try_bytes(&bytes);
    }

    #[test]
    fn a_good_file_with_lines_torn_out_or_swapped_never_panics(
        moves in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..8)
    ) {
        let mut lines: Vec<&str> = VALID.lines().collect();
        for (from, to) in moves {
            let line = lines.remove(from.index(lines.len()));
            lines.insert(to.index(lines.len() + 1), line);
        }
        try_bytes(lines.join("\n").as_bytes());
    }

    #[test]
    fn what_is_written_reads_back_equal(case in any_case()) {
        let text = write(&case);
        match read(&text, "written.toml", &CATALOG) {
            Ok(again) => {
                // Texts come in clean.
                let mut case = case;
                for text in [&mut case.about.title, &mut case.about.study, &mut case.about.note] {
                    if let Answer::Known(text) = text {
                        *text = needlework_case::printable(text);
                    }
                }
                prop_assert_eq!(again, case);
            }
            Err(found) => prop_assert!(false, "{}\n{}", found, text),
        }
    }

    #[test]
    fn a_number_in_any_unit_reads_back_within_its_rounding(mm in 1e-6..5.0_f64, days in 1e-4..40_000.0_f64) {
        let mut case = Case::default();
        case.lesion.kind = Answer::Known(LesionKind::Striae);
        case.device.needle_length = Answer::Known(Length::from_mm(mm));
        case.person.age = Answer::Known(Time::from_days(days));
        let again = read(&write(&case), "written.toml", &CATALOG).unwrap();
        prop_assert!((again.device.needle_length.get().unwrap().mm() / mm - 1.0).abs() < 1e-9);
        prop_assert!((again.person.age.get().unwrap().days() / days - 1.0).abs() < 1e-9);
        prop_assert_eq!(write(&again), write(&case), "and stays as it is from then on");
    }
}

fn answer<T: std::fmt::Debug + Clone + 'static>(known: impl Strategy<Value = T> + 'static) -> BoxedStrategy<Answer<T>> {
    prop_oneof![
        Just(Answer::Missing),
        Just(Answer::Unknown),
        known.prop_map(Answer::Known)
    ]
    .boxed()
}

fn word<T: std::fmt::Debug + Clone + 'static>(words: &'static [T]) -> BoxedStrategy<Answer<T>> {
    answer(proptest::sample::select(words))
}

/// Times in the units that a case is written in.
fn time() -> BoxedStrategy<Time> {
    prop_oneof![
        (0..72_u32).prop_map(|hours| Time::from_hours(f64::from(hours))),
        (3..14_u32).prop_map(|days| Time::from_days(f64::from(days))),
        (2..50_u32).prop_map(|weeks| Time::from_weeks(f64::from(weeks))),
    ]
    .boxed()
}

fn lapse() -> BoxedStrategy<Lapse> {
    prop_oneof![Just(Lapse::Never), Just(Lapse::Now), time().prop_map(Lapse::After)].boxed()
}

fn text() -> BoxedStrategy<String> {
    // Quotes, line ends, brackets and characters of several bytes, which a writer must escape.
    proptest::collection::vec(
        proptest::sample::select(vec![
            "a", "\"", "'", "\\", "\n", "[about]", "é", "\"\"\"", "#", "\u{0}", "\u{1b}", "😀", "\r",
        ]),
        0..12,
    )
    .prop_map(|parts| format!("{}.", parts.concat()))
    .boxed()
}

fn any_case() -> impl Strategy<Value = Case> {
    let product = proptest::sample::select(vec![Product::Acid, Product::VitaminC, Product::SterileSaline]);
    let topical = (product, time()).prop_map(|(product, after)| Topical { product, after });
    let words = (
        word(&[Pregnant::Yes, Pregnant::Possible, Pregnant::No]),
        word(&[Fitzpatrick::I, Fitzpatrick::VI]),
        word(&[Stage::Rubra, Stage::Alba, Stage::Mixed]),
        word(&[Setting::Home, Setting::Salon, Setting::Clinic]),
        word(&[Adjunct::None, Adjunct::Prp]),
        word(&[Diet::Adequate, Diet::Undernourished]),
        answer(any::<bool>()),
        answer(any::<bool>()),
    );
    let numbers = (
        answer((0..=500_u32).prop_map(|hundredths| Length::from_mm(f64::from(hundredths * 10) / 1000.0))),
        answer((1..200_u32).prop_map(|cm2| Area::from_cm2(f64::from(cm2)))),
        answer((-90..=90_i32).prop_map(|degrees| Angle::from_degrees(f64::from(degrees)))),
        answer((80..=600_u32).prop_map(|tenths| BodyMassIndex::from_kg_per_m2(f64::from(tenths) / 10.0))),
        answer((20..200_u32).prop_map(|tenths| Ratio::from_percent(f64::from(tenths) / 10.0))),
        answer((0..1000_u32).prop_map(|tenths| Force::from_newtons(f64::from(tenths) / 10.0))),
        answer(0..=60_u32),
    );
    let others = (
        answer(time()),
        answer(lapse()),
        answer(lapse()),
        answer(proptest::collection::vec(topical, 0..4)),
        answer(text()),
        answer(Just("2028-02-29".to_owned())),
        answer(proptest::sample::select(vec![
            "abdomen".to_owned(),
            "toe_web".to_owned(),
        ])),
        any::<bool>(),
    );
    (words, numbers, others).prop_map(|(words, numbers, others)| {
        let mut case = Case::default();
        case.lesion.kind = Answer::Known(LesionKind::Striae);
        case.regimen.arm = Answer::Known(Arm::Needling);
        (
            case.health.pregnant,
            case.person.fitzpatrick,
            case.lesion.stage,
            case.regimen.setting,
        ) = (words.0, words.1, words.2, words.3);
        (
            case.regimen.adjunct,
            case.person.diet,
            case.device.shared,
            case.symptoms.bled,
        ) = (words.4, words.5, words.6, words.7);
        (
            case.device.needle_length,
            case.hygiene.numbing_area,
            case.person.ita,
            case.person.bmi,
        ) = (numbers.0, numbers.1, numbers.2, numbers.3);
        (case.health.hba1c, case.regimen.force, case.regimen.sessions) = (numbers.4, numbers.5, numbers.6);
        (case.regimen.interval, case.area.surgery, case.aftercare.water) = (others.0, others.1, others.2);
        (
            case.aftercare.topicals,
            case.about.note,
            case.regimen.start_date,
            case.lesion.site,
        ) = (others.3, others.4, others.5, others.6);
        case.format = others.7.then_some(Format::V1);
        case
    })
}

/// Numbers as they come, without an end.
fn draws(seed: u64) -> impl FnMut(usize) -> usize {
    let mut state = seed;
    move |below| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below.max(1)
    }
}

#[test]
fn any_case_reads_and_together_they_answer_every_question_with_every_word() {
    use needlework_case::{AnswerKind, any_case, fields};
    let mut texts = String::new();
    for seed in 0..1500 {
        let text = any_case(&CATALOG, &mut draws(seed));
        read(&text, "any", &CATALOG).unwrap_or_else(|found| panic!("{seed}: {found}\n{text}"));
        texts.push_str(&text);
    }
    for field in fields() {
        let name = field.path.rsplit('.').next().unwrap();
        if field.kind != AnswerKind::Section {
            assert!(
                texts.contains(&format!("{name} = ")),
                "{} is never answered",
                field.path
            );
        }
        for choice in field.choices {
            assert!(
                texts.contains(&format!("{name} = \"{}\"", choice.word)),
                "{}: {}",
                field.path,
                choice.word
            );
        }
    }
}

#[test]
fn texts_of_a_case_come_in_clean() {
    let text = "[about]\ntitle = \"a\\u001b[31mb\\u202ec\"\nnote = \"\\u009bc\\u0007\"\n[lesion]\nkind = \
        \"striae\"\n[regimen]\narm = \"needling\"\n";
    let case = read(text, "any", &CATALOG).unwrap();
    for answer in [&case.about.title, &case.about.note] {
        assert!(
            !answer.known().unwrap().chars().any(needlework_case::steers),
            "{answer:?}"
        );
    }
    for nothing in ["\\u009b\\u0007", "\\u202e\\u2066", "\\u00ad \\u200b"] {
        let found = read(&text.replace("\\u009bc\\u0007", nothing), "any", &CATALOG).unwrap_err();
        assert_eq!(found.problems[0].path, "about.note", "{nothing}");
    }
}
