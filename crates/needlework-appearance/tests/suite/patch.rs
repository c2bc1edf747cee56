//! Pictures of skin against the tissue that they are made of: nothing on them is more, or less, than the optics says.

use needlework_appearance::adding_doubling::DiscreteOrdinates;
use needlework_appearance::colour::{Field, Lab, Observer, Xyz, difference_1976, lab, srgb};
use needlework_appearance::patch::{
    Lighting, MarkLayout, PatchLook, PatchOptics, PatchParameters, Picture, Relief, Scene, Spot,
};
use needlework_appearance::skin_optics::{SkinState, skin_of_group, spectrum};
use needlework_appearance::{MarkParameters, MarkState, mark_in};

use crate::reference::{book, laws, tables};

fn parameters() -> PatchParameters {
    let book = book();
    PatchParameters::fill(&mut |key| book.value(key).unwrap())
}

/// The same without any mottling, so that a mean over pixels is that of the tissue.
fn even_parameters() -> PatchParameters {
    PatchParameters {
        melanin_mottle: 0.0,
        melanin_rungs: 0.0,
        blood_mottle: 0.0,
        ..parameters()
    }
}

fn group(name: &str) -> SkinState {
    let book = book();
    skin_of_group(name, &mut |key| book.value(key).ok()).unwrap()
}

fn mark(skin: &SkinState, state: MarkState) -> SkinState {
    let book = book();
    mark_in(skin, &state, &MarkParameters::fill(&mut |key| book.value(key).unwrap()))
}

const RED: MarkState = MarkState {
    redness: 1.0,
    paleness: 0.0,
    restored: 0.0,
    epidermal_gain: 0.0,
    dark: 0.0,
    session_blood: 0.0,
};
const PALE: MarkState = MarkState {
    redness: 0.0,
    paleness: 1.0,
    ..RED
};

fn layout() -> MarkLayout {
    MarkLayout {
        seed: 1,
        side_mm: 40.0,
        per_cm2: 0.12,
        widest_mm: 4.0,
        longest_mm: 60.0,
        tension_rad: 0.0,
        direction_sd_rad: 0.1,
        size_sd: 0.4,
    }
}

/// One mark so wide that light from beside it does not matter in its middle.
fn wide() -> MarkLayout {
    MarkLayout {
        per_cm2: 0.001,
        widest_mm: 34.0,
        longest_mm: 900.0,
        side_mm: 100.0,
        direction_sd_rad: 0.0,
        size_sd: 0.0,
        ..layout()
    }
}

fn flat() -> Relief {
    Relief {
        missing_um: 0.0,
        straight_mm: 3.0,
        crinkle_mm: 0.8,
        crinkle_um: 0.0,
        furrow_um: 0.0,
        kept: 1.0,
    }
}

fn dented(missing_um: f64) -> Relief {
    Relief { missing_um, ..flat() }
}

fn shown(skin: &SkinState, state: MarkState, relief: Relief, parameters: PatchParameters) -> PatchLook {
    PatchLook {
        skin: *skin,
        mark: mark(skin, state),
        width: 1.0,
        texture: 1.0,
        relief,
        parameters,
        spots: Vec::new(),
        covering: None,
    }
}

fn picture(layout: &MarkLayout, pixels: usize, shown: &PatchLook, light: Lighting, threads: usize) -> Picture {
    let optics = PatchOptics::of(&tables(), &laws(), &shown.skin).unwrap();
    Scene::of(layout, pixels, &shown.parameters)
        .show(&optics, shown, light, threads)
        .unwrap()
}

/// ΔE of two tissues by the full optics, as reports print it.
fn difference(skin: &SkinState, mark: &SkinState) -> f64 {
    let (laws, tables) = (laws(), tables().thinned(400.0, 700.0, 1));
    let streams = DiscreteOrdinates::new(16, laws.refractive_index).unwrap();
    let observer = Observer::new(&tables, Field::TwoDegrees).unwrap();
    let colour = |tissue: &SkinState| {
        let seen: Vec<f64> = spectrum(&tables, &laws, &streams, tissue)
            .unwrap()
            .iter()
            .map(|r| r.collimated_diffuse)
            .collect();
        observer.lab(&seen).unwrap()
    };
    difference_1976(colour(skin), colour(mark))
}

