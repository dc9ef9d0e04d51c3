//! The register of schools: `brin;naam;bevoegd_gezag;swv`, columns in any order, UTF-8 or Windows-1252.

use super::error::FileError;
use super::list::decode;
use super::number;
use std::ops::Range;

/// A school of the register.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct RegisterSchool {
    /// "19KD" or with its location "19KD01".
    pub brin: String,
    /// Name of the school.
    pub naam: String,
    /// Its board.
    pub bevoegd_gezag: String,
    /// Number of its samenwerkingsverband: "PO3099".
    pub swv: String,
}

const COLUMNS: [&str; 4] = ["brin", "naam", "bevoegd_gezag", "swv"];

/// Reads a register. `path` is the file as shown.
pub fn parse(path: &str, bytes: &[u8]) -> Result<Vec<RegisterSchool>, Box<FileError>> {
    let text = decode(bytes);
    let fault = |span: Range<usize>, message: String, hint: &str| {
        Box::new(FileError { path: path.to_owned(), text: text.to_string(), span, message, hint: Some(hint.to_owned()) })
    };
    let unreadable = |error: csv::Error| {
        let message = "deze regel van het register is niet te lezen".into();
        fault(stopped_at(&text, &error), message, "sla het register opnieuw op als CSV met puntkomma's")
    };
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows = reader.records();
    let Some(head) = rows.next().transpose().map_err(unreadable)? else {
        return Err(fault(0..0, "het register is leeg".into(), &format!("zet op de eerste regel: {}", COLUMNS.join(";"))));
    };
    let places = columns(&head).map_err(|missing| {
        let hint = if head.len() == 1 && text.lines().next().is_some_and(|l| l.contains(',') || l.contains('\t')) {
            "zet een puntkomma tussen de kolommen (in Excel: opslaan als CSV, gescheiden door puntkomma's)".to_owned()
        } else {
            format!("de eerste regel moet de kolommen {} noemen, in welke volgorde ook", COLUMNS.join(", "))
        };
        fault(line_at(&text, 0), format!("in het register ontbreekt de kolom {missing}"), &hint)
    })?;

    let mut schools = Vec::new();
    for row in rows {
        let row = row.map_err(unreadable)?;
        let at = line_at(&text, row.position().map_or(0, |p| p.byte() as usize));
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if row.len() != head.len() {
            let message = format!("deze regel heeft {} kolommen en de eerste regel {}", row.len(), head.len());
            return Err(fault(at, message, "zet een naam met een puntkomma erin tussen dubbele aanhalingstekens"));
        }
        let cell = |column: usize| row[places[column]].trim();
        let brin = brin(cell(0)).ok_or_else(|| {
            let message = format!("'{}' is geen BRIN", cell(0));
            fault(at.clone(), message, "een BRIN is twee cijfers en twee letters, met of zonder vestigingsnummer: 19KD of 19KD01")
        })?;
        if cell(1).is_empty() {
            return Err(fault(at, format!("de school {brin} heeft geen naam"), "vul de kolom naam"));
        }
        let swv = number::normalise(cell(3)).ok_or_else(|| {
            let message = format!("'{}' is geen nummer van een samenwerkingsverband", cell(3));
            fault(at.clone(), message, "een nummer is PO of VO en vier cijfers, bijvoorbeeld PO3099")
        })?;
        schools.push(RegisterSchool { brin, naam: cell(1).to_owned(), bevoegd_gezag: cell(2).to_owned(), swv });
    }
    Ok(schools)
}

/// Where each of [`COLUMNS`] stands, or the name of the first that does not.
fn columns(head: &csv::StringRecord) -> Result<[usize; 4], &'static str> {
    let names: Vec<String> = head.iter().map(|h| h.trim().to_lowercase().replace([' ', '-'], "_")).collect();
    let mut places = [0; 4];
    for (place, column) in places.iter_mut().zip(COLUMNS) {
        *place = names.iter().position(|n| n == column).ok_or(column)?;
    }
    Ok(places)
}

fn brin(given: &str) -> Option<String> {
    let plain: String = given.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_uppercase();
    let kinds: String = plain
        .chars()
        .map(|c| {
            if c.is_ascii_digit() {
                '9'
            } else if c.is_ascii_uppercase() {
                'A'
            } else {
                '?'
            }
        })
        .collect();
    matches!(kinds.as_str(), "99AA" | "99AA99").then_some(plain)
}

fn line_at(text: &str, byte: usize) -> Range<usize> {
    let start = byte.min(text.len());
    let end = text[start..].find(['\r', '\n']).map_or(text.len(), |n| start + n);
    start..end
}

/// Where the reader stopped.
fn stopped_at(text: &str, error: &csv::Error) -> Range<usize> {
    line_at(text, error.position().map_or(0, |p| p.byte() as usize))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<Vec<RegisterSchool>, Box<FileError>> {
        parse("scholen.csv", bytes)
    }

    #[test]
    fn columns_stand_in_any_order_and_spelling() {
        let schools = read(b"SWV;Bevoegd gezag;Naam;BRIN\r\nvo 30-98;Stichting X;\"De; School\";19kd\r\n;;;\r\n").unwrap();
        assert_eq!(schools.len(), 1);
        assert_eq!((schools[0].brin.as_str(), schools[0].naam.as_str(), schools[0].swv.as_str()), ("19KD", "De; School", "VO3098"));
    }

    #[test]
    fn utf8_with_bom_and_windows_1252_give_the_same() {
        let utf8 = "\u{feff}brin;naam;bevoegd_gezag;swv\n19KD;Één;Stichting Ü;PO3099\n".as_bytes();
        let windows = b"brin;naam;bevoegd_gezag;swv\n19KD;\xc9\xe9n;Stichting \xdc;PO3099\n";
        assert_eq!(read(utf8).unwrap(), read(windows).unwrap());
    }

    #[test]
    fn faults_point_at_their_line() {
        let cases: [(&[u8], &str, &str); 6] = [
            (b"", "leeg", ""),
            (b"brin,naam,bevoegd_gezag,swv\n", "ontbreekt de kolom brin", "brin,naam,bevoegd_gezag,swv"),
            (b"brin;naam;swv\n", "bevoegd_gezag", "brin;naam;swv"),
            (b"brin;naam;bevoegd_gezag;swv\n19KD;A;B\n", "3 kolommen", "19KD;A;B"),
            (b"brin;naam;bevoegd_gezag;swv\nKD19;A;B;PO3099\n", "geen BRIN", "KD19;A;B;PO3099"),
            (b"brin;naam;bevoegd_gezag;swv\n19KD;A;B;PO30\n", "geen nummer", "19KD;A;B;PO30"),
        ];
        for (bytes, message, at) in cases {
            let error = read(bytes).unwrap_err();
            assert!(error.message.contains(message), "{}", error.message);
            assert_eq!(&error.text[error.span.clone()], at);
        }
    }
}
