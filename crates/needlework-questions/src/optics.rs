//! What light does in any stack of layers, as data: reflectance and transmittance, where it comes out, and what an eye
//! and an instrument make of it.
//!
//! By wavelength, for collimated and for diffuse light: reflectance with and without what the surface mirrors (UR1,
//! R_d, URU), transmittance, absorption, and the reflectance factor 45°/0° ([`reflect`]). With packets of light
//! ([`follow`]) also R_d by distance from a narrow beam and the edge loss of an instrument, each with its standard
//! error and its distance from the other method.
//!
//! Colour needs wavelengths from 400 to 700 nm that stand no more than [`WIDEST_GAP_NM`] apart; between them the
//! spectrum is taken as a line, on the grid of the CIE tables. The sums run over as much of 380–780 nm as is given.
//! What cannot be computed from what is given is unknown, with the reason.
//!
//! **What an instrument reads.** Its geometry says which light counts: a sphere with the mirrored light in it (d/8°
//! included, by reciprocity UR1), a sphere without (d/8° excluded, R_d), or 45°/0°. Its discs take the edge loss off
//! what was scattered.
//!
//! Limits: those of both methods; an edge loss is taken to be the same for 45°/0° as for all that comes back. How far
//! the result hangs on the number of streams is said by the change from half of them.

use needlework_appearance::Discs;
use needlework_appearance::adding_doubling::{DiscreteOrdinates, Layer, OpticsError, Reflectance, reflect};
use needlework_appearance::colour::{
    ERYTHEMA_NM, Field, Lab, Observer, difference_1976, difference_2000, erythema_index, individual_typology_angle_deg,
    interpolate, lab, melanin_index, srgb,
};
use needlework_appearance::monte_carlo::{Estimate, Incidence, PhotonError, PhotonSettings, PhotonTally, follow};
use needlework_appearance::skin_optics::SpectralTables;
use needlework_numerics::{Continue, Progress, map_in_order};
use needlework_verdict::{Engine, INTENDED_USE};

use crate::stack::{StackCase, StackFile};

mod numbers;

pub use numbers::{
    OPTICS_FORMAT, OpticsAsked, OpticsCase, OpticsColour, OpticsEstimate, OpticsFailure, OpticsGeometry, OpticsPhotons,
    OpticsPoint, OpticsQuestion, OpticsReport,
};

/// numerical: wavelengths farther apart than this miss the bands of blood
const WIDEST_GAP_NM: f64 = 20.0;
/// numerical: without all of these a colour would be a guess; outside of them eyes hardly see
const SEEN_NM: [f64; 2] = [400.0, 700.0];
/// numerical: rings of R_d(ρ): their width, mm, and how many
const RINGS: (f64, usize) = (0.05, 200);
/// numerical: a share below it is rounding
const NOTHING: f64 = 1e-9;
/// numerical: colours are summed in steps of so many nm
const FINE_NM: f64 = 10.0;
/// numerical: fewest streams that are halved to see what their number does
const FEWEST_HALVED: usize = 8;

/// Illuminant and observer of all colours.
const CONDITIONS: &str = "CIE illuminant D65, CIE 1931 observer (2 degrees), white is the perfect reflector";

/// Follows light through the stacks of a file.
///
/// # Errors
/// [`OpticsFailure`] where a stack cannot be solved or `progress` stops the work.
pub fn optics(
    file: &StackFile,
    question: &OpticsQuestion,
    tables: &SpectralTables,
    engine: &Engine,
    progress: &mut dyn FnMut(Progress) -> Continue,
) -> Result<OpticsReport, OpticsFailure> {
    let stacks: Vec<(&StackCase, f64, &[Layer])> = file
        .cases
        .iter()
        .flat_map(|case| {
            case.stacks
                .iter()
                .map(move |(nm, layers)| (case, *nm, layers.as_slice()))
        })
        .collect();
    let solved = solve(&stacks, question, progress)?;
    let tallies = photons(&stacks, question, progress)?;
    let mut points = solved.into_iter().enumerate().map(|(at, (light, half))| {
        let tally = tallies.get(at);
        point(stacks[at].1, &light, half, tally, question)
    });
    let mut cases = Vec::new();
    for case in &file.cases {
        let spectrum: Vec<OpticsPoint> = points.by_ref().take(case.stacks.len()).collect();
        cases.push(OpticsCase {
            case: case.name.clone(),
            layers: case.layers.clone(),
            changes_index: case.stacks.iter().any(|(_, layers)| {
                layers
                    .windows(2)
                    .any(|pair| pair[0].refractive_index != pair[1].refractive_index)
            }),
            colours: colours(&spectrum, tables, question)?,
            spectrum,
        });
    }
    compare_with_first(&mut cases);
    Ok(OpticsReport {
        format: OPTICS_FORMAT.to_owned(),
        engine: engine.clone(),
        intended_use: INTENDED_USE.to_owned(),
        asked: OpticsAsked {
            streams: question.streams,
            incidence: if question.diffuse { "diffuse" } else { "collimated" }.to_owned(),
            geometry: question.geometry,
            aperture_mm: question.discs_mm.map(|discs| discs[0]),
            illuminated_mm: question.discs_mm.map(|discs| discs[1]),
            photons: question.photons,
            seed: question.seed,
            ring_mm: RINGS.0,
        },
        colour_conditions: CONDITIONS.to_owned(),
        notes: notes(&cases, question),
        cases,
    })
}

