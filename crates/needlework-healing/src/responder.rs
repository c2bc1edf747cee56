//! How strongly one person's tissue answers: m_stage·(factor of the person)·exp(s_p·ε − s_p²/2).
//!
//! The term s_p²/2 makes the mean over people that of a person without a draw. Both the cohort's column and the tissue
//! in space take it from here.

use needlework_stria::Stage;

use crate::condition::Modifiers;
use crate::parameters::Parameters;
use crate::person::PersonDraws;

/// How strongly one person's tissue answers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Responder {
    /// Factor on excess synthesis: stage, modifiers, and the person's own.
    pub synthesis: f64,
    /// Factor on degradation by proteases.
    pub protease: f64,
    /// Time in which the epidermis thickens, days.
    pub epidermal_rise_days: f64,
}

impl Responder {
    /// A person's tissue at a stage of its mark.
    #[must_use]
    pub fn of(stage: Stage, modifiers: &Modifiers, parameters: &Parameters, person: &PersonDraws) -> Self {
        let response = match stage {
            Stage::Rubra => parameters.response_rubra,
            Stage::Alba => parameters.response_alba,
        };
        let spread = parameters.response_person_sd;
        Self {
            synthesis: (spread * person.response - spread * spread * 0.5).exp() * response * modifiers.synthesis,
            protease: modifiers.protease,
            epidermal_rise_days: parameters.epidermal_rise.days() + modifiers.epidermal_delay_days,
        }
    }
}
