//! What every request is answered with: the evidence, this build, the queue, the words.

use needlework::case::{self, Case};
use needlework::cohort::Settings;
use needlework::rules::interview::Interviewer;
use needlework::verdict::{Engine, Inquiry, Judgement, Library, Reading, judge};
use needlework_desk::number;
use needlework_desk::problem::Problem;

use crate::colour_sample::Samples;
use crate::fault::Fault;
use crate::guard::Guard;
use crate::watched::Watched;
use crate::words::Words;
use crate::works::{Watch, Works};

/// People of an answer that stands at once.
pub(crate) const QUICK: usize = 200;

/// Most people of an answer: what others wait for takes a minute or two, and little memory.
const MOST_PEOPLE: usize = 20_000;

/// What is said of more.
const MOST_HERE: &str = "20000 at most are simulated here; the command line takes more";

/// What a case is called where it came by a form.
pub(crate) const CASE_NAME: &str = "the case";

/// Everything behind the doors.
pub(crate) struct House {
    pub(crate) library: Library,
    pub(crate) engine: Engine,
    pub(crate) threads: usize,
    pub(crate) seed: u64,
    pub(crate) guard: Guard,
    pub(crate) works: Works,
    pub(crate) samples: Samples,
    pub(crate) watched: Watched,
    pub(crate) words: &'static Words,
}

/// How a case is judged.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked {
    /// Virtual people in all.
    pub(crate) people: usize,
    /// The seed of all random numbers.
    pub(crate) seed: u64,
    /// Who reads.
    pub(crate) reading: Reading,
    /// Whether worlds come from the priors alone.
    pub(crate) prior: bool,
}

impl House {
    /// People of a whole answer, as on the command line.
    pub(crate) fn whole() -> usize {
        let settings = Settings::default();
        settings.worlds * settings.people_per_world
    }

    /// The usual question for so many people.
    pub(crate) fn asked(&self, people: usize, reading: Reading) -> Asked {
        Asked {
            people,
            seed: self.seed,
            reading,
            prior: false,
        }
    }

    /// So many people as somebody asks for; the usual number where nothing is said.
    ///
    /// # Errors
    /// [`Fault`] where so many cannot be simulated.
    pub(crate) fn people(text: &str) -> Result<usize, Fault> {
        match text.trim() {
            "" => Ok(Self::whole()),
            text => match number::people(text) {
                Ok(people) if people > MOST_PEOPLE => Err(wrong("people", text, MOST_HERE)),
                people => people.map_err(|why| wrong("people", text, &why)),
            },
        }
    }

    /// The seed that somebody names; the usual one where nothing is said.
    ///
    /// # Errors
    /// [`Fault`] where it is no whole number.
    pub(crate) fn seed(&self, text: &str) -> Result<u64, Fault> {
        match text.trim() {
            "" => Ok(self.seed),
            text => number::whole(text).map_err(|why| wrong("seed", text, &why)),
        }
    }

    /// What judges, as the command line asks it.
    pub(crate) fn inquiry(&self, asked: Asked) -> Inquiry<'_> {
        let people_per_world = Settings::default().people_per_world;
        Inquiry {
            library: &self.library,
            engine: self.engine.clone(),
            settings: Settings {
                seed: asked.seed,
                worlds: asked.people / people_per_world,
                people_per_world,
                threads: self.threads,
            },
            reading: asked.reading,
            posterior: self.library.posterior.as_ref().filter(|_| !asked.prior),
        }
    }

    /// The same in so many worlds.
    pub(crate) fn inquiry_in(&self, asked: Asked, worlds: usize) -> Inquiry<'_> {
        let inquiry = self.inquiry(asked);
        Inquiry {
            settings: Settings {
                worlds,
                ..inquiry.settings
            },
            ..inquiry
        }
    }

    /// The case in a text.
    ///
    /// # Errors
    /// [`Fault`] with everything that is wrong in it.
    pub(crate) fn case(&self, text: &str) -> Result<Case, Fault> {
        Ok(case::read_bytes(text.as_bytes(), CASE_NAME, &self.library.catalog)?)
    }

    /// The answer to a case.
    ///
    /// # Errors
    /// [`Fault`] when it cannot be judged.
    pub(crate) fn judged(&self, case: &Case, asked: Asked, watch: &Watch) -> Result<Judgement, Fault> {
        judge(case, &self.inquiry(asked), &mut |progress| watch.at(progress))
            .map_err(|error| Fault::failed("the case could not be judged", error))
    }

    /// Who asks the questions.
    pub(crate) fn interviewer(&self) -> Interviewer<'_> {
        Interviewer {
            script: &self.library.script,
            book: &self.library.rules,
            triage: &self.library.triage,
            catalog: &self.library.catalog,
        }
    }
}

/// A field that cannot be read, and what would do.
fn wrong(name: &str, text: &str, why: &str) -> Fault {
    Problem::input(format!("{name}: “{text}” can't be taken"), why.to_owned()).into()
}
