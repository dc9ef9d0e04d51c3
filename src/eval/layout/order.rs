//! Share of neighbouring lines that follow each other rightly.
//!
//! A line of ours stands at a block of the labels and at the words it has of it; a row of a table is one line. Two neighbouring lines are right if
//! the second goes on at the word where the first ended, or if the first ends its block and the second begins the next block. Asides and
//! footnotes, and blocks of a named flow, may stand between any two blocks: the text then goes on where it was left. What we lost counts as wrong
//! lines too, so that leaving out what is hard to place earns nothing.

use super::align::Alignment;
use super::{Label, LabelBlock, LabelKind, LayoutDocument, shortened};
use crate::document::{BlockKind, Document};
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// Words by which the end of a line and the start of the next may miss each other: one that was read in another way.
const SLACK: usize = 2;
/// Words lost in a row that count as lost text; fewer are words read in another way.
const LOST: usize = 3;

/// A line of ours, or a row of a table.
struct Item {
    /// First line in the document.
    line: usize,
    /// Block of the labels, and the words it has of that; None for a line that no label has.
    at: Option<(usize, Range<usize>)>,
}

/// Scores the order of a document.
pub(super) fn score(document: &Document, label: &Label, aligned: &Alignment, scored: &mut LayoutDocument) {
    let items = items(document, label, aligned);
    let score = &mut scored.score;
    score.strange = items.iter().filter(|i| i.at.is_none()).count();
    let placed: Vec<(&Item, usize, &Range<usize>)> = items.iter().filter_map(|i| i.at.as_ref().map(|(b, r)| (i, *b, r))).collect();
    let flows = Flows::of(label, aligned);
    let mut left: HashMap<usize, usize> = HashMap::new();
    for pair in placed.windows(2) {
        let ((first, a, from), (second, b, to)) = (&pair[0], &pair[1]);
        left.insert(flows.of[*a], *a);
        let ended = from.end + SLACK >= aligned.blocks[*a].end;
        let begins = to.start <= aligned.blocks[*b].start + SLACK;
        let right = if a == b {
            from.end.abs_diff(to.start) <= SLACK
        } else if flows.of[*a] == flows.of[*b] {
            ended && begins && flows.next[*a] == Some(*b)
        } else {
            let leaves = flows.of[*a] == MAIN || flows.next[*a].is_none();
            let expected = match left.get(&flows.of[*b]) {
                Some(last) => flows.next[*last],
                None => flows.first[flows.of[*b]],
            };
            ended && begins && leaves && expected == Some(*b)
        };
        score.pairs += 1;
        score.pairs_right += usize::from(right);
        if !right {
            let text = |item: &Item| shortened(document.slice(document.lines[item.line].span).trim());
            let page = document.lines[second.line].page;
            scored.order.push(format!("p. {page}: na “{}” komt “{}”", text(first), text(second)));
        }
    }
    // What was lost, in lines of the usual length.
    let mut read = vec![false; aligned.words];
    aligned.ours.iter().filter_map(|w| w.truth).for_each(|t| read[t] = true);
    score.words = aligned.words;
    score.words_read = read.iter().filter(|r| **r).count();
    let usual = (score.words_read / placed.len().max(1)).max(1);
    for (block, range) in label.blocks.iter().zip(&aligned.blocks) {
        for lost in read[range.clone()].chunk_by(|a, b| a == b).filter(|words| !words[0]) {
            if lost.len() >= LOST || lost.len() == range.len() {
                score.pairs += lost.len().div_ceil(usual);
                scored.order.push(format!("niet gelezen: {} woorden van “{}”", lost.len(), shortened(&shown(block))));
            }
        }
    }
}

fn shown(block: &LabelBlock) -> String {
    if block.kind == LabelKind::Table { block.rows.iter().flatten().cloned().collect::<Vec<_>>().join(" | ") } else { block.text.clone() }
}

/// The running text.
const MAIN: usize = 0;

/// Which blocks follow each other.
struct Flows {
    /// The flow of each block.
    of: Vec<usize>,
    /// The block after each in its flow.
    next: Vec<Option<usize>>,
    /// The first block of each flow.
    first: Vec<Option<usize>>,
}

