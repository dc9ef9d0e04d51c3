//! The level of every heading: by its number, the PDF's outline, the contents list, and the style it shares with others.

use super::labels;
use crate::ingest::OutlineEntry;
use std::collections::HashMap;

/// A heading as found.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// Index of its draft.
    pub draft: usize,
    pub text: String,
    pub style: Style,
    /// Its level by the tags, if they are believed.
    pub tagged: Option<u8>,
    /// The contents list stands under it.
    pub opens_contents: bool,
}

/// How a heading is set: size in half points, bold, upright. The higher the order, the higher the heading.
pub(super) type Style = (i32, bool, bool);

/// The style of letters.
pub(super) fn style(size: f32, bold: bool, italic: bool) -> Style {
    ((size * 2.0).round() as i32, bold, !italic)
}

/// Letters and digits only, lower-cased: titles compare by it.
pub(super) fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Titles known from outline and contents list, with their depth from 0.
#[derive(Default)]
pub(super) struct Known {
    outline: HashMap<String, u8>,
    contents: HashMap<String, u8>,
}

impl Known {
    /// Reads the outline.
    pub(super) fn new(outline: &[OutlineEntry]) -> Known {
        let mut known = Known::default();
        let entries = &outline[..outline.len().min(5000)];
        // All under one entry: that is the title of the document, which counts for no level.
        let titled = entries.len() > 2 && entries[0].depth == 0 && entries[1..].iter().all(|e| e.depth > 0);
        for entry in entries {
            known.outline.entry(plain(&entry.title)).or_insert(entry.depth.saturating_sub(u8::from(titled)));
        }
        known
    }

    /// Adds the lines of a contents list: text without leaders, and left side.
    pub(super) fn add_contents(&mut self, lines: &[(String, f32)]) {
        let mut sides: Vec<f32> = Vec::new();
        for (_, x) in lines {
            if !sides.iter().any(|s| (s - x).abs() < 4.0) {
                sides.push(*x);
            }
        }
        sides.sort_by(f32::total_cmp);
        for (text, x) in lines {
            let title = text.rsplit_once(' ').map_or(text.as_str(), |t| t.0);
            let depth = sides.iter().position(|s| (s - x).abs() < 4.0).unwrap_or(0).min(8) as u8;
            self.contents.entry(plain(title)).or_insert(depth);
        }
    }

    /// Whether a title stands in the outline or the contents list.
    pub(super) fn has(&self, text: &str) -> bool {
        let plain = plain(text);
        plain.len() >= 3 && (self.outline.contains_key(&plain) || self.contents.contains_key(&plain))
    }
}

/// The level of every heading found, from 1.
pub(super) fn levels(found: &[Found], known: &Known) -> Vec<u8> {
    let said: Vec<Option<u8>> = found
        .iter()
        .map(|f| {
            let plain = plain(&f.text);
            if let Some(d) = known.outline.get(&plain) {
                return Some(d.saturating_add(1));
            }
            let numbered = labels::numbering(&f.text).filter(|n| !n.annex && (!n.worded || n.depth > 1)).map(|n| n.depth);
            let listed = known.contents.get(&plain).map(|d| d.saturating_add(1));
            // A number beats the indent of the contents list. The list itself is a chapter, however it is set.
            numbered.or(listed).or(f.opens_contents.then_some(1)).or(f.tagged)
        })
        .collect();
    // What each style says most often.
    let mut votes: HashMap<Style, HashMap<u8, u32>> = HashMap::new();
    for (f, level) in found.iter().zip(&said) {
        let tally = votes.entry(f.style).or_default();
        if let Some(level) = level
            && !f.opens_contents
        {
            *tally.entry(*level).or_default() += 1;
        }
    }
    let mut styles: Vec<(Style, Option<u8>)> = votes
        .into_iter()
        .map(|(s, tally)| (s, tally.into_iter().max_by_key(|&(level, n)| (n, std::cmp::Reverse(level))).map(|t| t.0)))
        .collect();
    // From large to small, bold before light, upright before italic.
    styles.sort_by_key(|s| std::cmp::Reverse(s.0));
    let mut by_style: HashMap<Style, u8> = HashMap::new();
    let mut above = 0u8;
    // Styles used once, and saying nothing, take no level of their own: title, subtitle.
    let mut single: Option<u8> = None;
    let uses = |s: Style| found.iter().filter(|f| f.style == s).count();
    for i in 0..styles.len() {
        let next_said = styles[i + 1..].iter().find_map(|s| s.1);
        let level = match styles[i].1 {
            Some(level) => level,
            // Unsaid: one below the larger style, but above the next that says its level.
            None => match next_said {
                Some(next) if next <= above + 1 => above.max(1).min(next.max(1)),
                _ => single.unwrap_or(above.saturating_add(1)),
            },
        };
        single = (styles[i].1.is_none() && (level > above || single == Some(level)) && uses(styles[i].0) == 1).then_some(level);
        above = above.max(level);
        by_style.insert(styles[i].0, level.clamp(1, 9));
    }
    found
        .iter()
        .zip(&said)
        .map(|(f, said)| {
            let own = by_style.get(&f.style).copied().unwrap_or(1);
            match said {
                Some(level) => (*level).clamp(1, 9),
                None => own,
            }
        })
        .collect()
}
