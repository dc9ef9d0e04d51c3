//! `swv.csv`: what is known of the samenwerkingsverbanden of a whole batch, a row each. It gives what a `dossier.toml` leaves out.

use super::error::FileError;
use super::list::{Cell, Column, List, Row};
use super::{Dossier, Sector, day, name, number};
use crate::facts::Gazetteer;
use jiff::civil::Date;
use std::collections::{BTreeSet, HashMap};

/// Its name at the top of a batch.
pub const SWV_LIST: &str = "swv.csv";

const COLUMNS: [Column; 5] = [
    Column { name: "nummer", also: &["nr", "swv", "swv_nummer", "nummer_swv"], required: false },
    Column { name: "naam", also: &["naam_swv", "samenwerkingsverband"], required: false },
    Column { name: "sector", also: &[], required: false },
    Column { name: "gemeenten", also: &["gemeente"], required: false },
    Column { name: "ontvangen", also: &["ontvangst", "datum_ontvangst", "ontvangen_op"], required: false },
];

/// A row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Swv {
    /// "PO3099".
    pub nummer: Option<String>,
    /// Its name.
    pub naam: Option<String>,
    /// Its sector: as given, else by its number.
    pub sector: Option<Sector>,
    /// The municipalities of its region.
    pub gemeenten: Vec<String>,
    /// When the inspectie received its documents.
    pub ontvangen: Option<Date>,
    /// Line in the file, from 1.
    pub line: usize,
}

/// The list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SwvList {
    path: String,
    /// Its rows, in order.
    pub rows: Vec<Swv>,
    /// What a user should know of the list as a whole.
    pub remarks: Vec<String>,
}

impl SwvList {
    /// Reads the list. `path` is the file as shown; the gazetteer knows that "Bergen en Dal" is one municipality. A fault costs its row,
    /// or the whole list when it is none.
    pub fn read(path: &str, bytes: &[u8], gazetteer: &Gazetteer) -> (SwvList, Vec<FileError>) {
        let mut read = SwvList { path: path.to_owned(), ..SwvList::default() };
        let mut list = match List::read(path, bytes, &COLUMNS) {
            Ok(list) => list,
            Err(fault) => return (read, vec![*fault]),
        };
        read.remarks.extend(list.remark());
        let mut faults = std::mem::take(&mut list.faults);
        let mut lines: HashMap<String, usize> = HashMap::new();
        for row in &list.rows {
            let swv = match row_of(row, &list, gazetteer) {
                Ok(swv) => swv,
                Err(fault) => {
                    faults.push(*fault);
                    continue;
                }
            };
            let own = swv.nummer.clone().unwrap_or_else(|| name::key(swv.naam.as_deref().unwrap_or("")));
            if let Some(first) = lines.get(&own) {
                let message = format!("dit samenwerkingsverband staat al op regel {first}");
                let at = if swv.nummer.is_some() { &row.cells[0] } else { &row.cells[1] };
                faults.push(list.fault(at.span.clone(), message, "haal een van de twee regels weg; deze telt nu niet mee"));
                continue;
            }
            lines.insert(own, row.line);
            let strange: Vec<_> = swv.gemeenten.iter().filter(|g| gazetteer.lookup(g).is_empty()).map(|g| format!("'{g}'")).collect();
            if !strange.is_empty() {
                read.remarks.push(format!("{path}, regel {}: geen bekende gemeente: {}.", row.line, strange.join(", ")));
            }
            read.rows.push(swv);
        }
        faults.sort_by_key(|f| f.span.start);
        (read, faults)
    }

    /// The row of a samenwerkingsverband, as an index in `rows`: by its number, else by its name. A row with another number is another
    /// samenwerkingsverband, unless only the name tells them.
    pub fn find(&self, nummer: Option<&str>, naam: Option<&str>) -> Option<usize> {
        let nummer = nummer.and_then(number::normalise);
        let by_number = nummer.as_ref().and_then(|n| self.rows.iter().position(|row| row.nummer.as_ref() == Some(n)));
        let by_name = || {
            let own = name::key(naam?);
            let same = |row: &Swv| {
                let other = nummer.is_some() && row.nummer.is_some();
                !other && row.naam.as_deref().is_some_and(|n| name::key(n) == own)
            };
            let mut rows = self.rows.iter().enumerate().filter(|(_, row)| same(row));
            // A name that two rows share tells nothing.
            rows.next().filter(|_| !own.is_empty() && rows.next().is_none()).map(|(at, _)| at)
        };
        by_number.or_else(by_name)
    }

