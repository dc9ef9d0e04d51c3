//! Looking for words outward from an act: its clause, its sentence, the neighbours, the block, the headings, the section, the document.

use super::Analysed;
use crate::checks::{ConceptSet, Reach};
use crate::document::{BlockKind, Span};
use crate::language::{Mention, Sentence};

/// A document with the indexes that looking around needs.
pub(crate) struct View<'a> {
    pub doc: &'a Analysed,
    /// Per block its first and one past its last sentence.
    blocks: Vec<(u32, u32)>,
    /// Per concept its mentions, in text order.
    by_concept: Vec<Vec<u32>>,
}

impl<'a> View<'a> {
    pub fn new(doc: &'a Analysed) -> View<'a> {
        let mut blocks = vec![(u32::MAX, 0u32); doc.document.blocks.len()];
        for (i, s) in doc.language.sentences.iter().enumerate() {
            if let Some(b) = blocks.get_mut(s.block) {
                b.0 = b.0.min(i as u32);
                b.1 = i as u32 + 1;
            }
        }
        for b in &mut blocks {
            if b.0 == u32::MAX {
                *b = (0, 0);
            }
        }
        let mut by_concept: Vec<Vec<u32>> = Vec::new();
        for (i, m) in doc.language.mentions.iter().enumerate() {
            let c = m.concept.0 as usize;
            if by_concept.len() <= c {
                by_concept.resize(c + 1, Vec::new());
            }
            by_concept[c].push(i as u32);
        }
        View { doc, blocks, by_concept }
    }

    /// All mentions of the concepts of a set, in text order, each place once.
    pub fn all(&self, any: &ConceptSet) -> Vec<&'a Mention> {
        let mut at: Vec<u32> = any.iter().filter_map(|c| self.by_concept.get(c.0 as usize)).flatten().copied().collect();
        at.sort_unstable();
        at.into_iter().map(|i| &self.doc.language.mentions[i as usize]).collect()
    }

    /// The sentences in which a mention of the concepts of a set stands, in any order, some of them more than once.
    pub fn sentences_with(&self, any: &ConceptSet) -> impl Iterator<Item = u32> {
        let mentions = any.iter().filter_map(|c| self.by_concept.get(c.0 as usize)).flatten();
        mentions.map(|m| self.doc.language.mentions[*m as usize].sentence)
    }

