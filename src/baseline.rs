//! An earlier run, read back from its JSON report, and what became of its findings.

use crate::dossier::{io_message, name_key, normalise_number};
use crate::engine::outcome::{ElementOutcome, FrameworkOutcome, Verdict};
use crate::report::{RESULTS, SCHEMA_VERSION};
use crate::run::{self, Change, ChangeKind, DossierRun};
use serde::Deserialize;
use std::collections::{BTreeSet, HashMap};
use std::path::Path;

/// An earlier run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Baseline {
    /// Digest per framework.
    frameworks: Vec<(String, String)>,
    dossiers: Vec<Before>,
}

/// A dossier of an earlier run.
#[derive(Clone, Debug, PartialEq)]
struct Before {
    path: String,
    number: Option<String>,
    /// As [`name_key`] has it; empty without a name.
    name: String,
    verdicts: HashMap<(String, String), Verdict>,
}

/// A report, of which only what is compared is read: what it has more is left to newer versions.
#[derive(Deserialize)]
struct Report {
    frameworks: Vec<Framework>,
    dossiers: Vec<Dossier>,
}

#[derive(Deserialize)]
struct Framework {
    id: String,
    digest: String,
}

#[derive(Deserialize)]
struct Dossier {
    path: String,
    samenwerkingsverband: Names,
    facts: Names,
    elements: Vec<Element>,
}

#[derive(Deserialize)]
struct Names {
    naam: Option<String>,
    nummer: Option<String>,
}

#[derive(Deserialize)]
struct Element {
    id: String,
    framework: String,
    verdict: Verdict,
}

/// What every report begins with, whatever its version.
#[derive(Deserialize)]
struct Version {
    schema_version: u32,
    tool: Tool,
}

#[derive(Deserialize)]
struct Tool {
    name: String,
}

impl Baseline {
    /// Reads the report in a file, or that of a folder of reports. Err with what is the matter and what to do, in Dutch.
    pub fn load(path: &Path) -> Result<Baseline, String> {
        let results = path.join(RESULTS);
        if path.is_dir() && !results.is_file() {
            return Err(format!(
                "in deze map staat geen {RESULTS}; noem een map met verslagen, of een verslag dat met --format json is gemaakt"
            ));
        }
        let file = if path.is_dir() { &results } else { path };
        Baseline::read(&std::fs::read(file).map_err(|e| io_message(&e))?)
    }

