//! Where the time goes: `cargo run --release -p needlework-benches`.
//!
//! Prints a table for the chain per stage (one person, then a cohort, then an answer) and, where the built program is
//! found, the whole process from its start to `report.html` (goal P4: 1,000 people, at most 3 s on two cores), and the
//! optics of one spectrum (goal P7: at most 5 ms), and the field engine (goals P1, P2, P5; `-- fields` prints these
//! alone). Absolute times move with the machine.

use std::io::Write as _;
use std::process::{Command, ExitCode};

use needlework::appearance::adding_doubling::DiscreteOrdinates;
use needlework::appearance::skin_optics::{OpticalLaws, skin_of_group, spectrum};
use needlework::case;
use needlework::cohort::{
    Moment, PersonPriors, Question, Settings, Trial, middle_world, press_in, simulate_cohort, site_numbers, worlds,
};
use needlework::course::{Accuracy, Plan};
use needlework::healing::{self, RemodellingHypothesis, TissueResponse};
use needlework::numerics::{Continue, normal_strata, unwatched};
use needlework::units::{Length, Time};
use needlework::verdict::{Inquiry, Library, Reading, judge};
use needlework::{puncture, skin, stria};
use needlework_benches::{Row, median_ms, table};

mod fields;
mod peers_method;

const CASE: &str = include_str!("../../cases/clinic-abdomen-alba.toml");
const PEOPLE: usize = 1000;

