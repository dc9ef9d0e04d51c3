//! Dutch statements: tokens, sentences and clauses, concepts in all their forms, the role of each block, and the assertion status of
//! what is said. Holds algorithms only; every word comes from `checks/taal/*.toml` through [`Lexicon`].
//!
//! The status algorithm is of the NegEx / ConText family (Chapman 2001, Harkema 2009; ContextD, Afzal 2014, for Dutch): a trigger, a
//! direction, a scope, terminators, and pseudo-triggers.

pub mod tokens;

use crate::document::Span;
use serde::{Deserialize, Serialize};

/// How a statement is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Stated as fact or as standing policy.
    Asserted,
    /// Denied ("geen", "nooit", "heeft niet ingestemd").
    Negated,
    /// Denied for now ("nog niet", "is er nog geen"): a plan for later.
    NotYet,
    /// Future, plan, proposal, hope, or a placeholder left open.
    Intended,
    /// Law, rule, procedure, competence ("heeft instemmingsrecht", "dient", "wordt eens per vier jaar vastgesteld door").
    Required,
    /// A quotation or paraphrase of what law or inspectie asks, or someone's words.
    Quoted,
    /// Depends on something ("indien", "onder voorbehoud van").
    Conditional,
    /// Said of another time: the previous plan, the former verband.
    Former,
}

/// What a block is by its content and place, found from headings and form with the words of `checks/taal/rollen.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Running text.
    Body,
    /// A heading.
    Heading,
    /// Contents list.
    Contents,
    /// Glossary or list of abbreviations.
    Glossary,
    /// Literature list, further reading.
    Literature,
    /// What the law or the inspectie asks, as a section or box of its own ("Wat de wet van ons vraagt"); cross-tables of legal demands.
    LegalText,
    /// Instructions of a template, forms to fill in.
    Template,
    /// Colofon, cover.
    Colofon,
}

/// A concept of the lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConceptId(pub u16);

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Letters.
    Word,
    /// Digits.
    Number,
    /// Anything else.
    Mark,
}

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

/// The assertion status at a place, and the words that decided it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Assertion {
    /// The status.
    pub status: Status,
    /// The trigger, if one was needed.
    pub trigger: Option<Span>,
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
    /// Per block its role.
    pub roles: Vec<Role>,
}
