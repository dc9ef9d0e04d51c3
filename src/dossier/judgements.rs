//! `oordelen.csv`: what analysts judged, a row each. It is only read: the file is theirs.

use super::error::FileError;
use super::list::{Cell, Column, List, Row};
use super::{name, number};
use crate::engine::outcome::Verdict;
use crate::language::tokens::fold;
use std::collections::HashMap;

/// Its name at the top of a batch.
pub const JUDGEMENT_LIST: &str = "oordelen.csv";

const COLUMNS: [Column; 6] = [
    Column { name: "swv", also: &["nummer", "naam", "dossier", "samenwerkingsverband"], required: true },
    Column { name: "element", also: &["norm"], required: true },
    Column { name: "oordeel", also: &["verdict"], required: true },
    Column { name: "reden", also: &["reason", "toelichting"], required: false },
    Column { name: "paraaf", also: &["initials", "initialen"], required: false },
    Column { name: "kenmerk", also: &["fingerprint"], required: false },
];

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// Number, name or path of the dossier.
    pub swv: String,
    /// "N3.b".
    pub element: String,
    /// What the analyst says.
    pub verdict: Verdict,
    /// Why; empty when not given.
    pub reason: String,
    /// Whose; empty when not given.
    pub initials: String,
    /// Fingerprint of the verdict and evidence on which it was judged ([`crate::run::DossierRun::fingerprint`]).
    pub fingerprint: Option<String>,
    /// Line in the file, from 1.
    pub line: usize,
}

/// The list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JudgementList {
    /// As shown.
    pub path: String,
    /// Its rows, in order.
    pub rows: Vec<Judged>,
    /// What a user should know of the list as a whole.
    pub remarks: Vec<String>,
}

impl JudgementList {
    /// Reads the list. `path` is the file as shown. A fault costs its row, or the whole list when it is none.
    pub fn read(path: &str, bytes: &[u8]) -> (JudgementList, Vec<FileError>) {
        let mut read = JudgementList { path: path.to_owned(), ..JudgementList::default() };
        let mut list = match List::read(path, bytes, &COLUMNS) {
            Ok(list) => list,
            Err(fault) => return (read, vec![*fault]),
        };
        read.remarks.extend(list.remark());
        let mut faults = std::mem::take(&mut list.faults);
        let mut lines: HashMap<[String; 3], usize> = HashMap::new();
        for row in &list.rows {
            let judged = match row_of(row, &list) {
                Ok(judged) => judged,
                Err(fault) => {
                    faults.push(*fault);
                    continue;
                }
            };
            let swv = number::normalise(&judged.swv).unwrap_or_else(|| name::key(&judged.swv));
            let first = *lines.entry([swv, fold(&judged.element), fold(&judged.initials)]).or_insert(row.line);
            if first != row.line {
                let message = format!("dit element van dit samenwerkingsverband is al beoordeeld op regel {first}, met dezelfde paraaf");
                let hint = "haal een van de twee regels weg; deze telt nu niet mee";
                faults.push(list.fault(row.cells[1].span.clone(), message, hint));
                continue;
            }
            read.rows.push(judged);
        }
        faults.sort_by_key(|f| f.span.start);
        (read, faults)
    }
}

fn row_of(row: &Row, list: &List) -> Result<Judged, Box<FileError>> {
    let [swv, element, verdict, reason, initials, fingerprint] = &row.cells[..] else { unreachable!("a cell per column") };
    let fault = |cell: &Cell, message: String, hint: &str| {
        // An empty cell has no place to point at.
        let at = if cell.text.is_empty() { row.cells.iter().find(|c| !c.text.is_empty()).unwrap_or(cell) } else { cell };
        Box::new(list.fault(at.span.clone(), message, format!("{hint}; deze regel telt nu niet mee")))
    };
    if swv.text.is_empty() {
        return Err(fault(
            swv,
            format!("regel {} noemt geen samenwerkingsverband", row.line),
            "schrijf in de kolom swv een nummer, naam of pad",
        ));
    }
    if element.text.is_empty() {
        return Err(fault(element, format!("regel {} noemt geen element", row.line), "schrijf in de kolom element bijvoorbeeld N3.b"));
    }
    let labels = Verdict::ALL.map(Verdict::label).join(", ");
    let hint = format!("kies uit {labels}");
    if verdict.text.is_empty() {
        return Err(fault(verdict, format!("op regel {} ontbreekt het oordeel", row.line), &hint));
    }
    let Some(verdict) = verdict_of(&verdict.text) else {
        return Err(fault(verdict, format!("'{}' is geen oordeel", verdict.text), &hint));
    };
    Ok(Judged {
        swv: swv.text.clone(),
        element: element.text.clone(),
        verdict,
        reason: reason.text.clone(),
        initials: initials.text.clone(),
        fingerprint: Some(fingerprint.text.to_lowercase()).filter(|f| !f.is_empty()),
        line: row.line,
    })
}

