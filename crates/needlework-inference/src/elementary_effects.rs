//! Which of many inputs matter at all, for few evaluations: elementary effects (Morris 1991).
//!
//! A path through the unit cube steps along each input once, in a random order, by half of the range and a little more,
//! Δ = p/(2(p − 1)) on a grid of p levels. The effect of an input is the change of the output over Δ. Over many paths
//! the mean size of the effects (Campolongo and others 2007) orders the inputs; their standard deviation shows
//! curvature or interactions. The price is paths × (inputs + 1) evaluations.

use needlework_numerics::{Continue, Interrupted, Progress, map_in_order, mean, order, standard_deviation, uniforms};

// numerical: levels of the grid, as Morris takes them
const LEVELS: usize = 4;

/// What one input does along the paths.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ElementaryEffect {
    /// The mean effect, in units of the output; small where effects of both signs cancel.
    pub mean: f64,
    /// The mean size of the effect.
    pub mean_size: f64,
    /// The standard deviation of the effect.
    pub sd: f64,
}

/// The effect of each of `inputs` inputs, which `output` takes as numbers between zero and one, over `paths` paths.
///
/// # Errors
/// [`Interrupted`].
pub fn elementary_effects(
    inputs: usize,
    paths: usize,
    seed: u64,
    threads: usize,
    progress: &mut dyn FnMut(Progress) -> Continue,
    output: impl Fn(&[f64]) -> f64 + Sync,
) -> Result<Vec<ElementaryEffect>, Interrupted> {
    let along: Vec<Vec<f64>> = map_in_order(threads, paths, progress, |path| effects_of(path, inputs, seed, &output))?;
    Ok((0..inputs)
        .map(|input| {
            let effects: Vec<f64> = along.iter().map(|path| path[input]).collect();
            let sizes: Vec<f64> = effects.iter().map(|effect| effect.abs()).collect();
            ElementaryEffect {
                mean: mean(&effects),
                mean_size: mean(&sizes),
                sd: standard_deviation(&effects),
            }
        })
        .collect())
}

/// The effects along one path, by input.
fn effects_of(path: usize, inputs: usize, seed: u64, output: &impl Fn(&[f64]) -> f64) -> Vec<f64> {
    let half = LEVELS / 2;
    let last = (LEVELS - 1) as f64;
    let stride = half as f64 / last;
    let draws = |what: &str| uniforms(seed, &format!("effects.{path}.{what}"), inputs);
    let (starts, directions, keys) = (draws("start"), draws("direction"), draws("order"));
    // Each input goes from a level of the lower half up, or from there down.
    let low: Vec<f64> = starts.iter().map(|u| (u * half as f64).floor() / last).collect();
    let rises: Vec<bool> = directions.iter().map(|u| *u < 0.5).collect();
    let mut at: Vec<f64> = low
        .iter()
        .zip(&rises)
        .map(|(low, rises)| if *rises { *low } else { low + stride })
        .collect();
    let mut effects = vec![0.0; inputs];
    let mut before = output(&at);
    for input in order(&keys) {
        let step = if rises[input] { stride } else { -stride };
        at[input] += step;
        let after = output(&at);
        effects[input] = (after - before) / step;
        before = after;
    }
    effects
}

#[cfg(test)]
mod tests {
    use super::*;
    use needlework_numerics::unwatched;

    #[test]
    fn a_plane_has_its_slopes_and_no_spread() {
        let plane = |u: &[f64]| 3.0 * u[0] - 2.0 * u[1] + 7.0;
        let found = elementary_effects(3, 20, 1, 2, &mut unwatched, plane).unwrap();
        for (found, slope) in found.iter().zip([3.0_f64, -2.0, 0.0]) {
            assert!((found.mean - slope).abs() < 1e-12 && (found.mean_size - slope.abs()).abs() < 1e-12);
            assert!(found.sd < 1e-12, "{found:?}");
        }
    }

    /// Sobol's g function: the order of the inputs is that of their indices.
    #[test]
    fn the_order_of_sobol_g_is_found() {
        let a = [0.0, 1.0, 4.5, 9.0, 99.0];
        let g = |u: &[f64]| {
            u.iter()
                .zip(&a)
                .map(|(u, a)| ((4.0 * u - 2.0).abs() + a) / (1.0 + a))
                .product()
        };
        let found = elementary_effects(5, 200, 1, 2, &mut unwatched, g).unwrap();
        assert!(
            found.windows(2).all(|pair| pair[0].mean_size > pair[1].mean_size),
            "{found:?}"
        );
    }

    #[test]
    fn inputs_stay_on_the_levels_and_threads_do_not_matter() {
        let seen = |u: &[f64]| {
            assert!(
                u.iter()
                    .all(|u| (u * 3.0 - (u * 3.0).round()).abs() < 1e-9 && (-1e-9..1.0 + 1e-9).contains(u))
            );
            u[0] * u[1]
        };
        let run = |threads| elementary_effects(2, 50, 3, threads, &mut unwatched, seen).unwrap();
        assert_eq!(run(1), run(4));
        assert!(run(1)[0].sd > 0.1, "an interaction spreads the effects");
    }
}
