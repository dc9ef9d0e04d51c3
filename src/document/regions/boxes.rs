//! Text set apart from the running text: in a frame, on a ground of its own, or beside a bar.

use crate::document::labels;
use crate::document::sheet::{self, Seg, Sheet, overlap};
use crate::ingest::Rect;

/// Takes out the text of frames and filled boxes that hold a note beside the running text.
pub(super) fn take_framed(sheet: &mut Sheet, body: f32) -> Vec<(Rect, Vec<Seg>)> {
    let total = sheet.segs.len();
    let mut boxes: Vec<Rect> = sheet.boxes.clone();
    boxes.sort_by(|a, b| ((b.x1 - b.x0) * (b.y1 - b.y0)).total_cmp(&((a.x1 - a.x0) * (a.y1 - a.y0))));
    boxes.truncate(400);
    let mut taken = vec![false; total];
    let mut found: Vec<(Rect, Vec<usize>)> = Vec::new();
    for b in &boxes {
        let inside: Vec<usize> = (0..total)
            .filter(|&i| {
                let s = &sheet.segs[i];
                !taken[i] && s.r.x0 > b.x0 - 1.0 && s.r.x1 < b.x1 + 2.0 && s.base - 0.3 * s.size > b.y0 && s.base - 0.3 * s.size < b.y1
            })
            .collect();
        let Some(text) = sheet::bounds(inside.iter().map(|&i| &sheet.segs[i].r)) else { continue };
        // A panel behind most of the page, or a mark behind a few words, is no box.
        if inside.len() * 10 > total * 7 && total > 6 {
            continue;
        }
        let size = sheet.segs[inside[0]].size;
        let lines = sheet.segs[inside[inside.len() - 1]].row - sheet.segs[inside[0]].row + 1;
        if lines == 1 {
            continue;
        }
        // Text running out of it, or a heading band.
        let crossing = sheet.segs.iter().any(|s| {
            overlap(s.r.y0, s.r.y1, b.y0 + 1.0, b.y1 - 1.0) > 0.5 * s.size
                && overlap(s.r.x0, s.r.x1, b.x0, b.x1) > s.size
                && (s.r.x0 < b.x0 - 2.0 || s.r.x1 > b.x1 + 4.0)
        });
        let largest = inside.iter().map(|&i| sheet.segs[i].size).fold(0.0, f32::max);
        if crossing || (largest > 1.6 * body && lines <= 3) || text.x1 - text.x0 < 2.0 * size {
            continue;
        }
        // Cells of a table: a box beside or under it with the same edges, or rows side by side in it.
        let neighbours = boxes
            .iter()
            .filter(|o| {
                let same_row = (o.y0 - b.y0).abs() < 2.0 && (o.y1 - b.y1).abs() < 2.0 && (overlap(o.x0, o.x1, b.x0, b.x1)).abs() < 3.0;
                let same_column = (o.x0 - b.x0).abs() < 2.0 && (o.x1 - b.x1).abs() < 2.0 && overlap(o.y0, o.y1, b.y0, b.y1).abs() < 3.0;
                same_row || same_column
            })
            .count();
        let rules = sheet
            .hlines
            .iter()
            .filter(|h| h.y > b.y0 + 3.0 && h.y < b.y1 - 3.0 && h.x0 > b.x0 - 6.0 && h.x1 < b.x1 + 6.0 && h.x1 - h.x0 > 0.6 * (b.x1 - b.x0))
            .count();
        let (rows, split) = rows_in(&sheet.segs, &inside);
        // A box that touches a rule at its side is a row of a ruled table.
        let row_of_table = sheet.hlines.iter().filter(|h| h.drawn && (h.x0 - b.x0).abs() < 4.0 && (h.x1 - b.x1).abs() < 4.0).count() >= 3;
        let bullets =
            inside.iter().filter(|&&i| labels::is_bullet_word(&sheet.segs[i].text) || sheet.segs[i].text.chars().count() <= 2).count();
        if neighbours > 0 || rules > 0 || row_of_table || split > bullets && (split - bullets) * 3 > rows {
            continue;
        }
        for &i in &inside {
            taken[i] = true;
        }
        found.push((*b, inside));
    }
    let result = found.into_iter().map(|(b, inside)| (b, inside.iter().map(|&i| sheet.segs[i].clone()).collect())).collect();
    sheet.leave(&taken);
    result
}

fn rows_in(segs: &[Seg], inside: &[usize]) -> (usize, usize) {
    let (mut rows, mut split, mut last, mut counted) = (0, 0, None, false);
    for &i in inside {
        if last == Some(segs[i].row) {
            if !counted {
                split += 1;
                counted = true;
            }
        } else {
            rows += 1;
            counted = false;
        }
        last = Some(segs[i].row);
    }
    (rows, split)
}

/// Takes out text beside an upright bar: pull quotes and notes.
pub(super) fn take_barred(sheet: &mut Sheet, body: f32) -> Vec<(Rect, Vec<Seg>)> {
    let mut found: Vec<(Rect, Vec<usize>)> = Vec::new();
    let mut taken = vec![false; sheet.segs.len()];
    for bar in sheet.vlines.iter().take(500) {
        if bar.y1 - bar.y0 > 0.6 * sheet.height {
            continue;
        }
        let beside: Vec<usize> = (0..sheet.segs.len())
            .filter(|&i| {
                let s = &sheet.segs[i];
                let middle = s.base - 0.3 * s.size;
                !taken[i] && middle > bar.y0 - 1.0 && middle < bar.y1 + 1.0 && s.r.x0 >= bar.x0 - 1.0 && s.r.x0 - bar.x1 < 2.2 * s.size
            })
            .collect();
        let Some(r) = sheet::bounds(beside.iter().map(|&i| &sheet.segs[i].r)) else { continue };
        let first = &sheet.segs[beside[0]];
        let lines = beside.len();
        // Only text as tall as the bar, and no other upright beyond it (a frame or a table).
        let tall = r.y1 - r.y0 > 0.5 * (bar.y1 - bar.y0);
        let framed = sheet.vlines.iter().any(|v| {
            let (tall, own) = (v.y1 - v.y0, bar.y1 - bar.y0);
            // Not the rule between two columns.
            v.x0 > bar.x1 + 2.0 && overlap(v.y0, v.y1, bar.y0, bar.y1) > 0.5 * own && v.x0 < r.x1 + 30.0 && tall < 2.0 * own
        });
        let heading = lines == 1 && (first.bold || first.size > 1.2 * body);
        if !tall || framed || heading {
            continue;
        }
        // The same bar beside all the text is decoration.
        if lines * 10 > sheet.segs.len() * 6 && sheet.segs.len() > 8 {
            continue;
        }
        for &i in &beside {
            taken[i] = true;
        }
        found.push((r, beside));
    }
    let result = found.into_iter().map(|(r, inside)| (r, inside.iter().map(|&i| sheet.segs[i].clone()).collect())).collect();
    sheet.leave(&taken);
    result
}
