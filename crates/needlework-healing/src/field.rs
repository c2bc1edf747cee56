//! The healing engine in space: a reaction–diffusion model with one set of kinetics, in a column (1D), in a round cell
//! about one channel (axisymmetric) and in a patch with its own holes (3D).
//!
//! Each voxel has the ten states of [`crate::cascade`], immature and mature collagen (`Remodelling`, all three
//! laws), elastin L and the orientation of fibres; each place of the surface has an epidermis. Two states diffuse: the
//! signal T with D = λ²δ, δ its decay, slower in epidermis and fat, and fibroblasts with D = ℓ²s_F, within the dermis
//! only. All other states stay in their voxel:
//!
//! Ṫ = ∇·(D(z)∇T) + (rates of the cascade), u = s·A·e·exp(−M/G_m), Ṁ = A·e, Ċ₃ = u·(C_m − C)₊ − …, L̇ = −k_L·E₊·L,
//!
//! with e the cascade's excess synthesis at the place, A the amplification of a micro-wound, s the person's factor, and
//! M what the last session has made there so far: a session makes at most G_m, as [`crate::respond()`] has it for a
//! whole session. The epidermis answers to the share injured at its bottom, spread over the range of keratinocytes.
//! Between the layers nothing but the signal passes; the box is sealed.
//!
//! A session adds the injured share of each voxel (`injury`): 0 or 1 in a patch but for the voxels at a channel's rim,
//! a density in a column. So the three differ in what a mean of injury over a voxel leaves out. They agree where the
//! signal reaches beyond the next hole.
//!
//! **Numerics.** Exponential time differencing of second order (ETD2RK): for the diffusing species in the bases of
//! [`needlework_numerics::diffusion`], for cells with their own decay ([`needlework_numerics::Relaxation`]). The linear
//! subsystem of debris, leukocytes and melanocytes is propagated exactly; collagen and elastin take Heun's method;
//! the steps are one list (`schedule`). What isn't negative stays so, at any step. Steps a quarter as long change means
//! over the dermis of a usual plan by less than half a per cent of their peak (a test). Without needles every field
//! stays as it is, to the last bit. One and many threads give the same bytes.
//!
//! **Assumptions.** All that the cascade assumes; the ranges; decay alike in all layers, since none was measured in
//! any; proteases stay where they are made: what they degrade is about a thousandth of what is made. **Limits.** Holes
//! of a session act at once; no mechanics; the dermis around the mark is the mark's.

mod checkpoint;
mod fidelity;
mod injury;
mod layers;
mod memory;
mod orientation;
mod parameters;
mod schedule;
mod setup;
mod state;
mod step;
mod view;

use needlework_numerics::diffusion::{Diffusion, DiffusionError, Grid, Medium, Top, Workspace};
use needlework_numerics::{Continue, Progress, Workers};

pub use fidelity::Fidelity;
pub use layers::Layers;
pub use memory::{bytes_needed, fields_kept};
pub use parameters::FieldParameters;
pub use setup::{FieldError, Infection, Needle, Setup, Space};
pub use view::{FIELDS, Means, Named, differences};

use crate::cascade::{FIBROBLASTS, SIGNAL};
use schedule::Event;
use state::{ELASTIN, MATURE};

/// Where a run has come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reached {
    /// A moment to look at, by its number.
    Moment(usize),
    /// The caller stopped it; it can go on.
    Stopped,
    /// The end.
    End,
}

/// What a run has done so far, and how well.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Summary {
    /// Voxels.
    pub voxels: usize,
    /// Fields kept per voxel.
    pub fields: usize,
    /// Memory, bytes.
    pub bytes: usize,
    /// Steps done.
    pub steps: usize,
    /// Steps in all.
    pub steps_in_all: usize,
    /// Day.
    pub day: f64,
    /// Largest change by the second stage of a step, over the largest signal so far: the error that a first-order step
    /// would make.
    pub signal_error: f64,
    /// The same of collagen, over the gap between rest and ceiling.
    pub collagen_error: f64,
    /// Where the signal went.
    pub signal: SignalBalance,
    /// Where collagen went.
    pub collagen: CollagenBalance,
}

