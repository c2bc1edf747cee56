//! One step of the whole state: a predictor–corrector scheme of second order without operator splitting.
//!
//! 1. Predictor of the diffusing species (signal, fibroblasts): their sources are evaluated at the old state, and each
//!    field takes an exponential Euler step (ETD1).
//! 2. Per voxel, predictor and corrector of all other states: exponential time differencing with the state's own decay
//!    ([`Relaxation`], ETD2RK) for cells, the exact propagator for the linear subsystem ([`CHAIN`]), Heun's method for
//!    collagen and elastin, which live for months. The sources of the diffusing species are evaluated again at the
//!    predicted state.
//! 3. Corrector of the diffusing species with these second sources (ETD2RK).
//!
//! Predicted values are stored for the diffusing species only. The predictions of the other states are recomputed
//! within their voxel, which costs less than keeping ten fields more.
//!
//! Why Heun's method is not used for cells: a step of Heun keeps e^{−x} + x³/6 of a decaying value, with x = k·h. The
//! error is small but accumulates: weeks after a session the remaining cells, and with them signal and vessels, would
//! be some per cent too many at steps of half a day.
//!
//! The balance of the signal is closed by the exact solution for its whole amount: M⁺ = e^{−δh}·M + h·φ₁·S₀ + h·φ₂·(S₁
//! − S₀), made is h·(S₀ + S₁)/2, and what decayed is made − (M⁺ − M).

use needlework_numerics::diffusion::{Diffusion, Medium, Workspace};
use needlework_numerics::{Relaxation, map_slabs, rk4_step};

use super::orientation::{self, Turning};
use super::state::{ELASTIN, FIXED, IMMATURE, MATURE, SESSION_SYNTHESIS, kept, load};
use super::{Fidelity, Field, FieldError, injury};
use crate::cascade::{CHAIN, Cells, FIBROBLASTS, Kinetics, PROTEASES, SIGNAL, STATES, Surroundings};
use crate::epidermis;
use crate::remodel::Remodelling;

// numerical: voxels handed to a thread at a time, enough that handing over costs little
const SLAB: usize = 4096;

/// What one slab reports of a step.
#[derive(Debug, Clone, Copy, Default)]
struct Report {
    sources: f64,
    made: f64,
    degraded: f64,
    lost: f64,
    largest_signal: f64,
    collagen_error: f64,
    /// Whether everything is a number.
    wild: bool,
}

impl Report {
    fn add(self, other: &Self) -> Self {
        Self {
            sources: self.sources + other.sources,
            made: self.made + other.made,
            degraded: self.degraded + other.degraded,
            lost: self.lost + other.lost,
            largest_signal: self.largest_signal.max(other.largest_signal),
            collagen_error: self.collagen_error.max(other.collagen_error),
            wild: self.wild || other.wild,
        }
    }
}

/// What the kernels read.
struct Local<'a> {
    kinetics: &'a Kinetics,
    around: Surroundings,
    remodelling: Remodelling,
    amplification: f64,
    most_gain: f64,
    synthesis: f64,
    protease: f64,
    elastin_loss: f64,
    elastin_response: f64,
    ceiling: f64,
    in_dermis: &'a [bool],
    areas: &'a [f64],
    heights: &'a [f64],
}

/// Collagen, elastin and the session's integral of synthesis at one place.
#[derive(Clone, Copy)]
struct Tissue {
    session_synthesis: f64,
    immature: f64,
    mature: f64,
    elastin: f64,
}

/// Their rates, and what they consist of.
struct TissueRates {
    session_synthesis: f64,
    collagen: [f64; 2],
    elastin: f64,
    made: f64,
    degraded: f64,
    lost: f64,
}

