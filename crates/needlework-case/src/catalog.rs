//! The names that a case may use, and what stands behind them: body sites with their classes, devices with their
//! geometry.
//!
//! Both come as text from `evidence/sites.toml` and `evidence/devices.toml`; the front door passes them in. A geometry
//! that nobody has published is either left out, and then drawn, or listed as assumed with a note that says by what
//! likeness.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use needlework_units::Length;
use serde::{Deserialize, Serialize};

use crate::nearest::nearest;
use crate::{DeviceKind, Geometry};

/// A word longer than any name, in bytes; it is not looked up.
const LONGEST_NAME: usize = 200;

/// The names that a case may use.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Catalog {
    sites: Vec<Site>,
    devices: Vec<DeviceEntry>,
}

/// A place on the body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// The name in a case file.
    pub name: String,
    /// The name in a sentence.
    pub label: String,
    /// Other names of exactly this place, which are read as its name; one that several places bear is answered by the
    /// list of them.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Words for something near it; suggested, never silently accepted.
    #[serde(default)]
    pub also: Vec<String>,
    /// What kind of place it is.
    pub classes: BTreeSet<SiteClass>,
    /// The site whose dermis serves here.
    pub dermis_as: String,
    /// The site whose epidermis serves here.
    pub epidermis_as: String,
    /// The site whose flora serves here.
    pub flora_as: String,
    /// The name under which its thickness was published, where that is another.
    #[serde(default)]
    pub published: Option<String>,
    /// What a reader should know about the skin there.
    #[serde(default)]
    pub note: Option<String>,
}

impl Site {
    /// Whether the place is of a class.
    #[must_use]
    pub fn is(&self, class: SiteClass) -> bool {
        self.classes.contains(&class)
    }
}

/// What kind of place a site is, as rules and the reach table ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SiteClass {
    /// Inside the reach of the trials in striae: the trunk.
    Trunk,
    /// Inside the reach of the trials in striae: arms and legs.
    Limb,
    /// Bone lies right under the skin.
    Bony,
    /// The skin is thin.
    Thin,
    /// The face.
    Face,
    /// The neck.
    Neck,
    /// Inside the bony rim of the eye.
    Orbital,
    /// Around the mouth.
    Perioral,
    /// Not to be needled by anybody.
    Never,
    /// Moist, and therefore full of germs.
    Moist,
    /// Next to the genitals.
    GenitalAdjacent,
    /// Named by the article as a place to keep a home roller away from.
    ForbiddenAtHome,
}

/// A device of the library.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DeviceEntry {
    /// The name in a case file.
    pub name: String,
    /// The name in a sentence.
    pub label: String,
    /// Other names of exactly this device, which are read as its name; one that several devices bear is answered by the
    /// list of them.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// What kind of device it is.
    pub kind: DeviceKind,
    /// How it is made.
    #[serde(flatten)]
    pub geometry: Geometry,
    /// The least depth it can be set to, where it is not fixed.
    #[serde(default)]
    pub shortest: Option<Length>,
    /// The greatest depth it can be set to, where it is not fixed.
    #[serde(default)]
    pub longest: Option<Length>,
    /// What the needles are made of.
    #[serde(default)]
    pub material: Option<String>,
    /// How often it may go over the same skin in one session before the rules warn.
    #[serde(default)]
    pub passes_limit: Option<u32>,
    /// The key of its source; `project` where it is our assumption.
    pub source: String,
    /// How the source was seen: full-text, abstract, secondary or assumed.
    pub seen: SourceAccess,
    /// Fields that are set by likeness, since nobody has published them.
    #[serde(default)]
    pub assumed: Vec<String>,
    /// What a reader should know.
    #[serde(default)]
    pub note: Option<String>,
    /// Whatever else stands there, which is refused.
    #[serde(flatten, skip_serializing)]
    foreign: BTreeMap<String, toml::Value>,
}

/// How a source was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceAccess {
    /// The whole text.
    FullText,
    /// The abstract or a regulator's summary.
    Abstract,
    /// Somebody else's account.
    Secondary,
    /// Not seen: an assumption of the project.
    Assumed,
}

/// Why the texts of sites and devices are not a catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CatalogError {
    /// A text is not the TOML that was expected.
    Toml {
        /// Which text: `sites` or `devices`.
        which: &'static str,
        /// What is wrong, with line and column.
        message: String,
    },
    /// Two entries have the same name.
    Twice {
        /// The name.
        name: String,
    },
    /// A word for an entry stands twice there, or is empty.
    Word {
        /// The name of the entry.
        name: String,
        /// The word.
        word: String,
    },
    /// A device says something about itself that cannot be.
    Device {
        /// The name of the device.
        name: String,
        /// What cannot be.
        message: String,
    },
}

