//! Regions of a page and their reading order: boxes and side notes apart, lines stacked to blocks that never reach over a gutter, and
//! blocks in the order of columns: what stands above comes first, a column before the one to its right, unless something
//! that spans both stands between.

use super::sheet::{self, Seg, Sheet, overlap, union};
use super::tables::Table;
use super::tags::Tags;
use super::{labels, tables};
use crate::ingest::Rect;

/// A stretch of a page read as one.
#[derive(Debug)]
pub(super) enum Region {
    /// Lines of one column.
    Lines(Column),
    /// A table, its caption before it.
    Table(Option<Column>, Box<Table>),
    /// Lines of a contents list.
    Contents(Vec<Seg>),
    /// A box, side note or pull quote, and whether it has a frame or a ground of its own.
    Aside(Vec<Column>, bool),
}

impl Region {
    /// Where it begins.
    pub(super) fn top(&self) -> f32 {
        match self {
            Region::Lines(column) => column.r.y0,
            Region::Table(caption, table) => caption.as_ref().map_or(table.r.y0, |c| c.r.y0.min(table.r.y0)),
            Region::Contents(lines) => lines.first().map_or(0.0, |l| l.r.y0),
            Region::Aside(columns, _) => columns.first().map_or(0.0, |c| c.r.y0),
        }
    }
}

/// Lines stacked above each other.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub r: Rect,
    pub lines: Vec<Seg>,
}

impl Column {
    fn new(seg: Seg) -> Column {
        Column { r: seg.r, lines: vec![seg] }
    }
    fn size(&self) -> f32 {
        let mut sizes: Vec<(f32, usize)> = Vec::new();
        for l in &self.lines {
            match sizes.iter_mut().find(|s| (s.0 - l.size).abs() < 0.3) {
                Some(s) => s.1 += l.text.len(),
                None => sizes.push((l.size, l.text.len())),
            }
        }
        sizes.into_iter().max_by_key(|s| s.1).map_or(10.0, |s| s.0)
    }
}

