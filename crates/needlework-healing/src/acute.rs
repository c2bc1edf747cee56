//! The cascade through all sessions of a course, for every injured share that a person's dermis has.
//!
//! Injured share differs by depth; kinetics do not. The cascade is integrated once for a few shares φ_j, each session
//! starting from the state that the last one left, and e(φ, t)/φ is interpolated between them: e(φ,
//! t) = Σ_j w_j(φ) e(φ_j, t) with w_j = φ/φ_j·L_j(φ), L_j the Lagrange polynomials of the Chebyshev points. At φ = 0
//! nothing happens, exactly. All laws of what becomes of a gain share one run. In time the nodes are joined by cubics
//! of their values and slopes.
//!
//! Numerics: fourth-order Runge–Kutta, steps that begin anew at each session and grow with the time since. Tested
//! errors: 2e-4 of the greatest answer in the dermis up to a share of 0.2, one per cent up to 0.3, six up to 0.5, where
//! myofibroblasts meet their limit, a kink.

use std::f64::consts::PI;

use needlework_numerics::rk4_step;

use crate::cascade::{Cells, Kinetics, REST, Surroundings};

/// Injured shares that are integrated.
pub(crate) const SHARES: usize = 4;
/// A value for each of them.
pub(crate) type Each = [f64; SHARES];

// numerical: steps in the cascade's own days: a quarter of a day after a session, growing by a twentieth of the time
// since, up to two days
const FIRST_STEP: f64 = 0.25;
// numerical: see FIRST_STEP
const GROWTH: f64 = 0.05;
// numerical: see FIRST_STEP; the fastest rate, one per day, is stable up to 2.7 days
const LONGEST_STEP: f64 = 2.0;
// numerical: the slowest rate, renewal of fibroblasts in 26 days, leaves 1e-5 of an answer after so many of the
// cascade's own days
const ENDS_AFTER: f64 = 300.0;

/// The shares that stand for everything between nothing and `most`.
pub(crate) fn shares_up_to(most: f64) -> Each {
    std::array::from_fn(|j| most * 0.5 * (1.0 - (PI * (j as f64 + 0.5) / SHARES as f64).cos()))
}

/// The share up to which these shares reach.
pub(crate) fn most_of(shares: &Each) -> f64 {
    // The nodes lie symmetric about the middle.
    shares[0] + shares[SHARES - 1]
}

/// The weights w_j of a share among `shares`.
pub(crate) fn weights(share: f64, shares: &Each) -> Each {
    std::array::from_fn(|j| {
        let others = (0..SHARES).filter(|&k| k != j);
        let polynomial: f64 = others.map(|k| (share - shares[k]) / (shares[j] - shares[k])).product();
        share / shares[j] * polynomial
    })
}

/// Rates of the cascade at one moment, for each integrated share.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Drive {
    /// Excess synthesis per day and missing collagen.
    pub synthesis: Each,
    /// Degradation of immature collagen per day.
    pub degradation: Each,
}

#[derive(Debug, Clone, PartialEq)]
struct Node {
    day: f64,
    value: Drive,
    slope: Drive,
}

/// The drive over a course.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Curves {
    /// First node of each session.
    begins: Vec<usize>,
    nodes: Vec<Node>,
    /// One session alone, to its end.
    alone: Vec<Node>,
}

impl Curves {
    /// The rates at `day` in response to the first `sessions` sessions. A session at the very end of a step must not
    /// act within it, hence the count.
    pub(crate) fn at(&self, sessions: usize, day: f64) -> Drive {
        let Some(&from) = sessions.checked_sub(1).and_then(|last| self.begins.get(last)) else {
            return Drive::default();
        };
        let until = self.begins.get(sessions).copied().unwrap_or(self.nodes.len());
        on_nodes(&self.nodes[from..until], day, sessions < self.begins.len())
    }

    /// The drive of one session alone so many days after it.
    pub(crate) fn alone(&self, since: f64) -> Drive {
        on_nodes(&self.alone, since, false)
    }
}

/// The drive at `day` on the cubics between nodes; beyond the last it stays where it `holds`, and is over else.
fn on_nodes(nodes: &[Node], day: f64, holds: bool) -> Drive {
    let next = nodes.partition_point(|node| node.day <= day);
    match (next.checked_sub(1).map(|last| &nodes[last]), nodes.get(next)) {
        (Some(a), Some(b)) => between(a, b, day),
        (Some(last), None) if last.day == day || holds => last.value,
        (None, Some(first)) => first.value,
        _ => Drive::default(),
    }
}