impl fmt::Display for CatalogError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Toml { which, message } => write!(out, "the list of {which} does not read: {message}"),
            Self::Twice { name } => write!(out, "the name `{name}` stands twice"),
            Self::Word { name, word } => write!(out, "the word `{word}` of `{name}` stands twice, or is empty"),
            Self::Device { name, message } => write!(out, "the device `{name}` {message}"),
        }
    }
}

impl std::error::Error for CatalogError {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SiteFile {
    site: Vec<Site>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DeviceFile {
    device: Vec<DeviceEntry>,
}

impl Catalog {
    /// Reads the texts of `sites.toml` and `devices.toml`.
    ///
    /// # Errors
    /// [`CatalogError`] when a text does not read, a name stands twice, or a device contradicts itself.
    pub fn parse(sites: &str, devices: &str) -> Result<Self, CatalogError> {
        let toml = |which| {
            move |error: toml::de::Error| CatalogError::Toml {
                which,
                message: error.to_string(),
            }
        };
        let sites = toml::from_str::<SiteFile>(sites).map_err(toml("sites"))?.site;
        let devices = toml::from_str::<DeviceFile>(devices).map_err(toml("devices"))?.device;
        let mut names = BTreeSet::new();
        for name in sites
            .iter()
            .map(|site| &site.name)
            .chain(devices.iter().map(|device| &device.name))
        {
            if !names.insert(name.clone()) {
                return Err(CatalogError::Twice { name: name.clone() });
            }
        }
        for device in &devices {
            check_device(device)?;
        }
        for words in sites.iter().map(|site| (&site.name, &site.aliases, &site.also)) {
            check_words(words.0, words.1, words.2)?;
        }
        for device in &devices {
            check_words(&device.name, &device.aliases, &[])?;
        }
        Ok(Self { sites, devices })
    }

    /// Every site, in the order of the file.
    #[must_use]
    pub fn sites(&self) -> &[Site] {
        &self.sites
    }

    /// Every device, in the order of the file.
    #[must_use]
    pub fn devices(&self) -> &[DeviceEntry] {
        &self.devices
    }

    /// The site of that name.
    #[must_use]
    pub fn site(&self, name: &str) -> Option<&Site> {
        self.sites.iter().find(|site| site.name == name)
    }

    /// The device of that name.
    #[must_use]
    pub fn device(&self, name: &str) -> Option<&DeviceEntry> {
        self.devices.iter().find(|device| device.name == name)
    }

    /// The site that a person's word for it means: its name, the name in a sentence, or an alias; small and capital
    /// letters, spaces, hyphens and underscores don't count, nor does a plural or an article.
    #[must_use]
    pub fn find_site(&self, typed: &str) -> Found<'_, Site> {
        let names = |site: &'_ Site| -> Vec<String> { own_words(&site.name, &site.label, &site.aliases) };
        match found(typed, &self.sites, |site| &site.name, names) {
            Found::None { .. } => Found::None {
                nearest: self.nearest_site(typed).and_then(|name| self.site(name)),
            },
            found => found,
        }
    }

    /// The device that a person's word for it means: its name, the name in a sentence, or an alias, spelt as freely as
    /// in [`find_site`](Self::find_site).
    #[must_use]
    pub fn find_device(&self, typed: &str) -> Found<'_, DeviceEntry> {
        let names =
            |device: &'_ DeviceEntry| -> Vec<String> { own_words(&device.name, &device.label, &device.aliases) };
        match found(typed, &self.devices, |device| &device.name, names) {
            Found::None { .. } => Found::None {
                nearest: self.nearest_device(typed).and_then(|name| self.device(name)),
            },
            found => found,
        }
    }

    /// The name of the site that was probably meant, also when another word for it was typed.
    #[must_use]
    pub fn nearest_site(&self, typed: &str) -> Option<&str> {
        let words = self.sites.iter().flat_map(|site| {
            [&site.name, &site.label]
                .into_iter()
                .chain(&site.aliases)
                .chain(&site.also)
                .map(|word| (word.as_str(), site.name.as_str()))
        });
        nearest_of(typed, &words.collect::<Vec<_>>())
    }

    /// The name of the device that was probably meant.
    #[must_use]
    pub fn nearest_device(&self, typed: &str) -> Option<&str> {
        let words = self.devices.iter().flat_map(|device| {
            [&device.name, &device.label]
                .into_iter()
                .chain(&device.aliases)
                .map(|word| (word.as_str(), device.name.as_str()))
        });
        nearest_of(typed, &words.collect::<Vec<_>>())
    }
}

