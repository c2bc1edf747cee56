//! One course in full: what it leaves, that a killed run goes on to the same bytes, and what it refuses before it
//! begins.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Command as Process, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::setup::{
    PERMITTED, REFUSED, case_file, case_text, json, names_in, needlework, run_to, stderr, stdout, unwrapped,
};

/// A patch that takes seconds when it is kept after every step.
const SMALL_PATCH: [&str; 8] = [
    "--fidelity",
    "patch",
    "--cell",
    "100 um",
    "--side",
    "1 mm",
    "--until",
    "6 week",
];

fn simulate(more: &[&str]) -> assert_cmd::Command {
    let mut command = needlework(&["simulate"]);
    command.arg(case_file(PERMITTED)).args(more);
    command
}

fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    names_in(folder)
        .into_iter()
        .map(|name| {
            let bytes = fs::read(folder.join(&name)).unwrap();
            (name, bytes)
        })
        .collect()
}

fn summary(folder: &Path) -> Value {
    serde_json::from_slice(&fs::read(folder.join("simulate.json")).unwrap()).unwrap()
}

/// A run that is kept after every step, once its first checkpoint stands.
fn begun(out: &Path) -> Child {
    let mut child = Process::new(env!("CARGO_BIN_EXE_needlework"))
        .arg("simulate")
        .arg(case_file(PERMITTED))
        .args(SMALL_PATCH)
        .args(["--keep-every", "0 s", "--out"])
        .arg(out)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let checkpoint = out.with_extension("part").join("checkpoint.bin");
    let begun = Instant::now();
    while !checkpoint.is_file() {
        assert!(
            child.try_wait().unwrap().is_none(),
            "it ended before its first checkpoint"
        );
        assert!(begun.elapsed() < Duration::from_secs(120), "no checkpoint appeared");
        std::thread::sleep(Duration::from_millis(5));
    }
    child
}

#[test]
fn each_fidelity_leaves_fields_curves_pictures_and_a_page() {
    let place = tempfile::tempdir().unwrap();
    for fidelity in ["column", "cell", "patch"] {
        let out = place.path().join(fidelity);
        let output = run_to(
            0,
            simulate(&["--fidelity", fidelity, "--coarse", "--until", "6 week", "--out"]).arg(&out),
        );
        let told = unwrapped(&stdout(&output));
        assert!(
            told.contains("no forecast") && told.contains("not a medical device"),
            "{told}"
        );
        assert!(
            stderr(&output).contains("of memory"),
            "memory is stated before the start: {}",
            stderr(&output)
        );
        let names = names_in(&out);
        for name in [
            "collagen_gained.png",
            "fibre_anisotropy.png",
            "fields-0000.vtr",
            "fields.pvd",
            "series.csv",
            "series.parquet",
            "simulate.html",
            "tgf_beta.png",
        ] {
            assert!(
                names.iter().any(|found| found == name),
                "{fidelity}: {name} in {names:?}"
            );
        }
        assert!(!names.iter().any(|name| name == "checkpoint.bin"));
        let summary = summary(&out);
        assert_eq!(summary["fidelity"], fidelity);
        for what in ["signal", "collagen"] {
            let gap = summary["balance"][what]["gap"].as_f64().unwrap();
            assert!(gap < 1e-10, "{fidelity}: {what} {gap:e}");
        }
        let off = summary["error_estimate"]["steps_a_quarter_as_long"]["collagen"]
            .as_f64()
            .unwrap();
        assert!(off > 0.0 && off < 0.01, "{off}");
        let rows = fs::read_to_string(out.join("series.csv"))
            .unwrap()
            .lines()
            .filter(|line| !line.starts_with('#'))
            .count();
        assert_eq!(rows, summary["series"].as_array().unwrap().len() + 1);
        // Young collagen rises after a session, and the mark has none before it.
        let series = summary["series"].as_array().unwrap();
        let young = |at: usize| series[at]["immature_collagen"].as_f64().unwrap();
        assert!(young(0) == 0.0 && young(series.len() - 1) > 1e-4);
    }
}

