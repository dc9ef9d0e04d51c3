//! The Document: reading order made explicit. One text; byte ranges ([`Span`]) into it are the only coordinates, and
//! [`Document::places`] is the one function that turns a range into page, printed page label, line and box.
//!
//! Knows layout, nothing of PDF operators, Dutch law or verdicts.
//!
//! ```text
//! text        lines of a text or Markdown file -> drafts
//! tags        what a tagged PDF says of its words, and how far it is believed
//! sheet       a page made ready: upright words on lines, rules sorted; watermarks set apart
//! running     running heads, feet and page numbers out of the text
//! tables      tables by rules or by columns that line up
//! regions     boxes, notes and columns of a page in reading order
//! paragraphs  lines of a column -> paragraphs, items, captions, titles
//! parts       regions -> paragraphs, notes, boxes; pull quotes apart
//! headings    levels by number, outline, contents list and style
//! flow        regions of all pages -> drafts; what was broken joined
//! build       drafts -> Document: one text, blocks, sections, lines
//! hyphen      whether a hyphen at a line end belongs to the word
//! labels      what the first characters of a line say: bullets, numbering, captions
//! ```

mod build;
mod flow;
mod headings;
mod hyphen;
mod labels;
mod paragraphs;
mod parts;
mod regions;
mod running;
mod sheet;
mod tables;
mod tags;
mod text;

use crate::ingest::{Content, Rect, Source};

/// Reads the structure of a document: reading order, blocks, sections and places. Gives a Document for any source; what
/// cannot be understood stays in as paragraphs.
pub fn build(source: &Source) -> Document {
    match &source.content {
        Content::Lines { markdown, lines } => text::read(lines, *markdown),
        Content::Pages(pages) => flow::read(pages, &source.outline, &source.tags),
    }
}

/// A byte range in [`Document::text`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from `start` to `end`.
    pub fn new(start: usize, end: usize) -> Span {
        Span { start: start as u32, end: end as u32 }
    }
    /// As a range for indexing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
    /// Whether they share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
    /// The smallest span around both.
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }
    /// Whether nothing lies in it.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }
}

/// What a block is by its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum BlockKind {
    /// A heading; level 1 is the highest.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// One item of a list; its bullet or number is not part of the text.
    ListItem,
    /// The row of column heads of a table.
    TableHead,
    /// A row of a table.
    TableRow,
    /// Caption of a table or figure ("Tabel 1. Deelnemers").
    Caption,
    /// A footnote.
    Footnote,
    /// A side note, margin comment or pull quote: outside the running text.
    Aside,
    /// A line of a contents list.
    Contents,
}

/// A cell of a table row.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Cell {
    /// Its text.
    pub span: Span,
    /// The text of its column's head, if the table has one.
    pub head: Option<Span>,
}

/// A block: a heading, paragraph, list item, table row, caption, footnote, side note or contents line. Blocks follow each other in
/// the text, separated by a newline; a block's text holds no newline. The cells of a row are separated by " | ".
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its text.
    pub span: Span,
    /// Index of the section it stands in (a heading stands in the section it opens).
    pub section: usize,
    /// For table heads and rows: the cells.
    pub cells: Vec<Cell>,
    /// For table heads, rows and their caption: which table; for list items: which list (blocks of one table or list share the number).
    pub group: Option<u32>,
    /// For the caption's table rows and the list's items: the block that introduces the group (caption, or the paragraph ending in a colon).
    pub lead: Option<usize>,
}

/// A section: a heading and all that stands under it until the next heading of the same or a higher level. Section 0 is the
/// document itself and has no heading.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Section {
    /// The heading block; None for section 0.
    pub heading: Option<usize>,
    /// 0 for the document, then the heading's level.
    pub level: u8,
    /// The section around it.
    pub parent: Option<usize>,
    /// From the heading to the end of the last block inside, sub-sections included.
    pub span: Span,
    /// In an annex (its own heading or one around it says "Bijlage").
    pub annex: bool,
}

