//! The lines of a column to paragraphs, list items, captions and possible headings: by gaps, indents, short last lines, marks, size
//! and weight.

use super::headings::{self, Style};
use super::labels;
use super::regions::Column;
use super::sheet::{Seg, Word};
use super::tags::Said;
use std::collections::HashMap;

/// What a paragraph looks like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Look {
    /// Running text.
    Text,
    /// A list item; its mark takes this many bytes.
    Item(usize),
    /// "Tabel 3. …".
    Caption,
    /// Short and set off: a heading if its style or a contents list says so.
    Title,
}

/// Lines that belong together.
#[derive(Clone, Debug)]
pub(super) struct Para {
    pub lines: Vec<Seg>,
    pub look: Look,
    pub size: f32,
    pub bold: bool,
    pub italic: bool,
    /// How much speaks for a pull quote.
    pub quote: u8,
    /// Between two rules.
    pub ruled: bool,
    /// Level of the heading it is by its tags, or that it has a tag and is none.
    pub named: Option<Option<u8>>,
    /// The same, as far as the tags are believed.
    pub heard: Option<u8>,
    /// An item of a list by its tags.
    pub item: bool,
    /// The last line reaches the right side.
    pub full: bool,
    /// White above, in lines of its own size.
    pub above: f32,
    /// How far it stands in from the side of its column, in its own size.
    pub indent: f32,
}

impl Para {
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for l in &self.lines {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&l.text);
        }
        text
    }
    pub(super) fn style(&self) -> Style {
        headings::style(self.size, self.bold, self.italic)
    }
    pub(super) fn words(&self) -> usize {
        // Words stand one space apart in a line.
        self.lines.iter().map(|l| l.text.bytes().filter(|b| *b == b' ').count() + usize::from(!l.text.is_empty())).sum()
    }
}

/// Sizes and distances of a whole document.
pub(super) struct Metrics {
    /// Size of most letters.
    pub body: f32,
    /// Usual width of a line of text.
    width: f32,
    /// Usual distance between the lines of a paragraph, by size in half points.
    pitch: HashMap<i32, f32>,
}

fn key(size: f32) -> i32 {
    (size * 2.0).round() as i32
}

impl Metrics {
    /// Measures the lines of a document, pages of lines by row and x.
    pub(super) fn of<'s>(pages: impl Iterator<Item = &'s [Seg]>) -> Metrics {
        let mut letters: HashMap<i32, usize> = HashMap::new();
        let mut pitches: HashMap<i32, Vec<(f32, f32)>> = HashMap::new();
        let mut widths: Vec<(f32, f32)> = Vec::new();
        for segs in pages {
            for (i, s) in segs.iter().enumerate() {
                *letters.entry(key(s.size)).or_default() += s.text.len();
                if s.text.len() > 20 {
                    widths.push((s.size, s.r.x1 - s.r.x0));
                }
                // The next line under it.
                let below = segs[i + 1..].iter().take(6).find(|o| o.row > s.row && (o.r.x0 - s.r.x0).abs() < 0.5 * s.size);
                if let Some(b) =
                    below.filter(|b| key(b.size) == key(s.size) && b.base - s.base < 2.2 * s.size && b.text.len() > 12 && s.text.len() > 12)
                {
                    pitches.entry(key(s.size)).or_default().push((b.base - s.base, s.r.x1 - s.r.x0));
                }
            }
        }
        let body = letters.iter().max_by_key(|(k, n)| (**n, -**k)).map_or(10.0, |(k, _)| *k as f32 / 2.0);
        let body = body.max(1.0);
        let mut widths: Vec<f32> = widths.into_iter().filter(|w| (w.0 - body).abs() < 0.6).map(|w| w.1).collect();
        widths.sort_by(f32::total_cmp);
        let width = widths.get(widths.len() * 3 / 4).copied().unwrap_or(0.0);
        // Of lines of text rather than those of cells, which are often set closer.
        let pitch = pitches
            .into_iter()
            .filter(|(_, steps)| steps.len() >= 4)
            .map(|(k, steps)| {
                let long: Vec<f32> = steps.iter().filter(|s| s.1 > 0.5 * width).map(|s| s.0).collect();
                let mut steps = if long.len() >= 4 { long } else { steps.iter().map(|s| s.0).collect() };
                steps.sort_by(f32::total_cmp);
                (k, steps[steps.len() * 3 / 10])
            })
            .collect();
        Metrics { body, width, pitch }
    }

    fn pitch(&self, size: f32, column: &[Seg]) -> f32 {
        let mut own: Vec<f32> = column
            .windows(2)
            .filter(|w| key(w[0].size) == key(size) && key(w[1].size) == key(size))
            .map(|w| w[1].base - w[0].base)
            .filter(|d| *d < 2.2 * size)
            .collect();
        own.sort_by(f32::total_cmp);
        let local = if own.len() >= 3 { own.get(own.len() * 3 / 10).copied() } else { None };
        let general = self.pitch.get(&key(size)).copied();
        match (local, general) {
            (Some(l), Some(g)) if l > g => {
                // Wider than elsewhere: set so, when most lines are full; else a list with white between its items.
                let right = column.iter().map(|s| s.r.x1).fold(f32::NEG_INFINITY, f32::max);
                let left = column.iter().map(|s| s.r.x0).fold(f32::INFINITY, f32::min);
                let full = column.iter().filter(|s| right - s.r.x1 < 0.2 * (right - left)).count();
                if full * 5 >= column.len() * 3 { l } else { g }
            }
            (Some(l), Some(_)) => l,
            (Some(l), None) => l,
            (None, Some(g)) => g,
            (None, None) => own.first().copied().filter(|p| *p < 1.6 * size).unwrap_or(1.45 * size),
        }
    }
}

