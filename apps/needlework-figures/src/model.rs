//! The answer type, imported here and nowhere else in this crate, so that the room it comes from is named in one line.

pub use needlework::contrast::*;
pub use needlework::verdict::*;
