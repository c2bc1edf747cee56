//! What a run leaves: rows of the curves, fields as VTK, pictures, and the answer as data.

use needlework::healing::Fidelity;
use needlework::healing::field::{FIELDS, Field, Setup, Space, Summary, fields_kept};
use needlework::questions::{SIMULATED, Simulated, SimulationReport, StepsOff, simulated_column, simulation};
use needlework::rules::WHAT_STOPS;
use needlework::units::{PERCENT, Time};
use needlework::verdict::{Engine, INTENDED_USE};
use needlework_files::picture::{Scale, png, time_lapse};
use needlework_files::plane::{Plane, cut};
use needlework_files::{Column, ColumnData, MOMENTS, Table};
use needlework_files::{FieldValues, Frame, Moments, Record, Snapshot, vtk};
use needlework_pages::simulate::{Curve, Shown, Still, Story};
use serde_json::json;

use crate::layout;
use crate::making::Making;
use crate::memory::size;
use crate::problem::Problem;

/// Quantities shown as pictures.
const SHOWN: [&str; 3] = ["collagen_gained", "tgf_beta", "fibre_anisotropy"];
/// Pixels across a picture.
const PIXELS: usize = 160;

/// What a run is about; it does not change while it goes on.
#[derive(Debug)]
pub struct Run {
    /// Title of the case.
    pub title: String,
    /// What the rules that stop the plan say.
    pub stopped: Vec<String>,
    /// What computes.
    pub engine: Engine,
    /// The set-up.
    pub setup: Setup,
    /// When it is looked at.
    pub moments: Moments,
    /// Memory that it takes on one thread.
    pub bytes: usize,
    /// What steps a quarter as long change, and where that was tried.
    pub steps_off: StepsOff,
    /// Collagen at the end of the same course in a column.
    pub column: f64,
}

impl Run {
    /// Takes a row at a moment, and whole fields where they are wanted: the name and content of their file.
    ///
    /// # Errors
    /// [`Problem`] when a field does not fit its grid.
    pub fn look(
        &self,
        field: &Field,
        moment: usize,
        record: &mut Record,
    ) -> Result<Option<(String, Vec<u8>)>, Problem> {
        let means = field.means();
        record
            .rows
            .push(SIMULATED.iter().map(|(_, _, _, of)| of(&means)).collect());
        if !self.moments.whole.get(moment).copied().unwrap_or(false) {
            return Ok(None);
        }
        let frame = Frame {
            day: field.day(),
            edges: field.axes_mm(),
            round: self.setup.space.fidelity() == Fidelity::Cell,
            fields: FIELDS
                .iter()
                .map(|named| FieldValues {
                    name: named.name.to_owned(),
                    label: named.label.to_owned(),
                    unit: named.unit.to_owned(),
                    values: field.values(named.name).unwrap_or_default(),
                })
                .collect(),
        };
        let broken = |error: needlework_files::FrameError| {
            Problem::failed(format!("a field cannot be written: {error}"), "please report this")
        };
        let mirrored = self.setup.space.fidelity() == Fidelity::Cell;
        let planes = SHOWN
            .iter()
            .map(|name| cut(&frame, name, PIXELS, mirrored))
            .collect::<Result<_, _>>()
            .map_err(broken)?;
        let file = format!("fields-{:04}.vtr", record.snapshots.len());
        let text = vtk::rectilinear(&frame).map_err(broken)?;
        let range = |values: &[f64]| {
            let least = values.iter().copied().fold(f64::INFINITY, f64::min);
            (least, values.iter().copied().fold(f64::NEG_INFINITY, f64::max))
        };
        record.snapshots.push(Snapshot {
            day: frame.day,
            file: file.clone(),
            ranges: frame.fields.iter().map(|field| range(&field.values)).collect(),
            planes,
        });
        Ok(Some((file, text.into_bytes())))
    }

    /// What is about to be computed, in a line.
    pub fn announced(&self, summary: &Summary, bytes: usize) -> String {
        format!(
            "{}: {} voxels, {} fields, {} of memory, {} steps",
            self.setup.space.fidelity().name(),
            summary.voxels,
            summary.fields,
            size(bytes as u64),
            summary.steps_in_all
        )
    }

    /// The answer as data.
    pub fn answer(&self, summary: &Summary, record: &Record) -> SimulationReport {
        let run = Simulated {
            title: &self.title,
            stopped: &self.stopped,
            engine: &self.engine,
            setup: &self.setup,
            bytes: self.bytes,
            steps_off: &self.steps_off,
            column: self.column,
            summary,
            rows: &record.rows,
        };
        let snapshots = record.snapshots.iter();
        simulation(
            &run,
            snapshots.map(|snapshot| (snapshot.day, snapshot.file.as_str(), snapshot.ranges.as_slice())),
        )
    }

