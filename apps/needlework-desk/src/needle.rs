//! One needle as it is asked for: which device with which of its fields set, which force, and no more needles on a plot
//! than can be laid.

use needlework::case::{Case, ResolvedDevice, resolve};
use needlework::cohort::middle_world;
use needlework::course::geometry;
use needlework::puncture::holes_per_pass;
use needlework::questions::Insertion;
use needlework::units::{Dimension, Force, Length};
use needlework::verdict::Library;

use crate::named;
use crate::number;
use crate::problem::Problem;
use crate::vary;

/// More needles would take minutes and gigabytes and show nothing that fewer don't.
const MOST_LANDINGS: f64 = 6e6;
/// Needles that come down on the plot, as far as can be told beforehand.
///
/// # Errors
/// [`Problem`] when they are too many to be laid.
pub fn landings(question: &Insertion<'_>, library: &Library) -> Result<u64, Problem> {
    let middle = middle_world(&library.book).map_err(|error| {
        Problem::failed(
            format!("the evidence does not fill the model: {error}"),
            "please report this",
        )
    })?;
    let middle = middle.parameters.puncture;
    let device = geometry(question.device, question.length(&middle), None);
    let density = holes_per_pass(&device, Length::ZERO, &middle).per_mm2();
    let passes = question.hand.passes_made(device.kind, &middle) * f64::from(question.sessions);
    let count = density * question.plot.mm() * question.plot.mm() * passes;
    if count.is_finite() && count <= MOST_LANDINGS {
        return Ok(count as u64);
    }
    Err(Problem::input(
        format!(
            "about {} million needles would come down on this plot, and {} million at most are laid",
            (count / 1e6).round(),
            (MOST_LANDINGS / 1e6).round()
        ),
        "take a smaller --side, or fewer --sessions or --passes",
    ))
}

/// The device of that name, with its fields as they are set.
///
/// # Errors
/// [`Problem`] with what is wrong, and what was probably meant.
pub fn device(library: &Library, name: &str, set: &[String]) -> Result<ResolvedDevice, Problem> {
    let name = &named::device(library, name)?.name;
    let text = format!(
        "format = \"{}\"\n[regimen]\narm = \"needling\"\n[device]\nname = \"{name}\"\n",
        needlework::case::FORMAT
    );
    let case: Case = if set.is_empty() {
        needlework::case::read(&text, "insert", &library.catalog).map_err(Problem::Case)?
    } else {
        if let Some(other) = set.iter().find(|set| !is_of_the_needle(set)) {
            return Err(Problem::input(
                format!("--set {other} changes nothing here"),
                "--set takes fields of the device, such as device.needle_length or device.uses; --site, --force, \
                    --passes and --stretched say the rest",
            ));
        }
        let several = Problem::input("--set takes one value for each field", "needlework sweep tries many");
        vary::set("--set", set, (&text, "insert"), &library.catalog, several)?
    };
    Ok(resolve(&case, &library.catalog))
}

/// Does this setting change the needle that is pushed in?
fn is_of_the_needle(set: &str) -> bool {
    let key = set.split('=').next().unwrap_or_default().trim();
    key.starts_with("device.") && !["device.name", "device.needles_used"].contains(&key)
}

/// A force of the hand.
///
/// # Errors
/// [`Problem`] saying how it is written.
pub fn force(text: &str) -> Result<Force, Problem> {
    Force::parse(text).map_err(|error| {
        let meant = number::or_meant(text, Dimension::Force);
        Problem::input(
            format!("--force: {error}{meant}"),
            "write it with its unit, such as \"3 N\"",
        )
    })
}
