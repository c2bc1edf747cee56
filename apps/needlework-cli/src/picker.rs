//! Picking from a list with the arrow keys, as far as the terminal has room for it.
//!
//! The cursor is never hidden, so nothing has to be put right when somebody stops in the middle. The size of the
//! terminal is looked at before every drawing: where the list does not fit, nothing is drawn and the caller asks for a
//! number instead.

use std::io;

use console::{Key, Term};

use crate::layout;

/// Fewer rows or columns are no place for a list.
const LEAST_ROWS: usize = 8;
const LEAST_COLUMNS: usize = 30;

/// What was picked.
pub enum Picked {
    /// These places of the list.
    These(Vec<usize>),
    /// "I don't know".
    Unknown,
    /// One question back.
    Back,
    /// Enough for now.
    Quit,
    /// Ctrl-C. It is no signal here: one that is raised while the answer is on its way would race with it.
    Interrupted,
    /// The terminal has no room for the list, or no keys.
    NoRoom,
}

/// Lets somebody pick one of the lines, or any of them.
///
/// # Errors
/// What the terminal says.
pub fn pick(lines: &[String], any: bool, may_be_unknown: bool) -> io::Result<Picked> {
    let term = Term::stdout();
    let mut at = 0;
    let mut marked = vec![false; lines.len()];
    let unknown = if may_be_unknown { ", ? not known" } else { "" };
    let keys = if any {
        format!("Arrows move, space marks, Enter goes on (no mark: none of these){unknown}, b back, q quit")
    } else {
        format!("Arrows move, Enter takes{unknown}, b back, q quit")
    };
    // Ends: each turn waits for a key; Enter, a letter or a terminal that is gone ends it.
    loop {
        let Some(drawn) = drawing(&term, lines, &marked, at, any, &keys) else {
            return Ok(Picked::NoRoom);
        };
        term.write_str(&drawn)?;
        let rows = drawn.matches('\n').count();
        let key = term.read_key_raw();
        term.clear_last_lines(rows)?;
        match key? {
            Key::ArrowDown | Key::Tab | Key::Char('j') => at = (at + 1) % lines.len(),
            Key::ArrowUp | Key::BackTab | Key::Char('k') => at = (at + lines.len() - 1) % lines.len(),
            Key::Home => at = 0,
            Key::End => at = lines.len() - 1,
            Key::Char(' ') if any => {
                if let Some(mark) = marked.get_mut(at) {
                    *mark = !*mark;
                }
            }
            Key::Enter | Key::Char(' ') => {
                let places = (0..lines.len()).filter(|&place| marked.get(place) == Some(&true));
                return Ok(Picked::These(if any { places.collect() } else { vec![at] }));
            }
            Key::Char('?') if may_be_unknown => return Ok(Picked::Unknown),
            Key::Char('b') => return Ok(Picked::Back),
            Key::CtrlC => return Ok(Picked::Interrupted),
            Key::Char('q') | Key::Escape => return Ok(Picked::Quit),
            Key::Char(digit) => {
                let place = digit.to_digit(10).and_then(|digit| usize::try_from(digit).ok());
                if let Some(place) = place.filter(|place| (1..=lines.len()).contains(place)) {
                    at = place - 1;
                }
            }
            _ => {}
        }
    }
}

/// The list as it is drawn, each line ended; none where it does not fit.
fn drawing(term: &Term, lines: &[String], marked: &[bool], at: usize, any: bool, keys: &str) -> Option<String> {
    let (rows, columns) = term.size_checked()?;
    let (rows, columns) = (usize::from(rows), usize::from(columns));
    if rows < LEAST_ROWS || columns < LEAST_COLUMNS || lines.is_empty() {
        return None;
    }
    let mut text = String::new();
    for (place, line) in lines.iter().enumerate() {
        let here = if place == at { ">" } else { " " };
        let mark = match (any, marked.get(place)) {
            (true, Some(true)) => "[x] ",
            (true, _) => "[ ] ",
            (false, _) => "",
        };
        let lead = format!("{here} {mark}");
        let hang = " ".repeat(lead.chars().count());
        for (number, part) in layout::wrapped(line, columns - lead.chars().count() - 1)
            .lines()
            .enumerate()
        {
            text.push_str(if number == 0 { &lead } else { &hang });
            text.push_str(part);
            text.push('\n');
        }
    }
    text.push_str(&layout::wrapped(keys, columns - 1));
    text.push('\n');
    let fits = text.lines().count() < rows && text.lines().all(|line| line.chars().count() < columns);
    fits.then_some(text)
}
