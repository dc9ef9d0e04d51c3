//! The order in which the regions of a page are read: what stands above comes first, a column before the one to its right, unless something
//! that spans both stands between.

use super::{Column, Region};
use crate::document::labels;
use crate::document::sheet::{Seg, overlap};
use crate::ingest::Rect;

/// Regions of a page that are held against each other; a page with more is read from top to bottom.
const ORDERED: usize = 150;

/// The order of regions, some left out.
pub(super) fn sequence(units: &[(Rect, Region)], without: &[usize]) -> Vec<usize> {
    let kept: Vec<usize> = (0..units.len()).filter(|i| !without.contains(i)).collect();
    let parts: Vec<&(Rect, Region)> = kept.iter().map(|&i| &units[i]).collect();
    order(&reach(&parts)).into_iter().map(|i| kept[i]).collect()
}

/// What stands across columns whose text goes on below it: pull quotes, tables and boxes in the middle of the page. With such a thing left out,
/// more sentences go on from one region to the next than with it.
pub(super) fn interruptions(units: &[(Rect, Region)]) -> Vec<usize> {
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

pub(super) fn ordered(columns: Vec<Column>) -> Vec<Column> {
    let order = order(&columns.iter().map(|c| c.r).collect::<Vec<_>>());
    let mut slots: Vec<Option<Column>> = columns.into_iter().map(Some).collect();
    order.into_iter().filter_map(|i| slots[i].take()).collect()
}
