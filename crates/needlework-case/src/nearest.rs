//! The nearest match to a mistyped word: what was probably meant.

/// Words that are further from the typed one than this share of it are no help (1 is equal, 0 has nothing in common).
const ALIKE: f64 = 0.7; // numerical: a cut chosen for readable suggestions; it decides nothing else

/// The candidate most like the typed word, or none when nothing is alike. Case, spaces and hyphens don't count.
#[must_use]
pub fn nearest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A word longer than any that could be meant is not compared: the cost grows with the product of the lengths.
    if typed.len() > 80 {
        return None;
    }
    let typed = plain(typed);
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        let alike = strsim::jaro_winkler(&typed, &plain(candidate))
            .max(strsim::normalized_damerau_levenshtein(&typed, &plain(candidate)));
        if alike >= ALIKE && best.is_none_or(|(most, _)| alike > most) {
            best = Some((alike, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

fn plain(word: &str) -> String {
    word.trim().to_lowercase().replace([' ', '-'], "_")
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_of_the_finger_finds_the_word() {
        assert_eq!(nearest("abdomne", ["hip", "abdomen"]), Some("abdomen"));
        assert_eq!(nearest("Upper Arm", ["forearm", "upper_arm"]), Some("upper_arm"));
    }

    #[test]
    fn an_unlike_word_finds_nothing() {
        assert_eq!(nearest("zzzz", ["hip", "abdomen"]), None);
        assert_eq!(nearest("", ["hip"]), None);
        assert_eq!(nearest(&"a".repeat(1_000_000), ["aaaa"]), None);
    }
}
