//! Contents lists.

use crate::document::labels;
use crate::document::sheet::{Seg, Sheet, union};

/// Takes out contents lists: lines that end in a page number behind leaders or a wide gap, several under each other.
pub(super) fn take(sheet: &mut Sheet, pages: u32) -> Vec<Vec<Seg>> {
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
            || (j - i == 3
                && tail == last.text
                && labels::is_heading_number(&first.text)
                && last.r.x0 - segs[j - 2].r.x1 > 1.5 * last.size);
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
    sheet.leave(&taken);
    result
}

/// A contents line without its leaders: title and page number.
pub(in crate::document) fn contents_text(line: &str) -> String {
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
