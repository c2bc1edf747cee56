//! The block of skin: its numbers are those of the engine, it shows no more than the answer does, and it comes only
//! where it is asked for.

use needlework::case::read;
use needlework::cohort::{Question, middle_field, middle_sessions};
use needlework::course::FieldRequest;
use needlework::healing::field::{Field, Reached, Space};
use needlework::healing::{Fidelity, RemodellingHypothesis};
use needlework::numerics::unwatched;
use needlework::units::{Length, Time};
use needlework_page_reader::laws;
use serde_json::Value;

use crate::client::{api, get, post};

const CLINIC: &str = include_str!("../../../../cases/clinic-abdomen-alba.toml");
const SHORT: &str = include_str!("../../../../cases/home-roller-0.2mm.toml");
const HOME: &str = include_str!("../../../../cases/home-roller-1.5mm.toml");

fn numbers(text: &str, reader: &str) -> Value {
    let told = api("block", &[("case", text), ("for", reader)]);
    assert_eq!(told.status, 200, "{}", told.body);
    serde_json::from_str(&told.body).unwrap()
}

fn list(value: &Value) -> Vec<f64> {
    let all = value.as_array().unwrap();
    all.iter().map(|one| one.as_f64().unwrap()).collect()
}

#[test]
fn its_holes_are_where_the_device_lays_them_and_no_deeper_than_a_needle() {
    let told = numbers(CLINIC, "lay");
    let skin = &told["skin"];
    let library = needlework::bundle().unwrap();
    let case = read(CLINIC, "x", &library.catalog).unwrap();
    let question = Question::new(&case, &library.catalog, &library.book);
    let request = FieldRequest {
        side: Length::from_mm(3.0),
        ..FieldRequest::usual(Fidelity::Patch, Vec::new())
    };
    let setup = middle_field(&question, RemodellingHypothesis::Persistence, &request).unwrap();
    let Space::Patch { holes: laid, .. } = &setup.space else {
        panic!("a patch has holes");
    };
    let laid: Vec<[f64; 4]> = laid
        .iter()
        .filter(|hole| hole.session == 0)
        .map(|hole| [hole.x_mm, hole.y_mm, hole.depth_mm, hole.radius_mm].map(|mm| (1000.0 * mm).round()))
        .collect();
    let holes = skin["holes"].as_array().unwrap();
    let shown: Vec<[f64; 4]> = holes
        .iter()
        .map(|hole| ["x_um", "y_um", "depth_um", "radius_um"].map(|name| hole[name].as_f64().unwrap()))
        .collect();
    assert!(!shown.is_empty() && shown == laid, "{shown:?}");
    let length = skin["needle_length_um"].as_f64().unwrap();
    assert_eq!(length, 1500.0);
    for hole in holes {
        let of = |name: &str| hole[name].as_f64().unwrap();
        assert!(of("depth_um") > 0.0 && of("depth_um") <= length, "{hole}");
        assert!(
            of("shoulder_um") <= of("depth_um") && of("tip_radius_um") <= of("radius_um"),
            "{hole}"
        );
    }
    let from = skin["dermis_from_um"].as_f64().unwrap();
    let deeper = shown.iter().filter(|hole| hole[2] > from).count();
    assert_eq!(skin["reach_dermis"], deeper);
    // Layers follow one another without a gap.
    let layers = skin["layers"].as_array().unwrap();
    assert!(layers.windows(2).all(|two| two[0]["to_um"] == two[1]["from_um"]));
    assert_eq!((layers.len(), &layers[0]["from_um"]), (5, &Value::from(0.0)));
}

