//! A design file: a device and a hand in which any number may be a list or a range, and the designs that come of it.
//!
//! ```toml
//! format = "needlework-design/1"
//! site = "abdomen"
//! device = "dermaroller-mf8"                      # a name of the library that fills the rest, or left out
//!
//! [geometry]
//! kind = "roller"
//! needle_length = { from = "0.5 mm", to = "2.5 mm", steps = 9 }
//! needles = [96, 192, 540]
//! tip = "cone"                                    # or pyramid, bevel, blunt
//! tip_radius = "4 um"
//!
//! [hand]
//! passes = [4, 10]
//! force = "3 N"
//! ```
//!
//! Every combination is a design, the last field running fastest. All problems of a file are told at once, each at its
//! place. Limits: those of the fields of a case; at most [`MOST_DESIGNS`] designs.

use std::ops::Range;

use needlework_case::{Catalog, DeviceKind, Diagnostic, Diagnostics, ResolvedDevice, TipShape};
use needlework_cohort::Trial;
use needlework_course::geometry;
use needlework_puncture::Hand;
use needlework_units::{Angle, Area, Canonical, Dimension, Force, Length, Measure, Rate};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::insert::force_counts;

/// The format of a design file.
const FORMAT: &str = "needlework-design/1";

/// Most designs of one file.
pub const MOST_DESIGNS: usize = 100_000;

/// A design file that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Design {
    /// Name of the site.
    pub site: String,
    /// What the library knows of the device that was named.
    pub base: ResolvedDevice,
    /// The fields that vary.
    pub varied: Vec<Axis>,
    /// The designs: for each the place in each varied field, and what is tried.
    pub designs: Vec<(Vec<usize>, Trial)>,
}

/// A field that varies.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// Its name.
    pub name: String,
    /// The unit of its numbers; `1` where it is counted.
    pub unit: &'static str,
    /// Its values as they are shown, with the unit that the file gives them.
    pub shown: Vec<String>,
    /// The same as numbers in `unit`.
    pub numbers: Vec<f64>,
}

impl Axis {
    fn of(field: &Field, values: Vec<Value>) -> Self {
        // The one small length is a point; every other field of a dimension has the same unit in each file, so that
        // tables can be put together.
        let unit = match field.dimension {
            Dimension::Length if field.name == "tip_radius" => "um",
            Dimension::Length => "mm",
            Dimension::Angle => "deg",
            Dimension::Rate => "1/s",
            Dimension::Area => "cm2",
            Dimension::Force => "N",
            _ => "1",
        };
        let one = Measure::parse(&format!("1 {unit}")).map_or(1.0, |measure| measure.canonical());
        // Ten digits: a change of unit leaves the last ones wrong, and nobody makes needles so exactly.
        let number = |value: &Value| format!("{:.9e}", value.canonical / one).parse().unwrap_or(f64::NAN);
        Self {
            name: field.name.to_owned(),
            unit,
            numbers: values.iter().map(number).collect(),
            shown: values.into_iter().map(|value| value.shown).collect(),
        }
    }
}

/// A field of a design.
struct Field {
    name: &'static str,
    dimension: Dimension,
    least: f64,
    most: f64,
    whole: bool,
    set: fn(&mut ResolvedDevice, &mut Option<f64>, &mut Hand, f64),
}

const fn field(
    name: &'static str,
    dimension: Dimension,
    (least, most): (f64, f64),
    set: fn(&mut ResolvedDevice, &mut Option<f64>, &mut Hand, f64),
) -> Field {
    Field {
        name,
        dimension,
        least,
        most,
        whole: matches!(dimension, Dimension::Ratio),
        set,
    }
}

// numerical: a micrometre in mm, a degree in radians, seconds in a day: the limits of a case in canonical units
const UM: f64 = 1e-3;
// numerical: likewise
const DEG: f64 = std::f64::consts::PI / 180.0;
// numerical: likewise
const DAY: f64 = 86_400.0;
// numerical: limits of the same fields in a case
const LIMITS: [(f64, f64); 13] = [
    (0.05, 5.0),
    (1.0, 2000.0),
    (UM, 2.0),
    (1.0, 200.0),
    (0.1 * UM, 200.0 * UM),
    (DEG, 120.0 * DEG),
    (0.0, 1.0),
    (DAY, 1000.0 * DAY),
    (0.0, 1000.0),
    (1.0, 100.0),
    (1.0, 200.0),
    (1.0, 40_000.0),
    (1.0, 50.0),
];
// numerical: likewise, newtons
const FORCE: (f64, f64) = (0.01, 100.0);

