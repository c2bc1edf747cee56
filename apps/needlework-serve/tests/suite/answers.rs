//! The answer and what can be taken away from it: the same bytes as anywhere else.

use needlework::case::read;
use needlework::verdict::{Inquiry, judge};
use needlework_pages as pages;

use crate::client::post;

const CLINIC: &str = include_str!("../../../../cases/clinic-abdomen-alba.toml");
const HOME: &str = include_str!("../../../../cases/home-roller-1.5mm.toml");

fn report(text: &str) -> needlework::verdict::Report {
    let library = needlework::bundle().unwrap();
    let case = read(text, "x", &library.catalog).unwrap();
    let inquiry = Inquiry {
        engine: needlework::engine("test"),
        ..Inquiry::new(&library)
    };
    judge(&case, &inquiry, &mut needlework::numerics::unwatched)
        .unwrap()
        .report
}

#[test]
fn a_download_has_the_bytes_of_the_report() {
    for text in [CLINIC, HOME] {
        let own = report(text);
        let json = post("/download", &[("case", text), ("what", "report.json")]);
        assert!(json.body == pages::json(&own).unwrap(), "report.json differs");
        assert_eq!(
            json.headers["content-disposition"],
            "attachment; filename=\"report.json\""
        );
        let page = post("/download", &[("case", text), ("what", "report.html")]);
        assert!(page.body == pages::html(&own), "report.html differs");
        let case = post("/download", &[("case", text), ("what", "case.toml")]);
        assert!(case.body == text, "the case comes back as it was sent");
    }
}

#[test]
fn the_answer_is_made_of_the_sections_of_the_report() {
    let own = needlework_page_reader::Page::read(&pages::html(&report(CLINIC))).unwrap();
    let shown = post("/answer", &[("case", CLINIC), ("for", "lay")]).page();
    for section in own
        .named("section")
        .filter(|section| section.get("aria-labelledby").is_some())
    {
        let id = section.get("aria-labelledby").unwrap();
        let same = shown
            .named("section")
            .find(|other| other.get("aria-labelledby") == Some(id));
        assert_eq!(same.map(|same| same.text()), Some(section.text()), "{id}");
    }
}

#[test]
fn a_calendar_needs_a_day_and_keeps_the_one_of_the_case() {
    let none = post("/download", &[("case", CLINIC), ("what", "calendar.ics")]);
    assert_eq!(none.status, 422);
    assert!(none.body.contains("Name the day"), "{}", none.body);
    let day = post(
        "/download",
        &[("case", CLINIC), ("what", "calendar.ics"), ("start", "2027-03-01")],
    );
    assert!(
        day.body.starts_with("BEGIN:VCALENDAR") && day.body.contains("20270301"),
        "{}",
        day.body
    );
    let wrong = post(
        "/download",
        &[("case", CLINIC), ("what", "calendar.ics"), ("start", "soon")],
    );
    assert_eq!(wrong.status, 422);
}

#[test]
fn a_layperson_is_shown_no_forecast_of_a_stopped_plan_and_a_researcher_is() {
    let lay = post("/answer", &[("case", HOME), ("for", "lay"), ("people", "200")]);
    let text = lay.page().text();
    assert!(
        text.contains("Do not do this plan") && !text.contains("Will it help?"),
        "{text}"
    );
    let research = post("/answer", &[("case", HOME), ("for", "research"), ("people", "200")]);
    let text = research.page().text();
    assert!(
        text.contains("for research only") && text.contains("Read it as a layperson"),
        "{text}"
    );
}

#[test]
fn a_case_that_cannot_be_read_is_told_every_mistake_at_its_place() {
    let wrong = post(
        "/answer",
        &[("case", &CLINIC.replace("abdomen", "abdomn").replace("4 week", "4"))],
    );
    assert_eq!(wrong.status, 422);
    let text = wrong.page().text();
    assert!(
        text.contains("abdomen") && text.contains("regimen.interval") && text.contains("Line"),
        "{text}"
    );
}

#[test]
fn a_case_by_hand_can_be_changed_after_its_answer() {
    let answer = post(
        "/answer",
        &[("case", HOME), ("people", "50"), ("seed", "3"), ("for", "lay")],
    )
    .page();
    let forms = answer.elements().filter(|one| one.name() == "form");
    let change = forms
        .filter(|form| form.get("action") == Some("/research"))
        .last()
        .unwrap();
    let fields = change
        .named("input")
        .map(|one| (one.get("name").unwrap(), one.get("value").unwrap()));
    let again = post("/research", &fields.collect::<Vec<_>>()).page();
    let text = again.named("textarea").next().unwrap().told();
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(words(&text), words(HOME));
    assert_eq!(
        (
            crate::client::field(&again, "people"),
            crate::client::field(&again, "seed")
        ),
        ("50".to_owned(), "3".to_owned())
    );
}
