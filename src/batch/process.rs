//! A worker as the program sees it: started when first needed, watched while it works, killed when it takes too long or too much.

use super::wire::{self, Answer, Job, Start};
use super::work::Audience;
use std::io;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::Ordering;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// The hidden command by which the program starts itself as a worker.
pub const COMMAND: &str = "werker";
/// How often a working worker is looked at.
const LOOK: Duration = Duration::from_millis(20);
/// So much of what a worker says on standard error is kept.
const SAID: usize = 4096;

/// What a worker may take.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// For one document, in whole seconds.
    pub seconds: u64,
    /// Memory, in MiB.
    pub mebibytes: u64,
}

impl Bounds {
    /// After this time a worker is killed: the reader itself looks at the clock too, and may yet hand over what it has.
    fn patience(self) -> Duration {
        let time = Duration::from_secs(self.seconds);
        time + time / 4 + Duration::from_secs(1)
    }
}

/// Why there is no answer.
#[derive(Debug)]
pub enum Failure {
    /// The user broke off.
    BrokenOff,
    /// The worker died on this document of the dossier, or on all together.
    Died(Death, Option<usize>),
    /// No worker can be started: why.
    NoWorker(io::Error),
}

/// How a worker died.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Death {
    /// It took too long.
    TooLong,
    /// It took too much memory.
    TooMuch,
    /// By itself.
    Crashed,
}

impl Death {
    /// Why a document is not there, in Dutch; `doing` is "lezen" or "beoordelen".
    pub fn message(self, doing: &str, bounds: Bounds) -> String {
        match self {
            Death::TooLong => {
                let seconds = if bounds.seconds == 1 { "1 seconde".to_owned() } else { format!("{} seconden", bounds.seconds) };
                format!("het {doing} kostte meer dan {seconds}; splits het document of geef meer tijd met --tijd-per-document")
            }
            Death::TooMuch => {
                let mebibytes = bounds.mebibytes;
                format!("het {doing} vroeg meer dan {mebibytes} MiB geheugen; splits het document of geef meer met --geheugen")
            }
            Death::Crashed => format!("het {doing} liep vast; sla het document opnieuw op als PDF, of meld dit met het document erbij"),
        }
    }
}

/// A place for a worker: it holds one from the first job on, and a new one after a death.
pub struct Place<'a> {
    /// Which, from 0.
    pub number: usize,
    /// What each worker is told first.
    pub start: &'a Start,
    /// What it may take.
    pub bounds: Bounds,
    /// Who looks on, and may break off.
    pub audience: Audience<'a>,
    /// The worker of now.
    pub worker: Option<Worker>,
}

impl Place<'_> {
    /// Has a job done. What a worker dies of may be what it did before (memory that was not given back), so that a new one gets another chance;
    /// not after too long a time, which was all its own.
    pub fn ask(&mut self, job: &Job) -> Result<Answer, Failure> {
        let had_others = self.worker.as_ref().is_some_and(|w| w.jobs > 0);
        match self.ask_once(job) {
            Err(Failure::Died(death, _)) if had_others && death != Death::TooLong => self.ask_once(job),
            answered => answered,
        }
    }

    fn ask_once(&mut self, job: &Job) -> Result<Answer, Failure> {
        let worker = match &mut self.worker {
            Some(worker) => worker,
            none => none.insert(Worker::start(self.start).map_err(Failure::NoWorker)?),
        };
        worker.jobs += 1;
        // If it cannot be sent the worker has died, which shows next.
        let _ = wire::send(&mut worker.input, job);
        let mut at = None;
        let mut until = Instant::now() + self.bounds.patience();
        let death = loop {
            match worker.answers.recv_timeout(LOOK) {
                Ok(Answer::At(document)) => {
                    at = document;
                    until = Instant::now() + self.bounds.patience();
                }
                Ok(answer) => return Ok(answer),
                Err(RecvTimeoutError::Disconnected) => break worker.death(),
                Err(RecvTimeoutError::Timeout) if self.audience.stop.load(Ordering::Relaxed) => {
                    self.worker = None;
                    return Err(Failure::BrokenOff);
                }
                Err(RecvTimeoutError::Timeout) if Instant::now() > until => break Death::TooLong,
                Err(RecvTimeoutError::Timeout) if worker.memory().is_some_and(|m| m > self.bounds.mebibytes << 20) => break Death::TooMuch,
                Err(RecvTimeoutError::Timeout) => self.audience.watch.waits(),
            }
        };
        self.worker = None;
        Err(Failure::Died(death, at))
    }
}

