//! One course in full: the healing tissue of the person in the middle, in depth, about one channel, or in all of space.
//!
//! The run stands beside its goal as `DIR.part` until it is finished. Every file there is whole at any time, and the checkpoint is written after what it names; so
//! an interrupt, a full disk or a kill loses at most what came after the last checkpoint, and `--resume` gives the same bytes as a run that was never stopped.

mod outcome;

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use needlework::case::{Case, resolve};
use needlework::cohort::{Question, middle_field, middle_sessions};
use needlework::course::{FieldRequest, SPARSEST_PER_MM2};
use needlework::healing::field::{Field, FieldError, Means, Reached, Setup, Space, bytes_needed, differences};
use needlework::healing::{Fidelity, Law};
use needlework::numerics::{Continue, Progress};
use needlework::rules::{Facts, Safety, screen};
use needlework::units::{Length, Time};
use needlework::verdict::{INTENDED_USE, Library, Reading};
use serde_json::json;

use crate::arguments::{Shared, Simulate};
use crate::assess::{bytes, library};
use crate::folder::{CHECKPOINT, Making, SIMULATION};
use crate::problem::Problem;
use crate::screen::{self as terminal, Bar};
use needlework_fields::{Moments, MomentsError, Record};
use outcome::{Run, StepsOff};

/// Size of cells, mm, and rings of the small run in which the error of steps is estimated.
const TRIED: (f64, usize) = (0.05, 16);

