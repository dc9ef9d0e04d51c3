//! Page labels: the numbers printed on the pages (ISO 32000-1, 12.4.2).

use super::objects;
use lopdf::{Dictionary, Document, Object, decode_text_string};
use std::collections::{BTreeMap, HashSet};

/// Nodes of the number tree that are looked at.
const MAX_NODES: usize = 10_000;
/// Longest prefix in characters.
const MAX_PREFIX: usize = 100;

/// The labels of `pages` pages in order; empty if the document has none.
pub(super) fn read(doc: &Document, catalog: &Dictionary, pages: usize) -> Vec<String> {
    let Some(root) = objects::dict(doc, catalog, b"PageLabels") else { return Vec::new() };
    let ranges = ranges(doc, root, pages);
    let mut labels = Vec::new();
    let mut current: Option<(usize, &Dictionary)> = None;
    for page in 0..if ranges.is_empty() { 0 } else { pages } {
        if let Some(range) = ranges.get(&page) {
            current = Some((page, range));
        }
        labels.push(current.map(|(start, range)| label(doc, range, page - start)).unwrap_or_else(|| (page + 1).to_string()));
    }
    labels
}

/// The ranges of the number tree, by the index of their first page.
fn ranges<'a>(doc: &'a Document, root: &'a Dictionary, pages: usize) -> BTreeMap<usize, &'a Dictionary> {
    let mut out = BTreeMap::new();
    let mut seen = HashSet::new();
    let mut todo = vec![root];
    while let Some(node) = todo.pop() {
        if seen.len() >= MAX_NODES || !seen.insert(std::ptr::from_ref(node)) {
            continue;
        }
        let numbers = objects::array(doc, node, b"Nums").unwrap_or_default();
        for pair in numbers.chunks_exact(2).take(pages) {
            let start = objects::resolve(doc, &pair[0]).and_then(objects::number).and_then(|v| usize::try_from(v as i64).ok());
            if let (Some(start), Some(range)) = (start, objects::resolve(doc, &pair[1]).and_then(objects::as_dict)) {
                out.insert(start, range);
            }
        }
        let kids: &[Object] = objects::array(doc, node, b"Kids").unwrap_or_default();
        todo.extend(kids.iter().take(MAX_NODES).rev().filter_map(|k| objects::resolve(doc, k)).filter_map(objects::as_dict));
    }
    out
}

/// The label of the page `offset` pages into a range.
fn label(doc: &Document, range: &Dictionary, offset: usize) -> String {
    let prefix = objects::get(doc, range, b"P").and_then(|p| decode_text_string(p).ok()).unwrap_or_default();
    let first = objects::integer(doc, range, b"St").unwrap_or(1).clamp(1, 1_000_000) as usize;
    let number = first + offset;
    let number = match objects::name(doc, range, b"S") {
        Some(b"D") => number.to_string(),
        Some(b"R") => roman(number),
        Some(b"r") => roman(number).to_lowercase(),
        Some(b"A") => letters(number),
        Some(b"a") => letters(number).to_lowercase(),
        _ => String::new(),
    };
    prefix.chars().take(MAX_PREFIX).chain(number.chars()).collect()
}

/// Roman numerals; Arabic ones above four thousand.
fn roman(number: usize) -> String {
    const PARTS: [(usize, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number >= 4000 {
        return number.to_string();
    }
    let (mut rest, mut out) = (number, String::new());
    for (value, digits) in PARTS {
        while rest >= value {
            out.push_str(digits);
            rest -= value;
        }
    }
    out
}

/// A to Z, then AA to ZZ, then AAA and so on.
fn letters(number: usize) -> String {
    let index = number.saturating_sub(1);
    let letter = char::from(b'A' + (index % 26) as u8);
    std::iter::repeat_n(letter, (index / 26 + 1).min(40)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_every_style() {
        assert_eq!([1, 4, 9, 14, 1999].map(roman), ["I", "IV", "IX", "XIV", "MCMXCIX"]);
        assert_eq!(roman(4000), "4000");
        assert_eq!([1, 26, 27, 53].map(letters), ["A", "Z", "AA", "AAA"]);
    }
}
