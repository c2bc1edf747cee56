//! Intervals of shares and means against known truth, and over every table of counts that few worlds can give.

use needlework_numerics::{Distribution, Interval, Share, share_over_worlds, uniforms};

/// What must hold of every share, whatever was counted.
fn laws(counts: &[usize], people: usize) -> Share {
    let share = share_over_worlds(counts, people);
    let Interval { mean, low, high } = share.interval;
    let all = counts.iter().sum::<usize>();
    let say = || format!("{counts:?} of {people}: {share:?}");
    assert!([mean, low, high].iter().all(|x| (0.0..=1.0).contains(x)), "{}", say());
    assert!(low <= mean && mean <= high, "{}", say());
    assert!(high > low, "a width of zero: {}", say());
    assert!(
        (mean - all as f64 / (counts.len() * people) as f64).abs() < 1e-12,
        "{}",
        say()
    );
    assert_eq!(mean == 0.0, all == 0, "{}", say());
    assert_eq!(low == 0.0 && mean == 0.0, all == 0, "{}", say());
    assert!(share.sampling_error.is_finite(), "{}", say());
    if let Some((alpha, beta)) = share.shapes {
        assert!(alpha > 0.0 && beta > 0.0 && (alpha + beta).is_finite(), "{}", say());
        assert!(
            (alpha / (alpha + beta) - mean).abs() < 1e-9,
            "the beta has another mean: {}",
            say()
        );
    }
    share
}

/// Calls `visit` with every way to spread `left` worlds over the counts from `from` on.
fn every_table(counts: &mut Vec<usize>, from: usize, most: usize, left: usize, visit: &mut dyn FnMut(&[usize])) {
    if from == most {
        counts.extend(std::iter::repeat_n(most, left));
        visit(counts);
        counts.truncate(counts.len() - left);
        return;
    }
    for here in 0..=left {
        counts.extend(std::iter::repeat_n(from, here));
        every_table(counts, from + 1, most, left - here, visit);
        counts.truncate(counts.len() - here);
    }
}

#[test]
fn every_table_of_counts_of_few_worlds_has_an_honest_interval() {
    let mut tables = 0;
    for people in 1..=5 {
        for worlds in 1..=9 {
            every_table(&mut Vec::new(), 0, people, worlds, &mut |counts| {
                laws(counts, people);
                tables += 1;
            });
        }
    }
    assert_eq!(
        tables,
        (1..=5)
            .map(|people| binomial(9 + people + 1, people + 1) - 1)
            .sum::<usize>()
    );
}

fn binomial(n: usize, k: usize) -> usize {
    (1..=k).fold(1, |product, i| product * (n + 1 - i) / i)
}

/// Two counts alone, in every proportion, with as many worlds as an answer has: the variance between worlds then often
/// vanishes up to rounding.
#[test]
fn large_tables_end_too() {
    for worlds in [10, 100, 1000] {
        for (one, other) in [(0, 1), (0, 5), (1, 2), (2, 3), (1, 4), (4, 5)] {
            for step in 0..=40 {
                let split = worlds * step / 40;
                let counts: Vec<usize> = (0..worlds).map(|w| if w < split { one } else { other }).collect();
                laws(&counts, 5);
            }
        }
    }
    // As likely as chance would have it: 1, 5, 10, 10, 5, 1 worlds of 32.
    let chance: Vec<usize> = (0..6).flat_map(|k| std::iter::repeat_n(k, binomial(5, k))).collect();
    assert!(laws(&chance, 5).shapes.is_none_or(|(a, b)| a + b > 5.0));
}

/// Worlds from a known law, each with five people.
fn counted(distribution: Distribution, worlds: usize, people: usize, seed: u64) -> Vec<usize> {
    let truth = uniforms(seed, "truth", worlds);
    let dice = uniforms(seed, "dice", worlds * people);
    truth
        .iter()
        .zip(dice.chunks(people))
        .map(|(&u, dice)| {
            let share = distribution.quantile(u);
            dice.iter().filter(|&&die| die < share).count()
        })
        .collect()
}

