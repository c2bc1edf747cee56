//! One virtual person: what is known of them, and how they differ from the world's typical person.

use needlework_channel as channel;
use needlework_healing as healing;
use needlework_puncture as puncture;
use needlework_reaction as reaction;
use needlework_skin::{self as skin, Site};
use needlework_stria as stria;

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
    /// Whether the site is on an arm or a leg.
    pub limb: bool,
    /// How they differ.
    pub draws: Draws,
}

/// How a person differs in each room; standard normal draws.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Draws {
    /// Skin.
    pub skin: skin::PersonDraws,
    /// Mark.
    pub stria: stria::PersonDraws,
    /// Puncture.
    pub puncture: puncture::PersonDraws,
    /// Closure.
    pub closure: channel::ClosurePerson,
    /// Flora.
    pub flora: f64,
    /// Healing.
    pub healing: healing::PersonDraws,
    /// What is felt.
    pub felt: reaction::FeltPerson,
    /// Fading of dark marks.
    pub fading: f64,
    /// Scars.
    pub scar: reaction::ScarPerson,
}
