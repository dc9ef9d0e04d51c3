//! Regions of all pages to drafts in reading order: paragraphs joined over columns, pages and whatever stands between; tables over
//! pages; footnotes after the paragraph that refers to them.

use super::build::{self, Draft, Spot};
use super::headings::{self, Found, Known};
use super::hyphen::{self, Vocabulary};
use super::paragraphs::{self, Look, Metrics, Para};
use super::parts::{self, Part};
use super::regions::{self, Column, Region};
use super::sheet::{self, Seg, Sheet};
use super::tables::{Piece, Table};
use super::tags::{self, Tags};
use super::{BlockKind, Document, PageInfo, labels, running};
use crate::ingest::{OutlineEntry, Page, PageState, Tag};
use crate::parallel;

/// Reads the pages of a PDF.
pub(super) fn read(pages: &[Page], outline: &[OutlineEntry], tags: &[Tag]) -> Document {
    let tags = Tags::new(tags);
    let mut sheets: Vec<Sheet> = parallel::map(pages, |page| sheet::prepare(page, &tags));
    let headings_named = tags::name_headings(&sheets);
    let found = running::take(&mut sheets);
    let metrics = Metrics::of(sheets.iter().map(|s| s.segs.as_slice()));
    let mut words = Vocabulary::default();
    if sheets.iter().any(|s| s.segs.iter().any(|l| l.text.ends_with(hyphen::is_hyphen))) {
        for line in sheets.iter().flat_map(|s| &s.segs) {
            words.add_line(&line.text);
        }
    }
    let info = pages
        .iter()
        .zip(&found)
        .map(|(page, running)| PageInfo {
            number: page.number,
            label: page.label.clone().filter(|l| !l.trim().is_empty()).or_else(|| running.label.clone()),
            without_text: match page.state {
                PageState::NoText => true,
                PageState::Damaged(_) => page.runs.is_empty(),
                _ => false,
            },
            ocr: page.state == PageState::Ocr,
            running: running.texts.clone(),
            geometry: page.geometry,
        })
        .collect();
    let count = sheets.len() as u32;
    let read: Vec<Vec<Region>> = parallel::map(&mut sheets, |s| regions::read(s, metrics.body, count, &tags));
    let mut known = Known::new(outline);
    let contents: Vec<(String, f32)> = read
        .iter()
        .flatten()
        .filter_map(|r| match r {
            Region::Contents(lines) => Some(lines),
            _ => None,
        })
        .flatten()
        .map(|l| (regions::contents_text(&l.text), l.r.x0))
        .collect();
    known.add_contents(&contents);
    let mut parts: Vec<Vec<Part>> = parallel::map(sheets.iter().zip(read), |(sheet, regions)| parts::of(sheet, regions, &metrics));
    if headings_named {
        parts::hear_headings(&mut parts);
    }
    parts::set_quotes_apart(&mut parts, &known);
    let mut flow = Flow {
        metrics,
        words,
        known,
        drafts: Vec::new(),
        headings: Vec::new(),
        open: None,
        list: None,
        table: None,
        notes: Vec::new(),
        refs: Vec::new(),
        group: 0,
    };
    let begin_with_text: Vec<bool> = parts.iter().map(|parts| parts::begin_with_text(parts)).collect();
    for (i, (sheet, parts)) in sheets.iter().zip(parts).enumerate() {
        flow.page(sheet, parts, begin_with_text.get(i + 1) == Some(&true));
    }
    let levels = headings::levels(&flow.headings, &flow.known);
    for (heading, level) in flow.headings.iter().zip(levels) {
        flow.drafts[heading.draft].kind = BlockKind::Heading(level);
    }
    let drafts = place_notes(flow.drafts, &flow.notes, &flow.refs);
    build::assemble(drafts, info)
}

/// A paragraph that may go on.
struct Open {
    draft: usize,
    size: f32,
    full: bool,
}

/// The lines of a cell, and where they stand.
type CellLines = Vec<(String, Spot)>;

/// A table begun on an earlier page.
struct Begun {
    table: Table,
    /// Draft of its head.
    head: Option<usize>,
    group: u32,
    lead: Option<usize>,
    page: u32,
    /// Its last row: the lines of each cell.
    row: Vec<CellLines>,
}

struct Flow {
    metrics: Metrics,
    words: Vocabulary,
    known: Known,
    drafts: Vec<Draft>,
    headings: Vec<Found>,
    open: Option<Open>,
    /// The list being read: group and lead.
    list: Option<(u32, Option<usize>)>,
    /// The last table, that the next page may go on with.
    table: Option<Begun>,
    /// Footnotes: draft, number, page.
    notes: Vec<(usize, Option<u16>, u32)>,
    /// References to footnotes: number, page, draft.
    refs: Vec<(u16, u32, usize)>,
    group: u32,
}

