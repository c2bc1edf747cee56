//! What a room is: its name, what is asked, and what works it out.

use crate::fault::Fault;
use crate::form::Form;
use crate::house::House;
use crate::words::Words;
use crate::works::Watch;

/// What a room answers: a page, and the same as JSON.
pub(crate) struct Made {
    pub(crate) page: String,
    pub(crate) json: String,
}

/// Works out what a form asks of a room.
pub(crate) type Work = fn(&House, &Form, &Watch) -> Result<Made, Fault>;

/// A text of the catalogue.
pub(crate) type Text = fn(&Words) -> &'static str;

/// A room.
pub(crate) struct Room {
    /// Its name in addresses, as the command is called.
    pub(crate) name: &'static str,
    /// What it is called.
    pub(crate) title: Text,
    /// What it answers.
    pub(crate) lead: Text,
    /// What is asked.
    pub(crate) fields: &'static [Field],
    /// What can be asked beside it, folded away on its page.
    pub(crate) more: &'static [Field],
    /// The format of its JSON; none where that has no schema.
    pub(crate) format: Option<&'static str>,
    /// Whether what a form asks takes no time: then it waits for nobody, and where nothing is asked that is answered.
    pub(crate) at_once: fn(&Form) -> bool,
    /// What works it out.
    pub(crate) work: Work,
}

/// One thing that is asked of a room.
pub(crate) struct Field {
    /// Its name in a form and in an address.
    pub(crate) name: &'static str,
    /// What it is.
    pub(crate) says: Text,
    /// What may be said.
    pub(crate) kind: Kind,
    /// What is taken where nothing is said; empty where it is left open.
    pub(crate) usual: &'static str,
}

/// What may be said of a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A whole case.
    Case,
    /// A whole design file.
    Design,
    /// A whole study file.
    Study,
    /// A text that stands in the address, however long it is.
    Text,
    /// A line.
    Line,
    /// Lines, each by itself.
    Lines,
    /// One of these.
    One(&'static [&'static str]),
    /// A body site by name.
    Site,
    /// A device by name.
    Device,
    /// Yes, or left out.
    Yes,
}

impl Room {
    /// Everything that is asked.
    pub(crate) fn all(&self) -> impl Iterator<Item = &'static Field> + use<> {
        self.fields.iter().chain(self.more)
    }

    /// The field that programs send as a body: a case, a design or a study.
    pub(crate) fn body(&self) -> Option<&'static Field> {
        self.all().find(|field| field.is_body())
    }
}

impl Field {
    /// Whether programs send it as a body.
    pub(crate) fn is_body(&self) -> bool {
        matches!(self.kind, Kind::Case | Kind::Design | Kind::Study)
    }

    /// Whether it takes several lines.
    pub(crate) fn is_wide(&self) -> bool {
        self.is_body() || matches!(self.kind, Kind::Lines | Kind::Text)
    }
}
