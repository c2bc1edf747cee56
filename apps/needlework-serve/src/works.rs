//! Work that takes seconds: a few at a time, some waiting, the rest asked to come back; and stopped when nobody waits
//! for it any more.
//!
//! Each work uses all threads that it is given, so more lanes would only slow each other down; two let a quick answer
//! pass beside a long one. Whoever waits does so in the order of coming. A request that is dropped, because its tab was
//! closed, leaves a mark that the work looks at after each batch of people.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use needlework::numerics::{Continue, Progress};
use tokio::sync::Semaphore;

use crate::fault::Fault;

/// Works at a time.
const LANES: usize = 2;

/// Most that wait.
const MOST_WAITING: usize = 64;

/// The queue.
#[derive(Debug)]
pub(crate) struct Works {
    lanes: Arc<Semaphore>,
    waiting: AtomicUsize,
    closing: Arc<AtomicBool>,
}

/// What a work asks whether it should go on.
pub(crate) struct Watch {
    left: Arc<AtomicBool>,
    closing: Arc<AtomicBool>,
    told: Box<dyn Fn(Progress) + Send>,
}

impl Watch {
    /// Tells how far the work is; [`Continue::No`] where nobody waits for it any more.
    pub(crate) fn at(&self, progress: Progress) -> Continue {
        (self.told)(progress);
        if self.left.load(Ordering::Relaxed) || self.closing.load(Ordering::Relaxed) {
            Continue::No
        } else {
            Continue::Yes
        }
    }
}

/// Set when whoever waits goes away.
struct Leaving(Arc<AtomicBool>);

impl Drop for Leaving {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Counts somebody who waits.
struct Waiting<'a>(&'a AtomicUsize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Works {
    /// An empty queue.
    pub(crate) fn new() -> Self {
        Self {
            lanes: Arc::new(Semaphore::new(LANES)),
            waiting: AtomicUsize::new(0),
            closing: Arc::new(AtomicBool::new(false)),
        }
    }

    /// Stops every work, now and from now on.
    pub(crate) fn close(&self) {
        self.closing.store(true, Ordering::Relaxed);
    }

    /// Does a work when a lane is free, telling how far it is.
    ///
    /// # Errors
    /// [`Fault::Busy`] when too many wait, [`Fault::Problem`] when the work breaks.
    pub(crate) async fn watched<T: Send + 'static>(
        &self,
        told: impl Fn(Progress) + Send + 'static,
        work: impl FnOnce(&Watch) -> T + Send + 'static,
    ) -> Result<T, Fault> {
        let place = self.waiting.fetch_add(1, Ordering::Relaxed);
        let waiting = Waiting(&self.waiting);
        if place >= MOST_WAITING {
            return Err(Fault::Busy);
        }
        let lane = Arc::clone(&self.lanes).acquire_owned().await.map_err(|_| Fault::Busy)?;
        drop(waiting);
        let left = Arc::new(AtomicBool::new(false));
        let _leaving = Leaving(Arc::clone(&left));
        let watch = Watch {
            left,
            closing: Arc::clone(&self.closing),
            told: Box::new(told),
        };
        let done = tokio::task::spawn_blocking(move || {
            let done = work(&watch);
            drop(lane);
            done
        });
        done.await.map_err(|_| Fault::broke())
    }

    /// Does a work that takes no time worth waiting for, beside all others.
    ///
    /// # Errors
    /// [`Fault::Problem`] when the work breaks.
    pub(crate) async fn at_once<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Watch) -> T + Send + 'static,
    ) -> Result<T, Fault> {
        let watch = Watch {
            left: Arc::new(AtomicBool::new(false)),
            closing: Arc::clone(&self.closing),
            told: Box::new(|_| {}),
        };
        let done = tokio::task::spawn_blocking(move || work(&watch));
        done.await.map_err(|_| Fault::broke())
    }

    /// Does a work when a lane is free.
    ///
    /// # Errors
    /// As [`Self::watched`].
    pub(crate) async fn quietly<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Watch) -> T + Send + 'static,
    ) -> Result<T, Fault> {
        self.watched(|_| {}, work).await
    }
}
