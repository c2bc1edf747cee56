//! Published results that worlds are weighed by, as `evidence/likelihood.toml` holds them, and whether they may be.
//!
//! A row names a passport; value, people and source are the passport's. It may weigh worlds only if the passport is
//! declared for calibration, and if no prior that is drawn was made of the same study, but for those that rest on
//! another outcome of it (`other_outcome_in`, which the file answers for). A row whose counts a prior holds already
//! (`in_prior`) is compared with, and weighs nothing.

use std::fmt;

use needlework_evidence::{Book, Passport, Scope, Spread, Used};
use needlework_units::{Measure, Time};
use serde::{Deserialize, Serialize};

/// One outcome of one arm.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Its name.
    pub id: String,
    /// Key of the study, as in the case and the passport.
    pub study: String,
    /// Name of the case that holds what was done.
    pub case: String,
    /// When it was seen.
    pub at: At,
    /// Key of the passport with the published value.
    pub value: String,
    /// What kind of result it is.
    pub result: Kind,
    /// Numbers of sessions that people had in turn; empty for those of the case.
    #[serde(default)]
    pub sessions: Vec<u32>,
    /// Priors that hold this result already, by key: then it weighs nothing.
    #[serde(default)]
    pub in_prior: Vec<String>,
    /// Priors that hold another outcome of the study, by key: they do not forbid that this one weighs.
    #[serde(default)]
    pub other_outcome_in: Vec<String>,
    /// How the study was made.
    pub design: String,
    /// Whether raters knew what was done: yes, no, or unknown.
    pub blinded: Blinded,
    /// In what the study differs from needles on striae.
    #[serde(default)]
    pub indirect: Vec<String>,
    /// What a reader should know.
    #[serde(default)]
    pub note: String,
}

/// Whether raters knew what was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Blinded {
    /// They did not.
    Yes,
    /// They did.
    No,
    /// Nobody says.
    Unknown,
}

/// When a result was seen; one of the two.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum At {
    /// Counted from the first session.
    SinceFirst(Time),
    /// Counted from the last session.
    AfterLast(Time),
}

/// What kind of result a row is.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Kind {
    /// Share of people whose graded improvement lies above so many points.
    ShareAbove(f64),
    /// Mean of graded improvements.
    GradedMean,
    /// Standard deviation of graded improvements, which is the spread of the passport.
    GradedSd,
    /// Relative change of a tissue.
    RelativeChange {
        /// Of what.
        of: Tissue,
        /// Coefficient of variation before and after, where none is printed.
        variation: f64,
        /// How far the study's tissue may answer otherwise than that of striae: a standard deviation on the logarithm.
        discrepancy: f64,
    },
    /// People in whom a harm was counted.
    CountOfHarm(Harm),
}

/// A tissue that biopsies compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tissue {
    /// Collagen of the papillary dermis.
    PapillaryCollagen,
    /// Thickness of the epidermis.
    Epidermis,
}

/// A harm that studies count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Harm {
    /// Dark marks.
    DarkMarks,
    /// An infection.
    Infection,
}

/// What else the optimism of raters could be.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Optimism {
    /// Mean, points.
    pub mean: f64,
    /// Standard deviation, points.
    pub sd: f64,
    /// What it means.
    pub note: String,
}

/// What is forecast before and after the data.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Forecast {
    /// What it is about.
    pub name: String,
    /// Name of the case.
    pub case: String,
    /// Times after the last session.
    pub after_last: Vec<Time>,
}

/// A row with the numbers of its passport.
#[derive(Debug, Clone, PartialEq)]
pub struct Datum {
    /// The row.
    pub row: Row,
    /// What was published, as its kind needs it.
    pub observed: Observed,
    /// People of the arm.
    pub people: u64,
}

/// Published numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Observed {
    /// So many people.
    Count(u64),
    /// A mean or a standard deviation, points.
    Points(f64),
    /// After over before.
    Ratio(f64),
}

impl Datum {
    /// Whether worlds are weighed by it.
    #[must_use]
    pub fn weighs(&self) -> bool {
        self.row.in_prior.is_empty()
    }
}

/// All that worlds are weighed by, and what is told of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Likelihood {
    /// The results.
    pub data: Vec<Datum>,
    /// Other assumptions on raters.
    pub optimism: Vec<Optimism>,
    /// What is forecast.
    pub forecasts: Vec<Forecast>,
    /// The text they were read from, which a fingerprint is taken of.
    pub text: String,
}

/// What is wrong in the file: each mistake with its row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LikelihoodError {
    /// Mistakes.
    pub mistakes: Vec<String>,
}

