//! Lines stacked to columns.

use super::Column;
use crate::document::labels;
use crate::document::sheet::{self, HLine, Seg, overlap, union};
use crate::ingest::Rect;

/// Stacks lines to columns that do not reach over a gutter or another region.
pub(super) fn columns(segs: Vec<Seg>, fixed: &[Rect], hlines: &[HLine]) -> Vec<Column> {
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
                    && (labels::is_bullet_word(&l.text)
                        || labels::is_sign(&l.text)
                        || labels::is_mark(&l.text)
                        || labels::is_heading_number(&l.text)) =>
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
