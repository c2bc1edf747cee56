//! Plain loops over eight numbers side by side, and products of matrices, compiled for several instruction sets.
//!
//! The widest set that the machine has is chosen when the program runs. No multiplication is fused with an addition and
//! no sum is reordered, so the bits are the same for all.

/// Numbers side by side: two registers of the common width, one cache line.
pub const LANES: usize = 8;

/// Numbers side by side.
pub type Lanes = [f64; LANES];

/// Rows that are computed together, so that a block of the right factor is read once for all of them.
const ROWS: usize = 4;

/// Runs `work` compiled for the widest vectors that this machine has.
#[inline(always)]
pub fn vectorised<R>(work: impl FnOnce() -> R) -> R {
    pulp::Arch::new().dispatch(work)
}

/// `out` = `left` (`rows` × `inner`) · `right` (`inner` × `columns`), all row by row.
#[inline(always)]
pub fn multiply(left: &[f64], right: &[f64], out: &mut [f64], inner: usize, columns: usize) {
    let mut outs = out.chunks_exact_mut(ROWS * columns);
    let mut lefts = left.chunks_exact(ROWS * inner);
    for (out, left) in outs.by_ref().zip(lefts.by_ref()) {
        some_rows::<ROWS>(left, right, out, inner, columns);
    }
    let rest = outs.into_remainder().chunks_exact_mut(columns);
    for (out, left) in rest.zip(lefts.remainder().chunks_exact(inner)) {
        some_rows::<1>(left, right, out, inner, columns);
    }
}

#[inline(always)]
fn some_rows<const R: usize>(left: &[f64], right: &[f64], out: &mut [f64], inner: usize, columns: usize) {
    let whole = columns - columns % LANES;
    for start in (0..whole).step_by(LANES) {
        let mut sums = [[0.0; LANES]; R];
        for (k, row) in right.chunks_exact(columns).enumerate() {
            let mut block = [0.0; LANES];
            block.copy_from_slice(&row[start..start + LANES]);
            for r in 0..R {
                let factor = left[r * inner + k];
                for l in 0..LANES {
                    sums[r][l] += factor * block[l];
                }
            }
        }
        for r in 0..R {
            out[r * columns + start..r * columns + start + LANES].copy_from_slice(&sums[r]);
        }
    }
    for r in 0..R {
        for column in whole..columns {
            let terms = left[r * inner..(r + 1) * inner].iter().zip(right.chunks_exact(columns));
            out[r * columns + column] = terms.map(|(factor, row)| factor * row[column]).sum();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn product(left: &[f64], right: &[f64], inner: usize, columns: usize) -> Vec<f64> {
        let mut out = vec![0.0; left.len() / inner * columns];
        vectorised(|| multiply(left, right, &mut out, inner, columns));
        out
    }

    #[test]
    fn a_product_is_the_sum_of_products_for_any_size() {
        for (rows, inner, columns) in [(1, 1, 1), (5, 3, 17), (4, 8, 8), (9, 13, 11)] {
            let left: Vec<f64> = (0..rows * inner).map(|i| (i as f64 * 0.7).sin()).collect();
            let right: Vec<f64> = (0..inner * columns).map(|i| (i as f64 * 1.3).cos()).collect();
            let found = product(&left, &right, inner, columns);
            for (i, value) in found.iter().enumerate() {
                let exact: f64 = (0..inner)
                    .map(|k| left[i / columns * inner + k] * right[k * columns + i % columns])
                    .sum();
                assert!((value - exact).abs() < 1e-14);
            }
        }
    }
}
