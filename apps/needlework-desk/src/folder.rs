//! Writing whole folders or nothing: beside the goal first, then renamed.
//!
//! A folder that holds anything but an earlier one of ours is refused: nobody's files are overwritten or deleted. Ours
//! is a folder that holds ordinary files of the known names only, and whose mark begins with the format's name.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::problem::Problem;
use crate::workplace::{Workplace, tidy};

/// A kind of folder that a command writes, and how an earlier one of it is known.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// What it is, in a sentence that begins with "part of".
    pub noun: &'static str,
    /// The file whose presence and beginning mark a folder as one of ours.
    mark: &'static str,
    /// How that file names its format.
    format: &'static str,
    /// All that such a folder may hold; a star stands for the number of a moment.
    files: &'static [&'static str],
}

impl Kind {
    /// Whether such a folder may hold a file of this name.
    pub fn holds(&self, name: &str) -> bool {
        self.files.iter().any(|file| match file.split_once('*') {
            Some((begin, end)) => name
                .strip_prefix(begin)
                .and_then(|rest| rest.strip_suffix(end))
                .is_some_and(|middle| !middle.is_empty() && middle.bytes().all(|byte| byte.is_ascii_digit())),
            None => *file == name,
        })
    }
}

/// What `assess` writes.
pub const REPORT: Kind = Kind {
    noun: "a report",
    mark: "report.json",
    format: "\"needlework-report/",
    files: &["report.html", "report.json", "calendar.ics"],
};

/// What `claims` writes.
pub const CLAIMS: Kind = Kind {
    noun: "a ledger of claims",
    mark: "claims.json",
    format: "\"needlework-claims/",
    files: &["claims.html", "claims.json"],
};

/// What `infect` writes.
pub const INFECTION: Kind = Kind {
    noun: "an answer about germs",
    mark: "infect.json",
    format: "\"needlework-infection/",
    files: &["infect.html", "infect.json"],
};

/// What `triage` writes.
pub const TRIAGE: Kind = Kind {
    noun: "an answer of triage",
    mark: "triage.json",
    format: "\"needlework-triage/",
    files: &["triage.html", "triage.json"],
};

/// What `skin` writes.
pub const SKIN: Kind = Kind {
    noun: "a sample of skin",
    mark: "skin.json",
    format: "\"needlework-skin/",
    files: &["skin.html", "skin.json"],
};

/// What `insert` writes.
pub const INSERTION: Kind = Kind {
    noun: "an answer about a needle",
    mark: "insert.json",
    format: "\"needlework-insertion/",
    files: &["insert.html", "insert.json", "holes.csv"],
};

/// What `optics` writes.
pub const OPTICS: Kind = Kind {
    noun: "an answer about light",
    mark: "optics.json",
    format: "\"needlework-optics/",
    files: &["optics.html", "optics.json", "spectra.csv", "radial.csv"],
};

/// What `sweep` writes.
pub const SWEEP: Kind = Kind {
    noun: "a sweep of designs",
    mark: "sweep.json",
    format: "\"needlework-sweep/",
    files: &["sweep.html", "sweep.json", "sweep.csv", "sweep.parquet"],
};

/// What `trial` writes.
pub const TRIAL: Kind = Kind {
    noun: "a trial",
    mark: "trial.json",
    format: "\"needlework-trial/",
    files: &["trial.html", "trial.json", "trial.csv", "trial.parquet"],
};

/// What `plan` writes.
pub const PLAN: Kind = Kind {
    noun: "a choice among plans",
    mark: "plan.json",
    format: "\"needlework-plan/",
    files: &["plan.html", "plan.json"],
};

