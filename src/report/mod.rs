//! Renderers. One file per format, each listed once in [`FORMATS`] or [`READING_FORMATS`]; none filters, counts or decides: what is
//! shown was settled in [`crate::run`].

mod beside;
mod considered;
mod csv;
mod explain;
mod findings;
mod frame;
mod harmless;
mod html;
mod json;
mod jsonl;
mod junit;
mod markdown;
mod reading_json;
mod reading_text;
mod sarif;
mod style;
mod text;
mod words;
mod xlsx;

pub use explain::{Example, Explanation, explanation};
pub use frame::{fault, fault_parts};
pub use harmless::{harmless, harmless_lines};
pub use html::dossier_page;
pub use json::{SCHEMA_VERSION, schema};
pub use jsonl::RESULTS;
pub use style::{Paint, Style};
pub use words::{kind_name, place};

use crate::document::Document;
use crate::engine::outcome::DocumentKind;
use crate::language::Role;
use crate::run::Run;

/// A way to write a `T`.
pub struct Format<T> {
    /// As on the command line.
    pub name: &'static str,
    /// For whom, in Dutch, for the help.
    pub about: &'static str,
    /// Renders; the text ends in a newline.
    pub render: fn(&T, Style) -> String,
}

/// The formats of `plantoets check`; the first is the default.
pub const FORMATS: &[Format<Run>] =
    &[text::FORMAT, json::FORMAT, jsonl::FORMAT, csv::FORMAT, markdown::FORMAT, sarif::FORMAT, junit::FORMAT, html::FORMAT];

/// A file of the overview that a batch leaves in its folder, next to a page per dossier.
pub struct OverviewFile {
    /// Its name in the folder.
    pub name: &'static str,
    /// Renders it; Err with a Dutch sentence that says why it cannot be made.
    pub render: fn(&Run) -> Result<Vec<u8>, String>,
}

/// The files of an overview, in the order in which they are written.
pub const OVERVIEW: &[OverviewFile] = &[html::FILE, xlsx::FILE, findings::FILE, jsonl::FILE];

/// The formats of `plantoets text`; the first is the default.
pub const READING_FORMATS: &[Format<Reading>] = &[reading_text::FORMAT, reading_json::FORMAT];

/// The format of that name.
pub fn format<T>(formats: &'static [Format<T>], name: &str) -> Option<&'static Format<T>> {
    formats.iter().find(|f| f.name == name)
}

/// One document as read, for `plantoets text`.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// As shown.
    pub path: String,
    /// As recognised.
    pub kind: Option<DocumentKind>,
    /// The document.
    pub document: Document,
    /// Per block its role.
    pub roles: Vec<Role>,
    /// What a user should know of the reading.
    pub warnings: Vec<String>,
    /// Only part could be read.
    pub partial: bool,
}

#[cfg(test)]
pub(crate) mod samples;
