//! The local page over real sockets of the loopback, as browsers and programs speak to it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod answers;
mod block;
mod client;
mod interview;
mod manners;
mod rooms;
