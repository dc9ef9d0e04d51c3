//! From files to verdicts: the one place that knows the order of the steps.

use crate::checks::{CheckError, Checks};
use crate::document::{self, Document};
use crate::dossier::{DocumentEntry, Dossier, FileError, RegisterSchool, io_message};
use crate::engine::outcome::{DocumentKind, Verdict};
use crate::engine::{self, Analysed, Input, School};
use crate::facts;
use crate::ingest::picture::{self, Drawing, Drawn};
use crate::ingest::{self, Limits, Ocr, Source};
use crate::language;
use crate::parallel;
use crate::report::{Example, Explanation, Reading};
use crate::run::{DocumentRun, DossierRun, Framework, ReadStatus, Rule, Selection};
use crate::weighing::Model;
use crate::weighing::model::ModelError;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io::{self, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// What a user asked of a run.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Options {
    /// Frameworks to apply; empty means the default ones.
    pub frameworks: Vec<String>,
    /// Norms and elements to assess.
    pub selection: Selection,
    /// Elements of which to tell why they got their verdict; empty means none.
    pub explain: Selection,
    /// Overrides the kind of every document.
    pub kind: Option<DocumentKind>,
    /// "Today", for checks that need one.
    pub peildatum: Option<Date>,
    /// Bounds on the reading of a document.
    pub limits: Limits,
    /// What reads pages without a text layer; None leaves them unread.
    pub ocr: Option<Ocr>,
}

/// The rules, loaded.
pub struct Rules(Checks);

/// Faults in rule files.
pub type RuleFaults = Vec<FileError>;

impl Rules {
    /// The rules of the program itself, or those under a folder.
    pub fn load(folder: Option<&Path>) -> Result<Rules, RuleFaults> {
        let fault = |e: CheckError| {
            let path = folder.map_or(e.path.clone(), |f| format!("{}/{}", f.display(), e.path));
            FileError { path, text: e.source_text, span: e.span.unwrap_or(0..0), message: e.message, hint: e.hint }
        };
        let checks = folder.map_or_else(Checks::embedded, Checks::load);
        checks.map(Rules).map_err(|all| all.into_iter().map(fault).collect())
    }

    /// The compiled rules.
    pub fn checks(&self) -> &Checks {
        &self.0
    }

    /// Weighs evidence with other weights: a file as `learning` writes it.
    pub fn weigh_with(&mut self, weights: &str) -> Result<(), ModelError> {
        self.0.model = Model::parse(weights)?;
        Ok(())
    }

    /// The frameworks that `asked` names, or all; Err with the first name that is unknown.
    pub fn frameworks<'a>(&self, asked: &'a [String]) -> Result<Vec<Framework>, &'a str> {
        let rule = |n: &crate::checks::Norm, e: &crate::checks::Element| Rule {
            id: e.id.clone(),
            norm: n.id.clone(),
            statutory: n.statutory,
            title: e.title.clone(),
            asks: e.asks.clone(),
            clause: e.clause.clone(),
        };
        let shown = |f: &crate::checks::Framework| Framework {
            id: f.id.clone(),
            title: f.title.clone(),
            digest: f.digest.clone(),
            rules: f.norms.iter().flat_map(|n| n.elements.iter().map(move |e| rule(n, e))).collect(),
        };
        if asked.is_empty() {
            return Ok(self.0.frameworks.iter().map(shown).collect());
        }
        asked.iter().map(|id| self.0.framework(id).map(shown).ok_or(id.as_str())).collect()
    }

    /// Ids and titles of the elements, in order.
    pub fn elements(&self) -> Vec<(String, String)> {
        let norms = self.0.frameworks.iter().flat_map(|f| &f.norms);
        norms.flat_map(|n| &n.elements).map(|e| (e.id.clone(), e.title.clone())).collect()
    }

    /// What an element asks.
    pub fn explanation(&self, id: &str) -> Option<Explanation> {
        let (f, n, e) = self.0.element(id)?;
        let examples = e.examples().iter().filter(|x| x.show).map(|x| Example { text: x.text.trim().to_owned(), verdict: x.verdict });
        Some(Explanation {
            id: e.id.clone(),
            title: e.title.clone(),
            norm: format!("{} {}", n.id, n.title),
            framework: f.title.clone(),
            asks: e.asks.clone(),
            clause: e.clause.clone(),
            counts: e.counts.clone(),
            not_counts: e.not_counts.clone(),
            hint: e.hint.clone(),
            examples: examples.collect(),
        })
    }
}

