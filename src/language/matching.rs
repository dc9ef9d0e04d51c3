//! Forms found in a document. Each distinct norm of the document is held once against all token patterns; after that only numbers are
//! compared: tokens carry the slots they fill, and sequences of slots run over the tokens of one sentence at a time.

use super::lexicon::{Lexicon, Owner, PatternKind, WordClass};
use super::sentences::Words;
use super::{ConceptId, Kind, Mention, Sentence, Token};
use crate::document::{Document, Span};
use std::ops::Range;

/// One step of a form.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// A token that fills this slot.
    Token { slot: u32, optional: bool, particle: bool },
    /// Up to so many tokens of whatever kind.
    Gap(u8),
}

/// A form: an owner and a range of steps; the first is always a token.
#[derive(Clone, Debug)]
pub(super) struct Form {
    pub(super) owner: u16,
    pub(super) except: bool,
    pub(super) initial: bool,
    pub(super) steps: Range<u32>,
}

/// Token patterns and forms, in tables.
#[derive(Clone, Debug)]
pub(super) struct Table {
    patterns: Vec<(PatternKind, String)>,
    exact: Buckets,
    prefix: Buckets,
    suffix: Buckets,
    infix: Buckets,
    number: Option<u32>,
    slots_of: Lists,
    starting: Lists,
    steps: Vec<Step>,
    pub(super) forms: Vec<Form>,
}

/// Lists of numbers by number.
#[derive(Clone, Debug, Default)]
struct Lists {
    offsets: Vec<u32>,
    items: Vec<u32>,
}

impl Lists {
    fn new(count: usize, pairs: impl Iterator<Item = (u32, u32)> + Clone) -> Lists {
        let mut offsets = vec![0u32; count + 1];
        for (key, _) in pairs.clone() {
            offsets[key as usize + 1] += 1;
        }
        for i in 0..count {
            offsets[i + 1] += offsets[i];
        }
        let mut at = offsets.clone();
        let mut items = vec![0; offsets[count] as usize];
        for (key, value) in pairs {
            items[at[key as usize] as usize] = value;
            at[key as usize] += 1;
        }
        Lists { offsets, items }
    }

    fn get(&self, key: u32) -> &[u32] {
        &self.items[self.offsets[key as usize] as usize..self.offsets[key as usize + 1] as usize]
    }
}

/// Patterns by a hash of (part of) their text.
#[derive(Clone, Debug)]
struct Buckets {
    mask: u64,
    lists: Lists,
}

impl Buckets {
    fn new(keys: &[(u64, u32)]) -> Buckets {
        let size = (keys.len() * 2).next_power_of_two().max(16);
        let mask = size as u64 - 1;
        Buckets { mask, lists: Lists::new(size, keys.iter().map(|&(h, p)| ((h & mask) as u32, p))) }
    }

    fn get(&self, hash: u64) -> &[u32] {
        self.lists.get((hash & self.mask) as u32)
    }
}

fn hash(bytes: &[u8]) -> u64 {
    let mut h = 0xcbf2_9ce4_8422_2325u64;
    for &b in bytes {
        h = (h ^ b as u64).wrapping_mul(0x0100_0000_01b3);
    }
    h ^ (h >> 29)
}

fn gram(bytes: &[u8]) -> u64 {
    let h = (bytes[0] as u64 | (bytes[1] as u64) << 8 | (bytes[2] as u64) << 16).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    h >> 40
}

impl Table {
    pub(super) fn build(patterns: Vec<(PatternKind, String)>, slots: &[Vec<u32>], steps: Vec<Step>, forms: Vec<Form>) -> Table {
        let (mut exact, mut prefix, mut suffix, mut infix, mut number) = (Vec::new(), Vec::new(), Vec::new(), Vec::new(), None);
        for (id, (kind, text)) in patterns.iter().enumerate() {
            let (id, b) = (id as u32, text.as_bytes());
            match kind {
                PatternKind::Exact => exact.push((hash(b), id)),
                PatternKind::Case => exact.push((hash(super::tokens::fold(text).as_bytes()), id)),
                PatternKind::Prefix => prefix.push((gram(b), id)),
                PatternKind::Suffix => suffix.push((gram(&b[b.len() - 3..]), id)),
                PatternKind::Infix => infix.push((gram(b), id)),
                PatternKind::Number => number = Some(id),
            }
        }
        let pairs = slots.iter().enumerate().flat_map(|(slot, ps)| ps.iter().map(move |&p| (p, slot as u32)));
        let slots_of = Lists::new(patterns.len(), pairs);
        let first = forms.iter().enumerate().filter_map(|(i, f)| match steps[f.steps.start as usize] {
            Step::Token { slot, .. } => Some((slot, i as u32)),
            Step::Gap(_) => None,
        });
        let starting = Lists::new(slots.len(), first);
        Table {
            exact: Buckets::new(&exact),
            prefix: Buckets::new(&prefix),
            suffix: Buckets::new(&suffix),
            infix: Buckets::new(&infix),
            patterns,
            number,
            slots_of,
            starting,
            steps,
            forms,
        }
    }

