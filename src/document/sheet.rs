//! A page made ready for reading: upright in its own direction, words on lines, rules sorted into lines and boxes. Oblique text
//! (a watermark) and text across the page's direction are set apart.

use super::tags::{Said, Tags};
use crate::ingest::{Page, Rect};

/// Pages with more pieces than this are read line by line, without looking for columns or tables.
pub(super) const MANY: usize = 6000;

/// How a page's main direction is turned.
#[derive(Clone, Copy, Debug)]
pub(super) struct Turn {
    /// Quarter turns counter-clockwise of the text as displayed.
    quarters: u8,
    width: f32,
    height: f32,
    /// Cosine and sine of the angle by which its lines go down, as displayed when upright.
    crooked: Option<(f32, f32)>,
}

impl Turn {
    /// A view rectangle in reading coordinates (origin top left, text running to the right and level). It keeps its width and height.
    fn upright(self, r: Rect) -> Rect {
        let (w, h) = (self.width, self.height);
        let r = match self.quarters {
            1 => Rect { x0: h - r.y1, y0: r.x0, x1: h - r.y0, y1: r.x1 },
            2 => Rect { x0: w - r.x1, y0: h - r.y1, x1: w - r.x0, y1: h - r.y0 },
            3 => Rect { x0: r.y0, y0: w - r.x1, x1: r.y1, y1: w - r.x0 },
            _ => r,
        };
        let Some((cos, sin)) = self.crooked else { return r };
        let (x, y) = ((r.x0 + r.x1) / 2.0, (r.y0 + r.y1) / 2.0);
        let (to_x, to_y) = self.about_middle(x, y, cos, -sin);
        Rect { x0: r.x0 + to_x - x, y0: r.y0 + to_y - y, x1: r.x1 + to_x - x, y1: r.y1 + to_y - y }
    }

    /// A point of the upright page turned about its middle, clockwise for a sine above nought.
    fn about_middle(self, x: f32, y: f32, cos: f32, sin: f32) -> (f32, f32) {
        let (width, height) = self.size();
        let (dx, dy) = (x - width / 2.0, y - height / 2.0);
        (width / 2.0 + dx * cos - dy * sin, height / 2.0 + dy * cos + dx * sin)
    }

    /// Back to view coordinates: the box around what stands there.
    pub(super) fn view(self, r: Rect) -> Rect {
        let (w, h) = (self.width, self.height);
        let r = match self.crooked {
            Some((cos, sin)) => {
                let corners = [(r.x0, r.y0), (r.x1, r.y0), (r.x0, r.y1), (r.x1, r.y1)];
                let corners = corners.map(|(x, y)| self.about_middle(x, y, cos, sin)).map(|(x, y)| Rect { x0: x, y0: y, x1: x, y1: y });
                corners.into_iter().reduce(union).unwrap_or(r)
            }
            None => r,
        };
        match self.quarters {
            1 => Rect { x0: r.y0, y0: h - r.x1, x1: r.y1, y1: h - r.x0 },
            2 => Rect { x0: w - r.x1, y0: h - r.y1, x1: w - r.x0, y1: h - r.y0 },
            3 => Rect { x0: w - r.y1, y0: r.x0, x1: w - r.y0, y1: r.x1 },
            _ => r,
        }
    }

    /// Width and height in reading coordinates.
    fn size(self) -> (f32, f32) {
        if self.quarters % 2 == 1 { (self.height, self.width) } else { (self.width, self.height) }
    }
}

/// A word, upright.
#[derive(Clone, Debug)]
pub(super) struct Word<'a> {
    pub text: &'a str,
    pub r: Rect,
    /// Baseline.
    pub base: f32,
    pub size: f32,
    pub bold: bool,
    pub italic: bool,
    /// White space is drawn before it.
    pub spaced: bool,
    /// What the tags say of it.
    pub said: Said,
}

