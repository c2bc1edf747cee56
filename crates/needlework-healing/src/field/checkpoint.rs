//! A run as bytes, to go on with later: the same bytes come out as of a run that was never interrupted.
//!
//! Format, little-endian: eight bytes of name, version, fingerprint of the set-up, events done, steps done, day, what
//! was added up, number of fields and of voxels, the fields, the epidermis, and a checksum (FNV-1a over words of eight
//! bytes) of all before it. The set-up itself isn't in it: whoever goes on must have it, and the fingerprint refuses
//! another.

use super::{CollagenBalance, Field, FieldError, Ledger, Setup, SignalBalance};

const NAME: [u8; 8] = *b"NDLFIELD";
const VERSION: u64 = 1;
// numerical: start and prime of the hash FNV-1a of 64 bits
const FNV: [u64; 2] = [0xcbf2_9ce4_8422_2325, 0x0000_0100_0000_01b3];

/// Hash of words, in their order.
#[derive(Debug, Clone, Copy)]
struct Checksum(u64);

impl Checksum {
    fn add(&mut self, word: [u8; 8]) {
        self.0 = (self.0 ^ u64::from_le_bytes(word)).wrapping_mul(FNV[1]);
        // What only high bits tell apart would stay in high bits.
        self.0 ^= self.0 >> 32;
    }
}

/// A hash of everything a run depends on.
fn fingerprint(setup: &Setup) -> u64 {
    let mut sum = Checksum(FNV[0]);
    // The debug form writes every number to its last digit and every name.
    for part in format!("{setup:?}").as_bytes().chunks(8) {
        let mut word = [0; 8];
        word[..part.len()].copy_from_slice(part);
        sum.add(word);
    }
    sum.0
}

impl Ledger {
    fn numbers(&self) -> [f64; 11] {
        let Self {
            signal,
            collagen,
            largest_signal,
            signal_error,
            collagen_error,
        } = self;
        [
            signal.made,
            signal.decayed,
            signal.held,
            collagen.first,
            collagen.made,
            collagen.degraded,
            collagen.lost,
            collagen.held,
            *largest_signal,
            *signal_error,
            *collagen_error,
        ]
    }

    fn of(numbers: [f64; 11]) -> Self {
        let [
            made,
            decayed,
            held,
            first,
            c_made,
            degraded,
            lost,
            c_held,
            largest_signal,
            signal_error,
            collagen_error,
        ] = numbers;
        Self {
            signal: SignalBalance { made, decayed, held },
            collagen: CollagenBalance {
                first,
                made: c_made,
                degraded,
                lost,
                held: c_held,
            },
            largest_signal,
            signal_error,
            collagen_error,
        }
    }
}

impl Field {
    /// The run as it stands, to be gone on with by [`Self::from_bytes`].
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let values = self.states.len() * self.grid.cells() + self.epidermis.iter().map(Vec::len).sum::<usize>();
        // numerical: words before the fields and after them
        const WORDS_BESIDE: usize = 24;
        let mut bytes = Vec::with_capacity((values + WORDS_BESIDE) * size_of::<f64>());
        self.write(&mut |word| bytes.extend_from_slice(&word));
        bytes
    }

    /// The same, word by word, for what would not fit into memory twice.
    pub fn write(&self, sink: &mut dyn FnMut([u8; 8])) {
        let mut sum = Checksum(FNV[0]);
        let mut put = |word: [u8; 8]| {
            sum.add(word);
            sink(word);
        };
        put(NAME);
        for number in [
            VERSION,
            fingerprint(&self.setup),
            self.next as u64,
            self.steps_done as u64,
        ] {
            put(number.to_le_bytes());
        }
        put(self.day.to_le_bytes());
        for number in self.ledger.numbers() {
            put(number.to_le_bytes());
        }
        for number in [self.states.len(), self.grid.cells()] {
            put((number as u64).to_le_bytes());
        }
        for value in self.states.iter().chain(&self.epidermis).flatten() {
            put(value.to_le_bytes());
        }
        sink(sum.0.to_le_bytes());
    }

    /// A run that goes on where [`Self::to_bytes`] left it, with the same set-up.
    ///
    /// # Errors
    /// [`FieldError::Checkpoint`] when the bytes are damaged, no checkpoint, or of another set-up; else as
    /// [`Self::new`].
    pub fn from_bytes(setup: Setup, threads: usize, bytes: &[u8]) -> Result<Self, FieldError> {
        let wrong = |why| Err(FieldError::Checkpoint(why));
        let (words, rest) = bytes.as_chunks::<8>();
        let Some((end, body)) = words.split_last() else {
            return wrong("it is empty");
        };
        if body.first() != Some(&NAME) {
            return wrong("it is not a checkpoint of this program");
        }
        if body
            .get(1)
            .is_some_and(|version| u64::from_le_bytes(*version) != VERSION)
        {
            return wrong("it is of another version of the format");
        }
        let mut sum = Checksum(FNV[0]);
        body.iter().for_each(|word| sum.add(*word));
        if !rest.is_empty() || sum.0 != u64::from_le_bytes(*end) {
            return wrong("it is damaged or cut short");
        }
        let mut words = body[2..].iter();
        let mut next = || words.next().copied().unwrap_or_default();
        if u64::from_le_bytes(next()) != fingerprint(&setup) {
            return wrong("it belongs to another set-up");
        }
        let mut field = Self::new(setup, threads)?;
        field.next = u64::from_le_bytes(next()) as usize;
        field.steps_done = u64::from_le_bytes(next()) as usize;
        field.day = f64::from_le_bytes(next());
        field.ledger = Ledger::of(std::array::from_fn(|_| f64::from_le_bytes(next())));
        let shape = [u64::from_le_bytes(next()), u64::from_le_bytes(next())];
        if shape != [field.states.len() as u64, field.grid.cells() as u64] {
            return wrong("its fields have another shape");
        }
        for value in field.states.iter_mut().chain(&mut field.epidermis).flatten() {
            *value = f64::from_le_bytes(next());
        }
        if field.next > field.events.len() || words.next().is_some() {
            return wrong("its fields have another shape");
        }
        field.infect_again();
        Ok(field)
    }
}
