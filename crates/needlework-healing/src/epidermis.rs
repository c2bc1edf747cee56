//! The epidermis thickens for months after needling and thins again.
//!
//! Ė = Σ_k e_k·(1 − E/E_m)·e^{−(t−t_k)/τ}/τ − E/τ_e, with e_k = e₁·√min(φ(0)/φ₁, cap) from [`crate::answer`].

use crate::signal::{Parameters, Signals};

/// The rise at `day` that the sessions up to `begun` drive, per day, before saturation. A session at the very end of a step must
/// not act within it, hence the two times.
pub(crate) fn drive_per_day(signals: &Signals, begun: f64, day: f64, parameters: &Parameters) -> f64 {
    let rise = parameters.epidermal_rise.days();
    signals
        .drives
        .iter()
        .map(|drive| {
            let since: f64 = drive
                .days
                .iter()
                .filter(|&&at| at <= begun)
                .map(|at| (-(day - at) / rise).exp())
                .sum();
            drive.epidermal * since / rise
        })
        .sum()
}

/// The rate of change of the gain, per day.
pub(crate) fn rate_per_day(gain: f64, drive: f64, parameters: &Parameters) -> f64 {
    drive * (1.0 - gain / parameters.epidermal_most) - gain / parameters.epidermal_decay.days()
}
