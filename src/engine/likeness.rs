//! How alike two short texts are: Sørensen-Dice on letter pairs, with the pairs of a text made once.

/// A text with its letter pairs, white space left out.
pub(crate) struct Letters {
    text: String,
    /// Sorted.
    pairs: Vec<(char, char)>,
    /// Per pair a bit.
    bits: Vec<u8>,
    /// The bits of all pairs.
    any: u128,
}

impl Letters {
    pub fn of(text: &str) -> Letters {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let mut pairs: Vec<(char, char)> = text.chars().zip(text.chars().skip(1)).collect();
        pairs.sort_unstable();
        let bit = |(a, b): &(char, char)| ((*a as u32).wrapping_mul(31).wrapping_add(*b as u32) % 128) as u8;
        let bits: Vec<u8> = pairs.iter().map(bit).collect();
        let any = bits.iter().fold(0, |any, bit| any | 1 << bit);
        Letters { text, pairs, bits, any }
    }

    /// From 0 (no pair in common) to 1 (the same).
    pub fn like(&self, other: &Letters) -> f64 {
        if self.text == other.text {
            return 1.0;
        }
        if self.text.len() < 2 || other.text.len() < 2 {
            return 0.0;
        }
        let (mut a, mut b, mut common) = (0, 0, 0usize);
        while let (Some(x), Some(y)) = (self.pairs.get(a), other.pairs.get(b)) {
            common += usize::from(x == y);
            (a, b) = (a + usize::from(x <= y), b + usize::from(y <= x));
        }
        (2 * common) as f64 / (self.text.len() + other.text.len() - 2) as f64
    }

    /// What [`Self::like`] does not exceed, told without holding all pairs against each other.
    pub fn at_most(&self, other: &Letters) -> f64 {
        if self.text == other.text || self.text.len() < 2 || other.text.len() < 2 {
            return 1.0;
        }
        let common = self.bits.iter().filter(|bit| other.any >> **bit & 1 == 1).count();
        (2 * common) as f64 / (self.text.len() + other.text.len() - 2) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::Letters;

    #[test]
    fn as_strsim_has_it() {
        let texts = ["procedure voor plaatsing", "plaatsingsprocedure", "", "a", "ë", "één loket", "loket één", "aaaa", "aa a", "de de de"];
        for (a, b) in texts.iter().flat_map(|a| texts.iter().map(move |b| (*a, *b))) {
            assert_eq!(Letters::of(a).like(&Letters::of(b)), strsim::sorensen_dice(a, b), "{a} / {b}");
            assert!(Letters::of(a).like(&Letters::of(b)) <= Letters::of(a).at_most(&Letters::of(b)), "{a} / {b}");
        }
    }
}
