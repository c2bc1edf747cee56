//! Passage through intact and holed skin in steady state: the published line, limits, and what holds for any skin.

use needlework_channel::{
    Layer, Molecule, PermeationParameters, Pore, enhancement, free_in_product, intact_cm_per_s,
    open_share_and_conductance, stratum_corneum,
};
use needlework_units::Length;

fn parameters() -> PermeationParameters {
    PermeationParameters {
        offset: -2.72,
        fat_slope: 0.71,
        mass_slope: 0.0061,
        scatter: 0.7,
        water_path: -4.2,
        water_share: 0.3,
        oil_share: 0.15,
        product_layer: Length::from_um(20.0),
        stratum_corneum: Length::from_um(15.0),
        hole_content: 0.5,
        recoil: 0.75,
    }
}

fn molecule(log_kow: f64, mass_da: f64) -> Molecule {
    Molecule {
        mass_da,
        log_kow,
        water_cm2_per_s: 7e-6,
        tissue_cm2_per_s: 2e-6,
        loss_per_s: 5e-4,
        off_line: 0.0,
    }
}

fn holes(per_cm2: f64) -> Vec<Pore> {
    vec![Pore {
        per_cm2,
        radius_cm: 35e-4,
        length_cm: 15e-4,
        inside_cm2_per_s: 5e-6,
        below_cm2_per_s: 2e-6,
    }]
}

fn skin(log_kow: f64, mass_da: f64) -> Layer {
    stratum_corneum(&molecule(log_kow, mass_da), &parameters())
}

#[test]
fn intact_skin_follows_potts_and_guy_where_fat_leads() {
    // log Kp = −2.72 + 0.71·2 − 0.0061·200 = −2.52 in cm/h.
    let no_water = PermeationParameters {
        water_path: -12.0,
        ..parameters()
    };
    let found = intact_cm_per_s(&molecule(2.0, 200.0), &no_water) * 3600.0;
    assert!((found.log10() + 2.52).abs() < 1e-6, "{found}");
}

#[test]
fn the_path_through_water_is_the_floor_of_what_fat_keeps_out() {
    let found = intact_cm_per_s(&molecule(-8.0, 1e6), &parameters()) * 3600.0;
    assert!((found.log10() - (-4.2 + 0.7_f64.log10())).abs() < 1e-6, "{found}");
}

#[test]
fn the_stratum_corneum_lets_through_what_its_permeability_says() {
    for (log_kow, mass) in [(-1.85, 176.0), (2.4, 234.0), (6.3, 300.0)] {
        let m = molecule(log_kow, mass);
        let layer = stratum_corneum(&m, &parameters());
        let product = layer.resistance_s_per_cm() * intact_cm_per_s(&m, &parameters());
        assert!((product - 1.0).abs() < 1e-9, "{product}");
    }
}

/// The published permeability of 100 holes/cm² of 35 µm with the stratum corneum as tube: 2.3e-6 cm/s, the mouths
/// uncrowded.
#[test]
fn a_hundred_holes_let_through_what_was_published() {
    let (share, conductance) = open_share_and_conductance(&holes(100.0), 1);
    assert!((conductance / 2.30e-6 - 1.0).abs() < 0.12, "{conductance}");
    assert!((share - 100.0 * std::f64::consts::PI * 35e-4_f64.powi(2)).abs() < 1e-12);
}

#[test]
fn no_holes_gain_nothing_and_more_holes_gain_more() {
    let tissue = 0.05 / 2e-6;
    let layer = skin(-1.85, 176.0);
    assert_eq!(enhancement(&layer, tissue, &[], 1), 1.0);
    let gains = [10.0, 100.0, 1000.0].map(|n| enhancement(&layer, tissue, &holes(n), 1));
    assert!(
        gains[0] > 1.0 && gains.windows(2).all(|pair| pair[1] > pair[0]),
        "{gains:?}"
    );
}

#[test]
fn what_intact_skin_keeps_out_gains_more_than_what_it_lets_through() {
    let tissue = 0.05 / 2e-6;
    let gain = |log_kow| enhancement(&skin(log_kow, 200.0), tissue, &holes(100.0), 1);
    assert!(
        gain(-2.0) > 5.0 * gain(2.0) && gain(4.0) < 1.5,
        "{} {} {}",
        gain(-2.0),
        gain(2.0),
        gain(4.0)
    );
}

#[test]
fn oil_keeps_back_what_likes_fat_only() {
    let free = |log_kow| free_in_product(&molecule(log_kow, 200.0), &parameters());
    assert!(free(0.0) == 1.0 && free(6.0) < 1e-5 && free(-3.0) < 1.2);
}

#[test]
fn vessels_shorten_the_way_and_many_holes_never_pass_a_free_surface() {
    let dermis = |loss_per_s: f64| Layer {
        thickness_cm: 0.1,
        diffusivity_cm2_per_s: 2e-6,
        partition: 1.0,
        loss_per_s,
    };
    assert!(dermis(5e-4).resistance_s_per_cm() < 0.7 * dermis(0.0).resistance_s_per_cm());
    assert!((dermis(1e-15).resistance_s_per_cm() / dermis(0.0).resistance_s_per_cm() - 1.0).abs() < 1e-6);
    // The flow through holes alone is at most that of tissue under no stratum corneum.
    let tissue = dermis(0.0).resistance_s_per_cm();
    let layer = skin(-1.85, 176.0);
    let most = (layer.resistance_s_per_cm() + tissue) / tissue;
    assert!(enhancement(&layer, tissue, &holes(5000.0), 1) < most + 1.0);
}