/// Colour of a pixel as a screen shows it, from its bytes.
fn from_bytes(picture: &Picture, i: usize) -> Lab {
    let [x, y, z] = picture.xyz[i].map(f64::from);
    let shown = srgb(Xyz { x, y, z });
    let linear = |part: f64| {
        let value = (part * 255.0).round() / 255.0;
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    let [r, g, b] = [shown.red, shown.green, shown.blue].map(linear);
    let colour = Xyz {
        x: 100.0 * (0.4124 * r + 0.3576 * g + 0.1805 * b),
        y: 100.0 * (0.2126 * r + 0.7152 * g + 0.0722 * b),
        z: 100.0 * (0.0193 * r + 0.1192 * g + 0.9505 * b),
    };
    lab(colour, picture.white)
}

#[test]
fn a_wide_mark_differs_in_its_pixels_by_what_the_report_prints() {
    for name in ["light", "tan", "dark"] {
        for state in [RED, PALE] {
            let skin = group(name);
            let shown = shown(&skin, state, flat(), even_parameters());
            let found = picture(&wide(), 128, &shown, Lighting::CrossPolarised, 1);
            let (seen, wanted) = (found.measured.delta_e.unwrap(), difference(&skin, &shown.mark));
            assert!(
                (seen / wanted - 1.0).abs() < 0.12,
                "{name} {state:?}: {seen} instead of {wanted}"
            );
            // The same from the bytes of the pixels: the middle of the mark and the left edge.
            let row = 64 * 128;
            let (middle, edge) = (from_bytes(&found, row + 64), from_bytes(&found, row + 2));
            let by_bytes = difference_1976(middle, edge);
            assert!(
                (by_bytes - wanted).abs() < 0.1 * wanted + 0.7,
                "{name} {state:?}: {by_bytes} {wanted}"
            );
        }
    }
}

#[test]
fn no_narrow_mark_stands_out_more_than_its_tissue() {
    for name in ["light", "tan", "dark"] {
        for state in [RED, PALE] {
            let skin = group(name);
            let shown = shown(&skin, state, flat(), even_parameters());
            let whole = difference(&skin, &shown.mark);
            let mut last = 0.0;
            for widest_mm in [2.0, 4.0, 8.0] {
                let layout = MarkLayout { widest_mm, ..layout() };
                let seen = picture(&layout, 160, &shown, Lighting::CrossPolarised, 1)
                    .measured
                    .delta_e
                    .unwrap();
                assert!(seen < 1.05 * whole, "{name} {widest_mm}: {seen} of {whole}");
                assert!(seen > last, "{name} {widest_mm}: {seen} after {last}");
                last = seen;
            }
        }
    }
}

/// Relief in pixels: what raking light makes of a dent, over what it makes of level skin, goes as its depth does.
#[test]
fn light_and_dark_of_raking_light_go_with_the_depth_that_is_stated() {
    let skin = group("light");
    let bare = |depth: f64| {
        let shown = PatchLook {
            mark: skin,
            ..shown(&skin, PALE, dented(depth), even_parameters())
        };
        picture(&layout(), 160, &shown, Lighting::Raking, 1)
    };
    let level = bare(0.0);
    let cast = |found: &Picture| {
        let pairs = found.xyz.iter().zip(&level.xyz);
        (pairs.map(|(a, b)| f64::from(a[1] - b[1]).powi(2)).sum::<f64>() / found.xyz.len() as f64).sqrt()
    };
    let (half, whole) = (bare(40.0), bare(80.0));
    let (seen, stated) = (
        cast(&whole) / cast(&half),
        whole.measured.depth_um.unwrap() / half.measured.depth_um.unwrap(),
    );
    assert!((stated - 2.0).abs() < 0.01, "{stated}");
    assert!((seen / stated - 1.0).abs() < 0.1, "{seen} instead of {stated}");
    let [least, most] = dented(80.0).depth_um(1.0);
    assert!((0.95 * least..1.02 * most).contains(&whole.measured.depth_um.unwrap()));
    // The lamp stands to the left: the left wall of a dent looks away from it and is dark, the right wall is light.
    let row = |i: usize| f64::from(whole.xyz[80 * 160 + i][1]) - f64::from(level.xyz[80 * 160 + i][1]);
    let (darkest, lightest) = (
        (40..120).min_by(|a, b| row(*a).total_cmp(&row(*b))).unwrap(),
        (40..120).max_by(|a, b| row(*a).total_cmp(&row(*b))).unwrap(),
    );
    assert!(darkest < lightest, "{darkest} {lightest}");
}

#[test]
fn even_light_hides_most_of_the_relief_that_raking_light_shows() {
    let skin = group("tan");
    let uneven = |light: Lighting| {
        let shown = PatchLook {
            mark: skin,
            ..shown(&skin, PALE, dented(90.0), even_parameters())
        };
        picture(&layout(), 160, &shown, light, 1).measured.unevenness
    };
    assert!(uneven(Lighting::Raking) > 2.0 * uneven(Lighting::CrossPolarised));
}

#[test]
fn redness_is_faint_on_dark_skin_and_pale_marks_are_most_visible_there() {
    let seen = |name: &str, state: MarkState| {
        let shown = shown(&group(name), state, flat(), parameters());
        let measured = picture(&layout(), 160, &shown, Lighting::CrossPolarised, 1).measured;
        let redder = measured.mark.unwrap().redness - measured.skin.redness;
        (redder, measured.delta_e.unwrap())
    };
    assert!(seen("dark", RED).0 < 0.75 * seen("light", RED).0);
    let pale = ["light", "tan", "dark"].map(|name| seen(name, PALE).1);
    assert!(pale[2] > pale[1] && pale[2] > 1.3 * pale[0], "{pale:?}");
}

#[test]
fn crossed_polarisers_take_the_sheen_and_a_mark_shines_more_than_skin() {
    let skin = group("tan");
    let shown = PatchLook {
        mark: skin,
        ..shown(&skin, PALE, flat(), even_parameters())
    };
    let [with, without] =
        [Lighting::Even, Lighting::CrossPolarised].map(|light| picture(&layout(), 128, &shown, light, 1));
    let sheen: Vec<f32> = with.xyz.iter().zip(&without.xyz).map(|(a, b)| a[1] - b[1]).collect();
    assert!(sheen.iter().all(|light| *light > 0.5), "everything mirrors some light");
    // With the skin's own tissue a mark differs by its sheen alone; without it only by the follicles that it lacks.
    assert!(with.measured.mark.unwrap().lightness > with.measured.skin.lightness + 0.1);
    assert!(without.measured.delta_e.unwrap() < 0.1, "{:?}", without.measured);
}

#[test]
fn the_same_state_gives_the_same_pixels_on_any_number_of_threads() {
    let skin = group("light");
    let shown = PatchLook {
        spots: vec![Spot {
            x_mm: 10.0,
            y_mm: 12.0,
            radius_mm: 0.4,
            thick: 1.0,
        }],
        covering: Some(needlework_appearance::patch::Covering {
            thickness_mm: 0.06,
            saturation: 1.0,
        }),
        ..shown(&skin, RED, dented(80.0), parameters())
    };
    let one = picture(&layout(), 96, &shown, Lighting::Even, 1);
    for threads in [2, 3, 7] {
        assert_eq!(one, picture(&layout(), 96, &shown, Lighting::Even, threads));
    }
    // Blood is seen where it lies: darker and redder than the picture without it.
    let bare = picture(
        &layout(),
        96,
        &PatchLook {
            spots: Vec::new(),
            covering: None,
            ..shown.clone()
        },
        Lighting::Even,
        1,
    );
    let at = (12.0 / 40.0 * 96.0) as usize * 96 + (10.0 / 40.0 * 96.0) as usize;
    let (drop, skin) = (from_bytes(&one, at), from_bytes(&bare, at));
    assert!(
        drop.redness > skin.redness + 5.0 && drop.lightness < skin.lightness - 5.0,
        "{drop:?} {skin:?}"
    );
}

#[test]
fn a_healed_mark_is_a_shallower_one_and_collagen_alone_is_less_than_is_noticed() {
    let skin = group("light");
    let before = shown(&skin, PALE, dented(100.0), even_parameters());
    let after = PatchLook {
        texture: 0.6,
        ..before.clone()
    };
    let depth = |shown: &PatchLook| {
        picture(&layout(), 128, shown, Lighting::Even, 1)
            .measured
            .depth_um
            .unwrap()
    };
    assert!((depth(&after) / depth(&before) - 0.6).abs() < 0.01);
    // All that rebuilt collagen could do to colour: the mark's dermis scatters as the skin's.
    for name in ["light", "intermediate", "tan", "brown", "dark"] {
        let skin = group(name);
        let mark = mark(&skin, PALE);
        let rebuilt = SkinState {
            upper_scattering_scale: skin.upper_scattering_scale,
            lower_scattering_scale: skin.lower_scattering_scale,
            ..mark
        };
        let moved = (difference(&skin, &mark) - difference(&skin, &rebuilt)).abs();
        assert!(moved < 2.5, "{name}: {moved}");
    }
}

#[test]
fn pictures_take_fewer_wavelengths_than_reports_and_lose_little_by_it() {
    for name in ["light", "intermediate", "tan", "brown", "dark"] {
        let skin = group(name);
        let optics = PatchOptics::of(&tables(), &laws(), &skin).unwrap();
        for state in [RED, PALE] {
            let mark = mark(&skin, state);
            let colour = |tissue: &SkinState| lab(optics.even(tissue).unwrap(), optics.white);
            let seen = difference_1976(colour(&skin), colour(&mark));
            assert!((seen - difference(&skin, &mark)).abs() < 0.25, "{name} {state:?}");
        }
    }
}
