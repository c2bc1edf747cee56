//! A posterior as a file, `needlework-posterior/1`: the draws, what they were made of, and what proves that they still
//! belong to it.
//!
//! TOML. At the head stand the fingerprints, how far the weights could be trusted, the studies and what they changed;
//! then the draws, each the number of a world with a letter for the law that holds in it (`r`elapse, `p`ersistence,
//! `t`wo states) and a `0` behind it where nothing shows; then the logarithms of the likelihood of the first worlds of
//! the bank, which [`check`](crate::check()) recomputes. Where draws have moved parameters, their keys stand last, and
//! for each draw the steps of their places, four hexadecimal digits a key.

use std::fmt::{self, Write as _};

use needlework_cohort::{Changed, Draw, Moved, Posterior};
use needlework_healing::RemodellingHypothesis;
use serde::Deserialize;

use crate::report::Report;
use crate::weigh::Weighed;

/// The format of the file.
pub const POSTERIOR_FORMAT: &str = "needlework-posterior/1";

/// Worlds of the bank whose likelihoods are kept.
pub(crate) const KEPT: usize = 100;

/// The place of the share with little or no change among the classes.
const LITTLE: usize = 1;

/// A posterior with what proves it.
#[derive(Debug, Clone, PartialEq)]
pub struct Committed {
    /// The draws, as a cohort takes them.
    pub posterior: Posterior,
    /// Worlds of the bank.
    pub worlds: usize,
    /// People in each.
    pub people_per_world: usize,
    /// Effective number of worlds.
    pub effective: f64,
    /// The logarithm of the evidence, nats.
    pub ln_evidence: f64,
    /// The logarithms of the likelihood of the first worlds of the bank.
    pub ln_likelihoods: Vec<f64>,
}

/// Why a file is no posterior: each mistake with what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotCommitted {
    /// Mistakes.
    pub mistakes: Vec<String>,
}

impl fmt::Display for NotCommitted {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "{}; write it anew by `needlework calibrate --out DIR`",
            self.mistakes.join("; ")
        )
    }
}

