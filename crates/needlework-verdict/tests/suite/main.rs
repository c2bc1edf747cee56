//! What a verdict says beside its first screen, on committed cases.

#![allow(clippy::unwrap_used)]

mod words;