/// The verdict that a word stands for.
fn verdict_of(word: &str) -> Option<Verdict> {
    let folded = fold(word);
    let plain = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
    Some(match plain.as_str() {
        "aangetroffen" | "gevonden" | "aanwezig" | "found" => Verdict::Found,
        "onzeker" | "twijfel" | "zwak" | "weak" => Verdict::Weak,
        "ontbreekt" | "ontbrekend" | "afwezig" | "niet aangetroffen" | "niet gevonden" | "missing" => Verdict::Missing,
        "strijdig" | "in strijd" | "tegenstrijdig" | "contradicted" => Verdict::Contradicted,
        "niet toetsbaar" | "niet te toetsen" | "not testable" => Verdict::NotTestable,
        "n v t" | "nvt" | "niet van toepassing" | "not applicable" => Verdict::NotApplicable,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> (JudgementList, Vec<FileError>) {
        JudgementList::read("oordelen.csv", text.as_bytes())
    }

    #[test]
    fn a_row_is_read_under_dutch_and_english_heads() {
        let wanted = Judged {
            swv: "PO3099".into(),
            element: "N3.b".into(),
            verdict: Verdict::Found,
            reason: "zie bijlage; p. 3".into(),
            initials: "AB".into(),
            fingerprint: Some("00c0ffee".into()),
            line: 2,
        };
        for text in [
            "swv;element;oordeel;reden;paraaf;kenmerk\nPO3099;N3.b;aangetroffen;\"zie bijlage; p. 3\";AB;00C0FFEE\n",
            "Initials,Fingerprint,Reason,Verdict,Element,SWV\nAB,00c0ffee,zie bijlage; p. 3,found,N3.b,PO3099\n",
        ] {
            let (list, faults) = read(text);
            assert!(faults.is_empty() && list.remarks.is_empty(), "{faults:?}");
            assert_eq!(list.rows, std::slice::from_ref(&wanted));
        }
        let (list, faults) = read("swv;element;oordeel\nPO3099;N3.b;ontbreekt");
        assert!(faults.is_empty() && list.rows[0].fingerprint.is_none() && list.rows[0].reason.is_empty());
    }

    #[test]
    fn every_label_and_its_synonyms_are_verdicts() {
        for verdict in Verdict::ALL {
            assert_eq!(verdict_of(verdict.label()), Some(verdict));
            assert_eq!(verdict_of(&verdict.label().to_uppercase()), Some(verdict));
            let name = serde_json::to_value(verdict).unwrap();
            assert_eq!(verdict_of(name.as_str().unwrap()), Some(verdict));
        }
        for (word, verdict) in [("NVT", Verdict::NotApplicable), ("niet-toetsbaar", Verdict::NotTestable), (" Gevonden.", Verdict::Found)] {
            assert_eq!(verdict_of(word), Some(verdict));
        }
        assert_eq!([verdict_of(""), verdict_of("voldoet"), verdict_of("niet")], [None; 3]);
    }

    #[test]
    fn a_fault_costs_its_row() {
        for (row, message, at) in [
            (";N3.b;strijdig;;AB", "regel 3 noemt geen samenwerkingsverband", "N3.b"),
            ("PO3099;;strijdig;;AB", "regel 3 noemt geen element", "PO3099"),
            ("PO3099;N3.b;;;AB", "regel 3 ontbreekt het oordeel", "PO3099"),
            ("PO3099;N3.b;goed;;AB", "'goed' is geen oordeel", "goed"),
            ("po-3099;n3.A;strijdig;;ab", "al beoordeeld op regel 2", "n3.A"),
        ] {
            let (list, faults) =
                read(&format!("swv;element;oordeel;reden;paraaf\nPO3099;N3.a;onzeker;;AB\n{row}\nPO3099;N3.a;onzeker;;CD\n"));
            assert_eq!((list.rows.len(), faults.len()), (2, 1), "{row}");
            assert!(faults[0].message.contains(message), "{}", faults[0].message);
            assert_eq!(&faults[0].text[faults[0].span.clone()], at);
        }
        let (list, faults) = read("swv;oordeel\nPO3099;strijdig\n");
        assert_eq!((list.rows.len(), faults[0].message.as_str()), (0, "de kolom 'element' ontbreekt"));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_stumble(bytes in prop::collection::vec(any::<u8>(), 0..200), cells in "[PON0-9.a-zé; \n\"-]{0,120}") {
            JudgementList::read("oordelen.csv", &bytes);
            read(&format!("swv;element;oordeel;reden;paraaf;kenmerk\n{cells}"));
        }
    }
}
