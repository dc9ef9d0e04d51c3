//! Words go to cells by the column they stand in, lines go to rows by the rules between them or by whether they can be the continuation of the
//! line above.

use super::{Piece, Table, TableRow};
use crate::document::sheet::{self, Seg, Sheet, overlap, union};
use crate::document::{hyphen, labels};
use crate::ingest::Rect;

/// One line of a table: the pieces per column.
struct Line {
    base: f32,
    /// Rules above it.
    band: usize,
    cells: Vec<Option<Piece>>,
}

impl Line {
    fn pieces(&self) -> impl Iterator<Item = &Piece> {
        self.cells.iter().flatten()
    }
    fn size(&self) -> f32 {
        self.pieces().map(|p| p.size).fold(0.0, f32::max)
    }
    fn is_bold(&self, bold: bool) -> bool {
        self.pieces().all(|p| p.bold == bold)
    }
}

/// A row with the rules above it.
struct Banded {
    band: usize,
    row: TableRow,
}

/// The table that the segments in an area make: columns between `bounds_x`, rules between rows at `ruled_y`; `grid` if lines are drawn upright
/// too.
pub(super) fn cells(sheet: &Sheet, inside: &[usize], area: Rect, bounds_x: &[f32], ruled_y: &[f32], grid: bool) -> Table {
    let lines = lines(sheet, inside, bounds_x, ruled_y);
    let mut extents = extents(&lines, bounds_x.len() + 1, area);
    let bands = lines.chunk_by(|a, b| a.band == b.band).count();
    let mut rows = rows(sheet, lines, &extents, area, bands, grid);
    join_columns(&mut rows, &mut extents);
    drop_empty(&mut rows, &mut extents);
    let headed = is_headed(&rows, bands, extents.len());
    let r = inside.iter().fold(area, |r, &i| union(r, sheet.segs[i].r));
    let refs = inside.iter().flat_map(|&i| &sheet.segs[i].refs).copied().collect();
    Table { r, rows: rows.into_iter().map(|l| l.row).collect(), headed, columns: extents, refs }
}

/// The lines, from the top, with their words in columns.
fn lines(sheet: &Sheet, inside: &[usize], bounds_x: &[f32], ruled_y: &[f32]) -> Vec<Line> {
    let columns = bounds_x.len() + 1;
    let column_of = |x: f32| bounds_x.partition_point(|b| *b <= x);
    let band_of = |s: &Seg| ruled_y.partition_point(|y| *y < s.base - 0.3 * s.size);
    let mut lines: Vec<Line> = Vec::new();
    // Where the text of a column starts, by the segments that start in it.
    let mut starts = vec![f32::INFINITY; columns];
    for &i in inside {
        let x = sheet.segs[i].r.x0;
        let start = &mut starts[column_of(x)];
        *start = start.min(x);
    }
    for &i in inside {
        let s = &sheet.segs[i];
        let band = band_of(s);
        // A segment goes whole to a column unless a boundary stands in a gap of it.
        let mut groups: Vec<(usize, Vec<u32>)> = Vec::new();
        for &w in &s.words {
            let r = sheet.words[w as usize].r;
            let column = column_of((r.x0 + r.x1) / 2.0);
            match groups.last_mut() {
                Some((c, ids)) if *c == column => ids.push(w),
                _ => groups.push((column, vec![w])),
            }
        }
        // A cell over several columns: no gap at the boundary.
        let mut merged: Vec<(usize, Vec<u32>)> = Vec::new();
        for (column, ids) in groups {
            if let Some((previous, before)) = merged.last_mut() {
                let left = sheet.words[before[before.len() - 1] as usize].r.x1;
                let right = sheet.words[ids[0] as usize].r.x0;
                // Text drawn over other text may go back a column.
                let boundary = bounds_x[column.max(*previous).max(1) - 1];
                let at_start = starts[column].is_finite() && (right - starts[column]).abs() < 2.5;
                if !(at_start || right - left > 0.45 * s.size && left <= boundary + 2.0 && right >= boundary - 2.0) {
                    before.extend(ids);
                    continue;
                }
            }
            merged.push((column, ids));
        }
        for (column, ids) in merged {
            let part = sheet::seg(&sheet.words, ids);
            let piece = Piece { text: part.text, r: part.r, row: s.row, size: part.size, bold: part.bold };
            match lines.iter_mut().rev().take(3).find(|l| l.band == band && (l.base - s.base).abs() < 0.3 * s.size) {
                Some(line) => match &mut line.cells[column] {
                    Some(p) => {
                        p.text.push(' ');
                        p.text.push_str(&piece.text);
                        p.r = union(p.r, piece.r);
                        p.bold &= piece.bold;
                    }
                    cell => *cell = Some(piece),
                },
                None => {
                    let mut cells = vec![None; columns];
                    cells[column] = Some(piece);
                    lines.push(Line { base: s.base, band, cells });
                }
            }
        }
    }
    lines.sort_by(|a, b| a.band.cmp(&b.band).then(a.base.total_cmp(&b.base)));
    lines
}

