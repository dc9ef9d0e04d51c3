//! Forms found in a document. Each distinct norm of the document is held once against all token patterns; after that only numbers are
//! compared: tokens carry the slots they fill, and sequences of slots run over the tokens of one sentence at a time.

use super::lexicon::{Lexicon, Owner, WordClass};
use super::sentences::Words;
use super::table::{Step, Table};
use super::{ConceptId, Kind, Mention, Sentence, Token};
use crate::document::{Document, Span};
use crate::parallel;
use std::ops::Range;

/// A form found: tokens first..end; for a split form the tokens of the gap lie between head_end and tail.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) owner: u16,
    pub(super) except: bool,
    pub(super) sentence: u32,
    pub(super) first: u32,
    pub(super) end: u32,
    /// End of the first part (equal to `end` when nothing was skipped).
    pub(super) head_end: u32,
    /// Start of the last part (equal to `first` when nothing was skipped).
    pub(super) tail: u32,
}

impl Found {
    pub(super) fn split(&self) -> bool {
        self.head_end != self.end
    }

    pub(super) fn span(&self, tokens: &[Token]) -> Span {
        Span { start: tokens[self.first as usize].span.start, end: tokens[self.end as usize - 1].span.end }
    }

    fn head(&self, tokens: &[Token]) -> Span {
        Span { start: tokens[self.first as usize].span.start, end: tokens[self.head_end as usize - 1].span.end }
    }

    /// Whether the tokens of `other` are among the tokens matched here (a gap's tokens are not).
    pub(super) fn covers(&self, other: &Found) -> bool {
        if self.sentence != other.sentence {
            return false;
        }
        if !self.split() {
            return self.first <= other.first && other.end <= self.end;
        }
        let inside = |from: u32, to: u32| (self.first <= from && to <= self.head_end) || (self.tail <= from && to <= self.end);
        if other.split() { inside(other.first, other.head_end) && inside(other.tail, other.end) } else { inside(other.first, other.end) }
    }

    /// Whether a matched token is shared.
    pub(super) fn touches(&self, other: &Found) -> bool {
        let parts = |f: &Found| if f.split() { [(f.first, f.head_end), (f.tail, f.end)] } else { [(f.first, f.end); 2] };
        self.sentence == other.sentence && parts(self).iter().any(|a| parts(other).iter().any(|b| a.0 < b.1 && b.0 < a.1))
    }

    pub(super) fn width(&self) -> u32 {
        if self.split() { (self.head_end - self.first) + (self.end - self.tail) } else { self.end - self.first }
    }

    fn overlaps(&self, other: &Found) -> bool {
        self.first < other.end && other.first < self.end
    }
}

/// The words of a document with the slots that they fill.
pub(super) struct Matcher<'a> {
    doc: &'a Document,
    table: &'a Table,
    tokens: &'a [Token],
    words: &'a Words<'a>,
    slots: Vec<(u32, Option<u32>)>,
    offsets: Vec<u32>,
    /// Glued tokens read as one word: first token, end, and its row in `offsets`. Sorted by first token.
    joined: Vec<(u32, u32, u32)>,
}

/// Per slot the last sentence (its index + 1) that fills it: a form is tried only where all its slots are filled.
struct Filled(Vec<u32>);

