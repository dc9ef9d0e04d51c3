//! For what is missing or weak: the passages that stand nearest, and where it would belong. Fuzzy on headings and words (Sørensen-Dice on
//! letter pairs: "procedure voor plaatsing" is near "plaatsingsprocedure", where Levenshtein sees nothing).

use super::evidence;
use super::likeness::Letters;
use super::outcome::Evidence;
use super::reach::View;
use super::{Analysed, Context};
use crate::checks::{ConceptSet, Element, Pattern, PatternVerdict};
use crate::document::BlockKind;
use crate::language::Role;
use std::collections::BTreeMap;

/// Less than this part of a pattern's words is not near, wherever it stands.
const SAID: f32 = 0.45;

/// Least likeness of a heading.
const LIKE: f64 = 0.55;

fn content(doc: &Analysed, block: usize) -> bool {
    matches!(doc.language.roles[block], Role::Body | Role::Heading | Role::Colofon)
}

/// A heading of a document, ready to be compared.
pub(crate) struct Heading {
    document: usize,
    block: usize,
    letters: Letters,
}

/// The headings of all documents, in order.
fn headings(context: &Context) -> Vec<Heading> {
    let mut out = Vec::new();
    for (document, doc) in context.input.documents.iter().enumerate() {
        for (block, b) in doc.document.blocks.iter().enumerate() {
            if matches!(b.kind, BlockKind::Heading(_)) && content(doc, block) {
                let text = doc.document.slice(b.span).trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ' ');
                out.push(Heading { document, block, letters: Letters::of(&text.to_lowercase()) });
            }
        }
    }
    out
}

/// The heading most like the words under which an element usually stands.
fn heading<'c>(context: &'c Context, e: &Element) -> Option<&'c Heading> {
    let mut best: Option<(&Heading, f64)> = None;
    let words: Vec<Letters> = e.belongs_words.iter().map(|w| Letters::of(w.trim_matches(['*', '@', '=']))).collect();
    for h in context.headings.get_or_init(|| headings(context)) {
        if !super::candidate::may_show(e, context.input.documents[h.document].kind) {
            continue;
        }
        let view = &context.views[h.document];
        let named = view.of_block(h.block).any(|s| view.mentions(s).iter().any(|m| e.belongs.contains(m.concept)));
        // Of another length altogether they are not alike enough to count by themselves.
        let like = words.iter().filter(|w| named || w.at_most(&h.letters) >= LIKE).map(|w| w.like(&h.letters)).fold(0.0, f64::max);
        let score = if named { 1.0 + like } else { like };
        if score >= LIKE && best.is_none_or(|(_, s)| score > s) {
            best = Some((h, score));
        }
    }
    best.map(|(h, _)| h)
}

/// Where it would belong: the section of the trace that there is, a heading of this document, or the place in words.
pub(super) fn belongs(context: &Context, e: &Element, shown: &[Evidence]) -> String {
    if let Some(section) = shown.first().and_then(|s| s.section.last()).filter(|s| !s.is_empty()) {
        return format!("onder \"{section}\"");
    }
    match heading(context, e) {
        Some(h) => {
            let doc = &context.input.documents[h.document].document;
            format!("onder \"{}\"", doc.slice(doc.blocks[h.block].span).split_whitespace().collect::<Vec<_>>().join(" "))
        }
        None => e.belongs_text.clone(),
    }
}

/// The patterns that would show an element; for an element that leans on others, theirs.
fn showing<'a>(context: &Context<'a>, e: &'a Element) -> Vec<&'a Pattern> {
    let others = super::leans(e).into_iter().filter_map(|id| context.checks.element(id)).map(|(_, _, e)| e);
    std::iter::once(e).chain(others).flat_map(|e| &e.patterns).filter(|p| p.verdict == PatternVerdict::Found).collect()
}

/// Per sentence the greatest share of a pattern's words that stand in it, where that is not less than [`SAID`]; the act weighs double.
fn said(view: &View, patterns: &[&Pattern]) -> BTreeMap<u32, f32> {
    let mut most = BTreeMap::new();
    // Per sentence how many of the words beside the act stand in it, and which of them was counted last.
    let mut beside: Vec<(usize, usize)> = Vec::new();
    for p in patterns {
        beside.clear();
        beside.resize(view.doc.language.sentences.len(), (0, 0));
        let mut spoken: Vec<u32> = view.sentences_with(&p.act).collect();
        for (number, w) in (1..).zip(&p.with) {
            for n in view.sentences_with(&w.any) {
                let (count, last) = &mut beside[n as usize];
                if *last != number {
                    (*count, *last) = (*count + 1, number);
                    spoken.push(n);
                }
            }
        }
        spoken.sort_unstable();
        spoken.dedup();
        for n in spoken {
            let has = |set: &ConceptSet| view.mentions(n).iter().any(|m| set.contains(m.concept));
            let beside = beside[n as usize].0;
            let share = |act: f32| (beside as f32 + act) / (p.with.len() as f32 + 2.0);
            if share(2.0) < SAID {
                continue;
            }
            // Words of another subject, unless the words that bring it back stand there too.
            let other = || p.without.iter().any(|w| has(&w.any) && !has(&w.unless));
            // One word of many meanings by itself says nothing.
            let lone = beside == 0 && !p.with.is_empty();
            let said = share(if has(&p.act) { 2.0 } else { 0.0 }) - if lone || other() { 0.25 } else { 0.0 };
            if said >= SAID {
                let most = most.entry(n).or_insert(said);
                *most = said.max(*most);
            }
        }
    }
    most
}

/// At most three passages that speak of the same things without showing the element.
pub(super) fn passages(context: &Context, e: &Element, shown: &[Evidence]) -> Vec<Evidence> {
    let mut scored: Vec<(f32, usize, u32)> = Vec::new();
    let patterns = showing(context, e);
    for (i, doc) in context.input.documents.iter().enumerate().filter(|(_, d)| super::candidate::may_show(e, d.kind)) {
        let view = &context.views[i];
        for (n, said) in said(view, &patterns) {
            let s = view.sentence(n);
            let kind = &doc.document.blocks[s.block].kind;
            if !content(doc, s.block) || matches!(kind, BlockKind::Heading(_) | BlockKind::TableHead | BlockKind::Caption) {
                continue;
            }
            // Where it stands adds little: it is looked at only where it can matter.
            let placed = view.headings(s.block).iter().any(|&h| view.mentions(h).iter().any(|m| e.belongs.contains(m.concept)));
            let score = said + if placed { 0.1 } else { 0.0 };
            if score >= 0.6 {
                scored.push((score, i, n));
            }
        }
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut out: Vec<Evidence> = Vec::new();
    for (_, i, n) in scored {
        let doc = &context.input.documents[i];
        let s = &doc.language.sentences[n as usize];
        let mut q = evidence::passage(doc, s.span, "staat er het dichtst bij");
        q.status = doc.language.status(&doc.document, &context.checks.lexicon, n, s.span).status;
        if !shown.iter().chain(&out).any(|o| o.quote == q.quote) {
            out.push(q);
        }
        if out.len() == 3 {
            break;
        }
    }
    out
}