const GEOMETRY: [Field; 13] = [
    field("needle_length", Dimension::Length, LIMITS[0], |d, _, _, v| {
        d.needle_length = Some(Length::from_mm(v))
    }),
    field("needles", Dimension::Ratio, LIMITS[1], |d, _, _, v| {
        d.needles = Some(v as u32)
    }),
    field("needle_diameter", Dimension::Length, LIMITS[2], |d, _, _, v| {
        d.needle_diameter = Some(Length::from_mm(v))
    }),
    field("needle_rows", Dimension::Ratio, LIMITS[3], |d, _, _, v| {
        d.needle_rows = Some(v as u32)
    }),
    field("tip_radius", Dimension::Length, LIMITS[4], |d, _, _, v| {
        d.tip_radius = Some(Length::from_mm(v))
    }),
    field("bore_diameter", Dimension::Length, LIMITS[2], |d, _, _, v| {
        d.bore_diameter = Some(Length::from_mm(v))
    }),
    field("cone_angle", Dimension::Angle, LIMITS[5], |d, _, _, v| {
        d.cone_angle = Some(Angle::of_canonical(v))
    }),
    field("length_tolerance", Dimension::Length, LIMITS[6], |d, _, _, v| {
        d.length_tolerance = Some(Length::from_mm(v))
    }),
    field("strokes", Dimension::Rate, LIMITS[7], |d, _, _, v| {
        d.strokes = Some(Rate::of_canonical(v))
    }),
    field("uses", Dimension::Ratio, LIMITS[8], |d, _, _, v| {
        d.uses = Some(v as u32)
    }),
    field("drum_radius", Dimension::Length, LIMITS[9], |d, _, _, v| {
        d.drum_radius = Some(Length::from_mm(v))
    }),
    field("drum_width", Dimension::Length, LIMITS[10], |d, _, _, v| {
        d.drum_width = Some(Length::from_mm(v))
    }),
    field("plate_area", Dimension::Area, LIMITS[11], |d, _, _, v| {
        d.plate_area = Some(Area::of_canonical(v))
    }),
];

const HAND: [Field; 2] = [
    field("passes", Dimension::Ratio, LIMITS[12], |_, passes, _, v| {
        *passes = Some(v)
    }),
    field("force", Dimension::Force, FORCE, |_, _, hand, v| {
        hand.force = Some(Force::from_newtons(v))
    }),
];

/// A value of the file with its place.
struct Value {
    shown: String,
    canonical: f64,
}

/// Everything that is wrong, gathered.
struct Problems<'a> {
    text: &'a str,
    found: Vec<Diagnostic>,
}

impl Problems<'_> {
    fn add(&mut self, path: &str, span: Range<usize>, message: String, help: String, nearest: Option<String>) {
        self.found.push(Diagnostic {
            message,
            path: path.to_owned(),
            span,
            label: "here".to_owned(),
            help,
            nearest,
        });
    }
}

/// Reads a design file.
///
/// # Errors
/// [`Diagnostics`]: all that is wrong, each at its place.
pub fn read(text: &str, file_name: &str, catalog: &Catalog) -> Result<Design, Diagnostics> {
    let mut problems = Problems {
        text,
        found: Vec::new(),
    };
    let read = read_into(text, catalog, &mut problems);
    match read {
        Some(design) if problems.found.is_empty() => Ok(design),
        _ => {
            if problems.found.is_empty() {
                problems.add("", 0..0, "the design cannot be read".to_owned(), String::new(), None);
            }
            Err(Diagnostics::new(file_name, problems.text, problems.found, false))
        }
    }
}

