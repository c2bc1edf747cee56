//! What a person sees who made a mistake in a case file.

use needlework_case::{Case, Catalog, Diagnostic, Diagnostics, LARGEST_FILE, read, read_bytes};

const SITES: &str = "[[site]]\nname = \"abdomen\"\nlabel = \"belly\"\nclasses = [\"trunk\"]\n\
                     dermis_as = \"abdomen\"\nepidermis_as = \"abdomen\"\nflora_as = \"abdomen\"\n\
                     [[site]]\nname = \"axilla\"\nlabel = \"armpit\"\nclasses = [\"moist\"]\n\
                     dermis_as = \"fold\"\nepidermis_as = \"thin\"\nflora_as = \"axilla\"\n";
const DEVICES: &str = "[[device]]\nname = \"roller-192-0.5mm\"\nlabel = \"R\"\nkind = \"roller\"\nneedle_length = \
    \"0.5 mm\"\n\
                       source = \"project\"\nseen = \"assumed\"\n";

fn catalog() -> Catalog {
    Catalog::parse(SITES, DEVICES).unwrap()
}

fn problems(text: &str) -> Diagnostics {
    match read(text, "case.toml", &catalog()) {
        Ok(case) => panic!("this read: {case:?}"),
        Err(found) => found,
    }
}

fn only(text: &str) -> (Diagnostic, String) {
    let found = problems(text);
    assert_eq!(found.problems.len(), 1, "{found}");
    let problem = found.problems[0].clone();
    let marked = found.text[problem.span.clone()].to_owned();
    (problem, marked)
}

/// A line put into an otherwise good case.
fn with(section: &str, line: &str) -> String {
    let mut text = String::from("[lesion]\nkind = \"striae\"\n");
    if section != "lesion" {
        text.push_str(&format!("[{section}]\n"));
    }
    text + line + "\n"
}

#[test]
fn several_problems_come_at_once_in_the_order_of_the_file() {
    let text = "[lesion]\nkind = \"strie\"\nsite = \"abdomne\"\nwidht = \"3 mm\"\n\n[device]\nneedle_length = 1.5\n\
                shared = \"no\"\n\n[regimen]\nsessions = 1000000000\ninterval = \"-4 week\"\nstart_date = \
                \"2027-02-30\"\n";
    let found = problems(text);
    let places: Vec<(usize, &str)> = found
        .problems
        .iter()
        .map(|problem| (found.position(problem.span.start).0, problem.path.as_str()))
        .collect();
    assert_eq!(
        places,
        [
            (2, "lesion.kind"),
            (3, "lesion.site"),
            (4, "lesion.widht"),
            (7, "device.needle_length"),
            (8, "device.shared"),
            (11, "regimen.sessions"),
            (12, "regimen.interval"),
            (13, "regimen.start_date"),
        ],
        "{found}"
    );
    let nearest: Vec<Option<&str>> = found
        .problems
        .iter()
        .map(|problem| problem.nearest.as_deref())
        .collect();
    assert_eq!(
        nearest,
        [
            Some("\"striae\""),
            Some("\"abdomen\""),
            Some("width"),
            None,
            Some("false"),
            None,
            None,
            None
        ]
    );
}

#[test]
fn the_plain_form_shows_file_line_column_caret_and_help() {
    let found = problems("[lesion]\nkind = \"striae\"\nstage = \"rubr\"\n").to_string();
    assert!(found.contains("  --> case.toml:3:9\n"), "{found}");
    assert!(
        found.contains("3 | stage = \"rubr\"\n  |         ^^^^^^ not one of the words\n"),
        "{found}"
    );
    assert!(
        found.contains("\"rubra\", \"alba\", \"mixed\", or \"unknown\""),
        "{found}"
    );
    assert!(found.contains("did you mean: \"rubra\""), "{found}");
}

#[test]
fn a_wrong_key_is_marked_itself_and_a_key_of_another_section_is_sent_there() {
    let (problem, marked) = only(&with("device", "needle_lenght = \"1 mm\""));
    assert_eq!(
        (marked.as_str(), problem.nearest.as_deref()),
        ("needle_lenght", Some("needle_length"))
    );
    let (problem, marked) = only(&with("person", "pregnant = \"no\""));
    assert_eq!(
        (marked.as_str(), problem.nearest.as_deref()),
        ("pregnant", Some("health.pregnant"))
    );
    let (problem, marked) = only(&with("persn", "age = \"3 years\""));
    assert_eq!((marked.as_str(), problem.nearest.as_deref()), ("persn", Some("person")));
}

