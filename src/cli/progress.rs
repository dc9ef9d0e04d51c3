//! How far a batch is, for someone who watches at a terminal.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use plantoets::batch::Watch;
use plantoets::report::harmless;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// From so long on a document is named as slow.
const SLOW: Duration = Duration::from_secs(3);
/// How often what is shown is made anew.
const EVERY: Duration = Duration::from_millis(200);

/// A bar with what is done, how fast, how long yet, and what takes long.
pub struct Progress {
    bar: ProgressBar,
    pages: AtomicUsize,
    /// Per worker what it is on, and since when.
    at: Mutex<Vec<Option<(String, Instant)>>>,
}

impl Progress {
    /// On standard error.
    pub fn shown(workers: usize) -> Progress {
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
        let left = |state: &ProgressState, out: &mut dyn std::fmt::Write| {
            let seconds = state.eta().as_secs();
            // Nobody sees a line that cannot be written.
            let _ = if state.pos() == 0 { write!(out, "?") } else { write!(out, "{}:{:02}", seconds / 60, seconds % 60) };
        };
        let template = "{bar:24} {pos} van {len} documenten, nog {left} min{msg}";
        let style = ProgressStyle::with_template(template).expect("a sound template").with_key("left", left);
        bar.set_style(style.progress_chars("━╸ "));
        bar.enable_steady_tick(EVERY);
        Progress { bar, pages: AtomicUsize::new(0), at: Mutex::new(vec![None; workers]) }
    }

    /// Nothing at all.
    pub fn hidden() -> Progress {
        Progress { bar: ProgressBar::hidden(), pages: AtomicUsize::new(0), at: Mutex::default() }
    }

    /// Takes the bar away.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }

    fn tell(&self) {
        let pages = self.pages.load(Ordering::Relaxed) as f64 / self.bar.elapsed().as_secs_f64().max(0.1);
        let at = self.at.lock().unwrap_or_else(PoisonError::into_inner);
        let slow = at.iter().flatten().filter(|(_, since)| since.elapsed() > SLOW).max_by_key(|(_, since)| since.elapsed());
        let slow = slow.map(|(name, since)| format!("; {} s bezig met {}", since.elapsed().as_secs(), harmless(name)));
        self.bar.set_message(format!(", {pages:.0} pagina's per seconde{}", slow.unwrap_or_default()));
    }
}

impl Watch for Progress {
    fn begins(&self, documents: usize) {
        self.bar.set_length(documents as u64);
    }

    fn at(&self, worker: usize, name: &str) {
        if let Some(at) = self.at.lock().unwrap_or_else(PoisonError::into_inner).get_mut(worker) {
            *at = Some((name.to_owned(), Instant::now()));
        }
    }

    fn waits(&self) {
        self.tell();
    }

    fn read(&self, pages: usize) {
        self.pages.fetch_add(pages, Ordering::Relaxed);
        self.tell();
    }

    fn done(&self, documents: usize) {
        self.bar.inc(documents as u64);
        self.tell();
    }
}