/// Words on one baseline without a wide gap between them.
#[derive(Clone, Debug)]
pub(super) struct Seg {
    /// Indices into the words, from left to right.
    pub words: Vec<u32>,
    pub r: Rect,
    pub base: f32,
    /// Size of most of its letters.
    pub size: f32,
    /// All of it is bold.
    pub bold: bool,
    /// All of it is italic.
    pub italic: bool,
    /// Its text.
    pub text: String,
    /// Numbers of the footnotes referred to.
    pub refs: Vec<u16>,
    /// Line on the page, from 1.
    pub row: u32,
}

/// A horizontal line, its pieces merged.
#[derive(Clone, Copy, Debug)]
pub(super) struct HLine {
    pub y: f32,
    pub x0: f32,
    pub x1: f32,
    /// Drawn as a line, not the edge of a box.
    pub drawn: bool,
}

/// A page made ready.
pub(super) struct Sheet<'a> {
    pub number: u32,
    pub turn: Turn,
    pub width: f32,
    pub height: f32,
    pub words: Vec<Word<'a>>,
    /// By row, then from left to right.
    pub segs: Vec<Seg>,
    pub hlines: Vec<HLine>,
    /// Vertical lines and bars.
    pub vlines: Vec<Rect>,
    /// Frames and filled boxes.
    pub boxes: Vec<Rect>,
    /// Text set apart: watermark, text across.
    pub apart: Vec<String>,
}

impl Sheet<'_> {
    /// Keeps the segments that are not taken; one mark per segment.
    pub(super) fn leave(&mut self, taken: &[bool]) {
        let mut taken = taken.iter();
        self.segs.retain(|_| taken.next() == Some(&false));
    }

    /// The horizontal lines between two heights.
    pub(super) fn rules_between(&self, from: f32, to: f32) -> impl Iterator<Item = &HLine> {
        // In rows from the top, the lines of a row within this distance of each other.
        let row = 2.0;
        let first = self.hlines.partition_point(|h| h.y < from - row);
        self.hlines[first..].iter().take_while(move |h| h.y <= to + row).filter(move |h| h.y > from && h.y < to)
    }
}

pub(super) fn overlap(a0: f32, a1: f32, b0: f32, b1: f32) -> f32 {
    a1.min(b1) - a0.max(b0)
}

pub(super) fn union(a: Rect, b: Rect) -> Rect {
    Rect { x0: a.x0.min(b.x0), y0: a.y0.min(b.y0), x1: a.x1.max(b.x1), y1: a.y1.max(b.y1) }
}

pub(super) fn bounds<'r>(rects: impl Iterator<Item = &'r Rect>) -> Option<Rect> {
    rects.copied().reduce(union)
}

fn sane(r: Rect) -> bool {
    [r.x0, r.y0, r.x1, r.y1].iter().all(|v| v.is_finite() && v.abs() < 1.0e5)
}