impl fmt::Display for LikelihoodError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.mistakes.join("; "))
    }
}

impl std::error::Error for LikelihoodError {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    datum: Vec<Row>,
    #[serde(default)]
    optimism: Vec<Optimism>,
    #[serde(default)]
    forecast: Vec<Forecast>,
}

impl Likelihood {
    /// Reads the file and looks up its passports.
    ///
    /// # Errors
    /// [`LikelihoodError`] with every mistake.
    pub fn parse(text: &str, book: &Book) -> Result<Self, LikelihoodError> {
        let file: File = toml::from_str(text).map_err(|error| LikelihoodError {
            mistakes: vec![error.to_string()],
        })?;
        let mut mistakes = Vec::new();
        let mut data: Vec<Datum> = Vec::new();
        for row in file.datum {
            if data.iter().any(|datum| datum.row.id == row.id) {
                mistakes.push(format!("`{}` stands twice", row.id));
            }
            match looked_up(row, book) {
                Ok(datum) => data.push(datum),
                Err(found) => mistakes.extend(found),
            }
        }
        for optimism in &file.optimism {
            if !(optimism.sd > 0.0 && optimism.mean.is_finite()) {
                mistakes.push(format!("optimism `{}` needs a positive sd", optimism.note));
            }
        }
        if mistakes.is_empty() {
            Ok(Self {
                data,
                optimism: file.optimism,
                forecasts: file.forecast,
                text: text.to_owned(),
            })
        } else {
            Err(LikelihoodError { mistakes })
        }
    }
}

/// A row with its passport's numbers, or all that forbids it.
fn looked_up(row: Row, book: &Book) -> Result<Datum, Vec<String>> {
    let wrong = |what: String| format!("`{}`: {what}", row.id);
    let Some(passport) = book.passport(&row.value) else {
        return Err(vec![wrong(format!("no passport is called `{}`", row.value))]);
    };
    let mut mistakes = Vec::new();
    if passport.used != Used::Calibration {
        let used = format!("{:?}", passport.used).to_lowercase();
        mistakes.push(wrong(format!(
            "`{}` is declared for {used}, and only what is declared for calibration may weigh worlds",
            row.value
        )));
    }
    if passport.source != row.study {
        mistakes.push(wrong(format!(
            "`{}` comes from {}, not from {}",
            row.value, passport.source, row.study
        )));
    }
    if passport.n == 0 {
        mistakes.push(wrong(format!("`{}` does not say of how many people", row.value)));
    }
    if row.sessions.contains(&0) {
        mistakes.push(wrong("nobody of an arm has no session".to_owned()));
    }
    for key in &row.in_prior {
        if book.passport(key).is_none_or(|prior| prior.scope == Scope::Fixed) {
            mistakes.push(wrong(format!(
                "`in_prior` names `{key}`, which is no prior that is drawn"
            )));
        }
    }
    if row.in_prior.is_empty() {
        let held = book.passports().filter(|prior| {
            prior.scope != Scope::Fixed && rests_on(prior, &row.study) && !row.other_outcome_in.contains(&prior.key)
        });
        mistakes.extend(held.map(|prior| {
            wrong(format!(
                "{} stands in the prior `{}` already, so that it would count twice; name it in `in_prior`, or make \
                    the prior without it",
                row.study, prior.key
            ))
        }));
    }
    match observed(&row.result, passport) {
        Ok(observed) if mistakes.is_empty() => Ok(Datum {
            people: u64::from(passport.n),
            row,
            observed,
        }),
        Ok(_) => Err(mistakes),
        Err(why) => {
            mistakes.push(wrong(why));
            Err(mistakes)
        }
    }
}

/// Whether a prior says that it was made of a study: in its source, or by name and year in its note or derivation.
fn rests_on(prior: &Passport, study: &str) -> bool {
    let plain = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .collect::<String>()
            .to_lowercase()
    };
    let study = plain(study);
    prior.source.to_lowercase() == study
        || plain(&prior.note).contains(&study)
        || prior
            .derivation
            .as_deref()
            .is_some_and(|text| plain(text).contains(&study))
}

