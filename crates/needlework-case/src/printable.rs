//! Text that can be shown anywhere: nothing in it steers a terminal, turns the direction of reading, or hides.
//!
//! Taken out are control characters (C0 but line feed and tab, DEL, C1), marks and overrides of direction, characters
//! without width, soft hyphens, line and paragraph separators, annotation marks and tags (Unicode 16, classes Cc, Cf,
//! Zl, Zp as far as they are not letters of a script). In their place stand as many spaces as they had bytes, so that
//! spans into the text still fit.
//!
//! This is the one home of the question: the reader of cases, the complaints, the terminal and the wrapping of lines
//! all ask here.

/// Whether a character steers a terminal, turns the direction of reading, or hides.
#[must_use]
pub fn steers(letter: char) -> bool {
    let control = letter.is_control() && !matches!(letter, '\n' | '\t');
    control
        || matches!(u32::from(letter),
            0xAD | 0x61C | 0x180E | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0xFEFF
            | 0xFFF9..=0xFFFB | 0xE0000..=0xE007F)
}

/// The text with spaces in the place of everything that [`steers`], as many as it had bytes.
#[must_use]
pub fn printable(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for letter in text.chars() {
        if steers(letter) {
            clean.extend(std::iter::repeat_n(' ', letter.len_utf8()));
        } else {
            clean.push(letter);
        }
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_steers_is_left_and_every_byte_keeps_its_place() {
        let text: String = (0..=0x10_FFFF).filter_map(char::from_u32).collect();
        let clean = printable(&text);
        assert_eq!(clean.len(), text.len());
        assert!(!clean.chars().any(steers));
        for bad in [
            '\u{1b}', '\u{7}', '\r', '\u{9b}', '\u{202e}', '\u{2066}', '\u{200b}', '\u{feff}', '\u{7f}',
        ] {
            assert!(steers(bad), "{bad:?}");
        }
    }

    #[test]
    fn letters_of_every_script_tabs_and_lines_stay() {
        for text in ["Schwangerschaftsstreifen µ é\tß\n", "妊娠線", "علامات التمدد", "🧵"] {
            assert_eq!(printable(text), text);
        }
    }
}
