//! A file of layers: the optical stacks of one or several cases, wavelength by wavelength, as comma-separated values.
//!
//! ```text
//! case,lambda_nm,layer,n,mu_a_per_mm,mu_s_per_mm,g,d_mm
//! light,450,epidermis,1.4,2.08,31.1,0.7505,0.08
//! light,450,dermis,1.4,0.51,20.1,0.7505,inf
//! ```
//!
//! A row is a layer; the layers of a case at a wavelength stand from the top down. Columns may stand in any order: name
//! of the case, wavelength, name of the layer, refractive index, absorption and scattering coefficient (not the reduced
//! one) per mm, Henyey–Greenstein anisotropy, thickness in mm, which may be `inf` for the lowest. Lines that are empty
//! or begin with `#` are passed over. All problems of a file are told at once, each at its place.
//!
//! Limits: at most [`MOST_ROWS`] rows, and [`MOST_LAYERS`] layers of a stack; a case has the same layers at each of its
//! wavelengths.

use std::collections::BTreeSet;
use std::ops::Range;

use needlework_appearance::adding_doubling::Layer;
use needlework_appearance::discrete_ordinates::HIGHEST_INDEX;
use needlework_case::{Diagnostic, Diagnostics, nearest, printable};

/// Most rows of one file.
const MOST_ROWS: usize = 50_000;
/// Most layers of one stack.
const MOST_LAYERS: usize = 500;
/// numerical: each refractive index of a stack needs streams of its own, whose work grows with the square of them all
const MOST_INDICES: usize = 12;
/// Most characters of a name.
const LONGEST_NAME: usize = 80;
/// Most characters of a value that a message repeats.
const REPEATED: usize = 40;
/// Names that take columns, in the usual order.
const COLUMNS: [&str; 8] = [
    "case",
    "lambda_nm",
    "layer",
    "n",
    "mu_a_per_mm",
    "mu_s_per_mm",
    "g",
    "d_mm",
];
/// numerical: coefficients per mm and thicknesses in mm beyond it are slips of a unit, not skin
const MOST: f64 = 1e9;
/// numerical: wavelengths in nm that anybody means; beyond them it is another unit
const WAVELENGTHS_NM: [f64; 2] = [50.0, 1e6];

/// The stacks of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct StackFile {
    /// The cases, in the order of the file.
    pub cases: Vec<StackCase>,
}

/// One case.
#[derive(Debug, Clone, PartialEq)]
pub struct StackCase {
    /// Its name.
    pub name: String,
    /// Names of its layers, from the top.
    pub layers: Vec<String>,
    /// Its stacks by ascending wavelength (nm).
    pub stacks: Vec<(f64, Vec<Layer>)>,
}

/// A cell with its place.
#[derive(Debug, Clone, PartialEq)]
struct Cell {
    text: String,
    span: Range<usize>,
}

/// A row whose every cell is understood.
struct Row {
    case: String,
    wavelength_nm: f64,
    name: String,
    layer: Layer,
    span: Range<usize>,
    thickness: Range<usize>,
}

/// Reads a file of layers.
///
/// # Errors
/// [`Diagnostics`] with what is wrong, where, and what to do.
pub fn read_stacks(text: &str, file_name: &str) -> Result<StackFile, Diagnostics> {
    let mut found = Vec::new();
    let file = read(text, &mut found);
    match file {
        Some(file) if found.is_empty() => Ok(file),
        _ => Err(Diagnostics::new(file_name, text, found, false)),
    }
}

fn read(text: &str, found: &mut Vec<Diagnostic>) -> Option<StackFile> {
    let mut lines = lines(text).filter(|(_, line)| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    let Some((start, head)) = lines.next() else {
        found.push(problem(
            "",
            0..text.len(),
            "the file has no line with names of columns",
            &in_order(),
        ));
        return None;
    };
    let places = columns(&cells(head, start), start..start + head.len(), found)?;
    let mut rows = Vec::new();
    for (count, (start, line)) in lines.enumerate() {
        if count == MOST_ROWS {
            let what = format!("a file has at most {MOST_ROWS} rows");
            found.push(problem(
                "",
                start..start + line.len(),
                &what,
                "cut it into several files",
            ));
            return None;
        }
        rows.extend(row(&cells(line, start), start..start + line.len(), &places, found));
    }
    if rows.is_empty() && found.is_empty() {
        found.push(problem(
            "",
            0..text.len(),
            "the file has no row",
            "give a row for each layer, from the top down",
        ));
    }
    // What a row that is not understood leaves open is not judged.
    if !found.is_empty() {
        return None;
    }
    let cases = gathered(rows, found);
    Some(StackFile { cases })
}

/// The lines of a text with the byte at which each begins; a byte order mark belongs to none.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let begin = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut at = begin;
    text[begin..].split('\n').map(move |line| {
        let start = at;
        at += line.len() + 1;
        (start, line.trim_end_matches('\r'))
    })
}