impl Flows {
    fn of(label: &Label, aligned: &Alignment) -> Flows {
        let mut named: HashMap<&str, usize> = HashMap::new();
        let mut flows = Flows { of: Vec::new(), next: vec![None; label.blocks.len()], first: vec![None] };
        let mut last: Vec<Option<usize>> = vec![None];
        for (b, block) in label.blocks.iter().enumerate() {
            let fresh = last.len();
            let flow = match &block.flow {
                Some(name) => *named.entry(name).or_insert(fresh),
                None if matches!(block.kind, LabelKind::Aside | LabelKind::Footnote) => fresh,
                None => MAIN,
            };
            if flow == fresh {
                last.push(None);
                flows.first.push(None);
            }
            flows.of.push(flow);
            // A block without words stands nowhere.
            if aligned.blocks[b].is_empty() {
                continue;
            }
            match last[flow].replace(b) {
                Some(before) => flows.next[before] = Some(b),
                None => flows.first[flow] = Some(b),
            }
        }
        flows
    }
}

/// Our lines, each where the labels have it.
fn items(document: &Document, label: &Label, aligned: &Alignment) -> Vec<Item> {
    let mut items = Vec::new();
    for words in aligned.ours.chunk_by(|a, b| a.block == b.block) {
        let found: Vec<usize> = words.iter().filter_map(|w| w.truth).collect();
        let in_table = found.iter().filter(|&&t| label.blocks[aligned.block_of[t]].kind == LabelKind::Table).count();
        let is_row = matches!(document.blocks[words[0].block].kind, BlockKind::TableHead | BlockKind::TableRow);
        if is_row && in_table * 2 > words.len() {
            items.push(Item { line: words[0].line, at: rows(&found, aligned) });
            continue;
        }
        for line in words.chunk_by(|a, b| a.line == b.line) {
            let found: Vec<Option<usize>> = line.iter().map(|w| w.truth).collect();
            items.push(Item { line: line[0].line, at: stretch(&found, aligned) });
        }
    }
    items
}

/// The block that most words of a line stand in, and the words from its first to its last; None when half of them stand nowhere.
fn stretch(found: &[Option<usize>], aligned: &Alignment) -> Option<(usize, Range<usize>)> {
    let mut tally: BTreeMap<usize, usize> = BTreeMap::new();
    for &t in found.iter().flatten() {
        *tally.entry(aligned.block_of[t]).or_default() += 1;
    }
    let (&block, &count) = tally.iter().max_by_key(|(b, n)| (**n, std::cmp::Reverse(**b)))?;
    if tally.values().sum::<usize>() * 2 < found.len() || count == 0 {
        return None;
    }
    let here = |t: &Option<usize>| t.filter(|t| aligned.block_of[*t] == block);
    let first = found.iter().position(|t| here(t).is_some())?;
    let last = found.iter().rposition(|t| here(t).is_some())?;
    let range = &aligned.blocks[block];
    let start = here(&found[first])?.saturating_sub(first).max(range.start);
    let end = (here(&found[last])? + found.len() - last).min(range.end);
    Some((block, start..end))
}

/// The rows of a table that a row of ours has for the greater part.
fn rows(found: &[usize], aligned: &Alignment) -> Option<(usize, Range<usize>)> {
    let mut tally: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for &t in found {
        let block = aligned.block_of[t];
        if let Some(row) = aligned.rows[block].iter().position(|r| r.contains(&t)) {
            *tally.entry((block, row)).or_default() += 1;
        }
    }
    let (&(block, most), _) = tally.iter().max_by_key(|(at, n)| (**n, std::cmp::Reverse(**at)))?;
    let whole = |row: usize| tally.get(&(block, row)).copied().unwrap_or(0) * 2 >= aligned.rows[block][row].len().max(1);
    let all = &aligned.rows[block];
    let covered: Vec<usize> = (0..all.len()).filter(|&row| whole(row)).collect();
    let (first, last) = (covered.first().copied().unwrap_or(most), covered.last().copied().unwrap_or(most));
    Some((block, all[first].start..all[last].end))
}
