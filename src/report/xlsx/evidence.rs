//! The sheet "Bewijs": every passage that the verdicts rest on or come close to, a row each. An element without any has a row too, since
//! what is the matter with it must stand somewhere.

use super::table::{Cell, Column, Table, line, wrapped};
use crate::engine::outcome::{ElementOutcome, Evidence, FrameworkOutcome};
use crate::report::beside::beside;
use crate::report::words::said;
use crate::run::{DossierRun, Run};
use rust_xlsxwriter::{Worksheet, XlsxError};
use std::collections::HashMap;

/// Its name.
pub const NAME: &str = "Bewijs";

const COLUMNS: &[Column] = &[
    line("Nummer", 9.0),
    line("Samenwerkingsverband", 30.0),
    line("Element", 8.0),
    wrapped("Titel", 24.0),
    line("Oordeel", 13.0),
    line("Wettelijk", 9.0),
    wrapped("Wat er is", 36.0),
    line("Passage", 11.0),
    wrapped("Citaat", 60.0),
    wrapped("Document", 22.0),
    line("Bladzijde", 9.0),
    line("Gedrukt", 9.0),
    wrapped("Paragraaf", 26.0),
    line("Hoe gezegd", 15.0),
    wrapped("Waarom", 24.0),
    wrapped("Wat te doen", 36.0),
    wrapped("Hoort in", 22.0),
    line("Oordeel analist", 13.0),
    line("Paraaf", 8.0),
    wrapped("Reden analist", 30.0),
    wrapped("Past", 20.0),
    wrapped("Sinds vorig verslag", 18.0),
    wrapped("Vrijstelling", 26.0),
    line("Vrij t/m", 11.0),
    line("Kenmerk", 10.0),
    line("Kader", 18.0),
    line("Gelezen", 9.0),
];

/// The row where the passages of an element begin, by place of the dossier in the run, framework and element.
pub type Rows<'a> = HashMap<(usize, &'a str, &'a str), u32>;

/// The sheet with at most so many links, and where each element begins.
pub fn sheet(run: &Run, links: usize) -> Result<(Worksheet, Rows<'_>), XlsxError> {
    let mut table = Table::new(NAME, COLUMNS, 4, 2)?;
    let mut rows = Rows::new();
    let linked = run.dossiers.iter().map(|d| d.elements().count()).sum::<usize>() <= links;
    for (at, dossier) in run.dossiers.iter().enumerate() {
        for framework in &dossier.outcome.frameworks {
            for element in &framework.elements {
                rows.insert((at, framework.framework.as_str(), element.id.as_str()), table.next());
                passages(&mut table, dossier, framework, element, linked)?;
            }
        }
    }
    Ok((table.finish()?, rows))
}

fn passages(
    table: &mut Table,
    dossier: &DossierRun,
    framework: &FrameworkOutcome,
    element: &ElementOutcome,
    linked: bool,
) -> Result<(), XlsxError> {
    let beside = beside(dossier, &framework.framework, element);
    let evidence = element.evidence.iter().map(|e| ("bewijs", Some(e)));
    let nearest = element.nearest.iter().map(|e| ("dichtstbij", Some(e)));
    let none = (element.evidence.is_empty() && element.nearest.is_empty()).then_some(("geen", None));
    for (n, (what, passage)) in evidence.chain(nearest).chain(none).enumerate() {
        let place = passage.and_then(|e: &Evidence| e.places.first());
        let id = element.id.as_str();
        let page = format!("file:///{}.html#{id}", dossier.page);
        table.row([
            dossier.number().into(),
            dossier.title().into(),
            if n == 0 && linked && !dossier.page.is_empty() { Cell::Link(id, page) } else { id.into() },
            element.title.as_str().into(),
            element.verdict.into(),
            if framework.is_statutory(element) { "ja" } else { "nee" }.into(),
            element.message.as_str().into(),
            what.into(),
            passage.map(|e| e.quote.as_str()).into(),
            passage.and_then(|e| dossier.documents.get(e.document)).map(|d| d.path.as_str()).into(),
            place.map(|p| p.page).into(),
            place.and_then(|p| p.page_label.as_deref()).into(),
            passage.map(|e| e.section.join(" > ")).into(),
            passage.map(|e| said(e.status)).into(),
            passage.map(|e| e.why.as_str()).into(),
            element.hint.as_deref().into(),
            element.belongs.as_deref().into(),
            beside.verdict.as_str().into(),
            beside.initials.as_str().into(),
            beside.reason.as_str().into(),
            beside.fit.as_str().into(),
            beside.change.as_str().into(),
            beside.waiver.as_str().into(),
            beside.until.into(),
            beside.fingerprint.as_str().into(),
            framework.framework.as_str().into(),
            passage.filter(|e| e.by_ocr()).map(|_| "met OCR").into(),
        ])?;
    }
    Ok(())
}
