//! The sheet "Regels": with which program and rules the workbook was made, what the verdicts mean, what each element asks, and of which
//! documents it speaks, by their digest.

use super::look::{self, Look};
use super::table::{Cell, LINE, height, put};
use crate::engine::outcome::Verdict;
use crate::report::words::{CLOSING, kind_name, meaning};
use crate::run::Run;
use rust_xlsxwriter::{Worksheet, XlsxError};

const WIDTHS: [f64; 7] = [18.0, 30.0, 11.0, 34.0, 60.0, 10.0, 68.0];

/// The sheet.
pub fn sheet(run: &Run) -> Result<Worksheet, XlsxError> {
    let mut page = Page { sheet: Worksheet::new(), look: Look::new(), next: 0 };
    page.sheet.set_name("Regels")?;
    for (column, width) in (0..).zip(WIDTHS) {
        page.sheet.set_column_width(column, width)?;
        page.sheet.set_column_format(column, &page.look.wrapped)?;
    }
    page.part("Programma", &["Programma", "Versie"])?;
    page.row(["plantoets".into(), env!("CARGO_PKG_VERSION").into()])?;
    page.row([Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty, CLOSING.into()])?;
    page.part("Kaders", &["Kader", "Titel", "", "", "Vingerafdruk van de regels"])?;
    for framework in &run.frameworks {
        let digest = framework.digest.as_str().into();
        page.row([framework.id.as_str().into(), framework.title.as_str().into(), Cell::Empty, Cell::Empty, digest])?;
    }
    page.part("Oordelen", &["Oordeel", "", "", "", "Betekenis"])?;
    for verdict in Verdict::ALL {
        page.row([verdict.into(), Cell::Empty, Cell::Empty, Cell::Empty, meaning(verdict).into()])?;
    }
    page.part("Elementen", &["Element", "Titel", "Wettelijk", "Grondslag", "Wat het vraagt", "Norm", "Kader"])?;
    for (framework, rule) in run.reported() {
        page.row([
            rule.id.as_str().into(),
            rule.title.as_str().into(),
            if rule.statutory { "ja" } else { "nee" }.into(),
            rule.clause.as_str().into(),
            rule.asks.as_str().into(),
            rule.norm.as_str().into(),
            framework.id.as_str().into(),
        ])?;
    }
    page.part("Documenten", &["Soort", "Samenwerkingsverband", "Nummer", "Dossier", "Document", "Bladzijden", "SHA-256"])?;
    for dossier in &run.dossiers {
        for document in &dossier.documents {
            page.row([
                document.kind.map_or("niet herkend", kind_name).into(),
                dossier.title().into(),
                dossier.number().into(),
                dossier.path.as_str().into(),
                document.path.as_str().into(),
                Cell::Number(document.pages as f64),
                document.sha256.as_deref().into(),
            ])?;
        }
    }
    look::page(&mut page.sheet);
    page.sheet.set_print_fit_to_pages(1, 0);
    Ok(page.sheet)
}

/// Tables below each other.
struct Page {
    sheet: Worksheet,
    look: Look,
    next: u32,
}

impl Page {
    /// A new table.
    fn part(&mut self, title: &str, heads: &[&str]) -> Result<(), XlsxError> {
        self.next += u32::from(self.next > 0);
        self.sheet.write_string_with_format(self.next, 0, title, &self.look.title)?;
        for (column, head) in (0..).zip(heads).filter(|(_, head)| !head.is_empty()) {
            self.sheet.write_string_with_format(self.next + 1, column, *head, &self.look.head)?;
        }
        self.next += 2;
        Ok(())
    }

    fn row<'a>(&mut self, cells: impl IntoIterator<Item = Cell<'a>>) -> Result<(), XlsxError> {
        let mut lines = 1.0_f64;
        for ((column, cell), width) in (0..).zip(cells).zip(WIDTHS) {
            if let Cell::Text(words) = &cell {
                lines = lines.max(height(words, width));
            }
            put(&mut self.sheet, &self.look, (self.next, column), cell)?;
        }
        self.sheet.set_row_height(self.next, lines * LINE)?;
        self.next += 1;
        Ok(())
    }
}
