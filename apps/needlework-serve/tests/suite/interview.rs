//! The interview as somebody goes through it who has no script: forms, and nothing remembered between them.

use needlework_page_reader::{Page, laws};

use crate::client::{Heard, field, get, post};

/// Where somebody is.
pub struct Visit {
    pub heard: Heard,
    pub page: Page,
}

impl Visit {
    fn at(heard: Heard) -> Self {
        assert_eq!(heard.status, 200, "{}", heard.body);
        let page = heard.page();
        let broken = laws::accessible(&page);
        assert!(broken.is_empty(), "{}: {broken:?}", page.text());
        Self { heard, page }
    }

    /// Through a door of the first page.
    pub fn through(door: &str) -> Self {
        Self::at(get(&format!("/{door}")))
    }

    /// What the page asks; empty where it asks nothing.
    pub fn asked(&self) -> String {
        field(&self.page, "asked")
    }

    fn title(&self) -> String {
        self.page.named("h1").next().unwrap().text()
    }

    /// Sends the form of the page with what somebody chose and typed.
    pub fn send(&self, fields: &[(&str, &str)]) -> Self {
        Self::at(post(
            "/interview",
            &self
                .with(fields)
                .iter()
                .map(|(a, b)| (a.as_str(), b.as_str()))
                .collect::<Vec<_>>(),
        ))
    }

    /// All that the form would send.
    pub fn with(&self, fields: &[(&str, &str)]) -> Vec<(String, String)> {
        let carried = ["so_far", "door", "asked"].map(|name| (name.to_owned(), field(&self.page, name)));
        let said = fields
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        carried.into_iter().chain(said).collect()
    }

    pub fn choose(&self, what: &str) -> Self {
        self.send(&[("do", &format!("choose:{what}"))])
    }

    pub fn write(&self, text: &str) -> Self {
        self.send(&[("do", "type"), ("text", text)])
    }
}

/// Answers as most people would whom nothing stops, until nothing is asked; gives how many questions that took.
pub fn answered(mut visit: Visit, own: &[(&str, &str)]) -> (Visit, usize) {
    let mut questions = 0;
    while !visit.asked().is_empty() {
        questions += 1;
        assert!(questions < 80, "{}", visit.page.text());
        let asked = visit.asked();
        let said = own.iter().find(|(id, _)| *id == asked).map(|(_, said)| *said);
        visit = match (asked.as_str(), said) {
            (_, Some(said)) if said.starts_with("choose:") || said == "unknown" => visit.send(&[("do", said)]),
            (_, Some(said)) => visit.write(said),
            ("site", _) => visit.write("belly"),
            ("mark", _) => visit.choose("2"),
            ("setting", _) => visit.choose("clinic"),
            ("kind", _) => visit.choose("roller"),
            ("length", _) => visit.write("1.5 mm"),
            ("sessions", _) => visit.write("4"),
            ("interval", _) => visit.write("4 weeks"),
            ("area", _) => visit.write("100 cm2"),
            ("age", _) => visit.write("31"),
            ("sex", _) => visit.choose("female"),
            ("colour", _) => visit.choose("II"),
            ("bmi", _) => visit.write("170 cm 65 kg"),
            ("needles" | "hygiene" | "numbing", _) => visit.choose("1"),
            ("last", _) => visit.write("10 weeks"),
            ("regimen.licensed_clinic" | "regimen.visible_change", _) => visit.choose("yes"),
            _ if visit.heard.body.contains("value=\"none\"") => visit.send(&[("do", "none")]),
            _ if visit.heard.body.contains("choose:no\"") => visit.choose("no"),
            _ => visit.send(&[("do", "unknown")]),
        };
    }
    (visit, questions)
}

#[test]
fn the_first_page_has_four_doors_and_says_what_it_is_not() {
    let page = get("/").page();
    assert_eq!(laws::accessible(&page), [""; 0]);
    let doors: Vec<&str> = page.of_class("door").filter_map(|door| door.get("href")).collect();
    assert_eq!(doors, ["/thinking", "/done", "/clinic", "/research"]);
    let text = page.text();
    assert!(
        text.contains("not a medical device") && text.contains("nothing is stored"),
        "{text}"
    );
    // One bar, and one script that the page does without.
    assert_eq!((page.of_class("bar").count(), page.named("script").count()), (1, 1));
}

