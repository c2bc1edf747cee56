//! People like the one in the case: what the case states is kept, what it leaves open is drawn.

use std::ops::Range;

use needlework_appearance::{SeverityWeights, SkinColour};
use needlework_case::{
    Answer, Case, Catalog, Diet, Fitzpatrick, LesionKind, ResolvedDevice, Sex as CaseSex, Site, Smoking,
    Stage as CaseStage, resolve,
};
use needlework_channel::Flora;
use needlework_course::{Draws, Habit, HabitDraws, Person};
use needlework_evidence::{Book, BookError, Distribution};
use needlework_healing::Condition;
use needlework_numerics::{normals_at, uniforms_at};
use needlework_skin::{self as skin, Bed, Body, Sex};
use needlework_stria::{Mark, Stage};
use needlework_units::{Angle, BodyMassIndex, Time};

use crate::posterior::Posterior;
use crate::skin_group::skin_group;
use crate::worlds::World;

/// What is asked: a case with its device and site looked up.
#[derive(Debug, Clone)]
pub struct Question<'a> {
    /// The case.
    pub case: &'a Case,
    /// Its device, looked up.
    pub device: ResolvedDevice,
    /// Its site, looked up.
    pub site: Option<&'a Site>,
    /// The evidence.
    pub book: &'a Book,
    /// Where worlds are drawn from, as far as it belongs to the evidence; `None` for the priors.
    pub posterior: Option<&'a Posterior>,
}

impl<'a> Question<'a> {
    /// A case with its device and site looked up in the catalogue; worlds come from the priors.
    #[must_use]
    pub fn new(case: &'a Case, catalog: &'a Catalog, book: &'a Book) -> Self {
        Self {
            case,
            device: resolve(case, catalog),
            site: case.lesion.site.known().and_then(|name| catalog.site(name)),
            book,
            posterior: None,
        }
    }
}

/// The numbers of a body site.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SiteNumbers {
    /// Layers.
    pub skin: skin::Site,
    /// Germs.
    pub flora: Flora,
    /// Bone right under the skin.
    pub bony: bool,
    /// An arm or a leg.
    pub limb: bool,
}

/// Priors of what a case leaves open about a person.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonPriors {
    age: Distribution,
    age_window_days: f64,
    bmi: Distribution,
    male_share: f64,
    smoker_share: f64,
    dark_skin_share: f64,
    age_rubra: Distribution,
    age_alba: Distribution,
    /// The skin of each group that stands for a skin type.
    colours: Vec<(&'static str, SkinColour)>,
    /// The skin where no type is stated.
    unstated: SkinColour,
}

impl PersonPriors {
    /// The skin of people of a skin type, as the pictures have it.
    fn colour(&self, skin_type: Option<Fitzpatrick>) -> SkinColour {
        let group = skin_group(skin_type);
        let found = self.colours.iter().find(|(known, _)| *known == group);
        found.map_or(self.unstated, |(_, colour)| *colour)
    }

    /// Reads the priors from the evidence.
    ///
    /// # Errors
    /// [`BookError`] when a passport is missing.
    pub fn from_book(book: &Book) -> Result<Self, BookError> {
        let colours = SKIN_TYPES
            .into_iter()
            .map(|skin_type| of_type(Some(skin_type), book))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            colours,
            unstated: of_type(None, book)?.1,
            age: book.prior("course.person.age")?.distribution,
            age_window_days: book.value("course.person.age_window")?,
            bmi: book.prior("course.person.bmi")?.distribution,
            male_share: book.value("course.person.male_share")?,
            smoker_share: book.value("course.person.smoker_share")?,
            dark_skin_share: book.value("course.person.dark_skin_share")?,
            age_rubra: book.prior("stria.age.rubra")?.distribution,
            age_alba: book.prior("stria.age.alba")?.distribution,
        })
    }
}

/// The name and the colour of the skin that stands for a skin type.
fn of_type(skin_type: Option<Fitzpatrick>, book: &Book) -> Result<(&'static str, SkinColour), BookError> {
    let group = skin_group(skin_type);
    let mut missing = None;
    let found = SkinColour::of_group(group, &mut |key| {
        book.value(key).map_err(|error| missing = Some(error)).ok()
    });
    let absent = || BookError::Missing {
        key: format!("appearance.skin.{group}"),
        wanted_by: "the colour of a person's skin".to_owned(),
    };
    found
        .map(|colour| (group, colour))
        .ok_or_else(|| missing.unwrap_or_else(absent))
}