fn spot(sheet: &Sheet, line: &Seg) -> Spot {
    Spot { page: sheet.number, line: line.row, rect: Some(sheet.turn.view(line.r)) }
}

impl Flow {
    /// Reads a page; `text_follows` says that the next one begins with a paragraph, which a last line on this one may head.
    fn page(&mut self, sheet: &Sheet, mut parts: Vec<Part>, text_follows: bool) {
        self.demote(&mut parts);
        let mut first_text = true;
        for (at, part) in parts.iter().enumerate() {
            match part {
                Part::Para(para, first) => {
                    let next_is_text = parts[at + 1..].iter().find(|p| !matches!(p, Part::Aside(..) | Part::Boxed(_) | Part::Note(_)));
                    let opens_contents = matches!(next_is_text, Some(Part::Contents(_)));
                    // In a contents list a title heads a part of the list.
                    let in_contents = opens_contents && labels::numbering(&para.text()).is_some();
                    let heads = (next_is_text.is_some() || text_follows) && !in_contents
                        || para.size > 1.09 * self.metrics.body
                        || self.known.has(&para.text());
                    self.para(sheet, para, *first, heads, opens_contents);
                    first_text = false;
                }
                Part::Note(para) => self.note(sheet, para),
                Part::Table(caption, table) => {
                    self.table(sheet, caption.as_ref(), table, first_text);
                    first_text = false;
                }
                Part::Contents(lines) => {
                    self.open = None;
                    self.list = None;
                    for line in lines {
                        self.drafts.push(Draft::line(BlockKind::Contents, &regions::contents_text(&line.text), spot(sheet, line)));
                    }
                }
                Part::Aside(columns, framed) => {
                    let paras: Vec<Para> = columns.iter().flat_map(|c| paragraphs::split(c, &sheet.words, &self.metrics, true)).collect();
                    self.aside(sheet, &paras, *framed);
                }
                Part::Boxed(paras) => self.aside(sheet, paras, false),
            }
        }
    }

    /// Takes back titles that head nothing: on a cover only the largest stays one; bold lines in the middle of nothing are text.
    fn demote(&self, parts: &mut [Part]) {
        let body: usize = parts
            .iter()
            .filter_map(|p| {
                if let Part::Para(p, _) = p {
                    (p.look != Look::Title && p.size < 1.09 * self.metrics.body).then(|| p.words())
                } else {
                    None
                }
            })
            .max()
            .unwrap_or(0);
        let others = parts.iter().any(|p| matches!(p, Part::Table(..) | Part::Contents(_)));
        let titles = parts.iter().filter(|p| matches!(p, Part::Para(p, _) if p.look == Look::Title)).count();
        if body < 12 && !others && titles >= 2 {
            let largest = parts.iter().filter_map(|p| if let Part::Para(p, _) = p { Some(p.size) } else { None }).fold(0.0, f32::max);
            for part in parts.iter_mut() {
                if let Part::Para(p, _) = part
                    && p.look == Look::Title
                    && p.size < 0.97 * largest
                    && !self.known.has(&p.text())
                    && labels::numbering(&p.text()).is_none()
                {
                    p.look = Look::Text;
                }
            }
        }
    }

    fn note(&mut self, sheet: &Sheet, para: &Para) {
        let mut current: Option<Draft> = None;
        for line in &para.lines {
            let number = parts::note_number(&line.text);
            if current.is_none() || number.is_some() {
                if let Some(done) = current.take() {
                    self.drafts.push(done);
                }
                let mut draft = Draft::new(BlockKind::Footnote);
                let len = number.map_or(0, |n| n.1);
                draft.push(&line.text[len..], spot(sheet, line), &self.words);
                self.notes.push((self.drafts.len(), number.and_then(|n| n.0), sheet.number));
                current = Some(draft);
            } else if let Some(draft) = &mut current {
                draft.push(&line.text, spot(sheet, line), &self.words);
            }
        }
        self.drafts.extend(current);
    }

