//! A parallel loop whose results are in the order of its input, with progress and a way to stop; and how many threads work uses.

use std::fmt;

use rayon::prelude::*;

/// How far a long computation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Items done.
    pub done: usize,
    /// Items in all.
    pub total: usize,
}

/// What the caller wants after a progress report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Continue {
    /// Go on.
    Yes,
    /// Stop; nothing is returned.
    No,
}

/// Why a parallel loop gave no result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Interrupted {
    /// The caller asked to stop.
    Stopped,
    /// The threads could not be started.
    NoThreads(String),
}

impl fmt::Display for Interrupted {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stopped => out.write_str("stopped on request"),
            Self::NoThreads(why) => write!(out, "the worker threads could not be started: {why}"),
        }
    }
}

impl std::error::Error for Interrupted {}

/// Calls `work` for `0..count` on `threads` threads (0: as many as the machine has) and returns the results in order.
///
/// `progress` is called from the calling thread, after each batch.
///
/// # Errors
/// [`Interrupted`] when `progress` says stop or threads cannot be started.
pub fn map_in_order<T: Send>(
    threads: usize,
    count: usize,
    progress: &mut dyn FnMut(Progress) -> Continue,
    work: impl Fn(usize) -> T + Sync,
) -> Result<Vec<T>, Interrupted> {
    // numerical: batches are a compromise between a lively progress bar and idle threads at a batch's end
    const BATCHES: usize = 20;
    let pool = pool(threads)?;
    let batch = count.div_ceil(BATCHES).max(1);
    let mut results = Vec::with_capacity(count);
    while results.len() < count {
        let range = results.len()..(results.len() + batch).min(count);
        pool.install(|| results.par_extend(range.into_par_iter().map(&work)));
        if progress(Progress {
            done: results.len(),
            total: count,
        }) == Continue::No
        {
            return Err(Interrupted::Stopped);
        }
    }
    Ok(results)
}

fn pool(threads: usize) -> Result<rayon::ThreadPool, Interrupted> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(|error| Interrupted::NoThreads(error.to_string()))
}

/// Runs `work` so that what it does in parallel uses `threads` threads (0: as many as the machine has).
///
/// # Errors
/// [`Interrupted::NoThreads`] when threads cannot be started.
pub fn on_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> Result<T, Interrupted> {
    Ok(pool(threads)?.install(work))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn results_come_in_order_for_any_number_of_threads() {
        let squares = |threads| map_in_order(threads, 101, &mut |_| Continue::Yes, |i| i * i).unwrap();
        assert_eq!(squares(1), squares(3));
        assert_eq!(squares(2)[10], 100);
    }

    #[test]
    fn a_caller_can_stop_the_loop() {
        let outcome = map_in_order(
            1,
            100,
            &mut |p| if p.done > 10 { Continue::No } else { Continue::Yes },
            |i| i,
        );
        assert_eq!(outcome, Err(Interrupted::Stopped));
    }
}