impl Local<'_> {
    #[inline]
    fn rates(&self, cells: &Cells) -> Cells {
        self.kinetics.rates_per_day(cells, &self.around)
    }

    #[inline]
    fn tissue_rates(&self, cells: &Cells, tissue: &Tissue) -> TissueRates {
        let session_synthesis = self.amplification * self.kinetics.synthesis_per_day(cells);
        let synthesis = self.synthesis * session_synthesis * (-tissue.session_synthesis / self.most_gain).exp();
        let degradation = self.protease * self.kinetics.degradation_per_day(cells);
        let collagen = tissue.immature + tissue.mature;
        TissueRates {
            session_synthesis,
            collagen: self
                .remodelling
                .rates_per_day([tissue.immature, tissue.mature], [synthesis, degradation]),
            elastin: tissue.elastin
                * (self.elastin_response * self.remodelling.filling_per_day(collagen, synthesis)
                    - self.elastin_loss * self.protease * cells[PROTEASES].max(0.0)),
            made: synthesis * (self.ceiling - collagen).max(0.0),
            degraded: degradation * tissue.immature,
            lost: self.remodelling.loss_per_day(collagen),
        }
    }
}

/// The source term N of a diffusing species in u' = ∇·(D∇u) − δ·u + N: its rate without its own linear decay.
#[inline]
fn source(state: usize, decay_per_day: f64, cells: &Cells, rates: &Cells) -> f64 {
    let source = rates[state] + decay_per_day * kept(state, cells[state]);
    // What rounding leaves of nothing made is nothing.
    if state == SIGNAL { source.max(0.0) } else { source }
}