/// A document as read: what is shown of it, and its structure if it could be read. Needs no rules.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReadDocument {
    /// What is shown of it.
    pub shown: DocumentRun,
    /// Its structure.
    pub document: Option<Document>,
}

impl ReadDocument {
    /// One that could not be read.
    pub fn unreadable(entry: &DocumentEntry, sha256: Option<String>, error: String) -> ReadDocument {
        ReadDocument { shown: DocumentRun::unreadable(&entry.path, entry.kind, sha256, error), document: None }
    }
}

/// Reads the documents of a dossier. One that cannot be read is told in its place; the others count all the same.
pub fn read_dossier(dossier: &Dossier, options: &Options) -> Vec<ReadDocument> {
    dossier.documents.iter().map(|entry| read(entry, options)).collect()
}

/// Reads and assesses one dossier.
pub fn run(dossier: &Dossier, rules: &Rules, options: &Options) -> DossierRun {
    assess(dossier, read_dossier(dossier, options), rules, options)
}

/// Assesses a dossier as read.
pub fn assess(dossier: &Dossier, documents_read: Vec<ReadDocument>, rules: &Rules, options: &Options) -> DossierRun {
    assess_step_by_step(dossier, documents_read, rules, options, &|_| ())
}

/// Assesses a dossier as read, and says before each step on which document it is; None when it is on all together. Who watches from
/// another process then knows which document was fatal.
pub fn assess_step_by_step(
    dossier: &Dossier,
    documents_read: Vec<ReadDocument>,
    rules: &Rules,
    options: &Options,
    at: &dyn Fn(Option<usize>),
) -> DossierRun {
    let swv = &dossier.samenwerkingsverband;
    let checks = &rules.0;
    let mut input = Input {
        naam: swv.naam.clone(),
        nummer: swv.nummer.clone(),
        gemeenten: swv.gemeenten.clone(),
        register: dossier.register.as_ref().map(|r| r.iter().map(school).collect()),
        ..Input::default()
    };
    let context = facts::Context {
        municipalities: swv.gemeenten.iter().flat_map(|g| checks.gazetteer.lookup(g)).collect(),
        ..facts::Context::default()
    };
    let mut documents = Vec::new();
    for (index, (entry, ReadDocument { mut shown, document })) in dossier.documents.iter().zip(documents_read).enumerate() {
        at(Some(index));
        match document.map(|d| caught(|| analyse(d, checks, index, shown.kind, entry.ontvangen, &context))) {
            Some(Ok(analysed)) => {
                shown.kind = Some(analysed.kind);
                input.documents.push(analysed);
            }
            Some(Err(error)) => shown = DocumentRun::unreadable(&entry.path, shown.kind, shown.sha256, error),
            None => {}
        }
        if shown.status == ReadStatus::Unreadable {
            input.unreadable.push(shown.kind.unwrap_or(DocumentKind::Ondersteuningsplan));
        }
        documents.push(shown);
    }
    let ids: Vec<&str> = match options.frameworks.as_slice() {
        [] => checks.frameworks.iter().map(|f| f.id.as_str()).collect(),
        asked => asked.iter().map(String::as_str).collect(),
    };
    let asked = |id: &str| options.selection.takes(id);
    let why = |id: &str| !options.explain.is_empty() && options.explain.takes(id);
    at(None);
    let outcome = engine::assess_and_explain(&input, checks, &ids, &asked, &why);
    let mut done = DossierRun {
        path: dossier.path.clone(),
        naam: swv.naam.clone(),
        nummer: swv.nummer.clone(),
        sector: swv.sector,
        documents,
        outcome,
        ..DossierRun::default()
    };
    done.waive(&dossier.waivers, options.peildatum);
    parallel::let_go(input);
    done
}

fn school(r: &RegisterSchool) -> School {
    School { brin: r.brin.clone(), naam: r.naam.clone(), bevoegd_gezag: r.bevoegd_gezag.clone(), swv: r.swv.clone() }
}

