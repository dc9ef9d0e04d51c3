//! Drafts to Document: one text out of the drafts' texts, spans and sections, and the place of every line.

use super::hyphen::{self, Join, Vocabulary};
use super::{Block, BlockKind, Cell, Document, LinePlace, PageInfo, Section, Span, labels};
use crate::ingest::Rect;

/// Where a piece of text was drawn.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Spot {
    /// Page number from 1.
    pub page: u32,
    /// Line on the page from 1.
    pub line: u32,
    /// Box in view coordinates.
    pub rect: Option<Rect>,
}

/// A block in the making.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// What it is.
    pub kind: BlockKind,
    /// Its text so far.
    pub text: String,
    /// Where each stretch of the text was drawn: its end and place, in order.
    marks: Vec<(usize, Spot)>,
    /// Byte ranges of the cells.
    cells: Vec<(usize, usize)>,
    /// For each cell: the head cell of its column.
    pub heads: Vec<Option<usize>>,
    /// Index of the draft with the column heads.
    pub head: Option<usize>,
    /// Table or list.
    pub group: Option<u32>,
    /// Index of the draft that introduces the group.
    pub lead: Option<usize>,
    /// In a box with a heading of its own.
    pub boxed: bool,
}

impl Draft {
    /// An empty draft.
    pub(super) fn new(kind: BlockKind) -> Draft {
        Draft {
            kind,
            text: String::new(),
            marks: Vec::new(),
            cells: Vec::new(),
            heads: Vec::new(),
            head: None,
            group: None,
            lead: None,
            boxed: false,
        }
    }

    /// A draft of one line.
    pub(super) fn line(kind: BlockKind, text: &str, spot: Spot) -> Draft {
        let mut draft = Draft::new(kind);
        draft.push(text, spot, &Vocabulary::default());
        draft
    }

    /// Appends a drawn line, joined to what stands there.
    pub(super) fn push(&mut self, line: &str, spot: Spot, words: &Vocabulary) {
        let joined = if self.text.is_empty() { Join::Keep } else { hyphen::join(&self.text, line, words) };
        self.append(line, spot, joined);
    }

    fn append(&mut self, line: &str, spot: Spot, joined: Join) {
        let start = self.cells.last().map_or(0, |c| c.0);
        match joined {
            Join::Drop if self.text.len() > start => self.pop(),
            // A soft hyphen is never part of the text.
            _ if self.text.len() > start && self.text.ends_with('\u{AD}') => self.pop(),
            _ => {}
        }
        if joined == Join::Space && self.text.len() > start && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
        if let Some(last) = self.marks.last_mut() {
            last.0 = self.text.len();
        }
        push_clean(&mut self.text, line);
        match self.marks.last_mut() {
            Some(last) if last.0 == self.text.len() => {}
            _ => self.marks.push((self.text.len(), spot)),
        }
    }

    /// Takes off the last character: a hyphen.
    fn pop(&mut self) {
        self.text.pop();
        // A line that was nothing but its hyphen leaves nothing to mark.
        while self.marks.len() > 1 && self.marks[self.marks.len() - 2].0 >= self.text.len() {
            self.marks.pop();
        }
        if let Some(last) = self.marks.last_mut() {
            last.0 = self.text.len();
        }
        if let Some(cell) = self.cells.last_mut() {
            cell.1 = cell.1.min(self.text.len()).max(cell.0);
        }
    }

    /// Starts the next cell of a row.
    pub(super) fn cell(&mut self, head: Option<usize>) {
        if self.cells.last().is_some_and(|c| self.text.len() > c.0) && self.text.ends_with('\u{AD}') {
            self.pop();
        }
        if !self.cells.is_empty() {
            self.text.push_str(" | ");
            if let Some(last) = self.marks.last_mut() {
                last.0 = self.text.len();
            }
        }
        self.cells.push((self.text.len(), self.text.len()));
        self.heads.push(head);
    }

    /// Appends a drawn line to the cell begun last.
    pub(super) fn push_in_cell(&mut self, line: &str, spot: Spot, words: &Vocabulary) {
        let Some(&(start, _)) = self.cells.last() else { return };
        let joined = if self.text.len() == start { Join::Keep } else { hyphen::join(&self.text[start..], line, words) };
        self.append(line, spot, joined);
        if let Some(cell) = self.cells.last_mut() {
            cell.1 = self.text.len();
        }
    }

    /// Where its last line was drawn.
    pub(super) fn last_spot(&self) -> Spot {
        self.marks.last().map_or(Spot::default(), |m| m.1)
    }
}