fn main() -> ExitCode {
    match run() {
        Ok(text) => {
            let _ = writeln!(std::io::stdout().lock(), "{text}");
            ExitCode::SUCCESS
        }
        Err(why) => {
            let _ = writeln!(std::io::stderr().lock(), "benchmark failed: {why}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<String, String> {
    if std::env::args().nth(1).as_deref() == Some("fields") {
        return fields::tables();
    }
    let library = needlework::bundle().map_err(|error| error.to_string())?;
    Ok([
        stages(&library)?,
        devices(&library)?,
        answer(&library)?,
        optics(&library)?,
        whole_process(),
        fields::tables()?,
    ]
    .join("\n"))
}

fn row(what: &str, of: &str, ms: f64) -> Row {
    Row {
        what: what.to_owned(),
        of: of.to_owned(),
        ms,
    }
}

/// One person through the chain, stage by stage.
fn stages(library: &Library) -> Result<String, String> {
    let case = case::read(CASE, "bench", &library.catalog).map_err(|error| error.to_string())?;
    let device = case::resolve(&case, &library.catalog);
    let plan = Plan::of(&case, &device);
    let drawn = worlds(&library.book, 1, 1).map_err(|error| error.to_string())?;
    let world = &drawn.worlds[0].parameters;
    let schedule = plan.settle(world);
    let site = site_numbers(None, &library.book).map_err(|error| error.to_string())?;
    let accuracy = Accuracy::default();
    let body = skin::Body {
        age: Time::from_years(28.0),
        sex: skin::Sex::Female,
        bmi: needlework::units::BodyMassIndex::from_kg_per_m2(23.0),
    };
    let mark = stria::Mark {
        stage: stria::Stage::Alba,
        age: Time::from_years(5.0),
        measured_dermis: None,
    };
    let layers = skin::layer(&body, &site.skin, &world.skin);
    let tissue = stria::form(
        &mark,
        &layers,
        &world.stria,
        &stria::PersonDraws::default(),
        accuracy.cells,
    );
    let roll = || {
        let person = puncture::PersonDraws::default();
        puncture::puncture(
            &schedule.device,
            &schedule.hand,
            &layers,
            &tissue,
            &world.puncture,
            &person,
            &accuracy.needles,
        )
    };
    let holes = roll();
    let kinetics = healing::Kinetics::of(&world.cascade);
    let answer = || {
        let injury = healing::Injury::in_place(&holes);
        healing::respond(
            &injury,
            tissue.stage,
            &healing::Modifiers::NONE,
            &healing::CascadeRun::up_to(injury.most(), &schedule.sessions, &kinetics),
            &world.healing,
            &healing::PersonDraws::default(),
        )
    };
    let sessions = answer();
    let two_years = Time::from_months(24.0);
    let rows = [
        row(
            "skin and mark",
            "one person",
            median_ms(2001, || {
                let layers = skin::layer(&body, &site.skin, &world.skin);
                stria::form(
                    &mark,
                    &layers,
                    &world.stria,
                    &stria::PersonDraws::default(),
                    accuracy.cells,
                )
            }),
        ),
        row("puncture", "one session", median_ms(2001, roll)),
        row("cascade", "4 sessions, all laws", median_ms(501, answer)),
        row(
            "healing, untreated",
            "24 months",
            median_ms(501, || {
                healing::heal(
                    &tissue,
                    &TissueResponse::default(),
                    RemodellingHypothesis::Persistence,
                    Time::ZERO,
                    two_years,
                    &world.healing,
                )
            }),
        ),
        row(
            "healing, treated",
            "24 months, 4 sessions, one law",
            median_ms(501, || {
                healing::heal(
                    &tissue,
                    &sessions,
                    RemodellingHypothesis::Persistence,
                    Time::ZERO,
                    two_years,
                    &world.healing,
                )
            }),
        ),
    ];
    Ok(table("One person (shares of the last row)", &rows))
}

/// Devices: the holes of a whole course one by one, and many designs.
fn devices(library: &Library) -> Result<String, String> {
    const DESIGNS: &str = include_str!("../../cases/designs/roller.toml");
    let middle = middle_world(&library.book)
        .map_err(|error| error.to_string())?
        .parameters;
    let site = site_numbers(None, &library.book).map_err(|error| error.to_string())?;
    let device = puncture::Device {
        needles: Some(540),
        ..puncture::Device::of(puncture::Kind::Roller, Length::from_mm(1.5))
    };
    let hand = puncture::Hand::of(16.0);
    let trial = Trial { device, hand };
    let pressed = press_in(&trial, &site, &middle, &normal_strata(64));
    let side = Length::from_cm(5.0);
    let plot = puncture::Plot {
        width: side,
        height: side,
    };
    let map = || puncture::lay(&device, &hand, &pressed.contact, plot, 6, &middle.puncture, 1);
    let holes = map().holes.len();
    let design =
        needlework::questions::read(DESIGNS, "roller.toml", &library.catalog).map_err(|error| error.to_string())?;
    let count = design.designs.len();
    let engine = needlework::engine("bench");
    let swept = median_ms(1, || {
        let book = (&library.book, &library.catalog);
        needlework::questions::sweep(&design, book, &engine, (1, 64, 2), &mut |_| Continue::Yes).is_ok()
    });
    let rows = [
        row(
            "map of holes",
            &format!("5 × 5 cm, 16 passes, 6 sessions, 540 needles: {holes} holes; goal: at most 1,000 ms"),
            median_ms(5, map),
        ),
        row(
            "sweep, 2 threads",
            &format!("{count} designs in 64 worlds; goal: 10,000 in at most 60,000 ms"),
            swept,
        ),
    ];
    Ok(table("Devices", &rows))
}

/// From the case to the answer.
fn answer(library: &Library) -> Result<String, String> {
    let case = case::read(CASE, "bench", &library.catalog).map_err(|error| error.to_string())?;
    let settings = |threads| Settings {
        seed: 1,
        worlds: PEOPLE / 5,
        people_per_world: 5,
        threads,
    };
    let question = Question::new(&case, &library.catalog, &library.book);
    PersonPriors::from_book(&library.book).map_err(|error| error.to_string())?;
    let moments: Vec<Moment> = (0..=24_u8)
        .map(|month| Moment::SinceFirst(Time::from_months(f64::from(month))))
        .collect();
    let cohort = |threads| {
        median_ms(3, || {
            simulate_cohort(&question, &settings(threads), &moments, &mut |_| Continue::Yes).map(|c| c.people.len())
        })
    };
    let inquiry = Inquiry {
        settings: settings(2),
        reading: Reading::Research,
        ..Inquiry::new(library)
    };
    let of = "1,000 people, each treated under three laws and untreated";
    let rows = [
        row(
            "bundle of evidence",
            "once",
            median_ms(11, || needlework::bundle().map(|b| b.targets.len())),
        ),
        row(
            "read the case",
            "once",
            median_ms(101, || case::read(CASE, "bench", &library.catalog).is_ok()),
        ),
        row(
            "draw the worlds",
            "200 worlds",
            median_ms(11, || worlds(&library.book, 1, PEOPLE / 5).map(|d| d.worlds.len())),
        ),
        row("cohort, 1 thread", of, cohort(1)),
        row("cohort, 2 threads", of, cohort(2)),
        row(
            "the whole answer, 2 threads",
            "with colours, statistics, sensitivity",
            median_ms(3, || judge(&case, &inquiry, &mut unwatched).is_ok()),
        ),
    ];
    Ok(table("From case to answer (shares of the last row)", &rows))
}

/// One spectrum of four layers at 31 wavelengths.
fn optics(library: &Library) -> Result<String, String> {
    let laws = OpticalLaws::fill(&mut |key| library.book.value(key).unwrap_or(f64::NAN));
    let skin = skin_of_group("light", &mut |key| library.book.value(key).ok()).ok_or("no skin group")?;
    let time = |count: usize| -> Result<f64, String> {
        let streams = DiscreteOrdinates::new(count, laws.refractive_index).map_err(|error| error.to_string())?;
        Ok(median_ms(31, || {
            spectrum(&library.spectra, &laws, &streams, &skin).is_ok()
        }))
    };
    let rows = [
        row("8 streams", "|ΔR| ≤ 2.3e-4 of the reference", time(8)?),
        row("12 streams", "|ΔR| ≤ 1.8e-4", time(12)?),
        row("16 streams", "|ΔR| ≤ 4e-5; used for what is printed", time(16)?),
    ];
    Ok(table(
        "Spectrum of four-layer skin, 31 wavelengths, one core (goal P7: at most 5 ms)",
        &rows,
    ))
}

/// The built program from its start to its report, where it is found beside this one.
fn whole_process() -> String {
    let program = std::env::current_exe()
        .ok()
        .and_then(|path| Some(path.parent()?.join("needlework")));
    let Some(program) = program.filter(|program| program.exists()) else {
        return "Whole process (goal P4): build it first with `cargo build --release`, then run this again.\n"
            .to_owned();
    };
    let out = std::env::temp_dir().join(format!("needlework-bench-{}", std::process::id()));
    let case = "cases/clinic-abdomen-alba.toml";
    let assess = |people: &str| {
        median_ms(5, || {
            Command::new(&program)
                .args(["assess", case, "--people", people, "--out"])
                .arg(&out)
                .output()
                .is_ok()
        })
    };
    let rows = [
        row(
            "start to report.html, 1,000 people",
            "goal P4: at most 3,000 ms on two cores",
            assess("1000"),
        ),
        row("start to report.html, 2,000 people", "the default", assess("2000")),
    ];
    let _ = std::fs::remove_dir_all(&out);
    let megabytes = std::fs::metadata(&program).map_or(0.0, |file| file.len() as f64 / 1e6);
    format!(
        "{}  the program is {megabytes:.1} MB (goal: at most 25)\n",
        table("Whole process", &rows)
    )
}