/// Makes a page ready.
pub(super) fn prepare<'a>(page: &'a Page, tags: &Tags) -> Sheet<'a> {
    let (width, height) = page.geometry.view_size();
    let (width, height) =
        if width.is_finite() && height.is_finite() && width > 1.0 && height > 1.0 { (width, height) } else { (595.0, 842.0) };
    // Main direction: the one of most letters.
    let mut letters = [0usize; 4];
    for run in &page.runs {
        if let Some(q) = quarter(run.angle) {
            letters[usize::from(q)] += run.text.len();
        }
    }
    let quarters = (0..4u8).max_by_key(|&q| (letters[usize::from(q)], 4 - q)).unwrap_or(0);
    let crooked = (page.skew != 0.0 && page.skew.is_finite()).then(|| {
        let along = 1.0f32.hypot(page.skew);
        (1.0 / along, page.skew / along)
    });
    let turn = Turn { quarters, width, height, crooked };
    let (read_width, read_height) = turn.size();
    let mut words: Vec<Word> = Vec::with_capacity(page.runs.len());
    let mut apart: Vec<(i16, String)> = Vec::new();
    for run in &page.runs {
        if run.text.trim().is_empty() || !sane(run.rect) || !run.size.is_finite() {
            continue;
        }
        if quarter(run.angle) != Some(quarters) {
            let full = apart.len() >= 200;
            match apart.last_mut() {
                Some((angle, text)) if *angle == run.angle && text.len() < 2000 => {
                    text.push(' ');
                    text.push_str(run.text.trim());
                }
                _ if full => {}
                _ => apart.push((run.angle, run.text.trim().to_string())),
            }
            continue;
        }
        let r = turn.upright(run.rect);
        let r = Rect { x0: r.x0.min(r.x1), y0: r.y0.min(r.y1), x1: r.x0.max(r.x1), y1: r.y0.max(r.y1) };
        // Outside the page is invisible.
        if r.x1 < -2.0 || r.y1 < -2.0 || r.x0 > read_width + 2.0 || r.y0 > read_height + 2.0 {
            continue;
        }
        let size = if run.size > 0.5 { run.size.min(400.0) } else { (r.y1 - r.y0).clamp(1.0, 400.0) };
        words.push(Word {
            text: run.text.trim(),
            r,
            base: r.y1 - 0.2 * size,
            size,
            bold: run.bold,
            italic: run.italic,
            spaced: run.spaced,
            said: tags.say(run.mark),
        });
    }
    drop_doubles(&mut words);
    lower_initials(&mut words);
    let segs = segments(&words);
    let mut sheet = Sheet {
        number: page.number,
        turn,
        width: read_width,
        height: read_height,
        words,
        segs,
        hlines: Vec::new(),
        vlines: Vec::new(),
        boxes: Vec::new(),
        apart: apart.into_iter().map(|a| super::build::clean(&a.1)).filter(|t| !t.is_empty()).collect(),
    };
    sort_rules(&mut sheet, &page.rules);
    sheet
}

/// The quarter turn an angle stands for; none for oblique text.
fn quarter(angle: i16) -> Option<u8> {
    let angle = i32::from(angle).rem_euclid(360);
    let near = ((angle + 45) / 90) % 4;
    let off = (angle - near * 90).rem_euclid(360);
    (off <= 12 || off >= 348).then_some(near as u8)
}

/// Drops words drawn twice at the same place (bold by overprinting, shadows).
fn drop_doubles(words: &mut Vec<Word>) {
    let mut kept: Vec<Word> = Vec::with_capacity(words.len());
    for word in words.drain(..) {
        let near = |a: f32, b: f32| (a - b).abs() < 0.08 * word.size;
        let double = kept.iter().rev().take(24).any(|k| near(k.r.x0, word.r.x0) && near(k.base, word.base) && k.text == word.text);
        if !double {
            kept.push(word);
        }
    }
    *words = kept;
}

/// Puts the large letter that opens a paragraph before the word it belongs to: on the first of the lines beside it.
fn lower_initials(words: &mut [Word]) {
    /// Words after it among which the first line is looked for, and initials on a page.
    const NEAR: usize = 60;
    const MOST: usize = 40;
    let is_initial = |w: &Word| w.text.chars().count() == 1 && w.text.starts_with(char::is_uppercase);
    let initials: Vec<usize> = (0..words.len())
        .filter(|&i| is_initial(&words[i]))
        .filter(|&i| {
            let around = &words[i.saturating_sub(3)..(i + 4).min(words.len())];
            around.iter().filter(|w| words[i].size > 1.8 * w.size).count() >= 2
        })
        .take(MOST)
        .collect();
    for i in initials {
        let initial = words[i].r;
        let size = words[i].size;
        let (from, to) = (i.saturating_sub(NEAR), (i + NEAR).min(words.len()));
        // The words that begin lines beside it.
        let beside: Vec<usize> = (from..to)
            .filter(|&k| {
                let w = &words[k];
                1.8 * w.size < size && w.base > initial.y0 && w.base <= initial.y1 && (-0.1..0.5).contains(&((w.r.x0 - initial.x1) / size))
            })
            .collect();
        let Some(&first) = beside.iter().min_by(|&&a, &&b| words[a].base.total_cmp(&words[b].base)) else { continue };
        if beside.len() < 2 || !words[first].text.starts_with(char::is_lowercase) {
            continue;
        }
        let Word { r, base, size, .. } = words[first];
        let word = &mut words[i];
        (word.base, word.size) = (base, size);
        word.r = Rect { x0: initial.x0.min(r.x0), y0: r.y0, x1: r.x0, y1: r.y1 };
        words[first].spaced = false;
    }
}

