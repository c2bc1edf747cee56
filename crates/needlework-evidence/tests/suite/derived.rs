//! Every derived number is derived again. A `derivation` is one of three things: a formula, which is computed here with
//! its units and held against the value; a file of this project that computes it in a test; or a judgement between
//! reports, which says `judgement:` and is held to have a prior or a note, since nothing can recompute it.
//!
//! A formula is arithmetic as one writes it, `(167 - 20) mN / (37 - 5) um`, `4 of 30`, `1 - exp(-9e-3 x 39)`, after the
//! names it uses: `R = 10 mm, L = 2.5 mm: arccos(R / (R + L))`. What follows a semicolon is remark.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use needlework_evidence::{Book, Passport, Seen};
use needlework_units::Measure;

/// Values are published and noted with two digits or more.
const ROUNDING: f64 = 0.012;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn book() -> Book {
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(root().join("evidence")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "toml") {
            let text = std::fs::read_to_string(&path).unwrap();
            if text.contains("[[value]]") || text.contains("[[source]]") {
                texts.push((path.file_name().unwrap().to_string_lossy().into_owned(), text));
            }
        }
    }
    texts.retain(|(name, _)| name != "rules.toml" && name != "triage.toml");
    let files: Vec<(&str, &str)> = texts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    Book::parse(&files).unwrap()
}

type Function = fn(f64) -> f64;

/// The functions that a formula may use.
const FUNCTIONS: [(&str, Function); 8] = [
    ("exp", f64::exp),
    ("ln", f64::ln),
    ("log10", f64::log10),
    ("sqrt", f64::sqrt),
    ("tan", f64::tan),
    ("atan", f64::atan),
    ("arccos", f64::acos),
    ("probit", needlework_numerics::standard_normal_quantile),
];

/// What is left to read of a formula.
struct Formula<'a> {
    rest: &'a str,
    names: &'a BTreeMap<String, f64>,
}

impl Formula<'_> {
    fn skip(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn takes(&mut self, symbol: &str) -> bool {
        self.skip();
        let word = symbol.chars().all(char::is_alphabetic);
        let Some(rest) = self.rest.strip_prefix(symbol) else {
            return false;
        };
        if word && rest.chars().next().is_some_and(char::is_alphanumeric) {
            return false;
        }
        self.rest = rest;
        true
    }

    fn sum(&mut self) -> Option<f64> {
        let mut value = self.product()?;
        loop {
            if self.takes("+") {
                value += self.product()?;
            } else if self.takes("-") || self.takes("minus") {
                value -= self.product()?;
            } else {
                return Some(value);
            }
        }
    }

    fn product(&mut self) -> Option<f64> {
        let mut value = self.power()?;
        loop {
            self.skip();
            if self.takes("x") || self.takes("*") {
                value *= self.power()?;
            } else if self.takes("/") || self.takes("of") {
                value /= self.power()?;
            } else if self.rest.starts_with(|c: char| c == '(' || c.is_alphabetic()) {
                value *= self.power()?;
            } else {
                return Some(value);
            }
        }
    }

    fn power(&mut self) -> Option<f64> {
        let base = self.one()?;
        if self.takes("^") {
            let exponent = self.power()?;
            return Some(base.powf(exponent));
        }
        Some(base)
    }

    fn one(&mut self) -> Option<f64> {
        if self.takes("-") {
            return Some(-self.one()?);
        }
        if self.takes("+") {
            return self.one();
        }
        if self.takes("(") {
            let value = self.sum()?;
            return if self.takes(")") {
                Some(value * self.unit())
            } else {
                None
            };
        }
        self.skip();
        if self.rest.starts_with(|c: char| c.is_ascii_digit()) {
            return self.number();
        }
        let end = self
            .rest
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        let named = self.names.get(name).copied();
        if let Some(value) = named {
            self.rest = rest;
            return Some(value);
        }
        self.rest = rest;
        if name == "pi" {
            return Some(std::f64::consts::PI);
        }
        let (_, function) = FUNCTIONS.iter().find(|(known, _)| *known == name)?;
        self.one().map(function)
    }

    fn number(&mut self) -> Option<f64> {
        let text = self.rest;
        let mut end = 0;
        for (at, sign) in text.char_indices() {
            let exponent = matches!(text.as_bytes().get(at.wrapping_sub(1)), Some(b'e')) && matches!(sign, '-' | '+');
            let begins =
                sign == 'e' && text[at + 1..].starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '+');
            if sign.is_ascii_digit() || sign == '.' || exponent || begins {
                end = at + sign.len_utf8();
            } else {
                break;
            }
        }
        let value: f64 = text[..end].parse().ok()?;
        self.rest = &text[end..];
        Some(value * self.unit())
    }

    /// How much of its canonical unit the unit that stands here is; one where none does.
    fn unit(&mut self) -> f64 {
        self.skip();
        let end = self
            .rest
            .find(|c: char| c.is_whitespace() || matches!(c, ')' | '(' | ',' | ';' | '^'))
            .unwrap_or(self.rest.len());
        // `90 1/s`: a unit that begins with its one.
        let rate = self.rest.get(..end).filter(|word| word.starts_with("1/"));
        if let Some(Ok(measure)) = rate.map(|word| Measure::parse(&format!("1 {word}"))) {
            self.rest = &self.rest[end..];
            return measure.canonical();
        }
        let (word, rest) = self.rest.split_at(end);
        let symbol = word.starts_with(|c: char| c.is_alphabetic() || c == '%');
        if !symbol
            || matches!(word, "x" | "of" | "minus" | "pi")
            || FUNCTIONS.iter().any(|(name, _)| *name == word)
            || self.names.contains_key(word)
        {
            return 1.0;
        }
        if word == "per" {
            let rest = rest.trim_start();
            let end = rest
                .find(|c: char| c.is_whitespace() || matches!(c, ')' | ','))
                .unwrap_or(rest.len());
            if let Ok(measure) = Measure::parse(&format!("1 1/{}", &rest[..end])) {
                self.rest = &rest[end..];
                return measure.canonical();
            }
        }
        match Measure::parse(&format!("1 {word}")) {
            Ok(measure) => {
                self.rest = rest;
                measure.canonical()
            }
            Err(_) => 1.0,
        }
    }
}