/// Regions of a page in reading order.
pub(super) fn read(sheet: &mut Sheet, body: f32, pages: u32, tags: &Tags) -> Vec<Region> {
    if sheet.segs.len() > sheet::MANY {
        let lines = std::mem::take(&mut sheet.segs);
        return lines.into_iter().map(|s| Region::Lines(Column::new(s))).collect();
    }
    let mut units: Vec<(Rect, Region)> = Vec::new();
    for contents in take_contents(sheet, pages) {
        if let Some(r) = sheet::bounds(contents.iter().map(|s| &s.r)) {
            units.push((r, Region::Contents(contents)));
        }
    }
    let boxes = take_boxes(sheet, body);
    for table in tables::take(sheet, tags) {
        let caption = take_caption(sheet, &table);
        let r = caption.as_ref().map_or(table.r, |c| union(table.r, c.r));
        units.push((r, Region::Table(caption, Box::new(table))));
    }
    let mut asides: Vec<(Rect, Region)> = Vec::new();
    for (r, segs) in boxes {
        let columns = ordered(columns(segs, &[], &sheet.hlines));
        asides.push((r, Region::Aside(columns, true)));
    }
    for (r, segs) in take_barred(sheet, body) {
        asides.push((r, Region::Aside(columns(segs, &[], &sheet.hlines), false)));
    }
    let fixed: Vec<Rect> = units.iter().chain(&asides).map(|u| u.0).collect();
    let segs = std::mem::take(&mut sheet.segs);
    let mut stacks = columns(segs, &fixed, &sheet.hlines);
    // Side notes: small and narrow beside something larger.
    let all: Vec<(Rect, f32, usize)> = stacks.iter().map(|c| (c.r, c.size(), c.lines.len())).collect();
    let mut main: Vec<Column> = Vec::new();
    for column in stacks.drain(..) {
        let size = column.size();
        let width = column.r.x1 - column.r.x0;
        let beside = all.iter().any(|&(r, s, lines)| {
            let other = r.x1 - r.x0;
            let apart = overlap(column.r.x0, column.r.x1, r.x0, r.x1) <= 0.0;
            apart
                && overlap(column.r.y0, column.r.y1, r.y0, r.y1) > 0.3 * (column.r.y1 - column.r.y0)
                && size < 0.9 * s
                && width < 0.6 * other
                && lines >= 2
        });
        // Small and narrow at the side of all that is larger: a note even where nothing stands beside it.
        let beside_table = units.iter().any(|(r, _)| {
            let apart = overlap(column.r.x0, column.r.x1, r.x0, r.x1) <= 0.0;
            apart && overlap(column.r.y0, column.r.y1, r.y0, r.y1) > 0.3 * (column.r.y1 - column.r.y0) && width < 0.6 * (r.x1 - r.x0)
        });
        let in_margin = size < 0.9 * body
            && column.r.y0 > 0.08 * sheet.height
            && all.iter().any(|&(r, s, lines)| s >= 0.95 * body && lines >= 2 && width < 0.6 * (r.x1 - r.x0))
            && all.iter().all(|&(r, s, _)| s < 0.95 * body || overlap(column.r.x0, column.r.x1, r.x0, r.x1) <= 0.0);
        let beside_text =
            (beside && column.lines.len() >= 2) || (size < 0.9 * body && beside_table && column.lines.len() >= 2) || in_margin;
        if beside_text {
            asides.push((column.r, Region::Aside(vec![column], false)));
        } else {
            main.push(column);
        }
    }
    // Notes in the margin leave the order of the columns; boxes inside a column stay in it.
    let text = sheet::bounds(main.iter().filter(|c| c.lines.len() > 1).map(|c| &c.r));
    let mut margin: Vec<(Rect, Region)> = Vec::new();
    for (r, aside) in asides {
        let beside = main.iter().any(|c| overlap(c.r.y0, c.r.y1, r.y0, r.y1) > 0.0 && overlap(c.r.x0, c.r.x1, r.x0, r.x1) <= 0.0)
            || units.iter().any(|u| overlap(u.0.y0, u.0.y1, r.y0, r.y1) > 0.0 && overlap(u.0.x0, u.0.x1, r.x0, r.x1) <= 0.0);
        let outside = text.is_none_or(|_| {
            // Nothing of the text stands in its column.
            main.iter().filter(|c| c.lines.len() > 1).all(|c| overlap(c.r.x0, c.r.x1, r.x0, r.x1) < 0.15 * (r.x1 - r.x0))
                && units.iter().all(|u| overlap(u.0.x0, u.0.x1, r.x0, r.x1) < 0.3 * (r.x1 - r.x0))
        });
        if outside && (beside || narrow(r, text)) {
            margin.push((r, aside));
        } else {
            units.push((r, aside));
        }
    }
    units.extend(main.into_iter().map(|c| (c.r, Region::Lines(c))));
    let apart = interruptions(&units);
    let order = sequence(&units, &apart);
    let mut slots: Vec<Option<(Rect, Region)>> = units.into_iter().map(Some).collect();
    let mut regions: Vec<(Rect, Region)> = order.into_iter().filter_map(|i| slots[i].take()).collect();
    for (r, region) in slots.into_iter().flatten() {
        let region = match region {
            Region::Lines(column) => Region::Aside(vec![column], false),
            other => other,
        };
        let over = |o: &Rect| o.y1 <= r.y0 + 2.0 && overlap(o.x0, o.x1, r.x0, r.x1) > 0.0;
        let at = regions.iter().position(|o| over(&o.0)).map_or(0, |first| {
            // Below the first column it stands in.
            let column = regions[first..].iter().take_while(|o| over(&o.0)).count();
            first + column
        });
        regions.insert(at, (r, region));
    }
    margin.sort_by(|a, b| a.0.y0.total_cmp(&b.0.y0));
    for (r, aside) in margin {
        place_note(&mut regions, r, aside);
    }
    regions.into_iter().map(|r| r.1).collect()
}

/// The order of regions, some left out.
fn sequence(units: &[(Rect, Region)], without: &[usize]) -> Vec<usize> {
    let kept: Vec<usize> = (0..units.len()).filter(|i| !without.contains(i)).collect();
    let parts: Vec<&(Rect, Region)> = kept.iter().map(|&i| &units[i]).collect();
    order(&reach(&parts)).into_iter().map(|i| kept[i]).collect()
}