#[test]
fn a_killed_run_and_an_interrupted_one_go_on_to_the_bytes_of_an_uninterrupted_one() {
    let place = tempfile::tempdir().unwrap();
    let whole = place.path().join("whole");
    run_to(0, simulate(&SMALL_PATCH).arg("--out").arg(&whole));
    for signal in ["KILL", "INT"] {
        let out = place.path().join(signal.to_lowercase());
        let part = out.with_extension("part");
        let mut child = begun(&out);
        let sent = Process::new("kill")
            .arg(format!("-{signal}"))
            .arg(child.id().to_string())
            .status();
        assert!(sent.unwrap().success(), "{signal}");
        let ended = child.wait().unwrap();
        assert!(!ended.success(), "{signal}");
        assert!(!out.exists() && part.join("checkpoint.bin").is_file(), "{signal}");
        if signal == "INT" {
            assert_eq!(ended.code(), Some(1), "an interrupt is answered, not died of");
        }
        let refused = run_to(2, simulate(&SMALL_PATCH).arg("--out").arg(&out));
        assert!(stderr(&refused).contains("--resume"), "{}", stderr(&refused));
        let foreign = run_to(2, simulate(&["--fidelity", "column", "--resume", "--out"]).arg(&out));
        assert!(
            unwrapped(&stderr(&foreign)).contains("--fidelity was patch, and now is column"),
            "{}",
            stderr(&foreign)
        );
        run_to(
            0,
            simulate(&SMALL_PATCH)
                .args(["--threads", "2", "--resume", "--out"])
                .arg(&out),
        );
        assert!(!part.exists(), "{signal}");
        let (whole, resumed) = (contents(&whole), contents(&out));
        assert!(whole.keys().eq(resumed.keys()), "{signal}");
        for (name, content) in &whole {
            assert!(*content == resumed[name], "{signal}: {name} differs");
        }
    }
}

#[test]
fn a_run_that_does_not_fit_is_refused_before_it_begins() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out");
    let refused = run_to(
        2,
        simulate(&["--fidelity", "patch", "--memory", "20 MB", "--out"]).arg(&out),
    );
    let said = unwrapped(&stderr(&refused));
    assert!(said.contains("20 MB") && said.contains("--side"), "{said}");
    assert!(names_in(place.path()).is_empty());
    for wrong in ["much", "0 GB", "5"] {
        let refused = run_to(2, &mut simulate(&["--memory", wrong]));
        assert!(stderr(&refused).contains("2 GB"), "{wrong}");
    }
}

#[test]
fn a_layperson_is_shown_nothing_of_a_stopped_plan_and_a_researcher_is_told_of_the_rule() {
    let run = |more: &[&str]| {
        let mut command = needlework(&["simulate"]);
        command.arg(case_file(REFUSED)).args(["--until", "1 week"]).args(more);
        unwrapped(&stdout(&run_to(0, &mut command)))
    };
    let lay = run(&[]);
    assert!(
        lay.contains("nothing is simulated") && !lay.contains("collagen"),
        "{lay}"
    );
    let research = run(&["--for", "research"]);
    assert!(
        research.contains("What stops this plan") && research.contains("collagen"),
        "{research}"
    );
}

#[test]
fn infection_and_stretch_make_more_signal_and_are_told() {
    let run = |more: &[&str]| -> Value {
        let mut command = simulate(&["--until", "1 week", "--json"]);
        crate::setup::json(&run_to(0, command.args(more)))
    };
    let most = |answer: &Value| {
        let signals = answer["series"].as_array().unwrap().iter();
        signals.map(|row| row["tgf_beta"].as_f64().unwrap()).fold(0.0, f64::max)
    };
    let plain = run(&[]);
    assert!(plain["infection_days"].is_null() && plain["stretch"] == 0.0);
    for more in [["--infection", "5 day"], ["--stretch", "0.1"]] {
        assert!(most(&run(&more)) > 1.05 * most(&plain), "{more:?}");
    }
    let told = unwrapped(&stdout(&run_to(
        0,
        &mut simulate(&["--until", "1 week", "--infection", "5 day"]),
    )));
    assert!(told.contains("infected for 5 day"), "{told}");
}

#[test]
fn options_that_cannot_be_are_named() {
    for (options, said) in [
        (["--until", "soon"], "26 week"),
        (["--cell", "1 m"], "choose a length within"),
        (["--step-scale", "0"], "a share from 0.001"),
        (["--keep-every", "often"], "--keep-every"),
        (["--stretch", "2"], "a share from 0 to 0.5"),
        (["--until", "20 year"], "ten years"),
        (["--infection", "2000 day"], "lasts longer than the run"),
    ] {
        let refused = run_to(2, &mut simulate(&options));
        assert!(
            unwrapped(&stderr(&refused)).contains(said),
            "{options:?}: {}",
            stderr(&refused)
        );
    }
}

#[test]
fn fields_after_the_end_of_a_run_are_not_left_out_in_silence() {
    let mut command = simulate(&["--until", "6 week", "--frames", "1 day, 30 week"]);
    let said = unwrapped(&stderr(&run_to(2, &mut command)));
    assert!(
        said.contains("asks for fields at 30 week") && said.contains("--until"),
        "{said}"
    );
}

#[test]
fn a_folder_in_which_another_run_writes_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let part = folder.path().join("out.part");
    std::fs::create_dir(&part).unwrap();
    let lock = std::fs::File::create(part.join(".needlework-lock")).unwrap();
    lock.lock().unwrap();
    std::fs::write(part.join("fields-0000.vtr"), "another run's").unwrap();
    let mut command = simulate(&["--coarse", "--out"]);
    let said = unwrapped(&stderr(&run_to(2, command.arg(folder.path().join("out")))));
    assert!(said.contains("another run is writing"), "{said}");
    assert!(part.join("fields-0000.vtr").is_file());
}

