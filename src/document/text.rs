//! Lines of a text or Markdown file to drafts: headings, paragraphs, list items and tables by what the lines look like.

use super::build::{self, Draft, Spot};
use super::hyphen::Vocabulary;
use super::{BlockKind, Document, PageInfo, labels};
use crate::ingest::Line;

/// Lines shorter than this can be the short lines of an address, a list or a form.
const SHORT: usize = 60;

/// Reads the lines of a file.
pub(super) fn read(lines: &[Line], markdown: bool) -> Document {
    let mut words = Vocabulary::default();
    for line in lines {
        words.add_line(&line.text);
    }
    let mut reader = Reader { markdown, words, drafts: Vec::new(), para: Vec::new(), group: 0, open: Open::Nothing, numbered: None };
    let mut at = 0;
    if markdown && lines.first().is_some_and(|l| l.text.trim_end() == "---") {
        // Front matter.
        if let Some(end) = lines.iter().skip(1).position(|l| l.text.trim_end() == "---") {
            at = end + 2;
        }
    }
    while at < lines.len() {
        at = reader.step(lines, at);
    }
    reader.flush(false);
    let page = PageInfo { number: 1, ..PageInfo::default() };
    build::assemble(reader.drafts, vec![page])
}

/// What the next line could go on with.
#[derive(Clone, Copy, PartialEq)]
enum Open {
    Nothing,
    Item { indent: usize },
}

struct Reader {
    markdown: bool,
    words: Vocabulary,
    drafts: Vec<Draft>,
    /// Lines of the paragraph being read: text and line number.
    para: Vec<(String, u32)>,
    /// Number of groups so far.
    group: u32,
    open: Open,
    /// Depth of the last numbered heading.
    numbered: Option<u8>,
}

fn spot(line: u32) -> Spot {
    Spot { page: 1, line, rect: None }
}

fn indent(line: &str) -> usize {
    line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum()
}

/// Cells of a line that is a table row: "| a | b |" or "a | b".
fn row(line: &str) -> Option<Vec<&str>> {
    let text = line.trim();
    if !(text.contains(" | ") || (text.starts_with('|') && text[1..].contains('|'))) {
        return None;
    }
    let text = text.strip_prefix('|').unwrap_or(text);
    let text = text.strip_suffix('|').unwrap_or(text);
    Some(text.split('|').map(str::trim).collect())
}

fn is_separator(cells: &[&str]) -> bool {
    cells.iter().all(|c| c.contains('-') && c.chars().all(|c| matches!(c, '-' | ':' | ' ' | '+')))
}

/// Cells of a form line: "Datum<tab>9 april 2014", "Aan      Inspectie".
fn form(line: &str) -> Option<Vec<&str>> {
    let text = line.trim();
    let gap = text.find('\t').or_else(|| text.find("   "))?;
    (gap <= 40)
        .then(|| text.split(['\t']).flat_map(|t| t.split("   ")).map(str::trim).filter(|t| !t.is_empty()).collect())
        .filter(|c: &Vec<&str>| c.len() > 1)
}