    /// Reads a report in the format `json` or `jsonl`. Err with what is the matter and what to do, in Dutch.
    pub fn read(bytes: &[u8]) -> Result<Baseline, String> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut read = Baseline::default();
        let mut any = false;
        // Version first: a newer report may have another shape.
        for version in serde_json::Deserializer::from_slice(bytes).into_iter::<Version>() {
            let version = version.ok().filter(|v| v.tool.name == env!("CARGO_PKG_NAME")).ok_or(
                "dit is geen heel verslag van plantoets in JSON; maak er een met --format json, of neem resultaten.jsonl uit een map met \
                 verslagen",
            )?;
            if version.schema_version > SCHEMA_VERSION {
                let newer = version.schema_version;
                return Err(format!(
                    "dit verslag heeft vorm {newer} en dit programma kent vorm {SCHEMA_VERSION}; gebruik een nieuwer plantoets, of maak het \
                     verslag opnieuw met dit programma"
                ));
            }
            any = true;
        }
        if !any {
            return Err("dit bestand is leeg; geef een verslag dat met --format json is gemaakt".to_owned());
        }
        for report in serde_json::Deserializer::from_slice(bytes).into_iter::<Report>() {
            let report =
                report.map_err(|_| "in dit verslag ontbreekt iets of staat iets dat er niet hoort; maak het opnieuw met --format json")?;
            for framework in report.frameworks {
                if !read.frameworks.iter().any(|(id, _)| *id == framework.id) {
                    read.frameworks.push((framework.id, framework.digest));
                }
            }
            read.dossiers.extend(report.dossiers.into_iter().map(Before::of));
        }
        Ok(read)
    }

    /// Whether it can be compared with a run over these frameworks. Err with what is the matter and what to do, in Dutch.
    pub fn fits(&self, frameworks: &[run::Framework]) -> Result<(), String> {
        let known = |id: &str| self.frameworks.iter().any(|(known, _)| known == id);
        let strange: Vec<&str> = frameworks.iter().map(|f| f.id.as_str()).filter(|id| !known(id)).collect();
        if strange.is_empty() {
            return Ok(());
        }
        let there = self.frameworks.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>().join(", ");
        Err(format!(
            "dit verslag gaat over kader {there} en nu wordt getoetst aan {}; kies met --framework hetzelfde kader, of geef een ander verslag",
            strange.join(", ")
        ))
    }

    /// Tells of every finding of a dossier what became of it. Returns the dossier it was, for [`Baseline::gone`]: it does not depend on
    /// the other dossiers.
    pub fn compare_dossier(&self, dossier: &mut DossierRun) -> Option<usize> {
        let key = name_key(dossier.title());
        let like = |likeness: Likeness| self.dossiers.iter().position(|before| likeness.holds(dossier, &key, before));
        let met = Likeness::ALL.into_iter().find_map(like);
        dossier.changes = Some(changes(dossier, met.map(|at| &self.dossiers[at])));
        met
    }

    /// The paths of the dossiers that no dossier of now was.
    pub fn gone(&self, met: &BTreeSet<usize>) -> Vec<String> {
        self.dossiers.iter().enumerate().filter(|(at, _)| !met.contains(at)).map(|(_, before)| before.path.clone()).collect()
    }

    /// What a user should know of the comparison as a whole.
    pub fn remark(&self, frameworks: &[run::Framework]) -> Option<String> {
        let changed = |f: &&run::Framework| self.frameworks.iter().any(|(id, digest)| *id == f.id && *digest != f.digest);
        let changed: Vec<&str> = frameworks.iter().filter(changed).map(|f| f.id.as_str()).collect();
        let told =
            || format!("Sinds het vorige verslag zijn de regels van {} veranderd: een verschil kan ook daarvan komen.", changed.join(", "));
        (!changed.is_empty()).then(told)
    }
}

impl Before {
    fn of(dossier: Dossier) -> Before {
        let number = dossier.samenwerkingsverband.nummer.or(dossier.facts.nummer);
        let name = dossier.samenwerkingsverband.naam.or(dossier.facts.naam);
        Before {
            path: dossier.path,
            number: number.map(|n| normalise_number(&n).unwrap_or(n)),
            name: name.map(|n| name_key(&n)).unwrap_or_default(),
            verdicts: dossier.elements.into_iter().map(|e| ((e.framework, e.id), e.verdict)).collect(),
        }
    }
}

/// Why a dossier is taken for one of an earlier run, the surest first. Plan and yearly report of one samenwerkingsverband may be two dossiers,
/// hence the path and the file.
#[derive(Clone, Copy)]
enum Likeness {
    NumberAndPath,
    NumberAndFile,
    Number,
    NameAndPath,
    NameAndFile,
    Name,
    Path,
}

impl Likeness {
    const ALL: [Likeness; 7] = [
        Likeness::NumberAndPath,
        Likeness::NumberAndFile,
        Likeness::Number,
        Likeness::NameAndPath,
        Likeness::NameAndFile,
        Likeness::Name,
        Likeness::Path,
    ];