/// What stands across columns whose text goes on below it: pull quotes, tables and boxes in the middle of the page. With such a thing left out,
/// more sentences go on from one region to the next than with it.
fn interruptions(units: &[(Rect, Region)]) -> Vec<usize> {
    /// Regions of a page that are tried.
    const TRIED: usize = 6;
    if units.len() > ORDERED {
        return Vec::new();
    }
    let lines = |i: usize| match &units[i].1 {
        Region::Lines(column) => Some(&column.lines),
        _ => None,
    };
    // Sentences that go on, less those that are broken off.
    let fluency = |order: &[usize]| -> i32 {
        let texts: Vec<(&Seg, &Seg)> = order.iter().filter_map(|&i| lines(i)).filter_map(|l| l.first().zip(l.last())).collect();
        let step = |pair: &[(&Seg, &Seg)]| {
            let (before, after) = (pair[0].1, pair[1].0);
            if (before.size - after.size).abs() > 0.1 * before.size {
                return 0;
            }
            let ended = labels::ends_sentence(&before.text) || before.text.ends_with(':');
            match (ended, after.text.starts_with(char::is_lowercase)) {
                (false, true) => 1,
                (true, true) => -1,
                (false, false) if !before.bold && labels::starts_fresh(&after.text) => -1,
                _ => 0,
            }
        };
        texts.windows(2).map(step).sum()
    };
    // Over parts of two columns that stand next to each other, above it and below it.
    let across = |i: usize| {
        let r = units[i].0;
        let over = |o: &&Rect| overlap(o.x0, o.x1, r.x0, r.x1) > 0.0;
        let two = |side: Vec<&Rect>| side.iter().any(|a| side.iter().any(|b| a.x1 < b.x0));
        let others = || units.iter().map(|o| &o.0).filter(over);
        (two(others().filter(|o| o.y1 < r.y1 && o.y0 < r.y0).collect()), two(others().filter(|o| o.y0 > r.y0 && o.y1 > r.y1).collect()))
    };
    // With text on both sides of it.
    let between = |i: usize| {
        let r = units[i].0;
        let beside = || units.iter().map(|o| &o.0).filter(|o| overlap(o.y0, o.y1, r.y0, r.y1) > 0.5 * (r.y1 - r.y0));
        beside().any(|o| o.x1 <= r.x0) && beside().any(|o| o.x0 >= r.x1)
    };
    let (mut apart, mut candidates) = (Vec::new(), Vec::new());
    let brief = |l: &Vec<Seg>| l.len() <= 6 && l.iter().map(|s| s.text.split_whitespace().count()).sum::<usize>() >= 4;
    for i in (0..units.len()).filter(|&i| lines(i).is_none_or(brief)) {
        match across(i) {
            (false, false) => {}
            _ if between(i) && lines(i).is_some() => apart.push(i),
            (true, true) if candidates.len() < TRIED => candidates.push(i),
            _ => {}
        }
    }
    if candidates.is_empty() {
        return apart;
    }
    let mut best = fluency(&sequence(units, &apart));
    for i in candidates {
        apart.push(i);
        let fluent = fluency(&sequence(units, &apart));
        if fluent > best {
            best = fluent;
        } else {
            apart.pop();
        }
    }
    apart
}

/// The rectangles by which regions are ordered: a heading below the columns reaches as far as what it heads, so that it is not read with the
/// column above it.
fn reach(units: &[&(Rect, Region)]) -> Vec<Rect> {
    let rects: Vec<Rect> = units.iter().map(|u| u.0).collect();
    if rects.len() > ORDERED {
        return rects;
    }
    let mut wide = rects.clone();
    for (i, (r, region)) in units.iter().map(|u| (u.0, &u.1)).enumerate() {
        let Region::Lines(column) = region else { continue };
        if column.lines.len() > 2 || column.lines.last().is_none_or(|l| labels::ends_sentence(&l.text)) {
            continue;
        }
        let shares = |o: &Rect| overlap(o.x0, o.x1, r.x0, r.x1) > 0.0;
        let others = || rects.iter().enumerate().filter(|o| o.0 != i).map(|o| o.1);
        let above = others().filter(|o| o.y1 <= r.y0 + 2.0 && shares(o)).map(|o| r.y0 - o.y1).fold(f32::INFINITY, f32::min);
        let Some(below) = others().filter(|o| o.y0 >= r.y1 - 2.0 && shares(o)).min_by(|a, b| a.y0.total_cmp(&b.y0)) else { continue };
        let beside = |o: &Rect| overlap(o.y0, o.y1, r.y0, r.y1) > 0.0 && overlap(o.x0, o.x1, below.x0, below.x1) > 0.0;
        if below.y0 - r.y1 <= above && !others().any(beside) {
            wide[i].x0 = r.x0.min(below.x0);
            wide[i].x1 = r.x1.max(below.x1);
        }
    }
    wide
}