/// A document with its language, facts and kind.
fn analyse(
    document: Document,
    checks: &Checks,
    index: usize,
    kind: Option<DocumentKind>,
    received: Option<Date>,
    context: &facts::Context,
) -> Analysed {
    // Facts need the words only, not what they come to.
    let (tokens, vocabulary) = language::tokens::tokenise(&document);
    let (mut facts, language) = parallel::both(
        || facts::find(&document, &tokens, &vocabulary, &checks.gazetteer, context),
        || language::read(&document, &checks.lexicon, &tokens, &vocabulary),
    );
    let language = language.with(tokens, vocabulary);
    facts.figures = facts::find_figures(&document, &language, &checks.lexicon, &facts, &checks.figures);
    let kind = kind.unwrap_or_else(|| engine::kind(&document, &language, checks));
    Analysed { index, kind, received, document, language, facts }
}

/// Reads one document, for `plantoets text`.
pub fn reading(entry: &DocumentEntry, rules: &Rules, options: &Options) -> Result<Reading, String> {
    let ReadDocument { shown, document } = read(entry, options);
    let Some(document) = document else { return Err(shown.error.unwrap_or_default()) };
    let read = caught(|| analyse(document, &rules.0, 0, shown.kind, None, &facts::Context::default()))?;
    let partial = shown.status == ReadStatus::Partial;
    let Analysed { kind, document, language, .. } = read;
    Ok(Reading { path: shown.path, kind: Some(kind), document, roles: language.roles, warnings: shown.warnings, partial })
}

/// Of whom a document says it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Identity {
    /// The number of the samenwerkingsverband: "PO3099".
    pub nummer: Option<String>,
    /// Its name.
    pub naam: Option<String>,
}

/// Of whom a document says it is; nothing when that cannot be told.
pub fn identity(document: Document, rules: &Rules) -> Identity {
    let analysed = || {
        let checks = &rules.0;
        let context = facts::Context::default();
        let language = language::analyse(&document, &checks.lexicon);
        let facts = facts::find(&document, &language.tokens, &language.vocabulary, &checks.gazetteer, &context);
        let kind = DocumentKind::Ondersteuningsplan;
        let documents = vec![Analysed { index: 0, kind, received: None, document, language, facts }];
        let facts = engine::assess_only(&Input { documents, ..Input::default() }, checks, &[], &|_| false).facts;
        Identity { nummer: facts.nummer.map(|f| f.value), naam: facts.naam.map(|f| f.value) }
    };
    caught(analysed).unwrap_or_default()
}

/// Reads one document of a dossier.
pub fn read(entry: &DocumentEntry, options: &Options) -> ReadDocument {
    let kind = options.kind.or(entry.kind);
    let bytes = match bytes(&entry.file, options.limits.bytes) {
        Ok(bytes) => bytes,
        Err(error) => {
            return ReadDocument { shown: DocumentRun::unreadable(&entry.path, kind, None, io_message(&error)), document: None };
        }
    };
    let (understood, digest) = parallel::both(|| understood(&entry.path, &bytes, options), || digest(&bytes));
    match understood {
        Ok((source, document)) => {
            let run = DocumentRun {
                path: entry.path.clone(),
                kind,
                sha256: Some(digest),
                status: if source.partial { ReadStatus::Partial } else { ReadStatus::Read },
                error: None,
                pages: document.pages.len(),
                pages_without_text: document.pages.iter().filter(|p| p.without_text).map(|p| p.number).collect(),
                pages_by_ocr: document.pages.iter().filter(|p| p.ocr).map(|p| p.number).collect(),
                warnings: source.warnings,
            };
            ReadDocument { shown: run, document: Some(document) }
        }
        Err(error) => ReadDocument { shown: DocumentRun::unreadable(&entry.path, kind, Some(digest), error), document: None },
    }
}

/// Pages of a document drawn, and the digest of the bytes that were drawn. Err says in Dutch why there are none.
pub fn draw(file: &Path, pages: &[u32], limits: &Limits) -> (Option<String>, Result<Vec<Drawn>, String>) {
    match bytes(file, limits.bytes) {
        Ok(bytes) => {
            let drawing = Drawing { time: limits.time, ..Drawing::default() };
            (Some(digest(&bytes)), picture::draw(&bytes, pages, &drawing).map_err(|error| error.to_string()))
        }
        Err(error) => (None, Err(io_message(&error))),
    }
}

