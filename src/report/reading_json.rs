//! What was read in a document, as JSON with boxes, for other programs and for looking closely.

use super::json::{SCHEMA_VERSION, TOOL, Tool, rounded};
use super::style::Style;
use super::{Format, Reading};
use crate::document::{BlockKind, Place};
use crate::engine::outcome::DocumentKind;
use crate::language::Role;
use serde::Serialize;

/// The format.
pub const FORMAT: Format<Reading> = Format { name: "json", about: "voor verwerking, met vakken", render };

#[derive(Serialize)]
struct Text<'a> {
    schema_version: u32,
    tool: Tool,
    path: &'a str,
    kind: Option<DocumentKind>,
    partial: bool,
    warnings: &'a [String],
    pages: Vec<Page<'a>>,
    blocks: Vec<Block<'a>>,
}

#[derive(Serialize)]
struct Page<'a> {
    page: u32,
    page_label: Option<&'a str>,
    without_text: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    ocr: bool,
    running: &'a [String],
}

#[derive(Serialize)]
struct Block<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<u8>,
    role: Option<Role>,
    section: Vec<&'a str>,
    annex: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<u32>,
    places: Vec<BlockPlace>,
    text: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cells: Vec<Cell<'a>>,
}

#[derive(Serialize)]
struct Cell<'a> {
    head: Option<&'a str>,
    text: &'a str,
}

#[derive(Serialize)]
struct BlockPlace {
    page: u32,
    page_label: Option<String>,
    line: u32,
    bbox: Option<[f64; 4]>,
}

impl From<Place> for BlockPlace {
    fn from(p: Place) -> Self {
        BlockPlace { page: p.page, page_label: p.page_label, line: p.line, bbox: p.bbox.map(rounded) }
    }
}

fn render(reading: &Reading, _: Style) -> String {
    let document = &reading.document;
    let text = Text {
        schema_version: SCHEMA_VERSION,
        tool: TOOL,
        path: &reading.path,
        kind: reading.kind,
        partial: reading.partial,
        warnings: &reading.warnings,
        pages: document
            .pages
            .iter()
            .map(|p| Page { page: p.number, page_label: p.label.as_deref(), without_text: p.without_text, ocr: p.ocr, running: &p.running })
            .collect(),
        blocks: document
            .blocks
            .iter()
            .enumerate()
            .map(|(n, b)| Block {
                kind: kind_of(b.kind),
                level: if let BlockKind::Heading(level) = b.kind { Some(level) } else { None },
                role: reading.roles.get(n).copied(),
                section: document.section_path(b.section),
                annex: document.sections.get(b.section).is_some_and(|s| s.annex),
                group: b.group,
                places: document.places(b.span).into_iter().map(BlockPlace::from).collect(),
                text: document.slice(b.span),
                cells: b.cells.iter().map(|c| Cell { head: c.head.map(|h| document.slice(h)), text: document.slice(c.span) }).collect(),
            })
            .collect(),
    };
    serde_json::to_string_pretty(&text).expect("strings and numbers are JSON") + "\n"
}

fn kind_of(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Heading(_) => "heading",
        BlockKind::Paragraph => "paragraph",
        BlockKind::ListItem => "list_item",
        BlockKind::TableHead => "table_head",
        BlockKind::TableRow => "table_row",
        BlockKind::Caption => "caption",
        BlockKind::Footnote => "footnote",
        BlockKind::Aside => "aside",
        BlockKind::Contents => "contents",
    }
}