#[test]
fn marks_are_shown_as_they_may_look_red_and_pale_on_three_skins_or_the_own_one() {
    let colours = |page: &Page| -> Vec<String> {
        let drawn = page
            .of_class("samples")
            .flat_map(|samples| samples.named("path").collect::<Vec<_>>());
        drawn.filter_map(|one| one.get("fill").map(str::to_owned)).collect()
    };
    let visit = Visit::through("thinking");
    assert_eq!(visit.asked(), "mark");
    let shown = colours(&visit.page);
    assert_eq!(shown.len(), 6, "a red and a pale mark on three skins");
    let part = |colour: &str, at: usize| i64::from_str_radix(&colour[at..at + 2], 16).unwrap();
    let redness = |colour: &str| part(colour, 1) - part(colour, 3);
    let contrast: Vec<i64> = shown.chunks(2).map(|two| redness(&two[0]) - redness(&two[1])).collect();
    assert!(contrast.iter().all(|one| *one > 0), "{shown:?}");
    assert!(contrast[0] > contrast[2], "redness shows less on dark skin: {shown:?}");
    let (last, _) = answered(visit, &[]);
    let again = last.send(&[("do", "change:mark")]);
    assert_eq!((again.asked().as_str(), colours(&again.page).len()), ("mark", 2));
}