fn narrow(r: Rect, text: Option<Rect>) -> bool {
    text.is_some_and(|t| r.x1 - r.x0 < 0.6 * (t.x1 - t.x0))
}

/// Puts a margin note after the region it stands beside, cutting a column at the end of the paragraph there.
fn place_note(regions: &mut Vec<(Rect, Region)>, r: Rect, aside: Region) {
    let mut at = regions.len();
    for (i, (other, region)) in regions.iter().enumerate() {
        if matches!(region, Region::Aside(..)) && overlap(other.x0, other.x1, r.x0, r.x1) > 0.0 {
            continue;
        }
        if other.y0 <= r.y0 + 2.0 && other.y1 >= r.y0 {
            at = i;
            break;
        }
        if other.y0 > r.y0 && at == regions.len() {
            // Nothing beside it: before the first that stands lower.
            regions.insert(i, (r, aside));
            return;
        }
    }
    if at == regions.len() {
        regions.push((r, aside));
        return;
    }
    if let Region::Lines(column) = &mut regions[at].1 {
        // The first paragraph gap below the top of the note.
        let lines = &column.lines;
        let beside = lines.iter().position(|l| l.r.y1 > r.y0).unwrap_or(0);
        let pitch = lines.windows(2).map(|w| w[1].base - w[0].base).fold(f32::INFINITY, f32::min);
        let cut = (beside + 1..lines.len())
            .find(|&k| lines[k].base - lines[k - 1].base > 1.22 * pitch && labels::ends_sentence(&lines[k - 1].text));
        if let Some(cut) = cut {
            let rest: Vec<Seg> = column.lines.drain(cut..).collect();
            let bounds = |lines: &[Seg]| sheet::bounds(lines.iter().map(|l| &l.r)).unwrap_or_default();
            column.r = bounds(&column.lines);
            let upper = column.r;
            let lower = bounds(&rest);
            regions[at].0 = upper;
            regions.insert(at + 1, (lower, Region::Lines(Column { r: lower, lines: rest })));
        }
    }
    regions.insert(at + 1, (r, aside));
}

/// Regions of a page that are held against each other; a page with more is read from top to bottom.
const ORDERED: usize = 150;

