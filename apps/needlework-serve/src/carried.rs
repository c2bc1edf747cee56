//! What the forms of an interview carry, so that nobody has to remember it.

use maud::{Markup, html};
use needlework::rules::interview::Answers;

use crate::door::Door;
use crate::fault::Fault;
use crate::form::Form;
use crate::shell::hidden;
use crate::words::Words;

/// More lines than a case has questions are not of our making.
const MOST_LINES: usize = 1000;

/// The answers of an interview, with the door through which somebody came in: what its forms carry.
#[derive(Debug, Clone)]
pub(crate) struct Carried {
    pub(crate) answers: Answers,
    pub(crate) door: Door,
}

impl Carried {
    /// What a form carries.
    ///
    /// # Errors
    /// [`Fault::Stale`] where it is not of our making.
    pub(crate) fn by(form: &Form) -> Result<Self, Fault> {
        let kept = form.get("so_far");
        if kept.lines().nth(MOST_LINES).is_some() {
            return Err(Fault::Stale);
        }
        let answers = Answers::of_kept(kept).ok_or(Fault::Stale)?;
        let door = Door::named(form.get("door")).ok_or(Fault::Stale)?;
        Ok(Self { answers, door })
    }

    /// The fields of a form of a question, with what a script says that may keep them in the browser.
    pub(crate) fn fields_to_keep(&self, words: &Words) -> Markup {
        html! {
            span hidden data-keep=(words.draft_keep) data-kept=(words.draft_kept) data-drop=(words.draft_drop) {}
            (self.fields())
        }
    }

    /// The fields of the next form.
    pub(crate) fn fields(&self) -> Markup {
        html! {
            (hidden("so_far", &self.answers.kept()))
            (hidden("door", self.door.name()))
        }
    }
}
