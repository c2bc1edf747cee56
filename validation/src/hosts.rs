//! The hosts that germs meet: those of a world, and those that fit the forearms best.

use needlework::channel::{HostParameters, HostPersonDraws, NeutrophilCourse};
use needlework::course::Parameters;
use needlework::healing::Kinetics;

/// The hosts of a world: what is not known of them, and how their neutrophils come and go.
#[derive(Debug, Clone)]
pub(crate) struct Hosts {
    pub(crate) parameters: HostParameters,
    pub(crate) neutrophils: NeutrophilCourse,
}

impl Hosts {
    pub(crate) fn of(world: &Parameters) -> Self {
        Self {
            parameters: world.host.clone(),
            neutrophils: Kinetics::of(&world.cascade).neutrophils(),
        }
    }
}

/// What fits the forearms best: the medians with another delay and spread of growth.
#[derive(Debug, Clone)]
pub(crate) struct Fit {
    pub(crate) deviance: f64,
    pub(crate) hosts: Hosts,
    pub(crate) people: Vec<HostPersonDraws>,
}