/// The width that the text of each column takes: what does not fit in it goes on in the next line.
fn extents(lines: &[Line], columns: usize, area: Rect) -> Vec<(f32, f32)> {
    let extent = |c: usize| {
        let pieces = lines.iter().filter_map(|l| l.cells[c].as_ref());
        let own = pieces.fold((f32::INFINITY, f32::NEG_INFINITY), |e, p| (e.0.min(p.r.x0), e.1.max(p.r.x1)));
        if own.0.is_finite() { own } else { (area.x0, area.x0) }
    };
    (0..columns).map(extent).collect()
}

/// Lines to rows. Rules between the rows: one row per band. Rules only around head and foot: rows by their lines.
fn rows(sheet: &Sheet, mut lines: Vec<Line>, extents: &[(f32, f32)], area: Rect, bands: usize, grid: bool) -> Vec<Banded> {
    let first_band = lines.first().map_or(0, |l| l.band);
    // The head of a ruled table is set in its own way: it tells nothing of the rows.
    let own = |w: &&[Line]| w[0].band == w[1].band && (bands == 1 || w[0].band != first_band);
    let steps = lines.windows(2).filter(own).map(|w| (w[1].base - w[0].base, w[1].size()));
    let pitch = steps.filter(|d| d.0 > 0.7 * d.1).map(|d| d.0).fold(f32::INFINITY, f32::min);
    let fits_bands = {
        // Lines that begin a row, in quarters: one that begins small may be the rest of a row all the same.
        let mut starts = 0;
        for w in lines.windows(2).filter(own).filter(|w| !continues(&w[0], &w[1], extents)) {
            let fresh = w[1].pieces().filter(|p| labels::starts_fresh(&p.text)).count();
            starts += if fresh * 2 >= w[1].pieces().count() { 4 } else { 1 };
        }
        let body = bands.saturating_sub(1).max(1);
        // Few bands with many fresh lines in them: the rules do not separate the rows.
        bands >= 3 && starts <= if grid { 4 * body } else { body }
    };
    // A head of few lines, set close.
    let in_head = lines.iter().filter(|l| l.band == first_band).count();
    let short_head = bands > 1 && lines.len() > 3 && in_head <= 4;
    // A rule under part of a row: heads over several columns, each with heads of its own below it.
    let underlined = |above: &Line, below: &Line| {
        sheet
            .rules_between(above.base, below.base - 0.6 * below.size())
            .any(|h| h.drawn && overlap(h.x0, h.x1, area.x0, area.x1) > 0.15 * (area.x1 - area.x0))
    };
    // Bold heads above a row that no rule parts from them.
    let heads = |above: &Line, below: &Line| !grid && above.band == first_band && above.is_bold(true) && below.is_bold(false);
    let top = lines.first().map_or(0.0, |l| l.base);
    let goes_on = |above: &Line, line: &Line| {
        line.band == above.band
            && !underlined(above, line)
            && !heads(above, line)
            && (fits_bands
                || short_head && line.band == first_band && above.base - top < 3.0 * pitch
                || continues(above, line, extents) && line.base - above.base < 1.3 * pitch)
    };
    let joined: Vec<bool> = (0..lines.len()).map(|i| i > 0 && goes_on(&lines[i - 1], &lines[i])).collect();
    let mut rows: Vec<Banded> = Vec::new();
    for (line, joined) in lines.iter_mut().zip(joined) {
        if !joined {
            rows.push(Banded { band: line.band, row: TableRow { cells: vec![Vec::new(); extents.len()] } });
        }
        let Some(Banded { row, .. }) = rows.last_mut() else { continue };
        for (cell, piece) in row.cells.iter_mut().zip(&mut line.cells) {
            cell.extend(piece.take());
        }
    }
    rows
}

/// A head beside its numbers, not over them: one column.
fn join_columns(rows: &mut [Banded], extents: &mut Vec<(f32, f32)>) {
    let two = rows.len() > 3;
    let heads = |filled: &[usize]| filled.iter().all(|&r| r == 0 || two && r == 1);
    for c in (1..extents.len()).rev() {
        let filled = |c: usize| (0..rows.len()).filter(|&r| !rows[r].row.cells[c].is_empty()).collect::<Vec<_>>();
        let (left, right) = (filled(c - 1), filled(c));
        let apart = !left.is_empty() && !right.is_empty() && !left.iter().any(|r| right.contains(r));
        if apart && (heads(&left) || heads(&right)) {
            for l in rows.iter_mut() {
                let moved = l.row.cells.remove(c);
                l.row.cells[c - 1].extend(moved);
            }
            let gone = extents.remove(c);
            extents[c - 1] = (extents[c - 1].0.min(gone.0), extents[c - 1].1.max(gone.1));
        }
    }
}

