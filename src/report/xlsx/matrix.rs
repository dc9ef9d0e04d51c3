//! The sheet "Matrix": a row per samenwerkingsverband, a column per element. A verdict opens its evidence, a name the page of the dossier.

use super::evidence::{self, Rows};
use super::look::{self, Look};
use super::table::{Cell, LINE, height, link, put, text};
use super::unreadable;
use crate::engine::outcome::{ElementOutcome, Verdict};
use crate::report::words::count;
use crate::run::{DossierRun, Fit, Framework, Rule, Run};
use rust_xlsxwriter::{Worksheet, XlsxError};

const TITLE: u32 = 0;
const LEGEND: u32 = 1;
const NORMS: u32 = 2;
const COUNTS: u32 = 3;
const HEADS: u32 = 4;
/// The first row of a samenwerkingsverband.
const FIRST: u32 = 5;

/// Columns before the elements, with their width.
const LEADING: [(&str, f64); 7] = [
    ("Nummer", 9.0),
    ("Samenwerkingsverband", 40.0),
    ("Niet gelezen documenten", 7.0),
    ("Bevindingen", 7.0),
    ("Wettelijke bevindingen", 7.0),
    ("Analist ziet het anders", 7.0),
    ("Oordeel analist past niet meer", 7.0),
];
/// The column of the first element.
const ELEMENTS: u16 = LEADING.len() as u16;
/// Columns that stay in sight.
const FROZEN: u16 = 2;
const ELEMENT_WIDTH: f64 = 11.0;
/// How many of the small characters of a verdict fit in it.
const VERDICT_WIDTH: f64 = 17.0;
/// Per cent of its size, so that it can be read on A4 and not every norm needs a page.
const PRINTED: u16 = 65;
/// How many characters go beside the frozen columns on a printed page of that size, in the widest of the fonts that may stand in for the
/// one of Excel.
const PAGE_WIDTH: f64 = 110.0;

/// The sheet, with at most so many links.
pub fn sheet(run: &Run, rows: &Rows, links: usize) -> Result<Worksheet, XlsxError> {
    let look = Look::new();
    let elements = run.reported();
    let mut sheet = Worksheet::new();
    sheet.set_name("Matrix")?;
    top(&mut sheet, &look, run)?;
    heads(&mut sheet, &look, run, &elements)?;
    let linked = run.dossiers.len() * (elements.len() + 1) <= links;
    for (at, dossier) in run.dossiers.iter().enumerate() {
        let row = FIRST + u32::try_from(at).unwrap_or(u32::MAX - FIRST);
        leading(&mut sheet, &look, row, dossier)?;
        let mut lines = height(dossier.title(), LEADING[1].1);
        for (column, (framework, rule)) in (ELEMENTS..).zip(&elements) {
            let Some(element) = dossier.element_of(&framework.id, &rule.id) else { continue };
            let (words, format) = (verdict(dossier, element), look.verdict(element.verdict));
            lines = lines.max(height(&words, VERDICT_WIDTH));
            match rows.get(&(at, framework.id.as_str(), rule.id.as_str())).filter(|_| linked) {
                Some(to) => {
                    let to = format!("internal:{}!C{}", evidence::NAME, to + 1);
                    link(&mut sheet, (row, column), &words, &to, &element.message, format)?;
                }
                None => {
                    sheet.write_string_with_format(row, column, text(&words), format)?;
                }
            }
        }
        sheet.set_row_height(row, lines * LINE)?;
    }
    let last = (FIRST + run.dossiers.len() as u32).max(FIRST + 1) - 1;
    sheet.autofilter(HEADS, 0, last, ELEMENTS - 1 + elements.len() as u16)?;
    sheet.set_freeze_panes(FIRST, FROZEN)?;
    look::page(&mut sheet);
    sheet.set_print_scale(PRINTED).set_repeat_rows(NORMS, HEADS)?.set_repeat_columns(0, FROZEN - 1)?;
    sheet.set_vertical_page_breaks(&breaks(&norms(&elements)))?;
    Ok(sheet)
}

/// What the sheet shows, what to know first, and what the colours mean.
fn top(sheet: &mut Worksheet, look: &Look, run: &Run) -> Result<(), XlsxError> {
    sheet.write_string_with_format(TITLE, 0, "Matrix", &look.title)?;
    let unread: usize = run.dossiers.iter().map(|d| d.unreadable().count()).sum();
    if unread > 0 {
        let told = format!("Let op: {} niet gelezen", count(unread, "document", "documenten"));
        link(sheet, (TITLE, 1), &told, &format!("internal:{}!A1", unreadable::NAME), "", &look.link)?;
    }
    if let Some(asked) = run.broken_off {
        let told = format!("De toets is afgebroken: {} van {asked} dossiers klaar.", run.dossiers.len());
        sheet.write_string_with_format(TITLE, ELEMENTS, told, &look.alarm)?;
    }
    let told = "Een oordeel opent het bewijs, een naam de pagina van het dossier. Wat een oordeel betekent, staat op het blad Regels.";
    sheet.write_string_with_format(TITLE, FROZEN, told, &look.note)?;
    sheet.write_string_with_format(LEGEND, FROZEN - 1, "Kleuren:", &look.note)?;
    for (column, verdict) in (ELEMENTS..).zip(Verdict::ALL) {
        put(sheet, look, (LEGEND, column), Cell::Verdict(verdict))?;
    }
    Ok(())
}

