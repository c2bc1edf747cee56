//! One needle and its device in skin: the curve of force, the drop, depth, gape, and the holes of a plot.

use std::process::ExitCode;

use needlework::puncture::Hand;
use needlework::questions::{Insertion, force_counts, insertion};
use needlework_pages::{holes_table, insertion_html, insertion_text};
use serde_json::json;

use crate::answer::{tell, write_csv, write_json_lines};
use crate::arguments::{Insert, Shared};
use crate::folder::{INSERTION, NewFolder};
use crate::input::{engine, library};
use crate::listing::{finite, print_json};
use crate::memory;
use crate::named;
use crate::needle;
use crate::problem::Problem;
use crate::screen;

/// Needles on a plot, and worlds, from which on the work may take more than a second.
const LONG: (u64, u32) = (300_000, 1_500);

/// Pushes a needle into skin.
///
/// # Errors
/// [`Problem`] when the device, the site or a number is wrong, or something cannot be computed or written.
pub fn run(asked: &Insert, shared: &Shared) -> Result<ExitCode, Problem> {
    let library = library()?;
    let device = needle::device(&library, &asked.device, &asked.set)?;
    let site = named::site(&library, &asked.site)?;
    let force = asked.force.as_deref().map(needle::force).transpose()?;
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
    let engine = engine();
    let landings = needle::landings(&question, &library)?;
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
        write_json_lines(&folder, "insert.json", &report)?;
        folder.write("insert.html", insertion_html(&report).as_bytes())?;
        write_csv(&folder, "holes.csv", &holes_table(&map, &report.engine))?;
        folder.appear()?;
    }
    if shared.json {
        return print_json(&json!(report));
    }
    let (opening, tables) = insertion_text(&report);
    let page = asked.out.as_deref().map(|out| out.join("insert.html"));
    tell(&opening, tables, None, page)
}
