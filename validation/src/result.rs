//! Rows of results: published beside computed, with what became of the comparison, and their tables in Markdown.

use std::fmt::Write as _;

use needlework::numerics::{HIGH, LOW, ascending, mean, quantile};
use needlework::units::convert;

use crate::target::{Mark, Output, PublishedNumber, RoomTarget, Use, number};

/// What was computed, in the canonical unit: the middle, and the 5–95 % interval where the engine is unsure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    /// The middle.
    pub middle: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Found {
    /// A number without doubt.
    #[must_use]
    pub fn exact(value: f64) -> Self {
        Self {
            middle: value,
            low: value,
            high: value,
        }
    }

    /// The mean of draws with their 5–95 % interval.
    #[must_use]
    pub fn of(draws: &[f64]) -> Self {
        Self::between(draws, LOW, HIGH)
    }

    /// The mean of draws with the interval between two quantiles.
    #[must_use]
    pub fn between(draws: &[f64], low: f64, high: f64) -> Self {
        let sorted = ascending(draws.to_vec());
        Self {
            middle: mean(draws),
            low: quantile(&sorted, low),
            high: quantile(&sorted, high),
        }
    }
}

/// What became of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// The pass mark is met.
    Hit,
    /// The pass mark is met by an input that was made with the same study in view, so that it is no success.
    ReadBack,
    /// The pass mark is not met.
    Missed,
    /// Something is missing before it can be computed.
    NotComputed,
    /// Kept to test the finished engine blind.
    HeldOut,
}

impl Status {
    /// The word in tables.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Hit => "hit",
            Self::ReadBack => "read back",
            Self::Missed => "missed",
            Self::NotComputed => "not computed",
            Self::HeldOut => "held out",
        }
    }
}

/// One output of a target, compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The page it stands on.
    pub page: String,
    /// Identifier of the target.
    pub id: String,
    /// What is looked at.
    pub target: String,
    /// What the number is.
    pub what: String,
    /// Use.
    pub used: Use,
    /// Unit that the numbers are shown in.
    pub unit: String,
    /// What was published, in that unit.
    pub published: Option<PublishedNumber>,
    /// What was computed, in that unit.
    pub found: Option<Found>,
    /// The pass mark, in words.
    pub mark: String,
    /// What became of it.
    pub status: Status,
    /// What is missing, or what a reader should know.
    pub note: String,
}

/// How many rows there are of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// All declared rows.
    pub declared: usize,
    /// Those that were computed.
    pub computed: usize,
    /// Those that meet their mark and had to be predicted.
    pub hit: usize,
    /// Those that meet it by an input that was made with the same study in view.
    pub read_back: usize,
    /// Those that do not.
    pub missed: usize,
    /// Those that cannot be computed yet.
    pub not_computed: usize,
    /// Those that are held out.
    pub held_out: usize,
}

impl Summary {
    /// Counts rows.
    #[must_use]
    pub fn of(rows: &[Row]) -> Self {
        let count = |status| rows.iter().filter(|row| row.status == status).count();
        let (hit, read_back, missed) = (count(Status::Hit), count(Status::ReadBack), count(Status::Missed));
        Self {
            declared: rows.len(),
            computed: hit + read_back + missed,
            hit,
            read_back,
            missed,
            not_computed: count(Status::NotComputed),
            held_out: count(Status::HeldOut),
        }
    }

    /// In one sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        format!(
            "{} declared: {} computed ({} hit, {} read back, {} missed), {} not computed, {} held out",
            self.declared, self.computed, self.hit, self.read_back, self.missed, self.not_computed, self.held_out
        )
    }
}

/// Compares an output; `found` is what was computed for it.
///
/// # Errors
/// When a mark or a unit does not read.
pub fn row(
    page: &str,
    target: &RoomTarget,
    output: &Output,
    published: Option<PublishedNumber>,
    found: Option<Found>,
) -> Result<Row, String> {
    let wrong = |why: String| format!("{page} {}: {why}", target.id);
    let status = match (target.used, found, &output.mark) {
        (Use::HoldOut, _, _) => Status::HeldOut,
        (_, None, _) => Status::NotComputed,
        (_, Some(found), Some(mark)) => {
            match (passes(mark, found, published).map_err(wrong)?, &output.read_back) {
                (true, None) => Status::Hit,
                (true, Some(_)) => Status::ReadBack,
                // What misses the study that an input was made from misses all the same.
                (false, _) => Status::Missed,
            }
        }
        (_, Some(_), None) => return Err(wrong("a computed output needs a pass mark".to_owned())),
    };
    let shown = |value: f64| in_unit(value, &output.unit).map_err(wrong);
    let optional = |value: Option<f64>| value.map(shown).transpose();
    Ok(Row {
        page: page.to_owned(),
        id: target.id.clone(),
        target: target.what.clone(),
        what: output.what.clone(),
        used: target.used,
        unit: output.unit.clone(),
        published: match published {
            Some(number) => Some(PublishedNumber {
                value: shown(number.value)?,
                to: optional(number.to)?,
                sd: optional(number.sd)?,
            }),
            None => None,
        },
        found: match found {
            Some(found) => Some(Found {
                middle: shown(found.middle)?,
                low: shown(found.low)?,
                high: shown(found.high)?,
            }),
            None => None,
        },
        mark: output.mark.as_ref().map(words).unwrap_or_default(),
        status,
        note: note(target, output),
    })
}

