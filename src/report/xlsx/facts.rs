//! The sheet "Feiten": what the documents say of the samenwerkingsverband, its dates and its figures, a row each, with dates and numbers
//! that can be sorted and counted with.

use super::table::{Cell, Column, Table, line, wrapped};
use crate::engine::outcome::{Evidence, Fact, FactSheet};
use crate::run::{DossierRun, Run};
use jiff::civil::Date;
use rust_xlsxwriter::{Worksheet, XlsxError};

const COLUMNS: &[Column] = &[
    line("Nummer", 9.0),
    line("Samenwerkingsverband", 30.0),
    wrapped("Feit", 34.0),
    line("Jaar", 11.0),
    line("Waarde", 30.0),
    line("Eenheid", 11.0),
    wrapped("Document", 26.0),
    line("Bladzijde", 9.0),
    line("Gedrukt", 9.0),
    wrapped("Citaat", 60.0),
    line("Gelezen", 9.0),
];

/// A fact on its way to a row.
struct Row<'a> {
    name: String,
    year: Cell<'a>,
    value: Cell<'a>,
    unit: &'static str,
    evidence: Option<&'a Evidence>,
}

/// The sheet.
pub fn sheet(run: &Run) -> Result<Worksheet, XlsxError> {
    let mut table = Table::new("Feiten", COLUMNS, 2, 1)?;
    for dossier in &run.dossiers {
        for row in rows(&dossier.outcome.facts) {
            write(&mut table, dossier, row)?;
        }
    }
    table.finish()
}

fn write(table: &mut Table, dossier: &DossierRun, row: Row) -> Result<(), XlsxError> {
    let place = row.evidence.and_then(|e| e.places.first());
    table.row([
        dossier.number().into(),
        dossier.title().into(),
        row.name.into(),
        row.year,
        row.value,
        row.unit.into(),
        row.evidence.and_then(|e| dossier.documents.get(e.document)).map(|d| d.path.as_str()).into(),
        place.map(|p| p.page).into(),
        place.and_then(|p| p.page_label.as_deref()).into(),
        row.evidence.map(|e| e.quote.as_str()).into(),
        row.evidence.filter(|e| e.by_ocr()).map(|_| "met OCR").into(),
    ])
}

fn rows(facts: &FactSheet) -> Vec<Row<'_>> {
    fn plain<'a, T, V: Into<Cell<'a>>>(name: &str, fact: &'a Fact<T>, value: V) -> Row<'a> {
        Row { name: name.to_owned(), year: Cell::Empty, value: value.into(), unit: "", evidence: fact.evidence.as_ref() }
    }
    let texts = [("naam", &facts.naam), ("nummer", &facts.nummer), ("rechtsvorm", &facts.rechtsvorm)];
    let texts = texts.into_iter().flat_map(|(name, fact)| fact.iter().map(move |f| plain(name, f, f.value.as_str())));
    fn dates<'a>(name: &str, facts: impl IntoIterator<Item = &'a Fact<Date>>) -> Vec<Row<'a>> {
        facts.into_iter().map(|f| plain(name, f, f.value)).collect()
    }
    let dates = [
        dates("oprichting", &facts.oprichting),
        dates("overleg met gemeenten", &facts.oogo),
        dates("instemming ondersteuningsplanraad", &facts.instemming_opr),
        dates("vaststelling", &facts.vaststelling),
        dates("inzending", &facts.inzending),
        dates("ontvangst", &facts.ontvangen),
    ];
    let ends = [("planperiode: eerste dag", 0), ("planperiode: laatste dag", 1)];
    let period = facts.plan_period.iter().flat_map(|f| ends.map(|(name, end)| plain(name, f, [f.value.0, f.value.1][end])));
    let municipalities = facts.gemeenten.iter().map(|f| plain("gemeente", f, f.value.as_str()));
    let figures = facts.figures.iter().map(|f| {
        let kind = f.value.kind.map(|k| format!(" {}", k.name())).unwrap_or_default();
        let name = format!("{}{kind}", f.value.measure.label());
        Row { year: f.value.year.to_string().into(), unit: f.value.unit.name(), ..plain(&name, f, Cell::Number(f.value.value)) }
    });
    texts.chain(dates.into_iter().flatten()).chain(period).chain(municipalities).chain(figures).collect()
}
