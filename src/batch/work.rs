//! What must be done and by whom: a queue of tasks, and as many threads as there are workers, each with one worker. What comes out does not
//! depend on who did what when.

use super::cache::{Key, digest};
use super::folder::{self, Folder};
use super::group::{self, Loose};
use super::names::Names;
use super::process::{Death, Failure, Place};
use super::wire::{Answer, Job, Reading, Start};
use super::{Beside, Settings, Watch};
use crate::dossier::{DocumentEntry, Dossier, SwvList, io_message, shown};
use crate::engine::outcome::Outcome;
use crate::ingest::{Limits, Unreadable};
use crate::pipeline::{Identity, Options, ReadDocument};
use crate::report;
use crate::run::DossierRun;
use serde::Serialize;
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// All that must be done for a batch.
pub struct Work<'a> {
    pub(super) settings: &'a Settings<'a>,
    start: Start,
    pub(super) folder: &'a Folder,
    pub(super) audience: Audience<'a>,
    lists: &'a [SwvList],
    loose: Vec<PathBuf>,
    state: Mutex<State>,
    /// Something in the state changed.
    news: Condvar,
}

/// Who has a say in the work, or only looks on.
#[derive(Clone, Copy)]
pub struct Audience<'a> {
    /// What people gave beside the documents.
    pub beside: &'a dyn Beside,
    /// Who looks on.
    pub watch: &'a dyn Watch,
    /// Set when the user breaks off.
    pub stop: &'a AtomicBool,
}

/// What came of it.
pub struct Done {
    /// Those that were finished, in order of their path.
    pub dossiers: Vec<DossierRun>,
    /// How many dossiers there are.
    pub asked: usize,
    /// Per list the rows that are about some dossier.
    pub rows: Vec<BTreeSet<usize>>,
}

/// How far it is.
#[derive(Default)]
struct State {
    /// The next task last.
    queue: Vec<Task>,
    /// Tasks that someone is on.
    running: usize,
    /// Of whom the loose documents are.
    identities: Vec<Option<Identity>>,
    cases: Vec<Arc<Case>>,
    done: Vec<DossierRun>,
    rows: Vec<BTreeSet<usize>>,
    names: Names,
    /// Why it cannot go on.
    fault: Option<String>,
}

#[derive(Clone, Copy, Debug)]
enum Task {
    /// Of whom is this loose document?
    Identify(usize),
    /// Assess this dossier and write its page.
    Assess(usize),
}

/// A dossier to be assessed.
struct Case {
    dossier: Dossier,
    /// Name of its page.
    page: String,
    warnings: Vec<String>,
    /// A list told what is to be told of it.
    listed: bool,
}

/// The content of a file, without looking inside.
#[derive(Clone, Serialize)]
enum Content {
    Digest(String),
    /// Why there is none.
    Fault(String),
}

impl Content {
    fn of(file: &Path, limits: &Limits) -> Content {
        let digested = || {
            let about = file.metadata()?;
            if about.is_dir() {
                return Err(std::io::ErrorKind::IsADirectory.into());
            }
            if !about.is_file() {
                return Ok(Content::Fault("dit is geen gewoon bestand; zet het document zelf in de map".to_owned()));
            }
            if about.len() > limits.bytes as u64 {
                let size = format!("{} MB, de grens is {} MB", about.len().div_ceil(1 << 20), limits.bytes >> 20);
                return Ok(Content::Fault(Unreadable::TooLarge(size).to_string()));
            }
            digest(file).map(Content::Digest)
        };
        digested().unwrap_or_else(|error| Content::Fault(io_message(&error)))
    }

    fn digest(&self) -> Option<&str> {
        match self {
            Content::Digest(digest) => Some(digest),
            Content::Fault(_) => None,
        }
    }
}

/// A document as read, as the bytes of a [`ReadDocument`].
struct Read {
    bytes: Vec<u8>,
    /// It would come out the same another time.
    lasting: bool,
}

impl Read {
    fn unreadable(entry: &DocumentEntry, content: &Content, error: String, lasting: bool) -> Read {
        let read = ReadDocument::unreadable(entry, content.digest().map(str::to_owned), error);
        Read { bytes: postcard::to_stdvec(&read).expect("a document can be written down"), lasting }
    }
}

