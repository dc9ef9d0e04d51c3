//! A sheet that is a table, within what Excel can hold: it cuts what is too long and says so.

use super::look::{self, Look};
use crate::engine::outcome::Verdict;
use crate::report::harmless::harmless_lines;
use crate::report::words;
use jiff::civil::Date;
use rust_xlsxwriter::{ExcelDateTime, Format, Url, Worksheet, XlsxError};
use std::borrow::Cow;

/// Rows of a sheet.
const ROWS: u32 = 1_048_576;
/// Links of a sheet, a few less than Excel opens.
pub const LINKS: usize = 65_000;
/// UTF-16 units of a cell.
const UNITS: usize = 32_767;
/// UTF-16 units of what is shown when one points at a link.
const TIP_UNITS: usize = 255;

/// Height of a line, in points.
pub const LINE: f64 = 15.0;
/// Lines of a row, of which Excel shows no more than 27.
const MOST_LINES: f64 = 25.0;

/// A column.
pub struct Column {
    /// Its head.
    pub head: &'static str,
    /// In characters.
    pub width: f64,
    /// Its text takes as many lines as it needs.
    pub wrap: bool,
}

/// A column of one line per cell.
pub const fn line(head: &'static str, width: f64) -> Column {
    Column { head, width, wrap: false }
}

/// A column whose cells take as many lines as they need.
pub const fn wrapped(head: &'static str, width: f64) -> Column {
    Column { head, width, wrap: true }
}

/// What stands in a cell.
pub enum Cell<'a> {
    /// Nothing.
    Empty,
    /// Words, never a formula.
    Text(Cow<'a, str>),
    /// A number.
    Number(f64),
    /// A date.
    Day(Date),
    /// A verdict in its colour.
    Verdict(Verdict),
    /// Words that open a file next to the workbook, or a place in it.
    Link(&'a str, String),
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Cell<'a> {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text.into()) }
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text.into()) }
    }
}

impl<'a, T: Into<Cell<'a>>> From<Option<T>> for Cell<'a> {
    fn from(value: Option<T>) -> Cell<'a> {
        value.map_or(Cell::Empty, Into::into)
    }
}

impl From<u32> for Cell<'_> {
    fn from(n: u32) -> Self {
        Cell::Number(f64::from(n))
    }
}

impl From<Date> for Cell<'_> {
    fn from(day: Date) -> Self {
        Cell::Day(day)
    }
}

impl From<Verdict> for Cell<'_> {
    fn from(verdict: Verdict) -> Self {
        Cell::Verdict(verdict)
    }
}

/// A sheet that is a table: a head that stays in sight and filters, and rows below it.
pub struct Table {
    sheet: Worksheet,
    look: Look,
    columns: &'static [Column],
    next: u32,
    limit: u32,
}

impl Table {
    /// With so many columns that stay in sight, printed so many pages wide.
    pub fn new(name: &str, columns: &'static [Column], frozen: u16, pages: u16) -> Result<Table, XlsxError> {
        let look = Look::new();
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?;
        look::page(&mut sheet);
        sheet.set_print_fit_to_pages(pages, 0).set_page_order(false).set_repeat_rows(0, 0)?.set_freeze_panes(1, frozen)?;
        if pages > 1 && frozen > 0 {
            sheet.set_repeat_columns(0, frozen - 1)?;
        }
        for (at, column) in (0..).zip(columns) {
            sheet.set_column_width(at, column.width)?;
            sheet.set_column_format(at, if column.wrap { &look.wrapped } else { &look.plain })?;
            sheet.write_string_with_format(0, at, column.head, &look.head)?;
        }
        Ok(Table { sheet, look, columns, next: 1, limit: ROWS })
    }

    /// The row that is written next, from 0.
    pub fn next(&self) -> u32 {
        self.next
    }

    /// Writes a row. When the sheet is nearly full it says so, once, and takes no more.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = Cell<'a>>) -> Result<(), XlsxError> {
        let last = self.limit - 1;
        if self.next >= last {
            if self.next == last {
                let told = "… Hier houdt het blad op: een rekenblad kan niet meer rijen hebben. Alles staat in resultaten.jsonl.";
                self.sheet.write_string(last, 0, told)?;
                self.next += 1;
            }
            return Ok(());
        }
        let mut lines = 1.0_f64;
        for ((at, cell), column) in (0..).zip(cells).zip(self.columns) {
            if let (true, Cell::Text(words)) = (column.wrap, &cell) {
                lines = lines.max(height(words, column.width));
            }
            put(&mut self.sheet, &self.look, (self.next, at), cell)?;
        }
        if lines > 1.0 {
            self.sheet.set_row_height(self.next, lines * LINE)?;
        }
        self.next += 1;
        Ok(())
    }

    /// The sheet, done.
    pub fn finish(mut self) -> Result<Worksheet, XlsxError> {
        let last = (self.next.max(2) - 1).min(self.limit - 1);
        self.sheet.autofilter(0, 0, last, self.columns.len() as u16 - 1)?;
        Ok(self.sheet)
    }
}

/// How many lines words take in a column: about, since words do not break where the column ends. Excel would find out by itself, LibreOffice not
/// for a sheet this long.
pub fn height(words: &str, width: f64) -> f64 {
    words.lines().map(|line| (line.chars().count() as f64 * 1.1 / width).ceil().max(1.0)).sum::<f64>().clamp(1.0, MOST_LINES)
}