    fn para(&mut self, sheet: &Sheet, para: &Para, first: bool, heads: bool, opens_contents: bool) {
        let text = para.text();
        let refs: Vec<u16> = para.lines.iter().flat_map(|l| l.refs.iter().copied()).collect();
        let is_heading = match para.look {
            Look::Title => heads || para.heard.is_some(),
            Look::Item(_) | Look::Text => {
                para.lines.len() <= 3
                    && para.words() <= 16
                    && para.above > 1.25
                    && !labels::ends_sentence(&text)
                    && self.known.has(&text)
                    && (para.look == Look::Text || labels::numbering(&text).is_some())
            }
            Look::Caption => false,
        };
        if is_heading {
            let mut draft = Draft::new(BlockKind::Heading(1));
            for line in &para.lines {
                draft.push(&line.text, spot(sheet, line), &self.words);
            }
            let at = self.drafts.len();
            self.refs.extend(refs.into_iter().map(|n| (n, sheet.number, at)));
            self.headings.push(Found { draft: at, text: draft.text.clone(), style: para.style(), tagged: para.heard, opens_contents });
            self.drafts.push(draft);
            self.open = None;
            self.list = None;
            return;
        }
        // The rest of a paragraph begun before a column, page, table or figure.
        if para.look != Look::Caption
            && !matches!(para.look, Look::Item(_) if starts_item(&text))
            && let Some(open) = &self.open
            && first
            && !(self.drafts[open.draft].kind == BlockKind::ListItem && self.drafts[open.draft].text.ends_with(';'))
            && goes_on(&self.drafts[open.draft].text, open, para, &text)
        {
            let at = open.draft;
            for line in &para.lines {
                self.drafts[at].push(&line.text, spot(sheet, line), &self.words);
            }
            self.refs.extend(refs.into_iter().map(|n| (n, sheet.number, at)));
            self.open = Some(Open { draft: at, size: para.size, full: para.full });
            return;
        }
        let at = self.drafts.len();
        self.refs.extend(refs.iter().map(|n| (*n, sheet.number, at)));
        let listed = para.look == Look::Text && (self.is_bare_item(para, &text) || para.item);
        match para.look {
            Look::Text if listed => {
                let draft = self.item(sheet, para, 0);
                self.drafts.push(draft);
                self.open = Some(Open { draft: at, size: para.size, full: para.full });
            }
            Look::Item(len) => {
                let draft = self.item(sheet, para, len);
                self.drafts.push(draft);
                self.open = Some(Open { draft: at, size: para.size, full: para.full });
            }
            Look::Caption => {
                let mut draft = Draft::new(BlockKind::Caption);
                for line in &para.lines {
                    draft.push(&line.text, spot(sheet, line), &self.words);
                }
                self.drafts.push(draft);
            }
            Look::Text | Look::Title => {
                let mut draft = Draft::new(BlockKind::Paragraph);
                for line in &para.lines {
                    draft.push(&line.text, spot(sheet, line), &self.words);
                }
                self.drafts.push(draft);
                self.open = Some(Open { draft: at, size: para.size, full: para.full });
                self.list = None;
            }
        }
    }

    /// Whether a paragraph is an item whose bullet was drawn, not written: set in, behind a colon or another item.
    fn is_bare_item(&self, para: &Para, text: &str) -> bool {
        let Some(before) = self.open.as_ref().map(|o| &self.drafts[o.draft]) else { return false };
        let follows = before.kind == BlockKind::ListItem || before.text.ends_with(':');
        let small_start = text.chars().next().is_some_and(char::is_lowercase) && (text.ends_with(';') || before.text.ends_with(';'));
        follows && ((0.7..6.0).contains(&para.indent) || small_start)
    }

    /// The draft of a list item, in the list being read or a new one.
    fn item(&mut self, sheet: &Sheet, para: &Para, mark: usize) -> Draft {
        let (group, lead) = match self.list {
            Some(list) => list,
            None => {
                self.group += 1;
                let lead = self
                    .open
                    .as_ref()
                    .map(|o| o.draft)
                    .filter(|&d| self.drafts[d].text.ends_with(':') && self.drafts[d].kind == BlockKind::Paragraph);
                (self.group, lead)
            }
        };
        self.list = Some((group, lead));
        let mut draft = Draft::new(BlockKind::ListItem);
        for (i, line) in para.lines.iter().enumerate() {
            let text = if i == 0 { line.text.get(mark..).unwrap_or("") } else { &line.text };
            draft.push(text, spot(sheet, line), &self.words);
        }
        draft.group = Some(group);
        draft.lead = lead;
        draft
    }

