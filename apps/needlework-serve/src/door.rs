//! Through which door somebody came in: it says what the interview begins with and who reads.

use needlework::verdict::Reading;

/// A door of the first page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Door {
    /// Nothing has been done yet.
    Thinking,
    /// Some sessions are done, and the next is planned.
    Between,
    /// It was done already.
    Done,
    /// A clinic, for a talk with a patient.
    Clinic,
    /// Design or research.
    Research,
}

impl Door {
    const ALL: [Self; 5] = [Self::Thinking, Self::Between, Self::Done, Self::Clinic, Self::Research];

    /// Its name in an address and in a form.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Thinking => "thinking",
            Self::Between => "between",
            Self::Done => "done",
            Self::Clinic => "clinic",
            Self::Research => "research",
        }
    }

    /// The door of that name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|door| door.name() == name)
    }

    /// Which choice of the first question the door answers already; a clinic is asked.
    pub(crate) fn begins_with(self) -> Option<&'static str> {
        match self {
            Self::Thinking => Some("1"),
            Self::Done => Some("2"),
            Self::Between => Some("3"),
            Self::Clinic | Self::Research => None,
        }
    }
}

/// Who reads, by the name that the command line gives it too.
pub(crate) fn reading(name: &str) -> Reading {
    match name {
        "research" => Reading::Research,
        _ => Reading::Lay,
    }
}

/// The name of a reading.
pub(crate) fn reading_name(reading: Reading) -> &'static str {
    match reading {
        Reading::Lay => "lay",
        Reading::Research => "research",
    }
}
