//! Where a finding points: the value of a question in the file that was read.

use toml::de::DeTable;

use crate::diagnostic::{Diagnostic, quoted};
use crate::document::{Entry, entry_of};

/// The document with its text, to point into.
pub(super) struct Place<'a, 'i> {
    pub(super) document: &'a DeTable<'i>,
    pub(super) text: &'a str,
}

impl Place<'_, '_> {
    /// A finding at the value of a question.
    pub(super) fn at(&self, path: &str, message: impl FnOnce(&str) -> String, label: &str, help: String) -> Diagnostic {
        let span = entry_of(self.document, path).map_or(0..0, |entry: Entry| entry.value);
        let message = message(&quoted(self.text, &span));
        Diagnostic {
            message,
            path: path.to_owned(),
            span,
            label: label.to_owned(),
            help,
            nearest: None,
        }
    }
}
