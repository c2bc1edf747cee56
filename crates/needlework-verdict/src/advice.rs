//! What people are told to do: lines of data, chosen by the verdict and the setting.

use serde::Deserialize;

use crate::report::ChecklistItem;

/// One line of advice.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Advice {
    /// Which group it belongs to: `before`, `skin`, `session`, `after`, `first_day`, `first_days`, `later`, `stop`, `danger`,
    /// `instead_home`, `instead_clinic`, `minor` or `distress`.
    pub when: String,
    /// What to do.
    pub text: String,
    /// `home` or `clinic`, where it holds only there.
    #[serde(default)]
    pub setting: Option<String>,
    /// Rules and sources behind it.
    pub because: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    advice: Vec<Advice>,
}

/// Reads `advice.toml`.
///
/// # Errors
/// What the TOML parser says.
pub fn parse_advice(text: &str) -> Result<Vec<Advice>, String> {
    toml::from_str::<File>(text)
        .map(|file| file.advice)
        .map_err(|error| error.to_string())
}

/// The texts of one group.
pub(crate) fn texts(advice: &[Advice], when: &str) -> Vec<String> {
    advice
        .iter()
        .filter(|line| line.when == when)
        .map(|line| line.text.clone())
        .collect()
}

/// The checklist of a permitted plan in a setting (`home` or `clinic`), in the order in which things are done.
pub(crate) fn checklist(advice: &[Advice], setting: &str) -> Vec<ChecklistItem> {
    const ORDER: [&str; 9] = [
        "before",
        "skin",
        "session",
        "after",
        "first_day",
        "first_days",
        "later",
        "danger",
        "stop",
    ];
    ORDER
        .iter()
        .flat_map(|when| {
            advice
                .iter()
                .filter(move |line| line.when == *when && line.setting.as_deref().is_none_or(|only| only == setting))
        })
        .map(|line| ChecklistItem {
            when: line.when.clone(),
            text: line.text.clone(),
            because: line.because.clone(),
        })
        .collect()
}
