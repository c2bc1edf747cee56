//! Every room as a page and as JSON: the same answer, and the same kindness where something is wrong.

use needlework_page_reader::{Page, laws};
use serde_json::Value;

use crate::client::{Heard, api, get, place, post, say};

const CLINIC: &str = include_str!("../../../../cases/clinic-abdomen-alba.toml");
const DESIGN: &str = include_str!("../../../../cases/designs/roller.toml");
const STUDY: &str = include_str!("../../../../cases/trials/split-belly.toml");
const HOME: &str = include_str!("../../../../cases/home-roller-1.5mm.toml");

/// What each room is asked that does not answer at once, with few people.
const QUICK: [(&str, &[(&str, &str)]); 13] = [
    ("sweep", &[("design", DESIGN), ("worlds", "8")]),
    (
        "sweep",
        &[
            ("site", "abdomen"),
            ("device", "dermaroller-mf8"),
            ("needles", "192, 540"),
            ("worlds", "8"),
        ],
    ),
    ("trial", &[("study", STUDY), ("worlds", "8")]),
    (
        "evidence",
        &[
            ("key", "puncture.reach.roller"),
            ("set", "0.9"),
            ("case", CLINIC),
            ("people", "50"),
        ],
    ),
    (
        "compare",
        &[("case", CLINIC), ("vary", "regimen.sessions=1,3"), ("people", "50")],
    ),
    (
        "infect",
        &[
            ("case", CLINIC),
            ("set", "hygiene.through_cloth=true"),
            ("people", "50"),
        ],
    ),
    (
        "skin",
        &[
            ("site", "thigh_outer"),
            ("age", "31 years"),
            ("sex", "female"),
            ("people", "50"),
        ],
    ),
    (
        "insert",
        &[
            ("device", "dermaroller-mf8"),
            ("site", "abdomen"),
            ("worlds", "20"),
            ("side", "1 cm"),
        ],
    ),
    ("creams", &[("case", CLINIC), ("people", "50")]),
    ("block", &[("case", CLINIC)]),
    ("simulate", &[("case", CLINIC), ("until", "8 week")]),
    ("render", &[("case", CLINIC), ("people", "50"), ("side", "2 cm")]),
    ("plan", &[("case", CLINIC), ("worlds", "8"), ("sessions", "2")]),
];

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn every_room_is_a_page_and_the_same_as_json() {
    for (name, fields) in QUICK {
        let form = get(&format!("/{name}"));
        assert_eq!(
            (form.status, laws::accessible(&form.page())),
            (200, Vec::new()),
            "{name}"
        );
        let answer = post(&format!("/{name}"), fields);
        assert_eq!(answer.status, 200, "{name}: {}", answer.page().text());
        assert_eq!(laws::accessible(&answer.page()), [""; 0], "{name}");
        let mut saved = fields.to_vec();
        saved.push(("do", "json"));
        let saved = post(&format!("/{name}"), &saved);
        assert_eq!(
            saved.headers["content-disposition"],
            format!("attachment; filename=\"{name}.json\"")
        );
        let told = api(name, fields);
        assert_eq!(
            told.headers["content-type"], "application/json",
            "{name}: {}",
            told.body
        );
        assert!(
            told.body == saved.body,
            "{name}: the page and the program are told different things"
        );
        json(&told.body);
    }
}

#[test]
fn what_is_known_is_listed_at_once() {
    for (name, part) in [
        ("rules", "R01"),
        ("devices", "dermaroller-mf8"),
        ("sites", "abdomen"),
        ("conditions", "pregnant"),
        ("evidence", "puncture"),
    ] {
        let page = get(&format!("/{name}"));
        assert_eq!(page.status, 200, "{name}");
        assert!(page.body.contains(part), "{name}");
        let broken = laws::accessible(&page.page());
        assert_eq!(broken, [""; 0], "{name}");
        assert!(
            json(&get(&format!("/api/v1/{name}")).body)
                .as_array()
                .is_some_and(|all| all.len() > 5),
            "{name}"
        );
    }
    let one = json(&get("/api/v1/evidence?key=puncture.reach.roller").body);
    assert!(
        one["used_by"].is_array() && one["passport"]["value"].is_string(),
        "{one}"
    );
    let index = get("/rooms").page();
    assert_eq!(laws::accessible(&index), [""; 0]);
    assert_eq!(index.of_class("door").count(), 18);
}

