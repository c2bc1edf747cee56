//! The tables of declared targets and of numerical proofs, printed and written to `validation/results`.
//!
//! The committed tables are of one seed and size, so `--seed` does not change them; `--threads` changes no result
//! anywhere.

use std::path::Path;
use std::process::ExitCode;

use needlework::cohort::Settings;
use needlework::verdict::Library;
use needlework_validation::forecast::Scores;
use needlework_validation::forecasts::contests;
use needlework_validation::result::{found_words, published_words, short};
use needlework_validation::rivals::Rival;
use needlework_validation::{COMMITTED, Forecasted, Row, Status, Summary, blind, forecast_page, proofs, target::Use};
use serde_json::{Value, json};

use crate::arguments::{Shared, Validate, Verify};
use crate::file::{BLIND as PREDICTION, FileKind, NewFile, RESULTS as PAGE};
use crate::input::{engine, library};
use crate::layout;
use crate::problem::Problem;
use crate::screen::{Bar, print};

/// Where the committed pages stand, from the root of a checkout.
const RESULTS: &str = "validation/results";

/// Where predictions of what is held out stand.
const FROZEN: &str = "validation/blind";

/// Compares every declared target.
///
/// # Errors
/// [`Problem`] when something cannot be computed, printed or written.
pub fn validate(asked: &Validate, shared: &Shared) -> Result<ExitCode, Problem> {
    if asked.write || asked.freeze {
        in_a_checkout()?;
    }
    let library = library()?;
    let settings = Settings {
        threads: usize::from(shared.threads),
        ..COMMITTED
    };
    let failed = |why: String| {
        Problem::failed(
            format!("the targets could not be compared: {why}"),
            "please report this",
        )
    };
    if asked.freeze {
        return freeze(&library, &settings);
    }
    let chain = needlework_validation::compare(&library, &settings).map_err(failed)?;
    let all = needlework_validation::validate(&library, &settings, &chain).map_err(failed)?;
    let forecasts = needlework_validation::forecasts(&library, &settings).map_err(failed)?;
    if asked.write {
        write(&PAGE, RESULTS, &needlework_validation::pages(&all, &chain, &forecasts))?;
    }
    let used = |row: &&Row| asked.used.as_deref().is_none_or(|wanted| row.used.name() == wanted);
    let rows: Vec<Row> = all.iter().filter(used).cloned().collect();
    let summary = Summary::of(&rows);
    if shared.json {
        print_json(&json!({
            "format": "needlework-validation/1",
            "summary": {
                "declared": summary.declared,
                "computed": summary.computed,
                "hit": summary.hit,
                "read_back": summary.read_back,
                "missed": summary.missed,
                "not_computed": summary.not_computed,
                "held_out": summary.held_out,
            },
            "rows": rows.iter().map(row_json).collect::<Vec<_>>(),
            "forecasts": forecasts.iter().map(forecast_json).collect::<Vec<_>>(),
            "contests": [contests_json(&forecasts, false), contests_json(&forecasts, true)],
        }))?;
        return Ok(ExitCode::SUCCESS);
    }
    let unit = |text: String, row: &Row| {
        if text == "–" || row.unit == "1" {
            text
        } else {
            format!("{text} {}", row.unit)
        }
    };
    let cells = |row: &Row| {
        let tail = match row.status {
            Status::Hit | Status::ReadBack | Status::Missed => row.mark.clone(),
            Status::NotComputed | Status::HeldOut => row.note.clone(),
        };
        vec![
            row.id.clone(),
            format!("{}: {}", row.target, row.what),
            unit(published_words(row.published), row),
            unit(found_words(row.found), row),
            row.status.word().to_owned(),
            row.used.name().to_owned(),
            tail,
        ]
    };
    for page in ["device", "safety", "outcomes", "creams"] {
        let own: Vec<Vec<String>> = rows.iter().filter(|row| row.page == page).map(cells).collect();
        if !own.is_empty() {
            let head = [
                "id",
                "what",
                "published",
                "computed",
                "result",
                "use",
                "mark or what it needs",
            ];
            print(&format!("{}\n{}", page.to_uppercase(), layout::list(&head, own)))?;
        }
    }
    if asked.used.is_none() {
        print(&format!(
            "FORECASTS OF STUDIES, BY LOG SCORE\n{}",
            forecast_table(&forecasts)
        ))?;
        for sentence in forecast_page::sentences(&forecasts) {
            print(&sentence)?;
        }
    }
    print(&format!("{}.", summary.sentence()))?;
    let held = rows.iter().filter(|row| row.used == Use::HoldOut).count();
    if held > 0 {
        print("Values of what is held out are stored nowhere in this project.")?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Predicts what is held out and writes each study into a file of its own.
fn freeze(library: &Library, settings: &Settings) -> Result<ExitCode, Problem> {
    let commit = engine().commit;
    let mut bar = Bar::new("imagining studies");
    let frozen = blind::freeze(library, &commit, settings, &mut |progress| bar.update(progress));
    bar.finish();
    let frozen = frozen.map_err(|why| {
        Problem::failed(
            format!("what is held out could not be predicted: {why}"),
            "please report this",
        )
    })?;
    let mut files = Vec::new();
    for one in &frozen {
        let text = serde_json::to_string_pretty(one).map_err(|error| {
            Problem::failed(
                format!("{} could not be written as JSON: {error}", one.target),
                "please report this",
            )
        })?;
        files.push((format!("{}.json", one.target.to_lowercase()), format!("{text}\n")));
    }
    write(&PREDICTION, FROZEN, &files)?;
    print(&format!(
        "{} studies are predicted in {FROZEN}; commit them before anybody looks.",
        files.len()
    ))?;
    Ok(ExitCode::SUCCESS)
}

/// Recomputes every numerical proof.
///
/// # Errors
/// [`Problem`] when something cannot be computed, printed or written.
pub fn verify(asked: &Verify, shared: &Shared) -> Result<ExitCode, Problem> {
    if asked.write {
        in_a_checkout()?;
    }
    let library = library()?;
    let proved = proofs::prove(&library)
        .map_err(|why| Problem::failed(format!("a proof could not be computed: {why}"), "please report this"))?;
    let failed = proved.iter().filter(|proof| !proof.holds()).count();
    if asked.write {
        write(
            &PAGE,
            RESULTS,
            &[("verification.md".to_owned(), proofs::markdown(&proved))],
        )?;
    }
    if shared.json {
        let rows: Vec<Value> = proved
            .iter()
            .map(|proof| {
                json!({
                    "name": proof.name,
                    "shows": proof.shows,
                    "expected": proof.expected,
                    "computed": proof.computed,
                    "tolerance": proof.tolerance,
                    "holds": proof.holds(),
                })
            })
            .collect();
        print_json(&json!({ "format": "needlework-verification/1", "failed": failed, "proofs": rows }))?;
    } else {
        let rows = proved
            .iter()
            .map(|proof| {
                vec![
                    proof.name.to_owned(),
                    proof.shows.to_owned(),
                    short(proof.expected),
                    short(proof.computed),
                    short(proof.tolerance),
                    if proof.holds() { "yes" } else { "NO" }.to_owned(),
                ]
            })
            .collect();
        print(&layout::list(
            &["proof", "what is shown", "expected", "computed", "tolerance", "holds"],
            rows,
        ))?;
        print(&format!("{} proofs, {failed} failed.", proved.len()))?;
    }
    Ok(if failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Each study with what the engine forecasts, and the log scores of all who forecast it.
fn forecast_table(forecasts: &[Forecasted]) -> String {
    let head = ["study", "published", "median, 90 %", "engine"];
    let head: Vec<&str> = head
        .into_iter()
        .chain(Rival::ALL.map(Rival::name))
        .chain(["seen"])
        .collect();
    let rows = forecasts
        .iter()
        .map(|row| {
            let [.., widest] = row.intervals;
            let rival = |rival: Rival| {
                let scores = row.rivals.iter().find(|(who, _)| *who == rival);
                scores.map_or_else(|| "–".to_owned(), |(_, scores)| format!("{:.2}", scores.log))
            };
            let own = [
                format!("{}: {}", row.study, row.outcome),
                short(row.published),
                format!(
                    "{} ({} to {})",
                    short(row.median),
                    short(widest.low),
                    short(widest.high)
                ),
                format!("{:.2}", row.engine.log),
            ];
            let seen = if row.read_back.is_some() { "yes" } else { "no" };
            own.into_iter()
                .chain(Rival::ALL.map(rival))
                .chain([seen.to_owned()])
                .collect()
        })
        .collect();
    layout::list(&head, rows)
}

fn scores_json(scores: &Scores) -> Value {
    json!({ "log_score": scores.log, "crps": scores.crps })
}

fn forecast_json(row: &Forecasted) -> Value {
    json!({
        "study": row.study,
        "outcome": row.outcome,
        "people": row.n,
        "published": row.published,
        "median": row.median,
        "intervals": row.intervals.map(|one| json!({
            "promised": one.promised,
            "low": one.low,
            "high": one.high,
            "holds": one.holds,
        })),
        "read_back": row.read_back,
        "engine": scores_json(&row.engine),
        "rivals": row.rivals.iter().map(|(rival, scores)| json!({
            "rival": rival.name(),
            "scores": scores_json(scores),
        })).collect::<Vec<_>>(),
    })
}

fn contests_json(forecasts: &[Forecasted], read_back: bool) -> Value {
    let each = contests(forecasts, read_back);
    json!({
        "read_back": read_back,
        "rivals": each.iter().map(|contest| json!({
            "rival": contest.rival.name(),
            "targets": contest.targets,
            "engine": scores_json(&contest.engine),
            "scores": scores_json(&contest.rivals),
        })).collect::<Vec<_>>(),
    })
}

fn row_json(row: &Row) -> Value {
    json!({
        "page": row.page,
        "id": row.id,
        "target": row.target,
        "what": row.what,
        "use": row.used.name(),
        "unit": row.unit,
        "published": row.published.map(|number| json!({ "value": number.value, "to": number.to, "sd": number.sd })),
        "computed": row.found.map(|found| json!({ "mean": found.middle, "low": found.low, "high": found.high })),
        "pass_mark": row.mark,
        "result": row.status.word(),
        "note": row.note,
    })
}

fn print_json(value: &Value) -> Result<(), Problem> {
    let text = serde_json::to_string_pretty(value).map_err(|error| {
        Problem::failed(
            format!("the table could not be written as JSON: {error}"),
            "please report this",
        )
    })?;
    print(&text)
}

/// The pages belong into a checkout; anywhere else there is nothing to compare them with.
fn in_a_checkout() -> Result<(), Problem> {
    if Path::new(RESULTS).is_dir() {
        return Ok(());
    }
    Err(Problem::input(
        format!("there is no folder {RESULTS} here"),
        "run it from the root of a checkout of Needlework",
    ))
}

/// Each page appears whole or not at all.
fn write(kind: &'static FileKind, folder: &str, pages: &[(String, String)]) -> Result<(), Problem> {
    for (name, text) in pages {
        let mut file = NewFile::of(kind, &Path::new(folder).join(name))?;
        file.write(text.as_bytes())?;
        file.appear()?;
    }
    Ok(())
}
