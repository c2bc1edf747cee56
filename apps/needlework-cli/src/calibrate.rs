//! Worlds weighed by published results.
//!
//! The bank of worlds is computed part by part; each part is a file in `DIR.part` that is whole at any time, and the
//! checkpoint is written after what it names. So an interrupt or a kill loses at most one part, and `--resume` gives
//! the same bytes as a run that was never stopped.

use std::fmt::Write as _;
use std::ops::Range;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use needlework::calibration::{
    Cases, Committed, Failed, Layout, Likelihood, Made, Otherwise, Report, Tempered, Weighed, check, draw, report,
    rows, stamp, table, temper,
};
use needlework::cohort::{Moved, Settings, priors_stamp};
use needlework::numerics::{Continue, Progress, fingerprint};
use needlework::units::PERCENT;
use needlework::verdict::{INTENDED_USE, Library};
use serde_json::json;

use crate::arguments::{Calibrate, Shared};
use crate::folder::{CALIBRATION, CHECKPOINT};
use crate::input::{engine, library};
use crate::kept::{self, Begun, Written};
use crate::layout::{self, WIDTH};
use crate::making::Making;
use crate::memory;
use crate::problem::Problem;
use crate::screen::{self, Bar};

/// Worlds of one part of the bank.
const PART: usize = 500;

/// Draws that are written: a forecast takes no more worlds than so many.
const DRAWS: usize = 2000;