#[test]
fn a_plan_that_no_rule_stops_is_asked_to_its_end_and_answered() {
    let (last, questions) = answered(Visit::through("thinking"), &[]);
    assert!((20..45).contains(&questions), "{questions}");
    assert_eq!(last.title(), "Your answers");
    let answer = last.send(&[("do", "answer")]);
    let text = answer.page.text();
    for part in [
        "No rule stops this plan",
        "Will it help?",
        "200 virtual people",
        "Refine it with 2,000",
        "Take it with you",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    // Asked for more people, the same answer says so.
    let form = answer.page.by_id("people-asked").unwrap();
    let fields: Vec<(&str, &str)> = form
        .named("input")
        .map(|one| (one.get("name").unwrap(), one.get("value").unwrap()))
        .collect();
    let refined = Visit::at(post("/answer", &fields));
    assert!(
        refined.page.text().contains("From 2,000 virtual people"),
        "{}",
        refined.page.text()
    );
}

#[test]
fn a_refused_plan_ends_the_questions_with_what_to_do_instead() {
    let home = [("setting", "choose:home")];
    let (answer, questions) = answered(Visit::through("thinking"), &home);
    assert!(questions <= 8, "{questions}");
    let text = answer.page.text();
    for part in [
        "Do not do this plan",
        "What you can do instead",
        "the questions end here",
        "Change an answer",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    for hint in ["Will it help?", "virtual people", "Refine"] {
        assert!(!text.contains(hint), "{hint} in {text}");
    }
    // Whoever wants to hear everything goes on.
    let on = answer.send(&[("do", "hear")]);
    assert!(!on.asked().is_empty(), "{}", on.page.text());
}

#[test]
fn what_was_done_already_is_told_what_to_do_now() {
    let (emergency, questions) = {
        let first = Visit::through("done");
        assert_eq!(first.asked(), "emergency");
        (first.send(&[("do", "ticked"), ("is", "1")]), 1)
    };
    assert_eq!(questions, 1);
    assert!(emergency.asked().is_empty());
    assert!(emergency.page.text().contains("emergency"), "{}", emergency.page.text());

    let own = [
        ("when", "2 days"),
        ("whose", "choose:3"),
        ("done_products", "choose:1"),
        ("done_clean", "choose:3"),
        ("done_numbing", "choose:1"),
    ];
    let (last, _) = answered(Visit::through("done"), &own);
    let told = last.send(&[("do", "answer")]);
    let kept = |what: &str| {
        let (so_far, door) = (field(&told.page, "so_far"), field(&told.page, "door"));
        post("/download", &[("so_far", &so_far), ("door", &door), ("what", what)])
    };
    let json = kept("triage.json");
    assert_eq!(
        json.headers["content-disposition"],
        "attachment; filename=\"triage.json\""
    );
    assert!(json.body.contains("needlework-triage/1"), "{}", json.body);
    assert!(kept("triage.html").page().text().contains("By day"));
    let text = told.page.text();
    assert!(
        text.contains("By day") && text.contains("Tell whoever helps you"),
        "{text}"
    );
}

#[test]
fn somebody_under_age_or_in_distress_is_met_kindly_and_can_mend_a_slip() {
    let (stopped, _) = answered(Visit::through("thinking"), &[("age", "16")]);
    assert_eq!(stopped.title(), "We stop here.");
    let back = stopped.send(&[("do", "back")]);
    assert_eq!(back.asked(), "age");
    let (stopped, _) = answered(Visit::through("thinking"), &[("self_harm", "choose:yes")]);
    assert!(stopped.title().contains("you come first"), "{}", stopped.title());
    assert!(!stopped.page.text().contains("needle length"));
}

#[test]
fn a_step_back_takes_the_last_answer_back_and_nothing_else() {
    let first = Visit::through("thinking");
    assert_eq!(first.asked(), "mark");
    let second = first.choose("1");
    assert_eq!(second.asked(), "site");
    let third = second.write("belly");
    let again = third.send(&[("do", "back")]);
    assert_eq!(again.asked(), "site");
    assert_eq!(field(&again.page, "so_far"), field(&second.page, "so_far"));
    // Behind the first question is the first page.
    let start = first.send(&[("do", "back")]);
    assert_eq!(start.asked(), "start");
    let gone = post(
        "/interview",
        &[
            ("so_far", &field(&start.page, "so_far")),
            ("door", "thinking"),
            ("do", "back"),
        ],
    );
    assert_eq!((gone.status, gone.headers["location"].as_str()), (303, "/"));
}

#[test]
fn what_cannot_be_taken_stands_there_again_with_what_was_meant() {
    let site = Visit::through("thinking").choose("1");
    let wrong = site.write("bely <script>");
    assert_eq!(wrong.asked(), "site");
    assert_eq!(field(&wrong.page, "text"), "bely <script>");
    assert!(
        !wrong.heard.body.contains("bely <script>"),
        "what was typed is never markup"
    );
    let near = site.write("abdomn");
    let offered = near
        .page
        .named("button")
        .any(|button| button.get("value") == Some("choose:abdomen"));
    assert!(offered, "{}", near.page.text());
    // The first button of the form, which a return key presses, is the one beside what was typed.
    let first = near.page.named("form").next().unwrap().named("button").next().unwrap();
    assert_eq!(first.get("value"), Some("type"));
    assert_eq!(site.write("  ").asked(), "site");
}

#[test]
fn ticks_survive_a_slip_and_none_is_said_aloud() {
    let (list, _) = {
        let mut visit = Visit::through("thinking");
        while visit.asked() != "illness" {
            visit = match visit.asked().as_str() {
                "mark" => visit.choose("2"),
                "site" => visit.write("belly"),
                "setting" => visit.choose("clinic"),
                "kind" => visit.choose("roller"),
                "length" => visit.write("1.5 mm"),
                "age" => visit.write("31"),
                "sex" => visit.choose("female"),
                "self_harm" | "distress" => visit.choose("no"),
                _ => visit.send(&[("do", "unknown")]),
            };
        }
        (visit, 0)
    };
    let nothing = list.send(&[("do", "ticked")]);
    assert_eq!(nothing.asked(), "illness", "passing on is no answer");
    let both = list.send(&[("do", "ticked"), ("is", "2"), ("is", "3"), ("unsure", "3")]);
    assert_eq!(both.asked(), "illness");
    let ticked = |name: &str| -> Vec<String> {
        let marked = both
            .page
            .named("input")
            .filter(|one| one.get("name") == Some(name) && one.get("checked").is_some());
        marked.map(|one| one.get("value").unwrap().to_owned()).collect()
    };
    assert_eq!(
        (ticked("is"), ticked("unsure")),
        (vec!["2".to_owned(), "3".to_owned()], vec!["3".to_owned()])
    );
}

#[test]
fn an_answer_can_be_changed_from_the_look_back() {
    let (last, _) = answered(Visit::through("clinic"), &[("start", "choose:1"), ("area", "unknown")]);
    let change = last.send(&[("do", "change:length")]);
    assert_eq!(change.asked(), "length");
    let (again, questions) = answered(change, &[("length", "1 mm")]);
    assert_eq!(questions, 1);
    assert!(
        again.page.text().contains("Needle length: 1 mm"),
        "{}",
        again.page.text()
    );
    // A clinic is told what is still to be asked.
    let answer = again.send(&[("do", "answer")]);
    let asked = answer.page.by_id("to-ask").unwrap().parent().unwrap().text();
    assert!(asked.contains("Area of one session"), "{asked}");
    // One sheet for the talk holds it too, and leads back to the whole answer.
    let form = answer.page.elements().filter(|one| one.name() == "form");
    let sheet = form
        .filter(|form| form.named("input").any(|one| one.get("name") == Some("sheet")))
        .last()
        .unwrap();
    let fields = sheet
        .named("input")
        .map(|one| (one.get("name").unwrap(), one.get("value").unwrap()));
    let sheet = Visit::at(post("/answer", &fields.collect::<Vec<_>>()));
    let text = sheet.page.text();
    assert!(
        text.contains("Area of one session") && text.contains("Back to the whole answer"),
        "{text}"
    );
    assert!(!text.contains("Take it with you"), "{text}");
}

#[test]
fn a_form_that_was_tampered_with_is_told_so_and_breaks_nothing() {
    for (so_far, door) in [
        ("", "thinking"),
        ("needlework-answers/1\n1\tno.such\tx", "thinking"),
        ("needlework-answers/1\n1\tperson.age\t30 years", "window"),
        ("\u{0}\u{1b}[2J", "thinking"),
    ] {
        let heard = post(
            "/interview",
            &[("so_far", so_far), ("door", door), ("do", "type"), ("text", "x")],
        );
        assert_eq!(heard.status, 400, "{so_far:?}");
        assert_eq!(laws::accessible(&heard.page()), [""; 0]);
    }
    let endless: String = (0..50_000)
        .map(|turn| format!("{turn}\tinterview.{turn}\tx\n"))
        .collect();
    let endless = format!("needlework-answers/1\n{endless}");
    assert_eq!(
        post("/interview", &[("so_far", &endless), ("door", "thinking")]).status,
        400
    );
    // An answer that no case takes is told at its place.
    let odd = "needlework-answers/1\n1\tperson.age\tvery \"old\" <b>";
    let heard = post("/interview", &[("so_far", odd), ("door", "thinking"), ("do", "back2")]);
    assert_eq!(heard.status, 422, "{}", heard.body);
    assert!(heard.page().text().contains("person.age"), "{}", heard.body);
}

#[test]
fn answers_that_were_kept_as_a_file_are_gone_on_with() {
    let kept = |visit: &Visit| {
        let fields = visit.with(&[]);
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        let kept = post("/case.toml", &fields);
        assert!(kept.headers["content-disposition"].contains("my-case.toml"));
        // A form sends other ends of lines than the file has.
        kept.body.replace('\n', "\r\n")
    };
    let length = Visit::through("thinking")
        .choose("2")
        .write("belly")
        .choose("clinic")
        .choose("roller");
    assert_eq!(length.asked(), "length");
    assert_eq!(
        Visit::at(post("/resume", &[("case", &kept(&length))])).asked(),
        "length"
    );
    let when = Visit::through("done").send(&[("do", "none")]);
    assert_eq!(
        Visit::at(post("/resume", &[("case", &kept(&when))])).asked(),
        when.asked()
    );
    // What was typed is still there where it cannot be read.
    let wrong = post("/resume", &[("case", "[person]\nage = \"old\"")]);
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("age = &quot;old&quot;"), "{}", wrong.body);
}

/// Numbers that look random and are the same each time.
fn draws(mut state: u64) -> impl FnMut(usize) -> usize {
    move |below| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or(0) % below.max(1)
    }
}