#[test]
fn a_number_is_found_by_its_key_and_by_words_and_by_none_that_nothing_has() {
    let one = post("/evidence", &[("key", "puncture.reach.roller")]).page();
    assert_eq!(laws::accessible(&one), [""; 0]);
    assert_eq!(
        one.of_class("passport")
            .filter(|one| one.text().starts_with("puncture.reach.roller"))
            .count(),
        1
    );
    let words = post("/evidence", &[("key", "roller DEPTH")]).page();
    let found: Vec<String> = words
        .of_class("passport")
        .map(|one| one.text().to_lowercase())
        .collect();
    assert!(!found.is_empty() && found.len() < 200, "{}", found.len());
    let none = post("/evidence", &[("key", "zebra crossing")]);
    assert_eq!(none.status, 422);
    assert!(none.body.contains("zebra crossing"), "what was typed stays");
    let wrong = post(
        "/evidence",
        &[("key", "puncture.reach.roller"), ("set", "2 mm"), ("case", CLINIC)],
    );
    assert_eq!(wrong.status, 422, "{}", wrong.page().text());
    let hidden = [
        ("key", "puncture.reach.roller"),
        ("set", "0.9"),
        ("case", HOME),
        ("people", "50"),
    ];
    let hidden = post("/evidence", &hidden).page().text();
    assert!(hidden.contains("No numbers of this plan are shown"), "{hidden}");
}

#[test]
fn a_study_takes_our_cases_and_the_own_one_and_says_which_there_are() {
    let own = STUDY.replace("../clinic-abdomen-alba.toml", "own");
    let fields = [("study", own.as_str()), ("own", CLINIC), ("worlds", "8")];
    let told = json(&api("trial", &fields).body);
    let ours = json(&api("trial", &[("study", STUDY), ("worlds", "8")]).body);
    assert_eq!(told["assurance"], ours["assurance"]);
    let unknown = STUDY.replace("clinic-abdomen-alba", "nobodys");
    let refused = post("/trial", &[("study", unknown.as_str())]);
    assert_eq!(refused.status, 422);
    let text = refused.page().text();
    assert!(
        text.contains("There is no case") && text.contains("clinic-thigh-rubra"),
        "{text}"
    );
}

/// A part of a page as a page of its own.
fn whole_page(part: &Heard) -> Page {
    Page::read(&format!("<!DOCTYPE html><title>a part</title>{}", part.body)).unwrap()
}

#[test]
fn a_choice_that_is_moved_is_answered_by_a_part_of_a_page_with_the_numbers_of_the_comparison() {
    let fields = [
        ("case", CLINIC),
        ("for", "lay"),
        ("people", "50"),
        ("also:regimen.sessions", "1"),
    ];
    let part = post("/beside", &fields);
    assert_eq!(part.status, 200);
    assert!(
        !part.body.contains("<html") && part.body.contains("Nothing is ranked"),
        "{}",
        part.body
    );
    let page = whole_page(&part);
    let rows: Vec<String> = page.named("tr").map(|row| row.text()).collect();
    assert_eq!(rows.len(), 4, "{rows:?}");
    let whole = json(
        &api(
            "compare",
            &[("case", CLINIC), ("vary", "regimen.sessions=4,1"), ("people", "50")],
        )
        .body,
    );
    let little = whole["alternatives"][1]["expected"]["outcome"]["none"]["mean"]
        .as_f64()
        .unwrap();
    assert!(
        rows[2].contains(&format!("{:.0}", 100.0 * little)),
        "{} {little}",
        rows[2]
    );
    let marks = whole["alternatives"][1]["risks"].as_array().unwrap();
    let marks = marks.iter().find(|risk| risk["name"] == "dark_marks").unwrap();
    let marks = format!("{:.0}", marks["per_1000"]["mean"].as_f64().unwrap());
    assert!(rows[2].contains(&marks), "{} {marks}", rows[2]);
    // A plan that a rule stops shows its reason and no number.
    let longer = [
        ("case", HOME),
        ("for", "lay"),
        ("people", "50"),
        ("also:regimen.sessions", "2"),
    ];
    let stopped = whole_page(&post("/beside", &longer));
    assert!(stopped.text().contains("Do not do this plan"), "{}", stopped.text());
    assert!(
        !stopped
            .named("tr")
            .any(|row| row.text().contains("Do not do this plan"))
    );
    let health = [("case", CLINIC), ("for", "lay"), ("also:health.pregnant", "yes")];
    assert_eq!(post("/beside", &health).status, 422);
}

#[test]
fn another_plan_is_put_beside_the_own_one() {
    let fields = [
        ("case", CLINIC),
        ("people", "50"),
        ("for", "lay"),
        ("also:device.needle_length", "1 mm, 1.5 mm"),
    ];
    let text = post("/compare", &fields).page().text();
    assert!(
        text.contains("needle length 1.5 mm") && text.contains("needle length 1 mm"),
        "{text}"
    );
    let nothing = post("/compare", &[("case", CLINIC), ("also:regimen.sessions", " ")]);
    assert_eq!(nothing.status, 422);
    assert!(
        nothing.page().text().contains("Nothing is varied"),
        "{}",
        nothing.page().text()
    );
}