/// Simulates a case.
///
/// # Errors
/// [`Problem`] when the case or an option is wrong, the run does not fit, is stopped, or cannot be written.
pub fn run(asked: &Simulate, shared: &Shared) -> Result<ExitCode, Problem> {
    let library = library()?;
    let (name, content) = bytes(&asked.case)?;
    let case = needlework::case::read_bytes(&content, &name, &library.catalog).map_err(Problem::Case)?;
    let stopped = stopped_by(&case, &library);
    if !stopped.is_empty() && Reading::from(asked.reader) == Reading::Lay {
        if shared.json {
            let answer = json!({ "format": outcome::FORMAT, "intended_use": INTENDED_USE, "stopped": stopped });
            return crate::listing::print_json(&answer);
        }
        terminal::print(&format!(
            "A rule stops this plan, so nothing is simulated and nothing written:\n- {}\n\nResearchers simulate it with --for research. `needlework assess` says what to do instead.",
            stopped.join("\n- ")
        ))?;
        return Ok(ExitCode::SUCCESS);
    }
    let keep_every = Duration::try_from_secs_f64(3600.0 * duration("--keep-every", &asked.keep_every)?.hours())
        .map_err(|error| {
            Problem::input(
                format!("`--keep-every {}`: {error}", asked.keep_every),
                "write it as \"1 min\"",
            )
        })?;
    let planned = set_up(asked, shared, &case, &library)?;
    refuse_lone_holes(&planned)?;
    let Planned { setup, moments, .. } = planned;
    let threads = match usize::from(shared.threads) {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        threads => threads,
    };
    let needed = |threads| -> Result<usize, Problem> {
        let grid = setup.grid().map_err(|error| wrong(error.into()))?;
        let beside = outcome::bytes_to_look(grid.cells()).max(outcome::bytes_to_keep(&setup, grid.cells()));
        Ok(bytes_needed(&setup, threads).map_err(wrong)? + beside)
    };
    let all = needed(threads)?;
    fits(all, asked.memory.as_deref())?;
    let run = Run {
        title: case.about.title.known().cloned().unwrap_or_else(|| "A case".to_owned()),
        stopped,
        engine: needlework::engine(env!("NEEDLEWORK_COMMIT")),
        moments,
        // What is written does not depend on the number of threads.
        bytes: needed(1)?,
        steps_off: steps_off(&planned.tried)?,
        column: means(planned.column)?.last().map(Means::collagen).unwrap_or_default(),
        setup: setup.clone(),
    };
    let place = asked
        .out
        .as_deref()
        .map(|out| Making::open(&SIMULATION, out, asked.resume, asked.restart))
        .transpose()?;
    if asked.resume && place.is_none() {
        return Err(Problem::input(
            "--resume needs the folder of the run",
            "name it by --out DIR",
        ));
    }
    let (mut field, mut record) = begin(setup, threads, place.as_ref())?;
    if !shared.json {
        terminal::complain(&run.announced(&field.summary(), all));
    }
    go(
        &run,
        &mut field,
        &mut record,
        place.as_ref().map(|place| (place, keep_every)),
    )?;
    let answer = run.answer(&field.summary(), &record);
    if let Some(place) = place {
        for (name, content) in run.files(&answer, &record, &place)? {
            place.write(&name, &content)?;
        }
        place.appear()?;
    }
    if shared.json {
        return crate::listing::print_json(&answer);
    }
    let mut text = run.told(&field.summary(), &record);
    if let Some(out) = &asked.out {
        text = format!(
            "{text}\n\nPage: {}\nFields: {}",
            out.join("simulate.html").display(),
            out.join("fields.pvd").display()
        );
    }
    terminal::print(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// Holes that lie too far apart for a cell, or of which none falls into a patch, would be computed as something else than they are.
fn refuse_lone_holes(planned: &Planned) -> Result<(), Problem> {
    let Space::Column { density_per_mm2, .. } = &planned.column.space else {
        return Ok(());
    };
    if planned.setup.sessions_days.is_empty() || *density_per_mm2 <= 0.0 {
        return Ok(());
    }
    match &planned.setup.space {
        Space::Cell { .. } if *density_per_mm2 < SPARSEST_PER_MM2 => Err(Problem::input(
            "the holes lie too far apart for a cell",
            "--fidelity column takes them as a mean of the treated area",
        )),
        Space::Patch { holes, .. } if holes.is_empty() => Err(Problem::input(
            "not one hole falls into the patch",
            "a larger --side, or --fidelity column, which takes the mean of the treated area",
        )),
        _ => Ok(()),
    }
}

/// What the rules that stop the plan say.
fn stopped_by(case: &Case, library: &Library) -> Vec<String> {
    let screened = screen(&library.rules, &Facts::resolved(case, &library.catalog));
    if screened.safety == Safety::Caution {
        return Vec::new();
    }
    let worst = screened.fired.iter().map(|fired| fired.severity).max();
    let said: Vec<String> = screened
        .fired
        .iter()
        .filter(|fired| Some(fired.severity) == worst)
        .map(|fired| format!("{} {}", fired.id, fired.reason))
        .collect();
    if said.is_empty() {
        vec!["A question that decides over serious harm is open; ask a doctor first.".to_owned()]
    } else {
        said
    }
}

/// What is to be computed.
struct Planned {
    setup: Setup,
    moments: Moments,
    /// A small run of the same course, in which the error of steps is estimated.
    tried: Setup,
    /// The same course in a column.
    column: Setup,
}

/// The set-up of the case with the options, and the moments to look at.
fn set_up(asked: &Simulate, shared: &Shared, case: &Case, library: &Library) -> Result<Planned, Problem> {
    let device = resolve(case, &library.catalog);
    let question = Question {
        case,
        device: &device,
        site: case.lesion.site.known().and_then(|name| library.catalog.site(name)),
        book: &library.book,
    };
    let lacking = |error| {
        Problem::failed(
            format!("the evidence does not fill the model: {error}"),
            "please report this",
        )
    };
    let sessions = middle_sessions(&question).map_err(lacking)?;
    let until = asked
        .until
        .as_deref()
        .map(|text| duration("--until", text))
        .transpose()?;
    let moments = Moments::of(&sessions, until, asked.frames.as_deref()).map_err(misread)?;
    let fidelity = Fidelity::from(asked.fidelity);
    let mut request = FieldRequest::usual(fidelity, moments.times());
    if asked.coarse {
        // Four times the size of a cell: for trying out, not for numbers.
        request.cell = Length::from_mm(4.0 * request.cell.mm());
        request.rings = (request.rings / 2).max(4);
    }
    let length = |flag: &str, text: &Option<String>, least: f64, most: f64| -> Result<Option<Length>, Problem> {
        let Some(text) = text else { return Ok(None) };
        let found = Length::parse(text).map_err(|error| {
            Problem::input(
                format!("`{flag} {text}`: {error}"),
                "write it with its unit, such as \"25 um\"",
            )
        })?;
        if !(least..=most).contains(&found.mm()) {
            return Err(Problem::input(
                format!(
                    "`{flag} {text}` lies beyond {} to {}",
                    Length::from_mm(least),
                    Length::from_mm(most)
                ),
                "choose a length within",
            ));
        }
        Ok(Some(found))
    };
    if let Some(cell) = length("--cell", &asked.cell, 0.005, 0.2)? {
        request.cell = cell;
    }
    if let Some(side) = length("--side", &asked.side, 0.2, 20.0)? {
        request.side = side;
    }
    request.seed = shared.seed;
    request.step_scale = asked.step_scale;
    request.stretch = asked.stretch;
    request.infection = asked
        .infection
        .as_deref()
        .map(|text| duration("--infection", text))
        .transpose()?
        .filter(|time| time.days() > 0.0);
    let set_up = |request: &FieldRequest| middle_field(&question, Law::from(asked.law), request).map_err(lacking);
    let setup = set_up(&request)?;
    let column = set_up(&FieldRequest {
        fidelity: Fidelity::Column,
        ..request.clone()
    })?;
    if request.fidelity == Fidelity::Patch {
        request.fidelity = Fidelity::Cell;
    }
    request.cell = Length::from_mm(request.cell.mm().max(TRIED.0));
    request.rings = request.rings.min(TRIED.1);
    Ok(Planned {
        tried: set_up(&request)?,
        column,
        setup,
        moments,
    })
}

/// The means of a small run at its moments.
fn means(setup: Setup) -> Result<Vec<Means>, Problem> {
    let mut field = Field::new(setup, 1).map_err(wrong)?;
    let mut means = Vec::new();
    // Ends: with the moments.
    while let Reached::Moment(_) = field.advance(&mut |_| Continue::Yes).map_err(wrong)? {
        means.push(field.means());
    }
    Ok(means)
}

/// What steps a quarter as long change in a small run.
fn steps_off(tried: &Setup) -> Result<StepsOff, Problem> {
    let of = |part: f64| {
        means(Setup {
            step_scale: part * tried.step_scale,
            ..tried.clone()
        })
    };
    Ok(StepsOff {
        tried: tried.space.fidelity(),
        means: differences(&of(1.0)?, &of(0.25)?, tried.resting),
    })
}

fn misread(wrong: MomentsError) -> Problem {
    Problem::input(wrong.what, wrong.help)
}

/// A time on the command line.
fn duration(flag: &str, text: &str) -> Result<Time, Problem> {
    needlework_fields::duration(flag, text).map_err(misread)
}

/// Refuses what does not fit into memory before it is allocated.
fn fits(needed: usize, limit: Option<&str>) -> Result<(), Problem> {
    let limit = match limit {
        Some(text) => Some(gigabytes(text)?),
        None => available_memory(),
    };
    match limit {
        Some(limit) if needed as u64 > limit => Err(Problem::input(
            format!(
                "the run needs {} of memory, and {} can be had",
                outcome::size(needed as u64),
                outcome::size(limit)
            ),
            "take larger cells (--cell), a smaller patch (--side), or a cell or column (--fidelity)",
        )),
        _ => Ok(()),
    }
}

fn gigabytes(text: &str) -> Result<u64, Problem> {
    const UNITS: [(&str, f64); 3] = [("GB", 1e9), ("MB", 1e6), ("kB", 1e3)];
    UNITS
        .iter()
        .find_map(|(unit, bytes)| Some((text.trim().strip_suffix(unit)?.trim().parse::<f64>().ok()?, bytes)))
        .filter(|(number, _)| *number > 0.0 && number.is_finite())
        .map(|(number, bytes)| (number * bytes) as u64)
        .ok_or_else(|| {
            Problem::input(
                format!("`--memory {text}` is no amount of memory"),
                "write it as \"2 GB\" or \"500 MB\"",
            )
        })
}

/// What the system says can still be had; nothing where it does not say.
fn available_memory() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}

fn wrong(error: FieldError) -> Problem {
    Problem::failed(
        format!("the tissue could not be set up: {error}"),
        "please report this with the case",
    )
}

/// A new run, or the one that was interrupted.
fn begin(setup: Setup, threads: usize, place: Option<&Making>) -> Result<(Field, Record), Problem> {
    let kept = place.map(|place| place.read(CHECKPOINT)).transpose()?.flatten();
    match kept {
        None => Ok((Field::new(setup, threads).map_err(wrong)?, Record::default())),
        Some(bytes) => {
            let cannot = |why: String| {
                Problem::input(
                    format!("the interrupted run cannot be gone on with: {why}"),
                    "give the case and options that it was begun with, or begin anew by --restart",
                )
            };
            let (record, rest) = Record::read(&bytes).map_err(cannot)?;
            let field = Field::from_bytes(setup, threads, rest).map_err(|error| cannot(error.to_string()))?;
            Ok((field, record))
        }
    }
}

/// Goes through all moments.
fn go(run: &Run, field: &mut Field, record: &mut Record, place: Option<(&Making, Duration)>) -> Result<(), Problem> {
    let interrupted = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&interrupted);
    // Without a handler an interrupt ends the program at once, which loses what came after the last checkpoint and nothing else.
    let _ = ctrlc::set_handler(move || seen.store(true, Ordering::Relaxed));
    let mut bar = Bar::new("healing");
    let mut kept = Instant::now();
    // Ends: each turn reaches a moment, the end, or keeps what there is.
    loop {
        let mut must_keep = false;
        let reached = field
            .advance(&mut |progress: Progress| {
                bar.update(progress);
                must_keep = place.is_some_and(|(_, every)| kept.elapsed() > every);
                if interrupted.load(Ordering::Relaxed) || must_keep {
                    Continue::No
                } else {
                    Continue::Yes
                }
            })
            .map_err(|error| Problem::failed(error.to_string(), "please report this with the case"))?;
        match reached {
            Reached::Moment(moment) => {
                if let Some((name, content)) = run.look(field, moment, record)?
                    && let Some((place, _)) = place
                {
                    place.write(&name, &content)?;
                }
            }
            Reached::End => break,
            Reached::Stopped => {
                if let Some((place, _)) = place {
                    place.write(CHECKPOINT, &record.keep(field))?;
                    kept = Instant::now();
                }
                if interrupted.load(Ordering::Relaxed) {
                    bar.finish();
                    let day = field.day();
                    return Err(match place {
                        Some((place, _)) => Problem::failed(
                            format!(
                                "stopped on request at day {day:.1}; the run is kept in {}",
                                place.part().display()
                            ),
                            "go on with the same command and --resume",
                        ),
                        None => Problem::failed(
                            format!("stopped on request at day {day:.1}; nothing is kept"),
                            "with --out DIR a stopped run can be gone on with",
                        ),
                    });
                }
            }
        }
    }
    bar.finish();
    Ok(())
}