impl<'a> Work<'a> {
    /// With the loose documents, and the lists that tell of whoever they are.
    pub fn new(
        settings: &'a Settings<'a>,
        lists: &'a [SwvList],
        loose: Vec<PathBuf>,
        folder: &'a Folder,
        audience: Audience<'a>,
    ) -> Work<'a> {
        let mut options = settings.options.clone();
        let cores = thread::available_parallelism().map_or(1, usize::from);
        options.limits.threads = (cores / settings.workers.max(1)).max(1);
        options.limits.time = Duration::from_secs(settings.bounds.seconds);
        let start = Start { options, checks: settings.checks.map(Path::to_owned), memory: settings.bounds.mebibytes << 20 };
        let state = State { identities: vec![None; loose.len()], rows: vec![BTreeSet::new(); lists.len()], ..State::default() };
        Work { settings, start, folder, audience, lists, loose, state: Mutex::new(state), news: Condvar::new() }
    }

    /// Does all of it, for these dossiers and the loose documents, unless the user breaks off. Err is a Dutch sentence that says why it could not
    /// be done.
    pub fn run(self, dossiers: Vec<Dossier>) -> Result<Done, String> {
        self.audience.watch.begins(self.loose.len() + dossiers.iter().map(|d| d.documents.len()).sum::<usize>());
        let mut state = self.state();
        for dossier in dossiers {
            let swv = &dossier.samenwerkingsverband;
            let identity = Identity { nummer: swv.nummer.clone(), naam: swv.naam.clone() };
            self.add(&mut state, dossier, &identity, Vec::new());
        }
        state.queue.extend((0..self.loose.len()).rev().map(Task::Identify));
        drop(state);
        thread::scope(|scope| {
            for n in 0..self.settings.workers {
                let work = &self;
                scope.spawn(move || work.labour(n));
            }
        });
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(fault) = state.fault {
            return Err(fault);
        }
        let grouped = state.identities.iter().all(Option::is_some);
        let asked = state.cases.len() + if grouped { 0 } else { self.loose.len() };
        let mut dossiers = state.done;
        dossiers.sort_by(|a, b| (&a.path, &a.page).cmp(&(&b.path, &b.page)));
        Ok(Done { dossiers, asked, rows: state.rows })
    }

    /// Adds a dossier of whom is known so much.
    fn add(&self, state: &mut State, mut dossier: Dossier, identity: &Identity, mut warnings: Vec<String>) {
        let told = self.list(state, &mut dossier, identity);
        let listed = told.is_some();
        warnings.extend(told.into_iter().flatten());
        let swv = &dossier.samenwerkingsverband;
        let known = [&swv.nummer, &identity.nummer, &swv.naam, &identity.naam].into_iter().flatten().next();
        let page = state.names.take(known.map_or_else(|| last(&dossier.path), String::as_str));
        state.cases.push(Arc::new(Case { dossier, page, warnings, listed }));
        // The order of the work is that of the paths, but loose documents come before all: until they are known there are no dossiers of them.
        state.queue.insert(0, Task::Assess(state.cases.len() - 1));
    }

    /// Gives a dossier what the lists say of whom it is, with what is to be told of that; None when no list knows it.
    fn list(&self, state: &mut State, dossier: &mut Dossier, identity: &Identity) -> Option<Vec<String>> {
        let found = |list: &SwvList| list.find(identity.nummer.as_deref(), identity.naam.as_deref());
        let (n, row) = self.lists.iter().enumerate().find_map(|(n, list)| Some((n, found(list)?)))?;
        state.rows[n].insert(row);
        Some(self.lists[n].apply(row, dossier))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes tasks until there are no more.
    fn labour(&self, number: usize) {
        let mut place = Place { number, start: &self.start, bounds: self.settings.bounds, audience: self.audience, worker: None };
        while let Some(task) = self.next() {
            // Also when a task panics, so that nobody waits for it.
            let _finished = Finished(self);
            let done = match task {
                Task::Identify(n) => self.identify(&mut place, n),
                Task::Assess(n) => self.assess(&mut place, n),
            };
            match done {
                Ok(()) | Err(Failure::BrokenOff) => {}
                Err(Failure::NoWorker(error)) => self.fail(format!("een werkproces van plantoets is niet te starten ({error})")),
                Err(Failure::Died(..)) => unreachable!("a death is told where it happens"),
            }
        }
    }

    /// Says why it cannot go on.
    pub(super) fn fail(&self, why: String) {
        self.state().fault = Some(why);
    }

    fn next(&self) -> Option<Task> {
        let mut state = self.state();
        loop {
            if self.audience.stop.load(Ordering::Relaxed) || state.fault.is_some() {
                return None;
            }
            if let Some(task) = state.queue.pop() {
                state.running += 1;
                return Some(task);
            }
            if state.running == 0 {
                return None;
            }
            state = self.news.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn identify(&self, place: &mut Place, n: usize) -> Result<(), Failure> {
        let file = &self.loose[n];
        self.audience.watch.at(place.number, &shown(file));
        let content = Content::of(file, &self.start.options.limits);
        let identity = self.identity(place, &Dossier::of_file(file).documents[0], &content)?;
        let mut state = self.state();
        state.identities[n] = Some(identity);
        if let Some(all) = state.identities.iter().cloned().collect::<Option<Vec<_>>>() {
            let loose: Vec<Loose> = self.loose.iter().cloned().zip(all).map(|(file, identity)| Loose { file, identity }).collect();
            for group in group::group(&loose) {
                self.add(&mut state, group.dossier, &group.identity, vec![group.how]);
            }
        }
        Ok(())
    }

    fn identity(&self, place: &mut Place, entry: &DocumentEntry, content: &Content) -> Result<Identity, Failure> {
        if content.digest().is_none() {
            return Ok(Identity::default());
        }
        let key = Key::of("identity", &(self.reading_key(entry, content).as_str(), self.rules_digests()));
        if let Some(known) = self.settings.cache.get(&key).and_then(|bytes| postcard::from_bytes(&bytes).ok()) {
            return Ok(known);
        }
        let read = self.read(place, entry, content)?;
        let identity = match place.ask(&Job::Identify(read.bytes)) {
            Ok(Answer::Identified(identity)) => identity,
            // What it died of shows, and is told, when it is assessed.
            Ok(_) | Err(Failure::Died(..)) => return Ok(Identity::default()),
            Err(failure) => return Err(failure),
        };
        if read.lasting {
            self.settings.cache.put(&key, &postcard::to_stdvec(&identity).expect("an identity can be written down"));
        }
        Ok(identity)
    }

    fn assess(&self, place: &mut Place, n: usize) -> Result<(), Failure> {
        let case = Arc::clone(&self.state().cases[n]);
        let (mut dossier, mut warnings) = (case.dossier.clone(), case.warnings.clone());
        if !case.listed && !self.lists.is_empty() {
            warnings.extend(self.list_by_documents(place, &mut dossier)?);
        }
        let mut run = self.verdicts(place, &dossier)?;
        run.page.clone_from(&case.page);
        run.warnings.splice(0..0, warnings);
        if self.settings.pictures {
            self.draw(place, &dossier, &mut run)?;
        }
        self.audience.beside.put(&mut run);
        let frameworks = &self.settings.frameworks;
        let key = Key::of("page", &(frameworks.iter().map(|f| &f.id).collect::<Vec<_>>(), self.rules_digests(), &run));
        let html = self.settings.cache.made(&key, || Ok::<_, Infallible>(report::dossier_page(frameworks, &run).into_bytes()));
        let Ok(html) = html;
        if let Err(error) = self.folder.write(&format!("{}.html", run.page), &html) {
            self.fail(format!("de bladzijde van {} is niet te schrijven: {}", run.path, folder::dutch(&error)));
        }
        self.audience.watch.done(run.documents.len());
        self.state().done.push(run);
        Ok(())
    }

    /// Gives a dossier what the lists say of the first of whom its documents speak that is in them.
    fn list_by_documents(&self, place: &mut Place, dossier: &mut Dossier) -> Result<Vec<String>, Failure> {
        for entry in dossier.documents.clone() {
            let content = Content::of(&entry.file, &self.start.options.limits);
            let identity = self.identity(place, &entry, &content)?;
            // By what the description gives it was not found, and a document does not gainsay the description.
            let own = &dossier.samenwerkingsverband;
            let identity = Identity { nummer: own.nummer.clone().or(identity.nummer), naam: own.naam.clone().or(identity.naam) };
            if let Some(told) = self.list(&mut self.state(), dossier, &identity) {
                return Ok(told);
            }
        }
        Ok(Vec::new())
    }

    /// A dossier as assessed, now or before.
    fn verdicts(&self, place: &mut Place, dossier: &Dossier) -> Result<DossierRun, Failure> {
        let contents: Vec<Content> = dossier.documents.iter().map(|d| Content::of(&d.file, &self.start.options.limits)).collect();
        let key = self.verdict_key(dossier, &contents);
        if let Some(known) = self.settings.cache.get(&key).and_then(|bytes| postcard::from_bytes(&bytes).ok()) {
            return Ok(known);
        }
        let (mut documents, mut lasting) = (Vec::new(), true);
        for (entry, content) in dossier.documents.iter().zip(&contents) {
            let read = self.read(place, entry, content)?;
            lasting &= read.lasting;
            documents.push(read.bytes);
        }
        self.audience.watch.at(place.number, &dossier.path);
        let (run, judged) = judge(place, dossier, &contents, documents)?;
        if lasting && judged {
            self.settings.cache.put(&key, &postcard::to_stdvec(&run).expect("a dossier can be written down"));
        }
        Ok(run)
    }

    /// A document as read, now or before.
    fn read(&self, place: &mut Place, entry: &DocumentEntry, content: &Content) -> Result<Read, Failure> {
        let digest = match content {
            Content::Digest(digest) => digest,
            Content::Fault(error) => return Ok(Read::unreadable(entry, content, error.clone(), true)),
        };
        let key = self.reading_key(entry, content);
        if let Some(bytes) = self.settings.cache.get(&key) {
            return Ok(Read { bytes, lasting: true });
        }
        self.audience.watch.at(place.number, &shown(&entry.file));
        let read = match place.ask(&Job::Read(entry.clone())) {
            Ok(Answer::Read(Reading { sha256, pages, lasting, bytes })) => {
                self.audience.watch.read(pages);
                // A file that changed meanwhile is another file.
                Read { bytes, lasting: lasting && sha256.as_deref() == Some(digest) }
            }
            Ok(_) => Read::unreadable(entry, content, Death::Crashed.message("lezen", place.bounds), false),
            // A fault of the moment is no property of the document; that it asks too much is.
            Err(Failure::Died(death, _)) => Read::unreadable(entry, content, death.message("lezen", place.bounds), death != Death::Crashed),
            Err(failure) => return Err(failure),
        };
        if read.lasting {
            self.settings.cache.put(&key, &read.bytes);
        }
        Ok(read)
    }

    fn reading_key(&self, entry: &DocumentEntry, content: &Content) -> Key {
        // By its extension text is told from Markdown.
        let extension = entry.file.extension().map(|e| e.to_string_lossy().to_lowercase());
        Key::of("reading", &(content, extension, self.bounds(), &self.settings.options.ocr))
    }

    fn verdict_key(&self, dossier: &Dossier, contents: &[Content]) -> Key {
        let keys: Vec<String> =
            dossier.documents.iter().zip(contents).map(|(entry, content)| self.reading_key(entry, content).as_str().to_owned()).collect();
        // Where a file lies is no part of what it says; how it is shown is.
        let mut dossier = dossier.clone();
        dossier.documents.iter_mut().for_each(|d| d.file = PathBuf::new());
        let options = Options { limits: Limits::default(), ..self.settings.options.clone() };
        Key::of("verdicts", &(keys, dossier, options, self.rules_digests()))
    }

    /// The bounds on reading that may change what is read.
    fn bounds(&self) -> (u64, u64, Limits) {
        let limits = Limits { threads: 1, ..self.start.options.limits };
        (self.settings.bounds.seconds, self.settings.bounds.mebibytes, limits)
    }

    fn rules_digests(&self) -> Vec<(&str, &str)> {
        self.settings.rules.checks().frameworks.iter().map(|f| (f.id.as_str(), f.digest.as_str())).collect()
    }
}

/// Has a dossier assessed, and says whether it would come out the same another time. A document on which the worker dies is left out and
/// told of; if it dies on all together, none is left.
fn judge(place: &mut Place, dossier: &Dossier, contents: &[Content], mut documents: Vec<Vec<u8>>) -> Result<(DossierRun, bool), Failure> {
    let mut lost = vec![false; documents.len()];
    loop {
        let job = Job::Judge(Box::new(dossier.clone()), documents);
        let (message, at) = match place.ask(&job) {
            Ok(Answer::Judged(run)) => return Ok((*run, !lost.contains(&true))),
            Ok(_) => (Death::Crashed.message("beoordelen", place.bounds), None),
            Err(Failure::Died(death, at)) => (death.message("beoordelen", place.bounds), at),
            Err(failure) => return Err(failure),
        };
        let Job::Judge(_, back) = job else { unreachable!("it was made above") };
        documents = back;
        let now: Vec<usize> = match at {
            Some(n) if lost.get(n) == Some(&false) => vec![n],
            _ => (0..lost.len()).filter(|n| !lost[*n]).collect(),
        };
        if now.is_empty() {
            return Ok((failed(dossier, message), false));
        }
        for n in now {
            documents[n] = Read::unreadable(&dossier.documents[n], &contents[n], message.clone(), false).bytes;
            lost[n] = true;
        }
    }
}

/// A dossier that could not be assessed even without its documents.
fn failed(dossier: &Dossier, message: String) -> DossierRun {
    let swv = &dossier.samenwerkingsverband;
    let unread = |d: &DocumentEntry| ReadDocument::unreadable(d, None, message.clone()).shown;
    DossierRun {
        path: dossier.path.clone(),
        naam: swv.naam.clone(),
        nummer: swv.nummer.clone(),
        sector: swv.sector,
        documents: dossier.documents.iter().map(unread).collect(),
        outcome: Outcome::default(),
        ..DossierRun::default()
    }
}

/// Says that a task is no longer running.
struct Finished<'a>(&'a Work<'a>);

impl Drop for Finished<'_> {
    fn drop(&mut self) {
        self.0.state().running -= 1;
        self.0.news.notify_all();
    }
}

/// The last part of a path as shown.
fn last(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map_or(name, |(stem, _)| stem)
}