/// The interval holds at least nine of ten worlds of the truth, from laws with one mode to those with all worlds at
/// either end.
#[test]
fn the_interval_covers_nine_of_ten_worlds() {
    let laws_of_worlds = [
        (30.0, 70.0),
        (2.0, 6.0),
        (1.0, 1.0),
        (0.5, 4.0),
        (0.2, 0.3),
        (0.05, 0.6),
        (0.01, 0.3),
    ];
    const REPEATS: u64 = 40;
    for (alpha, beta) in laws_of_worlds {
        let distribution = Distribution::Beta { alpha, beta };
        for worlds in [40, 1000] {
            let covered: f64 = (0..REPEATS)
                .map(|seed| {
                    let Interval { low, high, .. } = laws(&counted(distribution, worlds, 5, seed), 5).interval;
                    // A bound at zero or one has what lies there inside.
                    let below = if low <= 0.0 { 0.0 } else { distribution.cumulative(low) };
                    let upto = if high >= 1.0 {
                        1.0
                    } else {
                        distribution.cumulative(high)
                    };
                    upto - below
                })
                .sum::<f64>()
                / REPEATS as f64;
            // A few dozen worlds leave the spread itself uncertain.
            let least = if worlds == 40 { 0.8 } else { 0.885 };
            assert!(covered >= least, "beta({alpha}, {beta}), {worlds} worlds: {covered}");
        }
    }
}

/// Where all worlds have the same share, the interval is where that share may lie given so many worlds.
#[test]
fn a_share_that_is_the_same_everywhere_lies_in_its_interval() {
    for share in [0.0005, 0.02, 0.5, 0.9, 0.999] {
        for worlds in [10, 100, 1000] {
            let inside = (0..200)
                .filter(|&seed| {
                    let Interval { low, high, .. } =
                        laws(&counted(Distribution::Fixed(share), worlds, 5, seed), 5).interval;
                    (low..=high).contains(&share)
                })
                .count();
            assert!(inside >= 180, "{share}, {worlds} worlds: {inside} of 200");
        }
    }
}

#[test]
fn the_moments_of_the_law_are_found() {
    for (alpha, beta) in [(2.0, 6.0), (0.3, 0.9), (10.0, 3.0)] {
        let distribution = Distribution::Beta { alpha, beta };
        let share = laws(&counted(distribution, 20_000, 5, 9), 5);
        let (a, b) = share.shapes.unwrap_or((f64::NAN, f64::NAN));
        assert!((share.interval.mean - alpha / (alpha + beta)).abs() < 0.01, "{share:?}");
        let likeness = |sum: f64| 1.0 / (sum + 1.0);
        assert!((likeness(a + b) - likeness(alpha + beta)).abs() < 0.012, "{share:?}");
    }
}

/// What the clinic case of pale thighs showed: three worlds in a thousand where everybody gains, and nobody elsewhere.
/// 5–95 % of worlds is nothing.
#[test]
fn a_rare_world_does_not_stretch_the_interval_to_everybody() {
    let mut counts = vec![0; 1000];
    counts[..3].copy_from_slice(&[5, 5, 4]);
    let Interval { mean, low, high } = laws(&counts, 5).interval;
    assert!(low < 1e-3 && high < 0.01, "{mean} {low} {high}");
}

#[test]
fn nothing_and_everything_keep_what_so_many_worlds_leave_open() {
    for worlds in [1, 10, 100, 1000] {
        let never = laws(&vec![0; worlds], 5).interval;
        let always = laws(&vec![5; worlds], 5).interval;
        assert!(never.low == 0.0 && always.high == 1.0);
        // By the rule of three a thing never seen among n happens to less than 3/n, 95 % sure; Jeffreys' bound is near
        // 2/n.
        let most = never.high * worlds as f64;
        assert!(worlds == 1 || (1.5..3.0).contains(&most), "{worlds}: {never:?}");
        assert!((always.low - (1.0 - never.high)).abs() < 1e-9);
    }
}

#[test]
fn a_mean_lies_in_its_interval_whatever_the_skew() {
    let mut values = vec![1.0; 97];
    values.extend([0.2, 0.3, 0.1]);
    let interval = Interval::over(&values);
    assert!(interval.low == interval.mean && interval.high == 1.0, "{interval:?}");
    let rare = Interval::over(&[vec![0.0; 99], vec![50.0]].concat());
    assert!(rare.low == 0.0 && rare.high >= rare.mean, "{rare:?}");
    for value in [0.1, 1.0 / 3.0, 1e9 / 7.0] {
        let same = Interval::over(&vec![value; 1000]);
        assert_eq!(same, Interval::exact(value), "equal values have no width");
    }
    assert_eq!(Interval::over(&[]), Interval::exact(0.0));
    assert!(Interval::exact(-0.0).mean.is_sign_positive());
}