/// Words to segments: rows by baseline, rows cut at wide gaps.
fn segments(words: &[Word]) -> Vec<Seg> {
    let mut order: Vec<u32> = (0..words.len() as u32).collect();
    order.sort_by(|&a, &b| words[a as usize].base.total_cmp(&words[b as usize].base));
    let mut rows: Vec<Vec<u32>> = Vec::new();
    let mut row_base = f32::NEG_INFINITY;
    let mut row_size = 0.0f32;
    for &w in &order {
        let word = &words[w as usize];
        if rows.is_empty() || word.base - row_base > 0.3 * word.size.min(row_size).max(1.0) {
            rows.push(Vec::new());
            row_base = word.base;
            row_size = word.size;
        }
        row_size = row_size.max(word.size);
        if let Some(row) = rows.last_mut() {
            row.push(w);
        }
    }
    let mut pieces: Vec<Vec<u32>> = Vec::new();
    for row in &mut rows {
        row.sort_by(|&a, &b| words[a as usize].r.x0.total_cmp(&words[b as usize].r.x0));
        let mut piece: Vec<u32> = Vec::new();
        let mut end = f32::NEG_INFINITY;
        let mut last_size = 0.0f32;
        let spread = spread(words, row);
        for (k, &w) in row.iter().enumerate() {
            let word = &words[w as usize];
            if !piece.is_empty() && word.r.x0 - end > 1.0 * word.size.max(last_size) && !spread[k] {
                pieces.push(std::mem::take(&mut piece));
            }
            piece.push(w);
            end = if piece.len() == 1 { word.r.x1 } else { end.max(word.r.x1) };
            last_size = word.size;
        }
        if !piece.is_empty() {
            pieces.push(piece);
        }
    }
    attach_raised(words, &mut pieces);
    let mut segs: Vec<Seg> = pieces.into_iter().map(|p| seg(words, p)).collect();
    number_rows(&mut segs);
    segs
}

/// Whether each word of a row follows the one before it at the width of a word space, however wide: justified text spreads all words of a line
/// alike.
fn spread(words: &[Word], row: &[u32]) -> Vec<bool> {
    const WIDEST: f32 = 4.5;
    let gaps: Vec<f32> = row
        .windows(2)
        .map(|w| {
            let (a, b) = (&words[w[0] as usize], &words[w[1] as usize]);
            (b.r.x0 - a.r.x1) / b.size.max(a.size)
        })
        .collect();
    let mut spread = vec![false; row.len()];
    let mut from = 0;
    while from < gaps.len() {
        let alike = |near: f32| {
            gaps[from..].iter().take_while(|&&g| (0.6..WIDEST).contains(&g) && (g - gaps[from]).abs() < near * gaps[from]).count()
        };
        // Two gaps may be alike by chance, unless they are the same.
        let to = from + if alike(0.2) >= 3 { alike(0.2) } else { alike(0.04) };
        let small = |w: &u32| words[*w as usize].text.starts_with(char::is_lowercase);
        if to >= from + 2 && row[from..=to].iter().filter(|w| small(w)).count() * 2 > to - from {
            spread[from + 1..=to].fill(true);
        }
        from = to.max(from + 1);
    }
    spread
}

