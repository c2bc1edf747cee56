//! The answer: the page that `needlework assess` writes, with what can be done from here around it.
//!
//! At once it stands on few people and says so; a button, or the script, asks for as many as the command line takes.
//! The case travels in the forms below it, so that every download is computed from the same text.

use std::sync::Arc;

use axum::response::Response;
use maud::{Markup, html};
use needlework::case::{AnswerKind, Case, path, read_with, typed_answer};
use needlework::verdict::{Reading, Report};
use needlework_desk::problem::Problem;
use needlework_figures::numbers::grouped;
use needlework_figures::words::shows_numbers;
use needlework_pages as pages;

use crate::carried::Carried;
use crate::door::{Door, reading, reading_name};
use crate::fault::Fault;
use crate::form::Form;
use crate::house::{Asked, CASE_NAME, House};
use crate::own_answers::own_answers;
use crate::own_plan::own;
use crate::replies::{download, page};
use crate::rooms::{ALSO, Text};
use crate::shell::hidden;
use crate::words::fill;

/// A case to be answered, and how.
pub(crate) struct Answered {
    /// The case, as a text.
    pub(crate) case: String,
    /// The interview that made it; none where it was typed.
    pub(crate) carried: Option<Carried>,
    /// How it is judged.
    pub(crate) asked: Asked,
    /// Whether it is one sheet for a talk, and not the whole answer.
    pub(crate) sheet: bool,
}

impl Answered {
    /// What a form asks for.
    ///
    /// # Errors
    /// [`Fault`] where it is not of our making.
    pub(crate) fn by(house: &House, form: &Form) -> Result<Self, Fault> {
        let carried = match form.get("so_far") {
            "" => None,
            _ => Some(Carried::by(form)?),
        };
        Ok(Self {
            case: form.get("case").to_owned(),
            carried,
            asked: Asked {
                seed: house.seed(form.get("seed"))?,
                ..house.asked(House::people(form.get("people"))?, reading(form.get("for")))
            },
            sheet: !form.get("sheet").is_empty(),
        })
    }

    /// The fields of a form that asks for the same, of other people or another reading where that is said.
    fn fields(&self, people: usize, reading: Reading) -> Markup {
        html! {
            (hidden("case", &self.case))
            (hidden("for", reading_name(reading)))
            (hidden("people", &people.to_string()))
            (hidden("seed", &self.asked.seed.to_string()))
            @if let Some(carried) = &self.carried { (carried.fields()) }
        }
    }
}

/// Judges a case, where nobody goes away meanwhile.
async fn judged(house: &Arc<House>, case: Case, asked: Asked) -> Result<Report, Fault> {
    let own = Arc::clone(house);
    let work = move |watch: &crate::works::Watch| own.judged(&case, asked, watch);
    Ok(house.works.quietly(work).await??.report)
}

/// The answer to a case as a page.
///
/// # Errors
/// [`Fault`] where the case is wrong, or cannot be judged.
pub(crate) async fn answer(house: &Arc<House>, answered: Answered) -> Result<Response, Fault> {
    let case = house.case(&answered.case)?;
    let report = judged(house, case.clone(), answered.asked).await?;
    let (before, after) = if answered.sheet {
        (whole_again(house, &answered), asked_still(house, &answered))
    } else {
        (
            before(house, &answered, &report),
            after(house, &answered, &report, &case),
        )
    };
    Ok(page(200, house.around(&pages::html(&report), before, after)))
}

/// What stands above an answer: how many people it is from, and where more are to be had.
fn before(house: &House, answered: &Answered, report: &Report) -> Markup {
    let words = house.words;
    let counted = |sentence: &str, people: usize| fill(sentence, &[("people", &grouped(people as f64))]);
    let asked = answered.asked;
    html! {
        @if shows_numbers(report) && report.worlds > 0 {
            form.own.people-asked
                #people-asked
                method="post"
                action="/answer"
                data-refining=[(asked.people < House::whole()).then(|| counted(words.refining, asked.people))]
                data-one-time=(words.one_time)
                data-all-times=(words.all_times)
            {
                @if asked.people < House::whole() {
                    (answered.fields(House::whole(), asked.reading))
                    p role="status" { (counted(words.quick, asked.people)) }
                    button.main type="submit" { (counted(words.refine, House::whole())) }
                } @else {
                    p role="status" { (counted(words.refined, asked.people)) }
                }
            }
        }
    }
}

/// Whether a clinic asks.
fn is_of_clinic(answered: &Answered) -> bool {
    answered
        .carried
        .as_ref()
        .is_some_and(|carried| carried.door == Door::Clinic)
}

/// What a clinic has still to find out; nothing for others.
fn asked_still(house: &House, answered: &Answered) -> Markup {
    let carried = answered.carried.as_ref().filter(|_| is_of_clinic(answered));
    carried.map_or_else(|| html! {}, |carried| to_ask(house, carried))
}

