//! Tables: as the tags of the document have them, from ruling lines and boxes, or from columns that line up.
//!
//! ```text
//! tagged    what the tags name, if the page bears it out
//! ruled     rows between lines
//! aligned   rows without lines
//! gutters   the white between columns
//! cells     words to columns, lines to rows
//! ```

mod aligned;
mod cells;
mod gutters;
mod ruled;
mod tagged;

use super::labels;
use super::sheet::{self, Sheet, overlap};
use super::tags::Tags;
use crate::ingest::Rect;

/// A line of text in a cell.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub text: String,
    pub r: Rect,
    /// Line on the page.
    pub row: u32,
    size: f32,
    bold: bool,
}

/// A row: the lines of each cell.
#[derive(Clone, Debug, Default)]
pub(super) struct TableRow {
    pub cells: Vec<Vec<Piece>>,
}

impl TableRow {
    fn text(&self) -> String {
        self.cells.iter().map(|c| c.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join(" ")).collect::<Vec<_>>().join("|")
    }
    fn bold(&self) -> bool {
        let mut pieces = self.cells.iter().flatten().filter(|p| p.text.contains(char::is_alphanumeric)).peekable();
        pieces.peek().is_some() && pieces.all(|p| p.bold)
    }
}

/// A table of one page.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub r: Rect,
    pub rows: Vec<TableRow>,
    /// The first row holds the column heads.
    pub headed: bool,
    /// Left and right of each column.
    pub columns: Vec<(f32, f32)>,
    /// Numbers of footnotes referred to.
    pub refs: Vec<u16>,
}

impl Table {
    /// Whether `next` (at the top of a following page) goes on with this table.
    pub(super) fn goes_on(&self, next: &Table) -> bool {
        let width = (self.r.x1 - self.r.x0).max(1.0);
        self.columns.len() == next.columns.len()
            && self.columns.len() > 1
            && (self.r.x0 - next.r.x0).abs() < 0.06 * width
            && ((self.r.x1 - next.r.x1).abs() < 0.12 * width || next.repeats_head(self))
            && (!next.headed || next.repeats_head(self))
    }

    /// A line with something drawn beside and below it, as under a heading.
    fn is_one_cell(&self) -> bool {
        self.rows.len() == 1 && self.rows[0].cells.iter().filter(|c| !c.is_empty()).count() <= 1
    }

    /// Whether its first row repeats the head of `before`.
    pub(super) fn repeats_head(&self, before: &Table) -> bool {
        before.headed && matches!((before.rows.first(), self.rows.first()), (Some(a), Some(b)) if a.text() == b.text())
    }
}

/// Finds the tables of a page and takes their segments out.
pub(super) fn take(sheet: &mut Sheet, tags: &Tags) -> Vec<Table> {
    if sheet.segs.len() > sheet::MANY || sheet.segs.len() < 2 {
        return Vec::new();
    }
    let mut used = vec![false; sheet.segs.len()];
    let mut tables = tagged::tables(sheet, tags, &mut used);
    tables.extend(ruled::tables(sheet, &mut used));
    tables.extend(aligned::tables(sheet, &mut used));
    sheet.leave(&used);
    tables.retain(|t| !t.rows.is_empty());
    tables.sort_by(|a, b| a.r.y0.total_cmp(&b.r.y0));
    tables
}

/// Whether the first line begins in the middle of a sentence of the line above it: columns of text, not rows of a table.
fn goes_on_from_above(sheet: &Sheet, inside: &[usize]) -> bool {
    let row = sheet.segs[inside[0]].row;
    let at = sheet.segs.partition_point(|o| o.row < row);
    let mut above: Vec<usize> = Vec::new();
    for s in inside.iter().map(|&i| &sheet.segs[i]).take_while(|s| s.row == row) {
        let near = (0..at).rev().take_while(|&o| s.base - sheet.segs[o].base < 1.6 * s.size);
        let line = near.map(|o| (o, &sheet.segs[o])).find(|(_, o)| {
            overlap(o.r.x0, o.r.x1, s.r.x0, s.r.x1) > 0.0
                && (o.size - s.size).abs() < 0.1 * s.size
                && !o.bold
                && o.text.split_whitespace().count() >= 4
        });
        let Some((o, line)) = line else { continue };
        if s.text.starts_with(char::is_lowercase) && !labels::ends_sentence(&line.text) && !line.text.ends_with(':') {
            return true;
        }
        above.push(o);
    }
    // Lines of text right above two of the cells, each its own.
    above.dedup();
    above.len() > 1
}
