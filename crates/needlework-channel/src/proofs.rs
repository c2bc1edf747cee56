//! What this room must give by mathematics or by what was solved another way: clocks of closure, germs against
//! neutrophils, molecules through holes and layers.
//!
//! Each proof compares a public function of the room with a closed form, a simulation of single events or a table that
//! was solved another way. They hold for any parameters.

use std::f64::consts::{LN_2, PI};

use needlework_numerics::{Proof, largest, root, uniforms};
use needlework_puncture::Holes;
use needlework_puncture::example::holes;
use needlework_units::{SECONDS_PER_HOUR, Time};

use crate::absorption::{Openings, Resolution, absorb};
use crate::closure::{ClosureConditions, ClosureParameters, ClosurePersonDraws, close};
use crate::growth::{Lineages, poisson_exceeds, rate, separatrix};
use crate::permeation::{Layer, Pore};

/// All proofs of this room.
#[must_use]
pub fn proofs(closure: &ClosureParameters) -> Vec<Proof> {
    let mut proofs = clocks(closure);
    proofs.extend(watershed());
    proofs.extend(germs());
    proofs.extend(single_germs());
    proofs.push(resistance());
    proofs.extend(layers());
    proofs
}

/// When the channels of equal holes are closed.
fn clocks(closure: &ClosureParameters) -> Vec<Proof> {
    let open = Holes {
        surface_radii_mm: vec![0.035; 3],
        ..holes()
    };
    let conditions = |covered: bool| ClosureConditions {
        covered,
        gel: false,
        limb: false,
        dark_skin: false,
        age: closure.young_age,
        length: closure.length,
    };
    let closed = |covered: bool| close(&open, &conditions(covered), closure, &ClosurePersonDraws::default());
    let left = |covered: bool, half_life: Time| (-closed(covered).barrier.days() / half_life.days() * LN_2).exp();
    let lumen = closed(false).lumen.hours();
    vec![
        Proof::new(
            "closure in air",
            "share of the gap left when the barrier counts as back",
            closure.restored_level,
            left(false, closure.half_life_open),
            1e-12,
        ),
        Proof::new(
            "closure under cover",
            "the same under cover",
            closure.restored_level,
            left(true, closure.half_life_covered),
            1e-12,
        ),
        Proof::new(
            "closure of the lumen",
            "lag and radius over speed, in hours",
            closure.lag.hours() + 35.0 / closure.speed.um_per_hour(),
            lumen,
            1e-9,
        ),
    ]
}

/// Where germs begin to outgrow clearance, and what becomes of one.
fn watershed() -> Vec<Proof> {
    let (birth, death) = (1.0_f64, 0.4_f64);
    // ρ → −∞, A → δ/(β − δ): a lineage that starts with one germ and constant rates.
    let late = Lineages::at(-700.0, death / (birth - death));
    let start = separatrix(0.5, 1e8, 1e5, 2e5).unwrap_or(f64::NAN);
    // Each germ succeeds by itself; the dose is sought in its logarithm.
    let per_germ = 1e-7_f64;
    let half_dose = root(0.0, 40.0, 1e-12, |dose| {
        poisson_exceeds(per_germ * dose.exp(), 0.0) - 0.5
    });
    vec![
        Proof::new(
            "extinction",
            "probability that one germ's lineage dies out, death over birth",
            death / birth,
            1.0 - late.surviving,
            1e-12,
        ),
        Proof::new(
            "watershed",
            "rate of change where germs begin to outgrow clearance",
            0.0,
            rate(start, 0.5, 1e8, 1e5, 2e5) / start,
            1e-12,
        ),
        Proof::new(
            "watershed, as published",
            "germs from which 2·10⁵ per hour no longer suffice",
            3.012e5,
            start,
            5e-4 * 3.012e5,
        ),
        Proof::new(
            "independent germs",
            "dose that infects half over ln 2 / k",
            1.0,
            half_dose.map_or(f64::NAN, f64::exp) / (LN_2 / per_germ),
            1e-9,
        ),
    ]
}

