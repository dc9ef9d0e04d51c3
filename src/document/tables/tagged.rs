//! Tables of a tagged PDF: rows, columns and spans as the tags have them, if that is how the words stand on the page.

use super::{Piece, Table, TableRow};
use crate::document::sheet::{self, Seg, Sheet, union};
use crate::document::tags::Tags;
use crate::ingest::Rect;
use std::collections::BTreeMap;

/// Words in a cell from which on it is text laid out in a table.
const PROSE: usize = 45;

/// The words of a cell on this page.
struct Found {
    row: u32,
    column: usize,
    span: usize,
    head: bool,
    r: Rect,
    words: Vec<u32>,
}

/// The tables that the tags name and the page bears out; their segments are marked as used.
pub(super) fn tables(sheet: &Sheet, tags: &Tags, used: &mut [bool]) -> Vec<Table> {
    let mut cells: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (w, word) in (0u32..).zip(&sheet.words) {
        if word.said.cell > 0 {
            cells.entry(word.said.cell - 1).or_default().push(w);
        }
    }
    let mut found: BTreeMap<u32, Vec<Found>> = BTreeMap::new();
    for (cell, words) in cells {
        let (Some(tag), Some(r)) = (tags.cells.get(cell as usize), sheet::bounds(words.iter().map(|&w| &sheet.words[w as usize].r))) else {
            continue;
        };
        let (column, span) = (usize::from(tag.column), usize::from(tag.span));
        found.entry(tag.table).or_default().push(Found { row: tag.row, column, span, head: tag.head, r, words });
    }
    found.into_values().filter_map(|cells| table(sheet, cells, used)).collect()
}

fn table(sheet: &Sheet, mut cells: Vec<Found>, used: &mut [bool]) -> Option<Table> {
    cells.sort_by_key(|c| (c.row, c.column));
    let columns = cells.iter().map(|c| c.column + c.span).max()?;
    place_by_side(&mut cells, columns);
    let words: usize = cells.iter().map(|c| c.words.len()).sum();
    let rows = cells.chunk_by(|a, b| a.row == b.row).count();
    if columns < 2 || rows < 2 || words > PROSE * cells.len() || !stands_so(sheet, &cells) {
        return None;
    }
    // Its segments: what stands in one line with other text is cut wrongly, here or there.
    let mut own = vec![false; sheet.words.len()];
    cells.iter().flat_map(|c| &c.words).for_each(|&w| own[w as usize] = true);
    let mut taken: Vec<usize> = Vec::new();
    let mut line_of: BTreeMap<u32, u32> = BTreeMap::new();
    for (i, seg) in sheet.segs.iter().enumerate() {
        let inside = seg.words.iter().filter(|&&w| own[w as usize]).count();
        if inside == 0 {
            continue;
        }
        if used[i] || inside < seg.words.len() {
            return None;
        }
        line_of.extend(seg.words.iter().map(|&w| (w, seg.row)));
        taken.push(i);
    }
    // Words that were read as something else already (a contents list) are not read twice.
    if line_of.len() < words {
        return None;
    }
    let r = cells.iter().map(|c| c.r).reduce(union)?;
    let mut extents = vec![(f32::INFINITY, f32::NEG_INFINITY); columns];
    let (mut table_rows, mut refs) = (Vec::new(), Vec::new());
    let headed = cells.chunk_by(|a, b| a.row == b.row).next().is_some_and(|first| first.iter().all(|c| c.head) && first[0].row == 0);
    for row in cells.chunk_by(|a, b| a.row == b.row) {
        let mut texts: Vec<Vec<Piece>> = vec![Vec::new(); columns];
        for cell in row {
            let extent = &mut extents[cell.column];
            *extent = (extent.0.min(cell.r.x0), extent.1.max(cell.r.x1));
            for line in lines(sheet, &cell.words) {
                refs.extend(&line.refs);
                let row = line.words.iter().find_map(|w| line_of.get(w)).copied().unwrap_or(line.row);
                texts[cell.column].push(Piece { text: line.text, r: line.r, row, size: line.size, bold: line.bold });
            }
        }
        table_rows.push(TableRow { cells: texts });
    }
    // A column under a merged cell only: as wide as nothing.
    let mut at = r.x0;
    for extent in &mut extents {
        if !extent.0.is_finite() {
            *extent = (at, at);
        }
        at = extent.1;
    }
    taken.into_iter().for_each(|i| used[i] = true);
    Some(Table { r, rows: table_rows, headed, columns: extents, refs })
}

