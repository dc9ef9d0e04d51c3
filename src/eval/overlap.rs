//! When two passages are the same words, however the page broke them.

use unicode_normalization::UnicodeNormalization;

/// Lower case, without diacritics, white space, hyphens or other punctuation.
pub fn fold(text: &str) -> String {
    text.nfkd().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether the passages share their words: one holds the other, or they share a run of most of the shorter one. A passage cut with "…"
/// counts by each of its parts.
pub fn overlap(a: &str, b: &str) -> bool {
    let parts = |text: &str| text.split('…').map(fold).filter(|p| !p.is_empty()).collect::<Vec<_>>();
    let (a, b) = (parts(a), parts(b));
    a.iter().any(|x| b.iter().any(|y| shared(x, y)))
}

fn shared(a: &str, b: &str) -> bool {
    if a.contains(b) || b.contains(a) {
        return true;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    longest_run(&a, &b) * 10 >= a.len().min(b.len()) * 6
}

/// Length of the longest run of characters that both hold.
fn longest_run(a: &[char], b: &[char]) -> usize {
    let mut row = vec![0usize; b.len() + 1];
    let mut best = 0;
    for x in a {
        for j in (0..b.len()).rev() {
            row[j + 1] = if *x == b[j] { row[j] + 1 } else { 0 };
            best = best.max(row[j + 1]);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_hyphens_and_cuts_do_not_matter() {
        assert!(overlap("De onder-\nsteunings\u{ad}planraad stemt in", "de ondersteuningsplanraad stemt in met het plan"));
        assert!(overlap("… 10 april 2014 | raad | instemming", "10 april 2014 raad instemming"));
        assert!(overlap("Het bestuur stelde het plan vast op 3 mei", "stelde het plan vast op 3 mei na overleg"));
        assert!(!overlap("Het bestuur stelde het plan vast", "De raad stemde met het plan in"));
        assert!(!overlap("", "iets"));
    }
}
