//! Lists and single entries as text: columns that never break a word, so that a name can be copied and searched for.
//!
//! The width is the terminal's, or 80 columns where there is none. A list whose words don't fit side by side is laid
//! out with each name on a line of its own and the rest below it.

use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width, presets};
use needlework_figures::TextTable;

/// Columns where nobody looks: what every terminal has.
const UNSEEN: u16 = 80;
/// Columns of an answer's text.
pub const WIDTH: usize = 80;
/// Columns between two columns.
const GAP: u16 = 2;

/// A list with a head; the first column is the name.
pub fn list(head: &[&str], rows: Vec<Vec<String>>) -> String {
    let width = width();
    let needed: Vec<u16> = (0..head.len())
        .map(|column| {
            let cells = rows.iter().filter_map(|row| row.get(column)).map(String::as_str);
            cells.chain([head[column]]).map(longest_word).max().unwrap_or(0) + GAP
        })
        .collect();
    if needed.iter().sum::<u16>() > width + GAP {
        let head = head.iter().map(|&word| word.to_owned()).collect();
        return [vec![head], rows]
            .concat()
            .iter()
            .map(|row| one_below_another(width, row))
            .collect();
    }
    let mut table = plain(width + GAP);
    table.set_header(head.to_vec()).add_rows(rows);
    table.set_constraints(
        needed
            .into_iter()
            .map(|columns| ColumnConstraint::LowerBoundary(Width::Fixed(columns))),
    );
    text_of(table)
}

/// A table under its title.
pub fn titled(table: TextTable) -> String {
    let head: Vec<&str> = table.head.iter().map(String::as_str).collect();
    format!(
        "{}\n{}",
        wrapped(&table.title, WIDTH),
        list(&head, table.rows).trim_end()
    )
}

/// One entry: its name, and below it what is known of it, with the lines of a long text under each other.
pub fn entry(name: &str, fields: Vec<[String; 2]>) -> String {
    let mut table = plain(width() + GAP);
    table.add_rows(
        fields
            .into_iter()
            .filter(|[_, text]| !text.is_empty())
            .map(|[field, text]| [format!("  {field}"), text]),
    );
    if let Some(column) = table.column_mut(0) {
        column.set_constraint(ColumnConstraint::ContentWidth);
    }
    format!("{name}\n{}", text_of(table))
}

/// A text with its lines broken between words, as far as that is possible, so that none is longer than some columns.
pub fn wrapped(text: &str, columns: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        for word in paragraph.split(' ') {
            if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > columns {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines.join("\n")
}

/// The name on a line of its own, the rest indented below it.
fn one_below_another(width: u16, row: &[String]) -> String {
    let Some((name, rest)) = row.split_first() else {
        return String::new();
    };
    let mut table = plain(width + GAP);
    table.add_row([String::new(), rest.join(" · ")]);
    format!("{name}\n{}", text_of(table))
}

fn plain(width: u16) -> Table {
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(width);
    table
}

/// The text of a table without spaces at the ends of lines.
fn text_of(mut table: Table) -> String {
    table.discover_columns();
    for column in table.column_iter_mut() {
        column.set_padding((0, GAP));
    }
    table.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

fn width() -> u16 {
    Table::new().width().unwrap_or(UNSEEN)
}

fn longest_word(text: &str) -> u16 {
    let longest = text.split_whitespace().map(|word| word.chars().count()).max();
    u16::try_from(longest.unwrap_or(0)).unwrap_or(u16::MAX / 16)
}
