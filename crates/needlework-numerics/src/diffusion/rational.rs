//! Rational functions that stand for eˣ on the whole negative axis, in partial fractions.
//!
//! eˣ ≈ Σ 2·Re[c/(x − θ)] over pairs of conjugate poles. With 16 poles the largest error for x ≤ 0 is 4·10⁻¹⁶; it grows
//! about 86-fold for every two poles fewer. φ₁ and φ₂ have the same poles: residues c/θ and c/θ². Their errors are
//! those of quotients of differences, which near zero are larger because the error there oscillates ever faster; so the
//! full function is used one unit away from zero, as e·R(x − 1).
//!
//! The poles were found by the method of Carathéodory and Fejér as Trefethen, Weideman and Schmelzer describe it
//! (Talbot quadratures and rational approximations, BIT 46, 2006), in arithmetic of 40 digits; a test holds each table
//! to its error.
//!
//! For arguments that are all below −x₀ fewer poles do, because e^{−x₀}·R(x + x₀) has the error of R times e^{−x₀}.
//! Then φ₁ and φ₂ get poles at zero: φ₁ = Σ 2·Re[(c/θ)/(x − θ)] + (r − 1)/x and φ₂ = Σ 2·Re[(c/θ²)/(x − θ)] + (r′ −
//! 1)/x + (r − 1)/x², with r and r′ the value and slope of the rational function at zero.

/// A pair of poles by its upper member: real and imaginary part, and those of its residue.
type Pair = [f64; 4];

// numerical: largest error of the tables on the negative axis, in their order
const ERRORS: [f64; 5] = [4.3e-16, 3.2e-12, 2.4e-8, 1.8e-4, 1.0];
// numerical: how far below the largest value what is left out may lie
const PRECISION: f64 = 1e-14;

// numerical: poles and residues of the best rational function of degree 16; see the front page
const SIXTEEN: [Pair; 8] = [
    [
        6.416177699099436,
        1.1941223933701388,
        -64.50087802553978,
        -224.5944076265215,
    ],
    [
        5.94815226895118,
        3.5874573620183225,
        113.39775178483954,
        101.94721704215884,
    ],
    [
        4.9931747377179985,
        5.996881713603943,
        -62.51839246320807,
        -11.190391094283296,
    ],
    [
        3.5091036084149207,
        8.436198985884376,
        15.059585270023515,
        -5.751405277642184,
    ],
    [
        1.4193758971856691,
        10.925363484496724,
        -1.4793007113558072,
        1.7686588323782972,
    ],
    [
        -1.4139284624888824,
        13.497725698892747,
        0.04102313683541049,
        -0.1574346617345552,
    ],
    [
        -5.264971343442642,
        16.220221473167932,
        0.00021151742182464765,
        0.004389296964738089,
    ],
    [
        -10.84391707869698,
        19.277446167181658,
        -5.090152186521197e-07,
        -2.422001765285245e-05,
    ],
];
// numerical: poles and residues of the best rational function of degree 12; see the front page
const TWELVE: [Pair; 6] = [
    [
        4.82749345216446,
        1.1939879912233993,
        -11.79937995604386,
        -46.41163533369931,
    ],
    [
        4.206124204321871,
        3.590920758885602,
        18.78597742158065,
        20.237285126154955,
    ],
    [
        2.9178685450832536,
        6.017345924094156,
        -8.238255934264528,
        -2.796191262327414,
    ],
    [
        0.8517070967201087,
        8.503832825637502,
        1.319411534077838,
        -0.18352358287099216,
    ],
    [
        -2.2359682461249557,
        11.109296232707466,
        -0.06857149425031032,
        0.03841908288659378,
    ],
    [
        -6.998687908595893,
        13.995916624979262,
        0.0008184334992732076,
        -0.0005813535824245203,
    ],
];
// numerical: poles and residues of the best rational function of degree 8; see the front page
const EIGHT: [Pair; 4] = [
    [
        3.2209452449505678,
        1.1936196054172876,
        -1.8317717104417042,
        -9.525608128944675,
    ],
    [
        2.2922491477094993,
        3.600771496074937,
        2.4362407326605786,
        3.716755640458719,
    ],
    [
        0.269490987246265,
        6.0820325927101395,
        -0.6325880536559649,
        -0.4439231026530502,
    ],
    [
        -3.408539501577154,
        8.773034564444613,
        0.028129757158198692,
        0.011577384568384278,
    ],
];
// numerical: poles and residues of the best rational function of degree 4; see the front page
const FOUR: [Pair; 2] = [
    [
        1.5484005705393915,
        1.1918258539276196,
        -0.061683522554959416,
        -1.9050594559798493,
    ],
    [
        -0.36783831439986264,
        3.658133272063283,
        0.07339241923416416,
        0.45000491585378904,
    ],
];