#[test]
fn lone_holes_are_refused_in_a_cell_and_taken_by_a_column() {
    let case = case_text(PERMITTED).replace("name = \"dermaroller-mf8\"", "name = \"acupuncture-0.25\"");
    let run_as = |code: i32, fidelity: &str| {
        let mut command = needlework(&["simulate", "-", "--for", "research", "--coarse", "--until", "2 week"]);
        run_to(code, command.args(["--fidelity", fidelity]).write_stdin(case.clone()))
    };
    assert!(unwrapped(&stderr(&run_as(2, "cell"))).contains("too far apart"));
    assert!(unwrapped(&stderr(&run_as(2, "patch"))).contains("not one hole"));
    run_as(0, "column");
}

#[test]
fn a_stopped_plan_says_so_as_json_where_json_is_asked_for() {
    let mut command = needlework(&["simulate", "--json"]);
    let answer = json(&run_to(0, command.arg(case_file(REFUSED))));
    assert!(!answer["stopped"].as_array().unwrap().is_empty());
    assert!(answer.get("series").is_none());
}

/// A killed run, and its unfinished folder.
fn killed(place: &Path) -> (std::path::PathBuf, std::path::PathBuf) {
    let out = place.join("out");
    let mut child = begun(&out);
    child.kill().unwrap();
    child.wait().unwrap();
    let part = out.with_extension("part");
    (out, part)
}

/// Resumes the killed run, with other options behind its own.
fn resume(out: &Path, more: &[&str]) -> assert_cmd::Command {
    let mut command = simulate(&SMALL_PATCH);
    command.args(more).args(["--resume", "--out"]).arg(out);
    command
}

#[test]
fn a_damaged_checkpoint_is_never_gone_on_with() {
    let place = tempfile::tempdir().unwrap();
    let (out, part) = killed(place.path());
    let checkpoint = part.join("checkpoint.bin");
    let good = fs::read(&checkpoint).unwrap();
    // Bytes over the whole file: the head letter by letter, the record and the field at places between, and the end.
    let places = (0..32)
        .chain((1..32).map(|part| part * good.len() / 32))
        .chain([good.len() - 1]);
    for at in places {
        let mut bad = good.clone();
        bad[at] ^= 1 << (at % 8);
        fs::write(&checkpoint, &bad).unwrap();
        let said = unwrapped(&stderr(&run_to(2, &mut resume(&out, &[]))));
        assert!(said.contains("damaged"), "byte {at}: {said}");
    }
    for length in [0, 7, 20, good.len() / 2, good.len() - 1] {
        fs::write(&checkpoint, &good[..length]).unwrap();
        run_to(2, &mut resume(&out, &[]));
    }
    fs::write(&checkpoint, &good).unwrap();
    run_to(0, &mut resume(&out, &[]));
}

#[test]
fn other_options_and_a_lost_or_changed_file_of_fields_are_named_at_the_start() {
    let place = tempfile::tempdir().unwrap();
    let (out, part) = killed(place.path());
    let kept = contents(&part);
    for (more, name) in [
        (&["--frames", "2 day"][..], "--frames"),
        (&["--law", "relapse"], "--law"),
        (&["--step-scale", "0.5"], "--step-scale"),
        (&["--infection", "5 day"], "--infection"),
        (&["--stretch", "0.1"], "--stretch"),
        (&["--seed", "2"], "--seed"),
    ] {
        let said = unwrapped(&stderr(&run_to(2, &mut resume(&out, more))));
        assert!(said.contains(&format!("{name} was ")), "{more:?}: {said}");
    }
    // Another case under the same name.
    let mut other = needlework(&["simulate", "-", "--resume", "--out"]);
    other
        .arg(&out)
        .args(SMALL_PATCH)
        .write_stdin(format!("{}\n# one more line\n", case_text(PERMITTED)));
    let said = unwrapped(&stderr(&run_to(2, &mut other)));
    assert!(said.contains("the case was "), "{said}");
    let fields = part.join("fields-0000.vtr");
    let good = fs::read(&fields).unwrap();
    let mut bad = good.clone();
    *bad.last_mut().unwrap() ^= 1;
    fs::write(&fields, bad).unwrap();
    assert!(unwrapped(&stderr(&run_to(2, &mut resume(&out, &[])))).contains("fields-0000.vtr is changed"));
    fs::remove_file(&fields).unwrap();
    assert!(unwrapped(&stderr(&run_to(2, &mut resume(&out, &[])))).contains("fields-0000.vtr is gone"));
    fs::write(&fields, good).unwrap();
    assert!(kept == contents(&part), "a refusal changes nothing");
}
