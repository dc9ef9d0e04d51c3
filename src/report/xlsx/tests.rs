use super::*;
use crate::engine::outcome::Verdict;
use crate::report::samples;
use calamine::{Data, Reader, Xlsx};
use rust_xlsxwriter::Worksheet;
use std::io::{Cursor, Read};

/// The sample with all that may stand beside it, and a page of its own.
fn samples() -> Run {
    let mut run = samples::run_with_lists();
    run.dossiers[0].page = "po3099".into();
    run
}

type Book = Xlsx<Cursor<Vec<u8>>>;

fn open(run: &Run) -> Book {
    Xlsx::new(Cursor::new(render(run).unwrap())).unwrap()
}

fn cells(book: &mut Book, sheet: &str) -> Vec<Vec<Data>> {
    book.worksheet_range(sheet).unwrap().rows().map(<[Data]>::to_vec).collect()
}

fn words(book: &mut Book, sheet: &str) -> Vec<Vec<String>> {
    cells(book, sheet).iter().map(|row| row.iter().map(Data::to_string).collect()).collect()
}

/// The words of a sheet by itself.
pub(super) fn read_sheet(sheet: Worksheet) -> Vec<Vec<String>> {
    let name = sheet.name();
    let mut workbook = Workbook::new();
    workbook.push_worksheet(sheet);
    words(&mut Xlsx::new(Cursor::new(workbook.save_to_buffer().unwrap())).unwrap(), &name)
}

/// A file inside the workbook.
fn part(run: &Run, name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(render(run).unwrap())).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn the_matrix_has_a_row_per_dossier_and_a_column_per_element() {
    let mut book = open(&samples());
    assert_eq!(book.sheet_names(), ["Matrix", "Bewijs", "Feiten", "Onleesbaar", "Regels"]);
    let rows = words(&mut book, "Matrix");
    assert_eq!(rows[0][1], "Let op: 1 document niet gelezen");
    assert_eq!(rows[1][7..].join("|"), "aangetroffen|onzeker|ontbreekt|strijdig|niet toetsbaar|n.v.t.");
    assert_eq!(rows[2][7], "N3 Ondersteuningsplan (wettelijk)");
    assert_eq!(rows[3][7..].join("|"), "0|1|1|1|0|0");
    assert_eq!(
        rows[4][..8].join("|"),
        "Nummer|Samenwerkingsverband|Niet gelezen documenten|Bevindingen|Wettelijke bevindingen|Analist ziet het anders|Oordeel analist past niet meer|N3.a vaststelling"
    );
    assert_eq!(
        rows[5].join("|"),
        "PO3099|Stichting Voorbeeld|1|3|3|1|1|aangetroffen\nAB: aangetroffen?|onzeker\nAB: aangetroffen|ontbreekt|strijdig|niet toetsbaar|n.v.t."
    );
    assert_eq!(rows.len(), 6);
}

#[test]
fn a_verdict_opens_its_evidence_and_a_name_its_page() {
    let run = samples();
    let sheet = part(&run, "xl/worksheets/sheet1.xml");
    let evidence = words(&mut open(&run), "Bewijs");
    let row = evidence.iter().position(|row| row[2] == "N3.d").unwrap() + 1;
    assert!(sheet.contains(&format!("<hyperlink ref=\"K6\" location=\"Bewijs!C{row}\"")), "{sheet}");
    assert!(part(&run, "xl/worksheets/_rels/sheet1.xml.rels").contains("Target=\"po3099.html\" TargetMode=\"External\""));
    assert!(part(&run, "xl/worksheets/sheet2.xml").contains("location=\"N3.d\""));
    for set in ["<pane xSplit=\"2\" ySplit=\"5\"", "<autoFilter ref=\"A5:M6\"/>", "orientation=\"landscape\""] {
        assert!(sheet.contains(set), "{set} {sheet}");
    }
    // Outside a batch there are no pages.
    assert!(!part(&samples::run(), "xl/worksheets/sheet1.xml").contains("r:id="));
}

#[test]
fn what_was_read_by_ocr_is_told_in_the_last_column() {
    let mut run = samples();
    let told = |run: &Run, sheet| -> Vec<bool> {
        words(&mut open(run), sheet)[1..].iter().map(|row| row.iter().any(|c| c == "met OCR")).collect()
    };
    assert!(!told(&run, "Bewijs").contains(&true) && !told(&run, "Feiten").contains(&true));
    run.dossiers[0].outcome.frameworks[0].elements[1].evidence[0].places[0].ocr = true;
    run.dossiers[0].outcome.facts.vaststelling.as_mut().and_then(|f| f.evidence.as_mut()).expect("a place").places[0].ocr = true;
    assert_eq!(told(&run, "Bewijs"), [false, true, false, false, false, false]);
    assert_eq!(told(&run, "Feiten").iter().filter(|t| **t).count(), 1);
}