#[test]
fn a_layperson_cannot_try_out_which_answer_passes() {
    let lay = [("case", HOME), ("vary", "health.pregnant=yes,no"), ("people", "50")];
    let refused = post("/compare", &lay);
    assert_eq!(refused.status, 422);
    assert!(
        refused.page().text().contains("not a choice"),
        "{}",
        refused.page().text()
    );
    assert!(
        refused.body.contains("health.pregnant=yes,no"),
        "what was filled in stays"
    );
    let refused = json(&api("compare", &lay).body);
    assert!(
        refused["detail"].as_str().unwrap().contains("not a choice"),
        "{refused}"
    );
}

#[test]
fn a_program_is_told_every_mistake_of_a_case_at_its_place() {
    let wrong = CLINIC
        .replace("\"abdomen\"", "\"abdomn\"")
        .replace("interval = \"4 week\"", "interval = \"4\"");
    for room in ["check", "assess", "infect"] {
        let told = api(room, &[("case", &wrong)]);
        assert_eq!(told.headers["content-type"], "application/problem+json");
        let told = json(&told.body);
        assert_eq!(told["status"], 422);
        let problems = told["problems"].as_array().unwrap();
        let site = problems.iter().find(|one| one["field"] == "lesion.site").unwrap();
        assert_eq!(site["nearest"], "\"abdomen\"");
        assert!(
            site["line"].as_u64().unwrap() > 1 && site["column"].as_u64().unwrap() > 1,
            "{site}"
        );
        assert!(problems.iter().any(|one| one["field"] == "regimen.interval"), "{told}");
    }
    let read = json(&api("check", &[("case", CLINIC)]).body);
    assert_eq!(
        (&read["reads"], &read["case"]["lesion"]["site"]),
        (&Value::from(true), &Value::from("abdomen"))
    );
}

#[test]
fn what_cannot_be_read_in_an_address_is_said() {
    for (path, status) in [
        ("/api/v1/skin?site=moon", 422),
        ("/api/v1/skin?people=7", 422),
        ("/api/v1/skin?people=51", 422),
        ("/api/v1/skin?people=20005", 422),
        ("/api/v1/skin?age=old", 422),
        ("/api/v1/skin?seed=-1", 422),
        ("/api/v1/insert?device=hammer", 422),
        ("/api/v1/insert?passes=900", 422),
        ("/api/v1/insert?side=9%20km", 422),
        ("/api/v1/rules?id=R999", 422),
        ("/api/v1/claims?id=C999", 422),
        ("/api/v1/evidence?key=nothing.like.it", 422),
        ("/api/v1/nothing", 404),
    ] {
        let told = get(path);
        assert_eq!(told.status, status, "{path}: {}", told.body);
        let told = json(&told.body);
        let detail = told["detail"].as_str().unwrap().len() + told["help"].as_str().unwrap().len();
        assert!(
            detail + told["problems"].as_array().unwrap().len() > 0,
            "{path}: {told}"
        );
    }
}

#[test]
fn progress_comes_as_events_and_the_answer_last() {
    let place = place();
    let head = format!(
        "POST /api/v1/assess?people=500 HTTP/1.1\r\nHost: {place}\r\nAccept: text/event-stream\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n",
        CLINIC.len()
    );
    let heard = say(place, format!("{head}{CLINIC}").as_bytes());
    assert_eq!(heard.headers["content-type"], "text/event-stream");
    let events: Vec<&str> = heard.body.split("\n\n").filter(|event| !event.is_empty()).collect();
    assert!(
        events[0].starts_with("event: progress\ndata: {\"done\":"),
        "{}",
        events[0]
    );
    let (last, before) = events.split_last().unwrap();
    assert!(before.iter().all(|event| event.starts_with("event: progress")));
    let answer: String = last
        .lines()
        .filter_map(|line| line.strip_prefix("data: "))
        .map(|line| format!("{line}\n"))
        .collect();
    let plain = api("assess", &[("case", CLINIC), ("people", "500")]);
    assert!(answer == plain.body, "the answer is the same as without events");
}