/// Amounts of signal: value times mm³ (times mm in a column).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct SignalBalance {
    /// Made by cells, and let go by the injuries.
    pub made: f64,
    /// Decayed.
    pub decayed: f64,
    /// In the tissue now. Nothing leaves a sealed box.
    pub held: f64,
}

impl SignalBalance {
    /// What is not accounted for, over what was made.
    #[must_use]
    pub fn gap(&self) -> f64 {
        if self.made > 0.0 {
            (self.made - self.decayed - self.held).abs() / self.made
        } else {
            self.held.abs()
        }
    }
}

/// Amounts of collagen in the dermis: fraction times mm³ (times mm in a column).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct CollagenBalance {
    /// There at the start.
    pub first: f64,
    /// Made beyond rest.
    pub made: f64,
    /// Degraded by proteases.
    pub degraded: f64,
    /// Lost under the law, beyond rest.
    pub lost: f64,
    /// There now.
    pub held: f64,
}

impl CollagenBalance {
    /// What is not accounted for, over what was there at the start.
    #[must_use]
    pub fn gap(&self) -> f64 {
        (self.first + self.made - self.degraded - self.lost - self.held).abs() / self.first
    }
}

/// A diffusing species: a state that diffuses and decays.
#[derive(Debug)]
struct DiffusingSpecies {
    state: usize,
    decay_per_day: f64,
    diffusion: Diffusion,
    /// Before the step.
    before: Vec<f64>,
    /// Source at the step's beginning.
    now: Vec<f64>,
    /// Source at its end.
    then: Vec<f64>,
}

/// What a run adds up as it goes.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Ledger {
    signal: SignalBalance,
    collagen: CollagenBalance,
    largest_signal: f64,
    signal_error: f64,
    collagen_error: f64,
}

/// A run: the state of the tissue and what advances it. See the front page of this file.
#[derive(Debug)]
pub struct Field {
    setup: Setup,
    grid: Grid,
    surface: Grid,
    /// Whether a depth lies in the dermis.
    in_dermis: Vec<bool>,
    /// Area of each place of the surface.
    areas: Vec<f64>,
    /// By state, then depth fastest.
    states: Vec<Vec<f64>>,
    /// How much the epidermis is still driven, and its gain.
    epidermis: [Vec<f64>; state::LATERAL],
    diffusing: Vec<DiffusingSpecies>,
    /// The infected share of each voxel, while there is an infection.
    infected: Option<Vec<f64>>,
    workspace: Workspace,
    workers: Option<Workers>,
    threads: usize,
    events: Vec<Event>,
    next: usize,
    steps_done: usize,
    steps_in_all: usize,
    day: f64,
    ledger: Ledger,
}

