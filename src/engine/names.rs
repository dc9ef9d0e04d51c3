//! Names of organisations that an act speaks of: an enumeration in its own sentence, the column under it in a table, or the list, table or
//! text that it introduces as caption, lead or heading. A name is known by its capital; that a row of names is one of organisations, by at
//! least one that says so ("Stichting …", "PCBO").

use super::reach::View;
use crate::checks::Checks;
use crate::document::{Block, BlockKind, Span};
use crate::language::ConceptId;
use std::ops::Range;

/// Names, and where they stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Named {
    /// How many different ones.
    pub count: usize,
    /// From the first to the last.
    pub span: Span,
}

/// An item of a list with more words than this is text, not a name.
const ITEM_WORDS: usize = 16;

/// So many blocks of text may follow a colon and still belong to it.
const FOLLOWING: usize = 60;

/// The names that an act at `at` speaks of; the most that one way of reading gives.
pub(super) fn of(checks: &Checks, view: &View, sentence: u32, at: Span) -> Option<Named> {
    let names = Names { checks, view };
    let s = view.sentence(sentence);
    let block = &view.doc.document.blocks[s.block];
    let own = names.sentence(s.span);
    let around = match block.kind {
        BlockKind::TableHead => names.under(block, at),
        BlockKind::Heading(_) => names.section(s.block),
        _ => names.introduced(s.block),
    };
    [own, around].into_iter().flatten().max_by_key(|n| n.count)
}

struct Names<'a> {
    checks: &'a Checks,
    view: &'a View<'a>,
}

impl Names<'_> {
    fn blocks(&self) -> &[Block] {
        &self.view.doc.document.blocks
    }

    /// The column of a table under the head at `at`.
    fn under(&self, head: &Block, at: Span) -> Option<Named> {
        let cell = head.cells.iter().find(|c| c.span.overlaps(at))?.span;
        self.cells(head.group?, |c, _| c.head.is_some_and(|h| h.overlaps(cell)))
    }

    /// The cells of a table that are meant, if they are names.
    fn cells(&self, group: u32, meant: impl Fn(&crate::document::Cell, usize) -> bool) -> Option<Named> {
        let rows = self.blocks().iter().filter(|b| b.group == Some(group) && b.kind == BlockKind::TableRow);
        let cells = rows.flat_map(|b| b.cells.iter().enumerate().filter(|(i, c)| meant(c, *i)).map(|(_, c)| (b.span, c.span)));
        self.together(cells)
    }

    /// The list or table with this number: its items, or its column that holds most names.
    fn group(&self, group: u32) -> Option<Named> {
        let own = || self.blocks().iter().filter(move |b| b.group == Some(group));
        if own().any(|b| b.kind == BlockKind::ListItem) {
            let short = |b: &&Block| self.view.doc.document.slice(b.span).split_whitespace().count() <= ITEM_WORDS;
            return self.together(own().filter(|b| b.kind == BlockKind::ListItem).filter(short).map(|b| (b.span, b.span)));
        }
        let columns = own().map(|b| b.cells.len()).max().unwrap_or(0);
        (0..columns).filter_map(|k| self.cells(group, |_, i| i == k)).max_by_key(|n| n.count)
    }

    /// Different names among spans, each with the block it is shown by.
    fn together(&self, spans: impl Iterator<Item = (Span, Span)>) -> Option<Named> {
        let mut seen: Vec<&str> = Vec::new();
        let mut around: Option<Span> = None;
        let mut marked = false;
        for (block, span) in spans {
            let text = self.view.doc.document.slice(span).trim();
            if !self.is_name(span, false) || seen.contains(&text) {
                continue;
            }
            seen.push(text);
            marked |= self.is_marked(span);
            around = Some(around.map_or(block, |a| a.join(block)));
        }
        around.filter(|_| marked).map(|span| Named { count: seen.len(), span })
    }

    /// What stands under a heading, down to the next.
    fn section(&self, heading: usize) -> Option<Named> {
        let section = self.blocks()[heading].section;
        self.best(heading + 1, |b| b.section == section)
    }

    /// The list or table that a block introduces, or what follows its colon.
    fn introduced(&self, block: usize) -> Option<Named> {
        let blocks = self.blocks();
        let lead = &blocks[block];
        let leads = |b: &Block| b.lead == Some(block) || lead.kind == BlockKind::Caption && b.group.is_some() && b.group == lead.group;
        if let Some(g) = blocks[block + 1..].iter().take(FOLLOWING).find(|b| leads(b)).and_then(|b| b.group) {
            return self.group(g);
        }
        let text = self.view.doc.document.slice(lead.span).trim_end();
        match lead.kind {
            BlockKind::Paragraph if text.ends_with(':') => {}
            // A line by itself above a list: its title.
            BlockKind::Paragraph if text.split_whitespace().count() <= ITEM_WORDS && !text.ends_with('.') => {
                let next = blocks.get(block + 1).filter(|n| n.section == lead.section)?;
                return next.group.and_then(|g| self.group(g));
            }
            _ => return None,
        }
        let mut found: Option<Named> = None;
        for b in blocks[block + 1..].iter().take(FOLLOWING).take_while(|b| b.section == lead.section) {
            match b.kind {
                BlockKind::Footnote | BlockKind::Aside | BlockKind::Contents => continue,
                BlockKind::Heading(_) => break,
                _ => {}
            }
            let here = match b.group {
                Some(g) if found.is_none() => self.group(g),
                Some(_) => None,
                None => self.text(b),
            };
            let Some(here) = here else { break };
            found = Some(found.map_or(here, |f| Named { count: f.count + here.count, span: f.span.join(here.span) }));
            if b.group.is_some() {
                break;
            }
        }
        found
    }

    /// The block, list or table with most names among those from `first` on.
    fn best(&self, first: usize, within: impl Fn(&Block) -> bool) -> Option<Named> {
        let mut best: Option<Named> = None;
        let mut groups: Vec<u32> = Vec::new();
        for b in self.blocks()[first..].iter().take_while(|b| within(b)) {
            let here = match (b.kind, b.group) {
                (BlockKind::Footnote | BlockKind::Aside | BlockKind::Contents, _) => None,
                (_, Some(g)) if groups.contains(&g) => None,
                (_, Some(g)) => {
                    groups.push(g);
                    self.group(g)
                }
                (_, None) => self.text(b),
            };
            if let Some(h) = here.filter(|h| best.is_none_or(|b| h.count > b.count)) {
                best = Some(h);
            }
        }
        best
    }

    /// The longest enumeration in one sentence of a block.
    fn text(&self, block: &Block) -> Option<Named> {
        let sentences = self.view.of_block(self.view.doc.document.block_at(block.span.start));
        sentences.filter_map(|s| self.sentence(self.view.sentence(s).span)).max_by_key(|n| n.count)
    }

    /// The longest enumeration in a sentence, shown from its first word on.
    fn sentence(&self, span: Span) -> Option<Named> {
        let n = self.run(span)?;
        Some(Named { count: n.count, span: Span { start: span.start, end: n.span.end } })
    }

    /// The longest enumeration of names in a stretch of text.
    fn run(&self, span: Span) -> Option<Named> {
        let text = self.view.doc.document.slice(span);
        let mut best: Option<Named> = None;
        let mut now: Option<(Named, bool)> = None;
        for (i, part) in parts(text).into_iter().enumerate() {
            let part = Span { start: span.start + part.start as u32, end: span.start + part.end as u32 };
            if !self.is_name(part, i == 0) {
                now = None;
                continue;
            }
            let (n, marked) =
                now.map_or((Named { count: 1, span: part }, false), |(n, m)| (Named { count: n.count + 1, span: n.span.join(part) }, m));
            let marked = marked || self.is_marked(part);
            now = Some((n, marked));
            if marked && best.is_none_or(|b| n.count > b.count) {
                best = Some(n);
            }
        }
        best
    }

    /// Has a capital that is not that of a place, of another body or document, or (`first`) of a sentence.
    fn is_name(&self, span: Span, first: bool) -> bool {
        let text = self.view.doc.document.slice(span);
        let places = self.view.doc.facts.municipalities_in(span);
        let mut capital = None;
        for (i, (at, word)) in words(text).enumerate() {
            let big = word.chars().next().is_some_and(char::is_uppercase) && word.chars().count() > 1;
            let start = span.start + at as u32;
            let place = places.iter().any(|p| p.span.start <= start && start < p.span.end);
            let word = Span { start, end: start + word.len() as u32 };
            if big && !place && (!first || i > 0 || self.is_marked(word)) {
                capital = Some(word);
                break;
            }
        }
        let total = words(text).next().is_some_and(|(_, w)| w.to_lowercase().starts_with("tota"));
        capital.is_some_and(|c| !total && !self.says(c, self.checks.known.geen_bestuursnaam))
    }

    /// Says itself that it is an organisation.
    fn is_marked(&self, span: Span) -> bool {
        let abbreviation = |w: &str| w.chars().count() >= 3 && w.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
        let text = self.view.doc.document.slice(span);
        self.says(span, self.checks.known.organisatie)
            || words(text).any(|(_, w)| abbreviation(w) && w.chars().all(|c| c.is_alphabetic() || c == '-'))
    }

    fn says(&self, span: Span, concept: ConceptId) -> bool {
        let block = self.view.doc.document.block_at(span.start);
        self.view.of_block(block).any(|s| self.view.mentions(s).iter().any(|m| m.concept == concept && m.span.overlaps(span)))
    }
}

