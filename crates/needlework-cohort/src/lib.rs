//! Link 8, the cohort: many virtual persons, worlds drawn from the priors, people drawn within them, each treated and
//! untreated.
//!
//! A world is a draw of what is not known; a person is a draw of how people differ within it. A share of people is
//! uncertain between worlds, so every share carries its 5–95 % over worlds, with the binomial noise of few people per
//! world removed. Random numbers come from streams that are named after what they draw: two plans share every draw that
//! they have in common, and the number of threads changes nothing.
//!
#![cfg_attr(any(doc, doctest), doc = include_str!("../README.md"))]

mod attribution;
mod colours;
mod creams;
mod glance;
mod infect;
mod insert;
mod monte_carlo;
mod patch;
mod people;
mod population_summary;
mod posterior;
mod sensitivity;
mod simulate;
mod skin;
mod skin_group;
mod taken;
mod worlds;

pub use attribution::Because;
pub use colours::{Colours, Contrast, OpticsData, colours};
pub use creams::{Passage, drawn, molecules, pass, passage_declared, passages};
pub use glance::{Enrolment, Glanced, MOST_ENROLLED, Watched, enrol, glance, glance_world};
pub use infect::{ChannelCohort, Channels, Variant, channel_cohort};
pub use insert::{Done, Pressed, Trial, press_in, press_over_worlds, try_devices};
pub use monte_carlo::{Cohort, CohortError, Moment, Settings, VirtualPerson, simulate_cohort};
pub use patch::{
    PatchState, SessionTrace, hole_places, mark_before, optics_of, patch_declared, patch_layout, patch_worlds,
};
pub use people::{PersonPriors, Question, SiteNumbers, middle_person, site_numbers};
pub use population_summary::{Class, PotentialOutcome, SOME_FROM, class_of};
pub use posterior::{Changed, Draw, Moved, PLACES, Posterior};
pub use sensitivity::{Driver, TooFew, drivers};
pub use simulate::{middle_field, middle_sessions, middle_skin};
pub use skin::{SkinPerson, skins};
pub use skin_group::skin_group;
pub use taken::{of_evidence, priors_stamp};
pub use worlds::{Drawn, OwnParameters, World, declared, middle_world, worlds, worlds_numbered};
