//! Regions of a page to parts: paragraphs with what they look like, footnotes, boxes; and pull quotes, which look like headings and head
//! nothing, set apart.

use super::headings::{Known, Style};
use super::labels;
use super::paragraphs::{self, Look, Metrics, Para};
use super::regions::{Column, Region};
use super::sheet::{Seg, Sheet, overlap};
use super::tables::Table;
use crate::ingest::Rect;
use std::collections::{HashMap, HashSet};

/// A piece of a page in reading order.
pub(super) enum Part {
    /// A paragraph, and whether it is the first of its column or follows what interrupts it.
    Para(Para, bool),
    /// A footnote.
    Note(Para),
    /// A table and its caption.
    Table(Option<Column>, Box<Table>),
    /// Lines of a contents list.
    Contents(Vec<Seg>),
    /// What stands outside the running text, and whether in a frame or on a ground of its own.
    Aside(Vec<Column>, bool),
    /// Paragraphs outside the running text.
    Boxed(Vec<Para>),
}

/// The parts of a page.
pub(super) fn of(sheet: &Sheet, regions: Vec<Region>, metrics: &Metrics) -> Vec<Part> {
    let lowest = lowest_text(&regions, metrics.body);
    let tops: Vec<f32> = regions.iter().map(Region::top).collect();
    let texts: Vec<Rect> = regions.iter().filter_map(|r| if let Region::Lines(c) = r { Some(c.r) } else { None }).collect();
    let mut parts: Vec<Part> = Vec::new();
    for (r, region) in regions.into_iter().enumerate() {
        match region {
            Region::Lines(column) => {
                let mut paras = paragraphs::split(&column, &sheet.words, metrics, false);
                mark_quotes(sheet, &column, &texts, &mut paras, tops.get(r + 1).copied());
                // A sign and a bold title open a box of which only the text was found.
                let (mut sign, mut boxed) = (false, false);
                for (i, para) in paras.into_iter().enumerate() {
                    let text = para.text();
                    if text.chars().count() <= 2 && !text.chars().any(char::is_alphanumeric) {
                        sign = true;
                        continue;
                    }
                    let small = para.size < 0.97 * metrics.body;
                    let opens = para.bold
                        && para.size < 1.25 * metrics.body
                        && para.lines.len() <= 2
                        && (sign || without_sign(&text).len() < text.len());
                    sign = false;
                    boxed = opens || (boxed && small && para.look != Look::Title);
                    if boxed {
                        match parts.last_mut() {
                            Some(Part::Boxed(paras)) if !opens => paras.push(para),
                            _ => parts.push(Part::Boxed(vec![para])),
                        }
                        continue;
                    }
                    let note = is_note(&para, lowest, sheet, metrics, parts.last());
                    parts.push(if note { Part::Note(para) } else { Part::Para(para, i == 0) });
                }
            }
            Region::Table(caption, table) => parts.push(Part::Table(caption, table)),
            Region::Contents(lines) => parts.push(Part::Contents(lines)),
            Region::Aside(columns, framed) => parts.push(Part::Aside(columns, framed)),
        }
    }
    parts
}

