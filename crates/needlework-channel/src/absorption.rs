//! What goes into layered skin from a product on it while channels close, in time.
//!
//! In each layer K·∂u/∂t = ∂(D·K·∂u/∂x)/∂x − k·K·u, with u the concentration over partition, which is continuous; u = 1
//! in the product at the start, which either doesn't run out or holds so much and is well stirred, and a sink below the
//! last layer. Holes bypass the first layer: they let (1 cm/s)·g·2^(−t/t_half)·Δu into the top of the second. What
//! vessels take is counted.
//!
//! Method: finite volumes, with resistances in series between cells, so that the steady flow is that of
//! [`crate::Layer`]'s resistances; TR-BDF2 in time (Bank 1985), which is of second order and damps the jump at the
//! start; steps grow as the square of their number. What went in, what is held, cleared and passed through are
//! integrated by the same formula, so they balance to rounding.
//!
//! Assumptions: the stratum corneum keeps its full area (holes take a few per cent at most); holes close alike; the
//! product does not dry, so that doses are an upper end. Limits: one dimension, so nothing is said of the places
//! between holes.

use needlework_units::{SECONDS_PER_HOUR, Time};

use crate::permeation::Layer;

/// How holes let through at first, and how fast they close.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Openings {
    /// Permeability of the holes of an area down to the second layer, at the start.
    pub permeability_cm_per_s: f64,
    /// Time in which it halves; none where holes stay open.
    pub half_life: Option<Time>,
}

impl Openings {
    /// Intact skin.
    pub const NONE: Self = Self {
        permeability_cm_per_s: 0.0,
        half_life: None,
    };

    fn at(&self, seconds: f64) -> f64 {
        self.half_life.map_or(self.permeability_cm_per_s, |half_life| {
            self.permeability_cm_per_s * (-seconds / (half_life.hours() * SECONDS_PER_HOUR)).exp2()
        })
    }
}

impl Dose {
    /// The dose from a product in whose water the concentration is `share` of one.
    #[must_use]
    pub fn scaled(mut self, share: f64) -> Self {
        let amounts = self
            .held_cm
            .iter_mut()
            .chain(&mut self.cleared_cm)
            .chain(&mut self.profile);
        amounts.for_each(|amount| *amount *= share);
        self.through_cm *= share;
        self.entered_cm *= share;
        self
    }
}

/// How finely it is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resolution {
    /// Cells in each layer.
    pub cells: usize,
    /// Steps in time.
    pub steps: usize,
}

impl Default for Resolution {
    fn default() -> Self {
        // numerical: twice as many move a dose by less than one per cent, which a test holds
        const CELLS: usize = 16;
        const STEPS: usize = 100;
        Self {
            cells: CELLS,
            steps: STEPS,
        }
    }
}

/// Amounts for each unit of concentration in the product, as the thickness of product that was emptied: 1 µm is 1
/// µg/cm² from a product of one per cent.
#[derive(Debug, Clone, PartialEq)]
pub struct Dose {
    /// Held by each layer at the end, cm.
    pub held_cm: Vec<f64>,
    /// Taken by vessels of each layer, cm.
    pub cleared_cm: Vec<f64>,
    /// Passed out below, cm.
    pub through_cm: f64,
    /// Entered from the product, cm.
    pub entered_cm: f64,
    /// Concentration over partition in the middle of each cell at the end, layer by layer.
    pub profile: Vec<f64>,
}

/// What the layers, the surface first, hold after `window`. `supply_cm` is what a product holds at u = 1, none where it
/// doesn't run out.
#[must_use]
pub fn absorb(
    layers: &[Layer],
    openings: &Openings,
    supply_cm: Option<f64>,
    window: Time,
    resolution: &Resolution,
) -> Dose {
    let column = Column::of(layers, supply_cm, resolution.cells.max(1));
    let end = window.hours() * SECONDS_PER_HOUR;
    let steps = resolution.steps.max(1);
    let mut state = State::empty(column.capacity.len(), layers.len());
    state.product = 1.0;
    let at = |step: usize| end * (step as f64 / steps as f64).powi(2);
    if end > 0.0 {
        for step in 0..steps {
            state = column.step(&state, openings, at(step), at(step + 1));
        }
    }
    let mut held_cm = vec![0.0; layers.len()];
    for (cell, value) in state.profile.iter().enumerate() {
        held_cm[column.layer[cell]] += column.capacity[cell] * value;
    }
    Dose {
        held_cm,
        cleared_cm: state.cleared,
        through_cm: state.through,
        entered_cm: state.entered,
        profile: state.profile,
    }
}