    /// Everything that stands beside the fields, which are there already.
    ///
    /// # Errors
    /// [`Problem`] when something cannot be encoded.
    pub fn files(
        &self,
        answer: &SimulationReport,
        record: &Record,
        place: &Making,
    ) -> Result<Vec<(String, Vec<u8>)>, Problem> {
        let failed = |what: &str, error: String| {
            Problem::failed(format!("{what} cannot be written: {error}"), "please report this")
        };
        for snapshot in &record.snapshots {
            if place.read(&snapshot.file)?.is_none() {
                return Err(Problem::failed(
                    format!("{} is gone from {}", snapshot.file, place.part().display()),
                    "begin anew by --restart",
                ));
            }
        }
        let mut files = Vec::new();
        let table = self.table(record);
        files.push((
            "series.csv".to_owned(),
            needlework_files::csv(&table, Vec::new()).map_err(|e| failed("the curves", e.to_string()))?,
        ));
        files.push((
            "series.parquet".to_owned(),
            needlework_files::parquet(&table, MOMENTS, Vec::new()).map_err(|e| failed("the curves", e.to_string()))?,
        ));
        let collected: Vec<(f64, String)> = record
            .snapshots
            .iter()
            .map(|snapshot| (snapshot.day, snapshot.file.clone()))
            .collect();
        files.push(("fields.pvd".to_owned(), vtk::collection(&collected).into_bytes()));
        let mut shown = Vec::new();
        for (at, name) in SHOWN.iter().enumerate() {
            let planes: Vec<Plane> = record
                .snapshots
                .iter()
                .filter_map(|snapshot| snapshot.planes.get(at).cloned())
                .collect();
            let scale = Scale::of(&planes);
            let coded = |error: std::io::Error| failed("a picture", error.to_string());
            let end = record.snapshots.last().map_or(1.0, |snapshot| snapshot.day.max(1e-9));
            let progress: Vec<f64> = record.snapshots.iter().map(|snapshot| snapshot.day / end).collect();
            let lapse = time_lapse(&planes, &progress, scale).map_err(|error| coded(error.into()))?;
            let mut moments = Vec::new();
            for (number, (snapshot, plane)) in record.snapshots.iter().zip(&planes).enumerate() {
                let picture = png(plane, scale).map_err(|error| coded(error.into()))?;
                files.push((format!("{name}-{number:04}.png"), picture.clone()));
                let values = || plane.values.iter().copied();
                moments.push(Still {
                    day: snapshot.day,
                    range: (
                        values().fold(f64::INFINITY, f64::min),
                        values().fold(f64::NEG_INFINITY, f64::max),
                    ),
                    png: picture,
                });
            }
            files.push((format!("{name}.png"), lapse.clone()));
            let named = FIELDS.iter().find(|named| named.name == *name);
            shown.push(Shown {
                label: named.map_or_else(String::new, |named| named.label.to_owned()),
                unit: "1".to_owned(),
                scale,
                size_mm: planes
                    .first()
                    .map_or((1.0, 1.0), |plane| (plane.across_mm, plane.deep_mm)),
                moments,
                lapse,
            });
        }
        let story = self.story(answer, record, shown);
        files.push((
            "simulate.html".to_owned(),
            needlework_pages::simulate::page(&story).into_bytes(),
        ));
        let text = serde_json::to_string_pretty(&json!(answer)).map_err(|e| failed("the answer", e.to_string()))?;
        files.push(("simulate.json".to_owned(), format!("{text}\n").into_bytes()));
        Ok(files)
    }

    fn table(&self, record: &Record) -> Table {
        Table {
            engine: self.engine.version.clone(),
            columns: SIMULATED
                .iter()
                .enumerate()
                .map(|(at, (name, unit, doc, _))| Column {
                    name: (*name).to_owned(),
                    unit: (*unit).to_owned(),
                    doc: (*doc).to_owned(),
                    data: ColumnData::numbers(record.rows.iter().map(|row| row[at])),
                })
                .collect(),
        }
    }

