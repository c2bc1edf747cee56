//! Numbers for inputs: the same seed and number of an input give the same draws (SplitMix64, Steele 2014).

/// A stream of draws.
#[derive(Debug, Clone)]
pub struct Draws(u64);

impl Draws {
    /// The stream of one input.
    pub fn of(seed: u64, input: u64) -> Self {
        let mut draws = Self(seed);
        let far = draws.next();
        Self(far ^ input.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `below`.
    pub fn pick(&mut self, below: usize) -> usize {
        (self.next() % below.max(1) as u64) as usize
    }

    /// One of a list.
    pub fn one<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.pick(list.len())]
    }

    /// Whether it happens, `of` a hundred times.
    pub fn happens(&mut self, of: usize) -> bool {
        self.pick(100) < of
    }
}
