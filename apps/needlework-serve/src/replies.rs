//! What is sent back: a page, a file to be saved, events, or anything of a kind.

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use needlework::numerics::Progress;

/// When to come back to a full queue, in seconds.
pub(crate) const COME_BACK: &str = "10";

/// A page.
pub(crate) fn page(status: u16, text: String) -> Response {
    answer_of(status, "text/html; charset=utf-8", text.into())
}

/// A file to be saved.
pub(crate) fn download(name: impl std::fmt::Display, kind: &'static str, content: Vec<u8>) -> Response {
    let mut response = answer_of(200, kind, content.into());
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        response.headers_mut().insert(CONTENT_DISPOSITION, value);
    }
    response
}

/// An answer of a kind. The browser asks again before it shows it once more, but for a step back.
pub(crate) fn answer_of(status: u16, kind: &'static str, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    response
}

/// Events as they come, which nobody keeps.
pub(crate) fn as_they_come(events: Body) -> Response {
    let mut response = answer_of(200, "text/event-stream", events);
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    response
}

/// How far a work is, as an event.
pub(crate) fn progressed(Progress { done, total }: Progress) -> String {
    event("progress", &format!("{{\"done\":{done},\"total\":{total}}}"))
}

/// One event, each line of its data by itself.
pub(crate) fn event(name: &str, data: &str) -> String {
    let lines: Vec<String> = data.trim_end().lines().map(|line| format!("data: {line}\n")).collect();
    format!("event: {name}\n{}\n", lines.concat())
}