    /// The paragraphs of a box or note, outside the running text. The title of a framed box heads what stands in it, and nothing else.
    fn aside(&mut self, sheet: &Sheet, paras: &[Para], framed: bool) {
        let (open, list) = (self.open.take(), self.list.take());
        let from = self.drafts.len();
        // Paragraphs of its own, not a tile with a word and a line.
        let texts = paras.iter().skip(1).filter(|p| p.look != Look::Title).count();
        let titled = framed && texts > 1 && paras[0].look == Look::Title && !paras[0].text().ends_with(['"', '”', '’', '\'']);
        for (i, para) in paras.iter().enumerate() {
            let at = self.drafts.len();
            self.refs.extend(para.lines.iter().flat_map(|l| l.refs.iter().map(|n| (*n, sheet.number, at))));
            let text = para.text();
            if text.chars().count() <= 2 && !text.chars().any(char::is_alphanumeric) {
                continue;
            }
            match para.look {
                Look::Title if titled && i == 0 => {
                    // Under the chapter, wherever in that it stands.
                    let mut draft = Draft::new(BlockKind::Heading(if self.headings.is_empty() { 1 } else { 2 }));
                    for line in &para.lines {
                        draft.push(&line.text, spot(sheet, line), &self.words);
                    }
                    self.drafts.push(draft);
                }
                Look::Item(len) if at > from || para.bold == para.lines[0].bold && !para.bold => {
                    let mut draft = self.item(sheet, para, len);
                    if draft.lead.is_none() {
                        draft.lead = (at > from && self.drafts[from].kind == BlockKind::Aside).then_some(from);
                    }
                    self.drafts.push(draft);
                }
                _ => {
                    let mut draft = Draft::new(BlockKind::Aside);
                    // A sign in a circle before the title says nothing.
                    for (i, line) in para.lines.iter().enumerate() {
                        let text = if i == 0 { parts::without_sign(&line.text) } else { &line.text };
                        draft.push(text, spot(sheet, line), &self.words);
                    }
                    self.drafts.push(draft);
                    self.list = None;
                }
            }
        }
        if titled {
            self.drafts[from..].iter_mut().for_each(|draft| draft.boxed = true);
        }
        self.open = open;
        self.list = list;
    }

    fn table(&mut self, sheet: &Sheet, caption: Option<&Column>, table: &Table, first: bool) {
        let mut skip = 0;
        let (mut head, group, mut lead);
        match self.table.take().filter(|t| first && caption.is_none() && t.page < sheet.number && t.table.goes_on(table)) {
            Some(mut begun) => {
                skip = usize::from(table.repeats_head(&begun.table));
                (head, group, lead) = (begun.head, begun.group, begun.lead);
                begun.table.r = table.r;
                begun.page = sheet.number;
                self.table = Some(begun);
            }
            None => {
                self.group += 1;
                group = self.group;
                head = None;
                lead = self.open.as_ref().map(|o| o.draft).filter(|&d| d + 1 == self.drafts.len() && self.drafts[d].text.ends_with(':'));
                let from_text = self
                    .drafts
                    .len()
                    .checked_sub(1)
                    .filter(|&d| self.drafts[d].kind == BlockKind::Caption && self.drafts[d].group.is_none());
                if let Some(column) = caption {
                    let mut draft = Draft::new(BlockKind::Caption);
                    for line in &column.lines {
                        draft.push(&line.text, spot(sheet, line), &self.words);
                    }
                    draft.group = Some(group);
                    lead = Some(self.drafts.len());
                    self.drafts.push(draft);
                } else if let Some(d) = from_text {
                    self.drafts[d].group = Some(group);
                    lead = Some(d);
                }
                if table.headed {
                    head = Some(self.drafts.len());
                }
                self.table = Some(Begun { table: table.clone(), head, group, lead, page: sheet.number, row: Vec::new() });
            }
        }
        let goes_on = skip > 0 || head.is_some_and(|h| h < self.drafts.len());
        for (r, row) in table.rows.iter().enumerate().skip(skip) {
            let is_head = r == 0 && table.headed && !goes_on;
            let placed = |piece: &Piece| Spot { page: sheet.number, line: piece.row, rect: Some(sheet.turn.view(piece.r)) };
            let mut cells: Vec<CellLines> =
                row.cells.iter().map(|pieces| pieces.iter().map(|p| (p.text.clone(), placed(p))).collect()).collect();
            let begun = self.table.as_mut().map(|t| &mut t.row);
            if let Some(before) = begun.filter(|before| r == skip && row_goes_on(before, &cells)) {
                // The page broke the row: what stands here belongs to the row on the page before.
                self.drafts.pop();
                before.iter_mut().zip(&mut cells).for_each(|(before, cell)| cell.splice(0..0, before.drain(..)).for_each(drop));
            }
            let mut draft = Draft::new(if is_head { BlockKind::TableHead } else { BlockKind::TableRow });
            draft.group = Some(group);
            draft.lead = lead;
            draft.head = head.filter(|_| !is_head);
            for (c, lines) in cells.iter().enumerate() {
                draft.cell(draft.head.map(|_| c));
                for (k, (text, place)) in lines.iter().enumerate() {
                    let text = if k == 0 { without_bullet(text) } else { text };
                    draft.push_in_cell(text, *place, &self.words);
                }
            }
            self.drafts.push(draft);
            if let Some(begun) = &mut self.table {
                begun.row = if is_head { Vec::new() } else { cells };
            }
        }
        let last = self.drafts.len().saturating_sub(1);
        self.refs.extend(table.refs.iter().map(|n| (*n, sheet.number, last)));
    }
}

