//! From files to verdicts: the one place that knows the order of the steps.

use crate::document::{self, Document};
use crate::dossier::{DocumentEntry, Dossier, io_message};
use crate::engine::outcome::{DocumentKind, FactSheet, Outcome, Verdict};
use crate::ingest::{self, Limits, Source};
use crate::report::{Explanation, Reading};
use crate::run::{DocumentRun, DossierRun, Framework, ReadStatus};
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use std::io::{self, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// What a user asked of a run.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Frameworks to apply; empty means the default ones.
    pub frameworks: Vec<String>,
    /// Overrides the kind of every document.
    pub kind: Option<DocumentKind>,
    /// "Today", for checks that need one.
    pub peildatum: Option<Date>,
    /// Bounds on the reading of a document.
    pub limits: Limits,
}

/// The rules, loaded.
#[derive(Clone, Debug, Default)]
pub struct Rules;

/// Faults in rule files.
pub type RuleFaults = Vec<crate::dossier::FileError>;

impl Rules {
    /// The rules of the program itself, or those under a folder.
    pub fn load(_folder: Option<&Path>) -> Result<Rules, RuleFaults> {
        Ok(Rules)
    }

    /// The frameworks that `asked` names, or the default ones; Err with the first name that is unknown.
    pub fn frameworks<'a>(&self, asked: &'a [String]) -> Result<Vec<Framework>, &'a str> {
        asked.first().map_or(Ok(Vec::new()), |name| Err(name.as_str()))
    }

    /// Ids and titles of the elements, in order.
    pub fn elements(&self) -> Vec<(String, String)> {
        Vec::new()
    }

    /// What an element asks.
    pub fn explanation(&self, _id: &str) -> Option<Explanation> {
        None
    }
}

/// Reads and assesses one dossier. A document that cannot be read is told in its place; the others count all the same.
pub fn run(dossier: &Dossier, _rules: &Rules, options: &Options) -> DossierRun {
    let (documents, _analysed): (Vec<_>, Vec<_>) = dossier.documents.iter().map(|entry| read(entry, options)).unzip();
    let swv = &dossier.samenwerkingsverband;
    DossierRun {
        path: dossier.path.clone(),
        naam: swv.naam.clone(),
        nummer: swv.nummer.clone(),
        sector: swv.sector,
        documents,
        outcome: Outcome { facts: FactSheet::default(), frameworks: Vec::new() },
    }
}

/// Reads one document, for `plantoets text`.
pub fn reading(entry: &DocumentEntry, options: &Options) -> Result<Reading, String> {
    let (run, document) = read(entry, options);
    match (run.error, document) {
        (None, Some(document)) => Ok(Reading {
            path: run.path,
            kind: run.kind,
            roles: Vec::new(),
            document,
            warnings: run.warnings,
            partial: run.status == ReadStatus::Partial,
        }),
        (error, _) => Err(error.unwrap_or_default()),
    }
}

fn read(entry: &DocumentEntry, options: &Options) -> (DocumentRun, Option<Document>) {
    let kind = options.kind.or(entry.kind);
    let bytes = match bytes(&entry.file, options.limits.bytes) {
        Ok(bytes) => bytes,
        Err(error) => return (DocumentRun::unreadable(&entry.path, kind, None, io_message(&error)), None),
    };
    let digest = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    match understood(&entry.path, &bytes, &options.limits) {
        Ok((source, document)) => {
            let run = DocumentRun {
                path: entry.path.clone(),
                kind,
                sha256: Some(digest),
                status: if source.partial { ReadStatus::Partial } else { ReadStatus::Read },
                error: None,
                pages: document.pages.len(),
                pages_without_text: document.pages.iter().filter(|p| p.without_text).map(|p| p.number).collect(),
                warnings: source.warnings,
            };
            (run, Some(document))
        }
        Err(error) => (DocumentRun::unreadable(&entry.path, kind, Some(digest), error), None),
    }
}

/// Bytes to document. A fault of the program itself costs this document, not the run.
fn understood(name: &str, bytes: &[u8], limits: &Limits) -> Result<(Source, Document), String> {
    let read = || ingest::read(name, bytes, limits).map(|source| (document::build(&source), source));
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(Ok((document, source))) => Ok((source, document)),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("het lezen liep vast door een fout in plantoets; meld dit met het document erbij".to_owned()),
    }
}

/// The bytes of a file: one more than the limit at most, so that reading can tell it is too large.
fn bytes(file: &Path, limit: usize) -> io::Result<Vec<u8>> {
    if file.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let mut bytes = Vec::new();
    std::fs::File::open(file)?.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Our verdict on one element over a text of its own, for labelled fragments; None when the element is not reported.
pub fn fragment(markdown: &str, kind: DocumentKind, element: &str, _rules: &Rules, options: &Options) -> Option<Verdict> {
    let (_source, _document) = understood("fragment.md", markdown.as_bytes(), &options.limits).ok()?;
    let _ = (kind, element);
    None
}
