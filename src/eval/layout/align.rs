//! Our words to the words of the labels, wherever they stand: the longest runs that both have first (greedy string tiling, Wise 1993), so that
//! a stretch of text that moved is found where it went.

use super::{Label, LabelKind};
use crate::document::{BlockKind, Document};
use std::collections::HashMap;
use std::ops::Range;

/// Lengths of the runs that are looked for, in turn.
const RUNS: [usize; 6] = [16, 8, 5, 3, 2, 1];
/// Runs this short must stand near their neighbours, or have no double.
const SHORT: usize = 3;
/// Words from where a short run is expected.
const NEAR: usize = 12;

/// The words of the labels and of our text, and which of ours is which of theirs.
pub(super) struct Alignment {
    /// Number of words in the labels.
    pub words: usize,
    /// The words of each label block.
    pub blocks: Vec<Range<usize>>,
    /// For each block: the words of the rows of a table.
    pub rows: Vec<Vec<Range<usize>>>,
    /// Block of each word of the labels.
    pub block_of: Vec<usize>,
    /// Our words, in the order of our text.
    pub ours: Vec<Ours>,
}

/// A word of ours.
pub(super) struct Ours {
    /// Index of the line it begins in.
    pub line: usize,
    /// Index of its block.
    pub block: usize,
    /// The word of the labels that it is.
    pub truth: Option<usize>,
}

/// A word as compared: its letters and digits, in lower case.
pub(super) fn plain(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The words of a text as compared, each with its first byte.
fn words(text: &str) -> impl Iterator<Item = (usize, String)> + '_ {
    let start = text.as_ptr() as usize;
    text.split_whitespace().map(move |w| (w.as_ptr() as usize - start, plain(w))).filter(|(_, w)| !w.is_empty())
}

impl Alignment {
    /// Aligns a document with its labels.
    pub(super) fn of(document: &Document, label: &Label) -> Alignment {
        let mut known: HashMap<String, u32> = HashMap::new();
        let mut number = |word: String| {
            let next = known.len() as u32;
            *known.entry(word).or_insert(next)
        };
        let (mut truth, mut blocks, mut rows, mut block_of) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (b, block) in label.blocks.iter().enumerate() {
            let from = truth.len();
            let mut own = Vec::new();
            match block.kind {
                LabelKind::Table => {
                    for row in &block.rows {
                        let start = truth.len();
                        truth.extend(row.iter().flat_map(|cell| words(cell)).map(|w| number(w.1)));
                        own.push(start..truth.len());
                    }
                }
                _ => truth.extend(words(&block.text).map(|w| number(w.1))),
            }
            block_of.resize(truth.len(), b);
            blocks.push(from..truth.len());
            rows.push(own);
        }
        let (mut ours, mut numbers) = (Vec::new(), Vec::new());
        for (b, block) in document.blocks.iter().enumerate() {
            let mut own: Vec<(usize, String)> = words(document.slice(block.span)).collect();
            // The page number at the end of a contents line is in no label.
            if block.kind == BlockKind::Contents && own.len() > 1 && own[own.len() - 1].1.bytes().all(|b| b.is_ascii_digit()) {
                own.pop();
            }
            for (at, word) in own {
                let byte = block.span.start + at as u32;
                let line = document.lines.partition_point(|l| l.span.end <= byte);
                ours.push(Ours { line, block: b, truth: None });
                numbers.push(number(word));
            }
        }
        for (word, at) in ours.iter_mut().zip(tile(&truth, &numbers)) {
            word.truth = at;
        }
        Alignment { words: truth.len(), blocks, rows, block_of, ours }
    }
}

/// For each of `ours` the place in `truth` that it is, each place once.
fn tile(truth: &[u32], ours: &[u32]) -> Vec<Option<usize>> {
    let mut matched: Vec<Option<usize>> = vec![None; ours.len()];
    let mut taken = vec![false; truth.len()];
    for run in RUNS {
        let mut index: HashMap<&[u32], Vec<usize>> = HashMap::new();
        for (at, window) in truth.windows(run).enumerate() {
            index.entry(window).or_default().push(at);
        }
        let mut i = 0;
        while i + run <= ours.len() {
            let free = |taken: &[bool], at: usize| taken[at..at + run].iter().all(|t| !t);
            let candidates: Vec<usize> = match index.get(&ours[i..i + run]) {
                Some(all) if matched[i..i + run].iter().all(Option::is_none) => {
                    all.iter().copied().filter(|&at| free(&taken, at)).collect()
                }
                _ => Vec::new(),
            };
            let length = |at: usize| {
                (0..)
                    .take_while(|&k| {
                        i + k < ours.len()
                            && at + k < truth.len()
                            && ours[i + k] == truth[at + k]
                            && matched[i + k].is_none()
                            && !taken[at + k]
                    })
                    .count()
            };
            // Where it would stand, going by the nearest words before and after it.
            let before = matched[..i].iter().rev().take(NEAR).enumerate().find_map(|(k, m)| m.map(|m| m + k + 1));
            let after = matched[i..].iter().take(NEAR).enumerate().find_map(|(k, m)| m.and_then(|m| m.checked_sub(k)));
            let off = |at: usize| [before, after].into_iter().flatten().map(|e| e.abs_diff(at)).min().unwrap_or(usize::MAX);
            let best = candidates.iter().copied().min_by_key(|&at| (std::cmp::Reverse(length(at)), off(at), at));
            match best.filter(|&at| run > SHORT || candidates.len() == 1 || off(at) <= NEAR) {
                Some(at) => {
                    let long = length(at);
                    for k in 0..long {
                        matched[i + k] = Some(at + k);
                        taken[at + k] = true;
                    }
                    i += long;
                }
                None => i += 1,
            }
        }
    }
    matched
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tiled(truth: &str, ours: &str) -> Vec<Option<usize>> {
        let as_numbers = |text: &str| text.bytes().map(u32::from).collect::<Vec<u32>>();
        tile(&as_numbers(truth), &as_numbers(ours))
    }

    #[test]
    fn what_moved_is_found_where_it_went() {
        assert_eq!(tiled("abcdef", "defabc"), [3, 4, 5, 0, 1, 2].map(Some));
    }

    #[test]
    fn a_double_goes_where_its_neighbours_are() {
        assert_eq!(tiled("xabxcd", "abxcdx"), [1, 2, 3, 4, 5, 0].map(Some));
    }

    #[test]
    fn each_word_is_used_once() {
        assert_eq!(tiled("abcd", "abcdabcd")[4..], [None; 4]);
    }

    #[test]
    fn words_compare_by_letters_and_digits() {
        assert_eq!(words("« De PO-school» – 1.234").map(|w| w.1).collect::<Vec<_>>(), ["de", "poschool", "1234"]);
    }
}
