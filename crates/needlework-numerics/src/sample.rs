//! Named streams of random numbers.
//!
//! Each quantity that is drawn has a stream of its own, chosen by its name. Adding a parameter therefore changes no
//! other draw, two plans share every draw they have in common (paired comparison), and a longer run begins with the
//! shorter one.

use std::ops::Range;

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::Distribution;

/// `count` uniform numbers strictly between zero and one from the stream called `name`.
#[must_use]
pub fn uniforms(seed: u64, name: &str, count: usize) -> Vec<f64> {
    uniforms_at(seed, name, 0..count)
}

/// The uniform numbers at some places of the stream called `name`, without those before them.
#[must_use]
pub fn uniforms_at(seed: u64, name: &str, places: Range<usize>) -> Vec<f64> {
    // numerical: words of 32 bits in a number
    const WORDS: u128 = 2;
    let mut stream = UniformStream::new(seed, name);
    stream.0.set_word_pos(WORDS * places.start as u128);
    places.map(|_| stream.draw()).collect()
}

/// The uniform numbers of a stream one after another, for work that cannot say beforehand how many it takes.
#[derive(Debug, Clone)]
pub struct UniformStream(ChaCha8Rng);

impl UniformStream {
    /// The stream called `name`, from its beginning: its numbers are those of [`uniforms`].
    #[must_use]
    pub fn new(seed: u64, name: &str) -> Self {
        let mut stream = ChaCha8Rng::seed_from_u64(seed);
        stream.set_stream(fingerprint([name.as_bytes()]));
        Self(stream)
    }

    /// The next number, strictly between zero and one.
    #[inline]
    pub fn draw(&mut self) -> f64 {
        open_unit(self.0.next_u64())
    }
}

/// `count` standard normal numbers from the stream called `name`.
#[must_use]
pub fn normals(seed: u64, name: &str, count: usize) -> Vec<f64> {
    normals_at(seed, name, 0..count)
}

/// The standard normal numbers at some places of the stream called `name`.
#[must_use]
pub fn normals_at(seed: u64, name: &str, places: Range<usize>) -> Vec<f64> {
    let standard = Distribution::Normal { mean: 0.0, sd: 1.0 };
    uniforms_at(seed, name, places)
        .into_iter()
        .map(|u| standard.quantile(u))
        .collect()
}

/// Maps 53 random bits to the middle of one of 2⁵³ cells, so that neither zero nor one can come out.
fn open_unit(bits: u64) -> f64 {
    ((bits >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
}

/// A hash of bytes in parts, FNV-1a of 64 bits: a fixed one, since the standard library's may change between releases
/// and would change every result.
#[must_use]
pub fn fingerprint<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> u64 {
    parts.into_iter().flatten().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_longer_run_begins_with_the_shorter_one() {
        assert_eq!(uniforms(7, "a", 10)[..5], uniforms(7, "a", 5)[..]);
    }

    #[test]
    fn a_part_of_a_stream_is_what_stands_there() {
        let whole = normals(7, "a", 100);
        for part in [0..3, 1..2, 33..100, 64..64] {
            assert_eq!(normals_at(7, "a", part.clone()), whole[part]);
        }
    }

    #[test]
    fn a_stream_without_an_end_begins_with_the_counted_numbers() {
        let mut stream = UniformStream::new(7, "a");
        let drawn: Vec<f64> = (0..100).map(|_| stream.draw()).collect();
        assert_eq!(drawn, uniforms(7, "a", 100));
    }

    #[test]
    fn names_and_seeds_give_different_streams() {
        assert_ne!(uniforms(7, "a", 3), uniforms(7, "b", 3));
        assert_ne!(uniforms(7, "a", 3), uniforms(8, "a", 3));
    }

    #[test]
    fn uniforms_have_the_moments_of_a_uniform() {
        let draws = uniforms(1, "moments", 100_000);
        let mean = draws.iter().sum::<f64>() / 1e5;
        let variance = draws.iter().map(|u| (u - mean).powi(2)).sum::<f64>() / 1e5;
        assert!((mean - 0.5).abs() < 0.004, "{mean}");
        assert!((variance - 1.0 / 12.0).abs() < 0.001, "{variance}");
    }

    #[test]
    fn streams_are_uncorrelated() {
        let (a, b) = (normals(3, "a", 50_000), normals(3, "b", 50_000));
        let covariance = a.iter().zip(&b).map(|(x, y)| x * y).sum::<f64>() / 5e4;
        assert!(covariance.abs() < 0.02, "{covariance}");
    }
}