/// The numbers of a site; the abdomen's where the case does not name one.
///
/// # Errors
/// [`BookError`] when a passport of the site is missing.
pub fn site_numbers(site: Option<&Site>, book: &Book) -> Result<SiteNumbers, BookError> {
    const REFERENCE: &str = "abdomen";
    let dermis = site.map_or(REFERENCE, |site| &site.dermis_as);
    let epidermis = site.map_or(REFERENCE, |site| &site.epidermis_as);
    let flora = site.map_or(REFERENCE, |site| &site.flora_as);
    let bony = site.is_some_and(|site| site.is(needlework_case::SiteClass::Bony));
    Ok(SiteNumbers {
        skin: skin::Site {
            dermis_ratio: book.value(&format!("skin.site.{dermis}.dermis"))?,
            epidermis_ratio: book.value(&format!("skin.site.{epidermis}.epidermis"))?,
            stratum_corneum_ratio: book.value(&format!("skin.site.{epidermis}.horny"))?,
            fat_ratio: book.value(&format!("skin.site.{dermis}.fat"))?,
            tension_line: Angle::from_canonical(book.value(&format!("skin.site.{dermis}.tension_line"))?),
            bed: if bony { Bed::Bone } else { Bed::Soft },
        },
        flora: Flora {
            log_per_cm2: book.value(&format!("channel.flora.{flora}"))?,
            person_sd: book.value(&format!("channel.flora.{flora}.person_sd"))?,
        },
        bony,
        limb: site.is_some_and(|site| site.is(needlework_case::SiteClass::Limb)),
    })
}

const SKIN_TYPES: [Fitzpatrick; 6] = [
    Fitzpatrick::I,
    Fitzpatrick::II,
    Fitzpatrick::III,
    Fitzpatrick::IV,
    Fitzpatrick::V,
    Fitzpatrick::VI,
];

/// All random numbers of the people, in columns of one stream each.
pub(crate) struct PeopleDraws {
    normals: Vec<Vec<f64>>,
    uniforms: Vec<Vec<f64>>,
    habits: [Vec<f64>; Habit::ALL.len()],
}

const NORMALS: [&str; 22] = [
    "person.collagen",
    "person.thickness",
    "person.reach",
    "person.closing",
    "person.flora",
    "person.response",
    "person.pain",
    "person.redness",
    "person.fading",
    "person.scar_width",
    "person.plug",
    "person.mark_fading",
    "person.mark_widening",
    "person.skin.epidermis",
    "person.skin.horny",
    "person.skin.dermis",
    "person.skin.fat",
    "person.skin.stiffness",
    "person.skin.dryness",
    "person.skin.fat_stiffness",
    "person.skin.prestretch",
    "person.skin.line",
];
const UNIFORMS: [&str; 8] = [
    "person.age",
    "person.bmi",
    "person.sex",
    "person.smoking",
    "person.skin_type",
    "person.stage",
    "person.mark_age",
    "person.dark_mark",
];

/// The person in the middle: what the case states, and the median of whatever it leaves open.
///
/// # Errors
/// [`BookError`] when a passport is missing.
pub fn middle_person(question: &Question<'_>, world: &World) -> Result<Person, BookError> {
    let priors = PersonPriors::from_book(question.book)?;
    let site = site_numbers(question.site, question.book)?;
    Ok(PeopleDraws::middle().person(0, question.case, &site, &priors, world))
}

impl PeopleDraws {
    fn middle() -> Self {
        Self {
            normals: vec![vec![0.0]; NORMALS.len()],
            uniforms: vec![vec![0.5]; UNIFORMS.len()],
            habits: Habit::ALL.map(|_| vec![0.5]),
        }
    }

    pub(crate) fn new(seed: u64, people: usize) -> Self {
        Self::at(seed, 0..people)
    }

    /// The draws of some of the people; the first of them is number 0.
    pub(crate) fn at(seed: u64, people: Range<usize>) -> Self {
        Self::of(seed, "", people)
    }

    /// The same of other people, whose streams have names that begin with `which`.
    pub(crate) fn of(seed: u64, which: &str, people: Range<usize>) -> Self {
        let normal = |name: &&str| normals_at(seed, &format!("{which}{name}"), people.clone());
        let uniform = |name: &&str| uniforms_at(seed, &format!("{which}{name}"), people.clone());
        Self {
            normals: NORMALS.iter().map(normal).collect(),
            uniforms: UNIFORMS.iter().map(uniform).collect(),
            habits: Habit::ALL.map(|habit| uniform(&habit.stream())),
        }
    }

