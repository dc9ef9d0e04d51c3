//! How cells and printed pages look.

use crate::engine::outcome::Verdict;
use crate::report::words::CLOSING;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet};

/// Dates as a Dutch reader writes them, whatever the language of the spreadsheet.
pub const DAY: &str = "dd-mm-yyyy";

const A4: u8 = 9;
const LINES: Color = Color::RGB(0xBFBFBF);

/// The formats of all sheets.
pub struct Look {
    /// The name of a sheet or of a part of it.
    pub title: Format,
    /// A remark under a title.
    pub note: Format,
    /// The head of a column.
    pub head: Format,
    /// The same, written upwards.
    pub upwards: Format,
    /// The head over several columns.
    pub group: Format,
    /// Text on one line.
    pub plain: Format,
    /// Text on as many lines as it takes.
    pub wrapped: Format,
    /// A date.
    pub day: Format,
    /// What opens something.
    pub link: Format,
    /// A number that asks for attention.
    pub alarm: Format,
    verdicts: [Format; 6],
}

impl Look {
    /// All of them.
    pub fn new() -> Look {
        let top = Format::new().set_align(FormatAlign::Top);
        let head = top.clone().set_bold().set_background_color(0xDDE4EE).set_text_wrap();
        let head = head.set_border(FormatBorder::Thin).set_border_color(LINES);
        Look {
            title: Format::new().set_bold().set_font_size(14),
            note: Format::new().set_italic(),
            upwards: head.clone().set_rotation(90).set_font_size(9).set_align(FormatAlign::Bottom).set_align(FormatAlign::Left),
            group: head.clone().set_font_size(9).set_align(FormatAlign::Left),
            head,
            plain: top.clone(),
            wrapped: top.clone().set_text_wrap(),
            day: top.clone().set_num_format(DAY).set_align(FormatAlign::Left),
            link: top.clone().set_text_wrap().set_font_color(0x0B4F9E).set_underline(rust_xlsxwriter::FormatUnderline::Single),
            alarm: top.set_bold().set_background_color(0x8B1A1A).set_font_color(Color::White),
            verdicts: Verdict::ALL.map(verdict),
        }
    }

    /// The cell of a verdict.
    pub fn verdict(&self, verdict: Verdict) -> &Format {
        let at = Verdict::ALL.iter().position(|v| *v == verdict).expect("all verdicts are in the list");
        &self.verdicts[at]
    }
}

/// From light to dark as it is worse, so that it reads without colours; blue, yellow, orange and red of such different light are told
/// apart by nearly all who see colours otherwise. The word stands in the cell always. None is so dark that it needs white words:
/// LibreOffice writes what opens something in dark blue, whatever is said here.
fn verdict(verdict: Verdict) -> Format {
    let cell = Format::new().set_align(FormatAlign::Top).set_text_wrap().set_font_size(9);
    let cell = cell.set_border(FormatBorder::Thin).set_border_color(LINES);
    match verdict {
        Verdict::Found => cell.set_background_color(0xE8F1FA),
        Verdict::Weak => cell.set_background_color(0xFFEFAF),
        Verdict::Missing => cell.set_background_color(0xF6B26B).set_bold(),
        Verdict::Contradicted => cell.set_background_color(0xE5737A).set_bold().set_border(FormatBorder::Medium).set_border_color(0x8B1A1A),
        Verdict::NotTestable => cell.set_background_color(0xD9D9D9).set_italic(),
        Verdict::NotApplicable => cell.set_font_color(0x595959).set_italic(),
    }
}

/// A4, lying, with the page and the closing words below.
pub fn page(sheet: &mut Worksheet) {
    sheet.set_paper_size(A4).set_landscape().set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
    sheet.set_footer(format!("&L&8&A: {CLOSING}&R&8bladzijde &P van &N"));
}
