//! Two things at once: what a document takes is a good deal of work, and parts of it need not wait for each other. What comes out is the same as
//! one after the other.

use std::panic::resume_unwind;
use std::sync::{Mutex, PoisonError};
use std::thread;

/// Does both at the same time, the first on a thread of its own; a panic in either is the caller's.
pub fn both<A: Send, B>(a: impl FnOnce() -> A + Send, b: impl FnOnce() -> B) -> (A, B) {
    thread::scope(|scope| {
        let a = scope.spawn(a);
        let b = b();
        (a.join().unwrap_or_else(|panic| resume_unwind(panic)), b)
    })
}

/// What becomes of each, in order; two threads take the next in turn.
pub fn map<T, R: Send>(items: impl IntoIterator<Item = T, IntoIter: Send>, f: impl Fn(T) -> R + Sync) -> Vec<R> {
    let items = Mutex::new(items.into_iter().enumerate());
    let next = || items.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = || std::iter::from_fn(next).map(|(i, item)| (i, f(item))).collect::<Vec<(usize, R)>>();
    let (more, mut done) = both(work, work);
    done.extend(more);
    done.sort_unstable_by_key(|(i, _)| *i);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::{both, map};
    use std::panic::catch_unwind;

    #[test]
    fn both_are_done_and_either_may_fail() {
        let words = ["een", "twee"];
        assert_eq!(both(|| words[0].len(), || words[1].len()), (3, 4));
        assert!(catch_unwind(|| both(|| -> u8 { panic!("a") }, || 1)).is_err());
        assert!(catch_unwind(|| both(|| 1, || -> u8 { panic!("b") })).is_err());
    }

    #[test]
    fn results_come_in_order() {
        assert_eq!(map(0..1000, |i| i * 2), (0..1000).map(|i| i * 2).collect::<Vec<_>>());
        assert!(map(Vec::<u8>::new(), |i| i).is_empty());
        assert!(catch_unwind(|| map(0..10, |i| assert_ne!(i, 7))).is_err());
    }
}
