//! Questions beside the verdict, one file a command.
//!
//! On one person's case: plans side by side ([`compare`](compare())), one number in the place of another
//! ([`what_if`](what_if())), each step of hygiene left out ([`infection`]), each cream put on ([`creams`](creams()));
//! without any plan how skin differs from one person to the next ([`skin`](skin())), and what a simulated piece of
//! tissue gains beside the same course in a column, which has no space ([`simulation`]), where the needles
//! of a plan go in a block of skin and what its collagen does ([`block`](block())), and what published studies say
//! together ([`pooled_outcomes`]). Every answer is the verdict's
//! own, judged with the same seed; what is paired here are the virtual people, and what is taken are differences.
//! Nothing is ranked by benefit alone.
//!
//! For one who plans: what a study may find ([`trial`](trial())), and which of all plans that no rule stops is the
//! gentlest that is nearly as good as the best, or that none is worth it ([`plan`](plan())).
//!
//! For one who measures skin: what light does in any stack of layers, and what an instrument reads of it
//! ([`optics`](optics())).
//!
//! For one who designs a device: what one needle does in skin ([`insertion`]), and what many designs do side by side
//! ([`sweep`](sweep())). Both stop before anything heals: they show depth, width, density, pain and bleeding of a
//! session on a typical person's unmarked skin, over everything that is not known. No design is called best: of aims
//! that pull apart, a sweep marks those designs that nothing beats in all of them at once. A depth there is no benefit.
//!
#![cfg_attr(any(doc, doctest), doc = include_str!("../README.md"))]

mod block;
mod comparators;
mod compare;
mod creams;
mod design;
mod evidence;
mod infect;
mod insert;
mod left_alone;
mod optics;
mod plan;
mod render;
mod side_by_side;
mod simulate;
mod skin;
mod sources;
mod stack;
mod sweep;
mod synthesis;
mod trial;

pub use block::{
    BLOCK_FORMAT, BlockCollagen, BlockError, BlockHole, BlockLaw, BlockMonth, BlockReport, BlockSkin, block,
};
pub use compare::{Asked, compare};
pub use creams::{Amounts, CREAMS_FORMAT, CreamLine, Creams, CreamsError, MedianRange, Wait, creams};
pub use design::{Axis, Design, read};
pub use evidence::{Change, WhatIf, what_if};
pub use infect::{
    Ablation, Clock, INFECTION_FORMAT, InfectionReport, Inoculated, RegimeRisk, SiteRegime, SiteRisk, infection,
};
pub use insert::{
    Band, DrumContact, INSERTION_FORMAT, Insertion, InsertionReport, MapSummary, PublishedDepth, Step, Subject,
    force_counts, insertion,
};
pub use optics::{
    OPTICS_FORMAT, OpticsAsked, OpticsCase, OpticsColour, OpticsEstimate, OpticsFailure, OpticsGeometry, OpticsPhotons,
    OpticsPoint, OpticsQuestion, OpticsReport, optics,
};
pub use plan::{
    Choice, ExtraSessions, HarmLimits, OtherLimits, PLAN_FORMAT, PlanReport, PlanTried, StoppingRule, plan,
};
pub use render::{
    CollagenAlone, PictureNumbers, RENDER_FORMAT, RenderError, RenderReport, RenderWish, Rendered, SectionChannel,
    SectionNumbers, TYPICAL_PERCENTILE, render,
};
pub use side_by_side::*;
pub use simulate::{
    Balance, BalanceOfCollagen, BalanceOfSignal, Named, SIMULATED, SIMULATION_FORMAT, SecondStage, Simulated,
    SimulatedError, SimulatedField, SimulatedMoment, SimulatedQuantity, SimulationAnswer, SimulationReport,
    SimulationStopped, StepsOff, simulated_column, simulation,
};
pub use skin::{
    SKIN_FORMAT, SKIN_LAYERS, SKIN_QUANTITIES, SkinQuantity, SkinReport, SkinShown, SkinSpread, layers_mm, skin,
    three_people,
};
pub use stack::{StackCase, StackFile, read_stacks};
pub use sweep::{Aim, SWEEP_FORMAT, SweepReport, Tried, sweep};
pub use synthesis::{PooledOutcome, PooledStudy, pooled_outcomes};
pub use trial::{
    Analysis, ArmFile, Chance, Dropout, Inclusion, Load, Outcome, PublishedPlace, PublishedValue, Raters, STUDY_FORMAT,
    SizePoint, Study, StudyArm, StudyDesign, StudyFile, StudySides, TRIAL_FORMAT, TrialArm, TrialReport, TrialRow,
    TrueGain, Visit, VisitMeans, read_study, trial,
};