#[test]
fn a_number_without_its_unit_or_with_a_wrong_one_is_refused() {
    for (value, part, nearest) in [
        ("1.5", "has no unit", None),
        ("15", "has no unit", None),
        ("\"1.5\"", "has no unit", None),
        ("\"1.5 week\"", "measures a time", None),
        ("\"1.5 milimeter\"", "not a unit", Some("\"1.5 mm\"")),
        ("\"1.5 mmm\"", "not a unit", None),
        ("\"-1.5 mm\"", "below zero", None),
        ("\"NaN mm\"", "number", None),
        ("\"inf mm\"", "number", None),
        ("\"1e400 mm\"", "finite", None),
        ("nan", "no unit", None),
        ("1e400", "", None),
        ("true", "a length", None),
        ("[]", "", None),
        ("\"\"", "number", None),
        ("\"unknwon\"", "number", Some("\"unknown\"")),
    ] {
        let (problem, marked) = only(&with("device", &format!("needle_length = {value}")));
        assert_eq!(marked, value);
        assert!(problem.message.contains(part), "{value}: {}", problem.message);
        assert!(problem.help.contains("How long are the needles?"), "{}", problem.help);
        assert_eq!(problem.nearest.as_deref(), nearest, "{value}");
    }
}

#[test]
fn a_number_beyond_what_can_be_is_refused_with_its_limits() {
    for (section, line, allowed) in [
        ("device", "needle_length = \"5.1 mm\"", "from 0 mm to 5 mm"),
        ("device", "needle_length = \"1 m\"", "from 0 mm to 5 mm"),
        ("regimen", "sessions = 61", "from 0 to 60"),
        ("regimen", "sessions = 1000000000", "from 0 to 60"),
        ("regimen", "interval = \"13 months\"", "from 0 day to 1 year"),
        ("regimen", "passes = 0", "from 1 to 50"),
        ("person", "age = \"121 years\"", "from 0 year to 120 year"),
        ("person", "bmi = \"7 kg/m2\"", "from 8 kg/m2 to 100 kg/m2"),
        ("lesion", "treated_area = \"2.1 m2\"", "from 1 mm2 to 2 m2"),
        ("health", "isotretinoin = \"200 years\"", "to 120 year"),
        (
            "aftercare",
            "topicals = [{ product = \"acid\", after = \"2 years\" }]",
            "to 1 year",
        ),
    ] {
        let (problem, marked) = only(&with(section, line));
        assert!(line.ends_with(&marked), "{marked}");
        assert!(problem.help.contains(allowed), "{line}: {}", problem.help);
    }
    for line in [
        "sessions = -1",
        "sessions = 10000000000000",
        "sessions = 2.5",
        "sessions = \"3\"",
    ] {
        let (problem, _) = only(&with("regimen", line));
        assert!(problem.help.contains("from 0 to 60"), "{}", problem.help);
    }
}

#[test]
fn a_name_that_nobody_knows_brings_the_nearest_one_also_from_another_word() {
    let (problem, _) = only(&with("lesion", "site = \"armpitt\""));
    assert_eq!(problem.nearest.as_deref(), Some("\"axilla\""));
    let (problem, _) = only(&with("device", "name = \"rollr 192 0.5 mm\""));
    assert_eq!(problem.nearest.as_deref(), Some("\"roller-192-0.5mm\""));
    assert!(read(&with("lesion", "site = \"unknown\""), "f", &catalog()).is_ok());
}

