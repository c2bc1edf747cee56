//! A comparison as page, terminal, JSON and table: what a reader is not shown stands nowhere, and nothing is ranked.

use std::sync::OnceLock;

use needlework::case::{Case, read};
use needlework::cohort::Settings;
use needlework::numerics::unwatched;
use needlework::questions::{Asked, PUBLISHED_MARK, SideBySide, compare};
use needlework::verdict::{Inquiry, Library, Range, Reading};
use needlework_files::{COMPARISON, ColumnData, parquet};
use needlework_page_reader::{Page, laws};
use needlework_pages::{compare_html, compare_json, compare_table, compare_terminal, schema};

fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| needlework::bundle().unwrap())
}

fn case(name: &str) -> Case {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../cases/{name}.toml"));
    read(&std::fs::read_to_string(path).unwrap(), name, &library().catalog).unwrap()
}

fn compared(names: &[&str], reading: Reading) -> SideBySide {
    let asked: Vec<Asked> = names
        .iter()
        .map(|name| Asked {
            label: format!(
                "the plan {}",
                name.replace(|c: char| c.is_ascii_digit() || c == '.', "")
            ),
            settings: Vec::new(),
            case: case(name),
        })
        .collect();
    let inquiry = Inquiry {
        settings: Settings {
            seed: 3,
            worlds: 10,
            ..Settings::default()
        },
        reading,
        ..Inquiry::new(library())
    };
    compare("plans", &asked, &inquiry, &mut unwatched).unwrap()
}

/// Takes out every sentence that the rules say of an alternative: the digits that stay are ours.
fn without_rules(text: &str, comparison: &SideBySide) -> String {
    let mut rest = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let one = &comparison.alternatives[0];
    let mut said: Vec<String> = one.verdict.rules.iter().map(|rule| rule.reason.clone()).collect();
    said.extend(one.verdict.instead.iter().cloned());
    said.extend(comparison.sources.iter().flat_map(|line| {
        [
            format!("{}, {}", line.title, line.year),
            line.title.clone(),
            line.key.clone(),
        ]
    }));
    said.sort_by_key(|text| std::cmp::Reverse(text.len()));
    for sentence in said {
        rest = rest.replace(sentence.trim_end_matches('.'), "");
    }
    rest
}

#[test]
fn a_refused_alternative_shows_the_refusal_and_not_one_number_of_ours() {
    let found = compared(&["home-roller-1.5mm", "clinic-abdomen-alba"], Reading::Lay);
    let page = Page::read(&compare_html(&found)).unwrap();
    let card = page.by_id("alternative-A").unwrap();
    let said = card.text();
    assert!(
        said.contains("Do not do this plan.") && said.contains("no numbers are shown"),
        "{said}"
    );
    let ours = without_rules(&card.told(), &found);
    assert!(!ours.contains(|c: char| c.is_ascii_digit()), "{ours}");
    // Its rows in the tables hold one sentence and nothing else.
    let rows: Vec<String> = page
        .named("tr")
        .filter(|row| row.of_class("letter").any(|letter| letter.text() == "A"))
        .map(|row| row.told())
        .collect();
    assert!(rows.len() >= 2, "{}", rows.len());
    for said in rows {
        assert!(
            said.contains("no numbers are shown") && !said.contains(|c: char| c.is_ascii_digit()),
            "{said}"
        );
    }
    for chart in page.named("desc") {
        assert!(!chart.told().contains("A: "), "a chart knows the refused plan");
    }
    let screen = compare_terminal(&found);
    let block = screen.split("\nA: ").nth(1).unwrap().split("\nB: ").next().unwrap();
    let ours = without_rules(block, &found);
    assert!(!ours.contains(|c: char| c.is_ascii_digit()), "{ours}");
    assert!(
        !screen.lines().any(|line| line.starts_with("A ")),
        "a table has a row of the refused plan:\n{screen}"
    );

    let json: serde_json::Value = serde_json::from_str(&compare_json(&found).unwrap()).unwrap();
    let one = &json["alternatives"][0];
    for field in ["expected", "burden", "needles", "against_first", "against_nothing"] {
        assert!(one[field].is_null(), "{field}");
    }
    assert_eq!(one["risks"].as_array().unwrap().len(), 0);
    for column in compare_table(&found).columns {
        if let ColumnData::Numbers(values) = column.data {
            assert!(values[0].is_none(), "{}", column.name);
        }
    }
}

