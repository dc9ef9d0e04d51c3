//! The white between columns.

use crate::document::sheet::Sheet;
use crate::ingest::Rect;

/// The gutters between columns: stretches no word stands in, wide somewhere.
pub(super) fn gutters(sheet: &Sheet, segs: &[usize], area: Rect) -> Vec<f32> {
    let mut rows: Vec<Vec<(f32, f32)>> = Vec::new();
    let mut size = 0.0f32;
    let mut last = None;
    for &i in segs {
        let s = &sheet.segs[i];
        if last != Some(s.row) {
            rows.push(Vec::new());
        }
        last = Some(s.row);
        size = size.max(s.size.min(30.0));
        let Some(row) = rows.last_mut() else { continue };
        for &w in &s.words {
            let r = sheet.words[w as usize].r;
            row.push((r.x0, r.x1));
        }
    }
    if rows.is_empty() {
        return Vec::new();
    }
    // Sweep over all word edges: how many rows have a word at x.
    let mut events: Vec<(f32, i32)> = Vec::new();
    for row in &rows {
        for &(a, b) in row {
            events.push((a, 1));
            events.push((b.max(a), -1));
        }
    }
    events.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    let allowed = (rows.len() / 8) as i32;
    let mut depth = 0;
    let mut start = area.x0;
    let mut open = true;
    let mut found = Vec::new();
    for &(x, d) in &events {
        let before = depth;
        depth += d;
        if before <= allowed && depth > allowed && open {
            found.push((start, x));
            open = false;
        } else if before > allowed && depth <= allowed {
            start = x;
            open = true;
        }
    }
    found
        .into_iter()
        .filter(|&(a, b)| {
            if b - a < 0.35 * size || a <= area.x0 + 1.0 {
                return false;
            }
            let middle = (a + b) / 2.0;
            // Rows with words on both sides: the gap there must be wider than a space in the most of them.
            let (mut both, mut wide, mut left_rows, mut right_rows, mut spaces) = (0, 0, 0, 0, 0);
            for row in &rows {
                let left = row.iter().filter(|w| w.1 <= middle + 0.5).map(|w| w.1).fold(f32::NEG_INFINITY, f32::max);
                let right = row.iter().filter(|w| w.0 >= middle - 0.5).map(|w| w.0).fold(f32::INFINITY, f32::min);
                left_rows += usize::from(left.is_finite());
                right_rows += usize::from(right.is_finite());
                if left.is_finite() && right.is_finite() {
                    both += 1;
                    wide += usize::from(right - left > 0.75 * size);
                    spaces += usize::from(right - left < 0.42 * size);
                }
            }
            spaces * 8 <= both && left_rows > 0 && right_rows > 0 && wide * 5 >= both * 3 && (both > 0 || b - a > size)
        })
        .map(|(a, b)| (a + b) / 2.0)
        .collect()
}
