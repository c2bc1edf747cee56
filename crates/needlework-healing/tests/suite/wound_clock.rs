//! The joint fit of the cascade, done again: the committed rates reproduce each time course as closely as is stated,
//! and a least-squares search over all of them, from the committed rates and from rates that were moved, finds nothing
//! that is much better.
//!
//! Time courses: macrophages and myofibroblasts over their peak, collagen over that of day 28, strength over intact
//! skin, each point of equal weight. Neutrophils entered the first fit too; their points were not kept, so clearance of
//! debris and loss of neutrophils stay fixed here.

use needlework_evidence::Book;
use needlework_healing::{CascadeParameters, Kinetics, OpenWound, OpenWoundParameters, open_wound};
use needlework_units::Time;

/// The rates that are fitted, by the last part of their keys.
const FITTED: [&str; FREE] = [
    "macrophage_recruitment",
    "macrophage_switch",
    "repair_macrophage_loss",
    "release_by_macrophages",
    "release_by_myofibroblasts",
    "signal_decay",
    "fibroblast_growth",
    "crowding",
    "half_response",
    "myofibroblast_formation",
    "myofibroblast_loss",
    "synthesis",
    "myofibroblast_synthesis",
    "signal_synthesis",
    "maturation",
    "fibroblast_renewal",
];
const FREE: usize = 16;
/// Powers of e on the committed rates.
type Powers = [f64; FREE];

struct Fit {
    book: Book,
    courses: [Vec<(f64, f64)>; 4],
}

impl Fit {
    fn new() -> Self {
        let files = [
            ("cascade.toml", include_str!("../../../../evidence/cascade.toml")),
            ("histology.toml", include_str!("../../../../evidence/histology.toml")),
            ("priors.toml", include_str!("../../../../evidence/priors.toml")),
            ("sources.toml", include_str!("../../../../evidence/sources.toml")),
        ];
        let book = Book::parse(&files).unwrap();
        let mut courses = ["macrophages", "myofibroblasts", "collagen", "strength"].map(|course| {
            let prefix = format!("histology.woundconsensus.{course}.day_");
            let mut points: Vec<(f64, f64)> = book
                .passports()
                .filter_map(|one| Some((one.key.strip_prefix(&prefix)?.parse().ok()?, one.canonical().ok()?)))
                .collect();
            points.sort_by(|a, b| a.0.total_cmp(&b.0));
            points
        });
        let textbook = |key: &str| book.value(&format!("histology.woundtextbook.strength.{key}")).unwrap();
        courses[3].extend([(21.0, textbook("week_3")), (90.0, textbook("month_3"))]);
        assert_eq!(courses.each_ref().map(Vec::len), [7, 10, 7, 3]);
        Self { book, courses }
    }