#[test]
fn a_number_that_slipped_into_the_data_of_a_refused_plan_is_still_not_drawn() {
    let mut found = compared(&["home-roller-1.5mm", "clinic-abdomen-alba"], Reading::Lay);
    let donor = found.alternatives[1].clone();
    let refused = &mut found.alternatives[0];
    (refused.expected, refused.burden, refused.risks) = (donor.expected, donor.burden, donor.risks);
    refused.against_nothing = donor.against_nothing;
    let clean = compared(&["home-roller-1.5mm", "clinic-abdomen-alba"], Reading::Lay);
    assert!(compare_html(&found) == compare_html(&clean));
    assert!(compare_terminal(&found) == compare_terminal(&clean));
}

#[test]
fn published_arms_are_marked_wherever_they_stand() {
    let found = compared(&["clinic-abdomen-alba", "asawaworarit-2017-tretinoin"], Reading::Lay);
    let arms = 8;
    let page = Page::read(&compare_html(&found)).unwrap();
    let stamps = page.of_class("stamp").filter(|stamp| stamp.text() == PUBLISHED_MARK);
    assert_eq!(stamps.count(), arms);
    let screen = compare_terminal(&found)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    assert_eq!(screen.matches(&format!("({PUBLISHED_MARK};")).count(), arms);
    assert!(page.text().contains("Not simulated; published results stand below."));
    let named = compare_table(&found)
        .columns
        .into_iter()
        .find(|column| column.name == "label")
        .unwrap()
        .data;
    let ColumnData::Texts(labels) = named else {
        panic!("labels are texts")
    };
    assert_eq!(
        labels.len(),
        found.alternatives.len(),
        "a published arm is no row of the table"
    );
}

#[test]
fn nothing_is_sorted_and_nothing_is_called_best() {
    let names = ["clinic-thigh-rubra", "clinic-abdomen-alba", "clinic-thigh-rubra"];
    for reading in [Reading::Lay, Reading::Research] {
        let found = compared(&names, reading);
        let page = Page::read(&compare_html(&found)).unwrap();
        let page = page.named("html").next().unwrap().told().to_lowercase();
        let screen = compare_terminal(&found);
        for word in [" best", "winner", "recommend", "superior", "first place", " top "] {
            assert!(!page.contains(word) && !screen.to_lowercase().contains(word), "{word}");
        }
        let places: Vec<usize> = ["A: ", "B: ", "C: ", "D: "]
            .iter()
            .map(|name| screen.find(&format!("\n{name}")).unwrap())
            .collect();
        assert!(places.is_sorted(), "{places:?}");
        assert!(screen.contains("Nothing here is ranked."));
    }
}

#[test]
fn the_terminal_keeps_to_its_width_and_the_page_loads_nothing() {
    let found = compared(
        &["home-roller-1.5mm", "clinic-abdomen-alba", "home-roller-0.2mm"],
        Reading::Research,
    );
    for line in compare_terminal(&found).lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    let page = Page::read(&compare_html(&found)).unwrap();
    assert_eq!(laws::alone(&page), Vec::<String>::new());
    assert!(page.text().contains("for research only"));
}

#[test]
fn the_table_holds_the_numbers_of_the_json_and_reads_back() {
    let found = compared(&["clinic-abdomen-alba", "clinic-thigh-rubra"], Reading::Lay);
    let table = compare_table(&found);
    let column = |name: &str| match &table.columns.iter().find(|column| column.name == name).unwrap().data {
        ColumnData::Numbers(values) => values.iter().map(|value| value.unwrap_or(f64::NAN)).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    let improvement: Range = found.alternatives[1].expected.as_ref().unwrap().improvement;
    assert_eq!(
        [
            column("improvement")[1],
            column("improvement_low")[1],
            column("improvement_high")[1]
        ],
        [improvement.mean, improvement.low, improvement.high]
    );
    let bytes = parquet(&table, COMPARISON, Vec::new()).unwrap();
    assert_eq!(bytes, parquet(&table, COMPARISON, Vec::new()).unwrap());
    assert_eq!(&bytes[..4], b"PAR1");
    assert!(
        schema(needlework::questions::COMPARE_FORMAT)
            .unwrap()
            .pointer("/properties/alternatives")
            .is_some()
    );
}