/// What `render` writes.
pub const PICTURES: Kind = Kind {
    noun: "a folder of pictures",
    mark: "render.json",
    format: "\"needlework-render/",
    files: &[
        "render.html",
        "render.json",
        "before.png",
        "treated.png",
        "untreated.png",
        "just-after.png",
        "crusts.png",
        "before-05.png",
        "before-50.png",
        "before-95.png",
        "treated-05.png",
        "treated-50.png",
        "treated-95.png",
        "before-even.png",
        "treated-even.png",
        "before-raking.png",
        "treated-raking.png",
        "before-cross-polarised.png",
        "treated-cross-polarised.png",
        "people.png",
        "section.png",
        "time-lapse.png",
        "frame-00.png",
        "frame-01.png",
        "frame-02.png",
        "frame-03.png",
        "frame-04.png",
        "frame-05.png",
        "frame-06.png",
        "frame-07.png",
        "frame-08.png",
        "frame-09.png",
        "frame-10.png",
        "frame-11.png",
        "frame-12.png",
    ],
};

/// What `calibrate` writes.
pub const CALIBRATION: Kind = Kind {
    noun: "a calibration",
    mark: "calibrate.json",
    format: "\"needlework-calibration/",
    files: &["calibrate.json", "draws.csv", "bank-*.bin", CHECKPOINT, LOCK],
};

/// What `simulate` writes.
pub const SIMULATION: Kind = Kind {
    noun: "a simulation",
    mark: "simulate.json",
    format: "\"needlework-simulation/",
    files: &[
        "simulate.html",
        "simulate.json",
        "series.parquet",
        "series.csv",
        "fields.pvd",
        "fields-*.vtr",
        "collagen_gained-*.png",
        "collagen_gained.png",
        "tgf_beta-*.png",
        "tgf_beta.png",
        "fibre_anisotropy-*.png",
        "fibre_anisotropy.png",
        CHECKPOINT,
        LOCK,
    ],
};

/// Where an unfinished run goes on from; not in a finished folder.
pub const CHECKPOINT: &str = "checkpoint.bin";
/// What marks an unfinished run as ours, and is held while it writes; not in a finished folder.
pub const LOCK: &str = ".needlework-lock";

/// What `compare` writes.
pub const COMPARISON: Kind = Kind {
    noun: "a comparison",
    mark: "compare.json",
    format: "\"needlework-compare/",
    files: &["compare.html", "compare.json", "compare.parquet"],
};

/// What `man` writes: a page of the program and one of each command.
pub const MAN_PAGES: Kind = Kind {
    noun: "a folder of manual pages",
    mark: "needlework.1",
    format: ".\\\" Written by needlework man.",
    files: &[
        "needlework.1",
        "needlework-assess.1",
        "needlework-calibrate.1",
        "needlework-card.1",
        "needlework-claims.1",
        "needlework-compare.1",
        "needlework-completions.1",
        "needlework-conditions.1",
        "needlework-creams.1",
        "needlework-devices.1",
        "needlework-evidence.1",
        "needlework-infect.1",
        "needlework-insert.1",
        "needlework-interview.1",
        "needlework-man.1",
        "needlework-optics.1",
        "needlework-plan.1",
        "needlework-render.1",
        "needlework-rules.1",
        "needlework-schema.1",
        "needlework-serve.1",
        "needlework-simulate.1",
        "needlework-sites.1",
        "needlework-skin.1",
        "needlework-sweep.1",
        "needlework-triage.1",
        "needlework-trial.1",
        "needlework-validate.1",
        "needlework-verify.1",
    ],
};

/// A folder that does not exist yet: its files are written beside it.
pub struct NewFolder {
    kind: &'static Kind,
    goal: PathBuf,
    place: Workplace,
}

impl NewFolder {
    /// Checks that the goal may be written, and opens the place beside it. Dropped without [`Self::appear`], nothing is
    /// left.
    ///
    /// # Errors
    /// [`Problem`] when the goal holds foreign files, is a file or the folder one works in, or cannot be written.
    pub fn at(goal: &Path) -> Result<Self, Problem> {
        Self::of(&REPORT, goal)
    }

    /// As [`Self::at`], for another kind of folder than a report.
    ///
    /// # Errors
    /// As [`Self::at`].
    pub fn of(kind: &'static Kind, goal: &Path) -> Result<Self, Problem> {
        tidy(goal);
        refuse_foreign(kind, goal)?;
        let goal = resolved(goal)?;
        refuse_where_one_stands(&goal)?;
        let place = Workplace::beside(&goal)?;
        fs::create_dir(place.new_one()).map_err(|error| Problem::writing(&goal, &error))?;
        Ok(Self { kind, goal, place })
    }

