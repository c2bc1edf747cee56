//! The model card and the credibility file as Markdown.
//!
//! Sentences about purpose stand here; every count, key and judgement comes from the evidence. Form after Mitchell 2019
//! (10.1145/3287560.3287596) for the card and ASME V&V 40 for the credibility file.

use std::fmt::Write as _;

use needlework::verdict::{Credibility, INTENDED_USE, Library, Step, banner, origins};

/// The model card, then the credibility file.
///
/// It never fails; an assumption whose passport is missing shows its key alone.
#[must_use]
pub fn card(library: &Library) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = write!(text, "{}\n{}", model_card(library), credibility(library));
    text
}

fn model_card(library: &Library) -> String {
    let counts = origins(&library.book);
    let rules = library.rules.rules().len();
    let arms = library.arms.len();
    let rows = [
        (
            "What it is",
            "A chain of mechanistic models: skin, mark, holes, channels, germs, healing, reactions, looks; each room \
            takes its numbers from passports."
                .to_owned(),
        ),
        (
            "Made for",
            "Research and education: what the evidence allows to be expected of a needling plan for stretch marks, and \
            which safety rules stop it."
                .to_owned(),
        ),
        (
            "Not for",
            "Deciding about a treatment, diagnosing, dosing; children; other marks than stretch marks, other \
            treatments than needling."
                .to_owned(),
        ),
        (
            "Takes",
            "One case: person, health, mark, device, plan, hygiene, aftercare. What is unknown is drawn from its \
            prior, never guessed."
                .to_owned(),
        ),
        (
            "Gives",
            format!(
                "A safety verdict by {rules} rules; shares of 100 people like this with and without the plan, with \
            5–95 % ranges; risks of 1,000 courses; where the needles go; what sways the answer."
            ),
        ),
        (
            "Fitted to",
            fitted_to(library),
        ),
        (
            "Its numbers",
            format!(
                "{} parameters: {} published, {} derived from published ones, {} assumed; {} of all are drawn from \
            priors. {} passports in all, {arms} published arms beside.",
                counts.published + counts.derived + counts.assumed,
                counts.published,
                counts.derived,
                counts.assumed,
                counts.drawn,
                counts.passports
            ),
        ),
        (
            "Compared with",
            "Published arms and measurements, none of them fitted: hits, misses and what cannot be computed yet stand \
            in the chapter on validation."
                .to_owned(),
        ),
        (
            "People behind it",
            "Trials of small samples, mostly women of 18 to 55 in clinics; few very dark or very fair skins; home use \
            has not been studied."
                .to_owned(),
        ),
        (
            "Known faults",
            "The answer hangs on how much a micro-wound does for its size, which nobody has measured. Raters over-read \
            photographs. Harms in clinics do not yet depend on the number of sessions."
                .to_owned(),
        ),
        ("Intended use", INTENDED_USE.to_owned()),
    ];
    let mut text = String::from("## Model card\n\n| | |\n|---|---|\n");
    for (name, words) in rows {
        let _ = writeln!(text, "| {name} | {words} |");
    }
    text
}

/// What the worlds of a forecast have been held against, and what stands in priors already.
fn fitted_to(library: &Library) -> String {
    let gain = match &library.posterior {
        None => "The gain: to nothing.".to_owned(),
        Some(posterior) => format!(
            "The gain: worlds are weighed by {} (posterior {}). {} `--prior` leaves the weights out.",
            posterior.studies.join(", "),
            posterior.name(),
            banner(Some(posterior), Some(&posterior.name()))
        ),
    };
    format!(
        "{gain} Rates of dark marks and of infections in clinics, and the thickening of the epidermis: pooled into the \
            priors, so that their studies weigh nothing more. Every other number is a published measurement or a \
            stated assumption."
    )
}

fn credibility(library: &Library) -> String {
    let mut text = String::from(
        "## Credibility file\n\nFor each output: the question, who uses the answer for what, how much a wrong answer \
            could harm, and what it stands on.\n\n\
         | | question | influence | consequence | model risk |\n|---|---|---|---|---|\n",
    );
    for output in &library.credibility {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} |",
            output.id,
            output.question,
            step(output.influence),
            step(output.consequence),
            step(output.risk)
        );
    }
    for output in &library.credibility {
        let _ = write!(text, "\n{}", one(output, library));
    }
    text
}

fn one(output: &Credibility, library: &Library) -> String {
    let mut text = format!("### {}: {}\n\n", output.id, output.question);
    let _ = writeln!(text, "* **Context of use:** {}", output.context);
    let _ = writeln!(text, "* **Goal:** {}", output.goal);
    let _ = writeln!(text, "* **Verified:** {}.", output.verified.join("; "));
    let _ = writeln!(text, "* **Validated:** {}.", output.validated.join("; "));
    let assumed: Vec<String> = output
        .assumed
        .iter()
        .map(|key| match library.book.passport(key) {
            Some(passport) => {
                let label = passport.label.as_deref().unwrap_or("");
                let what = if label.is_empty() {
                    String::new()
                } else {
                    format!(", {label}")
                };
                format!("`{key}` ({}{what})", passport.value)
            }
            None => format!("`{key}`"),
        })
        .collect();
    let assumed = if assumed.is_empty() {
        "nothing that sways it".to_owned()
    } else {
        assumed.join("; ")
    };
    let _ = writeln!(text, "* **Assumed, and it matters:** {assumed}.");
    let _ = writeln!(text, "* **Unknown:** {}", output.unknown);
    text
}

fn step(step: Step) -> &'static str {
    match step {
        Step::Low => "low",
        Step::Medium => "medium",
        Step::High => "high",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn every_output_and_every_named_assumption_stands_in_the_file() {
        let library = needlework::bundle().unwrap();
        let text = card(&library);
        assert!(library.credibility.len() >= 6);
        for output in &library.credibility {
            assert!(text.contains(&format!("### {}: {}", output.id, output.question)));
            for key in &output.assumed {
                let passport = library
                    .book
                    .passport(key)
                    .unwrap_or_else(|| panic!("{key} has no passport"));
                assert!(text.contains(&format!("`{key}` ({}", passport.value)), "{key}");
            }
        }
    }

    #[test]
    fn the_counts_are_those_of_the_passports() {
        let library = needlework::bundle().unwrap();
        let counts = origins(&library.book);
        let declared: std::collections::BTreeSet<&str> =
            needlework::cohort::declared().iter().map(|one| one.key).collect();
        assert_eq!(counts.published + counts.derived + counts.assumed, declared.len());
        assert!(card(&library).contains(&format!("{} passports in all", counts.passports)));
    }
}