impl Field {
    fn local(&self) -> Local<'_> {
        let setup = &self.setup;
        Local {
            kinetics: &setup.kinetics,
            around: setup.surroundings,
            remodelling: Remodelling::new(setup.hypothesis, setup.resting, setup.ceiling, &setup.healing),
            amplification: setup.healing.amplification,
            most_gain: setup.healing.most_gain,
            synthesis: setup.responder.synthesis,
            protease: setup.responder.protease,
            elastin_loss: setup.field.elastin_loss.per_day(),
            elastin_response: setup.healing.elastin,
            ceiling: setup.ceiling,
            in_dermis: &self.in_dermis,
            areas: &self.areas,
            heights: self.grid.depth().widths(),
        }
    }

    /// Advances everything by `days`.
    pub(super) fn step(&mut self, days: f64) -> Result<(), FieldError> {
        let held = self.grid.integral(&self.states[SIGNAL]);
        let (report, first_sources, change) = if let Some(workers) = self.workers.take() {
            let outcome = workers.run(|| self.two_stages(days));
            self.workers = Some(workers);
            outcome
        } else {
            self.two_stages(days)
        }?;
        // The balance of the signal. Integrated over the sealed box, diffusion drops out of the equation and the total
        // obeys M' = −δ·M + S(t). ETD2RK solves that scalar equation exactly for a source that is linear in time, so
        // `after` is known without another pass over the grid, and what decayed follows as a difference.
        let ledger = &mut self.ledger;
        let made = 0.5 * days * (first_sources + report.sources);
        ledger.signal.made += made;
        let x = -self.diffusing[0].decay_per_day * days;
        let one = x.exp_m1() / x;
        let two = (one - 1.0) / x;
        let after = x.exp() * held + days * (one * first_sources + two * (report.sources - first_sources));
        ledger.signal.decayed += made - (after - held);
        ledger.collagen.made += days * report.made;
        ledger.collagen.degraded += days * report.degraded;
        ledger.collagen.lost += days * report.lost;
        ledger.largest_signal = ledger.largest_signal.max(report.largest_signal);
        if ledger.largest_signal > 0.0 {
            ledger.signal_error = ledger.signal_error.max(change / ledger.largest_signal);
        }
        ledger.collagen_error = ledger
            .collagen_error
            .max(report.collagen_error / (self.setup.ceiling - self.setup.resting));
        if report.wild || !change.is_finite() {
            return Err(FieldError::NotFinite(self.day));
        }
        self.thicken_epidermis(days);
        Ok(())
    }

    /// Both stages; gives the second stage's report, the signal's first sources, and the largest change of the signal
    /// by its correction.
    fn two_stages(&mut self, days: f64) -> Result<(Report, f64, f64), FieldError> {
        // The order matters. First come the sources of all diffusing species at the old state; then each is predicted
        // in place, with its old values copied beside, because the second stage reads both; last each is corrected with
        // the sources that the second stage has left. No species is corrected before all voxels have been through the
        // second stage.
        let first_sources = self.first_sources();
        let mut steps = Vec::with_capacity(self.diffusing.len());
        for species in &mut self.diffusing {
            let step = species
                .diffusion
                .step(days)
                .map_err(|_| FieldError::NotFinite(self.day))?;
            let field = &mut self.states[species.state];
            species.before.copy_from_slice(field);
            step.predict(field, &species.now, &mut self.workspace);
            steps.push(step);
        }
        let report = self.second_stage(days);
        let mut change = 0.0;
        for (species, step) in self.diffusing.iter_mut().zip(&steps) {
            let field = &mut self.states[species.state];
            let largest = step.correct(field, &species.now, &mut species.then, &mut self.workspace);
            if species.state == SIGNAL || !largest.is_finite() {
                change = largest;
            }
        }
        Ok((report, first_sources, change))
    }

    /// Source terms of the diffusing species at the old state; returns the integral of the signal's source.
    fn first_sources(&mut self) -> f64 {
        let mut diffusing = std::mem::take(&mut self.diffusing);
        let local = self.local();
        let states = &self.states;
        let kinds: Vec<(usize, f64)> = diffusing
            .iter()
            .map(|species| (species.state, species.decay_per_day))
            .collect();
        let depths = self.in_dermis.len();
        let now: Vec<&mut [f64]> = diffusing.iter_mut().map(|species| &mut species.now[..]).collect();
        let sums = map_slabs(now, slab(depths), |start, now| {
            let mut sum = 0.0;
            for (line, place) in (start..start + now[0].len()).step_by(depths).zip(start / depths..) {
                for (k, in_dermis) in local.in_dermis.iter().enumerate() {
                    let i = line + k;
                    // The cascade lives in the dermis alone; epidermis and fat only conduct the signal.
                    if !in_dermis {
                        now.iter_mut().for_each(|now| now[i - start] = 0.0);
                        continue;
                    }
                    let mut cells: Cells = std::array::from_fn(|state| states[state][i]);
                    // Fibroblasts are stored as their difference from normal.
                    cells[FIBROBLASTS] += 1.0;
                    let rates = local.rates(&cells);
                    for (now, &(state, decay)) in now.iter_mut().zip(&kinds) {
                        now[i - start] = source(state, decay, &cells, &rates);
                        if state == SIGNAL {
                            sum += now[i - start] * local.areas[place] * local.heights[k];
                        }
                    }
                }
            }
            sum
        });
        self.diffusing = diffusing;
        sums.into_iter().sum()
    }

    /// Per voxel: all states that do not diffuse, and the second source terms of those that do.
    fn second_stage(&mut self, days: f64) -> Report {
        let mut diffusing = std::mem::take(&mut self.diffusing);
        let mut states = std::mem::take(&mut self.states);
        let fields = states.len();
        let local = self.local();
        let fidelity = self.setup.space.fidelity();
        let mut thens = Vec::with_capacity(diffusing.len());
        let mut before: Vec<Before<'_>> = Vec::with_capacity(diffusing.len());
        for species in &mut diffusing {
            thens.push(&mut species.then[..]);
            before.push(Before {
                state: species.state,
                decay_per_day: species.decay_per_day,
                field: &species.before,
            });
        }
        let stage = SecondStage {
            days,
            fibres: Fibres::new(self, fidelity, days, before[0].field),
            // These factors depend on the length of the step alone, so they are computed once for all voxels.
            relax: std::array::from_fn(|state| {
                Relaxation::new(super::state::decay_per_day(&self.setup.kinetics, state), days)
            }),
            corrected: std::array::from_fn(|state| {
                !CHAIN.contains(&state) && before.iter().all(|old| old.state != state)
            }),
            // The propagator is that of a full infection; a voxel scales the supplied column by its infected share.
            chain: self.setup.kinetics.chain_step(
                &Surroundings {
                    infection: 1.0,
                    ..self.setup.surroundings
                },
                days,
            ),
            infected: self.infected.as_deref(),
            before,
            local,
        };
        let depths = self.in_dermis.len();
        let all: Vec<&mut [f64]> = states.iter_mut().map(|field| &mut field[..]).chain(thens).collect();
        let reports = map_slabs(all, slab(depths), |start, slabs| {
            let mut report = Report::default();
            let (slabs, thens) = slabs.split_at_mut(fields);
            let count = slabs[0].len();
            for (line, place) in (0..count).step_by(depths).zip(start / depths..) {
                for (k, in_dermis) in stage.local.in_dermis.iter().enumerate() {
                    let i = line + k;
                    if *in_dermis {
                        let volume = stage.local.areas[place] * stage.local.heights[k];
                        stage.advance(i, start, volume, slabs, thens, &mut report);
                    } else {
                        thens.iter_mut().for_each(|then| then[i] = 0.0);
                    }
                }
            }
            report
        });
        drop(stage);
        self.diffusing = diffusing;
        self.states = states;
        reports.iter().fold(Report::default(), Report::add)
    }

    /// Adds the drive of a session: the share injured under the epidermis, spread over its range.
    pub(super) fn drive_epidermis(&mut self, session: u32) {
        let parameters = &self.setup.healing;
        let mut shares = injury::top_shares(&self.setup, &self.surface, session);
        let range = self.setup.field.epidermal_range.mm();
        // A Gaussian whose spread is the range: diffusion for range²/2. Both are exact, and neither can fail on a grid
        // that exists.
        let medium = Medium::even(&self.surface, 1.0, 0.0);
        let spread = Diffusion::new(&self.surface, &medium);
        if let Some(step) = spread.ok().and_then(|spread| spread.step(0.5 * range * range).ok()) {
            let mut workspace = Workspace::new(&self.surface, 1);
            step.propagate(&mut shares, &mut workspace);
        }
        for (drive, share) in self.epidermis[0].iter_mut().zip(shares) {
            let reference = (share / parameters.epidermal_reference).min(parameters.epidermal_cap);
            *drive += parameters.epidermal_gain * reference.max(0.0).sqrt();
        }
    }

    /// The epidermis after a step.
    fn thicken_epidermis(&mut self, days: f64) {
        let rise = self.setup.responder.epidermal_rise_days;
        let parameters = &self.setup.healing;
        let [drives, gains] = &mut self.epidermis;
        for (drive, gain) in drives.iter_mut().zip(gains) {
            let at = [0.0, 0.5, 1.0].map(|part| *drive * (-part * days / rise).exp() / rise);
            [*gain] = rk4_step([*gain], days, |stage, [gain]| {
                [epidermis::rate_per_day(*gain, at[stage], parameters)]
            });
            *drive *= (-days / rise).exp();
        }
    }
}

