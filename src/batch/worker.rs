//! The worker: a process of its own that reads documents and assesses dossiers. It sees the bytes that nobody vouches for; when it dies the
//! program starts another.

use super::wire::{self, Answer, Job, Reading, Start};
use crate::parallel;
use crate::pipeline::{self, Identity, ReadDocument, Rules};
use crate::run::ReadStatus;
use std::io;
use std::sync::mpsc;
use std::thread;

/// Does jobs from standard input until there are no more. Ends the process when standard input closes: a worker does not outlive the
/// program that started it, whatever it is at.
pub fn run() -> io::Result<()> {
    let mut input = io::stdin();
    let start: Start = wire::receive(&mut input)?;
    limit(start.memory);
    if start.options.limits.threads == 1 {
        parallel::one_by_one();
    }
    let (send, jobs) = mpsc::channel();
    thread::spawn(move || {
        while let Ok(job) = wire::receive::<Job>(&mut input) {
            if send.send(job).is_err() {
                break;
            }
        }
        end()
    });
    let mut worker = Worker { start, rules: None };
    for job in jobs {
        let answer = worker.done(job)?;
        wire::send(&mut io::stdout(), &answer)?;
    }
    Ok(())
}

/// Ends this process, and what it has running: as a worker it leads a group of its own.
fn end() -> ! {
    #[cfg(unix)]
    {
        use rustix::process::{Signal, getpgrp, getpid, kill_process_group};
        if getpgrp() == getpid() {
            let _ = kill_process_group(getpgrp(), Signal::KILL);
        }
    }
    std::process::exit(0)
}

/// The system refuses memory above the limit, where it can; elsewhere the program watches.
fn limit(memory: u64) {
    #[cfg(unix)]
    let _ = rlimit::Resource::DATA.set(memory, memory);
    #[cfg(not(unix))]
    let _ = memory;
}

struct Worker {
    start: Start,
    /// Loaded when first needed.
    rules: Option<Rules>,
}

impl Worker {
    fn done(&mut self, job: Job) -> io::Result<Answer> {
        Ok(match job {
            Job::Read(entry) => {
                let mut read = pipeline::read(&entry, &self.start.options);
                read.shown.path = String::new();
                read.shown.kind = None;
                Answer::Read(Reading {
                    sha256: read.shown.sha256.clone(),
                    pages: read.shown.pages,
                    // Why OCR failed on a page may be of the moment.
                    lasting: self.start.options.ocr.is_none() || read.shown.status != ReadStatus::Partial,
                    bytes: postcard::to_stdvec(&read).map_err(io::Error::other)?,
                })
            }
            Job::Identify(bytes) => {
                let read: ReadDocument = postcard::from_bytes(&bytes).map_err(io::Error::other)?;
                let rules = self.rules()?;
                Answer::Identified(read.document.map_or_else(Identity::default, |d| pipeline::identity(d, rules)))
            }
            Job::Judge(dossier, documents) => {
                let mut read = Vec::new();
                for (entry, bytes) in dossier.documents.iter().zip(&documents) {
                    let mut document: ReadDocument = postcard::from_bytes(bytes).map_err(io::Error::other)?;
                    document.shown.path.clone_from(&entry.path);
                    document.shown.kind = self.start.options.kind.or(entry.kind);
                    read.push(document);
                }
                self.rules()?;
                let rules = self.rules.as_ref().expect("just loaded");
                // That nobody hears where it is shows when the answer is sent.
                let at = |document| drop(wire::send(&mut io::stdout(), &Answer::At(document)));
                let run = pipeline::assess_step_by_step(&dossier, read, rules, &self.start.options, &at);
                Answer::Judged(Box::new(run))
            }
            Job::Draw(file, pages) => {
                let (sha256, drawn) = pipeline::draw(&file, &pages, &self.start.options.limits);
                Answer::Drawn(sha256, drawn)
            }
        })
    }

    fn rules(&mut self) -> io::Result<&Rules> {
        if self.rules.is_none() {
            let loaded = Rules::load(self.start.checks.as_deref()).map_err(|_| io::Error::other("the rules have faults"))?;
            self.rules = Some(loaded);
        }
        Ok(self.rules.as_ref().expect("just loaded"))
    }
}