/// A complex number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Complex {
    pub re: f64,
    pub im: f64,
}

impl Complex {
    fn over(self, other: Self) -> Self {
        let size = other.re * other.re + other.im * other.im;
        Self {
            re: (self.re * other.re + self.im * other.im) / size,
            im: (self.im * other.re - self.re * other.im) / size,
        }
    }

    pub fn times(self, factor: f64) -> Self {
        Self {
            re: self.re * factor,
            im: self.im * factor,
        }
    }
}

/// φₖ of arguments below a bound: Σ 2·Re[c/(x − θ)] + `inverse`/x + `inverse_square`/x².
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fractions {
    count: usize,
    poles: [Complex; 8],
    residues: [[Complex; 8]; 3],
    /// Coefficients of 1/x for φ₀, φ₁, φ₂.
    pub inverse: [f64; 3],
    /// Coefficient of 1/x² for φ₂; φ₀ and φ₁ have none.
    pub inverse_square: f64,
}

impl Fractions {
    /// For arguments that are `bound` or less; `bound` isn't positive.
    pub fn below(bound: f64) -> Self {
        let tables: [&[Pair]; 5] = [&SIXTEEN, &TWELVE, &EIGHT, &FOUR, &[]];
        let enough = (1..tables.len())
            .rev()
            .find(|&i| ERRORS[i] * bound.exp() <= PRECISION)
            .unwrap_or(0);
        let (table, shift) = (tables[enough], if enough == 0 { 1.0 } else { bound });
        let none = Complex { re: 0.0, im: 0.0 };
        let mut found = Self {
            count: table.len(),
            poles: [none; 8],
            residues: [[none; 8]; 3],
            inverse: [0.0; 3],
            inverse_square: 0.0,
        };
        for (i, &[re, im, residue_re, residue_im]) in table.iter().enumerate() {
            let pole = Complex { re: re + shift, im };
            let residue = Complex {
                re: residue_re,
                im: residue_im,
            };
            found.poles[i] = pole;
            found.residues[0][i] = residue.times(shift.exp());
            found.residues[1][i] = found.residues[0][i].over(pole);
            found.residues[2][i] = found.residues[1][i].over(pole);
        }
        if enough > 0 {
            let sum = |k: usize| -2.0 * found.residues[k].iter().map(|residue| residue.re).sum::<f64>();
            let (value, slope) = (sum(1), sum(2));
            found.inverse = [0.0, value - 1.0, slope - 1.0];
            found.inverse_square = value - 1.0;
        }
        found
    }

    /// The poles with their residues for φ₀, φ₁, φ₂.
    pub fn pairs(&self) -> impl Iterator<Item = (Complex, [Complex; 3])> + '_ {
        (0..self.count).map(|i| (self.poles[i], [0, 1, 2].map(|k: usize| self.residues[k][i])))
    }
}

#[cfg(test)]
mod tests {
    use super::super::phi::Phi;
    use super::*;

    fn at(fractions: &Fractions, k: usize, x: f64) -> f64 {
        let pairs: f64 = fractions
            .pairs()
            .map(|(pole, residues)| {
                let distance = Complex {
                    re: x - pole.re,
                    im: -pole.im,
                };
                2.0 * residues[k].over(distance).re
            })
            .sum();
        let at_zero = if fractions.inverse[k] == 0.0 {
            0.0
        } else {
            fractions.inverse[k] / x
        };
        let square = if k == 2 && fractions.inverse_square != 0.0 {
            fractions.inverse_square / (x * x)
        } else {
            0.0
        };
        pairs + at_zero + square
    }

    #[test]
    fn every_table_gives_the_exponential_and_its_kin_to_thirteen_digits() {
        let mut used = std::collections::BTreeSet::new();
        for bound in [0.0, -0.5, -5.0, -5.9, -10.0, -14.8, -20.0, -24.0, -31.0, -33.0, -300.0] {
            let fractions = Fractions::below(bound);
            used.insert(fractions.count);
            for step in 0..2000 {
                let x = bound - 1e-6 * (f64::from(step) * 0.014).exp() + 1e-6;
                let phi = Phi::at(x);
                for (k, exact) in [phi.zero, phi.one, phi.two].into_iter().enumerate() {
                    let error = (at(&fractions, k, x) - exact).abs();
                    assert!(error < 1e-13, "φ{k} of {x} below {bound}: {error}");
                }
            }
        }
        assert_eq!(used.into_iter().collect::<Vec<_>>(), [0, 2, 4, 6, 8]);
    }
}
