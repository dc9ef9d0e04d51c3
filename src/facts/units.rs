//! The tokens of a document with what the fact finders ask of them: value, capital, sentence, block. One pass; every finder works on
//! this list and never on the text again.

use super::numbers;
use crate::document::{Document, Span};
use crate::language::{Kind, Token};
use std::ops::Range;

/// What a word is worth by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Nothing of note.
    Plain,
    /// Full name of a month.
    Month(i8),
    /// Abbreviation of a month.
    MonthShort(i8),
    /// Day of the week, Monday = 1.
    Weekday(i8),
    /// A cardinal in words.
    Cardinal(u32),
    /// An ordinal in words.
    Ordinal(u32),
}

/// A token and what is known of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    pub span: Span,
    pub norm: u32,
    pub kind: Kind,
    pub class: Class,
    /// Value of a number (saturating).
    pub value: u32,
    /// Digits of a number.
    pub digits: u8,
    /// Follows the token before it without white space (perhaps after a swallowed hyphen).
    pub joined: bool,
    /// Starts with a capital.
    pub capital: bool,
    pub block: u32,
    /// Counts on through the document; a block always starts a new one.
    pub sentence: u32,
}

/// All units of a document.
pub(super) struct Units<'a> {
    pub doc: &'a Document,
    pub all: Vec<Unit>,
    vocabulary: &'a [String],
}

fn class_of(norm: &str) -> Class {
    let month = match norm {
        "januari" => 1,
        "februari" => 2,
        "maart" => 3,
        "april" => 4,
        "mei" => 5,
        "juni" => 6,
        "juli" => 7,
        "augustus" => 8,
        "september" => 9,
        "oktober" | "october" => 10,
        "november" => 11,
        "december" => 12,
        _ => 0,
    };
    if month > 0 {
        return Class::Month(month);
    }
    let short = match norm {
        "jan" => 1,
        "feb" | "febr" => 2,
        "mrt" => 3,
        "apr" => 4,
        "jun" => 6,
        "jul" => 7,
        "aug" => 8,
        "sep" | "sept" => 9,
        "okt" | "oct" => 10,
        "nov" => 11,
        "dec" => 12,
        _ => 0,
    };
    if short > 0 {
        return Class::MonthShort(short);
    }
    let weekday = match norm {
        "maandag" | "ma" => 1,
        "dinsdag" | "di" => 2,
        "woensdag" | "wo" => 3,
        "donderdag" | "do" => 4,
        "vrijdag" | "vr" => 5,
        "zaterdag" | "za" => 6,
        "zondag" | "zo" => 7,
        _ => 0,
    };
    if weekday > 0 {
        return Class::Weekday(weekday);
    }
    if let Some(n) = numbers::cardinal(norm) {
        return Class::Cardinal(n);
    }
    match numbers::ordinal(norm) {
        Some(n) => Class::Ordinal(n),
        None => Class::Plain,
    }
}

/// Abbreviations after which a full stop seldom ends a sentence.
fn is_abbreviation(norm: &str) -> bool {
    norm.len() == 1
        || matches!(
            norm,
            "jl" | "art"
                | "nr"
                | "nrs"
                | "ca"
                | "bijv"
                | "enz"
                | "st"
                | "resp"
                | "dr"
                | "drs"
                | "mr"
                | "ir"
                | "prof"
                | "blz"
                | "pag"
                | "incl"
                | "excl"
                | "tel"
                | "evt"
                | "nl"
                | "mw"
                | "mevr"
                | "dhr"
                | "ing"
                | "jr"
                | "sr"
                | "vgl"
                | "stb"
                | "stcrt"
                | "par"
                | "hfst"
                | "fig"
                | "tab"
                | "bv"
                | "inz"
                | "mln"
                | "mld"
                | "zgn"
                | "dd"
                | "as"
                | "max"
                | "min"
        )
}