    /// Computed less published for each point, course by course.
    fn residuals(&self, powers: &Powers) -> [Vec<f64>; 4] {
        let mut value = |key: &'static str| {
            let name = key.strip_prefix("healing.cascade.").unwrap_or_default();
            let factor = FITTED
                .iter()
                .position(|one| *one == name)
                .map_or(1.0, |i| powers[i].exp());
            factor * self.book.value(key).unwrap()
        };
        let kinetics = Kinetics::of(&CascadeParameters::fill(&mut value));
        let parameters = OpenWoundParameters::fill(&mut value);
        let times: Vec<Time> = (0..=180).map(|half| Time::from_days(f64::from(half) * 0.5)).collect();
        let course = open_wound(&kinetics, &parameters, parameters.maturation, &times);
        let of = |i: usize, at: &OpenWound| match i {
            0 => at.macrophages(),
            1 => at.myofibroblasts(),
            2 => at.collagen(),
            _ => at.strength(&parameters),
        };
        std::array::from_fn(|i| {
            let scale = match i {
                0 | 1 => course.iter().map(|at| of(i, at)).fold(0.0, f64::max),
                2 => course[56].collagen(),
                _ => 1.0,
            };
            self.courses[i]
                .iter()
                .map(|&(day, published)| of(i, &course[(day * 2.0).round() as usize]) / scale - published)
                .collect()
        })
    }

    fn all(&self, powers: &Powers) -> Vec<f64> {
        self.residuals(powers).concat()
    }

    /// Levenberg–Marquardt with differences; a weak pull towards the committed rates keeps the directions that no point
    /// sees.
    fn search(&self, mut powers: Powers, rounds: usize) -> Powers {
        const PULL: f64 = 1e-3;
        const NUDGE: f64 = 1e-5;
        let misfit = |p: &Powers| square(&self.all(p)) + PULL * PULL * square(p);
        let mut damping = 1e-2;
        for _ in 0..rounds {
            let at = self.all(&powers);
            let slopes: Vec<Vec<f64>> = (0..FREE)
                .map(|j| {
                    let mut moved = powers;
                    moved[j] += NUDGE;
                    self.all(&moved).iter().zip(&at).map(|(a, b)| (a - b) / NUDGE).collect()
                })
                .collect();
            let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
            let before = misfit(&powers);
            for _ in 0..8 {
                let matrix = std::array::from_fn(|i| {
                    std::array::from_fn(|j| {
                        let diagonal = f64::from(u8::from(i == j));
                        dot(&slopes[i], &slopes[j]) * (1.0 + damping * diagonal) + (PULL * PULL + 1e-12) * diagonal
                    })
                });
                let right = std::array::from_fn(|i| -dot(&slopes[i], &at) - PULL * PULL * powers[i]);
                let step = solve(matrix, right);
                let moved: Powers = std::array::from_fn(|i| powers[i] + step[i].clamp(-0.5, 0.5));
                if misfit(&moved) < before {
                    powers = moved;
                    damping *= 0.3;
                    break;
                }
                damping *= 4.0;
            }
        }
        powers
    }
}

fn square(values: &[f64]) -> f64 {
    values.iter().map(|value| value * value).sum()
}

/// A symmetric positive system by elimination.
fn solve(mut a: [Powers; FREE], mut b: Powers) -> Powers {
    for k in 0..FREE {
        for i in k + 1..FREE {
            let factor = a[i][k] / a[k][k];
            let row = a[k];
            a[i].iter_mut().zip(row).for_each(|(to, from)| *to -= factor * from);
            b[i] -= factor * b[k];
        }
    }
    for i in (0..FREE).rev() {
        b[i] = (b[i] - (i + 1..FREE).map(|j| a[i][j] * b[j]).sum::<f64>()) / a[i][i];
    }
    b
}

fn root_mean_square(residuals: &[f64]) -> f64 {
    (square(residuals) / residuals.len() as f64).sqrt()
}

#[test]
fn the_committed_rates_give_the_time_courses_as_closely_as_stated() {
    let found = Fit::new().residuals(&[0.0; FREE]).map(|one| root_mean_square(&one));
    let stated = [0.023, 0.022, 0.020, 0.013];
    for (found, stated) in found.iter().zip(stated) {
        assert!((found - stated).abs() < 0.002, "{found:.4}, stated {stated}");
    }
}

#[test]
fn a_search_finds_no_rates_that_are_much_better() {
    let fit = Fit::new();
    let committed = root_mean_square(&fit.all(&[0.0; FREE]));
    let moved: Powers = std::array::from_fn(|i| if i % 2 == 0 { 0.15 } else { -0.15 });
    let far = root_mean_square(&fit.all(&moved));
    assert!(
        far > 2.0 * committed,
        "moved rates fit visibly worse: {far:.4}, {committed:.4}"
    );
    for start in [[0.0; FREE], moved] {
        let best = root_mean_square(&fit.all(&fit.search(start, 25)));
        println!("{best:.4} {committed:.4}");
        assert!(
            best > 0.7 * committed && best < 1.3 * committed,
            "{best:.4}, committed {committed:.4}"
        );
    }
}