/// Counts for every possible heading what speaks for a pull quote: rules above and below it, quotation marks, that it is set in, that it
/// breaks a sentence, or that it ends its column, where no heading stands. `texts` are the columns of text on the
/// page, `next` is where the next region begins.
fn mark_quotes(sheet: &Sheet, column: &Column, texts: &[Rect], paras: &mut [Para], next: Option<f32>) {
    /// Words of the shortest quote.
    const SHORTEST: usize = 3;
    for i in 0..paras.len() {
        let para = &paras[i];
        let words = para.lines.iter().flat_map(|l| l.text.split_whitespace()).filter(|w| w.contains(char::is_alphabetic)).count();
        if para.look != Look::Title || words < SHORTEST {
            continue;
        }
        let (Some(first), Some(last)) = (para.lines.first(), para.lines.last()) else { continue };
        let (x0, x1) = para.lines.iter().fold((f32::INFINITY, f32::NEG_INFINITY), |e, l| (e.0.min(l.r.x0), e.1.max(l.r.x1)));
        let size = para.size.max(1.0);
        let (top, bottom) = (first.base - 0.75 * size, last.base + 0.2 * size);
        let rule =
            |from: f32, to: f32| sheet.rules_between(from, to).find(|h| h.drawn && overlap(h.x0, h.x1, x0, x1) > 0.9 * (x1 - x0)).copied();
        // Rules of one length, as far from the text above as below.
        let ruled = match (rule(top - 2.5 * size, top), rule(bottom, bottom + 2.5 * size)) {
            (Some(a), Some(b)) => {
                let (above, below) = (top - a.y, b.y - bottom);
                let between = |l: &&Seg| l.base > a.y && l.base < b.y && overlap(l.r.x0, l.r.x1, a.x0, a.x1) > 0.0;
                (a.x0 - b.x0).abs() < 2.0
                    && (a.x1 - b.x1).abs() < 2.0
                    && (above - below).abs() < 0.5 * above.max(below).max(size)
                    && column.lines.iter().filter(between).count() == para.lines.len()
            }
            _ => false,
        };
        let ends = words > SHORTEST && i + 1 == paras.len() && next.is_some_and(|top| top < first.r.y0 - size);
        let broken = i > 0
            && paras.get(i + 1).is_some_and(|p| p.look == Look::Text && p.text().starts_with(char::is_lowercase))
            && paras[i - 1].look != Look::Title
            && !labels::ends_sentence(&paras[i - 1].text());
        let text = para.text();
        let quoted = text.starts_with(['“', '"', '„', '‘', '«']) && text.ends_with(['”', '"', '’', '»', '“']);
        // From the side of the lines around it, or of the text above and below it.
        let around = |below: bool| {
            let gap = |t: &Rect| if below { t.y0 - last.r.y1 } else { first.r.y0 - t.y1 };
            texts
                .iter()
                .filter(|t| overlap(t.x0, t.x1, x0, x1) > 0.0 && gap(t) > -2.0)
                .min_by(|a, b| gap(a).total_cmp(&gap(b)))
                .is_some_and(|t| x0 - t.x0 > 0.4 * size)
        };
        let set_in = if column.lines.len() > para.lines.len() { x0 - column.r.x0 > 0.4 * size } else { around(false) && around(true) };
        paras[i].ruled = ruled;
        paras[i].quote = 3 * u8::from(ends) + 3 * u8::from(broken) + 2 * u8::from(quoted) + u8::from(set_in);
    }
}

/// Takes over which paragraphs are headings by their tags, if most of those look like headings, and most that look so larger than the text are.
/// What is tagged otherwise may be a pull quote, or a heading of an author who made it by hand.
pub(super) fn hear_headings(pages: &mut [Vec<Part>]) {
    let paras = || pages.iter().flatten().filter_map(|p| if let Part::Para(para, _) = p { Some(para) } else { None });
    let named = |p: &&Para| matches!(p.named, Some(Some(_)));
    let (all, alike) = (paras().filter(named).count(), paras().filter(named).filter(|p| p.look == Look::Title).count());
    if all < 2 || alike * 4 < all * 3 {
        return;
    }
    let styles: HashSet<Style> = paras().filter(named).map(Para::style).collect();
    // The title of the document above all others counts for no level.
    let levels: Vec<u8> = paras().filter_map(|p| p.named.flatten()).collect();
    let top = levels.iter().min().copied().unwrap_or(1);
    let titled = levels[0] == top && levels.iter().filter(|l| **l == top).count() == 1;
    let below = |level: u8| if titled { level.saturating_sub(top).max(1) } else { level - top + 1 };
    let parts = pages.iter_mut().flatten();
    for para in parts.filter_map(|p| if let Part::Para(para, _) = p { Some(para) } else { None }) {
        match para.named {
            Some(Some(level)) if para.words() <= 40 => {
                para.look = Look::Title;
                para.heard = Some(below(level));
            }
            Some(None) if para.look == Look::Title && para.quote > 0 && !styles.contains(&para.style()) => para.quote += 2,
            _ => {}
        }
    }
}