/// Writes a cell; where nothing else is said, as its column is.
pub fn put(sheet: &mut Worksheet, look: &Look, (row, column): (u32, u16), cell: Cell) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => return Ok(()),
        Cell::Text(words) => sheet.write_string(row, column, text(&words))?,
        Cell::Number(n) => sheet.write_number(row, column, n)?,
        // Excel knows no day before 1900.
        Cell::Day(day) => match excel_day(day) {
            Some(on) => sheet.write_datetime_with_format(row, column, on, &look.day)?,
            None => sheet.write_string(row, column, words::day(day))?,
        },
        Cell::Verdict(verdict) => sheet.write_string_with_format(row, column, verdict.label(), look.verdict(verdict))?,
        Cell::Link(words, to) => return link(sheet, (row, column), words, &to, "", &look.link),
    };
    Ok(())
}

/// Writes words that open something: "file:///" a file next to the workbook, "internal:" a place in it.
pub fn link(sheet: &mut Worksheet, at: (u32, u16), words: &str, to: &str, tip: &str, format: &Format) -> Result<(), XlsxError> {
    let tip = cut(harmless_lines(tip).replace('\n', " ").into(), TIP_UNITS).into_owned();
    sheet.write_url_with_format(at.0, at.1, Url::new(to).set_text(text(words)).set_tip(valid(&tip)), format)?;
    Ok(())
}

fn excel_day(day: Date) -> Option<ExcelDateTime> {
    let year = u16::try_from(day.year()).ok()?;
    ExcelDateTime::from_ymd(year, day.month() as u8, day.day() as u8).ok()
}

/// Text as a cell can hold it: nothing a reader does not see, nothing that XML cannot hold, no longer than a cell.
pub fn text(raw: &str) -> String {
    let clean = valid(&harmless_lines(raw));
    // The writer takes words between these marks for marks of its own and would not escape them.
    let clean = if clean.starts_with("<r>") && clean.ends_with("</r>") { format!("{clean} ") } else { clean };
    cut(clean.into(), UNITS).into_owned()
}

/// XML cannot hold these two characters, and the rest of what it cannot hold is no longer there.
fn valid(text: &str) -> String {
    text.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}

/// At most so many UTF-16 units, which is what Excel counts in.
fn cut(text: Cow<str>, units: usize) -> Cow<str> {
    if text.len() <= units || text.encode_utf16().count() <= units {
        return text;
    }
    let mut left = units - 1;
    let fits = |c: &char| {
        let fits = c.len_utf16() <= left;
        left = left.saturating_sub(c.len_utf16());
        fits
    };
    let head: String = text.chars().take_while(fits).collect();
    (head + "…").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_holds_what_excel_can_read() {
        assert_eq!(text("a\0b\x1bc\u{fffe}d\u{ffff}e\u{202e}\nf"), "a␀b␛c\u{fffd}d\u{fffd}e‹U+202E›\nf");
        assert_eq!(text("=cmd|' /C calc'!A0"), "=cmd|' /C calc'!A0");
        assert_eq!(text("<r>&</r>"), "<r>&</r> ");
        for control in (0u8..0x20).map(char::from).filter(|c| *c != '\n') {
            assert!(!text(&format!("a{control}b")).contains(char::is_control), "{control:?}");
        }
    }

    #[test]
    fn what_is_too_long_is_cut_by_the_units_of_excel() {
        let units = |s: &str| s.encode_utf16().count();
        assert_eq!(text(&"é".repeat(UNITS)), "é".repeat(UNITS));
        let cut = text(&"é".repeat(UNITS + 1));
        assert_eq!((units(&cut), cut.ends_with("é…")), (UNITS, true));
        // A pair is not cut in two.
        let cut = text(&format!("a{}", "😀".repeat(UNITS)));
        assert_eq!((units(&cut), cut.ends_with("😀…")), (UNITS - 1, true));
    }

    #[test]
    fn a_full_sheet_says_so_once() {
        const ONE: &[Column] = &[line("a", 10.0)];
        let mut table = Table::new("Vol", ONE, 0, 1).unwrap();
        table.limit = 4;
        for n in 0..6u32 {
            table.row([Cell::from(n)]).unwrap();
        }
        assert_eq!(table.next(), 4);
        let sheet = super::super::tests::read_sheet(table.finish().unwrap());
        assert_eq!(sheet[1..3], [["0"], ["1"]]);
        assert_eq!(sheet.len(), 4);
        assert!(sheet[3][0].contains("houdt het blad op"));
    }

    #[test]
    fn a_row_is_as_high_as_its_longest_text() {
        assert_eq!(height("kort", 60.0), 1.0);
        assert_eq!(height(&"x".repeat(300), 60.0), 6.0);
        assert_eq!(height("a\nb", 60.0), 2.0);
        assert_eq!((height("", 60.0), height(&"x".repeat(9000), 9.0)), (1.0, MOST_LINES));
    }

    #[test]
    fn a_day_before_excel_is_told_in_words() {
        assert!(excel_day(jiff::civil::date(1899, 12, 30)).is_none());
        assert!(excel_day(jiff::civil::date(2014, 4, 15)).is_some());
    }
}
