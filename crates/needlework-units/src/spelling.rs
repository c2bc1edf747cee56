//! The spellings of units: which words and signs are taken for which unit of the table, and what is told of the others.
//!
//! Every spelling means one unit, of one size; a test holds that no two units share one. Symbols stand as they are
//! written; words are also taken with a capital first letter and in capitals, since phones write so. Nothing else is
//! taken: a spelling that is only near is offered ([`suggestion`]), and only when every unit that it could be a slip of
//! is the same one. A real unit of another size is never near anything ([`ELSEWHERE`]): the millipascal is no slip of
//! the megapascal.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::dimension::Dimension;
use crate::table::{UNITS, Unit, find};

/// Spellings of one unit beside its symbols in the table.
struct Spelling {
    /// The unit, by its symbol in the table.
    unit: &'static str,
    /// Signs and abbreviations, exactly so.
    signs: &'static [&'static str],
    /// Words and abbreviations that are taken in small letters, with a capital and in capitals.
    words: &'static [&'static str],
}

const fn spelt(unit: &'static str, signs: &'static [&'static str], words: &'static [&'static str]) -> Spelling {
    Spelling { unit, signs, words }
}

const SPELLINGS: &[Spelling] = &[
    spelt("%", &["％"], &["percent", "per cent", "pct", "prozent", "pourcent"]),
    spelt("nm", &["㎚"], &["nanometre", "nanometres", "nanometer", "nanometers"]),
    spelt(
        "um",
        &["μm", "µ", "μ", "㎛", "UM", "mcm"],
        &[
            "micrometre",
            "micrometres",
            "micrometer",
            "micrometers",
            "micron",
            "microns",
            "mikrometer",
            "mikrometern",
            "mikron",
            "micromètre",
            "micromètres",
            "micrómetro",
            "micrómetros",
            "micrometro",
            "micrometri",
        ],
    ),
    spelt(
        "mm",
        &["㎜", "MM", "mms"],
        &[
            "millimetre",
            "millimetres",
            "millimeter",
            "millimeters",
            "millimetern",
            "millimètre",
            "millimètres",
            "milímetro",
            "milímetros",
            "millimetro",
            "millimetri",
        ],
    ),
    spelt(
        "cm",
        &["㎝", "CM", "Cm", "cms"],
        &[
            "centimetre",
            "centimetres",
            "centimeter",
            "centimeters",
            "zentimeter",
            "zentimetern",
            "centimètre",
            "centimètres",
            "centímetro",
            "centímetros",
            "centimetro",
            "centimetri",
        ],
    ),
    spelt(
        "m",
        &[],
        &[
            "metre", "metres", "meter", "meters", "metern", "mètre", "mètres", "metro", "metros", "metri",
        ],
    ),
    spelt("in", &["\"", "″"], &["inch", "inches", "zoll"]),
    spelt("um2", &["㎛²"], &[]),
    spelt("mm2", &["㎟"], &[]),
    spelt("cm2", &["㎠"], &[]),
    spelt("m2", &["㎡"], &[]),
    spelt(
        "s",
        &["sec.", "secs."],
        &[
            "sec", "secs", "seconde", "secondes", "sekunde", "sekunden", "segundo", "segundos", "secondo", "secondi",
        ],
    ),
    spelt(
        "min",
        &["min.", "mins."],
        &["min", "mins", "minuten", "minuto", "minutos", "minuti", "minuut"],
    ),
    spelt(
        "h",
        &["hr.", "hrs."],
        &[
            "hr", "hrs", "stunde", "stunden", "heure", "heures", "hora", "horas", "ora", "ore", "uur", "uren",
        ],
    ),
    spelt(
        "day",
        &[],
        &[
            "day", "days", "tag", "tage", "tagen", "jour", "jours", "día", "días", "dia", "dias", "giorno", "giorni",
            "dag", "dagen",
        ],
    ),
    spelt(
        "week",
        &["w", "wk.", "wks."],
        &[
            "wk",
            "wks",
            "woche",
            "wochen",
            "semaine",
            "semaines",
            "semana",
            "semanas",
            "settimana",
            "settimane",
            "weken",
        ],
    ),
    spelt(
        "month",
        &["mo.", "mos.", "mth.", "mths."],
        &[
            "mo", "mos", "mon", "mth", "mths", "mnth", "mnths", "monat", "monate", "monaten", "mois", "mes", "meses",
            "mese", "mesi", "maand", "maanden",
        ],
    ),
    spelt(
        "year",
        &["y", "yr.", "yrs.", "y/o"],
        &[
            "yr",
            "yrs",
            "yo",
            "year old",
            "years old",
            "jahr",
            "jahre",
            "jahren",
            "ans",
            "année",
            "années",
            "año",
            "años",
            "anni",
            "anno",
            "jaar",
            "jaren",
        ],
    ),
    spelt("mN", &[], &["millinewton", "millinewtons"]),
    spelt("N", &["n"], &["newton", "newtons"]),
    spelt("Pa", &["PA", "pa"], &["pascal", "pascals"]),
    spelt("kPa", &["KPa", "KPA", "kpa", "Kpa"], &["kilopascal", "kilopascals"]),
    spelt(
        "MPa",
        &["MPA", "Mpa", "N/mm2", "N/mm²", "N/mm^2"],
        &["megapascal", "megapascals"],
    ),
    spelt("GPa", &["GPA"], &["gigapascal", "gigapascals"]),
    spelt(
        "1/s",
        &["/s", "s-1", "s^-1", "s⁻¹", "1/sec", "㎐"],
        &["hz", "hertz", "per second"],
    ),
    spelt("1/min", &["/min", "1/minute"], &["rpm", "per minute"]),
    spelt("1/h", &["/h", "1/hour", "1/hr"], &["per hour"]),
    spelt("1/day", &["/day", "/d", "1/d"], &["per day"]),
    spelt("1/year", &["/year", "1/yr"], &["per year"]),
    spelt(
        "1/mm2",
        &["1/mm²", "1/mm^2", "/mm2", "/mm²", "/mm^2", "mm-2", "mm^-2", "mm⁻²"],
        &["per mm2", "per mm²"],
    ),
    spelt(
        "1/cm2",
        &["1/cm²", "1/cm^2", "/cm2", "/cm²", "/cm^2", "cm-2", "cm^-2", "cm⁻²"],
        &["per cm2", "per cm²"],
    ),
    spelt("um/h", &["µm/h", "μm/h"], &[]),
    spelt("mm/s", &["mm/sec"], &[]),
    spelt("m/s", &["m/sec"], &[]),
    spelt("rad", &[], &["radian", "radians"]),
    spelt("deg", &["°", "º"], &["deg", "degs", "degree", "degrees"]),
    spelt(
        "kg/m2",
        &[
            "kg/m²",
            "kg/m^2",
            "kg m-2",
            "kg·m-2",
            "kg·m⁻²",
            "kg/㎡",
            "㎏/㎡",
            "Kg/m2",
            "Kg/m²",
            "KG/M2",
            "KG/M²",
        ],
        &[],
    ),
    spelt("EUR", &["€"], &["eur", "euro", "euros"]),
];

/// Which lengths have a square in the table, and that square.
const SQUARES: [(&str, &str); 4] = [("um", "um2"), ("mm", "mm2"), ("cm", "cm2"), ("m", "m2")];

/// Units of another size or kind that people write: never taken, never near anything, and with what is told of them.
const ELSEWHERE: &[(Dimension, &[&str], &str)] = &[
    (
        Dimension::Time,
        &["m", "M"],
        "`m` is metre; for months write `month`, for minutes `min`",
    ),
    (Dimension::Time, &["fortnight", "fortnights"], "a fortnight is 2 week"),
    (
        Dimension::Time,
        &["quarter", "quarters"],
        "a quarter of a year is 3 month",
    ),
    (
        Dimension::Time,
        &[
            "decade",
            "decades",
            "century",
            "centuries",
            "ms",
            "msec",
            "us",
            "µs",
            "ns",
        ],
        "",
    ),
    (
        Dimension::Length,
        &["mil", "mils", "thou"],
        "`mil` is a thousandth of an inch to some and a millimetre to others; write um or mm",
    ),
    (
        Dimension::Length,
        &["g", "G", "ga", "gauge", "Gauge"],
        "a gauge is a number in a list, not a length; write the diameter in mm",
    ),
    (
        Dimension::Length,
        &[
            "Mm",
            "mM",
            "NM",
            "Nm",
            "pm",
            "dm",
            "dam",
            "hm",
            "km",
            "ft",
            "foot",
            "feet",
            "yd",
            "yard",
            "yards",
            "mile",
            "miles",
            "kilometre",
            "kilometer",
            "decimetre",
            "decimeter",
            "picometre",
            "picometer",
        ],
        "",
    ),
    (
        Dimension::Area,
        &["dm2", "dm²", "ha", "km2", "km²", "in2", "in²", "sq in", "sqin"],
        "",
    ),
    (
        Dimension::Force,
        &[
            "g",
            "gf",
            "kg",
            "kgf",
            "gram",
            "grams",
            "kilogram",
            "kilograms",
            "lb",
            "lbf",
        ],
        "a weight is not a force; write the force in N, such as \"3 N\"",
    ),
    (Dimension::Force, &["MN", "kN", "uN", "µN", "dyn"], ""),
    (
        Dimension::Stress,
        &["mPa", "hPa", "bar", "mbar", "psi", "mmHg", "Pas"],
        "",
    ),
    (Dimension::Rate, &["kHz", "MHz", "mHz", "khz", "mhz", "KHZ", "MHZ"], ""),
    (Dimension::Angle, &["grad", "gon", "'", "′", "arcmin"], ""),
    (
        Dimension::BodyMassIndex,
        &["kg", "Kg", "KG", "lb", "lbs", "st", "kg/m", "kg/cm2"],
        "the body mass index is weight in kg over the square of height in metres, such as \"24 kg/m2\"",
    ),
    (
        Dimension::Money,
        &[
            "$", "USD", "usd", "dollar", "dollars", "£", "GBP", "gbp", "pound", "pounds", "CHF", "chf", "¥", "ct",
            "cent", "cents",
        ],
        "amounts are in euros here; convert it first, such as \"150 EUR\"",
    ),
    (
        Dimension::Ratio,
        &["mmol/mol"],
        "only the question for HbA1c takes mmol/mol; write percent here",
    ),
    (
        Dimension::Ratio,
        &[
            "‰", "permille", "ppm", "mg/ml", "mg/mL", "mg/dl", "mg/dL", "mmol/l", "mmol/L",
        ],
        "",
    ),
];

/// Every spelling that is taken, with its unit.
static ACCEPTED: LazyLock<BTreeMap<String, &'static Unit>> = LazyLock::new(|| {
    let mut accepted: BTreeMap<String, &'static Unit> = BTreeMap::new();
    for unit in UNITS {
        // The words of the table ("day", "weeks") are words like the others.
        let is_word = unit.symbol.chars().count() > 2 && unit.symbol.chars().all(|c| c.is_ascii_lowercase());
        for form in cased(unit.symbol, is_word) {
            accepted.insert(form, unit);
        }
    }
    for spelling in SPELLINGS {
        let Some(unit) = find(spelling.unit) else { continue };
        for sign in spelling.signs {
            accepted.insert((*sign).to_owned(), unit);
        }
        for form in spelling.words.iter().flat_map(|word| cased(word, true)) {
            accepted.insert(form, unit);
        }
    }
    for (length, square) in SQUARES {
        let (Some(unit), Some(own)) = (find(square), SPELLINGS.iter().find(|one| one.unit == length)) else {
            continue;
        };
        let letters = |sign: &&&str| sign.chars().all(char::is_alphabetic) && !["mms", "cms"].contains(*sign);
        let micro: &[&str] = if length == "um" { &["µm"] } else { &[] };
        for sign in [length].iter().chain(own.signs.iter().filter(letters)).chain(micro) {
            for form in [
                format!("{sign}2"),
                format!("{sign}²"),
                format!("{sign}^2"),
                format!("sq {sign}"),
                format!("sq. {sign}"),
                format!("sq{sign}"),
            ] {
                accepted.insert(form, unit);
            }
        }
        for form in own.words.iter().flat_map(|word| cased(&format!("square {word}"), true)) {
            accepted.insert(form, unit);
        }
    }
    accepted
});

