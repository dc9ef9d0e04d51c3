//! Two things at once: what a document takes is a good deal of work, and parts of it need not wait for each other. What comes out is the same as
//! one after the other.
//!
//! The threads are made once and stay: a thread for every piece of work costs more than the smaller pieces do, and each begins with
//! memory of its own. Their stacks hold what is bounded in depth but deep: objects in objects, forms in forms.

use rayon_core::{ThreadPool, ThreadPoolBuilder};
use std::sync::{Mutex, OnceLock, PoisonError};

/// How many threads work on a document.
const THREADS: usize = 2;
/// Their stack, in bytes.
pub const STACK: usize = 32 << 20;

static POOL: OnceLock<Option<ThreadPool>> = OnceLock::new();

/// The threads; none if the system gives no more.
fn pool() -> Option<&'static ThreadPool> {
    made(THREADS)
}

fn made(threads: usize) -> Option<&'static ThreadPool> {
    POOL.get_or_init(|| ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK).build().ok()).as_ref()
}

/// From now on one after the other, in a process that is one of many; has no effect once something was done in parallel.
pub fn one_by_one() {
    made(1);
}

/// Does it on one of the threads, so that its own parts are at hand for the others; a panic is the caller's.
pub fn inside<R: Send>(work: impl FnOnce() -> R + Send) -> R {
    match pool() {
        Some(pool) => pool.install(work),
        None => work(),
    }
}

/// Does both at the same time; a panic in either is the caller's.
pub fn both<A: Send, B: Send>(a: impl FnOnce() -> A + Send, b: impl FnOnce() -> B + Send) -> (A, B) {
    match pool() {
        Some(pool) => pool.join(a, b),
        None => (a(), b()),
    }
}

/// What becomes of each, in order; the threads take the next in turn.
pub fn map<T: Send, R: Send>(items: impl IntoIterator<Item = T, IntoIter: Send>, f: impl Fn(T) -> R + Sync) -> Vec<R> {
    let items = Mutex::new(items.into_iter().enumerate());
    let next = || items.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = || std::iter::from_fn(next).map(|(i, item)| (i, f(item))).collect::<Vec<(usize, R)>>();
    let (mut done, more) = both(work, work);
    done.extend(more);
    done.sort_unstable_by_key(|(i, _)| *i);
    done.into_iter().map(|(_, result)| result).collect()
}

/// What becomes of each and its number, in order: of many that take little. One half is for another thread.
pub fn halves<'i, T: Sync, R: Send>(items: &'i [T], f: impl Fn(usize, &'i T) -> R + Sync) -> Vec<R> {
    let half = items.len() / 2;
    let done = |from: usize, to: usize| (from..to).map(|i| f(i, &items[i])).collect::<Vec<R>>();
    let (mut first, second) = both(|| done(0, half), || done(half, items.len()));
    first.extend(second);
    first
}

/// Lets go of something large beside what comes next.
pub fn let_go<T: Send + 'static>(of: T) {
    match pool() {
        Some(pool) => pool.spawn(|| drop(of)),
        None => drop(of),
    }
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
