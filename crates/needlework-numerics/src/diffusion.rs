//! Diffusing, decaying fields with sources: u′ = ∇·(D(z)∇u) − δ(z)·u + N(t, u) in a column, a round cell or a patch.
//!
//! **What it is for.** Signals that spread within minutes to hours while what makes them changes within hours to days.
//! The linear part is taken exactly in the bases in which it is diagonal (or, where D changes with depth, to 10⁻¹³ by
//! partial fractions); the sources enter by exponential time differencing of second order ([`Step`]). The engine knows
//! numbers only: lengths and times are in whatever units its caller uses.
//!
//! **Assumptions.** D and δ depend on depth alone. Sides and bottom are sealed; the top is sealed or exchanges with an
//! outside that holds nothing. The patch has equal cells sideways. Sources change little within a step; how little is
//! what [`Step::correct`] returns.
//!
//! **What holds.** Second order in space and time; any step is stable, and fast modes are damped, not kept ringing.
//! Values stay above −10⁻¹² of the largest if the source isn't negative. What isn't decayed or given away at the top is
//! kept to rounding. One and many threads give the same bytes.
//!
//! **Limits.** D that changes sideways (an open channel) is not covered. N must not be stiff itself: decay belongs into
//! δ.
//!
//! **How a step goes.** The caller owns the fields; what the step needs besides is one [`Workspace`] for all of them.
//! What doesn't diffuse isn't passed here at all and costs nothing here.
//!
//! ```
//! use needlework_numerics::diffusion::{Diffusion, Grid, Medium, Workspace};
//!
//! // A round cell of 0.5 mm about a source at its axis, 1 mm deep; millimetres and hours.
//! let radii: Vec<f64> = (0..=20).map(|i| f64::from(i) * 0.025).collect();
//! let depths: Vec<f64> = (0..=20).map(|i| f64::from(i) * 0.05).collect();
//! let grid = Grid::cell(&radii, &depths)?;
//! let diffusion = Diffusion::new(&grid, &Medium::even(&grid, 0.012, 0.015))?;
//! let mut workspace = Workspace::new(&grid, 1);
//! let step = diffusion.step(1.0)?;
//!
//! // The source is strong while the signal is weak.
//! let source = |u: &[f64], n: &mut [f64]| {
//!     for (i, n) in n.iter_mut().enumerate() {
//!         *n = if grid.centre(i)[0] < 0.05 { 1.0 / (1.0 + u[i]) } else { 0.0 };
//!     }
//! };
//! let mut u = vec![0.0; grid.cells()];
//! let (mut now, mut then) = (u.clone(), u.clone());
//! let mut largest_change = 0.0_f64;
//! for _ in 0..24 {
//!     source(&u, &mut now);
//!     step.predict(&mut u, &now, &mut workspace);
//!     source(&u, &mut then);
//!     largest_change = largest_change.max(step.correct(&mut u, &now, &mut then, &mut workspace));
//! }
//! assert!(u[0] > u[grid.cells() - 1] && u.iter().all(|value| *value >= 0.0));
//! assert!(largest_change < 0.2);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod basis;
mod cosine;
mod grid;
mod layered;
mod operator;
pub(crate) mod phi;
mod proofs;
mod rational;
mod step;
mod vectors;

pub use grid::{Axis, Grid, GridError};
pub use operator::{Diffusion, DiffusionError, Medium, Top};
pub(crate) use proofs::proofs;
pub use step::{Step, Workspace};
