//! HbA1c in the unit of the laboratory: mmol per mol of haemoglobin (IFCC), read as percent (NGSP).
//!
//! Both units are in use for the same test, by country. One follows from the other by the master equation on which the
//! two networks of reference laboratories agreed, `NGSP = 0.09148 IFCC + 2.152` (Hoelzel et al., Clin Chem 2004;50:166,
//! doi 10.1373/clinchem.2003.024802; NGSP states it so). It defines a unit by another, as an inch is defined in
//! millimetres, and isn't a measurement of the literature that a model could draw.
//!
//! Limits: other questions in percent do not take this unit; their answers are no HbA1c.

use std::borrow::Cow;

use needlework_units::Measure;
use toml::de::{DeTable, DeValue};

/// The unit of the laboratory, as people write it; the pattern of the schema is made of these.
pub(crate) const SPELLINGS: [&str; 4] = ["mmol/mol", "mmol/Mol", "MMOL/MOL", "mmol / mol"];

// numerical: the definition of one unit of HbA1c by the other, NGSP percent by IFCC mmol/mol
const SLOPE: f64 = 0.091_48;
// numerical: the definition of one unit of HbA1c by the other, NGSP percent by IFCC mmol/mol
const INTERCEPT: f64 = 2.152;

/// Puts percent where mmol/mol stood. What does not read stays as it is and is explained like any other slip.
pub(crate) fn in_percent(document: &mut DeTable<'_>) {
    let Some(health) = document.get_mut("health").map(toml::Spanned::get_mut) else {
        return;
    };
    let DeValue::Table(health) = health else { return };
    let Some(answer) = health.get_mut("hba1c").map(toml::Spanned::get_mut) else {
        return;
    };
    let DeValue::String(text) = answer else { return };
    if let Some(percent) = percent_of(text) {
        *text = Cow::Owned(format!("{percent} %"));
    }
}

/// Percent of a text in mmol/mol, to a tenth as laboratories print it.
fn percent_of(text: &str) -> Option<f64> {
    let measure = Measure::parse(text).ok()?;
    let is_positive = measure.value >= 0.0 && !text.trim_start().starts_with(['-', '−']);
    if !is_positive || !SPELLINGS.contains(&measure.unit.as_str()) {
        return None;
    }
    // numerical: laboratories print a tenth of a percent
    const TENTHS: f64 = 10.0;
    Some(((SLOPE * measure.value + INTERCEPT) * TENTHS).round() / TENTHS)
}

#[cfg(test)]
mod tests {
    use super::percent_of;

    #[test]
    fn the_pairs_that_laboratories_print_agree() {
        // The pairs of the NGSP's own table.
        for (mmol, percent) in [
            ("31 mmol/mol", 5.0),
            ("42 mmol/mol", 6.0),
            ("48 mmol/mol", 6.5),
            ("53 mmol/mol", 7.0),
            ("64 mmol/mol", 8.0),
            ("75 mmol/mol", 9.0),
            ("86 mmol/mol", 10.0),
        ] {
            assert_eq!(percent_of(mmol), Some(percent), "{mmol}");
        }
        for text in ["48 %", "48", "-5 mmol/mol", "mmol/mol", "48 mmol/l"] {
            assert_eq!(percent_of(text), None, "{text}");
        }
    }
}