/// The spellings in small letters, each with its unit; what differs in case only stands once for each unit.
static SMALL: LazyLock<Vec<(String, &'static Unit)>> = LazyLock::new(|| {
    let mut small: Vec<(String, &'static Unit)> = Vec::new();
    for (form, unit) in ACCEPTED.iter() {
        let form = form.to_lowercase();
        let is_there = small
            .iter()
            .any(|(there, other)| *there == form && other.symbol == unit.symbol);
        if !is_there {
            small.push((form, unit));
        }
    }
    small
});

/// A word in small letters, with a capital, and in capitals; a sign as it is.
fn cased(word: &str, is_word: bool) -> Vec<String> {
    if !is_word {
        return vec![word.to_owned()];
    }
    let mut letters = word.chars();
    let capital: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect();
    vec![word.to_owned(), capital, word.to_uppercase()]
}

impl Dimension {
    /// What a unit measures, in any of its spellings.
    #[must_use]
    pub fn of_unit(written: &str) -> Option<Self> {
        unit_of(written).map(|unit| unit.dimension)
    }
}

/// The unit that a spelling means.
pub(crate) fn unit_of(written: &str) -> Option<&'static Unit> {
    find(written).or_else(|| ACCEPTED.get(written).copied())
}

/// Every spelling that is taken for a unit of this dimension, in the order of their letters.
#[must_use]
pub fn spellings(dimension: Dimension) -> Vec<&'static str> {
    ACCEPTED
        .iter()
        .filter(|(_, unit)| unit.dimension == dimension)
        .map(|(form, _)| form.as_str())
        .collect()
}