/// Stacks lines to columns that do not reach over a gutter or another region.
fn columns(segs: Vec<Seg>, fixed: &[Rect], hlines: &[super::sheet::HLine]) -> Vec<Column> {
    let segs = merge_stray_gaps(segs);
    let mut stacks: Vec<Column> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut i = 0;
    while i < segs.len() {
        let mut j = i + 1;
        while j < segs.len() && segs[j].row == segs[i].row {
            j += 1;
        }
        let row = &segs[i..j];
        let base = segs[i].base;
        open.retain(|&o| {
            let last = &stacks[o].lines[stacks[o].lines.len() - 1];
            base - last.base < 2.6 * last.size.max(segs[i].size.min(last.size * 1.6))
        });
        let touches = |r: &Rect, s: &Seg| overlap(r.x0, r.x1, s.r.x0, s.r.x1) > (0.2 * s.size).min(0.5 * (s.r.x1 - s.r.x0));
        let mut fresh: Vec<usize> = Vec::new();
        for seg in row {
            let under: Vec<usize> = open.iter().copied().filter(|&o| touches(&stacks[o].r, seg)).collect();
            let alone = under.len() == 1
                && row.iter().filter(|s| touches(&stacks[under[0]].r, s)).count() == 1
                && !beside(&segs, i..j, seg).any(|o| touches(&stacks[under[0]].r, o));
            let mut joined = false;
            if alone {
                let target = under[0];
                let grown = union(stacks[target].r, seg.r);
                let gap = Rect { x0: seg.r.x0, x1: seg.r.x1, y0: stacks[target].r.y1.min(seg.r.y0), y1: seg.r.y0.max(stacks[target].r.y1) };
                let hits = |r: &Rect| overlap(r.x0, r.x1, grown.x0, grown.x1) > 1.0 && overlap(r.y0, r.y1, grown.y0, grown.y1) > 1.0;
                let last = &stacks[target].lines[stacks[target].lines.len() - 1];
                // A title over the columns takes no line of one of them, nor of a heading in one of them.
                let alike = seg.size < 1.4 * last.size && last.size < 1.4 * seg.size;
                let other_style = seg.bold != last.bold || (seg.size - last.size).abs() > 0.08 * last.size;
                let elsewhere = [(seg.r.x0, last.r.x0), (seg.r.x1, last.r.x1), (seg.r.x0 + seg.r.x1, last.r.x0 + last.r.x1)];
                let shifted = other_style && elsewhere.iter().all(|(a, b)| (a - b).abs() > 2.0 * seg.size);
                let clear = alike
                    && !shifted
                    && (stacks.len() > 200 || !stacks.iter().enumerate().any(|(k, s)| k != target && hits(&s.r)))
                    && !fixed.iter().any(hits);
                // A rule across, between two lines, parts them.
                let ruled = hlines.iter().any(|h| {
                    h.drawn
                        && h.y > last.base + 0.1 * last.size
                        && h.y < seg.base - 0.7 * seg.size
                        && overlap(h.x0, h.x1, gap.x0, gap.x1) > 0.0
                        && h.x1 - h.x0 < 0.5 * (grown.x1 - grown.x0)
                });
                if clear && !ruled {
                    stacks[target].r = grown;
                    stacks[target].lines.push(seg.clone());
                    joined = true;
                }
            }
            if !joined {
                open.retain(|o| !under.contains(o));
                fresh.push(stacks.len());
                stacks.push(Column::new(seg.clone()));
            }
        }
        open.extend(fresh);
        if open.len() > 64 {
            open.drain(..open.len() - 64);
        }
        i = j;
    }
    // A heading below a column heads something else.
    for s in 0..stacks.len() {
        let lines = &stacks[s].lines;
        let n = lines.len();
        if n > 2 && heads_what_follows(&lines[n - 3], &lines[n - 2], &lines[n - 1]) {
            let last = stacks[s].lines.split_off(n - 1);
            stacks[s].r = sheet::bounds(stacks[s].lines.iter().map(|l| &l.r)).unwrap_or_default();
            stacks.extend(last.into_iter().map(Column::new));
        }
    }
    stacks
}

/// Whether the last line of a column is a heading: bold or larger unlike what stands above it, and set off from that.
fn heads_what_follows(above: &Seg, before: &Seg, last: &Seg) -> bool {
    let unlike = last.bold && !before.bold || last.size > 1.08 * before.size;
    unlike && last.base - before.base > 1.2 * (before.base - above.base).max(before.size) && !labels::ends_sentence(&last.text)
}

/// The lines at the height of one, in no row of its own and next to it: text of another column, whose lines stand a little higher or lower.
fn beside<'s>(segs: &'s [Seg], row: std::ops::Range<usize>, seg: &'s Seg) -> impl Iterator<Item = &'s Seg> {
    let near = |o: &&Seg| (o.base - seg.base).abs() < seg.size.max(o.size);
    let above = segs[..row.start].iter().rev().take_while(near);
    let below = segs[row.end..].iter().take_while(near);
    above.chain(below).filter(|o| {
        let lower = (o.r.y1 - o.r.y0).min(seg.r.y1 - seg.r.y0);
        overlap(o.r.x0, o.r.x1, seg.r.x0, seg.r.x1) <= 0.0 && overlap(o.r.y0, o.r.y1, seg.r.y0, seg.r.y1) > 0.35 * lower
    })
}

