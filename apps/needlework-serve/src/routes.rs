//! Which address is answered by what, and what every answer carries.
//!
//! Every answer forbids the browser to load, send or frame anything but from and to this address, to guess types and to
//! tell other pages where it was. A page may be shown again by a step back, which asks nothing anew; its browser keeps
//! it no longer than that where it is told to forget.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{DefaultBodyLimit, Path, Query, Request, State};
use axum::http::header::{CONTENT_LENGTH, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::{get, post};
use needlework::case::LARGEST_FILE;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutLayer};

use crate::answer::{self, Answered};
use crate::carried::Carried;
use crate::door::Door;
use crate::fault::Fault;
use crate::form::Form;
use crate::guard::Turned;
use crate::house::House;
use crate::interview;
use crate::replies::{COME_BACK, answer_of, download, page};
use crate::rooms::room;
use crate::shell::{BLOCK, BLOCK_SCRIPT, SCRIPT, SHEET, STYLE};
use crate::{api, openapi, resume, room_page, triage, watched};

/// The largest body: a case of the largest size, with every character written as three, and the answers beside it.
const LARGEST_BODY: usize = 4 * LARGEST_FILE;

/// How long a body may take to arrive.
const BODY_TIME: Duration = Duration::from_secs(20);

/// How long an answer may take, the queue and all.
const ANSWER_TIME: Duration = Duration::from_secs(600);

/// What every answer carries.
const HEADERS: [(&str, &str); 7] = [
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; script-src 'self'; connect-src \
         'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    // Not "no-referrer": a browser would then hide from us, too, where a form comes from.
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
];

type Asked = State<Arc<House>>;

/// All addresses.
pub(crate) fn router(house: Arc<House>) -> Router {
    Router::new()
        .route("/", get(front))
        .route("/{name}", get(door).post(ask))
        .route("/rooms", get(rooms))
        .route("/resume", get(resume).post(resumed))
        .route("/api", get(for_programs))
        .route("/api/v1/openapi.json", get(described))
        .route("/api/v1/{name}", get(program).post(program))
        .route("/interview", post(go_on))
        .route("/answer", post(answered))
        .route("/beside", post(beside))
        .route("/download", post(file))
        .route("/case.toml", post(kept))
        .route("/forget", get(forget))
        .route("/watch/{id}", get(watch))
        .route("/serve.css", get(style))
        .route("/sheet.css", get(sheet))
        .route("/page.js", get(script))
        .route(BLOCK, get(block_script))
        .fallback(nothing)
        .method_not_allowed_fallback(nothing)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(from_fn_with_state(Arc::clone(&house), held))
        .layer(RequestBodyTimeoutLayer::new(BODY_TIME))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            ANSWER_TIME,
        ))
        .layer(CatchPanicLayer::new())
        .with_state(house)
}

/// Turns away whom the guard turns away, and gives every answer its headers.
async fn held(State(house): Asked, request: Request, next: Next) -> Response {
    let mut response = match house.guard.lets_in(&request) {
        Ok(()) if is_too_large(&request) => shown(&house, Err(Fault::TooLarge)),
        Ok(()) => next.run(request).await,
        Err(turned) => turned_away(turned),
    };
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}

/// Whether a request says of itself that it is larger than anything that is taken; it is not waited for.
fn is_too_large(request: &Request) -> bool {
    let said = request
        .headers()
        .get(CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok());
    said.is_some_and(|length| length.parse().map_or(true, |bytes: usize| bytes > LARGEST_BODY))
}

/// What whoever is turned away is told, in a line of plain text.
fn turned_away(turned: Turned) -> Response {
    let (status, text) = match turned {
        Turned::Host => (
            421,
            "This is not the host that was asked for. Use the address that was printed.\n",
        ),
        Turned::Origin => (403, "Forms of other pages are not answered.\n"),
        Turned::Token => (401, "The token is missing or wrong. It was printed with the address.\n"),
    };
    let mut response = answer_of(status, "text/plain; charset=utf-8", text.into());
    if turned == Turned::Token {
        let ask = HeaderValue::from_static("Basic realm=\"Needlework\", charset=\"UTF-8\"");
        response.headers_mut().insert(WWW_AUTHENTICATE, ask);
    }
    response
}

async fn front(State(house): Asked) -> Response {
    page(200, house.front())
}

async fn door(State(house): Asked, Path(name): Path<String>, asked: Query<BTreeMap<String, String>>) -> Response {
    let begun = match Door::named(&name) {
        Some(Door::Research) => {
            let example = asked.get("example").map(String::as_str).unwrap_or_default();
            house.example(example).map(|text| page(200, text))
        }
        Some(door) => interview::begin(&house, door).await,
        None => match room(&name) {
            Some(room) => room_page::enter(&house, room).await,
            None => Err(Fault::NotFound),
        },
    };
    shown(&house, begun)
}

async fn ask(State(house): Asked, Path(name): Path<String>, sent: Sent) -> Response {
    let answer = match (room(&name), form(sent)) {
        (None, Ok(form)) if name == Door::Research.name() => Ok(page(200, house.typed(&form, None))),
        (None, _) => Err(Fault::NotFound),
        (_, Err(fault)) => Err(fault),
        (Some(room), Ok(form)) => room_page::ask(&house, room, form).await,
    };
    shown(&house, answer)
}