/// The head of the sheet: what it is, and the way to the whole answer. The style beside it leaves the rest away.
fn whole_again(house: &House, answered: &Answered) -> Markup {
    html! {
        form.own.people-asked method="post" action="/answer" {
            link rel="stylesheet" href="/sheet.css";
            (answered.fields(answered.asked.people, answered.asked.reading))
            p { (house.words.sheet_lead) }
            button.plain type="submit" { (house.words.sheet_whole) }
        }
    }
}

/// The interview whose end a rule made, where it can be gone on with.
fn stopped_early<'a>(house: &House, answered: &'a Answered) -> Option<&'a Carried> {
    use needlework::rules::interview::Step;
    let carried = answered.carried.as_ref()?;
    let step = house.interviewer().next(&carried.answers).ok()?;
    matches!(step, Step::Settled(_)).then_some(carried)
}

/// What stands below an answer.
fn after(house: &House, answered: &Answered, report: &Report, case: &Case) -> Markup {
    let words = house.words;
    html! {
        (asked_still(house, answered))
        @if is_of_clinic(answered) {
            form.own method="post" action="/answer" {
                (answered.fields(House::whole(), answered.asked.reading))
                (hidden("sheet", "yes"))
                button.main type="submit" { (words.sheet) }
            }
        }
        @if let Some(carried) = stopped_early(house, answered) {
            form.own.note method="post" action="/interview" {
                (carried.fields())
                p { (words.stopped_early) }
                (crate::shell::button("plain", "hear", words.hear_everything))
            }
        }
        section.own aria-labelledby="take" {
            h2 #take { (words.take) }
            form method="post" action="/download" {
                (answered.fields(answered.asked.people.max(House::whole()), answered.asked.reading))
                ul.take {
                    li { button.plain type="submit" name="what" value="report.html" { (words.take_report) } }
                    li { button.plain type="submit" name="what" value="case.toml" { (words.take_case) } }
                    li { button.plain type="submit" name="what" value="report.json" { (words.take_json) } }
                    li {
                        label for="start" { (words.first_day) }
                        " "
                        input #start type="date" name="start" value=(start_day(report));
                        " "
                        button.plain type="submit" name="what" value="calendar.ics" { (words.take_calendar) }
                    }
                }
            }
        }
        @match &answered.carried {
            Some(carried) => (own_answers(house, &house.interviewer(), carried)),
            None => {
                form.own method="post" action={ "/" (Door::Research.name()) } {
                    (answered.fields(answered.asked.people, answered.asked.reading))
                    button.plain type="submit" { (words.case_change) }
                }
            }
        }
        @if shows_numbers(report) && report.puncture.is_some() { (block_offered(house, answered)) }
        @if shows_numbers(report) { (another(house, answered, case)) }
        section.own aria-labelledby="readings" {
            h2 #readings { (words.reading) }
            form method="post" action="/answer" {
                @match answered.asked.reading {
                    Reading::Lay => {
                        p { (words.reading_lay) }
                        (answered.fields(answered.asked.people, Reading::Research))
                        button.plain type="submit" { (words.to_research) }
                    }
                    Reading::Research => {
                        p { (words.reading_research) }
                        (answered.fields(answered.asked.people, Reading::Lay))
                        button.plain type="submit" { (words.to_lay) }
                    }
                }
            }
        }
    }
}

