//! The first screen of an answer, as data: what everybody reads first. `first_words` composes its sentences.

use needlework_rules::Essential;
use schemars::JsonSchema;
use serde::Serialize;

/// The first screen of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct FirstScreen {
    /// Where help is, for somebody who may harm themselves or is under age. It comes before everything, whole.
    pub help: Vec<Essential>,
    /// What cannot wait; null where nothing is urgent.
    pub now: Option<Essential>,
    /// The verdict in its fixed words.
    pub verdict: Essential,
    /// The one question to a doctor or pharmacist; null where the plan isn't referred.
    pub question: Option<Essential>,
    /// What to do until it is answered.
    pub until_then: Option<Essential>,
    /// Of 100 people like this, how many see little or no change, with the range in words and against doing nothing.
    /// Null without a forecast.
    pub expect: Option<String>,
    /// What that hangs on most, as a range of what one may believe. Null without a forecast, and where it hangs on it
    /// little.
    pub hinge: Option<String>,
    /// What raters of published studies reported, beside what is expected here. Null without a forecast, and where the
    /// needles hardly reach the mark.
    pub reported: Option<String>,
    /// Whether studies foretell each other's reports better than the engine does, so that what was reported stands
    /// first.
    pub reported_leads: bool,
    /// The harm that matters most for this person, with its range in words. Null where no harm is shown.
    pub harm: Option<String>,
}

impl FirstScreen {
    /// What was reported, where it stands before what is expected here.
    #[must_use]
    pub fn reported_before(&self) -> Option<&String> {
        self.reported.as_ref().filter(|_| self.reported_leads)
    }

    /// What is said of benefit and harm, in the order in which it is read.
    pub fn told(&self) -> impl Iterator<Item = &String> {
        let before = [self.reported_before(), self.expect.as_ref(), self.harm.as_ref()];
        let after = [self.reported_after(), self.hinge.as_ref()];
        before.into_iter().chain(after).flatten()
    }

    /// What was reported, where it stands after it.
    #[must_use]
    pub fn reported_after(&self) -> Option<&String> {
        self.reported.as_ref().filter(|_| !self.reported_leads)
    }

    /// The opening in one line: what cannot wait, the verdict, and the question of a referred plan.
    #[must_use]
    pub fn opening(&self) -> String {
        let parts = [
            self.now.as_ref(),
            Some(&self.verdict),
            self.question.as_ref(),
            self.until_then.as_ref(),
        ];
        let parts: Vec<&str> = parts.into_iter().flatten().map(Essential::whole).collect();
        parts.join(" ")
    }
}
