//! One course in full: the healing tissue of the person in the middle, in depth, about one channel, or in all of space.
//!
//! The run stands beside its goal as `DIR.part` until it is finished. Every file there is whole at any time, and the
//! checkpoint is written after what it names; so an interrupt, a full disk or a kill loses at most what came after the
//! last checkpoint, and `--resume` gives the same bytes as a run that was never stopped.

mod outcome;

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use needlework::case::Case;
use needlework::healing::field::{Field, FieldError, Reached, Setup, bytes_needed};
use needlework::healing::{Fidelity, RemodellingHypothesis};
use needlework::numerics::{Continue, Progress, fingerprint};
use needlework::questions::SimulationStopped;
use needlework::units::{Length, SECONDS_PER_HOUR, Time};
use needlework::verdict::{Library, Reading};
use serde_json::json;

use crate::arguments::{Shared, Simulate};
use crate::folder::{CHECKPOINT, SIMULATION};
use crate::input::{bytes, engine, library};
use crate::kept::{self, Begun, Written};
use crate::making::Making;
use crate::memory;
use crate::problem::Problem;
use crate::screen::{self as terminal, Bar};
use needlework_files::{Moments, MomentsError, Record};
use needlework_pages::simulate::{
    NotPlanned, Planned, Run, Wish, bytes_to_grow, bytes_to_keep, bytes_to_look, stopped_by,
};

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
            let answer = SimulationStopped::new(&title(&case), &engine(), &stopped);
            return crate::listing::print_json(&json!(answer));
        }
        terminal::print(&format!(
            "This plan is stopped, so nothing is simulated and nothing written:\n- {}\n\nResearchers simulate it with \
                --for research. `needlework assess` says what to do instead.",
            stopped.join("\n- ")
        ))?;
        return Ok(ExitCode::SUCCESS);
    }
    let keep_every = Duration::try_from_secs_f64(
        SECONDS_PER_HOUR * duration("--keep-every", &asked.keep_every)?.hours(),
    )
    .map_err(|error| {
        Problem::input(
            format!("`--keep-every {}`: {error}", asked.keep_every),
            "write it as \"1 min\"",
        )
    })?;
    let planned = set_up(asked, shared, &case, &library)?;
    let begun = begun(asked, shared, &content, &planned);
    let (setup, moments) = (planned.setup.clone(), planned.moments.clone());
    let threads = usize::from(shared.threads.max(1));
    let needed = |threads| -> Result<usize, Problem> {
        let grid = setup.grid().map_err(|error| wrong(error.into()))?;
        let beside = bytes_to_look(grid.cells()).max(bytes_to_keep(&setup, grid.cells()));
        Ok(bytes_needed(&setup, threads).map_err(wrong)? + beside)
    };
    let all = needed(threads)?;
    let cells = setup.grid().map_err(|error| wrong(error.into()))?.cells();
    fits(all, bytes_to_grow(cells), threads, asked.memory.as_deref())?;
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
    // What cannot be gone on with is said before anything is computed.
    let (mut field, mut record, mut written) = begin(setup.clone(), threads, place.as_ref(), &begun)?;
    let run = Run {
        title: title(&case),
        stopped,
        engine: engine(),
        moments,
        // What is written does not depend on the number of threads.
        bytes: needed(1)?,
        memory: memory::size(needed(1)? as u64),
        steps_off: planned.steps_off().map_err(wrong)?,
        column: planned.in_a_column().map_err(wrong)?,
        setup: setup.clone(),
    };
    if !shared.json {
        terminal::complain(&outcome::announced(&run, &field.summary(), all));
    }
    go(
        &run,
        (&mut field, &mut record, &mut written),
        place.as_ref().map(|place| (place, keep_every)),
        &begun,
    )?;
    let answer = run.answer(&field.summary(), &record);
    if let Some(place) = place {
        for (name, content) in outcome::files(&run, &answer, &record, &place)? {
            place.write(&name, &content)?;
        }
        place.appear()?;
    }
    if shared.json {
        return crate::listing::print_json(&json!(answer));
    }
    let mut text = outcome::told(&run, &answer, &field.summary(), &record);
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

fn title(case: &Case) -> String {
    case.about.title.known().cloned().unwrap_or_else(|| "A case".to_owned())
}

/// The set-up of the case with the options, and the moments to look at.
fn set_up(asked: &Simulate, shared: &Shared, case: &Case, library: &Library) -> Result<Planned, Problem> {
    let time = |flag: &str, text: &Option<String>| text.as_deref().map(|text| duration(flag, text)).transpose();
    let wish = Wish {
        fidelity: Fidelity::from(asked.fidelity),
        law: RemodellingHypothesis::from(asked.law),
        coarse: asked.coarse,
        until: time("--until", &asked.until)?,
        frames: asked.frames.as_deref(),
        cell: length("--cell", &asked.cell, 0.005, 0.2)?,
        side: length("--side", &asked.side, 0.2, 20.0)?,
        step_scale: asked.step_scale,
        infection: time("--infection", &asked.infection)?,
        stretch: asked.stretch,
        seed: shared.seed,
    };
    Planned::of(case, library, &wish).map_err(|why| match why {
        NotPlanned::Wish(wrong) => misread(wrong),
        NotPlanned::Evidence(error) => Problem::failed(
            format!("the evidence does not fill the model: {error}"),
            "please report this",
        ),
    })
}

/// A length on the command line, within bounds in millimetres.
fn length(flag: &str, text: &Option<String>, least: f64, most: f64) -> Result<Option<Length>, Problem> {
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
}

fn misread(wrong: MomentsError) -> Problem {
    Problem::input(wrong.what, wrong.help)
}

