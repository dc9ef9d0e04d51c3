//! The tokens of a document with what the fact finders ask of them: value, capital, sentence, block. One pass; every finder works on
//! this list and never on the text again.

use super::numbers;
use crate::document::{Document, Span};
use crate::language::{Kind, Token};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

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
    /// With which finders it may start ([`flag`]).
    pub flags: u16,
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

/// How far a sentence reaches at most, in units: a table without a full stop must not make every search long.
const REACH: usize = 200;

/// All units of a document.
pub(super) struct Units<'a> {
    pub doc: &'a Document,
    pub all: Vec<Unit>,
    /// Words of primair onderwijs less those of voortgezet onderwijs.
    pub sector_balance: i32,
    vocabulary: &'a [String],
}

/// Words with which a finder starts; one bit each, so that no finder compares strings at every token.
pub(super) mod flag {
    /// Season, "begin", "eind", "helft", "kwartaal".
    pub const SEASON: u16 = 1;
    /// May start a relative day.
    pub const RELATIVE: u16 = 1 << 1;
    /// "verslagjaar", "jaarverslag": a single year may follow.
    pub const YEAR_NOUN: u16 = 1 << 2;
    /// "stichting", "vereniging", "coöperatie".
    pub const LEGAL: u16 = 1 << 3;
    /// "samenwerkingsverband", "swv".
    pub const SWV: u16 = 1 << 4;
    /// "po", "vo" and what is written like them before a number.
    pub const SECTOR: u16 = 1 << 5;
    /// "gemeenten", "colleges": a count may stand before.
    pub const GEMEENTEN: u16 = 1 << 6;
    /// Starts a number or amount although no number word.
    pub const AMOUNT: u16 = 1 << 7;
    /// "aansprakelijkheid", "u" (U.A.).
    pub const LIABILITY: u16 = 1 << 8;
    /// Speaks of primair onderwijs.
    pub const PRIMAIR: u16 = 1 << 9;
    /// Speaks of voortgezet onderwijs.
    pub const VOORTGEZET: u16 = 1 << 10;
    /// "passend", with which a name may open.
    pub const PASSEND: u16 = 1 << 11;
}