    fn slot_count(&self) -> usize {
        self.starting.offsets.len() - 1
    }

    /// The slots a norm fills, each with the pattern whose capitals must still be compared, if any.
    fn tag(&self, norm: &str, out: &mut Vec<(u32, Option<u32>)>) {
        let b = norm.as_bytes();
        let from = out.len();
        let mut add = |pattern: u32, case: bool| {
            out.extend(self.slots_of.get(pattern).iter().map(|&s| (s, case.then_some(pattern))));
        };
        let whole = |add: &mut dyn FnMut(u32, bool), norm: &str, case_only: bool| {
            for &p in self.exact.get(hash(norm.as_bytes())) {
                match &self.patterns[p as usize] {
                    (PatternKind::Exact, text) if !case_only && text == norm => add(p, false),
                    (PatternKind::Case, text) if super::tokens::fold(text) == norm => add(p, true),
                    _ => {}
                }
            }
        };
        whole(&mut add, norm, false);
        if let Some((stem, "s" | "en" | "er" | "ers")) = norm.rsplit_once('\'') {
            whole(&mut add, stem, true);
        }
        if b.first().is_some_and(u8::is_ascii_digit)
            && let Some(p) = self.number
        {
            add(p, false);
        }
        if b.len() >= 3 {
            for &p in self.prefix.get(gram(b)) {
                if norm.starts_with(&self.patterns[p as usize].1) {
                    add(p, false);
                }
            }
            for &p in self.suffix.get(gram(&b[b.len() - 3..])) {
                if norm.ends_with(&self.patterns[p as usize].1) {
                    add(p, false);
                }
            }
            for (i, w) in b.windows(3).enumerate() {
                for &p in self.infix.get(gram(w)) {
                    if b[i..].starts_with(self.patterns[p as usize].1.as_bytes()) {
                        add(p, false);
                    }
                }
            }
        }
        // A slot filled whatever the capitals need not be held against them.
        out[from..].sort_unstable();
        let mut last = None;
        let mut keep = from;
        for i in from..out.len() {
            if last != Some(out[i].0) {
                last = Some(out[i].0);
                out[keep] = out[i];
                keep += 1;
            }
        }
        out.truncate(keep);
    }
}

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

struct Matcher<'a> {
    doc: &'a Document,
    table: &'a Table,
    tokens: &'a [Token],
    words: &'a Words<'a>,
    slots: Vec<(u32, Option<u32>)>,
    offsets: Vec<u32>,
    /// Glued tokens read as one word: first token, end, and its row in `offsets`. Sorted by first token.
    joined: Vec<(u32, u32, u32)>,
    /// Per slot the last sentence (its index + 1) that fills it: a form is tried only where all its slots are filled.
    filled: Vec<u32>,
}

/// All forms of the lexicon in the sentences, in text order; parts of a word that as a whole is a form are left out.
pub(super) fn find(doc: &Document, lexicon: &Lexicon, words: &Words, sentences: &[Sentence]) -> Vec<Found> {
    let mut m = Matcher {
        doc,
        table: &lexicon.table,
        tokens: words.tokens,
        words,
        slots: Vec::new(),
        offsets: Vec::with_capacity(words.vocabulary.len() + 1),
        joined: Vec::new(),
        filled: vec![0; lexicon.table.slot_count()],
    };
    m.offsets.push(0);
    for norm in words.vocabulary {
        m.table.tag(norm, &mut m.slots);
        m.offsets.push(m.slots.len() as u32);
    }
    m.join_glued();
    let mut found = Vec::new();
    for (index, s) in sentences.iter().enumerate() {
        m.sentence(index as u32, s.tokens.clone(), &mut found);
    }
    found
}

