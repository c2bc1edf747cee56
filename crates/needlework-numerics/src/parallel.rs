//! Parallel loops whose results are in the order of their input: over counted items with progress and a way to stop,
//! and over fields in slabs; and how many threads work uses.

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

/// Goes on to the end: what is passed as `progress` where nobody watches.
#[must_use]
pub fn unwatched(_: Progress) -> Continue {
    Continue::Yes
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
    // Ends: each batch adds one result at least.
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

/// Threads that wait for work, for loops that are called again and again.
#[derive(Debug)]
pub struct Workers {
    pool: rayon::ThreadPool,
}

impl Workers {
    /// `threads` threads (0: as many as the machine has).
    ///
    /// # Errors
    /// [`Interrupted::NoThreads`] when they cannot be started.
    pub fn new(threads: usize) -> Result<Self, Interrupted> {
        Ok(Self { pool: pool(threads)? })
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.pool.current_num_threads()
    }

    /// Does `work`, whose parallel loops then use these threads.
    pub fn run<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        self.pool.install(work)
    }
}

/// Cuts fields of equal length into slabs of `slab` values and calls `work(first index, slabs)` for each, in parallel
/// on the threads of the [`Workers`] that it is called on. The results are in the order of the slabs, so that sums over
/// them are the same for any number of threads.
pub fn map_slabs<T: Send>(
    fields: Vec<&mut [f64]>,
    slab: usize,
    work: impl Fn(usize, &mut [&mut [f64]]) -> T + Sync,
) -> Vec<T> {
    let slab = slab.max(1);
    let longest = fields.iter().map(|field| field.len()).max().unwrap_or(0);
    let mut slabs: Vec<Vec<&mut [f64]>> = (0..longest.div_ceil(slab))
        .map(|_| Vec::with_capacity(fields.len()))
        .collect();
    for field in fields {
        for (part, slabs) in field.chunks_mut(slab).zip(&mut slabs) {
            slabs.push(part);
        }
    }
    let each = |(i, mut parts): (usize, Vec<&mut [f64]>)| work(i * slab, &mut parts);
    // numerical: fewer slabs than this are not worth waking threads for
    const SLABS_WORTH_THREADS: usize = 8;
    if slabs.len() < SLABS_WORTH_THREADS {
        slabs.into_iter().enumerate().map(each).collect()
    } else {
        slabs.into_par_iter().enumerate().map(each).collect()
    }
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

    #[test]
    fn slabs_cover_every_value_once_and_report_in_order() {
        let run = |threads, slab| {
            let mut a: Vec<f64> = (0..1001).map(f64::from).collect();
            let mut b = vec![1.0; 1001];
            let sums = Workers::new(threads).unwrap().run(|| {
                map_slabs(vec![&mut a[..], &mut b[..]], slab, |start, parts| {
                    assert_eq!(parts[0][0], start as f64);
                    let [a, b] = parts else { return 0.0 };
                    b.iter_mut().zip(a.iter()).for_each(|(b, a)| *b += a);
                    b.iter().sum::<f64>()
                })
            });
            (b, sums)
        };
        assert_eq!(run(1, 10), run(3, 10));
        let (b, sums) = run(2, 100);
        assert!(b.iter().enumerate().all(|(i, b)| *b == 1.0 + i as f64));
        assert_eq!(sums.len(), 11);
        assert_eq!(sums.iter().sum::<f64>(), 1001.0 + 500_500.0);
    }
}