/// Words of a text with their place, marks around them left out.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_whitespace().filter_map(move |w| {
        let bare = w.trim_matches(|c: char| !c.is_alphanumeric());
        (!bare.is_empty()).then(|| (bare.as_ptr() as usize - text.as_ptr() as usize, bare))
    })
}

/// The parts of an enumeration, brackets blotted out: between commas, semicolons, colons, cells and "en".
fn parts(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut depth = 0usize;
    for (i, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' | ';' | ':' | '|' | '•' if depth == 0 => {
                out.push(start..i);
                start = i + c.len_utf8();
            }
            ' ' if depth == 0 && i >= start => {
                let joint = [" en ", " alsmede ", " evenals ", " alsook "].iter().find(|j| text[i..].starts_with(**j));
                if let Some(j) = joint {
                    out.push(start..i);
                    start = i + j.len() - 1;
                }
            }
            _ => {}
        }
    }
    out.push(start.min(text.len())..text.len());
    out.retain(|r| text.get(r.clone()).is_some_and(|t| !t.trim().is_empty()));
    out
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn an_enumeration_falls_apart_at_its_joints() {
        let of = |t: &'static str| parts(t).into_iter().map(|r| t[r].trim()).collect::<Vec<_>>();
        assert_eq!(
            of("Stichting A, de Vereniging B (acht scholen, twee sbo) en C"),
            ["Stichting A", "de Vereniging B (acht scholen, twee sbo)", "C"]
        );
        assert_eq!(of("leden: A; B | C"), ["leden", "A", "B", "C"]);
        assert_eq!(of(""), Vec::<&str>::new());
    }
}
