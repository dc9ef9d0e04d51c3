//! From files to verdicts: the one place that knows the order of the steps.

use crate::checks::Checks;
use crate::document::{self, Document};
use crate::dossier::{DocumentEntry, Dossier, RegisterSchool, io_message};
use crate::engine::outcome::{DocumentKind, Outcome};
use crate::engine::{self, Analysed, Input, School};
use crate::ingest::{self, Limits, Source};
use crate::language::{self, Language};
use crate::report::Reading;
use crate::run::{DocumentRun, DossierRun, ReadStatus};
use crate::{examples, facts};
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use std::io::{self, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// What a user asked of a run.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Frameworks to apply, by id.
    pub frameworks: Vec<String>,
    /// Overrides the kind of every document.
    pub kind: Option<DocumentKind>,
    /// "Today", for checks that need one.
    pub peildatum: Option<Date>,
    /// Bounds on the reading of a document.
    pub limits: Limits,
}

/// Reads and assesses one dossier. A document that cannot be read is told in its place; the others count all the same.
pub fn run(dossier: &Dossier, checks: &Checks, options: &Options) -> DossierRun {
    let swv = &dossier.samenwerkingsverband;
    let municipalities: Vec<u32> = swv.gemeenten.iter().flat_map(|name| checks.gazetteer.lookup(name)).collect();
    let mut input = Input {
        naam: swv.naam.clone(),
        nummer: swv.nummer.clone(),
        gemeenten: swv.gemeenten.clone(),
        register: dossier.register.as_ref().map(|schools| schools.iter().map(school).collect()),
        ..Input::default()
    };
    let mut documents = Vec::new();
    for (index, entry) in dossier.documents.iter().enumerate() {
        let (mut run, read) = read(entry, checks, options);
        match read {
            Some((document, language)) => {
                let year_hint = entry.ontvangen.or(options.peildatum).map(Date::year);
                let context = facts::Context { year_hint, municipalities: municipalities.clone() };
                let facts = facts::find(&document, &language.tokens, &language.vocabulary, &checks.gazetteer, &context);
                run.kind = run.kind.or_else(|| recognise(&language, checks));
                let kind = run.kind.unwrap_or(DocumentKind::Ondersteuningsplan);
                input.documents.push(Analysed { index, kind, received: entry.ontvangen, document, language, facts });
            }
            None => input.unreadable.push(run.kind.unwrap_or(DocumentKind::Ondersteuningsplan)),
        }
        documents.push(run);
    }
    let outcome = assess(&input, checks, options);
    DossierRun { path: dossier.path.clone(), naam: swv.naam.clone(), nummer: swv.nummer.clone(), sector: swv.sector, documents, outcome }
}

/// The outcome over a text of its own, for labelled fragments.
pub fn text(heading: Option<&str>, text: &str, kind: DocumentKind, checks: &Checks, options: &Options) -> Outcome {
    let input = Input { documents: vec![examples::analyse_text(checks, heading, text, kind)], ..Input::default() };
    assess(&input, checks, options)
}

/// Reads one document, for `plantoets text`.
pub fn reading(entry: &DocumentEntry, checks: &Checks, options: &Options) -> Result<Reading, String> {
    let (run, read) = read(entry, checks, options);
    let Some((document, language)) = read else { return Err(run.error.unwrap_or_default()) };
    let partial = run.status == ReadStatus::Partial;
    let kind = run.kind.or_else(|| recognise(&language, checks));
    Ok(Reading { path: run.path, kind, document, roles: language.roles, warnings: run.warnings, partial })
}

fn assess(input: &Input, checks: &Checks, options: &Options) -> Outcome {
    engine::assess(input, checks, &options.frameworks.iter().map(String::as_str).collect::<Vec<_>>())
}

fn school(s: &RegisterSchool) -> School {
    School { brin: s.brin.clone(), naam: s.naam.clone(), bevoegd_gezag: s.bevoegd_gezag.clone(), swv: s.swv.clone() }
}

fn read(entry: &DocumentEntry, checks: &Checks, options: &Options) -> (DocumentRun, Option<(Document, Language)>) {
    let kind = options.kind.or(entry.kind);
    let bytes = match bytes(&entry.file, options.limits.bytes) {
        Ok(bytes) => bytes,
        Err(error) => return (DocumentRun::unreadable(&entry.path, kind, None, io_message(&error)), None),
    };
    let digest = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    match understand(&entry.path, &bytes, checks, &options.limits) {
        Ok((source, document, language)) => {
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
            (run, Some((document, language)))
        }
        Err(error) => (DocumentRun::unreadable(&entry.path, kind, Some(digest), error), None),
    }
}

/// Bytes to a document with its language. A fault of the program itself costs this document, not the run.
fn understand(name: &str, bytes: &[u8], checks: &Checks, limits: &Limits) -> Result<(Source, Document, Language), String> {
    let steps = || {
        let source = ingest::read(name, bytes, limits)?;
        let document = document::build(&source);
        let language = language::analyse(&document, &checks.lexicon);
        Ok((source, document, language))
    };
    match catch_unwind(AssertUnwindSafe(steps)) {
        Ok(done) => done.map_err(|error: ingest::Unreadable| error.to_string()),
        Err(_) => Err("het lezen liep vast door een fout in plantoets; meld dit met het document erbij".to_owned()),
    }
}

/// The kind a document gives itself: the first of the two words it uses.
fn recognise(language: &Language, checks: &Checks) -> Option<DocumentKind> {
    let report = checks.lexicon.concept("jaarverslag");
    language.mentions.iter().find_map(|m| match m.concept {
        c if Some(c) == report => Some(DocumentKind::Jaarverslag),
        c if c == checks.known.plan => Some(DocumentKind::Ondersteuningsplan),
        _ => None,
    })
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