    fn story(&self, answer: &SimulationReport, record: &Record, shown: Vec<Shown>) -> Story {
        let months: Vec<f64> = record.rows.iter().map(|row| Time::from_days(row[0]).months()).collect();
        let column = |name: &str| -> Vec<f64> {
            let at = simulated_column(name).unwrap_or(0);
            record.rows.iter().map(|row| row[at]).collect()
        };
        let curve = |title: &str, upright: &str, lines: &[(&str, &str)]| Curve {
            title: title.to_owned(),
            upright: upright.to_owned(),
            lines: lines
                .iter()
                .map(|(label, name)| ((*label).to_owned(), column(name)))
                .collect(),
        };
        Story {
            engine: self.engine.version.clone(),
            intended_use: INTENDED_USE.to_owned(),
            title: self.title.clone(),
            about: [Some(self.about()), self.beside_a_column(answer)].into_iter().flatten().chain([
                "For research: one piece of simulated tissue, with everything that is not known at its median. It is \
                    no forecast for anybody; the spread between what is possible is wide, and `needlework assess` \
                    shows it. Not calibrated: its gain was fitted to no outcome of needling."
                    .to_owned(),
            ]).collect(),
            stopped: self.stopped.clone(),
            facts: self.facts(answer),
            months,
            sessions: self.setup.sessions_days.iter().map(|day| Time::from_days(*day).months()).collect(),
            curves: vec![
                curve("Collagen, as seen from the surface", "Collagen, over that of normal skin", &[
                    ("all", "collagen"),
                    ("mature", "mature_collagen"),
                    ("young", "immature_collagen"),
                ]),
                curve("Signal and cells that answer", "Over normal fibroblasts; signal in its own unit", &[
                    ("TGF-beta", "tgf_beta"),
                    ("myofibroblasts", "myofibroblasts"),
                ]),
                curve("Elastic fibres", "Elastin, over that of the mark before", &[("elastin", "elastin")]),
                curve("How fibres lie", "0 at random, 1 all alike", &[("anisotropy", "fibre_anisotropy")]),
                curve("Redness and darkening", "Over those of an open wound", &[
                    ("vessels", "vessels"),
                    ("active melanocytes", "active_melanocytes"),
                ]),
                curve("Epidermis", "Gain over its own thickness", &[("epidermis", "epidermal_gain")]),
            ],
            shown,
        }
    }

    /// Whether a column would have done, in a sentence; nothing for a column, or where nothing is gained.
    fn beside_a_column(&self, answer: &SimulationReport) -> Option<String> {
        // Less than this share of what is gained is nobody's business.
        const ALIKE: f64 = 0.02;
        let gained = answer.gained;
        // Gains of rounding are none.
        const NOTHING: f64 = 1e-9;
        if self.setup.space.fidelity() == Fidelity::Column || gained <= NOTHING {
            return None;
        }
        let more = answer.gained_in_a_column / gained - 1.0;
        Some(if more.abs() < ALIKE {
            "A column, which knows only how much is injured at each depth, gains the same within 2 %: it is good \
                enough here."
                .to_owned()
        } else {
            format!(
                "A column, which knows only how much is injured at each depth, gains {:.0} % {}: it is not good enough \
                    {}.",
                PERCENT * more.abs(),
                if more > 0.0 { "more" } else { "less" },
                if self.setup.space.fidelity() == Fidelity::Patch {
                    "for one patch with its own few holes"
                } else {
                    "here"
                }
            )
        })
    }

    /// What was resolved, in a sentence.
    fn about(&self) -> String {
        let planned = self.setup.sessions_days.len();
        let end = self.moments.days.last().copied().unwrap_or_default();
        let within = self.setup.sessions_days.iter().filter(|day| **day <= end).count();
        let sessions = match (within, planned) {
            (_, 0) => "no session".to_owned(),
            (1, 1) => "one session".to_owned(),
            (within, planned) if within == planned => format!("{planned} sessions"),
            (within, planned) => format!(
                "{within} of {planned} sessions, since the run ends at {}",
                Time::from_days(end)
            ),
        };
        let what = match &self.setup.space {
            Space::Column { .. } => "A column of skin: everything at one depth is alike".to_owned(),
            Space::Cell { radius_edges_mm, .. } => format!(
                "The skin about one channel, out to {:.2} mm, halfway to the next",
                radius_edges_mm.last().copied().unwrap_or(0.0)
            ),
            Space::Patch { x, y, holes } => format!(
                "A patch of {:.1} by {:.1} mm with {} holes, each where it fell",
                x.0 as f64 * x.1,
                y.0 as f64 * y.1,
                holes.len()
            ),
        };
        let infection = self.setup.infection.map_or_else(String::new, |infection| {
            format!(
                "; the first session's holes infected for {}",
                Time::from_days(infection.days)
            )
        });
        let stretch = match self.setup.surroundings.stretch {
            0.0 => String::new(),
            stretch => format!("; stretched by {:.1} %", PERCENT * stretch),
        };
        format!(
            "{what}; {sessions}{infection}{stretch}; what becomes of a gain: {}.",
            self.setup.hypothesis.label()
        )
    }

