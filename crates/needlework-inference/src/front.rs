//! Which of many options none beats in all aims at once, and how much of the plane of two aims they cover.
//!
//! All numbers are losses: smaller is better. One option beats another if it loses no more in any aim and less in one.
//! What none beats is the Pareto front; layers come of taking fronts away one after the other (Goldberg 1989). Options
//! that lose the same share a layer. The area that a front covers, up to a reference (the hypervolume of Zitzler and
//! Thiele 1999), measures how good it is in two aims. A loss that is no number counts as infinite.

/// The layer of each option: 0 for those that none beats, 1 for those that only options of layer 0 beat, and so on.
#[must_use]
pub fn layers<const AIMS: usize>(losses: &[[f64; AIMS]]) -> Vec<usize> {
    let losses: Vec<[f64; AIMS]> = losses.iter().map(|one| one.map(without_nan)).collect();
    let mut order: Vec<usize> = (0..losses.len()).collect();
    order.sort_by(|&a, &b| {
        let pairs = losses[a].iter().zip(&losses[b]);
        pairs
            .map(|(a, b)| a.total_cmp(b))
            .find(|order| order.is_ne())
            .unwrap_or_else(|| a.cmp(&b))
    });
    // In this order an option is only beaten by one before it, so its layer is the first in which nobody beats it; who
    // is beaten in a layer is beaten in all before it.
    let mut members: Vec<Vec<usize>> = Vec::new();
    let mut layer_of = vec![0; losses.len()];
    for at in order {
        let beaten_in = |layer: &Vec<usize>| layer.iter().any(|&other| beats(&losses[other], &losses[at]));
        let layer = members.partition_point(beaten_in);
        if layer == members.len() {
            members.push(Vec::new());
        }
        members[layer].push(at);
        layer_of[at] = layer;
    }
    layer_of
}

/// The area between the front of the points and the reference, in the product of the units of both aims. A point that
/// is not better than the reference in both covers nothing.
#[must_use]
pub fn covered_area(losses: &[[f64; 2]], reference: [f64; 2]) -> f64 {
    let mut inside: Vec<[f64; 2]> = losses
        .iter()
        .map(|one| one.map(without_nan))
        .filter(|one| one[0] < reference[0] && one[1] < reference[1])
        .collect();
    inside.sort_by(|a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
    let mut lowest = reference[1];
    let mut area = 0.0;
    for [first, second] in inside {
        if second < lowest {
            area += (reference[0] - first) * (lowest - second);
            lowest = second;
        }
    }
    area
}

fn beats<const AIMS: usize>(a: &[f64; AIMS], b: &[f64; AIMS]) -> bool {
    a.iter().zip(b).all(|(a, b)| a <= b) && a != b
}

/// Zero has one sign, so that the order of the sort is that of the numbers.
fn without_nan(loss: f64) -> f64 {
    if loss.is_nan() { f64::INFINITY } else { loss + 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use needlework_numerics::{midpoints, uniforms};

    /// Rounded, so that there are ties.
    fn random(count: usize) -> Vec<[f64; 3]> {
        let draws = uniforms(1, "losses", 3 * count);
        draws
            .chunks(3)
            .map(|u| [u[0], u[1], u[2]].map(|u| (u * 9.0).round() - 4.0))
            .collect()
    }

    #[test]
    fn layers_are_what_taking_fronts_away_gives() {
        let losses = random(300);
        let found = layers(&losses);
        let mut left: Vec<usize> = (0..losses.len()).collect();
        let mut layer = 0;
        while !left.is_empty() {
            let front: Vec<usize> = left
                .iter()
                .copied()
                .filter(|&i| !left.iter().any(|&j| beats(&losses[j], &losses[i])))
                .collect();
            assert!(front.iter().all(|&i| found[i] == layer), "{layer}");
            left.retain(|i| !front.contains(i));
            layer += 1;
        }
        assert!(layer > 4 && found.iter().max() == Some(&(layer - 1)));
    }

    #[test]
    fn what_is_no_number_is_never_on_the_front_and_equals_share_a_layer() {
        let found = layers(&[[1.0, f64::NAN], [1.0, 2.0], [1.0, 2.0], [0.0, 5.0], [-0.0, 5.0]]);
        assert_eq!(found, [1, 0, 0, 0, 0]);
        assert!(layers::<2>(&[]).is_empty());
    }

    /// The front of ZDT1 is f₂ = 1 − √f₁; up to (1.1, 1.1) it covers 0.8767.
    #[test]
    fn the_front_of_zdt1_is_found_and_covers_its_area() {
        let on: Vec<[f64; 2]> = midpoints(1.0, 2000).iter().map(|x| [*x, 1.0 - x.sqrt()]).collect();
        // The same with g = 1.5 behind the front: f₂ = g·(1 − √(f₁/g)).
        let behind = midpoints(1.0, 2000)
            .into_iter()
            .map(|x| [x, 1.5 * (1.0 - (x / 1.5_f64).sqrt())]);
        let all: Vec<[f64; 2]> = on.iter().copied().chain(behind).collect();
        let found = layers(&all);
        assert!(found[..2000].iter().all(|layer| *layer == 0) && found[2000..].iter().all(|layer| *layer > 0));
        let area = covered_area(&all, [1.1, 1.1]);
        assert!((area - 0.8767).abs() < 1e-3, "{area}");
        assert_eq!(area, covered_area(&on, [1.1, 1.1]));
    }

    #[test]
    fn the_area_is_that_of_counted_cells() {
        let losses: Vec<[f64; 2]> = random(40).iter().map(|one| [one[0], one[1]]).collect();
        let covered = |x: f64, y: f64| losses.iter().any(|one| one[0] <= x && one[1] <= y);
        let middle = |at: usize| at as f64 - 5.0 + 0.5;
        let cells = (0..11).flat_map(|i| (0..11).map(move |j| (middle(i), middle(j))));
        let count = cells.filter(|(x, y)| covered(*x, *y)).count();
        assert_eq!(covered_area(&losses, [6.0, 6.0]), count as f64);
        assert_eq!(covered_area(&[[2.0, 0.0], [0.0, f64::NAN]], [1.0, 1.0]), 0.0);
    }
}