/// Splits a column into paragraphs.
pub(super) fn split(column: &Column, words: &[Word], metrics: &Metrics, boxed: bool) -> Vec<Para> {
    let mut paras: Vec<Para> = Vec::new();
    let lines = &column.lines;
    let mut from = 0;
    let right = column.r.x1;
    // A column of short lines only: an address, a title page. Its side is not where its text had to end.
    let small = lines.iter().all(|l| l.size < 1.3 * metrics.body);
    let side = if small && !boxed { right.max(column.r.x0 + 0.55 * metrics.width) } else { right };
    let mut pitches: Vec<(i32, f32)> = Vec::new();
    let mut pitch_of = |size: f32| match pitches.iter().find(|p| p.0 == key(size)) {
        Some(p) => p.1,
        None => {
            let p = metrics.pitch(size, lines);
            pitches.push((key(size), p));
            p
        }
    };
    for i in 1..=lines.len() {
        if i < lines.len() && !breaks(lines, from, i, column, side, words, pitch_of(lines[i].size)) {
            continue;
        }
        let above = if from == 0 { f32::INFINITY } else { (lines[from].base - lines[from - 1].base) / pitch_of(lines[from].size).max(1.0) };
        let mut para = look(lines[from..i].to_vec(), right, above, metrics);
        let said: Vec<Said> = para.lines.iter().flat_map(|l| &l.words).map(|&w| words[w as usize].said).collect();
        let most = |is: &dyn Fn(&Said) -> bool| said.iter().filter(|s| is(s)).count() * 5 > said.len() * 4;
        let level = said.iter().map(|s| s.heading).find(|level| *level > 0);
        para.named = if most(&|s| s.heading > 0) { Some(level) } else { most(&|s| s.tagged).then_some(None) };
        para.item =
            most(&|s| s.item && s.cell == 0) && !paras.last().is_some_and(|p: &Para| p.item && ends_in(p, words) == said[0].element);
        para.indent = para.lines.iter().map(|l| l.r.x0 - column.r.x0).fold(f32::INFINITY, f32::min) / para.size.max(1.0);
        paras.push(para);
        from = i;
    }
    // Larger than the text of the document, but as large as the text around it: a page set in larger type.
    for i in 0..paras.len() {
        let text = |p: &Para| p.look == Look::Text && p.words() >= 15 && !p.bold && (p.size - paras[i].size).abs() < 0.03 * p.size;
        let around = i.checked_sub(1).is_some_and(|k| text(&paras[k])) || paras.get(i + 1).is_some_and(text);
        if paras[i].look == Look::Title && !paras[i].bold && around && labels::numbering(&paras[i].text()).is_none() {
            paras[i].look = Look::Text;
        }
    }
    paras
}

/// The element that a paragraph ends in by its tags.
fn ends_in(para: &Para, words: &[Word]) -> u32 {
    para.lines.last().and_then(|l| l.words.last()).map_or(0, |&w| words[w as usize].said.element)
}

/// Width of the first words of a line.
fn lead_width(line: &Seg, words: &[Word], count: usize) -> f32 {
    let last = line.words.get(count.min(line.words.len()).saturating_sub(1));
    last.map_or(0.0, |&w| words[w as usize].r.x1 - line.r.x0)
}

