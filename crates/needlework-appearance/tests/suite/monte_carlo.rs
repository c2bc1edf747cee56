//! Light followed packet by packet, against tables of others, against adding–doubling, and against the laws of light.

use std::sync::OnceLock;

use crate::reference::{close, table};
use needlework_appearance::Discs;
use needlework_appearance::adding_doubling::{DiscreteOrdinates, Layer, Reflectance, reflect};
use needlework_appearance::monte_carlo::{Estimate, Incidence, PhotonSettings, PhotonTally, follow};
use needlework_appearance::published_slab;
use needlework_appearance::reference::slab;
use needlework_numerics::unwatched;

const SETTINGS: PhotonSettings = PhotonSettings {
    photons: 20_000,
    seed: 1,
    threads: 0,
    incidence: Incidence::Collimated,
    ring_mm: 0.05,
    rings: 100,
    discs: None,
};

fn light(layers: &[Layer], settings: &PhotonSettings) -> PhotonTally {
    follow(&[layers], settings, &mut unwatched).unwrap().remove(0)
}

fn solved(count: usize, layers: &[Layer]) -> Reflectance {
    let indices: Vec<f64> = layers.iter().map(|layer| layer.refractive_index).collect();
    reflect(&DiscreteOrdinates::in_indices(count, &indices).unwrap(), layers).unwrap()
}

fn z(found: Estimate, wanted: f64) -> f64 {
    (found.mean - wanted) / found.standard_error
}

/// The skins of the Monte Carlo of others: name, wavelength, layers.
fn skins() -> Vec<(String, String, Vec<Layer>)> {
    let (layers, table) = (table("skin_layers"), table("mcml_crosscheck"));
    let word = |row: &Vec<String>, name| table.word(row, name).to_owned();
    table
        .rows
        .iter()
        .map(|row| {
            let (case, nm) = (word(row, "case"), word(row, "lambda_nm"));
            let own = layers.layers(&case, &nm);
            (case, nm, own)
        })
        .collect()
}

/// The light of these skins, followed once for all who look at it.
fn followed() -> &'static [PhotonTally] {
    static FOLLOWED: OnceLock<Vec<PhotonTally>> = OnceLock::new();
    FOLLOWED.get_or_init(|| {
        let skins = skins();
        let stacks: Vec<&[Layer]> = skins.iter().map(|(_, _, layers)| layers.as_slice()).collect();
        follow(&stacks, &SETTINGS, &mut unwatched).unwrap()
    })
}

/// A biased generator would show in the mean of these distances, long before any one of them is large.
#[test]
fn twelve_layered_skins_agree_with_adding_doubling_one_by_one_and_on_average() {
    let skins = skins();
    let (mut reflected, mut transmitted) = (Vec::new(), Vec::new());
    for ((case, nm, layers), tally) in skins.iter().zip(followed()) {
        let exact = solved(32, layers);
        let own = z(tally.reflected, exact.collimated_diffuse);
        assert!(own.abs() <= 3.0, "{case} {nm}: z = {own}, {tally:?}");
        reflected.push(own);
        if exact.transmitted > 1e-3 {
            transmitted.push(z(tally.transmitted, exact.transmitted));
        }
        close(tally.specular.mean, exact.specular, 1e-15, case);
    }
    let mean = |all: &[f64]| all.iter().sum::<f64>() / all.len() as f64;
    assert!(mean(&reflected).abs() < 0.7, "{reflected:?}");
    assert!(
        mean(&transmitted).abs() < 1.2 && transmitted.len() == 4,
        "{transmitted:?}"
    );
}

#[test]
fn published_slabs_come_out_within_their_errors() {
    let settings = PhotonSettings {
        photons: 60_000,
        ..SETTINGS
    };
    for (case, reflected, transmitted) in [
        ("vdH_slab", 0.09739, Some(0.66096)),
        ("giovanelli_semi_inf", 0.26 - 0.04, None),
        ("mcml2_sample2_3layer", 0.237_859, Some(0.096_220_2)),
    ] {
        let found = light(&published_slab(case), &settings);
        assert!(z(found.reflected, reflected).abs() < 3.0, "{case}: {found:?}");
        if let Some(wanted) = transmitted {
            assert!(z(found.transmitted, wanted).abs() < 3.0, "{case}: {found:?}");
        }
    }
}