/// What is told of a unit that is not taken, where there is something to tell.
pub(crate) fn told(written: &str, wanted: Dimension) -> Option<&'static str> {
    ELSEWHERE
        .iter()
        .find(|(dimension, forms, told)| *dimension == wanted && forms.contains(&written) && !told.is_empty())
        .map(|(_, _, told)| *told)
}

/// The unit that a misspelt one was meant to be: its symbol, or none where it could be a slip of units of two sizes, or
/// is a real unit of another size.
#[must_use]
pub fn suggestion(written: &str, wanted: Dimension) -> Option<&'static str> {
    // Longer than any unit: not compared, since the cost grows with the length.
    const LONGEST: usize = 40;
    let written = written
        .trim()
        .trim_end_matches(['.', ',', ';', ':', '!', '?', '"', '\'']);
    let length = written.chars().count();
    let is_elsewhere = ELSEWHERE.iter().any(|(_, forms, _)| forms.contains(&written));
    if length == 0 || written.len() > LONGEST || is_elsewhere {
        return None;
    }
    if let Some(unit) = unit_of(written) {
        return (unit.dimension == wanted).then_some(unit.symbol);
    }
    let small = written.to_lowercase();
    let of_dimension = || SMALL.iter().filter(|(_, unit)| unit.dimension == wanted);
    let same_letters: Vec<&'static Unit> = of_dimension()
        .filter(|(form, _)| *form == small)
        .map(|(_, unit)| *unit)
        .collect();
    if let Some(unit) = only(same_letters) {
        // A changed letter can look like a changed case: `/Mm2` is as near to `/cm2` as to `/mm2`.
        let another = |(form, other): &(&String, &&Unit)| {
            other.dimension == wanted && other.factor != unit.factor && strsim::osa_distance(written, form) <= 1
        };
        return (!ACCEPTED.iter().any(|one| another(&one))).then_some(unit.symbol);
    }
    // Of three letters only a letter too many is undone: of so few, one that is changed can be anything.
    let near = |form: &str| {
        let letters = form.chars().count();
        match length {
            0..=2 => false,
            3 => letters == 2 && distance(&small, form, 1),
            4..=6 => distance(&small, form, 1),
            _ => distance(&small, form, 2),
        }
    };
    // `milimeter` is one letter from the millimetre and two from the kilometre: what is further away than the unit
    // itself does not stand in its way.
    let is_one_slip = of_dimension().any(|(form, _)| near(form) && distance(&small, form, 1));
    let in_the_way = |form: &str| near(form) && (!is_one_slip || distance(&small, form, 1));
    let elsewhere = ELSEWHERE
        .iter()
        .filter(|(dimension, ..)| *dimension == wanted)
        .flat_map(|(_, forms, _)| forms.iter());
    if elsewhere
        .filter(|form| form.chars().count() > 2)
        .any(|form| in_the_way(form))
    {
        return None;
    }
    let unit = only(
        of_dimension()
            .filter(|(form, _)| near(form))
            .map(|(_, unit)| *unit)
            .collect(),
    )?;
    let another = |(form, other): &(String, &'static Unit)| other.factor != unit.factor && distance(&small, form, 1);
    (!of_dimension().any(another)).then_some(unit.symbol)
}