/// Closes gaps inside a line of text that no neighbouring line has: a wide space of justified text.
fn merge_stray_gaps(segs: Vec<Seg>) -> Vec<Seg> {
    let n = segs.len();
    let mut out: Vec<Seg> = Vec::with_capacity(n);
    for i in 0..n {
        let s = &segs[i];
        let Some(left) = out.last_mut().filter(|l| l.row == s.row) else {
            out.push(s.clone());
            continue;
        };
        let (a, b) = (left.r.x1, s.r.x0);
        let size = s.size.max(left.size);
        let mut crossed = false;
        let mut shared = false;
        if b - a < 2.6 * size && (s.base - left.base).abs() < 0.2 * size {
            for step in [-1i64, 1] {
                // The nearest row above or below.
                let mut k = i as i64 + step;
                let mut found: Option<u32> = None;
                let (mut before, mut after) = (false, false);
                while k >= 0 && (k as usize) < n && (i as i64 - k).abs() < 40 {
                    let other = &segs[k as usize];
                    k += step;
                    if other.row == s.row {
                        continue;
                    }
                    if (other.base - s.base).abs() > 2.0 * size || found.is_some_and(|r| r != other.row) {
                        break;
                    }
                    if overlap(other.r.x0, other.r.x1, left.r.x0, s.r.x1) > 0.0 {
                        found = Some(other.row);
                    }
                    crossed |= other.r.x0 < a - size && other.r.x1 > b + size;
                    before |= other.r.x1 <= b && other.r.x1 > left.r.x0;
                    after |= other.r.x0 >= a && other.r.x0 < s.r.x1;
                }
                shared |= before && after;
            }
        }
        if crossed && !shared {
            left.text.push(' ');
            left.text.push_str(&s.text);
            left.words.extend(&s.words);
            left.r = union(left.r, s.r);
            left.bold &= s.bold;
            left.italic &= s.italic;
            left.refs.extend(&s.refs);
        } else {
            out.push(s.clone());
        }
    }
    // Bullets and numbers standing apart before their text.
    let mut merged: Vec<Seg> = Vec::with_capacity(out.len());
    for s in out {
        match merged.last_mut() {
            Some(l)
                if l.row == s.row
                    && s.r.x0 - l.r.x1 < 9.0 * s.size
                    && (labels::is_bullet_word(&l.text) || labels::is_sign(&l.text) || labels::is_mark(&l.text) || is_number(&l.text)) =>
            {
                let size = s.size;
                l.text.push(' ');
                l.text.push_str(&s.text);
                l.words.extend(&s.words);
                l.r = union(l.r, s.r);
                l.bold = s.bold;
                l.italic = s.italic;
                l.size = size;
                l.base = s.base;
                l.refs.extend(&s.refs);
            }
            _ => merged.push(s),
        }
    }
    merged
}

/// Numbering of a heading standing apart from its title: "2.1", "Bijlage A".
fn is_number(text: &str) -> bool {
    text.len() <= 14 && labels::numbering(&format!("{text} X")).is_some_and(|n| n.len == text.len() + 1)
}

/// The order in which regions are read (Breuel): above before below when they share x; left before right unless something between
/// them spans both.
fn order(rects: &[Rect]) -> Vec<usize> {
    let n = rects.len();
    let mut by_place: Vec<usize> = (0..n).collect();
    by_place.sort_by(|&a, &b| rects[a].y0.total_cmp(&rects[b].y0).then(rects[a].x0.total_cmp(&rects[b].x0)));
    if n > ORDERED {
        return by_place;
    }
    let share = |a: &Rect, b: &Rect| overlap(a.x0, a.x1, b.x0, b.x1) > 0.08 * (a.x1 - a.x0).min(b.x1 - b.x0);
    let before = |a: usize, b: usize| -> bool {
        let (ra, rb) = (&rects[a], &rects[b]);
        if share(ra, rb) {
            return (ra.y0 + ra.y1, ra.y0) < (rb.y0 + rb.y1, rb.y0);
        }
        if (ra.x0 + ra.x1) >= (rb.x0 + rb.x1) {
            return false;
        }
        // Between them in height, and above one of them and below the other.
        let (top, bottom) = (ra.y0.min(rb.y0), ra.y1.max(rb.y1));
        !(0..n).any(|c| {
            let rc = &rects[c];
            c != a
                && c != b
                && share(rc, ra)
                && share(rc, rb)
                && rc.y0 >= top
                && rc.y1 <= bottom
                && rc.y0 + rc.y1 > (ra.y0 + ra.y1).min(rb.y0 + rb.y1)
                && rc.y0 + rc.y1 < (ra.y0 + ra.y1).max(rb.y0 + rb.y1)
        })
    };
    let mut waits = vec![0usize; n];
    let mut follow: Vec<Vec<usize>> = vec![Vec::new(); n];
    for (a, follow) in follow.iter_mut().enumerate() {
        for (b, waits) in waits.iter_mut().enumerate() {
            if a != b && before(a, b) {
                *waits += 1;
                follow.push(b);
            }
        }
    }
    let mut done = vec![false; n];
    let mut out = Vec::with_capacity(n);
    for _ in 0..n {
        // The first in place that waits for nothing; in a circle, the first that is left. Stay in the column begun.
        let ready = by_place.iter().copied().filter(|&i| !done[i] && waits[i] == 0).min_by(|&a, &b| {
            let key = |i: usize| (rects[i].x0 / 8.0).round();
            key(a).total_cmp(&key(b)).then(rects[a].y0.total_cmp(&rects[b].y0))
        });
        let Some(next) = ready.or_else(|| by_place.iter().copied().find(|&i| !done[i])) else { break };
        done[next] = true;
        out.push(next);
        for &f in &follow[next] {
            waits[f] = waits[f].saturating_sub(1);
        }
    }
    out
}