#[test]
fn every_passage_is_a_row_with_what_stands_beside_it() {
    let rows = words(&mut open(&samples()), "Bewijs");
    let shown: Vec<_> = rows[1..].iter().map(|r| format!("{} {} {}", r[2], r[4], r[7])).collect();
    assert_eq!(
        shown,
        [
            "N3.a aangetroffen bewijs",
            "N3.b onzeker bewijs",
            "N3.c ontbreekt dichtstbij",
            "N3.d strijdig geen",
            "N3.e niet toetsbaar geen",
            "N3.f n.v.t. geen"
        ]
    );
    assert_eq!(
        rows[2][8..16].join("|"),
        "De raad stemt naar verwachting in mei met het plan in.|plan.pdf|5|4|5 Totstandkoming > 5.2 Instemming|voornemen|\
         voornemen: nog niet gebeurd|Noem de datum waarop de ondersteuningsplanraad heeft ingestemd."
    );
    assert_eq!(rows[2][17..22].join("|"), "aangetroffen|AB|zie de notulen|anders dan plantoets|nog steeds, was ontbreekt");
    assert_eq!(rows[3][22], "telt niet mee, tot en met 31 december 2026: de raad is nieuw");
    assert_eq!(rows[2][24], samples().dossiers[0].fingerprint("toezichtkader-2013", "N3.b"));
    assert_eq!(rows[1][20..22].join("|"), "past niet meer: het bewijs is veranderd sinds dit oordeel|weg, was ontbreekt");
    assert_eq!(rows[6][20], "gelijk aan plantoets");
}

#[test]
fn dates_and_numbers_are_dates_and_numbers() {
    let mut run = samples();
    let figure = crate::facts::Figure {
        span: crate::document::Span::default(),
        measure: crate::facts::Measure::DeelnameSbo,
        kind: None,
        year: crate::facts::FigureYear::School(2013),
        value: 2.31,
        unit: crate::facts::FigureUnit::Procent,
    };
    run.dossiers[0].outcome.facts.figures = vec![crate::engine::outcome::Fact { value: figure, evidence: None }];
    let mut book = open(&run);
    let rows = cells(&mut book, "Feiten");
    let of = |name: &str| rows.iter().find(|row| row[2] == *name).unwrap_or_else(|| panic!("{name}: {rows:?}"));
    let Data::DateTime(adopted) = of("vaststelling")[4] else { panic!("{:?}", of("vaststelling")) };
    assert_eq!(adopted.to_ymd_hms_milli(), (2014, 4, 15, 0, 0, 0, 0));
    let Data::DateTime(last) = of("planperiode: laatste dag")[4] else { panic!("{:?}", rows) };
    assert_eq!(last.to_ymd_hms_milli(), (2018, 7, 31, 0, 0, 0, 0));
    assert_eq!(of("deelname sbo")[3..6], [Data::String("2013-2014".into()), Data::Float(2.31), Data::String("%".into())]);
    assert_eq!(of("gemeente")[4], Data::String("Epe".into()));
    let evidence = cells(&mut book, "Bewijs");
    assert!(matches!(evidence[2][23], Data::DateTime(_)) && evidence[2][10] == Data::Float(5.0), "{:?}", evidence[2]);
}

#[test]
fn what_was_not_read_stands_first() {
    let shown = |run: &Run| -> Vec<String> {
        words(&mut open(run), "Onleesbaar")[1..].iter().map(|row| format!("{} | {} | {}", row[0], row[3], row[4])).collect()
    };
    assert_eq!(
        shown(&samples()),
        [
            "niet gelezen | map/voorbeeld/kapot.pdf | het bestand is leeg (0 bytes); lever het document opnieuw aan",
            "ten dele gelezen | map/voorbeeld/plan.pdf | 3 bladzijden zonder leesbare tekst: 4, 7-8",
            "ten dele gelezen | map/voorbeeld/plan.pdf | bladzijde 9 is beschadigd",
            "over het dossier | map/voorbeeld | naam: swv.csv zegt 'Een' (regel 2) en dossier.toml 'Twee'; dossier.toml geldt.",
            "over alles |  | oordelen.csv, regel 9: 'PO3001' is geen nummer, naam of pad van een dossier in dit verslag.",
            "over alles |  | Wel in het vorige verslag en niet in dit: map/weg."
        ]
    );
    let broken = Run { broken_off: Some(160), gone: vec!["map/weg".into()], ..Run::default() };
    assert_eq!(
        shown(&broken),
        [
            "over alles |  | De toets is afgebroken: 0 van 160 dossiers klaar. Start hem opnieuw om hem af te maken.",
            "over alles |  | Wel in het vorige verslag en niet in dit: map/weg."
        ]
    );
    assert_eq!(words(&mut open(&Run::default()), "Onleesbaar")[1][0], "Alle documenten zijn gelezen.");
}

