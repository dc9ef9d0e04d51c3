//! Sentences within blocks, and clauses within sentences.
//!
//! A heading, list item or paragraph falls into sentences at full stops, question and exclamation marks; a table row is one sentence
//! whose cells are clauses. Which stop ends a sentence is decided by what stands before it (abbreviations, initials, ordinals, dates,
//! numbers) and after it (a capital, a digit, a small letter).

use super::lexicon::{Classes, Lexicon, WordClass};
use super::{Kind, Sentence, Token};
use crate::document::{BlockKind, Document, Span};
use std::ops::Range;

/// The tokens of a document with what is known of each word.
pub(super) struct Words<'a> {
    pub(super) tokens: &'a [Token],
    pub(super) vocabulary: &'a [String],
    /// Per norm its classes.
    pub(super) classes: &'a [Classes],
}

impl Words<'_> {
    pub(super) fn norm(&self, token: usize) -> &str {
        &self.vocabulary[self.tokens[token].norm as usize]
    }

    pub(super) fn is(&self, token: usize, class: WordClass) -> bool {
        self.classes[self.tokens[token].norm as usize].has(class)
    }
}

/// The classes of every norm.
pub(super) fn classify(lexicon: &Lexicon, vocabulary: &[String]) -> Vec<Classes> {
    vocabulary.iter().map(|n| lexicon.classes.get(n).copied().unwrap_or_default()).collect()
}

/// A table row longer than this falls into sentences like running text.
const LONG_ROW: usize = 160;

/// Nothing that long is one sentence; the bound keeps work per sentence small whatever the document.
const LONGEST: usize = 400;

/// The sentences of all blocks, in text order, with their clauses; mentions are left empty.
pub(super) fn split(doc: &Document, lexicon: &Lexicon, words: &Words) -> Vec<Sentence> {
    let mut sentences = Vec::with_capacity(words.tokens.len() / 12 + doc.blocks.len());
    for (block, b) in doc.blocks.iter().enumerate() {
        let from = words.tokens.partition_point(|t| t.span.start < b.span.start);
        let to = from + words.tokens[from..].partition_point(|t| t.span.end <= b.span.end);
        let row = matches!(b.kind, BlockKind::TableRow | BlockKind::TableHead) && to - from <= LONG_ROW;
        let label = (from + 1..(from + 4).min(to)).find(|&i| !row && words.norm(i) == ":");
        let mut start = from;
        let mut at = from;
        while at < to {
            let end = if row { None } else { ends_at(doc, lexicon, words, start, at, to) };
            at += 1;
            let end = end.or((at > start && label.is_some_and(|l| at > l + 1) && opens_label(doc, words, at, to)).then_some(at));
            let end = end.or((at - start >= LONGEST).then_some(at));
            if let Some(end) = end {
                sentences.push(sentence(words, block, start..end, row));
                start = end;
                at = end;
            }
        }
        if start < to {
            sentences.push(sentence(words, block, start..to, row));
        }
    }
    sentences
}

/// Particulars whose lines were joined, "Plaats: Utrecht Tijd: maandag 3 maart Stuk: plan": a capital right before a colon, after no mark, opens
/// the next one.
fn opens_label(doc: &Document, words: &Words, at: usize, to: usize) -> bool {
    at + 2 < to
        && words.norm(at + 1) == ":"
        && adjacent(words, at, at + 1)
        && !adjacent(words, at + 1, at + 2)
        && words.tokens[at].kind == Kind::Word
        && first_char(doc, words, at).is_uppercase()
        && (words.tokens[at - 1].kind != Kind::Mark || matches!(words.norm(at - 1), ")" | "\""))
        && !words.is(at - 1, WordClass::Preposition)
}

fn sentence(words: &Words, block: usize, range: Range<usize>, row: bool) -> Sentence {
    let span = Span { start: words.tokens[range.start].span.start, end: words.tokens[range.end - 1].span.end };
    Sentence {
        span,
        block,
        clauses: clauses(words, range.clone(), row),
        tokens: range.start as u32..range.end as u32,
        mentions: 0..0,
        triggers: 0..0,
    }
}

fn adjacent(words: &Words, left: usize, right: usize) -> bool {
    words.tokens[left].span.end == words.tokens[right].span.start
}

fn first_char(doc: &Document, words: &Words, token: usize) -> char {
    doc.slice(words.tokens[token].span).chars().next().unwrap_or(' ')
}

fn opens_quote(words: &Words, token: usize) -> bool {
    matches!(words.norm(token), "\"" | "'" | "(" | "[")
}