/// Takes pull quotes out of the text of all pages. A style that few titles have, or italic among upright ones, speaks for a quote too.
pub(super) fn set_quotes_apart(pages: &mut [Vec<Part>], known: &Known) {
    const ENOUGH: u8 = 3;
    let mut uses: HashMap<Style, usize> = HashMap::new();
    let titles = pages.iter().flatten().filter_map(|p| match p {
        Part::Para(para, _) if para.look == Look::Title => Some(para.style()),
        _ => None,
    });
    titles.for_each(|style| *uses.entry(style).or_default() += 1);
    let total: usize = uses.values().sum();
    let upright: usize = uses.iter().filter(|u| u.0.2).map(|u| *u.1).sum();
    for parts in pages {
        for part in parts.iter_mut() {
            let Part::Para(para, _) = part else { continue };
            if para.look != Look::Title || para.quote == 0 && !para.ruled || para.heard.is_some() {
                continue;
            }
            let rare = uses.get(&para.style()).is_some_and(|n| *n <= 2 && *n * 4 <= total);
            let leaning = para.italic && upright * 2 > total;
            let text = para.text();
            // Between rules, unless that is how the largest titles are set.
            let ruled = para.ruled && uses.keys().any(|style| style.0 > para.style().0);
            let signs = para.quote + 3 * u8::from(ruled) + u8::from(rare) + u8::from(leaning);
            if signs >= ENOUGH && labels::numbering(&text).is_none() && !known.has(&text) {
                *part = Part::Boxed(vec![para.clone()]);
            }
        }
        // What a quote interrupts may go on after it.
        for i in 1..parts.len() {
            let quoted = matches!(&parts[i - 1], Part::Boxed(paras) if paras.iter().any(|p| p.quote > 0 || p.ruled));
            if let (true, Part::Para(_, first)) = (quoted, &mut parts[i]) {
                *first = true;
            }
        }
    }
}

/// Whether a page begins with a paragraph, and not with the rest of one.
pub(super) fn begin_with_text(parts: &[Part]) -> bool {
    matches!(parts.first(), Some(Part::Para(para, _))
        if para.look == Look::Text && para.words() >= 8 && labels::starts_fresh(&para.text()))
}

/// Whether a paragraph is a footnote: small, below all text, starting with a number or going on with one.
fn is_note(para: &Para, lowest: f32, sheet: &Sheet, metrics: &Metrics, before: Option<&Part>) -> bool {
    let Some(first) = para.lines.first() else { return false };
    if para.size > 0.93 * metrics.body || first.base < lowest || first.base < 0.3 * sheet.height {
        return false;
    }
    note_number(&first.text).is_some() || matches!(before, Some(Part::Note(_)))
}

/// Where the text proper ends on a page.
fn lowest_text(regions: &[Region], body: f32) -> f32 {
    let mut lowest = 0.0f32;
    for region in regions {
        match region {
            Region::Lines(c) => {
                for l in c.lines.iter().filter(|l| l.size > 0.93 * body) {
                    lowest = lowest.max(l.base);
                }
            }
            Region::Table(_, t) => lowest = lowest.max(t.r.y1 - 0.3 * body),
            _ => {}
        }
    }
    lowest
}

/// The number a footnote starts with, and the bytes up to its text.
pub(super) fn note_number(text: &str) -> Option<(Option<u16>, usize)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=3).contains(&digits) {
        let rest = text[digits..].trim_start_matches(['.', ')', ':', ']', ' ']);
        let direct = rest.len() == text.len() - digits;
        let ok = rest
            .chars()
            .next()
            .is_some_and(|c| c.is_alphabetic() || matches!(c, '"' | '“' | '‘' | '€' | '(') || (!direct && c.is_ascii_digit()));
        return ok.then(|| (text[..digits].parse().ok(), text.len() - rest.len()));
    }
    let stars = text.bytes().take_while(|b| *b == b'*').count();
    (1..=3).contains(&stars).then(|| (None, text.len() - text[stars..].trim_start().len()))
}

/// A text without the icon it begins with.
pub(super) fn without_sign(text: &str) -> &str {
    let Some((first, rest)) = text.split_once(' ') else { return text };
    if labels::is_sign(first) { rest.trim_start() } else { text }
}