#[test]
fn its_collagen_is_that_of_the_column_of_the_command_line() {
    let told = numbers(CLINIC, "lay");
    let collagen = &told["collagen"];
    let library = needlework::bundle().unwrap();
    let case = read(CLINIC, "x", &library.catalog).unwrap();
    let question = Question::new(&case, &library.catalog, &library.book);
    let sessions = middle_sessions(&question).unwrap();
    let days: Vec<f64> = sessions.iter().map(|session| session.days()).collect();
    assert_eq!(list(&collagen["sessions_days"]), days);
    let months = collagen["months"].as_array().unwrap();
    let times = months
        .iter()
        .map(|month| Time::from_months(month["month"].as_f64().unwrap()));
    let request = FieldRequest::usual(Fidelity::Column, times.collect());
    let setup = middle_field(&question, RemodellingHypothesis::Persistence, &request).unwrap();
    let (resting, top) = (setup.resting, setup.layers.epidermis_mm);
    let bottom = top + setup.layers.dermis_mm;
    let mut field = Field::new(setup, 1).unwrap();
    let mut seen = 0;
    while let Reached::Moment(moment) = field.advance(&mut unwatched).unwrap() {
        let [_, _, edges] = field.axes_mm();
        let middles = edges.windows(2).map(|two| 0.5 * (two[0] + two[1]));
        let all = field.values("collagen").unwrap();
        let own: Vec<f64> = middles
            .zip(all)
            .filter(|(depth, _)| (top..bottom).contains(depth))
            .map(|(_, value)| value / resting)
            .collect();
        let shown = list(&months[moment]["treated"]);
        assert_eq!(shown.len(), own.len());
        assert_eq!(list(&collagen["depths_um"]).len(), own.len() + 1);
        for (shown, own) in shown.iter().zip(&own) {
            assert!((shown - own).abs() < 1e-5, "month {moment}: {shown} {own}");
        }
        // Where nobody needles, nothing of the model's tissue moves.
        assert!(list(&months[moment]["untreated"]).iter().all(|value| *value == 1.0));
        seen += 1;
    }
    assert_eq!(seen, months.len());
    assert!(list(&months[0]["treated"]).iter().all(|value| *value == 1.0));
    assert!(months[seen - 1]["treated_mean"].as_f64().unwrap() > 1.0);
    assert_eq!(collagen["by_law"].as_array().unwrap().len(), 3);
}

#[test]
fn the_same_case_gives_the_same_bytes_and_another_seed_other_holes() {
    let fields = [("case", CLINIC), ("seed", "7")];
    let (one, two) = (api("block", &fields), api("block", &fields));
    assert!(one.body == two.body, "the same bytes");
    let other = numbers(CLINIC, "lay");
    let own: Value = serde_json::from_str(&one.body).unwrap();
    assert_ne!(own["skin"]["holes"], other["skin"]["holes"]);
    assert_eq!(own["collagen"], other["collagen"], "a column knows no places");
}

#[test]
fn it_shows_no_more_than_the_answer_does() {
    // A stopped plan shows a layperson nothing, and a researcher everything, flagged.
    let lay = numbers(HOME, "lay");
    assert!(lay["skin"].is_null() && lay["collagen"].is_null());
    assert!(!lay["stopped"].as_array().unwrap().is_empty());
    let page = post("/block", &[("case", HOME), ("for", "lay")]);
    assert!(!page.body.contains("data-block") && page.page().text().contains("nothing of it is shown"));
    assert!(page.page().by_id("in-the-skin").is_none());
    let answer = post("/answer", &[("case", HOME), ("for", "lay"), ("people", "50")]).page();
    assert!(answer.by_id("in-the-skin").is_none());
    let research = post("/block", &[("case", HOME), ("for", "research")]).page();
    assert!(
        research.text().contains("says nothing in its favour"),
        "{}",
        research.text()
    );
    // A plan that nobody tested shows where its needles go, and foretells nothing.
    let untested = numbers(SHORT, "lay");
    assert!(untested["skin"].is_object() && untested["collagen"].is_null());
    let page = post("/block", &[("case", SHORT), ("for", "lay")]).page();
    assert!(page.text().contains("Nobody has tested") && !page.text().contains("Collagen in the dermis"));
}

#[test]
fn the_answer_offers_it_and_loads_nothing_of_it() {
    let answer = post("/answer", &[("case", CLINIC), ("for", "lay"), ("people", "50")]);
    let offered = answer.page();
    let offered = offered.by_id("in-the-skin").expect("it is offered");
    assert_eq!(
        offered.named("form").next().and_then(|form| form.get("action")),
        Some("/block")
    );
    assert!(!answer.body.contains("/block.js") && !answer.body.contains("data-block="));
    let script = get("/block.js");
    assert_eq!(script.headers["content-type"], "text/javascript; charset=utf-8");
}

#[test]
fn without_a_script_the_page_says_every_month_and_draws_two() {
    let page = post("/block", &[("case", CLINIC), ("for", "lay")]).page();
    assert_eq!(laws::accessible(&page), [""; 0]);
    let section = page.by_id("in-the-skin").unwrap();
    assert_eq!(
        section
            .named("svg")
            .filter(|svg| svg.get("role") == Some("img"))
            .count(),
        2
    );
    let text = page.text();
    for part in [
        "not you",
        "First session, every needle in",
        "Month 6",
        "without needles no change",
        "Nobody knows",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let told = numbers(CLINIC, "lay");
    let months = told["collagen"]["months"].as_array().unwrap().len();
    let rows = section.named("tbody").next().unwrap().named("tr").count();
    assert_eq!(
        rows,
        months + 2,
        "before, needles in and out, and each month after the first"
    );
}
