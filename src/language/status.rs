//! The assertion status of a statement, after NegEx and ConText: trigger, direction, scope, terminators and pseudo-triggers, with two
//! additions that Dutch reports ask for. A clause that reports something done (past tense, perfect) outweighs weak triggers in it, and
//! a heading or the lead of a list lends its status to what stands below it.

use super::lexicon::{Below, Direction, Lexicon, Owner, Scope, WordClass};
use super::matching::Found;
use super::sentences::{Words, is_participle};
use super::{Assertion, Kind, Language, Role, Sentence, Status, Token, Trigger};
use crate::document::{BlockKind, Document, Span};
use std::ops::Range;

/// Words in a cell by themselves that speak for their whole row.
const STATUS_CELL: usize = 5;

/// Words between square brackets from which on they are a remark of the writer, not a source or a letter put in.
const NOTE: usize = 4;

/// The triggers among what was found: pseudo-triggers and triggers inside longer ones left out. Fills [`Sentence::triggers`].
pub(super) fn triggers(lexicon: &Lexicon, tokens: &[Token], found: &[Found], sentences: &mut [Sentence]) -> Vec<Trigger> {
    let group = |f: &Found| match lexicon.owners[f.owner as usize] {
        Owner::Trigger(g) => Some(g),
        _ => None,
    };
    let all: Vec<(u16, Found)> = found.iter().filter_map(|f| group(f).map(|g| (g, *f))).collect();
    let mut kept: Vec<Trigger> = Vec::with_capacity(all.len());
    let mut from = 0;
    while from < all.len() {
        let sentence = all[from].1.sentence;
        let to = from + all[from..].iter().take_while(|(_, f)| f.sentence == sentence).count();
        let here = &all[from..to];
        let start = kept.len() as u32;
        for (g, f) in here {
            let hidden = here.iter().any(|(h, other)| match other.except {
                true => h == g && other.touches(f),
                false => other.width() > f.width() && other.covers(f),
            });
            if !f.except && !hidden {
                kept.push(Trigger { group: *g, span: f.span(tokens), first: f.first, end: f.end });
            }
        }
        sentences[sentence as usize].triggers = start..kept.len() as u32;
        from = to;
    }
    kept
}

/// Something done is reported: a past tense, or a finite auxiliary of the perfect with a participle.
pub(super) fn is_past(words: &Words, range: Range<usize>) -> bool {
    let any = |class| range.clone().any(|i| words.is(i, class));
    if any(WordClass::Preterite) {
        return true;
    }
    let auxiliary = any(WordClass::PastAuxiliary) || (any(WordClass::PluralAuxiliary) && !any(WordClass::Modal));
    auxiliary && range.clone().any(|i| is_participle(words, i))
}

/// A month, a season, or a day in figures.
pub(super) fn is_dated(words: &Words, range: Range<usize>) -> bool {
    let figures = |i: usize| {
        i + 4 < range.end
            && [0, 2, 4].iter().all(|k| words.tokens[i + k].kind == Kind::Number)
            && matches!(words.norm(i + 1), "-" | "/" | ".")
            && words.norm(i + 1) == words.norm(i + 3)
    };
    range.clone().any(|i| words.is(i, WordClass::Month) || figures(i))
}

/// The only date is a yearly term: "vóór 1 mei", "uiterlijk 1 augustus". Such a one dates no event.
fn only_term(words: &Words, range: Range<usize>) -> bool {
    let number = |i: usize| words.tokens.get(i).is_some_and(|t| t.kind == Kind::Number);
    let term = |i: usize| {
        i >= range.start + 2
            && number(i - 1)
            && matches!(words.norm(i - 2), "voor" | "uiterlijk" | "tot")
            && !(i + 1 < range.end && number(i + 1))
    };
    let mut months = range.clone().filter(|&i| words.is(i, WordClass::Month)).peekable();
    months.peek().is_some() && months.all(term)
}

/// What outweighs what, the first highest.
const ORDER: [Status; 8] = [
    Status::Former,
    Status::Quoted,
    Status::Conditional,
    Status::Negated,
    Status::NotYet,
    Status::Intended,
    Status::Required,
    Status::Asserted,
];

fn rank(status: Status) -> usize {
    ORDER.iter().position(|s| *s == status).unwrap_or(ORDER.len())
}

struct Resolver<'a> {
    language: &'a Language,
    doc: &'a Document,
    lexicon: &'a Lexicon,
    words: Words<'a>,
}

impl Language {
    /// How what stands at `at` in a sentence is meant. `at` is mostly a verb or a noun of action; for a split verb its whole span.
    pub fn status(&self, doc: &Document, lexicon: &Lexicon, sentence: u32, at: Span) -> Assertion {
        Resolver { language: self, doc, lexicon, words: self.words() }.resolve(sentence as usize, at)
    }