#[test]
fn no_answers_however_mixed_up_break_the_house() {
    let mut paths: Vec<String> = needlework::case::fields().into_iter().map(|field| field.path).collect();
    paths.extend(["path", "goes_on", "opened health.pregnant", "mark", "x"].map(|own| format!("interview.{own}")));
    let words = [
        "yes",
        "no",
        "unknown",
        "never",
        "now",
        "1",
        "-1",
        "1e999",
        "30 years",
        "1.5 mm",
        "belly",
        "abdomen",
        "home",
        "done",
        "planned",
        "\"",
        "\\",
        "]]",
        "[x]\t=",
        "\u{202e}",
        "none",
        "vitamin_c 1 h",
        "{}",
        "9e99 mm",
    ];
    let actions = [
        "back",
        "type",
        "none",
        "ticked",
        "unknown",
        "hear",
        "answer",
        "change:length",
        "choose:1",
        "",
    ];
    let mut draw = draws(7);
    for _ in 0..250 {
        let mut kept = "needlework-answers/1\n".to_owned();
        for turn in 0..draw(9) {
            kept.push_str(&format!(
                "{turn}\t{}\t{}\n",
                paths[draw(paths.len())],
                words[draw(words.len())]
            ));
        }
        let fields = [
            ("so_far", kept.as_str()),
            ("door", ["thinking", "done", "clinic"][draw(3)]),
            ("asked", ["mark", "length", "illness", "rest", "person.age"][draw(5)]),
            ("do", actions[draw(actions.len())]),
            ("text", words[draw(words.len())]),
            ("is", "1"),
            ("unsure", "x"),
        ];
        let heard = post("/interview", &fields);
        assert!(
            [200, 303, 400, 422].contains(&heard.status),
            "{}: {fields:?}",
            heard.status
        );
    }
}