/// The cells of a line: between commas outside of quotes, without blanks around them.
fn cells(line: &str, start: usize) -> Vec<Cell> {
    let mut all = Vec::new();
    let (mut quoted, mut begin) = (false, 0);
    let mut push = |from: usize, to: usize| {
        let part = &line[from..to];
        let inner = part.trim();
        let offset = start + from + (part.len() - part.trim_start().len());
        let plain = inner
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'))
            .map_or_else(|| inner.to_owned(), |rest| rest.replace("\"\"", "\""));
        all.push(Cell {
            text: plain,
            span: offset..offset + inner.len(),
        });
    };
    for (at, letter) in line.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => {
                push(begin, at);
                begin = at + 1;
            }
            _ => {}
        }
    }
    push(begin, line.len());
    all
}

/// Where each of [`COLUMNS`] stands; nothing where one is missing.
fn columns(head: &[Cell], line: Range<usize>, found: &mut Vec<Diagnostic>) -> Option<[usize; 8]> {
    let before = found.len();
    for (at, cell) in head.iter().enumerate() {
        let name = cell.text.as_str();
        if head[..at].iter().any(|other| other.text == name) {
            let what = format!("the column `{}` stands twice", repeated(name));
            found.push(problem(name, cell.span.clone(), &what, "take one of them out"));
        } else if !COLUMNS.contains(&name) {
            let what = format!("`{}` is no column of a file of layers", repeated(name));
            let mut one = problem("", cell.span.clone(), &what, &in_order());
            one.nearest = nearest(name, COLUMNS).map(str::to_owned);
            found.push(one);
        }
    }
    let mut places = [0; 8];
    for (place, name) in places.iter_mut().zip(COLUMNS) {
        match head.iter().position(|cell| cell.text == name) {
            Some(at) => *place = at,
            None => {
                let what = format!("the column `{name}` is missing");
                found.push(problem(name, line.clone(), &what, &in_order()));
            }
        }
    }
    (found.len() == before).then_some(places)
}

fn in_order() -> String {
    format!(
        "the first line is: {}; decimals have a point, cells are separated by commas",
        COLUMNS.join(",")
    )
}

/// The row of a line; nothing where a cell of it is wrong.
fn row(cells: &[Cell], line: Range<usize>, places: &[usize; 8], found: &mut Vec<Diagnostic>) -> Option<Row> {
    if cells.len() != COLUMNS.len() {
        let what = format!(
            "{} cells stand in this row, and {} are needed",
            cells.len(),
            COLUMNS.len()
        );
        found.push(problem(
            "",
            line,
            &what,
            "one for each column; decimals have a point, no comma",
        ));
        return None;
    }
    let cell = |column: usize| &cells[places[column]];
    let case = name(cell(0), COLUMNS[0], found);
    let layer = name(cell(2), COLUMNS[2], found);
    let mut number = |column: usize, rule: &str, fits: &dyn Fn(f64) -> bool| {
        let cell = cell(column);
        let value = cell
            .text
            .replace('−', "-")
            .parse::<f64>()
            .ok()
            .filter(|value| fits(*value));
        if value.is_none() {
            let what = match cell.text.as_str() {
                "" => format!("`{}` is empty", COLUMNS[column]),
                text => format!("`{}` is no `{}`", repeated(text), COLUMNS[column]),
            };
            found.push(problem(COLUMNS[column], cell.span.clone(), &what, rule));
        }
        value
    };
    let amount = |value: f64| (0.0..=MOST).contains(&value);
    let wavelength_nm = number(1, "a wavelength in nm, such as 550", &|value| {
        (WAVELENGTHS_NM[0]..=WAVELENGTHS_NM[1]).contains(&value)
    });
    let refractive_index = number(3, "a refractive index from 1 to 3, such as 1.4", &|value| {
        (1.0..=HIGHEST_INDEX).contains(&value)
    });
    let absorption = number(
        4,
        "an absorption coefficient per mm, 0 or more (0.1 per mm is 1 per cm)",
        &amount,
    );
    let scattering = number(
        5,
        "a scattering coefficient per mm, 0 or more: not the reduced one, which is (1 − g) of it",
        &amount,
    );
    let anisotropy = number(
        6,
        "an anisotropy between −1 and 1, both excluded, such as 0.8",
        &|value| value.abs() < 1.0,
    );
    let thickness = number(
        7,
        "a thickness in mm, 0 or more; inf for a lowest layer without an end",
        &|value| amount(value) || value == f64::INFINITY,
    );
    Some(Row {
        case: case?,
        wavelength_nm: wavelength_nm?,
        name: layer?,
        layer: Layer {
            refractive_index: refractive_index?,
            absorption_per_mm: absorption?,
            scattering_per_mm: scattering?,
            anisotropy: anisotropy?,
            thickness_mm: thickness?,
        },
        span: line,
        thickness: cell(7).span.clone(),
    })
}