    /// The person with the given number, in the given world.
    pub(crate) fn person(
        &self,
        index: usize,
        case: &Case,
        site: &SiteNumbers,
        priors: &PersonPriors,
        world: &World,
    ) -> Person {
        let normal: [f64; 22] = std::array::from_fn(|k| self.normals[k][index]);
        let uniform: [f64; 8] = std::array::from_fn(|k| self.uniforms[k][index]);
        let [age, bmi, sex, smoking, skin_type, stage, mark_age, dark_mark] = uniform;
        let [
            collagen,
            thickness,
            insertion_ratio,
            closing,
            flora,
            response,
            pain,
            redness,
            fading,
            scar_width,
            plug,
            mark_fading,
            mark_widening,
            skin @ ..,
        ] = normal;
        let stage = match (case.lesion.kind.get(), case.lesion.stage.get()) {
            (Some(LesionKind::AcneScar), _) | (_, Some(CaseStage::Alba)) => Stage::Alba,
            (_, Some(CaseStage::Rubra)) => Stage::Rubra,
            _ if stage < world.own.rubra_share => Stage::Rubra,
            _ => Stage::Alba,
        };
        let mark_prior = match stage {
            Stage::Rubra => priors.age_rubra,
            Stage::Alba => priors.age_alba,
        };
        let window = (2.0 * age - 1.0) * priors.age_window_days;
        let condition = Condition {
            body: Body {
                age: case.person.age.get().map_or_else(
                    || Time::from_days(priors.age.quantile(age)),
                    |stated| Time::from_days((stated.days() + window).max(0.0)),
                ),
                sex: match case.person.sex.get() {
                    Some(CaseSex::Male) => Sex::Male,
                    Some(CaseSex::Female) => Sex::Female,
                    None if sex < priors.male_share => Sex::Male,
                    None => Sex::Female,
                },
                bmi: case
                    .person
                    .bmi
                    .get()
                    .unwrap_or_else(|| BodyMassIndex::from_kg_per_m2(priors.bmi.quantile(bmi))),
            },
            smoker: case
                .person
                .smoking
                .get()
                .map_or(smoking < priors.smoker_share, |stated| stated == Smoking::Current),
            steroid_tablets: case.health.steroid_tablets.get() == Some(true),
            steroid_cream: case.area.steroid_cream.get() == Some(true),
            undernourished: case.person.diet.get() == Some(Diet::Undernourished),
            diabetes: case.health.diabetes.get() == Some(true),
        };
        Person {
            condition,
            site: site.skin,
            bony: site.bony,
            limb: site.limb,
            colour: priors.colour(case.person.fitzpatrick.get()),
            weights: weights(case, world.parameters.appearance.weights()),
            flora: site.flora,
            mark: Mark {
                stage,
                age: case
                    .lesion
                    .age
                    .get()
                    .unwrap_or_else(|| Time::from_days(mark_prior.quantile(mark_age))),
                measured_dermis: case.lesion.dermis_thickness.get(),
            },
            dark_skin: case
                .person
                .fitzpatrick
                .get()
                .map_or(skin_type < priors.dark_skin_share, |stated| stated >= Fitzpatrick::IV),
            draws: Draws {
                skin: skin_draws(skin),
                stria: needlework_stria::PersonDraws {
                    collagen,
                    thickness,
                    fading: mark_fading,
                    widening: mark_widening,
                },
                puncture: needlework_puncture::PersonDraws { insertion_ratio },
                closure: needlework_channel::ClosurePersonDraws { closing, plug },
                flora,
                healing: needlework_healing::PersonDraws { response },
                pain,
                redness,
                fading,
                dark_mark,
                habits: HabitDraws(std::array::from_fn(|k| self.habits[k][index])),
                scar: needlework_reaction::ScarPersonDraws { width: scar_width },
            },
        }
    }
}

/// What counts how much to the person of a case: the usual weights where nothing is said.
#[must_use]
pub fn weights(case: &Case, usual: SeverityWeights) -> SeverityWeights {
    // numerical: the usual weights on the scale of the questions, 0 to 10, are 7, 7 and 4
    const SCALE: f64 = 18.0;
    let lesion = &case.lesion;
    let of = |said: &Answer<u32>, usual: f64| said.get().map_or(SCALE * usual, f64::from);
    let own = SeverityWeights {
        texture: of(&lesion.texture_matters, usual.texture),
        colour: of(&lesion.colour_matters, usual.colour),
        width: of(&lesion.width_matters, usual.width),
    };
    // Where nothing is said, and where nothing matters, which the reader of cases refuses.
    let said = [&lesion.texture_matters, &lesion.colour_matters, &lesion.width_matters];
    if said.iter().all(|answer| answer.get().is_none()) || own.texture + own.colour + own.width <= 0.0 {
        return usual;
    }
    own
}

/// The draws of a person's skin, in the order of their streams.
fn skin_draws(normal: [f64; 9]) -> skin::PersonDraws {
    let [
        epidermis,
        stratum_corneum,
        dermis,
        fat,
        stiffness,
        dryness,
        fat_stiffness,
        prestretch,
        line,
    ] = normal;
    skin::PersonDraws {
        epidermis,
        stratum_corneum,
        dermis,
        fat,
        stiffness,
        dryness,
        fat_stiffness,
        prestretch,
        line,
    }
}