/// Gives the cells of rows that lack some the column that they stand in: some programs give empty cells no tag.
fn place_by_side(cells: &mut [Found], columns: usize) {
    // The sides of columns, by the rows that lack none.
    let mut sides = vec![(f32::INFINITY, f32::NEG_INFINITY); columns];
    for row in cells.chunk_by(|a, b| a.row == b.row).filter(|row| row.len() == columns) {
        row.iter().zip(&mut sides).for_each(|(c, side)| *side = (side.0.min(c.r.x0), side.1.max(c.r.x1)));
    }
    if !sides.iter().all(|side| side.0.is_finite()) {
        return;
    }
    for row in cells.chunk_by_mut(|a, b| a.row == b.row) {
        if row.len() == columns || row.iter().any(|c| c.span > 1) {
            continue;
        }
        let mut first = 0;
        for cell in row {
            // Left, right or middle of a column line up.
            let off = |&c: &usize| {
                let (left, right) = (cell.r.x0 - sides[c].0, cell.r.x1 - sides[c].1);
                left.abs().min(right.abs()).min((left + right).abs() / 2.0)
            };
            let Some(column) = (first..columns).min_by(|a, b| off(a).total_cmp(&off(b))) else { return };
            cell.column = column;
            first = column + 1;
        }
    }
}

/// Whether the cells of each row stand beside each other, and those of each column below each other.
fn stands_so(sheet: &Sheet, cells: &[Found]) -> bool {
    let size = |c: &Found| sheet.words[c.words[0] as usize].size;
    let beside = cells.windows(2).all(|w| w[0].row != w[1].row || w[0].r.x1 <= w[1].r.x0 + 0.3 * size(&w[1]));
    let mut last: BTreeMap<usize, &Found> = BTreeMap::new();
    let below = cells.iter().all(|c| last.insert(c.column, c).is_none_or(|above| above.r.y1 <= c.r.y0 + 0.5 * size(c)));
    // No cell of one column stands where another column is.
    let mut sides: BTreeMap<usize, (f32, f32)> = BTreeMap::new();
    for cell in cells.iter().filter(|c| c.span == 1) {
        let side = sides.entry(cell.column).or_insert((f32::INFINITY, f32::NEG_INFINITY));
        *side = (side.0.min(cell.r.x0), side.1.max(cell.r.x1));
    }
    let sides: Vec<(f32, f32)> = sides.into_values().collect();
    beside && below && sides.windows(2).all(|w| w[0].1 <= w[1].0 + 0.5 * size(&cells[0]))
}

/// The lines of a cell.
fn lines(sheet: &Sheet, words: &[u32]) -> Vec<Seg> {
    let word = |w: u32| &sheet.words[w as usize];
    let mut order = words.to_vec();
    order.sort_by(|&a, &b| word(a).base.total_cmp(&word(b).base));
    let mut lines: Vec<Vec<u32>> = Vec::new();
    for w in order {
        match lines.last_mut() {
            Some(line) if word(w).base - word(line[0]).base < 0.65 * word(line[0]).size => line.push(w),
            _ => lines.push(vec![w]),
        }
    }
    let by_side = |mut line: Vec<u32>| {
        line.sort_by(|&a, &b| word(a).r.x0.total_cmp(&word(b).r.x0));
        sheet::seg(&sheet.words, line)
    };
    lines.into_iter().map(by_side).collect()
}
