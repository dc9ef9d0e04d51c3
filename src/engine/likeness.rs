//! How alike two short texts are: Sørensen-Dice on letter pairs, with the pairs of a text made once.

/// A text with its letter pairs, white space left out.
pub(crate) struct Letters {
    text: String,
    /// Sorted.
    pairs: Vec<(char, char)>,
}

impl Letters {
    pub fn of(text: &str) -> Letters {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let mut pairs: Vec<(char, char)> = text.chars().zip(text.chars().skip(1)).collect();
        pairs.sort_unstable();
        Letters { text, pairs }
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

    /// What [`Self::like`] does not exceed, by the number of pairs alone.
    pub fn at_most(&self, other: &Letters) -> f64 {
        if self.text == other.text || self.text.len() < 2 || other.text.len() < 2 {
            return 1.0;
        }
        (2 * self.pairs.len().min(other.pairs.len())) as f64 / (self.text.len() + other.text.len() - 2) as f64
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
