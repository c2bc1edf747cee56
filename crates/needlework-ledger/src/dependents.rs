//! What hangs on a number: which room it belongs to, and who takes, cites or compares it.

use needlework_cohort::{declared, passage_declared, patch_declared};

use needlework_verdict::Library;

use crate::claims::ClaimBook;

/// The rooms of numbers, in the order of the chain.
pub const ROOMS: [&str; 10] = [
    "skin",
    "stria",
    "puncture",
    "channel",
    "healing",
    "reaction",
    "appearance",
    "course",
    "cohort",
    "verdict",
];

/// Topics of measurements that no room names in their key, with the room that they inform.
const TOPICS: &[(&str, &str)] = &[
    ("skin_layers", "skin"),
    ("mechanics", "skin"),
    ("striae", "stria"),
    ("device", "puncture"),
    ("closure", "channel"),
    ("infection", "channel"),
    ("histology", "healing"),
    ("modifiers", "healing"),
    ("reactions", "reaction"),
    ("outcomes", "cohort"),
];

/// The room that a number belongs to: the first word of its key, or the room that its topic informs.
#[must_use]
pub fn room_of(key: &str) -> &str {
    let first = key.split('.').next().unwrap_or(key);
    TOPICS
        .iter()
        .find(|(topic, _)| *topic == first)
        .map_or(first, |(_, room)| room)
}

/// Everything that takes, cites or compares a number, in words; empty where nothing does.
#[must_use]
pub fn dependents(library: &Library, claims: &ClaimBook, key: &str) -> Vec<String> {
    let mut found = Vec::new();
    for taken in declared().iter().filter(|declared| declared.key == key) {
        found.push(format!("the model of room {}, as `{}`", room_of(key), taken.field));
    }
    for taken in passage_declared().iter().filter(|declared| declared.key == key) {
        found.push(format!("the table of creams, as `{}`", taken.field));
    }
    for taken in patch_declared().iter().filter(|declared| declared.key == key) {
        found.push(format!("the pictures of skin, as `{}`", taken.field));
    }
    if key.starts_with("appearance.lines.") {
        found.push("where marks lie on the pictures of skin".to_owned());
    }
    if key.starts_with("channel.molecules.") {
        found.push("the table of creams".to_owned());
    }
    for cream in library
        .creams
        .iter()
        .filter(|cream| cream.because.iter().any(|one| one == key))
    {
        found.push(format!("what is said of {}", cream.label));
    }
    if key.starts_with("verdict.") {
        found.push("the verdict, as a threshold".to_owned());
    }
    if key.starts_with("appearance.skin.") || key.starts_with("appearance.optics.") {
        found.push("the colours of the pictures".to_owned());
    }
    for target in library.targets.iter().filter(|target| target.value == key) {
        found.push(format!("the target `{}`", target.name));
    }
    let cites = |keys: &[String]| keys.iter().any(|one| one == key);
    for claim in claims.claims() {
        if claim.evidence.iter().any(|evidence| cites(&evidence.keys)) {
            found.push(format!("claim {}", claim.id));
        }
    }
    for output in library.credibility.iter().filter(|output| cites(&output.assumed)) {
        found.push(format!("the credibility file, output {}", output.id));
    }
    for line in library.advice.iter().filter(|line| cites(&line.because)) {
        found.push(format!("advice: {}", line.text));
    }
    if library.reach.basis().any(|one| one == key) {
        found.push("the table of reach".to_owned());
    }
    for other in library.book.passports().filter(|other| other.key != key) {
        let told = |text: &str| {
            text.split(|c: char| c.is_whitespace() || ",;()".contains(c))
                .any(|word| word == key)
        };
        if other.derivation.as_deref().is_some_and(told) || told(&other.note) {
            found.push(format!("the passport `{}`, which names it", other.key));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::room_of;

    #[test]
    fn a_key_belongs_to_its_first_word_or_to_the_room_of_its_topic() {
        assert_eq!(room_of("puncture.reach.roller"), "puncture");
        assert_eq!(room_of("closure.kalluri2011.lumen"), "channel");
        assert_eq!(room_of("outcomes.park2012.share_at_least_50"), "cohort");
    }
}
