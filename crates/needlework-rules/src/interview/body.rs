//! Height and weight as people say them, as the body mass index that a case holds: weight over height squared.
//!
//! Taken are one height, in any unit of length, and one weight in kilograms, in either order: `170 cm 65 kg`,
//! `65 kg, 1.70 m`. The index is rounded to hundredths, finer than anybody is weighed. Whether it can be is for the
//! reader of cases to say.
//!
//! Limits: feet, pounds and stones are not taken, nor a number without its unit.

use needlework_units::Length;

/// How people write kilograms.
const KILOGRAMS: [&str; 6] = ["kg", "kgs", "kilo", "kilos", "kilogram", "kilograms"];

/// The index of a height and a weight, as it is written in a case; none where the text is not just these two.
pub(crate) fn body_mass_index(typed: &str) -> Option<String> {
    let typed = typed.to_lowercase();
    let (kilograms, metres) = match amounts(&typed)?.as_slice() {
        [one, other] => {
            let of = |weight, height| in_kilograms(weight).zip(in_metres(height));
            of(*one, *other).or_else(|| of(*other, *one))?
        }
        _ => return None,
    };
    let index = kilograms / (metres * metres);
    index.is_finite().then(|| format!("{index:.2} kg/m2"))
}

/// The numbers of a text, each with its unit; none where it holds anything else.
fn amounts(text: &str) -> Option<Vec<(&str, &str)>> {
    let mut found = Vec::new();
    let mut rest = text.trim();
    // Ends: each turn takes a number and its unit off the text.
    while !rest.is_empty() {
        let (number, behind) = rest.split_at(rest.find(|c: char| !(c.is_ascii_digit() || c == '.'))?);
        let behind = behind.trim_start();
        let end = behind.find(|c: char| !c.is_alphabetic()).unwrap_or(behind.len());
        let (unit, next) = behind.split_at(end);
        if number.is_empty() || unit.is_empty() {
            return None;
        }
        found.push((number, unit));
        let next = next.trim_start_matches([' ', ',', ';']);
        rest = next.strip_prefix("and ").unwrap_or(next).trim_start();
    }
    Some(found)
}

fn in_kilograms((number, unit): (&str, &str)) -> Option<f64> {
    KILOGRAMS
        .contains(&unit)
        .then(|| number.parse().ok())
        .flatten()
        .filter(|weight: &f64| weight.is_finite())
}

fn in_metres((number, unit): (&str, &str)) -> Option<f64> {
    let metre = Length::parse("1 m").ok()?;
    let height = Length::parse(&format!("{number} {unit}")).ok()?;
    Some(height.mm() / metre.mm())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn height_and_weight_in_either_order_and_any_length_give_the_index() {
        for typed in [
            "170 cm 65 kg",
            "65 kg, 1.70 m",
            "65kg 170cm",
            "1.7 m and 65 kg",
            "65 KG; 1700 mm",
            " 65 kilos , 170 cm",
        ] {
            assert_eq!(body_mass_index(typed).as_deref(), Some("22.49 kg/m2"), "{typed}");
        }
    }

    #[test]
    fn what_is_not_just_a_height_and_a_weight_is_left_to_the_reader() {
        for typed in [
            "24 kg/m2",
            "24",
            "65 kg",
            "170 cm",
            "170 65",
            "170 cm 65",
            "65 kg 170",
            "65 kg 50 kg",
            "170 cm 1.7 m",
            "0 m 65 kg",
            "170 cm 65 kg 3",
            "1 m 70 65 kg",
            "tall",
            "",
            ".. kg 170 cm",
            "65 kg 5 ft",
        ] {
            assert_eq!(body_mass_index(typed), None, "{typed}");
        }
    }
}