#[test]
fn rules_and_documents_can_be_traced() {
    let rows = words(&mut open(&samples::run()), "Regels");
    let text = rows.iter().map(|row| row.join("|")).collect::<Vec<_>>().join("\n");
    for wanted in [
        concat!("plantoets|", env!("CARGO_PKG_VERSION")),
        "toezichtkader-2013|Toezichtkader 2013|||abc",
        "strijdig||||Het document zegt het tegendeel",
        "N3.b|instemming ondersteuningsplanraad|ja|WMS art. 14a|Vraagt om instemming ondersteuningsplanraad.|N3|toezichtkader-2013",
        "ondersteuningsplan|Stichting Voorbeeld|PO3099|map/voorbeeld|plan.pdf|27|0000",
    ] {
        assert!(text.contains(wanted), "{wanted}\n{text}");
    }
}

#[test]
fn elements_of_several_frameworks_stand_beside_each_other() {
    let mut run = samples::run();
    let mut other = run.frameworks[0].clone();
    (other.id, other.title) = ("toezichtkader-2021".into(), "Toezichtkader 2021".into());
    run.frameworks.push(other);
    let mut outcome = run.dossiers[0].outcome.frameworks[0].clone();
    outcome.framework = "toezichtkader-2021".into();
    outcome.elements.truncate(1);
    outcome.elements[0].verdict = Verdict::Missing;
    run.dossiers[0].outcome.frameworks.push(outcome);
    let rows = words(&mut open(&run), "Matrix");
    assert_eq!(rows[2][13], "Toezichtkader 2021: N3 Ondersteuningsplan (wettelijk)");
    assert_eq!((rows[4][13].as_str(), rows[5][13].as_str(), rows[5].len()), ("N3.a vaststelling", "ontbreekt", 14));
}

#[test]
fn the_same_run_gives_the_same_bytes() {
    let run = samples();
    assert_eq!(render(&run).unwrap(), render(&run).unwrap());
    assert!(part(&run, "docProps/core.xml").contains("2000-01-01T00:00:00Z"));
}

#[test]
fn hostile_words_stay_words() {
    let all: String = (0..=0x9fu8).map(char::from).chain(['\u{fffe}', '\u{ffff}', '\u{202e}', '\u{feff}']).collect();
    for poison in ["=cmd|' /C calc'!A0", "]]>&<script>\"'", "_x0041_", "<r>\u{fffe}</r>", &all] {
        let mut run = samples();
        samples::poison(&mut run, poison);
        for element in &mut run.dossiers[0].outcome.frameworks[0].elements {
            element.evidence.iter_mut().for_each(|e| e.quote = poison.to_owned());
        }
        let mut book = open(&run);
        for name in book.sheet_names() {
            assert!(book.worksheet_formula(&name).unwrap().is_empty(), "{name}");
            let cells = words(&mut book, &name);
            assert!(!cells.iter().flatten().any(|c| c.contains(|c: char| c.is_control() && c != '\n')), "{name}");
        }
        let quote = words(&mut book, "Bewijs")[1][8].clone();
        assert_eq!(quote, table::text(poison), "{poison:?}");
        for at in 1..=5 {
            let xml = part(&run, &format!("xl/worksheets/sheet{at}.xml"));
            assert!(!xml.contains("<f>") && !xml.contains(|c: char| c < ' ' && c != '\n' || matches!(c, '\u{fffe}' | '\u{ffff}')));
        }
    }
}

#[test]
fn more_links_than_excel_opens_are_left_out() {
    let mut run = samples();
    run.dossiers.extend(samples().dossiers);
    let links = |most: usize| {
        let mut zip = zip::ZipArchive::new(Cursor::new(write(&run, most).unwrap())).unwrap();
        [1, 2].map(|at| {
            let mut xml = String::new();
            zip.by_name(&format!("xl/worksheets/sheet{at}.xml")).unwrap().read_to_string(&mut xml).unwrap();
            (xml.matches("location=").count(), xml.matches("r:id=").count())
        })
    };
    // On the matrix each element of two dossiers, their names, and what was not read; in the evidence each element.
    assert_eq!(links(100), [(13, 2), (12, 12)]);
    assert_eq!(links(13), [(1, 2), (12, 12)]);
    assert_eq!(links(11), [(1, 2), (0, 0)]);
}
