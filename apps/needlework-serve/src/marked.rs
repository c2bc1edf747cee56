//! Every word of our own pages stands in the catalogue: with marks around each of its texts, nothing of a page stands
//! outside of the marks but what comes from elsewhere.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::net::{IpAddr, Ipv4Addr};
use std::sync::LazyLock;

use maud::html;
use needlework::rules::interview::{Answers, Step};
use needlework_page_reader::Page;

use crate::colour_sample::Samples;
use crate::examples::{EXAMPLES, STUDY};
use crate::fault::Fault;
use crate::form::Form;
use crate::guard::Guard;
use crate::house::House;
use crate::question::Shown;
use crate::rooms::ROOMS;
use crate::watched::Watched;
use crate::words::{Words, marked};
use crate::works::Works;

static WORDS: LazyLock<Words> = LazyLock::new(marked);

fn house() -> House {
    House {
        library: needlework::bundle().unwrap(),
        engine: needlework::engine("test"),
        threads: 1,
        seed: 1,
        guard: Guard {
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 1,
            token: None,
        },
        works: Works::new(),
        samples: Samples::default(),
        watched: Watched::default(),
        words: &WORDS,
    }
}

/// What of a page stands outside of all marks, the names of other crates' things taken out.
fn outside(text: &str, known: &[String]) -> String {
    let page = Page::read(text).unwrap();
    let labels = page
        .elements()
        .filter_map(|one| one.get("aria-label").map(str::to_owned));
    let mut all = [page.text()].into_iter().chain(labels).collect::<Vec<_>>().join(" ");
    // The longest first: a name may be a part of another.
    let mut known: Vec<&String> = known.iter().collect();
    known.sort_by_key(|name| std::cmp::Reverse(name.len()));
    for name in known {
        let plain = name.split_whitespace().collect::<Vec<_>>().join(" ");
        all = all.replace(&plain, " ");
    }
    let mut left = String::new();
    let mut inside = 0_i32;
    for letter in all.chars() {
        match letter {
            '⟦' => inside += 1,
            '⟧' => inside -= 1,
            letter if inside == 0 && letter.is_alphabetic() => left.push(letter),
            _ if inside == 0 => left.push(' '),
            _ => {}
        }
    }
    left.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_word_of_our_own_pages_stands_in_the_catalogue() {
    let house = house();
    let name = "Needlework".to_owned();
    let mut known = vec![name.clone(), STUDY.to_owned()];
    known.extend(
        EXAMPLES
            .iter()
            .flat_map(|(name, text)| [(*name).to_owned(), (*text).to_owned()]),
    );
    let catalog = &house.library.catalog;
    known.extend(catalog.sites().iter().map(|site| site.label.clone()));
    known.extend(catalog.devices().iter().map(|device| device.label.clone()));
    known.extend(
        [
            "female",
            "male",
            "III",
            "II",
            "IV",
            "VI",
            "I",
            "V",
            "device.needle_length=1 mm,1.5 mm",
            "cm",
        ]
        .map(str::to_owned),
    );
    let mut pages = vec![
        house.front(),
        house.forgotten(),
        house.example("").unwrap(),
        crate::resume::asking(&house, "", None),
        crate::room_page::index(&house),
    ];
    pages.extend([Fault::NotFound, Fault::Busy, Fault::Stale, Fault::TooLarge].map(|fault| house.fault(&fault)));
    pages.extend(
        ROOMS
            .iter()
            .map(|room| crate::room_page::asking(&house, room, &Form::default(), None)),
    );
    assert_eq!(
        outside(&house.front(), &[]),
        "Needlework Needlework",
        "what stands outside is seen"
    );
    for page in pages {
        assert_eq!(outside(&page, &known), "");
    }
}

#[test]
fn every_word_around_a_block_of_skin_stands_in_the_catalogue() {
    let house = house();
    let (_, case) = EXAMPLES[0];
    let form = Form(vec![("case".to_owned(), case.to_owned())]);
    let block = crate::rooms::room("block").unwrap();
    let work = move |watch: &crate::works::Watch| (block.work)(&house, &form, watch).unwrap();
    let made = tokio::runtime::Runtime::new()
        .unwrap()
        .block_on(async { Works::new().at_once(work).await.unwrap() });
    let made_of: serde_json::Value = serde_json::from_str(&made.json).unwrap();
    let mut known = vec!["Needlework".to_owned(), "mm".to_owned()];
    for layer in made_of["skin"]["layers"].as_array().unwrap() {
        let name = layer["name"].as_str().unwrap();
        known.extend([name.to_owned(), needlework_figures::words::sentence_case(name)]);
    }
    for law in made_of["collagen"]["by_law"].as_array().unwrap() {
        known.push(law["label"].as_str().unwrap().to_owned());
    }
    assert_eq!(outside(&made.page, &known), "");
}

#[test]
fn every_word_around_a_question_stands_in_the_catalogue() {
    let house = house();
    let interviewer = house.interviewer();
    let mut answers = Answers::default();
    let mut seen = 0;
    while let Ok(Step::Ask(ask)) = interviewer.next(&answers) {
        let lines = interviewer.look_back(&answers);
        let mut known = vec![
            "Needlework".to_owned(),
            ask.question.clone(),
            ask.why.clone(),
            ask.find_out.to_owned(),
        ];
        known.extend(lines.iter().flat_map(|line| [line.text(), line.label.clone()]));
        let page = house.question(&Shown {
            ask: &ask,
            lines: &lines,
            carried: html! {},
            beside: html! {},
            again: None,
        });
        let read = Page::read(&page).unwrap();
        // What can be chosen is said by the interview, and by the rules where it is a place.
        known.extend(read.of_class("choice").map(|one| one.text()));
        known.extend(
            read.of_class("things")
                .flat_map(|one| one.named("span"))
                .map(|one| one.text()),
        );
        let told = outside(&page, &known);
        assert_eq!(told, "", "{}", ask.id);
        seen += 1;
        let typed = ["1", "no", "none", "belly", "31", "1 mm", "2", "4 weeks", "unknown"];
        let next = typed
            .iter()
            .find_map(|typed| interviewer.accept(&answers, &ask, typed).ok());
        match next {
            Some(next) if seen < 30 => answers = next,
            _ => break,
        }
    }
    assert!(seen > 5, "{seen}");
}