/// Small pieces raised or lowered beside the words of a line (footnote numbers, ordinals) go into that line.
fn attach_raised(words: &[Word], pieces: &mut Vec<Vec<u32>>) {
    if pieces.len() > MANY {
        return;
    }
    let meta: Vec<(Rect, f32, f32)> = pieces
        .iter()
        .map(|p| {
            let r = bounds(p.iter().map(|&w| &words[w as usize].r)).unwrap_or_default();
            let size = p.iter().map(|&w| words[w as usize].size).fold(0.0, f32::max);
            (r, words[p[0] as usize].base, size)
        })
        .collect();
    for i in 0..pieces.len() {
        let (r, base, size) = meta[i];
        if pieces[i].len() > 3 {
            continue;
        }
        let near = (i.saturating_sub(12)..(i + 13).min(pieces.len())).filter(|&j| j != i).find(|&j| {
            let (hr, hbase, hsize) = meta[j];
            !pieces[j].is_empty()
                && hsize > 1.2 * size
                && (hbase - base) < 0.65 * hsize
                && (hbase - base) > -0.35 * hsize
                && r.x0 > hr.x0
                && r.x1 < hr.x1 + 0.6 * hsize + (r.x1 - r.x0)
                && r.x0 < hr.x1 + 0.35 * hsize
        });
        if let Some(j) = near {
            let moved = std::mem::take(&mut pieces[i]);
            pieces[j].extend(moved);
            pieces[j].sort_by(|&a, &b| words[a as usize].r.x0.total_cmp(&words[b as usize].r.x0));
        }
    }
    pieces.retain(|p| !p.is_empty());
}

/// Makes a segment of words in order.
pub(super) fn seg(words: &[Word], mut ids: Vec<u32>) -> Seg {
    // Size and baseline of most letters.
    let mut best: (usize, f32, f32) = (0, 10.0, 0.0);
    let mut tally: Vec<(f32, usize, f32)> = Vec::new();
    for &w in &ids {
        let word = &words[w as usize];
        match tally.iter_mut().find(|t| (t.0 - word.size).abs() < 0.05 * word.size) {
            Some(t) => t.1 += word.text.len(),
            None => tally.push((word.size, word.text.len(), word.base)),
        }
    }
    for t in &tally {
        if t.1 > best.0 {
            best = (t.1, t.0, t.2);
        }
    }
    let (_, size, base) = best;
    // Small raised numbers behind a word point at footnotes: out of the text.
    let mut refs = Vec::new();
    let first = ids.first().copied();
    if ids.len() > 1 {
        let mut before: &str = "";
        ids.retain(|&w| {
            let word = &words[w as usize];
            let raised = word.size < 0.82 * size && word.base < base - 0.12 * size;
            let digits = word.text.trim_matches([',', '(', ')', '[', ']']);
            let is_ref =
                raised && Some(w) != first && !digits.is_empty() && digits.len() <= 3 && !matches!(before, "m" | "km" | "cm" | "dm");
            let keep = !(is_ref && (digits.bytes().all(|b| b.is_ascii_digit()) || digits == "*"));
            if !keep && let Ok(n) = digits.parse() {
                refs.push(n);
            }
            before = word.text;
            keep
        });
    }
    let r = bounds(ids.iter().map(|&w| &words[w as usize].r)).unwrap_or_default();
    let bold = ids.iter().all(|&w| words[w as usize].bold || !words[w as usize].text.contains(char::is_alphanumeric));
    let bold = bold && ids.iter().any(|&w| words[w as usize].bold);
    let italic = ids.iter().all(|&w| words[w as usize].italic);
    let text = text_of(words, &ids);
    Seg { words: ids, r, base, size, bold, italic, text, refs, row: 0 }
}

