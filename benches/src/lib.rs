//! Timing as ratios and tables: medians of interleaved runs, never a pass or a fail.

use std::hint::black_box;
use std::time::Instant;

use needlework::numerics::median;

/// The median time of `runs` calls, in milliseconds, after one call that is not counted.
pub fn median_ms<T>(runs: usize, mut work: impl FnMut() -> T) -> f64 {
    black_box(work());
    let times: Vec<f64> = (0..runs.max(1))
        .map(|_| {
            let begun = Instant::now();
            black_box(work());
            begun.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    median(&times)
}

/// One row of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What was timed.
    pub what: String,
    /// Median, milliseconds.
    pub ms: f64,
    /// What it is of, such as `1,000 people`.
    pub of: String,
}

/// A table of rows, each with its share of the last.
#[must_use]
pub fn table(title: &str, rows: &[Row]) -> String {
    let whole = rows.last().map_or(1.0, |row| row.ms);
    let mut text = format!("{title}\n");
    for row in rows {
        text.push_str(&format!(
            "  {:<44}{:>11.3} ms {:>6.1} %   {}\n",
            row.what,
            row.ms,
            100.0 * row.ms / whole,
            row.of
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_shows_its_share_of_the_last() {
        let row = |what: &str, ms| Row {
            what: what.to_owned(),
            ms,
            of: String::new(),
        };
        assert!(table("t", &[row("half", 1.0), row("whole", 2.0)]).contains("50.0 %"));
    }

    #[test]
    fn the_median_does_not_mind_one_slow_run() {
        let mut runs = 0;
        let ms = median_ms(5, || {
            runs += 1;
            if runs == 3 {
                std::thread::sleep(std::time::Duration::from_millis(20));
            }
        });
        assert!(ms < 10.0 && runs == 6);
    }
}