/// Reflectances with all streams, and the change of UR1 from half of them.
type Solved = Vec<(Reflectance, Option<f64>)>;

fn solve(
    stacks: &[(&StackCase, f64, &[Layer])],
    question: &OpticsQuestion,
    progress: &mut dyn FnMut(Progress) -> Continue,
) -> Result<Solved, OpticsFailure> {
    let failed = |at: usize, error: OpticsError| OpticsFailure::Stack(stacks[at].0.name.clone(), stacks[at].1, error);
    // Streams are chosen once for each set of indices; most files have one.
    let mut sets: Vec<(Vec<f64>, DiscreteOrdinates, Option<DiscreteOrdinates>)> = Vec::new();
    let mut set_of = Vec::with_capacity(stacks.len());
    for (at, (_, _, layers)) in stacks.iter().enumerate() {
        let mut indices: Vec<f64> = layers.iter().map(|layer| layer.refractive_index).collect();
        indices.sort_by(f64::total_cmp);
        indices.dedup();
        let known = sets.iter().position(|(own, ..)| *own == indices);
        set_of.push(known.unwrap_or(sets.len()));
        if known.is_none() {
            let all = DiscreteOrdinates::in_indices(question.streams, &indices).map_err(|error| failed(at, error))?;
            // An even number of them.
            let half = question.streams / 4 * 2;
            let half = (question.streams >= FEWEST_HALVED)
                .then(|| DiscreteOrdinates::in_indices(half, &indices))
                .transpose()
                .map_err(|error| failed(at, error))?;
            sets.push((indices, all, half));
        }
    }
    let solve = |at: usize| -> Result<(Reflectance, Option<f64>), OpticsError> {
        let (_, all, half) = &sets[set_of[at]];
        let light = reflect(all, stacks[at].2)?;
        let coarse = half.as_ref().map(|half| reflect(half, stacks[at].2)).transpose()?;
        let change = coarse.map(|coarse| light.collimated_total - coarse.collimated_total);
        Ok((light, change))
    };
    let solved = map_in_order(question.threads, stacks.len(), progress, solve)
        .map_err(|why| OpticsFailure::Photons(PhotonError::Interrupted(why)))?;
    let solved = solved.into_iter().enumerate();
    solved
        .map(|(at, found)| found.map_err(|error| failed(at, error)))
        .collect()
}

fn photons(
    stacks: &[(&StackCase, f64, &[Layer])],
    question: &OpticsQuestion,
    progress: &mut dyn FnMut(Progress) -> Continue,
) -> Result<Vec<PhotonTally>, OpticsFailure> {
    if question.photons == 0 {
        return Ok(Vec::new());
    }
    let settings = PhotonSettings {
        photons: question.photons,
        seed: question.seed,
        threads: question.threads,
        incidence: if question.diffuse {
            Incidence::Diffuse
        } else {
            Incidence::Collimated
        },
        ring_mm: RINGS.0,
        rings: RINGS.1,
        discs: question.discs_mm.map(|[measured_mm, illuminated_mm]| Discs {
            illuminated_mm,
            measured_mm,
        }),
    };
    let layers: Vec<&[Layer]> = stacks.iter().map(|(_, _, layers)| *layers).collect();
    follow(&layers, &settings, progress).map_err(OpticsFailure::Photons)
}

