//! Letters that are stamped into pixels: capitals, digits and a few signs, five by seven, so that a picture that is cut
//! out of its page still says that it is simulated.
//!
//! Limits: small letters become capitals, and whatever has no letter here becomes a space.

/// A canvas of red, green and blue bytes, row by row from the top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Canvas {
    /// Pixels a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Three bytes a pixel.
    pub rgb: Vec<u8>,
}

/// Rows of a letter from the top, five bits each, the left one highest.
type Letter = [u8; 7];

const WIDE: usize = 5;
/// Steps from letter to letter, and from line to line, in dots.
pub(crate) const STEP: usize = 6;
pub(crate) const LINE: usize = 10;

const LETTERS: [(char, Letter); 46] = [
    ('A', [0x0e, 0x11, 0x11, 0x1f, 0x11, 0x11, 0x11]),
    ('B', [0x1e, 0x11, 0x11, 0x1e, 0x11, 0x11, 0x1e]),
    ('C', [0x0e, 0x11, 0x10, 0x10, 0x10, 0x11, 0x0e]),
    ('D', [0x1e, 0x11, 0x11, 0x11, 0x11, 0x11, 0x1e]),
    ('E', [0x1f, 0x10, 0x10, 0x1e, 0x10, 0x10, 0x1f]),
    ('F', [0x1f, 0x10, 0x10, 0x1e, 0x10, 0x10, 0x10]),
    ('G', [0x0e, 0x11, 0x10, 0x17, 0x11, 0x11, 0x0f]),
    ('H', [0x11, 0x11, 0x11, 0x1f, 0x11, 0x11, 0x11]),
    ('I', [0x0e, 0x04, 0x04, 0x04, 0x04, 0x04, 0x0e]),
    ('J', [0x07, 0x02, 0x02, 0x02, 0x02, 0x12, 0x0c]),
    ('K', [0x11, 0x12, 0x14, 0x18, 0x14, 0x12, 0x11]),
    ('L', [0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x1f]),
    ('M', [0x11, 0x1b, 0x15, 0x15, 0x11, 0x11, 0x11]),
    ('N', [0x11, 0x19, 0x15, 0x13, 0x11, 0x11, 0x11]),
    ('O', [0x0e, 0x11, 0x11, 0x11, 0x11, 0x11, 0x0e]),
    ('P', [0x1e, 0x11, 0x11, 0x1e, 0x10, 0x10, 0x10]),
    ('Q', [0x0e, 0x11, 0x11, 0x11, 0x15, 0x12, 0x0d]),
    ('R', [0x1e, 0x11, 0x11, 0x1e, 0x14, 0x12, 0x11]),
    ('S', [0x0f, 0x10, 0x10, 0x0e, 0x01, 0x01, 0x1e]),
    ('T', [0x1f, 0x04, 0x04, 0x04, 0x04, 0x04, 0x04]),
    ('U', [0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x0e]),
    ('V', [0x11, 0x11, 0x11, 0x11, 0x11, 0x0a, 0x04]),
    ('W', [0x11, 0x11, 0x11, 0x15, 0x15, 0x1b, 0x11]),
    ('X', [0x11, 0x11, 0x0a, 0x04, 0x0a, 0x11, 0x11]),
    ('Y', [0x11, 0x11, 0x0a, 0x04, 0x04, 0x04, 0x04]),
    ('Z', [0x1f, 0x01, 0x02, 0x04, 0x08, 0x10, 0x1f]),
    ('0', [0x0e, 0x11, 0x13, 0x15, 0x19, 0x11, 0x0e]),
    ('1', [0x04, 0x0c, 0x04, 0x04, 0x04, 0x04, 0x0e]),
    ('2', [0x0e, 0x11, 0x01, 0x06, 0x08, 0x10, 0x1f]),
    ('3', [0x1f, 0x02, 0x04, 0x02, 0x01, 0x11, 0x0e]),
    ('4', [0x02, 0x06, 0x0a, 0x12, 0x1f, 0x02, 0x02]),
    ('5', [0x1f, 0x10, 0x1e, 0x01, 0x01, 0x11, 0x0e]),
    ('6', [0x06, 0x08, 0x10, 0x1e, 0x11, 0x11, 0x0e]),
    ('7', [0x1f, 0x01, 0x02, 0x04, 0x08, 0x08, 0x08]),
    ('8', [0x0e, 0x11, 0x11, 0x0e, 0x11, 0x11, 0x0e]),
    ('9', [0x0e, 0x11, 0x11, 0x0f, 0x01, 0x02, 0x0c]),
    ('?', [0x0e, 0x11, 0x01, 0x02, 0x04, 0x00, 0x04]),
    ('.', [0x00, 0x00, 0x00, 0x00, 0x00, 0x0c, 0x0c]),
    (',', [0x00, 0x00, 0x00, 0x00, 0x0c, 0x04, 0x08]),
    ('-', [0x00, 0x00, 0x00, 0x0e, 0x00, 0x00, 0x00]),
    (':', [0x00, 0x0c, 0x0c, 0x00, 0x0c, 0x0c, 0x00]),
    ('%', [0x18, 0x19, 0x02, 0x04, 0x08, 0x13, 0x03]),
    ('/', [0x01, 0x01, 0x02, 0x04, 0x08, 0x10, 0x10]),
    ('(', [0x02, 0x04, 0x08, 0x08, 0x08, 0x04, 0x02]),
    (')', [0x08, 0x04, 0x02, 0x02, 0x02, 0x04, 0x08]),
    ('=', [0x00, 0x00, 0x1f, 0x00, 0x1f, 0x00, 0x00]),
];

