//! Panics of the libraries that read fonts and files: caught, and kept off standard error.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    /// How many guarded calls this thread is inside of.
    static GUARDED: Cell<u32> = const { Cell::new(0) };
}

/// Runs `work`; a panic in it becomes `None` and is not printed. Panics elsewhere are reported as before: the hook put in
/// front of the existing one, once per process, is silent only on a thread that is inside this function.
pub(in crate::ingest) fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            // Libraries may panic in here, the program's own code should not: when fuzzed, that is a finding.
            #[cfg(fuzzing)]
            if info
                .location()
                .is_some_and(|l| std::path::Path::new(file!()).parent().is_some_and(|own| l.file().contains(&*own.to_string_lossy())))
            {
                previous(info);
            }
            if GUARDED.with(Cell::get) == 0 {
                previous(info);
            }
        }));
    });
    GUARDED.with(|g| g.set(g.get() + 1));
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    GUARDED.with(|g| g.set(g.get().saturating_sub(1)));
    result.ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_panic_is_a_none() {
        assert_eq!(super::guarded(|| 1), Some(1));
        assert_eq!(super::guarded(|| -> u8 { panic!("not shown") }), None);
    }
}