/// The value of a formula with the names that stand before its colon, in canonical units; none where it does not read
/// as one.
fn evaluate(text: &str) -> Option<f64> {
    let text = text.split(';').next().unwrap_or_default();
    let (names, formula) = text.rsplit_once(':').unwrap_or(("", text));
    let mut known = BTreeMap::new();
    for name in names.split(',').filter(|name| !name.trim().is_empty()) {
        let (name, value) = name.split_once('=')?;
        let value = complete(value, &known)?;
        known.insert(name.trim().to_owned(), value);
    }
    complete(formula, &known)
}

fn complete(text: &str, names: &BTreeMap<String, f64>) -> Option<f64> {
    let mut formula = Formula { rest: text, names };
    let value = formula.sum()?;
    formula.skip();
    formula.rest.is_empty().then_some(value)
}

/// Half of what the last digit of a value is worth, in its canonical unit.
fn last_digit(value: &str) -> f64 {
    let (number, unit) = value.split_once(' ').unwrap_or((value, "1"));
    let (digits, exponent) = number.split_once('e').unwrap_or((number, "0"));
    let places = digits.split_once('.').map_or(0, |(_, after)| after.len());
    let written = format!(
        "0.5e{} {unit}",
        exponent.parse::<i32>().unwrap() - i32::try_from(places).unwrap()
    );
    Measure::parse(&written).unwrap().canonical() * 1.001
}

/// Why a derivation does not hold, if it does not.
fn fault(passport: &Passport) -> Option<String> {
    let derivation = passport.derivation.as_deref()?.trim();
    let path = derivation.split([':', ',']).next().unwrap_or_default();
    if path.ends_with(".rs") {
        let there = root().join(path).is_file();
        return (!there).then(|| format!("{path} is not a file"));
    }
    if derivation.starts_with("judgement:") {
        let bare = passport.note.trim().is_empty() && passport.spread == needlework_evidence::Spread::None;
        return bare.then(|| "a judgement has neither a spread nor a note".to_owned());
    }
    let Some(computed) = evaluate(derivation) else {
        return Some(format!(
            "`{derivation}` is neither a formula, nor a file, nor a judgement"
        ));
    };
    let value = Measure::parse(&passport.value).unwrap().canonical();
    let close = (computed - value).abs() <= (ROUNDING * value.abs()).max(last_digit(&passport.value));
    (!close).then(|| {
        format!(
            "`{derivation}` gives {computed}, the value is {} ({value})",
            passport.value
        )
    })
}