/// The text of words in order: a space where one is drawn, where the gap is one, and where text lies over other text.
pub(super) fn text_of(words: &[Word], ids: &[u32]) -> String {
    let mut text = String::new();
    let mut end: Option<f32> = None;
    for (i, &w) in ids.iter().enumerate() {
        let word = &words[w as usize];
        // A hyphen drawn by itself at the line end belongs to the word before it.
        let hyphen = i + 1 == ids.len() && matches!(word.text, "-" | "\u{AD}" | "\u{2010}");
        let gap = end.map(|end| (word.r.x0 - end) / word.size);
        let over = |gap: f32| gap < -0.6 && word.text.chars().nth(1).is_some();
        if gap.is_some_and(|gap| word.spaced && !hyphen || gap > if hyphen { 0.2 } else { 0.11 } || over(gap)) {
            text.push(' ');
        }
        text.push_str(word.text);
        end = Some(word.r.x1);
    }
    text
}

/// Numbers the drawn lines of the page from the top; pieces at the same height share a number.
fn number_rows(segs: &mut [Seg]) {
    segs.sort_by(|a, b| a.base.total_cmp(&b.base));
    let (mut row, mut base) = (0u32, f32::NEG_INFINITY);
    for s in segs.iter_mut() {
        if row == 0 || s.base - base > 0.45 * s.size.min(24.0) {
            row += 1;
            base = s.base;
        }
        s.row = row;
    }
    segs.sort_by(|a, b| a.row.cmp(&b.row).then(a.r.x0.total_cmp(&b.r.x0)));
}

/// Sorts the page's rules into horizontal lines (pieces merged), vertical bars and boxes.
fn sort_rules(sheet: &mut Sheet, rules: &[Rect]) {
    let mut pieces: Vec<HLine> = Vec::new();
    let page_area = sheet.width * sheet.height;
    for &r in rules.iter().filter(|r| sane(**r)).take(20_000) {
        let r = sheet.turn.upright(r);
        let r = Rect { x0: r.x0.min(r.x1), y0: r.y0.min(r.y1), x1: r.x0.max(r.x1), y1: r.y0.max(r.y1) };
        let (w, h) = (r.x1 - r.x0, r.y1 - r.y0);
        if w * h > 0.7 * page_area {
            continue;
        }
        if h <= 3.5 && w > 2.0 * h && w > 1.0 {
            pieces.push(HLine { y: (r.y0 + r.y1) / 2.0, x0: r.x0, x1: r.x1, drawn: true });
        } else if w <= 6.0 && h > 2.0 * w && h > 4.0 {
            sheet.vlines.push(r);
        } else if w > 8.0 && h > 6.0 {
            let same = |b: &Rect| (b.x0 - r.x0).abs() + (b.x1 - r.x1).abs() + (b.y0 - r.y0).abs() + (b.y1 - r.y1).abs() < 4.0;
            if sheet.boxes.len() < 3000 && !sheet.boxes.iter().rev().take(50).any(same) {
                sheet.boxes.push(r);
            }
            pieces.push(HLine { y: r.y0, x0: r.x0, x1: r.x1, drawn: false });
            pieces.push(HLine { y: r.y1, x0: r.x0, x1: r.x1, drawn: false });
        }
    }
    pieces.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut from = 0;
    while from < pieces.len() {
        let mut to = from + 1;
        while to < pieces.len() && pieces[to].y - pieces[from].y < 2.0 {
            to += 1;
        }
        let row = &mut pieces[from..to];
        row.sort_by(|a, b| a.x0.total_cmp(&b.x0));
        let mut open: Option<HLine> = None;
        for &p in row.iter() {
            match &mut open {
                Some(o) if p.x0 - o.x1 < 3.0 => {
                    o.x1 = o.x1.max(p.x1);
                    o.drawn |= p.drawn;
                }
                _ => {
                    sheet.hlines.extend(open.take());
                    open = Some(p);
                }
            }
        }
        sheet.hlines.extend(open);
        from = to;
    }
    sheet.hlines.retain(|h| h.x1 - h.x0 > 12.0);
}