fn slab(depths: usize) -> usize {
    depths * (SLAB / depths).max(1)
}

/// What turns fibres: the gradient of the signal as it was before the step.
struct Fibres<'a> {
    fidelity: Fidelity,
    parameters: &'a super::FieldParameters,
    rest: orientation::Kept,
    back_share: f64,
    stretched: bool,
    range_mm: f64,
    signal: &'a [f64],
    /// Centres along each axis.
    centres: [&'a [f64]; 3],
}

impl<'a> Fibres<'a> {
    fn new(field: &'a Field, fidelity: Fidelity, days: f64, signal: &'a [f64]) -> Self {
        let grid = &field.grid;
        Self {
            fidelity,
            parameters: &field.setup.field,
            rest: orientation::at_rest(&field.setup.field),
            back_share: -(-field.setup.field.turning.per_day() * days).exp_m1(),
            stretched: field.setup.surroundings.stretch != 0.0,
            range_mm: field.setup.field.signal_range.mm(),
            signal,
            centres: [grid.first().centres(), grid.second().centres(), grid.depth().centres()],
        }
    }

    /// λ·∇T/T at a place, from its neighbours.
    #[inline]
    fn steepness(&self, i: usize) -> [f64; 3] {
        let signal = self.signal;
        let here = signal[i];
        if here <= 0.0 {
            return [0.0; 3];
        }
        let [_, second, depth] = self.centres.map(<[f64]>::len);
        let strides = [second * depth, depth, 1];
        let places = [i / (second * depth), i / depth % second, i % depth];
        std::array::from_fn(|axis| {
            let (centres, stride, at) = (self.centres[axis], strides[axis], places[axis]);
            let (low, high) = (at.saturating_sub(1), (at + 1).min(centres.len() - 1));
            if low == high {
                return 0.0;
            }
            let rise = signal[i + (high - at) * stride] - signal[i - (at - low) * stride];
            self.range_mm * rise / ((centres[high] - centres[low]) * here)
        })
    }
}

