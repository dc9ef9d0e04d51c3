//! Tables between ruling lines and in boxes.

use super::cells::cells;
use super::gutters::gutters;
use super::{Table, goes_on_from_above};
use crate::document::labels;
use crate::document::sheet::{HLine, Seg, Sheet, overlap};
use crate::ingest::Rect;

/// Lines above each other with the same ends.
struct Stack {
    x0: f32,
    x1: f32,
    lines: Vec<HLine>,
    open: bool,
}

pub(super) fn tables(sheet: &Sheet, used: &mut [bool]) -> Vec<Table> {
    let mut stacks: Vec<Stack> = Vec::new();
    for line in &sheet.hlines {
        if line.x1 - line.x0 < 40.0 {
            continue;
        }
        let mut placed = false;
        for stack in stacks.iter_mut().rev().filter(|s| s.open) {
            let whole = (line.x0 - stack.x0).abs() < 6.0 && (line.x1 - stack.x1).abs() < 6.0;
            let part = line.x0 > stack.x0 - 6.0 && line.x1 < stack.x1 + 6.0 && line.x1 - line.x0 > 0.5 * (stack.x1 - stack.x0);
            if !whole && !part {
                continue;
            }
            let Some(last) = stack.lines.last().copied() else { continue };
            if whole && line.y - last.y < 2.5 {
                placed = true;
                break;
            }
            let tallest = if stack.lines.len() < 4 { 0.0 } else { stack.lines.windows(2).map(|w| w[1].y - w[0].y).fold(0.0, f32::max) };
            if tabular(sheet, stack.x0, stack.x1, last.y, line.y, tallest, stack.lines.len() == 1) {
                stack.lines.push(*line);
                placed = true;
                break;
            }
            stack.open = !whole;
        }
        if !placed && stacks.len() < 400 {
            stacks.push(Stack { x0: line.x0, x1: line.x1, lines: vec![*line], open: true });
        }
    }
    let mut tables = Vec::new();
    // The widest and longest first: inner stacks lie in them.
    for s in &mut stacks {
        // It ends with a rule over its whole width.
        while s.lines.last().is_some_and(|l| (l.x0 - s.x0).abs() > 6.0 || (l.x1 - s.x1).abs() > 6.0) {
            s.lines.pop();
        }
    }
    stacks.retain(|s| s.lines.len() >= 2);
    stacks.sort_by(|a, b| (b.lines.len(), b.x1 - b.x0).partial_cmp(&(a.lines.len(), a.x1 - a.x0)).unwrap_or(std::cmp::Ordering::Equal));
    for stack in &stacks {
        let (top, bottom) = (stack.lines[0].y, stack.lines[stack.lines.len() - 1].y);
        let inside: Vec<usize> = (0..sheet.segs.len())
            .filter(|&i| {
                let s = &sheet.segs[i];
                let middle = s.base - 0.3 * s.size;
                !used[i]
                    && middle > top
                    && middle < bottom
                    && s.r.x0 > stack.x0 - 6.0
                    && s.r.x1 < stack.x1 + 0.25 * (stack.x1 - stack.x0)
                    && s.r.x0 < stack.x1
            })
            .collect();
        let head = head_above(sheet, used, &inside, stack, top);
        let foot = foot_below(sheet, used, &inside, stack, bottom);
        let bottom = foot.iter().map(|&i| sheet.segs[i].r.y1).fold(bottom, f32::max);
        let inside: Vec<usize> = head.iter().copied().chain(inside).chain(foot).collect();
        let top = head.iter().map(|&i| sheet.segs[i].r.y0).fold(top, f32::min);
        let area = Rect { x0: stack.x0, y0: top, x1: stack.x1, y1: bottom };
        let uprights = uprights(sheet, area);
        let rows = count_rows(sheet, &inside);
        let (lines, split) = rows;
        if lines == 0 || (split == 0 && uprights.is_empty()) || (lines == 1 && uprights.is_empty() && stack.lines.len() < 3) {
            continue;
        }
        if uprights.is_empty() && split * 3 < lines {
            continue;
        }
        // A frame around columns of text is no table.
        if stack.lines.len() == 2 && uprights.is_empty() && is_prose_columns(sheet, &inside) {
            continue;
        }
        if let Some(table) = fill(sheet, &inside, area, &stack.lines, &uprights).filter(|t| !t.is_one_cell()) {
            for &i in &inside {
                used[i] = true;
            }
            tables.push(table);
        }
    }
    tables
}

