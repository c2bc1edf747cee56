//! What a run leaves on disk and in the terminal: fields as VTK, curves, pictures, page, and the answer as data.

use needlework::healing::field::Summary;
use needlework::questions::{SIMULATED, SimulationReport, simulated_column};
use needlework::rules::WHAT_STOPS;
use needlework::units::PERCENT;
use needlework::verdict::INTENDED_USE;
use needlework_files::{Column, ColumnData, MOMENTS, Record, Table, vtk};
use needlework_pages::simulate::Run;
use serde_json::json;

use crate::layout;
use crate::making::Making;
use crate::memory::size;
use crate::problem::Problem;

/// What is about to be computed, in a line.
pub fn announced(run: &Run, summary: &Summary, bytes: usize) -> String {
    format!(
        "{}: {} voxels, {} fields, {} of memory, {} steps",
        run.setup.space.fidelity().name(),
        summary.voxels,
        summary.fields,
        size(bytes as u64),
        summary.steps_in_all
    )
}

/// Everything that stands beside the fields, which are there already.
///
/// # Errors
/// [`Problem`] when something cannot be encoded.
pub fn files(
    run: &Run,
    answer: &SimulationReport,
    record: &Record,
    place: &Making,
) -> Result<Vec<(String, Vec<u8>)>, Problem> {
    let failed =
        |what: &str, error: String| Problem::failed(format!("{what} cannot be written: {error}"), "please report this");
    for snapshot in &record.snapshots {
        if place.read(&snapshot.file)?.is_none() {
            return Err(Problem::failed(
                format!("{} is gone from {}", snapshot.file, place.part().display()),
                "begin anew by --restart",
            ));
        }
    }
    let mut files = Vec::new();
    let table = table_of(run, record);
    files.push((
        "series.csv".to_owned(),
        needlework_files::csv(&table, Vec::new()).map_err(|e| failed("the curves", e.to_string()))?,
    ));
    files.push((
        "series.parquet".to_owned(),
        needlework_files::parquet(&table, MOMENTS, Vec::new()).map_err(|e| failed("the curves", e.to_string()))?,
    ));
    let collected: Vec<(f64, String)> = record
        .snapshots
        .iter()
        .map(|snapshot| (snapshot.day, snapshot.file.clone()))
        .collect();
    files.push(("fields.pvd".to_owned(), vtk::collection(&collected).into_bytes()));
    let (shown, pictures) = run
        .pictures(record)
        .map_err(|error| failed("a picture", error.to_string()))?;
    files.extend(pictures);
    files.push(("simulate.html".to_owned(), run.page(answer, record, shown).into_bytes()));
    let text = serde_json::to_string_pretty(&json!(answer)).map_err(|e| failed("the answer", e.to_string()))?;
    files.push(("simulate.json".to_owned(), format!("{text}\n").into_bytes()));
    Ok(files)
}

fn table_of(run: &Run, record: &Record) -> Table {
    Table {
        engine: run.engine.version.clone(),
        columns: SIMULATED
            .iter()
            .enumerate()
            .map(|(at, (name, unit, doc, _))| Column {
                name: (*name).to_owned(),
                unit: (*unit).to_owned(),
                doc: (*doc).to_owned(),
                data: ColumnData::numbers(record.rows.iter().map(|row| row[at])),
            })
            .collect(),
    }
}

/// The answer in the terminal.
pub fn told(run: &Run, answer: &SimulationReport, summary: &Summary, record: &Record) -> String {
    let shown = [
        "day",
        "collagen",
        "immature_collagen",
        "tgf_beta",
        "myofibroblasts",
        "epidermal_gain",
    ];
    let places: Vec<usize> = shown.iter().filter_map(|name| simulated_column(name)).collect();
    let rows = record
        .rows
        .iter()
        .filter(|row| record.snapshots.iter().any(|snapshot| snapshot.day == row[0]))
        .map(|row| {
            places
                .iter()
                .map(|at| {
                    if *at == 0 {
                        ((row[0] * 100.0).round() / 100.0).to_string()
                    } else {
                        format!("{:.4}", row[*at])
                    }
                })
                .collect()
        })
        .collect();
    let mut text = format!("{}\n{}\n", run.title, run.about());
    if !run.stopped.is_empty() {
        text.push_str(&format!(
            "{WHAT_STOPS} (the numbers are for research only):\n- {}\n",
            run.stopped.join("\n- ")
        ));
    }
    text.push('\n');
    let head = ["day", "collagen", "young", "TGF-beta", "myofibrobl.", "epidermis +"];
    text.push_str(&layout::list(&head, rows));
    text.push_str(
        "\nMeans over the mark's dermis, as seen from the surface; collagen over that of normal skin. One piece of \
            tissue, everything unknown at its median: no forecast.\n",
    );
    text.push_str(&format!(
        "{} steps; steps a quarter as long change a mean by at most {:.2} % of its peak ({}; tried in a {}). Not \
            accounted for: signal {:.0e}, collagen {:.0e}.\n",
        summary.steps,
        PERCENT * run.steps_off.most().1,
        run.steps_off.most().0,
        run.steps_off.tried.name(),
        summary.signal.gap(),
        summary.collagen.gap(),
    ));
    if let Some(said) = run.beside_a_column(answer) {
        text.push_str(&said);
        text.push('\n');
    }
    text.push_str(INTENDED_USE);
    layout::wrapped(&text, layout::WIDTH)
}