fn point(
    wavelength_nm: f64,
    light: &Reflectance,
    ur1_change: Option<f64>,
    tally: Option<&PhotonTally>,
    question: &OpticsQuestion,
) -> OpticsPoint {
    let (mirrored, scattered) = if question.diffuse {
        (light.specular_diffuse, light.diffuse - light.specular_diffuse)
    } else {
        (light.specular, light.collimated_diffuse)
    };
    let (mirrored, spread) = match question.geometry {
        OpticsGeometry::SpecularIncluded => (mirrored, scattered),
        OpticsGeometry::SpecularExcluded => (0.0, scattered),
        OpticsGeometry::FortyFiveZero => (0.0, light.factor_45_0),
    };
    let loss = tally.and_then(|tally| tally.edge_loss);
    OpticsPoint {
        wavelength_nm,
        specular: light.specular,
        ur1: light.collimated_total,
        rd: light.collimated_diffuse,
        ut1: light.transmitted,
        absorbed: 1.0 - light.collimated_total - light.transmitted,
        specular_diffuse: light.specular_diffuse,
        uru: light.diffuse,
        utu: light.transmitted_diffuse,
        absorbed_diffuse: 1.0 - light.diffuse - light.transmitted_diffuse,
        factor_45_0: light.factor_45_0,
        ur1_change,
        measured: (question.discs_mm.is_none() || loss.is_some())
            .then(|| mirrored + spread * (1.0 - loss.map_or(0.0, |loss| loss.mean))),
        measured_standard_error: loss.map(|loss| spread * loss.standard_error),
        monte_carlo: tally.map(|tally| told(tally, scattered)),
    }
}

fn told(tally: &PhotonTally, exact: f64) -> OpticsPhotons {
    let estimate = |own: Estimate| OpticsEstimate {
        mean: own.mean,
        standard_error: own.standard_error,
    };
    let error = tally.reflected.standard_error;
    OpticsPhotons {
        specular: estimate(tally.specular),
        rd: estimate(tally.reflected),
        transmitted: estimate(tally.transmitted),
        absorbed: estimate(tally.absorbed),
        absorbed_by_layer: tally.absorbed_by_layer.clone(),
        unfinished: tally.unfinished,
        z: (error > 0.0).then(|| (tally.reflected.mean - exact) / error),
        r50_mm: tally.radius_holding(HALF, RINGS.0),
        r90_mm: tally.radius_holding(NINE_TENTHS, RINGS.0),
        edge_loss: tally.edge_loss.map(estimate),
        rd_per_mm2: tally.rings_per_mm2.iter().map(|ring| ring.mean).collect(),
        rd_per_mm2_standard_error: tally.rings_per_mm2.iter().map(|ring| ring.standard_error).collect(),
        rd_beyond: tally.beyond.mean,
    }
}

/// Half of the light.
const HALF: f64 = 0.5;
/// numerical: share within which the usual radius r90 lies
const NINE_TENTHS: f64 = 0.9;

fn colours(
    spectrum: &[OpticsPoint],
    tables: &SpectralTables,
    question: &OpticsQuestion,
) -> Result<Vec<OpticsColour>, OpticsFailure> {
    let included = |point: &OpticsPoint| if question.diffuse { point.uru } else { point.ur1 };
    let excluded = |point: &OpticsPoint| {
        if question.diffuse {
            point.uru - point.specular_diffuse
        } else {
            point.rd
        }
    };
    let shares = |value: &dyn Fn(&OpticsPoint) -> f64| -> Vec<f64> { spectrum.iter().map(value).collect() };
    let measured: Result<Vec<f64>, f64> = spectrum
        .iter()
        .map(|point| point.measured.ok_or(point.wavelength_nm))
        .collect();
    let errors: Option<Vec<f64>> = spectrum.iter().map(|point| point.measured_standard_error).collect();
    Ok(vec![
        colour("specular included", spectrum, &shares(&included), None, tables)?,
        colour("specular excluded", spectrum, &shares(&excluded), None, tables)?,
        match measured {
            Ok(measured) => colour(MEASURED, spectrum, &measured, errors.as_deref(), tables)?,
            Err(nm) => uncoloured(
                MEASURED,
                vec![format!(
                    "too few packets came back at {nm} nm to tell what the discs lose; raise --photons"
                )],
            ),
        },
    ])
}

/// What the colour that an instrument reads is called.
const MEASURED: &str = "measured";

