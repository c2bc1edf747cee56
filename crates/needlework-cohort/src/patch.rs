//! What is drawn of simulated people: a patch of their skin with their marks, at the moments of a cohort.
//!
//! Marks lie as the case says (number, width, length, direction across the tension line of the site), by a seed. Colour
//! is that of the printed swatches, dents are the person's missing dermis, and what is left of them is the texture that
//! the score counts. A session goes over the whole patch, so that the skin between the marks is as red after it as the
//! marks are; where its holes bleed is drawn by the share of holes that do.
//!
//! Limits: what a case leaves open about marks stands at one value; the holes are those of the first session.

use std::collections::BTreeMap;

use needlework_appearance::adding_doubling::OpticsError;
use needlework_appearance::patch::{Covering, MarkLayout, PatchLook, PatchParameters, Relief, Spot};
use needlework_appearance::skin_optics::SkinState;
use needlework_appearance::{MarkState, mark_in};
use needlework_case::Case;
use needlework_course::{Accuracy, pierce};
use needlework_evidence::{Book, BookError, Declared};
use needlework_numerics::uniforms;
use needlework_puncture::{Contact, Plot, lay, press};
use needlework_stria::Tissue;
use needlework_units::Length;

use crate::colours::OpticsData;
use crate::creams::drawn;
use crate::monte_carlo::{Cohort, VirtualPerson};
use crate::people::{Question, site_numbers};
use crate::population_summary::PotentialOutcome;

/// Every parameter of a patch that is declared by a room.
#[must_use]
pub fn patch_declared() -> Vec<Declared> {
    PatchParameters::DECLARED.to_vec()
}

/// What is not known of a patch, for each world.
///
/// # Errors
/// [`BookError`] when the evidence lacks a number.
pub fn patch_worlds(book: &Book, seed: u64, count: usize) -> Result<Vec<PatchParameters>, BookError> {
    let mut columns = BTreeMap::new();
    for want in PatchParameters::DECLARED {
        columns.insert(want.key, drawn(book, seed, want.key, count)?);
    }
    Ok((0..count)
        .map(|w| PatchParameters::fill(&mut |key| columns.get(key).map_or(f64::NAN, |column| column[w])))
        .collect())
}

/// Where the marks of a case lie on a square patch.
///
/// # Errors
/// [`BookError`] when the evidence lacks a number.
pub fn patch_layout(question: &Question<'_>, seed: u64, side: Length) -> Result<MarkLayout, BookError> {
    let (book, lesion) = (question.book, &question.case.lesion);
    let usual = |name: &str| book.value(&format!("appearance.lines.{name}"));
    let per_cm2 = match (lesion.count.get(), lesion.treated_area.get()) {
        (Some(count), Some(area)) if area.cm2() > 0.0 => f64::from(count) / area.cm2(),
        // The number of marks is known and their area is not: they lie as close as is usual.
        _ => book.value("appearance.lines.density")? * needlework_units::MM2_PER_CM2,
    };
    let tension = site_numbers(question.site, book)?.skin.tension_line;
    Ok(MarkLayout {
        seed,
        side_mm: side.mm(),
        per_cm2,
        widest_mm: lesion
            .width
            .get()
            .map_or_else(|| usual("width"), |width| Ok(width.mm()))?,
        longest_mm: lesion
            .length
            .get()
            .map_or_else(|| usual("length"), |length| Ok(length.mm()))?,
        // A picture's second axis goes down, a body's up.
        tension_rad: -tension.radians(),
        direction_sd_rad: usual("direction_sd")?,
        size_sd: usual("size_sd")?,
    })
}

/// What a session has left on a patch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionTrace {
    /// Nothing that lies on the skin.
    Nothing,
    /// Fresh blood where holes bleed.
    Blood,
    /// Crusts there.
    Crusts,
}