/// What a word that a person typed means in a list of names.
#[derive(Debug, Clone, PartialEq)]
pub enum Found<'a, T> {
    /// Exactly one thing bears this name.
    One(&'a T),
    /// Several do, in the order of the list: the person chooses.
    Several(Vec<&'a T>),
    /// None does; the one whose name looks most like it may be offered, never taken.
    None {
        /// The one that was probably meant.
        nearest: Option<&'a T>,
    },
}

impl<'a, T> Found<'a, T> {
    /// The thing, where exactly one bears the name.
    #[must_use]
    pub fn one(&self) -> Option<&'a T> {
        match self {
            Self::One(thing) => Some(thing),
            Self::Several(_) | Self::None { .. } => None,
        }
    }
}

fn own_words(name: &str, label: &str, aliases: &[String]) -> Vec<String> {
    [name, label]
        .into_iter()
        .chain(aliases.iter().map(String::as_str))
        .map(folded)
        .collect()
}

/// An exact name comes before all other words: `elbow` is the elbow, whatever else calls itself so.
fn found<'a, T>(
    typed: &str,
    things: &'a [T],
    name: impl Fn(&T) -> &String,
    words: impl Fn(&T) -> Vec<String>,
) -> Found<'a, T> {
    if typed.len() > LONGEST_NAME {
        return Found::None { nearest: None };
    }
    if let Some(thing) = things.iter().find(|thing| name(thing) == typed) {
        return Found::One(thing);
    }
    let wanted = folded(typed);
    if let Some(thing) = things.iter().find(|thing| folded(name(thing)) == wanted) {
        return Found::One(thing);
    }
    let bearing: Vec<&T> = things.iter().filter(|thing| words(thing).contains(&wanted)).collect();
    match bearing.as_slice() {
        [] => Found::None { nearest: None },
        [thing] => Found::One(thing),
        _ => Found::Several(bearing),
    }
}

/// A name in small letters, without an article in front, without what only separates its words, without the s of a
/// plural and the unit and the last zeros of a length, so that "Upper arms", "upper-arm" and "my upper_arm" are one,
/// and so are "roller 1.0 mm" and "roller-1mm".
fn folded(name: &str) -> String {
    let small = name.to_lowercase().replace(',', ".");
    let words = small
        .split(|c: char| !c.is_alphanumeric() && c != '.')
        .filter(|word| !word.is_empty() && !["my", "the", "a", "an", "your", "mm"].contains(word));
    words.map(folded_word).collect()
}

fn folded_word(word: &str) -> &str {
    let number = word.strip_suffix("mm").unwrap_or(word);
    if number.starts_with(|c: char| c.is_ascii_digit()) && number.chars().all(|c| c.is_ascii_digit() || c == '.') {
        return if number.contains('.') {
            number.trim_end_matches('0').trim_end_matches('.')
        } else {
            number
        };
    }
    match word.trim_matches('.').strip_suffix('s') {
        Some(one) if one.chars().count() > 2 && !one.ends_with('s') => one,
        _ => word.trim_matches('.'),
    }
}

/// The name behind the word that is most like the typed one.
fn nearest_of<'a>(typed: &str, words: &[(&'a str, &'a str)]) -> Option<&'a str> {
    let found = nearest(typed, words.iter().map(|(word, _)| *word))?;
    words.iter().find(|(word, _)| *word == found).map(|(_, name)| *name)
}

/// A word is either another name of a thing or only near it, and stands once.
fn check_words(name: &str, aliases: &[String], also: &[String]) -> Result<(), CatalogError> {
    let mut seen = BTreeSet::new();
    for word in aliases.iter().chain(also) {
        if folded(word).is_empty() || !seen.insert(folded(word)) {
            return Err(CatalogError::Word {
                name: name.to_owned(),
                word: word.clone(),
            });
        }
    }
    Ok(())
}