async fn resume(State(house): Asked) -> Response {
    page(200, resume::asking(&house, "", None))
}

async fn resumed(State(house): Asked, sent: Sent) -> Response {
    let next = match form(sent) {
        Ok(form) => resume::resumed(&house, &form).await,
        Err(fault) => Err(fault),
    };
    shown(&house, next)
}

async fn rooms(State(house): Asked) -> Response {
    page(200, room_page::index(&house))
}

async fn for_programs(State(house): Asked) -> Response {
    page(200, house.for_programs())
}

async fn described(State(house): Asked) -> Response {
    answer_of(
        200,
        "application/json",
        format!("{:#}\n", openapi::description(&house)).into(),
    )
}

type Said = Result<Query<Vec<(String, String)>>, QueryRejection>;

async fn program(State(house): Asked, Path(name): Path<String>, query: Said, request: Request) -> Response {
    match query {
        Ok(Query(fields)) => api::answer(&house, &name, Form(fields), request, LARGEST_BODY).await,
        Err(_) => api::refused(house.words, &Fault::Stale),
    }
}

type Sent = Result<axum::Form<Vec<(String, String)>>, FormRejection>;

async fn go_on(State(house): Asked, sent: Sent) -> Response {
    let next = match form(sent) {
        Ok(form) => interview::go_on(&house, &form).await,
        Err(fault) => Err(fault),
    };
    shown(&house, next)
}

async fn answered(State(house): Asked, sent: Sent) -> Response {
    let form = match form(sent) {
        Ok(form) => form,
        Err(fault) => return shown(&house, Err(fault)),
    };
    let told = match Answered::by(&house, &form) {
        Ok(asked) => answer::answer(&house, asked).await,
        Err(fault) => Err(fault),
    };
    match told {
        // What was typed is shown again, with what is wrong in it.
        Err(Fault::Problem(problem)) if form.get("so_far").is_empty() => {
            let again = house.typed(&form, Some(&problem));
            page(Fault::Problem(problem).status(), again)
        }
        told => shown(&house, told),
    }
}

/// What a choice changes, as a part of a page.
async fn beside(State(house): Asked, sent: Sent) -> Response {
    let made = match form(sent) {
        Ok(form) => room_page::beside(&house, form).await,
        Err(fault) => Err(fault),
    };
    match made {
        Ok(part) => page(200, part),
        Err(Fault::Problem(problem)) => {
            let why = house.explained(&problem).into_string();
            page(Fault::Problem(problem).status(), why)
        }
        Err(fault) => shown(&house, Err(fault)),
    }
}

async fn file(State(house): Asked, sent: Sent) -> Response {
    let made = match form(sent) {
        Ok(form) => match triage::file(&house, &form) {
            Ok(None) => answer::file(&house, &form).await,
            Ok(Some(file)) => Ok(file),
            Err(fault) => Err(fault),
        },
        Err(fault) => Err(fault),
    };
    shown(&house, made)
}

async fn kept(State(house): Asked, sent: Sent) -> Response {
    let carried = form(sent).and_then(|form| Carried::by(&form));
    let case = carried.map(|carried| {
        let text = carried.answers.document();
        download("my-case.toml", "application/toml", text.into_bytes())
    });
    shown(&house, case)
}

async fn forget(State(house): Asked) -> Response {
    let mut response = page(200, house.forgotten());
    let everything = HeaderValue::from_static("\"cache\", \"cookies\", \"storage\"");
    response.headers_mut().insert("clear-site-data", everything);
    response
}

async fn watch(State(house): Asked, Path(id): Path<String>) -> Response {
    match watched::named(&id) {
        Some(word) => watched::events(&house.watched, word).await,
        None => shown(&house, Err(Fault::NotFound)),
    }
}

async fn style() -> Response {
    answer_of(200, "text/css; charset=utf-8", STYLE.into())
}

async fn sheet() -> Response {
    answer_of(200, "text/css; charset=utf-8", SHEET.into())
}

async fn script() -> Response {
    answer_of(200, "text/javascript; charset=utf-8", SCRIPT.into())
}

async fn block_script() -> Response {
    answer_of(200, "text/javascript; charset=utf-8", BLOCK_SCRIPT.into())
}

async fn nothing(State(house): Asked) -> Response {
    shown(&house, Err(Fault::NotFound))
}

/// What a form has sent.
fn form(sent: Sent) -> Result<Form, Fault> {
    match sent {
        Ok(axum::Form(fields)) => Ok(Form(fields)),
        Err(refused) if refused.status() == StatusCode::PAYLOAD_TOO_LARGE => Err(Fault::TooLarge),
        Err(_) => Err(Fault::Stale),
    }
}

/// An answer, or the page that says why there is none.
fn shown(house: &House, answer: Result<Response, Fault>) -> Response {
    answer.unwrap_or_else(|fault| {
        let mut response = page(fault.status(), house.fault(&fault));
        if matches!(fault, Fault::Busy) {
            response
                .headers_mut()
                .insert(RETRY_AFTER, HeaderValue::from_static(COME_BACK));
        }
        response
    })
}