impl std::error::Error for NotCommitted {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: String,
    fingerprint: String,
    priors: String,
    seed: u64,
    worlds: usize,
    people_per_world: usize,
    effective: f64,
    ln_evidence: f64,
    studies: Vec<String>,
    draws: String,
    ln_likelihoods: Vec<f64>,
    changed: Vec<ChangedRow>,
    #[serde(default)]
    moved: Option<MovedRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MovedRow {
    keys: Vec<String>,
    /// For each draw a word of four hexadecimal digits a key.
    steps: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangedRow {
    name: String,
    months: f64,
    gain: [f64; 2],
    little: [f64; 2],
}

impl Committed {
    /// What a calibration leaves of worlds.
    #[must_use]
    pub fn of(report: &Report, priors: String, weighed: &Weighed, (draws, moved): (Vec<Draw>, Moved)) -> Self {
        let mut studies: Vec<String> = Vec::new();
        for told in report.data.iter().filter(|told| told.weighs) {
            if !studies.contains(&told.study) && report.without.as_ref() != Some(&told.study) {
                studies.push(told.study.clone());
            }
        }
        let of_class = |classes: &[f64]| classes.get(LITTLE).copied().unwrap_or(f64::NAN);
        let changed = report.forecasts.iter().map(|forecast| Changed {
            name: forecast.name.clone(),
            months: forecast.months,
            gain: [forecast.gain_before.mean, forecast.gain_after.mean],
            little: [of_class(&forecast.classes_before), of_class(&forecast.classes_after)],
        });
        Self {
            posterior: Posterior {
                fingerprint: report.fingerprint.clone(),
                priors,
                seed: report.seed,
                studies,
                changed: changed.collect(),
                draws,
                moved,
            },
            worlds: report.worlds,
            people_per_world: report.people_per_world,
            effective: report.trust.effective,
            ln_evidence: report
                .sampled
                .as_ref()
                .map_or(report.trust.ln_evidence, |sampled| sampled.ln_evidence),
            ln_likelihoods: weighed.ln_likelihoods.iter().copied().take(KEPT).collect(),
        }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// [`NotCommitted`] with every mistake.
    pub fn read(text: &str) -> Result<Self, NotCommitted> {
        let file: File = toml::from_str(text).map_err(|error| NotCommitted {
            mistakes: vec![error.to_string()],
        })?;
        let mut mistakes = Vec::new();
        if file.format != POSTERIOR_FORMAT {
            mistakes.push(format!("format is `{}`, not `{POSTERIOR_FORMAT}`", file.format));
        }
        let mut draws = Vec::new();
        for word in file.draws.split_whitespace() {
            match read_draw(word).filter(|draw| draw.world < file.worlds) {
                Some(draw) => draws.push(draw),
                None => mistakes.push(format!(
                    "draw {} is `{word}`; a draw is the number of one of {} worlds, then r, p or t, then 0 where \
                        nothing shows",
                    draws.len() + mistakes.len(),
                    file.worlds
                )),
            }
        }
        if draws.is_empty() {
            mistakes.push("there is no draw".to_owned());
        }
        if file.ln_likelihoods.is_empty() || file.ln_likelihoods.len() > file.worlds {
            mistakes.push(format!("{} likelihoods are kept", file.ln_likelihoods.len()));
        }
        let moved = match file.moved {
            None => Moved::default(),
            Some(row) => {
                let steps: Vec<Option<Vec<u16>>> = row.steps.split_whitespace().map(read_steps).collect();
                let fits = |steps: &Option<Vec<u16>>| steps.as_ref().is_some_and(|own| own.len() == row.keys.len());
                if steps.len() != draws.len() || !steps.iter().all(fits) {
                    mistakes.push(format!(
                        "[moved] needs for each of {} draws four hexadecimal digits a key, for {} keys",
                        draws.len(),
                        row.keys.len()
                    ));
                }
                Moved {
                    keys: row.keys,
                    steps: steps.into_iter().flatten().collect(),
                }
            }
        };
        if !mistakes.is_empty() {
            return Err(NotCommitted { mistakes });
        }
        let changed = file.changed.into_iter().map(|row| Changed {
            name: row.name,
            months: row.months,
            gain: row.gain,
            little: row.little,
        });
        Ok(Self {
            posterior: Posterior {
                fingerprint: file.fingerprint,
                priors: file.priors,
                seed: file.seed,
                studies: file.studies,
                changed: changed.collect(),
                draws,
                moved,
            },
            worlds: file.worlds,
            people_per_world: file.people_per_world,
            effective: file.effective,
            ln_evidence: file.ln_evidence,
            ln_likelihoods: file.ln_likelihoods,
        })
    }

    /// The text of the file.
    #[must_use]
    pub fn text(&self) -> String {
        let Posterior {
            fingerprint,
            priors,
            seed,
            studies,
            changed,
            draws,
            moved,
        } = &self.posterior;
        let mut text = format!(
            "# Worlds by what published results leave of them. Written by `needlework calibrate --out DIR`; not to be \
                edited.\n# A draw is the number of a world, the law that holds in it (r relapse, p persistence, t two \
                states),\n# and 0 where nothing shows.\n\nformat = \"{POSTERIOR_FORMAT}\"\nfingerprint = \
                \"{fingerprint}\"\npriors = \"{priors}\"\nseed = {seed}\nworlds = {}\npeople_per_world = {}\n\
                effective = {:.1}\nln_evidence = {:.4}\nstudies = {studies:?}\n",
            self.worlds, self.people_per_world, self.effective, self.ln_evidence,
        );
        let words = draws.iter().map(|draw| word(*draw));
        let _ = write!(text, "draws = \"\"\"\n{}\"\"\"\n", filled(words));
        let numbers = self.ln_likelihoods.iter().map(|ln| format!("{ln:?},"));
        let _ = writeln!(text, "ln_likelihoods = [\n{}]", filled(numbers));
        for row in changed {
            let [[gain, gained], [little, left]] = [row.gain, row.little];
            let _ = write!(
                text,
                "\n[[changed]]\nname = {:?}\nmonths = {:.1}\ngain = [{gain:.2}, {gained:.2}]\n\
                    little = [{little:.4}, {left:.4}]\n",
                row.name, row.months
            );
        }
        if !moved.keys.is_empty() {
            let words = moved
                .steps
                .iter()
                .map(|steps| steps.iter().map(|step| format!("{step:04x}")).collect::<String>());
            let _ = write!(
                text,
                "\n[moved]\nkeys = {:#?}\nsteps = \"\"\"\n{}\"\"\"\n",
                moved.keys,
                filled(words)
            );
        }
        text
    }
}

/// Steps from four hexadecimal digits each; `None` of anything else.
fn read_steps(word: &str) -> Option<Vec<u16>> {
    let (digits, rest) = word.as_bytes().as_chunks::<4>();
    let step = |digits: &[u8; 4]| u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok();
    if rest.is_empty() {
        digits.iter().map(step).collect()
    } else {
        None
    }
}

/// Words in lines that are not too long.
fn filled(words: impl Iterator<Item = String>) -> String {
    const WIDTH: usize = 118;
    let mut lines = String::new();
    let mut width = 0;
    for word in words {
        if width > 0 && width + 1 + word.len() > WIDTH {
            lines.push('\n');
            width = 0;
        }
        if width > 0 {
            lines.push(' ');
            width += 1;
        }
        width += word.len();
        lines.push_str(&word);
    }
    lines.push('\n');
    lines
}

fn letter(law: RemodellingHypothesis) -> char {
    match law {
        RemodellingHypothesis::Relapse => 'r',
        RemodellingHypothesis::Persistence => 'p',
        RemodellingHypothesis::TwoStates => 't',
    }
}

fn word(draw: Draw) -> String {
    let hidden = if draw.shows { "" } else { "0" };
    format!("{}{}{hidden}", draw.world, letter(draw.law))
}

fn read_draw(word: &str) -> Option<Draw> {
    let at = word.find(|c: char| !c.is_ascii_digit())?;
    let (number, rest) = word.split_at(at);
    let law = RemodellingHypothesis::ALL
        .into_iter()
        .find(|law| rest.starts_with(letter(*law)))?;
    let shows = match &rest[1..] {
        "" => true,
        "0" => false,
        _ => return None,
    };
    Some(Draw {
        world: number.parse().ok()?,
        law,
        shows,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn committed() -> Committed {
        let draw = |world, law, shows| Draw { world, law, shows };
        Committed {
            posterior: Posterior {
                fingerprint: "00ff".to_owned(),
                priors: "ff00".to_owned(),
                seed: 1,
                studies: vec!["A2001".to_owned()],
                changed: vec![Changed {
                    name: "pale \"marks\"".to_owned(),
                    months: 6.0,
                    gain: [13.25, 17.5],
                    little: [0.83, 0.78],
                }],
                draws: (0..40)
                    .flat_map(|world| RemodellingHypothesis::ALL.map(|law| draw(world, law, world % 3 > 0)))
                    .collect(),
                moved: Moved::default(),
            },
            worlds: 40,
            people_per_world: 10,
            effective: 20.5,
            ln_evidence: -10.25,
            ln_likelihoods: vec![-1.5, f64::NEG_INFINITY, -0.1 - 0.2],
        }
    }

    #[test]
    fn what_is_written_is_read_back_to_the_last_digit() {
        let text = committed().text();
        assert_eq!(Committed::read(&text), Ok(committed()));
        assert!(text.lines().all(|line| line.len() <= 120), "{text}");
    }

    #[test]
    fn moved_draws_are_read_back_and_have_a_step_for_each_key() {
        let mut moved = committed();
        let steps = |draw: usize| vec![draw as u16, u16::MAX - draw as u16];
        moved.posterior.moved = Moved {
            keys: vec!["healing.synthesis".to_owned(), "appearance.narrowing".to_owned()],
            steps: (0..moved.posterior.draws.len()).map(steps).collect(),
        };
        let text = moved.text();
        assert_eq!(Committed::read(&text), Ok(moved));
        let said = Committed::read(&text.replace("0003fffc", "0003fffg"))
            .unwrap_err()
            .to_string();
        assert!(said.contains("four hexadecimal digits a key, for 2 keys"), "{said}");
    }

    #[test]
    fn every_mistake_of_a_file_is_named() {
        let text = committed()
            .text()
            .replace("posterior/1", "posterior/2")
            .replace("39t0", "40t 39x 39");
        let said = Committed::read(&text).unwrap_err().to_string();
        for words in [
            "posterior/2",
            "`40t`",
            "`39x`",
            "`39`",
            "one of 40 worlds",
            "calibrate --out",
        ] {
            assert!(said.contains(words), "{words}: {said}");
        }
        assert!(Committed::read("format = 1").is_err());
    }
}