fn name(cell: &Cell, column: &str, found: &mut Vec<Diagnostic>) -> Option<String> {
    let text = printable(&cell.text);
    let what = if text.trim().is_empty() {
        format!("`{column}` is empty")
    } else if text.chars().count() > LONGEST_NAME {
        format!("`{}` is too long a name", repeated(&text))
    } else {
        return Some(text);
    };
    let help = format!("a name of at most {LONGEST_NAME} characters");
    found.push(problem(column, cell.span.clone(), &what, &help));
    None
}

/// A case while its rows come in.
struct Gathering {
    name: String,
    stacks: Vec<Gathered>,
}

/// The rows of a case at a wavelength.
struct Gathered {
    wavelength_nm: f64,
    rows: Vec<Row>,
}

/// Rows as cases, with what does not fit between them.
fn gathered(rows: Vec<Row>, found: &mut Vec<Diagnostic>) -> Vec<StackCase> {
    let mut cases: Vec<Gathering> = Vec::new();
    let mut case_at = std::collections::BTreeMap::new();
    let mut stack_at = std::collections::BTreeMap::new();
    for row in rows {
        let at = *case_at.entry(row.case.clone()).or_insert(cases.len());
        if at == cases.len() {
            cases.push(Gathering {
                name: row.case.clone(),
                stacks: Vec::new(),
            });
        }
        let stacks = &mut cases[at].stacks;
        let place = *stack_at
            .entry((at, row.wavelength_nm.to_bits()))
            .or_insert(stacks.len());
        if place == stacks.len() {
            stacks.push(Gathered {
                wavelength_nm: row.wavelength_nm,
                rows: Vec::new(),
            });
        }
        let own = &mut stacks[place].rows;
        if own.iter().any(|other| other.name == row.name) {
            let what = format!(
                "the layer `{}` of `{}` at {} nm stands twice",
                row.name, row.case, row.wavelength_nm
            );
            let help = "a layer has one row at each wavelength; name layers apart where two are alike";
            found.push(problem(COLUMNS[2], row.span.clone(), &what, help));
            continue;
        }
        if own.len() == MOST_LAYERS {
            let what = format!(
                "`{}` has more than {MOST_LAYERS} layers at {} nm",
                row.case, row.wavelength_nm
            );
            let help = "give each wavelength its own number in lambda_nm, and join layers that are alike";
            found.push(problem(COLUMNS[2], row.span.clone(), &what, help));
            break;
        }
        own.push(row);
    }
    cases.into_iter().map(|case| finished(case, found)).collect()
}