#[test]
fn answers_that_cannot_both_be_true_are_refused() {
    for (text, path) in [
        ("[regimen]\narm = \"nothing\"\nsessions = 3\n", "regimen.sessions"),
        ("[lesion]\nkind = \"acne_scar\"\nstage = \"alba\"\n", "lesion.stage"),
        (
            "[person]\nage = \"20 years\"\n[lesion]\nkind = \"striae\"\nage = \"30 years\"\n",
            "lesion.age",
        ),
        (
            "[regimen]\narm = \"needling\"\nlast_session = \"never\"\nsessions_so_far = 2\n",
            "regimen.sessions_so_far",
        ),
        (
            "[regimen]\narm = \"needling\"\nlast_session = \"3 weeks\"\nsessions_so_far = 0\n",
            "regimen.sessions_so_far",
        ),
    ] {
        assert_eq!(only(text).0.path, path);
    }
    for text in [
        "[regimen]\narm = \"needling\"\nsessions = 0\n",
        "[regimen]\narm = \"nothing\"\nsessions = 0\n",
    ] {
        assert!(read(text, "f", &catalog()).is_ok(), "{text}");
    }
}

#[test]
fn a_problem_inside_a_list_is_marked_where_it_is() {
    let text = with(
        "aftercare",
        "topicals = [{ product = \"acid\", after = \"1 day\" }, { product = \"retinod\", after = \"1 day\" }, { \
            product = \"acid\" }]",
    );
    let found = problems(&text);
    let marked: Vec<&str> = found
        .problems
        .iter()
        .map(|problem| &found.text[problem.span.clone()])
        .collect();
    assert_eq!(marked, ["\"retinod\"", "{ product = \"acid\" }"], "{found}");
    assert_eq!(found.problems[0].nearest.as_deref(), Some("\"retinoid\""));
    let text = with(
        "lesion",
        "[[aftercare.topicals]]\nproduct = \"acid\"\nafter = 3\n[[aftercare.topicals]]\nsoap = 1\n",
    );
    let found = problems(&text);
    assert_eq!(found.problems.len(), 2, "{found}");
    assert_eq!(found.problems[1].path, "aftercare.topicals[].soap");
}

#[test]
fn a_list_where_a_section_or_an_item_belongs_is_not_read_by_its_order() {
    for text in [
        "lesion = [\"striae\", \"abdomen\"]\n",
        "lesion = []\n",
        "lesion = 3\n",
        "[[lesion]]\nkind = \"striae\"\n",
    ] {
        let (problem, _) = only(text);
        assert!(
            problem.path == "lesion" && problem.help.contains("[lesion]"),
            "{text}: {}",
            problem.message
        );
    }
    let (problem, marked) = only(&with("aftercare", "topicals = [[\"acid\", \"1 day\"]]"));
    assert_eq!(
        (problem.path.as_str(), marked.as_str()),
        ("aftercare.topicals[]", "[\"acid\", \"1 day\"]")
    );
    assert!(!problems(&with("person", "sex = { female = {} }")).problems.is_empty());
}

#[test]
fn broken_toml_shows_every_broken_line_and_offers_the_quotes() {
    let found = problems("[lesion]\nkind = striae\nwidth = 3 mm # wide\n[device\n");
    assert!(found.problems.len() >= 3, "{found}");
    assert_eq!(
        found.problems[0].nearest.as_deref(),
        Some("kind = \"striae\""),
        "{found}"
    );
    assert_eq!(
        found.problems[1].nearest.as_deref(),
        Some("width = \"3 mm\""),
        "{found}"
    );
    let found = problems("[lesion]\nkind = \"striae\"\nkind = \"none\"\n");
    assert!(found.problems[0].message.contains("duplicate key"), "{found}");
}

#[test]
fn an_empty_file_is_told_what_a_case_needs() {
    for text in ["", "\n\n", "# a comment\n", "\u{feff}"] {
        let (problem, _) = only(text);
        assert!(
            problem.help.contains("kind = \"striae\"") && problem.help.contains("[regimen]"),
            "{}",
            problem.help
        );
    }
    let (problem, _) = only("[person]\nage = \"30 years\"\n");
    assert!(problem.message.contains("neither"), "{}", problem.message);
    assert!(read("[lesion]\nkind = \"unknown\"\n", "f", &catalog()).is_ok());
}