impl<'a> Matcher<'a> {
    /// Holds each distinct word of a document against all token patterns.
    pub(super) fn new(doc: &'a Document, lexicon: &'a Lexicon, words: &'a Words<'a>) -> Matcher<'a> {
        let table = &lexicon.table;
        let tagged = |vocabulary: &[String]| {
            let (mut slots, mut ends) = (Vec::new(), Vec::with_capacity(vocabulary.len()));
            for norm in vocabulary {
                table.tag(norm, &mut slots);
                ends.push(slots.len() as u32);
            }
            (slots, ends)
        };
        let (first, second) = words.vocabulary.split_at(words.vocabulary.len() / 2);
        let ((mut slots, ends), (more, more_ends)) = parallel::both(|| tagged(first), || tagged(second));
        let before = slots.len() as u32;
        slots.extend(more);
        let offsets = std::iter::once(0).chain(ends).chain(more_ends.into_iter().map(|end| before + end)).collect();
        let mut matcher = Matcher { doc, table, tokens: words.tokens, words, slots, offsets, joined: Vec::new() };
        matcher.join_glued();
        matcher
    }

    /// All forms of the lexicon in some of the sentences, of which the first has this number, in text order; parts of a word that as a whole is
    /// a form are left out.
    pub(super) fn find(&self, sentences: &[Sentence], first: usize) -> Vec<Found> {
        let mut filled = Filled(vec![0; self.table.slot_count()]);
        let mut found = Vec::new();
        for (index, s) in (first as u32..).zip(sentences) {
            self.sentence(index, s.tokens.clone(), &mut filled, &mut found);
        }
        found
    }

    fn join_glued(&mut self) {
        let mut i = 0;
        while i < self.tokens.len() {
            let mut end = i + 1;
            while end < self.tokens.len() && self.tokens[end].glued {
                end += 1;
            }
            for from in i..end {
                let mut word = self.words.norm(from).to_owned();
                for to in from + 1..end.min(from + 5) {
                    word.push_str(self.words.norm(to));
                    let before = self.slots.len();
                    self.table.tag(&word, &mut self.slots);
                    if self.slots.len() > before {
                        self.joined.push((from as u32, to as u32 + 1, self.offsets.len() as u32 - 1));
                        self.offsets.push(self.slots.len() as u32);
                    }
                }
            }
            i = end;
        }
    }

    fn row(&self, row: u32) -> &[(u32, Option<u32>)] {
        &self.slots[self.offsets[row as usize] as usize..self.offsets[row as usize + 1] as usize]
    }

    fn joined_at(&self, token: u32) -> &[(u32, u32, u32)] {
        let from = self.joined.partition_point(|j| j.0 < token);
        let len = self.joined[from..].iter().take_while(|j| j.0 == token).count();
        &self.joined[from..from + len]
    }

    fn sentence(&self, index: u32, range: Range<u32>, filled: &mut Filled, found: &mut Vec<Found>) {
        let from = found.len();
        let mut whole: Vec<(u32, u32)> = Vec::new();
        self.fill(index + 1, &range, filled);
        for i in range.clone() {
            let token = self.tokens[i as usize];
            self.start((index, filled), &range, i, i + 1, token.norm, found);
            if self.tokens.get(i as usize + 1).is_some_and(|t| t.glued) {
                for &(_, end, row) in self.joined_at(i) {
                    if end <= range.end && self.start((index, filled), &range, i, end, row, found) {
                        whole.push((i, end));
                    }
                }
            }
        }
        if !whole.is_empty() {
            let mut at = from;
            while at < found.len() {
                let f = found[at];
                let inner = f.end - f.first == 1 && whole.iter().any(|w| w.0 <= f.first && f.end <= w.1);
                if inner {
                    found.remove(at);
                } else {
                    at += 1;
                }
            }
        }
    }

    fn fill(&self, stamp: u32, range: &Range<u32>, filled: &mut Filled) {
        let single = self.tokens[range.start as usize..range.end as usize].iter().map(|t| t.norm);
        let from = self.joined.partition_point(|j| j.0 < range.start);
        let joined = self.joined[from..].iter().take_while(|j| j.0 < range.end).map(|j| j.2);
        for &(slot, _) in single.chain(joined).flat_map(|row| self.row(row)) {
            filled.0[slot as usize] = stamp;
        }
    }

    /// Forms whose first step is filled by tokens i..next. True when a form of this one word was found.
    fn start(&self, (sentence, filled): (u32, &Filled), range: &Range<u32>, i: u32, next: u32, row: u32, found: &mut Vec<Found>) -> bool {
        let mut single = false;
        for &(slot, case) in self.row(row) {
            let forms = self.table.starting.get(slot);
            if forms.is_empty() || !self.same_case(i, next, case) {
                continue;
            }
            for &f in forms {
                let form = &self.table.forms[f as usize];
                if form.initial && !self.is_initial(range.start, i) {
                    continue;
                }
                let steps = &self.table.steps[form.steps.start as usize..form.steps.end as usize];
                if let Step::Token { particle: true, .. } = steps[0]
                    && !self.ends_here(next, range.end)
                {
                    continue;
                }
                let found_form = |end, gap: Option<(u32, u32)>| Found {
                    owner: form.owner,
                    except: form.except,
                    sentence,
                    first: i,
                    end,
                    head_end: gap.map_or(end, |g| g.0),
                    tail: gap.map_or(i, |g| g.1),
                };
                if steps.len() == 1 {
                    single = true;
                    found.push(found_form(next, None));
                } else if filled.all(&steps[1..], sentence)
                    && let Some((end, gap)) = self.rest(&steps[1..], next, range.end)
                {
                    found.push(found_form(end, gap));
                }
            }
        }
        single
    }

    /// The end of the match of the remaining steps from token `at` on, and the outermost skipped stretch.
    fn rest(&self, steps: &[Step], at: u32, end: u32) -> Option<(u32, Option<(u32, u32)>)> {
        let Some((step, later)) = steps.split_first() else { return Some((at, None)) };
        match *step {
            Step::Gap(max) => {
                for p in at..=at + max as u32 {
                    if p >= end {
                        return None;
                    }
                    if let Some((last, gap)) = self.rest(later, p, end) {
                        let gap = match gap {
                            Some((_, tail)) => Some((at, tail)),
                            None if p > at => Some((at, p)),
                            None => None,
                        };
                        return Some((last, gap));
                    }
                    if self.is_barrier(p) {
                        return None;
                    }
                }
                None
            }
            Step::Token { slot, optional, particle } => {
                if at < end {
                    let token = self.tokens[at as usize];
                    if self.fills(token.norm, slot, at, at + 1)
                        && (!particle || self.ends_here(at + 1, end))
                        && let Some(r) = self.rest(later, at + 1, end)
                    {
                        return Some(r);
                    }
                    if self.tokens.get(at as usize + 1).is_some_and(|t| t.glued) {
                        for &(_, to, row) in self.joined_at(at) {
                            if to <= end
                                && self.fills(row, slot, at, to)
                                && (!particle || self.ends_here(to, end))
                                && let Some(r) = self.rest(later, to, end)
                            {
                                return Some(r);
                            }
                        }
                    }
                }
                if optional { self.rest(later, at, end) } else { None }
            }
        }
    }

    fn fills(&self, row: u32, slot: u32, first: u32, end: u32) -> bool {
        let row = self.row(row);
        row.binary_search_by_key(&slot, |s| s.0).is_ok_and(|i| self.same_case(first, end, row[i].1))
    }

    fn same_case(&self, first: u32, end: u32, case: Option<u32>) -> bool {
        let Some(pattern) = case else { return true };
        let wanted = self.table.text(pattern);
        let surface = self.doc.slice(self.tokens[first as usize].span);
        if end == first + 1 {
            return surface.strip_prefix(wanted).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphabetic()));
        }
        self.tokens[first as usize..end as usize].iter().flat_map(|t| self.doc.slice(t.span).chars()).eq(wanted.chars())
    }

    /// No word or number stands before it in its sentence.
    fn is_initial(&self, start: u32, at: u32) -> bool {
        self.tokens[start as usize..at as usize].iter().all(|t| t.kind == Kind::Mark)
    }

    fn is_barrier(&self, at: u32) -> bool {
        matches!(self.words.norm(at as usize), ";" | ":" | "|")
    }

    /// A particle may end its clause here.
    fn ends_here(&self, at: u32, end: u32) -> bool {
        at >= end || self.tokens[at as usize].kind == Kind::Mark || self.words.is(at as usize, WordClass::AfterParticle)
    }
}

