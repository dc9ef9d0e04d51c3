//! Two things at once: what a document takes is a good deal of work of which parts need not wait for each other.

use std::panic::resume_unwind;
use std::thread;

/// Does both at the same time, the first on a thread of its own; a panic in either is the caller's.
pub fn both<A: Send, B>(a: impl FnOnce() -> A + Send, b: impl FnOnce() -> B) -> (A, B) {
    thread::scope(|scope| {
        let a = scope.spawn(a);
        let b = b();
        (a.join().unwrap_or_else(|panic| resume_unwind(panic)), b)
    })
}

#[cfg(test)]
mod tests {
    use super::both;
    use std::panic::catch_unwind;

    #[test]
    fn both_are_done_and_either_may_fail() {
        let words = ["een", "twee"];
        assert_eq!(both(|| words[0].len(), || words[1].len()), (3, 4));
        assert!(catch_unwind(|| both(|| -> u8 { panic!("a") }, || 1)).is_err());
        assert!(catch_unwind(|| both(|| 1, || -> u8 { panic!("b") })).is_err());
    }
}
