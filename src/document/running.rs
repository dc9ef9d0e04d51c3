//! Running heads, feet and page numbers: rows at the top and bottom that return at the same height on other pages, digits
//! looked through. They leave the text; the printed page number becomes the page's label.

use super::sheet::{Seg, Sheet};
use std::collections::HashMap;

/// Heads stand in this share of the page's height, from the top.
const HEAD: f32 = 0.15;
/// Feet stand below this share of it.
const FOOT: f32 = 0.86;
/// Rows of a head or foot at most.
const MAX_ROWS: usize = 4;

/// What was found at the top and bottom of a page.
#[derive(Clone, Debug, Default)]
pub(super) struct Running {
    /// Heads and feet, from the top.
    pub texts: Vec<String>,
    /// The printed page number.
    pub label: Option<String>,
}

/// A row at the top or bottom of a page.
struct Row {
    /// First and last segment.
    segs: std::ops::Range<usize>,
    base: f32,
    size: f32,
}

fn rows(sheet: &Sheet) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (i, s) in sheet.segs.iter().enumerate() {
        match rows.last_mut() {
            Some(r) if sheet.segs[r.segs.start].row == s.row => {
                r.segs.end = i + 1;
                r.size = r.size.max(s.size);
            }
            _ => rows.push(Row { segs: i..i + 1, base: s.base, size: s.size }),
        }
    }
    rows
}

/// A text with its digits made alike; roman page numbers too.
fn normalised(text: &str) -> String {
    if is_roman(text.trim()) {
        return "#".into();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_numeric() {
            if !out.ends_with('#') {
                out.push('#');
            }
        } else if !c.is_whitespace() {
            out.extend(c.to_lowercase());
        }
    }
    out
}

fn is_roman(text: &str) -> bool {
    (1..=5).contains(&text.len()) && text.bytes().all(|b| matches!(b, b'i' | b'v' | b'x' | b'l'))
        || matches!(text, "I" | "II" | "III" | "IV" | "V" | "VI")
}

/// Whether a text is a page number and nothing else: "12", "- 12 -", "Pagina 3 van 19", "3/16".
fn is_page_number(text: &str) -> bool {
    let normal = normalised(text);
    let bare = normal.trim_matches(|c: char| matches!(c, '-' | '–' | '—' | '|' | '.' | '[' | ']' | '(' | ')' | '•' | '·'));
    matches!(
        bare,
        "#" | "#/#"
            | "#van#"
            | "pagina#"
            | "pagina#van#"
            | "pagina#/#"
            | "pag.#"
            | "p.#"
            | "blz.#"
            | "bladzijde#"
            | "page#"
            | "page#of#"
            | "#of#"
    ) && text.len() <= 32
}

/// Finds and takes out the running rows of every page.
pub(super) fn take(sheets: &mut [Sheet]) -> Vec<Running> {
    let page_rows: Vec<Vec<Row>> = sheets.iter().map(rows).collect();
    let mut seen: HashMap<(bool, String, i32), u32> = HashMap::new();
    let mut heights: HashMap<(bool, i32, i32), u32> = HashMap::new();
    // Count what stands near the edges, by text and height.
    let height_key = |base: f32| (base / 4.0).round() as i32;
    for (sheet, rows) in sheets.iter().zip(&page_rows) {
        for (top, row) in edge_rows(sheet, rows) {
            let mut counted: Vec<(String, i32)> = Vec::new();
            for s in &sheet.segs[row.segs.clone()] {
                let key = (normalised(&s.text), height_key(if top { s.base } else { sheet.height - s.base }));
                if !counted.contains(&key) {
                    *seen.entry((top, key.0.clone(), key.1)).or_default() += 1;
                    counted.push(key);
                }
            }
        }
    }
    let pages = sheets.iter().filter(|s| !s.segs.is_empty()).count() as u32;
    let enough = if pages <= 5 { 2 } else { 3 };
    let times = |top: bool, text: &str, height: i32| -> u32 {
        let text = normalised(text);
        (-1..=1).map(|d| seen.get(&(top, text.clone(), height + d)).copied().unwrap_or(0)).sum()
    };
    // Heights at which something returns: what else stands there alone is running too (chapter titles).
    for (sheet, rows) in sheets.iter().zip(&page_rows) {
        for (top, row) in edge_rows(sheet, rows) {
            for s in &sheet.segs[row.segs.clone()] {
                let height = height_key(if top { s.base } else { sheet.height - s.base });
                if times(top, &s.text, height) >= enough && telling(&s.text, row.segs.len()) {
                    *heights.entry((top, height, (s.size * 2.0).round() as i32)).or_default() += 1;
                }
            }
        }
    }
    let mut found = Vec::with_capacity(sheets.len());
    for (sheet, rows) in sheets.iter_mut().zip(&page_rows) {
        let mut gone: Vec<usize> = Vec::new();
        // What the tags leave out of the text, if that is not much of the page.
        let said: Vec<bool> = sheet.words.iter().map(|w| w.said.artifact).collect();
        let few = said.iter().filter(|a| **a).count() * 4 <= said.len();
        let (upper, lower) = (sheet.height * HEAD, sheet.height * FOOT);
        let artifact =
            |s: &Seg| few && (s.base < upper || s.base > lower) && !s.words.is_empty() && s.words.iter().all(|&w| said[w as usize]);
        for top in [true, false] {
            let edge: Vec<&Row> = edge_rows(sheet, rows).filter(|e| e.0 == top).map(|e| e.1).collect();
            let mut take = 0;
            // The row beyond the edge is there for its distance only.
            let within = |row: &&&Row| if top { row.base < sheet.height * HEAD } else { row.base > sheet.height * FOOT };
            for (k, row) in edge.iter().enumerate().take(MAX_ROWS).take_while(|(_, row)| within(row)) {
                let segs = &sheet.segs[row.segs.clone()];
                let count = |s: &Seg| times(top, &s.text, height_key(if top { s.base } else { sheet.height - s.base }));
                let strong = |s: &Seg| count(s) >= enough && telling(&s.text, segs.len()) || artifact(s);
                let number = |s: &Seg| segs.len() == 1 && is_page_number(&s.text) && alone_number(sheet.number, pages, &s.text);
                let beside = |s: &Seg| {
                    let height = height_key(if top { s.base } else { sheet.height - s.base });
                    let returning = |d: i32| heights.get(&(top, height + d, (s.size * 2.0).round() as i32)).copied().unwrap_or(0);
                    segs.len() <= 3 && s.text.split_whitespace().count() <= 12 && (-1..=1).map(returning).sum::<u32>() >= enough
                };
                let sure = segs.iter().any(|s| strong(s) || number(s));
                if !(sure || segs.iter().all(beside))
                    || !segs.iter().all(|s| strong(s) || number(s) || beside(s) || is_page_number(&s.text))
                {
                    break;
                }
                // A running row keeps its distance to the text, unless it stands on most pages.
                let everywhere = segs.iter().any(|s| strong(s) && (artifact(s) || count(s) * 5 >= pages * 2));
                let next = edge.get(k + 1);
                let gap = next.map_or(f32::INFINITY, |n| (n.base - row.base).abs());
                let size = next.map_or(row.size, |n| row.size.max(n.size.min(row.size * 1.3)));
                if everywhere || gap > 1.75 * size {
                    take = k + 1;
                }
            }
            for row in &edge[..take] {
                gone.extend(row.segs.clone());
            }
        }
        gone.sort_unstable();
        gone.dedup();
        let texts: Vec<String> = gone.iter().map(|&i| super::build::clean(&sheet.segs[i].text)).collect();
        let mut at = 0;
        sheet.segs.retain(|_| {
            at += 1;
            gone.binary_search(&(at - 1)).is_err()
        });
        found.push(Running { texts, label: None });
    }
    labels(sheets, &mut found);
    for (sheet, running) in sheets.iter_mut().zip(&mut found) {
        running.texts.append(&mut sheet.apart);
    }
    found
}

