//! F1 of neighbouring cells, as in the table competition of ICDAR 2013 (Göbel, Hassan, Oro and Orsi, "A Methodology for Evaluating Algorithms
//! for Table Understanding in PDF Documents", DocEng 2012): every cell with text makes a pair with the next one to its right and with the next
//! one below it. A cell that is cut, merged or out of its column loses the pairs it stands in, and no more.

use super::{Label, LabelKind, LayoutDocument, shortened};
use crate::document::{BlockKind, Document};
use std::collections::BTreeMap;

/// A cell, its neighbour, and whether that stands below it.
type Pair = (String, String, bool);

/// Scores the tables of a document.
pub(super) fn score(document: &Document, label: &Label, scored: &mut LayoutDocument) {
    let mut truth: BTreeMap<Pair, i64> = BTreeMap::new();
    for block in label.blocks.iter().filter(|b| b.kind == LabelKind::Table) {
        pairs(&block.rows, &mut |pair| *truth.entry(pair).or_default() += 1);
    }
    let mut groups: BTreeMap<u32, Vec<Vec<String>>> = BTreeMap::new();
    for block in document.blocks.iter().filter(|b| matches!(b.kind, BlockKind::TableHead | BlockKind::TableRow)) {
        let cells = block.cells.iter().map(|c| document.slice(c.span).to_owned()).collect();
        groups.entry(block.group.unwrap_or(u32::MAX)).or_default().push(cells);
    }
    let mut ours: BTreeMap<Pair, i64> = BTreeMap::new();
    for rows in groups.values() {
        pairs(rows, &mut |pair| *ours.entry(pair).or_default() += 1);
    }
    let total = |all: &BTreeMap<Pair, i64>| all.values().sum::<i64>() as usize;
    let score = &mut scored.score;
    (score.cells_truth, score.cells_ours) = (total(&truth), total(&ours));
    score.cells_right = truth.iter().map(|(pair, n)| (*n).min(ours.get(pair).copied().unwrap_or(0))).sum::<i64>() as usize;
    let mut told = |all: &BTreeMap<Pair, i64>, others: &BTreeMap<Pair, i64>, what: &str| {
        for ((a, b, below), n) in all {
            if *n > others.get(&(a.clone(), b.clone(), *below)).copied().unwrap_or(0) {
                let way = if *below { "met eronder" } else { "met rechts" };
                scored.cells.push(format!("{what}: “{}” {way} “{}”", shortened(a), shortened(b)));
            }
        }
    };
    told(&truth, &ours, "gemist");
    told(&ours, &truth, "te veel");
}

/// A cell as compared: white space, hyphens and case make no difference.
fn plain(cell: &str) -> String {
    let bare: String = cell.chars().filter(|c| !c.is_whitespace() && *c != '\u{AD}').flat_map(char::to_lowercase).collect();
    let without: String = bare.chars().filter(|c| !matches!(c, '-' | '\u{2010}' | '\u{2011}')).collect();
    if without.is_empty() { bare } else { without }
}

/// Every cell with text and the next one to its right and below it.
fn pairs(rows: &[Vec<String>], found: &mut impl FnMut(Pair)) {
    let rows: Vec<Vec<String>> = rows.iter().map(|r| r.iter().map(|c| plain(c)).collect()).collect();
    let mut above: Vec<Option<&String>> = vec![None; rows.iter().map(Vec::len).max().unwrap_or(0)];
    for row in &rows {
        let mut left: Option<&String> = None;
        for (c, cell) in row.iter().enumerate().filter(|c| !c.1.is_empty()) {
            if let Some(left) = left.replace(cell) {
                found((left.clone(), cell.clone(), false));
            }
            if let Some(above) = above[c].replace(cell) {
                found((above.clone(), cell.clone(), true));
            }
        }
    }
}
