//! Diffusion through layers in time against what mathematics says of it.

use std::f64::consts::PI;

use needlework_channel::{Dose, Layer, Openings, Resolution, absorb};
use needlework_units::Time;

const SECOND: f64 = 1.0 / 3600.0;

fn slab(thickness_cm: f64, diffusivity_cm2_per_s: f64) -> Layer {
    Layer {
        thickness_cm,
        diffusivity_cm2_per_s,
        partition: 1.0,
        loss_per_s: 0.0,
    }
}

fn skin() -> [Layer; 3] {
    [
        Layer {
            partition: 0.3,
            ..slab(15e-4, 4e-10)
        },
        slab(60e-4, 1e-6),
        Layer {
            loss_per_s: 4e-4,
            ..slab(0.1, 1e-6)
        },
    ]
}

fn fine(cells: usize, steps: usize) -> Resolution {
    Resolution { cells, steps }
}

fn after(layers: &[Layer], openings: &Openings, seconds: f64, resolution: &Resolution) -> Dose {
    absorb(layers, openings, None, Time::from_hours(seconds * SECOND), resolution)
}

fn total(dose: &Dose) -> f64 {
    dose.held_cm.iter().chain(&dose.cleared_cm).sum::<f64>() + dose.through_cm
}

/// A slab of 15 µm; its own time is L²/D = 2,250 s.
const L: f64 = 15e-4;
const D: f64 = 1e-9;

/// What has entered and passed a slab after `seconds`, by the series of its sines.
fn series(seconds: f64) -> (f64, f64) {
    let tau = D * seconds / (L * L);
    let sum = |sign: bool| {
        (1..400)
            .map(f64::from)
            .map(|n| {
                let s = if sign && n as i32 % 2 == 1 { -1.0 } else { 1.0 };
                s / (n * n) * (-n * n * PI * PI * tau).exp()
            })
            .sum::<f64>()
    };
    let entered = L * (tau + 1.0 / 3.0 - 2.0 / (PI * PI) * sum(false));
    let through = L * (tau - 1.0 / 6.0 - 2.0 / (PI * PI) * sum(true));
    (entered, through)
}

#[test]
fn one_slab_follows_its_series() {
    for seconds in [200.0, 1000.0, 5000.0] {
        let (entered, through) = series(seconds);
        let dose = after(&[slab(L, D)], &Openings::NONE, seconds, &fine(80, 400));
        assert!(
            (dose.entered_cm / entered - 1.0).abs() < 1e-3,
            "{seconds}: {} {entered}",
            dose.entered_cm
        );
        assert!(
            (dose.through_cm - through).abs() < 1e-3 * L,
            "{seconds}: {} {through}",
            dose.through_cm
        );
    }
}

#[test]
fn nothing_is_lost_or_made() {
    let closing = Openings {
        permeability_cm_per_s: 2e-6,
        half_life: Some(Time::from_hours(0.5)),
    };
    for openings in [Openings::NONE, closing] {
        for (cells, steps) in [(4, 10), (16, 100)] {
            let dose = after(&skin(), &openings, 7200.0, &fine(cells, steps));
            assert!(
                dose.entered_cm > 0.0 && (total(&dose) / dose.entered_cm - 1.0).abs() < 1e-10,
                "{dose:?}"
            );
        }
    }
}

/// Before the front reaches the sink and after the jump at the start, halving the steps quarters the error.
#[test]
fn time_is_of_second_order() {
    let closing = Openings {
        permeability_cm_per_s: 2e-6,
        half_life: Some(Time::from_hours(0.5)),
    };
    let held = |steps: usize| {
        let dose = after(&skin(), &closing, 7200.0, &fine(12, steps));
        dose.held_cm[2] + dose.cleared_cm[2]
    };
    let exact = held(2048);
    let order = ((held(64) - exact) / (held(128) - exact)).abs().log2();
    assert!((order - 2.0).abs() < 0.15, "{order}");
}

#[test]
fn space_is_of_second_order() {
    let (entered, _) = series(1000.0);
    let off = |cells: usize| after(&[slab(L, D)], &Openings::NONE, 1000.0, &fine(cells, 2000)).entered_cm - entered;
    let order = (off(10) / off(20)).abs().log2();
    assert!((order - 2.0).abs() < 0.15, "{order}");
}

/// The steady flow through layers without vessels is one over their resistances in series; open holes stand beside the
/// first.
#[test]
fn the_steady_flow_is_that_of_resistances_in_series() {
    let mut layers = skin();
    layers[2].loss_per_s = 0.0;
    for permeability_cm_per_s in [0.0, 2e-6] {
        let holes = Openings {
            permeability_cm_per_s,
            half_life: None,
        };
        let at = |seconds: f64| after(&layers, &holes, seconds, &fine(16, 1500)).through_cm;
        let flow = (at(1e6) - at(5e5)) / 5e5;
        let [stratum_corneum, epidermis, dermis] = layers.map(|layer| layer.resistance_s_per_cm());
        let series = 1.0 / (1.0 / stratum_corneum + permeability_cm_per_s) + epidermis + dermis;
        assert!((flow * series - 1.0).abs() < 1e-3, "{flow} against {}", 1.0 / series);
    }
}