#[test]
fn every_derived_number_is_derived_again() {
    let book = book();
    let derived: Vec<&Passport> = book
        .passports()
        .filter(|passport| passport.seen == Seen::Derived)
        .collect();
    assert!(derived.len() > 200, "{}", derived.len());
    let faults: Vec<String> = derived
        .iter()
        .filter_map(|passport| fault(passport).map(|why| format!("{}: {why}", passport.key)))
        .collect();
    assert!(
        faults.is_empty(),
        "{} of {}\n{}",
        faults.len(),
        derived.len(),
        faults.join("\n")
    );
}

#[test]
fn the_files_that_derive_numbers_are_tests_of_this_project() {
    for passport in book().passports() {
        let path = passport.derivation.as_deref().unwrap_or_default();
        let path = Path::new(path.split([':', ',']).next().unwrap_or_default());
        if path.extension().is_some_and(|end| end == "rs") {
            assert!(
                path.components().any(|part| part.as_os_str() == "tests") || path.starts_with("validation"),
                "{}: {} is no test",
                passport.key,
                path.display()
            );
        }
    }
}

#[test]
fn formulas_are_read_with_units_names_and_functions() {
    let of = |text: &str| evaluate(text).unwrap_or_else(|| panic!("{text}"));
    assert!((of("R = 10 mm, L = 2.5 mm: arccos(R / (R + L))") - 0.6435).abs() < 1e-4);
    assert!((of("(167 - 20) mN / (37 - 5) um") - 4.59375).abs() < 1e-9);
    assert!((of("1 - exp(-9e-3 x 39)") - 0.296).abs() < 1e-3);
    assert!((of("2^-(63.09 h / 25.86 h)") - 0.1843).abs() < 1e-3);
    assert!((of("4 of 30") - 4.0 / 30.0).abs() < 1e-12);
    assert!((of("240 per cm2 x pi (35 um)^2") - 0.009_236).abs() < 1e-5);
    assert_eq!(evaluate("compromise of the reports"), None);
}

/// Engineering stress of the Gasser–Ogden–Holzapfel law in MPa, incompressible, two families at ±41°, pulled along the
/// mean axis; the width is what minimises the energy, by bisection on its slope.
fn goh(stretch: f64, dispersion: f64) -> f64 {
    const MU: f64 = 0.2014;
    const K1: f64 = 24.53;
    const K2: f64 = 0.1327;
    let cos2 = 41.0_f64.to_radians().cos().powi(2);
    let energy = |along: f64, across: f64| {
        let (a, b) = (along * along, across * across);
        let first = a + b + 1.0 / (a * b);
        let fourth = a * cos2 + b * (1.0 - cos2);
        let strain = (dispersion * first + (1.0 - 3.0 * dispersion) * fourth - 1.0).max(0.0);
        MU / 2.0 * (first - 3.0) + K1 / K2 * ((K2 * strain * strain).exp() - 1.0)
    };
    let slope = |f: &dyn Fn(f64) -> f64, at: f64| (f(at + 1e-6) - f(at - 1e-6)) / 2e-6;
    let (mut low, mut high) = (0.2_f64, 1.2_f64);
    for _ in 0..200 {
        let middle = (low + high) / 2.0;
        if slope(&|across| energy(stretch, across), middle) > 0.0 {
            high = middle;
        } else {
            low = middle;
        }
    }
    slope(&|along| energy(along, low), stretch)
}

#[test]
fn the_numbers_of_the_fibre_law_are_derived_again() {
    let book = book();
    let within = |computed: [f64; 2], key: &str, also: &str| {
        let (low, high) = (computed[0].min(computed[1]), computed[0].max(computed[1]));
        for (computed, key) in [(low, key), (high, also)] {
            let passport = format!("mechanics.goh.{key}.niannaidh2012goh");
            let value = Measure::parse(&book.passport(&passport).expect("a passport").value)
                .unwrap()
                .canonical();
            assert!(
                (computed / value - 1.0).abs() < 0.05,
                "{key}: {value} against {computed} of {low} to {high}"
            );
        }
    };
    // The dispersion of the abstract and that of the later text.
    let at = |stretch: f64| [goh(stretch, 0.1404), goh(stretch, 0.1535)];
    let tangent = |[a, b]: [f64; 2], [c, d]: [f64; 2]| [(c - a) / 0.24, (d - b) / 0.24];
    within(at(1.1), "stress_at_10_percent.lower", "stress_at_10_percent.upper");
    within(at(1.3), "stress_at_30_percent", "stress_at_30_percent");
    within(at(1.54), "stress_at_54_percent.lower", "stress_at_54_percent.upper");
    within(tangent(at(1.3), at(1.54)), "tangent.lower", "tangent.upper");
    within(at(1.02).map(|stress| stress / 0.02), "initial_slope", "initial_slope");
}

