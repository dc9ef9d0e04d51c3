//! The line that names a table.

use super::Column;
use crate::document::labels;
use crate::document::sheet::{self, Seg, Sheet, overlap};
use crate::document::tables::Table;

/// Takes out the caption right above a table (or right below it).
pub(super) fn take(sheet: &mut Sheet, table: &Table) -> Option<Column> {
    let width = table.r.x1 - table.r.x0;
    let near = |s: &Seg| overlap(s.r.x0, s.r.x1, table.r.x0 - 6.0, table.r.x1 + 6.0) > 0.8 * (s.r.x1 - s.r.x0);
    // From the table upwards: the lines of the caption.
    let mut above: Vec<usize> = (0..sheet.segs.len()).filter(|&i| sheet.segs[i].base < table.r.y0 + 2.0 && near(&sheet.segs[i])).collect();
    above.reverse();
    let mut lines: Vec<usize> = Vec::new();
    let mut y = table.r.y0;
    let mut found = false;
    for &i in above.iter().take(4) {
        let s = &sheet.segs[i];
        let limit = if lines.is_empty() { 2.2 * s.size } else { 1.5 * s.size };
        if y - s.base > limit {
            break;
        }
        lines.push(i);
        y = s.base;
        if labels::is_caption(&s.text) {
            found = true;
            break;
        }
    }
    if !found {
        // A short line by itself, unlike running text, right above the table.
        lines.clear();
        if let Some(&i) = above.first() {
            let s = &sheet.segs[i];
            let gap_above = above.get(1).map_or(f32::INFINITY, |&k| s.base - sheet.segs[k].base);
            let close = table.r.y0 - s.base < 1.3 * s.size;
            // The last line of a paragraph goes on with the line above it.
            let goes_on = s.text.starts_with(char::is_lowercase)
                && above.get(1).is_some_and(|&k| gap_above < 2.2 * s.size && !labels::ends_sentence(&sheet.segs[k].text));
            let cell = table.rows.first().and_then(|r| r.cells.iter().flatten().next());
            let text = cell.is_some_and(|c| (c.r.y1 - c.r.y0) > 0.0);
            if close
                && text
                && !goes_on
                && s.r.x1 - s.r.x0 < 0.95 * width
                && gap_above > 1.4 * s.size
                && !s.text.ends_with(['.', ':', ';', ','])
                && labels::numbering(&s.text).is_none()
                && s.text.split_whitespace().count() <= 16
                && is_caption_like(sheet, s, table)
            {
                lines.push(i);
            }
        }
    }
    if lines.is_empty() {
        return None;
    }
    lines.reverse();
    let segs: Vec<Seg> = lines.iter().map(|&i| sheet.segs[i].clone()).collect();
    let taken: Vec<bool> = (0..sheet.segs.len()).map(|i| lines.contains(&i)).collect();
    sheet.leave(&taken);
    let r = sheet::bounds(segs.iter().map(|s| &s.r))?;
    Some(Column { r, lines: segs })
}

/// A caption without "Tabel": about the size of the table's letters, so not a heading.
fn is_caption_like(sheet: &Sheet, s: &Seg, table: &Table) -> bool {
    let cell = table.rows.iter().flat_map(|r| r.cells.iter().flatten()).map(|p| p.r.y1 - p.r.y0).fold(f32::INFINITY, f32::min);
    let height = s.r.y1 - s.r.y0;
    let body = sheet.segs.iter().filter(|o| o.text.len() > 40).map(|o| o.size).fold(0.0, f32::max);
    height < 1.15 * cell && (body == 0.0 || s.size <= body)
}
