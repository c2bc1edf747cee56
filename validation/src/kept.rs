//! Results that several rows share, computed once.

use std::cell::RefCell;
use std::collections::BTreeMap;

/// Results that several rows share, each under what it was computed from, in words.
#[derive(Debug)]
pub(crate) struct Kept<T>(RefCell<BTreeMap<String, T>>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

impl<T: Clone> Kept<T> {
    /// The result for this, computed where nobody asked before. A failure is not kept.
    pub(crate) fn once(&self, of: String, compute: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
        if let Some(known) = self.0.borrow().get(&of) {
            return Ok(known.clone());
        }
        let computed = compute()?;
        self.0.borrow_mut().insert(of, computed.clone());
        Ok(computed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_result_is_computed_once_and_anew_for_something_else() {
        let kept = Kept::default();
        let mut computed = 0;
        for people in ["20", "20", "24", "20"] {
            let found = kept.once(people.to_owned(), || {
                computed += 1;
                Ok(format!("of {people}"))
            });
            assert_eq!(found, Ok(format!("of {people}")));
        }
        assert_eq!(computed, 2);
    }
}