/// Minimum of a function of two variables, by steps along the axes and the valley that shrink.
fn least(start: [f64; 2], misfit: &dyn Fn([f64; 2]) -> f64) -> [f64; 2] {
    let (mut at, mut best, mut step) = (start, misfit(start), 1.0);
    while step > 1e-8 {
        let moves = [
            [1.0, 0.0],
            [-1.0, 0.0],
            [0.0, 1.0],
            [0.0, -1.0],
            [1.0, 3.0],
            [-1.0, -3.0],
        ];
        let better = moves
            .map(|[a, b]| [at[0] + a * step, at[1] + b * step])
            .into_iter()
            .min_by(|a, b| misfit(*a).total_cmp(&misfit(*b)))
            .unwrap();
        if misfit(better) < best {
            (at, best) = (better, misfit(better));
        } else {
            step /= 2.0;
        }
    }
    at
}

#[test]
fn the_dose_response_fits_are_fitted_again() {
    let book = book();
    let value = |key: &str| {
        let key = format!("infection.dose_response.{key}.singh1971");
        Measure::parse(&book.passport(&key).unwrap_or_else(|| panic!("{key}")).value)
            .unwrap()
            .canonical()
    };
    let doses = ["40", "220", "2000", "1_05e5", "1_6e6", "1e7"].map(|dose| {
        let number: f64 = dose.replace('_', ".").parse().unwrap();
        (number, value(&format!("aureus.infected_at_{dose}")))
    });
    const PEOPLE: f64 = 20.0;
    let deviance = |risk: &dyn Fn(f64) -> f64| -> f64 {
        let part = |seen: f64, expected: f64| {
            if seen > 0.0 {
                2.0 * seen * (seen / expected).ln()
            } else {
                0.0
            }
        };
        doses
            .iter()
            .map(|&(dose, infected)| {
                let share = risk(dose).clamp(1e-12, 1.0 - 1e-12);
                part(infected, PEOPLE * share) + part(PEOPLE - infected, PEOPLE * (1.0 - share))
            })
            .sum()
    };
    let close = |computed: f64, key: &str| {
        let passport = value(key);
        assert!(
            (computed / passport - 1.0).abs() < 0.02,
            "{key}: {passport} against {computed}"
        );
    };
    let poisson = |[alpha, beta]: [f64; 2]| move |dose: f64| 1.0 - (1.0 + dose / beta.exp()).powf(-alpha.exp());
    let [alpha, beta] = least([0.0, 7.0], &|at| deviance(&poisson(at)));
    close(alpha.exp(), "initial.beta_poisson.alpha");
    close(beta.exp(), "initial.beta_poisson.beta");
    assert!((deviance(&poisson([alpha, beta])) - 5.4).abs() < 0.05);
    let logistic =
        |[middle, scale]: [f64; 2]| move |dose: f64| 1.0 / (1.0 + (-(dose.log10() - middle) / scale.exp()).exp());
    let [middle, scale] = least([3.0, 0.0], &|at| deviance(&logistic(at)));
    // The passport says whether it is a dose or its logarithm.
    let half = value("initial.log_logistic.id50");
    assert!(
        (middle - half).abs() < 0.02 || (middle - half.log10()).abs() < 0.02,
        "{middle} against {half}"
    );
    close(scale.exp(), "initial.log_logistic.scale");
    assert!((deviance(&logistic([middle, scale])) - 4.9).abs() < 0.05);
    let exponential = |[rate, _]: [f64; 2]| move |dose: f64| 1.0 - (-rate.exp() * dose).exp();
    let [rate, _] = least([-10.0, 0.0], &|at| deviance(&exponential(at)));
    close(rate.exp(), "initial.exponential.k");
    assert!((deviance(&exponential([rate, 0.0])) - 196.0).abs() < 0.5);
}
