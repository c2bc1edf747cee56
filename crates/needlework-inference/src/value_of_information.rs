//! What it would be worth to know something before deciding, and how much surer one would be.
//!
//! Each world gives a benefit for each option. With nothing known the option with the best mean is taken; who knows the
//! world takes its best: the mean of the best less the best of the means is the expected value of perfect information.
//! Who learns some quantities of the world only takes the option that is best on average given them. That average is a
//! regression of the benefits on the quantities (Strong and others 2014), here on Hermite polynomials of their normal
//! scores (ranks turned into quantiles of the normal), up to a total degree, which is exact where benefits are linear
//! in normal quantities.
//!
//! A regression that follows noise promises too much, and one that decides for other worlds than it was fitted to gains
//! too little. Both are told: the truth lies between. Limits: bends that the degree can't follow are missed.

use nalgebra::{DMatrix, DVector};
use needlework_numerics::{mean, standard_normal_quantile};

/// What knowing some quantities is worth, in units of the benefit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Worth {
    /// By the regression on all worlds: too high by what it takes from noise.
    pub fitted: f64,
    /// What decisions gain in one half of the worlds by the regression on the other half: too low.
    pub held_out: f64,
}

/// The worth of knowing all. `benefits` has one list a world, with one number an option. `None` of no worlds or
/// options, of lists of different length, or where a number is not finite.
#[must_use]
pub fn worth_of_all(benefits: &[Vec<f64>]) -> Option<f64> {
    fair(benefits)?;
    let best: Vec<f64> = benefits.iter().map(|options| most(options.iter().copied())).collect();
    Some(mean(&best) - best_of_means(benefits))
}

/// The worth of knowing `quantities`, each a list with one number a world, by polynomials of a total degree of
/// `degree`.
/// `None` as for [`worth_of_all`], where a quantity has not one finite number a world, or of fewer worlds than a fit of
/// half of them needs.
#[must_use]
pub fn worth_of_some(benefits: &[Vec<f64>], quantities: &[Vec<f64>], degree: usize) -> Option<Worth> {
    fair(benefits)?;
    let basis = basis(quantities, degree, benefits.len())?;
    let options = benefits.first()?.len();
    let of = |option: usize| -> Vec<f64> { benefits.iter().map(|world| world[option]).collect() };
    let fits: Option<Vec<Vec<f64>>> = (0..options)
        .map(|option| fitted(&basis, &of(option), |_| true))
        .collect();
    let crossed: Option<Vec<Vec<f64>>> = (0..options)
        .map(|option| {
            let even = fitted(&basis, &of(option), |world| world % 2 == 0)?;
            let odd = fitted(&basis, &of(option), |world| world % 2 == 1)?;
            Some(
                (0..benefits.len())
                    .map(|world| if world % 2 == 0 { odd[world] } else { even[world] })
                    .collect(),
            )
        })
        .collect();
    let (fits, crossed) = (fits?, crossed?);
    let best: Vec<f64> = (0..benefits.len())
        .map(|world| most(fits.iter().map(|fit| fit[world])))
        .collect();
    let taken: Vec<f64> = (0..benefits.len())
        .map(|world| {
            let option = (0..options).max_by(|&a, &b| crossed[a][world].total_cmp(&crossed[b][world]));
            option.map_or(f64::NAN, |option| benefits[world][option])
        })
        .collect();
    let known = best_of_means(benefits);
    Some(Worth {
        fitted: mean(&best) - known,
        held_out: mean(&taken) - known,
    })
}

/// The standard deviation that a quantity is expected to keep once `quantities` are known: that of what the regression
/// leaves, with its degrees of freedom taken off. `None` as for [`worth_of_some`].
#[must_use]
pub fn sd_once_known(values: &[f64], quantities: &[Vec<f64>], degree: usize) -> Option<f64> {
    if !values.iter().all(|value| value.is_finite()) {
        return None;
    }
    let basis = basis(quantities, degree, values.len())?;
    let fit = fitted(&basis, values, |_| true)?;
    let left: f64 = values.iter().zip(&fit).map(|(value, fit)| (value - fit).powi(2)).sum();
    Some((left / (values.len() - basis.ncols()) as f64).sqrt())
}