impl Matcher<'_> {
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

    fn sentence(&mut self, index: u32, range: Range<u32>, found: &mut Vec<Found>) {
        let from = found.len();
        let mut whole: Vec<(u32, u32)> = Vec::new();
        self.fill(index + 1, &range);
        for i in range.clone() {
            let token = self.tokens[i as usize];
            self.start(index, &range, i, i + 1, token.norm, found);
            if self.tokens.get(i as usize + 1).is_some_and(|t| t.glued) {
                for &(_, end, row) in self.joined_at(i) {
                    if end <= range.end && self.start(index, &range, i, end, row, found) {
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

    fn fill(&mut self, stamp: u32, range: &Range<u32>) {
        for i in range.clone() {
            let row = self.tokens[i as usize].norm as usize;
            for &(slot, _) in &self.slots[self.offsets[row] as usize..self.offsets[row + 1] as usize] {
                self.filled[slot as usize] = stamp;
            }
        }
        let from = self.joined.partition_point(|j| j.0 < range.start);
        for &(_, _, row) in self.joined[from..].iter().take_while(|j| j.0 < range.end) {
            for &(slot, _) in &self.slots[self.offsets[row as usize] as usize..self.offsets[row as usize + 1] as usize] {
                self.filled[slot as usize] = stamp;
            }
        }
    }

    /// Whether every word that these steps ask for stands somewhere in the sentence.
    fn all_filled(&self, steps: &[Step], sentence: u32) -> bool {
        steps.iter().all(|s| match *s {
            Step::Token { slot, optional, .. } => optional || self.filled[slot as usize] == sentence + 1,
            Step::Gap(_) => true,
        })
    }

    /// Forms whose first step is filled by tokens i..next. True when a form of this one word was found.
    fn start(&self, sentence: u32, range: &Range<u32>, i: u32, next: u32, row: u32, found: &mut Vec<Found>) -> bool {
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
                } else if self.all_filled(&steps[1..], sentence)
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
        let wanted = &self.table.patterns[pattern as usize].1;
        let surface = self.doc.slice(self.tokens[first as usize].span);
        if end == first + 1 {
            return surface.strip_prefix(wanted.as_str()).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphabetic()));
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

/// The mentions of concepts among what was found: exceptions applied, included concepts followed, one mention per place and concept.
pub(super) fn mentions(lexicon: &Lexicon, tokens: &[Token], found: &[Found]) -> Vec<Mention> {
    let mut own: Vec<(u16, Found)> = Vec::with_capacity(found.len());
    let mut except: Vec<(u16, Found)> = Vec::new();
    for f in found {
        if let Owner::Concept(c) = lexicon.owners[f.owner as usize] {
            if f.except { except.push((c, *f)) } else { own.push((c, *f)) }
        }
    }
    let spared = |c: u16, f: &Found| {
        let from = except.partition_point(|e| e.1.sentence < f.sentence);
        !except[from..].iter().take_while(|e| e.1.sentence == f.sentence).any(|e| e.0 == c && e.1.overlaps(f))
    };
    own.retain(|(c, f)| spared(*c, f));
    for i in 0..own.len() {
        let (c, f) = own[i];
        own.extend(lexicon.includers[c as usize].iter().filter(|&&p| spared(p, &f)).map(|&p| (p, f)));
    }
    // Per concept and sentence: of two at one head the shorter if split, else the longer; nothing inside an unsplit one.
    let reach = |f: &Found| if f.split() { f.end } else { u32::MAX - f.end };
    own.sort_by_key(|(c, f)| (*c, f.sentence, f.first, f.split(), reach(f)));
    let mut kept: Vec<(u16, Found)> = Vec::with_capacity(own.len());
    for (c, f) in own {
        let mut same = kept.iter().rev().take_while(|(k, g)| *k == c && g.sentence == f.sentence);
        let hidden = same.any(|(_, g)| {
            let inside = !g.split() && g.first <= f.first && f.end <= g.end;
            inside || (g.first == f.first && f.split() && g.end <= f.end)
        });
        if !hidden {
            kept.push((c, f));
        }
    }
    let mut mentions: Vec<Mention> = kept
        .into_iter()
        .map(|(c, f)| Mention { concept: ConceptId(c), span: f.span(tokens), head: f.head(tokens), sentence: f.sentence })
        .collect();
    mentions.sort_unstable_by_key(|m| (m.sentence, m.span.start, m.span.end, m.concept));
    mentions
}
