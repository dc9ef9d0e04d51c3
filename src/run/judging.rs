//! What analysts judged, held against what is found now. Their judgement stands beside the verdict and never in its place; it is told
//! when it no longer fits.

use super::{DossierRun, Fit, Framework, Judgement};
use crate::dossier::{Judged, JudgementList, name_key, nearest, normalise_number};
use crate::engine::outcome::{ElementOutcome, Evidence, FrameworkOutcome, Verdict};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

impl JudgementList {
    /// What to tell of the list when these rows have found a dossier: once for all rows of one dossier that is not there.
    pub fn told(&self, taken: &BTreeSet<usize>) -> Vec<String> {
        let mut strange: Vec<(&str, Vec<String>)> = Vec::new();
        for (_, row) in self.rows.iter().enumerate().filter(|(at, _)| !taken.contains(at)) {
            match strange.iter_mut().find(|(swv, _)| *swv == row.swv) {
                Some((_, lines)) => lines.push(row.line.to_string()),
                None => strange.push((&row.swv, vec![row.line.to_string()])),
            }
        }
        let told = |(swv, lines): (&str, Vec<String>)| {
            let which = if lines.len() == 1 { "regel" } else { "regels" };
            format!("{}, {which} {}: '{swv}' is geen nummer, naam of pad van een dossier in dit verslag.", self.path, lines.join(", "))
        };
        self.remarks.iter().cloned().chain(strange.into_iter().map(told)).collect()
    }
}

impl DossierRun {
    /// Puts the judgements that are about this dossier on it, and warns of those on no element of the report: they would be seen nowhere.
    /// Returns the rows that are about it.
    pub fn judge(&mut self, list: &JudgementList, frameworks: &[Framework]) -> Vec<usize> {
        let rows: Vec<usize> = (0..list.rows.len()).filter(|at| self.is_called(&list.rows[*at].swv)).collect();
        for row in rows.iter().map(|at| &list.rows[*at]) {
            let judgement = self.judgement(row);
            if let (Fit::Outdated(why), None) = (&judgement.fit, self.element(&judgement.element)) {
                let meant = meant(frameworks, &judgement.element);
                self.warnings.push(format!("{}, regel {}, '{}': {why}.{meant}", list.path, row.line, judgement.element));
            }
            self.judgements.push(judgement);
        }
        rows
    }

    /// Whether a number, path or name stands for this dossier. A path may leave out the folders above it.
    fn is_called(&self, swv: &str) -> bool {
        if let Some(number) = normalise_number(swv) {
            return self.number() == Some(&number);
        }
        let path = swv.trim_start_matches("./").trim_end_matches('/');
        let key = name_key(swv);
        let by_path = !path.is_empty() && self.path.strip_suffix(path).is_some_and(|head| head.is_empty() || head.ends_with('/'));
        by_path || !key.is_empty() && name_key(self.title()) == key
    }

    /// An element by its id, in whatever case, with its framework.
    pub fn element(&self, id: &str) -> Option<(&FrameworkOutcome, &ElementOutcome)> {
        self.elements().find(|(_, e)| e.id.eq_ignore_ascii_case(id))
    }

