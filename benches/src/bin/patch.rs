//! The healing engine on a patch (goal P6): `cargo run --release -p needlework-benches --bin patch`.
//!
//! 26 weeks of a patch of a million voxels with three sessions and the full state, on two threads: how long, how much
//! memory, and how far the means over the dermis are from those with steps a quarter as long and with cells half as
//! large, both on a quarter of the patch. `quick` as argument takes a twentieth of the voxels.

use std::io::Write as _;
use std::process::ExitCode;
use std::time::Instant;

use needlework::case;
use needlework::cohort::{Question, middle_person, middle_world};
use needlework::course::{Circumstances, FieldRequest, Plan, field_setup};
use needlework::healing::field::{Means, Setup, Space, bytes_needed, differences};
use needlework::healing::{Fidelity, Field, Kinetics, RemodellingHypothesis};
use needlework::numerics::Continue;
use needlework::puncture::Hole;
use needlework::units::{Length, Time};

const CASE: &str = include_str!("../../../cases/clinic-abdomen-alba.toml");
const CELL_MM: f64 = 0.025;
/// Near the height of each answer and long after it.
const MOMENTS_DAYS: [f64; 6] = [7.0, 14.0, 42.0, 63.0, 91.0, 182.0];

fn main() -> ExitCode {
    let quick = std::env::args().nth(1).as_deref() == Some("quick");
    match run(quick) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            say(&format!("benchmark failed: {why}"));
            ExitCode::FAILURE
        }
    }
}

fn say(text: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// The patch of the middle person: three sessions a month apart, `cells` cells a side.
fn setup(cells: usize) -> Result<Setup, String> {
    let library = needlework::bundle().map_err(|error| error.to_string())?;
    let case = case::read(CASE, "bench", &library.catalog).map_err(|error| error.to_string())?;
    let question = Question::new(&case, &library.catalog, &library.book);
    let world = middle_world(&library.book).map_err(|error| error.to_string())?;
    let person = middle_person(&question, &world).map_err(|error| error.to_string())?;
    let plan = Plan::of(&case, &question.device);
    let mut schedule = plan.settle(&world.parameters);
    schedule.sessions = [0.0, 28.0, 56.0].map(Time::from_days).to_vec();
    let kinetics = Kinetics::of(&world.parameters.cascade);
    let circumstances = Circumstances {
        plan: &plan,
        schedule: &schedule,
        world: &world.parameters,
        kinetics: &kinetics,
    };
    let moments = MOMENTS_DAYS.map(Time::from_days).to_vec();
    let request = FieldRequest {
        cell: Length::from_mm(CELL_MM),
        side: Length::from_mm(CELL_MM * cells as f64),
        ..FieldRequest::usual(Fidelity::Patch, moments)
    };
    Ok(field_setup(
        &person,
        circumstances,
        RemodellingHypothesis::Persistence,
        &request,
    ))
}

struct Run {
    seconds: f64,
    /// Of all processors.
    busy: Option<f64>,
    means: Vec<Means>,
    field: Field,
}

fn go(setup: Setup) -> Result<Run, String> {
    let begun = Instant::now();
    let busy = processor_seconds();
    let mut field = Field::new(setup, 2).map_err(|error| error.to_string())?;
    let mut means = Vec::new();
    for _ in MOMENTS_DAYS {
        field
            .advance(&mut |_| Continue::Yes)
            .map_err(|error| error.to_string())?;
        means.push(field.means());
    }
    Ok(Run {
        seconds: begun.elapsed().as_secs_f64(),
        busy: processor_seconds().zip(busy).map(|(now, then)| now - then),
        means,
        field,
    })
}

/// The mean that is furthest from a better run's, over the largest that the better run has.
fn off(run: &Run, better: &Run) -> (f64, &'static str) {
    differences(&run.means, &better.means, run.field.setup().resting)
        .into_iter()
        .fold(
            (0.0, "none"),
            |worst, (name, off)| if off > worst.0 { (off, name) } else { worst },
        )
}

fn finer(setup: &Setup) -> Setup {
    let Space::Patch { x, y, holes } = &setup.space else {
        return setup.clone();
    };
    let halved = |(count, size): (usize, f64)| (2 * count, 0.5 * size);
    let mut edges = vec![0.0];
    for pair in setup.depth_edges_mm.windows(2) {
        edges.extend([0.5 * (pair[0] + pair[1]), pair[1]]);
    }
    Setup {
        space: Space::Patch {
            x: halved(*x),
            y: halved(*y),
            holes: holes.clone(),
        },
        depth_edges_mm: edges,
        ..setup.clone()
    }
}

/// The quarter of a patch at its origin.
fn quarter(setup: &Setup) -> Setup {
    let Space::Patch { x, y, holes } = &setup.space else {
        return setup.clone();
    };
    let side = 0.5 * x.0 as f64 * x.1;
    // Holes beyond the edge that reach inside count too.
    let inside = |hole: &&Hole| hole.x_mm < side + 0.2 && hole.y_mm < side + 0.2;
    Setup {
        space: Space::Patch {
            x: (x.0 / 2, x.1),
            y: (y.0 / 2, y.1),
            holes: holes.iter().filter(inside).copied().collect(),
        },
        ..setup.clone()
    }
}

/// Seconds of all processors that this process has used, where the system tells; a busy machine does not lengthen them.
fn processor_seconds() -> Option<f64> {
    // A hundred ticks a second, the fields 14 and 15 counted from 1; the second is in brackets and may hold blanks.
    let status = std::fs::read_to_string("/proc/self/stat").ok()?;
    let mut after = status.rsplit_once(')')?.1.split_whitespace().skip(11);
    let user: f64 = after.next()?.parse().ok()?;
    Some((user + after.next()?.parse::<f64>().ok()?) / 100.0)
}

/// The most memory that this process ever had, bytes, where the system tells.
fn peak_bytes() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    Some(1024.0 * line.split_whitespace().nth(1)?.parse::<f64>().ok()?)
}

