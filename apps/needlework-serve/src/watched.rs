//! How far the work of a form is, for the page that waits for it: the browser names its form by a random word, and asks
//! under that word while the form is on its way.
//!
//! A form is sent as ever, so that its answer has its place in the history of the browser; whoever stops the loading of
//! the page stops the work. The word is known only as long as the work goes on.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::Body;
use axum::response::Response;
use futures_util::stream;
use needlework::numerics::Progress;
use tokio::sync::watch::{self, Receiver};

use crate::replies::{answer_of, as_they_come, event, progressed};

/// The field of a form that names it.
pub(crate) const WATCH: &str = "watch";

/// How long a form may be under way before it is heard of, and how often it is looked for meanwhile.
const LOOKS: u32 = 20;
const BETWEEN: Duration = Duration::from_millis(100);

/// The longest word.
const LONGEST: usize = 40;

type Words = Arc<Mutex<BTreeMap<String, Receiver<Progress>>>>;

/// Every form that somebody watches.
#[derive(Debug, Default)]
pub(crate) struct Watched(Words);

/// Forgets a word when its work ends.
pub(crate) struct Forgetting(Option<(Words, String)>);

impl Drop for Forgetting {
    fn drop(&mut self) {
        if let Some((words, word)) = &self.0 {
            words.lock().unwrap_or_else(PoisonError::into_inner).remove(word);
        }
    }
}

/// A word that names a form; none where it is not of our making.
pub(crate) fn named(word: &str) -> Option<&str> {
    let plain = !word.is_empty() && word.len() <= LONGEST && word.bytes().all(|one| one.is_ascii_alphanumeric());
    plain.then_some(word)
}

impl Watched {
    /// Takes note of a form: what tells how far it is, and what forgets it in the end.
    pub(crate) fn begin(&self, word: Option<&str>) -> (impl Fn(Progress) + Send + 'static, Forgetting) {
        let (tell, hear) = watch::channel(Progress { done: 0, total: 0 });
        if let Some(word) = word {
            let mut words = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            words.insert(word.to_owned(), hear);
        }
        let forgetting = Forgetting(word.map(|word| (Arc::clone(&self.0), word.to_owned())));
        let told = move |progress| {
            let _ = tell.send(progress);
        };
        (told, forgetting)
    }

    fn of(&self, word: &str) -> Option<Receiver<Progress>> {
        let words = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        words.get(word).cloned()
    }
}

/// How far a form is, as events until its work ends; nothing to hear where none of that name is under way.
pub(crate) async fn events(watched: &Watched, word: &str) -> Response {
    let mut found = watched.of(word);
    for _ in 0..LOOKS {
        if found.is_some() {
            break;
        }
        tokio::time::sleep(BETWEEN).await;
        found = watched.of(word);
    }
    let Some(hear) = found else {
        // A browser asks no more after this.
        return answer_of(204, "text/event-stream", Body::empty());
    };
    let events = stream::unfold(Some(hear), |hear| async move {
        let mut hear = hear?;
        let (text, then) = match hear.changed().await {
            Ok(()) => {
                let at = *hear.borrow_and_update();
                (progressed(at), Some(hear))
            }
            Err(_) => (event("end", "{}"), None),
        };
        Some((Ok::<_, std::convert::Infallible>(text), then))
    });
    as_they_come(Body::from_stream(events))
}
