//! Bytes in, runs with their place out. The only module that knows file formats and PDF libraries; nothing here knows
//! Dutch, norms or verdicts.
//!
//! Every document is hostile until read: [`read`] is bounded by [`Limits`], never panics and never recurses without a guard.

use std::time::{Duration, Instant};

mod image;
mod kind;
mod ocr;
mod pdf;
pub mod picture;
mod text;

pub use ocr::{Missing, Ocr};

/// Reads one document.
///
/// The content decides what it is: a PDF has its header within the first 1024 bytes (ISO 32000-1, 7.5.2, and Annex H), or further
/// on in what is no text or is named so; text and Markdown are told apart by `file_name` only. Never panics, whatever `bytes` hold, and stays within `limits`.
///
/// # Errors
/// [`Unreadable`] if nothing at all can be read. A document of which a part can be read is a [`Source`] with `partial` set
/// and a warning that names the part.
pub fn read(file_name: &str, bytes: &[u8], limits: &Limits) -> Result<Source, Unreadable> {
    read_with(file_name, bytes, limits, None)
}

/// As [`read`]; pages of a PDF without readable text are read by OCR, if it is given.
///
/// # Errors
/// As [`read`].
pub fn read_with(file_name: &str, bytes: &[u8], limits: &Limits, ocr: Option<&Ocr>) -> Result<Source, Unreadable> {
    let deadline = Instant::now().checked_add(limits.time);
    if bytes.is_empty() {
        return Err(Unreadable::Empty);
    }
    if bytes.len() > limits.bytes {
        return Err(Unreadable::TooLarge(format!("{} MB, de grens is {} MB", bytes.len().div_ceil(1 << 20), limits.bytes >> 20)));
    }
    match kind::recognise(file_name, bytes) {
        kind::Kind::Pdf => pdf::read(bytes, limits, deadline, ocr),
        kind::Kind::Text { markdown } => Ok(text::read(bytes, markdown)),
        kind::Kind::Other(found) => Err(Unreadable::NotADocument { found: found.to_string() }),
    }
}

/// A rectangle on a page in points, in *view* coordinates: the page as displayed (crop box and `/Rotate` applied), origin
/// top left, y growing downwards. [`Geometry::to_user`] gives PDF user space.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Rect {
    /// Left.
    pub x0: f32,
    /// Top.
    pub y0: f32,
    /// Right.
    pub x1: f32,
    /// Bottom.
    pub y1: f32,
}

/// Page geometry: the visible box in PDF user space (points, y up) and the rotation.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Geometry {
    /// MediaBox and CropBox intersected: x0, y0, x1, y1 in user space.
    pub visible: [f32; 4],
    /// Clockwise rotation of the page when displayed: 0, 90, 180 or 270.
    pub rotate: u16,
}

impl Default for Geometry {
    fn default() -> Self {
        Geometry { visible: [0.0, 0.0, 595.0, 842.0], rotate: 0 }
    }
}

impl Geometry {
    /// Width and height of the page as displayed, in points.
    pub fn view_size(&self) -> (f32, f32) {
        let [x0, y0, x1, y1] = self.visible;
        if self.rotate.is_multiple_of(180) { (x1 - x0, y1 - y0) } else { (y1 - y0, x1 - x0) }
    }

    /// A point of user space in view coordinates (pdf.md, "Page geometry").
    pub fn to_view(&self, x: f32, y: f32) -> (f32, f32) {
        let [x0, y0, x1, y1] = self.visible;
        match self.rotate {
            90 => (y - y0, x - x0),
            180 => (x1 - x, y - y0),
            270 => (y1 - y, x1 - x),
            _ => (x - x0, y1 - y),
        }
    }

    /// A view rectangle as a PDF user space box: x0, y0 (lower left), x1, y1 (upper right) of the unrotated page.
    pub fn to_user(&self, r: Rect) -> [f32; 4] {
        let [x0, y0, x1, y1] = self.visible;
        let point = |vx: f32, vy: f32| match self.rotate {
            90 => (vy + x0, vx + y0),
            180 => (x1 - vx, vy + y0),
            270 => (x1 - vy, y1 - vx),
            _ => (vx + x0, y1 - vy),
        };
        let (ax, ay) = point(r.x0, r.y0);
        let (bx, by) = point(r.x1, r.y1);
        [ax.min(bx), ay.min(by), ax.max(bx), ay.max(by)]
    }
}

/// A word as drawn: glyphs without white space between them, in one font and size, with its box.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Run {
    /// The text (Unicode, ligatures expanded, soft hyphens kept: structure decides on them).
    pub text: String,
    /// Box of the run, about -0.2 to +0.8 em around the baseline.
    pub rect: Rect,
    /// Effective font size in points.
    pub size: f32,
    /// Set in a bold face.
    pub bold: bool,
    /// Set in an italic or oblique face.
    pub italic: bool,
    /// Reading direction, degrees counter-clockwise from left-to-right as displayed, rounded (0 for normal text).
    pub angle: i16,
    /// White space is drawn before it, however close it stands to the run before.
    pub spaced: bool,
    /// What a tagged PDF says it belongs to.
    pub mark: Mark,
}

/// What a tagged PDF says a run belongs to. A claim of the program that wrote the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Mark {
    /// It says nothing.
    #[default]
    None,
    /// Not to the text: a running head, a page number, decoration.
    Artifact,
    /// To the element at this index in [`Source::tags`].
    Tagged(u32),
}