fn ordered(columns: Vec<Column>) -> Vec<Column> {
    let order = order(&columns.iter().map(|c| c.r).collect::<Vec<_>>());
    let mut slots: Vec<Option<Column>> = columns.into_iter().map(Some).collect();
    order.into_iter().filter_map(|i| slots[i].take()).collect()
}

/// Takes out contents lists: lines that end in a page number behind leaders or a wide gap, several under each other.
fn take_contents(sheet: &mut Sheet, pages: u32) -> Vec<Vec<Seg>> {
    struct Entry {
        segs: std::ops::Range<usize>,
        number: Option<u32>,
        /// A number that stands before the title instead.
        before: Option<u32>,
        leaders: bool,
        right: f32,
    }
    let mut entries: Vec<Entry> = Vec::new();
    let segs = &sheet.segs;
    let mut i = 0;
    while i < segs.len() {
        let mut j = i + 1;
        while j < segs.len() && segs[j].row == segs[i].row {
            j += 1;
        }
        let last = &segs[j - 1];
        let first = &segs[i];
        let tail = last.text.rsplit([' ', '.', '…', '_', '\t']).next().unwrap_or("");
        let number: Option<u32> = (tail.len() <= 4 && tail.bytes().all(|b| b.is_ascii_digit())).then(|| tail.parse().ok()).flatten();
        let whole: usize = segs[i..j].iter().map(|s| s.text.matches(['.', '…', '_']).count()).sum();
        let dotted = segs[i..j]
            .iter()
            .any(|s| s.text.contains("....") || s.text.contains(". . . .") || s.text.contains("……") || s.text.contains("____"))
            || (j - i > 6 && whole > 5);
        let gap = j - i == 2 && tail == last.text && last.r.x0 - segs[j - 2].r.x1 > 1.5 * last.size
            || (j - i == 3 && tail == last.text && is_number(&first.text) && last.r.x0 - segs[j - 2].r.x1 > 1.5 * last.size);
        let lettered = first.text.chars().filter(|c| c.is_alphabetic()).count() >= 2
            || (j - i >= 2 && segs[i + 1].text.chars().filter(|c| c.is_alphabetic()).count() >= 2);
        let number = number.filter(|_| lettered && (dotted || gap));
        let digits = j - i == 2 && first.text.len() <= 3 && first.text.bytes().all(|b| b.is_ascii_digit());
        let before = digits.then(|| first.text.parse().ok()).flatten();
        entries.push(Entry { segs: i..j, number, before, leaders: dotted && number.is_some(), right: last.r.x1 });
        i = j;
    }
    let mut taken = vec![false; segs.len()];
    let mut lists: Vec<Vec<usize>> = Vec::new();
    let mut at = 0;
    while at < entries.len() {
        if entries[at].number.is_none() {
            at += 1;
            continue;
        }
        let (mut to, mut last, mut count, mut leaders, mut rising) = (at, at, 0u32, 0u32, true);
        let mut highest = 0;
        while to < entries.len() && to <= last + 2 {
            let entry = &entries[to];
            if let Some(n) = entry.number {
                if !entry.leaders && (entry.right - entries[at].right).abs() > 6.0 {
                    break;
                }
                rising &= n >= highest;
                highest = highest.max(n);
                count += 1;
                leaders += u32::from(entry.leaders);
                last = to;
            } else if entry.segs.len() > 2 || segs[entry.segs.start].size > 1.25 * segs[entries[last].segs.start].size {
                break;
            }
            to += 1;
        }
        let plausible = highest <= pages.saturating_mul(2) + 40;
        let is_list = if leaders * 2 >= count {
            count >= 3 && plausible || (count >= 2 && rising && plausible)
        } else {
            count >= 4 && rising && plausible
        };
        if is_list {
            let list: Vec<usize> = entries[at..=last].iter().flat_map(|e| e.segs.clone()).collect();
            for &s in &list {
                taken[s] = true;
            }
            lists.push(list);
        }
        at = last + 1;
    }
    // Under a title that says so the page numbers may stand first.
    let mut first = Vec::new();
    for at in 0..entries.len() {
        if !segs[entries[at].segs.clone()].iter().any(|s| labels::opens_contents(&s.text)) {
            continue;
        }
        let list: Vec<&Entry> = entries[at + 1..].iter().take_while(|e| e.before.is_some()).collect();
        let numbers: Vec<u32> = list.iter().filter_map(|e| e.before).collect();
        if numbers.len() >= 4 && numbers.is_sorted() && numbers.iter().all(|n| *n <= pages.saturating_mul(2) + 40) {
            let list: Vec<usize> = list.iter().flat_map(|e| e.segs.clone()).filter(|&s| !taken[s]).collect();
            list.iter().for_each(|&s| taken[s] = true);
            first.push(lists.len());
            lists.push(list);
        }
    }
    if lists.is_empty() {
        return Vec::new();
    }
    let result: Vec<Vec<Seg>> = lists
        .into_iter()
        .enumerate()
        .map(|(at, list)| {
            let mut lines: Vec<Seg> = Vec::new();
            for i in list {
                let s = &segs[i];
                match lines.last_mut() {
                    Some(l) if l.row == s.row => {
                        let number_first = first.contains(&at);
                        l.text = if number_first { format!("{} {}", s.text, l.text) } else { format!("{} {}", l.text, s.text) };
                        l.r = union(l.r, s.r);
                    }
                    _ => lines.push(s.clone()),
                }
            }
            lines
        })
        .collect();
    let mut at = 0;
    sheet.segs.retain(|_| {
        at += 1;
        !taken[at - 1]
    });
    result
}