#[test]
fn a_date_is_a_day_of_the_calendar_in_quotes() {
    assert!(
        only(&with("regimen", "start_date = \"2027-02-29\""))
            .0
            .message
            .contains("calendar")
    );
    assert!(
        only(&with("regimen", "start_date = \"1.5.2027\""))
            .0
            .help
            .contains("2027-01-15")
    );
    assert!(
        only(&with("regimen", "start_date = 2027-01-15"))
            .0
            .message
            .contains("quotes")
    );
    assert!(read(&with("regimen", "start_date = \"2028-02-29\""), "f", &catalog()).is_ok());
}

#[test]
fn a_binary_file_is_told_from_text_by_its_first_bad_byte() {
    let found = read_bytes(b"[lesion]\nkind\xff\xfe", "f", &catalog()).unwrap_err();
    assert!(found.problems[0].message.contains("offset 13"), "{found}");
    assert_eq!(found.position(found.problems[0].span.start), (2, 5));
    let found = read_bytes(&[0x7f, b'E', b'L', b'F', 0, 1, 0xff], "f", &catalog()).unwrap_err();
    assert!(!found.to_string().contains('\0'));
    assert!(read_bytes(b"[lesion]\nkind = \"striae\"\n", "f", &catalog()).is_ok());
}

#[test]
fn a_file_of_more_than_a_mebibyte_is_refused_unread() {
    let long = "#".repeat(LARGEST_FILE + 1);
    for found in [
        problems(&long),
        read_bytes(long.as_bytes(), "f", &catalog()).unwrap_err(),
    ] {
        assert_eq!(found.problems.len(), 1);
        assert!(found.text.is_empty() && found.problems[0].message.contains("at most"));
    }
    let full = format!("[lesion]\nkind = \"striae\"\n#{}", "x".repeat(LARGEST_FILE - 40));
    assert!(read(&full, "f", &catalog()).is_ok());
}

/// So many problems are shown at once.
const SHOWN: usize = 20;

#[test]
fn deep_nests_and_huge_lists_end_in_an_error_and_not_in_a_crash() {
    let nest =
        |open: &str, close: &str, inner: &str| format!("a = {}{inner}{}", open.repeat(100_000), close.repeat(100_000));
    let texts = [
        nest("[", "]", ""),
        nest("{a=", "}", "1"),
        format!("a = {}", "[".repeat(500_000)),
        format!("a = {}", "{b=".repeat(200_000)),
        format!("{} = 1", vec!["a"; 200_000].join(".")),
        format!("[{}]\nb = 1", vec!["a"; 200_000].join(".")),
        format!("{}x{}", "[".repeat(300_000), "]".repeat(300_000)),
        format!("[aftercare]\ntopicals = [{}]", "1,".repeat(300_000)),
        format!("[aftercare]\ntopicals = {}1{}", "[".repeat(60), "]".repeat(60)),
        format!("[lesion]\nkind = \"{}\"", "x".repeat(900_000)),
        format!("{} = 1", "k".repeat(900_000)),
        "]\n".repeat(500_000),
        (0..90_000).map(|number| format!("k{number}=1\n")).collect(),
        "\"".repeat(1_000_000),
    ];
    for text in texts {
        let found = problems(&text);
        assert!(!found.problems.is_empty() && found.problems.len() <= SHOWN);
        assert!(found.to_string().len() < 100_000, "{}", found.to_string().len());
    }
}

#[test]
fn more_problems_than_are_shown_are_announced() {
    let text: String = (0..50).map(|number| format!("k{number} = 1\n")).collect();
    let found = problems(&text);
    assert_eq!(found.problems.len(), SHOWN);
    assert!(found.more && found.to_string().contains("and more problems"));
}

#[test]
fn json_of_a_case_reads_with_the_same_types() {
    let text = with("device", "needle_length = \"1.5 mm\"\nshared = \"unknown\"");
    let case = read(&text, "f", &catalog()).unwrap();
    let json = serde_json::to_value(&case).unwrap();
    assert_eq!(json["device"]["needles"], serde_json::Value::Null);
    assert_eq!(serde_json::from_value::<Case>(json).unwrap(), case);
}

#[test]
fn each_of_several_sites_is_looked_up() {
    let (problem, _) = only("[lesion]\nkind = \"striae\"\nsite = \"abdomen\"\nother_sites = \"axilla, belly\"\n");
    assert!(problem.message.contains("\"belly\""), "{}", problem.message);
    assert_eq!(problem.path, "lesion.other_sites");
}