/// Whether what stands between two rules can be rows of a table: no running text over the whole width, no caption, no heading.
fn tabular(sheet: &Sheet, x0: f32, x1: f32, top: f32, bottom: f32, tallest: f32, first: bool) -> bool {
    let width = x1 - x0;
    let mut single_rows = 0;
    let mut split_rows = 0;
    let mut prose = 0;
    let mut last_base = f32::INFINITY;
    let (mut smallest, mut largest) = (f32::INFINITY, 0.0f32);
    let mut i = sheet.segs.partition_point(|s| s.base <= top);
    let mut previous: Option<u32> = None;
    let split_at =
        sheet.vlines.iter().any(|v| v.x0 > x0 + 6.0 && v.x1 < x1 - 6.0 && overlap(v.y0, v.y1, top, bottom) > 0.5 * (bottom - top))
            || sheet.boxes.iter().any(|b| {
                overlap(b.y0, b.y1, top, bottom) > 0.6 * (bottom - top)
                    && ((b.x0 > x0 + 8.0 && b.x0 < x1 - 8.0 && b.x1 < x1 + 6.0) || (b.x1 > x0 + 8.0 && b.x1 < x1 - 8.0 && b.x0 > x0 - 6.0))
                    && b.y1 - b.y0 < bottom - top + 6.0
            });
    while i < sheet.segs.len() {
        let s = &sheet.segs[i];
        let middle = s.base - 0.3 * s.size;
        if s.base - s.size > bottom {
            break;
        }
        i += 1;
        if middle < top || middle > bottom || s.r.x1 < x0 || s.r.x0 > x1 {
            continue;
        }
        // Text that runs over the ends is not in it.
        if s.r.x0 < x0 - 8.0 || s.r.x1 > x1 + 0.25 * width {
            return false;
        }
        // White as of two tables under each other.
        if !split_at && split_rows > 0 && s.base - last_base > 2.6 * s.size {
            return false;
        }
        last_base = s.base;
        if previous == Some(s.row) {
            split_rows += 1;
            single_rows -= 1;
        } else {
            single_rows += 1;
        }
        previous = Some(s.row);
        if s.r.x1 - s.r.x0 > 0.7 * width && s.r.x0 < x0 + 0.1 * width && s.text.split_whitespace().count() >= 6 {
            prose += 1;
        }
        smallest = smallest.min(s.size);
        largest = largest.max(s.size);
        if !split_at && opens_numbered(sheet, i - 1) {
            return false;
        }
        if labels::is_caption(&s.text)
            || (labels::numbering(&s.text).is_some_and(|n| n.worded) && s.bold && s.r.x0 < x0 + 12.0 && !split_at)
        {
            return false;
        }
    }
    if split_at {
        return true;
    }
    // A heading among them, or the text above a table.
    if largest > if first { 1.09 } else { 1.15 } * smallest {
        return false;
    }
    // A heading under the table, underlined as wide as that is.
    let above = sheet.segs[..sheet.segs.partition_point(|s| s.base <= top)].iter().rev().find(|s| s.r.x0 < x1 && s.r.x1 > x0);
    if !first && single_rows > 0 && split_rows == 0 && above.is_some_and(|a| smallest > 1.15 * a.size) {
        return false;
    }
    if prose >= 2 {
        return false;
    }
    // A row of a table well begun, its two columns close to each other.
    if split_rows == 0 && single_rows <= 3 && bottom - top < 2.2 * tallest {
        return true;
    }
    // Lone lines between two rules, far from both: text between two tables.
    split_rows > 0 || single_rows == 0 && bottom - top < 60.0 || single_rows == 1 && bottom - top < 40.0
}

/// Whether a segment is a number like "4.1" that hangs before a paragraph: the paragraph is all that stands beside it.
fn opens_numbered(sheet: &Sheet, at: usize) -> bool {
    let row = |i: usize| sheet.segs.get(i).map(|s| s.row);
    let here = row(at);
    let pair = row(at + 1) == here && row(at + 2) != here && (at == 0 || row(at - 1) != here);
    pair && labels::is_paragraph_number(&sheet.segs[at].text)
}