/// A page of the document.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct PageInfo {
    /// Counts from 1.
    pub number: u32,
    /// Printed page label: PageLabels, else the page number found in the running head or foot.
    pub label: Option<String>,
    /// The page has something on it but no text layer, or its text could not be decoded.
    pub without_text: bool,
    /// What it says was read by OCR.
    pub ocr: bool,
    /// Running heads, feet and page numbers, set apart from the text, in order.
    pub running: Vec<String>,
    /// Geometry, for boxes.
    pub geometry: crate::ingest::Geometry,
}

/// A stretch of the text with its place: one drawn line (or part of it) of one block.
#[derive(Clone, Copy, Debug, serde::Serialize, serde::Deserialize)]
pub struct LinePlace {
    /// The text it covers.
    pub span: Span,
    /// Page number from 1.
    pub page: u32,
    /// Line on the page from 1 (in a text file: in the file).
    pub line: u32,
    /// Box in view coordinates; None in a text file.
    pub rect: Option<Rect>,
}

/// Where a range stands. Made only by [`Document::places`].
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Place {
    /// Page number from 1.
    pub page: u32,
    /// Printed label of that page.
    pub page_label: Option<String>,
    /// Line on the page where it begins.
    pub line: u32,
    /// Box in PDF user space: x0, y0, x1, y1, points, origin lower left of the unrotated page; None in a text file.
    pub bbox: Option<[f32; 4]>,
    /// What stands there was read by OCR.
    pub ocr: bool,
}

/// A document as understood.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Document {
    /// All text in reading order.
    pub text: String,
    /// Blocks in text order.
    pub blocks: Vec<Block>,
    /// Sections; 0 is the document.
    pub sections: Vec<Section>,
    /// Pages in order.
    pub pages: Vec<PageInfo>,
    /// Lines with their place, in text order, without gaps inside a block.
    pub lines: Vec<LinePlace>,
}

impl Document {
    /// The text of a span.
    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.range()]
    }

    /// The places of a span, one per page it touches, in the order of the pages; boxes end where the page does.
    pub fn places(&self, span: Span) -> Vec<Place> {
        let first = self.lines.partition_point(|l| l.span.end <= span.start);
        let mut places: Vec<(u32, u32, Option<Rect>)> = Vec::new();
        for l in self.lines[first..].iter().take_while(|l| l.span.start < span.end) {
            // A row that a page breaks comes back to its first page with every cell.
            match places.iter_mut().rev().find(|place| place.0 == l.page) {
                Some((_, _, rect)) => {
                    *rect = match (*rect, l.rect) {
                        (Some(a), Some(b)) => Some(Rect { x0: a.x0.min(b.x0), y0: a.y0.min(b.y0), x1: a.x1.max(b.x1), y1: a.y1.max(b.y1) }),
                        (a, b) => a.or(b),
                    }
                }
                None => places.push((l.page, l.line, l.rect)),
            }
        }
        places.sort_unstable_by_key(|place| place.0);
        let place = |(page, line, rect): (u32, u32, Option<Rect>)| {
            let info = self.pages.get((page as usize).saturating_sub(1));
            let bbox = rect.zip(info).map(|(r, info)| {
                let [x0, y0, x1, y1] = info.geometry.visible;
                let [a, b, c, d] = info.geometry.to_user(r);
                [a.max(x0).min(x1), b.max(y0).min(y1), c.max(x0).min(x1), d.max(y0).min(y1)]
            });
            let (page_label, ocr) = (info.and_then(|i| i.label.clone()), info.is_some_and(|i| i.ocr));
            Place { page, page_label, line, bbox, ocr }
        };
        places.into_iter().map(place).collect()
    }

    /// Index of the block at a byte (or the last one before it).
    pub fn block_at(&self, byte: u32) -> usize {
        self.blocks.partition_point(|b| b.span.start <= byte).saturating_sub(1)
    }

    /// Headings from the outermost to the innermost section around a block.
    pub fn section_path(&self, section: usize) -> Vec<&str> {
        let mut path = Vec::new();
        let mut at = Some(section);
        while let Some(s) = at {
            let sec = &self.sections[s];
            if let Some(h) = sec.heading {
                path.push(self.slice(self.blocks[h].span));
            }
            at = sec.parent;
        }
        path.reverse();
        path
    }
}