/// Cells from the surface down.
struct Column {
    /// What the product holds at u = 1, cm; none where it doesn't run out.
    supply_cm: Option<f64>,
    /// What a cell holds at u = 1, cm.
    capacity: Vec<f64>,
    /// Permeability from the cell above, cm/s; the first is from the surface, one more is to the sink.
    conductance: Vec<f64>,
    /// Loss to vessels.
    loss: Vec<f64>,
    /// Layer of each cell.
    layer: Vec<usize>,
    /// The cell that holes lead into, and the resistance of its upper half, s/cm.
    below: Option<(usize, f64)>,
}

#[derive(Clone)]
struct State {
    /// u in the product.
    product: f64,
    profile: Vec<f64>,
    cleared: Vec<f64>,
    through: f64,
    entered: f64,
}

impl State {
    fn empty(cells: usize, layers: usize) -> Self {
        Self {
            product: 0.0,
            profile: vec![0.0; cells],
            cleared: vec![0.0; layers],
            through: 0.0,
            entered: 0.0,
        }
    }

    /// The same sum of both of everything.
    fn mixed(&self, own: f64, other: &Self, others: f64) -> Self {
        let mix = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| own * a + others * b).collect();
        Self {
            product: own * self.product + others * other.product,
            profile: mix(&self.profile, &other.profile),
            cleared: mix(&self.cleared, &other.cleared),
            through: own * self.through + others * other.through,
            entered: own * self.entered + others * other.entered,
        }
    }
}

impl Column {
    fn of(layers: &[Layer], supply_cm: Option<f64>, cells: usize) -> Self {
        let mut column = Self {
            supply_cm,
            capacity: Vec::new(),
            conductance: Vec::new(),
            loss: Vec::new(),
            layer: Vec::new(),
            below: None,
        };
        let mut above = 0.0;
        for (index, layer) in layers.iter().enumerate() {
            let width = layer.thickness_cm / cells as f64;
            let half = width / (2.0 * layer.diffusivity_cm2_per_s * layer.partition);
            if index == 1 {
                column.below = Some((column.capacity.len(), half));
            }
            for _ in 0..cells {
                column.capacity.push(width * layer.partition);
                column.conductance.push(1.0 / (above + half));
                column.loss.push(layer.loss_per_s);
                column.layer.push(index);
                above = half;
            }
        }
        column.conductance.push(1.0 / above);
        column
    }

    /// How easily holes let into their cell at a moment.
    fn bypass(&self, openings: &Openings, seconds: f64) -> Option<(usize, f64)> {
        let (cell, half) = self.below?;
        let conductance = openings.at(seconds);
        (conductance > 0.0).then(|| (cell, 1.0 / (1.0 / conductance + half)))
    }

    /// What changes per second, times the capacity of cells.
    fn rate(&self, profile: &[f64], product: f64, bypass: Option<(usize, f64)>) -> State {
        let last = profile.len() - 1;
        let layers = self.layer.last().map_or(0, |layer| layer + 1);
        let mut rate = State::empty(profile.len(), layers);
        for cell in 0..profile.len() {
            let above = if cell == 0 { product } else { profile[cell - 1] };
            let in_flow = self.conductance[cell] * (above - profile[cell]);
            let below = if cell == last { 0.0 } else { profile[cell + 1] };
            let out_flow = self.conductance[cell + 1] * (profile[cell] - below);
            let cleared = self.loss[cell] * self.capacity[cell] * profile[cell];
            rate.profile[cell] = in_flow - out_flow - cleared;
            rate.cleared[self.layer[cell]] += cleared;
            if cell == 0 {
                rate.entered += in_flow;
            }
            if cell == last {
                rate.through += out_flow;
            }
        }
        if let Some((cell, conductance)) = bypass {
            let flow = conductance * (product - profile[cell]);
            rate.profile[cell] += flow;
            rate.entered += flow;
        }
        rate.product = self.supply_cm.map_or(0.0, |supply| -rate.entered / supply);
        rate
    }

