//! Text in lines for a terminal: wrapped, cut and cleaned.
//!
//! Control characters and invisible characters that change the direction of text become spaces, so that words from a
//! case cannot steer the terminal. Assumption: a character is one column wide, East Asian and pictographic ones two.

use needlework::case;

/// Text in lines of at most `width` columns, at most `most` of them; what does not fit ends in `…`.
pub fn wrap(text: &str, width: usize, indent: usize, most: usize) -> Vec<String> {
    let clean: String = text
        .chars()
        .map(|c| if c.is_control() || case::steers(c) { ' ' } else { c })
        .collect();
    let mut lines: Vec<String> = vec![" ".repeat(indent)];
    let mut used = indent;
    let mut cut = false;
    'words: for word in clean.split_whitespace() {
        for piece in pieces(word, width - indent) {
            let long: usize = piece.chars().map(columns).sum();
            let space = usize::from(used > indent);
            if used + space + long > width {
                if lines.len() == most {
                    cut = true;
                    break 'words;
                }
                lines.push(" ".repeat(indent));
                used = indent;
            }
            let fresh = used == indent;
            if let Some(line) = lines.last_mut() {
                if !fresh {
                    line.push(' ');
                    used += 1;
                }
                line.push_str(&piece);
                used += long;
            }
        }
    }
    if let (true, Some(line)) = (cut, lines.last_mut()) {
        // Ends: each turn takes a letter away, and of nothing none can be taken.
        while line.chars().map(columns).sum::<usize>() + 2 > width && line.pop().is_some() {}
        line.truncate(line.trim_end_matches([' ', ',', ';', '.']).len());
        line.push_str(" …");
    }
    lines
}

/// A word in pieces that fit a line.
fn pieces(word: &str, width: usize) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut used = 0;
    for letter in word.chars() {
        if used + columns(letter) > width {
            found.push(String::new());
            used = 0;
        }
        used += columns(letter);
        if let Some(piece) = found.last_mut() {
            piece.push(letter);
        }
    }
    found
}

/// Columns that a character takes.
fn columns(letter: char) -> usize {
    let wide = matches!(u32::from(letter),
        0x1100..=0x115F | 0x2E80..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFE30..=0xFE6F | 0xFF00..=0xFF60
        | 0xFFE0..=0xFFE6 | 0x1F000..=0x1FAFF | 0x20000..=0x3FFFD);
    1 + usize::from(wide)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn wrapped_text_keeps_its_words_and_its_width() {
        let text = "Most trials waited four weeks between two sessions, and so should anyone.";
        let lines = wrap(text, 24, 0, 9);
        assert!(lines.iter().all(|line| line.chars().count() <= 24), "{lines:?}");
        assert_eq!(lines.join(" "), text);
    }

    #[test]
    fn text_that_does_not_fit_says_so() {
        let lines = wrap(&"word ".repeat(60), 20, 0, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines[1].ends_with('…') && lines[1].chars().count() <= 20, "{lines:?}");
    }

    #[test]
    fn a_word_longer_than_the_line_is_broken_and_wide_letters_count_twice() {
        assert!(wrap(&"x".repeat(100), 30, 0, 9).iter().all(|line| line.len() <= 30));
        assert!(
            wrap(&"膚".repeat(40), 30, 0, 9)
                .iter()
                .all(|line| line.chars().count() <= 15)
        );
    }

    #[test]
    fn a_case_cannot_steer_the_terminal() {
        let lines = wrap("a\u{1b}[31mb\u{7}c\u{202e}d\nE", 40, 0, 3);
        assert!(
            lines
                .iter()
                .all(|line| !line.chars().any(|c| c.is_control() || case::steers(c))),
            "{lines:?}"
        );
    }
}