    fn holds(self, dossier: &DossierRun, key: &str, before: &Before) -> bool {
        let path = dossier.path == before.path;
        let file = last(&dossier.path) == last(&before.path);
        let name = !before.name.is_empty() && key == before.name;
        let (number, numbers) = match (dossier.number(), before.number.as_deref()) {
            (Some(now), Some(then)) => (now == then, true),
            _ => (false, false),
        };
        match self {
            Likeness::NumberAndPath => number && path,
            Likeness::NumberAndFile => number && file,
            Likeness::Number => number,
            // Another number is another samenwerkingsverband.
            Likeness::NameAndPath => !numbers && name && path,
            Likeness::NameAndFile => !numbers && name && file,
            Likeness::Name => !numbers && name,
            Likeness::Path => !numbers && path,
        }
    }
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn changes(dossier: &DossierRun, before: Option<&Before>) -> Vec<Change> {
    let elements = dossier.outcome.frameworks.iter().flat_map(|f| f.elements.iter().map(move |e| (f, e)));
    let change = |(framework, element): (&FrameworkOutcome, &ElementOutcome)| {
        let key = (framework.framework.clone(), element.id.clone());
        let was = before.and_then(|b| b.verdicts.get(&key)).copied();
        let kind = match (was.is_some_and(Verdict::is_finding), element.verdict.is_finding()) {
            (false, true) => ChangeKind::New,
            (true, false) => ChangeKind::Gone,
            (true, true) => ChangeKind::Same,
            (false, false) => return None,
        };
        Some(Change { framework: key.0, element: key.1, kind, was })
    };
    elements.filter_map(change).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{self, FORMATS, Style, samples};
    use crate::run::Run;

    fn written(run: &Run, format: &str) -> String {
        (report::format(FORMATS, format).unwrap().render)(run, Style::PLAIN)
    }

    fn read(run: &Run) -> Baseline {
        Baseline::read(written(run, "json").as_bytes()).unwrap()
    }

    fn compared(before: &Run, mut now: Run) -> Run {
        let baseline = read(before);
        let met = now.dossiers.iter_mut().filter_map(|dossier| baseline.compare_dossier(dossier)).collect();
        now.gone = baseline.gone(&met);
        now.remarks.extend(baseline.remark(&now.frameworks));
        now
    }

    fn elements(run: &mut Run) -> &mut Vec<ElementOutcome> {
        &mut run.dossiers[0].outcome.frameworks[0].elements
    }

    #[test]
    fn json_lines_and_a_folder_say_the_same() {
        let mut run = samples::run();
        run.dossiers.extend(samples::run().dossiers);
        let lines = written(&run, "jsonl");
        assert_eq!(Baseline::read(lines.as_bytes()).unwrap(), read(&run));
        assert_eq!(Baseline::read(format!("\u{feff}{}", lines.replace('\n', "\r\n")).as_bytes()).unwrap(), read(&run));
        let folder = tempfile::tempdir().unwrap();
        assert!(Baseline::load(folder.path()).unwrap_err().contains("resultaten.jsonl"));
        std::fs::write(folder.path().join("resultaten.jsonl"), lines).unwrap();
        assert_eq!(Baseline::load(folder.path()).unwrap(), read(&run));
        assert!(Baseline::load(&folder.path().join("weg.json")).unwrap_err().contains("bestaat niet"));
    }

    #[test]
    fn findings_are_new_gone_or_the_same() {
        let mut before = samples::run();
        elements(&mut before)[0].verdict = Verdict::Missing;
        elements(&mut before)[1].verdict = Verdict::Found;
        elements(&mut before)[2].verdict = Verdict::Weak;
        elements(&mut before).remove(3);
        let now = compared(&before, samples::run());
        let changes = now.dossiers[0].changes.as_ref().unwrap();
        let shown: Vec<_> = changes.iter().map(|c| (c.element.as_str(), c.kind, c.was)).collect();
        let wanted = [
            ("N3.a", ChangeKind::Gone, Some(Verdict::Missing)),
            ("N3.b", ChangeKind::New, Some(Verdict::Found)),
            ("N3.c", ChangeKind::Same, Some(Verdict::Weak)),
            ("N3.d", ChangeKind::New, None),
        ];
        assert_eq!(shown, wanted);
        assert!(now.gone.is_empty() && now.remarks.is_empty());
        // An element that is not asked for now is not gone.
        let mut now = samples::run();
        elements(&mut now).truncate(1);
        assert_eq!(compared(&samples::run(), now).dossiers[0].changes, Some(vec![]));
    }

    /// A dossier with that path, number and name.
    fn named(path: &str, number: Option<&str>, name: Option<&str>) -> DossierRun {
        let own = |text: Option<&str>| text.map(str::to_owned);
        DossierRun { path: path.into(), nummer: own(number), naam: own(name), ..samples::run().dossiers.remove(0) }
    }

    #[test]
    fn dossiers_meet_by_number_else_name_else_path() {
        let run = |dossiers: Vec<DossierRun>| Run { dossiers, ..samples::run() };
        let met = |before: Vec<DossierRun>, now: Vec<DossierRun>| {
            let (before, mut now) = (read(&run(before)), run(now));
            let met: Vec<Option<usize>> = now.dossiers.iter_mut().map(|d| before.compare_dossier(d)).collect();
            let path = |at: &Option<usize>| at.map_or("-", |at| before.dossiers[at].path.as_str()).to_owned();
            let gone = before.gone(&met.iter().flatten().copied().collect());
            (met.iter().map(path).collect::<Vec<_>>().join(" "), gone.join(" "))
        };
        let one = |path: &str, number, name| vec![named(path, number, name)];
        let a = || one("a", Some("PO3099"), Some("Een"));
        let to = |partners: &str, gone: &str| (partners.to_owned(), gone.to_owned());
        assert_eq!(met(a(), one("b", Some("PO3099"), Some("Twee"))), to("a", ""));
        assert_eq!(met(a(), one("b", None, Some("Stichting Een"))), to("a", ""));
        assert_eq!(met(a(), one("a", None, None)), to("a", ""));
        assert_eq!(met(a(), one("a", Some("VO3099"), Some("Een"))), to("-", "a"));
        assert_eq!(met(a(), one("b", None, Some("Twee"))), to("-", "a"));
        // Plan and yearly report of one samenwerkingsverband, one or both of which moved.
        let two = |x: &str, y: &str| vec![named(x, Some("PO3099"), None), named(y, Some("PO3099"), None)];
        assert_eq!(met(two("plan", "verslag"), two("verslag", "nieuw")), to("verslag plan", ""));
        assert_eq!(met(two("a/plan", "a/verslag"), two("b/plan", "b/verslag")), to("a/plan a/verslag", ""));
        assert_eq!(met(two("plan", "verslag"), one("verslag", Some("PO3099"), None)), to("verslag", "plan"));
    }

    #[test]
    fn a_report_that_cannot_be_compared_is_refused() {
        let json = written(&samples::run(), "json");
        for (text, told) in [
            (String::new(), "leeg"),
            ("{}".into(), "geen heel verslag"),
            ("dossier;kader\n".into(), "geen heel verslag"),
            (json[..json.len() / 2].to_owned(), "geen heel verslag"),
            (json.replace("\"schema_version\": 1", "\"schema_version\": 2"), "vorm 2"),
            (json.replace("\"name\": \"plantoets\"", "\"name\": \"iets\""), "geen heel verslag"),
            (json.replace("\"verdict\": \"weak\"", "\"verdict\": \"goed\""), "ontbreekt iets of staat iets"),
            ("[".repeat(100_000), "geen heel verslag"),
        ] {
            let why = Baseline::read(text.as_bytes()).unwrap_err();
            assert!(why.contains(told), "{why}");
        }
        let mut other = samples::run();
        let baseline = read(&other);
        assert_eq!(baseline.fits(&other.frameworks), Ok(()));
        other.frameworks[0].id = "kader-2021".into();
        let why = baseline.fits(&other.frameworks).unwrap_err();
        assert!(why.contains("toezichtkader-2013") && why.contains("kader-2021"), "{why}");
        let mut changed = samples::run();
        changed.frameworks[0].digest = "anders".into();
        assert_eq!(compared(&samples::run(), changed).remarks.len(), 1);
    }
}