impl Reader {
    /// Reads one line (or a table); gives the index of the next.
    fn step(&mut self, lines: &[Line], at: usize) -> usize {
        let raw = lines[at].text.trim_end();
        let text = raw.trim();
        let number = lines[at].number;
        let blank_after = lines.get(at + 1).is_none_or(|l| l.text.trim().is_empty());
        if text.is_empty() || text == "\u{C}" {
            self.flush(at + 1 < lines.len());
            if self.open != Open::Nothing && lines.get(at + 1).is_some_and(|l| indent(&l.text) == 0) {
                self.open = Open::Nothing;
            }
            return at + 1;
        }
        if self.markdown && (text.starts_with("```") || (text.starts_with("<!--") && text.ends_with("-->"))) {
            self.flush(false);
            return at + 1;
        }
        // "# Titel".
        let hashes = text.bytes().take_while(|b| *b == b'#').count();
        if (1..=6).contains(&hashes) && text[hashes..].starts_with(' ') {
            self.flush(false);
            self.open = Open::Nothing;
            let title = if self.markdown { inline(text[hashes..].trim().trim_end_matches('#')) } else { text[hashes..].trim().to_string() };
            self.drafts.push(Draft::line(BlockKind::Heading(hashes as u8), &title, spot(number)));
            return at + 1;
        }
        // A line of dashes: under a line of text a heading, else nothing.
        if text.len() >= 3 && ["-", "=", "_", "*"].iter().any(|c| text.replace(*c, "").trim().is_empty()) {
            if self.para.len() == 1 && (text.starts_with('=') || (text.starts_with('-') && self.markdown)) {
                let (title, line) = self.para.remove(0);
                let level = if text.starts_with('=') { 1 } else { 2 };
                self.drafts.push(Draft::line(BlockKind::Heading(level), &title, spot(line)));
            } else {
                self.flush(false);
            }
            self.open = Open::Nothing;
            return at + 1;
        }
        if row(text).is_some() {
            return self.table(lines, at);
        }
        if !self.markdown && self.para.is_empty() && form(raw).is_some() && lines.get(at + 1).is_some_and(|l| form(&l.text).is_some()) {
            return self.form(lines, at);
        }
        if let Some(note) = text.strip_prefix("[^").filter(|_| self.markdown).and_then(|t| t.split_once("]:")) {
            self.flush(false);
            self.drafts.push(Draft::line(BlockKind::Footnote, note.1.trim(), spot(number)));
            return at + 1;
        }
        if let Some(marker) = labels::marker(text).filter(|m| self.starts_item(lines, at, text, m, blank_after)) {
            self.flush(false);
            self.item(text, marker.len, indent(raw), number);
            return at + 1;
        }
        if let Open::Item { indent: item } = self.open
            && self.para.is_empty()
            && let Some(last) = self.drafts.last_mut()
            && last.kind == BlockKind::ListItem
            && last.last_spot().line + 1 == number
            && (indent(raw) > item || self.markdown || !labels::ends_sentence(&last.text) || !labels::starts_fresh(text))
        {
            let line = if self.markdown { inline(text) } else { text.to_string() };
            last.push(&line, spot(number), &self.words);
            return at + 1;
        }
        let text = if self.markdown { text.trim_start_matches("> ").trim() } else { text };
        if self.para.is_empty() && !self.markdown && self.is_heading(lines, at, text, blank_after) {
            let level = self.level(text);
            self.drafts.push(Draft::line(BlockKind::Heading(level), text, spot(number)));
            self.open = Open::Nothing;
            return at + 1;
        }
        let line = if self.markdown { inline(text) } else { text.to_string() };
        self.para.push((line, number));
        at + 1
    }

    /// Whether a line with a marker is an item and not a numbered heading or the middle of a sentence.
    fn starts_item(&self, lines: &[Line], at: usize, text: &str, marker: &labels::Marker, blank_after: bool) -> bool {
        if !marker.ordered {
            // "- " inside a sentence broken over lines: only when the paragraph before goes on.
            return !(marker.weak
                && text.starts_with(['–', '—'])
                && !self.markdown
                && self.para.last().is_some_and(|p| p.0.len() > SHORT && !p.0.ends_with([':', ';', '.'])));
        }
        if self.markdown {
            return true;
        }
        if self.para.last().is_some_and(|p| !labels::ends_sentence(&p.0) && !p.0.ends_with([':', ';', ','])) && marker.weak {
            return false;
        }
        // "1. Inleiding" with blank lines around it opens a section, unless the next text is an item too.
        let alone = blank_after && (at == 0 || lines[at - 1].text.trim().is_empty());
        let next = lines[at + 1..].iter().map(|l| l.text.trim()).find(|t| !t.is_empty());
        let next_is_item = next.is_none_or(|t| labels::marker(t).is_some_and(|m| m.ordered));
        let after_item = self.drafts.last().is_some_and(|d| d.kind == BlockKind::ListItem);
        !alone || next_is_item || after_item || !text.starts_with(|c: char| c.is_ascii_digit()) || !is_title(&text[marker.len..])
    }