/// The words a finder knows, with their class and flags.
const WORDS: &[(&str, Class, u16)] = &[
    ("januari", Class::Month(1), 0),
    ("februari", Class::Month(2), 0),
    ("maart", Class::Month(3), 0),
    ("april", Class::Month(4), 0),
    ("mei", Class::Month(5), 0),
    ("juni", Class::Month(6), 0),
    ("juli", Class::Month(7), 0),
    ("augustus", Class::Month(8), 0),
    ("september", Class::Month(9), 0),
    ("oktober", Class::Month(10), 0),
    ("october", Class::Month(10), 0),
    ("november", Class::Month(11), 0),
    ("december", Class::Month(12), 0),
    ("jan", Class::MonthShort(1), 0),
    ("feb", Class::MonthShort(2), 0),
    ("febr", Class::MonthShort(2), 0),
    ("mrt", Class::MonthShort(3), 0),
    ("apr", Class::MonthShort(4), 0),
    ("jun", Class::MonthShort(6), 0),
    ("jul", Class::MonthShort(7), 0),
    ("aug", Class::MonthShort(8), 0),
    ("sep", Class::MonthShort(9), 0),
    ("sept", Class::MonthShort(9), 0),
    ("okt", Class::MonthShort(10), 0),
    ("oct", Class::MonthShort(10), 0),
    ("nov", Class::MonthShort(11), 0),
    ("dec", Class::MonthShort(12), 0),
    ("maandag", Class::Weekday(1), 0),
    ("dinsdag", Class::Weekday(2), 0),
    ("woensdag", Class::Weekday(3), 0),
    ("donderdag", Class::Weekday(4), 0),
    ("vrijdag", Class::Weekday(5), 0),
    ("zaterdag", Class::Weekday(6), 0),
    ("zondag", Class::Weekday(7), 0),
    ("ma", Class::Weekday(1), 0),
    ("di", Class::Weekday(2), 0),
    ("wo", Class::Weekday(3), 0),
    ("do", Class::Weekday(4), 0),
    ("vr", Class::Weekday(5), 0),
    ("za", Class::Weekday(6), 0),
    ("voorjaar", Class::Plain, flag::SEASON),
    ("lente", Class::Plain, flag::SEASON),
    ("zomer", Class::Plain, flag::SEASON),
    ("zomervakantie", Class::Plain, flag::SEASON),
    ("najaar", Class::Plain, flag::SEASON),
    ("herfst", Class::Plain, flag::SEASON),
    ("winter", Class::Plain, flag::SEASON),
    ("begin", Class::Plain, flag::SEASON),
    ("medio", Class::Plain, flag::SEASON),
    ("halverwege", Class::Plain, flag::SEASON),
    ("eind", Class::Plain, flag::SEASON),
    ("einde", Class::Plain, flag::SEASON),
    ("helft", Class::Plain, flag::SEASON),
    ("kwartaal", Class::Plain, flag::SEASON),
    ("gisteren", Class::Plain, flag::RELATIVE),
    ("eergisteren", Class::Plain, flag::RELATIVE),
    ("diezelfde", Class::Plain, flag::RELATIVE),
    ("dezelfde", Class::Plain, flag::RELATIVE),
    ("de", Class::Plain, flag::RELATIVE),
    ("daags", Class::Plain, flag::RELATIVE),
    ("een", Class::Plain, flag::RELATIVE | flag::AMOUNT),
    ("kalenderjaar", Class::Plain, flag::YEAR_NOUN),
    ("verslagjaar", Class::Plain, flag::YEAR_NOUN),
    ("boekjaar", Class::Plain, flag::YEAR_NOUN),
    ("begrotingsjaar", Class::Plain, flag::YEAR_NOUN),
    ("jaar", Class::Plain, flag::YEAR_NOUN),
    ("jaarverslag", Class::Plain, flag::YEAR_NOUN),
    ("jaarrekening", Class::Plain, flag::YEAR_NOUN),
    ("jaarbegroting", Class::Plain, flag::YEAR_NOUN),
    ("begroting", Class::Plain, flag::YEAR_NOUN),
    ("jaarplan", Class::Plain, flag::YEAR_NOUN),
    ("bestuursverslag", Class::Plain, flag::YEAR_NOUN),
    ("jaarstukken", Class::Plain, flag::YEAR_NOUN),
    ("stichting", Class::Plain, flag::LEGAL),
    ("stichtingsvorm", Class::Plain, flag::LEGAL),
    ("vereniging", Class::Plain, flag::LEGAL),
    ("verenigingsvorm", Class::Plain, flag::LEGAL),
    ("cooperatie", Class::Plain, flag::LEGAL),
    ("cooperatieve", Class::Plain, flag::LEGAL),
    ("cooperatief", Class::Plain, flag::LEGAL),
    ("samenwerkingsverband", Class::Plain, flag::SWV),
    ("swv", Class::Plain, flag::SWV),
    ("samenwerkingsverbandnummer", Class::Plain, flag::SWV),
    ("swvnummer", Class::Plain, flag::SWV),
    ("passend", Class::Plain, flag::PASSEND),
    ("po", Class::Plain, flag::SECTOR | flag::PRIMAIR),
    ("ppo", Class::Plain, flag::SECTOR),
    ("swvpo", Class::Plain, flag::SECTOR),
    ("vo", Class::Plain, flag::SECTOR | flag::VOORTGEZET),
    ("pvo", Class::Plain, flag::SECTOR),
    ("swvvo", Class::Plain, flag::SECTOR),
    ("primair", Class::Plain, flag::PRIMAIR),
    ("basisschool", Class::Plain, flag::PRIMAIR),
    ("basisscholen", Class::Plain, flag::PRIMAIR),
    ("basisonderwijs", Class::Plain, flag::PRIMAIR),
    ("sbo", Class::Plain, flag::PRIMAIR),
    ("voortgezet", Class::Plain, flag::VOORTGEZET),
    ("vmbo", Class::Plain, flag::VOORTGEZET),
    ("havo", Class::Plain, flag::VOORTGEZET),
    ("vso", Class::Plain, flag::VOORTGEZET),
    ("lwoo", Class::Plain, flag::VOORTGEZET),
    ("praktijkonderwijs", Class::Plain, flag::VOORTGEZET),
    ("gemeenten", Class::Plain, flag::GEMEENTEN),
    ("regiogemeenten", Class::Plain, flag::GEMEENTEN),
    ("colleges", Class::Plain, flag::GEMEENTEN),
    ("anderhalf", Class::Plain, flag::AMOUNT | flag::RELATIVE),
    ("anderhalve", Class::Plain, flag::AMOUNT | flag::RELATIVE),
    ("\u{20ac}", Class::Plain, flag::AMOUNT),
    ("euro", Class::Plain, flag::AMOUNT),
    ("eur", Class::Plain, flag::AMOUNT),
    ("aansprakelijkheid", Class::Plain, flag::LIABILITY),
    ("u", Class::Plain, flag::LIABILITY),
];