/// The cubic through values and slopes of two nodes.
fn between(a: &Node, b: &Node, day: f64) -> Drive {
    let step = b.day - a.day;
    let x = (day - a.day) / step;
    // The Hermite basis on the unit interval: two functions for the values, two for the slopes.
    let (late, early) = (x * x * (3.0 - 2.0 * x), (1.0 - x) * (1.0 - x) * (1.0 + 2.0 * x));
    let (leaving, arriving) = (step * x * (1.0 - x) * (1.0 - x), -step * x * x * (1.0 - x));
    let join = |of: fn(&Drive) -> &Each| -> Each {
        std::array::from_fn(|j| {
            early * of(&a.value)[j] + late * of(&b.value)[j] + leaving * of(&a.slope)[j] + arriving * of(&b.slope)[j]
        })
    };
    Drive {
        synthesis: join(|drive| &drive.synthesis),
        degradation: join(|drive| &drive.degradation),
    }
}

/// One pass of the integrator with the cells of each share.
struct Run<'a> {
    kinetics: &'a Kinetics,
    cells: [Cells; SHARES],
}

impl Run<'_> {
    fn node(&self, day: f64) -> Node {
        let mut node = Node {
            day,
            value: Drive::default(),
            slope: Drive::default(),
        };
        for (j, cells) in self.cells.iter().enumerate() {
            let rates = self.kinetics.rates_per_day(cells, &Surroundings::default());
            node.value.synthesis[j] = self.kinetics.synthesis_per_day(cells);
            node.slope.synthesis[j] = self.kinetics.synthesis_slope(cells, &rates);
            node.value.degradation[j] = self.kinetics.degradation_per_day(cells);
            // Degradation is linear in the cells, so its slope is that of their rates.
            node.slope.degradation[j] = self.kinetics.degradation_per_day(&rates);
        }
        node
    }

    /// Advances all shares from one day to another and shows each node.
    fn pass(&mut self, from: f64, to: f64, step_scale: f64, mut show: impl FnMut(Node)) {
        let pace = self.kinetics.pace();
        // numerical: no step is shorter than so much of the whole, so that a pass ends whatever the pace; steps of use
        // are a thousand times as long
        const SHORTEST: f64 = 1e-6;
        let shortest = SHORTEST * (to - from);
        let mut day = from;
        show(self.node(day));
        // Ends: no step is shorter than a millionth of the whole.
        while day < to {
            let wanted = (FIRST_STEP + GROWTH * (day - from) * pace).min(LONGEST_STEP) * step_scale / pace;
            let wanted = wanted.max(shortest);
            // A last sliver of a step is spread over the two before it.
            let left = to - day;
            let step = if left <= wanted { left } else { wanted.min(left * 0.5) };
            for cells in &mut self.cells {
                *cells = rk4_step(*cells, step, |_, cells| {
                    self.kinetics.rates_per_day(cells, &Surroundings::default())
                });
            }
            day = if left <= wanted { to } else { day + step };
            show(self.node(day));
        }
    }

    fn injure(&mut self, shares: &Each) {
        for (cells, &share) in self.cells.iter_mut().zip(shares) {
            *cells = self.kinetics.injure(cells, share);
        }
    }
}

/// A course, and what a single session of it would make in all: ∫ e dt for each share.
pub(crate) fn run(shares: &Each, sessions: &[f64], kinetics: &Kinetics) -> (Curves, Each) {
    run_with_steps(shares, sessions, kinetics, 1.0)
}

pub(crate) fn run_with_steps(shares: &Each, sessions: &[f64], kinetics: &Kinetics, scale: f64) -> (Curves, Each) {
    let mut curves = Curves::default();
    let mut made = [0.0; SHARES];
    let mut run = Run {
        kinetics,
        cells: [REST; SHARES],
    };
    for (k, &session) in sessions.iter().enumerate() {
        run.injure(shares);
        let ends = session + ENDS_AFTER / kinetics.pace();
        let until = sessions.get(k + 1).copied().unwrap_or(ends);
        curves.begins.push(curves.nodes.len());
        run.pass(session, until, scale, |node| curves.nodes.push(node));
        // The response to one session alone is needed to its end, though the next session cuts the first one's curve
        // off: the state is copied at that moment and integrated on without further sessions.
        if k == 0 {
            curves.alone.clone_from(&curves.nodes);
            let mut left = Run {
                kinetics,
                cells: run.cells,
            };
            if until < ends {
                curves.alone.pop();
                left.pass(until, ends, scale, |node| curves.alone.push(node));
            }
            add_areas(&curves.alone, &mut made);
        }
    }
    (curves, made)
}

