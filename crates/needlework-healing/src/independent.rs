//! The cascade against a second integrator that shares no code with it: equations written anew from the front page with
//! numbers by symbol, Gragg–Bulirsch–Stoer extrapolation with its own error control. Both must agree to 1e-8.
#![cfg(test)]

use crate::acute::{run_with_steps, shares_up_to};
use crate::cascade::tests::kinetics;
use crate::cascade::{Cells, Kinetics, REST, Surroundings};
use needlework_numerics::rk4_step;

/// Rates as the front page has them: D N A B T F Y E V W, then ∫ e dt.
fn rates(s: &[f64; 11]) -> [f64; 11] {
    let [d, n, a, b, t, f, y, e, v, w, _] = *s;
    let (k_t, k_f) = (0.592, 5.18);
    let h = t / (t + k_t);
    let h2 = t.powi(2) / (t.powi(2) + k_t.powi(2));
    [
        -0.823 * d,
        0.823 * d - 0.764 * n,
        0.913 * (n + 0.2 * d) - 0.910 * a,
        0.910 * a - 0.329 * b,
        0.3 * 0.412 * d + 0.412 * b + 0.193 * y - 0.637 * t,
        0.0379 * (1.0 - f) + 1.02 * f * h * (1.0 - (f + y) / k_f) - 0.442 * h2 * f,
        0.442 * h2 * f - 0.278 * y / (1.0 + 3.0 * h2),
        0.294 * (a + 0.2 * (f - 1.0 + y)) - 1.02 * e,
        t - 0.5 * v,
        n + a - 0.0076 * w,
        0.01175 * ((f + 1.33 * y) * (1.0 + 0.752 * h) - 1.0),
    ]
}

/// The modified midpoint rule with `n` substeps.
fn midpoint(s: &[f64; 11], span: f64, n: u32) -> [f64; 11] {
    let h = span / f64::from(n);
    let add = |a: &[f64; 11], by: f64, r: &[f64; 11]| -> [f64; 11] { std::array::from_fn(|i| a[i] + by * r[i]) };
    let (mut before, mut now) = (*s, add(s, h, &rates(s)));
    for _ in 1..n {
        let next = add(&before, 2.0 * h, &rates(&now));
        (before, now) = (now, next);
    }
    let ahead = add(&now, h, &rates(&now));
    std::array::from_fn(|i| 0.5 * (0.5 * before[i] + now[i] + 0.5 * ahead[i]))
}

/// Extrapolation to no substep at all; a step whose last two columns differ too much is halved.
fn extrapolate(mut s: [f64; 11], span: f64, tolerance: f64) -> [f64; 11] {
    let (mut at, mut step) = (0.0, span.min(2.0));
    while at < span - 1e-12 {
        step = step.min(span - at);
        let mut column: Vec<[f64; 11]> = Vec::new();
        let mut error = f64::INFINITY;
        for k in 0..9_u32 {
            let mut row = vec![midpoint(&s, step, 2 * (k + 1))];
            for j in 1..=k as usize {
                let ratio = (f64::from(k + 1) / f64::from(k + 1 - j as u32)).powi(2);
                let better =
                    std::array::from_fn(|i| row[j - 1][i] + (row[j - 1][i] - column[j - 1][i]) / (ratio - 1.0));
                row.push(better);
            }
            if k > 1 {
                let (best, last) = (row[k as usize], row[k as usize - 1]);
                error = best.iter().zip(&last).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            }
            column = row;
            if error < tolerance {
                break;
            }
        }
        if error < tolerance {
            at += step;
            s = column[column.len() - 1];
            step *= 1.5;
        } else {
            step *= 0.5;
        }
    }
    s
}

fn start(kinetics: &Kinetics, share: f64) -> [f64; 11] {
    let mut state = [0.0; 11];
    state[..10].copy_from_slice(&kinetics.injure(&REST, share));
    state
}

#[test]
fn the_cells_agree_with_an_independent_integrator_to_one_in_a_hundred_million() {
    let kinetics = kinetics();
    for share in [0.01, 0.1, 0.4] {
        for days in [1.0, 7.0, 28.0, 120.0] {
            let steps = (days * 64.0) as u32;
            let ours: Cells = (0..steps).fold(kinetics.injure(&REST, share), |cells, _| {
                rk4_step(cells, days / f64::from(steps), |_, cells| {
                    kinetics.rates_per_day(cells, &Surroundings::default())
                })
            });
            let theirs = extrapolate(start(&kinetics, share), days, 1e-13);
            for (i, (a, b)) in ours.iter().zip(&theirs).enumerate() {
                assert!(
                    (a - b).abs() < 1e-8 * b.abs().max(1.0),
                    "state {i} at {share}, day {days}: {a} {b}"
                );
            }
        }
    }
}

#[test]
fn what_the_run_of_the_cohort_makes_converges_to_the_same_and_is_near_it_as_it_stands() {
    let kinetics = kinetics();
    let shares = shares_up_to(0.3);
    let made = |scale: f64| run_with_steps(&shares, &[0.0], &kinetics, scale).1;
    let (as_used, fine) = (made(1.0), made(1.0 / 16.0));
    for (j, &share) in shares.iter().enumerate() {
        let exact = extrapolate(start(&kinetics, share), 300.0, 1e-13)[10];
        assert!(
            (fine[j] / exact - 1.0).abs() < 1e-8,
            "{share}: {:e}",
            fine[j] / exact - 1.0
        );
        assert!(
            (as_used[j] / exact - 1.0).abs() < 1e-5,
            "{share}: {:e}",
            as_used[j] / exact - 1.0
        );
    }
}

#[test]
fn the_second_integrator_is_right_where_the_answer_is_known() {
    // Debris and neutrophils are a chain of two exponentials.
    let end = extrapolate(start(&kinetics(), 0.5), 3.0, 1e-13);
    let (k, d) = (0.823_f64, 0.764_f64);
    let debris = 0.5 * (-k * 3.0).exp();
    let neutrophils = 0.5 * k / (k - d) * ((-d * 3.0).exp() - (-k * 3.0).exp());
    assert!((end[0] - debris).abs() < 1e-12 && (end[1] - neutrophils).abs() < 1e-11);
}
