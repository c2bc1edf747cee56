//! Light in any stack of layers: its file is read, light is followed, and the answer is told and written.

use std::process::ExitCode;

use needlework::appearance::adding_doubling::OpticsError;
use needlework::questions::{OpticsFailure, OpticsGeometry, OpticsQuestion, optics, read_stacks};
use needlework_pages::{optics_html, optics_text, radial_table, spectra_table};
use serde_json::json;

use crate::answer::{tell, write_csv, write_json_lines};
use crate::arguments::{Optics, Shared};
use crate::folder::{NewFolder, OPTICS};
use crate::input::{engine, text};
use crate::light::IncidenceKind;
use crate::listing::{finite, print_json};
use crate::memory;
use crate::problem::Problem;
use crate::screen::Bar;

/// Follows light through the stacks of a file.
///
/// # Errors
/// [`Problem`] when the file is wrong, or something cannot be read, computed or written.
pub fn run(asked: &Optics, shared: &Shared) -> Result<ExitCode, Problem> {
    let diffuse = asked.incidence == IncidenceKind::Diffuse;
    let geometry = asked.geometry.geometry();
    if diffuse && geometry == OpticsGeometry::FortyFiveZero {
        return Err(Problem::input(
            "--geometry 45-0 means light at 45 degrees, and --incidence diffuse light from everywhere",
            "leave one of them out",
        ));
    }
    let (name, text) = text(&asked.stack)?;
    let file = read_stacks(&text, &name).map_err(Problem::Case)?;
    let stacks: usize = file.cases.iter().map(|case| case.stacks.len()).sum();
    memory::take(
        memory::of_stacks(stacks as u64, asked.photons.is_some()),
        "cut the file into several",
    )?;
    let place = || asked.out.as_deref().map(|out| NewFolder::of(&OPTICS, out)).transpose();
    drop(place()?);
    let tables = needlework::spectral_tables().map_err(|error| Problem::failed(error.to_string(), "build it again"))?;
    let question = OpticsQuestion {
        streams: asked.streams,
        diffuse,
        geometry,
        discs_mm: asked
            .aperture
            .map(|aperture| [aperture.mm(), asked.illuminated.unwrap_or(aperture).mm()]),
        photons: asked.photons.unwrap_or(0),
        seed: shared.seed,
        threads: usize::from(shared.threads),
    };
    let mut bar = Bar::new("following light");
    let made = optics(&file, &question, &tables, &engine(), &mut |progress| {
        bar.update(progress)
    });
    bar.finish();
    let report = made.map_err(|error| match error {
        OpticsFailure::Stack(_, _, OpticsError::IllConditioned { .. }) => {
            Problem::failed(format!("light could not be followed: {error}"), "please report this")
        }
        OpticsFailure::Stack(..) => Problem::input(error.to_string(), "mend the layers of that row"),
        other => Problem::failed(format!("light could not be followed: {other}"), "please report this"),
    })?;
    finite(&report)?;
    if let Some(folder) = place()? {
        write_json_lines(&folder, "optics.json", &report)?;
        folder.write("optics.html", optics_html(&report).as_bytes())?;
        write_csv(&folder, "spectra.csv", &spectra_table(&report))?;
        if question.photons > 0 {
            write_csv(&folder, "radial.csv", &radial_table(&report))?;
        }
        folder.appear()?;
    }
    if shared.json {
        return print_json(&json!(report));
    }
    let (opening, tables) = optics_text(&report);
    let page = asked.out.as_deref().map(|out| out.join("optics.html"));
    tell(&opening, tables, Some(&report.notes.join(" ")), page)
}
