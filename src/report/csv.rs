//! The verdicts as CSV for a Dutch spreadsheet: semicolons, a byte order mark so that Excel reads UTF-8, a row per element.

use super::Format;
use super::harmless::harmless;
use super::style::Style;
use super::words;
use crate::engine::outcome::{ElementOutcome, Evidence, FrameworkOutcome};
use crate::run::{DossierRun, Judgement, Run};

/// The format.
pub const FORMAT: Format<Run> = Format { name: "csv", about: "voor een rekenblad, een rij per element", render };

const HEAD: [&str; 20] = [
    "dossier",
    "kader",
    "norm",
    "element",
    "titel",
    "oordeel",
    "bevinding",
    "vindplaats",
    "document",
    "bladzijde",
    "gedrukte bladzijde",
    "paragraaf",
    "citaat",
    "waarom",
    "kenmerk",
    "sinds vorig verslag",
    "vrijstelling",
    "oordeel analist",
    "reden en paraaf",
    "past",
];

fn render(run: &Run, _: Style) -> String {
    let elements = |dossier| DossierRun::elements(dossier).map(move |(framework, element)| row(dossier, framework, element));
    sheet(&HEAD, run.dossiers.iter().flat_map(elements))
}

/// Rows below a head, as a Dutch spreadsheet opens them; every cell is harmless.
pub(super) fn sheet<const N: usize>(head: &[&str; N], rows: impl Iterator<Item = [String; N]>) -> String {
    let mut out = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
    out.write_record(head).expect("writing to memory");
    for row in rows {
        out.write_record(row.iter().map(|text| cell(text))).expect("rows of one length, written to memory");
    }
    let out = out.into_inner().expect("writing to memory");
    format!("\u{feff}{}", String::from_utf8(out).expect("strings are UTF-8"))
}

/// The strongest passage, or else the nearest: what it is, document, page, printed page, section, quote, why.
pub(super) fn passage(dossier: &DossierRun, element: &ElementOutcome) -> [String; 7] {
    let told = |what: &str, evidence: &Evidence| {
        let place = evidence.places.first();
        [
            format!("{what}{}", words::by_ocr(evidence)),
            dossier.documents.get(evidence.document).map_or_else(String::new, |d| d.path.clone()),
            place.map_or_else(String::new, |p| p.page.to_string()),
            place.and_then(|p| p.page_label.clone()).unwrap_or_default(),
            evidence.section.join(" > "),
            evidence.quote.clone(),
            evidence.why.clone(),
        ]
    };
    match (element.evidence.first(), element.nearest.first()) {
        (Some(evidence), _) => told("hierop rust het oordeel", evidence),
        (None, Some(nearest)) => told("dichtstbij", nearest),
        (None, None) => Default::default(),
    }
}

fn row(dossier: &DossierRun, framework: &FrameworkOutcome, element: &ElementOutcome) -> [String; 20] {
    let [place, document, page, label, section, quote, why] = passage(dossier, element);
    // Two analysts may judge one element.
    let judged = |told: &dyn Fn(&Judgement) -> String| dossier.judgements_of(&element.id).map(told).collect::<Vec<_>>().join(" | ");
    let signed =
        |j: &Judgement| if j.initials.is_empty() { j.reason.clone() } else { format!("{} ({})", j.reason, j.initials).trim().to_owned() };
    let change = dossier.change_of(&framework.framework, &element.id);
    [
        dossier.path.clone(),
        framework.framework.clone(),
        element.norm.clone(),
        element.id.clone(),
        element.title.clone(),
        element.verdict.label().to_owned(),
        element.message.clone(),
        place,
        document,
        page,
        label,
        section,
        quote,
        why,
        dossier.fingerprint(&framework.framework, &element.id),
        change.map(|c| words::change(c, element.verdict)).unwrap_or_default(),
        dossier.waiver_of(&element.id).map(words::waiver).unwrap_or_default(),
        judged(&|j| j.verdict.label().to_owned()),
        judged(&signed),
        judged(&|j| words::fit(&j.fit)),
    ]
}

