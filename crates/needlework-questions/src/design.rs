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
//! place.
//!
//! A design has no reader of its own: each of its fields is a field of the case, and every value is read
//! by the reader of cases, with the names, limits and units that hold there. Only how a needle ends (`tip`) and how
//! wide its bore is (`bore_diameter`) are known of designs and of the library alone; they have their own reader here.
//!
//! Limits: at most [`MOST_DESIGNS`] designs; "unknown" is no value to try.

use std::ops::Range;

use needlework_case::{
    AnswerKind, Case, Catalog, Diagnostic, Diagnostics, FieldDescription, Geometry, ResolvedDevice, TipShape, nearest,
    number, path, read_with, resolve, set_number,
};
use needlework_cohort::Trial;
use needlework_course::geometry;
use needlework_puncture::Hand;
use needlework_units::{Dimension, Length, Measure};
use toml::de::{DeTable, DeValue};
use toml::{Spanned, Table};

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
            Dimension::Length if field.path == "device.tip_radius" => "um",
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

/// What of the hand and of the needles' past may vary: the section, the name, and the field of the case that it is.
const BESIDE_GEOMETRY: [(&str, &str, &str); 3] = [
    ("geometry", "uses", path!(device.uses)),
    ("hand", "passes", path!(regimen.passes)),
    ("hand", "force", path!(regimen.force)),
];

/// The fields of a design that may vary: what a case is asked of the device's geometry, and the rest.
fn varying() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let geometry = Geometry::ASKED.iter().map(|&(name, path)| ("geometry", name, path));
    geometry.chain(BESIDE_GEOMETRY)
}

/// The bore of a hollow needle, which no case is asked: it is as wide as a needle may be.
const BORE: (&str, &str) = ("bore_diameter", path!(device.needle_diameter));

/// The kind of device, and how its needles end; neither varies.
const KIND: &str = "kind";
const TIP: &str = "tip";

/// A case that says as little as a case may; the fields of a design are read in it.
const LEAST_CASE: &str = "[lesion]\nkind = \"striae\"\n";

/// A field of a design that may vary.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Field {
    name: &'static str,
    /// The field of the case.
    path: &'static str,
    dimension: Dimension,
    whole: bool,
    /// Is it the bore, which a case only lends its limits?
    own: bool,
}

/// The field of this name in a section, if there is one.
fn field_of(section: &str, written: &str, known: &[FieldDescription]) -> Option<Field> {
    let of_case = varying()
        .find(|(place, name, _)| *place == section && *name == written)
        .map(|(_, name, path)| (name, path, false));
    let bore = (section == "geometry" && written == BORE.0).then_some((BORE.0, BORE.1, true));
    let (name, path, own) = of_case.or(bore)?;
    let described = known.iter().find(|field| field.path == path)?;
    let unit = described.units.first().and_then(|unit| Dimension::of_unit(unit));
    Some(Field {
        name,
        path,
        dimension: unit.unwrap_or(Dimension::Ratio),
        whole: described.kind == AnswerKind::Whole,
        own,
    })
}

/// The names that a section takes.
fn names_of(section: &str) -> Vec<&'static str> {
    let own: &[&str] = if section == "geometry" {
        &[BORE.0, KIND, TIP]
    } else {
        &[]
    };
    let of_case = varying().filter(|(place, ..)| *place == section);
    of_case.map(|(_, name, _)| name).chain(own.iter().copied()).collect()
}

/// A value of the file with its place.
struct Value {
    shown: String,
    canonical: f64,
}

/// Everything that is wrong, gathered.
struct Problems<'a> {
    text: &'a str,
    catalog: &'a Catalog,
    known: Vec<FieldDescription>,
    found: Vec<Diagnostic>,
}

impl Problems<'_> {
    /// A field of a design as the reader of cases reads it: the case in which it is answered. Where it cannot be, the
    /// reader's words are told at the place in the design, under its name there.
    fn read(&mut self, case_path: &str, path: &str, span: &Range<usize>) -> Option<Case> {
        let raw = self.text.get(span.clone()).unwrap_or_default();
        let line: Table = format!("value = {raw}").parse().ok()?;
        let value = line.get("value")?.clone();
        let read = read_with(LEAST_CASE, "", &[(case_path, value)], self.catalog);
        read.map_err(|wrong| {
            self.found.extend(wrong.problems.into_iter().map(|problem| Diagnostic {
                message: problem.message.replace(case_path, path),
                path: path.to_owned(),
                span: span.clone(),
                help: problem.help.replace(case_path, path),
                ..problem
            }));
        })
        .ok()
    }

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
        catalog,
        known: needlework_case::fields(),
        found: Vec::new(),
    };
    let read = read_into(text, &mut problems);
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

