//! One run of simulated tissue: what is seen of it on the way, its answer as data, its pictures, and its page.
//!
//! Whoever simulates takes a row of curves at each moment and whole fields at some ([`Run::look`]); what becomes of
//! them is the same for a file and for a page that is served.

use needlework::healing::Fidelity;
use needlework::healing::field::{FIELDS, Field, Setup, Space, Summary, fields_kept};
use needlework::questions::{SIMULATED, Simulated, SimulationReport, StepsOff, simulated_column, simulation};
use needlework::units::{PERCENT, Time};
use needlework::verdict::{Engine, INTENDED_USE};
use needlework_files::picture::{Scale, png, time_lapse};
use needlework_files::plane::{Plane, cut};
use needlework_files::{FieldValues, Frame, FrameError, Moments, Record, Snapshot, vtk};

use super::{Curve, Shown, Still, Story};

/// Quantities shown as pictures.
const SHOWN: [&str; 3] = ["collagen_gained", "tgf_beta", "fibre_anisotropy"];
/// Pixels across a picture.
const PIXELS: usize = 160;

/// Pictures by the names of their files.
pub type Pictures = Vec<(String, Vec<u8>)>;

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
    /// The same in words.
    pub memory: String,
    /// What steps a quarter as long change, and where that was tried.
    pub steps_off: StepsOff,
    /// Collagen at the end of the same course in a column.
    pub column: f64,
}

impl Run {
    /// Takes a row at a moment, and whole fields where they are wanted: the name and content of their file.
    ///
    /// # Errors
    /// [`FrameError`] when a field does not fit its grid.
    pub fn look(
        &self,
        field: &Field,
        moment: usize,
        record: &mut Record,
    ) -> Result<Option<(String, Vec<u8>)>, FrameError> {
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
        let mirrored = self.setup.space.fidelity() == Fidelity::Cell;
        let planes = SHOWN
            .iter()
            .map(|name| cut(&frame, name, PIXELS, mirrored))
            .collect::<Result<_, _>>()?;
        let file = format!("fields-{:04}.vtr", record.snapshots.len());
        let text = vtk::rectilinear(&frame)?;
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

    /// What is shown as pictures, and the pictures as files.
    ///
    /// # Errors
    /// What cannot be encoded.
    pub fn pictures(&self, record: &Record) -> std::io::Result<(Vec<Shown>, Pictures)> {
        let mut files = Vec::new();
        let mut shown = Vec::new();
        for (at, name) in SHOWN.iter().enumerate() {
            let planes: Vec<Plane> = record
                .snapshots
                .iter()
                .filter_map(|snapshot| snapshot.planes.get(at).cloned())
                .collect();
            let scale = Scale::of(&planes);
            let end = record.snapshots.last().map_or(1.0, |snapshot| snapshot.day.max(1e-9));
            let progress: Vec<f64> = record.snapshots.iter().map(|snapshot| snapshot.day / end).collect();
            let lapse = time_lapse(&planes, &progress, scale).map_err(std::io::Error::from)?;
            let mut moments = Vec::new();
            for (number, (snapshot, plane)) in record.snapshots.iter().zip(&planes).enumerate() {
                let picture = png(plane, scale).map_err(std::io::Error::from)?;
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
        Ok((shown, files))
    }

    /// The page, with what is shown as pictures.
    #[must_use]
    pub fn page(&self, answer: &SimulationReport, record: &Record, shown: Vec<Shown>) -> String {
        super::page(&self.story(answer, record, shown))
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
    pub fn beside_a_column(&self, answer: &SimulationReport) -> Option<String> {
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
    pub fn about(&self) -> String {
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
            ("Memory on one thread".to_owned(), self.memory.clone()),
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
}

/// Arrays of a file of fields: each quantity, and the volume of the cells.
const WRITTEN: usize = FIELDS.len() + 1;

/// Memory that taking whole fields needs for a moment: their values, and the file of them, where three bytes become
/// four.
#[must_use]
pub fn bytes_to_look(cells: usize) -> usize {
    WRITTEN * cells * size_of::<f64>() * 7 / 3
}

/// Memory that may be taken for a moment beside that, while the text of the fields grows: it is copied to a place of
/// twice its size.
#[must_use]
pub fn bytes_to_grow(cells: usize) -> usize {
    WRITTEN * cells * size_of::<f64>() * 8 / 3
}

/// Memory that keeping a run needs for a moment.
#[must_use]
pub fn bytes_to_keep(setup: &Setup, cells: usize) -> usize {
    fields_kept(setup.space.fidelity()) * cells * size_of::<f64>()
}
