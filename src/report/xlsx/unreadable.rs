//! The sheet "Onleesbaar": what could not be read, or not wholly, and all else a user should know of what was handed in.

use super::table::{Column, Table, line, wrapped};
use crate::report::words::{count, gone, pages};
use crate::run::{DocumentRun, DossierRun, ReadStatus, Run};
use rust_xlsxwriter::{Worksheet, XlsxError};

/// Its name.
pub const NAME: &str = "Onleesbaar";

const COLUMNS: &[Column] = &[
    wrapped("Wat", 26.0),
    line("Nummer", 9.0),
    wrapped("Samenwerkingsverband", 34.0),
    wrapped("Document", 40.0),
    wrapped("Melding", 90.0),
];

/// The sheet: what is worst stands first.
pub fn sheet(run: &Run) -> Result<Worksheet, XlsxError> {
    let mut table = Table::new(NAME, COLUMNS, 0, 1)?;
    for dossier in &run.dossiers {
        for document in dossier.unreadable() {
            let error = document.error.as_deref().unwrap_or("reden onbekend");
            row(&mut table, "niet gelezen", dossier, Some(document), error)?;
        }
    }
    for dossier in &run.dossiers {
        for document in dossier.documents.iter().filter(|d| d.status != ReadStatus::Unreadable) {
            let what = if document.status == ReadStatus::Partial { "ten dele gelezen" } else { "gelezen, let op" };
            let empty = &document.pages_without_text;
            if !empty.is_empty() {
                let many = count(empty.len(), "bladzijde", "bladzijden");
                row(&mut table, what, dossier, Some(document), &format!("{many} zonder leesbare tekst: {}", pages(empty)))?;
            }
            for warning in &document.warnings {
                row(&mut table, what, dossier, Some(document), warning)?;
            }
        }
    }
    for dossier in &run.dossiers {
        for warning in &dossier.warnings {
            row(&mut table, "over het dossier", dossier, None, warning)?;
        }
    }
    for remark in whole(run) {
        table.row(["over alles".into(), "".into(), "".into(), "".into(), remark.into()])?;
    }
    if table.next() == 1 {
        table.row(["Alle documenten zijn gelezen.".into()])?;
    }
    table.finish()
}

fn row(table: &mut Table, what: &str, dossier: &DossierRun, document: Option<&DocumentRun>, told: &str) -> Result<(), XlsxError> {
    let document = document.map_or_else(|| dossier.path.clone(), |d| dossier.path_of(d));
    table.row([what.into(), dossier.number().into(), dossier.title().into(), document.into(), told.into()])
}

/// What is to be said of the run as a whole.
fn whole(run: &Run) -> Vec<String> {
    let asked = run.broken_off.map(|asked| {
        format!(
            "De toets is afgebroken: {} van {} klaar. Start hem opnieuw om hem af te maken.",
            run.dossiers.len(),
            count(asked, "dossier", "dossiers")
        )
    });
    asked.into_iter().chain(run.remarks.iter().cloned()).chain(gone(&run.gone)).collect()
}