impl Filled {
    /// Whether every word that these steps ask for stands somewhere in the sentence.
    fn all(&self, steps: &[Step], sentence: u32) -> bool {
        steps.iter().all(|s| match *s {
            Step::Token { slot, optional, .. } => optional || self.0[slot as usize] == sentence + 1,
            Step::Gap(_) => true,
        })
    }
}

/// The mentions of concepts among what was found: exceptions applied, included concepts followed, one mention per place and concept.
pub(super) fn mentions(lexicon: &Lexicon, tokens: &[Token], found: &[Found]) -> Vec<Mention> {
    let mut mentions: Vec<Mention> = Vec::with_capacity(found.len());
    let (mut own, mut except, mut kept): (Vec<(u16, Found)>, Vec<(u16, Found)>, Vec<(u16, Found)>) = Default::default();
    for of_sentence in found.chunk_by(|a, b| a.sentence == b.sentence) {
        own.clear();
        except.clear();
        kept.clear();
        for f in of_sentence {
            if let Owner::Concept(c) = lexicon.owners[f.owner as usize] {
                if f.except { except.push((c, *f)) } else { own.push((c, *f)) }
            }
        }
        let spared = |c: u16, f: &Found| !except.iter().any(|e| e.0 == c && e.1.overlaps(f));
        own.retain(|(c, f)| spared(*c, f));
        for i in 0..own.len() {
            let (c, f) = own[i];
            own.extend(lexicon.includers[c as usize].iter().filter(|&&p| spared(p, &f)).map(|&p| (p, f)));
        }
        // Per concept: of two at one head the shorter if split, else the longer; nothing inside an unsplit one.
        let reach = |f: &Found| if f.split() { f.end } else { u32::MAX - f.end };
        own.sort_by_key(|(c, f)| (*c, f.first, f.split(), reach(f)));
        for &(c, f) in &own {
            let hidden = kept.iter().rev().take_while(|(k, _)| *k == c).any(|(_, g)| {
                let inside = !g.split() && g.first <= f.first && f.end <= g.end;
                inside || (g.first == f.first && f.split() && g.end <= f.end)
            });
            if !hidden {
                kept.push((c, f));
            }
        }
        let from = mentions.len();
        let mention =
            |&(c, f): &(u16, Found)| Mention { concept: ConceptId(c), span: f.span(tokens), head: f.head(tokens), sentence: f.sentence };
        mentions.extend(kept.iter().map(mention));
        mentions[from..].sort_unstable_by_key(|m| (m.span.start, m.span.end, m.concept));
    }
    mentions
}
