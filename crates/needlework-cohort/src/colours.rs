//! Colours of a cohort: the contrast of every person's mark by a reduced model with a stated error, and the full optics
//! for what is printed.

use needlework_appearance::adding_doubling::{DiscreteOrdinates, OpticsError};
use needlework_appearance::colour::{Field, Lab, Observer, difference_1976, srgb, xyz_from_lab};
use needlework_appearance::reduced_colour::{ColourBox, ReducedSettings, StatedError, build};
use needlework_appearance::skin_optics::{OpticalLaws, SkinState, SpectralTables, spectrum};
use needlework_appearance::{MarkState, mark_in};

use crate::monte_carlo::{Cohort, VirtualPerson};
use crate::population_summary::PotentialOutcome;

/// What the optics needs beside the people.
#[derive(Debug, Clone)]
pub struct OpticsData {
    /// Spectral tables from 400 to 700 nm.
    pub tables: SpectralTables,
    /// Laws of absorption and scattering.
    pub laws: OpticalLaws,
    /// The skin around the mark.
    pub skin: SkinState,
    /// The light skin for which redness after a session is stated.
    pub reference: SkinState,
}

/// One colour beside the skin around it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contrast {
    /// The colour of the mark.
    pub mark: Lab,
    /// Difference to the skin, ΔE*76.
    pub delta_e: f64,
    /// Difference of redness to the skin, Δa*.
    pub delta_a: f64,
}

/// The colours of a cohort.
#[derive(Debug, Clone, PartialEq)]
pub struct Colours {
    /// The skin around the mark.
    pub skin: Lab,
    /// Error of the reduced model.
    pub error: StatedError,
    /// For each person, contrast before, treated and untreated at the moment asked for.
    pub people: Vec<[f64; 3]>,
}

/// Contrasts of all people at `moment`, by the reduced model. `before` is the moment of the start.
///
/// # Errors
/// [`OpticsError`] when the optics cannot be solved for this skin.
pub fn colours(cohort: &Cohort, optics: &OpticsData, before: usize, moment: usize) -> Result<Colours, OpticsError> {
    let states = |person: &VirtualPerson| {
        [
            (before, PotentialOutcome::Untreated),
            (moment, PotentialOutcome::Treated),
            (moment, PotentialOutcome::Untreated),
        ]
        .map(|(at, arm)| mark_state(cohort, optics, person, at, arm))
    };
    let all: Vec<[SkinState; 3]> = cohort.people.iter().map(states).collect();
    let range = |value: fn(&SkinState) -> f64| {
        let values = all.iter().flatten().map(value);
        let (low, high) = values.fold((f64::INFINITY, 0.0_f64), |(low, high), v| (low.min(v), high.max(v)));
        // numerical: a hair of slack, so that a box of people who are all alike is not empty
        const SLACK: f64 = 1.02;
        [low / SLACK, high * SLACK]
    };
    let bounds = ColourBox {
        melanin_fraction: range(|s| s.melanin_fraction),
        upper_blood_fraction: range(|s| s.upper_blood_fraction),
        epidermis_mm: range(|s| s.epidermis_mm),
        upper_scattering_scale: range(|s| s.upper_scattering_scale),
    };
    let reduced = build(
        &optics.tables,
        &optics.laws,
        &optics.skin,
        &bounds,
        &ReducedSettings::default(),
    )?;
    let skin = full(optics, &optics.skin)?;
    Ok(Colours {
        skin,
        error: reduced.stated_error(),
        people: all
            .iter()
            .map(|three| three.map(|state| difference_1976(reduced.lab(&state), skin)))
            .collect(),
    })
}

impl OpticsData {
    /// The colour of the skin itself, by the full optics.
    ///
    /// # Errors
    /// [`OpticsError`] when the optics cannot be solved.
    pub fn skin_colour(&self) -> Result<Lab, OpticsError> {
        full(self, &self.skin)
    }

    /// The colour of a tissue, by the full optics.
    pub(crate) fn colour_of(&self, tissue: &SkinState) -> Result<Lab, OpticsError> {
        full(self, tissue)
    }

    /// The colour of one person's mark beside `skin`, by the full optics.
    ///
    /// # Errors
    /// [`OpticsError`] when the optics cannot be solved.
    pub fn contrast(
        &self,
        skin: Lab,
        cohort: &Cohort,
        person: &VirtualPerson,
        moment: usize,
        arm: PotentialOutcome,
    ) -> Result<Contrast, OpticsError> {
        let mark = full(self, &mark_state(cohort, self, person, moment, arm))?;
        Ok(Contrast {
            mark,
            delta_e: difference_1976(mark, skin),
            delta_a: mark.redness - skin.redness,
        })
    }