/// The published number as its kind needs it.
fn observed(kind: &Kind, passport: &Passport) -> Result<Observed, String> {
    let value = passport.canonical().map_err(|error| error.to_string())?;
    let people = f64::from(passport.n);
    match kind {
        Kind::ShareAbove(_) | Kind::CountOfHarm(_) => {
            // numerical: shares are printed to a tenth of a per cent, which is less than so much of a person
            const ROUNDED: f64 = 0.05;
            let count = (value * people).round();
            if (0.0..=people).contains(&count) && (value * people - count).abs() <= ROUNDED {
                Ok(Observed::Count(count as u64))
            } else {
                Err(format!(
                    "{} of {} people is no number of people",
                    passport.value, passport.n
                ))
            }
        }
        Kind::GradedMean => Ok(Observed::Points(value)),
        Kind::GradedSd => match &passport.spread {
            Spread::Sd { value } => Measure::parse(value)
                .map(|sd| Observed::Points(sd.canonical()))
                .map_err(|error| error.to_string()),
            _ => Err("the passport gives no standard deviation".to_owned()),
        },
        Kind::RelativeChange {
            variation, discrepancy, ..
        } => {
            if value > -1.0 && *variation > 0.0 && *discrepancy >= 0.0 {
                Ok(Observed::Ratio(1.0 + value))
            } else {
                Err("a relative change needs a value above -100 %, a variation above 0, a discrepancy".to_owned())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const SOURCE: &str = "[[source]]\nkey = 'A2001'\ntitle = 'A'\nyear = 2001\n";
    const SHARE: &str = "[[value]]\nkey = 'a.share'\nvalue = '43.8 %'\nn = 16\nsource = 'A2001'\nseen = 'abstract'\n\
        used = 'calibration'\n";
    const ROW: &str = "[[datum]]\nid = 'a'\nstudy = 'A2001'\ncase = 'a'\nat = { since_first = '84 day' }\n\
        value = 'a.share'\nresult = { share_above = 50.0 }\ndesign = 'uncontrolled'\nblinded = 'unknown'\n";

    fn read(passports: &str, rows: &str) -> Result<Likelihood, String> {
        let book = Book::parse(&[("a.toml", &format!("{SOURCE}{passports}"))]).unwrap();
        Likelihood::parse(rows, &book).map_err(|error| error.to_string())
    }

    #[test]
    fn people_and_count_are_those_of_the_passport() {
        let read = read(SHARE, ROW).unwrap();
        let datum = &read.data[0];
        assert_eq!(
            (datum.observed, datum.people, datum.weighs()),
            (Observed::Count(7), 16, true)
        );
    }

    #[test]
    fn what_may_not_weigh_is_refused_in_words() {
        let with = |from: &str, to: &str| read(&SHARE.replace(from, to), ROW).unwrap_err();
        for used in ["validation", "check", "context"] {
            let said = with("'calibration'", &format!("'{used}'"));
            assert!(said.contains(&format!("declared for {used}")), "{said}");
        }
        assert!(with("n = 16", "n = 0").contains("of how many people"));
        assert!(with("43.8 %", "40 %").contains("no number of people"));
        assert!(
            read(SHARE, &ROW.replace("'A2001'", "'B2002'"))
                .unwrap_err()
                .contains("comes from A2001")
        );
        assert!(
            read(SHARE, &ROW.replace("a.share", "a.other"))
                .unwrap_err()
                .contains("no passport")
        );
        assert!(
            read(SHARE, &format!("{ROW}{ROW}"))
                .unwrap_err()
                .contains("stands twice")
        );
        assert!(
            read(SHARE, &ROW.replace("share_above", "share_over"))
                .unwrap_err()
                .contains("share_over")
        );
    }

    #[test]
    fn a_study_that_a_prior_was_made_of_weighs_only_where_the_row_says_why() {
        let prior = "[[value]]\nkey = 'b.drawn'\nvalue = '1 ratio'\nsource = 'A2001'\nseen = 'abstract'\n\
            used = 'calibration'\nscope = 'world'\nspread = { kind = 'uniform', low = '0 ratio', high = '2 ratio' }\n";
        let both = format!("{SHARE}{prior}");
        assert!(read(&both, ROW).unwrap_err().contains("would count twice"));
        let in_prior = read(&both, &format!("{ROW}in_prior = ['b.drawn']")).unwrap();
        assert!(!in_prior.data[0].weighs());
        let other = read(&both, &format!("{ROW}other_outcome_in = ['b.drawn']")).unwrap();
        assert!(other.data[0].weighs());
        assert!(
            read(SHARE, &format!("{ROW}in_prior = ['a.share']"))
                .unwrap_err()
                .contains("no prior that is drawn")
        );
        let noted = prior.replace("source = 'A2001'", "source = 'A2001'\nnote = 'after A 2001'");
        assert!(read(&format!("{SHARE}{noted}"), ROW).is_err());
    }
}
