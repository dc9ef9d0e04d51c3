//! Regions of a page and their reading order: boxes and side notes apart, lines stacked to blocks that never reach over a gutter, and
//! blocks in the order of columns.
//!
//! ```text
//! contents   contents lists
//! boxes      frames, filled boxes and text beside a bar
//! captions   the line that names a table
//! columns    all other lines, stacked
//! order      what is read first
//! ```

mod boxes;
mod captions;
mod columns;
mod contents;
mod order;

use super::sheet::{self, Seg, Sheet, overlap, union};
use super::tables::Table;
use super::tags::Tags;
use super::{labels, tables};
use crate::ingest::Rect;
use columns::columns;
use order::{interruptions, ordered, sequence};

pub(super) use contents::contents_text;

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
    for contents in contents::take(sheet, pages) {
        if let Some(r) = sheet::bounds(contents.iter().map(|s| &s.r)) {
            units.push((r, Region::Contents(contents)));
        }
    }
    let boxes = boxes::take_framed(sheet, body);
    for table in tables::take(sheet, tags) {
        let caption = captions::take(sheet, &table);
        let r = caption.as_ref().map_or(table.r, |c| union(table.r, c.r));
        units.push((r, Region::Table(caption, Box::new(table))));
    }
    let mut asides: Vec<(Rect, Region)> = Vec::new();
    for (r, segs) in boxes {
        let columns = ordered(columns(segs, &[], &sheet.hlines));
        asides.push((r, Region::Aside(columns, true)));
    }
    for (r, segs) in boxes::take_barred(sheet, body) {
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
