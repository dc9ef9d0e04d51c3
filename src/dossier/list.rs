//! A list as people keep it in a spreadsheet: which columns it has, and its cells with their place in the file. What the cells say is for
//! who asked for the list.

use super::error::{FileError, nearest};
use csv_core::ReadFieldResult;
use std::borrow::Cow;
use std::ops::Range;

/// A column that a list may have.
pub(super) struct Column {
    /// Its name, as the head line spells it.
    pub name: &'static str,
    /// Other names for it.
    pub also: &'static [&'static str],
    /// Without it the list cannot be used.
    pub required: bool,
}

/// A cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Cell {
    /// Its words, without white space around them.
    pub text: String,
    /// Where it stands, quotes included.
    pub span: Range<usize>,
}

/// A row that holds something.
pub(super) struct Row {
    /// Its line in the file, from 1.
    pub line: usize,
    /// Its cells, one for each of the columns asked for; empty where the list has none.
    pub cells: Vec<Cell>,
}

/// A list.
pub(super) struct List {
    path: String,
    text: String,
    /// Its rows, in order.
    pub rows: Vec<Row>,
    /// Names of columns that nobody asked for, as spelled.
    pub unknown: Vec<String>,
    /// What is wrong with a row, which is then left out.
    pub faults: Vec<FileError>,
}

impl List {
    /// Reads a list with some of `columns`, in any order. Err when it is no such list.
    pub fn read(path: &str, bytes: &[u8], columns: &[Column]) -> Result<List, Box<FileError>> {
        let text = decode(bytes).into_owned();
        let mut list = List { path: path.to_owned(), text, rows: Vec::new(), unknown: Vec::new(), faults: Vec::new() };
        let names = columns.iter().map(|c| c.name).collect::<Vec<_>>().join(";");
        let (start, delimiter) = opening(&list.text);
        let mut rows = rows(&list.text, start, delimiter).into_iter();
        let Some((_, head)) = rows.next() else {
            return Err(Box::new(list.fault(0..0, "deze lijst is leeg", format!("zet op de eerste regel: {names}"))));
        };
        let places = list.places(&head, columns, &names)?;
        for (line, cells) in rows {
            // What stands past the head line has no meaning; spreadsheets leave empty cells there.
            if let Some(extra) = cells.iter().skip(head.len()).find(|c| !c.text.is_empty()) {
                let message = format!("op regel {line} staan meer cellen dan er kolommen zijn");
                let hint = "zet een cel waarin een scheidingsteken staat tussen dubbele aanhalingstekens; deze regel telt nu niet mee";
                list.faults.push(list.fault(extra.span.clone(), message, hint));
                continue;
            }
            if cells.iter().any(|c| !c.text.is_empty()) {
                let cell = |at: &Option<usize>| at.and_then(|at| cells.get(at)).cloned().unwrap_or_default();
                list.rows.push(Row { line, cells: places.iter().map(cell).collect() });
            }
        }
        Ok(list)
    }

    /// Where each of the columns stands.
    fn places(&mut self, head: &[Cell], columns: &[Column], names: &str) -> Result<Vec<Option<usize>>, Box<FileError>> {
        let mut places = vec![None; columns.len()];
        let mut strange = Vec::new();
        for (at, cell) in head.iter().enumerate() {
            let name = cell.text.to_lowercase().replace([' ', '-'], "_");
            match columns.iter().position(|c| c.name == name || c.also.contains(&name.as_str())) {
                Some(column) if places[column].is_some() => {
                    let message = format!("de kolom '{}' staat er twee keer", columns[column].name);
                    return Err(Box::new(self.fault(cell.span.clone(), message, "haal een van de twee weg of geef haar een andere naam")));
                }
                Some(column) => places[column] = Some(at),
                None if name.is_empty() => {}
                None => strange.push(cell),
            }
        }
        if let Some(missing) = columns.iter().zip(&places).find(|(c, place)| c.required && place.is_none()).map(|(c, _)| c.name) {
            let meant = strange.iter().find(|cell| nearest(&cell.text, [missing]).is_some());
            let hint = match meant {
                Some(cell) => format!("bedoelde u '{missing}' in plaats van '{}'?", cell.text),
                None => format!("de eerste regel noemt de kolommen, in welke volgorde ook: {names}"),
            };
            let span = meant.map_or_else(|| whole(head), |cell| cell.span.clone());
            return Err(Box::new(self.fault(span, format!("de kolom '{missing}' ontbreekt"), hint)));
        }
        self.unknown = strange.into_iter().map(|cell| cell.text.clone()).collect();
        Ok(places)
    }

