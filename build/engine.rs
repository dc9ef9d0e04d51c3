//! As in the library.

#[path = "../src/engine/verdict.rs"]
pub mod verdict;
