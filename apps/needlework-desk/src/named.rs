//! A body site or a device that somebody names, in any of its names; and what is offered for a name that nothing bears.
//!
//! A word that several bear is answered by the list of them: which one is meant decides the answer.

use needlework::case::{DeviceEntry, Found, Site};
use needlework::verdict::Library;

use crate::problem::Problem;

/// The body site of that name or alias.
///
/// # Errors
/// [`Problem`] with the choices, or the site that was probably meant.
pub fn site<'a>(library: &'a Library, typed: &str) -> Result<&'a Site, Problem> {
    const LIST: &str = "`needlework sites` lists them";
    match library.catalog.find_site(typed) {
        Found::One(site) => Ok(site),
        Found::Several(sites) => Err(several(
            typed,
            "body sites",
            sites.iter().map(|site| (site.name.as_str(), site.label.as_str())),
        )),
        Found::None { nearest } => Err(Problem::input(
            format!("there is no body site `{typed}`"),
            offer(nearest.map(|site| site.name.as_str()), LIST),
        )),
    }
}

/// The device of that name or alias.
///
/// # Errors
/// [`Problem`] with the choices, or the device that was probably meant.
pub fn device<'a>(library: &'a Library, typed: &str) -> Result<&'a DeviceEntry, Problem> {
    const LIST: &str = "`needlework devices` lists them; take the most alike, and --set what differs";
    match library.catalog.find_device(typed) {
        Found::One(device) => Ok(device),
        Found::Several(devices) => Err(several(
            typed,
            "devices",
            devices
                .iter()
                .map(|device| (device.name.as_str(), device.label.as_str())),
        )),
        Found::None { nearest } => Err(Problem::input(
            format!("there is no device called `{typed}`"),
            offer(nearest.map(|device| device.name.as_str()), LIST),
        )),
    }
}

/// A name that nothing bears, with the one that was probably meant.
pub fn unknown_name<'a>(what: &str, typed: &str, known: impl Iterator<Item = &'a str>, list: &str) -> Problem {
    // Below this likeness (1 is equal) a suggestion is no help.
    const ALIKE: f64 = 0.8;
    let typed = typed.to_lowercase();
    let nearest = known
        .map(|name| (strsim::jaro_winkler(&typed, &name.to_lowercase()), name))
        .filter(|(alike, _)| *alike >= ALIKE)
        .max_by(|(one, _), (other, _)| one.total_cmp(other));
    let help = match nearest {
        Some((_, name)) => format!("did you mean `{name}`? {list}"),
        None => list.to_owned(),
    };
    Problem::input(what, help)
}

fn several<'a>(typed: &str, what: &str, choices: impl Iterator<Item = (&'a str, &'a str)>) -> Problem {
    let listed: Vec<String> = choices.map(|(name, label)| format!("{name} ({label})")).collect();
    Problem::input(
        format!("`{typed}` can mean {} {what}", listed.len()),
        format!("name one of: {}", listed.join(", ")),
    )
}

fn offer(nearest: Option<&str>, list: &str) -> String {
    nearest.map_or_else(|| list.to_owned(), |name| format!("did you mean `{name}`? {list}"))
}