/// What an element of the structure of a tagged PDF is (ISO 32000-1, 14.8.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A heading, from 1; 0 if it names no level.
    Heading(u8),
    /// The title of the document.
    Title,
    /// A paragraph.
    Paragraph,
    /// A list.
    List,
    /// An item of a list.
    Item,
    /// The bullet or number of an item or note.
    Label,
    /// What an item says.
    Body,
    /// A table.
    Table,
    /// A row of a table.
    Row,
    /// A cell with the head of its row or column.
    HeadCell,
    /// A cell.
    Cell,
    /// A caption.
    Caption,
    /// A footnote or endnote.
    Note,
    /// A contents list or a line of it.
    Contents,
    /// A figure.
    Figure,
    /// Outside the running text.
    Aside,
    /// Not part of the text.
    Artifact,
    /// A part, a division, a stretch of a line.
    Other,
}

/// An element of the structure of a tagged PDF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag {
    /// What it is.
    pub role: Role,
    /// The element around it.
    pub parent: Option<u32>,
    /// Of a cell: how many rows it spans.
    pub row_span: u16,
    /// Of a cell: how many columns it spans.
    pub column_span: u16,
}

/// One page as read.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Counts from 1.
    pub number: u32,
    /// The printed label by the PDF's PageLabels, if it has them.
    pub label: Option<String>,
    /// Geometry.
    pub geometry: Geometry,
    /// Runs in content order.
    pub runs: Vec<Run>,
    /// Thin filled or stroked rectangles and lines (table rules, frames), and filled boxes, in view coordinates.
    pub rules: Vec<Rect>,
    /// Whether the text could be read.
    pub state: PageState,
    /// How crooked it lies, on a scan: so much its lines go down, as a share of their length, in the direction in which they run.
    pub skew: f32,
}

/// What became of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum PageState {
    /// Read.
    #[default]
    Read,
    /// Carries no text at all and draws nothing: an empty page.
    Blank,
    /// Carries no text layer but does draw something (a scan, a picture).
    NoText,
    /// Carries no text layer that can be read; what it says was read by OCR, and may be wrong.
    Ocr,
    /// Could not be read wholly: why (Dutch, for the user). What was read is kept.
    Damaged(String),
}

/// A line of a text or Markdown file.
#[derive(Clone, Debug)]
pub struct Line {
    /// Counts from 1.
    pub number: u32,
    /// Without its line end.
    pub text: String,
}

/// An entry of the PDF outline ("bookmarks").
#[derive(Clone, Debug, PartialEq)]
pub struct OutlineEntry {
    /// Depth, 0 for the top.
    pub depth: u8,
    /// Title as stored.
    pub title: String,
    /// Page number from 1, if the destination is known.
    pub page: Option<u32>,
    /// Top of the destination in view coordinates, if known.
    pub y: Option<f32>,
}

/// What a document holds, by format.
#[derive(Clone, Debug)]
pub enum Content {
    /// A PDF.
    Pages(Vec<Page>),
    /// A text file (`markdown` = false) or a Markdown file.
    Lines {
        /// Read `#`, `-`, `|` as Markdown.
        markdown: bool,
        /// The lines.
        lines: Vec<Line>,
    },
}

/// A document as read: runs or lines with their places, and what was wrong with it.
#[derive(Clone, Debug)]
pub struct Source {
    /// The content.
    pub content: Content,
    /// PDF outline, in order.
    pub outline: Vec<OutlineEntry>,
    /// Structure of a tagged PDF: parents before children, in its reading order.
    pub tags: Vec<Tag>,
    /// What a user should know of the reading, in Dutch, in stable order.
    pub warnings: Vec<String>,
    /// Only part of the document could be read.
    pub partial: bool,
}

/// Bounds on the reading of one document.
#[derive(Clone, Copy, Debug, serde::Serialize, serde::Deserialize)]
pub struct Limits {
    /// Size of the file in bytes.
    pub bytes: usize,
    /// Pages read; the rest is named in a warning.
    pub pages: usize,
    /// Operators per page, forms included.
    pub operators: usize,
    /// Decompressed size of one page's content in bytes.
    pub content_bytes: usize,
    /// Time for one document; pages after it are named as unread.
    pub time: Duration,
    /// Threads for pages.
    pub threads: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { bytes: 256 << 20, pages: 2000, operators: 4_000_000, content_bytes: 64 << 20, time: Duration::from_secs(60), threads: 2 }
    }
}

/// Why a document could not be read at all. `Display` says what is the matter and what to do, in Dutch.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Unreadable {
    /// Zero bytes.
    #[error("het bestand is leeg (0 bytes); lever het document opnieuw aan")]
    Empty,
    /// Neither PDF nor text; says what it looks like.
    #[error("dit is geen PDF maar {found}; zet het document om naar PDF en probeer het opnieuw")]
    NotADocument {
        /// What the first bytes look like, in Dutch ("een PNG-afbeelding").
        found: String,
    },
    /// Needs a password.
    #[error("het document is met een wachtwoord beveiligd; sla het zonder wachtwoord op en probeer het opnieuw")]
    Encrypted,
    /// Structure beyond repair.
    #[error("de PDF is beschadigd en niet te openen ({0}); open het in een PDF-programma, sla het opnieuw op en probeer het weer")]
    Damaged(String),
    /// Above a limit.
    #[error("het document is te groot ({0}); splits het of verhoog de grens")]
    TooLarge(String),
}