/// Whether line `i` begins a new paragraph; the open one began at `from`.
fn breaks(lines: &[Seg], from: usize, i: usize, column: &Column, right: f32, words: &[Word], pitch: f32) -> bool {
    let (a, b) = (&lines[i - 1], &lines[i]);
    let size = b.size.max(1.0);
    let step = b.base - a.base;
    if (a.size - b.size).abs() > 0.08 * size {
        // A line of a few small letters (all caps set smaller, an inline remark) does not part a sentence.
        let inside = (a.size - b.size).abs() < 0.2 * size
            && !labels::ends_sentence(&a.text)
            && step < 1.2 * pitch
            && !labels::starts_fresh(&b.text)
            && a.bold == b.bold;
        if !inside {
            return true;
        }
    }
    if step > 1.13 * pitch || step < -0.5 * size {
        return true;
    }
    // Two items of a list, or a heading and something else, by the tags.
    let said = |seg: &Seg, last: bool| if last { seg.words.last() } else { seg.words.first() }.map(|&w| words[w as usize].said);
    if let (Some(above), Some(below)) = (said(a, true), said(b, false))
        && above.element != below.element
        && (above.item && below.item && labels::starts_fresh(&b.text))
    {
        return true;
    }
    let ended = labels::ends_sentence(&a.text);
    let fresh = labels::starts_fresh(&b.text);
    let starts_bold = b.words.first().is_some_and(|&w| words[w as usize].bold);
    let ends_bold = a.words.last().is_some_and(|&w| words[w as usize].bold);
    if a.bold != b.bold && (a.bold && !starts_bold || b.bold && !ends_bold && (ended || fresh)) {
        // A bold line over light text, or the other way round; not a bold phrase broken over the lines.
        let phrase = a.bold && !fresh && !b.bold && i - from > 1;
        if !phrase {
            return true;
        }
    }
    let slack = right - a.r.x1;
    let one = lead_width(b, words, 1);
    let short = slack > one + 0.6 * size;
    let first = &lines[from];
    let in_item = labels::marker(&first.text);
    if let Some(m) = labels::marker(&b.text) {
        let same_indent = in_item.is_some() && (b.r.x0 - first.r.x0).abs() < 3.0 * size;
        if !m.weak && !m.ordered || same_indent {
            return true;
        }
        // "1." or "–" at the start of a line: a mark when the line before is at its end.
        if (a.text.ends_with([':', ';', '.', ',', '?']) || short)
            && !(m.weak && !short && a.text.ends_with(','))
            && (b.r.x0 > column.r.x0 + 0.3 * size || short || a.text.ends_with([':', ';', '.']))
        {
            return true;
        }
    }
    if a.bold
        && b.bold
        && labels::numbering(&b.text).is_some_and(|n| n.len > 2)
        && (short || ended)
        && labels::numbering(&b.text).is_none_or(|n| n.len < b.text.len())
    {
        return true;
    }
    if short && a.text.ends_with(';') {
        return true;
    }
    if in_item.is_some() {
        // Back to the left of the mark: after the list.
        if b.r.x0 < first.r.x0 - 0.4 * size {
            return true;
        }
        // At the mark without its own: the end of the list, unless items do not hang.
        if i - from >= 1 && (b.r.x0 - first.r.x0).abs() < 0.3 * size && short && ended {
            return true;
        }
        return short && ended && fresh && slack > lead_width(b, words, 2) + 0.6 * size && b.r.x0 < first.r.x0 + 0.5 * size;
    }
    // An indent opens a paragraph.
    if i - from >= 1 && b.r.x0 - a.r.x0 > 0.8 * size && b.r.x0 - column.r.x0 < 6.0 * size && (ended || short) && i - from != 1 {
        return true;
    }
    if i - from == 1 && b.r.x0 - a.r.x0 > 0.8 * size && ended && short {
        return true;
    }
    if short && ended && fresh {
        return true;
    }
    // Lines that stop well before the side though more would fit: an address, a list of names.
    short && fresh && slack > lead_width(b, words, 3) + 0.8 * size && !a.text.ends_with([',', '-', '–'])
}

fn look(lines: Vec<Seg>, right: f32, above: f32, metrics: &Metrics) -> Para {
    let size = lines.iter().map(|l| (l.size, l.text.len())).max_by_key(|s| s.1).map_or(metrics.body, |s| s.0);
    let bold = lines.iter().all(|l| l.bold);
    let italic = lines.iter().all(|l| l.italic);
    let full = lines.last().is_some_and(|l| right - l.r.x1 < 4.0 * l.size);
    let mut para = Para {
        lines,
        look: Look::Text,
        size,
        bold,
        italic,
        quote: 0,
        ruled: false,
        named: None,
        heard: None,
        item: false,
        full,
        above,
        indent: 0.0,
    };
    let text = para.text();
    let words = para.words();
    let numbering = labels::numbering(&text);
    let closed =
        text.ends_with(['.', ',', ';', ':']) && !text.ends_with("..") && !(numbering.is_some() && text.ends_with('.') && words <= 3);
    let larger = size > 1.09 * metrics.body;
    let lettered = text.chars().filter(|c| c.is_alphabetic()).count() >= 2;
    let title = lettered && !closed && words <= 24 && para.lines.len() <= 4 && (larger || bold);
    // The same size and weight as the text: only with a number of two parts, alone on its line and set off.
    let plain_title = lettered
        && !closed
        && para.lines.len() == 1
        && words <= 12
        && above > 1.3
        && numbering.is_some_and(|n| {
            (n.depth >= 2 || n.worded) && labels::starts_fresh(&text[n.len..]) && !text[n.len..].starts_with(|c: char| c.is_ascii_digit())
        });
    if labels::is_caption(&text) && !larger && para.lines.len() <= 4 {
        para.look = Look::Caption;
    } else if title || plain_title {
        let bullet = labels::marker(&text).filter(|m| !m.ordered || (!larger && !bold));
        para.look = match bullet {
            Some(m) if !larger || !m.ordered => Look::Item(m.len),
            _ => Look::Title,
        };
    } else if let Some(m) = labels::marker(&text) {
        para.look = Look::Item(m.len);
    }
    para
}