/// A field that a plan is tried with other values of, beside its own.
struct Choice {
    path: &'static str,
    says: Text,
    /// The least, the most, the step and the unit of a slider; none where it is no number.
    slides: Option<[&'static str; 4]>,
}

/// How long the needles are.
const LENGTH: &str = path!(device.needle_length);

/// How deep a device is set.
const SETTING: &str = path!(device.depth_setting);

/// What can be tried out. A slider ends where no study in striae is far beyond; more can be typed.
const CHOICES: [Choice; 4] = [
    Choice {
        path: LENGTH,
        says: |words| words.another_length,
        slides: Some(["0.5", "3", "0.25", "mm"]),
    },
    Choice {
        path: path!(regimen.sessions),
        says: |words| words.another_sessions,
        slides: Some(["1", "8", "1", ""]),
    },
    Choice {
        path: path!(regimen.interval),
        says: |words| words.another_interval,
        slides: Some(["2", "12", "1", "week"]),
    },
    Choice {
        path: path!(regimen.setting),
        says: |words| words.another_setting,
        slides: None,
    },
];

/// Other choices, to be put beside this plan on the same people.
fn another(house: &House, answered: &Answered, case: &Case) -> Markup {
    let words = house.words;
    let is_set = case.device.depth_setting.known().is_some();
    html! {
        section.own aria-labelledby="another" {
            h2 #another { (words.another) }
            p { (words.another_lead) }
            form
                method="post"
                action="/compare"
                data-watch=(words.watch_working)
                data-stop=(words.watch_stop)
                data-stopped=(words.watch_stopped)
            {
                (hidden("case", &answered.case))
                (hidden("for", reading_name(answered.asked.reading)))
                (hidden("seed", &answered.asked.seed.to_string()))
                (hidden("people", &QUICK_PLANS.to_string()))
                div.fields
                    data-moving=(words.moving)
                    data-moving-lead=(words.moving_lead)
                    data-quick=(words.moving_quick)
                    data-done=(words.moving_done)
                    data-failed=(words.moving_failed)
                    data-quick-people=(QUICK_BESIDE)
                    data-people=(QUICK_PLANS)
                {
                    @for Choice { path, says, slides } in CHOICES {
                        // The depth of a device that is set is its setting, and not the length of its needles.
                        @let path = if path == LENGTH && is_set { SETTING } else { path };
                        @let own = own(case, &house.library.catalog, path);
                        label {
                            span { (says(words)) }
                            input
                                type="text"
                                name={ (ALSO) (path) }
                                autocapitalize="none"
                                spellcheck="false"
                                data-slides=[slides.map(|slides| slides.join(","))]
                                data-own=[own];
                        }
                    }
                }
                button.main type="submit" { (words.another_go) }
                @if answered.asked.reading == Reading::Lay { p.quiet { (words.another_lay) } }
            }
        }
    }
}

/// The block of skin, which is worked out only where it is wanted.
fn block_offered(house: &House, answered: &Answered) -> Markup {
    let words = house.words;
    html! {
        section.own #in-the-skin aria-labelledby="in-the-skin-title" {
            h2 #in-the-skin-title { (words.block_title) }
            p { (words.block_offer) }
            form method="post" action="/block" data-waiting=(words.block_waiting) {
                (hidden("case", &answered.case))
                (hidden("for", reading_name(answered.asked.reading)))
                (hidden("seed", &answered.asked.seed.to_string()))
                button.main type="submit" { (words.block_show) }
            }
        }
    }
}

/// People of each plan that is put beside another.
const QUICK_PLANS: usize = 500;

/// People of each plan while somebody moves a choice.
const QUICK_BESIDE: usize = 50;

/// The day of the first session, where the case names one.
fn start_day(report: &Report) -> &str {
    let regimen = report.case.get("regimen");
    let day = regimen.and_then(|regimen| regimen.get("start_date"));
    day.and_then(|day| day.as_str()).unwrap_or_default()
}

/// What a clinic has to find out: every answer that is not known.
fn to_ask(house: &House, carried: &Carried) -> Markup {
    let words = house.words;
    let lines = house.interviewer().look_back(&carried.answers);
    let unknown: Vec<_> = lines.iter().filter(|line| line.answer.contains(UNKNOWN)).collect();
    html! {
        @if !unknown.is_empty() {
            section aria-labelledby="to-ask" {
                h2 #to-ask { (words.to_ask) }
                p { (words.to_ask_lead) }
                ul.check {
                    @for line in unknown {
                        li { (line.label) }
                    }
                }
            }
        }
    }
}

/// How an answer reads that is not known.
const UNKNOWN: &str = "not known";

/// A file of an answer, with the same bytes as on the command line.
///
/// # Errors
/// [`Fault`] where the case is wrong, or has no such file.
pub(crate) async fn file(house: &Arc<House>, form: &Form) -> Result<Response, Fault> {
    let answered = Answered::by(house, form)?;
    let case = house.case(&answered.case)?;
    match form.get("what") {
        "case.toml" => Ok(download("my-case.toml", "application/toml", answered.case.into_bytes())),
        "report.json" => {
            let report = judged(house, case, answered.asked).await?;
            let json = pages::json(&report).map_err(|error| Fault::failed("report.json could not be made", error))?;
            Ok(download("report.json", "application/json", json.into_bytes()))
        }
        "report.html" => {
            let report = judged(house, case, answered.asked).await?;
            Ok(download(
                "report.html",
                "text/html; charset=utf-8",
                pages::html(&report).into_bytes(),
            ))
        }
        "calendar.ics" => {
            let day = form.get("start").trim();
            let case = if day.is_empty() {
                case
            } else {
                let set = [(path!(regimen.start_date), typed_answer(day, AnswerKind::Text))];
                read_with(&answered.case, CASE_NAME, &set, &house.library.catalog)?
            };
            if case.regimen.start_date.known().is_none() {
                return Err(Problem::input(house.words.calendar_has_none, house.words.calendar_needs_day).into());
            }
            let report = judged(house, case.clone(), answered.asked).await?;
            let calendar = pages::calendar(&report, &case);
            let none = || Problem::input(house.words.calendar_has_none, house.words.calendar_needs_day);
            let calendar = calendar.ok_or_else(none)?;
            Ok(download(
                "calendar.ics",
                "text/calendar; charset=utf-8",
                calendar.into_bytes(),
            ))
        }
        _ => Err(Fault::NotFound),
    }
}
