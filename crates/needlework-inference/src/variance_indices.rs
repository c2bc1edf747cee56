//! Which inputs the variance of an output hangs on, alone and with all their interactions: Sobol' indices.
//!
//! Two independent sets of inputs A and B, and A with column i from B: the first index of input i is mean(f(B)·(f(ABᵢ)
//! − f(A)))/V (Saltelli and others 2010), the total one mean((f(A) − f(ABᵢ))²)/2V (Jansen 1999). Before the product the
//! mean of f is taken off, which takes noise off the first. Each comes with its standard error, from the spread of the
//! terms.
//!
//! The price is rows × (inputs + 2) evaluations. Where draws and outputs are there already,
//! `needlework_numerics::variance_shares` asks for none, but sees no interactions.

use needlework_numerics::{Continue, Interrupted, Progress, map_in_order, mean, standard_deviation, uniforms};

/// How much of an output's variance hangs on one input.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct VarianceIndex {
    /// The share that the input explains alone.
    pub first: f64,
    /// The standard error of `first`.
    pub first_error: f64,
    /// The share that is left when all other inputs are known: alone and with all its interactions.
    pub total: f64,
    /// The standard error of `total`.
    pub total_error: f64,
}

/// How the indices are estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IndexSettings {
    /// Rows of each set of inputs.
    pub rows: usize,
    /// The seed of all streams.
    pub seed: u64,
    /// How many threads; 0: as many as the machine has.
    pub threads: usize,
}

/// The indices of each of `inputs` inputs, which `output` takes as numbers between zero and one. All are zero where the
/// output is always the same or no number.
///
/// # Errors
/// [`Interrupted`].
pub fn variance_indices(
    inputs: usize,
    settings: &IndexSettings,
    progress: &mut dyn FnMut(Progress) -> Continue,
    output: impl Fn(&[f64]) -> f64 + Sync,
) -> Result<Vec<VarianceIndex>, Interrupted> {
    let columns = |set: &str| -> Vec<Vec<f64>> {
        (0..inputs)
            .map(|input| uniforms(settings.seed, &format!("indices.{set}.{input}"), settings.rows))
            .collect()
    };
    let (a, b) = (columns("a"), columns("b"));
    let row = |set: &[Vec<f64>], at: usize| -> Vec<f64> { set.iter().map(|column| column[at]).collect() };
    let rows: Vec<Row> = map_in_order(settings.threads, settings.rows, progress, |at| {
        let (first, second) = (row(&a, at), row(&b, at));
        let swapped = |input: usize| {
            let mut both = first.clone();
            both[input] = second[input];
            output(&both)
        };
        Row {
            a: output(&first),
            b: output(&second),
            swapped: (0..inputs).map(swapped).collect(),
        }
    })?;
    let both: Vec<f64> = rows.iter().flat_map(|row| [row.a, row.b]).collect();
    let centre = mean(&both);
    let variance = standard_deviation(&both).powi(2);
    Ok((0..inputs).map(|input| index(&rows, input, centre, variance)).collect())
}

/// The outputs of one row.
struct Row {
    a: f64,
    b: f64,
    swapped: Vec<f64>,
}

fn index(rows: &[Row], input: usize, centre: f64, variance: f64) -> VarianceIndex {
    let share = |terms: Vec<f64>| {
        if variance > 0.0 {
            let error = standard_deviation(&terms) / (terms.len() as f64).sqrt();
            (mean(&terms) / variance, error / variance)
        } else {
            (0.0, 0.0)
        }
    };
    let (first, first_error) = share(
        rows.iter()
            .map(|row| (row.b - centre) * (row.swapped[input] - row.a))
            .collect(),
    );
    let (total, total_error) = share(
        rows.iter()
            .map(|row| 0.5 * (row.a - row.swapped[input]).powi(2))
            .collect(),
    );
    VarianceIndex {
        first,
        first_error,
        total,
        total_error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use needlework_numerics::unwatched;
    use std::f64::consts::PI;

    const ROWS: IndexSettings = IndexSettings {
        rows: 40_000,
        seed: 1,
        threads: 2,
    };

    fn near(found: &VarianceIndex, first: f64, total: f64) -> bool {
        (found.first - first).abs() < (3.0 * found.first_error).min(0.02)
            && (found.total - total).abs() < (3.0 * found.total_error).min(0.02)
    }

    /// Ishigami's function, a = 7, b = 0.1.
    fn ishigami(u: &[f64]) -> f64 {
        let x: Vec<f64> = u.iter().map(|u| PI * (2.0 * u - 1.0)).collect();
        x[0].sin() + 7.0 * x[1].sin().powi(2) + 0.1 * x[2].powi(4) * x[0].sin()
    }

    #[test]
    fn ishigami_indices() {
        let found = variance_indices(3, &ROWS, &mut unwatched, ishigami).unwrap();
        let exact = [(0.3139, 0.5576), (0.4424, 0.4424), (0.0, 0.2437)];
        for (found, (first, total)) in found.iter().zip(exact) {
            assert!(near(found, first, total), "{found:?} {first} {total}");
        }
    }

    /// Sobol's g function, Π (|4u − 2| + a)/(1 + a), with a = 0, 1, 4.5, 9, 99 four times.
    #[test]
    fn sobol_g_indices() {
        let a = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];
        let g = |u: &[f64]| {
            u.iter()
                .zip(&a)
                .map(|(u, a)| ((4.0 * u - 2.0).abs() + a) / (1.0 + a))
                .product()
        };
        let found = variance_indices(8, &ROWS, &mut unwatched, g).unwrap();
        let exact = [(0.7162, 0.7871), (0.1790, 0.2422), (0.0237, 0.0343), (0.0072, 0.0105)];
        for (found, (first, total)) in found.iter().zip(exact) {
            assert!(near(found, first, total), "{found:?} {first} {total}");
        }
        assert!(found[7].total < 1e-3);
    }

    #[test]
    fn an_output_that_never_changes_hangs_on_nothing_and_threads_do_not_matter() {
        let still = variance_indices(2, &ROWS, &mut unwatched, |_| 3.0).unwrap();
        assert!(still.iter().all(|index| index.first == 0.0 && index.total == 0.0));
        let few = |threads| {
            let settings = IndexSettings {
                rows: 500,
                threads,
                ..ROWS
            };
            variance_indices(3, &settings, &mut unwatched, ishigami).unwrap()
        };
        assert_eq!(few(1), few(4));
        let stopped = variance_indices(1, &ROWS, &mut |_| Continue::No, |u| u[0]);
        assert_eq!(stopped, Err(Interrupted::Stopped));
    }
}