/// Whether a form, in small letters, is at most so many slips away; forms of another length are not compared.
fn distance(small: &str, form: &str, most: usize) -> bool {
    let apart = small.chars().count().abs_diff(form.chars().count());
    apart <= most && strsim::osa_distance(small, form) <= most
}

/// The one unit behind all of these; none where they differ in size.
fn only(units: Vec<&'static Unit>) -> Option<&'static Unit> {
    let first = *units.first()?;
    units.iter().all(|unit| unit.factor == first.factor).then_some(first)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;

    #[test]
    fn no_two_units_share_a_spelling() {
        let mut seen: BTreeMap<String, (Dimension, f64)> = BTreeMap::new();
        let mut take = |form: &str, unit: &Unit| {
            let meant = (unit.dimension, unit.factor);
            let earlier = seen.entry(form.to_owned()).or_insert(meant);
            assert_eq!(*earlier, meant, "`{form}` means two units");
        };
        for unit in UNITS {
            take(unit.symbol, unit);
        }
        for spelling in SPELLINGS {
            let unit = find(spelling.unit).unwrap_or_else(|| panic!("{} is no unit", spelling.unit));
            spelling.signs.iter().for_each(|sign| take(sign, unit));
            for form in spelling.words.iter().flat_map(|word| cased(word, true)) {
                take(&form, unit);
            }
        }
        for (form, unit) in ACCEPTED.iter() {
            take(form, unit);
        }
        for (_, forms, _) in ELSEWHERE {
            for form in *forms {
                let own = unit_of(form).map(|unit| unit.symbol);
                assert!(own.is_none() || own == Some("m"), "`{form}` is taken, as {own:?}");
            }
        }
    }

    #[test]
    fn spellings_of_the_list_are_read_as_their_unit() {
        for (forms, symbol) in [
            (
                ["micrometre", "Micrometer", "MICRON", "mcm", "µm", "μm", "㎛"].as_slice(),
                "um",
            ),
            (&["㎜", "MM", "millimeters"], "mm"),
            (&["mo", "mos", "Months", "mth", "Monate", "mois"], "month"),
            (&["wk", "wks", "Weeks", "w", "semanas"], "week"),
            (&["yr", "yrs", "y", "years old", "Jahre"], "year"),
            (&["hr", "hrs", "Hours"], "h"),
            (&["min", "mins", "Minutes", "min."], "min"),
            (&["sec", "secs", "s", "seconds"], "s"),
            (&["°", "degree", "degrees", "deg"], "deg"),
            (&["€", "EUR", "eur", "Euro", "euros"], "EUR"),
            (&["Hz", "hz", "hertz", "1/s"], "1/s"),
            (&["cm²", "cm2", "cm^2", "sq cm", "square centimetres", "㎠"], "cm2"),
            (&["kg/m²", "kg/m2", "kg/m^2"], "kg/m2"),
            (&["newton", "Newtons", "N"], "N"),
            (&["%", "％", "percent", "per cent"], "%"),
        ] {
            for form in forms {
                let unit = unit_of(form).unwrap_or_else(|| panic!("{form}"));
                let wanted = find(symbol).unwrap();
                assert_eq!(
                    (unit.dimension, unit.factor),
                    (wanted.dimension, wanted.factor),
                    "{form}"
                );
            }
        }
    }

    /// Every text that one slip of the finger makes of a spelling: a letter lost, doubled, added, changed, two swapped;
    /// another case; a plural.
    fn slips(form: &str) -> Vec<String> {
        let letters: Vec<char> = form.chars().collect();
        let mut found = vec![
            form.to_lowercase(),
            form.to_uppercase(),
            format!("{form}s"),
            format!("{form}."),
            format!("{form}es"),
        ];
        found.extend(cased(form, true));
        for at in 0..=letters.len() {
            for letter in [
                'a', 'c', 'e', 'i', 'k', 'm', 'M', 'n', 'o', 's', 't', 'u', 'y', '2', '/',
            ] {
                let mut longer = letters.clone();
                longer.insert(at, letter);
                found.push(longer.iter().collect());
                if at < letters.len() {
                    let mut changed = letters.clone();
                    changed[at] = letter;
                    found.push(changed.iter().collect());
                }
            }
            if at < letters.len() {
                let mut shorter = letters.clone();
                shorter.remove(at);
                found.push(shorter.iter().collect());
            }
            if at + 1 < letters.len() {
                let mut swapped = letters.clone();
                swapped.swap(at, at + 1);
                found.push(swapped.iter().collect());
            }
        }
        found
    }

    #[test]
    fn a_suggestion_is_never_a_unit_of_another_size() {
        let (mut offered, mut asked) = (0, 0);
        // Words in capitals are slips of those in small letters.
        let small = |form: &str| form.chars().count() < 4 || form.to_lowercase() == form;
        for (form, unit) in ACCEPTED.iter().filter(|(form, _)| small(form)) {
            for slip in slips(form) {
                // What reads as a unit itself is no misspelling.
                if unit_of(slip.trim_end_matches('.')).is_some() {
                    continue;
                }
                asked += 1;
                if let Some(symbol) = suggestion(&slip, unit.dimension) {
                    offered += 1;
                    let offered = find(symbol).unwrap();
                    assert_eq!(
                        (offered.dimension, offered.factor),
                        (unit.dimension, unit.factor),
                        "`{slip}`, a slip of `{form}`, is offered as `{symbol}`"
                    );
                }
            }
        }
        // Without suggestions the law above would hold of itself.
        assert!(offered * 3 > asked, "{offered} of {asked}");
    }

    #[test]
    fn units_of_another_size_are_near_nothing() {
        for (_, forms, _) in ELSEWHERE {
            for form in *forms {
                for dimension in [
                    Dimension::Time,
                    Dimension::Length,
                    Dimension::Stress,
                    Dimension::Force,
                    Dimension::Rate,
                ] {
                    assert_eq!(suggestion(form, dimension), None, "{form}");
                }
            }
        }
        assert_eq!(suggestion("mpa", Dimension::Stress), None, "it may be the millipascal");
        assert_eq!(suggestion("micrometr", Dimension::Length), Some("um"));
        assert_eq!(suggestion("milimeter", Dimension::Length), Some("mm"));
        for between in ["kilimeter", "milometer", "decimetr"] {
            assert_eq!(suggestion(between, Dimension::Length), None, "{between}");
        }
        assert_eq!(suggestion("mmm", Dimension::Length), None, "it may be mcm");
        assert_eq!(suggestion("cmm", Dimension::Length), None);
        assert_eq!(suggestion("furlong", Dimension::Length), None);
        assert!(told("m", Dimension::Time).is_some_and(|told| told.contains("`month`")));
    }
}