static KNOWN: LazyLock<HashMap<&'static str, (Class, u16)>> = LazyLock::new(|| WORDS.iter().map(|&(w, c, f)| (w, (c, f))).collect());

fn class_of(norm: &str) -> (Class, u16) {
    if let Some(&known) = KNOWN.get(norm) {
        return known;
    }
    if let Some(n) = numbers::cardinal(norm) {
        return (Class::Cardinal(n), 0);
    }
    (numbers::ordinal(norm).map_or(Class::Plain, Class::Ordinal), 0)
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
        let classes: Vec<(Class, u16)> = vocabulary.iter().map(|w| class_of(w)).collect();
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
            let (mut class, flags) = classes.get(t.norm as usize).copied().unwrap_or((Class::Plain, 0));
            if t.kind == Kind::Word && norm == "een" {
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
                flags,
                value,
                digits,
                joined,
                capital,
                block: block as u32,
                sentence,
            });
        }
        let weight = |u: &Unit| i32::from(u.flags & flag::PRIMAIR != 0) - i32::from(u.flags & flag::VOORTGEZET != 0);
        let sector_balance = all.iter().map(weight).sum();
        Units { doc, all, sector_balance, vocabulary }
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

    /// The first of some flags at `i`.
    pub fn has(&self, i: usize, flags: u16) -> bool {
        self.all.get(i).is_some_and(|u| u.flags & flags != 0)
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

    /// The units of the sentence around `i`; of an endless one, those within [`REACH`].
    pub fn sentence(&self, i: usize) -> Range<usize> {
        let Some(u) = self.all.get(i) else { return 0..0 };
        let (low, high) = (i.saturating_sub(REACH), (i + REACH).min(self.all.len()));
        let window = &self.all[low..high];
        low + window.partition_point(|v| v.sentence < u.sentence)..low + window.partition_point(|v| v.sentence <= u.sentence)
    }

    /// The first unit of the sentence around `i`.
    pub fn opens_sentence(&self, i: usize) -> bool {
        i == 0 || !self.same_sentence(i - 1, i)
    }

    /// Section of a unit.
    pub fn section(&self, i: usize) -> usize {
        self.all.get(i).and_then(|u| self.doc.blocks.get(u.block as usize)).map_or(0, |b| b.section)
    }

    /// The running heads and feet, each wording once, the first few dozen.
    pub fn running_heads(&self) -> Vec<&'a str> {
        let mut seen: Vec<&str> = Vec::new();
        for head in self.doc.pages.iter().flat_map(|p| &p.running) {
            if seen.len() < 24 && head.len() < 300 && !seen.contains(&head.as_str()) && head.bytes().any(|b| b.is_ascii_alphabetic()) {
                seen.push(head);
            }
        }
        seen
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