/// A person's patch at a moment.
#[derive(Debug, Clone, PartialEq)]
pub struct PatchState {
    /// What is drawn.
    pub shown: PatchLook,
    /// Difference in colour between mark and skin by the score's own response, ΔE.
    pub contrast: f64,
    /// Holes of a session on the patch.
    pub holes: usize,
    /// How many of them bleed.
    pub bleeding: usize,
}

impl OpticsData {
    /// A person's patch at a moment of the cohort: what is drawn, and what the score says of it.
    #[must_use]
    pub fn patch(
        &self,
        cohort: &Cohort,
        person: &VirtualPerson,
        parameters: &PatchParameters,
        (moment, arm): (usize, PotentialOutcome),
        (aftermath, layout): (SessionTrace, &MarkLayout),
    ) -> PatchState {
        let world = &cohort.worlds[person.world].parameters;
        let seen = cohort.observation(person, moment, arm);
        let (holes, bleeding, spots) = match aftermath {
            SessionTrace::Nothing => (0, 0, Vec::new()),
            SessionTrace::Blood | SessionTrace::Crusts => spots(cohort, person, parameters, layout),
        };
        let covering = (!spots.is_empty()).then(|| Covering {
            thickness_mm: parameters.film.mm(),
            // Fresh blood of small vessels is nearly full of oxygen, what has dried has lost it.
            saturation: if aftermath == SessionTrace::Blood { 1.0 } else { 0.0 },
        });
        PatchState {
            contrast: seen.appearance.contrast,
            holes,
            bleeding,
            shown: PatchLook {
                skin: self.reddened_skin(&seen.mark),
                mark: mark_in(&self.skin, &seen.mark, &world.mark),
                width: seen.appearance.width,
                texture: seen.appearance.texture,
                relief: Relief::of(
                    &person.harms.skin,
                    person.harms.mark_dermis,
                    world.mark.epidermis.mm(),
                    parameters,
                ),
                parameters: parameters.clone(),
                spots,
                covering,
            },
        }
    }

    /// The skin between the marks, with the blood that a session has brought.
    fn reddened_skin(&self, mark: &MarkState) -> SkinState {
        SkinState {
            upper_blood_fraction: self.skin.upper_blood_fraction
                + mark.session_blood.max(0.0) * self.reference.upper_blood_fraction,
            ..self.skin
        }
    }

    /// The difference in colour between a mark and the skin around it, ΔE*76 by the full optics.
    ///
    /// # Errors
    /// [`OpticsError`] when the optics cannot be solved.
    pub fn tissue_difference(&self, shown: &PatchLook) -> Result<f64, OpticsError> {
        let (skin, mark) = (self.colour_of(&shown.skin)?, self.colour_of(&shown.mark)?);
        Ok(needlework_appearance::colour::difference_1976(skin, mark))
    }

    /// The same difference if the mark's dermis scattered light as the skin's does, and nothing else of it changed: all
    /// that rebuilt collagen could do to its colour.
    ///
    /// # Errors
    /// [`OpticsError`] when the optics cannot be solved.
    pub fn rebuilt_difference(&self, shown: &PatchLook) -> Result<f64, OpticsError> {
        let mark = SkinState {
            upper_scattering_scale: shown.skin.upper_scattering_scale,
            lower_scattering_scale: shown.skin.lower_scattering_scale,
            ..shown.mark
        };
        self.tissue_difference(&PatchLook { mark, ..shown.clone() })
    }
}

/// The mark of a person before the plan.
#[must_use]
pub fn mark_before(cohort: &Cohort, person: &VirtualPerson) -> Tissue {
    let world = &cohort.worlds[person.world].parameters;
    let schedule = &cohort.schedules[person.world];
    pierce(&person.person, schedule, world, &Accuracy::default()).1
}

