//! A sample of colour, and those that were made already.

use std::sync::{Mutex, PoisonError};

use needlework::case::Fitzpatrick;

/// The colours of one skin and of the marks on it, as a screen has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ColourSample {
    /// The type of the skin.
    pub(crate) skin_type: Fitzpatrick,
    /// The skin.
    pub(crate) skin: String,
    /// A red mark.
    pub(crate) red: String,
    /// A pale mark.
    pub(crate) pale: String,
}

/// The samples that were made.
#[derive(Debug, Default)]
pub(crate) struct Samples(Mutex<Vec<ColourSample>>);

impl Samples {
    /// The sample of a skin, where it was made.
    pub(crate) fn of(&self, skin_type: Fitzpatrick) -> Option<ColourSample> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter().find(|sample| sample.skin_type == skin_type).cloned()
    }

    /// Keeps a sample.
    pub(crate) fn keep(&self, sample: ColourSample) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(sample);
    }
}
