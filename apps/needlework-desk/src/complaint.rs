//! How a problem is shown: what is wrong, where, and what to do, drawn on a terminal and in plain characters elsewhere.

use std::io;
use std::process::ExitCode;

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteDiagnostic, NamedSource, Report, Severity};
use needlework::case::{Diagnostic, Diagnostics, printable};

use crate::layout;
use crate::problem::Problem;
use crate::screen::{complain, complain_coloured, wants_colour};

/// Columns of a sentence; what the drawing puts before it makes 80.
const COLUMNS: usize = 72;
/// A line of a case that is longer (in bytes) is shown in part.
const LONGEST_LINE: usize = 200;

impl Problem {
    /// Prints the problem to standard error and gives the exit code.
    pub fn report(self) -> ExitCode {
        match self {
            Self::Case(found) => {
                show_case(&found);
                ExitCode::from(2)
            }
            Self::Input { what, help } => {
                show(&diagnostic(&what, &help).into());
                ExitCode::from(2)
            }
            Self::Failed { what, help } => {
                show(&diagnostic(&what, &help).into());
                ExitCode::FAILURE
            }
        }
    }
}

fn show_case(found: &Diagnostics) {
    // The drawing shows whole lines, which is no help where a line is endless; the plain form shows the part that
    // matters.
    let endless = found.text.lines().any(|line| line.len() > LONGEST_LINE);
    if endless {
        complain(found.to_string().trim_end());
    } else {
        // A place behind the last character is only drawn when something stands there.
        let text = format!("{}\n", found.text);
        for problem in &found.problems {
            show(&Report::from(drawn(problem)).with_source_code(NamedSource::new(&found.file_name, text.clone())));
        }
    }
    let count = found.problems.len();
    let more = if found.more { "at least " } else { "" };
    let noun = if count == 1 { "problem" } else { "problems" };
    complain(&format!(
        "{more}{count} {noun} in {}; nothing was computed or written",
        found.file_name
    ));
}

/// One problem of a case as the drawing takes it.
fn drawn(problem: &Diagnostic) -> MietteDiagnostic {
    let help = match &problem.nearest {
        Some(nearest) if problem.help.is_empty() => format!("did you mean `{nearest}`?"),
        Some(nearest) => format!("did you mean `{nearest}`? {}", problem.help),
        None => problem.help.clone(),
    };
    diagnostic(&problem.message, &help).with_label(LabeledSpan::at(problem.span.clone(), printable(&problem.label)))
}

/// An error with what to do; wrapped, and without anything that could steer a terminal (a name of a file may hold it).
fn diagnostic(what: &str, help: &str) -> MietteDiagnostic {
    let plain = |text: &str| layout::wrapped(&printable(text), COLUMNS);
    MietteDiagnostic::new(plain(what))
        .with_help(plain(help))
        .with_severity(Severity::Error)
}

/// Renders with colour and drawing on a terminal, in plain characters elsewhere.
fn show(report: &Report) {
    let terminal = io::IsTerminal::is_terminal(&io::stderr());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    let theme = match (terminal && !dumb, wants_colour(terminal)) {
        (true, true) => GraphicalTheme::unicode(),
        (true, false) => GraphicalTheme::unicode_nocolor(),
        (false, _) => GraphicalTheme::none(),
    };
    let mut text = String::new();
    // Texts come wrapped: the drawing would break names at their hyphens.
    let handler = GraphicalReportHandler::new_themed(theme).with_wrap_lines(false);
    if handler.render_report(&mut text, report.as_ref()).is_err() {
        text = report.to_string();
    }
    complain_coloured(text.trim_end());
}