/// The heads of the columns, those of the norms above them, and how many fall short of each element.
fn heads(sheet: &mut Worksheet, look: &Look, run: &Run, elements: &[(&Framework, &Rule)]) -> Result<(), XlsxError> {
    sheet.set_row_height(NORMS, 38)?.set_row_height(HEADS, 150)?;
    for (column, (name, width)) in (0..).zip(LEADING) {
        sheet.set_column_width(column, width)?;
        sheet.set_column_format(column, if column == 1 { &look.wrapped } else { &look.plain })?;
        let head = if column < FROZEN { &look.head } else { &look.upwards };
        sheet.write_string_with_format(HEADS, column, name, head)?;
    }
    sheet.write_string_with_format(COUNTS, 1, "Aantal met een bevinding:", &look.note)?;
    for (column, (framework, rule)) in (ELEMENTS..).zip(elements) {
        sheet.set_column_width(column, ELEMENT_WIDTH)?;
        sheet.write_number(COUNTS, column, run.short_of(&framework.id, &rule.id) as f64)?;
        sheet.write_string_with_format(HEADS, column, text(&format!("{} {}", rule.id, rule.title)), &look.upwards)?;
    }
    let mut column = ELEMENTS;
    for norm in norms(elements) {
        let last = column + norm.width - 1;
        let title = text(&norm.head(run));
        if last > column {
            sheet.merge_range(NORMS, column, NORMS, last, &title, &look.group)?;
        } else {
            sheet.write_string_with_format(NORMS, column, title, &look.group)?;
        }
        column = last + 1;
    }
    Ok(())
}

/// Who it is, and how many there are of what an analyst looks for first.
fn leading(sheet: &mut Worksheet, look: &Look, row: u32, dossier: &DossierRun) -> Result<(), XlsxError> {
    put(sheet, look, (row, 0), dossier.number().into())?;
    let title = dossier.title();
    let name = if dossier.page.is_empty() { title.into() } else { Cell::Link(title, format!("file:///{}.html", dossier.page)) };
    put(sheet, look, (row, 1), name)?;
    let unread = dossier.unreadable().count();
    if unread > 0 {
        sheet.write_number_with_format(row, 2, unread as f64, &look.alarm)?;
    } else {
        sheet.write_number(row, 2, 0)?;
    }
    let counts =
        [dossier.findings().count(), dossier.statutory_findings().count(), dossier.differing().count(), dossier.outdated().count()];
    for (column, n) in (3..).zip(counts) {
        sheet.write_number(row, column, n as f64)?;
    }
    Ok(())
}

/// The verdict; below it that of an analyst who sees it otherwise, or whose judgement no longer fits.
fn verdict(dossier: &DossierRun, element: &ElementOutcome) -> String {
    let mut words = element.verdict.label().to_owned();
    for judgement in dossier.judgements_of(&element.id) {
        let verdict = judgement.verdict.label();
        match judgement.fit {
            Fit::Agrees => {}
            Fit::Differs => words += &format!("\n{}: {verdict}", judgement.initials),
            Fit::Outdated(_) => words += &format!("\n{}: {verdict}?", judgement.initials),
        }
    }
    words
}

/// A norm over its columns.
struct Norm<'a> {
    framework: &'a Framework,
    rule: &'a Rule,
    width: u16,
}

impl Norm<'_> {
    /// "N3 Ondersteuningsplan (wettelijk)".
    fn head(&self, run: &Run) -> String {
        let outcomes = run.dossiers.iter().flat_map(|d| &d.outcome.frameworks).filter(|f| f.framework == self.framework.id);
        let title = outcomes.flat_map(|f| &f.norms).find(|n| n.id == self.rule.norm).map_or("", |n| n.title.as_str());
        let statutory = if self.rule.statutory { " (wettelijk)" } else { "" };
        // With one framework its name says nothing.
        let framework = if run.frameworks.len() > 1 { format!("{}: ", self.framework.title) } else { String::new() };
        format!("{framework}{} {title}{statutory}", self.rule.norm)
    }
}

fn norms<'a>(elements: &[(&'a Framework, &'a Rule)]) -> Vec<Norm<'a>> {
    let mut norms: Vec<Norm> = Vec::new();
    for (framework, rule) in elements {
        match norms.last_mut() {
            Some(last) if last.framework.id == framework.id && last.rule.norm == rule.norm => last.width += 1,
            _ => norms.push(Norm { framework, rule, width: 1 }),
        }
    }
    norms
}

/// The columns before which a printed page ends: between norms, as far as the paper goes.
fn breaks(norms: &[Norm]) -> Vec<u32> {
    let counts: f64 = LEADING[usize::from(FROZEN)..].iter().map(|(_, width)| width).sum();
    let (mut used, mut column, mut out) = (counts, ELEMENTS, Vec::new());
    for norm in norms {
        let width = f64::from(norm.width) * ELEMENT_WIDTH;
        if used + width > PAGE_WIDTH && used > 0.0 {
            out.push(u32::from(column));
            used = 0.0;
        }
        used += width;
        column += norm.width;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printed_page_ends_between_norms() {
        let framework = Framework::default();
        let rule = Rule::default();
        let norm = |width| Norm { framework: &framework, rule: &rule, width };
        // 35 characters for the counts leave six elements on the first page, and ten on the others.
        assert_eq!(breaks(&[norm(4), norm(2), norm(4), norm(6), norm(1)]), [7 + 6, 7 + 16]);
        assert_eq!(breaks(&[norm(8), norm(40), norm(2)]), [7, 7 + 8, 7 + 48]);
        assert_eq!(breaks(&[]), Vec::<u32>::new());
    }
}