impl<'a> Units<'a> {
    /// Reads the tokens.
    pub fn new(doc: &'a Document, tokens: &[Token], vocabulary: &'a [String]) -> Units<'a> {
        let classes: Vec<Class> = vocabulary.iter().map(|w| class_of(w)).collect();
        let mut all: Vec<Unit> = Vec::with_capacity(tokens.len());
        let bytes = doc.text.as_bytes();
        let (mut block, mut sentence) = (0, 0);
        let mut stopped = false;
        for t in tokens {
            let start = t.span.start as usize;
            let mut fresh = all.is_empty();
            while block + 1 < doc.blocks.len() && doc.blocks[block + 1].span.start <= t.span.start {
                block += 1;
                fresh = true;
            }
            let joined = !fresh && (t.glued || all.last().is_some_and(|p| p.span.end == t.span.start));
            let capital = match bytes.get(start) {
                Some(b) if b.is_ascii() => b.is_ascii_uppercase(),
                _ => doc.slice(t.span).chars().next().is_some_and(char::is_uppercase),
            };
            let norm = vocabulary.get(t.norm as usize).map_or("", String::as_str);
            let mut class = classes.get(t.norm as usize).copied().unwrap_or(Class::Plain);
            if norm == "een" {
                // The article, unless it carries its accents.
                class = if t.span.len() > 3 { Class::Cardinal(1) } else { Class::Plain };
            }
            let (mut value, mut digits) = (0, 0);
            if t.kind == Kind::Number {
                digits = t.span.len().min(200) as u8;
                value = norm.parse::<u32>().unwrap_or(u32::MAX);
            }
            let opens = t.kind == Kind::Mark || capital || t.kind == Kind::Number;
            if fresh && !all.is_empty() || (stopped && !joined && opens) {
                sentence += 1;
            }
            if t.kind == Kind::Mark {
                let previous = all.last().filter(|_| joined);
                stopped = match norm {
                    "!" | "?" => true,
                    "." => !previous.is_some_and(|p| {
                        matches!(p.class, Class::MonthShort(_))
                            || p.kind == Kind::Word && vocabulary.get(p.norm as usize).is_some_and(|w| is_abbreviation(w))
                    }),
                    // A closing quote or bracket after the stop.
                    "\"" | "'" | ")" => stopped && joined,
                    _ => false,
                };
            } else {
                stopped = false;
            }
            all.push(Unit {
                span: t.span,
                norm: t.norm,
                kind: t.kind,
                class,
                value,
                digits,
                joined,
                capital,
                block: block as u32,
                sentence,
            });
        }
        Units { doc, all, vocabulary }
    }

    /// The norms of the document.
    pub fn vocabulary(&self) -> &'a [String] {
        self.vocabulary
    }

    /// Number of units.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// The unit at `i`.
    pub fn get(&self, i: usize) -> Option<&Unit> {
        self.all.get(i)
    }

    /// Norm at `i`; empty outside.
    pub fn norm(&self, i: usize) -> &'a str {
        self.all.get(i).and_then(|u| self.vocabulary.get(u.norm as usize)).map_or("", String::as_str)
    }

    /// Norm of a unit before `i`, `back` places (1 = the one before); empty outside.
    pub fn before(&self, i: usize, back: usize) -> &'a str {
        i.checked_sub(back).map_or("", |j| self.norm(j))
    }

    /// Whether both exist and stand in one block.
    pub fn same_block(&self, i: usize, j: usize) -> bool {
        matches!((self.all.get(i), self.all.get(j)), (Some(a), Some(b)) if a.block == b.block)
    }

    /// Whether both exist and stand in one sentence.
    pub fn same_sentence(&self, i: usize, j: usize) -> bool {
        matches!((self.all.get(i), self.all.get(j)), (Some(a), Some(b)) if a.sentence == b.sentence)
    }

    /// A number at `i`.
    pub fn number(&self, i: usize) -> Option<&Unit> {
        self.all.get(i).filter(|u| u.kind == Kind::Number)
    }

    /// A mark at `i`, by its norm.
    pub fn mark(&self, i: usize) -> &'a str {
        match self.all.get(i) {
            Some(u) if u.kind == Kind::Mark => self.norm(i),
            _ => "",
        }
    }

    /// The span from unit `i` to unit `j`, both inside.
    pub fn span(&self, i: usize, j: usize) -> Span {
        match (self.all.get(i), self.all.get(j)) {
            (Some(a), Some(b)) => a.span.join(b.span),
            _ => Span::default(),
        }
    }

    /// Units that start inside a span.
    pub fn within(&self, span: Span) -> Range<usize> {
        let from = self.all.partition_point(|u| u.span.start < span.start);
        let to = self.all.partition_point(|u| u.span.start < span.end);
        from..to.max(from)
    }

    /// Index of the first unit at or after a byte.
    pub fn at(&self, byte: u32) -> usize {
        self.all.partition_point(|u| u.span.start < byte)
    }

    /// The units of the sentence around `i`.
    pub fn sentence(&self, i: usize) -> Range<usize> {
        let Some(u) = self.all.get(i) else { return 0..0 };
        let from = self.all.partition_point(|v| v.sentence < u.sentence);
        let to = self.all.partition_point(|v| v.sentence <= u.sentence);
        from..to
    }

    /// The first unit of the sentence around `i`.
    pub fn opens_sentence(&self, i: usize) -> bool {
        i == 0 || !self.same_sentence(i - 1, i)
    }

    /// Section of a unit.
    pub fn section(&self, i: usize) -> usize {
        self.all.get(i).and_then(|u| self.doc.blocks.get(u.block as usize)).map_or(0, |b| b.section)
    }

    /// The headings around a section, the innermost first.
    pub fn headings(&self, section: usize) -> impl Iterator<Item = Span> + '_ {
        let sections = &self.doc.sections;
        std::iter::successors(sections.get(section), |s| s.parent.and_then(|p| sections.get(p)))
            .take(12)
            .filter_map(|s| s.heading.and_then(|h| self.doc.blocks.get(h)).map(|b| b.span))
    }

    /// A run of norms at `i` within one sentence: each a word of the pattern.
    pub fn run(&self, i: usize, pattern: &[&str]) -> bool {
        self.same_block(i, i + pattern.len().max(1) - 1) && pattern.iter().enumerate().all(|(k, w)| self.norm(i + k) == *w)
    }
}