#[test]
fn light_leaves_at_the_distances_of_the_other_monte_carlo() {
    let profile = table("mcml_rd_r");
    // Their packets; nothing else of their errors is known.
    let theirs = 300_000.0;
    for ((case, nm, _), found) in skins().into_iter().zip(followed()) {
        let rows = profile
            .rows
            .iter()
            .filter(|row| profile.word(row, "case") == case && profile.word(row, "lambda_nm") == nm);
        let wanted: Vec<f64> = rows.map(|row| profile.number(row, "rd_per_mm2")).collect();
        assert_eq!(wanted.len(), 100);
        // The outer rings of dark skin hold a few packets each, whose errors are no normal ones.
        let (mut squares, mut sum, mut count) = (0.0, 0.0, 0.0);
        for (own, other) in found.rings_per_mm2.iter().zip(&wanted).take(30) {
            let error = own.standard_error * (1.0 + f64::from(SETTINGS.photons as u32) / theirs).sqrt();
            if own.mean > 8.0 * own.standard_error {
                let distance = (own.mean - other) / error;
                squares += distance * distance;
                sum += distance;
                count += 1.0;
            }
        }
        assert!(count >= 5.0, "{case} {nm}");
        let (spread, mean) = (squares / count, sum / count);
        // Of a χ² with so many degrees of freedom, six deviations.
        assert!(spread < 1.0 + 6.0 * (2.0f64 / count).sqrt(), "{case} {nm}: {spread}");
        assert!(mean.abs() < 4.0 / f64::sqrt(count), "{case} {nm}: {mean}");
    }
}

#[test]
fn radii_and_edge_losses_are_those_of_the_other_monte_carlo() {
    let radial = table("mcml_radial");
    for ((row, (case, nm, layers)), whole) in radial.rows.iter().zip(skins()).zip(followed()) {
        assert_eq!(
            (radial.word(row, "case"), radial.word(row, "lambda_nm")),
            (case.as_str(), nm.as_str())
        );
        for (diameter, column) in [(5.0, "edge_loss_d5mm"), (11.0, "edge_loss_d11mm")] {
            let settings = PhotonSettings {
                discs: Some(Discs {
                    illuminated_mm: diameter,
                    measured_mm: diameter,
                }),
                photons: 8_000,
                ..SETTINGS
            };
            let found = light(&layers, &settings);
            let loss = found.edge_loss.unwrap();
            let wanted = radial.number(row, column);
            // They know no distances beyond 5 mm and count what leaves there as lost, which part of it is not.
            let far = found.beyond.mean / found.reflected.mean;
            let seen_at_most = if diameter > 5.0 { far } else { 0.0 };
            let allowed = 4.0 * loss.standard_error + 0.01 * wanted + 3e-4;
            let what = format!("{case} {nm} {diameter} mm: {loss:?} instead of {wanted}");
            assert!(loss.mean <= wanted + allowed, "{what}");
            assert!(loss.mean >= wanted - seen_at_most - allowed, "{what}");
        }
        for (share, column) in [(0.5, "r50_mm"), (0.9, "r90_mm")] {
            let wanted = radial.number(row, column);
            let radius = whole.radius_holding(share, SETTINGS.ring_mm).unwrap();
            close(radius, wanted, 0.06 * wanted + 0.03, &format!("{case} {nm} {share}"));
        }
    }
}

#[test]
fn the_books_close_for_any_stack_and_incidence() {
    let stacks = [
        vec![slab(1.4, 0.3, 20.0, 0.8, 0.5)],
        vec![
            slab(1.5, 0.0, 0.0, 0.0, 1.0),
            slab(1.36, 5.0, 1.0, -0.4, 0.2),
            slab(1.45, 0.0, 9.0, 0.0, 3.0),
        ],
        vec![slab(1.0, 0.1, 0.0, 0.0, 1.0)],
        vec![slab(1.4, 2.0, 30.0, 0.9, f64::INFINITY)],
        vec![],
    ];
    for incidence in [Incidence::Collimated, Incidence::Diffuse] {
        let settings = PhotonSettings {
            photons: 3_000,
            incidence,
            ..SETTINGS
        };
        for layers in &stacks {
            let found = light(layers, &settings);
            let sum = found.specular.mean
                + found.reflected.mean
                + found.transmitted.mean
                + found.absorbed.mean
                + found.unfinished;
            close(sum, 1.0, 1e-12, &format!("{layers:?}"));
            let layers_sum: f64 = found.absorbed_by_layer.iter().sum();
            close(layers_sum, found.absorbed.mean, 1e-12, "absorbed by layer");
            let ring = |place: usize| (2 * place + 1) as f64 * std::f64::consts::PI * 0.05 * 0.05;
            let rings = found.rings_per_mm2.iter().enumerate();
            let spread: f64 = rings.map(|(place, own)| own.mean * ring(place)).sum();
            close(spread + found.beyond.mean, found.reflected.mean, 1e-12, "rings");
        }
    }
}

