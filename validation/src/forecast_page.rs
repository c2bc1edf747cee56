//! The page of forecasts: who forecasts studies better, the engine or somebody who knows nothing of needles.

use std::fmt::Write as _;

use crate::forecasts::{Contest, Forecasted, LEVELS, contests, stacked};
use crate::result::short;

/// Who forecasts better, in sentences: of targets whose study stands in no input, then of those whose does.
#[must_use]
pub fn sentences(rows: &[Forecasted]) -> Vec<String> {
    let unseen = contests(rows, false);
    let seen = contests(rows, true);
    [
        outcome(&unseen, "that rivals forecast too and whose ratings stand in no input"),
        embarrassed(&unseen),
        outcome(
            &seen,
            "that rivals forecast too and whose study stands in an input, so that the engine alone has seen them,",
        ),
    ]
    .into_iter()
    .flatten()
    .chain(mixed(rows))
    .chain(covered(rows))
    .collect()
}

/// One sentence for one kind of target; none where nobody else forecasts any.
fn outcome(contests: &[Contest], which: &str) -> Option<String> {
    let most = contests.iter().map(|contest| contest.targets).max()?;
    let part = |contest: &Contest| {
        // Where a rival forecasts fewer, the engine's sum is that of these alone.
        let over = if contest.targets < most {
            format!(" over {} of them", contest.targets)
        } else {
            String::new()
        };
        format!("{} by {:.1} nats{over}", contest.rival.name(), contest.ahead().abs())
    };
    let told = |better: bool| -> Vec<String> {
        let side = contests.iter().filter(|contest| (contest.ahead() > 0.0) == better);
        side.map(part).collect()
    };
    let (ahead, behind) = (told(true), told(false));
    let of = format!("Of the {most} targets {which}");
    Some(match (ahead.is_empty(), behind.is_empty()) {
        (true, _) => format!(
            "{of} the engine forecasts better than every rival: than {}.",
            behind.join(", ")
        ),
        (false, true) => format!(
            "{of} every rival forecasts better than the engine: {}.",
            ahead.join(", ")
        ),
        (false, false) => format!(
            "{of} the engine forecasts worse than {}; better than {}.",
            ahead.join(", "),
            behind.join(", ")
        ),
    })
}

/// What has to be said plainly where a rival is ahead on targets that nobody has seen.
fn embarrassed(unseen: &[Contest]) -> Option<String> {
    let ahead = unseen.iter().any(|contest| contest.ahead() > 0.0);
    ahead.then(|| "Who knows nothing of needles forecasts what studies report better than the engine does.".to_owned())
}

/// What a mix of forecasters would take of each.
fn mixed(rows: &[Forecasted]) -> Option<String> {
    let weights: Vec<String> = stacked(rows)?
        .into_iter()
        .map(|(who, weight)| format!("{:.0} % {who}", 100.0 * weight))
        .collect();
    Some(format!(
        "The mix that would have forecast these best (stacking; without the hearsay, which has seen part of the \
         answers): {}. It rests on these targets alone.",
        weights.join(", ")
    ))
}

/// How often the intervals held what was published, where it was not seen.
fn covered(rows: &[Forecasted]) -> Option<String> {
    let unseen: Vec<&Forecasted> = rows.iter().filter(|row| row.read_back.is_none()).collect();
    let each: Vec<String> = LEVELS
        .iter()
        .enumerate()
        .map(|(at, level)| {
            let held = unseen.iter().filter(|row| row.intervals[at].holds).count();
            format!("{held} by intervals of {:.0} %", 100.0 * level)
        })
        .collect();
    (!unseen.is_empty()).then(|| {
        format!(
            "Of {} published numbers of which none is an input, {} were held.",
            unseen.len(),
            each.join(", ")
        )
    })
}

/// The page as Markdown.
#[must_use]
pub fn markdown(rows: &[Forecasted]) -> String {
    let mut text = String::from(
        "# Forecasts of studies, against forecasters that know nothing of needles\n\nWritten by `needlework validate \
         --write`; a test holds it equal to what is computed. Numbers are points of a hundred. What a study of so many \
         people would report: median with central intervals over what is not known, in bold those that hold what was \
         published.\nLog score: the logarithm of the probability of the count, or of the density of the mean, in nats; \
         higher is better, and only differences within a row mean anything. CRPS: continuous ranked probability \
         score; lower is better.\nRivals: flat; hearsay, 48 ± 18, in part a look at the answers (48 is the mean of \
         Park2012 itself); the other studies of the same outcome (random effects); their pooled rate. A study is \
         never forecast from itself; what the rivals believe stands in `evidence/synthesis.toml`, the hearsay in \
         `validation/targets/baselines.toml`.\nWhere \
         the study stands in an input, the engine has seen the answer: such rows are read back and kept apart in the \
         sums. Over so few targets a difference below one nat means nothing.\n\n",
    );
    for sentence in sentences(rows) {
        text.push_str(&sentence);
        text.push('\n');
    }
    // Writing to a string does not fail.
    text.push_str(
        "\n| study | outcome | people | published | median | 50 % | 80 % | 90 % | seen |\n\
         |---|---|---|---|---|---|---|---|---|\n",
    );
    for row in rows {
        let intervals = row.intervals.map(|interval| {
            let told = format!("{} to {}", short(interval.low), short(interval.high));
            if interval.holds { format!("**{told}**") } else { told }
        });
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} |",
            row.study,
            row.outcome,
            row.n,
            short(row.published),
            short(row.median),
            intervals.join(" | "),
            row.read_back.as_deref().unwrap_or("no"),
        );
    }
    text.push_str("\n| study | outcome | who | log score | CRPS |\n|---|---|---|---|---|\n");
    for row in rows {
        let rivals = row.rivals.iter().map(|(rival, scores)| (rival.name(), scores));
        for (who, scores) in std::iter::once(("engine", &row.engine)).chain(rivals) {
            let _ = writeln!(
                text,
                "| {} | {} | {who} | {:.2} | {:.1} |",
                row.study, row.outcome, scores.log, scores.crps
            );
        }
    }
    text.push_str(
        "\n| seen | rival | targets | engine, log score | rival | engine, CRPS | rival | better by log score \
         |\n|---|---|---|---|---|---|---|---|\n",
    );
    for read_back in [false, true] {
        for contest in contests(rows, read_back) {
            let better = if contest.ahead() > 0.0 {
                contest.rival.name()
            } else {
                "engine"
            };
            let _ = writeln!(
                text,
                "| {} | {} | {} | {:.2} | {:.2} | {:.1} | {:.1} | {better} |",
                if read_back { "yes" } else { "no" },
                contest.rival.name(),
                contest.targets,
                contest.engine.log,
                contest.rivals.log,
                contest.engine.crps,
                contest.rivals.crps,
            );
        }
    }
    text
}