fn fair(benefits: &[Vec<f64>]) -> Option<()> {
    let options = benefits.first()?.len();
    let same = benefits
        .iter()
        .all(|world| world.len() == options && world.iter().all(|x| x.is_finite()));
    (options > 0 && same).then_some(())
}

fn most(values: impl Iterator<Item = f64>) -> f64 {
    values.fold(f64::NEG_INFINITY, f64::max)
}

fn best_of_means(benefits: &[Vec<f64>]) -> f64 {
    let options = benefits.first().map_or(0, Vec::len);
    most((0..options).map(|option| mean(&benefits.iter().map(|world| world[option]).collect::<Vec<_>>())))
}

/// One row a world, one column a product of polynomials. `None` where quantities aren't one finite number a world, or
/// half of the worlds are fewer than twice the columns.
fn basis(quantities: &[Vec<f64>], degree: usize, worlds: usize) -> Option<DMatrix<f64>> {
    let fair = quantities
        .iter()
        .all(|of| of.len() == worlds && of.iter().all(|x| x.is_finite()));
    if !fair {
        return None;
    }
    let mut columns = vec![(0, vec![1.0; worlds])];
    for quantity in quantities {
        let scores = normal_scores(quantity);
        let powers: Vec<Vec<f64>> = (1..=degree)
            .map(|power| scores.iter().map(|z| hermite(power, *z)).collect())
            .collect();
        let mut with = columns.clone();
        for (total, column) in &columns {
            for (power, values) in powers.iter().enumerate().take(degree - total) {
                with.push((
                    total + power + 1,
                    column.iter().zip(values).map(|(a, b)| a * b).collect(),
                ));
            }
        }
        columns = with;
    }
    let enough = worlds >= 4 * columns.len();
    enough.then(|| DMatrix::from_fn(worlds, columns.len(), |world, column| columns[column].1[world]))
}

/// The regression of `values` on the columns, by the worlds that count, told for all of them.
fn fitted(basis: &DMatrix<f64>, values: &[f64], counts: impl Fn(usize) -> bool) -> Option<Vec<f64>> {
    // numerical: directions with less than this share of the largest are no directions, as those of a quantity with few
    // values
    const FLAT: f64 = 1e-10;
    let own: Vec<usize> = (0..values.len()).filter(|world| counts(*world)).collect();
    let rows = basis.select_rows(&own);
    let outcome = DVector::from_iterator(own.len(), own.iter().map(|world| values[*world]));
    let gram = rows.transpose() * &rows;
    let decomposed = gram.svd(true, true);
    let least = FLAT * decomposed.singular_values.max();
    let coefficients = decomposed.solve(&(rows.transpose() * outcome), least).ok()?;
    Some((basis * coefficients).iter().copied().collect())
}

/// Ranks turned into quantiles of the normal; equal values share their middle rank.
fn normal_scores(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    values
        .iter()
        .map(|value| {
            let below = sorted.partition_point(|x| x < value);
            let up_to = sorted.partition_point(|x| x <= value);
            standard_normal_quantile(0.5 * (below + up_to) as f64 / values.len() as f64)
        })
        .collect()
}

/// The orthonormal Hermite polynomial of the standard normal distribution.
fn hermite(degree: usize, z: f64) -> f64 {
    let (mut before, mut now) = (0.0, 1.0);
    for at in 0..degree {
        let next = (z * now - (at as f64).sqrt() * before) / (at as f64 + 1.0).sqrt();
        (before, now) = (now, next);
    }
    now
}

#[cfg(test)]
mod tests {
    use super::*;
    use needlework_numerics::{normal_cdf, normal_ln_density, normals, uniforms};

    const WORLDS: usize = 20_000;

    /// Doing nothing gives 0; treating gives −0.5 + x + 2y, with x and y standard normal.
    fn worlds() -> (Vec<Vec<f64>>, Vec<f64>, Vec<f64>) {
        let (x, y) = (normals(1, "x", WORLDS), normals(1, "y", WORLDS));
        let benefits = x.iter().zip(&y).map(|(x, y)| vec![0.0, -0.5 + x + 2.0 * y]).collect();
        (benefits, x, y)
    }