#[test]
fn what_nothing_absorbs_comes_out_again() {
    let found = light(
        &[slab(1.4, 0.0, 20.0, 0.8, 0.3), slab(1.4, 0.0, 5.0, 0.0, 2.0)],
        &SETTINGS,
    );
    close(
        found.specular.mean + found.reflected.mean + found.transmitted.mean,
        1.0,
        1e-12,
        "light",
    );
    assert_eq!(found.absorbed.mean, 0.0);
}

#[test]
fn a_clear_pane_and_dyed_glass_follow_from_fresnel_and_beer() {
    // A packet is reflected or passes as a whole, so that only their mean is the share.
    let r: f64 = 0.04;
    let pane = light(&[slab(1.5, 0.0, 0.0, 0.0, 5.0)], &SETTINGS);
    assert!(z(pane.transmitted, (1.0 - r) / (1.0 + r)).abs() < 3.0, "{pane:?}");
    let dyed = light(&[slab(1.5, 0.7, 0.0, 0.0, 1.0)], &SETTINGS);
    let once = (-0.7f64).exp();
    let wanted = (1.0 - r).powi(2) * once / (1.0 - (r * once).powi(2));
    assert!(z(dyed.transmitted, wanted).abs() < 3.0, "{dyed:?}");
}

#[test]
fn a_cut_layer_and_one_of_the_same_index_change_nothing() {
    let whole = [slab(1.4, 0.3, 20.0, 0.8, 0.64)];
    let cut = [slab(1.4, 0.3, 20.0, 0.8, 0.2), slab(1.4, 0.3, 20.0, 0.8, 0.44)];
    let (one, two) = (light(&whole, &SETTINGS), light(&cut, &SETTINGS));
    for (one, two) in [(one.reflected, two.reflected), (one.transmitted, two.transmitted)] {
        let error = one.standard_error.hypot(two.standard_error);
        assert!(
            (one.mean - two.mean).abs() < 3.0 * error && one != two,
            "{one:?} {two:?}"
        );
    }
}

#[test]
fn diffuse_light_agrees_too_and_passes_equally_in_both_directions() {
    let settings = PhotonSettings {
        incidence: Incidence::Diffuse,
        photons: 40_000,
        ..SETTINGS
    };
    let down = published_slab("mcml2_sample2_3layer");
    let up: Vec<Layer> = down.iter().rev().copied().collect();
    let exact = solved(48, &down);
    let (one, two) = (light(&down, &settings), light(&up, &settings));
    let total = Estimate {
        mean: one.specular.mean + one.reflected.mean,
        standard_error: one.reflected.standard_error.hypot(one.specular.standard_error),
    };
    assert!(z(total, exact.diffuse).abs() < 3.0, "{total:?} {exact:?}");
    assert!(
        z(one.specular, exact.specular_diffuse).abs() < 3.0,
        "{:?} {exact:?}",
        one.specular
    );
    assert!(z(one.transmitted, exact.transmitted_diffuse).abs() < 3.0);
    assert!(z(two.transmitted, exact.transmitted_diffuse).abs() < 3.0);
}

