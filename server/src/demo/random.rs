use uuid::{Builder, Uuid};

/// A repeatable stream of numbers (SplitMix64, Steele, Lea and Flood 2014). The same seed gives the same municipality
/// on every machine. Not for secrets.
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, or 0 when `end` is 0. The bias is far below what a demo can show.
    pub(super) fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// True `parts` times in a thousand.
    pub(super) fn per_mille(&mut self, parts: usize) -> bool {
        self.below(1000) < parts
    }

    /// The index of one of the weights, as often as its share.
    pub(super) fn weighted(&mut self, weights: &[usize]) -> usize {
        let mut left = self.below(weights.iter().sum());
        for (index, weight) in weights.iter().enumerate() {
            if left < *weight {
                return index;
            }
            left -= weight;
        }
        0
    }

    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

/// The id of the `number`th thing of a kind: the same for the same seed, kind and number, however large the municipality
/// is. Version 8 (RFC 9562, 5.8), which says that the bits were made by a rule of our own.
pub(super) fn ident(seed: u64, kind: &str, number: usize) -> Uuid {
    let hash = kind.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
    });
    let mut random = Random::new(Random::new(seed ^ hash).next() ^ number as u64);
    let bits = (u128::from(random.next()) << 64) | u128::from(random.next());
    Builder::from_custom_bytes(bits.to_be_bytes()).into_uuid()
}