    /// The colour of this skin with as much more blood in its upper dermis as makes the reference skin redder by each
    /// of these differences in a*, by the full optics. The extra blood is the same amount in every skin, so that
    /// melanin hides it. Where no blood makes the reference skin that red, it is as much as makes it reddest.
    ///
    /// # Errors
    /// [`OpticsError`] when the optics cannot be solved.
    pub fn reddened(&self, delta_a: &[f64]) -> Result<Vec<Lab>, OpticsError> {
        // numerical: steps from the skin to an upper dermis that is half blood, between which is interpolated
        const RUNGS: usize = 16;
        let own = self.reference.upper_blood_fraction;
        let mut ladder: Vec<[f64; 2]> = Vec::new();
        for rung in 0..=RUNGS {
            let blood = own * (0.5 / own).powf(rung as f64 / RUNGS as f64);
            let redness = full(self, &with_blood(&self.reference, blood))?.redness;
            // Past the reddest more blood only darkens.
            if ladder.last().is_some_and(|[_, last]| redness <= *last) {
                break;
            }
            ladder.push([blood - own, redness]);
        }
        delta_a
            .iter()
            .map(|delta| {
                full(
                    self,
                    &with_blood(&self.skin, self.skin.upper_blood_fraction + extra(&ladder, *delta)),
                )
            })
            .collect()
    }

    /// A colour as `#rrggbb` for a screen.
    ///
    /// # Errors
    /// [`OpticsError`] when the tables hold no light.
    pub fn screen(&self, colour: Lab) -> Result<String, OpticsError> {
        let observer = Observer::new(&self.tables, Field::TwoDegrees)?;
        let rgb = srgb(xyz_from_lab(colour, observer.white));
        // numerical: a screen's largest byte
        const BYTE: f64 = 255.0;
        let byte = |part: f64| (part.clamp(0.0, 1.0) * BYTE).round() as u8;
        Ok(format!(
            "#{:02x}{:02x}{:02x}",
            byte(rgb.red),
            byte(rgb.green),
            byte(rgb.blue)
        ))
    }
}

fn with_blood(skin: &SkinState, upper_blood_fraction: f64) -> SkinState {
    SkinState {
        upper_blood_fraction,
        ..*skin
    }
}

/// The extra blood that makes redder by `delta` than the first rung of (extra blood, redness); the ladder rises in
/// both.
fn extra(ladder: &[[f64; 2]], delta: f64) -> f64 {
    let wanted = ladder[0][1] + delta.max(0.0);
    let Some(above) = ladder.iter().position(|rung| rung[1] >= wanted) else {
        return ladder[ladder.len() - 1][0];
    };
    let ([less, from], [more, to]) = (ladder[above.saturating_sub(1)], ladder[above]);
    if to > from {
        less + (more - less) * (wanted - from) / (to - from)
    } else {
        less
    }
}

fn mark_state(
    cohort: &Cohort,
    optics: &OpticsData,
    person: &VirtualPerson,
    moment: usize,
    arm: PotentialOutcome,
) -> SkinState {
    let state: MarkState = cohort.observation(person, moment, arm).mark;
    mark_in(&optics.skin, &state, &cohort.worlds[person.world].parameters.mark)
}

/// Colour by the full optics, mirror reflection excluded, as an eye sees that looks past the gloss.
fn full(optics: &OpticsData, state: &SkinState) -> Result<Lab, OpticsError> {
    // numerical: sixteen streams reproduce the reference spectra of layered skin within 4e-5
    const STREAMS: usize = 16;
    let streams = DiscreteOrdinates::new(STREAMS, optics.laws.refractive_index)?;
    let reflectances = spectrum(&optics.tables, &optics.laws, &streams, state)?;
    let diffuse: Vec<f64> = reflectances.iter().map(|r| r.collimated_diffuse).collect();
    Observer::new(&optics.tables, Field::TwoDegrees)?.lab(&diffuse)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extra_blood_is_as_much_as_redness_asks_and_never_more_than_at_its_top() {
        let ladder = [[0.0, 8.0], [0.01, 12.0], [0.03, 14.0]];
        for (delta, blood) in [(0.0, 0.0), (-1.0, 0.0), (3.0, 0.0075), (5.0, 0.02), (9.0, 0.03)] {
            assert!((extra(&ladder, delta) - blood).abs() < 1e-12, "{delta}");
        }
    }
}