    fn first(&self, any: &ConceptSet) -> Option<&'a Mention> {
        let first = any.iter().filter_map(|c| self.by_concept.get(c.0 as usize)?.first()).min()?;
        Some(&self.doc.language.mentions[*first as usize])
    }

    pub fn sentence(&self, i: u32) -> &'a Sentence {
        &self.doc.language.sentences[i as usize]
    }

    pub fn mentions(&self, sentence: u32) -> &'a [Mention] {
        let r = &self.sentence(sentence).mentions;
        &self.doc.language.mentions[r.start as usize..r.end as usize]
    }

    /// The sentences of a block.
    pub fn of_block(&self, block: usize) -> std::ops::Range<u32> {
        self.blocks.get(block).map_or(0..0, |&(a, b)| a..b)
    }

    /// The clause of a sentence that holds a span (a cell, in a table row).
    pub fn clause(&self, sentence: u32, at: Span) -> Span {
        let s = self.sentence(sentence);
        s.clauses.iter().copied().find(|c| c.start <= at.start && at.start < c.end).unwrap_or(s.span)
    }

    /// Sentences that stand with a block without being in it: the column heads and caption of a table, the line that introduces a list.
    pub fn leads(&self, block: usize) -> impl Iterator<Item = u32> + '_ {
        let b = &self.doc.document.blocks[block];
        let head = b.group.and_then(|g| {
            (b.kind == BlockKind::TableRow)
                .then(|| self.doc.document.blocks[..block].iter().rposition(|x| x.kind == BlockKind::TableHead && x.group == Some(g)))?
        });
        [head, b.lead].into_iter().flatten().flat_map(|x| self.of_block(x))
    }

    /// Blocks of the same list or table, this one included; else the block itself.
    pub fn group(&self, block: usize) -> std::ops::Range<usize> {
        let blocks = &self.doc.document.blocks;
        let Some(g) = blocks[block].group else { return block..block + 1 };
        let same = |i: usize| blocks[i].group == Some(g);
        let mut first = block;
        while first > 0 && same(first - 1) {
            first -= 1;
        }
        let mut end = block + 1;
        while end < blocks.len() && same(end) {
            end += 1;
        }
        first..end
    }

    /// The blocks of a block's section, without the sections below it.
    pub fn section(&self, block: usize) -> std::ops::Range<usize> {
        let blocks = &self.doc.document.blocks;
        let section = blocks[block].section;
        let mut first = block;
        while first > 0 && blocks[first - 1].section == section {
            first -= 1;
        }
        let mut end = block + 1;
        while end < blocks.len() && blocks[end].section == section {
            end += 1;
        }
        first..end
    }

    /// Sentences of the headings above a block, innermost first.
    pub fn headings(&self, block: usize) -> Vec<u32> {
        let document = &self.doc.document;
        let mut out = Vec::new();
        let mut at = Some(document.blocks[block].section);
        while let Some(s) = at {
            if let Some(h) = document.sections[s].heading
                && h != block
            {
                out.extend(self.of_block(h));
            }
            at = document.sections[s].parent;
        }
        out
    }

    /// The sentences at exactly one step of reach from a place.
    fn ring(&self, sentence: u32, reach: Reach) -> Vec<u32> {
        let block = self.sentence(sentence).block;
        let own = self.of_block(block);
        match reach {
            Reach::Clause | Reach::Sentence => vec![sentence],
            Reach::Near => {
                let mut near = Vec::new();
                if sentence > own.start {
                    near.push(sentence - 1);
                }
                if sentence + 1 < own.end {
                    near.push(sentence + 1);
                }
                near.extend(self.leads(block));
                near
            }
            Reach::Block => self.group(block).flat_map(|b| self.of_block(b)).collect(),
            Reach::Heading => self.headings(block),
            Reach::Section => self.section(block).flat_map(|b| self.of_block(b)).collect(),
            Reach::Document => Vec::new(),
        }
    }

    /// The sentence before, in the same block, if this one opens by pointing back at it ("Dat eindigde met …", "Daarover waren wij het eens").
    pub fn pointed_at(&self, sentence: u32) -> Option<u32> {
        let s = self.sentence(sentence);
        let first: String = self.doc.document.slice(s.span).chars().take_while(|c| c.is_alphabetic()).collect();
        let back = [
            "dat", "dit", "die", "daar", "daarover", "daarin", "daaruit", "daarbij", "daarmee", "hierover", "hierin", "hieruit", "hierbij",
        ];
        let points = back.contains(&first.to_lowercase().as_str());
        (points && sentence > self.of_block(s.block).start).then(|| sentence - 1)
    }

    /// Whether one of the concepts stands at exactly one step of reach from a place.
    pub fn at(&self, any: &ConceptSet, sentence: u32, reach: Reach) -> bool {
        self.ring(sentence, reach).into_iter().any(|s| self.mentions(s).iter().any(|m| any.contains(m.concept)))
    }

    /// The nearest mention of one of the concepts, no further than `within`, with the step at which it was found.
    pub fn nearest(&self, any: &ConceptSet, sentence: u32, at: Span, within: Reach) -> Option<(Reach, &'a Mention)> {
        let here = self.mentions(sentence);
        let clause = self.clause(sentence, at);
        let close = |m: &&Mention| m.span.start.abs_diff(at.start);
        let hit = |m: &&Mention| any.contains(m.concept);
        if let Some(m) = here.iter().filter(hit).filter(|m| clause.contains(m.head)).min_by_key(close) {
            return Some((Reach::Clause, m));
        }
        if within >= Reach::Sentence
            && let Some(m) = here.iter().filter(hit).min_by_key(close)
        {
            return Some((Reach::Sentence, m));
        }
        for step in [Reach::Near, Reach::Block, Reach::Heading, Reach::Section, Reach::Document] {
            if step > within {
                return None;
            }
            if step == Reach::Document {
                return self.first(any).map(|m| (step, m));
            }
            for s in self.ring(sentence, step) {
                if let Some(m) = self.mentions(s).iter().find(hit) {
                    return Some((step, m));
                }
            }
        }
        None
    }
}