/// Appends text with white space collapsed to single spaces, soft hyphens, zero-width and control characters left out (a soft
/// hyphen at the very end stays: the next line decides on it).
fn push_clean(out: &mut String, text: &str) {
    if text.is_ascii() && !text.as_bytes().windows(2).any(|w| w == b"  ") && !text.bytes().any(|b| b < 0x20 || b == 0x7F) {
        out.push_str(text.trim_matches(' '));
        return;
    }
    let start = out.len();
    let mut space = false;
    let text = text.trim();
    for (i, c) in text.char_indices() {
        if c.is_whitespace() {
            space = true;
            continue;
        }
        let last = i + c.len_utf8() == text.len();
        if (c == '\u{AD}' && !last)
            || c.is_control()
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{202A}'..='\u{202E}' | '\u{FFFE}' | '\u{FFFF}')
        {
            continue;
        }
        if space && out.len() > start {
            out.push(' ');
        }
        space = false;
        out.push(c);
    }
}

/// A text with white space collapsed and invisible characters left out.
pub(super) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_clean(&mut out, text);
    out
}

/// Makes the Document out of drafts in reading order.
pub(super) fn assemble(drafts: Vec<Draft>, pages: Vec<PageInfo>) -> Document {
    let mut doc = Document { pages, ..Document::default() };
    doc.text.reserve(drafts.iter().map(|d| d.text.len() + 1).sum());
    // Drafts without text leave no block: what points at them must follow.
    let mut index: Vec<Option<usize>> = Vec::with_capacity(drafts.len());
    let mut next = 0;
    let mut boxed: Vec<bool> = Vec::new();
    for draft in &drafts {
        let kept = !draft.text.trim_matches(|c: char| c.is_whitespace() || c == '\u{AD}').is_empty() && !draft.marks.is_empty();
        index.push(kept.then_some(next));
        next += usize::from(kept);
        boxed.extend(kept.then_some(draft.boxed));
    }
    let mut starts = vec![0usize; drafts.len()];
    for (i, draft) in drafts.iter().enumerate() {
        let Some(_) = index[i] else { continue };
        if !doc.text.is_empty() {
            doc.text.push('\n');
        }
        let start = doc.text.len();
        starts[i] = start;
        let text = draft.text.strip_suffix('\u{AD}').unwrap_or(&draft.text);
        doc.text.push_str(text);
        let mut from = 0;
        for (m, &(end, spot)) in draft.marks.iter().enumerate() {
            let end = if m + 1 == draft.marks.len() { text.len() } else { end.min(text.len()) };
            if end > from {
                doc.lines.push(LinePlace {
                    span: Span::new(start + from, start + end),
                    page: spot.page.max(1),
                    line: spot.line,
                    rect: spot.rect,
                });
            }
            from = end.max(from);
        }
        let resolve = |target: Option<usize>| target.and_then(|t| index.get(t).copied().flatten());
        let head = draft.head.filter(|&h| h < i && index[h].is_some());
        let cells = draft
            .cells
            .iter()
            .zip(&draft.heads)
            .map(|(&(s, e), h)| {
                let (s, e) = (s.min(text.len()), e.min(text.len()));
                let head = head.zip(*h).and_then(|(row, cell)| {
                    let &(hs, he) = drafts[row].cells.get(cell)?;
                    (he > hs).then(|| Span::new(starts[row] + hs, starts[row] + he))
                });
                Cell { span: Span::new(start + s, start + e), head }
            })
            .collect();
        doc.blocks.push(Block {
            kind: draft.kind,
            span: Span::new(start, doc.text.len()),
            section: 0,
            cells,
            group: draft.group,
            lead: resolve(draft.lead),
        });
    }
    sections(&mut doc, &boxed);
    doc
}

/// Makes the tree of sections out of the heading blocks. What stands in a box is a section in the one around it, which goes on after it.
fn sections(doc: &mut Document, boxed: &[bool]) {
    doc.sections.push(Section { heading: None, level: 0, parent: None, span: Span::new(0, doc.text.len()), annex: false });
    let mut open = vec![0usize];
    let mut around: Option<Vec<usize>> = None;
    for (b, &boxed) in boxed.iter().enumerate() {
        let span = doc.blocks[b].span;
        match (boxed, &mut around) {
            (true, None) => around = Some(open.clone()),
            (false, Some(_)) => open = around.take().unwrap_or_default(),
            _ => {}
        }
        if let BlockKind::Heading(level) = doc.blocks[b].kind {
            let level = level.max(1);
            doc.blocks[b].kind = BlockKind::Heading(level);
            while open.len() > 1 && doc.sections[open[open.len() - 1]].level >= level {
                open.pop();
            }
            let parent = open[open.len() - 1];
            let annex = doc.sections[parent].annex || labels::is_annex(doc.slice(span));
            open.push(doc.sections.len());
            doc.sections.push(Section { heading: Some(b), level, parent: Some(parent), span, annex });
        }
        doc.blocks[b].section = open[open.len() - 1];
        for &s in &open[1..] {
            doc.sections[s].span.end = span.end;
        }
    }
}