/// A contents line without its leaders: title and page number.
pub(super) fn contents_text(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for token in line.split_whitespace() {
        let dots = token.trim_matches(['.', '…', '_', '·']);
        if dots.is_empty() {
            continue;
        }
        // "Doel......7", "Inleiding…" keep their words; a full stop behind a number stays.
        let mut parts: Vec<String> = Vec::new();
        let chars: Vec<char> = token.chars().collect();
        let mut part = String::new();
        let mut k = 0;
        while k < chars.len() {
            let run = chars[k..].iter().take_while(|c| matches!(c, '.' | '…' | '_')).count();
            if run >= 3 || (run > 0 && chars[k] == '…') {
                parts.push(std::mem::take(&mut part));
                k += run;
            } else {
                part.push(chars[k]);
                k += 1;
            }
        }
        parts.push(part);
        for part in parts.iter().filter(|p| !p.is_empty()) {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(part);
        }
    }
    out
}

/// Takes out the text of frames and filled boxes that hold a note beside the running text.
fn take_boxes(sheet: &mut Sheet, body: f32) -> Vec<(Rect, Vec<Seg>)> {
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
    let mut at = 0;
    sheet.segs.retain(|_| {
        at += 1;
        !taken[at - 1]
    });
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
fn take_barred(sheet: &mut Sheet, body: f32) -> Vec<(Rect, Vec<Seg>)> {
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
    let mut at = 0;
    sheet.segs.retain(|_| {
        at += 1;
        !taken[at - 1]
    });
    result
}

/// Takes out the caption right above a table (or right below it).
fn take_caption(sheet: &mut Sheet, table: &Table) -> Option<Column> {
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
            let cell = table.rows.first().and_then(|r| r.cells.iter().flatten().next());
            let text = cell.is_some_and(|c| (c.r.y1 - c.r.y0) > 0.0);
            if close
                && text
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
    let mut at = 0;
    sheet.segs.retain(|_| {
        at += 1;
        !lines.contains(&(at - 1))
    });
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