    fn item(&mut self, text: &str, marker: usize, indent: usize, number: u32) {
        let before = self.drafts.len().checked_sub(1);
        let (group, lead) = match before.map(|b| &self.drafts[b]) {
            Some(d) if d.kind == BlockKind::ListItem => (d.group, d.lead),
            Some(d) => {
                self.group += 1;
                (Some(self.group), before.filter(|_| d.text.ends_with(':')))
            }
            None => {
                self.group += 1;
                (Some(self.group), None)
            }
        };
        let body = &text[marker..];
        let body =
            if self.markdown { inline(body.strip_prefix("[ ] ").or(body.strip_prefix("[x] ")).unwrap_or(body)) } else { body.to_string() };
        let mut draft = Draft::line(BlockKind::ListItem, &body, spot(number));
        draft.group = group;
        draft.lead = lead;
        self.drafts.push(draft);
        self.open = Open::Item { indent };
    }

    /// A line by itself that opens a section: numbered, or short and without the marks of a sentence.
    fn is_heading(&self, lines: &[Line], at: usize, text: &str, blank_after: bool) -> bool {
        let more = lines[at + 1..].iter().any(|l| !l.text.trim().is_empty());
        if !is_title(text) || !more {
            return false;
        }
        let numbering = labels::numbering(text);
        if blank_after {
            return true;
        }
        // "1.2 Titel" right above its text.
        let below = lines[at + 1].text.trim();
        numbering.is_some_and(|n| {
            (n.depth > 1 || n.worded) && labels::starts_fresh(&text[n.len..]) && !text[n.len..].starts_with(|c: char| c.is_ascii_digit())
        }) && below.len() > SHORT
            && labels::starts_fresh(below)
    }

    fn level(&mut self, text: &str) -> u8 {
        if let Some(n) = labels::numbering(text) {
            self.numbered = Some(n.depth);
            return n.depth;
        }
        let first = !self.drafts.iter().any(|d| matches!(d.kind, BlockKind::Heading(_)));
        if labels::is_annex(text) {
            return 1;
        }
        match self.numbered {
            Some(depth) => depth.saturating_add(1),
            None if first && self.drafts.is_empty() => 1,
            None => 2,
        }
    }

    /// Ends the paragraph being read: as one block, or line by line when the lines stand by themselves.
    fn flush(&mut self, _more: bool) {
        let para = std::mem::take(&mut self.para);
        if para.is_empty() {
            return;
        }
        self.open = Open::Nothing;
        let kind = |text: &str| if labels::is_caption(text) { BlockKind::Caption } else { BlockKind::Paragraph };
        if stand_apart(&para) {
            for (text, line) in &para {
                self.drafts.push(Draft::line(kind(text), text, spot(*line)));
            }
            return;
        }
        let mut draft = Draft::new(kind(&para[0].0));
        for (text, line) in &para {
            draft.push(text, spot(*line), &self.words);
        }
        self.drafts.push(draft);
    }

    /// Reads a table; gives the index of the line after it.
    fn table(&mut self, lines: &[Line], at: usize) -> usize {
        self.flush(false);
        self.open = Open::Nothing;
        let mut end = at;
        let mut rows: Vec<(Vec<&str>, u32)> = Vec::new();
        let mut separated = false;
        while let Some(cells) = lines.get(end).and_then(|l| row(&l.text)) {
            if is_separator(&cells) {
                separated |= rows.len() == 1;
            } else {
                rows.push((cells, lines[end].number));
            }
            end += 1;
        }
        let Some((first, _)) = rows.first() else { return end };
        let pair =
            first.len() == 2 && (first[0].ends_with(':') || (first[1].len() > 10 && first[1].contains(|c: char| c.is_ascii_digit())));
        let headed = first.len() >= 2 && rows.len() >= 2 && (separated || !pair);
        self.rows(&rows, headed);
        end
    }

    fn form(&mut self, lines: &[Line], at: usize) -> usize {
        self.flush(false);
        self.open = Open::Nothing;
        let rows: Vec<(Vec<&str>, u32)> = lines[at..].iter().map_while(|l| form(&l.text).map(|c| (c, l.number))).collect();
        let end = at + rows.len();
        // Three columns or more with a first row of words: heads.
        let headed = rows.len() > 2 && rows[0].0.len() > 2 && rows[0].0.iter().all(|c| !c.contains(|c: char| c.is_ascii_digit()));
        self.rows(&rows, headed);
        end
    }