/// Weighs worlds.
///
/// # Errors
/// [`Problem`] when an option is wrong, the run does not fit, is stopped, or cannot be written.
pub fn run(asked: &Calibrate, shared: &Shared) -> Result<ExitCode, Problem> {
    let library = library()?;
    let broken = |error: needlework::BundleError| {
        Problem::failed(error.to_string(), "build Needlework again from a clean checkout")
    };
    let likelihood = needlework::likelihood(&library.book).map_err(broken)?;
    let cases = needlework::calibration_cases(&library.catalog).map_err(broken)?;
    if asked.check {
        return checked(&library, &likelihood, &cases, shared);
    }
    let without = asked.leave_out.as_deref();
    if let Some(study) = without {
        known(study, &likelihood)?;
    }
    let worlds = asked.worlds as usize;
    // What is computed of a world, once in the bank and once in the weights.
    let numbers = 2 * Layout::of(&likelihood).width() + 6 * likelihood.data.len();
    memory::take((worlds * numbers * size_of::<f64>()) as u64, "take fewer --worlds")?;
    let people_per_world = asked.people as usize;
    let missing = |error: needlework::evidence::BookError| Problem::failed(error.to_string(), "please report this");
    let fingerprint =
        stamp((&library.book, &library.catalog), &likelihood, &cases, people_per_world).map_err(missing)?;
    let place = asked
        .out
        .as_deref()
        .map(|out| Making::open(&CALIBRATION, out, asked.resume, asked.restart))
        .transpose()?;
    let bank = Bank {
        begun: Begun::default()
            .with("the engine", engine().commit)
            .with("what is known and told (its fingerprint)", &fingerprint)
            .with("--seed", shared.seed)
            .with("--worlds", worlds),
        library: &library,
        likelihood: &likelihood,
        cases: &cases,
        settings: Settings {
            seed: shared.seed,
            worlds,
            people_per_world,
            threads: usize::from(shared.threads),
        },
        interrupted: Arc::default(),
    };
    let rows = bank.all(place.as_ref())?;
    let made = Made {
        seed: shared.seed,
        people_per_world,
        fingerprint,
        intended_use: INTENDED_USE.to_owned(),
    };
    let failed = |error: Failed| Problem::failed(error.to_string(), "please report this");
    let (mut report, weighed) = report(&likelihood, &rows, &library.book, &made, without).map_err(failed)?;
    let particles = asked
        .particles
        .map_or_else(|| usual_particles(worlds), |count| count as usize);
    let tempered = if report.trust.passes || particles == 0 {
        None
    } else {
        Some(bank.temper((&weighed, without), particles)?)
    };
    if let Some(tempered) = &tempered {
        report = report.of_sample(&likelihood, &library.book, tempered).map_err(failed)?;
    }
    if let Some(place) = place {
        let text = serde_json::to_string_pretty(&report).map_err(|error| {
            Problem::failed(
                format!("it could not be written as JSON: {error}"),
                "please report this",
            )
        })?;
        place.write("calibrate.json", format!("{text}\n").as_bytes())?;
        let enough = report.trust.passes || tempered.is_some();
        let (draws, moved) = match tempered {
            Some(tempered) => (tempered.draws, tempered.moved),
            None => (draw(&weighed, DRAWS, shared.seed), Moved::default()),
        };
        place.write("draws.csv", table(&draws).as_bytes())?;
        // What others rest on keeps its gate, or was sampled where it does not, and leaves nothing out.
        if enough && without.is_none() {
            let priors = priors_stamp(&library.book).map_err(missing)?;
            let committed = Committed::of(&report, priors, &weighed, (draws, moved));
            place.write("posterior.toml", committed.text().as_bytes())?;
        }
        place.appear()?;
    }
    if shared.json {
        return crate::listing::print_json(&json!(report));
    }
    let mut text = told(&report);
    if let Some(out) = &asked.out {
        let _ = write!(text, "\n\nDraws: {}", out.join("draws.csv").display());
    }
    screen::print(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// Particles where nobody says how many: few worlds are a trial, which nobody waits for.
fn usual_particles(worlds: usize) -> usize {
    const TRIAL: usize = 20_000;
    if worlds < TRIAL { 0 } else { DRAWS }
}

/// Says whether the committed posterior is what this build would make.
fn checked(library: &Library, likelihood: &Likelihood, cases: &Cases, shared: &Shared) -> Result<ExitCode, Problem> {
    let committed = needlework::committed()
        .map_err(|error| Problem::failed(error.to_string(), "build Needlework again from a clean checkout"))?;
    let mut bar = Bar::new("looking at worlds");
    let found = check(
        &committed,
        likelihood,
        cases,
        (&library.book, &library.catalog),
        usize::from(shared.threads),
        &mut |progress| bar.update(progress),
    );
    bar.finish();
    let found = found.map_err(|error| Problem::failed(error.to_string(), "please report this"))?;
    const ANEW: &str = "make it anew by `needlework calibrate --out calibration`, and copy \
        calibration/posterior.toml to \
        evidence/posterior/needlework-posterior-1.toml";
    if !found.fresh {
        return Err(Problem::failed(
            format!(
                "the committed posterior was made of other priors, results, cases or another chain: its fingerprint is \
                    {}, and now it is {}; answers rest on the priors",
                committed.posterior.fingerprint, found.fingerprint
            ),
            ANEW,
        ));
    }
    if !found.holds() {
        return Err(Problem::failed(
            format!(
                "what worlds expect has moved: of {} worlds the likelihood of one differs by {:.1e} nats",
                found.worlds, found.largest
            ),
            format!("raise CHAIN in crates/needlework-calibration/src/posterior.rs, then {ANEW}"),
        ));
    }
    if shared.json {
        return crate::listing::print_json(&json!({
            "fingerprint": found.fingerprint,
            "worlds": found.worlds,
            "largest_difference_nats": found.largest,
        }));
    }
    screen::print(&format!(
        "The committed posterior 1/{} stands: {} draws of {} worlds, weighed by {}.\nOf its first {} worlds the \
            likelihoods are as they were, to {:.0e} nats.",
        found.fingerprint,
        committed.posterior.draws.len(),
        committed.worlds,
        committed.posterior.studies.join(", "),
        found.worlds,
        found.largest
    ))?;
    Ok(ExitCode::SUCCESS)
}

/// Refuses a study that weighs nothing.
fn known(study: &str, likelihood: &Likelihood) -> Result<(), Problem> {
    let mut names: Vec<&str> = likelihood
        .data
        .iter()
        .filter(|datum| datum.weighs())
        .map(|datum| datum.row.study.as_str())
        .collect();
    names.dedup();
    if names.contains(&study) {
        return Ok(());
    }
    Err(Problem::input(
        format!("no worlds are weighed by a study `{study}`"),
        format!("the studies are {}", names.join(", ")),
    ))
}

/// A bank in the making.
struct Bank<'a> {
    begun: Begun,
    library: &'a Library,
    likelihood: &'a Likelihood,
    cases: &'a Cases,
    settings: Settings,
    /// Set by whoever interrupts the work.
    interrupted: Arc<AtomicBool>,
}

impl Bank<'_> {
    /// All rows; what an interrupted run has left is read, not computed.
    fn all(&self, place: Option<&Making>) -> Result<Vec<f64>, Problem> {
        let interrupted = &self.interrupted;
        let seen = Arc::clone(interrupted);
        // Without a handler an interrupt ends the program at once, which loses the part that is computed and no other.
        let _ = ctrlc::set_handler(move || seen.store(true, Ordering::Relaxed));
        let mut written = match place {
            Some(place) => self.written(place)?,
            None => Written::new(),
        };
        let mut all = Vec::new();
        let mut bar = Bar::new("looking at worlds");
        let parts = (0..self.settings.worlds).step_by(PART);
        for (number, first) in parts.enumerate() {
            let worlds = first..(first + PART).min(self.settings.worlds);
            let name = format!("bank-{number:04}.bin");
            if let Some(place) = place
                && written.iter().any(|(known, _)| *known == name)
            {
                all.extend(self.read(place, &name, &worlds)?);
                continue;
            }
            let rows = match self.part(worlds.clone(), &mut bar) {
                Ok(rows) => rows,
                Err(problem) => {
                    bar.finish();
                    return Err(if interrupted.load(Ordering::Relaxed) {
                        stopped(first, place)
                    } else {
                        problem
                    });
                }
            };
            if let Some(place) = place {
                let bytes: Vec<u8> = rows.iter().flat_map(|number| number.to_le_bytes()).collect();
                place.write(&name, &bytes)?;
                written.push((name, fingerprint([bytes.as_slice()])));
                let [head, run, sum] = kept::parts(&self.begun, &written, Vec::new());
                place.write_parts(CHECKPOINT, &[&head, &run, &sum])?;
            }
            all.extend(rows);
        }
        bar.finish();
        Ok(all)
    }

    /// Moves worlds until they are a sample after the data.
    fn temper(&self, weighed: (&Weighed, Option<&str>), particles: usize) -> Result<Tempered, Problem> {
        let interrupted = &self.interrupted;
        let mut bar = Bar::new("moving worlds, turn after turn");
        let found = temper(
            self.likelihood,
            self.cases,
            (&self.library.book, &self.library.catalog),
            &self.settings,
            weighed,
            particles,
            &mut |progress| {
                bar.update(progress);
                if interrupted.load(Ordering::Relaxed) {
                    Continue::No
                } else {
                    Continue::Yes
                }
            },
        );
        bar.finish();
        found.map_err(|error| match error {
            Failed::Stopped => Problem::failed(
                "stopped on request while worlds were moved; the bank of worlds is kept",
                "go on with the same command and --resume; the sample begins anew",
            ),
            other => Problem::failed(
                format!("the worlds could not be moved: {other}"),
                "take more --worlds, or --particles 0 for the weights alone",
            ),
        })
    }

    fn part(&self, worlds: Range<usize>, bar: &mut Bar) -> Result<Vec<f64>, Problem> {
        let (first, total) = (worlds.start, self.settings.worlds);
        rows(
            self.likelihood,
            self.cases,
            (&self.library.book, &self.library.catalog),
            &self.settings,
            worlds,
            &mut |progress| {
                bar.update(Progress {
                    done: first + progress.done,
                    total,
                });
                if self.interrupted.load(Ordering::Relaxed) {
                    Continue::No
                } else {
                    Continue::Yes
                }
            },
        )
        .map_err(|error| {
            Problem::failed(
                format!("the worlds could not be looked at: {error}"),
                "please report this",
            )
        })
    }

    /// The parts that an interrupted run has written.
    fn written(&self, place: &Making) -> Result<Written, Problem> {
        let Some(bytes) = place.read(CHECKPOINT)? else {
            return Ok(Written::new());
        };
        let (written, _) = kept::read(&bytes, &self.begun).map_err(|why| {
            Problem::input(
                format!("the interrupted run cannot be gone on with: {why}"),
                "give the options that it was begun with, or begin anew by --restart",
            )
        })?;
        kept::all_there(&written, place)?;
        Ok(written)
    }

    fn read(&self, place: &Making, name: &str, worlds: &Range<usize>) -> Result<Vec<f64>, Problem> {
        let bytes = place.read(name)?.unwrap_or_default();
        let (numbers, rest) = bytes.as_chunks::<{ size_of::<f64>() }>();
        let rows: Vec<f64> = numbers.iter().map(|number| f64::from_le_bytes(*number)).collect();
        if rest.is_empty() && rows.len() == worlds.len() * Layout::of(self.likelihood).width() {
            return Ok(rows);
        }
        Err(Problem::input(
            format!("{name} in {} is not what was written", place.part().display()),
            "begin anew by --restart",
        ))
    }
}

