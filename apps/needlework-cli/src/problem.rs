//! Problems, and how they are shown: what is wrong, where, and what to do.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteDiagnostic, NamedSource, Report, Severity};
use needlework::case::Diagnostics;

/// Why a command did not do what was asked.
#[derive(Debug)]
pub enum Problem {
    /// The case file is wrong; all its problems at once.
    Case(Diagnostics),
    /// Something else in the input is wrong.
    Input {
        /// What is wrong.
        what: String,
        /// What to do.
        help: String,
    },
    /// The work failed.
    Failed {
        /// What failed.
        what: String,
        /// What to do.
        help: String,
    },
    /// The reader of the output has gone.
    ClosedPipe,
}

impl Problem {
    /// Wrong input.
    pub fn input(what: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Input {
            what: what.into(),
            help: help.into(),
        }
    }

    /// Failed work.
    pub fn failed(what: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Failed {
            what: what.into(),
            help: help.into(),
        }
    }

    /// A file or folder could not be written.
    pub fn writing(path: &Path, error: &io::Error) -> Self {
        let help = match error.kind() {
            io::ErrorKind::StorageFull => "the disk is full; nothing was left behind: free some space and try again",
            io::ErrorKind::PermissionDenied => "you may not write there; choose another place",
            io::ErrorKind::NotFound => "the folder above it does not exist; create it first",
            _ => "nothing was left behind; choose another place or try again",
        };
        Self::failed(format!("cannot write {}: {error}", path.display()), help)
    }

    /// Prints the problem to standard error and gives the exit code.
    pub fn report(self) -> ExitCode {
        match self {
            Self::Case(found) => {
                show_case(&found);
                ExitCode::from(2)
            }
            Self::Input { what, help } => {
                show(
                    &MietteDiagnostic::new(what)
                        .with_help(help)
                        .with_severity(Severity::Error)
                        .into(),
                );
                ExitCode::from(2)
            }
            Self::Failed { what, help } => {
                show(
                    &MietteDiagnostic::new(what)
                        .with_help(help)
                        .with_severity(Severity::Error)
                        .into(),
                );
                ExitCode::FAILURE
            }
            Self::ClosedPipe => ExitCode::SUCCESS,
        }
    }
}

impl From<io::Error> for Problem {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::ClosedPipe;
        }
        Self::failed(
            format!("cannot write the output: {error}"),
            "redirect it somewhere else",
        )
    }
}

fn show_case(found: &Diagnostics) {
    for problem in &found.problems {
        let nearest = problem
            .nearest
            .as_ref()
            .filter(|nearest| !problem.help.contains(nearest.as_str()));
        let help = match nearest {
            Some(nearest) if problem.help.is_empty() => format!("did you mean `{nearest}`?"),
            Some(nearest) => format!("did you mean `{nearest}`? {}", problem.help),
            None => problem.help.clone(),
        };
        let label = LabeledSpan::at(problem.span.clone(), problem.label.clone());
        let diagnostic = MietteDiagnostic::new(problem.message.clone())
            .with_label(label)
            .with_help(help);
        show(&Report::from(diagnostic).with_source_code(NamedSource::new(&found.file_name, found.text.clone())));
    }
    let count = found.problems.len();
    let more = if found.more { "at least " } else { "" };
    let noun = if count == 1 { "problem" } else { "problems" };
    crate::screen::complain(&format!(
        "{more}{count} {noun} in {}; nothing was computed or written",
        found.file_name
    ));
}

/// Renders with colour and drawing on a terminal, in plain characters elsewhere.
fn show(report: &Report) {
    let terminal = std::io::IsTerminal::is_terminal(&io::stderr());
    let theme = if terminal {
        GraphicalTheme::unicode()
    } else {
        GraphicalTheme::none()
    };
    let mut text = String::new();
    let handler = GraphicalReportHandler::new_themed(theme).with_width(90);
    if handler.render_report(&mut text, report.as_ref()).is_err() {
        text = report.to_string();
    }
    crate::screen::complain(text.trim_end());
}