/// Holes of the first session on a patch, how many of them bleed, and the drops of these: a hole that bleeds within a
/// drop's width of another bleeds into the same drop.
fn spots(
    cohort: &Cohort,
    person: &VirtualPerson,
    parameters: &PatchParameters,
    layout: &MarkLayout,
) -> (usize, usize, Vec<Spot>) {
    let map = hole_places(cohort, person, layout.seed, Length::from_mm(layout.side_mm));
    let chances = uniforms(layout.seed, "patch.bleeding", map.len());
    let sizes = uniforms(layout.seed, "patch.drops", map.len());
    let drop_mm = parameters.drop.mm();
    let apart = 2.0 * drop_mm;
    let square = |x_mm: f64, y_mm: f64| ((x_mm / apart).floor() as i64, (y_mm / apart).floor() as i64);
    let mut taken: BTreeMap<(i64, i64), Vec<usize>> = BTreeMap::new();
    let (mut bleeding, mut spots): (usize, Vec<Spot>) = (0, Vec::new());
    for (([x_mm, y_mm, _], chance), size) in map.iter().copied().zip(chances).zip(sizes) {
        if chance >= person.harms.bleeding.share {
            continue;
        }
        bleeding += 1;
        let (column, row) = square(x_mm, y_mm);
        let radius_mm = drop_mm * (0.5 + size);
        let near = (row - 1..=row + 1)
            .flat_map(|j| (column - 1..=column + 1).map(move |i| (i, j)))
            .flat_map(|square| taken.get(&square).into_iter().flatten().copied())
            .find(|at| (spots[*at].x_mm - x_mm).hypot(spots[*at].y_mm - y_mm) < apart);
        if let Some(at) = near {
            // Two drops that run together cover as much skin as both did.
            spots[at].radius_mm = spots[at].radius_mm.hypot(radius_mm);
            continue;
        }
        taken.entry((column, row)).or_default().push(spots.len());
        spots.push(Spot {
            x_mm,
            y_mm,
            radius_mm,
            // Drops are of all sizes; small ones lie thinner.
            thick: 0.5 + 0.5 * size,
        });
    }
    (map.len(), bleeding, spots)
}

/// Where the first session leaves holes on a square, and how deep: x, y, depth, mm.
#[must_use]
pub fn hole_places(cohort: &Cohort, person: &VirtualPerson, seed: u64, side: Length) -> Vec<[f64; 3]> {
    let world = &cohort.worlds[person.world].parameters;
    let schedule = &cohort.schedules[person.world];
    if schedule.sessions.is_empty() {
        return Vec::new();
    }
    let accuracy = Accuracy::default();
    let (skin, mark, holes) = pierce(&person.person, schedule, world, &accuracy);
    let (device, hand) = (&schedule.device, &schedule.hand);
    let contact = Contact {
        depths_mm: holes.depths_mm,
        ..press(
            device,
            hand,
            &skin,
            &mark,
            &world.puncture,
            &person.person.draws.puncture,
            &accuracy.needles,
        )
    };
    let plot = Plot {
        width: side,
        height: side,
    };
    lay(device, hand, &contact, plot, 1, &world.puncture, seed)
        .holes
        .iter()
        .map(|hole| [hole.x_mm, hole.y_mm, hole.depth_mm])
        .collect()
}

/// The skin around the mark of a case and the optical laws, from the evidence.
///
/// `None` where a number of the case's skin is missing.
#[must_use]
pub fn optics_of(
    case: &Case,
    book: &Book,
    spectra: &needlework_appearance::skin_optics::SpectralTables,
) -> Option<OpticsData> {
    let mut value = |key: &str| book.value(key).ok();
    let group = crate::skin_group(case.person.fitzpatrick.get());
    let skin = needlework_appearance::skin_optics::skin_of_group(group, &mut value)?;
    let reference = needlework_appearance::skin_optics::skin_of_group("light", &mut value)?;
    let laws = needlework_appearance::skin_optics::OpticalLaws::fill(&mut |key| book.value(key).unwrap_or(f64::NAN));
    Some(OpticsData {
        tables: spectra.clone(),
        laws,
        skin,
        reference,
    })
}