/// The column heads above the first rule of a table whose head is only underlined.
fn head_above(sheet: &Sheet, used: &[bool], inside: &[usize], stack: &Stack, top: f32) -> Vec<usize> {
    let Some(&first) = inside.first() else { return Vec::new() };
    let size = sheet.segs[first].size;
    // Rows set wide apart have their heads as wide apart.
    let bases: Vec<f32> = inside.iter().map(|&i| sheet.segs[i].base).collect();
    let pitch = bases.windows(2).map(|w| w[1] - w[0]).filter(|d| *d > 0.7 * size).fold(f32::INFINITY, f32::min);
    let apart = if pitch.is_finite() { pitch.min(2.6 * size) } else { 0.0 };
    let mut head: Vec<usize> = Vec::new();
    let mut y = top;
    let mut i = sheet.segs.partition_point(|s| s.base < top + 0.5);
    let mut lines = 0;
    while i > 0 && lines < 8 {
        let row = sheet.segs[i - 1].row;
        let from = sheet.segs[..i].iter().rposition(|s| s.row != row).map_or(0, |p| p + 1);
        // Only what stands over the table, not the notes beside it.
        let over: Vec<usize> = (from..i).filter(|&k| sheet.segs[k].r.x0 < stack.x1 + 3.0 && sheet.segs[k].r.x1 > stack.x0 - 3.0).collect();
        if over.is_empty() {
            i = from;
            if y - sheet.segs[from].base > 3.0 * size {
                break;
            }
            continue;
        }
        let segs: Vec<&Seg> = over.iter().map(|&k| &sheet.segs[k]).collect();
        let fits = segs.iter().all(|s| {
            s.r.x0 > stack.x0 - 3.0 && s.r.x1 < stack.x1 + 3.0 && (s.size - size).abs() < 0.15 * size && !labels::is_caption(&s.text)
        });
        if opens_numbered(sheet, over[0]) {
            break;
        }
        let near = y - segs[0].base < (if lines == 0 { 1.6 } else { 1.45 } * size).max(1.1 * apart);
        // Bold heads stand wider apart from the first row than its own lines do.
        let heads = segs.iter().all(|s| s.bold) && y - segs[0].base < 2.2 * size;
        if !fits || !(heads || near && lines < 4) || over.iter().any(|&k| used[k]) {
            break;
        }
        // A single line must stand over a column, not run from the left.
        if segs.len() == 1
            && (segs[0].r.x1 - segs[0].r.x0 > 0.5 * (stack.x1 - stack.x0) || (lines > 0 && segs[0].r.x0 < stack.x0 + 3.0 * size))
        {
            break;
        }
        head.splice(0..0, over.iter().copied());
        y = segs[0].base;
        lines += 1;
        i = from;
    }
    let split = head.iter().any(|&a| head.iter().any(|&b| a != b && sheet.segs[a].row == sheet.segs[b].row));
    if !head.is_empty() && goes_on_from_above(sheet, &head) {
        return Vec::new();
    }
    if split || (lines == 1 && head.len() == 1 && sheet.segs[head[0]].r.x0 > stack.x0 + 0.3 * (stack.x1 - stack.x0)) {
        head
    } else {
        Vec::new()
    }
}

/// The total below the last rule: one row of cells close under it.
fn foot_below(sheet: &Sheet, used: &[bool], inside: &[usize], stack: &Stack, bottom: f32) -> Vec<usize> {
    let Some(&last) = inside.last() else { return Vec::new() };
    let size = sheet.segs[last].size;
    let from = sheet.segs.partition_point(|s| s.base - 0.3 * s.size <= bottom);
    let over = |s: &Seg| s.r.x0 < stack.x1 + 3.0 && s.r.x1 > stack.x0 - 3.0;
    let Some(first) = sheet.segs[from..].iter().find(|s| over(s)) else { return Vec::new() };
    let row: Vec<usize> = (from..sheet.segs.len())
        .take_while(|&k| sheet.segs[k].row <= first.row)
        .filter(|&k| sheet.segs[k].row == first.row && over(&sheet.segs[k]))
        .collect();
    let fits = row.len() >= 2
        && first.base - bottom < 1.5 * size
        && row.iter().all(|&k| {
            let s = &sheet.segs[k];
            !used[k] && s.r.x0 > stack.x0 - 3.0 && s.r.x1 < stack.x1 + 3.0 && (s.size - size).abs() < 0.1 * size
        });
    // More rows under it are something else.
    let next = sheet.segs.iter().find(|s| s.row > first.row && over(s));
    if fits && next.is_none_or(|n| n.base - first.base > 1.5 * size) { row } else { Vec::new() }
}