impl Field {
    /// The tissue before the first session.
    ///
    /// `threads` work on it (0: as many as the machine has); the bytes don't depend on them. [`bytes_needed`] says
    /// beforehand what this allocates.
    ///
    /// # Errors
    /// [`FieldError`] when the set-up can't be or threads can't be started.
    pub fn new(setup: Setup, threads: usize) -> Result<Self, FieldError> {
        setup.check()?;
        let grid = setup.grid()?;
        // numerical: below so many voxels waking threads takes longer than the work
        const VOXELS_WORTH_THREADS: usize = 32_768;
        let workers = if grid.cells() < VOXELS_WORTH_THREADS {
            None
        } else {
            Some(Workers::new(threads).map_err(|error| FieldError::Threads(error.to_string()))?)
        };
        let threads = workers.as_ref().map_or(1, Workers::count);
        let top = setup.layers.epidermis_mm;
        let bottom = top + setup.layers.dermis_mm;
        let in_dermis: Vec<bool> = grid
            .depth()
            .centres()
            .iter()
            .map(|z| (top..bottom).contains(z))
            .collect();
        let first = grid.first().measures();
        let areas: Vec<f64> = first
            .iter()
            .flat_map(|first| grid.second().measures().iter().map(move |second| first * second))
            .collect();
        let fidelity = setup.space.fidelity();
        let rest = orientation::at_rest(&setup.field);
        let depths = grid.depth().count();
        let states = (0..state::count(fidelity))
            .map(|state| {
                let value = match state {
                    MATURE => setup.resting,
                    ELASTIN => 1.0,
                    state if state >= state::FIXED => rest[state - state::FIXED],
                    _ => 0.0,
                };
                let of_dermis = state == MATURE || state == ELASTIN;
                let line = in_dermis
                    .iter()
                    .map(|in_dermis| if of_dermis && !in_dermis { 0.0 } else { value });
                let line: Vec<f64> = line.collect();
                (0..grid.cells()).map(|i| line[i % depths]).collect()
            })
            .collect();
        let diffusing = Self::diffusing(&setup, &grid, &in_dermis).map_err(|error| match error {
            DiffusionError::Negative { what, value } => FieldError::Number {
                what,
                must: "at least 0",
                is: value,
            },
            _ => FieldError::NotFinite(0.0),
        })?;
        let surface = surface(&setup)?;
        let epidermis = std::array::from_fn(|_| vec![0.0; areas.len()]);
        let events = schedule::events(&setup);
        let steps_in_all = events
            .iter()
            .filter(|event| matches!(event, Event::Step { .. }))
            .count();
        let mut field = Self {
            workspace: Workspace::new(&grid, threads),
            setup,
            grid,
            surface,
            in_dermis,
            areas,
            states,
            epidermis,
            diffusing,
            infected: None,
            workers,
            threads,
            events,
            next: 0,
            steps_done: 0,
            steps_in_all,
            day: 0.0,
            ledger: Ledger::default(),
        };
        field.ledger.collagen.first = field.collagen_held();
        Ok(field)
    }

    fn diffusing(setup: &Setup, grid: &Grid, in_dermis: &[bool]) -> Result<Vec<DiffusingSpecies>, DiffusionError> {
        let top = setup.layers.epidermis_mm;
        let depths = grid.depth().centres();
        let spreading = state::spreading(setup).into_iter().filter(|(_, range)| *range > 0.0);
        spreading
            .map(|(state, range_mm)| {
                let decay_per_day = state::decay_per_day(&setup.kinetics, state);
                let dermal_diffusivity = range_mm * range_mm * decay_per_day;
                let outside = |depth: f64| match (state, depth < top) {
                    (SIGNAL, true) => setup.field.epidermis_spread,
                    (SIGNAL, false) => setup.field.fat_spread,
                    _ => 0.0,
                };
                let diffusivity = depths.iter().zip(in_dermis);
                let diffusivity =
                    diffusivity.map(|(&z, &in_dermis)| dermal_diffusivity * if in_dermis { 1.0 } else { outside(z) });
                let medium = Medium {
                    diffusivity: diffusivity.collect(),
                    decay: vec![decay_per_day; depths.len()],
                    top: Top::Sealed,
                };
                let none = vec![0.0; grid.cells()];
                Ok(DiffusingSpecies {
                    state,
                    decay_per_day,
                    diffusion: Diffusion::new(grid, &medium)?,
                    before: none.clone(),
                    now: none.clone(),
                    then: none,
                })
            })
            .collect()
    }

    /// Goes on to the next moment to look at. `progress` is called after each step; when it says stop, the run can be
    /// kept ([`Self::to_bytes`]) and gone on with.
    ///
    /// # Errors
    /// [`FieldError::NotFinite`] when the numbers run away.
    pub fn advance(&mut self, progress: &mut dyn FnMut(Progress) -> Continue) -> Result<Reached, FieldError> {
        // Ends: with the list of events.
        while let Some(&event) = self.events.get(self.next) {
            self.next += 1;
            match event {
                Event::Moment(moment) => return Ok(Reached::Moment(moment)),
                Event::Session(session) => {
                    self.injure(session);
                    self.infect(session);
                }
                Event::Cured => self.infected = None,
                Event::Step { day, days } => {
                    self.step(days)?;
                    self.day = day + days;
                    self.steps_done += 1;
                    let done = Progress {
                        done: self.steps_done,
                        total: self.steps_in_all,
                    };
                    if progress(done) == Continue::No {
                        return Ok(Reached::Stopped);
                    }
                }
            }
        }
        Ok(Reached::End)
    }