    /// Short hash of a verdict and what it rests on, 8 hexadecimal digits: it changes when a judgement of them may no longer fit. What it rests on are the
    /// passages, and the documents they stand in; without passages all documents. Empty for an element that is not in the report.
    pub fn fingerprint(&self, framework: &str, element: &str) -> String {
        let framework = self.outcome.frameworks.iter().find(|f| f.framework == framework);
        let Some(element) = framework.and_then(|f| f.elements.iter().find(|e| e.id == element)) else { return String::new() };
        let mut hash = Sha256::new();
        // Every part ends in a byte that no text holds, so that no two rows of parts are alike.
        let mut part = |text: &str| {
            hash.update(text);
            hash.update([0xff]);
        };
        part(&element.id);
        part(element.verdict.label());
        let passages: Vec<&Evidence> = element.evidence.iter().chain(&element.nearest).collect();
        for (at, document) in self.documents.iter().enumerate() {
            if passages.is_empty() || passages.iter().any(|e| e.document == at) {
                part(document.sha256.as_deref().unwrap_or(""));
            }
        }
        for evidence in passages {
            part(&evidence.quote);
            part(&format!("{:?}", evidence.status));
        }
        let hash = hash.finalize();
        // A letter first: a spreadsheet takes "12345678" and "1234e567" for numbers and writes them back as others.
        let first = hash[0] & 0x0f | (0xa + (hash[0] >> 4) % 6) << 4;
        [first, hash[1], hash[2], hash[3]].iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// A row of a list, held against what is found now.
    fn judgement(&self, row: &Judged) -> Judgement {
        let found = self.element(&row.element);
        let fit = match found {
            None => Fit::Outdated("dit element staat niet in dit verslag".to_owned()),
            Some((f, e)) if row.fingerprint.as_ref().is_some_and(|print| *print != self.fingerprint(&f.framework, &e.id)) => {
                Fit::Outdated("het bewijs is veranderd sinds dit oordeel".to_owned())
            }
            Some((_, e)) if e.verdict == row.verdict => Fit::Agrees,
            Some((_, e)) if matches!(e.verdict, Verdict::NotTestable | Verdict::NotApplicable) => {
                Fit::Outdated(format!("dit element is nu {}", e.verdict.label()))
            }
            Some(_) => Fit::Differs,
        };
        Judgement {
            element: found.map_or_else(|| row.element.clone(), |(_, e)| e.id.clone()),
            verdict: row.verdict,
            reason: row.reason.clone(),
            initials: row.initials.clone(),
            fit,
        }
    }
}

/// " Bedoelde u N3.b?" for an element that the rules do not have.
fn meant(frameworks: &[Framework], element: &str) -> String {
    let ids = || frameworks.iter().flat_map(|f| &f.rules).map(|r| r.id.as_str());
    if ids().any(|id| id.eq_ignore_ascii_case(element)) {
        return String::new();
    }
    nearest(element, ids()).map(|id| format!(" Bedoelde u {id}?")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;
    use crate::run::Run;

    fn judged(rows: &str) -> Run {
        let (list, faults) = JudgementList::read("oordelen.csv", format!("swv;element;oordeel;kenmerk;paraaf\n{rows}").as_bytes());
        assert!(faults.is_empty(), "{faults:?}");
        let mut run = samples::run();
        let taken = run.dossiers[0].judge(&list, &run.frameworks).into_iter().collect();
        run.remarks = list.told(&taken);
        run
    }

    fn print(element: &str) -> String {
        samples::run().dossiers[0].fingerprint("toezichtkader-2013", element)
    }

    #[test]
    fn a_dossier_is_meant_by_number_path_or_name() {
        for swv in ["PO3099", "po 30-99", "map/voorbeeld", "./map/voorbeeld/", "voorbeeld", "Stichting Voorbeeld", "VOORBEELD"] {
            let run = judged(&format!("{swv};n3.B;onzeker\n"));
            assert_eq!(run.dossiers[0].judgements.len(), 1, "{swv}");
            assert_eq!(run.dossiers[0].judgements[0].element, "N3.b");
            assert!(run.remarks.is_empty() && run.dossiers[0].warnings.is_empty());
        }
        let run = judged("PO3001;N3.b;onzeker\nbeeld;N3.b;onzeker\nPO3001;N3.c;onzeker\n");
        assert!(run.dossiers[0].judgements.is_empty());
        assert_eq!(
            run.remarks,
            [
                "oordelen.csv, regels 2, 4: 'PO3001' is geen nummer, naam of pad van een dossier in dit verslag.",
                "oordelen.csv, regel 3: 'beeld' is geen nummer, naam of pad van een dossier in dit verslag.",
            ]
        );
    }

    #[test]
    fn a_judgement_agrees_differs_or_is_outdated() {
        let weak = print("N3.b");
        let outdated = |why: &str| Fit::Outdated(why.to_owned());
        for (row, fit) in [
            ("N3.b;onzeker;".to_owned(), Fit::Agrees),
            ("N3.b;aangetroffen;".into(), Fit::Differs),
            (format!("N3.b;aangetroffen;{weak}"), Fit::Differs),
            (format!("N3.b;onzeker;{weak}"), Fit::Agrees),
            ("N3.b;onzeker;00000000".into(), outdated("het bewijs is veranderd sinds dit oordeel")),
            ("N3.e;aangetroffen;".into(), outdated("dit element is nu niet toetsbaar")),
            ("N3.f;n.v.t.;".into(), Fit::Agrees),
        ] {
            let run = judged(&format!("PO3099;{row}\n"));
            assert_eq!(run.dossiers[0].judgements[0].fit, fit, "{row}");
            assert!(run.dossiers[0].warnings.is_empty());
        }
        let run = judged("PO3099;N3b;onzeker\nPO3099;Q;onzeker\n");
        assert!(run.dossiers[0].judgements.iter().all(|j| j.fit == outdated("dit element staat niet in dit verslag")));
        assert_eq!(run.dossiers[0].warnings[0], "oordelen.csv, regel 2, 'N3b': dit element staat niet in dit verslag. Bedoelde u N3.b?");
    }

    #[test]
    fn a_fingerprint_changes_with_what_the_verdict_rests_on() {
        let before = |element: &str| print(element);
        let after = |element: &str, change: &dyn Fn(&mut DossierRun)| {
            let mut run = samples::run();
            change(&mut run.dossiers[0]);
            run.dossiers[0].fingerprint("toezichtkader-2013", element)
        };
        let all = ["N3.a", "N3.b", "N3.c", "N3.d"].map(before);
        assert!(all.iter().all(|print| print.len() == 8 && print.bytes().all(|b| b.is_ascii_hexdigit())), "{all:?}");
        assert!(all.iter().all(|print| print.starts_with(|c: char| c.is_ascii_lowercase())), "{all:?}");
        assert!((1..4).all(|n| !all[..n].contains(&all[n])), "{all:?}");
        assert_eq!(before("N9"), "");

        type Change<'a> = &'a dyn Fn(&mut DossierRun);
        let changes: [(&str, Change); 4] = [
            ("N3.a", &|d| d.outcome.frameworks[0].elements[0].verdict = Verdict::Weak),
            ("N3.a", &|d| d.outcome.frameworks[0].elements[0].evidence[0].quote.push('x')),
            ("N3.a", &|d| d.documents[0].sha256 = None),
            // Without passages every document counts.
            ("N3.d", &|d| d.documents[1].sha256 = Some("11".into())),
        ];
        for (n, (element, change)) in changes.into_iter().enumerate() {
            assert_ne!(after(element, change), before(element), "{n}");
        }
        let idle: [Change; 3] =
            [&|d| d.documents[1].sha256 = Some("11".into()), &|d| d.outcome.frameworks[0].elements[0].message.push('x'), &|d| {
                d.path.push('x')
            }];
        assert!(idle.iter().all(|change| after("N3.a", change) == before("N3.a")));
    }
}