/// Number of text rows, and of those with more than one segment.
fn count_rows(sheet: &Sheet, inside: &[usize]) -> (usize, usize) {
    let (mut rows, mut split) = (0, 0);
    let mut i = 0;
    while i < inside.len() {
        let row = sheet.segs[inside[i]].row;
        let from = i;
        while i < inside.len() && sheet.segs[inside[i]].row == row {
            i += 1;
        }
        rows += 1;
        split += usize::from(i - from > 1);
    }
    (rows, split)
}

/// The upright lines and box edges inside an area, as column boundaries.
fn uprights(sheet: &Sheet, area: Rect) -> Vec<f32> {
    let height = (area.y1 - area.y0).max(1.0);
    let mut edges: Vec<(f32, f32)> = Vec::new();
    let mut add = |x: f32, y0: f32, y1: f32| {
        let covered = overlap(y0, y1, area.y0 - 2.0, area.y1 + 2.0);
        if x > area.x0 + 5.0 && x < area.x1 - 5.0 && covered > 0.0 {
            edges.push((x, covered));
        }
    };
    for v in &sheet.vlines {
        add((v.x0 + v.x1) / 2.0, v.y0, v.y1);
    }
    for b in sheet.boxes.iter().filter(|b| b.x0 > area.x0 - 6.0 && b.x1 < area.x1 + 6.0) {
        add(b.x0, b.y0, b.y1);
        add(b.x1, b.y0, b.y1);
    }
    edges.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut found: Vec<f32> = Vec::new();
    let mut i = 0;
    while i < edges.len() {
        let (x, mut covered) = edges[i];
        let mut j = i + 1;
        while j < edges.len() && edges[j].0 - x < 3.0 {
            covered += edges[j].1;
            j += 1;
        }
        if covered > 0.4 * height {
            found.push((x + edges[j - 1].0) / 2.0);
        }
        i = j;
    }
    found
}

/// Whether segments are columns of running text: long lines in every column.
fn is_prose_columns(sheet: &Sheet, inside: &[usize]) -> bool {
    let words = |i: usize| sheet.segs[i].text.split_whitespace().count();
    let long = inside.iter().filter(|&&i| words(i) >= 5).count();
    inside.len() >= 8 && long * 3 >= inside.len() * 2 && inside.iter().map(|&i| words(i)).sum::<usize>() >= 5 * inside.len()
}

/// Fills a table's cells.
fn fill(sheet: &Sheet, inside: &[usize], area: Rect, lines: &[HLine], uprights: &[f32]) -> Option<Table> {
    let mut bounds_x: Vec<f32> = uprights.to_vec();
    for g in gutters(sheet, inside, area) {
        // A boundary drawn in the same gap already separates it.
        let near = uprights.iter().any(|u| {
            (u - g).abs() < 40.0 && {
                let (a, b) = (u.min(g), u.max(g));
                !inside.iter().any(|&i| {
                    sheet.segs[i].words.iter().any(|&w| overlap(sheet.words[w as usize].r.x0, sheet.words[w as usize].r.x1, a, b) > 1.0)
                })
            }
        });
        if !near && (uprights.len() < 2) {
            bounds_x.push(g);
        }
    }
    bounds_x.extend(rule_ends(sheet, inside, area));
    bounds_x.sort_by(f32::total_cmp);
    bounds_x.dedup_by(|a, b| (*a - *b).abs() < 4.0);
    if bounds_x.is_empty() {
        return None;
    }
    let ruled_y: Vec<f32> = lines.iter().map(|l| l.y).collect();
    Some(cells(sheet, inside, area, &bounds_x, &ruled_y, !uprights.is_empty()))
}

/// Where rules under a part of the row end: the sides of the columns that stand under one head.
fn rule_ends(sheet: &Sheet, inside: &[usize], area: Rect) -> Vec<f32> {
    let part = |h: &&HLine| h.drawn && h.x0 > area.x0 - 3.0 && h.x1 < area.x1 + 3.0 && h.x1 - h.x0 < 0.9 * (area.x1 - area.x0);
    let inner = |x: &f32| *x > area.x0 + 20.0 && *x < area.x1 - 20.0;
    let cut = |x: f32| {
        let words = inside.iter().flat_map(|&i| &sheet.segs[i].words).map(|&w| sheet.words[w as usize].r);
        words.filter(|r| r.x0 < x - 2.0 && r.x1 > x + 2.0).count()
    };
    let ends = sheet.rules_between(area.y0, area.y1).filter(part).take(40).flat_map(|h| [h.x0 - 1.0, h.x1 + 1.0]);
    ends.filter(inner).filter(|&x| cut(x) * 10 <= inside.len()).collect()
}
