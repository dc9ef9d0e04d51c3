//! Dutch statements: tokens, sentences and clauses, concepts in all their forms, the role of each block, and the assertion status of
//! what is said. Holds algorithms only; every word comes from `checks/taal/*.toml` through [`Lexicon`].
//!
//! The status algorithm is of the NegEx / ConText family (Chapman 2001, Harkema 2009; ContextD, Afzal 2014, for Dutch): a trigger, a
//! direction, a scope, terminators, and pseudo-triggers.

mod builder;
mod fields;
mod forms;
pub mod lexicon;
mod matching;
mod numbers;
mod roles;
pub mod scan;
mod sentences;
mod status;
mod table;
pub mod tokens;

pub use builder::{FormError, LexiconBuilder, LexiconError};
pub use fields::WordFields;
pub use lexicon::{ConceptId, Lexicon, Role, Status, TriggerGroup};
pub use scan::Kind;

use crate::document::{Document, Span};
use crate::parallel;

/// A token: a word or a number or a punctuation mark.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Where.
    pub span: Span,
    /// Index of its normal form in [`Language::vocabulary`]: lower case, diacritics folded, soft hyphens gone.
    pub norm: u32,
    /// Letters, digits or a mark.
    pub kind: Kind,
    /// Follows the token before it without white space and after a hyphen ("plan-raad": the second part).
    pub glued: bool,
}

/// A sentence (or heading, list item, table row: whatever stands on its own in a block).
#[derive(Clone, Debug)]
pub struct Sentence {
    /// Where.
    pub span: Span,
    /// Its block.
    pub block: usize,
    /// Its tokens, as a range into [`Language::tokens`].
    pub tokens: std::ops::Range<u32>,
    /// Its clauses: split at subordinators, coordinators between two finite verbs, semicolons, and cell borders of table rows.
    pub clauses: Vec<Span>,
    /// Its mentions, as a range into [`Language::mentions`].
    pub mentions: std::ops::Range<u32>,
    /// Its status triggers, as a range into [`Language::triggers`].
    pub triggers: std::ops::Range<u32>,
}

/// A concept found in the text.
#[derive(Clone, Copy, Debug)]
pub struct Mention {
    /// Which.
    pub concept: ConceptId,
    /// From its first to its last byte (for a split form, "stemde … in", all between too).
    pub span: Span,
    /// For a split form the first part; else the whole.
    pub head: Span,
    /// Index of its sentence.
    pub sentence: u32,
}

/// Words that may decide a status.
#[derive(Clone, Copy, Debug)]
pub struct Trigger {
    /// Its group: [`Lexicon::trigger_group`].
    pub group: u16,
    /// From its first to its last byte.
    pub span: Span,
    /// First token.
    pub first: u32,
    /// One past the last token.
    pub end: u32,
}

/// The assertion status at a place, and the words that decided it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Assertion {
    /// The status.
    pub status: Status,
    /// The trigger, if one was needed. It may stand in the heading or in the lead of a list.
    pub trigger: Option<Span>,
    /// The trigger's group, by which an element may tell "moet" from "stelt vast" ([`Lexicon::trigger_group`]).
    pub group: Option<u16>,
    /// The clause reports something done: a past tense or a perfect.
    pub past: bool,
    /// The clause names a day or month.
    pub dated: bool,
}

/// The linguistic layer of one document.
#[derive(Clone, Debug, Default)]
pub struct Language {
    /// Normal forms, each once.
    pub vocabulary: Vec<String>,
    /// Tokens in text order.
    pub tokens: Vec<Token>,
    /// Sentences in text order.
    pub sentences: Vec<Sentence>,
    /// Mentions sorted by sentence, then start. One place may be several concepts.
    pub mentions: Vec<Mention>,
    /// Status triggers in text order.
    pub triggers: Vec<Trigger>,
    /// Per block its role.
    pub roles: Vec<Role>,
    /// Per norm its word classes.
    classes: Vec<lexicon::Classes>,
}