    fn facts(&self, answer: &SimulationReport) -> Vec<(String, String)> {
        let number = |value: f64| {
            if value.is_finite() {
                format!("{value:.1e}")
            } else {
                "–".to_owned()
            }
        };
        vec![
            ("Voxels".to_owned(), answer.cells.to_string()),
            ("Steps".to_owned(), answer.steps.to_string()),
            ("Memory on one thread".to_owned(), size(self.bytes as u64)),
            (
                format!(
                    "Most that steps a quarter as long change a mean at any moment ({}; tried in a {})",
                    self.steps_off.most().0,
                    self.steps_off.tried.name()
                ),
                format!("{:.2} % of its peak", PERCENT * self.steps_off.most().1),
            ),
            (
                "Largest change of the signal by the second stage of a step, of its peak".to_owned(),
                number(answer.error_estimate.second_stage.signal),
            ),
            (
                "Signal not accounted for, of what was made".to_owned(),
                number(answer.balance.signal.gap),
            ),
            (
                "Collagen not accounted for, of what was there".to_owned(),
                number(answer.balance.collagen.gap),
            ),
        ]
    }

    /// The answer in the terminal.
    pub fn told(&self, answer: &SimulationReport, summary: &Summary, record: &Record) -> String {
        let shown = [
            "day",
            "collagen",
            "immature_collagen",
            "tgf_beta",
            "myofibroblasts",
            "epidermal_gain",
        ];
        let places: Vec<usize> = shown.iter().filter_map(|name| simulated_column(name)).collect();
        let rows = record
            .rows
            .iter()
            .filter(|row| record.snapshots.iter().any(|snapshot| snapshot.day == row[0]))
            .map(|row| {
                places
                    .iter()
                    .map(|at| {
                        if *at == 0 {
                            ((row[0] * 100.0).round() / 100.0).to_string()
                        } else {
                            format!("{:.4}", row[*at])
                        }
                    })
                    .collect()
            })
            .collect();
        let mut text = format!("{}\n{}\n", self.title, self.about());
        if !self.stopped.is_empty() {
            text.push_str(&format!(
                "{WHAT_STOPS} (the numbers are for research only):\n- {}\n",
                self.stopped.join("\n- ")
            ));
        }
        text.push('\n');
        let head = ["day", "collagen", "young", "TGF-beta", "myofibrobl.", "epidermis +"];
        text.push_str(&layout::list(&head, rows));
        text.push_str(
            "\nMeans over the mark's dermis, as seen from the surface; collagen over that of normal skin. One piece of \
                tissue, everything unknown at its median: no forecast.\n",
        );
        text.push_str(&format!(
            "{} steps; steps a quarter as long change a mean by at most {:.2} % of its peak ({}; tried in a {}). Not \
                accounted for: signal {:.0e}, collagen {:.0e}.\n",
            summary.steps,
            PERCENT * self.steps_off.most().1,
            self.steps_off.most().0,
            self.steps_off.tried.name(),
            summary.signal.gap(),
            summary.collagen.gap(),
        ));
        if let Some(said) = self.beside_a_column(answer) {
            text.push_str(&said);
            text.push('\n');
        }
        text.push_str(INTENDED_USE);
        layout::wrapped(&text, layout::WIDTH)
    }
}

/// Arrays of a file of fields: each quantity, and the volume of the cells.
const WRITTEN: usize = FIELDS.len() + 1;

/// Memory that taking whole fields needs for a moment: their values, and the file of them, where three bytes become
/// four.
pub fn bytes_to_look(cells: usize) -> usize {
    WRITTEN * cells * size_of::<f64>() * 7 / 3
}

/// Memory that may be taken for a moment beside that, while the text of the fields grows: it is copied to a place of
/// twice its size.
pub fn bytes_to_grow(cells: usize) -> usize {
    WRITTEN * cells * size_of::<f64>() * 8 / 3
}

/// Memory that keeping a run needs for a moment.
pub fn bytes_to_keep(setup: &Setup, cells: usize) -> usize {
    fields_kept(setup.space.fidelity()) * cells * size_of::<f64>()
}
