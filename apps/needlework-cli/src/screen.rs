//! Writing to the terminal without ever failing on a closed pipe, and a progress bar for work over a second.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use needlework::numerics::{Continue, Progress};

use crate::problem::Problem;

/// How long work may take before a bar appears.
const PATIENCE: Duration = Duration::from_secs(1);

/// Prints to standard output. Whoever closed the pipe has read enough: that is no error.
///
/// # Errors
/// What the system says, such as a full disk.
pub fn print(text: &str) -> Result<(), Problem> {
    let mut out = io::stdout().lock();
    let line_feed: &[u8] = if text.ends_with('\n') { b"" } else { b"\n" };
    let printed = out
        .write_all(text.as_bytes())
        .and_then(|()| out.write_all(line_feed))
        .and_then(|()| out.flush());
    match printed {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Problem::failed(
            format!("cannot write the output: {error}"),
            "redirect it somewhere else",
        )),
        _ => Ok(()),
    }
}

/// Prints to standard error. There is nobody to tell if that fails too.
pub fn complain(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Whether standard output is a terminal that may be coloured.
pub fn colourful() -> bool {
    io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

/// A progress bar that shows itself only when the work takes longer than a second.
pub struct Bar {
    begun: Instant,
    bar: Option<ProgressBar>,
    doing: &'static str,
}

impl Bar {
    /// A bar for work that is called `doing`.
    pub fn new(doing: &'static str) -> Self {
        Self {
            begun: Instant::now(),
            bar: None,
            doing,
        }
    }

    /// Takes a progress report; work always goes on.
    pub fn update(&mut self, progress: Progress) -> Continue {
        if self.begun.elapsed() > PATIENCE {
            let bar = self.bar.get_or_insert_with(|| {
                let bar = ProgressBar::with_draw_target(Some(progress.total as u64), ProgressDrawTarget::stderr());
                if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {percent} % ({eta} left)") {
                    bar.set_style(style);
                }
                bar.set_message(self.doing);
                bar
            });
            bar.set_position(progress.done as u64);
        }
        Continue::Yes
    }

    /// Takes the bar away.
    pub fn finish(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}

/// A text without anything that could steer a terminal: a name or an answer may hold it.
pub fn plain(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c })
        .collect()
}