/// A cover glass, a layer of thin index between denser ones, and the other way round: adding–doubling and packets know
/// nothing of each other.
#[test]
fn both_methods_agree_where_the_index_changes_from_layer_to_layer() {
    let settings = PhotonSettings {
        photons: 40_000,
        ..SETTINGS
    };
    let mut all = Vec::new();
    for layers in [
        vec![
            slab(1.5, 0.0, 0.0, 0.0, 1.0),
            slab(1.37, 0.2, 12.0, 0.8, 1.0),
            slab(1.5, 0.0, 0.0, 0.0, 1.0),
        ],
        vec![
            slab(1.55, 1.0, 40.0, 0.7, 0.05),
            slab(1.36, 0.1, 15.0, 0.8, 1.5),
            slab(1.45, 0.05, 10.0, 0.8, 5.0),
        ],
        vec![
            slab(1.33, 0.5, 5.0, 0.3, 0.4),
            slab(1.0, 0.0, 0.0, 0.0, 0.2),
            slab(1.6, 0.02, 9.0, 0.6, 0.8),
        ],
    ] {
        let (found, exact) = (light(&layers, &settings), solved(48, &layers));
        let finer = solved(96, &layers);
        close(exact.collimated_total, finer.collimated_total, 2e-4, "more streams");
        for (own, wanted) in [
            (found.reflected, exact.collimated_diffuse),
            (found.transmitted, exact.transmitted),
        ] {
            assert!(z(own, wanted).abs() < 3.0, "{layers:?}: {own:?} {wanted}");
            all.push(z(own, wanted));
        }
        let diffuse = light(
            &layers,
            &PhotonSettings {
                incidence: Incidence::Diffuse,
                ..settings
            },
        );
        let total = diffuse.specular.mean + diffuse.reflected.mean;
        close(total, exact.diffuse, 4.0 * diffuse.reflected.standard_error, "diffuse");
    }
    let mean = all.iter().sum::<f64>() / all.len() as f64;
    assert!(mean.abs() < 1.0, "{all:?}");
}

#[test]
fn errors_fall_with_the_root_of_the_number_of_packets_and_are_true() {
    let layers = published_slab("mcml2_sample2_3layer");
    let exact = solved(64, &layers).collimated_diffuse;
    let at = |photons, seed| {
        light(
            &layers,
            &PhotonSettings {
                photons,
                seed,
                ..SETTINGS
            },
        )
        .reflected
    };
    let order = (at(1_000, 3).standard_error / at(64_000, 3).standard_error).log2() / 6.0;
    assert!((order - 0.5).abs() < 0.02, "order {order}");
    // Over many runs the distances in standard errors spread like a normal one.
    let distances: Vec<f64> = (0..400).map(|seed| z(at(1_000, seed), exact)).collect();
    let squares = distances.iter().map(|own| own * own).sum::<f64>() / 400.0;
    let mean = distances.iter().sum::<f64>() / 400.0;
    assert!((0.8..1.2).contains(&squares), "{squares}");
    assert!(mean.abs() < 0.15, "{mean}");
}

#[test]
fn threads_and_neighbours_change_nothing_and_a_seed_changes_it() {
    let skins = skins();
    let stacks: Vec<&[Layer]> = skins.iter().take(3).map(|(_, _, layers)| layers.as_slice()).collect();
    let at = |threads, seed| {
        let settings = PhotonSettings {
            photons: 5_000,
            threads,
            seed,
            ..SETTINGS
        };
        follow(&stacks, &settings, &mut unwatched).unwrap()
    };
    let one = at(1, 1);
    assert_eq!(one, at(3, 1));
    let alone = PhotonSettings {
        photons: 5_000,
        ..SETTINGS
    };
    assert_eq!(one[2], light(stacks[2], &alone));
    assert_ne!(one[0].reflected, at(1, 2)[0].reflected);
}

#[test]
fn light_that_never_ends_is_given_up_and_said() {
    let found = light(
        &[slab(1.4, 0.0, 100.0, 0.0, 1e6)],
        &PhotonSettings { photons: 4, ..SETTINGS },
    );
    let sum = found.specular.mean + found.reflected.mean + found.unfinished;
    close(sum, 1.0, 1e-12, "endless");
}

#[test]
fn impossible_requests_are_error_values() {
    let good = [slab(1.4, 0.1, 10.0, 0.8, 1.0)];
    for wrong in [
        slab(0.9, 0.1, 10.0, 0.8, 1.0),
        slab(1.4, -0.1, 10.0, 0.8, 1.0),
        slab(1.4, 0.1, 10.0, 1.0, 1.0),
        slab(1.4, 0.0, 0.0, 0.8, f64::INFINITY),
        slab(1.4, 0.1, f64::NAN, 0.8, 1.0),
    ] {
        assert!(follow(&[&[wrong]], &SETTINGS, &mut unwatched).is_err(), "{wrong:?}");
    }
    assert!(
        follow(
            &[&[slab(1.4, 0.1, 1.0, 0.0, f64::INFINITY), good[0]]],
            &SETTINGS,
            &mut unwatched
        )
        .is_err()
    );
    for settings in [
        PhotonSettings { photons: 0, ..SETTINGS },
        PhotonSettings {
            ring_mm: 0.0,
            ..SETTINGS
        },
    ] {
        assert!(follow(&[&good], &settings, &mut unwatched).is_err());
    }
}
