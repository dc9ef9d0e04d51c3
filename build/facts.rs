//! As in the library.

#[path = "../src/facts/gazetteer.rs"]
mod gazetteer;

pub use gazetteer::Gazetteer;