    /// A fault in this list.
    pub fn fault(&self, span: Range<usize>, message: impl Into<String>, hint: impl Into<String>) -> FileError {
        FileError { path: self.path.clone(), text: self.text.clone(), span, message: message.into(), hint: Some(hint.into()) }
    }

    /// What to tell of the columns that nobody asked for.
    pub fn remark(&self) -> Option<String> {
        let names: Vec<_> = self.unknown.iter().map(|name| format!("'{name}'")).collect();
        match names.as_slice() {
            [] => None,
            [one] => Some(format!("{}: de kolom {one} wordt niet gebruikt.", self.path)),
            [more @ .., last] => Some(format!("{}: de kolommen {} en {last} worden niet gebruikt.", self.path, more.join(", "))),
        }
    }
}

/// UTF-8 with or without a byte order mark, UTF-16 with one ("Unicode-tekst" of Excel), else Windows-1252.
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding.decode_with_bom_removal(bytes).0,
        None => match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0,
        },
    }
}

/// Where the head line begins, and the sign between cells: what a line "sep=;" says, as Excel wants it, else the sign the head line has
/// most of.
fn opening(text: &str) -> (usize, u8) {
    let first = text.lines().next().unwrap_or("");
    if let Some(sign @ (b';' | b',' | b'\t')) = first.trim_end().strip_prefix("sep=").and_then(|s| s.bytes().next()) {
        return (first.len(), sign);
    }
    let head = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    let count = |sign: u8| head.bytes().filter(|b| *b == sign).count();
    (0, [b',', b'\t', b';'].into_iter().max_by_key(|sign| count(*sign)).unwrap_or(b';'))
}

/// The rows from `start` on, each with its line from 1.
fn rows(text: &str, start: usize, delimiter: u8) -> Vec<(usize, Vec<Cell>)> {
    let mut reader = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
    let bytes = text.as_bytes();
    let (mut rows, mut row, mut words) = (Vec::new(), Vec::new(), Vec::new());
    let (mut at, mut from) = (start, start);
    let (mut line, mut counted) = (1, 0);
    let mut buffer = [0; 1024];
    loop {
        let (result, read, written) = reader.read_field(&bytes[at..], &mut buffer);
        at += read;
        words.extend_from_slice(&buffer[..written]);
        match result {
            ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {}
            ReadFieldResult::Field { record_end } => {
                // A sign is an ASCII byte, so that cells of UTF-8 are UTF-8.
                row.push(Cell { text: String::from_utf8_lossy(&words).trim().to_owned(), span: trimmed(text, from..at, delimiter) });
                words.clear();
                from = at;
                if record_end {
                    let begins = row.first().map_or(at, |c: &Cell| c.span.start);
                    line += bytes[counted..begins].iter().filter(|b| **b == b'\n').count();
                    counted = begins;
                    rows.push((line, std::mem::take(&mut row)));
                }
            }
            ReadFieldResult::End => return rows,
        }
    }
}

/// The range without the sign after the cell, and without line ends and white space around it.
fn trimmed(text: &str, range: Range<usize>, delimiter: u8) -> Range<usize> {
    let inside = &text[range.clone()];
    let inside = inside.strip_suffix(char::from(delimiter)).unwrap_or(inside);
    let start = range.start + (inside.len() - inside.trim_start().len());
    start..start + inside.trim().len()
}