    fn rows(&mut self, rows: &[(Vec<&str>, u32)], headed: bool) {
        self.group += 1;
        let lead =
            self.drafts.len().checked_sub(1).filter(|&b| self.drafts[b].kind == BlockKind::Caption || self.drafts[b].text.ends_with(':'));
        if let Some(b) = lead.filter(|&b| self.drafts[b].kind == BlockKind::Caption) {
            self.drafts[b].group = Some(self.group);
        }
        let head = headed.then_some(self.drafts.len());
        for (r, (cells, number)) in rows.iter().enumerate() {
            let mut draft = Draft::new(if headed && r == 0 { BlockKind::TableHead } else { BlockKind::TableRow });
            draft.group = Some(self.group);
            draft.lead = lead;
            draft.head = head.filter(|_| r > 0);
            for (c, text) in cells.iter().enumerate() {
                draft.cell(draft.head.map(|_| c));
                let text = if self.markdown { inline(text) } else { text.to_string() };
                draft.push_in_cell(&text, spot(*number), &self.words);
            }
            self.drafts.push(draft);
        }
    }
}

/// Whether a line can be a title: short, a fresh start, no sentence-final sign.
fn is_title(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let numbered = labels::numbering(text).is_some();
    (1..=if numbered { 14 } else { 8 }).contains(&words)
        && text.chars().count() <= if numbered { 100 } else { SHORT }
        && labels::starts_fresh(text)
        && text.chars().any(char::is_alphabetic)
        && !text.ends_with(['.', ',', ';', ':', '!', '-', '…'])
        && !labels::is_caption(text)
        && (numbered || !text.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether lines that follow each other without a blank line stand by themselves: an address, a list of names, a form.
fn stand_apart(para: &[(String, u32)]) -> bool {
    if para.len() < 2 || para.iter().any(|(t, _)| t.chars().count() > SHORT || !labels::starts_fresh(t)) {
        return false;
    }
    // "Datum: 9 april 2014".
    let keyed = |t: &str| {
        t.split_once(": ").is_some_and(|(key, value)| key.len() <= 30 && key.split_whitespace().count() <= 3 && !value.trim().is_empty())
    };
    if para.iter().all(|(t, _)| keyed(t)) {
        return true;
    }
    para.len() >= 3
        && para.iter().all(|(t, _)| !labels::ends_sentence(t) && !t.ends_with([',', '-', ':', ';']) && t.split_whitespace().count() <= 6)
}

/// Markdown inside a line: emphasis, code and links undone.
fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let chars: Vec<char> = text.chars().collect();
    let mut i = 0;
    while i < chars.len() {
        let c = chars[i];
        match c {
            '\\' if chars.get(i + 1).is_some_and(char::is_ascii_punctuation) => {
                out.push(chars[i + 1]);
                i += 1;
            }
            '*' | '_' => {
                let run = chars[i..].iter().take_while(|x| **x == c).count();
                let before = i.checked_sub(1).map(|p| chars[p]);
                let after = chars.get(i + run).copied();
                let opens = after.is_some_and(|a| !a.is_whitespace());
                let closes = before.is_some_and(|b| !b.is_whitespace());
                let inside = c == '_' && before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
                if inside || !(opens || closes) {
                    out.extend(std::iter::repeat_n(c, run));
                }
                i += run - 1;
            }
            '`' => {}
            '[' => {
                let close = chars[i..].iter().position(|x| *x == ']').map(|p| i + p);
                match close {
                    Some(close) if chars.get(i + 1) == Some(&'^') => i = close,
                    Some(close) if chars.get(close + 1) == Some(&'(') => {
                        let Some(end) = chars[close..].iter().position(|x| *x == ')').map(|p| close + p) else {
                            out.push(c);
                            i += 1;
                            continue;
                        };
                        out.extend(&chars[i + 1..close]);
                        i = end;
                    }
                    _ => out.push(c),
                }
            }
            _ => out.push(c),
        }
        i += 1;
    }
    out
}