    /// E max(0, N(m, s²)) less max(0, m).
    fn exact(m: f64, s: f64) -> f64 {
        m * normal_cdf(m / s) + s * normal_ln_density(m / s, 0.0, 1.0).exp() - m.max(0.0)
    }

    #[test]
    fn a_linear_choice_has_the_known_worth() {
        let (benefits, x, y) = worlds();
        let near = |found: f64, exact: f64| (found - exact).abs() < 0.02;
        assert!(near(worth_of_all(&benefits).unwrap(), exact(-0.5, 5.0_f64.sqrt())));
        for (known, s) in [
            (vec![x.clone()], 1.0),
            (vec![y.clone()], 2.0),
            (vec![x, y], 5.0_f64.sqrt()),
        ] {
            let found = worth_of_some(&benefits, &known, 3).unwrap();
            assert!(
                near(found.fitted, exact(-0.5, s)) && near(found.held_out, exact(-0.5, s)),
                "{found:?}"
            );
        }
    }

    #[test]
    fn knowing_what_does_not_matter_is_worth_nothing() {
        let (benefits, ..) = worlds();
        let found = worth_of_some(&benefits, &[uniforms(2, "else", WORLDS)], 3).unwrap();
        assert!(
            (0.0..0.01).contains(&found.fitted) && found.held_out < 0.01,
            "{found:?}"
        );
        // With few worlds the fit promises what the other half doesn't keep.
        let few = worth_of_some(&benefits[..60], &[uniforms(3, "else", 60), uniforms(4, "else", 60)], 3).unwrap();
        assert!(few.fitted > few.held_out, "{few:?}");
        let best = worth_of_some(
            &benefits.iter().map(|b| vec![b[0], b[0] - 1.0]).collect::<Vec<_>>(),
            &[],
            1,
        );
        assert_eq!(
            best.map(|worth| (worth.fitted.abs() < 1e-12, worth.held_out)),
            Some((true, 0.0))
        );
    }

    #[test]
    fn what_is_known_narrows_as_it_should() {
        let (benefits, x, y) = worlds();
        let gain: Vec<f64> = benefits.iter().map(|b| b[1]).collect();
        assert!((sd_once_known(&gain, std::slice::from_ref(&x), 2).unwrap() - 2.0).abs() < 0.03);
        assert!((sd_once_known(&gain, std::slice::from_ref(&y), 2).unwrap() - 1.0).abs() < 0.02);
        // A product has no first effect, and both together leave nothing.
        let product: Vec<f64> = x.iter().zip(&y).map(|(x, y)| x * y).collect();
        assert!((sd_once_known(&product, std::slice::from_ref(&x), 3).unwrap() - 1.0).abs() < 0.03);
        assert!(sd_once_known(&product, &[x, y], 2).unwrap() < 0.1);
    }

    /// A quantity with three values, such as a law, has fewer directions than polynomials.
    #[test]
    fn a_quantity_with_few_values_is_fitted() {
        let law: Vec<f64> = uniforms(1, "law", 3000).iter().map(|u| (3.0 * u).floor()).collect();
        let gain: Vec<f64> = law
            .iter()
            .zip(normals(1, "z", 3000))
            .map(|(law, z)| law * law + z)
            .collect();
        assert!((sd_once_known(&gain, &[law], 4).unwrap() - 1.0).abs() < 0.04);
        assert!(sd_once_known(&gain, &[vec![5.0; 3000]], 3).unwrap() > 1.5);
    }

    #[test]
    fn what_can_not_be_asked_is_none() {
        assert!(worth_of_all(&[]).is_none() && worth_of_all(&[vec![]]).is_none());
        assert!(worth_of_all(&[vec![1.0], vec![1.0, 2.0]]).is_none() && worth_of_all(&[vec![f64::NAN]]).is_none());
        assert!(worth_of_some(&vec![vec![0.0, 1.0]; 10], &[vec![1.0; 9]], 1).is_none());
        assert!(worth_of_some(&vec![vec![0.0, 1.0]; 10], &[vec![1.0; 10]], 5).is_none());
    }
}