fn stopped(worlds: usize, place: Option<&Making>) -> Problem {
    match place {
        Some(place) => Problem::failed(
            format!(
                "stopped on request after {worlds} worlds; they are kept in {}",
                place.part().display()
            ),
            "go on with the same command and --resume",
        ),
        None => Problem::failed(
            format!("stopped on request after {worlds} worlds; nothing is kept"),
            "with --out DIR a stopped run can be gone on with",
        ),
    }
}

/// A report in words and tables.
fn told(report: &Report) -> String {
    let trust = &report.trust;
    let mut text = layout::wrapped(&opening(report), WIDTH);
    let percent = |share: f64| format!("{:.0} %", PERCENT * share);
    let points = |points: f64| format!("{points:.1}");
    let range = |range: &needlework::calibration::PosteriorRange| {
        format!("{:.0} ({:.0} to {:.0})", range.mean, range.low, range.high)
    };
    let mut add = |title: &str, head: &[&str], rows: Vec<Vec<String>>| {
        let _ = write!(
            text,
            "\n\n{}\n{}",
            layout::wrapped(title, WIDTH),
            layout::list(head, rows).trim_end()
        );
    };
    add(
        "Mean gain over the same people without a plan, points, and how many of 100 people see little or no change",
        &["forecast", "months", "gain before", "after", "little before", "after"],
        report
            .forecasts
            .iter()
            .map(|forecast| {
                let little = |classes: &[f64]| classes.get(1).map_or_else(String::new, |share| percent(*share));
                vec![
                    forecast.name.clone(),
                    format!("{:.0}", forecast.months),
                    range(&forecast.gain_before),
                    range(&forecast.gain_after),
                    little(&forecast.classes_before),
                    little(&forecast.classes_after),
                ]
            })
            .collect(),
    );
    add(
        "The same data under other beliefs in how much raters over-read, which nobody has measured",
        &[
            "over-reading",
            "meaning",
            "gain",
            "little",
            "likelier if it shows",
            "log evidence",
            "worlds",
        ],
        report
            .optimism
            .iter()
            .map(|other| otherwise(other, &range, &percent))
            .collect(),
    );
    add(
        "What may be true",
        &["hypothesis", "before", "after", "log evidence"],
        report
            .hypotheses
            .iter()
            .map(|judged| {
                vec![
                    judged.name.clone(),
                    percent(judged.before),
                    percent(judged.after),
                    points(judged.ln_evidence),
                ]
            })
            .collect(),
    );
    add(
        "What the data say of what is not known; all else is as the priors have it",
        &["number", "spread after : before", "shift, spreads"],
        report
            .informed
            .iter()
            .map(|told| {
                vec![
                    told.label.clone(),
                    format!("{:.2}", told.spread_ratio),
                    format!("{:+.2}", told.shift),
                ]
            })
            .collect(),
    );
    add(
        "Each study as the others forecast it: log scores, nats; a difference below one says nothing",
        &["study", "from priors", "from the others", "worlds"],
        report
            .left_out
            .iter()
            .map(|left| {
                vec![
                    left.study.clone(),
                    format!("{:.2}", left.ln_before),
                    format!("{:.2}", left.ln_from_others),
                    format!("{:.0}", left.effective),
                ]
            })
            .collect(),
    );
    add(
        "The results; what a prior holds already weighs nothing",
        &["result", "weighs", "log score from priors", "worlds"],
        report
            .data
            .iter()
            .map(|told| {
                vec![
                    told.id.clone(),
                    if told.weighs { "yes" } else { "in a prior" }.to_owned(),
                    format!("{:.2}", told.ln_before),
                    format!("{:.0}", told.effective),
                ]
            })
            .collect(),
    );
    let _ = write!(
        text,
        "\n\n{}",
        layout::wrapped(
            &format!(
                "Effective worlds {:.0} of {}; largest weight {:.2} %; shape of the tail {}; log evidence {:.2}.",
                trust.effective,
                report.worlds,
                PERCENT * trust.largest,
                trust
                    .tail_shape
                    .map_or_else(|| "none".to_owned(), |shape| format!("{shape:.2}")),
                trust.ln_evidence
            ),
            WIDTH
        )
    );
    text
}