/// Whether a sentence from `start` ends with the mark at `at`; gives the token after it, closing quotes and brackets included.
fn ends_at(doc: &Document, lexicon: &Lexicon, words: &Words, start: usize, at: usize, to: usize) -> Option<usize> {
    let mark = words.norm(at);
    if !matches!(mark, "." | "!" | "?" | "...") || words.tokens[at].kind != Kind::Mark {
        return None;
    }
    let mut end = at + 1;
    while end < to && matches!(words.norm(end), "!" | "?" | "." | "...") {
        end += 1;
    }
    let mut closed = false;
    while end < to && adjacent(words, end - 1, end) && matches!(words.norm(end), "\"" | "'" | ")" | "]") {
        closed = true;
        end += 1;
    }
    if end >= to {
        return Some(end);
    }
    let mut next = end;
    while next + 1 < to && opens_quote(words, next) {
        next += 1;
    }
    let c = first_char(doc, words, next);
    let spaced = !adjacent(words, end - 1, end);
    let ends = match mark {
        "!" | "?" => spaced && !(closed && c.is_lowercase()) && words.tokens[next].kind != Kind::Mark,
        "..." => spaced && c.is_uppercase(),
        _ => stop_ends(doc, lexicon, words, start, at, next, c, spaced, closed),
    };
    ends.then_some(end)
}

/// The full stop at `at`, followed by the token `next` that begins with `c`.
#[expect(clippy::too_many_arguments, reason = "one decision on all that is known of the place")]
fn stop_ends(
    doc: &Document,
    lexicon: &Lexicon,
    words: &Words,
    start: usize,
    at: usize,
    next: usize,
    c: char,
    spaced: bool,
    closed: bool,
) -> bool {
    if at == start || words.tokens[next].kind == Kind::Mark && !is_bullet(words.norm(next)) {
        return false;
    }
    let before = at - 1;
    let attached = adjacent(words, before, at);
    if words.tokens[before].kind == Kind::Number {
        let digits = words.norm(before).len();
        // "3. Inleiding", "1.2. Doel": the number of a heading or item.
        if digits <= 2 && words.tokens[start..before].iter().all(|t| t.kind != Kind::Word) {
            return false;
        }
        if words.tokens[next].kind == Kind::Number {
            return spaced && digits >= 3;
        }
        return spaced && c.is_uppercase();
    }
    if words.tokens[before].kind == Kind::Mark {
        // ")." or "%.": no abbreviation.
        return spaced && (c.is_uppercase() || c.is_ascii_digit());
    }
    if !spaced {
        // "vastgesteld.Het": the space was lost; "www.swv.nl" is not that.
        return !closed && c.is_uppercase() && words.norm(before).len() >= 3 && starts_small(doc, words, before);
    }
    match abbreviation(doc, lexicon, words, start, at) {
        Some(may_end) => may_end && c.is_uppercase() && !is_name_part(words, next),
        None if is_initial(doc, words, start, before) => false,
        None => !c.is_lowercase() || (attached && words.norm(before).len() > 4),
    }
}

fn is_bullet(norm: &str) -> bool {
    matches!(norm, "•" | "-" | "*" | "✓" | "☑" | "€")
}

fn starts_small(doc: &Document, words: &Words, token: usize) -> bool {
    first_char(doc, words, token).is_lowercase()
}

/// Months and other words after which a capital says nothing do not occur; a lone capital letter is an initial.
fn is_name_part(words: &Words, token: usize) -> bool {
    words.norm(token).len() == 1 && words.tokens[token].kind == Kind::Word
}

/// Whether the word ending in the stop at `at` is an abbreviation, and if so whether it may end a sentence.
fn abbreviation(doc: &Document, lexicon: &Lexicon, words: &Words, start: usize, at: usize) -> Option<bool> {
    // "d.d." is the tokens d . d . without space: take them together.
    let mut from = at;
    while from > start && adjacent(words, from - 1, from) && (words.tokens[from - 1].kind != Kind::Mark || is_inner(words.norm(from - 1))) {
        from -= 1;
    }
    (from..at).find_map(|i| {
        let text = doc.slice(Span { start: words.tokens[i].span.start, end: words.tokens[at - 1].span.end });
        if text.len() > 24 {
            return None;
        }
        lexicon.abbreviations.get(&super::scan::fold(text)).copied()
    })
}

fn is_inner(norm: &str) -> bool {
    matches!(norm, "." | "/" | "&")
}

/// "J." or "J.P.": a capital that is someone's initial. "Cluster C." is not.
fn is_initial(doc: &Document, words: &Words, start: usize, token: usize) -> bool {
    let norm = words.norm(token);
    if norm.len() != 1 || !first_char(doc, words, token).is_uppercase() {
        return false;
    }
    token == start || !words.is(token - 1, WordClass::Lettered)
}

