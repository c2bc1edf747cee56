//! The epidermis thickens for months after needling and thins again.
//!
//! Ė = Σ_k e_k·(1 − E/E_m)·e^{−(t−t_k)/τ}/τ − E/τ_e, with e_k = e₁·√min(φ(0)/φ₁, cap) from
//! [`crate::respond()`]. Age makes τ longer by the delay that was seen in the closure of old people's wounds.

use crate::parameters::Parameters;
use crate::response::TissueResponse;

/// The rise at `day` that the first `sessions` sessions drive, per day, before saturation.
pub(crate) fn drive_per_day(response: &TissueResponse, sessions: usize, day: f64) -> f64 {
    let rise = response.epidermal_rise_days;
    let driven = response.days()[..sessions]
        .iter()
        .enumerate()
        .map(|(session, at)| response.epidermal(session) * (-(day - at) / rise).exp() / rise);
    driven.sum()
}

/// The rate of change of the gain, per day.
pub(crate) fn rate_per_day(gain: f64, drive: f64, parameters: &Parameters) -> f64 {
    drive * (1.0 - gain / parameters.epidermal_most) - gain / parameters.epidermal_decay.days()
}