/// A colour of which nothing is known yet.
fn uncoloured(light: &str, unknown: Vec<String>) -> OpticsColour {
    OpticsColour {
        light: light.to_owned(),
        xyz: None,
        lab: None,
        srgb: None,
        srgb_clipped: None,
        lab_standard_error: None,
        ita_deg: None,
        erythema_index: None,
        melanin_index: None,
        delta_e_76_to_first: None,
        delta_e_2000_to_first: None,
        unknown,
    }
}

fn colour(
    light: &str,
    spectrum: &[OpticsPoint],
    shares: &[f64],
    errors: Option<&[f64]>,
    tables: &SpectralTables,
) -> Result<OpticsColour, OpticsFailure> {
    let nm: Vec<f64> = spectrum.iter().map(|point| point.wavelength_nm).collect();
    // Rounding may leave a black stack below zero.
    let shares: Vec<f64> = shares.iter().map(|share| share.max(0.0)).collect();
    let mut found = uncoloured(light, Vec::new());
    match seen(&nm) {
        Ok((low, high)) => {
            let tables = tables.thinned(low, high, 1);
            let observer = Observer::new(&tables, Field::TwoDegrees).map_err(OpticsFailure::Colour)?;
            let summed = |shares: &[f64]| {
                let grid = tables.wavelength_nm.iter();
                let on_grid: Vec<f64> = grid.filter_map(|at| interpolate(&nm, shares, *at)).collect();
                observer.xyz(&on_grid).map_err(OpticsFailure::Colour)
            };
            let xyz = summed(&shares)?;
            let (own, screen) = (lab(xyz, observer.white), srgb(xyz));
            // Wavelengths have packets of their own, so that their errors are independent.
            let mut squares = [0.0; 3];
            for (at, error) in errors.unwrap_or_default().iter().enumerate() {
                let mut moved = shares.clone();
                moved[at] += error;
                let moved = lab(summed(&moved)?, observer.white);
                squares[0] += (moved.lightness - own.lightness).powi(2);
                squares[1] += (moved.redness - own.redness).powi(2);
                squares[2] += (moved.yellowness - own.yellowness).powi(2);
            }
            found.lab_standard_error = errors.map(|_| squares.map(f64::sqrt));
            found.xyz = Some([xyz.x, xyz.y, xyz.z]);
            found.lab = Some([own.lightness, own.redness, own.yellowness]);
            found.srgb = Some([screen.red, screen.green, screen.blue]);
            found.srgb_clipped = Some(screen.clipped);
            found.ita_deg = Some(individual_typology_angle_deg(own));
        }
        Err(why) => found.unknown.push(why),
    }
    let [green, red] = ERYTHEMA_NM.map(|at| near(&nm, at));
    let [green_bright, red_bright] =
        ERYTHEMA_NM.map(|at| interpolate(&nm, &shares, at).is_some_and(|share| share > NOTHING));
    if red && red_bright {
        found.melanin_index = melanin_index(&nm, &shares);
    }
    if red && green && red_bright && green_bright {
        found.erythema_index = erythema_index(&nm, &shares);
    }
    let [green_nm, red_nm] = ERYTHEMA_NM;
    if !(red && green) {
        found.unknown.push(format!(
            "the erythema index needs light at {green_nm} and {red_nm} nm, the melanin index at {red_nm} nm, each \
                between wavelengths at most {WIDEST_GAP_NM} nm apart"
        ));
    } else if !(red_bright && green_bright) {
        found.unknown.push(format!(
            "so little comes back at {green_nm} or {red_nm} nm that the logarithms of the indices say nothing"
        ));
    }
    Ok(found)
}

/// The wavelengths between which a colour can be summed, or why there are none.
fn seen(nm: &[f64]) -> Result<(f64, f64), String> {
    let within: Vec<f64> = nm
        .iter()
        .copied()
        .filter(|nm| (SEEN_NM[0]..=SEEN_NM[1]).contains(nm))
        .collect();
    let whole = near(nm, SEEN_NM[0]) && near(nm, SEEN_NM[1]);
    let close = |pair: &&[f64]| pair[1] - pair[0] <= WIDEST_GAP_NM;
    let mut low = SEEN_NM[0];
    let mut high = SEEN_NM[1];
    if whole && within.windows(2).all(|pair| close(&pair)) {
        // Beyond what is needed, as far as no gap is too wide.
        for pair in nm.windows(2).rev().filter(|pair| pair[0] < SEEN_NM[0]) {
            if !close(&pair) {
                break;
            }
            low = pair[0].min(low);
        }
        for pair in nm.windows(2).filter(|pair| pair[1] > SEEN_NM[1]) {
            if !close(&pair) {
                break;
            }
            high = pair[1].max(high);
        }
        return Ok((low, high));
    }
    let widest = within.windows(2).map(|pair| pair[1] - pair[0]).fold(0.0, f64::max);
    let given = match (within.first(), within.last()) {
        (Some(first), Some(last)) if within.len() > 1 => {
            format!("{} from {first} to {last} nm, {widest} nm apart at most", within.len())
        }
        (Some(only), _) => format!("{only} nm alone"),
        _ => "none".to_owned(),
    };
    Err(format!(
        "colour needs wavelengths from {} to {} nm, at most {WIDEST_GAP_NM} nm apart; given: {given}",
        SEEN_NM[0], SEEN_NM[1]
    ))
}