fn finished(mut case: Gathering, found: &mut Vec<Diagnostic>) -> StackCase {
    let names = |stack: &Gathered| -> Vec<String> { stack.rows.iter().map(|row| row.name.clone()).collect() };
    // The stack with most layers is what the others are held to.
    let usual = case.stacks.iter().rev().max_by_key(|stack| stack.rows.len());
    let layers = usual.map(names).unwrap_or_default();
    for stack in &case.stacks {
        let own = names(stack);
        let span = stack.rows.first().map_or(0..0, |row| row.span.clone());
        let indices: BTreeSet<u64> = stack
            .rows
            .iter()
            .map(|row| row.layer.refractive_index.to_bits())
            .collect();
        if indices.len() > MOST_INDICES {
            let what = format!(
                "`{}` has {} refractive indices at {} nm, and at most {MOST_INDICES} are followed",
                case.name,
                indices.len(),
                stack.wavelength_nm
            );
            let help = "give layers that are nearly alike the same index";
            found.push(problem(COLUMNS[3], span.clone(), &what, help));
        }
        if let Some(missing) = layers.iter().find(|layer| !own.contains(layer)) {
            let what = format!(
                "`{}` has no layer `{missing}` at {} nm, and has one at other wavelengths",
                case.name, stack.wavelength_nm
            );
            let help = "give the row that is missing, or take the layer out at all wavelengths";
            found.push(problem(COLUMNS[2], span, &what, help));
        } else if own != layers {
            let what = format!(
                "the layers of `{}` at {} nm stand in another order than at other wavelengths",
                case.name, stack.wavelength_nm
            );
            let help = format!("the order is from the top down, such as {}", layers.join(", "));
            found.push(problem(COLUMNS[2], span, &what, &help));
        }
        for (at, row) in stack.rows.iter().enumerate() {
            let endless = row.layer.thickness_mm == f64::INFINITY;
            let extinction = row.layer.absorption_per_mm + row.layer.scattering_per_mm;
            let wrong = if endless && at + 1 < stack.rows.len() {
                "only the lowest layer may be without an end"
            } else if endless && extinction <= 0.0 {
                "a layer without an end must absorb or scatter, or light never comes to one"
            } else {
                continue;
            };
            let help = "give a thickness in mm";
            found.push(problem(COLUMNS[7], row.thickness.clone(), wrong, help));
        }
    }
    case.stacks
        .sort_by(|one, other| one.wavelength_nm.total_cmp(&other.wavelength_nm));
    StackCase {
        name: case.name,
        layers,
        stacks: case
            .stacks
            .into_iter()
            .map(|stack| {
                (
                    stack.wavelength_nm,
                    stack.rows.into_iter().map(|row| row.layer).collect(),
                )
            })
            .collect(),
    }
}

fn problem(path: &str, span: Range<usize>, message: &str, help: &str) -> Diagnostic {
    Diagnostic {
        message: message.to_owned(),
        path: path.to_owned(),
        span,
        label: "here".to_owned(),
        help: help.to_owned(),
        nearest: None,
    }
}