/// The linguistic layer of a document.
pub fn analyse(doc: &Document, lexicon: &Lexicon) -> Language {
    let (tokens, vocabulary) = tokens::tokenise(doc);
    let read = read(doc, lexicon, &tokens, &vocabulary);
    read.with(tokens, vocabulary)
}

/// The linguistic layer of a document but for its tokens: these are found first, and others may need them meanwhile.
pub(crate) struct Read {
    sentences: Vec<Sentence>,
    mentions: Vec<Mention>,
    triggers: Vec<Trigger>,
    roles: Vec<Role>,
    classes: Vec<lexicon::Classes>,
}

impl Read {
    /// With the tokens and vocabulary that it was read from.
    pub(crate) fn with(self, tokens: Vec<Token>, vocabulary: Vec<String>) -> Language {
        let Read { sentences, mentions, triggers, roles, classes } = self;
        Language { vocabulary, tokens, sentences, mentions, triggers, roles, classes }
    }
}

/// Reads the tokens of a document.
pub(crate) fn read(doc: &Document, lexicon: &Lexicon, tokens: &[Token], vocabulary: &[String]) -> Read {
    let classes = sentences::classify(lexicon, vocabulary);
    let words = sentences::Words { tokens, vocabulary, classes: &classes };
    let mut sentences = sentences::split(doc, lexicon, &words);
    let matcher = matching::Matcher::new(doc, lexicon, &words);
    let half = sentences.len() / 2;
    let said = |some: &[Sentence], first: usize| {
        let found = matcher.find(some, first);
        let mentions = matching::mentions(lexicon, tokens, &found);
        (found, mentions)
    };
    let ((mut found, mut mentions), (more, more_mentions)) =
        parallel::both(|| said(&sentences[..half], 0), || said(&sentences[half..], half));
    found.extend(more);
    mentions.extend(more_mentions);
    let triggers = status::triggers(lexicon, tokens, &found, &mut sentences);
    let roles = roles::assign(doc, lexicon, &words, &sentences, &found);
    let mut at = 0;
    for (i, s) in sentences.iter_mut().enumerate() {
        let from = at;
        while mentions.get(at).is_some_and(|m| m.sentence == i as u32) {
            at += 1;
        }
        s.mentions = from as u32..at as u32;
    }
    Read { sentences, mentions, triggers, roles, classes }
}

impl Language {
    /// The norm of a token.
    pub fn norm(&self, token: u32) -> &str {
        &self.vocabulary[self.tokens[token as usize].norm as usize]
    }

    /// The sentence at a byte, or the last one before it.
    pub fn sentence_at(&self, byte: u32) -> usize {
        self.sentences.partition_point(|s| s.span.start <= byte).saturating_sub(1)
    }

    /// The sentences of a block, as a range into [`Language::sentences`].
    pub fn sentences_of(&self, block: usize) -> std::ops::Range<usize> {
        let from = self.sentences.partition_point(|s| s.block < block);
        from..from + self.sentences[from..].partition_point(|s| s.block == block)
    }

    /// The clause of a sentence at a byte.
    pub fn clause_at(&self, sentence: u32, byte: u32) -> Span {
        let s = &self.sentences[sentence as usize];
        let at = s.clauses.partition_point(|c| c.start <= byte).saturating_sub(1);
        s.clauses.get(at).copied().unwrap_or(s.span)
    }

    /// The mentions of a sentence.
    pub fn mentions_of(&self, sentence: usize) -> &[Mention] {
        let r = &self.sentences[sentence].mentions;
        &self.mentions[r.start as usize..r.end as usize]
    }

    fn words(&self) -> sentences::Words<'_> {
        sentences::Words { tokens: &self.tokens, vocabulary: &self.vocabulary, classes: &self.classes }
    }
}

#[cfg(test)]
mod tests;
