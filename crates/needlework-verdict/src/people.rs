//! People and courses out of a round number, in words.
//!
//! Rounding never turns a possibility into "0" or a certainty into "100": a share between none and half a person reads
//! "fewer than 1". Values that are not finite read "–".

/// Shown for a value that is not known or not finite.
pub const NOTHING: &str = "–";

/// Whole people of `denominator`, in words: `fewer than 1`, `12`, `more than 99`.
#[must_use]
pub fn people_of(share: f64, denominator: f64) -> String {
    if !share.is_finite() {
        return NOTHING.into();
    }
    let count = (share * denominator).clamp(0.0, denominator);
    if count > 0.0 && count < 0.5 {
        "fewer than 1".into()
    } else if count < denominator && count > denominator - 0.5 {
        format!("more than {}", grouped(denominator - 1.0))
    } else {
        grouped(count.round())
    }
}

/// A whole number with a comma between thousands.
#[must_use]
pub fn grouped(value: f64) -> String {
    if !value.is_finite() {
        return NOTHING.into();
    }
    let rounded = value.round();
    let digits = format!("{:.0}", rounded.abs());
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if rounded < 0.0 { format!("−{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_share_never_reads_zero_and_a_large_one_never_reads_all() {
        assert_eq!(people_of(0.001, 100.0), "fewer than 1");
        assert_eq!(people_of(0.0, 100.0), "0");
        assert_eq!(people_of(0.999, 100.0), "more than 99");
        assert_eq!(people_of(1.0, 100.0), "100");
        assert_eq!(people_of(f64::NAN, 100.0), NOTHING);
        assert_eq!(people_of(2.5, 1000.0), "1,000");
        // Halves go up; formatting alone would send them to the even neighbour.
        assert_eq!(
            [0.845, 0.855, 0.125].map(|share| people_of(share, 100.0)),
            ["85", "86", "13"]
        );
    }
}