    /// Goes on to the end without looking.
    ///
    /// # Errors
    /// As [`Self::advance`].
    pub fn finish(&mut self) -> Result<(), FieldError> {
        // Ends: with the list of events, each turn passes a moment.
        while self.advance(&mut |_| Continue::Yes)? != Reached::End {}
        Ok(())
    }

    /// What was asked.
    #[must_use]
    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    /// The day that has been reached.
    #[must_use]
    pub fn day(&self) -> f64 {
        self.day
    }

    /// What the run has done so far.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let mut signal = self.ledger.signal;
        signal.held = self.grid.integral(&self.states[SIGNAL]);
        Summary {
            voxels: self.grid.cells(),
            fields: self.states.len(),
            bytes: bytes_needed(&self.setup, self.threads).unwrap_or(0),
            steps: self.steps_done,
            steps_in_all: self.steps_in_all,
            day: self.day,
            signal_error: self.ledger.signal_error,
            collagen_error: self.ledger.collagen_error,
            signal,
            collagen: CollagenBalance {
                held: self.collagen_held(),
                ..self.ledger.collagen
            },
        }
    }

    /// The holes of a session.
    fn injure(&mut self, session: u32) {
        // A source that the next step computes anew has room for the shares.
        let shares = &mut self.diffusing[0].now;
        injury::shares(&self.setup, &self.grid, session, shares);
        let kinetics = &self.setup.kinetics;
        let broken = self.setup.field.elastin_lost_by_needle;
        let depths = self.in_dermis.len();
        let held = self.grid.integral(&self.states[SIGNAL]);
        self.states[state::SESSION_SYNTHESIS].fill(0.0);
        for (i, &share) in shares.iter().enumerate() {
            if share <= 0.0 || !self.in_dermis[i % depths] {
                continue;
            }
            // Injury is a jump in the state between two steps: debris and some signal appear, fibroblasts and elastin
            // are lost. Its release of signal is booked as made, so that the balance stays closed across the jump.
            let mut cells = std::array::from_fn(|s| self.states[s][i]);
            cells[FIBROBLASTS] += 1.0;
            let injured = kinetics.injure(&cells, share);
            for (s, value) in injured.into_iter().enumerate() {
                self.states[s][i] = state::kept(s, value);
            }
            self.states[ELASTIN][i] *= 1.0 - broken * share;
        }
        let released = self.grid.integral(&self.states[SIGNAL]) - held;
        self.ledger.signal.made += released;
        self.drive_epidermis(session);
    }

    /// Lets germs into the holes of a session, if it is the infected one.
    fn infect(&mut self, session: u32) {
        if self
            .setup
            .infection
            .is_some_and(|infection| infection.session == session)
        {
            let mut shares = vec![0.0; self.grid.cells()];
            injury::shares(&self.setup, &self.grid, session, &mut shares);
            self.infected = Some(shares);
        }
    }

    /// The infection as the events that are done left it.
    fn infect_again(&mut self) {
        let done = self.events[..self.next.min(self.events.len())].to_vec();
        for event in done {
            match event {
                Event::Session(session) => self.infect(session),
                Event::Cured => self.infected = None,
                Event::Step { .. } | Event::Moment(_) => {}
            }
        }
    }

    /// Collagen in the dermis; other layers hold none.
    fn collagen_held(&self) -> f64 {
        self.grid.integral(&self.states[state::IMMATURE]) + self.grid.integral(&self.states[MATURE])
    }
}

/// The surface as a grid of one cell in depth.
fn surface(setup: &Setup) -> Result<Grid, FieldError> {
    let depth = [0.0, 1.0];
    Ok(match &setup.space {
        Space::Column { .. } => Grid::column(&depth)?,
        Space::Cell { radius_edges_mm, .. } => Grid::cell(radius_edges_mm, &depth)?,
        Space::Patch { x, y, .. } => Grid::patch(*x, *y, &depth)?,
    })
}