/// The clauses of a sentence: spans that follow each other and together cover it.
fn clauses(words: &Words, range: Range<usize>, row: bool) -> Vec<Span> {
    let mut starts = vec![range.start];
    let mut open = range.start;
    // The clause at hand was opened by a subordinator and ends at the comma after its verbs.
    let mut dependent = opens_dependent(words, range.start);
    let mut finite = false;
    for i in range.clone() {
        let norm = words.norm(i);
        let first = i == open;
        let after_comma = i > range.start && words.norm(i - 1) == ",";
        let mark_before = i > range.start && matches!(words.norm(i - 1), ";" | ":" | "|");
        let row_stop = row && i > range.start && matches!(words.norm(i - 1), "." | "?" | "!") && !adjacent(words, i - 1, i);
        let is = |class| words.is(i, class);
        let boundary = !first
            && (mark_before
                || row_stop
                || is(WordClass::Subordinator)
                || (after_comma && is(WordClass::AfterComma))
                || is(WordClass::Adversative)
                || (is(WordClass::That)
                    && !words.is(i - 1, WordClass::Preposition)
                    && (after_comma || finite || !dependent || words.is(i - 1, WordClass::Coordinator)))
                || (after_comma && dependent && closes(words, open, i))
                || (is(WordClass::Coordinator) && finite && finite_follows(words, i + 1, range.end)));
        // "[.., en] [het bestuur heeft": the conjunction belongs to what follows; a comma to what precedes.
        if boundary && norm != "," {
            starts.push(i);
            open = i;
            dependent = opens_dependent(words, i);
            finite = false;
        }
        finite |= is(WordClass::Finite)
            || is(WordClass::PastAuxiliary)
            || is(WordClass::PluralAuxiliary)
            || is(WordClass::Modal)
            || is(WordClass::Preterite);
    }
    let end = words.tokens[range.end - 1].span.end;
    let edge = |k: usize| starts.get(k).map_or(end, |&s| words.tokens[s].span.start);
    (0..starts.len()).map(|k| Span { start: edge(k), end: edge(k + 1) }).collect()
}

fn opens_dependent(words: &Words, token: usize) -> bool {
    [WordClass::Subordinator, WordClass::AfterComma, WordClass::That, WordClass::Dependent].iter().any(|&c| words.is(token, c))
}

pub(super) fn is_finite(words: &Words, i: usize) -> bool {
    [WordClass::Finite, WordClass::PastAuxiliary, WordClass::PluralAuxiliary, WordClass::Modal, WordClass::Preterite]
        .iter()
        .any(|&c| words.is(i, c))
}

/// Whether the comma before `i` closes the dependent clause from `open`: verbs stand before it, or a main clause's verb after it.
fn closes(words: &Words, open: usize, i: usize) -> bool {
    let verb = |t: usize| is_finite(words, t) || is_participle(words, t);
    is_finite(words, i) || words.norm(i) == "dan" || (i >= open + 2 && verb(i - 2))
}

/// A finite verb within the first words after a conjunction, before any other mark or conjunction.
fn finite_follows(words: &Words, from: usize, end: usize) -> bool {
    (from..end.min(from + 6))
        .take_while(|&i| words.tokens[i].kind != Kind::Mark && !words.is(i, WordClass::Coordinator))
        .any(|i| is_finite(words, i))
}

/// A past participle by its form (vastgesteld, ingestemd, gehouden) or by the list.
pub(super) fn is_participle(words: &Words, i: usize) -> bool {
    if words.is(i, WordClass::Participle) {
        return true;
    }
    if words.is(i, WordClass::NotParticiple) || words.tokens[i].kind != Kind::Word {
        return false;
    }
    let norm = words.norm(i);
    norm.len() >= 5 && (norm.ends_with('d') || norm.ends_with('t')) && (norm.starts_with("ge") || PREFIXES.iter().any(|p| has_ge(norm, p)))
}

fn has_ge(norm: &str, prefix: &str) -> bool {
    norm.strip_prefix(prefix).is_some_and(|rest| rest.starts_with("ge") && rest.len() > 3)
}

/// Separable prefixes, before the "ge" of a participle: grammar rather than words of the norms.
const PREFIXES: [&str; 28] = [
    "aan", "achter", "af", "bij", "bijeen", "binnen", "door", "goed", "in", "kennis", "klaar", "mee", "mede", "na", "om", "op", "over",
    "plaats", "samen", "terug", "tegen", "toe", "uit", "vast", "voor", "weg", "voort", "deel",
];