fn read_into(text: &str, problems: &mut Problems<'_>) -> Option<Design> {
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
    let catalog = problems.catalog;
    let mut case = Case::default();
    // What a design says of its needles that no case is asked.
    let mut own = Geometry::default();
    let mut varied: Vec<(Field, Vec<Value>)> = Vec::new();
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
            ("site", _) => {
                if let Some(read) = problems.read("lesion.site", "site", &span) {
                    case.lesion.site = read.lesion.site;
                }
            }
            ("device", _) => {
                if let Some(read) = problems.read("device.name", "device", &span) {
                    case.device.name = read.device.name;
                }
            }
            (section @ ("geometry" | "hand"), DeValue::Table(table)) => {
                for (key, value) in table {
                    let written = key.get_ref().as_ref();
                    let path = format!("{section}.{written}");
                    match (section, written) {
                        ("geometry", KIND) => {
                            if let Some(read) = problems.read("device.kind", &path, &value.span()) {
                                case.device.kind = read.device.kind;
                            }
                        }
                        ("geometry", TIP) => own.tip = tip(value, problems),
                        _ => varied.extend(several(section, key, value, problems)),
                    }
                }
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
                let meant = nearest(other, ["format", "site", "device", "geometry", "hand"]).map(str::to_owned);
                problems.add(other, key.span(), format!("there is no field {other}"), help, meant);
            }
        }
    }
    let base = resolved(&case, &own, catalog);
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
        let kinds = problems.known.iter().find(|field| field.path == "device.kind");
        let kinds = kinds.map_or_else(String::new, |field| field.allowed.clone());
        problems.add(
            "geometry.kind",
            0..0,
            "the kind of device is missing".to_owned(),
            format!("write kind under [geometry] ({kinds}), or name a device of the library"),
            None,
        );
    }
    let lengthy =
        base.geometry.needle_length.is_some() || varied.iter().any(|(field, _)| field.name == "needle_length");
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
    let designs = combinations(&case, own, &varied, catalog);
    Some(Design {
        site: case
            .lesion
            .site
            .known()
            .cloned()
            .unwrap_or_else(|| "abdomen".to_owned()),
        base,
        varied: varied
            .into_iter()
            .filter(|(_, values)| values.len() > 1)
            .map(|(field, values)| Axis::of(&field, values))
            .collect(),
        designs,
    })
}

/// The device of a case with what the design says beside it; else what the library says.
fn resolved(case: &Case, own: &Geometry, catalog: &Catalog) -> ResolvedDevice {
    let device = resolve(case, catalog);
    ResolvedDevice {
        geometry: own.or(&device.geometry),
        ..device
    }
}

/// How needles end, which does not vary.
fn tip(value: &Spanned<DeValue<'_>>, problems: &mut Problems<'_>) -> Option<TipShape> {
    const TIPS: [(&str, TipShape); 4] = [
        ("cone", TipShape::Cone),
        ("pyramid", TipShape::Pyramid),
        ("bevel", TipShape::Bevel),
        ("blunt", TipShape::Blunt),
    ];
    let written = value.get_ref().as_str();
    let named = written.and_then(|written| TIPS.iter().find(|(known, _)| *known == written));
    if named.is_none() {
        let names = TIPS.map(|(name, _)| name);
        let meant = nearest(written.unwrap_or_default(), names).map(|name| format!("\"{name}\""));
        let help = format!("allowed: {}", names.join(", "));
        problems.add(
            "geometry.tip",
            value.span(),
            "this is no kind of tip".to_owned(),
            help,
            meant,
        );
    }
    named.map(|&(_, tip)| tip)
}