/// The old values of a diffusing species.
struct Before<'a> {
    state: usize,
    decay_per_day: f64,
    field: &'a [f64],
}

/// What the second stage reads.
struct SecondStage<'a> {
    days: f64,
    local: Local<'a>,
    /// How each state of the cascade decays in this step.
    relax: [Relaxation; STATES],
    /// Whether a state takes the corrector: it neither diffuses nor belongs to the linear subsystem.
    corrected: [bool; STATES],
    /// The exact step of [`CHAIN`], supplied by a full infection.
    chain: [[f64; CHAIN.len() + 1]; CHAIN.len()],
    /// The infected share of each voxel.
    infected: Option<&'a [f64]>,
    before: Vec<Before<'a>>,
    fibres: Fibres<'a>,
}

impl SecondStage<'_> {
    /// One place, the `i`th of slabs that begin at `start`.
    #[inline]
    fn advance(
        &self,
        i: usize,
        start: usize,
        volume: f64,
        slabs: &mut [&mut [f64]],
        thens: &mut [&mut [f64]],
        report: &mut Report,
    ) {
        let Self {
            days,
            local,
            relax,
            before,
            fibres,
            ..
        } = self;
        let days = *days;
        // Two states are put together here: `cells`, the old state, and `predicted`, in which only the diffusing
        // species have moved on.
        // The field of a diffusing species holds its prediction by now; `before` holds its old values.
        let predicted = load(slabs, i);
        let mut cells = predicted;
        for old in before {
            cells[old.state] = old.field[start + i] + if old.state == FIBROBLASTS { 1.0 } else { 0.0 };
        }
        // Stage one: all rates at the old state. `fed` is a rate without the state's own linear decay, which the
        // exponential rule takes exactly.
        let rates = local.rates(&cells);
        let fed: Cells = std::array::from_fn(|state| relax[state].fed(kept(state, cells[state]), rates[state]));
        let mut ahead: Cells = std::array::from_fn(|state| relax[state].predict(kept(state, cells[state]), fed[state]));
        // The linear, autonomous subsystem is lower triangular: each state is fed by earlier ones of the list only, so
        // the propagator's row ends at the diagonal. It is exact already and needs no corrector.
        let infection = local.around.infection + self.infected.map_or(0.0, |shares| shares[start + i]);
        for (place, (row, state)) in self.chain.iter().zip(CHAIN).enumerate() {
            let fed_by = row[..=place].iter().zip(CHAIN);
            ahead[state] = fed_by.map(|(part, from)| part * cells[from]).sum::<f64>() + infection * row[CHAIN.len()];
        }
        // Stage two: all rates at the predicted state. Diffusing species take their predicted field, not `ahead`, which
        // lacks diffusion.
        let mut later = ahead;
        later[FIBROBLASTS] += 1.0;
        for old in before {
            later[old.state] = predicted[old.state];
        }
        let later_rates = local.rates(&later);
        let fed_later: Cells = std::array::from_fn(|state| relax[state].fed(ahead[state], later_rates[state]));
        for state in CHAIN {
            slabs[state][i] = ahead[state];
        }
        // The corrector of the states that neither diffuse nor belong to the linear subsystem. Diffusing species keep
        // their predicted value in the field until the whole grid is corrected.
        for state in 0..STATES {
            if self.corrected[state] {
                slabs[state][i] = relax[state].correct(ahead[state], fed[state], fed_later[state]);
            }
        }
        for (then, old) in thens.iter_mut().zip(before) {
            then[i] = source(old.state, old.decay_per_day, &later, &later_rates);
            if old.state == SIGNAL {
                report.sources += then[i] * volume;
            }
        }
        report.largest_signal = report.largest_signal.max(cells[SIGNAL]);

        // Collagen and elastin by Heun's method: Euler to the end of the step, then the mean of both slopes. Their
        // rates read the cells at the same two moments, so the coupled scheme stays of second order.
        let tissue = Tissue {
            session_synthesis: slabs[SESSION_SYNTHESIS][i],
            immature: slabs[IMMATURE][i],
            mature: slabs[MATURE][i],
            elastin: slabs[ELASTIN][i],
        };
        let first = local.tissue_rates(&cells, &tissue);
        let ahead = Tissue {
            session_synthesis: tissue.session_synthesis + days * first.session_synthesis,
            immature: tissue.immature + days * first.collagen[0],
            mature: tissue.mature + days * first.collagen[1],
            elastin: tissue.elastin + days * first.elastin,
        };
        let second = local.tissue_rates(&later, &ahead);
        let half = 0.5 * days;
        slabs[SESSION_SYNTHESIS][i] =
            tissue.session_synthesis + half * (first.session_synthesis + second.session_synthesis);
        slabs[IMMATURE][i] = tissue.immature + half * (first.collagen[0] + second.collagen[0]);
        slabs[MATURE][i] = tissue.mature + half * (first.collagen[1] + second.collagen[1]);
        slabs[ELASTIN][i] = tissue.elastin + half * (first.elastin + second.elastin);
        // The balance takes the same means of both stages as the update, so that it closes to rounding.
        report.made += 0.5 * (first.made + second.made) * volume;
        report.degraded += 0.5 * (first.degraded + second.degraded) * volume;
        report.lost += 0.5 * (first.lost + second.lost) * volume;
        let total = |rates: &TissueRates| rates.collagen[0] + rates.collagen[1];
        let change = (half * (total(&second) - total(&first))).abs();
        report.collagen_error = report.collagen_error.max(change);
        report.wild |= !(slabs[IMMATURE][i] + slabs[ELASTIN][i]).is_finite();

        // Fibres turn last: the share of new collagen of this step is laid along the old gradient of the signal.
        // Orientation feeds back on nothing else in the step, so first order is enough.
        let made = 0.5 * (first.made + second.made).max(0.0);
        let turning = Turning {
            new_share: -(-days * made / (tissue.immature + tissue.mature)).exp_m1(),
            back_share: fibres.back_share,
            steepness: fibres.steepness(start + i),
            stretched: fibres.stretched,
        };
        let components = slabs.len() - FIXED;
        let fibre_orientation: orientation::Kept =
            std::array::from_fn(|c| if c < components { slabs[FIXED + c][i] } else { 0.0 });
        let turned = orientation::turn(
            fibres.fidelity,
            &fibre_orientation,
            &fibres.rest,
            &turning,
            fibres.parameters,
        );
        for (c, value) in turned.into_iter().take(components).enumerate() {
            slabs[FIXED + c][i] = value;
        }
    }
}