impl Canvas {
    /// A canvas of one colour.
    #[must_use]
    pub fn new(width: usize, height: usize, colour: [u8; 3]) -> Self {
        Self {
            width,
            height,
            rgb: colour.repeat(width * height),
        }
    }

    /// Paints a pixel; what lies beyond the canvas is left out.
    pub(crate) fn put(&mut self, x: usize, y: usize, colour: [u8; 3]) {
        if x < self.width && y < self.height {
            let at = 3 * (y * self.width + x);
            self.rgb[at..at + 3].copy_from_slice(&colour);
        }
    }

    /// Mixes a colour into a pixel by a share.
    pub(crate) fn mix(&mut self, x: usize, y: usize, colour: [u8; 3], share: f64) {
        if x < self.width && y < self.height {
            let at = 3 * (y * self.width + x);
            for (old, new) in self.rgb[at..at + 3].iter_mut().zip(colour) {
                let mixed = f64::from(*old) + share.clamp(0.0, 1.0) * (f64::from(new) - f64::from(*old));
                *old = mixed.round() as u8;
            }
        }
    }

    /// Paints a rectangle.
    pub(crate) fn fill(&mut self, (x, y): (usize, usize), (width, height): (usize, usize), colour: [u8; 3]) {
        for row in y..y + height {
            for column in x..x + width {
                self.put(column, row, colour);
            }
        }
    }

    /// Writes a line of text with its upper left corner at a place, each dot `scale` pixels wide.
    pub(crate) fn write(&mut self, text: &str, (x, y): (usize, usize), scale: usize, colour: [u8; 3]) {
        for (place, wanted) in text.chars().enumerate() {
            let wanted = wanted.to_ascii_uppercase();
            let Some((_, rows)) = LETTERS.iter().find(|(letter, _)| *letter == wanted) else {
                continue;
            };
            for (row, bits) in rows.iter().enumerate() {
                for column in (0..WIDE).filter(|column| bits >> (WIDE - 1 - column) & 1 == 1) {
                    let corner = (x + (place * STEP + column) * scale, y + row * scale);
                    self.fill(corner, (scale, scale), colour);
                }
            }
        }
    }

    /// Writes text that reads on any ground: light letters with a dark edge.
    pub(crate) fn stamp(&mut self, text: &str, (x, y): (usize, usize), scale: usize) {
        for dx in 0..=2 * scale {
            for dy in 0..=2 * scale {
                self.write(text, (x + dx, y + dy), scale, [0, 0, 0]);
            }
        }
        self.write(text, (x + scale, y + scale), scale, [255, 255, 255]);
    }
}

/// The lines of a text, parted where they do not fit into a width at a scale; a word that is longer than a line is
/// cut by the canvas.
pub(crate) fn wrapped(text: &str, width: usize, scale: usize) -> Vec<String> {
    let most = (width / (STEP * scale)).max(1);
    let mut lines = Vec::new();
    for own in text.lines() {
        let mut line = String::new();
        for word in own.split(' ') {
            if line.is_empty() {
                line.push_str(word);
            } else if line.chars().count() + 1 + word.chars().count() <= most {
                line.push(' ');
                line.push_str(word);
            } else {
                lines.push(std::mem::replace(&mut line, word.to_owned()));
            }
        }
        lines.push(line);
    }
    lines
}

/// The scale at which a text fits into a width, one at least.
pub(crate) fn fitting(text: &str, width: usize, most: usize) -> usize {
    (width / (STEP * text.chars().count().max(1))).clamp(1, most.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_differs_and_is_written_where_it_belongs() {
        for (place, (letter, rows)) in LETTERS.iter().enumerate() {
            assert!(
                LETTERS[..place]
                    .iter()
                    .all(|(other, shape)| other != letter && shape != rows)
            );
        }
        let mut canvas = Canvas::new(20, 10, [255; 3]);
        canvas.write("i", (1, 1), 1, [0; 3]);
        let dark = |x: usize, y: usize| canvas.rgb[3 * (y * 20 + x)] == 0;
        assert!(dark(3, 4) && !dark(1, 4) && dark(2, 1) && !dark(7, 4));
    }

    #[test]
    fn a_text_that_is_too_long_goes_on_in_the_next_line_and_loses_no_word() {
        let text = "SIMULATED - SEE A DOCTOR FIRST";
        let lines = wrapped(text, 64, 1);
        assert!(lines.iter().all(|line| line.len() <= 10), "{lines:?}");
        assert_eq!(lines.join(" "), text);
        assert_eq!(wrapped(text, 600, 2), [text]);
        assert_eq!(wrapped("A\nB C", 600, 1), ["A", "B C"]);
    }

    #[test]
    fn what_is_written_beyond_the_canvas_is_left_out() {
        let mut canvas = Canvas::new(8, 8, [9; 3]);
        canvas.stamp("WIDE TEXT \u{fc}", (4, 4), 3);
        assert_eq!(canvas.rgb.len(), 8 * 8 * 3);
    }

    #[test]
    fn a_stamp_can_be_read_on_light_and_on_dark_ground() {
        for ground in [[250; 3], [5; 3]] {
            let mut canvas = Canvas::new(60, 20, ground);
            canvas.stamp("SIM", (2, 2), 1);
            let whites = canvas.rgb.chunks(3).filter(|pixel| *pixel == [255; 3]).count();
            let blacks = canvas.rgb.chunks(3).filter(|pixel| *pixel == [0; 3]).count();
            assert!(whites > 20 && blacks > 20);
        }
    }
}
