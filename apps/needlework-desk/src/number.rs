//! Numbers of options, as people write them: what is read, and what is offered where it is not.

use needlework::units::{Dimension, Length, Ratio, mended};

/// A plain number with a point.
///
/// # Errors
/// A sentence that says what would do.
pub fn decimal(text: &str) -> Result<f64, String> {
    match text.trim().replace('−', "-").parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(number),
        _ => Err(match plain(text) {
            Some(number) => {
                format!("did you mean {number}? A number has a point before its decimals and no separators")
            }
            None => "a number is needed, such as 0.5".to_owned(),
        }),
    }
}

/// A whole number.
///
/// # Errors
/// A sentence that says what would do.
pub fn whole(text: &str) -> Result<u64, String> {
    text.trim().parse().map_err(|_| {
        let number = plain(text).filter(|number| number.chars().all(|c| c.is_ascii_digit()));
        match number {
            Some(number) => format!("did you mean {number}? A whole number has no separators"),
            None if decimal(text).is_ok_and(|number| number < 0.0) => {
                "a number that is not below zero is needed".to_owned()
            }
            None => "a whole number is needed".to_owned(),
        }
    })
}

/// A share: a plain number, or one in percent.
///
/// # Errors
/// A sentence that says what would do.
pub fn share(text: &str) -> Result<f64, String> {
    let percent = Ratio::parse(text).map(Ratio::fraction);
    percent.or_else(|_| decimal(text))
}

/// A length; a bare number counts centimetres.
///
/// # Errors
/// A sentence that says what would do.
pub fn centimetres(text: &str) -> Result<Length, String> {
    length(text, Length::from_cm)
}

/// A length; a bare number counts millimetres.
///
/// # Errors
/// A sentence that says what would do.
pub fn millimetres(text: &str) -> Result<Length, String> {
    length(text, Length::from_mm)
}

fn length(text: &str, bare: fn(f64) -> Length) -> Result<Length, String> {
    if let Ok(number) = text.trim().parse::<f64>() {
        return Ok(bare(number));
    }
    Length::parse(text).map_err(|error| format!("{error}{}", or_meant(text, Dimension::Length)))
}

/// The month that a picture shows, since the first session.
///
/// # Errors
/// A sentence that says what would do.
pub fn month_of_picture(text: &str) -> Result<f64, String> {
    match decimal(text)? {
        month if (0.0..=120.0).contains(&month) => Ok(month),
        _ => Err("a month from 0 to 120 is needed".to_owned()),
    }
}

/// The side of the patch of skin that a picture shows; a bare number counts centimetres.
///
/// # Errors
/// A sentence that says what would do.
pub fn side_of_picture(text: &str) -> Result<Length, String> {
    match centimetres(text)? {
        side if (2.0..=10.0).contains(&side.cm()) => Ok(side),
        _ => Err("a side from 2 cm to 10 cm is needed".to_owned()),
    }
}

/// What was probably meant, as the end of a sentence; nothing where that is not known.
pub fn or_meant(text: &str, wanted: Dimension) -> String {
    mended(text, wanted).map_or_else(String::new, |meant| format!("; did you mean \"{meant}\"?"))
}

/// Virtual people in all.
///
/// # Errors
/// A sentence that says what would do.
pub fn people(text: &str) -> Result<usize, String> {
    let count = usize::try_from(whole(text)?).unwrap_or(usize::MAX);
    match count {
        50..=100_000 if count.is_multiple_of(5) => Ok(count),
        50..=100_000 => Err(format!(
            "five people live in each world, so take a multiple of 5, such as {}",
            count / 5 * 5
        )),
        _ => Err("between 50 and 100000 people can be simulated".to_owned()),
    }
}

/// The number that was probably meant, in digits with a point.
fn plain(text: &str) -> Option<String> {
    let meant = mended(&format!("{text} fraction"), Dimension::Ratio)?;
    meant.strip_suffix(" fraction").map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_as_people_write_it_is_read_or_offered() {
        assert_eq!(decimal("0.05"), Ok(0.05));
        assert!(decimal("0,05").is_err_and(|why| why.contains("0.05")));
        assert!(decimal("inf").is_err() && decimal("").is_err());
        assert_eq!(share("5 %"), Ok(0.05));
        assert_eq!(share("-0.3"), Ok(-0.3));
        assert_eq!(whole("1000"), Ok(1000));
        assert!(whole("1 000").is_err_and(|why| why.contains("1000")));
        assert!(whole("-1").is_err_and(|why| why.contains("below zero")));
        assert_eq!(centimetres("5"), Ok(Length::from_cm(5.0)));
        assert_eq!(centimetres("5cm"), Ok(Length::from_cm(5.0)));
        assert!(centimetres("5,5 cm").is_err_and(|why| why.contains("5.5 cm")));
        assert!(centimetres("5 week").is_err());
    }
}
