//! One virtual person: what is known of them, and how they differ from the world's typical person.

use std::ops::Index;

use needlework_appearance::{SeverityWeights, SkinColour};
use needlework_channel as channel;
use needlework_healing as healing;
use needlework_puncture as puncture;
use needlework_reaction as reaction;
use needlework_skin::{self as skin, Site};
use needlework_stria as stria;

use crate::parameters::Habit;

/// A person as a course needs them.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// Body and what it brings to healing.
    pub condition: healing::Condition,
    /// The site's skin.
    pub site: Site,
    /// Whether bone lies right under it.
    pub bony: bool,
    /// The site's germs.
    pub flora: channel::Flora,
    /// The mark.
    pub mark: stria::Mark,
    /// Skin type IV, V or VI.
    pub dark_skin: bool,
    /// The skin around the mark, as colours need it.
    pub colour: SkinColour,
    /// What counts how much when this person looks at the mark.
    pub weights: SeverityWeights,
    /// Whether the site is on an arm or a leg.
    pub limb: bool,
    /// How they differ.
    pub draws: Draws,
}

/// Where a person lies between those who do a thing and those who don't, for each habit: between 0 and 1, doers first.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct HabitDraws(pub [f64; Habit::ALL.len()]);

impl Index<Habit> for HabitDraws {
    type Output = f64;

    fn index(&self, habit: Habit) -> &f64 {
        &self.0[habit as usize]
    }
}

/// How a person differs in each room; standard normal draws where nothing else is said.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Draws {
    /// Skin.
    pub skin: skin::PersonDraws,
    /// Mark.
    pub stria: stria::PersonDraws,
    /// Puncture.
    pub puncture: puncture::PersonDraws,
    /// Closure.
    pub closure: channel::ClosurePersonDraws,
    /// Flora.
    pub flora: f64,
    /// Healing.
    pub healing: healing::PersonDraws,
    /// Pain.
    pub pain: f64,
    /// Redness.
    pub redness: f64,
    /// Fading of dark marks.
    pub fading: f64,
    /// Whether dark marks come: a place between 0 and 1, of which the share that has them lies at the top.
    pub dark_mark: f64,
    /// What the person does where the case does not say.
    pub habits: HabitDraws,
    /// Scars.
    pub scar: reaction::ScarPersonDraws,
}
