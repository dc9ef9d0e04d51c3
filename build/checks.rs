//! As in the library.

#[path = "../src/checks/compile.rs"]
mod compile;
#[path = "../src/checks/digest.rs"]
mod digest;
#[path = "../src/checks/files.rs"]
mod files;
#[path = "../src/checks/model.rs"]
mod model;
#[path = "../src/checks/rules.rs"]
mod rules;

pub use compile::{WEIGHTS, compile};
pub use files::{CheckError, Files};