/// A field of a section with its values; none where the section has no such field, or nothing in it can be read.
fn several(
    section: &str,
    key: &Spanned<std::borrow::Cow<'_, str>>,
    value: &Spanned<DeValue<'_>>,
    problems: &mut Problems<'_>,
) -> Option<(Field, Vec<Value>)> {
    let written = key.get_ref().as_ref();
    let path = format!("{section}.{written}");
    let Some(field) = field_of(section, written, &problems.known) else {
        let names = names_of(section);
        let help = format!("allowed: {}", names.join(", "));
        let meant = nearest(written, names).map(str::to_owned);
        problems.add(&path, key.span(), format!("there is no field {path}"), help, meant);
        return None;
    };
    let values = values(&field, &path, value, problems);
    (!values.is_empty()).then_some((field, values))
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

/// One value, as the reader of cases reads it.
fn one(field: &Field, path: &str, value: &Spanned<DeValue<'_>>, problems: &mut Problems<'_>) -> Option<Value> {
    let case = problems.read(field.path, path, &value.span())?;
    let Some(canonical) = number(&case, field.path) else {
        problems.add(
            path,
            value.span(),
            format!("{path} is not known"),
            "a design tries numbers; what is not known is left out".to_owned(),
            None,
        );
        return None;
    };
    let shown = match value.get_ref() {
        DeValue::String(text) => text.trim().to_owned(),
        _ => format!("{canonical}"),
    };
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
fn combinations(
    case: &Case,
    own: Geometry,
    varied: &[(Field, Vec<Value>)],
    catalog: &Catalog,
) -> Vec<(Vec<usize>, Trial)> {
    let total: usize = varied.iter().map(|(_, values)| values.len()).product();
    (0..total)
        .filter_map(|number| {
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
            let (mut case, mut own) = (case.clone(), own);
            for ((field, values), &place) in varied.iter().zip(&places) {
                let value = values[place].canonical;
                if field.own {
                    own.bore_diameter = Some(Length::from_canonical(value));
                } else {
                    set_number(&mut case, field.path, value);
                }
            }
            let shown = varied
                .iter()
                .zip(&places)
                .filter(|((_, values), _)| values.len() > 1)
                .map(|(_, &place)| place)
                .collect();
            let device = resolved(&case, &own, catalog);
            let trial = Trial {
                // A file whose needles have no length was refused.
                device: geometry(&device, device.geometry.needle_length?, None),
                hand: Hand {
                    passes: case.regimen.passes.get().map(f64::from),
                    force: case.regimen.force.get(),
                    stretched: false,
                },
            };
            Some((shown, trial))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use needlework_case::bounds;
    use needlework_units::Force;

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
            "there is no site called \"abdomn\"",
            "did you mean: \"abdomen\"",
            "`geometry.kind` cannot be \"drum\"",
            "there is no field geometry.needle_lenth",
            "did you mean: needle_length",
            "`geometry.needles` is a whole number",
            "geometry.tip_radius",
            "`geometry.drum_radius`",
            "runs backwards",
            "hand.passes is an empty list",
            "`hand.force` is \"500 N\", which is above 100 N",
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
        let of = |text: &str| tried(text).map(|design| geometry(&design.base, Length::from_mm(1.0), None));
        let blunt = of("[geometry]\nkind = \"single_needle\"\nneedle_length = \"1 mm\"\ntip = \"blunt\"\n").unwrap();
        assert_eq!(blunt.end, Some(needlework_puncture::Tip::Blunt));
        for wrong in [
            "[geometry]\nkind = \"stamp\"\nneedle_length = \"1 mm\"\ntip = \"spoon\"\n",
            "[geometry]\nkind = \"pen\"\nneedle_length = \"1 mm\"\n[hand]\nforce = \"3 N\"\n",
        ] {
            assert!(of(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_design_takes_exactly_what_a_case_takes() {
        let known = needlework_case::fields();
        for (section, name, path) in varying() {
            let field = field_of(section, name, &known).expect("a field of the case");
            let (least, most) = bounds(path).expect("a number has limits");
            let quoted = |text: &str| {
                if field.whole {
                    text.to_owned()
                } else {
                    format!("\"{text}\"")
                }
            };
            let (amount, unit) = most.split_once(' ').unwrap_or((most, ""));
            let beyond = format!("{} {unit}", amount.parse::<u32>().expect("a whole limit") + 1);
            let told = [least, most, beyond.trim(), "nonsense", "unknown"];
            for written in told
                .map(quoted)
                .into_iter()
                .chain(["-1".into(), "true".into(), "[]".into()])
            {
                let (place, field) = path.split_once('.').unwrap();
                let case = format!("{LEAST_CASE}[{place}]\n{field} = {written}\n");
                let of_case = needlework_case::read(&case, "c.toml", &Catalog::default());
                let number = of_case.ok().and_then(|case| number(&case, path));
                let line = format!("{name} = {written}\n");
                let (geometry, hand) = match (section, name) {
                    ("geometry", "needle_length") => (line, String::new()),
                    ("geometry", _) => (format!("needle_length = \"1 mm\"\n{line}"), String::new()),
                    _ => ("needle_length = \"1 mm\"\n".to_owned(), line),
                };
                let design = tried(&format!("[geometry]\nkind = \"roller\"\n{geometry}[hand]\n{hand}"));
                assert_eq!(design.is_ok(), number.is_some(), "{path} = {written}: {design:?}");
            }
        }
    }

    #[test]
    fn a_misspelt_field_finds_the_one_that_was_meant() {
        let known = needlework_case::fields();
        for (section, name, _) in varying() {
            assert!(field_of(section, name, &known).is_some(), "{section}.{name}");
            // Two letters that changed places.
            let mut letters: Vec<char> = name.chars().collect();
            letters.swap(2, 3);
            let slip: String = letters.into_iter().collect();
            assert_eq!(nearest(&slip, names_of(section)), Some(name), "{slip}");
        }
    }
}
