//! The dossier: all documents of one samenwerkingsverband for one round, as `dossier.toml` describes them, and the lists that people
//! keep: the register of schools, `swv.csv`, `oordelen.csv`. Reads the description, never the documents themselves: those belong to `ingest`.

mod day;
mod description;
mod dutch;
mod error;
mod find;
mod judgements;
mod list;
mod name;
mod number;
mod register;
mod swv;

pub use description::parse as parse_description;
pub use dutch::dutch as dutch_toml;
pub use error::{FileError, Problem, nearest};
pub use find::{Found, find, io_message};
pub use judgements::{JUDGEMENT_LIST, Judged, JudgementList};
pub use name::key as name_key;
pub use number::normalise as normalise_number;
pub use register::{RegisterSchool, parse as parse_register};
pub use swv::{SWV_LIST, Swv, SwvList};

use crate::engine::outcome::DocumentKind;
use jiff::civil::Date;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Name of the file that describes a dossier.
pub const DESCRIPTION: &str = "dossier.toml";

/// Primary or secondary education.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Sector {
    /// Primair onderwijs.
    Po,
    /// Voortgezet onderwijs.
    Vo,
}

impl Sector {
    /// By a number in its one spelling.
    pub fn of_number(number: &str) -> Option<Sector> {
        match number.get(..2) {
            Some("PO") => Some(Sector::Po),
            Some("VO") => Some(Sector::Vo),
            _ => None,
        }
    }

    /// "po" or "vo".
    pub fn label(self) -> &'static str {
        match self {
            Sector::Po => "po",
            Sector::Vo => "vo",
        }
    }
}

/// What the dossier says of the samenwerkingsverband itself.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Samenwerkingsverband {
    /// Its name.
    pub naam: Option<String>,
    /// Its number in one spelling: "PO3099".
    pub nummer: Option<String>,
    /// Its sector: as given, else by its number.
    pub sector: Option<Sector>,
    /// The municipalities of its region; empty when not given.
    pub gemeenten: Vec<String>,
}

/// A document of the dossier.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct DocumentEntry {
    /// As shown: relative to the dossier, `/` between folders.
    pub path: String,
    /// The file to open.
    pub file: PathBuf,
    /// Its kind, when the dossier says so.
    pub kind: Option<DocumentKind>,
    /// Received by the inspectie on.
    pub ontvangen: Option<Date>,
}

/// All documents of one samenwerkingsverband for one round.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Dossier {
    /// As shown: the path as the user gave it, `/` between folders.
    pub path: String,
    /// The samenwerkingsverband.
    pub samenwerkingsverband: Samenwerkingsverband,
    /// Its documents, in the order of the description.
    pub documents: Vec<DocumentEntry>,
    /// The schools of the register, all of them; None without a register.
    pub register: Option<Vec<RegisterSchool>>,
    /// Findings that do not count, by its description.
    pub waivers: Vec<Waived>,
    /// The text of its description, for faults that only show when the rules are known; empty when it has no waivers.
    pub description: String,
}

/// A finding that does not count, as the description says.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Waived {
    /// The element, as written.
    pub element: String,
    /// Why.
    pub reason: String,
    /// The last day it holds; None without an end.
    pub until: Option<Date>,
    /// Where the element stands in the description.
    pub span: Range<usize>,
}

impl Dossier {
    /// The waivers on what is no element: `elements` are the ids that the rules have.
    pub fn waiver_faults<'a>(&self, elements: impl IntoIterator<Item = &'a str> + Clone) -> Vec<FileError> {
        let known = |w: &Waived| elements.clone().into_iter().any(|id| id.eq_ignore_ascii_case(&w.element));
        let fault = |w: &Waived| {
            let meant = nearest(&w.element, elements.clone()).map(|id| format!("bedoelde u {id}? ")).unwrap_or_default();
            FileError {
                path: shown(&Path::new(&self.path).join(DESCRIPTION)),
                text: self.description.clone(),
                span: w.span.clone(),
                message: format!("'{}' is geen element", w.element),
                hint: Some(format!("{meant}(plantoets checks list toont ze alle)")),
            }
        };
        self.waivers.iter().filter(|w| !known(w)).map(fault).collect()
    }

    /// A bare file: a dossier of one document.
    pub fn of_file(file: &Path) -> Dossier {
        let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        Dossier {
            path: shown(file),
            documents: vec![DocumentEntry { path: name, file: file.to_owned(), kind: None, ontvangen: None }],
            ..Dossier::default()
        }
    }
}

/// The kinds by the name a dossier or the command line gives them.
pub const KINDS: [(&str, DocumentKind); 3] = [
    ("ondersteuningsplan", DocumentKind::Ondersteuningsplan),
    ("jaarverslag", DocumentKind::Jaarverslag),
    ("bijlage", DocumentKind::Bijlage),
];

/// A path as a user reads it: as given, `/` between folders, without a leading `./` or a closing `/`.
pub fn shown(path: &Path) -> String {
    let parts: Vec<_> = path
        .components()
        .filter(|c| !matches!(c, std::path::Component::CurDir | std::path::Component::RootDir))
        .map(|c| c.as_os_str().to_string_lossy())
        .collect();
    let root = if path.has_root() { "/" } else { "" };
    let joined = format!("{root}{}", parts.join("/"));
    if joined.is_empty() { ".".to_owned() } else { joined }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shown_as_given() {
        for (given, wanted) in [("./a/b/", "a/b"), ("a", "a"), ("/a/b", "/a/b"), ("../x", "../x"), (".", "."), ("./", ".")] {
            assert_eq!(shown(Path::new(given)), wanted);
        }
    }
}
