//! What a published circuit of macrophages and myofibroblasts says of a plan's rhythm, for researchers.
//!
//! The circuit ([`needlework_reaction::adler_2020`]) heals after short injuries and ends in fibrosis after long ones,
//! and repeated ones bear less each. What a session of needles is in its units isn't known, so no plan is judged by it:
//! it says how much shorter each inflammation must stay in this rhythm than a single one.

use needlework_case::Case;
use needlework_evidence::BookError;
use needlework_reaction::adler_2020::{CircuitParameters, critical_pulse, critical_pulse_of_course};

use crate::library::Library;
use crate::report::Rhythm;

/// The rhythm of a case that states its sessions and their interval; nothing for a single session, or where the circuit
/// gives no number.
///
/// # Errors
/// [`BookError`] when a passport of the circuit is missing.
pub(crate) fn rhythm(case: &Case, library: &Library) -> Result<Option<Rhythm>, BookError> {
    let (Some(sessions), Some(interval)) = (case.regimen.sessions.get(), case.regimen.interval.get()) else {
        return Ok(None);
    };
    if sessions < 2 || interval.days() <= 0.0 {
        return Ok(None);
    }
    let mut missing = Ok(());
    let parameters = CircuitParameters::fill(&mut |key| {
        library.book.value(key).unwrap_or_else(|error| {
            missing = Err(error);
            f64::NAN
        })
    });
    missing?;
    let single = critical_pulse(parameters.inflow, &parameters);
    let each = critical_pulse_of_course(parameters.inflow, sessions, interval, &parameters);
    Ok(single.ok().zip(each.ok()).map(|(single, each)| Rhythm {
        sessions,
        interval_days: interval.days(),
        longest_days: each.days(),
        single_days: single.days(),
        source: "Adler2020".to_owned(),
    }))
}