/// On one line, and never a formula: a spreadsheet computes what begins with one of these signs, in some after blanks too, so an apostrophe
/// goes before it, which makes it text.
fn cell(text: &str) -> String {
    let signs = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    let clean = harmless(text);
    let formula = text.starts_with(['\t', '\r', '\n']) || clean.trim_start().starts_with(signs);
    if formula { format!("'{clean}") } else { clean.into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    fn read(text: &str) -> Vec<Vec<String>> {
        let text = text.strip_prefix('\u{feff}').expect("a byte order mark");
        let mut rows = csv::ReaderBuilder::new().delimiter(b';').has_headers(false).from_reader(text.as_bytes());
        rows.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    #[test]
    fn every_element_is_a_row_with_its_place() {
        let rows = read(&render(&samples::run(), Style::COLOURED));
        assert_eq!(rows.len(), 7);
        assert_eq!(rows[0], HEAD);
        assert_eq!(
            rows[2][..8].join("|"),
            "map/voorbeeld|toezichtkader-2013|N3|N3.b|instemming ondersteuningsplanraad|onzeker|\
             Wat er is met instemming ondersteuningsplanraad.|hierop rust het oordeel"
        );
        assert_eq!(
            rows[2][8..14].join("|"),
            "plan.pdf|5|4|5 Totstandkoming > 5.2 Instemming|De raad stemt naar verwachting in mei met het plan in.|voornemen: nog niet gebeurd"
        );
        assert_eq!(rows[3][7], "dichtstbij");
        assert_eq!(rows[5][7..14].concat(), "");
        assert_eq!(rows[5][15..].concat(), "");
    }

    #[test]
    fn what_is_given_beside_the_documents_stands_in_the_last_columns() {
        let run = samples::run_with_lists();
        let rows = read(&render(&run, Style::PLAIN));
        let print = run.dossiers[0].fingerprint("toezichtkader-2013", "N3.b");
        assert_eq!(
            rows[2][14..].join("|"),
            format!(
                "{print}|nog steeds, was ontbreekt|verlopen, gold tot en met 1 mei 2014: de raad is nieuw. Verleng haar in dossier.toml of haal \
                 haar weg|aangetroffen|zie de notulen (AB)|anders dan plantoets"
            )
        );
    }

    #[test]
    fn the_column_kenmerk_can_be_copied_into_the_list_of_judgements() {
        let mut run = samples::run();
        let rows = read(&render(&run, Style::PLAIN));
        let list = format!("swv;element;oordeel;kenmerk\nPO3099;N3.b;onzeker;{}\n", rows[2][14]);
        let (list, _) = crate::dossier::JudgementList::read("oordelen.csv", list.as_bytes());
        run.dossiers[0].judge(&list, &run.frameworks);
        assert_eq!(run.dossiers[0].judgements[0].fit, crate::run::Fit::Agrees);
    }

    #[test]
    fn a_spreadsheet_computes_nothing() {
        for sign in ["=cmd|' /C calc'!A0", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "\n1", "  =1", "＝1"] {
            let cell = cell(sign);
            assert!(cell.starts_with('\'') && !cell.contains(['\t', '\r', '\n']), "{cell:?}");
        }
        assert_eq!(cell("2014-2018 = vier jaar; één"), "2014-2018 = vier jaar; één");
    }

    #[test]
    fn hostile_words_stay_in_their_cell() {
        for poison in ["\";=cmd|' /C calc'!A0;\"\n=1;", "\x1b[2J\u{9b}\u{202e}", "\r\n\t\u{feff}"] {
            let mut run = samples::run_with_lists();
            samples::poison(&mut run, poison);
            for element in &mut run.dossiers[0].outcome.frameworks[0].elements {
                element.evidence.iter_mut().for_each(|e| e.quote = format!("=cmd|{poison}"));
            }
            let text = render(&run, Style::PLAIN);
            let rows = read(&text);
            assert_eq!(rows.len(), 7, "{text}");
            assert_eq!(text.lines().count(), 7, "{text}");
            assert!(rows.iter().all(|row| row.len() == HEAD.len()), "{text}");
            assert!(rows.iter().flatten().all(|c| !c.trim_start().starts_with(['=', '+', '-', '@'])), "{text}");
            assert!(!text[3..].contains(['\x1b', '\u{9b}', '\u{202e}', '\r', '\t', '\u{feff}']), "{text:?}");
        }
    }
}