/// What a reader should know of a row.
fn note(target: &RoomTarget, output: &Output) -> String {
    if let Some(needs) = &output.needs {
        return format!("needs {needs}");
    }
    let study = output
        .read_back
        .as_ref()
        .map(|key| format!("The study stands in {key}."));
    let told = [study.unwrap_or_default(), target.note.clone()];
    told.join(" ").trim().to_owned()
}

/// Whether a computed value meets its mark.
fn passes(mark: &Mark, found: Found, published: Option<PublishedNumber>) -> Result<bool, String> {
    let published = || published.ok_or("this pass mark needs a published value".to_owned());
    Ok(match mark {
        Mark::Within([low, high]) => (number(low)?..=number(high)?).contains(&found.middle),
        Mark::AtMost(most) => found.middle <= number(most)?,
        Mark::AtLeast(least) => found.middle >= number(least)?,
        Mark::Relative(share) => {
            let value = published()?.value;
            (found.middle - value).abs() <= share * value.abs()
        }
        Mark::WithinSpread(_) => {
            let published = published()?;
            let sd = published
                .sd
                .ok_or("this pass mark needs a published standard deviation")?;
            (found.middle - published.value).abs() <= sd
        }
        Mark::Covers(_) => {
            let published = published()?;
            found.low <= published.to.unwrap_or(published.value) && published.value <= found.high
        }
    })
}

/// A pass mark in words.
fn words(mark: &Mark) -> String {
    match mark {
        Mark::Within([low, high]) => format!("{low} to {high}"),
        Mark::AtMost(most) => format!("at most {most}"),
        Mark::AtLeast(least) => format!("at least {least}"),
        Mark::Relative(share) => format!("within {} %", share * 100.0),
        Mark::WithinSpread(_) => "within one published sd".to_owned(),
        Mark::Covers(_) => "interval covers it".to_owned(),
    }
}

/// A value in the unit of its column; compounds and pure words keep the number.
fn in_unit(value: f64, unit: &str) -> Result<f64, String> {
    let canonical = number(&format!("1 {unit}"))?;
    if needlework::units::Measure::parse(&format!("1 {unit}"))
        .is_ok_and(|one| one.dimension() == needlework::units::Dimension::Compound)
    {
        return Ok(value);
    }
    // The table of units is asked so that an unknown unit is found here and not in a reader's head.
    convert(1.0, unit, unit).map_err(|error| error.to_string())?;
    Ok(value / canonical)
}

/// A number in four significant digits.
#[must_use]
pub fn short(value: f64) -> String {
    let size = value.abs();
    if value == 0.0 {
        "0".to_owned()
    } else if !(1e-3..1e5).contains(&size) {
        format!("{value:.3e}")
    } else {
        let digits = (3 - size.log10().floor() as i32).max(0) as usize;
        let text = format!("{value:.digits$}");
        if text.contains('.') {
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        } else {
            text
        }
    }
}

/// The published number in words, without its unit.
#[must_use]
pub fn published_words(published: Option<PublishedNumber>) -> String {
    published.map_or_else(
        || "–".to_owned(),
        |number| {
            let to = number.to.map(|to| format!(" to {}", short(to))).unwrap_or_default();
            let sd = number.sd.map(|sd| format!(" ± {}", short(sd))).unwrap_or_default();
            format!("{}{to}{sd}", short(number.value))
        },
    )
}

/// The computed number in words, without its unit.
#[must_use]
pub fn found_words(found: Option<Found>) -> String {
    found.map_or_else(
        || "–".to_owned(),
        |found| {
            if found.low == found.high {
                short(found.middle)
            } else {
                format!(
                    "{} ({} to {})",
                    short(found.middle),
                    short(found.low),
                    short(found.high)
                )
            }
        },
    )
}

/// One page of results as Markdown.
#[must_use]
pub fn markdown(title: &str, rows: &[Row]) -> String {
    let mut text = format!(
        "# {title}\n\nWritten by `needlework validate --write`; a test holds it equal to what is computed. Computed: \
            mean with the 5–95 % interval over \
         what is not known.\nNothing is fitted to anything here. A miss stays a miss. Read back: the study stands in \
         an input that the number hangs on, so that it had to come out.\n\n{}.\n\n\
         | id | what | published | computed | unit | pass mark | result | use | note \
         |\n|---|---|---|---|---|---|---|---|---|\n",
        Summary::of(rows).sentence()
    );
    for row in rows {
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "| {} | {}: {} | {} | {} | {} | {} | {} | {} | {} |",
            row.id,
            row.target,
            row.what,
            published_words(row.published),
            found_words(row.found),
            row.unit,
            row.mark,
            row.status.word(),
            row.used.name(),
            row.note,
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_four_digits_and_no_empty_ones() {
        assert_eq!(short(250.0), "250");
        assert_eq!(short(0.04375), "0.04375");
        assert_eq!(short(15.2789), "15.28");
        assert_eq!(short(9_080_000.0), "9.080e6");
        assert_eq!(short(0.0), "0");
    }

    #[test]
    fn an_interval_that_stops_short_of_the_published_value_does_not_cover_it() {
        let published = |value| {
            Some(PublishedNumber {
                value,
                to: None,
                sd: Some(1.0),
            })
        };
        let found = Found {
            middle: 2.0,
            low: 1.0,
            high: 3.0,
        };
        assert_eq!(passes(&Mark::Covers(true), found, published(3.1)), Ok(false));
        assert_eq!(passes(&Mark::Covers(true), found, published(2.9)), Ok(true));
        assert_eq!(passes(&Mark::WithinSpread(true), found, published(3.1)), Ok(false));
        assert!(passes(&Mark::Relative(0.1), found, None).is_err());
    }
}