    /// Gives a dossier what its `dossier.toml` leaves out. The sentences say where the two disagree: there `dossier.toml` holds.
    pub fn apply(&self, row: usize, dossier: &mut Dossier) -> Vec<String> {
        let (swv, own) = (&self.rows[row], &mut dossier.samenwerkingsverband);
        let mut warnings = Vec::new();
        let mut differs = |what: &str, here: &str, there: &str| {
            warnings.push(format!(
                "{what}: {} zegt '{here}' (regel {}) en dossier.toml '{there}'; dossier.toml geldt. Verbeter een van de twee.",
                self.path, swv.line
            ));
        };
        match (&own.nummer, &swv.nummer) {
            (Some(there), Some(here)) if there != here => differs("nummer", here, there),
            (None, Some(here)) => own.nummer = Some(here.clone()),
            _ => {}
        }
        match (&own.naam, &swv.naam) {
            (Some(there), Some(here)) if name::key(there) != name::key(here) => differs("naam", here, there),
            (None, Some(here)) => own.naam = Some(here.clone()),
            _ => {}
        }
        match (own.sector, swv.sector) {
            (Some(there), Some(here)) if there != here => differs("sector", here.label(), there.label()),
            (None, Some(here)) => own.sector = Some(here),
            _ => {}
        }
        let names = |list: &[String]| list.iter().map(|g| name::key(g)).collect::<BTreeSet<_>>();
        if own.gemeenten.is_empty() {
            own.gemeenten.clone_from(&swv.gemeenten);
        } else if !swv.gemeenten.is_empty() && names(&own.gemeenten) != names(&swv.gemeenten) {
            differs("gemeenten", &swv.gemeenten.join(", "), &own.gemeenten.join(", "));
        }
        if let Some(here) = swv.ontvangen {
            let given: Vec<Date> = dossier.documents.iter().filter_map(|d| d.ontvangen).collect();
            match given.first() {
                Some(there) if !given.contains(&here) => differs("ontvangen", &day::told(here), &day::told(*there)),
                Some(_) => {}
                None => dossier.documents.iter_mut().for_each(|d| d.ontvangen = Some(here)),
            }
        }
        warnings
    }

    /// What to tell of the rows that no dossier took.
    pub fn idle(&self, taken: &BTreeSet<usize>) -> Option<String> {
        let left = self.rows.iter().enumerate().filter(|(at, _)| !taken.contains(at)).map(|(_, row)| row.called()).collect::<Vec<_>>();
        match left.len() {
            0 => None,
            1 => Some(format!("In {} staat een samenwerkingsverband zonder documenten: {}.", self.path, left[0])),
            n => Some(format!("In {} staan {n} samenwerkingsverbanden zonder documenten: {}.", self.path, left.join(", "))),
        }
    }
}

