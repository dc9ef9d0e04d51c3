//! The findings as CSV for a Dutch spreadsheet: a row per finding, with its strongest passage or else the nearest, and with what an analyst
//! needs to write a judgement of his own beside it.

use super::OverviewFile;
use super::beside::beside;
use super::csv::{passage, sheet};
use super::words::day;
use crate::engine::outcome::{ElementOutcome, FrameworkOutcome};
use crate::run::{DossierRun, Run};

/// The file.
pub const FILE: OverviewFile = OverviewFile { name: "findings.csv", render: |run| Ok(render(run).into_bytes()) };

const HEAD: [&str; 27] = [
    "nummer",
    "naam",
    "dossier",
    "kader",
    "norm",
    "element",
    "titel",
    "oordeel",
    "wettelijk",
    "bevinding",
    "vindplaats",
    "document",
    "bladzijde",
    "gedrukte bladzijde",
    "paragraaf",
    "citaat",
    "waarom",
    "wat te doen",
    "hoort in",
    "oordeel analist",
    "paraaf",
    "reden analist",
    "past",
    "sinds vorig verslag",
    "vrijstelling",
    "vrijgesteld t/m",
    "kenmerk",
];

fn render(run: &Run) -> String {
    sheet(&HEAD, run.dossiers.iter().flat_map(|dossier| dossier.findings().map(move |(f, e)| row(dossier, f, e))))
}

fn row(dossier: &DossierRun, framework: &FrameworkOutcome, element: &ElementOutcome) -> [String; 27] {
    let [place, document, page, label, section, quote, why] = passage(dossier, element);
    let beside = beside(dossier, &framework.framework, element);
    [
        dossier.number().unwrap_or_default().to_owned(),
        dossier.title().to_owned(),
        dossier.path.clone(),
        framework.framework.clone(),
        element.norm.clone(),
        element.id.clone(),
        element.title.clone(),
        element.verdict.label().to_owned(),
        if framework.is_statutory(element) { "ja" } else { "nee" }.to_owned(),
        element.message.clone(),
        place,
        document,
        page,
        label,
        section,
        quote,
        why,
        element.hint.clone().unwrap_or_default(),
        element.belongs.clone().unwrap_or_default(),
        beside.verdict,
        beside.initials,
        beside.reason,
        beside.fit,
        beside.change,
        beside.waiver,
        beside.until.map(day).unwrap_or_default(),
        beside.fingerprint,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::outcome::Verdict;
    use crate::report::samples;

    fn read(run: &Run) -> Vec<Vec<String>> {
        let bytes = (FILE.render)(run).unwrap();
        let text = std::str::from_utf8(&bytes).unwrap().strip_prefix('\u{feff}').expect("a byte order mark");
        let mut rows = csv::ReaderBuilder::new().delimiter(b';').has_headers(false).from_reader(text.as_bytes());
        rows.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    #[test]
    fn every_finding_is_a_row_and_nothing_else() {
        let rows = read(&samples::run_with_lists());
        assert_eq!(rows[0], HEAD);
        assert_eq!(
            rows[1..].iter().map(|r| format!("{} {}", r[5], r[7])).collect::<Vec<_>>(),
            ["N3.b onzeker", "N3.c ontbreekt", "N3.d strijdig"]
        );
        assert_eq!(
            rows[1][..10].join("|"),
            "PO3099|Stichting Voorbeeld|map/voorbeeld|toezichtkader-2013|N3|N3.b|instemming ondersteuningsplanraad|onzeker|ja|\
             Wat er is met instemming ondersteuningsplanraad."
        );
        assert_eq!(
            rows[1][10..19].join("|"),
            "hierop rust het oordeel|plan.pdf|5|4|5 Totstandkoming > 5.2 Instemming|\
             De raad stemt naar verwachting in mei met het plan in.|voornemen: nog niet gebeurd|\
             Noem de datum waarop de ondersteuningsplanraad heeft ingestemd.|5.2 Instemming"
        );
        let fingerprint = samples::run_with_lists().dossiers[0].fingerprint("toezichtkader-2013", "N3.b");
        assert_eq!(rows[1][19..24].join("|"), "aangetroffen|AB|zie de notulen|anders dan plantoets|nog steeds, was ontbreekt");
        assert_eq!(rows[1][25..], ["01-05-2014", &fingerprint]);
        assert_eq!(
            (rows[2][24].as_str(), rows[2][25].as_str()),
            ("telt niet mee, tot en met 31 december 2026: de raad is nieuw", "31-12-2026")
        );
        assert_eq!(rows[2][10], "dichtstbij");
        assert_eq!(rows[3][10..19].concat(), "");
    }

    #[test]
    fn a_norm_that_is_no_demand_of_law_says_so() {
        let mut run = samples::run();
        run.dossiers[0].outcome.frameworks[0].norms[0].statutory = false;
        assert!(read(&run)[1..].iter().all(|row| row[8] == "nee"));
    }

    #[test]
    fn hostile_words_stay_in_their_cell() {
        let mut run = samples::run_with_lists();
        samples::poison(&mut run, "\";=cmd|' /C calc'!A0;\"\n=1\x1b[2J");
        let dossier = &mut run.dossiers[0];
        dossier.judgements[0].reason = "=1+1".into();
        dossier.judgements[0].initials = "@A".into();
        dossier.outcome.frameworks[0].elements[2].verdict = Verdict::Weak;
        let rows = read(&run);
        assert!(rows.iter().all(|row| row.len() == HEAD.len()));
        assert!(rows.iter().flatten().all(|cell| !cell.starts_with(['=', '+', '-', '@']) && !cell.contains(char::is_control)), "{rows:?}");
    }
}
