//! The forms in tables that load by reading and are looked into by hash; made when the program is built.

use super::numbers::{self, Numbers};
use super::scan;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// How a token is recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum PatternKind {
    Exact,
    /// Exact on the surface, found by its norm.
    Case,
    Prefix,
    Suffix,
    Infix,
    Number,
}

/// One step of a form.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// A token that fills this slot.
    Token { slot: u32, optional: bool, particle: bool },
    /// Up to so many tokens of whatever kind.
    Gap(u8),
}

impl Numbers<2> for Step {
    fn to_numbers(&self) -> [u32; 2] {
        match *self {
            Step::Token { slot, optional, particle } => [u32::from(optional) | u32::from(particle) << 1, slot],
            Step::Gap(most) => [4, most.into()],
        }
    }

    fn of_numbers([what, number]: [u32; 2]) -> Option<Step> {
        match what {
            0..4 => Some(Step::Token { slot: number, optional: what & 1 != 0, particle: what & 2 != 0 }),
            _ => number.try_into().ok().map(Step::Gap),
        }
    }
}

/// A form: an owner and a range of steps; the first is always a token.
#[derive(Clone, Debug)]
pub(super) struct Form {
    pub(super) owner: u16,
    pub(super) except: bool,
    pub(super) initial: bool,
    pub(super) steps: Range<u32>,
}

impl Numbers<3> for Form {
    fn to_numbers(&self) -> [u32; 3] {
        [u32::from(self.owner) | u32::from(self.except) << 16 | u32::from(self.initial) << 17, self.steps.start, self.steps.end]
    }

    fn of_numbers([what, start, end]: [u32; 3]) -> Option<Form> {
        Some(Form { owner: what as u16, except: what >> 16 & 1 != 0, initial: what >> 17 & 1 != 0, steps: start..end })
    }
}

/// What a token is held against.
#[derive(Clone, Copy, Debug)]
struct Pattern {
    kind: PatternKind,
    /// Where its text is in [`Table::letters`].
    from: u32,
    to: u32,
}

impl Numbers<3> for Pattern {
    fn to_numbers(&self) -> [u32; 3] {
        [self.kind as u32, self.from, self.to]
    }

    fn of_numbers([kind, from, to]: [u32; 3]) -> Option<Pattern> {
        let kinds =
            [PatternKind::Exact, PatternKind::Case, PatternKind::Prefix, PatternKind::Suffix, PatternKind::Infix, PatternKind::Number];
        kinds.into_iter().find(|k| *k as u32 == kind).map(|kind| Pattern { kind, from, to })
    }
}

/// Token patterns and forms, in tables.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Table {
    #[serde(with = "numbers")]
    patterns: Vec<Pattern>,
    /// The texts of all patterns, one after the other.
    letters: String,
    exact: Buckets,
    prefix: Buckets,
    suffix: Buckets,
    infix: Buckets,
    number: Option<u32>,
    slots_of: Lists,
    pub(super) starting: Lists,
    #[serde(with = "numbers")]
    pub(super) steps: Vec<Step>,
    #[serde(with = "numbers")]
    pub(super) forms: Vec<Form>,
}

/// Lists of numbers by number.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Lists {
    #[serde(with = "numbers")]
    offsets: Vec<u32>,
    #[serde(with = "numbers")]
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

    pub(super) fn get(&self, key: u32) -> &[u32] {
        &self.items[self.offsets[key as usize] as usize..self.offsets[key as usize + 1] as usize]
    }
}

/// Patterns by a hash of (part of) their text.
#[derive(Clone, Debug, Serialize, Deserialize)]
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
    pub(super) fn build(texts: &[(PatternKind, String)], slots: &[Vec<u32>], steps: Vec<Step>, forms: Vec<Form>) -> Table {
        let (mut patterns, mut letters) = (Vec::with_capacity(texts.len()), String::new());
        let (mut exact, mut prefix, mut suffix, mut infix, mut number) = (Vec::new(), Vec::new(), Vec::new(), Vec::new(), None);
        for (id, (kind, text)) in texts.iter().enumerate() {
            let (id, b, from) = (id as u32, text.as_bytes(), letters.len() as u32);
            letters.push_str(text);
            patterns.push(Pattern { kind: *kind, from, to: letters.len() as u32 });
            match kind {
                PatternKind::Exact => exact.push((hash(b), id)),
                PatternKind::Case => exact.push((hash(scan::fold(text).as_bytes()), id)),
                PatternKind::Prefix => prefix.push((gram(b), id)),
                PatternKind::Suffix => suffix.push((gram(&b[b.len() - 3..]), id)),
                PatternKind::Infix => infix.push((gram(b), id)),
                PatternKind::Number => number = Some(id),
            }
        }
        let pairs = slots.iter().enumerate().flat_map(|(slot, ps)| ps.iter().map(move |&p| (p, slot as u32)));
        let slots_of = Lists::new(texts.len(), pairs);
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
            letters,
            number,
            slots_of,
            starting,
            steps,
            forms,
        }
    }

    /// The text of a pattern.
    pub(super) fn text(&self, pattern: u32) -> &str {
        let p = self.patterns[pattern as usize];
        &self.letters[p.from as usize..p.to as usize]
    }

    pub(super) fn slot_count(&self) -> usize {
        self.starting.offsets.len() - 1
    }

    /// The slots a norm fills, each with the pattern whose capitals must still be compared, if any.
    pub(super) fn tag(&self, norm: &str, out: &mut Vec<(u32, Option<u32>)>) {
        let b = norm.as_bytes();
        let from = out.len();
        let mut add = |pattern: u32, case: bool| {
            out.extend(self.slots_of.get(pattern).iter().map(|&s| (s, case.then_some(pattern))));
        };
        let whole = |add: &mut dyn FnMut(u32, bool), norm: &str, case_only: bool| {
            for &p in self.exact.get(hash(norm.as_bytes())) {
                match self.patterns[p as usize].kind {
                    PatternKind::Exact if !case_only && self.text(p) == norm => add(p, false),
                    PatternKind::Case if scan::fold(self.text(p)) == norm => add(p, true),
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
                if norm.starts_with(self.text(p)) {
                    add(p, false);
                }
            }
            for &p in self.suffix.get(gram(&b[b.len() - 3..])) {
                if norm.ends_with(self.text(p)) {
                    add(p, false);
                }
            }
            for (i, w) in b.windows(3).enumerate() {
                for &p in self.infix.get(gram(w)) {
                    if b[i..].starts_with(self.text(p).as_bytes()) {
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
