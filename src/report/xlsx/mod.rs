//! The overview as a workbook for Excel and LibreOffice: the matrix of samenwerkingsverbanden by elements, and behind it the evidence, the
//! facts, what could not be read, and the rules. One file per sheet; what they share is in `table.rs` and `look.rs`.

mod evidence;
mod facts;
mod look;
mod matrix;
mod rules;
mod table;
mod unreadable;

use super::OverviewFile;
use crate::run::Run;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

/// The workbook.
pub const FILE: OverviewFile = OverviewFile { name: "matrix.xlsx", render };

fn render(run: &Run) -> Result<Vec<u8>, String> {
    write(run, table::LINKS).map_err(|error| format!("het rekenblad kan niet worden gemaakt: {error}"))
}

/// With at most so many links on a sheet.
fn write(run: &Run, links: usize) -> Result<Vec<u8>, XlsxError> {
    // The matrix stands first and points at rows of the evidence, so that is made before it.
    let (evidence, rows) = evidence::sheet(run, links)?;
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties()?);
    workbook.push_worksheet(matrix::sheet(run, &rows, links)?);
    workbook.push_worksheet(evidence);
    workbook.push_worksheet(facts::sheet(run)?);
    workbook.push_worksheet(unreadable::sheet(run)?);
    workbook.push_worksheet(rules::sheet(run)?);
    workbook.save_to_buffer()
}

/// A workbook must hold a day on which it was made. The same run gives the same bytes, so it is any day that stays the same.
fn properties() -> Result<DocProperties, XlsxError> {
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    Ok(DocProperties::new().set_title("plantoets: matrix").set_author("plantoets").set_creation_datetime(&day))
}

#[cfg(test)]
mod tests;