/// Growth and clearance by rates.
fn germs() -> Vec<Proof> {
    let (growth, capacity, start, end) = (0.8, 1e4, 10.0_f64, 8.0);
    let (mut number, step) = (start, 1e-3);
    for _ in 0..(end / step) as usize {
        let half = number + step / 2.0 * rate(number, growth, capacity, 1.0, 0.0);
        number += step * rate(half, growth, capacity, 1.0, 0.0);
    }
    let logistic = capacity / (1.0 + (capacity / start - 1.0) * (-growth * end).exp());
    // Li 2004 as a law: clearance per neutrophil such that it meets growth at the critical number; few germs must fall
    // above it and grow below.
    let saturation = 1e7;
    let change = |over: f64| rate(1.0, growth, f64::INFINITY, saturation, growth * saturation * over);
    let signs = [(0.99, 1.0), (1.01, -1.0)]
        .iter()
        .filter(|(over, sign)| change(*over) * sign > 0.0)
        .count();
    vec![
        Proof::new(
            "logistic growth",
            "germs after 8 time units without neutrophils, over the closed form",
            1.0,
            number / logistic,
            1e-5,
        ),
        Proof::new(
            "critical neutrophils",
            "signs of growth that are right just below and just above the critical number",
            2.0,
            signs as f64,
            0.0,
        ),
        Proof::new(
            "watershed, faster germs",
            "the published watershed at twice the growth",
            1.002e5,
            separatrix(1.0, 1e8, 1e5, 2e5).unwrap_or(f64::NAN),
            5e-4 * 1.002e5,
        ),
        Proof::new(
            "watershed of weak defence",
            "germs that are too many where clearance never meets growth",
            0.0,
            separatrix(0.5, 1e8, 1e5, 4e4).unwrap_or(f64::NAN),
            0.0,
        ),
    ]
}

/// Births and deaths one by one against the closed form, with a death rate that rises in time as neutrophils do.
fn single_germs() -> Vec<Proof> {
    const RUNS: usize = 20_000;
    let (birth, rise, end, threshold) = (1.0_f64, 0.5_f64, 3.0_f64, 12_usize);
    let most = birth + rise * end;
    let mut dice = uniforms(7, "validation.birth_death", RUNS * 400).into_iter();
    let mut draw = || dice.next().unwrap_or(0.5);
    let (mut alive, mut past) = (0_u32, 0_u32);
    for _ in 0..RUNS {
        let (mut germs, mut t) = (1_usize, 0.0);
        // Ends: time goes on with each birth or death.
        while germs > 0 && germs < 4000 {
            t -= (1.0 - draw()).ln() / (most * germs as f64);
            if t > end {
                break;
            }
            let pick = draw() * most;
            if pick < birth {
                germs += 1;
            } else if pick < birth + rise * t {
                germs -= 1;
            }
        }
        alive += u32::from(germs > 0);
        past += u32::from(germs >= threshold);
    }
    // ρ = ∫(δ − β), A = ∫ δ e^ρ by the midpoints of a fine grid.
    let (mut rho, mut deaths, steps) = (0.0_f64, 0.0_f64, 30_000);
    let step = end / f64::from(steps);
    for i in 0..steps {
        let t = (f64::from(i) + 0.5) * step;
        deaths += rise * t * (rho + (rise * t - birth) * step / 2.0).exp() * step;
        rho += (rise * t - birth) * step;
    }
    let lineages = Lineages::at(rho, deaths);
    let mean = lineages.log_size.exp();
    let large = lineages.surviving * (1.0 - 1.0 / mean).powi(threshold as i32 - 1);
    let error = |share: f64| 4.0 * (share * (1.0 - share) / RUNS as f64).sqrt();
    let runs = RUNS as f64;
    // A Poisson inoculum of constant rates dies out with exp(−m(1 − δ/β)).
    let (inoculum, death) = (3.0, 0.4);
    let late = Lineages::at(-60.0, death / (birth - death));
    vec![
        Proof::new(
            "every birth and death",
            "lineages alive in 20,000 simulations, against the closed form; tolerance of four standard errors",
            lineages.surviving,
            f64::from(alive) / runs,
            error(lineages.surviving),
        ),
        Proof::new(
            "every birth and death, size",
            "lineages of 12 germs and more in the same simulations",
            large,
            f64::from(past) / runs,
            error(large),
        ),
        Proof::new(
            "Poisson inoculum",
            "probability that nothing is left of a mean of 3 germs at constant rates",
            (-inoculum * (1.0 - death / birth)).exp(),
            1.0 - late.pass(inoculum, 0.0),
            1e-9,
        ),
    ]
}

