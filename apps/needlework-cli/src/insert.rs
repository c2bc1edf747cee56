//! One needle and its device in skin: the curve of force, the drop, depth, gape, and the holes of a plot.

use std::process::ExitCode;

use needlework::case::{Case, ResolvedDevice, resolve};
use needlework::cohort::middle_world;
use needlework::course::geometry;
use needlework::puncture::{Hand, holes_per_pass};
use needlework::questions::{Insertion, force_counts, insertion};
use needlework::units::{Dimension, Force, Length};
use needlework::verdict::{Library, Reading};
use needlework_files::csv;
use needlework_pages::{holes_table, insertion_html, insertion_text};
use serde_json::json;

use crate::answer::tell;
use crate::arguments::{Insert, Shared};
use crate::folder::{INSERTION, NewFolder};
use crate::input::library;
use crate::listing::{finite, print_json};
use crate::memory;
use crate::named;
use crate::number;
use crate::problem::Problem;
use crate::screen;
use crate::vary;

/// More needles would take minutes and gigabytes and show nothing that fewer don't.
const MOST_LANDINGS: f64 = 6e6;
/// Needles on a plot, and worlds, from which on the work may take more than a second.
const LONG: (u64, u32) = (300_000, 1_500);

/// Pushes a needle into skin.
///
/// # Errors
/// [`Problem`] when the device, the site or a number is wrong, or something cannot be computed or written.
pub fn run(asked: &Insert, shared: &Shared) -> Result<ExitCode, Problem> {
    let library = library()?;
    let device = device(asked, &library)?;
    let site = named::site(&library, &asked.site)?;
    let force = asked.force.as_deref().map(force).transpose()?;
    if force.is_some() && !force_counts(device.kind) {
        return Err(Problem::input(
            "--force means nothing for this device: a motor drives its needles",
            "leave --force out; --set device.needle_length=\"1 mm\" says how deep it is set",
        ));
    }
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
        hand: Hand {
            passes: asked.passes.map(f64::from),
            force,
            stretched: asked.stretched,
        },
        sessions: asked.sessions,
        plot: asked.side,
    };
    let engine = needlework::engine(env!("NEEDLEWORK_COMMIT"));
    let landings = landings(&question, &library)?;
    memory::take(
        memory::of_needles(u64::from(asked.worlds), landings),
        "take a smaller --side, fewer --sessions or --passes, or fewer --worlds",
    )?;
    let waiting = screen::Waiting::for_work(
        landings > LONG.0 || asked.worlds > LONG.1,
        &format!("laying about {landings} needles in {} worlds", asked.worlds),
    );
    let made = insertion(&question, &library.book, &engine, shared.seed, asked.worlds as usize);
    waiting.finish();
    let (report, map) = made.map_err(|error| {
        Problem::failed(
            format!("the needle could not be followed: {error}"),
            "please report this",
        )
    })?;
    finite(&report)?;
    if let Some(folder) = place()? {
        let text = needlework_pages::json_text(&report).map_err(|error| {
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
    let page = asked.out.as_deref().map(|out| out.join("insert.html"));
    tell(&opening, tables, None, page)
}

/// Needles that come down on the plot, as far as can be told beforehand.
///
/// # Errors
/// [`Problem`] when they are too many to be laid.
fn landings(question: &Insertion<'_>, library: &Library) -> Result<u64, Problem> {
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

/// The device that was named, with its fields as they were set.
fn device(asked: &Insert, library: &Library) -> Result<ResolvedDevice, Problem> {
    let name = &named::device(library, &asked.device)?.name;
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
                "--set takes fields of the device, such as device.needle_length or device.uses; --site, --force, \
                    --passes and --stretched say the rest",
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
    Force::parse(text).map_err(|error| {
        let meant = number::or_meant(text, Dimension::Force);
        Problem::input(
            format!("--force: {error}{meant}"),
            "write it with its unit, such as \"3 N\"",
        )
    })
}
