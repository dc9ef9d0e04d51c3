//! Figures in tables. What a cell counts, and of which year, stands in its row's label, its column's head, the caption or the heading;
//! the nearest that says it counts. A row whose label narrows the count ("langer dan drie maanden", a municipality) is left out.

use super::context::{Context, Contexts};
use super::cues::{Cue, Cues};
use super::numbers;
use super::years::{self, FigureYear};
use super::{Figure, Measure, SchoolKind, Text};
use crate::document::{BlockKind, Document, Span};
use crate::facts::{NumberFact, Quantity};
use crate::language::Kind;
use std::ops::Range;

/// Rows and columns read at most: a table of thousands of cells is a register.
const ROWS: usize = 400;
const COLUMNS: usize = 24;

/// One past the last block of the table that begins at a block.
pub(super) fn end(doc: &Document, from: usize) -> usize {
    let group = doc.blocks[from].group;
    let same = |b: &crate::document::Block| matches!(b.kind, BlockKind::TableHead | BlockKind::TableRow) && b.group == group;
    if group.is_none() {
        return from + 1;
    }
    from + doc.blocks[from..].iter().take_while(|b| same(b)).count().max(1)
}

/// A number in a cell, and whether it says itself that it is in per cent, or of pupils.
#[derive(Clone, Copy, Debug)]
struct Value {
    span: Span,
    value: f64,
    percent: bool,
    pupils: bool,
}

#[derive(Clone, Debug, Default)]
struct Cell {
    span: Span,
    head: Option<Span>,
    cues: Cues,
    year: Option<FigureYear>,
    /// All years it names, for heads that run together.
    years: Vec<FigureYear>,
    values: Vec<Value>,
    /// Has words that say something we do not know.
    narrow: bool,
    percent: bool,
    absence: bool,
    /// Has a number that is no year and no term.
    numeral: bool,
    empty: bool,
}

/// Reads a table.
pub(super) fn read(text: &Text, contexts: &mut Contexts, blocks: Range<usize>, figures: &mut Vec<Figure>) {
    let subject = |b: usize| text.language.sentences_of(b).any(|s| text.subjects.get(s).copied().unwrap_or(false));
    let context = contexts.of(text, blocks.start);
    let own = context.cues.any(|c| c.is_head() || c.is_kind());
    if context.closed || context.money || !(own || blocks.clone().take(ROWS).any(subject)) {
        return;
    }
    let rows: Vec<Vec<Cell>> = blocks.take(ROWS).map(|b| row(text, b)).collect();
    let heads = rows.iter().take(3).take_while(|r| r.len() > 1 && r.iter().all(|c| !c.numeral)).count();
    // Heads over nothing are no table of figures.
    if heads == rows.len() {
        return;
    }
    if rows[..heads].iter().flatten().any(|c| c.cues.has(Cue::Geld)) {
        return;
    }
    let absence = speaks_of_absence(&context, &rows) || has_both_parts(&rows);
    let table = Table { text, context: &context, rows: &rows, heads, absence };
    let mut band: Option<&Cell> = None;
    for (r, row) in rows.iter().enumerate().skip(heads) {
        if row.iter().all(|c| c.values.is_empty()) {
            let mut full = row.iter().filter(|c| !c.empty);
            band = full.next().filter(|_| full.next().is_none());
            continue;
        }
        for (c, cell) in row.iter().enumerate() {
            for (n, value) in cell.values.iter().enumerate() {
                figures.extend(table.figure(r, c, value, n, band));
            }
        }
    }
}

fn row(text: &Text, block: usize) -> Vec<Cell> {
    let mut cues = Cues::default();
    for s in text.language.sentences_of(block) {
        cues.0.extend(text.words.of(text.language, s).0);
    }
    text.doc.blocks[block].cells.iter().take(COLUMNS).map(|c| cell(text, c.span, c.head, &cues)).collect()
}

