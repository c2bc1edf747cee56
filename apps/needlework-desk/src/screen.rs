//! Writing to the terminal without ever failing on a closed pipe, and a progress bar for work over a second.
//!
//! Everything that is printed goes through here and is cleaned here: no title, answer, option or name of a file can
//! steer a terminal ([`needlework::case::printable`]). The only escape sequences that pass are colours, in a text that
//! says it has them, on a terminal that wants them.

use std::cell::RefCell;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use needlework::case::printable;
use needlework::numerics::{Continue, Progress};

use crate::problem::Problem;

/// How long work may take before a bar appears.
const PATIENCE: Duration = Duration::from_secs(1);
/// What spreadsheets know UTF-8 by; it may open a text, and nowhere else.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// What a run said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Printed {
    /// Its exit code.
    pub code: u8,
    /// What it printed.
    pub out: String,
    /// What it complained.
    pub err: String,
}

thread_local! {
    /// Where what is printed by this thread goes, if not to the screen.
    static KEPT: RefCell<Option<Printed>> = const { RefCell::new(None) };
}

/// Does something and gives back what it says instead of printing it.
pub fn printed(work: impl FnOnce() -> ExitCode) -> Printed {
    KEPT.set(Some(Printed::default()));
    let code = work();
    let mut said = KEPT.take().unwrap_or_default();
    said.code = (0..=u8::MAX)
        .find(|number| ExitCode::from(*number) == code)
        .unwrap_or(u8::MAX);
    said
}

/// Keeps a text if what is printed is kept.
fn kept(text: &str, of: fn(&mut Printed) -> &mut String) -> bool {
    KEPT.with_borrow_mut(|kept| {
        kept.as_mut().is_some_and(|said| {
            of(said).push_str(text);
            of(said).push('\n');
            true
        })
    })
}

/// Prints to standard output, cleaned of all that steers. Whoever closed the pipe has read enough: that is no error.
///
/// # Errors
/// What the system says, such as a full disk.
pub fn print(text: &str) -> Result<(), Problem> {
    put(&cleaned(text))
}

/// Prints a text that may hold colours of ours; they are shown on a terminal that wants them, and cleaned away
/// elsewhere.
///
/// # Errors
/// As [`print()`].
pub fn print_coloured(text: &str) -> Result<(), Problem> {
    put(&if colourful() { coloured(text) } else { cleaned(text) })
}

fn put(text: &str) -> Result<(), Problem> {
    if kept(text.trim_end_matches('\n'), |said| &mut said.out) {
        return Ok(());
    }
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

/// Prints to standard error, cleaned of all that steers. There is nobody to tell if that fails too.
pub fn complain(text: &str) {
    say(&cleaned(text));
}

/// As [`complain`], for a text with colours of ours.
pub fn complain_coloured(text: &str) {
    say(&if wants_colour(io::stderr().is_terminal()) {
        coloured(text)
    } else {
        cleaned(text)
    });
}

fn say(text: &str) {
    if !kept(text, |said| &mut said.err) {
        let _ = writeln!(io::stderr().lock(), "{text}");
    }
}

/// Tells what the reader of the command line says: a page of help, or what is wrong.
pub fn tell(told: &clap::Error) -> ExitCode {
    let styled = told.render();
    if told.use_stderr() {
        // What was typed stands in it.
        complain(styled.to_string().trim_end());
    } else {
        let text = if colourful() {
            styled.ansi().to_string()
        } else {
            styled.to_string()
        };
        if let Err(problem) = print_coloured(&text) {
            return problem.report();
        }
    }
    ExitCode::from(u8::try_from(told.exit_code()).unwrap_or(2))
}

/// The text without anything that steers a terminal.
#[must_use]
pub fn cleaned(text: &str) -> String {
    match text.strip_prefix(BYTE_ORDER_MARK) {
        Some(rest) => format!("{BYTE_ORDER_MARK}{}", printable(rest)),
        None => printable(text),
    }
}

/// The text without anything that steers a terminal but colours.
fn coloured(text: &str) -> String {
    let mut parts = text.split('\u{1b}');
    let mut clean = cleaned(parts.next().unwrap_or_default());
    for part in parts {
        let code = part.strip_prefix('[').and_then(|rest| rest.split_once('m'));
        match code.filter(|(code, _)| code.bytes().all(|byte| byte.is_ascii_digit() || byte == b';')) {
            Some((code, rest)) => {
                clean.push_str("\u{1b}[");
                clean.push_str(code);
                clean.push('m');
                clean.push_str(&printable(rest));
            }
            None => {
                clean.push(' ');
                clean.push_str(&printable(part));
            }
        }
    }
    clean
}

/// Whether standard output is a terminal that may be coloured.
pub fn colourful() -> bool {
    KEPT.with_borrow(Option::is_none) && wants_colour(io::stdout().is_terminal())
}

/// Whether a terminal may be coloured: <https://no-color.org>, and a dumb one can't.
pub fn wants_colour(terminal: bool) -> bool {
    let said = |name: &str| std::env::var(name).unwrap_or_default();
    terminal && may_colour(&said("NO_COLOR"), &said("TERM"))
}

fn may_colour(no_color: &str, term: &str) -> bool {
    no_color.is_empty() && term != "dumb"
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
        // A dumb terminal would show every state of a bar below the last.
        if self.begun.elapsed() > PATIENCE && std::env::var_os("TERM").is_none_or(|term| term != "dumb") {
            let bar = self.bar.get_or_insert_with(|| {
                let bar = ProgressBar::with_draw_target(Some(progress.total as u64), ProgressDrawTarget::stderr());
                if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {percent} % ({eta} left)") {
                    bar.set_style(style);
                }
                bar.set_message(self.doing);
                bar
            });
            // Work in several parts has a total for each.
            bar.set_length(progress.total as u64);
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

/// A sign of life during work that cannot tell how far it is.
pub struct Waiting(Option<ProgressBar>);

impl Waiting {
    /// Says what is done, if the work is long; on a terminal a sign turns meanwhile.
    pub fn for_work(long: bool, doing: &str) -> Self {
        if !long {
            return Self(None);
        }
        complain(&format!("This may take a while: {doing}."));
        if std::env::var_os("TERM").is_some_and(|term| term == "dumb") {
            return Self(None);
        }
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        bar.enable_steady_tick(PATIENCE / 8);
        Self(Some(bar))
    }

    /// Takes the sign away.
    pub fn finish(self) {
        if let Some(bar) = self.0 {
            bar.finish_and_clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dumb_terminal_and_one_that_wants_none_is_not_coloured() {
        assert!(may_colour("", "xterm-256color") && may_colour("", ""));
        assert!(!may_colour("", "dumb") && !may_colour("1", "xterm") && !may_colour("0", "xterm"));
    }

    #[test]
    fn only_colours_pass_and_only_where_they_are_ours() {
        let steering = "a\u{1b}[31mb\u{1b}]0;title\u{7}\u{1b}[2Jc\u{9b}1md\re\u{202e}f\u{200b}g";
        assert!(!cleaned(steering).contains(['\u{1b}', '\u{7}', '\u{9b}', '\r', '\u{202e}', '\u{200b}']));
        let shown = coloured(steering);
        assert_eq!(shown.matches('\u{1b}').count(), 1, "{shown:?}");
        assert!(
            shown.starts_with("a\u{1b}[31mb") && !shown.contains(['\u{7}', '\u{9b}', '\r']),
            "{shown:?}"
        );
        assert_eq!(cleaned("\u{feff}a\u{feff}b\n"), "\u{feff}a   b\n");
    }
}