/// Whether a text that returns says enough to be a head or foot: letters, or a number alone on its line.
fn telling(text: &str, pieces: usize) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() >= 3 || (is_page_number(text) && pieces <= 3)
}

/// A page number that returns nowhere else: believed when it is this page's, or of a short document.
fn alone_number(page: u32, pages: u32, text: &str) -> bool {
    let first = numbers(text).first().copied();
    first == Some(page) || (pages > 1 && first.is_some_and(|n| n.abs_diff(page) <= 2)) || text.to_lowercase().contains("pagina")
}

/// The rows near the top (from the top) and near the bottom (from the bottom), with the row next to them.
fn edge_rows<'r>(sheet: &Sheet, rows: &'r [Row]) -> impl Iterator<Item = (bool, &'r Row)> + use<'r> {
    let (top, bottom) = (sheet.height * HEAD, sheet.height * FOOT);
    let above = rows.iter().take_while(move |r| r.base < top).count();
    let below = rows.iter().rev().take_while(move |r| r.base > bottom).count();
    let above = (above.min(MAX_ROWS) + 1).min(rows.len());
    let below = (below.min(MAX_ROWS) + 1).min(rows.len());
    let head = rows[..above].iter().map(|r| (true, r));
    let foot = rows[rows.len() - below..].iter().rev().map(|r| (false, r));
    head.chain(foot)
}

/// The whole numbers of a text that can be page numbers.
fn numbers(text: &str) -> Vec<u32> {
    text.split(|c: char| !c.is_ascii_digit()).filter(|t| !t.is_empty() && t.len() <= 4).filter_map(|t| t.parse().ok()).collect()
}

/// The printed number of every page: the number that grows with the pages.
fn labels(sheets: &[Sheet], found: &mut [Running]) {
    let mut offsets: HashMap<i64, u32> = HashMap::new();
    for (sheet, running) in sheets.iter().zip(found.iter()) {
        let mut here: Vec<i64> = running.texts.iter().flat_map(|t| numbers(t)).map(|n| i64::from(n) - i64::from(sheet.number)).collect();
        here.sort_unstable();
        here.dedup();
        for offset in here {
            *offsets.entry(offset).or_default() += 1;
        }
    }
    let mut best: Vec<(i64, u32)> = offsets.into_iter().filter(|o| o.1 >= 2 && o.1 * 10 >= sheets.len() as u32 * 3).collect();
    best.sort_by_key(|&(offset, count)| (std::cmp::Reverse(count), offset.abs(), offset));
    for (sheet, running) in sheets.iter().zip(found.iter_mut()) {
        let holds = |n: u32| running.texts.iter().any(|t| numbers(t).contains(&n));
        let by_offset = best
            .iter()
            .map(|o| i64::from(sheet.number) + o.0)
            .filter_map(|n| u32::try_from(n).ok())
            .find(|&n| holds(n))
            .map(|n| n.to_string());
        running.label = by_offset.or_else(|| {
            running.texts.iter().find(|t| is_page_number(t)).map(|t| match numbers(t).first() {
                Some(n) => n.to_string(),
                None => t.trim().to_string(),
            })
        });
    }
}