/// A running worker; dropped, it is killed.
pub struct Worker {
    child: Child,
    input: ChildStdin,
    answers: Receiver<Answer>,
    said: Arc<Mutex<Vec<u8>>>,
    /// How many it was given.
    jobs: usize,
}

impl Worker {
    fn start(start: &Start) -> io::Result<Worker> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg(COMMAND).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        // The allocator takes what it needs and no gigabyte beforehand, which would count against the limit.
        command.env("MIMALLOC_ARENA_EAGER_COMMIT", "0").env("MIMALLOC_ARENA_RESERVE", "0");
        // Ctrl-C is for the program, which then decides what becomes of its workers.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.spawn()?;
        let (Some(mut input), Some(mut output), Some(errors)) = (child.stdin.take(), child.stdout.take(), child.stderr.take()) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let (send, answers) = mpsc::channel();
        thread::spawn(move || {
            while let Ok(answer) = wire::receive(&mut output) {
                if send.send(answer).is_err() {
                    break;
                }
            }
        });
        let said = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&said);
        thread::spawn(move || listen(errors, &kept));
        // If it died already, the first job will show it.
        let _ = wire::send(&mut input, start);
        Ok(Worker { child, input, answers, said, jobs: 0 })
    }

    /// How it died, once it says no more.
    fn death(&mut self) -> Death {
        // It may have closed its output and live on.
        self.kill();
        // What it said last may still be under way; a dead process keeps the pipe open no longer.
        for _ in 0..20 {
            if Arc::strong_count(&self.said) == 1 {
                break;
            }
            thread::sleep(Duration::from_millis(5));
        }
        let said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        let said = String::from_utf8_lossy(&said);
        if said.contains("memory allocation of") || said.contains("out of memory") { Death::TooMuch } else { Death::Crashed }
    }

    /// Bytes of memory it holds now, where the system tells.
    fn memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|l| l.strip_prefix("RssAnon:"))?;
        line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok().map(|kb| kb << 10)
    }
}

/// Keeps the last of what a worker says on standard error; a full pipe would make it wait.
fn listen(mut errors: impl io::Read, kept: &Mutex<Vec<u8>>) {
    let mut buffer = [0; 1024];
    while let Ok(n @ 1..) = errors.read(&mut buffer) {
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.extend_from_slice(&buffer[..n]);
        let over = kept.len().saturating_sub(SAID);
        kept.drain(..over);
    }
}

impl Worker {
    /// Ends it, and what it has running. Until it is waited for, its number is nobody else's.
    fn kill(&mut self) {
        #[cfg(unix)]
        let _ = rustix::process::kill_process_group(rustix::process::Pid::from_child(&self.child), rustix::process::Signal::KILL);
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.kill();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_death_is_told_with_what_to_do() {
        let bounds = Bounds { seconds: 60, mebibytes: 600 };
        assert!(Death::TooLong.message("lezen", bounds).starts_with("het lezen kostte meer dan 60 seconden; splits"));
        assert!(Death::TooLong.message("lezen", Bounds { seconds: 1, ..bounds }).contains("meer dan 1 seconde;"));
        assert!(Death::TooMuch.message("beoordelen", bounds).starts_with("het beoordelen vroeg meer dan 600 MiB geheugen"));
        assert!(Death::Crashed.message("lezen", bounds).starts_with("het lezen liep vast"));
    }
}