/// A device is fixed or has a range, not both; what it assumes are its fields, with a note that says why.
fn check_device(device: &DeviceEntry) -> Result<(), CatalogError> {
    const OTHERS: [&str; 4] = ["shortest", "longest", "material", "passes_limit"];
    let wrong = |message: &str| {
        Err(CatalogError::Device {
            name: device.name.clone(),
            message: message.to_owned(),
        })
    };
    if let Some(field) = device.foreign.keys().next() {
        return wrong(&format!("says `{field}`, which is no field of a device"));
    }
    if device.geometry.needle_length.is_some() && (device.shortest.is_some() || device.longest.is_some()) {
        return wrong("has both a fixed length and a range");
    }
    if device.shortest.is_some() != device.longest.is_some() || device.shortest > device.longest {
        return wrong("has half a range, or one that runs backwards");
    }
    let geometry = device.geometry.known();
    let is_field = |name: &str| OTHERS.contains(&name) || geometry.iter().any(|(field, _)| *field == name);
    if let Some(field) = device.assumed.iter().find(|field| !is_field(field)) {
        return wrong(&format!("assumes `{field}`, which is no field of a device"));
    }
    if !device.assumed.is_empty() && device.note.is_none() {
        return wrong("assumes something without a note that says why");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    const SITES: &str = "[[site]]\nname = \"axilla\"\nlabel = \"armpit\"\nalso = [\"underarm\"]\nclasses = \
        [\"moist\"]\n\
                         dermis_as = \"fold\"\nepidermis_as = \"thin\"\nflora_as = \"axilla\"\n";
    const DEVICE: &str =
        "[[device]]\nname = \"a\"\nlabel = \"A\"\nkind = \"pen\"\nsource = \"project\"\nseen = \"assumed\"\n";

    #[test]
    fn another_word_for_a_place_leads_to_its_name() {
        let catalog = Catalog::parse(SITES, DEVICE).unwrap();
        assert_eq!(catalog.nearest_site("armpitt"), Some("axilla"));
        assert_eq!(catalog.nearest_site("under arm"), Some("axilla"));
        assert_eq!(catalog.nearest_site("qqq"), None);
        assert!(catalog.site("armpit").is_none(), "only suggested");
        assert!(catalog.site("axilla").unwrap().is(SiteClass::Moist));
    }

    #[test]
    fn another_name_is_read_however_it_is_spelt_and_one_of_several_places_lists_them() {
        let sites = "[[site]]\nname = \"thigh_outer\"\nlabel = \"outer thigh\"\naliases = [\"thigh\", \
            \"leg\"]\nclasses = []\n\
                     dermis_as = \"\"\nepidermis_as = \"\"\nflora_as = \"\"\n\
                     [[site]]\nname = \"thigh_inner\"\nlabel = \"inner thigh\"\naliases = [\"thigh\", \"leg\"]\nalso = \
                     [\"lap\"]\nclasses = []\n\
                     dermis_as = \"\"\nepidermis_as = \"\"\nflora_as = \"\"\n";
        let catalog = Catalog::parse(sites, DEVICE).unwrap();
        for typed in [
            "thigh_outer",
            "Outer Thigh",
            " outer-thighs ",
            "my outer thighs",
            "THIGH OUTER",
        ] {
            assert_eq!(catalog.find_site(typed).one().unwrap().name, "thigh_outer", "{typed}");
        }
        for typed in ["thigh", "Thighs", "the legs"] {
            let Found::Several(places) = catalog.find_site(typed) else {
                panic!("{typed}")
            };
            assert_eq!(places.len(), 2);
        }
        let Found::None { nearest: Some(near) } = catalog.find_site("lap") else {
            panic!("a word for something near")
        };
        assert_eq!(near.name, "thigh_inner");
        assert_eq!(catalog.find_site(&"x".repeat(1_000_000)), Found::None { nearest: None });
        assert_eq!(catalog.find_site(""), Found::None { nearest: None });
        assert_eq!(folded("Roller-192, 1.0 mm"), folded("roller 192 1mm"));
        assert_ne!(folded("roller 1.5"), folded("roller 15"));
        let twice = sites.replace("also = [\"lap\"]", "also = [\"Legs\"]");
        assert!(matches!(Catalog::parse(&twice, DEVICE), Err(CatalogError::Word { .. })));
    }

    #[test]
    fn a_catalog_that_contradicts_itself_is_refused() {
        let twice = format!("{DEVICE}{DEVICE}");
        assert!(matches!(Catalog::parse(SITES, &twice), Err(CatalogError::Twice { .. })));
        for line in [
            "shortest = \"1 mm\"",
            "shortest = \"2 mm\"\nlongest = \"1 mm\"",
            "needle_length = \"1 mm\"\nshortest = \"1 mm\"\nlongest = \"2 mm\"",
            "assumed = [\"colour\"]\nnote = \"x\"",
            "assumed = [\"needles\"]",
        ] {
            let text = format!("{DEVICE}{line}\n");
            assert!(
                matches!(Catalog::parse(SITES, &text), Err(CatalogError::Device { .. })),
                "{line}"
            );
        }
        assert!(matches!(
            Catalog::parse("site = 1", DEVICE),
            Err(CatalogError::Toml { which: "sites", .. })
        ));
    }
}