/// Whether the first row of a table on a new page is the rest of the last row on the page before: some cells have no more to say, and the
/// others go on in the middle of a sentence.
fn row_goes_on(before: &[CellLines], row: &[CellLines]) -> bool {
    let goes_on = |(before, cell): (&CellLines, &CellLines)| match (before.last(), cell.first()) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some((before, _)), Some((text, _))) => {
            text.starts_with(char::is_lowercase) || before.ends_with(',') || before.ends_with(hyphen::is_hyphen)
        }
    };
    let filled = |row: &[CellLines]| row.iter().filter(|c| !c.is_empty()).count();
    before.len() == row.len() && (1..filled(before)).contains(&filled(row)) && before.iter().zip(row).all(goes_on)
}

fn without_bullet(text: &str) -> &str {
    match labels::marker(text) {
        Some(m) if !m.ordered && !m.weak => &text[m.len..],
        _ => text,
    }
}

/// Whether a first line in a new column opens an item for certain: a bullet, or a number.
fn starts_item(text: &str) -> bool {
    labels::marker(text).is_some()
}

/// Whether a paragraph at the start of a column or page goes on with the open one.
fn goes_on(before: &str, open: &Open, para: &Para, text: &str) -> bool {
    if (open.size - para.size).abs() > 0.06 * open.size.max(para.size) || para.bold && para.look == Look::Title {
        return false;
    }
    if before.ends_with(hyphen::is_hyphen) {
        return !before.ends_with(" -");
    }
    if labels::ends_sentence(before) || before.ends_with(':') {
        // An abbreviation may end a line ("o.a."), but then a small letter follows.
        return before.ends_with('.') && open.full && text.chars().next().is_some_and(char::is_lowercase);
    }
    match text.chars().find(|c| !matches!(c, '"' | '“' | '‘' | '„' | '(' | '[' | '\'')) {
        Some(c) if c.is_lowercase() => true,
        Some(_) => open.full && !before.ends_with(';'),
        None => false,
    }
}

/// Puts every footnote after the paragraph that refers to it; others stay where the page's text ends.
fn place_notes(drafts: Vec<Draft>, notes: &[(usize, Option<u16>, u32)], refs: &[(u16, u32, usize)]) -> Vec<Draft> {
    if notes.is_empty() {
        return drafts;
    }
    let mut after: Vec<Vec<usize>> = vec![Vec::new(); drafts.len()];
    let mut moved = vec![false; drafts.len()];
    for &(note, number, page) in notes {
        let Some(number) = number else { continue };
        let target =
            refs.iter().filter(|r| r.0 == number && r.2 < note && page.saturating_sub(r.1) <= 1).max_by_key(|r| (r.1, r.2)).map(|r| r.2);
        let Some(mut target) = target else { continue };
        // Not between the rows of a table or the items of a list.
        while let (Some(a), Some(b)) = (drafts[target].group, drafts.get(target + 1).and_then(|d| d.group)) {
            if a != b {
                break;
            }
            target += 1;
        }
        if target < note {
            after[target].push(note);
            moved[note] = true;
        }
    }
    let mut order: Vec<usize> = Vec::with_capacity(drafts.len());
    for i in 0..drafts.len() {
        if !moved[i] {
            order.push(i);
        }
        order.extend(&after[i]);
    }
    let mut place = vec![0usize; drafts.len()];
    for (new, &old) in order.iter().enumerate() {
        place[old] = new;
    }
    let mut slots: Vec<Option<Draft>> = drafts.into_iter().map(Some).collect();
    order
        .into_iter()
        .filter_map(|old| slots[old].take())
        .map(|mut draft| {
            draft.head = draft.head.map(|h| place[h]);
            draft.lead = draft.lead.map(|l| place[l]);
            draft
        })
        .collect()
}
