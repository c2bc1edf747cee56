//! The rooms for programs: JSON, errors as `problem+json` with the diagnostics of the command line, progress as events.
//!
//! A case is the body as it stands in its file; everything else is in the address. Whoever closes the connection stops
//! the work.

use std::pin::Pin;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::{ACCEPT, RETRY_AFTER};
use axum::response::Response;
use futures_util::stream;
use needlework::numerics::Progress;
use needlework_desk::problem::Problem;
use schemars::JsonSchema;
use serde::Serialize;
use tokio::sync::watch;

use crate::fault::Fault;
use crate::form::Form;
use crate::house::House;
use crate::replies::{COME_BACK, answer_of, as_they_come, event, progressed};
use crate::rooms::{Made, Room, askable};
use crate::shell::begun;
use crate::words::Words;
use crate::works::Watch;

/// Why there is no answer (RFC 9457).
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Told {
    /// What is wrong, in a few words.
    title: String,
    /// The status of the response.
    status: u16,
    /// What is wrong in full; empty where `problems` says it.
    detail: String,
    /// What to do.
    help: String,
    /// Everything that is wrong in a case, in its order.
    problems: Vec<Mistake>,
    /// Whether there are more problems than are listed.
    more: bool,
}

/// One mistake of a case.
#[derive(Debug, Serialize, JsonSchema)]
struct Mistake {
    /// What is wrong.
    message: String,
    /// The field that it is about, such as `device.needle_length`; empty where it is about none.
    field: String,
    /// The line, from one.
    line: usize,
    /// The column in characters, from one.
    column: usize,
    /// What was written there.
    written: String,
    /// What is allowed, and how to mend it.
    help: String,
    /// What was probably meant, as the file would say it.
    nearest: Option<String>,
}

impl Told {
    fn of(words: &Words, fault: &Fault) -> Self {
        let told = |title: &str, detail: &str, help: &str| Self {
            title: title.to_owned(),
            status: fault.status(),
            detail: detail.to_owned(),
            help: help.to_owned(),
            problems: Vec::new(),
            more: false,
        };
        match fault {
            Fault::NotFound => {
                let names: Vec<&str> = askable().map(|room| room.name).collect();
                told(words.not_found, "", &format!("/api/v1/: {}", names.join(", ")))
            }
            Fault::Busy => told(words.busy, "", words.busy_more),
            Fault::Stale => told(words.stale, "", words.stale_more),
            Fault::TooLarge => told(words.too_large, "", words.too_large_more),
            Fault::Problem(Problem::Input { what, help }) => told(words.wrong_input, what, help),
            Fault::Problem(Problem::Failed { what, help }) => told(words.failed, what, help),
            Fault::Problem(Problem::Case(wrong)) => {
                let mistake = |problem: &needlework::case::Diagnostic| {
                    let (line, column) = wrong.position(problem.span.start);
                    Mistake {
                        message: problem.message.clone(),
                        field: problem.path.clone(),
                        line,
                        column,
                        written: begun(wrong.text.get(problem.span.clone()).unwrap_or_default()),
                        help: problem.help.clone(),
                        nearest: problem.nearest.clone(),
                    }
                };
                Self {
                    problems: wrong.problems.iter().map(mistake).collect(),
                    more: wrong.more,
                    ..told(words.case_wrong, "", "")
                }
            }
        }
    }

    fn text(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

/// Answers a program.
pub(crate) async fn answer(house: &Arc<House>, name: &str, query: Form, request: Request, most: usize) -> Response {
    let as_events = request.headers().get(ACCEPT).and_then(|kind| kind.to_str().ok());
    let as_events = as_events.is_some_and(|kinds| kinds.contains("text/event-stream"));
    let asked = match askable().find(|room| room.name == name) {
        None => Err(Fault::NotFound),
        Some(room) => body(request, most)
            .await
            .map(|text| (room, with_body(query, room, text))),
    };
    match asked {
        Err(fault) => refused(house.words, &fault),
        Ok((room, form)) if as_events => events(Arc::clone(house), room, form),
        Ok((room, form)) => match work(Arc::clone(house), room, form, |_| {}).await {
            Ok(made) => answer_of(200, "application/json", made.json.into()),
            Err(fault) => refused(house.words, &fault),
        },
    }
}

/// The text of a body.
async fn body(request: Request, most: usize) -> Result<String, Fault> {
    let bytes = axum::body::to_bytes(request.into_body(), most)
        .await
        .map_err(|_| Fault::TooLarge)?;
    let no_text = || Problem::input("the case is no text in UTF-8", "save it as UTF-8 and send it again");
    String::from_utf8(bytes.into()).map_err(|_| no_text().into())
}

/// What is asked, with the body where the room takes one.
fn with_body(mut query: Form, room: &Room, text: String) -> Form {
    if let Some(field) = room.body() {
        query.0.retain(|(name, _)| name != field.name);
        query.0.push((field.name.to_owned(), text));
    }
    query
}

async fn work(
    house: Arc<House>,
    room: &'static Room,
    form: Form,
    told: impl Fn(Progress) + Send + 'static,
) -> Result<Made, Fault> {
    let own = Arc::clone(&house);
    let at_once = (room.at_once)(&form);
    let work = move |watch: &Watch| (room.work)(&own, &form, watch);
    if at_once {
        return house.works.at_once(work).await?;
    }
    house.works.watched(told, work).await?
}

/// Why there is no answer.
pub(crate) fn refused(words: &Words, fault: &Fault) -> Response {
    let told = Told::of(words, fault);
    let mut response = answer_of(told.status, "application/problem+json", told.text().into());
    if matches!(fault, Fault::Busy) {
        response
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from_static(COME_BACK));
    }
    response
}

/// Progress and answer as events. The work lives in the stream, so that it ends with it.
fn events(house: Arc<House>, room: &'static Room, form: Form) -> Response {
    type Working = Pin<Box<dyn Future<Output = Result<Made, Fault>> + Send>>;
    let words = house.words;
    let (tell, hear) = watch::channel(Progress { done: 0, total: 0 });
    let told = move |progress| {
        let _ = tell.send(progress);
    };
    let working: Working = Box::pin(work(house, room, form, told));
    let begun = Some((working, hear));
    let stream = stream::unfold(begun, move |state| async move {
        let (mut working, mut hear) = state?;
        tokio::select! {
            biased;
            made = &mut working => {
                let last = match made {
                    Ok(made) => event("answer", &made.json),
                    Err(fault) => event("problem", &Told::of(words, &fault).text()),
                };
                Some((Ok::<_, std::convert::Infallible>(last), None))
            }
            Ok(()) = hear.changed() => {
                let text = progressed(*hear.borrow_and_update());
                Some((Ok(text), Some((working, hear))))
            }
        }
    });
    as_they_come(Body::from_stream(stream))
}
