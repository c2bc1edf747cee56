//! One needle and its device in skin: the curve of force, the drop, depth, gape, and the holes of a plot.

use std::fmt::Write as _;
use std::process::ExitCode;

use needlework::case::{Case, ResolvedDevice, resolve};
use needlework::designer::{Insertion, insertion};
use needlework::units::{Force, Length};
use needlework::verdict::{Library, Reading};
use needlework_drawings::{holes_table, insertion_html, insertion_text};
use needlework_tables::csv;
use serde_json::json;

use crate::arguments::{Insert, Shared};
use crate::assess::{WIDTH, library};
use crate::folder::{INSERTION, NewFolder};
use crate::layout;
use crate::listing::{finite, print_json};
use crate::problem::Problem;
use crate::screen;
use crate::vary;

/// Pushes a needle into skin.
///
/// # Errors
/// [`Problem`] when the device, the site or a number is wrong, or something cannot be computed or written.
pub fn run(asked: &Insert, shared: &Shared) -> Result<ExitCode, Problem> {
    let library = library()?;
    let device = device(asked, &library)?;
    let site = library.catalog.site(&asked.site).ok_or_else(|| {
        let near = library.catalog.nearest_site(&asked.site);
        Problem::input(
            format!("there is no site {}", asked.site),
            near.map_or_else(
                || "`needlework sites` lists them".to_owned(),
                |near| format!("did you mean {near}? `needlework sites` lists them"),
            ),
        )
    })?;
    let force = asked.force.as_deref().map(force).transpose()?;
    let place = || {
        asked
            .out
            .as_deref()
            .map(|out| NewFolder::of(&INSERTION, out))
            .transpose()
    };
    drop(place()?);
    let question = Insertion {
        device: &device,
        site,
        force,
        stretched: asked.stretched,
        passes: asked.passes.map(f64::from),
        sessions: asked.sessions,
        plot: Length::from_cm(f64::from(asked.side)),
    };
    let engine = needlework::engine(env!("NEEDLEWORK_COMMIT"));
    let (report, map) =
        insertion(&question, &library.book, &engine, shared.seed, asked.worlds as usize).map_err(|error| {
            Problem::failed(
                format!("the needle could not be followed: {error}"),
                "please report this",
            )
        })?;
    finite(&report)?;
    if let Some(folder) = place()? {
        let text = needlework_report::json_text(&report).map_err(|error| {
            Problem::failed(
                format!("it could not be written as JSON: {error}"),
                "please report this",
            )
        })?;
        folder.write("insert.json", text.as_bytes())?;
        folder.write("insert.html", insertion_html(&report).as_bytes())?;
        let holes = csv(&holes_table(&map, &report.engine), Vec::new())
            .map_err(|error| Problem::failed(format!("holes.csv could not be made: {error}"), "please report this"))?;
        folder.write("holes.csv", &holes)?;
        folder.appear()?;
    }
    if shared.json {
        return print_json(&json!(report));
    }
    let (opening, tables) = insertion_text(&report);
    let mut text = layout::wrapped(&opening, WIDTH);
    for table in tables {
        let _ = write!(text, "\n\n{}", layout::titled(table));
    }
    if let Some(out) = &asked.out {
        let _ = write!(text, "\n\nPage: {}", out.join("insert.html").display());
    }
    screen::print(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// The device that was named, with its fields as they were set.
fn device(asked: &Insert, library: &Library) -> Result<ResolvedDevice, Problem> {
    let name = &asked.device;
    if library.catalog.device(name).is_none() {
        let near = library.catalog.nearest_device(name);
        return Err(Problem::input(
            format!("there is no device called {name}"),
            near.map_or_else(
                || "`needlework devices` lists them; take the most alike, and --set what differs".to_owned(),
                |near| format!("did you mean {near}? `needlework devices` lists them"),
            ),
        ));
    }
    let text = format!(
        "format = \"{}\"\n[regimen]\narm = \"needling\"\n[device]\nname = \"{name}\"\n",
        needlework::case::FORMAT
    );
    let case: Case = if asked.set.is_empty() {
        needlework::case::read(&text, "insert", &library.catalog).map_err(Problem::Case)?
    } else {
        if let Some(other) = asked.set.iter().find(|set| !is_of_the_needle(set)) {
            return Err(Problem::input(
                format!("--set {other} changes nothing here"),
                "--set takes fields of the device, such as device.needle_length or device.uses; --site, --force, --passes and --stretched say the rest",
            ));
        }
        let variations = vary::variations("--set", &asked.set, Reading::Research)?;
        if vary::count(&variations) != 1 {
            return Err(Problem::input(
                "--set takes one value for each field".to_owned(),
                "needlework sweep tries many",
            ));
        }
        let settings = vary::combinations(&variations).into_iter().next().unwrap_or_default();
        vary::read("--set", &text, "insert", &settings, &variations, &library.catalog)?
    };
    Ok(resolve(&case, &library.catalog))
}

/// Does this setting change the needle that is pushed in?
fn is_of_the_needle(set: &str) -> bool {
    let key = set.split('=').next().unwrap_or_default().trim();
    key.starts_with("device.") && !["device.name", "device.needles_used"].contains(&key)
}

fn force(text: &str) -> Result<Force, Problem> {
    Force::parse(text)
        .map_err(|error| Problem::input(format!("--force: {error}"), "write it with its unit, such as \"3 N\""))
}
