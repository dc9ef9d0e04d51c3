//! The role of each block: what its section's heading says it is, what its own opening words say, or what its form shows.

use super::lexicon::{Lexicon, Owner, RolePlace};
use super::matching::Found;
use super::sentences::Words;
use super::status::{is_dated, is_past};
use super::{Kind, Role, Sentence};
use crate::document::{BlockKind, Document};

/// So many rows in a row of the form "OPR – ondersteuningsplanraad" are a list of abbreviations.
const ABBREVIATION_ROWS: usize = 4;

/// What was found of a role in a block.
#[derive(Clone, Copy, Default)]
struct Seen {
    speaks: u16,
    own: u16,
}

/// The role of every block.
pub(super) fn assign(doc: &Document, lexicon: &Lexicon, words: &Words, sentences: &[Sentence], found: &[Found]) -> Vec<Role> {
    let hits: Vec<(u16, RolePlace, &Found)> = found
        .iter()
        .filter(|f| !f.except)
        .filter_map(|f| match lexicon.owners[f.owner as usize] {
            Owner::Role(rule, place) => Some((rule, place, f)),
            _ => None,
        })
        .collect();
    let block_of = |f: &Found| sentences[f.sentence as usize].block;

    let mut heading: Vec<Option<u16>> = vec![None; doc.blocks.len()];
    let mut own_rule: Vec<Option<u16>> = vec![None; doc.blocks.len()];
    let mut seen: Vec<Seen> = vec![Seen::default(); doc.blocks.len()];
    for &(rule, place, f) in &hits {
        let block = block_of(f);
        let sentence = &sentences[f.sentence as usize];
        match place {
            RolePlace::Heading => {
                let is_heading = matches!(doc.blocks[block].kind, BlockKind::Heading(_));
                if is_heading && heading[block].is_none() && makes_up(words, sentence, f) {
                    heading[block] = Some(rule);
                }
            }
            RolePlace::Start => {
                let start = sentence.tokens.start as usize;
                let opens = words.tokens[start..f.first as usize].iter().all(|t| t.kind == Kind::Mark);
                if opens && first_of_block(sentences, f) {
                    own_rule[block] = own_rule[block].or(Some(rule));
                }
            }
            RolePlace::Anywhere => own_rule[block] = own_rule[block].or(Some(rule)),
            RolePlace::Speaks => seen[block].speaks += 1,
            RolePlace::Own => seen[block].own += 1,
        }
    }
    for s in sentences {
        let range = s.tokens.start as usize..s.tokens.end as usize;
        if is_past(words, range.clone()) && is_dated(words, range) {
            seen[s.block].own += 1;
        }
    }

    let mut sections: Vec<Option<u16>> = Vec::with_capacity(doc.sections.len());
    for s in &doc.sections {
        let own = s.heading.and_then(|h| heading.get(h).copied().flatten());
        let parent = s.parent.and_then(|p| sections.get(p).copied().flatten()).filter(|&r| lexicon.roles[r as usize].inherit);
        sections.push(own.or(parent));
    }

    let mut roles: Vec<Role> = Vec::with_capacity(doc.blocks.len());
    for (i, b) in doc.blocks.iter().enumerate() {
        let role = match b.kind {
            BlockKind::Heading(_) => Role::Heading,
            BlockKind::Contents => Role::Contents,
            _ if ends_in_leader(words, sentences, i) => Role::Contents,
            _ => {
                let rule = own_rule[i].or_else(|| sections.get(b.section).copied().flatten());
                match rule.map(|r| &lexicon.roles[r as usize]) {
                    None => Role::Body,
                    Some(r) if !r.only_speaking => r.role,
                    Some(r) => {
                        let led = b.lead.filter(|&l| l < i).is_some_and(|l| roles[l] == r.role);
                        if seen[i].own == 0 && (seen[i].speaks > 0 || led) { r.role } else { Role::Body }
                    }
                }
            }
        };
        roles.push(role);
    }
    abbreviation_lists(doc, words, sentences, &mut roles);
    roles
}

fn first_of_block(sentences: &[Sentence], f: &Found) -> bool {
    let i = f.sentence as usize;
    i == 0 || sentences[i - 1].block != sentences[i].block
}

/// The form makes up its heading: at most one other word of weight beside it.
fn makes_up(words: &Words, sentence: &Sentence, f: &Found) -> bool {
    let weighty = |i: &u32| {
        let i = *i as usize;
        words.tokens[i].kind == Kind::Word && words.norm(i).len() > 3 && !matches!(words.norm(i), "bijlage" | "hoofdstuk" | "paragraaf")
    };
    let others = sentence.tokens.clone().filter(|i| !(f.first..f.end).contains(i)).filter(weighty).count();
    others <= 1
}

/// "5.1 OOGO met de gemeenten ...... 28".
fn ends_in_leader(words: &Words, sentences: &[Sentence], block: usize) -> bool {
    let from = sentences.partition_point(|s| s.block < block);
    let to = from + sentences[from..].partition_point(|s| s.block == block);
    if from == to {
        return false;
    }
    let (start, end) = (sentences[from].tokens.start as usize, sentences[to - 1].tokens.end as usize);
    end - start >= 3 && words.tokens[end - 1].kind == Kind::Number && words.norm(end - 2) == "..."
}

/// Rows, items or lines that each open with an abbreviation and its meaning, several together.
fn abbreviation_lists(doc: &Document, words: &Words, sentences: &[Sentence], roles: &mut [Role]) {
    let mut run = 0;
    let first_sentence = |block: usize| sentences.get(sentences.partition_point(|s| s.block < block)).filter(|s| s.block == block);
    for i in 0..=doc.blocks.len() {
        let explains = i < doc.blocks.len()
            && roles[i] == Role::Body
            && first_sentence(i).is_some_and(|s| {
                let (start, end) = (s.tokens.start as usize, s.tokens.end as usize);
                let surface = doc.slice(words.tokens[start].span);
                let capitals = surface.chars().filter(|c| c.is_uppercase()).count();
                end - start >= 3
                    && end - start <= 30
                    && words.tokens[start].kind == Kind::Word
                    && surface.len() <= 8
                    && capitals >= 2
                    && matches!(words.norm(start + 1), "-" | ":" | "=" | "|")
                    && words.tokens[start + 2].kind == Kind::Word
                    && words.tokens[start..end].iter().all(|t| t.kind != Kind::Number)
            });
        if explains {
            run += 1;
            continue;
        }
        if run >= ABBREVIATION_ROWS {
            roles[i - run..i].fill(Role::Glossary);
        }
        run = 0;
    }
}