fn read_into(text: &str, catalog: &Catalog, problems: &mut Problems<'_>) -> Option<Design> {
    let document = match DeTable::parse(text) {
        Ok(document) => document,
        Err(error) => {
            let span = error.span().unwrap_or(0..0);
            problems.add(
                "",
                span,
                error.message().to_owned(),
                "the file is TOML".to_owned(),
                None,
            );
            return None;
        }
    };
    let mut site = None;
    let mut base = ResolvedDevice::default();
    let mut varied: Vec<(&'static Field, Vec<Value>)> = Vec::new();
    let mut format = false;
    for (key, value) in document.get_ref() {
        let span = value.span();
        match (key.get_ref().as_ref(), value.get_ref()) {
            ("format", DeValue::String(found)) if found == FORMAT => format = true,
            ("format", _) => {
                let help = format!("write format = \"{FORMAT}\"");
                problems.add(
                    "format",
                    span,
                    "the format is not known".to_owned(),
                    help,
                    Some(format!("\"{FORMAT}\"")),
                );
            }
            ("site", DeValue::String(name)) => match catalog.site(name) {
                Some(found) => site = Some(found.name.clone()),
                None => problems.add(
                    "site",
                    span,
                    format!("there is no site {name}"),
                    "`needlework sites` lists them".to_owned(),
                    catalog.nearest_site(name).map(|name| format!("\"{name}\"")),
                ),
            },
            ("device", DeValue::String(name)) => match catalog.device(name) {
                Some(_) => base = resolved(name, catalog),
                None => problems.add(
                    "device",
                    span,
                    format!("there is no device called {name}"),
                    "`needlework devices` lists them; leave it out to describe one of your own".to_owned(),
                    catalog.nearest_device(name).map(|name| format!("\"{name}\"")),
                ),
            },
            ("geometry", DeValue::Table(table)) => section("geometry", table, &GEOMETRY, &mut varied, problems),
            ("hand", DeValue::Table(table)) => section("hand", table, &HAND, &mut varied, problems),
            (known @ ("site" | "device"), _) => {
                let help = format!("write {known} = \"name\"");
                problems.add(
                    known,
                    span,
                    format!("`{known}` is a name in quotation marks"),
                    help,
                    None,
                );
            }
            (known @ ("geometry" | "hand"), _) => {
                problems.add(
                    known,
                    span,
                    format!("`{known}` is a section"),
                    format!("write [{known}]"),
                    None,
                );
            }
            (other, _) => {
                let help = "allowed: format, site, device, [geometry], [hand]".to_owned();
                problems.add(other, key.span(), format!("there is no field {other}"), help, None);
            }
        }
    }
    if !format {
        let help = format!("begin the file with format = \"{FORMAT}\"");
        problems.add(
            "format",
            0..0,
            "the file does not say its format".to_owned(),
            help,
            None,
        );
    }
    if let Some((_, value)) = document.get_ref().iter().find(|(key, _)| key.get_ref() == "geometry")
        && let DeValue::Table(table) = value.get_ref()
    {
        kind(table, &mut base, problems);
        tip(table, &mut base, problems);
    }
    if let Some((_, value)) = document.get_ref().iter().find(|(key, _)| key.get_ref() == "hand")
        && let DeValue::Table(table) = value.get_ref()
        && let Some((key, _)) = table.iter().find(|(key, _)| key.get_ref() == "force")
        && !force_counts(base.kind)
    {
        let help = "leave force out: a motor drives these needles, and needle_length says how deep".to_owned();
        let message = "force means nothing for this kind of device".to_owned();
        problems.add("hand.force", key.span(), message, help, None);
    }
    // What is missing is told once what stands there is right: a misspelt field would be told twice.
    if problems.found.is_empty() && base.kind.is_none() {
        let help = "write kind = \"roller\", \"disc_roller\", \"stamp\", \"pen\", \"patch\" or \"single_needle\" under \
            [geometry], or name a device of the library";
        problems.add(
            "geometry.kind",
            0..0,
            "the kind of device is missing".to_owned(),
            help.to_owned(),
            None,
        );
    }
    let lengthy = base.needle_length.is_some() || varied.iter().any(|(field, _)| field.name == "needle_length");
    if problems.found.is_empty() && !lengthy {
        let help = "write needle_length under [geometry]".to_owned();
        problems.add(
            "geometry.needle_length",
            0..0,
            "the length of the needles is missing".to_owned(),
            help,
            None,
        );
    }
    let count = varied
        .iter()
        .try_fold(1_usize, |product, (_, values)| product.checked_mul(values.len()));
    match count {
        Some(count) if count <= MOST_DESIGNS => {}
        _ => {
            let help = format!("at most {MOST_DESIGNS} designs can be tried at once; shorten a list or a range");
            problems.add("", 0..0, "there are too many combinations".to_owned(), help, None);
            return None;
        }
    }
    let designs = combinations(&base, &varied);
    Some(Design {
        site: site.unwrap_or_else(|| "abdomen".to_owned()),
        base,
        varied: varied
            .into_iter()
            .filter(|(_, values)| values.len() > 1)
            .map(|(field, values)| Axis::of(field, values))
            .collect(),
        designs,
    })
}

/// A device of the library, looked up as a case would.
fn resolved(name: &str, catalog: &Catalog) -> ResolvedDevice {
    let mut case = needlework_case::Case::default();
    case.device.name = needlework_case::Answer::Known(name.to_owned());
    needlework_case::resolve(&case, catalog)
}

/// How needles end, which does not vary.
fn tip(table: &DeTable<'_>, base: &mut ResolvedDevice, problems: &mut Problems<'_>) {
    const TIPS: [(&str, TipShape); 4] = [
        ("cone", TipShape::Cone),
        ("pyramid", TipShape::Pyramid),
        ("bevel", TipShape::Bevel),
        ("blunt", TipShape::Blunt),
    ];
    let Some((_, value)) = table.iter().find(|(key, _)| key.get_ref() == "tip") else {
        return;
    };
    let named = match value.get_ref() {
        DeValue::String(name) => TIPS.iter().find(|(known, _)| known == name),
        _ => None,
    };
    match named {
        Some(&(_, tip)) => base.tip = Some(tip),
        None => {
            let names: Vec<&str> = TIPS.iter().map(|(name, _)| *name).collect();
            let help = format!("allowed: {}", names.join(", "));
            problems.add(
                "geometry.tip",
                value.span(),
                "this is no kind of tip".to_owned(),
                help,
                None,
            );
        }
    }
}

/// The kind, which does not vary.
fn kind(table: &DeTable<'_>, base: &mut ResolvedDevice, problems: &mut Problems<'_>) {
    const KINDS: [(&str, DeviceKind); 6] = [
        ("roller", DeviceKind::Roller),
        ("disc_roller", DeviceKind::DiscRoller),
        ("stamp", DeviceKind::Stamp),
        ("patch", DeviceKind::Patch),
        ("pen", DeviceKind::Pen),
        ("single_needle", DeviceKind::SingleNeedle),
    ];
    let Some((_, value)) = table.iter().find(|(key, _)| key.get_ref() == "kind") else {
        return;
    };
    let named = match value.get_ref() {
        DeValue::String(name) => KINDS.iter().find(|(known, _)| known == name),
        _ => None,
    };
    match named {
        Some(&(_, kind)) => base.kind = Some(kind),
        None => {
            let names: Vec<&str> = KINDS.iter().map(|(name, _)| *name).collect();
            let help = format!("allowed: {}", names.join(", "));
            problems.add(
                "geometry.kind",
                value.span(),
                "this is no kind of device".to_owned(),
                help,
                None,
            );
        }
    }
}

/// The fields of a section, each with its values.
fn section(
    name: &str,
    table: &DeTable<'_>,
    fields: &'static [Field],
    varied: &mut Vec<(&'static Field, Vec<Value>)>,
    problems: &mut Problems<'_>,
) {
    for (key, value) in table {
        let written = key.get_ref().as_ref();
        if name == "geometry" && matches!(written, "kind" | "tip") {
            continue;
        }
        let path = format!("{name}.{written}");
        match fields.iter().find(|field| field.name == written) {
            None => {
                let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
                let help = format!("allowed: {}", names.join(", "));
                let nearest = near(written, &names);
                problems.add(&path, key.span(), format!("there is no field {path}"), help, nearest);
            }
            Some(field) => {
                let values = values(field, &path, value, problems);
                if !values.is_empty() {
                    varied.push((field, values));
                }
            }
        }
    }
}

/// The name that begins or ends alike.
fn near(written: &str, names: &[&str]) -> Option<String> {
    let alike = |name: &&&str| {
        let common = name.chars().zip(written.chars()).take_while(|(a, b)| a == b).count();
        common * 2 >= written.chars().count().max(2)
    };
    names.iter().find(alike).map(|name| (*name).to_owned())
}

/// The values of a field: one, a list, or a range.
fn values(field: &Field, path: &str, value: &Spanned<DeValue<'_>>, problems: &mut Problems<'_>) -> Vec<Value> {
    match value.get_ref() {
        DeValue::Array(list) => {
            if list.is_empty() {
                let help = "write at least one value, or leave the field out".to_owned();
                problems.add(path, value.span(), format!("{path} is an empty list"), help, None);
            }
            list.iter()
                .filter_map(|item| one(field, path, item, problems))
                .collect()
        }
        DeValue::Table(table) => span_of_values(field, path, value.span(), table, problems),
        _ => one(field, path, value, problems).into_iter().collect(),
    }
}

fn one(field: &Field, path: &str, value: &Spanned<DeValue<'_>>, problems: &mut Problems<'_>) -> Option<Value> {
    let example = match field.dimension {
        Dimension::Length => "\"1.5 mm\"",
        Dimension::Angle => "\"10 deg\"",
        Dimension::Rate => "\"100 1/s\"",
        Dimension::Area => "\"1 cm2\"",
        Dimension::Force => "\"3 N\"",
        _ => "12",
    };
    let help = format!(
        "it is {}, such as {example}; a list or {{ from, to, steps }} gives several",
        field.dimension.name()
    );
    let (shown, canonical) = match value.get_ref() {
        DeValue::Integer(number) if field.whole => {
            let Ok(whole) = number.as_str().parse::<u32>() else {
                problems.add(path, value.span(), format!("{path} is a whole number"), help, None);
                return None;
            };
            (whole.to_string(), f64::from(whole))
        }
        DeValue::String(text) if !field.whole => match Measure::parse(text) {
            Ok(measure) if measure.dimension() == field.dimension => (text.to_string(), measure.canonical()),
            Ok(_) => {
                problems.add(
                    path,
                    value.span(),
                    format!("{path} is {}", field.dimension.name()),
                    help,
                    None,
                );
                return None;
            }
            Err(error) => {
                problems.add(path, value.span(), format!("{path}: {error}"), help, None);
                return None;
            }
        },
        _ => {
            let what = if field.whole {
                "a whole number"
            } else {
                "a number with its unit in quotation marks"
            };
            problems.add(path, value.span(), format!("{path} is {what}"), help, None);
            return None;
        }
    };
    if !(field.least..=field.most).contains(&canonical) {
        problems.add(
            path,
            value.span(),
            format!("{path} cannot be {shown}"),
            "no device is made so".to_owned(),
            None,
        );
        return None;
    }
    Some(Value { shown, canonical })
}

fn span_of_values(
    field: &Field,
    path: &str,
    span: Range<usize>,
    table: &DeTable<'_>,
    problems: &mut Problems<'_>,
) -> Vec<Value> {
    let find = |name: &str| {
        table
            .iter()
            .find(|(key, _)| key.get_ref() == name)
            .map(|(_, value)| value)
    };
    let steps = find("steps").and_then(|value| match value.get_ref() {
        DeValue::Integer(number) => number
            .as_str()
            .parse::<usize>()
            .ok()
            .filter(|steps| (2..=1000).contains(steps)),
        _ => None,
    });
    let (Some(from), Some(to), Some(steps), 3) = (find("from"), find("to"), steps, table.len()) else {
        let help = "write { from = …, to = …, steps = 2 to 1000 }".to_owned();
        problems.add(path, span, format!("{path} is no range"), help, None);
        return Vec::new();
    };
    let (Some(from), Some(to)) = (one(field, path, from, problems), one(field, path, to, problems)) else {
        return Vec::new();
    };
    if to.canonical <= from.canonical {
        let help = "`from` is the smaller".to_owned();
        problems.add(path, span, format!("the range of {path} runs backwards"), help, None);
        return Vec::new();
    }
    let unit = from
        .shown
        .trim_start_matches(|c: char| c.is_ascii_digit() || " .+-_".contains(c))
        .to_owned();
    let symbol = Measure::parse(&format!("1 {unit}")).map_or(1.0, |measure| measure.canonical());
    let mut values: Vec<Value> = Vec::with_capacity(steps);
    for i in 0..steps {
        let share = i as f64 / (steps - 1) as f64;
        let exact = from.canonical + (to.canonical - from.canonical) * share;
        let canonical = if field.whole { exact.round() } else { exact };
        // numerical: digits that are shown
        const DIGITS: f64 = 1e4;
        let shown = if field.whole {
            format!("{canonical}")
        } else {
            format!("{} {unit}", (canonical / symbol * DIGITS).round() / DIGITS)
        };
        if values.last().is_none_or(|last| last.canonical != canonical) {
            values.push(Value { shown, canonical });
        }
    }
    values
}

/// Every combination, the last field running fastest.
fn combinations(base: &ResolvedDevice, varied: &[(&'static Field, Vec<Value>)]) -> Vec<(Vec<usize>, Trial)> {
    let total: usize = varied.iter().map(|(_, values)| values.len()).product();
    (0..total)
        .map(|number| {
            let mut rest = number;
            let mut places: Vec<usize> = varied
                .iter()
                .rev()
                .map(|(_, values)| {
                    let place = rest % values.len();
                    rest /= values.len();
                    place
                })
                .collect();
            places.reverse();
            let (mut device, mut passes, mut hand) = (base.clone(), None, Hand::of(1.0));
            for ((field, values), &place) in varied.iter().zip(&places) {
                (field.set)(&mut device, &mut passes, &mut hand, values[place].canonical);
            }
            let shown = varied
                .iter()
                .zip(&places)
                .filter(|((_, values), _)| values.len() > 1)
                .map(|(_, &place)| place)
                .collect();
            let trial = Trial {
                device: geometry(&device, None),
                passes,
                hand,
            };
            (shown, trial)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    const SITES: &str = "[[site]]\nname = \"abdomen\"\nlabel = \"belly\"\nclasses = [\"trunk\"]\ndermis_as = \
        \"abdomen\"\n\
                         epidermis_as = \"abdomen\"\nflora_as = \"abdomen\"\n";
    const DEVICES: &str = "[[device]]\nname = \"r\"\nlabel = \"R\"\nkind = \"roller\"\nneedle_length = \"1.5 \
        mm\"\nneedles = 192\n\
                           source = \"project\"\nseen = \"assumed\"\n";

    fn tried(body: &str) -> Result<Design, Diagnostics> {
        let catalog = Catalog::parse(SITES, DEVICES).unwrap();
        read(&format!("format = \"needlework-design/1\"\n{body}"), "d.toml", &catalog)
    }

    #[test]
    fn every_combination_is_a_design_and_the_last_field_runs_fastest() {
        let design = tried(
            "device = \"r\"\n[geometry]\nneedle_length = { from = \"0.5 mm\", to = \"1.5 mm\", steps = 3 }\nneedles = \
                [96, 192]\n[hand]\nforce = \"3 N\"\n",
        )
        .unwrap();
        assert_eq!(design.designs.len(), 6);
        assert_eq!(
            design.varied[0],
            Axis {
                name: "needle_length".into(),
                unit: "mm",
                shown: vec!["0.5 mm".into(), "1 mm".into(), "1.5 mm".into()],
                numbers: vec![0.5, 1.0, 1.5],
            }
        );
        let (places, trial) = &design.designs[1];
        assert_eq!(places, &[0, 1]);
        assert_eq!(
            (trial.device.length, trial.device.needles),
            (Length::from_mm(0.5), Some(192))
        );
        assert_eq!(trial.hand.force, Some(Force::from_newtons(3.0)));
    }

    #[test]
    fn every_field_that_varies_is_a_number_in_its_unit() {
        let design = tried(
            "[geometry]\nkind = \"pen\"\nneedle_length = [\"500 um\", \"1.5 mm\"]\nneedles = [9, 12]\ntip_radius = \
                [\"2 um\", \"0.01 mm\"]\n\
             cone_angle = [\"10 deg\", \"30 deg\"]\nstrokes = [\"90 1/s\", \"100 1/s\"]\n",
        )
        .unwrap();
        // A force means nothing for a pen, whose needles a motor drives.
        let pressed =
            tried("[geometry]\nkind = \"roller\"\nneedle_length = \"1 mm\"\n[hand]\nforce = [\"1 N\", \"500 mN\"]\n")
                .unwrap();
        let found = |name: &str| {
            let mut varied = design.varied.iter().chain(&pressed.varied);
            let varied = varied.find(|varied| varied.name == name).unwrap();
            (varied.unit, varied.numbers.clone())
        };
        assert_eq!(found("needle_length"), ("mm", vec![0.5, 1.5]));
        assert_eq!(found("needles"), ("1", vec![9.0, 12.0]));
        assert_eq!(found("tip_radius"), ("um", vec![2.0, 10.0]));
        assert_eq!(found("cone_angle"), ("deg", vec![10.0, 30.0]));
        assert_eq!(found("strokes"), ("1/s", vec![90.0, 100.0]));
        assert_eq!(found("force"), ("N", vec![1.0, 0.5]));
    }

    #[test]
    fn an_angle_and_a_diameter_reach_the_device_as_a_slope_and_a_radius() {
        let design = tried(
            "[geometry]\nkind = \"stamp\"\nneedle_length = \"1 mm\"\ncone_angle = \"90 \
            deg\"\nneedle_diameter = \"0.2 mm\"\n",
        )
        .unwrap();
        let device = design.designs[0].1.device;
        assert!((device.taper.unwrap() - 1.0).abs() < 1e-12 && (device.shaft.unwrap().mm() - 0.1).abs() < 1e-12);
    }

    #[test]
    fn every_mistake_is_told_at_its_place() {
        let wrong = tried(
            "site = \"abdomn\"\n[geometry]\nkind = \"drum\"\nneedle_lenth = \"1 mm\"\nneedles = \"many\"\ntip_radius = \
                \"4\"\ndrum_radius = \"3 N\"\n\
             drum_width = { from = \"30 mm\", to = \"20 mm\", steps = 3 }\n[hand]\npasses = []\nforce = \"500 N\"\n",
        )
        .unwrap_err();
        let told = wrong.to_string();
        for part in [
            "there is no site abdomn",
            "did you mean: \"abdomen\"",
            "no kind of device",
            "there is no field geometry.needle_lenth",
            "did you mean: needle_length",
            "geometry.needles is a whole number",
            "geometry.tip_radius",
            "geometry.drum_radius is a length",
            "runs backwards",
            "hand.passes is an empty list",
            "hand.force cannot be 500 N",
        ] {
            assert!(told.contains(part), "{part} is missing in\n{told}");
        }
        assert!(told.contains("d.toml:2:8"), "{told}");
    }

    #[test]
    fn too_many_designs_and_a_foreign_file_are_refused() {
        let many = "[geometry]\nkind = \"roller\"\nneedle_length = { from = \"0.5 mm\", to = \"1.5 mm\", steps = 1000 \
            }\nneedles = { from = 10, to = 1500, steps = 1000 }\n";
        assert!(tried(many).unwrap_err().to_string().contains("too many combinations"));
        let catalog = Catalog::parse(SITES, DEVICES).unwrap();
        assert!(read("format = \"x\"\n[geometry]\nkind = \"pen\"\n", "d", &catalog).is_err());
        assert!(read("= nonsense", "d", &catalog).is_err());
    }

    #[test]
    fn needles_may_end_in_four_ways_and_of_a_pen_no_force_is_asked() {
        let of = |text: &str| tried(text).map(|design| geometry(&design.base, None));
        let blunt = of("[geometry]\nkind = \"single_needle\"\nneedle_length = \"1 mm\"\ntip = \"blunt\"\n").unwrap();
        assert_eq!(blunt.end, Some(needlework_puncture::Tip::Blunt));
        for wrong in [
            "[geometry]\nkind = \"stamp\"\nneedle_length = \"1 mm\"\ntip = \"spoon\"\n",
            "[geometry]\nkind = \"pen\"\nneedle_length = \"1 mm\"\n[hand]\nforce = \"3 N\"\n",
        ] {
            assert!(of(wrong).is_err(), "{wrong}");
        }
    }
}