    /// Whether what stands at `at` in a sentence is part of a remark of the writer: "[navragen: was Meppel erbij?]".
    pub fn in_note(&self, sentence: u32, at: Span) -> bool {
        let Some(sentence) = self.sentences.get(sentence as usize) else { return false };
        let words = self.words();
        let tokens = sentence.tokens.start as usize..sentence.tokens.end as usize;
        let here = tokens.start + words.tokens[tokens.clone()].partition_point(|t| t.span.end <= at.start);
        let Some(open) = (tokens.start..here).rev().find(|&i| matches!(words.norm(i), "[" | "]")).filter(|&i| words.norm(i) == "[") else {
            return false;
        };
        let inside = (open + 1..tokens.end).take_while(|&i| words.norm(i) != "]");
        inside.filter(|&i| words.tokens[i].kind == Kind::Word).take(NOTE).count() == NOTE
    }
}

impl Resolver<'_> {
    fn tokens_in(&self, sentence: &Sentence, span: Span) -> Range<usize> {
        let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
        let tokens = &self.words.tokens[range.clone()];
        let from = tokens.partition_point(|t| t.span.end <= span.start);
        let to = tokens.partition_point(|t| t.span.start < span.end);
        range.start + from..range.start + to.max(from)
    }

    fn triggers_of(&self, sentence: &Sentence) -> &[Trigger] {
        &self.language.triggers[sentence.triggers.start as usize..sentence.triggers.end as usize]
    }

    fn resolve(&self, index: usize, at: Span) -> Assertion {
        let Some(sentence) = self.language.sentences.get(index) else {
            return Assertion { status: Status::Asserted, trigger: None, group: None, past: false, dated: false };
        };
        let block = &self.doc.blocks[sentence.block];
        let row = matches!(block.kind, BlockKind::TableRow | BlockKind::TableHead);
        let clause = clause_around(sentence, at);
        let own = self.tokens_in(sentence, clause);
        let past = is_past(&self.words, own.clone());
        let around = if row { self.tokens_in(sentence, sentence.span) } else { self.with_label(sentence, own.clone()) };
        let dated = is_dated(&self.words, around);
        let assertion = |status, trigger: Option<&Trigger>| Assertion {
            status,
            trigger: trigger.map(|t| t.span),
            group: trigger.map(|t| t.group),
            past,
            dated,
        };
        // "Het plan wordt vastgesteld nadat de OPR heeft ingestemd": the main clause decides, unless this one reports a dated act.
        let hangs = own.clone().find(|&i| self.words.tokens[i].kind != Kind::Mark).is_some_and(|i| self.words.is(i, WordClass::Dependent));
        let hangs = hangs && !(past && dated);
        let main_past = hangs && {
            let before = self.tokens_in(sentence, Span { start: sentence.span.start, end: clause.start });
            let after = self.tokens_in(sentence, Span { start: clause.end, end: sentence.span.end });
            is_past(&self.words, before) || is_past(&self.words, after)
        };

        // "De wet vroeg dat alle scholen op 1 november 2013 waren aangesloten": what it asked, not what was done.
        let content = own.clone().find(|&i| self.words.tokens[i].kind != Kind::Mark).filter(|&i| self.words.norm(i) == "dat");
        let asked = |t: &Trigger| content.is_some_and(|i| t.end as usize == i || t.end as usize + 1 == i);

        let mut best: Option<(Status, &Trigger)> = None;
        let mut affirmed = false;
        for t in self.triggers_of(sentence) {
            let group = &self.lexicon.triggers[t.group as usize];
            let inside = t.span.overlaps(clause);
            let from_main =
                hangs && !inside && matches!(group.status, Status::Intended | Status::Required | Status::NotYet | Status::Quoted);
            if !self.reaches(sentence, t, at, clause, inside || from_main) {
                continue;
            }
            if own.clone().any(|i| group.unless.iter().any(|u| u == self.words.norm(i))) {
                continue;
            }
            let (past, dated) = if from_main { (main_past, false) } else { (past, dated) };
            let status = match group.with_date {
                Some(other) if dated => other,
                _ => group.status,
            };
            if status == Status::Asserted {
                affirmed |= group.status == Status::Asserted;
                continue;
            }
            let reported = dated && (status == Status::Required || status == Status::Quoted && !only_term(&self.words, own.clone()));
            let outweighed = past && !asked(t) && (group.weak || reported);
            if !outweighed && best.is_none_or(|(b, _)| rank(status) < rank(b)) {
                best = Some((status, t));
            }
        }
        if affirmed && best.is_some_and(|(_, t)| self.lexicon.triggers[t.group as usize].weak) {
            best = None;
        }
        let inherited = self.inherited(sentence.block).filter(|(s, _)| *s == Status::Former || !(past || affirmed));
        if let Some((status, t)) = inherited
            && best.is_none_or(|(b, _)| b == Status::Required || (status == Status::Quoted && b == Status::Intended))
        {
            best = Some((status, t));
        }
        if let Some((status, t)) = best {
            return assertion(status, Some(t));
        }
        if self.language.in_note(index as u32, at) {
            return assertion(Status::Intended, None);
        }
        if is_question(&self.words, sentence) && !matches!(block.kind, BlockKind::Heading(_)) {
            return assertion(Status::Conditional, None);
        }
        match self.language.roles.get(sentence.block) {
            Some(Role::LegalText) if !(past && dated) => assertion(Status::Quoted, None),
            Some(Role::Template) if !(past && dated) => assertion(Status::Intended, None),
            _ => assertion(Status::Asserted, None),
        }
    }

    /// With the words before a colon that it follows: "11 maart: het bestuur stelt vast".
    fn with_label(&self, sentence: &Sentence, clause: Range<usize>) -> Range<usize> {
        let first = sentence.tokens.start as usize;
        if clause.start <= first || self.words.norm(clause.start - 1) != ":" {
            return clause;
        }
        let label = (first..clause.start - 1).rev().take_while(|&i| !matches!(self.words.norm(i), ":" | ";" | "|")).count();
        if label <= STATUS_CELL { clause.start - 1 - label..clause.end } else { clause }
    }

    fn reaches(&self, sentence: &Sentence, t: &Trigger, at: Span, clause: Span, inside: bool) -> bool {
        let group = &self.lexicon.triggers[t.group as usize];
        if t.span.overlaps(at) {
            return group.scope != Scope::Below;
        }
        let before = t.span.end <= at.start;
        if (group.direction == Direction::Before && !before) || (group.direction == Direction::After && before) {
            return false;
        }
        let between = if before { Span { start: t.span.end, end: at.start } } else { Span { start: at.end, end: t.span.start } };
        let between = self.tokens_in(sentence, between);
        let in_scope = match group.scope {
            Scope::Own | Scope::Below => false,
            Scope::Sentence => true,
            Scope::Clause => inside || self.is_status_cell(sentence, t),
            Scope::Window(n) => t.span.overlaps(clause) && between.len() <= n as usize,
        };
        in_scope && (group.stop.is_empty() || !between.into_iter().any(|i| group.stop.iter().any(|s| s == self.words.norm(i))))
    }

    /// A few words in a cell of their own, or after a colon: "OPR | instemming | nog niet", "Instemming OPR: n.t.b."
    fn is_status_cell(&self, sentence: &Sentence, t: &Trigger) -> bool {
        let tokens = self.tokens_in(sentence, clause_around(sentence, t.span));
        let first = sentence.tokens.start as usize;
        let mark = |i: usize| matches!(self.words.norm(i), "|" | ":");
        let apart =
            (tokens.start > first && mark(tokens.start - 1)) || (tokens.end > tokens.start && self.words.norm(tokens.end - 1) == "|");
        apart && tokens.filter(|&i| self.words.tokens[i].kind != Kind::Mark).count() <= STATUS_CELL
    }

    /// The status that the lead of its list or the heading of its section lends a block.
    fn inherited(&self, block: usize) -> Option<(Status, &Trigger)> {
        let b = &self.doc.blocks[block];
        if matches!(b.kind, BlockKind::Heading(_)) {
            return None;
        }
        let lead = b.lead.filter(|&l| l != block).and_then(|l| self.lends(l, false));
        lead.or_else(|| self.doc.sections.get(b.section).and_then(|s| s.heading).and_then(|h| self.lends(h, true)))
    }

    fn lends(&self, block: usize, heading: bool) -> Option<(Status, &Trigger)> {
        let sentences = self.language.sentences_of(block);
        let sentence = &self.language.sentences[sentences.last()?];
        let last = sentence.clauses.last().copied().unwrap_or(sentence.span);
        let past = is_past(&self.words, self.tokens_in(sentence, last));
        let lends = |t: &&Trigger| {
            let group = &self.lexicon.triggers[t.group as usize];
            let reaches = match group.below {
                Below::No => false,
                Below::Lead => !heading,
                Below::Heading => true,
            };
            let near = heading || group.scope == Scope::Sentence || group.scope == Scope::Below || t.span.overlaps(last);
            reaches && near && !(past && group.weak) && group.status != Status::Asserted
        };
        let status = |t: &Trigger| self.lexicon.triggers[t.group as usize].status;
        self.triggers_of(sentence).iter().filter(lends).min_by_key(|t| rank(status(t))).map(|t| (status(t), t))
    }
}

/// The clause or clauses that a span lies in.
fn clause_around(sentence: &Sentence, at: Span) -> Span {
    let mut around: Option<Span> = None;
    for c in sentence.clauses.iter().filter(|c| c.overlaps(at)) {
        around = Some(around.map_or(*c, |a| a.join(*c)));
    }
    around.unwrap_or(sentence.span)
}

fn is_question(words: &Words, sentence: &Sentence) -> bool {
    let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
    range.rev().find(|&i| !matches!(words.norm(i), "\"" | "'" | ")" | "]")).is_some_and(|i| words.norm(i) == "?")
}