    /// Writes one file of the folder.
    ///
    /// # Errors
    /// [`Problem`] when it cannot be written; the folder then never appears.
    pub fn write(&self, name: &str, content: &[u8]) -> Result<(), Problem> {
        let path = self.place.new_one().join(name);
        let written = fs::File::create(&path).and_then(|mut file| {
            file.write_all(content)?;
            file.sync_all()
        });
        written.map_err(|error| Problem::writing(&self.goal.join(name), &error))
    }

    /// Puts the folder in its place; an earlier one of ours is replaced.
    ///
    /// # Errors
    /// [`Problem`] when the place cannot be taken; what was there then stays.
    pub fn appear(self) -> Result<(), Problem> {
        // Looked at again: the work took a while.
        refuse_foreign(self.kind, &self.goal)?;
        let Self { kind, goal, place } = self;
        let made = place.new_one();
        place.place(&made, &goal, |old| refuse_foreign(kind, old))
    }
}

/// A folder that is replaced as a whole must not be the one that somebody works in.
pub fn refuse_where_one_stands(goal: &Path) -> Result<(), Problem> {
    let here = std::env::current_dir().and_then(fs::canonicalize);
    if here.is_ok_and(|here| here.starts_with(goal)) {
        return Err(Problem::input(
            format!(
                "{} is the folder you work in, and a report replaces its folder",
                goal.display()
            ),
            "name a new folder in it, such as out",
        ));
    }
    Ok(())
}

/// The place that a goal means: links and dots are followed where it exists, so that a rename does not replace a link.
pub fn resolved(goal: &Path) -> Result<PathBuf, Problem> {
    if goal.exists() {
        fs::canonicalize(goal).map_err(|error| Problem::writing(goal, &error))
    } else {
        Ok(goal.to_owned())
    }
}

/// Refuses a goal that is a file, or a folder with anything in it that such a folder of ours does not hold.
///
/// # Errors
/// [`Problem`] that names what is foreign.
pub fn refuse_foreign(kind: &Kind, goal: &Path) -> Result<(), Problem> {
    if !goal.exists() {
        if goal.is_symlink() {
            return Err(Problem::input(
                format!("{} is a link that leads nowhere", goal.display()),
                "name a folder that does not exist yet",
            ));
        }
        return Ok(());
    }
    if !goal.is_dir() {
        return Err(Problem::input(
            format!("{} is a file, not a folder", goal.display()),
            "name a folder that does not exist yet",
        ));
    }
    let unreadable = |error: io::Error| {
        Problem::input(
            format!("cannot look into {}: {error}", goal.display()),
            "name another folder",
        )
    };
    let mut names = Vec::new();
    for entry in fs::read_dir(goal).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        // We write ordinary files only: a folder or a link of such a name is somebody else's.
        let plain = entry.file_type().map_err(unreadable)?.is_file();
        names.push((entry.file_name().to_string_lossy().into_owned(), plain));
    }
    names.sort();
    if let Some((foreign, _)) = names.iter().find(|(name, plain)| !plain || !kind.holds(name)) {
        return Err(Problem::input(
            format!(
                "{} holds `{foreign}`, which is not part of {}",
                goal.display(),
                kind.noun
            ),
            "name a new folder; nothing of yours is overwritten",
        ));
    }
    let ours = names.is_empty() || starts_as_ours(kind, &goal.join(kind.mark));
    if ours {
        return Ok(());
    }
    Err(Problem::input(
        format!("{} holds files that Needlework did not write", goal.display()),
        "name a new folder; nothing of yours is overwritten",
    ))
}

/// Whether a file begins as the mark of this kind does.
fn starts_as_ours(kind: &Kind, path: &Path) -> bool {
    let format = kind.format.as_bytes();
    let mut beginning = [0; 64];
    let read = fs::File::open(path).and_then(|mut file| io::Read::read(&mut file, &mut beginning));
    read.is_ok_and(|length| beginning[..length].windows(format.len()).any(|window| window == format))
}
