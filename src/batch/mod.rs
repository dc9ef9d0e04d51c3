//! Many dossiers at once: folders in, a folder of reports out.
//!
//! ```text
//! gather    folders -> dossiers, loose documents, remarks
//! group     loose documents -> dossiers, by the number or name in them
//! work      what must be done, and by which worker: reads, judges, writes pages
//! pictures  the pages that carry evidence, drawn
//! process   a worker as the program sees it: started, watched, killed
//! worker    the worker itself: the process that sees the bytes of documents
//! wire      the messages between them
//! cache     what was worked out before
//! folder    the folder of reports
//! names     names of files in it
//! ```
//!
//! The program itself never looks inside a document: it hashes files, hands jobs to workers and keeps what they say.

mod cache;
mod folder;
mod gather;
mod group;
mod names;
mod pictures;
mod process;
mod wire;
mod work;
pub mod worker;

pub use cache::{Cache, usual_folder};
pub use gather::{Gathered, gather};
pub use process::{Bounds, COMMAND};

use crate::pipeline::{Options, Rules};
use crate::report::{self, OverviewFile};
use crate::run::{DossierRun, Framework, Run};
use cache::Key;
use folder::Folder;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use work::{Audience, Work};

/// What is asked of a batch.
pub struct Settings<'a> {
    /// The folder of reports.
    pub output: &'a Path,
    /// The rules.
    pub rules: &'a Rules,
    /// The folder of the rules, when they are the user's own.
    pub checks: Option<&'a Path>,
    /// The frameworks asked for.
    pub frameworks: Vec<Framework>,
    /// What to assess and how.
    pub options: &'a Options,
    /// How many workers.
    pub workers: usize,
    /// What each may take.
    pub bounds: Bounds,
    /// What was worked out before.
    pub cache: Cache,
    /// Whether to draw the pages that carry evidence.
    pub pictures: bool,
}

/// What people gave beside the documents: judgements, an earlier report.
pub trait Beside: Sync {
    /// Puts on a dossier what is about it. The calls come from several threads, in any order.
    fn put(&self, dossier: &mut DossierRun);
    /// Tells of the run what only shows when all dossiers are done.
    fn close(&self, run: &mut Run);
}

/// Someone who looks on. The calls come from several threads.
pub trait Watch: Sync {
    /// There are so many documents.
    fn begins(&self, documents: usize);
    /// A worker is on this document or dossier now.
    fn at(&self, worker: usize, name: &str);
    /// A worker has not answered yet; called now and then.
    fn waits(&self);
    /// A worker has read so many pages.
    fn read(&self, pages: usize);
    /// So many documents are done.
    fn done(&self, documents: usize);
}

/// How a batch ended.
pub struct Ended {
    /// What came of it; [`Run::broken_off`] when the user broke it off.
    pub run: Run,
    /// Files of the overview that could not be made, and why.
    pub unwritten: Vec<String>,
}

/// Assesses all dossiers and writes the folder of reports. Once `stop` is set no more is begun, and what is finished is written. Err is a Dutch
/// sentence that says why nothing can be done at all.
pub fn run(gathered: Gathered, settings: &Settings, beside: &dyn Beside, watch: &dyn Watch, stop: &AtomicBool) -> Result<Ended, String> {
    let folder = Folder::open(settings.output)?;
    let Gathered { dossiers, loose, lists, mut remarks, .. } = gathered;
    let done = Work::new(settings, &lists, loose, &folder, Audience { beside, watch, stop }).run(dossiers)?;
    let broken_off = stop.load(Ordering::Relaxed).then_some(done.asked).filter(|asked| done.dossiers.len() < *asked);
    for (list, taken) in lists.iter().zip(&done.rows) {
        remarks.extend(list.remarks.iter().cloned());
        // Whose documents were not come to is not yet known to have none.
        remarks.extend(list.idle(taken).filter(|_| broken_off.is_none()));
    }
    let mut run = Run { frameworks: settings.frameworks.clone(), dossiers: done.dossiers, remarks, broken_off, gone: Vec::new() };
    beside.close(&mut run);
    let whole = Key::of("run", &run);
    let rendered = |file: &OverviewFile| settings.cache.made(&Key::of(file.name, &whole.as_str()), || (file.render)(&run));
    let files: Vec<Result<Vec<u8>, String>> = thread::scope(|scope| {
        let renderers: Vec<_> = report::OVERVIEW.iter().map(|file| scope.spawn(|| rendered(file))).collect();
        renderers.into_iter().map(|r| r.join().unwrap_or_else(|_| Err("plantoets liep erop vast".to_owned()))).collect()
    });
    let mut unwritten = Vec::new();
    for (file, rendered) in report::OVERVIEW.iter().zip(files) {
        let written = rendered.and_then(|bytes| folder.write(file.name, &bytes).map_err(|e| folder::dutch(&e)));
        unwritten.extend(written.err().map(|why| format!("{} is niet te maken: {why}", file.name)));
    }
    if run.broken_off.is_none()
        && let Err(error) = folder.close()
    {
        unwritten.push(format!("de map met verslagen is niet op te ruimen: {}", folder::dutch(&error)));
    }
    settings.cache.tidy();
    Ok(Ended { run, unwritten })
}