/// Whether a wavelength is given, or lies between two that are close enough.
fn near(nm: &[f64], at: f64) -> bool {
    nm.contains(&at)
        || nm
            .windows(2)
            .any(|pair| (pair[0]..=pair[1]).contains(&at) && pair[1] - pair[0] <= WIDEST_GAP_NM)
}

/// Differences of colour from the first case, light by light.
fn compare_with_first(cases: &mut [OpticsCase]) {
    let of = |colour: &OpticsColour| {
        colour.lab.map(|[lightness, redness, yellowness]| Lab {
            lightness,
            redness,
            yellowness,
        })
    };
    let first: Vec<Option<Lab>> = cases
        .first()
        .map(|case| case.colours.iter().map(of).collect())
        .unwrap_or_default();
    for case in cases {
        for (colour, first) in case.colours.iter_mut().zip(&first) {
            let pair = of(colour).zip(*first);
            colour.delta_e_76_to_first = pair.map(|(own, first)| difference_1976(own, first));
            colour.delta_e_2000_to_first = pair.map(|(own, first)| difference_2000(own, first));
            if first.is_none() && colour.lab.is_some() {
                colour
                    .unknown
                    .push("the first case has no colour to compare with".to_owned());
            }
        }
    }
}

fn notes(cases: &[OpticsCase], question: &OpticsQuestion) -> Vec<String> {
    let mut notes = Vec::new();
    let widest = cases
        .iter()
        .flat_map(|case| &case.spectrum)
        .filter_map(|point| point.ur1_change)
        .map(f64::abs)
        .fold(0.0, f64::max);
    if question.streams >= FEWEST_HALVED {
        notes.push(format!(
            "From {} to {} streams UR1 changes by {widest:.1e} at most: a measure of what the number of streams \
                leaves open, no bound, and none of diffuse or slanting light, which needs more of them.",
            question.streams / 4 * 2,
            question.streams
        ));
    }
    if question.photons == 0 {
        notes.push(
            "Where light comes out, and what an aperture loses, is unknown without packets of light: --photons."
                .to_owned(),
        );
    }
    let lost = cases
        .iter()
        .flat_map(|case| &case.spectrum)
        .filter_map(|point| point.monte_carlo.as_ref().map(|own| own.unfinished))
        .fold(0.0, f64::max);
    if lost > 0.0 {
        notes.push(format!(
            "Of the light of one stack a share of {lost:.1e} was given up: it is hardly absorbed and comes to no end."
        ));
    }
    let gap = cases
        .iter()
        .filter(|case| case.colours.iter().any(|colour| colour.lab.is_some()))
        .flat_map(|case| case.spectrum.windows(2))
        .filter(|pair| pair[1].wavelength_nm >= SEEN_NM[0] && pair[0].wavelength_nm <= SEEN_NM[1])
        .map(|pair| pair[1].wavelength_nm - pair[0].wavelength_nm)
        .fold(0.0, f64::max);
    if gap > FINE_NM {
        notes.push(format!(
            "Colours are summed every {FINE_NM} nm, and wavelengths stand up to {gap} nm apart: between them the \
                spectrum is taken as straight, so that a narrow band may be missed and the colour is coarser."
        ));
    }
    let errors = cases
        .iter()
        .flat_map(|case| &case.colours)
        .filter_map(|colour| colour.lab_standard_error);
    if let Some(worst) = errors.reduce(|one, other| std::array::from_fn(|at| one[at].max(other[at]))) {
        notes.push(format!(
            "Packets leave L*, a* and b* of what is measured open by a standard error of {:.2}, {:.2} and {:.2} at \
                most; a difference of two such colours comes out too large on average.",
            worst[0], worst[1], worst[2]
        ));
    }
    if cases.iter().any(|case| case.changes_index) {
        notes.push(
            "Only what the top surface mirrors is taken off where mirrored light is excluded. The index changes within \
                a stack: what its inner surfaces mirror stays in R_d and in those colours."
                .to_owned(),
        );
    }
    if question.geometry == OpticsGeometry::FortyFiveZero && question.discs_mm.is_some() {
        notes.push("The edge loss of 45°/0° is taken to be that of all light that comes back.".to_owned());
    }
    notes.push(
        "Layers are plane, even and without end to the sides, surfaces smooth. Lengths and coefficients are taken as \
            they stand in the file: nothing here says what skin has them."
            .to_owned(),
    );
    notes
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use needlework_numerics::unwatched;

    use super::*;

    const QUESTION: OpticsQuestion = OpticsQuestion {
        streams: 8,
        diffuse: false,
        geometry: OpticsGeometry::SpecularExcluded,
        discs_mm: None,
        photons: 0,
        seed: 1,
        threads: 1,
    };

    /// A grey stack at some wavelengths.
    fn grey(nm: impl IntoIterator<Item = u32>) -> OpticsCase {
        let layer = Layer {
            refractive_index: 1.4,
            absorption_per_mm: 0.2,
            scattering_per_mm: 20.0,
            anisotropy: 0.8,
            thickness_mm: f64::INFINITY,
        };
        let file = StackFile {
            cases: vec![StackCase {
                name: "grey".to_owned(),
                layers: vec!["all".to_owned()],
                stacks: nm.into_iter().map(|nm| (f64::from(nm), vec![layer])).collect(),
            }],
        };
        let tables = needlework::spectral_tables().unwrap();
        let report = optics(&file, &QUESTION, &tables, &Engine::default(), &mut unwatched).unwrap();
        report.cases.into_iter().next().unwrap()
    }

    #[test]
    fn a_grey_stack_is_grey_on_any_grid_that_is_close_enough() {
        let wanted = {
            let case = grey((380..=780).step_by(10));
            (case.spectrum[0].rd, case.colours[1].lab.unwrap())
        };
        let grids = [
            (400..=700).step_by(20).collect::<Vec<_>>(),
            (395..=715).step_by(5).collect(),
            (382..=722).step_by(17).collect(),
        ];
        for grid in grids {
            let case = grey(grid);
            let colour = &case.colours[1];
            assert_eq!(colour.unknown, Vec::<String>::new());
            let lab = colour.lab.unwrap();
            assert!(
                lab.iter().zip(&wanted.1).all(|(own, other)| (own - other).abs() < 1e-9),
                "{lab:?}"
            );
            assert!(lab[1].abs() < 1e-9 && lab[2].abs() < 1e-9, "{lab:?}");
            assert!((colour.xyz.unwrap()[1] - 100.0 * wanted.0).abs() < 1e-9);
            assert!(colour.erythema_index.unwrap().abs() < 1e-9);
            assert!((colour.melanin_index.unwrap() + 100.0 * wanted.0.log10()).abs() < 1e-9);
        }
    }

    #[test]
    fn what_a_grid_does_not_tell_is_unknown_and_the_reason_names_what_was_given() {
        for (grid, why, indices) in [
            (vec![550], "given: 550 nm alone", false),
            (vec![800, 900], "given: none", false),
            ((400..=700).step_by(30).collect(), "30 nm apart at most", false),
            (
                (420..=700).step_by(10).collect(),
                "29 from 420 to 700 nm, 10 nm apart at most",
                true,
            ),
            ((560..=660).step_by(10).collect(), "11 from 560 to 660 nm", true),
        ] {
            let case = grey(grid);
            let colour = &case.colours[0];
            assert!(colour.lab.is_none() && colour.xyz.is_none() && colour.srgb.is_none() && colour.ita_deg.is_none());
            assert!(colour.unknown[0].contains(why), "{:?}", colour.unknown);
            assert_eq!(
                colour.erythema_index.is_some() && colour.melanin_index.is_some(),
                indices,
                "{why}"
            );
            assert_eq!(colour.unknown.len(), if indices { 1 } else { 2 });
        }
    }

    #[test]
    fn half_of_the_streams_are_compared_where_there_are_enough() {
        let point = &grey([550]).spectrum[0];
        let change = point.ur1_change.unwrap().abs();
        assert!(change > 0.0 && change < 0.05, "{change}");
        assert!(point.measured == Some(point.rd) && point.measured_standard_error.is_none());
    }
}