/// D·u″ = k·u with u = 1 above: cosh(λ(H − x))/cosh(λH) over a closed base, sinh in the place of cosh over a sink.
#[test]
fn vessels_leave_the_analytic_profile() {
    let (depth, diffusivity, loss) = (0.1, 1e-6_f64, 4e-4);
    let layer = Layer {
        loss_per_s: loss,
        ..slab(depth, diffusivity)
    };
    let lambda = (loss / diffusivity).sqrt();
    let cells = 200;
    // A layer below that lets nothing in closes the base.
    let closed = [layer, slab(depth, 1e-30)];
    type Law = fn(f64) -> f64;
    let cases: [(&[Layer], Law); 2] = [(&closed, f64::cosh), (&closed[..1], f64::sinh)];
    for (layers, law) in cases {
        let dose = after(layers, &Openings::NONE, 1e5, &fine(cells, 1500));
        for (cell, found) in dose.profile.iter().take(cells).enumerate() {
            let x = (cell as f64 + 0.5) / cells as f64 * depth;
            let wanted = law(lambda * (depth - x)) / law(lambda * depth);
            assert!((found - wanted).abs() < 1e-3, "{x}: {found} against {wanted}");
        }
    }
    let flow = 1.0 / layer.resistance_s_per_cm();
    assert!((flow / (diffusivity * lambda / (lambda * depth).tanh()) - 1.0).abs() < 1e-9);
    let entered = |seconds: f64| after(&[layer], &Openings::NONE, seconds, &fine(cells, 1500)).entered_cm;
    let found = (entered(1.1e5) - entered(1e5)) / 1e4;
    assert!((found / flow - 1.0).abs() < 2e-3, "{found} against {flow}");
}

#[test]
fn a_slower_closure_never_lets_less_in() {
    let entered = |hours: f64| {
        let holes = Openings {
            permeability_cm_per_s: 2e-6,
            half_life: Some(Time::from_hours(hours)),
        };
        after(&skin(), &holes, 7200.0, &Resolution::default()).entered_cm
    };
    let intact = after(&skin(), &Openings::NONE, 7200.0, &Resolution::default()).entered_cm;
    let doses = [0.1, 0.5, 2.0, 23.0].map(entered);
    assert!(
        doses.windows(2).all(|pair| pair[1] > pair[0]) && doses[0] > intact,
        "{doses:?}"
    );
}

#[test]
fn the_resolution_of_every_day_is_within_a_per_cent_of_a_fine_one() {
    let closing = Openings {
        permeability_cm_per_s: 2e-6,
        half_life: Some(Time::from_hours(0.5)),
    };
    let coarse = after(&skin(), &closing, 7200.0, &Resolution::default());
    let fine = after(&skin(), &closing, 7200.0, &fine(96, 800));
    for (a, b) in coarse.held_cm.iter().zip(&fine.held_cm) {
        assert!((a / b - 1.0).abs() < 0.01, "{a} against {b}");
    }
}

/// A stirred product over a thick slab: u in the product falls as exp(t·D/S²)·erfc(√(t·D)/S), with S what the product
/// holds.
#[test]
fn a_product_that_runs_out_follows_its_law() {
    let (thick, diffusivity, supply, seconds) = (0.2, 1e-6, 0.01, 400.0);
    let dose = absorb(
        &[slab(thick, diffusivity)],
        &Openings::NONE,
        Some(supply),
        Time::from_hours(seconds * SECOND),
        &fine(1500, 1500),
    );
    // x = 2: exp(4)·erfc(2) = 0.2553956763105058.
    assert_eq!((diffusivity * seconds).sqrt() / supply, 2.0);
    let left = 1.0 - dose.entered_cm / supply;
    assert!((left - 0.255_395_676).abs() < 1e-3, "{left}");
}

#[test]
fn a_product_never_gives_more_than_it_holds_and_an_endless_one_never_less() {
    let holes = Openings {
        permeability_cm_per_s: 1e-4,
        half_life: Some(Time::from_hours(23.0)),
    };
    let of = |supply| absorb(&skin(), &holes, supply, Time::from_hours(48.0), &Resolution::default());
    let entered = [Some(1e-4), Some(1e-3), Some(1e-2), None].map(|supply| of(supply).entered_cm);
    assert!(entered.windows(2).all(|pair| pair[1] > pair[0]), "{entered:?}");
    assert!(entered[0] <= 1e-4 * (1.0 + 1e-12) && entered[0] > 0.9e-4, "{entered:?}");
    let (short, endless) = (of(Some(1e-4)), of(Some(1e12)));
    assert!((total(&short) / short.entered_cm - 1.0).abs() < 1e-9);
    assert!((endless.entered_cm / entered[3] - 1.0).abs() < 1e-9);
}

#[test]
fn nothing_enters_in_no_time() {
    let dose = after(&skin(), &Openings::NONE, 0.0, &Resolution::default());
    assert_eq!((dose.entered_cm, total(&dose)), (0.0, 0.0));
}
