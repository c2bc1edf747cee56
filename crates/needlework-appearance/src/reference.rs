//! Tables of layered reflectance that others computed, as the proofs of this room compare with them.
//!
//! A table is text of comma-separated values with a head of names; commas within quotes do not separate. The project's
//! own are described in `validation/optics`; whoever holds them passes their text.
//!
//! Limits: a name that no column has reads as an empty word, and a word that is no number as no number ([`f64::NAN`]):
//! a proof that meets one does not hold.

use crate::adding_doubling::Layer;

/// A table of others: rows of named cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceTable {
    names: Vec<String>,
    /// The cells of each row, in the order of the columns.
    pub rows: Vec<Vec<String>>,
}

impl ReferenceTable {
    /// The table of a text.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut lines = text.lines().map(cells);
        Self {
            names: lines.next().unwrap_or_default(),
            rows: lines.collect(),
        }
    }

    /// The word of a row in the column of this name.
    #[must_use]
    pub fn word<'a>(&self, row: &'a [String], name: &str) -> &'a str {
        let place = self.names.iter().position(|own| own == name);
        place.and_then(|place| row.get(place)).map_or("", String::as_str)
    }

    /// The number of a row in the column of this name.
    #[must_use]
    pub fn number(&self, row: &[String], name: &str) -> f64 {
        self.word(row, name).parse().unwrap_or(f64::NAN)
    }

    /// The layers of a skin at a wavelength, of a table that has a row for each.
    #[must_use]
    pub fn layers(&self, case: &str, wavelength: &str) -> Vec<Layer> {
        self.rows
            .iter()
            .filter(|row| self.word(row, "case") == case && self.word(row, "lambda_nm") == wavelength)
            .map(|row| {
                let n = |name| self.number(row, name);
                slab(n("n"), n("mu_a_per_mm"), n("mu_s_per_mm"), n("g"), n("d_mm"))
            })
            .collect()
    }
}

/// A layer from its numbers in the order in which tables give them; absorption and scattering per mm.
#[must_use]
pub fn slab(n: f64, absorption_per_mm: f64, scattering_per_mm: f64, anisotropy: f64, thickness_mm: f64) -> Layer {
    Layer {
        refractive_index: n,
        absorption_per_mm,
        scattering_per_mm,
        anisotropy,
        thickness_mm,
    }
}

/// Splits a line at commas outside quotes.
fn cells(line: &str) -> Vec<String> {
    let mut quoted = false;
    let mut all = Vec::new();
    let mut cell = String::new();
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => all.push(std::mem::take(&mut cell)),
            _ => cell.push(c),
        }
    }
    all.push(cell);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_found_by_name_and_what_is_not_there_is_no_number() {
        let table = ReferenceTable::parse("case,R\n\"a, b\",0.5\nc\n");
        let [one, two] = [&table.rows[0], &table.rows[1]];
        assert_eq!((table.word(one, "case"), table.number(one, "R")), ("a, b", 0.5));
        assert!(table.number(two, "R").is_nan() && table.number(one, "T").is_nan());
        assert!(ReferenceTable::parse("").rows.is_empty());
    }
}