/// A value as a message repeats it.
fn repeated(text: &str) -> String {
    let mut short: String = printable(text).chars().take(REPEATED).collect();
    if text.chars().count() > REPEATED {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const HEAD: &str = "case,lambda_nm,layer,n,mu_a_per_mm,mu_s_per_mm,g,d_mm\n";
    const GOOD: &str = "a,450,top,1.4,2,31,0.75,0.08\na,450,low,1.4,0.5,20,0.75,inf\n";

    fn told(rows: &str) -> String {
        read_stacks(&format!("{HEAD}{rows}"), "f.csv").unwrap_err().to_string()
    }

    #[test]
    fn stacks_are_read_in_any_order_of_columns_wavelengths_and_cases() {
        let text = "\u{feff}# a remark\r\nd_mm, case ,lambda_nm,layer,g,n,mu_s_per_mm,mu_a_per_mm\r\n\
            0.1,\"b, c\",500,top,0.8,1.4,20,1\r\n\r\n0.2,a,500,x,0,1,2,3\r\ninf,\"b, c\",500,low,-0.5,1.33,9,0\r\n\
            0.1,\"b, c\",400,top,0.8,1.4,20,1\r\n1,\"b, c\",400,low,0.5,1.33,9,0\r\n";
        let file = read_stacks(text, "f.csv").unwrap();
        assert_eq!(file.cases.len(), 2);
        let case = &file.cases[0];
        assert_eq!(
            (case.name.as_str(), case.layers.join(" ")),
            ("b, c", "top low".to_owned())
        );
        assert_eq!(
            case.stacks.iter().map(|(nm, _)| *nm).collect::<Vec<_>>(),
            [400.0, 500.0]
        );
        let low = case.stacks[1].1[1];
        assert_eq!(
            (low.refractive_index, low.anisotropy, low.thickness_mm),
            (1.33, -0.5, f64::INFINITY)
        );
        assert_eq!((low.absorption_per_mm, low.scattering_per_mm), (0.0, 9.0));
    }

    #[test]
    fn each_slip_is_told_with_its_line_column_and_what_to_do() {
        for (rows, place, what) in [
            (
                "a,450,top,1.4,-2,31,0.75,0.08\n",
                "f.csv:2:15",
                "`-2` is no `mu_a_per_mm`",
            ),
            (
                "a,450,top,1.4,NaN,31,0.75,0.08\n",
                "f.csv:2:15",
                "`NaN` is no `mu_a_per_mm`",
            ),
            ("a,450,top,0.9,2,31,0.75,0.08\n", "f.csv:2:11", "from 1 to 3"),
            ("a,450,top,1.4,2,31,1,0.08\n", "f.csv:2:20", "between −1 and 1"),
            ("a,450,top,1.4,2,31,-1,0.08\n", "f.csv:2:20", "between −1 and 1"),
            ("a,450,top,1.4,2,inf,0.7,0.08\n", "f.csv:2:17", "not the reduced one"),
            ("a,450,top,1.4,2,31,0.75,-1\n", "f.csv:2:25", "a thickness in mm"),
            ("a,0.45,top,1.4,2,31,0.75,1\n", "f.csv:2:3", "a wavelength in nm"),
            ("a,450,,1.4,2,31,0.75,1\n", "f.csv:2:7", "`layer` is empty"),
            (",450,x,1.4,2,31,0.75,1\n", "f.csv:2:1", "`case` is empty"),
            ("a,450,top,1.4,,31,0.75,1\n", "f.csv:2:15", "`mu_a_per_mm` is empty"),
            ("a,450,top,1.4,2,31,0.75\n", "f.csv:2:1", "7 cells stand in this row"),
            ("a,450,top,1,4,2,31,0.75,1\n", "f.csv:2:1", "9 cells stand in this row"),
            (
                "a,450,x,1.4,2,3,0,inf\na,450,y,1.4,2,3,0,1\n",
                "f.csv:2:19",
                "only the lowest",
            ),
            ("a,450,x,1.4,0,0,0,inf\n", "f.csv:2:19", "must absorb or scatter"),
            (
                "a,450,x,1.4,2,3,0,1\na,450,x,1.4,2,3,0,1\n",
                "f.csv:3:1",
                "stands twice",
            ),
        ] {
            let said = told(rows);
            assert!(said.contains(place) && said.contains(what), "{rows}{said}");
            assert!(said.contains("help: "), "{said}");
        }
    }

    #[test]
    fn a_layer_that_is_missing_or_moved_at_one_wavelength_is_told() {
        let missing = told(&format!("{GOOD}a,460,top,1.4,2,31,0.75,0.08\n"));
        assert!(
            missing.contains("f.csv:4:1") && missing.contains("no layer `low` at 460 nm"),
            "{missing}"
        );
        let moved = told(&format!(
            "{GOOD}a,460,low,1.4,0.5,20,0.75,1\na,460,top,1.4,2,31,0.75,0.08\n"
        ));
        assert!(moved.contains("another order"), "{moved}");
    }

    #[test]
    fn more_layers_than_anybody_means_are_told_at_once() {
        let many: String = (0..20_000).map(|at| format!("a,450,x{at},1.4,2,3,0,1\n")).collect();
        assert!(told(&many).contains("more than 500 layers at 450 nm"));
    }

    #[test]
    fn wrong_heads_and_empty_files_are_told_with_the_columns_that_are_needed() {
        for (text, what) in [
            ("", "no line with names"),
            (HEAD, "no row"),
            ("case;lambda_nm;layer\n", "is missing"),
            ("case,lambda_nm,layer,n,mu_a_per_mm,mu_s_per_mm,g,g\n", "stands twice"),
            (
                "case,lambda_nm,layer,n,mu_a_per_cm,mu_s_per_mm,g,d_mm\n",
                "did you mean: mu_a_per_mm",
            ),
        ] {
            let said = read_stacks(text, "f.csv").unwrap_err().to_string();
            assert!(said.contains(what), "{text}: {said}");
        }
    }

    #[test]
    fn all_problems_are_told_at_once() {
        let said = told("a,450,top,0.9,-2,31,7,0.08\n");
        assert_eq!(said.matches("error: ").count(), 3, "{said}");
    }
}