fn whole(cells: &[Cell]) -> Range<usize> {
    let start = cells.first().map_or(0, |c| c.span.start);
    start..cells.last().map_or(start, |c| c.span.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const COLUMNS: [Column; 2] =
        [Column { name: "nummer", also: &["nr"], required: true }, Column { name: "naam", also: &[], required: false }];

    fn read(bytes: &[u8]) -> Result<List, Box<FileError>> {
        List::read("lijst.csv", bytes, &COLUMNS)
    }

    fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
        let list = read(bytes).unwrap();
        list.rows.into_iter().map(|row| row.cells.into_iter().map(|c| c.text).collect()).collect()
    }

    #[test]
    fn encodings_and_signs_give_the_same() {
        let wanted = [["1", "Één; a"]];
        let utf16: Vec<u8> = "\u{feff}nummer\tnaam\r\n1\tÉén; a\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in [
            "nummer;naam\n1;\"Één; a\"\n".as_bytes(),
            "\u{feff}nummer;naam\r\n1;\"Één; a\"\r\n".as_bytes(),
            b"nummer;naam\r\n1;\"\xc9\xe9n; a\"",
            "nummer,naam\n1,Één; a\n".as_bytes(),
            "nummer\tnaam\n1\tÉén; a\n".as_bytes(),
            "sep=,\r\nnummer,naam\r\n1,Één; a\r\n".as_bytes(),
            "\n\nNaam ; NR \n\n\"Één; a\" ; 1 ".as_bytes(),
            &utf16,
        ] {
            assert_eq!(cells(bytes), wanted, "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn short_rows_have_empty_cells_and_empty_rows_are_none() {
        assert_eq!(cells(b"nummer;naam\n1\n;;;;\n\n2;b;;\n"), [["1", ""], ["2", "b"]]);
        let list = read(b"nummer;naam\r\n\r\n1;\"a\r\nb\"\r\n2;c\r\n").unwrap();
        assert_eq!(list.rows.iter().map(|r| r.line).collect::<Vec<_>>(), [3, 5]);
    }

    #[test]
    fn cells_know_their_place() {
        let text = "nummer;naam\r\n 1 ;\"é;\" \r\n22;c";
        let list = read(text.as_bytes()).unwrap();
        let spans = list.rows.iter().flat_map(|r| &r.cells).map(|c| &text[c.span.clone()]).collect::<Vec<_>>();
        assert_eq!(spans, ["1", "\"é;\"", "22", "c"]);
    }

    #[test]
    fn columns_that_nobody_asked_for_are_told_once() {
        assert_eq!(read(b"nummer;naam;\n1;a\n").unwrap().remark(), None);
        assert_eq!(
            read(b"kleur;nummer;Opm.\n").unwrap().remark().as_deref(),
            Some("lijst.csv: de kolommen 'kleur' en 'Opm.' worden niet gebruikt.")
        );
    }

    #[test]
    fn faults_point_at_their_cell() {
        for (bytes, message, hint, at) in [
            ("", "leeg", "nummer;naam", ""),
            ("naam\n1\n", "'nummer' ontbreekt", "nummer;naam", "naam"),
            ("a;numer\n", "'nummer' ontbreekt", "bedoelde u 'nummer'", "numer"),
            ("nummer;nr\n", "'nummer' staat er twee keer", "weg", "nr"),
        ] {
            let error = read(bytes.as_bytes()).err().unwrap();
            assert!(error.message.contains(message) && error.hint.as_deref().unwrap().contains(hint), "{error:?}");
            assert_eq!(&error.text[error.span.clone()], at);
        }
        let list = read(b"nummer;naam\n1;a;b\n2;c\n").unwrap();
        assert_eq!((list.rows.len(), &list.faults[0].text[list.faults[0].span.clone()]), (1, "b"));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_stumble(bytes in prop::collection::vec(any::<u8>(), 0..200), text in "(nummer;naam\n)?[a;,\"\t\r\né]{0,80}") {
            for bytes in [bytes.as_slice(), text.as_bytes()] {
                let Ok(list) = read(bytes) else { continue };
                for cell in list.rows.iter().flat_map(|r| &r.cells) {
                    prop_assert!(list.text.get(cell.span.clone()).is_some());
                }
            }
        }
    }
}
