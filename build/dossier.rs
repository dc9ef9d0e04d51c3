//! As in the library.

#[path = "../src/dossier/dutch.rs"]
mod dutch;
#[path = "../src/dossier/error.rs"]
mod error;

pub use dutch::dutch as dutch_toml;
