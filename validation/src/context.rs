//! What every computation reads: the evidence, worlds drawn from it, and cohorts of the cases.
//!
//! All draws are of one seed, so that a table is the same each time and two rows share the worlds that they have in
//! common.

use std::rc::Rc;

use needlework::case::{self, Case};
use needlework::cohort::{self, Cohort, Moment, Question, Settings, World};
use needlework::course::Parameters;
use needlework::numerics::unwatched;
use needlework::verdict::Library;

use crate::hosts::Fit;
use crate::kept::Kept;

/// Case files that a target may name; a front door has them bundled.
pub const CASES: &[(&str, &str)] = &[
    ("park-2012.toml", include_str!("../../cases/park-2012.toml")),
    ("archderm-2023.toml", include_str!("../../cases/archderm-2023.toml")),
    ("lotfi-2013.toml", include_str!("../../cases/lotfi-2013.toml")),
    (
        "kang-1996-vehicle.toml",
        include_str!("../../cases/kang-1996-vehicle.toml"),
    ),
    ("dogra-2014.toml", include_str!("../../cases/dogra-2014.toml")),
    ("cachafeiro-2016.toml", include_str!("../../cases/cachafeiro-2016.toml")),
    ("fabbrocini-2014.toml", include_str!("../../cases/fabbrocini-2014.toml")),
    (
        "home-reused-uncleaned.toml",
        include_str!("../../cases/home-reused-uncleaned.toml"),
    ),
];

/// Case files of studies that are held out: inputs only.
pub(crate) const BLIND_CASES: &[(&str, &str)] = &[
    (
        "mohamed-ali-2017.toml",
        include_str!("../../cases/mohamed-ali-2017.toml"),
    ),
    ("nct03390439.toml", include_str!("../../cases/nct03390439.toml")),
    ("alster-li-2020.toml", include_str!("../../cases/alster-li-2020.toml")),
    ("kaur-2024.toml", include_str!("../../cases/kaur-2024.toml")),
    ("alam-2014.toml", include_str!("../../cases/alam-2014.toml")),
    ("stem-cell-2024.toml", include_str!("../../cases/stem-cell-2024.toml")),
    ("saki-2022.toml", include_str!("../../cases/saki-2022.toml")),
];

/// The settings of the committed tables.
pub const COMMITTED: Settings = Settings {
    seed: 1,
    worlds: 400,
    people_per_world: 5,
    threads: 0,
};

/// What a computation reads.
#[derive(Debug)]
pub struct Context<'a> {
    /// Evidence, rules, names.
    pub library: &'a Library,
    /// How many are simulated.
    pub settings: Settings,
    /// One value for everything that is not known, many times.
    pub worlds: Vec<World>,
    /// Fits that were made, by the inputs of their target.
    pub(crate) fits: Kept<Fit>,
    /// Cohorts that were simulated, by case and moment.
    cohorts: Kept<Rc<Cohort>>,
}

impl<'a> Context<'a> {
    /// Draws the worlds.
    ///
    /// # Errors
    /// When the evidence does not fill the rooms.
    pub fn new(library: &'a Library, settings: &Settings) -> Result<Self, String> {
        let drawn = cohort::worlds(&library.book, settings.seed, settings.worlds).map_err(|error| error.to_string())?;
        Ok(Self {
            library,
            settings: *settings,
            worlds: drawn.worlds,
            fits: Kept::default(),
            cohorts: Kept::default(),
        })
    }

    /// A number for each world.
    pub fn each_world(&self, value: impl Fn(&Parameters) -> f64) -> Vec<f64> {
        self.worlds.iter().map(|world| value(&world.parameters)).collect()
    }

    /// The text of a bundled case.
    ///
    /// # Errors
    /// When there is no such case.
    pub fn case_text(&self, name: &str) -> Result<&'static str, String> {
        CASES
            .iter()
            .find(|(file, _)| *file == name)
            .map(|(_, text)| *text)
            .ok_or_else(|| format!("there is no bundled case {name}"))
    }

    /// Reads the text of a case.
    ///
    /// # Errors
    /// All its problems.
    pub fn read(&self, name: &str, text: &str) -> Result<Case, String> {
        case::read(text, name, &self.library.catalog).map_err(|problems| problems.to_string())
    }

    /// People like those of a case, looked at once.
    ///
    /// # Errors
    /// When the case does not read or cannot be simulated.
    pub fn cohort(&self, name: &str, text: &str, moment: Moment) -> Result<Rc<Cohort>, String> {
        self.cohorts.once(format!("{name}, {moment:?}\n{text}"), || {
            self.simulated(name, text, moment).map(Rc::new)
        })
    }

    fn simulated(&self, name: &str, text: &str, moment: Moment) -> Result<Cohort, String> {
        let case = self.read(name, text)?;
        let question = Question::new(&case, &self.library.catalog, &self.library.book);
        cohort::simulate_cohort(&question, &self.settings, &[moment], &mut unwatched).map_err(|error| error.to_string())
    }
}