    /// Adds a rate to a state for a time; the profile's part is divided by what cells hold.
    fn advanced(&self, state: &State, rate: &State, seconds: f64) -> State {
        let mut next = state.mixed(1.0, rate, seconds);
        for (cell, value) in next.profile.iter_mut().enumerate() {
            *value = state.profile[cell] + seconds * rate.profile[cell] / self.capacity[cell];
        }
        next
    }

    /// Solves y = known + h·rate(y): a row of three unknowns for each cell, from the top down and back (Thomas), once
    /// for what is known and once for a product at one; the product's own balance then says how much of the second
    /// there is.
    fn implicit(&self, known: &State, bypass: Option<(usize, f64)>, h: f64) -> State {
        let count = known.profile.len();
        let mut factor = vec![0.0; count];
        let (mut own, mut fed) = (vec![0.0; count], vec![0.0; count]);
        // Forward elimination (Thomas) with two right-hand sides at once: `own` for the known state, `fed` for a
        // product of unit concentration.
        for cell in 0..count {
            let extra = bypass
                .filter(|(at, _)| *at == cell)
                .map_or(0.0, |(_, conductance)| conductance);
            let (above, below) = (self.conductance[cell], self.conductance[cell + 1]);
            let mut diagonal = self.capacity[cell] * (1.0 + h * self.loss[cell]) + h * (above + below + extra);
            let mut right = (self.capacity[cell] * known.profile[cell], h * extra);
            if cell == 0 {
                right.1 += h * above;
            } else {
                diagonal -= h * above * factor[cell - 1];
                right.0 += h * above * own[cell - 1];
                right.1 += h * above * fed[cell - 1];
            }
            factor[cell] = if cell + 1 == count { 0.0 } else { h * below / diagonal };
            own[cell] = right.0 / diagonal;
            fed[cell] = right.1 / diagonal;
        }
        for cell in (0..count.saturating_sub(1)).rev() {
            own[cell] += factor[cell] * own[cell + 1];
            fed[cell] += factor[cell] * fed[cell + 1];
        }
        // The product is one more unknown that is coupled to the first cell and to the cell below the holes; the two
        // solutions reduce its balance to one linear equation (a bordered system). An endless supply keeps
        // concentration one.
        let product = self.supply_cm.map_or(1.0, |supply| {
            let flow =
                |cell: usize, conductance: f64| (h * conductance * own[cell], h * conductance * (1.0 - fed[cell]));
            let (mut gain, mut loss) = flow(0, self.conductance[0]);
            if let Some((cell, conductance)) = bypass {
                let (more_gain, more_loss) = flow(cell, conductance);
                (gain, loss) = (gain + more_gain, loss + more_loss);
            }
            (supply * known.product + gain) / (supply + loss)
        });
        let profile: Vec<f64> = own.iter().zip(&fed).map(|(own, fed)| own + product * fed).collect();
        // The amounts booked (entered, cleared, through) take the rate at the new state, so that mass is conserved to
        // rounding.
        let rate = self.rate(&profile, product, bypass);
        let mut next = known.mixed(1.0, &rate, h);
        (next.profile, next.product) = (profile, product);
        next
    }

    /// One step of TR-BDF2: the trapezoidal rule to γ = 2 − √2 of the step, then the second backward difference formula
    /// over the whole.
    fn step(&self, state: &State, openings: &Openings, from: f64, to: f64) -> State {
        let gamma = 2.0 - 2.0_f64.sqrt();
        let h = to - from;
        let half = gamma * h * 0.5;
        let begin = self.rate(&state.profile, state.product, self.bypass(openings, from));
        let known = self.advanced(state, &begin, half);
        let middle = self.implicit(&known, self.bypass(openings, from + gamma * h), half);
        let weight = 1.0 / (gamma * (2.0 - gamma));
        let known = middle.mixed(weight, state, 1.0 - weight);
        self.implicit(&known, self.bypass(openings, to), h * (1.0 - gamma) / (2.0 - gamma))
    }
}