fn cell(text: &Text, span: Span, head: Option<Span>, row: &Cues) -> Cell {
    let tokens = &text.language.tokens;
    let from = tokens.partition_point(|t| t.span.start < span.start);
    let to = tokens.partition_point(|t| t.span.start < span.end);
    let cues = row.inside(span);
    let words = text.doc.slice(span);
    let found = years::scan(text.language, from..to, true);
    let year = match found.as_slice() {
        [one] if !matches!(one.year, FigureYear::Span(..)) => Some(one.year),
        _ => None,
    };
    let covered = |s: Span, of: &dyn Fn(Cue) -> bool| cues.0.iter().any(|a| of(a.cue) && a.whole.contains(s));
    let unit = |c: Cue| {
        matches!(c, Cue::Leerlingen | Cue::Scholen | Cue::Keer | Cue::Tlv | Cue::Klacht | Cue::Bezwaar | Cue::Geschil | Cue::Thuis)
    };
    let plain = |c: Cue| {
        matches!(
            c,
            Cue::Kaal | Cue::Leerlingen | Cue::Keer | Cue::Totaal | Cue::Eigen | Cue::Feit | Cue::Deelname | Cue::DitJaar | Cue::Scholen
        )
    };
    let mut foreign = false;
    let mut narrow = false;
    for t in &tokens[from..to] {
        let norm = text.language.vocabulary.get(t.norm as usize).map_or("", String::as_str);
        if t.kind != Kind::Word || found.iter().any(|y| y.span.overlaps(t.span)) {
            continue;
        }
        if !(matches!(norm, "ca" | "circa" | "ongeveer" | "ruim" | "bijna" | "procent" | "x")
            || covered(t.span, &unit)
            || covered(t.span, &|c| c == Cue::Nul))
        {
            foreign = true;
        }
        let number = text.facts.numbers_in(t.span).iter().any(|n| n.span.contains(t.span));
        let dated = text.facts.dates_in(span).iter().any(|d| d.span.contains(t.span));
        if !(covered(t.span, &plain)
            || numbers::is_function_word(norm)
            || number
            || dated
            || matches!(norm, "per" | "op" | "in" | "schooljaar" | "jaar" | "kalenderjaar" | "stand" | "eind" | "oktober"))
        {
            narrow = true;
        }
    }
    let numbers: Vec<_> = text.facts.numbers_in(span).iter().filter(|n| !found.iter().any(|y| y.span.overlaps(n.span))).collect();
    let pupils = cues.has(Cue::Leerlingen);
    let mut values: Vec<Value> = Vec::new();
    if !foreign && found.is_empty() && numbers.len() <= 2 {
        for n in &numbers {
            match n.quantity {
                Quantity::Number(value) => values.push(Value { span: n.span, value, percent: false, pupils }),
                Quantity::Percent(value) => values.push(Value { span: n.span, value, percent: true, pupils: false }),
                Quantity::Term { .. } | Quantity::Euro(_) => {}
            }
        }
        if let (true, Some(none)) = (numbers.is_empty(), cues.0.iter().find(|a| a.cue == Cue::Nul)) {
            values.push(Value { span: none.span, value: 0.0, percent: false, pupils });
        }
        // Two numbers are a count with its share, or a range.
        let two_of_a_kind = values.len() == 2 && values[0].percent == values[1].percent;
        if two_of_a_kind || words.contains(['<', '>', '/']) || words.contains('\u{20ac}') {
            values.clear();
        }
    }
    let lower = words.to_lowercase();
    // "cluster 3 en 4", "langer dan 3 maanden": a number that belongs to a name.
    let label = |n: Span| n.start > span.start;
    let counts = |n: &&&NumberFact| matches!(n.quantity, Quantity::Number(_) | Quantity::Percent(_)) && !label(n.span);
    let numeral = !values.is_empty() || numbers.iter().any(|n| counts(&n));
    Cell {
        span,
        head,
        year,
        years: found.iter().map(|y| y.year).collect(),
        values,
        narrow,
        percent: lower.contains('%') || lower.contains("percent") || lower.contains("procent") || lower.contains("aandeel"),
        numeral,
        absence: lower.contains("absoluut verzuim") || lower.contains("relatief verzuim"),
        empty: words.trim().is_empty(),
        cues,
    }
}

struct Table<'a> {
    text: &'a Text<'a>,
    context: &'a Context,
    rows: &'a [Vec<Cell>],
    heads: usize,
    /// It is about pupils that are not in school, so that "absoluut" and "relatief" are parts of them.
    absence: bool,
}