impl Swv {
    /// "PO3099 Passend Onderwijs X".
    fn called(&self) -> String {
        [self.nummer.as_deref(), self.naam.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

fn row_of(row: &Row, list: &List, gazetteer: &Gazetteer) -> Result<Swv, Box<FileError>> {
    let [nummer, naam, sector, gemeenten, ontvangen] = &row.cells[..] else { unreachable!("a cell per column") };
    let fault = |cell: &Cell, message: String, hint: &str| {
        Box::new(list.fault(cell.span.clone(), message, format!("{hint}; deze regel telt nu niet mee")))
    };
    let given = |cell: &Cell| (!cell.text.is_empty()).then(|| cell.text.clone());
    let read = given(nummer).map(|text| {
        let message = || format!("'{text}' is geen nummer van een samenwerkingsverband");
        number::normalise(&text).ok_or_else(|| fault(nummer, message(), "schrijf PO of VO en vier cijfers, bijvoorbeeld PO3099"))
    });
    let number_read = read.transpose()?;
    if number_read.is_none() && name::key(&naam.text).is_empty() {
        let at = row.cells.iter().find(|c| !c.text.is_empty()).unwrap_or(nummer);
        return Err(fault(at, "deze regel heeft geen nummer en geen naam".into(), "vul de kolom nummer of naam"));
    }
    let by_number = number_read.as_deref().and_then(Sector::of_number);
    let by_cell = match sector.text.to_lowercase().as_str() {
        "" => None,
        "po" | "primair" | "primair onderwijs" => Some(Sector::Po),
        "vo" | "voortgezet" | "voortgezet onderwijs" => Some(Sector::Vo),
        _ => return Err(fault(sector, format!("'{}' is geen sector", sector.text), "schrijf po of vo")),
    };
    if by_cell.is_some() && by_number.is_some() && by_cell != by_number {
        return Err(fault(sector, "de sector is een andere dan die van het nummer".into(), "verbeter de sector of het nummer"));
    }
    let day = given(ontvangen).map(|text| {
        let hint = "schrijf dag, maand en jaar: 24-4-2014 (in Excel: opmaak Datum)";
        day::day(&text).ok_or_else(|| fault(ontvangen, format!("'{text}' is geen datum"), hint))
    });
    Ok(Swv {
        nummer: number_read,
        naam: given(naam),
        sector: by_cell.or(by_number),
        gemeenten: municipalities(&gemeenten.text, gazetteer),
        ontvangen: day.transpose()?,
        line: row.line,
    })
}

/// The names in a cell, by comma, "en" or "/" between them. What the gazetteer knows as one name stays one: "Nuenen, Gerwen en
/// Nederwetten".
fn municipalities(cell: &str, gazetteer: &Gazetteer) -> Vec<String> {
    let mut parts = Vec::new();
    let mut from = 0;
    let bytes = cell.as_bytes();
    for (at, byte) in cell.bytes().enumerate() {
        let width = match byte {
            b',' | b';' | b'/' | b'\n' => 1,
            b'e' if at > 0 && bytes[at - 1].is_ascii_whitespace() && bytes[at..].starts_with(b"en ") => 3,
            _ => continue,
        };
        parts.push(from..at);
        from = at + width;
    }
    parts.push(from..cell.len());
    parts.retain(|part| !cell[part.clone()].trim().is_empty());

    let mut names: Vec<String> = Vec::new();
    let mut at = 0;
    while at < parts.len() {
        // No name has more than two signs in it.
        let joined = |to: usize| cell[parts[at].start..parts[to].end].trim();
        let last = (at + 1..parts.len().min(at + 3)).rev().find(|to| !gazetteer.lookup(joined(*to)).is_empty()).unwrap_or(at);
        let name = joined(last);
        let plain = name.strip_prefix("gemeente ").unwrap_or(name).trim();
        if !names.iter().any(|n| n == plain) {
            names.push(plain.to_owned());
        }
        at = last + 1;
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::DocumentEntry;
    use jiff::civil::date;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| crate::checks::Checks::embedded().unwrap().gazetteer);

    fn read(text: &str) -> (SwvList, Vec<FileError>) {
        SwvList::read("swv.csv", text.as_bytes(), &GAZETTEER)
    }

    #[test]
    fn a_row_is_read() {
        let (list, faults) = read("nummer;naam;sector;gemeenten;ontvangen\npo 30-99;SWV Voorbeeld;PO;Brummen, Epe;24 april 2014\n");
        assert!(faults.is_empty() && list.remarks.is_empty(), "{faults:?}");
        let wanted = Swv {
            nummer: Some("PO3099".into()),
            naam: Some("SWV Voorbeeld".into()),
            sector: Some(Sector::Po),
            gemeenten: vec!["Brummen".into(), "Epe".into()],
            ontvangen: Some(date(2014, 4, 24)),
            line: 2,
        };
        assert_eq!(list.rows, [wanted]);
    }

    #[test]
    fn columns_may_be_few_and_cells_empty() {
        let (list, faults) = read("ontvangen;NUMMER\n;VO3001\n;\n");
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(list.rows.len(), 1);
        assert_eq!((list.rows[0].sector, list.rows[0].ontvangen), (Some(Sector::Vo), None));
    }

    #[test]
    fn municipalities_with_a_sign_in_their_name_stay_whole() {
        for (cell, wanted) in [
            ("Brummen, Epe en Zutphen", vec!["Brummen", "Epe", "Zutphen"]),
            ("Brummen/Epe", vec!["Brummen", "Epe"]),
            ("Berg en Dal en Druten", vec!["Berg en Dal", "Druten"]),
            ("Nuenen, Gerwen en Nederwetten, Gilze en Rijen", vec!["Nuenen, Gerwen en Nederwetten", "Gilze en Rijen"]),
            ("gemeente Epe, Epe,", vec!["Epe"]),
            ("Heerde en ", vec!["Heerde"]),
            ("Emmen en Enschede", vec!["Emmen", "Enschede"]),
            ("", vec![]),
        ] {
            assert_eq!(municipalities(cell, &GAZETTEER), wanted, "{cell}");
        }
        let (list, _) = read("nummer;gemeenten\nPO3099;Brumen, Epe\n");
        assert_eq!(list.remarks, ["swv.csv, regel 2: geen bekende gemeente: 'Brumen'."]);
    }

    #[test]
    fn a_fault_costs_its_row() {
        for (row, message, at) in [
            ("PO30;a;;;", "'PO30' is geen nummer", "PO30"),
            (";;po;;", "geen nummer en geen naam", "po"),
            ("PO3001;;mbo;;", "geen sector", "mbo"),
            ("PO3001;;vo;;", "een andere dan die van het nummer", "vo"),
            ("PO3001;;;;morgen", "'morgen' is geen datum", "morgen"),
            ("po-3099;b;;;", "staat al op regel 2", "po-3099"),
            ("PO3001;a;b;c;d;e", "meer cellen", "e"),
        ] {
            let (list, faults) = read(&format!("nummer;naam;sector;gemeenten;ontvangen\nPO3099;a;;;\n{row}\nVO3002;;;;\n"));
            assert_eq!((list.rows.len(), faults.len()), (2, 1), "{row}");
            assert!(faults[0].message.contains(message), "{}", faults[0].message);
            assert_eq!(&faults[0].text[faults[0].span.clone()], at);
            assert!(faults[0].hint.as_deref().unwrap().ends_with("telt nu niet mee"), "{:?}", faults[0].hint);
        }
    }

    #[test]
    fn a_row_is_found_by_number_else_by_name() {
        let (list, _) = read("nummer;naam\nPO3099;SWV Een\nPO3001;Stichting Twee\n;Drie\n;Vier\n;\"Vier-\"\n");
        assert_eq!(list.rows.len(), 4);
        assert_eq!(list.find(Some("30-99 po"), Some("Twee")), Some(0));
        assert_eq!(list.find(None, Some("twee")), Some(1));
        assert_eq!(list.find(Some("VO3001"), Some("Twee")), None);
        assert_eq!(list.find(Some("VO3001"), Some("Drie")), Some(2));
        assert_eq!([list.find(None, None), list.find(None, Some("Stichting"))], [None, None]);
    }

    #[test]
    fn the_description_holds_where_the_two_disagree() {
        let (list, _) = read("nummer;naam;gemeenten;ontvangen\nPO3099;SWV Een;Epe, Brummen;24-4-2014\n");
        let plan = DocumentEntry { path: "plan.pdf".into(), file: "plan.pdf".into(), kind: None, ontvangen: None };
        let mut bare = Dossier { documents: vec![plan], ..Dossier::default() };
        assert!(list.apply(0, &mut bare).is_empty());
        let own = &bare.samenwerkingsverband;
        assert_eq!((own.nummer.as_deref(), own.naam.as_deref(), own.sector), (Some("PO3099"), Some("SWV Een"), Some(Sector::Po)));
        assert_eq!((own.gemeenten.len(), bare.documents[0].ontvangen), (2, Some(date(2014, 4, 24))));

        let mut same = bare.clone();
        same.samenwerkingsverband.naam = Some("Stichting Een".into());
        same.samenwerkingsverband.gemeenten.reverse();
        assert!(list.apply(0, &mut same).is_empty());

        let mut other = bare.clone();
        other.samenwerkingsverband.naam = Some("Twee".into());
        other.samenwerkingsverband.gemeenten.pop();
        other.documents[0].ontvangen = Some(date(2014, 5, 1));
        let kept = other.clone();
        let warnings = list.apply(0, &mut other);
        assert_eq!(other, kept);
        assert_eq!(
            warnings,
            [
                "naam: swv.csv zegt 'SWV Een' (regel 2) en dossier.toml 'Twee'; dossier.toml geldt. Verbeter een van de twee.",
                "gemeenten: swv.csv zegt 'Epe, Brummen' (regel 2) en dossier.toml 'Epe'; dossier.toml geldt. Verbeter een van de twee.",
                "ontvangen: swv.csv zegt '24-4-2014' (regel 2) en dossier.toml '1-5-2014'; dossier.toml geldt. Verbeter een van de twee.",
            ]
        );
    }

    #[test]
    fn rows_without_documents_are_told() {
        let (list, _) = read("nummer;naam\nPO3099;Een\nPO3001;\n;Drie\n");
        assert_eq!(list.idle(&BTreeSet::from([0, 1, 2])), None);
        assert_eq!(
            list.idle(&BTreeSet::from([1])).as_deref(),
            Some("In swv.csv staan 2 samenwerkingsverbanden zonder documenten: PO3099 Een, Drie.")
        );
        assert_eq!(
            list.idle(&BTreeSet::from([0, 2])).as_deref(),
            Some("In swv.csv staat een samenwerkingsverband zonder documenten: PO3001.")
        );
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_stumble(bytes in prop::collection::vec(any::<u8>(), 0..200), cells in "[PO0-9a-zé;/, \n\"-]{0,120}") {
            SwvList::read("swv.csv", &bytes, &GAZETTEER);
            let (list, _) = read(&format!("nummer;naam;sector;gemeenten;ontvangen\n{cells}"));
            list.find(Some(&cells), Some(&cells));
            let mut dossier = Dossier::default();
            (0..list.rows.len()).for_each(|row| drop(list.apply(row, &mut dossier)));
        }
    }
}
