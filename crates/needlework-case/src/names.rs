//! Sites and devices by the words that people use for them: an alias is read as the name, one of several is answered by
//! the choices.
//!
//! After reading, a case holds only names of the catalogue, so that nothing downstream ever meets an alias. A word that
//! several places bear ("thigh") is never settled by guess: where the marks are decides which rules hold.

use crate::catalog::Found;
use crate::diagnostic::Diagnostic;
use crate::{Answer, Case, Catalog};

/// Puts the name of the catalogue where another word for exactly one site or device stood.
pub(crate) fn settle(case: &mut Case, catalog: &Catalog) {
    if let Answer::Known(word) = &mut case.lesion.site
        && let Found::One(site) = catalog.find_site(word)
    {
        word.clone_from(&site.name);
    }
    if let Answer::Known(word) = &mut case.device.name
        && let Found::One(device) = catalog.find_device(word)
    {
        word.clone_from(&device.name);
    }
}

/// Says of a word that several sites or devices bear which they are.
pub(crate) fn list_choices(problem: &mut Diagnostic, word: &str, catalog: &Catalog, is_site: bool) {
    let choices: Vec<(&str, &str)> = if is_site {
        let Found::Several(sites) = catalog.find_site(word) else {
            return;
        };
        sites
            .iter()
            .map(|site| (site.name.as_str(), site.label.as_str()))
            .collect()
    } else {
        let Found::Several(devices) = catalog.find_device(word) else {
            return;
        };
        devices
            .iter()
            .map(|device| (device.name.as_str(), device.label.as_str()))
            .collect()
    };
    let what = if is_site { "places" } else { "devices" };
    let listed: Vec<String> = choices
        .iter()
        .map(|(name, label)| format!("\"{name}\" ({label})"))
        .collect();
    problem.message = format!("`{word}` can mean {} {what}", choices.len());
    problem.label = "which of them?".to_owned();
    problem.help = format!("write one of: {}", listed.join(", "));
    problem.nearest = None;
}