/// Whether the table or what stands above it names verzuim or thuiszitters.
fn speaks_of_absence(context: &Context, rows: &[Vec<Cell>]) -> bool {
    context.absence || context.cues.has(Cue::Thuis) || rows.iter().flatten().any(|l| l.absence || l.cues.has(Cue::Thuis))
}

/// Whether the table counts "absoluut" beside "relatief" in whole numbers: of anything else, what is relative would be a share.
fn has_both_parts(rows: &[Vec<Cell>]) -> bool {
    let has = |cue: Cue| rows.iter().flatten().any(|l| l.cues.has(cue));
    let whole = |l: &Cell| !l.percent && l.values.iter().all(|v| !v.percent && v.value.fract() == 0.0);
    has(Cue::Absoluut) && has(Cue::Relatief) && rows.iter().flatten().all(whole)
}

impl Table<'_> {
    /// The heads of a cell's column.
    fn heads_of(&self, r: usize, c: usize) -> Vec<&Cell> {
        let cell = &self.rows[r][c];
        let by_span = |h: &Vec<Cell>| cell.head.and_then(|s| h.iter().position(|k| k.span == s));
        let width = self.rows[r].len();
        let at = |h: &Vec<Cell>| {
            // The head over the labels was left out.
            if h.len() + 1 == width {
                return c.checked_sub(1);
            }
            by_span(h).or((h.len() == width).then_some(c))
        };
        self.rows[..self.heads].iter().filter_map(|h| at(h).and_then(|k| h.get(k))).collect()
    }

    /// The year of a column under heads of which some stand in one cell: "2021 2022 | 2023 | " over three columns of numbers.
    fn run_together(&self, r: usize, c: usize) -> Option<FigureYear> {
        let head = self.rows[..self.heads].iter().find(|h| h.iter().any(|k| k.years.len() > 1))?;
        let all: Vec<FigureYear> = head.iter().flat_map(|k| k.years.iter().copied()).collect();
        (all.len() + 1 == self.rows[r].len()).then(|| c.checked_sub(1).and_then(|k| all.get(k).copied())).flatten()
    }

    fn figure(&self, r: usize, c: usize, value: &Value, nth: usize, band: Option<&Cell>) -> Option<Figure> {
        let row = &self.rows[r];
        let labels: Vec<&Cell> = row[..c].iter().filter(|l| l.values.is_empty() && !l.empty).collect();
        let heads = self.heads_of(r, c);
        let head_row: Vec<&Cell> = self.rows[..self.heads].iter().filter_map(|h| h.first()).collect();
        let near: Vec<&Cell> = labels.iter().chain(&heads).chain(band.iter()).copied().collect();
        if near.iter().any(|l| self.is_of_another(l)) {
            return None;
        }
        let year = |cells: &[&Cell]| cells.iter().rev().find_map(|l| l.year);
        let year = self
            .run_together(r, c)
            .or_else(|| year(&heads))
            .or_else(|| year(&labels))
            .or_else(|| band.and_then(|b| b.year))
            .or(self.context.year)?;
        let own = |l: &&&Cell| l.cues.any(|c| c.is_head() || c.is_kind());
        if labels.iter().any(|l| l.narrow && !own(&l)) || heads.iter().any(|h| h.narrow && !own(&h)) {
            return None;
        }
        let mut cues = Cues(labels.iter().chain(&heads).flat_map(|l| l.cues.0.iter().copied()).collect());
        let kinds_in_row = labels.iter().any(|l| l.cues.any(Cue::is_kind));
        let counted = value.percent || near.iter().any(|l| l.percent) || labels.iter().any(|l| l.cues.has(Cue::Leerlingen));
        let absence = self.absence || near.iter().any(|l| self.text.doc.slice(l.span).to_lowercase().contains("verzuim"));
        let band_cues = band.map(|b| b.cues.clone()).unwrap_or_default();
        let corner = Cues(head_row.iter().flat_map(|l| l.cues.0.iter().copied()).collect());
        let cue = self.cue(&mut cues, [&band_cues, &corner, &self.context.cues], absence, kinds_in_row && counted)?;
        let measure = Measure::of(cue)?;
        let says = |cells: &[&Cell]| {
            let share = cells.iter().any(|l| l.percent);
            let count = cells.iter().any(|l| l.cues.has(Cue::Leerlingen) || self.text.doc.slice(l.span).to_lowercase().contains("aantal"));
            if share {
                Some(true)
            } else if count {
                Some(false)
            } else {
                None
            }
        };
        let percent = value.percent
            || measure.is_share()
                && !value.pupils
                && nth == 0
                && says(&heads)
                    .or_else(|| says(&labels))
                    .unwrap_or_else(|| value.value.fract() != 0.0 || (self.context.percent && value.value <= 25.0));
        let kinds = |cues: &Cues| cues.0.iter().map(|a| a.cue).find(|c| c.is_kind());
        let kind = kinds(&cues).or_else(|| kinds(&band_cues)).or_else(|| kinds(&self.context.cues));
        Figure::sound(value.span, measure, kind.and_then(SchoolKind::of), year, value.value, percent)
    }

    /// The label speaks of another body, a goal, a bound, money, or a part that is no measure of its own.
    fn is_of_another(&self, l: &Cell) -> bool {
        let other = l.cues.has(Cue::Ander);
        let goal = l.cues.has(Cue::Doel) && !l.cues.has(Cue::Feit);
        let part = l.cues.has(Cue::Deel) && !l.cues.any(|c| matches!(c, Cue::Absoluut | Cue::Relatief));
        other || goal || part || l.cues.has(Cue::Geld) || l.cues.has(Cue::Vreemd) || l.cues.has(Cue::Verandering)
    }

    /// What a cell counts: by its own row and column, else by what stands around the table.
    fn cue(&self, own: &mut Cues, around: [&Cues; 3], absence: bool, share: bool) -> Option<Cue> {
        let all = |test: &dyn Fn(Cue) -> bool| own.any(test) || around.iter().any(|c| c.any(test));
        let kinds = all(&Cue::is_kind);
        let deelname = share || all(&|c| c == Cue::Deelname);
        let refiner = own.0.iter().map(|a| a.cue).find(|c| matches!(c, Cue::Absoluut | Cue::Relatief));
        if let Some(cue) = refiner.filter(|_| absence) {
            return Some(cue);
        }
        let heads = |c: &Cues| {
            let mut heads: Vec<Cue> = c.0.iter().map(|a| a.cue).filter(|c| c.is_head() && (!c.is_flow() || kinds)).collect();
            heads.retain(|c| !matches!(c, Cue::Absoluut | Cue::Relatief) || absence);
            heads
        };
        // "Toelaatbaarheidsverklaring vso afgegeven", "Uitstroom so naar regulier": the first thing named.
        if let Some(&first) = heads(own).first() {
            return Some(first);
        }
        let total = own.has(Cue::Totaal);
        let parts = |r: &Vec<Cell>| r.iter().any(|l| l.cues.any(|c| matches!(c, Cue::Absoluut | Cue::Relatief)));
        if total && absence && !own.any(Cue::is_kind) && self.rows.iter().any(parts) {
            return Some(Cue::Thuis);
        }
        for c in around {
            let found = heads(c);
            let Some(&first) = found.first() else { continue };
            let one = found.iter().all(|&h| h == first || h.is_absence() && first.is_absence());
            if own.any(Cue::is_kind) {
                return found.into_iter().find(|h| h.is_flow() || *h == Cue::Tlv).or_else(|| self.share(own, deelname));
            }
            return match first {
                _ if !one => None,
                h if h.is_absence() && (total || found.len() == 1 || found.iter().all(|&f| f == Cue::Thuis)) => {
                    Some(if found.iter().all(|&f| f == first) { first } else { Cue::Thuis })
                }
                h if h.is_absence() => None,
                h => Some(h),
            };
        }
        self.share(own, deelname).or_else(|| {
            let kinds: Vec<Cue> = around.iter().flat_map(|c| c.0.iter().map(|a| a.cue)).filter(|c| c.is_kind()).collect();
            let first = *kinds.first()?;
            (deelname && !own.any(Cue::is_kind) && kinds.iter().all(|&k| k == first)).then_some(first)
        })
    }

    /// The one kind of school that row and column name.
    fn share(&self, own: &Cues, deelname: bool) -> Option<Cue> {
        let mut kinds: Vec<Cue> = own.0.iter().map(|a| a.cue).filter(|c| c.is_kind()).collect();
        kinds.dedup();
        match kinds.as_slice() {
            [one] if deelname => Some(*one),
            _ => None,
        }
    }
}
