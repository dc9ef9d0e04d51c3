//! Tables: from ruling lines and boxes, or from columns that line up. Words go to cells by the column they stand in, lines go to rows
//! by the rules between them or by whether they can be the continuation of the line above.

use super::labels;
use super::sheet::{self, HLine, Seg, Sheet, overlap, union};
use super::tags::Tags;
use crate::ingest::Rect;

mod tagged;

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
    tables.extend(ruled(sheet, &mut used));
    tables.extend(aligned(sheet, &mut used));
    let mut at = 0;
    sheet.segs.retain(|_| {
        at += 1;
        !used[at - 1]
    });
    tables.retain(|t| !t.rows.is_empty());
    tables.sort_by(|a, b| a.r.y0.total_cmp(&b.r.y0));
    tables
}

/// Lines above each other with the same ends.
struct Stack {
    x0: f32,
    x1: f32,
    lines: Vec<HLine>,
    open: bool,
}

fn ruled(sheet: &Sheet, used: &mut [bool]) -> Vec<Table> {
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

/// The gutters between columns: stretches no word stands in, wide somewhere.
fn gutters(sheet: &Sheet, segs: &[usize], area: Rect) -> Vec<f32> {
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

/// One line of a table: the pieces per column.
struct Row {
    base: f32,
    band: usize,
    cells: Vec<Option<Piece>>,
}

fn cells(sheet: &Sheet, inside: &[usize], area: Rect, bounds_x: &[f32], ruled_y: &[f32], grid: bool) -> Table {
    let columns = bounds_x.len() + 1;
    let column_of = |x: f32| bounds_x.partition_point(|b| *b <= x);
    let band_of = |s: &Seg| ruled_y.partition_point(|y| *y < s.base - 0.3 * s.size);
    let mut refs = Vec::new();
    let mut rows: Vec<Row> = Vec::new();
    // Where the text of a column starts, by the segments that start in it.
    let mut starts = vec![f32::INFINITY; columns];
    for &i in inside {
        let x = sheet.segs[i].r.x0;
        let start = &mut starts[column_of(x)];
        *start = start.min(x);
    }
    for &i in inside {
        let s = &sheet.segs[i];
        refs.extend(&s.refs);
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
            match rows.iter_mut().rev().take(3).find(|r| r.band == band && (r.base - s.base).abs() < 0.3 * s.size) {
                Some(row) => match &mut row.cells[column] {
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
                    rows.push(Row { base: s.base, band, cells });
                }
            }
        }
    }
    rows.sort_by(|a, b| a.band.cmp(&b.band).then(a.base.total_cmp(&b.base)));
    // The width a column's text takes: what does not fit in it goes on in the next line.
    let mut extents: Vec<(f32, f32)> = (0..columns)
        .map(|c| {
            let own = rows
                .iter()
                .filter_map(|r| r.cells[c].as_ref())
                .fold((f32::INFINITY, f32::NEG_INFINITY), |e, p| (e.0.min(p.r.x0), e.1.max(p.r.x1)));
            if own.0.is_finite() { own } else { (area.x0, area.x0) }
        })
        .collect();
    let bands: usize = {
        let mut b: Vec<usize> = rows.iter().map(|r| r.band).collect();
        b.dedup();
        b.len()
    };
    // Rules between the rows: one row per band. Rules only around head and foot: rows by their lines.
    let first_band = rows.first().map_or(0, |r| r.band);
    let mut logical: Vec<(usize, TableRow)> = Vec::new();
    // The head of a ruled table is set in its own way: it tells nothing of the rows.
    let own = |w: &&[Row]| w[0].band == w[1].band && (bands == 1 || w[0].band != first_band);
    let size_of = |r: &Row| r.cells.iter().flatten().map(|p| p.size).fold(0.0, f32::max);
    let pitch = rows
        .windows(2)
        .filter(own)
        .map(|w| (w[1].base - w[0].base, size_of(&w[1])))
        .filter(|d| d.0 > 0.7 * d.1)
        .map(|d| d.0)
        .fold(f32::INFINITY, f32::min);
    let fits_bands = {
        // Lines that begin a row, in quarters: one that begins small may be the rest of a row all the same.
        let mut starts = 0;
        for w in rows.windows(2).filter(own).filter(|w| !continues(&w[0], &w[1], &extents)) {
            let fresh = w[1].cells.iter().flatten().filter(|p| labels::starts_fresh(&p.text)).count();
            starts += if fresh * 2 >= w[1].cells.iter().flatten().count() { 4 } else { 1 };
        }
        let body = bands.saturating_sub(1).max(1);
        // Few bands with many fresh lines in them: the rules do not separate the rows.
        bands >= 3 && starts <= if grid { 4 * body } else { body }
    };
    let continued: Vec<bool> =
        (0..rows.len()).map(|r| r > 0 && rows[r].band == rows[r - 1].band && continues(&rows[r - 1], &rows[r], &extents)).collect();
    // A rule under part of a row: heads over several columns, each with heads of its own below it.
    let underlined = |above: &Row, below: &Row| {
        sheet
            .rules_between(above.base, below.base - 0.6 * size_of(below))
            .any(|h| h.drawn && overlap(h.x0, h.x1, area.x0, area.x1) > 0.15 * (area.x1 - area.x0))
    };
    // Bold heads above a row that no rule parts from them.
    let all_bold = |r: &Row, bold: bool| r.cells.iter().flatten().all(|p| p.bold == bold);
    let headed_by = |w: &[Row]| !grid && w[0].band == first_band && all_bold(&w[0], true) && all_bold(&w[1], false);
    let parted: Vec<bool> = rows.windows(2).map(|w| underlined(&w[0], &w[1]) || headed_by(w)).collect();
    for r in 0..rows.len() {
        let goes_on = r > 0
            && rows[r].band == rows[r - 1].band
            && !parted[r - 1]
            && (fits_bands
                || (rows[r].band == first_band
                    && bands > 1
                    && rows.len() > 3
                    && rows[r - 1].base - rows[0].base < 3.0 * pitch
                    && rows.iter().filter(|x| x.band == first_band).count() <= 4)
                || (continued[r] && rows[r].base - rows[r - 1].base < 1.3 * pitch));
        if !goes_on {
            logical.push((rows[r].band, TableRow { cells: vec![Vec::new(); columns] }));
        }
        let Some((_, row)) = logical.last_mut() else { continue };
        for (c, piece) in rows[r].cells.iter_mut().enumerate() {
            row.cells[c].extend(piece.take());
        }
    }
    // A head beside its numbers, not over them: one column.
    let two = logical.len() > 3;
    let heads = |rows: &[usize]| rows.iter().all(|&r| r == 0 || two && r == 1);
    for c in (1..columns).rev() {
        let filled = |c: usize| logical.iter().enumerate().filter(|l| !l.1.1.cells[c].is_empty()).map(|l| l.0).collect::<Vec<_>>();
        let (left, right) = (filled(c - 1), filled(c));
        let apart = !left.is_empty() && !right.is_empty() && !left.iter().any(|r| right.contains(r));
        if apart && (heads(&left) || heads(&right)) {
            for l in &mut logical {
                let moved = l.1.cells.remove(c);
                l.1.cells[c - 1].extend(moved);
            }
            let gone = extents.remove(c);
            extents[c - 1] = (extents[c - 1].0.min(gone.0), extents[c - 1].1.max(gone.1));
        }
    }
    let columns = extents.len();
    // Columns without text were only drawn.
    for c in (0..columns).rev() {
        if logical.iter().all(|l| l.1.cells[c].is_empty()) {
            for l in &mut logical {
                l.1.cells.remove(c);
            }
            extents.remove(c);
        }
    }
    let columns = extents.len();
    let body_bold = logical.iter().skip(1).filter(|r| r.1.bold()).count();
    let numeric = |t: &str| t.contains(|c: char| c.is_ascii_digit()) && !t.contains(|c: char| c.is_alphabetic());
    let headed = logical.len() >= 2 && {
        let first = &logical[0].1;
        let filled = first.cells.iter().filter(|c| !c.is_empty()).count();
        let bold_head = first.bold() && body_bold * 2 < logical.len() - 1;
        // Booktabs: one row in the first band, more in the next.
        let own_band = logical[1].0 != logical[0].0 && bands >= 2 && bands * 2 <= logical.len() + 1 && logical.len() >= 3;
        let first_cell_bold_only = columns == 2 && filled == 2 && !first.bold();
        let words_over_numbers = columns >= 3
            && first.cells.iter().flatten().all(|p| !numeric(&p.text))
            && filled >= columns - 1
            && logical.len() >= 3
            && logical[1..].iter().all(|r| r.1.cells.iter().skip(1).flatten().filter(|p| numeric(&p.text)).count() * 2 >= columns - 1);
        filled >= columns.div_ceil(2).max(1)
            && (bold_head || (own_band && !first_cell_bold_only) || (own_band && columns > 2) || words_over_numbers)
    };
    let mut r = area;
    for &i in inside {
        r = union(r, sheet.segs[i].r);
    }
    Table { r, rows: logical.into_iter().map(|l| l.1).collect(), headed, columns: extents, refs }
}

/// Whether a line can only be the continuation of the one above: every cell in it goes on with the cell above.
fn continues(above: &Row, line: &Row, extents: &[(f32, f32)]) -> bool {
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
        let fresh = c == 0 && labels::starts_fresh(&piece.text) && line.cells.iter().flatten().count() > 1;
        let room = extents.get(c + 1).filter(|_| fresh).map_or(extents[c].1, |next| extents[c].1.max(next.0 - 1.6 * piece.size));
        let wrapped = before.r.x1 + needed > room - 0.25 * piece.size;
        let hyphen = before.text.ends_with(super::hyphen::is_hyphen);
        if !wrapped && !hyphen {
            return false;
        }
        if before.text.chars().all(|c| !c.is_alphabetic()) && !before.text.is_empty() && piece.text.chars().all(|c| !c.is_alphabetic()) {
            return false; // a number under a number
        }
        // Whole phrases under each other in the first column are rows of their own.
        if c == 0 && labels::starts_fresh(&piece.text) && line.cells.iter().flatten().count() == line.cells.len() {
            return false;
        }
    }
    any
}

/// Tables without rules: rows of segments that line up, too short for columns of text.
fn aligned(sheet: &Sheet, used: &mut [bool]) -> Vec<Table> {
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

#[cfg(test)]
mod tests {
    use super::*;
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
