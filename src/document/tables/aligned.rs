//! Tables without ruling lines: rows that line up.

use super::cells::cells;
use super::gutters::gutters;
use super::{Table, goes_on_from_above};
use crate::document::labels;
use crate::document::sheet::{self, Sheet, overlap, union};
use crate::ingest::Rect;

/// Tables without rules: rows of segments that line up, too short for columns of text.
pub(super) fn tables(sheet: &Sheet, used: &mut [bool]) -> Vec<Table> {
    let mut tables = Vec::new();
    let free: Vec<usize> = (0..sheet.segs.len()).filter(|&i| !used[i]).collect();
    // Rows of free segments.
    let mut rows: Vec<Vec<usize>> = Vec::new();
    for &i in &free {
        match rows.last_mut() {
            Some(r) if sheet.segs[r[0]].row == sheet.segs[i].row => r.push(i),
            _ => rows.push(vec![i]),
        }
    }
    let mut at = 0;
    while at < rows.len() {
        let Some((to, area)) = aligned_run(sheet, &rows, at) else {
            at += 1;
            continue;
        };
        let inside: Vec<usize> = rows[at..to].iter().flatten().copied().collect();
        let bounds_x = gutters(sheet, &inside, area);
        if !bounds_x.is_empty() && !is_text(sheet, &rows[at..to], &bounds_x) && !goes_on_from_above(sheet, &inside) {
            let ruled: Vec<f32> = sheet
                .hlines
                .iter()
                .filter(|h| h.drawn && h.y > area.y0 && h.y < area.y1 && overlap(h.x0, h.x1, area.x0, area.x1) > 0.6 * (area.x1 - area.x0))
                .map(|h| h.y)
                .collect();
            let table = cells(sheet, &inside, area, &bounds_x, &ruled, false);
            if table.rows.len() >= 2 {
                for &i in &inside {
                    used[i] = true;
                }
                tables.push(table);
                at = to;
                continue;
            }
        }
        at = to.max(at + 1);
    }
    tables
}

/// A run of rows from `at` whose segments share gutters: its end and area.
fn aligned_run(sheet: &Sheet, rows: &[Vec<usize>], at: usize) -> Option<(usize, Rect)> {
    let seg = |i: usize| &sheet.segs[i];
    let first = &rows[at];
    if first.len() < 2 || !mates(sheet, first) {
        return None;
    }
    let mut gaps: Vec<(f32, f32)> = first.windows(2).map(|w| (seg(w[0]).r.x1, seg(w[1]).r.x0)).filter(|g| g.1 > g.0).collect();
    let mut area = sheet::bounds(first.iter().map(|&i| &seg(i).r))?;
    let mut lefts: Vec<f32> = first.iter().map(|&i| seg(i).r.x0).collect();
    let mut rights: Vec<f32> = first.iter().map(|&i| seg(i).r.x1).collect();
    let (mut to, mut split, mut kept) = (at + 1, 1, at + 1);
    let mut pitch = f32::INFINITY;
    while to < rows.len() {
        let row = &rows[to];
        let above = seg(rows[to - 1][0]);
        let step = seg(row[0]).base - above.base;
        let size = seg(row[0]).size;
        if step > 3.2 * size.max(above.size) || step > 2.2 * pitch || (size - above.size).abs() > 0.14 * size {
            break;
        }
        let r = sheet::bounds(row.iter().map(|&i| &seg(i).r))?;
        // The gaps that stay open.
        let narrowed: Vec<(f32, f32)> = gaps
            .iter()
            .filter_map(|g| {
                let mut g = *g;
                for &i in row {
                    for &w in &seg(i).words {
                        let w = sheet.words[w as usize].r;
                        if overlap(w.x0, w.x1, g.0, g.1) > 0.0 {
                            // Trim the side the word comes from.
                            if (w.x0 + w.x1) / 2.0 < (g.0 + g.1) / 2.0 { g.0 = g.0.max(w.x1) } else { g.1 = g.1.min(w.x0) }
                        }
                    }
                }
                (g.1 - g.0 > 0.45 * size).then_some(g)
            })
            .collect();
        if narrowed.is_empty() {
            break;
        }
        if row.len() >= 2 {
            if !mates(sheet, row) || narrowed.len() + 1 < gaps.len() {
                break;
            }
            // Something must line up: a left or right side.
            let lines_up = row.iter().skip(1).any(|&i| {
                lefts.iter().skip(1).any(|l| (l - seg(i).r.x0).abs() < 2.5) || rights.iter().any(|l| (l - seg(i).r.x1).abs() < 2.5)
            });
            if !lines_up {
                break;
            }
            lefts.extend(row.iter().map(|&i| seg(i).r.x0));
            rights.extend(row.iter().map(|&i| seg(i).r.x1));
            split += 1;
            kept = to + 1;
            pitch = pitch.min(step);
        } else {
            // A line in one column: the continuation of a cell, close by.
            let s = seg(row[0]);
            let column_starts = lefts.iter().any(|l| (l - s.r.x0).abs() < 2.5);
            if !column_starts || step > 1.6 * size || labels::marker(&s.text).is_some() {
                break;
            }
            if s.r.x0 > area.x0 + 1.5 * size {
                kept = to + 1;
            }
        }
        gaps = narrowed;
        area = union(area, r);
        to += 1;
    }
    let strong = first.len() >= 3
        || split >= 3
        || seg(first[0]).text.ends_with(':')
        || (split >= 2 && gaps.iter().any(|g| g.1 - g.0 > 2.0 * seg(first[0]).size));
    (split >= 2 && strong).then_some((kept, area))
}

/// Whether the segments of a row can be cells of one row: same height, same size, no list marks at the side.
fn mates(sheet: &Sheet, row: &[usize]) -> bool {
    let first = &sheet.segs[row[0]];
    if row.len() == 2 && (labels::is_bullet_word(&first.text) || labels::is_mark(&first.text) || labels::is_paragraph_number(&first.text)) {
        return false;
    }
    row.iter().all(|&i| {
        let s = &sheet.segs[i];
        (s.base - first.base).abs() < 0.15 * s.size && (s.size - first.size).abs() < 0.14 * s.size
    })
}

/// Whether columns hold running text: long lines that fill them.
fn is_text(sheet: &Sheet, rows: &[Vec<usize>], bounds_x: &[f32]) -> bool {
    let columns = bounds_x.len() + 1;
    let mut tally = vec![(0usize, 0usize, 0.0f32, f32::INFINITY, f32::NEG_INFINITY); columns];
    for &i in rows.iter().flatten() {
        let s = &sheet.segs[i];
        let t = &mut tally[bounds_x.partition_point(|b| *b <= (s.r.x0 + s.r.x1) / 2.0)];
        t.0 += 1;
        t.1 += s.text.split_whitespace().count();
        t.2 += s.r.x1 - s.r.x0;
        t.3 = t.3.min(s.r.x0);
        t.4 = t.4.max(s.r.x1);
    }
    let texty = |t: &(usize, usize, f32, f32, f32)| t.0 >= 2 && t.1 >= 4 * t.0 && t.2 > 0.62 * t.0 as f32 * (t.4 - t.3);
    tally.iter().filter(|t| t.0 > 0).all(texty)
}