/// Bytes to document.
fn understood(name: &str, bytes: &[u8], options: &Options) -> Result<(Source, Document), String> {
    caught(|| {
        let source = ingest::read_with(name, bytes, &options.limits, options.ocr.as_ref()).map_err(|error| error.to_string())?;
        let document = document::build(&source);
        Ok((source, document))
    })?
}

/// A fault of the program itself costs this document, not the run.
fn caught<T>(step: impl FnOnce() -> T) -> Result<T, String> {
    let message = "het lezen liep vast door een fout in plantoets; meld dit met het document erbij";
    catch_unwind(AssertUnwindSafe(step)).map_err(|_| message.to_owned())
}

/// SHA-256 in hexadecimal.
fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
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
pub fn fragment(markdown: &str, kind: DocumentKind, element: &str, rules: &Rules, options: &Options) -> Option<Verdict> {
    let (_, document) = understood("fragment.md", markdown.as_bytes(), options).ok()?;
    let analysed = analyse(document, &rules.0, 0, Some(kind), None, &facts::Context::default());
    let input = Input { documents: vec![analysed], fragment: true, ..Input::default() };
    let (framework, _, _) = rules.0.element(element)?;
    let outcome = engine::assess_only(&input, &rules.0, &[&framework.id], &|id| id == element);
    outcome.frameworks.iter().flat_map(|f| &f.elements).find(|e| e.id == element).map(|e| e.verdict)
}

/// The figures told in a text of its own, for labelled fragments.
pub fn figures(markdown: &str, kind: DocumentKind, rules: &Rules, options: &Options) -> Vec<facts::Figure> {
    let read = || {
        let (_, document) = understood("fragment.md", markdown.as_bytes(), options).ok()?;
        Some(analyse(document, &rules.0, 0, Some(kind), None, &facts::Context::default()).facts.figures)
    };
    caught(read).ok().flatten().unwrap_or_default()
}

/// A passage by the names of its features, for learning.
pub struct Described {
    /// Names of features.
    pub features: Vec<String>,
    /// Its words.
    pub text: String,
    /// Its page.
    pub page: u32,
    /// A passage, not a part of one.
    pub whole: bool,
    /// How many sentences.
    pub sentences: usize,
}

/// The features of a text of its own, per passage.
pub fn describe(markdown: &str, kind: DocumentKind, rules: &Rules, options: &Options) -> Vec<Vec<String>> {
    describe_document("fragment.md", markdown.as_bytes(), kind, rules, options)
        .into_iter()
        .filter(|d| d.whole)
        .map(|d| d.features)
        .collect()
}

/// The passages of a document with their features; none if it cannot be read.
pub fn describe_document(name: &str, bytes: &[u8], kind: DocumentKind, rules: &Rules, options: &Options) -> Vec<Described> {
    let Ok((_, document)) = understood(name, bytes, options) else { return Vec::new() };
    let a = analyse(document, &rules.0, 0, Some(kind), None, &facts::Context::default());
    let describer = crate::weighing::Describer::new(&a.document, &a.language, &a.facts, &rules.0, kind);
    let passages = crate::weighing::passages::windows(&a.document, &a.language);
    let whole = crate::weighing::passages::passages(&a.document, &a.language);
    let described = |p: &crate::weighing::Passage| {
        let sentences = &a.language.sentences[p.sentences.clone()];
        let span = match (sentences.first(), sentences.last(), p.heading) {
            (Some(first), Some(last), _) => first.span.join(last.span),
            (_, _, Some(h)) => a.document.blocks[h].span,
            _ => crate::document::Span::default(),
        };
        Described {
            features: describer.features(p).into_iter().map(|f| describer.name(f)).collect(),
            text: a.document.slice(span).to_owned(),
            page: a.document.places(span).first().map_or(0, |p| p.page),
            whole: whole.contains(p),
            sentences: p.sentences.len(),
        }
    };
    passages.iter().map(described).collect()
}