fn run(quick: bool) -> Result<(), String> {
    let setup = setup(if quick { 32 } else { 134 })?;
    let bytes = bytes_needed(&setup, 2).map_err(|error| error.to_string())?;
    say("Healing on a patch: 26 weeks, 3 sessions, the full state, 2 threads (goal P6: at most 180 s)");
    let usual = go(setup.clone())?;
    let summary = usual.field.summary();
    let fields = 8.0 * summary.voxels as f64 * summary.fields as f64;
    say(&format!(
        "  {} voxels × {} fields, {} steps: {:.1} s, {} s of processors, {:.0} ns per voxel and step",
        summary.voxels,
        summary.fields,
        summary.steps,
        usual.seconds,
        usual.busy.map_or("?".to_owned(), |busy| format!("{busy:.1}")),
        1e9 * usual.seconds / summary.voxels as f64 / summary.steps as f64
    ));
    say(&format!(
        "  memory stated {:.0} MB ({:.2} of the fields; goal P5: at most 1.5), at its peak {} MB",
        bytes as f64 / 1e6,
        bytes as f64 / fields,
        peak_bytes().map_or("?".to_owned(), |peak| format!("{:.0}", peak / 1e6))
    ));
    say(&format!(
        "  signal unaccounted for {:.1e}, collagen {:.1e}; first-order error {:.1e} and {:.1e}",
        summary.signal.gap(),
        summary.collagen.gap(),
        summary.signal_error,
        summary.collagen_error
    ));
    drop(usual);
    let part = quarter(&setup);
    let coarse = go(part.clone())?;
    let fine = go(finer(&part))?;
    let (most, name) = off(&coarse, &fine);
    say(&format!(
        "  means off by at most {:.2} % ({name}) of those with cells half as large, on a quarter (goal: 1 %)",
        100.0 * most
    ));
    drop(fine);
    let short = go(Setup {
        step_scale: 0.25,
        ..part
    })?;
    let (most, name) = off(&coarse, &short);
    say(&format!(
        "  means off by at most {:.2} % ({name}) of those with steps a quarter as long, on a quarter (goal: 1 %)",
        100.0 * most
    ));
    Ok(())
}
