//! The interview as forms: each carries all that was answered, and is answered by the next.
//!
//! What is asked, in which order, and when it ends is said by the interview of the command line; here it is only shown.
//! A plan that a rule refuses is answered at once, with what to do instead, and the questions can be gone on with from
//! there. Nothing is remembered between two forms.

use std::sync::Arc;

use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use needlework::rules::interview::{Answers, Ask, Ending, NotTaken, Step};
use needlework::verdict::{Occasion, texts};

use crate::answer::{Answered, answer};
use crate::carried::Carried;
use crate::door::Door;
use crate::fault::Fault;
use crate::form::Form;
use crate::house::{House, QUICK};
use crate::question::{Shown, Trouble, changeable, said};
use crate::replies::page;
use crate::samples::{ASKED, pictures, samples};
use crate::shell::{Page, button};
use crate::triage;
use crate::works::Watch;

/// The first question behind a door.
///
/// # Errors
/// [`Fault`] when the interview cannot be begun.
pub(crate) async fn begin(house: &Arc<House>, door: Door) -> Result<Response, Fault> {
    let interviewer = house.interviewer();
    let mut answers = Answers::default();
    if let (Some(choice), Step::Ask(ask)) = (door.begins_with(), interviewer.next(&answers)?) {
        answers = interviewer.accept(&answers, &ask, choice).map_err(|_| Fault::Stale)?;
    }
    next(house, &Carried { answers, door }).await
}

/// What follows from a form of the interview.
///
/// # Errors
/// [`Fault`] where the form is not of our making, or the answer cannot be computed.
pub(crate) async fn go_on(house: &Arc<House>, form: &Form) -> Result<Response, Fault> {
    let mut carried = Carried::by(form)?;
    let does = form.get("do");
    if does == "back" {
        return match carried.answers.undo() {
            Some(_) => next(house, &carried).await,
            None => Ok(Redirect::to("/").into_response()),
        };
    }
    if does == "hear" {
        carried.answers.go_on();
        return next(house, &carried).await;
    }
    if does == "answer" {
        return whole(house, &carried).await;
    }
    if let Some(id) = does.strip_prefix("change:") {
        let lines = house.interviewer().look_back(&carried.answers);
        let line = lines.iter().find(|line| line.id == id).ok_or(Fault::Stale)?;
        line.paths.iter().for_each(|path| carried.answers.take_back(path));
        return next(house, &carried).await;
    }
    // The form answers the question that it asked; where another is due, that one is asked.
    let ask = match house.interviewer().next(&carried.answers)? {
        Step::Ask(ask) if ask.id == form.get("asked") => ask,
        _ => return next(house, &carried).await,
    };
    match taken(house, &carried.answers, &ask, form) {
        Ok(answers) => {
            carried.answers = answers;
            next(house, &carried).await
        }
        Err(trouble) => {
            let nothing = html! {};
            Ok(page(
                200,
                asked(house, &carried, &ask, (nothing, Some((form, trouble)))),
            ))
        }
    }
}

/// The answers with what a form says.
fn taken(house: &House, answers: &Answers, ask: &Ask, form: &Form) -> Result<Answers, Trouble> {
    let typed = said(house.words, ask, form)?;
    let refused = |wrong: NotTaken| Trouble {
        what: wrong.sentence(),
        nearest: wrong.nearest,
    };
    house.interviewer().accept(answers, ask, &typed).map_err(refused)
}

/// What comes next after these answers.
///
/// # Errors
/// [`Fault`] where an answer is none, or the answer cannot be computed.
pub(crate) async fn next(house: &Arc<House>, carried: &Carried) -> Result<Response, Fault> {
    let step = house.interviewer().next(&carried.answers)?;
    match step {
        Step::Ask(ask) => {
            let beside = beside(house, carried, &ask).await?;
            Ok(page(200, asked(house, carried, &ask, (beside, None))))
        }
        Step::Stop(ending) => stopped(house, carried, ending),
        Step::Settled(_) => whole(house, carried).await,
        Step::Done(_) => Ok(page(200, looked_back(house, carried))),
    }
}

/// What is shown beside a question: where it is whether marks are red or pale, samples of both.
async fn beside(house: &Arc<House>, carried: &Carried, ask: &Ask) -> Result<Markup, Fault> {
    if ask.id != ASKED {
        return Ok(html! {});
    }
    let case = house.case(&carried.answers.document())?;
    let (own, skin_type) = (Arc::clone(house), case.person.fitzpatrick.get());
    let work = move |watch: &Watch| samples(&own, skin_type, watch);
    let samples = house.works.at_once(work).await??;
    Ok(pictures(house.words, &samples))
}

/// A question as a page, with what is shown beside it, and what was not taken.
fn asked(house: &House, carried: &Carried, ask: &Ask, (beside, again): (Markup, Option<(&Form, Trouble)>)) -> String {
    house.question(&Shown {
        ask,
        lines: &house.interviewer().look_back(&carried.answers),
        carried: carried.fields_to_keep(house.words),
        beside,
        again,
    })
}

/// The answer to what was answered: what to do now where it was done already, else the verdict.
async fn whole(house: &Arc<House>, carried: &Carried) -> Result<Response, Fault> {
    if carried.answers.is_done_already() {
        return triage::shown(house, carried);
    }
    let answered = Answered {
        case: carried.answers.document(),
        carried: Some(carried.clone()),
        asked: house.asked(QUICK, needlework::verdict::Reading::Lay),
        sheet: false,
    };
    answer(house, answered).await
}

/// All answers, before the end.
fn looked_back(house: &House, carried: &Carried) -> String {
    let words = house.words;
    let lines = house.interviewer().look_back(&carried.answers);
    let see = if carried.answers.is_done_already() {
        words.to_what_to_do
    } else {
        words.see_answer
    };
    house.page(&Page {
        title: words.look_back_title,
        brand: words.interview_brand,
        main: html! {
            p.lead { (words.look_back_lead) }
            form.ask method="post" action="/interview" {
                (carried.fields())
                div.steps {
                    (button("main", "answer", see))
                    (button("plain", "back", words.back))
                }
                (changeable(words, &lines))
                p {
                    button.plain type="submit" formaction="/case.toml" { (words.keep_file) }
                }
            }
        },
    })
}

/// The kind end of an interview.
fn stopped(house: &House, carried: &Carried, ending: Ending) -> Result<Response, Fault> {
    let when = match ending {
        Ending::Emergency => return triage::shown(house, carried),
        Ending::UnderAge => Occasion::Minor,
        Ending::Distress => Occasion::Crisis,
        Ending::Urgent => Occasion::Danger,
    };
    let words = house.words;
    let class = match ending {
        Ending::Urgent | Ending::Emergency => "card urgent",
        Ending::UnderAge | Ending::Distress => "card help",
    };
    Ok(page(
        200,
        house.page(&Page {
            title: ending.opening(),
            brand: words.interview_brand,
            main: html! {
                div class=(class) {
                    @for line in texts(&house.library.advice, when) {
                        p { (line) }
                    }
                }
                @if ending == Ending::Urgent {
                    p {
                        a href={ "/" (Door::Done.name()) } { (words.by_day) }
                    }
                }
                p { (words.nothing_kept) }
                form method="post" action="/interview" {
                    (carried.fields())
                    (button("plain", "back", words.mistake))
                }
            },
        }),
    ))
}