#[test]
fn the_description_names_every_room_and_all_that_it_refers_to() {
    let told = json(&get("/api/v1/openapi.json").body);
    assert_eq!(told["openapi"], "3.1.0");
    let paths = told["paths"].as_object().unwrap();
    assert_eq!(paths.len(), 19);
    for (path, methods) in paths {
        for (method, operation) in methods.as_object().unwrap() {
            let id = operation["operationId"].as_str().unwrap();
            assert_eq!(path, &format!("/api/v1/{id}"));
            assert_eq!(method == "post", operation["requestBody"].is_object());
            let schema = &operation["responses"]["200"]["content"]["application/json"]["schema"];
            if let Some(name) = schema["$ref"].as_str() {
                let name = name.strip_prefix("#/components/schemas/").unwrap();
                assert!(told["components"]["schemas"][name].is_object(), "{name}");
            }
        }
    }
    // Whatever is referred to is there.
    let text = told.to_string();
    for part in text.split("\"$ref\":\"#").skip(1) {
        let place = part.split('"').next().unwrap();
        assert!(told.pointer(place).is_some(), "{place}");
    }
    let page = get("/api").page();
    assert_eq!(laws::accessible(&page), [""; 0]);
    for path in paths.keys() {
        assert!(page.text().contains(path), "{path}");
    }
}

#[test]
fn whoever_leaves_stops_the_work_and_others_are_answered_meanwhile() {
    use std::io::Write;
    use std::net::TcpStream;
    use std::time::{Duration, Instant};
    let head = format!(
        "POST /api/v1/assess?people=20000 HTTP/1.1\r\nHost: {}\r\nContent-Length: {}\r\n\r\n",
        place(),
        CLINIC.len()
    );
    let mut long: Vec<TcpStream> = (0..2).map(|_| TcpStream::connect(place()).unwrap()).collect();
    for socket in &mut long {
        socket.write_all(format!("{head}{CLINIC}").as_bytes()).unwrap();
    }
    std::thread::sleep(Duration::from_millis(500));
    let begun = Instant::now();
    assert_eq!(get("/").status, 200);
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    drop(long);
    // Both lanes are free again long before twenty thousand people are simulated.
    assert_eq!(api("assess", &[("case", CLINIC), ("people", "50")]).status, 200);
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
}

#[test]
fn how_far_a_form_is_can_be_watched_while_it_is_worked_out() {
    let form = [
        ("case", CLINIC),
        ("people", "400"),
        ("vary", "regimen.sessions=1,3"),
        ("watch", "abc123"),
    ];
    let heard = std::thread::scope(|both| {
        let watching = both.spawn(|| get("/watch/abc123"));
        let page = post("/compare", &form);
        assert_eq!(page.status, 200);
        assert!(!page.body.contains("abc123"), "what was watched is not asked again");
        watching.join().unwrap()
    });
    assert_eq!(heard.headers["content-type"], "text/event-stream");
    assert!(
        heard.body.contains("event: progress\ndata: {\"done\":"),
        "{}",
        heard.body
    );
    assert!(
        heard.body.trim_end().ends_with("data: {}") && heard.body.contains("event: end"),
        "{}",
        heard.body
    );
    // What was worked out is forgotten, and what nobody began is not waited for for long.
    assert_eq!(get("/watch/abc123").status, 204);
    assert_eq!(get("/watch/..").status, 404);
}

#[test]
fn simulated_tissue_is_that_of_the_engine_and_stopped_plans_show_none() {
    use needlework::cohort::{Question, middle_field, middle_sessions};
    use needlework::course::FieldRequest;
    use needlework::healing::field::{Field, Reached};
    use needlework::healing::{Fidelity, RemodellingHypothesis};
    let told = json(&api("simulate", &[("case", CLINIC), ("until", "8 week")]).body);
    let series = told["series"].as_array().unwrap();
    let library = needlework::bundle().unwrap();
    let case = needlework::case::read(CLINIC, "x", &library.catalog).unwrap();
    let question = Question::new(&case, &library.catalog, &library.book);
    assert_eq!(
        told["sessions"].as_array().unwrap().len(),
        middle_sessions(&question).unwrap().len()
    );
    let days = series
        .iter()
        .map(|row| needlework::units::Time::from_days(row["day"].as_f64().unwrap()));
    let request = FieldRequest::usual(Fidelity::Column, days.collect());
    let setup = middle_field(&question, RemodellingHypothesis::Persistence, &request).unwrap();
    let mut field = Field::new(setup, 1).unwrap();
    while let Reached::Moment(moment) = field.advance(&mut needlework::numerics::unwatched).unwrap() {
        assert_eq!(
            series[moment]["collagen"].as_f64().unwrap(),
            field.means().collagen(),
            "{moment}"
        );
    }
    let stopped = json(&api("simulate", &[("case", HOME)]).body);
    assert!(stopped["series"].is_null() && !stopped["stopped"].as_array().unwrap().is_empty());
    assert!(
        post("/simulate", &[("case", HOME)])
            .page()
            .text()
            .contains("nothing of it is shown")
    );
    let late = api("simulate", &[("case", CLINIC), ("until", "soon")]);
    assert_eq!(late.status, 422, "{}", late.body);
}
