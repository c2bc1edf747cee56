//! Who reads an answer, as it is asked on the command line.

use clap::ValueEnum;

/// Who reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Reader {
    /// A careful layperson.
    Lay,
    /// A researcher.
    Research,
}

impl From<Reader> for needlework::verdict::Reading {
    fn from(reader: Reader) -> Self {
        match reader {
            Reader::Lay => Self::Lay,
            Reader::Research => Self::Research,
        }
    }
}