/// The area under the cubics between nodes.
fn add_areas(nodes: &[Node], made: &mut Each) {
    for pair in nodes.windows(2) {
        let (a, b) = (&pair[0], &pair[1]);
        let step = b.day - a.day;
        for (j, made) in made.iter_mut().enumerate() {
            // The exact integral of the Hermite cubic: the trapezoidal rule with its end correction h²/12·(f'₀ − f'₁).
            let ends = 0.5 * (a.value.synthesis[j] + b.value.synthesis[j]);
            let bend = (a.slope.synthesis[j] - b.slope.synthesis[j]) * step / (3.0 * 4.0);
            *made += step * (ends + bend);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cascade::CascadeParameters;
    use crate::cascade::tests::{kinetics, parameters};

    fn sessions(count: u32, gap: f64) -> Vec<f64> {
        (0..count).map(|k| gap * f64::from(k)).collect()
    }

    /// The largest difference of synthesis between interpolating `share` among shares up to `most` and integrating it,
    /// over the peak at `most`.
    fn interpolation_error(share: f64, most: f64, gap: f64) -> f64 {
        let (sessions, kinetics) = (sessions(4, gap), kinetics());
        let shares = shares_up_to(most);
        let (curves, _) = run(&shares, &sessions, &kinetics);
        let (exact, _) = run(&[share, most, most, most], &sessions, &kinetics);
        let weights = weights(share, &shares);
        let (mut worst, mut peak) = (0.0_f64, 0.0_f64);
        for i in 0..400 {
            let day = f64::from(i) * 0.5;
            let begun = sessions.iter().filter(|&&at| at <= day).count();
            let between: f64 = weights
                .iter()
                .zip(curves.at(begun, day).synthesis)
                .map(|(w, v)| w * v)
                .sum();
            let exact = exact.at(begun, day).synthesis;
            worst = worst.max((between - exact[0]).abs());
            peak = peak.max(exact[1]);
        }
        worst / peak
    }

    #[test]
    fn interpolating_between_shares_costs_little_in_small_wounds_and_a_few_hundredths_in_large_ones() {
        for share in [0.001, 0.03, 0.07, 0.13, 0.2] {
            let error = interpolation_error(share, 0.2, 28.0);
            assert!(error < 2e-4, "{share}: {error:e}");
        }
        for (most, allowed) in [(0.3, 1e-2), (0.5, 6e-2)] {
            for part in [0.02, 0.2, 0.6, 1.0] {
                let error = interpolation_error(part * most, most, 28.0);
                assert!(error < allowed, "{part} of {most}: {error:e}");
            }
        }
    }

    #[test]
    fn steps_an_eighth_as_long_change_nothing_that_matters_and_the_order_is_four() {
        for pace in [0.5, 2.0] {
            let kinetics = Kinetics::of(&CascadeParameters { pace, ..parameters() });
            let shares = shares_up_to(0.2);
            let at = |scale: f64| run_with_steps(&shares, &sessions(3, 28.0), &kinetics, scale);
            let exact = at(1.0 / 16.0);
            let error = |scale: f64| {
                let (curves, _) = at(scale);
                (0..200)
                    .map(|i| {
                        let day = f64::from(i) * 0.77;
                        let begun = (day / 28.0) as usize + 1;
                        let of = |c: &Curves| c.at(begun.min(3), day).synthesis[3];
                        (of(&curves) - of(&exact.0)).abs() / 0.01
                    })
                    .fold(0.0, f64::max)
            };
            assert!(error(1.0) < 2e-4, "{:e}", error(1.0));
            let order = (error(0.5) / error(0.25)).log2();
            assert!((3.4..4.8).contains(&order), "{order}");
            let (_, made) = at(1.0);
            assert!(
                (made[3] / exact.1[3] - 1.0).abs() < 1e-5,
                "{:e}",
                made[3] / exact.1[3] - 1.0
            );
        }
    }

    #[test]
    fn the_weights_of_a_node_pick_that_node_and_nothing_is_made_of_nothing() {
        let shares = shares_up_to(0.3);
        for (j, &share) in shares.iter().enumerate() {
            for (k, weight) in weights(share, &shares).into_iter().enumerate() {
                assert!((weight - f64::from(u8::from(j == k))).abs() < 1e-12);
            }
        }
        assert_eq!(weights(0.0, &shares), [0.0; SHARES]);
    }
}