fn opening(report: &Report) -> String {
    let mut text = format!(
        "{} worlds were weighed by what few open, uncontrolled arms reported{}. What the data say hangs on how much \
            raters over-read; see the second table before the first.",
        report.worlds,
        report
            .without
            .as_deref()
            .map_or_else(String::new, |study| format!(", {study} left out"))
    );
    match &report.sampled {
        Some(sampled) => text.push_str(&format!(
            " The weights do not keep what they must, so that {} worlds were moved until they were a sample after the \
                data, by {} numbers in {} steps; {} worlds of the bank are left among them. The first and the third \
                table rest on that sample, the others on the weights.",
            sampled.particles,
            sampled.moved.len(),
            sampled.steps.len(),
            sampled.origins
        )),
        None if !report.trust.passes => text.push_str(
            " The weights do not keep what they must: take more --worlds, or --particles 2000 to move worlds until \
                they are a sample.",
        ),
        None => {}
    }
    text
}

fn otherwise(
    other: &Otherwise,
    range: &dyn Fn(&needlework::calibration::PosteriorRange) -> String,
    percent: &dyn Fn(f64) -> String,
) -> Vec<String> {
    let joined = |parts: Vec<String>| parts.join("; ");
    vec![
        format!("{:.1} ± {:.1}", other.mean, other.sd),
        other.note.clone(),
        joined(other.forecasts.iter().map(|(gain, _)| range(gain)).collect()),
        joined(other.forecasts.iter().map(|(_, little)| percent(*little)).collect()),
        format!("{:.1}", other.shows_factor),
        format!("{:.2}", other.ln_evidence),
        format!("{:.0}", other.effective),
    ]
}
