//! What this room must give by mathematics: proportion in the limit of small wounds, tissue that stands still
//! untreated, sessions that add up, steps that change nothing.
//!
//! Each proof calls the room's public functions and compares one number with what it has to be. But for the first,
//! which is a property of the published kinetics, they hold for any parameters.

use needlework_numerics::{Proof, largest};
use needlework_stria::example::tissue;
use needlework_stria::{Stage, Tissue};
use needlework_units::Time;

use crate::cascade::{CascadeParameters, Kinetics};
use crate::condition::Modifiers;
use crate::hypothesis::RemodellingHypothesis;
use crate::parameters::Parameters;
use crate::person::PersonDraws;
use crate::remodel::heal;
use crate::response::{CascadeRun, TissueResponse, respond};
use crate::spread::Injury;

/// All proofs of this room.
#[must_use]
pub fn proofs(parameters: &Parameters, cascade: &CascadeParameters) -> Vec<Proof> {
    let kinetics = Kinetics::of(cascade);
    let mark = tissue(4);
    // A person without amplification, saturation or loss shows what the cascade itself makes.
    let bare = Parameters {
        turnover: Time::from_years(1e9),
        amplification: 1.0,
        most_gain: 1e9,
        response_rubra: 1.0,
        response_person_sd: 0.0,
        ..parameters.clone()
    };
    let left = |days: &[f64], share: f64| {
        let response = answer_to(days, share, &bare, &kinetics);
        let law = RemodellingHypothesis::Persistence;
        let healed = after(&mark, &response, law, (0.0, 3000.0), &bare);
        (mark.ceiling - collagen(&healed)) / (mark.ceiling - mark.resting)
    };
    let per_share = |share: f64| -left(&[0.0], share).ln() / share;
    let [once, apart] = [&[0.0][..], &[0.0, 1200.0]].map(|days| left(days, 0.05));
    vec![
        Proof::new(
            "gain per injured share",
            "what the cascade makes of a share of 0.05, over that share",
            1.6,
            per_share(0.05),
            0.1,
        ),
        Proof::new(
            "gain per share, small wounds",
            "the same at 0.01 over 0.001: proportional in the limit",
            1.0,
            per_share(0.01) / per_share(0.001),
            0.02,
        ),
        Proof::new(
            "untreated tissue",
            "largest move of collagen in 20 years under three laws",
            0.0,
            untreated(&mark, parameters),
            0.0,
        ),
        Proof::new(
            "sum of sessions",
            "two sessions years apart, without loss: the gap that one leaves, squared",
            once * once,
            apart,
            1e-4,
        ),
        Proof::new(
            "steps of healing",
            "largest change by steps of a quarter day, three laws",
            0.0,
            in_pieces(&mark, parameters, &kinetics),
            5e-6,
        ),
    ]
}

fn collagen(tissue: &Tissue) -> f64 {
    tissue.mature[0] + tissue.immature[0]
}

fn after(
    tissue: &Tissue,
    response: &TissueResponse,
    law: RemodellingHypothesis,
    days: (f64, f64),
    parameters: &Parameters,
) -> Tissue {
    let (from, to) = (Time::from_days(days.0), Time::from_days(days.1));
    heal(tissue, response, law, from, to, parameters)
}

/// Largest move of collagen in 20 years without a session, under any law.
fn untreated(mark: &Tissue, parameters: &Parameters) -> f64 {
    largest(RemodellingHypothesis::ALL.into_iter().flat_map(|law| {
        let later = after(mark, &TissueResponse::default(), law, (0.0, 7305.0), parameters);
        let moved = later.mature.iter().zip(&mark.mature).map(|(a, b)| a - b);
        moved.chain(later.immature).collect::<Vec<_>>()
    }))
}

/// Largest change of collagen by healing in steps of a quarter day, under any law.
fn in_pieces(mark: &Tissue, parameters: &Parameters, kinetics: &Kinetics) -> f64 {
    const STEP_DAYS: f64 = 0.25;
    const STEPS: u32 = 672;
    let monthly = answer_to(&[0.0, 28.0, 56.0], 0.05, parameters, kinetics);
    largest(RemodellingHypothesis::ALL.into_iter().map(|law| {
        let one = after(mark, &monthly, law, (0.0, f64::from(STEPS) * STEP_DAYS), parameters);
        let pieces = (0..STEPS).fold(mark.clone(), |tissue, i| {
            let from = f64::from(i) * STEP_DAYS;
            after(&tissue, &monthly, law, (from, from + STEP_DAYS), parameters)
        });
        collagen(&one) - collagen(&pieces)
    }))
}

/// The answer of a plain person with a red mark to sessions on the given days, each injuring the same share of every
/// depth.
fn answer_to(days: &[f64], share: f64, parameters: &Parameters, kinetics: &Kinetics) -> TissueResponse {
    let injury = Injury {
        shares: vec![share; 4],
        top: share,
    };
    let sessions: Vec<Time> = days.iter().map(|&day| Time::from_days(day)).collect();
    respond(
        &injury,
        Stage::Rubra,
        &Modifiers::NONE,
        &CascadeRun::up_to(share, &sessions, kinetics),
        parameters,
        &PersonDraws::default(),
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_proof_holds() {
        let (healing, cascade) = (
            crate::response::tests::parameters(),
            crate::cascade::tests::parameters(),
        );
        for proof in super::proofs(&healing, &cascade) {
            assert!(proof.holds(), "{proof:?}");
        }
    }
}
