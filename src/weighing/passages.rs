//! A document cut into passages: the stretch in which an element is said, as a reader takes it in. A paragraph of some length, a few short ones
//! under the same heading, a list with the line that introduces it, a table with its head (a part of it, if it is long).

use crate::document::{BlockKind, Document};
use crate::language::{Kind, Language};
use std::ops::Range;

/// A passage of at least so many words ends with its block.
const ENOUGH: usize = 40;

/// A passage of more words is cut, between sentences.
const MOST: usize = 120;

/// A stretch of one section: sentences that follow each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// Its sentences, as a range into [`Language::sentences`]. Empty for a heading with nothing under it.
    pub sentences: Range<usize>,
    /// The heading above it, as a block.
    pub heading: Option<usize>,
    /// Blocks outside it that belong to what it says: the head of its table, the line that introduces its list.
    pub leads: Vec<usize>,
}

/// Passages and, in those of running text or lists, each sentence by itself and with the one after it: what one sentence says, the others of its
/// paragraph need not be about.
pub fn windows(document: &Document, language: &Language) -> Vec<Passage> {
    let mut out = Vec::new();
    for p in passages(document, language) {
        let rows = |s: usize| matches!(document.blocks[language.sentences[s].block].kind, BlockKind::TableRow | BlockKind::TableHead);
        let sentences = p.sentences.clone();
        if sentences.len() > 1 && !sentences.clone().any(rows) {
            for size in 1..=2 {
                if size < sentences.len() {
                    for s in sentences.start..=sentences.end - size {
                        let block = &document.blocks[language.sentences[s].block];
                        let leads = block.lead.filter(|l| Some(*l) != p.heading).into_iter().collect();
                        out.push(Passage { sentences: s..s + size, heading: p.heading, leads });
                    }
                }
            }
        }
        out.push(p);
    }
    out
}

/// The passages of a document, in text order.
pub fn passages(document: &Document, language: &Language) -> Vec<Passage> {
    let blocks = &document.blocks;
    let words = |s: usize| {
        let tokens = &language.sentences[s].tokens;
        language.tokens[tokens.start as usize..tokens.end as usize].iter().filter(|t| t.kind != Kind::Mark).count()
    };
    let is_heading = |b: usize| matches!(blocks[b].kind, BlockKind::Heading(_));
    let mut out: Vec<Passage> = Vec::new();
    let mut open: Option<(Range<usize>, usize)> = None;
    let mut from = 0;
    for block in 0..blocks.len() {
        let sentences = from..from + language.sentences[from..].iter().take_while(|s| s.block == block).count();
        from = sentences.end;
        if is_heading(block) {
            close(document, language, &mut open, &mut out);
            let alone = blocks.get(block + 1).is_none_or(
                |next| matches!(next.kind, BlockKind::Heading(level) if level <= document.sections[blocks[block].section].level),
            );
            if alone {
                out.push(Passage { sentences: from..from, heading: Some(block), leads: Vec::new() });
            }
            continue;
        }
        for s in sentences.clone() {
            let more = words(s);
            if let Some((range, so_far)) = &mut open {
                let last = language.sentences[range.end - 1].block;
                let full = *so_far + more > MOST;
                let done = s == sentences.start && *so_far >= ENOUGH && !together(document, last, block);
                if !full && !done && blocks[last].section == blocks[block].section {
                    range.end = s + 1;
                    *so_far += more;
                    continue;
                }
            }
            close(document, language, &mut open, &mut out);
            open = Some((s..s + 1, more));
        }
    }
    close(document, language, &mut open, &mut out);
    out
}

/// Whether two blocks say one thing: of one table or list, or the one introduces the other.
fn together(document: &Document, last: usize, next: usize) -> bool {
    let (a, b) = (&document.blocks[last], &document.blocks[next]);
    (a.group.is_some() && a.group == b.group) || b.lead == Some(last)
}

fn close(document: &Document, language: &Language, open: &mut Option<(Range<usize>, usize)>, out: &mut Vec<Passage>) {
    let Some((sentences, _)) = open.take() else { return };
    let first = language.sentences[sentences.start].block;
    let block = &document.blocks[first];
    let mut leads: Vec<usize> = Vec::new();
    if block.kind == BlockKind::TableRow
        && let Some(head) = document.blocks[..first].iter().rposition(|b| b.kind == BlockKind::TableHead || b.group != block.group)
        && document.blocks[head].kind == BlockKind::TableHead
        && document.blocks[head].group == block.group
    {
        leads.push(head);
    }
    leads.extend(block.lead.filter(|&l| l < first && !leads.contains(&l)));
    let heading = document.sections[block.section].heading;
    leads.retain(|&l| Some(l) != heading);
    out.push(Passage { sentences, heading, leads });
}
