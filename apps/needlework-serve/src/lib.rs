//! The local page: the interview, the answer and the rooms in a browser on the same machine, and the same as JSON.
//!
//! Pages are made by the server; a form carries all that was answered, so that nothing is remembered here and nothing
//! is lost by a step back. The answer is the page that `needlework assess` writes, with a bar around it. Nothing of a
//! verdict is computed in the browser.
//!
//! Manners: only the own address is answered to (`guard`), forms of other pages are refused, no cookie is set,
//! nothing that was answered is written down, work waits in a queue with an end (`works`), and whoever leaves stops
//! the work that was done for them. Limits: one machine, few people; HTTP/1.1 without encryption, which is why anything
//! but the loopback asks for a token.

mod answer;
mod api;
mod body_map;
mod carried;
mod colour_sample;
mod door;
mod doors;
mod examples;
mod fault;
mod form;
mod front;
mod guard;
mod house;
mod interview;
#[cfg(test)]
mod marked;
mod openapi;
mod own_answers;
mod own_plan;
mod question;
mod replies;
mod resume;
mod room_page;
mod rooms;
mod routes;
mod samples;
mod shell;
mod triage;
mod typed;
mod watched;
mod words;
mod works;

pub use doors::{Doors, Open};