/// Columns without text were only drawn.
fn drop_empty(rows: &mut [Banded], extents: &mut Vec<(f32, f32)>) {
    for c in (0..extents.len()).rev() {
        if rows.iter().all(|l| l.row.cells[c].is_empty()) {
            rows.iter_mut().for_each(|l| drop(l.row.cells.remove(c)));
            extents.remove(c);
        }
    }
}

/// Whether the first row holds the heads of the columns.
fn is_headed(rows: &[Banded], bands: usize, columns: usize) -> bool {
    let [Banded { band, row: first }, rest @ ..] = rows else { return false };
    let Some(second) = rest.first() else { return false };
    let numeric = |t: &str| t.contains(|c: char| c.is_ascii_digit()) && !t.contains(|c: char| c.is_alphabetic());
    let filled = first.cells.iter().filter(|c| !c.is_empty()).count();
    let bold_head = first.bold() && rest.iter().filter(|r| r.row.bold()).count() * 2 < rest.len();
    // Booktabs: one row in the first band, more in the next.
    let own_band = second.band != *band && bands >= 2 && bands * 2 <= rows.len() + 1 && rows.len() >= 3;
    let first_cell_bold_only = columns == 2 && filled == 2 && !first.bold();
    let numbers = |r: &Banded| r.row.cells.iter().skip(1).flatten().filter(|p| numeric(&p.text)).count();
    let words_over_numbers = columns >= 3
        && first.cells.iter().flatten().all(|p| !numeric(&p.text))
        && filled >= columns - 1
        && rows.len() >= 3
        && rest.iter().all(|r| numbers(r) * 2 >= columns - 1);
    filled >= columns.div_ceil(2).max(1)
        && (bold_head || (own_band && !first_cell_bold_only) || (own_band && columns > 2) || words_over_numbers)
}

/// Whether a line can only be the continuation of the one above: every cell in it goes on with the cell above.
fn continues(above: &Line, line: &Line, extents: &[(f32, f32)]) -> bool {
    let mut any = false;
    for (c, piece) in line.cells.iter().enumerate() {
        let Some(piece) = piece else { continue };
        any = true;
        let Some(before) = &above.cells[c] else { return false };
        if piece.bold != before.bold {
            return false;
        }
        // The first word of the line would not have fitted above.
        let word = piece.text.split_whitespace().next().map_or(0, |w| w.chars().count());
        let letters = piece.text.chars().count().max(1);
        let needed = (piece.r.x1 - piece.r.x0) * (word as f32 + 1.0) / letters as f32;
        // A fresh start in the first column, and more beside it, may be a row: there the room up to the next column counts.
        let fresh = c == 0 && labels::starts_fresh(&piece.text) && line.pieces().count() > 1;
        let room = extents.get(c + 1).filter(|_| fresh).map_or(extents[c].1, |next| extents[c].1.max(next.0 - 1.6 * piece.size));
        let wrapped = before.r.x1 + needed > room - 0.25 * piece.size;
        let hyphen = before.text.ends_with(hyphen::is_hyphen);
        if !wrapped && !hyphen {
            return false;
        }
        if before.text.chars().all(|c| !c.is_alphabetic()) && !before.text.is_empty() && piece.text.chars().all(|c| !c.is_alphabetic()) {
            return false; // a number under a number
        }
        // Whole phrases under each other in the first column are rows of their own.
        if c == 0 && labels::starts_fresh(&piece.text) && line.pieces().count() == line.cells.len() {
            return false;
        }
    }
    any
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::tags::Tags;
    use crate::ingest::{Page, Run};

    #[test]
    fn text_over_other_text_may_go_back_a_column() {
        let run = |text: &str, x0: f32, x1: f32| Run {
            text: text.into(),
            rect: Rect { x0, y0: 92.0, x1, y1: 102.0 },
            size: 10.0,
            ..Run::default()
        };
        let page = Page { runs: vec![run("een lang woord", 10.0, 200.0), run("x", 20.0, 25.0)], ..Page::default() };
        let sheet = sheet::prepare(&page, &Tags::default());
        let area = Rect { x0: 0.0, y0: 80.0, x1: 210.0, y1: 110.0 };
        assert_eq!(cells(&sheet, &[0], area, &[50.0], &[], false).rows.len(), 1);
    }
}