/// A time on the command line.
fn duration(flag: &str, text: &str) -> Result<Time, Problem> {
    needlework_files::duration(flag, text).map_err(misread)
}

/// Refuses what does not fit into memory before it is allocated; `spare` is what may be taken for a moment beside it.
fn fits(needed: usize, spare: usize, threads: usize, limit: Option<&str>) -> Result<(), Problem> {
    let (needed, limit, of) = match limit {
        Some(text) => (needed as u64, gigabytes(text)?, "--memory"),
        None => match memory::room() {
            // What the system gives is never given to the last byte.
            Some(room) => (
                memory::roomy((needed + spare) as u64, threads, room),
                room.bytes,
                room.of,
            ),
            None => return Ok(()),
        },
    };
    if needed <= limit {
        return Ok(());
    }
    Err(Problem::input(
        format!(
            "the run needs {} of memory, and {of} leaves {}",
            memory::size(needed),
            memory::size(limit)
        ),
        "take larger cells (--cell), a smaller patch (--side), or a cell or column (--fidelity)",
    ))
}

fn gigabytes(text: &str) -> Result<u64, Problem> {
    const UNITS: [(&str, f64); 8] = [
        ("tb", 1e12),
        ("gib", 1_073_741_824.0),
        ("gb", 1e9),
        ("mib", 1_048_576.0),
        ("mb", 1e6),
        ("kb", 1e3),
        ("g", 1e9),
        ("m", 1e6),
    ];
    let wrong = |why: &str| {
        Problem::input(
            format!("`--memory {text}` is no amount of memory{why}"),
            "write it as \"2 GB\" or \"500 MB\"",
        )
    };
    let small = text.trim().to_lowercase();
    let (number, bytes) = UNITS
        .iter()
        .find_map(|(unit, bytes)| Some((small.strip_suffix(unit)?.trim().to_owned(), *bytes)))
        .ok_or_else(|| wrong(""))?;
    let number = crate::number::decimal(&number).map_err(|why| wrong(&format!(": {why}")))?;
    if number > 0.0 {
        Ok((number * bytes) as u64)
    } else {
        Err(wrong(""))
    }
}

fn wrong(error: FieldError) -> Problem {
    Problem::failed(
        format!("the tissue could not be set up: {error}"),
        "please report this with the case",
    )
}

/// Everything that decides what comes out, by the name that a person knows it by.
fn begun(asked: &Simulate, shared: &Shared, case: &[u8], planned: &Planned) -> Begun {
    let engine = engine();
    let Moments { days, whole } = &planned.moments;
    let frames: Vec<String> = days
        .iter()
        .zip(whole)
        .filter(|(_, whole)| **whole)
        .map(|(day, _)| day.to_string())
        .collect();
    let of = |text: &Option<String>| text.clone().unwrap_or_else(|| "the usual".to_owned());
    Begun::default()
        .with("the case", format!("{:016x}", fingerprint([case])))
        .with("the engine", format!("{} {}", engine.version, engine.commit))
        .with("--fidelity", format!("{:?}", asked.fidelity).to_lowercase())
        .with("--law", format!("{:?}", asked.law).to_lowercase())
        .with("--until", format!("{} day", days.last().copied().unwrap_or_default()))
        .with("--frames", format!("{} day", frames.join(", ")))
        .with("--cell", of(&asked.cell))
        .with("--side", of(&asked.side))
        .with("--coarse", asked.coarse)
        .with("--step-scale", asked.step_scale)
        .with("--infection", of(&asked.infection))
        .with("--stretch", asked.stretch)
        .with("--seed", shared.seed)
}

/// A new run, or the one that was interrupted, with what has been seen and written of it.
fn begin(
    setup: Setup,
    threads: usize,
    place: Option<&Making>,
    begun: &Begun,
) -> Result<(Field, Record, Written), Problem> {
    let found = place.map(|place| Ok((place, place.read(CHECKPOINT)?))).transpose()?;
    let Some((place, Some(bytes))) = found else {
        let field = Field::new(setup, threads).map_err(wrong)?;
        return Ok((field, Record::default(), Written::new()));
    };
    let cannot = |why: String| {
        Problem::input(
            format!("the interrupted run cannot be gone on with: {why}"),
            "give the case and options that it was begun with, or begin anew by --restart",
        )
    };
    let (written, run) = kept::read(&bytes, begun).map_err(cannot)?;
    kept::all_there(&written, place)?;
    let (record, rest) = Record::read(run).map_err(cannot)?;
    let field = Field::from_bytes(setup, threads, rest).map_err(|error| cannot(error.to_string()))?;
    Ok((field, record, written))
}

/// Goes through all moments.
fn go(
    run: &Run,
    (field, record, written): (&mut Field, &mut Record, &mut Written),
    place: Option<(&Making, Duration)>,
    begun: &Begun,
) -> Result<(), Problem> {
    let interrupted = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&interrupted);
    // Without a handler an interrupt ends the program at once, which loses what came after the last checkpoint and
    // nothing else.
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
                let looked = run.look(field, moment, record).map_err(|error| {
                    Problem::failed(format!("a field cannot be written: {error}"), "please report this")
                })?;
                if let Some((name, content)) = looked
                    && let Some((place, _)) = place
                {
                    place.write(&name, &content)?;
                    written.push((name, fingerprint([content.as_slice()])));
                }
            }
            Reached::End => break,
            Reached::Stopped => {
                if let Some((place, _)) = place {
                    let [head, run, sum] = kept::parts(begun, written, record.keep(field));
                    place.write_parts(CHECKPOINT, &[&head, &run, &sum])?;
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
