//! What a number can be at all, for somebody who puts another in its place.
//!
//! A share or probability lies between 0 and 1 and a correlation between −1 and 1; an angle within a full turn; a
//! logarithm within a few steps of what it is. What is above 0 stays above 0. And no number goes beyond a hundred times
//! what is known of it, or below a hundredth: the models were not made for that, and would answer with nonsense or not
//! at all. Limit: this says what can be asked, not what is plausible.

use needlework_units::{Dimension, Measure};

use crate::passport::{Passport, Spread};

// numerical: how far beyond what is known of a number one may go, as a factor; our choice
const REACH: f64 = 100.0;
// numerical: how far a logarithm to the base of ten may go from what is known of it; the same factor, with room
const DECADES: f64 = 3.0;
// numerical: a full turn, degrees
const TURN_DEG: f64 = 360.0;

/// The bounds of what a number can be, in its canonical unit, with what kind of number it is.
struct Bounds {
    low: f64,
    high: f64,
    /// Whether the lower bound itself is excluded.
    above: bool,
    why: &'static str,
}

/// Whether a number, in the passport's canonical unit, can stand in the place of the passport's.
///
/// # Errors
/// What it must be instead, in words.
pub(crate) fn possible(passport: &Passport, number: f64) -> Result<(), String> {
    if !number.is_finite() {
        return Err("is a finite number".to_owned());
    }
    let Some(bounds) = bounds(passport) else { return Ok(()) };
    let below = if bounds.above {
        number <= bounds.low
    } else {
        number < bounds.low
    };
    if !below && number <= bounds.high {
        return Ok(());
    }
    Err(format!("{}; it is {}", bounds.why, passport.value))
}

fn bounds(passport: &Passport) -> Option<Bounds> {
    let known = known(passport);
    let unit = passport.value.split_once(' ').map_or("", |(_, unit)| unit);
    let bundled = *known.first()?;
    let names = |word: &str| passport.key.split(['.', '_']).any(|part| part == word);
    let share = matches!(
        passport.spread,
        Spread::Beta { .. } | Spread::LogitNormal { .. } | Spread::Dirichlet { .. } | Spread::Bernoulli
    ) || ["fraction", "probability"].contains(&unit)
        || ["share", "fraction", "probability"].into_iter().any(names);
    let least = known.iter().copied().fold(f64::INFINITY, f64::min);
    let most = known.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if names("correlation") {
        return Some(of(-1.0, 1.0, false, "is a correlation and lies between -1 and 1"));
    }
    if share && (0.0..=1.0).contains(&bundled) {
        return Some(of(0.0, 1.0, false, "is a share and lies between 0 and 1"));
    }
    if unit.starts_with("log10") {
        let why = "is a logarithm and lies within three steps of ten of what is known of it";
        return Some(of(least - DECADES, most + DECADES, false, why));
    }
    if passport
        .dimension()
        .is_ok_and(|dimension| dimension == Dimension::Angle)
    {
        let turn = Measure::parse(&format!("{TURN_DEG} deg")).map_or(TURN_DEG, |turn| turn.canonical());
        return Some(of(-turn, turn, false, "is an angle and lies within a full turn"));
    }
    if least > 0.0 {
        let why = "is above 0 and within a hundredth to a hundred times what is known of it";
        return Some(of(least / REACH, most * REACH, true, why));
    }
    let widest = known.iter().map(|value| value.abs()).fold(0.0, f64::max);
    if widest == 0.0 {
        return Some(of(-REACH, REACH, false, "lies within a hundred of 0"));
    }
    let why = "lies within a hundred times what is known of it, up or down";
    Some(of(-widest * REACH, widest * REACH, false, why))
}

fn of(low: f64, high: f64, above: bool, why: &'static str) -> Bounds {
    Bounds { low, high, above, why }
}

/// The bundled number, then the bounds of its spread as far as it states any, in its canonical unit.
fn known(passport: &Passport) -> Vec<f64> {
    let read = |text: &String| Measure::parse(text).ok().map(|measure| measure.canonical());
    let mut found: Vec<f64> = read(&passport.value).into_iter().collect();
    match &passport.spread {
        Spread::LogNormal { low, high }
        | Spread::LogitNormal { low, high }
        | Spread::Normal { low, high }
        | Spread::Uniform { low, high } => found.extend([low, high].into_iter().filter_map(read)),
        Spread::HalfNormal { sd } => found.extend(read(sd)),
        _ => {}
    }
    found
}