/// Holes with tissue and a sink below, against finite volumes on one mesh: (radius µm, half the distance mm, depth mm,
/// s/cm³).
fn resistance() -> Proof {
    const SOLVED: [(f64, f64, f64, f64); 3] = [
        (35.0, 0.5, 0.5, 4.439e7),
        (35.0, 0.25, 0.2, 4.275e7),
        (50.0, 0.2, 0.2, 2.889e7),
    ];
    let off = SOLVED.iter().map(|&(radius_um, b_mm, depth_mm, solved)| {
        let b_cm = b_mm / 10.0;
        let pore = Pore {
            per_cm2: 1.0 / (PI * b_cm * b_cm),
            radius_cm: radius_um * 1e-4,
            length_cm: 15e-4,
            inside_cm2_per_s: 5e-6,
            below_cm2_per_s: 2e-6,
        };
        pore.resistance_s_per_cm3(depth_mm / 10.0) / solved - 1.0
    });
    Proof::new(
        "resistance of a hole",
        "largest relative distance from finite volumes, three holes; the formula is known to be some 2.2 % low",
        0.0,
        largest(off),
        0.03,
    )
}

/// Layers in series, and one layer in time.
fn layers() -> Vec<Proof> {
    let (thickness, diffusivity) = (15e-4, 1e-9);
    let slab = Layer {
        thickness_cm: thickness,
        diffusivity_cm2_per_s: diffusivity,
        partition: 1.0,
        loss_per_s: 0.0,
    };
    let fine = Resolution { cells: 80, steps: 400 };
    let after = |layers: &[Layer], seconds: f64| {
        absorb(
            layers,
            &Openings::NONE,
            None,
            Time::from_hours(seconds / SECONDS_PER_HOUR),
            &fine,
        )
    };
    let own = thickness * thickness / diffusivity;
    // Late enough for a steady flow, what passed is a line that meets zero at the lag.
    let (early, late) = (2.0 * own, 4.0 * own);
    let (one, other) = (after(&[slab], early).through_cm, after(&[slab], late).through_cm);
    let lag = early - one * (late - early) / (other - one);
    let tau = 0.5;
    let sines: f64 = (1..400)
        .map(f64::from)
        .map(|n| (-n * n * PI * PI * tau).exp() / (n * n))
        .sum();
    let entered = thickness * (tau + 1.0 / 3.0 - 2.0 / (PI * PI) * sines);
    let lower = Layer {
        thickness_cm: 60e-4,
        diffusivity_cm2_per_s: 1e-6,
        ..slab
    };
    let both = [slab, lower];
    let flow = {
        // Late enough for a steady flow.
        let span = 4.0 * own;
        let (from, to) = (5.0 * span, 6.0 * span);
        (after(&both, to).through_cm - after(&both, from).through_cm) / (to - from)
    };
    let series: f64 = both.iter().map(Layer::resistance_s_per_cm).sum();
    vec![
        Proof::new(
            "lag of a layer",
            "time from which the steady flow seems to start, over L²/6D",
            1.0,
            lag * 6.0 / own,
            2e-3,
        ),
        Proof::new(
            "series of a layer",
            "what has entered after half its own time, over the series of sines",
            1.0,
            after(&[slab], tau * own).entered_cm / entered,
            1e-3,
        ),
        Proof::new(
            "layers in series",
            "steady flow through two layers, times the sum of their resistances",
            1.0,
            flow * series,
            1e-3,
        ),
    ]
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_proof_holds() {
        for proof in super::proofs(&crate::closure::tests::parameters()) {
            assert!(proof.holds(), "{proof:?}");
        }
    }
}
