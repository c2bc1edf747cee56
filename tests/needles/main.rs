//! Needles, skin and what is felt in drawn worlds, and which numbers are drawn.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::disallowed_methods, reason = "a test reads a committed case")]

mod fixed;
mod worlds;
